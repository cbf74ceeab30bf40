/**
 * The raw domain, and the hooks of all three: how a call leaves the fast path. The mem and object domains themselves are
 * pymalloc's (pymalloc/domains.ts), which calls back here when Cell.HOOKS is not zero.
 */
import { type Allocator, Domain } from "./allocator.ts";
import { Cell, HookBit } from "./cells.ts";
import { debugAllocator } from "./debug.ts";
import { type Heap, isDebug } from "./heap.ts";
import { sysCalloc, sysFree, sysMalloc, sysRealloc } from "./system.ts";

/** The system allocator as an Allocator: what the raw domain is without hooks. */
export const rawAllocator: Allocator = {
  ctx: null,
  malloc: (h, _ctx, nbytes) => sysMalloc(h, nbytes),
  calloc: (h, _ctx, nelem, elsize) => sysCalloc(h, nelem * elsize),
  realloc: (h, _ctx, p, nbytes) => (p === 0 ? sysMalloc(h, nbytes) : sysRealloc(h, p, nbytes)),
  free: (h, _ctx, p) => {
    if (p !== 0) sysFree(h, p);
  },
};

/** Counts an allocation towards `h.failAt`; true when this is the one that fails. */
export function failsNow(h: Heap): boolean {
  if ((h.i32[Cell.HOOKS] & HookBit.Fail) === 0) return false;
  const left = h.failAt - 1;
  h.failAt = left;
  return left === 0;
}

/** What the raw domain allocates with now. */
export const rawHook = (h: Heap): Allocator => (h.allocators[Domain.RAW] ??= defaultRaw(h));

const defaultRaw = (h: Heap): Allocator => (isDebug(h) ? debugAllocator(rawAllocator, "r") : rawAllocator);

export function PyMem_RawMalloc(h: Heap, nbytes: number): number {
  if (h.i32[Cell.HOOKS] === 0) return sysMalloc(h, nbytes);
  return failsNow(h) ? 0 : innerRawMalloc(h, nbytes);
}

export function PyMem_RawCalloc(h: Heap, nelem: number, elsize: number): number {
  if (h.i32[Cell.HOOKS] === 0) return sysCalloc(h, nelem * elsize);
  return failsNow(h) ? 0 : innerRawCalloc(h, nelem, elsize);
}

export function PyMem_RawRealloc(h: Heap, p: number, nbytes: number): number {
  if (h.i32[Cell.HOOKS] !== 0) return failsNow(h) ? 0 : innerRawRealloc(h, p, nbytes);
  return p === 0 ? sysMalloc(h, nbytes) : sysRealloc(h, p, nbytes);
}

export function PyMem_RawFree(h: Heap, p: number): void {
  if (h.i32[Cell.HOOKS] !== 0) innerRawFree(h, p);
  else if (p !== 0) sysFree(h, p);
}

// What pymalloc uses beneath a request of its own: through the raw domain's hook as in CPython, but not counted again
// towards failAt, so that n numbers the requests of a program and not those of the allocator.

export function innerRawMalloc(h: Heap, nbytes: number): number {
  const a = rawHook(h);
  return a.malloc(h, a.ctx, nbytes);
}

export function innerRawCalloc(h: Heap, nelem: number, elsize: number): number {
  const a = rawHook(h);
  return a.calloc(h, a.ctx, nelem, elsize);
}

export function innerRawRealloc(h: Heap, p: number, nbytes: number): number {
  const a = rawHook(h);
  return a.realloc(h, a.ctx, p, nbytes);
}

export function innerRawFree(h: Heap, p: number): void {
  const a = rawHook(h);
  a.free(h, a.ctx, p);
}
