/**
 * Finders that programs put into sys.meta_path and sys.path_hooks. Part of the runtime. The standard ones stand for what
 * imports.ts does natively; they are there when importlib has been imported, and this asks only the others.
 */

import { PyObject_GetOptionalAttr } from "../objects/abstract.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import { PyList_Check } from "../objects/check.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { raise } from "../objects/errors.ts";
import { internStatic } from "../objects/intern.ts";
import { ModuleOb } from "../objects/layout.ts";
import { listItem, listSize } from "../objects/list.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { importModule, importState, modulesGet } from "./imports.ts";

/** The program's finders that stand before the standard ones, and those behind. */
export function programFinders(rt: Runtime): { before: Ref[]; standard: boolean; after: Ref[] } {
  const own = importState(rt).finders;
  if (dict_getitem_str(rt, rt.sysDict, "meta_path") === rt.None)
    throw raise(rt, rt.exc.ImportError, "sys.meta_path is None, Python is likely shutting down");
  const all = listOf(rt, "meta_path");
  if (all.length === 0 || own.length === 0) return { before: all, standard: true, after: [] };
  const first = all.findIndex((f) => own.includes(f));
  if (first < 0) return { before: all, standard: false, after: [] };
  return {
    before: all.slice(0, first),
    standard: true,
    after: all.slice(first).filter((f) => !own.includes(f)),
  };
}

/** Has the program added a path hook? */
export function hasOwnHooks(rt: Runtime): boolean {
  const own = importState(rt).hooks;
  return listOf(rt, "path_hooks").some((hook) => !own.includes(hook));
}

function listOf(rt: Runtime, name: string): Ref[] {
  const list = dict_getitem_str(rt, rt.sysDict, name);
  if (list === 0 || !PyList_Check(rt, list)) return [];
  return Array.from({ length: listSize(rt, list) }, (_, i) => listItem(rt, list, i));
}

/** Asks finders one after another and loads by the first spec; 0: none knows the module. */
export function loadByFinders(rt: Runtime, finders: Ref[], name: Ref, path: OptRef): NewRef | 0 {
  for (const finder of finders) {
    push(rt, newref(rt, finder));
    const find = PyObject_GetOptionalAttr(rt, finder, internStatic(rt, "find_spec"));
    push(rt, find);
    const spec = find === 0 ? rt.None : PyObject_CallArgs(rt, find, name, path || rt.None, rt.None);
    push(rt, spec);
    const m = spec === rt.None ? 0 : loadSpec(rt, spec);
    push(rt, m);
    pop(rt);
    drop(rt, 3);
    if (m !== 0) return m;
  }
  return 0;
}

/** importlib's PathFinder: for entries of the path that are no directories, and for path hooks of the program's. */
export function pathFinder(rt: Runtime): Ref {
  push(rt, importModule(rt, "importlib"));
  drop(rt);
  const m = modulesGet(rt, "importlib._bootstrap_external");
  return dict_getitem_str(rt, rt.i32[m + ModuleOb.dict], "PathFinder");
}

function loadSpec(rt: Runtime, spec: Ref): NewRef {
  push(rt, importModule(rt, "importlib"));
  const m = modulesGet(rt, "importlib._bootstrap");
  const load = dict_getitem_str(rt, rt.i32[m + ModuleOb.dict], "_load_unlocked");
  const module = PyObject_CallArgs(rt, load, spec);
  push(rt, module);
  pop(rt);
  drop(rt);
  return module;
}
