/**
 * The bytearray object: making and resizing, growing as CPython does. Part of the object layer; the methods stand in
 * bytearraymethods.ts and, shared with bytes, in bytesmethods.ts, bytessplit.ts, bytescase.ts.
 *
 *   ob_bytes -> | free in front (ob_start) | ob_size bytes | 0 | spare |      ob_alloc bytes in all
 */
import { PyObject_Free, PyObject_Malloc, PyObject_Realloc } from "../pymalloc/domains.ts";
import { PyObject_New } from "./alloc.ts";
import { type BufferView, plainView } from "./buffer.ts";
import { MAX_BYTES } from "./bytes.ts";
import { noMemory, raise } from "./errors.ts";
import { ByteArray, Ob } from "./layout.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { copyBytes } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** PyByteArray_AS_STRING: the byte address of the first byte. */
export function bytearrayData(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  return i32[p + ByteArray.bytes] * 4 + i32[p + ByteArray.start];
}

/** Clears the fields of a new object. */
export function bytearrayClear(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  for (let w = ByteArray.size; w < ByteArray.BYTES / 4; w++) i32[p + w] = 0;
}

/** PyByteArray_FromStringAndSize(NULL, n): n bytes to be filled in. */
export function bytearrayNew(rt: Runtime, n: number): NewRef {
  const p = PyObject_New(rt, rt.types.bytearray, ByteArray.BYTES);
  bytearrayClear(rt, p);
  if (n === 0) return p;
  const block = n > MAX_BYTES ? 0 : PyObject_Malloc(rt, n + 1);
  if (block === 0) {
    decref(rt, p);
    throw noMemory(rt);
  }
  const i32 = rt.i32;
  i32[p + ByteArray.bytes] = block;
  i32[p + ByteArray.size] = n;
  i32[p + ByteArray.alloc] = n + 1;
  rt.u8[block * 4 + n] = 0;
  return p;
}

/** A new bytearray with n bytes from a byte address. */
export function PyByteArray_FromAddress(rt: Runtime, at: number, n: number): NewRef {
  const p = bytearrayNew(rt, n);
  if (n !== 0) copyBytes(rt, bytearrayData(rt, p), at, n);
  return p;
}

/** _canresize: BufferError while somebody looks at the bytes. */
export function checkResizable(rt: Runtime, p: Ref): void {
  if (rt.i32[p + ByteArray.exports] > 0) {
    throw raise(rt, rt.exc.BufferError, "Existing exports of data: object cannot be re-sized");
  }
}

/** PyByteArray_Resize */
export function PyByteArray_Resize(rt: Runtime, p: Ref, n: number): void {
  const i32 = rt.i32;
  if (i32[p + ByteArray.size] === n) return;
  checkResizable(rt, p);
  const alloc = i32[p + ByteArray.alloc];
  const start = i32[p + ByteArray.start];
  let newAlloc: number;
  if (n + start + 1 <= alloc) {
    if (n >= alloc >> 1) {
      i32[p + ByteArray.size] = n;
      rt.u8[bytearrayData(rt, p) + n] = 0;
      return;
    }
    newAlloc = n + 1;
  } else newAlloc = n <= alloc * 1.125 ? n + (n >> 3) + (n < 9 ? 3 : 6) : n + 1;
  reallocate(rt, p, n, newAlloc, start);
}

function reallocate(rt: Runtime, p: Ref, n: number, alloc: number, start: number): void {
  const i32 = rt.i32;
  const old = i32[p + ByteArray.bytes];
  let block: number;
  if (alloc > MAX_BYTES) throw noMemory(rt);
  if (start > 0) {
    block = PyObject_Malloc(rt, alloc);
    if (block === 0) throw noMemory(rt);
    copyBytes(rt, block * 4, old * 4 + start, Math.min(n, i32[p + ByteArray.size]));
    PyObject_Free(rt, old);
  } else {
    block = old === 0 ? PyObject_Malloc(rt, alloc) : PyObject_Realloc(rt, old, alloc);
    if (block === 0) throw noMemory(rt);
  }
  i32[p + ByteArray.bytes] = block;
  i32[p + ByteArray.start] = 0;
  i32[p + ByteArray.size] = n;
  i32[p + ByteArray.alloc] = alloc;
  rt.u8[block * 4 + n] = 0;
}

/** bytearray_setslice_linear: replaces bytes lo to hi by n bytes from a byte address (outside of this bytearray). */
export function setSlice(rt: Runtime, p: Ref, lo: number, hi: number, at: number, n: number): void {
  const i32 = rt.i32;
  const size = i32[p + ByteArray.size];
  const growth = n - (hi - lo);
  if (growth < 0) {
    checkResizable(rt, p);
    // The free room in front grows when the beginning goes.
    if (lo === 0) i32[p + ByteArray.start] -= growth;
    else {
      const data = bytearrayData(rt, p);
      copyBytes(rt, data + lo + n, data + hi, size - hi);
    }
    PyByteArray_Resize(rt, p, size + growth);
  } else if (growth > 0) {
    PyByteArray_Resize(rt, p, size + growth);
    const data = bytearrayData(rt, p);
    copyBytes(rt, data + lo + n, data + hi, size - hi);
  }
  if (n > 0) copyBytes(rt, bytearrayData(rt, p) + lo, at, n);
}

export function bytearray_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  if (i32[p + ByteArray.bytes] !== 0) PyObject_Free(rt, i32[p + ByteArray.bytes]);
  if (i32[p + Ob.type] === rt.types.bytearray) PyObject_Free(rt, p);
  else infoOf(rt, p).tp_free!(rt, p);
}

export function bytearray_getbuffer(rt: Runtime, p: Ref, _writable: boolean): BufferView {
  const view = plainView(rt, p, bytearrayData(rt, p), rt.i32[p + ByteArray.size], false);
  rt.i32[p + ByteArray.exports]++;
  return view;
}

export function bytearray_releasebuffer(rt: Runtime, p: Ref): void {
  rt.i32[p + ByteArray.exports]--;
}
