/** bytes_iterator and bytearray_iterator. Part of the object layer. */
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { dataOf, sizeOf } from "./bytescommon.ts";
import { defineType } from "./defineType.ts";
import { dict_getitem_str } from "./dict.ts";
import { TF } from "./layout.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "./long.ts";
import { clearField, newref, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref, type TypeSpec, type Visit } from "./typeinfo.ts";

/** striterobject, bytesiterobject */
const enum It {
  index = 4,
  seq = 6,
  BYTES = 32,
}

function iterOf(rt: Runtime, type: Ref, seq: Ref): NewRef {
  const it = PyObject_GC_New(rt, type, It.BYTES);
  const i32 = rt.i32;
  i32[it + It.index] = 0;
  i32[it + It.index + 1] = 0;
  i32[it + It.seq] = newref(rt, seq);
  PyObject_GC_Track(rt, it);
  return it;
}

export function bytes_iter(rt: Runtime, seq: Ref): NewRef {
  return iterOf(rt, rt.types.bytes_iterator, seq);
}

export function bytearray_iter(rt: Runtime, seq: Ref): NewRef {
  return iterOf(rt, rt.types.bytearray_iterator, seq);
}

function next(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const seq = i32[it + It.seq];
  if (seq === 0) return 0;
  const i = i32[it + It.index];
  if (i >= sizeOf(rt, seq)) {
    clearField(rt, it + It.seq);
    return 0;
  }
  i32[it + It.index] = i + 1;
  return PyLong_FromNumber(rt, rt.u8[dataOf(rt, seq) + i]);
}

function dealloc(rt: Runtime, it: Ref): void {
  PyObject_GC_UnTrack(rt, it);
  xdecref(rt, rt.i32[it + It.seq]);
  PyObject_GC_Del(rt, it);
}

function traverse(rt: Runtime, it: Ref, visit: Visit): void {
  const seq = rt.i32[it + It.seq];
  if (seq !== 0) visit(seq);
}

function lengthHint(rt: Runtime, it: Ref): NewRef {
  const seq = rt.i32[it + It.seq];
  return PyLong_FromNumber(rt, seq === 0 ? 0 : Math.max(0, sizeOf(rt, seq) - rt.i32[it + It.index]));
}

/** (iter, (sequence,), index), or (iter, ((),)) when used up. */
function reduce(rt: Runtime, it: Ref): NewRef {
  const iter = newref(rt, dict_getitem_str(rt, rt.builtinsDict, "iter"));
  push(rt, iter);
  const seq = rt.i32[it + It.seq];
  const args = seq === 0 ? PyTuple_Pack(rt, rt.emptyTuple) : PyTuple_Pack(rt, seq);
  push(rt, args);
  const index = PyLong_FromNumber(rt, rt.i32[it + It.index]);
  push(rt, index);
  const result = seq === 0 ? PyTuple_Pack(rt, iter, args) : PyTuple_Pack(rt, iter, args, index);
  drop(rt, 3);
  return result;
}

function setstate(rt: Runtime, it: Ref, state: Ref): NewRef {
  const index = PyLong_AsSsize_t(rt, state);
  const seq = rt.i32[it + It.seq];
  if (seq !== 0) rt.i32[it + It.index] = Math.max(0, Math.min(index, sizeOf(rt, seq)));
  return rt.None;
}

const methods: MethodDef[] = [
  { name: "__length_hint__", flags: METH.NOARGS, fn: lengthHint },
  { name: "__reduce__", flags: METH.NOARGS, fn: reduce },
  { name: "__setstate__", flags: METH.O, fn: setstate },
];

const spec = (name: string): TypeSpec => ({
  name,
  basicsize: It.BYTES,
  flags: TF.HAVE_GC,
  slots: { tp_dealloc: dealloc, tp_traverse: traverse, tp_iter: newref, tp_iternext: next },
  methods,
});

export function initBytesIterators(rt: Runtime): void {
  defineType(rt, spec("bytes_iterator"), rt.types.bytes_iterator);
  defineType(rt, spec("bytearray_iterator"), rt.types.bytearray_iterator);
}
