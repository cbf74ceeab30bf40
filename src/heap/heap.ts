/**
 * The private heap: one ArrayBuffer, its views, and how its address space is divided. Every other layer works on this.
 *
 *   byte 0      4096    16384                                   stackBase      stackEnd                      maxHeap
 *        | null | cells | static region | arena map, page tables | data stack   | pages: segments ... arenas |
 *
 * A pointer is a word index (byte address / 4). A fresh ArrayBuffer is zero and not resident until touched, so nothing
 * here writes to memory that need not be written.
 */
import type { Allocator } from "./allocator.ts";
import { CELLS_END, Cell, HookBit, NB_SMALL_SIZE_CLASSES, USEDPOOLS } from "./cells.ts";

export type MallocName = "pymalloc" | "malloc" | "debug" | "pymalloc_debug" | "malloc_debug";

export interface HeapOptions {
  /** Bytes of the whole heap; every allocation beyond it fails. Default 2 GiB. */
  maxHeap?: number;
  /** As PYTHONMALLOC. */
  malloc?: MallocName;
  /** Bytes of an arena, a power of two, at least 4096. Default 1 MiB. */
  arenaSize?: number;
  /** Bytes of a pool, a power of two, at least 2048. Default 16 KiB. */
  poolSize?: number;
  /** The n-th allocation (1 is the next) fails once. */
  failAlloc?: number;
  /** Memory for the heap, all zeros and of the heap's size; made where there is none. */
  buffer?: ArrayBuffer;
  /** Called before pymalloc takes an arena: what PYTHONMALLOCSTATS prints. */
  onNewArena?: (h: Heap) => void;
}

/** Raised by `Heap.fatal` where CPython would abort the process. */
export class FatalError extends Error {
  override name = "FatalError";
}

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;
export const PAGE = 4096;
export const PAGE_WORDS = 1024;
export const MIN_HEAP = 256 * KiB;
export const MAX_HEAP = 8 * GiB;
export const DEFAULT_MAX_HEAP = 2 * GiB;

const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;
const isPowerOfTwo = (n: number): boolean => n > 0 && 2 ** Math.round(Math.log2(n)) === n;

export class Heap {
  readonly buffer: ArrayBuffer;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly f64: Float64Array;
  /** `p & poolMask` is the pool that holds block p. */
  readonly poolMask: number;
  /** Word `arenaMap + (p >>> arenaShift)` is non-zero when p lies in an arena (its index + 1). */
  readonly arenaMap: number;
  readonly arenaShift: number;
  readonly arenaSize: number;
  readonly poolSize: number;
  readonly maxHeap: number;
  readonly mallocName: MallocName;
  readonly staticEnd: number;
  /** `nfp2lasta`: one pointer for each possible number of free pools. */
  readonly nfp2lasta: number;
  /** Word of the page map's entry for page 0 (entries below `firstPage` do not exist). */
  readonly pageMap: number;
  /** Word of the dirty bits of page 0: a set bit means the page has been in use before, so may not be zero. */
  readonly dirtyMap: number;
  readonly firstPage: number;
  readonly endPage: number;
  readonly stackBase: number;
  readonly stackEnd: number;
  /** What each domain calls while its bit in Cell.HOOKS is set; index is a Domain. */
  readonly allocators: (Allocator | null)[];
  /** Told of corruption, with what is to be said before the error itself; must not return. */
  fatal: (problem: string, before?: string) => never;
  /** What follows a fatal error: the interpreter's state and where it was; empty until there is one. */
  fatalState: () => string;
  /** Where a block was allocated, as lines of text, when a tracer knows. */
  traceLookup: ((p: number) => string[] | null) | null;
  /** Told of a block that is used for a new object without having been freed, while HookBit.Trace is set. */
  newReference: ((p: number) => void) | null;
  readonly onNewArena: ((h: Heap) => void) | null;

  constructor(options: HeapOptions = {}) {
    const plan = planHeap(options);
    const buffer =
      options.buffer?.byteLength === plan.maxHeap ? options.buffer : new ArrayBuffer(plan.maxHeap);
    this.buffer = buffer;
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.u8 = byteView(buffer);
    this.u16 = new Uint16Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.poolMask = ~(plan.poolSize / 4 - 1);
    this.arenaMap = plan.arenaMap;
    this.arenaShift = Math.log2(plan.arenaSize / 4);
    this.arenaSize = plan.arenaSize;
    this.poolSize = plan.poolSize;
    this.maxHeap = plan.maxHeap;
    this.mallocName = options.malloc ?? "pymalloc";
    this.staticEnd = plan.staticEnd;
    this.nfp2lasta = plan.nfp2lasta;
    this.pageMap = plan.pageMap;
    this.dirtyMap = plan.dirtyMap;
    this.firstPage = plan.firstPage;
    this.endPage = plan.endPage;
    this.stackBase = plan.stackBase;
    this.stackEnd = plan.stackEnd;
    this.allocators = [null, null, null];
    this.fatal = (problem, before = "") => {
      throw new FatalError(`${before}Fatal Python error: ${problem}${this.fatalState()}`);
    };
    this.fatalState = () => "";
    this.traceLookup = null;
    this.newReference = null;
    this.onNewArena = options.onNewArena ?? null;
    initCells(this);
    if (options.failAlloc) this.failAt = options.failAlloc;
  }

  /** Allocations left until one fails on purpose; 0 when none will. Setting 1 makes the next one fail. */
  get failAt(): number {
    return this.i32[Cell.HOOKS] & HookBit.Fail ? this.i32[Cell.FAIL_AT] : 0;
  }
  set failAt(n: number) {
    this.i32[Cell.FAIL_AT] = n;
    if (n > 0) this.i32[Cell.HOOKS] |= HookBit.Fail;
    else this.i32[Cell.HOOKS] &= ~HookBit.Fail;
  }
}

/** Of all views the one with most elements: in V8 of Node 20 a typed array ends at 2^32 of them. */
function byteView(buffer: ArrayBuffer): Uint8Array {
  try {
    return new Uint8Array(buffer);
  } catch {
    throw new RangeError(
      `maxHeap: this JavaScript engine cannot address ${buffer.byteLength} bytes one by one; try 4 GiB`,
    );
  }
}

/** The division of the address space; all but the sizes in word indices or page numbers. */
function planHeap(options: HeapOptions) {
  const { arenaSize = MiB, poolSize = 16 * KiB } = options;
  const maxHeap = Math.floor((options.maxHeap ?? DEFAULT_MAX_HEAP) / PAGE) * PAGE;
  if (!(maxHeap >= MIN_HEAP && maxHeap <= MAX_HEAP)) {
    throw new RangeError(`maxHeap must be from ${MIN_HEAP} to ${MAX_HEAP} bytes`);
  }
  if (!isPowerOfTwo(poolSize) || poolSize < 2048) throw new RangeError("poolSize: a power of two >= 2048");
  if (!isPowerOfTwo(arenaSize) || arenaSize < PAGE || arenaSize < poolSize || arenaSize > 256 * MiB) {
    throw new RangeError("arenaSize: a power of two >= 4096 and >= poolSize, at most 256 MiB");
  }
  const pages = maxHeap / PAGE;
  const staticEnd = CELLS_END + Math.min(16 * MiB, roundUp(maxHeap / 8, PAGE)) / 4;
  const arenaMap = staticEnd;
  const nfp2lasta = arenaMap + Math.ceil(maxHeap / arenaSize);
  const pageMap = nfp2lasta + 2 * (arenaSize / poolSize + 1);
  const dirtyMap = pageMap + pages;
  const stackBase = roundUp(dirtyMap + Math.ceil(pages / 32), PAGE_WORDS);
  const stackEnd = stackBase + Math.min(64 * MiB, roundUp(maxHeap / 8, PAGE)) / 4;
  const firstPage = stackEnd / PAGE_WORDS;
  // The last page of 8 GiB stays unused so that every end address is still an int32.
  const endPage = maxHeap === MAX_HEAP ? pages - 1 : pages;
  return {
    maxHeap,
    arenaSize,
    poolSize,
    staticEnd,
    arenaMap,
    nfp2lasta,
    pageMap,
    dirtyMap,
    stackBase,
    stackEnd,
    firstPage,
    endPage,
  };
}

function initCells(h: Heap): void {
  const i32 = h.i32;
  // A head acts as a pool header of which only nextpool and prevpool exist: it starts two pointers early.
  for (let i = 0; i < NB_SMALL_SIZE_CLASSES; i++) {
    const head = USEDPOOLS + 4 * i - 4;
    i32[head + 4] = i32[head + 6] = head;
  }
  i32[Cell.STATIC_NEXT] = CELLS_END;
  i32[Cell.SP] = h.stackBase;
  i32[Cell.STACK_LIMIT] = h.stackEnd;
  i32[Cell.FREE_CEILING] = h.endPage;
  i32[h.pageMap + h.firstPage] = i32[h.pageMap + h.endPage - 1] = (h.endPage - h.firstPage) << 3;
  i32[Cell.HOOKS] = initialHooks(h.mallocName);
}

/** Whether the heap runs with debug hooks. */
export const isDebug = (h: Heap): boolean => h.mallocName !== "pymalloc" && h.mallocName !== "malloc";

function initialHooks(name: MallocName): number {
  if (name === "pymalloc") return 0;
  return name === "malloc" ? HookBit.Mem | HookBit.Object : HookBit.Raw | HookBit.Mem | HookBit.Object;
}
