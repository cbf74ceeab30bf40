/**
 * Which objects of a generation are reachable only from each other? The three passes that find out: update_refs,
 * subtract_refs, move_unreachable. Part of gc/.
 *
 * Example: A <-> B, and C refers to B and is held by a variable.
 *
 *   update_refs       gc_refs = ob_refcnt:                  A 1  B 2  C 1
 *   subtract_refs     less the references within:           A 0  B 0  C 1     what is left comes from outside
 *   move_unreachable  A, B put aside; C stays, so B comes back; B stays, so A comes back: all reachable
 *
 * Without the variable, C is 0 too, and nothing brings any of them back.
 */
import { Cell } from "../heap/cells.ts";
import { DK_ENTRIES } from "../objects/dictkeys.ts";
import { Dict, Gc, Keys, List, Ob, TF, Tuple, Ty, Values } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { findWay, Way } from "./kinds.ts";
import { GcBit, gc_list_init, gc_list_move, type Head } from "./lists.ts";

/**
 * After it: every head of the list has COLLECTING set and gc_refs equal to its object's reference count. Immortal objects
 * have left the list for the permanent generation.
 */
export function update_refs(rt: Runtime, containers: Head): void {
  const i32 = rt.i32;
  let gc = i32[containers];
  while (gc !== containers) {
    const next = i32[gc];
    const refs = i32[gc + 4];
    if (refs < 0) gc_list_move(rt, gc, Cell.GC_PERMANENT);
    else i32[gc + 2] = (refs << GcBit.REFS_SHIFT) | GcBit.COLLECTING | (i32[gc + 2] & GcBit.FINALIZED);
    gc = next;
  }
}

/** One reference to `op` comes from within the generation (visit_decref). */
function visit_decref(i32: Int32Array, op: Ref): void {
  const flags = i32[i32[op + Ob.type] + Ty.flags];
  if ((flags & TF.HAVE_GC) === 0) return;
  if (flags < 0 && (i32[op + Ty.flags] & TF.HEAPTYPE) === 0) return;
  const w = i32[op + Gc.prev];
  if ((w & GcBit.COLLECTING) !== 0) i32[op + Gc.prev] = w - GcBit.ONE_REF;
}

/** After it: gc_refs of every head is the number of references to its object from outside the list. */
export function subtract_refs(rt: Runtime, containers: Head): void {
  const i32 = rt.i32;
  const visit = rt.gc.visitDecref;
  for (let gc = i32[containers]; gc !== containers; gc = i32[gc]) {
    const op = gc + 4;
    const type = i32[op + Ob.type];
    const way = i32[type + Ty.traverse] || findWay(rt, type);
    switch (way) {
      case Way.LIST: {
        const items = i32[op + List.items];
        const end = items + 2 * i32[op + List.size];
        for (let at = items; at < end; at += 2) if (i32[at] !== 0) visit_decref(i32, i32[at]);
        break;
      }
      case Way.TUPLE: {
        const end = op + Tuple.items + 2 * i32[op + Tuple.size];
        for (let at = op + Tuple.items; at < end; at += 2) if (i32[at] !== 0) visit_decref(i32, i32[at]);
        break;
      }
      case Way.INSTANCE:
        subtractInstance(i32, op, type);
        break;
      case Way.DICT:
        subtractDict(rt, op);
        break;
      case Way.FIELDS:
        subtractFields(i32, op, i32[type + Ty.traverse + 1]);
        break;
      case Way.TRAVERSE:
        rt.typeInfos[i32[type + Ty.info]].tp_traverse!(rt, op, visit);
    }
  }
}

function subtractInstance(i32: Int32Array, op: Ref, type: Ref): void {
  const header = i32[op + 4];
  if (header >> 24 !== 0) {
    const end = op + 6 + 2 * (header & 255);
    for (let at = op + 6; at < end; at += 2) if (i32[at] !== 0) visit_decref(i32, i32[at]);
  } else if (i32[op + Gc.dict] !== 0) visit_decref(i32, i32[op + Gc.dict]);
  visit_decref(i32, type);
}

function subtractFields(i32: Int32Array, op: Ref, mask: number): void {
  for (let at = op; mask !== 0; mask >>>= 1, at += 2) {
    if ((mask & 1) !== 0 && i32[at] !== 0) visit_decref(i32, i32[at]);
  }
}

function subtractDict(rt: Runtime, op: Ref): void {
  const i32 = rt.i32;
  const keys = i32[op + Dict.keys];
  const values = i32[op + Dict.values];
  const n = i32[keys + Keys.nentries];
  if (values !== 0) {
    if ((i32[values] & 0xff0000) !== 0) return;
    for (let i = 0, at = values + Values.values; i < n; i++, at += 2)
      if (i32[at] !== 0) visit_decref(i32, i32[at]);
    return;
  }
  const entries = DK_ENTRIES(rt, keys);
  if (i32[keys + Keys.log2] >> 16 !== 0) {
    for (let i = 0, at = entries + 2; i < n; i++, at += 4) if (i32[at] !== 0) visit_decref(i32, i32[at]);
    return;
  }
  for (let i = 0, at = entries + 4; i < n; i++, at += 6) {
    if (i32[at] === 0) continue;
    visit_decref(i32, i32[at]);
    visit_decref(i32, i32[at - 2]);
  }
}

/**
 * `op` is referred to by something reachable (visit_reachable): if it is still ahead in `reachable`, it must not be put
 * aside; if it has been put aside, it comes back to the end of `reachable`.
 */
function visit_reachable(i32: Int32Array, op: Ref, reachable: Head): void {
  const flags = i32[i32[op + Ob.type] + Ty.flags];
  if ((flags & TF.HAVE_GC) === 0) return;
  if (flags < 0 && (i32[op + Ty.flags] & TF.HEAPTYPE) === 0) return;
  const w = i32[op + Gc.prev];
  if ((w & GcBit.COLLECTING) === 0) return;
  if ((i32[op + Gc.next] & GcBit.NEXT_MASK_UNREACHABLE) !== 0) bringBack(i32, op - 4, reachable);
  else if (w >> GcBit.REFS_SHIFT === 0) i32[op + Gc.prev] = w | GcBit.ONE_REF;
}

/** From the unreachable list, whose links both ways are sound (forward ones flagged), to the end of the other. */
function bringBack(i32: Int32Array, gc: Head, reachable: Head): void {
  const w = i32[gc + 2];
  const prev = w & ~GcBit.PREV_MASK;
  const next = i32[gc] & ~GcBit.NEXT_MASK_UNREACHABLE;
  i32[prev] = i32[gc];
  i32[next + 2] = prev | (i32[next + 2] & GcBit.PREV_MASK);
  const last = i32[reachable + 2];
  i32[last] = gc;
  i32[gc] = reachable;
  i32[reachable + 2] = gc;
  i32[gc + 2] = GcBit.ONE_REF | (w & GcBit.PREV_MASK);
}

/**
 * After it: `young` holds what is reachable from outside, with sound links both ways and COLLECTING off; `unreachable` the
 * rest, COLLECTING still on and NEXT_MASK_UNREACHABLE set in each forward link. `rt.gc.tuples` and `rt.gc.dicts` are the
 * exact tuples and dicts of `young`, in its order. Returns how many are in `young`.
 */
export function move_unreachable(rt: Runtime, young: Head, unreachable: Head): number {
  const i32 = rt.i32;
  const visit = rt.gc.visitReachable;
  rt.gc.reachable = young;
  rt.gc.tuples.length = 0;
  rt.gc.dicts.length = 0;
  let n = 0;
  let prev = young;
  let gc = i32[young];
  while (gc !== young) {
    const w = i32[gc + 2];
    if (w >> GcBit.REFS_SHIFT !== 0) {
      const op = gc + 4;
      const type = i32[op + Ob.type];
      switch (i32[type + Ty.traverse]) {
        case Way.LIST: {
          // From the end, as list_traverse does: finalizers run in the order of the lists that come of it.
          const items = i32[op + List.items];
          for (let at = items + 2 * i32[op + List.size] - 2; at >= items; at -= 2) {
            if (i32[at] !== 0) visit_reachable(i32, i32[at], young);
          }
          break;
        }
        case Way.TUPLE: {
          const items = op + Tuple.items;
          for (let at = items + 2 * i32[op + Tuple.size] - 2; at >= items; at -= 2) {
            if (i32[at] !== 0) visit_reachable(i32, i32[at], young);
          }
          rt.gc.tuples.push(op);
          break;
        }
        case Way.INSTANCE:
          reachInstance(i32, op, type, young);
          break;
        case Way.DICT:
          reachDict(rt, op, young);
          rt.gc.dicts.push(op);
          break;
        case Way.FIELDS:
          reachFields(i32, op, i32[type + Ty.traverse + 1], young);
          break;
        case Way.TRAVERSE:
          rt.typeInfos[i32[type + Ty.info]].tp_traverse!(rt, op, visit);
      }
      i32[gc + 2] = prev | (w & GcBit.FINALIZED);
      prev = gc;
      n++;
    } else {
      i32[prev] = i32[gc];
      const last = i32[unreachable + 2];
      i32[last] = gc | GcBit.NEXT_MASK_UNREACHABLE;
      i32[gc + 2] = last | (w & GcBit.PREV_MASK);
      i32[gc] = unreachable | GcBit.NEXT_MASK_UNREACHABLE;
      i32[unreachable + 2] = gc;
    }
    gc = i32[prev];
  }
  i32[young + 2] = prev;
  i32[unreachable] &= ~GcBit.NEXT_MASK_UNREACHABLE;
  return n;
}

function reachInstance(i32: Int32Array, op: Ref, type: Ref, young: Head): void {
  const header = i32[op + 4];
  if (header >> 24 !== 0) {
    const end = op + 6 + 2 * (header & 255);
    for (let at = op + 6; at < end; at += 2) if (i32[at] !== 0) visit_reachable(i32, i32[at], young);
  } else if (i32[op + Gc.dict] !== 0) visit_reachable(i32, i32[op + Gc.dict], young);
  visit_reachable(i32, type, young);
}

function reachFields(i32: Int32Array, op: Ref, mask: number, young: Head): void {
  for (let at = op; mask !== 0; mask >>>= 1, at += 2) {
    if ((mask & 1) !== 0 && i32[at] !== 0) visit_reachable(i32, i32[at], young);
  }
}

function reachDict(rt: Runtime, op: Ref, young: Head): void {
  const i32 = rt.i32;
  const keys = i32[op + Dict.keys];
  const values = i32[op + Dict.values];
  const n = i32[keys + Keys.nentries];
  if (values !== 0) {
    if ((i32[values] & 0xff0000) !== 0) return;
    for (let i = 0, at = values + Values.values; i < n; i++, at += 2) {
      if (i32[at] !== 0) visit_reachable(i32, i32[at], young);
    }
    return;
  }
  const entries = DK_ENTRIES(rt, keys);
  if (i32[keys + Keys.log2] >> 16 !== 0) {
    for (let i = 0, at = entries + 2; i < n; i++, at += 4)
      if (i32[at] !== 0) visit_reachable(i32, i32[at], young);
    return;
  }
  for (let i = 0, at = entries + 4; i < n; i++, at += 6) {
    if (i32[at] === 0) continue;
    visit_reachable(i32, i32[at], young);
    visit_reachable(i32, i32[at - 2], young);
  }
}

/** What tp_traverse calls for each reference in the two passes: made once, for rt.gc. */
export function makeVisitors(rt: Runtime): { decref: (op: Ref) => void; reachable: (op: Ref) => void } {
  const i32 = rt.i32;
  return {
    decref: (op) => visit_decref(i32, op),
    reachable: (op) => visit_reachable(i32, op, rt.gc.reachable),
  };
}

/** deduce_unreachable. After it: as move_unreachable leaves the two lists, and returns. */
export function deduce_unreachable(rt: Runtime, base: Head, unreachable: Head): number {
  update_refs(rt, base);
  subtract_refs(rt, base);
  gc_list_init(rt, unreachable);
  return move_unreachable(rt, base, unreachable);
}
