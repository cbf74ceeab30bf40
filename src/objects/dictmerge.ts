/** Copying dicts and merging mappings into them. Part of the object layer. */

import { PyObject_GetItem, PyObject_GetIter, PyObject_GetOptionalAttr } from "./abstract.ts";
import { PyObject_GC_Track } from "./alloc.ts";
import { PyObject_CallMethodNoArgs } from "./call.ts";
import { PyDict_Check, PyDict_CheckExact } from "./check.ts";
import {
  _PyDict_Next,
  _PyDict_SetItem_KnownHash,
  clone_combined_dict_keys,
  copySplit,
  PyDict_Contains,
  PyDict_New,
  PyDict_SetItem,
} from "./dict.ts";
import { _Py_dict_lookup, dictresize, keyError, new_dict, valueSlot } from "./dictcore.ts";
import {
  DK_IS_UNICODE,
  DK_LOG_SIZE,
  DK_SIZE,
  dictkeys_decref,
  estimate_log2_keysize,
  Ix,
  PyDict_LOG_MINSIZE,
  USABLE_FRACTION,
} from "./dictkeys.ts";
import { caught, clearError, raise, typeError, valueError } from "./errors.ts";
import { PyIter_Next } from "./iterproto.ts";
import { Dict, Gc, Keys } from "./layout.ts";
import { decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Fast, PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS } from "./sequence.ts";
import { infoOf, infoOfType } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** What merging does with a key that is there already. */
export const enum Override {
  KEEP = 0,
  REPLACE = 1,
  /** KeyError with the key: for duplicate keyword arguments. */
  ERROR = 2,
}

/** Does iterating over this dict yield its keys in the dict's own way (tp_iter not overridden)? */
export function hasDictIter(rt: Runtime, d: Ref): boolean {
  return infoOf(rt, d).tp_iter === infoOfType(rt, rt.types.dict).tp_iter;
}

/** PyDict_Copy: always an exact dict. */
export function PyDict_Copy(rt: Runtime, d: Ref): NewRef {
  const i32 = rt.i32;
  const used = i32[d + Dict.used];
  if (used === 0) return PyDict_New(rt);
  if (i32[d + Dict.values] !== 0) return copySplit(rt, d);
  const keys = i32[d + Dict.keys];
  if (hasDictIter(rt, d) && used >= Math.floor((i32[keys + Keys.nentries] * 2) / 3)) {
    const copy = new_dict(rt, clone_combined_dict_keys(rt, keys), 0, used);
    if (i32[d + Gc.next] !== 0) PyObject_GC_Track(rt, copy);
    return copy;
  }
  const copy = PyDict_New(rt);
  push(rt, copy);
  dict_merge(rt, copy, d, Override.REPLACE);
  return pop(rt);
}

/** PyDict_Update: a.update(b) for a mapping b. */
export function PyDict_Update(rt: Runtime, a: Ref, b: Ref): void {
  dict_merge(rt, a, b, Override.REPLACE);
}

/** PyDict_Merge: override 0 keeps what is there, 1 replaces it, 2 raises KeyError (_PyDict_MergeEx). */
export function PyDict_Merge(rt: Runtime, a: Ref, b: Ref, override: Override): void {
  dict_merge(rt, a, b, override);
}

export function dict_merge(rt: Runtime, a: Ref, b: Ref, override: Override): void {
  if (PyDict_Check(rt, b) && hasDictIter(rt, b)) dict_dict_merge(rt, a, b, override);
  else mergeMapping(rt, a, b, override);
}

function dict_dict_merge(rt: Runtime, a: Ref, b: Ref, override: Override): void {
  const i32 = rt.i32;
  const count = i32[b + Dict.used];
  if (a === b || count === 0) return;
  if (i32[a + Dict.used] === 0) {
    override = Override.REPLACE;
    if (cloneable(rt, a, b)) {
      cloneInto(rt, a, b);
      return;
    }
  }
  if (USABLE_FRACTION(DK_SIZE(rt, i32[a + Dict.keys])) < count) {
    const log2 = estimate_log2_keysize(i32[a + Dict.used] + count);
    dictresize(rt, a, log2, DK_IS_UNICODE(rt, i32[b + Dict.keys]));
  }
  for (let pos = _PyDict_Next(rt, b, 0); pos >= 0; pos = _PyDict_Next(rt, b, pos)) {
    mergeItem(rt, a, rt.dictKey, rt.dictHashLo, rt.dictHashHi, rt.dictValue, override);
    if (i32[b + Dict.used] !== count) throw raise(rt, rt.exc.RuntimeError, "dict mutated during update");
  }
}

/** May the empty dict `a` take a plain copy of b's table: is that one combined, without gaps and not too large? */
function cloneable(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  const keys = i32[b + Dict.keys];
  if (i32[a + Dict.values] !== 0 || i32[b + Dict.values] !== 0) return false;
  if (i32[b + Dict.used] !== i32[keys + Keys.nentries]) return false;
  const log2 = DK_LOG_SIZE(rt, keys);
  return log2 === PyDict_LOG_MINSIZE || USABLE_FRACTION(1 << (log2 - 1)) < i32[b + Dict.used];
}

function cloneInto(rt: Runtime, a: Ref, b: Ref): void {
  const i32 = rt.i32;
  const keys = clone_combined_dict_keys(rt, i32[b + Dict.keys]);
  const old = i32[a + Dict.keys];
  i32[a + Dict.keys] = keys;
  i32[a + Dict.used] = i32[b + Dict.used];
  if (i32[b + Gc.next] !== 0 && i32[a + Gc.next] === 0) PyObject_GC_Track(rt, a);
  dictkeys_decref(rt, old);
}

/** Inserts one item of another dict, holding it meanwhile. */
function mergeItem(
  rt: Runtime,
  a: Ref,
  key: Ref,
  lo: number,
  hi: number,
  value: Ref,
  override: Override,
): void {
  incref(rt, key);
  push(rt, key);
  incref(rt, value);
  push(rt, value);
  if (override === Override.REPLACE || !containsKnownHash(rt, a, key, lo, hi)) {
    _PyDict_SetItem_KnownHash(rt, a, key, value, lo, hi);
  } else if (override === Override.ERROR) throw keyError(rt, key);
  drop(rt, 2);
}

function containsKnownHash(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number): boolean {
  const ix = _Py_dict_lookup(rt, d, key, lo, hi);
  return ix !== Ix.EMPTY && rt.i32[valueSlot(rt, d, ix)] !== 0;
}

/** Any mapping: by its keys() and its items. */
function mergeMapping(rt: Runtime, a: Ref, b: Ref, override: Override): void {
  const keys = PyObject_CallMethodNoArgs(rt, b, rt.names.keys);
  push(rt, keys);
  const it = PyObject_GetIter(rt, keys);
  push(rt, it);
  for (let key = PyIter_Next(rt, it); key !== 0; key = PyIter_Next(rt, it)) {
    push(rt, key);
    if (override !== Override.REPLACE && PyDict_Contains(rt, a, key)) {
      if (override === Override.ERROR) throw keyError(rt, key);
      drop(rt);
      continue;
    }
    const value = PyObject_GetItem(rt, b, key);
    push(rt, value);
    PyDict_SetItem(rt, a, key, value);
    drop(rt, 2);
  }
  drop(rt, 2);
}

/** PyDict_MergeFromSeq2: from an iterable of pairs. */
export function PyDict_MergeFromSeq2(rt: Runtime, d: Ref, seq2: Ref, override: Override): void {
  const it = PyObject_GetIter(rt, seq2);
  push(rt, it);
  let i = 0;
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it), i++) {
    push(rt, item);
    const fast = pairOf(rt, item, i);
    push(rt, fast);
    const items = PySequence_Fast_ITEMS(rt, fast);
    const key = rt.i32[items];
    const value = rt.i32[items + 2];
    incref(rt, key);
    push(rt, key);
    incref(rt, value);
    push(rt, value);
    if (override === Override.REPLACE || !PyDict_Contains(rt, d, key)) PyDict_SetItem(rt, d, key, value);
    drop(rt, 4);
  }
  drop(rt);
}

/** An element of an update sequence as a list or tuple of two items: a new reference. */
function pairOf(rt: Runtime, item: Ref, i: number): NewRef {
  const m = mark(rt);
  let fast = 0;
  try {
    fast = PySequence_Fast(rt, item, "");
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    clearError(rt);
    throw typeError(rt, `cannot convert dictionary update sequence element #${i} to a sequence`);
  }
  const n = PySequence_Fast_GET_SIZE(rt, fast);
  if (n === 2) return fast;
  decref(rt, fast);
  throw valueError(rt, `dictionary update sequence element #${i} has length ${n}; 2 is required`);
}

/** dict_update_arg: a.update(arg) for one positional argument: a dict, a mapping with keys(), or pairs. */
export function dict_update_arg(rt: Runtime, d: Ref, arg: Ref): void {
  if (PyDict_CheckExact(rt, arg)) {
    dict_merge(rt, d, arg, Override.REPLACE);
    return;
  }
  const keys = PyObject_GetOptionalAttr(rt, arg, rt.names.keys);
  if (keys !== 0) {
    decref(rt, keys);
    dict_merge(rt, d, arg, Override.REPLACE);
  } else PyDict_MergeFromSeq2(rt, d, arg, Override.REPLACE);
}
