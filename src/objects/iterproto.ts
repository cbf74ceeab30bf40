/** The iterator protocol, synchronous and asynchronous. Part of the object layer (CPython's Objects/abstract.c). */
import { Cell } from "../heap/cells.ts";
import { PyObject_CallMethodOneArg } from "./call.ts";
import { caught, clearError, typeError } from "./errors.ts";
import { takeStopIterationValue } from "./exceptions.ts";
import { PySeqIter_New } from "./iter.ts";
import { Ob, Ty } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Check } from "./sequence.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { nextOrEnd, slot_tp_iternext } from "./slotseq.ts";
import { mark, push } from "./stack.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** iter(o) */
export function PyObject_GetIter(rt: Runtime, o: Ref): NewRef {
  const iter = infoOf(rt, o).tp_iter;
  if (iter === null) {
    if (PySequence_Check(rt, o)) return PySeqIter_New(rt, o);
    throw typeError(rt, `'${typeNameOf(rt, o)}' object is not iterable`);
  }
  const it = iter(rt, o);
  if (PyIter_Check(rt, it)) return it;
  push(rt, it);
  throw typeError(rt, `iter() returned non-iterator of type '${typeNameOf(rt, it, 100)}'`);
}

/** tp_iter of an iterator: itself (PyObject_SelfIter). */
export function PyObject_SelfIter(rt: Runtime, o: Ref): NewRef {
  return newref(rt, o);
}

/** tp_iternext of a class that set `__next__` to None (_PyObject_NextNotImplemented). */
export function _PyObject_NextNotImplemented(rt: Runtime, o: Ref): never {
  throw typeError(rt, `'${typeNameOf(rt, o)}' object is not iterable`);
}

export function PyIter_Check(rt: Runtime, o: Ref): boolean {
  const next = infoOf(rt, o).tp_iternext;
  return next !== null && next !== _PyObject_NextNotImplemented;
}

/** The next item, or 0 at the end; StopIteration is swallowed. */
export function PyIter_Next(rt: Runtime, it: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const m = i32[Cell.SP];
  const depth = i32[Cell.C_RECURSION_REMAINING];
  try {
    return infoOf(rt, it).tp_iternext === slot_tp_iternext ? nextOrEnd(rt, it) : rt.iterNext(it);
  } catch (e) {
    caught(rt, e, m, rt.exc.StopIteration);
    clearError(rt);
    i32[Cell.C_RECURSION_REMAINING] = depth;
    return 0;
  }
}

/** PyIter_Next for iterators that are seldom those of lists, tuples and ranges. */
export function PyIter_NextOther(rt: Runtime, it: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const next = rt.typeInfos[i32[i32[it + Ob.type] + Ty.info]].tp_iternext!;
  if (next === slot_tp_iternext) return PyIter_Next(rt, it);
  const m = i32[Cell.SP];
  const depth = i32[Cell.C_RECURSION_REMAINING];
  try {
    return next(rt, it);
  } catch (e) {
    caught(rt, e, m, rt.exc.StopIteration);
    clearError(rt);
    i32[Cell.C_RECURSION_REMAINING] = depth;
    return 0;
  }
}

/** Sends a value into an iterator: the result, with rt.sendResult 1 if it was yielded, 0 if returned (PyIter_Send). */
export function PyIter_Send(rt: Runtime, it: Ref, value: Ref): NewRef {
  const info = infoOf(rt, it);
  if (info.am_send !== null) return info.am_send(rt, it, value);
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  let result: Ref;
  try {
    result =
      value === rt.None && PyIter_Check(rt, it)
        ? info.tp_iternext!(rt, it)
        : PyObject_CallMethodOneArg(rt, it, rt.names.send, value);
  } catch (e) {
    caught(rt, e, m, rt.exc.StopIteration);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    rt.sendResult = 0;
    return takeStopIterationValue(rt);
  }
  rt.sendResult = result === 0 ? 0 : 1;
  return result === 0 ? rt.None : result;
}

/** aiter(o) */
export function PyObject_GetAIter(rt: Runtime, o: Ref): NewRef {
  const aiter = infoOf(rt, o).am_aiter;
  if (aiter === null) throw typeError(rt, `'${typeNameOf(rt, o)}' object is not an async iterable`);
  const it = aiter(rt, o);
  if (PyAIter_Check(rt, it)) return it;
  push(rt, it);
  throw typeError(rt, `aiter() returned not an async iterator of type '${typeNameOf(rt, it, 100)}'`);
}

export function PyAIter_Check(rt: Runtime, o: Ref): boolean {
  const anext = infoOf(rt, o).am_anext;
  return anext !== null && anext !== _PyObject_NextNotImplemented;
}
