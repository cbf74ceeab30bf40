/**
 * The native stack: where native code keeps the owned references it holds across anything that can call Python or raise.
 * It is the top of the data stack, above the frame that called. Unwinding to a compiled frame releases all that stands
 * above that frame, so native code needs no try/finally: push, work, pop. Part of the object layer.
 *
 *   | frame | localsplus, evaluation stack | native references ... | next frame | ...
 *                                          ^ end of frame          ^ Cell.SP
 */
import { Cell } from "../heap/cells.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, OptRef, StolenRef } from "./typeinfo.ts";

/** Puts an owned reference (or 0) on the native stack; returns its slot (a word address) for reading or replacing it. */
export function push(rt: Runtime, ref: StolenRef | 0): number {
  const i32 = rt.i32;
  const sp = i32[Cell.SP];
  i32[sp] = ref;
  i32[Cell.SP] = sp + 2;
  return sp;
}

/** Takes the topmost reference off: the caller owns it again. */
export function pop(rt: Runtime): NewRef {
  const i32 = rt.i32;
  const sp = i32[Cell.SP] - 2;
  i32[Cell.SP] = sp;
  const ref = i32[sp];
  i32[sp] = 0;
  return ref;
}

/** Takes the topmost n references off and releases them, the last pushed first. */
export function drop(rt: Runtime, n = 1): void {
  for (; n > 0; n--) {
    const ref = pop(rt);
    if (ref !== 0) decref(rt, ref);
  }
}

/** The height of the native stack, for dropTo. */
export function mark(rt: Runtime): number {
  return rt.i32[Cell.SP];
}

/** Releases everything pushed since `to = mark(rt)`. Every JavaScript `catch` that goes on calls this first. */
export function dropTo(rt: Runtime, to: number): void {
  const i32 = rt.i32;
  while (i32[Cell.SP] > to) {
    const ref: OptRef = pop(rt);
    if (ref !== 0) decref(rt, ref);
  }
}
