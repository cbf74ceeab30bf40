/** Small helpers of native functions around the native stack. Part of the object layer. */
import { Cell } from "../heap/cells.ts";
import { PyObject_Call, PyObject_CallArgs } from "./call.ts";
import { PyDict_Size } from "./dict.ts";
import { caught, clearError } from "./errors.ts";
import type { Runtime } from "./runtime.ts";
import { drop, mark, push } from "./stack.ts";
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
