/** list.extend: from lists and tuples at once, from sets and dicts by their tables, from anything else by iteration. Part of the object layer. */
import { PyMem_Malloc } from "../pymalloc/domains.ts";
import { PyObject_LengthHint } from "./abstract.ts";
import { PyAnySet_CheckExact, PyDict_CheckExact, PyList_CheckExact, PyTuple_CheckExact } from "./check.ts";
import { PyDict_Next, PyDict_Size } from "./dict.ts";
import { noMemory } from "./errors.ts";
import { PyIter_Next, PyObject_GetIter } from "./iterproto.ts";
import { List, Ob, SetOb, Tuple } from "./layout.ts";
import { list_resize, listAppendSteal, MAX_ITEMS } from "./list.ts";
import { incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { _PySet_NextEntry } from "./set.ts";
import { drop, push } from "./stack.ts";
import { asciiiter_next } from "./striter.ts";
import { PyTuple_Pack2 } from "./tuple.ts";
import type { Ref } from "./typeinfo.ts";

/** _PyList_Extend: appends every item of an iterable. */
export function _PyList_Extend(rt: Runtime, self: Ref, iterable: Ref): void {
  const type = rt.i32[iterable + Ob.type];
  const t = rt.types;
  if (PyList_CheckExact(rt, iterable) || iterable === self) {
    extendFast(rt, self, iterable, rt.i32[iterable + List.size], false);
  } else if (PyTuple_CheckExact(rt, iterable))
    extendFast(rt, self, iterable, rt.i32[iterable + Tuple.size], true);
  else if (PyAnySet_CheckExact(rt, iterable)) extendSet(rt, self, iterable);
  else if (PyDict_CheckExact(rt, iterable)) extendDict(rt, self, iterable, false);
  else if (type === t.dict_keys) extendDict(rt, self, rt.i32[iterable + DictView.dict], false);
  else if (type === t.dict_values) extendDict(rt, self, rt.i32[iterable + DictView.dict], true);
  else if (type === t.dict_items) extendItems(rt, self, rt.i32[iterable + DictView.dict]);
  else extendIter(rt, self, iterable);
}

/** dict_keys, dict_values, dict_items: the dict stands after the header. */
const enum DictView {
  dict = 4,
}

/** list_preallocate_exact: a first buffer for n items, rounded up to an even number. */
function preallocate(rt: Runtime, self: Ref, n: number): void {
  if (n > MAX_ITEMS) throw noMemory(rt);
  const size = (n + 1) & ~1;
  const items = PyMem_Malloc(rt, 8 * size);
  if (items === 0) throw noMemory(rt);
  rt.i32[self + List.items] = items;
  rt.i32[self + List.allocated] = size;
}

/** Makes room for n more items; the size is already the new one, the new places hold rubbish. */
function makeRoom(rt: Runtime, self: Ref, n: number): void {
  const i32 = rt.i32;
  if (i32[self + List.items] === 0) {
    preallocate(rt, self, n);
    i32[self + List.size] = n;
  } else list_resize(rt, self, i32[self + List.size] + n);
}

function extendFast(rt: Runtime, self: Ref, from: Ref, n: number, isTuple: boolean): void {
  if (n === 0) return;
  const i32 = rt.i32;
  const m = i32[self + List.size];
  makeRoom(rt, self, n);
  // Read after the resize: the list may be extended by itself.
  const src = isTuple ? from + Tuple.items : i32[from + List.items];
  const dest = i32[self + List.items] + 2 * m;
  for (let i = 0; i < 2 * n; i += 2) {
    const item = i32[src + i];
    incref(rt, item);
    i32[dest + i] = item;
  }
}

/** As the generic way for a known number of items: the size is set as they arrive. */
function reserve(rt: Runtime, self: Ref, n: number): number {
  const m = rt.i32[self + List.size];
  list_resize(rt, self, m + n);
  return m;
}

function extendSet(rt: Runtime, self: Ref, set: Ref): void {
  const n = rt.i32[set + SetOb.used];
  if (n === 0) return;
  const i32 = rt.i32;
  let at = i32[self + List.size];
  reserve(rt, self, n);
  const items = i32[self + List.items];
  for (let pos = _PySet_NextEntry(rt, set, 0); pos >= 0; pos = _PySet_NextEntry(rt, set, pos)) {
    incref(rt, rt.dictKey);
    i32[items + 2 * at++] = rt.dictKey;
  }
}

function extendDict(rt: Runtime, self: Ref, dict: Ref, values: boolean): void {
  const n = PyDict_Size(rt, dict);
  if (n === 0) return;
  const i32 = rt.i32;
  let at = i32[self + List.size];
  reserve(rt, self, n);
  const items = i32[self + List.items];
  for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
    const item = values ? rt.dictValue : rt.dictKey;
    incref(rt, item);
    i32[items + 2 * at++] = item;
  }
}

function extendItems(rt: Runtime, self: Ref, dict: Ref): void {
  const n = PyDict_Size(rt, dict);
  if (n === 0) return;
  const i32 = rt.i32;
  let at = reserve(rt, self, n);
  i32[self + List.size] = at;
  for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
    const pair = PyTuple_Pack2(rt, rt.dictKey, rt.dictValue);
    i32[i32[self + List.items] + 2 * at++] = pair;
    i32[self + List.size] = at;
  }
}

/** What is left of an iterator over ASCII text, as far as there is room. */
function extendCharacters(rt: Runtime, self: Ref, it: Ref): void {
  const i32 = rt.i32;
  const items = i32[self + List.items];
  let n = i32[self + List.size];
  for (const room = i32[self + List.allocated]; n < room; n++) {
    const c = asciiiter_next(rt, it);
    if (c === 0) break;
    i32[items + 2 * n] = c;
    i32[items + 2 * n + 1] = 0;
  }
  i32[self + List.size] = n;
}

/** PY_SSIZE_T_MAX */
const MAX_LENGTH = 2 ** 63 - 1024;

function extendIter(rt: Runtime, self: Ref, iterable: Ref): void {
  const i32 = rt.i32;
  const it = push(rt, PyObject_GetIter(rt, iterable));
  const hint = PyObject_LengthHint(rt, iterable, 8);
  const m = i32[self + List.size];
  if (m > 0 && m + hint > MAX_LENGTH) {
    // Perhaps the hint lies; if not, the memory ends in the loop.
  } else if (i32[self + List.items] === 0) {
    if (hint > 0) preallocate(rt, self, hint);
  } else {
    list_resize(rt, self, m + hint);
    i32[self + List.size] = m;
  }
  if (i32[i32[it] + Ob.type] === rt.types.str_ascii_iterator) extendCharacters(rt, self, i32[it]);
  for (let item = PyIter_Next(rt, i32[it]); item !== 0; item = PyIter_Next(rt, i32[it])) {
    listAppendSteal(rt, self, item);
  }
  // Cut back what the hint promised too much.
  if (i32[self + List.size] < i32[self + List.allocated]) list_resize(rt, self, i32[self + List.size]);
  drop(rt);
}
