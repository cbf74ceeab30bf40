/**
 * The attribute slots of classes written in Python: `__getattribute__` with `__getattr__`, `__setattr__`, and the
 * descriptor protocol. Part of the object layer (CPython's Objects/typeobject.c).
 */
import { PyObject_CallArgs, PyObject_CallOneArg, PyObject_CallTwoArgs } from "./call.ts";
import { caught, clearError } from "./errors.ts";
import { _PyObject_GenericGetAttrWithDict, PyObject_GenericGetAttr } from "./instance.ts";
import { Descr, Ob, TF, Ty } from "./layout.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { callSpecial1, callSpecial2, required } from "./slotcalls.ts";
import { drop, mark, pop, push } from "./stack.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";
import { _PyType_Lookup } from "./typelookup.ts";
import { wrappedFunction } from "./wrapped.ts";

export function slot_tp_getattro(rt: Runtime, self: Ref, name: Ref): NewRef {
  const n = rt.names.__getattribute__;
  return required(rt, callSpecial1(rt, self, n, name), n);
}

/** Calls an attribute function found in the type with the instance bound (call_attribute). */
function call_attribute(rt: Runtime, self: Ref, attr: Ref, name: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[attr + Ob.type];
  if ((i32[type + Ty.flags] & TF.METHOD_DESCRIPTOR) !== 0) return PyObject_CallTwoArgs(rt, attr, self, name);
  const get = rt.typeInfos[i32[type + Ty.info]].tp_descr_get;
  if (get === null) return PyObject_CallOneArg(rt, attr, name);
  const bound = get(rt, attr, self, i32[self + Ob.type]);
  push(rt, bound);
  const result = PyObject_CallOneArg(rt, bound, name);
  drop(rt);
  return result;
}

/** tp_getattro of a class with `__getattribute__` or `__getattr__`. */
export function slot_tp_getattr_hook(rt: Runtime, self: Ref, name: Ref): NewRef {
  const type = rt.i32[self + Ob.type];
  const getattr = _PyType_Lookup(rt, type, rt.names.__getattr__);
  if (getattr === 0) return slot_tp_getattro(rt, self, name);
  push(rt, newref(rt, getattr));
  const getattribute = _PyType_Lookup(rt, type, rt.names.__getattribute__);
  let result: OptRef;
  if (getattribute === 0 || isGenericGetAttr(rt, getattribute))
    result = _PyObject_GenericGetAttrWithDict(rt, self, name, 0, true);
  else result = getattributeOrNull(rt, self, getattribute, name);
  if (result === 0) result = call_attribute(rt, self, getattr, name);
  drop(rt);
  return result;
}

function isGenericGetAttr(rt: Runtime, descr: Ref): boolean {
  const i32 = rt.i32;
  return (
    i32[descr + Ob.type] === rt.types.wrapper_descriptor &&
    wrappedFunction(i32[descr + Descr.wrapped]) === PyObject_GenericGetAttr
  );
}

/** The result of `__getattribute__`, 0 if it raised AttributeError. */
function getattributeOrNull(rt: Runtime, self: Ref, getattribute: Ref, name: Ref): OptRef {
  push(rt, newref(rt, getattribute));
  const m = mark(rt);
  let result: OptRef = 0;
  try {
    result = call_attribute(rt, self, getattribute, name);
  } catch (e) {
    caught(rt, e, m, rt.exc.AttributeError);
    clearError(rt);
  }
  decref(rt, pop(rt));
  return result;
}

/** `__setattr__`, or `__delattr__` when value is 0. */
export function slot_tp_setattro(rt: Runtime, self: Ref, name: Ref, value: OptRef): void {
  const n = value === 0 ? rt.names.__delattr__ : rt.names.__setattr__;
  const result = value === 0 ? callSpecial1(rt, self, n, name) : callSpecial2(rt, self, n, name, value);
  decref(rt, required(rt, result, n));
}

/** `__get__`, which is called as found in the type, not bound. */
export function slot_tp_descr_get(rt: Runtime, self: Ref, obj: OptRef, type: OptRef): NewRef {
  const get = _PyType_Lookup(rt, rt.i32[self + Ob.type], rt.names.__get__);
  if (get === 0) return newref(rt, self);
  push(rt, newref(rt, get));
  const result = PyObject_CallArgs(rt, get, self, obj === 0 ? rt.None : obj, type === 0 ? rt.None : type);
  drop(rt);
  return result;
}

/** `__set__`, or `__delete__` when value is 0. */
export function slot_tp_descr_set(rt: Runtime, self: Ref, target: Ref, value: OptRef): void {
  const n = value === 0 ? rt.names.__delete__ : rt.names.__set__;
  const result = value === 0 ? callSpecial1(rt, self, n, target) : callSpecial2(rt, self, n, target, value);
  decref(rt, required(rt, result, n));
}
