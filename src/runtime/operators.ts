/** The general way of compiled operators: operands are owned on the evaluation stack while Python code may run. Part of the runtime. */

import {
  PyObject_GetItem,
  PyObject_IsTrue,
  PyObject_RichCompare,
  PyObject_SetItem,
} from "../objects/abstract.ts";
import { keyError, PyDict_GetItemWithError } from "../objects/dict.ts";
import { raise } from "../objects/errors.ts";
import { Long, Tuple } from "../objects/layout.ts";
import { listIndexError } from "../objects/listtype.ts";
import { long_add, long_floordiv, long_mod, long_mul, long_sub } from "../objects/longarith.ts";
import { long_and, long_lshift, long_or, long_rshift, long_xor } from "../objects/longbits.ts";
import * as N from "../objects/number.ts";
import { decref, incref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Contains } from "../objects/sequence.ts";
import { unicode_repeat, unicodeConcat } from "../objects/strconcat.ts";
import { PyUnicode_Format } from "../objects/strformat.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";

export const enum Bin {
  Add,
  Subtract,
  Multiply,
  Remainder,
  TrueDivide,
  FloorDivide,
  Power,
  MatrixMultiply,
  Lshift,
  Rshift,
  And,
  Xor,
  Or,
  InPlaceAdd,
  InPlaceSubtract,
  InPlaceMultiply,
  InPlaceRemainder,
  InPlaceTrueDivide,
  InPlaceFloorDivide,
  InPlacePower,
  InPlaceMatrixMultiply,
  InPlaceLshift,
  InPlaceRshift,
  InPlaceAnd,
  InPlaceXor,
  InPlaceOr,
}

const OPERATIONS: ((rt: Runtime, a: Ref, b: Ref) => NewRef)[] = [
  N.PyNumber_Add,
  N.PyNumber_Subtract,
  N.PyNumber_Multiply,
  N.PyNumber_Remainder,
  N.PyNumber_TrueDivide,
  N.PyNumber_FloorDivide,
  (rt, a, b) => N.PyNumber_Power(rt, a, b, rt.None),
  N.PyNumber_MatrixMultiply,
  N.PyNumber_Lshift,
  N.PyNumber_Rshift,
  N.PyNumber_And,
  N.PyNumber_Xor,
  N.PyNumber_Or,
  N.PyNumber_InPlaceAdd,
  N.PyNumber_InPlaceSubtract,
  N.PyNumber_InPlaceMultiply,
  N.PyNumber_InPlaceRemainder,
  N.PyNumber_InPlaceTrueDivide,
  N.PyNumber_InPlaceFloorDivide,
  (rt, a, b) => N.PyNumber_InPlacePower(rt, a, b, rt.None),
  N.PyNumber_InPlaceMatrixMultiply,
  N.PyNumber_InPlaceLshift,
  N.PyNumber_InPlaceRshift,
  N.PyNumber_InPlaceAnd,
  N.PyNumber_InPlaceXor,
  N.PyNumber_InPlaceOr,
];

/** Puts both operands on the stack as owned references. */
function hold(rt: Runtime, a: Ref, b: Ref, f: number, top: number): void {
  const i32 = rt.i32;
  if ((f & 1) === 0) incref(rt, a);
  if ((f & 2) === 0) incref(rt, b);
  i32[top] = a;
  i32[top + 2] = b;
}

function letGo(rt: Runtime, a: Ref, b: Ref, top: number): void {
  const i32 = rt.i32;
  i32[top] = 0;
  i32[top + 2] = 0;
  decref(rt, a);
  decref(rt, b);
}

/** Operations on two exact ints, without the general dispatch, by Bin. */
const INT_OPERATIONS: (((rt: Runtime, a: Ref, b: Ref) => NewRef) | null)[] = [
  long_add,
  long_sub,
  long_mul,
  long_mod,
  null,
  long_floordiv,
  null,
  null,
  long_lshift,
  long_rshift,
  long_and,
  long_xor,
  long_or,
];

/** Exact ints and strings run no Python code: operands that locals hold need no reference of the stack's own. */
function exactBinary(
  rt: Runtime,
  run: (rt: Runtime, a: Ref, b: Ref) => NewRef,
  a: Ref,
  b: Ref,
  f: number,
  top: number,
): NewRef {
  const i32 = rt.i32;
  if ((f & 1) !== 0) i32[top] = a;
  if ((f & 2) !== 0) i32[top + 2] = b;
  const r = run(rt, a, b);
  if ((f & 1) !== 0) {
    i32[top] = 0;
    decref(rt, a);
  }
  if ((f & 2) !== 0) {
    i32[top + 2] = 0;
    decref(rt, b);
  }
  return r;
}

function isShortInt(rt: Runtime, p: Ref): boolean {
  return rt.i32[p + 2] === rt.types.int && rt.i32[p + Long.tag] < 16;
}

function repeatText(rt: Runtime, s: Ref, n: Ref): NewRef {
  return unicode_repeat(rt, s, (1 - (rt.i32[n + Long.tag] & 3)) * rt.i32[n + Long.digit]);
}

/** Right of '%' these have no say: what is no str's subclass comes second, and these have no other way. */
function takesText(rt: Runtime, b: Ref): boolean {
  const t = rt.i32[b + 2];
  const types = rt.types;
  return t === types.tuple || t === types.int || t === types.str || t === types.float || t === types.dict;
}

export function binarySlow(rt: Runtime, op: Bin, a: Ref, b: Ref, f: number, top: number): NewRef {
  const t = rt.i32[a + 2];
  if (t === rt.i32[b + 2]) {
    if (t === rt.types.int) {
      const run = op < Bin.InPlaceAdd ? INT_OPERATIONS[op] : null;
      if (run !== null) return exactBinary(rt, run, a, b, f, top);
    } else if (t === rt.types.str && (op === Bin.Add || op === Bin.InPlaceAdd)) {
      return exactBinary(rt, unicodeConcat, a, b, f, top);
    }
  } else if (t === rt.types.str && op === Bin.Multiply && isShortInt(rt, b)) {
    return exactBinary(rt, repeatText, a, b, f, top);
  }
  if (t === rt.types.str && op === Bin.Remainder && takesText(rt, b)) {
    hold(rt, a, b, f, top);
    const text = PyUnicode_Format(rt, a, b);
    letGo(rt, a, b, top);
    return text;
  }
  hold(rt, a, b, f, top);
  const r = OPERATIONS[op](rt, a, b);
  letGo(rt, a, b, top);
  return r;
}

export function compareSlow(rt: Runtime, op: number, a: Ref, b: Ref, f: number, top: number): NewRef {
  hold(rt, a, b, f, top);
  const r = PyObject_RichCompare(rt, a, b, op);
  letGo(rt, a, b, top);
  return r;
}

/** a in b */
export function containsSlow(rt: Runtime, a: Ref, b: Ref, f: number, top: number): boolean {
  hold(rt, a, b, f, top);
  const r = PySequence_Contains(rt, b, a);
  letGo(rt, a, b, top);
  return r;
}

/** a[b]; 0: an exception is set (what is commonly missing is not thrown: see Gen.raise in the compiler). */
export function getitemSlow(rt: Runtime, a: Ref, b: Ref, f: number, top: number): NewRef {
  hold(rt, a, b, f, top);
  const r = rt.i32[a + 2] === rt.types.dict ? dictItem(rt, a, b) : sequenceItem(rt, a, b);
  if (r !== 0) letGo(rt, a, b, top);
  return r;
}

function dictItem(rt: Runtime, d: Ref, key: Ref): NewRef {
  const v = PyDict_GetItemWithError(rt, d, key);
  if (v !== 0) return newref(rt, v);
  keyError(rt, key);
  return 0;
}

function sequenceItem(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const list = i32[a + 2] === rt.types.list;
  if ((list || i32[a + 2] === rt.types.tuple) && i32[b + 2] === rt.types.int && i32[b + Long.tag] < 16) {
    const i = (1 - (i32[b + Long.tag] & 3)) * i32[b + Long.digit];
    const n = i32[a + Tuple.size];
    if (i >= n || i < -n) {
      if (list) listIndexError(rt);
      else raise(rt, rt.exc.IndexError, "tuple index out of range");
      return 0;
    }
  }
  return PyObject_GetItem(rt, a, b);
}

export function setitemSlow(rt: Runtime, a: Ref, k: Ref, v: Ref, f: number, top: number): void {
  hold(rt, a, k, f, top);
  if ((f & 4) === 0) incref(rt, v);
  rt.i32[top + 4] = v;
  PyObject_SetItem(rt, a, k, v);
  rt.i32[top + 4] = 0;
  letGo(rt, a, k, top);
  decref(rt, v);
}

export function istrueSlow(rt: Runtime, v: Ref, f: number, top: number): boolean {
  if (f === 0) incref(rt, v);
  rt.i32[top] = v;
  const r = PyObject_IsTrue(rt, v);
  rt.i32[top] = 0;
  decref(rt, v);
  return r;
}
