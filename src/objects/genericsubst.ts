/**
 * Type variables of generic aliases and unions: finding them and putting arguments in their place. Part of the object
 * layer (CPython's Objects/genericaliasobject.c).
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GetItem, PyObject_GetOptionalAttr, PyObject_IsTrue, reprOf, strOf } from "./abstract.ts";
import { PyObject_CallOneArg, PyObject_CallTwoArgs } from "./call.ts";
import { PyTuple_Check, PyType_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { List, Ob, Tuple } from "./layout.ts";
import { _PyList_Extend, listItem, PyList_Append, PyList_AsTuple, PyList_New } from "./list.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic, jsString } from "./str.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** How a type is written inside a generic alias or a union. */
export function typeRepr(rt: Runtime, p: Ref): string {
  if (p === rt.Ellipsis) return "...";
  if (hasAttr(rt, p, rt.names.__origin__) && hasAttr(rt, p, rt.names.__args__)) return reprOf(rt, p);
  const qualname = PyObject_GetOptionalAttr(rt, p, rt.names.__qualname__);
  if (qualname === 0) return reprOf(rt, p);
  push(rt, qualname);
  const module = PyObject_GetOptionalAttr(rt, p, rt.names.__module__);
  push(rt, module);
  let text: string;
  if (module === 0 || module === rt.None) text = reprOf(rt, p);
  else {
    const where = strText(rt, module);
    const name = strText(rt, qualname);
    text = where === "builtins" ? name : `${where}.${name}`;
  }
  drop(rt, 2);
  return text;
}

function strText(rt: Runtime, p: Ref): string {
  return rt.i32[p + Ob.type] === rt.types.str ? jsString(rt, p) : strOf(rt, p);
}

function hasAttr(rt: Runtime, p: Ref, name: Ref): boolean {
  const value = PyObject_GetOptionalAttr(rt, p, name);
  if (value === 0) return false;
  push(rt, value);
  drop(rt);
  return true;
}

function appendNew(rt: Runtime, list: Ref, item: Ref): void {
  for (let k = 0; k < rt.i32[list + List.size]; k++) if (listItem(rt, list, k) === item) return;
  PyList_Append(rt, list, item);
}

/** The tuple of distinct type variables among `args` and within them. */
export function _Py_make_parameters(rt: Runtime, args: Ref): NewRef {
  const found = PyList_New(rt, 0);
  push(rt, found);
  const n = rt.i32[args + Tuple.size];
  for (let k = 0; k < n; k++) collectParameters(rt, found, tupleItem(rt, args, k));
  const tuple = PyList_AsTuple(rt, found);
  drop(rt);
  return tuple;
}

function collectParameters(rt: Runtime, found: Ref, arg: Ref): void {
  // A class's own `__parameters__` descriptor is no list of parameters.
  if (PyType_Check(rt, arg)) return;
  if (hasAttr(rt, arg, rt.names.__typing_subst__)) {
    appendNew(rt, found, arg);
    return;
  }
  const inner = PyObject_GetOptionalAttr(rt, arg, rt.names.__parameters__);
  push(rt, inner);
  if (inner !== 0 && PyTuple_Check(rt, inner)) {
    const n = rt.i32[inner + Tuple.size];
    for (let k = 0; k < n; k++) appendNew(rt, found, tupleItem(rt, inner, k));
  }
  drop(rt);
}

/** The members of `*tuple[...]` as a tuple, or 0 if `item` is no such thing (or ends in an ellipsis). */
function unpackedTupleArgs(rt: Runtime, item: Ref): NewRef | 0 {
  if (PyType_Check(rt, item)) return 0;
  const args = PyObject_GetOptionalAttr(rt, item, rt.names.__typing_unpacked_tuple_args__);
  if (args === 0 || args === rt.None) return 0;
  const n = rt.i32[args + Tuple.size];
  const open = PyTuple_Check(rt, args) && n > 0 && tupleItem(rt, args, n - 1) === rt.Ellipsis;
  if (!open) return args;
  push(rt, args);
  drop(rt);
  return 0;
}

/** The items given in the brackets, unpacked: always a new tuple or the given one. */
function _unpack_args(rt: Runtime, item: Ref): NewRef {
  const list = PyList_New(rt, 0);
  push(rt, list);
  const isTuple = PyTuple_Check(rt, item);
  const n = isTuple ? rt.i32[item + Tuple.size] : 1;
  for (let k = 0; k < n; k++) {
    const one = isTuple ? tupleItem(rt, item, k) : item;
    const inner = unpackedTupleArgs(rt, one);
    if (inner === 0) PyList_Append(rt, list, one);
    else {
      push(rt, inner);
      _PyList_Extend(rt, list, inner);
      drop(rt);
    }
  }
  const tuple = PyList_AsTuple(rt, list);
  drop(rt);
  return tuple;
}

/** Lets each parameter prepare the arguments (defaults, ParamSpec, TypeVarTuple). `slot` holds the tuple. */
function prepareArguments(rt: Runtime, self: Ref, parameters: Ref, slot: number): void {
  const name = internStatic(rt, "__typing_prepare_subst__");
  const n = rt.i32[parameters + Tuple.size];
  for (let k = 0; k < n; k++) {
    const prepare = PyObject_GetOptionalAttr(rt, tupleItem(rt, parameters, k), name);
    if (prepare === 0) continue;
    push(rt, prepare);
    if (prepare !== rt.None) {
      const items = PyObject_CallTwoArgs(rt, prepare, self, rt.i32[slot]);
      drop(rt);
      push(rt, asTuple(rt, items));
      const old = rt.i32[slot];
      rt.i32[slot] = pop(rt);
      push(rt, old);
    }
    drop(rt);
  }
}

/** A tuple of what `__typing_prepare_subst__` gave (takes it over): one item counts as a tuple of one. */
function asTuple(rt: Runtime, items: NewRef): NewRef {
  if (PyTuple_Check(rt, items)) return items;
  push(rt, items);
  const tuple = PyTuple_Pack(rt, items);
  drop(rt);
  return tuple;
}

function parameterIndex(rt: Runtime, parameters: Ref, p: Ref): number {
  for (let k = 0; k < rt.i32[parameters + Tuple.size]; k++) if (tupleItem(rt, parameters, k) === p) return k;
  return -1;
}

/** The arguments of an alias with `item` put in the place of its parameters: a new tuple. */
export function _Py_subs_parameters(rt: Runtime, self: Ref, args: Ref, parameters: Ref, item: Ref): NewRef {
  const nparams = rt.i32[parameters + Tuple.size];
  if (nparams === 0) throw typeError(rt, `${reprOf(rt, self)} is not a generic class`);
  const slot = push(rt, _unpack_args(rt, item));
  prepareArguments(rt, self, parameters, slot);
  const items = rt.i32[slot];
  const nitems = rt.i32[items + Tuple.size];
  if (nitems !== nparams) {
    const how = nitems > nparams ? "many" : "few";
    const counts = `actual ${nitems}, expected ${nparams}`;
    throw typeError(rt, `Too ${how} arguments for ${reprOf(rt, self)}; ${counts}`);
  }
  const out = PyList_New(rt, 0);
  push(rt, out);
  const n = rt.i32[args + Tuple.size];
  for (let k = 0; k < n; k++) substitute(rt, out, tupleItem(rt, args, k), parameters, items);
  const tuple = PyList_AsTuple(rt, out);
  drop(rt, 2);
  return tuple;
}

/** Appends one argument with its parameters replaced. */
function substitute(rt: Runtime, out: Ref, arg: Ref, parameters: Ref, items: Ref): void {
  if (PyType_Check(rt, arg)) {
    PyList_Append(rt, out, arg);
    return;
  }
  const unpack = isUnpackedTypeVarTuple(rt, arg);
  const subst = PyObject_GetOptionalAttr(rt, arg, rt.names.__typing_subst__);
  push(rt, subst);
  const value =
    subst !== 0
      ? PyObject_CallOneArg(rt, subst, tupleItem(rt, items, parameterIndex(rt, parameters, arg)))
      : subs_tvars(rt, arg, parameters, items);
  push(rt, value);
  if (unpack && PyTuple_Check(rt, value)) _PyList_Extend(rt, out, value);
  else PyList_Append(rt, out, value);
  drop(rt, 2);
}

function isUnpackedTypeVarTuple(rt: Runtime, arg: Ref): boolean {
  const flag = PyObject_GetOptionalAttr(rt, arg, internStatic(rt, "__typing_is_unpacked_typevartuple__"));
  push(rt, flag);
  const result = flag !== 0 && PyObject_IsTrue(rt, flag);
  drop(rt);
  return result;
}

/** arg[...] with the items of its own parameters, if it has any. */
function subs_tvars(rt: Runtime, arg: Ref, parameters: Ref, items: Ref): NewRef {
  const inner: OptRef = PyObject_GetOptionalAttr(rt, arg, rt.names.__parameters__);
  push(rt, inner);
  let result = 0;
  if (inner !== 0 && PyTuple_Check(rt, inner) && rt.i32[inner + Tuple.size] > 0) {
    push(rt, subItems(rt, inner, parameters, items));
    result = PyObject_GetItem(rt, arg, rt.i32[rt.i32[Cell.SP] - 2]);
    drop(rt);
  } else {
    result = newref(rt, arg);
  }
  drop(rt);
  return result;
}

function subItems(rt: Runtime, inner: Ref, parameters: Ref, items: Ref): NewRef {
  const list = PyList_New(rt, 0);
  push(rt, list);
  for (let k = 0; k < rt.i32[inner + Tuple.size]; k++) {
    const param = tupleItem(rt, inner, k);
    const at = parameterIndex(rt, parameters, param);
    if (at < 0) {
      PyList_Append(rt, list, param);
      continue;
    }
    const value = tupleItem(rt, items, at);
    // A TypeVarTuple's value is a tuple, to be spread.
    if (PyTuple_Check(rt, value) && infoOf(rt, param).tp_iter !== null) _PyList_Extend(rt, list, value);
    else PyList_Append(rt, list, value);
  }
  const tuple = PyList_AsTuple(rt, list);
  drop(rt);
  return tuple;
}
