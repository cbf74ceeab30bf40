/** Pickling one object: by its type, or by what it says of itself. Part of the modules, for _pickle.ts. */
import { PyObject_GetOptionalAttr, reprOf } from "../objects/abstract.ts";
import { enterRecursive, leaveRecursive, PyObject_CallNoArgs, PyObject_CallOneArg } from "../objects/call.ts";
import { PyTuple_Check, PyUnicode_Check } from "../objects/check.ts";
import { PyDict_GetItemWithError } from "../objects/dict.ts";
import { Ob } from "../objects/layout.ts";
import { PyLong_FromInt32 } from "../objects/long.ts";
import { PyMapping_GetOptionalItem } from "../objects/mapping.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import { PyObject_Str } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { tpName } from "../objects/slots.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { isAscii, strData, strLength } from "../objects/str.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { save_bool, save_float, save_long, save_unicode, saveShortText } from "./pickleatoms.ts";
import { save_bytearray, save_bytes, save_picklebuffer } from "./picklebytes.ts";
import { save_dict, save_frozenset, save_list, save_set, save_tuple } from "./picklecontainers.ts";
import { save_global, save_type } from "./pickleglobal.ts";
import { PyMemoTable_Get } from "./picklememo.ts";
import { memo_get } from "./picklememorize.ts";
import { frameIsFull, opcodeBoundary, put, putBytes } from "./pickleoutput.ts";
import { save_reduce } from "./picklereduce.ts";
import { Op, Pickler, pickleState, picklingError } from "./picklestate.ts";

/** save: `obj` is borrowed, and held by the caller. `asId`: it is a persistent id itself. */
export function save(rt: Runtime, p: Ref, obj: Ref, asId = false): void {
  const i32 = rt.i32;
  opcodeBoundary(rt, p);
  if (i32[p + Pickler.persistent_id] !== 0 && !asId && savePersistent(rt, p, obj)) return;
  const { types } = rt;
  const type = i32[obj + Ob.type];
  if (type === types.int) {
    save_long(rt, p, obj);
    return;
  }
  if (obj === rt.None) {
    put(rt, p, Op.NONE);
    return;
  }
  if (type === types.bool) {
    save_bool(rt, p, obj);
    return;
  }
  if (type === types.float) {
    save_float(rt, p, obj);
    return;
  }
  const number = PyMemoTable_Get(rt, i32[p + Pickler.memo], obj);
  if (number >= 0) {
    memo_get(rt, p, number);
    return;
  }
  if (type === types.str) {
    save_unicode(rt, p, obj);
    return;
  }
  if (type === types.bytes) {
    save_bytes(rt, p, obj);
    return;
  }
  enterRecursive(rt, " while pickling an object");
  if (!saveBuiltin(rt, p, obj, type)) saveOther(rt, p, obj, type);
  leaveRecursive(rt);
}

/**
 * Saves a number, None or short text where no Python code can run meanwhile, so that nobody need hold it; false where that
 * may be, and nothing has been written.
 */
export function saveQuick(rt: Runtime, p: Ref, obj: Ref): boolean {
  const i32 = rt.i32;
  if (i32[p + Pickler.persistent_id] !== 0 || frameIsFull(rt, p)) return false;
  const type = i32[obj + Ob.type];
  if (type === rt.types.int) save_long(rt, p, obj);
  else if (type === rt.types.str) return saveKnownText(rt, p, obj) || saveShortText(rt, p, obj);
  else if (type === rt.types.float) save_float(rt, p, obj);
  else if (obj === rt.None) put(rt, p, Op.NONE);
  else return false;
  return true;
}

/** Text that is in the memo. */
function saveKnownText(rt: Runtime, p: Ref, obj: Ref): boolean {
  const number = PyMemoTable_Get(rt, rt.i32[p + Pickler.memo], obj);
  if (number >= 0) memo_get(rt, p, number);
  return number >= 0;
}

/** An object that the caller does not hold while it is saved. */
export function saveHeld(rt: Runtime, p: Ref, obj: Ref): void {
  if (saveQuick(rt, p, obj)) return;
  push(rt, newref(rt, obj));
  save(rt, p, obj);
  drop(rt);
}

/** Containers and the like of exactly a built-in type. */
function saveBuiltin(rt: Runtime, p: Ref, obj: Ref, type: Ref): boolean {
  const { types } = rt;
  if (type === types.dict) save_dict(rt, p, obj);
  else if (type === types.tuple) save_tuple(rt, p, obj);
  else if (type === types.list) save_list(rt, p, obj);
  else if (type === types.set) save_set(rt, p, obj);
  else if (type === types.frozenset) save_frozenset(rt, p, obj);
  else if (type === types.bytearray) save_bytearray(rt, p, obj);
  else if (type === pickleState(rt).PickleBuffer) save_picklebuffer(rt, p, obj);
  else return false;
  return true;
}

/** By reducer_override, as a global, or by what a reduction function gives. */
function saveOther(rt: Runtime, p: Ref, obj: Ref, type: Ref): void {
  const m = mark(rt);
  const override = rt.i32[p + Pickler.reducer_override];
  let value: NewRef | 0 = 0;
  if (override !== 0) {
    value = pushed(rt, PyObject_CallOneArg(rt, override, obj));
    if (value === rt.NotImplemented) {
      drop(rt);
      value = 0;
    }
  }
  if (value === 0) {
    if (type === rt.types.type) {
      save_type(rt, p, obj);
      return;
    }
    if (type === rt.types.function) {
      save_global(rt, p, obj, 0);
      return;
    }
    value = reduction(rt, p, obj, type);
    if (value === 0) {
      save_global(rt, p, obj, 0);
      return;
    }
    push(rt, value);
  }
  if (PyUnicode_Check(rt, value)) save_global(rt, p, obj, value);
  else if (PyTuple_Check(rt, value)) save_reduce(rt, p, value, obj);
  else throw picklingError(rt, "__reduce__ must return a string or tuple");
  drop(rt, (mark(rt) - m) / 2);
}

/** The reduction function that a dispatch table has for a type, or 0. */
function registered(rt: Runtime, p: Ref, type: Ref): NewRef | 0 {
  const own = rt.i32[p + Pickler.dispatch_table];
  if (own !== 0) return PyMapping_GetOptionalItem(rt, own, type);
  const f = PyDict_GetItemWithError(rt, pickleState(rt).dispatch_table, type);
  return f === 0 ? 0 : newref(rt, f);
}

/** What the registered function, `__reduce_ex__` or `__reduce__` gives; 0 for a class, which is saved by its name. */
function reduction(rt: Runtime, p: Ref, obj: Ref, type: Ref): NewRef | 0 {
  const f = registered(rt, p, type);
  if (f !== 0) return callHeld(rt, f, obj);
  if (PyType_IsSubtype(rt, type, rt.types.type)) return 0;
  const reduceEx = PyObject_GetOptionalAttr(rt, obj, rt.names.__reduce_ex__);
  if (reduceEx !== 0) return callHeld(rt, reduceEx, PyLong_FromInt32(rt, rt.i32[p + Pickler.proto]));
  const reduce = PyObject_GetOptionalAttr(rt, obj, rt.names.__reduce__);
  if (reduce === 0) throw picklingError(rt, `can't pickle '${tpName(rt, type)}' object: ${reprOf(rt, obj)}`);
  push(rt, reduce);
  const value = PyObject_CallNoArgs(rt, reduce);
  drop(rt);
  return value;
}

/** Calls an owned callable, which is released then, with a borrowed argument. */
function callHeld(rt: Runtime, f: NewRef, arg: Ref): NewRef {
  push(rt, f);
  const value = PyObject_CallOneArg(rt, f, arg);
  drop(rt);
  return value;
}

/** save_pers: was the object saved by a persistent id? */
function savePersistent(rt: Runtime, p: Ref, obj: Ref): boolean {
  const id = pushed(rt, PyObject_CallOneArg(rt, rt.i32[p + Pickler.persistent_id], obj));
  const saved = id !== rt.None;
  if (saved) {
    if (rt.i32[p + Pickler.bin] !== 0) {
      save(rt, p, id, true);
      put(rt, p, Op.BINPERSID);
    } else saveTextId(rt, p, id);
  }
  drop(rt);
  return saved;
}

/** Protocol 0: an id is a line of text. */
function saveTextId(rt: Runtime, p: Ref, id: Ref): void {
  const text = pushed(rt, PyObject_Str(rt, id));
  if (!isAscii(rt, text)) throw picklingError(rt, "persistent IDs in protocol 0 must be ASCII strings");
  put(rt, p, Op.PERSID);
  putBytes(rt, p, 4 * strData(rt, text), strLength(rt, text));
  put(rt, p, 10);
  drop(rt);
}
