/**
 * Double-double arithmetic: a number as the unevaluated sum of two doubles, about 106 bits; and tables of function values
 * computed once with exact integers. What libm.ts rounds its results from. Part of the object layer; pure functions.
 *
 * Results are left in `R` (high and low part), so that nothing is allocated.
 */

export const R = new Float64Array(2);

const SPLIT = 134217729; // 2**27 + 1

/** a + b exactly, for |a| >= |b|. */
export function fastTwoSum(a: number, b: number): void {
  const s = a + b;
  R[1] = b - (s - a);
  R[0] = s;
}

/** a + b exactly. */
export function twoSum(a: number, b: number): void {
  const s = a + b;
  const bb = s - a;
  R[1] = a - (s - bb) + (b - bb);
  R[0] = s;
}

/** a * b exactly (while nothing overflows or underflows). */
export function twoProd(a: number, b: number): void {
  const p = a * b;
  const ta = SPLIT * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = SPLIT * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  R[1] = al * bl - (p - ah * bh - al * bh - ah * bl);
  R[0] = p;
}

/** (ah + al) + (bh + bl) */
export function ddAdd(ah: number, al: number, bh: number, bl: number): void {
  twoSum(ah, bh);
  const s = R[0];
  const e = R[1] + (al + bl);
  fastTwoSum(s, e);
}

/** (ah + al) * (bh + bl) */
export function ddMul(ah: number, al: number, bh: number, bl: number): void {
  twoProd(ah, bh);
  const p = R[0];
  fastTwoSum(p, R[1] + (ah * bl + al * bh));
}

/** (ah + al) / (bh + bl) */
export function ddDiv(ah: number, al: number, bh: number, bl: number): void {
  const q = ah / bh;
  twoProd(q, bh);
  const r = ah - R[0] - R[1] + al - q * bl;
  fastTwoSum(q, r / bh);
}

/** sqrt(ah + al) */
export function ddSqrt(ah: number, al: number): void {
  if (ah <= 0) {
    R[0] = R[1] = 0;
    return;
  }
  const s = Math.sqrt(ah);
  twoProd(s, s);
  fastTwoSum(s, (ah - R[0] - R[1] + al) / (2 * s));
}

/** Fixed point with 192 fractional bits: the tables are computed with it. */
export const FP = 192n;
export const ONE = 1n << FP;

/** The fixed-point number as high and low doubles: two Float64Array slots from index i. */
export function putFixed(table: Float64Array, i: number, v: bigint): void {
  const hi = fixedToDouble(v);
  table[i] = hi;
  table[i + 1] = fixedToDouble(v - doubleToFixed(hi));
}

export function fixedToDouble(v: bigint): number {
  if (v < 0n) return -fixedToDouble(-v);
  const bits = v.toString(2).length;
  const drop = bits - 64;
  // 64 bits, the last of them sticky, so that the conversion rounds once.
  if (drop <= 0) return Number(v) * 2 ** -Number(FP);
  let top = v >> BigInt(drop);
  if (top << BigInt(drop) !== v) top |= 1n;
  return Number(top) * 2 ** (drop - Number(FP));
}

/** A double of magnitude at least 2**-139 exactly. */
export function doubleToFixed(d: number): bigint {
  // In two steps, as 2**192 * d need not be an integer only when d is tiny (then it is rounded).
  const scaled = d * 2 ** 96;
  const whole = Math.floor(scaled);
  return (BigInt(whole) << 96n) + BigInt(Math.round((scaled - whole) * 2 ** 96));
}

/** e**x for |x| <= 1 in fixed point. */
export function fixedExp(x: bigint): bigint {
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * x) >> FP) / n;
    sum += term;
  }
  return sum;
}

/** 2 * atanh(num / den) by its series: log((den + num) / (den - num)). */
export function fixedLogRatio(num: bigint, den: bigint): bigint {
  const t = (num << FP) / den;
  const t2 = (t * t) >> FP;
  let sum = 0n;
  let p = t;
  for (let n = 1n; p !== 0n && p !== -1n; n += 2n) {
    sum += p / n;
    p = (p * t2) >> FP;
  }
  return 2n * sum;
}

/** sin and cos of a fixed-point x, |x| <= 1. */
export function fixedSinCos(x: bigint): [bigint, bigint] {
  const x2 = (x * x) >> FP;
  let sin = 0n;
  let cos = 0n;
  let s = x;
  let c = ONE;
  for (let n = 1n; c !== 0n && c !== -1n; n += 2n) {
    cos += c;
    sin += s;
    c = -((c * x2) >> FP) / (n * (n + 1n));
    s = -((s * x2) >> FP) / ((n + 1n) * (n + 2n));
  }
  return [sin, cos];
}

/** atan(num / den) for a ratio of at most 1, by Euler's series. */
export function fixedAtan(num: bigint, den: bigint): bigint {
  const d = num * num + den * den;
  let term = ((num * den) << FP) / d;
  let sum = 0n;
  for (let n = 1n; term !== 0n; n++) {
    sum += term;
    term = (term * (2n * n * num * num)) / ((2n * n + 1n) * d);
  }
  return sum;
}

/** log(2), pi in fixed point. */
export const FIXED_LN2 = fixedLogRatio(1n, 3n);
export const FIXED_PI = 16n * fixedAtan(1n, 5n) - 4n * fixedAtan(1n, 239n);
