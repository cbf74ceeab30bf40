/** Slices of lists: reading, assigning, deleting; clearing. Part of the object layer. */
import { Cell } from "../heap/cells.ts";
import { copyWords } from "../heap/words.ts";
import { PyMem_Free } from "../pymalloc/domains.ts";
import { PySlice_Check } from "./check.ts";
import { noMemory, raise, typeError, valueError } from "./errors.ts";
import { List } from "./layout.ts";
import { list_resize, listPrealloc, MAX_ITEMS, PyList_New } from "./list.ts";
import { _PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import { decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Fast, PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS } from "./sequence.ts";
import { PySlice_AdjustIndices, PySlice_Unpack, sliceOut } from "./slice.ts";
import { typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** list_slice: the items from `from` up to before `to`, which are within bounds. */
export function list_slice(rt: Runtime, self: Ref, from: number, to: number): NewRef {
  const n = to - from;
  if (n <= 0) return PyList_New(rt, 0);
  return copyItems(rt, self, from, 1, n);
}

/** n items from `from`, `step` apart, in a new list of exactly that size. */
function copyItems(rt: Runtime, self: Ref, from: number, step: number, n: number): NewRef {
  const p = listPrealloc(rt, n);
  const i32 = rt.i32;
  const src = i32[self + List.items];
  const dest = i32[p + List.items];
  for (let to = dest, at = src + 2 * from; to < dest + 2 * n; to += 2, at += 2 * step) {
    const item = i32[at];
    const count = i32[item];
    if (count >= 0) i32[item] = count + 1;
    i32[to] = item;
  }
  i32[p + List.size] = n;
  return p;
}

/** PyList_GetSlice: bounds are clipped. */
export function PyList_GetSlice(rt: Runtime, self: Ref, from: number, to: number): NewRef {
  const n = rt.i32[self + List.size];
  const start = Math.min(Math.max(from, 0), n);
  return list_slice(rt, self, start, Math.min(Math.max(to, start), n));
}

/** self[key] for a slice */
export function listGetSlice(rt: Runtime, self: Ref, key: Ref): NewRef {
  PySlice_Unpack(rt, key);
  const n = PySlice_AdjustIndices(rt.i32[self + List.size]);
  if (n <= 0) return PyList_New(rt, 0);
  return copyItems(rt, self, sliceOut.start, sliceOut.step, n);
}

/** list_clear: the list is empty before the first item is released. */
export function list_clear(rt: Runtime, self: Ref): void {
  const i32 = rt.i32;
  const items = i32[self + List.items];
  if (items === 0) return;
  let i = i32[self + List.size];
  i32[self + List.size] = 0;
  i32[self + List.items] = 0;
  i32[self + List.allocated] = 0;
  while (--i >= 0) {
    const item: OptRef = i32[items + 2 * i];
    if (item !== 0) decref(rt, item);
  }
  PyMem_Free(rt, items);
}

/** PyList_SetSlice: replaces items [from, to), clipped, by those of a sequence (0: deletes them). */
export function PyList_SetSlice(rt: Runtime, self: Ref, from: number, to: number, value: OptRef): void {
  list_ass_slice(rt, self, from, to, value, "can only assign an iterable");
}

export function list_ass_slice(
  rt: Runtime,
  self: Ref,
  from: number,
  to: number,
  value: OptRef,
  message: string,
): void {
  if (value === 0) {
    replaceRange(rt, self, from, to, 0, 0);
    return;
  }
  const seq = push(
    rt,
    value === self ? list_slice(rt, self, 0, rt.i32[self + List.size]) : PySequence_Fast(rt, value, message),
  );
  const fast = rt.i32[seq];
  replaceRange(rt, self, from, to, PySequence_Fast_ITEMS(rt, fast), PySequence_Fast_GET_SIZE(rt, fast));
  drop(rt);
}

/** Puts n borrowed references in place of items [from, to); the removed ones are released last, the last first. */
function replaceRange(rt: Runtime, self: Ref, from: number, to: number, src: number, n: number): void {
  const i32 = rt.i32;
  const size = i32[self + List.size];
  const low = Math.min(Math.max(from, 0), size);
  const high = Math.min(Math.max(to, low), size);
  const norig = high - low;
  const d = n - norig;
  if (size + d === 0) {
    list_clear(rt, self);
    return;
  }
  let items = i32[self + List.items];
  const held = i32[Cell.SP];
  for (let i = 0; i < 2 * norig; i += 2) i32[held + i] = i32[items + 2 * low + i];
  i32[Cell.SP] = held + 2 * norig;
  if (d < 0) {
    copyWords(rt, items + 2 * (high + d), items + 2 * high, 2 * (size - high));
    list_resize(rt, self, size + d);
  } else if (d > 0) growGap(rt, self, size, high, d, norig);
  items = i32[self + List.items];
  const place = items + 2 * low;
  for (let i = 0; i < 2 * n; i += 2) {
    const item = i32[src + i];
    const count = i32[item];
    if (count >= 0) i32[item] = count + 1;
    i32[place + i] = item;
  }
  drop(rt, norig);
}

function growGap(rt: Runtime, self: Ref, size: number, high: number, d: number, recycled: number): void {
  const i32 = rt.i32;
  try {
    list_resize(rt, self, size + d);
  } catch (e) {
    // The items to be replaced are still the list's.
    for (let i = 0; i < recycled; i++) pop(rt);
    throw e;
  }
  const items = i32[self + List.items];
  copyWords(rt, items + 2 * (high + d), items + 2 * high, 2 * (size - high));
}

/** self[key] = value, del self[key] */
export function list_ass_subscript(rt: Runtime, self: Ref, key: Ref, value: OptRef): void {
  if (_PyIndex_Check(rt, key)) {
    let i = PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
    if (i < 0) i += rt.i32[self + List.size];
    list_ass_item(rt, self, i, value);
  } else if (PySlice_Check(rt, key)) assignSlice(rt, self, key, value);
  else throw typeError(rt, `list indices must be integers or slices, not ${typeNameOf(rt, key)}`);
}

/** sq_ass_item: value 0 deletes. */
export function list_ass_item(rt: Runtime, self: Ref, i: number, value: OptRef): void {
  const i32 = rt.i32;
  if (i < 0 || i >= i32[self + List.size])
    throw raise(rt, rt.exc.IndexError, "list assignment index out of range");
  const at = i32[self + List.items] + 2 * i;
  const old = i32[at];
  if (value === 0) {
    // The buffer keeps its size here, unlike with a slice.
    const n = i32[self + List.size] - 1;
    copyWords(rt, at, at + 2, i32[self + List.items] + 2 * n - at);
    i32[self + List.size] = n;
    decref(rt, old);
    return;
  }
  incref(rt, value);
  i32[at] = value;
  decref(rt, old);
}

const NOT_ITERABLE = "must assign iterable to extended slice";

function assignSlice(rt: Runtime, self: Ref, key: Ref, value: OptRef): void {
  PySlice_Unpack(rt, key);
  if (value !== 0 && sliceOut.step !== 1) {
    assignStepped(rt, self, sliceOut.start, sliceOut.stop, sliceOut.step, value);
    return;
  }
  const length = PySlice_AdjustIndices(rt.i32[self + List.size]);
  const { start, step } = sliceOut;
  let { stop } = sliceOut;
  if (step === 1) {
    list_ass_slice(rt, self, start, stop, value, NOT_ITERABLE);
    return;
  }
  // s[5:2] = [..] inserts before 5, not before 2.
  if (step < 0 ? start < stop : start > stop) stop = start;
  deleteStepped(rt, self, start, step, length);
}

/** Closes the gaps between the items that stay; the removed ones are released afterwards, first to last. */
function deleteStepped(rt: Runtime, self: Ref, start: number, step: number, length: number): void {
  if (length <= 0) return;
  if (step < 0) {
    start += step * (length - 1);
    step = -step;
  }
  const i32 = rt.i32;
  const size = i32[self + List.size];
  const items = i32[self + List.items];
  for (let i = length - 1; i >= 0; i--) push(rt, i32[items + 2 * (start + i * step)]);
  let to = start;
  let next = start;
  for (let i = start; i < size; i++) {
    if (i === next && i <= start + (length - 1) * step) next += step;
    else i32[items + 2 * to++] = i32[items + 2 * i];
  }
  i32[self + List.size] = size - length;
  list_resize(rt, self, size - length);
  drop(rt, length);
}

function assignStepped(rt: Runtime, self: Ref, from: number, stop: number, step: number, value: Ref): void {
  const i32 = rt.i32;
  const seq = push(
    rt,
    value === self
      ? list_slice(rt, self, 0, i32[self + List.size])
      : PySequence_Fast(rt, value, NOT_ITERABLE),
  );
  // Only now: the list may have changed meanwhile.
  [sliceOut.start, sliceOut.stop, sliceOut.step] = [from, stop, step];
  const length = PySlice_AdjustIndices(i32[self + List.size]);
  const { start } = sliceOut;
  const n = PySequence_Fast_GET_SIZE(rt, i32[seq]);
  if (n !== length) {
    throw valueError(rt, `attempt to assign sequence of size ${n} to extended slice of size ${length}`);
  }
  const src = PySequence_Fast_ITEMS(rt, i32[seq]);
  const items = i32[self + List.items];
  // Released after all are in place, first to last.
  for (let i = length - 1; i >= 0; i--) push(rt, i32[items + 2 * (start + i * step)]);
  for (let i = 0; i < length; i++) {
    const item = i32[src + 2 * i];
    incref(rt, item);
    i32[items + 2 * (start + i * step)] = item;
  }
  drop(rt, length);
  drop(rt);
}

/** self * n */
export function list_repeat(rt: Runtime, self: Ref, n: number): NewRef {
  const size = rt.i32[self + List.size];
  if (size === 0 || n <= 0) return PyList_New(rt, 0);
  if (size * n > MAX_ITEMS) throw noMemory(rt);
  const p = listPrealloc(rt, size * n);
  repeatItems(rt, rt.i32[self + List.items], rt.i32[p + List.items], size, n);
  rt.i32[p + List.size] = size * n;
  return p;
}

/** Writes the `size` items at `src` n times to `dest`, counting the references. */
export function repeatItems(rt: Runtime, src: number, dest: number, size: number, n: number): void {
  const i32 = rt.i32;
  for (let i = 0; i < size; i++) {
    const item = i32[src + 2 * i];
    if (i32[item] >= 0) i32[item] += n;
    i32[dest + 2 * i] = item;
  }
  // Doubling what is there.
  const total = size * n;
  for (let done = size; done < total; done *= 2) {
    const m = Math.min(done, total - done);
    i32.copyWithin(dest + 2 * done, dest, dest + 2 * m);
  }
}

/** self *= n */
export function list_inplace_repeat(rt: Runtime, self: Ref, n: number): NewRef {
  const i32 = rt.i32;
  const size = i32[self + List.size];
  incref(rt, self);
  if (size === 0 || n === 1) return self;
  if (n < 1) {
    list_clear(rt, self);
    return self;
  }
  if (size * n > MAX_ITEMS) {
    decref(rt, self);
    throw noMemory(rt);
  }
  push(rt, self);
  list_resize(rt, self, size * n);
  pop(rt);
  const items = i32[self + List.items];
  for (let i = 0; i < size; i++) {
    const item = i32[items + 2 * i];
    if (i32[item] >= 0) i32[item] += n - 1;
  }
  for (let done = size; done < size * n; done *= 2) {
    i32.copyWithin(items + 2 * done, items, items + 2 * Math.min(done, size * n - done));
  }
  return self;
}
