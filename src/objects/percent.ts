/**
 * What `str % args` and `bytes % args` have in common: parsing conversion specifiers, fetching arguments, numbers to text.
 * Part of the object layer.
 */
import { PyObject_GetItem } from "./abstract.ts";
import { PyLong_Check, PyTuple_Check } from "./check.ts";
import { DtsF, doubleToString } from "./dtoa.ts";
import { caught, clearError, typeError, valueError } from "./errors.ts";
import type { Units } from "./fastsearch.ts";
import { PyFloat_AS_DOUBLE, PyFloat_AsDouble } from "./float.ts";
import { Ob } from "./layout.ts";
import { bigIntOf, compactValue, exactNumber, isCompact, PyLong_AsInt, PyLong_AsSsize_t } from "./long.ts";
import { long_to_decimal_string } from "./longstr.ts";
import { PyNumber_Check, PyNumber_Index, PyNumber_Long } from "./number.ts";
import { decimalBefore, dot, END, fixedBefore, MOST_DIGITS, planNumber, radixDigits } from "./numberbytes.ts";
import { decref, setField } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { mark, pop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Flags of a conversion specifier. */
export const enum PF {
  LJUST = 1,
  SIGN = 2,
  BLANK = 4,
  ALT = 8,
  ZERO = 16,
}

const MAX_INT = 0x7fffffff;

/** Makes the key of characters start to end of a format. */
type KeyMaker = (rt: Runtime, format: Ref, start: number, end: number) => NewRef;

/** One formatting: the text, the position in it, the arguments, and the specifier just parsed. */
export class Percent {
  readonly rt: Runtime;
  /** The arguments in use; a looked-up value replaces them (owned, in the native stack slot `slot`). */
  private args: Ref;
  private arglen: number;
  private argidx: number;
  readonly dict: Ref;
  private readonly slot: number;
  /** The format's view and the position of its first character in it. */
  units: Units;
  base: number;
  n: number;
  pos = 0;
  flags = 0;
  width = -1;
  prec = -1;
  conv = 0;

  /** `textLike`: whether a single argument is text of the format's own kind, and so no mapping. */
  constructor(
    rt: Runtime,
    readonly format: Ref,
    args: Ref,
    textLike: boolean,
    units: Units,
    base: number,
    n: number,
  ) {
    this.rt = rt;
    this.args = args;
    this.units = units;
    this.base = base;
    this.n = n;
    const tuple = PyTuple_Check(rt, args);
    this.arglen = tuple ? tupleSize(rt, args) : -1;
    this.argidx = tuple ? 0 : -2;
    this.dict = !tuple && !textLike && infoOf(rt, args).mp_subscript !== null ? args : 0;
    this.slot = push(rt, 0);
  }

  /** The next argument, borrowed. */
  next(): Ref {
    const i = this.argidx;
    if (i < this.arglen) {
      this.argidx++;
      return this.arglen < 0 ? this.args : tupleItem(this.rt, this.args, i);
    }
    throw typeError(this.rt, "not enough arguments for format string");
  }

  /** Complains about arguments that were not used, and lets go of the last value. */
  finish(what: string): void {
    if (this.argidx < this.arglen && this.dict === 0) {
      throw typeError(this.rt, `not all arguments converted during ${what} formatting`);
    }
  }

  release(): void {
    const value = pop(this.rt);
    if (value !== 0) decref(this.rt, value);
  }

  /** The character at the position, which is passed; ValueError at the end. */
  private take(): number {
    if (this.pos >= this.n) throw valueError(this.rt, "incomplete format");
    return this.units[this.base + this.pos++];
  }

  /** "(key)": looks the key up in the mapping. `makeKey` makes the key of characters start to end. */
  private parseKey(makeKey: KeyMaker): void {
    const rt = this.rt;
    if (this.dict === 0) throw typeError(rt, "format requires a mapping");
    const start = this.pos;
    let depth = 1;
    while (depth > 0) {
      if (this.pos >= this.n) throw valueError(rt, "incomplete format key");
      const c = this.units[this.base + this.pos++];
      if (c === 41) depth--;
      else if (c === 40) depth++;
    }
    push(rt, makeKey(rt, this.format, start, this.pos - 1));
    const value = PyObject_GetItem(rt, this.dict, rt.i32[mark(rt) - 2]);
    decref(rt, pop(rt));
    setField(rt, this.slot, value);
    this.args = value;
    this.arglen = -1;
    this.argidx = -2;
  }

  /** A number of digits, of which `c` is the first; leaves the character after it in `after`. */
  private after = 0;
  private digits(c: number, what: string): number {
    let v = 0;
    while (c >= 48 && c <= 57) {
      v = v * 10 + c - 48;
      if (v > (what === "width" ? Number.MAX_SAFE_INTEGER : MAX_INT))
        throw valueError(this.rt, `${what} too big`);
      c = this.take();
    }
    this.after = c;
    return v;
  }

  private star(): Ref {
    const v = this.next();
    if (!PyLong_Check(this.rt, v)) throw typeError(this.rt, "* wants int");
    return v;
  }

  /** "%%": passes the second one. */
  isPercent(): boolean {
    if (this.pos >= this.n || this.units[this.base + this.pos] !== 37) return false;
    this.pos++;
    return true;
  }

  /** Passes an 's', 'r' or 'd' alone after a '%'. */
  isSimple(): boolean {
    if (this.pos >= this.n) return false;
    const c = this.units[this.base + this.pos];
    if (c !== 115 && c !== 100 && c !== 114) return false;
    this.pos++;
    this.flags = 0;
    this.width = this.prec = -1;
    this.conv = c;
    return true;
  }

  /** Parses what follows a '%'. */
  parse(makeKey: KeyMaker): void {
    this.flags = 0;
    this.width = this.prec = -1;
    let c = this.take();
    if (c === 40) {
      this.parseKey(makeKey);
      c = this.take();
    }
    for (let flag = flagOf(c); flag !== 0; flag = flagOf(c)) {
      this.flags |= flag;
      c = this.take();
    }
    c = this.parseWidth(c);
    if (c === 46) c = this.parsePrecision();
    if (c === 104 || c === 108 || c === 76) c = this.take();
    this.conv = c;
  }

  private parseWidth(c: number): number {
    if (c === 42) {
      this.width = PyLong_AsSsize_t(this.rt, this.star());
      if (this.width < 0) {
        this.flags |= PF.LJUST;
        this.width = -this.width;
      }
      return this.take();
    }
    if (c < 48 || c > 57) return c;
    this.width = this.digits(c, "width");
    return this.after;
  }

  private parsePrecision(): number {
    this.prec = 0;
    const c = this.take();
    if (c === 42) {
      this.prec = Math.max(0, PyLong_AsInt(this.rt, this.star()));
      return this.take();
    }
    this.prec = this.digits(c, "precision");
    return this.after;
  }
}

function flagOf(c: number): number {
  switch (c) {
    case 45:
      return PF.LJUST;
    case 43:
      return PF.SIGN;
    case 32:
      return PF.BLANK;
    case 35:
      return PF.ALT;
    case 48:
      return PF.ZERO;
    default:
      return 0;
  }
}

/** Is it one of "diuoxX", "eEfFgG"? */
export function isIntConversion(c: number): boolean {
  return c === 100 || c === 105 || c === 117 || c === 111 || c === 120 || c === 88;
}

export function isFloatConversion(c: number): boolean {
  return (c >= 101 && c <= 103) || (c >= 69 && c <= 71);
}

/**
 * Plans the text of an int or float conversion (see planNumber); -1 if it is not done in this way: only small exact ints and
 * exact floats are.
 */
export function planConversion(
  rt: Runtime,
  v: Ref,
  conv: number,
  flags: number,
  width: number,
  prec: number,
): number {
  const type = rt.i32[v + Ob.type];
  if (prec > MOST_DIGITS || width > MAX_PLANNED) return -1;
  let negative = false;
  let start = -1;
  let prefix = 0;
  let end = END;
  if (type === rt.types.int && isCompact(rt, v) && isIntConversion(conv)) {
    const n = compactValue(rt, v);
    negative = n < 0;
    const a = negative ? -n : n;
    const bits = conv === 120 || conv === 88 ? 4 : conv === 111 ? 3 : 0;
    start = bits === 0 ? decimalBefore(a, END, prec) : radixDigits(a, bits, conv === 88, prec);
    if (bits !== 0 && (flags & PF.ALT) !== 0) prefix = conv;
  } else if (type === rt.types.float && (conv === 102 || conv === 70) && (flags & PF.ALT) === 0) {
    const d = PyFloat_AS_DOUBLE(rt, v);
    negative = d < 0 || (d === 0 && 1 / d < 0);
    start = fixedBefore(negative ? -d : d, prec < 0 ? 6 : prec, END);
    end = dot;
  }
  if (start < 0) return -1;
  const sign = negative ? 45 : (flags & PF.SIGN) !== 0 ? 43 : (flags & PF.BLANK) !== 0 ? 32 : 0;
  if ((flags & PF.LJUST) !== 0) return planNumber(start, end, sign, prefix, 0, 0, width, 60, 32);
  const zeros = (flags & PF.ZERO) !== 0;
  return planNumber(start, end, sign, prefix, 0, 0, width, zeros ? 61 : 62, zeros ? 48 : 32);
}

/** Wider than this is for the general way. */
const MAX_PLANNED = 100000;

/** The int that a conversion of `v` prints; a new reference. */
function intOf(rt: Runtime, v: Ref, conv: string): NewRef {
  const index = conv === "o" || conv === "x" || conv === "X";
  if (PyNumber_Check(rt, v)) {
    const m = mark(rt);
    try {
      return index ? PyNumber_Index(rt, v) : PyNumber_Long(rt, v);
    } catch (e) {
      caught(rt, e, m, rt.exc.TypeError);
      clearError(rt);
    }
  }
  const wanted = index ? "an integer" : "a real number";
  throw typeError(rt, `%${conv} format: ${wanted} is required, not ${typeNameOf(rt, v)}`);
}

/** Text of an int conversion, with its minus sign and, where asked for, its prefix and leading zeros. */
export function formatInt(rt: Runtime, v: Ref, p: Percent): string {
  const conv = String.fromCharCode(p.conv);
  push(rt, intOf(rt, v, conv));
  const text = digitsOf(rt, rt.i32[mark(rt) - 2], conv);
  decref(rt, pop(rt));
  const negative = text[0] === "-";
  const digits = (negative ? text.slice(1) : text).padStart(p.prec, "0");
  const alt = (p.flags & PF.ALT) !== 0 && "oxX".includes(conv);
  const full = (negative ? "-" : "") + (alt ? `0${conv.toLowerCase()}` : "") + digits;
  return conv === "X" ? full.toUpperCase() : full;
}

function digitsOf(rt: Runtime, v: Ref, conv: string): string {
  if (conv === "o") return bigIntOf(rt, v).toString(8);
  const n = exactNumber(rt, v);
  if (conv === "x" || conv === "X") return Number.isNaN(n) ? bigIntOf(rt, v).toString(16) : n.toString(16);
  if (!Number.isNaN(n)) return String(n);
  push(rt, long_to_decimal_string(rt, v));
  const text = jsString(rt, rt.i32[mark(rt) - 2]);
  decref(rt, pop(rt));
  return text;
}

/** Text of a float conversion, with its minus sign. */
export function formatFloat(rt: Runtime, v: Ref, p: Percent): string {
  const x = PyFloat_AsDouble(rt, v);
  const prec = p.prec < 0 ? 6 : p.prec;
  return doubleToString(x, String.fromCharCode(p.conv), prec, (p.flags & PF.ALT) !== 0 ? DtsF.ALT : 0);
}

/** A number's text with sign, fill and width applied as the flags say. */
export function padNumber(text: string, p: Percent): string {
  const { flags, width, conv } = p;
  let sign = "";
  if (text[0] === "-" || text[0] === "+") {
    sign = text[0];
    text = text.slice(1);
  } else if ((flags & PF.SIGN) !== 0) sign = "+";
  else if ((flags & PF.BLANK) !== 0) sign = " ";
  const prefixed = (flags & PF.ALT) !== 0 && (conv === 111 || conv === 120 || conv === 88);
  if (prefixed) {
    sign += text.slice(0, 2);
    text = text.slice(2);
  }
  const room = width - sign.length - text.length;
  if (room <= 0) return sign + text;
  if ((flags & PF.ZERO) !== 0 && (flags & PF.LJUST) === 0) return sign + "0".repeat(room) + text;
  return (flags & PF.LJUST) !== 0 ? sign + text + " ".repeat(room) : " ".repeat(room) + sign + text;
}

/** The complaint about a conversion that does not exist. */
export function unsupported(p: Percent) {
  const c = p.conv;
  const shown = c > 31 && c < 127 ? String.fromCharCode(c) : "?";
  return valueError(
    p.rt,
    `unsupported format character '${shown}' (0x${c.toString(16)}) at index ${p.pos - 1}`,
  );
}
