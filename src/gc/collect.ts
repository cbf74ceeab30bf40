/**
 * A collection from beginning to end, and when there is one. Part of gc/; the passes are in deduce.ts, untrack.ts and
 * finalize.ts.
 */

import { Cell } from "../heap/cells.ts";
import { clock } from "../heap/clock.ts";
import { EvalBreaker } from "../objects/alloc.ts";
import { PyObject_CallTwoArgs } from "../objects/call.ts";
import { dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { caught } from "../objects/errors.ts";
import { internStatic } from "../objects/intern.ts";
import { List } from "../objects/layout.ts";
import { listItem } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { withholdStale } from "../objects/recursion.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import type { NewRef } from "../objects/typeinfo.ts";
import { PyErr_WriteUnraisable } from "../objects/unraisable.ts";
import { deduce_unreachable } from "./deduce.ts";
import {
  delete_garbage,
  finalize_garbage,
  handle_legacy_finalizers,
  handle_resurrected_objects,
  handle_weakrefs,
  move_legacy_finalizer_reachable,
  move_legacy_finalizers,
} from "./finalize.ts";
import { gc_list_init, gc_list_merge, gc_list_size, type Head, heads, validate_list } from "./lists.ts";
import { GcDebug, GEN_COUNTS, GEN_HEADS, GEN_THRESHOLDS, NUM_GENERATIONS } from "./state.ts";
import { untrack_dicts, untrack_tuples } from "./untrack.ts";

/** What a collection did. */
export interface Collected {
  collected: number;
  uncollectable: number;
}

/**
 * gc_select_generation: the oldest generation whose count is over its threshold, or -1. The oldest of all only if a
 * quarter as many objects as survived the last full collection are waiting for their first.
 */
export function gc_select_generation(rt: Runtime): number {
  const i32 = rt.i32;
  for (let i = NUM_GENERATIONS - 1; i >= 0; i--) {
    if (i32[GEN_COUNTS[i]] <= i32[GEN_THRESHOLDS[i]]) continue;
    const waiting = i32[Cell.GC_LONG_LIVED_PENDING] >= Math.floor(i32[Cell.GC_LONG_LIVED_TOTAL] / 4);
    if (i < NUM_GENERATIONS - 1 || waiting) return i;
  }
  return -1;
}

/** What the eval breaker's handler calls when its bit is set: a collection, if one is due (_Py_RunGC). */
export function collectIfScheduled(rt: Runtime): void {
  const i32 = rt.i32;
  i32[Cell.EVAL_BREAKER] &= ~EvalBreaker.GC_SCHEDULED;
  withholdStale(rt);
  if (rt.gc.stress) {
    collectUnderStress(rt);
    return;
  }
  if (i32[Cell.GC_ENABLED] === 0 || i32[Cell.GC_COLLECTING] !== 0) return;
  const generation = gc_select_generation(rt);
  if (generation >= 0) gc_collect_main(rt, generation);
}

const STRESS_FULL = 256;

/** The youngest generation is collected whenever there is a chance, all of them every 256th time; the next chance is noted. */
function collectUnderStress(rt: Runtime): void {
  const i32 = rt.i32;
  const any = i32[Cell.GC_COUNT0] > 0;
  if (any && i32[Cell.GC_ENABLED] !== 0) gc_collect_main(rt, ++rt.gc.stressed % STRESS_FULL === 0 ? 2 : 0);
  i32[Cell.EVAL_BREAKER] |= EvalBreaker.GC_SCHEDULED;
}

/** From now on the collector runs at every chance. */
export function startStress(rt: Runtime): void {
  rt.gc.stress = true;
  rt.i32[Cell.EVAL_BREAKER] |= EvalBreaker.GC_SCHEDULED;
}

/** PyGC_Collect, gc.collect(generation): objects found unreachable; 0 while a collection is going on. */
export function gcCollect(rt: Runtime, generation: number): number {
  return gc_collect_main(rt, generation);
}

/** _PyGC_CollectNoFail: all generations when the interpreter ends. No callback hears of it, no statistics count it. */
export function collectAtEnd(rt: Runtime): void {
  gc_collect_main(rt, NUM_GENERATIONS - 1, true);
}

/** gc_collect_main: collects a generation and the younger ones. Returns the objects collected and uncollectable. */
export function gc_collect_main(rt: Runtime, generation: number, atEnd = false): number {
  const i32 = rt.i32;
  if (i32[Cell.GC_COLLECTING] !== 0) return 0;
  i32[Cell.GC_COLLECTING] = 1;
  const saved = i32[Cell.CURRENT_EXC];
  i32[Cell.CURRENT_EXC] = 0;
  push(rt, saved);
  if (!atEnd) invoke_gc_callback(rt, "start", generation, 0, 0);
  const started = reportStart(rt, generation);
  const began = clock.now();
  const { collected, uncollectable } = collectGeneration(rt, generation);
  reportEnd(rt, started, collected, uncollectable);
  const stats = rt.gc.stats[generation];
  stats.collections++;
  stats.collected += collected;
  stats.uncollectable += uncollectable;
  stats.milliseconds += clock.now() - began;
  if (!atEnd) invoke_gc_callback(rt, "stop", generation, collected, uncollectable);
  i32[Cell.SP] -= 2;
  if (saved !== 0) i32[Cell.CURRENT_EXC] = saved;
  i32[Cell.GC_COLLECTING] = 0;
  return collected + uncollectable;
}

function collectGeneration(rt: Runtime, generation: number): Collected {
  const i32 = rt.i32;
  const full = generation === NUM_GENERATIONS - 1;
  updateCounts(rt, generation);
  const young = GEN_HEADS[generation];
  const old = full ? young : GEN_HEADS[generation + 1];
  for (let i = 0; i < generation; i++) gc_list_merge(rt, GEN_HEADS[i], young);
  check(rt, young, old);
  const unreachable = Cell.GC_UNREACHABLE;
  let survivors = deduce_unreachable(rt, young, unreachable);
  told(rt, "deduce_unreachable", generation, unreachable);
  survivors -= untrack_tuples(rt);
  if (full) promoteFull(rt, survivors);
  else {
    if (generation === NUM_GENERATIONS - 2) i32[Cell.GC_LONG_LIVED_PENDING] += survivors;
    gc_list_merge(rt, young, old);
  }
  rt.gc.dicts.length = 0;
  const result = reclaim(rt, generation, unreachable, old);
  if (full) for (const clear of rt.gc.freeListClearers) clear(rt);
  return result;
}

/** The next older generation counts this collection; the collected ones start from 0. */
function updateCounts(rt: Runtime, generation: number): void {
  const i32 = rt.i32;
  if (generation + 1 < NUM_GENERATIONS) i32[GEN_COUNTS[generation + 1]]++;
  for (let i = 0; i <= generation; i++) i32[GEN_COUNTS[i]] = 0;
}

/** After a full collection all survivors are long-lived. */
function promoteFull(rt: Runtime, survivors: number): void {
  rt.i32[Cell.GC_LONG_LIVED_PENDING] = 0;
  rt.i32[Cell.GC_LONG_LIVED_TOTAL] = survivors - untrack_dicts(rt);
}

/** From the unreachable list to nothing: weak references, finalizers, resurrection, clearing. */
function reclaim(rt: Runtime, generation: number, unreachable: Head, old: Head): Collected {
  const i32 = rt.i32;
  const finalizers = Cell.GC_FINALIZERS;
  const final_unreachable = Cell.GC_FINAL_UNREACHABLE;
  gc_list_init(rt, finalizers);
  move_legacy_finalizers(rt, unreachable, finalizers);
  move_legacy_finalizer_reachable(rt, finalizers);
  if (rt.gc.checks) validate_list(rt, unreachable, true, false);
  if ((i32[Cell.GC_DEBUG] & GcDebug.COLLECTABLE) !== 0) debugCycles(rt, "collectable", unreachable);
  let collected = handle_weakrefs(rt, unreachable, old);
  told(rt, "handle_weakrefs", generation, unreachable);
  finalize_garbage(rt, unreachable);
  told(rt, "finalize_garbage", generation, unreachable);
  handle_resurrected_objects(rt, unreachable, final_unreachable, old);
  told(rt, "handle_resurrected_objects", generation, final_unreachable);
  collected += gc_list_size(rt, final_unreachable);
  delete_garbage(rt, final_unreachable, old);
  told(rt, "delete_garbage", generation, final_unreachable);
  if ((i32[Cell.GC_DEBUG] & GcDebug.UNCOLLECTABLE) !== 0) debugCycles(rt, "uncollectable", finalizers);
  const uncollectable = handle_legacy_finalizers(rt, finalizers, old);
  check(rt, old, old);
  return { collected, uncollectable };
}

function check(rt: Runtime, young: Head, old: Head): void {
  if (!rt.gc.checks) return;
  validate_list(rt, young, false, false);
  if (old !== young) validate_list(rt, old, false, false);
}

function told(rt: Runtime, pass: string, generation: number, list: Head): void {
  if (rt.gc.onPass !== null) rt.gc.onPass({ pass, generation, list });
}

/** invoke_gc_callback: calls gc.callbacks with the phase and a dict of figures; their errors are reported. */
function invoke_gc_callback(
  rt: Runtime,
  phase: "start" | "stop",
  generation: number,
  collected: number,
  uncollectable: number,
): void {
  const list = rt.i32[Cell.GC_CALLBACKS];
  if (list === 0 || rt.i32[list + List.size] === 0) return;
  const info = callbackInfo(rt, generation, collected, uncollectable);
  if (info === 0) return;
  push(rt, info);
  for (let i = 0; i < rt.i32[list + List.size]; i++) {
    const callback = newref(rt, listItem(rt, list, i));
    push(rt, callback);
    const m = mark(rt);
    try {
      push(rt, PyObject_CallTwoArgs(rt, callback, internStatic(rt, phase), info));
      drop(rt);
    } catch (e) {
      caught(rt, e, m, rt.exc.BaseException);
      PyErr_WriteUnraisable(rt, callback);
    }
    drop(rt);
  }
  drop(rt);
}

/** The dict of figures, or 0 where there is no memory for it: then nobody is called. */
function callbackInfo(rt: Runtime, generation: number, collected: number, uncollectable: number): NewRef | 0 {
  const m = mark(rt);
  try {
    const info = PyDict_New(rt);
    push(rt, info);
    setNumber(rt, info, "generation", generation);
    setNumber(rt, info, "collected", collected);
    setNumber(rt, info, "uncollectable", uncollectable);
    return pop(rt);
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    PyErr_WriteUnraisable(rt, 0);
    return 0;
  }
}

function setNumber(rt: Runtime, d: number, name: string, value: number): void {
  push(rt, PyLong_FromNumber(rt, value));
  dict_setitem_str(rt, d, name, rt.i32[rt.i32[Cell.SP] - 2]);
  drop(rt);
}

const encoder = new TextEncoder();

/** A line of DEBUG_* text. */
function tell(rt: Runtime, line: string): void {
  rt.host.write(2, encoder.encode(`${line}\n`));
}

/** DEBUG_STATS at the start; returns the clock. */
function reportStart(rt: Runtime, generation: number): bigint {
  if ((rt.i32[Cell.GC_DEBUG] & GcDebug.STATS) === 0) return 0n;
  const sizes = GEN_HEADS.map((head) => gc_list_size(rt, head)).join(" ");
  tell(rt, `gc: collecting generation ${generation}...`);
  tell(rt, `gc: objects in each generation: ${sizes}`);
  tell(rt, `gc: objects in permanent generation: ${gc_list_size(rt, Cell.GC_PERMANENT)}`);
  return rt.host.monotonicNs();
}

function reportEnd(rt: Runtime, started: bigint, collected: number, uncollectable: number): void {
  if ((rt.i32[Cell.GC_DEBUG] & GcDebug.STATS) === 0) return;
  const seconds = (Number(rt.host.monotonicNs() - started) / 1e9).toFixed(4);
  tell(
    rt,
    `gc: done, ${collected + uncollectable} unreachable, ${uncollectable} uncollectable, ${seconds}s elapsed`,
  );
}

/** debug_cycle for each object of a list. */
function debugCycles(rt: Runtime, what: string, list: Head): void {
  for (const gc of heads(rt, list)) {
    tell(rt, `gc: ${what} <${typeNameOf(rt, gc + 4)} 0x${((gc + 4) * 4).toString(16)}>`);
  }
}

/** gc.freeze: everything tracked now is left out of collections from now on. */
export function gc_freeze(rt: Runtime): void {
  for (let i = 0; i < NUM_GENERATIONS; i++) {
    gc_list_merge(rt, GEN_HEADS[i], Cell.GC_PERMANENT);
    rt.i32[GEN_COUNTS[i]] = 0;
  }
}

/** gc.unfreeze: back into the oldest generation. */
export function gc_unfreeze(rt: Runtime): void {
  gc_list_merge(rt, Cell.GC_PERMANENT, GEN_HEADS[NUM_GENERATIONS - 1]);
}
