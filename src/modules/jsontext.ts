/** Strings of JSON: scanning one with its escapes, and writing one. Part of the modules, for _json.ts. */

import { getAttrString } from "../objects/abstract.ts";
import { PyObject_CallThreeArgs } from "../objects/call.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { raiseObject, typeError, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import {
  copyBytes,
  internStatic,
  isAscii,
  maxCharBound,
  PyUnicode_FromJS,
  PyUnicode_New,
  strData,
  strKind,
  strLength,
  writeChar,
} from "../objects/str.ts";
import { StrBuilder } from "../objects/strbuilder.ts";
import { strFromAscii, strFromData } from "../objects/strnew.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";

const enum Ch {
  QUOTE = 34,
  BACKSLASH = 92,
  u = 117,
}

/** The characters of a str that is being read. The caller holds the str. */
export class JsonText {
  readonly rt: Runtime;
  readonly str: Ref;
  readonly kind: number;
  readonly ascii: boolean;
  /** Word address of the characters. */
  readonly data: number;
  readonly n: number;
  /** Where scanning goes on: what a scanner leaves behind. */
  pos = 0;

  constructor(rt: Runtime, str: Ref) {
    this.rt = rt;
    this.str = str;
    this.kind = strKind(rt, str);
    this.ascii = isAscii(rt, str);
    this.data = strData(rt, str);
    this.n = strLength(rt, str);
  }

  /** Character i; i must be in range. */
  at(i: number): number {
    const rt = this.rt;
    if (this.kind === 1) return rt.u8[this.data * 4 + i];
    return this.kind === 2 ? rt.u16[this.data * 2 + i] : rt.u32[this.data + i];
  }

  /** Character i, or -1 at the end. */
  peek(i: number): number {
    return i < this.n ? this.at(i) : -1;
  }

  slice(start: number, end: number): NewRef {
    if (this.ascii) return strFromAscii(this.rt, this.data * 4 + start, end - start);
    return strFromData(this.rt, this.kind, this.data, start, end);
  }
}

export function expectStr(rt: Runtime, o: Ref): void {
  if (!PyUnicode_Check(rt, o))
    throw typeError(rt, `first argument must be a string, not ${typeNameOf(rt, o, 80)}`);
}

/** json.decoder.JSONDecodeError(message, text, position) */
export function decodeError(rt: Runtime, message: string, str: Ref, pos: number): PyErr {
  const name = internStatic(rt, "JSONDecodeError");
  const fromlist = pushed(rt, PyTuple_Pack(rt, name));
  const module = pushed(rt, rt.importHook(internStatic(rt, "json.decoder"), 0, 0, fromlist, 0));
  const type = pushed(rt, getAttrString(rt, module, "JSONDecodeError"));
  const text = pushed(rt, PyUnicode_FromJS(rt, message));
  const at = pushed(rt, PyLong_FromNumber(rt, pos));
  const exc = PyObject_CallThreeArgs(rt, type, text, str, at);
  drop(rt, 5);
  return raiseObject(rt, exc);
}

/** The first place from `i` on with a quote or a backslash, or the end; a control character is refused if `strict`. */
function endOfRun(t: JsonText, i: number, strict: boolean): number {
  const n = t.n;
  const limit = strict ? 31 : -1;
  if (t.kind === 1) {
    const u8 = t.rt.u8;
    const base = t.data * 4;
    for (; i < n; i++) {
      const c = u8[base + i];
      if (c === Ch.QUOTE || c === Ch.BACKSLASH) return i;
      if (c <= limit) throw decodeError(t.rt, "Invalid control character at", t.str, i);
    }
    return n;
  }
  for (; i < n; i++) {
    const c = t.at(i);
    if (c === Ch.QUOTE || c === Ch.BACKSLASH) return i;
    if (c <= limit) throw decodeError(t.rt, "Invalid control character at", t.str, i);
  }
  return n;
}

/** scanstring_unicode: the string whose characters begin at `end`, after the quote. t.pos is behind its closing quote then. */
export function scanstring(t: JsonText, end: number, strict: boolean): NewRef {
  if (end < 0 || end > t.n) throw valueError(t.rt, "end is out of bounds");
  const next = endOfRun(t, end, strict);
  if (next < t.n && t.at(next) === Ch.QUOTE) {
    t.pos = next + 1;
    return t.slice(end, next);
  }
  return scanEscaped(t, end, next, strict);
}

/** A string with escapes; `next` is where its first run ends. */
function scanEscaped(t: JsonText, end: number, next: number, strict: boolean): NewRef {
  const begin = end - 1;
  const out = new StrBuilder(t.rt);
  for (;;) {
    if (next === t.n) throw decodeError(t.rt, "Unterminated string starting at", t.str, begin);
    out.writeSubstring(t.str, end, next);
    if (t.at(next) === Ch.QUOTE) break;
    if (++next === t.n) throw decodeError(t.rt, "Unterminated string starting at", t.str, begin);
    out.writeChar(escape(t, next));
    end = t.pos;
    next = endOfRun(t, end, strict);
  }
  t.pos = next + 1;
  return out.finish();
}

/** The character of the escape whose letter stands at i; t.pos is behind it then. */
function escape(t: JsonText, i: number): number {
  t.pos = i + 1;
  switch (t.at(i)) {
    case 34:
      return 34;
    case 92:
      return 92;
    case 47:
      return 47;
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
    case Ch.u:
      return unicodeEscape(t, i + 1);
    default:
      throw decodeError(t.rt, "Invalid \\escape", t.str, i - 1);
  }
}

/** The character of four hexadecimal digits from i on, or of two such escapes that are a surrogate pair. */
function unicodeEscape(t: JsonText, i: number): number {
  if (i + 4 >= t.n) throw decodeError(t.rt, "Invalid \\uXXXX escape", t.str, i - 1);
  const c = fourHex(t, i);
  t.pos = i + 4;
  const pair =
    (c & 0xfc00) === 0xd800 && i + 10 < t.n && t.at(i + 4) === Ch.BACKSLASH && t.at(i + 5) === Ch.u;
  if (!pair) return c;
  const low = fourHex(t, i + 6);
  if ((low & 0xfc00) !== 0xdc00) return c;
  t.pos = i + 10;
  return 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff);
}

function fourHex(t: JsonText, i: number): number {
  let v = 0;
  for (let k = i; k < i + 4; k++) {
    const d = hexDigit(t.at(k));
    if (d < 0) throw decodeError(t.rt, "Invalid \\uXXXX escape", t.str, i - 1);
    v = v * 16 + d;
  }
  return v;
}

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Characters that c takes in a JSON string. */
function escapedLength(c: number, asciiOnly: boolean): number {
  if (c >= 32 && c < 127) return c === Ch.QUOTE || c === Ch.BACKSLASH ? 2 : 1;
  if (c === 8 || c === 9 || c === 10 || c === 12 || c === 13) return 2;
  if (c < 32) return 6;
  if (!asciiOnly) return 1;
  return c < 0x10000 ? 6 : 12;
}

/** Letters after the backslash: by character below 14. */
const LETTERS = [0, 0, 0, 0, 0, 0, 0, 0, 98, 116, 110, 0, 102, 114];
const HEX = "0123456789abcdef";

/** ascii_escape_unicode, escape_unicode: the text of the JSON string, quotes and all. */
export function encodeString(rt: Runtime, s: Ref, asciiOnly: boolean): NewRef {
  const t = new JsonText(rt, s);
  let size = 2;
  for (let i = 0; i < t.n; i++) size += escapedLength(t.at(i), asciiOnly);
  const result = PyUnicode_New(rt, size, asciiOnly ? 127 : maxCharBound(rt, s));
  if (size === t.n + 2 && strKind(rt, result) === 1) {
    const to = strData(rt, result) * 4;
    rt.u8[to] = rt.u8[to + size - 1] = Ch.QUOTE;
    copyBytes(rt, to + 1, t.data * 4, t.n);
    return result;
  }
  writeEscaped(t, result, asciiOnly);
  return result;
}

function writeEscaped(t: JsonText, result: Ref, asciiOnly: boolean): void {
  const rt = t.rt;
  const kind = strKind(rt, result);
  const w = strData(rt, result);
  let o = 0;
  const put = (c: number): void => writeChar(rt, kind, w, o++, c);
  const putHex = (c: number): void => {
    put(Ch.BACKSLASH);
    put(Ch.u);
    for (let shift = 12; shift >= 0; shift -= 4) put(HEX.charCodeAt((c >> shift) & 15));
  };
  put(Ch.QUOTE);
  for (let i = 0; i < t.n; i++) {
    const c = t.at(i);
    const n = escapedLength(c, asciiOnly);
    if (n === 1) put(c);
    else if (n === 2) {
      put(Ch.BACKSLASH);
      put(c < 14 ? LETTERS[c] : c);
    } else if (n === 6) putHex(c);
    else {
      putHex(0xd800 + ((c - 0x10000) >> 10));
      putHex(0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  }
  put(Ch.QUOTE);
}

export function py_encode_basestring(rt: Runtime, _m: Ref, s: Ref): NewRef {
  expectStr(rt, s);
  return encodeString(rt, s, false);
}

export function py_encode_basestring_ascii(rt: Runtime, _m: Ref, s: Ref): NewRef {
  expectStr(rt, s);
  return encodeString(rt, s, true);
}
