/**
 * PySetObject: the hash table of set and frozenset, and its C API. Part of the object layer; the operations of whole sets
 * are in setops.ts, the methods in setmethods.ts.
 *
 *   word  4      6      8      10      12     14       16                    48
 *         | fill | used | mask | table | hash | finger | smalltable (8 entries) | weakreflist |      200 bytes
 *
 *   entry: key (2 words), hash (2 words). A free entry is all zero; a removed one has the key Cell.SET_DUMMY and hash -1.
 *   fill counts both kinds of used entries, used only the live ones. Slots are probed by runs of up to 10 neighbours.
 */
import { Cell } from "../heap/cells.ts";
import { zeroWords } from "../heap/words.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { equalKeys, keyHash } from "./dictcore.ts";
import { noMemory } from "./errors.ts";
import { Ob, SetOb, Ty } from "./layout.ts";
import { clearField, decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { set_update_internal } from "./setops.ts";
import { infoOfType } from "./slots.ts";
import { drop, dropTo, mark, pop, push } from "./stack.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** Neighbours looked at before jumping. */
const LINEAR_PROBES = 9;
export const PySet_MINSIZE = 8;
const ENTRY_WORDS = 4;

/** Offsets in an entry. */
export const enum Entry {
  key = 0,
  hash = 2,
  hashHi = 3,
}

/** An empty set of this type (its tp_alloc). */
export function emptySet(rt: Runtime, type: Ref): NewRef {
  const so = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  initTable(rt, so);
  return so;
}

/** Sets the fields of a cleared object. */
function initTable(rt: Runtime, so: Ref): void {
  const i32 = rt.i32;
  zeroWords(rt, so + SetOb.fill, (SetOb.BYTES - 16) / 4);
  i32[so + SetOb.mask] = PySet_MINSIZE - 1;
  i32[so + SetOb.table] = so + SetOb.smalltable;
  i32[so + SetOb.hash] = -1;
  i32[so + SetOb.hashHi] = -1;
}

/** make_new_set: with the items of an iterable, or empty (0). */
export function make_new_set(rt: Runtime, type: Ref, iterable: OptRef): NewRef {
  const so = emptySet(rt, type);
  if (iterable === 0) return so;
  push(rt, so);
  set_update_internal(rt, so, iterable);
  return pop(rt);
}

/** PySet_New: a set of the items of an iterable (0: empty). */
export function PySet_New(rt: Runtime, iterable: OptRef): NewRef {
  return make_new_set(rt, rt.types.set, iterable);
}

/** PyFrozenSet_New */
export function PyFrozenSet_New(rt: Runtime, iterable: OptRef): NewRef {
  return make_new_set(rt, rt.types.frozenset, iterable);
}

/**
 * set_lookkey: the address of the entry with this key, or of a free one (its key is 0). Comparing may change the set: then
 * the search starts again.
 */
export function set_lookkey(rt: Runtime, so: Ref, key: Ref, lo: number, hi: number): number {
  const i32 = rt.i32;
  for (;;) {
    const at = probe(rt, i32[so + SetOb.table], i32[so + SetOb.mask], so, key, lo, hi);
    if (at !== 0) return at;
  }
}

/** One search; 0 when a comparison changed the set. */
function probe(rt: Runtime, table: number, mask: number, so: Ref, key: Ref, lo: number, hi: number): number {
  const i32 = rt.i32;
  let i = lo & mask;
  let perturb = lo;
  let perturbHi = hi;
  for (;;) {
    let at = table + i * ENTRY_WORDS;
    const end = i + LINEAR_PROBES <= mask ? at + LINEAR_PROBES * ENTRY_WORDS : at;
    for (; at <= end; at += ENTRY_WORDS) {
      const k = i32[at];
      if (k === key || k === 0) return at;
      if (i32[at + Entry.hash] === lo && i32[at + Entry.hashHi] === hi) {
        const same = equalKeys(rt, k, key);
        if (table !== i32[so + SetOb.table] || i32[at] !== k) return 0;
        if (same) return at;
      }
    }
    perturb = (perturb >>> 5) | (perturbHi << 27);
    perturbHi >>>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

/** The last removed entry on the way to the free entry `free`, which a search for this hash has found; or `free`. */
function lastDummyBefore(i32: Int32Array, so: Ref, lo: number, hi: number, free: number): number {
  const table = i32[so + SetOb.table];
  const mask = i32[so + SetOb.mask];
  let i = lo & mask;
  let perturb = lo;
  let perturbHi = hi;
  let found = free;
  for (;;) {
    let at = table + i * ENTRY_WORDS;
    const end = i + LINEAR_PROBES <= mask ? at + LINEAR_PROBES * ENTRY_WORDS : at;
    for (; at <= end; at += ENTRY_WORDS) {
      if (at === free) return found;
      if (i32[at] === Cell.SET_DUMMY) found = at;
    }
    perturb = (perturb >>> 5) | (perturbHi << 27);
    perturbHi >>>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

/** set_add_entry: adds a key with its hash (borrowed); false if it was there. A removed entry on the way is used again. */
export function set_add_entry(rt: Runtime, so: Ref, key: Ref, lo: number, hi: number): boolean {
  const quick = rt.tables.setAdd(so, key, lo, hi);
  if (quick >= 0) return quick === 1;
  const i32 = rt.i32;
  const type = i32[key + Ob.type];
  let free: number;
  if (type === rt.types.str || type === rt.types.int) {
    free = set_lookkey(rt, so, key, lo, hi);
    if (i32[free] !== 0) return false;
    if (i32[key] >= 0) i32[key]++;
  } else {
    // The set's reference is taken before comparisons may run Python code.
    push(rt, newref(rt, key));
    free = set_lookkey(rt, so, key, lo, hi);
    if (i32[free] !== 0) {
      drop(rt);
      return false;
    }
    pop(rt);
  }
  const gaps = i32[so + SetOb.fill] !== i32[so + SetOb.used];
  const at = gaps ? lastDummyBefore(i32, so, lo, hi, free) : free;
  i32[at] = key;
  i32[at + Entry.hash] = lo;
  i32[at + Entry.hashHi] = hi;
  const used = ++i32[so + SetOb.used];
  if (at !== free) return true;
  const fill = ++i32[so + SetOb.fill];
  if (fill * 5 >= i32[so + SetOb.mask] * 3) set_table_resize(rt, so, used > 50000 ? used * 2 : used * 4);
  return true;
}

/** set_insert_clean: puts an owned key, known not to be there, into a table without removed entries. */
export function set_insert_clean(
  i32: Int32Array,
  table: number,
  mask: number,
  key: StolenRef,
  lo: number,
  hi: number,
): void {
  let i = lo & mask;
  let perturb = lo;
  let perturbHi = hi;
  for (;;) {
    let at = table + i * ENTRY_WORDS;
    const end = i + LINEAR_PROBES <= mask ? at + LINEAR_PROBES * ENTRY_WORDS : at;
    for (; at <= end; at += ENTRY_WORDS) {
      if (i32[at] !== 0) continue;
      i32[at] = key;
      i32[at + Entry.hash] = lo;
      i32[at + Entry.hashHi] = hi;
      return;
    }
    perturb = (perturb >>> 5) | (perturbHi << 27);
    perturbHi >>>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

/** set_table_resize: to the smallest table with more than `minused` entries; drops what was removed. */
export function set_table_resize(rt: Runtime, so: Ref, minused: number): void {
  const i32 = rt.i32;
  let size = PySet_MINSIZE;
  while (size <= minused) size *= 2;
  const old = i32[so + SetOb.table];
  const small = so + SetOb.smalltable;
  if (size === PySet_MINSIZE && old === small) {
    if (i32[so + SetOb.fill] !== i32[so + SetOb.used]) rebuildSmall(rt, so);
    return;
  }
  let table = small;
  if (size !== PySet_MINSIZE) {
    table = size > 0x8000000 ? 0 : PyMem_Malloc(rt, size * 16);
    if (table === 0) throw noMemory(rt);
  }
  const oldMask = i32[so + SetOb.mask];
  zeroWords(rt, table, size * ENTRY_WORDS);
  i32[so + SetOb.mask] = size - 1;
  i32[so + SetOb.table] = table;
  i32[so + SetOb.fill] = i32[so + SetOb.used];
  reinsert(i32, old, oldMask, i32, table, size - 1);
  if (old !== small) PyMem_Free(rt, old);
}

const small_copy = new Int32Array(PySet_MINSIZE * ENTRY_WORDS);

/** Puts the items of the small table in again, without the removed ones. */
function rebuildSmall(rt: Runtime, so: Ref): void {
  const i32 = rt.i32;
  const small = so + SetOb.smalltable;
  for (let j = 0; j < small_copy.length; j++) small_copy[j] = i32[small + j];
  zeroWords(rt, small, small_copy.length);
  i32[so + SetOb.fill] = i32[so + SetOb.used];
  reinsert(small_copy, 0, PySet_MINSIZE - 1, i32, small, PySet_MINSIZE - 1);
}

function reinsert(
  source: Int32Array,
  from: number,
  fromMask: number,
  i32: Int32Array,
  table: number,
  mask: number,
): void {
  const end = from + fromMask * ENTRY_WORDS;
  for (let at = from; at <= end; at += ENTRY_WORDS) {
    const key = source[at];
    if (key === 0 || key === Cell.SET_DUMMY) continue;
    set_insert_clean(i32, table, mask, key, source[at + Entry.hash], source[at + Entry.hashHi]);
  }
}

/** set_discard_entry: removes a key with its hash; false if it is not there. */
export function set_discard_entry(rt: Runtime, so: Ref, key: Ref, lo: number, hi: number): boolean {
  const i32 = rt.i32;
  let at = rt.tables.setFind(so, key, lo, hi);
  if (at === 0) return false;
  if (at < 0) at = set_lookkey(rt, so, key, lo, hi);
  const old = i32[at];
  if (old === 0) return false;
  i32[at] = Cell.SET_DUMMY;
  i32[at + Entry.hash] = -1;
  i32[at + Entry.hashHi] = -1;
  i32[so + SetOb.used]--;
  decref(rt, old);
  return true;
}

export function set_contains_entry(rt: Runtime, so: Ref, key: Ref, lo: number, hi: number): boolean {
  const quick = rt.tables.setFind(so, key, lo, hi);
  return quick >= 0 ? quick !== 0 : rt.i32[set_lookkey(rt, so, key, lo, hi)] !== 0;
}

/** PySet_Add (set_add_key): takes its own reference. */
export function PySet_Add(rt: Runtime, so: Ref, key: Ref): void {
  const lo = keyHash(rt, key);
  set_add_entry(rt, so, key, lo, rt.hashHi);
}

/** PySet_Contains (set_contains_key) */
export function PySet_Contains(rt: Runtime, so: Ref, key: Ref): boolean {
  const quick = rt.tables.setHas(so, key);
  if (quick >= 0) return quick === 1;
  const lo = keyHash(rt, key);
  return set_contains_entry(rt, so, key, lo, rt.hashHi);
}

/** set_discard_key, PySet_Discard: was it there? */
export function set_discard_key(rt: Runtime, so: Ref, key: Ref): boolean {
  const lo = keyHash(rt, key);
  return set_discard_entry(rt, so, key, lo, rt.hashHi);
}
export { set_discard_key as PySet_Discard };

export function PySet_GET_SIZE(rt: Runtime, so: Ref): number {
  return rt.i32[so + SetOb.used];
}
export { PySet_GET_SIZE as PySet_Size };

/**
 * _PySet_NextEntry: finds the next item from table position `pos` on (start with 0): key in rt.dictKey, its hash in
 * rt.dictHashLo and rt.dictHashHi. Returns the position to go on from, or -1 at the end.
 */
export function _PySet_NextEntry(rt: Runtime, so: Ref, pos: number): number {
  const i32 = rt.i32;
  const mask = i32[so + SetOb.mask];
  let at = i32[so + SetOb.table] + pos * ENTRY_WORDS;
  for (; pos <= mask; pos++, at += ENTRY_WORDS) {
    const key = i32[at];
    if (key === 0 || key === Cell.SET_DUMMY) continue;
    rt.dictKey = key;
    rt.dictHashLo = i32[at + Entry.hash];
    rt.dictHashHi = i32[at + Entry.hashHi];
    return pos + 1;
  }
  return -1;
}

/** set_pop: takes any item out (a new reference); the finger makes repeated pops go round. Not for an empty set. */
export function setTake(rt: Runtime, so: Ref): NewRef {
  const i32 = rt.i32;
  const mask = i32[so + SetOb.mask];
  const table = i32[so + SetOb.table];
  let i = i32[so + SetOb.finger] & mask;
  let at = table + i * ENTRY_WORDS;
  while (i32[at] === 0 || i32[at] === Cell.SET_DUMMY) {
    i = i === mask ? 0 : i + 1;
    at = table + i * ENTRY_WORDS;
  }
  const key = i32[at];
  i32[at] = Cell.SET_DUMMY;
  i32[at + Entry.hash] = -1;
  i32[at + Entry.hashHi] = -1;
  i32[so + SetOb.used]--;
  i32[so + SetOb.finger] = i + 1;
  return key;
}

/** set_clear_internal: empties the set, then releases what was in it. */
export function set_clear_internal(rt: Runtime, so: Ref): void {
  const i32 = rt.i32;
  const table = i32[so + SetOb.table];
  const mask = i32[so + SetOb.mask];
  if (table === so + SetOb.smalltable) {
    if (i32[so + SetOb.fill] !== 0) clearSmall(rt, so);
    return;
  }
  emptyToSmall(rt, so);
  rt.sets.release(table, mask);
  PyMem_Free(rt, table);
}

function emptyToSmall(rt: Runtime, so: Ref): void {
  const i32 = rt.i32;
  zeroWords(rt, so + SetOb.smalltable, PySet_MINSIZE * ENTRY_WORDS);
  i32[so + SetOb.fill] = 0;
  i32[so + SetOb.used] = 0;
  i32[so + SetOb.mask] = PySet_MINSIZE - 1;
  i32[so + SetOb.table] = so + SetOb.smalltable;
  i32[so + SetOb.hash] = -1;
  i32[so + SetOb.hashHi] = -1;
}

/** Releases the up to 8 items inside the object, in order; a finalizer may put new ones in meanwhile. */
function clearSmall(rt: Runtime, so: Ref): void {
  const i32 = rt.i32;
  const first = mark(rt);
  for (let j = 0; j < PySet_MINSIZE; j++) {
    const key = i32[so + SetOb.smalltable + j * ENTRY_WORDS];
    if (key !== 0 && key !== Cell.SET_DUMMY) push(rt, key);
  }
  emptyToSmall(rt, so);
  const end = mark(rt);
  for (let slot = first; slot < end; slot += 2) clearField(rt, slot);
  dropTo(rt, first);
}

/** tp_dealloc of set, frozenset and their subclasses. */
export function set_dealloc(rt: Runtime, so: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, so);
  if (!trashBegin(rt, so, set_dealloc)) return;
  if (i32[so + SetOb.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, so);
  const table = i32[so + SetOb.table];
  if (table !== 0) {
    rt.sets.release(table, i32[so + SetOb.mask]);
    if (table !== so + SetOb.smalltable) PyMem_Free(rt, table);
  }
  rt.typeInfos[i32[i32[so + Ob.type] + Ty.info]].tp_free!(rt, so);
  trashEnd(rt);
}

/** set_swap_bodies: exchanges the contents of two sets. A frozenset's kept hash is forgotten or swapped along. */
export function set_swap_bodies(rt: Runtime, a: Ref, b: Ref): void {
  const i32 = rt.i32;
  const ta = i32[a + SetOb.table];
  const tb = i32[b + SetOb.table];
  for (const f of [SetOb.fill, SetOb.used, SetOb.mask]) {
    const t = i32[a + f];
    i32[a + f] = i32[b + f];
    i32[b + f] = t;
  }
  i32[a + SetOb.table] = tb === b + SetOb.smalltable ? a + SetOb.smalltable : tb;
  i32[b + SetOb.table] = ta === a + SetOb.smalltable ? b + SetOb.smalltable : ta;
  for (let j = 0; j < PySet_MINSIZE * ENTRY_WORDS; j++) {
    const t = i32[a + SetOb.smalltable + j];
    i32[a + SetOb.smalltable + j] = i32[b + SetOb.smalltable + j];
    i32[b + SetOb.smalltable + j] = t;
  }
  for (const so of [a, b]) i32[so + SetOb.hash] = i32[so + SetOb.hashHi] = -1;
}
