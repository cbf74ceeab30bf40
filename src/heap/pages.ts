/**
 * The address space manager: ranges of 4096-byte pages for segments of the system allocator, arenas and big blocks.
 * Above only the heap itself.
 *
 * Segments are placed lowest-first and grow upward; arenas and big blocks highest-first, so that both ends of one free
 * middle serve all three.
 *
 * Page map, one word for each page, written only for the first and the last page of a range:
 *
 *     31                                3  2   0
 *     | pages in the range               | kind |
 *
 * Invariants: ranges tile [firstPage, endPage); no two neighbouring ranges are free; first and last entries are equal and
 * those between them 0; a page that was ever unmapped has its dirty bit set; no page at or above FREE_CEILING is free.
 */
import { Cell } from "./cells.ts";
import { type Heap, PAGE_WORDS } from "./heap.ts";

export const enum PageKind {
  Free = 0,
  Segment = 1,
  Arena = 2,
  Big = 3,
}

export const rangeKind = (h: Heap, page: number): PageKind => h.i32[h.pageMap + page] & 7;
export const rangePages = (h: Heap, page: number): number => h.i32[h.pageMap + page] >>> 3;

function setRange(h: Heap, page: number, pages: number, kind: PageKind): void {
  const entry = (pages << 3) | kind;
  h.i32[h.pageMap + page] = entry;
  h.i32[h.pageMap + page + pages - 1] = entry;
}

/** Makes one range of two neighbours. */
function joinRanges(h: Heap, page: number, next: number, end: number, kind: PageKind): void {
  h.i32[h.pageMap + next - 1] = 0;
  h.i32[h.pageMap + next] = 0;
  setRange(h, page, end - page, kind);
}

function countMapped(h: Heap, pages: number): void {
  const i32 = h.i32;
  const mapped = (i32[Cell.MAPPED_PAGES] += pages);
  if (mapped > i32[Cell.PEAK_MAPPED_PAGES]) i32[Cell.PEAK_MAPPED_PAGES] = mapped;
}

/** Cuts [page, page + pages) out of the free range that starts at `range`. */
function carve(h: Heap, range: number, page: number, pages: number, kind: PageKind): void {
  const end = range + rangePages(h, range);
  if (page > range) setRange(h, range, page - range, PageKind.Free);
  if (page + pages < end) setRange(h, page + pages, end - page - pages, PageKind.Free);
  setRange(h, page, pages, kind);
  countMapped(h, pages);
}

/** Highest-first. `align` is in pages, a power of two. Returns the first page, or 0 when there is no room. */
export function mapHigh(h: Heap, pages: number, align: number, kind: PageKind): number {
  const i32 = h.i32;
  let ceiling = -1;
  for (let end = i32[Cell.FREE_CEILING]; end > h.firstPage; ) {
    const entry = i32[h.pageMap + end - 1];
    const range = end - (entry >>> 3);
    if ((entry & 7) === PageKind.Free) {
      if (ceiling < 0) i32[Cell.FREE_CEILING] = ceiling = end;
      const page = (end - pages) & -align;
      if (page >= range) {
        carve(h, range, page, pages, kind);
        return page;
      }
    }
    end = range;
  }
  return 0;
}

/** Lowest-first. Returns the first page, or 0 when there is no room. */
export function mapLow(h: Heap, pages: number, kind: PageKind): number {
  for (let page = h.firstPage; page < h.endPage; page += rangePages(h, page)) {
    if (rangeKind(h, page) === PageKind.Free && rangePages(h, page) >= pages) {
      carve(h, page, page, pages, kind);
      return page;
    }
  }
  return 0;
}

/**
 * For a block that has grown and may grow again: below the top of the largest free range, with up to eight times its own
 * size left free behind it, but never more than a quarter of that range.
 */
export function mapWithHeadroom(h: Heap, pages: number, kind: PageKind): number {
  let best = 0;
  let most = 0;
  for (let page = h.firstPage; page < h.endPage; page += rangePages(h, page)) {
    if (rangeKind(h, page) === PageKind.Free && rangePages(h, page) > most)
      most = rangePages(h, (best = page));
  }
  if (most < pages) return 0;
  const headroom = Math.min(8 * pages, most >>> 2, most - pages);
  const page = best + most - pages - headroom;
  carve(h, best, page, pages, kind);
  return page;
}

/** Gives [page, page + pages), a whole mapped range or the tail of one (then cut by `shrinkRange`), back. */
export function unmapPages(h: Heap, page: number, pages: number): void {
  const i32 = h.i32;
  markDirty(h, page, pages);
  i32[Cell.MAPPED_PAGES] -= pages;
  const end = page + pages;
  if (end > i32[Cell.FREE_CEILING]) i32[Cell.FREE_CEILING] = end;
  setRange(h, page, pages, PageKind.Free);
  const after = end < h.endPage && rangeKind(h, end) === PageKind.Free ? rangePages(h, end) : 0;
  if (after > 0) joinRanges(h, page, end, end + after, PageKind.Free);
  if (page === h.firstPage || rangeKind(h, page - 1) !== PageKind.Free) return;
  joinRanges(h, page - rangePages(h, page - 1), page, end + after, PageKind.Free);
}

/** Lengthens the range at `page` to `pages` where it is. False when what follows is not free or too short. */
export function growRange(h: Heap, page: number, pages: number): boolean {
  const old = rangePages(h, page);
  const next = page + old;
  if (next >= h.endPage || rangeKind(h, next) !== PageKind.Free) return false;
  const room = rangePages(h, next);
  const more = pages - old;
  if (room < more) return false;
  if (room > more) setRange(h, next + more, room - more, PageKind.Free);
  joinRanges(h, page, next, page + pages, rangeKind(h, page));
  countMapped(h, more);
  return true;
}

/** Cuts the range at `page` down to `pages` and frees the rest. */
export function shrinkRange(h: Heap, page: number, pages: number): void {
  const old = rangePages(h, page);
  if (pages === old) return;
  setRange(h, page, pages, rangeKind(h, page));
  unmapPages(h, page + pages, old - pages);
}

/** The first page of the mapped range that `page` lies in. */
export function rangeOf(h: Heap, page: number): number {
  let range = h.firstPage;
  while (range + rangePages(h, range) <= page) range += rangePages(h, range);
  return range;
}

/** Frees [from, to), a part of the range at `page`; what is left on either side are ranges of their own. */
export function cutRange(h: Heap, page: number, from: number, to: number): void {
  const end = page + rangePages(h, page);
  const kind = rangeKind(h, page);
  if (from > page) setRange(h, page, from - page, kind);
  if (to < end) setRange(h, to, end - to, kind);
  unmapPages(h, from, to - from);
}

function markDirty(h: Heap, page: number, pages: number): void {
  const i32 = h.i32;
  for (let end = page + pages; page < end; ) {
    const word = h.dirtyMap + (page >>> 5);
    const bit = page & 31;
    if (bit === 0 && end - page >= 32) {
      i32[word] = -1;
      page += 32;
    } else {
      i32[word] |= 1 << bit;
      page++;
    }
  }
}

/** Clears the pages of [page, page + pages) that have been in use before; the others are zero already. */
export function zeroPages(h: Heap, page: number, pages: number): void {
  const i32 = h.i32;
  const end = page + pages;
  while (page < end) {
    let stop = page;
    while (stop < end && (i32[h.dirtyMap + (stop >>> 5)] >>> (stop & 31)) & 1) stop++;
    if (stop > page) i32.fill(0, page * PAGE_WORDS, stop * PAGE_WORDS);
    page = stop + 1;
  }
}
