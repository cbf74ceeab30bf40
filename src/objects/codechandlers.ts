/**
 * The error handlers every interpreter has (strict, ignore, replace, xmlcharrefreplace, backslashreplace, namereplace,
 * surrogatepass, surrogateescape), as functions of an exception object. Part of the object layer.
 */

import { PyBytes_FromArray } from "./bytes.ts";
import { PyObject_TypeCheck } from "./check.ts";
import { backslashed } from "./encode.ts";
import { raiseObject, typeError } from "./errors.ts";
import { Bytes, Str } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { charAt, jsString, PyUnicode_FromJS } from "./str.ts";
import { strFromCodes } from "./strnew.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "./typeinfo.ts";
import { characterName } from "./unicode/names.ts";
import { UniErr } from "./unicodeerror.ts";

/** (text or bytes, position) with the text's reference taken over. */
function answer(rt: Runtime, what: NewRef, position: number): NewRef {
  push(rt, what);
  const at = PyLong_FromNumber(rt, position);
  push(rt, at);
  const t = PyTuple_Pack(rt, what, at);
  drop(rt, 2);
  return t;
}

function answerText(rt: Runtime, text: string, position: number): NewRef {
  return answer(rt, PyUnicode_FromJS(rt, text), position);
}

const isEncode = (rt: Runtime, exc: Ref): boolean => PyObject_TypeCheck(rt, exc, rt.exc.UnicodeEncodeError);
const isDecode = (rt: Runtime, exc: Ref): boolean => PyObject_TypeCheck(rt, exc, rt.exc.UnicodeDecodeError);
const isTranslate = (rt: Runtime, exc: Ref): boolean =>
  PyObject_TypeCheck(rt, exc, rt.exc.UnicodeTranslateError);

function wrongType(rt: Runtime, exc: Ref) {
  return typeError(rt, `don't know how to handle ${typeNameOf(rt, exc)} in error callback`);
}

function objectOf(rt: Runtime, exc: Ref): Ref {
  const object = rt.i32[exc + UniErr.object];
  if (object === 0) throw typeError(rt, "object attribute not set");
  return object;
}

/** The error's range, kept inside the object. */
function range(rt: Runtime, exc: Ref): { start: number; end: number } {
  const object = objectOf(rt, exc);
  const n = rt.i32[object + (isDecode(rt, exc) ? Bytes.size : Str.length)];
  const start = Math.min(Math.max(rt.i32[exc + UniErr.start], 0), Math.max(0, n - 1));
  return { start, end: Math.min(Math.max(rt.i32[exc + UniErr.end], 1), n) };
}

function strict(rt: Runtime, _self: Ref, exc: Ref): NewRef {
  if (!PyObject_TypeCheck(rt, exc, rt.exc.BaseException))
    throw typeError(rt, "codec must pass exception instance");
  throw raiseObject(rt, newref(rt, exc));
}

function ignore(rt: Runtime, _self: Ref, exc: Ref): NewRef {
  if (!isEncode(rt, exc) && !isDecode(rt, exc) && !isTranslate(rt, exc)) throw wrongType(rt, exc);
  return answer(rt, rt.emptyStr, range(rt, exc).end);
}

function replace(rt: Runtime, _self: Ref, exc: Ref): NewRef {
  const encode = isEncode(rt, exc);
  if (!encode && !isDecode(rt, exc) && !isTranslate(rt, exc)) throw wrongType(rt, exc);
  const { start, end } = range(rt, exc);
  if (isDecode(rt, exc)) return answerText(rt, "\ufffd", end);
  return answerText(rt, (encode ? "?" : "\ufffd").repeat(Math.max(0, end - start)), end);
}

/** The characters of an encoding error's range, each turned into text. */
function eachChar(rt: Runtime, exc: Ref, text: (c: number) => string): NewRef {
  const object = objectOf(rt, exc);
  const { start, end } = range(rt, exc);
  let out = "";
  for (let i = start; i < end; i++) out += text(charAt(rt, object, i));
  return answerText(rt, out, end);
}

function xmlcharrefreplace(rt: Runtime, _self: Ref, exc: Ref): NewRef {
  if (!isEncode(rt, exc)) throw wrongType(rt, exc);
  return eachChar(rt, exc, (c) => `&#${c};`);
}

function backslashreplace(rt: Runtime, _self: Ref, exc: Ref): NewRef {
  if (!isDecode(rt, exc)) {
    if (!isEncode(rt, exc) && !isTranslate(rt, exc)) throw wrongType(rt, exc);
    return eachChar(rt, exc, backslashed);
  }
  const object = objectOf(rt, exc);
  const { start, end } = range(rt, exc);
  let out = "";
  for (let i = start; i < end; i++) out += backslashed(rt.u8[(object + Bytes.data) * 4 + i]);
  return answerText(rt, out, end);
}

function namereplace(rt: Runtime, _self: Ref, exc: Ref): NewRef {
  if (!isEncode(rt, exc)) throw wrongType(rt, exc);
  return eachChar(rt, exc, (c) => {
    const name = characterName(c);
    return name === null ? backslashed(c) : `\\N{${name}}`;
  });
}

/** How the encoding of a surrogate in an error looks: UTF-8, or units of 2 or 4 bytes. */
interface UnitForm {
  bytes: number;
  big: boolean;
}

function unitForm(encoding: string): UnitForm | null {
  const m = /^utf[-_]?(8|16|32)(?:[-_]?(le|be))?$/i.exec(encoding);
  if (m === null) return /^cp_?utf8$/i.test(encoding) ? { bytes: 3, big: true } : null;
  return { bytes: m[1] === "8" ? 3 : Number(m[1]) / 8, big: m[2]?.toLowerCase() === "be" };
}

function surrogateBytes(c: number, form: UnitForm): number[] {
  if (form.bytes === 3) return [0xe0 | (c >> 12), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f)];
  const little = form.bytes === 2 ? [c & 255, c >> 8] : [c & 255, c >> 8, 0, 0];
  return form.big ? little.reverse() : little;
}

function surrogateAt(b: (i: number) => number, form: UnitForm): number {
  if (form.bytes === 3) {
    const ok = (b(0) & 0xf0) === 0xe0 && (b(1) & 0xc0) === 0x80 && (b(2) & 0xc0) === 0x80;
    return ok ? ((b(0) & 0xf) << 12) | ((b(1) & 0x3f) << 6) | (b(2) & 0x3f) : 0;
  }
  let c = 0;
  for (let k = 0; k < form.bytes; k++) c = c * 256 + b(form.big ? k : form.bytes - 1 - k);
  return c;
}

const isSurrogate = (c: number): boolean => c >= 0xd800 && c < 0xe000;

function surrogatepass(rt: Runtime, _self: Ref, exc: Ref): NewRef {
  const encode = isEncode(rt, exc);
  if (!encode && !isDecode(rt, exc)) throw wrongType(rt, exc);
  const form = unitForm(jsString(rt, rt.i32[exc + UniErr.encoding]));
  const { start, end } = range(rt, exc);
  const object = objectOf(rt, exc);
  if (form === null) throw raiseObject(rt, newref(rt, exc));
  if (encode) {
    const out: number[] = [];
    for (let i = start; i < end; i++) {
      const c = charAt(rt, object, i);
      if (!isSurrogate(c)) throw raiseObject(rt, newref(rt, exc));
      out.push(...surrogateBytes(c, form));
    }
    return answer(rt, PyBytes_FromArray(rt, out), end);
  }
  const at = (object + Bytes.data) * 4 + start;
  const c = rt.i32[object + Bytes.size] - start >= form.bytes ? surrogateAt((i) => rt.u8[at + i], form) : 0;
  if (!isSurrogate(c)) throw raiseObject(rt, newref(rt, exc));
  return answer(rt, strFromCodes(rt, [c]), start + form.bytes);
}

function surrogateescape(rt: Runtime, _self: Ref, exc: Ref): NewRef {
  const encode = isEncode(rt, exc);
  if (!encode && !isDecode(rt, exc)) throw wrongType(rt, exc);
  const { start, end } = range(rt, exc);
  const object = objectOf(rt, exc);
  const out: number[] = [];
  if (encode) {
    for (let i = start; i < end; i++) {
      const c = charAt(rt, object, i);
      if (c < 0xdc80 || c > 0xdcff) throw raiseObject(rt, newref(rt, exc));
      out.push(c - 0xdc00);
    }
    return answer(rt, PyBytes_FromArray(rt, out), end);
  }
  for (let i = start; i < end && out.length < 4; i++) {
    const b = rt.u8[(object + Bytes.data) * 4 + i];
    if (b < 128) break;
    out.push(0xdc00 + b);
  }
  if (out.length === 0) throw raiseObject(rt, newref(rt, exc));
  return answer(rt, strFromCodes(rt, out), start + out.length);
}

const handler = (name: string, fn: (rt: Runtime, self: Ref, exc: Ref) => NewRef): MethodDef => ({
  name,
  flags: METH.O,
  fn,
});

export const builtinHandlers: MethodDef[] = [
  handler("strict_errors", strict),
  handler("ignore_errors", ignore),
  handler("replace_errors", replace),
  handler("xmlcharrefreplace_errors", xmlcharrefreplace),
  handler("backslashreplace_errors", backslashreplace),
  handler("namereplace_errors", namereplace),
  handler("surrogatepass", surrogatepass),
  handler("surrogateescape", surrogateescape),
];
