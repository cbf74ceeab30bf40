/** The methods of decimal.Decimal. Part of the modules, for _decimal.ts. */
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_CallOneArg } from "../objects/call.ts";
import { PyFloat_Check, PyLong_Check } from "../objects/check.ts";
import { PyComplex_FromDoubles } from "../objects/complex.ts";
import { typeError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE } from "../objects/float.ts";
import { Ob, Ty } from "../objects/layout.ts";
import { PyLong_AsSsize_t, PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack, PyTuple_Pack2 } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { sameQuantum, small, total, totalMagnitude } from "./decimalarith.ts";
import { Round } from "./decimalcontext.ts";
import { radix } from "./decimalcontextmethods.ts";
import { convertArgument, fromFloatExact, fromLongExact } from "./decimalconvert.ts";
import { addStatus, contextArgument, currentContext, exponentLetter, readContext } from "./decimalcurrent.ts";
import { quantizeShort, shortCoefficient, textShort } from "./decimalfast.ts";
import { dec_format } from "./decimalformatmethod.ts";
import { asFloat, asLong, asRatio, asTuple } from "./decimalinteger.ts";
import { numberClass } from "./decimallogical.ts";
import { quantizeMiddle } from "./decimalmiddle.ts";
import type { Num } from "./decimalnum.ts";
import { fromNum, numOf, sizeOfDecimal } from "./decimalobject.ts";
import * as ops from "./decimalops.ts";
import { toExponent } from "./decimalquantize.ts";
import { roundingOf } from "./decimalrounding.ts";
import { Dec, stateOf } from "./decimalstate.ts";
import { numText } from "./decimaltext.ts";

const FASTKW = METH.FASTCALL | METH.KEYWORDS;
const NO_OPERAND = kwSpec("", "context=");
const OPERAND = kwSpec("", "other, context=");
const TWO = kwSpec("", "other, third, context=");
const QUANTIZE = kwSpec("", "exp, rounding=, context=");
const ROUNDING = kwSpec("", "rounding=, context=");
const CONTEXT_SIG = "($self, /, context=None)";
const OTHER_SIG = "($self, /, other, context=None)";
const SELF_SIG = "($self, /)";

const bool = (rt: Runtime, b: boolean): NewRef => (b ? rt.True : rt.False);
const decimal = (rt: Runtime, x: Num): NewRef => fromNum(rt, stateOf(rt).Decimal, x);

/** A method with a context as its only argument. */
function withContext(name: string, use: (rt: Runtime, p: Ref, c: Ref) => NewRef): MethodDef {
  const fn = (rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef =>
    use(rt, p, contextArgument(rt, parseFastKw(rt, NO_OPERAND, args, nargs, kwnames)[0]));
  return { name, flags: FASTKW, fn, sig: CONTEXT_SIG };
}

const unary = (name: string): MethodDef =>
  withContext(name, (rt, p, c) => ops.runUnary(rt, c, ops.UNARY[name], p));

/** A method with another number and a context. */
function withOther(name: string, use: (rt: Runtime, c: Ref, p: Ref, q: Ref) => NewRef): MethodDef {
  const fn = (rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef => {
    const [other, context] = parseFastKw(rt, OPERAND, args, nargs, kwnames);
    const c = contextArgument(rt, context);
    const q = pushed(rt, convertArgument(rt, other, c));
    const result = use(rt, c, p, q);
    drop(rt);
    return result;
  };
  return { name, flags: FASTKW, fn, sig: OTHER_SIG };
}

const binary = (name: string): MethodDef =>
  withOther(name, (rt, c, p, q) => ops.runBinary(rt, c, ops.BINARY[name], p, q));

const plain = (name: string, op: (a: Num, b: Num) => Num): MethodDef =>
  withOther(name, (rt, _c, p, q) => decimal(rt, op(numOf(rt, p), numOf(rt, q))));

function rounded(name: string, op: ops.Unary): MethodDef {
  const fn = (rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef => {
    const [rounding, context] = parseFastKw(rt, ROUNDING, args, nargs, kwnames);
    const c = contextArgument(rt, context);
    if (rounding === 0 || rounding === rt.None) return ops.runUnary(rt, c, op, p);
    return ops.runRounded(rt, c, roundingOf(rt, rounding), op, p);
  };
  return { name, flags: FASTKW, fn, sig: "($self, /, rounding=None, context=None)" };
}

function dec_quantize(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [exp, rounding, context] = parseFastKw(rt, QUANTIZE, args, nargs, kwnames);
  const c = contextArgument(rt, context);
  const mode = rounding === 0 || rounding === rt.None ? -1 : roundingOf(rt, rounding);
  const q = pushed(rt, convertArgument(rt, exp, c));
  const result = quantized(rt, c, p, q, mode);
  drop(rt);
  return result;
}

/** `mode`: a rounding mode, -1 for the context's. */
function quantized(rt: Runtime, c: Ref, p: Ref, q: Ref, mode: number): NewRef {
  if (shortCoefficient(rt, q) >= 0) {
    const short = quantizedTo(rt, c, p, rt.i32[q + Dec.exp], mode);
    if (short !== 0) return short;
  }
  if (mode < 0) return ops.runBinary(rt, c, ops.quantize, p, q);
  const b = numOf(rt, q);
  return ops.runRounded(rt, c, mode, (a, ctx) => ops.quantize(a, b, ctx), p);
}

/** The short way to an exponent; 0 where it does not go. */
function quantizedTo(rt: Runtime, c: Ref, p: Ref, exp: number, mode: number): NewRef | 0 {
  const ctx = readContext(rt, c);
  const round = mode < 0 ? ctx.round : mode;
  const x = quantizeShort(rt, p, exp, round, ctx) || quantizeMiddle(rt, p, exp, round, ctx);
  if (x === 0 || ctx.status === 0) return x;
  pushed(rt, x);
  addStatus(rt, c, ctx.status);
  return pop(rt);
}

function dec_fma(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [other, third, context] = parseFastKw(rt, TWO, args, nargs, kwnames);
  const c = contextArgument(rt, context);
  const q = pushed(rt, convertArgument(rt, other, c));
  const r = pushed(rt, convertArgument(rt, third, c));
  const result = ops.runTernary(rt, c, ops.fma, p, q, r);
  drop(rt, 2);
  return result;
}

const noargs = (name: string, fn: (rt: Runtime, p: Ref) => NewRef): MethodDef => ({
  name,
  flags: METH.NOARGS,
  fn,
  sig: SELF_SIG,
});

const question = (name: string): MethodDef =>
  noargs(name, (rt, p) => bool(rt, ops.QUESTIONS[name](numOf(rt, p))));

const contextQuestion = (name: string): MethodDef =>
  withContext(name, (rt, p, c) => bool(rt, ops.CONTEXT_QUESTIONS[name](numOf(rt, p), readContext(rt, c))));

const itself = (name: string): MethodDef => noargs(name, newref);

function dec_adjusted(rt: Runtime, p: Ref): NewRef {
  const a = numOf(rt, p);
  return PyLong_FromBigInt(rt, a.special ? 0n : a.adjexp);
}

/** Decimal.from_float(f) */
function dec_from_float(rt: Runtime, type: Ref, f: Ref): NewRef {
  const { Decimal } = stateOf(rt);
  const c = currentContext(rt);
  if (!PyLong_Check(rt, f) && !PyFloat_Check(rt, f)) throw typeError(rt, "argument must be int or float");
  const exact = PyLong_Check(rt, f) ? fromLongExact(rt, Decimal, f, c) : fromFloatExact(rt, Decimal, f, c);
  if (type === Decimal) return exact;
  const result = PyObject_CallOneArg(rt, type, pushed(rt, exact));
  drop(rt);
  return result;
}

function dec_round(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  if (nargs > 1) throw typeError(rt, `function takes at most 1 argument (${nargs} given)`);
  const c = currentContext(rt);
  if (nargs === 0) return asLong(rt, p, Round.HALF_EVEN);
  const places = rt.i32[args];
  if (!PyLong_Check(rt, places)) throw typeError(rt, "optional arg must be an integer");
  const n = PyLong_AsSsize_t(rt, places);
  const short = quantizedTo(rt, c, p, -n, -1);
  if (short !== 0) return short;
  return ops.runUnary(
    rt,
    c,
    (a, ctx) => (a.special ? ops.quantize(a, small(1), ctx) : toExponent(a, -BigInt(n), ctx)),
    p,
  );
}

function dec_reduce(rt: Runtime, p: Ref): NewRef {
  const text = pushed(rt, dec_str(rt, p));
  const args = pushed(rt, PyTuple_Pack(rt, text));
  const result = PyTuple_Pack2(rt, rt.i32[p + Ob.type], args);
  drop(rt, 2);
  return result;
}

export function dec_str(rt: Runtime, p: Ref): NewRef {
  return PyUnicode_FromJS(rt, textOf(rt, p));
}

function textOf(rt: Runtime, p: Ref): string {
  const c = currentContext(rt);
  return textShort(rt, p) ?? numText(numOf(rt, p), exponentLetter(rt, c));
}

export function dec_repr(rt: Runtime, p: Ref): NewRef {
  return PyUnicode_FromJS(rt, `Decimal('${textOf(rt, p)}')`);
}

function dec_complex(rt: Runtime, p: Ref): NewRef {
  const f = asFloat(rt, p);
  const d = PyFloat_AS_DOUBLE(rt, f);
  decref(rt, f);
  return PyComplex_FromDoubles(rt, d, 0);
}

const asInt = (name: string, mode: Round): MethodDef => noargs(name, (rt, p) => asLong(rt, p, mode));

export const decimalMethods: MethodDef[] = [
  ...["exp", "ln", "log10", "next_minus", "next_plus", "normalize"].map(unary),
  rounded("to_integral", ops.toIntegralValue),
  rounded("to_integral_exact", ops.toIntegralExact),
  rounded("to_integral_value", ops.toIntegralValue),
  unary("sqrt"),
  ...["compare", "compare_signal", "max", "max_mag", "min", "min_mag", "next_toward"].map(binary),
  {
    name: "quantize",
    flags: FASTKW,
    fn: dec_quantize,
    sig: "($self, /, exp, rounding=None, context=None)",
  },
  binary("remainder_near"),
  { name: "fma", flags: FASTKW, fn: dec_fma, sig: "($self, /, other, third, context=None)" },
  noargs("is_canonical", (rt) => rt.True),
  ...["is_finite", "is_infinite", "is_nan", "is_qnan", "is_snan", "is_signed", "is_zero"].map(question),
  ...["is_normal", "is_subnormal"].map(contextQuestion),
  noargs("adjusted", dec_adjusted),
  itself("canonical"),
  itself("conjugate"),
  noargs("radix", radix),
  noargs("copy_abs", (rt, p) => decimal(rt, numOf(rt, p).withSign(false))),
  noargs("copy_negate", (rt, p) => {
    const x = numOf(rt, p);
    return decimal(rt, x.withSign(!x.neg));
  }),
  ...["logb", "logical_invert"].map(unary),
  withContext("number_class", (rt, p, c) =>
    PyUnicode_FromJS(rt, numberClass(numOf(rt, p), readContext(rt, c))),
  ),
  withContext("to_eng_string", (rt, p, c) =>
    PyUnicode_FromJS(rt, numText(numOf(rt, p), exponentLetter(rt, c), true)),
  ),
  plain("compare_total", (a, b) => small(Math.sign(total(a, b)))),
  plain("compare_total_mag", (a, b) => small(Math.sign(totalMagnitude(a, b)))),
  plain("copy_sign", (a, b) => a.withSign(b.neg)),
  withOther("same_quantum", (rt, _c, p, q) => bool(rt, sameQuantum(numOf(rt, p), numOf(rt, q)))),
  ...["logical_and", "logical_or", "logical_xor", "rotate", "scaleb", "shift"].map(binary),
  { name: "from_float", flags: METH.O | METH.CLASS, fn: dec_from_float, sig: "($type, f, /)" },
  noargs("as_tuple", asTuple),
  noargs("as_integer_ratio", asRatio),
  itself("__copy__"),
  { name: "__deepcopy__", flags: METH.O, fn: (rt, p) => newref(rt, p), sig: "($self, object, /)" },
  { name: "__format__", flags: METH.FASTCALL, fn: dec_format },
  noargs("__reduce__", dec_reduce),
  { name: "__round__", flags: METH.FASTCALL, fn: dec_round },
  asInt("__ceil__", Round.CEILING),
  asInt("__floor__", Round.FLOOR),
  asInt("__trunc__", Round.DOWN),
  noargs("__complex__", dec_complex),
  noargs("__sizeof__", (rt, p) =>
    PyLong_FromNumber(rt, sizeOfDecimal(rt, p, rt.i32[rt.i32[p + Ob.type] + Ty.basicsize])),
  ),
];
