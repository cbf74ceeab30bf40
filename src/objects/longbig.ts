/**
 * Between heap digits and JavaScript's BigInt: for operands so large that V8's multiplication and division win, and for text.
 * Both directions are linear. Part of the object layer.
 */

import { PyObject_Malloc } from "../pymalloc/domains.ts";
import { noMemory } from "./errors.ts";
import { Long, Ob } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Up to this many 64-bit words, a BigInt is put together word by word; beyond, by way of hexadecimal text. */
const SHORT_WORDS = 16;
const words = new BigUint64Array(SHORT_WORDS);
const halves = new Uint32Array(words.buffer);
const HEX = new Uint8Array(256);
const HEX_CHARS = new Uint8Array(16);
for (let i = 0; i < 16; i++) {
  HEX_CHARS[i] = "0123456789abcdef".charCodeAt(i);
  HEX[HEX_CHARS[i]] = i;
}
const latin1 = new TextDecoder("latin1");

/** The value of the int at p, of any size. */
export function bigIntFromHeap(rt: Runtime, p: Ref): bigint {
  const tag = rt.i32[p + Long.tag];
  const v = bigIntOfDigits(rt.i32, p + Long.digit, tag >>> 3);
  return (tag & 3) === 2 ? -v : v;
}

/** The magnitude of n 30-bit digits from word address `at`. */
export function bigIntOfDigits(i32: Int32Array, at: number, n: number): bigint {
  return 30 * n <= 64 * SHORT_WORDS ? shortBigInt(i32, at, n) : longBigInt(i32, at, n);
}

function shortBigInt(i32: Int32Array, at: number, n: number): bigint {
  const nwords = packHalves(i32, at, n);
  let v = words[nwords - 1];
  for (let i = nwords - 2; i >= 0; i--) v = (v << 64n) | words[i];
  return v;
}

/** Packs 30-bit digits into `halves`; returns the number of 64-bit words (at least 1). */
function packHalves(i32: Int32Array, at: number, n: number): number {
  let acc = 0;
  let bits = 0;
  let out = 0;
  for (let i = 0; i < n; i++) {
    const d = i32[at + i];
    acc |= d << bits;
    bits += 30;
    if (bits >= 32) {
      halves[out++] = acc;
      bits -= 32;
      acc = bits === 0 ? 0 : d >>> (30 - bits);
    }
  }
  if (bits > 0) halves[out++] = acc;
  if (out === 0 || (out & 1) !== 0) halves[out++] = 0;
  if (n === 0) halves[1] = 0;
  return (out + 1) >> 1;
}

/** Two digits are 60 bits, fifteen hexadecimal characters. */
function longBigInt(i32: Int32Array, at: number, n: number): bigint {
  const pairs = (n + 1) >> 1;
  const text = new Uint8Array(2 + 15 * pairs);
  text[0] = 48;
  text[1] = 120;
  for (let k = 0; k < pairs; k++) {
    const lo = i32[at + 2 * k];
    const hi = 2 * k + 1 < n ? i32[at + 2 * k + 1] : 0;
    writePair(text, 2 + 15 * (pairs - 1 - k), lo, hi);
  }
  return BigInt(latin1.decode(text));
}

function writePair(text: Uint8Array, at: number, lo: number, hi: number): void {
  for (let j = 14; j > 7; j--) {
    text[at + j] = HEX_CHARS[lo & 15];
    lo >>>= 4;
  }
  let mid = lo | (hi << 2);
  for (let j = 7; j >= 0; j--) {
    text[at + j] = HEX_CHARS[mid & 15];
    mid >>>= 4;
  }
}

/** A new int of any BigInt of 31 bits or more (small ones have their own way: see PyLong_FromBigInt). */
export function heapFromBigInt(rt: Runtime, v: bigint): NewRef {
  const negative = v < 0n;
  const a = negative ? -v : v;
  return a < 1n << 1023n ? fromShort(rt, a, negative) : fromText(rt, a.toString(16), negative);
}

function newDigits(rt: Runtime, n: number, negative: boolean): NewRef {
  const p = PyObject_Malloc(rt, Long.HEAD_BYTES + 4 * n);
  if (p === 0) throw noMemory(rt);
  const i32 = rt.i32;
  i32[p] = 1;
  i32[p + Ob.type] = rt.types.int;
  i32[p + Long.tag] = (n << 3) | (negative ? 2 : 0);
  return p;
}

function fromShort(rt: Runtime, a: bigint, negative: boolean): NewRef {
  let nwords = 0;
  for (; a !== 0n; a >>= 64n) words[nwords++] = a;
  let nhalves = 2 * nwords;
  if (halves[nhalves - 1] === 0) nhalves--;
  const bits = 32 * nhalves - Math.clz32(halves[nhalves - 1]);
  const n = Math.ceil(bits / 30);
  const p = newDigits(rt, n, negative);
  const i32 = rt.i32;
  for (let i = 0; i < n; i++) {
    const bit = 30 * i;
    const w = bit >>> 5;
    const s = bit & 31;
    let d = halves[w] >>> s;
    if (s > 2 && w + 1 < nhalves) d |= halves[w + 1] << (32 - s);
    i32[p + Long.digit + i] = d & 0x3fffffff;
  }
  return p;
}

function fromText(rt: Runtime, hex: string, negative: boolean): NewRef {
  const len = hex.length;
  const topBits = 32 - Math.clz32(HEX[hex.charCodeAt(0)]);
  const n = Math.ceil(((len - 1) * 4 + topBits) / 30);
  const p = newDigits(rt, n, negative);
  const i32 = rt.i32;
  for (let i = 0, end = len; i < n; i += 2, end -= 15) {
    let lo = 0;
    for (let j = Math.max(0, end - 7); j < end; j++) lo = (lo << 4) | HEX[hex.charCodeAt(j)];
    let hi = 0;
    for (let j = Math.max(0, end - 15); j < end - 7; j++) hi = (hi << 4) | HEX[hex.charCodeAt(j)];
    i32[p + Long.digit + i] = (lo | ((hi & 3) << 28)) & 0x3fffffff;
    if (i + 1 < n) i32[p + Long.digit + i + 1] = hi >>> 2;
  }
  return p;
}
