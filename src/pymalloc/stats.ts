/** `sys._debugmallocstats()`: the table of pools and blocks by size class, in CPython's form. */
import { Cell } from "../heap/cells.ts";
import type { Heap } from "../heap/heap.ts";
import {
  Arena,
  INDEX2SIZE,
  NB_CLASSES,
  NUMBLOCKS,
  POOL_OVERHEAD,
  Pool,
  SMALL_REQUEST_THRESHOLD,
} from "./layout.ts";
import { forEachArena, forEachPool } from "./walk.ts";

export interface ClassFigures {
  szidx: number;
  size: number;
  pools: number;
  usedBlocks: number;
  /** Blocks of these pools that are not in use, linked or virgin. */
  freeBlocks: number;
}

export interface PymallocFigures {
  /** One for each size class, also for those without pools. */
  classes: ClassFigures[];
  arenas: number;
  /** Pools that no size class has now: empty or never carved. */
  freePools: number;
  allocatedBytes: number;
  availableBytes: number;
  poolHeaderBytes: number;
  /** Tails of pools too short for a block. */
  quantizationBytes: number;
}

export function pymallocFigures(h: Heap): PymallocFigures {
  const classes: ClassFigures[] = [];
  for (let i = 0; i < NB_CLASSES; i++) {
    classes.push({ szidx: i, size: INDEX2SIZE(i), pools: 0, usedBlocks: 0, freeBlocks: 0 });
  }
  let arenas = 0;
  let freePools = 0;
  forEachArena(h, (ao) => {
    arenas++;
    freePools += h.i32[ao + Arena.nfreepools];
  });
  forEachPool(h, (pool) => {
    const count = h.i32[pool + Pool.count];
    if (count === 0) return;
    const c = classes[h.i32[pool + Pool.szidx]];
    c.pools++;
    c.usedBlocks += count;
    c.freeBlocks += NUMBLOCKS(h.poolSize, c.szidx) - count;
  });
  const sum = (f: (c: ClassFigures) => number): number => classes.reduce((total, c) => total + f(c), 0);
  return {
    classes,
    arenas,
    freePools,
    allocatedBytes: sum((c) => c.usedBlocks * c.size),
    availableBytes: sum((c) => c.freeBlocks * c.size),
    poolHeaderBytes: sum((c) => c.pools * POOL_OVERHEAD),
    quantizationBytes: sum((c) => c.pools * ((h.poolSize - POOL_OVERHEAD) % c.size)),
  };
}

/** A text, "=" in column 36, and the value with thousands separators ending in column 57. */
function line(text: string, value: number): string {
  const digits = value.toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${text.padEnd(35)}=${digits.padStart(21)}\n`;
}

/**
 * The text that `sys._debugmallocstats()` writes before the lines of the objects' free lists. Empty when the object domain
 * is not pymalloc's. CPython's last section counts the nodes of its radix tree; ours is one flat map, counted as its root.
 */
export function debugMallocStats(h: Heap): string {
  if (h.mallocName === "malloc" || h.mallocName === "malloc_debug") return "";
  const f = pymallocFigures(h);
  const mapBytes = Math.ceil(h.maxHeap / h.arenaSize) * 4;
  const map = [
    "\narena map counts\n",
    line("# arena map mid nodes", 0),
    line("# arena map bot nodes", 0),
    "\n",
    line("# bytes lost to arena map root", mapBytes),
    line("# bytes lost to arena map mid", 0),
    line("# bytes lost to arena map bot", 0),
    line("Total", mapBytes),
  ];
  return [classTable(f), "\n", arenaLines(h, f), "\n", byteLines(h, f), ...map].join("");
}

function classTable(f: PymallocFigures): string {
  const rows = f.classes
    .filter((c) => c.pools > 0)
    .map((c) => {
      const cells: [number, number][] = [
        [c.szidx, 5],
        [c.size, 6],
        [c.pools, 11],
        [c.usedBlocks, 15],
        [c.freeBlocks, 13],
      ];
      return `${cells.map(([n, width]) => String(n).padStart(width)).join(" ")}\n`;
    });
  return [
    `Small block threshold = ${SMALL_REQUEST_THRESHOLD}, in ${NB_CLASSES} size classes.\n\n`,
    "class   size   num pools   blocks in use  avail blocks\n",
    "-----   ----   ---------   -------------  ------------\n",
    ...rows,
  ].join("");
}

function arenaLines(h: Heap, f: PymallocFigures): string {
  const total = h.i32[Cell.ntimes_arena_allocated];
  return [
    line("# arenas allocated total", total),
    line("# arenas reclaimed", total - f.arenas),
    line("# arenas highwater mark", h.i32[Cell.narenas_highwater]),
    line("# arenas allocated current", f.arenas),
    line(`${f.arenas} arenas * ${h.arenaSize} bytes/arena`, f.arenas * h.arenaSize),
  ].join("");
}

function byteLines(h: Heap, f: PymallocFigures): string {
  const free = f.freePools * h.poolSize;
  const total = f.allocatedBytes + f.availableBytes + free + f.poolHeaderBytes + f.quantizationBytes;
  return [
    line("# bytes in allocated blocks", f.allocatedBytes),
    line("# bytes in available blocks", f.availableBytes),
    line(`${f.freePools} unused pools * ${h.poolSize} bytes`, free),
    line("# bytes lost to pool headers", f.poolHeaderBytes),
    line("# bytes lost to quantization", f.quantizationBytes),
    // An arena is aligned to its size, so nothing is lost at its ends.
    line("# bytes lost to arena alignment", 0),
    line("Total", total),
  ].join("");
}
