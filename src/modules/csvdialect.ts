/**
 * _csv.Dialect: how rows are written, checked and fixed. Part of the modules, for _csv.ts.
 *
 *   byte  16            17                 18       20        24          28          32           40
 *         | doublequote | skipinitialspace | strict | quoting | delimiter | quotechar | escapechar | lineterminator |
 *
 * A character that is not set is -1.
 */
import { PyObject_GetOptionalAttr, PyObject_IsTrue } from "../objects/abstract.ts";
import { type KwSpec, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_Call } from "../objects/call.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_GetItemWithError } from "../objects/dict.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_AsInt, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import {
  charAt,
  internStatic,
  jsString,
  PyUnicode_FromJS,
  PyUnicode_FromOrdinal,
  strLength,
} from "../objects/str.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";

export const enum Dialect {
  /** Bytes. */
  doublequote = 16,
  skipinitialspace = 17,
  strict = 18,
  /** Words. */
  quoting = 5,
  delimiter = 6,
  quotechar = 7,
  escapechar = 8,
  lineterminator = 10,
  BYTES = 48,
}

export const enum Quote {
  MINIMAL = 0,
  ALL = 1,
  NONNUMERIC = 2,
  NONE = 3,
  STRINGS = 4,
  NOTNULL = 5,
}

export const QUOTE_NAMES = ["MINIMAL", "ALL", "NONNUMERIC", "NONE", "STRINGS", "NOTNULL"];

export const NOT_SET = -1;

export interface CsvState {
  error: Ref;
  Dialect: Ref;
  Reader: Ref;
  Writer: Ref;
  /** The registered dialects. */
  dialects: Ref;
  /** The longest field that is read. */
  limit: number;
}

export const csvState = (rt: Runtime): CsvState => rt.moduleState.get("_csv") as CsvState;

export function csvError(rt: Runtime, message: string): PyErr {
  return raise(rt, csvState(rt).error, message);
}

export const flagOf = (rt: Runtime, d: Ref, byte: number): boolean => rt.u8[4 * d + byte] !== 0;

const FIELDS = [
  "delimiter",
  "doublequote",
  "escapechar",
  "lineterminator",
  "quotechar",
  "quoting",
  "skipinitialspace",
  "strict",
];

function spec(): KwSpec {
  const s = kwSpec("", `dialect=, ${FIELDS.map((f) => `${f}=`).join(", ")}`);
  s.shown = "this function";
  return s;
}

const NEW = spec();

/** Every value that is used stays on the native stack until the dialect is made. */
function dialect_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const given = parseTupleKw(rt, NEW, args, kwargs);
  let base = given[0];
  if (base !== 0 && base !== rt.None && PyUnicode_Check(rt, base)) base = pushed(rt, getDialect(rt, base));
  else push(rt, 0);
  const values = given.slice(1);
  if (base !== 0 && base !== rt.None) {
    if (rt.i32[base + Ob.type] === csvState(rt).Dialect && values.every((v) => v === 0)) {
      newref(rt, base);
      drop(rt);
      return base;
    }
  }
  FIELDS.forEach((name, i) => {
    const asked = values[i] === 0 && base !== 0 && base !== rt.None;
    values[i] = asked ? PyObject_GetOptionalAttr(rt, base, internStatic(rt, name)) : values[i];
    push(rt, asked ? values[i] : 0);
  });
  const d = pushed(rt, infoOfType(rt, type).tp_alloc!(rt, type, 0));
  fill(rt, d, values);
  pop(rt);
  drop(rt, FIELDS.length + 1);
  return d;
}

function fill(rt: Runtime, d: Ref, values: OptRef[]): void {
  const i32 = rt.i32;
  const [delimiter, doublequote, escapechar, terminator, quotechar, quoting, skip, strict] = values;
  const flag = (at: number, o: OptRef, absent: boolean): void => {
    rt.u8[4 * d + at] = (o === 0 ? absent : PyObject_IsTrue(rt, o)) ? 1 : 0;
  };
  i32[d + Dialect.delimiter] = character(rt, "delimiter", delimiter, 44, false);
  flag(Dialect.doublequote, doublequote, true);
  i32[d + Dialect.escapechar] = character(rt, "escapechar", escapechar, NOT_SET, true);
  i32[d + Dialect.lineterminator] = terminatorOf(rt, terminator);
  i32[d + Dialect.quotechar] = character(rt, "quotechar", quotechar, 34, true);
  const absent = quotechar === rt.None && quoting === 0 ? Quote.NONE : Quote.MINIMAL;
  i32[d + Dialect.quoting] = quotingOf(rt, quoting, absent);
  flag(Dialect.skipinitialspace, skip, false);
  flag(Dialect.strict, strict, false);
  checkTogether(rt, d);
}

function character(rt: Runtime, name: string, o: OptRef, absent: number, optional: boolean): number {
  if (o === 0) return absent;
  if (optional && o === rt.None) return NOT_SET;
  if (!PyUnicode_Check(rt, o)) {
    throw typeError(rt, `"${name}" must be string${optional ? " or None" : ""}, not ${typeNameOf(rt, o)}`);
  }
  if (strLength(rt, o) !== 1) throw typeError(rt, `"${name}" must be a 1-character string`);
  return charAt(rt, o, 0);
}

function terminatorOf(rt: Runtime, o: OptRef): NewRef {
  if (o === 0) return PyUnicode_FromJS(rt, "\r\n");
  if (o === rt.None) throw typeError(rt, "lineterminator must be set");
  if (!PyUnicode_Check(rt, o)) throw typeError(rt, '"lineterminator" must be a string');
  return newref(rt, o);
}

function quotingOf(rt: Runtime, o: OptRef, absent: number): number {
  if (o === 0) return absent;
  if (rt.i32[o + Ob.type] !== rt.types.int) throw typeError(rt, '"quoting" must be an integer');
  const n = PyLong_AsInt(rt, o);
  if (n < 0 || n > Quote.NOTNULL) throw typeError(rt, 'bad "quoting" value');
  return n;
}

/** What the values must not be together. */
function checkTogether(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  const [delimiter, escape, quote] = [Dialect.delimiter, Dialect.escapechar, Dialect.quotechar].map(
    (at) => i32[d + at],
  );
  if (i32[d + Dialect.quoting] !== Quote.NONE && quote === NOT_SET) {
    throw typeError(rt, "quotechar must be set if quoting enabled");
  }
  const skip = flagOf(rt, d, Dialect.skipinitialspace);
  const ends = jsString(rt, i32[d + Dialect.lineterminator]);
  const check = (name: string, c: number, space: boolean): void => {
    if (c === NOT_SET) return;
    if (c === 10 || c === 13 || (c === 32 && !space)) throw valueError(rt, `bad ${name} value`);
    if (ends.includes(String.fromCodePoint(c))) throw valueError(rt, `bad ${name} or lineterminator value`);
  };
  check("delimiter", delimiter, true);
  check("escapechar", escape, !skip);
  check("quotechar", quote, !skip);
  if (delimiter === escape) throw valueError(rt, "bad delimiter or escapechar value");
  if (delimiter === quote) throw valueError(rt, "bad delimiter or quotechar value");
  if (escape !== NOT_SET && escape === quote) throw valueError(rt, "bad escapechar or quotechar value");
}

/** _call_dialect: Dialect(dialect, **keywords); dialect may be 0. */
export function callDialect(rt: Runtime, dialect: OptRef, kwargs: OptRef): NewRef {
  const args = pushed(rt, dialect === 0 ? rt.emptyTuple : PyTuple_Pack(rt, dialect));
  const d = PyObject_Call(rt, csvState(rt).Dialect, args, kwargs);
  drop(rt);
  return d;
}

/** The registered dialect of this name: a new reference. */
export function getDialect(rt: Runtime, name: Ref): NewRef {
  const d = PyDict_GetItemWithError(rt, csvState(rt).dialects, name);
  if (d === 0) throw csvError(rt, "unknown dialect");
  return newref(rt, d);
}

function dialect_reduce(rt: Runtime, d: Ref): never {
  throw typeError(rt, `cannot pickle '${typeNameOf(rt, d, 100).replace(/^.*\./, "")}' instances`);
}

/** The type, a new reference. */
export function dialectType(rt: Runtime): NewRef {
  const { tp_dealloc, tp_traverse } = heapFieldSlots([Dialect.lineterminator]);
  const char = (name: string, at: number) => ({
    name,
    get: (r: Runtime, d: Ref): NewRef => {
      const c = r.i32[d + at];
      return c === NOT_SET ? r.None : PyUnicode_FromOrdinal(r, c);
    },
  });
  const flag = (name: string, offset: number) => ({ name, type: "bool" as const, offset, readonly: true });
  return defineType(rt, {
    name: "_csv.Dialect",
    basicsize: Dialect.BYTES,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE,
    heap: true,
    doc: "How rows are written.",
    slots: { tp_new: dialect_new, tp_dealloc, tp_traverse },
    methods: [
      { name: "__reduce__", flags: METH.VARARGS, fn: dialect_reduce },
      { name: "__reduce_ex__", flags: METH.VARARGS, fn: dialect_reduce },
    ],
    members: [
      flag("skipinitialspace", Dialect.skipinitialspace),
      flag("doublequote", Dialect.doublequote),
      flag("strict", Dialect.strict),
    ],
    getsets: [
      char("delimiter", Dialect.delimiter),
      char("escapechar", Dialect.escapechar),
      char("quotechar", Dialect.quotechar),
      { name: "lineterminator", get: (r, d) => newref(r, r.i32[d + Dialect.lineterminator]) },
      { name: "quoting", get: (r, d) => PyLong_FromNumber(r, r.i32[d + Dialect.quoting]) },
    ],
  });
}
