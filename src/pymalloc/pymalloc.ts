/**
 * pymalloc as an allocator of any size: up to 512 bytes from pools, the rest (and, as in CPython, requests of 0 bytes)
 * from the raw domain. What the mem and object domains are without hooks.
 *
 * Where CPython would try the raw domain for a small request too when no arena is to be had, this gives up: so a block
 * requested with 1 to 512 bytes always lies in a pool, and `freeSmall` need not look.
 */
import type { Allocator } from "../heap/allocator.ts";
import { Cell } from "../heap/cells.ts";
import { innerRawCalloc, innerRawFree, innerRawMalloc, innerRawRealloc } from "../heap/domains.ts";
import type { Heap } from "../heap/heap.ts";
import { copyWords, zeroWords } from "../heap/words.ts";
import { address_in_range } from "./arenas.ts";
import { SMALL_REQUEST_THRESHOLD, sizeClass } from "./layout.ts";
import { blockSize, pymalloc_alloc, pymalloc_free } from "./pools.ts";

export function _PyObject_Malloc(h: Heap, nbytes: number): number {
  if (nbytes > 0 && nbytes <= SMALL_REQUEST_THRESHOLD) return pymalloc_alloc(h, sizeClass(nbytes));
  const p = innerRawMalloc(h, nbytes);
  if (p !== 0) h.i32[Cell.raw_allocated_blocks]++;
  return p;
}

export function _PyObject_Calloc(h: Heap, nelem: number, elsize: number): number {
  const nbytes = nelem * elsize;
  if (nbytes > 0 && nbytes <= SMALL_REQUEST_THRESHOLD) {
    const p = pymalloc_alloc(h, sizeClass(nbytes));
    if (p !== 0) zeroWords(h, p, (nbytes + 3) >> 2);
    return p;
  }
  const p = innerRawCalloc(h, nelem, elsize);
  if (p !== 0) h.i32[Cell.raw_allocated_blocks]++;
  return p;
}

export function _PyObject_Free(h: Heap, p: number): void {
  if (p === 0) return;
  if (address_in_range(h, p)) {
    pymalloc_free(h, p);
    return;
  }
  innerRawFree(h, p);
  h.i32[Cell.raw_allocated_blocks]--;
}

export function _PyObject_Realloc(h: Heap, p: number, nbytes: number): number {
  if (p === 0) return _PyObject_Malloc(h, nbytes);
  return address_in_range(h, p) ? pymalloc_realloc(h, p, nbytes) : innerRawRealloc(h, p, nbytes);
}

/** A block stays where it is while the request fits it and is more than 3/4 of it; else it is copied. */
function pymalloc_realloc(h: Heap, p: number, nbytes: number): number {
  const size = blockSize(h, p);
  if (nbytes <= size && 4 * nbytes > 3 * size) return p;
  const bp = _PyObject_Malloc(h, nbytes);
  if (bp === 0) return 0;
  copyWords(h, bp, p, (Math.min(size, nbytes) + 3) >> 2);
  _PyObject_Free(h, p);
  return bp;
}

export const pymallocAllocator: Allocator = {
  ctx: null,
  malloc: (h, _ctx, nbytes) => _PyObject_Malloc(h, nbytes),
  calloc: (h, _ctx, nelem, elsize) => _PyObject_Calloc(h, nelem, elsize),
  realloc: (h, _ctx, p, nbytes) => _PyObject_Realloc(h, p, nbytes),
  free: (h, _ctx, p) => _PyObject_Free(h, p),
  usable: (h, p) => (address_in_range(h, p) ? blockSize(h, p) : 0),
};
