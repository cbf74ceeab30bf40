/** str.join, and the joining of strings that stand side by side (f-strings). Part of the object layer. */
import { PyTuple_CheckExact, PyUnicode_Check } from "./check.ts";
import { tooLong, typeError } from "./errors.ts";
import { List, Ob, Str, Tuple } from "./layout.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Fast } from "./sequence.ts";
import { typeNameOf } from "./slots.ts";
import { pop, push } from "./stack.ts";
import { copyChars, maxCharBound, PyUnicode_New, StrState, strData, strKind, strLength } from "./str.ts";
import { MAX_STR } from "./strconcat.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** PyUnicode_Join: `sep` is a str. */
export function PyUnicode_Join(rt: Runtime, sep: Ref, iterable: Ref): NewRef {
  const seq = PySequence_Fast(rt, iterable, "can only join an iterable");
  push(rt, seq);
  const i32 = rt.i32;
  const tuple = PyTuple_CheckExact(rt, seq);
  const n = i32[seq + (tuple ? Tuple.size : List.size)];
  const result = joinArray(rt, sep, tuple ? seq + Tuple.items : i32[seq + List.items], n);
  decref(rt, pop(rt));
  return result;
}

/** _PyUnicode_JoinArray: joins n references that stand two words apart from word address `at`. */
export function joinArray(rt: Runtime, sep: Ref, at: number, n: number): NewRef {
  const i32 = rt.i32;
  if (n === 0) return rt.emptyStr;
  if (n === 1 && i32[i32[at] + Ob.type] === rt.types.str) return newref(rt, i32[at]);
  const sepLength = n > 1 ? i32[sep + Str.length] : 0;
  let ascii = sepLength === 0 ? StrState.ASCII : i32[sep + Str.state];
  let size = sepLength * (n - 1);
  for (let i = 0, p = at; i < n; i++, p += 2) {
    const item = i32[p];
    if (i32[item + Ob.type] !== rt.types.str && !PyUnicode_Check(rt, item)) throw badItem(rt, i, item);
    ascii &= i32[item + Str.state];
    size += i32[item + Str.length];
  }
  if (size > MAX_STR) throw tooLong(rt, size, "join() result is too long for a Python string");
  if (size === 0) return rt.emptyStr;
  return (ascii & StrState.ASCII) !== 0
    ? joinAscii(rt, sep, sepLength, at, n, size)
    : joinWide(rt, sep, sepLength, at, n, size);
}

function badItem(rt: Runtime, i: number, item: Ref) {
  return typeError(rt, `sequence item ${i}: expected str instance, ${typeNameOf(rt, item, 80)} found`);
}

function joinAscii(rt: Runtime, sep: Ref, sepLength: number, at: number, n: number, size: number): NewRef {
  const p = PyUnicode_New(rt, size, 127);
  const i32 = rt.i32;
  const u8 = rt.u8;
  const sepData = strData(rt, sep) * 4;
  let to = (p + Str.ASCII_DATA) * 4;
  for (let i = 0; i < n; i++, at += 2) {
    if (i !== 0 && sepLength !== 0) {
      if (sepLength === 1) u8[to++] = u8[sepData];
      else for (let j = 0; j < sepLength; j++) u8[to++] = u8[sepData + j];
    }
    const item = i32[at];
    const length = i32[item + Str.length];
    const from = strData(rt, item) * 4;
    if (length > 48) u8.copyWithin(to, from, from + length);
    else for (let j = 0; j < length; j++) u8[to + j] = u8[from + j];
    to += length;
  }
  return p;
}

function joinWide(rt: Runtime, sep: Ref, sepLength: number, at: number, n: number, size: number): NewRef {
  const i32 = rt.i32;
  let max = sepLength === 0 ? 127 : maxCharBound(rt, sep);
  for (let i = 0; i < n; i++) max = Math.max(max, maxCharBound(rt, i32[at + 2 * i]));
  const p = PyUnicode_New(rt, size, max);
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  let to = 0;
  for (let i = 0; i < n; i++) {
    if (i !== 0 && sepLength !== 0) {
      copyChars(rt, kind, w, to, strKind(rt, sep), strData(rt, sep), 0, sepLength);
      to += sepLength;
    }
    const item = i32[at + 2 * i];
    const length = strLength(rt, item);
    copyChars(rt, kind, w, to, strKind(rt, item), strData(rt, item), 0, length);
    to += length;
  }
  return p;
}
