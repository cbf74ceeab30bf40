/**
 * Inside a dict: looking up, inserting, removing, resizing. Part of the object layer, between dictkeys.ts (the table) and
 * dict.ts (the C API).
 *
 * A dict is *combined* (ma_values 0: keys and values in its own table) or *split* (ma_values set: the table is its class's,
 * shared, and the values stand in a PyDictValues; see dictvalues.ts).
 */
import { Cell } from "../heap/cells.ts";
import { copyWords } from "../heap/words.ts";
import { PyObject_GC_New, PyObject_GC_Track, PyObject_IS_GC, traceReuse } from "./alloc.ts";
import { PyObject_Hash, PyObject_RichCompareBool } from "./compare.ts";
import {
  build_indices,
  calculate_log2_keysize,
  DK_ENTRIES,
  DK_IS_UNICODE,
  dictkeys_decref,
  dictkeys_get_index,
  dictkeys_set_index,
  EntryWords,
  entryWords,
  find_empty_slot,
  free_keys_object,
  Ix,
  indexAt,
  insert_split_key,
  type KeysPtr,
  Kind,
  lookdict_index,
  new_keys_object,
  PyDict_LOG_MINSIZE,
  unicodekeys_lookup_unicode,
} from "./dictkeys.ts";
import {
  addToInsertionOrder,
  free_values,
  insertionOrder,
  removeFromInsertionOrder,
  valuesEmbedded,
} from "./dictvalues.ts";
import { raiseWith } from "./errors.ts";
import { unicode_hash } from "./hash.ts";
import { Dict, Gc, Keys, Long, Ob, Str, TF, Ty, Values } from "./layout.ts";
import { decref, incref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { drop, pop, push } from "./stack.ts";
import { _PyUnicode_EQ } from "./str.ts";
import { Cmp, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

/**
 * new_dict: a dict object on the given table (takes it over), untracked. Where there is no memory for it the table's reference
 * and a block of values, whose items must not be owned yet, are given back.
 */
export function new_dict(rt: Runtime, keys: KeysPtr, values: number, used: number): NewRef {
  const i32 = rt.i32;
  let d = i32[Cell.DICT_FREE];
  if (d !== 0) {
    i32[Cell.DICT_FREE] = i32[d + Dict.used];
    i32[Cell.DICT_NUMFREE]--;
    i32[d] = 1;
    i32[d + Ob.type] = rt.types.dict;
    traceReuse(rt, d - 4);
  } else d = dictObject(rt, keys, values);
  i32[d + Dict.used] = used;
  i32[d + Dict.version] = 0;
  i32[d + Dict.keys] = keys;
  i32[d + Dict.values] = values;
  return d;
}

function dictObject(rt: Runtime, keys: KeysPtr, values: number): NewRef {
  try {
    return PyObject_GC_New(rt, rt.types.dict, Dict.BYTES);
  } catch (e) {
    dictkeys_decref(rt, keys);
    if (values !== 0 && !valuesEmbedded(rt, values)) free_values(rt, values);
    throw e;
  }
}

/** The low half of a key's hash (high half in rt.hashHi), from the object itself where that is a str or a small int. */
export function keyHash(rt: Runtime, key: Ref): number {
  const i32 = rt.i32;
  const type = i32[key + Ob.type];
  if (type === rt.types.str) return unicode_hash(rt, key);
  if (type === rt.types.int && i32[key + Long.tag] < 16) {
    const tag = i32[key + Long.tag];
    if (tag < 8) {
      rt.hashHi = 0;
      return 0;
    }
    if ((tag & 2) !== 0) {
      rt.hashHi = -1;
      return i32[key + Long.digit] === 1 ? -2 : -i32[key + Long.digit];
    }
    rt.hashHi = 0;
    return i32[key + Long.digit];
  }
  return PyObject_Hash(rt, key);
}

/** Word address of the value of entry ix. */
export function valueSlot(rt: Runtime, d: Ref, ix: number): number {
  const i32 = rt.i32;
  const values = i32[d + Dict.values];
  if (values !== 0) return values + Values.values + 2 * ix;
  const keys = i32[d + Dict.keys];
  const at = DK_ENTRIES(rt, keys);
  return i32[keys + Keys.log2] >> 16 === Kind.GENERAL ? at + ix * 6 + 4 : at + ix * 4 + 2;
}

/**
 * _Py_dict_lookup: the entry index of `key`, or Ix.EMPTY. Comparing may run Python code; when that changes the table, the
 * search starts again. `key` is borrowed. For a split dict the entry's value may be 0 (not there).
 */
export function _Py_dict_lookup(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number): number {
  const i32 = rt.i32;
  for (;;) {
    const keys = i32[d + Dict.keys];
    let ix: number;
    if (i32[keys + Keys.log2] >> 16 === Kind.GENERAL) ix = lookupGeneral(rt, d, keys, key, lo, hi);
    else if (i32[key + Ob.type] === rt.types.str) ix = unicodekeys_lookup_unicode(rt, keys, key, lo, hi);
    else ix = lookupInUnicode(rt, d, keys, key, lo, hi);
    if (ix !== CHANGED) return ix;
  }
}

/** DKIX_KEY_CHANGED: a comparison changed the table. */
const CHANGED = -3;

/** unicodekeys_lookup_generic: a key that is no exact str, in a table of exact str. */
function lookupInUnicode(rt: Runtime, d: Ref, keys: KeysPtr, key: Ref, lo: number, hi: number): number {
  const i32 = rt.i32;
  const entries = DK_ENTRIES(rt, keys);
  const mask = (1 << (i32[keys + Keys.log2] & 255)) - 1;
  let i = lo & mask;
  let perturb = lo;
  let perturbHi = hi;
  for (;;) {
    const ix = dictkeys_get_index(rt, keys, i);
    if (ix >= 0) {
      const k = i32[entries + ix * 4];
      if (i32[k + Str.hash] === lo && i32[k + Str.hashHi] === hi) {
        const same = equalKeys(rt, k, key);
        if (keys !== i32[d + Dict.keys] || i32[entries + ix * 4] !== k) return CHANGED;
        if (same) return ix;
      }
    } else if (ix === Ix.EMPTY) return Ix.EMPTY;
    perturb = (perturb >>> 5) | (perturbHi << 27);
    perturbHi >>>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

/** dictkeys_generic_lookup */
function lookupGeneral(rt: Runtime, d: Ref, keys: KeysPtr, key: Ref, lo: number, hi: number): number {
  const i32 = rt.i32;
  const entries = DK_ENTRIES(rt, keys);
  const log2 = i32[keys + Keys.log2] & 255;
  const mask = (1 << log2) - 1;
  let i = lo & mask;
  let perturb = lo;
  let perturbHi = hi;
  for (;;) {
    const ix = indexAt(rt, keys, log2, i);
    if (ix >= 0) {
      const at = entries + ix * 6;
      const k = i32[at + 2];
      if (k === key) return ix;
      if (i32[at] === lo && i32[at + 1] === hi) {
        const same = equalKeys(rt, k, key);
        if (keys !== i32[d + Dict.keys] || i32[at + 2] !== k) return CHANGED;
        if (same) return ix;
      }
    } else if (ix === Ix.EMPTY) return Ix.EMPTY;
    perturb = (perturb >>> 5) | (perturbHi << 27);
    perturbHi >>>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

/** Are these two ints of one digit with the same value? (Most keys that are not str.) */
function sameCompactInts(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  const int = rt.types.int;
  if (i32[a + Ob.type] !== int || i32[b + Ob.type] !== int) return false;
  return (
    i32[a + Long.tag] < 16 &&
    i32[a + Long.tag] === i32[b + Long.tag] &&
    i32[a + Long.digit] === i32[b + Long.digit]
  );
}

/** a == b of keys with equal hashes; holds `a`, which the comparison could release. */
export function equalKeys(rt: Runtime, a: Ref, b: Ref): boolean {
  if (sameCompactInts(rt, a, b)) return true;
  const str = rt.types.str;
  if (rt.i32[a + Ob.type] === str && rt.i32[b + Ob.type] === str) return _PyUnicode_EQ(rt, a, b);
  incref(rt, a);
  push(rt, a);
  const same = PyObject_RichCompareBool(rt, a, b, Cmp.EQ);
  drop(rt);
  return same;
}

/** MAINTAIN_TRACKING: a dict is tracked from the first key or value on that could be part of a cycle. */
export function maintainTracking(rt: Runtime, d: Ref, key: Ref, value: Ref): void {
  if (rt.i32[d + Gc.next] !== 0) return;
  if (mayBeTracked(rt, value) || mayBeTracked(rt, key)) PyObject_GC_Track(rt, d);
}

/** _PyObject_GC_MAY_BE_TRACKED */
export function mayBeTracked(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  if ((i32[type + Ty.flags] & TF.HAVE_GC) === 0) return false;
  if (type === rt.types.tuple) return i32[p + Gc.next] !== 0;
  return PyObject_IS_GC(rt, p);
}

/**
 * insertdict: d[key] = value with a known hash. Both references are borrowed; the dict takes its own. The old value is
 * released last.
 */
export function insertdict(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number, value: Ref): void {
  const i32 = rt.i32;
  if (i32[d + Dict.keys] === Cell.EMPTY_KEYS) {
    insert_to_emptydict(rt, d, key, lo, hi, value);
    return;
  }
  if (i32[key + Ob.type] !== rt.types.str) {
    if (DK_IS_UNICODE(rt, i32[d + Dict.keys])) insertion_resize(rt, d, false);
  } else if (i32[i32[d + Dict.keys] + Keys.log2] >> 16 === Kind.UNICODE) {
    insertStr(rt, d, key, lo, hi, value);
    return;
  }
  if (i32[d + Dict.values] !== 0) {
    const ix = insert_split_key(rt, i32[d + Dict.keys], key, lo, hi);
    if (ix !== Ix.EMPTY) {
      insert_split_value(rt, d, key, value, ix);
      return;
    }
    insertion_resize(rt, d, true);
  }
  const ix = _Py_dict_lookup(rt, d, key, lo, hi);
  maintainTracking(rt, d, key, value);
  if (ix === Ix.EMPTY) {
    insert_combined_dict(rt, d, key, lo, hi, value);
    return;
  }
  const at = valueSlot(rt, d, ix);
  const old = i32[at];
  if (i32[value] >= 0) i32[value]++;
  i32[at] = value;
  decref(rt, old);
}

/** dict.setdefault with a known hash: the value that is there, or `value` after inserting it. Borrowed. Looks up once. */
export function setdefaultKnownHash(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number, value: Ref): Ref {
  const i32 = rt.i32;
  if (i32[d + Dict.keys] === Cell.EMPTY_KEYS) {
    insert_to_emptydict(rt, d, key, lo, hi, value);
    return value;
  }
  if (i32[key + Ob.type] !== rt.types.str && DK_IS_UNICODE(rt, i32[d + Dict.keys]))
    insertion_resize(rt, d, false);
  if (i32[d + Dict.values] !== 0) {
    const ix = insert_split_key(rt, i32[d + Dict.keys], key, lo, hi);
    if (ix !== Ix.EMPTY) {
      const old = i32[i32[d + Dict.values] + Values.values + 2 * ix];
      if (old !== 0) return old;
      insert_split_value(rt, d, key, value, ix);
      return value;
    }
    insertion_resize(rt, d, true);
  }
  const ix = _Py_dict_lookup(rt, d, key, lo, hi);
  if (ix !== Ix.EMPTY) return i32[valueSlot(rt, d, ix)];
  maintainTracking(rt, d, key, value);
  insert_combined_dict(rt, d, key, lo, hi, value);
  return value;
}

/** insertdict for an exact str in a combined table of str: runs no Python code but the old value's finalizer. */
function insertStr(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number, value: Ref): void {
  const i32 = rt.i32;
  const keys = i32[d + Dict.keys];
  if (i32[d + Gc.next] === 0 && mayBeTracked(rt, value)) PyObject_GC_Track(rt, d);
  const ix = unicodekeys_lookup_unicode(rt, keys, key, lo, hi);
  if (ix === Ix.EMPTY) {
    insert_combined_dict(rt, d, key, lo, hi, value);
    return;
  }
  const at = DK_ENTRIES(rt, keys) + ix * 4 + 2;
  const old = i32[at];
  if (i32[value] >= 0) i32[value]++;
  i32[at] = value;
  decref(rt, old);
}

function insert_to_emptydict(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number, value: Ref): void {
  const i32 = rt.i32;
  const keys = new_keys_object(rt, PyDict_LOG_MINSIZE, i32[key + Ob.type] === rt.types.str);
  maintainTracking(rt, d, key, value);
  i32[d + Dict.keys] = keys;
  appendEntry(rt, d, keys, find_empty_slot(rt, keys, lo, hi), key, lo, hi, value);
}

function insert_combined_dict(rt: Runtime, d: Ref, key: Ref, lo: number, hi: number, value: Ref): void {
  const i32 = rt.i32;
  i32[i32[d + Dict.keys] + Keys.version] = 0;
  if (i32[i32[d + Dict.keys] + Keys.usable] <= 0) insertion_resize(rt, d, true);
  const keys = i32[d + Dict.keys];
  appendEntry(rt, d, keys, find_empty_slot(rt, keys, lo, hi), key, lo, hi, value);
}

/** Adds an entry to a combined table that has room, with its index in hash slot `slot`, and counts it. */
export function appendEntry(
  rt: Runtime,
  d: Ref,
  keys: KeysPtr,
  slot: number,
  key: Ref,
  lo: number,
  hi: number,
  value: Ref,
): void {
  const i32 = rt.i32;
  const ix = i32[keys + Keys.nentries];
  dictkeys_set_index(rt, keys, slot, ix);
  let at = DK_ENTRIES(rt, keys);
  if (i32[keys + Keys.log2] >> 16 === Kind.GENERAL) {
    at += ix * 6;
    i32[at] = lo;
    i32[at + 1] = hi;
    at += 2;
  } else at += ix * 4;
  if (i32[key] >= 0) i32[key]++;
  if (i32[value] >= 0) i32[value]++;
  i32[at] = key;
  i32[at + 2] = value;
  i32[keys + Keys.usable]--;
  i32[keys + Keys.nentries] = ix + 1;
  i32[d + Dict.used]++;
}

/** insert_split_value: stores in the values of a split dict. */
function insert_split_value(rt: Runtime, d: Ref, key: Ref, value: Ref, ix: number): void {
  const i32 = rt.i32;
  maintainTracking(rt, d, key, value);
  const values = i32[d + Dict.values];
  const at = values + Values.values + 2 * ix;
  const old = i32[at];
  incref(rt, value);
  i32[at] = value;
  if (old === 0) {
    addToInsertionOrder(rt, values, ix);
    i32[d + Dict.used]++;
  } else decref(rt, old);
}

/** insertion_resize: to three times the items in use. */
function insertion_resize(rt: Runtime, d: Ref, unicode: boolean): void {
  dictresize(rt, d, calculate_log2_keysize(rt.i32[d + Dict.used] * 3), unicode);
}

/**
 * dictresize: moves all items to a new combined table of 2^log2 slots without gaps. The new table takes only exact str if
 * `unicode` and if the old one does. References move; none is counted.
 */
export function dictresize(rt: Runtime, d: Ref, log2: number, unicode: boolean): void {
  const i32 = rt.i32;
  const old = i32[d + Dict.keys];
  const keys = new_keys_object(rt, log2, unicode && DK_IS_UNICODE(rt, old));
  const n = i32[d + Dict.used];
  if (i32[d + Dict.values] !== 0) combine(rt, d, old, keys);
  else moveEntries(rt, old, keys, n);
  build_indices(rt, keys, n);
  i32[keys + Keys.usable] -= n;
  i32[keys + Keys.nentries] = n;
  i32[d + Dict.keys] = keys;
  if (i32[d + Dict.values] !== 0) {
    free_values(rt, i32[d + Dict.values]);
    i32[d + Dict.values] = 0;
    dictkeys_decref(rt, old);
  } else if (old !== Cell.EMPTY_KEYS) free_keys_object(rt, old);
}

/** The items of a split dict, in the order they were added, to the entries of a combined table. */
function combine(rt: Runtime, d: Ref, old: KeysPtr, keys: KeysPtr): void {
  const i32 = rt.i32;
  const values = i32[d + Dict.values];
  const from = DK_ENTRIES(rt, old);
  let to = DK_ENTRIES(rt, keys);
  const n = i32[d + Dict.used];
  for (let i = 0; i < n; i++) {
    const ix = insertionOrder(rt, values, i);
    const key = i32[from + ix * 4];
    incref(rt, key);
    to = writeEntry(rt, keys, to, key, i32[values + Values.values + 2 * ix]);
  }
}

/** Writes an entry with an exact str key at `at`; returns the address of the next. */
function writeEntry(rt: Runtime, keys: KeysPtr, at: number, key: Ref, value: Ref): number {
  const i32 = rt.i32;
  if (DK_IS_UNICODE(rt, keys)) {
    i32[at] = key;
    i32[at + 2] = value;
    return at + EntryWords.UNICODE;
  }
  i32[at] = i32[key + Str.hash];
  i32[at + 1] = i32[key + Str.hashHi];
  i32[at + 2] = key;
  i32[at + 4] = value;
  return at + EntryWords.GENERAL;
}

/** The n live entries of a combined table to another, without the gaps. */
function moveEntries(rt: Runtime, old: KeysPtr, keys: KeysPtr, n: number): void {
  const i32 = rt.i32;
  const words = entryWords(rt, old);
  let from = DK_ENTRIES(rt, old);
  let to = DK_ENTRIES(rt, keys);
  if (i32[old + Keys.nentries] === n && words === entryWords(rt, keys)) {
    copyWords(rt, to, from, n * words);
    return;
  }
  const valueAt = words - 2;
  for (let left = n; left > 0; from += words) {
    if (i32[from + valueAt] === 0) continue;
    left--;
    if (words === EntryWords.UNICODE) to = writeEntry(rt, keys, to, i32[from], i32[from + 2]);
    else {
      for (let j = 0; j < EntryWords.GENERAL; j++) i32[to + j] = i32[from + j];
      to += EntryWords.GENERAL;
    }
  }
}

/** delitem_common: removes entry ix, which is there, and releases key and value. */
export function delitem_common(rt: Runtime, d: Ref, lo: number, hi: number, ix: number): void {
  const value = takeEntry(rt, d, lo, hi, ix);
  decref(rt, value);
}

/** Removes entry ix, releases the key, and returns the value: a new reference. */
export function takeEntry(rt: Runtime, d: Ref, lo: number, hi: number, ix: number): NewRef {
  const i32 = rt.i32;
  const at = valueSlot(rt, d, ix);
  const value = i32[at];
  i32[at] = 0;
  i32[d + Dict.used]--;
  const values = i32[d + Dict.values];
  if (values !== 0) {
    removeFromInsertionOrder(rt, values, ix);
    return value;
  }
  const keys = i32[d + Dict.keys];
  i32[keys + Keys.version] = 0;
  dictkeys_set_index(rt, keys, lookdict_index(rt, keys, lo, hi, ix), Ix.DUMMY);
  const key = i32[at - 2];
  i32[at - 2] = 0;
  if (!DK_IS_UNICODE(rt, keys)) i32[at - 4] = i32[at - 3] = 0;
  releaseKeyHolding(rt, key, value);
  return value;
}

/** Releases a removed key while its value, not owned by the dict any more, could be reached by the key's finalizer. */
function releaseKeyHolding(rt: Runtime, key: Ref, value: OptRef): void {
  if (rt.i32[key] > 1 || rt.i32[key] < 0) {
    decref(rt, key);
    return;
  }
  push(rt, value);
  decref(rt, key);
  pop(rt);
}

/** _PyErr_SetKeyError: a KeyError whose argument is the key. */
export function keyError(rt: Runtime, key: Ref): PyErr {
  return raiseWith(rt, rt.exc.KeyError, key);
}
