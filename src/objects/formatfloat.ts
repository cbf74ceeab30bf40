/** Formatting of float and complex by the mini-language, and of doubles for the % operator. Part of the object layer. */
import { PyObject_Str } from "./abstract.ts";
import { DtsF, doubleToString, floatRepr } from "./dtoa.ts";
import { valueError } from "./errors.ts";
import { PyFloat_AS_DOUBLE } from "./floatcore.ts";
import { For, specFor } from "./formatcache.ts";
import {
  checkPrecision,
  type FormatSpec,
  layOutNumber,
  type NumberText,
  padText,
  parseFormatSpec,
  unknownType,
} from "./formatspec.ts";
import { Complex, Ob } from "./layout.ts";
import { bytes, dot, END, fixedBefore, planNumber, plannedNumber, reprDigits } from "./numberbytes.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { PyUnicode_FromJS } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** For the % operator and others: e, f, g, r, E, F, G. flags: 1 adds ".0" to integers (r), 2 is the alternate form. */
export function formatFloat(d: number, code: string, precision: number, flags: number): string {
  return doubleToString(d, code, precision, flags);
}

/** float.__format__ */
export function formatFloatObject(rt: Runtime, self: Ref, text: string): NewRef {
  const d = PyFloat_AS_DOUBLE(rt, self);
  if (text === "") {
    if (rt.i32[self + Ob.type] !== rt.types.float) return PyObject_Str(rt, self);
    return floatReprObject(rt, d);
  }
  const spec = parseFormatSpec(rt, text, typeNameOf(rt, self), "", ">");
  return PyUnicode_FromJS(rt, formatDouble(rt, d, spec, typeNameOf(rt, self)));
}

/** float.__format__ of an exact float with a specification that is not empty. */
export function formatExactFloat(rt: Runtime, self: Ref, text: Ref): NewRef {
  const d = PyFloat_AS_DOUBLE(rt, self);
  const spec = specFor(rt, text, For.FLOAT);
  const n = planFloat(d, spec);
  return n < 0 ? PyUnicode_FromJS(rt, formatDouble(rt, d, spec, "float")) : plannedNumber(rt, n);
}

/** Plans the text of a float (see planNumber); -1 if it is not done in this way. */
export function planFloat(d: number, spec: FormatSpec): number {
  const c = spec.typeCode;
  if (!spec.direct || spec.alternate || d - d !== 0) return -1;
  const percent = c === 37;
  if (percent) {
    d *= 100;
    bytes[END - 1] = 37;
  }
  const a = d < 0 ? -d : d;
  let start = -1;
  if (c === 102 || c === 70 || percent)
    start = fixedBefore(a, spec.precision < 0 ? 6 : spec.precision, percent ? END - 1 : END);
  else if (c === 0 && spec.precision < 0) start = reprDigits(a);
  if (start < 0) return -1;
  const sign = d < 0 || (d === 0 && 1 / d < 0) ? 45 : spec.signCode;
  return planNumber(
    start,
    dot,
    sign,
    0,
    spec.group,
    spec.separator,
    spec.width,
    spec.alignCode,
    spec.fillCode,
  );
}

/** repr() of a double */
export function floatReprObject(rt: Runtime, d: number): NewRef {
  const start = reprDigits(d < 0 ? -d : d);
  if (start < 0) return PyUnicode_FromJS(rt, floatRepr(d));
  return plannedNumber(rt, planNumber(start, dot, d < 0 ? 45 : 0, 0, 0, 0, 0, 62, 32));
}

/** A double by a specification; types "" e E f F g G n %. */
export function formatDouble(rt: Runtime, d: number, spec: FormatSpec, typeName: string): string {
  if (spec.type !== "" && !"eEfFgGn%".includes(spec.type)) throw unknownType(rt, spec.type, typeName);
  checkPrecision(rt, spec.precision);
  let flags = spec.alternate ? DtsF.ALT : 0;
  let { type, precision } = spec;
  let fallback = 6;
  if (type === "") {
    flags |= DtsF.ADD_DOT_0;
    type = "r";
    fallback = 0;
  } else if (type === "n") type = "g";
  const percent = type === "%";
  if (percent) {
    type = "f";
    d *= 100;
  }
  if (precision < 0) precision = fallback;
  else if (type === "r") type = "g";
  const raw = doubleToString(d, type, precision, flags);
  return layOutNumber(rt, spec, splitNumber(dropNegZero(raw, spec.noNegZero), percent ? "%" : ""));
}

/** With "z", a negative number that prints as zero loses its sign. */
function dropNegZero(text: string, drop: boolean): string {
  return drop && text[0] === "-" && /^-[0.]+(e|E|$)/.test(text) ? text.slice(1) : text;
}

function splitNumber(text: string, suffix: string): NumberText {
  const negative = text[0] === "-";
  const body = negative ? text.slice(1) : text;
  let n = 0;
  while (n < body.length && body.charCodeAt(n) >= 48 && body.charCodeAt(n) <= 57) n++;
  return { negative, prefix: "", digits: body.slice(0, n), rest: body.slice(n) + suffix };
}

/** complex.__format__ */
export function formatComplexObject(rt: Runtime, self: Ref, text: string): NewRef {
  if (text === "") return PyObject_Str(rt, self);
  const name = typeNameOf(rt, self);
  const spec = parseFormatSpec(rt, text, name, "", ">");
  if (spec.type !== "" && !"eEfFgGn".includes(spec.type)) throw unknownType(rt, spec.type, name);
  checkPrecision(rt, spec.precision);
  if (spec.fill === "0") throw valueError(rt, "Zero padding is not allowed in complex format specifier");
  if (spec.align === "=")
    throw valueError(rt, "'=' alignment flag is not allowed in complex format specifier");
  const re = rt.f64[(self + Complex.real) >> 1];
  const im = rt.f64[(self + Complex.imag) >> 1];
  const out = complexText(rt, re, im, spec);
  return PyUnicode_FromJS(rt, padText(rt, out, out.length, spec, ">"));
}

function complexText(rt: Runtime, re: number, im: number, spec: FormatSpec): string {
  let { type, precision } = spec;
  let fallback = 6;
  const plain = type === "";
  if (plain) {
    type = "r";
    fallback = 0;
  } else if (type === "n") type = "g";
  if (precision < 0) precision = fallback;
  else if (type === "r") type = "g";
  const flags = spec.alternate ? DtsF.ALT : 0;
  const skipReal = plain && Object.is(re, 0);
  const bare: FormatSpec = { ...spec, fill: " ", align: "<", width: -1 };
  const part = (d: number, sign: string): string =>
    layOutNumber(
      rt,
      { ...bare, sign },
      splitNumber(dropNegZero(doubleToString(d, type, precision, flags), spec.noNegZero), ""),
    );
  if (skipReal) return `${part(im, spec.sign)}j`;
  const both = `${part(re, spec.sign)}${part(im, "+")}j`;
  return plain ? `(${both})` : both;
}
