/**
 * The codecs unicode_escape, raw_unicode_escape and the old string escapes of bytes (escape_decode, escape_encode). Part of
 * the object layer.
 */
import { PyBytes_FromArray } from "./bytes.ts";
import { Decoding } from "./decode.ts";
import { backslashed } from "./encode.ts";
import { valueError } from "./errors.ts";
import type { Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import { charAt, strLength } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { characterByName } from "./unicode/names.ts";
import { consumedBytes } from "./utf8.ts";
import { PyErr_WarnEx } from "./warn.ts";

const BACKSLASH = 92;

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** The character that a one-letter escape stands for, or -1. */
function simpleEscape(c: number): number {
  switch (c) {
    case BACKSLASH:
    case 39:
    case 34:
      return c;
    case 97:
      return 7;
    case 98:
      return 8;
    case 102:
      return 12;
    case 110:
      return 10;
    case 114:
      return 13;
    case 116:
      return 9;
    case 118:
      return 11;
    default:
      return -1;
  }
}

/** An invalid escape was seen: text for the warning that follows a decoding. */
let invalidEscape = "";

function warnInvalid(rt: Runtime, result: NewRef): NewRef {
  if (invalidEscape === "") return result;
  const message = invalidEscape;
  invalidEscape = "";
  push(rt, result);
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, message, 1);
  return pop(rt);
}

function noteInvalid(text: string): void {
  if (invalidEscape === "") invalidEscape = text;
}

/** _PyUnicode_DecodeUnicodeEscapeStateful */
export function decodeUnicodeEscape(
  rt: Runtime,
  at: number,
  n: number,
  errors: string,
  final = true,
): NewRef {
  invalidEscape = "";
  const d = new Decoding(rt, "unicodeescape", at, n, errors);
  while (d.pos < d.n) {
    const c = d.byte(d.pos);
    if (c !== BACKSLASH) {
      d.put(c);
      d.pos++;
    } else if (!unicodeEscape(d, d.pos, final)) break;
  }
  consumedBytes.n = d.pos;
  return warnInvalid(rt, d.finish());
}

/** The escape at `start`; false if it is incomplete and more may come. */
function unicodeEscape(d: Decoding, start: number, final: boolean): boolean {
  if (start + 1 >= d.n) {
    if (!final) return false;
    d.error(start, start + 1, "\\ at end of string");
    return true;
  }
  const c = d.byte(start + 1);
  d.pos = start + 2;
  const simple = simpleEscape(c);
  if (simple >= 0) d.put(simple);
  else if (c === 10) return true;
  else if (c >= 48 && c <= 55) octal(d, start);
  else if (c === 120) return hexEscape(d, start, 2, "truncated \\xXX escape", final);
  else if (c === 117) return hexEscape(d, start, 4, "truncated \\uXXXX escape", final);
  else if (c === 85) return hexEscape(d, start, 8, "truncated \\UXXXXXXXX escape", final);
  else if (c === 78) return namedEscape(d, start, final);
  else {
    noteInvalid(`invalid escape sequence '\\${String.fromCharCode(c)}'`);
    d.put(BACKSLASH);
    d.put(c);
  }
  return true;
}

function octal(d: Decoding, start: number): void {
  let v = 0;
  let i = start + 1;
  for (let k = 0; k < 3 && i < d.n && d.byte(i) >= 48 && d.byte(i) <= 55; k++, i++)
    v = v * 8 + d.byte(i) - 48;
  if (v > 0o377) noteInvalid(`invalid octal escape sequence '\\${v.toString(8)}'`);
  d.put(v);
  d.pos = i;
}

function hexEscape(d: Decoding, start: number, digits: number, message: string, final: boolean): boolean {
  let v = 0;
  let i = start + 2;
  for (; i < start + 2 + digits; i++) {
    const h = i < d.n ? hexDigit(d.byte(i)) : -1;
    if (h < 0) {
      if (i >= d.n && !final) {
        d.pos = start;
        return false;
      }
      d.error(start, Math.min(i, d.n), message);
      return true;
    }
    v = v * 16 + h;
  }
  d.pos = i;
  if (v > 0x10ffff) d.error(start, i, "illegal Unicode character");
  else d.put(v);
  return true;
}

function namedEscape(d: Decoding, start: number, final: boolean): boolean {
  let i = start + 2;
  if (i >= d.n || d.byte(i) !== 123) {
    if (i >= d.n && !final) return incomplete(d, start);
    d.error(start, Math.min(i, d.n), "malformed \\N character escape");
    return true;
  }
  let name = "";
  for (i++; i < d.n && d.byte(i) !== 125; i++) name += String.fromCharCode(d.byte(i));
  if (i >= d.n && !final) return incomplete(d, start);
  if (i >= d.n || name === "") {
    d.error(start, i, "malformed \\N character escape");
    return true;
  }
  const c = characterByName(name);
  d.pos = i + 1;
  if (c < 0) d.error(start, i + 1, "unknown Unicode character name");
  else d.put(c);
  return true;
}

function incomplete(d: Decoding, start: number): boolean {
  d.pos = start;
  return false;
}

/** _PyUnicode_DecodeRawUnicodeEscapeStateful: only \u and \U escapes after an odd number of backslashes. */
export function decodeRawUnicodeEscape(
  rt: Runtime,
  at: number,
  n: number,
  errors: string,
  final = true,
): NewRef {
  const d = new Decoding(rt, "rawunicodeescape", at, n, errors);
  while (d.pos < d.n) {
    const start = d.pos;
    const c = d.byte(start);
    const next = start + 1 < d.n ? d.byte(start + 1) : -1;
    if (c !== BACKSLASH || (next < 0 && final)) {
      d.put(c);
      d.pos++;
    } else if (next < 0) break;
    else if (next === 117 || next === 85) {
      if (!rawEscape(d, start, next === 117 ? 4 : 8, final)) break;
    } else {
      d.put(c);
      d.put(next);
      d.pos += 2;
    }
  }
  consumedBytes.n = d.pos;
  return d.finish();
}

function rawEscape(d: Decoding, start: number, digits: number, final: boolean): boolean {
  let v = 0;
  let i = start + 2;
  for (; i < start + 2 + digits; i++) {
    const h = i < d.n ? hexDigit(d.byte(i)) : -1;
    if (h < 0) {
      if (i >= d.n && !final) return incomplete(d, start);
      d.error(start, i, digits === 4 ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape");
      return true;
    }
    v = v * 16 + h;
  }
  d.pos = i;
  if (v > 0x10ffff) d.error(start, i, "\\Uxxxxxxxx out of range");
  else d.put(v);
  return true;
}

class Bytes {
  readonly out: number[] = [];
  text(s: string): void {
    for (let i = 0; i < s.length; i++) this.out.push(s.charCodeAt(i));
  }
}

export function encodeUnicodeEscape(rt: Runtime, s: Ref): NewRef {
  const b = new Bytes();
  for (let i = 0; i < strLength(rt, s); i++) {
    const c = charAt(rt, s, i);
    if (c === BACKSLASH) b.text("\\\\");
    else if (c >= 32 && c < 127) b.out.push(c);
    else if (c === 9) b.text("\\t");
    else if (c === 10) b.text("\\n");
    else if (c === 13) b.text("\\r");
    else b.text(backslashed(c));
  }
  return PyBytes_FromArray(rt, b.out);
}

export function encodeRawUnicodeEscape(rt: Runtime, s: Ref): NewRef {
  const b = new Bytes();
  for (let i = 0; i < strLength(rt, s); i++) {
    const c = charAt(rt, s, i);
    if (c < 256) b.out.push(c);
    else b.text(backslashed(c));
  }
  return PyBytes_FromArray(rt, b.out);
}

/** _PyBytes_DecodeEscape of n bytes at a byte address. */
export function escapeDecode(rt: Runtime, at: number, n: number, errors: string): NewRef {
  invalidEscape = "";
  const out: number[] = [];
  const u8 = rt.u8;
  const end = at + n;
  for (let i = at; i < end; ) {
    const c = u8[i++];
    if (c !== BACKSLASH) {
      out.push(c);
      continue;
    }
    if (i >= end) throw valueError(rt, "Trailing \\ in string");
    i = byteEscape(rt, out, u8, at, i, end, errors);
  }
  return warnInvalid(rt, PyBytes_FromArray(rt, out));
}

/** The escape whose letter stands at i; the position after it is returned. */
function byteEscape(
  rt: Runtime,
  out: number[],
  u8: Uint8Array,
  at: number,
  i: number,
  end: number,
  errors: string,
): number {
  const c = u8[i++];
  const simple = simpleEscape(c);
  if (simple >= 0) out.push(simple);
  else if (c >= 48 && c <= 55) {
    let v = c - 48;
    for (let k = 0; k < 2 && i < end && u8[i] >= 48 && u8[i] <= 55; k++) v = v * 8 + u8[i++] - 48;
    if (v > 0o377) noteInvalid(`invalid octal escape sequence '\\${v.toString(8)}'`);
    out.push(v & 255);
  } else if (c === 120) return hexByte(rt, out, u8, at, i, end, errors);
  else if (c !== 10) {
    noteInvalid(`invalid escape sequence '\\${String.fromCharCode(c)}'`);
    out.push(BACKSLASH, c);
  }
  return i;
}

function hexByte(
  rt: Runtime,
  out: number[],
  u8: Uint8Array,
  at: number,
  i: number,
  end: number,
  errors: string,
): number {
  const high = i < end ? hexDigit(u8[i]) : -1;
  const low = i + 1 < end ? hexDigit(u8[i + 1]) : -1;
  if (high >= 0 && low >= 0) {
    out.push(high * 16 + low);
    return i + 2;
  }
  if (errors === "strict") throw valueError(rt, `invalid \\x escape at position ${i - 2 - at}`);
  if (errors === "replace") out.push(63);
  else if (errors !== "ignore") {
    throw valueError(rt, `decoding error; unknown error handling code: ${errors}`);
  }
  return high >= 0 ? i + 1 : i;
}

/** codecs.escape_encode of n bytes at a byte address. */
export function escapeEncode(rt: Runtime, at: number, n: number): NewRef {
  const b = new Bytes();
  for (let i = 0; i < n; i++) {
    const c = rt.u8[at + i];
    if (c === 39 || c === BACKSLASH) b.text(`\\${String.fromCharCode(c)}`);
    else if (c === 9) b.text("\\t");
    else if (c === 10) b.text("\\n");
    else if (c === 13) b.text("\\r");
    else if (c < 32 || c >= 127) b.text(`\\x${c.toString(16).padStart(2, "0")}`);
    else b.out.push(c);
  }
  return PyBytes_FromArray(rt, b.out);
}
