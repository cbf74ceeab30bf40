/**
 * The private heap's memory, reserved by the launcher before anything is loaded: V8 then collects its own memory for the sake of
 * so large a buffer, which is quick while that is small. Part of the command line.
 */
import { DEFAULT_MAX_HEAP } from "../heap/heap.ts";

// The launcher and the core have each their own copy of this module.
const KEY = Symbol.for("glassheap.reserve");
const state = globalThis as { [KEY]?: ArrayBuffer };

export function reserve(): void {
  state[KEY] = new ArrayBuffer(DEFAULT_MAX_HEAP);
}

/** The reserved memory, given once; undefined if the heap is to have another size. */
export function takeReserve(maxHeap: number | undefined): ArrayBuffer | undefined {
  const buffer = maxHeap === undefined || maxHeap === DEFAULT_MAX_HEAP ? state[KEY] : undefined;
  state[KEY] = undefined;
  return buffer;
}
