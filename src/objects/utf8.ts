/** UTF-8: decoding, encoding, and the form cached in a str. Part of the object layer. */
import { PyMem_Malloc } from "../pymalloc/domains.ts";
import { PyBytes_FromAddress, PyBytes_New } from "./bytes.ts";
import { Decoding } from "./decode.ts";
import { Encoding } from "./encode.ts";
import { noMemory } from "./errors.ts";
import { Bytes, Str } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import {
  allAsciiBytes,
  isAscii,
  PyUnicode_New,
  readChar,
  strData,
  strKind,
  strLength,
  unicode_char,
  writeChar,
} from "./str.ts";
import { strFromAscii } from "./strnew.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

const isCont = (b: number): boolean => (b & 0xc0) === 0x80;

/** The sequence's length if the bytes at `at` begin a valid one, else 0. Stops at `end`. */
function validLength(u8: Uint8Array, at: number, end: number): number {
  const a = u8[at];
  if (a < 0x80) return 1;
  if (a < 0xc2 || a > 0xf4) return 0;
  const b = at + 1 < end ? u8[at + 1] : 0;
  if (!isCont(b)) return 0;
  if (a < 0xe0) return 2;
  if (at + 2 >= end || !isCont(u8[at + 2])) return 0;
  if (a < 0xf0) return (a === 0xe0 && b < 0xa0) || (a === 0xed && b >= 0xa0) ? 0 : 3;
  if (at + 3 >= end || !isCont(u8[at + 3])) return 0;
  return (a === 0xf0 && b < 0x90) || (a === 0xf4 && b >= 0x90) ? 0 : 4;
}

/** The character of a valid sequence of n bytes. */
function charOf(u8: Uint8Array, at: number, n: number): number {
  const a = u8[at];
  if (n === 1) return a;
  if (n === 2) return ((a & 0x1f) << 6) | (u8[at + 1] & 0x3f);
  if (n === 3) return ((a & 0xf) << 12) | ((u8[at + 1] & 0x3f) << 6) | (u8[at + 2] & 0x3f);
  return ((a & 7) << 18) | ((u8[at + 1] & 0x3f) << 12) | ((u8[at + 2] & 0x3f) << 6) | (u8[at + 3] & 0x3f);
}

/** Bytes used by the last call of decodeUtf8 that was not final. */
export const consumedBytes = { n: 0 };

/**
 * PyUnicode_DecodeUTF8Stateful: n bytes at a byte address. Where `final` is false an incomplete sequence at the end is
 * left alone; `consumedBytes.n` says how many bytes were used.
 */
export function decodeUtf8(rt: Runtime, at: number, n: number, errors = "strict", final = true): NewRef {
  consumedBytes.n = n;
  if (n === 0) return rt.emptyStr;
  if (allAsciiBytes(rt, at, at + n)) return strFromAscii(rt, at, n);
  const u8 = rt.u8;
  const end = at + n;
  let count = 0;
  let max = 0;
  for (let i = at; i < end; count++) {
    const length = validLength(u8, i, end);
    if (length === 0) return decodeSlowly(rt, at, n, errors, final);
    const c = charOf(u8, i, length);
    if (c > max) max = c;
    i += length;
  }
  return fill(rt, at, end, count, max);
}

/** Writes valid UTF-8 of characters below 256 as latin-1. */
function fillLatin1(u8: Uint8Array, at: number, end: number, to: number): void {
  for (let i = at; i < end; i++) {
    const a = u8[i];
    u8[to++] = a < 0x80 ? a : ((a & 3) << 6) | (u8[++i] & 0x3f);
  }
}

function fill(rt: Runtime, at: number, end: number, count: number, max: number): NewRef {
  const u8 = rt.u8;
  if (count === 1) return unicode_char(rt, max);
  const p = PyUnicode_New(rt, count, max);
  if (max < 256) {
    fillLatin1(u8, at, end, strData(rt, p) * 4);
    return p;
  }
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  for (let i = at, o = 0; i < end; o++) {
    const length = u8[i] < 0x80 ? 1 : u8[i] < 0xe0 ? 2 : u8[i] < 0xf0 ? 3 : 4;
    writeChar(rt, kind, w, o, charOf(u8, i, length));
    i += length;
  }
  return p;
}

/** How many bytes of an invalid sequence an error is about; 0 if the data end in the midst of a valid one. */
function badLength(d: Decoding, i: number): number {
  const a = d.byte(i);
  const left = d.n - i;
  if (a < 0xc2 || a > 0xf4) return -1;
  if (left < 2) return 0;
  const b = d.byte(i + 1);
  if (!isCont(b)) return 1;
  if (a < 0xe0) return 0;
  if (a < 0xf0) {
    if (b < 0xa0 ? a === 0xe0 : a === 0xed) return 1;
    return left < 3 ? 0 : 2;
  }
  if (b < 0x90 ? a === 0xf0 : a === 0xf4) return 1;
  if (left < 3) return 0;
  if (!isCont(d.byte(i + 2))) return 2;
  return left < 4 ? 0 : 3;
}

function decodeSlowly(rt: Runtime, at: number, n: number, errors: string, final: boolean): NewRef {
  const d = new Decoding(rt, "utf-8", at, n, errors);
  while (d.pos < d.n) {
    const length = validLength(rt.u8, d.at + d.pos, d.at + d.n);
    if (length !== 0) {
      d.put(charOf(rt.u8, d.at + d.pos, length));
      d.pos += length;
      continue;
    }
    const bad = badLength(d, d.pos);
    if (bad === 0 && !final) break;
    utf8Error(d, bad);
  }
  consumedBytes.n = d.pos;
  return d.finish();
}

function utf8Error(d: Decoding, bad: number): void {
  const start = d.pos;
  const end = bad === 0 ? d.n : start + Math.abs(bad);
  if (d.errors === "surrogateescape") {
    for (let i = start; i < end; i++) d.put(0xdc00 + d.byte(i));
    d.pos = end;
    return;
  }
  const reason =
    bad === 0 ? "unexpected end of data" : bad < 0 ? "invalid start byte" : "invalid continuation byte";
  d.error(start, end, reason);
}

/** Bytes that n characters need in UTF-8, or -1 if there is a surrogate. */
function utf8Size(rt: Runtime, kind: number, w: number, n: number): number {
  let size = 0;
  if (kind === 1) {
    const u8 = rt.u8;
    for (let i = w * 4, end = i + n; i < end; i++) size += u8[i] >> 7;
    return n + size;
  }
  for (let i = 0; i < n; i++) {
    const c = readChar(rt, kind, w, i);
    if (c < 0x80) size++;
    else if (c < 0x800) size += 2;
    else if (c < 0x10000) {
      if (c >= 0xd800 && c < 0xe000) return -1;
      size += 3;
    } else size += 4;
  }
  return size;
}

/** Writes characters without surrogates as UTF-8 at byte address `to`. */
function writeUtf8(rt: Runtime, kind: number, w: number, n: number, to: number): void {
  const u8 = rt.u8;
  if (kind === 1) {
    for (let i = w * 4, end = i + n; i < end; i++) {
      const c = u8[i];
      if (c < 0x80) u8[to++] = c;
      else {
        u8[to++] = 0xc0 | (c >> 6);
        u8[to++] = 0x80 | (c & 0x3f);
      }
    }
    return;
  }
  for (let i = 0; i < n; i++) {
    const c = readChar(rt, kind, w, i);
    if (c < 0x80) u8[to++] = c;
    else if (c < 0x800) {
      u8[to++] = 0xc0 | (c >> 6);
      u8[to++] = 0x80 | (c & 0x3f);
    } else {
      if (c < 0x10000) u8[to++] = 0xe0 | (c >> 12);
      else {
        u8[to++] = 0xf0 | (c >> 18);
        u8[to++] = 0x80 | ((c >> 12) & 0x3f);
      }
      u8[to++] = 0x80 | ((c >> 6) & 0x3f);
      u8[to++] = 0x80 | (c & 0x3f);
    }
  }
}

/** _PyUnicode_AsUTF8String: a new bytes object. */
export function encodeUtf8(rt: Runtime, s: Ref, errors = "strict"): NewRef {
  const n = strLength(rt, s);
  const w = strData(rt, s);
  if (isAscii(rt, s)) return PyBytes_FromAddress(rt, w * 4, n);
  const kind = strKind(rt, s);
  const size = utf8Size(rt, kind, w, n);
  if (size < 0) return encodeSlowly(rt, s, errors);
  const b = PyBytes_New(rt, size);
  writeUtf8(rt, kind, w, n, (b + Bytes.data) * 4);
  return b;
}

/** Writes one character; surrogates too where `pass`. */
function putUtf8(e: Encoding, c: number): void {
  if (c < 0x80) e.put(c);
  else if (c < 0x800) {
    e.put(0xc0 | (c >> 6));
    e.put(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    e.put(0xe0 | (c >> 12));
    e.put(0x80 | ((c >> 6) & 0x3f));
    e.put(0x80 | (c & 0x3f));
  } else {
    e.put(0xf0 | (c >> 18));
    e.put(0x80 | ((c >> 12) & 0x3f));
    e.put(0x80 | ((c >> 6) & 0x3f));
    e.put(0x80 | (c & 0x3f));
  }
}

const isSurrogate = (c: number): boolean => c >= 0xd800 && c < 0xe000;

function asciiOnly(e: Encoding, c: number): boolean {
  if (c >= 0x80) return false;
  e.put(c);
  return true;
}

function encodeSlowly(rt: Runtime, s: Ref, errors: string): NewRef {
  const e = new Encoding(rt, "utf-8", s, errors, asciiOnly);
  while (e.pos < e.n) {
    const c = e.char(e.pos);
    if (!isSurrogate(c)) {
      putUtf8(e, c);
      e.pos++;
      continue;
    }
    let end = e.pos + 1;
    while (end < e.n && isSurrogate(e.char(end))) end++;
    surrogates(e, end);
  }
  return e.finish();
}

/** Surrogates from the position to `end`. */
function surrogates(e: Encoding, end: number): void {
  if (e.errors === "surrogatepass") {
    for (; e.pos < end; e.pos++) putUtf8(e, e.char(e.pos));
    return;
  }
  if (e.errors === "surrogateescape") {
    for (; e.pos < end; e.pos++) {
      const c = e.char(e.pos);
      if (c < 0xdc80 || c > 0xdcff) break;
      e.put(c - 0xdc00);
    }
    if (e.pos === end) return;
  }
  e.error(e.pos, end, "surrogates not allowed");
}

/** PyUnicode_AsUTF8AndSize: byte address of the cached UTF-8 form, which is made if need be; size in `utf8Length`. */
export function PyUnicode_AsUTF8(rt: Runtime, s: Ref): number {
  const i32 = rt.i32;
  const w = strData(rt, s);
  const n = strLength(rt, s);
  if (isAscii(rt, s)) {
    consumedBytes.n = n;
    return w * 4;
  }
  if (i32[s + Str.utf8] === 0) {
    const kind = strKind(rt, s);
    const size = utf8Size(rt, kind, w, n);
    if (size < 0) encodeSlowly(rt, s, "strict");
    const block = PyMem_Malloc(rt, size + 1);
    if (block === 0) throw noMemory(rt);
    writeUtf8(rt, kind, w, n, block * 4);
    rt.u8[block * 4 + size] = 0;
    i32[s + Str.utf8] = block;
    i32[s + Str.utf8_length] = size;
  }
  consumedBytes.n = i32[s + Str.utf8_length];
  return i32[s + Str.utf8] * 4;
}
