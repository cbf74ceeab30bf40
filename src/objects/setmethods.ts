/** The methods of set, frozenset and their iterator. Part of the object layer. */
import { PyObject_CallMethodNoArgs } from "./call.ts";
import { PyFrozenSet_CheckExact, PySet_Check } from "./check.ts";
import { dict_getitem_str, keyError } from "./dict.ts";
import { caught, clearError, failed, raise } from "./errors.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { internStatic } from "./intern.ts";
import { Ob, SetOb } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { tupled } from "./methdef.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_List } from "./sequence.ts";
import {
  make_new_set,
  PySet_Add,
  PySet_Contains,
  set_clear_internal,
  set_discard_key,
  setTake,
} from "./set.ts";
import {
  set_copy,
  set_difference,
  set_difference_update_internal,
  set_intersection,
  set_intersection_update,
  set_isdisjoint,
  set_issubset,
  set_issuperset,
  set_symmetric_difference,
  set_symmetric_difference_update_internal,
  set_update_internal,
} from "./setops.ts";
import { SetIter, set_sizeof } from "./settype.ts";
import { infoOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "./typeinfo.ts";

/**
 * Does `fn(so, key)`; if the key is a set, which cannot be hashed, again with a frozenset of its items.
 */
function converting(
  rt: Runtime,
  so: Ref,
  key: Ref,
  fn: (rt: Runtime, so: Ref, key: Ref) => boolean,
): boolean {
  if (!PySet_Check(rt, key)) return fn(rt, so, key);
  const m = mark(rt);
  try {
    return fn(rt, so, key);
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    clearError(rt);
  }
  const frozen = make_new_set(rt, rt.types.frozenset, key);
  push(rt, frozen);
  const result = fn(rt, so, frozen);
  drop(rt);
  return result;
}

/** `key in so` */
export function setContainsConverting(rt: Runtime, so: Ref, key: Ref): boolean {
  return plainKey(rt, key) ? PySet_Contains(rt, so, key) : converting(rt, so, key, PySet_Contains);
}

function set_contains(rt: Runtime, so: Ref, key: Ref): NewRef {
  return setContainsConverting(rt, so, key) ? rt.True : rt.False;
}

/** Keys that are certainly hashable. */
function plainKey(rt: Runtime, key: Ref): boolean {
  const type = rt.i32[key + Ob.type];
  return type === rt.types.str || type === rt.types.int;
}

function set_add(rt: Runtime, so: Ref, key: Ref): NewRef {
  PySet_Add(rt, so, key);
  return rt.None;
}

function set_remove(rt: Runtime, so: Ref, key: Ref): NewRef {
  if (!converting(rt, so, key, set_discard_key)) return failed(keyError(rt, key));
  return rt.None;
}

function set_discard(rt: Runtime, so: Ref, key: Ref): NewRef {
  if (plainKey(rt, key)) set_discard_key(rt, so, key);
  else converting(rt, so, key, set_discard_key);
  return rt.None;
}

function set_pop(rt: Runtime, so: Ref): NewRef {
  if (rt.i32[so + SetOb.used] === 0) return failed(raise(rt, rt.exc.KeyError, "pop from an empty set"));
  return setTake(rt, so);
}

function set_clear(rt: Runtime, so: Ref): NewRef {
  set_clear_internal(rt, so);
  return rt.None;
}

function frozenset_copy(rt: Runtime, so: Ref): NewRef {
  return PyFrozenSet_CheckExact(rt, so) ? newref(rt, so) : set_copy(rt, so);
}

function set_update(rt: Runtime, so: Ref, args: number, nargs: number): NewRef {
  for (let i = 0; i < nargs; i++) set_update_internal(rt, so, rt.i32[args + 2 * i]);
  return rt.None;
}

function set_union(rt: Runtime, so: Ref, args: number, nargs: number): NewRef {
  const result = set_copy(rt, so);
  push(rt, result);
  for (let i = 0; i < nargs; i++) {
    const other = rt.i32[args + 2 * i];
    if (other !== so) set_update_internal(rt, result, other);
  }
  return pop(rt);
}

function set_intersection_multi(rt: Runtime, so: Ref, args: number, nargs: number): NewRef {
  if (nargs === 0) return set_copy(rt, so);
  const slot = push(rt, newref(rt, so));
  for (let i = 0; i < nargs; i++) {
    const next = set_intersection(rt, rt.i32[slot], rt.i32[args + 2 * i]);
    push(rt, rt.i32[slot]);
    rt.i32[slot] = next;
    drop(rt);
  }
  return pop(rt);
}

function set_intersection_update_multi(rt: Runtime, so: Ref, args: number, nargs: number): NewRef {
  if (nargs === 1) set_intersection_update(rt, so, rt.i32[args]);
  else {
    push(rt, set_intersection_multi(rt, so, args, nargs));
    set_intersection_update(rt, so, rt.i32[mark(rt) - 2]);
    drop(rt);
  }
  return rt.None;
}

function set_difference_update(rt: Runtime, so: Ref, args: number, nargs: number): NewRef {
  for (let i = 0; i < nargs; i++) set_difference_update_internal(rt, so, rt.i32[args + 2 * i]);
  return rt.None;
}

function set_difference_multi(rt: Runtime, so: Ref, args: number, nargs: number): NewRef {
  if (nargs === 0) return set_copy(rt, so);
  const result = set_difference(rt, so, rt.i32[args]);
  push(rt, result);
  for (let i = 1; i < nargs; i++) set_difference_update_internal(rt, result, rt.i32[args + 2 * i]);
  return pop(rt);
}

function set_symmetric_difference_update(rt: Runtime, so: Ref, other: Ref): NewRef {
  set_symmetric_difference_update_internal(rt, so, other);
  return rt.None;
}

/** (type, ([items],), the instance's __dict__ or None) */
function set_reduce(rt: Runtime, so: Ref): NewRef {
  push(rt, PySequence_List(rt, so));
  const args = PyTuple_Pack(rt, rt.i32[mark(rt) - 2]);
  push(rt, args);
  const state = PyObject_CallMethodNoArgs(rt, so, internStatic(rt, "__getstate__"));
  push(rt, state);
  const result = PyTuple_Pack(rt, rt.i32[so + Ob.type], args, state);
  drop(rt, 3);
  return result;
}

function sizeOf(rt: Runtime, so: Ref): NewRef {
  return PyLong_FromNumber(rt, set_sizeof(rt, so));
}

const bool = (fn: (rt: Runtime, so: Ref, other: Ref) => boolean) => (rt: Runtime, so: Ref, other: Ref) =>
  fn(rt, so, other) ? rt.True : rt.False;

const common: MethodDef[] = [
  {
    name: "__contains__",
    flags: METH.O | METH.COEXIST,
    fn: set_contains,
    sig: "($self, object, /)",
    doc: "True if the item is in the set.",
  },
  {
    name: "difference",
    flags: METH.FASTCALL,
    fn: tupled(set_difference_multi),
    doc: "What is in the set and in none of the others.",
  },
  {
    name: "intersection",
    flags: METH.FASTCALL,
    fn: tupled(set_intersection_multi),
    doc: "What is in the set and in all the others.",
  },
  {
    name: "isdisjoint",
    flags: METH.O,
    fn: bool(set_isdisjoint),
    sig: "($self, other, /)",
    doc: "True if nothing is in both.",
  },
  {
    name: "issubset",
    flags: METH.O,
    fn: bool(set_issubset),
    sig: "($self, other, /)",
    doc: "True if the other holds all items of this set.",
  },
  {
    name: "issuperset",
    flags: METH.O,
    fn: bool(set_issuperset),
    sig: "($self, other, /)",
    doc: "True if this set holds all items of the other.",
  },
  {
    name: "__reduce__",
    flags: METH.NOARGS,
    fn: set_reduce,
    sig: "($self, /)",
    doc: "How to make an equal set.",
  },
  {
    name: "__sizeof__",
    flags: METH.NOARGS,
    fn: sizeOf,
    sig: "($self, /)",
    doc: "Bytes of the set with its table.",
  },
  {
    name: "symmetric_difference",
    flags: METH.O,
    fn: set_symmetric_difference,
    sig: "($self, other, /)",
    doc: "What is in exactly one of the two.",
  },
  { name: "union", flags: METH.FASTCALL, fn: tupled(set_union), doc: "What is in any of the sets." },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias, doc: "See PEP 585" },
];

export const setMethods: MethodDef[] = [
  { name: "add", flags: METH.O, fn: set_add, sig: "($self, object, /)", doc: "Adds an item." },
  { name: "clear", flags: METH.NOARGS, fn: set_clear, sig: "($self, /)", doc: "Removes all items." },
  { name: "copy", flags: METH.NOARGS, fn: set_copy, sig: "($self, /)", doc: "A shallow copy." },
  {
    name: "discard",
    flags: METH.O,
    fn: set_discard,
    sig: "($self, object, /)",
    doc: "Removes an item if it is there.",
  },
  {
    name: "difference_update",
    flags: METH.FASTCALL,
    fn: tupled(set_difference_update),
    doc: "Removes the items of the others.",
  },
  {
    name: "intersection_update",
    flags: METH.FASTCALL,
    fn: tupled(set_intersection_update_multi),
    doc: "Keeps what is in all the others.",
  },
  { name: "pop", flags: METH.NOARGS, fn: set_pop, sig: "($self, /)", doc: "Takes some item out." },
  {
    name: "remove",
    flags: METH.O,
    fn: set_remove,
    sig: "($self, object, /)",
    doc: "Removes an item; KeyError if it is not there.",
  },
  {
    name: "symmetric_difference_update",
    flags: METH.O,
    fn: set_symmetric_difference_update,
    sig: "($self, other, /)",
    doc: "Keeps what is in exactly one of the two.",
  },
  { name: "update", flags: METH.FASTCALL, fn: tupled(set_update), doc: "Adds the items of the others." },
  ...common,
];

export const frozensetMethods: MethodDef[] = [
  {
    name: "copy",
    flags: METH.NOARGS,
    fn: frozenset_copy,
    sig: "($self, /)",
    doc: "The set itself, or a copy as a frozenset.",
  },
  ...common,
];

function setiter_len(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const so = i32[it + SetIter.set];
  const n = so !== 0 && i32[it + SetIter.used] === i32[so + SetOb.used] ? i32[it + SetIter.len] : 0;
  return PyLong_FromNumber(rt, n);
}

/** (iter, ([what is left],)) */
function setiter_reduce(rt: Runtime, it: Ref): NewRef {
  const iter = dict_getitem_str(rt, rt.builtinsDict, "iter");
  const clone = cloneIterator(rt, it);
  push(rt, clone);
  push(rt, PySequence_List(rt, clone));
  const args = PyTuple_Pack(rt, rt.i32[mark(rt) - 2]);
  push(rt, args);
  const result = PyTuple_Pack(rt, iter, args);
  drop(rt, 3);
  return result;
}

function cloneIterator(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const so = i32[it + SetIter.set];
  const source = so !== 0 ? so : make_new_set(rt, rt.types.set, 0);
  const clone = infoOf(rt, source).tp_iter!(rt, source);
  if (so === 0) {
    push(rt, source);
    drop(rt);
    return clone;
  }
  i32[clone + SetIter.used] = i32[it + SetIter.used];
  i32[clone + SetIter.pos] = i32[it + SetIter.pos];
  i32[clone + SetIter.len] = i32[it + SetIter.len];
  return clone;
}

export const setIterMethods: MethodDef[] = [
  { name: "__length_hint__", flags: METH.NOARGS, fn: setiter_len, doc: "How many items are left." },
  { name: "__reduce__", flags: METH.NOARGS, fn: setiter_reduce, doc: "How to make an equal iterator." },
];
