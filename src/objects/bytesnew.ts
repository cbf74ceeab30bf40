/** Making bytes out of other objects: `bytes.__new__`, PyBytes_FromObject; what bytearray's constructor shares. Part of the object layer. */
import { Cell } from "../heap/cells.ts";
import { zeroWords } from "../heap/words.ts";
import { _PyObject_LookupSpecial, PyObject_GetIter, PyObject_LengthHint } from "./abstract.ts";
import { badArgument, kwSpec, parseTupleKw } from "./argparse.ts";
import type { BufferView } from "./buffer.ts";
import { isContiguous, PyObject_CheckBuffer, withBuffer } from "./buffer.ts";
import { MAX_BYTES, PyBytes_FromArray, PyBytes_New } from "./bytes.ts";
import { PyObject_CallNoArgs } from "./call.ts";
import {
  PyBytes_Check,
  PyBytes_CheckExact,
  PyList_CheckExact,
  PyTuple_CheckExact,
  PyUnicode_Check,
} from "./check.ts";
import { PyUnicode_AsEncodedString } from "./codecs.ts";
import { caught, clearError, noMemory, typeError, valueError } from "./errors.ts";
import { Free } from "./freelists.ts";
import { PyIter_Next } from "./iterproto.ts";
import { Bytes, Long, Ob, Tuple } from "./layout.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS } from "./sequence.ts";
import { infoOfType, typeNameOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { copyBytes } from "./str.ts";
import { callPacked } from "./typecall.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** The value of an object as one byte; ValueError names the container. */
export function byteValue(rt: Runtime, o: Ref, what = "byte"): number {
  const v = PyNumber_AsSsize_t(rt, o, 0);
  if (v < 0 || v > 255) throw valueError(rt, `${what} must be in range(0, 256)`);
  return v;
}

/** Bytes of a view in index order, item by item, into `to`. */
export function copyView(rt: Runtime, view: BufferView, to: number): void {
  if (isContiguous(view)) copyBytes(rt, to, view.buf, view.len);
  else copyDimension(rt, view, 0, view.buf, to);
}

function copyDimension(rt: Runtime, view: BufferView, dim: number, from: number, to: number): number {
  const last = dim === view.shape.length - 1;
  for (let i = 0; i < view.shape[dim]; i++, from += view.strides[dim]) {
    if (!last) to = copyDimension(rt, view, dim + 1, from, to);
    else {
      copyBytes(rt, to, from, view.itemsize);
      to += view.itemsize;
    }
  }
  return to;
}

/** The bytes of a bytes-like object, copied. */
export function bytesFromBuffer(rt: Runtime, o: Ref): NewRef {
  return withBuffer(rt, o, false, (view) => {
    const p = PyBytes_New(rt, view.len);
    if (view.len !== 0) copyView(rt, view, (p + Bytes.data) * 4);
    return p;
  });
}

function fromListOrTuple(rt: Runtime, o: Ref): NewRef {
  const out: number[] = [];
  for (let i = 0; i < PySequence_Fast_GET_SIZE(rt, o); i++) {
    push(rt, newref(rt, rt.i32[PySequence_Fast_ITEMS(rt, o) + 2 * i]));
    out.push(byteValue(rt, rt.i32[mark(rt) - 2], "bytes"));
    drop(rt);
  }
  return PyBytes_FromArray(rt, out);
}

/** Values of an iterator's items, for bytes and bytearray. */
function fromIterator(rt: Runtime, o: Ref): NewRef {
  PyObject_LengthHint(rt, o, 64);
  const out: number[] = [];
  push(rt, PyObject_GetIter(rt, o));
  const it = rt.i32[mark(rt) - 2];
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    out.push(byteValue(rt, item, "bytes"));
    drop(rt);
  }
  drop(rt);
  return PyBytes_FromArray(rt, out);
}

/** Is it iterable at all? Any other error of iter() passes. */
export function canIterate(rt: Runtime, o: Ref): boolean {
  const m = mark(rt);
  try {
    push(rt, PyObject_GetIter(rt, o));
    drop(rt);
    return true;
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    clearError(rt);
    return false;
  }
}

/** PyBytes_FromObject: from a buffer or an iterable of ints. */
export function PyBytes_FromObject(rt: Runtime, o: Ref): NewRef {
  if (PyBytes_CheckExact(rt, o)) return newref(rt, o);
  if (PyObject_CheckBuffer(rt, o)) return bytesFromBuffer(rt, o);
  if (PyList_CheckExact(rt, o) || PyTuple_CheckExact(rt, o)) return fromListOrTuple(rt, o);
  if (!PyUnicode_Check(rt, o) && canIterate(rt, o)) return fromIterator(rt, o);
  throw typeError(rt, `cannot convert '${typeNameOf(rt, o)}' object to bytes`);
}

/** Checks of the arguments common to bytes() and bytearray(): encoding and errors are 0 where absent. */
export function checkTextArguments(
  rt: Runtime,
  fname: string,
  x: OptRef,
  encoding: OptRef,
  errors: OptRef,
): void {
  if (encoding !== 0 && !PyUnicode_Check(rt, encoding)) {
    throw badArgument(rt, fname, "argument 'encoding'", "str", encoding);
  }
  if (errors !== 0 && !PyUnicode_Check(rt, errors))
    throw badArgument(rt, fname, "argument 'errors'", "str", errors);
  if (x !== 0 && PyUnicode_Check(rt, x)) return;
  if (encoding !== 0) throw typeError(rt, "encoding without a string argument");
  if (errors !== 0) throw typeError(rt, "errors without a string argument");
}

/** The text encoded, for bytes(str, encoding) and bytearray(str, encoding). */
export function encodedText(rt: Runtime, x: Ref, encoding: OptRef, errors: OptRef): NewRef {
  if (encoding === 0) throw typeError(rt, "string argument without an encoding");
  return PyUnicode_AsEncodedString(rt, x, encoding, errors);
}

/** What int-like arguments mean: a size. -1 if x is no int (or its __index__ refuses with TypeError). */
export function sizeArgument(rt: Runtime, x: Ref): number {
  if (!PyIndex_Check(rt, x)) return -1;
  const m = mark(rt);
  let n: number;
  try {
    n = PyNumber_AsSsize_t(rt, x, rt.exc.OverflowError);
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    clearError(rt);
    return -1;
  }
  if (n < 0) throw valueError(rt, "negative count");
  return n;
}

function zeros(rt: Runtime, n: number): NewRef {
  if (n > MAX_BYTES) throw noMemory(rt);
  const p = PyBytes_New(rt, n);
  if (n === 0) return p;
  const words = n >> 2;
  zeroWords(rt, p + Bytes.data, words);
  for (let at = (p + Bytes.data) * 4 + words * 4, left = n & 3; left > 0; left--) rt.u8[at++] = 0;
  return p;
}

/** `__bytes__` of an object, or 0. */
export function callBytesMethod(rt: Runtime, x: Ref): NewRef | 0 {
  const method = _PyObject_LookupSpecial(rt, x, rt.names.__bytes__);
  if (method === 0) return 0;
  push(rt, method);
  const result = PyObject_CallNoArgs(rt, method);
  drop(rt);
  push(rt, result);
  if (!PyBytes_Check(rt, result)) {
    throw typeError(rt, `__bytes__ returned non-bytes (type ${typeNameOf(rt, result)})`);
  }
  return pop(rt);
}

/** The value of an int of one digit that is not negative, what most calls give; -1 for everything else. */
function plainLength(rt: Runtime, size: Ref): number {
  const tag = rt.i32[size + Long.tag];
  if (rt.i32[size + Ob.type] !== rt.types.int || tag >= 16 || (tag & 2) !== 0) return -1;
  return tag === 1 ? 0 : rt.i32[size + Long.digit];
}

/** bytes(x, encoding, errors) as an exact (or `__bytes__`-made) object. */
export function bytesFrom(rt: Runtime, x: OptRef, encoding: OptRef, errors: OptRef): NewRef {
  checkTextArguments(rt, "bytes", x, encoding, errors);
  if (x === 0) return rt.emptyBytes;
  if (encoding !== 0) return encodedText(rt, x, encoding, errors);
  const special = callBytesMethod(rt, x);
  if (special !== 0) return special;
  if (PyUnicode_Check(rt, x)) return encodedText(rt, x, encoding, errors);
  const n = sizeArgument(rt, x);
  return n >= 0 ? zeros(rt, n) : PyBytes_FromObject(rt, x);
}

const NEW = kwSpec("bytes", "source=, encoding=, errors=");

/** `bytes.__new__` */
export function bytes_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const i32 = rt.i32;
  if (kwargs === 0 && type === rt.types.bytes && i32[args + Tuple.size] === 1) {
    const n = plainLength(rt, i32[args + Tuple.items]);
    if (n >= 0) return zeros(rt, n);
  }
  const [x, encoding, errors] = parseTupleKw(rt, NEW, args, kwargs);
  const b = bytesFrom(rt, x, encoding, errors);
  if (type === rt.types.bytes) return b;
  push(rt, b);
  const n = rt.i32[b + Bytes.size];
  const p = infoOfType(rt, type).tp_alloc!(rt, type, n);
  copyBytes(rt, (p + Bytes.data) * 4, (b + Bytes.data) * 4, n + 1);
  rt.i32[p + Bytes.hash] = rt.i32[b + Bytes.hash];
  rt.i32[p + Bytes.hashHi] = rt.i32[b + Bytes.hashHi];
  drop(rt);
  return p;
}

/**
 * What type's vectorcall does for bytes: CPython packs a tuple for `bytes.__new__`. Of a plain length the tuple would come from
 * the free list and go back to it, which nobody sees while allocations are not traced.
 */
export function bytes_vectorcall(
  rt: Runtime,
  type: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const i32 = rt.i32;
  if (nargs === 1 && kwnames === 0 && i32[Free.tupleCounts] !== 0 && i32[Cell.HOOKS] === 0) {
    const n = plainLength(rt, i32[args]);
    if (n >= 0) return zeros(rt, n);
  }
  return callPacked(rt, type, args, nargs, kwnames);
}

/** A bytes object with the contents of a JavaScript array. */
export function bytesFromJS(rt: Runtime, bytes: Uint8Array): NewRef {
  return PyBytes_FromArray(rt, bytes);
}
