/**
 * The bytes object: making, resizing and reading. Part of the object layer; the methods stand in bytesmethods*.ts.
 *
 *   byte  0         24      32            32 + n
 *         | head, n | hash  | n bytes ... | 0 |       33 + n bytes
 */

import { staticAlloc } from "../heap/static.ts";
import { PyObject_Free, PyObject_Malloc, PyObject_Realloc } from "../pymalloc/domains.ts";
import { noMemory, overflowError } from "./errors.ts";
import { Bytes, IMMORTAL_REFCNT, Ob } from "./layout.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { copyBytes } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

export { bytesFromBuffer, PyBytes_FromObject } from "./bytesnew.ts";

/** The one-byte objects are this many words apart. */
const CHAR_STRIDE = 12;
/** The longest bytes object. */
export const MAX_BYTES = 0x7fff_ff00;

/** Byte address of the first byte. */
export function bytesData(_rt: Runtime, p: Ref): number {
  return (p + Bytes.data) * 4;
}

export function bytesSize(rt: Runtime, p: Ref): number {
  return rt.i32[p + Bytes.size];
}

function fillHead(rt: Runtime, p: Ref, n: number): void {
  const i32 = rt.i32;
  i32[p + Ob.type] = rt.types.bytes;
  i32[p + Bytes.size] = n;
  i32[p + Bytes.size + 1] = 0;
  i32[p + Bytes.hash] = -1;
  i32[p + Bytes.hashHi] = -1;
  rt.u8[(p + Bytes.data) * 4 + n] = 0;
}

/** n bytes to be filled in; b"" when n is 0. */
export function PyBytes_New(rt: Runtime, n: number): NewRef {
  if (n === 0) return rt.emptyBytes;
  if (n > MAX_BYTES) throw overflowError(rt, "byte string is too large");
  return allocBytes(rt, n);
}

/** An object of its own even for no bytes, as repetition makes one. */
export function allocBytes(rt: Runtime, n: number): NewRef {
  const p = PyObject_Malloc(rt, Bytes.HEAD_BYTES + n);
  if (p === 0) throw noMemory(rt);
  rt.i32[p] = 1;
  fillHead(rt, p, n);
  return p;
}

/** The object of one byte, the same each time. */
export function byteChar(rt: Runtime, c: number): NewRef {
  return rt.byteChars + CHAR_STRIDE * c;
}

/** PyBytes_FromStringAndSize: a copy of n bytes at a byte address. */
export function PyBytes_FromAddress(rt: Runtime, at: number, n: number): NewRef {
  if (n === 1) return byteChar(rt, rt.u8[at]);
  const p = PyBytes_New(rt, n);
  if (n !== 0) copyBytes(rt, (p + Bytes.data) * 4, at, n);
  return p;
}

/** A bytes object with the contents of a JavaScript array of bytes. */
export function PyBytes_FromArray(rt: Runtime, bytes: ArrayLike<number>): NewRef {
  if (bytes.length === 1) return byteChar(rt, bytes[0]);
  const p = PyBytes_New(rt, bytes.length);
  if (bytes.length !== 0) rt.u8.set(bytes, (p + Bytes.data) * 4);
  return p;
}

/** The object's bytes, in place. */
export function bytesView(rt: Runtime, p: Ref): Uint8Array {
  const at = (p + Bytes.data) * 4;
  return rt.u8.subarray(at, at + rt.i32[p + Bytes.size]);
}

/** _PyBytes_Resize of an owned reference that nobody else has. */
export function _PyBytes_Resize(rt: Runtime, p: NewRef, n: number): NewRef {
  const i32 = rt.i32;
  if (i32[p + Bytes.size] === n) return p;
  if (n === 0) {
    decref(rt, p);
    return rt.emptyBytes;
  }
  const q = n > MAX_BYTES ? 0 : PyObject_Realloc(rt, p, Bytes.HEAD_BYTES + n);
  if (q === 0) {
    decref(rt, p);
    throw noMemory(rt);
  }
  fillHead(rt, q, n);
  return q;
}

export function bytes_dealloc(rt: Runtime, p: Ref): void {
  if (rt.i32[p + Ob.type] === rt.types.bytes) PyObject_Free(rt, p);
  else infoOf(rt, p).tp_free!(rt, p);
}

/** Start-up: b"" and the 256 one-byte objects, immortal. Needs only the address of the type. */
export function initBytesSingletons(rt: Runtime): void {
  rt.emptyBytes = staticAlloc(rt, 48);
  rt.i32[rt.emptyBytes] = IMMORTAL_REFCNT;
  fillHead(rt, rt.emptyBytes, 0);
  rt.byteChars = staticAlloc(rt, 256 * CHAR_STRIDE * 4);
  for (let c = 0; c < 256; c++) {
    const p = byteChar(rt, c);
    rt.i32[p] = IMMORTAL_REFCNT;
    fillHead(rt, p, 1);
    rt.u8[(p + Bytes.data) * 4] = c;
  }
}
