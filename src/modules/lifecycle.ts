/** The life of an interpreter: start-up with the modules' hooks, and the orderly end. Part of the modules. */

import { collectAtEnd, gcCollect } from "../gc/collect.ts";
import { dumpShutdownStats } from "../gc/shutdown.ts";
import { startGc } from "../gc/state.ts";
import { Cell } from "../heap/cells.ts";
import { isDebug } from "../heap/heap.ts";
import type { Host } from "../host/host.ts";
import {
  dict_getitem_str,
  dict_setitem_str,
  PyDict_Clear,
  PyDict_Copy,
  PyDict_DelItem,
  PyDict_Next,
  PyDict_Update,
} from "../objects/dict.ts";
import { internStatic } from "../objects/intern.ts";
import { List, ModuleOb, Ob } from "../objects/layout.ts";
import { _PyModule_Clear, _PyModule_ClearDict } from "../objects/module.ts";
import { catching } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime, RuntimeOptions } from "../objects/runtime.ts";
import { drop, push } from "../objects/stack.ts";
import { fillFreeLists, openPools } from "../objects/startlists.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { PyWeakref_GetRef, PyWeakref_NewRef } from "../objects/weakref.ts";
import { boot } from "../runtime/boot.ts";
import { fatalState } from "../runtime/fatalstate.ts";
import { LIBRARY_PATH, type Library } from "../runtime/library.ts";
import { withLibraryFiles } from "../runtime/libraryfiles.ts";
import { makeMain } from "../runtime/main.ts";
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
  keepBuiltins(rt);
  makeMain(rt);
  fillFreeLists(rt);
  startGc(rt);
  openPools(rt);
  rt.fatalState = () => fatalState(rt, MAIN_THREAD);
  return rt;
}

/** What builtins had before the program came (interp->builtins_copy). */
const builtinsCopies = new WeakMap<Runtime, Ref>();

/** The copy is older than `open` and than the site's names. */
function keepBuiltins(rt: Runtime): void {
  const copy = PyDict_Copy(rt, rt.builtinsDict);
  for (const name of ["open", "exit", "quit"]) PyDict_DelItem(rt, copy, internStatic(rt, name));
  builtinsCopies.set(rt, copy);
  registerRoot(rt, () => [copy], "the interpreter's copy of builtins");
}

/** A step of the end. What it raises, for want of memory it may be anything, has nowhere to go. */
function endStep(rt: Runtime, step: () => void): void {
  catching(rt, rt.exc.BaseException, undefined, step);
}

/** Can the end of the objects be noticed from outside: by code that runs then, or by what the collector has to say? */
function endIsNoticed(rt: Runtime): boolean {
  const i32 = rt.i32;
  const callbacks = i32[Cell.GC_CALLBACKS];
  const garbage = i32[Cell.GC_GARBAGE];
  return (
    rt.finalizersRun ||
    rt.liveGenerators > 0 ||
    // Files are closed and written out when they die.
    rt.textIOType !== 0 ||
    i32[Cell.GC_DEBUG] !== 0 ||
    (callbacks !== 0 && i32[callbacks + List.size] > 0) ||
    (garbage !== 0 && i32[garbage + List.size] > 0) ||
    isDebug(rt)
  );
}

/**
 * Py_FinalizeEx: exit functions, the modules' namespaces in CPython's order, a last collection. Where the process ends next
 * (`last`), objects whose end nobody would notice are left as they are.
 */
export function finish(rt: Runtime, last = false): void {
  rt.i32[Cell.FRAME] = 0;
  endStep(rt, () => rt.runExitFunctions());
  endStep(rt, () => rt.flushStreams());
  if (last && !endIsNoticed(rt)) return;
  // While all is still reachable; it orders the collector's lists by who refers to whom, and so the finalizers to come.
  if (rt.i32[Cell.GC_ENABLED] !== 0) endStep(rt, () => gcCollect(rt, 2));
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
  // By weak references: a module that nobody else holds goes by itself.
  const mods: Ref[] = [];
  endStep(rt, () => {
    for (let pos = PyDict_Next(rt, rt.sysModules, 0); pos >= 0; pos = PyDict_Next(rt, rt.sysModules, pos)) {
      if (rt.i32[rt.dictValue + Ob.type] === rt.types.module)
        mods.push(PyWeakref_NewRef(rt, rt.dictValue, 0));
    }
  });
  PyDict_Clear(rt, rt.sysModules);
  rt.modulesGone = true;
  endStep(rt, () => restoreBuiltins(rt));
  collectAtEnd(rt);
  dumpShutdownStats(rt, (text) => rt.host.write(2, new TextEncoder().encode(text)));
  for (const weak of mods.reverse()) {
    const m = PyWeakref_GetRef(rt, weak);
    decref(rt, weak);
    if (m === 0) continue;
    const dict = rt.i32[m + ModuleOb.dict];
    if (dict !== rt.builtinsDict && dict !== rt.sysDict) endStep(rt, () => _PyModule_Clear(rt, m));
    decref(rt, m);
  }
  endStep(rt, () => rt.flushStreams());
  endStep(rt, () => clearSysAndBuiltins(rt));
  collectAtEnd(rt);
}

/** finalize_restore_builtins_dict: what the program has put into builtins goes. */
function restoreBuiltins(rt: Runtime): void {
  const dict = rt.builtinsDict;
  push(rt, PyDict_Copy(rt, dict));
  PyDict_Clear(rt, dict);
  PyDict_Update(rt, dict, builtinsCopies.get(rt)!);
  drop(rt);
}

/** finalize_clear_sys_builtins_dict. The streams wait for the end of the heap in the names that programs leave alone. */
function clearSysAndBuiltins(rt: Runtime): void {
  const dict = rt.sysDict;
  const streams = ["__stdin__", "__stdout__", "__stderr__"].map((name) => {
    const stream = dict_getitem_str(rt, dict, name);
    if (stream !== 0) push(rt, newref(rt, stream));
    return [name, stream] as const;
  });
  _PyModule_ClearDict(rt, dict);
  for (const [name, stream] of streams) if (stream !== 0) dict_setitem_str(rt, dict, name, stream);
  drop(rt, streams.filter(([, stream]) => stream !== 0).length);
  _PyModule_ClearDict(rt, rt.builtinsDict);
}
