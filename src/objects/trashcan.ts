/**
 * The trashcan: deallocators of containers nest only so deep; what would nest deeper is put on a list and released when the
 * outermost deallocator is done. So a list nested a million deep is freed in constant JavaScript stack. Part of the object layer.
 */
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { Gc, Ob, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { Ref } from "./typeinfo.ts";

/** Cells of the trashcan. */
const enum Trash {
  depth = 1370,
  /** Objects waiting, linked through their GC head's prev field. */
  later = 1372,
  LIMIT = 50,
}

/**
 * Py_TRASHCAN_BEGIN: false when the object was put aside, and the deallocator must return at once. On true, the
 * deallocator does its work and calls `trashEnd`. An object is put aside only by the deallocator of its own type, not when
 * that of a subclass has begun the work and calls its base's.
 */
export function trashBegin(rt: Runtime, p: Ref, dealloc: (rt: Runtime, p: Ref) => void): boolean {
  const i32 = rt.i32;
  if (
    i32[Trash.depth] >= Trash.LIMIT &&
    rt.typeInfos[i32[i32[p + Ob.type] + Ty.info]].tp_dealloc === dealloc
  ) {
    deposit(rt, p);
    return false;
  }
  i32[Trash.depth]++;
  return true;
}

/** `dealloc` within the trashcan: for objects that may hold one of their own kind with nothing between. */
export function trashed(dealloc: (rt: Runtime, p: Ref) => void): (rt: Runtime, p: Ref) => void {
  const bounded = (rt: Runtime, p: Ref): void => {
    if (!trashBegin(rt, p, bounded)) return;
    dealloc(rt, p);
    trashEnd(rt);
  };
  return bounded;
}

function deposit(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  i32[p + Gc.prev] = i32[Trash.later];
  i32[Trash.later] = p;
}

/** Py_TRASHCAN_END */
export function trashEnd(rt: Runtime): void {
  const i32 = rt.i32;
  if (--i32[Trash.depth] === 0 && i32[Trash.later] !== 0) destroyChain(rt);
}

/** _PyTrash_thread_destroy_chain: releases what was put aside, which may put more aside. */
function destroyChain(rt: Runtime): void {
  const i32 = rt.i32;
  i32[Trash.depth]++;
  for (let p = i32[Trash.later]; p !== 0; p = i32[Trash.later]) {
    i32[Trash.later] = i32[p + Gc.prev];
    i32[p + Gc.prev] = 0;
    rt.typeInfos[i32[i32[p + Ob.type] + Ty.info]].tp_dealloc!(rt, p);
  }
  i32[Trash.depth]--;
}
