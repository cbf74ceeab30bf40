/**
 * The collector's doubly linked lists of PyGC_Heads, which stand in front of their objects (and alone, in cells, as heads
 * of lists). Lowest part of gc/.
 *
 *   word  0          2
 *         | _gc_next | _gc_prev |    a pointer is the word index of a head, a multiple of 4; the low bits are flags
 *
 *   _gc_next bit 1  NEXT_MASK_UNREACHABLE: on the list of the tentatively unreachable, during move_unreachable only
 *   _gc_prev bit 0  FINALIZED: tp_finalize has been called
 *   _gc_prev bit 1  COLLECTING: in the generation being collected. While a collection computes, the rest of the field is
 *                   gc_refs, a copy of the reference count, and the list can be followed forward only
 *
 * An object that is on no list has _gc_next 0: the collector does not track it.
 */
import type { Runtime } from "../objects/runtime.ts";

/** Word address of a PyGC_Head. */
export type Head = number;

export const enum GcBit {
  FINALIZED = 1,
  COLLECTING = 2,
  PREV_MASK = 3,
  NEXT_MASK_UNREACHABLE = 2,
  /** gc_refs counts from this bit on. */
  REFS_SHIFT = 2,
  ONE_REF = 4,
}

export function gc_list_init(rt: Runtime, list: Head): void {
  rt.i32[list] = list;
  rt.i32[list + 2] = list;
}

export function gc_list_is_empty(rt: Runtime, list: Head): boolean {
  return rt.i32[list] === list;
}

/** Appends a head that is on no list. */
export function gc_list_append(rt: Runtime, node: Head, list: Head): void {
  const i32 = rt.i32;
  const last = i32[list + 2];
  i32[node + 2] = last | (i32[node + 2] & GcBit.PREV_MASK);
  i32[last] = node;
  i32[node] = list;
  i32[list + 2] = node;
}

/** Takes a head off its list; its object counts as untracked then. */
export function gc_list_remove(rt: Runtime, node: Head): void {
  const i32 = rt.i32;
  const prev = i32[node + 2] & ~GcBit.PREV_MASK;
  const next = i32[node];
  i32[prev] = next;
  i32[next + 2] = prev | (i32[next + 2] & GcBit.PREV_MASK);
  i32[node] = 0;
}

/** Moves a head to the end of another list. */
export function gc_list_move(rt: Runtime, node: Head, list: Head): void {
  gc_list_remove(rt, node);
  gc_list_append(rt, node, list);
}

/** Appends all of `from` to `to`; `from` is empty then. */
export function gc_list_merge(rt: Runtime, from: Head, to: Head): void {
  const i32 = rt.i32;
  if (i32[from] === from) return;
  const last = i32[to + 2];
  const first = i32[from];
  const end = i32[from + 2];
  i32[last] = first;
  i32[first + 2] = last | (i32[first + 2] & GcBit.PREV_MASK);
  i32[end] = to;
  i32[to + 2] = end;
  gc_list_init(rt, from);
}

export function gc_list_size(rt: Runtime, list: Head): number {
  const i32 = rt.i32;
  let n = 0;
  for (let gc = i32[list]; gc !== list; gc = i32[gc]) n++;
  return n;
}

/** Takes the COLLECTING bit off all heads of a list. */
export function gc_list_clear_collecting(rt: Runtime, list: Head): void {
  const i32 = rt.i32;
  for (let gc = i32[list]; gc !== list; gc = i32[gc]) i32[gc + 2] &= ~GcBit.COLLECTING;
}

/** The heads of a list, first to last. */
export function* heads(rt: Runtime, list: Head): Generator<Head> {
  for (let gc = rt.i32[list]; gc !== list; gc = rt.i32[gc]) yield gc;
}

/**
 * validate_list: are all links of a list sound, both ways, and the two flags as expected for every head? Throws otherwise.
 */
export function validate_list(rt: Runtime, list: Head, collecting: boolean, unreachable: boolean): void {
  const i32 = rt.i32;
  let prev = list;
  let gc = i32[list];
  while (gc !== list) {
    const next = i32[gc];
    const flags = i32[gc + 2];
    if ((flags & ~GcBit.PREV_MASK) !== prev) rt.fatal(`gc list ${list}: broken back link at head ${gc}`);
    if (((flags & GcBit.COLLECTING) !== 0) !== collecting)
      rt.fatal(`gc list ${list}: COLLECTING at head ${gc}`);
    if (((next & GcBit.NEXT_MASK_UNREACHABLE) !== 0) !== unreachable) {
      rt.fatal(`gc list ${list}: UNREACHABLE at head ${gc}`);
    }
    prev = gc;
    gc = next & ~GcBit.NEXT_MASK_UNREACHABLE;
  }
  if (i32[list + 2] !== prev) rt.fatal(`gc list ${list}: its last element is not ${prev}`);
}
