/** The native modules by name; each is made when it is first imported. One line each. Part of the modules. */
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef } from "../objects/typeinfo.ts";
import { initModule_builtins } from "./builtins.ts";
import { initModule_sys } from "./sys.ts";

export const nativeModules: Record<string, (rt: Runtime) => NewRef> = {
  builtins: initModule_builtins,
  sys: initModule_sys,
};
