/**
 * Pools and blocks: alloc and free of up to 512 bytes. A pool holds blocks of one size class and is in one of three states:
 *
 * used   some blocks in use, some not. In: the first block of a fresh or cached pool, or a free in a full one.
 *        On the circular list headed by usedpools[2*szidx]. freeblock is not 0.
 * full   all blocks in use. In: the last free block goes out. On no list; nextpool, prevpool mean nothing; freeblock is 0.
 * empty  no block in use. In: the last used block comes back. On its arena's freepools list through nextpool; prevpool
 *        means nothing; it keeps its size class and free list, and starts faster when it gets the same class again.
 *
 * Free blocks are linked through their first word, last in first out; the list ends with 0. Blocks at nextoffset and above
 * (up to maxnextoffset, the last possible start) were never given out and are not linked yet. So the list of a used pool
 * runs empty in two ways: another virgin block is linked, or the pool is full.
 */
import { USEDPOOLS } from "../heap/cells.ts";
import { type Heap, isDebug } from "../heap/heap.ts";
import { insert_to_freepool, takePool } from "./arenas.ts";
import { INDEX2SIZE, POOL_OVERHEAD, Pool, usedHead } from "./layout.ts";

/** A block of size class `szidx`, or 0 when memory is out. Ignores hooks: for the domains only. */
export function pymalloc_alloc(h: Heap, szidx: number): number {
  const i32 = h.i32;
  const pool = i32[USEDPOOLS + (szidx << 2)];
  if (pool === USEDPOOLS - 4 + (szidx << 2)) return allocate_from_new_pool(h, szidx);
  i32[pool + Pool.count]++;
  const bp = i32[pool + Pool.freeblock];
  const next = i32[bp];
  i32[pool + Pool.freeblock] = next;
  if (next === 0) pymalloc_pool_extend(h, pool);
  return bp;
}

/** Frees a block that lies in a pool. Ignores hooks: for the domains only. */
export function pymalloc_free(h: Heap, p: number): void {
  const i32 = h.i32;
  const pool = p & h.poolMask;
  const lastfree = i32[pool + Pool.freeblock];
  i32[p] = lastfree;
  i32[pool + Pool.freeblock] = p;
  const count = i32[pool + Pool.count] - 1;
  i32[pool + Pool.count] = count;
  if (lastfree === 0) insert_to_usedpool(h, pool);
  else if (count === 0) emptyPool(h, pool);
}

/** The pool's free list has run empty: links the next virgin block, or takes the pool, now full, off usedpools. */
export function pymalloc_pool_extend(h: Heap, pool: number): void {
  const i32 = h.i32;
  const offset = i32[pool + Pool.nextoffset];
  if (offset <= i32[pool + Pool.maxnextoffset]) {
    const block = pool + (offset >> 2);
    i32[pool + Pool.freeblock] = block;
    i32[pool + Pool.nextoffset] = offset + INDEX2SIZE(i32[pool + Pool.szidx]);
    i32[block] = 0;
    return;
  }
  unlinkUsed(h, pool);
}

function unlinkUsed(h: Heap, pool: number): void {
  const i32 = h.i32;
  const next = i32[pool + Pool.nextpool];
  const prev = i32[pool + Pool.prevpool];
  i32[next + Pool.prevpool] = prev;
  i32[prev + Pool.nextpool] = next;
}

/** The list of size class `szidx` is empty: starts a pool and returns its first free block. */
export function allocate_from_new_pool(h: Heap, szidx: number): number {
  const i32 = h.i32;
  const pool = takePool(h);
  if (pool === 0) return 0;
  const head = usedHead(szidx);
  i32[pool + Pool.nextpool] = i32[pool + Pool.prevpool] = head;
  i32[head + Pool.nextpool] = i32[head + Pool.prevpool] = pool;
  i32[pool + Pool.count] = 1;
  if (i32[pool + Pool.szidx] === szidx) {
    const bp = i32[pool + Pool.freeblock];
    i32[pool + Pool.freeblock] = i32[bp];
    return bp;
  }
  const size = INDEX2SIZE(szidx);
  const bp = pool + (POOL_OVERHEAD >> 2);
  // The debug hooks look into blocks given out for the first time, and must not find what the pool held before.
  if (isDebug(h)) i32.fill(0, bp, pool + h.poolSize / 4);
  const second = bp + (size >> 2);
  i32[pool + Pool.szidx] = szidx;
  i32[pool + Pool.nextoffset] = POOL_OVERHEAD + 2 * size;
  i32[pool + Pool.maxnextoffset] = h.poolSize - size;
  i32[pool + Pool.freeblock] = second;
  i32[second] = 0;
  return bp;
}

/** The full pool has got a block back: to the front of its list, so that the block is the next to go out. */
export function insert_to_usedpool(h: Heap, pool: number): void {
  const i32 = h.i32;
  const next = i32[USEDPOOLS + (i32[pool + Pool.szidx] << 2)];
  const prev = i32[next + Pool.prevpool];
  i32[pool + Pool.nextpool] = next;
  i32[pool + Pool.prevpool] = prev;
  i32[next + Pool.prevpool] = pool;
  i32[prev + Pool.nextpool] = pool;
}

/** The used pool has no block in use any more. */
export function emptyPool(h: Heap, pool: number): void {
  unlinkUsed(h, pool);
  insert_to_freepool(h, pool);
}

/** Bytes of the block that holds p, which must lie in a pool. */
export const blockSize = (h: Heap, p: number): number => INDEX2SIZE(h.i32[(p & h.poolMask) + Pool.szidx]);
