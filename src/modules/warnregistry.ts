/** `__warningregistry__`: which warnings a module has given already. Part of modules/ (CPython's Python/_warnings.c). */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { PyLong_CheckExact } from "../objects/check.ts";
import {
  dict_getitem_str,
  dict_setitem_str,
  PyDict_Clear,
  PyDict_GetItemWithError,
  PyDict_SetItem,
} from "../objects/dict.ts";
import { numberOrNaN, PyLong_FromNumber } from "../objects/long.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, push } from "../objects/stack.ts";
import type { Ref } from "../objects/typeinfo.ts";

/** Is the key in a registry made under the present filters (an older one is emptied)? With `remember` it is from now on. */
export function alreadyWarned(
  rt: Runtime,
  registry: Ref,
  key: Ref,
  version: number,
  remember: boolean,
): boolean {
  const known = dict_getitem_str(rt, registry, "version");
  const current = known !== 0 && PyLong_CheckExact(rt, known) && numberOrNaN(rt, known) === version;
  if (current) {
    const seen = PyDict_GetItemWithError(rt, registry, key);
    if (seen !== 0 && PyObject_IsTrue(rt, seen)) return true;
  } else {
    PyDict_Clear(rt, registry);
    const slot = push(rt, PyLong_FromNumber(rt, version));
    dict_setitem_str(rt, registry, "version", rt.i32[slot]);
    drop(rt);
  }
  if (remember) markWarned(rt, registry, key);
  return false;
}

export function markWarned(rt: Runtime, registry: Ref, key: Ref): void {
  PyDict_SetItem(rt, registry, key, rt.True);
}
