/** complex: PyComplexObject and its arithmetic. Part of the object layer. */
import { PyObject_New } from "./alloc.ts";
import { PyComplex_Check, PyComplex_CheckExact, PyFloat_Check, PyLong_Check } from "./check.ts";
import { doubleToString } from "./dtoa.ts";
import { overflowError, raise } from "./errors.ts";
import { PyFloat_AS_DOUBLE, PyFloat_FromDouble } from "./floatcore.ts";
import { compareDoubleLong } from "./floatops.ts";
import { _Py_HashDouble } from "./hash.ts";
import { Complex, Ob, Ty } from "./layout.ts";
import { exp, log, pow } from "./libm.ts";
import { PyLong_AsDouble } from "./longpow.ts";
import { newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { atan2, cos, hypot, sin } from "./trig.ts";
import { Cmp, type NewRef, type Ref } from "./typeinfo.ts";

export { initComplex } from "./complextype.ts";

/** A complex number between operations. */
export interface C {
  re: number;
  im: number;
}

export function PyComplex_FromDoubles(rt: Runtime, re: number, im: number): NewRef {
  const p = PyObject_New(rt, rt.types.complex, Complex.BYTES);
  rt.f64[(p + Complex.real) >> 1] = re;
  rt.f64[(p + Complex.imag) >> 1] = im;
  return p;
}

export function complexOf(rt: Runtime, p: Ref): C {
  return { re: rt.f64[(p + Complex.real) >> 1], im: rt.f64[(p + Complex.imag) >> 1] };
}

/** A complex, float or int as a complex; null for anything else. */
function operand(rt: Runtime, o: Ref): C | null {
  if (PyComplex_Check(rt, o)) return complexOf(rt, o);
  if (PyFloat_Check(rt, o)) return { re: PyFloat_AS_DOUBLE(rt, o), im: 0 };
  return PyLong_Check(rt, o) ? { re: PyLong_AsDouble(rt, o), im: 0 } : null;
}

type ComplexOp = (rt: Runtime, a: C, b: C) => C;

function slot(op: ComplexOp): (rt: Runtime, a: Ref, b: Ref) => NewRef {
  return (rt, a, b) => {
    const x = operand(rt, a);
    if (x === null) return rt.NotImplemented;
    const y = operand(rt, b);
    if (y === null) return rt.NotImplemented;
    const r = op(rt, x, y);
    return PyComplex_FromDoubles(rt, r.re, r.im);
  };
}

function product(a: C, b: C): C {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

/** _Py_c_quot: Smith's method. */
function quotient(rt: Runtime, a: C, b: C): C {
  const absRe = Math.abs(b.re);
  const absIm = Math.abs(b.im);
  if (absRe >= absIm) {
    if (absRe === 0) throw raise(rt, rt.exc.ZeroDivisionError, "complex division by zero");
    const ratio = b.im / b.re;
    const denom = b.re + b.im * ratio;
    return { re: (a.re + a.im * ratio) / denom, im: (a.im - a.re * ratio) / denom };
  }
  if (absIm >= absRe) {
    const ratio = b.re / b.im;
    const denom = b.re * ratio + b.im;
    return { re: (a.re * ratio + a.im) / denom, im: (a.im * ratio - a.re) / denom };
  }
  return { re: Number.NaN, im: Number.NaN };
}

/** a / b, for cmath. */
export const complexQuotient = quotient;

function zeroToNegative(rt: Runtime): PyErr {
  return raise(rt, rt.exc.ZeroDivisionError, "0.0 to a negative or complex power");
}

/** _Py_c_pow; a small integral exponent is done by multiplication. */
export function complexPower(rt: Runtime, a: C, b: C): C {
  const r =
    b.im === 0 && b.re === Math.floor(b.re) && Math.abs(b.re) <= 100
      ? integralPower(rt, a, b.re)
      : generalPower(rt, a, b);
  if (isHuge(r)) throw overflowError(rt, "complex exponentiation");
  return r;
}

/** An infinite result is a range error, whatever the operands. */
function isHuge(r: C): boolean {
  return Math.abs(r.re) === Number.POSITIVE_INFINITY || Math.abs(r.im) === Number.POSITIVE_INFINITY;
}

function generalPower(rt: Runtime, a: C, b: C): C {
  if (b.re === 0 && b.im === 0) return { re: 1, im: 0 };
  if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) throw zeroToNegative(rt);
    return { re: 0, im: 0 };
  }
  const vabs = hypot(a.re, a.im);
  let len = pow(vabs, b.re);
  const at = atan2(a.im, a.re);
  let phase = at * b.re;
  if (b.im !== 0) {
    len /= exp(at * b.im);
    phase += b.im * log(vabs);
  }
  // The sine of an infinity is a domain error in C, which shows as this exception.
  if (Math.abs(phase) === Number.POSITIVE_INFINITY) throw zeroToNegative(rt);
  return { re: len * cos(phase), im: len * sin(phase) };
}

function integralPower(rt: Runtime, x: C, n: number): C {
  if (n > 0) return positivePower(x, n);
  return quotient2(rt, { re: 1, im: 0 }, positivePower(x, -n));
}

function quotient2(rt: Runtime, a: C, b: C): C {
  if (b.re === 0 && b.im === 0) throw zeroToNegative(rt);
  return quotient(rt, a, b);
}

function positivePower(x: C, n: number): C {
  let r: C = { re: 1, im: 0 };
  let p = x;
  for (let mask = 1; mask > 0 && n >= mask; mask <<= 1) {
    if (n & mask) r = product(r, p);
    p = product(p, p);
  }
  return r;
}

/** A negative double to a fractional power. */
export function complex_pow_doubles(rt: Runtime, x: number, y: number): NewRef {
  const r = complexPower(rt, { re: x, im: 0 }, { re: y, im: 0 });
  return PyComplex_FromDoubles(rt, r.re, r.im);
}

function complex_pow(rt: Runtime, a: Ref, b: Ref, c: Ref): NewRef {
  const x = operand(rt, a);
  const y = x === null ? null : operand(rt, b);
  if (x === null || y === null) return rt.NotImplemented;
  if (c !== rt.None && c !== 0) throw raise(rt, rt.exc.ValueError, "complex modulo");
  const r = complexPower(rt, x, y);
  return PyComplex_FromDoubles(rt, r.re, r.im);
}

function complex_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (op !== Cmp.EQ && op !== Cmp.NE) return rt.NotImplemented;
  const x = complexOf(rt, a);
  let equal: boolean;
  if (PyLong_Check(rt, b)) equal = x.im === 0 && !Number.isNaN(x.re) && compareDoubleLong(rt, x.re, b) === 0;
  else {
    const y = operand(rt, b);
    if (y === null) return rt.NotImplemented;
    equal = x.re === y.re && x.im === y.im;
  }
  return equal === (op === Cmp.EQ) ? rt.True : rt.False;
}

/** hash(real) + 1000003 * hash(imag), modulo 2**64; -1 becomes -2. */
function complex_hash(rt: Runtime, self: Ref): number {
  const { re, im } = complexOf(rt, self);
  const reLo = _Py_HashDouble(rt, self, re);
  const reHi = rt.hashHi;
  const imLo = _Py_HashDouble(rt, self, im);
  const imHi = rt.hashHi;
  const lo = BigInt.asIntN(64, join(reLo, reHi) + 1000003n * join(imLo, imHi));
  const h = lo === -1n ? -2n : lo;
  rt.hashHi = Number(h >> 32n) | 0;
  return Number(BigInt.asIntN(32, h));
}

function join(lo: number, hi: number): bigint {
  return (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
}

/** "1j", "(1+2j)": the real part is left out when it is +0. */
export function complexRepr(re: number, im: number): string {
  if (Object.is(re, 0)) return `${doubleToString(im, "r", 0, 0)}j`;
  const imag = doubleToString(im, "r", 0, 0);
  return `(${doubleToString(re, "r", 0, 0)}${imag[0] === "-" ? "" : "+"}${imag}j)`;
}

export function complex_complex(rt: Runtime, self: Ref): NewRef {
  if (PyComplex_CheckExact(rt, self)) return newref(rt, self);
  const { re, im } = complexOf(rt, self);
  return PyComplex_FromDoubles(rt, re, im);
}

function complex_abs(rt: Runtime, self: Ref): NewRef {
  const { re, im } = complexOf(rt, self);
  const r = hypot(re, im);
  if (r === Number.POSITIVE_INFINITY && Number.isFinite(re) && Number.isFinite(im)) {
    throw overflowError(rt, "absolute value too large");
  }
  return PyFloat_FromDouble(rt, r);
}

export const complexSlots = {
  tp_dealloc: (rt: Runtime, p: Ref): void => {
    rt.typeInfos[rt.i32[rt.i32[p + Ob.type] + Ty.info]].tp_free!(rt, p);
  },
  tp_repr: (rt: Runtime, self: Ref): NewRef => {
    const { re, im } = complexOf(rt, self);
    return PyUnicode_FromJS(rt, complexRepr(re, im));
  },
  tp_hash: complex_hash,
  tp_richcompare: complex_richcompare,
  nb_add: slot((_rt, a, b) => ({ re: a.re + b.re, im: a.im + b.im })),
  nb_subtract: slot((_rt, a, b) => ({ re: a.re - b.re, im: a.im - b.im })),
  nb_multiply: slot((_rt, a, b) => product(a, b)),
  nb_true_divide: slot(quotient),
  nb_power: complex_pow,
  nb_negative: (rt: Runtime, a: Ref): NewRef =>
    PyComplex_FromDoubles(rt, -complexOf(rt, a).re, -complexOf(rt, a).im),
  nb_positive: complex_complex,
  nb_absolute: complex_abs,
  nb_bool: (rt: Runtime, a: Ref): boolean => complexOf(rt, a).re !== 0 || complexOf(rt, a).im !== 0,
};
