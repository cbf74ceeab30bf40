/** Interactive display of expression statements. Part of the runtime. */
import { PyObject_CallOneArg } from "../objects/call.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { raise } from "../objects/errors.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";

/** sys.displayhook(value) */
export function displayHook(rt: Runtime, value: Ref): void {
  const hook = dict_getitem_str(rt, rt.sysDict, "displayhook");
  if (hook === 0) throw raise(rt, rt.exc.RuntimeError, "lost sys.displayhook");
  decref(rt, PyObject_CallOneArg(rt, hook, value));
}
