/** str.__format__. Part of the object layer. */
import { PyObject_Str } from "./abstract.ts";
import { valueError } from "./errors.ts";
import { checkPrecision, type FormatSpec, padText, parseFormatSpec, unknownType } from "./formatspec.ts";
import { Ob } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** format(self, spec) for two strs. */
export function unicodeFormatAdvanced(rt: Runtime, self: Ref, spec: Ref): NewRef {
  return formatStrObject(rt, self, jsString(rt, spec));
}

/** str.__format__ */
export function formatStrObject(rt: Runtime, self: Ref, text: string): NewRef {
  if (text === "") return rt.i32[self + Ob.type] === rt.types.str ? newref(rt, self) : PyObject_Str(rt, self);
  const name = typeNameOf(rt, self);
  const spec = parseFormatSpec(rt, text, name, "s", "<");
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
