/**
 * operator.itemgetter. Part of the modules (CPython's Modules/_operator.c).
 *
 *   byte   0      16       24     32      40           48
 *          | head | nitems | item | index | vectorcall |
 */
import { PyObject_GetItem, reprOf } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs, noKeywords, noKwnames } from "../objects/argparse.ts";
import { PyVectorcall_Call } from "../objects/call.ts";
import { PyLong_CheckExact, PyTuple_CheckExact } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { Ob, TF, Tuple } from "../objects/layout.ts";
import { exactNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { trashed } from "../objects/trashcan.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";

const enum Getter {
  nitems = 4,
  item = 6,
  /** The item as a tuple index, or -1. */
  index = 8,
  vectorcall = 10,
  BYTES = 48,
}

function itemgetter_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const i32 = rt.i32;
  noKeywords(rt, "itemgetter", kwargs);
  const n = tupleSize(rt, args);
  if (n <= 1) checkArgs(rt, "itemgetter", n, 1, 1);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  const item = n === 1 ? tupleItem(rt, args, 0) : args;
  i32[p + Getter.item] = newref(rt, item);
  i32[p + Getter.nitems] = n;
  i32[p + Getter.index] = -1;
  if (n === 1 && PyLong_CheckExact(rt, item)) {
    const index = exactNumber(rt, item);
    if (index >= 0 && index < 0x7fffffff) i32[p + Getter.index] = index;
  }
  return p;
}

function itemgetter_vectorcall(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "itemgetter", kwnames);
  checkArgs(rt, "itemgetter", nargs, 1, 1);
  const i32 = rt.i32;
  const o = i32[args];
  const n = i32[p + Getter.nitems];
  const item = i32[p + Getter.item];
  if (n === 1) {
    const index = i32[p + Getter.index];
    if (index >= 0 && PyTuple_CheckExact(rt, o) && index < i32[o + Tuple.size]) {
      return newref(rt, tupleItem(rt, o, index));
    }
    return PyObject_GetItem(rt, o, item);
  }
  const result = pushed(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) {
    PyTuple_SET_ITEM(rt, result, i, PyObject_GetItem(rt, o, tupleItem(rt, item, i)));
  }
  return pop(rt);
}

function itemgetter_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + Getter.item);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function itemgetter_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
  if (rt.i32[p + Getter.item] !== 0) visit(rt.i32[p + Getter.item]);
}

function itemgetter_repr(rt: Runtime, p: Ref): NewRef {
  const name = typeNameOf(rt, p);
  if (!Py_ReprEnter(rt, p)) return PyUnicode_FromJS(rt, `${name}(...)`);
  try {
    const text = reprOf(rt, rt.i32[p + Getter.item]);
    const many = rt.i32[p + Getter.nitems] > 1;
    return PyUnicode_FromJS(rt, many ? `${name}${text}` : `${name}(${text})`);
  } finally {
    Py_ReprLeave(rt, p);
  }
}

function itemgetter_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const item = i32[p + Getter.item];
  if (i32[p + Getter.nitems] !== 1) return PyTuple_Pack(rt, i32[p + Ob.type], item);
  const args = pushed(rt, PyTuple_Pack(rt, item));
  const result = PyTuple_Pack(rt, i32[p + Ob.type], args);
  drop(rt);
  return result;
}

export function itemgetterType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "operator.itemgetter",
    basicsize: Getter.BYTES,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE | TF.HAVE_VECTORCALL,
    heap: true,
    doc: "A function that takes items of its argument.",
    slots: {
      tp_new: itemgetter_new,
      tp_dealloc: trashed(itemgetter_dealloc),
      tp_traverse: itemgetter_traverse,
      tp_clear: (rt, p) => clearField(rt, p + Getter.item),
      tp_call: PyVectorcall_Call,
      tp_vectorcall: itemgetter_vectorcall,
      tp_repr: itemgetter_repr,
      tp_getattro: PyObject_GenericGetAttr,
    },
    methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: itemgetter_reduce }],
    members: [{ name: "__vectorcalloffset__", type: "ssize", offset: Getter.vectorcall, readonly: true }],
  });
}
