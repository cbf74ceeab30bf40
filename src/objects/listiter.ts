/** Iterators over lists, forwards and backwards. Part of the object layer. */
import { defineType } from "./defineType.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import { List, TF } from "./layout.ts";
import { PyList_New } from "./list.ts";
import { PyLong_FromNumber } from "./long.ts";
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
import { METH, type NewRef, type Ref } from "./typeinfo.ts";

export function list_iter(rt: Runtime, self: Ref): NewRef {
  return newSeqIter(rt, rt.types.list_iterator, self, 0);
}

/** tp_iternext of list_iterator: also called directly by compiled loops. */
export function listiter_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const seq = i32[p + SeqIter.seq];
  if (seq === 0) return 0;
  const index = i32[p + SeqIter.index];
  if (index >= i32[seq + List.size]) {
    i32[p + SeqIter.index] = -1;
    return exhaust(rt, p);
  }
  i32[p + SeqIter.index] = index + 1;
  const item = i32[i32[seq + List.items] + 2 * index];
  const count = i32[item];
  if (count >= 0) i32[item] = count + 1;
  return item;
}

function listiter_len(rt: Runtime, p: Ref): NewRef {
  const seq = rt.i32[p + SeqIter.seq];
  const n = seq === 0 ? 0 : rt.i32[seq + List.size] - rt.i32[p + SeqIter.index];
  return PyLong_FromNumber(rt, Math.max(0, n));
}

function listiter_reduce(rt: Runtime, p: Ref): NewRef {
  const empty = rt.i32[p + SeqIter.seq] === 0 ? PyList_New(rt, 0) : 0;
  return reduceSeqIter(rt, p, "iter", rt.i32[p + SeqIter.index], empty);
}

function listiter_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  const index = stateIndex(rt, state);
  const seq = rt.i32[p + SeqIter.seq];
  if (seq !== 0) rt.i32[p + SeqIter.index] = Math.min(Math.max(index, 0), rt.i32[seq + List.size]);
  return rt.None;
}

/** list.__reversed__ */
export function list_reversed(rt: Runtime, self: Ref): NewRef {
  return newSeqIter(rt, rt.types.list_reverseiterator, self, rt.i32[self + List.size] - 1);
}

export function listreviter_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const seq = i32[p + SeqIter.seq];
  const index = i32[p + SeqIter.index];
  if (seq === 0) return 0;
  if (index < 0 || index >= i32[seq + List.size]) {
    i32[p + SeqIter.index] = -1;
    return exhaust(rt, p);
  }
  i32[p + SeqIter.index] = index - 1;
  const item = i32[i32[seq + List.items] + 2 * index];
  const count = i32[item];
  if (count >= 0) i32[item] = count + 1;
  return item;
}

function listreviter_len(rt: Runtime, p: Ref): NewRef {
  const n = rt.i32[p + SeqIter.index] + 1;
  const seq = rt.i32[p + SeqIter.seq];
  return PyLong_FromNumber(rt, seq === 0 || rt.i32[seq + List.size] < n ? 0 : n);
}

function listreviter_reduce(rt: Runtime, p: Ref): NewRef {
  const empty = rt.i32[p + SeqIter.seq] === 0 ? PyList_New(rt, 0) : 0;
  return reduceSeqIter(rt, p, "reversed", rt.i32[p + SeqIter.index], empty);
}

function listreviter_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  const index = stateIndex(rt, state);
  const seq = rt.i32[p + SeqIter.seq];
  if (seq !== 0) rt.i32[p + SeqIter.index] = Math.min(Math.max(index, -1), rt.i32[seq + List.size] - 1);
  return rt.None;
}

export function initListIter(rt: Runtime): void {
  const shared = {
    tp_dealloc: seqIterDealloc,
    tp_traverse: seqIterTraverse,
    tp_iter: PyObject_SelfIter,
  };
  defineType(
    rt,
    {
      name: "list_iterator",
      basicsize: SeqIter.BYTES,
      flags: TF.HAVE_GC,
      slots: { ...shared, tp_iternext: listiter_next },
      methods: [
        { name: "__length_hint__", flags: METH.NOARGS, fn: listiter_len },
        { name: "__reduce__", flags: METH.NOARGS, fn: listiter_reduce },
        { name: "__setstate__", flags: METH.O, fn: listiter_setstate },
      ],
    },
    rt.types.list_iterator,
  );
  defineType(
    rt,
    {
      name: "list_reverseiterator",
      basicsize: SeqIter.BYTES,
      flags: TF.HAVE_GC,
      slots: { ...shared, tp_iternext: listreviter_next },
      methods: [
        { name: "__length_hint__", flags: METH.NOARGS, fn: listreviter_len },
        { name: "__reduce__", flags: METH.NOARGS, fn: listreviter_reduce },
        { name: "__setstate__", flags: METH.O, fn: listreviter_setstate },
      ],
    },
    rt.types.list_reverseiterator,
  );
}
