/**
 * PyDictObject: the C API of dict. Part of the object layer; the table is in dictkeys.ts, insertion and removal in
 * dictcore.ts, merging in dictmerge.ts, the type in dicttype.ts.
 *
 *   word  4         6                 8         10
 *         | ma_used | ma_version_tag  | ma_keys | ma_values |
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GC_Del, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import {
  _Py_dict_lookup,
  delitem_common,
  dictresize,
  insertdict,
  keyError,
  keyHash,
  mayBeTracked,
  new_dict,
  setdefaultKnownHash,
  takeEntry,
  valueSlot,
} from "./dictcore.ts";
import {
  clearKeysFreeList,
  DK_ENTRIES,
  DK_IS_UNICODE,
  DK_LOG_SIZE,
  dictkeys_decref,
  dictkeys_incref,
  dictkeys_set_index,
  EntryWords,
  entryHash,
  entryWords,
  estimate_log2_keysize,
  Ix,
  indexAt,
  type KeysPtr,
  Kind,
  keysVersion,
  lookdict_index,
  new_keys_object,
  USABLE_FRACTION,
  unicodekeys_lookup_unicode,
} from "./dictkeys.ts";
import {
  copy_values,
  free_values,
  increfValues,
  insertionOrder,
  type ValuesPtr,
  valuesEmbedded,
} from "./dictvalues.ts";
import { failed } from "./errors.ts";
import { unicode_hash } from "./hash.ts";
import { internStatic } from "./intern.ts";
import { Dict, Gc, Keys, Ob, Str, Ty, Values } from "./layout.ts";
import { decref, incref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, pop, push } from "./stack.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";

export { keyError } from "./dictcore.ts";
export { PyDict_Items, PyDict_Keys, PyDict_Values } from "./dictlists.ts";
export { PyDict_Copy, PyDict_Merge, PyDict_MergeFromSeq2, PyDict_Update } from "./dictmerge.ts";

const PyDict_MAXFREELIST = 80;

/** PyDict_New: an empty dict, untracked. */
export function PyDict_New(rt: Runtime): NewRef {
  return new_dict(rt, Cell.EMPTY_KEYS, 0, 0);
}

/** _PyDict_NewPresized: room for n items without growing. */
export function _PyDict_NewPresized(rt: Runtime, n: number, unicode: boolean): NewRef {
  if (n <= USABLE_FRACTION(8)) return PyDict_New(rt);
  const log2 = n > USABLE_FRACTION(128 * 1024) ? 17 : estimate_log2_keysize(n);
  const d = PyDict_New(rt);
  push(rt, d);
  rt.i32[d + Dict.keys] = new_keys_object(rt, log2, unicode);
  return pop(rt);
}

/**
 * _PyDict_FromItems: the dict of n keys and values in slots (keys `kstep` words apart, values `vstep`); all borrowed, and
 * held by the caller.
 */
export function _PyDict_FromItems(
  rt: Runtime,
  keysAt: number,
  kstep: number,
  valuesAt: number,
  vstep: number,
  n: number,
): NewRef {
  const i32 = rt.i32;
  let unicode = true;
  for (let i = 0; i < n && unicode; i++) unicode = i32[i32[keysAt + i * kstep] + Ob.type] === rt.types.str;
  const d = _PyDict_NewPresized(rt, n, unicode);
  push(rt, d);
  for (let i = 0; i < n; i++) PyDict_SetItem(rt, d, i32[keysAt + i * kstep], i32[valuesAt + i * vstep]);
  return pop(rt);
}

/**
 * The fast way to a value: for an exact str, the WORD ADDRESS OF THE VALUE'S SLOT, or 0 if the key is not there. Interned
 * keys are found by identity at the first hash slot in nearly all cases. Valid until the dict changes; for a combined dict
 * with `dictKeysVersion` v, as long as its table's dk_version is v.
 */
export function dictLookupStr(rt: Runtime, d: Ref, key: Ref): number {
  const i32 = rt.i32;
  let lo = i32[key + Str.hash];
  let hi = i32[key + Str.hashHi];
  if ((lo & hi) === -1) {
    lo = unicode_hash(rt, key);
    hi = rt.hashHi;
  }
  const keys = i32[d + Dict.keys];
  const w = i32[keys + Keys.log2];
  if (w >> 16 !== Kind.UNICODE) return lookupStrSlow(rt, d, key, lo, hi);
  const log2 = w & 255;
  const entries = keys + Keys.indices + (1 << (((w >> 8) & 255) - 2));
  const first = indexAt(rt, keys, log2, lo & ((1 << log2) - 1));
  if (first === Ix.EMPTY) return 0;
  if (first >= 0 && i32[entries + first * 4] === key) return entries + first * 4 + 2;
  const ix = unicodekeys_lookup_unicode(rt, keys, key, lo, hi);
  return ix === Ix.EMPTY ? 0 : entries + ix * 4 + 2;
}

function lookupStrSlow(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number): number {
  const ix = _Py_dict_lookup(rt, d, key, lo, hi);
  if (ix === Ix.EMPTY) return 0;
  const at = valueSlot(rt, d, ix);
  return rt.i32[at] === 0 ? 0 : at;
}

/**
 * The version of a combined dict's table, for inline caches that keep `dictLookupStr`'s address; 0: do not cache. The
 * cache holds while `i32[i32[d + Dict.keys] + Keys.version]` is that number.
 */
export function dictKeysVersion(rt: Runtime, d: Ref): number {
  return rt.i32[d + Dict.values] !== 0 ? 0 : keysVersion(rt, rt.i32[d + Dict.keys]);
}

/** PyDict_GetItemWithError: borrowed, 0 if not there. Throws what hashing and comparing throw. */
export function PyDict_GetItemWithError(rt: Runtime, d: Ref, key: Ref): OptRef {
  const at = rt.tables.dictFind(d, key);
  if (at >= 0) return at === 0 ? 0 : rt.i32[at];
  const lo = keyHash(rt, key);
  return _PyDict_GetItem_KnownHash(rt, d, key, lo, rt.hashHi);
}

export function _PyDict_GetItem_KnownHash(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number): OptRef {
  const ix = _Py_dict_lookup(rt, d, key, lo, hi);
  return ix === Ix.EMPTY ? 0 : rt.i32[valueSlot(rt, d, ix)];
}

/** PyDict_GetItemRef: a new reference, or 0. */
export function PyDict_GetItemRef(rt: Runtime, d: Ref, key: Ref): NewRef | 0 {
  const value = PyDict_GetItemWithError(rt, d, key);
  if (value !== 0) incref(rt, value);
  return value;
}

export function PyDict_Contains(rt: Runtime, d: Ref, key: Ref): boolean {
  return PyDict_GetItemWithError(rt, d, key) !== 0;
}

export function PyDict_Size(rt: Runtime, d: Ref): number {
  return rt.i32[d + Dict.used];
}

/** PyDict_SetItem: takes its own references, before the key is hashed and compared. */
export function PyDict_SetItem(rt: Runtime, d: Ref, key: Ref, value: Ref): void {
  if (rt.tables.dictStore(d, key, value)) return;
  const type = rt.i32[key + Ob.type];
  if (type === rt.types.str || type === rt.types.int) setItemHeld(rt, d, key, value);
  else setItemTake2(rt, d, newref(rt, key), newref(rt, value));
}

function setItemHeld(rt: Runtime, d: Ref, key: Ref, value: Ref): void {
  const lo = keyHash(rt, key);
  insertdict(rt, d, key, lo, rt.hashHi, value);
}

export function _PyDict_SetItem_KnownHash(
  rt: Runtime,
  d: Ref,
  key: Ref,
  value: Ref,
  lo: number,
  hi: number,
): void {
  push(rt, newref(rt, key));
  push(rt, newref(rt, value));
  insertdict(rt, d, key, lo, hi, value);
  drop(rt, 2);
}

/** setitem_take2: as PyDict_SetItem, but takes over both references. */
export function setItemTake2(rt: Runtime, d: Ref, key: StolenRef, value: StolenRef): void {
  push(rt, key);
  push(rt, value);
  setItemHeld(rt, d, key, value);
  drop(rt, 2);
}

/** PyDict_DelItem: KeyError if not there. */
export function PyDict_DelItem(rt: Runtime, d: Ref, key: Ref): void {
  const lo = keyHash(rt, key);
  const hi = rt.hashHi;
  const ix = _Py_dict_lookup(rt, d, key, lo, hi);
  if (ix === Ix.EMPTY || rt.i32[valueSlot(rt, d, ix)] === 0) throw keyError(rt, key);
  delitem_common(rt, d, lo, hi, ix);
}

/** Removes the key if it is there (PyDict_Pop without result): was it? */
export function dictDiscard(rt: Runtime, d: Ref, key: Ref): boolean {
  const value = dictPopOr0(rt, d, key);
  if (value !== 0) decref(rt, value);
  return value !== 0;
}

/** Removes the key and returns its value (new reference), or 0 if it is not there. An empty dict does not hash the key. */
export function dictPopOr0(rt: Runtime, d: Ref, key: Ref): NewRef | 0 {
  if (rt.i32[d + Dict.used] === 0) return 0;
  const lo = keyHash(rt, key);
  const hi = rt.hashHi;
  const ix = _Py_dict_lookup(rt, d, key, lo, hi);
  if (ix === Ix.EMPTY || rt.i32[valueSlot(rt, d, ix)] === 0) return 0;
  return takeEntry(rt, d, lo, hi, ix);
}

/** As dictPopOr0, with the key's hash (_PyDict_Pop_KnownHash). */
export function _PyDict_Pop_KnownHash(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number): NewRef | 0 {
  if (rt.i32[d + Dict.used] === 0) return 0;
  const ix = _Py_dict_lookup(rt, d, key, lo, hi);
  if (ix === Ix.EMPTY || rt.i32[valueSlot(rt, d, ix)] === 0) return 0;
  return takeEntry(rt, d, lo, hi, ix);
}

/** dict.pop: `fallback` 0 sets KeyError and returns 0. */
export function PyDict_Pop(rt: Runtime, d: Ref, key: Ref, fallback: OptRef): NewRef {
  const value = dictPopOr0(rt, d, key);
  if (value !== 0) return value;
  if (fallback === 0) return failed(keyError(rt, key));
  return newref(rt, fallback);
}

/** PyDict_SetDefault: the value that is there, or `value` after inserting it. Borrowed. Hashes and looks up once. */
export function PyDict_SetDefault(rt: Runtime, d: Ref, key: Ref, value: Ref): Ref {
  const lo = keyHash(rt, key);
  const hi = rt.hashHi;
  return setdefaultKnownHash(rt, d, key, lo, hi, value);
}

/** The value under a name given as JavaScript text (ASCII), borrowed, or 0. */
export function dict_getitem_str(rt: Runtime, d: Ref, name: string): OptRef {
  return PyDict_GetItemWithError(rt, d, internStatic(rt, name));
}

/** d[name] = value (borrowed). */
export function dict_setitem_str(rt: Runtime, d: Ref, name: string, value: Ref): void {
  PyDict_SetItem(rt, d, internStatic(rt, name), value);
}

/** del d[name], if it is there. */
export function dict_delitem_str(rt: Runtime, d: Ref, name: string): boolean {
  return dictDiscard(rt, d, internStatic(rt, name));
}

/**
 * PyDict_Next: finds the item at position `pos` (start with 0) or the next; leaves it, borrowed, in rt.dictKey and
 * rt.dictValue; returns the position to go on from, or -1 at the end.
 */
export function PyDict_Next(rt: Runtime, d: Ref, pos: number): number {
  const i32 = rt.i32;
  const keys = i32[d + Dict.keys];
  const values = i32[d + Dict.values];
  if (values !== 0) return nextSplit(rt, d, keys, values, pos);
  const n = i32[keys + Keys.nentries];
  const words = entryWords(rt, keys);
  let at = DK_ENTRIES(rt, keys) + pos * words + words - EntryWords.UNICODE;
  for (; pos < n; pos++, at += words) {
    if (i32[at + 2] === 0) continue;
    rt.dictKey = i32[at];
    rt.dictValue = i32[at + 2];
    return pos + 1;
  }
  return -1;
}

function nextSplit(rt: Runtime, d: Ref, keys: KeysPtr, values: ValuesPtr, pos: number): number {
  const i32 = rt.i32;
  if (pos >= i32[d + Dict.used]) return -1;
  const ix = insertionOrder(rt, values, pos);
  rt.dictKey = i32[DK_ENTRIES(rt, keys) + ix * 4];
  rt.dictValue = i32[values + Values.values + 2 * ix];
  return pos + 1;
}

/** _PyDict_Next: as PyDict_Next, with the key's hash in rt.dictHashLo and rt.dictHashHi. */
export function _PyDict_Next(rt: Runtime, d: Ref, pos: number): number {
  const next = PyDict_Next(rt, d, pos);
  if (next < 0) return next;
  const keys = rt.i32[d + Dict.keys];
  if (DK_IS_UNICODE(rt, keys)) rt.dictHashLo = unicode_hash(rt, rt.dictKey);
  else rt.dictHashLo = entryHash(rt, keys, next - 1);
  rt.dictHashHi = rt.hashHi;
  return next;
}

/** PyDict_Clear */
export function PyDict_Clear(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  const keys = i32[d + Dict.keys];
  const values = i32[d + Dict.values];
  if (keys === Cell.EMPTY_KEYS) return;
  i32[d + Dict.used] = 0;
  if (values !== 0) {
    clearValues(rt, d, keys, values);
    return;
  }
  i32[d + Dict.keys] = Cell.EMPTY_KEYS;
  dictkeys_decref(rt, keys);
}

function clearValues(rt: Runtime, d: Ref, keys: KeysPtr, values: ValuesPtr): void {
  const i32 = rt.i32;
  if (!valuesEmbedded(rt, values)) {
    i32[d + Dict.values] = 0;
    i32[d + Dict.keys] = Cell.EMPTY_KEYS;
  }
  i32[values] &= ~0xff00;
  releaseValues(rt, keys, values);
  if (valuesEmbedded(rt, values)) return;
  free_values(rt, values);
  dictkeys_decref(rt, keys);
}

function releaseValues(rt: Runtime, keys: KeysPtr, values: ValuesPtr): void {
  const i32 = rt.i32;
  const n = Math.min(i32[keys + Keys.nentries], i32[values] & 255);
  for (let at = values + Values.values; at < values + Values.values + 2 * n; at += 2) {
    const value = i32[at];
    i32[at] = 0;
    if (value !== 0) decref(rt, value);
  }
}

/** tp_dealloc of dict and its subclasses. */
export function dict_dealloc(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, d);
  if (!trashBegin(rt, d, dict_dealloc)) return;
  const keys = i32[d + Dict.keys];
  const values = i32[d + Dict.values];
  if (values !== 0 && !valuesEmbedded(rt, values)) {
    releaseValues(rt, keys, values);
    free_values(rt, values);
  }
  if (keys !== Cell.EMPTY_KEYS && keys !== 0) dictkeys_decref(rt, keys);
  const type = i32[d + Ob.type];
  if (type === rt.types.dict && i32[Cell.DICT_NUMFREE] < PyDict_MAXFREELIST) {
    i32[d + Dict.used] = i32[Cell.DICT_FREE];
    i32[Cell.DICT_FREE] = d;
    i32[Cell.DICT_NUMFREE]++;
  } else rt.typeInfos[i32[type + Ty.info]].tp_free!(rt, d);
  trashEnd(rt);
}

/** Empties the free lists of dicts and tables: what a full collection does. */
export function PyDict_ClearFreeLists(rt: Runtime): void {
  const i32 = rt.i32;
  let d = i32[Cell.DICT_FREE];
  i32[Cell.DICT_FREE] = 0;
  i32[Cell.DICT_NUMFREE] = 0;
  while (d !== 0) {
    const next = i32[d + Dict.used];
    PyObject_GC_Del(rt, d);
    d = next;
  }
  clearKeysFreeList(rt);
}

/** The last item's entry index, of a combined table that is not empty. */
function lastEntry(rt: Runtime, keys: KeysPtr): number {
  const words = entryWords(rt, keys);
  let ix = rt.i32[keys + Keys.nentries] - 1;
  let at = DK_ENTRIES(rt, keys) + ix * words + words - 2;
  while (rt.i32[at] === 0) {
    ix--;
    at -= words;
  }
  return ix;
}

/**
 * Takes the last item out: key in rt.dictKey, value in rt.dictValue, both owned by the caller now. Only for a dict that is
 * not empty. A split dict becomes a combined one.
 */
export function dictTakeLast(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  if (i32[d + Dict.values] !== 0) dictresize(rt, d, DK_LOG_SIZE(rt, i32[d + Dict.keys]), true);
  const keys = i32[d + Dict.keys];
  i32[keys + Keys.version] = 0;
  const ix = lastEntry(rt, keys);
  const lo = entryHash(rt, keys, ix);
  dictkeys_set_index(rt, keys, lookdict_index(rt, keys, lo, rt.hashHi, ix), Ix.DUMMY);
  const at = valueSlot(rt, d, ix);
  rt.dictKey = i32[at - 2];
  rt.dictValue = i32[at];
  i32[at] = i32[at - 2] = 0;
  i32[keys + Keys.nentries] = ix;
  i32[d + Dict.used]--;
}

/** _PyDict_MaybeUntrack: takes a dict off the collector's lists if nothing in it could be part of a cycle. */
export function _PyDict_MaybeUntrack(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  if (i32[d + Ob.type] !== rt.types.dict || i32[d + Gc.next] === 0) return;
  const keys = i32[d + Dict.keys];
  const values = i32[d + Dict.values];
  const words = values !== 0 ? 2 : entryWords(rt, keys);
  let at = values !== 0 ? values + Values.values : DK_ENTRIES(rt, keys) + words - 2;
  const general = !DK_IS_UNICODE(rt, keys);
  for (let n = i32[keys + Keys.nentries]; n > 0; n--, at += words) {
    const value = i32[at];
    if (value === 0) continue;
    if (mayBeTracked(rt, value) || (general && mayBeTracked(rt, i32[at - 2]))) return;
  }
  PyObject_GC_UnTrack(rt, d);
}

/** clone_combined_dict_keys: a copy of a combined table, gaps and all, with its own references. */
export function clone_combined_dict_keys(rt: Runtime, keys: KeysPtr): KeysPtr {
  const i32 = rt.i32;
  const unicode = DK_IS_UNICODE(rt, keys);
  // Never one from the free list, where it goes to later: copies of small dicts fill the list.
  const copy = new_keys_object(rt, DK_LOG_SIZE(rt, keys), unicode, false);
  const words = entryWords(rt, keys);
  const total = DK_ENTRIES(rt, keys) - keys + i32[keys + Keys.nentries] * words;
  i32.copyWithin(copy + Keys.usable, keys + Keys.usable, keys + total);
  const end = copy + total;
  for (let at = DK_ENTRIES(rt, copy) + words - EntryWords.UNICODE; at < end; at += words) {
    if (i32[at + 2] === 0) continue;
    incref(rt, i32[at]);
    incref(rt, i32[at + 2]);
  }
  return copy;
}

/** The copy of a split dict: same shared table, values of its own. */
export function copySplit(rt: Runtime, d: Ref): NewRef {
  const i32 = rt.i32;
  const values = copy_values(rt, i32[d + Dict.values]);
  const keys = i32[d + Dict.keys];
  dictkeys_incref(rt, keys);
  const copy = new_dict(rt, keys, values, i32[d + Dict.used]);
  increfValues(rt, values);
  if (i32[d + Gc.next] !== 0) PyObject_GC_Track(rt, copy);
  return copy;
}
