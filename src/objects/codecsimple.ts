/** ASCII, latin-1 and charmap codecs. Part of the object layer. */
import { PyObject_GetItem } from "./abstract.ts";
import { PyBytes_FromAddress } from "./bytes.ts";
import { PyBytes_Check, PyLong_Check, PyUnicode_Check, PyUnicode_CheckExact } from "./check.ts";
import { encodeError } from "./codecerrors.ts";
import { Decoding } from "./decode.ts";
import { Encoding } from "./encode.ts";
import { caught, clearError, typeError } from "./errors.ts";
import { Bytes } from "./layout.ts";
import { PyLong_AsLong, PyLong_FromNumber } from "./long.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { allAsciiBytes, charAt, isAscii, strData, strKind, strLength } from "./str.ts";
import { strFromAscii, strFromLatin1 } from "./strnew.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

export function decodeAscii(rt: Runtime, at: number, n: number, errors = "strict"): NewRef {
  if (allAsciiBytes(rt, at, at + n)) return strFromAscii(rt, at, n);
  const d = new Decoding(rt, "ascii", at, n, errors);
  while (d.pos < d.n) {
    const c = d.byte(d.pos);
    if (c < 128) d.put(c);
    else if (errors === "surrogateescape") d.put(0xdc00 + c);
    else {
      d.error(d.pos, d.pos + 1, "ordinal not in range(128)");
      continue;
    }
    d.pos++;
  }
  return d.finish();
}

export function decodeLatin1(rt: Runtime, at: number, n: number): NewRef {
  return strFromLatin1(rt, at, n);
}

function latin1Unit(e: Encoding, c: number): boolean {
  if (c > 255) return false;
  e.put(c);
  return true;
}

function asciiUnit(e: Encoding, c: number): boolean {
  if (c > 127) return false;
  e.put(c);
  return true;
}

/** unicode_encode_ucs1 */
function encodeBelow(rt: Runtime, s: Ref, errors: string, limit: number): NewRef {
  const ascii = limit === 128;
  if (isAscii(rt, s) || (!ascii && strKind(rt, s) === 1)) {
    return PyBytes_FromAddress(rt, strData(rt, s) * 4, strLength(rt, s));
  }
  const e = new Encoding(rt, ascii ? "ascii" : "latin-1", s, errors, ascii ? asciiUnit : latin1Unit);
  while (e.pos < e.n) {
    const c = e.char(e.pos);
    if (c < limit) {
      e.put(c);
      e.pos++;
      continue;
    }
    let end = e.pos + 1;
    while (end < e.n && e.char(end) >= limit) end++;
    outOfRange(e, end, limit);
  }
  return e.finish();
}

function outOfRange(e: Encoding, end: number, limit: number): void {
  if (e.errors === "surrogateescape") {
    for (; e.pos < end; e.pos++) {
      const c = e.char(e.pos);
      if (c < 0xdc80 || c > 0xdcff) break;
      e.put(c - 0xdc00);
    }
    if (e.pos === end) return;
  }
  e.error(e.pos, end, `ordinal not in range(${limit})`);
}

export function encodeAscii(rt: Runtime, s: Ref, errors = "strict"): NewRef {
  return encodeBelow(rt, s, errors, 128);
}

export function encodeLatin1(rt: Runtime, s: Ref, errors = "strict"): NewRef {
  return encodeBelow(rt, s, errors, 256);
}

/** mapping[c], or 0 where the mapping does not have it (a LookupError). */
function mappedValue(rt: Runtime, mapping: Ref, c: number): NewRef | 0 {
  push(rt, PyLong_FromNumber(rt, c));
  const m = mark(rt);
  try {
    push(rt, PyObject_GetItem(rt, mapping, rt.i32[m - 2]));
  } catch (e) {
    caught(rt, e, m, rt.exc.LookupError);
    clearError(rt);
    drop(rt);
    return 0;
  }
  const value = pop(rt);
  drop(rt);
  return value;
}

const UNDEFINED = "character maps to <undefined>";

/** PyUnicode_DecodeCharmap: mapping 0 is latin-1; a str maps by position; anything else by `mapping[byte]`. */
export function decodeCharmap(rt: Runtime, at: number, n: number, mapping: OptRef, errors: string): NewRef {
  if (n === 0) return rt.emptyStr;
  if (mapping === 0) return decodeLatin1(rt, at, n);
  const d = new Decoding(rt, "charmap", at, n, errors);
  const table = PyUnicode_CheckExact(rt, mapping);
  while (d.pos < d.n) {
    const done = table ? charFromTable(d, mapping) : charFromMapping(d, mapping);
    if (done) d.pos++;
    else d.error(d.pos, d.pos + 1, UNDEFINED);
  }
  return d.finish();
}

function charFromTable(d: Decoding, table: Ref): boolean {
  const b = d.byte(d.pos);
  const c = b < strLength(d.rt, table) ? charAt(d.rt, table, b) : 0xfffe;
  if (c === 0xfffe) return false;
  d.put(c);
  return true;
}

function charFromMapping(d: Decoding, mapping: Ref): boolean {
  const rt = d.rt;
  const x = mappedValue(rt, mapping, d.byte(d.pos));
  if (x === 0) return false;
  push(rt, x);
  const known = putMapped(d, x);
  drop(rt);
  return known;
}

function putMapped(d: Decoding, x: Ref): boolean {
  const rt = d.rt;
  if (x === rt.None) return false;
  if (PyLong_Check(rt, x)) {
    const c = PyLong_AsLong(rt, x);
    if (c === 0xfffe) return false;
    if (c < 0 || c > 0x10ffff) throw typeError(rt, "character mapping must be in range(0x110000)");
    d.put(c);
    return true;
  }
  if (!PyUnicode_Check(rt, x)) throw typeError(rt, "character mapping must return integer, None or str");
  if (strLength(rt, x) === 1 && charAt(rt, x, 0) === 0xfffe) return false;
  d.putStr(x);
  return true;
}

/** PyUnicode_EncodeCharmap: mapping 0 is latin-1. `lookup` is an EncodingMap's, or null to ask the mapping. */
export function encodeCharmap(
  rt: Runtime,
  s: Ref,
  mapping: OptRef,
  errors: string,
  lookup: ((c: number) => number) | null,
): NewRef {
  if (mapping === 0) return encodeLatin1(rt, s, errors);
  const unit = (e: Encoding, c: number): boolean => {
    if (lookup === null) return byteFromMapping(e, mapping, c);
    const b = lookup(c);
    if (b >= 0) e.put(b);
    return b >= 0;
  };
  const e = new Encoding(rt, "charmap", s, errors, unit);
  while (e.pos < e.n) {
    if (unit(e, e.char(e.pos))) {
      e.pos++;
      continue;
    }
    charmapError(e, unit);
  }
  return e.finish();
}

/** Collects the characters after the position that have no mapping either, and answers the error. */
function charmapError(e: Encoding, unit: (e: Encoding, c: number) => boolean): void {
  const start = e.pos;
  const length = e.length;
  let end = start + 1;
  while (end < e.n && !unit(e, e.char(end))) end++;
  e.length = length;
  if (e.errors === "replace") {
    for (let i = start; i < end; i++) if (!unit(e, 63)) throw undefinedError(e, start, end);
    e.pos = end;
    return;
  }
  e.error(start, end, UNDEFINED);
}

function undefinedError(e: Encoding, start: number, end: number) {
  return encodeError(e.rt, "charmap", e.s, start, end, UNDEFINED);
}

function byteFromMapping(e: Encoding, mapping: Ref, c: number): boolean {
  const rt = e.rt;
  const x = mappedValue(rt, mapping, c);
  if (x === 0) return false;
  push(rt, x);
  const known = putByte(e, x);
  drop(rt);
  return known;
}

function putByte(e: Encoding, x: Ref): boolean {
  const rt = e.rt;
  if (x === rt.None) return false;
  if (PyLong_Check(rt, x)) {
    const b = PyLong_AsLong(rt, x);
    if (b < 0 || b > 255) throw typeError(rt, "character mapping must be in range(256)");
    e.put(b);
    return true;
  }
  if (!PyBytes_Check(rt, x)) {
    throw typeError(
      rt,
      `character mapping must return integer, bytes or None, not ${typeNameOf(rt, x, 400)}`,
    );
  }
  for (let i = 0, at = (x + Bytes.data) * 4; i < rt.i32[x + Bytes.size]; i++) e.put(rt.u8[at + i]);
  return true;
}
