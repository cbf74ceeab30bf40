/** Untracking: tuples and dicts that cannot be part of a cycle leave the collector's lists. Part of gc/. */
import { _PyDict_MaybeUntrack } from "../objects/dict.ts";
import { mayBeTracked } from "../objects/dictcore.ts";
import { Gc, Ob, Tuple } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { gc_list_remove, type Head } from "./lists.ts";

/** After it: no exact tuple on the list holds only what cannot be tracked. */
export function untrack_tuples(rt: Runtime, list: Head): void {
  const i32 = rt.i32;
  const tuple = rt.types.tuple;
  let gc = i32[list];
  while (gc !== list) {
    const next = i32[gc];
    if (i32[gc + 4 + Ob.type] === tuple) _PyTuple_MaybeUntrack(rt, gc + 4);
    gc = next;
  }
}

/** _PyTuple_MaybeUntrack: a tuple still being filled (with an empty place) stays. */
export function _PyTuple_MaybeUntrack(rt: Runtime, t: Ref): void {
  const i32 = rt.i32;
  if (i32[t + Gc.next] === 0) return;
  const end = t + Tuple.items + 2 * i32[t + Tuple.size];
  for (let at = t + Tuple.items; at < end; at += 2) {
    if (i32[at] === 0 || mayBeTracked(rt, i32[at])) return;
  }
  gc_list_remove(rt, t - 4);
  i32[t + Gc.prev] &= 1;
}

/** After it: no exact dict on the list holds only what cannot be tracked. In full collections only. */
export function untrack_dicts(rt: Runtime, list: Head): void {
  const i32 = rt.i32;
  const dict = rt.types.dict;
  let gc = i32[list];
  while (gc !== list) {
    const next = i32[gc];
    if (i32[gc + 4 + Ob.type] === dict) _PyDict_MaybeUntrack(rt, gc + 4);
    gc = next;
  }
}
