/** The module math. Part of the modules. Functions of one double are in libm.ts and trig.ts; sums and ints in files beside this. */
import { _PyObject_LookupSpecial } from "../objects/abstract.ts";
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { callAndDecref } from "../objects/call.ts";
import { PyFloat_CheckExact, PyLong_Check, PyLong_CheckExact } from "../objects/check.ts";
import { decompose } from "../objects/dtoa.ts";
import { overflowError, typeError, valueError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE, PyFloat_AsDouble, PyFloat_FromDouble } from "../objects/float.ts";
import { zeroDivision } from "../objects/floatops.ts";
import { PyLong_FromDouble } from "../objects/floattype.ts";
import { acosh, asinh, cbrt, cosh, exp, exp2, log, log2, log10, pow, sinh } from "../objects/libm.ts";
import { _PyLong_Sign, bigIntOf, exactNumber, PyLong_FromNumber } from "../objects/long.ts";
import { bitLength, divideToDouble } from "../objects/longpow.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import { PyNumber_Index } from "../objects/number.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { acos, asin, atan, atan2, cos, sin, tan } from "../objects/trig.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { mathIntMethods } from "./mathint.ts";
import { clearErrno, Errno, erf, erfc, lgamma, status, tgamma } from "./mathspecial.ts";
import { mathSumMethods } from "./mathsum.ts";
import { createModule } from "./native.ts";

function domainError(rt: Runtime): PyErr {
  return valueError(rt, "math domain error");
}

function rangeError(rt: Runtime): PyErr {
  return overflowError(rt, "math range error");
}

type Func1 = (x: number) => number;

/** A function of one double: NaN out of a number is a domain error, infinity out of a finite one a range error or a pole. */
function func1(name: string, f: Func1, canOverflow: boolean, doc: string): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef => {
    const x = PyFloat_CheckExact(rt, arg) ? PyFloat_AS_DOUBLE(rt, arg) : PyFloat_AsDouble(rt, arg);
    const r = f(x);
    if (!Number.isFinite(r)) checkResult(rt, x, r, canOverflow);
    return PyFloat_FromDouble(rt, r);
  };
  return { name, flags: METH.O, fn, sig: "($module, x, /)", doc };
}

/** A function that has no errors. */
function plain(name: string, f: Func1, doc: string): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef => PyFloat_FromDouble(rt, f(PyFloat_AsDouble(rt, arg)));
  return { name, flags: METH.O, fn, sig: "($module, x, /)", doc };
}

function checkResult(rt: Runtime, x: number, r: number, canOverflow: boolean): void {
  if (Number.isNaN(r)) {
    if (!Number.isNaN(x)) throw domainError(rt);
  } else if (Number.isFinite(x)) throw canOverflow ? rangeError(rt) : domainError(rt);
}

/** A function that reports errors as C's errno. */
function funcErrno(name: string, f: Func1, doc: string): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef => {
    clearErrno();
    const r = f(PyFloat_AsDouble(rt, arg));
    const errno: number = status.errno;
    if (errno === Errno.EDOM) throw domainError(rt);
    if (errno === Errno.ERANGE) throw rangeError(rt);
    return PyFloat_FromDouble(rt, r);
  };
  return { name, flags: METH.O, fn, sig: "($module, x, /)", doc };
}

type Func2 = (rt: Runtime, x: number, y: number) => number;

function func2(name: string, f: Func2, doc: string): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    checkArgs(rt, name, nargs, 2, 2);
    const x = PyFloat_AsDouble(rt, rt.i32[args]);
    return PyFloat_FromDouble(rt, f(rt, x, PyFloat_AsDouble(rt, rt.i32[args + 2])));
  };
  return { name, flags: METH.FASTCALL, fn, sig: "($module, x, y, /)", doc };
}

function fmod(rt: Runtime, x: number, y: number): number {
  if (!Number.isFinite(y) && !Number.isNaN(y) && Number.isFinite(x)) return x;
  const r = x % y;
  if (Number.isNaN(r) && !Number.isNaN(x) && !Number.isNaN(y)) throw domainError(rt);
  return r;
}

/** IEEE 754 remainder: to the nearest multiple, ties to even. */
function remainder(rt: Runtime, x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return x + y;
  if (!Number.isFinite(x) || y === 0) throw domainError(rt);
  if (!Number.isFinite(y)) return x;
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  const m = ax % ay;
  const c = ay - m;
  const r = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (ax - m)) % ay);
  return x < 0 || Object.is(x, -0) ? -r : r;
}

/** C's pow for infinities and NaN. */
function powSpecial(x: number, y: number): number {
  if (Number.isNaN(x)) return y === 0 ? 1 : x;
  if (Number.isNaN(y)) return x === 1 ? 1 : y;
  if (!Number.isFinite(x)) {
    const odd = Number.isFinite(y) && Math.abs(y) % 2 === 1;
    if (y > 0) return odd ? x : Math.abs(x);
    if (y === 0) return 1;
    return odd && x < 0 ? -0 : 0;
  }
  const a = Math.abs(x);
  if (a === 1) return 1;
  if (y > 0) return a > 1 ? y : 0;
  if (a >= 1) return 0;
  return -y;
}

function mathPow(rt: Runtime, x: number, y: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return powSpecial(x, y);
  const r = pow(x, y);
  if (Number.isFinite(r)) return r;
  throw Number.isNaN(r) || x === 0 ? domainError(rt) : rangeError(rt);
}

/** loghelper: an int beyond a double's range is taken apart first. */
function logOfObject(rt: Runtime, arg: Ref, f: Func1, ln2: number): number {
  if (PyLong_Check(rt, arg)) {
    if (_PyLong_Sign(rt, arg) <= 0) throw domainError(rt);
    const n = exactNumber(rt, arg);
    if (!Number.isNaN(n)) return f(n);
    const v = bigIntOf(rt, arg);
    const d = Number(v);
    if (Number.isFinite(d)) return f(d);
    const e = bitLength(v);
    return f(divideToDouble(v, 1n << BigInt(e))) + ln2 * e;
  }
  const x = PyFloat_AsDouble(rt, arg);
  if (x <= 0) throw domainError(rt);
  return f(x);
}

const LN2 = Math.LN2;

function math_log(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "log", nargs, 1, 2);
  const num = logOfObject(rt, rt.i32[args], log, LN2);
  if (nargs === 1) return PyFloat_FromDouble(rt, num);
  const den = logOfObject(rt, rt.i32[args + 2], log, LN2);
  if (den === 0) throw zeroDivision(rt, "float division by zero");
  return PyFloat_FromDouble(rt, num / den);
}

function math_log2(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  return PyFloat_FromDouble(rt, logOfObject(rt, arg, log2, 1));
}

function math_log10(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  return PyFloat_FromDouble(rt, logOfObject(rt, arg, log10, log10(2)));
}

/** floor, ceil: the type's own method, else of the double. */
function toIntegral(name: "__floor__" | "__ceil__", f: Func1, label: string, doc: string): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef => {
    if (PyFloat_CheckExact(rt, arg)) return PyLong_FromDouble(rt, f(PyFloat_AS_DOUBLE(rt, arg)));
    if (PyLong_CheckExact(rt, arg)) return newref(rt, arg);
    const method = _PyObject_LookupSpecial(rt, arg, internStatic(rt, name));
    if (method !== 0) return callAndDecref(rt, method);
    return PyLong_FromDouble(rt, f(PyFloat_AsDouble(rt, arg)));
  };
  return { name: label, flags: METH.O, fn, sig: "($module, x, /)", doc };
}

function math_trunc(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  if (PyFloat_CheckExact(rt, arg)) return PyLong_FromDouble(rt, PyFloat_AS_DOUBLE(rt, arg));
  const method = _PyObject_LookupSpecial(rt, arg, rt.names.__trunc__);
  if (method === 0) throw typeError(rt, `type ${typeNameOf(rt, arg, 100)} doesn't define __trunc__ method`);
  return callAndDecref(rt, method);
}

/** A tuple of two, the first a float. */
function pair(rt: Runtime, first: number, second: NewRef): NewRef {
  push(rt, second);
  const t = push(rt, PyTuple_New(rt, 2));
  PyTuple_SET_ITEM(rt, rt.i32[t], 0, PyFloat_FromDouble(rt, first));
  const r = pop(rt);
  PyTuple_SET_ITEM(rt, r, 1, pop(rt));
  return r;
}

function math_frexp(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  const x = PyFloat_AsDouble(rt, arg);
  if (!Number.isFinite(x) || x === 0) return pair(rt, x, rt.smallInts);
  const e = exponentOf(x);
  return pair(rt, ldexp(x, -e), PyLong_FromNumber(rt, e));
}

const word = new DataView(new ArrayBuffer(8));

/** The e of x = m * 2**e with 0.5 <= |m| < 1. */
function exponentOf(x: number): number {
  word.setFloat64(0, x);
  const e = (word.getUint16(0) >> 4) & 0x7ff;
  return e === 0 ? exponentOf(x * 2 ** 54) - 54 : e - 1022;
}

/** x * 2**n, rounded once. */
export function ldexp(x: number, n: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const e = exponentOf(x) + n;
  if (e > 1024) return x < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (e < -1080) return x < 0 ? -0 : 0;
  if (e > -1021) {
    // No rounding: any order does.
    while (n > 1000) {
      x *= 2 ** 1000;
      n -= 1000;
    }
    while (n < -1000) {
      x *= 2 ** -1000;
      n += 1000;
    }
    return x * 2 ** n;
  }
  // Subnormal: one exact scaling to just above, then one rounding.
  return ldexp(x, n + 200) * 2 ** -200;
}

function math_ldexp(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "ldexp", nargs, 2, 2);
  const x = PyFloat_AsDouble(rt, rt.i32[args]);
  const arg = rt.i32[args + 2];
  if (!PyLong_Check(rt, arg)) throw typeError(rt, "Expected an int as second argument to ldexp.");
  let n = exactNumber(rt, arg);
  if (Number.isNaN(n)) n = _PyLong_Sign(rt, arg) * 1e9;
  const r = ldexp(x, Math.max(-1e9, Math.min(1e9, n)));
  if (!Number.isFinite(r) && Number.isFinite(x)) throw rangeError(rt);
  return PyFloat_FromDouble(rt, r);
}

function math_modf(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  const x = PyFloat_AsDouble(rt, arg);
  const whole = Math.trunc(x);
  const fraction = Number.isFinite(x) ? x - whole : Number.isNaN(x) ? x : 0;
  const negative = x < 0 || Object.is(x, -0);
  return pair(rt, negative && fraction === 0 ? -0 : fraction, PyFloat_FromDouble(rt, whole));
}

const ISCLOSE = kwSpec("isclose", "a, b, *, rel_tol=, abs_tol=");

function math_isclose(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const given = parseFastKw(rt, ISCLOSE, args, nargs, kwnames);
  const a = PyFloat_AsDouble(rt, given[0]);
  const b = PyFloat_AsDouble(rt, given[1]);
  const rel = given[2] === 0 ? 1e-9 : PyFloat_AsDouble(rt, given[2]);
  const abs = given[3] === 0 ? 0 : PyFloat_AsDouble(rt, given[3]);
  if (rel < 0 || abs < 0) throw valueError(rt, "tolerances must be non-negative");
  return isClose(a, b, rel, abs) ? rt.True : rt.False;
}

export function isClose(a: number, b: number, rel: number, abs: number): boolean {
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const diff = Math.abs(b - a);
  return diff <= Math.abs(rel * b) || diff <= Math.abs(rel * a) || diff <= abs;
}

/** A double's place among all doubles, so that neighbours differ by one. */
function ordinal(x: number): bigint {
  word.setFloat64(0, x);
  const n = word.getBigInt64(0);
  return n < 0n ? -(n & 0x7fffffffffffffffn) : n;
}

function fromOrdinal(n: bigint, negativeZero: boolean): number {
  word.setBigInt64(0, n < 0n || (n === 0n && negativeZero) ? BigInt.asIntN(64, -n | (1n << 63n)) : n);
  return word.getFloat64(0);
}

const NEXTAFTER = kwSpec("nextafter", "x, y, /, *, steps=");

function math_nextafter(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const given = parseFastKw(rt, NEXTAFTER, args, nargs, kwnames);
  const x = PyFloat_AsDouble(rt, given[0]);
  const y = PyFloat_AsDouble(rt, given[1]);
  const steps = given[2] === 0 || given[2] === rt.None ? 0n : stepsOf(rt, given[2]);
  if (steps > 0n) return PyFloat_FromDouble(rt, nextAfter(x, y, steps));
  const next = given[2] === 0 || given[2] === rt.None ? nextAfter(x, y, 1n) : x;
  // C's nextafter reaches zero with the sign it comes from.
  return PyFloat_FromDouble(rt, next === 0 && x < 0 ? -0 : next);
}

function stepsOf(rt: Runtime, o: Ref): bigint {
  const index = PyNumber_Index(rt, o);
  const n = bigIntOf(rt, index);
  decref(rt, index);
  if (n < 0n) throw valueError(rt, "steps must be a non-negative integer");
  return n;
}

function nextAfter(x: number, y: number, steps: bigint): number {
  if (Number.isNaN(x) || steps === 0n) return x;
  if (Number.isNaN(y)) return y;
  if (x === y) return y;
  const from = ordinal(x);
  const to = ordinal(y);
  const distance = to > from ? to - from : from - to;
  if (steps >= distance) return y;
  return fromOrdinal(to > from ? from + steps : from - steps, to > from);
}

function ulp(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a === Number.POSITIVE_INFINITY) return a;
  const next = nextAfter(a, Number.POSITIVE_INFINITY, 1n);
  return Number.isFinite(next) ? next - a : a - nextAfter(a, 0, 1n);
}

/** x * y + z rounded once. */
function fma(x: number, y: number, z: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z))
    return Number.isFinite(x) && Number.isFinite(y) ? z : x * y + z;
  if (x === 0 || y === 0) return x * y + z;
  const a = decompose(x);
  const b = decompose(y);
  const c = decompose(z);
  const e = Math.min(a.e + b.e, c.e);
  const sum = ((a.m * b.m) << BigInt(a.e + b.e - e)) + (c.m << BigInt(c.e - e));
  if (sum === 0n) return x * y + z === 0 && z !== 0 ? 0 : x * y + z;
  const r = e >= 0 ? divideToDouble(sum << BigInt(e), 1n) : divideToDouble(sum, 1n << BigInt(-e));
  return Number.isNaN(r) ? (sum < 0n ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : r;
}

function math_fma(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "fma", nargs, 3, 3);
  const x = PyFloat_AsDouble(rt, rt.i32[args]);
  const y = PyFloat_AsDouble(rt, rt.i32[args + 2]);
  const z = PyFloat_AsDouble(rt, rt.i32[args + 4]);
  const r = fma(x, y, z);
  if (Number.isNaN(r) && !Number.isNaN(x) && !Number.isNaN(y) && !Number.isNaN(z)) {
    throw valueError(rt, "invalid operation in fma");
  }
  if (!Number.isFinite(r) && Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z)) {
    throw overflowError(rt, "overflow in fma");
  }
  return PyFloat_FromDouble(rt, r);
}

/** A test of a double. */
function predicate(name: string, f: (x: number) => boolean): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef => (f(PyFloat_AsDouble(rt, arg)) ? rt.True : rt.False);
  return { name, flags: METH.O, fn, sig: "($module, x, /)" };
}

const methods: MethodDef[] = [
  func1("acos", acos, false, "Arc cosine."),
  func1("acosh", acosh, false, "Inverse hyperbolic cosine."),
  func1("asin", asin, false, "Arc sine."),
  func1("asinh", asinh, false, "Inverse hyperbolic sine."),
  func1("atan", atan, false, "Arc tangent."),
  func2("atan2", (_rt, y, x) => atan2(y, x), "The angle of the point (x, y): arc tangent of y/x."),
  func1("atanh", Math.atanh, false, "Inverse hyperbolic tangent."),
  func1("cbrt", cbrt, false, "Cube root."),
  toIntegral("__ceil__", Math.ceil, "ceil", "The least integer not below x."),
  func2(
    "copysign",
    (_rt, x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
    "x with the sign of y.",
  ),
  func1("cos", cos, false, "Cosine."),
  func1("cosh", cosh, true, "Hyperbolic cosine."),
  plain("degrees", (x) => x * (180 / Math.PI), "Radians to degrees."),
  funcErrno("erf", erf, "Error function."),
  funcErrno("erfc", erfc, "1 - erf(x)."),
  func1("exp", exp, true, "e ** x."),
  func1("exp2", exp2, true, "2 ** x."),
  func1("expm1", Math.expm1, true, "e ** x - 1."),
  func1("fabs", Math.abs, false, "Absolute value."),
  toIntegral("__floor__", Math.floor, "floor", "The greatest integer not above x."),
  {
    name: "fma",
    flags: METH.FASTCALL,
    fn: math_fma,
    sig: "($module, x, y, z, /)",
    doc: "x * y + z, rounded once.",
  },
  func2("fmod", fmod, "The remainder of x / y with the sign of x."),
  { name: "frexp", flags: METH.O, fn: math_frexp, sig: "($module, x, /)", doc: "(m, e) with x == m * 2**e." },
  funcErrno("gamma", tgamma, "Gamma function."),
  {
    name: "isclose",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: math_isclose,
    sig: "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
    doc: "Are two numbers close?",
  },
  predicate("isfinite", Number.isFinite),
  predicate("isinf", (x) => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY),
  predicate("isnan", Number.isNaN),
  { name: "ldexp", flags: METH.FASTCALL, fn: math_ldexp, sig: "($module, x, i, /)", doc: "x * 2**i." },
  funcErrno("lgamma", lgamma, "Logarithm of the absolute value of gamma."),
  { name: "log", flags: METH.FASTCALL, fn: math_log, doc: "log(x), log(x, base)." },
  func1("log1p", Math.log1p, false, "log(1 + x)."),
  { name: "log10", flags: METH.O, fn: math_log10, sig: "($module, x, /)", doc: "Logarithm to base 10." },
  { name: "log2", flags: METH.O, fn: math_log2, sig: "($module, x, /)", doc: "Logarithm to base 2." },
  { name: "modf", flags: METH.O, fn: math_modf, sig: "($module, x, /)", doc: "Fraction and whole part." },
  func2("pow", mathPow, "x ** y on floats."),
  plain("radians", (x) => x * (Math.PI / 180), "Degrees to radians."),
  func2("remainder", remainder, "The difference to the nearest multiple of y."),
  func1("sin", sin, false, "Sine."),
  func1("sinh", sinh, true, "Hyperbolic sine."),
  func1("sqrt", Math.sqrt, false, "Square root."),
  func1("tan", tan, false, "Tangent."),
  func1("tanh", Math.tanh, false, "Hyperbolic tangent."),
  {
    name: "trunc",
    flags: METH.O,
    fn: math_trunc,
    sig: "($module, x, /)",
    doc: "The number without its fraction.",
  },
  {
    name: "nextafter",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: math_nextafter,
    sig: "($module, x, y, /, *, steps=None)",
    doc: "The next float after x towards y.",
  },
  plain("ulp", ulp, "The distance to the next float."),
  ...mathIntMethods,
  ...mathSumMethods,
];

export function initModule_math(rt: Runtime): NewRef {
  const m = push(
    rt,
    createModule(rt, "math", methods, "Mathematical functions of the C standard, and some more."),
  );
  const constants: [string, number][] = [
    ["pi", Math.PI],
    ["e", Math.E],
    ["tau", 2 * Math.PI],
    ["inf", Number.POSITIVE_INFINITY],
    ["nan", Number.NaN],
  ];
  for (const [name, value] of constants)
    PyModule_AddObject(rt, rt.i32[m], name, PyFloat_FromDouble(rt, value));
  return pop(rt);
}
