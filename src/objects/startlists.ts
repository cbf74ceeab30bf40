/**
 * What the free lists hold when a program begins. CPython's start-up (its importer, site and what they import) leaves objects
 * there, so that a program's first lists, dicts and tuples are old blocks and new ones of others; ours has less to do and
 * would leave none. Part of the object layer.
 */
import { PyDict_New, PyDict_SetItem } from "./dict.ts";
import { PyFloat_FromDouble } from "./float.ts";
import { Tuple } from "./layout.ts";
import { PyList_New } from "./list.ts";
import type { Runtime } from "./runtime.ts";
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

/** Makes the objects and gives them back. */
export function fillFreeLists(rt: Runtime): void {
  let n = 0;
  const make = (count: number, one: (i: number) => NewRef): void => {
    for (let i = 0; i < count; i++, n++) push(rt, one(i));
  };
  make(DICTS, (i) => {
    const d = push(rt, PyDict_New(rt));
    if (i < TABLES) PyDict_SetItem(rt, rt.i32[d], rt.names.__name__, rt.None);
    const dict = rt.i32[d];
    rt.i32[d] = 0;
    drop(rt);
    return dict;
  });
  make(FLOATS, (i) => PyFloat_FromDouble(rt, i));
  make(LISTS, () => PyList_New(rt, 0));
  TUPLES.forEach((count, i) => {
    make(count, () => emptyTuple(rt, i + 1));
  });
  drop(rt, n);
}

function emptyTuple(rt: Runtime, n: number): NewRef {
  const t = PyTuple_New(rt, n);
  for (let i = 0; i < n; i++) rt.i32[t + Tuple.items + 2 * i] = rt.None;
  return t;
}
