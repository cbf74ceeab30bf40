/** The types memoryview, memory_iterator and managedbuffer. Part of the object layer. */

import { PyObject_Hash } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { intArgument } from "./argnumbers.ts";
import { badArgument, checkArgs, kwSpec, parseFastKw, parseTupleKw } from "./argparse.ts";
import { type BufferView, isContiguous } from "./buffer.ts";
import { bytesData, PyBytes_New } from "./bytes.ts";
import { hexOf } from "./bytescase.ts";
import { copyView } from "./bytesnew.ts";
import { PyList_Check, PyLong_Check, PyTuple_Check, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { raise, typeError, valueError } from "./errors.ts";
import { _Py_HashBytes } from "./hash.ts";
import { itemSize } from "./itemcodes.ts";
import { TF } from "./layout.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "./long.ts";
import * as items from "./memoryitems.ts";
import {
  checkReleased,
  MBuf,
  MemView,
  MF,
  mbuf_clear,
  mbuf_dealloc,
  mbuf_traverse,
  memory_clear,
  memory_dealloc,
  memory_getbuffer,
  memory_release,
  memory_releasebuffer,
  memory_traverse,
  newView,
  PyMemoryView_FromObject,
  viewOf,
} from "./memoryview.ts";
import { clearField, newref, xdecref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS } from "./sequence.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "./tuple.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type Visit,
} from "./typeinfo.ts";

const NEW = kwSpec("memoryview", "object");

function memory_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [object] = parseTupleKw(rt, NEW, args, kwargs);
  return PyMemoryView_FromObject(rt, object);
}

function memory_length(rt: Runtime, self: Ref): number {
  checkReleased(rt, self);
  if (rt.i32[self + MemView.ndim] === 0) throw typeError(rt, "0-dim memory has no length");
  return rt.i32[self + MemView.array];
}

function memory_repr(rt: Runtime, self: Ref): NewRef {
  const kind = (rt.i32[self + MemView.flags] & MF.RELEASED) !== 0 ? "released memory" : "memory";
  return PyUnicode_FromJS(rt, `<${kind} at ${hexAddress(self)}>`);
}

/** The bytes in index order; Fortran order where asked for. */
function toBytes(rt: Runtime, view: BufferView, fortran: boolean): NewRef {
  const shown = fortran
    ? { ...view, shape: [...view.shape].reverse(), strides: [...view.strides].reverse() }
    : view;
  const b = PyBytes_New(rt, view.len);
  if (view.len > 0) copyView(rt, shown, bytesData(rt, b));
  return b;
}

const TOBYTES = kwSpec("tobytes", "order=");

function memory_tobytes(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [order] = parseFastKw(rt, TOBYTES, args, nargs, kwnames);
  checkReleased(rt, self);
  const ord = order === 0 || order === rt.None ? "C" : jsString(rt, order);
  if (ord !== "C" && ord !== "F" && ord !== "A") throw valueError(rt, "order must be 'C', 'F' or 'A'");
  const flags = rt.i32[self + MemView.flags];
  const fortran = ord === "F" || (ord === "A" && (flags & MF.FORTRAN) !== 0 && (flags & MF.C) === 0);
  return toBytes(rt, viewOf(rt, self), fortran);
}

const HEX = kwSpec("hex", "sep=, bytes_per_sep=");

function memory_hex(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [sep, per] = parseFastKw(rt, HEX, args, nargs, kwnames);
  const group = per === 0 ? 1 : intArgument(rt, per);
  checkReleased(rt, self);
  const b = toBytes(rt, viewOf(rt, self), false);
  push(rt, b);
  const text = hexOf(rt, bytesData(rt, b), rt.i32[self + MemView.len], sep, group);
  drop(rt);
  return text;
}

function memory_hash(rt: Runtime, self: Ref): number {
  const i32 = rt.i32;
  if ((i32[self + MemView.hash] & i32[self + MemView.hashHi]) === -1) {
    checkReleased(rt, self);
    const view = viewOf(rt, self);
    if (!view.readonly) throw valueError(rt, "cannot hash writable memoryview object");
    const code = items.nativeCode(view.format);
    if (code !== "B" && code !== "b" && code !== "c") {
      throw valueError(rt, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    }
    PyObject_Hash(rt, i32[self + MemView.obj]);
    push(rt, toBytes(rt, view, false));
    i32[self + MemView.hash] = _Py_HashBytes(rt, bytesData(rt, i32[mark(rt) - 2]), view.len);
    i32[self + MemView.hashHi] = rt.hashHi;
    drop(rt);
  }
  rt.hashHi = i32[self + MemView.hashHi];
  return i32[self + MemView.hash];
}

const CAST = kwSpec("cast", "format, shape=");

function memory_cast(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: Ref): NewRef {
  const [format, shape] = parseFastKw(rt, CAST, args, nargs, kwnames);
  if (!PyUnicode_Check(rt, format)) throw badArgument(rt, "cast", "argument 'format'", "str", format);
  checkReleased(rt, self);
  const view = viewOf(rt, self);
  if (!isContiguous(view)) throw typeError(rt, "memoryview: casts are restricted to C-contiguous views");
  if ((shape !== 0 || view.shape.length !== 1) && view.shape.includes(0)) {
    throw typeError(rt, "memoryview: cannot cast view with zeros in shape or strides");
  }
  const dims = shape === 0 ? null : shapeOf(rt, shape);
  if (dims !== null && view.shape.length !== 1 && dims.length !== 1) {
    throw typeError(rt, "memoryview: cast must be 1D -> ND or ND -> 1D");
  }
  castFormat(rt, view, jsString(rt, format));
  castShape(rt, view, dims);
  return newView(rt, rt.i32[self + MemView.mbuf], view);
}

/** cast_to_1D */
function castFormat(rt: Runtime, view: BufferView, format: string): void {
  const to = items.nativeCode(format);
  if (to === "") {
    const form = "a native single character format prefixed with an optional '@'";
    throw valueError(rt, `memoryview: destination format must be ${form}`);
  }
  const from = items.nativeCode(view.format);
  if (from === "") {
    const form = "a native single character format prefixed with an optional '@'";
    throw valueError(rt, `memoryview: source format must be ${form}`);
  }
  if (!"bBc".includes(from) && !"bBc".includes(to)) {
    throw typeError(rt, "memoryview: cannot cast between two non-byte formats");
  }
  const size = itemSize(to);
  if (view.len % size !== 0) throw typeError(rt, "memoryview: length is not a multiple of itemsize");
  view.format = format;
  view.itemsize = size;
  view.shape = [view.len / size];
  view.strides = [size];
}

function shapeOf(rt: Runtime, shape: Ref): number[] {
  if (!PyList_Check(rt, shape) && !PyTuple_Check(rt, shape))
    throw typeError(rt, "shape must be a list or a tuple");
  const n = PySequence_Fast_GET_SIZE(rt, shape);
  if (n > 64) throw valueError(rt, "memoryview: number of dimensions must not exceed 64");
  const dims: number[] = [];
  for (let i = 0; i < n; i++) {
    const item = rt.i32[PySequence_Fast_ITEMS(rt, shape) + 2 * i];
    if (!PyLong_Check(rt, item)) throw typeError(rt, "memoryview.cast(): elements of shape must be integers");
    const length = PyLong_AsSsize_t(rt, item);
    if (length <= 0) throw valueError(rt, "memoryview.cast(): elements of shape must be integers > 0");
    dims.push(length);
  }
  return dims;
}

/** cast_to_ND */
function castShape(rt: Runtime, view: BufferView, dims: number[] | null): void {
  if (dims === null) return;
  const total = dims.reduce((a, b) => a * b, view.itemsize);
  if (total !== view.len) throw typeError(rt, "memoryview: product(shape) * itemsize != buffer size");
  view.shape = dims;
  view.strides = dims.map((_, i) => dims.slice(i + 1).reduce((a, b) => a * b, view.itemsize));
}

function memory_toreadonly(rt: Runtime, self: Ref): NewRef {
  checkReleased(rt, self);
  return newView(rt, rt.i32[self + MemView.mbuf], { ...viewOf(rt, self), readonly: true });
}

function releaseMethod(rt: Runtime, self: Ref): NewRef {
  if (memory_release(rt, self)) return rt.None;
  const n = rt.i32[self + MemView.exports];
  throw raise(rt, rt.exc.BufferError, `memoryview has ${n} exported buffer${n === 1 ? "" : "s"}`);
}

function memory_enter(rt: Runtime, self: Ref): NewRef {
  checkReleased(rt, self);
  return newref(rt, self);
}

/** memoryview._from_flags(object, flags) */
function fromFlags(rt: Runtime, _cls: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "_from_flags", nargs, 2, 2);
  intArgument(rt, rt.i32[args + 2]);
  return PyMemoryView_FromObject(rt, rt.i32[args]);
}

const methods: MethodDef[] = [
  { name: "release", flags: METH.NOARGS, fn: releaseMethod, sig: "($self, /)" },
  { name: "tobytes", flags: METH.FASTCALL | METH.KEYWORDS, fn: memory_tobytes, sig: "($self, /, order='C')" },
  { name: "hex", flags: METH.FASTCALL | METH.KEYWORDS, fn: memory_hex },
  { name: "tolist", flags: METH.NOARGS, fn: items.memory_tolist, sig: "($self, /)" },
  { name: "cast", flags: METH.FASTCALL | METH.KEYWORDS, fn: memory_cast },
  { name: "toreadonly", flags: METH.NOARGS, fn: memory_toreadonly, sig: "($self, /)" },
  { name: "_from_flags", flags: METH.FASTCALL | METH.CLASS, fn: fromFlags, sig: "($type, /, object, flags)" },
  { name: "__enter__", flags: METH.NOARGS, fn: memory_enter },
  { name: "__exit__", flags: METH.FASTCALL, fn: (rt, self) => releaseMethod(rt, self) },
];

function numbers(rt: Runtime, values: number[]): NewRef {
  const t = PyTuple_New(rt, values.length);
  push(rt, t);
  for (let i = 0; i < values.length; i++) PyTuple_SET_ITEM(rt, t, i, PyLong_FromNumber(rt, values[i]));
  return pop(rt);
}

/** A property that a released view does not have. */
const getter = (name: string, read: (rt: Runtime, self: Ref, view: BufferView) => NewRef): GetSetDef => ({
  name,
  get: (rt, self) => {
    checkReleased(rt, self);
    return read(rt, self, viewOf(rt, self));
  },
});

const flag = (name: string, mask: number): GetSetDef =>
  getter(name, (rt, self) => ((rt.i32[self + MemView.flags] & mask) !== 0 ? rt.True : rt.False));

const getsets: GetSetDef[] = [
  getter("obj", (rt, self) => newref(rt, rt.i32[self + MemView.obj] || rt.None)),
  getter("nbytes", (rt, _self, view) => PyLong_FromNumber(rt, view.len)),
  getter("readonly", (rt, _self, view) => (view.readonly ? rt.True : rt.False)),
  getter("itemsize", (rt, _self, view) => PyLong_FromNumber(rt, view.itemsize)),
  getter("format", (rt, _self, view) => PyUnicode_FromJS(rt, view.format)),
  getter("ndim", (rt, _self, view) => PyLong_FromNumber(rt, view.shape.length)),
  getter("shape", (rt, _self, view) => numbers(rt, view.shape)),
  getter("strides", (rt, _self, view) => numbers(rt, view.strides)),
  getter("suboffsets", (rt) => numbers(rt, [])),
  flag("c_contiguous", MF.C),
  flag("f_contiguous", MF.FORTRAN),
  flag("contiguous", MF.C | MF.FORTRAN),
];

/** memoryiterobject */
const enum It {
  index = 4,
  seq = 6,
  length = 8,
  fmt = 10,
  BYTES = 48,
}

function memory_iter(rt: Runtime, self: Ref): NewRef {
  checkReleased(rt, self);
  const view = viewOf(rt, self);
  if (view.shape.length === 0) throw typeError(rt, "invalid indexing of 0-dim memory");
  if (view.shape.length !== 1) {
    throw raise(rt, rt.exc.NotImplementedError, "multi-dimensional sub-views are not implemented");
  }
  const it = PyObject_GC_New(rt, rt.types.memory_iterator, It.BYTES);
  const i32 = rt.i32;
  for (let w = It.index; w < It.BYTES / 4; w++) i32[it + w] = 0;
  i32[it + It.length] = view.shape[0];
  i32[it + It.seq] = newref(rt, self);
  PyObject_GC_Track(rt, it);
  return it;
}

function memoryiter_next(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const seq = i32[it + It.seq];
  if (seq === 0) return 0;
  const i = i32[it + It.index];
  if (i < i32[it + It.length]) {
    i32[it + It.index] = i + 1;
    return items.memory_item(rt, seq, i);
  }
  clearField(rt, it + It.seq);
  return 0;
}

function memoryiter_dealloc(rt: Runtime, it: Ref): void {
  PyObject_GC_UnTrack(rt, it);
  xdecref(rt, rt.i32[it + It.seq]);
  PyObject_GC_Del(rt, it);
}

function memoryiter_traverse(rt: Runtime, it: Ref, visit: Visit): void {
  if (rt.i32[it + It.seq] !== 0) visit(rt.i32[it + It.seq]);
}

/** Defines the three types. */
export function initMemoryView(rt: Runtime): void {
  const buffer = { tp_dealloc: mbuf_dealloc, tp_traverse: mbuf_traverse, tp_clear: mbuf_clear };
  defineType(
    rt,
    { name: "managedbuffer", basicsize: MBuf.BYTES, flags: TF.HAVE_GC, slots: buffer },
    rt.types.managedbuffer,
  );
  defineType(
    rt,
    {
      name: "memoryview",
      basicsize: MemView.BASIC_BYTES,
      itemsize: 8,
      flags: TF.HAVE_GC | TF.SEQUENCE,
      weaklistoffset: MemView.weakreflist * 4,
      slots: {
        tp_dealloc: trashed(memory_dealloc),
        tp_traverse: memory_traverse,
        tp_clear: memory_clear,
        tp_repr: memory_repr,
        tp_hash: memory_hash,
        tp_richcompare: items.memory_richcompare,
        tp_iter: memory_iter,
        tp_new: memory_new,
        sq_length: memory_length,
        sq_item: items.memory_item,
        mp_length: memory_length,
        mp_subscript: items.memory_subscript,
        mp_ass_subscript: items.memory_ass_sub,
        bf_getbuffer: memory_getbuffer,
        bf_releasebuffer: memory_releasebuffer,
      },
      methods,
      getsets,
    },
    rt.types.memoryview,
  );
  const iter = {
    tp_dealloc: memoryiter_dealloc,
    tp_traverse: memoryiter_traverse,
    tp_iter: newref,
    tp_iternext: memoryiter_next,
  };
  defineType(
    rt,
    { name: "memory_iterator", basicsize: It.BYTES, flags: TF.HAVE_GC, slots: iter },
    rt.types.memory_iterator,
  );
}
