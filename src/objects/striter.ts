/** Iterators over str: str_ascii_iterator and str_iterator. Part of the object layer. */
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { defineType } from "./defineType.ts";
import { dict_getitem_str } from "./dict.ts";
import { TF } from "./layout.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "./long.ts";
import { clearField, decref, incref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { isAscii, readChar, strData, strKind, strLength, unicode_char } from "./str.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref, type TypeSpec, type Visit } from "./typeinfo.ts";

/** unicodeiterobject */
const enum It {
  index = 4,
  seq = 6,
  BYTES = 32,
}

/** iter() of a str. */
export function unicode_iter(rt: Runtime, s: Ref): NewRef {
  const type = isAscii(rt, s) ? rt.types.str_ascii_iterator : rt.types.str_iterator;
  const it = PyObject_GC_New(rt, type, It.BYTES);
  const i32 = rt.i32;
  i32[it + It.index] = 0;
  i32[it + It.index + 1] = 0;
  incref(rt, s);
  i32[it + It.seq] = s;
  PyObject_GC_Track(rt, it);
  return it;
}

function finished(rt: Runtime, it: Ref): 0 {
  clearField(rt, it + It.seq);
  return 0;
}

/** tp_iternext of str_ascii_iterator: also called directly by compiled loops. */
export function asciiiter_next(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const s = i32[it + It.seq];
  if (s === 0) return 0;
  const i = i32[it + It.index];
  if (i >= strLength(rt, s)) return finished(rt, it);
  i32[it + It.index] = i + 1;
  return rt.latin1 + 16 * rt.u8[strData(rt, s) * 4 + i];
}

function unicodeiter_next(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const s = i32[it + It.seq];
  if (s === 0) return 0;
  const i = i32[it + It.index];
  if (i >= strLength(rt, s)) return finished(rt, it);
  const c = unicode_char(rt, readChar(rt, strKind(rt, s), strData(rt, s), i));
  i32[it + It.index] = i + 1;
  return c;
}

function dealloc(rt: Runtime, it: Ref): void {
  PyObject_GC_UnTrack(rt, it);
  const s = rt.i32[it + It.seq];
  if (s !== 0) decref(rt, s);
  PyObject_GC_Del(rt, it);
}

function traverse(rt: Runtime, it: Ref, visit: Visit): void {
  const s = rt.i32[it + It.seq];
  if (s !== 0) visit(s);
}

function lengthHint(rt: Runtime, it: Ref): NewRef {
  const s = rt.i32[it + It.seq];
  return PyLong_FromNumber(rt, s === 0 ? 0 : Math.max(0, strLength(rt, s) - rt.i32[it + It.index]));
}

function reduce(rt: Runtime, it: Ref): NewRef {
  const iter = newref(rt, dict_getitem_str(rt, rt.builtinsDict, "iter"));
  push(rt, iter);
  const s = rt.i32[it + It.seq];
  const args = PyTuple_Pack(rt, s === 0 ? rt.emptyStr : s);
  push(rt, args);
  const index = PyLong_FromNumber(rt, rt.i32[it + It.index]);
  push(rt, index);
  const result = s === 0 ? PyTuple_Pack(rt, iter, args) : PyTuple_Pack(rt, iter, args, index);
  drop(rt, 3);
  return result;
}

function setstate(rt: Runtime, it: Ref, state: Ref): NewRef {
  const index = PyLong_AsSsize_t(rt, state);
  const s = rt.i32[it + It.seq];
  if (s !== 0) rt.i32[it + It.index] = Math.max(0, Math.min(index, strLength(rt, s)));
  return newref(rt, rt.None);
}

const methods: MethodDef[] = [
  { name: "__length_hint__", flags: METH.NOARGS, fn: lengthHint },
  { name: "__reduce__", flags: METH.NOARGS, fn: reduce },
  { name: "__setstate__", flags: METH.O, fn: setstate },
];

function spec(name: string, next: (rt: Runtime, it: Ref) => NewRef): TypeSpec {
  return {
    name,
    basicsize: It.BYTES,
    flags: TF.HAVE_GC,
    slots: { tp_dealloc: dealloc, tp_traverse: traverse, tp_iter: newref, tp_iternext: next },
    methods,
  };
}

export function initStrIterators(rt: Runtime): void {
  defineType(rt, spec("str_iterator", unicodeiter_next), rt.types.str_iterator);
  defineType(rt, spec("str_ascii_iterator", asciiiter_next), rt.types.str_ascii_iterator);
}
