/** Decimals from other Python objects: strings, ints, floats, tuples. Part of the modules, for _decimal.ts. */
import {
  PyFloat_Check,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
} from "../objects/check.ts";
import { decompose } from "../objects/dtoa.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE } from "../objects/float.ts";
import { Ob } from "../objects/layout.ts";
import { bigIntOf, digitCount, exactNumber, PyLong_AsSsize_t } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { transformDecimalAndSpace } from "../objects/numtext.ts";
import { newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { PySequence_Tuple } from "../objects/sequence.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { isAscii, jsString, strData, strLength } from "../objects/str.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { type Ctx, Flag, maxContext } from "./decimalcontext.ts";
import { addStatus, compute, readContext } from "./decimalcurrent.ts";
import { newShort, parseShort } from "./decimalfast.ts";
import { finite, infinity, Kind, lengthOf, type Num, nan, passed } from "./decimalnum.ts";
import { fromNum, numOf } from "./decimalobject.ts";
import { finalize } from "./decimalround.ts";
import { PyDec_Check, stateOf } from "./decimalstate.ts";
import { parseNum } from "./decimaltext.ts";

/** Decimal digits of 30 bits, by words. */
const WORDS_PER_DIGIT = Math.log10(2 ** 30) / 19;

/** The value of an int. */
export function numOfLong(rt: Runtime, o: Ref): Num {
  const v = bigIntOf(rt, o);
  const n = digitCount(rt, o);
  return passed(finite(v < 0n, v < 0n ? -v : v, 0n), n > 1 ? Math.floor(n * WORDS_PER_DIGIT) + 1 : 0);
}

/** The value of a float; not a number has no sign. */
export function numOfDouble(d: number): Num {
  if (Number.isNaN(d)) return nan();
  const neg = d < 0 || Object.is(d, -0);
  if (!Number.isFinite(d)) return infinity(neg);
  if (d === 0) return finite(neg, 0n, 0n);
  let { m, e } = decompose(Math.abs(d));
  if (e >= 0) return finite(neg, m << BigInt(e), 0n);
  for (; e < 0 && (m & 1n) === 0n; e++) m >>= 1n;
  return finite(neg, m * 5n ** BigInt(-e), BigInt(e));
}

/** A value as it is: what the largest context would round is an error. */
function exactly(rt: Runtime, type: Ref, c: Ref, make: (ctx: Ctx) => Num): NewRef {
  const ctx = maxContext();
  let x = compute(rt, c, () => make(ctx));
  if ((ctx.status & (Flag.Inexact | Flag.Rounded | Flag.Clamped)) !== 0) {
    ctx.status |= Flag.Invalid_operation;
    x = nan();
  }
  return withStatus(rt, type, c, x, ctx.status & Flag.Errors);
}

/** A new object, unless its flags raise. */
export function withStatus(rt: Runtime, type: Ref, c: Ref, x: Num, status: number): NewRef {
  const p = pushed(rt, fromNum(rt, type, x));
  addStatus(rt, c, status);
  pop(rt);
  return p;
}

/** A value as the context has it. */
function within(rt: Runtime, type: Ref, c: Ref, make: (ctx: Ctx) => Num): NewRef {
  const ctx = readContext(rt, c);
  const x = compute(rt, c, () => make(ctx));
  return withStatus(rt, type, c, x, ctx.status);
}

const SPACE = "[ \\t-\\r\\x1c-\\x1f]*";
const STRIP = new RegExp(`^${SPACE}|${SPACE}$`, "g");

/** Digits of all scripts as ASCII; `loose`: spaces around and underscores do not matter. */
function asciiNumber(rt: Runtime, o: Ref, loose: boolean): string {
  const text = transformDecimalAndSpace(jsString(rt, o));
  return loose ? text.replace(STRIP, "").replaceAll("_", "") : text;
}

export function fromUnicodeExact(rt: Runtime, type: Ref, o: Ref, c: Ref): NewRef {
  const short = isAscii(rt, o) ? parseShort(rt, type, strData(rt, o) * 4, strLength(rt, o)) : 0;
  if (short !== 0) return short;
  const text = asciiNumber(rt, o, true);
  return exactly(rt, type, c, (ctx) => parseNum(text, ctx));
}

export function fromLongExact(rt: Runtime, type: Ref, o: Ref, c: Ref): NewRef {
  const n = exactNumber(rt, o);
  if (!Number.isNaN(n) && type === stateOf(rt).Decimal) return newShort(rt, n < 0 ? 1 : 0, Math.abs(n), 0);
  return exactly(rt, type, c, () => numOfLong(rt, o));
}

export function fromFloatExact(rt: Runtime, type: Ref, o: Ref, c: Ref): NewRef {
  return exactly(rt, type, c, () => numOfDouble(PyFloat_AS_DOUBLE(rt, o)));
}

/** PyDecType_FromDecimalExact: the object itself if both are of the type. */
export function fromDecimalExact(rt: Runtime, type: Ref, o: Ref): NewRef {
  const { Decimal } = stateOf(rt);
  if (type === Decimal && rt.i32[o + Ob.type] === Decimal) return newref(rt, o);
  return fromNum(rt, type, numOf(rt, o));
}

const isSequence = (rt: Runtime, o: Ref): boolean => PyTuple_Check(rt, o) || PyList_Check(rt, o);

const badSign = (rt: Runtime): PyErr => valueError(rt, "sign must be an integer with the value 0 or 1");
const badDigits = (rt: Runtime): PyErr => valueError(rt, "coefficient must be a tuple of digits");

function tupleOf(rt: Runtime, o: Ref, error: (rt: Runtime) => PyErr): Ref {
  if (!isSequence(rt, o)) throw error(rt);
  return pushed(rt, PySequence_Tuple(rt, o));
}

/** (sign, digits, exponent) as text (dectuple_as_str). */
function tupleText(rt: Runtime, o: Ref): string {
  const t = tupleOf(rt, o, (r) => typeError(r, "argument must be a tuple or list"));
  if (tupleSize(rt, t) !== 3) throw valueError(rt, "argument must be a sequence of length 3");
  const sign = signText(rt, tupleItem(rt, t, 0));
  const exp = exponentText(rt, tupleItem(rt, t, 2));
  const digits = digitsText(rt, tupleItem(rt, t, 1));
  drop(rt);
  if (exp === "Inf") return sign + exp;
  if (exp.endsWith("NaN")) return sign + exp + digits;
  return `${sign}${digits || "0"}${exp}`;
}

function signText(rt: Runtime, o: Ref): string {
  if (!PyLong_Check(rt, o)) throw badSign(rt);
  const v = bigIntOf(rt, o);
  if (v !== 0n && v !== 1n) throw badSign(rt);
  return v === 1n ? "-" : "";
}

function exponentText(rt: Runtime, o: Ref): string {
  if (PyUnicode_Check(rt, o)) {
    const name = { F: "Inf", n: "NaN", N: "sNaN" }[jsString(rt, o)];
    if (name !== undefined) return name;
    throw valueError(rt, "string argument in the third position must be 'F', 'n' or 'N'");
  }
  if (!PyLong_Check(rt, o)) throw valueError(rt, "exponent must be an integer");
  const v = bigIntOf(rt, o);
  if (v >= 2n ** 63n || v < -(2n ** 63n)) PyLong_AsSsize_t(rt, o);
  return `E${v}`;
}

function digitsText(rt: Runtime, o: Ref): string {
  const t = tupleOf(rt, o, badDigits);
  let text = "";
  for (let i = 0; i < tupleSize(rt, t); i++) {
    const digit = tupleItem(rt, t, i);
    if (!PyLong_Check(rt, digit)) throw badDigits(rt);
    const v = bigIntOf(rt, digit);
    if (v < 0n || v > 9n) throw badDigits(rt);
    text += v;
  }
  drop(rt);
  return text;
}

function unsupported(rt: Runtime, o: Ref): PyErr {
  return typeError(rt, `conversion from ${typeNameOf(rt, o)} to Decimal is not supported`);
}

/** PyDecType_FromObjectExact: Decimal(value) */
export function fromObjectExact(rt: Runtime, type: Ref, o: OptRef, c: Ref): NewRef {
  if (o === 0) return fromNum(rt, type, finite(false, 0n, 0n));
  if (PyDec_Check(rt, o)) return fromDecimalExact(rt, type, o);
  if (PyUnicode_Check(rt, o)) return fromUnicodeExact(rt, type, o, c);
  if (PyLong_Check(rt, o)) return fromLongExact(rt, type, o, c);
  if (isSequence(rt, o)) {
    const text = tupleText(rt, o);
    return exactly(rt, type, c, (ctx) => parseNum(text, ctx));
  }
  if (!PyFloat_Check(rt, o)) throw unsupported(rt, o);
  addStatus(rt, c, Flag.Float_operation);
  return fromFloatExact(rt, type, o, c);
}

/** PyDec_FromObject: Context.create_decimal(num) */
export function fromObject(rt: Runtime, o: OptRef, c: Ref): NewRef {
  const { Decimal } = stateOf(rt);
  if (o === 0) return fromNum(rt, Decimal, finite(false, 0n, 0n));
  if (PyDec_Check(rt, o)) return fromDecimal(rt, o, c);
  if (PyUnicode_Check(rt, o)) {
    const text = asciiNumber(rt, o, false);
    return within(rt, Decimal, c, (ctx) => parseNum(text, ctx));
  }
  if (PyLong_Check(rt, o)) return within(rt, Decimal, c, (ctx) => finalize(numOfLong(rt, o), ctx));
  if (isSequence(rt, o)) {
    const text = tupleText(rt, o);
    return within(rt, Decimal, c, (ctx) => parseNum(text, ctx));
  }
  if (!PyFloat_Check(rt, o)) throw unsupported(rt, o);
  addStatus(rt, c, Flag.Float_operation);
  return fromFloat(rt, o, c);
}

/** A float, rounded to the context. */
export function fromFloat(rt: Runtime, o: Ref, c: Ref): NewRef {
  const x = numOfDouble(PyFloat_AS_DOUBLE(rt, o));
  return within(rt, stateOf(rt).Decimal, c, (ctx) => finalize(passed(x, lengthOf(x)), ctx));
}

/** A Decimal rounded to the context; a NaN whose payload is too long for it is an error. */
function fromDecimal(rt: Runtime, o: Ref, c: Ref): NewRef {
  const { Decimal } = stateOf(rt);
  const ctx = readContext(rt, c);
  const x = numOf(rt, o);
  if (x.isNan && x.coef !== 0n && x.digits > ctx.digits - (ctx.clamp ? 1 : 0)) {
    return withStatus(rt, Decimal, c, nan(), Flag.Conversion_syntax);
  }
  return applied(rt, o, c);
}

/** PyDecContext_Apply: rounded to the context. */
export function applied(rt: Runtime, o: Ref, c: Ref): NewRef {
  const x = numOf(rt, o);
  return within(rt, stateOf(rt).Decimal, c, (ctx) => finalize(passed(x, lengthOf(x)), ctx));
}

/** convert_op: an operand as a Decimal, a new reference; 0 if it is no number that mixes with them. */
export function convertOp(rt: Runtime, o: Ref, c: Ref): NewRef | 0 {
  if (PyDec_Check(rt, o)) return newref(rt, o);
  return PyLong_Check(rt, o) ? fromLongExact(rt, stateOf(rt).Decimal, o, c) : 0;
}

/** The same for an argument: others are refused. */
export function convertArgument(rt: Runtime, o: Ref, c: Ref): NewRef {
  const d = convertOp(rt, o, c);
  if (d === 0) throw unsupported(rt, o);
  return d;
}

/** A quiet NaN or a signaling one. */
export const isNanKind = (kind: number): boolean => (kind & (Kind.NAN | Kind.SNAN)) !== 0;
