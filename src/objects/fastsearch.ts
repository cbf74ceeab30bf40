/**
 * Finding runs of characters or bytes in others, directly in the heap's views. Shared by str, bytes and bytearray; part
 * of the object layer. A text is a view (`units`, one element a character) and positions in it.
 */
import type { Runtime } from "./runtime.ts";

export type Units = Uint8Array | Uint16Array | Uint32Array;

/** The view with elements of `kind` bytes. */
export function unitsOf(rt: Runtime, kind: number): Units {
  return kind === 1 ? rt.u8 : kind === 2 ? rt.u16 : rt.u32;
}

/** Index in that view of the data at word address w. */
export function baseOf(kind: number, w: number): number {
  return kind === 1 ? w * 4 : kind === 2 ? w * 2 : w;
}

/** Beyond this length the platform's search is worth its call. */
const LONG = 192;

/** First position of c in h[start, end), or -1. */
export function findUnit(h: Units, start: number, end: number, c: number): number {
  if (end - start > LONG) {
    const i = h.subarray(start, end).indexOf(c);
    return i < 0 ? -1 : start + i;
  }
  for (let i = start; i < end; i++) if (h[i] === c) return i;
  return -1;
}

/** First position in h[start, end) of the needle n[at, at + m), or -1. An empty needle is found at once. */
export function findUnits(h: Units, start: number, end: number, n: Units, at: number, m: number): number {
  if (m === 1) return findUnit(h, start, end, n[at]);
  if (m === 0) return start <= end ? start : -1;
  if (end - start < m) return -1;
  if (m <= 3) return scan(h, start, end, n, at, m);
  return m < 100 || end - start < 2000
    ? skipSearch(h, start, end, n, at, m)
    : twoWaySearch(h, start, end, n, at, m);
}

/** A short needle: its first and last element, then the rest. */
function scan(h: Units, start: number, end: number, n: Units, at: number, m: number): number {
  const first = n[at];
  const tail = n[at + m - 1];
  const last = end - m;
  for (let i = start; i <= last; i++) {
    if (h[i] !== first || h[i + m - 1] !== tail) continue;
    let j = 1;
    while (j < m - 1 && h[i + j] === n[at + j]) j++;
    if (j >= m - 1) return i;
  }
  return -1;
}

/** Horspool's search with a bloom filter of the needle's characters, as CPython's `default_find`. */
function skipSearch(h: Units, start: number, end: number, n: Units, at: number, m: number): number {
  const mlast = m - 1;
  const tail = n[at + mlast];
  const first = n[at];
  let mask = 1 << (tail & 31);
  let skip = mlast;
  for (let j = 0; j < mlast; j++) {
    const c = n[at + j];
    mask |= 1 << (c & 31);
    if (c === tail) skip = mlast - j - 1;
  }
  const last = end - m;
  for (let i = start; i <= last; i++) {
    const matches = h[i + mlast] === tail;
    if (matches && h[i] === first) {
      let j = 1;
      while (j < mlast && h[i + j] === n[at + j]) j++;
      if (j >= mlast) return i;
    }
    if (i < last && (mask & (1 << (h[i + m] & 31))) === 0) i += m;
    else if (matches) i += skip;
  }
  return -1;
}

/** Start of the needle's maximal suffix (in one of two orders) and its period: Crochemore and Perrin. */
function maximalSuffix(n: Units, at: number, m: number, inverted: boolean): [cut: number, period: number] {
  let suffix = 0;
  let candidate = 1;
  let k = 0;
  let period = 1;
  while (candidate + k < m) {
    const a = n[at + candidate + k];
    const b = n[at + suffix + k];
    if (inverted ? b < a : a < b) {
      candidate += k + 1;
      k = 0;
      period = candidate - suffix;
    } else if (a === b) {
      if (k + 1 !== period) k++;
      else {
        candidate += period;
        k = 0;
      }
    } else {
      suffix = candidate;
      candidate++;
      k = 0;
      period = 1;
    }
  }
  return [suffix, period];
}

/** The two-way search: linear time for long needles. */
function twoWaySearch(h: Units, start: number, end: number, n: Units, at: number, m: number): number {
  const [cut1, period1] = maximalSuffix(n, at, m, false);
  const [cut2, period2] = maximalSuffix(n, at, m, true);
  const cut = Math.max(cut1, cut2);
  let period = cut1 > cut2 ? period1 : period2;
  const periodic = sameUnits(n, at, n, at + period, cut);
  if (!periodic) period = Math.max(cut, m - cut) + 1;
  let memory = 0;
  for (let i = start; i <= end - m; ) {
    let j = Math.max(cut, memory);
    while (j < m && h[i + j] === n[at + j]) j++;
    if (j < m) {
      i += j - cut + 1;
      memory = 0;
      continue;
    }
    j = cut;
    while (j > memory && h[i + j - 1] === n[at + j - 1]) j--;
    if (j <= memory) return i;
    i += period;
    memory = periodic ? m - period : 0;
  }
  return -1;
}

/** Last position in h[start, end) of the needle, or -1. */
export function rfindUnits(h: Units, start: number, end: number, n: Units, at: number, m: number): number {
  if (m === 0) return start <= end ? end : -1;
  const first = n[at];
  for (let i = end - m; i >= start; i--) {
    if (h[i] === first && sameUnits(h, i + 1, n, at + 1, m - 1)) return i;
  }
  return -1;
}

/** Number of occurrences that do not overlap, up to `max`. */
export function countUnits(
  h: Units,
  start: number,
  end: number,
  n: Units,
  at: number,
  m: number,
  max: number,
): number {
  if (start > end) return 0;
  if (m === 0) return Math.min(end - start + 1, max);
  let count = 0;
  for (let i = start; count < max; i += m) {
    i = findUnits(h, i, end, n, at, m);
    if (i < 0) break;
    count++;
  }
  return count;
}

/** Are m elements equal? */
export function sameUnits(a: Units, i: number, b: Units, j: number, m: number): boolean {
  for (let k = 0; k < m; k++) if (a[i + k] !== b[j + k]) return false;
  return true;
}
