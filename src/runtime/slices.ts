/** Slices without slice objects, for compiled code. Part of the runtime. */
import { PyObject_GetItem, PyObject_SetItem } from "../objects/abstract.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { buildSliceSteal } from "../objects/slice.ts";
import { drop, push } from "../objects/stack.ts";
import type { NewRef, Ref, StolenRef } from "../objects/typeinfo.ts";

/** BINARY_SLICE: the slice takes the bounds over. */
export function getslice(rt: Runtime, o: Ref, lower: StolenRef, upper: StolenRef): NewRef {
  const s = buildSliceSteal(rt, lower, upper, rt.None);
  push(rt, s);
  const r = PyObject_GetItem(rt, o, s);
  drop(rt);
  return r;
}

/** STORE_SLICE: the slice takes the bounds over. */
export function setslice(rt: Runtime, o: Ref, lower: StolenRef, upper: StolenRef, value: Ref): void {
  const s = buildSliceSteal(rt, lower, upper, rt.None);
  push(rt, s);
  PyObject_SetItem(rt, o, s, value);
  drop(rt);
}

/** Cuts a list (of ours) down to its first n items. */
export function truncateList(rt: Runtime, list: Ref, n: number): void {
  const i32 = rt.i32;
  const size = i32[list + 4];
  i32[list + 4] = n;
  for (let i = n; i < size; i++) decref(rt, i32[i32[list + 6] + 2 * i]);
}
