/**
 * dict_keys, dict_items and dict_values: views of a dict, with the set operations of the first two. Part of the object
 * layer. A view is 24 bytes: the dict in word 4.
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GetIter, PyObject_HashNotImplemented, PyObject_Size, reprOf } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyObject_CallMethodOneArg } from "./call.ts";
import { PyAnySet_Check, PyDict_Check, PyDict_CheckExact, PySet_CheckExact, PyTuple_Check } from "./check.ts";
import { PyObject_RichCompareBool } from "./compare.ts";
import { defineType } from "./defineType.ts";
import {
  PyDict_Contains,
  PyDict_Copy,
  PyDict_DelItem,
  PyDict_GetItemWithError,
  PyDict_Next,
} from "./dict.ts";
import { dictiter_new } from "./dictiter.ts";
import { typeError } from "./errors.ts";
import { internStatic } from "./intern.ts";
import { PyIter_Next } from "./iterproto.ts";
import { Dict, Ob, TF, Tuple } from "./layout.ts";
import { PyDictProxy_New } from "./mappingproxy.ts";
import { newref, xdecref } from "./refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Contains, PySequence_List } from "./sequence.ts";
import { PySet_Add, PySet_New } from "./set.ts";
import {
  set_difference_update_internal,
  set_symmetric_difference_update_internal,
  set_update_internal,
} from "./setops.ts";
import { tpName, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { Cmp, METH, type MethodDef, type NewRef, type Ref, type TypeInfo, type Visit } from "./typeinfo.ts";

export const enum View {
  dict = 4,
  BYTES = 24,
}

/** _PyDictView_New: a view of the given type over a dict. */
export function _PyDictView_New(rt: Runtime, d: Ref, type: Ref): NewRef {
  if (!PyDict_Check(rt, d)) {
    throw typeError(rt, `${tpName(rt, type)}() requires a dict argument, not '${typeNameOf(rt, d)}'`);
  }
  const v = PyObject_GC_New(rt, type, View.BYTES);
  rt.i32[v + View.dict] = newref(rt, d);
  PyObject_GC_Track(rt, v);
  return v;
}

export function dictkeys_new(rt: Runtime, d: Ref): NewRef {
  return _PyDictView_New(rt, d, rt.types.dict_keys);
}
export function dictitems_new(rt: Runtime, d: Ref): NewRef {
  return _PyDictView_New(rt, d, rt.types.dict_items);
}
export function dictvalues_new(rt: Runtime, d: Ref): NewRef {
  return _PyDictView_New(rt, d, rt.types.dict_values);
}

function dictview_dealloc(rt: Runtime, v: Ref): void {
  PyObject_GC_UnTrack(rt, v);
  xdecref(rt, rt.i32[v + View.dict]);
  PyObject_GC_Del(rt, v);
}

function dictview_traverse(rt: Runtime, v: Ref, visit: Visit): void {
  if (rt.i32[v + View.dict] !== 0) visit(rt.i32[v + View.dict]);
}

function dictview_len(rt: Runtime, v: Ref): number {
  const d = rt.i32[v + View.dict];
  return d === 0 ? 0 : rt.i32[d + Dict.used];
}

function isKeysOrItems(rt: Runtime, p: Ref): boolean {
  const t = rt.types;
  const type = rt.i32[p + Ob.type];
  return type === t.dict_keys || type === t.dict_items || type === t.odict_keys || type === t.odict_items;
}

function dictview_repr(rt: Runtime, v: Ref): NewRef {
  if (!Py_ReprEnter(rt, v)) return PyUnicode_FromJS(rt, "...");
  try {
    const list = push(rt, PySequence_List(rt, v));
    const text = `${typeNameOf(rt, v)}(${reprOf(rt, rt.i32[list])})`;
    drop(rt);
    return PyUnicode_FromJS(rt, text);
  } finally {
    Py_ReprLeave(rt, v);
  }
}

/** all_contained_in: is everything that `a` yields in `b`? */
function allContainedIn(rt: Runtime, a: Ref, b: Ref): boolean {
  const it = PyObject_GetIter(rt, a);
  push(rt, it);
  let all = true;
  while (all) {
    const item = PyIter_Next(rt, it);
    if (item === 0) break;
    push(rt, item);
    all = PySequence_Contains(rt, b, item);
    drop(rt);
  }
  drop(rt);
  return all;
}

function dictview_richcompare(rt: Runtime, self: Ref, other: Ref, op: Cmp): NewRef {
  if (!PyAnySet_Check(rt, other) && !isKeysOrItems(rt, other)) return rt.NotImplemented;
  const n = dictview_len(rt, self);
  const m = PyObject_Size(rt, other);
  return compareViews(rt, self, other, n, m, op) ? rt.True : rt.False;
}

/** n and m are the sizes. */
function compareViews(rt: Runtime, self: Ref, other: Ref, n: number, m: number, op: Cmp): boolean {
  switch (op) {
    case Cmp.EQ:
      return n === m && allContainedIn(rt, self, other);
    case Cmp.NE:
      return !(n === m && allContainedIn(rt, self, other));
    case Cmp.LT:
      return n < m && allContainedIn(rt, self, other);
    case Cmp.LE:
      return n <= m && allContainedIn(rt, self, other);
    case Cmp.GT:
      return n > m && allContainedIn(rt, other, self);
    default:
      return n >= m && allContainedIn(rt, other, self);
  }
}

/** dictviews_to_set: a new set of what a view (or, in a reflected operation, any iterable) yields. */
function dictviews_to_set(rt: Runtime, v: Ref): NewRef {
  if (rt.i32[v + Ob.type] !== rt.types.dict_keys) return PySet_New(rt, v);
  const d = rt.i32[v + View.dict];
  return PySet_New(rt, PyDict_CheckExact(rt, d) ? d : v);
}

function dictviews_sub(rt: Runtime, self: Ref, other: Ref): NewRef {
  const result = dictviews_to_set(rt, self);
  push(rt, result);
  set_difference_update_internal(rt, result, other);
  return pop(rt);
}

/** _PyDictView_Intersect: iterates over the smaller side. */
function _PyDictView_Intersect(rt: Runtime, self: Ref, other: Ref): NewRef {
  if (!isKeysOrItems(rt, self)) return _PyDictView_Intersect(rt, other, self);
  const n = dictview_len(rt, self);
  if (PySet_CheckExact(rt, other) && n <= PyObject_Size(rt, other)) {
    return PyObject_CallMethodOneArg(rt, other, internStatic(rt, "intersection"), self);
  }
  if (isKeysOrItems(rt, other) && dictview_len(rt, other) > n) [self, other] = [other, self];
  const result = PySet_New(rt, 0);
  push(rt, result);
  const it = PyObject_GetIter(rt, other);
  push(rt, it);
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    if (viewContains(rt, self, item)) PySet_Add(rt, result, item);
    drop(rt);
  }
  drop(rt);
  return pop(rt);
}

function viewContains(rt: Runtime, v: Ref, item: Ref): boolean {
  const type = rt.i32[v + Ob.type];
  return type === rt.types.dict_keys || type === rt.types.odict_keys
    ? dictkeys_contains(rt, v, item)
    : dictitems_contains(rt, v, item);
}

function dictviews_or(rt: Runtime, self: Ref, other: Ref): NewRef {
  const result = dictviews_to_set(rt, self);
  push(rt, result);
  set_update_internal(rt, result, other);
  return pop(rt);
}

function dictviews_xor(rt: Runtime, self: Ref, other: Ref): NewRef {
  const items = rt.types.dict_items;
  if (rt.i32[self + Ob.type] === items && rt.i32[other + Ob.type] === items)
    return dictitems_xor(rt, self, other);
  const result = dictviews_to_set(rt, self);
  push(rt, result);
  set_symmetric_difference_update_internal(rt, result, other);
  return pop(rt);
}

/** The items of either dict that are not in both: goes over the larger, striking what is equal off a copy of the smaller. */
function dictitems_xor(rt: Runtime, self: Ref, other: Ref): NewRef {
  const i32 = rt.i32;
  let small = i32[self + View.dict];
  let large = i32[other + View.dict];
  if (i32[small + Dict.used] > i32[large + Dict.used]) [small, large] = [large, small];
  const result = PySet_New(rt, 0);
  push(rt, result);
  const rest = PyDict_Copy(rt, small);
  push(rt, rest);
  for (let pos = PyDict_Next(rt, large, 0); pos >= 0; pos = PyDict_Next(rt, large, pos)) {
    xorItem(rt, result, rest, rt.dictKey, rt.dictValue);
  }
  push(rt, dictitems_new(rt, rest));
  set_update_internal(rt, result, i32[i32[Cell.SP] - 2]);
  drop(rt, 2);
  return pop(rt);
}

function xorItem(rt: Runtime, result: Ref, rest: Ref, key: Ref, value: Ref): void {
  push(rt, newref(rt, key));
  push(rt, newref(rt, value));
  const mine = PyDict_GetItemWithError(rt, rest, key);
  if (mine !== 0 && sameHeld(rt, mine, value)) PyDict_DelItem(rt, rest, key);
  else {
    const pair = PyTuple_Pack(rt, key, value);
    push(rt, pair);
    PySet_Add(rt, result, pair);
    drop(rt);
  }
  drop(rt, 2);
}

/** a == b, holding a. */
function sameHeld(rt: Runtime, a: Ref, b: Ref): boolean {
  push(rt, newref(rt, a));
  const same = PyObject_RichCompareBool(rt, a, b, Cmp.EQ);
  drop(rt);
  return same;
}

function dictviews_isdisjoint(rt: Runtime, self: Ref, other: Ref): NewRef {
  if (self === other) return dictview_len(rt, self) === 0 ? rt.True : rt.False;
  if (
    (PyAnySet_Check(rt, other) || isKeysOrItems(rt, other)) &&
    PyObject_Size(rt, other) > dictview_len(rt, self)
  ) {
    [self, other] = [other, self];
  }
  const it = PyObject_GetIter(rt, other);
  push(rt, it);
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    const common = PySequence_Contains(rt, self, item);
    drop(rt);
    if (common) {
      drop(rt);
      return rt.False;
    }
  }
  drop(rt);
  return rt.True;
}

function dictkeys_contains(rt: Runtime, v: Ref, key: Ref): boolean {
  const d = rt.i32[v + View.dict];
  return d !== 0 && PyDict_Contains(rt, d, key);
}

/** Is this pair a key of the dict with its value? */
function dictitems_contains(rt: Runtime, v: Ref, item: Ref): boolean {
  const i32 = rt.i32;
  const d = i32[v + View.dict];
  if (d === 0 || !PyTuple_Check(rt, item) || i32[item + Tuple.size] !== 2) return false;
  const found = PyDict_GetItemWithError(rt, d, i32[item + Tuple.items]);
  if (found === 0) return false;
  return sameHeld(rt, found, i32[item + Tuple.items + 2]);
}

function dictview_mapping(rt: Runtime, v: Ref): NewRef {
  return PyDictProxy_New(rt, rt.i32[v + View.dict]);
}

const setMethods: MethodDef[] = [
  {
    name: "isdisjoint",
    flags: METH.O,
    fn: dictviews_isdisjoint,
    doc: "True if the view and the iterable have nothing in common.",
  },
];

type ViewTypes = { type: Ref; iter: Ref; reversed: Ref; name: string };

function defineView(rt: Runtime, t: ViewTypes, slots: Partial<TypeInfo>, methods: MethodDef[]): void {
  const over =
    (type: Ref) =>
    (r: Runtime, v: Ref): NewRef | 0 =>
      r.i32[v + View.dict] === 0 ? r.None : dictiter_new(r, r.i32[v + View.dict], type);
  defineType(
    rt,
    {
      name: t.name,
      basicsize: View.BYTES,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: trashed(dictview_dealloc),
        tp_traverse: dictview_traverse,
        tp_repr: dictview_repr,
        tp_iter: over(t.iter),
        mp_length: dictview_len,
        sq_length: dictview_len,
        ...slots,
      },
      methods: [
        ...methods,
        {
          name: "__reversed__",
          flags: METH.NOARGS,
          fn: over(t.reversed),
          doc: "An iterator over the view, newest first.",
        },
      ],
      getsets: [{ name: "mapping", get: dictview_mapping, doc: "A read-only proxy of the dict." }],
    },
    t.type,
  );
}

export function initDictViews(rt: Runtime): void {
  const y = rt.types;
  const setSlots: Partial<TypeInfo> = {
    tp_richcompare: dictview_richcompare,
    tp_hash: PyObject_HashNotImplemented,
    nb_subtract: dictviews_sub,
    nb_and: _PyDictView_Intersect,
    nb_xor: dictviews_xor,
    nb_or: dictviews_or,
  };
  defineView(
    rt,
    { type: y.dict_keys, iter: y.dict_keyiterator, reversed: y.dict_reversekeyiterator, name: "dict_keys" },
    { ...setSlots, sq_contains: dictkeys_contains },
    setMethods,
  );
  defineView(
    rt,
    {
      type: y.dict_items,
      iter: y.dict_itemiterator,
      reversed: y.dict_reverseitemiterator,
      name: "dict_items",
    },
    { ...setSlots, sq_contains: dictitems_contains },
    setMethods,
  );
  defineView(
    rt,
    {
      type: y.dict_values,
      iter: y.dict_valueiterator,
      reversed: y.dict_reversevalueiterator,
      name: "dict_values",
    },
    {},
    [],
  );
}
