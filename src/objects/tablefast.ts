/**
 * The usual ways through the tables of dict and set: keys that are exact str or ints of one digit, or tuples of such, met with
 * keys of the same kind. Part of the object layer. They are closures over one heap's views, made once for each Runtime, so that V8 can treat the
 * views as constants; what is not the usual case they leave, untouched, to dictcore.ts and set.ts. They run no Python code
 * but for what is released when a value is replaced.
 */
import { Cell } from "../heap/cells.ts";
import { appendEntry, mayBeTracked } from "./dictcore.ts";
import { Ix, Kind } from "./dictkeys.ts";
import { hashTupleItems, unicode_hash } from "./hash.ts";
import { Dict, Gc, Keys, Long, Ob, SetOb, Str, Tuple } from "./layout.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { set_table_resize } from "./set.ts";
import { _PyUnicode_EQ } from "./str.ts";
import type { Ref } from "./typeinfo.ts";

/** The answer of a short cut that does not know. */
export const UNKNOWN = -1;

export interface TableFast {
  /** Word address of the value's slot; 0: the key is not there; UNKNOWN. */
  dictFind(d: Ref, key: Ref): number;
  /** d[key] = value (all borrowed); false: not done. */
  dictStore(d: Ref, key: Ref, value: Ref): boolean;
  /** 1: the key is there; 0: it is not; UNKNOWN. */
  setHas(so: Ref, key: Ref): number;
  /** The key's entry; 0: it is not there; UNKNOWN. */
  setEntry(so: Ref, key: Ref): number;
  /** Adds a key (borrowed), where the table need not grow for it. 1: it is new; 0: it was there; UNKNOWN: not done. */
  setPut(so: Ref, key: Ref): number;
  /** As setPut; the table grows. */
  setInsert(so: Ref, key: Ref): number;
  /** The key's entry, with the key's hash; 0: it is not there; UNKNOWN. */
  setFind(so: Ref, key: Ref, lo: number, hi: number): number;
  /** Adds a key (borrowed) with its hash. 1: it is new; 0: it was there; UNKNOWN: not done. */
  setAdd(so: Ref, key: Ref, lo: number, hi: number): number;
}

export function makeTableFast(rt: Runtime): TableFast {
  const i32 = rt.i32;
  const u8 = rt.u8;
  const u16 = rt.u16;
  const STR = rt.types.str;
  const INT = rt.types.int;
  const TUPLE = rt.types.tuple;

  /** The index in hash slot i of a table of 2^log2 slots. */
  function slot(keys: number, log2: number, i: number): number {
    if (log2 < 8) return (u8[(keys + Keys.indices) * 4 + i] << 24) >> 24;
    if (log2 < 16) return (u16[(keys + Keys.indices) * 2 + i] << 16) >> 16;
    return i32[keys + Keys.indices + i];
  }

  /** For a key of this type, met with another one of the same hash: 1 equal, 0 not, UNKNOWN. */
  function same(k: Ref, key: Ref, type: Ref): number {
    if (i32[k + Ob.type] !== type) return UNKNOWN;
    if (type === STR) return _PyUnicode_EQ(rt, k, key) ? 1 : 0;
    if (type === TUPLE) return sameTuples(k, key);
    if (i32[k + Long.tag] >= 16) return UNKNOWN;
    // -1 and -2 have the same hash.
    return i32[k + Long.digit] === i32[key + Long.digit] ? 1 : 0;
  }

  /** The same for two tuples: their items are looked at as long as they are alike. */
  function sameTuples(k: Ref, key: Ref): number {
    const n = i32[key + Tuple.size];
    if (i32[k + Tuple.size] !== n) return UNKNOWN;
    for (let i = 0; i < n; i++) {
      const a = i32[k + Tuple.items + 2 * i];
      const b = i32[key + Tuple.items + 2 * i];
      if (a === b) continue;
      const type = i32[a + Ob.type];
      if (type !== i32[b + Ob.type]) return UNKNOWN;
      if (type === STR ? !_PyUnicode_EQ(rt, a, b) : type !== INT || !sameInts(a, b)) return UNKNOWN;
    }
    return 1;
  }

  /** Are these ints the same, of one digit? */
  function sameInts(a: Ref, b: Ref): boolean {
    const tag = i32[a + Long.tag];
    return tag < 16 && i32[b + Long.tag] === tag && i32[b + Long.digit] === i32[a + Long.digit];
  }

  /** Where the last search that did not find its key saw the first free hash slot. */
  let free = 0;

  /** The entry's index of an exact str in a table of str, or Ix.EMPTY. */
  function findStr(keys: number, w: number, key: Ref, lo: number, hi: number): number {
    const log2 = w & 255;
    const entries = keys + Keys.indices + (1 << (((w >> 8) & 255) - 2));
    const mask = (1 << log2) - 1;
    let i = lo & mask;
    let perturb = lo;
    let perturbHi = hi;
    free = -1;
    for (;;) {
      const ix = slot(keys, log2, i);
      if (ix >= 0) {
        const k = i32[entries + ix * 4];
        if (k === key) return ix;
        if (i32[k + Str.hash] === lo && i32[k + Str.hashHi] === hi && _PyUnicode_EQ(rt, k, key)) return ix;
      } else {
        if (free < 0) free = i;
        if (ix === Ix.EMPTY) return Ix.EMPTY;
      }
      perturb = (perturb >>> 5) | (perturbHi << 27);
      perturbHi >>>= 5;
      i = (i * 5 + perturb + 1) & mask;
    }
  }

  /** The entry's index of a str or an int in a table of any keys, or Ix.EMPTY, or UNKNOWN - 1 where a comparison is needed. */
  function findGeneral(keys: number, w: number, key: Ref, type: Ref, lo: number, hi: number): number {
    const log2 = w & 255;
    const entries = keys + Keys.indices + (1 << (((w >> 8) & 255) - 2));
    const mask = (1 << log2) - 1;
    let i = lo & mask;
    let perturb = lo;
    let perturbHi = hi;
    free = -1;
    for (;;) {
      const ix = slot(keys, log2, i);
      if (ix >= 0) {
        const at = entries + ix * 6;
        const k = i32[at + 2];
        if (k === key) return ix;
        if (i32[at] === lo && i32[at + 1] === hi) {
          const equal = same(k, key, type);
          if (equal === 1) return ix;
          if (equal < 0) return UNKNOWN - 1;
        }
      } else {
        if (free < 0) free = i;
        if (ix === Ix.EMPTY) return Ix.EMPTY;
      }
      perturb = (perturb >>> 5) | (perturbHi << 27);
      perturbHi >>>= 5;
      i = (i * 5 + perturb + 1) & mask;
    }
  }

  function dictFind(d: Ref, key: Ref): number {
    const type = i32[key + Ob.type];
    const keys = i32[d + Dict.keys];
    const w = i32[keys + Keys.log2];
    const kind = w >> 16;
    let lo: number;
    let hi: number;
    if (type === STR) {
      lo = i32[key + Str.hash];
      if ((lo & i32[key + Str.hashHi]) === -1) lo = unicode_hash(rt, key);
      hi = i32[key + Str.hashHi];
      if (kind === Kind.UNICODE) {
        const ix = findStr(keys, w, key, lo, hi);
        return ix < 0 ? 0 : keys + Keys.indices + (1 << (((w >> 8) & 255) - 2)) + ix * 4 + 2;
      }
    } else if (type === INT && i32[key + Long.tag] < 16) {
      const v = ((1 - (i32[key + Long.tag] & 3)) * i32[key + Long.digit]) | 0;
      lo = v === -1 ? -2 : v;
      hi = v >> 31;
    } else {
      if (!hashed(key)) return UNKNOWN;
      lo = keyLo;
      hi = keyHi;
    }
    if (kind !== Kind.GENERAL) return UNKNOWN;
    const ix = findGeneral(keys, w, key, type, lo, hi);
    if (ix < 0) return ix === Ix.EMPTY ? 0 : UNKNOWN;
    return keys + Keys.indices + (1 << (((w >> 8) & 255) - 2)) + ix * 6 + 4;
  }

  function dictStore(d: Ref, key: Ref, value: Ref): boolean {
    const keys = i32[d + Dict.keys];
    const w = i32[keys + Keys.log2];
    const kind = w >> 16;
    if (keys === Cell.EMPTY_KEYS || kind === Kind.SPLIT) return false;
    if (i32[d + Gc.next] === 0 && mayBeTracked(rt, value)) return false;
    const type = i32[key + Ob.type];
    let lo: number;
    let hi: number;
    let ix: number;
    if (type === STR) {
      lo = i32[key + Str.hash];
      if ((lo & i32[key + Str.hashHi]) === -1) lo = unicode_hash(rt, key);
      hi = i32[key + Str.hashHi];
      ix = kind === Kind.UNICODE ? findStr(keys, w, key, lo, hi) : findGeneral(keys, w, key, STR, lo, hi);
    } else if (type === INT && i32[key + Long.tag] < 16) {
      if (kind !== Kind.GENERAL) return false;
      const v = ((1 - (i32[key + Long.tag] & 3)) * i32[key + Long.digit]) | 0;
      lo = v === -1 ? -2 : v;
      hi = v >> 31;
      ix = findGeneral(keys, w, key, INT, lo, hi);
    } else {
      if (kind !== Kind.GENERAL || !hashed(key)) return false;
      if (type === TUPLE && i32[d + Gc.next] === 0) return false;
      lo = keyLo;
      hi = keyHi;
      ix = findGeneral(keys, w, key, type, lo, hi);
    }
    if (ix === Ix.EMPTY) {
      if (i32[keys + Keys.usable] <= 0) return false;
      i32[keys + Keys.version] = 0;
      appendEntry(rt, d, keys, free, key, lo, hi, value);
      return true;
    }
    if (ix < 0) return false;
    const entries = keys + Keys.indices + (1 << (((w >> 8) & 255) - 2));
    const at = kind === Kind.UNICODE ? entries + ix * 4 + 2 : entries + ix * 6 + 4;
    const old = i32[at];
    if (i32[value] >= 0) i32[value]++;
    i32[at] = value;
    decref(rt, old);
    return true;
  }

  /** The hash of the key last asked about. */
  let keyLo = 0;
  let keyHi = 0;

  /** Takes the hash of a key of one of the three types; false for others. */
  function hashed(key: Ref): boolean {
    const type = i32[key + Ob.type];
    if (type === STR) {
      keyLo = i32[key + Str.hash];
      if ((keyLo & i32[key + Str.hashHi]) === -1) keyLo = unicode_hash(rt, key);
      keyHi = i32[key + Str.hashHi];
      return true;
    }
    if (type === TUPLE) return hashedTuple(key);
    if (type !== INT || i32[key + Long.tag] >= 16) return false;
    const v = ((1 - (i32[key + Long.tag] & 3)) * i32[key + Long.digit]) | 0;
    keyLo = v === -1 ? -2 : v;
    keyHi = v >> 31;
    return true;
  }

  /** Takes the hash of a tuple that holds only exact str and ints of one digit. */
  function hashedTuple(key: Ref): boolean {
    const n = i32[key + Tuple.size];
    for (let i = 0; i < n; i++) {
      const item = i32[key + Tuple.items + 2 * i];
      const type = i32[item + Ob.type];
      if (type !== STR && (type !== INT || i32[item + Long.tag] >= 16)) return false;
    }
    keyLo = hashTupleItems(rt, key + Tuple.items, n);
    keyHi = rt.hashHi;
    return true;
  }

  function setEntry(so: Ref, key: Ref): number {
    const type = i32[key + Ob.type];
    if (type === INT && i32[key + Long.tag] < 16) {
      const v = ((1 - (i32[key + Long.tag] & 3)) * i32[key + Long.digit]) | 0;
      return findInSet(so, key, INT, v === -1 ? -2 : v, v >> 31);
    }
    return hashed(key) ? findInSet(so, key, type, keyLo, keyHi) : UNKNOWN;
  }

  function setHas(so: Ref, key: Ref): number {
    const at = setEntry(so, key);
    return at > 0 ? 1 : at;
  }

  /** The entry of a key of one of the three types, 0 if it is not there, or UNKNOWN. */
  function findInSet(so: Ref, key: Ref, type: Ref, lo: number, hi: number): number {
    const table = i32[so + SetOb.table];
    const mask = i32[so + SetOb.mask];
    let i = lo & mask;
    let perturb = lo;
    let perturbHi = hi;
    for (;;) {
      let at = table + i * 4;
      const end = i + 9 <= mask ? at + 36 : at;
      for (; at <= end; at += 4) {
        const h = i32[at + 2];
        if (h === lo) {
          const k = i32[at];
          if (k === key) return at;
          if (k === 0) return 0;
          if (i32[at + 3] === hi && k !== Cell.SET_DUMMY) {
            const equal = same(k, key, type);
            if (equal !== 0) return equal === 1 ? at : UNKNOWN;
          }
        } else if (h === 0 && i32[at] === 0) return 0;
      }
      perturb = (perturb >>> 5) | (perturbHi << 27);
      perturbHi >>>= 5;
      i = (i * 5 + 1 + perturb) & mask;
    }
  }

  /** The free entry where the last placeInSet that did not find its key ended. */
  let freeEntry = 0;
  /** The last removed entry that it met, or 0. */
  let removedEntry = 0;

  /** As findInSet, for a key that is to be added: notes where. */
  function placeInSet(so: Ref, key: Ref, type: Ref, lo: number, hi: number): number {
    const table = i32[so + SetOb.table];
    const mask = i32[so + SetOb.mask];
    let i = lo & mask;
    let perturb = lo;
    let perturbHi = hi;
    let removed = 0;
    for (;;) {
      let at = table + i * 4;
      const end = i + 9 <= mask ? at + 36 : at;
      for (; at <= end; at += 4) {
        const k = i32[at];
        if (k === 0) {
          freeEntry = at;
          removedEntry = removed;
          return 0;
        }
        if (k === key) return at;
        if (k === Cell.SET_DUMMY) removed = at;
        else if (i32[at + 2] === lo && i32[at + 3] === hi) {
          const equal = same(k, key, type);
          if (equal !== 0) return equal === 1 ? at : UNKNOWN;
        }
      }
      perturb = (perturb >>> 5) | (perturbHi << 27);
      perturbHi >>>= 5;
      i = (i * 5 + 1 + perturb) & mask;
    }
  }

  /** Is this type one of the three? */
  function simple(key: Ref, type: Ref): boolean {
    return type === INT ? i32[key + Long.tag] < 16 : type === STR || type === TUPLE;
  }

  function setFind(so: Ref, key: Ref, lo: number, hi: number): number {
    const type = i32[key + Ob.type];
    return simple(key, type) ? findInSet(so, key, type, lo, hi) : UNKNOWN;
  }

  /** Puts a key into the entry that the last search has found for it; the number of entries that are not free, or 0. */
  function fillEntry(so: Ref, key: Ref, lo: number, hi: number): number {
    // A removed entry on the way is used again.
    const at = removedEntry !== 0 ? removedEntry : freeEntry;
    if (i32[key] >= 0) i32[key]++;
    i32[at] = key;
    i32[at + 2] = lo;
    i32[at + 3] = hi;
    i32[so + SetOb.used]++;
    return at === freeEntry ? ++i32[so + SetOb.fill] : 0;
  }

  function setPut(so: Ref, key: Ref): number {
    const type = i32[key + Ob.type];
    let lo: number;
    let hi: number;
    if (type === INT && i32[key + Long.tag] < 16) {
      const v = ((1 - (i32[key + Long.tag] & 3)) * i32[key + Long.digit]) | 0;
      lo = v === -1 ? -2 : v;
      hi = v >> 31;
    } else {
      if (!hashed(key)) return UNKNOWN;
      lo = keyLo;
      hi = keyHi;
    }
    const found = placeInSet(so, key, type, lo, hi);
    if (found !== 0) return found > 0 ? 0 : UNKNOWN;
    if (removedEntry === 0 && (i32[so + SetOb.fill] + 1) * 5 >= i32[so + SetOb.mask] * 3) return UNKNOWN;
    fillEntry(so, key, lo, hi);
    return 1;
  }

  function setAdd(so: Ref, key: Ref, lo: number, hi: number): number {
    const type = i32[key + Ob.type];
    if (!simple(key, type)) return UNKNOWN;
    const found = placeInSet(so, key, type, lo, hi);
    if (found !== 0) return found > 0 ? 0 : UNKNOWN;
    if (fillEntry(so, key, lo, hi) * 5 >= i32[so + SetOb.mask] * 3) {
      const used = i32[so + SetOb.used];
      set_table_resize(rt, so, used > 50000 ? used * 2 : used * 4);
    }
    return 1;
  }

  function setInsert(so: Ref, key: Ref): number {
    return hashed(key) ? setAdd(so, key, keyLo, keyHi) : UNKNOWN;
  }

  return { dictFind, dictStore, setHas, setEntry, setPut, setInsert, setFind, setAdd };
}
