/** Digit-by-digit algorithms of int on the heap: addition, subtraction, comparison, schoolbook multiplication. Part of the object layer. */
import { Long } from "./layout.ts";
import { _PyLong_New, PyLong_MASK } from "./long.ts";
import { normalize } from "./longarith.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Is schoolbook multiplication on the heap faster than V8's BigInt with its conversions? */
export function worthSchoolbook(na: number, nb: number): boolean {
  return na * nb <= SCHOOLBOOK_BASE + SCHOOLBOOK_PER_DIGIT * (na + nb);
}

const SCHOOLBOOK_BASE = 400;
const SCHOOLBOOK_PER_DIGIT = 32;

/** |a| + |b| with the given sign. */
export function x_add(rt: Runtime, a: Ref, b: Ref, negative: boolean): NewRef {
  const i32 = rt.i32;
  let na = i32[a + Long.tag] >>> 3;
  let nb = i32[b + Long.tag] >>> 3;
  if (na < nb) {
    [a, b] = [b, a];
    [na, nb] = [nb, na];
  }
  const p = _PyLong_New(rt, na + 1);
  const da = a + Long.digit;
  const db = b + Long.digit;
  const to = p + Long.digit;
  let carry = 0;
  let i = 0;
  for (; i < nb; i++) {
    carry += i32[da + i] + i32[db + i];
    i32[to + i] = carry & PyLong_MASK;
    carry >>>= 30;
  }
  for (; i < na; i++) {
    carry += i32[da + i];
    i32[to + i] = carry & PyLong_MASK;
    carry >>>= 30;
  }
  i32[to + i] = carry;
  return normalize(rt, p, negative);
}

/** |a| - |b| as a signed result. */
export function x_sub(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  let na = i32[a + Long.tag] >>> 3;
  let nb = i32[b + Long.tag] >>> 3;
  let negative = false;
  if (na < nb) {
    negative = true;
    [a, b] = [b, a];
    [na, nb] = [nb, na];
  } else if (na === nb) {
    const i = topDifference(i32, a + Long.digit, b + Long.digit, na);
    if (i < 0) return rt.smallInts;
    if (i32[a + Long.digit + i] < i32[b + Long.digit + i]) {
      negative = true;
      [a, b] = [b, a];
    }
    na = nb = i + 1;
  }
  const p = _PyLong_New(rt, na);
  subtractDigits(i32, a + Long.digit, na, b + Long.digit, nb, p + Long.digit);
  return normalize(rt, p, negative);
}

/** Index of the highest digit in which two numbers of n digits differ, or -1. */
function topDifference(i32: Int32Array, da: number, db: number, n: number): number {
  let i = n - 1;
  while (i >= 0 && i32[da + i] === i32[db + i]) i--;
  return i;
}

function subtractDigits(i32: Int32Array, da: number, na: number, db: number, nb: number, to: number): void {
  let borrow = 0;
  let i = 0;
  for (; i < nb; i++) {
    borrow = i32[da + i] - i32[db + i] - borrow;
    i32[to + i] = borrow & PyLong_MASK;
    borrow = (borrow >> 30) & 1;
  }
  for (; i < na; i++) {
    borrow = i32[da + i] - borrow;
    i32[to + i] = borrow & PyLong_MASK;
    borrow = (borrow >> 30) & 1;
  }
}

/** -1, 0 or 1: |a| compared with |b|. */
export function x_compare(i32: Int32Array, a: Ref, b: Ref): number {
  const na = i32[a + Long.tag] >>> 3;
  const nb = i32[b + Long.tag] >>> 3;
  if (na !== nb) return na < nb ? -1 : 1;
  const i = topDifference(i32, a + Long.digit, b + Long.digit, na);
  if (i < 0) return 0;
  return i32[a + Long.digit + i] < i32[b + Long.digit + i] ? -1 : 1;
}

/** 2**-30, a little less. */
const DOWN = (1 - 2 ** -51) / 0x40000000;

/**
 * |a| * |b| with the given sign, by schoolbook. The product of two digits has 60 bits: its upper 30 are estimated in doubles,
 * at most one too small, and what the 32-bit product has beyond them makes up for it.
 */
export function x_mul(rt: Runtime, a: Ref, b: Ref, negative: boolean): NewRef {
  const i32 = rt.i32;
  let na = i32[a + Long.tag] >>> 3;
  let nb = i32[b + Long.tag] >>> 3;
  if (na < nb) {
    [a, b] = [b, a];
    [na, nb] = [nb, na];
  }
  const p = _PyLong_New(rt, na + nb);
  const to = p + Long.digit;
  multiplyRow(i32, to, a + Long.digit, na, i32[b + Long.digit]);
  for (let j = 1; j < nb; j++) mulAddRow(i32, to + j, a + Long.digit, na, i32[b + Long.digit + j]);
  return normalize(rt, p, negative);
}

/** Stores digits * d, n + 1 digits from `to` on. */
function multiplyRow(i32: Int32Array, to: number, from: number, n: number, d: number): void {
  const down = d * DOWN;
  const end = from + n;
  let carry = 0;
  // Four digits a turn; each sum is below 2**31 + 2**9.
  for (; from + 4 <= end; from += 4, to += 4) {
    const x0 = i32[from];
    const h0 = (x0 * down) | 0;
    const s0 = (Math.imul(x0, d) - (h0 << 30) + carry) >>> 0;
    i32[to] = s0 & PyLong_MASK;
    carry = h0 + (s0 >>> 30);
    const x1 = i32[from + 1];
    const h1 = (x1 * down) | 0;
    const s1 = (Math.imul(x1, d) - (h1 << 30) + carry) >>> 0;
    i32[to + 1] = s1 & PyLong_MASK;
    carry = h1 + (s1 >>> 30);
    const x2 = i32[from + 2];
    const h2 = (x2 * down) | 0;
    const s2 = (Math.imul(x2, d) - (h2 << 30) + carry) >>> 0;
    i32[to + 2] = s2 & PyLong_MASK;
    carry = h2 + (s2 >>> 30);
    const x3 = i32[from + 3];
    const h3 = (x3 * down) | 0;
    const s3 = (Math.imul(x3, d) - (h3 << 30) + carry) >>> 0;
    i32[to + 3] = s3 & PyLong_MASK;
    carry = h3 + (s3 >>> 30);
  }
  for (; from < end; from++, to++) {
    const x0 = i32[from];
    const h0 = (x0 * down) | 0;
    const s0 = (Math.imul(x0, d) - (h0 << 30) + carry) >>> 0;
    i32[to] = s0 & PyLong_MASK;
    carry = h0 + (s0 >>> 30);
  }
  i32[to] = carry;
}

/** Adds digits * d to the n digits from `to` on, and stores the carry in the digit beyond them. */
function mulAddRow(i32: Int32Array, to: number, from: number, n: number, d: number): void {
  const down = d * DOWN;
  const end = from + n;
  let carry = 0;
  // Four digits a turn; each sum is below 3 * 2**30 + 2**9.
  for (; from + 4 <= end; from += 4, to += 4) {
    const x0 = i32[from];
    const h0 = (x0 * down) | 0;
    const s0 = (Math.imul(x0, d) - (h0 << 30) + i32[to] + carry) >>> 0;
    i32[to] = s0 & PyLong_MASK;
    carry = h0 + (s0 >>> 30);
    const x1 = i32[from + 1];
    const h1 = (x1 * down) | 0;
    const s1 = (Math.imul(x1, d) - (h1 << 30) + i32[to + 1] + carry) >>> 0;
    i32[to + 1] = s1 & PyLong_MASK;
    carry = h1 + (s1 >>> 30);
    const x2 = i32[from + 2];
    const h2 = (x2 * down) | 0;
    const s2 = (Math.imul(x2, d) - (h2 << 30) + i32[to + 2] + carry) >>> 0;
    i32[to + 2] = s2 & PyLong_MASK;
    carry = h2 + (s2 >>> 30);
    const x3 = i32[from + 3];
    const h3 = (x3 * down) | 0;
    const s3 = (Math.imul(x3, d) - (h3 << 30) + i32[to + 3] + carry) >>> 0;
    i32[to + 3] = s3 & PyLong_MASK;
    carry = h3 + (s3 >>> 30);
  }
  for (; from < end; from++, to++) {
    const x0 = i32[from];
    const h0 = (x0 * down) | 0;
    const s0 = (Math.imul(x0, d) - (h0 << 30) + i32[to] + carry) >>> 0;
    i32[to] = s0 & PyLong_MASK;
    carry = h0 + (s0 >>> 30);
  }
  i32[to] = carry;
}
