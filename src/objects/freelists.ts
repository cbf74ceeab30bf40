/**
 * The free lists of floats, tuples, lists and slices: their heads and counts, in cells of the heap's first pages. Part of the
 * object layer. Sizes as in CPython's pycore_freelist.h; a full collection empties them (`_PyObject_ClearFreeLists`).
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_Free } from "../pymalloc/domains.ts";
import { PyObject_GC_Del } from "./alloc.ts";
import { Ob, Tuple } from "./layout.ts";
import type { Runtime } from "./runtime.ts";

/** Word addresses of the heads (cells FREE_LISTS and up) and the limits. */
export const enum Free {
  /** Linked through ob_type. */
  floats = 1280,
  floatCount = 1282,
  /** Linked through the word of ob_size (CPython keeps an array of 80 pointers; last in, first out as well). */
  lists = 1284,
  listCount = 1286,
  sliceCache = 1288,
  /** Heads for tuples of 1 to 20 items, two words each, linked through ob_item[0]; the counts follow. */
  tuples = 1290,
  tupleCounts = 1330,
  /** sys.set_int_max_str_digits plus one; 0: the default. */
  maxStrDigits = 1374,
  END = 1376,

  MAX_FLOATS = 100,
  MAX_LISTS = 80,
  MAX_TUPLES = 2000,
  /** Tuples of 20 items go onto their list but are never taken off it: `<` in one place of CPython 3.13, `<=` in the other. */
  TUPLE_SIZES = 20,
}

/** Empties the free lists of this part of the object layer, but for the one slice: what a full collection does. */
export function clearNumSeqFreeLists(rt: Runtime): void {
  drain(rt, Free.floats, Free.floatCount, Ob.type, PyObject_Free);
  for (let i = 0; i < Free.TUPLE_SIZES; i++) {
    drain(rt, Free.tuples + 2 * i, Free.tupleCounts + 2 * i, Tuple.items, PyObject_GC_Del);
  }
  drain(rt, Free.lists, Free.listCount, Ob.size, PyObject_GC_Del);
}

function drain(
  rt: Runtime,
  head: number,
  count: number,
  link: number,
  free: (rt: Runtime, p: number) => void,
): void {
  const i32 = rt.i32;
  let p = i32[head];
  i32[head] = 0;
  i32[count] = 0;
  while (p !== 0) {
    const next = i32[p + link];
    free(rt, p);
    p = next;
  }
}

/** Blocks held by the free lists, for sys._debugmallocstats: name, number, bytes of each. */
export function numSeqFreeListStats(rt: Runtime): { name: string; count: number; bytes: number }[] {
  const i32 = rt.i32;
  const out = [{ name: "PyFloatObject", count: i32[Free.floatCount], bytes: 24 }];
  out.push({ name: "PyListObject", count: i32[Free.listCount], bytes: 40 });
  for (let n = 1; n <= Free.TUPLE_SIZES; n++) {
    out.push({
      name: `${n}-sized PyTupleObject`,
      count: i32[Free.tupleCounts + 2 * n - 2],
      bytes: 24 + 8 * n,
    });
  }
  return out;
}

// The cells must stay inside the interpreter's own region.
const fits: boolean = (Free.END as number) <= (Cell.EndOfInterpreter as number);
if (!fits) throw new RangeError("free list cells overlap");
