/**
 * range: PyRangeObject (start, stop, step and length as ints, computed at creation). Part of the object layer. Values below
 * 2**53 are computed as numbers, others as BigInt.
 */
import { PyObject_Free } from "../pymalloc/domains.ts";
import { PyObject_New } from "./alloc.ts";
import { checkArgs, noKeywords, noKwnames } from "./argparse.ts";
import { PyBool_Check, PyLong_CheckExact, PyRange_Check, PySlice_Check } from "./check.ts";
import { PyObject_Hash } from "./compare.ts";
import { defineType } from "./defineType.ts";
import { raise, typeError, valueError } from "./errors.ts";
import { TF, Tuple } from "./layout.ts";
import { bigIntOf, exactNumber, PyLong_AsSsize_t, PyLong_FromBigInt, PyLong_FromNumber } from "./long.ts";
import { long_eq } from "./longarith.ts";
import { _PyIndex_Check, PyNumber_Index } from "./number.ts";
import { reprText } from "./numtext.ts";
import { fastRangeIter, initRangeIters, longRangeIter } from "./rangeiter.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { _PySequence_IterContains, PySequence_Count, PySequence_Index } from "./sequence.ts";
import { longIndices } from "./slicelong.ts";
import { typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref, type StolenRef } from "./typeinfo.ts";

export const enum Range {
  start = 4,
  stop = 6,
  step = 8,
  length = 10,
  BYTES = 48,
}

/** The number of values of range(start, stop, step), for safe integers. */
function lengthOf(start: number, stop: number, step: number): number {
  if (step > 0) return start < stop ? Math.floor((stop - start - 1) / step) + 1 : 0;
  return start > stop ? Math.floor((start - stop - 1) / -step) + 1 : 0;
}

function bigLength(start: bigint, stop: bigint, step: bigint): bigint {
  if (step > 0n) return start < stop ? (stop - start - 1n) / step + 1n : 0n;
  return start > stop ? (start - stop - 1n) / -step + 1n : 0n;
}

/** compute_range_length as an int. */
function rangeLength(rt: Runtime, start: Ref, stop: Ref, step: Ref): NewRef {
  const a = exactNumber(rt, start);
  const b = exactNumber(rt, stop);
  const c = exactNumber(rt, step);
  const n = lengthOf(a, b, c);
  if (Number.isSafeInteger(n) && Number.isSafeInteger(b - a) && !Number.isNaN(c))
    return PyLong_FromNumber(rt, n);
  return PyLong_FromBigInt(rt, bigLength(bigIntOf(rt, start), bigIntOf(rt, stop), bigIntOf(rt, step)));
}

/** A range of three owned ints. */
export function rangeFromSteal(rt: Runtime, start: StolenRef, stop: StolenRef, step: StolenRef): NewRef {
  const slot = push(rt, start);
  push(rt, stop);
  push(rt, step);
  push(rt, rangeLength(rt, start, stop, step));
  const p = PyObject_New(rt, rt.types.range, Range.BYTES);
  const i32 = rt.i32;
  i32[p + Range.length] = pop(rt);
  i32[p + Range.step] = pop(rt);
  i32[p + Range.stop] = pop(rt);
  i32[p + Range.start] = i32[slot];
  pop(rt);
  return p;
}

/** range(*args) with 1 to 3 borrowed arguments, 2 words apart from `args` (range_from_array). */
export function range_from_array(rt: Runtime, args: number, n: number): NewRef {
  const i32 = rt.i32;
  checkArgs(rt, "range", n, 1, 3);
  if (n === 1) {
    const stop = PyNumber_Index(rt, i32[args]);
    return rangeFromSteal(rt, rt.smallInts, stop, rt.smallInts + 8);
  }
  push(rt, PyNumber_Index(rt, i32[args]));
  push(rt, PyNumber_Index(rt, i32[args + 2]));
  const step = n === 3 ? PyNumber_Index(rt, i32[args + 4]) : rt.smallInts + 8;
  if (step === rt.smallInts) throw valueError(rt, "range() arg 3 must not be zero");
  const stop = pop(rt);
  return rangeFromSteal(rt, pop(rt), stop, step);
}

function range_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "range", kwargs);
  return range_from_array(rt, args + Tuple.items, rt.i32[args + Tuple.size]);
}

function range_vectorcall(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "range", kwnames);
  return range_from_array(rt, args, nargs);
}

function range_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  decref(rt, i32[p + Range.start]);
  decref(rt, i32[p + Range.stop]);
  decref(rt, i32[p + Range.step]);
  decref(rt, i32[p + Range.length]);
  PyObject_Free(rt, p);
}

function range_length(rt: Runtime, p: Ref): number {
  return PyLong_AsSsize_t(rt, rt.i32[p + Range.length]);
}

/** len() of a range of any length. */
export function range_len(rt: Runtime, p: Ref): NewRef {
  return PyLong_FromBigInt(rt, bigIntOf(rt, rt.i32[p + Range.length]));
}

/** start + i * step */
function itemAt(rt: Runtime, p: Ref, i: bigint | number): NewRef {
  const i32 = rt.i32;
  if (typeof i === "number") {
    const v = exactNumber(rt, i32[p + Range.start]) + i * exactNumber(rt, i32[p + Range.step]);
    if (Number.isSafeInteger(v)) return PyLong_FromNumber(rt, v);
    i = BigInt(i);
  }
  return PyLong_FromBigInt(rt, bigIntOf(rt, i32[p + Range.start]) + i * bigIntOf(rt, i32[p + Range.step]));
}

const OUT_OF_RANGE = "range object index out of range";

function range_item(rt: Runtime, p: Ref, i: number): NewRef {
  const n = exactNumber(rt, rt.i32[p + Range.length]);
  if (i < 0 || i >= n) throw raise(rt, rt.exc.IndexError, OUT_OF_RANGE);
  return itemAt(rt, p, i);
}

function range_subscript(rt: Runtime, p: Ref, key: Ref): NewRef {
  if (_PyIndex_Check(rt, key)) {
    const index = push(rt, PyNumber_Index(rt, key));
    const r = itemByInt(rt, p, rt.i32[index]);
    drop(rt);
    return r;
  }
  if (PySlice_Check(rt, key)) return rangeSlice(rt, p, key);
  throw typeError(rt, `range indices must be integers or slices, not ${typeNameOf(rt, key)}`);
}

function itemByInt(rt: Runtime, p: Ref, index: Ref): NewRef {
  const n = exactNumber(rt, rt.i32[p + Range.length]);
  let i = exactNumber(rt, index);
  if (!Number.isNaN(n) && !Number.isNaN(i)) {
    if (i < 0) i += n;
    return range_item(rt, p, i);
  }
  const length = bigIntOf(rt, rt.i32[p + Range.length]);
  let big = bigIntOf(rt, index);
  if (big < 0n) big += length;
  if (big < 0n || big >= length) throw raise(rt, rt.exc.IndexError, OUT_OF_RANGE);
  return itemAt(rt, p, big);
}

/** compute_slice */
function rangeSlice(rt: Runtime, p: Ref, slice: Ref): NewRef {
  const i32 = rt.i32;
  const [start, stop, step] = longIndices(rt, slice, bigIntOf(rt, i32[p + Range.length]));
  const ownStep = bigIntOf(rt, i32[p + Range.step]);
  push(rt, itemAt(rt, p, start));
  push(rt, itemAt(rt, p, stop));
  const third = PyLong_FromBigInt(rt, step * ownStep);
  const second = pop(rt);
  return rangeFromSteal(rt, pop(rt), second, third);
}

/** Is an exact int (or bool) among the values? */
function containsLong(rt: Runtime, p: Ref, v: Ref): boolean {
  const i32 = rt.i32;
  const start = bigIntOf(rt, i32[p + Range.start]);
  const stop = bigIntOf(rt, i32[p + Range.stop]);
  const step = bigIntOf(rt, i32[p + Range.step]);
  const x = bigIntOf(rt, v);
  if (step > 0n ? x < start || x >= stop : x > start || x <= stop) return false;
  return (x - start) % step === 0n;
}

/** The same for numbers that are exact. */
function containsNumber(rt: Runtime, p: Ref, v: Ref): boolean {
  const i32 = rt.i32;
  const start = exactNumber(rt, i32[p + Range.start]);
  const stop = exactNumber(rt, i32[p + Range.stop]);
  const step = exactNumber(rt, i32[p + Range.step]);
  const x = exactNumber(rt, v);
  if (Number.isNaN(start + stop + step + x)) return containsLong(rt, p, v);
  if (step > 0 ? x < start || x >= stop : x > start || x <= stop) return false;
  return (x - start) % step === 0;
}

const isPlainInt = (rt: Runtime, o: Ref): boolean => PyLong_CheckExact(rt, o) || PyBool_Check(rt, o);

function range_contains(rt: Runtime, p: Ref, o: Ref): boolean {
  if (isPlainInt(rt, o)) return containsNumber(rt, p, o);
  return _PySequence_IterContains(rt, p, o);
}

function range_count(rt: Runtime, p: Ref, o: Ref): NewRef {
  if (isPlainInt(rt, o)) return PyLong_FromNumber(rt, containsNumber(rt, p, o) ? 1 : 0);
  return PyLong_FromNumber(rt, PySequence_Count(rt, p, o));
}

function range_index(rt: Runtime, p: Ref, o: Ref): NewRef {
  if (!isPlainInt(rt, o)) return PyLong_FromNumber(rt, PySequence_Index(rt, p, o));
  if (!containsNumber(rt, p, o)) throw valueError(rt, `${reprText(rt, o)} is not in range`);
  const i32 = rt.i32;
  const offset = bigIntOf(rt, o) - bigIntOf(rt, i32[p + Range.start]);
  return PyLong_FromBigInt(rt, offset / bigIntOf(rt, i32[p + Range.step]));
}

/** Equal when they give the same values: empty ones all are, those of one value need the same start. */
function range_equals(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  if (a === b) return true;
  if (!long_eq(rt, i32[a + Range.length], i32[b + Range.length])) return false;
  const n = exactNumber(rt, i32[a + Range.length]);
  if (n === 0) return true;
  if (!long_eq(rt, i32[a + Range.start], i32[b + Range.start])) return false;
  return n === 1 || long_eq(rt, i32[a + Range.step], i32[b + Range.step]);
}

function range_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyRange_Check(rt, b) || (op !== Cmp.EQ && op !== Cmp.NE)) return rt.NotImplemented;
  return range_equals(rt, a, b) === (op === Cmp.EQ) ? rt.True : rt.False;
}

/** hash((length, start, step)) with None where it makes no difference. */
function range_hash(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  const n = exactNumber(rt, i32[p + Range.length]);
  const start = n === 0 ? rt.None : i32[p + Range.start];
  const step = n === 0 || n === 1 ? rt.None : i32[p + Range.step];
  const t = push(rt, PyTuple_Pack(rt, i32[p + Range.length], start, step));
  const h = PyObject_Hash(rt, i32[t]);
  const hi = rt.hashHi;
  drop(rt);
  rt.hashHi = hi;
  return h;
}

function range_repr(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const ends = `${reprText(rt, i32[p + Range.start])}, ${reprText(rt, i32[p + Range.stop])}`;
  const step = exactNumber(rt, i32[p + Range.step]);
  return PyUnicode_FromJS(
    rt,
    step === 1 ? `range(${ends})` : `range(${ends}, ${reprText(rt, i32[p + Range.step])})`,
  );
}

/** The values lie within 64 bits where numbers are safe: then the fast iterator serves. */
function range_iter(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const start = exactNumber(rt, i32[p + Range.start]);
  const stop = exactNumber(rt, i32[p + Range.stop]);
  const step = exactNumber(rt, i32[p + Range.step]);
  const n = exactNumber(rt, i32[p + Range.length]);
  if (Number.isSafeInteger(stop + step) && Number.isSafeInteger(start + n))
    return fastRangeIter(rt, start, step, n);
  const a = newref(rt, i32[p + Range.start]);
  const b = newref(rt, i32[p + Range.step]);
  return longRangeIter(rt, a, b, newref(rt, i32[p + Range.length]));
}

/** Iterates from the last value down. */
function range_reverse(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const start = exactNumber(rt, i32[p + Range.start]);
  const step = exactNumber(rt, i32[p + Range.step]);
  const n = exactNumber(rt, i32[p + Range.length]);
  const last = start + (n - 1) * step;
  if (Number.isSafeInteger(last) && Number.isSafeInteger(start - step) && Number.isSafeInteger(n * step)) {
    return fastRangeIter(rt, last, -step, n);
  }
  const length = bigIntOf(rt, i32[p + Range.length]);
  push(rt, itemAt(rt, p, length - 1n));
  push(rt, PyLong_FromBigInt(rt, -bigIntOf(rt, i32[p + Range.step])));
  const len = newref(rt, i32[p + Range.length]);
  const negated = pop(rt);
  return longRangeIter(rt, pop(rt), negated, len);
}

function range_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const args = push(rt, PyTuple_Pack(rt, i32[p + Range.start], i32[p + Range.stop], i32[p + Range.step]));
  const r = PyTuple_Pack(rt, rt.types.range, i32[args]);
  drop(rt);
  return r;
}

export function initRange(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "range",
      basicsize: Range.BYTES,
      flags: TF.SEQUENCE,
      doc: "The integers from start to before stop, step apart; computed as they are asked for.",
      slots: {
        tp_dealloc: range_dealloc,
        tp_repr: range_repr,
        tp_hash: range_hash,
        tp_richcompare: range_richcompare,
        tp_iter: range_iter,
        tp_new: range_new,
        type_vectorcall: range_vectorcall,
        sq_length: range_length,
        sq_item: range_item,
        sq_contains: range_contains,
        mp_length: range_length,
        mp_subscript: range_subscript,
        nb_bool: (rt, p) => exactNumber(rt, rt.i32[p + Range.length]) !== 0,
      },
      methods: [
        { name: "__reversed__", flags: METH.NOARGS, fn: range_reverse },
        { name: "__reduce__", flags: METH.NOARGS, fn: range_reduce },
        { name: "count", flags: METH.O, fn: range_count },
        { name: "index", flags: METH.O, fn: range_index },
      ],
      members: [
        { name: "start", type: "object", offset: Range.start, readonly: true },
        { name: "stop", type: "object", offset: Range.stop, readonly: true },
        { name: "step", type: "object", offset: Range.step, readonly: true },
      ],
    },
    rt.types.range,
  );
  initRangeIters(rt);
}
