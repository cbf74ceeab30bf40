/**
 * Making strings out of other strings and objects: substrings, copies, subclasses' instances, `str.__new__`, the cached
 * UTF-8 form and sizes. Part of the object layer; stands on str.ts.
 */
import { PyMem_Malloc } from "../pymalloc/domains.ts";
import { PyObject_Str } from "./abstract.ts";
import { badArgument, checkArgs, kwSpec, parseFastKw, parseTupleKw } from "./argparse.ts";
import { PyUnicode_Check } from "./check.ts";
import { PyUnicode_FromEncodedObject } from "./codecs.ts";
import { noMemory, typeError } from "./errors.ts";
import { Ob, Str, Ty } from "./layout.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { pop, push } from "./stack.ts";
import {
  allAsciiBytes,
  copyBytes,
  copyChars,
  findMaxChar,
  PyUnicode_New,
  readChar,
  STR_ANY,
  StrState,
  strBytes,
  strData,
  strKind,
  strLength,
  unicode_char,
} from "./str.ts";
import { PyTuple_Pack } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** A new string of n ASCII bytes from a byte address. */
export function strFromAscii(rt: Runtime, at: number, n: number): NewRef {
  if (n <= 1) return n === 0 ? rt.emptyStr : unicode_char(rt, rt.u8[at]);
  const p = PyUnicode_New(rt, n, 127);
  copyBytes(rt, (p + Str.ASCII_DATA) * 4, at, n);
  return p;
}

/** A new string of n latin-1 bytes from a byte address (_PyUnicode_FromUCS1). */
export function strFromLatin1(rt: Runtime, at: number, n: number): NewRef {
  if (n <= 1) return n === 0 ? rt.emptyStr : unicode_char(rt, rt.u8[at]);
  const p = PyUnicode_New(rt, n, allAsciiBytes(rt, at, at + n) ? 127 : 255);
  copyBytes(rt, strData(rt, p) * 4, at, n);
  return p;
}

/** PyUnicode_FromKindAndData: characters `start` to `end` of some data, in the narrowest kind that holds them. */
export function strFromData(rt: Runtime, kind: number, w: number, start: number, end: number): NewRef {
  const n = end - start;
  if (n <= 1) return n <= 0 ? rt.emptyStr : unicode_char(rt, readChar(rt, kind, w, start));
  if (kind === 1) return strFromLatin1(rt, w * 4 + start, n);
  const p = PyUnicode_New(rt, n, findMaxChar(rt, kind, w, start, end));
  copyChars(rt, strKind(rt, p), strData(rt, p), 0, kind, w, start, n);
  return p;
}

/** A string of the first n code points of an array. */
export function strFromCodes(rt: Runtime, codes: ArrayLike<number>, n: number = codes.length): NewRef {
  return n === 1 ? unicode_char(rt, codes[0]) : strNewFromCodes(rt, codes, n);
}

/** The same, never one of the shared one-character strings. */
export function strNewFromCodes(rt: Runtime, codes: ArrayLike<number>, n: number = codes.length): NewRef {
  let max = 0;
  for (let i = 0; i < n; i++) if (codes[i] > max) max = codes[i];
  const p = PyUnicode_New(rt, n, max);
  const kind = strKind(rt, p);
  const w = strData(rt, p);
  if (kind === 1) for (let i = 0, to = w * 4; i < n; i++) rt.u8[to + i] = codes[i];
  else if (kind === 2) for (let i = 0, to = w * 2; i < n; i++) rt.u16[to + i] = codes[i];
  else for (let i = 0; i < n; i++) rt.u32[w + i] = codes[i];
  return p;
}

/** The code points of a string. */
export function strCodes(rt: Runtime, p: Ref): Uint8Array | Uint16Array | Uint32Array {
  const n = strLength(rt, p);
  const w = strData(rt, p);
  const kind = strKind(rt, p);
  if (kind === 1) return rt.u8.subarray(w * 4, w * 4 + n);
  return kind === 2 ? rt.u16.subarray(w * 2, w * 2 + n) : rt.u32.subarray(w, w + n);
}

/** PyUnicode_Substring: characters start to end; the string itself where that is all of it. */
export function PyUnicode_Substring(rt: Runtime, p: Ref, start: number, end: number): NewRef {
  const length = rt.i32[p + Str.length];
  if (end > length) end = length;
  if (start === 0 && end === length) return strUnchanged(rt, p);
  if (start >= end) return rt.emptyStr;
  const state = rt.i32[p + Str.state];
  if ((state & StrState.ASCII) !== 0) return strFromAscii(rt, strData(rt, p) * 4 + start, end - start);
  return strFromData(rt, (state >> StrState.KIND_SHIFT) & 7, strData(rt, p), start, end);
}

/** unicode_result_unchanged: p itself if it is an exact str, else an exact copy. */
export function strUnchanged(rt: Runtime, p: Ref): NewRef {
  return rt.i32[p + Ob.type] === rt.types.str ? newref(rt, p) : _PyUnicode_Copy(rt, p);
}

/** An exact str with the same text. */
export function _PyUnicode_Copy(rt: Runtime, p: Ref): NewRef {
  const n = strLength(rt, p);
  const kind = strKind(rt, p);
  const state = rt.i32[p + Str.state];
  if (n === 1) return unicode_char(rt, readChar(rt, kind, strData(rt, p), 0));
  const max = (state & StrState.ASCII) !== 0 ? 127 : kind === 1 ? 255 : kind === 2 ? 0xffff : 0x10ffff;
  const q = PyUnicode_New(rt, n, max);
  copyBytes(rt, strData(rt, q) * 4, strData(rt, p) * 4, n * kind);
  return q;
}

/** PyUnicode_FromObject */
export function PyUnicode_FromObject(rt: Runtime, o: Ref): NewRef {
  if (PyUnicode_Check(rt, o)) return strUnchanged(rt, o);
  throw typeError(rt, `Can't convert '${typeNameOf(rt, o)}' object to str implicitly`);
}

/** ensure_unicode: complains about anything that is not a str. */
export function ensureStr(rt: Runtime, o: Ref): void {
  if (!PyUnicode_Check(rt, o)) throw typeError(rt, `must be str, not ${typeNameOf(rt, o)}`);
}

/** Complains in Argument Clinic's words; `which` is "argument 1" or "argument 'sep'". */
export function argStr(rt: Runtime, fname: string, which: string, o: Ref): void {
  if (!PyUnicode_Check(rt, o)) throw badArgument(rt, fname, which, "str", o);
}

/** unicode_subtype_new: an instance of a subclass with the text of an exact str (whose reference it takes). */
function unicode_subtype_new(rt: Runtime, type: Ref, unicode: NewRef): NewRef {
  push(rt, unicode);
  const i32 = rt.i32;
  const self = rt.typeInfos[i32[type + Ty.info]].tp_alloc!(rt, type, 0);
  const kind = strKind(rt, unicode);
  const n = i32[unicode + Str.length];
  const ascii = i32[unicode + Str.state] & StrState.ASCII;
  i32[self + Str.length] = n;
  i32[self + Str.hash] = i32[unicode + Str.hash];
  i32[self + Str.hashHi] = i32[unicode + Str.hashHi];
  i32[self + Str.state] = (kind << StrState.KIND_SHIFT) | ascii;
  i32[self + Str.utf8_length] = 0;
  i32[self + Str.utf8] = 0;
  i32[self + STR_ANY] = 0;
  const data = PyMem_Malloc(rt, (n + 1) * kind);
  if (data === 0) {
    decref(rt, self);
    throw noMemory(rt);
  }
  i32[self + STR_ANY] = data;
  if (ascii !== 0) {
    i32[self + Str.utf8_length] = n;
    i32[self + Str.utf8] = data;
  }
  copyBytes(rt, data * 4, strData(rt, unicode) * 4, (n + 1) * kind);
  decref(rt, pop(rt));
  return self;
}

const NEW_SPEC = kwSpec("str", "object=, encoding=, errors=");

/** The parts of `str(object, encoding, errors)`; 0 where absent. */
function newStr(rt: Runtime, x: OptRef, encoding: OptRef, errors: OptRef): NewRef {
  if (encoding !== 0) argStr(rt, "str", "argument 'encoding'", encoding);
  if (errors !== 0) argStr(rt, "str", "argument 'errors'", errors);
  if (x === 0) return rt.emptyStr;
  if (encoding === 0 && errors === 0) return PyObject_Str(rt, x);
  return PyUnicode_FromEncodedObject(rt, x, encoding, errors);
}

/** `str.__new__` */
export function unicode_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [x, encoding, errors] = parseTupleKw(rt, NEW_SPEC, args, kwargs);
  const s = newStr(rt, x, encoding, errors);
  return type === rt.types.str ? s : unicode_subtype_new(rt, type, s);
}

/** By position None is called NoneType, unlike in what Argument Clinic says. */
function strArgument(rt: Runtime, which: string, o: Ref): void {
  if (PyUnicode_Check(rt, o)) return;
  throw typeError(rt, `str() argument '${which}' must be str, not ${typeNameOf(rt, o)}`);
}

/** str(...) by vectorcall: the common `str(x)` without a tuple. */
export function unicode_vectorcall(
  rt: Runtime,
  _type: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  if (kwnames === 0 && nargs === 1) return PyObject_Str(rt, rt.i32[args]);
  if (kwnames === 0) checkArgs(rt, "str", nargs, 0, 3);
  const [x, encoding, errors] = parseFastKw(rt, NEW_SPEC, args, nargs, kwnames);
  if (kwnames === 0) {
    if (encoding !== 0) strArgument(rt, "encoding", encoding);
    if (errors !== 0) strArgument(rt, "errors", errors);
  }
  return newStr(rt, x, encoding, errors);
}

/** unicode___sizeof__ */
export function unicode_sizeof(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  const n = i32[p + Str.length];
  const state = i32[p + Str.state];
  const kind = (state >> StrState.KIND_SHIFT) & 7;
  if ((state & StrState.COMPACT_ASCII) === StrState.COMPACT_ASCII) return strBytes(n, 127);
  const compact = (state & StrState.COMPACT) !== 0;
  let size = compact ? Str.HEAD_BYTES : i32[i32[p + Ob.type] + Ty.basicsize];
  size += (n + 1) * kind;
  const utf8 = i32[p + Str.utf8];
  if (utf8 !== 0 && (compact || utf8 !== i32[p + STR_ANY])) size += i32[p + Str.utf8_length] + 1;
  return size;
}

export function unicode_getnewargs(rt: Runtime, self: Ref): NewRef {
  const copy = _PyUnicode_Copy(rt, self);
  push(rt, copy);
  const t = PyTuple_Pack(rt, copy);
  decref(rt, pop(rt));
  return t;
}

/** `__str__` */
export function unicode_str(rt: Runtime, self: Ref): NewRef {
  return strUnchanged(rt, self);
}
