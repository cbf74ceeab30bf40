/**
 * itertools.product, permutations, combinations and combinations_with_replacement. Each keeps its last result and changes it
 * in place when nobody else holds it. Part of the modules (CPython's Modules/itertoolsmodule.c).
 */
import { ssizeArgument } from "../objects/argnumbers.ts";
import { kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyLong_Check, PyTuple_Check } from "../objects/check.ts";
import { PyDict_Size } from "../objects/dict.ts";
import { noMemory, overflowError, typeError, valueError } from "../objects/errors.ts";
import { Tuple } from "../objects/layout.ts";
import { PyLong_AsSsize_t } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Tuple } from "../objects/sequence.ts";
import { typeNameOf } from "../objects/slots.ts";
import { pop } from "../objects/stack.ts";
import { PyTuple_New, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import type { MethodDef, NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { allocIter, iterType, ownResult, replaceItem } from "./itercommon.ts";
import {
  checkIndices,
  checkState,
  indexBetween,
  indicesMaker,
  intMaker,
  type Maker,
  reduceMethod,
  refMaker,
  setstateMethod,
  tupleBy,
  typeMaker,
} from "./iterreduce.ts";

/** An array of n numbers (8 bytes each) in the mem domain. */
function newIndices(rt: Runtime, n: number): number {
  const at = n > 0x10000000 ? 0 : PyMem_Malloc(rt, 8 * n);
  if (at === 0) throw noMemory(rt);
  return at;
}

const enum Product {
  pools = 4,
  indices = 6,
  result = 8,
  stopped = 10,
  BYTES = 48,
}

const REPEAT_ARG = kwSpec("product", "repeat=");

function product_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const repeat = repeatOf(rt, kwargs);
  const nargs = repeat === 0 ? 0 : tupleSize(rt, args);
  const npools = nargs * repeat;
  if (npools > 0x10000000) throw overflowError(rt, "repeat argument too large");
  const pools = pushed(rt, PyTuple_New(rt, npools));
  for (let i = 0; i < nargs; i++) {
    PyTuple_SET_ITEM(rt, pools, i, PySequence_Tuple(rt, tupleItem(rt, args, i)));
  }
  for (let i = nargs; i < npools; i++) {
    PyTuple_SET_ITEM(rt, pools, i, newref(rt, tupleItem(rt, pools, i - nargs)));
  }
  const p = pushed(rt, allocIter(rt, type));
  const indices = newIndices(rt, npools);
  for (let i = 0; i < npools; i++) rt.i32[indices + 2 * i] = 0;
  rt.i32[p + Product.indices] = indices;
  pop(rt);
  rt.i32[p + Product.pools] = pop(rt);
  return p;
}

function repeatOf(rt: Runtime, kwargs: OptRef): number {
  if (kwargs === 0 || PyDict_Size(rt, kwargs) === 0) return 1;
  const [repeat] = parseTupleKw(rt, REPEAT_ARG, rt.emptyTuple, kwargs);
  const n = repeat === 0 ? 1 : ssizeArgument(rt, repeat);
  if (n < 0) throw valueError(rt, "repeat argument cannot be negative");
  return n;
}

function product_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  if (i32[p + Product.stopped] !== 0) return 0;
  const more = i32[p + Product.result] === 0 ? productFirst(rt, p) : productStep(rt, p);
  if (more) return newref(rt, i32[p + Product.result]);
  i32[p + Product.stopped] = 1;
  return 0;
}

/** The first item of each pool; false if a pool is empty. */
function productFirst(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  const pools = i32[p + Product.pools];
  const n = tupleSize(rt, pools);
  const result = PyTuple_New(rt, n);
  i32[p + Product.result] = result;
  for (let i = 0; i < n; i++) {
    const pool = tupleItem(rt, pools, i);
    if (tupleSize(rt, pool) === 0) return false;
    PyTuple_SET_ITEM(rt, result, i, newref(rt, tupleItem(rt, pool, 0)));
  }
  return true;
}

/** The last index goes on; when it is through, it starts again and the one before goes on. */
function productStep(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  const result = ownResult(rt, p + Product.result);
  const pools = i32[p + Product.pools];
  const indices = i32[p + Product.indices];
  for (let i = tupleSize(rt, pools) - 1; i >= 0; i--) {
    const pool = tupleItem(rt, pools, i);
    const index = i32[indices + 2 * i] + 1;
    const more = index < i32[pool + Tuple.size];
    i32[indices + 2 * i] = more ? index : 0;
    replaceItem(rt, result, i, newref(rt, tupleItem(rt, pool, more ? index : 0)));
    if (more) return true;
  }
  return false;
}

function productParts(rt: Runtime, p: Ref): Maker[] {
  const i32 = rt.i32;
  const pools = i32[p + Product.pools];
  if (i32[p + Product.stopped] !== 0) {
    return [typeMaker(rt, p), () => tupleBy(rt, refMaker(rt, rt.emptyTuple))];
  }
  const parts = [typeMaker(rt, p), refMaker(rt, pools)];
  if (i32[p + Product.result] === 0) return parts;
  return [...parts, indicesMaker(rt, i32[p + Product.indices], tupleSize(rt, pools))];
}

function product_setstate(rt: Runtime, p: Ref, state: Ref): void {
  const i32 = rt.i32;
  const pools = i32[p + Product.pools];
  const n = tupleSize(rt, pools);
  checkIndices(rt, state, n);
  for (let i = 0; i < n; i++) {
    const size = tupleSize(rt, tupleItem(rt, pools, i));
    if (size === 0) {
      i32[p + Product.stopped] = 1;
      return;
    }
    i32[i32[p + Product.indices] + 2 * i] = indexBetween(rt, state, i, 0, size - 1);
  }
  const items = Array.from({ length: n }, (_, i) =>
    refMaker(rt, tupleItem(rt, tupleItem(rt, pools, i), i32[i32[p + Product.indices] + 2 * i])),
  );
  setField(rt, p + Product.result, tupleBy(rt, ...items));
}

export function productType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "product",
    bytes: Product.BYTES,
    refs: [Product.pools, Product.result],
    doc: "The Cartesian product, the last iterable going fastest.",
    new: product_new,
    next: product_next,
    methods: [reduceMethod(productParts), setstateMethod(product_setstate)],
    sizeof: (rt, p) => Product.BYTES + 8 * tupleSize(rt, rt.i32[p + Product.pools]),
    free: (rt, p) => PyMem_Free(rt, rt.i32[p + Product.indices]),
  });
}

/** combinationsobject and cwrobject. */
const enum Combi {
  pool = 4,
  indices = 6,
  result = 8,
  r = 10,
  stopped = 12,
  BYTES = 56,
}

/** permutationsobject has the cycles in between. */
const enum Permut {
  pool = 4,
  indices = 6,
  cycles = 8,
  result = 10,
  r = 12,
  stopped = 14,
  BYTES = 64,
}

const COMBINATIONS_ARGS = kwSpec("combinations", "iterable, r");
const CWR_ARGS = kwSpec("combinations_with_replacement", "iterable, r");

function checkLength(rt: Runtime, r: number): void {
  if (r < 0) throw valueError(rt, "r must be non-negative");
}

/** A combinations object of the type, indices not filled; its pool is set. */
function newCombi(rt: Runtime, type: Ref, iterable: Ref, length: Ref): NewRef {
  const r = ssizeArgument(rt, length);
  const pool = pushed(rt, PySequence_Tuple(rt, iterable));
  checkLength(rt, r);
  const p = pushed(rt, allocIter(rt, type));
  rt.i32[p + Combi.r] = r;
  rt.i32[p + Combi.indices] = newIndices(rt, r);
  pop(rt);
  rt.i32[p + Combi.pool] = pool;
  pop(rt);
  return p;
}

function combinations_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [iterable, length] = parseTupleKw(rt, COMBINATIONS_ARGS, args, kwargs);
  const p = newCombi(rt, type, iterable, length);
  const i32 = rt.i32;
  const r = i32[p + Combi.r];
  for (let i = 0; i < r; i++) i32[i32[p + Combi.indices] + 2 * i] = i;
  i32[p + Combi.stopped] = r > tupleSize(rt, i32[p + Combi.pool]) ? 1 : 0;
  return p;
}

function cwr_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [iterable, length] = parseTupleKw(rt, CWR_ARGS, args, kwargs);
  const p = newCombi(rt, type, iterable, length);
  const i32 = rt.i32;
  const r = i32[p + Combi.r];
  for (let i = 0; i < r; i++) i32[i32[p + Combi.indices] + 2 * i] = 0;
  i32[p + Combi.stopped] = tupleSize(rt, i32[p + Combi.pool]) === 0 && r > 0 ? 1 : 0;
  return p;
}

/** The pool's items at the first r indices, in a new tuple. */
function firstResult(rt: Runtime, pool: Ref, indices: number, r: number): NewRef {
  const result = PyTuple_New(rt, r);
  for (let i = 0; i < r; i++) {
    PyTuple_SET_ITEM(rt, result, i, newref(rt, tupleItem(rt, pool, rt.i32[indices + 2 * i])));
  }
  return result;
}

function combiNext(rt: Runtime, p: Ref, step: (rt: Runtime, p: Ref) => boolean): NewRef | 0 {
  const i32 = rt.i32;
  if (i32[p + Combi.stopped] !== 0) return 0;
  if (i32[p + Combi.result] === 0) {
    i32[p + Combi.result] = firstResult(rt, i32[p + Combi.pool], i32[p + Combi.indices], i32[p + Combi.r]);
  } else if (!step(rt, p)) {
    i32[p + Combi.stopped] = 1;
    return 0;
  }
  return newref(rt, i32[p + Combi.result]);
}

/** The rightmost index that can grow does; those after it follow one by one. */
function combinationsStep(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  const result = ownResult(rt, p + Combi.result);
  const pool = i32[p + Combi.pool];
  const indices = i32[p + Combi.indices];
  const r = i32[p + Combi.r];
  const slack = tupleSize(rt, pool) - r;
  let i = r - 1;
  while (i >= 0 && i32[indices + 2 * i] === i + slack) i--;
  if (i < 0) return false;
  i32[indices + 2 * i]++;
  for (let j = i + 1; j < r; j++) i32[indices + 2 * j] = i32[indices + 2 * j - 2] + 1;
  for (; i < r; i++) replaceItem(rt, result, i, newref(rt, tupleItem(rt, pool, i32[indices + 2 * i])));
  return true;
}

/** The rightmost index that can grow does; those after it become equal to it. */
function cwrStep(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  const result = ownResult(rt, p + Combi.result);
  const pool = i32[p + Combi.pool];
  const indices = i32[p + Combi.indices];
  const r = i32[p + Combi.r];
  const last = tupleSize(rt, pool) - 1;
  let i = r - 1;
  while (i >= 0 && i32[indices + 2 * i] === last) i--;
  if (i < 0) return false;
  const index = i32[indices + 2 * i] + 1;
  const item = tupleItem(rt, pool, index);
  for (; i < r; i++) {
    i32[indices + 2 * i] = index;
    replaceItem(rt, result, i, newref(rt, item));
  }
  return true;
}

function combinations_next(rt: Runtime, p: Ref): NewRef | 0 {
  return combiNext(rt, p, combinationsStep);
}

function cwr_next(rt: Runtime, p: Ref): NewRef | 0 {
  return combiNext(rt, p, cwrStep);
}

/** Arguments (pool, r), where what has ended has nothing to choose from; and, once there was a result, the indices. */
function poolParts(rt: Runtime, p: Ref, r: number, result: Ref, stopped: boolean, state: Maker): Maker[] {
  const over = result !== 0 && stopped;
  const pool = over ? rt.emptyTuple : rt.i32[p + Combi.pool];
  const parts = [typeMaker(rt, p), () => tupleBy(rt, refMaker(rt, pool), intMaker(rt, r))];
  return result === 0 || over ? parts : [...parts, state];
}

/** `highest`: of the index at place i, of a pool of n items for r places. */
function combiMethods(highest: (i: number, n: number, r: number) => number): MethodDef[] {
  return [
    reduceMethod((rt, p) => {
      const i32 = rt.i32;
      const r = i32[p + Combi.r];
      const state = indicesMaker(rt, i32[p + Combi.indices], r);
      return poolParts(rt, p, r, i32[p + Combi.result], i32[p + Combi.stopped] !== 0, state);
    }),
    setstateMethod((rt, p, state) => {
      const i32 = rt.i32;
      const r = i32[p + Combi.r];
      const pool = i32[p + Combi.pool];
      const indices = i32[p + Combi.indices];
      checkIndices(rt, state, r);
      const n = tupleSize(rt, pool);
      for (let i = 0; i < r; i++) i32[indices + 2 * i] = indexBetween(rt, state, i, 0, highest(i, n, r));
      if (n > 0) setField(rt, p + Combi.result, firstResult(rt, pool, indices, r));
    }),
  ];
}

export function combinationsType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "combinations",
    bytes: Combi.BYTES,
    refs: [Combi.pool, Combi.result],
    doc: "The sub-sequences of r items, in order.",
    new: combinations_new,
    next: combinations_next,
    methods: combiMethods((i, n, r) => i + n - r),
    sizeof: combiSize,
    free: (rt, p) => PyMem_Free(rt, rt.i32[p + Combi.indices]),
  });
}

export function cwrType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "combinations_with_replacement",
    bytes: Combi.BYTES,
    refs: [Combi.pool, Combi.result],
    doc: "The sub-sequences of r items, where an item may come again.",
    new: cwr_new,
    next: cwr_next,
    methods: combiMethods((_, n) => n - 1),
    sizeof: combiSize,
    free: (rt, p) => PyMem_Free(rt, rt.i32[p + Combi.indices]),
  });
}

function combiSize(rt: Runtime, p: Ref): number {
  return Combi.BYTES + 8 * rt.i32[p + Combi.r];
}

const PERMUTATIONS_ARGS = kwSpec("permutations", "iterable, r=");

function permutations_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [iterable, length] = parseTupleKw(rt, PERMUTATIONS_ARGS, args, kwargs);
  const pool = pushed(rt, PySequence_Tuple(rt, iterable));
  const n = tupleSize(rt, pool);
  const r = length === 0 || length === rt.None ? n : permutationLength(rt, length);
  checkLength(rt, r);
  const p = pushed(rt, allocIter(rt, type));
  const i32 = rt.i32;
  const indices = (i32[p + Permut.indices] = newIndices(rt, n));
  const cycles = (i32[p + Permut.cycles] = newIndices(rt, r));
  for (let i = 0; i < n; i++) i32[indices + 2 * i] = i;
  for (let i = 0; i < r; i++) i32[cycles + 2 * i] = n - i;
  i32[p + Permut.r] = r;
  i32[p + Permut.stopped] = r > n ? 1 : 0;
  pop(rt);
  i32[p + Permut.pool] = pop(rt);
  return p;
}

function permutationLength(rt: Runtime, length: Ref): number {
  if (!PyLong_Check(rt, length)) throw typeError(rt, "Expected int as r");
  return PyLong_AsSsize_t(rt, length);
}

function permutations_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  if (i32[p + Permut.stopped] !== 0) return 0;
  if (i32[p + Permut.result] === 0) {
    i32[p + Permut.result] = firstResult(
      rt,
      i32[p + Permut.pool],
      i32[p + Permut.indices],
      i32[p + Permut.r],
    );
  } else if (!permutationsStep(rt, p)) {
    i32[p + Permut.stopped] = 1;
    return 0;
  }
  return newref(rt, i32[p + Permut.result]);
}

function permutationsStep(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  const pool = i32[p + Permut.pool];
  const n = tupleSize(rt, pool);
  if (n === 0) return false;
  const result = ownResult(rt, p + Permut.result);
  const indices = i32[p + Permut.indices];
  const cycles = i32[p + Permut.cycles];
  const r = i32[p + Permut.r];
  for (let i = r - 1; i >= 0; i--) {
    const left = --i32[cycles + 2 * i];
    if (left === 0) {
      rotateLeft(i32, indices, i, n);
      i32[cycles + 2 * i] = n - i;
      continue;
    }
    const index = i32[indices + 2 * i];
    i32[indices + 2 * i] = i32[indices + 2 * (n - left)];
    i32[indices + 2 * (n - left)] = index;
    for (let k = i; k < r; k++)
      replaceItem(rt, result, k, newref(rt, tupleItem(rt, pool, i32[indices + 2 * k])));
    return true;
  }
  return false;
}

/** indices[i:] = indices[i+1:] + indices[i:i+1] */
function rotateLeft(i32: Int32Array, indices: number, i: number, n: number): void {
  const index = i32[indices + 2 * i];
  for (let j = i; j < n - 1; j++) i32[indices + 2 * j] = i32[indices + 2 * j + 2];
  i32[indices + 2 * n - 2] = index;
}

function permutationsParts(rt: Runtime, p: Ref): Maker[] {
  const i32 = rt.i32;
  const r = i32[p + Permut.r];
  const n = tupleSize(rt, i32[p + Permut.pool]);
  const indices = indicesMaker(rt, i32[p + Permut.indices], n);
  const cycles = indicesMaker(rt, i32[p + Permut.cycles], r);
  const state = (): NewRef => tupleBy(rt, indices, cycles);
  return poolParts(rt, p, r, i32[p + Permut.result], i32[p + Permut.stopped] !== 0, state);
}

function permutations_setstate(rt: Runtime, p: Ref, state: Ref): void {
  const i32 = rt.i32;
  const pool = i32[p + Permut.pool];
  const n = tupleSize(rt, pool);
  const r = i32[p + Permut.r];
  checkState(rt, state, 2, 2);
  const [indices, cycles] = [tupleItem(rt, state, 0), tupleItem(rt, state, 1)];
  [indices, cycles].forEach((o, i) => {
    if (PyTuple_Check(rt, o)) return;
    throw typeError(rt, `argument ${i + 1} must be tuple, not ${typeNameOf(rt, o)}`);
  });
  checkIndices(rt, indices, n);
  checkIndices(rt, cycles, r);
  for (let i = 0; i < n; i++) {
    i32[i32[p + Permut.indices] + 2 * i] = indexBetween(rt, indices, i, 0, n - 1);
  }
  for (let i = 0; i < r; i++) i32[i32[p + Permut.cycles] + 2 * i] = indexBetween(rt, cycles, i, 1, n - i);
  if (r <= n) setField(rt, p + Permut.result, firstResult(rt, pool, i32[p + Permut.indices], r));
}

export function permutationsType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "permutations",
    bytes: Permut.BYTES,
    refs: [Permut.pool, Permut.result],
    doc: "The arrangements of r items.",
    new: permutations_new,
    next: permutations_next,
    methods: [reduceMethod(permutationsParts), setstateMethod(permutations_setstate)],
    sizeof: (rt, p) => Permut.BYTES + 8 * (tupleSize(rt, rt.i32[p + Permut.pool]) + rt.i32[p + Permut.r]),
    free: (rt, p) => {
      PyMem_Free(rt, rt.i32[p + Permut.indices]);
      PyMem_Free(rt, rt.i32[p + Permut.cycles]);
    },
  });
}
