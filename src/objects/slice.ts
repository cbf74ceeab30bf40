/** slice: its object (one kept on a free list), its arithmetic of indices, and the type. Part of the object layer. */
import { Cell } from "../heap/cells.ts";
import {
  PyObject_GC_Del,
  PyObject_GC_New,
  PyObject_GC_Track,
  PyObject_GC_UnTrack,
  traceReuse,
} from "./alloc.ts";
import { checkArgs, noKeywords } from "./argparse.ts";
import { PySlice_Check } from "./check.ts";
import { PyObject_RichCompare } from "./compare.ts";
import { defineType } from "./defineType.ts";
import { typeError, valueError } from "./errors.ts";
import { Free } from "./freelists.ts";
import { hashSliceItems } from "./hash.ts";
import { Ob, Slice, TF, Tuple } from "./layout.ts";
import { compactValue, isCompact, PyLong_FromNumber } from "./long.ts";
import { _PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import { reprText } from "./numtext.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { sliceIndicesOf } from "./slicelong.ts";
import { drop, pop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref, type StolenRef } from "./typeinfo.ts";

const MAX_INDEX = Number.MAX_SAFE_INTEGER;

/** _PyBuildSlice_Consume2 and the like: takes the three references. */
export function buildSliceSteal(rt: Runtime, start: StolenRef, stop: StolenRef, step: StolenRef): NewRef {
  const i32 = rt.i32;
  let p = i32[Free.sliceCache];
  if (p !== 0) {
    i32[Free.sliceCache] = 0;
    i32[p] = 1;
    traceReuse(rt, p - 4);
  } else {
    for (const part of [start, stop, step]) push(rt, part);
    p = PyObject_GC_New(rt, rt.types.slice, Slice.BYTES);
    i32[Cell.SP] -= 6;
  }
  i32[p + Slice.start] = start;
  i32[p + Slice.stop] = stop;
  i32[p + Slice.step] = step;
  PyObject_GC_Track(rt, p);
  return p;
}

/** The interpreter's end; a full collection leaves the slice where it is, as in CPython. */
export function clearSliceCache(rt: Runtime): void {
  const slice = rt.i32[Free.sliceCache];
  rt.i32[Free.sliceCache] = 0;
  if (slice !== 0) PyObject_GC_Del(rt, slice);
}

/** PySlice_New: 0 is None. */
export function PySlice_New(rt: Runtime, start: OptRef, stop: OptRef, step: OptRef): NewRef {
  const a = newref(rt, start === 0 ? rt.None : start);
  const b = newref(rt, stop === 0 ? rt.None : stop);
  return buildSliceSteal(rt, a, b, newref(rt, step === 0 ? rt.None : step));
}

/** slice(from, to) of numbers. */
export function _PySlice_FromIndices(rt: Runtime, from: number, to: number): NewRef {
  push(rt, PyLong_FromNumber(rt, from));
  const stop = PyLong_FromNumber(rt, to);
  return buildSliceSteal(rt, pop(rt), stop, rt.None);
}

function slice_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  decref(rt, i32[p + Slice.step]);
  decref(rt, i32[p + Slice.start]);
  decref(rt, i32[p + Slice.stop]);
  if (i32[Free.sliceCache] === 0) i32[Free.sliceCache] = p;
  else PyObject_GC_Del(rt, p);
}

/** What PySlice_Unpack and PySlice_AdjustIndices leave behind: valid until the next call. */
export const sliceOut = { start: 0, stop: 0, step: 1, length: 0 };

/** PySlice_Unpack into `sliceOut`: None becomes the default, large values are clipped. */
export function PySlice_Unpack(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  let step = 1;
  if (i32[p + Slice.step] !== rt.None) {
    step = _PyEval_SliceIndex(rt, i32[p + Slice.step]);
    if (step === 0) throw valueError(rt, "slice step cannot be zero");
  }
  const startRef = i32[p + Slice.start];
  const start = startRef === rt.None ? (step < 0 ? MAX_INDEX : 0) : _PyEval_SliceIndex(rt, startRef);
  const stopRef = i32[p + Slice.stop];
  const stop = stopRef === rt.None ? (step < 0 ? -MAX_INDEX : MAX_INDEX) : _PyEval_SliceIndex(rt, stopRef);
  sliceOut.start = start;
  sliceOut.stop = stop;
  sliceOut.step = step;
}

/** _PyEval_SliceIndex of an index that is not None. */
export function _PyEval_SliceIndex(rt: Runtime, o: Ref): number {
  if (rt.i32[o + Ob.type] === rt.types.int && isCompact(rt, o)) return compactValue(rt, o);
  if (!_PyIndex_Check(rt, o)) {
    throw typeError(rt, "slice indices must be integers or None or have an __index__ method");
  }
  return PyNumber_AsSsize_t(rt, o, 0);
}

/** _PyEval_SliceIndexNotNone: for arguments of index(), find() and the like. */
export function _PyEval_SliceIndexNotNone(rt: Runtime, o: Ref): number {
  if (rt.i32[o + Ob.type] === rt.types.int && isCompact(rt, o)) return compactValue(rt, o);
  if (!_PyIndex_Check(rt, o))
    throw typeError(rt, "slice indices must be integers or have an __index__ method");
  return PyNumber_AsSsize_t(rt, o, 0);
}

/** PySlice_AdjustIndices: clips `sliceOut` to a sequence of n items; the slice's length is left there and returned. */
export function PySlice_AdjustIndices(n: number): number {
  const b = sliceOut;
  const { step } = b;
  b.start = clip(b.start, n, step);
  b.stop = clip(b.stop, n, step);
  b.length = 0;
  if (step < 0) {
    if (b.stop < b.start) b.length = Math.floor((b.start - b.stop - 1) / -step) + 1;
  } else if (step === 1) b.length = b.start < b.stop ? b.stop - b.start : 0;
  else if (b.start < b.stop) b.length = Math.floor((b.stop - b.start - 1) / step) + 1;
  return b.length;
}

function clip(i: number, n: number, step: number): number {
  if (i < 0) {
    i += n;
    return i < 0 ? (step < 0 ? -1 : 0) : i;
  }
  return i >= n ? (step < 0 ? n - 1 : n) : i;
}

function slice_repr(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const start = reprText(rt, i32[p + Slice.start]);
  const stop = reprText(rt, i32[p + Slice.stop]);
  return PyUnicode_FromJS(rt, `slice(${start}, ${stop}, ${reprText(rt, i32[p + Slice.step])})`);
}

function slice_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PySlice_Check(rt, a) || !PySlice_Check(rt, b)) return rt.NotImplemented;
  if (a === b) return op === Cmp.EQ || op === Cmp.LE || op === Cmp.GE ? rt.True : rt.False;
  const i32 = rt.i32;
  const x = push(rt, PyTuple_Pack(rt, i32[a + Slice.start], i32[a + Slice.stop], i32[a + Slice.step]));
  const y = push(rt, PyTuple_Pack(rt, i32[b + Slice.start], i32[b + Slice.stop], i32[b + Slice.step]));
  const r = PyObject_RichCompare(rt, i32[x], i32[y], op);
  drop(rt, 2);
  return r;
}

/** As the hash of the tuple of three, without its length mixed in. */
function slice_hash(rt: Runtime, p: Ref): number {
  return hashSliceItems(rt, p + Slice.start);
}

function slice_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "slice", kwargs);
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "slice", n, 1, 3);
  if (n === 1) return PySlice_New(rt, 0, tupleItem(rt, args, 0), 0);
  return PySlice_New(
    rt,
    tupleItem(rt, args, 0),
    tupleItem(rt, args, 1),
    n === 3 ? tupleItem(rt, args, 2) : 0,
  );
}

function slice_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const args = push(rt, PyTuple_Pack(rt, i32[p + Slice.start], i32[p + Slice.stop], i32[p + Slice.step]));
  const r = PyTuple_Pack(rt, rt.types.slice, i32[args]);
  drop(rt);
  return r;
}

export function initSlice(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "slice",
      basicsize: Slice.BYTES,
      flags: TF.HAVE_GC,
      doc: "What stands between the brackets of x[start:stop:step].",
      slots: {
        tp_dealloc: trashed(slice_dealloc),
        tp_repr: slice_repr,
        tp_hash: slice_hash,
        tp_richcompare: slice_richcompare,
        tp_new: slice_new,
        tp_traverse: (rt, p, visit) => {
          visit(rt.i32[p + Slice.start]);
          visit(rt.i32[p + Slice.stop]);
          visit(rt.i32[p + Slice.step]);
        },
      },
      methods: [
        {
          name: "indices",
          flags: METH.O,
          fn: sliceIndicesOf,
          doc: "(start, stop, step) for a sequence of that length.",
        },
        { name: "__reduce__", flags: METH.NOARGS, fn: slice_reduce },
      ],
      members: [
        { name: "start", type: "object", offset: Slice.start, readonly: true },
        { name: "stop", type: "object", offset: Slice.stop, readonly: true },
        { name: "step", type: "object", offset: Slice.step, readonly: true },
      ],
    },
    rt.types.slice,
  );
}
