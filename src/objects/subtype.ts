/**
 * The life's end of instances of classes: `subtype_dealloc` with finalizer, weak references, slots and attributes, and what
 * the collector asks (`subtype_traverse`, `subtype_clear`). Part of the object layer (CPython's Objects/typeobject.c).
 */
import { gcDelWithPreheader, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { clear_inline_values } from "./dictvalues.ts";
import { Gc, Ob, TF, Ty } from "./layout.ts";
import { inlineValues, PyObject_ClearManagedDict, PyObject_VisitManagedDict } from "./managed.ts";
import { clearField, decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import type { NewRef, OptRef, Ref, TypeInfo, Visit } from "./typeinfo.ts";
import { clearWeakRefsNoCallbacks, PyObject_ClearWeakRefs } from "./weakref.ts";

/** PyMemberDef, as it stands behind a class that has `__slots__`: 40 bytes each; word offsets of the fields used. */
export const enum MemberDefWord {
  name = 0,
  type = 2,
  offset = 4,
  flags = 6,
  WORDS = 10,
}

/** Bits of PyGC_Head's prev field. */
const PREV_FINALIZED = 1;

function infoOfType(rt: Runtime, type: Ref): TypeInfo {
  return rt.typeInfos[rt.i32[type + Ty.info]];
}

/** Word address of the slot definitions behind a class (PyHeapType_GET_MEMBERS). */
export function heapTypeMembers(rt: Runtime, type: Ref): number {
  return type + (rt.i32[rt.i32[type + Ob.type] + Ty.basicsize] >> 2);
}

/** tp_dealloc of every class made by a class statement. */
export function subtype_dealloc(rt: Runtime, self: Ref): void {
  const i32 = rt.i32;
  const type = i32[self + Ob.type];
  if ((i32[type + Ty.flags] & TF.HAVE_GC) === 0) {
    deallocPlain(rt, self, type);
    return;
  }
  PyObject_GC_UnTrack(rt, self);
  if (!trashBegin(rt, self, subtype_dealloc)) return;
  if ((i32[type + Ty.flags] & TF.INLINE_VALUES) !== 0) deallocInline(rt, self, type);
  else if (finalizeInstance(rt, self, type)) releaseInstance(rt, self, type);
  trashEnd(rt);
}

/** An instance with inline values is no bigger than object: it has no slots, and its native base is object itself. */
function deallocInline(rt: Runtime, self: Ref, type: Ref): void {
  const i32 = rt.i32;
  const info = infoOfType(rt, type);
  const plain = info.tp_finalize === null && info.tp_del === null && i32[self + Gc.weakref] === 0;
  if (!plain && !finalizeInstance(rt, self, type)) return;
  if (i32[self + Gc.dict] === 0) clear_inline_values(rt, inlineValues(self));
  else PyObject_ClearManagedDict(rt, self);
  const last = i32[self + Ob.type];
  gcDelWithPreheader(rt, self, 16);
  decref(rt, last);
}

/** The nearest base whose deallocator is not subtype_dealloc. */
function nativeBase(rt: Runtime, type: Ref): Ref {
  let base = type;
  while (infoOfType(rt, base).tp_dealloc === subtype_dealloc) base = rt.i32[base + Ty.base];
  return base;
}

/** An instance without GC head: nothing but a finalizer can be its class's own. */
function deallocPlain(rt: Runtime, self: Ref, type: Ref): void {
  if (infoOfType(rt, type).tp_finalize !== null && PyObject_CallFinalizerFromDealloc(rt, self)) return;
  callBaseDealloc(rt, self, nativeBase(rt, type));
}

function callBaseDealloc(rt: Runtime, self: Ref, base: Ref): void {
  const i32 = rt.i32;
  const type = i32[self + Ob.type];
  const needsDecref =
    (i32[type + Ty.flags] & TF.HEAPTYPE) !== 0 && (i32[base + Ty.flags] & TF.HEAPTYPE) === 0;
  infoOfType(rt, base).tp_dealloc!(rt, self);
  if (needsDecref) decref(rt, type);
}

/** Runs `__del__` and the callbacks of weak references; false when the object has come back to life. */
function finalizeInstance(rt: Runtime, self: Ref, type: Ref): boolean {
  const i32 = rt.i32;
  const info = infoOfType(rt, type);
  if (info.tp_finalize === null && info.tp_del === null && i32[type + Ty.weaklistoffset] === 0) return true;
  const base = nativeBase(rt, type);
  if (info.tp_finalize !== null) {
    PyObject_GC_Track(rt, self);
    if (PyObject_CallFinalizerFromDealloc(rt, self)) return false;
    PyObject_GC_UnTrack(rt, self);
  }
  if (i32[type + Ty.weaklistoffset] !== 0 && i32[base + Ty.weaklistoffset] === 0) {
    if (hasWeakrefs(rt, self, type)) PyObject_ClearWeakRefs(rt, self);
    if (info.tp_finalize !== null && hasWeakrefs(rt, self, type)) clearWeakRefsNoCallbacks(rt, self);
  }
  return true;
}

function hasWeakrefs(rt: Runtime, self: Ref, type: Ref): boolean {
  const offset = rt.i32[type + Ty.weaklistoffset];
  return rt.i32[offset < 0 ? self + Gc.weakref : self + (offset >> 2)] !== 0;
}

/** Releases slots and attributes, then hands the object to the native base's deallocator. */
function releaseInstance(rt: Runtime, self: Ref, type: Ref): void {
  const i32 = rt.i32;
  let base = type;
  while (infoOfType(rt, base).tp_dealloc === subtype_dealloc) {
    if (i32[base + Ob.size] !== 0) clear_slots(rt, base, self);
    base = i32[base + Ty.base];
  }
  if ((i32[type + Ty.flags] & TF.MANAGED_DICT) !== 0) PyObject_ClearManagedDict(rt, self);
  else if (i32[type + Ty.dictoffset] > 0 && i32[base + Ty.dictoffset] === 0) {
    clearField(rt, self + (i32[type + Ty.dictoffset] >> 2));
  }
  if ((i32[base + Ty.flags] & TF.HAVE_GC) !== 0) PyObject_GC_Track(rt, self);
  callBaseDealloc(rt, self, base);
}

/** Releases what the object holds in the slots that this class added. */
function clear_slots(rt: Runtime, type: Ref, self: Ref): void {
  const i32 = rt.i32;
  const members = heapTypeMembers(rt, type);
  const n = i32[type + Ob.size];
  for (let k = 0; k < n; k++) {
    const m = members + k * MemberDefWord.WORDS;
    if (i32[m + MemberDefWord.flags] === 0) clearField(rt, self + (i32[m + MemberDefWord.offset] >> 2));
  }
}

function traverse_slots(rt: Runtime, type: Ref, self: Ref, visit: Visit): void {
  const i32 = rt.i32;
  const members = heapTypeMembers(rt, type);
  const n = i32[type + Ob.size];
  for (let k = 0; k < n; k++) {
    const m = members + k * MemberDefWord.WORDS;
    if (i32[m + MemberDefWord.flags] !== 0) continue;
    const value = i32[self + (i32[m + MemberDefWord.offset] >> 2)];
    if (value !== 0) visit(value);
  }
}

export function subtype_traverse(rt: Runtime, self: Ref, visit: Visit): void {
  const i32 = rt.i32;
  const type = i32[self + Ob.type];
  let base = type;
  while (infoOfType(rt, base).tp_traverse === subtype_traverse) {
    if (i32[base + Ob.size] !== 0) traverse_slots(rt, base, self, visit);
    base = i32[base + Ty.base];
  }
  const native = infoOfType(rt, base).tp_traverse;
  if ((i32[type + Ty.flags] & TF.MANAGED_DICT) !== 0) PyObject_VisitManagedDict(rt, self, visit);
  else if (i32[type + Ty.dictoffset] !== i32[base + Ty.dictoffset]) {
    const dict = i32[self + (i32[type + Ty.dictoffset] >> 2)];
    if (dict !== 0) visit(dict);
  }
  // The native base visits the type itself if it is a heap type too.
  if (native === null || (i32[base + Ty.flags] & TF.HEAPTYPE) === 0) visit(type);
  if (native !== null) native(rt, self, visit);
}

export function subtype_clear(rt: Runtime, self: Ref): void {
  const i32 = rt.i32;
  const type = i32[self + Ob.type];
  let base = type;
  while (infoOfType(rt, base).tp_clear === subtype_clear) {
    if (i32[base + Ob.size] !== 0) clear_slots(rt, base, self);
    base = i32[base + Ty.base];
  }
  if ((i32[type + Ty.flags] & TF.MANAGED_DICT) !== 0) {
    if ((i32[base + Ty.flags] & TF.MANAGED_DICT) === 0) PyObject_ClearManagedDict(rt, self);
  } else if (i32[type + Ty.dictoffset] !== i32[base + Ty.dictoffset]) {
    clearField(rt, self + (i32[type + Ty.dictoffset] >> 2));
  }
  infoOfType(rt, base).tp_clear?.(rt, self);
}

/** Runs the finalizer of an object once in its life (PyObject_CallFinalizer). */
export function PyObject_CallFinalizer(rt: Runtime, self: Ref): void {
  const i32 = rt.i32;
  const type = i32[self + Ob.type];
  const finalize = infoOfType(rt, type).tp_finalize;
  if (finalize === null) return;
  const gc = (i32[type + Ty.flags] & TF.HAVE_GC) !== 0;
  if (gc && (i32[self + Gc.prev] & PREV_FINALIZED) !== 0) return;
  finalize(rt, self);
  if (gc) i32[self + Gc.prev] |= PREV_FINALIZED;
}

/** The finalizer of an object whose count has reached zero; true when it has been resurrected and must be left alone. */
export function PyObject_CallFinalizerFromDealloc(rt: Runtime, self: Ref): boolean {
  const i32 = rt.i32;
  i32[self] = 1;
  PyObject_CallFinalizer(rt, self);
  if (i32[self] === 1) {
    i32[self] = 0;
    return false;
  }
  i32[self]--;
  return true;
}

/** tp_new of types that need only be allocated (PyType_GenericNew). */
export function PyType_GenericNew(rt: Runtime, type: Ref, _args: Ref, _kwargs: OptRef): NewRef {
  return infoOfType(rt, type).tp_alloc!(rt, type, 0);
}

export { PyType_GenericAlloc } from "./managed.ts";
