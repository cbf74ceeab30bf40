/** From a code object to its JavaScript function. Part of the object layer. */
import type { CompiledFunction } from "./code.ts";
import { Code } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { Ref } from "./typeinfo.ts";

/** The compiled function of a code object, made on first use. */
export function codeFn(rt: Runtime, code: Ref): CompiledFunction {
  const compiled = rt.codes[rt.i32[code + Code.js]];
  if (compiled.fn === null) {
    compiled.fn = compiled.instantiate!();
    compiled.instantiate = null;
  }
  return compiled.fn;
}
