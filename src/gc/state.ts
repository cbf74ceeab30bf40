/**
 * GcState (`rt.gc`): what of the collector's state is not in cells of the heap, and start-up. Part of gc/.
 *
 * In cells: the heads of the three generations and of the permanent one, counts and thresholds, the lists `gc.garbage` and
 * `gc.callbacks`, flags. The generations' thresholds are CPython 3.13's 2000, 10, 10.
 */
import { Cell } from "../heap/cells.ts";
import { EvalBreaker } from "../objects/alloc.ts";
import { PyDict_ClearFreeLists } from "../objects/dict.ts";
import { clearNumSeqFreeLists } from "../objects/freelists.ts";
import { PyList_New } from "../objects/list.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { makeVisitors } from "./deduce.ts";
import { gc_list_init, gc_list_merge, gc_list_remove, type Head } from "./lists.ts";

export const NUM_GENERATIONS = 3;
export const GEN_HEADS: readonly Head[] = [Cell.GC_GEN0, Cell.GC_GEN1, Cell.GC_GEN2];
export const GEN_COUNTS: readonly number[] = [Cell.GC_COUNT0, Cell.GC_COUNT1, Cell.GC_COUNT2];
export const GEN_THRESHOLDS: readonly number[] = [Cell.GC_THRESHOLD0, Cell.GC_THRESHOLD1, Cell.GC_THRESHOLD2];
const DEFAULT_THRESHOLDS = [2000, 10, 10];

/** gc.DEBUG_* */
export const enum GcDebug {
  STATS = 1,
  COLLECTABLE = 2,
  UNCOLLECTABLE = 4,
  SAVEALL = 32,
  LEAK = 38,
}

/** struct gc_generation_stats */
export interface GenerationStats {
  collections: number;
  collected: number;
  uncollectable: number;
  /** Time that the passes took. */
  milliseconds: number;
}

/** What a recorder is told of a collection: one call when a pass is over, in the order of the passes. */
export interface GcEvent {
  pass: string;
  generation: number;
  /** The list that the pass worked on. */
  list: Head;
}

export class GcState {
  readonly stats: GenerationStats[] = [];
  /** For tp_traverse in subtract_refs and move_unreachable. */
  readonly visitDecref: (op: Ref) => void;
  readonly visitReachable: (op: Ref) => void;
  /** The list that move_unreachable is working on. */
  reachable: Head = 0;
  /** The exact tuples and dicts that the last move_unreachable left in its list, in order. */
  readonly tuples: Ref[] = [];
  readonly dicts: Ref[] = [];
  /** Check the lists before and after passes (tests). */
  checks = false;
  /** Collect whenever the eval breaker is looked at (tests). */
  stress = false;
  /** Collections that `stress` made. */
  stressed = 0;
  /** A recorder of passes, or null. */
  onPass: ((event: GcEvent) => void) | null = null;
  /** What a full collection does besides: empties free lists. */
  readonly freeListClearers: ((rt: Runtime) => void)[] = [];

  constructor(rt: Runtime) {
    for (let i = 0; i < NUM_GENERATIONS; i++)
      this.stats.push({ collections: 0, collected: 0, uncollectable: 0, milliseconds: 0 });
    const visitors = makeVisitors(rt);
    this.visitDecref = visitors.decref;
    this.visitReachable = visitors.reachable;
  }
}

/** Start-up, before the first container is made: empty lists, thresholds; the collector is off until `startGc`. */
export function initGc(rt: Runtime): void {
  const i32 = rt.i32;
  rt.gc = new GcState(rt);
  for (const head of GEN_HEADS) gc_list_init(rt, head);
  gc_list_init(rt, Cell.GC_PERMANENT);
  gc_list_init(rt, Cell.GC_UNREACHABLE);
  gc_list_init(rt, Cell.GC_FINALIZERS);
  gc_list_init(rt, Cell.GC_FINAL_UNREACHABLE);
  gc_list_init(rt, Cell.GC_WRCB_TO_CALL);
  gc_list_init(rt, Cell.GC_SEEN);
  gc_list_init(rt, Cell.GC_ASIDE);
  for (let i = 0; i < NUM_GENERATIONS; i++) i32[GEN_THRESHOLDS[i]] = DEFAULT_THRESHOLDS[i];
  rt.gc.freeListClearers.push(clearNumSeqFreeLists, PyDict_ClearFreeLists);
}

/** The collector's figures at the first line of a script in CPython 3.13, whose start-up makes more objects than ours. */
const STARTUP_COLLECTIONS = 3;
const STARTUP_GARBAGE = 24;

/**
 * Start-up's end: what the runtime itself is made of and will never free leaves the lists; `gc.garbage` and
 * `gc.callbacks` are made; the collector is on. The rest is in the middle generation, as after collections of the youngest.
 */
export function startGc(rt: Runtime): void {
  const i32 = rt.i32;
  if (i32[Cell.GC_GARBAGE] === 0) i32[Cell.GC_GARBAGE] = PyList_New(rt, 0);
  if (i32[Cell.GC_CALLBACKS] === 0) i32[Cell.GC_CALLBACKS] = PyList_New(rt, 0);
  for (const head of GEN_HEADS) untrackImmortal(rt, head);
  for (const count of GEN_COUNTS) i32[count] = 0;
  gc_list_merge(rt, Cell.GC_GEN0, Cell.GC_GEN1);
  i32[Cell.GC_COUNT1] = rt.gc.stats[0].collections = STARTUP_COLLECTIONS;
  rt.gc.stats[0].collected = STARTUP_GARBAGE;
  i32[Cell.EVAL_BREAKER] &= ~EvalBreaker.GC_SCHEDULED;
  i32[Cell.GC_ENABLED] = 1;
}

function untrackImmortal(rt: Runtime, list: Head): void {
  const i32 = rt.i32;
  let gc = i32[list];
  while (gc !== list) {
    const next = i32[gc];
    if (i32[gc + 4] < 0) {
      gc_list_remove(rt, gc);
      i32[gc + 2] &= 1;
    }
    gc = next;
  }
}
