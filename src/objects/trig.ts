/** sin, cos, tan and their inverses, rounded from double-doubles. Part of the object layer; pure functions. See libm.ts. */
import {
  ddAdd,
  ddDiv,
  ddMul,
  ddSqrt,
  FIXED_PI,
  FP,
  fastTwoSum,
  fixedAtan,
  fixedSinCos,
  fixedToDouble,
  ONE,
  putFixed,
  R,
  twoProd,
  twoSum,
} from "./dd.ts";

/** pi/2 in three parts, the first two of 33 bits, so that their product with a number below 2**20 is exact. */
const HALF_PI = FIXED_PI >> 1n;
const P1 = cut(HALF_PI, 32n);
const P2 = cut(HALF_PI - toFixed(P1), 65n);
const P3 = fixedToDouble(HALF_PI - toFixed(P1) - toFixed(P2));
const HALF_PI_HI = fixedToDouble(HALF_PI);
const HALF_PI_LO = fixedToDouble(HALF_PI - toFixed(HALF_PI_HI));

function cut(v: bigint, n: bigint): number {
  return Number(v >> (FP - n)) * 2 ** -Number(n);
}

/** A double that is a multiple of 2**-100. */
function toFixed(d: number): bigint {
  return BigInt(d * 2 ** 100) << (FP - 100n);
}

/** Points j/64 up to 0.8 with sin and cos there, as double-doubles. */
const STEPS = 52;
let sinCosTable: Float64Array | null = null;

function makeSinCos(): Float64Array {
  const table = new Float64Array(4 * STEPS);
  for (let j = 0; j < STEPS; j++) {
    const [s, c] = fixedSinCos((ONE * BigInt(j)) / 64n);
    putFixed(table, 4 * j, s);
    putFixed(table, 4 * j + 2, c);
  }
  return table;
}

/** The reduced argument, |r| <= pi/4, as two doubles, and the quadrant. */
let rHigh = 0;
let rLow = 0;
let quadrant = 0;

function reduce(x: number): void {
  if (Math.abs(x) <= 0.785) {
    rHigh = x;
    rLow = 0;
    quadrant = 0;
    return;
  }
  if (Math.abs(x) > 1e6) {
    reduceLarge(x);
    return;
  }
  const n = Math.round(x / HALF_PI_HI);
  twoSum(x - n * P1, -n * P2);
  const h = R[0];
  const l = R[1];
  twoProd(n, -P3);
  ddAdd(h, l, R[0], R[1]);
  rHigh = R[0];
  rLow = R[1];
  quadrant = n & 3;
}

const WIDE = 1280n;
let widePi = 0n;

/** With pi to 1280 bits, by exact integers. */
function reduceLarge(x: number): void {
  if (widePi === 0n) widePi = piBits(WIDE);
  let e = Math.floor(Math.log2(Math.abs(x))) - 54;
  if (e < 0) e = 0;
  const m = BigInt(x / 2 ** e);
  const fixed = m << (WIDE + BigInt(e));
  const half = widePi >> 1n;
  // Twice the quotient, rounded: floor((2 x + half) / (2 half)).
  let n = (2n * fixed + half) / (2n * half);
  if ((2n * fixed + half) % (2n * half) < 0n) n--;
  const r = (fixed - n * half) >> (WIDE - FP);
  rHigh = fixedToDouble(r);
  const rest = (fixed - n * half - doubleWide(rHigh)) >> (WIDE - FP - 60n);
  rLow = fixedToDouble(rest) * 2 ** -60;
  quadrant = Number(((n % 4n) + 4n) % 4n);
}

function doubleWide(d: number): bigint {
  return BigInt(d * 2 ** 200) << (WIDE - 200n);
}

/** pi by Machin's formula with n fractional bits. */
function piBits(n: bigint): bigint {
  const one = 1n << (n + 32n);
  const arctan = (den: bigint): bigint => {
    let term = one / den;
    let sum = 0n;
    const d2 = den * den;
    for (let k = 1n; term !== 0n; k += 2n) {
      sum += (k & 2n) === 0n ? term / k : -(term / k);
      term /= d2;
    }
    return sum;
  };
  return (16n * arctan(5n) - 4n * arctan(239n)) >> 32n;
}

/** sin (or cos) of the reduced argument, as a double-double in R. */
function kernel(cosine: boolean): void {
  const table = (sinCosTable ??= makeSinCos());
  const sign = rHigh < 0 ? -1 : 1;
  const j = Math.round(Math.abs(rHigh) * 64);
  const dh = rHigh - (sign * j) / 64;
  const d2 = dh * dh;
  const sinTail = rLow + dh * d2 * (-1 / 6 + d2 * (1 / 120 - d2 / 5040));
  const cm = d2 * (-0.5 + d2 * (1 / 24 - d2 / 720)) - dh * rLow;
  const sh = sign * table[4 * j];
  const sl = sign * table[4 * j + 1];
  const ch = table[4 * j + 2];
  const cl = table[4 * j + 3];
  if (cosine) {
    twoProd(-sh, dh);
    const p = R[0];
    const rest = R[1] - sh * sinTail - sl * dh + cl + ch * cm;
    twoSum(ch, p);
    fastTwoSum(R[0], R[1] + rest);
  } else {
    twoProd(ch, dh);
    const p = R[0];
    const rest = R[1] + ch * sinTail + cl * dh + sl + sh * cm;
    twoSum(sh, p);
    fastTwoSum(R[0], R[1] + rest);
  }
}

export function sin(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  if (Math.abs(x) < 2 ** -26) return x;
  reduce(x);
  kernel((quadrant & 1) === 1);
  return (quadrant & 2) !== 0 ? -R[0] : R[0];
}

export function cos(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  reduce(x);
  kernel((quadrant & 1) === 0);
  return quadrant === 1 || quadrant === 2 ? -R[0] : R[0];
}

export function tan(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  if (Math.abs(x) < 2 ** -27) return x;
  reduce(x);
  kernel(false);
  const sh = R[0];
  const sl = R[1];
  kernel(true);
  if ((quadrant & 1) === 0) ddDiv(sh, sl, R[0], R[1]);
  else ddDiv(-R[0], -R[1], sh, sl);
  return R[0];
}

let atanTable: Float64Array | null = null;

/** atan(j/64) for j up to 64. */
function makeAtan(): Float64Array {
  const table = new Float64Array(2 * 65);
  for (let j = 1; j <= 64; j++) putFixed(table, 2 * j, fixedAtan(BigInt(j), 64n));
  return table;
}

/** atan of a double-double from 0 to 1, in R. */
function atanOf(xh: number, xl: number): void {
  const table = (atanTable ??= makeAtan());
  const j = Math.round(xh * 64);
  let th = xh;
  let tl = xl;
  if (j !== 0) {
    const c = j / 64;
    ddMul(xh, xl, c, 0);
    ddAdd(1, 0, R[0], R[1]);
    const dh = R[0];
    const dl = R[1];
    fastTwoSum(xh - c, xl);
    ddDiv(R[0], R[1], dh, dl);
    th = R[0];
    tl = R[1];
  }
  const t2 = th * th;
  const tail = th * t2 * (-1 / 3 + t2 * (1 / 5 + t2 * (-1 / 7 + t2 / 9)));
  ddAdd(table[2 * j], table[2 * j + 1], th, tl + tail);
}

/** The angle of the point (x, y), y >= 0, from double-doubles, in R. */
function angle(yh: number, yl: number, xh: number, xl: number): void {
  const ax = Math.abs(xh);
  const axl = xh < 0 ? -xl : xl;
  if (yh <= ax) {
    ddDiv(yh, yl, ax, axl);
    atanOf(R[0], R[1]);
  } else {
    ddDiv(ax, axl, yh, yl);
    atanOf(R[0], R[1]);
    ddAdd(HALF_PI_HI, HALF_PI_LO, -R[0], -R[1]);
  }
  if (xh < 0) ddAdd(2 * HALF_PI_HI, 2 * HALF_PI_LO, -R[0], -R[1]);
}

export function atan(x: number): number {
  const a = Math.abs(x);
  if (!(a > 2 ** -27) || a > 2 ** 60) return Math.atan(x);
  angle(a, 0, 1, 0);
  return x < 0 ? -R[0] : R[0];
}

export function atan2(y: number, x: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0 || y === 0) return Math.atan2(y, x);
  const ratio = Math.abs(y / x);
  if (ratio > 2 ** 200 || ratio < 2 ** -200) return Math.atan2(y, x);
  let ay = Math.abs(y);
  // Away from the limits, where products would overflow or vanish.
  const big = Math.max(ay, Math.abs(x));
  const factor = big > 2 ** 500 ? 2 ** -600 : big < 2 ** -300 ? 2 ** 600 : 1;
  ay *= factor;
  angle(ay, 0, x * factor, 0);
  return y < 0 ? -R[0] : R[0];
}

/** sqrt(1 - x * x) in R. */
function cathetus(x: number): void {
  twoProd(x, x);
  ddAdd(1, 0, -R[0], -R[1]);
  ddSqrt(R[0], R[1]);
}

export function asin(x: number): number {
  const a = Math.abs(x);
  if (!(a < 1) || a < 2 ** -27) return Math.asin(x);
  cathetus(a);
  angle(a, 0, R[0], R[1]);
  return x < 0 ? -R[0] : R[0];
}

export function acos(x: number): number {
  if (!(Math.abs(x) < 1) || x === 0) return Math.acos(x);
  cathetus(x);
  angle(R[0], R[1], x, 0);
  return R[0];
}

/** sqrt(x * x + y * y), rounded once. */
export function hypot(x: number, y: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return Math.hypot(x, y);
  const big = Math.max(Math.abs(x), Math.abs(y));
  if (big === 0) return 0;
  const down = big > 2 ** 500 ? 2 ** -600 : big < 2 ** -400 ? 2 ** 600 : 1;
  const a = x * down;
  const b = y * down;
  twoProd(a, a);
  const h = R[0];
  const l = R[1];
  twoProd(b, b);
  ddAdd(h, l, R[0], R[1]);
  ddSqrt(R[0], R[1]);
  return R[0] / down;
}
