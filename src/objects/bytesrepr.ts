/** repr() of bytes and bytearray. Part of the object layer. */
import { dataOf, sizeOf } from "./bytescommon.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { PyUnicode_New, strData } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

const QUOTE = 39;
const BACKSLASH = 92;

function length(c: number, quote: number): number {
  if (c === quote || c === BACKSLASH || c === 9 || c === 10 || c === 13) return 2;
  return c < 32 || c >= 127 ? 4 : 1;
}

function hexDigit(d: number): number {
  return d < 10 ? 48 + d : 87 + d;
}

/** Writes one byte's form at `to`; returns the position after it. */
function put(u8: Uint8Array, to: number, c: number, quote: number): number {
  const n = length(c, quote);
  if (n === 1) {
    u8[to++] = c;
    return to;
  }
  u8[to++] = BACKSLASH;
  if (n === 2) u8[to++] = c === 9 ? 116 : c === 10 ? 110 : c === 13 ? 114 : c;
  else {
    u8[to++] = 120;
    u8[to++] = hexDigit(c >> 4);
    u8[to++] = hexDigit(c & 15);
  }
  return to;
}

/**
 * `prefix` b'...' `suffix`; in double quotes where there are single quotes only. A bytearray's repr escapes a single quote
 * all the same.
 */
function quoted(rt: Runtime, p: Ref, prefix: string, suffix: string): NewRef {
  const u8 = rt.u8;
  const at = dataOf(rt, p);
  const n = sizeOf(rt, p);
  let quotes = false;
  let doubles = false;
  for (let i = 0; i < n; i++) {
    if (u8[at + i] === QUOTE) quotes = true;
    else if (u8[at + i] === 34) doubles = true;
  }
  const quote = quotes && !doubles ? 34 : QUOTE;
  const escaped = prefix === "" ? quote : QUOTE;
  let size = prefix.length + suffix.length + 3;
  for (let i = 0; i < n; i++) size += length(u8[at + i], escaped);
  const s = PyUnicode_New(rt, size, 127);
  let to = strData(rt, s) * 4;
  for (let i = 0; i < prefix.length; i++) u8[to++] = prefix.charCodeAt(i);
  u8[to++] = 98;
  u8[to++] = quote;
  for (let i = 0; i < n; i++) to = put(u8, to, u8[at + i], escaped);
  u8[to++] = quote;
  for (let i = 0; i < suffix.length; i++) u8[to++] = suffix.charCodeAt(i);
  return s;
}

export function bytes_repr(rt: Runtime, p: Ref): NewRef {
  return quoted(rt, p, "", "");
}

/** bytearray(b'...'): named after the type, whatever module it is of. */
export function bytearray_repr(rt: Runtime, p: Ref): NewRef {
  const name = typeNameOf(rt, p);
  return quoted(rt, p, `${name.slice(name.lastIndexOf(".") + 1)}(`, ")");
}
