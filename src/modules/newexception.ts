/** PyErr_NewException: exception classes of native modules. Part of the modules. */
import { PyObject_CallArgs } from "../objects/call.ts";
import { PyTuple_Check } from "../objects/check.ts";
import { dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";

/** A new class `module.name` derived from `base`, a class or a tuple of them. */
export function newException(rt: Runtime, module: string, name: string, base: Ref): NewRef {
  const m = mark(rt);
  push(rt, PyDict_New(rt));
  push(rt, PyUnicode_FromJS(rt, module));
  push(rt, PyUnicode_FromJS(rt, name));
  push(rt, PyTuple_Check(rt, base) ? newref(rt, base) : PyTuple_Pack(rt, base));
  const i32 = rt.i32;
  dict_setitem_str(rt, i32[m], "__module__", i32[m + 2]);
  const type = PyObject_CallArgs(rt, rt.types.type, i32[m + 4], i32[m + 6], i32[m]);
  drop(rt, 4);
  return type;
}
