/** Power, true division and conversion to double of int. Part of the object layer. */
import { noMemory, overflowError, raise, valueError } from "./errors.ts";
import { PyFloat_FromDouble } from "./floatcore.ts";
import { float_pow_doubles } from "./floatops.ts";
import { Long } from "./layout.ts";
import { bigIntOf, exactNumber, PyLong_FromBigInt, PyLong_FromInt32, PyLong_FromNumber } from "./long.ts";
import { bigIntFromHeap } from "./longbig.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** PyLong_AsDouble: correctly rounded (half to even). The argument must be an int. */
export function PyLong_AsDouble(rt: Runtime, a: Ref): number {
  const n = exactNumber(rt, a);
  if (!Number.isNaN(n)) return n;
  const d = Number(bigIntFromHeap(rt, a));
  if (d === Number.POSITIVE_INFINITY || d === Number.NEGATIVE_INFINITY) {
    throw overflowError(rt, "int too large to convert to float");
  }
  return d;
}

/** a / b */
export function long_true_divide(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  const tb = i32[b + Long.tag];
  if ((ta | tb) < 16 && tb !== 1) {
    const x = (1 - (ta & 3)) * i32[a + Long.digit];
    return PyFloat_FromDouble(rt, x / ((1 - (tb & 3)) * i32[b + Long.digit]));
  }
  return PyFloat_FromDouble(rt, trueDivide(rt, a, b));
}

export function trueDivide(rt: Runtime, a: Ref, b: Ref): number {
  if (rt.i32[b + Long.tag] === 1) throw raise(rt, rt.exc.ZeroDivisionError, "division by zero");
  const x = exactNumber(rt, a);
  const y = exactNumber(rt, b);
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x === 0 ? 0 : x / y;
  const q = divideToDouble(bigIntOf(rt, a), bigIntOf(rt, b));
  if (Number.isNaN(q)) throw overflowError(rt, "integer division result too large for a float");
  return q;
}

export const bitLength = (v: bigint): number => {
  if (v < 0n) v = -v;
  const hex = v.toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0], 16)) - 28) - (v === 0n ? 1 : 0);
};

/** v / w correctly rounded, half to even; NaN when it overflows. */
export function divideToDouble(v: bigint, w: bigint): number {
  if (v === 0n) return w < 0n ? -0 : 0;
  const negative = v < 0n !== w < 0n;
  if (v < 0n) v = -v;
  if (w < 0n) w = -w;
  const diff = bitLength(v) - bitLength(w);
  if (diff > 1025) return Number.NaN;
  if (diff < -1080) return negative ? -0 : 0;
  // The quotient gets at least 55 bits, or as many as a subnormal result has and two more.
  const shift = Math.max(diff, -1021) - 55;
  const q = shift <= 0 ? (v << BigInt(-shift)) / w : v / (w << BigInt(shift));
  const exact = shift <= 0 ? q * w === v << BigInt(-shift) : q * (w << BigInt(shift)) === v;
  const d = scaleExact(roundBits(q, !exact, shift), shift);
  if (d === Number.POSITIVE_INFINITY) return Number.NaN;
  return negative ? -d : d;
}

/** Rounds q (with `sticky` for what follows) so that q * 2**shift is a double. */
function roundBits(q: bigint, sticky: boolean, shift: number): bigint {
  const extra = Math.max(bitLength(q), -1021 - shift) - 53;
  if (extra <= 0) return q;
  const unit = 1n << BigInt(extra);
  const rest = q & (unit - 1n);
  const half = unit >> 1n;
  q -= rest;
  if (rest > half || (rest === half && (sticky || (q & unit) !== 0n))) q += unit;
  return q;
}

/** q * 2**shift, which is known to be a double or to overflow. */
function scaleExact(q: bigint, shift: number): number {
  let d = Number(q);
  while (shift < -1000) {
    d *= 2 ** -500;
    shift += 500;
  }
  while (shift > 900) {
    d *= 2 ** 500;
    shift -= 500;
  }
  return d * 2 ** shift;
}

/** a ** b without modulus; b negative goes to floats. */
export function long_pow(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  if ((i32[b + Long.tag] & 3) === 2) {
    const x = PyLong_AsDouble(rt, a);
    return float_pow_doubles(rt, x, PyLong_AsDouble(rt, b));
  }
  const x = exactNumber(rt, a);
  const n = exactNumber(rt, b);
  if (x === 0 || x === 1 || n === 0) return PyLong_FromInt32(rt, n === 0 ? 1 : x);
  if (x === -1) return PyLong_FromInt32(rt, (i32[b + Long.digit] & 1) === 0 ? 1 : -1);
  if (n === 1) return PyLong_FromBigIntOrNumber(rt, a, x);
  if (!Number.isNaN(x)) {
    const r = x ** n;
    if (r <= 9007199254740992 && r >= -9007199254740992) return PyLong_FromNumber(rt, smallPower(x, n));
  }
  if (!(n < 2 ** 31)) throw noMemory(rt);
  return bigPower(rt, a, n);
}

function PyLong_FromBigIntOrNumber(rt: Runtime, a: Ref, x: number): NewRef {
  return Number.isNaN(x) ? PyLong_FromBigInt(rt, bigIntOf(rt, a)) : PyLong_FromNumber(rt, x);
}

/** By squaring, exact below 2**53 (V8's `**` on doubles is not always). */
function smallPower(x: number, n: number): number {
  let r = 1;
  for (; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) r *= x;
    x *= x;
  }
  return r;
}

function bigPower(rt: Runtime, a: Ref, n: number): NewRef {
  const base = bigIntOf(rt, a);
  // A power of two is a shift.
  if (base === 2n) return PyLong_FromBigInt(rt, 1n << BigInt(n));
  if (bitLength(base) * n > 2 ** 30) throw noMemory(rt);
  return PyLong_FromBigInt(rt, base ** BigInt(n));
}

/** pow(a, b, c) */
export function long_pow_mod(rt: Runtime, a: Ref, b: Ref, c: Ref): NewRef {
  let m = bigIntOf(rt, c);
  if (m === 0n) throw valueError(rt, "pow() 3rd argument cannot be 0");
  const negativeOutput = m < 0n;
  if (negativeOutput) m = -m;
  if (m === 1n) return rt.smallInts;
  let base = bigIntOf(rt, a);
  let e = bigIntOf(rt, b);
  if (e < 0n) {
    e = -e;
    base = long_invmod(rt, base, m);
  }
  base %= m;
  if (base < 0n) base += m;
  const r = m < 1073741824n ? BigInt(powModSmall(Number(base), e, Number(m))) : powModBig(base, e, m);
  return PyLong_FromBigInt(rt, negativeOutput && r !== 0n ? r - m : r);
}

/** The inverse of a modulo m, which must exist. */
function long_invmod(rt: Runtime, a: bigint, m: bigint): bigint {
  let [r0, r1] = [a % m < 0n ? (a % m) + m : a % m, m];
  let [s0, s1] = [1n, 0n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [s0, s1] = [s1, s0 - q * s1];
  }
  if (r0 !== 1n) throw valueError(rt, "base is not invertible for the given modulus");
  return s0;
}

/** a * b % m of numbers below 2**30, exactly. */
function mulMod(a: number, b: number, m: number): number {
  return (((a * (b >> 15)) % m) * 32768 + a * (b & 0x7fff)) % m;
}

function powModSmall(base: number, e: bigint, m: number): number {
  const bits = e.toString(2);
  let r = 1 % m;
  for (let i = 0; i < bits.length; i++) {
    r = mulMod(r, r, m);
    if (bits.charCodeAt(i) === 49) r = mulMod(r, base, m);
  }
  return r;
}

/** Left to right, four bits of the exponent at a time. */
function powModBig(base: bigint, e: bigint, m: bigint): bigint {
  const table: bigint[] = [1n, base];
  for (let i = 2; i < 16; i++) table.push((table[i - 1] * base) % m);
  let r = 1n;
  for (const c of e.toString(16)) {
    r = (r * r) % m;
    r = (r * r) % m;
    r = (r * r) % m;
    r = (r * r) % m;
    const d = Number.parseInt(c, 16);
    if (d !== 0) r = (r * table[d]) % m;
  }
  return r;
}
