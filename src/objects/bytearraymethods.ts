/** What changes a bytearray: item and slice assignment, append, extend, insert, pop, remove, reverse, +=, *=. Part of the object layer. */

import { PyObject_GetIter, PyObject_LengthHint } from "./abstract.ts";
import { ssizeArgument } from "./argnumbers.ts";
import { checkArgs, kwSpec, parseTupleKw } from "./argparse.ts";
import { bytesLike, copyOfBytes, PyObject_CheckBuffer } from "./buffer.ts";
import {
  bytearrayData,
  bytearrayNew,
  checkResizable,
  PyByteArray_FromAddress,
  PyByteArray_Resize,
  setSlice,
} from "./bytearray.ts";
import { MAX_BYTES } from "./bytes.ts";
import { byteValue, canIterate, checkTextArguments, encodedText, sizeArgument } from "./bytesnew.ts";
import {
  PyList_CheckExact,
  PyLong_CheckExact,
  PySlice_Check,
  PyTuple_CheckExact,
  PyUnicode_Check,
} from "./check.ts";
import { noMemory, raise, typeError, valueError } from "./errors.ts";
import { findUnit } from "./fastsearch.ts";
import { PyIter_Next } from "./iterproto.ts";
import { ByteArray, Bytes, List, Tuple } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySlice_AdjustIndices, PySlice_Unpack, sliceOut } from "./slice.ts";
import { typeNameOf } from "./slots.ts";
import { drop, mark, push } from "./stack.ts";
import { copyBytes } from "./str.ts";
import { repeatBytes } from "./strconcat.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

const size = (rt: Runtime, p: Ref): number => rt.i32[p + ByteArray.size];

const INIT = kwSpec("bytearray", "source=, encoding=, errors=");

/** `bytearray.__init__` */
export function bytearray_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const [x, encoding, errors] = parseTupleKw(rt, INIT, args, kwargs);
  if (size(rt, self) !== 0) PyByteArray_Resize(rt, self, 0);
  checkTextArguments(rt, "bytearray", x, encoding, errors);
  if (x === 0) return;
  if (PyUnicode_Check(rt, x)) {
    const encoded = encodedText(rt, x, encoding, errors);
    push(rt, encoded);
    setSlice(rt, self, 0, 0, (encoded + Bytes.data) * 4, rt.i32[encoded + Bytes.size]);
    drop(rt);
    return;
  }
  const n = sizeArgument(rt, x);
  if (n >= 0) fillZeros(rt, self, n);
  else if (PyObject_CheckBuffer(rt, x)) assignBuffer(rt, self, x);
  else if (canIterate(rt, x)) {
    if (!assignInts(rt, self, x)) appendAll(rt, self, x);
  } else throw typeError(rt, `cannot convert '${typeNameOf(rt, x)}' object to bytearray`);
}

/** From exactly a list or tuple of exact ints, in one step; false (and empty) if it is something else. */
function assignInts(rt: Runtime, self: Ref, x: Ref): boolean {
  const i32 = rt.i32;
  const list = PyList_CheckExact(rt, x);
  if (!list && !PyTuple_CheckExact(rt, x)) return false;
  const n = list ? i32[x + List.size] : i32[x + Tuple.size];
  const items = list ? i32[x + List.items] : x + Tuple.items;
  for (let i = 0; i < n; i++) if (!PyLong_CheckExact(rt, i32[items + 2 * i])) return false;
  if (n > 0) PyByteArray_Resize(rt, self, n);
  const at = bytearrayData(rt, self);
  for (let i = 0; i < n; i++) rt.u8[at + i] = byteValue(rt, i32[items + 2 * i]);
  return true;
}

function fillZeros(rt: Runtime, self: Ref, n: number): void {
  if (n === 0) return;
  if (n > MAX_BYTES) throw noMemory(rt);
  PyByteArray_Resize(rt, self, n);
  rt.u8.fill(0, bytearrayData(rt, self), bytearrayData(rt, self) + n);
}

function assignBuffer(rt: Runtime, self: Ref, x: Ref): void {
  const bytes = copyOfBytes(rt, x);
  PyByteArray_Resize(rt, self, bytes.length);
  rt.u8.set(bytes, bytearrayData(rt, self));
}

/** Appends an iterable's items one by one, as the constructor does. */
function appendAll(rt: Runtime, self: Ref, x: Ref): void {
  push(rt, PyObject_GetIter(rt, x));
  const it = rt.i32[mark(rt) - 2];
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    const c = byteValue(rt, item);
    drop(rt);
    appendByte(rt, self, c);
  }
  drop(rt);
}

function appendByte(rt: Runtime, self: Ref, c: number): void {
  const n = size(rt, self);
  PyByteArray_Resize(rt, self, n + 1);
  rt.u8[bytearrayData(rt, self) + n] = c;
}

/** sq_item */
export function bytearray_getitem(rt: Runtime, self: Ref, i: number): NewRef {
  if (i < 0 || i >= size(rt, self)) throw raise(rt, rt.exc.IndexError, "bytearray index out of range");
  return PyLong_FromNumber(rt, rt.u8[bytearrayData(rt, self) + i]);
}

function indexOf(rt: Runtime, self: Ref, key: Ref): number {
  const i = PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
  return i < 0 ? i + size(rt, self) : i;
}

function badIndex(rt: Runtime, key: Ref) {
  return typeError(rt, `bytearray indices must be integers or slices, not ${typeNameOf(rt, key)}`);
}

/** mp_subscript */
export function bytearray_subscript(rt: Runtime, self: Ref, key: Ref): NewRef {
  if (PyIndex_Check(rt, key)) return bytearray_getitem(rt, self, indexOf(rt, self, key));
  if (!PySlice_Check(rt, key)) throw badIndex(rt, key);
  PySlice_Unpack(rt, key);
  PySlice_AdjustIndices(size(rt, self));
  const { start, step, length } = sliceOut;
  if (length <= 0) return bytearrayNew(rt, 0);
  if (step === 1) return PyByteArray_FromAddress(rt, bytearrayData(rt, self) + start, length);
  const p = bytearrayNew(rt, length);
  const from = bytearrayData(rt, self);
  const to = bytearrayData(rt, p);
  for (let i = 0, at = start; i < length; i++, at += step) rt.u8[to + i] = rt.u8[from + at];
  return p;
}

/** sq_ass_item: value 0 deletes. */
export function bytearray_setitem(rt: Runtime, self: Ref, i: number, value: OptRef): void {
  if (i < 0 || i >= size(rt, self)) throw raise(rt, rt.exc.IndexError, "bytearray index out of range");
  if (value === 0) {
    setSlice(rt, self, i, i + 1, 0, 0);
    return;
  }
  const c = byteValue(rt, value);
  if (i >= size(rt, self)) throw raise(rt, rt.exc.IndexError, "bytearray index out of range");
  rt.u8[bytearrayData(rt, self) + i] = c;
}

/** mp_ass_subscript: value 0 deletes. */
export function bytearray_ass_subscript(rt: Runtime, self: Ref, key: Ref, value: OptRef): void {
  if (PyIndex_Check(rt, key)) {
    bytearray_setitem(rt, self, indexOf(rt, self, key), value);
    return;
  }
  if (!PySlice_Check(rt, key)) throw badIndex(rt, key);
  const bytes = value === 0 ? null : assignable(rt, value);
  PySlice_Unpack(rt, key);
  PySlice_AdjustIndices(size(rt, self));
  const { start, stop, step, length } = sliceOut;
  if (step === 1) assignRange(rt, self, start, Math.max(start, stop), bytes ?? new Uint8Array(0));
  else if (bytes === null || bytes.length === 0) deleteEvery(rt, self, start, step, length);
  else assignEvery(rt, self, start, step, length, bytes);
}

/** The bytes to be assigned to a slice, copied. */
function assignable(rt: Runtime, value: Ref): Uint8Array {
  if (PyObject_CheckBuffer(rt, value)) return copyOfBytes(rt, value);
  if (PyUnicode_Check(rt, value) || PyIndex_Check(rt, value) || !canIterate(rt, value)) {
    throw typeError(rt, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
  }
  push(rt, bytearrayNew(rt, 0));
  const temporary = rt.i32[mark(rt) - 2];
  appendAll(rt, temporary, value);
  const bytes = copyOfBytes(rt, temporary);
  drop(rt);
  return bytes;
}

/** As setSlice, from JavaScript bytes. */
function assignRange(rt: Runtime, self: Ref, lo: number, hi: number, bytes: Uint8Array): void {
  if (bytes.length === 0) {
    setSlice(rt, self, lo, hi, 0, 0);
    return;
  }
  const n = size(rt, self);
  const growth = bytes.length - (hi - lo);
  if (growth < 0) setSlice(rt, self, lo, lo - growth, 0, 0);
  else if (growth > 0) {
    PyByteArray_Resize(rt, self, n + growth);
    const data = bytearrayData(rt, self);
    copyBytes(rt, data + hi + growth, data + hi, n - hi);
  }
  rt.u8.set(bytes, bytearrayData(rt, self) + lo);
}

function deleteEvery(rt: Runtime, self: Ref, start: number, step: number, length: number): void {
  checkResizable(rt, self);
  if (length === 0) return;
  if (step < 0) {
    start += step * (length - 1);
    step = -step;
  }
  const data = bytearrayData(rt, self);
  const n = size(rt, self);
  let to = start;
  for (let i = start, k = 0; i < n; i++) {
    if (k < length && i === start + k * step) k++;
    else rt.u8[data + to++] = rt.u8[data + i];
  }
  PyByteArray_Resize(rt, self, n - length);
}

function assignEvery(
  rt: Runtime,
  self: Ref,
  start: number,
  step: number,
  length: number,
  bytes: Uint8Array,
): void {
  if (bytes.length !== length) {
    const message = `attempt to assign bytes of size ${bytes.length} to extended slice of size ${length}`;
    throw valueError(rt, message);
  }
  const data = bytearrayData(rt, self);
  for (let i = 0, at = start; i < length; i++, at += step) rt.u8[data + at] = bytes[i];
}

export function bytearray_append(rt: Runtime, self: Ref, item: Ref): NewRef {
  const c = byteValue(rt, item);
  appendByte(rt, self, c);
  return rt.None;
}

export function bytearray_extend(rt: Runtime, self: Ref, iterable: Ref): NewRef {
  if (PyObject_CheckBuffer(rt, iterable)) {
    const n = size(rt, self);
    assignRange(rt, self, n, n, copyOfBytes(rt, iterable));
    return rt.None;
  }
  if (!canIterate(rt, iterable))
    throw typeError(rt, `can't extend bytearray with ${typeNameOf(rt, iterable)}`);
  if (PyUnicode_Check(rt, iterable)) throw typeError(rt, "expected iterable of integers; got: 'str'");
  const hint = PyObject_LengthHint(rt, iterable, 32);
  push(rt, bytearrayNew(rt, hint));
  const temporary = rt.i32[mark(rt) - 2];
  const got = drain(rt, temporary, iterable);
  PyByteArray_Resize(rt, temporary, got);
  const n = size(rt, self);
  assignRange(rt, self, n, n, copyOfBytes(rt, temporary));
  drop(rt);
  return rt.None;
}

/** Items of an iterable into a bytearray that grows by half; their number. */
function drain(rt: Runtime, into: Ref, iterable: Ref): number {
  push(rt, PyObject_GetIter(rt, iterable));
  const it = rt.i32[mark(rt) - 2];
  let room = size(rt, into);
  let n = 0;
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    const c = byteValue(rt, item);
    drop(rt);
    if (n >= room) {
      room = n + (room >> 1) + 1;
      PyByteArray_Resize(rt, into, room);
    }
    rt.u8[bytearrayData(rt, into) + n++] = c;
  }
  drop(rt);
  return n;
}

export function bytearray_insert(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "insert", nargs, 2, 2);
  const index = ssizeArgument(rt, rt.i32[args]);
  const c = byteValue(rt, rt.i32[args + 2]);
  const n = size(rt, self);
  const at = Math.min(n, index < 0 ? Math.max(0, index + n) : index);
  PyByteArray_Resize(rt, self, n + 1);
  const data = bytearrayData(rt, self);
  copyBytes(rt, data + at + 1, data + at, n - at);
  rt.u8[data + at] = c;
  return rt.None;
}

export function bytearray_pop(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "pop", nargs, 0, 1);
  let i = nargs > 0 ? ssizeArgument(rt, rt.i32[args]) : -1;
  const n = size(rt, self);
  if (n === 0) throw raise(rt, rt.exc.IndexError, "pop from empty bytearray");
  if (i < 0) i += n;
  if (i < 0 || i >= n) throw raise(rt, rt.exc.IndexError, "pop index out of range");
  checkResizable(rt, self);
  const c = rt.u8[bytearrayData(rt, self) + i];
  removeAt(rt, self, i);
  return PyLong_FromNumber(rt, c);
}

function removeAt(rt: Runtime, self: Ref, i: number): void {
  const n = size(rt, self);
  const data = bytearrayData(rt, self);
  copyBytes(rt, data + i, data + i + 1, n - i);
  PyByteArray_Resize(rt, self, n - 1);
}

export function bytearray_remove(rt: Runtime, self: Ref, value: Ref): NewRef {
  const c = byteValue(rt, value);
  const data = bytearrayData(rt, self);
  const i = findUnit(rt.u8, data, data + size(rt, self), c);
  if (i < 0) throw valueError(rt, "value not found in bytearray");
  checkResizable(rt, self);
  removeAt(rt, self, i - data);
  return rt.None;
}

export function bytearray_reverse(rt: Runtime, self: Ref): NewRef {
  const data = bytearrayData(rt, self);
  rt.u8.subarray(data, data + size(rt, self)).reverse();
  return rt.None;
}

export function bytearray_clear(rt: Runtime, self: Ref): NewRef {
  PyByteArray_Resize(rt, self, 0);
  return rt.None;
}

export function bytearray_copy(rt: Runtime, self: Ref): NewRef {
  return PyByteArray_FromAddress(rt, bytearrayData(rt, self), size(rt, self));
}

/** sq_inplace_concat */
export function bytearray_iconcat(rt: Runtime, self: Ref, other: Ref): NewRef {
  if (!PyObject_CheckBuffer(rt, other)) {
    throw typeError(rt, `can't concat ${typeNameOf(rt, other, 100)} to ${typeNameOf(rt, self, 100)}`);
  }
  const { n } = bytesLike(rt, other);
  const old = size(rt, self);
  PyByteArray_Resize(rt, self, old + n);
  // The other may be this very object, which has moved.
  const from = other === self ? bytearrayData(rt, self) : bytesLike(rt, other).at;
  copyBytes(rt, bytearrayData(rt, self) + old, from, n);
  return newref(rt, self);
}

/** sq_inplace_repeat */
export function bytearray_irepeat(rt: Runtime, self: Ref, times: number): NewRef {
  if (times < 0) times = 0;
  const n = size(rt, self);
  if (times !== 1) {
    if (n * times > MAX_BYTES) throw noMemory(rt);
    PyByteArray_Resize(rt, self, n * times);
    const data = bytearrayData(rt, self);
    if (n > 0 && times > 1) repeatBytes(rt, data, data, n, n * times);
  }
  return newref(rt, self);
}

/** sq_repeat */
export function bytearray_repeat(rt: Runtime, self: Ref, times: number): NewRef {
  const n = size(rt, self);
  if (times < 0) times = 0;
  if (n * times > MAX_BYTES) throw noMemory(rt);
  const p = bytearrayNew(rt, n * times);
  if (n * times > 0) repeatBytes(rt, bytearrayData(rt, p), bytearrayData(rt, self), n, n * times);
  return p;
}

/** `__alloc__` */
export function bytearray_alloc(rt: Runtime, self: Ref): NewRef {
  return PyLong_FromNumber(rt, rt.i32[self + ByteArray.alloc]);
}

/** `__sizeof__` */
export function bytearray_sizeof(rt: Runtime, self: Ref): number {
  return ByteArray.BYTES + rt.i32[self + ByteArray.alloc];
}
