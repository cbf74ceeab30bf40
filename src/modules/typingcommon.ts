/** What the objects of type annotations share: calls into typing.py, NoDefault, lazily evaluated fields. Part of the modules. */

import { Cell } from "../heap/cells.ts";
import { getAttrString } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { PyObject_CallArgs, PyObject_CallNoArgs } from "../objects/call.ts";
import { typeError } from "../objects/errors.ts";
import { Frame, Func, Gc, Ob } from "../objects/layout.ts";
import { PyObject_ClearManagedDict, PyObject_VisitManagedDict } from "../objects/managed.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";

/** The types, all owned. */
export interface TypingState {
  TypeVar: Ref;
  ParamSpec: Ref;
  TypeVarTuple: Ref;
  ParamSpecArgs: Ref;
  ParamSpecKwargs: Ref;
  Generic: Ref;
  TypeAliasType: Ref;
  NoDefault: Ref;
}

export const typingState = (rt: Runtime): TypingState => rt.moduleState.get("_typing") as TypingState;

/** An attribute of the module typing, a new reference. */
export function typingAttr(rt: Runtime, name: string): NewRef {
  const typing = pushed(rt, rt.importHook(internStatic(rt, "typing"), 0, 0, 0, 0));
  const attr = getAttrString(rt, typing, name);
  drop(rt);
  return attr;
}

/** typing.name(*args), arguments borrowed (call_typing_func_object). */
export function callTyping(rt: Runtime, name: string, ...args: Ref[]): NewRef {
  const f = pushed(rt, typingAttr(rt, name));
  const result = PyObject_CallArgs(rt, f, ...args);
  drop(rt);
  return result;
}

/** The `__module__` of the function that calls, borrowed, or 0 (caller). */
export function callerModule(rt: Runtime): OptRef {
  const fp = rt.i32[Cell.FRAME];
  return fp === 0 ? 0 : moduleOfFrame(rt, fp);
}

function moduleOfFrame(rt: Runtime, fp: number): OptRef {
  const func = rt.i32[fp + Frame.funcobj];
  return func === 0 || rt.i32[func + Ob.type] !== rt.types.function ? 0 : rt.i32[func + Func.module];
}

/** The value in the field at `at`; if there is none, what the function in the field at `lazy` returns, kept. */
export function evaluated(rt: Runtime, at: number, lazy: number, fallback: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[at] !== 0) return newref(rt, i32[at]);
  if (i32[lazy] === 0) return newref(rt, fallback);
  const value = PyObject_CallNoArgs(rt, i32[lazy]);
  setField(rt, at, newref(rt, value));
  return value;
}

/** tp_dealloc, tp_traverse and tp_clear of an object with these reference fields and perhaps a managed dict. */
export function fieldSlots(fields: number[]) {
  return {
    tp_dealloc: (rt: Runtime, p: Ref): void => {
      const type = rt.i32[p + Ob.type];
      PyObject_GC_UnTrack(rt, p);
      for (const at of fields) clearField(rt, p + at);
      PyObject_ClearManagedDict(rt, p);
      if (rt.i32[p + Gc.weakref] !== 0) PyObject_ClearWeakRefs(rt, p);
      infoOf(rt, p).tp_free!(rt, p);
      decref(rt, type);
    },
    tp_traverse: (rt: Runtime, p: Ref, visit: Visit): void => {
      visit(rt.i32[p + Ob.type]);
      for (const at of fields) if (rt.i32[p + at] !== 0) visit(rt.i32[p + at]);
      PyObject_VisitManagedDict(rt, p, visit);
    },
    tp_clear: (rt: Runtime, p: Ref): void => {
      for (const at of fields) clearField(rt, p + at);
      PyObject_ClearManagedDict(rt, p);
    },
  };
}

/** `__mro_entries__`, which refuses to be a base. */
export function noSubclass(name: string): MethodDef {
  return {
    name: "__mro_entries__",
    flags: METH.O,
    fn: (rt) => {
      throw typeError(rt, `Cannot subclass an instance of ${name}`);
    },
  };
}

/** a | b */
export function makeUnion(rt: Runtime, a: Ref, b: Ref): NewRef {
  return callTyping(rt, "_make_union", a, b);
}
