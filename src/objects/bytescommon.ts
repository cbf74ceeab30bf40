/**
 * What the methods of bytes and bytearray share: reaching the bytes of either, and making a result of the same kind.
 * Part of the object layer.
 */
import { bytesLike, PyObject_CheckBuffer, type Span } from "./buffer.ts";
import { bytearrayNew, PyByteArray_FromAddress } from "./bytearray.ts";
import { byteChar, bytesData, PyBytes_FromAddress, PyBytes_New } from "./bytes.ts";
import { byteValue } from "./bytesnew.ts";
import { PyBytes_Check, PyBytes_CheckExact } from "./check.ts";
import { typeError } from "./errors.ts";
import { ByteArray, Bytes, Ob } from "./layout.ts";
import { PyIndex_Check } from "./number.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Byte address of the bytes of a bytes or bytearray object. */
export function dataOf(rt: Runtime, p: Ref): number {
  if (PyBytes_Check(rt, p)) return (p + Bytes.data) * 4;
  const i32 = rt.i32;
  return i32[p + ByteArray.bytes] * 4 + i32[p + ByteArray.start];
}

export function sizeOf(rt: Runtime, p: Ref): number {
  return rt.i32[p + Ob.size];
}

/** A new object of self's kind (exact bytes or bytearray) with n bytes from an address. */
export function likeFrom(rt: Runtime, self: Ref, at: number, n: number): NewRef {
  return PyBytes_Check(rt, self) ? PyBytes_FromAddress(rt, at, n) : PyByteArray_FromAddress(rt, at, n);
}

/** A new object of self's kind with room for n bytes. */
export function likeNew(rt: Runtime, self: Ref, n: number): NewRef {
  return PyBytes_Check(rt, self) ? PyBytes_New(rt, n) : bytearrayNew(rt, n);
}

/** Self where nothing changed: the object if it is exact bytes, else a copy. */
export function unchanged(rt: Runtime, self: Ref): NewRef {
  return PyBytes_CheckExact(rt, self)
    ? newref(rt, self)
    : likeFrom(rt, self, dataOf(rt, self), sizeOf(rt, self));
}

/** Bytes start to end of self as an object of its kind; self itself for all of exact bytes. */
export function likeSlice(rt: Runtime, self: Ref, start: number, end: number): NewRef {
  if (start === 0 && end === sizeOf(rt, self)) return unchanged(rt, self);
  return likeFrom(rt, self, dataOf(rt, self) + start, Math.max(0, end - start));
}

/** What find, count and `in` look for: an int in range(256) or a bytes-like object. */
export function needle(rt: Runtime, o: Ref): Span {
  if (PyIndex_Check(rt, o)) {
    const c = byteValue(rt, o);
    return { at: bytesData(rt, byteChar(rt, c)), n: 1 };
  }
  if (!PyObject_CheckBuffer(rt, o)) {
    throw typeError(rt, `argument should be integer or bytes-like object, not '${typeNameOf(rt, o)}'`);
  }
  return bytesLike(rt, o);
}
