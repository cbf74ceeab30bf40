/**
 * Arenas: 1 MiB each, divided into pools; which arena the next pool comes from; when an arena goes back.
 *
 * arenas                a vector of maxarenas arena_objects, grown by doubling from 16
 * unused_arena_objects  singly linked: exactly the arena_objects whose address is 0
 * usable_arenas         doubly linked: the arenas with nfreepools > 0, by nfreepools ascending, so that pools come from the
 *                       fullest arena and the emptiest get their chance to be given back
 * nfp2lasta[n]          the last arena in usable_arenas with nfreepools = n, 0 when there is none
 * An arena with no free pool is on no list.
 *
 * A free pool is on its arena's freepools list, or lies at pool_address or above and was never carved.
 *
 * Where CPython looks an address up in a radix tree, the arena map is one flat table with a word for each arena-sized slot
 * of the heap; and an arena here is aligned to its size, so no pool is lost at its ends.
 */
import { Cell } from "../heap/cells.ts";
import { innerRawRealloc } from "../heap/domains.ts";
import { type Heap, PAGE, PAGE_WORDS } from "../heap/heap.ts";
import { mapHigh, PageKind, unmapPages } from "../heap/pages.ts";
import { reclaimPages } from "../heap/system.ts";
import {
  ARENA_OBJECT_SIZE,
  ARENA_OBJECT_WORDS,
  Arena,
  DUMMY_SIZE_IDX,
  INITIAL_ARENA_OBJECTS,
  Pool,
} from "./layout.ts";

export const arenaAt = (h: Heap, index: number): number => h.i32[Cell.arenas] + index * ARENA_OBJECT_WORDS;

/** Whether p lies in an arena. */
export const address_in_range = (h: Heap, p: number): boolean =>
  h.i32[h.arenaMap + (p >>> h.arenaShift)] !== 0;

/** Doubles the `arenas` vector. Nothing points into it when this is called: every arena is full and none is unused. */
function growArenaVector(h: Heap): boolean {
  const i32 = h.i32;
  const old = i32[Cell.maxarenas];
  const count = old === 0 ? INITIAL_ARENA_OBJECTS : old * 2;
  const vector = innerRawRealloc(h, i32[Cell.arenas], count * ARENA_OBJECT_SIZE);
  if (vector === 0) return false;
  i32[Cell.arenas] = vector;
  i32[Cell.maxarenas] = count;
  for (let i = old; i < count; i++) {
    const ao = arenaAt(h, i);
    i32.fill(0, ao, ao + ARENA_OBJECT_WORDS);
    i32[ao + Arena.nextarena] = i + 1 < count ? ao + ARENA_OBJECT_WORDS : 0;
  }
  i32[Cell.unused_arena_objects] = arenaAt(h, old);
  return true;
}

/** A fresh arena's arena_object, on no list; 0 when there is no memory. */
function new_arena(h: Heap): number {
  const i32 = h.i32;
  h.onNewArena?.(h);
  if (i32[Cell.unused_arena_objects] === 0 && !growArenaVector(h)) return 0;
  const pages = h.arenaSize / PAGE;
  let page = mapHigh(h, pages, pages, PageKind.Arena);
  if (page === 0 && reclaimPages(h)) page = mapHigh(h, pages, pages, PageKind.Arena);
  if (page === 0) return 0;
  const ao = i32[Cell.unused_arena_objects];
  i32[Cell.unused_arena_objects] = i32[ao + Arena.nextarena];
  const address = page * PAGE_WORDS;
  i32[h.arenaMap + (address >>> h.arenaShift)] = (ao - i32[Cell.arenas]) / ARENA_OBJECT_WORDS + 1;
  i32[ao + Arena.address] = address;
  i32[ao + Arena.pool_address] = address;
  i32[ao + Arena.freepools] = 0;
  i32[ao + Arena.nfreepools] = i32[ao + Arena.ntotalpools] = h.arenaSize / h.poolSize;
  i32[Cell.ntimes_arena_allocated]++;
  const n = ++i32[Cell.narenas_currently_allocated];
  if (n > i32[Cell.narenas_highwater]) i32[Cell.narenas_highwater] = n;
  return ao;
}

/** Gives the arena of `ao`, which is on no list, back to the address space. */
function free_arena(h: Heap, ao: number): void {
  const i32 = h.i32;
  const address = i32[ao + Arena.address];
  i32[h.arenaMap + (address >>> h.arenaShift)] = 0;
  unmapPages(h, address / PAGE_WORDS, h.arenaSize / PAGE);
  i32[ao + Arena.address] = 0;
  i32[ao + Arena.nextarena] = i32[Cell.unused_arena_objects];
  i32[Cell.unused_arena_objects] = ao;
  i32[Cell.narenas_currently_allocated]--;
}

/** Takes a free pool from the fullest arena, or from a new one; 0 when there is no memory. */
export function takePool(h: Heap): number {
  const i32 = h.i32;
  let ao = i32[Cell.usable_arenas];
  if (ao === 0) {
    ao = new_arena(h);
    if (ao === 0) return 0;
    i32[Cell.usable_arenas] = ao;
    i32[ao + Arena.nextarena] = i32[ao + Arena.prevarena] = 0;
    i32[h.nfp2lasta + 2 * i32[ao + Arena.nfreepools]] = ao;
  }
  // The first arena has the fewest free pools, so with one fewer it is still in its place.
  const nfp = i32[ao + Arena.nfreepools];
  const last = h.nfp2lasta + 2 * nfp;
  if (i32[last] === ao) i32[last] = 0;
  if (nfp > 1) i32[last - 2] = ao;
  i32[ao + Arena.nfreepools] = nfp - 1;
  const pool = carvePool(h, ao);
  if (nfp === 1) {
    const next = i32[ao + Arena.nextarena];
    i32[Cell.usable_arenas] = next;
    if (next !== 0) i32[next + Arena.prevarena] = 0;
  }
  return pool;
}

function carvePool(h: Heap, ao: number): number {
  const i32 = h.i32;
  const cached = i32[ao + Arena.freepools];
  if (cached !== 0) {
    i32[ao + Arena.freepools] = i32[cached + Pool.nextpool];
    return cached;
  }
  const pool = i32[ao + Arena.pool_address];
  i32[ao + Arena.pool_address] = pool + h.poolSize / 4;
  i32[pool + Pool.arenaindex] = (ao - i32[Cell.arenas]) / ARENA_OBJECT_WORDS;
  i32[pool + Pool.szidx] = DUMMY_SIZE_IDX;
  return pool;
}

/** Puts the empty pool on its arena's list, and the arena in its new place, or back when it was the pool's last use. */
export function insert_to_freepool(h: Heap, pool: number): void {
  const i32 = h.i32;
  const ao = arenaAt(h, i32[pool + Pool.arenaindex]);
  i32[pool + Pool.nextpool] = i32[ao + Arena.freepools];
  i32[ao + Arena.freepools] = pool;
  const nf = i32[ao + Arena.nfreepools] + 1;
  const lastnf = i32[h.nfp2lasta + 2 * (nf - 1)];
  if (lastnf === ao) {
    const p = i32[ao + Arena.prevarena];
    i32[h.nfp2lasta + 2 * (nf - 1)] = p !== 0 && i32[p + Arena.nfreepools] === nf - 1 ? p : 0;
  }
  i32[ao + Arena.nfreepools] = nf;
  if (nf === 1) {
    prependUsable(h, ao);
    return;
  }
  // The last arena in the list is kept though it is empty: the next request would only ask for it again.
  if (nf === i32[ao + Arena.ntotalpools] && i32[ao + Arena.nextarena] !== 0) {
    unlinkUsable(h, ao);
    free_arena(h, ao);
    return;
  }
  const lastOfNew = h.nfp2lasta + 2 * nf;
  if (i32[lastOfNew] === 0) i32[lastOfNew] = ao;
  if (ao === lastnf) return;
  unlinkUsable(h, ao);
  insertUsableAfter(h, ao, lastnf);
}

function prependUsable(h: Heap, ao: number): void {
  const i32 = h.i32;
  const first = i32[Cell.usable_arenas];
  i32[ao + Arena.nextarena] = first;
  i32[ao + Arena.prevarena] = 0;
  if (first !== 0) i32[first + Arena.prevarena] = ao;
  i32[Cell.usable_arenas] = ao;
  if (i32[h.nfp2lasta + 2] === 0) i32[h.nfp2lasta + 2] = ao;
}

/** Takes `ao` out of usable_arenas; it must not be the last there. */
function unlinkUsable(h: Heap, ao: number): void {
  const i32 = h.i32;
  const prev = i32[ao + Arena.prevarena];
  const next = i32[ao + Arena.nextarena];
  if (prev !== 0) i32[prev + Arena.nextarena] = next;
  else i32[Cell.usable_arenas] = next;
  i32[next + Arena.prevarena] = prev;
}

function insertUsableAfter(h: Heap, ao: number, prev: number): void {
  const i32 = h.i32;
  const next = i32[prev + Arena.nextarena];
  i32[ao + Arena.prevarena] = prev;
  i32[ao + Arena.nextarena] = next;
  if (next !== 0) i32[next + Arena.prevarena] = ao;
  i32[prev + Arena.nextarena] = ao;
}
