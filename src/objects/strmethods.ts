/**
 * Methods of str that trim, pad and expand: strip, center, ljust, rjust, zfill, expandtabs. Part of the object layer.
 */
import { intArgument, ssizeArgument } from "./argnumbers.ts";
import { checkArgs, kwSpec, parseFastKw } from "./argparse.ts";
import { PyUnicode_Check } from "./check.ts";
import { tooLong, typeError } from "./errors.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import {
  charAt,
  copyChars,
  fillChars,
  maxCharBound,
  PyUnicode_New,
  readChar,
  strData,
  strKind,
  strLength,
  writeChar,
} from "./str.ts";
import { strResult } from "./strbuilder.ts";
import { MAX_STR } from "./strconcat.ts";
import { PyUnicode_Substring, strUnchanged } from "./strnew.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { isSpace } from "./unicode/db.ts";

const LEFT = 1;
const RIGHT = 2;

function stripSpace(rt: Runtime, s: Ref, sides: number): NewRef {
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  let i = 0;
  let j = strLength(rt, s);
  if ((sides & LEFT) !== 0) while (i < j && isSpace(readChar(rt, kind, w, i))) i++;
  if ((sides & RIGHT) !== 0) while (j > i && isSpace(readChar(rt, kind, w, j - 1))) j--;
  return PyUnicode_Substring(rt, s, i, j);
}

/** _PyUnicode_XStrip: removes characters that occur in `chars`. */
function stripChars(rt: Runtime, s: Ref, chars: Ref, sides: number): NewRef {
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  const setKind = strKind(rt, chars);
  const setData = strData(rt, chars);
  const setLength = strLength(rt, chars);
  const inSet = (c: number): boolean => {
    for (let k = 0; k < setLength; k++) if (readChar(rt, setKind, setData, k) === c) return true;
    return false;
  };
  let i = 0;
  let j = strLength(rt, s);
  if ((sides & LEFT) !== 0) while (i < j && inSet(readChar(rt, kind, w, i))) i++;
  if ((sides & RIGHT) !== 0) while (j > i && inSet(readChar(rt, kind, w, j - 1))) j--;
  return PyUnicode_Substring(rt, s, i, j);
}

function strip(rt: Runtime, name: string, self: Ref, args: number, nargs: number, sides: number): NewRef {
  checkArgs(rt, name, nargs, 0, 1);
  const chars = nargs === 0 ? rt.None : rt.i32[args];
  if (chars === rt.None) return stripSpace(rt, self, sides);
  if (!PyUnicode_Check(rt, chars)) throw typeError(rt, `${name} arg must be None or str`);
  return stripChars(rt, self, chars, sides);
}

export function str_strip(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return strip(rt, "strip", self, args, nargs, LEFT | RIGHT);
}
export function str_lstrip(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return strip(rt, "lstrip", self, args, nargs, LEFT);
}
export function str_rstrip(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return strip(rt, "rstrip", self, args, nargs, RIGHT);
}

/** s between `left` and `right` fill characters. */
export function pad(rt: Runtime, s: Ref, left: number, right: number, fill: number): NewRef {
  if (left <= 0 && right <= 0) return strUnchanged(rt, s);
  const n = strLength(rt, s);
  if (left + n + right > MAX_STR) throw tooLong(rt, left + n + right, "padded string is too long");
  const p = PyUnicode_New(rt, left + n + right, Math.max(maxCharBound(rt, s), fill));
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  if (left > 0) fillChars(rt, kind, w, 0, left, fill);
  if (right > 0) fillChars(rt, kind, w, left + n, right, fill);
  copyChars(rt, kind, w, left, strKind(rt, s), strData(rt, s), 0, n);
  return p;
}

function fillArgument(rt: Runtime, args: number, nargs: number): number {
  if (nargs < 2) return 32;
  const fill = rt.i32[args + 2];
  if (!PyUnicode_Check(rt, fill)) {
    throw typeError(rt, `The fill character must be a unicode character, not ${typeNameOf(rt, fill, 100)}`);
  }
  if (strLength(rt, fill) !== 1) throw typeError(rt, "The fill character must be exactly one character long");
  return charAt(rt, fill, 0);
}

/** Width minus length; and the fill character in `justifyFill`. */
let justifyFill = 32;
function missing(rt: Runtime, name: string, self: Ref, args: number, nargs: number): number {
  checkArgs(rt, name, nargs, 1, 2);
  const width = ssizeArgument(rt, rt.i32[args]);
  justifyFill = fillArgument(rt, args, nargs);
  return width - strLength(rt, self);
}

export function str_center(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  const n = missing(rt, "center", self, args, nargs);
  if (n <= 0) return strUnchanged(rt, self);
  const width = n + strLength(rt, self);
  const left = Math.floor(n / 2) + (n & width & 1);
  return pad(rt, self, left, n - left, justifyFill);
}

export function str_ljust(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return pad(rt, self, 0, missing(rt, "ljust", self, args, nargs), justifyFill);
}

export function str_rjust(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return pad(rt, self, missing(rt, "rjust", self, args, nargs), 0, justifyFill);
}

export function str_zfill(rt: Runtime, self: Ref, arg: Ref): NewRef {
  const width = ssizeArgument(rt, arg);
  const fill = width - strLength(rt, self);
  if (fill <= 0) return strUnchanged(rt, self);
  const p = pad(rt, self, fill, 0, 48);
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  const sign = readChar(rt, kind, w, fill);
  if (strLength(rt, self) > 0 && (sign === 43 || sign === 45)) {
    writeChar(rt, kind, w, 0, sign);
    writeChar(rt, kind, w, fill, 48);
  }
  return p;
}

const EXPANDTABS = kwSpec("expandtabs", "tabsize=");

/** Calls of `expandTab` for each character: columns start again after a line end. */
export function str_expandtabs(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [tabArg] = parseFastKw(rt, EXPANDTABS, args, nargs, kwnames);
  const tabsize = tabArg === 0 ? 8 : intArgument(rt, tabArg);
  const kind = strKind(rt, self);
  const w = strData(rt, self);
  const n = strLength(rt, self);
  const size = expandedSize(rt, kind, w, n, tabsize);
  if (size < 0) return strUnchanged(rt, self);
  if (size > MAX_STR) throw tooLong(rt, size, "new string is too long");
  const p = PyUnicode_New(rt, size, maxCharBound(rt, self));
  const to = strData(rt, p);
  let column = 0;
  let o = 0;
  for (let i = 0; i < n; i++) {
    const c = readChar(rt, kind, w, i);
    if (c === 9) {
      if (tabsize <= 0) continue;
      const spaces = tabsize - (column % tabsize);
      fillChars(rt, kind, to, o, spaces, 32);
      column += spaces;
      o += spaces;
    } else {
      writeChar(rt, kind, to, o++, c);
      column = c === 10 || c === 13 ? 0 : column + 1;
    }
  }
  return strResult(rt, p);
}

/** Length with tabs expanded, or -1 where there is no tab. */
function expandedSize(rt: Runtime, kind: number, w: number, n: number, tabsize: number): number {
  let found = false;
  let column = 0;
  let size = 0;
  for (let i = 0; i < n; i++) {
    const c = readChar(rt, kind, w, i);
    if (c === 9) {
      found = true;
      if (tabsize > 0) {
        const spaces = tabsize - (column % tabsize);
        column += spaces;
        size += spaces;
      }
    } else {
      column = c === 10 || c === 13 ? 0 : column + 1;
      size++;
    }
  }
  return found ? size : -1;
}
