/** Decimals as ints, floats and tuples. Part of the modules, for _decimal.ts. */
import { PyObject_CallArgs } from "../objects/call.ts";
import { overflowError, valueError } from "../objects/errors.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { Round } from "./decimalcontext.ts";
import { compute, currentContext, readContext } from "./decimalcurrent.ts";
import { doubleShort, truncatedShort } from "./decimalfast.ts";
import { bigPow10, integerOf, Kind } from "./decimalnum.ts";
import { numOf } from "./decimalobject.ts";
import { toIntegral } from "./decimalquantize.ts";
import { stateOf } from "./decimalstate.ts";
import { numText } from "./decimaltext.ts";

function notFinite(rt: Runtime, nan: boolean, what: string): PyErr {
  return nan
    ? valueError(rt, `cannot convert NaN to ${what}`)
    : overflowError(rt, `cannot convert Infinity to ${what}`);
}

/** dec_as_long: an int, rounded so. */
export function asLong(rt: Runtime, p: Ref, mode: Round): NewRef {
  const c = currentContext(rt);
  const short = mode === Round.DOWN ? truncatedShort(rt, p) : Number.NaN;
  if (!Number.isNaN(short)) return PyLong_FromNumber(rt, short);
  const a = numOf(rt, p);
  if (a.special) throw notFinite(rt, a.isNan, "integer");
  const ctx = readContext(rt, c).with({ round: mode });
  return PyLong_FromBigInt(
    rt,
    compute(rt, c, () => integerOf(toIntegral(a, false, ctx))),
  );
}

export function asFloat(rt: Runtime, p: Ref): NewRef {
  const short = doubleShort(rt, p);
  if (!Number.isNaN(short)) return PyFloat_FromDouble(rt, short);
  const a = numOf(rt, p);
  if (a.kind === Kind.SNAN) throw valueError(rt, "cannot convert signaling NaN to float");
  if (a.isNan) return PyFloat_FromDouble(rt, a.neg ? -Number.NaN : Number.NaN);
  return PyFloat_FromDouble(rt, Number(numText(a, "e")));
}

/** The least fraction with this value. */
export function asRatio(rt: Runtime, p: Ref): NewRef {
  const a = numOf(rt, p);
  if (a.special) throw notFinite(rt, a.isNan, "integer ratio");
  const c = currentContext(rt);
  const [num, den] = compute(rt, c, () => ratio(a.coef, a.exp));
  const n = pushed(rt, PyLong_FromBigInt(rt, a.neg ? -num : num));
  const d = pushed(rt, PyLong_FromBigInt(rt, den));
  const result = PyTuple_Pack(rt, n, d);
  drop(rt, 2);
  return result;
}

function ratio(coef: bigint, exp: bigint): [bigint, bigint] {
  if (coef === 0n) return [0n, 1n];
  if (exp >= 0n) return [coef * bigPow10(exp), 1n];
  const den = bigPow10(-exp);
  let [a, b] = [coef, den];
  while (b !== 0n) [a, b] = [b, a % b];
  return [coef / a, den / a];
}

/** DecimalTuple(sign, digits, exponent) */
export function asTuple(rt: Runtime, p: Ref): NewRef {
  const a = numOf(rt, p);
  const sign = PyLong_FromNumber(rt, a.neg ? 1 : 0);
  const exp = pushed(rt, exponentOf(rt, a.kind, a.exp));
  const text = a.isNan && a.coef === 0n ? "" : a.coef.toString();
  const digits = pushed(rt, PyTuple_New(rt, text.length));
  for (let i = 0; i < text.length; i++) {
    PyTuple_SET_ITEM(rt, digits, i, PyLong_FromNumber(rt, text.charCodeAt(i) - 48));
  }
  const result = PyObject_CallArgs(rt, stateOf(rt).DecimalTuple, sign, digits, exp);
  drop(rt, 2);
  return result;
}

function exponentOf(rt: Runtime, kind: number, exp: bigint): NewRef {
  if (kind === Kind.FINITE) return PyLong_FromBigInt(rt, exp);
  return PyUnicode_FromJS(rt, kind === Kind.INF ? "F" : kind === Kind.NAN ? "n" : "N");
}
