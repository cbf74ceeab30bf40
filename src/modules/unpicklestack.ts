/**
 * The unpickler's stack of objects (Pdata) and its stack of marks. Part of the modules, for _pickle.ts; layouts are in
 * picklestate.ts. Nothing below the topmost mark, the fence, can be popped.
 */
import { PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory } from "../objects/errors.ts";
import { Ob, TF } from "../objects/layout.ts";
import { listFromStack } from "../objects/list.ts";
import { decref, incref } from "../objects/refcount.ts";
import { registerOwned } from "../objects/roots.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { infoOf } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { PyTuple_FromArray } from "../objects/tuple.ts";
import type { NewRef, Ref, StolenRef } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc, PyMem_Realloc } from "../pymalloc/domains.ts";
import { Pdata, pickleState, Unpickler, unpicklingError } from "./picklestate.ts";

export function Pdata_New(rt: Runtime): NewRef {
  const s = PyObject_GC_New(rt, pickleState(rt).Pdata, Pdata.BYTES);
  const i32 = rt.i32;
  i32.fill(0, s + Pdata.size, s + Pdata.BYTES / 4);
  push(rt, s);
  const data = PyMem_Malloc(rt, 8 * 8);
  if (data === 0) throw noMemory(rt);
  i32[s + Pdata.data] = data;
  i32[s + Pdata.allocated] = 8;
  PyObject_GC_Track(rt, s);
  return pop(rt);
}

function Pdata_dealloc(rt: Runtime, s: Ref): void {
  const i32 = rt.i32;
  const type = i32[s + Ob.type];
  PyObject_GC_UnTrack(rt, s);
  const data = i32[s + Pdata.data];
  for (let i = i32[s + Pdata.size] - 1; i >= 0; i--) decref(rt, i32[data + 2 * i]);
  if (data !== 0) PyMem_Free(rt, data);
  infoOf(rt, s).tp_free!(rt, s);
  decref(rt, type);
}

export const stackOf = (rt: Runtime, u: Ref): Ref => rt.i32[u + Unpickler.stack];
export const stackSize = (rt: Runtime, u: Ref): number => rt.i32[stackOf(rt, u) + Pdata.size];
const fenceOf = (rt: Runtime, u: Ref): number => rt.i32[stackOf(rt, u) + Pdata.fence];

/** Word address of the object at place i. */
export const slotAt = (rt: Runtime, u: Ref, i: number): number => rt.i32[stackOf(rt, u) + Pdata.data] + 2 * i;

/** The error for a stack with too little on it. */
export function underflow(rt: Runtime, u: Ref): PyErr {
  const marked = rt.i32[stackOf(rt, u) + Pdata.mark_set] !== 0;
  return unpicklingError(rt, marked ? "unexpected MARK found" : "unpickling stack underflow");
}

function grow(rt: Runtime, s: Ref): void {
  const i32 = rt.i32;
  const n = i32[s + Pdata.allocated];
  const allocated = n + (n >> 3) + 6;
  const data = PyMem_Realloc(rt, i32[s + Pdata.data], 8 * allocated);
  if (data === 0) throw noMemory(rt);
  i32[s + Pdata.data] = data;
  i32[s + Pdata.allocated] = allocated;
}

/** PDATA_PUSH */
export function pushObject(rt: Runtime, u: Ref, obj: StolenRef): void {
  const i32 = rt.i32;
  const s = i32[u + Unpickler.stack];
  const n = i32[s + Pdata.size];
  if (n === i32[s + Pdata.allocated]) {
    push(rt, obj);
    grow(rt, s);
    pop(rt);
  }
  i32[i32[s + Pdata.data] + 2 * n] = obj;
  i32[s + Pdata.size] = n + 1;
}

/** PDATA_APPEND */
export function appendObject(rt: Runtime, u: Ref, obj: Ref): void {
  incref(rt, obj);
  pushObject(rt, u, obj);
}

/** Pdata_pop */
export function popObject(rt: Runtime, u: Ref): NewRef {
  const i32 = rt.i32;
  const s = i32[u + Unpickler.stack];
  const n = i32[s + Pdata.size] - 1;
  if (n < i32[s + Pdata.fence]) throw underflow(rt, u);
  i32[s + Pdata.size] = n;
  return i32[i32[s + Pdata.data] + 2 * n];
}

/** The topmost object, borrowed. */
export function topObject(rt: Runtime, u: Ref): Ref {
  const i32 = rt.i32;
  const s = i32[u + Unpickler.stack];
  const n = i32[s + Pdata.size];
  if (n <= i32[s + Pdata.fence]) throw underflow(rt, u);
  return i32[i32[s + Pdata.data] + 2 * n - 2];
}

/** Fails where fewer than n objects are above the fence. */
export function needObjects(rt: Runtime, u: Ref, n: number): void {
  if (stackSize(rt, u) - n < fenceOf(rt, u)) throw underflow(rt, u);
}

/** Pdata_clear: releases what is above place `to`. */
export function clearStack(rt: Runtime, u: Ref, to: number): void {
  const i32 = rt.i32;
  const s = stackOf(rt, u);
  for (let i = i32[s + Pdata.size] - 1; i >= to; i--) {
    const at = i32[s + Pdata.data] + 2 * i;
    const obj = i32[at];
    i32[s + Pdata.size] = i;
    decref(rt, obj);
  }
}

/** Pdata_poptuple: what is above place `start`. */
export function popTuple(rt: Runtime, u: Ref, start: number): NewRef {
  if (start < fenceOf(rt, u)) throw underflow(rt, u);
  const n = stackSize(rt, u) - start;
  const tuple = PyTuple_FromArray(rt, slotAt(rt, u, start), n, true);
  rt.i32[stackOf(rt, u) + Pdata.size] = start;
  return tuple;
}

/** Pdata_poplist */
export function popList(rt: Runtime, u: Ref, start: number): NewRef {
  const n = stackSize(rt, u) - start;
  const list = listFromStack(rt, slotAt(rt, u, start), n);
  rt.i32[stackOf(rt, u) + Pdata.size] = start;
  return list;
}

/** Is x a place that objects stand on, above an object that takes them? False where there is none to take. */
export function hasItems(rt: Runtime, u: Ref, x: number): boolean {
  const n = stackSize(rt, u);
  if (x > n || x <= fenceOf(rt, u)) throw underflow(rt, u);
  return n > x;
}

/** load_mark */
export function pushMark(rt: Runtime, u: Ref): void {
  const i32 = rt.i32;
  const n = i32[u + Unpickler.num_marks];
  if (n >= i32[u + Unpickler.marks_size]) {
    const size = 2 * n + 20;
    const old = i32[u + Unpickler.marks];
    const marks = old === 0 ? PyMem_Malloc(rt, 8 * size) : PyMem_Realloc(rt, old, 8 * size);
    if (marks === 0) throw noMemory(rt);
    i32[u + Unpickler.marks] = marks;
    i32[u + Unpickler.marks_size] = size;
  }
  const s = stackOf(rt, u);
  i32[s + Pdata.mark_set] = 1;
  i32[s + Pdata.fence] = i32[s + Pdata.size];
  i32[i32[u + Unpickler.marks] + 2 * n] = i32[s + Pdata.size];
  i32[u + Unpickler.num_marks] = n + 1;
}

/** Where the topmost mark stands, -1 where there is none. */
export function topMark(rt: Runtime, u: Ref): number {
  const i32 = rt.i32;
  const n = i32[u + Unpickler.num_marks];
  return n < 1 ? -1 : i32[i32[u + Unpickler.marks] + 2 * n - 2];
}

/** marker: takes the topmost mark off; where it stood. */
export function popMark(rt: Runtime, u: Ref): number {
  const mark = topMark(rt, u);
  if (mark < 0) throw unpicklingError(rt, "could not find MARK");
  const i32 = rt.i32;
  const n = --i32[u + Unpickler.num_marks];
  const s = stackOf(rt, u);
  i32[s + Pdata.mark_set] = n !== 0 ? 1 : 0;
  i32[s + Pdata.fence] = n !== 0 ? i32[i32[u + Unpickler.marks] + 2 * n - 2] : 0;
  return mark;
}

/** The type, a new reference. */
export function pdataType(rt: Runtime): NewRef {
  const type = defineType(rt, {
    name: "_pickle.Pdata",
    basicsize: Pdata.BYTES,
    itemsize: 8,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE,
    heap: true,
    slots: { tp_dealloc: Pdata_dealloc, tp_traverse: (r, s, visit) => visit(r.i32[s + Ob.type]) },
  });
  registerOwned(rt, type, (_rt, s, visit) => {
    const data = rt.i32[s + Pdata.data];
    for (let i = 0; i < rt.i32[s + Pdata.size]; i++) visit(rt.i32[data + 2 * i]);
  });
  return type;
}
