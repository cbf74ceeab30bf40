/**
 * _csv.writer: writes rows to an object with a write method. Part of the modules, for _csv.ts.
 *
 *   byte  16      24        32    40         48        56           64
 *         | write | dialect | rec | rec_size | rec_len | num_fields | error_obj |
 *
 * `rec` is a block of the mem domain in which the characters of a row gather, four bytes each.
 */

import { PyCallable_Check, PyObject_GetOptionalAttr, PyObject_Str } from "../objects/abstract.ts";
import { PyObject_GC_New, PyObject_GC_Track } from "../objects/alloc.ts";
import { PyObject_CallOneArg } from "../objects/call.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory, typeError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { TF } from "../objects/layout.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { PyNumber_Check } from "../objects/number.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { charAt, internStatic, jsString, readChar, strData, strKind, strLength } from "../objects/str.ts";
import { strFromData } from "../objects/strnew.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Realloc } from "../pymalloc/domains.ts";
import { callDialect, csvError, csvState, Dialect, flagOf, NOT_SET, Quote } from "./csvdialect.ts";

const enum Writer {
  write = 4,
  dialect = 6,
  rec = 8,
  rec_size = 10,
  rec_len = 12,
  num_fields = 14,
  error_obj = 16,
  BYTES = 72,
}

/** The buffer grows by this many characters. */
const MEM_INCR = 32768;

/** csv.writer(file, dialect, **keywords) */
export function csv_writer(rt: Runtime, _m: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = tupleSize(rt, args);
  if (n < 1 || n > 2) {
    const bound = n < 1 ? "at least 1 argument" : "at most 2 arguments";
    throw typeError(rt, ` expected ${bound}, got ${n}`);
  }
  const i32 = rt.i32;
  const p = pushed(rt, PyObject_GC_New(rt, csvState(rt).Writer, Writer.BYTES));
  i32.fill(0, p + Writer.write, p + Writer.BYTES / 4);
  i32[p + Writer.error_obj] = newref(rt, csvState(rt).error);
  i32[p + Writer.write] = PyObject_GetOptionalAttr(rt, tupleItem(rt, args, 0), internStatic(rt, "write"));
  if (i32[p + Writer.write] === 0 || !PyCallable_Check(rt, i32[p + Writer.write])) {
    throw typeError(rt, 'argument 1 must have a "write" method');
  }
  i32[p + Writer.dialect] = callDialect(rt, n > 1 ? tupleItem(rt, args, 1) : 0, kwargs);
  PyObject_GC_Track(rt, p);
  return pop(rt);
}

/** join_check_rec_size: room for n characters in all. */
function room(rt: Runtime, p: Ref, n: number): void {
  const i32 = rt.i32;
  if (n <= i32[p + Writer.rec_size]) return;
  const size = (Math.floor(n / MEM_INCR) + 1) * MEM_INCR;
  const rec = PyMem_Realloc(rt, i32[p + Writer.rec], 4 * size);
  if (rec === 0) throw noMemory(rt);
  i32[p + Writer.rec] = rec;
  i32[p + Writer.rec_size] = size;
}

/** The dialect's characters, read once for each row. */
interface Chars {
  delimiter: number;
  quote: number;
  escape: number;
  quoting: number;
  doublequote: boolean;
  spaced: boolean;
  terminator: Ref;
  /** Has the line terminator characters besides \r and \n? */
  odd: boolean;
}

function charsOf(rt: Runtime, d: Ref): Chars {
  const i32 = rt.i32;
  const delimiter = i32[d + Dialect.delimiter];
  return {
    delimiter,
    quote: i32[d + Dialect.quotechar],
    escape: i32[d + Dialect.escapechar],
    quoting: i32[d + Dialect.quoting],
    doublequote: flagOf(rt, d, Dialect.doublequote),
    spaced: delimiter === 32 && flagOf(rt, d, Dialect.skipinitialspace),
    terminator: i32[d + Dialect.lineterminator],
    odd: /[^\r\n]/.test(jsString(rt, i32[d + Dialect.lineterminator])),
  };
}

function inTerminator(rt: Runtime, d: Chars, c: number): boolean {
  const n = strLength(rt, d.terminator);
  for (let i = 0; i < n; i++) if (charAt(rt, d.terminator, i) === c) return true;
  return false;
}

function isSpecial(rt: Runtime, d: Chars, c: number): boolean {
  if (c === d.delimiter || c === d.escape || c === d.quote || c === 10 || c === 13) return true;
  return d.odd && inTerminator(rt, d, c);
}

/** What must stand before a special character: its escape, a second quote, or nothing (0). */
function before(rt: Runtime, d: Chars, c: number): number {
  let escaped = d.quoting === Quote.NONE || c === d.escape;
  if (!escaped && c === d.quote) {
    if (d.doublequote) return d.quote;
    escaped = true;
  }
  if (!escaped) return 0;
  if (d.escape === NOT_SET) throw csvError(rt, "need to escape, but no escapechar set");
  return d.escape;
}

/** A special character that nothing stands before makes the field a quoted one. */
const makesQuoted = (d: Chars, c: number): boolean =>
  d.quoting !== Quote.NONE && c !== d.escape && (c !== d.quote || d.doublequote);

/** join_append: a field's text (0: none) behind the row so far. */
function append(rt: Runtime, p: Ref, d: Chars, field: OptRef, quoted: boolean): void {
  const i32 = rt.i32;
  const n = field === 0 ? 0 : strLength(rt, field);
  if (n === 0 && d.spaced) {
    if (
      d.quoting === Quote.NONE ||
      (field === 0 && (d.quoting === Quote.STRINGS || d.quoting === Quote.NOTNULL))
    ) {
      throw csvError(rt, "empty field must be quoted if delimiter is a space and skipinitialspace is true");
    }
    quoted = true;
  }
  const kind = n === 0 ? 1 : strKind(rt, field);
  const w = n === 0 ? 0 : strData(rt, field);
  let extra = 0;
  for (let i = 0; i < n; i++) {
    const c = readChar(rt, kind, w, i);
    if (!isSpecial(rt, d, c)) continue;
    if (before(rt, d, c) !== 0) extra++;
    if (makesQuoted(d, c)) quoted = true;
  }
  const first = i32[p + Writer.num_fields] === 0;
  room(rt, p, i32[p + Writer.rec_len] + n + extra + (first ? 0 : 1) + (quoted ? 2 : 0));
  let to = i32[p + Writer.rec] + i32[p + Writer.rec_len];
  if (!first) i32[to++] = d.delimiter;
  if (quoted) i32[to++] = d.quote;
  for (let i = 0; i < n; i++) {
    const c = readChar(rt, kind, w, i);
    if (extra > 0 && isSpecial(rt, d, c)) {
      const mark = before(rt, d, c);
      if (mark !== 0) i32[to++] = mark;
    }
    i32[to++] = c;
  }
  if (quoted) i32[to++] = d.quote;
  i32[p + Writer.rec_len] = to - i32[p + Writer.rec];
  i32[p + Writer.num_fields]++;
}

/** Is a field of this kind quoted whatever it says? */
function alwaysQuoted(rt: Runtime, quoting: number, field: Ref): boolean {
  switch (quoting) {
    case Quote.NONNUMERIC:
      return !PyNumber_Check(rt, field);
    case Quote.ALL:
      return true;
    case Quote.STRINGS:
      return PyUnicode_Check(rt, field);
    case Quote.NOTNULL:
      return field !== rt.None;
    default:
      return false;
  }
}

function appendField(rt: Runtime, p: Ref, d: Chars, field: Ref): void {
  const quoted = alwaysQuoted(rt, d.quoting, field);
  if (PyUnicode_Check(rt, field)) append(rt, p, d, field, quoted);
  else if (field === rt.None) append(rt, p, d, 0, quoted);
  else {
    const text = pushed(rt, PyObject_Str(rt, field));
    append(rt, p, d, text, quoted);
    drop(rt);
  }
}

function fieldsOf(rt: Runtime, row: Ref): NewRef {
  const it = catching(rt, rt.exc.TypeError, 0, () => PyObject_GetIter(rt, row));
  if (it === 0) throw csvError(rt, `iterable expected, not ${typeNameOf(rt, row)}`);
  return it;
}

function csv_writerow(rt: Runtime, p: Ref, row: Ref): NewRef {
  const i32 = rt.i32;
  const d = charsOf(rt, i32[p + Writer.dialect]);
  const it = pushed(rt, fieldsOf(rt, row));
  i32[p + Writer.rec_len] = 0;
  i32[p + Writer.num_fields] = 0;
  let isNull = false;
  for (let field = PyIter_Next(rt, it); field !== 0; field = PyIter_Next(rt, it)) {
    push(rt, field);
    isNull = field === rt.None;
    appendField(rt, p, d, field);
    drop(rt);
  }
  drop(rt);
  if (i32[p + Writer.num_fields] > 0 && i32[p + Writer.rec_len] === 0) quoteEmpty(rt, p, d, isNull);
  appendTerminator(rt, p, d);
  const line = pushed(rt, strFromData(rt, 4, i32[p + Writer.rec], 0, i32[p + Writer.rec_len]));
  const result = PyObject_CallOneArg(rt, i32[p + Writer.write], line);
  drop(rt);
  return result;
}

/** A row of one empty field must be told from an empty row. */
function quoteEmpty(rt: Runtime, p: Ref, d: Chars, isNull: boolean): void {
  if (d.quoting === Quote.NONE || (isNull && (d.quoting === Quote.STRINGS || d.quoting === Quote.NOTNULL))) {
    throw csvError(rt, "single empty field record must be quoted");
  }
  rt.i32[p + Writer.num_fields]--;
  append(rt, p, d, 0, true);
}

function appendTerminator(rt: Runtime, p: Ref, d: Chars): void {
  const i32 = rt.i32;
  const n = strLength(rt, d.terminator);
  room(rt, p, i32[p + Writer.rec_len] + n);
  const to = i32[p + Writer.rec] + i32[p + Writer.rec_len];
  for (let i = 0; i < n; i++) i32[to + i] = charAt(rt, d.terminator, i);
  i32[p + Writer.rec_len] += n;
}

function csv_writerows(rt: Runtime, p: Ref, rows: Ref): NewRef {
  const it = pushed(rt, PyObject_GetIter(rt, rows));
  for (let row = PyIter_Next(rt, it); row !== 0; row = PyIter_Next(rt, it)) {
    push(rt, row);
    decref(rt, csv_writerow(rt, p, row));
    drop(rt);
  }
  drop(rt);
  return rt.None;
}

const HELD = [Writer.write, Writer.dialect, Writer.error_obj] as const;

function freeRecord(rt: Runtime, p: Ref): void {
  if (rt.i32[p + Writer.rec] !== 0) PyMem_Free(rt, rt.i32[p + Writer.rec]);
}

/** The type, a new reference. */
export function writerType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "_csv.writer",
    basicsize: Writer.BYTES,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE | TF.DISALLOW_INSTANTIATION,
    heap: true,
    doc: "Writes rows.",
    slots: heapFieldSlots(HELD, freeRecord),
    methods: [
      { name: "writerow", flags: METH.O, fn: csv_writerow, sig: "($self, object, /)" },
      { name: "writerows", flags: METH.O, fn: csv_writerows, sig: "($self, object, /)" },
    ],
    members: [{ name: "dialect", type: "object", offset: Writer.dialect, readonly: true }],
  });
}
