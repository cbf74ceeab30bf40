/** Loading of containers and of objects that are called into being. Part of the modules, for _pickle.ts. */
import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_SetAttr } from "../objects/abstract.ts";
import { PyObject_Call, PyObject_CallMethodOneArg, PyObject_CallOneArg } from "../objects/call.ts";
import {
  PyDict_Check,
  PyDict_CheckExact,
  PyList_CheckExact,
  PySet_Check,
  PyTuple_Check,
  PyType_Check,
  PyUnicode_CheckExact,
} from "../objects/check.ts";
import { PyDict_New, PyDict_Next, PyDict_SetItem } from "../objects/dict.ts";
import { typeError } from "../objects/errors.ts";
import { PyUnicode_InternInPlace } from "../objects/intern.ts";
import { PyObject_SetItem } from "../objects/itemaccess.ts";
import { List, Ob } from "../objects/layout.ts";
import { PyList_SetSlice } from "../objects/listslice.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { PyFrozenSet_New } from "../objects/set.ts";
import { set_update_internal } from "../objects/setops.ts";
import { infoOfType, tpName, typeNameOf } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { unpicklingError } from "./picklestate.ts";
import { decodeAsciiLine, findClass } from "./unpickleglobal.ts";
import {
  clearStack,
  hasItems,
  needObjects,
  popList,
  popMark,
  popObject,
  popTuple,
  pushObject,
  slotAt,
  stackSize,
  topObject,
  underflow,
} from "./unpicklestack.ts";

export function load_counted_tuple(rt: Runtime, u: Ref, n: number): void {
  if (stackSize(rt, u) < n) throw underflow(rt, u);
  pushObject(rt, u, popTuple(rt, u, stackSize(rt, u) - n));
}

export function load_tuple(rt: Runtime, u: Ref): void {
  pushObject(rt, u, popTuple(rt, u, popMark(rt, u)));
}

export function load_list(rt: Runtime, u: Ref): void {
  pushObject(rt, u, popList(rt, u, popMark(rt, u)));
}

export function load_dict(rt: Runtime, u: Ref): void {
  const start = popMark(rt, u);
  const end = stackSize(rt, u);
  const d = pushed(rt, PyDict_New(rt));
  if ((end - start) % 2 !== 0) throw unpicklingError(rt, "odd number of items for DICT");
  for (let i = start; i < end; i += 2)
    PyDict_SetItem(rt, d, rt.i32[slotAt(rt, u, i)], rt.i32[slotAt(rt, u, i + 1)]);
  clearStack(rt, u, start);
  pushObject(rt, u, pop(rt));
}

export function load_frozenset(rt: Runtime, u: Ref): void {
  const items = pushed(rt, popTuple(rt, u, popMark(rt, u)));
  const set = PyFrozenSet_New(rt, items);
  drop(rt);
  pushObject(rt, u, set);
}

/** do_append: what stands from place x on goes into the list, or what is like one, before it. */
export function appendItems(rt: Runtime, u: Ref, x: number): void {
  if (!hasItems(rt, u, x)) return;
  const list = rt.i32[slotAt(rt, u, x - 1)];
  if (PyList_CheckExact(rt, list)) {
    const slice = pushed(rt, popList(rt, u, x));
    const n = rt.i32[list + List.size];
    PyList_SetSlice(rt, list, n, n, slice);
    drop(rt);
    return;
  }
  const extend = PyObject_GetOptionalAttr(rt, list, internStatic(rt, "extend"));
  if (extend === 0) {
    callEach(rt, u, x, PyObject_GetAttr(rt, list, internStatic(rt, "append")));
    return;
  }
  pushed(rt, extend);
  const slice = pushed(rt, popList(rt, u, x));
  decref(rt, PyObject_CallOneArg(rt, extend, slice));
  drop(rt, 2);
}

/** Calls an owned callable with each object from place x on. */
function callEach(rt: Runtime, u: Ref, x: number, f: NewRef): void {
  pushed(rt, f);
  for (let i = x, n = stackSize(rt, u); i < n; i++)
    decref(rt, PyObject_CallOneArg(rt, f, rt.i32[slotAt(rt, u, i)]));
  drop(rt);
  clearStack(rt, u, x);
}

/** do_setitems */
export function setItems(rt: Runtime, u: Ref, x: number): void {
  if (!hasItems(rt, u, x)) return;
  const n = stackSize(rt, u);
  if ((n - x) % 2 !== 0) throw unpicklingError(rt, "odd number of items for SETITEMS");
  const d = rt.i32[slotAt(rt, u, x - 1)];
  const set = PyDict_CheckExact(rt, d) ? PyDict_SetItem : PyObject_SetItem;
  for (let i = x; i < n; i += 2) set(rt, d, rt.i32[slotAt(rt, u, i)], rt.i32[slotAt(rt, u, i + 1)]);
  clearStack(rt, u, x);
}

export function load_additems(rt: Runtime, u: Ref): void {
  const x = popMark(rt, u);
  if (!hasItems(rt, u, x)) return;
  const set = rt.i32[slotAt(rt, u, x - 1)];
  if (!PySet_Check(rt, set)) {
    callEach(rt, u, x, PyObject_GetAttr(rt, set, internStatic(rt, "add")));
    return;
  }
  const items = pushed(rt, popTuple(rt, u, x));
  set_update_internal(rt, set, items);
  drop(rt);
}

/** instantiate: cls(*args), or an instance that nothing initialises where Python 2 made one. Both are borrowed. */
function instantiate(rt: Runtime, cls: Ref, args: Ref): NewRef {
  if (tupleSize(rt, args) === 0 && PyType_Check(rt, cls)) {
    const f = PyObject_GetOptionalAttr(rt, cls, internStatic(rt, "__getinitargs__"));
    if (f === 0) return PyObject_CallMethodOneArg(rt, cls, rt.names.__new__, cls);
    decref(rt, f);
  }
  return PyObject_Call(rt, cls, args, 0);
}

export function load_obj(rt: Runtime, u: Ref): void {
  const start = popMark(rt, u);
  if (stackSize(rt, u) - start < 1) throw underflow(rt, u);
  const args = pushed(rt, popTuple(rt, u, start + 1));
  const cls = pushed(rt, popObject(rt, u));
  const obj = instantiate(rt, cls, args);
  drop(rt, 2);
  pushObject(rt, u, obj);
}

export function load_inst(rt: Runtime, u: Ref): void {
  const start = popMark(rt, u);
  const module = pushed(rt, decodeAsciiLine(rt, u));
  const name = pushed(rt, decodeAsciiLine(rt, u));
  const cls = findClass(rt, u, module, name);
  drop(rt, 2);
  pushed(rt, cls);
  const args = pushed(rt, popTuple(rt, u, start));
  const obj = instantiate(rt, cls, args);
  drop(rt, 2);
  pushObject(rt, u, obj);
}

function newObjectError(rt: Runtime, opcode: string, what: string, arg: Ref): PyErr {
  return unpicklingError(rt, `${opcode} ${what}, not ${typeNameOf(rt, arg)}`);
}

/** cls.__new__(cls, *args, **kwargs), with keywords for NEWOBJ_EX. */
export function load_newobj(rt: Runtime, u: Ref, withKeywords: boolean): void {
  const opcode = withKeywords ? "NEWOBJ_EX" : "NEWOBJ";
  const kwargs: OptRef = withKeywords ? pushed(rt, popObject(rt, u)) : 0;
  const args = pushed(rt, popObject(rt, u));
  const cls = pushed(rt, popObject(rt, u));
  if (!PyType_Check(rt, cls)) throw newObjectError(rt, opcode, "class argument must be a type", cls);
  const make = infoOfType(rt, cls).tp_new;
  if (make === null) {
    const name = tpName(rt, rt.i32[cls + Ob.type]);
    throw unpicklingError(rt, `${opcode} class argument '${name}' doesn't have __new__`);
  }
  if (!PyTuple_Check(rt, args)) throw newObjectError(rt, opcode, "args argument must be a tuple", args);
  if (withKeywords && !PyDict_Check(rt, kwargs))
    throw newObjectError(rt, opcode, "kwargs argument must be a dict", kwargs);
  const obj = make(rt, cls, args, kwargs);
  drop(rt, withKeywords ? 3 : 2);
  pushObject(rt, u, obj);
}

export function load_reduce(rt: Runtime, u: Ref): void {
  const args = pushed(rt, popObject(rt, u));
  const callable = pushed(rt, popObject(rt, u));
  if (!PyTuple_Check(rt, args)) throw typeError(rt, "argument list must be a tuple");
  const obj = PyObject_Call(rt, callable, args, 0);
  drop(rt, 2);
  pushObject(rt, u, obj);
}

/** BUILD: the state of an object, by its `__setstate__` or into its dict and slots. */
export function load_build(rt: Runtime, u: Ref): void {
  needObjects(rt, u, 2);
  const state = pushed(rt, popObject(rt, u));
  const inst = topObject(rt, u);
  const setstate = PyObject_GetOptionalAttr(rt, inst, internStatic(rt, "__setstate__"));
  if (setstate !== 0) {
    pushed(rt, setstate);
    decref(rt, PyObject_CallOneArg(rt, setstate, state));
    drop(rt, 2);
    return;
  }
  const pair = PyTuple_Check(rt, state) && tupleSize(rt, state) === 2;
  const attributes = pair ? tupleItem(rt, state, 0) : state;
  if (attributes !== rt.None) setDict(rt, inst, attributes);
  if (pair) setSlots(rt, inst, tupleItem(rt, state, 1));
  drop(rt);
}

/** Stores a dict's entries in the object's own dict, under interned names. */
function setDict(rt: Runtime, inst: Ref, state: Ref): void {
  if (!PyDict_Check(rt, state)) throw unpicklingError(rt, "state is not a dictionary");
  const dict = pushed(rt, PyObject_GetAttr(rt, inst, rt.names.__dict__));
  for (let pos = PyDict_Next(rt, state, 0); pos >= 0; pos = PyDict_Next(rt, state, pos)) {
    const value = rt.dictValue;
    let key = newref(rt, rt.dictKey);
    if (PyUnicode_CheckExact(rt, key)) key = PyUnicode_InternInPlace(rt, key);
    pushed(rt, key);
    PyObject_SetItem(rt, dict, key, value);
    drop(rt);
  }
  drop(rt);
}

function setSlots(rt: Runtime, inst: Ref, state: Ref): void {
  if (!PyDict_Check(rt, state)) throw unpicklingError(rt, "slot state is not a dictionary");
  for (let pos = PyDict_Next(rt, state, 0); pos >= 0; pos = PyDict_Next(rt, state, pos))
    PyObject_SetAttr(rt, inst, rt.dictKey, rt.dictValue);
}
