/** Arithmetic on doubles with Python's semantics and errors: floor division, remainder, power, comparison with ints. Part of the object layer. */

import { PyObject_CallTwoArgs } from "./call.ts";
import { complex_pow_doubles } from "./complex.ts";
import { raise, raiseObject } from "./errors.ts";
import { PyFloat_FromDouble } from "./floatcore.ts";
import { Long } from "./layout.ts";
import { pow } from "./libm.ts";
import { exactNumber, PyLong_FromInt32 } from "./long.ts";
import { bigIntFromHeap } from "./longbig.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { Cmp, type NewRef, type Ref } from "./typeinfo.ts";

export function zeroDivision(rt: Runtime, message: string): PyErr {
  return raise(rt, rt.exc.ZeroDivisionError, message);
}

/** floor(x / y) for a non-zero y, as a double: exact where the remainder is. */
export function floorDivide(x: number, y: number): number {
  let mod = x % y;
  let div = (x - mod) / y;
  if (mod !== 0) {
    if (y < 0 !== mod < 0) {
      mod += y;
      div -= 1;
    }
  }
  if (div === 0) return signOf(x / y) < 0 ? -0 : 0;
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}

/** x - y * floor(x / y) for a non-zero y, with the sign of y. */
export function floorModulo(x: number, y: number): number {
  const mod = x % y;
  if (mod === 0) return signOf(y) < 0 ? -0 : 0;
  return y < 0 !== mod < 0 ? mod + y : mod;
}

/** -1 for negative numbers and -0. */
export function signOf(x: number): number {
  return x < 0 || Object.is(x, -0) ? -1 : 1;
}

/** x ** y as a float or, for a negative base and a fractional exponent, a complex. */
export function float_pow_doubles(rt: Runtime, x: number, y: number): NewRef {
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && y !== Math.floor(y))
    return complex_pow_doubles(rt, x, y);
  return PyFloat_FromDouble(rt, powChecked(rt, x, y));
}

function powChecked(rt: Runtime, x: number, y: number): number {
  // C's pow, which Python follows, has pow(1, y) = 1 and pow(-1, +-inf) = 1 where JavaScript has NaN.
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === -1 && !Number.isFinite(y)) return 1;
  if (x === 0 && y < 0 && Number.isFinite(y)) {
    throw zeroDivision(rt, "0.0 cannot be raised to a negative power");
  }
  if (x === 0 && y === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const r = pow(x, y);
  if (!Number.isFinite(r) && Number.isFinite(x) && Number.isFinite(y)) throw rangeError(rt);
  return r;
}

/** OverflowError(34, 'Numerical result out of range') */
export function rangeError(rt: Runtime): PyErr {
  const message = push(rt, PyUnicode_FromJS(rt, "Numerical result out of range"));
  const exc = PyObject_CallTwoArgs(rt, rt.exc.OverflowError, PyLong_FromInt32(rt, 34), rt.i32[message]);
  drop(rt);
  return raiseObject(rt, exc);
}

/** The sign of x compared with the int at p: -1, 0, 1; x must not be NaN. */
export function compareDoubleLong(rt: Runtime, x: number, p: Ref): number {
  const n = exactNumber(rt, p);
  if (!Number.isNaN(n)) return x < n ? -1 : x > n ? 1 : 0;
  const negative = (rt.i32[p + Long.tag] & 3) === 2;
  if (!Number.isFinite(x)) return x < 0 ? -1 : 1;
  // The int is at least 2**53 in magnitude.
  if (Math.abs(x) < 2 ** 53) return negative ? 1 : -1;
  const v = bigIntFromHeap(rt, p);
  const w = BigInt(Math.trunc(x));
  return w < v ? -1 : w > v ? 1 : 0;
}

/** Does `c` (-1, 0, 1) satisfy the comparison? */
export function cmpHolds(c: number, op: Cmp): boolean {
  switch (op) {
    case Cmp.LT:
      return c < 0;
    case Cmp.LE:
      return c <= 0;
    case Cmp.EQ:
      return c === 0;
    case Cmp.NE:
      return c !== 0;
    case Cmp.GT:
      return c > 0;
    default:
      return c >= 0;
  }
}

export function compareDoubles(a: number, b: number, op: Cmp): boolean {
  switch (op) {
    case Cmp.LT:
      return a < b;
    case Cmp.LE:
      return a <= b;
    case Cmp.EQ:
      return a === b;
    case Cmp.NE:
      return a !== b;
    case Cmp.GT:
      return a > b;
    default:
      return a >= b;
  }
}
