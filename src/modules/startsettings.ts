/** Settings that need a running interpreter: warning filters, tracemalloc, the collector's stress, the failing allocation. Part of the modules. */
import { startStress } from "../gc/collect.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { importModule } from "../runtime/imports.ts";
import { guarded } from "../runtime/main.ts";
import { startTracing } from "../tracing/tracemalloc.ts";

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
