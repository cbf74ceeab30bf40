/**
 * list: PyListObject, its creation, growth and the C API. The items are in a block of the mem domain that grows by about an
 * eighth: `(n + (n >> 3) + 6) & ~3`. Part of the object layer; methods and type are in listmethods.ts and listtype.ts.
 */
import { copyWords } from "../heap/words.ts";
import { PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc } from "../pymalloc/domains.ts";
import { PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack, traceReuse } from "./alloc.ts";
import { noMemory, raise } from "./errors.ts";
import { Free } from "./freelists.ts";
import { List, Ob, Ty } from "./layout.ts";
import { _Py_Dealloc, decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import { PyTuple_FromArray } from "./tuple.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";

export { _PyList_Extend } from "./listextend.ts";
export { PyList_GetSlice, PyList_SetSlice } from "./listslice.ts";

/** An empty list object with no buffer, untracked. */
function list_alloc(rt: Runtime): NewRef {
  const i32 = rt.i32;
  let p = i32[Free.lists];
  if (p !== 0) {
    i32[Free.lists] = i32[p + Ob.size];
    i32[Free.listCount]--;
    i32[p] = 1;
    i32[p + Ob.type] = rt.types.list;
    traceReuse(rt, p - 4);
  } else p = PyObject_GC_New(rt, rt.types.list, List.BYTES);
  i32[p + List.size] = 0;
  i32[p + List.items] = 0;
  i32[p + List.allocated] = 0;
  return p;
}

/** A list of n items, all NULL, which the caller fills. */
export function PyList_New(rt: Runtime, n: number): NewRef {
  if (n < 0) throw raise(rt, rt.exc.SystemError, "bad argument to internal function");
  const p = list_alloc(rt);
  if (n > 0) {
    const items = PyMem_Calloc(rt, n, 8);
    if (items === 0) {
      decref(rt, p);
      throw noMemory(rt);
    }
    fillHeader(rt, p, items, n);
  }
  PyObject_GC_Track(rt, p);
  return p;
}

function fillHeader(rt: Runtime, p: Ref, items: number, n: number): void {
  const i32 = rt.i32;
  i32[p + List.items] = items;
  i32[p + List.size] = n;
  i32[p + List.allocated] = n;
}

/** list_new_prealloc: an empty list with room for n items. */
export function listPrealloc(rt: Runtime, n: number): NewRef {
  const p = list_alloc(rt);
  if (n > 0) {
    const items = PyMem_Malloc(rt, 8 * n);
    if (items === 0) {
      decref(rt, p);
      throw noMemory(rt);
    }
    rt.i32[p + List.items] = items;
    rt.i32[p + List.allocated] = n;
  }
  PyObject_GC_Track(rt, p);
  return p;
}

/** The list of n owned references in the slots from word address `at` (2 words apart), which are cleared: BUILD_LIST. */
export function listFromStack(rt: Runtime, at: number, n: number): NewRef {
  if (n === 0) return PyList_New(rt, 0);
  const p = list_alloc(rt);
  const items = PyMem_Malloc(rt, 8 * n);
  if (items === 0) {
    decref(rt, p);
    throw noMemory(rt);
  }
  const i32 = rt.i32;
  for (let i = 0; i < 2 * n; i += 2) {
    i32[items + i] = i32[at + i];
    i32[at + i] = 0;
  }
  fillHeader(rt, p, items, n);
  PyObject_GC_Track(rt, p);
  return p;
}

/** More items than any heap can hold: such a request is refused before any arithmetic on it. */
export const MAX_ITEMS = 0x40000000;

/** The allocation for `newsize` items, by CPython's growth pattern 0, 4, 8, 16, 24, 32, 40, 52, 64, 76 ... */
export function grownSize(newsize: number, oldsize: number): number {
  if (newsize === 0) return 0;
  const n = (newsize + (newsize >> 3) + 6) & ~3;
  return newsize - oldsize > n - newsize ? (newsize + 3) & ~3 : n;
}

/** list_resize: makes the size `newsize`; new places hold rubbish. Frees nothing but buffer space. */
export function list_resize(rt: Runtime, p: Ref, newsize: number): void {
  const i32 = rt.i32;
  const allocated = i32[p + List.allocated];
  if (allocated >= newsize && newsize >= allocated >> 1) {
    i32[p + List.size] = newsize;
    return;
  }
  if (newsize > MAX_ITEMS) throw noMemory(rt);
  const n = grownSize(newsize, i32[p + List.size]);
  const items = PyMem_Realloc(rt, i32[p + List.items], 8 * n);
  if (items === 0) {
    if (newsize > allocated) throw noMemory(rt);
    // Shrinking never fails: the buffer stays as large as it is (CPython raises MemoryError).
    i32[p + List.size] = newsize;
    return;
  }
  i32[p + List.items] = items;
  i32[p + List.size] = newsize;
  i32[p + List.allocated] = n;
}

/** PyList_Append: takes its own reference to the item. */
export function PyList_Append(rt: Runtime, p: Ref, item: Ref): void {
  incref(rt, item);
  listAppendSteal(rt, p, item);
}

/** _PyList_AppendTakeRef */
export function listAppendSteal(rt: Runtime, p: Ref, item: StolenRef): void {
  const i32 = rt.i32;
  const n = i32[p + List.size];
  if (n < i32[p + List.allocated]) {
    i32[i32[p + List.items] + 2 * n] = item;
    i32[p + List.size] = n + 1;
  } else appendSlow(rt, p, n, item);
}

function appendSlow(rt: Runtime, p: Ref, n: number, item: StolenRef): void {
  try {
    list_resize(rt, p, n + 1);
  } catch (e) {
    decref(rt, item);
    throw e;
  }
  rt.i32[rt.i32[p + List.items] + 2 * n] = item;
}

/** PyList_GET_ITEM: borrowed. */
export function listItem(rt: Runtime, p: Ref, i: number): Ref {
  return rt.i32[rt.i32[p + List.items] + 2 * i];
}

export function listSize(rt: Runtime, p: Ref): number {
  return rt.i32[p + List.size];
}

/** PyList_SET_ITEM: fills an empty place of a new list. */
export function PyList_SET_ITEM(rt: Runtime, p: Ref, i: number, value: StolenRef): void {
  rt.i32[rt.i32[p + List.items] + 2 * i] = value;
}

/** PyList_AsTuple */
export function PyList_AsTuple(rt: Runtime, p: Ref): NewRef {
  return PyTuple_FromArray(rt, rt.i32[p + List.items], rt.i32[p + List.size], false);
}

/** PyList_Insert: negative and too large positions as list.insert has them. */
export function PyList_Insert(rt: Runtime, p: Ref, where: number, item: Ref): void {
  const n = rt.i32[p + List.size];
  list_resize(rt, p, n + 1);
  if (where < 0) where = Math.max(0, where + n);
  if (where > n) where = n;
  const i32 = rt.i32;
  const items = i32[p + List.items];
  copyWords(rt, items + 2 * where + 2, items + 2 * where, 2 * (n - where));
  incref(rt, item);
  i32[items + 2 * where] = item;
}

/** tp_dealloc of list and its subclasses. */
export function list_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  if (!trashBegin(rt, p, list_dealloc)) return;
  const items = i32[p + List.items];
  if (items !== 0) {
    for (let i = 2 * i32[p + List.size] - 2; i >= 0; i -= 2) {
      const item: OptRef = i32[items + i];
      if (item === 0) continue;
      const count = i32[item] - 1;
      if (count > 0) i32[item] = count;
      else if (count === 0) _Py_Dealloc(rt, item);
    }
    PyMem_Free(rt, items);
  }
  releaseList(rt, p);
  trashEnd(rt);
}

function releaseList(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  const n = i32[Free.listCount];
  if (type === rt.types.list && n < Free.MAX_LISTS) {
    i32[Free.listCount] = n + 1;
    i32[p + Ob.size] = i32[Free.lists];
    i32[Free.lists] = p;
    return;
  }
  rt.typeInfos[i32[type + Ty.info]].tp_free!(rt, p);
}
