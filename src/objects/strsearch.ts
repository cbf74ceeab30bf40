/**
 * find, index, count, startswith, `in` and replace of str. Part of the object layer; stands on fastsearch.ts.
 */
import { checkArgs } from "./argparse.ts";
import { PyTuple_Check, PyUnicode_Check } from "./check.ts";
import { typeError, valueError } from "./errors.ts";
import { baseOf, countUnits, findUnits, rfindUnits, sameUnits, unitsOf } from "./fastsearch.ts";
import { PyLong_FromNumber } from "./long.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { findMaxChar, maxCharBound, strData, strKind, strLength } from "./str.ts";
import { argStr, PyUnicode_Substring, strFromData, strUnchanged } from "./strnew.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** _PyEval_SliceIndex: None gives the default; anything with `__index__` is clipped. */
export function sliceIndex(rt: Runtime, o: Ref, dflt: number): number {
  if (o === rt.None) return dflt;
  if (!PyIndex_Check(rt, o)) {
    throw typeError(rt, "slice indices must be integers or None or have an __index__ method");
  }
  return PyNumber_AsSsize_t(rt, o, 0);
}

/** A bound of a range, made non-negative (ADJUST_INDICES). */
export function adjustStart(start: number, n: number): number {
  if (start >= 0) return start;
  return start + n < 0 ? 0 : start + n;
}

export function adjustEnd(end: number, n: number): number {
  if (end > n) return n;
  if (end >= 0) return end;
  return end + n < 0 ? 0 : end + n;
}

/** Position of `sub` in characters start to end of s, or -1. Bounds are adjusted already. */
export function strFind(rt: Runtime, s: Ref, sub: Ref, start: number, end: number): number {
  const kind = strKind(rt, s);
  const subKind = strKind(rt, sub);
  const m = strLength(rt, sub);
  if (kind < subKind || end - start < m) return -1;
  const base = baseOf(kind, strData(rt, s));
  const i = findUnits(
    unitsOf(rt, kind),
    base + start,
    base + end,
    unitsOf(rt, subKind),
    baseOf(subKind, strData(rt, sub)),
    m,
  );
  return i < 0 ? -1 : i - base;
}

export function strRfind(rt: Runtime, s: Ref, sub: Ref, start: number, end: number): number {
  const kind = strKind(rt, s);
  const subKind = strKind(rt, sub);
  const m = strLength(rt, sub);
  if (kind < subKind || end - start < m) return -1;
  const base = baseOf(kind, strData(rt, s));
  const i = rfindUnits(
    unitsOf(rt, kind),
    base + start,
    base + end,
    unitsOf(rt, subKind),
    baseOf(subKind, strData(rt, sub)),
    m,
  );
  return i < 0 ? -1 : i - base;
}

function strCount(rt: Runtime, s: Ref, sub: Ref, start: number, end: number): number {
  const kind = strKind(rt, s);
  const subKind = strKind(rt, sub);
  const m = strLength(rt, sub);
  if (kind < subKind || end - start < m) return 0;
  const base = baseOf(kind, strData(rt, s));
  return countUnits(
    unitsOf(rt, kind),
    base + start,
    base + end,
    unitsOf(rt, subKind),
    baseOf(subKind, strData(rt, sub)),
    m,
    Infinity,
  );
}

type Search = (rt: Runtime, s: Ref, sub: Ref, start: number, end: number) => number;

/** Argument parsing common to find, rfind, index, rindex and count. */
function searchArgs(
  rt: Runtime,
  name: string,
  self: Ref,
  args: number,
  nargs: number,
  search: Search,
): number {
  checkArgs(rt, name, nargs, 1, 3);
  const i32 = rt.i32;
  const sub = i32[args];
  argStr(rt, name, "argument 1", sub);
  const n = strLength(rt, self);
  const start = nargs > 1 ? sliceIndex(rt, i32[args + 2], 0) : 0;
  const end = nargs > 2 ? sliceIndex(rt, i32[args + 4], n) : n;
  return search(rt, self, sub, adjustStart(start, n), adjustEnd(end, n));
}

export function str_find(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return PyLong_FromNumber(rt, searchArgs(rt, "find", self, args, nargs, strFind));
}

export function str_rfind(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return PyLong_FromNumber(rt, searchArgs(rt, "rfind", self, args, nargs, strRfind));
}

export function str_count(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return PyLong_FromNumber(rt, searchArgs(rt, "count", self, args, nargs, strCount));
}

export function str_index(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return found(rt, searchArgs(rt, "index", self, args, nargs, strFind));
}

export function str_rindex(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return found(rt, searchArgs(rt, "rindex", self, args, nargs, strRfind));
}

function found(rt: Runtime, i: number): NewRef {
  if (i < 0) throw valueError(rt, "substring not found");
  return PyLong_FromNumber(rt, i);
}

/** PyUnicode_Contains: sq_contains of str. */
export function PyUnicode_Contains(rt: Runtime, s: Ref, sub: Ref): boolean {
  if (!PyUnicode_Check(rt, sub)) {
    throw typeError(rt, `'in <string>' requires string as left operand, not ${typeNameOf(rt, sub)}`);
  }
  return strFind(rt, s, sub, 0, strLength(rt, s)) >= 0;
}

/** PyUnicode_Tailmatch: does s, from start to end, begin (or end) with sub? Bounds are adjusted already. */
export function tailmatch(
  rt: Runtime,
  s: Ref,
  sub: Ref,
  start: number,
  end: number,
  atEnd: boolean,
): boolean {
  const m = strLength(rt, sub);
  if (end - start < m || start > strLength(rt, s)) return false;
  if (m === 0) return true;
  const kind = strKind(rt, s);
  const subKind = strKind(rt, sub);
  if (kind < subKind) return false;
  const at = baseOf(kind, strData(rt, s)) + (atEnd ? end - m : start);
  return sameUnits(unitsOf(rt, kind), at, unitsOf(rt, subKind), baseOf(subKind, strData(rt, sub)), m);
}

function affix(rt: Runtime, name: string, self: Ref, args: number, nargs: number, atEnd: boolean): NewRef {
  checkArgs(rt, name, nargs, 1, 3);
  const i32 = rt.i32;
  const sub = i32[args];
  const n = strLength(rt, self);
  const start = adjustStart(nargs > 1 ? sliceIndex(rt, i32[args + 2], 0) : 0, n);
  const end = adjustEnd(nargs > 2 ? sliceIndex(rt, i32[args + 4], n) : n, n);
  if (PyUnicode_Check(rt, sub)) return tailmatch(rt, self, sub, start, end, atEnd) ? rt.True : rt.False;
  if (!PyTuple_Check(rt, sub)) {
    throw typeError(rt, `${name} first arg must be str or a tuple of str, not ${typeNameOf(rt, sub)}`);
  }
  for (let i = 0; i < tupleSize(rt, sub); i++) {
    const item = tupleItem(rt, sub, i);
    if (!PyUnicode_Check(rt, item)) {
      throw typeError(rt, `tuple for ${name} must only contain str, not ${typeNameOf(rt, item)}`);
    }
    if (tailmatch(rt, self, item, start, end, atEnd)) return rt.True;
  }
  return rt.False;
}

export function str_startswith(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return affix(rt, "startswith", self, args, nargs, false);
}

export function str_endswith(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return affix(rt, "endswith", self, args, nargs, true);
}

export function str_removeprefix(rt: Runtime, self: Ref, prefix: Ref): NewRef {
  argStr(rt, "removeprefix", "argument", prefix);
  const n = strLength(rt, self);
  if (!tailmatch(rt, self, prefix, 0, n, false)) return strUnchanged(rt, self);
  return PyUnicode_Substring(rt, self, strLength(rt, prefix), n);
}

export function str_removesuffix(rt: Runtime, self: Ref, suffix: Ref): NewRef {
  argStr(rt, "removesuffix", "argument", suffix);
  const n = strLength(rt, self);
  if (!tailmatch(rt, self, suffix, 0, n, true)) return strUnchanged(rt, self);
  return PyUnicode_Substring(rt, self, 0, n - strLength(rt, suffix));
}

/** The same text in the narrowest kind (unicode_adjust_maxchar). Takes the reference. */
export function adjustMaxChar(rt: Runtime, p: NewRef): NewRef {
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  const n = strLength(rt, p);
  if (n === 0 || findMaxChar(rt, kind, w, 0, n) === maxCharBound(rt, p)) return p;
  const q = strFromData(rt, kind, w, 0, n);
  decref(rt, p);
  return q;
}
