/**
 * staticmethod and classmethod. Part of the object layer (CPython's Objects/funcobject.c).
 *
 *   byte   0      16         24     32
 *          | head | callable | dict |
 */

import { _PyObject_IsAbstract, PyObject_GetOptionalAttr, PyObject_SetAttr, reprOf } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs, noKeywords } from "./argparse.ts";
import { PyObject_Call } from "./call.ts";
import { defineType } from "./defineType.ts";
import { raise } from "./errors.ts";
import { PyObject_GenericGetDict, PyObject_GenericSetDict } from "./instance.ts";
import { Ob, TF, Tuple } from "./layout.ts";
import { PyMethod_New } from "./method.ts";
import { clearField, newref, setField, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { PyType_GenericAlloc, PyType_GenericNew } from "./subtype.ts";
import { trashed } from "./trashcan.ts";
import { tupleItem } from "./tuple.ts";
import type { GetSetDef, MemberDef, NewRef, OptRef, Ref, TypeInfo, Visit } from "./typeinfo.ts";

const enum CM {
  callable = 4,
  dict = 6,
  BYTES = 32,
}

export function PyStaticMethod_New(rt: Runtime, callable: Ref): NewRef {
  return wrap(rt, rt.types.staticmethod, callable);
}

export function PyClassMethod_New(rt: Runtime, callable: Ref): NewRef {
  return wrap(rt, rt.types.classmethod, callable);
}

function wrap(rt: Runtime, type: Ref, callable: Ref): NewRef {
  const p = PyType_GenericAlloc(rt, type, 0);
  rt.i32[p + CM.callable] = newref(rt, callable);
  return p;
}

function cm_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  xdecref(rt, rt.i32[p + CM.callable]);
  xdecref(rt, rt.i32[p + CM.dict]);
  infoOf(rt, p).tp_free!(rt, p);
}

function cm_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + CM.callable] !== 0) visit(rt.i32[p + CM.callable]);
  if (rt.i32[p + CM.dict] !== 0) visit(rt.i32[p + CM.dict]);
}

function cm_clear(rt: Runtime, p: Ref): void {
  clearField(rt, p + CM.callable);
  clearField(rt, p + CM.dict);
}

function callableOf(rt: Runtime, p: Ref, what: string): Ref {
  const callable = rt.i32[p + CM.callable];
  if (callable === 0) throw raise(rt, rt.exc.RuntimeError, `uninitialized ${what} object`);
  return callable;
}

function cm_descr_get(rt: Runtime, p: Ref, obj: OptRef, type: OptRef): NewRef {
  const callable = callableOf(rt, p, "classmethod");
  return PyMethod_New(rt, callable, type === 0 ? rt.i32[obj + Ob.type] : type);
}

function sm_descr_get(rt: Runtime, p: Ref, _obj: OptRef, _type: OptRef): NewRef {
  return newref(rt, callableOf(rt, p, "staticmethod"));
}

function sm_call(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  return PyObject_Call(rt, rt.i32[p + CM.callable], args, kwargs);
}

/** What functools.wraps copies from the wrapped function. */
function functools_wraps(rt: Runtime, wrapper: Ref, wrapped: Ref): void {
  const names = rt.names;
  copyAttr(rt, wrapper, wrapped, names.__module__);
  copyAttr(rt, wrapper, wrapped, names.__name__);
  copyAttr(rt, wrapper, wrapped, names.__qualname__);
  copyAttr(rt, wrapper, wrapped, names.__doc__);
  copyAttr(rt, wrapper, wrapped, names.__annotations__);
}

function copyAttr(rt: Runtime, wrapper: Ref, wrapped: Ref, name: Ref): void {
  const value = PyObject_GetOptionalAttr(rt, wrapped, name);
  if (value === 0) return;
  push(rt, value);
  PyObject_SetAttr(rt, wrapper, name, value);
  drop(rt);
}

function initializer(name: string): (rt: Runtime, p: Ref, args: Ref, kwargs: OptRef) => void {
  return (rt, p, args, kwargs) => {
    noKeywords(rt, name, kwargs);
    checkArgs(rt, name, rt.i32[args + Tuple.size], 1, 1);
    const callable = tupleItem(rt, args, 0);
    setField(rt, p + CM.callable, newref(rt, callable));
    functools_wraps(rt, p, callable);
  };
}

function wrapperRepr(name: string): (rt: Runtime, p: Ref) => NewRef {
  return (rt, p) => {
    const callable = rt.i32[p + CM.callable];
    return PyUnicode_FromJS(rt, `<${name}(${callable === 0 ? "<NULL>" : reprOf(rt, callable)})>`);
  };
}

const MEMBERS: MemberDef[] = [
  { name: "__func__", type: "object", offset: CM.callable, readonly: true },
  { name: "__wrapped__", type: "object", offset: CM.callable, readonly: true },
];

const GETSETS: GetSetDef[] = [
  {
    name: "__isabstractmethod__",
    get: (rt, p) => (_PyObject_IsAbstract(rt, rt.i32[p + CM.callable]) ? rt.True : rt.False),
  },
  { name: "__dict__", get: PyObject_GenericGetDict, set: PyObject_GenericSetDict },
];

type Slots = Partial<Omit<TypeInfo, "type" | "name">>;

function define(rt: Runtime, name: "staticmethod" | "classmethod", doc: string, slots: Slots): void {
  const common: Slots = {
    tp_dealloc: trashed(cm_dealloc),
    tp_traverse: cm_traverse,
    tp_clear: cm_clear,
    tp_repr: wrapperRepr(name),
    tp_init: initializer(name),
    tp_new: PyType_GenericNew,
    tp_alloc: PyType_GenericAlloc,
    tp_free: PyObject_GC_Del,
  };
  const spec = {
    name,
    basicsize: CM.BYTES,
    dictoffset: CM.dict * 4,
    flags: TF.HAVE_GC | TF.BASETYPE,
    doc,
    slots: { ...common, ...slots },
    members: MEMBERS,
    getsets: GETSETS,
  };
  defineType(rt, spec, rt.types[name]);
}

export function initClassMethod(rt: Runtime): void {
  define(rt, "staticmethod", "A function that a class lends without binding it.", {
    tp_descr_get: sm_descr_get,
    tp_call: sm_call,
  });
  define(rt, "classmethod", "A function that gets the class as its first argument.", {
    tp_descr_get: cm_descr_get,
  });
}
