/**
 * _json.Encoder: writes a value as JSON text. Part of the modules, for _json.ts.
 *
 *   byte  16        24        32        40       48              56               64          65         68          72
 *         | markers | default | encoder | indent | key_separator | item_separator | sort_keys | skipkeys | allow_nan | fast_encode |
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_IsTrue, reprOf } from "../objects/abstract.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { badArgument, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import {
  enterRecursive,
  leaveRecursive,
  PyObject_CallMethodNoArgs,
  PyObject_CallOneArg,
} from "../objects/call.ts";
import { cfunctionDef } from "../objects/cfunction.ts";
import {
  PyDict_Check,
  PyDict_CheckExact,
  PyFloat_Check,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
} from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import {
  PyDict_Contains,
  PyDict_DelItem,
  PyDict_Items,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Size,
} from "../objects/dict.ts";
import { floatRepr } from "../objects/dtoa.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyFloat_AS_DOUBLE } from "../objects/float.ts";
import { Ob, TF } from "../objects/layout.ts";
import { compactValue, isCompact, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import {
  PySequence_Fast,
  PySequence_Fast_GET_SIZE,
  PySequence_Fast_ITEMS,
  PySequence_List,
} from "../objects/sequence.ts";
import { infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop, push } from "../objects/stack.ts";
import { internStatic, isAscii, PyUnicode_FromJS, strData, strLength } from "../objects/str.ts";
import { StrBuilder } from "../objects/strbuilder.ts";
import { PyUnicode_Concat, unicode_repeat } from "../objects/strconcat.ts";
import { PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { encodeString, py_encode_basestring, py_encode_basestring_ascii } from "./jsontext.ts";

const enum Encoder {
  markers = 4,
  defaultfn = 6,
  encoder = 8,
  indent = 10,
  key_separator = 12,
  item_separator = 14,
  sort_keys_byte = 64,
  skipkeys_byte = 65,
  allow_nan = 17,
  fast_encode = 18,
  BYTES = 80,
}

/** What stands in place of the pointer to a C function: which native encoder of strings it is. */
const enum Fast {
  NO = 0,
  ASCII = 1,
  ALL = 2,
}

const FIELDS = [
  Encoder.markers,
  Encoder.defaultfn,
  Encoder.encoder,
  Encoder.indent,
  Encoder.key_separator,
  Encoder.item_separator,
] as const;

/** One call of an encoder. All references are borrowed. */
interface Writing {
  rt: Runtime;
  self: Ref;
  out: StrBuilder;
  /** 0: circular references are not looked for. */
  markers: OptRef;
  /** 0: everything on one line. */
  indent: OptRef;
}

function writeConstant(w: Writing, o: Ref): boolean {
  const { rt, out } = w;
  if (o === rt.None) out.writeJS("null");
  else if (o === rt.True) out.writeJS("true");
  else if (o === rt.False) out.writeJS("false");
  else return false;
  return true;
}

/** encoder_listencode_obj: `newline` is a line feed with the indentation, or 0. */
function writeValue(w: Writing, o: Ref, newline: OptRef): void {
  const { rt } = w;
  if (writeConstant(w, o)) return;
  if (PyUnicode_Check(rt, o)) writeString(w, o);
  else if (PyLong_Check(rt, o)) writeInt(w, o);
  else if (PyFloat_Check(rt, o)) w.out.writeJS(floatText(w, o));
  else {
    enterRecursive(rt, " while encoding a JSON object");
    if (PyList_Check(rt, o) || PyTuple_Check(rt, o)) writeList(w, o, newline);
    else if (PyDict_Check(rt, o)) writeDict(w, o, newline);
    else writeDefault(w, o, newline);
    leaveRecursive(rt);
  }
}

function writeInt(w: Writing, o: Ref): void {
  const { rt } = w;
  if (isCompact(rt, o)) {
    w.out.writeJS(String(compactValue(rt, o)));
    return;
  }
  const text = pushed(rt, infoOfType(rt, rt.types.int).tp_repr!(rt, o));
  w.out.writeStr(text);
  drop(rt);
}

function floatText(w: Writing, o: Ref): string {
  const { rt, self } = w;
  const d = PyFloat_AS_DOUBLE(rt, o);
  if (Number.isFinite(d)) return floatRepr(d);
  if (rt.i32[self + Encoder.allow_nan] === 0) {
    throw valueError(rt, `Out of range float values are not JSON compliant: ${reprOf(rt, o)}`);
  }
  return Number.isNaN(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity";
}

/** The slot of the n-th reference from the top of the native stack. */
const topSlot = (rt: Runtime, n: number): number => rt.i32[Cell.SP] - 2 * n;

/** Is this ASCII text without anything to escape? */
function isPlain(rt: Runtime, s: Ref): boolean {
  if (!isAscii(rt, s)) return false;
  const u8 = rt.u8;
  const from = strData(rt, s) * 4;
  const end = from + strLength(rt, s);
  for (let i = from; i < end; i++) {
    const c = u8[i];
    if (c < 32 || c === 34 || c === 92 || c === 127) return false;
  }
  return true;
}

/** encoder_encode_string */
function writeString(w: Writing, s: Ref): void {
  const { rt, self } = w;
  const fast = rt.i32[self + Encoder.fast_encode];
  if (fast !== Fast.NO && isPlain(rt, s)) {
    w.out.writeChar(34);
    w.out.writeStr(s);
    w.out.writeChar(34);
    return;
  }
  const text = pushed(
    rt,
    fast !== Fast.NO ? encodeString(rt, s, fast === Fast.ASCII) : callEncoder(rt, self, s),
  );
  w.out.writeStr(text);
  drop(rt);
}

function callEncoder(rt: Runtime, self: Ref, s: Ref): NewRef {
  const text = PyObject_CallOneArg(rt, rt.i32[self + Encoder.encoder], s);
  if (PyUnicode_Check(rt, text)) return text;
  push(rt, text);
  throw typeError(rt, `encoder() must return a string, not ${typeNameOf(rt, text, 80)}`);
}

/** Remembers a container that is being written, under its address, which is pushed (0 where nobody asks). */
function enterMarker(w: Writing, o: Ref): void {
  const { rt, markers } = w;
  if (markers === 0) {
    push(rt, 0);
    return;
  }
  const ident = pushed(rt, PyLong_FromNumber(rt, o * 4));
  if (PyDict_Contains(rt, markers, ident)) throw valueError(rt, "Circular reference detected");
  PyDict_SetItem(rt, markers, ident, o);
}

/** Forgets what enterMarker remembered. */
function leaveMarker(w: Writing): void {
  const { rt, markers } = w;
  if (markers !== 0) PyDict_DelItem(rt, markers, rt.i32[topSlot(rt, 1)]);
  drop(rt);
}

function writeDefault(w: Writing, o: Ref, newline: OptRef): void {
  const { rt, self } = w;
  enterMarker(w, o);
  const value = pushed(rt, PyObject_CallOneArg(rt, rt.i32[self + Encoder.defaultfn], o));
  writeValue(w, value, newline);
  drop(rt);
  leaveMarker(w);
}

/** The line feed and the separator one level further in; both pushed (0, 0 on one line). */
function indentFurther(w: Writing, newline: OptRef): void {
  const { rt, self } = w;
  if (w.indent === 0) {
    push(rt, 0);
    push(rt, 0);
    return;
  }
  const inner = pushed(rt, PyUnicode_Concat(rt, newline, w.indent));
  push(rt, PyUnicode_Concat(rt, rt.i32[self + Encoder.item_separator], inner));
  w.out.writeStr(inner);
}

function writeList(w: Writing, seq: Ref, newline: OptRef): void {
  const { rt, self, out } = w;
  const fast = pushed(rt, PySequence_Fast(rt, seq, "_iterencode_list needs a sequence"));
  if (PySequence_Fast_GET_SIZE(rt, fast) === 0) {
    out.writeJS("[]");
    drop(rt);
    return;
  }
  enterMarker(w, seq);
  out.writeChar(91);
  indentFurther(w, newline);
  const inner = rt.i32[topSlot(rt, 2)];
  const separator = rt.i32[topSlot(rt, 1)] || rt.i32[self + Encoder.item_separator];
  // The default function may change the list.
  for (let i = 0; i < PySequence_Fast_GET_SIZE(rt, fast); i++) {
    if (i > 0) out.writeStr(separator);
    const item = pushed(rt, newref(rt, rt.i32[PySequence_Fast_ITEMS(rt, fast) + 2 * i]));
    writeValue(w, item, inner);
    drop(rt);
  }
  drop(rt, 2);
  leaveMarker(w);
  if (newline !== 0) out.writeStr(newline);
  out.writeChar(93);
  drop(rt);
}

function writeDict(w: Writing, d: Ref, newline: OptRef): void {
  const { rt, self, out } = w;
  if (PyDict_Size(rt, d) === 0) {
    out.writeJS("{}");
    return;
  }
  enterMarker(w, d);
  out.writeChar(123);
  indentFurther(w, newline);
  const inner = rt.i32[topSlot(rt, 2)];
  const separator = rt.i32[topSlot(rt, 1)] || rt.i32[self + Encoder.item_separator];
  const sorted = rt.u8[4 * self + Encoder.sort_keys_byte] !== 0;
  if (sorted || !PyDict_CheckExact(rt, d)) writeItems(w, d, inner, separator, sorted);
  else writeEntries(w, d, inner, separator);
  drop(rt, 2);
  leaveMarker(w);
  if (newline !== 0) out.writeStr(newline);
  out.writeChar(125);
}

/** The items of a plain dict in their order. */
function writeEntries(w: Writing, d: Ref, inner: OptRef, separator: Ref): void {
  const { rt } = w;
  let first = true;
  for (let pos = PyDict_Next(rt, d, 0); pos >= 0; pos = PyDict_Next(rt, d, pos)) {
    const key = pushed(rt, newref(rt, rt.dictKey));
    const value = pushed(rt, newref(rt, rt.dictValue));
    first = writeItem(w, key, value, inner, separator, first);
    drop(rt, 2);
  }
}

/** What items() gives, sorted if wanted. */
function writeItems(w: Writing, d: Ref, inner: OptRef, separator: Ref, sorted: boolean): void {
  const { rt } = w;
  const items = pushed(rt, mappingItems(rt, d));
  if (sorted) decref(rt, PyObject_CallMethodNoArgs(rt, items, internStatic(rt, "sort")));
  let first = true;
  for (let i = 0; i < PySequence_Fast_GET_SIZE(rt, items); i++) {
    const item = pushed(rt, newref(rt, rt.i32[PySequence_Fast_ITEMS(rt, items) + 2 * i]));
    if (!PyTuple_Check(rt, item) || tupleSize(rt, item) !== 2)
      throw valueError(rt, "items must return 2-tuples");
    first = writeItem(w, tupleItem(rt, item, 0), tupleItem(rt, item, 1), inner, separator, first);
    drop(rt);
  }
  drop(rt);
}

/** PyMapping_Items */
function mappingItems(rt: Runtime, d: Ref): NewRef {
  if (PyDict_CheckExact(rt, d)) return PyDict_Items(rt, d);
  const items = pushed(rt, PyObject_CallMethodNoArgs(rt, d, internStatic(rt, "items")));
  const list = PySequence_List(rt, items);
  drop(rt);
  return list;
}

/** encoder_encode_key_value; is the next one still the first? */
function writeItem(w: Writing, key: Ref, value: Ref, inner: OptRef, sep: Ref, first: boolean): boolean {
  const { rt, self, out } = w;
  const text = keyText(w, key);
  if (text === 0) return first;
  push(rt, text);
  if (!first) out.writeStr(sep);
  writeString(w, text);
  drop(rt);
  out.writeStr(rt.i32[self + Encoder.key_separator]);
  writeValue(w, value, inner);
  return false;
}

/** A key as str, or 0 for one that is skipped. */
function keyText(w: Writing, key: Ref): NewRef | 0 {
  const { rt, self } = w;
  if (PyUnicode_Check(rt, key)) return newref(rt, key);
  if (PyFloat_Check(rt, key)) return PyUnicode_FromJS(rt, floatText(w, key));
  if (key === rt.None || key === rt.True || key === rt.False) {
    return PyUnicode_FromJS(rt, key === rt.None ? "null" : key === rt.True ? "true" : "false");
  }
  if (PyLong_Check(rt, key)) return infoOfType(rt, rt.types.int).tp_repr!(rt, key);
  if (rt.u8[4 * self + Encoder.skipkeys_byte] !== 0) return 0;
  throw typeError(rt, `keys must be str, int, float, bool or None, not ${typeNameOf(rt, key, 100)}`);
}

const CALL = kwSpec("_iterencode", "obj, _current_indent_level");

/** encoder_call: a tuple of the text. */
function encoder_call(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [obj, level] = parseTupleKw(rt, CALL, args, kwargs);
  const depth = ssizeArgument(rt, level);
  const i32 = rt.i32;
  const markers = i32[self + Encoder.markers];
  const indent = i32[self + Encoder.indent];
  const out = new StrBuilder(rt);
  const w: Writing = {
    rt,
    self,
    out,
    markers: markers === rt.None ? 0 : markers,
    indent: indent === rt.None ? 0 : indent,
  };
  const newline = push(rt, w.indent === 0 ? 0 : newlineIndent(rt, indent, depth));
  writeValue(w, obj, i32[newline]);
  drop(rt);
  const text = pushed(rt, out.finish());
  const result = PyTuple_Pack(rt, text);
  drop(rt);
  return result;
}

/** A line feed and `level` times the indentation. */
function newlineIndent(rt: Runtime, indent: Ref, level: number): NewRef {
  const feed = PyUnicode_FromJS(rt, "\n");
  if (level <= 0) return feed;
  const all = pushed(rt, unicode_repeat(rt, indent, level));
  const result = PyUnicode_Concat(rt, feed, all);
  drop(rt);
  return result;
}

const NEW = kwSpec(
  "make_encoder",
  "markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan",
);

function encoder_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const given = parseTupleKw(rt, NEW, args, kwargs);
  for (const i of [4, 5]) {
    if (!PyUnicode_Check(rt, given[i]))
      throw badArgument(rt, "make_encoder", `argument ${i + 1}`, "str", given[i]);
  }
  const [sort, skip, nan] = given.slice(6).map((o) => PyObject_IsTrue(rt, o));
  const markers = given[0];
  if (markers !== rt.None && !PyDict_Check(rt, markers)) {
    const what = typeNameOf(rt, markers, 200);
    throw typeError(rt, `make_encoder() argument 1 must be dict or None, not ${what}`);
  }
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  for (let i = 0; i < FIELDS.length; i++) rt.i32[p + FIELDS[i]] = newref(rt, given[i]);
  rt.u8[4 * p + Encoder.sort_keys_byte] = sort ? 1 : 0;
  rt.u8[4 * p + Encoder.skipkeys_byte] = skip ? 1 : 0;
  rt.i32[p + Encoder.allow_nan] = nan ? 1 : 0;
  rt.i32[p + Encoder.fast_encode] = fastKind(rt, given[2]);
  return p;
}

function fastKind(rt: Runtime, encoder: Ref): Fast {
  if (rt.i32[encoder + Ob.type] !== rt.types.builtin_function_or_method) return Fast.NO;
  const { fn } = cfunctionDef(rt, encoder);
  if (fn === py_encode_basestring_ascii) return Fast.ASCII;
  return fn === py_encode_basestring ? Fast.ALL : Fast.NO;
}

/** The type, a new reference. */
export function encoderType(rt: Runtime): NewRef {
  const member = (name: string, offset: number) => ({
    name,
    type: "object" as const,
    offset,
    readonly: true,
  });
  const flag = (name: string, offset: number) => ({ name, type: "bool" as const, offset, readonly: true });
  return defineType(rt, {
    name: "_json.Encoder",
    basicsize: Encoder.BYTES,
    flags: TF.HAVE_GC,
    heap: true,
    doc: "Writes values as JSON.",
    slots: {
      tp_new: encoder_new,
      tp_call: encoder_call,
      ...heapFieldSlots(FIELDS),
    },
    members: [
      member("markers", Encoder.markers),
      member("default", Encoder.defaultfn),
      member("encoder", Encoder.encoder),
      member("indent", Encoder.indent),
      member("key_separator", Encoder.key_separator),
      member("item_separator", Encoder.item_separator),
      flag("sort_keys", Encoder.sort_keys_byte),
      flag("skipkeys", Encoder.skipkeys_byte),
    ],
  });
}
