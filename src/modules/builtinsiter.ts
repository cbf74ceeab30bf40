/** Built-in functions that walk iterables. Part of the modules (CPython's Python/bltinmodule.c). */
import {
  PyCallable_Check,
  PyObject_GetAttr,
  PyObject_GetIter,
  PyObject_IsTrue,
  PyObject_RichCompareBool,
} from "../objects/abstract.ts";
import { PyAnextAwaitable_New } from "../objects/anext.ts";
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_Vectorcall } from "../objects/call.ts";
import { raiseObject, typeError, valueError } from "../objects/errors.ts";
import { PyCallIter_New } from "../objects/iter.ts";
import { PyIter_Check, PyIter_Next, PyObject_GetAIter } from "../objects/iterproto.ts";
import { Long, Ob } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_List } from "../objects/sequence.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { builtin_sum } from "./builtinssum.ts";
import { extremeOfList, findTruthInList } from "./scanlist.ts";

/** all() and any(): stops at the first item whose truth is `stop`. */
function findTruth(rt: Runtime, iterable: Ref, stop: boolean): NewRef {
  const it = pushed(rt, PyObject_GetIter(rt, iterable));
  let found = findTruthInList(rt, it, stop);
  for (let item = found ? 0 : PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    const truth = PyObject_IsTrue(rt, item);
    decref(rt, pop(rt));
    if (truth === stop) {
      found = true;
      break;
    }
  }
  drop(rt);
  return found === stop ? rt.True : rt.False;
}

function builtin_iter(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "iter", nargs, 1, 2);
  const o = rt.i32[args];
  if (nargs === 1) return PyObject_GetIter(rt, o);
  if (!PyCallable_Check(rt, o)) throw typeError(rt, "iter(v, w): v must be callable");
  return PyCallIter_New(rt, o, rt.i32[args + 2]);
}

function builtin_next(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "next", nargs, 1, 2);
  const it = rt.i32[args];
  if (!PyIter_Check(rt, it)) throw typeError(rt, `'${typeNameOf(rt, it)}' object is not an iterator`);
  if (nargs === 2) return PyIter_Next(rt, it) || newref(rt, rt.i32[args + 2]);
  const item = rt.iterNext(it);
  if (item !== 0) return item;
  raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.StopIteration));
  return 0;
}

function builtin_anext(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "anext", nargs, 1, 2);
  const it = rt.i32[args];
  const anext = infoOf(rt, it).am_anext;
  if (anext === null) throw typeError(rt, `'${typeNameOf(rt, it)}' object is not an async iterator`);
  const awaitable = anext(rt, it);
  if (nargs === 1) return awaitable;
  push(rt, awaitable);
  const result = PyAnextAwaitable_New(rt, awaitable, rt.i32[args + 2]);
  drop(rt);
  return result;
}

const EXTREME = "*, key=, default=";
const MIN = kwSpec("min", EXTREME);
const MAX = kwSpec("max", EXTREME);

function builtin_min(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  return min_max(rt, "min", Cmp.LT, args, nargs, kwnames);
}

function builtin_max(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  return min_max(rt, "max", Cmp.GT, args, nargs, kwnames);
}

function min_max(rt: Runtime, name: string, op: Cmp, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs === 0) throw typeError(rt, `${name} expected at least 1 argument, got 0`);
  let key = 0;
  let fallback = 0;
  if (kwnames !== 0) {
    [key, fallback] = parseFastKw(rt, op === Cmp.LT ? MIN : MAX, args + 2 * nargs, 0, kwnames);
    if (nargs > 1 && fallback !== 0) {
      throw typeError(rt, `Cannot specify a default for ${name}() with multiple positional arguments`);
    }
    if (key === rt.None) key = 0;
  }
  if (nargs > 1) return extremeOfArgs(rt, op, args, nargs, key);
  const best = extremeOfIterable(rt, op, rt.i32[args], key);
  if (best !== 0) return best;
  if (fallback === 0) throw valueError(rt, `${name}() iterable argument is empty`);
  return newref(rt, fallback);
}

function keyOf(rt: Runtime, key: OptRef, item: Ref): NewRef {
  return key === 0 ? newref(rt, item) : PyObject_CallOneArg(rt, key, item);
}

/** Among ints of one digit nothing runs while they are compared; 0 where there is anything else. */
function extremeOfDigits(rt: Runtime, op: Cmp, args: number, nargs: number): Ref | 0 {
  const i32 = rt.i32;
  const INT = rt.types.int;
  let best = 0;
  let bestValue = 0;
  for (let i = 0; i < nargs; i++) {
    const v = i32[args + 2 * i];
    if (i32[v + Ob.type] !== INT || i32[v + Long.tag] >= 16) return 0;
    const value = (1 - (i32[v + Long.tag] & 3)) * i32[v + Long.digit];
    if (best === 0 || (op === Cmp.LT ? value < bestValue : value > bestValue)) {
      best = v;
      bestValue = value;
    }
  }
  return best;
}

function extremeOfArgs(rt: Runtime, op: Cmp, args: number, nargs: number, key: OptRef): NewRef {
  const i32 = rt.i32;
  if (key === 0) {
    const quick = extremeOfDigits(rt, op, args, nargs);
    if (quick !== 0) return newref(rt, quick);
  }
  let best = i32[args];
  const slot = push(rt, newref(rt, best)) + 2;
  push(rt, keyOf(rt, key, best));
  for (let i = 1; i < nargs; i++) {
    const item = pushed(rt, newref(rt, i32[args + 2 * i]));
    const value = pushed(rt, keyOf(rt, key, item));
    if (PyObject_RichCompareBool(rt, value, i32[slot], op)) {
      best = item;
      replace(rt, slot);
      replace(rt, slot - 2);
    } else drop(rt, 2);
  }
  drop(rt);
  return pop(rt);
}

/** Takes the topmost reference off the stack and puts it in `slot`, releasing what was there. */
function replace(rt: Runtime, slot: number): void {
  const value = pop(rt);
  const old = rt.i32[slot];
  rt.i32[slot] = value;
  decref(rt, old);
}

function extremeOfIterable(rt: Runtime, op: Cmp, iterable: Ref, key: OptRef): NewRef | 0 {
  const i32 = rt.i32;
  const it = pushed(rt, PyObject_GetIter(rt, iterable));
  const scanned = key === 0 ? extremeOfList(rt, it, op) : 0;
  const first = scanned === 0 ? PyIter_Next(rt, it) : newref(rt, scanned);
  if (first === 0) {
    drop(rt);
    return 0;
  }
  const slot = push(rt, first);
  const keySlot = push(rt, keyOf(rt, key, first));
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    push(rt, item);
    const value = pushed(rt, keyOf(rt, key, item));
    if (PyObject_RichCompareBool(rt, value, i32[keySlot], op)) {
      replace(rt, keySlot);
      replace(rt, slot);
    } else drop(rt, 2);
  }
  drop(rt);
  const best = pop(rt);
  drop(rt);
  return best;
}

/** sorted(): the arguments after the first are those of list.sort. */
function builtin_sorted(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  checkArgs(rt, "sorted", nargs, 1, 1);
  const list = pushed(rt, PySequence_List(rt, rt.i32[args]));
  const sort = pushed(rt, PyObject_GetAttr(rt, list, internStatic(rt, "sort")));
  decref(rt, PyObject_Vectorcall(rt, sort, args + 2, nargs - 1, kwnames));
  drop(rt);
  return pop(rt);
}

export const iterationBuiltins: MethodDef[] = [
  {
    name: "all",
    flags: METH.O,
    fn: (rt, _self, o) => findTruth(rt, o, false),
    sig: "($module, iterable, /)",
  },
  { name: "any", flags: METH.O, fn: (rt, _self, o) => findTruth(rt, o, true), sig: "($module, iterable, /)" },
  { name: "iter", flags: METH.FASTCALL, fn: builtin_iter },
  { name: "next", flags: METH.FASTCALL, fn: builtin_next },
  {
    name: "aiter",
    flags: METH.O,
    fn: (rt, _self, o) => PyObject_GetAIter(rt, o),
    sig: "($module, async_iterable, /)",
  },
  {
    name: "anext",
    flags: METH.FASTCALL,
    fn: builtin_anext,
    sig: "($module, aiterator, default=<unrepresentable>, /)",
  },
  { name: "min", flags: METH.FASTCALL | METH.KEYWORDS, fn: builtin_min },
  { name: "max", flags: METH.FASTCALL | METH.KEYWORDS, fn: builtin_max },
  {
    name: "sorted",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_sorted,
    sig: "($module, iterable, /, *, key=None, reverse=False)",
  },
  {
    name: "sum",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_sum,
    sig: "($module, iterable, /, start=0)",
  },
];
