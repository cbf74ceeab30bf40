/** Comparison and hashing. Part of the object layer (CPython's Objects/object.c). */
import { PyObject_IsTrue } from "./abstract.ts";
import { enterRecursive, leaveRecursive } from "./call.ts";
import { typeError } from "./errors.ts";
import { cmpHolds } from "./floatops.ts";
import { Long, Ob, Str } from "./layout.ts";
import { long_compare, long_eq } from "./longarith.ts";
import type { Runtime } from "./runtime.ts";
import { compareTuples } from "./seqcompare.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { _PyUnicode_EQ } from "./str.ts";
import { unicode_compare } from "./stritems.ts";
import { Cmp, type NewRef, type Ref } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

/** The operator with its operands exchanged. */
const SWAPPED = [Cmp.GT, Cmp.GE, Cmp.EQ, Cmp.NE, Cmp.LT, Cmp.LE];
const SYMBOL = ["<", "<=", "==", "!=", ">", ">="];

/** v op w: the right operand first if its type is a subtype of the left one's, then left, right, identity. */
function do_richcompare(rt: Runtime, v: Ref, w: Ref, op: Cmp): NewRef {
  const i32 = rt.i32;
  const tv = i32[v + Ob.type];
  const tw = i32[w + Ob.type];
  const left = infoOf(rt, v).tp_richcompare;
  const right = infoOf(rt, w).tp_richcompare;
  let reversed = false;
  if (tv !== tw && right !== null && PyType_IsSubtype(rt, tw, tv)) {
    reversed = true;
    const result = right(rt, w, v, SWAPPED[op]);
    if (result !== rt.NotImplemented) return result;
  }
  if (left !== null) {
    const result = left(rt, v, w, op);
    if (result !== rt.NotImplemented) return result;
  }
  if (!reversed && right !== null) {
    const result = right(rt, w, v, SWAPPED[op]);
    if (result !== rt.NotImplemented) return result;
  }
  return compareIdentity(rt, v, w, op);
}

function compareIdentity(rt: Runtime, v: Ref, w: Ref, op: Cmp): NewRef {
  if (op === Cmp.EQ) return v === w ? rt.True : rt.False;
  if (op === Cmp.NE) return v !== w ? rt.True : rt.False;
  const names = `'${typeNameOf(rt, v, 100)}' and '${typeNameOf(rt, w, 100)}'`;
  throw typeError(rt, `'${SYMBOL[op]}' not supported between instances of ${names}`);
}

/**
 * v op w of two exact str or int objects: 1 or 0; -1 for everything else. Runs no Python code.
 */
function compareExact(rt: Runtime, v: Ref, w: Ref, op: Cmp): number {
  const i32 = rt.i32;
  const t = i32[v + Ob.type];
  if (t !== i32[w + Ob.type]) return -1;
  if (t === rt.types.str) {
    if (op === Cmp.EQ) return _PyUnicode_EQ(rt, v, w) ? 1 : 0;
    if (op === Cmp.NE) return _PyUnicode_EQ(rt, v, w) ? 0 : 1;
    return cmpHolds(unicode_compare(rt, v, w), op) ? 1 : 0;
  }
  if (t === rt.types.int) {
    if (op === Cmp.EQ) return long_eq(rt, v, w) ? 1 : 0;
    if (op === Cmp.NE) return long_eq(rt, v, w) ? 0 : 1;
    return cmpHolds(long_compare(rt, v, w), op) ? 1 : 0;
  }
  return -1;
}

export function PyObject_RichCompare(rt: Runtime, v: Ref, w: Ref, op: Cmp): NewRef {
  const quick = compareExact(rt, v, w, op);
  return quick >= 0 ? (quick === 1 ? rt.True : rt.False) : compareGeneral(rt, v, w, op);
}

function compareGeneral(rt: Runtime, v: Ref, w: Ref, op: Cmp): NewRef {
  enterRecursive(rt, " in comparison");
  const tuple = rt.types.tuple;
  const both = rt.i32[v + Ob.type] === tuple && rt.i32[w + Ob.type] === tuple;
  const result = both ? compareTuples(rt, v, w, op) : do_richcompare(rt, v, w, op);
  leaveRecursive(rt);
  return result;
}

/** As PyObject_RichCompare, as a truth value; identical objects are equal without asking. */
export function PyObject_RichCompareBool(rt: Runtime, v: Ref, w: Ref, op: Cmp): boolean {
  if (v === w) {
    if (op === Cmp.EQ) return true;
    if (op === Cmp.NE) return false;
  }
  const quick = compareExact(rt, v, w, op);
  if (quick >= 0) return quick === 1;
  const result = compareGeneral(rt, v, w, op);
  if (result === rt.True) return true;
  if (result === rt.False) return false;
  push(rt, result);
  const truth = PyObject_IsTrue(rt, result);
  drop(rt);
  return truth;
}

/** hash(p): low 32 bits; the high ones are in rt.hashHi. */
export function PyObject_Hash(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  const t = i32[p + Ob.type];
  if (t === rt.types.str) {
    const lo = i32[p + Str.hash];
    const hi = i32[p + Str.hashHi];
    if ((lo & hi) !== -1) {
      rt.hashHi = hi;
      return lo;
    }
  } else if (t === rt.types.int && i32[p + Long.tag] < 16) {
    const v = (1 - (i32[p + Long.tag] & 3)) * i32[p + Long.digit];
    rt.hashHi = v >> 31;
    return v === -1 ? -2 : v;
  }
  const hash = infoOf(rt, p).tp_hash;
  return hash !== null ? hash(rt, p) : PyObject_HashNotImplemented(rt, p);
}

/** tp_hash of types whose instances cannot be hashed. */
export function PyObject_HashNotImplemented(rt: Runtime, p: Ref): never {
  throw typeError(rt, `unhashable type: '${typeNameOf(rt, p)}'`);
}

/** Hash of an address, rotated so that the always-zero low bits come last (Py_HashPointer). */
export function Py_HashPointer(rt: Runtime, p: Ref): number {
  // The byte address has 34 significant bits at most: 4 * p. Rotating right by 4 of 64 bits.
  const low = p & 3;
  rt.hashHi = low << 30;
  return p >>> 2;
}
