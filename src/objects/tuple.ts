/**
 * tuple: PyTupleObject, its creation and free lists (sizes 1 to 19, 2000 of each, linked through the first item); the empty
 * tuple is one static object. Part of the object layer; the type's methods are in tuplemethods.ts.
 */

import { PyObject_Realloc } from "../pymalloc/domains.ts";
import { PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack, traceReuse } from "./alloc.ts";
import { noMemory, raise } from "./errors.ts";
import { Free } from "./freelists.ts";
import { Gc, Ob, Tuple, Ty } from "./layout.ts";
import { decref, incref, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";

/** A tuple of n > 0 items, untracked, items not cleared (tuple_alloc). */
export function tuple_alloc(rt: Runtime, n: number): NewRef {
  const i32 = rt.i32;
  if (n < Free.TUPLE_SIZES) {
    const head = Free.tuples - 2 + 2 * n;
    const p = i32[head];
    if (p !== 0) {
      i32[head] = i32[p + Tuple.items];
      i32[Free.tupleCounts - 2 + 2 * n]--;
      i32[p] = 1;
      traceReuse(rt, p - 4);
      return p;
    }
  }
  const p = PyObject_GC_New(rt, rt.types.tuple, Tuple.HEAD_BYTES + 8 * n);
  i32[p + Tuple.size] = n;
  return p;
}

/** A tracked tuple of n items, all NULL; the empty tuple for 0. */
export function PyTuple_New(rt: Runtime, n: number): NewRef {
  if (n === 0) return rt.emptyTuple;
  if (n < 0) throw raise(rt, rt.exc.SystemError, "bad argument to internal function");
  const p = tuple_alloc(rt, n);
  const i32 = rt.i32;
  for (let at = p + Tuple.items, end = at + 2 * n; at < end; at += 2) i32[at] = 0;
  PyObject_GC_Track(rt, p);
  return p;
}

/** A new tuple of the given (borrowed) references. */
export function PyTuple_Pack(rt: Runtime, ...refs: Ref[]): NewRef {
  const n = refs.length;
  if (n === 0) return rt.emptyTuple;
  const p = tuple_alloc(rt, n);
  const i32 = rt.i32;
  for (let i = 0; i < n; i++) {
    incref(rt, refs[i]);
    i32[p + Tuple.items + 2 * i] = refs[i];
  }
  PyObject_GC_Track(rt, p);
  return p;
}

/** PyTuple_Pack of two, without the JavaScript array. */
export function PyTuple_Pack2(rt: Runtime, a: Ref, b: Ref): NewRef {
  const p = tuple_alloc(rt, 2);
  const i32 = rt.i32;
  incref(rt, a);
  incref(rt, b);
  i32[p + Tuple.items] = a;
  i32[p + Tuple.items + 2] = b;
  PyObject_GC_Track(rt, p);
  return p;
}

/** A new tuple of two owned references; they are released if there is no memory for it. */
export function pairSteal(rt: Runtime, a: StolenRef, b: StolenRef): NewRef {
  push(rt, a);
  push(rt, b);
  const p = tuple_alloc(rt, 2);
  const i32 = rt.i32;
  i32[p + Tuple.items + 2] = pop(rt);
  i32[p + Tuple.items] = pop(rt);
  PyObject_GC_Track(rt, p);
  return p;
}

/**
 * A new tuple of the n references in the slots from word address `at` (2 words apart). With `steal`, their ownership goes to
 * the tuple and the slots are cleared.
 */
export function PyTuple_FromArray(rt: Runtime, at: number, n: number, steal: boolean): NewRef {
  if (n === 0) return rt.emptyTuple;
  const p = tuple_alloc(rt, n);
  const i32 = rt.i32;
  const to = p + Tuple.items;
  for (let i = 0; i < 2 * n; i += 2) {
    const item = i32[at + i];
    i32[to + i] = item;
    if (steal) i32[at + i] = 0;
    else incref(rt, item);
  }
  PyObject_GC_Track(rt, p);
  return p;
}

/** PyTuple_GET_ITEM: borrowed. */
export function tupleItem(rt: Runtime, t: Ref, i: number): Ref {
  return rt.i32[t + Tuple.items + 2 * i];
}

export function tupleSize(rt: Runtime, t: Ref): number {
  return rt.i32[t + Tuple.size];
}

/** Fills an empty slot of a new tuple. */
export function PyTuple_SET_ITEM(rt: Runtime, t: Ref, i: number, value: StolenRef): void {
  rt.i32[t + Tuple.items + 2 * i] = value;
}

/** PyTuple_GetSlice for an exact tuple (or a subclass: the result is exact): the same object when it is the whole. */
export function PyTuple_GetSlice(rt: Runtime, t: Ref, from: number, to: number): NewRef {
  const n = rt.i32[t + Tuple.size];
  const start = Math.max(0, from);
  const stop = Math.min(n, Math.max(start, to));
  if (start === 0 && stop === n && rt.i32[t + Ob.type] === rt.types.tuple) {
    incref(rt, t);
    return t;
  }
  return PyTuple_FromArray(rt, t + Tuple.items + 2 * start, stop - start, false);
}

/**
 * _PyTuple_Resize: for a tuple nobody else knows (count 1). Takes the reference and returns the tuple of the new size, with
 * NULL in new places.
 */
export function _PyTuple_Resize(rt: Runtime, t: StolenRef, n: number): NewRef {
  const i32 = rt.i32;
  const old = i32[t + Tuple.size];
  if (old === n) return t;
  if (old === 0) return PyTuple_New(rt, n);
  if (n === 0) {
    decref(rt, t);
    return rt.emptyTuple;
  }
  PyObject_GC_UnTrack(rt, t);
  const items = t + Tuple.items;
  for (let at = items + 2 * n; at < items + 2 * old; at += 2) {
    xdecref(rt, i32[at]);
    i32[at] = 0;
  }
  const block = PyObject_Realloc(rt, t - (Gc.HEAD_BYTES >> 2), Gc.HEAD_BYTES + Tuple.HEAD_BYTES + 8 * n);
  if (block === 0) {
    decref(rt, t);
    throw noMemory(rt);
  }
  const p = block + (Gc.HEAD_BYTES >> 2);
  i32[p + Tuple.size] = n;
  for (let at = p + Tuple.items + 2 * old, end = p + Tuple.items + 2 * n; at < end; at += 2) i32[at] = 0;
  PyObject_GC_Track(rt, p);
  return p;
}

/** tp_dealloc of tuple and its subclasses. */
export function tupledealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const n = i32[p + Tuple.size];
  PyObject_GC_UnTrack(rt, p);
  if (!trashBegin(rt, p, tupledealloc)) return;
  for (let at = p + Tuple.items + 2 * n - 2; at >= p + Tuple.items; at -= 2) {
    const item: OptRef = i32[at];
    if (item !== 0) decref(rt, item);
  }
  releaseTuple(rt, p, n);
  trashEnd(rt);
}

/** To the free list, or to the type's tp_free. */
function releaseTuple(rt: Runtime, p: Ref, n: number): void {
  const type = rt.i32[p + Ob.type];
  if (type === rt.types.tuple && tupleToFreeList(rt, p, n)) return;
  rt.typeInfos[rt.i32[type + Ty.info]].tp_free!(rt, p);
}

/** Gives an exact tuple, untracked and without its items, to the free list of its size; false: there is none, or it is full. */
export function tupleToFreeList(rt: Runtime, p: Ref, n: number): boolean {
  const i32 = rt.i32;
  const count = Free.tupleCounts - 2 + 2 * n;
  if (n <= 0 || n > Free.TUPLE_SIZES || i32[count] >= Free.MAX_TUPLES) return false;
  const head = Free.tuples - 2 + 2 * n;
  i32[p + Tuple.items] = i32[head];
  i32[head] = p;
  i32[count]++;
  return true;
}
