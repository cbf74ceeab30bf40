/**
 * Raising and catching: the current exception is an owned reference in Cell.CURRENT_EXC, and JavaScript unwinds by a
 * throw of `rt.pyerr`. Part of the object layer (CPython's Python/errors.c).
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_CallOneArg } from "./call.ts";
import { Exc, Ob, Str } from "./layout.ts";
import { clearField, decref, incref, setField } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { dropTo, pop, push } from "./stack.ts";
import { isAscii, PyUnicode_FromJS, PyUnicode_New } from "./str.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

/**
 * Sets an exception of `type` with a message, and returns what to throw: `throw raise(rt, rt.exc.TypeError, "...")`.
 * The context (`__context__`) is filled in from the exception being handled.
 */
export function raise(rt: Runtime, type: Ref, message: string): PyErr {
  push(rt, messageStr(rt, message));
  const slot = rt.i32[Cell.SP] - 2;
  const exc = PyObject_CallOneArg(rt, type, rt.i32[slot]);
  decref(rt, pop(rt));
  return raiseObject(rt, exc);
}

/** The bytes of messages raised before, up to a number of them: most programs raise the same few again and again. */
const messages = new Map<string, Uint8Array>();
const MOST_MESSAGES = 256;

/** A new str of a message. */
function messageStr(rt: Runtime, message: string): NewRef {
  const known = messages.get(message);
  if (known === undefined) {
    const fresh = PyUnicode_FromJS(rt, message);
    if (messages.size < MOST_MESSAGES) remember(rt, message, fresh);
    return fresh;
  }
  const n = known.length;
  const p = PyUnicode_New(rt, n, 127);
  const at = (p + Str.ASCII_DATA) * 4;
  for (let i = 0; i < n; i++) rt.u8[at + i] = known[i];
  return p;
}

function remember(rt: Runtime, message: string, str: Ref): void {
  if (!isAscii(rt, str) || message.length < 2) return;
  const at = (str + Str.ASCII_DATA) * 4;
  messages.set(message, rt.u8.slice(at, at + message.length));
}

/** As `raise`, with any object as the one argument (KeyError's key, StopIteration's value). `arg` is borrowed. */
export function raiseWith(rt: Runtime, type: Ref, arg: Ref): PyErr {
  return raiseObject(rt, PyObject_CallOneArg(rt, type, arg));
}

/** Sets an exception instance (takes the reference), chains the context, and returns what to throw. */
export function raiseObject(rt: Runtime, exc: StolenRef): PyErr {
  const i32 = rt.i32;
  const handled = topmostHandled(rt);
  if (handled !== 0 && handled !== exc) chainContext(rt, exc, handled);
  setField(rt, Cell.CURRENT_EXC, exc);
  i32[Cell.CURRENT_EXC + 1] = 0;
  return rt.pyerr;
}

/** Sets an exception without touching its context (a re-raise). Takes the reference. */
export function restore(rt: Runtime, exc: StolenRef): PyErr {
  setField(rt, Cell.CURRENT_EXC, exc);
  return rt.pyerr;
}

/** The exception being handled, innermost first (sys.exception()), borrowed, or 0. */
export function topmostHandled(rt: Runtime): OptRef {
  const i32 = rt.i32;
  let info = i32[Cell.EXC_INFO];
  while (info !== 0) {
    const value = i32[info];
    if (value !== 0 && value !== rt.None) return value;
    info = i32[info + 2];
  }
  return 0;
}

/** Makes `handled` the context of `exc`, breaking a cycle if `exc` is already in the chain. */
export function chainContext(rt: Runtime, exc: Ref, handled: Ref): void {
  const i32 = rt.i32;
  let o = handled;
  let slow = handled;
  let stepSlow = false;
  for (let context = i32[o + Exc.context]; context !== 0; context = i32[o + Exc.context]) {
    if (context === exc) {
      clearField(rt, o + Exc.context);
      break;
    }
    o = context;
    if (o === slow) break;
    if (stepSlow) slow = i32[slow + Exc.context];
    stepSlow = !stepSlow;
  }
  incref(rt, handled);
  setField(rt, exc + Exc.context, handled);
}

/** Takes the current exception out: a new reference (PyErr_GetRaisedException). */
export function fetch(rt: Runtime): NewRef {
  const exc = rt.i32[Cell.CURRENT_EXC];
  rt.i32[Cell.CURRENT_EXC] = 0;
  return exc;
}

/** Forgets the current exception (PyErr_Clear). */
export function clearError(rt: Runtime): void {
  clearField(rt, Cell.CURRENT_EXC);
}

/** Does the current exception match this type (or tuple member, by `isinstance` of its class)? */
export function errorMatches(rt: Runtime, type: Ref): boolean {
  const exc = rt.i32[Cell.CURRENT_EXC];
  return exc !== 0 && PyType_IsSubtype(rt, rt.i32[exc + Ob.type], type);
}

/**
 * For a JavaScript `catch (e)`: is this a Python exception of `type`? If so, releases the native stack down to `to` and
 * returns true; the exception is still set (fetch or clearError it). Anything else is thrown on.
 */
export function caught(rt: Runtime, e: unknown, to: number, type: Ref): boolean {
  if (e !== rt.pyerr) e = rt.convertError(e);
  if (!errorMatches(rt, type)) throw e;
  dropTo(rt, to);
  return true;
}

/**
 * Reports the current exception, which nobody can catch (in `__del__`, in a callback), to sys.unraisablehook, and forgets it.
 * `where` is the object it happened in, or 0; `message` says it instead (PyErr_WriteUnraisable, PyErr_FormatUnraisable).
 */
export function PyErr_WriteUnraisable(rt: Runtime, where: OptRef, message: string | null = null): void {
  rt.writeUnraisable(where, message);
  clearError(rt);
}

/** MemoryError, from the reserve kept for it. */
export function noMemory(rt: Runtime): PyErr {
  return restore(rt, rt.takeMemoryError());
}

export function typeError(rt: Runtime, message: string): PyErr {
  return raise(rt, rt.exc.TypeError, message);
}

export function valueError(rt: Runtime, message: string): PyErr {
  return raise(rt, rt.exc.ValueError, message);
}

export function overflowError(rt: Runtime, message: string): PyErr {
  return raise(rt, rt.exc.OverflowError, message);
}

/** For a size that nothing here can have: OverflowError from CPython's own limit on, else there is no memory for it. */
export function tooLong(rt: Runtime, size: number, message: string): PyErr {
  return size >= 2 ** 63 ? overflowError(rt, message) : noMemory(rt);
}

/** For native functions: the exception just set is told by the result 0, which costs a compiled caller much less than a throw. */
export function failed(_set: PyErr): 0 {
  return 0;
}

/** For native callers: result 0 of compiled code, or of a native function, means that an exception is set. */
export function raised(rt: Runtime, result: NewRef): NewRef {
  if (result === 0) throw rt.pyerr;
  return result;
}
