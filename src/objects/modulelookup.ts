/** Looking up a builtin function for `__reduce__` of iterators. Part of the object layer. */
import { PyDict_GetItemWithError } from "./dict.ts";
import { raise } from "./errors.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { internStatic } from "./str.ts";
import type { NewRef } from "./typeinfo.ts";

/** _PyEval_GetBuiltin: a new reference to builtins.NAME. */
export function getBuiltin(rt: Runtime, name: string): NewRef {
  const found = PyDict_GetItemWithError(rt, rt.builtinsDict, internStatic(rt, name));
  if (found === 0) throw raise(rt, rt.exc.AttributeError, name);
  return newref(rt, found);
}
