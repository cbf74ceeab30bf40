/**
 * Checks of pymalloc's invariants (pools.ts, arenas.ts) and, as `checkHeap`, of everything below too. Each throws
 * HeapCheckError at the first thing that is not as it should be. Read-only, and far too slow for anything but tests.
 */
import { Cell } from "../heap/cells.ts";
import { checkPages, checkSystem, expect } from "../heap/check.ts";
import { checkStillDead } from "../heap/debug.ts";
import { type Heap, isDebug, PAGE, PAGE_WORDS } from "../heap/heap.ts";
import { PageKind, rangeKind, rangePages } from "../heap/pages.ts";
import { arenaAt } from "./arenas.ts";
import {
  ARENA_OBJECT_WORDS,
  Arena,
  DUMMY_SIZE_IDX,
  INDEX2SIZE,
  NB_CLASSES,
  NUMBLOCKS,
  POOL_OVERHEAD,
  Pool,
  usedHead,
} from "./layout.ts";
import { heapLedger } from "./ledger.ts";
import { forEachArena, forEachPool } from "./walk.ts";

const hex = (p: number): string => `0x${(p * 4).toString(16)}`;

/** Every invariant of the heap, and a ledger with nothing unexplained. */
export function checkHeap(h: Heap): void {
  checkPages(h);
  checkSystem(h);
  forEachPool(h, (pool) => pool_is_valid(h, pool));
  usedpools_is_valid(h);
  forEachArena(h, (ao, index) => arena_is_valid(h, ao, index));
  unused_arena_objects_is_valid(h);
  usable_arenas_is_valid(h);
  const { unexplained } = heapLedger(h);
  expect(unexplained === 0, () => `ledger: ${unexplained} bytes unexplained`);
}

/**
 * Blocks in use, linked and virgin make up the pool; the free list has only blocks of this pool that were given out once,
 * each once; it is empty exactly when the pool is full.
 */
export function pool_is_valid(h: Heap, pool: number): void {
  const i32 = h.i32;
  const szidx = i32[pool + Pool.szidx];
  const count = i32[pool + Pool.count];
  const name = `pool ${hex(pool)}`;
  if (szidx === DUMMY_SIZE_IDX) {
    expect(count === 0, () => `${name}: ${count} blocks but no size class`);
    return;
  }
  expect(szidx >= 0 && szidx < NB_CLASSES, () => `${name}: size class ${szidx}`);
  const size = INDEX2SIZE(szidx);
  const next = i32[pool + Pool.nextoffset];
  const max = i32[pool + Pool.maxnextoffset];
  expect(max === h.poolSize - size, () => `${name}: maxnextoffset ${max} with blocks of ${size}`);
  expect((next - POOL_OVERHEAD) % size === 0 && next <= max + size, () => `${name}: nextoffset ${next}`);
  const free = freeListLength(h, pool, size, next);
  const virgin = next > max ? 0 : Math.floor((max - next) / size) + 1;
  const blocks = NUMBLOCKS(h.poolSize, szidx);
  expect(
    count + free + virgin === blocks,
    () => `${name}: ${count} used + ${free} free + ${virgin} virgin of ${blocks}`,
  );
  expect(
    (free === 0) === (count === blocks),
    () => `${name}: ${count} of ${blocks} used with ${free} on the free list`,
  );
}

function freeListLength(h: Heap, pool: number, size: number, nextoffset: number): number {
  const i32 = h.i32;
  const seen = new Set<number>();
  for (let p = i32[pool + Pool.freeblock]; p !== 0; p = i32[p]) {
    const offset = (p - pool) * 4;
    const inside = offset >= POOL_OVERHEAD && offset < nextoffset && (offset - POOL_OVERHEAD) % size === 0;
    expect(inside, () => `pool ${hex(pool)}: its free list has ${hex(p)}, which is not one of its blocks`);
    expect(!seen.has(p), () => `pool ${hex(pool)}: block ${hex(p)} is on its free list twice`);
    seen.add(p);
    if (isDebug(h)) checkStillDead(h, p, size);
  }
  return seen.size;
}

/** Each list of usedpools has exactly the pools of its class that are neither empty nor full, linked both ways. */
export function usedpools_is_valid(h: Heap): void {
  const i32 = h.i32;
  const used = new Set<number>();
  forEachPool(h, (pool) => {
    const count = i32[pool + Pool.count];
    if (count > 0 && count < NUMBLOCKS(h.poolSize, i32[pool + Pool.szidx])) used.add(pool);
  });
  for (let i = 0; i < NB_CLASSES; i++) {
    const head = usedHead(i);
    for (let prev = head, pool = i32[head + Pool.nextpool]; ; prev = pool, pool = i32[pool + Pool.nextpool]) {
      expect(i32[pool + Pool.prevpool] === prev, () => `usedpools[${i}]: wrong back link in ${hex(pool)}`);
      if (pool === head) break;
      expect(used.delete(pool), () => `usedpools[${i}]: pool ${hex(pool)} is empty, full, or there twice`);
      expect(
        i32[pool + Pool.szidx] === i,
        () => `usedpools[${i}]: pool ${hex(pool)} is of class ${i32[pool + Pool.szidx]}`,
      );
    }
  }
  for (const pool of used) expect(false, () => `pool ${hex(pool)} is used and on no list`);
}

/** The arena has its pages and its map entry; nfreepools is the empty pools on freepools and those never carved. */
export function arena_is_valid(h: Heap, ao: number, index: number): void {
  const i32 = h.i32;
  const address = i32[ao + Arena.address];
  const name = `arena ${index} at ${hex(address)}`;
  const page = address / PAGE_WORDS;
  const mapped = rangeKind(h, page) === PageKind.Arena && rangePages(h, page) * PAGE === h.arenaSize;
  expect(mapped, () => `${name}: its pages are not mapped as an arena`);
  expect(
    i32[h.arenaMap + (address >>> h.arenaShift)] === index + 1,
    () => `${name}: wrong entry in the arena map`,
  );
  const total = h.arenaSize / h.poolSize;
  expect(i32[ao + Arena.ntotalpools] === total, () => `${name}: ntotalpools ${i32[ao + Arena.ntotalpools]}`);
  const carved = (i32[ao + Arena.pool_address] - address) / (h.poolSize / 4);
  expect(Number.isInteger(carved) && carved >= 0 && carved <= total, () => `${name}: ${carved} pools carved`);
  const empty = emptyPools(h, ao, index);
  const nfree = empty + total - carved;
  expect(
    nfree === i32[ao + Arena.nfreepools],
    () => `${name}: nfreepools ${i32[ao + Arena.nfreepools]}, found ${nfree}`,
  );
}

/** Length of the arena's freepools list, after checking that it has exactly the arena's empty pools. */
function emptyPools(h: Heap, ao: number, index: number): number {
  const i32 = h.i32;
  const empty = new Set<number>();
  const end = i32[ao + Arena.pool_address];
  for (let pool = i32[ao + Arena.address]; pool < end; pool += h.poolSize / 4) {
    expect(
      i32[pool + Pool.arenaindex] === index,
      () => `pool ${hex(pool)}: arenaindex ${i32[pool + Pool.arenaindex]}`,
    );
    if (i32[pool + Pool.count] === 0) empty.add(pool);
  }
  const n = empty.size;
  for (let pool = i32[ao + Arena.freepools]; pool !== 0; pool = i32[pool + Pool.nextpool]) {
    expect(
      empty.delete(pool),
      () => `arena ${index}: freepools has ${hex(pool)}, which is not empty or there twice`,
    );
  }
  expect(empty.size === 0, () => `arena ${index}: ${empty.size} empty pools are not on freepools`);
  return n;
}

/** unused_arena_objects has exactly the arena_objects without an address. */
export function unused_arena_objects_is_valid(h: Heap): void {
  const i32 = h.i32;
  let n = 0;
  for (let ao = i32[Cell.unused_arena_objects]; ao !== 0; ao = i32[ao + Arena.nextarena], n++) {
    const index = (ao - i32[Cell.arenas]) / ARENA_OBJECT_WORDS;
    expect(i32[ao + Arena.address] === 0, () => `unused_arena_objects: ${index} has an arena`);
    expect(n < i32[Cell.maxarenas], () => "unused_arena_objects runs in a circle");
  }
  const current = i32[Cell.narenas_currently_allocated];
  expect(
    n + current === i32[Cell.maxarenas],
    () => `${n} unused + ${current} arenas of ${i32[Cell.maxarenas]} arena_objects`,
  );
}

/** usable_arenas has exactly the arenas with free pools, by nfreepools ascending, and nfp2lasta the last of each run. */
export function usable_arenas_is_valid(h: Heap): void {
  const i32 = h.i32;
  const expected = new Set<number>();
  forEachArena(h, (ao) => {
    if (i32[ao + Arena.nfreepools] > 0) expected.add(ao);
  });
  const last = new Map<number, number>();
  let least = 0;
  for (let prev = 0, ao = i32[Cell.usable_arenas]; ao !== 0; prev = ao, ao = i32[ao + Arena.nextarena]) {
    const nfp = i32[ao + Arena.nfreepools];
    expect(expected.delete(ao), () => `usable_arenas: ${hex(ao)} has no free pool or is there twice`);
    expect(i32[ao + Arena.prevarena] === prev, () => `usable_arenas: wrong back link in ${hex(ao)}`);
    expect(nfp >= least, () => `usable_arenas: ${nfp} free pools after ${least}`);
    last.set((least = nfp), ao);
  }
  expect(expected.size === 0, () => `usable_arenas: ${expected.size} arenas with free pools are missing`);
  for (let n = 0; n <= h.arenaSize / h.poolSize; n++) {
    const found = i32[h.nfp2lasta + 2 * n];
    expect(
      found === (last.get(n) ?? 0),
      () => `nfp2lasta[${n}] is ${hex(found)}, not ${hex(last.get(n) ?? 0)}`,
    );
  }
}

/** The arena_object of the arena that holds p; p must lie in one. */
export const arenaOf = (h: Heap, p: number): number =>
  arenaAt(h, h.i32[h.arenaMap + (p >>> h.arenaShift)] - 1);
