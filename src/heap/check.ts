/**
 * Checks of this layer's invariants, stated beside each structure (pages.ts, chunk.ts, bins.ts, quick.ts, segments.ts).
 * Each throws HeapCheckError at the first thing that is not as it should be. For tests and `heap.check()`.
 */
import { binIndex } from "./bins.ts";
import { Cell } from "./cells.ts";
import { type Chunk, CINUSE, chunkWordsOf, PINUSE, QUICK_MARK } from "./chunk.ts";
import { type Heap, PAGE, PAGE_WORDS } from "./heap.ts";
import { PageKind, rangePages } from "./pages.ts";
import { QUICK_DEPTH, QUICK_MAX_WORDS } from "./quick.ts";
import { ChunkState, forEachChunk, forEachRange, systemLedger } from "./syswalk.ts";

export class HeapCheckError extends Error {
  override name = "HeapCheckError";
}

export function expect(ok: boolean, message: () => string): asserts ok {
  if (!ok) throw new HeapCheckError(message());
}

const hex = (p: number): string => `0x${(p * 4).toString(16)}`;

/** Ranges tile the pages, no two free ones touch, and the entries inside a range are 0. */
export function checkPages(h: Heap): void {
  const { i32, pageMap } = h;
  let mapped = 0;
  let wasFree = false;
  forEachRange(h, (page, pages, kind) => {
    const end = page + pages;
    expect(end <= h.endPage, () => `page map: range at page ${page} of ${pages} pages passes the end`);
    expect(kind <= PageKind.Big, () => `page map: range at page ${page} has the unknown kind ${kind}`);
    expect(
      i32[pageMap + page] === i32[pageMap + end - 1],
      () => `page map: first and last entry of page ${page} differ`,
    );
    for (let i = page + 1; i < end - 1; i++) {
      expect(i32[pageMap + i] === 0, () => `page map: page ${i} inside the range at ${page} has an entry`);
    }
    const free = kind === PageKind.Free;
    expect(
      !(free && wasFree),
      () => `page map: the free range at page ${page} was not joined with the one before it`,
    );
    expect(
      !free || end <= i32[Cell.FREE_CEILING],
      () => `page map: free range at page ${page} lies above FREE_CEILING`,
    );
    if (!free) mapped += pages;
    wasFree = free;
  });
  expect(
    mapped === i32[Cell.MAPPED_PAGES],
    () => `MAPPED_PAGES is ${i32[Cell.MAPPED_PAGES]}, ranges have ${mapped}`,
  );
}

/** Chunks tile segments, flags and footers agree with neighbours, free chunks are in their bins, counters are true. */
export function checkSystem(h: Heap): void {
  const free = new Set<Chunk>();
  const quick = new Set<Chunk>();
  forEachChunk(h, (p, words, state) => {
    if (state === ChunkState.Big) return;
    expect(p % 4 === 0, () => `chunk ${hex(p)} is not 16-byte aligned`);
    const previousUsed = (h.i32[p + words - 2] & PINUSE) !== 0;
    if (state === ChunkState.Free) checkFreeChunk(h, p, words, free);
    else if (state === ChunkState.Top) checkTop(h, p, words);
    else expect(previousUsed, () => `chunk ${hex(p)} is in use and the one after it says it is not`);
    if (state === ChunkState.Quick) quick.add(p);
    if (state === ChunkState.Used) checkSlack(h, p);
  });
  checkBins(h, free);
  checkQuick(h, quick);
  checkCounters(h);
}

function checkSlack(h: Heap, p: Chunk): void {
  const slack = h.i32[p - 1];
  const most = chunkWordsOf(h, p) * 4 - 8;
  expect(slack >= 0 && slack <= most, () => `chunk ${hex(p)}: slack of ${slack} in ${most} usable bytes`);
}

function checkFreeChunk(h: Heap, p: Chunk, words: number, free: Set<Chunk>): void {
  const next = p + words;
  expect((h.i32[p - 2] & PINUSE) !== 0, () => `free chunk ${hex(p)} follows a free one`);
  expect((h.i32[next - 2] & PINUSE) === 0, () => `free chunk ${hex(p)}: the next one takes it for used`);
  expect(h.i32[next - 4] === words, () => `free chunk ${hex(p)}: footer ${h.i32[next - 4]}, size ${words}`);
  expect((h.i32[next - 2] & CINUSE) !== 0, () => `free chunk ${hex(p)} was not joined with the one after it`);
  free.add(p);
}

function checkTop(h: Heap, p: Chunk, words: number): void {
  const page = h.i32[Cell.TOP_SEGMENT];
  const end = (page + rangePages(h, page)) * PAGE_WORDS;
  expect(
    p + words === end,
    () => `top chunk ${hex(p)} ends at ${hex(p + words)}, its segment at ${hex(end)}`,
  );
  expect(words >= 8, () => `top chunk ${hex(p)} is too small: ${words} words`);
  expect((h.i32[p - 2] & PINUSE) !== 0, () => `top chunk ${hex(p)} follows a free chunk`);
}

function checkBins(h: Heap, free: Set<Chunk>): void {
  const i32 = h.i32;
  for (let bin = 0; bin < 27 * 32; bin++) {
    const head = i32[Cell.BINS + bin];
    const row = bin >>> 5;
    const bit = (i32[Cell.BIN_SL + row] >>> (bin & 31)) & 1;
    expect((head !== 0) === (bit === 1), () => `bin ${bin}: its bit is ${bit}, its head ${hex(head)}`);
    expect(
      (((i32[Cell.BIN_FL] >>> row) & 1) === 1) === (i32[Cell.BIN_SL + row] !== 0),
      () => `bin row ${row}: wrong bit`,
    );
    for (let p = head, prev = 0; p !== 0; prev = p, p = i32[p]) {
      expect(free.delete(p), () => `bin ${bin} has ${hex(p)}, which is not a free chunk or is there twice`);
      expect(
        binIndex(chunkWordsOf(h, p)) === bin,
        () => `chunk ${hex(p)} is in bin ${bin}, which is not its own`,
      );
      expect(i32[p + 2] === prev, () => `chunk ${hex(p)} in bin ${bin}: wrong link to the one before it`);
    }
  }
  for (const p of free) expect(false, () => `free chunk ${hex(p)} is in no bin`);
}

function checkQuick(h: Heap, quick: Set<Chunk>): void {
  const i32 = h.i32;
  for (let words = 8; words <= QUICK_MAX_WORDS; words += 4) {
    const list = Cell.QUICK + ((words - 8) >>> 1);
    let n = 0;
    for (let p = i32[list]; p !== 0; p = i32[p], n++) {
      expect(quick.delete(p), () => `quick list of ${words} words has ${hex(p)}, which does not wait there`);
      expect(
        chunkWordsOf(h, p) === words && i32[p - 1] === QUICK_MARK,
        () => `chunk ${hex(p)}: wrong quick list`,
      );
    }
    expect(
      n === i32[list + 1] && n <= QUICK_DEPTH,
      () => `quick list of ${words} words: ${n} chunks, count ${i32[list + 1]}`,
    );
  }
  for (const p of quick) expect(false, () => `chunk ${hex(p)} is marked as waiting and is in no quick list`);
}

function checkCounters(h: Heap): void {
  const sum = systemLedger(h);
  const requested = h.f64[Cell.SYS_REQUESTED >> 1];
  const inUse = h.f64[Cell.SYS_IN_USE >> 1];
  const used = sum.requested + sum.rounding + sum.headers - sum.segments * 16;
  expect(
    h.i32[Cell.SYS_BLOCKS] === sum.blocks,
    () => `SYS_BLOCKS is ${h.i32[Cell.SYS_BLOCKS]}, found ${sum.blocks}`,
  );
  expect(requested === sum.requested, () => `SYS_REQUESTED is ${requested}, found ${sum.requested}`);
  expect(inUse === used, () => `SYS_IN_USE is ${inUse}, found ${used}`);
  const all = used + sum.free + sum.segments * 16;
  expect(
    all === sum.mapped && sum.mapped % PAGE === 0,
    () => `system allocator: ${all} bytes found in ${sum.mapped} mapped`,
  );
}
