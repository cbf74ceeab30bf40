/**
 * Iterators over dicts and their views, forward and reverse. Part of the object layer.
 *
 *   word  4         6         8        10          12
 *         | di_dict | di_used | di_pos | di_result | len |     56 bytes
 *
 * di_used is -1 once the dict was found changed: the error then stays. di_result is the pair that an items iterator hands
 * out again and again as long as nobody else holds it.
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { defineType } from "./defineType.ts";
import { dict_getitem_str } from "./dict.ts";
import { DK_ENTRIES, entryWords } from "./dictkeys.ts";
import { insertionOrder } from "./dictvalues.ts";
import { raise } from "./errors.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import { Dict, Gc, Keys, Ob, TF, Values } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { decref, incref, newref, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_List } from "./sequence.ts";
import { drop, pop, push } from "./stack.ts";
import { trashed } from "./trashcan.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref, type TypeSpec, type Visit } from "./typeinfo.ts";

export const enum DictIter {
  dict = 4,
  used = 6,
  pos = 8,
  result = 10,
  len = 12,
  BYTES = 56,
}

/** dictiter_new: an iterator of one of the six types over `d`. */
export function dictiter_new(rt: Runtime, d: Ref, type: Ref): NewRef {
  const i32 = rt.i32;
  const types = rt.types;
  const it = PyObject_GC_New(rt, type, DictIter.BYTES);
  const used = i32[d + Dict.used];
  incref(rt, d);
  i32[it + DictIter.dict] = d;
  i32[it + DictIter.used] = used;
  i32[it + DictIter.len] = used;
  i32[it + DictIter.pos] = 0;
  i32[it + DictIter.result] = 0;
  const reverse =
    type === types.dict_reversekeyiterator ||
    type === types.dict_reversevalueiterator ||
    type === types.dict_reverseitemiterator;
  if (reverse) i32[it + DictIter.pos] = lastPosition(rt, d);
  if (type === types.dict_itemiterator || type === types.dict_reverseitemiterator) giveResult(rt, it);
  PyObject_GC_Track(rt, it);
  return it;
}

function lastPosition(rt: Runtime, d: Ref): number {
  const i32 = rt.i32;
  return i32[d + Dict.values] !== 0 ? i32[d + Dict.used] - 1 : i32[i32[d + Dict.keys] + Keys.nentries] - 1;
}

/** The pair (None, None) for later use. */
function giveResult(rt: Runtime, it: Ref): void {
  push(rt, it);
  const pair = PyTuple_Pack(rt, rt.None, rt.None);
  rt.i32[it + DictIter.result] = pair;
  pop(rt);
}

export function dict_iter(rt: Runtime, d: Ref): NewRef {
  return dictiter_new(rt, d, rt.types.dict_keyiterator);
}

export function dict_reversed(rt: Runtime, d: Ref): NewRef {
  return dictiter_new(rt, d, rt.types.dict_reversekeyiterator);
}

function dictiter_dealloc(rt: Runtime, it: Ref): void {
  PyObject_GC_UnTrack(rt, it);
  const d = rt.i32[it + DictIter.dict];
  const result = rt.i32[it + DictIter.result];
  xdecref(rt, d);
  xdecref(rt, result);
  PyObject_GC_Del(rt, it);
}

function dictiter_traverse(rt: Runtime, it: Ref, visit: Visit): void {
  const i32 = rt.i32;
  if (i32[it + DictIter.dict] !== 0) visit(i32[it + DictIter.dict]);
  if (i32[it + DictIter.result] !== 0) visit(i32[it + DictIter.result]);
}

/** Ends the iteration and releases the dict. */
function finish(rt: Runtime, it: Ref): 0 {
  const d = rt.i32[it + DictIter.dict];
  rt.i32[it + DictIter.dict] = 0;
  xdecref(rt, d);
  return 0;
}

/**
 * Moves to the next item forward: its key is left in rt.dictKey, its value in rt.dictValue, borrowed. False at the end.
 */
function advance(rt: Runtime, it: Ref, d: Ref): boolean {
  const i32 = rt.i32;
  if (i32[it + DictIter.used] !== i32[d + Dict.used]) throw changed(rt, it);
  let i = i32[it + DictIter.pos];
  const keys = i32[d + Dict.keys];
  const values = i32[d + Dict.values];
  if (values !== 0) {
    if (i >= i32[d + Dict.used]) return false;
    const ix = insertionOrder(rt, values, i);
    rt.dictKey = i32[DK_ENTRIES(rt, keys) + ix * 4];
    rt.dictValue = i32[values + Values.values + 2 * ix];
  } else {
    const n = i32[keys + Keys.nentries];
    const words = entryWords(rt, keys);
    let at = DK_ENTRIES(rt, keys) + i * words + words - 2;
    while (i < n && i32[at] === 0) {
      at += words;
      i++;
    }
    if (i >= n) return false;
    rt.dictKey = i32[at - 2];
    rt.dictValue = i32[at];
  }
  if (i32[it + DictIter.len] === 0)
    throw raise(rt, rt.exc.RuntimeError, "dictionary keys changed during iteration");
  i32[it + DictIter.pos] = i + 1;
  i32[it + DictIter.len]--;
  return true;
}

function changed(rt: Runtime, it: Ref): unknown {
  rt.i32[it + DictIter.used] = -1;
  return raise(rt, rt.exc.RuntimeError, "dictionary changed size during iteration");
}

/** As advance, backward. */
function retreat(rt: Runtime, it: Ref, d: Ref): boolean {
  const i32 = rt.i32;
  if (i32[it + DictIter.used] !== i32[d + Dict.used]) throw changed(rt, it);
  let i = i32[it + DictIter.pos];
  if (i < 0) return false;
  const keys = i32[d + Dict.keys];
  const values = i32[d + Dict.values];
  if (values !== 0) {
    const ix = insertionOrder(rt, values, i);
    rt.dictKey = i32[DK_ENTRIES(rt, keys) + ix * 4];
    rt.dictValue = i32[values + Values.values + 2 * ix];
  } else {
    const words = entryWords(rt, keys);
    let at = DK_ENTRIES(rt, keys) + i * words + words - 2;
    while (i32[at] === 0) {
      at -= words;
      if (--i < 0) return false;
    }
    rt.dictKey = i32[at - 2];
    rt.dictValue = i32[at];
  }
  i32[it + DictIter.pos] = i - 1;
  i32[it + DictIter.len]--;
  return true;
}

/** The pair of the current key and value: the iterator's own tuple if only the iterator holds it. */
function currentPair(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const key = newref(rt, rt.dictKey);
  const value = newref(rt, rt.dictValue);
  const result = i32[it + DictIter.result];
  if (i32[result] === 1) {
    const oldKey = i32[result + 6];
    const oldValue = i32[result + 8];
    i32[result] = 2;
    i32[result + 6] = key;
    i32[result + 8] = value;
    if (i32[result + Gc.next] === 0) PyObject_GC_Track(rt, result);
    decref(rt, oldKey);
    decref(rt, oldValue);
    return result;
  }
  push(rt, key);
  push(rt, value);
  const pair = PyTuple_New(rt, 2);
  PyTuple_SET_ITEM(rt, pair, 1, pop(rt));
  PyTuple_SET_ITEM(rt, pair, 0, pop(rt));
  return pair;
}

export function dictiter_iternextkey(rt: Runtime, it: Ref): NewRef | 0 {
  const d = rt.i32[it + DictIter.dict];
  if (d === 0) return 0;
  return advance(rt, it, d) ? newref(rt, rt.dictKey) : finish(rt, it);
}

export function dictiter_iternextvalue(rt: Runtime, it: Ref): NewRef | 0 {
  const d = rt.i32[it + DictIter.dict];
  if (d === 0) return 0;
  return advance(rt, it, d) ? newref(rt, rt.dictValue) : finish(rt, it);
}

export function dictiter_iternextitem(rt: Runtime, it: Ref): NewRef | 0 {
  const d = rt.i32[it + DictIter.dict];
  if (d === 0) return 0;
  return advance(rt, it, d) ? currentPair(rt, it) : finish(rt, it);
}

function dictreviter_iternext(rt: Runtime, it: Ref): NewRef | 0 {
  const d = rt.i32[it + DictIter.dict];
  if (d === 0) return 0;
  if (!retreat(rt, it, d)) return finish(rt, it);
  const type = rt.i32[it + Ob.type];
  if (type === rt.types.dict_reversekeyiterator) return newref(rt, rt.dictKey);
  return type === rt.types.dict_reversevalueiterator ? newref(rt, rt.dictValue) : currentPair(rt, it);
}

function dictiter_len(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const d = i32[it + DictIter.dict];
  const n = d !== 0 && i32[it + DictIter.used] === i32[d + Dict.used] ? i32[it + DictIter.len] : 0;
  return PyLong_FromNumber(rt, n);
}

/** Pickling and copying: as an iterator over the list of what is left. */
function dictiter_reduce(rt: Runtime, it: Ref): NewRef {
  const i32 = rt.i32;
  const copy = PyObject_GC_New(rt, i32[it + Ob.type], DictIter.BYTES);
  for (let at = DictIter.dict; at < DictIter.BYTES / 4; at++) i32[copy + at] = i32[it + at];
  i32[copy + DictIter.result] = 0;
  if (i32[copy + DictIter.dict] !== 0) incref(rt, i32[copy + DictIter.dict]);
  const type = i32[it + Ob.type];
  if (type === rt.types.dict_itemiterator || type === rt.types.dict_reverseitemiterator) giveResult(rt, copy);
  PyObject_GC_Track(rt, copy);
  push(rt, copy);
  push(rt, PySequence_List(rt, copy));
  const result = reduceToIter(rt, rt.i32[rt.i32[Cell.SP] - 2]);
  drop(rt, 2);
  return result;
}

/** (iter, (iterable,)): how iterators are pickled and copied. */
export function reduceToIter(rt: Runtime, iterable: Ref): NewRef {
  const args = push(rt, PyTuple_Pack(rt, iterable));
  const result = PyTuple_Pack(rt, dict_getitem_str(rt, rt.builtinsDict, "iter"), rt.i32[args]);
  drop(rt);
  return result;
}

const iterMethods: MethodDef[] = [
  { name: "__length_hint__", flags: METH.NOARGS, fn: dictiter_len, doc: "How many items are left." },
  { name: "__reduce__", flags: METH.NOARGS, fn: dictiter_reduce, doc: "How to make an equal iterator." },
];

function spec(name: string, iternext: (rt: Runtime, it: Ref) => NewRef): TypeSpec {
  return {
    name,
    basicsize: DictIter.BYTES,
    flags: TF.HAVE_GC,
    slots: {
      tp_dealloc: trashed(dictiter_dealloc),
      tp_traverse: dictiter_traverse,
      tp_iter: PyObject_SelfIter,
      tp_iternext: iternext,
    },
    methods: iterMethods,
  };
}

export function initDictIter(rt: Runtime): void {
  const types = rt.types;
  defineType(rt, spec("dict_keyiterator", dictiter_iternextkey), types.dict_keyiterator);
  defineType(rt, spec("dict_valueiterator", dictiter_iternextvalue), types.dict_valueiterator);
  defineType(rt, spec("dict_itemiterator", dictiter_iternextitem), types.dict_itemiterator);
  defineType(rt, spec("dict_reversekeyiterator", dictreviter_iternext), types.dict_reversekeyiterator);
  defineType(rt, spec("dict_reversevalueiterator", dictreviter_iternext), types.dict_reversevalueiterator);
  defineType(rt, spec("dict_reverseitemiterator", dictreviter_iternext), types.dict_reverseitemiterator);
}
