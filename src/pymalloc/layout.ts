/**
 * pymalloc's structures, at the byte offsets of 64-bit CPython 3.13. The only statement of these layouts.
 *
 * pool_header, 48 bytes at the start of each pool:
 *
 *   byte  0           8           16          24          32          36       40          44              48
 *         | ref.count | freeblock | nextpool  | prevpool  | arenaindex | szidx | nextoffset | maxnextoffset | blocks ...
 *
 * arena_object, 48 bytes, in the `arenas` vector (raw domain):
 *
 *   byte  0         8              16          20           24          32          40          48
 *         | address | pool_address | nfreepools | ntotalpools | freepools | nextarena | prevarena |
 *
 * usedpools[2*i], usedpools[2*i+1] are nextpool and prevpool of a pool header that does not otherwise exist: the head of
 * size class i starts 16 bytes before usedpools[2*i] (`usedHead`), and an empty list is the head linked to itself.
 */
import { NB_SMALL_SIZE_CLASSES, USEDPOOLS } from "../heap/cells.ts";

/** Word offsets in a pool_header. */
export const enum Pool {
  count = 0,
  freeblock = 2,
  nextpool = 4,
  prevpool = 6,
  arenaindex = 8,
  szidx = 9,
  nextoffset = 10,
  maxnextoffset = 11,
}

/** Word offsets in an arena_object. */
export const enum Arena {
  address = 0,
  pool_address = 2,
  nfreepools = 4,
  ntotalpools = 5,
  freepools = 6,
  nextarena = 8,
  prevarena = 10,
}

export const NB_CLASSES = NB_SMALL_SIZE_CLASSES;
export const POOL_OVERHEAD = 48;
export const POOL_OVERHEAD_WORDS = 12;
export const ARENA_OBJECT_SIZE = 48;
export const ARENA_OBJECT_WORDS = 12;
export const SMALL_REQUEST_THRESHOLD = 512;
export const INITIAL_ARENA_OBJECTS = 16;
/** Size class of a pool that was carved off its arena but never used. */
export const DUMMY_SIZE_IDX = 0xffff;

/** Bytes of a block of size class i. */
export const INDEX2SIZE = (i: number): number => (i + 1) << 4;
/** The size class for a request of 1 to 512 bytes. */
export const sizeClass = (nbytes: number): number => (nbytes - 1) >> 4;
/** Blocks in a pool of size class i. */
export const NUMBLOCKS = (poolSize: number, i: number): number =>
  Math.floor((poolSize - POOL_OVERHEAD) / INDEX2SIZE(i));
/** The list head of size class i, as a pool. */
export const usedHead = (i: number): number => USEDPOOLS + 4 * i - 4;
