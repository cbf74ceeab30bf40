/** itertools.count, cycle and repeat: the endless ones. Part of the modules (CPython's Modules/itertoolsmodule.c). */

import { reprOf } from "../objects/abstract.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallMethodOneArg } from "../objects/call.ts";
import { PyComplex_Check, PyList_Check, PyLong_Check } from "../objects/check.ts";
import { typeError } from "../objects/errors.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { List } from "../objects/layout.ts";
import { listItem, PyList_Append, PyList_New } from "../objects/list.ts";
import { exactNumber, PyLong_FromInt32, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { newNoKeywords } from "../objects/newkeywords.ts";
import { PyIndex_Check, PyNumber_Add, PyNumber_Check } from "../objects/number.ts";
import { setWide, wide } from "../objects/rangeiter.ts";
import { clearField, decref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { allocIter, iterType } from "./itercommon.ts";
import {
  checkState,
  intMaker,
  type Maker,
  reduceMethod,
  refMaker,
  setstateMethod,
  tupleBy,
  typeMaker,
} from "./iterreduce.ts";

/**
 * countobject. While long_cnt is NULL, cnt counts in steps of one; beyond 2**53 (CPython: 2**63 - 1) and for all other
 * numbers long_cnt does.
 */
const enum Count {
  cnt = 4,
  long_cnt = 6,
  long_step = 8,
  BYTES = 40,
}

const COUNT_ARGS = kwSpec("count", "start=, step=");

function count_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [start, step] = parseTupleKw(rt, COUNT_ARGS, args, kwargs);
  if ((start !== 0 && !isNumber(rt, start)) || (step !== 0 && !isNumber(rt, step))) {
    throw typeError(rt, "a number is required");
  }
  const p = allocIter(rt, type);
  const i32 = rt.i32;
  const from = start === 0 ? 0 : PyLong_Check(rt, start) ? exactNumber(rt, start) : Number.NaN;
  const byOne = step === 0 || (PyLong_Check(rt, step) && exactNumber(rt, step) === 1);
  i32[p + Count.long_step] = step === 0 ? rt.smallInts + 8 : newref(rt, step);
  if (byOne && !Number.isNaN(from)) setWide(rt, p + Count.cnt, from);
  else i32[p + Count.long_cnt] = start === 0 ? rt.smallInts : newref(rt, start);
  return p;
}

function isNumber(rt: Runtime, o: Ref): boolean {
  return PyNumber_Check(rt, o) || PyComplex_Check(rt, o) || PyIndex_Check(rt, o);
}

function count_next(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const low = i32[p + Count.cnt];
  if (i32[p + Count.long_cnt] === 0 && i32[p + Count.cnt + 1] === 0 && low >= 0 && low < 0x7fffffff) {
    i32[p + Count.cnt] = low + 1;
    return PyLong_FromInt32(rt, low);
  }
  return countSlow(rt, p);
}

function countSlow(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[p + Count.long_cnt] === 0) {
    const n = wide(rt, p + Count.cnt);
    if (n < Number.MAX_SAFE_INTEGER) {
      setWide(rt, p + Count.cnt, n + 1);
      return PyLong_FromNumber(rt, n);
    }
    i32[p + Count.long_cnt] = PyLong_FromNumber(rt, n);
  }
  const current = i32[p + Count.long_cnt];
  i32[p + Count.long_cnt] = PyNumber_Add(rt, current, i32[p + Count.long_step]);
  return current;
}

function count_repr(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const name = typeNameOf(rt, p).replace(/^itertools\./, "");
  if (i32[p + Count.long_cnt] === 0) return PyUnicode_FromJS(rt, `${name}(${wide(rt, p + Count.cnt)})`);
  const from = reprOf(rt, i32[p + Count.long_cnt]);
  const step = i32[p + Count.long_step];
  if (PyLong_Check(rt, step) && exactNumber(rt, step) === 1) return PyUnicode_FromJS(rt, `${name}(${from})`);
  return PyUnicode_FromJS(rt, `${name}(${from}, ${reprOf(rt, step)})`);
}

/** The step is told when the count is beyond what counts natively. */
function countParts(rt: Runtime, p: Ref): Maker[] {
  const i32 = rt.i32;
  const long = i32[p + Count.long_cnt];
  const args =
    long === 0
      ? [intMaker(rt, wide(rt, p + Count.cnt))]
      : [refMaker(rt, long), refMaker(rt, i32[p + Count.long_step])];
  return [typeMaker(rt, p), () => tupleBy(rt, ...args)];
}

export function countType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "count",
    bytes: Count.BYTES,
    refs: [Count.long_cnt, Count.long_step],
    doc: "Numbers from start on, step by step, without end.",
    new: count_new,
    next: count_next,
    repr: count_repr,
    methods: [reduceMethod(countParts)],
  });
}

/** cycleobject */
const enum Cycle {
  it = 4,
  saved = 6,
  index = 8,
  firstpass = 10,
  BYTES = 48,
}

function cycle_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "cycle", kwargs);
  checkArgs(rt, "cycle", tupleSize(rt, args), 1, 1);
  push(rt, PyObject_GetIter(rt, tupleItem(rt, args, 0)));
  push(rt, PyList_New(rt, 0));
  const p = allocIter(rt, type);
  rt.i32[p + Cycle.saved] = pop(rt);
  rt.i32[p + Cycle.it] = pop(rt);
  return p;
}

function cycle_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const it = i32[p + Cycle.it];
  if (it !== 0) {
    const item = PyIter_Next(rt, it);
    if (item !== 0) {
      if (i32[p + Cycle.firstpass] === 0) {
        push(rt, item);
        PyList_Append(rt, i32[p + Cycle.saved], item);
        pop(rt);
      }
      return item;
    }
    clearField(rt, p + Cycle.it);
  }
  const saved = i32[p + Cycle.saved];
  const n = i32[saved + List.size];
  if (n === 0) return 0;
  const index = i32[p + Cycle.index];
  i32[p + Cycle.index] = index + 1 >= n ? 0 : index + 1;
  return newref(rt, listItem(rt, saved, index));
}

/** After the first pass the iterator is one over the saved items, as far as the cycle is. */
function cycleParts(rt: Runtime, p: Ref): Maker[] {
  const i32 = rt.i32;
  const it = i32[p + Cycle.it];
  const saved = i32[p + Cycle.saved];
  const firstpass = it === 0 || i32[p + Cycle.firstpass] !== 0 ? rt.True : rt.False;
  const source = it !== 0 ? refMaker(rt, it) : () => savedIterator(rt, saved, i32[p + Cycle.index]);
  return [
    typeMaker(rt, p),
    () => tupleBy(rt, source),
    () => tupleBy(rt, refMaker(rt, saved), refMaker(rt, firstpass)),
  ];
}

function savedIterator(rt: Runtime, saved: Ref, index: number): NewRef {
  const it = pushed(rt, PyObject_GetIter(rt, saved));
  if (index !== 0) {
    const at = pushed(rt, PyLong_FromNumber(rt, index));
    decref(rt, PyObject_CallMethodOneArg(rt, it, internStatic(rt, "__setstate__"), at));
    drop(rt);
  }
  return pop(rt);
}

function cycle_setstate(rt: Runtime, p: Ref, state: Ref): void {
  checkState(rt, state, 2, 2);
  const saved = tupleItem(rt, state, 0);
  if (!PyList_Check(rt, saved)) throw typeError(rt, `argument 1 must be list, not ${typeNameOf(rt, saved)}`);
  const firstpass = ssizeArgument(rt, tupleItem(rt, state, 1));
  setField(rt, p + Cycle.saved, newref(rt, saved));
  rt.i32[p + Cycle.firstpass] = firstpass === 0 ? 0 : 1;
  rt.i32[p + Cycle.index] = 0;
}

export function cycleType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "cycle",
    bytes: Cycle.BYTES,
    refs: [Cycle.it, Cycle.saved],
    doc: "The items of an iterable, again and again.",
    new: cycle_new,
    next: cycle_next,
    methods: [reduceMethod(cycleParts), setstateMethod(cycle_setstate)],
  });
}

/** repeatobject; cnt is negative when there is no end. */
const enum Repeat {
  element = 4,
  cnt = 6,
  BYTES = 32,
}

const REPEAT_ARGS = kwSpec("repeat", "object, times=");

function repeat_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [element, times] = parseTupleKw(rt, REPEAT_ARGS, args, kwargs);
  const cnt = times === 0 ? -1 : Math.max(0, ssizeArgument(rt, times));
  const p = allocIter(rt, type);
  rt.i32[p + Repeat.element] = newref(rt, element);
  setWide(rt, p + Repeat.cnt, Math.min(cnt, Number.MAX_SAFE_INTEGER));
  return p;
}

function repeat_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const high = i32[p + Repeat.cnt + 1];
  if (high === 0) {
    const cnt = i32[p + Repeat.cnt];
    if (cnt === 0) return 0;
    i32[p + Repeat.cnt] = cnt - 1;
  } else if (high > 0) setWide(rt, p + Repeat.cnt, wide(rt, p + Repeat.cnt) - 1);
  return newref(rt, i32[p + Repeat.element]);
}

function repeat_repr(rt: Runtime, p: Ref): NewRef {
  const name = typeNameOf(rt, p).replace(/^itertools\./, "");
  const cnt = wide(rt, p + Repeat.cnt);
  const element = reprOf(rt, rt.i32[p + Repeat.element]);
  return PyUnicode_FromJS(rt, cnt < 0 ? `${name}(${element})` : `${name}(${element}, ${cnt})`);
}

function repeat_len(rt: Runtime, p: Ref): NewRef {
  const cnt = wide(rt, p + Repeat.cnt);
  if (cnt < 0) throw typeError(rt, "len() of unsized object");
  return PyLong_FromNumber(rt, cnt);
}

function repeat_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const cnt = wide(rt, p + Repeat.cnt);
  const times = pushed(rt, cnt < 0 ? rt.None : PyLong_FromNumber(rt, cnt));
  const element = i32[p + Repeat.element];
  const args = pushed(rt, cnt < 0 ? PyTuple_Pack(rt, element) : PyTuple_Pack(rt, element, times));
  const result = PyTuple_Pack(rt, i32[p + 2], args);
  drop(rt, 2);
  return result;
}

export function repeatType(rt: Runtime): NewRef {
  return iterType(rt, {
    name: "repeat",
    bytes: Repeat.BYTES,
    refs: [Repeat.element],
    doc: "One object, a number of times or without end.",
    new: repeat_new,
    next: repeat_next,
    repr: repeat_repr,
    methods: [
      { name: "__length_hint__", flags: METH.NOARGS, fn: repeat_len },
      { name: "__reduce__", flags: METH.NOARGS, fn: repeat_reduce },
    ],
  });
}
