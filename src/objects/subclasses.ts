/**
 * Who derives from a type: tp_subclasses, a dict from a class's address to a weak reference to it. Part of the object layer.
 */
import {
  PyDict_Contains,
  PyDict_DelItem,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Size,
} from "./dict.ts";
import { caught, fetch, restore } from "./errors.ts";
import { Tuple, Ty, WeakRef as Wr } from "./layout.ts";
import { PyList_Append, PyList_New } from "./list.ts";
import { PyLong_FromNumber } from "./long.ts";
import { clearField, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { tpName } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { liveReferent } from "./typelookup.ts";
import { PyWeakref_NewRef } from "./weakref.ts";

/** The key of a class: its byte address. */
function keyOf(rt: Runtime, type: Ref): NewRef {
  return PyLong_FromNumber(rt, type * 4);
}

export function add_subclass(rt: Runtime, base: Ref, type: Ref): void {
  const { pendingSubclasses } = rt.typeState;
  if (pendingSubclasses !== null) {
    pendingSubclasses.push([base, type]);
    return;
  }
  const i32 = rt.i32;
  const key = keyOf(rt, type);
  push(rt, key);
  const ref = PyWeakref_NewRef(rt, type, 0);
  push(rt, ref);
  if (i32[base + Ty.subclasses] === 0) i32[base + Ty.subclasses] = PyDict_New(rt);
  PyDict_SetItem(rt, i32[base + Ty.subclasses], key, ref);
  drop(rt, 2);
}

/** While the built-in types are made, weak references may not be there yet: the links are made at the end. */
export function flushSubclasses(rt: Runtime): void {
  const pending = rt.typeState.pendingSubclasses ?? [];
  rt.typeState.pendingSubclasses = null;
  sortExceptions(rt, pending);
  for (const [base, type] of pending) add_subclass(rt, base, type);
}

/** CPython readies the exceptions below these by name, and ExceptionGroup at the end. */
function sortExceptions(rt: Runtime, pending: [Ref, Ref][]): void {
  const { BaseException, Exception, OSError } = rt.exc;
  const rank = ([, type]: [Ref, Ref]): string => {
    const name = tpName(rt, type);
    return name === "ExceptionGroup" ? "~" : name;
  };
  for (const base of [BaseException, Exception, OSError]) {
    const places = pending.flatMap((p, k) => (p[0] === base ? [k] : []));
    const sorted = places.map((k) => pending[k]).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
    places.forEach((k, i) => {
      pending[k] = sorted[i];
    });
  }
}

/** get_subclasses_key: without memory for a new int the class is looked for among the values. A new reference or 0. */
function subclassKey(rt: Runtime, dict: Ref, type: Ref): NewRef | 0 {
  const m = mark(rt);
  const before = fetch(rt);
  try {
    return keyOf(rt, type);
  } catch (e) {
    caught(rt, e, m, rt.exc.MemoryError);
    for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
      if (rt.i32[rt.dictValue + Wr.object] === type) return newref(rt, rt.dictKey);
    }
    return 0;
  } finally {
    restore(rt, before);
  }
}

export function remove_subclass(rt: Runtime, base: Ref, type: Ref): void {
  const i32 = rt.i32;
  const dict = i32[base + Ty.subclasses];
  if (dict === 0) return;
  const key = subclassKey(rt, dict, type);
  if (key === 0) return;
  push(rt, key);
  if (PyDict_Contains(rt, dict, key)) PyDict_DelItem(rt, dict, key);
  drop(rt);
  if (PyDict_Size(rt, dict) === 0) clearField(rt, base + Ty.subclasses);
}

export function add_all_subclasses(rt: Runtime, type: Ref, bases: Ref): void {
  const n = rt.i32[bases + Tuple.size];
  for (let k = 0; k < n; k++) add_subclass(rt, rt.i32[bases + Tuple.items + 2 * k], type);
}

export function remove_all_subclasses(rt: Runtime, type: Ref, bases: Ref): void {
  const n = rt.i32[bases + Tuple.size];
  for (let k = 0; k < n; k++) remove_subclass(rt, rt.i32[bases + Tuple.items + 2 * k], type);
}

/** `cls.__subclasses__()`: a list of the living ones. */
export function type_subclasses(rt: Runtime, type: Ref): NewRef {
  const list = PyList_New(rt, 0);
  push(rt, list);
  const dict = rt.i32[type + Ty.subclasses];
  if (dict !== 0) {
    for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
      const sub = liveReferent(rt, rt.dictValue);
      if (sub !== 0) PyList_Append(rt, list, sub);
    }
  }
  return pop(rt);
}
