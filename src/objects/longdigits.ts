/**
 * Digit-by-digit algorithms of int on the heap: addition, subtraction, comparison, schoolbook multiplication. Four digits a turn:
 * V8 looks at an array's length and address anew in each. Part of the object layer.
 */
import { Long } from "./layout.ts";
import { _PyLong_New, PyLong_MASK } from "./long.ts";
import { normalize } from "./longarith.ts";
import { fitsKernels, multiplyRowWide, multiplyWide } from "./longkernels.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Is schoolbook multiplication or division faster than V8's BigInt with its conversions? */
export function worthSchoolbook(na: number, nb: number): boolean {
  const perDigit = fitsKernels(2 * (na + nb)) ? WIDE_PER_DIGIT : NARROW_PER_DIGIT;
  return na * nb <= SCHOOLBOOK_BASE + perDigit * (na + nb);
}

const SCHOOLBOOK_BASE = 400;
const NARROW_PER_DIGIT = 32;
const WIDE_PER_DIGIT = 250;

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
  addDigits(i32, da, na, db, nb, to);
  return normalize(rt, p, negative);
}

/** na + 1 digits of a sum, of operands of which the second has no more. */
function addDigits(i32: Int32Array, da: number, na: number, db: number, nb: number, to: number): void {
  let s = 0;
  let i = 0;
  for (const fours = nb & ~3; i < fours; i = (i + 4) | 0) {
    const x = (da + i) | 0;
    const y = (db + i) | 0;
    const z = (to + i) | 0;
    s = (s + i32[x] + i32[y]) | 0;
    i32[z] = s & PyLong_MASK;
    s = ((s >>> 30) + i32[(x + 1) | 0] + i32[(y + 1) | 0]) | 0;
    i32[(z + 1) | 0] = s & PyLong_MASK;
    s = ((s >>> 30) + i32[(x + 2) | 0] + i32[(y + 2) | 0]) | 0;
    i32[(z + 2) | 0] = s & PyLong_MASK;
    s = ((s >>> 30) + i32[(x + 3) | 0] + i32[(y + 3) | 0]) | 0;
    i32[(z + 3) | 0] = s & PyLong_MASK;
    s >>>= 30;
  }
  for (; i < nb; i = (i + 1) | 0) {
    s = (s + i32[(da + i) | 0] + i32[(db + i) | 0]) | 0;
    i32[(to + i) | 0] = s & PyLong_MASK;
    s >>>= 30;
  }
  for (; i < na && s !== 0; i = (i + 1) | 0) {
    s = (s + i32[(da + i) | 0]) | 0;
    i32[(to + i) | 0] = s & PyLong_MASK;
    s >>>= 30;
  }
  i32[to + na] = s;
  copyDigits(i32, da + i, to + i, na - i);
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

/** na digits of a difference that is not negative. What is carried is 0 or -1. */
function subtractDigits(i32: Int32Array, da: number, na: number, db: number, nb: number, to: number): void {
  let s = 0;
  let i = 0;
  for (const fours = nb & ~3; i < fours; i = (i + 4) | 0) {
    const x = (da + i) | 0;
    const y = (db + i) | 0;
    const z = (to + i) | 0;
    s = (s + i32[x] - i32[y]) | 0;
    i32[z] = s & PyLong_MASK;
    s = ((s >> 30) + i32[(x + 1) | 0] - i32[(y + 1) | 0]) | 0;
    i32[(z + 1) | 0] = s & PyLong_MASK;
    s = ((s >> 30) + i32[(x + 2) | 0] - i32[(y + 2) | 0]) | 0;
    i32[(z + 2) | 0] = s & PyLong_MASK;
    s = ((s >> 30) + i32[(x + 3) | 0] - i32[(y + 3) | 0]) | 0;
    i32[(z + 3) | 0] = s & PyLong_MASK;
    s >>= 30;
  }
  for (; i < nb; i = (i + 1) | 0) {
    s = (s + i32[(da + i) | 0] - i32[(db + i) | 0]) | 0;
    i32[(to + i) | 0] = s & PyLong_MASK;
    s >>= 30;
  }
  for (; i < na && s !== 0; i = (i + 1) | 0) {
    s = (s + i32[(da + i) | 0]) | 0;
    i32[(to + i) | 0] = s & PyLong_MASK;
    s >>= 30;
  }
  copyDigits(i32, da + i, to + i, na - i);
}

/** The digits that no carry reaches. */
export function copyDigits(i32: Int32Array, from: number, to: number, n: number): void {
  if (n >= 24) i32.copyWithin(to, from, from + n);
  else for (let i = 0; i < n; i++) i32[to + i] = i32[from + i];
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
  multiplyDigits(i32, p + Long.digit, a + Long.digit, na, b + Long.digit, nb);
  return normalize(rt, p, negative);
}

/** na + nb digits of a product, of operands of which the second has no more. */
function multiplyDigits(i32: Int32Array, to: number, a: number, na: number, b: number, nb: number): void {
  if (nb === 1) {
    if (na >= WIDE_ROW && fitsKernels(2 * na)) multiplyRowWide(i32, to, a, na, i32[b]);
    else multiplyRow(i32, to, a, na, i32[b]);
  } else if (na * (9 * nb - 2 * ((nb + 3) & ~3)) > WIDE_PRODUCT && fitsKernels(2 * (na + nb))) {
    multiplyWide(i32, a, na, b, nb, to);
  } else {
    multiplyRow(i32, to, a, na, i32[b]);
    for (let j = 1; j < nb; j++) mulAddRow(i32, to + j, a, na, i32[b + j]);
  }
}

/** From so many digits on, a row is worth its copying; and the same for products, of which the kernel makes four rows at once. */
const WIDE_ROW = 160;
const WIDE_PRODUCT = 1000;

/** Stores digits * d, n + 1 digits from `to` on. Each sum is below 2**31 + 2**9. */
function multiplyRow(i32: Int32Array, to: number, from: number, n: number, d: number): void {
  const down = d * DOWN;
  let carry = 0;
  for (; n >= 4; n = (n - 4) | 0, from = (from + 4) | 0, to = (to + 4) | 0) {
    const x0 = i32[from];
    const x1 = i32[(from + 1) | 0];
    const x2 = i32[(from + 2) | 0];
    const x3 = i32[(from + 3) | 0];
    const h0 = (x0 * down) | 0;
    const h1 = (x1 * down) | 0;
    const h2 = (x2 * down) | 0;
    const h3 = (x3 * down) | 0;
    let s = (Math.imul(x0, d) - (h0 << 30) + carry) | 0;
    i32[to] = s & PyLong_MASK;
    s = (Math.imul(x1, d) - (h1 << 30) + h0 + (s >>> 30)) | 0;
    i32[(to + 1) | 0] = s & PyLong_MASK;
    s = (Math.imul(x2, d) - (h2 << 30) + h1 + (s >>> 30)) | 0;
    i32[(to + 2) | 0] = s & PyLong_MASK;
    s = (Math.imul(x3, d) - (h3 << 30) + h2 + (s >>> 30)) | 0;
    i32[(to + 3) | 0] = s & PyLong_MASK;
    carry = (h3 + (s >>> 30)) | 0;
  }
  for (; n > 0; n = (n - 1) | 0, from = (from + 1) | 0, to = (to + 1) | 0) {
    const x = i32[from];
    const high = (x * down) | 0;
    const s = (Math.imul(x, d) - (high << 30) + carry) | 0;
    i32[to] = s & PyLong_MASK;
    carry = (high + (s >>> 30)) | 0;
  }
  i32[to] = carry;
}

/** Adds digits * d to the n digits from `to` on, and stores the carry in the digit beyond them. Sums are below 3 * 2**30 + 2**9. */
function mulAddRow(i32: Int32Array, to: number, from: number, n: number, d: number): void {
  const down = d * DOWN;
  let carry = 0;
  for (; n >= 4; n = (n - 4) | 0, from = (from + 4) | 0, to = (to + 4) | 0) {
    const x0 = i32[from];
    const x1 = i32[(from + 1) | 0];
    const x2 = i32[(from + 2) | 0];
    const x3 = i32[(from + 3) | 0];
    const h0 = (x0 * down) | 0;
    const h1 = (x1 * down) | 0;
    const h2 = (x2 * down) | 0;
    const h3 = (x3 * down) | 0;
    let s = (Math.imul(x0, d) - (h0 << 30) + i32[to] + carry) | 0;
    i32[to] = s & PyLong_MASK;
    s = (Math.imul(x1, d) - (h1 << 30) + i32[(to + 1) | 0] + h0 + (s >>> 30)) | 0;
    i32[(to + 1) | 0] = s & PyLong_MASK;
    s = (Math.imul(x2, d) - (h2 << 30) + i32[(to + 2) | 0] + h1 + (s >>> 30)) | 0;
    i32[(to + 2) | 0] = s & PyLong_MASK;
    s = (Math.imul(x3, d) - (h3 << 30) + i32[(to + 3) | 0] + h2 + (s >>> 30)) | 0;
    i32[(to + 3) | 0] = s & PyLong_MASK;
    carry = (h3 + (s >>> 30)) | 0;
  }
  for (; n > 0; n = (n - 1) | 0, from = (from + 1) | 0, to = (to + 1) | 0) {
    const x = i32[from];
    const high = (x * down) | 0;
    const s = (Math.imul(x, d) - (high << 30) + i32[to] + carry) | 0;
    i32[to] = s & PyLong_MASK;
    carry = (high + (s >>> 30)) | 0;
  }
  i32[to] = carry;
}
