/** The type complex: construction, text, methods. Part of the object layer. */
import { _PyObject_LookupSpecial } from "./abstract.ts";
import { badArgument, kwSpec, parseTupleKw } from "./argparse.ts";
import { callAndDecref } from "./call.ts";
import { PyComplex_Check, PyComplex_CheckExact, PyUnicode_Check } from "./check.ts";
import { type C, complex_complex, complexOf, complexSlots, PyComplex_FromDoubles } from "./complex.ts";
import { defineType } from "./defineType.ts";
import { typeError, valueError } from "./errors.ts";
import { BAD_UNDERSCORE, PyFloat_AsDouble, PyFloat_FromDouble, parseFloatText } from "./float.ts";
import { formatComplexObject } from "./formatfloat.ts";
import { Complex, Float, TF } from "./layout.ts";
import { PyNumber_Float } from "./number.ts";
import { reprText, transformDecimalAndSpace } from "./numtext.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";
import { PyErr_WarnEx } from "./warn.ts";

/** A complex of a type that may be a subclass. */
function make(rt: Runtime, type: Ref, re: number, im: number): NewRef {
  if (type === rt.types.complex) return PyComplex_FromDoubles(rt, re, im);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.f64[(p + Complex.real) >> 1] = re;
  rt.f64[(p + Complex.imag) >> 1] = im;
  return p;
}

const FLOAT = "[+-]?(?:(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:e[+-]?\\d[\\d_]*)?|inf(?:inity)?|nan)";
const BOTH = new RegExp(
  `^(${FLOAT})?(?:([+-](?:(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:e[+-]?\\d[\\d_]*)?|inf(?:inity)?|nan)?)j)?$`,
  "i",
);
const IMAG = new RegExp(`^(${FLOAT}|[+-]?)j$`, "i");

/** The complex number of a text; null when it is none. */
function parseComplex(text: string): C | null {
  let t = text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, "");
  if (t.startsWith("(") && t.endsWith(")")) t = t.slice(1, -1).replace(/^[\t-\r ]+|[\t-\r ]+$/g, "");
  if (t === "") return null;
  const imag = IMAG.exec(t);
  if (imag !== null) {
    const im = unitOrFloat(imag[1]);
    return im === null ? null : { re: 0, im };
  }
  const both = BOTH.exec(t);
  if (both === null || both[1] === undefined) return null;
  const re = parseFloatText(both[1]);
  const im = both[2] === undefined ? 0 : unitOrFloat(both[2]);
  return re === null || im === null ? null : { re, im };
}

function unitOrFloat(text: string): number | null {
  if (text === "" || text === "+") return 1;
  return text === "-" ? -1 : parseFloatText(text);
}

function complexFromString(rt: Runtime, type: Ref, s: Ref): NewRef {
  const text = transformDecimalAndSpace(jsString(rt, s));
  if (BAD_UNDERSCORE.test(text))
    throw valueError(rt, `could not convert string to complex: ${reprText(rt, s)}`);
  const c = parseComplex(text);
  if (c === null) throw valueError(rt, "complex() arg is a malformed string");
  return make(rt, type, c.re, c.im);
}

/** o.__complex__(), or 0 when there is none. */
function tryComplexMethod(rt: Runtime, o: Ref): NewRef | 0 {
  if (PyComplex_CheckExact(rt, o)) return 0;
  const method = _PyObject_LookupSpecial(rt, o, rt.names.__complex__);
  if (method === 0) return 0;
  const r = callAndDecref(rt, method);
  if (PyComplex_CheckExact(rt, r)) return r;
  push(rt, r);
  const name = typeNameOf(rt, r);
  if (!PyComplex_Check(rt, r)) throw typeError(rt, `__complex__ returned non-complex (type ${name})`);
  const rule = "The ability to return an instance of a strict subclass of complex is deprecated";
  const message = `__complex__ returned non-complex (type ${name}).  ${rule}, and may not be supported in a future version of Python.`;
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, message, 1);
  newref(rt, r);
  drop(rt);
  return r;
}

/** PyComplex_AsCComplex: by `__complex__`, else as a real number. */
export function PyComplex_AsCComplex(rt: Runtime, o: Ref): C {
  if (PyComplex_Check(rt, o)) return complexOf(rt, o);
  const converted = tryComplexMethod(rt, o);
  if (converted === 0) return { re: PyFloat_AsDouble(rt, o), im: 0 };
  const c = complexOf(rt, converted);
  decref(rt, converted);
  return c;
}

const isReal = (rt: Runtime, o: Ref): boolean =>
  infoOf(rt, o).nb_float !== null || infoOf(rt, o).nb_index !== null;

/** One argument of complex(real, imag) as a complex, and whether it was one. */
function part(rt: Runtime, o: Ref): { c: C; wasComplex: boolean } {
  if (PyComplex_Check(rt, o)) return { c: complexOf(rt, o), wasComplex: true };
  const real = PyNumber_Float(rt, o);
  const re = rt.f64[(real + Float.fval) >> 1];
  decref(rt, real);
  return { c: { re, im: 0 }, wasComplex: false };
}

const COMPLEX_NEW = kwSpec("complex", "real=, imag=");

function complex_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [r, i] = parseTupleKw(rt, COMPLEX_NEW, args, kwargs);
  if (r !== 0 && i === 0 && PyComplex_CheckExact(rt, r) && type === rt.types.complex) return newref(rt, r);
  if (r !== 0 && PyUnicode_Check(rt, r)) {
    if (i !== 0) throw typeError(rt, "complex() can't take second arg if first is a string");
    return complexFromString(rt, type, r);
  }
  if (i !== 0 && PyUnicode_Check(rt, i)) throw typeError(rt, "complex() second arg can't be a string");
  return fromParts(rt, type, r, i);
}

function fromParts(rt: Runtime, type: Ref, r: OptRef, i: OptRef): NewRef {
  const converted = r === 0 ? 0 : tryComplexMethod(rt, r);
  push(rt, converted);
  const real = converted === 0 ? r : converted;
  if (real !== 0 && !isReal(rt, real) && !PyComplex_Check(rt, real)) {
    throw typeError(
      rt,
      `complex() first argument must be a string or a number, not '${typeNameOf(rt, real)}'`,
    );
  }
  if (i !== 0 && !isReal(rt, i) && !PyComplex_Check(rt, i)) {
    throw typeError(rt, `complex() second argument must be a number, not '${typeNameOf(rt, i)}'`);
  }
  const a = real === 0 ? { c: { re: 0, im: 0 }, wasComplex: false } : part(rt, real);
  let { re, im } = a.c;
  if (i !== 0) {
    const b = part(rt, i);
    if (b.wasComplex) re -= b.c.im;
    im = a.wasComplex ? im + b.c.re : b.c.re;
  }
  const p = make(rt, type, re, im);
  drop(rt);
  return p;
}

function complex_conjugate(rt: Runtime, self: Ref): NewRef {
  const { re, im } = complexOf(rt, self);
  return PyComplex_FromDoubles(rt, re, -im);
}

function complex_getnewargs(rt: Runtime, self: Ref): NewRef {
  const { re, im } = complexOf(rt, self);
  const t = push(rt, PyTuple_New(rt, 2));
  PyTuple_SET_ITEM(rt, rt.i32[t], 0, PyFloat_FromDouble(rt, re));
  PyTuple_SET_ITEM(rt, rt.i32[t], 1, PyFloat_FromDouble(rt, im));
  const r = newref(rt, rt.i32[t]);
  drop(rt);
  return r;
}

function complex_format(rt: Runtime, self: Ref, spec: Ref): NewRef {
  if (!PyUnicode_Check(rt, spec)) throw badArgument(rt, "__format__", "argument", "str", spec);
  return formatComplexObject(rt, self, jsString(rt, spec));
}

const methods: MethodDef[] = [
  {
    name: "conjugate",
    flags: METH.NOARGS,
    fn: complex_conjugate,
    sig: "($self, /)",
    doc: "With the imaginary part negated.",
  },
  { name: "__complex__", flags: METH.NOARGS, fn: complex_complex, sig: "($self, /)" },
  { name: "__getnewargs__", flags: METH.NOARGS, fn: complex_getnewargs, sig: "($self, /)" },
  { name: "__format__", flags: METH.O, fn: complex_format, sig: "($self, format_spec, /)" },
];

export function initComplex(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "complex",
      basicsize: Complex.BYTES,
      flags: TF.BASETYPE,
      doc: "A complex number: complex(real, imag), or of a text such as '1+2j'.",
      slots: { ...complexSlots, tp_new: complex_new },
      methods,
      members: [
        { name: "real", type: "double", offset: Complex.real, readonly: true, doc: "The real part." },
        { name: "imag", type: "double", offset: Complex.imag, readonly: true, doc: "The imaginary part." },
      ],
    },
    rt.types.complex,
  );
}
