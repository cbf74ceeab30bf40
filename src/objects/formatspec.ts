/**
 * The format mini-language: reading a specification, and laying out a number or text by it. Part of the object layer.
 *
 *   [[fill]align][sign][z][#][0][width][grouping][.precision][type]
 */
import { overflowError, valueError } from "./errors.ts";
import type { PyErr, Runtime } from "./runtime.ts";

export interface FormatSpec {
  /** Nothing but type, precision and padding with spaces. */
  plain: boolean;
  /** Numbers can be laid out by `planNumber` (numberbytes.ts), with what follows. */
  direct: boolean;
  typeCode: number;
  signCode: number;
  fillCode: number;
  alignCode: number;
  /** Size of groups of digits (0: none) and what stands between them. */
  group: number;
  separator: number;
  fill: string;
  align: string;
  alternate: boolean;
  noNegZero: boolean;
  sign: string;
  /** -1: none */
  width: number;
  /** "", ",", "_" (groups of three) or "_4" (groups of four, for b, o, x) */
  thousands: string;
  precision: number;
  type: string;
}

const MAX_INT = 2147483647;

/** A position in the characters of the specification. */
class Reader {
  pos = 0;
  readonly chars: string[];
  constructor(text: string) {
    this.chars = Array.from(text);
  }
  peek(ahead = 0): string {
    return this.chars[this.pos + ahead] ?? "";
  }
  /** Takes the next character if it is one of these. */
  take(oneOf: string): string {
    const c = this.peek();
    if (c === "" || !oneOf.includes(c)) return "";
    this.pos++;
    return c;
  }
  /** A decimal number, or -1. */
  integer(rt: Runtime): number {
    let v = -1;
    for (let d = digitOf(this.peek()); d >= 0; d = digitOf(this.peek())) {
      v = Math.max(v, 0) * 10 + d;
      if (v > Number.MAX_SAFE_INTEGER) throw valueError(rt, "Too many decimal digits in format string");
      this.pos++;
    }
    return v;
  }
}

function digitOf(c: string): number {
  return c >= "0" && c <= "9" && c.length === 1 ? c.charCodeAt(0) - 48 : -1;
}

const ALIGN = "<>=^";

/** parse_internal_render_format_spec */
export function parseFormatSpec(
  rt: Runtime,
  text: string,
  typeName: string,
  defaultType: string,
  defaultAlign: string,
): FormatSpec {
  const r = new Reader(text);
  const spec: FormatSpec = {
    plain: false,
    direct: false,
    typeCode: 0,
    signCode: 0,
    fillCode: 0,
    alignCode: 0,
    group: 0,
    separator: 0,
    fill: " ",
    align: defaultAlign,
    alternate: false,
    noNegZero: false,
    sign: "",
    width: -1,
    thousands: "",
    precision: -1,
    type: defaultType,
  };
  readAlignment(r, spec, defaultAlign);
  spec.width = r.integer(rt);
  readThousands(rt, r, spec);
  if (r.take(".")) {
    spec.precision = r.integer(rt);
    if (spec.precision < 0) throw valueError(rt, "Format specifier missing precision");
  }
  const left = r.chars.length - r.pos;
  if (left > 1) throw valueError(rt, `Invalid format specifier '${text}' for object of type '${typeName}'`);
  if (left === 1) spec.type = r.peek();
  if (spec.thousands !== "") checkThousands(rt, spec);
  spec.plain =
    spec.fill === " " &&
    !spec.alternate &&
    !spec.noNegZero &&
    spec.sign === "" &&
    spec.thousands === "" &&
    spec.align !== "=";
  setCodes(spec);
  return spec;
}

function setCodes(spec: FormatSpec): void {
  const code = (s: string) => (s === "" ? 0 : s.codePointAt(0)!);
  spec.typeCode = code(spec.type);
  spec.signCode = spec.sign === "-" ? 0 : code(spec.sign);
  spec.fillCode = code(spec.fill);
  spec.alignCode = code(spec.align);
  spec.separator = code(spec.thousands);
  spec.group = spec.thousands === "" ? 0 : spec.thousands === "_4" ? 4 : 3;
  const zeros = spec.fill === "0" && spec.align === "=";
  spec.direct =
    spec.fillCode < 128 && !spec.noNegZero && !(zeros && spec.group !== 0) && spec.width < 0x1fff_ffff;
}

function readAlignment(r: Reader, spec: FormatSpec, defaultAlign: string): void {
  let fillGiven = false;
  let alignGiven = false;
  if (r.peek(1) !== "" && ALIGN.includes(r.peek(1))) {
    spec.fill = r.peek();
    spec.align = r.peek(1);
    fillGiven = alignGiven = true;
    r.pos += 2;
  } else {
    const align = r.take(ALIGN);
    if (align) {
      spec.align = align;
      alignGiven = true;
    }
  }
  spec.sign = r.take(" +-");
  spec.noNegZero = r.take("z") !== "";
  spec.alternate = r.take("#") !== "";
  if (!fillGiven && r.take("0")) {
    spec.fill = "0";
    if (!alignGiven && defaultAlign === ">") spec.align = "=";
  }
}

function readThousands(rt: Runtime, r: Reader, spec: FormatSpec): void {
  spec.thousands = r.take(",");
  if (r.peek() === "_") {
    if (spec.thousands !== "") throw commaAndUnderscore(rt);
    spec.thousands = r.take("_");
  }
  if (r.peek() === "," && spec.thousands === "_") throw commaAndUnderscore(rt);
}

function commaAndUnderscore(rt: Runtime): PyErr {
  return valueError(rt, "Cannot specify both ',' and '_'.");
}

function checkThousands(rt: Runtime, spec: FormatSpec): void {
  if ("defgEG%F".includes(spec.type) || spec.type === "") return;
  if ("boxX".includes(spec.type) && spec.thousands === "_") {
    spec.thousands = "_4";
    return;
  }
  throw valueError(rt, `Cannot specify '${spec.thousands}' with ${quotedType(spec.type)}.`);
}

function quotedType(type: string): string {
  const c = type.codePointAt(0)!;
  return c > 32 && c < 128 ? `'${type}'` : `'\\x${c.toString(16)}'`;
}

/** "Unknown format code 'q' for object of type 'int'" */
export function unknownType(rt: Runtime, type: string, typeName: string): PyErr {
  return valueError(rt, `Unknown format code ${quotedType(type)} for object of type '${typeName}'`);
}

/** The parts of a number in text, before grouping and padding. */
export interface NumberText {
  negative: boolean;
  /** "0x" and the like, or "". */
  prefix: string;
  digits: string;
  /** From the decimal point on: ".5", ".5e+10", "%", "". */
  rest: string;
}

/** The sign character by the specification's rule. */
function signChar(negative: boolean, sign: string): string {
  if (negative) return "-";
  return sign === "+" || sign === " " ? sign : "";
}

/** Grouping, sign, padding (calc_number_widths and fill_number). */
export function layOutNumber(rt: Runtime, spec: FormatSpec, n: NumberText): string {
  const sign = signChar(n.negative, spec.sign);
  const around = sign.length + n.prefix.length + characters(n.rest);
  const minWidth = spec.fill === "0" && spec.align === "=" ? spec.width - around : 0;
  const digits = n.digits === "" ? "" : groupDigits(n.digits, minWidth, spec.thousands);
  const pad = spec.width - around - digits.length;
  if (pad <= 0) return sign + n.prefix + digits + n.rest;
  checkWidth(rt, spec.width);
  const body = n.prefix + digits + n.rest;
  switch (spec.align) {
    case "<":
      return sign + body + spec.fill.repeat(pad);
    case "^":
      return spec.fill.repeat(pad >> 1) + sign + body + spec.fill.repeat(pad - (pad >> 1));
    case "=":
      return sign + n.prefix + spec.fill.repeat(pad) + digits + n.rest;
    default:
      return spec.fill.repeat(pad) + sign + body;
  }
}

/** Only the character of the code "c" can be a pair of surrogates. */
function characters(rest: string): number {
  return rest.length === 2 && rest.charCodeAt(0) >= 0xd800 && rest.charCodeAt(0) < 0xdc00 ? 1 : rest.length;
}

/** A width that no heap holds is refused before JavaScript tries. */
export function checkWidth(rt: Runtime, width: number): void {
  if (width > 0x1fffffff) throw overflowError(rt, "Python int too large to convert to C int");
}

/** _PyUnicode_InsertThousandsGrouping: zeros are grouped as well when the number is filled up to `minWidth`. */
function groupDigits(digits: string, minWidth: number, thousands: string): string {
  if (thousands === "") return minWidth > digits.length ? digits.padStart(minWidth, "0") : digits;
  const size = thousands === "_4" ? 4 : 3;
  const sep = thousands[0];
  if (minWidth <= 0) {
    let at = digits.length % size || size;
    let out = digits.slice(0, at);
    for (; at < digits.length; at += size) out += sep + digits.slice(at, at + size);
    return out;
  }
  const groups: string[] = [];
  let remaining = digits.length;
  for (;;) {
    const len = Math.min(size, Math.max(remaining, minWidth, 1));
    const from = Math.max(0, remaining - len);
    groups.push(digits.slice(from, remaining).padStart(len, "0"));
    remaining = from;
    minWidth -= len;
    if (remaining <= 0 && minWidth <= 0) break;
    minWidth -= 1;
  }
  return groups.reverse().join(sep);
}

/** Pads finished text of n characters (calc_padding, fill_padding). */
export function padText(
  rt: Runtime,
  text: string,
  n: number,
  spec: FormatSpec,
  defaultAlign: string,
): string {
  const pad = spec.width - n;
  if (pad <= 0) return text;
  checkWidth(rt, spec.width);
  const align = spec.align || defaultAlign;
  const left = align === ">" ? pad : align === "^" ? pad >> 1 : 0;
  return spec.fill.repeat(left) + text + spec.fill.repeat(pad - left);
}

export function checkPrecision(rt: Runtime, precision: number): void {
  if (precision > MAX_INT) throw valueError(rt, "precision too big");
}
