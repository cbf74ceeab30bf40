/**
 * format() of decimals: the specification language and the layout. Part of the modules, for _decimal.ts. What the language here
 * does not know is left to _pydecimal, as in CPython.
 */
import { type Ctx, Flag, maxContext } from "./decimalcontext.ts";
import { rescaled } from "./decimaldivide.ts";
import { finite, MAX_DIGITS, NoMemory, type Num } from "./decimalnum.ts";
import { finalize } from "./decimalround.ts";
import { exponentText, numText, pointed } from "./decimaltext.ts";

/** What a specification says (mpd_spec_t); align "z": padding with zeros after the sign. */
export interface Spec {
  fill: string;
  align: string;
  sign: string;
  /** A zero that rounding made negative loses its sign. */
  coerce: boolean;
  width: number;
  prec: number;
  type: string;
  dot: string;
  separator: string;
  /** Sizes of groups from the right, as localeconv() gives them. */
  grouping: number[];
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(0)?([1-9]\d*)?(,)?(?:\.(\d+))?([eEfFgG%nN])?$/u;
const MAX_SSIZE = 2n ** 63n - 1n;

/** mpd_parse_fmt_str; null for what it does not understand. */
export function parseSpec(text: string, capitals: boolean): Spec | null {
  const m = SPEC.exec(text);
  if (m === null) return null;
  const [, fill = " ", align, sign = "-", z, zero, width = "0", comma, prec = "-1"] = m;
  let type = m[9] ?? (capitals ? "G" : "g");
  if (zero !== undefined && align !== undefined) return null;
  const local = type === "n" || type === "N";
  if (local && comma !== undefined) return null;
  if (local) type = type === "n" ? "g" : "G";
  if (BigInt(width) > MAX_SSIZE || BigInt(prec) > MAX_SSIZE) return null;
  return {
    fill: zero === undefined ? fill : "0",
    align: zero === undefined ? (align ?? ">") : "z",
    sign,
    coerce: z !== undefined,
    width: Number(width),
    prec: Number(prec),
    type,
    dot: ".",
    separator: comma ?? "",
    grouping: comma === undefined ? [] : [3],
  };
}

/** The number formatted; null when a size in it is beyond all limits. */
export function formatNum(x: Num, spec: Spec, ctx: Ctx): string | null {
  if (spec.width > 1e18 || spec.prec > 1e18) return null;
  if (spec.width > MAX_DIGITS || spec.prec > MAX_DIGITS) throw new NoMemory();
  const upper = spec.type !== spec.type.toLowerCase();
  const percent = spec.type === "%" ? "%" : "";
  if (x.special) {
    const align = spec.align === "z" ? { ...spec, align: ">", fill: " " } : spec;
    return padded(signOf(x.neg, spec), numText(x.withSign(false), "E") + percent, align);
  }
  const kind = percent === "" ? spec.type.toLowerCase() : "f";
  const y = roundedFor(percent === "" ? x : x.withExp(x.exp + 2n), kind, spec.prec, ctx);
  const neg = y.neg && !(spec.coerce && y.coef === 0n);
  const sign = signOf(neg, spec);
  const room = spec.align === "z" ? spec.width - sign.length - percent.length : 0;
  const body = localized(unsigned(y, kind, spec, upper ? "E" : "e"), spec, room);
  return padded(sign, body + percent, spec);
}

const signOf = (neg: boolean, spec: Spec): string => (neg ? "-" : spec.sign === "-" ? "" : spec.sign);

function roundedFor(x: Num, kind: string, prec: number, ctx: Ctx): Num {
  let y = x;
  if (prec >= 0) {
    if (kind === "f") y = rescaled(x, -BigInt(prec), ctx);
    else if (kind === "g") y = toDigits(x, Math.max(prec, 1), ctx);
    else if (x.coef !== 0n) y = toDigits(x, prec + 1, ctx);
  }
  return kind === "f" && y.coef === 0n && y.exp > 0n ? y.withExp(0n) : y;
}

function toDigits(x: Num, digits: number, ctx: Ctx): Num {
  if (x.digits <= digits) return x;
  const work = maxContext().with({ prec: BigInt(digits), round: ctx.round });
  const y = finalize(x, work);
  return (work.status & Flag.Errors) !== 0 ? x : y;
}

/** The digits, with the point, groups and exponent. */
function unsigned(x: Num, kind: string, spec: Spec, letter: string): string {
  const digits = x.coef.toString();
  const left = x.exp + BigInt(digits.length);
  if (kind === "e") {
    const place = x.coef === 0n && spec.prec >= 0 ? 1 - spec.prec : 1;
    return pointed(padZeros(digits, x, spec, place), place) + exponentText(left - BigInt(place), letter);
  }
  if (kind === "g") return numText(finite(false, x.coef, x.exp), letter);
  if (left > BigInt(MAX_DIGITS) || left < BigInt(-MAX_DIGITS)) throw new NoMemory();
  return pointed(digits, Number(left));
}

/** The digits after the point that a precision asks for, of a number other than 0. */
function padZeros(digits: string, x: Num, spec: Spec, place: number): string {
  if (spec.prec < 0 || x.coef === 0n) return digits;
  return digits.padEnd(place + spec.prec, "0");
}

/** Groups of the integral part, and the decimal point; with zeros in front until it is `room` long. */
function localized(text: string, spec: Spec, room: number): string {
  if (spec.dot === "." && spec.grouping.length === 0) return text;
  const [, whole, tail] = /^(\d+)([\s\S]*)$/.exec(text) as RegExpExecArray;
  const rest = tail.startsWith(".") ? spec.dot + tail.slice(1) : tail;
  let digits = whole;
  for (;;) {
    const grouped = groups(digits, spec) + rest;
    if (grouped.length >= room) return grouped;
    digits = `0${digits}`;
  }
}

function groups(digits: string, spec: Spec): string {
  const parts: string[] = [];
  let end = digits.length;
  let size = 0;
  for (let i = 0; end > 0; i++) {
    if (i < spec.grouping.length && spec.grouping[i] !== 0) size = spec.grouping[i];
    if (size === 0 || size >= 127) size = end;
    parts.unshift(digits.slice(Math.max(0, end - size), end));
    end -= size;
  }
  return parts.join(spec.separator);
}

/** With the fill character, which may be two UTF-16 units. */
function padded(sign: string, body: string, spec: Spec): string {
  const missing = spec.width - sign.length - body.length;
  if (missing <= 0) return sign + body;
  if (spec.align === "=" || spec.align === "z") return sign + spec.fill.repeat(missing) + body;
  if (spec.align === "<") return sign + body + spec.fill.repeat(missing);
  const left = spec.align === "^" ? missing >> 1 : missing;
  return spec.fill.repeat(left) + sign + body + spec.fill.repeat(missing - left);
}
