/**
 * property. Part of the object layer (CPython's Objects/descrobject.c).
 *
 *   byte   0      16     24     32     40    48     56           64
 *          | head | fget | fset | fdel | doc | name | getter_doc |
 */

import {
  _PyObject_IsAbstract,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_SetAttr,
  reprOf,
} from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_UnTrack } from "./alloc.ts";
import { kwSpec, parseTupleKw } from "./argparse.ts";
import { PyObject_CallArgs, PyObject_CallOneArg, PyObject_CallTwoArgs } from "./call.ts";
import { PyObject_TypeCheck } from "./check.ts";
import { defineType } from "./defineType.ts";
import { caught, clearError, raise, typeError } from "./errors.ts";
import { PyObject_GenericGetAttr } from "./instance.ts";
import { Ob, TF } from "./layout.ts";
import { clearField, decref, newref, setField, xdecref, xnewref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { PyType_GenericAlloc, PyType_GenericNew } from "./subtype.ts";
import { trashed } from "./trashcan.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

/** propertyobject */
export const enum Prop {
  get = 4,
  set = 6,
  del = 8,
  doc = 10,
  name = 12,
  getter_doc = 14,
  BYTES = 64,
}

const FIELDS = [Prop.get, Prop.set, Prop.del, Prop.doc, Prop.name];

function property_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  for (const field of FIELDS) xdecref(rt, rt.i32[p + field]);
  infoOf(rt, p).tp_free!(rt, p);
}

function property_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  for (const field of FIELDS) if (rt.i32[p + field] !== 0) visit(rt.i32[p + field]);
}

function property_clear(rt: Runtime, p: Ref): void {
  clearField(rt, p + Prop.doc);
}

const INIT = kwSpec("property", "fget=, fset=, fdel=, doc=");

function property_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  const [fget, fset, fdel, doc] = parseTupleKw(rt, INIT, args, kwargs).map((v) => (v === rt.None ? 0 : v));
  setField(rt, p + Prop.get, xnewref(rt, fget));
  setField(rt, p + Prop.set, xnewref(rt, fset));
  setField(rt, p + Prop.del, xnewref(rt, fdel));
  clearField(rt, p + Prop.doc);
  clearField(rt, p + Prop.name);
  rt.i32[p + Prop.getter_doc] = 0;
  let text = xnewref(rt, doc);
  if (doc === 0 && fget !== 0) text = docOfGetter(rt, p, fget);
  if (rt.i32[p + Ob.type] === rt.types.property) setField(rt, p + Prop.doc, text);
  else storeDocAttribute(rt, p, text === 0 ? rt.None : text);
}

/** The getter's docstring (owned), or 0; remembers that the text came from there. */
function docOfGetter(rt: Runtime, p: Ref, fget: Ref): OptRef {
  const doc = PyObject_GetOptionalAttr(rt, fget, rt.names.__doc__);
  if (doc === 0 || doc === rt.None) return 0;
  rt.i32[p + Prop.getter_doc] = 1;
  return doc;
}

/** A subclass keeps the text as an attribute of its own; where it cannot, a given text is dropped silently. */
function storeDocAttribute(rt: Runtime, p: Ref, doc: NewRef): void {
  const m = mark(rt);
  push(rt, doc);
  try {
    PyObject_SetAttr(rt, p, rt.names.__doc__, doc);
  } catch (e) {
    caught(rt, e, m, rt.exc.AttributeError);
    if (rt.i32[p + Prop.getter_doc] !== 0) throw e;
    clearError(rt);
    return;
  }
  drop(rt);
}

/** The property's name: given by `__set_name__`, else the getter's; 0 if there is none. */
function property_name(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  if (i32[p + Prop.name] !== 0) return newref(rt, i32[p + Prop.name]);
  const get = i32[p + Prop.get];
  return get === 0 ? 0 : PyObject_GetOptionalAttr(rt, get, rt.names.__name__);
}

/** AttributeError: the property lacks a getter, setter or deleter. */
function lacks(rt: Runtime, p: Ref, obj: Ref, what: string): PyErr {
  const name = property_name(rt, p);
  push(rt, name);
  const qualname = PyObject_GetAttr(rt, rt.i32[obj + Ob.type], rt.names.__qualname__);
  push(rt, qualname);
  const which = name === 0 ? "property" : `property ${reprOf(rt, name)}`;
  const err = raise(rt, rt.exc.AttributeError, `${which} of ${reprOf(rt, qualname)} object has no ${what}`);
  drop(rt, 2);
  return err;
}

function property_descr_get(rt: Runtime, p: Ref, obj: OptRef, _type: OptRef): NewRef {
  if (obj === 0 || obj === rt.None) return newref(rt, p);
  const get = rt.i32[p + Prop.get];
  if (get === 0) throw lacks(rt, p, obj, "getter");
  return PyObject_CallOneArg(rt, get, obj);
}

function property_descr_set(rt: Runtime, p: Ref, obj: Ref, value: OptRef): void {
  const func = rt.i32[p + (value === 0 ? Prop.del : Prop.set)];
  if (func === 0) throw lacks(rt, p, obj, value === 0 ? "deleter" : "setter");
  const result =
    value === 0 ? PyObject_CallOneArg(rt, func, obj) : PyObject_CallTwoArgs(rt, func, obj, value);
  decref(rt, result);
}

/** A property of the same type with some functions replaced; 0 or None keeps the old one. */
function property_copy(rt: Runtime, old: Ref, get: OptRef, set: OptRef, del: OptRef): NewRef {
  const i32 = rt.i32;
  const pick = (given: OptRef, field: Prop) =>
    given !== 0 && given !== rt.None ? given : i32[old + field] || rt.None;
  const fget = pick(get, Prop.get);
  const fset = pick(set, Prop.set);
  const fdel = pick(del, Prop.del);
  const fromGetter = i32[old + Prop.getter_doc] !== 0 && fget !== rt.None;
  const doc = fromGetter ? rt.None : i32[old + Prop.doc] || rt.None;
  const type = i32[old + Ob.type];
  push(rt, newref(rt, type));
  const copy = PyObject_CallArgs(rt, type, fget, fset, fdel, doc);
  drop(rt);
  if (PyObject_TypeCheck(rt, copy, rt.types.property)) {
    push(rt, copy);
    setField(rt, copy + Prop.name, xnewref(rt, i32[old + Prop.name]));
    pop(rt);
  }
  return copy;
}

function property_set_name(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  if (nargs !== 2) {
    throw typeError(rt, `__set_name__() takes 2 positional arguments but ${nargs} were given`);
  }
  setField(rt, p + Prop.name, newref(rt, rt.i32[args + 2]));
  return rt.None;
}

function property_get__name__(rt: Runtime, p: Ref): NewRef {
  const name = property_name(rt, p);
  if (name === 0) throw raise(rt, rt.exc.AttributeError, "'property' object has no attribute '__name__'");
  return name;
}

function property_isabstract(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const abstract = [Prop.get, Prop.set, Prop.del].some((f) => _PyObject_IsAbstract(rt, i32[p + f]));
  return abstract ? rt.True : rt.False;
}

export function initProperty(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "property",
      basicsize: Prop.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "An attribute computed by functions: fget to read it, fset to set it, fdel to delete it.",
      slots: {
        tp_dealloc: trashed(property_dealloc),
        tp_traverse: property_traverse,
        tp_clear: property_clear,
        tp_getattro: PyObject_GenericGetAttr,
        tp_descr_get: property_descr_get,
        tp_descr_set: property_descr_set,
        tp_init: property_init,
        tp_new: PyType_GenericNew,
        tp_alloc: PyType_GenericAlloc,
        tp_free: PyObject_GC_Del,
      },
      methods: [
        { name: "getter", flags: METH.O, fn: (rt, p, f: Ref) => property_copy(rt, p, f, 0, 0) },
        { name: "setter", flags: METH.O, fn: (rt, p, f: Ref) => property_copy(rt, p, 0, f, 0) },
        { name: "deleter", flags: METH.O, fn: (rt, p, f: Ref) => property_copy(rt, p, 0, 0, f) },
        { name: "__set_name__", flags: METH.FASTCALL, fn: property_set_name },
      ],
      members: [
        { name: "fget", type: "object", offset: Prop.get, readonly: true },
        { name: "fset", type: "object", offset: Prop.set, readonly: true },
        { name: "fdel", type: "object", offset: Prop.del, readonly: true },
        { name: "__doc__", type: "object", offset: Prop.doc },
      ],
      getsets: [
        {
          name: "__name__",
          get: property_get__name__,
          set: (rt, p, value) => setField(rt, p + Prop.name, xnewref(rt, value)),
        },
        { name: "__isabstractmethod__", get: property_isabstract },
      ],
    },
    rt.types.property,
  );
}
