/** What the module sys keeps beside its dict. Part of the modules. */
import type { Runtime } from "../objects/runtime.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";

export interface SysState {
  types: { unraisableHookArgs: Ref; asyncgenHooks: Ref };
  /** sys.__unraisablehook__, borrowed from the module's dict. */
  unraisablehook: OptRef;
  /** Owned: audit hooks, hooks of asynchronous generators, trace and profile functions. */
  auditHooks: Ref[];
  firstiter: OptRef;
  finalizer: OptRef;
  switchInterval: number;
  originDepth: number;
  finalizing: boolean;
}

export function stateOf(rt: Runtime): SysState {
  return rt.moduleState.get("sys") as SysState;
}
