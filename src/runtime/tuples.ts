/**
 * Tuples as compiled code makes and takes apart: small ones from their free lists, and back to them, without a count being
 * touched where the items only move. Part of the runtime; closures over one heap (see fast.ts).
 */
import { PyObject_GC_Track, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { Free } from "../objects/freelists.ts";
import { Ob, Tuple } from "../objects/layout.ts";
import { decref, incref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PyTuple_FromArray, tuple_alloc, tupleToFreeList } from "../objects/tuple.ts";
import type { NewRef, StolenRef } from "../objects/typeinfo.ts";
import { unpack } from "./iteration.ts";

export function makeTuples(rt: Runtime) {
  const i32 = rt.i32;
  const TUPLE = rt.types.tuple;

  /** (a, b), both owned; `top`: free slots in which they wait while the tuple is allocated. */
  function tuple2(a: StolenRef, b: StolenRef, top: number): NewRef {
    if (i32[Free.tuples + 2] === 0) {
      i32[top] = a;
      i32[top + 2] = b;
      return PyTuple_FromArray(rt, top, 2, true);
    }
    const p = tuple_alloc(rt, 2);
    i32[p + Tuple.items] = a;
    i32[p + Tuple.items + 2] = b;
    PyObject_GC_Track(rt, p);
    return p;
  }

  /** (a, b, c), likewise. */
  function tuple3(a: StolenRef, b: StolenRef, c: StolenRef, top: number): NewRef {
    if (i32[Free.tuples + 4] === 0) {
      i32[top] = a;
      i32[top + 2] = b;
      i32[top + 4] = c;
      return PyTuple_FromArray(rt, top, 3, true);
    }
    const p = tuple_alloc(rt, 3);
    i32[p + Tuple.items] = a;
    i32[p + Tuple.items + 2] = b;
    i32[p + Tuple.items + 4] = c;
    PyObject_GC_Track(rt, p);
    return p;
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
      PyObject_GC_UnTrack(rt, t);
      if (tupleToFreeList(rt, t, n)) return;
    }
    for (let i = 0; i < 2 * n; i += 2) incref(rt, i32[at + i]);
    decref(rt, t);
  }

  return { tuple2, tuple3, spread };
}
