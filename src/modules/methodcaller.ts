/**
 * operator.methodcaller. Part of the modules (CPython's Modules/_operator.c).
 *
 *   byte   0      16     24      32       40                48                   56           64
 *          | head | name | xargs | kwargs | vectorcall_args | vectorcall_kwnames | vectorcall |
 */
import { getAttrString, PyObject_GetAttr, reprOf, strOf } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs, noKwnames } from "../objects/argparse.ts";
import { PyObject_Call, PyVectorcall_Call } from "../objects/call.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_Next, PyDict_Size } from "../objects/dict.ts";
import { typeError } from "../objects/errors.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { Ob, TF } from "../objects/layout.ts";
import { callWithDict, pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref, xnewref } from "../objects/refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS, PyUnicode_InternInPlace } from "../objects/str.ts";
import { trashed } from "../objects/trashcan.ts";
import { PyTuple_GetSlice, PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";

const enum Caller {
  name = 4,
  /** The whole argument tuple, name included. */
  xargs = 6,
  kwargs = 8,
  vectorcall = 14,
  BYTES = 64,
}

function methodcaller_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const i32 = rt.i32;
  if (tupleSize(rt, args) < 1) {
    throw typeError(rt, "methodcaller needs at least one argument, the method name");
  }
  const name = tupleItem(rt, args, 0);
  if (!PyUnicode_Check(rt, name)) throw typeError(rt, "method name must be a string");
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  i32[p + Caller.name] = PyUnicode_InternInPlace(rt, newref(rt, name));
  i32[p + Caller.xargs] = newref(rt, args);
  i32[p + Caller.kwargs] = xnewref(rt, kwargs);
  return p;
}

function methodcaller_vectorcall(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  checkArgs(rt, "methodcaller", nargs, 1, 1);
  noKwnames(rt, "methodcaller", kwnames);
  const i32 = rt.i32;
  const method = pushed(rt, PyObject_GetAttr(rt, i32[args], i32[p + Caller.name]));
  const rest = pushed(rt, own(rt, p));
  const result = PyObject_Call(rt, method, rest, i32[p + Caller.kwargs]);
  drop(rt, 2);
  return result;
}

/** The arguments without the name: a new tuple. */
function own(rt: Runtime, p: Ref): NewRef {
  const xargs = rt.i32[p + Caller.xargs];
  return PyTuple_GetSlice(rt, xargs, 1, tupleSize(rt, xargs));
}

const FIELDS = [Caller.name, Caller.xargs, Caller.kwargs] as const;

function methodcaller_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  methodcaller_clear(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function methodcaller_clear(rt: Runtime, p: Ref): void {
  for (const field of FIELDS) clearField(rt, p + field);
}

function methodcaller_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
  for (const field of FIELDS) if (rt.i32[p + field] !== 0) visit(rt.i32[p + field]);
}

function methodcaller_repr(rt: Runtime, p: Ref): NewRef {
  const name = typeNameOf(rt, p);
  if (!Py_ReprEnter(rt, p)) return PyUnicode_FromJS(rt, `${name}(...)`);
  try {
    return PyUnicode_FromJS(rt, `${name}(${reprArgs(rt, p)})`);
  } finally {
    Py_ReprLeave(rt, p);
  }
}

function reprArgs(rt: Runtime, p: Ref): string {
  const xargs = rt.i32[p + Caller.xargs];
  const kwargs = rt.i32[p + Caller.kwargs];
  const parts: string[] = [];
  for (let i = 0; i < tupleSize(rt, xargs); i++) parts.push(reprOf(rt, tupleItem(rt, xargs, i)));
  if (kwargs === 0) return parts.join(", ");
  for (let pos = PyDict_Next(rt, kwargs, 0); pos >= 0; pos = PyDict_Next(rt, kwargs, pos)) {
    const key = pushed(rt, newref(rt, rt.dictKey));
    const value = pushed(rt, newref(rt, rt.dictValue));
    parts.push(`${strOf(rt, key)}=${reprOf(rt, value)}`);
    drop(rt, 2);
  }
  return parts.join(", ");
}

/** With keywords it is made again by a functools.partial. */
function methodcaller_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  const kwargs = i32[p + Caller.kwargs];
  if (kwargs === 0 || PyDict_Size(rt, kwargs) === 0) return PyTuple_Pack(rt, type, i32[p + Caller.xargs]);
  const functools = pushed(rt, rt.importHook(internStatic(rt, "functools"), 0, 0, 0, 0));
  const partial = pushed(rt, getAttrString(rt, functools, "partial"));
  const factory = pushed(rt, callWithDict(rt, partial, kwargs, type, i32[p + Caller.name]));
  const args = pushed(rt, own(rt, p));
  const result = PyTuple_Pack(rt, factory, args);
  drop(rt, 4);
  return result;
}

export function methodcallerType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "operator.methodcaller",
    basicsize: Caller.BYTES,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE | TF.HAVE_VECTORCALL,
    heap: true,
    doc: "A function that calls a method of its argument.",
    slots: {
      tp_new: methodcaller_new,
      tp_dealloc: trashed(methodcaller_dealloc),
      tp_traverse: methodcaller_traverse,
      tp_clear: methodcaller_clear,
      tp_call: PyVectorcall_Call,
      tp_vectorcall: methodcaller_vectorcall,
      tp_repr: methodcaller_repr,
      tp_getattro: PyObject_GenericGetAttr,
    },
    methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: methodcaller_reduce }],
    members: [{ name: "__vectorcalloffset__", type: "ssize", offset: Caller.vectorcall, readonly: true }],
  });
}
