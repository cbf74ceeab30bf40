/**
 * operator.attrgetter. Part of the modules (CPython's Modules/_operator.c).
 *
 *   byte   0      16       24     32           40
 *          | head | nattrs | attr | vectorcall |
 *
 * `attr` is a tuple with one entry for each argument: a name, or a tuple of names for a dotted one.
 */
import { PyObject_GetAttr, reprOf } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs, noKeywords, noKwnames } from "../objects/argparse.ts";
import { PyVectorcall_Call } from "../objects/call.ts";
import { PyTuple_CheckExact, PyUnicode_Check, PyUnicode_CheckExact } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { typeError } from "../objects/errors.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { Ob, TF } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import {
  jsString,
  PyUnicode_FromJS,
  PyUnicode_InternFromJS,
  PyUnicode_InternInPlace,
} from "../objects/str.ts";
import { trashed } from "../objects/trashcan.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";

const enum Getter {
  nattrs = 4,
  attr = 6,
  vectorcall = 8,
  BYTES = 40,
}

function attrgetter_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "attrgetter", kwargs);
  const n = tupleSize(rt, args);
  if (n <= 1) checkArgs(rt, "attrgetter", n, 1, 1);
  const attr = pushed(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) {
    const name = tupleItem(rt, args, i);
    if (!PyUnicode_Check(rt, name)) throw typeError(rt, "attribute name must be a string");
    PyTuple_SET_ITEM(rt, attr, i, path(rt, name));
  }
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + Getter.attr] = pop(rt);
  rt.i32[p + Getter.nattrs] = n;
  return p;
}

/** The interned name, or the tuple of the names between dots. */
function path(rt: Runtime, name: Ref): NewRef {
  const text = jsString(rt, name);
  if (!text.includes(".")) {
    return PyUnicode_CheckExact(rt, name) ? PyUnicode_InternInPlace(rt, newref(rt, name)) : newref(rt, name);
  }
  const parts = text.split(".");
  const tuple = pushed(rt, PyTuple_New(rt, parts.length));
  parts.forEach((part, i) => {
    PyTuple_SET_ITEM(rt, tuple, i, PyUnicode_InternFromJS(rt, part));
  });
  return pop(rt);
}

function dotted_getattr(rt: Runtime, o: Ref, attr: Ref): NewRef {
  if (!PyTuple_CheckExact(rt, attr)) return PyObject_GetAttr(rt, o, attr);
  let value = newref(rt, o);
  for (let i = 0; i < tupleSize(rt, attr); i++) {
    push(rt, value);
    const next = PyObject_GetAttr(rt, value, tupleItem(rt, attr, i));
    drop(rt);
    value = next;
  }
  return value;
}

function attrgetter_vectorcall(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "attrgetter", kwnames);
  checkArgs(rt, "attrgetter", nargs, 1, 1);
  const o = rt.i32[args];
  const attr = rt.i32[p + Getter.attr];
  const n = rt.i32[p + Getter.nattrs];
  if (n === 1) return dotted_getattr(rt, o, tupleItem(rt, attr, 0));
  const result = pushed(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) PyTuple_SET_ITEM(rt, result, i, dotted_getattr(rt, o, tupleItem(rt, attr, i)));
  return pop(rt);
}

function attrgetter_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + Getter.attr);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function attrgetter_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
  if (rt.i32[p + Getter.attr] !== 0) visit(rt.i32[p + Getter.attr]);
}

/** The arguments it was made with: a tuple of dotted names. */
function attrgetter_args(rt: Runtime, p: Ref): NewRef {
  const attr = rt.i32[p + Getter.attr];
  const n = tupleSize(rt, attr);
  const args = pushed(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) {
    const entry = tupleItem(rt, attr, i);
    PyTuple_SET_ITEM(rt, args, i, PyTuple_CheckExact(rt, entry) ? joined(rt, entry) : newref(rt, entry));
  }
  return pop(rt);
}

function joined(rt: Runtime, names: Ref): NewRef {
  const parts: string[] = [];
  for (let i = 0; i < tupleSize(rt, names); i++) parts.push(jsString(rt, tupleItem(rt, names, i)));
  return PyUnicode_FromJS(rt, parts.join("."));
}

function attrgetter_repr(rt: Runtime, p: Ref): NewRef {
  const name = typeNameOf(rt, p);
  if (!Py_ReprEnter(rt, p)) return PyUnicode_FromJS(rt, `${name}(...)`);
  try {
    const args = pushed(rt, attrgetter_args(rt, p));
    const one = tupleSize(rt, args) === 1;
    const text = one ? `(${reprOf(rt, tupleItem(rt, args, 0))})` : reprOf(rt, args);
    drop(rt);
    return PyUnicode_FromJS(rt, name + text);
  } finally {
    Py_ReprLeave(rt, p);
  }
}

function attrgetter_reduce(rt: Runtime, p: Ref): NewRef {
  const args = pushed(rt, attrgetter_args(rt, p));
  const result = PyTuple_Pack(rt, rt.i32[p + Ob.type], args);
  drop(rt);
  return result;
}

export function attrgetterType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "operator.attrgetter",
    basicsize: Getter.BYTES,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE | TF.HAVE_VECTORCALL,
    heap: true,
    doc: "A function that takes attributes of its argument.",
    slots: {
      tp_new: attrgetter_new,
      tp_dealloc: trashed(attrgetter_dealloc),
      tp_traverse: attrgetter_traverse,
      tp_clear: (rt, p) => clearField(rt, p + Getter.attr),
      tp_call: PyVectorcall_Call,
      tp_vectorcall: attrgetter_vectorcall,
      tp_repr: attrgetter_repr,
      tp_getattro: PyObject_GenericGetAttr,
    },
    methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: attrgetter_reduce }],
    members: [{ name: "__vectorcalloffset__", type: "ssize", offset: Getter.vectorcall, readonly: true }],
  });
}
