/** The iterator of struct.iter_unpack. Part of the modules. */
import {
  PyObject_GC_Del,
  PyObject_GC_New,
  PyObject_GC_Track,
  PyObject_GC_UnTrack,
} from "../objects/alloc.ts";
import { bytesLike } from "../objects/buffer.ts";
import { defineType } from "../objects/defineType.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyMemoryView_FromObject, viewOf } from "../objects/memoryview.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop, push } from "../objects/stack.ts";
import { METH, type NewRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { unpackTuple } from "./_struct.ts";
import { type Format, structError } from "./structformat.ts";

/** unpackiterobject: the buffer is held by a memoryview; `format` is an index into a list of formats. */
const enum It {
  view = 4,
  format = 6,
  index = 8,
  BYTES = 112,
}

const formats: Format[] = [];

function formatNumber(f: Format): number {
  const i = formats.indexOf(f);
  return i >= 0 ? i : formats.push(f) - 1;
}

export function newUnpackIterator(rt: Runtime, type: Ref, f: Format, buffer: Ref): NewRef {
  if (f.size === 0) throw structError(rt, "cannot iteratively unpack with a struct of length 0");
  const { n } = bytesLike(rt, buffer);
  if (n % f.size !== 0) {
    throw structError(rt, `iterative unpacking requires a buffer of a multiple of ${f.size} bytes`);
  }
  push(rt, PyMemoryView_FromObject(rt, buffer));
  const it = PyObject_GC_New(rt, type, It.BYTES);
  const i32 = rt.i32;
  i32.fill(0, it + It.view, it + It.BYTES / 4);
  i32[it + It.view] = pop(rt);
  i32[it + It.format] = formatNumber(f);
  PyObject_GC_Track(rt, it);
  return it;
}

function next(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const view = i32[it + It.view];
  if (view === 0) return 0;
  const f = formats[i32[it + It.format]];
  const shown = viewOf(rt, view);
  const at = i32[it + It.index];
  if (at >= shown.len) {
    i32[it + It.view] = 0;
    decref(rt, view);
    return 0;
  }
  i32[it + It.index] = at + f.size;
  return unpackTuple(rt, f, shown.buf + at);
}

function lengthHint(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const view = i32[it + It.view];
  if (view === 0) return PyLong_FromNumber(rt, 0);
  return PyLong_FromNumber(
    rt,
    (viewOf(rt, view).len - i32[it + It.index]) / formats[i32[it + It.format]].size,
  );
}

function dealloc(rt: Runtime, it: Ref): void {
  const type = rt.i32[it + Ob.type];
  PyObject_GC_UnTrack(rt, it);
  const view = rt.i32[it + It.view];
  if (view !== 0) decref(rt, view);
  PyObject_GC_Del(rt, it);
  decref(rt, type);
}

function traverse(rt: Runtime, it: Ref, visit: Visit): void {
  visit(rt.i32[it + Ob.type]);
  if (rt.i32[it + It.view] !== 0) visit(rt.i32[it + It.view]);
}

export function unpackIteratorType(rt: Runtime): Ref {
  return defineType(rt, {
    name: "_struct.unpack_iterator",
    basicsize: It.BYTES,
    flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION,
    heap: true,
    slots: { tp_dealloc: dealloc, tp_traverse: traverse, tp_iter: newref, tp_iternext: next },
    methods: [{ name: "__length_hint__", flags: METH.NOARGS, fn: lengthHint }],
  });
}
