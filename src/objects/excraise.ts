/** What the `raise` statement and `except*` do with their operands. Part of the object layer (CPython's Python/ceval.c). */

import { Cell } from "../heap/cells.ts";
import { reprOf } from "./abstract.ts";
import { PyObject_Call, PyObject_CallNoArgs } from "./call.ts";
import {
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyObject_TypeCheck,
  PyTuple_Check,
} from "./check.ts";
import { fetch, raise, raiseObject, raiseWith, restore, topmostHandled, typeError } from "./errors.ts";
import { PyException_SetCause, PyException_SetContext } from "./exceptions.ts";
import { Ob } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** `raise exc from cause` (both borrowed; 0 where absent): what to throw. */
export function do_raise(rt: Runtime, exc: OptRef, cause: OptRef): PyErr {
  if (exc === 0) return reraise(rt);
  const value = instantiate(rt, exc, "exceptions must derive from BaseException");
  push(rt, value);
  if (cause !== 0) PyException_SetCause(rt, value, causeInstance(rt, cause));
  pop(rt);
  return raiseObject(rt, value);
}

/** A bare `raise`. */
function reraise(rt: Runtime): PyErr {
  const handled = topmostHandled(rt);
  if (handled === 0) return raise(rt, rt.exc.RuntimeError, "No active exception to reraise");
  // The frame gets no traceback entry of its own.
  rt.noTraceback = true;
  return restore(rt, newref(rt, handled));
}

/** An exception instance from an instance or a class. */
function instantiate(rt: Runtime, exc: Ref, message: string): NewRef {
  if (PyExceptionInstance_Check(rt, exc)) return newref(rt, exc);
  if (!PyExceptionClass_Check(rt, exc)) throw typeError(rt, message);
  const value = PyObject_CallNoArgs(rt, exc);
  if (PyExceptionInstance_Check(rt, value)) return value;
  push(rt, value);
  const type = reprOf(rt, rt.i32[value + Ob.type]);
  throw typeError(
    rt,
    `calling ${reprOf(rt, exc)} should have returned an instance of BaseException, not ${type}`,
  );
}

function causeInstance(rt: Runtime, cause: Ref): OptRef {
  if (cause === rt.None) return 0;
  return instantiate(rt, cause, "exception causes must derive from BaseException");
}

/**
 * Raises `type` with a value as PyErr_SetObject does: an instance of the type itself, None for no argument, a tuple for
 * several, anything else as the one argument. Returns what to throw.
 */
export function PyErr_SetObject(rt: Runtime, type: Ref, value: Ref): PyErr {
  if (PyObject_TypeCheck(rt, value, type)) return raiseObject(rt, newref(rt, value));
  if (value === rt.None) return raiseObject(rt, PyObject_CallNoArgs(rt, type));
  if (PyTuple_Check(rt, value)) return raiseObject(rt, PyObject_Call(rt, type, value, 0));
  return raiseWith(rt, type, value);
}

/** _PyErr_FormatFromCause: a new exception whose cause and context is the one that is set. */
export function raiseFromCause(rt: Runtime, type: Ref, message: string): PyErr {
  const cause = fetch(rt);
  push(rt, cause);
  const err = raise(rt, type, message);
  const exc = rt.i32[Cell.CURRENT_EXC];
  PyException_SetCause(rt, exc, newref(rt, cause));
  PyException_SetContext(rt, exc, pop(rt));
  return err;
}
