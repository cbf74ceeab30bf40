/** The life of an interpreter: start-up with the modules' hooks, and the orderly end. Part of the modules. */

import { gcCollect } from "../gc/collect.ts";
import { dumpShutdownStats } from "../gc/shutdown.ts";
import { startGc } from "../gc/state.ts";
import { Cell } from "../heap/cells.ts";
import type { Host } from "../host/host.ts";
import { dict_getitem_str, dict_setitem_str, PyDict_Clear, PyDict_Next } from "../objects/dict.ts";
import { ModuleOb, Ob } from "../objects/layout.ts";
import { _PyModule_Clear } from "../objects/module.ts";
import { catching } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime, RuntimeOptions } from "../objects/runtime.ts";
import { fillFreeLists } from "../objects/startlists.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { boot } from "../runtime/boot.ts";
import { fatalState } from "../runtime/fatalstate.ts";
import { LIBRARY_PATH, type Library } from "../runtime/library.ts";
import { withLibraryFiles } from "../runtime/libraryfiles.ts";
import { nativeModules } from "./registry.ts";
import { initSignals } from "./signals.ts";
import { MAIN_THREAD } from "./sysframes.ts";
import { initReporting } from "./uncaught.ts";

export interface StartOptions extends RuntimeOptions {
  library: Library;
}

/** An interpreter ready for its main program. */
export function start(options: StartOptions, host: Host): Runtime {
  const rt = boot(
    { path: [LIBRARY_PATH], ...options, native: nativeModules },
    withLibraryFiles(host, options.library),
  );
  initReporting(rt);
  initSignals(rt);
  rt.originalImport = dict_getitem_str(rt, rt.builtinsDict, "__import__");
  startGc(rt);
  fillFreeLists(rt);
  rt.fatalState = () => fatalState(rt, MAIN_THREAD);
  return rt;
}

/** A step of the end. What it raises, for want of memory it may be anything, has nowhere to go. */
function endStep(rt: Runtime, step: () => void): void {
  catching(rt, rt.exc.BaseException, undefined, step);
}

/** Py_FinalizeEx: exit functions, the modules' namespaces in CPython's order, a last collection. */
export function finish(rt: Runtime): void {
  rt.i32[Cell.FRAME] = 0;
  endStep(rt, () => rt.runExitFunctions());
  endStep(rt, () => rt.flushStreams());
  finalizeModules(rt);
  endStep(rt, () => rt.flushStreams());
  const thread = rt.threadDict;
  rt.threadDict = 0;
  if (thread !== 0) decref(rt, thread);
}

/** What sys lets go of before the modules are cleared: last exceptions hold frames, and these all that ran (finalize_modules_delete_special). */
const SPECIAL = ["path", "argv", "ps1", "ps2", "last_exc", "last_type", "last_value", "last_traceback"];

function deleteSpecial(rt: Runtime): void {
  for (const name of [...SPECIAL, "path_importer_cache", "meta_path", "path_hooks"]) {
    endStep(rt, () => {
      if (dict_getitem_str(rt, rt.sysDict, name) !== 0) dict_setitem_str(rt, rt.sysDict, name, rt.None);
    });
  }
}

/** finalize_modules: `__main__` and the others lose their namespaces, last imported first; then what is left is collected. */
function finalizeModules(rt: Runtime): void {
  deleteSpecial(rt);
  const mods: Ref[] = [];
  for (let pos = PyDict_Next(rt, rt.sysModules, 0); pos >= 0; pos = PyDict_Next(rt, rt.sysModules, pos)) {
    if (rt.i32[rt.dictValue + Ob.type] === rt.types.module) mods.push(newref(rt, rt.dictValue));
  }
  PyDict_Clear(rt, rt.sysModules);
  gcCollect(rt, 2);
  dumpShutdownStats(rt, (text) => rt.host.write(2, new TextEncoder().encode(text)));
  for (const m of mods.reverse()) {
    const dict = rt.i32[m + ModuleOb.dict];
    // A module that nobody else holds goes by itself, as CPython's weak list of modules lets it.
    if (dict !== rt.builtinsDict && dict !== rt.sysDict && rt.i32[m] > 1)
      endStep(rt, () => _PyModule_Clear(rt, m));
    decref(rt, m);
  }
  gcCollect(rt, 2);
}
