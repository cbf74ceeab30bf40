/** Settings that need a running interpreter: warning filters, tracemalloc, the collector's stress, the failing allocation. Part of the modules. */
import { startStress } from "../gc/collect.ts";
import { PyObject_CallMethod } from "../objects/call.ts";
import { internStatic } from "../objects/intern.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, push } from "../objects/stack.ts";
import { importModule } from "../runtime/imports.ts";
import { guarded } from "../runtime/main.ts";
import { nativeModules } from "./registry.ts";

export interface StartSettings {
  /** Frames to keep for each allocation; 0: off. */
  tracemalloc: number;
  gcStress: boolean;
  /** The n-th allocation from now on fails; 0: none. */
  failAlloc: number;
}

/** Carries the settings out; errors are reported as uncaught exceptions are. */
export function applyStartSettings(rt: Runtime, settings: StartSettings): void {
  guarded(rt, () => {
    if ((rt.options.warnOptions ?? []).length > 0) decref(rt, importModule(rt, "warnings"));
    if (settings.tracemalloc > 0) startTracing(rt, settings.tracemalloc);
    return 0;
  });
  if (settings.gcStress) startStress(rt);
  rt.failAt = settings.failAlloc;
}

function startTracing(rt: Runtime, frames: number): void {
  if (!Object.hasOwn(nativeModules, "_tracemalloc")) return;
  const m = push(rt, importModule(rt, "_tracemalloc"));
  const n = push(rt, PyLong_FromNumber(rt, frames));
  decref(rt, PyObject_CallMethod(rt, rt.i32[m], internStatic(rt, "start"), rt.i32[n]));
  drop(rt, 2);
}
