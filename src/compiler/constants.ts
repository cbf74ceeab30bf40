/** The values of number and string literals. */
import type { ConstantValue, StrValue } from "./ast.ts";
import { utf8Length } from "./chars.ts";

/** A literal that has the right form but no value. `atToken`: the error is placed at the literal, else at the last token read. */
export class LiteralError extends Error {
  constructor(
    readonly msg: string,
    readonly atToken: boolean,
  ) {
    super(msg);
  }
}

export interface LiteralContext {
  unicodeName: ((name: string) => string | null) | null;
  /** Reports an invalid escape sequence. */
  warn: (msg: string) => void;
  maxStrDigits: number;
}

export function parseNumber(text: string, ctx: LiteralContext): ConstantValue {
  if (text.includes("_")) text = text.replaceAll("_", "");
  const last = text.charCodeAt(text.length - 1) | 32;
  const radix = text.charCodeAt(1) | 32;
  if (text.charCodeAt(0) === 48 && (radix === 120 || radix === 111 || radix === 98)) {
    return { t: "int", v: BigInt(text.toLowerCase()) };
  }
  if (last === 106) return { t: "complex", im: Number(text.slice(0, -1)) };
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48) return { t: "float", v: Number(text) };
    if (c > 57) return { t: "float", v: Number(text) };
  }
  if (ctx.maxStrDigits > 0 && text.length > ctx.maxStrDigits) throw tooManyDigits(text, ctx.maxStrDigits);
  return { t: "int", v: BigInt(text) };
}

function tooManyDigits(text: string, max: number): LiteralError {
  return new LiteralError(
    `Exceeds the limit (${max} digits) for integer string conversion: value has ${text.length} digits; ` +
      "use sys.set_int_max_str_digits() to increase the limit - " +
      "Consider hexadecimal for huge integer literals to avoid decimal conversion limits.",
    true,
  );
}

/** The value of a STRING token's text, prefix and quotes included. */
export function parseString(text: string, ctx: LiteralContext): { value: ConstantValue; ukind: "u" | null } {
  let i = 0;
  let raw = false;
  let bytes = false;
  let ukind: "u" | null = null;
  for (; ; i++) {
    const c = text.charCodeAt(i) | 32;
    if (c === 114) raw = true;
    else if (c === 98) bytes = true;
    else if (c === 117) {
      if (text.charCodeAt(i) === 117) ukind = "u";
    } else break;
  }
  const quote = text.charCodeAt(i);
  const size =
    text.length - i >= 6 && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote ? 3 : 1;
  const body = text.slice(i + size, text.length - size);
  raw ||= !body.includes("\\");
  if (bytes) return { value: { t: "bytes", v: bytesValue(body, raw, ctx) }, ukind };
  return { value: raw ? { t: "str", v: body } : decodeEscapes(body, ctx, false), ukind };
}

function bytesValue(body: string, raw: boolean, ctx: LiteralContext): Uint8Array {
  for (let i = 0; i < body.length; i++) {
    if (body.charCodeAt(i) >= 128)
      throw new LiteralError("bytes can only contain ASCII literal characters", true);
  }
  const out = new Uint8Array(body.length);
  let n = 0;
  for (let i = 0; i < body.length; ) {
    const c = body.charCodeAt(i++);
    if (c !== 92 || raw) {
      out[n++] = c;
      continue;
    }
    const e = body.charCodeAt(i++);
    const simple = SIMPLE_ESCAPES[e];
    if (e === 10) continue;
    if (simple > 0) out[n++] = simple;
    else if (e >= 48 && e <= 55) {
      const end = octalEnd(body, i - 1);
      out[n++] = octal(body, i - 1, end, ctx);
      i = end;
    } else if (e === 120) {
      const v = hexValue(body, i, 2);
      if (v < 0) throw new LiteralError(`(value error) invalid \\x escape at position ${i - 2}`, false);
      out[n++] = v;
      i += 2;
    } else {
      ctx.warn(`invalid escape sequence '\\${String.fromCharCode(e)}'`);
      out[n++] = 92;
      out[n++] = e;
    }
  }
  return out.slice(0, n);
}

/** What `\c` stands for, for the escapes of one character. */
const SIMPLE_ESCAPES = new Uint8Array(65536);
for (const [c, v] of ["\\\\", "''", '""', "a\x07", "b\b", "f\f", "n\n", "r\r", "t\t", "v\v"]) {
  SIMPLE_ESCAPES[c.charCodeAt(0)] = v.charCodeAt(0);
}

function octalEnd(text: string, start: number): number {
  let end = start;
  while (end < start + 3 && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 55) end++;
  return end;
}

function octal(text: string, start: number, end: number, ctx: LiteralContext): number {
  const digits = text.slice(start, end);
  const v = Number.parseInt(digits, 8);
  if (v > 0o377) ctx.warn(`invalid octal escape sequence '\\${digits}'`);
  return v;
}

/** The value of `count` hexadecimal digits at `at`, or -1. */
function hexValue(text: string, at: number, count: number): number {
  let v = 0;
  for (let i = at; i < at + count; i++) {
    const d = hexDigit(text.charCodeAt(i));
    if (d < 0) return -1;
    v = v * 16 + d;
  }
  return v;
}

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const l = c | 32;
  return l >= 97 && l <= 102 ? l - 87 : -1;
}

/** Text with backslash escapes to its value. In f-string text the tokenizer has warned of `\{` and `\}` already. */
export function decodeEscapes(body: string, ctx: LiteralContext, fstring: boolean): StrValue {
  let out = "";
  let marks: number[] | null = null;
  let from = 0;
  for (let i = body.indexOf("\\"); i >= 0; i = body.indexOf("\\", i)) {
    out += body.slice(from, i);
    const start = i;
    const e = body.charCodeAt(++i);
    i++;
    const simple = Number.isNaN(e) ? 0 : SIMPLE_ESCAPES[e];
    if (Number.isNaN(e)) out += "\\";
    else if (simple > 0) out += String.fromCharCode(simple);
    else if (e >= 48 && e <= 55) {
      const end = octalEnd(body, i - 1);
      out += String.fromCharCode(octal(body, i - 1, end, ctx));
      i = end;
    } else if (e === 120 || e === 117 || e === 85) {
      const v = codeEscape(body, start, e);
      i += ESCAPE_DIGITS[e];
      if (v >= 0xd800 && v < 0xe000) (marks ??= []).push(out.length);
      out += String.fromCodePoint(v);
    } else if (e === 78) {
      const close = namedEnd(body, start);
      out += namedEscape(body, start, close, ctx);
      i = close + 1;
    } else if (e !== 10) {
      if (!(fstring && (e === 123 || e === 125))) warnEscape(body, i - 1, ctx);
      out += "\\";
      i--;
    }
    from = i;
  }
  out += body.slice(from);
  return marks === null ? { t: "str", v: out } : { t: "str", v: out, cps: withSurrogates(out, marks) };
}

const ESCAPE_DIGITS: Readonly<Record<number, number>> = { 120: 2, 117: 4, 85: 8 };
const ESCAPE_FORMS: Readonly<Record<number, string>> = { 120: "\\xXX", 117: "\\uXXXX", 85: "\\UXXXXXXXX" };

function codeEscape(body: string, start: number, e: number): number {
  const digits = ESCAPE_DIGITS[e];
  const v = hexValue(body, start + 2, digits);
  if (v > 0x10ffff) throw unicodeError(body, start, start + 2 + digits, "illegal Unicode character");
  if (v >= 0) return v;
  let end = start + 2;
  while (hexDigit(body.charCodeAt(end)) >= 0) end++;
  throw unicodeError(body, start, end, `truncated ${ESCAPE_FORMS[e]} escape`);
}

function namedEnd(body: string, start: number): number {
  const close = body.charCodeAt(start + 2) === 123 ? body.indexOf("}", start + 3) : -1;
  if (close > start + 3) return close;
  let end = start + 2;
  if (body.charCodeAt(end) === 123) {
    end = close >= 0 ? close + 1 : body.length;
  }
  throw unicodeError(body, start, end, "malformed \\N character escape");
}

function namedEscape(body: string, start: number, close: number, ctx: LiteralContext): string {
  const found = ctx.unicodeName?.(body.slice(start + 3, close)) ?? null;
  if (found === null) throw unicodeError(body, start, close + 1, "unknown Unicode character name");
  return found;
}

function warnEscape(body: string, at: number, ctx: LiteralContext): void {
  ctx.warn(`invalid escape sequence '\\${String.fromCodePoint(body.codePointAt(at)!)}'`);
}

/** The decoder's positions count bytes of a text in which each non-ASCII character has become `\UXXXXXXXX`. */
function unicodeError(body: string, start: number, end: number, reason: string): LiteralError {
  const from = decoderPosition(body, start);
  const to = decoderPosition(body, end) - 1;
  const where = to <= from ? `byte 0x5c in position ${from}` : `bytes in position ${from}-${to}`;
  return new LiteralError(`(unicode error) 'unicodeescape' codec can't decode ${where}: ${reason}`, false);
}

function decoderPosition(body: string, at: number): number {
  let n = 0;
  for (const ch of body.slice(0, at)) n += utf8Length(ch, 0, ch.length) > 1 ? 10 : 1;
  return n;
}

/** Code points of `v`, in which the units at `marks` are surrogates by themselves. */
function withSurrogates(v: string, marks: number[]): number[] {
  const alone = new Set(marks);
  const cps: number[] = [];
  for (let i = 0; i < v.length; i++) {
    const c = v.codePointAt(i)!;
    if (c > 0xffff && !alone.has(i)) {
      cps.push(c);
      i++;
    } else cps.push(v.charCodeAt(i));
  }
  return cps;
}

/** The value of adjacent strings. */
export function concatStr(parts: StrValue[]): StrValue {
  if (parts.length === 1) return parts[0];
  const v = parts.map((p) => p.v).join("");
  if (parts.every((p) => p.cps === undefined)) return { t: "str", v };
  return { t: "str", v, cps: parts.flatMap((p) => p.cps ?? Array.from(p.v, (ch) => ch.codePointAt(0)!)) };
}

export function concatBytes(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
