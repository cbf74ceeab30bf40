/** Untracking: tuples and dicts that cannot be part of a cycle leave the collector's lists. Part of gc/. */
import { _PyDict_MaybeUntrack } from "../objects/dict.ts";
import { mayBeTracked } from "../objects/dictcore.ts";
import { Gc, Tuple } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { gc_list_remove } from "./lists.ts";

/**
 * After it: no exact tuple among the survivors holds only what cannot be tracked. Returns how many have left the list.
 * CPython goes over the whole list; move_unreachable has noted the tuples for us.
 */
export function untrack_tuples(rt: Runtime): number {
  let n = 0;
  for (const t of rt.gc.tuples) if (_PyTuple_MaybeUntrack(rt, t)) n++;
  rt.gc.tuples.length = 0;
  return n;
}

/** _PyTuple_MaybeUntrack: a tuple still being filled (with an empty place) stays. True if it was untracked. */
export function _PyTuple_MaybeUntrack(rt: Runtime, t: Ref): boolean {
  const i32 = rt.i32;
  if (i32[t + Gc.next] === 0) return false;
  const end = t + Tuple.items + 2 * i32[t + Tuple.size];
  for (let at = t + Tuple.items; at < end; at += 2) {
    if (i32[at] === 0 || mayBeTracked(rt, i32[at])) return false;
  }
  gc_list_remove(rt, t - 4);
  i32[t + Gc.prev] &= 1;
  return true;
}

/** After it: no exact dict among the survivors holds only what cannot be tracked. In full collections only. */
export function untrack_dicts(rt: Runtime): number {
  let n = 0;
  for (const d of rt.gc.dicts) {
    _PyDict_MaybeUntrack(rt, d);
    if (rt.i32[d + Gc.next] === 0) n++;
  }
  rt.gc.dicts.length = 0;
  return n;
}
