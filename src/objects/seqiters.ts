/**
 * What the iterators over lists, tuples and sequences share: an index and the sequence, NULL when exhausted. Part of the object
 * layer.
 *
 *   byte  0           8         16         24
 *         | ob_refcnt | ob_type | it_index | it_seq |
 */
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "./long.ts";
import { getBuiltin } from "./modulelookup.ts";
import { PyNumber_Index } from "./number.ts";
import { decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { PyTuple_Pack } from "./tuple.ts";
import type { NewRef, Ref, Visit } from "./typeinfo.ts";

export const enum SeqIter {
  index = 4,
  seq = 6,
  BYTES = 32,
}

/** A tracked iterator of that type from `index` on. */
export function newSeqIter(rt: Runtime, type: Ref, seq: Ref, index: number): NewRef {
  const p = PyObject_GC_New(rt, type, SeqIter.BYTES);
  incref(rt, seq);
  rt.i32[p + SeqIter.index] = index;
  rt.i32[p + SeqIter.seq] = seq;
  PyObject_GC_Track(rt, p);
  return p;
}

/** The end: lets go of the sequence. */
export function exhaust(rt: Runtime, p: Ref): 0 {
  const seq = rt.i32[p + SeqIter.seq];
  if (seq !== 0) {
    rt.i32[p + SeqIter.seq] = 0;
    decref(rt, seq);
  }
  return 0;
}

export function seqIterDealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  const seq = rt.i32[p + SeqIter.seq];
  if (seq !== 0) decref(rt, seq);
  PyObject_GC_Del(rt, p);
}

export function seqIterTraverse(rt: Runtime, p: Ref, visit: Visit): void {
  const seq = rt.i32[p + SeqIter.seq];
  if (seq !== 0) visit(seq);
}

/** (builtin, (seq,), index), or (iter, (empty,)) for an exhausted one; `empty` is owned. */
export function reduceSeqIter(rt: Runtime, p: Ref, builtin: string, index: number, empty: NewRef): NewRef {
  const i32 = rt.i32;
  const none = push(rt, empty);
  const seq = i32[p + SeqIter.seq];
  const f = push(rt, getBuiltin(rt, seq === 0 ? "iter" : builtin));
  const args = push(rt, PyTuple_Pack(rt, seq === 0 ? i32[none] : seq));
  if (seq === 0) {
    const r = PyTuple_Pack(rt, i32[f], i32[args]);
    drop(rt, 3);
    return r;
  }
  const at = push(rt, PyLong_FromNumber(rt, index));
  const r = PyTuple_Pack(rt, i32[f], i32[args], i32[at]);
  drop(rt, 4);
  return r;
}

/** The argument of `__setstate__` as a number. */
export function stateIndex(rt: Runtime, state: Ref): number {
  const index = push(rt, PyNumber_Index(rt, state));
  const n = PyLong_AsSsize_t(rt, rt.i32[index]);
  drop(rt);
  return n;
}
