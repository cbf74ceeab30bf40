/** Walks over arenas and pools, for counts, statistics and checks; reads the heap only. */
import { Cell } from "../heap/cells.ts";
import type { Heap } from "../heap/heap.ts";
import { arenaAt } from "./arenas.ts";
import { Arena, INDEX2SIZE, POOL_OVERHEAD_WORDS, Pool } from "./layout.ts";

/** Visits the arena_object of every allocated arena, in the order of the `arenas` vector. */
export function forEachArena(h: Heap, visit: (ao: number, index: number) => void): void {
  const n = h.i32[Cell.maxarenas];
  for (let i = 0; i < n; i++) {
    const ao = arenaAt(h, i);
    if (h.i32[ao + Arena.address] !== 0) visit(ao, i);
  }
}

/** Visits every pool that was ever carved off an arena, empty ones (count 0) too. */
export function forEachPool(h: Heap, visit: (pool: number, ao: number) => void): void {
  const words = h.poolSize / 4;
  forEachArena(h, (ao) => {
    const end = h.i32[ao + Arena.pool_address];
    for (let pool = h.i32[ao + Arena.address]; pool < end; pool += words) visit(pool, ao);
  });
}

/** Visits the blocks of `pool` that are in use, lowest first. */
export function forEachUsedBlock(h: Heap, pool: number, visit: (p: number, nbytes: number) => void): void {
  const i32 = h.i32;
  if (i32[pool + Pool.count] === 0) return;
  const size = INDEX2SIZE(i32[pool + Pool.szidx]);
  const free = new Set<number>();
  for (let p = i32[pool + Pool.freeblock]; p !== 0; p = i32[p]) free.add(p);
  const end = pool + Math.min(i32[pool + Pool.nextoffset], h.poolSize) / 4;
  for (let p = pool + POOL_OVERHEAD_WORDS; p + size / 4 <= end; p += size / 4)
    if (!free.has(p)) visit(p, size);
}

/** Blocks in use: those in pools, and those that the object and mem domains passed on to the raw one. */
export function getAllocatedBlocks(h: Heap): number {
  let n = h.i32[Cell.raw_allocated_blocks];
  forEachPool(h, (pool) => {
    n += h.i32[pool + Pool.count];
  });
  return n;
}
