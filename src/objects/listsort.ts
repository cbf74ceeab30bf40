/** list.sort: keys, the choice of a comparison by the keys' types, and the list's protection meanwhile. Part of the object layer. */
import { Cell } from "../heap/cells.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { PyObject_IsTrue, PyObject_RichCompareBool } from "./abstract.ts";
import { PyObject_CallOneArg } from "./call.ts";
import { noMemory, valueError } from "./errors.ts";
import { Float, List, Long, Ob, Str, Tuple } from "./layout.ts";
import { exactNumber } from "./long.ts";
import { long_compare } from "./longarith.ts";
import { type Level, mergeNeeds, PureSort } from "./puresort.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType } from "./slots.ts";
import { giveInts, sortFew, takeInts } from "./smallsort.ts";
import { latin_compare, pureLevels } from "./sortlevels.ts";
import { dropTo, mark, pop, push } from "./stack.ts";
import { strData, strKind } from "./str.ts";
import { type Less, TimSort } from "./timsort.ts";
import { Cmp, type OptRef, type Ref } from "./typeinfo.ts";

/** Sorts the list in place. While it runs, the list looks empty, and changing it is an error (found at the end). */
export function list_sort_impl(rt: Runtime, self: Ref, keyfunc: OptRef, reverse: boolean): void {
  const i32 = rt.i32;
  const n = i32[self + List.size];
  const items = i32[self + List.items];
  const allocated = i32[self + List.allocated];
  i32[self + List.size] = 0;
  i32[self + List.items] = 0;
  i32[self + List.allocated] = -1;
  const vals = takeInts(n);
  for (let i = 0; i < n; i++) vals[i] = i32[items + 2 * i];
  const owner = mark(rt);
  const levels = keyfunc === 0 ? levelsOf(rt, vals, reverse) : null;
  const above = levels === null ? ownOnStack(rt, vals) : owner;
  let modified = false;
  try {
    if (levels !== null) sortPurely(rt, levels, vals, reverse, false);
    else if (keyfunc === 0) {
      if (!sortFew(rt, vals, vals, reverse)) sortValues(rt, vals, vals.slice(), reverse, false);
    } else sortByKeys(rt, vals, keyfunc, reverse);
    modified = i32[self + List.allocated] !== -1;
  } finally {
    dropTo(rt, above);
    disown(rt, owner);
    for (let i = 0; i < n; i++) i32[items + 2 * i] = vals[i];
    restoreList(rt, self, items, n, allocated);
  }
  giveInts(vals);
  if (modified) throw valueError(rt, "list modified during sort");
}

/** Room on the native stack that stays free for what comparisons call. */
const STACK_SLACK = 0x40000;

/**
 * The references are kept, in their first order, on the native stack while comparisons may run Python code. (So many that the
 * stack cannot hold them stay in the list's own buffer, where the audit does not see them.) Answers where the stack goes on.
 */
function ownOnStack(rt: Runtime, vals: Int32Array): number {
  const i32 = rt.i32;
  const at = i32[Cell.SP];
  if (at + 2 * vals.length + STACK_SLACK > i32[Cell.STACK_LIMIT]) return at;
  for (let i = 0; i < vals.length; i++) i32[at + 2 * i] = vals[i];
  i32[Cell.SP] = at + 2 * vals.length;
  return i32[Cell.SP];
}

/** Takes the references off the stack again: the list owns them. */
function disown(rt: Runtime, at: number): void {
  const i32 = rt.i32;
  for (let p = at; p < i32[Cell.SP]; p += 2) i32[p] = 0;
  i32[Cell.SP] = at;
}

/** Sorts by key(item). The keys are owned by the native stack, and released in sorted order. */
function sortByKeys(rt: Runtime, vals: Int32Array, keyfunc: Ref, reverse: boolean): void {
  const n = vals.length;
  const base = mark(rt);
  const pointers = takeInts(n);
  const order = takeInts(n);
  const block = n < MERGESTATE_TEMP_SIZE / 2 ? 0 : allocated(rt, n);
  let done = 0;
  try {
    for (; done < n; done++) {
      pointers[done] = PyObject_CallOneArg(rt, keyfunc, vals[done]);
      push(rt, pointers[done]);
      order[done] = done;
    }
    const levels = levelsOf(rt, pointers, reverse);
    if (sortFew(rt, pointers, order, reverse)) return;
    if (levels !== null) sortPurely(rt, levels, order, reverse, true);
    else sortValues(rt, order, pointers, reverse, true);
  } catch (e) {
    dropTo(rt, base + 2 * done);
    if (done < n) dropTo(rt, base);
    throw e;
  } finally {
    if (block !== 0) PyMem_Free(rt, block);
    if (done === n) {
      releaseKeys(rt, base, order, reverse);
      for (let i = 0; i < n; i++) pointers[i] = vals[i];
      for (let i = 0; i < n; i++) vals[i] = pointers[order[i]];
      giveInts(pointers);
      giveInts(order);
    }
  }
}

/** Releases the keys in the order the sort has left them in (before a final reversal). */
function releaseKeys(rt: Runtime, base: number, order: Int32Array, reverse: boolean): void {
  const i32 = rt.i32;
  const n = order.length;
  for (let i = 0; i < n; i++) {
    const at = base + 2 * order[reverse ? n - 1 - i : i];
    const key = i32[at];
    i32[at] = 0;
    decref(rt, key);
  }
  i32[Cell.SP] = base;
}

/** Gives the list its items back and frees what someone put into it meanwhile. */
function restoreList(rt: Runtime, self: Ref, items: number, n: number, allocated: number): void {
  const i32 = rt.i32;
  const strayItems = i32[self + List.items];
  let i = i32[self + List.size];
  i32[self + List.size] = n;
  i32[self + List.items] = items;
  i32[self + List.allocated] = allocated;
  if (strayItems === 0) return;
  while (--i >= 0) decref(rt, i32[strayItems + 2 * i]);
  PyMem_Free(rt, strayItems);
}

/** Elements of the temporary array that every sort has. */
const MERGESTATE_TEMP_SIZE = 256;

/** Memory for n pointers. */
function allocated(rt: Runtime, n: number): number {
  const block = PyMem_Malloc(rt, 8 * n);
  if (block === 0) throw noMemory(rt);
  return block;
}

/**
 * The memory that CPython's sort takes beside the list: merges copy a run. Ours copies into arrays of numbers, and takes the
 * block so that figures of memory are those that the program has elsewhere.
 */
class MergeMemory {
  private block = 0;
  private room: number;

  constructor(
    private readonly rt: Runtime,
    n: number,
    private readonly keyed: boolean,
  ) {
    const own = MERGESTATE_TEMP_SIZE / 2;
    this.room = keyed ? Math.min(own, (n + 1) >> 1) : MERGESTATE_TEMP_SIZE;
  }

  /** Of how many elements there is room for the copies. */
  get size(): number {
    return this.room;
  }

  /** Can a merge of runs of n elements ask for more? */
  mayGrow(n: number): boolean {
    return n >> 1 > this.room;
  }

  /** merge_getmem */
  get(need: number): void {
    if (need <= this.room) return;
    this.free();
    this.block = allocated(this.rt, this.keyed ? 2 * need : need);
    this.room = need;
  }

  free(): void {
    if (this.block !== 0) PyMem_Free(this.rt, this.block);
    this.block = 0;
  }
}

/** Sorts `vals` by what `pointers` point at. */
function sortValues(
  rt: Runtime,
  vals: Int32Array,
  pointers: Int32Array,
  reverse: boolean,
  keyed: boolean,
): void {
  const n = vals.length;
  if (n < 2) return;
  const { keys, less } = chooseCompare(rt, pointers);
  const memory = new MergeMemory(rt, n, keyed);
  const sorter = new TimSort(keys, vals, less, (need) => memory.get(need));
  // Reversing before and after keeps the order of equal elements.
  if (reverse) sorter.reverse(0, n);
  try {
    sorter.sort();
  } finally {
    memory.free();
    if (reverse) vals.reverse();
  }
}

/** From so many elements on, keys of which nobody can watch the comparison are sorted by their digits. */
const PURE_FROM = 200;

/** The levels of such keys (in the order that they are sorted from), else null. */
function levelsOf(rt: Runtime, pointers: Int32Array, reverse: boolean): Level[] | null {
  if (pointers.length < PURE_FROM) return null;
  return pureLevels(rt, reverse ? pointers.slice().reverse() : pointers);
}

/** Sorts to what list.sort's comparisons would lead to, and asks for the same memory meanwhile. */
function sortPurely(rt: Runtime, levels: Level[], vals: Int32Array, reverse: boolean, keyed: boolean): void {
  const sorted = new PureSort(levels, vals.length);
  const { order } = sorted;
  const memory = new MergeMemory(rt, vals.length, keyed);
  try {
    if (memory.mayGrow(vals.length)) mergeNeeds(sorted.ranks(), memory.size, (need) => memory.get(need));
  } finally {
    memory.free();
  }
  if (reverse) vals.reverse();
  const first = vals.slice();
  for (let i = 0; i < order.length; i++) vals[i] = first[order[i]];
  if (reverse) vals.reverse();
}

interface Compare {
  keys: Float64Array;
  less: Less | null;
}

/** What all keys have in common: decides which comparison is safe. */
interface Survey {
  type: Ref;
  sameType: boolean;
  inTuples: boolean;
  /** ints that are exact as doubles, or one-byte strings */
  simple: boolean;
}

function survey(rt: Runtime, keys: Int32Array): Survey {
  const i32 = rt.i32;
  const tuple = rt.types.tuple;
  const first = keys[0];
  const inTuples = i32[first + Ob.type] === tuple && i32[first + Tuple.size] > 0;
  const s: Survey = {
    type: i32[(inTuples ? i32[first + Tuple.items] : first) + Ob.type],
    sameType: true,
    inTuples,
    simple: true,
  };
  for (let i = 0; i < keys.length; i++) {
    let key = keys[i];
    if (inTuples) {
      if (i32[key + Ob.type] !== tuple || i32[key + Tuple.size] === 0) {
        s.inTuples = s.sameType = false;
        break;
      }
      key = i32[key + Tuple.items];
    }
    if (i32[key + Ob.type] !== s.type) {
      s.sameType = false;
      if (!inTuples) break;
    }
    if (s.sameType && s.simple) s.simple = isSimple(rt, key, s.type);
  }
  return s;
}

function isSimple(rt: Runtime, key: Ref, type: Ref): boolean {
  if (type === rt.types.int) return rt.i32[key + Long.tag] < 16 || !Number.isNaN(exactNumber(rt, key));
  return type !== rt.types.str || strKind(rt, key) === 1;
}

function chooseCompare(rt: Runtime, pointers: Int32Array): Compare {
  const s = survey(rt, pointers);
  if (s.inTuples) {
    if (s.sameType && s.simple && s.type === rt.types.int) return numberTuples(rt, pointers);
    return { keys: Float64Array.from(pointers), less: tupleCompare(rt, s) };
  }
  if (s.sameType) {
    if (s.type === rt.types.str && s.simple) return latinStrings(rt, pointers);
    if (s.type === rt.types.int && s.simple) return { keys: intKeys(rt, pointers), less: null };
    if (s.type === rt.types.float) return { keys: floatKeys(rt, pointers), less: null };
  }
  return { keys: Float64Array.from(pointers), less: elementCompare(rt, s) };
}

function intKeys(rt: Runtime, pointers: Int32Array): Float64Array {
  const keys = new Float64Array(pointers.length);
  for (let i = 0; i < keys.length; i++) keys[i] = exactNumber(rt, pointers[i]);
  return keys;
}

/** The keys 0, 1, 2 ...: for comparisons that look up what they need by the place an element had at first. */
function places(n: number): Float64Array {
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = i;
  return keys;
}

/** Strings of one byte a character: the first six characters as a number decide nearly always. */
function latinStrings(rt: Runtime, pointers: Int32Array): Compare {
  const n = pointers.length;
  const heads = new Float64Array(n);
  const u8 = rt.u8;
  for (let i = 0; i < n; i++) {
    const at = strData(rt, pointers[i]) * 4;
    const length = rt.i32[pointers[i] + Str.length];
    let head = 0;
    for (let k = 0; k < 6; k++) head = head * 256 + (k < length ? u8[at + k] : 0);
    heads[i] = head;
  }
  const less: Less = (a, b) => {
    const x = heads[a];
    const y = heads[b];
    return x !== y ? x < y : latin_compare(rt, pointers[a], pointers[b]) < 0;
  };
  return { keys: places(n), less };
}

/** Tuples that begin with an int: those decide, and where they are equal the items after them. */
function numberTuples(rt: Runtime, pointers: Int32Array): Compare {
  const n = pointers.length;
  const i32 = rt.i32;
  const heads = new Float64Array(n);
  for (let i = 0; i < n; i++) heads[i] = exactNumber(rt, i32[pointers[i] + Tuple.items]);
  const less: Less = (a, b) => {
    const x = heads[a];
    const y = heads[b];
    return x !== y ? x < y : lessAfterFirst(rt, pointers[a], pointers[b]);
  };
  return { keys: places(n), less };
}

/** a < b for tuples with equal first items. */
function lessAfterFirst(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  const na = i32[a + Tuple.size];
  const nb = i32[b + Tuple.size];
  for (let i = 1; i < na && i < nb; i++) {
    const x = i32[a + Tuple.items + 2 * i];
    const y = i32[b + Tuple.items + 2 * i];
    if (x === y) continue;
    if (i32[x + Ob.type] === rt.types.int && i32[y + Ob.type] === rt.types.int) {
      const c = long_compare(rt, x, y);
      if (c !== 0) return c < 0;
    } else if (!PyObject_RichCompareBool(rt, x, y, Cmp.EQ)) return PyObject_RichCompareBool(rt, x, y, Cmp.LT);
  }
  return na < nb;
}

function floatKeys(rt: Runtime, pointers: Int32Array): Float64Array {
  const keys = new Float64Array(pointers.length);
  for (let i = 0; i < keys.length; i++) keys[i] = rt.f64[(pointers[i] + Float.fval) >> 1];
  return keys;
}

/** The comparison of two pointers, by what the survey found. */
function elementCompare(rt: Runtime, s: Survey): Less {
  if (s.sameType) {
    if (s.type === rt.types.str && s.simple) return (a, b) => latin_compare(rt, a, b) < 0;
    if (s.type === rt.types.int && s.simple) return (a, b) => unsafe_long_compare(rt, a, b);
    if (s.type === rt.types.float)
      return (a, b) => rt.f64[(a + Float.fval) >> 1] < rt.f64[(b + Float.fval) >> 1];
    if (infoOfType(rt, s.type).tp_richcompare !== null) return unsafe_object_compare(rt, s.type);
  }
  return (a, b) => PyObject_RichCompareBool(rt, a, b, Cmp.LT);
}

function unsafe_long_compare(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  if ((i32[a + Long.tag] | i32[b + Long.tag]) >= 16) return long_compare(rt, a, b) < 0;
  const x = (1 - (i32[a + Long.tag] & 3)) * i32[a + Long.digit];
  return x < (1 - (i32[b + Long.tag] & 3)) * i32[b + Long.digit];
}

/** By the common type's own tp_richcompare, without looking at the other operand's type. */
function unsafe_object_compare(rt: Runtime, type: Ref): Less {
  const richcompare = infoOfType(rt, type).tp_richcompare!;
  return (a, b) => {
    if (infoOfType(rt, type).tp_richcompare !== richcompare)
      return PyObject_RichCompareBool(rt, a, b, Cmp.LT);
    const r = richcompare(rt, a, b, Cmp.LT);
    if (r === rt.True) return true;
    if (r === rt.False) return false;
    if (r === rt.NotImplemented) return PyObject_RichCompareBool(rt, a, b, Cmp.LT);
    push(rt, r);
    const truth = PyObject_IsTrue(rt, r);
    decref(rt, pop(rt));
    return truth;
  };
}

/** Tuples: the first items that differ decide; those at place 0 are compared by their common type. */
function tupleCompare(rt: Runtime, s: Survey): Less {
  const safe: Less = (a, b) => PyObject_RichCompareBool(rt, a, b, Cmp.LT);
  const element = s.type === rt.types.tuple ? safe : elementCompare(rt, s);
  const i32 = rt.i32;
  return (a, b) => {
    const na = i32[a + Tuple.size];
    const nb = i32[b + Tuple.size];
    let i = 0;
    for (; i < na && i < nb; i++) {
      const x = i32[a + Tuple.items + 2 * i];
      const y = i32[b + Tuple.items + 2 * i];
      if (!PyObject_RichCompareBool(rt, x, y, Cmp.EQ)) return i === 0 ? element(x, y) : safe(x, y);
    }
    return na < nb;
  };
}

/** PyList_Sort */
export function PyList_Sort(rt: Runtime, self: Ref): void {
  list_sort_impl(rt, self, 0, false);
}
