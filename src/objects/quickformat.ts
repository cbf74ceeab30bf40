/**
 * `%` and str.format of the plainest kind: ASCII text with small ints, floats and ASCII strings. Part of the object layer.
 *
 * The text is put together in a buffer of JavaScript's, and only the result is allocated. CPython allocates room for a hundred
 * characters more, and shrinks it in the end; where that would leave a trace in the allocator, or anything else is not plain,
 * these functions give up (0) with nothing changed, and the general way does it.
 */
import { Cell } from "../heap/cells.ts";
import { leavesNoTrace } from "../pymalloc/domains.ts";
import { PyFloat_AS_DOUBLE } from "./float.ts";
import { For, specForBytes } from "./formatcache.ts";
import { planFloat } from "./formatfloat.ts";
import { planInt } from "./formatint.ts";
import { Dict, Keys, Ob, Str, Tuple } from "./layout.ts";
import { writeNumber } from "./numberbytes.ts";
import { PF, planConversion } from "./percent.ts";
import type { Runtime } from "./runtime.ts";
import { PyUnicode_New, StrState } from "./str.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** Formats and results longer than this are not worth it. */
const MOST = 400;
const ROOM = 100;
const out = new Uint8Array(MOST);
let pos = 0;
/** Length of a str that was the last thing written: alone, it is the result itself. */
let lastText = -1;

function isPlainText(rt: Runtime, s: Ref): boolean {
  return (
    rt.i32[s + Ob.type] === rt.types.str &&
    (rt.i32[s + Str.state] & StrState.COMPACT_ASCII) === StrState.COMPACT_ASCII
  );
}

/** The result, if CPython's buffer for a format of n characters comes and goes without a trace. */
function finish(rt: Runtime, n: number): NewRef | 0 {
  if (pos < 2 || lastText === pos) return 0;
  const buffer = Str.ASCII_HEAD_BYTES + n + ROOM + 1;
  const size = Str.ASCII_HEAD_BYTES + pos + 1;
  // Nothing written may make the buffer larger from the start; a block that is not made smaller by a quarter at least is kept.
  if (5 * pos > 4 * (n + ROOM) || 4 * size > 3 * ((buffer + 15) & ~15) || !leavesNoTrace(rt, buffer))
    return 0;
  const p = PyUnicode_New(rt, pos, 127);
  const u8 = rt.u8;
  const at = (p + Str.ASCII_DATA) * 4;
  for (let i = 0; i < pos; i++) u8[at + i] = out[i];
  return p;
}

function putPlanned(n: number): boolean {
  if (n < 0 || pos + n > MOST) return false;
  writeNumber(out, pos);
  pos += n;
  return true;
}

/** The first n characters of a str, with spaces before and after. */
function putText(rt: Runtime, s: Ref, n: number, left: number, right: number): boolean {
  if (pos + left + n + right > MOST) return false;
  const u8 = rt.u8;
  const at = (s + Str.ASCII_DATA) * 4;
  for (let i = 0; i < left; i++) out[pos++] = 32;
  for (let i = 0; i < n; i++) out[pos++] = u8[at + i];
  for (let i = 0; i < right; i++) out[pos++] = 32;
  if (left === 0 && right === 0 && n > 0) lastText = n;
  return true;
}

/** Flags, width and precision of a conversion of `%`. */
let flags = 0;
let width = -1;
let prec = -1;

/** Reads what stands between '%' and the conversion's letter; the letter's address, or 0. */
function parseConversion(u8: Uint8Array, at: number, end: number): number {
  flags = 0;
  width = prec = -1;
  for (; at < end; at++) {
    const c = u8[at];
    if (c === 45) flags |= PF.LJUST;
    else if (c === 48) flags |= PF.ZERO;
    else if (c === 43) flags |= PF.SIGN;
    else if (c === 32) flags |= PF.BLANK;
    else break;
  }
  if (at < end && u8[at] > 48 && u8[at] <= 57) {
    width = 0;
    for (; at < end && u8[at] >= 48 && u8[at] <= 57 && width < MOST; at++) width = width * 10 + u8[at] - 48;
  }
  if (at < end && u8[at] === 46) {
    prec = 0;
    for (at++; at < end && u8[at] >= 48 && u8[at] <= 57 && prec < MOST; at++) prec = prec * 10 + u8[at] - 48;
  }
  return at < end ? at : 0;
}

function putConversion(rt: Runtime, v: Ref, c: number): boolean {
  lastText = -1;
  if (c === 115 || c === 114) {
    if (rt.i32[v + Ob.type] === rt.types.int) {
      return width < 0 && prec < 0 && putPlanned(planConversion(rt, v, 100, 0, -1, -1));
    }
    if (c === 114 || !isPlainText(rt, v)) return false;
    const length = rt.i32[v + Str.length];
    const n = prec >= 0 && prec < length ? prec : length;
    const room = width > n ? width - n : 0;
    const left = (flags & PF.LJUST) === 0;
    return putText(rt, v, n, left ? room : 0, left ? 0 : room);
  }
  return putPlanned(planConversion(rt, v, c, flags, width, prec));
}

/** format % args, or 0. */
export function quickPercent(rt: Runtime, format: Ref, args: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const u8 = rt.u8;
  const n = i32[format + Str.length];
  if (n > MOST - ROOM || i32[Cell.HOOKS] !== 0 || !isPlainText(rt, format)) return 0;
  const tuple = i32[args + Ob.type] === rt.types.tuple;
  const nargs = tuple ? i32[args + Tuple.size] : 1;
  let used = 0;
  let at = (format + Str.ASCII_DATA) * 4;
  const end = at + n;
  pos = 0;
  lastText = -1;
  while (at < end) {
    let c = u8[at++];
    if (c === 37) {
      if (at < end && u8[at] === 37) at++;
      else {
        at = parseConversion(u8, at, end);
        if (at === 0 || used === nargs) return 0;
        c = u8[at++];
        const v = tuple ? i32[args + Tuple.items + 2 * used] : args;
        used++;
        if (!putConversion(rt, v, c)) return 0;
        continue;
      }
    }
    if (pos === MOST) return 0;
    out[pos++] = c;
    lastText = -1;
  }
  return used === nargs ? finish(rt, n) : 0;
}

/** The value of a keyword argument whose name stands from `at` to `end`: borrowed, or 0. */
function namedValue(rt: Runtime, kwargs: OptRef, at: number, end: number): OptRef {
  const i32 = rt.i32;
  if (kwargs === 0 || i32[kwargs + Ob.type] !== rt.types.dict || i32[kwargs + Dict.values] !== 0) return 0;
  const keys = i32[kwargs + Dict.keys];
  const w = i32[keys + Keys.log2];
  if (w >> 16 !== 1 || i32[keys + Keys.nentries] > 8) return 0;
  let entry = keys + Keys.indices + (1 << (((w >> 8) & 255) - 2));
  for (let k = i32[keys + Keys.nentries]; k > 0; k--, entry += 4) {
    const key = i32[entry];
    if (i32[entry + 2] !== 0 && isPlainText(rt, key) && sameText(rt, key, at, end)) return i32[entry + 2];
  }
  return 0;
}

function sameText(rt: Runtime, s: Ref, at: number, end: number): boolean {
  const u8 = rt.u8;
  if (rt.i32[s + Str.length] !== end - at) return false;
  for (let i = (s + Str.ASCII_DATA) * 4; at < end; i++, at++) if (u8[i] !== u8[at]) return false;
  return true;
}

/** How fields are numbered: 0 not known, 1 counted, 2 given; and how many were counted. */
let numbering = 0;
let counted = 0;

/** The value of a field whose name stands from `at` to `end`: borrowed, or 0. */
function fieldValue(rt: Runtime, args: Ref, kwargs: OptRef, at: number, end: number): OptRef {
  let index = 0;
  if (at === end) {
    if (numbering === 2) return 0;
    numbering = 1;
    index = counted++;
  } else {
    const c = rt.u8[at];
    if (c < 48 || c > 57) return namedValue(rt, kwargs, at, end);
    if (end - at > 1 || numbering === 1) return 0;
    numbering = 2;
    index = c - 48;
  }
  return index < rt.i32[args + Tuple.size] ? rt.i32[args + Tuple.items + 2 * index] : 0;
}

function putField(rt: Runtime, v: Ref, at: number, n: number): boolean {
  lastText = -1;
  const type = rt.i32[v + Ob.type];
  if (type === rt.types.int) return putPlanned(planInt(rt, v, specForBytes(rt, at, n, For.INT)));
  if (type === rt.types.float)
    return putPlanned(planFloat(PyFloat_AS_DOUBLE(rt, v), specForBytes(rt, at, n, For.FLOAT)));
  if (!isPlainText(rt, v)) return false;
  const length = rt.i32[v + Str.length];
  if (n === 0) return putText(rt, v, length, 0, 0);
  const spec = specForBytes(rt, at, n, For.STR);
  if (!spec.plain || spec.typeCode !== 115 || spec.precision >= 0) return false;
  const pad = spec.width > length ? spec.width - length : 0;
  const left = spec.alignCode === 62 ? pad : spec.alignCode === 94 ? pad >> 1 : 0;
  return putText(rt, v, length, left, pad - left);
}

/** s.format(*args, **kwargs), or 0. */
export function quickMarkup(rt: Runtime, s: Ref, args: Ref, kwargs: OptRef): NewRef | 0 {
  const u8 = rt.u8;
  const n = rt.i32[s + Str.length];
  if (n > MOST - ROOM || rt.i32[Cell.HOOKS] !== 0 || !isPlainText(rt, s)) return 0;
  let at = (s + Str.ASCII_DATA) * 4;
  const end = at + n;
  pos = 0;
  lastText = -1;
  numbering = counted = 0;
  while (at < end) {
    const c = u8[at++];
    if (c === 123 || c === 125) {
      if (at === end) return 0;
      if (u8[at] === c) at++;
      else if (c === 125) return 0;
      else {
        const name = at;
        while (at < end && isNameByte(u8[at])) at++;
        if (at === end || (u8[at] !== 125 && u8[at] !== 58)) return 0;
        const v = fieldValue(rt, args, kwargs, name, at);
        if (v === 0) return 0;
        const spec = u8[at] === 58 ? at + 1 : at;
        for (at = spec; at < end && u8[at] !== 125; at++) if (u8[at] === 123) return 0;
        if (at === end || !putField(rt, v, spec, at - spec)) return 0;
        at++;
        continue;
      }
    }
    if (pos === MOST) return 0;
    out[pos++] = c;
    lastText = -1;
  }
  return finish(rt, n);
}

function isNameByte(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 48 && c <= 57) || c === 95 || (c >= 65 && c <= 90);
}
