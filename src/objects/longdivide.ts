/**
 * Long division of ints on the heap, digit by digit (Knuth's algorithm D). A digit of the quotient is estimated in doubles from
 * the four leading digits of the rest and the three of the divisor, never too small and almost never too large; so the operands
 * need not be shifted as in CPython. Blocks are asked for in the same order and sizes. Part of the object layer.
 */
import { Long } from "./layout.ts";
import { _PyLong_New, long_free, PyLong_MASK } from "./long.ts";
import { normalize } from "./longarith.ts";
import { copyDigits } from "./longdigits.ts";
import { enterDivision, fitsKernels, leaveDivision, reduceWide, wideDivision } from "./longkernels.ts";
import type { Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

const B = 0x40000000;
/** 2**-30, a little less. */
const DOWN = (1 - 2 ** -51) / B;
/** More than the error of an estimate of less than 2**30. */
const SLACK = 1 / 0x40000;

let rest: NewRef = 0;

/** What `x_divrem` leaves beside the quotient: the magnitude of the remainder, a new reference. */
export function divremRest(): NewRef {
  return rest;
}

/** For who adjusts the remainder. */
export function setDivremRest(r: NewRef): void {
  rest = r;
}

/** Quotient of magnitudes (positive); |b| has at least two digits and |a| no fewer. The remainder is in `divremRest()`. */
export function x_divrem(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const na = i32[a + Long.tag] >>> 3;
  const n = i32[b + Long.tag] >>> 3;
  const v = _PyLong_New(rt, na + 1);
  push(rt, v);
  const w = _PyLong_New(rt, n);
  push(rt, w);
  const k = quotientSize(i32, a + Long.digit, na, b + Long.digit, n);
  const q = _PyLong_New(rt, k);
  pop(rt);
  pop(rt);
  const da = a + Long.digit;
  const db = b + Long.digit;
  if (k * n > WIDE_DIVISION && fitsKernels(2 * (na + n))) {
    enterDivision(i32, da, na, db, n);
    divideWide(i32, n, q + Long.digit, k);
    leaveDivision(i32, w + Long.digit, n);
  } else {
    const u = v + Long.digit;
    copyDigits(i32, da, u, na);
    i32[u + na] = 0;
    divideInto(i32, u, db, n, q + Long.digit, k);
    copyDigits(i32, u, w + Long.digit, n);
  }
  long_free(rt, v);
  rest = normalize(rt, w, false);
  return normalize(rt, q, false);
}

/** Digits of the block that CPython asks for: it looks at the leading digits after its shift. */
function quotientSize(i32: Int32Array, a: number, na: number, b: number, n: number): number {
  const top = i32[b + n - 1];
  const d = Math.clz32(top) - 2;
  const head = i32[a + na - 1];
  if (head >>> (30 - d) !== 0) return na + 1 - n;
  const shifted = (((head << d) & PyLong_MASK) | (i32[a + na - 2] >>> (30 - d))) >>> 0;
  const divisor = ((top << d) | (i32[b + n - 2] >>> (30 - d))) >>> 0;
  return shifted >= divisor ? na + 1 - n : na - n;
}

/** Divides the digits from `u` on by the n digits at `b`: k digits of quotient to `q`; the rest stays in u. */
function divideInto(i32: Int32Array, u: number, b: number, n: number, q: number, k: number): void {
  const divisor = leading(i32, b, n);
  for (let j = k - 1; j >= 0; j--) {
    const at = u + j;
    let digit = estimate(i32, at, n, divisor);
    if (digit > 0 && subtractProduct(i32, at, b, n, digit) < 0) {
      digit--;
      addBack(i32, at, b, n);
    }
    i32[q + j] = digit;
  }
}

/** The same of the operands where the kernels work. */
function divideWide(i32: Int32Array, n: number, q: number, k: number): void {
  const { words, dividend, divisor: b } = wideDivision;
  const divisor = leading(words, b, n);
  for (let j = k - 1; j >= 0; j--) {
    const at = dividend + j;
    let digit = estimate(words, at, n, divisor);
    if (digit > 0 && reduceWide(at, b, n, digit) < 0) {
      digit--;
      addBack(words, at, b, n);
    }
    i32[q + j] = digit;
  }
}

/** From so many products of digits on, a division is worth its copying. */
const WIDE_DIVISION = 250;

/** The three leading digits of a divisor. */
function leading(i32: Int32Array, b: number, n: number): number {
  return (i32[b + n - 1] * B + i32[b + n - 2]) * B + (n > 2 ? i32[b + n - 3] : 0);
}

/** A digit of the quotient, at most one too large. */
function estimate(i32: Int32Array, at: number, n: number, divisor: number): number {
  const next = n > 2 ? i32[at + n - 3] : 0;
  const head = ((i32[at + n] * B + i32[at + n - 1]) * B + i32[at + n - 2]) * B + next;
  const digit = Math.floor(head / divisor + SLACK);
  return digit > PyLong_MASK ? PyLong_MASK : digit;
}

/** Subtracts d times the n digits at `b` from the n + 1 digits at `to`; negative if it was too much. See x_mul. */
function subtractProduct(i32: Int32Array, to: number, b: number, n: number, d: number): number {
  const down = d * DOWN;
  let carry = 0;
  for (let i = 0; i < n; i++) {
    const x = i32[b + i];
    const high = (x * down) | 0;
    const s = (Math.imul(x, d) - (high << 30) + carry) >>> 0; // < 2**31 + 2**10
    const rest = i32[to + i] - (s & PyLong_MASK);
    i32[to + i] = rest & PyLong_MASK;
    carry = high + (s >>> 30) - (rest >> 30);
  }
  const top = i32[to + n] - carry;
  i32[to + n] = top & PyLong_MASK;
  return top;
}

function addBack(i32: Int32Array, to: number, b: number, n: number): void {
  let carry = 0;
  for (let i = 0; i < n; i++) {
    const s = i32[to + i] + i32[b + i] + carry;
    i32[to + i] = s & PyLong_MASK;
    carry = s >>> 30;
  }
  i32[to + n] = (i32[to + n] + carry) & PyLong_MASK;
}
