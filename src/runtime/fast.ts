/**
 * The operations of compiled code that are worth inlining: counts, arithmetic on small ints and floats, comparisons, items,
 * attributes through inline caches. Part of the runtime. They are closures over one heap's views, made once for each Runtime,
 * so that V8 can treat the views as constants; everything uncommon goes to the shared functions of the other files.
 *
 * Operands: `f` says which are owned and so taken over (1: the first, 2: the second, 4: the third), also when an exception is
 * raised; `top` is the address of the first free slot of the caller's evaluation stack, where they wait meanwhile.
 */
import type { Runtime } from "../objects/runtime.ts";
import { _PyUnicode_EQ, charAt } from "../objects/str.ts";
import { makeComparisons } from "./fastcompare.ts";
import { makeItems } from "./fastitems.ts";
import { makeNames } from "./fastnames.ts";
import { makeNumbers } from "./fastnumbers.ts";

export function makeFast(rt: Runtime) {
  const T = rt.types;
  const numbers = makeNumbers(rt);
  const { incref, decref, release, value, wide, intNew } = numbers;
  return {
    ...numbers,
    ...makeComparisons(rt, decref, release, value, wide),
    ...makeItems(rt, incref, decref, release, value, intNew),
    ...makeNames(rt, incref, decref),
    ...rt.tables,
    u8: rt.u8,
    f64: rt.f64,
    FROZENSET: T.frozenset,
    STR: T.str,
    DICT: T.dict,
    SET: T.set,
    INT: T.int,
    FLOAT: T.float,
    LIST: T.list,
    TUPLE: T.tuple,
    /** The character of a str of length 1. */
    charCode: (s: number): number => charAt(rt, s, 0),
    strEqual: (a: number, b: number): boolean => _PyUnicode_EQ(rt, a, b),
  };
}
