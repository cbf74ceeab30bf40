/**
 * Properties of characters (Unicode 15.1), decoded from the generated tables when the first character beyond latin-1 is
 * asked about. Part of the object layer; knows nothing of the heap.
 */
import {
  CASE_IGNORABLE_EXCEPTIONS,
  CASED_EXCEPTIONS,
  CATEGORY_CODES,
  CATEGORY_RUNS,
  DIGIT,
  LATIN1_FLAGS,
  LOWERCASE_EXCEPTIONS,
  NUMERIC,
  UPPERCASE_EXCEPTIONS,
  XID_CONTINUE_EXCEPTIONS,
  XID_START_EXCEPTIONS,
} from "./generated/tables.ts";

/** Bits of a character's flags. */
export const enum CF {
  ALPHA = 1,
  DECIMAL = 2,
  DIGIT = 4,
  LOWER = 8,
  LINEBREAK = 16,
  SPACE = 32,
  TITLE = 64,
  UPPER = 128,
  XID_START = 256,
  XID_CONTINUE = 512,
  PRINTABLE = 1024,
  NUMERIC = 2048,
  CASE_IGNORABLE = 4096,
  CASED = 8192,
  ALNUM = 1 | 2 | 4 | 2048,
}

export const CATEGORIES = CATEGORY_CODES.split(" ");
const CHARACTERS = 0x110000;

/** Flags of the first 256 characters. */
export const LATIN1 = Uint16Array.from(LATIN1_FLAGS.split(" "), base36);

let categories: Uint8Array | null = null;
let flags: Uint16Array | null = null;

export function base36(text: string): number {
  return Number.parseInt(text, 36);
}

/** Flags (CF) of a character. */
export function flagsOf(c: number): number {
  return c < 256 ? LATIN1[c] : (flags ??= decodeFlags())[c];
}

/** Index in CATEGORIES of each character's general category. */
export function categoryTable(): Uint8Array {
  return (categories ??= decodeRuns(CATEGORY_RUNS));
}

/** Decodes "length value" pairs into one byte for each character. */
export function decodeRuns(text: string): Uint8Array {
  const table = new Uint8Array(CHARACTERS);
  const words = text.split(" ");
  for (let i = 0, at = 0; i < words.length; i += 2) {
    const end = at + base36(words[i]);
    const value = base36(words[i + 1]);
    if (value !== 0) table.fill(value, at, end);
    at = end;
  }
  return table;
}

/** Calls `each` with start and end of every run of a set's members. */
export function eachRun(text: string, each: (start: number, end: number) => void): void {
  const words = text.split(" ");
  for (let i = 0, at = 0; i < words.length; i++) {
    const end = at + base36(words[i]);
    if (i % 2 === 1) each(at, end);
    at = end;
  }
}

/** Flags that a category implies; some properties have exceptions. */
function categoryFlags(code: string): number {
  let f = 0;
  if (/^L/.test(code)) f |= CF.ALPHA;
  if (code === "Nd") f |= CF.DECIMAL | CF.DIGIT;
  if (code === "Ll") f |= CF.LOWER;
  if (code === "Lu") f |= CF.UPPER;
  if (code === "Lt") f |= CF.TITLE;
  if (/^(L.|Nl)$/.test(code)) f |= CF.XID_START;
  if (/^(L.|Nl|Mn|Mc|Nd|Pc)$/.test(code)) f |= CF.XID_CONTINUE;
  if (/^(Mn|Me|Cf|Lm|Sk)$/.test(code)) f |= CF.CASE_IGNORABLE;
  if (/^L[ult]$/.test(code)) f |= CF.CASED;
  if (!/^[CZ]/.test(code)) f |= CF.PRINTABLE;
  if (/^Z/.test(code)) f |= CF.SPACE;
  return f;
}

function decodeFlags(): Uint16Array {
  const table = new Uint16Array(CHARACTERS);
  const byCategory = CATEGORIES.map(categoryFlags);
  const words = CATEGORY_RUNS.split(" ");
  for (let i = 0, at = 0; i < words.length; i += 2) {
    const end = at + base36(words[i]);
    const f = byCategory[base36(words[i + 1])];
    if (f !== 0) table.fill(f, at, end);
    at = end;
  }
  const toggle = (text: string, flag: number) =>
    eachRun(text, (start, end) => {
      for (let c = start; c < end; c++) table[c] ^= flag;
    });
  toggle(LOWERCASE_EXCEPTIONS, CF.LOWER);
  toggle(UPPERCASE_EXCEPTIONS, CF.UPPER);
  toggle(XID_START_EXCEPTIONS, CF.XID_START);
  toggle(XID_CONTINUE_EXCEPTIONS, CF.XID_CONTINUE);
  toggle(CASE_IGNORABLE_EXCEPTIONS, CF.CASE_IGNORABLE);
  toggle(CASED_EXCEPTIONS, CF.CASED);
  for (const [start, n] of numericRuns()) for (let c = start; c < start + n; c++) table[c] |= CF.NUMERIC;
  for (const c of digitTable().keys()) table[c] |= CF.DIGIT;
  table[0x2028] |= CF.LINEBREAK;
  table[0x2029] |= CF.LINEBREAK;
  table.set(LATIN1, 0);
  return table;
}

let runs: [start: number, n: number, value: string, step: string][] | null = null;

/** Runs of numeric values: values and steps are fractions like "1/4". */
function numericRuns() {
  if (runs !== null) return runs;
  runs = [];
  let at = 0;
  for (const run of NUMERIC.split(",")) {
    const [gap, n, value, step] = run.split(" ");
    at += base36(gap);
    runs.push([at, base36(n), value, step]);
  }
  return runs;
}

let digits: Map<number, number> | null = null;

/** Digit values of characters that are no decimals. */
function digitTable(): Map<number, number> {
  if (digits !== null) return digits;
  digits = new Map();
  const words = DIGIT.split(" ");
  for (let i = 0; i < words.length; i += 2) digits.set(base36(words[i]), Number(words[i + 1]));
  return digits;
}

function fraction(text: string): [number, number] {
  const [a, b] = text.split("/");
  return [Number(a), b === undefined ? 1 : Number(b)];
}

/** Numeric value, or null. */
export function numericValue(c: number): number | null {
  if ((flagsOf(c) & CF.NUMERIC) === 0) return null;
  for (const [start, n, value, step] of numericRuns()) {
    if (c < start || c >= start + n) continue;
    const [a, b] = fraction(value);
    const [sa, sb] = fraction(step);
    return (a * sb + (c - start) * sa * b) / (b * sb);
  }
  return null;
}

/** Py_UNICODE_TODECIMAL: 0 to 9, or -1. */
export function decimalValue(c: number): number {
  if (c < 128) return c >= 48 && c <= 57 ? c - 48 : -1;
  return (flagsOf(c) & CF.DECIMAL) === 0 ? -1 : numericValue(c)!;
}

/** Py_UNICODE_TODIGIT: 0 to 9, or -1. */
export function digitValue(c: number): number {
  return digitTable().get(c) ?? decimalValue(c);
}

/** Py_UNICODE_ISSPACE */
export function isSpace(c: number): boolean {
  return c < 256 ? (LATIN1[c] & CF.SPACE) !== 0 : c >= 0x1680 && c <= 0x3000 && isWideSpace(c);
}

function isWideSpace(c: number): boolean {
  if (c >= 0x2000 && c <= 0x200a) return true;
  return c === 0x2028 || c === 0x2029 || c === 0x202f || c === 0x205f || c === 0x3000 || c === 0x1680;
}

/** Py_UNICODE_ISLINEBREAK */
export function isLineBreak(c: number): boolean {
  return c < 256 ? (LATIN1[c] & CF.LINEBREAK) !== 0 : c === 0x2028 || c === 0x2029;
}

/** Py_UNICODE_ISPRINTABLE */
export function isPrintable(c: number): boolean {
  return (flagsOf(c) & CF.PRINTABLE) !== 0;
}

export function isXidStart(c: number): boolean {
  return (flagsOf(c) & CF.XID_START) !== 0;
}

export function isXidContinue(c: number): boolean {
  return (flagsOf(c) & CF.XID_CONTINUE) !== 0;
}
