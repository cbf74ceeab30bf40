/**
 * The str object: PEP 393 strings on the heap, made from and read as JavaScript text. Part of the object layer; the
 * methods stand in str*.ts beside it.
 *
 * The characters of a string are reached by a WORD address (`strData`) and a kind of 1, 2 or 4 bytes: character i is
 * `u8[4*w + i]`, `u16[2*w + i]` or `u32[w + i]`. A terminating zero character follows them.
 *
 *   compact ASCII   | head 40 | n + 1 bytes |                  state 0x64
 *   compact other   | head 56 | (n + 1) * kind bytes |         state 0x24, 0x28, 0x30
 *   subclass        | head 56 | pointer to the characters |    state without COMPACT
 */

import { staticAlloc } from "../heap/static.ts";
import { PyMem_Free, PyObject_Free, PyObject_Malloc } from "../pymalloc/domains.ts";
import { noMemory, valueError } from "./errors.ts";
import { internedDealloc } from "./intern.ts";
import { IMMORTAL_REFCNT, Ob, Str, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

export { internStatic, PyUnicode_InternFromJS, PyUnicode_InternInPlace } from "./intern.ts";
export { jsString, PyUnicode_FromJS } from "./strjs.ts";
export { strFromCodes as strFromCodePoints } from "./strnew.ts";

/** Bits of `Str.state`. */
export const enum StrState {
  INTERNED = 3,
  KIND_SHIFT = 2,
  COMPACT = 0x20,
  ASCII = 0x40,
  STATIC = 0x80,
  COMPACT_ASCII = 0x60,
}

/** Word offset of the pointer to the characters of a string that is not compact. */
export const STR_ANY = 14;
/** Characters of `rt.latin1` are this many words apart. */
const LATIN1_STRIDE = 16;
/** Below this many bytes a loop beats a native copy. */
const SHORT_COPY = 48;

/** Length in characters. */
export function strLength(rt: Runtime, p: Ref): number {
  return rt.i32[p + Str.length];
}

/** Bytes of one character: 1, 2 or 4. */
export function strKind(rt: Runtime, p: Ref): number {
  return (rt.i32[p + Str.state] >> StrState.KIND_SHIFT) & 7;
}

export function isAscii(rt: Runtime, p: Ref): boolean {
  return (rt.i32[p + Str.state] & StrState.ASCII) !== 0;
}

/** Word address of the characters. */
export function strData(rt: Runtime, p: Ref): number {
  const state = rt.i32[p + Str.state];
  if ((state & StrState.COMPACT_ASCII) === StrState.COMPACT_ASCII) return p + Str.ASCII_DATA;
  return (state & StrState.COMPACT) !== 0 ? p + Str.DATA : rt.i32[p + STR_ANY];
}

/** PyUnicode_READ */
export function readChar(rt: Runtime, kind: number, w: number, i: number): number {
  if (kind === 1) return rt.u8[w * 4 + i];
  return kind === 2 ? rt.u16[w * 2 + i] : rt.u32[w + i];
}

/** PyUnicode_WRITE */
export function writeChar(rt: Runtime, kind: number, w: number, i: number, c: number): void {
  if (kind === 1) rt.u8[w * 4 + i] = c;
  else if (kind === 2) rt.u16[w * 2 + i] = c;
  else rt.u32[w + i] = c;
}

/** PyUnicode_READ_CHAR */
export function charAt(rt: Runtime, p: Ref, i: number): number {
  return readChar(rt, strKind(rt, p), strData(rt, p), i);
}

/** PyUnicode_MAX_CHAR_VALUE: an upper bound by kind, 127, 255, 65535 or 0x10ffff. */
export function maxCharBound(rt: Runtime, p: Ref): number {
  const state = rt.i32[p + Str.state];
  if ((state & StrState.ASCII) !== 0) return 127;
  const kind = (state >> StrState.KIND_SHIFT) & 7;
  return kind === 1 ? 255 : kind === 2 ? 0xffff : 0x10ffff;
}

/** Bytes of a compact string of n characters up to `maxchar`. */
export function strBytes(n: number, maxchar: number): number {
  if (maxchar < 128) return Str.ASCII_HEAD_BYTES + n + 1;
  const kind = maxchar < 256 ? 1 : maxchar < 65536 ? 2 : 4;
  return Str.HEAD_BYTES + (n + 1) * kind;
}

function stateFor(maxchar: number): number {
  if (maxchar < 128) return 0x64;
  return maxchar < 256 ? 0x24 : maxchar < 65536 ? 0x28 : 0x30;
}

/** PyUnicode_New: a string of n characters to be filled in; its terminator is set. The empty string when n is 0. */
export function PyUnicode_New(rt: Runtime, n: number, maxchar: number): NewRef {
  if (n === 0) return rt.emptyStr;
  const p = n > 0x7fff_ff00 ? 0 : PyObject_Malloc(rt, strBytes(n, maxchar));
  if (p === 0) throw noMemory(rt);
  const i32 = rt.i32;
  i32[p] = 1;
  i32[p + Ob.type] = rt.types.str;
  i32[p + Str.length] = n;
  i32[p + Str.hash] = -1;
  i32[p + Str.hashHi] = -1;
  if (maxchar < 128) {
    i32[p + Str.state] = 0x64;
    rt.u8[(p + Str.ASCII_DATA) * 4 + n] = 0;
    return p;
  }
  i32[p + Str.state] = stateFor(maxchar);
  i32[p + Str.utf8_length] = 0;
  i32[p + Str.utf8] = 0;
  if (maxchar < 256) rt.u8[(p + Str.DATA) * 4 + n] = 0;
  else if (maxchar < 65536) rt.u16[(p + Str.DATA) * 2 + n] = 0;
  else rt.u32[p + Str.DATA + n] = 0;
  return p;
}

/** The string of one character; the same object each time below 256. */
export function unicode_char(rt: Runtime, c: number): NewRef {
  if (c < 256) return rt.latin1 + LATIN1_STRIDE * c;
  const p = PyUnicode_New(rt, 1, c);
  if (c < 65536) rt.u16[(p + Str.DATA) * 2] = c;
  else rt.u32[p + Str.DATA] = c;
  return p;
}

/** chr() */
export function PyUnicode_FromOrdinal(rt: Runtime, c: number): NewRef {
  if (c < 0 || c > 0x10ffff) throw valueError(rt, "chr() arg not in range(0x110000)");
  return unicode_char(rt, c);
}

/** Largest character of `n` characters, or 127, 255, 65535 where only the range matters. */
export function findMaxChar(rt: Runtime, kind: number, w: number, start: number, end: number): number {
  if (kind === 1) return allAsciiBytes(rt, w * 4 + start, w * 4 + end) ? 127 : 255;
  let max = 0;
  if (kind === 2) {
    const u16 = rt.u16;
    for (let i = w * 2 + start, e = w * 2 + end; i < e; i++) max |= u16[i];
    return max < 128 ? 127 : max < 256 ? 255 : 0xffff;
  }
  const u32 = rt.u32;
  for (let i = w + start, e = w + end; i < e; i++) max |= u32[i];
  return max < 128 ? 127 : max < 256 ? 255 : max < 65536 ? 0xffff : 0x10ffff;
}

/** Are the bytes from byte address `at` to `end` all below 128? */
export function allAsciiBytes(rt: Runtime, at: number, end: number): boolean {
  const u8 = rt.u8;
  for (; at < end && at % 4 !== 0; at++) if (u8[at] >= 128) return false;
  if (end - at >= 8) {
    const i32 = rt.i32;
    const last = Math.floor(end / 4);
    for (let w = at / 4; w < last; w++) if ((i32[w] & 0x80808080) !== 0) return false;
    at = last * 4;
  }
  for (; at < end; at++) if (u8[at] >= 128) return false;
  return true;
}

/** Copies n characters between strings' data, widening where the kinds differ. The destination's kind must be wide enough. */
export function copyChars(
  rt: Runtime,
  dkind: number,
  dw: number,
  di: number,
  skind: number,
  sw: number,
  si: number,
  n: number,
): void {
  if (dkind === skind) {
    copyBytes(rt, dw * 4 + di * dkind, sw * 4 + si * dkind, n * dkind);
    return;
  }
  if (dkind === 1) narrowChars(rt, dw * 4 + di, skind, sw, si, n);
  else if (dkind === 2) {
    const u16 = rt.u16;
    let to = dw * 2 + di;
    for (let i = 0; i < n; i++) u16[to++] = readChar(rt, skind, sw, si + i);
  } else {
    const u32 = rt.u32;
    let to = dw + di;
    for (let i = 0; i < n; i++) u32[to++] = readChar(rt, skind, sw, si + i);
  }
}

function narrowChars(rt: Runtime, to: number, skind: number, sw: number, si: number, n: number): void {
  const u8 = rt.u8;
  for (let i = 0; i < n; i++) u8[to++] = readChar(rt, skind, sw, si + i);
}

/** memmove of n bytes between byte addresses. */
export function copyBytes(rt: Runtime, to: number, from: number, n: number): void {
  const u8 = rt.u8;
  if (n > SHORT_COPY) u8.copyWithin(to, from, from + n);
  else if (to > from && to < from + n) for (let i = n - 1; i >= 0; i--) u8[to + i] = u8[from + i];
  else for (let i = 0; i < n; i++) u8[to + i] = u8[from + i];
}

/** Fills n characters of a string with c. */
export function fillChars(rt: Runtime, kind: number, w: number, i: number, n: number, c: number): void {
  if (n < SHORT_COPY) for (const end = i + n; i < end; i++) writeChar(rt, kind, w, i, c);
  else if (kind === 1) rt.u8.fill(c, w * 4 + i, w * 4 + i + n);
  else if (kind === 2) rt.u16.fill(c, w * 2 + i, w * 2 + i + n);
  else rt.u32.fill(c, w + i, w + i + n);
}

/** memcmp of whole strings of equal kind and length, word by word; the terminator fills the last word. */
function sameWords(rt: Runtime, a: number, b: number, bytes: number): boolean {
  const i32 = rt.i32;
  const words = bytes >> 2;
  for (let i = 0; i < words; i++) if (i32[a + i] !== i32[b + i]) return false;
  const rest = bytes & 3;
  return rest === 0 || ((i32[a + words] ^ i32[b + words]) & ((1 << (8 * rest)) - 1)) === 0;
}

/** unicode_eq: equal text? Both are str (or subclasses). */
export function _PyUnicode_EQ(rt: Runtime, a: Ref, b: Ref): boolean {
  if (a === b) return true;
  const i32 = rt.i32;
  const n = i32[a + Str.length];
  if (n !== i32[b + Str.length]) return false;
  const kind = strKind(rt, a);
  if (kind !== strKind(rt, b)) return false;
  return sameWords(rt, strData(rt, a), strData(rt, b), n * kind);
}

/** Is the text of p equal to the JavaScript string s (of characters below 65536)? */
export function strEqualsJS(rt: Runtime, p: Ref, s: string): boolean {
  const n = s.length;
  if (rt.i32[p + Str.length] !== n) return false;
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  for (let i = 0; i < n; i++) if (readChar(rt, kind, w, i) !== s.charCodeAt(i)) return false;
  return true;
}

/** unicode_dealloc */
export function unicode_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const state = i32[p + Str.state];
  if ((state & StrState.INTERNED) !== 0 && !internedDealloc(rt, p)) return;
  if ((state & StrState.COMPACT_ASCII) !== StrState.COMPACT_ASCII) {
    const utf8 = i32[p + Str.utf8];
    const any = (state & StrState.COMPACT) === 0 ? i32[p + STR_ANY] : 0;
    if (utf8 !== 0 && utf8 !== any) PyMem_Free(rt, utf8);
    if (any !== 0) PyMem_Free(rt, any);
  }
  const type = i32[p + Ob.type];
  if (type === rt.types.str) PyObject_Free(rt, p);
  else rt.typeInfos[i32[type + Ty.info]].tp_free!(rt, p);
}

/** Start-up: the empty string and the 256 one-character strings, immortal and static. Needs only the address of `str`. */
export function initStrSingletons(rt: Runtime): void {
  rt.emptyStr = staticAlloc(rt, 48);
  staticHead(rt, rt.emptyStr, 0, 0x64);
  rt.latin1 = staticAlloc(rt, 256 * LATIN1_STRIDE * 4);
  for (let c = 0; c < 256; c++) {
    const p = rt.latin1 + LATIN1_STRIDE * c;
    staticHead(rt, p, 1, c < 128 ? 0x64 : 0x24);
    rt.u8[(p + (c < 128 ? Str.ASCII_DATA : Str.DATA)) * 4] = c;
    if (c >= 128) staticUtf8(rt, p, c);
  }
}

/** The one-character strings from 128 on have their UTF-8 form from the start; it stands in the block's last word. */
function staticUtf8(rt: Runtime, p: Ref, c: number): void {
  const at = p + LATIN1_STRIDE - 1;
  rt.i32[p + Str.utf8] = at;
  rt.i32[p + Str.utf8_length] = 2;
  rt.u8[at * 4] = 0xc0 | (c >> 6);
  rt.u8[at * 4 + 1] = 0x80 | (c & 0x3f);
}

function staticHead(rt: Runtime, p: Ref, length: number, state: number): void {
  const i32 = rt.i32;
  i32[p] = IMMORTAL_REFCNT;
  i32[p + Ob.type] = rt.types.str;
  i32[p + Str.length] = length;
  i32[p + Str.hash] = -1;
  i32[p + Str.hashHi] = -1;
  i32[p + Str.state] = state | StrState.STATIC;
}
