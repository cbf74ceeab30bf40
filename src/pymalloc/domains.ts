/**
 * The mem and object domains, what the layers above allocate with, and the hooks of all three domains.
 *
 * Every entry checks Cell.HOOKS once. While it is 0 an object of up to 512 bytes costs a pop from its pool's free list.
 */
import { type Allocator, Domain } from "../heap/allocator.ts";
import { Cell, USEDPOOLS } from "../heap/cells.ts";
import { debugAllocator } from "../heap/debug.ts";
import { failsNow, rawAllocator, rawHook } from "../heap/domains.ts";
import { type Heap, isDebug } from "../heap/heap.ts";
import { address_in_range } from "./arenas.ts";
import { Pool } from "./layout.ts";
import { emptyPool, insert_to_usedpool, pymalloc_pool_extend } from "./pools.ts";
import {
  _PyObject_Calloc,
  _PyObject_Free,
  _PyObject_Malloc,
  _PyObject_Realloc,
  pymallocAllocator,
} from "./pymalloc.ts";

export { PyMem_RawCalloc, PyMem_RawFree, PyMem_RawMalloc, PyMem_RawRealloc } from "../heap/domains.ts";

/**
 * PyObject_Malloc for a request known to be of 1 to 512 bytes. Small enough to be inlined; when `nbytes` is a constant the
 * size class is one too. Pass the true size (24 for a float, not 32): tracemalloc reports it.
 */
export function allocSmall(h: Heap, nbytes: number): number {
  const i32 = h.i32;
  const list = USEDPOOLS + (((nbytes - 1) >> 4) << 2);
  const pool = i32[list];
  if (pool === list - 4 || i32[Cell.HOOKS] !== 0) return allocSmallSlow(h, nbytes);
  const bp = i32[pool + Pool.freeblock];
  const next = i32[bp];
  i32[pool + Pool.count]++;
  i32[pool + Pool.freeblock] = next;
  if (next === 0) pymalloc_pool_extend(h, pool);
  return bp;
}

/** PyObject_Free for a block whose request was for 1 to 512 bytes; not for 0. Small enough to be inlined. */
export function freeSmall(h: Heap, p: number): void {
  const i32 = h.i32;
  if (i32[Cell.HOOKS] !== 0) {
    hookedFree(h, Domain.OBJ, p);
    return;
  }
  const pool = p & h.poolMask;
  const lastfree = i32[pool + Pool.freeblock];
  i32[p] = lastfree;
  i32[pool + Pool.freeblock] = p;
  if (--i32[pool + Pool.count] === 0 || lastfree === 0) freeSmallSlow(h, pool, lastfree);
}

/** Would a block of 1 to 512 bytes that is allocated now, and released soon, leave the pools as they are? (While there are no hooks.) */
export function leavesNoTrace(h: Heap, nbytes: number): boolean {
  const list = USEDPOOLS + (((nbytes - 1) >> 4) << 2);
  const pool = h.i32[list];
  return pool !== list - 4 && h.i32[h.i32[pool + Pool.freeblock]] !== 0;
}

function allocSmallSlow(h: Heap, nbytes: number): number {
  if (h.i32[Cell.HOOKS] !== 0) return hookedMalloc(h, Domain.OBJ, nbytes);
  return _PyObject_Malloc(h, nbytes);
}

function freeSmallSlow(h: Heap, pool: number, lastfree: number): void {
  if (lastfree === 0) insert_to_usedpool(h, pool);
  else emptyPool(h, pool);
}

export function PyObject_Malloc(h: Heap, nbytes: number): number {
  if (nbytes <= 512 && nbytes > 0) return allocSmall(h, nbytes);
  return objMallocSlow(h, nbytes);
}

function objMallocSlow(h: Heap, nbytes: number): number {
  return h.i32[Cell.HOOKS] !== 0 ? hookedMalloc(h, Domain.OBJ, nbytes) : _PyObject_Malloc(h, nbytes);
}

export function PyObject_Calloc(h: Heap, nelem: number, elsize: number): number {
  return h.i32[Cell.HOOKS] !== 0
    ? hookedCalloc(h, Domain.OBJ, nelem, elsize)
    : _PyObject_Calloc(h, nelem, elsize);
}

export function PyObject_Realloc(h: Heap, p: number, nbytes: number): number {
  return h.i32[Cell.HOOKS] !== 0 ? hookedRealloc(h, Domain.OBJ, p, nbytes) : _PyObject_Realloc(h, p, nbytes);
}

export function PyObject_Free(h: Heap, p: number): void {
  if (h.i32[Cell.HOOKS] !== 0) {
    hookedFree(h, Domain.OBJ, p);
    return;
  }
  if (address_in_range(h, p)) freeSmall(h, p);
  else _PyObject_Free(h, p);
}

export function PyMem_Malloc(h: Heap, nbytes: number): number {
  return h.i32[Cell.HOOKS] !== 0 ? hookedMalloc(h, Domain.MEM, nbytes) : _PyObject_Malloc(h, nbytes);
}

export function PyMem_Calloc(h: Heap, nelem: number, elsize: number): number {
  return h.i32[Cell.HOOKS] !== 0
    ? hookedCalloc(h, Domain.MEM, nelem, elsize)
    : _PyObject_Calloc(h, nelem, elsize);
}

export function PyMem_Realloc(h: Heap, p: number, nbytes: number): number {
  return h.i32[Cell.HOOKS] !== 0 ? hookedRealloc(h, Domain.MEM, p, nbytes) : _PyObject_Realloc(h, p, nbytes);
}

export function PyMem_Free(h: Heap, p: number): void {
  if (h.i32[Cell.HOOKS] !== 0) hookedFree(h, Domain.MEM, p);
  else _PyObject_Free(h, p);
}

function hookedMalloc(h: Heap, domain: Domain, nbytes: number): number {
  if (failsNow(h)) return 0;
  const a = PyMem_GetAllocator(h, domain);
  return a.malloc(h, a.ctx, nbytes);
}

function hookedCalloc(h: Heap, domain: Domain, nelem: number, elsize: number): number {
  if (failsNow(h)) return 0;
  const a = PyMem_GetAllocator(h, domain);
  return a.calloc(h, a.ctx, nelem, elsize);
}

function hookedRealloc(h: Heap, domain: Domain, p: number, nbytes: number): number {
  if (failsNow(h)) return 0;
  const a = PyMem_GetAllocator(h, domain);
  return a.realloc(h, a.ctx, p, nbytes);
}

function hookedFree(h: Heap, domain: Domain, p: number): void {
  const a = PyMem_GetAllocator(h, domain);
  a.free(h, a.ctx, p);
}

/** What `domain` allocates with now. */
export function PyMem_GetAllocator(h: Heap, domain: Domain): Allocator {
  if (domain === Domain.RAW) return rawHook(h);
  return (h.allocators[domain] ??= defaultAllocator(h, domain));
}

/**
 * Makes `domain` allocate with `allocator`, which may wrap the one that PyMem_GetAllocator gave. Setting the plain one
 * again brings the fast path back.
 */
export function PyMem_SetAllocator(h: Heap, domain: Domain, allocator: Allocator): void {
  const plain = domain === Domain.RAW ? rawAllocator : pymallocAllocator;
  h.allocators[domain] = allocator;
  if (allocator === plain) h.i32[Cell.HOOKS] &= ~(1 << domain);
  else h.i32[Cell.HOOKS] |= 1 << domain;
}

function defaultAllocator(h: Heap, domain: Domain.MEM | Domain.OBJ): Allocator {
  const name = h.mallocName;
  const plain = name === "malloc" || name === "malloc_debug" ? rawAllocator : pymallocAllocator;
  return isDebug(h) ? debugAllocator(plain, domain === Domain.MEM ? "m" : "o") : plain;
}
