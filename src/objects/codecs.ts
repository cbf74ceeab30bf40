/**
 * Encoding and decoding by name: `str.encode`, `bytes.decode`, `str(b, encoding)` and what natives need. Part of the object
 * layer. The common codecs are reached directly, the others through the registry.
 */
import { kwSpec, parseFastKw } from "./argparse.ts";
import { isContiguous, PyBuffer_Release, PyObject_CheckBuffer, PyObject_GetBuffer } from "./buffer.ts";
import { PyBytes_FromAddress } from "./bytes.ts";
import { dataOf, sizeOf } from "./bytescommon.ts";
import { PyByteArray_Check, PyBytes_Check, PyUnicode_Check } from "./check.ts";
import { decodeText, encodeText, normalizeEncoding } from "./codecregistry.ts";
import { decodeAscii, decodeLatin1, encodeAscii, encodeLatin1 } from "./codecsimple.ts";
import { raise, typeError } from "./errors.ts";
import { Bytes } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, mark, push } from "./stack.ts";
import { jsString } from "./str.ts";
import { argStr } from "./strnew.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";
import { decodeUtf16, decodeUtf32, encodeUtf16, encodeUtf32 } from "./utf16.ts";

export { PyUnicode_AsUTF8 } from "./utf8.ts";

/** The codecs reached without the registry, by normalised name. */
const DIRECT: Record<string, "utf8" | "latin1" | "ascii" | "utf16" | "utf32"> = {
  utf_8: "utf8",
  utf8: "utf8",
  utf_16: "utf16",
  utf16: "utf16",
  utf_32: "utf32",
  utf32: "utf32",
  ascii: "ascii",
  us_ascii: "ascii",
  latin1: "latin1",
  latin_1: "latin1",
  iso_8859_1: "latin1",
  iso8859_1: "latin1",
};

const directCache = new Map<string, string | undefined>();

function direct(encoding: string): string | undefined {
  if (encoding === "utf-8") return "utf8";
  if (directCache.has(encoding)) return directCache.get(encoding);
  const found = DIRECT[normalizeEncoding(encoding)];
  if (directCache.size < 100) directCache.set(encoding, found);
  return found;
}

/** The bytes of a str in an encoding named by JavaScript text. */
export function encodeTo(rt: Runtime, s: Ref, encoding: string, errors: string): NewRef {
  switch (direct(encoding)) {
    case "utf8":
      return encodeUtf8(rt, s, errors);
    case "utf16":
      return encodeUtf16(rt, s, errors, 0);
    case "utf32":
      return encodeUtf32(rt, s, errors, 0);
    case "ascii":
      return encodeAscii(rt, s, errors);
    case "latin1":
      return encodeLatin1(rt, s, errors);
  }
  return 0;
}

/** PyUnicode_AsEncodedString: encoding and errors are str or 0 (utf-8, strict). The result is bytes. */
export function PyUnicode_AsEncodedString(rt: Runtime, s: Ref, encoding: OptRef, errors: OptRef): NewRef {
  const name = encoding === 0 ? "utf-8" : jsString(rt, encoding);
  const bytes = encodeTo(rt, s, name, errors === 0 ? "strict" : jsString(rt, errors));
  if (bytes !== 0) return bytes;
  const result = encodeText(rt, s, name, errors);
  if (PyBytes_Check(rt, result)) return result;
  push(rt, result);
  if (PyByteArray_Check(rt, result)) {
    const b = PyBytes_FromAddress(rt, dataOf(rt, result), sizeOf(rt, result));
    drop(rt);
    return b;
  }
  const found = typeNameOf(rt, result, 400);
  const advice = "use codecs.encode() to encode to arbitrary types";
  throw typeError(rt, `'${name}' encoder returned '${found}' instead of 'bytes'; ${advice}`);
}

/** The text of n bytes at a byte address in one of the direct encodings, or 0. */
export function decodeFrom(rt: Runtime, at: number, n: number, encoding: string, errors: string): NewRef | 0 {
  switch (direct(encoding)) {
    case "utf8":
      return decodeUtf8(rt, at, n, errors);
    case "utf16":
      return decodeUtf16(rt, at, n, errors, 0);
    case "utf32":
      return decodeUtf32(rt, at, n, errors, 0);
    case "ascii":
      return decodeAscii(rt, at, n, errors);
    case "latin1":
      return decodeLatin1(rt, at, n);
  }
  return 0;
}

/** PyUnicode_AsDecodedText: `object` is bytes-like, its bytes are at `at`. */
function decodeObject(
  rt: Runtime,
  object: Ref,
  at: number,
  n: number,
  encoding: OptRef,
  errors: OptRef,
): NewRef {
  const name = encoding === 0 ? "utf-8" : jsString(rt, encoding);
  const text = decodeFrom(rt, at, n, name, errors === 0 ? "strict" : jsString(rt, errors));
  if (text !== 0) return text;
  const result = decodeText(rt, object, name, errors);
  if (PyUnicode_Check(rt, result)) return result;
  push(rt, result);
  const found = typeNameOf(rt, result, 400);
  const advice = "use codecs.decode() to decode to arbitrary types";
  throw typeError(rt, `'${name}' decoder returned '${found}' instead of 'str'; ${advice}`);
}

/** PyUnicode_FromEncodedObject: the text of bytes, or of anything bytes-like. */
export function PyUnicode_FromEncodedObject(rt: Runtime, o: Ref, encoding: OptRef, errors: OptRef): NewRef {
  if (PyBytes_Check(rt, o)) {
    const n = rt.i32[o + Bytes.size];
    return n === 0 ? rt.emptyStr : decodeObject(rt, o, (o + Bytes.data) * 4, n, encoding, errors);
  }
  if (PyUnicode_Check(rt, o)) throw typeError(rt, "decoding str is not supported");
  if (!PyObject_CheckBuffer(rt, o)) {
    throw typeError(rt, `decoding to str: need a bytes-like object, ${typeNameOf(rt, o, 80)} found`);
  }
  return fromBuffer(rt, o, encoding, errors);
}

function fromBuffer(rt: Runtime, o: Ref, encoding: OptRef, errors: OptRef): NewRef {
  const view = PyObject_GetBuffer(rt, o);
  const { buf, len } = view;
  const contiguous = isContiguous(view);
  PyBuffer_Release(rt, view);
  if (!contiguous) throw raise(rt, rt.exc.BufferError, "memoryview: underlying buffer is not C-contiguous");
  if (len === 0) return rt.emptyStr;
  push(rt, PyBytes_FromAddress(rt, buf, len));
  const copy = rt.i32[mark(rt) - 2];
  const text = decodeObject(rt, copy, (copy + Bytes.data) * 4, len, encoding, errors);
  drop(rt);
  return text;
}

const ENCODE = kwSpec("encode", "encoding=, errors=");
const DECODE = kwSpec("decode", "encoding=, errors=");

/** str.encode */
export function str_encode(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  if (nargs === 0 && kwnames === 0) return encodeUtf8(rt, self);
  const [encoding, errors] = parseFastKw(rt, ENCODE, args, nargs, kwnames);
  if (encoding !== 0) argStr(rt, "encode", "argument 'encoding'", encoding);
  if (errors !== 0) argStr(rt, "encode", "argument 'errors'", errors);
  return PyUnicode_AsEncodedString(rt, self, encoding, errors);
}

/** bytes.decode, bytearray.decode */
export function b_decode(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  if (nargs === 0 && kwnames === 0) return decodeUtf8(rt, dataOf(rt, self), sizeOf(rt, self));
  const [encoding, errors] = parseFastKw(rt, DECODE, args, nargs, kwnames);
  if (encoding !== 0) argStr(rt, "decode", "argument 'encoding'", encoding);
  if (errors !== 0) argStr(rt, "decode", "argument 'errors'", errors);
  return PyUnicode_FromEncodedObject(rt, self, encoding, errors);
}
