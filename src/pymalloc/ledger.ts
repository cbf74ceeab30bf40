/** The ledger: every byte of committed address space, by what it is for. A walk over the whole heap, which it only reads. */
import { CELLS_END, CELLS_START, Cell } from "../heap/cells.ts";
import { type Heap, PAGE, PAGE_WORDS } from "../heap/heap.ts";
import { staticUsed } from "../heap/static.ts";
import { systemLedger } from "../heap/syswalk.ts";
import { pymallocFigures } from "./stats.ts";

/** Bytes. All but the last three add up to `total - unexplained`. */
export interface HeapLedger {
  /** pymalloc: blocks in use (requested sizes are not known to it), and the rest of its arenas. */
  blocksUsed: number;
  blocksFree: number;
  poolHeaders: number;
  poolTails: number;
  freePools: number;
  /** The system allocator: what was asked for, and what that cost. */
  systemRequested: number;
  systemRounding: number;
  systemHeaders: number;
  systemFree: number;
  staticRegion: number;
  /** From the stack's base to its top. */
  dataStack: number;
  cells: number;
  nullPage: number;
  /** Arena map, nfp2lasta, page map, dirty bits: as far as they have been written. */
  tables: number;
  /** Committed: what is mapped, by the running count of pages, and the fixed regions as far as they are in use. */
  total: number;
  /** `total` less all of the above: 0 unless something is broken. */
  unexplained: number;
  /** Address space that could still be committed. */
  reserved: number;
}

export function heapLedger(h: Heap): HeapLedger {
  const small = pymallocFigures(h);
  const system = systemLedger(h);
  const parts = {
    blocksUsed: small.allocatedBytes,
    blocksFree: small.availableBytes,
    poolHeaders: small.poolHeaderBytes,
    poolTails: small.quantizationBytes,
    freePools: small.freePools * h.poolSize,
    systemRequested: system.requested,
    systemRounding: system.rounding,
    systemHeaders: system.headers,
    systemFree: system.free,
    staticRegion: staticUsed(h),
    dataStack: (h.i32[Cell.SP] - h.stackBase) * 4,
    cells: (CELLS_END - CELLS_START) * 4,
    nullPage: CELLS_START * 4,
    tables: tableBytes(h),
  };
  const total = fixedBytes(h) + h.i32[Cell.MAPPED_PAGES] * PAGE;
  const explained = Object.values(parts).reduce((sum, n) => sum + n, 0);
  return { ...parts, total, unexplained: total - explained, reserved: h.maxHeap - total };
}

/** Committed bytes outside the pages. */
function fixedBytes(h: Heap): number {
  return (h.i32[Cell.STATIC_NEXT] + h.i32[Cell.SP] - h.stackBase) * 4 + tableBytes(h);
}

/** Bytes of the tables' 4096-byte pages that have anything in them; the others were never written and are not resident. */
function tableBytes(h: Heap): number {
  let pages = 0;
  for (let at = h.arenaMap; at < h.stackBase; at += PAGE_WORDS) {
    const end = Math.min(at + PAGE_WORDS, h.stackBase);
    let i = at;
    while (i < end && h.i32[i] === 0) i++;
    if (i < end) pages++;
  }
  return pages * PAGE;
}

/** High-water marks that cost the fast path nothing: they are kept where pages and large blocks are taken. */
export interface HeapPeaks {
  /** Bytes of arenas, segments and big blocks mapped at once. */
  mapped: number;
  arenas: number;
  /** Bytes asked of the system allocator and live at once. */
  systemRequested: number;
}

export function heapPeaks(h: Heap): HeapPeaks {
  return {
    mapped: h.i32[Cell.PEAK_MAPPED_PAGES] * PAGE,
    arenas: h.i32[Cell.narenas_highwater],
    systemRequested: h.f64[Cell.SYS_PEAK_REQUESTED >> 1],
  };
}

/** Bytes live now: pymalloc's blocks at their size class, the system allocator's as they were asked for. */
export function liveBytes(h: Heap): number {
  return pymallocFigures(h).allocatedBytes + h.f64[Cell.SYS_REQUESTED >> 1];
}
