/** itertools' choosers: compress, dropwhile, takewhile, filterfalse, islice; and starmap. Part of the modules. */

import { PyObject_IsTrue } from "../objects/abstract.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_Call, PyObject_CallOneArg } from "../objects/call.ts";
import { PyTuple_CheckExact } from "../objects/check.ts";
import { valueError } from "../objects/errors.ts";
import { PyObject_GetIter } from "../objects/iterproto.ts";
import { PyList_New } from "../objects/list.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { newNoKeywords } from "../objects/newkeywords.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { setWide, wide } from "../objects/rangeiter.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { PySequence_Tuple } from "../objects/sequence.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { allocIter, iterType, nextOf, nextOrClear } from "./itercommon.ts";
import {
  intMaker,
  type Maker,
  reduceFields,
  reduceMethod,
  refMaker,
  setstateMethod,
  stateNumber,
  tupleBy,
  typeMaker,
} from "./iterreduce.ts";

const enum Compress {
  data = 4,
  selectors = 6,
  BYTES = 32,
}

const COMPRESS_ARGS = kwSpec("compress", "data, selectors");

function compress_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [data, selectors] = parseTupleKw(rt, COMPRESS_ARGS, args, kwargs);
  push(rt, PyObject_GetIter(rt, data));
  push(rt, PyObject_GetIter(rt, selectors));
  const p = allocIter(rt, type);
  rt.i32[p + Compress.selectors] = pop(rt);
  rt.i32[p + Compress.data] = pop(rt);
  return p;
}

function compress_next(rt: Runtime, p: Ref): NewRef | 0 {
  const data = rt.i32[p + Compress.data];
  const selectors = rt.i32[p + Compress.selectors];
  for (;;) {
    const datum = nextOf(rt, data);
    if (datum === 0) return 0;
    push(rt, datum);
    const selector = nextOf(rt, selectors);
    if (selector === 0) {
      drop(rt);
      return 0;
    }
    if (takeTruth(rt, selector)) return pop(rt);
    drop(rt);
  }
}

/** The truth of an owned reference, which is released. */
function takeTruth(rt: Runtime, o: NewRef): boolean {
  if (o === rt.True || o === rt.False) return o === rt.True;
  push(rt, o);
  const truth = PyObject_IsTrue(rt, o);
  drop(rt);
  return truth;
}

export function compressType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "compress",
    bytes: Compress.BYTES,
    refs: [Compress.data, Compress.selectors],
    doc: "The items for which the selector of the same place is true.",
    new: compress_new,
    next: compress_next,
    methods: [reduceFields(Compress.data, Compress.selectors)],
  });
}

/** dropwhile, takewhile: `done` is start or stop; filterfalse and starmap end before it. */
const enum Fn {
  func = 4,
  it = 6,
  done = 8,
  SHORT_BYTES = 32,
  BYTES = 40,
}

/** tp_new of the types that take a function and an iterable by position. */
function fnNew(name: string): (rt: Runtime, type: Ref, args: Ref, kwargs: OptRef) => NewRef {
  return (rt, type, args, kwargs) => {
    newNoKeywords(rt, type, name, kwargs);
    checkArgs(rt, name, tupleSize(rt, args), 2, 2);
    push(rt, PyObject_GetIter(rt, tupleItem(rt, args, 1)));
    const p = allocIter(rt, type);
    rt.i32[p + Fn.it] = pop(rt);
    rt.i32[p + Fn.func] = newref(rt, tupleItem(rt, args, 0));
    return p;
  };
}

/** func(item) is true; item is borrowed. */
function holds(rt: Runtime, func: Ref, item: Ref): boolean {
  return takeTruth(rt, PyObject_CallOneArg(rt, func, item));
}

function dropwhile_next(rt: Runtime, p: Ref): NewRef | 0 {
  const it = rt.i32[p + Fn.it];
  for (;;) {
    const item = nextOf(rt, it);
    if (item === 0 || rt.i32[p + Fn.done] !== 0) return item;
    push(rt, item);
    if (!holds(rt, rt.i32[p + Fn.func], item)) {
      rt.i32[p + Fn.done] = 1;
      return pop(rt);
    }
    drop(rt);
  }
}

function takewhile_next(rt: Runtime, p: Ref): NewRef | 0 {
  if (rt.i32[p + Fn.done] !== 0) return 0;
  const item = nextOf(rt, rt.i32[p + Fn.it]);
  if (item === 0) return 0;
  push(rt, item);
  if (holds(rt, rt.i32[p + Fn.func], item)) return pop(rt);
  drop(rt);
  rt.i32[p + Fn.done] = 1;
  return 0;
}

function filterfalse_next(rt: Runtime, p: Ref): NewRef | 0 {
  const it = rt.i32[p + Fn.it];
  const func = rt.i32[p + Fn.func];
  const plain = func === rt.None || func === rt.types.bool;
  for (;;) {
    const item = nextOf(rt, it);
    if (item === 0) return 0;
    push(rt, item);
    if (!(plain ? PyObject_IsTrue(rt, item) : holds(rt, func, item))) return pop(rt);
    drop(rt);
  }
}

function starmap_next(rt: Runtime, p: Ref): NewRef | 0 {
  const args = nextOf(rt, rt.i32[p + Fn.it]);
  if (args === 0) return 0;
  const slot = push(rt, args);
  if (!PyTuple_CheckExact(rt, args)) {
    rt.i32[slot] = PySequence_Tuple(rt, args);
    decref(rt, args);
  }
  const result = PyObject_Call(rt, rt.i32[p + Fn.func], rt.i32[slot], 0);
  drop(rt);
  return result;
}

const WHILE_METHODS = [
  reduceMethod((rt, p) => [
    typeMaker(rt, p),
    () => tupleBy(rt, refMaker(rt, rt.i32[p + Fn.func]), refMaker(rt, rt.i32[p + Fn.it])),
    intMaker(rt, rt.i32[p + Fn.done]),
  ]),
  setstateMethod((rt, p, state) => {
    rt.i32[p + Fn.done] = PyObject_IsTrue(rt, state) ? 1 : 0;
  }),
];

export function dropwhileType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "dropwhile",
    bytes: Fn.BYTES,
    refs: [Fn.func, Fn.it],
    doc: "The items from the first on for which the predicate is false.",
    new: fnNew("dropwhile"),
    next: dropwhile_next,
    methods: WHILE_METHODS,
  });
}

export function takewhileType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "takewhile",
    bytes: Fn.BYTES,
    refs: [Fn.func, Fn.it],
    doc: "The items before the first for which the predicate is false.",
    new: fnNew("takewhile"),
    next: takewhile_next,
    methods: WHILE_METHODS,
  });
}

export function filterfalseType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "filterfalse",
    bytes: Fn.SHORT_BYTES,
    refs: [Fn.func, Fn.it],
    doc: "The items for which a function is false (None: the false items).",
    new: fnNew("filterfalse"),
    next: filterfalse_next,
    methods: [reduceFields(Fn.func, Fn.it)],
  });
}

export function starmapType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "starmap",
    bytes: Fn.SHORT_BYTES,
    refs: [Fn.func, Fn.it],
    doc: "What a function makes of tuples of arguments.",
    new: fnNew("starmap"),
    next: starmap_next,
    methods: [reduceFields(Fn.func, Fn.it)],
  });
}

/** isliceobject: `next` is the index of the next item to give, `cnt` of the next to take; stop is -1 when there is none. */
const enum Islice {
  it = 4,
  next = 6,
  stop = 8,
  step = 10,
  cnt = 12,
  BYTES = 56,
}

const WHERE = "must be None or an integer: 0 <= x <= sys.maxsize.";

function islice_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "islice", kwargs);
  const n = tupleSize(rt, args);
  checkArgs(rt, "islice", n, 2, 4);
  const arg = (i: number): OptRef =>
    i < n && tupleItem(rt, args, i) !== rt.None ? tupleItem(rt, args, i) : 0;
  const start = n > 2 && arg(1) !== 0 ? indexOr(rt, arg(1), -1) : 0;
  const stopArg = n > 2 ? arg(2) : arg(1);
  const stop = stopArg === 0 ? -1 : indexOr(rt, stopArg, -4);
  if (stop === -4 || (stopArg !== 0 && stop === -1))
    throw valueError(rt, `Stop argument for islice() ${WHERE}`);
  if (start < 0 || stop < -1) throw valueError(rt, `Indices for islice() ${WHERE}`);
  const step = arg(3) === 0 ? 1 : indexOr(rt, arg(3), -1);
  if (step < 1) throw stepError(rt);
  push(rt, PyObject_GetIter(rt, tupleItem(rt, args, 0)));
  const p = allocIter(rt, type);
  rt.i32[p + Islice.it] = pop(rt);
  setWide(rt, p + Islice.next, start);
  setWide(rt, p + Islice.stop, stop);
  setWide(rt, p + Islice.step, step);
  return p;
}

function stepError(rt: Runtime): PyErr {
  return valueError(rt, "Step for islice() must be a positive integer or None.");
}

/** An index, or `bad` for what is none; what is larger than 2**53 is as good as 2**53. */
function indexOr(rt: Runtime, o: Ref, bad: number): number {
  return catching(rt, rt.exc.Exception, bad, () => {
    const n = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
    return Math.max(-3, Math.min(n, Number.MAX_SAFE_INTEGER));
  });
}

function islice_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  if (i32[p + Islice.it] === 0) return 0;
  const stop = wide(rt, p + Islice.stop);
  const next = wide(rt, p + Islice.next);
  let cnt = wide(rt, p + Islice.cnt);
  while (cnt < next) {
    const item = nextOrClear(rt, p + Islice.it);
    if (item === 0) return 0;
    decref(rt, item);
    setWide(rt, p + Islice.cnt, ++cnt);
    if (i32[p + Islice.it] === 0) return 0;
  }
  if (stop !== -1 && cnt >= stop) {
    clearField(rt, p + Islice.it);
    return 0;
  }
  const item = nextOrClear(rt, p + Islice.it);
  if (item === 0) return 0;
  setWide(rt, p + Islice.cnt, cnt + 1);
  const after = next + wide(rt, p + Islice.step);
  setWide(rt, p + Islice.next, stop !== -1 && after > stop ? stop : Math.min(after, Number.MAX_SAFE_INTEGER));
  return item;
}

/** One that has ended is a slice of nothing. */
function isliceParts(rt: Runtime, p: Ref): Maker[] {
  const it = rt.i32[p + Islice.it];
  if (it === 0) {
    return [typeMaker(rt, p), () => tupleBy(rt, () => emptyIterator(rt), intMaker(rt, 0)), intMaker(rt, 0)];
  }
  const number = (at: number): Maker => intMaker(rt, wide(rt, p + at));
  const stop = wide(rt, p + Islice.stop) === -1 ? refMaker(rt, rt.None) : number(Islice.stop);
  const args = [refMaker(rt, it), number(Islice.next), stop, number(Islice.step)];
  return [typeMaker(rt, p), () => tupleBy(rt, ...args), number(Islice.cnt)];
}

function emptyIterator(rt: Runtime): NewRef {
  const it = PyObject_GetIter(rt, pushed(rt, PyList_New(rt, 0)));
  drop(rt);
  return it;
}

export function isliceType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "islice",
    bytes: Islice.BYTES,
    refs: [Islice.it],
    doc: "The items at the places of a slice.",
    new: islice_new,
    next: islice_next,
    methods: [
      reduceMethod(isliceParts),
      setstateMethod((rt, p, state) => setWide(rt, p + Islice.cnt, stateNumber(rt, state))),
    ],
  });
}
