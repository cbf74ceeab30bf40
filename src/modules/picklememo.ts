/**
 * The memo of a pickler: which objects have been pickled, and their numbers. A hash table of addresses, open addressing,
 * from which nothing is ever taken. Part of the modules, for _pickle.ts.
 *
 *   PyMemoTable   mt_mask | mt_used | mt_allocated | mt_table ->  { me_key, me_value } ...
 */
import { noMemory } from "../objects/errors.ts";
import { incref, xdecref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref, Visit } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";

const enum Memo {
  mask = 0,
  used = 2,
  allocated = 4,
  table = 6,
  BYTES = 32,
  ENTRY_BYTES = 16,
  /** Words of an entry, and where its value stands. */
  ENTRY = 4,
  value = 2,
  MINSIZE = 8,
}

/** A table of n empty entries, or 0. */
function newTable(rt: Runtime, n: number): number {
  const table = PyMem_Malloc(rt, n * Memo.ENTRY_BYTES);
  if (table !== 0) rt.i32.fill(0, table, table + n * Memo.ENTRY);
  return table;
}

/** PyMemoTable_New, with room for `allocated` entries (a power of two). */
export function PyMemoTable_New(rt: Runtime, allocated: number = Memo.MINSIZE): number {
  const m = PyMem_Malloc(rt, Memo.BYTES);
  if (m === 0) throw noMemory(rt);
  const table = newTable(rt, allocated);
  if (table === 0) {
    PyMem_Free(rt, m);
    throw noMemory(rt);
  }
  const i32 = rt.i32;
  i32[m + Memo.used] = 0;
  i32[m + Memo.allocated] = allocated;
  i32[m + Memo.mask] = allocated - 1;
  i32[m + Memo.table] = table;
  return m;
}

export function PyMemoTable_Copy(rt: Runtime, from: number): number {
  const i32 = rt.i32;
  const n = i32[from + Memo.allocated];
  const m = PyMemoTable_New(rt, n);
  const source = i32[from + Memo.table];
  i32.copyWithin(i32[m + Memo.table], source, source + n * Memo.ENTRY);
  i32[m + Memo.used] = i32[from + Memo.used];
  memoVisit(rt, m, (key) => incref(rt, key));
  return m;
}

export function PyMemoTable_Clear(rt: Runtime, m: number): void {
  const i32 = rt.i32;
  const table = i32[m + Memo.table];
  for (let at = table + (i32[m + Memo.allocated] - 1) * Memo.ENTRY; at >= table; at -= Memo.ENTRY) {
    xdecref(rt, i32[at]);
  }
  i32[m + Memo.used] = 0;
  i32.fill(0, table, table + i32[m + Memo.allocated] * Memo.ENTRY);
}

export function PyMemoTable_Del(rt: Runtime, m: number): void {
  PyMemoTable_Clear(rt, m);
  PyMem_Free(rt, rt.i32[m + Memo.table]);
  PyMem_Free(rt, m);
}

/** Where the key's entry is, or would stand. */
function lookup(rt: Runtime, m: number, key: Ref): number {
  const i32 = rt.i32;
  const mask = i32[m + Memo.mask];
  const table = i32[m + Memo.table];
  // The address in bytes, an eighth of it.
  const hash = key >>> 1;
  let i = hash & mask;
  let at = table + i * Memo.ENTRY;
  if (i32[at] === 0 || i32[at] === key) return at;
  for (let perturb = hash; ; perturb >>>= 5) {
    i = (i * 5 + perturb + 1) | 0;
    at = table + (i & mask) * Memo.ENTRY;
    if (i32[at] === 0 || i32[at] === key) return at;
  }
}

function resize(rt: Runtime, m: number, atLeast: number): void {
  const i32 = rt.i32;
  let n: number = Memo.MINSIZE;
  while (n < atLeast) n *= 2;
  const old = i32[m + Memo.table];
  const table = newTable(rt, n);
  if (table === 0) throw noMemory(rt);
  i32[m + Memo.table] = table;
  i32[m + Memo.allocated] = n;
  i32[m + Memo.mask] = n - 1;
  for (let left = i32[m + Memo.used], at = old; left > 0; at += Memo.ENTRY) {
    if (i32[at] === 0) continue;
    left--;
    const to = lookup(rt, m, i32[at]);
    i32[to] = i32[at];
    i32[to + Memo.value] = i32[at + Memo.value];
  }
  PyMem_Free(rt, old);
}

export const memoSize = (rt: Runtime, m: number): number => rt.i32[m + Memo.used];

/** The number of an object, or -1. */
export function PyMemoTable_Get(rt: Runtime, m: number, key: Ref): number {
  const at = lookup(rt, m, key);
  return rt.i32[at] === 0 ? -1 : rt.i32[at + Memo.value];
}

/** Two thirds full it grows to four times what is in it, a large one to twice that. */
export function PyMemoTable_Set(rt: Runtime, m: number, key: Ref, value: number): void {
  const i32 = rt.i32;
  const at = lookup(rt, m, key);
  i32[at + Memo.value] = value;
  if (i32[at] !== 0) return;
  incref(rt, key);
  i32[at] = key;
  const used = ++i32[m + Memo.used];
  if (used * 3 >= i32[m + Memo.allocated] * 2) resize(rt, m, used * (used > 50000 ? 2 : 4));
}

/** Bytes of a memo. */
export const memoBytes = (rt: Runtime, m: number): number =>
  Memo.BYTES + rt.i32[m + Memo.allocated] * Memo.ENTRY_BYTES;

/** The objects in it; `visit` must not change it. */
export function memoVisit(rt: Runtime, m: number, visit: Visit): void {
  memoEach(rt, m, (key) => visit(key));
}

/** Each object with its number, in the order of the table. */
export function memoEach(rt: Runtime, m: number, each: (key: Ref, value: number) => void): void {
  const i32 = rt.i32;
  const table = i32[m + Memo.table];
  for (let at = table, end = at + i32[m + Memo.allocated] * Memo.ENTRY; at < end; at += Memo.ENTRY) {
    if (i32[at] !== 0) each(i32[at], i32[at + Memo.value]);
  }
}

/** Frees a memo whose field is at `at`. */
export function dropMemo(rt: Runtime, at: number): void {
  const m = rt.i32[at];
  if (m === 0) return;
  rt.i32[at] = 0;
  PyMemoTable_Del(rt, m);
}
