/** UTF-16 and UTF-32, in both byte orders and with a byte order mark. Part of the object layer. */
import { Decoding } from "./decode.ts";
import { Encoding } from "./encode.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { consumedBytes } from "./utf8.ts";

/** The byte order a decoder found (-1 little, 1 big, 0 none yet). */
export const foundOrder = { value: 0 };

const isSurrogate = (c: number): boolean => c >= 0xd800 && c < 0xe000;

function unit16(d: Decoding, i: number, big: boolean): number {
  return big ? (d.byte(i) << 8) | d.byte(i + 1) : d.byte(i) | (d.byte(i + 1) << 8);
}

/** PyUnicode_DecodeUTF16Stateful: order -1 little, 1 big, 0 by the mark (little without one). */
export function decodeUtf16(
  rt: Runtime,
  at: number,
  n: number,
  errors: string,
  order: number,
  final = true,
): NewRef {
  let start = 0;
  if (order === 0 && n >= 2) {
    const mark = rt.u8[at] | (rt.u8[at + 1] << 8);
    if (mark === 0xfeff || mark === 0xfffe) {
      order = mark === 0xfeff ? -1 : 1;
      start = 2;
    }
  }
  foundOrder.value = order;
  const big = order === 1;
  const d = new Decoding(rt, big ? "utf-16-be" : "utf-16-le", at, n, errors);
  d.pos = start;
  while (d.pos < d.n) if (!step16(d, big, final)) break;
  consumedBytes.n = d.pos;
  return d.finish();
}

/** One character; false if it is incomplete and more may come. */
function step16(d: Decoding, big: boolean, final: boolean): boolean {
  const i = d.pos;
  if (i + 1 >= d.n) {
    if (!final) return false;
    d.error(i, d.n, "truncated data");
    return true;
  }
  const c = unit16(d, i, big);
  if (!isSurrogate(c)) {
    d.put(c);
    d.pos += 2;
    return true;
  }
  if (c >= 0xdc00) d.error(i, i + 2, "illegal encoding");
  else if (i + 3 >= d.n) {
    if (!final) return false;
    d.error(i, d.n, "unexpected end of data");
  } else pair(d, i, c, unit16(d, i + 2, big));
  return true;
}

function pair(d: Decoding, i: number, high: number, low: number): void {
  if (low < 0xdc00 || low > 0xdfff) {
    d.error(i, i + 2, "illegal UTF-16 surrogate");
    return;
  }
  d.put(0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff));
  d.pos += 4;
}

function put16(e: Encoding, c: number, big: boolean): void {
  e.put(big ? c >> 8 : c & 255);
  e.put(big ? c & 255 : c >> 8);
}

/** _PyUnicode_EncodeUTF16: order 0 writes a mark and little endian. */
export function encodeUtf16(rt: Runtime, s: Ref, errors: string, order: number): NewRef {
  const big = order === 1;
  const unit = (e: Encoding, c: number): boolean => {
    if (isSurrogate(c)) return false;
    if (c < 0x10000) put16(e, c, big);
    else {
      put16(e, 0xd7c0 + (c >> 10), big);
      put16(e, 0xdc00 | (c & 0x3ff), big);
    }
    return true;
  };
  const name = order === 0 ? "utf-16" : big ? "utf-16-be" : "utf-16-le";
  const e = new Encoding(rt, name, s, errors, unit);
  e.unitBytes = 2;
  if (order === 0) put16(e, 0xfeff, false);
  encodeAll(e, unit, (c) => put16(e, c, big));
  return e.finish();
}

function encodeAll(e: Encoding, unit: (e: Encoding, c: number) => boolean, pass: (c: number) => void): void {
  while (e.pos < e.n) {
    if (unit(e, e.char(e.pos))) {
      e.pos++;
      continue;
    }
    if (e.errors === "surrogatepass") pass(e.char(e.pos++));
    else e.error(e.pos, e.pos + 1, "surrogates not allowed");
  }
}

function unit32(d: Decoding, i: number, big: boolean): number {
  const [a, b, c, e] = [d.byte(i), d.byte(i + 1), d.byte(i + 2), d.byte(i + 3)];
  return (big ? (a << 24) | (b << 16) | (c << 8) | e : (e << 24) | (c << 16) | (b << 8) | a) >>> 0;
}

export function decodeUtf32(
  rt: Runtime,
  at: number,
  n: number,
  errors: string,
  order: number,
  final = true,
): NewRef {
  let start = 0;
  if (order === 0 && n >= 4) {
    const u8 = rt.u8;
    const little = (u8[at] | (u8[at + 1] << 8) | (u8[at + 2] << 16) | (u8[at + 3] << 24)) >>> 0;
    if (little === 0xfeff || little === 0xfffe0000) {
      order = little === 0xfeff ? -1 : 1;
      start = 4;
    }
  }
  foundOrder.value = order;
  const big = order === 1;
  const d = new Decoding(rt, big ? "utf-32-be" : "utf-32-le", at, n, errors);
  d.pos = start;
  while (d.pos < d.n) if (!step32(d, big, final)) break;
  consumedBytes.n = d.pos;
  return d.finish();
}

function step32(d: Decoding, big: boolean, final: boolean): boolean {
  const i = d.pos;
  if (d.n - i < 4) {
    if (!final) return false;
    d.error(i, d.n, "truncated data");
    return true;
  }
  const c = unit32(d, i, big);
  if (isSurrogate(c)) d.error(i, i + 4, "code point in surrogate code point range(0xd800, 0xe000)");
  else if (c > 0x10ffff) d.error(i, i + 4, "code point not in range(0x110000)");
  else {
    d.put(c);
    d.pos += 4;
  }
  return true;
}

function put32(e: Encoding, c: number, big: boolean): void {
  for (let k = 0; k < 4; k++) e.put((c >> (big ? 24 - 8 * k : 8 * k)) & 255);
}

export function encodeUtf32(rt: Runtime, s: Ref, errors: string, order: number): NewRef {
  const big = order === 1;
  const unit = (e: Encoding, c: number): boolean => {
    if (isSurrogate(c)) return false;
    put32(e, c, big);
    return true;
  };
  const e = new Encoding(rt, order === 0 ? "utf-32" : big ? "utf-32-be" : "utf-32-le", s, errors, unit);
  e.unitBytes = 4;
  if (order === 0) put32(e, 0xfeff, false);
  encodeAll(e, unit, (c) => put32(e, c, big));
  return e.finish();
}
