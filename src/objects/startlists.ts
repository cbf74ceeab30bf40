/**
 * What the free lists hold when a program begins, and after an import. CPython's start-up and importer leave objects there, so
 * that a program's next lists, dicts and tuples are old blocks; ours has less to do and would leave none. Part of the object
 * layer.
 */
import { Cell } from "../heap/cells.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { INDEX2SIZE, NB_CLASSES, Pool, usedHead } from "../pymalloc/layout.ts";
import { PyDict_New, PyDict_SetItem } from "./dict.ts";
import { PyFloat_FromDouble } from "./float.ts";
import { Free } from "./freelists.ts";
import { Tuple } from "./layout.ts";
import { PyList_New } from "./list.ts";
import type { Runtime } from "./runtime.ts";
import { PySlice_New } from "./slice.ts";
import { drop, push } from "./stack.ts";
import { PyTuple_New } from "./tuple.ts";
import type { NewRef } from "./typeinfo.ts";

/** Numbers as sys._debugmallocstats() of CPython 3.13 shows them at the first line of a script. */
const DICTS = 11;
const TABLES = 5;
const FLOATS = 5;
const LISTS = 9;
/** Tuples of 1 item, of 2, ... */
const TUPLES = [5, 8, 3, 1, 1, 2, 5, 2, 3, 5, 2, 8, 2, 1, 1, 2, 2, 2, 1];

const OPEN = "blocks of open pools";

/** Makes as many objects as are wanting and gives them back, with those that were there. The collector does not count them. */
export function fillFreeLists(rt: Runtime): void {
  const i32 = rt.i32;
  const count = i32[Cell.GC_COUNT0];
  i32[Cell.GC_COUNT0] = -1000;
  let n = 0;
  const make = (have: number, count: number, one: (i: number) => NewRef): void => {
    if (have >= count) return;
    for (let i = 0; i < count; i++, n++) push(rt, one(i));
  };
  make(i32[Cell.DICT_NUMFREE], DICTS, (i) => newDict(rt, i < TABLES));
  make(i32[Free.floatCount], FLOATS, (i) => PyFloat_FromDouble(rt, i));
  make(i32[Free.listCount], LISTS, () => PyList_New(rt, 0));
  TUPLES.forEach((count, i) => {
    make(i32[Free.tupleCounts + 2 * i], count, () => newTuple(rt, i + 1));
  });
  make(i32[Free.sliceCache], 1, () => PySlice_New(rt, 0, 0, 0));
  drop(rt, n);
  i32[Cell.GC_COUNT0] = count;
}

/**
 * Keeps a block of each size of which none is in use. After CPython's start-up every size class has a pool in use: a pool does
 * not go back and forth between sizes as a program's first objects of two sizes come and go, and so neither do addresses.
 */
export function openPools(rt: Runtime): void {
  const blocks: number[] = [];
  for (let szidx = 0; szidx < NB_CLASSES; szidx++) {
    const head = usedHead(szidx);
    if (rt.i32[head + Pool.nextpool] === head) blocks.push(PyMem_Malloc(rt, INDEX2SIZE(szidx)));
  }
  rt.moduleState.set(OPEN, blocks);
}

/** The interpreter's end. */
export function closePools(rt: Runtime): void {
  for (const block of (rt.moduleState.get(OPEN) as number[] | undefined) ?? []) PyMem_Free(rt, block);
  rt.moduleState.delete(OPEN);
}

/** A dict, with a table of its own if `filled`. */
function newDict(rt: Runtime, filled: boolean): NewRef {
  const slot = push(rt, PyDict_New(rt));
  const dict = rt.i32[slot];
  if (filled) PyDict_SetItem(rt, dict, rt.names.__name__, rt.None);
  rt.i32[slot] = 0;
  drop(rt);
  return dict;
}

function newTuple(rt: Runtime, n: number): NewRef {
  const t = PyTuple_New(rt, n);
  for (let i = 0; i < n; i++) rt.i32[t + Tuple.items + 2 * i] = rt.None;
  return t;
}
