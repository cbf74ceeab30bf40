/** The sequence protocol. Part of the object layer (CPython's Objects/abstract.c). */

import { Cell } from "../heap/cells.ts";
import { PyObject_LengthHint, PyObject_RichCompareBool } from "./abstract.ts";
import { PyDict_Check, PyList_CheckExact, PyTuple_CheckExact } from "./check.ts";
import { caught, clearError, overflowError, typeError, valueError } from "./errors.ts";
import { PyIter_Next, PyObject_GetIter } from "./iterproto.ts";
import { List, Tuple } from "./layout.ts";
import { _PyList_Extend, PyList_AsTuple, PyList_New } from "./list.ts";
import { PyNumber_Add, PyNumber_InPlaceAdd } from "./number.ts";
import { newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { _PyTuple_Resize, PyTuple_New, PyTuple_SET_ITEM } from "./tuple.ts";
import { type binaryfunc, Cmp, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

export function PySequence_Check(rt: Runtime, o: Ref): boolean {
  return !PyDict_Check(rt, o) && infoOf(rt, o).sq_item !== null;
}

export function PySequence_Size(rt: Runtime, o: Ref): number {
  const info = infoOf(rt, o);
  if (info.sq_length !== null) return info.sq_length(rt, o);
  if (info.mp_length !== null) throw notSequence(rt, o);
  throw typeError(rt, `object of type '${typeNameOf(rt, o)}' has no len()`);
}

function notSequence(rt: Runtime, o: Ref): PyErr {
  return typeError(rt, `${typeNameOf(rt, o)} is not a sequence`);
}

/** s + o for two sequences; s may lack sq_concat and have `__add__`. */
export function PySequence_Concat(rt: Runtime, s: Ref, o: Ref): NewRef {
  const concat = infoOf(rt, s).sq_concat;
  return concat !== null ? concat(rt, s, o) : concatByNumber(rt, s, o, PyNumber_Add);
}

export function PySequence_InPlaceConcat(rt: Runtime, s: Ref, o: Ref): NewRef {
  const info = infoOf(rt, s);
  const concat = info.sq_inplace_concat ?? info.sq_concat;
  return concat !== null ? concat(rt, s, o) : concatByNumber(rt, s, o, PyNumber_InPlaceAdd);
}

/** Two sequences without sq_concat may still have `__add__`. */
function concatByNumber(rt: Runtime, s: Ref, o: Ref, add: binaryfunc): NewRef {
  if (PySequence_Check(rt, s) && PySequence_Check(rt, o)) return add(rt, s, o);
  throw typeError(rt, `'${typeNameOf(rt, s)}' object can't be concatenated`);
}

/** s[i]; a negative index counts from the end if the sequence has a length. */
export function PySequence_GetItem(rt: Runtime, s: Ref, i: number): NewRef {
  const info = infoOf(rt, s);
  if (info.sq_item !== null) {
    if (i < 0 && info.sq_length !== null) i += info.sq_length(rt, s);
    return info.sq_item(rt, s, i);
  }
  if (info.mp_subscript !== null) throw notSequence(rt, s);
  throw typeError(rt, `'${typeNameOf(rt, s)}' object does not support indexing`);
}

function assignIndex(rt: Runtime, s: Ref, i: number, value: OptRef, what: string): void {
  const info = infoOf(rt, s);
  if (info.sq_ass_item !== null) {
    if (i < 0 && info.sq_length !== null) i += info.sq_length(rt, s);
    info.sq_ass_item(rt, s, i, value);
    return;
  }
  if (info.mp_ass_subscript !== null) throw notSequence(rt, s);
  throw typeError(rt, `'${typeNameOf(rt, s)}' object ${what}`);
}

export function PySequence_SetItem(rt: Runtime, s: Ref, i: number, value: Ref): void {
  assignIndex(rt, s, i, value, "does not support item assignment");
}

export function PySequence_DelItem(rt: Runtime, s: Ref, i: number): void {
  assignIndex(rt, s, i, 0, "doesn't support item deletion");
}

export function PySequence_List(rt: Runtime, o: Ref): NewRef {
  const list = PyList_New(rt, 0);
  push(rt, list);
  _PyList_Extend(rt, list, o);
  return pop(rt);
}

export function PySequence_Tuple(rt: Runtime, o: Ref): NewRef {
  if (PyTuple_CheckExact(rt, o)) return newref(rt, o);
  if (PyList_CheckExact(rt, o)) return PyList_AsTuple(rt, o);
  const it = PyObject_GetIter(rt, o);
  push(rt, it);
  const hint = PyObject_LengthHint(rt, o, 10);
  const slot = push(rt, PyTuple_New(rt, hint));
  const count = fillTuple(rt, it, slot, hint);
  if (count < rt.i32[rt.i32[slot] + Tuple.size]) resizeAt(rt, slot, count);
  const tuple = pop(rt);
  drop(rt);
  return tuple;
}

/** Draws the iterator into the tuple at `slot`, which grows by a quarter and ten at a time; returns the item count. */
function fillTuple(rt: Runtime, it: Ref, slot: number, room: number): number {
  let count = 0;
  for (;;) {
    const item = PyIter_Next(rt, it);
    if (item === 0) return count;
    if (count >= room) {
      push(rt, item);
      room += 10;
      room += Math.floor(room / 4);
      resizeAt(rt, slot, room);
      pop(rt);
    }
    PyTuple_SET_ITEM(rt, rt.i32[slot], count++, item);
  }
}

/** _PyTuple_Resize of the tuple owned by a native stack slot. */
function resizeAt(rt: Runtime, slot: number, n: number): void {
  const tuple = rt.i32[slot];
  rt.i32[slot] = 0;
  rt.i32[slot] = _PyTuple_Resize(rt, tuple, n);
}

/** The object itself if it is a list or tuple, else a list of its items; `message` for what is not iterable. */
export function PySequence_Fast(rt: Runtime, o: Ref, message: string): NewRef {
  if (PyList_CheckExact(rt, o) || PyTuple_CheckExact(rt, o)) return newref(rt, o);
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  let it: Ref;
  try {
    it = PyObject_GetIter(rt, o);
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    throw typeError(rt, message);
  }
  push(rt, it);
  const list = PySequence_List(rt, it);
  drop(rt);
  return list;
}

/** Number of items of what PySequence_Fast returned. */
export function PySequence_Fast_GET_SIZE(rt: Runtime, fast: Ref): number {
  return rt.i32[fast + Tuple.size];
}

/** Word address of the items of what PySequence_Fast returned. */
export function PySequence_Fast_ITEMS(rt: Runtime, fast: Ref): number {
  return PyList_CheckExact(rt, fast) ? rt.i32[fast + List.items] : fast + Tuple.items;
}

const enum Search {
  COUNT,
  INDEX,
  CONTAINS,
}

/** Looks for `value` among what iterating gives: how often, the first position, or whether (-1: not at all). */
function iterSearch(rt: Runtime, o: Ref, value: Ref, what: Search): number {
  const it = argumentIterator(rt, o, what);
  push(rt, it);
  let n = 0;
  let found = 0;
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    const equal = PyObject_RichCompareBool(rt, item, value, Cmp.EQ);
    drop(rt);
    if (equal) {
      found++;
      if (what !== Search.COUNT) break;
    }
    n++;
  }
  drop(rt);
  if (what !== Search.INDEX) return found;
  if (n > Number.MAX_SAFE_INTEGER) throw overflowError(rt, "index exceeds C integer size");
  return found > 0 ? n : -1;
}

function argumentIterator(rt: Runtime, o: Ref, what: Search): NewRef {
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  try {
    return PyObject_GetIter(rt, o);
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    clearError(rt);
    if (what === Search.CONTAINS) {
      throw typeError(rt, `argument of type '${typeNameOf(rt, o)}' is not iterable`);
    }
    throw typeError(rt, `'${typeNameOf(rt, o)}' object is not iterable`);
  }
}

export function PySequence_Count(rt: Runtime, s: Ref, value: Ref): number {
  return iterSearch(rt, s, value, Search.COUNT);
}

/** `value in s` */
export function PySequence_Contains(rt: Runtime, s: Ref, value: Ref): boolean {
  const contains = infoOf(rt, s).sq_contains;
  if (contains !== null) return contains(rt, s, value);
  return iterSearch(rt, s, value, Search.CONTAINS) > 0;
}

/** `value in s` by iteration alone. */
export function _PySequence_IterContains(rt: Runtime, s: Ref, value: Ref): boolean {
  return iterSearch(rt, s, value, Search.CONTAINS) > 0;
}

export function PySequence_Index(rt: Runtime, s: Ref, value: Ref): number {
  const index = iterSearch(rt, s, value, Search.INDEX);
  if (index < 0) throw valueError(rt, "sequence.index(x): x not in sequence");
  return index;
}
