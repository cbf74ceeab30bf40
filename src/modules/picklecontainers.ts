/** Pickling of tuples, lists, dicts and sets. Part of the modules, for _pickle.ts. */
import { enterRecursive, leaveRecursive, PyObject_CallMethodNoArgs } from "../objects/call.ts";
import { PyDict_CheckExact, PyList_CheckExact, PyTuple_Check } from "../objects/check.ts";
import {
  PyDict_Contains,
  PyDict_DelItem,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Size,
} from "../objects/dict.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { List } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, newref } from "../objects/refcount.ts";
import { hexAddress } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_List } from "../objects/sequence.ts";
import { _PySet_NextEntry, PySet_GET_SIZE } from "../objects/set.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { saveCall } from "./picklebytes.ts";
import { memo_get, memo_put, numberOf } from "./picklememorize.ts";
import { put } from "./pickleoutput.ts";
import { save, saveHeld, saveQuick } from "./picklesave.ts";
import { BATCHSIZE, Op, Pickler } from "./picklestate.ts";

const WHERE = " while pickling an object";

/** From so deep a nesting on, containers are remembered in fast mode, to find cycles. */
const FAST_NESTING_LIMIT = 50;

/** fast_save_enter */
function fastEnter(rt: Runtime, p: Ref, obj: Ref): void {
  const i32 = rt.i32;
  if (i32[p + Pickler.fast] === 0 || ++i32[p + Pickler.fast_nesting] < FAST_NESTING_LIMIT) return;
  if (i32[p + Pickler.fast_memo] === 0) i32[p + Pickler.fast_memo] = PyDict_New(rt);
  const key = pushed(rt, PyLong_FromNumber(rt, 4 * obj));
  if (PyDict_Contains(rt, i32[p + Pickler.fast_memo], key)) {
    const what = "fast mode: can't pickle cyclic objects including object type";
    throw valueError(rt, `${what} ${typeNameOf(rt, obj)} at ${hexAddress(obj)}`);
  }
  PyDict_SetItem(rt, i32[p + Pickler.fast_memo], key, rt.None);
  drop(rt);
}

/** fast_save_leave */
function fastLeave(rt: Runtime, p: Ref, obj: Ref): void {
  const i32 = rt.i32;
  if (i32[p + Pickler.fast] === 0 || i32[p + Pickler.fast_nesting]-- < FAST_NESTING_LIMIT) return;
  const key = pushed(rt, PyLong_FromNumber(rt, 4 * obj));
  PyDict_DelItem(rt, i32[p + Pickler.fast_memo], key);
  drop(rt);
}

/** A tuple that is part of itself is in the memo once its items are saved: what they left is dropped, and it is fetched. */
export function save_tuple(rt: Runtime, p: Ref, obj: Ref): void {
  const i32 = rt.i32;
  const n = tupleSize(rt, obj);
  const proto = i32[p + Pickler.proto];
  if (n === 0) {
    saveEmpty(rt, p, Op.EMPTY_TUPLE, Op.TUPLE);
    return;
  }
  const short = n <= 3 && proto >= 2;
  if (!short) put(rt, p, Op.MARK);
  for (let i = 0; i < n; i++) save(rt, p, tupleItem(rt, obj, i));
  const number = numberOf(rt, p, obj);
  if (number < 0) {
    put(rt, p, short ? Op.TUPLE1 + n - 1 : Op.TUPLE);
    memo_put(rt, p, obj);
    return;
  }
  if (!short && i32[p + Pickler.bin] !== 0) put(rt, p, Op.POP_MARK);
  else for (let i = short ? 1 : 0; i <= n; i++) put(rt, p, Op.POP);
  memo_get(rt, p, number);
}

/** An empty container: one opcode, or a mark and another in protocol 0. */
function saveEmpty(rt: Runtime, p: Ref, op: Op, old: Op): void {
  if (rt.i32[p + Pickler.bin] !== 0) {
    put(rt, p, op);
    return;
  }
  put(rt, p, Op.MARK);
  put(rt, p, old);
}

export function save_list(rt: Runtime, p: Ref, obj: Ref): void {
  const i32 = rt.i32;
  fastEnter(rt, p, obj);
  saveEmpty(rt, p, Op.EMPTY_LIST, Op.LIST);
  const n = i32[obj + List.size];
  memo_put(rt, p, obj);
  if (n !== 0) {
    if (PyList_CheckExact(rt, obj) && i32[p + Pickler.proto] > 0) {
      enterRecursive(rt, WHERE);
      saveItems(rt, p, obj);
      leaveRecursive(rt);
    } else saveIterated(rt, p, PyObject_GetIter(rt, obj), batch_list);
  }
  fastLeave(rt, p, obj);
}

/** Runs a batch on an owned iterator. */
function saveIterated(rt: Runtime, p: Ref, it: NewRef, batch: typeof batch_list): void {
  push(rt, it);
  enterRecursive(rt, WHERE);
  batch(rt, p, it);
  leaveRecursive(rt);
  drop(rt);
}

/** batch_list_exact: the items of a list, which may change meanwhile. */
function saveItems(rt: Runtime, p: Ref, list: Ref): void {
  const i32 = rt.i32;
  if (i32[list + List.size] === 1) {
    saveHeld(rt, p, i32[i32[list + List.items]]);
    put(rt, p, Op.APPEND);
    return;
  }
  let i = 0;
  do {
    put(rt, p, Op.MARK);
    for (const end = i + BATCHSIZE; i < end && i < i32[list + List.size]; i++) {
      saveHeld(rt, p, i32[i32[list + List.items] + 2 * i]);
    }
    put(rt, p, Op.APPENDS);
  } while (i < i32[list + List.size]);
}

/** batch_list: what an iterator gives, appended to the list on the stack. */
export function batch_list(rt: Runtime, p: Ref, it: Ref): void {
  batch(rt, p, it, save, Op.APPEND, Op.APPENDS);
}

/** batch_dict: the pairs that an iterator gives, stored in the mapping on the stack. */
export function batch_dict(rt: Runtime, p: Ref, it: Ref): void {
  batch(rt, p, it, savePair, Op.SETITEM, Op.SETITEMS);
}

function savePair(rt: Runtime, p: Ref, pair: Ref): void {
  save(rt, p, tupleItem(rt, pair, 0));
  save(rt, p, tupleItem(rt, pair, 1));
}

/** The iterator's next item, held by the native stack; false at the end. */
function nextItem(rt: Runtime, it: Ref, one: Op): boolean {
  const item = PyIter_Next(rt, it);
  if (item === 0) return false;
  push(rt, item);
  if (one === Op.SETITEM && (!PyTuple_Check(rt, item) || tupleSize(rt, item) !== 2))
    throw typeError(rt, "dict items iterator must return 2-tuples");
  return true;
}

type SaveOne = (rt: Runtime, p: Ref, item: Ref) => void;

/** The slot of what was pushed last on the native stack. */
const topSlot = (rt: Runtime): number => mark(rt) - 2;

function batch(rt: Runtime, p: Ref, it: Ref, saveOne: SaveOne, one: Op, many: Op): void {
  if (rt.i32[p + Pickler.proto] === 0) {
    while (nextItem(rt, it, one)) saveTop(rt, p, saveOne, one);
    return;
  }
  let n: number;
  do {
    if (!nextItem(rt, it, one)) return;
    const first = topSlot(rt);
    if (!nextItem(rt, it, one)) {
      saveTop(rt, p, saveOne, one);
      return;
    }
    put(rt, p, Op.MARK);
    saveOne(rt, p, rt.i32[first]);
    clearField(rt, first);
    n = 1;
    do {
      saveOne(rt, p, rt.i32[topSlot(rt)]);
      drop(rt);
      n++;
    } while (n < BATCHSIZE && nextItem(rt, it, one));
    put(rt, p, many);
    drop(rt);
  } while (n === BATCHSIZE);
}

/** Saves the item on top of the native stack, which is released, alone. */
function saveTop(rt: Runtime, p: Ref, saveOne: SaveOne, op: Op): void {
  saveOne(rt, p, rt.i32[topSlot(rt)]);
  drop(rt);
  put(rt, p, op);
}

export function save_dict(rt: Runtime, p: Ref, obj: Ref): void {
  fastEnter(rt, p, obj);
  saveEmpty(rt, p, Op.EMPTY_DICT, Op.DICT);
  memo_put(rt, p, obj);
  if (PyDict_Size(rt, obj) !== 0) {
    if (PyDict_CheckExact(rt, obj) && rt.i32[p + Pickler.proto] > 0) {
      enterRecursive(rt, WHERE);
      saveEntries(rt, p, obj);
      leaveRecursive(rt);
    } else {
      const items = pushed(rt, PyObject_CallMethodNoArgs(rt, obj, internStatic(rt, "items")));
      const it = PyObject_GetIter(rt, items);
      drop(rt);
      saveIterated(rt, p, it, batch_dict);
    }
  }
  fastLeave(rt, p, obj);
}

/** The entry that PyDict_Next has just given. */
function saveEntry(rt: Runtime, p: Ref): void {
  if (saveQuick(rt, p, rt.dictKey)) {
    saveHeld(rt, p, rt.dictValue);
    return;
  }
  const key = pushed(rt, newref(rt, rt.dictKey));
  const value = pushed(rt, newref(rt, rt.dictValue));
  save(rt, p, key);
  save(rt, p, value);
  drop(rt, 2);
}

/** batch_dict_exact */
function saveEntries(rt: Runtime, p: Ref, d: Ref): void {
  const size = PyDict_Size(rt, d);
  let pos = 0;
  if (size === 1) {
    PyDict_Next(rt, d, pos);
    saveEntry(rt, p);
    put(rt, p, Op.SETITEM);
    return;
  }
  let n: number;
  do {
    n = 0;
    put(rt, p, Op.MARK);
    while (n < BATCHSIZE) {
      const next = PyDict_Next(rt, d, pos);
      if (next < 0) break;
      pos = next;
      saveEntry(rt, p);
      n++;
    }
    put(rt, p, Op.SETITEMS);
    if (PyDict_Size(rt, d) !== size)
      throw raise(rt, rt.exc.RuntimeError, "dictionary changed size during iteration");
  } while (n === BATCHSIZE);
}

/** Before protocol 4: a call of the type with a list. */
function saveAsCall(rt: Runtime, p: Ref, obj: Ref, type: Ref): void {
  const items = pushed(rt, PySequence_List(rt, obj));
  saveCall(rt, p, obj, type, items);
  drop(rt);
}

export function save_set(rt: Runtime, p: Ref, obj: Ref): void {
  if (rt.i32[p + Pickler.proto] < 4) {
    saveAsCall(rt, p, obj, rt.types.set);
    return;
  }
  put(rt, p, Op.EMPTY_SET);
  memo_put(rt, p, obj);
  const size = PySet_GET_SIZE(rt, obj);
  if (size === 0) return;
  let n: number;
  let pos = 0;
  do {
    n = 0;
    put(rt, p, Op.MARK);
    while (n < BATCHSIZE) {
      const next = _PySet_NextEntry(rt, obj, pos);
      if (next < 0) break;
      pos = next;
      saveHeld(rt, p, rt.dictKey);
      n++;
    }
    put(rt, p, Op.ADDITEMS);
    if (PySet_GET_SIZE(rt, obj) !== size)
      throw raise(rt, rt.exc.RuntimeError, "set changed size during iteration");
  } while (n === BATCHSIZE);
}

export function save_frozenset(rt: Runtime, p: Ref, obj: Ref): void {
  fastEnter(rt, p, obj);
  if (rt.i32[p + Pickler.proto] < 4) {
    saveAsCall(rt, p, obj, rt.types.frozenset);
    return;
  }
  put(rt, p, Op.MARK);
  const it = pushed(rt, PyObject_GetIter(rt, obj));
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    save(rt, p, item);
    drop(rt);
  }
  drop(rt);
  const number = numberOf(rt, p, obj);
  put(rt, p, number < 0 ? Op.FROZENSET : Op.POP_MARK);
  if (number < 0) memo_put(rt, p, obj);
  else memo_get(rt, p, number);
}
