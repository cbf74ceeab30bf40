/** The module _codecs: the registry of codecs and the built-in ones, for Lib/codecs.py and Lib/encodings. */

import { PyObject_IsTrue } from "../objects/abstract.ts";
import { intArgument } from "../objects/argnumbers.ts";
import { badArgument, checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { bytesLike, type Span } from "../objects/buffer.ts";
import { PyBytes_FromAddress } from "../objects/bytes.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import * as registry from "../objects/codecregistry.ts";
import * as simple from "../objects/codecsimple.ts";
import { buildEncodingMap, encodingMapLookup, isEncodingMap } from "../objects/encodingmap.ts";
import * as escapes from "../objects/escapes.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, push } from "../objects/stack.ts";
import { jsString, strLength } from "../objects/str.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { decodeUtf7, encodeUtf7 } from "../objects/utf7.ts";
import { consumedBytes, decodeUtf8, encodeUtf8, PyUnicode_AsUTF8 } from "../objects/utf8.ts";
import { decodeUtf16, decodeUtf32, encodeUtf16, encodeUtf32, foundOrder } from "../objects/utf16.ts";
import { createModule } from "./native.ts";

/** (result, length) with the result's reference taken over. */
function pair(rt: Runtime, result: NewRef, length: number): NewRef {
  push(rt, result);
  const n = PyLong_FromNumber(rt, length);
  push(rt, n);
  const t = PyTuple_Pack(rt, result, n);
  drop(rt, 2);
  return t;
}

/** Argument i as str or None: its text, "strict" where absent. */
function errorsAt(rt: Runtime, name: string, args: number, nargs: number, i: number): string {
  if (i >= nargs) return "strict";
  const o = rt.i32[args + 2 * i];
  if (o === rt.None) return "strict";
  if (!PyUnicode_Check(rt, o)) throw badArgument(rt, name, `argument ${i + 1}`, "str or None", o);
  return jsString(rt, o);
}

function flagAt(rt: Runtime, args: number, nargs: number, i: number, dflt: boolean): boolean {
  return i < nargs ? PyObject_IsTrue(rt, rt.i32[args + 2 * i]) : dflt;
}

/** The bytes of a bytes-like object, or of a str in UTF-8 where that is allowed. */
function dataOf(rt: Runtime, o: Ref, strToo: boolean): Span {
  if (strToo && PyUnicode_Check(rt, o)) {
    const at = PyUnicode_AsUTF8(rt, o);
    return { at, n: consumedBytes.n };
  }
  return bytesLike(rt, o);
}

type Decode = (rt: Runtime, at: number, n: number, errors: string, final: boolean) => NewRef;
type Encode = (rt: Runtime, s: Ref, errors: string) => NewRef;

/** name(data, errors=None, final=...) -> (str, bytes used) */
function stateful(name: string, decode: Decode, finalDefault = false, strToo = false): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    checkArgs(rt, name, nargs, 1, 3);
    const errors = errorsAt(rt, name, args, nargs, 1);
    const final = flagAt(rt, args, nargs, 2, finalDefault);
    const { at, n } = dataOf(rt, rt.i32[args], strToo);
    consumedBytes.n = n;
    const text = decode(rt, at, n, errors, final);
    return pair(rt, text, final ? n : consumedBytes.n);
  };
  return { name, flags: METH.FASTCALL, fn };
}

/** name(data, errors=None) -> (str, bytes used) */
function whole(
  name: string,
  decode: (rt: Runtime, at: number, n: number, errors: string) => NewRef,
  strToo = false,
): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    checkArgs(rt, name, nargs, 1, 2);
    const errors = errorsAt(rt, name, args, nargs, 1);
    const { at, n } = dataOf(rt, rt.i32[args], strToo);
    return pair(rt, decode(rt, at, n, errors), n);
  };
  return { name, flags: METH.FASTCALL, fn };
}

/** name(str, errors=None[, byteorder]) -> (bytes, characters) */
function encoder(
  name: string,
  encode: (rt: Runtime, s: Ref, errors: string, order: number) => NewRef,
  max = 2,
): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    checkArgs(rt, name, nargs, 1, max);
    const s = rt.i32[args];
    if (!PyUnicode_Check(rt, s)) throw badArgument(rt, name, "argument 1", "str", s);
    const errors = errorsAt(rt, name, args, nargs, 1);
    const order = nargs > 2 ? intArgument(rt, rt.i32[args + 4]) : 0;
    return pair(rt, encode(rt, s, errors, order), strLength(rt, s));
  };
  return { name, flags: METH.FASTCALL, fn };
}

const ordered = (
  encode: (rt: Runtime, s: Ref, errors: string, order: number) => NewRef,
  order: number,
): Encode => {
  return (rt, s, errors) => encode(rt, s, errors, order);
};

type OrderDecode = (
  rt: Runtime,
  at: number,
  n: number,
  errors: string,
  order: number,
  final: boolean,
) => NewRef;

const inOrder = (decode: OrderDecode, order: number): Decode => {
  return (rt, at, n, errors, final) => decode(rt, at, n, errors, order, final);
};

/** utf_16_ex_decode(data, errors=None, byteorder=0, final=False) -> (str, bytes used, byte order) */
function exDecoder(name: string, decode: OrderDecode): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    checkArgs(rt, name, nargs, 1, 4);
    const errors = errorsAt(rt, name, args, nargs, 1);
    const order = nargs > 2 ? intArgument(rt, rt.i32[args + 4]) : 0;
    const final = flagAt(rt, args, nargs, 3, false);
    const { at, n } = bytesLike(rt, rt.i32[args]);
    const text = decode(rt, at, n, errors, order, final);
    push(rt, text);
    const used = PyLong_FromNumber(rt, final ? n : consumedBytes.n);
    push(rt, used);
    const t = PyTuple_Pack(rt, text, used, PyLong_FromNumber(rt, foundOrder.value));
    drop(rt, 2);
    return t;
  };
  return { name, flags: METH.FASTCALL, fn };
}

function charmap_decode(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "charmap_decode", nargs, 1, 3);
  const errors = errorsAt(rt, "charmap_decode", args, nargs, 1);
  const mapping = nargs > 2 && rt.i32[args + 4] !== rt.None ? rt.i32[args + 4] : 0;
  const { at, n } = bytesLike(rt, rt.i32[args]);
  return pair(rt, simple.decodeCharmap(rt, at, n, mapping, errors), n);
}

function charmap_encode(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "charmap_encode", nargs, 1, 3);
  const s = rt.i32[args];
  if (!PyUnicode_Check(rt, s)) throw badArgument(rt, "charmap_encode", "argument 1", "str", s);
  const errors = errorsAt(rt, "charmap_encode", args, nargs, 1);
  const mapping = nargs > 2 && rt.i32[args + 4] !== rt.None ? rt.i32[args + 4] : 0;
  const lookup =
    mapping !== 0 && isEncodingMap(rt, mapping) ? (c: number) => encodingMapLookup(rt, mapping, c) : null;
  return pair(rt, simple.encodeCharmap(rt, s, mapping, errors, lookup), strLength(rt, s));
}

function charmap_build(rt: Runtime, _m: Ref, map: Ref): NewRef {
  if (!PyUnicode_Check(rt, map)) throw badArgument(rt, "charmap_build", "argument", "str", map);
  return buildEncodingMap(rt, map);
}

function readbuffer_encode(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "readbuffer_encode", nargs, 1, 2);
  errorsAt(rt, "readbuffer_encode", args, nargs, 1);
  const { at, n } = dataOf(rt, rt.i32[args], true);
  return pair(rt, PyBytes_FromAddress(rt, at, n), n);
}

function escape_encode(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "escape_encode", nargs, 1, 2);
  errorsAt(rt, "escape_encode", args, nargs, 1);
  const { at, n } = bytesLike(rt, rt.i32[args]);
  return pair(rt, escapes.escapeEncode(rt, at, n), n);
}

function register(rt: Runtime, _m: Ref, search: Ref): NewRef {
  registry.PyCodec_Register(rt, search);
  return rt.None;
}

function unregister(rt: Runtime, _m: Ref, search: Ref): NewRef {
  registry.PyCodec_Unregister(rt, search);
  return rt.None;
}

function lookup(rt: Runtime, _m: Ref, encoding: Ref): NewRef {
  if (!PyUnicode_Check(rt, encoding)) throw badArgument(rt, "lookup", "argument", "str", encoding);
  return registry.PyCodec_Lookup(rt, jsString(rt, encoding));
}

/** The arguments (obj, encoding='utf-8', errors='strict') of encode() and decode(). */
function codecArgs(
  rt: Runtime,
  name: string,
  parts: Ref[],
): { object: Ref; encoding: string; errors: OptRef } {
  const [object, encoding, errors] = parts;
  if (encoding !== 0 && !PyUnicode_Check(rt, encoding)) {
    throw badArgument(rt, name, "argument 'encoding'", "str", encoding);
  }
  if (errors !== 0 && !PyUnicode_Check(rt, errors))
    throw badArgument(rt, name, "argument 'errors'", "str", errors);
  return { object, encoding: encoding === 0 ? "utf-8" : jsString(rt, encoding), errors };
}

const ENCODE = kwSpec("encode", "obj, encoding=, errors=");
const DECODE = kwSpec("decode", "obj, encoding=, errors=");

function encode(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const a = codecArgs(rt, "encode", parseFastKw(rt, ENCODE, args, nargs, kwnames));
  return registry.PyCodec_Encode(rt, a.object, a.encoding, a.errors);
}

function decode(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const a = codecArgs(rt, "decode", parseFastKw(rt, DECODE, args, nargs, kwnames));
  return registry.PyCodec_Decode(rt, a.object, a.encoding, a.errors);
}

function register_error(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "register_error", nargs, 2, 2);
  const name = rt.i32[args];
  if (!PyUnicode_Check(rt, name)) throw badArgument(rt, "register_error", "argument 1", "str", name);
  registry.PyCodec_RegisterError(rt, name, rt.i32[args + 2]);
  return rt.None;
}

function lookup_error(rt: Runtime, _m: Ref, name: Ref): NewRef {
  if (!PyUnicode_Check(rt, name)) throw badArgument(rt, "lookup_error", "argument", "str", name);
  return registry.PyCodec_LookupError(rt, jsString(rt, name));
}

const methods: MethodDef[] = [
  { name: "register", flags: METH.O, fn: register },
  { name: "unregister", flags: METH.O, fn: unregister },
  { name: "lookup", flags: METH.O, fn: lookup },
  { name: "encode", flags: METH.FASTCALL | METH.KEYWORDS, fn: encode },
  { name: "decode", flags: METH.FASTCALL | METH.KEYWORDS, fn: decode },
  { name: "escape_encode", flags: METH.FASTCALL, fn: escape_encode },
  whole("escape_decode", escapes.escapeDecode, true),
  encoder("utf_8_encode", encodeUtf8),
  stateful("utf_8_decode", decodeUtf8),
  encoder("utf_7_encode", encodeUtf7),
  stateful("utf_7_decode", decodeUtf7),
  encoder("utf_16_encode", encodeUtf16, 3),
  encoder("utf_16_le_encode", ordered(encodeUtf16, -1)),
  encoder("utf_16_be_encode", ordered(encodeUtf16, 1)),
  stateful("utf_16_decode", inOrder(decodeUtf16, 0)),
  stateful("utf_16_le_decode", inOrder(decodeUtf16, -1)),
  stateful("utf_16_be_decode", inOrder(decodeUtf16, 1)),
  exDecoder("utf_16_ex_decode", decodeUtf16),
  encoder("utf_32_encode", encodeUtf32, 3),
  encoder("utf_32_le_encode", ordered(encodeUtf32, -1)),
  encoder("utf_32_be_encode", ordered(encodeUtf32, 1)),
  stateful("utf_32_decode", inOrder(decodeUtf32, 0)),
  stateful("utf_32_le_decode", inOrder(decodeUtf32, -1)),
  stateful("utf_32_be_decode", inOrder(decodeUtf32, 1)),
  exDecoder("utf_32_ex_decode", decodeUtf32),
  encoder("unicode_escape_encode", escapes.encodeUnicodeEscape),
  stateful("unicode_escape_decode", escapes.decodeUnicodeEscape, true, true),
  encoder("raw_unicode_escape_encode", escapes.encodeRawUnicodeEscape),
  stateful("raw_unicode_escape_decode", escapes.decodeRawUnicodeEscape, true, true),
  encoder("latin_1_encode", simple.encodeLatin1),
  whole("latin_1_decode", simple.decodeLatin1),
  encoder("ascii_encode", simple.encodeAscii),
  whole("ascii_decode", simple.decodeAscii),
  { name: "charmap_encode", flags: METH.FASTCALL, fn: charmap_encode },
  { name: "charmap_decode", flags: METH.FASTCALL, fn: charmap_decode },
  { name: "charmap_build", flags: METH.O, fn: charmap_build },
  { name: "readbuffer_encode", flags: METH.FASTCALL, fn: readbuffer_encode },
  { name: "register_error", flags: METH.FASTCALL, fn: register_error },
  { name: "lookup_error", flags: METH.O, fn: lookup_error },
];

/** The module object: a new reference. */
export function initModule__codecs(rt: Runtime): NewRef {
  return createModule(rt, "_codecs", methods);
}
