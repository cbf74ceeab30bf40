/**
 * PyDictValues: the values of an instance's attributes, beside the key table that its class shares (ht_cached_keys). They
 * stand inside the instance behind its tp_basicsize (*embedded*), or in a block of the mem domain once the instance has
 * gone and its `__dict__` lives on. Part of the object layer.
 *
 *   byte  0         1      2         3       8            8 + 8 * capacity
 *         | capacity | size | embedded | valid | values ... | insertion order: one byte of index for each of `size` values |
 *
 * valid is 0 when the values have moved into a combined `__dict__`.
 */
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import {
  insert_split_key,
  type KeysPtr,
  Kind,
  new_keys_object,
  shared_keys_usable_size,
} from "./dictkeys.ts";
import { noMemory } from "./errors.ts";
import { unicode_hash } from "./hash.ts";
import { Gc, Keys, Ob, Ty, Values } from "./layout.ts";
import { decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import type { OptRef, Ref } from "./typeinfo.ts";

/** Word address of a PyDictValues. */
export type ValuesPtr = number;

/** Most keys a class shares; later attributes of an instance make its dict a combined one. */
export const SHARED_KEYS_MAX_SIZE = 30;
/** log2 of the slots of a shared table. */
const LOG2_SHARED_KEYS = 6;

export function valuesCapacity(rt: Runtime, values: ValuesPtr): number {
  return rt.i32[values] & 255;
}
export function valuesSize(rt: Runtime, values: ValuesPtr): number {
  return (rt.i32[values] >> 8) & 255;
}
export function valuesEmbedded(rt: Runtime, values: ValuesPtr): boolean {
  return (rt.i32[values] & 0xff0000) !== 0;
}
export function valuesValid(rt: Runtime, values: ValuesPtr): boolean {
  return rt.i32[values] >> 24 !== 0;
}

function orderAt(rt: Runtime, values: ValuesPtr): number {
  return (values + Values.values + 2 * (rt.i32[values] & 255)) * 4;
}

/** The index of the i-th value in the order of insertion. */
export function insertionOrder(rt: Runtime, values: ValuesPtr, i: number): number {
  return rt.u8[orderAt(rt, values) + i];
}

/** _PyDictValues_AddToInsertionOrder */
export function addToInsertionOrder(rt: Runtime, values: ValuesPtr, ix: number): void {
  rt.u8[orderAt(rt, values) + valuesSize(rt, values)] = ix;
  rt.i32[values] += 0x100;
}

/** delete_index_from_values */
export function removeFromInsertionOrder(rt: Runtime, values: ValuesPtr, ix: number): void {
  const u8 = rt.u8;
  const at = orderAt(rt, values);
  const n = valuesSize(rt, values);
  let i = 0;
  while (u8[at + i] !== ix) i++;
  for (; i < n - 1; i++) u8[at + i] = u8[at + i + 1];
  rt.i32[values] -= 0x100;
}

/** Bytes of a PyDictValues for `capacity` values. */
export function valuesBytes(capacity: number): number {
  return 8 + 8 * capacity + ((capacity + 7) & ~7);
}

/** new_values: a block of its own, with no value. */
export function new_values(rt: Runtime, capacity: number): ValuesPtr {
  const values = PyMem_Malloc(rt, valuesBytes(capacity));
  if (values === 0) throw noMemory(rt);
  initValues(rt, values, capacity, 0);
  return values;
}

function initValues(rt: Runtime, values: ValuesPtr, capacity: number, embedded: number): void {
  const i32 = rt.i32;
  i32[values] = capacity | (embedded << 16) | (1 << 24);
  for (let i = 0; i < 2 * capacity; i += 2) i32[values + Values.values + i] = 0;
}

/** free_values after the values have been moved or released: embedded ones become invalid. */
export function free_values(rt: Runtime, values: ValuesPtr): void {
  if (!valuesEmbedded(rt, values)) PyMem_Free(rt, values);
  else invalidate(rt, values);
}

function invalidate(rt: Runtime, values: ValuesPtr): void {
  const i32 = rt.i32;
  const n = i32[values] & 255;
  i32[values] &= 0xff00ff;
  for (let i = 0; i < 2 * n; i += 2) i32[values + Values.values + i] = 0;
}

/** copy_values: a block of its own with the same values; their references are not counted. */
export function copy_values(rt: Runtime, values: ValuesPtr): ValuesPtr {
  const i32 = rt.i32;
  const capacity = valuesCapacity(rt, values);
  const copy = PyMem_Malloc(rt, valuesBytes(capacity));
  if (copy === 0) throw noMemory(rt);
  const words = valuesBytes(capacity) / 4;
  for (let i = 1; i < words; i++) i32[copy + i] = i32[values + i];
  i32[copy] = (i32[values] & 0xffff) | (1 << 24);
  return copy;
}

/** _PyInlineValuesSize: bytes that an instance of the type has behind its tp_basicsize. */
export function _PyInlineValuesSize(rt: Runtime, type: Ref): number {
  return valuesBytes(shared_keys_usable_size(rt, rt.i32[type + Ty.ht_cached_keys]));
}

/**
 * _PyObject_InitInlineValues: a new instance's values, all empty, and no `__dict__`. Each new instance lowers the shared
 * table's room by one down to 1, so that classes whose instances keep to few attributes get small instances.
 */
export function _PyObject_InitInlineValues(rt: Runtime, obj: Ref, type: Ref): void {
  const i32 = rt.i32;
  const keys = i32[type + Ty.ht_cached_keys];
  if (i32[keys + Keys.usable] > 1) i32[keys + Keys.usable]--;
  initValues(rt, obj + (i32[type + Ty.basicsize] >> 2), shared_keys_usable_size(rt, keys), 1);
  i32[obj + Gc.dict] = 0;
}

/**
 * _PyDict_NewKeysForClass: the table that the instances of a class share, with the names that its methods assign
 * (`attrs`: the tuple `__static_attributes__`, or 0) in it from the start.
 */
export function _PyDict_NewKeysForClass(rt: Runtime, attrs: OptRef): KeysPtr {
  const i32 = rt.i32;
  const keys = new_keys_object(rt, LOG2_SHARED_KEYS, true);
  i32[keys + Keys.usable] = SHARED_KEYS_MAX_SIZE;
  i32[keys + Keys.log2] = (i32[keys + Keys.log2] & 0xffff) | (Kind.SPLIT << 16);
  if (attrs === 0 || i32[attrs + Ob.type] !== rt.types.tuple) return keys;
  const n = i32[attrs + Ob.size];
  for (let i = 0; i < n; i++) {
    const key = i32[attrs + 6 + 2 * i];
    if (i32[key + Ob.type] !== rt.types.str) continue;
    const lo = unicode_hash(rt, key);
    insert_split_key(rt, keys, key, lo, rt.hashHi);
  }
  return keys;
}

/** Releases all values and makes them invalid: what an instance without `__dict__` does at its end. */
export function clear_inline_values(rt: Runtime, values: ValuesPtr): void {
  const i32 = rt.i32;
  if (!valuesValid(rt, values)) return;
  i32[values] &= 0xff00ff;
  const n = i32[values] & 255;
  for (let i = 0; i < n; i++) {
    const at = values + Values.values + 2 * i;
    const value = i32[at];
    i32[at] = 0;
    if (value !== 0) decref(rt, value);
  }
}

/** Counts one more reference to each value (after copy_values). */
export function increfValues(rt: Runtime, values: ValuesPtr): void {
  const n = valuesCapacity(rt, values);
  for (let i = 0; i < n; i++) {
    const value = rt.i32[values + Values.values + 2 * i];
    if (value !== 0) incref(rt, value);
  }
}
