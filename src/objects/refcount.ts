/** Reference counting. Part of the object layer. Immortal objects have a negative count, which nothing changes. */
import { PyObject_Free } from "../pymalloc/domains.ts";
import { Ob, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { unicode_dealloc } from "./str.ts";
import { tupledealloc } from "./tuple.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";

/** Py_INCREF */
export function incref(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const r = i32[p];
  if (r >= 0) i32[p] = r + 1;
}

/** Py_NewRef: increments and returns the reference. */
export function newref(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const r = i32[p];
  if (r >= 0) i32[p] = r + 1;
  return p;
}

/** Py_XNewRef */
export function xnewref(rt: Runtime, p: OptRef): OptRef {
  if (p !== 0) incref(rt, p);
  return p;
}

/** Py_DECREF: frees at once when the count reaches zero. */
export function decref(rt: Runtime, p: StolenRef): void {
  const i32 = rt.i32;
  const r = i32[p] - 1;
  if (r > 0) i32[p] = r;
  else if (r === 0) _Py_Dealloc(rt, p);
}

/** Py_XDECREF */
export function xdecref(rt: Runtime, p: OptRef): void {
  if (p !== 0) decref(rt, p);
}

export function xincref(rt: Runtime, p: OptRef): void {
  if (p !== 0) incref(rt, p);
}

/** Py_CLEAR of the pointer field at word address `at`. */
export function clearField(rt: Runtime, at: number): void {
  const old = rt.i32[at];
  if (old !== 0) {
    rt.i32[at] = 0;
    decref(rt, old);
  }
}

/** Py_XSETREF: stores an owned reference (or 0) in the field at word address `at`, then releases the old one. */
export function setField(rt: Runtime, at: number, value: OptRef): void {
  const old = rt.i32[at];
  rt.i32[at] = value;
  if (old !== 0) decref(rt, old);
}

/** Runs the type's tp_dealloc on an object whose count has reached zero. */
export function _Py_Dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  i32[p] = 0;
  // The most frequent ones by direct calls.
  if (type === rt.types.int) PyObject_Free(rt, p);
  else if (type === rt.types.str) unicode_dealloc(rt, p);
  else if (type === rt.types.tuple) tupledealloc(rt, p);
  else rt.typeInfos[i32[type + Ty.info]].tp_dealloc!(rt, p);
}

export function typeOf(rt: Runtime, p: Ref): Ref {
  return rt.i32[p + Ob.type];
}
