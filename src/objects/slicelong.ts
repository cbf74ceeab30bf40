/** Slices over lengths of any size: slice.indices() and range[...]. Part of the object layer. */
import { typeError, valueError } from "./errors.ts";
import { Slice } from "./layout.ts";
import { bigIntOf, PyLong_FromBigInt } from "./long.ts";
import { _PyIndex_Check, PyNumber_Index } from "./number.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** start, stop and step of a slice over `length` items, clipped (_PySlice_GetLongIndices). */
export function longIndices(rt: Runtime, slice: Ref, length: bigint): [bigint, bigint, bigint] {
  const i32 = rt.i32;
  const step = i32[slice + Slice.step] === rt.None ? 1n : indexValue(rt, i32[slice + Slice.step]);
  if (step === 0n) throw valueError(rt, "slice step cannot be zero");
  const lower = step < 0n ? -1n : 0n;
  const upper = step < 0n ? length - 1n : length;
  const bound = (o: Ref, absent: bigint): bigint => {
    if (o === rt.None) return absent;
    let v = indexValue(rt, o);
    if (v < 0n) {
      v += length;
      return v < lower ? lower : v;
    }
    return v > upper ? upper : v;
  };
  const start = bound(i32[slice + Slice.start], step < 0n ? upper : lower);
  const stop = bound(i32[slice + Slice.stop], step < 0n ? lower : upper);
  return [start, stop, step];
}

function indexValue(rt: Runtime, o: Ref): bigint {
  if (!_PyIndex_Check(rt, o)) {
    throw typeError(rt, "slice indices must be integers or None or have an __index__ method");
  }
  const index = PyNumber_Index(rt, o);
  const v = bigIntOf(rt, index);
  decref(rt, index);
  return v;
}

/** slice.indices(length) */
export function sliceIndicesOf(rt: Runtime, self: Ref, arg: Ref): NewRef {
  const length = PyNumber_Index(rt, arg);
  const n = bigIntOf(rt, length);
  decref(rt, length);
  if (n < 0n) throw valueError(rt, "length should not be negative");
  const bounds = longIndices(rt, self, n);
  const t = push(rt, PyTuple_New(rt, 3));
  for (let i = 0; i < 3; i++) PyTuple_SET_ITEM(rt, rt.i32[t], i, PyLong_FromBigInt(rt, bounds[i]));
  return pop(rt);
}
