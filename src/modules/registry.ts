/** The native modules by name; each is made when it is first imported. One line each. Part of the modules. */
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef } from "../objects/typeinfo.ts";
import { PyInit__weakref } from "./_weakref.ts";
import { initModule_builtins } from "./builtins.ts";
import { PyInit_gc } from "./gc.ts";
import { initModule_sys } from "./sys.ts";
import { create_warnings } from "./warnings.ts";

export const nativeModules: Record<string, (rt: Runtime) => NewRef> = {
  _warnings: create_warnings,
  _weakref: PyInit__weakref,
  builtins: initModule_builtins,
  gc: PyInit_gc,
  sys: initModule_sys,
};
