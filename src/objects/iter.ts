/** The iterator of sequences without one of their own, and iter(callable, sentinel). Part of the object layer. */

import { PyObject_RichCompareBool } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyObject_CallNoArgs } from "./call.ts";
import { defineType } from "./defineType.ts";
import { caught, clearError, errorMatches } from "./errors.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import { TF } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { getBuiltin } from "./modulelookup.ts";
import { clearField, decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import {
  exhaust,
  newSeqIter,
  reduceSeqIter,
  SeqIter,
  seqIterDealloc,
  seqIterTraverse,
  stateIndex,
} from "./seqiters.ts";
import { PySequence_GetItem, PySequence_Size } from "./sequence.ts";
import { infoOf } from "./slots.ts";
import { itemOrEnd, slot_sq_item } from "./slotseq.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { trashed } from "./trashcan.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { Cmp, METH, type NewRef, type Ref, type Visit } from "./typeinfo.ts";

/** An iterator over anything with sq_item. */
export function PySeqIter_New(rt: Runtime, seq: Ref): NewRef {
  return newSeqIter(rt, rt.types.iterator, seq, 0);
}

function iter_iternext(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const seq = i32[p + SeqIter.seq];
  if (seq === 0) return 0;
  const m = mark(rt);
  try {
    const i = i32[p + SeqIter.index];
    const isClass = infoOf(rt, seq).sq_item === slot_sq_item;
    const item = isClass ? itemOrEnd(rt, seq, i) : PySequence_GetItem(rt, seq, i);
    if (item === 0) return exhaust(rt, p);
    i32[p + SeqIter.index]++;
    return item;
  } catch (e) {
    return endOfSequence(rt, p, e, m);
  }
}

/** IndexError and StopIteration end the iteration; anything else is passed on. */
function endOfSequence(rt: Runtime, p: Ref, e: unknown, m: number): 0 {
  caught(rt, e, m, rt.exc.Exception);
  if (!errorMatches(rt, rt.exc.IndexError) && !errorMatches(rt, rt.exc.StopIteration)) throw rt.pyerr;
  clearError(rt);
  return exhaust(rt, p);
}

function iter_len(rt: Runtime, p: Ref): NewRef {
  const seq = rt.i32[p + SeqIter.seq];
  if (seq === 0) return rt.smallInts;
  const info = infoOf(rt, seq);
  if (info.sq_length === null && info.mp_length === null) return rt.NotImplemented;
  return PyLong_FromNumber(rt, Math.max(0, PySequence_Size(rt, seq) - rt.i32[p + SeqIter.index]));
}

function iter_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  const index = stateIndex(rt, state);
  if (rt.i32[p + SeqIter.seq] !== 0) rt.i32[p + SeqIter.index] = Math.max(0, index);
  return rt.None;
}

/** callable_iterator: what is called, and the value that ends it; both NULL when it has. */
const enum CallIter {
  callable = 4,
  sentinel = 6,
  BYTES = 32,
}

/** iter(callable, sentinel) */
export function PyCallIter_New(rt: Runtime, callable: Ref, sentinel: Ref): NewRef {
  const p = PyObject_GC_New(rt, rt.types.callable_iterator, CallIter.BYTES);
  incref(rt, callable);
  incref(rt, sentinel);
  rt.i32[p + CallIter.callable] = callable;
  rt.i32[p + CallIter.sentinel] = sentinel;
  PyObject_GC_Track(rt, p);
  return p;
}

function calliter_iternext(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  if (i32[p + CallIter.callable] === 0) return 0;
  const result = callForNext(rt, p);
  if (result === 0) return 0;
  const sentinel = i32[p + CallIter.sentinel];
  if (sentinel === 0) {
    decref(rt, result);
    return 0;
  }
  push(rt, result);
  if (!PyObject_RichCompareBool(rt, sentinel, result, Cmp.EQ)) return pop(rt);
  drop(rt);
  finishCalls(rt, p);
  return 0;
}

/** The callable's result, or 0 when it raised StopIteration. */
function callForNext(rt: Runtime, p: Ref): NewRef | 0 {
  const m = mark(rt);
  try {
    return PyObject_CallNoArgs(rt, rt.i32[p + CallIter.callable]);
  } catch (e) {
    caught(rt, e, m, rt.exc.StopIteration);
    clearError(rt);
    finishCalls(rt, p);
    return 0;
  }
}

function finishCalls(rt: Runtime, p: Ref): void {
  clearField(rt, p + CallIter.callable);
  clearField(rt, p + CallIter.sentinel);
}

function calliter_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const f = push(rt, getBuiltin(rt, "iter"));
  const done = i32[p + CallIter.callable] === 0 || i32[p + CallIter.sentinel] === 0;
  const args = push(
    rt,
    done
      ? PyTuple_Pack(rt, rt.emptyTuple)
      : PyTuple_Pack(rt, i32[p + CallIter.callable], i32[p + CallIter.sentinel]),
  );
  const r = PyTuple_Pack(rt, i32[f], i32[args]);
  drop(rt, 2);
  return r;
}

function calliter_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + CallIter.callable);
  clearField(rt, p + CallIter.sentinel);
  PyObject_GC_Del(rt, p);
}

function calliter_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + CallIter.callable] !== 0) visit(rt.i32[p + CallIter.callable]);
  if (rt.i32[p + CallIter.sentinel] !== 0) visit(rt.i32[p + CallIter.sentinel]);
}

export function initIter(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "iterator",
      basicsize: SeqIter.BYTES,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: seqIterDealloc,
        tp_traverse: seqIterTraverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: iter_iternext,
      },
      methods: [
        { name: "__length_hint__", flags: METH.NOARGS, fn: iter_len },
        {
          name: "__reduce__",
          flags: METH.NOARGS,
          fn: (rt, p) => reduceSeqIter(rt, p, "iter", rt.i32[p + SeqIter.index], rt.emptyTuple),
        },
        { name: "__setstate__", flags: METH.O, fn: iter_setstate },
      ],
    },
    rt.types.iterator,
  );
  defineType(
    rt,
    {
      name: "callable_iterator",
      basicsize: CallIter.BYTES,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: trashed(calliter_dealloc),
        tp_traverse: calliter_traverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: calliter_iternext,
      },
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: calliter_reduce }],
    },
    rt.types.callable_iterator,
  );
}
