/** Operations of whole sets: updating, union, intersection, differences, comparisons. Part of the object layer. */
import { Cell } from "../heap/cells.ts";
import { PyObject_GetIter } from "./abstract.ts";
import { PyAnySet_Check, PyAnySet_CheckExact, PyDict_CheckExact } from "./check.ts";
import { _PyDict_GetItem_KnownHash, _PyDict_Next } from "./dict.ts";
import { keyHash } from "./dictcore.ts";
import { PyIter_Next } from "./iterproto.ts";
import { Dict, Ob, SetOb, Ty } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import {
  _PySet_NextEntry,
  make_new_set,
  PySet_Add,
  PySet_Contains,
  set_add_entry,
  set_clear_internal,
  set_contains_entry,
  set_discard_entry,
  set_discard_key,
  set_swap_bodies,
  set_table_resize,
} from "./set.ts";
import { drop, pop, push } from "./stack.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** set_update_internal: adds all items of a set, dict or other iterable. */
export function set_update_internal(rt: Runtime, so: Ref, other: Ref): void {
  if (PyAnySet_Check(rt, other)) {
    set_merge(rt, so, other);
    return;
  }
  if (PyDict_CheckExact(rt, other)) {
    addDictKeys(rt, so, other);
    return;
  }
  const it = PyObject_GetIter(rt, other);
  push(rt, it);
  const { setInsert } = rt.tables;
  for (let key = PyIter_Next(rt, it); key !== 0; key = PyIter_Next(rt, it)) {
    push(rt, key);
    if (setInsert(so, key) < 0) PySet_Add(rt, so, key);
    drop(rt);
  }
  drop(rt);
}

/** One resize at the start for n more items, expecting few that are there already. */
function reserve(rt: Runtime, so: Ref, n: number): void {
  const i32 = rt.i32;
  if ((i32[so + SetOb.fill] + n) * 5 >= i32[so + SetOb.mask] * 3) {
    set_table_resize(rt, so, (i32[so + SetOb.used] + n) * 2);
  }
}

function addDictKeys(rt: Runtime, so: Ref, d: Ref): void {
  reserve(rt, so, rt.i32[d + Dict.used]);
  for (let pos = _PyDict_Next(rt, d, 0); pos >= 0; pos = _PyDict_Next(rt, d, pos)) addCurrent(rt, so);
}

/** Adds rt.dictKey with its hash. */
function addCurrent(rt: Runtime, so: Ref): void {
  set_add_entry(rt, so, rt.dictKey, rt.dictHashLo, rt.dictHashHi);
}

/** set_merge: adds the items of another set. */
export function set_merge(rt: Runtime, so: Ref, other: Ref): void {
  const i32 = rt.i32;
  if (other === so || i32[other + SetOb.used] === 0) return;
  reserve(rt, so, i32[other + SetOb.used]);
  if (i32[so + SetOb.fill] === 0) {
    rt.sets.fill(so, other);
    return;
  }
  for (let pos = rt.sets.addAll(so, other); pos >= 0; ) {
    pos = _PySet_NextEntry(rt, other, pos);
    if (pos >= 0) addCurrent(rt, so);
  }
}

/** The type of a result: subclasses give the built-in base (set_copy_and_difference and others keep this rule). */
export function baseSetType(rt: Runtime, so: Ref): Ref {
  const i32 = rt.i32;
  let type = i32[so + Ob.type];
  while (type !== rt.types.set && type !== rt.types.frozenset) type = i32[type + Ty.base];
  return type;
}

/** set_copy: of the built-in base type. */
export function set_copy(rt: Runtime, so: Ref): NewRef {
  return make_new_set(rt, baseSetType(rt, so), so);
}

/** set_intersection: goes over the smaller of two sets. */
export function set_intersection(rt: Runtime, so: Ref, other: Ref): NewRef {
  if (so === other) return set_copy(rt, so);
  const result = make_new_set(rt, baseSetType(rt, so), 0);
  push(rt, result);
  if (PyAnySet_Check(rt, other)) {
    if (rt.i32[other + SetOb.used] > rt.i32[so + SetOb.used]) [so, other] = [other, so];
    for (let pos = rt.sets.addWhere(result, other, so, 1); pos >= 0; ) {
      pos = _PySet_NextEntry(rt, other, pos);
      if (pos >= 0) addIfIn(rt, result, so, rt.dictKey, rt.dictHashLo, rt.dictHashHi, false);
    }
    return pop(rt);
  }
  const it = PyObject_GetIter(rt, other);
  push(rt, it);
  for (let key = PyIter_Next(rt, it); key !== 0; key = PyIter_Next(rt, it)) {
    push(rt, key);
    const lo = keyHash(rt, key);
    addIfIn(rt, result, so, key, lo, rt.hashHi, true);
    drop(rt);
  }
  drop(rt);
  return pop(rt);
}

function addIfIn(rt: Runtime, result: Ref, so: Ref, key: Ref, lo: number, hi: number, held: boolean): void {
  const quick = rt.tables.setFind(so, key, lo, hi);
  if (quick === 0 || (quick > 0 && rt.tables.setAdd(result, key, lo, hi) >= 0)) return;
  if (!held) push(rt, newref(rt, key));
  if (set_contains_entry(rt, so, key, lo, hi)) set_add_entry(rt, result, key, lo, hi);
  if (!held) drop(rt);
}

/** Is there nothing in both? */
export function set_isdisjoint(rt: Runtime, so: Ref, other: Ref): boolean {
  const i32 = rt.i32;
  if (so === other) return i32[so + SetOb.used] === 0;
  if (PyAnySet_CheckExact(rt, other)) {
    if (i32[other + SetOb.used] > i32[so + SetOb.used]) [so, other] = [other, so];
    return !anyIn(rt, other, so);
  }
  const it = PyObject_GetIter(rt, other);
  push(rt, it);
  let found = false;
  while (!found) {
    const key = PyIter_Next(rt, it);
    if (key === 0) break;
    push(rt, key);
    found = PySet_Contains(rt, so, key);
    drop(rt);
  }
  drop(rt);
  return !found;
}

/** Is any item of set a in set b? */
function anyIn(rt: Runtime, a: Ref, b: Ref): boolean {
  for (let pos = rt.sets.allIn(a, b, 0); pos >= 0; ) {
    pos = _PySet_NextEntry(rt, a, pos);
    if (pos >= 0 && currentIn(rt, b)) return true;
  }
  return false;
}

/** Is rt.dictKey in this set? Holds the key. */
function currentIn(rt: Runtime, so: Ref): boolean {
  const quick = rt.tables.setFind(so, rt.dictKey, rt.dictHashLo, rt.dictHashHi);
  if (quick >= 0) return quick !== 0;
  push(rt, newref(rt, rt.dictKey));
  const found = set_contains_entry(rt, so, rt.dictKey, rt.dictHashLo, rt.dictHashHi);
  drop(rt);
  return found;
}

/** set_difference_update_internal: removes all items of an iterable. */
export function set_difference_update_internal(rt: Runtime, so: Ref, other: Ref): void {
  if (so === other) {
    set_clear_internal(rt, so);
    return;
  }
  if (PyAnySet_Check(rt, other)) {
    let pruned = 0;
    if (rt.i32[other + SetOb.used] >> 3 > rt.i32[so + SetOb.used]) {
      pruned = set_intersection(rt, so, other);
      push(rt, pruned);
      other = pruned;
    }
    discardAll(rt, so, other);
    if (pruned !== 0) drop(rt);
  } else discardIterable(rt, so, other);
  const i32 = rt.i32;
  const used = i32[so + SetOb.used];
  if (i32[so + SetOb.fill] - used > Math.floor(i32[so + SetOb.mask] / 4)) {
    set_table_resize(rt, so, used > 50000 ? used * 2 : used * 4);
  }
}

function discardAll(rt: Runtime, so: Ref, other: Ref): void {
  for (let pos = rt.sets.removeAll(so, other, false); pos >= 0; ) {
    pos = _PySet_NextEntry(rt, other, pos);
    if (pos < 0) return;
    push(rt, newref(rt, rt.dictKey));
    set_discard_entry(rt, so, rt.dictKey, rt.dictHashLo, rt.dictHashHi);
    drop(rt);
  }
}

function discardIterable(rt: Runtime, so: Ref, other: Ref): void {
  const it = PyObject_GetIter(rt, other);
  push(rt, it);
  for (let key = PyIter_Next(rt, it); key !== 0; key = PyIter_Next(rt, it)) {
    push(rt, key);
    set_discard_key(rt, so, key);
    drop(rt);
  }
  drop(rt);
}

/** set_difference: what is in `so` and not in `other`. Goes over so unless other is much smaller. */
export function set_difference(rt: Runtime, so: Ref, other: Ref): NewRef {
  const i32 = rt.i32;
  const isSet = PyAnySet_Check(rt, other);
  const isDict = !isSet && PyDict_CheckExact(rt, other);
  if (!isSet && !isDict) return copyAndDifference(rt, so, other);
  const otherSize = i32[other + (isSet ? SetOb.used : Dict.used)];
  if (i32[so + SetOb.used] >> 2 > otherSize) return copyAndDifference(rt, so, other);
  const result = make_new_set(rt, baseSetType(rt, so), 0);
  push(rt, result);
  for (let pos = isSet ? rt.sets.addWhere(result, so, other, 0) : 0; pos >= 0; ) {
    pos = _PySet_NextEntry(rt, so, pos);
    if (pos >= 0) addUnlessIn(rt, result, other, isSet, rt.dictKey, rt.dictHashLo, rt.dictHashHi);
  }
  return pop(rt);
}

function addUnlessIn(
  rt: Runtime,
  result: Ref,
  other: Ref,
  isSet: boolean,
  key: Ref,
  lo: number,
  hi: number,
): void {
  if (isSet) {
    const quick = rt.tables.setFind(other, key, lo, hi);
    if (quick > 0 || (quick === 0 && rt.tables.setAdd(result, key, lo, hi) >= 0)) return;
  }
  push(rt, newref(rt, key));
  const found = isSet
    ? set_contains_entry(rt, other, key, lo, hi)
    : _PyDict_GetItem_KnownHash(rt, other, key, lo, hi) !== 0;
  if (!found) set_add_entry(rt, result, key, lo, hi);
  drop(rt);
}

function copyAndDifference(rt: Runtime, so: Ref, other: Ref): NewRef {
  push(rt, set_copy(rt, so));
  set_difference_update_internal(rt, rt.i32[rt.i32[Cell.SP] - 2], other);
  return pop(rt);
}

/** so ^= other, for a set or dict, or another iterable by way of a set. */
export function set_symmetric_difference_update_internal(rt: Runtime, so: Ref, other: Ref): void {
  if (so === other) {
    set_clear_internal(rt, so);
    return;
  }
  if (PyDict_CheckExact(rt, other)) {
    for (let pos = _PyDict_Next(rt, other, 0); pos >= 0; pos = _PyDict_Next(rt, other, pos))
      toggleCurrent(rt, so);
    return;
  }
  const temporary = PyAnySet_Check(rt, other)
    ? newref(rt, other)
    : make_new_set(rt, baseSetType(rt, so), other);
  push(rt, temporary);
  for (let pos = rt.sets.removeAll(so, temporary, true); pos >= 0; ) {
    pos = _PySet_NextEntry(rt, temporary, pos);
    if (pos >= 0) toggleCurrent(rt, so);
  }
  drop(rt);
}

/** Removes rt.dictKey if it is there, adds it otherwise. */
function toggleCurrent(rt: Runtime, so: Ref): void {
  const key = rt.dictKey;
  const lo = rt.dictHashLo;
  const hi = rt.dictHashHi;
  push(rt, newref(rt, key));
  if (!set_discard_entry(rt, so, key, lo, hi)) set_add_entry(rt, so, key, lo, hi);
  drop(rt);
}

/** set_symmetric_difference: other's copy, toggled with so's items. */
export function set_symmetric_difference(rt: Runtime, so: Ref, other: Ref): NewRef {
  const result = make_new_set(rt, baseSetType(rt, so), other);
  push(rt, result);
  set_symmetric_difference_update_internal(rt, result, so);
  return pop(rt);
}

export function set_intersection_update(rt: Runtime, so: Ref, other: Ref): void {
  const temporary = set_intersection(rt, so, other);
  push(rt, temporary);
  set_swap_bodies(rt, so, temporary);
  drop(rt);
}

/** set_issubset: is every item of so in the other? */
export function set_issubset(rt: Runtime, so: Ref, other: Ref): boolean {
  const i32 = rt.i32;
  if (!PyAnySet_Check(rt, other)) return subsetOfIterable(rt, so, other);
  if (i32[so + SetOb.used] > i32[other + SetOb.used]) return false;
  for (let pos = rt.sets.allIn(so, other, 1); pos >= 0; ) {
    pos = _PySet_NextEntry(rt, so, pos);
    if (pos >= 0 && !currentIn(rt, other)) return false;
  }
  return true;
}

function subsetOfIterable(rt: Runtime, so: Ref, other: Ref): boolean {
  const common = set_intersection(rt, so, other);
  const result = rt.i32[common + SetOb.used] === rt.i32[so + SetOb.used];
  push(rt, common);
  drop(rt);
  return result;
}

/** set_issuperset: is every item of the other in so? */
export function set_issuperset(rt: Runtime, so: Ref, other: Ref): boolean {
  if (PyAnySet_Check(rt, other)) return set_issubset(rt, other, so);
  const it = PyObject_GetIter(rt, other);
  push(rt, it);
  let all = true;
  while (all) {
    const key = PyIter_Next(rt, it);
    if (key === 0) break;
    push(rt, key);
    all = PySet_Contains(rt, so, key);
    drop(rt);
  }
  drop(rt);
  return all;
}
