/** The type list: slots and construction. Part of the object layer. */

import { checkArgs, noKwnames } from "./argparse.ts";
import { PyList_Check, PySlice_Check } from "./check.ts";
import { PyObject_HashNotImplemented } from "./compare.ts";
import { defineType } from "./defineType.ts";
import { noMemory, raiseWith, typeError } from "./errors.ts";
import { List, Ob, TF, Tuple, Ty } from "./layout.ts";
import { list_dealloc, listItem, listPrealloc, MAX_ITEMS, PyList_New } from "./list.ts";
import { _PyList_Extend } from "./listextend.ts";
import { initListIter, list_iter } from "./listiter.ts";
import { itemEquals, listMethods } from "./listmethods.ts";
import {
  list_ass_item,
  list_ass_subscript,
  list_clear,
  list_inplace_repeat,
  list_repeat,
  listGetSlice,
} from "./listslice.ts";
import { initNoKeywords } from "./newkeywords.ts";
import { _PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import { newref } from "./refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "./repr.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { compareLists, writeReprs } from "./seqcompare.ts";
import { typeNameOf } from "./slots.ts";
import { pop, push } from "./stack.ts";
import { internStatic, PyUnicode_FromJS } from "./str.ts";
import { StrBuilder } from "./strbuilder.ts";
import { PyType_GenericAlloc, PyType_GenericNew } from "./subtype.ts";
import { tupleItem } from "./tuple.ts";
import {
  type Cmp,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type Visit,
} from "./typeinfo.ts";

function list_length(rt: Runtime, self: Ref): number {
  return rt.i32[self + List.size];
}

/** A list's index is out of range: the message is a static string, as CPython has it. */
export function listIndexError(rt: Runtime): PyErr {
  return raiseWith(rt, rt.exc.IndexError, internStatic(rt, "list index out of range"));
}

/** sq_item: the index is already counted from the start. */
export function list_item(rt: Runtime, self: Ref, i: number): NewRef {
  if (i < 0 || i >= rt.i32[self + List.size]) throw listIndexError(rt);
  return newref(rt, listItem(rt, self, i));
}

/** self[key] */
export function list_subscript(rt: Runtime, self: Ref, key: Ref): NewRef {
  if (_PyIndex_Check(rt, key)) {
    const i = PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
    return list_item(rt, self, i < 0 ? i + rt.i32[self + List.size] : i);
  }
  if (PySlice_Check(rt, key)) return listGetSlice(rt, self, key);
  throw typeError(rt, `list indices must be integers or slices, not ${typeNameOf(rt, key)}`);
}

function list_contains(rt: Runtime, self: Ref, value: Ref): boolean {
  for (let i = 0; i < rt.i32[self + List.size]; i++)
    if (itemEquals(rt, listItem(rt, self, i), value)) return true;
  return false;
}

/** self + other */
export function list_concat(rt: Runtime, self: Ref, other: Ref): NewRef {
  if (!PyList_Check(rt, other)) {
    throw typeError(rt, `can only concatenate list (not "${typeNameOf(rt, other)}") to list`);
  }
  const i32 = rt.i32;
  const n = i32[self + List.size];
  const m = i32[other + List.size];
  if (n + m === 0) return PyList_New(rt, 0);
  if (n + m > MAX_ITEMS) throw noMemory(rt);
  const p = listPrealloc(rt, n + m);
  const to = i32[p + List.items];
  copyNew(rt, to, i32[self + List.items], n);
  copyNew(rt, to + 2 * n, i32[other + List.items], m);
  i32[p + List.size] = n + m;
  return p;
}

function copyNew(rt: Runtime, to: number, from: number, n: number): void {
  const i32 = rt.i32;
  for (let i = 0; i < 2 * n; i += 2) {
    const item = i32[from + i];
    if (i32[item] >= 0) i32[item]++;
    i32[to + i] = item;
  }
}

/** self += iterable */
export function list_inplace_concat(rt: Runtime, self: Ref, other: Ref): NewRef {
  _PyList_Extend(rt, self, other);
  return newref(rt, self);
}

function list_repr(rt: Runtime, self: Ref): NewRef {
  if (rt.i32[self + List.size] === 0) return PyUnicode_FromJS(rt, "[]");
  if (!Py_ReprEnter(rt, self)) return PyUnicode_FromJS(rt, "[...]");
  try {
    const out = new StrBuilder(rt, 3 * rt.i32[self + List.size]);
    out.writeChar(91);
    writeReprs(rt, out, self, false);
    out.overallocate = false;
    out.writeChar(93);
    return out.finish();
  } finally {
    Py_ReprLeave(rt, self);
  }
}

function list_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyList_Check(rt, a) || !PyList_Check(rt, b)) return rt.NotImplemented;
  return compareLists(rt, a, b, op);
}

function list_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  initNoKeywords(rt, self, rt.types.list, "list", kwargs);
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "list", n, 0, 1);
  if (rt.i32[self + List.items] !== 0) list_clear(rt, self);
  if (n === 1) _PyList_Extend(rt, self, tupleItem(rt, args, 0));
}

/** list(iterable): allocated afresh, not from the free list, as CPython does. */
function list_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "list", kwnames);
  checkArgs(rt, "list", nargs, 0, 1);
  const p = push(rt, PyType_GenericAlloc(rt, type, 0));
  if (nargs === 1) _PyList_Extend(rt, rt.i32[p], rt.i32[args]);
  return pop(rt);
}

function list_traverse(rt: Runtime, self: Ref, visit: Visit): void {
  const i32 = rt.i32;
  const items = i32[self + List.items];
  for (let i = i32[self + List.size] - 1; i >= 0; i--) visit(i32[items + 2 * i]);
}

/** `__sizeof__`: the object and its buffer. */
export function list_sizeof(rt: Runtime, self: Ref): number {
  return rt.i32[rt.i32[self + Ob.type] + Ty.basicsize] + 8 * Math.max(0, rt.i32[self + List.allocated]);
}

const GETITEM: MethodDef = {
  name: "__getitem__",
  flags: METH.O | METH.COEXIST,
  fn: list_subscript,
  sig: "($self, index, /)",
  doc: "The item at an index, or the items of a slice as a list.",
};

export function initList(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "list",
      basicsize: List.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE | TF.LIST_SUBCLASS | TF.MATCH_SELF | TF.SEQUENCE,
      doc: "A sequence that can change. list(iterable) holds its items, list() none.",
      slots: {
        tp_dealloc: list_dealloc,
        tp_repr: list_repr,
        tp_hash: PyObject_HashNotImplemented,
        tp_richcompare: list_richcompare,
        tp_iter: list_iter,
        tp_init: list_init,
        tp_new: PyType_GenericNew,
        type_vectorcall: list_vectorcall,
        tp_traverse: list_traverse,
        tp_clear: list_clear,
        tp_sizeof: list_sizeof,
        sq_length: list_length,
        sq_concat: list_concat,
        sq_repeat: list_repeat,
        sq_item: list_item,
        sq_ass_item: list_ass_item,
        sq_contains: list_contains,
        sq_inplace_concat: list_inplace_concat,
        sq_inplace_repeat: list_inplace_repeat,
        mp_length: list_length,
        mp_subscript: list_subscript,
        mp_ass_subscript: list_ass_subscript,
      },
      methods: [GETITEM, ...listMethods],
    },
    rt.types.list,
  );
  initListIter(rt);
}
