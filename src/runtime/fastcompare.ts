/**
 * Comparisons and truth for compiled code (see fast.ts). Part of the runtime.
 */
import { cmpHolds } from "../objects/floatops.ts";
import type { Runtime } from "../objects/runtime.ts";
import { _PyUnicode_EQ } from "../objects/str.ts";
import { unicode_compare } from "../objects/stritems.ts";
import type { Numbers } from "./fastnumbers.ts";
import { compareSlow, istrueSlow } from "./operators.ts";

export function makeComparisons(
  rt: Runtime,
  decref: Numbers["decref"],
  release: Numbers["release"],
  value: Numbers["value"],
  wide: Numbers["wide"],
) {
  const i32 = rt.i32;
  const f64 = rt.f64;
  const INT = rt.types.int;
  const FLOAT = rt.types.float;
  const LIST = rt.types.list;
  const TUPLE = rt.types.tuple;
  const DICT = rt.types.dict;
  const STR = rt.types.str;
  const None = rt.None;
  const True = rt.True;
  const False = rt.False;

  /** Does the relation of a comparison operator (Py_LT ... Py_GE) hold? */
  function holds(op: number, x: number, y: number): boolean {
    if (op === 0) return x < y;
    if (op === 1) return x <= y;
    if (op === 2) return x === y;
    if (op === 3) return x !== y;
    return op === 4 ? x > y : x >= y;
  }

  /** Both exact one-digit ints, or both floats; else compareRest. */
  function compare(op: number, a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const x = value(a);
      const y = value(b);
      const r = holds(op, x, y);
      release(a, b, f);
      return r ? True : False;
    }
    if (i32[a + 2] === FLOAT && i32[b + 2] === FLOAT) {
      const x = f64[(a + 4) >> 1];
      const y = f64[(b + 4) >> 1];
      const r = holds(op, x, y);
      release(a, b, f);
      return r ? True : False;
    }
    return compareRest(op, a, b, f, top);
  }

  function compareRest(op: number, a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT) {
      const d = wide(a) - wide(b);
      if (d === d) {
        const r = holds(op, d, 0);
        release(a, b, f);
        return r ? True : False;
      }
    } else if (i32[a + 2] === STR && i32[b + 2] === STR) {
      const r =
        op === 2
          ? _PyUnicode_EQ(rt, a, b)
          : op === 3
            ? !_PyUnicode_EQ(rt, a, b)
            : cmpHolds(unicode_compare(rt, a, b), op);
      release(a, b, f);
      return r ? True : False;
    }
    return compareSlow(rt, op, a, b, f, top);
  }
  const c_lt = (a: number, b: number, f: number, top: number): number => compare(0, a, b, f, top);
  const c_le = (a: number, b: number, f: number, top: number): number => compare(1, a, b, f, top);
  const c_eq = (a: number, b: number, f: number, top: number): number => compare(2, a, b, f, top);
  const c_ne = (a: number, b: number, f: number, top: number): number => compare(3, a, b, f, top);
  const c_gt = (a: number, b: number, f: number, top: number): number => compare(4, a, b, f, top);
  const c_ge = (a: number, b: number, f: number, top: number): number => compare(5, a, b, f, top);
  const t_lt = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(0, a, b, f, top), 1, top);
  const t_le = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(1, a, b, f, top), 1, top);
  const t_eq = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(2, a, b, f, top), 1, top);
  const t_ne = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(3, a, b, f, top), 1, top);
  const t_gt = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(4, a, b, f, top), 1, top);
  const t_ge = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(5, a, b, f, top), 1, top);

  /** Truth of an operand, taken over when f is 1. */
  function truth(v: number, f: number, top: number): boolean {
    if (v === True) return true;
    if (v === False || v === None) return false;
    const t = i32[v + 2];
    let r: boolean;
    if (t === INT) r = i32[v + 4] !== 1;
    else if (t === STR || t === LIST || t === TUPLE || t === DICT) r = i32[v + 4] !== 0;
    else return istrueSlow(rt, v, f, top);
    if (f !== 0) decref(v);
    return r;
  }

  /** Truth of a value the caller keeps in a temporary: an exception releases it. */
  function istrue(_rt: Runtime, v: number, top: number): boolean {
    if (v === True) return true;
    if (v === False || v === None) return false;
    const t = i32[v + 2];
    if (t === INT) return i32[v + 4] !== 1;
    if (t === STR || t === LIST || t === TUPLE || t === DICT) return i32[v + 4] !== 0;
    i32[top] = v;
    const r = istrueSlow(rt, v, 0, top + 2);
    i32[top] = 0;
    return r;
  }

  return { c_lt, c_le, c_eq, c_ne, c_gt, c_ge, t_lt, t_le, t_eq, t_ne, t_gt, t_ge, truth, istrue };
}
