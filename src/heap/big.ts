/**
 * Big blocks: one page range each, so that they go back to the address space at once and can grow in place.
 *
 *   byte  page         +8         +12     +16
 *         | unused 8   | size     | slack | user's bytes ...   to the end of the range
 *
 * size is the range's in words with no flags, slack as in a chunk.
 */
import { Cell } from "./cells.ts";
import { BIG_HEADER, type Chunk } from "./chunk.ts";
import { type Heap, PAGE, PAGE_WORDS } from "./heap.ts";
import {
  growRange,
  mapHigh,
  mapWithHeadroom,
  PageKind,
  rangePages,
  shrinkRange,
  unmapPages,
  zeroPages,
} from "./pages.ts";

const pagesFor = (nbytes: number): number => Math.ceil((nbytes + BIG_HEADER) / PAGE);
const pageOf = (p: Chunk): number => (p - 4) / PAGE_WORDS;
const requestedOf = (h: Heap, p: Chunk): number => h.i32[p - 2] * 4 - BIG_HEADER - h.i32[p - 1];

/** `growing`: the block is a moved one that may grow again, so it gets room behind it. */
export function bigMalloc(h: Heap, nbytes: number, zero: boolean, growing: boolean): Chunk {
  const pages = pagesFor(nbytes);
  if (!(pages <= h.endPage - h.firstPage)) return 0;
  let page = growing ? mapWithHeadroom(h, pages, PageKind.Big) : 0;
  if (page === 0) page = mapHigh(h, pages, 1, PageKind.Big);
  if (page === 0) return 0;
  if (zero) zeroPages(h, page, pages);
  const p = page * PAGE_WORDS + 4;
  h.i32[Cell.SYS_BLOCKS]++;
  h.f64[Cell.SYS_MALLOCS >> 1]++;
  account(h, p, 0, pages, nbytes, 0);
  return p;
}

export function bigFree(h: Heap, p: Chunk): void {
  const pages = rangePages(h, pageOf(p));
  h.i32[Cell.SYS_BLOCKS]--;
  account(h, p, pages, 0, 0, requestedOf(h, p));
  unmapPages(h, pageOf(p), pages);
}

/** Resizes p where it is: false when the block must move. */
export function bigRealloc(h: Heap, p: Chunk, nbytes: number): boolean {
  const page = pageOf(p);
  const old = rangePages(h, page);
  const pages = pagesFor(nbytes);
  if (pages > old && !growRange(h, page, pages)) return false;
  if (pages < old) shrinkRange(h, page, pages);
  account(h, p, old, pages, nbytes, requestedOf(h, p));
  return true;
}

/** Sets the header for `pages` pages of which `nbytes` are asked for, and the statistics from what was before. */
function account(h: Heap, p: Chunk, oldPages: number, pages: number, nbytes: number, oldBytes: number): void {
  const { i32, f64 } = h;
  i32[p - 2] = pages * PAGE_WORDS;
  i32[p - 1] = pages * PAGE - BIG_HEADER - nbytes;
  f64[Cell.SYS_IN_USE >> 1] += (pages - oldPages) * PAGE;
  const requested = (f64[Cell.SYS_REQUESTED >> 1] += nbytes - oldBytes);
  if (requested > f64[Cell.SYS_PEAK_REQUESTED >> 1]) f64[Cell.SYS_PEAK_REQUESTED >> 1] = requested;
}
