/**
 * Making and freeing objects: PyObject_New, PyObject_GC_New and the links into the collector's youngest list. Part of the
 * object layer; the collector proper is in gc/.
 */
import { Cell, HookBit } from "../heap/cells.ts";
import { PyObject_Free, PyObject_Malloc } from "../pymalloc/domains.ts";
import { noMemory } from "./errors.ts";
import { Gc, Ob, TF, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** PyObject_Malloc of an object without GC head, header filled in: count 1. `bytes` is the whole size. */
export function PyObject_New(rt: Runtime, type: Ref, bytes: number): NewRef {
  const p = PyObject_Malloc(rt, bytes);
  if (p === 0) throw noMemory(rt);
  const i32 = rt.i32;
  i32[p] = 1;
  i32[p + Ob.type] = type;
  if ((i32[type + Ty.flags] & TF.HEAPTYPE) !== 0) i32[type]++;
  return p;
}

/** _PyTraceMalloc_TraceRef: an object from a free list, whose block starts at `block`, counts as allocated here. */
export function traceReuse(rt: Runtime, block: number): void {
  if ((rt.i32[Cell.HOOKS] & HookBit.Trace) !== 0) rt.newReference!(block);
}

/** An object with a GC head, untracked, count 1. `bytes` is the object's size without the head. Fields are not cleared. */
export function PyObject_GC_New(rt: Runtime, type: Ref, bytes: number): NewRef {
  return gcNewWithPreheader(rt, type, bytes, 0);
}

/** As PyObject_GC_New, with `pre` bytes (0 or 16: managed dict and weak list) before the GC head; these are cleared. */
export function gcNewWithPreheader(rt: Runtime, type: Ref, bytes: number, pre: number): NewRef {
  const block = PyObject_Malloc(rt, bytes + Gc.HEAD_BYTES + pre);
  if (block === 0) throw noMemory(rt);
  const i32 = rt.i32;
  const p = block + ((Gc.HEAD_BYTES + pre) >> 2);
  if (pre !== 0) {
    i32[p + Gc.dict] = 0;
    i32[p + Gc.weakref] = 0;
  }
  i32[p + Gc.next] = 0;
  i32[p + Gc.prev] = 0;
  i32[p] = 1;
  i32[p + Ob.type] = type;
  if ((i32[type + Ty.flags] & TF.HEAPTYPE) !== 0 && i32[type] >= 0) i32[type]++;
  _PyObject_GC_Link(rt);
  return p;
}

/** Counts a new container in generation 0 and schedules a collection when the threshold is passed. */
export function _PyObject_GC_Link(rt: Runtime): void {
  const i32 = rt.i32;
  const n = ++i32[Cell.GC_COUNT0];
  if (
    n > i32[Cell.GC_THRESHOLD0] &&
    i32[Cell.GC_ENABLED] !== 0 &&
    i32[Cell.GC_THRESHOLD0] !== 0 &&
    i32[Cell.GC_COLLECTING] === 0
  ) {
    i32[Cell.EVAL_BREAKER] |= EvalBreaker.GC_SCHEDULED;
  }
}

/** Bits of Cell.EVAL_BREAKER. */
export const enum EvalBreaker {
  SIGNALS = 1,
  GC_SCHEDULED = 2,
  TRACE = 4,
  /** The program is young: it is looked whether it has become one that Ctrl-C may want to end. */
  WATCH = 8,
}

/** PyObject_GC_Track: appends the object to the youngest generation's list. */
export function PyObject_GC_Track(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const head = p - 4;
  const last = i32[Cell.GC_GEN0 + 2];
  i32[last] = head;
  i32[head + 2] = last | (i32[head + 2] & 3);
  i32[head] = Cell.GC_GEN0;
  i32[Cell.GC_GEN0 + 2] = head;
}

/** PyObject_GC_UnTrack: takes the object off its list, if it is on one. */
export function PyObject_GC_UnTrack(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const next = i32[p + Gc.next];
  if (next === 0) return;
  const prev = i32[p + Gc.prev] & ~3;
  i32[prev] = next;
  i32[next + 2] = prev | (i32[next + 2] & 3);
  i32[p + Gc.next] = 0;
  i32[p + Gc.prev] &= 1;
}

/** PyObject_GC_Del: frees the memory of a container (tracked or not) of a type without pre-header. */
export function PyObject_GC_Del(rt: Runtime, p: Ref): void {
  gcDelWithPreheader(rt, p, 0);
}

export function gcDelWithPreheader(rt: Runtime, p: Ref, pre: number): void {
  const i32 = rt.i32;
  if (i32[p + Gc.next] !== 0) PyObject_GC_UnTrack(rt, p);
  if (i32[Cell.GC_COUNT0] > 0) i32[Cell.GC_COUNT0]--;
  PyObject_Free(rt, p - ((Gc.HEAD_BYTES + pre) >> 2));
}

/** Is the collector concerned with this object (its type has HAVE_GC, and tp_is_gc agrees)? */
export function PyObject_IS_GC(rt: Runtime, p: Ref): boolean {
  const type = rt.i32[p + Ob.type];
  if ((rt.i32[type + Ty.flags] & TF.HAVE_GC) === 0) return false;
  const isGc = rt.typeInfos[rt.i32[type + Ty.info]].tp_is_gc;
  return isGc === null || isGc(rt, p);
}
