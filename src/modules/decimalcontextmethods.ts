/** The methods of decimal.Context that compute. Part of the modules, for _decimal.ts. */
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyFloat_Check, PyLong_Check } from "../objects/check.ts";
import { typeError } from "../objects/errors.ts";
import { PyLong_FromBigInt } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack2, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { sameQuantum, small, total, totalMagnitude } from "./decimalarith.ts";
import { applied, convertArgument, fromFloat, fromObject } from "./decimalconvert.ts";
import { addStatus, compute, exponentLetter, readContext } from "./decimalcurrent.ts";
import { divmod } from "./decimaldivide.ts";
import { numberClass } from "./decimallogical.ts";
import type { Num } from "./decimalnum.ts";
import { fromNum, numOf } from "./decimalobject.ts";
import * as ops from "./decimalops.ts";
import { powerModulo } from "./decimalpower.ts";
import { PyDec_Check, stateOf } from "./decimalstate.ts";
import { numText } from "./decimaltext.ts";

type Answer<T> = (rt: Runtime, c: Ref, ...operands: Ref[]) => T;

/** Calls with the arguments as Decimals. */
function converted(rt: Runtime, c: Ref, given: Ref[], use: Answer<NewRef>): NewRef {
  const operands = given.map((o) => pushed(rt, convertArgument(rt, o, c)));
  const result = use(rt, c, ...operands);
  drop(rt, given.length);
  return result;
}

const bool = (rt: Runtime, b: boolean): NewRef => (b ? rt.True : rt.False);

function one(name: string, use: Answer<NewRef>): MethodDef {
  return { name, flags: METH.O, fn: (rt, c, v) => converted(rt, c, [v], use), sig: "($self, x, /)" };
}

function takesExactly(rt: Runtime, n: number, nargs: number): PyErr {
  return typeError(rt, `function takes exactly ${n} arguments (${nargs} given)`);
}

function several(name: string, n: number, use: Answer<NewRef>): MethodDef {
  const fn = (rt: Runtime, c: Ref, args: Ref): NewRef => {
    if (tupleSize(rt, args) !== n) throw takesExactly(rt, n, tupleSize(rt, args));
    const given = Array.from({ length: n }, (_, i) => tupleItem(rt, args, i));
    return converted(rt, c, given, use);
  };
  return { name, flags: METH.VARARGS, fn, sig: `($self, ${n === 2 ? "x, y" : "x, y, z"}, /)` };
}

const unary = (name: string, op: ops.Unary): MethodDef => one(name, (rt, c, v) => ops.runUnary(rt, c, op, v));

const binary = (name: string, op: ops.Binary): MethodDef =>
  several(name, 2, (rt, c, v, w) => ops.runBinary(rt, c, op, v, w));

/** A value without any flags. */
const plain = (name: string, op: (a: Num, b: Num) => Num): MethodDef =>
  several(name, 2, (rt, _c, v, w) => fromNum(rt, stateOf(rt).Decimal, op(numOf(rt, v), numOf(rt, w))));

const question = (name: string): MethodDef =>
  one(name, (rt, _c, v) => bool(rt, ops.QUESTIONS[name](numOf(rt, v))));

const contextQuestion = (name: string): MethodDef =>
  one(name, (rt, c, v) => bool(rt, ops.CONTEXT_QUESTIONS[name](numOf(rt, v), readContext(rt, c))));

const POWER = kwSpec("", "a, b, modulo=");

function power(rt: Runtime, c: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [a, b, modulo] = parseFastKw(rt, POWER, args, nargs, kwnames);
  if (modulo === 0 || modulo === rt.None) {
    return converted(rt, c, [a, b], (r, ctx, x, y) => ops.runBinary(r, ctx, ops.power, x, y));
  }
  return converted(rt, c, [a, b, modulo], (r, ctx, x, y, z) => ops.runTernary(r, ctx, powerModulo, x, y, z));
}

/** (quotient, remainder) */
export function runDivmod(rt: Runtime, c: Ref, v: Ref, w: Ref): NewRef {
  const { Decimal } = stateOf(rt);
  const ctx = readContext(rt, c);
  const [q, r] = compute(rt, c, () => divmod(numOf(rt, v), numOf(rt, w), ctx));
  const quotient = pushed(rt, fromNum(rt, Decimal, q));
  const rest = pushed(rt, fromNum(rt, Decimal, r));
  addStatus(rt, c, ctx.status);
  const result = PyTuple_Pack2(rt, quotient, rest);
  drop(rt, 2);
  return result;
}

function checkDecimal(rt: Runtime, v: Ref): void {
  if (!PyDec_Check(rt, v)) throw typeError(rt, "argument must be a Decimal");
}

function create_decimal(rt: Runtime, c: Ref, args: Ref): NewRef {
  const nargs = tupleSize(rt, args);
  if (nargs > 1) throw typeError(rt, `function takes at most 1 argument (${nargs} given)`);
  return fromObject(rt, nargs === 0 ? 0 : tupleItem(rt, args, 0), c);
}

function create_decimal_from_float(rt: Runtime, c: Ref, v: Ref): NewRef {
  if (PyLong_Check(rt, v)) return fromObject(rt, v, c);
  if (!PyFloat_Check(rt, v)) throw typeError(rt, "argument must be int or float");
  return fromFloat(rt, v, c);
}

/** Text in the notation of the context. */
function texts(name: string, engineering: boolean): MethodDef {
  return one(name, (rt, c, v) =>
    PyUnicode_FromJS(rt, numText(numOf(rt, v), exponentLetter(rt, c), engineering)),
  );
}

const limit = (name: "etiny" | "etop") => (rt: Runtime, c: Ref) =>
  PyLong_FromBigInt(rt, readContext(rt, c)[name]);

const fromOrder = (n: number): Num => small(n < 0 ? -1 : n > 0 ? 1 : 0);

/** radix(): always 10. */
export const radix = (rt: Runtime): NewRef => fromNum(rt, stateOf(rt).Decimal, small(10));

const UNARY_NAMES = ["exp", "ln", "log10"];
const COPIES: MethodDef[] = [
  one("copy_abs", (rt, _c, v) => fromNum(rt, stateOf(rt).Decimal, numOf(rt, v).withSign(false))),
  { name: "copy_decimal", flags: METH.O, fn: (rt, c, v) => convertArgument(rt, v, c), sig: "($self, x, /)" },
  one("copy_negate", (rt, _c, v) => {
    const x = numOf(rt, v);
    return fromNum(rt, stateOf(rt).Decimal, x.withSign(!x.neg));
  }),
];

export const contextMethods: MethodDef[] = [
  unary("abs", ops.abs),
  ...UNARY_NAMES.map((name) => unary(name, ops.UNARY[name])),
  unary("minus", ops.minus),
  unary("next_minus", ops.UNARY.next_minus),
  unary("next_plus", ops.UNARY.next_plus),
  unary("normalize", ops.UNARY.normalize),
  unary("plus", ops.plus),
  unary("to_integral", ops.toIntegralValue),
  unary("to_integral_exact", ops.toIntegralExact),
  unary("to_integral_value", ops.toIntegralValue),
  unary("sqrt", ops.UNARY.sqrt),
  binary("add", ops.add),
  binary("compare", ops.BINARY.compare),
  binary("compare_signal", ops.BINARY.compare_signal),
  binary("divide", ops.divide),
  binary("divide_int", ops.divideInt),
  several("divmod", 2, runDivmod),
  ...["max", "max_mag", "min", "min_mag"].map((name) => binary(name, ops.BINARY[name])),
  binary("multiply", ops.multiply),
  binary("next_toward", ops.BINARY.next_toward),
  binary("quantize", ops.quantize),
  binary("remainder", ops.remainder),
  binary("remainder_near", ops.BINARY.remainder_near),
  binary("subtract", ops.subtract),
  {
    name: "power",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: power,
    sig: "($self, /, a, b, modulo=None)",
  },
  several("fma", 3, (rt, c, v, w, z) => ops.runTernary(rt, c, ops.fma, v, w, z)),
  { name: "Etiny", flags: METH.NOARGS, fn: limit("etiny"), sig: "($self, /)" },
  { name: "Etop", flags: METH.NOARGS, fn: limit("etop"), sig: "($self, /)" },
  { name: "radix", flags: METH.NOARGS, fn: radix, sig: "($self, /)" },
  {
    name: "is_canonical",
    flags: METH.O,
    fn: (rt, _c, v) => {
      checkDecimal(rt, v);
      return rt.True;
    },
    sig: "($self, x, /)",
  },
  ...["is_finite", "is_infinite", "is_nan"].map(question),
  contextQuestion("is_normal"),
  ...["is_qnan", "is_signed", "is_snan"].map(question),
  contextQuestion("is_subnormal"),
  question("is_zero"),
  {
    name: "_apply",
    flags: METH.O,
    fn: (rt, c, v) => converted(rt, c, [v], (r, con, x) => applied(r, x, con)),
    sig: "($self, object, /)",
  },
  {
    name: "canonical",
    flags: METH.O,
    fn: (rt, _c, v) => {
      checkDecimal(rt, v);
      return newref(rt, v);
    },
    sig: "($self, x, /)",
  },
  ...COPIES,
  unary("logb", ops.UNARY.logb),
  unary("logical_invert", ops.UNARY.logical_invert),
  one("number_class", (rt, c, v) => PyUnicode_FromJS(rt, numberClass(numOf(rt, v), readContext(rt, c)))),
  texts("to_sci_string", false),
  texts("to_eng_string", true),
  plain("compare_total", (a, b) => fromOrder(total(a, b))),
  plain("compare_total_mag", (a, b) => fromOrder(totalMagnitude(a, b))),
  plain("copy_sign", (a, b) => a.withSign(b.neg)),
  ...["logical_and", "logical_or", "logical_xor", "rotate"].map((name) => binary(name, ops.BINARY[name])),
  several("same_quantum", 2, (rt, _c, v, w) => bool(rt, sameQuantum(numOf(rt, v), numOf(rt, w)))),
  binary("scaleb", ops.BINARY.scaleb),
  binary("shift", ops.BINARY.shift),
];

/** Those that stand behind the ones that are not here. */
export const creators: MethodDef[] = [
  {
    name: "create_decimal",
    flags: METH.VARARGS,
    fn: create_decimal,
    sig: '($self, num="0", /)',
  },
  {
    name: "create_decimal_from_float",
    flags: METH.O,
    fn: create_decimal_from_float,
    sig: "($self, f, /)",
  },
];
