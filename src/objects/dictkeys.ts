/**
 * PyDictKeysObject: the table of a dict. A block of the mem domain: header, hash slots (dk_indices, 1, 2, 4 bytes each),
 * then the entries in the order of insertion. Part of the object layer; dict.ts stands on it.
 *
 *   word  0           2                 3           4          6             8
 *         | dk_refcnt | log2 sizes kind | dk_version| dk_usable| dk_nentries | dk_indices ... | entries ... |
 *
 *   entry, kind GENERAL: hash (2 words), key (2), value (2); kinds UNICODE and SPLIT: key (2), value (2). All keys of the
 *   latter two are exact str. A SPLIT table belongs to a class; the values are with the instances (dictvalues.ts).
 *
 * dk_version is 0 or a number that stays valid as long as no key comes, goes or moves; values may change under it.
 */

import { Cell } from "../heap/cells.ts";
import { fillWords } from "../heap/words.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { noMemory } from "./errors.ts";
import { unicode_hash } from "./hash.ts";
import { IMMORTAL_REFCNT, Keys, Str } from "./layout.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { _PyUnicode_EQ } from "./str.ts";
import type { Ref } from "./typeinfo.ts";

/** Word address of a PyDictKeysObject. */
export type KeysPtr = number;

/** dk_kind */
export const enum Kind {
  GENERAL = 0,
  UNICODE = 1,
  SPLIT = 2,
}

/** Values of a hash slot that holds no entry's index. */
export const enum Ix {
  EMPTY = -1,
  DUMMY = -2,
}

/** Words of an entry. */
export const enum EntryWords {
  GENERAL = 6,
  UNICODE = 4,
}

export const PyDict_LOG_MINSIZE = 3;
const PyDict_MAXFREELIST = 80;

/** USABLE_FRACTION: entries that a table of n slots takes before it must grow. */
export function USABLE_FRACTION(n: number): number {
  return Math.floor((n * 2) / 3);
}

/** log2 of the table for `minsize` slots, by CPython's formula: 32 gives 64 slots, 0 gives 8. */
export function calculate_log2_keysize(minsize: number): number {
  return 32 - Math.clz32(((minsize | 8) - 1) | 7);
}

/** log2 of the table that takes n entries without growing. */
export function estimate_log2_keysize(n: number): number {
  return calculate_log2_keysize(Math.floor((n * 3 + 1) / 2));
}

export function DK_LOG_SIZE(rt: Runtime, keys: KeysPtr): number {
  return rt.i32[keys + Keys.log2] & 255;
}

export function DK_SIZE(rt: Runtime, keys: KeysPtr): number {
  return 1 << (rt.i32[keys + Keys.log2] & 255);
}

/** Are all keys exact str (UNICODE or SPLIT)? */
export function DK_IS_UNICODE(rt: Runtime, keys: KeysPtr): boolean {
  return rt.i32[keys + Keys.log2] >> 16 !== Kind.GENERAL;
}

/** Word address of the first entry. */
export function DK_ENTRIES(rt: Runtime, keys: KeysPtr): number {
  return keys + Keys.indices + (1 << (((rt.i32[keys + Keys.log2] >> 8) & 255) - 2));
}

/** Words of one entry of this table. */
export function entryWords(rt: Runtime, keys: KeysPtr): number {
  return rt.i32[keys + Keys.log2] >> 16 === Kind.GENERAL ? EntryWords.GENERAL : EntryWords.UNICODE;
}

/** Word address of entry ix's key. */
export function keySlot(rt: Runtime, keys: KeysPtr, ix: number): number {
  const general = rt.i32[keys + Keys.log2] >> 16 === Kind.GENERAL;
  return DK_ENTRIES(rt, keys) + (general ? ix * 6 + 2 : ix * 4);
}

/** Bytes of hash slots for a table of 2^log2 slots, as a power of two: dk_log2_index_bytes. */
function log2IndexBytes(log2: number): number {
  return log2 < 8 ? log2 : log2 < 16 ? log2 + 1 : log2 + 2;
}

/** Bytes of the whole table (_PyDict_KeysSize). */
export function _PyDict_KeysSize(rt: Runtime, keys: KeysPtr): number {
  const w = rt.i32[keys + Keys.log2];
  const usable = USABLE_FRACTION(1 << (w & 255));
  return Keys.HEAD_BYTES + (1 << ((w >> 8) & 255)) + usable * 4 * entryWords(rt, keys);
}

/** Start-up: the table of all empty dicts, immortal, in cells. */
export function initEmptyKeys(rt: Runtime): void {
  const i32 = rt.i32;
  const keys = Cell.EMPTY_KEYS;
  i32[keys + Keys.refcnt] = IMMORTAL_REFCNT;
  i32[keys + Keys.log2] = (3 << 8) | (Kind.UNICODE << 16);
  i32[keys + Keys.version] = 1;
  i32[keys + Keys.indices] = -1;
  i32[keys + Keys.indices + 1] = -1;
  if (rt.next_keys_version < 2) rt.next_keys_version = 2;
}

/** new_keys_object: an empty table of 2^log2 slots. Entries from dk_nentries on hold rubbish, which nothing reads. */
export function new_keys_object(rt: Runtime, log2: number, unicode: boolean, reuse = true): KeysPtr {
  const i32 = rt.i32;
  const words = unicode ? EntryWords.UNICODE : EntryWords.GENERAL;
  if (log2 > 28) throw noMemory(rt);
  const usable = USABLE_FRACTION(1 << log2);
  const bytesLog2 = log2IndexBytes(log2);
  let keys = i32[Cell.KEYS_FREE];
  if (log2 === PyDict_LOG_MINSIZE && unicode && keys !== 0 && reuse) {
    i32[Cell.KEYS_FREE] = i32[keys];
    i32[Cell.KEYS_NUMFREE]--;
  } else {
    keys = PyMem_Malloc(rt, Keys.HEAD_BYTES + (1 << bytesLog2) + usable * words * 4);
    if (keys === 0) throw noMemory(rt);
  }
  i32[keys + Keys.refcnt] = 1;
  i32[keys + Keys.log2] = log2 | (bytesLog2 << 8) | ((unicode ? Kind.UNICODE : Kind.GENERAL) << 16);
  i32[keys + Keys.version] = 0;
  i32[keys + Keys.usable] = usable;
  i32[keys + Keys.nentries] = 0;
  fillWords(rt, keys + Keys.indices, 1 << (bytesLog2 - 2), -1);
  return keys;
}

/** Gives the memory back; the entries hold nothing any more. */
export function free_keys_object(rt: Runtime, keys: KeysPtr): void {
  const i32 = rt.i32;
  const w = i32[keys + Keys.log2];
  if ((w & 255) === PyDict_LOG_MINSIZE && w >> 16 !== 0 && i32[Cell.KEYS_NUMFREE] < PyDict_MAXFREELIST) {
    i32[keys] = i32[Cell.KEYS_FREE];
    i32[Cell.KEYS_FREE] = keys;
    i32[Cell.KEYS_NUMFREE]++;
  } else PyMem_Free(rt, keys);
}

export function clearKeysFreeList(rt: Runtime): void {
  const i32 = rt.i32;
  let keys = i32[Cell.KEYS_FREE];
  i32[Cell.KEYS_FREE] = 0;
  i32[Cell.KEYS_NUMFREE] = 0;
  while (keys !== 0) {
    const next = i32[keys];
    PyMem_Free(rt, keys);
    keys = next;
  }
}

export function dictkeys_incref(rt: Runtime, keys: KeysPtr): void {
  if (rt.i32[keys] >= 0) rt.i32[keys]++;
}

/** Gives up one use of the table; the last one releases its keys and values. */
export function dictkeys_decref(rt: Runtime, keys: KeysPtr): void {
  const i32 = rt.i32;
  const n = i32[keys] - 1;
  if (n < -1) return;
  i32[keys] = n;
  if (n === 0) releaseKeys(rt, keys);
}

function releaseKeys(rt: Runtime, keys: KeysPtr): void {
  const i32 = rt.i32;
  const words = entryWords(rt, keys);
  const first = DK_ENTRIES(rt, keys) + words - EntryWords.UNICODE;
  const end = first + i32[keys + Keys.nentries] * words;
  for (let at = first; at < end; at += words) {
    const key = i32[at];
    if (key !== 0) decref(rt, key);
    const value = i32[at + 2];
    if (value !== 0) decref(rt, value);
  }
  free_keys_object(rt, keys);
}

/** The index in hash slot i of a table of 2^log2 slots. */
export function indexAt(rt: Runtime, keys: KeysPtr, log2: number, i: number): number {
  if (log2 < 8) return (rt.u8[(keys + Keys.indices) * 4 + i] << 24) >> 24;
  if (log2 < 16) return (rt.u16[(keys + Keys.indices) * 2 + i] << 16) >> 16;
  return rt.i32[keys + Keys.indices + i];
}

/** The index in hash slot i. */
export function dictkeys_get_index(rt: Runtime, keys: KeysPtr, i: number): number {
  return indexAt(rt, keys, rt.i32[keys + Keys.log2] & 255, i);
}

export function dictkeys_set_index(rt: Runtime, keys: KeysPtr, i: number, ix: number): void {
  const log2 = rt.i32[keys + Keys.log2] & 255;
  if (log2 < 8) rt.u8[(keys + Keys.indices) * 4 + i] = ix;
  else if (log2 < 16) rt.u16[(keys + Keys.indices) * 2 + i] = ix;
  else rt.i32[keys + Keys.indices + i] = ix;
}

/**
 * unicodekeys_lookup_unicode: the entry index of an exact str in a table of exact str, or Ix.EMPTY. Runs no Python code.
 * The perturbation is 64 bits wide; only its low half enters the slot number.
 */
export function unicodekeys_lookup_unicode(
  rt: Runtime,
  keys: KeysPtr,
  key: Ref,
  lo: number,
  hi: number,
): number {
  const i32 = rt.i32;
  const w = i32[keys + Keys.log2];
  const log2 = w & 255;
  const entries = keys + Keys.indices + (1 << (((w >> 8) & 255) - 2));
  const mask = (1 << log2) - 1;
  let i = lo & mask;
  let perturb = lo;
  let perturbHi = hi;
  for (;;) {
    const ix = indexAt(rt, keys, log2, i);
    if (ix >= 0) {
      const k = i32[entries + ix * 4];
      if (k === key) return ix;
      if (i32[k + Str.hash] === lo && i32[k + Str.hashHi] === hi && _PyUnicode_EQ(rt, k, key)) return ix;
    } else if (ix === Ix.EMPTY) return Ix.EMPTY;
    perturb = (perturb >>> 5) | (perturbHi << 27);
    perturbHi >>>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

/** lookdict_index: the hash slot that holds entry index ix. */
export function lookdict_index(rt: Runtime, keys: KeysPtr, lo: number, hi: number, index: number): number {
  const mask = DK_SIZE(rt, keys) - 1;
  let i = lo & mask;
  let perturb = lo;
  let perturbHi = hi;
  for (;;) {
    const ix = dictkeys_get_index(rt, keys, i);
    if (ix === index) return i;
    if (ix === Ix.EMPTY) return Ix.EMPTY;
    perturb = (perturb >>> 5) | (perturbHi << 27);
    perturbHi >>>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

/** find_empty_slot: the first slot on the hash's path without an entry, dummies included. */
export function find_empty_slot(rt: Runtime, keys: KeysPtr, lo: number, hi: number): number {
  const log2 = rt.i32[keys + Keys.log2] & 255;
  const mask = (1 << log2) - 1;
  let i = lo & mask;
  let perturb = lo;
  let perturbHi = hi;
  while (indexAt(rt, keys, log2, i) >= 0) {
    perturb = (perturb >>> 5) | (perturbHi << 27);
    perturbHi >>>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
  return i;
}

/** build_indices: fills the hash slots of a new table for its first n entries, all distinct. */
export function build_indices(rt: Runtime, keys: KeysPtr, n: number): void {
  const i32 = rt.i32;
  const words = entryWords(rt, keys);
  let at = DK_ENTRIES(rt, keys);
  for (let ix = 0; ix < n; ix++, at += words) {
    const hash = words === EntryWords.GENERAL ? at : i32[at] + Str.hash;
    dictkeys_set_index(rt, keys, find_empty_slot(rt, keys, i32[hash], i32[hash + 1]), ix);
  }
}

/** Low half of entry ix's hash; the high half in rt.hashHi. */
export function entryHash(rt: Runtime, keys: KeysPtr, ix: number): number {
  const i32 = rt.i32;
  const at = DK_ENTRIES(rt, keys);
  if (DK_IS_UNICODE(rt, keys)) return unicode_hash(rt, i32[at + ix * 4]);
  rt.hashHi = i32[at + ix * 6 + 1];
  return i32[at + ix * 6];
}

/**
 * insert_split_key: the index of an exact str in a class's shared table, where it is added if there is room; Ix.EMPTY if
 * there is none.
 */
export function insert_split_key(rt: Runtime, keys: KeysPtr, key: Ref, lo: number, hi: number): number {
  const i32 = rt.i32;
  const found = unicodekeys_lookup_unicode(rt, keys, key, lo, hi);
  if (found !== Ix.EMPTY || i32[keys + Keys.usable] <= 0) return found;
  const ix = i32[keys + Keys.nentries];
  i32[keys + Keys.version] = 0;
  dictkeys_set_index(rt, keys, find_empty_slot(rt, keys, lo, hi), ix);
  if (i32[key] >= 0) i32[key]++;
  const entry = DK_ENTRIES(rt, keys) + ix * 4;
  i32[entry] = key;
  i32[entry + 2] = 0;
  i32[keys + Keys.nentries] = ix + 1;
  i32[keys + Keys.usable]--;
  return ix;
}

/** shared_keys_usable_size: the most values an instance of the class can have. */
export function shared_keys_usable_size(rt: Runtime, keys: KeysPtr): number {
  return rt.i32[keys + Keys.nentries] + rt.i32[keys + Keys.usable];
}

/**
 * dk_version, assigned if there is none; 0 when versions have run out or the table has other keys than str. As long as
 * `i32[keys + Keys.version]` is that number, every key is at its index.
 */
export function keysVersion(rt: Runtime, keys: KeysPtr): number {
  const i32 = rt.i32;
  const v = i32[keys + Keys.version];
  if (v !== 0) return v;
  if (!DK_IS_UNICODE(rt, keys) || rt.next_keys_version > 0x7fffffff) return 0;
  i32[keys + Keys.version] = rt.next_keys_version++;
  return i32[keys + Keys.version];
}
