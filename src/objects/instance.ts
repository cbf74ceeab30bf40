/**
 * Generic attribute access of instances: `PyObject_GenericGetAttr`, `PyObject_GenericSetAttr`, `_PyObject_GetMethod`.
 * Part of the object layer (CPython's Objects/object.c).
 *
 * What compiled inline caches may rely on. For a class with INLINE_VALUES, as long as
 *     i32[type + Ty.version_tag] === V            (the class and its bases are as they were)
 * the result of a lookup of `name` in the class stands; and if that found no data descriptor, and
 *     k = sharedKeyIndex(rt, type, name) >= 0     (a key never moves in the shared table, so k is for ever)
 * then for an instance o with `i32[o + 4] >> 24 !== 0` (the valid byte),
 *     i32[o + inlineValueWord(k)]                 is the attribute's value, or 0: not set on this instance.
 * (The shared table's room only shrinks, so no index is ever beyond an instance's capacity.) If the valid byte is 0, the attribute is in the dict at i32[o + Gc.dict]. An inline value that is not 0 may be replaced
 * in place (release the old one after storing). One that is 0 must be stored by `_PyObject_StoreInstanceAttribute`.
 */
import { attributeError, PyObject_GetAttr } from "./abstract.ts";
import { PyUnicode_CheckExact } from "./check.ts";
import { PyDict_Contains, PyDict_DelItem, PyDict_GetItemWithError, PyDict_SetItem } from "./dict.ts";
import { DK_IS_UNICODE, Ix, insert_split_key, unicodekeys_lookup_unicode } from "./dictkeys.ts";
import { addToInsertionOrder, removeFromInsertionOrder } from "./dictvalues.ts";
import { caught, clearError, raise } from "./errors.ts";
import { unicode_hash } from "./hash.ts";
import { Dict, Gc, Ob, TF, Ty } from "./layout.ts";
import {
  _PyObject_ComputedDictPointer,
  _PyObject_MaterializeManagedDict,
  ensureInstanceDict,
  inlineValues,
} from "./managed.ts";
import { decref, incref, newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import type { NewRef, OptRef, Ref, ternaryfunc } from "./typeinfo.ts";
import { _PyType_Lookup } from "./typelookup.ts";

export {
  _PyObject_MaterializeManagedDict,
  ensureInstanceDict,
  newInstance,
  PyObject_GenericGetDict,
  PyObject_GenericSetDict,
  PyType_GenericAlloc,
} from "./managed.ts";

/** Word offset, from the object, of inline value k. */
export function inlineValueWord(k: number): number {
  return 6 + 2 * k;
}

/** The index of an attribute name in the keys that the class's instances share, or -1. */
export function sharedKeyIndex(rt: Runtime, type: Ref, name: Ref): number {
  const keys = rt.i32[type + Ty.ht_cached_keys];
  if (keys === 0 || !PyUnicode_CheckExact(rt, name)) return -1;
  const lo = unicode_hash(rt, name);
  return unicodekeys_lookup_unicode(rt, keys, name, lo, rt.hashHi);
}

function noAttributeText(rt: Runtime, o: Ref, name: Ref): string {
  return `'${typeNameOf(rt, o, 100)}' object has no attribute '${jsString(rt, name)}'`;
}

/** AttributeError with name and object: "'C' object has no attribute 'x'" */
export function noAttribute(rt: Runtime, o: Ref, name: Ref): PyErr {
  return attributeError(rt, noAttributeText(rt, o, name), o, name);
}

/** The attribute as the instance itself holds it, or 0: borrowed. */
export function lookupInstanceAttribute(rt: Runtime, o: Ref, type: Ref, name: Ref): OptRef {
  const i32 = rt.i32;
  const flags = i32[type + Ty.flags];
  let dict: OptRef;
  if ((flags & TF.MANAGED_DICT) !== 0) {
    const inline = (flags & TF.INLINE_VALUES) !== 0 && i32[o + 4] >> 24 !== 0;
    if (inline && PyUnicode_CheckExact(rt, name)) return inlineValueOf(rt, o, type, name);
    // A name of a subclass of str is looked up as any key.
    dict = inline ? _PyObject_MaterializeManagedDict(rt, o) : i32[o + Gc.dict];
  } else {
    const at = _PyObject_ComputedDictPointer(rt, o);
    if (at === 0) return 0;
    dict = i32[at];
  }
  return dict === 0 ? 0 : PyDict_GetItemWithError(rt, dict, name);
}

function inlineValueOf(rt: Runtime, o: Ref, type: Ref, name: Ref): OptRef {
  const i32 = rt.i32;
  const lo = unicode_hash(rt, name);
  const k = unicodekeys_lookup_unicode(rt, i32[type + Ty.ht_cached_keys], name, lo, rt.hashHi);
  return k >= 0 ? i32[o + 6 + 2 * k] : 0;
}

/** Can looking a name up in the instance's dict run code (comparisons with keys that are no strings)? */
function mayRunCode(rt: Runtime, o: Ref, type: Ref): boolean {
  const i32 = rt.i32;
  const flags = i32[type + Ty.flags];
  if ((flags & TF.INLINE_VALUES) !== 0 && i32[o + 4] >> 24 !== 0) return false;
  const at = (flags & TF.MANAGED_DICT) !== 0 ? o + Gc.dict : _PyObject_ComputedDictPointer(rt, o);
  return at !== 0 && i32[at] !== 0 && !DK_IS_UNICODE(rt, i32[i32[at] + Dict.keys]);
}

export function PyObject_GenericGetAttr(rt: Runtime, o: Ref, name: Ref): NewRef {
  const type = rt.i32[o + Ob.type];
  const descr = _PyType_Lookup(rt, type, name);
  if (descr === 0 || !mayRunCode(rt, o, type)) return attributeBy(rt, o, type, name, descr);
  push(rt, newref(rt, descr));
  const result = attributeBy(rt, o, type, name, descr);
  drop(rt);
  return result;
}

/** The attribute, given what the type has under its name (0: nothing). */
function attributeBy(rt: Runtime, o: Ref, type: Ref, name: Ref, descr: OptRef): NewRef {
  let get: ternaryfunc | null = null;
  if (descr !== 0) {
    const info = infoOf(rt, descr);
    get = info.tp_descr_get;
    if (get !== null && info.tp_descr_set !== null) return callGet(rt, get, descr, o, type);
  }
  const value = lookupInstanceAttribute(rt, o, type, name);
  if (value !== 0) return newref(rt, value);
  if (get !== null) return callGet(rt, get, descr, o, type);
  if (descr !== 0) return newref(rt, descr);
  throw noAttribute(rt, o, name);
}

/** Calls `__get__` on a descriptor that the type only lends. */
function callGet(rt: Runtime, get: ternaryfunc, descr: Ref, o: Ref, type: Ref): NewRef {
  push(rt, newref(rt, descr));
  const result = get(rt, descr, o, type);
  drop(rt);
  return result;
}

/** With another dict than the instance's (0: its own); `suppress`: 0 instead of an AttributeError. */
export function _PyObject_GenericGetAttrWithDict(
  rt: Runtime,
  o: Ref,
  name: Ref,
  dict: OptRef,
  suppress: boolean,
): NewRef | 0 {
  const type = rt.i32[o + Ob.type];
  const descr = _PyType_Lookup(rt, type, name);
  push(rt, descr === 0 ? 0 : newref(rt, descr));
  const result = attributeWithDict(rt, o, type, name, descr, dict, suppress);
  drop(rt);
  return result;
}

function attributeWithDict(
  rt: Runtime,
  o: Ref,
  type: Ref,
  name: Ref,
  descr: OptRef,
  dict: OptRef,
  suppress: boolean,
): NewRef | 0 {
  let get: ternaryfunc | null = null;
  if (descr !== 0) {
    const info = infoOf(rt, descr);
    get = info.tp_descr_get;
    if (get !== null && info.tp_descr_set !== null) return getMaybe(rt, get, descr, o, type, suppress);
  }
  const value =
    dict === 0 ? lookupInstanceAttribute(rt, o, type, name) : PyDict_GetItemWithError(rt, dict, name);
  if (value !== 0) return newref(rt, value);
  if (get !== null) return getMaybe(rt, get, descr, o, type, suppress);
  if (descr !== 0) return newref(rt, descr);
  if (suppress) return 0;
  throw noAttribute(rt, o, name);
}

function getMaybe(
  rt: Runtime,
  get: ternaryfunc,
  descr: Ref,
  o: Ref,
  type: Ref,
  suppress: boolean,
): NewRef | 0 {
  if (!suppress) return callGet(rt, get, descr, o, type);
  push(rt, newref(rt, descr));
  const m = mark(rt);
  let result: OptRef = 0;
  try {
    result = get(rt, descr, o, type);
  } catch (e) {
    caught(rt, e, m, rt.exc.AttributeError);
    clearError(rt);
  }
  drop(rt);
  return result;
}

/**
 * The attribute for a call: a new reference. `rt.methodIsUnbound` is true when it is a function that must be called with
 * the object as first argument, so that no bound method need be made.
 */
export function _PyObject_GetMethod(rt: Runtime, o: Ref, name: Ref): NewRef {
  const i32 = rt.i32;
  const type = i32[o + Ob.type];
  rt.methodIsUnbound = false;
  if (infoOf(rt, o).tp_getattro !== PyObject_GenericGetAttr || !PyUnicode_CheckExact(rt, name)) {
    const bound = PyObject_GetAttr(rt, o, name);
    rt.methodIsUnbound = false;
    return bound;
  }
  const descr = _PyType_Lookup(rt, type, name);
  if (descr !== 0 && mayRunCode(rt, o, type)) {
    const bound = PyObject_GenericGetAttr(rt, o, name);
    rt.methodIsUnbound = false;
    return bound;
  }
  let get: ternaryfunc | null = null;
  let isMethod = false;
  if (descr !== 0) {
    const kind = i32[descr + Ob.type];
    isMethod = (i32[kind + Ty.flags] & TF.METHOD_DESCRIPTOR) !== 0;
    if (!isMethod) {
      const info = rt.typeInfos[i32[kind + Ty.info]];
      get = info.tp_descr_get;
      if (get !== null && info.tp_descr_set !== null) return boundGet(rt, get, descr, o, type);
    }
  }
  const value = lookupInstanceAttribute(rt, o, type, name);
  if (value !== 0) return newref(rt, value);
  if (isMethod) {
    rt.methodIsUnbound = true;
    return newref(rt, descr);
  }
  if (get !== null) return boundGet(rt, get, descr, o, type);
  if (descr !== 0) return newref(rt, descr);
  throw noAttribute(rt, o, name);
}

/** As callGet; `__get__` may have run anything, which leaves its own mark in rt.methodIsUnbound. */
function boundGet(rt: Runtime, get: ternaryfunc, descr: Ref, o: Ref, type: Ref): NewRef {
  const result = callGet(rt, get, descr, o, type);
  rt.methodIsUnbound = false;
  return result;
}

export function PyObject_GenericSetAttr(rt: Runtime, o: Ref, name: Ref, value: OptRef): void {
  const i32 = rt.i32;
  const type = i32[o + Ob.type];
  const descr = _PyType_Lookup(rt, type, name);
  if (descr !== 0) {
    const set = infoOf(rt, descr).tp_descr_set;
    if (set !== null) {
      push(rt, newref(rt, descr));
      set(rt, descr, o, value);
      drop(rt);
      return;
    }
  }
  if ((i32[type + Ty.flags] & TF.INLINE_VALUES) !== 0) _PyObject_StoreInstanceAttribute(rt, o, name, value);
  else storeInDict(rt, o, name, value, descr);
}

/** With another dict than the instance's (_PyObject_GenericSetAttrWithDict): modules and functions. */
export function _PyObject_GenericSetAttrWithDict(
  rt: Runtime,
  o: Ref,
  name: Ref,
  value: OptRef,
  dict: Ref,
): void {
  const descr = _PyType_Lookup(rt, rt.i32[o + Ob.type], name);
  const set = descr === 0 ? null : infoOf(rt, descr).tp_descr_set;
  if (set === null) {
    storeIn(rt, o, dict, name, value);
    return;
  }
  push(rt, newref(rt, descr));
  set(rt, descr, o, value);
  drop(rt);
}

function storeInDict(rt: Runtime, o: Ref, name: Ref, value: OptRef, descr: OptRef): void {
  const dict = ensureInstanceDict(rt, o);
  if (dict === 0) throw noDict(rt, o, name, descr);
  storeIn(rt, o, dict, name, value);
}

function noDict(rt: Runtime, o: Ref, name: Ref, descr: OptRef): PyErr {
  const type = typeNameOf(rt, o, 100);
  const text = jsString(rt, name);
  if (descr !== 0) {
    return attributeError(rt, `'${type}' object attribute '${text}' is read-only`, o, name);
  }
  const generic = infoOf(rt, o).tp_setattro === PyObject_GenericSetAttr;
  const why = generic ? " and no __dict__ for setting new attributes" : "";
  return attributeError(rt, `'${type}' object has no attribute '${text}'${why}`, o, name);
}

/** Sets or deletes a key of an instance's dict; the dict is held, for the old value's end may take it away. */
function storeIn(rt: Runtime, o: Ref, dict: Ref, name: Ref, value: OptRef): void {
  if (value === 0 && !PyDict_Contains(rt, dict, name)) throw noAttribute(rt, o, name);
  push(rt, newref(rt, dict));
  if (value !== 0) PyDict_SetItem(rt, dict, name, value);
  else PyDict_DelItem(rt, dict, name);
  decref(rt, pop(rt));
}

/** Sets (or deletes: value 0) an attribute of an instance with inline values. */
export function _PyObject_StoreInstanceAttribute(rt: Runtime, o: Ref, name: Ref, value: OptRef): void {
  const i32 = rt.i32;
  const values = inlineValues(o);
  if (i32[values] >> 24 === 0) {
    storeInDict(rt, o, name, value, 0);
    return;
  }
  const k = splitIndex(rt, i32[i32[o + Ob.type] + Ty.ht_cached_keys], name);
  if (k < 0) {
    storeIn(rt, o, _PyObject_MaterializeManagedDict(rt, o), name, value);
    return;
  }
  const at = values + 2 + 2 * k;
  const old = i32[at];
  // CPython does not say name and object here.
  if (old === 0 && value === 0) throw raise(rt, rt.exc.AttributeError, noAttributeText(rt, o, name));
  if (value !== 0) incref(rt, value);
  i32[at] = value;
  const dict = i32[o + Gc.dict];
  if (old === 0) {
    addToInsertionOrder(rt, values, k);
    if (dict !== 0) i32[dict + Dict.used]++;
  } else {
    if (value === 0) {
      removeFromInsertionOrder(rt, values, k);
      if (dict !== 0) i32[dict + Dict.used]--;
    }
    decref(rt, old);
  }
}

/** The index of the name in the shared keys, where it is added if there is room; negative if not. */
function splitIndex(rt: Runtime, keys: number, name: Ref): number {
  if (!PyUnicode_CheckExact(rt, name)) return Ix.EMPTY;
  const lo = unicode_hash(rt, name);
  return insert_split_key(rt, keys, name, lo, rt.hashHi);
}
