/** The module _collections: deque, defaultdict, what Counter and namedtuple need. Part of the modules. */
import { PyObject_GetAttr, PyObject_SetItem, reprOf } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { checkArgs, noKeywords } from "../objects/argparse.ts";
import { PyObject_CallTwoArgs } from "../objects/call.ts";
import { PyDict_Check, PyTuple_Check } from "../objects/check.ts";
import { PyObject_Hash } from "../objects/compare.ts";
import { defineType } from "../objects/defineType.ts";
import { _PyDict_GetItem_KnownHash, _PyDict_SetItem_KnownHash } from "../objects/dict.ts";
import { raise, typeError } from "../objects/errors.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_Add } from "../objects/number.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { _PyType_Lookup } from "../objects/typelookup.ts";
import { defaultdictType } from "./defaultdict.ts";
import { type DequeTypes, dequeType } from "./deque.ts";
import { dequeIterType } from "./dequeiter.ts";
import { createModule } from "./native.ts";

/** _count_elements(mapping, iterable): one more for each item. */
function _count_elements(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "_count_elements", nargs, 2, 2);
  const mapping = rt.i32[args];
  const it = pushed(rt, PyObject_GetIter(rt, rt.i32[args + 2]));
  if (isPlainDict(rt, mapping)) countInDict(rt, mapping, it);
  else countInMapping(rt, mapping, it);
  drop(rt);
  return rt.None;
}

/** A dict whose get and `__setitem__` are dict's own. */
function isPlainDict(rt: Runtime, mapping: Ref): boolean {
  if (!PyDict_Check(rt, mapping)) return false;
  const type = rt.i32[mapping + Ob.type];
  return ["get", "__setitem__"].every((name) => {
    const s = internStatic(rt, name);
    return _PyType_Lookup(rt, type, s) === _PyType_Lookup(rt, rt.types.dict, s);
  });
}

function countInDict(rt: Runtime, d: Ref, it: Ref): void {
  const one = rt.smallInts + 8;
  for (let key = PyIter_Next(rt, it); key !== 0; key = PyIter_Next(rt, it)) {
    push(rt, key);
    const lo = PyObject_Hash(rt, key);
    const hi = rt.hashHi;
    const old = _PyDict_GetItem_KnownHash(rt, d, key, lo, hi);
    const value = pushed(rt, old === 0 ? one : PyNumber_Add(rt, old, one));
    _PyDict_SetItem_KnownHash(rt, d, key, value, lo, hi);
    drop(rt, 2);
  }
}

function countInMapping(rt: Runtime, mapping: Ref, it: Ref): void {
  const one = rt.smallInts + 8;
  const get = pushed(rt, PyObject_GetAttr(rt, mapping, internStatic(rt, "get")));
  for (let key = PyIter_Next(rt, it); key !== 0; key = PyIter_Next(rt, it)) {
    push(rt, key);
    const old = pushed(rt, PyObject_CallTwoArgs(rt, get, key, rt.smallInts));
    const value = pushed(rt, PyNumber_Add(rt, old, one));
    PyObject_SetItem(rt, mapping, key, value);
    drop(rt, 3);
  }
  drop(rt);
}

/** _tuplegetter: the descriptor of a named tuple's field. */
const enum Getter {
  index = 4,
  doc = 6,
  BYTES = 32,
}

function tuplegetter_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "_tuplegetter", kwargs);
  checkArgs(rt, "_tuplegetter", tupleSize(rt, args), 2, 2);
  const index = ssizeArgument(rt, tupleItem(rt, args, 0));
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + Getter.index] = index;
  rt.i32[p + Getter.doc] = newref(rt, tupleItem(rt, args, 1));
  return p;
}

function tuplegetter_descr_get(rt: Runtime, p: Ref, obj: Ref): NewRef {
  if (obj === 0) return newref(rt, p);
  const index = rt.i32[p + Getter.index];
  if (!PyTuple_Check(rt, obj)) {
    if (obj === rt.None) return newref(rt, p);
    const what = `descriptor for index '${index}' for tuple subclasses`;
    throw typeError(rt, `${what} doesn't apply to '${typeNameOf(rt, obj)}' object`);
  }
  if (index < 0 || index >= tupleSize(rt, obj))
    throw raise(rt, rt.exc.IndexError, "tuple index out of range");
  return newref(rt, tupleItem(rt, obj, index));
}

function tuplegetter_descr_set(rt: Runtime, _p: Ref, _obj: Ref, value: OptRef): never {
  throw raise(rt, rt.exc.AttributeError, value === 0 ? "can't delete attribute" : "can't set attribute");
}

function tuplegetter_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + Getter.doc);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function tuplegetter_reduce(rt: Runtime, p: Ref): NewRef {
  const index = pushed(rt, PyLong_FromNumber(rt, rt.i32[p + Getter.index]));
  const args = pushed(rt, PyTuple_Pack(rt, index, rt.i32[p + Getter.doc]));
  const result = PyTuple_Pack(rt, rt.i32[p + Ob.type], args);
  drop(rt, 2);
  return result;
}

function tuplegetterType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "collections._tuplegetter",
    basicsize: Getter.BYTES,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE,
    heap: true,
    slots: {
      tp_new: tuplegetter_new,
      tp_dealloc: tuplegetter_dealloc,
      tp_traverse: (rt, p, visit) => {
        visit(rt.i32[p + Ob.type]);
        if (rt.i32[p + Getter.doc] !== 0) visit(rt.i32[p + Getter.doc]);
      },
      tp_clear: (rt, p) => clearField(rt, p + Getter.doc),
      tp_repr: (rt, p) =>
        PyUnicode_FromJS(
          rt,
          `_tuplegetter(${rt.i32[p + Getter.index]}, ${reprOf(rt, rt.i32[p + Getter.doc])})`,
        ),
      tp_getattro: PyObject_GenericGetAttr,
      tp_descr_get: tuplegetter_descr_get,
      tp_descr_set: tuplegetter_descr_set,
    },
    methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: tuplegetter_reduce }],
    members: [{ name: "__doc__", type: "object", offset: Getter.doc }],
  });
}

export function initModule__collections(rt: Runtime): NewRef {
  const types: DequeTypes & Record<string, Ref> = {
    deque: 0,
    iterator: 0,
    reverse: 0,
    defaultdict: 0,
    getter: 0,
  };
  rt.moduleState.set("_collections", types);
  registerRoot(rt, () => Object.values(types), "_collections");
  types.deque = dequeType(rt);
  types.iterator = dequeIterType(rt, false);
  types.reverse = dequeIterType(rt, true);
  types.defaultdict = defaultdictType(rt);
  types.getter = tuplegetterType(rt);
  const m = createModule(
    rt,
    "_collections",
    [{ name: "_count_elements", flags: METH.FASTCALL, fn: _count_elements }],
    "What collections does natively.",
  );
  push(rt, m);
  for (const type of Object.values(types)) {
    PyModule_AddObjectRef(rt, m, infoOfType(rt, type).name.slice("collections.".length), type);
  }
  PyModule_AddObjectRef(rt, m, "OrderedDict", rt.types.OrderedDict);
  return pop(rt);
}
