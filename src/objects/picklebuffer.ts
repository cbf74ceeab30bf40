/**
 * pickle.PickleBuffer: a buffer that a pickler may leave out of its stream. Part of the object layer (CPython's
 * Objects/picklebufobject.c); the type is made when the module _pickle is.
 *
 *   byte  16          96
 *         | Py_buffer | weak references |
 */
import { PyObject_GC_Del, PyObject_GC_UnTrack } from "./alloc.ts";
import { kwSpec, parseTupleKw } from "./argparse.ts";
import { type BufferView, isContiguous, PyBuffer_Release, PyObject_GetBuffer } from "./buffer.ts";
import { defineType } from "./defineType.ts";
import { raise, valueError } from "./errors.ts";
import { TF } from "./layout.ts";
import { MemView, newView, PyMemoryView_FromObject } from "./memoryview.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

const enum PickleBuf {
  /** Of the Py_buffer: a byte address (a float64), the exporter (0: released), length, size of an item, readonly, ndim. */
  buf = 4,
  obj = 6,
  len = 8,
  itemsize = 10,
  readonly = 12,
  ndim = 13,
  weakreflist = 24,
  BYTES = 104,
}

const NEW = kwSpec("PickleBuffer", "object, /");

function picklebuf_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [object] = parseTupleKw(rt, NEW, args, kwargs);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  push(rt, p);
  const view = PyObject_GetBuffer(rt, object);
  const i32 = rt.i32;
  rt.f64[(p + PickleBuf.buf) >> 1] = view.buf;
  i32[p + PickleBuf.obj] = view.obj;
  i32[p + PickleBuf.len] = view.len;
  i32[p + PickleBuf.itemsize] = view.itemsize;
  i32[p + PickleBuf.readonly] = view.readonly ? 1 : 0;
  i32[p + PickleBuf.ndim] = view.shape.length;
  return pop(rt);
}

/** Gives the exporter's buffer back. */
function releaseView(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const obj = i32[p + PickleBuf.obj];
  if (obj === 0) return;
  i32[p + PickleBuf.obj] = 0;
  const n = i32[p + PickleBuf.len];
  const readonly = i32[p + PickleBuf.readonly] !== 0;
  const [buf, itemsize] = [rt.f64[(p + PickleBuf.buf) >> 1], i32[p + PickleBuf.itemsize]];
  PyBuffer_Release(rt, { obj, buf, len: n, readonly, itemsize, format: "B", shape: [n], strides: [1] });
}

function exporterOf(rt: Runtime, p: Ref): Ref {
  const obj = rt.i32[p + PickleBuf.obj];
  if (obj === 0) throw valueError(rt, "operation forbidden on released PickleBuffer object");
  return obj;
}

/** PyPickleBuffer_GetBuffer: what the buffer shows, without a reference. */
export function pickleBufferView(rt: Runtime, p: Ref): BufferView {
  const view = PyObject_GetBuffer(rt, exporterOf(rt, p));
  const shown = { ...view, obj: 0 };
  PyBuffer_Release(rt, view);
  return shown;
}

/** PyBuffer_IsContiguous(view, 'A'): in the order of C or of Fortran. */
export function isContiguousAny(view: BufferView): boolean {
  if (isContiguous(view)) return true;
  return isContiguous({
    ...view,
    shape: [...view.shape].reverse(),
    strides: [...view.strides].reverse(),
  });
}

/** A memoryview of the bytes as they stand. */
function picklebuf_raw(rt: Runtime, p: Ref): NewRef {
  const view = pickleBufferView(rt, p);
  if (!isContiguousAny(view))
    throw raise(rt, rt.exc.BufferError, "cannot extract raw buffer from non-contiguous buffer");
  const m = PyMemoryView_FromObject(rt, p);
  if (view.format === "B" && view.shape.length === 1) return m;
  push(rt, m);
  const flat = { ...view, itemsize: 1, format: "B", shape: [view.len], strides: [1] };
  const raw = newView(rt, rt.i32[m + MemView.mbuf], flat);
  drop(rt);
  return raw;
}

function picklebuf_release(rt: Runtime, p: Ref): NewRef {
  releaseView(rt, p);
  return rt.None;
}

function picklebuf_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  if (rt.i32[p + PickleBuf.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  releaseView(rt, p);
  PyObject_GC_Del(rt, p);
}

function picklebuf_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + PickleBuf.obj] !== 0) visit(rt.i32[p + PickleBuf.obj]);
}

const KEY = "pickle.PickleBuffer";

/** The type. */
export function pickleBufferType(rt: Runtime): Ref {
  const known = rt.moduleState.get(KEY) as Ref | undefined;
  if (known !== undefined) return known;
  const type = definePickleBuffer(rt);
  rt.moduleState.set(KEY, type);
  return type;
}

function definePickleBuffer(rt: Runtime): Ref {
  return defineType(rt, {
    name: "pickle.PickleBuffer",
    basicsize: PickleBuf.BYTES,
    flags: TF.HAVE_GC,
    weaklistoffset: 4 * PickleBuf.weakreflist,
    doc: "A buffer that may travel beside a pickle.",
    slots: {
      tp_new: picklebuf_new,
      tp_dealloc: picklebuf_dealloc,
      tp_traverse: picklebuf_traverse,
      tp_clear: releaseView,
      bf_getbuffer: (rt, p, writable) => PyObject_GetBuffer(rt, exporterOf(rt, p), writable),
    },
    methods: [
      { name: "raw", flags: METH.NOARGS, fn: picklebuf_raw, doc: "The bytes as a memoryview." },
      { name: "release", flags: METH.NOARGS, fn: picklebuf_release, doc: "Gives the buffer back." },
    ],
  });
}
