/** itertools.chain, accumulate, pairwise, batched and zip_longest. Part of the modules. */

import { PyObject_IsTrue } from "../objects/abstract.ts";
import { PyObject_GC_Track } from "../objects/alloc.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallTwoArgs } from "../objects/call.ts";
import { PyDict_Next } from "../objects/dict.ts";
import { caught, clearError, typeError, valueError } from "../objects/errors.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { PyIter_Check, PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { Gc, Ob, Tuple } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { newNoKeywords } from "../objects/newkeywords.ts";
import { PyNumber_Add } from "../objects/number.ts";
import { clearField, decref, newref, setField, xnewref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { strEqualsJS } from "../objects/str.ts";
import {
  _PyTuple_Resize,
  PyTuple_New,
  PyTuple_Pack,
  PyTuple_Pack2,
  PyTuple_SET_ITEM,
  tupleItem,
  tupleSize,
} from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { allocIter, iterType, nextOf, nextOrClear, replaceItem } from "./itercommon.ts";
import {
  checkState,
  type Maker,
  reduceMethod,
  refMaker,
  setstateMethod,
  tupleBy,
  typeMaker,
} from "./iterreduce.ts";

const enum Chain {
  source = 4,
  active = 6,
  BYTES = 32,
}

function chain_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "chain", kwargs);
  return chainOf(rt, type, PyObject_GetIter(rt, args));
}

function chainOf(rt: Runtime, type: Ref, source: NewRef): NewRef {
  push(rt, source);
  const p = allocIter(rt, type);
  rt.i32[p + Chain.source] = pop(rt);
  return p;
}

function chain_from_iterable(rt: Runtime, type: Ref, iterable: Ref): NewRef {
  return chainOf(rt, type, PyObject_GetIter(rt, iterable));
}

function chain_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  while (i32[p + Chain.source] !== 0) {
    if (i32[p + Chain.active] === 0 && !nextSource(rt, p)) return 0;
    const item = PyIter_Next(rt, i32[p + Chain.active]);
    if (item !== 0) return item;
    clearField(rt, p + Chain.active);
  }
  return 0;
}

/** Makes the iterator of the next iterable the active one; false at the end. What raises ends the chain. */
function nextSource(rt: Runtime, p: Ref): boolean {
  const iterable = nextOrClear(rt, p + Chain.source);
  if (iterable === 0) return false;
  push(rt, iterable);
  try {
    rt.i32[p + Chain.active] = PyObject_GetIter(rt, iterable);
  } catch (e) {
    clearField(rt, p + Chain.source);
    throw e;
  }
  drop(rt);
  return true;
}

function chainParts(rt: Runtime, p: Ref): Maker[] {
  const fields = [rt.i32[p + Chain.source], rt.i32[p + Chain.active]].filter((o) => o !== 0);
  const parts = [typeMaker(rt, p), refMaker(rt, rt.emptyTuple)];
  return rt.i32[p + Chain.source] === 0
    ? parts
    : [...parts, () => tupleBy(rt, ...fields.map((o) => refMaker(rt, o)))];
}

function chain_setstate(rt: Runtime, p: Ref, state: Ref): void {
  checkState(rt, state, 1, 2);
  const source = tupleItem(rt, state, 0);
  const active = tupleSize(rt, state) === 2 ? tupleItem(rt, state, 1) : 0;
  if (!PyIter_Check(rt, source) || (active !== 0 && !PyIter_Check(rt, active))) {
    throw typeError(rt, "Arguments must be iterators.");
  }
  setField(rt, p + Chain.source, newref(rt, source));
  setField(rt, p + Chain.active, xnewref(rt, active));
}

export function chainType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "chain",
    bytes: Chain.BYTES,
    refs: [Chain.active, Chain.source],
    doc: "The items of one iterable after the other.",
    new: chain_new,
    next: chain_next,
    methods: [
      { name: "from_iterable", flags: METH.O | METH.CLASS, fn: chain_from_iterable },
      { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
      reduceMethod(chainParts),
      setstateMethod(chain_setstate),
    ],
  });
}

const enum Accumulate {
  total = 4,
  it = 6,
  binop = 8,
  initial = 10,
  state = 12,
  BYTES = 56,
}

const ACCUMULATE_ARGS = kwSpec("accumulate", "iterable, func=, *, initial=");

function accumulate_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [iterable, func, initial] = parseTupleKw(rt, ACCUMULATE_ARGS, args, kwargs);
  push(rt, PyObject_GetIter(rt, iterable));
  const p = allocIter(rt, type);
  rt.i32[p + Accumulate.it] = pop(rt);
  rt.i32[p + Accumulate.binop] = func === rt.None ? 0 : xnewref(rt, func);
  rt.i32[p + Accumulate.initial] = initial === 0 ? rt.None : newref(rt, initial);
  return p;
}

function accumulate_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const initial = i32[p + Accumulate.initial];
  if (initial !== rt.None) {
    i32[p + Accumulate.initial] = rt.None;
    setField(rt, p + Accumulate.total, newref(rt, initial));
    return initial;
  }
  const value = nextOf(rt, i32[p + Accumulate.it]);
  if (value === 0) return 0;
  const total = i32[p + Accumulate.total];
  if (total === 0) {
    i32[p + Accumulate.total] = newref(rt, value);
    return value;
  }
  push(rt, value);
  const binop = i32[p + Accumulate.binop];
  const sum = binop === 0 ? PyNumber_Add(rt, total, value) : PyObject_CallTwoArgs(rt, binop, total, value);
  drop(rt);
  setField(rt, p + Accumulate.total, newref(rt, sum));
  return sum;
}

/** What is still to come first is put in front by a chain; a total that is None would be taken for none. */
function accumulateParts(rt: Runtime, p: Ref): Maker[] {
  const i32 = rt.i32;
  const { chain, islice } = rt.moduleState.get("itertools") as Record<string, Ref>;
  const it = i32[p + Accumulate.it];
  const binop = i32[p + Accumulate.binop] || rt.None;
  const initial = i32[p + Accumulate.initial];
  const total = i32[p + Accumulate.total];
  const after =
    (first: Ref): Maker =>
    () => {
      const parts = pushed(
        rt,
        tupleBy(rt, () => PyTuple_Pack(rt, first), refMaker(rt, it)),
      );
      const source = pushed(rt, PyObject_GetIter(rt, parts));
      const result = chainOf(rt, chain, newref(rt, source));
      drop(rt, 2);
      return result;
    };
  if (initial !== rt.None) {
    return [typeMaker(rt, p), () => tupleBy(rt, after(initial), refMaker(rt, binop)), refMaker(rt, rt.None)];
  }
  if (total !== rt.None) {
    const args = (): NewRef => tupleBy(rt, refMaker(rt, it), refMaker(rt, binop));
    return [typeMaker(rt, p), args, refMaker(rt, total || rt.None)];
  }
  const again = (): NewRef => {
    const args = pushed(rt, tupleBy(rt, after(total), refMaker(rt, binop)));
    const result = accumulate_new(rt, i32[p + Ob.type], args, 0);
    drop(rt);
    return result;
  };
  return [
    refMaker(rt, islice),
    () => tupleBy(rt, again, () => PyLong_FromNumber(rt, 1), refMaker(rt, rt.None)),
  ];
}

export function accumulateType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "accumulate",
    bytes: Accumulate.BYTES,
    refs: [Accumulate.binop, Accumulate.total, Accumulate.it, Accumulate.initial],
    doc: "Running totals.",
    new: accumulate_new,
    next: accumulate_next,
    methods: [
      reduceMethod(accumulateParts),
      setstateMethod((rt, p, state) => setField(rt, p + Accumulate.total, newref(rt, state))),
    ],
  });
}

const enum Pairwise {
  it = 4,
  old = 6,
  result = 8,
  BYTES = 40,
}

function pairwise_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "pairwise", kwargs);
  checkArgs(rt, "pairwise", tupleSize(rt, args), 1, 1);
  push(rt, PyObject_GetIter(rt, tupleItem(rt, args, 0)));
  const p = allocIter(rt, type);
  rt.i32[p + Pairwise.it] = pop(rt);
  push(rt, p);
  rt.i32[p + Pairwise.result] = PyTuple_Pack2(rt, rt.None, rt.None);
  return pop(rt);
}

function pairwise_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  if (i32[p + Pairwise.it] === 0) return 0;
  if (i32[p + Pairwise.old] === 0) {
    const first = nextOrClear(rt, p + Pairwise.it);
    if (first === 0) return 0;
    setField(rt, p + Pairwise.old, first);
    if (i32[p + Pairwise.it] === 0) {
      clearField(rt, p + Pairwise.old);
      return 0;
    }
  }
  const old = newref(rt, i32[p + Pairwise.old]);
  push(rt, old);
  const item = pairwiseAdvance(rt, p);
  if (item === 0) {
    drop(rt);
    return 0;
  }
  const pair = pairwiseResult(rt, p, old, item);
  setField(rt, p + Pairwise.old, item);
  drop(rt);
  return pair;
}

/** The next item; at the end and on an exception the iterator and the old item are given up. */
function pairwiseAdvance(rt: Runtime, p: Ref): NewRef | 0 {
  try {
    const item = nextOrClear(rt, p + Pairwise.it);
    if (item === 0) clearField(rt, p + Pairwise.old);
    return item;
  } catch (e) {
    clearField(rt, p + Pairwise.old);
    throw e;
  }
}

/** (old, item), both borrowed, in the kept tuple when nobody else holds it. */
function pairwiseResult(rt: Runtime, p: Ref, old: Ref, item: Ref): NewRef {
  const i32 = rt.i32;
  const result = i32[p + Pairwise.result];
  if (i32[result] !== 1) return PyTuple_Pack2(rt, old, item);
  i32[result] = 2;
  const lastOld = i32[result + Tuple.items];
  const lastNew = i32[result + Tuple.items + 2];
  i32[result + Tuple.items] = newref(rt, old);
  i32[result + Tuple.items + 2] = newref(rt, item);
  decref(rt, lastOld);
  decref(rt, lastNew);
  // The collector may have found it to hold only atoms.
  if (i32[result + Gc.next] === 0) PyObject_GC_Track(rt, result);
  return result;
}

export function pairwiseType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "pairwise",
    bytes: Pairwise.BYTES,
    refs: [Pairwise.it, Pairwise.old, Pairwise.result],
    doc: "Each item with the one after it.",
    new: pairwise_new,
    next: pairwise_next,
  });
}

const enum Batched {
  it = 4,
  batch_size = 6,
  strict = 8,
  BYTES = 40,
}

const BATCHED_ARGS = kwSpec("batched", "iterable, n, *, strict=");

function batched_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [iterable, size, strict] = parseTupleKw(rt, BATCHED_ARGS, args, kwargs);
  const n = ssizeArgument(rt, size);
  const isStrict = strict !== 0 && PyObject_IsTrue(rt, strict);
  if (n < 1) throw valueError(rt, "n must be at least one");
  push(rt, PyObject_GetIter(rt, iterable));
  const p = allocIter(rt, type);
  rt.i32[p + Batched.it] = pop(rt);
  rt.i32[p + Batched.batch_size] = Math.min(n, 0x7fffffff);
  rt.i32[p + Batched.strict] = isStrict ? 1 : 0;
  return p;
}

function batched_next(rt: Runtime, p: Ref): NewRef | 0 {
  const it = rt.i32[p + Batched.it];
  if (it === 0) return 0;
  const n = rt.i32[p + Batched.batch_size];
  const slot = push(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) {
    const item = batchedItem(rt, p, it);
    if (item === 0) return batchedEnd(rt, p, i);
    PyTuple_SET_ITEM(rt, rt.i32[slot], i, item);
  }
  return pop(rt);
}

/** The next item, 0 also for StopIteration; any other exception ends the iterator. */
function batchedItem(rt: Runtime, p: Ref, it: Ref): NewRef | 0 {
  const m = mark(rt);
  try {
    return nextOf(rt, it);
  } catch (e) {
    try {
      caught(rt, e, m, rt.exc.StopIteration);
    } catch (other) {
      clearField(rt, p + Batched.it);
      throw other;
    }
    clearError(rt);
    return 0;
  }
}

/** The iterator ended after i items of the batch, which stands on the native stack. */
function batchedEnd(rt: Runtime, p: Ref, i: number): NewRef | 0 {
  if (i === 0 || rt.i32[p + Batched.strict] !== 0) {
    clearField(rt, p + Batched.it);
    drop(rt);
    if (i !== 0) throw valueError(rt, "batched(): incomplete batch");
    return 0;
  }
  return _PyTuple_Resize(rt, pop(rt), i);
}

export function batchedType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "batched",
    bytes: Batched.BYTES,
    refs: [Batched.it],
    doc: "Tuples of n items each, the last one perhaps shorter.",
    new: batched_new,
    next: batched_next,
  });
}

const enum ZipLongest {
  tuplesize = 4,
  numactive = 6,
  ittuple = 8,
  result = 10,
  fillvalue = 12,
  BYTES = 56,
}

function zip_longest_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const fill = fillvalueOf(rt, kwargs);
  const n = tupleSize(rt, args);
  const its = pushed(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) PyTuple_SET_ITEM(rt, its, i, PyObject_GetIter(rt, tupleItem(rt, args, i)));
  const result = pushed(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) PyTuple_SET_ITEM(rt, result, i, rt.None);
  const p = allocIter(rt, type);
  const i32 = rt.i32;
  i32[p + ZipLongest.result] = pop(rt);
  i32[p + ZipLongest.ittuple] = pop(rt);
  i32[p + ZipLongest.tuplesize] = n;
  i32[p + ZipLongest.numactive] = n;
  i32[p + ZipLongest.fillvalue] = newref(rt, fill);
  return p;
}

function fillvalueOf(rt: Runtime, kwargs: OptRef): Ref {
  if (kwargs === 0 || PyDict_Next(rt, kwargs, 0) < 0) return rt.None;
  const pos = PyDict_Next(rt, kwargs, 0);
  const value = rt.dictValue;
  const good = strEqualsJS(rt, rt.dictKey, "fillvalue") && PyDict_Next(rt, kwargs, pos) < 0;
  if (!good) throw typeError(rt, "zip_longest() got an unexpected keyword argument");
  return value;
}

function zip_longest_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const n = i32[p + ZipLongest.tuplesize];
  if (n === 0 || i32[p + ZipLongest.numactive] === 0) return 0;
  const kept = i32[p + ZipLongest.result];
  const again = i32[kept] === 1;
  const result = pushed(rt, again ? newref(rt, kept) : PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) {
    const item = longestItem(rt, p, i);
    if (item === 0) {
      drop(rt);
      return 0;
    }
    if (again) replaceItem(rt, result, i, item);
    else PyTuple_SET_ITEM(rt, result, i, item);
  }
  if (i32[result + Gc.next] === 0) PyObject_GC_Track(rt, result);
  return pop(rt);
}

/** Item i, the fill value after that iterator's end; 0 when all have ended. An exception ends all. */
function longestItem(rt: Runtime, p: Ref, i: number): NewRef | 0 {
  const i32 = rt.i32;
  const its = i32[p + ZipLongest.ittuple];
  const it = tupleItem(rt, its, i);
  if (it === 0) return newref(rt, i32[p + ZipLongest.fillvalue]);
  const active = i32[p + ZipLongest.numactive];
  i32[p + ZipLongest.numactive] = 0;
  const item = PyIter_Next(rt, it);
  i32[p + ZipLongest.numactive] = active;
  if (item !== 0) return item;
  i32[p + ZipLongest.numactive] = active - 1;
  if (active === 1) return 0;
  const fill = newref(rt, i32[p + ZipLongest.fillvalue]);
  PyTuple_SET_ITEM(rt, its, i, 0);
  decref(rt, it);
  return fill;
}

/** An iterator that has ended is an empty tuple. */
function zipLongestParts(rt: Runtime, p: Ref): Maker[] {
  const its = rt.i32[p + ZipLongest.ittuple];
  const items = Array.from({ length: tupleSize(rt, its) }, (_, i) =>
    refMaker(rt, tupleItem(rt, its, i) || rt.emptyTuple),
  );
  return [typeMaker(rt, p), () => tupleBy(rt, ...items), refMaker(rt, rt.i32[p + ZipLongest.fillvalue])];
}

export function zipLongestType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "zip_longest",
    bytes: ZipLongest.BYTES,
    refs: [ZipLongest.ittuple, ZipLongest.result, ZipLongest.fillvalue],
    doc: "Tuples of items of several iterables, as long as the longest, filled up.",
    new: zip_longest_new,
    next: zip_longest_next,
    methods: [
      reduceMethod(zipLongestParts),
      setstateMethod((rt, p, state) => setField(rt, p + ZipLongest.fillvalue, newref(rt, state))),
    ],
  });
}
