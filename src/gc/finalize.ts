/**
 * What becomes of unreachable objects: weak references die and their callbacks are called, finalizers run once, what they
 * resurrect goes back, the rest is cleared. Part of gc/.
 */
import { Cell } from "../heap/cells.ts";
import { caught, clearError } from "../objects/errors.ts";
import { Gc, Ob, TF, Ty, WeakRef as Wr } from "../objects/layout.ts";
import { PyList_Append } from "../objects/list.ts";
import { incref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, mark, push } from "../objects/stack.ts";
import type { Ref, TypeInfo } from "../objects/typeinfo.ts";
import { PyErr_WriteUnraisable } from "../objects/unraisable.ts";
import { _PyWeakref_ClearRef, handle_callback, weakrefListPtr } from "../objects/weakref.ts";
import { deduce_unreachable } from "./deduce.ts";
import { isWeakrefType } from "./kinds.ts";
import {
  GcBit,
  gc_list_clear_collecting,
  gc_list_init,
  gc_list_is_empty,
  gc_list_merge,
  gc_list_move,
  gc_list_size,
  type Head,
} from "./lists.ts";
import { GcDebug } from "./state.ts";

/**
 * After it: `finalizers` holds the objects of `unreachable` whose type has a tp_del (a finalizer from before PEP 442, which
 * only extension types can have); NEXT_MASK_UNREACHABLE is off in both lists.
 */
export function move_legacy_finalizers(rt: Runtime, unreachable: Head, finalizers: Head): void {
  const i32 = rt.i32;
  let gc = i32[unreachable];
  while (gc !== unreachable) {
    i32[gc] &= ~GcBit.NEXT_MASK_UNREACHABLE;
    const next = i32[gc];
    if (infoOf(rt, gc + 4).tp_del !== null) {
      i32[gc + 2] &= ~GcBit.COLLECTING;
      gc_list_move(rt, gc, finalizers);
    }
    gc = next;
  }
}

/** After it: what is reachable from `finalizers` has moved there from the unreachable list. */
export function move_legacy_finalizer_reachable(rt: Runtime, finalizers: Head): void {
  const i32 = rt.i32;
  for (let gc = i32[finalizers]; gc !== finalizers; gc = i32[gc]) {
    infoOf(rt, gc + 4).tp_traverse?.(rt, gc + 4, (op) => {
      if (!isCollecting(rt, op)) return;
      i32[op + Gc.prev] &= ~GcBit.COLLECTING;
      gc_list_move(rt, op - 4, finalizers);
    });
  }
}

function isCollecting(rt: Runtime, op: Ref): boolean {
  const i32 = rt.i32;
  const type = i32[op + Ob.type];
  if ((i32[type + Ty.flags] & TF.HAVE_GC) === 0) return false;
  if (i32[type + Ty.flags] < 0 && (i32[op + Ty.flags] & TF.HEAPTYPE) === 0) return false;
  return (i32[op + Gc.prev] & GcBit.COLLECTING) !== 0;
}

/**
 * handle_weakrefs. After it: every weak reference to an unreachable object is dead, and every unreachable weak reference
 * too; the callbacks of those that are reachable themselves have been called. Returns how many objects that freed.
 */
export function handle_weakrefs(rt: Runtime, unreachable: Head, old: Head): number {
  const i32 = rt.i32;
  gc_list_init(rt, Cell.GC_WRCB_TO_CALL);
  let gc = i32[unreachable];
  while (gc !== unreachable) {
    const op = gc + 4;
    gc = i32[gc];
    if (isWeakrefType(rt, i32[op + Ob.type])) _PyWeakref_ClearRef(rt, op);
    clearList(rt, op);
  }
  return callCallbacks(rt, old);
}

/** Kills the references to one object; those whose callbacks must be called go to the list wrcb_to_call, held. */
function clearList(rt: Runtime, op: Ref): void {
  const i32 = rt.i32;
  const list = weakrefListPtr(rt, op);
  if (list === 0) return;
  for (let wr = i32[list]; wr !== 0; wr = i32[list]) {
    _PyWeakref_ClearRef(rt, wr);
    if (i32[wr + Wr.callback] === 0 || (i32[wr + Gc.prev] & GcBit.COLLECTING) !== 0) continue;
    incref(rt, wr);
    gc_list_move(rt, wr - 4, Cell.GC_WRCB_TO_CALL);
  }
}

function callCallbacks(rt: Runtime, old: Head): number {
  const i32 = rt.i32;
  const list = Cell.GC_WRCB_TO_CALL;
  let freed = 0;
  while (!gc_list_is_empty(rt, list)) {
    const gc = i32[list];
    const wr = gc + 4;
    push(rt, wr);
    handle_callback(rt, wr, i32[wr + Wr.callback]);
    drop(rt);
    if (i32[list] === gc) gc_list_move(rt, gc, old);
    else freed++;
  }
  return freed;
}

/**
 * finalize_garbage. After it: tp_finalize has been called on every object of the list that has one, once in its life. The
 * list has lost what the finalizers freed, and may hold what they resurrected.
 */
export function finalize_garbage(rt: Runtime, collectable: Head): void {
  const i32 = rt.i32;
  gc_list_init(rt, Cell.GC_SEEN);
  while (!gc_list_is_empty(rt, collectable)) {
    const gc = i32[collectable];
    const op = gc + 4;
    gc_list_move(rt, gc, Cell.GC_SEEN);
    if ((i32[gc + 2] & GcBit.FINALIZED) !== 0) continue;
    const finalize = infoOf(rt, op).tp_finalize;
    if (finalize === null) continue;
    i32[gc + 2] |= GcBit.FINALIZED;
    incref(rt, op);
    push(rt, op);
    finalize(rt, op);
    drop(rt);
  }
  gc_list_merge(rt, Cell.GC_SEEN, collectable);
}

/**
 * handle_resurrected_objects. After it: `still` holds what is unreachable even now, as move_legacy_finalizers leaves a
 * list; what finalizers made reachable is in `old`.
 */
export function handle_resurrected_objects(rt: Runtime, unreachable: Head, still: Head, old: Head): void {
  const i32 = rt.i32;
  gc_list_clear_collecting(rt, unreachable);
  deduce_unreachable(rt, unreachable, still);
  for (let gc = i32[still]; gc !== still; gc = i32[gc]) i32[gc] &= ~GcBit.NEXT_MASK_UNREACHABLE;
  gc_list_merge(rt, unreachable, old);
}

/**
 * delete_garbage. After it: the list is empty; tp_clear has broken its cycles, or the objects are in gc.garbage if
 * DEBUG_SAVEALL is set. What is alive still is in `old`.
 */
export function delete_garbage(rt: Runtime, collectable: Head, old: Head): void {
  const i32 = rt.i32;
  while (!gc_list_is_empty(rt, collectable)) {
    const gc = i32[collectable];
    const op = gc + 4;
    if ((i32[Cell.GC_DEBUG] & GcDebug.SAVEALL) !== 0) keepGarbage(rt, op);
    else clearObject(rt, op, infoOf(rt, op));
    if (i32[collectable] === gc) {
      i32[gc + 2] &= ~GcBit.COLLECTING;
      gc_list_move(rt, gc, old);
    }
  }
}

/** Into gc.garbage, where there is memory for it. */
function keepGarbage(rt: Runtime, op: Ref): void {
  const m = mark(rt);
  try {
    PyList_Append(rt, rt.i32[Cell.GC_GARBAGE], op);
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    clearError(rt);
  }
}

function clearObject(rt: Runtime, op: Ref, info: TypeInfo): void {
  if (info.tp_clear === null) return;
  incref(rt, op);
  push(rt, op);
  const m = mark(rt);
  try {
    info.tp_clear(rt, op);
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    PyErr_WriteUnraisable(rt, 0, `Exception ignored in tp_clear of ${typeNameOf(rt, op)}`);
  }
  drop(rt);
}

/** handle_legacy_finalizers: what cannot be collected goes to gc.garbage and to `old`. Returns how many. */
export function handle_legacy_finalizers(rt: Runtime, finalizers: Head, old: Head): number {
  const i32 = rt.i32;
  const n = gc_list_size(rt, finalizers);
  for (let gc = i32[finalizers]; gc !== finalizers; gc = i32[gc]) {
    const saveAll = (i32[Cell.GC_DEBUG] & GcDebug.SAVEALL) !== 0;
    if (saveAll || infoOf(rt, gc + 4).tp_del !== null) keepGarbage(rt, gc + 4);
  }
  gc_list_merge(rt, finalizers, old);
  return n;
}
