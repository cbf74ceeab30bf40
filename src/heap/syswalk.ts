/** A walk over everything the system allocator manages, in address order; reads the heap only. */
import { Cell } from "./cells.ts";
import { BIG_HEADER, CHUNK_HEADER, type Chunk, CINUSE, chunkWordsOf, QUICK_MARK } from "./chunk.ts";
import { type Heap, PAGE_WORDS } from "./heap.ts";
import { PageKind, rangeKind, rangePages } from "./pages.ts";

export const enum ChunkState {
  Used = 0,
  Quick = 1,
  Free = 2,
  Top = 3,
  Big = 4,
}

/** Visits every page range: its first page, its pages, its kind. */
export function forEachRange(h: Heap, visit: (page: number, pages: number, kind: PageKind) => void): void {
  for (let page = h.firstPage; page < h.endPage; ) {
    const pages = rangePages(h, page);
    if (pages === 0) throw new Error(`page map: no range starts at page ${page}`);
    visit(page, pages, rangeKind(h, page));
    page += pages;
  }
}

/** Visits every chunk and big block; `words` is its whole size with header. */
export function forEachChunk(h: Heap, visit: (p: Chunk, words: number, state: ChunkState) => void): void {
  forEachRange(h, (page, pages, kind) => {
    if (kind === PageKind.Big) visit(page * PAGE_WORDS + 4, pages * PAGE_WORDS, ChunkState.Big);
    if (kind === PageKind.Segment) walkSegment(h, page, pages, visit);
  });
}

function walkSegment(
  h: Heap,
  page: number,
  pages: number,
  visit: (p: Chunk, words: number, state: ChunkState) => void,
): void {
  const end = (page + pages) * PAGE_WORDS;
  for (let p = page * PAGE_WORDS + 4; p < end; ) {
    const words = chunkWordsOf(h, p);
    if (words < 8 || p + words > end)
      throw new Error(`chunk at word ${p}: size of ${words} words runs out of its segment`);
    visit(p, words, chunkState(h, p));
    p += words;
  }
}

function chunkState(h: Heap, p: Chunk): ChunkState {
  if (p === h.i32[Cell.TOP]) return ChunkState.Top;
  if ((h.i32[p - 2] & CINUSE) === 0) return ChunkState.Free;
  return h.i32[p - 1] === QUICK_MARK ? ChunkState.Quick : ChunkState.Used;
}

/** Bytes of the system allocator by what they are for. They add up to `mapped`. */
export interface SystemLedger {
  /** Live blocks, and of them those with pages of their own. */
  blocks: number;
  bigBlocks: number;
  /** Bytes asked for in live blocks. */
  requested: number;
  /** Bytes of live blocks that nobody asked for: 16-byte granules, whole pages. */
  rounding: number;
  headers: number;
  /** Bytes in bins, quick lists and the top chunk, with their headers. */
  free: number;
  freeChunks: number;
  segments: number;
  mapped: number;
}

export function systemLedger(h: Heap): SystemLedger {
  const sum: SystemLedger = {
    blocks: 0,
    bigBlocks: 0,
    requested: 0,
    rounding: 0,
    headers: 0,
    free: 0,
    freeChunks: 0,
    segments: 0,
    mapped: 0,
  };
  forEachRange(h, (_page, pages, kind) => {
    if (kind === PageKind.Segment || kind === PageKind.Big) sum.mapped += pages * PAGE_WORDS * 4;
    if (kind === PageKind.Segment) sum.segments++;
  });
  sum.headers = sum.segments * 16;
  forEachChunk(h, (p, words, state) => {
    const live = state === ChunkState.Used || state === ChunkState.Big;
    if (!live) {
      sum.freeChunks++;
      sum.free += words * 4;
      return;
    }
    const header = state === ChunkState.Big ? BIG_HEADER : CHUNK_HEADER;
    const slack = h.i32[p - 1];
    sum.blocks++;
    if (state === ChunkState.Big) sum.bigBlocks++;
    sum.headers += header;
    sum.rounding += slack;
    sum.requested += words * 4 - header - slack;
  });
  return sum;
}
