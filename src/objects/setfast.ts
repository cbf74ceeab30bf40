/**
 * Loops over whole sets whose keys are of the usual kinds (tablefast.ts): each goes on until it meets a key that is not, and
 * gives that one's position, from which setops.ts goes on in the general way; -1 when it is through. Part of the object layer.
 * None of them runs Python code; only adding allocates.
 */
import { Cell } from "../heap/cells.ts";
import { SetOb } from "./layout.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { set_insert_clean } from "./set.ts";
import type { TableFast } from "./tablefast.ts";
import type { Ref } from "./typeinfo.ts";

/** Nothing is left to do. */
const DONE = -1;

export interface SetFast {
  /** Adds the items of `other`. */
  addAll(so: Ref, other: Ref): number;
  /** Adds to `result` the items of `other` that are (`present` 1) or are not (0) in `so`. */
  addWhere(result: Ref, other: Ref, so: Ref, present: number): number;
  /** Takes out of `so` the items of `other` that are there; with `toggle` the others are added. */
  removeAll(so: Ref, other: Ref, toggle: boolean): number;
  /** Goes over `so` as long as its items are (`present` 1) or are not (0) in `other`. */
  allIn(so: Ref, other: Ref, present: number): number;
  /** Puts all items of `other` into the empty table of `so`. */
  fill(so: Ref, other: Ref): void;
  /** Releases the keys of a table. */
  release(table: number, mask: number): void;
}

export function makeSetFast(rt: Runtime, tables: TableFast): SetFast {
  const i32 = rt.i32;
  const { setFind, setAdd } = tables;

  function addAll(so: Ref, other: Ref): number {
    const table = i32[other + SetOb.table];
    const end = table + 4 * i32[other + SetOb.mask];
    for (let at = table; at <= end; at += 4) {
      const key = i32[at];
      if (key === 0 || key === Cell.SET_DUMMY) continue;
      if (setAdd(so, key, i32[at + 2], i32[at + 3]) < 0) return (at - table) >> 2;
    }
    return DONE;
  }

  function addWhere(result: Ref, other: Ref, so: Ref, present: number): number {
    const table = i32[other + SetOb.table];
    const end = table + 4 * i32[other + SetOb.mask];
    for (let at = table; at <= end; at += 4) {
      const key = i32[at];
      if (key === 0 || key === Cell.SET_DUMMY) continue;
      const lo = i32[at + 2];
      const hi = i32[at + 3];
      const found = setFind(so, key, lo, hi);
      if (found < 0) return (at - table) >> 2;
      if (found > 0 === (present === 1) && setAdd(result, key, lo, hi) < 0) return (at - table) >> 2;
    }
    return DONE;
  }

  function removeAll(so: Ref, other: Ref, toggle: boolean): number {
    const table = i32[other + SetOb.table];
    const end = table + 4 * i32[other + SetOb.mask];
    for (let at = table; at <= end; at += 4) {
      const key = i32[at];
      if (key === 0 || key === Cell.SET_DUMMY) continue;
      const lo = i32[at + 2];
      const hi = i32[at + 3];
      const found = setFind(so, key, lo, hi);
      if (found < 0) return (at - table) >> 2;
      if (found > 0) {
        const old = i32[found];
        i32[found] = Cell.SET_DUMMY;
        i32[found + 2] = -1;
        i32[found + 3] = -1;
        i32[so + SetOb.used]--;
        decref(rt, old);
      } else if (toggle) setAdd(so, key, lo, hi);
    }
    return DONE;
  }

  function allIn(so: Ref, other: Ref, present: number): number {
    const table = i32[so + SetOb.table];
    const end = table + 4 * i32[so + SetOb.mask];
    for (let at = table; at <= end; at += 4) {
      const key = i32[at];
      if (key === 0 || key === Cell.SET_DUMMY) continue;
      const found = setFind(other, key, i32[at + 2], i32[at + 3]);
      if (found < 0 || found > 0 !== (present === 1)) return (at - table) >> 2;
    }
    return DONE;
  }

  function fill(so: Ref, other: Ref): void {
    const to = i32[so + SetOb.table];
    const mask = i32[so + SetOb.mask];
    const from = i32[other + SetOb.table];
    const same = mask === i32[other + SetOb.mask] && i32[other + SetOb.fill] === i32[other + SetOb.used];
    i32[so + SetOb.fill] = i32[so + SetOb.used] = i32[other + SetOb.used];
    const end = from + 4 * i32[other + SetOb.mask];
    for (let at = from; at <= end; at += 4) {
      const key = i32[at];
      if (key === 0 || key === Cell.SET_DUMMY) continue;
      const count = i32[key];
      if (count >= 0) i32[key] = count + 1;
      if (same) {
        // Tables of one size, without removed entries: slot by slot.
        const slot = to + at - from;
        i32[slot] = key;
        i32[slot + 2] = i32[at + 2];
        i32[slot + 3] = i32[at + 3];
      } else set_insert_clean(i32, to, mask, key, i32[at + 2], i32[at + 3]);
    }
  }

  function release(table: number, mask: number): void {
    const end = table + 4 * mask;
    for (let at = table; at <= end; at += 4) {
      const key = i32[at];
      if (key !== 0 && key !== Cell.SET_DUMMY) {
        const count = i32[key] - 1;
        if (count > 0) i32[key] = count;
        else if (count === 0) decref(rt, key);
      }
    }
  }

  return { addAll, addWhere, removeAll, allIn, fill, release };
}
