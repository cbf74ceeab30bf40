/** `str % args`. Part of the object layer; what it shares with bytes stands in percent.ts. */
import { PyObject_ASCII, PyObject_Repr, PyObject_Str } from "./abstract.ts";
import { PyUnicode_Check } from "./check.ts";
import { overflowError, typeError } from "./errors.ts";
import { baseOf, findUnit, unitsOf } from "./fastsearch.ts";
import { Ob } from "./layout.ts";
import { compactValue, isCompact, numberOrNaN } from "./long.ts";
import { PyIndex_Check, PyNumber_Index } from "./number.ts";
import { decimalBefore, END, planNumber } from "./numberbytes.ts";
import {
  formatFloat,
  formatInt,
  isFloatConversion,
  isIntConversion,
  Percent,
  PF,
  padNumber,
  planConversion,
  unsupported,
} from "./percent.ts";
import { quickPercent } from "./quickformat.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { charAt, strData, strKind, strLength } from "./str.ts";
import { StrBuilder } from "./strbuilder.ts";
import { strFromData } from "./strnew.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** nb_remainder of str */
export function str_mod(rt: Runtime, v: Ref, w: Ref): NewRef {
  if (!PyUnicode_Check(rt, v)) return rt.NotImplemented;
  return PyUnicode_Format(rt, v, w);
}

export function PyUnicode_Format(rt: Runtime, format: Ref, args: Ref): NewRef {
  const quick = quickPercent(rt, format, args);
  if (quick !== 0) return quick;
  const kind = strKind(rt, format);
  const w = strData(rt, format);
  const n = strLength(rt, format);
  const p = new Percent(rt, format, args, PyUnicode_Check(rt, args), unitsOf(rt, kind), baseOf(kind, w), n);
  const out = new StrBuilder(rt, n + 100);
  while (p.pos < n) {
    const start = p.pos;
    const found = findUnit(p.units, p.base + start, p.base + n, 37);
    const end = found < 0 ? n : found - p.base;
    if (end === n) out.overallocate = false;
    out.writeSubstring(format, start, end);
    if (end === n) break;
    p.pos = end + 1;
    if (p.isPercent()) {
      out.writeChar(37);
      continue;
    }
    if (!p.isSimple()) p.parse(makeKey);
    convert(rt, p, out);
  }
  p.finish("string");
  const result = out.finish();
  p.release();
  return result;
}

function makeKey(rt: Runtime, format: Ref, start: number, end: number): NewRef {
  return strFromData(rt, strKind(rt, format), strData(rt, format), start, end);
}

/** Carries out one conversion. */
function convert(rt: Runtime, p: Percent, out: StrBuilder): void {
  const c = p.conv;
  const v = p.next();
  if (p.pos === p.n) out.overallocate = false;
  if (c === 115 || c === 114 || c === 97) {
    if (!writeShortInt(rt, p, out, v)) writeText(rt, p, out, v);
    return;
  }
  const planned = planConversion(rt, v, c, p.flags, p.width, p.prec);
  if (planned > 0) out.writePlanned(planned);
  else if (isIntConversion(c)) out.writeJS(padNumber(formatInt(rt, v, p), p));
  else if (isFloatConversion(c)) out.writeJS(padNumber(formatFloat(rt, v, p), p));
  else if (c === 99) writeOneChar(p, out, formatChar(rt, v));
  else throw unsupported(p);
}

/** "%s" of a small exact int goes without a str of its own. */
function writeShortInt(rt: Runtime, p: Percent, out: StrBuilder, v: Ref): boolean {
  if (p.width >= 0 || p.prec >= 0 || rt.i32[v + Ob.type] !== rt.types.int || !isCompact(rt, v)) return false;
  const n = compactValue(rt, v);
  const start = decimalBefore(n < 0 ? -n : n, END, 1);
  out.writePlanned(planNumber(start, END, n < 0 ? 45 : 0, 0, 0, 0, 0, 62, 32));
  return true;
}

function textOf(rt: Runtime, conv: number, v: Ref): NewRef {
  if (conv === 114) return PyObject_Repr(rt, v);
  if (conv === 97) return PyObject_ASCII(rt, v);
  return rt.i32[v + Ob.type] === rt.types.str ? newref(rt, v) : PyObject_Str(rt, v);
}

function writeText(rt: Runtime, p: Percent, out: StrBuilder, v: Ref): void {
  const s = textOf(rt, p.conv, v);
  push(rt, s);
  const length = strLength(rt, s);
  const n = p.prec >= 0 && p.prec < length ? p.prec : length;
  const room = p.width - n;
  if (room > 0 && (p.flags & PF.LJUST) === 0) out.fill(32, room);
  out.writeSubstring(s, 0, n);
  if (room > 0 && (p.flags & PF.LJUST) !== 0) out.fill(32, room);
  drop(rt);
}

function writeOneChar(p: Percent, out: StrBuilder, c: number): void {
  if ((p.flags & PF.LJUST) === 0) out.fill(32, p.width - 1);
  out.writeChar(c);
  if ((p.flags & PF.LJUST) !== 0) out.fill(32, p.width - 1);
}

/** formatchar: the character of a %c conversion. */
function formatChar(rt: Runtime, v: Ref): number {
  if (PyUnicode_Check(rt, v)) {
    if (strLength(rt, v) === 1) return charAt(rt, v, 0);
    throw typeError(rt, "%c requires int or char");
  }
  if (!PyIndex_Check(rt, v)) throw typeError(rt, "%c requires int or char");
  const n = PyNumber_Index(rt, v);
  push(rt, n);
  const c = numberOrNaN(rt, n);
  if (!(c >= 0 && c <= 0x10ffff)) throw overflowError(rt, "%c arg not in range(0x110000)");
  drop(rt);
  return c;
}
