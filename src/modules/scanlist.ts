/**
 * Shortcuts through list iterators for sum, min, max, all and any: while the items are plain ints, floats or singletons, no
 * Python code can run, so the list cannot change and no reference need be counted. Each function leaves the iterator at
 * the first item it did not take. Part of the modules.
 */
import { Float, List, Long, Ob } from "../objects/layout.ts";
import { exactNumber } from "../objects/long.ts";
import { long_compare } from "../objects/longarith.ts";
import { RangeIter, setWide, wide } from "../objects/rangeiter.ts";
import type { Runtime } from "../objects/runtime.ts";
import { SeqIter } from "../objects/seqiters.ts";
import { Cmp, type OptRef, type Ref } from "../objects/typeinfo.ts";

/** The list that an exact list_iterator walks, or 0. */
function listOf(rt: Runtime, it: Ref): OptRef {
  const i32 = rt.i32;
  return i32[it + Ob.type] === rt.types.list_iterator ? i32[it + SeqIter.seq] : 0;
}

/** Adds ints of less than 2**53 to `total`. */
export function sumListInts(rt: Runtime, it: Ref, total: number): number {
  const i32 = rt.i32;
  if (i32[it + Ob.type] === rt.types.range_iterator) return sumRange(rt, it, total);
  const list = listOf(rt, it);
  if (list === 0) return total;
  const int = rt.types.int;
  const items = i32[list + List.items];
  const n = i32[list + List.size];
  let i = i32[it + SeqIter.index];
  for (; i < n; i++) {
    const item = i32[items + 2 * i];
    if (i32[item + Ob.type] !== int) break;
    const tag = i32[item + Long.tag];
    const sum = total + (tag < 16 ? (1 - (tag & 3)) * i32[item + Long.digit] : exactNumber(rt, item));
    if (!(sum <= Number.MAX_SAFE_INTEGER && sum >= -Number.MAX_SAFE_INTEGER)) break;
    total = sum;
  }
  i32[it + SeqIter.index] = i;
  return total;
}

/** The sum of what is left of a range, if no sum on the way can be inexact. */
function sumRange(rt: Runtime, it: Ref, total: number): number {
  const start = wide(rt, it + RangeIter.start);
  const step = wide(rt, it + RangeIter.step);
  const n = wide(rt, it + RangeIter.len);
  if (n <= 0) return total;
  const last = start + step * (n - 1);
  const bound = Math.abs(total) + n * Math.max(Math.abs(start), Math.abs(last));
  if (!(bound <= Number.MAX_SAFE_INTEGER / 2)) return total;
  setWide(rt, it + RangeIter.start, last + step);
  setWide(rt, it + RangeIter.len, 0);
  return total + (n * (start + last)) / 2;
}

/** What a compensated sum consists of. */
export interface FloatSum {
  total: number;
  c: number;
}

export function sumListFloats(rt: Runtime, it: Ref, sum: FloatSum): void {
  const list = listOf(rt, it);
  if (list === 0) return;
  const i32 = rt.i32;
  const f64 = rt.f64;
  const float = rt.types.float;
  const items = i32[list + List.items];
  const n = i32[list + List.size];
  let { total, c } = sum;
  let i = i32[it + SeqIter.index];
  for (; i < n; i++) {
    const item = i32[items + 2 * i];
    if (i32[item + Ob.type] !== float) break;
    const x = f64[(item + Float.fval) >> 1];
    const t = total + x;
    c += Math.abs(total) >= Math.abs(x) ? total - t + x : x - t + total;
    total = t;
  }
  i32[it + SeqIter.index] = i;
  sum.total = total;
  sum.c = c;
}

/** The least (LT) or greatest (GT) of the ints or floats that come next, the first of equals; borrowed, 0 if there are none. */
export function extremeOfList(rt: Runtime, it: Ref, op: Cmp): OptRef {
  const list = listOf(rt, it);
  if (list === 0) return 0;
  const i32 = rt.i32;
  const i = i32[it + SeqIter.index];
  if (i >= i32[list + List.size]) return 0;
  const first = i32[i32[list + List.items] + 2 * i];
  const type = i32[first + Ob.type];
  if (type === rt.types.int) return extremeInt(rt, it, list, op);
  return type === rt.types.float ? extremeFloat(rt, it, list, op) : 0;
}

function extremeInt(rt: Runtime, it: Ref, list: Ref, op: Cmp): Ref {
  const i32 = rt.i32;
  const int = rt.types.int;
  const items = i32[list + List.items];
  const n = i32[list + List.size];
  const sign = op === Cmp.LT ? -1 : 1;
  let i = i32[it + SeqIter.index];
  let best = i32[items + 2 * i++];
  let value = exactNumber(rt, best);
  for (; i < n; i++) {
    const item = i32[items + 2 * i];
    if (i32[item + Ob.type] !== int) break;
    const tag = i32[item + Long.tag];
    const v = tag < 16 ? (1 - (tag & 3)) * i32[item + Long.digit] : exactNumber(rt, item);
    // A NaN stands for an int too large to be a number.
    const order = Number.isNaN(v) || Number.isNaN(value) ? long_compare(rt, item, best) : v - value;
    if (order * sign > 0) {
      best = item;
      value = v;
    }
  }
  i32[it + SeqIter.index] = i;
  return best;
}

function extremeFloat(rt: Runtime, it: Ref, list: Ref, op: Cmp): Ref {
  const i32 = rt.i32;
  const f64 = rt.f64;
  const float = rt.types.float;
  const items = i32[list + List.items];
  const n = i32[list + List.size];
  let i = i32[it + SeqIter.index];
  let best = i32[items + 2 * i++];
  let value = f64[(best + Float.fval) >> 1];
  for (; i < n; i++) {
    const item = i32[items + 2 * i];
    if (i32[item + Ob.type] !== float) break;
    const v = f64[(item + Float.fval) >> 1];
    if (op === Cmp.LT ? v < value : v > value) {
      best = item;
      value = v;
    }
  }
  i32[it + SeqIter.index] = i;
  return best;
}

/** Passes over bools, None and ints whose truth is not `stop`; true when it took one whose truth is. */
export function findTruthInList(rt: Runtime, it: Ref, stop: boolean): boolean {
  const list = listOf(rt, it);
  if (list === 0) return false;
  const i32 = rt.i32;
  const items = i32[list + List.items];
  const n = i32[list + List.size];
  const { True, False, None } = rt;
  const int = rt.types.int;
  let i = i32[it + SeqIter.index];
  let found = false;
  for (; i < n && !found; i++) {
    const item = i32[items + 2 * i];
    if (item === True) found = stop;
    else if (item === False || item === None) found = !stop;
    else if (i32[item + Ob.type] === int) found = ((i32[item + Long.tag] & 3) !== 1) === stop;
    else break;
  }
  i32[it + SeqIter.index] = i;
  return found;
}
