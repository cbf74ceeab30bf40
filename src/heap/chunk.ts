/**
 * A chunk: what the system allocator divides a segment into. A chunk is named by its user pointer p, which is 16-byte
 * aligned; its header is the 8 bytes before p.
 *
 *   byte  p-16        p-8       p-4       p                            p+size-16    p+size-8
 *         | footer of | size,   | slack   | user's bytes ...           | (last 8 bytes of the user's, or footer
 *         | previous  | flags   |         |                            |  = size while this chunk is free)
 *
 * size   in words, from p-16 of this chunk to p-16 of the next; a multiple of 4, at least 8 (32 bytes).
 * flags  CINUSE: this chunk is in use; PINUSE: the one before it is. Neither: a big block with page ranges of its own.
 * slack  usable bytes that were not asked for; QUICK_MARK while the chunk waits in a quick list (then it keeps CINUSE).
 *
 * A free chunk that is not the top one has its size in words as footer and is linked in a bin: next at p, previous at p+8.
 * A segment is whole pages: [unused 8 | chunk | chunk | ... | header of the end mark, size 0, CINUSE].
 */
import type { Heap } from "./heap.ts";

/** A chunk's user pointer. */
export type Chunk = number;

export const CINUSE = 1;
export const PINUSE = 2;
export const FLAGS = 3;
export const MIN_CHUNK_WORDS = 8;
export const QUICK_MARK = -1;
/** Bytes of a chunk that are not the user's: the header (the footer is lent to the user while the chunk is in use). */
export const CHUNK_HEADER = 8;
/** Bytes at the front of a big block: its header, padded to keep alignment. */
export const BIG_HEADER = 16;
export const chunkWordsOf = (h: Heap, p: Chunk): number => h.i32[p - 2] & ~FLAGS;

/** Words of the chunk that serves a request of `nbytes` (less than 2 GiB). */
export const chunkWordsFor = (nbytes: number): number =>
  nbytes <= 24 ? MIN_CHUNK_WORDS : ((nbytes + 23) >>> 4) << 2;

/** Bytes the user may write in an in-use chunk or big block. */
export function usableBytes(h: Heap, p: Chunk): number {
  const head = h.i32[p - 2];
  const bytes = (head & ~FLAGS) * 4;
  return (head & FLAGS) === 0 ? bytes - BIG_HEADER : bytes - CHUNK_HEADER;
}
