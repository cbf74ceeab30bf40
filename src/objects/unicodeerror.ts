/**
 * UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError. Part of the object layer (CPython's
 * Objects/exceptions.c).
 *
 *   byte   72         80       88      96    104      112
 *          | encoding | object | start | end | reason |
 */
import { strOf } from "./abstract.ts";
import { bytesFromBuffer } from "./bytes.ts";
import { PyObject_CallArgs } from "./call.ts";
import { PyBytes_Check, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { typeError } from "./errors.ts";
import {
  BaseException_init,
  BaseException_new,
  EXC_DICTOFFSET,
  EXC_FLAGS,
  fieldSlots,
} from "./exceptions.ts";
import { Bytes, Str, Tuple } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { PyNumber_AsSsize_t } from "./number.ts";
import { newref, setField } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { charAt, PyUnicode_FromJS } from "./str.ts";
import { tupleItem } from "./tuple.ts";
import type { MemberDef, NewRef, OptRef, Ref } from "./typeinfo.ts";

export const enum UniErr {
  encoding = 18,
  object = 20,
  start = 22,
  end = 24,
  reason = 26,
  BYTES = 112,
}

function needStr(rt: Runtime, args: Ref, k: number): NewRef {
  const arg = tupleItem(rt, args, k);
  if (PyUnicode_Check(rt, arg)) return newref(rt, arg);
  const given = arg === rt.None ? "None" : typeNameOf(rt, arg);
  throw typeError(rt, `argument ${k + 1} must be str, not ${given}`);
}

function checkCount(rt: Runtime, args: Ref, wanted: number): void {
  const n = rt.i32[args + Tuple.size];
  if (n !== wanted) throw typeError(rt, `function takes exactly ${wanted} arguments (${n} given)`);
}

/** Fills start, end and reason from args[k], args[k + 1], args[k + 2]. */
function setRange(rt: Runtime, p: Ref, args: Ref, k: number): void {
  rt.i32[p + UniErr.start] = PyNumber_AsSsize_t(rt, tupleItem(rt, args, k), rt.exc.OverflowError);
  rt.i32[p + UniErr.end] = PyNumber_AsSsize_t(rt, tupleItem(rt, args, k + 1), rt.exc.OverflowError);
  setField(rt, p + UniErr.reason, needStr(rt, args, k + 2));
}

function UnicodeEncodeError_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, kwargs);
  checkCount(rt, args, 5);
  setField(rt, p + UniErr.encoding, needStr(rt, args, 0));
  setField(rt, p + UniErr.object, needStr(rt, args, 1));
  setRange(rt, p, args, 2);
}

function UnicodeDecodeError_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, kwargs);
  checkCount(rt, args, 5);
  setField(rt, p + UniErr.encoding, needStr(rt, args, 0));
  setRange(rt, p, args, 2);
  const object = tupleItem(rt, args, 1);
  const bytes = PyBytes_Check(rt, object) ? newref(rt, object) : bytesFromBuffer(rt, object);
  setField(rt, p + UniErr.object, bytes);
}

function UnicodeTranslateError_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  BaseException_init(rt, p, args, kwargs);
  checkCount(rt, args, 4);
  setField(rt, p + UniErr.object, needStr(rt, args, 0));
  setRange(rt, p, args, 1);
}

/** A character in quotes, escaped. */
function quotedChar(c: number): string {
  if (c <= 0xff) return `'\\x${c.toString(16).padStart(2, "0")}'`;
  if (c <= 0xffff) return `'\\u${c.toString(16).padStart(4, "0")}'`;
  return `'\\U${c.toString(16).padStart(8, "0")}'`;
}

/** "x in position 3" or "xs in position 3-5". */
function place(rt: Runtime, p: Ref, length: number, unit: string, one: (at: number) => string): string {
  const start = rt.i32[p + UniErr.start];
  const end = rt.i32[p + UniErr.end];
  if (start < length && end === start + 1) return `${unit} ${one(start)} in position ${start}`;
  return `${unit}s in position ${start}-${end - 1}`;
}

function UnicodeEncodeError_str(rt: Runtime, p: Ref): NewRef {
  const object = rt.i32[p + UniErr.object];
  if (object === 0) return newref(rt, rt.emptyStr);
  const where = place(rt, p, rt.i32[object + Str.length], "character", (at) =>
    quotedChar(charAt(rt, object, at)),
  );
  const encoding = strOf(rt, rt.i32[p + UniErr.encoding]);
  const reason = strOf(rt, rt.i32[p + UniErr.reason]);
  return PyUnicode_FromJS(rt, `'${encoding}' codec can't encode ${where}: ${reason}`);
}

function UnicodeDecodeError_str(rt: Runtime, p: Ref): NewRef {
  const object = rt.i32[p + UniErr.object];
  if (object === 0) return newref(rt, rt.emptyStr);
  const byte = (at: number) => `0x${rt.u8[4 * (object + Bytes.data) + at].toString(16).padStart(2, "0")}`;
  const where = place(rt, p, rt.i32[object + Bytes.size], "byte", byte);
  const encoding = strOf(rt, rt.i32[p + UniErr.encoding]);
  const reason = strOf(rt, rt.i32[p + UniErr.reason]);
  return PyUnicode_FromJS(rt, `'${encoding}' codec can't decode ${where}: ${reason}`);
}

function UnicodeTranslateError_str(rt: Runtime, p: Ref): NewRef {
  const object = rt.i32[p + UniErr.object];
  if (object === 0) return newref(rt, rt.emptyStr);
  const where = place(rt, p, rt.i32[object + Str.length], "character", (at) =>
    quotedChar(charAt(rt, object, at)),
  );
  return PyUnicode_FromJS(rt, `can't translate ${where}: ${strOf(rt, rt.i32[p + UniErr.reason])}`);
}

const MEMBERS: MemberDef[] = [
  { name: "encoding", type: "object", offset: UniErr.encoding },
  { name: "object", type: "object", offset: UniErr.object },
  { name: "start", type: "ssize", offset: UniErr.start },
  { name: "end", type: "ssize", offset: UniErr.end },
  { name: "reason", type: "object", offset: UniErr.reason },
];

export function initUnicodeError(rt: Runtime): void {
  const storage = fieldSlots([UniErr.encoding, UniErr.object, UniErr.reason]);
  const common = {
    basicsize: UniErr.BYTES,
    dictoffset: EXC_DICTOFFSET,
    flags: EXC_FLAGS,
    base: rt.exc.UnicodeError,
    members: MEMBERS,
  };
  const kinds = [
    ["UnicodeDecodeError", UnicodeDecodeError_init, UnicodeDecodeError_str, "Bytes are no text."],
    ["UnicodeEncodeError", UnicodeEncodeError_init, UnicodeEncodeError_str, "A text cannot be encoded."],
    [
      "UnicodeTranslateError",
      UnicodeTranslateError_init,
      UnicodeTranslateError_str,
      "A text cannot be translated.",
    ],
  ] as const;
  for (const [name, tp_init, tp_str, doc] of kinds) {
    const slots = { ...storage, tp_new: BaseException_new, tp_init, tp_str };
    defineType(rt, { ...common, name, doc, slots }, rt.exc[name]);
  }
}

/** Range and reason as owned arguments on the native stack: the slot of the first. */
function pushRange(rt: Runtime, encoding: string, start: number, end: number, reason: string): number {
  const slot = push(rt, PyUnicode_FromJS(rt, encoding));
  push(rt, PyLong_FromNumber(rt, start));
  push(rt, PyLong_FromNumber(rt, end));
  push(rt, PyUnicode_FromJS(rt, reason));
  return slot;
}

function codecError(
  rt: Runtime,
  type: Ref,
  encoding: string,
  object: Ref,
  start: number,
  end: number,
  reason: string,
): NewRef {
  const at = pushRange(rt, encoding, start, end, reason);
  const i32 = rt.i32;
  const exc = PyObject_CallArgs(rt, type, i32[at], object, i32[at + 2], i32[at + 4], i32[at + 6]);
  drop(rt, 4);
  return exc;
}

/** A UnicodeDecodeError instance about a bytes object. */
export function PyUnicodeDecodeError_Create(
  rt: Runtime,
  encoding: string,
  object: Ref,
  start: number,
  end: number,
  reason: string,
): NewRef {
  return codecError(rt, rt.exc.UnicodeDecodeError, encoding, object, start, end, reason);
}

/** A UnicodeEncodeError instance about a str object. */
export function PyUnicodeEncodeError_Create(
  rt: Runtime,
  encoding: string,
  object: Ref,
  start: number,
  end: number,
  reason: string,
): NewRef {
  return codecError(rt, rt.exc.UnicodeEncodeError, encoding, object, start, end, reason);
}
