/** int.__format__. Part of the object layer. */
import { PyObject_Str } from "./abstract.ts";
import { overflowError, valueError } from "./errors.ts";
import { For, specFor } from "./formatcache.ts";
import { formatDouble } from "./formatfloat.ts";
import { checkWidth, type FormatSpec, layOutNumber, parseFormatSpec, unknownType } from "./formatspec.ts";
import { Ob, Str } from "./layout.ts";
import { compactValue, isCompact, PyLong_AsLong } from "./long.ts";
import { PyLong_AsDouble } from "./longpow.ts";
import { long_to_decimal_string, textInBase } from "./longstr.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { PyUnicode_FromJS, PyUnicode_New, unicode_char } from "./str.ts";
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
  if (spec.plain && spec.type === "d" && spec.precision === -1 && isCompact(rt, self)) {
    return paddedInt(rt, self, spec);
  }
  return formatBySpec(rt, self, spec, "int");
}

/** A compact int in decimal, padded with spaces, written straight to the heap. */
function paddedInt(rt: Runtime, self: Ref, spec: FormatSpec): NewRef {
  const v = compactValue(rt, self);
  const a = v < 0 ? -v : v;
  let n = v < 0 ? 2 : 1;
  for (let rest = a; rest >= 10; rest = (rest / 10) | 0) n++;
  const width = Math.max(n, spec.width);
  if (width === 1) return unicode_char(rt, 48 + a);
  checkWidth(rt, width);
  const p = PyUnicode_New(rt, width, 127);
  const pad = width - n;
  const left = spec.align === ">" ? pad : spec.align === "^" ? pad >> 1 : 0;
  const u8 = rt.u8;
  const at = (p + Str.ASCII_DATA) * 4;
  for (let i = 0; i < left; i++) u8[at + i] = 32;
  for (let i = left + n; i < width; i++) u8[at + i] = 32;
  let to = at + left + n - 1;
  let rest = a;
  do {
    const next = (rest / 10) | 0;
    u8[to--] = 48 + rest - next * 10;
    rest = next;
  } while (rest !== 0);
  if (v < 0) u8[to] = 45;
  return p;
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
