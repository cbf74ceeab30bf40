/**
 * _csv.reader: rows of fields from an iterable of lines. Part of the modules, for _csv.ts.
 *
 *   byte  16           24        32       40      48      56           64          72               80
 *         | input_iter | dialect | fields | state | field | field_size | field_len | unquoted_field | line_num |
 *
 * `field` is a block of the mem domain in which the characters of a field gather, four bytes each.
 */

import { PyObject_GC_New, PyObject_GC_Track } from "../objects/alloc.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory, typeError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyIter_Next, PyObject_GetIter, PyObject_SelfIter } from "../objects/iterproto.ts";
import { TF } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_Float } from "../objects/number.ts";
import { setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { strData, strKind, strLength } from "../objects/str.ts";
import { strFromData } from "../objects/strnew.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Realloc } from "../pymalloc/domains.ts";
import { callDialect, csvError, csvState, Dialect, flagOf, Quote } from "./csvdialect.ts";

const enum Reader {
  input_iter = 4,
  dialect = 6,
  fields = 8,
  state = 10,
  field = 12,
  field_size = 14,
  field_len = 16,
  unquoted_field = 18,
  line_num = 20,
  BYTES = 88,
}

const enum State {
  START_RECORD = 0,
  START_FIELD = 1,
  ESCAPED_CHAR = 2,
  IN_FIELD = 3,
  IN_QUOTED_FIELD = 4,
  ESCAPE_IN_QUOTED_FIELD = 5,
  QUOTE_IN_QUOTED_FIELD = 6,
  EAT_CRNL = 7,
  AFTER_ESCAPED_CRNL = 8,
}

/** What stands for the end of a line. */
const EOL = -2;

/** csv.reader(iterable, dialect, **keywords) */
export function csv_reader(rt: Runtime, _m: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = tupleSize(rt, args);
  if (n < 1 || n > 2) {
    const bound = n < 1 ? "at least 1 argument" : "at most 2 arguments";
    throw typeError(rt, ` expected ${bound}, got ${n}`);
  }
  const p = pushed(rt, PyObject_GC_New(rt, csvState(rt).Reader, Reader.BYTES));
  rt.i32.fill(0, p + Reader.input_iter, p + Reader.BYTES / 4);
  startRecord(rt, p);
  rt.i32[p + Reader.input_iter] = PyObject_GetIter(rt, tupleItem(rt, args, 0));
  rt.i32[p + Reader.dialect] = callDialect(rt, n > 1 ? tupleItem(rt, args, 1) : 0, kwargs);
  PyObject_GC_Track(rt, p);
  return pop(rt);
}

/** parse_reset */
function startRecord(rt: Runtime, p: Ref): void {
  const fields = PyList_New(rt, 0);
  setField(rt, p + Reader.fields, fields);
  const i32 = rt.i32;
  i32[p + Reader.field_len] = 0;
  i32[p + Reader.state] = State.START_RECORD;
  i32[p + Reader.unquoted_field] = 0;
}

/** Room for n characters: the buffer doubles, from 4096 on. */
function growBuffer(rt: Runtime, p: Ref, n: number): void {
  const i32 = rt.i32;
  let size = i32[p + Reader.field_size];
  if (n <= size) return;
  while (size < n) size = size === 0 ? 4096 : 2 * size;
  const field = PyMem_Realloc(rt, i32[p + Reader.field], 4 * size);
  if (field === 0) throw noMemory(rt);
  i32[p + Reader.field] = field;
  i32[p + Reader.field_size] = size;
}

function checkLimit(rt: Runtime, n: number): void {
  const { limit } = csvState(rt);
  if (n > limit) throw csvError(rt, `field larger than field limit (${limit})`);
}

function addChar(rt: Runtime, p: Ref, c: number): void {
  const n = rt.i32[p + Reader.field_len];
  checkLimit(rt, n + 1);
  if (n === rt.i32[p + Reader.field_size]) growBuffer(rt, p, n + 1);
  rt.i32[rt.i32[p + Reader.field] + n] = c;
  rt.i32[p + Reader.field_len] = n + 1;
}

/** parse_save_field: the characters gathered. */
function saveField(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const n = i32[p + Reader.field_len];
  const quoting = i32[i32[p + Reader.dialect] + Dialect.quoting];
  const unquoted = i32[p + Reader.unquoted_field] !== 0;
  if (unquoted && n === 0 && (quoting === Quote.NOTNULL || quoting === Quote.STRINGS)) {
    listAppendSteal(rt, i32[p + Reader.fields], rt.None);
    return;
  }
  appendText(rt, p, strFromData(rt, 4, i32[p + Reader.field], 0, n), unquoted && n !== 0);
}

/** A field's text, which is taken over: the number it says where unquoted fields are numbers. */
function appendText(rt: Runtime, p: Ref, text: NewRef, mayBeNumber: boolean): void {
  const i32 = rt.i32;
  i32[p + Reader.field_len] = 0;
  const quoting = i32[i32[p + Reader.dialect] + Dialect.quoting];
  if (mayBeNumber && (quoting === Quote.NONNUMERIC || quoting === Quote.STRINGS)) {
    pushed(rt, text);
    const number = PyNumber_Float(rt, text);
    drop(rt);
    text = number;
  }
  listAppendSteal(rt, i32[p + Reader.fields], text);
}

const isNewline = (c: number): boolean => c === 10 || c === 13;

/** The dialect's characters, read once for each line. */
interface Chars {
  delimiter: number;
  /** -1 where nothing is quoted. */
  quote: number;
  escape: number;
  doublequote: boolean;
  skip: boolean;
  strict: boolean;
}

function charsOf(rt: Runtime, d: Ref): Chars {
  const i32 = rt.i32;
  return {
    delimiter: i32[d + Dialect.delimiter],
    quote: i32[d + Dialect.quoting] === Quote.NONE ? -1 : i32[d + Dialect.quotechar],
    escape: i32[d + Dialect.escapechar],
    doublequote: flagOf(rt, d, Dialect.doublequote),
    skip: flagOf(rt, d, Dialect.skipinitialspace),
    strict: flagOf(rt, d, Dialect.strict),
  };
}

/** The end of a field or of the record; the next state. */
function endField(rt: Runtime, p: Ref, c: number): State {
  saveField(rt, p);
  return c === EOL ? State.START_RECORD : State.EAT_CRNL;
}

/** parse_process_char: takes one character (or EOL) in; the next state. */
function processChar(rt: Runtime, p: Ref, d: Chars, state: State, c: number): State {
  switch (state) {
    case State.START_RECORD:
      if (c === EOL) return state;
      if (isNewline(c)) return State.EAT_CRNL;
      return startField(rt, p, d, c);
    case State.START_FIELD:
      return startField(rt, p, d, c);
    case State.ESCAPED_CHAR:
      addChar(rt, p, c === EOL ? 10 : c);
      return isNewline(c) ? State.AFTER_ESCAPED_CRNL : State.IN_FIELD;
    case State.AFTER_ESCAPED_CRNL:
      return c === EOL ? state : inField(rt, p, d, c);
    case State.IN_FIELD:
      return inField(rt, p, d, c);
    case State.IN_QUOTED_FIELD:
      if (c === EOL) return state;
      if (c === d.escape) return State.ESCAPE_IN_QUOTED_FIELD;
      if (c === d.quote) return d.doublequote ? State.QUOTE_IN_QUOTED_FIELD : State.IN_FIELD;
      addChar(rt, p, c);
      return state;
    case State.ESCAPE_IN_QUOTED_FIELD:
      addChar(rt, p, c === EOL ? 10 : c);
      return State.IN_QUOTED_FIELD;
    case State.QUOTE_IN_QUOTED_FIELD:
      return afterQuote(rt, p, d, c);
    default:
      if (c === EOL) return State.START_RECORD;
      if (isNewline(c)) return state;
      throw csvError(
        rt,
        "new-line character seen in unquoted field - do you need to open the file with newline=''?",
      );
  }
}

function startField(rt: Runtime, p: Ref, d: Chars, c: number): State {
  rt.i32[p + Reader.unquoted_field] = 1;
  if (c === EOL || isNewline(c)) return endField(rt, p, c);
  if (c === d.quote) {
    rt.i32[p + Reader.unquoted_field] = 0;
    return State.IN_QUOTED_FIELD;
  }
  if (c === d.escape) return State.ESCAPED_CHAR;
  if (c === 32 && d.skip) return State.START_FIELD;
  if (c === d.delimiter) {
    saveField(rt, p);
    return State.START_FIELD;
  }
  addChar(rt, p, c);
  return State.IN_FIELD;
}

function inField(rt: Runtime, p: Ref, d: Chars, c: number): State {
  if (c === EOL || isNewline(c)) return endField(rt, p, c);
  if (c === d.escape) return State.ESCAPED_CHAR;
  if (c === d.delimiter) {
    saveField(rt, p);
    return State.START_FIELD;
  }
  addChar(rt, p, c);
  return State.IN_FIELD;
}

function afterQuote(rt: Runtime, p: Ref, d: Chars, c: number): State {
  if (c === d.quote) {
    addChar(rt, p, c);
    return State.IN_QUOTED_FIELD;
  }
  if (c === d.delimiter) {
    saveField(rt, p);
    return State.START_FIELD;
  }
  if (c === EOL || isNewline(c)) return endField(rt, p, c);
  if (d.strict) {
    const [delimiter, quote] = [d.delimiter, d.quote].map((x) => String.fromCodePoint(x));
    throw csvError(rt, `'${delimiter}' expected after '${quote}'`);
  }
  addChar(rt, p, c);
  return State.IN_FIELD;
}

/** A line's characters by their width. */
function reading(rt: Runtime, line: Ref): { units: ArrayLike<number>; base: number } {
  const kind = strKind(rt, line);
  const w = strData(rt, line);
  if (kind === 1) return { units: rt.u8, base: 4 * w };
  return kind === 2 ? { units: rt.u16, base: 2 * w } : { units: rt.u32, base: w };
}

function processLine(rt: Runtime, p: Ref, line: Ref, d: Chars, state: State): State {
  const { units, base } = reading(rt, line);
  const n = strLength(rt, line);
  for (let i = 0; i < n; ) {
    const c = units[base + i];
    if (
      state > State.START_FIELD ||
      c === d.quote ||
      c === d.escape ||
      isNewline(c) ||
      c === d.delimiter ||
      (c === 32 && d.skip)
    ) {
      state = processChar(rt, p, d, state, c);
      i++;
      continue;
    }
    // A plain field: its text is taken from the line at once.
    let end = i + 1;
    for (; end < n; end++) {
      const e = units[base + end];
      if (e === d.delimiter || e === 10 || e === 13 || e === d.escape) break;
    }
    state = plainField(rt, p, d, line, i, end, end < n ? units[base + end] : EOL);
    i = end + 1;
    if (state === State.START_RECORD) return state;
  }
  return processChar(rt, p, d, state, EOL);
}

/** Characters i to end of the line, and what follows them. */
function plainField(rt: Runtime, p: Ref, d: Chars, line: Ref, i: number, end: number, next: number): State {
  checkLimit(rt, end - i);
  growBuffer(rt, p, end - i);
  rt.i32[p + Reader.unquoted_field] = 1;
  if (next === d.escape && next !== EOL) {
    const { units, base } = reading(rt, line);
    for (let k = i; k < end; k++) addChar(rt, p, units[base + k]);
    return State.ESCAPED_CHAR;
  }
  appendText(rt, p, strFromData(rt, strKind(rt, line), strData(rt, line), i, end), true);
  if (next === d.delimiter) return State.START_FIELD;
  return next === EOL ? State.START_RECORD : State.EAT_CRNL;
}

function reader_iternext(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  startRecord(rt, p);
  const dialect = i32[p + Reader.dialect];
  const d = charsOf(rt, dialect);
  do {
    const line = PyIter_Next(rt, i32[p + Reader.input_iter]);
    if (line === 0) {
      if (i32[p + Reader.field_len] === 0 && i32[p + Reader.state] !== State.IN_QUOTED_FIELD) return 0;
      if (d.strict) throw csvError(rt, "unexpected end of data");
      saveField(rt, p);
      break;
    }
    push(rt, line);
    if (!PyUnicode_Check(rt, line)) {
      const what = `iterator should return strings, not ${typeNameOf(rt, line)}`;
      throw csvError(rt, `${what} (the file should be opened in text mode)`);
    }
    i32[p + Reader.line_num]++;
    i32[p + Reader.state] = processLine(rt, p, line, d, i32[p + Reader.state]);
    drop(rt);
  } while (i32[p + Reader.state] !== State.START_RECORD);
  const fields = i32[p + Reader.fields];
  i32[p + Reader.fields] = 0;
  return fields;
}

const HELD = [Reader.input_iter, Reader.dialect, Reader.fields] as const;

function freeField(rt: Runtime, p: Ref): void {
  if (rt.i32[p + Reader.field] !== 0) PyMem_Free(rt, rt.i32[p + Reader.field]);
}

/** The type, a new reference. */
export function readerType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "_csv.reader",
    basicsize: Reader.BYTES,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE | TF.DISALLOW_INSTANTIATION,
    heap: true,
    doc: "Rows of fields from lines.",
    slots: {
      ...heapFieldSlots(HELD, freeField),
      tp_iter: PyObject_SelfIter,
      tp_iternext: reader_iternext,
    },
    members: [
      { name: "dialect", type: "object", offset: Reader.dialect, readonly: true },
      { name: "line_num", type: "ssize", offset: Reader.line_num, readonly: true },
    ],
  });
}
