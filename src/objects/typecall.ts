/**
 * Calling a class: `type.__call__` by tuple and by vectorcall, and the built-in function `__new__`. Part of the object layer
 * (type_call, tp_new_wrapper of CPython's Objects/typeobject.c).
 */
import { checkAbstract, object_init, object_new } from "./baseobject.ts";
import { _PyStack_AsDict } from "./call.ts";
import { takesPlainly } from "./callpy.ts";
import { PyType_Check } from "./check.ts";
import type { CompiledFunction } from "./code.ts";
import { codeFn } from "./codefn.ts";
import { PyDict_Size } from "./dict.ts";
import { typeError } from "./errors.ts";
import { BaseException_init, BaseException_new } from "./exceptions.ts";
import { Code, Exc, Func, Ob, TF, Tuple, Ty } from "./layout.ts";
import { newInstance } from "./managed.ts";
import { decref, incref, newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { checkInitResult, slot_tp_init, slot_tp_new } from "./slottp.ts";
import { drop, pop, push } from "./stack.ts";
import { PyTuple_FromArray, PyTuple_GetSlice } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref, type TypeInfo } from "./typeinfo.ts";
import { _PyType_Lookup, PyType_IsSubtype } from "./typelookup.ts";

function infoOfType(rt: Runtime, type: Ref): TypeInfo {
  return rt.typeInfos[rt.i32[type + Ty.info]];
}

function cannotCreate(rt: Runtime, type: Ref): PyErr {
  return typeError(rt, `cannot create '${infoOfType(rt, type).name}' instances`);
}

/** `type(x)` with one argument and exactly type itself: what is asked is x's class. */
function isClassQuery(rt: Runtime, type: Ref, nargs: number, nkw: number): boolean {
  return type === rt.types.type && nargs === 1 && nkw === 0;
}

function classOf(rt: Runtime, o: Ref): NewRef {
  if (rt.i32[o + Ob.type] === rt.stdStreamType) rt.makeStdStreams();
  return newref(rt, rt.i32[o + Ob.type]);
}

/** tp_call of type: `__new__`, then `__init__` if the result is an instance of the class. */
export function type_call(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const nargs = rt.i32[args + Tuple.size];
  if (type === rt.types.type) {
    const nkw = kwargs === 0 ? 0 : PyDict_Size(rt, kwargs);
    if (isClassQuery(rt, type, nargs, nkw)) return classOf(rt, rt.i32[rt.i32[args + Tuple.items]]);
    if (nargs !== 3) throw typeError(rt, "type() takes 1 or 3 arguments");
  }
  const info = infoOfType(rt, type);
  if (info.tp_new === null) throw cannotCreate(rt, type);
  const obj = info.tp_new(rt, type, args, kwargs);
  if (!PyType_IsSubtype(rt, rt.i32[obj + Ob.type], type)) return obj;
  const init = infoOfType(rt, rt.i32[obj + Ob.type]).tp_init;
  if (init === null) return obj;
  push(rt, obj);
  init(rt, obj, args, kwargs);
  return pop(rt);
}

/** tp_vectorcall of type: a tuple and a dict are packed, except for what has a vectorcall and for plain instances of no `__init__`. */
export function typeVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const info = infoOfType(rt, type);
  if (info.tp_new === object_new) {
    if (info.tp_init === object_init && nargs === 0 && kwnames === 0) {
      if ((rt.i32[type + Ty.flags] & TF.IS_ABSTRACT) !== 0) checkAbstract(rt, type);
      return info.tp_alloc!(rt, type, 0);
    }
  }
  if (info.type_vectorcall !== null) return info.type_vectorcall(rt, type, args, nargs, kwnames);
  if (isClassQuery(rt, type, nargs, kwnames)) return classOf(rt, rt.i32[args]);
  if (info.tp_new === BaseException_new && info.tp_init === BaseException_init && kwnames === 0) {
    return newException(rt, type, args, nargs);
  }
  return callPacked(rt, type, args, nargs, kwnames);
}

/** An exception that nobody else makes or initialises: all it keeps is the tuple of its arguments. */
function newException(rt: Runtime, type: Ref, args: number, nargs: number): NewRef {
  push(rt, PyTuple_FromArray(rt, args, nargs, false));
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + Exc.args] = pop(rt);
  return p;
}

/** By tp_call, with a tuple and a dict of the arguments. */
export function callPacked(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const tuple = PyTuple_FromArray(rt, args, nargs, false);
  push(rt, tuple);
  const dict = kwnames === 0 ? 0 : _PyStack_AsDict(rt, args + 2 * nargs, kwnames);
  push(rt, dict);
  const result = type_call(rt, type, tuple, dict);
  drop(rt, 2);
  return result;
}

/**
 * The `__init__` of a class that makes plain instances, if it is a Python function of n arguments besides self that need no
 * binding; else 0.
 */
export function initOf(rt: Runtime, type: Ref, n: number): Ref | 0 {
  const i32 = rt.i32;
  const info = infoOfType(rt, type);
  if (info.tp_new !== object_new || info.tp_init !== slot_tp_init) return 0;
  if ((i32[type + Ty.flags] & TF.IS_ABSTRACT) !== 0) return 0;
  const init = _PyType_Lookup(rt, type, rt.names.__init__);
  return init !== 0 && takesPlainly(rt, init, n + 1) ? init : 0;
}

/** C(a, b) for a class with such an `__init__`: class and n arguments in slots from `top` on, all taken over. 0: an exception is set. */
export function newWithInit(rt: Runtime, top: number, n: number): NewRef {
  const i32 = rt.i32;
  const type = i32[top];
  const init = _PyType_Lookup(rt, type, rt.names.__init__);
  const code = i32[init + Func.code];
  const fn = rt.codes[i32[code + Code.js]].fn ?? codeFn(rt, code);
  const inline = (i32[type + Ty.flags] & TF.INLINE_VALUES) !== 0;
  const obj = inline ? newInstance(rt, type) : infoOfType(rt, type).tp_alloc!(rt, type, 0);
  push(rt, newref(rt, obj));
  incref(rt, init);
  i32[top] = 0;
  decref(rt, type);
  const result = callInit(fn, init, obj, i32, top + 2, n);
  if (result === 0) {
    drop(rt);
    return 0;
  }
  if (result !== rt.None) checkInitResult(rt, result);
  return pop(rt);
}

/** Calls a compiled `__init__` that needs no binding; the arguments leave their slots. */
function callInit(fn: CompiledFunction, init: Ref, obj: Ref, i32: Int32Array, at: number, n: number): NewRef {
  if (n === 0) return fn(init, obj);
  const a = i32[at];
  i32[at] = 0;
  if (n === 1) return fn(init, obj, a);
  const b = i32[at + 2];
  i32[at + 2] = 0;
  if (n === 2) return fn(init, obj, a, b);
  const c = i32[at + 4];
  i32[at + 4] = 0;
  if (n === 3) return fn(init, obj, a, b, c);
  const rest: number[] = [];
  for (let i = 3; i < n; i++) {
    rest.push(i32[at + 2 * i]);
    i32[at + 2 * i] = 0;
  }
  return fn(init, obj, a, b, c, ...rest);
}

/** `T.__new__(S, ...)` of a native type T: S must derive from T, and no other native `__new__` may stand between. */
function tp_new_wrapper(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): NewRef {
  const i32 = rt.i32;
  const name = infoOfType(rt, self).name;
  if (i32[args + Tuple.size] < 1) throw typeError(rt, `${name}.__new__(): not enough arguments`);
  const subtype = i32[args + Tuple.items];
  if (!PyType_Check(rt, subtype)) {
    throw typeError(rt, `${name}.__new__(X): X is not a type object (${typeNameOf(rt, subtype)})`);
  }
  const subname = infoOfType(rt, subtype).name;
  if (!PyType_IsSubtype(rt, subtype, self)) {
    throw typeError(rt, `${name}.__new__(${subname}): ${subname} is not a subtype of ${name}`);
  }
  let base: OptRef = subtype;
  while (base !== 0 && infoOfType(rt, base).tp_new === slot_tp_new) base = i32[base + Ty.base];
  if (base !== 0 && infoOfType(rt, base).tp_new !== infoOfType(rt, self).tp_new) {
    const safe = infoOfType(rt, base).name;
    throw typeError(rt, `${name}.__new__(${subname}) is not safe, use ${safe}.__new__()`);
  }
  const rest = PyTuple_GetSlice(rt, args, 1, i32[args + Tuple.size]);
  push(rt, rest);
  const result = infoOfType(rt, self).tp_new!(rt, subtype, rest, kwargs);
  drop(rt);
  return result;
}

/** The one definition behind every native type's `__new__`; the function's self is the type. */
export const NEW_METHOD: MethodDef = {
  name: "__new__",
  flags: METH.VARARGS | METH.KEYWORDS,
  fn: tp_new_wrapper,
  sig: "($type, *args, **kwargs)",
  doc: "Makes a new object of the type.",
};
