/**
 * Numbers as bytes: the text of ints and floats is written into a buffer, right-aligned, and copied from there to the heap, with
 * sign, grouping and padding, without a JavaScript string between. Part of the object layer.
 */
import { Str } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { PyUnicode_New, unicode_char } from "./str.ts";
import type { NewRef } from "./typeinfo.ts";

/** The buffer. What is written last stands in it from a returned start to END. */
export const bytes = new Uint8Array(512);
export const END = 448;
/** Most digits that callers may ask for. */
export const MOST_DIGITS = 320;

const POW10: number[] = [];
for (let n = 0; n <= 22; n++) POW10.push(Number(`1e${n}`));
/** The halves of the powers that products of doubles can be made of exactly. */
const SPLITTER = 134217729;
const POW10_HIGH = POW10.map((x) => SPLITTER * x - (SPLITTER * x - x));

/** Writes an int of at most 31 bits before `to`, with zeros up to `least` digits; where it starts. */
function smallBefore(v: number, to: number, least: number): number {
  const stop = to - least;
  do {
    const rest = (v / 10) | 0;
    bytes[--to] = 48 + v - rest * 10;
    v = rest;
  } while (v !== 0);
  while (to > stop) bytes[--to] = 48;
  return to;
}

/** Writes an integer from 0 up to 2**53 before `to`, with zeros up to `least` digits (at most MOST_DIGITS); where it starts. */
export function decimalBefore(n: number, to: number, least: number): number {
  if (n < 0x40000000) return smallBefore(n | 0, to, least);
  let high = Math.floor(n / 1e8);
  // The quotient may have been rounded up to the next integer.
  if (high * 1e8 > n) high--;
  const middle = smallBefore((n - high * 1e8) | 0, to, 8);
  return smallBefore(high | 0, middle, least - 8);
}

/** Writes an integer from 0 to 2**30 in base 2, 8 or 16 (1, 3 or 4 bits a digit) before END; where it starts. */
export function radixDigits(n: number, bits: number, upper: boolean, least: number): number {
  const ten = upper ? 55 : 87;
  const mask = (1 << bits) - 1;
  let at = END;
  do {
    const d = n & mask;
    bytes[--at] = d < 10 ? 48 + d : ten + d;
    n >>>= bits;
  } while (n !== 0);
  while (at > END - least) bytes[--at] = 48;
  return at;
}

/** a * POW10[k] is the product `high` (rounded) and what this returns, exactly, unless they are very small or large. */
function productRest(a: number, k: number, high: number): number {
  const b = POW10[k];
  const c = SPLITTER * a;
  const ah = c - (c - a);
  const al = a - ah;
  const bh = POW10_HIGH[k];
  const bl = b - bh;
  return ah * bh - high + ah * bl + al * bh + al * bl;
}

/** Where the integer's digits end in what fixedDigits wrote last. */
export let dot = 0;

/**
 * Writes a >= 0 with `prec` places after the point, rounded half to even by its exact value, before `to`; where it starts, or
 * -1: it is too large, too small or too precise for this way.
 */
export function fixedBefore(a: number, prec: number, to: number): number {
  if (prec > 15 || !(a > 1e-200 || a === 0)) return -1;
  const high = a * POW10[prec];
  if (high >= 1125899906842624) return -1;
  let n = Math.floor(high);
  const part = high - n;
  const rest = productRest(a, prec, high);
  if (part > 0.5 || (part === 0.5 && (rest > 0 || (rest === 0 && n % 2 === 1)))) n++;
  if (prec === 0) {
    dot = to;
    return decimalBefore(n, to, 1);
  }
  const start = decimalBefore(n, to, prec + 1);
  // The digits before the point go one to the left.
  dot = to - prec - 1;
  for (let i = start; i <= dot; i++) bytes[i - 1] = bytes[i];
  bytes[dot] = 46;
  return start - 1;
}

const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);
/** Up to this distance from a border the sums below do not tell on which side a value lies. */
const UNSURE = 1e-6;

/** Digits of a float: `count` of them from bytes[DIGITS], the point after the first `decpt`. */
const DIGITS = 16;
let decpt = 0;

/**
 * The shortest digits that read back as a (1e-4 <= a < 1e16); their number, or -1 where this cannot tell.
 * a * 10**k, with 17 digits before the point, is known exactly as a sum; the nearest multiples of 100, 10 and 1 are the candidates,
 * and one reads back as `a` if it is nearer than half the distance of two doubles, which is a product known exactly as well.
 */
function shortest(a: number): number {
  double[0] = a;
  const exponent = (words[1] >>> 20) - 1023;
  // Below a power of two the next double is half as far.
  const even = (words[1] & 0xfffff) === 0 && words[0] === 0;
  let point = ((exponent * 1233) >> 12) + 1;
  if (point >= 0 ? a >= POW10[point] : a * POW10[-point] >= 1) point++;
  const k = 17 - point;
  const scale = POW10[k];
  const high = a * scale;
  if (high < 1e16 || high >= 1e17) return -1;
  const low = productRest(a, k, high);
  let top = Math.floor(high / 1e9);
  const tail = high - top * 1e9 + low;
  words[0] = 0;
  words[1] = (exponent - 53 + 1023) << 20;
  const half = double[0] * scale * (even ? 0.5 : 1);
  let step = 100;
  let near = Math.round(tail / 100) * 100;
  let off = Math.abs(near - tail);
  if (off > half - UNSURE) {
    if (even || off < half + UNSURE) return -1;
    step = 10;
    near = Math.round(tail / 10) * 10;
    off = Math.abs(near - tail);
    if (Math.abs(off - 5) < UNSURE) return -1;
    if (off > half - UNSURE) {
      if (off < half + UNSURE) return -1;
      step = 1;
      near = Math.round(tail);
      if (Math.abs(Math.abs(near - tail) - 0.5) < UNSURE) return -1;
    }
  }
  if (near < 0) {
    near += 1e9;
    top--;
  } else if (near >= 1e9) {
    near -= 1e9;
    top++;
  }
  if (top >= 1e8 || top < 1e7) return -1;
  decpt = point;
  return writeShortest(top | 0, near | 0, step);
}

/** Writes 8 and 9 digits, and counts them without the zeros at the end. */
function writeShortest(top: number, tail: number, step: number): number {
  smallBefore(top, DIGITS + 8, 8);
  let n = 8;
  if (tail !== 0) {
    smallBefore(tail, DIGITS + 17, 9);
    n = step === 1 ? 17 : step === 10 ? 16 : 15;
  }
  while (bytes[DIGITS + n - 1] === 48) n--;
  return n;
}

/** Writes repr() of a float without its sign before END; where it starts, or -1: not in this way. */
export function reprDigits(a: number): number {
  if (!(a >= 1e-4 && a < 1e16)) return -1;
  if (a === Math.floor(a)) {
    if (a >= 9007199254740992) return -1;
    bytes[END - 1] = 48;
    bytes[END - 2] = 46;
    dot = END - 2;
    return decimalBefore(a, END - 2, 1);
  }
  const n = shortest(a);
  if (n < 0) return -1;
  let at = END;
  // Not an integer, and so there is a digit after the point.
  for (let i = n - 1; i >= 0 && i >= decpt; i--) bytes[--at] = bytes[DIGITS + i];
  for (let zeros = -decpt; zeros > 0; zeros--) bytes[--at] = 48;
  bytes[--at] = 46;
  dot = at;
  if (decpt <= 0) bytes[--at] = 48;
  else for (let i = decpt - 1; i >= 0; i--) bytes[--at] = bytes[DIGITS + i];
  return at;
}

/** Writes ASCII text (of at most MOST_DIGITS characters) before END; where it starts. `dot` is where its digits end. */
export function textBytes(s: string): number {
  const start = END - s.length;
  dot = END;
  for (let i = s.length - 1; i >= 0; i--) {
    const c = s.charCodeAt(i);
    bytes[start + i] = c;
    if (c < 48 || c > 57) dot = start + i;
  }
  return start;
}

/** How a number in the buffer is laid out: digits to `dot`, the rest to END. */
class Layout {
  start = 0;
  dot = 0;
  sign = 0;
  prefix = 0;
  group = 0;
  separator = 0;
  fill = 32;
  left = 0;
  inner = 0;
  right = 0;
}
const layout = new Layout();

/**
 * Plans how the number from `start` is laid out; the length of it all. `sign` is a character or 0, `prefix` the character after
 * a 0 or 0, `group` the size of groups or 0 (not with zeros for padding).
 */
export function planNumber(
  start: number,
  at: number,
  sign: number,
  prefix: number,
  group: number,
  separator: number,
  width: number,
  align: number,
  fill: number,
): number {
  const L = layout;
  const digits = at - start;
  let n = END - start + (sign !== 0 ? 1 : 0) + (prefix !== 0 ? 2 : 0);
  if (group !== 0 && digits > 0) n += ((digits - 1) / group) | 0;
  const pad = width > n ? width - n : 0;
  L.start = start;
  L.dot = at;
  L.sign = sign;
  L.prefix = prefix;
  L.group = group;
  L.separator = separator;
  L.fill = fill;
  L.inner = align === 61 ? pad : 0;
  L.left = align === 62 ? pad : align === 94 ? pad >> 1 : 0;
  L.right = pad - L.inner - L.left;
  return n + pad;
}

/** Writes what was planned to a byte address. */
export function writeNumber(u8: Uint8Array, to: number): void {
  const L = layout;
  const fill = L.fill;
  for (let i = L.left; i > 0; i--) u8[to++] = fill;
  if (L.sign !== 0) u8[to++] = L.sign;
  if (L.prefix !== 0) {
    u8[to++] = 48;
    u8[to++] = L.prefix;
  }
  for (let i = L.inner; i > 0; i--) u8[to++] = fill;
  let at = L.start;
  if (L.group !== 0) {
    let until = (L.dot - at) % L.group;
    if (until === 0) until = L.group;
    for (; at < L.dot; until--) {
      if (until === 0) {
        u8[to++] = L.separator;
        until = L.group;
      }
      u8[to++] = bytes[at++];
    }
  }
  for (; at < END; at++) u8[to++] = bytes[at];
  for (let i = L.right; i > 0; i--) u8[to++] = fill;
}

/** The planned number as a str of n characters. */
export function plannedNumber(rt: Runtime, n: number): NewRef {
  if (n === 1) {
    writeNumber(ONE, 0);
    return unicode_char(rt, ONE[0]);
  }
  const p = PyUnicode_New(rt, n, 127);
  writeNumber(rt.u8, (p + Str.ASCII_DATA) * 4);
  return p;
}

const ONE = new Uint8Array(1);
