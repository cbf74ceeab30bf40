/**
 * What every native module begins with: a module object with its functions. Part of the modules, on the object layer
 * (PyModule_Create and PyModule_AddFunctions of CPython's C API).
 */
import { PyCFunction_New } from "../objects/cfunction.ts";
import { dict_setitem_str } from "../objects/dict.ts";
import { ModuleOb } from "../objects/layout.ts";
import { PyModule_AddObject, PyModule_New } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, dropTo, mark, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import type { MethodDef, NewRef, Ref } from "../objects/typeinfo.ts";

/** A new module with these functions, each of which has the module as its self. */
export function createModule(rt: Runtime, name: string, methods: MethodDef[], doc?: string): NewRef {
  const m = PyModule_New(rt, name);
  push(rt, m);
  addFunctions(rt, m, name, methods);
  if (doc !== undefined) PyModule_AddObject(rt, m, "__doc__", PyUnicode_FromJS(rt, doc));
  return pop(rt);
}

/** PyModule_AddFunctions: all functions share one string as their `__module__`. */
export function addFunctions(rt: Runtime, m: Ref, moduleName: string, methods: MethodDef[]): void {
  const name = pushed(rt, PyUnicode_FromJS(rt, moduleName));
  for (const def of methods) {
    const f = pushed(rt, PyCFunction_New(rt, def, m, name));
    dict_setitem_str(rt, rt.i32[m + ModuleOb.dict], def.name, f);
    drop(rt);
  }
  drop(rt);
}

/** What several makers give, each an owned reference: all of them or, where one fails, none. Made in the order of the keys. */
export function makeAll<K extends string>(rt: Runtime, makers: Record<K, () => NewRef>): Record<K, Ref> {
  const made = {} as Record<K, Ref>;
  const m = mark(rt);
  for (const key of Object.keys(makers) as K[]) {
    const slot = push(rt, makers[key]());
    made[key] = rt.i32[slot];
  }
  for (let at = mark(rt) - 2; at >= m; at -= 2) rt.i32[at] = 0;
  dropTo(rt, m);
  return made;
}
