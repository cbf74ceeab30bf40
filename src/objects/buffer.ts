/**
 * The buffer protocol: how bytes, bytearray, memoryview, array and mmap lend their bytes. Part of the object layer. What is
 * lent stays where it is until it is given back: the lender counts its exports and refuses to move meanwhile.
 */
import { Cell } from "../heap/cells.ts";
import { PyBytes_CheckExact } from "./check.ts";
import { raise, typeError } from "./errors.ts";
import { Bytes } from "./layout.ts";
import { decref, newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { push } from "./stack.ts";
import type { Ref } from "./typeinfo.ts";

/** Py_buffer: a view of bytes of the heap. Addresses are BYTE addresses here. */
export interface BufferView {
  /** The exporter; the view's user owns a reference to it. */
  obj: Ref;
  /** Byte address of the first byte. */
  buf: number;
  /** Length in bytes. */
  len: number;
  readonly: boolean;
  itemsize: number;
  /** struct format, "B" for plain bytes. */
  format: string;
  shape: number[];
  strides: number[];
}

/** PyBuffer_FillInfo: a view of n plain bytes of `obj`, with a new reference to it. */
export function plainView(rt: Runtime, obj: Ref, buf: number, len: number, readonly: boolean): BufferView {
  return { obj: newref(rt, obj), buf, len, readonly, itemsize: 1, format: "B", shape: [len], strides: [1] };
}

export function PyObject_CheckBuffer(rt: Runtime, o: Ref): boolean {
  return infoOf(rt, o).bf_getbuffer !== null;
}

export function notBytesLike(rt: Runtime, o: Ref): PyErr {
  return typeError(rt, `a bytes-like object is required, not '${typeNameOf(rt, o, 100)}'`);
}

/** PyObject_GetBuffer. The view must be given back with PyBuffer_Release. */
export function PyObject_GetBuffer(rt: Runtime, o: Ref, writable = false): BufferView {
  const get = infoOf(rt, o).bf_getbuffer;
  if (get === null) throw notBytesLike(rt, o);
  return get(rt, o, writable);
}

export function PyBuffer_Release(rt: Runtime, view: BufferView): void {
  const obj = view.obj;
  if (obj === 0) return;
  view.obj = 0;
  const release = infoOf(rt, obj).bf_releasebuffer;
  if (release !== null) release(rt, obj, view);
  decref(rt, obj);
}

/** Gives the view of `o` back whether `use` returns or throws; the native stack holds the object meanwhile. */
export function withBuffer<T>(rt: Runtime, o: Ref, writable: boolean, use: (view: BufferView) => T): T {
  const view = PyObject_GetBuffer(rt, o, writable);
  const at = push(rt, view.obj);
  let done = false;
  try {
    const result = use(view);
    done = true;
    return result;
  } finally {
    // After an exception the slot stays, empty, for whoever unwinds the native stack.
    rt.i32[at] = 0;
    if (done) rt.i32[Cell.SP] = at;
    PyBuffer_Release(rt, view);
  }
}

/** Are the items of the view adjacent, the last dimension's index running fastest? */
export function isContiguous(view: BufferView): boolean {
  let expected = view.itemsize;
  for (let i = view.shape.length - 1; i >= 0; i--) {
    if (view.shape[i] === 0) return true;
    if (view.shape[i] > 1 && view.strides[i] !== expected) return false;
    expected *= view.shape[i];
  }
  return true;
}

/** Where some bytes stand: a byte address and a number of bytes. */
export interface Span {
  at: number;
  n: number;
}

/**
 * The bytes of a bytes-like object for a use that runs no Python code: the view is given back at once.
 * The caller's reference to `o` keeps the bytes alive.
 */
export function bytesLike(rt: Runtime, o: Ref): Span {
  if (PyBytes_CheckExact(rt, o)) return { at: (o + Bytes.data) * 4, n: rt.i32[o + Bytes.size] };
  const view = PyObject_GetBuffer(rt, o);
  const span = { at: view.buf, n: view.len };
  const contiguous = isContiguous(view);
  PyBuffer_Release(rt, view);
  if (!contiguous) {
    throw raise(rt, rt.exc.BufferError, "memoryview: underlying buffer is not C-contiguous");
  }
  return span;
}

/** A copy of a bytes-like object's bytes for JavaScript, in index order. */
export function copyOfBytes(rt: Runtime, o: Ref): Uint8Array {
  const view = PyObject_GetBuffer(rt, o);
  const copy = new Uint8Array(view.len);
  if (isContiguous(view)) copy.set(rt.u8.subarray(view.buf, view.buf + view.len));
  else gather(rt, view, 0, view.buf, copy, 0);
  PyBuffer_Release(rt, view);
  return copy;
}

/** Copies dimension `dim` of a view, item by item; the next position in `copy` is returned. */
function gather(
  rt: Runtime,
  view: BufferView,
  dim: number,
  at: number,
  copy: Uint8Array,
  to: number,
): number {
  const last = dim === view.shape.length - 1;
  for (let i = 0; i < view.shape[dim]; i++, at += view.strides[dim]) {
    if (!last) to = gather(rt, view, dim + 1, at, copy, to);
    else for (let k = 0; k < view.itemsize; k++) copy[to++] = rt.u8[at + k];
  }
  return to;
}
