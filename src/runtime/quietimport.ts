/**
 * Loading what CPython has loaded before a script begins and ours loads when it is first wanted: the collector and tracemalloc
 * are not to notice. Part of the runtime.
 */
import { gc_list_merge } from "../gc/lists.ts";
import { Cell } from "../heap/cells.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef } from "../objects/typeinfo.ts";
import { tracerOf } from "../tracing/tracemalloc.ts";

/** sys.modules at the first line of a script in CPython 3.13. */
const STARTUP_MODULES = new Set(
  (
    "_abc _codecs _collections_abc _frozen_importlib _frozen_importlib_external _imp _io _signal _sitebuiltins _stat " +
    "_thread _warnings _weakref abc codecs encodings encodings.aliases encodings.utf_8 encodings.utf_8_sig genericpath " +
    "io marshal os os.path posix posixpath site stat time zipimport"
  ).split(" "),
);

export function isStartupModule(name: string): boolean {
  return STARTUP_MODULES.has(name);
}

/**
 * With the collector off and nothing traced. The youngest generation is set aside meanwhile, so that what is made goes to the
 * middle one, where start-up's objects are, and it has its count back.
 */
export function quietly(rt: Runtime, load: () => NewRef): NewRef {
  const i32 = rt.i32;
  const tracer = tracerOf(rt);
  if (tracer.busy) return load();
  const enabled = i32[Cell.GC_ENABLED];
  const count = i32[Cell.GC_COUNT0];
  i32[Cell.GC_ENABLED] = 0;
  tracer.busy = true;
  gc_list_merge(rt, Cell.GC_GEN0, Cell.GC_ASIDE);
  try {
    return load();
  } finally {
    gc_list_merge(rt, Cell.GC_GEN0, Cell.GC_GEN1);
    gc_list_merge(rt, Cell.GC_ASIDE, Cell.GC_GEN0);
    tracer.busy = false;
    i32[Cell.GC_COUNT0] = count;
    i32[Cell.GC_ENABLED] = enabled;
  }
}
