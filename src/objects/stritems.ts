/** Indexing, slicing and comparison of str. Part of the object layer. */
import { PySlice_Check, PyUnicode_Check } from "./check.ts";
import { raise, typeError } from "./errors.ts";
import { Ob, Str } from "./layout.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import type { Runtime } from "./runtime.ts";
import { PySlice_AdjustIndices, PySlice_Unpack, sliceOut } from "./slice.ts";
import { typeNameOf } from "./slots.ts";
import {
  _PyUnicode_EQ,
  maxCharBound,
  PyUnicode_New,
  readChar,
  strData,
  strKind,
  strLength,
  unicode_char,
  writeChar,
} from "./str.ts";
import { PyUnicode_Substring } from "./strnew.ts";
import { adjustMaxChar } from "./strsearch.ts";
import { Cmp, type NewRef, type Ref } from "./typeinfo.ts";

/** sq_item: i counts from 0. */
export function unicode_getitem(rt: Runtime, p: Ref, i: number): NewRef {
  if (i < 0 || i >= rt.i32[p + Str.length]) throw raise(rt, rt.exc.IndexError, "string index out of range");
  return unicode_char(rt, readChar(rt, strKind(rt, p), strData(rt, p), i));
}

/** mp_subscript */
export function unicode_subscript(rt: Runtime, self: Ref, key: Ref): NewRef {
  if (PyIndex_Check(rt, key)) {
    const i = PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
    return unicode_getitem(rt, self, i < 0 ? i + strLength(rt, self) : i);
  }
  if (!PySlice_Check(rt, key)) {
    throw typeError(rt, `string indices must be integers, not '${typeNameOf(rt, key)}'`);
  }
  PySlice_Unpack(rt, key);
  PySlice_AdjustIndices(strLength(rt, self));
  const { start, stop, step, length } = sliceOut;
  if (length <= 0) return rt.emptyStr;
  if (step === 1) return PyUnicode_Substring(rt, self, start, stop);
  return everyNth(rt, self, start, step, length);
}

function everyNth(rt: Runtime, s: Ref, start: number, step: number, length: number): NewRef {
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  if (length === 1) return unicode_char(rt, readChar(rt, kind, w, start));
  const p = PyUnicode_New(rt, length, maxCharBound(rt, s));
  const to = strData(rt, p);
  for (let i = 0, at = start; i < length; i++, at += step)
    writeChar(rt, kind, to, i, readChar(rt, kind, w, at));
  return adjustMaxChar(rt, p);
}

/** unicode_compare: negative, 0 or positive. */
export function unicode_compare(rt: Runtime, a: Ref, b: Ref): number {
  const ka = strKind(rt, a);
  const kb = strKind(rt, b);
  const wa = strData(rt, a);
  const wb = strData(rt, b);
  const na = strLength(rt, a);
  const nb = strLength(rt, b);
  const n = na < nb ? na : nb;
  if (ka === 1 && kb === 1) {
    const u8 = rt.u8;
    let x = wa * 4;
    let y = wb * 4;
    for (const end = x + n; x < end; x++, y++) {
      const d = u8[x] - u8[y];
      if (d !== 0) return d;
    }
    return na - nb;
  }
  for (let i = 0; i < n; i++) {
    const d = readChar(rt, ka, wa, i) - readChar(rt, kb, wb, i);
    if (d !== 0) return d;
  }
  return na - nb;
}

/** PyUnicode_RichCompare: tp_richcompare of str. */
export function PyUnicode_RichCompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const str = rt.types.str;
  const i32 = rt.i32;
  if (i32[b + Ob.type] !== str && !PyUnicode_Check(rt, b)) return rt.NotImplemented;
  if (i32[a + Ob.type] !== str && !PyUnicode_Check(rt, a)) return rt.NotImplemented;
  return compareOp(rt, a, b, op) ? rt.True : rt.False;
}

function compareOp(rt: Runtime, a: Ref, b: Ref, op: Cmp): boolean {
  switch (op) {
    case Cmp.EQ:
      return _PyUnicode_EQ(rt, a, b);
    case Cmp.NE:
      return !_PyUnicode_EQ(rt, a, b);
    case Cmp.LT:
      return unicode_compare(rt, a, b) < 0;
    case Cmp.LE:
      return unicode_compare(rt, a, b) <= 0;
    case Cmp.GT:
      return unicode_compare(rt, a, b) > 0;
    default:
      return unicode_compare(rt, a, b) >= 0;
  }
}
