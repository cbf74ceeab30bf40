/**
 * Calling a class: `type.__call__` by tuple and by vectorcall, and the built-in function `__new__`. Part of the object layer
 * (type_call, tp_new_wrapper of CPython's Objects/typeobject.c).
 */
import { Cell } from "../heap/cells.ts";
import { checkAbstract, object_init, object_new } from "./baseobject.ts";
import { _PyStack_AsDict, lendArgs, PyObject_Vectorcall } from "./call.ts";
import { PyType_Check } from "./check.ts";
import type { CompiledFunction } from "./code.ts";
import { codeFn } from "./codefn.ts";
import { PyDict_Size } from "./dict.ts";
import { typeError } from "./errors.ts";
import { Code, Func, Ob, TF, Tuple, Ty } from "./layout.ts";
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

/** tp_call of type: `__new__`, then `__init__` if the result is an instance of the class. */
export function type_call(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const nargs = rt.i32[args + Tuple.size];
  if (type === rt.types.type) {
    const nkw = kwargs === 0 ? 0 : PyDict_Size(rt, kwargs);
    if (isClassQuery(rt, type, nargs, nkw)) return newref(rt, rt.i32[rt.i32[args + Tuple.items] + Ob.type]);
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

/**
 * tp_vectorcall of type. The common case, a class written in Python that uses object's `__new__`, makes neither tuple nor
 * dict: the instance is allocated and `__init__` called with the arguments where they stand.
 */
export function typeVectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const info = infoOfType(rt, type);
  if (info.tp_new === object_new) {
    if (info.tp_init === slot_tp_init) return newByInit(rt, type, info, args, nargs, kwnames);
    if (info.tp_init === object_init && nargs === 0 && kwnames === 0) {
      if ((rt.i32[type + Ty.flags] & TF.IS_ABSTRACT) !== 0) checkAbstract(rt, type);
      return info.tp_alloc!(rt, type, 0);
    }
  }
  if (info.type_vectorcall !== null) return info.type_vectorcall(rt, type, args, nargs, kwnames);
  if (isClassQuery(rt, type, nargs, kwnames)) return newref(rt, rt.i32[rt.i32[args] + Ob.type]);
  return callPacked(rt, type, args, nargs, kwnames);
}

function callPacked(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const tuple = PyTuple_FromArray(rt, args, nargs, false);
  push(rt, tuple);
  const dict = kwnames === 0 ? 0 : _PyStack_AsDict(rt, args + 2 * nargs, kwnames);
  push(rt, dict);
  const result = type_call(rt, type, tuple, dict);
  drop(rt, 2);
  return result;
}

/** object.__new__, then `__init__` as the class has it. */
function newByInit(
  rt: Runtime,
  type: Ref,
  info: TypeInfo,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const i32 = rt.i32;
  if ((i32[type + Ty.flags] & TF.IS_ABSTRACT) !== 0) checkAbstract(rt, type);
  const obj = info.tp_alloc!(rt, type, 0);
  push(rt, obj);
  const init = _PyType_Lookup(rt, type, rt.names.__init__);
  const kind = i32[init + Ob.type];
  if (kind === rt.types.function && kwnames === 0) {
    const code = i32[init + Func.code];
    const compiled = rt.codes[i32[code + Code.js]];
    if (compiled.simple && i32[code + Code.argcount] === nargs + 1 && nargs <= 4) {
      const result = callInit(rt, compiled.fn ?? codeFn(rt, code), init, obj, args, nargs);
      if (result !== rt.None) checkInitResult(rt, result);
      return pop(rt);
    }
  }
  if ((i32[kind + Ty.flags] & TF.METHOD_DESCRIPTOR) === 0) {
    return initBound(rt, obj, init, args, nargs, kwnames);
  }
  push(rt, newref(rt, init));
  const n = kwnames === 0 ? nargs : nargs + i32[kwnames + Tuple.size];
  const at = lendArgs(rt, obj, args, n);
  const result = PyObject_Vectorcall(rt, init, at, nargs + 1, kwnames);
  i32[Cell.SP] = at - 1;
  if (result !== rt.None) checkInitResult(rt, result);
  decref(rt, pop(rt));
  return pop(rt);
}

/** Calls a compiled `__init__` that needs no binding of arguments: it takes over one reference to each, and to itself. */
function callInit(
  rt: Runtime,
  fn: CompiledFunction,
  init: Ref,
  obj: Ref,
  args: number,
  nargs: number,
): NewRef {
  const i32 = rt.i32;
  incref(rt, init);
  incref(rt, obj);
  if (nargs === 0) return fn(init, obj);
  const a = newref(rt, i32[args]);
  if (nargs === 1) return fn(init, obj, a);
  const b = newref(rt, i32[args + 2]);
  if (nargs === 2) return fn(init, obj, a, b);
  const c = newref(rt, i32[args + 4]);
  if (nargs === 3) return fn(init, obj, a, b, c);
  return fn(init, obj, a, b, c, newref(rt, i32[args + 6]));
}

/** `__init__` is some other descriptor: it is bound first. The instance is on the native stack. */
function initBound(rt: Runtime, obj: Ref, init: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const get = infoOfType(rt, rt.i32[init + Ob.type]).tp_descr_get;
  push(rt, newref(rt, init));
  const bound = get === null ? newref(rt, init) : get(rt, init, obj, rt.i32[obj + Ob.type]);
  push(rt, bound);
  const result = PyObject_Vectorcall(rt, bound, args, nargs, kwnames);
  drop(rt, 2);
  checkInitResult(rt, result);
  return pop(rt);
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
