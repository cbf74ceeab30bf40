/**
 * Iterators over ranges: range_iterator (three 64-bit integers) and longrange_iterator (three ints). Part of the object layer.
 *
 *   byte  0           8         16      24     32
 *         | ob_refcnt | ob_type | start | step | len |
 */
import { PyObject_Free } from "../pymalloc/domains.ts";
import { PyObject_New } from "./alloc.ts";
import { defineType } from "./defineType.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import {
  bigIntOf,
  PyLong_FromBigInt,
  PyLong_FromHalves,
  PyLong_FromInt32,
  PyLong_FromNumber,
} from "./long.ts";
import { long_add, long_compare, long_mul, long_sub } from "./longarith.ts";
import { getBuiltin } from "./modulelookup.ts";
import { rangeFromSteal } from "./range.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, pop, push } from "./stack.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "./typeinfo.ts";

/** Both iterators: range_iterator keeps 64-bit integers in the fields, longrange_iterator pointers. */
export const enum RangeIter {
  start = 4,
  step = 6,
  len = 8,
  BYTES = 40,
}

/** Writes an integer as 64 bits, low word first. */
export function setWide(rt: Runtime, at: number, v: number): void {
  rt.i32[at] = v;
  rt.i32[at + 1] = Math.floor(v / 4294967296);
}

export function wide(rt: Runtime, at: number): number {
  return rt.i32[at + 1] * 4294967296 + rt.u32[at];
}

/** fast_range_iter: of numbers up to 2**53. */
export function fastRangeIter(rt: Runtime, start: number, step: number, len: number): NewRef {
  const p = PyObject_New(rt, rt.types.range_iterator, RangeIter.BYTES);
  setWide(rt, p + RangeIter.start, start);
  setWide(rt, p + RangeIter.step, step);
  setWide(rt, p + RangeIter.len, len);
  return p;
}

/** tp_iternext of range_iterator: the next int, or 0. */
export function rangeiter_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const len = i32[p + RangeIter.len];
  if (len <= 0 || i32[p + RangeIter.len + 1] !== 0) return nextWide(rt, p);
  const v = i32[p + RangeIter.start];
  const step = i32[p + RangeIter.step];
  const next = v + step;
  if (
    next !== (next | 0) ||
    i32[p + RangeIter.start + 1] !== v >> 31 ||
    i32[p + RangeIter.step + 1] !== step >> 31
  ) {
    return nextWide(rt, p);
  }
  i32[p + RangeIter.start] = next;
  i32[p + RangeIter.start + 1] = next >> 31;
  i32[p + RangeIter.len] = len - 1;
  return PyLong_FromInt32(rt, v);
}

/** For values or lengths beyond 32 bits, and for the end. */
function nextWide(rt: Runtime, p: Ref): NewRef | 0 {
  const len = wide(rt, p + RangeIter.len);
  if (len <= 0) return 0;
  const i32 = rt.i32;
  const r = PyLong_FromHalves(rt, i32[p + RangeIter.start], i32[p + RangeIter.start + 1]);
  const next = bigHalves(rt, p + RangeIter.start) + bigHalves(rt, p + RangeIter.step);
  i32[p + RangeIter.start] = Number(BigInt.asIntN(32, next));
  i32[p + RangeIter.start + 1] = Number(BigInt.asIntN(32, next >> 32n));
  setWide(rt, p + RangeIter.len, len - 1);
  return r;
}

function rangeiter_len(rt: Runtime, p: Ref): NewRef {
  return PyLong_FromNumber(rt, wide(rt, p + RangeIter.len));
}

/** iter(range(start, stop, step)), None as state. */
function rangeiter_reduce(rt: Runtime, p: Ref): NewRef {
  const start = bigHalves(rt, p + RangeIter.start);
  const step = bigHalves(rt, p + RangeIter.step);
  const stop = start + step * bigHalves(rt, p + RangeIter.len);
  push(rt, PyLong_FromBigInt(rt, start));
  push(rt, PyLong_FromBigInt(rt, stop));
  const third = PyLong_FromBigInt(rt, step);
  const second = pop(rt);
  return reduceIter(rt, rangeFromSteal(rt, pop(rt), second, third));
}

function bigHalves(rt: Runtime, at: number): bigint {
  return (BigInt(rt.i32[at + 1]) << 32n) + BigInt(rt.u32[at]);
}

/** (iter, (o,), None); takes the reference. */
function reduceIter(rt: Runtime, o: NewRef): NewRef {
  const slot = push(rt, o);
  push(rt, PyTuple_Pack(rt, rt.i32[slot]));
  push(rt, getBuiltin(rt, "iter"));
  const r = PyTuple_Pack(rt, rt.i32[slot + 4], rt.i32[slot + 2], rt.None);
  drop(rt, 3);
  return r;
}

function rangeiter_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  const len = wide(rt, p + RangeIter.len);
  const n = Math.min(Math.max(Number(bigIntOf(rt, state)), 0), len);
  const next = bigHalves(rt, p + RangeIter.start) + BigInt(n) * bigHalves(rt, p + RangeIter.step);
  rt.i32[p + RangeIter.start] = Number(BigInt.asIntN(32, next));
  rt.i32[p + RangeIter.start + 1] = Number(BigInt.asIntN(32, next >> 32n));
  setWide(rt, p + RangeIter.len, len - n);
  return rt.None;
}

/** longrange_iterator over start, start + step ... (len of them); takes the references. */
export function longRangeIter(rt: Runtime, start: NewRef, step: NewRef, len: NewRef): NewRef {
  const p = PyObject_New(rt, rt.types.longrange_iterator, RangeIter.BYTES);
  rt.i32[p + RangeIter.start] = start;
  rt.i32[p + RangeIter.step] = step;
  rt.i32[p + RangeIter.len] = len;
  return p;
}

export function longrangeiter_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const len = i32[p + RangeIter.len];
  const one = rt.smallInts + 8;
  if (long_compare(rt, len, rt.smallInts) <= 0) return 0;
  const newLen = long_sub(rt, len, one);
  push(rt, newLen);
  const result = i32[p + RangeIter.start];
  i32[p + RangeIter.start] = long_add(rt, result, i32[p + RangeIter.step]);
  i32[p + RangeIter.len] = pop(rt);
  decref(rt, len);
  return result;
}

function longrangeiter_len(rt: Runtime, p: Ref): NewRef {
  return newref(rt, rt.i32[p + RangeIter.len]);
}

function longrangeiter_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const product = push(rt, long_mul(rt, i32[p + RangeIter.len], i32[p + RangeIter.step]));
  const stop = long_add(rt, i32[product], i32[p + RangeIter.start]);
  drop(rt);
  const start = newref(rt, i32[p + RangeIter.start]);
  return reduceIter(rt, rangeFromSteal(rt, start, stop, newref(rt, i32[p + RangeIter.step])));
}

function longrangeiter_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  const i32 = rt.i32;
  const len = bigIntOf(rt, i32[p + RangeIter.len]);
  let n = bigIntOf(rt, state);
  if (n < 0n) n = 0n;
  if (n > len) n = len;
  const start = bigIntOf(rt, i32[p + RangeIter.start]) + n * bigIntOf(rt, i32[p + RangeIter.step]);
  replace(rt, p + RangeIter.start, PyLong_FromBigInt(rt, start));
  replace(rt, p + RangeIter.len, PyLong_FromBigInt(rt, len - n));
  return rt.None;
}

function replace(rt: Runtime, at: number, value: NewRef): void {
  const old = rt.i32[at];
  rt.i32[at] = value;
  decref(rt, old);
}

function longrangeiter_dealloc(rt: Runtime, p: Ref): void {
  decref(rt, rt.i32[p + RangeIter.start]);
  decref(rt, rt.i32[p + RangeIter.step]);
  decref(rt, rt.i32[p + RangeIter.len]);
  PyObject_Free(rt, p);
}

const iterMethods = (
  len: MethodDef["fn"],
  reduce: MethodDef["fn"],
  setstate: MethodDef["fn"],
): MethodDef[] => [
  { name: "__length_hint__", flags: METH.NOARGS, fn: len },
  { name: "__reduce__", flags: METH.NOARGS, fn: reduce },
  { name: "__setstate__", flags: METH.O, fn: setstate },
];

export function initRangeIters(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "range_iterator",
      basicsize: RangeIter.BYTES,
      slots: { tp_dealloc: PyObject_Free, tp_iter: PyObject_SelfIter, tp_iternext: rangeiter_next },
      methods: iterMethods(rangeiter_len, rangeiter_reduce, rangeiter_setstate),
    },
    rt.types.range_iterator,
  );
  defineType(
    rt,
    {
      name: "longrange_iterator",
      basicsize: RangeIter.BYTES,
      slots: {
        tp_dealloc: longrangeiter_dealloc,
        tp_iter: PyObject_SelfIter,
        tp_iternext: longrangeiter_next,
      },
      methods: iterMethods(longrangeiter_len, longrangeiter_reduce, longrangeiter_setstate),
    },
    rt.types.longrange_iterator,
  );
}
