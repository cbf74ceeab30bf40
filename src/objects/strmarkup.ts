/**
 * str.format, str.format_map and `str.__format__`: parsing replacement fields (also for the module _string). Part of the
 * object layer.
 */
import {
  PyObject_ASCII,
  PyObject_Format,
  PyObject_GetAttr,
  PyObject_GetItem,
  PyObject_Repr,
  PyObject_Str,
} from "./abstract.ts";
import { badArgument } from "./argparse.ts";
import { PyDict_CheckExact, PyUnicode_Check } from "./check.ts";
import { PyDict_GetItemWithError } from "./dict.ts";
import { caught, clearError, raise, raiseWith, valueError } from "./errors.ts";
import { PyFloat_AS_DOUBLE } from "./float.ts";
import { formatStrObject } from "./format.ts";
import { For, specForBytes } from "./formatcache.ts";
import { planFloat } from "./formatfloat.ts";
import { planInt } from "./formatint.ts";
import type { FormatSpec } from "./formatspec.ts";
import { Ob } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { quickMarkup } from "./quickformat.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Check, PySequence_GetItem } from "./sequence.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { isAscii, jsString, maxCharBound, readChar, strData, strKind, strLength } from "./str.ts";
import { StrBuilder } from "./strbuilder.ts";
import { PyUnicode_Substring, strUnchanged } from "./strnew.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";
import { decimalValue } from "./unicode/db.ts";

const OPEN = 123;
const CLOSE = 125;
const COLON = 58;
const BANG = 33;
const LBRACKET = 91;
const RBRACKET = 93;
const DOT = 46;

/** MarkupIterator: goes over a format string; each step gives a literal and perhaps a field. */
export class Markup {
  readonly rt: Runtime;
  readonly s: Ref;
  private readonly kind: number;
  private readonly w: number;
  pos: number;
  readonly end: number;
  literalStart = 0;
  literalEnd = 0;
  hasField = false;
  nameStart = 0;
  nameEnd = 0;
  specStart = 0;
  specEnd = 0;
  /** The character after '!', or 0. */
  conversion = 0;
  /** The specifier has fields itself. */
  nested = false;

  constructor(rt: Runtime, s: Ref, start: number, end: number) {
    this.rt = rt;
    this.s = s;
    this.kind = strKind(rt, s);
    this.w = strData(rt, s);
    this.pos = start;
    this.end = end;
  }

  private at(i: number): number {
    return readChar(this.rt, this.kind, this.w, i);
  }

  /** The next literal and field; false at the end. */
  next(): boolean {
    this.hasField = this.nested = false;
    this.conversion = 0;
    this.nameStart = this.nameEnd = this.specStart = this.specEnd = 0;
    if (this.pos >= this.end) return false;
    const follows = this.parseLiteral();
    if (follows) this.parseField();
    return true;
  }

  /** A literal up to a brace; true if a field follows. A doubled brace ends a literal that contains one of the two. */
  private parseLiteral(): boolean {
    const start = this.pos;
    let c = 0;
    let brace = false;
    while (this.pos < this.end && !brace) {
      c = this.at(this.pos++);
      brace = c === OPEN || c === CLOSE;
    }
    this.literalStart = start;
    this.literalEnd = this.pos;
    if (!brace) return false;
    const atEnd = this.pos >= this.end;
    const doubled = !atEnd && this.at(this.pos) === c;
    if (c === CLOSE && !doubled) throw valueError(this.rt, "Single '}' encountered in format string");
    if (atEnd) throw valueError(this.rt, "Single '{' encountered in format string");
    if (doubled) this.pos++;
    else this.literalEnd--;
    return !doubled;
  }

  private parseField(): void {
    this.hasField = true;
    this.nameStart = this.pos;
    const c = this.parseName();
    if (c === BANG || c === COLON) {
      if (c === BANG && !this.parseConversion()) return;
      this.parseSpec();
    } else if (c !== CLOSE) throw valueError(this.rt, "expected '}' before end of string");
  }

  /** The name, up to '}', ':' or '!', which is returned. */
  private parseName(): number {
    let c = 0;
    while (this.pos < this.end) {
      c = this.at(this.pos++);
      if (c === OPEN) throw valueError(this.rt, "unexpected '{' in field name");
      if (c === LBRACKET) while (this.pos < this.end && this.at(this.pos) !== RBRACKET) this.pos++;
      else if (c === CLOSE || c === COLON || c === BANG) break;
    }
    this.nameEnd = this.pos - 1;
    return c;
  }

  /** After '!': false if the field ends with the conversion. */
  private parseConversion(): boolean {
    if (this.pos >= this.end) {
      throw valueError(this.rt, "end of string while looking for conversion specifier");
    }
    this.conversion = this.at(this.pos++);
    if (this.pos >= this.end) return true;
    const c = this.at(this.pos++);
    if (c === CLOSE) return false;
    if (c !== COLON) throw valueError(this.rt, "expected ':' after conversion specifier");
    return true;
  }

  private parseSpec(): void {
    this.specStart = this.pos;
    for (let depth = 1; this.pos < this.end; ) {
      const c = this.at(this.pos++);
      if (c === OPEN) {
        this.nested = true;
        depth++;
      } else if (c === CLOSE && --depth === 0) {
        this.specEnd = this.pos - 1;
        return;
      }
    }
    throw valueError(this.rt, "unmatched '{' in format spec");
  }
}

/** get_integer: the number that characters start to end are, or -1. */
function integerOf(rt: Runtime, s: Ref, start: number, end: number): number {
  if (start >= end) return -1;
  const kind = strKind(rt, s);
  const w = strData(rt, s);
  let v = 0;
  for (let i = start; i < end; i++) {
    const d = decimalValue(readChar(rt, kind, w, i));
    if (d < 0) return -1;
    v = v * 10 + d;
    if (v > Number.MAX_SAFE_INTEGER) throw valueError(rt, "Too many decimal digits in format string");
  }
  return v;
}

/** FieldNameIterator: the steps ".name" and "[item]" of a field name after its first part. */
export class FieldName {
  readonly rt: Runtime;
  readonly s: Ref;
  pos: number;
  readonly end: number;
  /** The first part: characters firstStart to pos at the start, and its number or -1. */
  readonly firstStart: number;
  readonly firstEnd: number;
  readonly firstIndex: number;
  isAttribute = false;
  index = -1;
  nameStart = 0;
  nameEnd = 0;

  constructor(rt: Runtime, s: Ref, start: number, end: number) {
    this.rt = rt;
    this.s = s;
    this.end = end;
    let i = start;
    while (i < end && this.at(i) !== DOT && this.at(i) !== LBRACKET) i++;
    this.firstStart = start;
    this.firstEnd = this.pos = i;
    this.firstIndex = integerOf(rt, s, start, i);
  }

  private at(i: number): number {
    return readChar(this.rt, strKind(this.rt, this.s), strData(this.rt, this.s), i);
  }

  /** The next step; false at the end. */
  next(): boolean {
    if (this.pos >= this.end) return false;
    const c = this.at(this.pos++);
    this.nameStart = this.pos;
    this.index = -1;
    this.isAttribute = c === DOT;
    if (c === DOT) this.attribute();
    else if (c === LBRACKET) this.item();
    else throw valueError(this.rt, "Only '.' or '[' may follow ']' in format field specifier");
    if (this.nameStart === this.nameEnd) throw valueError(this.rt, "Empty attribute in format string");
    return true;
  }

  private attribute(): void {
    while (this.pos < this.end && this.at(this.pos) !== DOT && this.at(this.pos) !== LBRACKET) this.pos++;
    this.nameEnd = this.pos;
  }

  private item(): void {
    while (this.pos < this.end && this.at(this.pos) !== RBRACKET) this.pos++;
    if (this.pos >= this.end) throw valueError(this.rt, "Missing ']' in format string");
    this.nameEnd = this.pos++;
    this.index = integerOf(this.rt, this.s, this.nameStart, this.nameEnd);
  }

  /** The step's text: a new reference. */
  name(): NewRef {
    return PyUnicode_Substring(this.rt, this.s, this.nameStart, this.nameEnd);
  }
}

/** What one call of format works with. */
class Formatting {
  /** 0 not known, 1 automatic, 2 manual. */
  numbering = 0;
  nextNumber = 0;

  constructor(
    readonly rt: Runtime,
    readonly args: OptRef,
    readonly kwargs: OptRef,
  ) {}

  /** The number of a positional field, -1 for a named one. */
  number(name: FieldName): number {
    const empty = name.firstStart === name.firstEnd;
    if (!empty && name.firstIndex < 0) return -1;
    if (this.numbering === 0) this.numbering = empty ? 1 : 2;
    if (this.numbering === 1 && !empty) {
      throw valueError(this.rt, "cannot switch from automatic field numbering to manual field specification");
    }
    if (this.numbering === 2 && empty) {
      throw valueError(this.rt, "cannot switch from manual field specification to automatic field numbering");
    }
    return empty ? this.nextNumber++ : name.firstIndex;
  }

  /** A field that is only a number, given or counted, of an argument: borrowed; 0 if it is anything else. */
  private plainArgument(s: Ref, start: number, end: number): OptRef {
    const rt = this.rt;
    const args = this.args;
    if (args === 0 || end - start > 1 || !isAscii(rt, s)) return 0;
    const automatic = start === end;
    if (this.numbering === (automatic ? 2 : 1)) return 0;
    const index = automatic ? this.nextNumber : rt.u8[strData(rt, s) * 4 + start] - 48;
    if (index < 0 || index > 9 || index >= tupleSize(rt, args)) return 0;
    if (automatic) this.nextNumber++;
    this.numbering = automatic ? 1 : 2;
    return tupleItem(rt, args, index);
  }

  /** The object a field names: a new reference. */
  field(s: Ref, start: number, end: number): NewRef {
    const rt = this.rt;
    const argument = this.plainArgument(s, start, end);
    if (argument !== 0) return newref(rt, argument);
    const name = new FieldName(rt, s, start, end);
    const index = this.number(name);
    const slot = push(rt, index < 0 ? this.named(name) : this.positional(index));
    while (name.next()) {
      const value = step(rt, rt.i32[slot], name);
      const old = rt.i32[slot];
      rt.i32[slot] = value;
      push(rt, old);
      drop(rt);
    }
    return pop(rt);
  }

  private named(name: FieldName): NewRef {
    const rt = this.rt;
    push(rt, PyUnicode_Substring(rt, name.s, name.firstStart, name.firstEnd));
    const key = rt.i32[mark(rt) - 2];
    if (this.kwargs === 0) throw raiseWith(rt, rt.exc.KeyError, key);
    const known = PyDict_CheckExact(rt, this.kwargs) ? PyDict_GetItemWithError(rt, this.kwargs, key) : 0;
    const value = known !== 0 ? newref(rt, known) : PyObject_GetItem(rt, this.kwargs, key);
    drop(rt);
    return value;
  }

  private positional(index: number): NewRef {
    const rt = this.rt;
    if (this.args === 0) throw valueError(rt, "Format string contains positional fields");
    const m = mark(rt);
    try {
      return PySequence_GetItem(rt, this.args, index);
    } catch (e) {
      caught(rt, e, m, rt.exc.IndexError);
      clearError(rt);
      const message = `Replacement index ${index} out of range for positional args tuple`;
      throw raise(rt, rt.exc.IndexError, message);
    }
  }

  /** build_string: formats characters start to end of s. */
  build(s: Ref, start: number, end: number, depth: number): NewRef {
    const rt = this.rt;
    if (depth <= 0) throw valueError(rt, "Max string recursion exceeded");
    const out = new StrBuilder(rt, end - start + 100);
    const markup = new Markup(rt, s, start, end);
    while (markup.next()) {
      const last = markup.pos >= end;
      if (last && !markup.hasField) out.overallocate = false;
      out.writeSubstring(s, markup.literalStart, markup.literalEnd);
      if (!markup.hasField) continue;
      if (last) out.overallocate = false;
      this.render(out, markup, depth);
    }
    return out.finish();
  }

  /** output_markup: writes one field. */
  private render(out: StrBuilder, markup: Markup, depth: number): void {
    const rt = this.rt;
    const slot = push(rt, this.field(markup.s, markup.nameStart, markup.nameEnd));
    if (markup.conversion !== 0) {
      const converted = convert(rt, rt.i32[slot], markup.conversion);
      push(rt, rt.i32[slot]);
      rt.i32[slot] = converted;
      drop(rt);
    }
    const { s, specStart, specEnd } = markup;
    if (!markup.nested && writeExact(out, rt, rt.i32[slot], s, specStart, specEnd)) {
      drop(rt);
      return;
    }
    push(
      rt,
      markup.nested
        ? this.build(s, specStart, specEnd, depth - 1)
        : PyUnicode_Substring(rt, s, specStart, specEnd),
    );
    const obj = rt.i32[slot];
    const spec = rt.i32[slot + 2];
    push(
      rt,
      strLength(rt, spec) === 0 && rt.i32[obj + Ob.type] === rt.types.str
        ? newref(rt, obj)
        : PyObject_Format(rt, obj, spec),
    );
    out.writeStr(rt.i32[slot + 4]);
    drop(rt, 3);
  }
}

/**
 * Writes an exact str, float or small int by a specification without a str of its own, as CPython's format writers do. False,
 * with nothing written, where that is not possible.
 */
function writeExact(out: StrBuilder, rt: Runtime, obj: Ref, s: Ref, start: number, end: number): boolean {
  const type = rt.i32[obj + Ob.type];
  const { int, float, str } = rt.types;
  if (type !== int && type !== float && type !== str) return false;
  const n = end - start;
  if (type === str && n === 0) {
    out.writeStr(obj);
    return true;
  }
  if (!isAscii(rt, s)) return false;
  const at = strData(rt, s) * 4 + start;
  if (type === str) return writeText(out, rt, obj, specForBytes(rt, at, n, For.STR));
  const planned =
    type === int
      ? planInt(rt, obj, specForBytes(rt, at, n, For.INT))
      : planFloat(PyFloat_AS_DOUBLE(rt, obj), specForBytes(rt, at, n, For.FLOAT));
  if (planned < 0) return false;
  out.writePlanned(planned);
  return true;
}

function writeText(out: StrBuilder, rt: Runtime, obj: Ref, spec: FormatSpec): boolean {
  if (!spec.plain || spec.typeCode !== 115 || spec.precision >= 0 || spec.width > MOST_PADDED) return false;
  const pad = Math.max(0, spec.width - strLength(rt, obj));
  const left = spec.alignCode === 62 ? pad : spec.alignCode === 94 ? pad >> 1 : 0;
  if (pad > 0) out.prepare(pad + strLength(rt, obj), maxCharBound(rt, obj));
  out.fill(32, left);
  out.writeStr(obj);
  out.fill(32, pad - left);
  return true;
}

/** Wider text is for the general way. */
const MOST_PADDED = 100000;

/** One ".name" or "[item]" step from obj. */
function step(rt: Runtime, obj: Ref, name: FieldName): NewRef {
  if (!name.isAttribute && name.index >= 0) {
    if (PySequence_Check(rt, obj)) return PySequence_GetItem(rt, obj, name.index);
    push(rt, PyLong_FromNumber(rt, name.index));
  } else push(rt, name.name());
  const key = rt.i32[mark(rt) - 2];
  const value = name.isAttribute ? PyObject_GetAttr(rt, obj, key) : PyObject_GetItem(rt, obj, key);
  drop(rt);
  return value;
}

function convert(rt: Runtime, obj: Ref, conversion: number): NewRef {
  if (conversion === 114) return PyObject_Repr(rt, obj);
  if (conversion === 115) return PyObject_Str(rt, obj);
  if (conversion === 97) return PyObject_ASCII(rt, obj);
  const shown =
    conversion > 32 && conversion < 127 ? String.fromCharCode(conversion) : `\\x${conversion.toString(16)}`;
  throw valueError(rt, `Unknown conversion specifier ${shown}`);
}

/** str.format(*args, **kwargs) */
export function str_format(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): NewRef {
  const quick = quickMarkup(rt, self, args, kwargs);
  if (quick !== 0) return quick;
  return new Formatting(rt, args, kwargs).build(self, 0, strLength(rt, self), 2);
}

export function str_format_map(rt: Runtime, self: Ref, mapping: Ref): NewRef {
  return new Formatting(rt, 0, mapping).build(self, 0, strLength(rt, self), 2);
}

/** `str.__format__(spec)` */
export function str_formatMethod(rt: Runtime, self: Ref, spec: Ref): NewRef {
  if (!PyUnicode_Check(rt, spec)) throw badArgument(rt, "__format__", "argument", "str", spec);
  if (strLength(rt, spec) === 0) {
    return rt.i32[self + Ob.type] === rt.types.str ? strUnchanged(rt, self) : PyObject_Str(rt, self);
  }
  return formatStrObject(rt, self, jsString(rt, spec));
}
