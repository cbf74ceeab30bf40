/** Small helpers of native functions around the native stack. Part of the object layer. */
import { Cell } from "../heap/cells.ts";
import { PyObject_Call, PyObject_CallArgs } from "./call.ts";
import { PyDict_Size } from "./dict.ts";
import { caught, clearError, errorMatches, fetch, restore } from "./errors.ts";
import { PyException_SetContext } from "./exceptions.ts";
import { decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { PyTuple_Pack } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** Pushes an owned reference on the native stack and gives it back, now held there. */
export function pushed(rt: Runtime, ref: NewRef): Ref {
  push(rt, ref);
  return ref;
}

/** Calls with positional references and a dict of keywords, or 0 (PyObject_VectorcallDict). */
export function callWithDict(rt: Runtime, callable: Ref, kwargs: OptRef, ...refs: Ref[]): NewRef {
  if (kwargs === 0 || PyDict_Size(rt, kwargs) === 0) return PyObject_CallArgs(rt, callable, ...refs);
  const args = pushed(rt, PyTuple_Pack(rt, ...refs));
  const result = PyObject_Call(rt, callable, args, kwargs);
  drop(rt);
  return result;
}

/**
 * Runs `body`; if it raises an exception of `type`, clears that, restores the native stack and the recursion counter, and
 * answers `fallback`.
 */
export function catching<T>(rt: Runtime, type: Ref, fallback: T, body: () => T): T {
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  try {
    return body();
  } catch (e) {
    caught(rt, e, m, type);
    clearError(rt);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    return fallback;
  }
}

/** As `catching`, for any exception but MemoryError. */
export function catchingAny<T>(rt: Runtime, fallback: T, body: () => T): T {
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  try {
    return body();
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    if (errorMatches(rt, rt.exc.MemoryError)) throw rt.pyerr;
    clearError(rt);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    return fallback;
  }
}

/** Runs `body`; the exception that ended it, taken from the thread, or 0. */
function failureOf(rt: Runtime, body: () => void): NewRef | 0 {
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  try {
    body();
    return 0;
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    return fetch(rt);
  }
}

/** Runs `first`, and `last` whatever came of that. What `first` raised goes on, or is the context of what `last` raises. */
export function runBoth(rt: Runtime, first: () => void, last: () => NewRef): NewRef {
  const failure = failureOf(rt, first);
  if (failure === 0) return last();
  push(rt, failure);
  const second = failureOf(rt, () => decref(rt, last()));
  if (second === 0) throw restore(rt, pop(rt));
  PyException_SetContext(rt, second, pop(rt));
  throw restore(rt, second);
}
