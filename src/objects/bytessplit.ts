/** split, rsplit, splitlines, partition and join of bytes and bytearray. Part of the object layer. */

import { Cell } from "../heap/cells.ts";
import { PyObject_IsTrue } from "./abstract.ts";
import { ssizeArgument } from "./argnumbers.ts";
import { kwSpec, parseFastKw } from "./argparse.ts";
import {
  bytesLike,
  isContiguous,
  PyBuffer_Release,
  PyObject_CheckBuffer,
  PyObject_GetBuffer,
  type Span,
} from "./buffer.ts";
import { MAX_BYTES } from "./bytes.ts";
import { dataOf, likeFrom, likeNew, likeSlice, sizeOf } from "./bytescommon.ts";
import { PyBytes_Check, PyBytes_CheckExact } from "./check.ts";
import { tooLong, typeError, valueError } from "./errors.ts";
import { findUnits, rfindUnits } from "./fastsearch.ts";
import { listAppendSteal, PyList_New } from "./list.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Fast, PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS } from "./sequence.ts";
import { typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { copyBytes } from "./str.ts";
import { newSplitList, reverseItems, splitAppend } from "./strsplit.ts";
import { PyTuple_Pack } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

const isSpaceByte = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);

function splitWhitespace(rt: Runtime, s: Ref, max: number): NewRef {
  const list = newSplitList(rt, max);
  const u8 = rt.u8;
  const at = dataOf(rt, s);
  const n = sizeOf(rt, s);
  let i = 0;
  for (let left = max; left > 0; left--) {
    while (i < n && isSpaceByte(u8[at + i])) i++;
    if (i === n) break;
    const j = i++;
    while (i < n && !isSpaceByte(u8[at + i])) i++;
    splitAppend(rt, list, likeSlice(rt, s, j, i));
  }
  while (i < n && isSpaceByte(u8[at + i])) i++;
  if (i < n) splitAppend(rt, list, likeSlice(rt, s, i, n));
  return pop(rt);
}

function rsplitWhitespace(rt: Runtime, s: Ref, max: number): NewRef {
  const list = newSplitList(rt, max);
  const u8 = rt.u8;
  const at = dataOf(rt, s);
  let end = sizeOf(rt, s);
  for (let left = max; left > 0; left--) {
    while (end > 0 && isSpaceByte(u8[at + end - 1])) end--;
    if (end === 0) break;
    const j = end--;
    while (end > 0 && !isSpaceByte(u8[at + end - 1])) end--;
    splitAppend(rt, list, likeSlice(rt, s, end, j));
  }
  while (end > 0 && isSpaceByte(u8[at + end - 1])) end--;
  if (end > 0) splitAppend(rt, list, likeSlice(rt, s, 0, end));
  reverseItems(rt, list);
  return pop(rt);
}

function splitBy(rt: Runtime, s: Ref, sep: Span, max: number): NewRef {
  const list = newSplitList(rt, max);
  const n = sizeOf(rt, s);
  const at = dataOf(rt, s);
  let i = 0;
  for (let left = max; left > 0; left--) {
    const j = findUnits(rt.u8, at + i, at + n, rt.u8, sep.at, sep.n);
    if (j < 0) break;
    splitAppend(rt, list, likeFrom(rt, s, at + i, j - at - i));
    i = j - at + sep.n;
  }
  splitAppend(rt, list, likeSlice(rt, s, i, n));
  return pop(rt);
}

function rsplitBy(rt: Runtime, s: Ref, sep: Span, max: number): NewRef {
  const list = newSplitList(rt, max);
  const at = dataOf(rt, s);
  let end = sizeOf(rt, s);
  for (let left = max; left > 0; left--) {
    const j = rfindUnits(rt.u8, at, at + end, rt.u8, sep.at, sep.n);
    if (j < 0) break;
    splitAppend(rt, list, likeFrom(rt, s, j + sep.n, at + end - j - sep.n));
    end = j - at;
  }
  splitAppend(rt, list, likeSlice(rt, s, 0, end));
  reverseItems(rt, list);
  return pop(rt);
}

const SPLIT = kwSpec("split", "sep=, maxsplit=");
const RSPLIT = kwSpec("rsplit", "sep=, maxsplit=");

function maxOf(rt: Runtime, maxsplit: Ref): number {
  const max = maxsplit === 0 ? -1 : ssizeArgument(rt, maxsplit);
  return max < 0 ? Infinity : max;
}

function separator(rt: Runtime, sep: Ref): Span {
  const span = bytesLike(rt, sep);
  if (span.n === 0) throw valueError(rt, "empty separator");
  return span;
}

export function b_split(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [sep, maxsplit] = parseFastKw(rt, SPLIT, args, nargs, kwnames);
  const max = maxOf(rt, maxsplit);
  if (sep === 0 || sep === rt.None) return splitWhitespace(rt, self, max);
  return splitBy(rt, self, separator(rt, sep), max);
}

export function b_rsplit(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [sep, maxsplit] = parseFastKw(rt, RSPLIT, args, nargs, kwnames);
  const max = maxOf(rt, maxsplit);
  if (sep === 0 || sep === rt.None) return rsplitWhitespace(rt, self, max);
  return rsplitBy(rt, self, separator(rt, sep), max);
}

const SPLITLINES = kwSpec("splitlines", "keepends=");

export function b_splitlines(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [keep] = parseFastKw(rt, SPLITLINES, args, nargs, kwnames);
  const keepends = keep !== 0 && PyObject_IsTrue(rt, keep);
  const list = PyList_New(rt, 0);
  push(rt, list);
  const u8 = rt.u8;
  const at = dataOf(rt, self);
  const n = sizeOf(rt, self);
  for (let i = 0; i < n; ) {
    const start = i;
    while (i < n && u8[at + i] !== 10 && u8[at + i] !== 13) i++;
    let eol = i;
    if (i < n) {
      i += u8[at + i] === 13 && i + 1 < n && u8[at + i + 1] === 10 ? 2 : 1;
      if (keepends) eol = i;
    }
    listAppendSteal(rt, list, likeSlice(rt, self, start, eol));
  }
  return pop(rt);
}

/** (before, sep, after) around position i, or (self, empty, empty) in the given order when i is negative. */
function partitioned(rt: Runtime, self: Ref, sep: Ref, span: Span, i: number, whole: number): NewRef {
  const at = dataOf(rt, self);
  if (i < 0) {
    for (let k = 0; k < 3; k++) push(rt, k === whole ? wholeOf(rt, self) : likeFrom(rt, self, at, 0));
  } else {
    push(rt, likeFrom(rt, self, at, i));
    // bytes hands back the separator object itself, bytearray a copy of it.
    push(rt, PyBytes_Check(rt, self) ? newref(rt, sep) : likeFrom(rt, self, span.at, span.n));
    push(rt, likeFrom(rt, self, at + i + span.n, sizeOf(rt, self) - i - span.n));
  }
  return packThree(rt);
}

/** bytes (also of a subclass) stand for themselves in the result, a bytearray is copied. */
function wholeOf(rt: Runtime, self: Ref): NewRef {
  return PyBytes_Check(rt, self) ? newref(rt, self) : likeFrom(rt, self, dataOf(rt, self), sizeOf(rt, self));
}

/** A tuple of the three topmost references of the native stack, which are released. */
function packThree(rt: Runtime): NewRef {
  const sp = rt.i32[Cell.SP];
  const t = PyTuple_Pack(rt, rt.i32[sp - 6], rt.i32[sp - 4], rt.i32[sp - 2]);
  drop(rt, 3);
  return t;
}

export function b_partition(rt: Runtime, self: Ref, sep: Ref): NewRef {
  const span = separator(rt, sep);
  const at = dataOf(rt, self);
  const i = findUnits(rt.u8, at, at + sizeOf(rt, self), rt.u8, span.at, span.n);
  return partitioned(rt, self, sep, span, i < 0 ? -1 : i - at, 0);
}

export function b_rpartition(rt: Runtime, self: Ref, sep: Ref): NewRef {
  const span = separator(rt, sep);
  const at = dataOf(rt, self);
  const i = rfindUnits(rt.u8, at, at + sizeOf(rt, self), rt.u8, span.at, span.n);
  return partitioned(rt, self, sep, span, i < 0 ? -1 : i - at, 2);
}

/** join(iterable): `self` is the separator. */
export function b_join(rt: Runtime, self: Ref, iterable: Ref): NewRef {
  push(rt, PySequence_Fast(rt, iterable, "can only join an iterable"));
  const seq = rt.i32[rt.i32[Cell.SP] - 2];
  const n = PySequence_Fast_GET_SIZE(rt, seq);
  const first = n === 1 ? rt.i32[PySequence_Fast_ITEMS(rt, seq)] : 0;
  const result =
    first !== 0 && PyBytes_CheckExact(rt, self) && PyBytes_CheckExact(rt, first)
      ? newref(rt, first)
      : joinItems(rt, self, seq, n);
  drop(rt);
  return result;
}

/** Does it lend plain adjacent bytes? */
function isSimpleBuffer(rt: Runtime, item: Ref): boolean {
  if (!PyObject_CheckBuffer(rt, item)) return false;
  if (PyBytes_Check(rt, item)) return true;
  const view = PyObject_GetBuffer(rt, item);
  const simple = isContiguous(view);
  PyBuffer_Release(rt, view);
  return simple;
}

function joinItems(rt: Runtime, self: Ref, seq: Ref, n: number): NewRef {
  const parts: Span[] = [];
  let size = n > 1 ? sizeOf(rt, self) * (n - 1) : 0;
  for (let i = 0; i < n; i++) {
    const item = rt.i32[PySequence_Fast_ITEMS(rt, seq) + 2 * i];
    if (!isSimpleBuffer(rt, item)) {
      const found = typeNameOf(rt, item, 80);
      throw typeError(rt, `sequence item ${i}: expected a bytes-like object, ${found} found`);
    }
    const part = bytesLike(rt, item);
    parts.push(part);
    size += part.n;
  }
  if (size > MAX_BYTES) throw tooLong(rt, size, "join() result is too long");
  const p = likeNew(rt, self, size);
  if (size > 0) fillJoined(rt, dataOf(rt, p), { at: dataOf(rt, self), n: sizeOf(rt, self) }, parts);
  return p;
}

function fillJoined(rt: Runtime, to: number, sep: Span, parts: Span[]): void {
  for (let i = 0; i < parts.length; i++) {
    if (i !== 0) {
      copyBytes(rt, to, sep.at, sep.n);
      to += sep.n;
    }
    copyBytes(rt, to, parts[i].at, parts[i].n);
    to += parts[i].n;
  }
}
