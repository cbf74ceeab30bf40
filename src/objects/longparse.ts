/** int from text: all bases, underscores, prefixes, CPython's messages. Part of the object layer. */
import { PyObject_Bytes } from "./abstract.ts";
import { PyBytes_Check } from "./check.ts";
import { raise, valueError } from "./errors.ts";
import { PyLong_FromBigInt, PyLong_FromNumber } from "./long.ts";
import { getIntMaxStrDigits, MAX_STR_DIGITS_THRESHOLD } from "./longstr.ts";
import { bytesAsLatin1, reprText, transformDecimalAndSpace } from "./numtext.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** PyLong_FromUnicodeObject: int(str, base). */
export function PyLong_FromUnicodeObject(rt: Runtime, s: Ref, base: number): NewRef {
  const text = jsString(rt, s);
  const v = parseShort(text, base);
  if (Number.isNaN(v)) return parseLong(rt, transformDecimalAndSpace(text), base, s);
  return PyLong_FromNumber(rt, v);
}

/** Up to 15 plain ASCII decimal digits with a sign; NaN for anything else. */
function parseShort(text: string, base: number): number {
  const n = text.length;
  if (base !== 10 || n === 0 || n > 15) return Number.NaN;
  const first = text.charCodeAt(0);
  const signed = first === 45 || first === 43;
  if (signed && n === 1) return Number.NaN;
  let v = 0;
  for (let i = signed ? 1 : 0; i < n; i++) {
    const d = text.charCodeAt(i) - 48;
    if (d < 0 || d > 9) return Number.NaN;
    v = v * 10 + d;
  }
  return first === 45 ? 0 - v : v;
}

/** int(bytes, base), of any object with a buffer; the message of an error shows it as bytes. */
export function PyLong_FromBytesObject(rt: Runtime, o: Ref, base: number): NewRef {
  const text = bytesAsLatin1(rt, o);
  if (PyBytes_Check(rt, o)) return parseLong(rt, text, base, o);
  const bytes = push(rt, PyObject_Bytes(rt, o));
  const v = parseLong(rt, text, base, rt.i32[bytes]);
  drop(rt);
  return v;
}

const BASE_MESSAGE = "int() base must be >= 2 and <= 36, or 0";

/** PyLong_FromString on ASCII text; `shown` is what the message of a ValueError shows. */
function parseLong(rt: Runtime, text: string, base: number, shown: Ref): NewRef {
  if (base !== 0 && (base < 2 || base > 36)) throw valueError(rt, BASE_MESSAGE);
  const parsed = scanInt(text, base);
  if (parsed === null) throw invalidLiteral(rt, base, shown);
  checkDigitLimit(rt, parsed.digits.length, parsed.base);
  return PyLong_FromBigInt(rt, parsed.negative ? -digitsToBigInt(parsed) : digitsToBigInt(parsed));
}

function checkDigitLimit(rt: Runtime, n: number, base: number): void {
  if (n <= MAX_STR_DIGITS_THRESHOLD || (base & (base - 1)) === 0) return;
  const max = getIntMaxStrDigits(rt);
  if (max === 0 || n <= max) return;
  const how = "use sys.set_int_max_str_digits() to increase the limit";
  throw valueError(
    rt,
    `Exceeds the limit (${max} digits) for integer string conversion: value has ${n} digits; ${how}`,
  );
}

function invalidLiteral(rt: Runtime, base: number, shown: Ref) {
  const repr = reprText(rt, shown, 200);
  return raise(rt, rt.exc.ValueError, `invalid literal for int() with base ${base}: ${repr}`);
}

interface Parsed {
  digits: string;
  base: number;
  negative: boolean;
}

const SPACE = /^[\t-\r ]+|[\t-\r ]+$/g;

/** Splits sign, prefix and digits; null when it is no literal of that base. */
function scanInt(text: string, base: number): Parsed | null {
  let t = text.replace(SPACE, "");
  const negative = t[0] === "-";
  if (negative || t[0] === "+") t = t.slice(1);
  const given = base;
  if (base === 0) base = prefixBase(t);
  if (base === 0) {
    // "0", "00", "0_0" are zero; "012" is no literal.
    if (t[0] === "0" && /[^0_]/.test(t)) return null;
    base = 10;
  }
  const prefixed =
    prefixBase(t) === base && (given === 0 || given === base) && base !== 0 && hasPrefix(t, base);
  if (prefixed) {
    t = t.slice(2);
    if (t[0] === "_") t = t.slice(1);
  }
  return validDigits(t, base) ? { digits: t.replaceAll("_", ""), base, negative } : null;
}

/** 2, 8 or 16 for 0b, 0o, 0x; 0 for none. */
function prefixBase(t: string): number {
  if (t[0] !== "0" || t.length < 2) return 0;
  const c = t[1].toLowerCase();
  return c === "x" ? 16 : c === "o" ? 8 : c === "b" ? 2 : 0;
}

function hasPrefix(t: string, base: number): boolean {
  return prefixBase(t) === base;
}

/** Digits of the base with single underscores between them. */
function validDigits(t: string, base: number): boolean {
  let last = 95;
  for (let i = 0; i < t.length; i++) {
    const c = t.charCodeAt(i);
    if (c === 95) {
      if (last === 95) return false;
    } else if (digitValue(c) >= base) return false;
    last = c;
  }
  return last !== 95;
}

function digitValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 122 ? lower - 87 : 99;
}

function digitsToBigInt(p: Parsed): bigint {
  switch (p.base) {
    case 10:
      return BigInt(p.digits);
    case 16:
      return BigInt(`0x${p.digits}`);
    case 8:
      return BigInt(`0o${p.digits}`);
    case 2:
      return BigInt(`0b${p.digits}`);
    default:
      return parseRange(p.digits, p.base, 0, p.digits.length);
  }
}

/** Divide and conquer in any base. */
function parseRange(digits: string, base: number, from: number, to: number): bigint {
  if (to - from <= 9) return BigInt(Number.parseInt(digits.slice(from, to), base));
  const mid = (from + to) >> 1;
  return (
    parseRange(digits, base, from, mid) * BigInt(base) ** BigInt(to - mid) + parseRange(digits, base, mid, to)
  );
}
