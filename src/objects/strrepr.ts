/** repr() and ascii() of str. Part of the object layer. */

import { Str } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { PyUnicode_New, readChar, StrState, strData, strKind, strLength, writeChar } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { isPrintable } from "./unicode/db.ts";

const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKSLASH = 92;

/** Length of what stands for c in a repr. */
function reprLength(c: number, ascii: boolean): number {
  if (c === BACKSLASH || c === 9 || c === 10 || c === 13) return 2;
  if (c < 32 || c === 127) return 4;
  if (c < 127 || (!ascii && isPrintable(c))) return 1;
  return c < 256 ? 4 : c < 65536 ? 6 : 10;
}

function putHex(rt: Runtime, kind: number, w: number, o: number, c: number, digits: number): number {
  for (let shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    const d = (c >>> shift) & 15;
    writeChar(rt, kind, w, o++, d < 10 ? 48 + d : 87 + d);
  }
  return o;
}

/** Writes the escape of c at o; returns the position after it. */
export function putEscape(rt: Runtime, kind: number, w: number, o: number, c: number): number {
  writeChar(rt, kind, w, o++, BACKSLASH);
  const short = c === 9 ? 116 : c === 10 ? 110 : c === 13 ? 114 : c === BACKSLASH || c === QUOTE ? c : 0;
  if (short !== 0) {
    writeChar(rt, kind, w, o++, short);
    return o;
  }
  const digits = c < 256 ? 2 : c < 65536 ? 4 : 8;
  writeChar(rt, kind, w, o++, c < 256 ? 120 : c < 65536 ? 117 : 85);
  return putHex(rt, kind, w, o, c, digits);
}

/** repr of ASCII text: as `quoted`, straight over the bytes. */
function quotedAscii(rt: Runtime, p: Ref): NewRef {
  const u8 = rt.u8;
  const w = strData(rt, p);
  const n = strLength(rt, p);
  let size = n + 2;
  let quotes = 0;
  let doubles = 0;
  for (let i = w * 4, end = i + n; i < end; i++) {
    const c = u8[i];
    if (c >= 32 && c < 127) {
      if (c === QUOTE) quotes++;
      else if (c === DOUBLE_QUOTE) doubles++;
      else if (c === BACKSLASH) size++;
    } else size += reprLength(c, true) - 1;
  }
  const quote = quotes !== 0 && doubles === 0 ? DOUBLE_QUOTE : QUOTE;
  if (quotes !== 0 && doubles !== 0) size += quotes;
  return writeQuoted(rt, PyUnicode_New(rt, size, 127), 1, w, n, quote, true, size === n + 2);
}

/** unicode_repr; with `ascii`, as the builtin ascii() writes it. */
function quoted(rt: Runtime, p: Ref, ascii: boolean): NewRef {
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  const n = strLength(rt, p);
  let size = 2;
  let quotes = 0;
  let doubles = 0;
  let max = 127;
  for (let i = 0; i < n; i++) {
    const c = readChar(rt, kind, w, i);
    if (c === QUOTE) quotes++;
    else if (c === DOUBLE_QUOTE) doubles++;
    const length = reprLength(c, ascii);
    if (length === 1 && c > max) max = c;
    size += length;
  }
  const quote = quotes !== 0 && doubles === 0 ? DOUBLE_QUOTE : QUOTE;
  if (quotes !== 0 && doubles !== 0) size += quotes;
  return writeQuoted(rt, PyUnicode_New(rt, size, max), kind, w, n, quote, ascii, size === n + 2);
}

function writeQuoted(
  rt: Runtime,
  q: NewRef,
  kind: number,
  w: number,
  n: number,
  quote: number,
  ascii: boolean,
  plain: boolean,
): NewRef {
  const to = strData(rt, q);
  const tkind = strKind(rt, q);
  let o = 0;
  writeChar(rt, tkind, to, o++, quote);
  if (plain && kind === 1 && tkind === 1) {
    rt.u8.copyWithin(to * 4 + 1, w * 4, w * 4 + n);
    o += n;
  } else {
    for (let i = 0; i < n; i++) {
      const c = readChar(rt, kind, w, i);
      if (c === quote || reprLength(c, ascii) !== 1) o = putEscape(rt, tkind, to, o, c);
      else writeChar(rt, tkind, to, o++, c);
    }
  }
  writeChar(rt, tkind, to, o, quote);
  return q;
}

export function unicode_repr(rt: Runtime, p: Ref): NewRef {
  return (rt.i32[p + Str.state] & StrState.ASCII) !== 0 ? quotedAscii(rt, p) : quoted(rt, p, false);
}
