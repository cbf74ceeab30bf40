/**
 * What pickle and copy ask an object: `__reduce_ex__`, `__reduce__`, `__getstate__`. Part of the object layer (object_reduce_ex,
 * reduce_newobj of CPython's Objects/typeobject.c); protocols 0 and 1 are the Python module copyreg's.
 */
import {
  _PyObject_LookupSpecial,
  PyObject_GetAttr,
  PyObject_GetIter,
  PyObject_GetOptionalAttr,
} from "./abstract.ts";
import {
  PyObject_CallMethodNoArgs,
  PyObject_CallNoArgs,
  PyObject_CallOneArg,
  PyObject_CallTwoArgs,
} from "./call.ts";
import { cfunctionDef } from "./cfunction.ts";
import { PyDict_Check, PyList_Check, PyTuple_Check } from "./check.ts";
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem, PyDict_Size } from "./dict.ts";
import { typeError, valueError } from "./errors.ts";
import { CFunc, Dict, Gc, List, Ob, TF, Tuple, Ty } from "./layout.ts";
import { listItem } from "./list.ts";
import { PyLong_AsInt } from "./long.ts";
import { _PyObject_ComputedDictPointer, ensureInstanceDict, inlineValuesValid } from "./managed.ts";
import { decref, incref, newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic } from "./str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** The Python module copyreg. */
function import_copyreg(rt: Runtime): NewRef {
  const name = internStatic(rt, "copyreg");
  const loaded = rt.sysModules === 0 ? 0 : PyDict_GetItemWithError(rt, rt.sysModules, name);
  if (loaded !== 0) return newref(rt, loaded);
  const importer = PyDict_GetItemWithError(rt, rt.builtinsDict, rt.names.__import__);
  return PyObject_CallOneArg(rt, importer, name);
}

function cannotPickle(rt: Runtime, o: Ref): PyErr {
  return typeError(rt, `cannot pickle '${typeNameOf(rt, o, 200)}' object`);
}

export function object_reduce(rt: Runtime, self: Ref): NewRef {
  return common_reduce(rt, self, internSmall(rt, 0));
}

function internSmall(rt: Runtime, v: number): Ref {
  return rt.smallInts + 8 * v;
}

/** Calls the class's own `__reduce__` if it has one; else does the work for the protocol. */
export function object_reduce_ex(rt: Runtime, self: Ref, protocol: Ref): NewRef {
  const names = rt.names;
  const reduce = PyObject_GetOptionalAttr(rt, self, names.__reduce__);
  if (reduce !== 0) {
    push(rt, reduce);
    const cls = PyObject_GetAttr(rt, rt.i32[self + Ob.type], names.__reduce__);
    const own = PyDict_GetItemWithError(rt, rt.i32[rt.types.object + Ty.dict], names.__reduce__);
    decref(rt, cls);
    if (cls !== own) {
      const result = PyObject_CallNoArgs(rt, reduce);
      drop(rt);
      return result;
    }
    drop(rt);
  }
  return common_reduce(rt, self, protocol);
}

function common_reduce(rt: Runtime, self: Ref, protocol: Ref): NewRef {
  if (!PyLong_CheckAny(rt, protocol)) {
    throw typeError(rt, `'${typeNameOf(rt, protocol)}' object cannot be interpreted as an integer`);
  }
  if (PyLong_AsInt(rt, protocol) >= 2) return reduce_newobj(rt, self);
  const copyreg = import_copyreg(rt);
  push(rt, copyreg);
  const f = PyObject_GetAttr(rt, copyreg, internStatic(rt, "_reduce_ex"));
  push(rt, f);
  const result = PyObject_CallTwoArgs(rt, f, self, protocol);
  drop(rt, 2);
  return result;
}

function PyLong_CheckAny(rt: Runtime, o: Ref): boolean {
  return (rt.i32[rt.i32[o + Ob.type] + Ty.flags] & TF.LONG_SUBCLASS) !== 0;
}

/** (copyreg.__newobj__, (cls, *args), state, list items, dict items) */
function reduce_newobj(rt: Runtime, o: Ref): NewRef {
  const i32 = rt.i32;
  const cls = i32[o + Ob.type];
  if (rt.typeInfos[i32[cls + Ty.info]].tp_new === null) throw cannotPickle(rt, o);
  const args = pushNewArguments(rt, o);
  const kwargs = i32[args.kwargsSlot];
  const withKeywords = kwargs !== 0 && PyDict_Size(rt, kwargs) > 0;
  const copyreg = import_copyreg(rt);
  push(rt, copyreg);
  const maker = PyObject_GetAttr(
    rt,
    copyreg,
    internStatic(rt, withKeywords ? "__newobj_ex__" : "__newobj__"),
  );
  push(rt, maker);
  const newargs = withKeywords ? PyTuple_Pack(rt, cls, args.args, kwargs) : prepend(rt, cls, args.args);
  push(rt, newargs);
  const required = args.args === 0 && !PyList_Check(rt, o) && !PyDict_Check(rt, o);
  const state = object_getstate(rt, o, required);
  push(rt, state);
  const listitems = PyList_Check(rt, o) ? PyObject_GetIter(rt, o) : rt.None;
  push(rt, listitems);
  const dictitems = PyDict_Check(rt, o) ? itemsIterator(rt, o) : rt.None;
  push(rt, dictitems);
  const result = PyTuple_Pack(rt, maker, newargs, state, listitems, dictitems);
  drop(rt, 8);
  return result;
}

function itemsIterator(rt: Runtime, o: Ref): NewRef {
  const items = PyObject_CallMethodNoArgs(rt, o, rt.names.items);
  push(rt, items);
  const it = PyObject_GetIter(rt, items);
  drop(rt);
  return it;
}

/** (first, *rest); rest may be 0. */
function prepend(rt: Runtime, first: Ref, rest: OptRef): NewRef {
  const i32 = rt.i32;
  const n = rest === 0 ? 0 : i32[rest + Tuple.size];
  const tuple = PyTuple_New(rt, n + 1);
  incref(rt, first);
  PyTuple_SET_ITEM(rt, tuple, 0, first);
  for (let k = 0; k < n; k++) {
    const item = i32[rest + Tuple.items + 2 * k];
    incref(rt, item);
    PyTuple_SET_ITEM(rt, tuple, k + 1, item);
  }
  return tuple;
}

/**
 * The arguments for `__new__` (_PyObject_GetNewArguments): two slots are pushed, args and kwargs, each 0 where there are none.
 */
function pushNewArguments(rt: Runtime, o: Ref): { args: OptRef; kwargsSlot: number } {
  const ex = callIfThere(rt, o, rt.names.__getnewargs_ex__);
  if (ex !== 0) return pushNewArgumentsEx(rt, ex);
  const args = callIfThere(rt, o, rt.names.__getnewargs__);
  push(rt, args);
  if (args !== 0 && !PyTuple_Check(rt, args)) {
    throw typeError(rt, `__getnewargs__ should return a tuple, not '${typeNameOf(rt, args, 200)}'`);
  }
  return { args, kwargsSlot: push(rt, 0) };
}

function callIfThere(rt: Runtime, o: Ref, name: Ref): NewRef | 0 {
  const method = _PyObject_LookupSpecial(rt, o, name);
  if (method === 0) return 0;
  push(rt, method);
  const result = PyObject_CallNoArgs(rt, method);
  drop(rt);
  return result;
}

function pushNewArgumentsEx(rt: Runtime, pair: NewRef): { args: OptRef; kwargsSlot: number } {
  const i32 = rt.i32;
  push(rt, pair);
  if (!PyTuple_Check(rt, pair)) {
    throw typeError(rt, `__getnewargs_ex__ should return a tuple, not '${typeNameOf(rt, pair, 200)}'`);
  }
  const n = i32[pair + Tuple.size];
  if (n !== 2) throw valueError(rt, `__getnewargs_ex__ should return a tuple of length 2, not ${n}`);
  const args = i32[pair + Tuple.items];
  const kwargs = i32[pair + Tuple.items + 2];
  const item = "item of the tuple returned by __getnewargs_ex__ must be a";
  if (!PyTuple_Check(rt, args)) {
    throw typeError(rt, `first ${item} tuple, not '${typeNameOf(rt, args, 200)}'`);
  }
  if (!PyDict_Check(rt, kwargs)) {
    throw typeError(rt, `second ${item} dict, not '${typeNameOf(rt, kwargs, 200)}'`);
  }
  incref(rt, args);
  incref(rt, kwargs);
  drop(rt);
  push(rt, args);
  return { args, kwargsSlot: push(rt, kwargs) };
}

/** `copy.__getstate__()`, without the call when the class has object's own. */
function object_getstate(rt: Runtime, o: Ref, required: boolean): NewRef {
  const getstate = PyObject_GetAttr(rt, o, rt.names.__getstate__);
  push(rt, getstate);
  const i32 = rt.i32;
  const own =
    i32[getstate + Ob.type] === rt.types.builtin_function_or_method &&
    i32[getstate + CFunc.self] === o &&
    cfunctionDef(rt, getstate).fn === object_getstate_method;
  const state = own ? getstateDefault(rt, o, required) : PyObject_CallNoArgs(rt, getstate);
  drop(rt);
  return state;
}

export function object_getstate_method(rt: Runtime, self: Ref): NewRef {
  return getstateDefault(rt, self, false);
}

/** Has the instance no attributes of its own (_PyObject_IsInstanceDictEmpty)? */
function instanceDictEmpty(rt: Runtime, o: Ref): boolean {
  const i32 = rt.i32;
  const flags = i32[i32[o + Ob.type] + Ty.flags];
  let dict: OptRef;
  if ((flags & TF.INLINE_VALUES) !== 0 && inlineValuesValid(rt, o)) return ((i32[o + 4] >> 8) & 255) === 0;
  if ((flags & TF.MANAGED_DICT) !== 0) dict = i32[o + Gc.dict];
  else {
    const at = _PyObject_ComputedDictPointer(rt, o);
    dict = at === 0 ? 0 : i32[at];
  }
  return dict === 0 || i32[dict + Dict.used] === 0;
}

/** The `__dict__` or None; with slots, a pair of that and a dict of them. `required`: there is no other way to save it. */
function getstateDefault(rt: Runtime, o: Ref, required: boolean): NewRef {
  const i32 = rt.i32;
  const cls = i32[o + Ob.type];
  if (required && i32[cls + Ty.itemsize] !== 0) {
    throw typeError(rt, `cannot pickle '${typeNameOf(rt, o, 200)}' object`);
  }
  const state = instanceDictEmpty(rt, o) ? rt.None : newref(rt, ensureInstanceDict(rt, o));
  push(rt, state);
  const slotnames = typeSlotNames(rt, cls);
  push(rt, slotnames);
  if (required && i32[cls + Ty.basicsize] > plainSize(rt, cls, slotnames)) throw cannotPickle(rt, o);
  const n = slotnames === rt.None ? 0 : i32[slotnames + List.size];
  const result = n > 0 ? withSlots(rt, o, state, slotnames) : newref(rt, state);
  drop(rt, 2);
  return result;
}

/** The size that instances would have if their class added nothing but slots, dict and weak references. */
function plainSize(rt: Runtime, cls: Ref, slotnames: Ref): number {
  const i32 = rt.i32;
  let size = Ob.HEAD_BYTES as number;
  if (i32[cls + Ty.dictoffset] > 0) size += 8;
  if (i32[cls + Ty.weaklistoffset] > 0) size += 8;
  if (slotnames !== rt.None) size += 8 * i32[slotnames + List.size];
  return size;
}

function withSlots(rt: Runtime, o: Ref, state: Ref, slotnames: Ref): NewRef {
  const slots = PyDict_New(rt);
  push(rt, slots);
  const n = rt.i32[slotnames + List.size];
  for (let k = 0; k < n && k < rt.i32[slotnames + List.size]; k++) {
    const name = newref(rt, listItem(rt, slotnames, k));
    push(rt, name);
    const value = PyObject_GetOptionalAttr(rt, o, name);
    push(rt, value);
    if (value !== 0) PyDict_SetItem(rt, slots, name, value);
    drop(rt, 2);
  }
  if (PyDict_Size(rt, slots) > 0) {
    const pair = PyTuple_Pack(rt, state, slots);
    drop(rt);
    return pair;
  }
  decref(rt, pop(rt));
  return newref(rt, state);
}

/** The class's list of slot names (`__slotnames__`), as copyreg finds and caches it; or None (_PyType_GetSlotNames). */
function typeSlotNames(rt: Runtime, cls: Ref): NewRef {
  const cached = PyDict_GetItemWithError(rt, rt.i32[cls + Ty.dict], internStatic(rt, "__slotnames__"));
  if (cached !== 0) {
    if (cached !== rt.None && !PyList_Check(rt, cached)) {
      const name = rt.typeInfos[rt.i32[cls + Ty.info]].name.slice(0, 200);
      throw typeError(
        rt,
        `${name}.__slotnames__ should be a list or None, not ${typeNameOf(rt, cached, 200)}`,
      );
    }
    return newref(rt, cached);
  }
  const copyreg = import_copyreg(rt);
  push(rt, copyreg);
  const f = PyObject_GetAttr(rt, copyreg, internStatic(rt, "_slotnames"));
  push(rt, f);
  const names = PyObject_CallOneArg(rt, f, cls);
  drop(rt, 2);
  if (names !== rt.None && !PyList_Check(rt, names)) {
    push(rt, names);
    throw typeError(rt, "copyreg._slotnames didn't return a list or None");
  }
  return names;
}
