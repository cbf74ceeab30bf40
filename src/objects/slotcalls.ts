/**
 * Calling the special methods of an object's type (`type(x).__len__(x)`), as the slot functions of classes written in Python
 * need it. Part of the object layer.
 */
import { PyObject_CallArgs, PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_CallTwoArgs } from "./call.ts";
import { raise } from "./errors.ts";
import { Ob, TF, Ty } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import type { NewRef, OptRef, Ref, ternaryfunc } from "./typeinfo.ts";
import { _PyType_Lookup } from "./typelookup.ts";

/**
 * The special method `name` of the object's type, or 0. `rt.methodIsUnbound` says that it must be called with the object
 * as first argument (lookup_maybe_method).
 */
export function lookup_maybe_method(rt: Runtime, self: Ref, name: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const f = _PyType_Lookup(rt, i32[self + Ob.type], name);
  if (f === 0) return 0;
  return bindSpecial(rt, f, self);
}

function bindSpecial(rt: Runtime, f: Ref, self: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[f + Ob.type];
  if ((i32[type + Ty.flags] & TF.METHOD_DESCRIPTOR) !== 0) {
    rt.methodIsUnbound = true;
    return newref(rt, f);
  }
  const get = rt.typeInfos[i32[type + Ty.info]].tp_descr_get;
  const bound = get === null ? newref(rt, f) : bindGet(rt, get, f, self);
  rt.methodIsUnbound = false;
  return bound;
}

/** The descriptor is kept alive while its `__get__` runs. */
function bindGet(rt: Runtime, get: ternaryfunc, f: Ref, self: Ref): NewRef {
  push(rt, newref(rt, f));
  const bound = get(rt, f, self, rt.i32[self + Ob.type]);
  drop(rt);
  return bound;
}

/** type(self).name(self), or 0 when there is no such method. */
export function callSpecial0(rt: Runtime, self: Ref, name: Ref): NewRef | 0 {
  const f = lookup_maybe_method(rt, self, name);
  if (f === 0) return 0;
  const unbound = rt.methodIsUnbound;
  push(rt, f);
  const result = unbound ? PyObject_CallOneArg(rt, f, self) : PyObject_CallNoArgs(rt, f);
  drop(rt);
  return result;
}

/** type(self).name(self, arg), or 0 when there is no such method. */
export function callSpecial1(rt: Runtime, self: Ref, name: Ref, arg: Ref): NewRef | 0 {
  const f = lookup_maybe_method(rt, self, name);
  if (f === 0) return 0;
  const unbound = rt.methodIsUnbound;
  push(rt, f);
  const result = unbound ? PyObject_CallTwoArgs(rt, f, self, arg) : PyObject_CallOneArg(rt, f, arg);
  drop(rt);
  return result;
}

/** type(self).name(self, a, b), or 0 when there is no such method. */
export function callSpecial2(rt: Runtime, self: Ref, name: Ref, a: Ref, b: Ref): NewRef | 0 {
  const f = lookup_maybe_method(rt, self, name);
  if (f === 0) return 0;
  const unbound = rt.methodIsUnbound;
  push(rt, f);
  const result = unbound ? PyObject_CallArgs(rt, f, self, a, b) : PyObject_CallTwoArgs(rt, f, a, b);
  drop(rt);
  return result;
}

/** The result of a call that needed the method: AttributeError when it was not there. */
export function required(rt: Runtime, result: OptRef, name: Ref): NewRef {
  if (result === 0) throw raise(rt, rt.exc.AttributeError, jsString(rt, name));
  return result;
}
