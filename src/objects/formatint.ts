/** int.__format__. Part of the object layer. */
import { PyObject_Str } from "./abstract.ts";
import { overflowError, valueError } from "./errors.ts";
import { formatDouble } from "./formatfloat.ts";
import { type FormatSpec, layOutNumber, parseFormatSpec, unknownType } from "./formatspec.ts";
import { Ob } from "./layout.ts";
import { PyLong_AsLong } from "./long.ts";
import { PyLong_AsDouble } from "./longpow.ts";
import { long_to_decimal_string, textInBase } from "./longstr.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { PyUnicode_FromJS } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** int.__format__ */
export function formatInt(rt: Runtime, self: Ref, text: string): NewRef {
  if (text === "") {
    if (rt.i32[self + Ob.type] !== rt.types.int) return PyObject_Str(rt, self);
    return long_to_decimal_string(rt, self);
  }
  const name = typeNameOf(rt, self);
  const spec = parseFormatSpec(rt, text, name, "d", ">");
  if ("bcdoxXn".includes(spec.type)) return PyUnicode_FromJS(rt, integerText(rt, self, spec));
  if (!"eEfFgG%".includes(spec.type)) throw unknownType(rt, spec.type, name);
  return PyUnicode_FromJS(rt, formatDouble(rt, PyLong_AsDouble(rt, self), spec, name));
}

function integerText(rt: Runtime, self: Ref, spec: FormatSpec): string {
  if (spec.precision !== -1) throw valueError(rt, "Precision not allowed in integer format specifier");
  if (spec.noNegZero)
    throw valueError(rt, "Negative zero coercion (z) not allowed in integer format specifier");
  if (spec.type === "c") return characterText(rt, self, spec);
  const upper = spec.type === "X";
  const base = spec.type === "b" ? 2 : spec.type === "o" ? 8 : spec.type === "x" || upper ? 16 : 10;
  let digits = textInBase(rt, self, base);
  const negative = digits[0] === "-";
  if (negative) digits = digits.slice(1);
  if (upper) digits = digits.toUpperCase();
  const prefix = spec.alternate && base !== 10 ? `0${spec.type}` : "";
  return layOutNumber(rt, spec, { negative, prefix, digits, rest: "" });
}

function characterText(rt: Runtime, self: Ref, spec: FormatSpec): string {
  if (spec.sign !== "") throw valueError(rt, "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate)
    throw valueError(rt, "Alternate form (#) not allowed with integer format specifier 'c'");
  const c = PyLong_AsLong(rt, self);
  if (!(c >= 0 && c <= 0x10ffff)) throw overflowError(rt, "%c arg not in range(0x110000)");
  // The character takes the place of the digits' remainder, as a number of no digits.
  return layOutNumber(rt, spec, { negative: false, prefix: "", digits: "", rest: String.fromCodePoint(c) });
}
