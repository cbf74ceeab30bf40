/** Digit-by-digit algorithms of int on the heap: addition, subtraction, comparison, schoolbook multiplication. Part of the object layer. */
import { Long } from "./layout.ts";
import { _PyLong_New, PyLong_MASK } from "./long.ts";
import { normalize } from "./longarith.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Up to this many digits (of the longer factor) schoolbook multiplication on the heap beats V8's BigInt with its conversions. */
export const SCHOOLBOOK_LIMIT = 24;

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

/**
 * |a| * |b| with the given sign, by schoolbook. A digit of b is taken in halves of 15 bits, so that a product (45 bits) and
 * all carries stay exact in a double: with d = dh * 2**15 + dl, the row is added twice, dl at bit 0 and dh at bit 15.
 */
export function x_mul(rt: Runtime, a: Ref, b: Ref, negative: boolean): NewRef {
  const i32 = rt.i32;
  const na = i32[a + Long.tag] >>> 3;
  const nb = i32[b + Long.tag] >>> 3;
  const p = _PyLong_New(rt, na + nb);
  const to = p + Long.digit;
  i32.fill(0, to, to + na + nb);
  for (let j = 0; j < nb; j++) mulAddRow(i32, to + j, a + Long.digit, na, i32[b + Long.digit + j]);
  return normalize(rt, p, negative);
}

/** Adds digits * d to the digits from `to` on; the carry ends one digit beyond the n. */
function mulAddRow(i32: Int32Array, to: number, from: number, n: number, d: number): void {
  const dl = d & 0x7fff;
  const dh = d >> 15;
  let carry = 0;
  for (let i = 0; i < n; i++) {
    const x = i32[from + i];
    const xl = x & 0x7fff;
    const xh = x >> 15;
    // x * d = ll + mid * 2**15 + hh * 2**30; each partial product has 30 bits, mid 31.
    const ll = xl * dl + i32[to + i] + carry; // < 2**32
    const mid = xl * dh + xh * dl + Math.floor(ll / 32768); // < 2**31 + 2**17
    i32[to + i] = ((mid & 0x7fff) << 15) | (ll & 0x7fff);
    carry = xh * dh + Math.floor(mid / 32768); // < 2**30
  }
  i32[to + n] += carry;
}
