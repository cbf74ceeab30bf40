/** Bringing an interpreter up: objects, collector, native modules, hooks. Part of the runtime. */

import { initGc } from "../gc/state.ts";
import { Cell } from "../heap/cells.ts";
import type { Host } from "../host/host.ts";
import { C_RECURSION_LIMIT } from "../objects/call.ts";
import { dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { initObjects } from "../objects/init.ts";
import { ModuleOb } from "../objects/layout.ts";
import { withholdRecursion } from "../objects/recursion.ts";
import { newref } from "../objects/refcount.ts";
import { Runtime, type RuntimeOptions } from "../objects/runtime.ts";
import { drop, push } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import { installCompile } from "./compilehook.ts";
import { convertError, PyEval_EvalCode, runFunctionBody } from "./evaluate.ts";
import type { ImportState } from "./imports.ts";
import { PyImport_ImportModuleLevel } from "./imports.ts";
import type { Library, NativeInit } from "./library.ts";
import { setSpec } from "./spec.ts";

export interface BootOptions extends RuntimeOptions {
  native: Record<string, NativeInit>;
  library: Library;
}

const DEFAULT_RECURSION_LIMIT = 1000;

/** A runtime ready to run code: `builtins` and `sys` are there, nothing else is imported. */
export function boot(options: BootOptions, host: Host): Runtime {
  const rt = new Runtime(options, host);
  const i32 = rt.i32;
  i32[Cell.SP] = rt.stackBase;
  i32[Cell.STACK_LIMIT] = rt.stackEnd - 4096;
  i32[Cell.RECURSION_REMAINING] = DEFAULT_RECURSION_LIMIT;
  withholdRecursion(rt);
  i32[Cell.C_RECURSION_REMAINING] = C_RECURSION_LIMIT;
  i32[Cell.EXC_INFO] = Cell.BASE_EXC_ITEM;
  rt.convertError = (e) => convertError(rt, e);
  rt.optimize = options.optimize ?? 0;
  initGc(rt);
  initObjects(rt);
  installHooks(rt);
  const state: ImportState = { native: options.native, library: options.library, finders: [], hooks: [] };
  rt.moduleState.set("import", state);
  rt.sysModules = PyDict_New(rt);
  bootModule(rt, "sys", options.native, (dict) => {
    rt.sysDict = newref(rt, dict);
  });
  bootModule(rt, "builtins", options.native, (dict) => {
    rt.builtinsDict = newref(rt, dict);
  });
  return rt;
}

function bootModule(
  rt: Runtime,
  name: string,
  native: Record<string, NativeInit>,
  use: (dict: number) => void,
): void {
  const m = native[name](rt);
  push(rt, m);
  use(rt.i32[m + ModuleOb.dict]);
  dict_setitem_str(rt, rt.sysModules, name, m);
  setSpec(rt, m, name, "built-in", null);
  drop(rt);
}

function installHooks(rt: Runtime): void {
  rt.runClassBody = (func, ns) => runFunctionBody(rt, newref(rt, func), ns);
  rt.evalCode = (code, globals, locals, closure) => PyEval_EvalCode(rt, code, globals, locals, closure);
  installCompile(rt);
  rt.importHook = (name, globals, _locals, fromlist, level) =>
    PyImport_ImportModuleLevel(rt, jsString(rt, name), globals, fromlist, level);
}
