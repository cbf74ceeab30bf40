/**
 * The system allocator: malloc for the raw domain, for requests over 512 bytes, and for whatever pymalloc needs itself.
 * Boundary-tagged chunks in segments (chunk.ts), free ones in bins (bins.ts), just-freed ones in quick lists, and blocks
 * of 128 KiB and more as page ranges of their own (big.ts).
 */
import { bigFree, bigMalloc, bigRealloc } from "./big.ts";
import { findChunk, insertChunk, removeChunk } from "./bins.ts";
import { Cell } from "./cells.ts";
import {
  CHUNK_HEADER,
  type Chunk,
  CINUSE,
  chunkWordsFor,
  chunkWordsOf,
  FLAGS,
  MIN_CHUNK_WORDS,
  PINUSE,
  usableBytes,
} from "./chunk.ts";
import { type Heap, PAGE_WORDS } from "./heap.ts";
import { flushQuick, quickGet, quickPut } from "./quick.ts";
import { growTop, mergeIntoTop, releaseMiddles, releaseSegment, trimTop } from "./segments.ts";
import { copyWords, zeroWords } from "./words.ts";

/** Requests of this many bytes and more get pages of their own. */
export const BIG_REQUEST = 128 * 1024;

/** A block of `nbytes` (0 counts as 1), or 0. */
export function sysMalloc(h: Heap, nbytes: number): Chunk {
  if (nbytes >= BIG_REQUEST) return newBig(h, nbytes, false, false);
  const words = chunkWordsFor(nbytes);
  let p = quickGet(h, words);
  if (p === 0) p = takeChunk(h, words);
  if (p !== 0) noteMalloc(h, p, nbytes);
  return p;
}

/** A zeroed block of `nbytes`, or 0. */
export function sysCalloc(h: Heap, nbytes: number): Chunk {
  if (nbytes >= BIG_REQUEST) return newBig(h, nbytes, true, false);
  const p = sysMalloc(h, nbytes);
  if (p !== 0) zeroWords(h, p, (nbytes + 3) >>> 2);
  return p;
}

export function sysFree(h: Heap, p: Chunk): void {
  const i32 = h.i32;
  const head = i32[p - 2];
  if ((head & FLAGS) === 0) {
    bigFree(h, p);
    return;
  }
  if (i32[p - 1] < 0 || (head & CINUSE) === 0)
    h.fatal(`free(): double free detected at 0x${(p * 4).toString(16)}`);
  noteFree(h, p);
  const words = head & ~FLAGS;
  if (!quickPut(h, p, words)) releaseChunk(h, p, words);
}

/** As C's realloc for p other than NULL: 0 on failure, and then p is as it was. */
export function sysRealloc(h: Heap, p: Chunk, nbytes: number): Chunk {
  const head = h.i32[p - 2];
  if ((head & FLAGS) === 0) {
    if (nbytes >= BIG_REQUEST) return bigRealloc(h, p, nbytes) ? p : moveBlock(h, p, nbytes);
    // Out of the page range into a chunk; when the heap is too full even for that, the range is cut down.
    return moveBlock(h, p, nbytes) || (bigRealloc(h, p, nbytes) ? p : 0);
  }
  if (nbytes >= BIG_REQUEST) return moveBlock(h, p, nbytes);
  const words = chunkWordsFor(nbytes);
  const old = head & ~FLAGS;
  if (words > old && !growChunk(h, p, old, words)) return moveBlock(h, p, nbytes);
  const grown = chunkWordsOf(h, p);
  noteResize(h, old, grown, p, nbytes);
  if (grown - words >= MIN_CHUNK_WORDS) cutChunk(h, p, grown, words);
  return p;
}

function moveBlock(h: Heap, p: Chunk, nbytes: number): Chunk {
  const q = nbytes >= BIG_REQUEST ? newBig(h, nbytes, false, true) : sysMalloc(h, nbytes);
  if (q === 0) return 0;
  const bytes = Math.min(usableBytes(h, p), usableBytes(h, q));
  copyWords(h, q, p, bytes / 4);
  sysFree(h, p);
  return q;
}

function newBig(h: Heap, nbytes: number, zero: boolean, growing: boolean): Chunk {
  const p = bigMalloc(h, nbytes, zero, growing);
  return p === 0 && reclaimPages(h) ? bigMalloc(h, nbytes, zero, growing) : p;
}

/** When pages run out: gives back what quick lists, the top chunk and long free chunks hold. False when that is nothing. */
export function reclaimPages(h: Heap): boolean {
  const before = h.i32[Cell.MAPPED_PAGES];
  flushQuick(h, releaseChunk);
  if (h.i32[Cell.TOP] !== 0) trimTop(h, 0);
  releaseMiddles(h);
  return h.i32[Cell.MAPPED_PAGES] < before;
}

/** A chunk of at least `words` words, marked in use; from the bins, the top, or new pages. */
function takeChunk(h: Heap, words: number): Chunk {
  let p = findChunk(h, words);
  if (p === 0) {
    p = takeFromTop(h, words);
    if (p !== 0) return p;
    // The heap is full: what waits in the quick lists may, once coalesced, do.
    if (!flushQuick(h, releaseChunk)) return 0;
    p = findChunk(h, words);
    if (p === 0) return takeFromTop(h, words);
  }
  const size = chunkWordsOf(h, p);
  removeChunk(h, p, size);
  useChunk(h, p, size, words);
  return p;
}

/** Marks the unlinked free chunk p in use, and gives what exceeds `words` back to the bins when it can stand alone. */
function useChunk(h: Heap, p: Chunk, size: number, words: number): void {
  const i32 = h.i32;
  const rest = size - words;
  if (rest < MIN_CHUNK_WORDS) {
    i32[p - 2] |= CINUSE;
    i32[p + size - 2] |= PINUSE;
    return;
  }
  i32[p - 2] = words | (i32[p - 2] & PINUSE) | CINUSE;
  const q = p + words;
  i32[q - 2] = rest | PINUSE;
  i32[q + rest - 4] = rest;
  insertChunk(h, q, rest);
}

function takeFromTop(h: Heap, words: number): Chunk {
  const i32 = h.i32;
  let p = i32[Cell.TOP];
  if (p === 0 || chunkWordsOf(h, p) < words + MIN_CHUNK_WORDS) {
    if (!growTop(h, words + MIN_CHUNK_WORDS)) return 0;
    p = i32[Cell.TOP];
  }
  const rest = chunkWordsOf(h, p) - words;
  i32[p - 2] = words | (i32[p - 2] & PINUSE) | CINUSE;
  const top = p + words;
  i32[top - 2] = rest | PINUSE;
  i32[Cell.TOP] = top;
  return p;
}

/** Frees the in-use chunk p for good: joins it with free neighbours and puts the result in a bin, the top, or back to pages. */
export function releaseChunk(h: Heap, p: Chunk, words: number): void {
  const i32 = h.i32;
  if ((i32[p - 2] & PINUSE) === 0) {
    const before = i32[p - 4];
    p -= before;
    words += before;
    removeChunk(h, p, before);
  }
  let next = p + words;
  if (next === i32[Cell.TOP]) {
    mergeIntoTop(h, p, words);
    return;
  }
  if ((i32[next - 2] & CINUSE) === 0) {
    const after = chunkWordsOf(h, next);
    removeChunk(h, next, after);
    words += after;
    next = p + words;
  }
  i32[p - 2] = words | PINUSE;
  i32[next - 4] = words;
  i32[next - 2] &= ~PINUSE;
  const wholeSegment = (i32[next - 2] & ~FLAGS) === 0 && (p & (PAGE_WORDS - 1)) === 4;
  if (!(wholeSegment && releaseSegment(h, p, words))) insertChunk(h, p, words);
}

/** Lengthens p into what follows it. True when it then has at least `words` words; it may have more. */
function growChunk(h: Heap, p: Chunk, old: number, words: number): boolean {
  const i32 = h.i32;
  const next = p + old;
  if (next === i32[Cell.TOP]) {
    const more = words - old;
    if (
      chunkWordsOf(h, next) < more + MIN_CHUNK_WORDS &&
      !(growTop(h, more + MIN_CHUNK_WORDS) && i32[Cell.TOP] === next)
    ) {
      return false;
    }
    takeFromTop(h, more);
  } else {
    if (i32[next - 2] & CINUSE) return false;
    const after = chunkWordsOf(h, next);
    if (old + after < words) return false;
    removeChunk(h, next, after);
    useChunk(h, next, after, Math.max(words - old, MIN_CHUNK_WORDS));
  }
  i32[p - 2] += chunkWordsOf(h, next);
  return true;
}

/** Cuts p, accounted for at `size` words, to `words` and frees the tail. */
function cutChunk(h: Heap, p: Chunk, size: number, words: number): void {
  const i32 = h.i32;
  const rest = size - words;
  i32[p - 2] -= rest;
  i32[p - 1] -= rest * 4;
  h.f64[Cell.SYS_IN_USE >> 1] -= rest * 4;
  i32[p + words - 2] = rest | CINUSE | PINUSE;
  releaseChunk(h, p + words, rest);
}

function noteMalloc(h: Heap, p: Chunk, nbytes: number): void {
  const { i32, f64 } = h;
  const bytes = chunkWordsOf(h, p) * 4;
  i32[p - 1] = bytes - CHUNK_HEADER - nbytes;
  i32[Cell.SYS_BLOCKS]++;
  f64[Cell.SYS_MALLOCS >> 1]++;
  f64[Cell.SYS_IN_USE >> 1] += bytes;
  const requested = (f64[Cell.SYS_REQUESTED >> 1] += nbytes);
  if (requested > f64[Cell.SYS_PEAK_REQUESTED >> 1]) f64[Cell.SYS_PEAK_REQUESTED >> 1] = requested;
}

function noteFree(h: Heap, p: Chunk): void {
  const { i32, f64 } = h;
  const bytes = chunkWordsOf(h, p) * 4;
  i32[Cell.SYS_BLOCKS]--;
  f64[Cell.SYS_IN_USE >> 1] -= bytes;
  f64[Cell.SYS_REQUESTED >> 1] -= bytes - CHUNK_HEADER - i32[p - 1];
}

function noteResize(h: Heap, old: number, grown: number, p: Chunk, nbytes: number): void {
  const { i32, f64 } = h;
  f64[Cell.SYS_IN_USE >> 1] += (grown - old) * 4;
  const before = old * 4 - CHUNK_HEADER - i32[p - 1];
  i32[p - 1] = grown * 4 - CHUNK_HEADER - nbytes;
  const requested = (f64[Cell.SYS_REQUESTED >> 1] += nbytes - before);
  if (requested > f64[Cell.SYS_PEAK_REQUESTED >> 1]) f64[Cell.SYS_PEAK_REQUESTED >> 1] = requested;
}
