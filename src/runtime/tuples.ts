/**
 * Tuples as compiled code makes and takes apart: small ones from their free lists, and back to them, without a count being
 * touched where the items only move. Part of the runtime; closures over one heap (see fast.ts).
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GC_UnTrack, traceReuse } from "../objects/alloc.ts";
import { Free } from "../objects/freelists.ts";
import { Gc, Ob, Tuple } from "../objects/layout.ts";
import { decref, incref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PyTuple_FromArray } from "../objects/tuple.ts";
import type { NewRef, StolenRef } from "../objects/typeinfo.ts";
import { unpack } from "./iteration.ts";

export function makeTuples(rt: Runtime) {
  const i32 = rt.i32;
  const TUPLE = rt.types.tuple;

  /** A tuple of n items from the free list, tracked already, its items still to be stored; 0 where there is none. */
  function reuse(n: number): number {
    const head = Free.tuples - 2 + 2 * n;
    const p = i32[head];
    if (p === 0) return 0;
    i32[head] = i32[p + Tuple.items];
    i32[Free.tupleCounts - 2 + 2 * n]--;
    i32[p] = 1;
    traceReuse(rt, p - 4);
    const last = i32[Cell.GC_GEN0 + 2];
    i32[last] = p - 4;
    i32[p - 2] = last | (i32[p - 2] & 3);
    i32[p - 4] = Cell.GC_GEN0;
    i32[Cell.GC_GEN0 + 2] = p - 4;
    return p;
  }

  /** (a, b), both owned; `top`: free slots in which they wait while the tuple is allocated. */
  function tuple2(a: StolenRef, b: StolenRef, top: number): NewRef {
    const p = reuse(2);
    if (p === 0) {
      i32[top] = a;
      i32[top + 2] = b;
      return PyTuple_FromArray(rt, top, 2, true);
    }
    i32[p + Tuple.items] = a;
    i32[p + Tuple.items + 2] = b;
    return p;
  }

  /** (a, b, c), likewise. */
  function tuple3(a: StolenRef, b: StolenRef, c: StolenRef, top: number): NewRef {
    const p = reuse(3);
    if (p === 0) {
      i32[top] = a;
      i32[top + 2] = b;
      i32[top + 4] = c;
      return PyTuple_FromArray(rt, top, 3, true);
    }
    i32[p + Tuple.items] = a;
    i32[p + Tuple.items + 2] = b;
    i32[p + Tuple.items + 4] = c;
    return p;
  }

  /** Gives a tuple whose items have been moved out to its free list; false: that is full. */
  function giveBack(t: number, n: number): boolean {
    const count = Free.tupleCounts - 2 + 2 * n;
    if (n > Free.TUPLE_SIZES || i32[count] >= Free.MAX_TUPLES) return false;
    const head = Free.tuples - 2 + 2 * n;
    i32[t + Tuple.items] = i32[head];
    i32[head] = t;
    i32[count]++;
    return true;
  }

  /** Unpacks a sequence, which is consumed, into n slots from `at`; the slot behind them is free. */
  function spread(t: StolenRef, at: number, n: number): void {
    if (i32[t + Ob.type] !== TUPLE || i32[t + Tuple.size] !== n) {
      i32[at + 2 * n] = t;
      unpack(rt, t, at, n);
      i32[at + 2 * n] = 0;
      decref(rt, t);
      return;
    }
    for (let i = 0; i < 2 * n; i += 2) i32[at + i] = i32[t + Tuple.items + i];
    if (i32[t] === 1) {
      if (i32[t + Gc.next] !== 0) PyObject_GC_UnTrack(rt, t);
      if (giveBack(t, n)) return;
    }
    for (let i = 0; i < 2 * n; i += 2) incref(rt, i32[at + i]);
    decref(rt, t);
  }

  return { tuple2, tuple3, spread };
}
