/**
 * _json.Scanner: reads the JSON value at an index of a str. Part of the modules, for _json.ts.
 *
 *   byte  16      24            32                  40            48          56
 *         | strict | object_hook | object_pairs_hook | parse_float | parse_int | parse_constant |
 */
import { Cell } from "../heap/cells.ts";
import { getAttrString, PyObject_IsTrue } from "../objects/abstract.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { enterRecursive, leaveRecursive, PyObject_CallOneArg } from "../objects/call.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_Clear, PyDict_New, PyDict_SetDefault, PyDict_SetItem } from "../objects/dict.ts";
import { raiseWith, valueError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { TF } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyLong_FromUnicodeObject } from "../objects/longparse.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { isAscii, PyUnicode_FromJS, strData, strLength } from "../objects/str.ts";
import { jsSlice } from "../objects/strjs.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { decodeError, expectStr, JsonText, scanstring } from "./jsontext.ts";

const enum Scanner {
  strict = 4,
  object_hook = 6,
  object_pairs_hook = 8,
  parse_float = 10,
  parse_int = 12,
  parse_constant = 14,
  BYTES = 64,
}

const HOOKS = [
  Scanner.object_hook,
  Scanner.object_pairs_hook,
  Scanner.parse_float,
  Scanner.parse_int,
  Scanner.parse_constant,
] as const;

/** One call of a scanner: the text, the hooks and the memo of keys. All references are borrowed from the caller. */
interface Scan {
  rt: Runtime;
  t: JsonText;
  strict: boolean;
  /** 0: none. */
  objectHook: OptRef;
  pairsHook: OptRef;
  /** 0: the type itself. */
  parseFloat: OptRef;
  parseInt: OptRef;
  parseConstant: Ref;
  memo: Ref;
  /** Some of the memo's keys by a number made of their text: most keys are found there, and no str is made for them. */
  recent: Int32Array;
}

const RECENT = 64;

/** StopIteration with the index, which the decoder turns into an error. */
function noValue(rt: Runtime, i: number): PyErr {
  const at = pushed(rt, PyLong_FromNumber(rt, i));
  const error = raiseWith(rt, rt.exc.StopIteration, at);
  drop(rt);
  return error;
}

/** The first place from i on without white space. */
function skipSpace(t: JsonText, i: number): number {
  for (; i < t.n; i++) {
    const c = t.at(i);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) break;
  }
  return i;
}

function startsWith(t: JsonText, i: number, word: string): boolean {
  if (i + word.length > t.n) return false;
  for (let k = 0; k < word.length; k++) if (t.at(i + k) !== word.charCodeAt(k)) return false;
  return true;
}

/** _scan_once_unicode: the value at i; t.pos is behind it then. */
function scanOnce(s: Scan, i: number): NewRef {
  const { t, rt } = s;
  if (i < 0) throw valueError(rt, "idx cannot be negative");
  if (i >= t.n) throw noValue(rt, i);
  switch (t.at(i)) {
    case 34:
      return scanstring(t, i + 1, s.strict);
    case 123:
      enterRecursive(rt, " while decoding a JSON object from a unicode string");
      return left(rt, parseObject(s, i + 1));
    case 91:
      enterRecursive(rt, " while decoding a JSON array from a unicode string");
      return left(rt, parseArray(s, i + 1));
    case 110:
      if (startsWith(t, i, "null")) return word(t, i + 4, rt.None);
      break;
    case 116:
      if (startsWith(t, i, "true")) return word(t, i + 4, rt.True);
      break;
    case 102:
      if (startsWith(t, i, "false")) return word(t, i + 5, rt.False);
      break;
    case 78:
      if (startsWith(t, i, "NaN")) return constant(s, i, "NaN");
      break;
    case 73:
      if (startsWith(t, i, "Infinity")) return constant(s, i, "Infinity");
      break;
    case 45:
      if (startsWith(t, i, "-Infinity")) return constant(s, i, "-Infinity");
      break;
  }
  return matchNumber(s, i);
}

function left(rt: Runtime, value: NewRef): NewRef {
  leaveRecursive(rt);
  return value;
}

function word(t: JsonText, end: number, value: Ref): NewRef {
  t.pos = end;
  return value;
}

function constant(s: Scan, i: number, name: string): NewRef {
  const text = pushed(s.rt, PyUnicode_FromJS(s.rt, name));
  const value = PyObject_CallOneArg(s.rt, s.parseConstant, text);
  drop(s.rt);
  s.t.pos = i + name.length;
  return value;
}

/** The key of an item and its colon; the key is memoised. t.pos is where the value begins. */
function scanKey(s: Scan, i: number): NewRef {
  const { t, rt } = s;
  if (t.peek(i) !== 34) {
    throw decodeError(rt, "Expecting property name enclosed in double quotes", t.str, i);
  }
  const known = knownKey(s, i + 1) || memoKey(s, i + 1);
  i = skipSpace(t, t.pos);
  if (t.peek(i) !== 58) {
    push(rt, known);
    throw decodeError(rt, "Expecting ':' delimiter", t.str, i);
  }
  t.pos = skipSpace(t, i + 1);
  return known;
}

/** The key that begins at `start`, of the memo. */
function memoKey(s: Scan, start: number): NewRef {
  const { t, rt } = s;
  const key = pushed(rt, scanstring(t, start, s.strict));
  const known = newref(rt, PyDict_SetDefault(rt, s.memo, key, key));
  pop(rt);
  decref(rt, key);
  if (isAscii(rt, known) && strLength(rt, known) === t.pos - 1 - start) {
    s.recent[recentIndex(t, start, t.pos - 1)] = known;
  }
  return known;
}

function recentIndex(t: JsonText, start: number, end: number): number {
  return (t.at(start) + 7 * t.at(end - 1) + 31 * (end - start)) % RECENT;
}

/** A key that was there before, if it is found at once; t.pos is behind its quote then. */
function knownKey(s: Scan, start: number): NewRef | 0 {
  const { t, rt } = s;
  if (t.kind !== 1) return 0;
  const u8 = rt.u8;
  const from = t.data * 4 + start;
  let n = 0;
  while (start + n < t.n && u8[from + n] !== 34) n++;
  if (n === 0 || start + n >= t.n) return 0;
  const key = s.recent[recentIndex(t, start, start + n)];
  if (key === 0 || strLength(rt, key) !== n) return 0;
  const data = strData(rt, key) * 4;
  for (let k = 0; k < n; k++) if (u8[data + k] !== u8[from + k] || u8[data + k] === 92) return 0;
  t.pos = start + n + 1;
  return newref(rt, key);
}

/** After a value: where the next item begins, or -1 at the end, where t.pos is behind `close`. */
function nextItem(t: JsonText, close: number, what: string): number {
  const i = skipSpace(t, t.pos);
  const c = t.peek(i);
  if (c === close) {
    t.pos = i + 1;
    return -1;
  }
  if (c !== 44) throw decodeError(t.rt, "Expecting ',' delimiter", t.str, i);
  const next = skipSpace(t, i + 1);
  if (t.peek(next) === close) {
    throw decodeError(t.rt, `Illegal trailing comma before end of ${what}`, t.str, i);
  }
  return next;
}

/** An object as a dict, or as a list of pairs where there is a hook for these. */
function parseObject(s: Scan, i: number): NewRef {
  const { t, rt } = s;
  const pairs = s.pairsHook !== 0;
  const made = pushed(rt, pairs ? PyList_New(rt, 0) : PyDict_New(rt));
  i = skipSpace(t, i);
  if (t.peek(i) === 125) t.pos = i + 1;
  else {
    do {
      const key = pushed(rt, scanKey(s, i));
      const value = pushed(rt, scanOnce(s, t.pos));
      if (pairs) {
        const pair = PyTuple_Pack(rt, key, value);
        drop(rt, 2);
        listAppendSteal(rt, made, pair);
      } else {
        PyDict_SetItem(rt, made, key, value);
        drop(rt, 2);
      }
      i = nextItem(t, 125, "object");
    } while (i >= 0);
  }
  const hook = pairs ? s.pairsHook : s.objectHook;
  return hook === 0 ? pop(rt) : throughHook(rt, hook);
}

/** hook(value) in place of the value on top of the native stack. */
function throughHook(rt: Runtime, hook: Ref): NewRef {
  const result = PyObject_CallOneArg(rt, hook, rt.i32[rt.i32[Cell.SP] - 2]);
  drop(rt);
  return result;
}

function parseArray(s: Scan, i: number): NewRef {
  const { t, rt } = s;
  const list = pushed(rt, PyList_New(rt, 0));
  i = skipSpace(t, i);
  if (t.peek(i) === 93) t.pos = i + 1;
  else {
    do {
      listAppendSteal(rt, list, scanOnce(s, i));
      i = nextItem(t, 93, "array");
    } while (i >= 0);
  }
  return pop(rt);
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** _match_number_unicode: an int or a float, or StopIteration. */
function matchNumber(s: Scan, start: number): NewRef {
  const { t, rt } = s;
  let i = start;
  if (t.at(i) === 45) i++;
  const first = t.peek(i);
  if (!isDigit(first)) throw noValue(rt, start);
  i++;
  if (first !== 48) while (isDigit(t.peek(i))) i++;
  const end = endOfFraction(t, i);
  t.pos = end;
  if (end !== i) {
    if (s.parseFloat !== 0) return customNumber(s, s.parseFloat, start, end);
    return PyFloat_FromDouble(rt, Number(jsSlice(rt, t.kind, t.data, start, end)));
  }
  if (s.parseInt !== 0) return customNumber(s, s.parseInt, start, end);
  return end - start <= 15 ? shortInt(t, start, end) : longInt(t, start, end);
}

/** Where fraction and exponent end that may follow the digits before i. */
function endOfFraction(t: JsonText, i: number): number {
  if (t.peek(i) === 46 && isDigit(t.peek(i + 1))) {
    i += 2;
    while (isDigit(t.peek(i))) i++;
  }
  if ((t.peek(i) | 32) !== 101) return i;
  let k = i + 1;
  const sign = t.peek(k);
  if (sign === 43 || sign === 45) k++;
  if (!isDigit(t.peek(k))) return i;
  while (isDigit(t.peek(k))) k++;
  return k;
}

function shortInt(t: JsonText, start: number, end: number): NewRef {
  const negative = t.at(start) === 45;
  let v = 0;
  for (let i = negative ? start + 1 : start; i < end; i++) v = v * 10 + t.at(i) - 48;
  return PyLong_FromNumber(t.rt, negative && v !== 0 ? -v : v);
}

function longInt(t: JsonText, start: number, end: number): NewRef {
  const digits = pushed(t.rt, t.slice(start, end));
  const value = PyLong_FromUnicodeObject(t.rt, digits, 10);
  drop(t.rt);
  return value;
}

function customNumber(s: Scan, parse: Ref, start: number, end: number): NewRef {
  const text = pushed(s.rt, s.t.slice(start, end));
  const value = PyObject_CallOneArg(s.rt, parse, text);
  drop(s.rt);
  return value;
}

const CALL = kwSpec("scan_once", "string, idx");

/** scanner_call: the value and the index behind it. */
function scanner_call(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [str, index] = parseTupleKw(rt, CALL, args, kwargs);
  const i = ssizeArgument(rt, index);
  expectStr(rt, str);
  const i32 = rt.i32;
  const hook = (at: number, absent: Ref): OptRef => (i32[self + at] === absent ? 0 : i32[self + at]);
  const memo = pushed(rt, PyDict_New(rt));
  const t = new JsonText(rt, str);
  const scan: Scan = {
    rt,
    t,
    strict: (i32[self + Scanner.strict] & 255) !== 0,
    objectHook: hook(Scanner.object_hook, rt.None),
    pairsHook: hook(Scanner.object_pairs_hook, rt.None),
    parseFloat: hook(Scanner.parse_float, rt.types.float),
    parseInt: hook(Scanner.parse_int, rt.types.int),
    parseConstant: i32[self + Scanner.parse_constant],
    memo,
    recent: new Int32Array(RECENT),
  };
  const value = pushed(rt, scanOnce(scan, i));
  PyDict_Clear(rt, memo);
  const end = pushed(rt, PyLong_FromNumber(rt, t.pos));
  const result = PyTuple_Pack(rt, value, end);
  drop(rt, 3);
  return result;
}

const NEW = kwSpec("make_scanner", "context");

function scanner_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [context] = parseTupleKw(rt, NEW, args, kwargs);
  const i32 = rt.i32;
  const p = pushed(rt, infoOfType(rt, type).tp_alloc!(rt, type, 0));
  const strict = pushed(rt, getAttrString(rt, context, "strict"));
  i32[p + Scanner.strict] = PyObject_IsTrue(rt, strict) ? 1 : 0;
  drop(rt);
  i32[p + Scanner.object_hook] = getAttrString(rt, context, "object_hook");
  i32[p + Scanner.object_pairs_hook] = getAttrString(rt, context, "object_pairs_hook");
  i32[p + Scanner.parse_float] = getAttrString(rt, context, "parse_float");
  i32[p + Scanner.parse_int] = getAttrString(rt, context, "parse_int");
  i32[p + Scanner.parse_constant] = getAttrString(rt, context, "parse_constant");
  return pop(rt);
}

/** The type, a new reference. */
export function scannerType(rt: Runtime): NewRef {
  const member = (name: string, offset: number) => ({
    name,
    type: "object" as const,
    offset,
    readonly: true,
  });
  return defineType(rt, {
    name: "_json.Scanner",
    basicsize: Scanner.BYTES,
    flags: TF.HAVE_GC,
    heap: true,
    doc: "Reads JSON values.",
    slots: {
      tp_new: scanner_new,
      tp_call: scanner_call,
      ...heapFieldSlots(HOOKS),
    },
    members: [
      { name: "strict", type: "bool", offset: 4 * Scanner.strict, readonly: true },
      member("object_hook", Scanner.object_hook),
      member("object_pairs_hook", Scanner.object_pairs_hook),
      member("parse_float", Scanner.parse_float),
      member("parse_int", Scanner.parse_int),
      member("parse_constant", Scanner.parse_constant),
    ],
  });
}
