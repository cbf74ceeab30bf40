/**
 * Instances and their attributes' storage: allocation with pre-header and inline values, the managed `__dict__`, and its
 * parting from the object. Part of the object layer (CPython's Objects/dictobject.c and typeobject.c).
 *
 *   byte  -32        -24             -16       0                16 (INLINE_VALUES: basicsize is 16)
 *         | weaklist | managed dict  | GC head | refcnt, type   | PyDictValues: header, values ..., insertion order |
 *
 * The managed dict is 0 until someone asks for it. While it is split and its ma_values point at the inline values, object
 * and dict share them; when either changes shape, the values are copied out or invalidated (valid byte 0).
 */

import { Cell } from "../heap/cells.ts";
import { zeroWords } from "../heap/words.ts";
import { PyObject_Malloc } from "../pymalloc/domains.ts";
import { gcDelWithPreheader, gcNewWithPreheader, PyObject_GC_Track } from "./alloc.ts";
import { PyDict_Check } from "./check.ts";
import { PyDict_New } from "./dict.ts";
import { mayBeTracked, new_dict } from "./dictcore.ts";
import { dictkeys_decref, dictkeys_incref, shared_keys_usable_size } from "./dictkeys.ts";
import {
  _PyInlineValuesSize,
  _PyObject_InitInlineValues,
  clear_inline_values,
  copy_values,
  new_values,
} from "./dictvalues.ts";
import { noMemory, raise, typeError } from "./errors.ts";
import { Dict, Gc, Ob, TF, Ty, Values } from "./layout.ts";
import { decref, incref, newref, xdecref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import type { NewRef, OptRef, Ref, Visit } from "./typeinfo.ts";

const PREHEADER = TF.MANAGED_DICT | TF.MANAGED_WEAKREF;

/** Bytes before the GC head (managed dict and weak list): 16 or 0. */
export function preheaderBytes(rt: Runtime, type: Ref): number {
  return (rt.i32[type + Ty.flags] & PREHEADER) !== 0 ? 16 : 0;
}

/** Bytes before the object: what sys.getsizeof adds (_PyType_PreHeaderSize). */
export function _PyType_PreHeaderSize(rt: Runtime, type: Ref): number {
  const gc = (rt.i32[type + Ty.flags] & TF.HAVE_GC) !== 0 ? Gc.HEAD_BYTES : 0;
  return gc + preheaderBytes(rt, type);
}

/** tp_alloc of most types: cleared, tracked (PyType_GenericAlloc). One item more than asked is allocated, as in CPython. */
export function PyType_GenericAlloc(rt: Runtime, type: Ref, nitems: number): NewRef {
  const i32 = rt.i32;
  const flags = i32[type + Ty.flags];
  if ((flags & TF.INLINE_VALUES) !== 0) return newInstance(rt, type);
  const itemsize = i32[type + Ty.itemsize];
  let bytes = i32[type + Ty.basicsize];
  if (itemsize !== 0) bytes += (nitems + 1) * itemsize;
  bytes = Math.ceil(bytes / 8) * 8;
  const p =
    (flags & TF.HAVE_GC) !== 0
      ? gcNewWithPreheader(rt, type, bytes, preheaderBytes(rt, type))
      : plainNew(rt, type, bytes);
  zeroWords(rt, p + Ob.size, bytes / 4 - Ob.size);
  if (itemsize !== 0) i32[p + Ob.size] = nitems;
  if ((flags & TF.HAVE_GC) !== 0) PyObject_GC_Track(rt, p);
  return p;
}

function plainNew(rt: Runtime, type: Ref, bytes: number): NewRef {
  const p = PyObject_Malloc(rt, bytes);
  if (p === 0) throw noMemory(rt);
  const i32 = rt.i32;
  i32[p] = 1;
  i32[p + Ob.type] = type;
  if ((i32[type + Ty.flags] & TF.HEAPTYPE) !== 0) incref(rt, type);
  return p;
}

/** An instance of a class with inline values: the hot path of `C()`. Tracked, count 1. */
export function newInstance(rt: Runtime, type: Ref): NewRef {
  const p = gcNewWithPreheader(rt, type, Ob.HEAD_BYTES + _PyInlineValuesSize(rt, type), 16);
  _PyObject_InitInlineValues(rt, p, type);
  PyObject_GC_Track(rt, p);
  return p;
}

/** tp_free of container types: frees the block, whatever stands before the object (PyObject_GC_Del). */
export function freeManaged(rt: Runtime, p: Ref): void {
  gcDelWithPreheader(rt, p, preheaderBytes(rt, rt.i32[p + Ob.type]));
}

/** Word address of the values of an instance of an INLINE_VALUES class (its basicsize is 16). */
export function inlineValues(p: Ref): number {
  return p + Ob.HEAD_BYTES / 4;
}

/** Does the object itself still hold its values? */
export function inlineValuesValid(rt: Runtime, p: Ref): boolean {
  return rt.i32[p + 4] >> 24 !== 0;
}

/** A split dict on a class's shared keys, without values yet. */
export function new_dict_with_shared_keys(rt: Runtime, keys: number): NewRef {
  const values = new_values(rt, shared_keys_usable_size(rt, keys));
  dictkeys_incref(rt, keys);
  return new_dict(rt, keys, values, 0);
}

/** The `__dict__` over an object's own inline values; not yet in its place. */
function make_dict_from_instance_attributes(rt: Runtime, keys: number, values: number): NewRef {
  const i32 = rt.i32;
  let used = 0;
  let track = false;
  const end = values + Values.values + 2 * (i32[values] & 255);
  for (let at = values + Values.values; at < end; at += 2) {
    if (i32[at] === 0) continue;
    used++;
    track ||= mayBeTracked(rt, i32[at]);
  }
  dictkeys_incref(rt, keys);
  const dict = new_dict(rt, keys, values, used);
  if (track) PyObject_GC_Track(rt, dict);
  return dict;
}

/** The managed `__dict__`, made if it is not there: borrowed (_PyObject_MaterializeManagedDict). */
export function _PyObject_MaterializeManagedDict(rt: Runtime, o: Ref): Ref {
  const i32 = rt.i32;
  const old = i32[o + Gc.dict];
  if (old !== 0) return old;
  const type = i32[o + Ob.type];
  const keys = i32[type + Ty.ht_cached_keys];
  const inline = (i32[type + Ty.flags] & TF.INLINE_VALUES) !== 0;
  const dict =
    inline && inlineValuesValid(rt, o)
      ? make_dict_from_instance_attributes(rt, keys, inlineValues(o))
      : new_dict_with_shared_keys(rt, keys);
  i32[o + Gc.dict] = dict;
  return dict;
}

/** Word address of the `__dict__` pointer inside the object, for types with a positive tp_dictoffset; else 0. */
export function _PyObject_ComputedDictPointer(rt: Runtime, o: Ref): number {
  const offset = rt.i32[rt.i32[o + Ob.type] + Ty.dictoffset];
  return offset > 0 ? o + (offset >> 2) : 0;
}

/** The object's `__dict__`, made if it is not there: borrowed; 0 if its type gives it none (_PyObject_GetDictPtr). */
export function ensureInstanceDict(rt: Runtime, o: Ref): OptRef {
  const i32 = rt.i32;
  const type = i32[o + Ob.type];
  if ((i32[type + Ty.flags] & TF.MANAGED_DICT) !== 0) return _PyObject_MaterializeManagedDict(rt, o);
  const at = _PyObject_ComputedDictPointer(rt, o);
  if (at === 0) return 0;
  if (i32[at] === 0) {
    const keys = (i32[type + Ty.flags] & TF.HEAPTYPE) !== 0 ? i32[type + Ty.ht_cached_keys] : 0;
    i32[at] = keys !== 0 ? new_dict_with_shared_keys(rt, keys) : PyDict_New(rt);
  }
  return i32[at];
}

/** Getter of `__dict__` (PyObject_GenericGetDict). */
export function PyObject_GenericGetDict(rt: Runtime, o: Ref): NewRef {
  const dict = ensureInstanceDict(rt, o);
  if (dict === 0) throw noDictError(rt);
  return newref(rt, dict);
}

function noDictError(rt: Runtime): PyErr {
  return raise(rt, rt.exc.AttributeError, "This object has no __dict__");
}

/** Setter of `__dict__`; deleting (value 0) is allowed only where the caller says so (PyObject_GenericSetDict). */
export function PyObject_GenericSetDict(rt: Runtime, o: Ref, value: OptRef): void {
  const i32 = rt.i32;
  const managed = (i32[i32[o + Ob.type] + Ty.flags] & TF.MANAGED_DICT) !== 0;
  const at = managed ? o + Gc.dict : _PyObject_ComputedDictPointer(rt, o);
  if (at === 0) throw noDictError(rt);
  if (value === 0) throw typeError(rt, "cannot delete __dict__");
  if (!PyDict_Check(rt, value)) {
    throw typeError(rt, `__dict__ must be set to a dictionary, not a '${typeNameOf(rt, value)}'`);
  }
  setInstanceDict(rt, o, value);
}

/** Puts another dict (or 0: none) in the place of an object's `__dict__` (_PyObject_SetManagedDict). */
export function setInstanceDict(rt: Runtime, o: Ref, value: OptRef): void {
  const i32 = rt.i32;
  const flags = i32[i32[o + Ob.type] + Ty.flags];
  const at = (flags & TF.MANAGED_DICT) !== 0 ? o + Gc.dict : _PyObject_ComputedDictPointer(rt, o);
  const old = i32[at];
  if ((flags & TF.INLINE_VALUES) !== 0) {
    if (old !== 0) _PyDict_DetachFromObject(rt, old, o);
    else {
      if (value !== 0) incref(rt, value);
      i32[at] = value;
      clear_inline_values(rt, inlineValues(o));
      return;
    }
  }
  if (value !== 0) incref(rt, value);
  i32[at] = value;
  xdecref(rt, old);
}

/** A dict that shares its object's inline values gets a copy of its own; the object's become invalid. */
export function _PyDict_DetachFromObject(rt: Runtime, dict: Ref, o: Ref): void {
  const i32 = rt.i32;
  const values = inlineValues(o);
  if (i32[dict + Dict.values] !== values) return;
  i32[dict + Dict.values] = copy_values(rt, values);
  i32[values] &= 0xffffff;
}

/** The object gives up its attributes: at its end, or when the collector clears it (PyObject_ClearManagedDict). */
export function PyObject_ClearManagedDict(rt: Runtime, o: Ref): void {
  const i32 = rt.i32;
  const type = i32[o + Ob.type];
  if ((i32[type + Ty.flags] & TF.MANAGED_DICT) === 0) return;
  const dict = i32[o + Gc.dict];
  if ((i32[type + Ty.flags] & TF.INLINE_VALUES) === 0) {
    i32[o + Gc.dict] = 0;
    xdecref(rt, dict);
  } else if (dict === 0) clear_inline_values(rt, inlineValues(o));
  else if (i32[dict] === 1 && i32[dict + Dict.values] === inlineValues(o)) dropOwnDict(rt, o, dict);
  else {
    _PyDict_DetachFromObject(rt, dict, o);
    i32[o + Gc.dict] = 0;
    decref(rt, dict);
  }
}

/** Nobody else holds the dict: it need not have a copy of the values only to release them. */
function dropOwnDict(rt: Runtime, o: Ref, dict: Ref): void {
  const i32 = rt.i32;
  const keys = i32[dict + Dict.keys];
  i32[dict + Dict.keys] = Cell.EMPTY_KEYS;
  i32[dict + Dict.values] = 0;
  i32[dict + Dict.used] = 0;
  i32[o + Gc.dict] = 0;
  decref(rt, dict);
  clear_inline_values(rt, inlineValues(o));
  dictkeys_decref(rt, keys);
}

/**
 * What an object holds through its attributes, for tp_traverse (PyObject_VisitManagedDict). CPython 3.13.0 leaves out the dict
 * over valid inline values, so the collector takes such a dict for one that is held from outside.
 */
export function PyObject_VisitManagedDict(rt: Runtime, o: Ref, visit: Visit): void {
  const i32 = rt.i32;
  const flags = i32[i32[o + Ob.type] + Ty.flags];
  if ((flags & TF.MANAGED_DICT) === 0) return;
  if ((flags & TF.INLINE_VALUES) !== 0 && inlineValuesValid(rt, o)) {
    const end = o + 6 + 2 * (i32[o + 4] & 255);
    for (let at = o + 6; at < end; at += 2) if (i32[at] !== 0) visit(i32[at]);
    return;
  }
  const dict = i32[o + Gc.dict];
  if (dict !== 0) visit(dict);
}
