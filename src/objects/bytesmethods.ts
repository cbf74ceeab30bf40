/** Methods of bytes and bytearray that search and compare: find, index, count, startswith, `in`, replace, translate. Part of the object layer. */
import { ssizeArgument } from "./argnumbers.ts";
import { badArgument, checkArgs, kwSpec, parseFastKw } from "./argparse.ts";
import { bytesLike, PyObject_CheckBuffer, type Span } from "./buffer.ts";
import { MAX_BYTES, PyBytes_New } from "./bytes.ts";
import { dataOf, likeNew, likeSlice, needle, sizeOf, unchanged } from "./bytescommon.ts";
import { PyByteArray_Check, PyBytes_Check, PyTuple_Check } from "./check.ts";
import { tooLong, typeError, valueError } from "./errors.ts";
import { countUnits, findUnits, rfindUnits, sameUnits } from "./fastsearch.ts";
import { Bytes } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { PyIndex_Check } from "./number.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { copyBytes } from "./str.ts";
import { adjustEnd, adjustStart, sliceIndex } from "./strsearch.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

type Search = (rt: Runtime, h: Span, n: Span) => number;

const search1: Search = (rt, h, n) => {
  const i = findUnits(rt.u8, h.at, h.at + h.n, rt.u8, n.at, n.n);
  return i < 0 ? -1 : i - h.at;
};
const rsearch: Search = (rt, h, n) => {
  const i = rfindUnits(rt.u8, h.at, h.at + h.n, rt.u8, n.at, n.n);
  return i < 0 ? -1 : i - h.at;
};
const countAll: Search = (rt, h, n) => countUnits(rt.u8, h.at, h.at + h.n, rt.u8, n.at, n.n, Infinity);

/** Parses (sub[, start[, end]]) and searches; -1, or a position or count. `none` is the answer for an empty range. */
function searchArgs(
  rt: Runtime,
  name: string,
  self: Ref,
  args: number,
  nargs: number,
  search: Search,
  none: number,
): number {
  checkArgs(rt, name, nargs, 1, 3);
  const i32 = rt.i32;
  const startArg = nargs > 1 ? sliceIndex(rt, i32[args + 2], 0) : 0;
  const endArg = nargs > 2 ? sliceIndex(rt, i32[args + 4], Infinity) : Infinity;
  const sub = needle(rt, i32[args]);
  const n = sizeOf(rt, self);
  const start = adjustStart(startArg, n);
  const end = adjustEnd(endArg, n);
  if (end - start < sub.n) return none;
  const found = search(rt, { at: dataOf(rt, self) + start, n: end - start }, sub);
  return search === countAll || found < 0 ? found : found + start;
}

export function b_find(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return PyLong_FromNumber(rt, searchArgs(rt, "find", self, args, nargs, search1, -1));
}
export function b_rfind(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return PyLong_FromNumber(rt, searchArgs(rt, "rfind", self, args, nargs, rsearch, -1));
}
export function b_count(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return PyLong_FromNumber(rt, searchArgs(rt, "count", self, args, nargs, countAll, 0));
}
export function b_index(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return found(rt, searchArgs(rt, "index", self, args, nargs, search1, -1));
}
export function b_rindex(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return found(rt, searchArgs(rt, "rindex", self, args, nargs, rsearch, -1));
}

function found(rt: Runtime, i: number): NewRef {
  if (i < 0) throw valueError(rt, "subsection not found");
  return PyLong_FromNumber(rt, i);
}

/** sq_contains: an int or something bytes-like. */
export function b_contains(rt: Runtime, self: Ref, arg: Ref): boolean {
  const sub = PyIndex_Check(rt, arg) ? needle(rt, arg) : bytesLike(rt, arg);
  return search1(rt, { at: dataOf(rt, self), n: sizeOf(rt, self) }, sub) >= 0;
}

function tailmatch(rt: Runtime, self: Ref, arg: Ref, start: number, end: number, atEnd: boolean): boolean {
  const sub = bytesLike(rt, arg);
  const n = sizeOf(rt, self);
  start = adjustStart(start, n);
  end = adjustEnd(end, n);
  if (end - start < sub.n || start > n) return false;
  return sameUnits(rt.u8, dataOf(rt, self) + (atEnd ? end - sub.n : start), rt.u8, sub.at, sub.n);
}

function affix(rt: Runtime, name: string, self: Ref, args: number, nargs: number, atEnd: boolean): NewRef {
  checkArgs(rt, name, nargs, 1, 3);
  const i32 = rt.i32;
  const sub = i32[args];
  const start = nargs > 1 ? sliceIndex(rt, i32[args + 2], 0) : 0;
  const end = nargs > 2 ? sliceIndex(rt, i32[args + 4], Infinity) : Infinity;
  if (PyTuple_Check(rt, sub)) {
    for (let i = 0; i < tupleSize(rt, sub); i++) {
      if (tailmatch(rt, self, tupleItem(rt, sub, i), start, end, atEnd)) return rt.True;
    }
    return rt.False;
  }
  if (!PyObject_CheckBuffer(rt, sub)) {
    throw typeError(rt, `${name} first arg must be bytes or a tuple of bytes, not ${typeNameOf(rt, sub)}`);
  }
  return tailmatch(rt, self, sub, start, end, atEnd) ? rt.True : rt.False;
}

export function b_startswith(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return affix(rt, "startswith", self, args, nargs, false);
}
export function b_endswith(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  return affix(rt, "endswith", self, args, nargs, true);
}

export function b_removeprefix(rt: Runtime, self: Ref, prefix: Ref): NewRef {
  const { n } = bytesLike(rt, prefix);
  if (n > 0 && tailmatch(rt, self, prefix, 0, Infinity, false))
    return likeSlice(rt, self, n, sizeOf(rt, self));
  return unchanged(rt, self);
}
export function b_removesuffix(rt: Runtime, self: Ref, suffix: Ref): NewRef {
  const { n } = bytesLike(rt, suffix);
  if (n > 0 && tailmatch(rt, self, suffix, 0, Infinity, true))
    return likeSlice(rt, self, 0, sizeOf(rt, self) - n);
  return unchanged(rt, self);
}

/** replace(old, new, count=-1) */
export function b_replace(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "replace", nargs, 2, 3);
  const i32 = rt.i32;
  bytesLike(rt, i32[args]);
  bytesLike(rt, i32[args + 2]);
  const max = nargs > 2 ? ssizeArgument(rt, i32[args + 4]) : -1;
  const from = bytesLike(rt, i32[args]);
  const to = bytesLike(rt, i32[args + 2]);
  const n = sizeOf(rt, self);
  const at = dataOf(rt, self);
  const count = countUnits(rt.u8, at, at + n, rt.u8, from.at, from.n, max < 0 ? Infinity : max);
  if (count === 0 || (from.n === 0 && to.n === 0)) return unchanged(rt, self);
  const size = n + count * (to.n - from.n);
  if (size > MAX_BYTES) throw tooLong(rt, size, "replace bytes is too long");
  const p = likeNew(rt, self, size);
  if (size > 0) fillReplaced(rt, dataOf(rt, p), dataOf(rt, self), n, from, to, count);
  return p;
}

function fillReplaced(
  rt: Runtime,
  out: number,
  at: number,
  n: number,
  from: Span,
  to: Span,
  count: number,
): void {
  const end = at + n;
  for (let i = at; ; ) {
    // An empty needle stands before each byte and at the end.
    const j = count > 0 ? (from.n === 0 ? i : findUnits(rt.u8, i, end, rt.u8, from.at, from.n)) : end;
    copyBytes(rt, out, i, j - i);
    out += j - i;
    if (count-- <= 0) return;
    copyBytes(rt, out, to.at, to.n);
    out += to.n;
    i = j + from.n;
    if (from.n === 0 && i < end) rt.u8[out++] = rt.u8[i++];
  }
}

const TRANSLATE = kwSpec("translate", "table, /, delete=");

export function b_translate(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [table, del] = parseFastKw(rt, TRANSLATE, args, nargs, kwnames);
  const map = new Uint8Array(256);
  for (let c = 0; c < 256; c++) map[c] = c;
  if (table !== rt.None) {
    const t = bytesLike(rt, table);
    if (t.n !== 256) throw valueError(rt, "translation table must be 256 characters long");
    map.set(rt.u8.subarray(t.at, t.at + 256));
  }
  const keep = new Uint8Array(256).fill(1);
  if (del !== 0) {
    const d = bytesLike(rt, del);
    for (let i = 0; i < d.n; i++) keep[rt.u8[d.at + i]] = 0;
  }
  return translated(rt, self, map, keep);
}

function translated(rt: Runtime, self: Ref, map: Uint8Array, keep: Uint8Array): NewRef {
  const n = sizeOf(rt, self);
  const at = dataOf(rt, self);
  const out = new Uint8Array(n);
  let size = 0;
  let changed = false;
  for (let i = 0; i < n; i++) {
    const c = rt.u8[at + i];
    if (keep[c] === 0) changed = true;
    else if ((out[size++] = map[c]) !== c) changed = true;
  }
  if (!changed) return unchanged(rt, self);
  const p = likeNew(rt, self, size);
  if (size > 0) rt.u8.set(out.subarray(0, size), dataOf(rt, p));
  return p;
}

/** bytes.maketrans(from, to) */
export function b_maketrans(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "maketrans", nargs, 2, 2);
  const from = bytesLike(rt, rt.i32[args]);
  const to = bytesLike(rt, rt.i32[args + 2]);
  if (from.n !== to.n) throw valueError(rt, "maketrans arguments must have same length");
  const p = PyBytes_New(rt, 256);
  const at = (p + Bytes.data) * 4;
  for (let c = 0; c < 256; c++) rt.u8[at + c] = c;
  for (let i = 0; i < from.n; i++) rt.u8[at + rt.u8[from.at + i]] = rt.u8[to.at + i];
  return p;
}

/** A fill character: a bytes or bytearray object of length 1. */
export function fillByte(rt: Runtime, name: string, args: number, nargs: number): number {
  if (nargs < 2) return 32;
  const o = rt.i32[args + 2];
  if (!(PyBytes_Check(rt, o) || PyByteArray_Check(rt, o)) || sizeOf(rt, o) !== 1)
    throw badArgument(rt, name, "argument 2", "a byte string of length 1", o);
  return rt.u8[dataOf(rt, o)];
}
