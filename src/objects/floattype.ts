/** The type float: construction and methods. Part of the object layer. */

import { badArgument, checkArgs, noKwnames } from "./argparse.ts";
import { PyObject_CallOneArg } from "./call.ts";
import { PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { decompose, exactScaled } from "./dtoa.ts";
import { overflowError, raise, typeError, valueError } from "./errors.ts";
import { float_float, floatSlots, PyFloat_AS_DOUBLE, PyFloat_FromDouble } from "./float.ts";
import { doubleToHex, hexToDouble } from "./floathex.ts";
import { formatFloatObject } from "./formatfloat.ts";
import { Float, TF, Tuple } from "./layout.ts";
import { PyLong_FromBigInt, PyLong_FromNumber } from "./long.ts";
import { divideToDouble } from "./longpow.ts";
import { newNoKeywords } from "./newkeywords.ts";
import { PyNumber_AsSsize_t, PyNumber_Float } from "./number.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS, strEqualsJS } from "./str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM, tupleItem } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

/** The integer of a double (truncated), with float.__int__'s errors. */
export function PyLong_FromDouble(rt: Runtime, d: number): NewRef {
  if (!Number.isFinite(d)) {
    if (Number.isNaN(d)) throw valueError(rt, "cannot convert float NaN to integer");
    throw overflowError(rt, "cannot convert float infinity to integer");
  }
  return PyLong_FromNumber(rt, Math.trunc(d));
}

function float_trunc(rt: Runtime, self: Ref): NewRef {
  return PyLong_FromDouble(rt, PyFloat_AS_DOUBLE(rt, self));
}

function float_floor(rt: Runtime, self: Ref): NewRef {
  return PyLong_FromDouble(rt, Math.floor(PyFloat_AS_DOUBLE(rt, self)));
}

function float_ceil(rt: Runtime, self: Ref): NewRef {
  return PyLong_FromDouble(rt, Math.ceil(PyFloat_AS_DOUBLE(rt, self)));
}

/** The nearest integer, ties to even. */
export function roundHalfEven(d: number): number {
  const r = Math.round(d);
  // Math.round takes ties up.
  return r - d === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

function float_round(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "__round__", nargs, 0, 1);
  const d = PyFloat_AS_DOUBLE(rt, self);
  if (nargs === 0 || rt.i32[args] === rt.None) return PyLong_FromDouble(rt, roundHalfEven(d));
  const n = PyNumber_AsSsize_t(rt, rt.i32[args], 0);
  if (!Number.isFinite(d) || d === 0) return PyFloat_FromDouble(rt, d);
  // More digits than a double has, or fewer than none.
  if (n > 323) return PyFloat_FromDouble(rt, d);
  if (n < -308) return PyFloat_FromDouble(rt, d < 0 ? -0 : 0);
  return PyFloat_FromDouble(rt, roundToDigits(rt, d, n));
}

/** d rounded to n decimal places: the double nearest to the correctly rounded decimal. */
function roundToDigits(rt: Runtime, d: number, n: number): number {
  const scaled = exactScaled(Math.abs(d), n);
  const r =
    n > 0 && n <= 22
      ? Number(`${scaled}e-${n}`)
      : n > 0
        ? divideToDouble(scaled, 10n ** BigInt(n))
        : Number(scaled * 10n ** BigInt(-n));
  if (!Number.isFinite(r)) throw overflowError(rt, "rounded value too large to represent");
  return d < 0 ? -r : r;
}

function float_as_integer_ratio(rt: Runtime, self: Ref): NewRef {
  const d = PyFloat_AS_DOUBLE(rt, self);
  if (Number.isNaN(d)) throw valueError(rt, "cannot convert NaN to integer ratio");
  if (!Number.isFinite(d)) throw overflowError(rt, "cannot convert Infinity to integer ratio");
  let { m, e } = decompose(d);
  while (e < 0 && (m & 1n) === 0n) {
    m >>= 1n;
    e++;
  }
  const t = push(rt, PyTuple_New(rt, 2));
  PyTuple_SET_ITEM(rt, rt.i32[t], 0, PyLong_FromBigInt(rt, m));
  PyTuple_SET_ITEM(rt, rt.i32[t], 1, PyLong_FromBigInt(rt, 1n << BigInt(-e)));
  return pop(rt);
}

function float_is_integer(rt: Runtime, self: Ref): NewRef {
  return Number.isInteger(PyFloat_AS_DOUBLE(rt, self)) ? rt.True : rt.False;
}

function float_hex(rt: Runtime, self: Ref): NewRef {
  return PyUnicode_FromJS(rt, doubleToHex(PyFloat_AS_DOUBLE(rt, self)));
}

function float_fromhex(rt: Runtime, type: Ref, arg: Ref): NewRef {
  if (!PyUnicode_Check(rt, arg)) throw typeError(rt, "bad argument type for built-in operation");
  const d = hexToDouble(jsString(rt, arg));
  if (d === null) throw valueError(rt, "invalid hexadecimal floating-point string");
  if (d === "overflow") throw overflowError(rt, "hexadecimal value too large to represent as a float");
  const f = PyFloat_FromDouble(rt, d);
  if (type === rt.types.float) return f;
  push(rt, f);
  const r = PyObject_CallOneArg(rt, type, f);
  drop(rt);
  return r;
}

function float_getnewargs(rt: Runtime, self: Ref): NewRef {
  const f = push(rt, PyFloat_FromDouble(rt, PyFloat_AS_DOUBLE(rt, self)));
  const t = PyTuple_Pack(rt, rt.i32[f]);
  decref(rt, pop(rt));
  return t;
}

function float_format(rt: Runtime, self: Ref, spec: Ref): NewRef {
  if (!PyUnicode_Check(rt, spec)) throw badArgument(rt, "__format__", "argument", "str", spec);
  return formatFloatObject(rt, self, jsString(rt, spec));
}

function float_getformat(rt: Runtime, _type: Ref, arg: Ref): NewRef {
  if (!PyUnicode_Check(rt, arg)) throw badArgument(rt, "__getformat__", "argument", "str", arg);
  if (!strEqualsJS(rt, arg, "double") && !strEqualsJS(rt, arg, "float")) {
    throw raise(rt, rt.exc.ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  }
  return PyUnicode_FromJS(rt, "IEEE, little-endian");
}

export function float_tp_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "float", kwargs);
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "float", n, 0, 1);
  const f = n === 0 ? PyFloat_FromDouble(rt, 0) : PyNumber_Float(rt, tupleItem(rt, args, 0));
  if (type === rt.types.float) return f;
  push(rt, f);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.f64[(p + Float.fval) >> 1] = PyFloat_AS_DOUBLE(rt, f);
  drop(rt);
  return p;
}

function float_vectorcall(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "float", kwnames);
  checkArgs(rt, "float", nargs, 0, 1);
  return nargs === 0 ? PyFloat_FromDouble(rt, 0) : PyNumber_Float(rt, rt.i32[args]);
}

const methods: MethodDef[] = [
  { name: "conjugate", flags: METH.NOARGS, fn: float_float, sig: "($self, /)", doc: "The float itself." },
  { name: "__trunc__", flags: METH.NOARGS, fn: float_trunc, sig: "($self, /)" },
  { name: "__floor__", flags: METH.NOARGS, fn: float_floor, sig: "($self, /)" },
  { name: "__ceil__", flags: METH.NOARGS, fn: float_ceil, sig: "($self, /)" },
  { name: "__round__", flags: METH.FASTCALL, fn: float_round, sig: "($self, ndigits=None, /)" },
  {
    name: "as_integer_ratio",
    flags: METH.NOARGS,
    fn: float_as_integer_ratio,
    sig: "($self, /)",
    doc: "The pair of ints whose ratio is exactly the float.",
  },
  { name: "fromhex", flags: METH.O | METH.CLASS, fn: float_fromhex, sig: "($type, string, /)" },
  { name: "hex", flags: METH.NOARGS, fn: float_hex, sig: "($self, /)" },
  { name: "is_integer", flags: METH.NOARGS, fn: float_is_integer, sig: "($self, /)" },
  { name: "__getnewargs__", flags: METH.NOARGS, fn: float_getnewargs, sig: "($self, /)" },
  { name: "__getformat__", flags: METH.O | METH.CLASS, fn: float_getformat, sig: "($type, typestr, /)" },
  { name: "__format__", flags: METH.O, fn: float_format, sig: "($self, format_spec, /)" },
];

export function initFloat(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "float",
      basicsize: Float.BYTES,
      flags: TF.BASETYPE | TF.MATCH_SELF,
      doc: "A double-precision number. float(x) converts a number or reads a text.",
      slots: { ...floatSlots, tp_new: float_tp_new, type_vectorcall: float_vectorcall, nb_int: float_trunc },
      methods,
      getsets: [
        { name: "real", get: float_float, doc: "The real part." },
        { name: "imag", get: (rt) => PyFloat_FromDouble(rt, 0), doc: "The imaginary part: 0.0." },
      ],
    },
    rt.types.float,
  );
}
