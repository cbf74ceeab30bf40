/** str.__format__. Part of the object layer. */
import { PyObject_Str } from "./abstract.ts";
import { valueError } from "./errors.ts";
import { For, specFor } from "./formatcache.ts";
import {
  checkPrecision,
  checkWidth,
  type FormatSpec,
  padText,
  parseFormatSpec,
  unknownType,
} from "./formatspec.ts";
import { Ob } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { jsString, PyUnicode_FromJS, strLength } from "./str.ts";
import { pad as padStr } from "./strmethods.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** format(self, spec) for two strs. */
export function unicodeFormatAdvanced(rt: Runtime, self: Ref, spec: Ref): NewRef {
  return formatStrObject(rt, self, jsString(rt, spec));
}

/** str.__format__ of an exact str with a specification that is not empty. */
export function formatExactStr(rt: Runtime, self: Ref, text: Ref): NewRef {
  const spec = specFor(rt, text, For.STR);
  if (!spec.plain || spec.type !== "s" || spec.precision >= 0) return formatBySpec(rt, self, spec, "str");
  const pad = spec.width - strLength(rt, self);
  if (pad <= 0) return newref(rt, self);
  checkWidth(rt, spec.width);
  const left = spec.align === ">" ? pad : spec.align === "^" ? pad >> 1 : 0;
  return padStr(rt, self, left, pad - left, 32);
}

/** str.__format__ */
export function formatStrObject(rt: Runtime, self: Ref, text: string): NewRef {
  if (text === "") return rt.i32[self + Ob.type] === rt.types.str ? newref(rt, self) : PyObject_Str(rt, self);
  const name = typeNameOf(rt, self);
  return formatBySpec(rt, self, parseFormatSpec(rt, text, name, "s", "<"), name);
}

function formatBySpec(rt: Runtime, self: Ref, spec: FormatSpec, name: string): NewRef {
  if (spec.type !== "s") throw unknownType(rt, spec.type, name);
  checkStringSpec(rt, spec);
  checkPrecision(rt, spec.precision);
  const value = jsString(rt, self);
  if (/^[\0-\x7f]*$/.test(value)) {
    const cut = spec.precision >= 0 ? value.slice(0, spec.precision) : value;
    return PyUnicode_FromJS(rt, padText(rt, cut, cut.length, spec, "<"));
  }
  const chars = Array.from(value);
  if (spec.precision >= 0 && chars.length > spec.precision) chars.length = spec.precision;
  return PyUnicode_FromJS(rt, padText(rt, chars.join(""), chars.length, spec, "<"));
}

function checkStringSpec(rt: Runtime, spec: FormatSpec): void {
  const where = "not allowed in string format specifier";
  if (spec.sign !== "") throw valueError(rt, `${spec.sign === " " ? "Space" : "Sign"} ${where}`);
  if (spec.noNegZero) throw valueError(rt, `Negative zero coercion (z) ${where}`);
  if (spec.alternate) throw valueError(rt, `Alternate form (#) ${where}`);
  if (spec.align === "=") throw valueError(rt, `'=' alignment ${where}`);
}
