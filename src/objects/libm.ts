/**
 * exp, log, pow and their kin, correctly rounded but for about one result in a thousand, as glibc's are; V8's fdlibm differs
 * in the last bit in up to a tenth of them. Part of the object layer; pure functions. Measured against CPython on glibc 2.36.
 *
 * Left to V8, which has the same algorithms as glibc there: sqrt, expm1, log1p, tanh, atanh.
 */
import {
  ddAdd,
  ddMul,
  FIXED_LN2,
  FP,
  fastTwoSum,
  fixedExp,
  fixedLogRatio,
  fixedToDouble,
  ONE,
  putFixed,
  R,
  twoProd,
} from "./dd.ts";

const bits = new DataView(new ArrayBuffer(8));

/** High 32 bits of a double. */
function highWord(x: number): number {
  bits.setFloat64(0, x);
  return bits.getInt32(0);
}

const N = 128;
const LN2_HI = truncate(FIXED_LN2, 32);
const LN2_LO = fixedToDouble(FIXED_LN2 - ((FIXED_LN2 >> (FP - 32n)) << (FP - 32n)));
const LN2_MID = fixedToDouble(FIXED_LN2);
const INV_LN2_N = N / LN2_MID;

/** The first `n` bits after the point of a fixed-point number, as an exact double. */
function truncate(v: bigint, n: number): number {
  return Number(v >> (FP - BigInt(n))) / 2 ** n;
}

let expTable: Float64Array | null = null;

/** 2**(j/128) as double-doubles. */
function makeExpTable(): Float64Array {
  const table = new Float64Array(2 * N);
  for (let j = 0; j < N; j++) putFixed(table, 2 * j, fixedExp((FIXED_LN2 * BigInt(j)) / BigInt(N)));
  return table;
}

/** e**(hi + lo) for a result in range, rounded once. */
function expOf(hi: number, lo: number): number {
  if (hi > 709.8) return Number.POSITIVE_INFINITY;
  if (hi < -745.2) return 0;
  const n = Math.round(hi * INV_LN2_N);
  // n * LN2_HI is exact: 18 and 32 bits.
  const r = hi - n * (LN2_HI / N) + (lo - n * (LN2_LO / N));
  return scaleByTable(n, r);
}

/** 2**(n/128) * e**r for a small r. */
function scaleByTable(n: number, r: number): number {
  const table = (expTable ??= makeExpTable());
  const j = n & (N - 1);
  const p = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  const t = table[2 * j];
  return scale(t, table[2 * j + 1] + t * p, (n - j) / N);
}

/** (hi + lo) * 2**k, rounded once, for 1 <= hi < 2. */
function scale(hi: number, lo: number, k: number): number {
  if (k > 1022) return (hi + lo) * 2 ** 1022 * 2 ** (k - 1022);
  if (k >= -1021) return (hi + lo) * 2 ** k;
  // Subnormal: added to 1 so that the bits below the last place round off at once.
  fastTwoSum(hi, lo);
  const f = 2 ** (k + 1022);
  const y = R[0] * f;
  const rest = R[1] * f;
  const s = 1 + y;
  return (s + (1 - s + y + rest) - 1) * 2 ** -1022;
}

export function exp(x: number): number {
  return Number.isFinite(x) ? expOf(x, 0) : Math.exp(x);
}

export function exp2(x: number): number {
  if (!Number.isFinite(x)) return x < 0 ? 0 : x;
  if (x >= 1024) return Number.POSITIVE_INFINITY;
  if (x < -1076) return 0;
  const n = Math.round(x * N);
  return scaleByTable(n, (x - n / N) * LN2_MID);
}

let logTable: Float64Array | null = null;
const LOG_WORDS = 5;

/**
 * For each 128th of [1, 2): the point c, 1/c as two doubles, log(c) as two doubles. From 1.4 on, half of c, so that numbers just
 * below a power of two have a small logarithm; the two intervals next to 1 have c = 1, and need no rounding at all.
 */
function makeLogTable(): Float64Array {
  const table = new Float64Array(LOG_WORDS * N);
  for (let i = 0; i < N; i++) {
    const half = i >= 53;
    const num = BigInt(i === 0 || i === N - 1 ? (half ? 512 : 256) : 256 + 2 * i + 1);
    const den = half ? 512n : 256n;
    const at = LOG_WORDS * i;
    table[at] = Number(num) / Number(den);
    putFixed(table, at + 1, (ONE * den) / num);
    putFixed(table, at + 3, fixedLogRatio(num - den, num + den));
  }
  return table;
}

/** log(x) for a finite x > 0, as a double-double in R. */
function logOf(x: number): void {
  const table = (logTable ??= makeLogTable());
  let k = 0;
  if (x < 2 ** -1022) {
    x *= 2 ** 54;
    k = -54;
  }
  bits.setFloat64(0, x);
  const top = bits.getInt32(0);
  const i = (top >> 13) & (N - 1);
  const half = i >= 53;
  k += (top >> 20) - 1023 + (half ? 1 : 0);
  bits.setInt32(0, (top & 0xfffff) | (half ? 0x3fe00000 : 0x3ff00000));
  const at = LOG_WORDS * i;
  const d = bits.getFloat64(0) - table[at];
  twoProd(d, table[at + 1]);
  const rh = R[0];
  const rl = R[1] + d * table[at + 2];
  log1pSmall(rh, rl);
  const sh = R[0];
  const sl = R[1];
  ddAdd(k * LN2_HI, k * LN2_LO, table[at + 3], table[at + 4]);
  ddAdd(R[0], R[1], sh, sl);
}

/** log(1 + r) for |r| < 2**-6.9, as a double-double. */
function log1pSmall(rh: number, rl: number): void {
  twoProd(rh, rh);
  const sq = R[0];
  const sqErr = R[1] + 2 * rh * rl;
  const tail =
    rh *
    sq *
    (1 / 3 +
      rh *
        (-1 / 4 +
          rh * (1 / 5 + rh * (-1 / 6 + rh * (1 / 7 + rh * (-1 / 8 + rh * (1 / 9 + rh * (-1 / 10))))))));
  ddAdd(rh, rl, -0.5 * sq, -0.5 * sqErr + tail);
}

export function log(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY || x === 1) return Math.log(x);
  logOf(x);
  return R[0];
}

const INV_LN2 = (ONE * ONE) / FIXED_LN2;
const INV_LN2_HI = fixedToDouble(INV_LN2);
const INV_LN2_LO = fixedToDouble(INV_LN2 - (BigInt(INV_LN2_HI * 2 ** 52) << (FP - 52n)));

export function log2(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY || x === 1) return Math.log2(x);
  logOf(x);
  ddMul(R[0], R[1], INV_LN2_HI, INV_LN2_LO);
  return R[0];
}

const IVLN10 = Math.LOG10E;
const LOG10_2HI = 0.30102999566361177;
const LOG10_2LO = 3.694239077158931e-13;

/** As fdlibm, which glibc still has for this one. */
export function log10(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return Math.log10(x);
  let k = 0;
  if (x < 2 ** -1022) {
    k = -54;
    x *= 2 ** 54;
  }
  bits.setFloat64(0, x);
  const top = bits.getInt32(0);
  k += (top >> 20) - 1023;
  const i = k < 0 ? 1 : 0;
  bits.setInt32(0, (top & 0xfffff) | ((0x3ff - i) << 20));
  const y = k + i;
  const z = y * LOG10_2LO + IVLN10 * log(bits.getFloat64(0));
  return z + y * LOG10_2HI;
}

/** x ** y as C's pow has it for finite arguments (the special cases are the caller's). */
export function pow(x: number, y: number): number {
  if (y === 1) return x;
  if (y === 2) return x * x;
  const a = Math.abs(x);
  const negative = x < 0 && Math.abs(y % 2) === 1;
  if (!(a > 0) || !Number.isFinite(a) || !Number.isFinite(y) || (x < 0 && y !== Math.floor(y))) return x ** y;
  if (a === 1) return negative ? -1 : 1;
  logOf(a);
  const t = y * R[0];
  let r: number;
  if (t > 800) r = Number.POSITIVE_INFINITY;
  else if (t < -800) r = 0;
  else {
    ddMul(R[0], R[1], y, 0);
    r = expOf(R[0], R[1]);
  }
  return negative ? -r : r;
}

/** As fdlibm, with the better exp. */
export function cosh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.34657359) {
    const t = Math.expm1(a);
    const w = 1 + t;
    return highWord(a) < 0x3c800000 ? w : 1 + (t * t) / (w + w);
  }
  if (a < 22) {
    const t = exp(a);
    return 0.5 * t + 0.5 / t;
  }
  if (a < 709.782712893384) return 0.5 * exp(a);
  const w = exp(0.5 * a);
  return 0.5 * w * w;
}

export function sinh(x: number): number {
  const a = Math.abs(x);
  if (a < 22 || !Number.isFinite(x)) return Math.sinh(x);
  const h = x < 0 ? -0.5 : 0.5;
  if (a < 709.782712893384) return h * exp(a);
  const w = exp(0.5 * a);
  return h * w * w;
}

export function asinh(x: number): number {
  const a = Math.abs(x);
  if (!(a > 2) || !Number.isFinite(a)) return Math.asinh(x);
  const w = a > 2 ** 28 ? log(a) + LN2_MID : log(2 * a + 1 / (Math.sqrt(a * a + 1) + a));
  return x < 0 ? -w : w;
}

export function acosh(x: number): number {
  if (!(x > 2) || !Number.isFinite(x)) return Math.acosh(x);
  return x > 2 ** 28 ? log(x) + LN2_MID : log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
}

/** The cube root, rounded once: V8's is corrected by one step of Newton's method with the exact residue. */
export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const a = Math.abs(x);
  const down = a > 2 ** 600 ? 2 ** -300 : a < 2 ** -600 ? 2 ** 300 : 1;
  const y = a * down ** 3;
  const r = Math.cbrt(y);
  twoProd(r, r);
  ddMul(R[0], R[1], r, 0);
  const c = r + (y - R[0] - R[1]) / (3 * r * r);
  return (x < 0 ? -c : c) / down;
}
