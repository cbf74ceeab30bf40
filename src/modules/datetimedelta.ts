/** datetime.timedelta. Part of the modules; its layout is in datetimecore.ts. */
import { kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallMethodNoArgs } from "../objects/call.ts";
import { PyFloat_Check, PyLong_Check, PyTuple_Check } from "../objects/check.ts";
import { PyObject_Hash } from "../objects/compare.ts";
import { defineType } from "../objects/defineType.ts";
import { overflowError, raise, typeError, valueError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE, PyFloat_FromDouble } from "../objects/float.ts";
import { cmpHolds } from "../objects/floatops.ts";
import { Ob, TF } from "../objects/layout.ts";
import { bigIntOf, compactValue, isCompact, PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_Divmod, PyNumber_FloorDivide, PyNumber_TrueDivide } from "../objects/number.ts";

import type { PyErr, Runtime } from "../objects/runtime.ts";
import { tpName, typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { type Cmp, METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import {
  Delta,
  daysOutOfRange,
  delta,
  hasHash,
  keepHash,
  newDelta,
  PyDelta_Check,
  stateOf,
} from "./datetimecore.ts";

export const deltaDays = (rt: Runtime, p: Ref): number => rt.i32[p + Delta.days];
export const deltaSeconds = (rt: Runtime, p: Ref): number => rt.i32[p + Delta.seconds];
export const deltaMicros = (rt: Runtime, p: Ref): number => rt.i32[p + Delta.microseconds];

/** delta_to_microseconds */
function microseconds(rt: Runtime, p: Ref): bigint {
  const seconds = deltaDays(rt, p) * 86400 + deltaSeconds(rt, p);
  return BigInt(seconds) * 1000000n + BigInt(deltaMicros(rt, p));
}

/** microseconds_to_delta */
function fromMicroseconds(rt: Runtime, us: bigint, type: Ref): NewRef {
  const seconds = floorDiv(us, 1000000n);
  const days = floorDiv(seconds, 86400n);
  const d = Number(days);
  if (d < -999999999 || d > 999999999) throw daysOutOfRange(rt, d);
  return newDelta(rt, d, Number(seconds - days * 86400n), Number(us - seconds * 1000000n), type);
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

/** a / b to the nearest integer, ties to even. */
function divideNearest(rt: Runtime, a: bigint, b: bigint): bigint {
  if (b === 0n) throw raise(rt, rt.exc.ZeroDivisionError, "integer division or modulo by zero");
  if (b < 0n) {
    a = -a;
    b = -b;
  }
  const q = floorDiv(a, b);
  const twice = 2n * (a - q * b);
  return twice > b || (twice === b && (q & 1n) === 1n) ? q + 1n : q;
}

const NAMES = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];
const NEW = kwSpec("__new__", NAMES.map((n) => `${n}=`).join(", "));

function delta_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  return makeDelta(rt, type, parseTupleKw(rt, NEW, args, kwargs));
}

function makeDelta(rt: Runtime, type: Ref, g: Ref[]): NewRef {
  for (const o of g) {
    if (o === 0 || (rt.i32[o + Ob.type] === rt.types.int && isCompact(rt, o))) continue;
    return fromMicroseconds(rt, sumOf(rt, g), type);
  }
  const at = (i: number): number => (g[i] === 0 ? 0 : compactValue(rt, g[i]));
  return newDelta(rt, at(0) + 7 * at(6), at(1) + 60 * at(4) + 3600 * at(5), at(2) + 1000 * at(3), type);
}

/** Microseconds of each of NAMES, in the order in which they are added up. */
const PARTS: [number, bigint][] = [
  [2, 1n],
  [3, 1000n],
  [1, 1000000n],
  [4, 60000000n],
  [5, 3600000000n],
  [0, 86400000000n],
  [6, 604800000000n],
];

/** The sum of the arguments in microseconds: fractions are added up, and rounded to even at the end. */
function sumOf(rt: Runtime, given: Ref[]): bigint {
  let sum = 0n;
  let leftover = 0;
  for (const [i, factor] of PARTS) {
    const o = given[i];
    if (o === 0) continue;
    if (PyLong_Check(rt, o)) sum += bigIntOf(rt, o) * factor;
    else if (PyFloat_Check(rt, o)) {
      const d = PyFloat_AS_DOUBLE(rt, o);
      checkFinite(rt, d);
      const whole = Math.trunc(d);
      sum += BigInt(whole) * factor;
      const rest = (d - whole) * Number(factor);
      sum += BigInt(Math.trunc(rest));
      leftover += rest - Math.trunc(rest);
    } else {
      throw typeError(
        rt,
        `unsupported type for timedelta ${NAMES[i]} component: ${tpName(rt, rt.i32[o + Ob.type])}`,
      );
    }
  }
  return sum + roundLeftover(leftover, sum);
}

function checkFinite(rt: Runtime, d: number): void {
  if (Number.isNaN(d)) throw valueError(rt, "cannot convert float NaN to integer");
  if (!Number.isFinite(d)) throw overflowError(rt, "cannot convert float infinity to integer");
}

/** A fraction rounded so that a tie makes the whole sum even. */
function roundLeftover(leftover: number, sum: bigint): bigint {
  if (leftover === 0) return 0n;
  let whole = roundAway(leftover);
  if (Math.abs(whole - leftover) === 0.5) {
    const odd = (sum & 1n) === 1n ? 1 : 0;
    whole = 2 * roundAway((leftover + odd) * 0.5) - odd;
  }
  return BigInt(whole);
}

/** C's round(): halves away from zero. */
function roundAway(d: number): number {
  return d < 0 ? -Math.floor(-d + 0.5) : Math.floor(d + 0.5);
}

export function delta_add(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyDelta_Check(rt, a) || !PyDelta_Check(rt, b)) return rt.NotImplemented;
  return combine(rt, a, b, 1);
}

export function delta_subtract(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyDelta_Check(rt, a) || !PyDelta_Check(rt, b)) return rt.NotImplemented;
  return combine(rt, a, b, -1);
}

function combine(rt: Runtime, a: Ref, b: Ref, sign: number): NewRef {
  return delta(
    rt,
    deltaDays(rt, a) + sign * deltaDays(rt, b),
    deltaSeconds(rt, a) + sign * deltaSeconds(rt, b),
    deltaMicros(rt, a) + sign * deltaMicros(rt, b),
  );
}

function delta_negative(rt: Runtime, p: Ref): NewRef {
  return delta(rt, -deltaDays(rt, p), -deltaSeconds(rt, p), -deltaMicros(rt, p));
}

function delta_positive(rt: Runtime, p: Ref): NewRef {
  return delta(rt, deltaDays(rt, p), deltaSeconds(rt, p), deltaMicros(rt, p));
}

function delta_abs(rt: Runtime, p: Ref): NewRef {
  return deltaDays(rt, p) < 0 ? delta_negative(rt, p) : delta_positive(rt, p);
}

/** Numerator and denominator of a float: a subclass is asked by its as_integer_ratio(). */
function ratioOf(rt: Runtime, f: Ref): [bigint, bigint] {
  if (rt.i32[f + Ob.type] === rt.types.float) return integerRatio(rt, PyFloat_AS_DOUBLE(rt, f));
  const pair = pushed(rt, PyObject_CallMethodNoArgs(rt, f, internStatic(rt, "as_integer_ratio")));
  if (!PyTuple_Check(rt, pair)) {
    const what = "unexpected return type from as_integer_ratio(): expected tuple";
    throw typeError(rt, `${what}, got '${typeNameOf(rt, pair)}'`);
  }
  if (tupleSize(rt, pair) !== 2) throw valueError(rt, "as_integer_ratio() must return a 2-tuple");
  const [num, den] = [tupleItem(rt, pair, 0), tupleItem(rt, pair, 1)];
  if (!PyLong_Check(rt, num) || !PyLong_Check(rt, den))
    throw typeError(rt, "non-integer arguments in division");
  const ratio: [bigint, bigint] = [bigIntOf(rt, num), bigIntOf(rt, den)];
  drop(rt);
  return ratio;
}

/** Numerator and denominator of a double. */
function integerRatio(rt: Runtime, d: number): [bigint, bigint] {
  if (Number.isNaN(d)) throw valueError(rt, "cannot convert NaN to integer ratio");
  if (!Number.isFinite(d)) throw overflowError(rt, "cannot convert Infinity to integer ratio");
  let exponent = 0;
  while (!Number.isInteger(d)) {
    d *= 2;
    exponent++;
  }
  return [BigInt(d), 1n << BigInt(exponent)];
}

function delta_multiply(rt: Runtime, a: Ref, b: Ref): NewRef {
  const [p, other] = PyDelta_Check(rt, a) ? [a, b] : [b, a];
  if (PyLong_Check(rt, other))
    return fromMicroseconds(rt, microseconds(rt, p) * bigIntOf(rt, other), stateOf(rt).timedelta);
  if (!PyFloat_Check(rt, other)) return rt.NotImplemented;
  const [num, den] = ratioOf(rt, other);
  return fromMicroseconds(rt, divideNearest(rt, microseconds(rt, p) * num, den), stateOf(rt).timedelta);
}

type LongOp = (rt: Runtime, a: Ref, b: Ref) => NewRef;

/** An operation of ints on the microseconds of two timedeltas. */
function onMicroseconds(rt: Runtime, a: Ref, b: Ref, op: LongOp): NewRef {
  const x = pushed(rt, PyLong_FromBigInt(rt, microseconds(rt, a)));
  const y = pushed(rt, PyLong_FromBigInt(rt, microseconds(rt, b)));
  const result = op(rt, x, y);
  drop(rt, 2);
  return result;
}

function delta_divide(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyDelta_Check(rt, a)) return rt.NotImplemented;
  if (PyDelta_Check(rt, b)) return onMicroseconds(rt, a, b, PyNumber_FloorDivide);
  if (!PyLong_Check(rt, b)) return rt.NotImplemented;
  const divisor = bigIntOf(rt, b);
  if (divisor === 0n) throw raise(rt, rt.exc.ZeroDivisionError, "integer division or modulo by zero");
  return fromMicroseconds(rt, floorDiv(microseconds(rt, a), divisor), stateOf(rt).timedelta);
}

function delta_truedivide(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyDelta_Check(rt, a)) return rt.NotImplemented;
  if (PyDelta_Check(rt, b)) return onMicroseconds(rt, a, b, PyNumber_TrueDivide);
  let num = 1n;
  let den: bigint;
  if (PyLong_Check(rt, b)) den = bigIntOf(rt, b);
  else if (PyFloat_Check(rt, b)) [den, num] = ratioOf(rt, b);
  else return rt.NotImplemented;
  return fromMicroseconds(rt, divideNearest(rt, microseconds(rt, a) * num, den), stateOf(rt).timedelta);
}

function delta_remainder(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyDelta_Check(rt, a) || !PyDelta_Check(rt, b)) return rt.NotImplemented;
  const x = microseconds(rt, a);
  const y = microseconds(rt, b);
  if (y === 0n) throw raise(rt, rt.exc.ZeroDivisionError, "integer modulo by zero");
  return fromMicroseconds(rt, x - floorDiv(x, y) * y, stateOf(rt).timedelta);
}

function delta_divmod(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!PyDelta_Check(rt, a) || !PyDelta_Check(rt, b)) return rt.NotImplemented;
  const pair = pushed(rt, onMicroseconds(rt, a, b, PyNumber_Divmod));
  const rest = pushed(rt, fromMicroseconds(rt, bigIntOf(rt, tupleItem(rt, pair, 1)), stateOf(rt).timedelta));
  const result = PyTuple_Pack(rt, tupleItem(rt, pair, 0), rest);
  drop(rt, 2);
  return result;
}

/** delta_cmp: negative, 0 or positive. */
export function delta_cmp(rt: Runtime, a: Ref, b: Ref): number {
  return (
    deltaDays(rt, a) - deltaDays(rt, b) ||
    deltaSeconds(rt, a) - deltaSeconds(rt, b) ||
    deltaMicros(rt, a) - deltaMicros(rt, b)
  );
}

function delta_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyDelta_Check(rt, b)) return rt.NotImplemented;
  return cmpHolds(delta_cmp(rt, a, b), op) ? rt.True : rt.False;
}

export const delta_bool = (rt: Runtime, p: Ref): boolean =>
  deltaDays(rt, p) !== 0 || deltaSeconds(rt, p) !== 0 || deltaMicros(rt, p) !== 0;

/** delta_getstate */
function fieldsTuple(rt: Runtime, p: Ref): NewRef {
  const days = pushed(rt, PyLong_FromNumber(rt, deltaDays(rt, p)));
  const seconds = pushed(rt, PyLong_FromNumber(rt, deltaSeconds(rt, p)));
  const us = pushed(rt, PyLong_FromNumber(rt, deltaMicros(rt, p)));
  const fields = PyTuple_Pack(rt, days, seconds, us);
  drop(rt, 3);
  return fields;
}

export function delta_hash(rt: Runtime, p: Ref): number {
  if (hasHash(rt, p)) return rt.i32[p + Delta.hash];
  const fields = pushed(rt, fieldsTuple(rt, p));
  const lo = keepHash(rt, p, PyObject_Hash(rt, fields));
  drop(rt);
  rt.hashHi = rt.i32[p + Delta.hash + 1];
  return lo;
}

function delta_repr(rt: Runtime, p: Ref): NewRef {
  const parts: string[] = [];
  if (deltaDays(rt, p) !== 0) parts.push(`days=${deltaDays(rt, p)}`);
  if (deltaSeconds(rt, p) !== 0) parts.push(`seconds=${deltaSeconds(rt, p)}`);
  if (deltaMicros(rt, p) !== 0) parts.push(`microseconds=${deltaMicros(rt, p)}`);
  return PyUnicode_FromJS(rt, `${tpName(rt, rt.i32[p + Ob.type])}(${parts.join(", ") || "0"})`);
}

/** Two digits, or more. */
export const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
export const digits = (n: number, width: number): string => String(n).padStart(width, "0");

function delta_str(rt: Runtime, p: Ref): NewRef {
  const days = deltaDays(rt, p);
  const us = deltaMicros(rt, p);
  const minutes = Math.floor(deltaSeconds(rt, p) / 60);
  const clock = `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(deltaSeconds(rt, p) % 60)}`;
  const before = days === 0 ? "" : `${days} day${days === 1 || days === -1 ? "" : "s"}, `;
  return PyUnicode_FromJS(rt, `${before}${clock}${us === 0 ? "" : `.${digits(us, 6)}`}`);
}

export function delta_total_seconds(rt: Runtime, p: Ref): NewRef {
  const days = deltaDays(rt, p);
  if (days > -100000 && days < 100000) {
    const us = (days * 86400 + deltaSeconds(rt, p)) * 1e6 + deltaMicros(rt, p);
    return PyFloat_FromDouble(rt, us / 1e6);
  }
  const us = pushed(rt, PyLong_FromBigInt(rt, microseconds(rt, p)));
  const million = pushed(rt, PyLong_FromNumber(rt, 1e6));
  const result = PyNumber_TrueDivide(rt, us, million);
  drop(rt, 2);
  return result;
}

function delta_reduce(rt: Runtime, p: Ref): NewRef {
  const fields = pushed(rt, fieldsTuple(rt, p));
  const result = PyTuple_Pack(rt, rt.i32[p + Ob.type], fields);
  drop(rt);
  return result;
}

/** Error of an operation with an object that is no timedelta where one is needed. */
export function notDelta(rt: Runtime, name: string, o: Ref): PyErr {
  return typeError(rt, `tzinfo.${name}() must return None or timedelta, not '${typeNameOf(rt, o)}'`);
}

export function defineDelta(rt: Runtime): Ref {
  const member = (name: string, offset: number) => ({ name, type: "int" as const, offset, readonly: true });
  return defineType(rt, {
    name: "datetime.timedelta",
    basicsize: Delta.BYTES,
    flags: TF.BASETYPE,
    doc: "The difference of two moments: days, seconds and microseconds.",
    slots: {
      tp_new: delta_new,
      tp_repr: delta_repr,
      tp_str: delta_str,
      tp_hash: delta_hash,
      tp_richcompare: delta_richcompare,
      nb_add: delta_add,
      nb_subtract: delta_subtract,
      nb_multiply: delta_multiply,
      nb_remainder: delta_remainder,
      nb_divmod: delta_divmod,
      nb_negative: delta_negative,
      nb_positive: delta_positive,
      nb_absolute: delta_abs,
      nb_bool: delta_bool,
      nb_floor_divide: delta_divide,
      nb_true_divide: delta_truedivide,
    },
    methods: [
      { name: "total_seconds", flags: METH.NOARGS, fn: delta_total_seconds, sig: "($self, /)" },
      { name: "__reduce__", flags: METH.NOARGS, fn: delta_reduce, sig: "($self, /)" },
    ],
    members: [
      member("days", Delta.days),
      member("seconds", Delta.seconds),
      member("microseconds", Delta.microseconds),
    ],
  });
}
