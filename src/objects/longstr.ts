/** int to text, with the limit on the number of digits (sys.set_int_max_str_digits). Part of the object layer. */
import { valueError } from "./errors.ts";
import { Free } from "./freelists.ts";
import { Long, Str } from "./layout.ts";
import { bigIntOf, exactNumber } from "./long.ts";
import { END, planNumber, plannedNumber, radixDigits } from "./numberbytes.ts";
import type { Runtime } from "./runtime.ts";
import { PyUnicode_FromJS, PyUnicode_New } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

const DEFAULT_MAX_STR_DIGITS = 4300;
/** A limit below this is not accepted, and so few digits are never refused. */
export const MAX_STR_DIGITS_THRESHOLD = 640;

/** sys.get_int_max_str_digits(): 0 is no limit. The cell keeps the value plus one. */
export function getIntMaxStrDigits(rt: Runtime): number {
  const v = rt.i32[Free.maxStrDigits];
  return v === 0 ? DEFAULT_MAX_STR_DIGITS : v - 1;
}

export function setIntMaxStrDigits(rt: Runtime, n: number): void {
  if (n !== 0 && n < MAX_STR_DIGITS_THRESHOLD) {
    throw valueError(rt, `maxdigits must be 0 or larger than ${MAX_STR_DIGITS_THRESHOLD}`);
  }
  rt.i32[Free.maxStrDigits] = n + 1;
}

/** repr(int), str(int) */
export function long_to_decimal_string(rt: Runtime, a: Ref): NewRef {
  const tag = rt.i32[a + Long.tag];
  if (tag < 16) return compactToString(rt, rt.i32[a + Long.digit], (tag & 2) !== 0);
  const text = decimalText(rt, a);
  const p = PyUnicode_New(rt, text.length, 127);
  const at = (p + Str.ASCII_DATA) * 4;
  for (let i = 0; i < text.length; i++) rt.u8[at + i] = text.charCodeAt(i);
  return p;
}

/** A new str even of one digit: str(5) is not the one-character string that "5" is. */
function compactToString(rt: Runtime, v: number, negative: boolean): NewRef {
  let n = negative ? 2 : 1;
  for (let rest = v; rest >= 10; rest = (rest / 10) | 0) n++;
  const p = PyUnicode_New(rt, n, 127);
  const u8 = rt.u8;
  const at = (p + Str.ASCII_DATA) * 4;
  if (negative) u8[at] = 45;
  for (let i = at + n - 1; ; i--) {
    const rest = (v / 10) | 0;
    u8[i] = 48 + v - rest * 10;
    if (rest === 0) return p;
    v = rest;
  }
}

/** The decimal digits of an int; ValueError beyond the limit. */
export function decimalText(rt: Runtime, a: Ref): string {
  const n = exactNumber(rt, a);
  if (!Number.isNaN(n)) return String(n);
  const max = getIntMaxStrDigits(rt);
  const digits = rt.i32[a + Long.tag] >>> 3;
  if (max > 0 && digits >= 73 && Math.floor(max / 90) <= Math.floor((digits - 11) / 10))
    throw tooLong(rt, max);
  const text = bigIntOf(rt, a).toString();
  if (max > 0 && text.length - (text[0] === "-" ? 1 : 0) > max) throw tooLong(rt, max);
  return text;
}

function tooLong(rt: Runtime, max: number) {
  const how = "use sys.set_int_max_str_digits() to increase the limit";
  return valueError(rt, `Exceeds the limit (${max} digits) for integer string conversion; ${how}`);
}

/** The digits in base 2, 8, 10 or 16 (no prefix, no limit but for 10). */
export function textInBase(rt: Runtime, a: Ref, base: number): string {
  if (base === 10) return decimalText(rt, a);
  const n = exactNumber(rt, a);
  return Number.isNaN(n) ? bigIntOf(rt, a).toString(base) : n.toString(base);
}

/** _PyLong_Format with the prefix 0b, 0o, 0x: bin(), oct(), hex(). */
export function prefixedText(rt: Runtime, a: Ref, base: number): string {
  const text = textInBase(rt, a, base);
  const prefix = base === 2 ? "0b" : base === 8 ? "0o" : "0x";
  return text[0] === "-" ? `-${prefix}${text.slice(1)}` : prefix + text;
}

/** _PyLong_Format: the str of an int in base 2, 8, 10 or 16, with its prefix. */
export function _PyLong_Format(rt: Runtime, a: Ref, base: number): NewRef {
  const tag = rt.i32[a + Long.tag];
  if (base !== 10 && tag < 16) {
    const start = radixDigits(rt.i32[a + Long.digit], base === 2 ? 1 : base === 8 ? 3 : 4, false, 1);
    const prefix = base === 2 ? 98 : base === 8 ? 111 : 120;
    const sign = (tag & 2) !== 0 ? 45 : 0;
    return plannedNumber(rt, planNumber(start, END, sign, prefix, 0, 0, 0, 62, 32));
  }
  return PyUnicode_FromJS(rt, base === 10 ? decimalText(rt, a) : prefixedText(rt, a, base));
}
