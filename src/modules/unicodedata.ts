/** The module unicodedata: the Unicode Character Database 15.1. Names and properties stand in objects/unicode/. */
import { badArgument, checkArgs } from "../objects/argparse.ts";
import { notBytesLike } from "../objects/buffer.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { raise, valueError } from "../objects/errors.ts";
import { PyFloat_FromDouble } from "../objects/floatcore.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop, push } from "../objects/stack.ts";
import { charAt, isAscii, jsString, PyUnicode_FromJS, strLength, unicode_char } from "../objects/str.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { CATEGORIES, categoryTable, decimalValue, digitValue, numericValue } from "../objects/unicode/db.ts";
import { characterByName, characterName } from "../objects/unicode/names.ts";
import { bidiClass, combiningClass, decompositionOf, isMirrored, widthOf } from "../objects/unicode/ucd.ts";
import { createModule } from "./native.ts";

/** The one character of an argument. */
function character(rt: Runtime, name: string, which: string, o: Ref): number {
  if (!PyUnicode_Check(rt, o)) throw badArgument(rt, name, which, "a unicode character", o);
  if (strLength(rt, o) !== 1) throw badArgument(rt, name, which, "a unicode character", o);
  return charAt(rt, o, 0);
}

/** name(chr) -> text */
function textOf(name: string, read: (c: number) => string): MethodDef {
  const fn = (rt: Runtime, _m: Ref, o: Ref): NewRef =>
    PyUnicode_FromJS(rt, read(character(rt, name, "argument", o)));
  return { name, flags: METH.O, fn };
}

/** name(chr) -> number */
function numberOf(name: string, read: (c: number) => number): MethodDef {
  const fn = (rt: Runtime, _m: Ref, o: Ref): NewRef =>
    PyLong_FromNumber(rt, read(character(rt, name, "argument", o)));
  return { name, flags: METH.O, fn };
}

/** name(chr[, default]): ValueError `complaint` where there is no value and no default. */
function withDefault(
  name: string,
  complaint: string,
  read: (rt: Runtime, c: number) => NewRef | 0,
): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    checkArgs(rt, name, nargs, 1, 2);
    const value = read(rt, character(rt, name, "argument 1", rt.i32[args]));
    if (value !== 0) return value;
    if (nargs > 1) return newref(rt, rt.i32[args + 2]);
    throw valueError(rt, complaint);
  };
  return { name, flags: METH.FASTCALL, fn };
}

const asLong = (rt: Runtime, v: number): NewRef | 0 => (v < 0 ? 0 : PyLong_FromNumber(rt, v));

function numeric(rt: Runtime, c: number): NewRef | 0 {
  const v = numericValue(c);
  return v === null ? 0 : PyFloat_FromDouble(rt, v);
}

function nameOf(rt: Runtime, c: number): NewRef | 0 {
  const name = characterName(c);
  return name === null ? 0 : PyUnicode_FromJS(rt, name);
}

function lookup(rt: Runtime, _m: Ref, o: Ref): NewRef {
  if (!PyUnicode_Check(rt, o)) throw notBytesLike(rt, o);
  const c = characterByName(jsString(rt, o));
  if (c >= 0) return unicode_char(rt, c);
  throw raise(rt, rt.exc.KeyError, `undefined character name '${jsString(rt, o)}'`);
}

const FORMS = ["NFC", "NFKC", "NFD", "NFKD"];

/** The arguments (form, text) of normalize and is_normalized. */
function formAndText(rt: Runtime, name: string, args: number, nargs: number): { form: string; text: Ref } {
  checkArgs(rt, name, nargs, 2, 2);
  const [form, text] = [rt.i32[args], rt.i32[args + 2]];
  if (!PyUnicode_Check(rt, form)) throw badArgument(rt, name, "argument 1", "str", form);
  if (!PyUnicode_Check(rt, text)) throw badArgument(rt, name, "argument 2", "str", text);
  return { form: jsString(rt, form), text };
}

function normalize(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  const { form, text } = formAndText(rt, "normalize", args, nargs);
  if (strLength(rt, text) === 0) return newref(rt, text);
  if (!FORMS.includes(form)) throw raise(rt, rt.exc.ValueError, "invalid normalization form");
  if (isAscii(rt, text)) return newref(rt, text);
  const before = jsString(rt, text);
  const after = before.normalize(form);
  return after === before ? newref(rt, text) : PyUnicode_FromJS(rt, after);
}

function is_normalized(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  const { form, text } = formAndText(rt, "is_normalized", args, nargs);
  if (!FORMS.includes(form)) throw valueError(rt, "invalid normalization form");
  const before = jsString(rt, text);
  return before.normalize(form) === before ? rt.True : rt.False;
}

const methods: MethodDef[] = [
  withDefault("decimal", "not a decimal", (rt, c) => asLong(rt, decimalValue(c))),
  withDefault("digit", "not a digit", (rt, c) => asLong(rt, digitValue(c))),
  withDefault("numeric", "not a numeric character", numeric),
  textOf("category", (c) => CATEGORIES[categoryTable()[c]]),
  textOf("bidirectional", bidiClass),
  numberOf("combining", combiningClass),
  numberOf("mirrored", (c) => (isMirrored(c) ? 1 : 0)),
  textOf("east_asian_width", widthOf),
  textOf("decomposition", decompositionOf),
  withDefault("name", "no such name", nameOf),
  { name: "lookup", flags: METH.O, fn: lookup },
  { name: "is_normalized", flags: METH.FASTCALL, fn: is_normalized },
  { name: "normalize", flags: METH.FASTCALL, fn: normalize },
];

/** The module object: a new reference. */
export function initModule_unicodedata(rt: Runtime): NewRef {
  const m = createModule(rt, "unicodedata", methods);
  push(rt, m);
  PyModule_AddObject(rt, m, "unidata_version", PyUnicode_FromJS(rt, "15.1.0"));
  return pop(rt);
}
