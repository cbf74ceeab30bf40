/**
 * The memoryview object and the managed buffer behind it. Part of the object layer; items and slices stand in
 * memoryitems.ts, the type in memorytype.ts.
 *
 *   memoryview  24     32     40      48        56         136       144
 *               | mbuf | hash | flags | exports | Py_buffer | weakrefs | shape, strides, suboffsets (3 * ndim)
 *   mbuf        16      24        32            112
 *               | flags | exports | Py_buffer |
 *
 * Of a Py_buffer, `buf` is kept as a byte address (a float64), `format` as its characters in place of the pointer to them.
 */
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import {
  type BufferView,
  isContiguous,
  PyBuffer_Release,
  PyObject_CheckBuffer,
  PyObject_GetBuffer,
} from "./buffer.ts";
import { PyMemoryView_Check } from "./check.ts";
import { raise, typeError, valueError } from "./errors.ts";
import { Ob } from "./layout.ts";
import { clearField, incref, newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { pop, push } from "./stack.ts";
import type { NewRef, Ref, Visit } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

export const enum MemView {
  mbuf = 6,
  hash = 8,
  hashHi = 9,
  flags = 10,
  exports = 12,
  /** float64 */
  buf = 14,
  obj = 16,
  len = 18,
  itemsize = 20,
  readonly = 22,
  ndim = 23,
  format = 24,
  shape = 26,
  strides = 28,
  suboffsets = 30,
  weakreflist = 34,
  array = 36,
  BASIC_BYTES = 144,
}

export const enum MBuf {
  flags = 4,
  exports = 6,
  /** float64 */
  buf = 8,
  obj = 10,
  len = 12,
  itemsize = 14,
  readonly = 16,
  ndim = 17,
  format = 18,
  BYTES = 112,
}

export const enum MF {
  RELEASED = 1,
  C = 2,
  FORTRAN = 4,
  SCALAR = 8,
}

function putFormat(rt: Runtime, w: number, format: string): void {
  for (let i = 0; i < 8; i++) rt.u8[w * 4 + i] = i < format.length && i < 7 ? format.charCodeAt(i) : 0;
}

function getFormat(rt: Runtime, w: number): string {
  let s = "";
  for (let at = w * 4; rt.u8[at] !== 0; at++) s += String.fromCharCode(rt.u8[at]);
  return s;
}

/** mbuf_alloc: a managed buffer of nothing. */
function emptyManagedBuffer(rt: Runtime): NewRef {
  const mbuf = PyObject_GC_New(rt, rt.types.managedbuffer, MBuf.BYTES);
  const i32 = rt.i32;
  for (let w = MBuf.flags; w < MBuf.BYTES / 4; w++) i32[mbuf + w] = 0;
  PyObject_GC_Track(rt, mbuf);
  return mbuf;
}

/** Manages a view, whose reference it takes. */
function manage(rt: Runtime, mbuf: Ref, view: BufferView): void {
  const i32 = rt.i32;
  i32[mbuf + MBuf.obj] = view.obj;
  rt.f64[(mbuf + MBuf.buf) >> 1] = view.buf;
  i32[mbuf + MBuf.len] = view.len;
  i32[mbuf + MBuf.itemsize] = view.itemsize;
  i32[mbuf + MBuf.readonly] = view.readonly ? 1 : 0;
  i32[mbuf + MBuf.ndim] = view.shape.length;
  putFormat(rt, mbuf + MBuf.format, view.format);
}

/** _PyManagedBuffer_FromObject */
function managedBuffer(rt: Runtime, o: Ref): NewRef {
  const mbuf = emptyManagedBuffer(rt);
  push(rt, mbuf);
  const view = PyObject_GetBuffer(rt, o);
  manage(rt, mbuf, view);
  rt.i32[mbuf + MBuf.exports] = 0;
  firstView = view;
  return pop(rt);
}

/** The view that managedBuffer has just got, with its shape. */
let firstView: BufferView | null = null;

/** A new memoryview on a managed buffer: it counts as one of its exports. */
export function newView(rt: Runtime, mbuf: Ref, view: BufferView): NewRef {
  const ndim = view.shape.length;
  const p = PyObject_GC_New(rt, rt.types.memoryview, MemView.BASIC_BYTES + 24 * ndim);
  const i32 = rt.i32;
  for (let w = Ob.size; w < MemView.array + 6 * ndim; w++) i32[p + w] = 0;
  i32[p + Ob.size] = 3 * ndim;
  i32[p + MemView.hash] = i32[p + MemView.hashHi] = -1;
  incref(rt, mbuf);
  i32[p + MemView.mbuf] = mbuf;
  i32[mbuf + MBuf.exports]++;
  i32[p + MemView.obj] = i32[mbuf + MBuf.obj];
  rt.f64[(p + MemView.buf) >> 1] = view.buf;
  i32[p + MemView.len] = view.len;
  i32[p + MemView.itemsize] = view.itemsize;
  i32[p + MemView.readonly] = view.readonly ? 1 : 0;
  i32[p + MemView.ndim] = ndim;
  putFormat(rt, p + MemView.format, view.format);
  i32[p + MemView.shape] = p + MemView.array;
  i32[p + MemView.strides] = p + MemView.array + 2 * ndim;
  for (let i = 0; i < ndim; i++) setDimension(rt, p, i, view.shape[i], view.strides[i]);
  i32[p + MemView.flags] = contiguityFlags(view);
  PyObject_GC_Track(rt, p);
  return p;
}

function setDimension(rt: Runtime, p: Ref, i: number, length: number, stride: number): void {
  const i32 = rt.i32;
  const ndim = i32[p + MemView.ndim];
  i32[p + MemView.array + 2 * i] = length;
  i32[p + MemView.array + 2 * (ndim + i)] = stride;
  i32[p + MemView.array + 2 * (ndim + i) + 1] = stride < 0 ? -1 : 0;
}

function contiguityFlags(view: BufferView): number {
  if (view.shape.length === 0) return MF.SCALAR | MF.C | MF.FORTRAN;
  const reversed = { ...view, shape: [...view.shape].reverse(), strides: [...view.strides].reverse() };
  return (isContiguous(view) ? MF.C : 0) | (isContiguous(reversed) ? MF.FORTRAN : 0);
}

/** PyMemoryView_FromObject */
export function PyMemoryView_FromObject(rt: Runtime, o: Ref): NewRef {
  if (PyMemoryView_Check(rt, o)) {
    checkReleased(rt, o);
    return newView(rt, rt.i32[o + MemView.mbuf], viewOf(rt, o));
  }
  if (!PyObject_CheckBuffer(rt, o)) {
    throw typeError(rt, `memoryview: a bytes-like object is required, not '${typeNameOf(rt, o)}'`);
  }
  const mbuf = managedBuffer(rt, o);
  push(rt, mbuf);
  const p = newView(rt, mbuf, firstView!);
  firstView = null;
  rt.i32[mbuf]--;
  pop(rt);
  return p;
}

/** PyMemoryView_FromMemory: n bytes at a byte address, which stay there as long as the view is in use. */
export function PyMemoryView_FromMemory(rt: Runtime, at: number, n: number, readonly: boolean): NewRef {
  const mbuf = emptyManagedBuffer(rt);
  push(rt, mbuf);
  const plain = { itemsize: 1, format: "B", shape: [n], strides: [1] };
  const view: BufferView = { obj: 0, buf: at, len: n, readonly, ...plain };
  manage(rt, mbuf, view);
  const p = newView(rt, mbuf, view);
  rt.i32[mbuf]--;
  pop(rt);
  return p;
}

export function released(rt: Runtime): PyErr {
  return valueError(rt, "operation forbidden on released memoryview object");
}

/** CHECK_RELEASED */
export function checkReleased(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  if (
    (i32[p + MemView.flags] & MF.RELEASED) !== 0 ||
    (i32[i32[p + MemView.mbuf] + MBuf.flags] & MF.RELEASED) !== 0
  ) {
    throw released(rt);
  }
}

/** What the memoryview shows, without a reference. */
export function viewOf(rt: Runtime, p: Ref): BufferView {
  const i32 = rt.i32;
  const ndim = i32[p + MemView.ndim];
  const shape: number[] = [];
  const strides: number[] = [];
  for (let i = 0; i < ndim; i++) {
    shape.push(i32[p + MemView.array + 2 * i]);
    strides.push(i32[p + MemView.array + 2 * (ndim + i)]);
  }
  return {
    obj: 0,
    buf: rt.f64[(p + MemView.buf) >> 1],
    len: i32[p + MemView.len],
    readonly: i32[p + MemView.readonly] !== 0,
    itemsize: i32[p + MemView.itemsize],
    format: getFormat(rt, p + MemView.format),
    shape,
    strides,
  };
}

export function memory_getbuffer(rt: Runtime, p: Ref, writable: boolean): BufferView {
  checkReleased(rt, p);
  const view = viewOf(rt, p);
  if (writable && view.readonly) {
    throw raise(rt, rt.exc.BufferError, "memoryview: underlying buffer is not writable");
  }
  view.obj = newref(rt, p);
  rt.i32[p + MemView.exports]++;
  return view;
}

export function memory_releasebuffer(rt: Runtime, p: Ref): void {
  rt.i32[p + MemView.exports]--;
}

/** Gives the exporter's buffer back when the last view of it is gone. */
function mbufRelease(rt: Runtime, mbuf: Ref): void {
  const i32 = rt.i32;
  if ((i32[mbuf + MBuf.flags] & MF.RELEASED) !== 0) return;
  i32[mbuf + MBuf.flags] |= MF.RELEASED;
  PyObject_GC_UnTrack(rt, mbuf);
  const obj = i32[mbuf + MBuf.obj];
  i32[mbuf + MBuf.obj] = 0;
  if (obj === 0) return;
  const n = i32[mbuf + MBuf.len];
  const view: BufferView = {
    obj,
    buf: rt.f64[(mbuf + MBuf.buf) >> 1],
    len: n,
    readonly: i32[mbuf + MBuf.readonly] !== 0,
    itemsize: i32[mbuf + MBuf.itemsize],
    format: getFormat(rt, mbuf + MBuf.format),
    shape: [n],
    strides: [1],
  };
  PyBuffer_Release(rt, view);
}

export function mbuf_dealloc(rt: Runtime, mbuf: Ref): void {
  mbufRelease(rt, mbuf);
  PyObject_GC_Del(rt, mbuf);
}

export function mbuf_traverse(rt: Runtime, mbuf: Ref, visit: Visit): void {
  if (rt.i32[mbuf + MBuf.obj] !== 0) visit(rt.i32[mbuf + MBuf.obj]);
}

export function mbuf_clear(rt: Runtime, mbuf: Ref): void {
  if (rt.i32[mbuf + MBuf.exports] === 0) mbufRelease(rt, mbuf);
}

/** _memory_release: false if somebody still uses a buffer of this view. */
export function memory_release(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  if ((i32[p + MemView.flags] & MF.RELEASED) !== 0) return true;
  if (i32[p + MemView.exports] > 0) return false;
  i32[p + MemView.flags] |= MF.RELEASED;
  const mbuf = i32[p + MemView.mbuf];
  if (--i32[mbuf + MBuf.exports] === 0) mbufRelease(rt, mbuf);
  return true;
}

export function memory_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  memory_release(rt, p);
  clearField(rt, p + MemView.mbuf);
  if (rt.i32[p + MemView.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  PyObject_GC_Del(rt, p);
}

export function memory_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + MemView.mbuf] !== 0) visit(rt.i32[p + MemView.mbuf]);
}

export function memory_clear(rt: Runtime, p: Ref): void {
  if (rt.i32[p + MemView.exports] !== 0) return;
  memory_release(rt, p);
  clearField(rt, p + MemView.mbuf);
}
export { initMemoryView } from "./memorytype.ts";
