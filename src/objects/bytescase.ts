/** Case, tests, padding, trimming and hex of bytes and bytearray: ASCII only. Part of the object layer. */

import { PyObject_Size } from "./abstract.ts";
import { intArgument, ssizeArgument } from "./argnumbers.ts";
import { badArgument, checkArgs, kwSpec, parseFastKw } from "./argparse.ts";
import { bytesLike } from "./buffer.ts";
import { MAX_BYTES } from "./bytes.ts";
import { dataOf, likeNew, likeSlice, sizeOf, unchanged } from "./bytescommon.ts";
import { fillByte } from "./bytesmethods.ts";
import { PyBytes_Check, PyUnicode_Check } from "./check.ts";
import { tooLong, typeError, valueError } from "./errors.ts";
import type { Runtime } from "./runtime.ts";
import { charAt, copyBytes, isAscii, PyUnicode_New, strData, strKind, strLength } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

const isLower = (c: number): boolean => c >= 97 && c <= 122;
const isUpper = (c: number): boolean => c >= 65 && c <= 90;
const isAlpha = (c: number): boolean => isLower(c | 32);
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isSpace = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);

/** A new object where every byte is mapped; `map` gets the byte and the one before it (0 at the start). */
function mapped(rt: Runtime, self: Ref, map: (c: number, previous: number) => number): NewRef {
  const n = sizeOf(rt, self);
  const p = likeNew(rt, self, n);
  const from = dataOf(rt, self);
  const to = dataOf(rt, p);
  for (let i = 0, last = 0; i < n; i++) {
    const c = rt.u8[from + i];
    rt.u8[to + i] = map(c, last);
    last = c;
  }
  return p;
}

const toLower = (c: number): number => (isUpper(c) ? c + 32 : c);
const toUpper = (c: number): number => (isLower(c) ? c - 32 : c);

export function b_lower(rt: Runtime, self: Ref): NewRef {
  return mapped(rt, self, toLower);
}
export function b_upper(rt: Runtime, self: Ref): NewRef {
  return mapped(rt, self, toUpper);
}
export function b_swapcase(rt: Runtime, self: Ref): NewRef {
  return mapped(rt, self, (c) => (isAlpha(c) ? c ^ 32 : c));
}
export function b_title(rt: Runtime, self: Ref): NewRef {
  return mapped(rt, self, (c, last) => (isAlpha(last) ? toLower(c) : toUpper(c)));
}
export function b_capitalize(rt: Runtime, self: Ref): NewRef {
  const p = mapped(rt, self, toLower);
  if (sizeOf(rt, p) > 0) rt.u8[dataOf(rt, p)] = toUpper(rt.u8[dataOf(rt, p)]);
  return p;
}

function all(rt: Runtime, self: Ref, test: (c: number) => boolean): NewRef {
  const n = sizeOf(rt, self);
  const at = dataOf(rt, self);
  for (let i = 0; i < n; i++) if (!test(rt.u8[at + i])) return rt.False;
  return n > 0 ? rt.True : rt.False;
}

export function b_isalpha(rt: Runtime, self: Ref): NewRef {
  return all(rt, self, isAlpha);
}
export function b_isalnum(rt: Runtime, self: Ref): NewRef {
  return all(rt, self, (c) => isAlpha(c) || isDigit(c));
}
export function b_isdigit(rt: Runtime, self: Ref): NewRef {
  return all(rt, self, isDigit);
}
export function b_isspace(rt: Runtime, self: Ref): NewRef {
  return all(rt, self, isSpace);
}
export function b_isascii(rt: Runtime, self: Ref): NewRef {
  return sizeOf(rt, self) === 0 ? rt.True : all(rt, self, (c) => c < 128);
}

function allCased(rt: Runtime, self: Ref, wanted: (c: number) => boolean): NewRef {
  const n = sizeOf(rt, self);
  const at = dataOf(rt, self);
  let cased = false;
  for (let i = 0; i < n; i++) {
    const c = rt.u8[at + i];
    if (wanted(c)) cased = true;
    else if (isAlpha(c)) return rt.False;
  }
  return cased ? rt.True : rt.False;
}

export function b_islower(rt: Runtime, self: Ref): NewRef {
  return allCased(rt, self, isLower);
}
export function b_isupper(rt: Runtime, self: Ref): NewRef {
  return allCased(rt, self, isUpper);
}

export function b_istitle(rt: Runtime, self: Ref): NewRef {
  const n = sizeOf(rt, self);
  const at = dataOf(rt, self);
  let cased = false;
  let inWord = false;
  for (let i = 0; i < n; i++) {
    const c = rt.u8[at + i];
    if (isAlpha(c) && isUpper(c) === inWord) return rt.False;
    inWord = isAlpha(c);
    cased ||= inWord;
  }
  return cased ? rt.True : rt.False;
}

function strip(
  rt: Runtime,
  name: string,
  self: Ref,
  args: number,
  nargs: number,
  left: boolean,
  right: boolean,
): NewRef {
  checkArgs(rt, name, nargs, 0, 1);
  let test = isSpace;
  if (nargs > 0 && rt.i32[args] !== rt.None) {
    const set = bytesLike(rt, rt.i32[args]);
    const chars = rt.u8.subarray(set.at, set.at + set.n);
    test = (c) => chars.includes(c);
  }
  const at = dataOf(rt, self);
  let i = 0;
  let j = sizeOf(rt, self);
  if (left) while (i < j && test(rt.u8[at + i])) i++;
  if (right) while (j > i && test(rt.u8[at + j - 1])) j--;
  return likeSlice(rt, self, i, j);
}

export function b_strip(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return strip(rt, "strip", self, args, nargs, true, true);
}
export function b_lstrip(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return strip(rt, "lstrip", self, args, nargs, true, false);
}
export function b_rstrip(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return strip(rt, "rstrip", self, args, nargs, false, true);
}

function pad(rt: Runtime, self: Ref, left: number, right: number, fill: number): NewRef {
  if (left <= 0 && right <= 0) return unchanged(rt, self);
  const n = sizeOf(rt, self);
  if (left + n + right > MAX_BYTES) throw tooLong(rt, left + n + right, "padded bytes is too long");
  const p = likeNew(rt, self, left + n + right);
  const to = dataOf(rt, p);
  rt.u8.fill(fill, to, to + left);
  copyBytes(rt, to + left, dataOf(rt, self), n);
  rt.u8.fill(fill, to + left + n, to + left + n + right);
  return p;
}

/** Width minus length; argument errors in CPython's order. */
function missing(rt: Runtime, name: string, self: Ref, args: number, nargs: number): number {
  checkArgs(rt, name, nargs, 1, 2);
  return ssizeArgument(rt, rt.i32[args]) - sizeOf(rt, self);
}

export function b_center(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  const n = missing(rt, "center", self, args, nargs);
  const fill = fillByte(rt, "center", args, nargs);
  if (n <= 0) return unchanged(rt, self);
  const left = Math.floor(n / 2) + (n & (n + sizeOf(rt, self)) & 1);
  return pad(rt, self, left, n - left, fill);
}
export function b_ljust(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  const n = missing(rt, "ljust", self, args, nargs);
  return pad(rt, self, 0, n, fillByte(rt, "ljust", args, nargs));
}
export function b_rjust(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  const n = missing(rt, "rjust", self, args, nargs);
  return pad(rt, self, n, 0, fillByte(rt, "rjust", args, nargs));
}

export function b_zfill(rt: Runtime, self: Ref, arg: Ref): NewRef {
  const width = ssizeArgument(rt, arg);
  const n = sizeOf(rt, self);
  const fill = width - n;
  if (fill <= 0) return unchanged(rt, self);
  const p = pad(rt, self, fill, 0, 48);
  const at = dataOf(rt, p);
  const sign = rt.u8[at + fill];
  if (n > 0 && (sign === 43 || sign === 45)) {
    rt.u8[at] = sign;
    rt.u8[at + fill] = 48;
  }
  return p;
}

const EXPANDTABS = kwSpec("expandtabs", "tabsize=");

export function b_expandtabs(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [tabArg] = parseFastKw(rt, EXPANDTABS, args, nargs, kwnames);
  const tabsize = tabArg === 0 ? 8 : intArgument(rt, tabArg);
  const at = dataOf(rt, self);
  const out: number[] = [];
  let column = 0;
  for (let i = 0, n = sizeOf(rt, self); i < n; i++) {
    const c = rt.u8[at + i];
    if (c === 9) {
      const spaces = tabsize > 0 ? tabsize - (column % tabsize) : 0;
      for (let k = 0; k < spaces; k++) out.push(32);
      column += spaces;
    } else {
      out.push(c);
      column = c === 10 || c === 13 ? 0 : column + 1;
    }
  }
  const p = likeNew(rt, self, out.length);
  if (out.length > 0) rt.u8.set(out, dataOf(rt, p));
  return p;
}

const HEX = kwSpec("hex", "sep=, bytes_per_sep=");

/** bytes.hex([sep[, bytes_per_sep]]) */
export function b_hex(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [sep, per] = parseFastKw(rt, HEX, args, nargs, kwnames);
  const group = per === 0 ? 1 : intArgument(rt, per);
  return hexOf(rt, dataOf(rt, self), sizeOf(rt, self), sep, group);
}

/** _Py_strhex_with_sep: n bytes at an address as a str; `sep` 0 for none. */
export function hexOf(rt: Runtime, at: number, n: number, sep: Ref, group: number): NewRef {
  const separator = sep === 0 ? -1 : separatorOf(rt, sep);
  const size = Math.abs(group);
  const seps = separator < 0 || group === 0 || n === 0 ? 0 : Math.floor((n - 1) / size);
  const p = PyUnicode_New(rt, 2 * n + seps, 127);
  const u8 = rt.u8;
  let to = strData(rt, p) * 4;
  for (let i = 0; i < n; i++) {
    if (seps > 0 && i > 0 && (group > 0 ? n - i : i) % size === 0) u8[to++] = separator;
    const c = u8[at + i];
    u8[to++] = hexDigit(c >> 4);
    u8[to++] = hexDigit(c & 15);
  }
  return p;
}

function hexDigit(d: number): number {
  return d < 10 ? 48 + d : 87 + d;
}

function separatorOf(rt: Runtime, sep: Ref): number {
  if (PyObject_Size(rt, sep) !== 1) throw valueError(rt, "sep must be length 1.");
  if (PyUnicode_Check(rt, sep)) {
    const c = strKind(rt, sep) === 1 ? rt.u8[strData(rt, sep) * 4] : 255;
    if (c > 127) throw valueError(rt, "sep must be ASCII.");
    return c;
  }
  if (PyBytes_Check(rt, sep)) return rt.u8[dataOf(rt, sep)];
  throw typeError(rt, "sep must be str or bytes.");
}

function hexValue(c: number): number {
  if (isDigit(c)) return c - 48;
  const lower = c | 32;
  return c < 128 && lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** The bytes that a str of hexadecimal digits and spaces means. */
export function parseHex(rt: Runtime, s: Ref): Uint8Array {
  if (!PyUnicode_Check(rt, s)) throw badArgument(rt, "fromhex", "argument", "str", s);
  const n = strLength(rt, s);
  const at = strData(rt, s) * 4;
  const out = new Uint8Array(n >> 1);
  let size = 0;
  const bad = (i: number) => valueError(rt, `non-hexadecimal number found in fromhex() arg at position ${i}`);
  if (!isAscii(rt, s)) throw bad(firstNonAscii(rt, s));
  for (let i = 0; i < n; ) {
    if (isSpace(rt.u8[at + i])) {
      i++;
      continue;
    }
    const high = hexValue(rt.u8[at + i]);
    if (high < 0) throw bad(i);
    const low = i + 1 < n ? hexValue(rt.u8[at + i + 1]) : -1;
    if (low < 0) throw bad(i + 1);
    out[size++] = high * 16 + low;
    i += 2;
  }
  return out.subarray(0, size);
}

function firstNonAscii(rt: Runtime, s: Ref): number {
  let i = 0;
  while (charAt(rt, s, i) < 128) i++;
  return i;
}
