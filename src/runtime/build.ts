/** Building containers from the evaluation stack, for compiled code. Part of the runtime. */
import {
  _PyObject_FunctionStr,
  PyObject_Format,
  PyObject_GetOptionalAttr,
  PyObject_Str,
} from "../objects/abstract.ts";
import { PyDict_CheckExact, PyUnicode_Check, PyUnicode_CheckExact } from "../objects/check.ts";
import {
  _PyDict_FromItems,
  PyDict_Contains,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Update,
} from "../objects/dict.ts";
import { caught, clearError, errorMatches, typeError } from "../objects/errors.ts";
import { Ob } from "../objects/layout.ts";
import { _PyList_Extend, PyList_AsTuple, PyList_New } from "../objects/list.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Tuple } from "../objects/sequence.ts";
import { PySet_Add, PySet_New } from "../objects/set.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import { joinArray } from "../objects/strjoin.ts";
import { PyTuple_FromArray } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";

/** Moves n owned references out of stack slots into a tuple. */
export function tupleFromStack(rt: Runtime, at: number, n: number): NewRef {
  if (n === 0) return rt.emptyTuple;
  const t = PyTuple_FromArray(rt, at, n, true);
  clearRange(rt, at, n);
  return t;
}

function clearRange(rt: Runtime, at: number, n: number): void {
  const i32 = rt.i32;
  for (let i = 0; i < n; i++) i32[at + 2 * i] = 0;
}

/** Moves n owned references out of stack slots into a list. */
export function listFromStack(rt: Runtime, at: number, n: number): NewRef {
  const i32 = rt.i32;
  const list = PyList_New(rt, n);
  const items = i32[list + 6];
  for (let i = 0; i < n; i++) {
    i32[items + 2 * i] = i32[at + 2 * i];
    i32[at + 2 * i] = 0;
  }
  return list;
}

/** A list of three or more constants: an empty list extended by a tuple (so its room is as CPython's). */
export function listFromConstants(rt: Runtime, t: Ref): NewRef {
  push(rt, PyList_New(rt, 0));
  _PyList_Extend(rt, rt.i32[mark(rt) - 2], t);
  return pop(rt);
}

export function setFromConstants(rt: Runtime, fs: Ref): NewRef {
  return PySet_New(rt, fs);
}

/** BUILD_SET: items are added first to last. */
export function setFromStack(rt: Runtime, at: number, n: number): NewRef {
  const i32 = rt.i32;
  const s = PySet_New(rt, 0);
  push(rt, s);
  for (let i = 0; i < n; i++) {
    PySet_Add(rt, s, i32[at + 2 * i]);
    decref(rt, i32[at + 2 * i]);
    i32[at + 2 * i] = 0;
  }
  return pop(rt);
}

/** BUILD_MAP of n pairs. */
export function dictFromStack(rt: Runtime, at: number, n: number): NewRef {
  const i32 = rt.i32;
  const d = n === 0 ? PyDict_New(rt) : _PyDict_FromItems(rt, at, 4, at + 2, 4, n);
  for (let i = 2 * n - 1; i >= 0; i--) {
    const v = i32[at + 2 * i];
    i32[at + 2 * i] = 0;
    decref(rt, v);
  }
  return d;
}

/** [*value]: extends a list; what is not iterable is named as CPython names it. */
export function listExtendStar(rt: Runtime, list: Ref, value: Ref): void {
  const m = mark(rt);
  try {
    _PyList_Extend(rt, list, value);
  } catch (e) {
    if (e !== rt.pyerr || !errorMatches(rt, rt.exc.TypeError)) throw e;
    const info = infoOf(rt, value);
    if (info.tp_iter !== null || info.sq_item !== null) throw e;
    caught(rt, e, m, rt.exc.TypeError);
    clearError(rt);
    throw typeError(rt, `Value after * must be an iterable, not ${typeNameOf(rt, value)}`);
  }
}

/** Replaces a list in a slot by a tuple of its items. */
export function listToTupleSlot(rt: Runtime, at: number): void {
  const list = rt.i32[at];
  const t = PyList_AsTuple(rt, list);
  rt.i32[at] = t;
  decref(rt, list);
}

/** {**value} */
export function dictUpdateStar(rt: Runtime, d: Ref, value: Ref): void {
  const m = mark(rt);
  try {
    PyDict_Update(rt, d, value);
  } catch (e) {
    caught(rt, e, m, rt.exc.AttributeError);
    clearError(rt);
    throw typeError(rt, `'${typeNameOf(rt, value)}' object is not a mapping`);
  }
}

/** f(**value): merges a mapping into the keyword arguments. */
export function dictMergeKw(rt: Runtime, f: Ref, d: Ref, value: Ref): void {
  if (PyDict_CheckExact(rt, value)) {
    for (let pos = PyDict_Next(rt, value, 0); pos >= 0; pos = PyDict_Next(rt, value, pos))
      dictAddKw(rt, f, d, rt.dictKey, rt.dictValue);
    return;
  }
  const keys = PyObject_GetOptionalAttr(rt, value, rt.names.keys);
  if (keys === 0) {
    throw typeError(
      rt,
      `${_PyObject_FunctionStr(rt, f)} argument after ** must be a mapping, not ${typeNameOf(rt, value)}`,
    );
  }
  decref(rt, keys);
  push(rt, PyDict_New(rt));
  const copy = rt.i32[mark(rt) - 2];
  PyDict_Update(rt, copy, value);
  dictMergeKw(rt, f, d, copy);
  drop(rt);
}

/** One keyword argument: names must be strings and must not repeat. */
export function dictAddKw(rt: Runtime, f: Ref, d: Ref, key: Ref, value: Ref): void {
  if (!PyUnicode_Check(rt, key)) throw typeError(rt, "keywords must be strings");
  if (PyDict_Contains(rt, d, key)) {
    throw typeError(
      rt,
      `${_PyObject_FunctionStr(rt, f)} got multiple values for keyword argument '${jsString(rt, key)}'`,
    );
  }
  PyDict_SetItem(rt, d, key, value);
}

/** f(*value): the slot's value becomes a tuple. */
export function starArgs(rt: Runtime, f: Ref, at: number): void {
  const i32 = rt.i32;
  const value = i32[at];
  if (i32[value + Ob.type] === rt.types.tuple) return;
  const info = infoOf(rt, value);
  if (info.tp_iter === null && info.sq_item === null) {
    throw typeError(
      rt,
      `${_PyObject_FunctionStr(rt, f)} argument after * must be an iterable, not ${typeNameOf(rt, value)}`,
    );
  }
  i32[at] = PySequence_Tuple(rt, value);
  decref(rt, value);
}

/** BUILD_STRING: joins the n strings in stack slots. */
export function joinStack(rt: Runtime, at: number, n: number): NewRef {
  const i32 = rt.i32;
  const r = joinArray(rt, rt.emptyStr, at, n);
  for (let i = n - 1; i >= 0; i--) {
    const v = i32[at + 2 * i];
    i32[at + 2 * i] = 0;
    decref(rt, v);
  }
  return r;
}

/** Calls a function on an operand that stays a variable's: an object whose methods may be Python's is held meanwhile. */
export function holding(rt: Runtime, fn: (rt: Runtime, v: Ref) => NewRef, v: Ref): NewRef {
  const type = rt.i32[v + Ob.type];
  if (type === rt.types.int || type === rt.types.str || type === rt.types.float) return fn(rt, v);
  push(rt, newref(rt, v));
  const result = fn(rt, v);
  drop(rt);
  return result;
}

/** FORMAT_SIMPLE */
export function formatSimple(rt: Runtime, v: Ref): NewRef {
  if (PyUnicode_CheckExact(rt, v)) return newref(rt, v);
  if (rt.i32[v + Ob.type] === rt.types.int) return PyObject_Str(rt, v);
  return PyObject_Format(rt, v, 0);
}

/** Releases what a slot holds, if anything, and empties it. */
export function dropSlot(rt: Runtime, at: number): void {
  const v = rt.i32[at];
  if (v === 0) return;
  rt.i32[at] = 0;
  decref(rt, v);
}

/** Puts an owned reference in a slot, releasing what was there. */
export function setSlot(rt: Runtime, at: number, value: Ref): void {
  const old = rt.i32[at];
  rt.i32[at] = value;
  if (old !== 0) decref(rt, old);
}

/** Releases all slots from..end, the topmost first. */
export function clearSlots(rt: Runtime, from: number, end: number): void {
  for (let at = end - 2; at >= from; at -= 2) dropSlot(rt, at);
}
