/**
 * Arithmetic of int: the fast paths on compact values (one digit: plain number arithmetic), exact doubles below 2**53, and
 * digit by digit on the heap beyond. Part of the object layer. Blocks are asked for as CPython asks (see long.ts).
 */

import { raise } from "./errors.ts";
import { Long } from "./layout.ts";
import {
  _PyLong_New,
  bigIntOf,
  exactNumber,
  long_free,
  longFromParts,
  PyLong_BASE,
  PyLong_FromBigInt,
  PyLong_FromInt32,
  PyLong_FromNumber,
  PyLong_MASK,
} from "./long.ts";
import { bigIntFromHeap } from "./longbig.ts";
import { worthSchoolbook, x_add, x_compare, x_mul, x_sub } from "./longdigits.ts";
import { divremRest, setDivremRest, x_divrem } from "./longdivide.ts";
import { divideRowWide, fitsKernels, remainderWide } from "./longkernels.ts";
import { decref, incref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Magnitudes below this are exact doubles with room for one more addition. */
const EXACT = 2 ** 52;

export function long_add(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  const tb = i32[b + Long.tag];
  if ((ta | tb) < 16) {
    const v = (1 - (ta & 3)) * i32[a + Long.digit] + (1 - (tb & 3)) * i32[b + Long.digit];
    return PyLong_FromInt32(rt, v | 0);
  }
  return addSlow(rt, a, b, tb & 3);
}

export function long_sub(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  const tb = i32[b + Long.tag];
  if ((ta | tb) < 16) {
    const v = (1 - (ta & 3)) * i32[a + Long.digit] - (1 - (tb & 3)) * i32[b + Long.digit];
    return PyLong_FromInt32(rt, v | 0);
  }
  return addSlow(rt, a, b, 2 - (tb & 3));
}

/** a + b where b's sign is read as `signB` (0 positive, 1 zero, 2 negative). */
function addSlow(rt: Runtime, a: Ref, b: Ref, signB: number): NewRef {
  const i32 = rt.i32;
  const na = i32[a + Long.tag] >>> 3;
  const nb = i32[b + Long.tag] >>> 3;
  const signA = i32[a + Long.tag] & 3;
  const sameSign = (signA === 2) === (signB === 2);
  if (na <= 2 && nb <= 2) {
    const x = exactNumber(rt, a);
    const y = (1 - signB) * Math.abs(exactNumber(rt, b));
    const v = x + y;
    if (v > -EXACT && v < EXACT) return finishSmallSum(rt, v, Math.max(na, nb) + (sameSign ? 1 : 0));
  }
  if (sameSign) return x_add(rt, a, b, signA === 2);
  return signA === 2 ? x_sub(rt, b, a) : x_sub(rt, a, b);
}

function finishSmallSum(rt: Runtime, v: number, ndigits: number): NewRef {
  if (v >= -5 && v <= 256) return rt.smallInts + (v << 3);
  return longFromParts(rt, v < 0, v < 0 ? -v : v, ndigits);
}

export function long_mul(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  const tb = i32[b + Long.tag];
  if ((ta | tb) < 16) {
    const da = i32[a + Long.digit];
    const db = i32[b + Long.digit];
    const v = (1 - (ta & 3)) * da * ((1 - (tb & 3)) * db);
    if (v <= 2147483647 && v >= -2147483648) return PyLong_FromInt32(rt, v | 0);
    return mulCompact(rt, da, db, v < 0);
  }
  return mulSlow(rt, a, b);
}

/** The product of two digits, at least 2**31: two digits exactly, from halves of 15 bits. */
function mulCompact(rt: Runtime, da: number, db: number, negative: boolean): NewRef {
  const v = da * db;
  if (v < 2 ** 53) return longFromParts(rt, negative, v, 2);
  const low = da * (db & 0x7fff); // < 2**45
  const high = da * (db >> 15) + Math.floor(low / 32768); // < 2**45 + 2**30
  const p = _PyLong_New(rt, 2);
  const i32 = rt.i32;
  i32[p + Long.tag] = negative ? 18 : 16;
  const hi = Math.floor(high / 32768);
  i32[p + Long.digit] = ((high - hi * 32768) << 15) | (low - Math.floor(low / 32768) * 32768);
  i32[p + Long.digit + 1] = hi;
  return p;
}

function mulSlow(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const na = i32[a + Long.tag] >>> 3;
  const nb = i32[b + Long.tag] >>> 3;
  if (na === 0 || nb === 0) return rt.smallInts;
  const negative = ((i32[a + Long.tag] ^ i32[b + Long.tag]) & 2) !== 0;
  if (worthSchoolbook(na, nb)) return x_mul(rt, a, b, negative);
  return PyLong_FromBigInt(rt, a === b ? squareOf(rt, a) : bigIntFromHeap(rt, a) * bigIntFromHeap(rt, b));
}

function squareOf(rt: Runtime, a: Ref): bigint {
  const v = bigIntFromHeap(rt, a);
  return v * v;
}

function zeroDivision(rt: Runtime, message: string): PyErr {
  return raise(rt, rt.exc.ZeroDivisionError, message);
}

const DIV_ZERO = "integer division or modulo by zero";
const MOD_ZERO = "integer modulo by zero";

/** a // b */
export function long_floordiv(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  const tb = i32[b + Long.tag];
  if ((ta | tb) < 16 && tb !== 1) {
    const x = (1 - (ta & 3)) * i32[a + Long.digit];
    const y = (1 - (tb & 3)) * i32[b + Long.digit];
    const q = (x / y) | 0;
    return PyLong_FromInt32(rt, q * y !== x && (x ^ y) < 0 ? q - 1 : q);
  }
  return floordivSlow(rt, a, b);
}

/** a % b, with the sign of b */
export function long_mod(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  const tb = i32[b + Long.tag];
  if ((ta | tb) < 16 && tb !== 1) {
    const x = (1 - (ta & 3)) * i32[a + Long.digit];
    const y = (1 - (tb & 3)) * i32[b + Long.digit];
    const r = (x % y) | 0;
    return PyLong_FromInt32(rt, r !== 0 && (r ^ y) < 0 ? r + y : r);
  }
  return modSlow(rt, a, b);
}

function floordivSlow(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (rt.i32[b + Long.tag] === 1) throw zeroDivision(rt, "integer division or modulo by zero");
  const x = exactNumber(rt, a);
  const y = exactNumber(rt, b);
  if (!Number.isNaN(x) && !Number.isNaN(y)) return PyLong_FromNumber(rt, floorQuotient(x, y));
  if (rt.i32[b + Long.tag] < 16) return divideByDigit(rt, a, b);
  if (!worthDigits(rt, a, b))
    return PyLong_FromBigInt(rt, floorQuotientBig(bigIntOf(rt, a), bigIntOf(rt, b)));
  const q = divideFloor(rt, a, b);
  decref(rt, divremRest());
  return q;
}

/** floor(x / y) of integers below 2**53: exact, as x minus its remainder divides evenly. */
export function floorQuotient(x: number, y: number): number {
  const r = x % y;
  const q = (x - r) / y;
  return r !== 0 && r < 0 !== y < 0 ? q - 1 : q;
}

/** x - y * floor(x / y) of integers below 2**53. */
export function floorRemainder(x: number, y: number): number {
  const r = x % y;
  return r !== 0 && r < 0 !== y < 0 ? r + y : r;
}

function floorQuotientBig(v: bigint, w: bigint): bigint {
  const q = v / w;
  return v < 0n !== w < 0n && q * w !== v ? q - 1n : q;
}

function modSlow(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const tb = i32[b + Long.tag];
  if (tb === 1) throw zeroDivision(rt, MOD_ZERO);
  const x = exactNumber(rt, a);
  const y = exactNumber(rt, b);
  if (!Number.isNaN(x) && !Number.isNaN(y)) return PyLong_FromNumber(rt, floorRemainder(x, y));
  if (tb < 16) {
    const r = remainderByDigit(i32, a + Long.digit, i32[a + Long.tag] >>> 3, i32[b + Long.digit]);
    return PyLong_FromInt32(
      rt,
      floorRemainder((i32[a + Long.tag] & 3) === 2 ? -r : r, (1 - (tb & 3)) * i32[b + Long.digit]),
    );
  }
  if (worthDigits(rt, a, b)) {
    decref(rt, divideFloor(rt, a, b));
    return divremRest();
  }
  const w = bigIntOf(rt, b);
  const r = bigIntOf(rt, a) % w;
  return PyLong_FromBigInt(rt, r !== 0n && r < 0n !== w < 0n ? r + w : r);
}

/** rem1: the remainder of n digits by one digit. */
export function remainderByDigit(i32: Int32Array, at: number, n: number, d: number): number {
  if (n >= WIDE_QUOTIENT && fitsKernels(n)) return remainderWide(i32, at, n, d);
  const inverse = DOWN / d;
  const step = PyLong_BASE * inverse;
  let r = 0;
  for (let i = n - 1; i >= 0; i = (i - 1) | 0) {
    const digit = i32[(at + i) | 0];
    const q = (r * step + digit * inverse) | 0;
    r = ((r << 30) + digit - Math.imul(q, d)) | 0;
    r = (r - (d & ((d - 1 - r) >> 31))) | 0;
  }
  return r;
}

/** a // b for a one-digit b and a longer a. */
function divideByDigit(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const n = i32[a + Long.tag] >>> 3;
  const negative = ((i32[a + Long.tag] ^ i32[b + Long.tag]) & 2) !== 0;
  const p = _PyLong_New(rt, n);
  const r = divideDigits(i32, a + Long.digit, p + Long.digit, n, i32[b + Long.digit]);
  if (negative && r !== 0) incrementDigits(i32, p + Long.digit, n);
  return normalize(rt, p, negative);
}

/** inplace_divrem1: n digits from `from` divided by d into `to`; the remainder. */
export function divideDigits(i32: Int32Array, from: number, to: number, n: number, d: number): number {
  if (n >= WIDE_QUOTIENT && fitsKernels(n)) return divideRowWide(i32, from, to, n, d);
  const inverse = DOWN / d;
  const step = PyLong_BASE * inverse;
  let r = 0;
  for (let i = n - 1; i >= 0; i = (i - 1) | 0) {
    const digit = i32[(from + i) | 0];
    // At most one too small.
    const q = (r * step + digit * inverse) | 0;
    r = ((r << 30) + digit - Math.imul(q, d)) | 0;
    const less = (d - 1 - r) >> 31;
    r = (r - (d & less)) | 0;
    i32[(to + i) | 0] = (q - less) | 0;
  }
  return r;
}

/** A little less than 1. */
const DOWN = 1 - 2 ** -50;
/** From so many digits on, the kernel's division is worth its copying. */
const WIDE_QUOTIENT = 24;

/** Adds one to n digits in place; there is room (the top digit is not all ones after a division by 2 or more). */
function incrementDigits(i32: Int32Array, at: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const v = i32[at + i] + 1;
    i32[at + i] = v & PyLong_MASK;
    if (v <= PyLong_MASK) return;
  }
}

/** long_normalize and the sign: drops leading zero digits of a new int; small results become the static ones. */
export function normalize(rt: Runtime, p: NewRef, negative: boolean): NewRef {
  const i32 = rt.i32;
  let n = i32[p + Long.tag] >>> 3;
  while (n > 0 && i32[p + Long.digit + n - 1] === 0) n--;
  i32[p + Long.tag] = n === 0 ? 1 : (n << 3) | (negative ? 2 : 0);
  return n <= 1 ? maybe_small_long(rt, p) : p;
}

/** A new compact int becomes the static small int, if it is one. */
function maybe_small_long(rt: Runtime, p: NewRef): NewRef {
  const i32 = rt.i32;
  const v = (1 - (i32[p + Long.tag] & 3)) * i32[p + Long.digit];
  if (v < -5 || v > 256) return p;
  long_free(rt, p);
  return rt.smallInts + v * 8;
}

/** Quotient and remainder, floored. */
export function l_divmod(rt: Runtime, a: Ref, b: Ref): [NewRef, NewRef] {
  if (rt.i32[b + Long.tag] === 1) throw zeroDivision(rt, DIV_ZERO);
  const x = exactNumber(rt, a);
  const y = exactNumber(rt, b);
  if (!Number.isNaN(x) && !Number.isNaN(y)) {
    push(rt, PyLong_FromNumber(rt, floorQuotient(x, y)));
    const r = PyLong_FromNumber(rt, floorRemainder(x, y));
    return [pop(rt), r];
  }
  if (rt.i32[b + Long.tag] >= 16 && worthDigits(rt, a, b)) {
    const quotient = divideFloor(rt, a, b);
    return [quotient, divremRest()];
  }
  const w = bigIntOf(rt, b);
  const v = bigIntOf(rt, a);
  let q = v / w;
  let r = v - q * w;
  if (r !== 0n && r < 0n !== w < 0n) {
    q -= 1n;
    r += w;
  }
  push(rt, PyLong_FromBigInt(rt, q));
  const rest = PyLong_FromBigInt(rt, r);
  return [pop(rt), rest];
}

/** Is division digit by digit on the heap faster than V8's with its conversions? */
function worthDigits(rt: Runtime, a: Ref, b: Ref): boolean {
  const n = rt.i32[b + Long.tag] >>> 3;
  const k = (rt.i32[a + Long.tag] >>> 3) - n;
  return worthSchoolbook(n, k);
}

/** a // b of ints of which b has at least two digits (long_divrem and the flooring of l_divmod); a % b is in `divremRest()`. */
function divideFloor(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const signA = i32[a + Long.tag] & 3;
  const differ = ((i32[a + Long.tag] ^ i32[b + Long.tag]) & 2) !== 0;
  let q = rt.smallInts;
  let r: NewRef;
  if (x_smaller(i32, a, b)) r = long_long(rt, a);
  else {
    q = x_divrem(rt, a, b);
    r = divremRest();
    if (differ) q = negated(rt, q, r);
    if (signA === 2) r = negated(rt, r, q);
  }
  if (differ && i32[r + Long.tag] !== 1) {
    push(rt, q);
    push(rt, r);
    const rest = long_add(rt, r, b);
    decref(rt, pop(rt));
    push(rt, rest);
    const less = long_sub(rt, q, rt.smallInts + 8);
    r = pop(rt);
    decref(rt, pop(rt));
    q = less;
  }
  setDivremRest(r);
  return q;
}

/** Has a fewer digits than b, or as many with a smaller first one? Then the quotient is 0. */
function x_smaller(i32: Int32Array, a: Ref, b: Ref): boolean {
  const na = i32[a + Long.tag] >>> 3;
  const nb = i32[b + Long.tag] >>> 3;
  return na < nb || (na === nb && i32[a + Long.digit + na - 1] < i32[b + Long.digit + nb - 1]);
}

/** _PyLong_Negate of a new positive int or zero, with another new one held meanwhile. */
function negated(rt: Runtime, p: NewRef, beside: NewRef): NewRef {
  const i32 = rt.i32;
  const tag = i32[p + Long.tag];
  if (tag >= 16 || i32[p + Long.digit] > 256) {
    i32[p + Long.tag] = tag | 2;
    return p;
  }
  push(rt, beside);
  const small = PyLong_FromInt32(rt, -i32[p + Long.digit] | 0);
  pop(rt);
  return small;
}

/** -1, 0 or 1: a compared with b */
export function long_compare(rt: Runtime, a: Ref, b: Ref): number {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  const tb = i32[b + Long.tag];
  if ((ta | tb) < 16) {
    const d = (1 - (ta & 3)) * i32[a + Long.digit] - (1 - (tb & 3)) * i32[b + Long.digit];
    return d < 0 ? -1 : d > 0 ? 1 : 0;
  }
  const signA = 1 - (ta & 3);
  const signB = 1 - (tb & 3);
  if (signA !== signB) return signA < signB ? -1 : 1;
  return signA * x_compare(i32, a, b);
}

/** Are two ints equal? */
export function long_eq(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  if (ta !== i32[b + Long.tag]) return false;
  if (ta < 16) return i32[a + Long.digit] === i32[b + Long.digit];
  return x_compare(i32, a, b) === 0;
}

export function long_neg(rt: Runtime, a: Ref): NewRef {
  const i32 = rt.i32;
  const ta = i32[a + Long.tag];
  if (ta < 16) return PyLong_FromInt32(rt, (((ta & 3) - 1) * i32[a + Long.digit]) | 0);
  return copyWithTag(rt, a, ta & 2 ? ta & ~3 : ta | 2);
}

/** _PyLong_Copy with another sign. */
function copyWithTag(rt: Runtime, a: Ref, tag: number): NewRef {
  const n = tag >>> 3;
  const p = _PyLong_New(rt, n);
  const i32 = rt.i32;
  i32[p + Long.tag] = tag;
  i32.copyWithin(p + Long.digit, a + Long.digit, a + Long.digit + n);
  return p;
}

/** The int itself if exact, else an exact int of its value (long_long). */
export function long_long(rt: Runtime, a: Ref): NewRef {
  if (rt.i32[a + 2] === rt.types.int) {
    incref(rt, a);
    return a;
  }
  return _PyLong_Copy(rt, a);
}

export function _PyLong_Copy(rt: Runtime, a: Ref): NewRef {
  const i32 = rt.i32;
  const tag = i32[a + Long.tag];
  if (tag < 16) return PyLong_FromInt32(rt, ((1 - (tag & 3)) * i32[a + Long.digit]) | 0);
  return copyWithTag(rt, a, tag);
}

export function long_abs(rt: Runtime, a: Ref): NewRef {
  return (rt.i32[a + Long.tag] & 3) === 2 ? long_neg(rt, a) : long_long(rt, a);
}
