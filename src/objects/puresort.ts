/**
 * Sorting by keys that nobody can watch being compared: numbers, strings of one byte a character, tuples of those. A stable sort
 * has one result, so it need not be made by list.sort's comparisons: this one goes by the digits of the keys (radix sort), level
 * by level. What list.sort would have asked for as memory meanwhile follows from the ranks (`mergeNeeds`). Part of the object layer.
 */
import { merge_compute_minrun, powerloop } from "./timsort.ts";

/** What elements are compared by, first level first: a number for each, or where that does not do, a comparison (<0, 0, >0). */
export type Level = Uint32Array | ((a: number, b: number) => number);

/** Up to this many elements are sorted by insertion. */
const FEW = 16;
const counts = new Int32Array(2048);

export class PureSort {
  /** The elements, by their first places, in sorted order. */
  readonly order: Int32Array;
  private readonly spare: Int32Array;

  constructor(
    private readonly levels: Level[],
    n: number,
  ) {
    this.order = new Int32Array(n);
    this.spare = new Int32Array(n);
    for (let i = 0; i < n; i++) this.order[i] = i;
    this.sortRange(0, n, 0);
  }

  /** Sorts what is in places [lo, hi), which does not differ in the levels before `at`. */
  private sortRange(lo: number, hi: number, at: number): void {
    if (hi - lo <= FEW) {
      this.insert(lo, hi, at);
      return;
    }
    const level = this.levels[at];
    if (typeof level === "function") this.merge(lo, hi, level);
    else this.distribute(lo, hi, level);
    if (at + 1 < this.levels.length) this.sortGroups(lo, hi, at);
  }

  /** Sorts each stretch of equal elements by the next levels. */
  private sortGroups(lo: number, hi: number, at: number): void {
    const { order } = this;
    const level = this.levels[at];
    let from = lo;
    for (let i = lo + 1; i <= hi; i++) {
      if (i < hi) {
        const a = order[i - 1];
        const b = order[i];
        if (typeof level === "function" ? level(a, b) === 0 : level[a] === level[b]) continue;
      }
      if (i - from > 1) this.sortRange(from, i, at + 1);
      from = i;
    }
  }

  private insert(lo: number, hi: number, at: number): void {
    const { order } = this;
    for (let i = lo + 1; i < hi; i++) {
      const e = order[i];
      let j = i;
      for (; j > lo && this.compare(e, order[j - 1], at) < 0; j--) order[j] = order[j - 1];
      order[j] = e;
    }
  }

  private compare(a: number, b: number, at: number): number {
    const { levels } = this;
    for (; at < levels.length; at++) {
      const level = levels[at];
      const d = typeof level === "function" ? level(a, b) : level[a] - level[b];
      if (d !== 0) return d;
    }
    return 0;
  }

  /** By the digits of `keys` in which they differ, from the lowest. */
  private distribute(lo: number, hi: number, keys: Uint32Array): void {
    const { order } = this;
    const first = keys[order[lo]];
    let differ = 0;
    for (let i = lo; i < hi; i++) differ |= keys[order[i]] ^ first;
    if (differ === 0) return;
    const bits = hi - lo < 2000 ? 8 : 11;
    const end = 32 - Math.clz32(differ);
    let shift = 31 - Math.clz32(differ & -differ);
    for (; shift < end; shift += bits) this.pass(lo, hi, keys, shift, (1 << bits) - 1);
  }

  private pass(lo: number, hi: number, keys: Uint32Array, shift: number, mask: number): void {
    const { order, spare } = this;
    counts.fill(0, 0, mask + 1);
    for (let i = lo; i < hi; i++) {
      const e = order[i];
      spare[i] = e;
      counts[(keys[e] >>> shift) & mask]++;
    }
    let at = lo;
    for (let d = 0; d <= mask; d++) {
      const n = counts[d];
      counts[d] = at;
      at += n;
    }
    for (let i = lo; i < hi; i++) {
      const e = spare[i];
      order[counts[(keys[e] >>> shift) & mask]++] = e;
    }
  }

  /** By comparison: runs of FEW, merged two by two. */
  private merge(lo: number, hi: number, compare: (a: number, b: number) => number): void {
    const { order, spare } = this;
    for (let i = lo; i < hi; i += FEW) insertBy(order, i, Math.min(hi, i + FEW), compare);
    for (let width = FEW; width < hi - lo; width *= 2) {
      spare.set(order.subarray(lo, hi), lo);
      for (let a = lo; a + width < hi; a += 2 * width) {
        mergeRuns(spare, order, a, a + width, Math.min(hi, a + 2 * width), compare);
      }
    }
  }

  /** For each element the number of different elements before it: equal ones have the same. */
  ranks(): Int32Array {
    const { order } = this;
    const ranks = new Int32Array(order.length);
    let rank = 0;
    for (let i = 1; i < order.length; i++) {
      if (this.compare(order[i - 1], order[i], 0) !== 0) rank++;
      ranks[order[i]] = rank;
    }
    return ranks;
  }
}

function insertBy(
  order: Int32Array,
  lo: number,
  hi: number,
  compare: (a: number, b: number) => number,
): void {
  for (let i = lo + 1; i < hi; i++) {
    const e = order[i];
    let j = i;
    for (; j > lo && compare(e, order[j - 1]) < 0; j--) order[j] = order[j - 1];
    order[j] = e;
  }
}

function mergeRuns(
  from: Int32Array,
  to: Int32Array,
  a: number,
  b: number,
  end: number,
  compare: (a: number, b: number) => number,
): void {
  const middle = b;
  for (let at = a; at < end; at++) {
    const right = b < end && (a === middle || compare(from[b], from[a]) < 0);
    to[at] = right ? from[b++] : from[a++];
  }
}

/**
 * Tells `needs` what the merges of list.sort (see timsort.ts) would ask for that exceeds `room`, in the same order: the runs are
 * those of the ranks; a merge copies the shorter run, without what is in its place already.
 */
export function mergeNeeds(ranks: Int32Array, room: number, needs: (n: number) => void): void {
  const n = ranks.length;
  if (n >> 1 <= room) return;
  const minrun = merge_compute_minrun(n);
  const bases: number[] = [];
  const lengths: number[] = [];
  const powers: number[] = [];
  const mergeAt = (i: number) => {
    const na = lengths[i];
    const nb = lengths[i + 1];
    if (Math.min(na, nb) > room) {
      const need = mergeNeed(ranks, bases[i], na, nb);
      if (need > room) needs((room = need));
    }
    lengths[i] = na + nb;
    for (const list of [bases, lengths, powers]) list.splice(i + 1, 1);
  };
  for (let at = 0; at < n; ) {
    const run = Math.max(runLength(ranks, at), Math.min(minrun, n - at));
    const last = bases.length - 1;
    if (last >= 0) {
      const power = powerloop(bases[last], lengths[last], run, n);
      while (bases.length > 1 && powers[bases.length - 2] > power) mergeAt(bases.length - 2);
      powers[bases.length - 1] = power;
    }
    bases.push(at);
    lengths.push(run);
    powers.push(0);
    at += run;
  }
  while (bases.length > 1) {
    let i = bases.length - 2;
    if (i > 0 && lengths[i - 1] < lengths[i + 1]) i--;
    mergeAt(i);
  }
}

/** count_run */
function runLength(ranks: Int32Array, lo: number): number {
  const end = ranks.length;
  let i = lo + 1;
  while (i < end && ranks[i] >= ranks[i - 1]) i++;
  if (i === end || ranks[lo] < ranks[i - 1]) return i - lo;
  while (i < end && ranks[i] <= ranks[i - 1]) i++;
  // What was at the front is the last one now.
  for (let last = ranks[lo]; i < end && ranks[i] >= last; i++) last = ranks[i];
  return i - lo;
}

/** What a merge of the na elements at `a` with the nb after them copies. */
function mergeNeed(ranks: Int32Array, a: number, na: number, nb: number): number {
  const b = a + na;
  let least = ranks[b];
  for (let i = b + 1; i < b + nb; i++) if (ranks[i] < least) least = ranks[i];
  let most = ranks[a];
  for (let i = a + 1; i < b; i++) if (ranks[i] > most) most = ranks[i];
  let left = 0;
  for (let i = a; i < b; i++) if (ranks[i] > least) left++;
  if (left === 0) return 0;
  let right = 0;
  for (let i = b; i < b + nb; i++) if (ranks[i] < most) right++;
  return Math.min(left, right);
}
