/**
 * Quick lists: the last chunks freed of each size up to 1040 bytes, at most 7 of a size, given out again last in first
 * out. The figures are those of glibc's per-thread cache, so the address of a block just freed comes back as it does there.
 *
 * Invariant: a chunk in a quick list has CINUSE and a slack of QUICK_MARK, and its first word links to the next.
 */
import { Cell } from "./cells.ts";
import { type Chunk, chunkWordsOf, MIN_CHUNK_WORDS, QUICK_MARK } from "./chunk.ts";
import type { Heap } from "./heap.ts";

export const QUICK_MAX_WORDS = 260;
export const QUICK_DEPTH = 7;

/** The two words of the quick list for chunks of `words` words. */
const quickList = (words: number): number => Cell.QUICK + ((words - MIN_CHUNK_WORDS) >>> 1);

export function quickGet(h: Heap, words: number): Chunk {
  if (words > QUICK_MAX_WORDS) return 0;
  const i32 = h.i32;
  const list = quickList(words);
  const p = i32[list];
  if (p === 0) return 0;
  i32[list] = i32[p];
  i32[list + 1]--;
  return p;
}

/** False when the list is full or the chunk too large. */
export function quickPut(h: Heap, p: Chunk, words: number): boolean {
  if (words > QUICK_MAX_WORDS) return false;
  const i32 = h.i32;
  const list = quickList(words);
  if (i32[list + 1] === QUICK_DEPTH) return false;
  i32[list + 1]++;
  i32[p] = i32[list];
  i32[p - 1] = QUICK_MARK;
  i32[list] = p;
  return true;
}

/** Empties all lists through `release`. False when they were empty already. */
export function flushQuick(h: Heap, release: (h: Heap, p: Chunk, words: number) => void): boolean {
  let any = false;
  for (let words = MIN_CHUNK_WORDS; words <= QUICK_MAX_WORDS; words += 4) {
    for (let p = quickGet(h, words); p !== 0; p = quickGet(h, words)) {
      release(h, p, chunkWordsOf(h, p));
      any = true;
    }
  }
  return any;
}
