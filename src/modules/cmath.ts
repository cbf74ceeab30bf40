/** The module cmath. Part of the modules. */
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { type C, complexQuotient, PyComplex_FromDoubles } from "../objects/complex.ts";
import { PyComplex_AsCComplex } from "../objects/complextype.ts";
import { overflowError, valueError } from "../objects/errors.ts";
import { PyFloat_AsDouble, PyFloat_FromDouble } from "../objects/float.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop, push } from "../objects/stack.ts";
import { atan2, hypot } from "../objects/trig.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import {
  c_acos,
  c_acosh,
  c_asin,
  c_asinh,
  c_atan,
  c_atanh,
  c_cos,
  c_cosh,
  c_exp,
  c_log,
  c_rect,
  c_sin,
  c_sinh,
  c_sqrt,
  c_tan,
  c_tanh,
  MathError,
} from "./cmathfuncs.ts";
import { createModule } from "./native.ts";

/** Runs a computation, its errors turned into exceptions. */
function guarded(rt: Runtime, f: () => C): NewRef {
  let r: C;
  try {
    r = f();
  } catch (e) {
    if (!(e instanceof MathError)) throw e;
    throw e.range ? overflowError(rt, "math range error") : valueError(rt, "math domain error");
  }
  return PyComplex_FromDoubles(rt, r.re, r.im);
}

function func(name: string, f: (z: C) => C, doc: string): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef => {
    const z = PyComplex_AsCComplex(rt, arg);
    return guarded(rt, () => f(z));
  };
  return { name, flags: METH.O, fn, sig: "($module, z, /)", doc };
}

function cmath_log(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "log", nargs, 1, 2);
  const z = PyComplex_AsCComplex(rt, rt.i32[args]);
  const base = nargs === 2 ? PyComplex_AsCComplex(rt, rt.i32[args + 2]) : null;
  return guarded(rt, () => {
    const x = c_log(z);
    if (base === null) return x;
    const y = c_log(base);
    if (y.re === 0 && y.im === 0) throw new MathError(false);
    return complexQuotient(rt, x, y);
  });
}

const LN10 = Math.LN10;

function log10(z: C): C {
  const r = c_log(z);
  return { re: r.re / LN10, im: r.im / LN10 };
}

function phaseOf(z: C): number {
  return atan2(z.im, z.re);
}

function cmath_phase(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  const z = PyComplex_AsCComplex(rt, arg);
  const phi = phaseOf(z);
  // C's atan2 reports an angle too small for a normal number.
  if (z.im !== 0 && Math.abs(phi) < 2 ** -1022) throw overflowError(rt, "math range error");
  return PyFloat_FromDouble(rt, phi);
}

function cmath_polar(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  const z = PyComplex_AsCComplex(rt, arg);
  const r = hypot(z.re, z.im);
  if (r === Number.POSITIVE_INFINITY && Number.isFinite(z.re) && Number.isFinite(z.im)) {
    throw overflowError(rt, "math range error");
  }
  const t = push(rt, PyTuple_New(rt, 2));
  PyTuple_SET_ITEM(rt, rt.i32[t], 0, PyFloat_FromDouble(rt, r));
  PyTuple_SET_ITEM(rt, rt.i32[t], 1, PyFloat_FromDouble(rt, phaseOf(z)));
  return pop(rt);
}

function cmath_rect(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "rect", nargs, 2, 2);
  const r = PyFloat_AsDouble(rt, rt.i32[args]);
  const phi = PyFloat_AsDouble(rt, rt.i32[args + 2]);
  return guarded(rt, () => c_rect(r, phi));
}

function predicate(name: string, f: (z: C) => boolean): MethodDef {
  const fn = (rt: Runtime, _m: Ref, arg: Ref): NewRef =>
    f(PyComplex_AsCComplex(rt, arg)) ? rt.True : rt.False;
  return { name, flags: METH.O, fn, sig: "($module, z, /)" };
}

const infinite = (x: number): boolean => Math.abs(x) === Number.POSITIVE_INFINITY;
const ISCLOSE = kwSpec("isclose", "a, b, *, rel_tol=, abs_tol=");

function cmath_isclose(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const given = parseFastKw(rt, ISCLOSE, args, nargs, kwnames);
  const a = PyComplex_AsCComplex(rt, given[0]);
  const b = PyComplex_AsCComplex(rt, given[1]);
  const rel = given[2] === 0 ? 1e-9 : PyFloat_AsDouble(rt, given[2]);
  const abs = given[3] === 0 ? 0 : PyFloat_AsDouble(rt, given[3]);
  if (rel < 0 || abs < 0) throw valueError(rt, "tolerances must be non-negative");
  return isClose(a, b, rel, abs) ? rt.True : rt.False;
}

function isClose(a: C, b: C, rel: number, abs: number): boolean {
  if (a.re === b.re && a.im === b.im) return true;
  if (infinite(a.re) || infinite(a.im) || infinite(b.re) || infinite(b.im)) return false;
  const diff = hypot(a.re - b.re, a.im - b.im);
  return diff <= rel * hypot(b.re, b.im) || diff <= rel * hypot(a.re, a.im) || diff <= abs;
}

const methods: MethodDef[] = [
  func("acos", c_acos, "Arc cosine."),
  func("acosh", c_acosh, "Inverse hyperbolic cosine."),
  func("asin", c_asin, "Arc sine."),
  func("asinh", c_asinh, "Inverse hyperbolic sine."),
  func("atan", c_atan, "Arc tangent."),
  func("atanh", c_atanh, "Inverse hyperbolic tangent."),
  func("cos", c_cos, "Cosine."),
  func("cosh", c_cosh, "Hyperbolic cosine."),
  func("exp", c_exp, "e ** z."),
  {
    name: "isclose",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: cmath_isclose,
    sig: "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)",
    doc: "Are two numbers close?",
  },
  predicate("isfinite", (z) => Number.isFinite(z.re) && Number.isFinite(z.im)),
  predicate("isinf", (z) => infinite(z.re) || infinite(z.im)),
  predicate("isnan", (z) => Number.isNaN(z.re) || Number.isNaN(z.im)),
  { name: "log", flags: METH.FASTCALL, fn: cmath_log, doc: "log(z), log(z, base)." },
  func("log10", log10, "Logarithm to base 10."),
  { name: "phase", flags: METH.O, fn: cmath_phase, sig: "($module, z, /)", doc: "The angle." },
  { name: "polar", flags: METH.O, fn: cmath_polar, sig: "($module, z, /)", doc: "Length and angle." },
  {
    name: "rect",
    flags: METH.FASTCALL,
    fn: cmath_rect,
    sig: "($module, r, phi, /)",
    doc: "From length and angle.",
  },
  func("sin", c_sin, "Sine."),
  func("sinh", c_sinh, "Hyperbolic sine."),
  func("sqrt", c_sqrt, "Square root."),
  func("tan", c_tan, "Tangent."),
  func("tanh", c_tanh, "Hyperbolic tangent."),
];

export function initModule_cmath(rt: Runtime): NewRef {
  const m = push(rt, createModule(rt, "cmath", methods, "Mathematical functions on complex numbers."));
  const inf = Number.POSITIVE_INFINITY;
  const floats: [string, number][] = [
    ["pi", Math.PI],
    ["e", Math.E],
    ["tau", 2 * Math.PI],
    ["inf", inf],
    ["nan", Number.NaN],
  ];
  for (const [name, value] of floats) PyModule_AddObject(rt, rt.i32[m], name, PyFloat_FromDouble(rt, value));
  PyModule_AddObject(rt, rt.i32[m], "infj", PyComplex_FromDoubles(rt, 0, inf));
  PyModule_AddObject(rt, rt.i32[m], "nanj", PyComplex_FromDoubles(rt, 0, Number.NaN));
  return pop(rt);
}
