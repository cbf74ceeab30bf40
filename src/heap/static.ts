/** The static region: memory for static types and immortal singletons, given out once and never taken back. */
import { CELLS_END, Cell } from "./cells.ts";
import type { Heap } from "./heap.ts";

/** A zeroed block of `nbytes`, 16-byte aligned. Throws RangeError when the region is full. */
export function staticAlloc(h: Heap, nbytes: number): number {
  const p = h.i32[Cell.STATIC_NEXT];
  const end = p + ((nbytes + 15) >>> 4) * 4;
  if (end > h.staticEnd) {
    const size = (h.staticEnd - CELLS_END) * 4;
    throw new RangeError(`static region of ${size} bytes is full: it has no room for ${nbytes} more`);
  }
  h.i32[Cell.STATIC_NEXT] = end;
  return p;
}

/** Bytes given out by `staticAlloc`. */
export function staticUsed(h: Heap): number {
  return (h.i32[Cell.STATIC_NEXT] - CELLS_END) * 4;
}
