/**
 * How deep calls may go: sys.setrecursionlimit(), and the room on JavaScript's own stack. Part of the object layer.
 *
 * JavaScript's stack may be shorter than the limit asks for, and an overflow in the middle of an operation would leave the
 * heap half changed. So Cell.RECURSION_REMAINING is given out in steps: what is left in all is that and
 * `rt.recursionWithheld`. When a step is used up and the stack has no room for the next, there is a RecursionError, at a
 * place where one is expected. Native recursion is probed every few levels once it is deep.
 */
import { Cell } from "../heap/cells.ts";
import type { Runtime } from "./runtime.ts";

/** Levels that any stack has room for, and levels between two probes. */
const FREE_LEVELS = 300;
const STEP = 32;
/** Native levels before the first probe, and between two of them (a power of two). */
const FREE_NATIVE = 100;
const NATIVE_STEP = 16;
/** Arguments of the probing call: 8 bytes of stack each. It must hold what a step can use. */
const PROBE = new Array<number>(16_000).fill(0);

function nothing(): void {}

/** Has JavaScript's stack room for another step? */
export function hasStackRoom(): boolean {
  try {
    nothing.apply(null, PROBE as []);
    return true;
  } catch {
    // The stack is full: that is the answer.
    return false;
  }
}

/** Python calls that are running. */
export function recursionDepth(rt: Runtime): number {
  return rt.recursionLimit - rt.i32[Cell.RECURSION_REMAINING] - rt.recursionWithheld;
}

/** Sets the limit, at the depth where the program is. */
export function setRecursionLimit(rt: Runtime, limit: number): void {
  const left = limit - recursionDepth(rt);
  rt.recursionLimit = limit;
  giveOut(rt, left, Math.min(left, STEP));
}

function giveOut(rt: Runtime, left: number, now: number): void {
  rt.i32[Cell.RECURSION_REMAINING] = now;
  rt.recursionWithheld = left - now;
}

/** Called when RECURSION_REMAINING has gone below 0: gives out another step, or answers false. */
export function extendRecursion(rt: Runtime): boolean {
  if (rt.recursionWithheld <= 0) return false;
  const left = rt.i32[Cell.RECURSION_REMAINING] + rt.recursionWithheld;
  if (left < 0) return false;
  const depth = rt.recursionLimit - left;
  if (depth >= FREE_LEVELS && !hasStackRoom()) return false;
  giveOut(rt, left, Math.min(left, Math.max(STEP, FREE_LEVELS - depth)));
  return true;
}

/**
 * May a generator be resumed here? A chain of them comes to the same depths again and again, with frames of other sizes
 * when JavaScript has compiled it anew, so levels that were given out are probed as well.
 */
export function mayResume(rt: Runtime): boolean {
  const left = rt.i32[Cell.RECURSION_REMAINING];
  if (left <= 0) return extendRecursion(rt);
  return (left & (STEP - 1)) !== 0 || recursionDepth(rt) < FREE_LEVELS || hasStackRoom();
}

/** After a RecursionError: every step is asked for again, as other calls may need more stack than those did. */
export function withholdRecursion(rt: Runtime): void {
  rt.recursionWithheld += rt.i32[Cell.RECURSION_REMAINING];
  rt.i32[Cell.RECURSION_REMAINING] = 0;
}

/**
 * Takes back what a deep recursion was given and has left: another may come to the same depths with larger frames, as V8
 * compiles functions anew, so it is to ask for every step again.
 */
export function withholdStale(rt: Runtime): void {
  const given = rt.recursionLimit - rt.recursionWithheld;
  if (given > FREE_LEVELS + STEP && rt.i32[Cell.RECURSION_REMAINING] > 2 * STEP) withholdRecursion(rt);
}

/** One level of native recursion down: is there room? `left` is what is left of the limit. */
export function hasNativeRoom(left: number, limit: number): boolean {
  return (left & (NATIVE_STEP - 1)) !== 0 || limit - left < FREE_NATIVE || hasStackRoom();
}
