/**
 * Free chunks of the system allocator, by size: two-level segregated fit, as TLSF has it. Above the heap's cells only.
 *
 * Sizes are counted in granules of 16 bytes. Row 0 has a bin for each size below 32 granules; row r >= 1 covers sizes
 * from 2^(r+4) to 2^(r+5) in 32 equal steps. Each bin is a list linked both ways, last in first out.
 *
 * Invariant: bit s of BIN_SL[r] is set when and only when bin (r, s) has a chunk; bit r of BIN_FL when BIN_SL[r] is not 0.
 */
import { Cell } from "./cells.ts";
import { type Chunk, chunkWordsOf } from "./chunk.ts";
import type { Heap } from "./heap.ts";

const BIN_COUNT = 27 * 32;

/** The bin for chunks of `words` words, 0 .. 863. */
export function binIndex(words: number): number {
  const granules = words >>> 2;
  if (granules < 32) return granules;
  const log = 31 - Math.clz32(granules);
  return ((log - 4) << 5) | ((granules >>> (log - 5)) & 31);
}

/** Puts the free chunk p of `words` words at the front of its bin. */
export function insertChunk(h: Heap, p: Chunk, words: number): void {
  const i32 = h.i32;
  const bin = binIndex(words);
  const next = i32[Cell.BINS + bin];
  i32[p] = next;
  i32[p + 2] = 0;
  if (next !== 0) i32[next + 2] = p;
  i32[Cell.BINS + bin] = p;
  i32[Cell.BIN_SL + (bin >>> 5)] |= 1 << (bin & 31);
  i32[Cell.BIN_FL] |= 1 << (bin >>> 5);
}

/** Takes the free chunk p of `words` words out of its bin. */
export function removeChunk(h: Heap, p: Chunk, words: number): void {
  const i32 = h.i32;
  const next = i32[p];
  const prev = i32[p + 2];
  if (next !== 0) i32[next + 2] = prev;
  if (prev !== 0) {
    i32[prev] = next;
    return;
  }
  const bin = binIndex(words);
  i32[Cell.BINS + bin] = next;
  if (next !== 0) return;
  const row = bin >>> 5;
  if ((i32[Cell.BIN_SL + row] &= ~(1 << (bin & 31))) === 0) i32[Cell.BIN_FL] &= ~(1 << row);
}

/** A free chunk of at least `words` words, still in its bin, or 0. */
export function findChunk(h: Heap, words: number): Chunk {
  const i32 = h.i32;
  const bin = binIndex(words);
  const first = i32[Cell.BINS + bin];
  if (first !== 0 && chunkWordsOf(h, first) >= words) return first;
  let row = (bin + 1) >>> 5;
  let map = i32[Cell.BIN_SL + row] & (-1 << ((bin + 1) & 31));
  if (map === 0) {
    const rows = i32[Cell.BIN_FL] & (-2 << row);
    if (rows === 0) return 0;
    row = lowestBit(rows);
    map = i32[Cell.BIN_SL + row];
  }
  return i32[Cell.BINS + (row << 5) + lowestBit(map)];
}

/** All free chunks of at least `words` words. */
export function chunksFrom(h: Heap, words: number): Chunk[] {
  const found: Chunk[] = [];
  for (let bin = binIndex(words); bin < BIN_COUNT; bin++) {
    for (let p = h.i32[Cell.BINS + bin]; p !== 0; p = h.i32[p])
      if (chunkWordsOf(h, p) >= words) found.push(p);
  }
  return found;
}

const lowestBit = (map: number): number => 31 - Math.clz32(map & -map);
