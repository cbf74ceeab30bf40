/**
 * The merge sort of lists (timsort with powersort's merge policy): the same runs, the same comparisons in the same order as
 * CPython 3.13's list.sort, so that a `__lt__` written in Python sees what it sees there. Part of the object layer.
 *
 * It sorts JavaScript arrays: `keys` (what is compared: the numbers themselves, or pointers) and `vals` (pointers that travel
 * with them). The references stay owned by the caller's copy, so a comparison may run Python code or throw at any time; what
 * `keys` and `vals` hold then is a permutation of the input, the one CPython would leave.
 */

const MAX_MINRUN = 64;
const MIN_GALLOP = 7;

/** Is key a less than key b? */
export type Less = (a: number, b: number) => boolean;

const NO_KEYS = new Float64Array(0);
const NO_VALS = new Int32Array(0);

interface Run {
  base: number;
  len: number;
  power: number;
}

export class TimSort {
  readonly keys: Float64Array;
  readonly vals: Int32Array;
  /** null: the keys are the numbers to compare. */
  private readonly less: Less | null;
  private min_gallop = MIN_GALLOP;
  private readonly pending: Run[] = [];
  private tempKeys = NO_KEYS;
  private tempVals = NO_VALS;

  /** `needs` hears how many elements each merge copies. */
  constructor(
    keys: Float64Array,
    vals: Int32Array,
    less: Less | null,
    private readonly needs: (n: number) => void,
  ) {
    this.keys = keys;
    this.vals = vals;
    this.less = less;
  }

  private lt(a: number, b: number): boolean {
    const less = this.less;
    return less === null ? a < b : less(a, b);
  }

  sort(): void {
    const n = this.keys.length;
    if (n < 2) return;
    const minrun = merge_compute_minrun(n);
    let at = 0;
    let left = n;
    do {
      let run = this.count_run(at, left);
      if (run < minrun) {
        const force = left <= minrun ? left : minrun;
        this.binarysort(at, force, run);
        run = force;
      }
      this.found_new_run(run);
      this.pending.push({ base: at, len: run, power: 0 });
      at += run;
      left -= run;
    } while (left > 0);
    this.merge_force_collapse();
  }

  /**
   * The length of the run at `lo`, made ascending. A descending run may hold equal neighbours: each stretch of equals is
   * reversed first, so that reversing the whole keeps them in order.
   */
  private count_run(lo: number, nremaining: number): number {
    const keys = this.keys;
    let n = 1;
    while (n < nremaining && !this.lt(keys[lo + n], keys[lo + n - 1])) n++;
    if (n === nremaining) return n;
    if (n > 1) {
      if (this.lt(keys[lo], keys[lo + n - 1])) return n;
      this.reverse(lo, lo + n);
    }
    n = this.finishDescending(lo, n + 1, nremaining);
    this.reverse(lo, lo + n);
    while (n < nremaining && !this.lt(keys[lo + n], keys[lo + n - 1])) n++;
    return n;
  }

  private finishDescending(lo: number, n: number, nremaining: number): number {
    const keys = this.keys;
    let equal = 0;
    for (; n < nremaining; n++) {
      if (this.lt(keys[lo + n], keys[lo + n - 1])) {
        if (equal > 0) this.reverse(lo + n - equal - 1, lo + n);
        equal = 0;
      } else if (this.lt(keys[lo + n - 1], keys[lo + n])) break;
      else equal++;
    }
    if (equal > 0) this.reverse(lo + n - equal - 1, lo + n);
    return n;
  }

  /** Reverses [from, to). */
  reverse(from: number, to: number): void {
    const { keys, vals } = this;
    for (let i = from, j = to - 1; i < j; i++, j--) {
      const k = keys[i];
      keys[i] = keys[j];
      keys[j] = k;
      const v = vals[i];
      vals[i] = vals[j];
      vals[j] = v;
    }
  }

  /** Binary insertion sort of n elements at `lo`, of which the first `ok` are sorted. */
  private binarysort(lo: number, n: number, ok: number): void {
    const { keys, vals } = this;
    for (let i = lo + ok; i < lo + n; i++) {
      const pivot = keys[i];
      let L = lo;
      let R = i;
      do {
        const M = (L + R) >> 1;
        if (this.lt(pivot, keys[M])) R = M;
        else L = M + 1;
      } while (L < R);
      const v = vals[i];
      for (let j = i; j > L; j--) {
        keys[j] = keys[j - 1];
        vals[j] = vals[j - 1];
      }
      keys[L] = pivot;
      vals[L] = v;
    }
  }

  /** Merges on the stack what powersort wants merged before a run of n2 is pushed. */
  private found_new_run(n2: number): void {
    const p = this.pending;
    if (p.length === 0) return;
    const last = p[p.length - 1];
    const power = powerloop(last.base, last.len, n2, this.keys.length);
    while (p.length > 1 && p[p.length - 2].power > power) this.merge_at(p.length - 2);
    p[p.length - 1].power = power;
  }

  private merge_force_collapse(): void {
    const p = this.pending;
    while (p.length > 1) {
      let n = p.length - 2;
      if (n > 0 && p[n - 1].len < p[n + 1].len) n--;
      this.merge_at(n);
    }
  }

  private merge_at(i: number): void {
    const p = this.pending;
    let a = p[i].base;
    let na = p[i].len;
    const b = p[i + 1].base;
    let nb = p[i + 1].len;
    p[i].len = na + nb;
    p.splice(i + 1, 1);
    const k = this.gallop_right(this.keys[b], this.keys, a, na, 0);
    a += k;
    na -= k;
    if (na === 0) return;
    nb = this.gallop_left(this.keys[a + na - 1], this.keys, b, nb, nb - 1);
    if (nb <= 0) return;
    if (na <= nb) this.merge_lo(a, na, b, nb);
    else this.merge_hi(a, na, b, nb);
  }

  /** Where key belongs in the n sorted keys at `a`, left of equals; the search starts at `hint`. */
  private gallop_left(key: number, keys: Float64Array, a: number, n: number, hint: number): number {
    let lastofs = 0;
    let ofs = 1;
    if (this.lt(keys[a + hint], key)) {
      const maxofs = n - hint;
      while (ofs < maxofs && this.lt(keys[a + hint + ofs], key)) {
        lastofs = ofs;
        ofs = ofs * 2 + 1;
      }
      if (ofs > maxofs) ofs = maxofs;
      lastofs += hint;
      ofs += hint;
    } else {
      const maxofs = hint + 1;
      while (ofs < maxofs && !this.lt(keys[a + hint - ofs], key)) {
        lastofs = ofs;
        ofs = ofs * 2 + 1;
      }
      if (ofs > maxofs) ofs = maxofs;
      const k = lastofs;
      lastofs = hint - ofs;
      ofs = hint - k;
    }
    lastofs++;
    while (lastofs < ofs) {
      const m = lastofs + ((ofs - lastofs) >> 1);
      if (this.lt(keys[a + m], key)) lastofs = m + 1;
      else ofs = m;
    }
    return ofs;
  }

  /** As gallop_left, right of equals. */
  private gallop_right(key: number, keys: Float64Array, a: number, n: number, hint: number): number {
    let lastofs = 0;
    let ofs = 1;
    if (this.lt(key, keys[a + hint])) {
      const maxofs = hint + 1;
      while (ofs < maxofs && this.lt(key, keys[a + hint - ofs])) {
        lastofs = ofs;
        ofs = ofs * 2 + 1;
      }
      if (ofs > maxofs) ofs = maxofs;
      const k = lastofs;
      lastofs = hint - ofs;
      ofs = hint - k;
    } else {
      const maxofs = n - hint;
      while (ofs < maxofs && !this.lt(key, keys[a + hint + ofs])) {
        lastofs = ofs;
        ofs = ofs * 2 + 1;
      }
      if (ofs > maxofs) ofs = maxofs;
      lastofs += hint;
      ofs += hint;
    }
    lastofs++;
    while (lastofs < ofs) {
      const m = lastofs + ((ofs - lastofs) >> 1);
      if (this.lt(key, keys[a + m])) ofs = m;
      else lastofs = m + 1;
    }
    return ofs;
  }

  /** Makes the temporary arrays at least n long and copies n elements from `from` into them. */
  private toTemp(from: number, n: number): void {
    this.needs(n);
    if (this.tempKeys.length < n) {
      this.tempKeys = new Float64Array(n);
      this.tempVals = new Int32Array(n);
    }
    this.tempKeys.set(this.keys.subarray(from, from + n));
    this.tempVals.set(this.vals.subarray(from, from + n));
  }

  private fromTemp(to: number, from: number, n: number): void {
    const { keys, vals, tempKeys, tempVals } = this;
    for (let i = 0; i < n; i++) {
      keys[to + i] = tempKeys[from + i];
      vals[to + i] = tempVals[from + i];
    }
  }

  private moveWithin(to: number, from: number, n: number): void {
    this.keys.copyWithin(to, from, from + n);
    this.vals.copyWithin(to, from, from + n);
  }

  /** Merges adjacent runs, the left one (na <= nb) in temporary memory, from the low end. */
  private merge_lo(a: number, na: number, b: number, nb: number): void {
    const { keys, vals } = this;
    this.toTemp(a, na);
    const tk = this.tempKeys;
    const tv = this.tempVals;
    let dest = a;
    let ia = 0;
    try {
      keys[dest] = keys[b];
      vals[dest++] = vals[b++];
      if (--nb === 0) return;
      if (na === 1) return;
      let min_gallop = this.min_gallop;
      for (;;) {
        let acount = 0;
        let bcount = 0;
        for (;;) {
          if (this.lt(keys[b], tk[ia])) {
            keys[dest] = keys[b];
            vals[dest++] = vals[b++];
            bcount++;
            acount = 0;
            if (--nb === 0) return;
            if (bcount >= min_gallop) break;
          } else {
            keys[dest] = tk[ia];
            vals[dest++] = tv[ia++];
            acount++;
            bcount = 0;
            if (--na === 1) return;
            if (acount >= min_gallop) break;
          }
        }
        min_gallop++;
        do {
          min_gallop -= min_gallop > 1 ? 1 : 0;
          this.min_gallop = min_gallop;
          acount = this.gallop_right(keys[b], tk, ia, na, 0);
          if (acount > 0) {
            this.fromTemp(dest, ia, acount);
            dest += acount;
            ia += acount;
            na -= acount;
            // na is 0 only if the comparison is inconsistent.
            if (na <= 1) return;
          }
          keys[dest] = keys[b];
          vals[dest++] = vals[b++];
          if (--nb === 0) return;
          bcount = this.gallop_left(tk[ia], keys, b, nb, 0);
          if (bcount > 0) {
            this.moveWithin(dest, b, bcount);
            dest += bcount;
            b += bcount;
            nb -= bcount;
            if (nb === 0) return;
          }
          keys[dest] = tk[ia];
          vals[dest++] = tv[ia++];
          if (--na === 1) return;
        } while (acount >= MIN_GALLOP || bcount >= MIN_GALLOP);
        min_gallop++;
        this.min_gallop = min_gallop;
      }
    } finally {
      this.finishLow(dest, ia, na, b, nb);
    }
  }

  /** What is left of both runs when merge_lo ends: by success, with one element of the left run left, or by an exception. */
  private finishLow(dest: number, ia: number, na: number, b: number, nb: number): void {
    if (na === 1 && nb > 0) {
      // CopyB: the last element of the left run belongs at the end. (After an exception with na == 1 this cannot happen:
      // the merge ends as soon as na is 1.)
      this.moveWithin(dest, b, nb);
      this.fromTemp(dest + nb, ia, 1);
    } else if (na > 0) this.fromTemp(dest, ia, na);
  }

  /** Merges adjacent runs, the right one (nb <= na) in temporary memory, from the high end. */
  private merge_hi(a: number, na: number, b: number, nb: number): void {
    const { keys, vals } = this;
    this.toTemp(b, nb);
    const tk = this.tempKeys;
    const tv = this.tempVals;
    const basea = a;
    let dest = b + nb - 1;
    let ib = nb - 1;
    let ea = a + na - 1;
    try {
      keys[dest] = keys[ea];
      vals[dest--] = vals[ea--];
      if (--na === 0) return;
      if (nb === 1) return;
      let min_gallop = this.min_gallop;
      for (;;) {
        let acount = 0;
        let bcount = 0;
        for (;;) {
          if (this.lt(tk[ib], keys[ea])) {
            keys[dest] = keys[ea];
            vals[dest--] = vals[ea--];
            acount++;
            bcount = 0;
            if (--na === 0) return;
            if (acount >= min_gallop) break;
          } else {
            keys[dest] = tk[ib];
            vals[dest--] = tv[ib--];
            bcount++;
            acount = 0;
            if (--nb === 1) return;
            if (bcount >= min_gallop) break;
          }
        }
        min_gallop++;
        do {
          min_gallop -= min_gallop > 1 ? 1 : 0;
          this.min_gallop = min_gallop;
          acount = na - this.gallop_right(tk[ib], keys, basea, na, na - 1);
          if (acount > 0) {
            dest -= acount;
            ea -= acount;
            this.moveWithin(dest + 1, ea + 1, acount);
            na -= acount;
            if (na === 0) return;
          }
          keys[dest] = tk[ib];
          vals[dest--] = tv[ib--];
          if (--nb === 1) return;
          bcount = nb - this.gallop_left(keys[ea], tk, 0, nb, nb - 1);
          if (bcount > 0) {
            dest -= bcount;
            ib -= bcount;
            this.fromTemp(dest + 1, ib + 1, bcount);
            nb -= bcount;
            if (nb <= 1) return;
          }
          keys[dest] = keys[ea];
          vals[dest--] = vals[ea--];
          if (--na === 0) return;
        } while (acount >= MIN_GALLOP || bcount >= MIN_GALLOP);
        min_gallop++;
        this.min_gallop = min_gallop;
      }
    } finally {
      this.finishHigh(dest, ea, na, nb);
    }
  }

  private finishHigh(dest: number, ea: number, na: number, nb: number): void {
    if (nb === 1 && na > 0) {
      // CopyA: the first element of the right run belongs at the front.
      this.moveWithin(dest - na + 1, ea - na + 1, na);
      this.fromTemp(dest - na, 0, 1);
    } else if (nb > 0) this.fromTemp(dest - nb + 1, 0, nb);
  }
}

/** Between 32 and 64, so that n divided by it is a power of two or a little less. */
export function merge_compute_minrun(n: number): number {
  let r = 0;
  while (n >= MAX_MINRUN) {
    r |= n & 1;
    n >>= 1;
  }
  return n + r;
}

/**
 * The power of the boundary between runs [s1, s1+n1) and [s1+n1, s1+n1+n2) of n: the first bit in which the binary fractions of
 * their midpoints differ.
 */
export function powerloop(s1: number, n1: number, n2: number, n: number): number {
  let result = 0;
  let a = 2 * s1 + n1;
  let b = a + n1 + n2;
  for (;;) {
    result++;
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) return result;
    a *= 2;
    b *= 2;
  }
}
