/** NameError.name: who is missing. Part of the runtime. */
import { Cell } from "../heap/cells.ts";
import { Exc } from "../objects/layout.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";

/** Fills in the `name` attribute of the NameError just raised. */
export function setNameErrorName(rt: Runtime, name: Ref): void {
  const exc = rt.i32[Cell.CURRENT_EXC];
  if (exc !== 0) setField(rt, exc + Exc.extra, newref(rt, name));
}
