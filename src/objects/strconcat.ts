/**
 * Concatenation, resizing and repetition of strings; `s += x` in place when nobody else holds `s`. Part of the object
 * layer; stands on str.ts and strnew.ts.
 */
import { PyMem_Free, PyObject_Realloc } from "../pymalloc/domains.ts";
import { PyUnicode_Check } from "./check.ts";
import { noMemory, overflowError, typeError } from "./errors.ts";
import { Ob, Str } from "./layout.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import {
  copyBytes,
  copyChars,
  fillChars,
  maxCharBound,
  PyUnicode_New,
  readChar,
  StrState,
  strData,
  strKind,
  strLength,
  writeChar,
} from "./str.ts";
import { ensureStr, strUnchanged } from "./strnew.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** The longest str, in characters. */
export const MAX_STR = 0x7fff_ff00;

/** PyUnicode_Concat: sq_concat of str. */
export function PyUnicode_Concat(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyUnicode_Check(rt, a)) ensureStr(rt, a);
  if (!PyUnicode_Check(rt, b)) {
    throw typeError(rt, `can only concatenate str (not "${typeNameOf(rt, b)}") to str`);
  }
  return unicodeConcat(rt, a, b);
}

/** a + b of two str objects. */
export function unicodeConcat(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const na = i32[a + Str.length];
  const nb = i32[b + Str.length];
  if (na === 0) return strUnchanged(rt, b);
  if (nb === 0) return strUnchanged(rt, a);
  if ((i32[a + Str.state] & i32[b + Str.state] & StrState.ASCII) !== 0) {
    const p = PyUnicode_New(rt, na + nb, 127);
    const to = (p + Str.ASCII_DATA) * 4;
    copyBytes(rt, to, strData(rt, a) * 4, na);
    copyBytes(rt, to + na, strData(rt, b) * 4, nb);
    return p;
  }
  return concatWide(rt, a, na, b, nb);
}

function concatWide(rt: Runtime, a: Ref, na: number, b: Ref, nb: number): NewRef {
  const p = PyUnicode_New(rt, na + nb, Math.max(maxCharBound(rt, a), maxCharBound(rt, b)));
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  copyChars(rt, kind, w, 0, strKind(rt, a), strData(rt, a), 0, na);
  copyChars(rt, kind, w, na, strKind(rt, b), strData(rt, b), 0, nb);
  return p;
}

/** unicode_modifiable: nobody can notice if the string is changed in place. */
export function strModifiable(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  return (
    i32[p] === 1 &&
    i32[p + Str.hash] === -1 &&
    i32[p + Str.hashHi] === -1 &&
    (i32[p + Str.state] & (StrState.INTERNED | StrState.STATIC)) === 0 &&
    i32[p + Ob.type] === rt.types.str
  );
}

/**
 * resize_compact: the same string with room for n characters, perhaps at another address. It must be modifiable and
 * exact; the caller's reference is exchanged for the result. On failure the old string is untouched.
 */
export function resizeCompact(rt: Runtime, p: NewRef, n: number): NewRef {
  const i32 = rt.i32;
  const state = i32[p + Str.state];
  const kind = (state >> StrState.KIND_SHIFT) & 7;
  const ascii = (state & StrState.ASCII) !== 0;
  if (!ascii && i32[p + Str.utf8] !== 0) {
    PyMem_Free(rt, i32[p + Str.utf8]);
    i32[p + Str.utf8] = i32[p + Str.utf8_length] = 0;
  }
  const head = ascii ? Str.ASCII_HEAD_BYTES : Str.HEAD_BYTES;
  const q = n > MAX_STR ? 0 : PyObject_Realloc(rt, p, head + (n + 1) * kind);
  if (q === 0) throw noMemory(rt);
  i32[q + Str.length] = n;
  writeChar(rt, kind, q + (head >> 2), n, 0);
  return q;
}

/**
 * PyUnicode_Append: appends `right` to the string whose reference stands in the slot at word address `at`; the slot gets
 * the result. In place when the slot has the only reference.
 */
export function PyUnicode_Append(rt: Runtime, at: number, right: Ref): void {
  const i32 = rt.i32;
  const left = i32[at];
  const nl = i32[left + Str.length];
  const nr = i32[right + Str.length];
  if (nr === 0 && nl !== 0) return;
  if (nl !== 0 && i32[right + Ob.type] === rt.types.str && strModifiable(rt, left) && fits(rt, left, right)) {
    const p = resizeCompact(rt, left, nl + nr);
    i32[at] = p;
    copyChars(rt, strKind(rt, p), strData(rt, p), nl, strKind(rt, right), strData(rt, right), 0, nr);
    return;
  }
  const sum = unicodeConcat(rt, left, right);
  i32[at] = sum;
  decref(rt, left);
}

/** Can `left` hold the characters of `right` without a change of kind? */
function fits(rt: Runtime, left: Ref, right: Ref): boolean {
  const a = rt.i32[left + Str.state];
  const b = rt.i32[right + Str.state];
  if ((a & StrState.ASCII) !== 0) return (b & StrState.ASCII) !== 0;
  return ((b >> StrState.KIND_SHIFT) & 7) <= ((a >> StrState.KIND_SHIFT) & 7);
}

/** sq_repeat of str */
export function unicode_repeat(rt: Runtime, p: Ref, times: number): NewRef {
  const n = strLength(rt, p);
  if (times < 1 || n === 0) return rt.emptyStr;
  if (times === 1) return strUnchanged(rt, p);
  if (n * times >= 2 ** 63) throw overflowError(rt, "repeated string is too long");
  const q = PyUnicode_New(rt, n * times, maxCharBound(rt, p));
  const kind = strKind(rt, q);
  const from = strData(rt, p);
  const w = strData(rt, q);
  if (n === 1) fillChars(rt, kind, w, 0, times, readChar(rt, kind, from, 0));
  else repeatBytes(rt, w * 4, from * 4, n * kind, n * kind * times);
  return q;
}

/** Fills `total` bytes at `to` with repetitions of `n` bytes, doubling what is done already. */
export function repeatBytes(rt: Runtime, to: number, from: number, n: number, total: number): void {
  copyBytes(rt, to, from, n);
  for (let done = n; done < total; ) {
    const more = Math.min(done, total - done);
    copyBytes(rt, to + done, to, more);
    done += more;
  }
}

/** PyUnicode_Resize of an owned reference: in place if modifiable, else a copy. */
export function PyUnicode_Resize(rt: Runtime, p: NewRef, n: number): NewRef {
  if (strLength(rt, p) === n) return p;
  if (n === 0) {
    decref(rt, p);
    return rt.emptyStr;
  }
  if (strModifiable(rt, p)) return resizeCompact(rt, p, n);
  const q = PyUnicode_New(rt, n, maxCharBound(rt, p));
  const kind = strKind(rt, q);
  copyChars(rt, kind, strData(rt, q), 0, kind, strData(rt, p), 0, Math.min(n, strLength(rt, p)));
  decref(rt, p);
  return q;
}
