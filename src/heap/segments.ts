/**
 * Segments: the page ranges that chunks lie in, and the top chunk, the free rest of the newest segment.
 *
 * Invariants: the top chunk ends at its segment's end mark, is in no bin, has PINUSE set, and is at least 32 bytes; no
 * other segment is one free chunk.
 */
import { chunksFrom, insertChunk, removeChunk } from "./bins.ts";
import { Cell } from "./cells.ts";
import { type Chunk, CINUSE, chunkWordsOf, MIN_CHUNK_WORDS, PINUSE } from "./chunk.ts";
import { type Heap, PAGE_WORDS } from "./heap.ts";
import {
  cutRange,
  growRange,
  mapLow,
  PageKind,
  rangeOf,
  rangePages,
  shrinkRange,
  unmapPages,
} from "./pages.ts";

/** Pages asked for beyond need, and kept when the top is trimmed: 128 KiB, less in a small heap. */
const padding = (h: Heap): number => Math.max(1, Math.min(32, (h.endPage - h.firstPage) >> 6));
/** The top is trimmed when it has more than this many paddings. */
const TRIM_FACTOR = 3;

/** Makes the top chunk at least `words` words long: where it is, or in a new segment. False when there are no pages. */
export function growTop(h: Heap, words: number): boolean {
  const i32 = h.i32;
  const top = i32[Cell.TOP];
  if (top !== 0) {
    const page = i32[Cell.TOP_SEGMENT];
    const old = rangePages(h, page);
    const need = old + Math.ceil((words - chunkWordsOf(h, top)) / PAGE_WORDS);
    if (growRange(h, page, need + padding(h)) || growRange(h, page, need)) {
      endTop(h, page);
      return true;
    }
  }
  return newSegment(h, Math.ceil((words + 4) / PAGE_WORDS));
}

function newSegment(h: Heap, need: number): boolean {
  const i32 = h.i32;
  const page = mapLow(h, need + padding(h), PageKind.Segment) || mapLow(h, need, PageKind.Segment);
  if (page === 0) return false;
  retireTop(h);
  const top = page * PAGE_WORDS + 4;
  i32[Cell.TOP] = top;
  i32[Cell.TOP_SEGMENT] = page;
  i32[top - 2] = PINUSE;
  i32[top - 1] = 0;
  endTop(h, page);
  return true;
}

/** The top chunk becomes an ordinary free one, or its segment goes back when there is nothing else in it. */
function retireTop(h: Heap): void {
  const i32 = h.i32;
  const top = i32[Cell.TOP];
  if (top === 0) return;
  const words = chunkWordsOf(h, top);
  i32[Cell.TOP] = 0;
  if (releaseSegment(h, top, words)) return;
  i32[top + words - 4] = words;
  i32[top + words - 2] &= ~PINUSE;
  insertChunk(h, top, words);
}

/** Sets the top chunk's size to reach its segment's end, and the end mark. */
function endTop(h: Heap, page: number): void {
  const i32 = h.i32;
  const top = i32[Cell.TOP];
  const end = (page + rangePages(h, page)) * PAGE_WORDS;
  i32[end - 2] = CINUSE;
  i32[end - 1] = 0;
  i32[top - 2] = (end - top) | (i32[top - 2] & PINUSE);
}

/** The free chunk p, which the top one follows, becomes part of it. */
export function mergeIntoTop(h: Heap, p: Chunk, words: number): void {
  const i32 = h.i32;
  i32[p - 2] = (words + chunkWordsOf(h, i32[Cell.TOP])) | PINUSE;
  i32[Cell.TOP] = p;
  const pad = padding(h);
  if (chunkWordsOf(h, p) > TRIM_FACTOR * pad * PAGE_WORDS) trimTop(h, pad);
}

/** Gives the top chunk's pages back, all but `pad`. */
export function trimTop(h: Heap, pad: number): void {
  const i32 = h.i32;
  const page = i32[Cell.TOP_SEGMENT];
  // Pages up to the one that holds the top's header, the end mark and 32 bytes between them.
  const keep = Math.ceil((i32[Cell.TOP] + 8) / PAGE_WORDS) - page + pad;
  if (keep >= rangePages(h, page)) return;
  shrinkRange(h, page, keep);
  endTop(h, page);
}

/** Unmaps the segment that the free chunk p fills from end to end. False when p does not begin or end one. */
export function releaseSegment(h: Heap, p: Chunk, words: number): boolean {
  const page = (p - 4) / PAGE_WORDS;
  const entry = h.i32[h.pageMap + page];
  const pages = (words + 4) / PAGE_WORDS;
  if (!Number.isInteger(page) || !Number.isInteger(pages) || entry !== ((pages << 3) | PageKind.Segment))
    return false;
  unmapPages(h, page, pages);
  return true;
}

/**
 * When pages run out: gives back the whole pages within free chunks. A segment is cut in two there:
 *
 *     | ... used | free chunk ..................... | used ... end mark |
 *     | ... used | rest, end mark |  free pages  | rest | used ... end mark |
 */
export function releaseMiddles(h: Heap): void {
  for (const p of chunksFrom(h, PAGE_WORDS)) releaseMiddle(h, p, chunkWordsOf(h, p));
}

function releaseMiddle(h: Heap, p: Chunk, words: number): void {
  const segment = rangeOf(h, Math.floor((p - 4) / PAGE_WORDS));
  const end = segment + rangePages(h, segment);
  const first = p === segment * PAGE_WORDS + 4;
  const last = p + words === end * PAGE_WORDS;
  const from = first ? segment : Math.ceil((p + MIN_CHUNK_WORDS) / PAGE_WORDS);
  const to = last ? end : Math.floor((p + words - 4 - MIN_CHUNK_WORDS) / PAGE_WORDS);
  if (to <= from) return;
  removeChunk(h, p, words);
  if (!first) endSegment(h, p, from * PAGE_WORDS);
  if (!last) beginSegment(h, to * PAGE_WORDS + 4, p + words);
  cutRange(h, segment, from, to);
  if (h.i32[Cell.TOP_SEGMENT] === segment && !last) h.i32[Cell.TOP_SEGMENT] = to;
}

/** The free chunk p becomes the last of a segment that ends at word `end`. */
function endSegment(h: Heap, p: Chunk, end: number): void {
  const i32 = h.i32;
  i32[p - 2] = (end - p) | PINUSE;
  i32[end - 4] = end - p;
  i32[end - 2] = CINUSE;
  i32[end - 1] = 0;
  insertChunk(h, p, end - p);
}

/** What is free up to the chunk `next` becomes the first chunk p of a segment. */
function beginSegment(h: Heap, p: Chunk, next: Chunk): void {
  const i32 = h.i32;
  i32[p - 2] = (next - p) | PINUSE;
  i32[p - 1] = 0;
  i32[next - 4] = next - p;
  insertChunk(h, p, next - p);
}
