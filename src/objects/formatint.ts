/** int.__format__. Part of the object layer. */
import { PyObject_Str } from "./abstract.ts";
import { overflowError, valueError } from "./errors.ts";
import { For, specFor } from "./formatcache.ts";
import { formatDouble } from "./formatfloat.ts";
import { type FormatSpec, layOutNumber, parseFormatSpec, unknownType } from "./formatspec.ts";
import { Ob } from "./layout.ts";
import { compactValue, isCompact, PyLong_AsLong } from "./long.ts";
import { PyLong_AsDouble } from "./longpow.ts";
import { long_to_decimal_string, textInBase } from "./longstr.ts";
import { decimalBefore, END, planNumber, plannedNumber, radixDigits } from "./numberbytes.ts";
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
  return formatBySpec(rt, self, parseFormatSpec(rt, text, name, "d", ">"), name);
}

function formatBySpec(rt: Runtime, self: Ref, spec: FormatSpec, name: string): NewRef {
  if ("bcdoxXn".includes(spec.type)) return PyUnicode_FromJS(rt, integerText(rt, self, spec));
  if (!"eEfFgG%".includes(spec.type)) throw unknownType(rt, spec.type, name);
  return PyUnicode_FromJS(rt, formatDouble(rt, PyLong_AsDouble(rt, self), spec, name));
}

/** int.__format__ of an exact int with a specification that is not empty. */
export function formatExactInt(rt: Runtime, self: Ref, text: Ref): NewRef {
  const spec = specFor(rt, text, For.INT);
  const n = planInt(rt, self, spec);
  return n < 0 ? formatBySpec(rt, self, spec, "int") : plannedNumber(rt, n);
}

/** Plans the text of a compact int (see planNumber); -1 if it is not done in this way. */
export function planInt(rt: Runtime, self: Ref, spec: FormatSpec): number {
  if (!spec.direct || spec.precision !== -1 || !isCompact(rt, self)) return -1;
  const v = compactValue(rt, self);
  const a = v < 0 ? -v : v;
  const c = spec.typeCode;
  const bits = c === 120 || c === 88 ? 4 : c === 98 ? 1 : c === 111 ? 3 : 0;
  if (bits === 0 && c !== 100) return -1;
  const start = bits === 0 ? decimalBefore(a, END, 1) : radixDigits(a, bits, c === 88, 1);
  const prefix = bits !== 0 && spec.alternate ? c : 0;
  const sign = v < 0 ? 45 : spec.signCode;
  return planNumber(
    start,
    END,
    sign,
    prefix,
    spec.group,
    spec.separator,
    spec.width,
    spec.alignCode,
    spec.fillCode,
  );
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
