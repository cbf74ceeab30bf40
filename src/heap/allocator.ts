/** What an allocator is to the domains above it: CPython's PyMemAllocatorEx, as functions of the heap. */
import type { Heap } from "./heap.ts";

/** The three domains; a block must be freed through the one that gave it. */
export const enum Domain {
  RAW = 0,
  MEM = 1,
  OBJ = 2,
}

/**
 * A pointer is a word index, 0 is NULL; sizes are bytes. `malloc`, `calloc` and `realloc` return 0 when they fail, and
 * then a block given to `realloc` is unchanged. A request of 0 bytes gives a block of its own.
 */
export interface Allocator<Ctx = unknown> {
  readonly ctx: Ctx;
  malloc(h: Heap, ctx: Ctx, nbytes: number): number;
  calloc(h: Heap, ctx: Ctx, nelem: number, elsize: number): number;
  realloc(h: Heap, ctx: Ctx, p: number, nbytes: number): number;
  free(h: Heap, ctx: Ctx, p: number): void;
  /** Bytes of the pymalloc block at p, 0 for any other; only pymalloc itself has this. */
  usable?(h: Heap, p: number): number;
}
