/**
 * split, rsplit, splitlines, partition and join of str. Part of the object layer; results are cut straight out of the
 * heap's bytes.
 */

import { PyObject_IsTrue } from "./abstract.ts";
import { ssizeArgument } from "./argnumbers.ts";
import { kwSpec, parseFastKw } from "./argparse.ts";
import { PyUnicode_Check } from "./check.ts";
import { typeError, valueError } from "./errors.ts";
import { baseOf, findUnits, rfindUnits, unitsOf } from "./fastsearch.ts";
import { List, Str } from "./layout.ts";
import { listAppendSteal, PyList_New } from "./list.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { readChar, StrState, strData, strKind, strLength } from "./str.ts";
import { PyUnicode_Substring, strFromAscii, strFromData } from "./strnew.ts";
import { strFind, strRfind } from "./strsearch.ts";
import { PyTuple_Pack } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { isLineBreak, isSpace } from "./unicode/db.ts";

/** CPython's MAX_PREALLOC: a list of split parts starts with room for this many. */
const PREALLOC = 12;

/** A list to be filled by splitAppend, on the native stack; it has room for the parts expected, and size 0. */
export function newSplitList(rt: Runtime, max: number): Ref {
  const list = PyList_New(rt, max >= PREALLOC ? PREALLOC : max + 1);
  rt.i32[list + List.size] = 0;
  push(rt, list);
  return list;
}

/** Puts a part at the end of the list; the room made at the start is used first. */
export function splitAppend(rt: Runtime, list: Ref, part: NewRef): void {
  const i32 = rt.i32;
  const n = i32[list + List.size];
  if (n >= i32[list + List.allocated]) {
    listAppendSteal(rt, list, part);
    return;
  }
  i32[i32[list + List.items] + 2 * n] = part;
  i32[list + List.size] = n + 1;
}

/** Turns the list's items round (rsplit finds them from the right). */
export function reverseItems(rt: Runtime, list: Ref): void {
  const i32 = rt.i32;
  let a = i32[list + List.items];
  let b = a + 2 * (i32[list + List.size] - 1);
  for (; a < b; a += 2, b -= 2) {
    const item = i32[a];
    i32[a] = i32[b];
    i32[b] = item;
  }
}

/** Characters start to end of s as a part of it. */
function part(rt: Runtime, s: Ref, start: number, end: number): NewRef {
  const state = rt.i32[s + Str.state];
  if ((state & StrState.ASCII) !== 0) return strFromAscii(rt, strData(rt, s) * 4 + start, end - start);
  return strFromData(rt, (state >> StrState.KIND_SHIFT) & 7, strData(rt, s), start, end);
}

/** All of s as a part: itself where it is an exact str. */
function wholePart(rt: Runtime, s: Ref): NewRef {
  return PyUnicode_Substring(rt, s, 0, strLength(rt, s));
}

/** The same for ASCII text, which is most. */
function splitAsciiWhitespace(rt: Runtime, s: Ref, max: number): NewRef {
  const list = newSplitList(rt, max);
  const u8 = rt.u8;
  const start = strData(rt, s) * 4;
  const end = start + strLength(rt, s);
  let i = start;
  for (let left = max; left > 0; left--) {
    while (i < end && isAsciiSpace(u8[i])) i++;
    if (i === end) break;
    const j = i++;
    while (i < end && !isAsciiSpace(u8[i])) i++;
    splitAppend(rt, list, j === start && i === end ? wholePart(rt, s) : strFromAscii(rt, j, i - j));
  }
  while (i < end && isAsciiSpace(u8[i])) i++;
  if (i < end) splitAppend(rt, list, strFromAscii(rt, i, end - i));
  return pop(rt);
}

function isAsciiSpace(c: number): boolean {
  return c <= 32 && (c === 32 || (c >= 9 && c <= 13) || (c >= 28 && c <= 31));
}

function splitWhitespace(rt: Runtime, s: Ref, max: number): NewRef {
  if ((rt.i32[s + Str.state] & StrState.ASCII) !== 0) return splitAsciiWhitespace(rt, s, max);
  const list = newSplitList(rt, max);
  const n = strLength(rt, s);
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  let i = 0;
  for (let left = max; left > 0; left--) {
    while (i < n && isSpace(readChar(rt, kind, w, i))) i++;
    if (i === n) break;
    const j = i++;
    while (i < n && !isSpace(readChar(rt, kind, w, i))) i++;
    splitAppend(rt, list, j === 0 && i === n ? wholePart(rt, s) : part(rt, s, j, i));
  }
  if (i < n) {
    while (i < n && isSpace(readChar(rt, kind, w, i))) i++;
    if (i !== n) splitAppend(rt, list, part(rt, s, i, n));
  }
  return pop(rt);
}

function rsplitWhitespace(rt: Runtime, s: Ref, max: number): NewRef {
  const list = newSplitList(rt, max);
  const n = strLength(rt, s);
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  let i = n - 1;
  for (let left = max; left > 0; left--) {
    while (i >= 0 && isSpace(readChar(rt, kind, w, i))) i--;
    if (i < 0) break;
    const j = i--;
    while (i >= 0 && !isSpace(readChar(rt, kind, w, i))) i--;
    splitAppend(rt, list, j === n - 1 && i < 0 ? wholePart(rt, s) : part(rt, s, i + 1, j + 1));
  }
  if (i >= 0) {
    while (i >= 0 && isSpace(readChar(rt, kind, w, i))) i--;
    if (i >= 0) splitAppend(rt, list, part(rt, s, 0, i + 1));
  }
  reverseItems(rt, list);
  return pop(rt);
}

/** One item: the whole string. */
function unsplit(rt: Runtime, s: Ref): NewRef {
  splitAppend(rt, newSplitList(rt, 0), wholePart(rt, s));
  return pop(rt);
}

function splitBy(rt: Runtime, s: Ref, sep: Ref, max: number): NewRef {
  const n = strLength(rt, s);
  const m = strLength(rt, sep);
  if (m === 0) throw valueError(rt, "empty separator");
  const kind = strKind(rt, s);
  const sepKind = strKind(rt, sep);
  if (kind < sepKind || n < m) return unsplit(rt, s);
  const list = newSplitList(rt, max);
  const h = unitsOf(rt, kind);
  const needle = unitsOf(rt, sepKind);
  const base = baseOf(kind, strData(rt, s));
  const at = baseOf(sepKind, strData(rt, sep));
  let i = 0;
  for (let left = max; left > 0; left--) {
    const j = findUnits(h, base + i, base + n, needle, at, m);
    if (j < 0) break;
    splitAppend(rt, list, part(rt, s, i, j - base));
    i = j - base + m;
  }
  splitAppend(rt, list, i === 0 ? wholePart(rt, s) : part(rt, s, i, n));
  return pop(rt);
}

function rsplitBy(rt: Runtime, s: Ref, sep: Ref, max: number): NewRef {
  const n = strLength(rt, s);
  const m = strLength(rt, sep);
  if (m === 0) throw valueError(rt, "empty separator");
  const kind = strKind(rt, s);
  const sepKind = strKind(rt, sep);
  if (kind < sepKind || n < m) return unsplit(rt, s);
  const list = newSplitList(rt, max);
  const h = unitsOf(rt, kind);
  const needle = unitsOf(rt, sepKind);
  const base = baseOf(kind, strData(rt, s));
  const at = baseOf(sepKind, strData(rt, sep));
  let end = n;
  for (let left = max; left > 0; left--) {
    const j = rfindUnits(h, base, base + end, needle, at, m);
    if (j < 0) break;
    splitAppend(rt, list, part(rt, s, j - base + m, end));
    end = j - base;
  }
  splitAppend(rt, list, end === n ? wholePart(rt, s) : part(rt, s, 0, end));
  reverseItems(rt, list);
  return pop(rt);
}

/** PyUnicode_Split: `sep` 0 or None splits at whitespace; a negative `max` means all. */
export function PyUnicode_Split(rt: Runtime, s: Ref, sep: Ref, max: number): NewRef {
  if (max < 0) max = mostSplits(rt, s, sep);
  return sep === 0 || sep === rt.None ? splitWhitespace(rt, s, max) : splitBy(rt, s, sep, max);
}

const SPLIT = kwSpec("split", "sep=, maxsplit=");
const RSPLIT = kwSpec("rsplit", "sep=, maxsplit=");

/** How many splits there can be: what a negative maxsplit means, and so how much room the list starts with. */
function mostSplits(rt: Runtime, s: Ref, sep: Ref): number {
  const n = strLength(rt, s);
  if (sep === 0 || sep === rt.None) return Math.trunc((n - 1) / 2) + 1;
  const m = strLength(rt, sep);
  return m === 0 ? 0 : Math.floor(n / m) + 1;
}

function splitArgs(rt: Runtime, s: Ref, sep: Ref, maxsplit: Ref): number {
  const max = maxsplit === 0 ? -1 : ssizeArgument(rt, maxsplit);
  if (sep !== 0 && sep !== rt.None && !PyUnicode_Check(rt, sep)) {
    throw typeError(rt, `must be str or None, not ${typeNameOf(rt, sep)}`);
  }
  return max < 0 ? mostSplits(rt, s, sep) : max;
}

export function str_split(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  if (kwnames === 0 && nargs <= 1) {
    const sep = nargs === 0 ? 0 : rt.i32[args];
    return PyUnicode_Split(rt, self, sep, splitArgs(rt, self, sep, 0));
  }
  const [sep, maxsplit] = parseFastKw(rt, SPLIT, args, nargs, kwnames);
  return PyUnicode_Split(rt, self, sep, splitArgs(rt, self, sep, maxsplit));
}

export function str_rsplit(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [sep, maxsplit] = parseFastKw(rt, RSPLIT, args, nargs, kwnames);
  const max = splitArgs(rt, self, sep, maxsplit);
  return sep === 0 || sep === rt.None ? rsplitWhitespace(rt, self, max) : rsplitBy(rt, self, sep, max);
}

const SPLITLINES = kwSpec("splitlines", "keepends=");

export function str_splitlines(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [keepends] = parseFastKw(rt, SPLITLINES, args, nargs, kwnames);
  return PyUnicode_Splitlines(rt, self, keepends !== 0 && PyObject_IsTrue(rt, keepends));
}

export function PyUnicode_Splitlines(rt: Runtime, s: Ref, keepends: boolean): NewRef {
  const list = PyList_New(rt, 0);
  push(rt, list);
  const n = strLength(rt, s);
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  for (let i = 0; i < n; ) {
    const start = i;
    while (i < n && !isLineBreak(readChar(rt, kind, w, i))) i++;
    let eol = i;
    if (i < n) {
      i += readChar(rt, kind, w, i) === 13 && i + 1 < n && readChar(rt, kind, w, i + 1) === 10 ? 2 : 1;
      if (keepends) eol = i;
    }
    listAppendSteal(rt, list, start === 0 && eol === n ? wholePart(rt, s) : part(rt, s, start, eol));
  }
  return pop(rt);
}

function partitioned(rt: Runtime, s: Ref, sep: Ref, i: number): NewRef {
  const before = part(rt, s, 0, i);
  push(rt, before);
  const after = part(rt, s, i + strLength(rt, sep), strLength(rt, s));
  push(rt, after);
  const t = PyTuple_Pack(rt, before, sep, after);
  drop(rt, 2);
  return t;
}

function checkSeparator(rt: Runtime, sep: Ref): void {
  if (!PyUnicode_Check(rt, sep)) throw typeError(rt, `must be str, not ${typeNameOf(rt, sep)}`);
  if (strLength(rt, sep) === 0) throw valueError(rt, "empty separator");
}

export function str_partition(rt: Runtime, self: Ref, sep: Ref): NewRef {
  checkSeparator(rt, sep);
  const i = strFind(rt, self, sep, 0, strLength(rt, self));
  return i < 0 ? PyTuple_Pack(rt, self, rt.emptyStr, rt.emptyStr) : partitioned(rt, self, sep, i);
}

export function str_rpartition(rt: Runtime, self: Ref, sep: Ref): NewRef {
  checkSeparator(rt, sep);
  const i = strRfind(rt, self, sep, 0, strLength(rt, self));
  return i < 0 ? PyTuple_Pack(rt, rt.emptyStr, rt.emptyStr, self) : partitioned(rt, self, sep, i);
}
