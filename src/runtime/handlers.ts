/**
 * Exceptions in compiled code: entering and leaving handlers, tracebacks, the checks on the way in. Part of the runtime.
 *
 * A frame that an exception passes through gets one traceback entry: at the first JavaScript catch clause of its function.
 * What is thrown on within the same function is flagged by `rt.noTraceback`, as CPython's RERAISE does not add another.
 */

import { Cell } from "../heap/cells.ts";
import { PyObject_CallNoArgs } from "../objects/call.ts";
import { PyExceptionClass_Check, PyTuple_Check } from "../objects/check.ts";
import { frameSlots } from "../objects/code.ts";
import { fetch, raise, raiseObject, raiseWith, restore, typeError } from "../objects/errors.ts";
import { PyException_SetContext } from "../objects/exceptions.ts";
import { frameLine, frameObject, releaseFrameLocals } from "../objects/frame.ts";
import { Code, Exc, Frame, Ob } from "../objects/layout.ts";
import { extendRecursion, withholdRecursion, withholdStale } from "../objects/recursion.ts";
import { decref, incref, newref, setField } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop, dropTo, pop, push } from "../objects/stack.ts";
import { tb_new } from "../objects/traceback.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { clearSlots } from "./build.ts";

/** Where the native stack of a frame starts: behind the frame, or, in a generator, where it was resumed. */
function nativeMark(rt: Runtime, fp: number, end: number): number {
  return rt.i32[fp + Frame.owner] === 1 ? rt.i32[fp + 15] : end;
}

/**
 * PyTraceBack_Here: prepends an entry for the frame to the current exception's traceback. Where there is no memory for it,
 * MemoryError takes the exception's place, with that as its context; a MemoryError itself goes on as it was.
 */
function addTraceback(rt: Runtime, fp: number): void {
  if (rt.noTraceback) {
    rt.noTraceback = false;
    return;
  }
  if (rt.codes[rt.i32[rt.i32[fp + Frame.executable] + Code.js]].native) return;
  const exc = fetch(rt);
  push(rt, exc);
  const instr = rt.i32[fp + Frame.instr];
  try {
    const tb = tb_new(rt, rt.i32[exc + Exc.traceback], frameObject(rt, fp), instr, frameLine(rt, fp));
    setField(rt, exc + Exc.traceback, tb);
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    if (rt.i32[exc + Ob.type] !== rt.exc.MemoryError) {
      chainToContext(rt);
      return;
    }
  }
  pop(rt);
  restore(rt, exc);
}

/** _PyErr_ChainExceptions1: the exception on the native stack becomes the context of the current one, unless that is the last resort. */
function chainToContext(rt: Runtime): void {
  const current = fetch(rt);
  if (current === rt.i32[Cell.MEMERRORS_LAST]) drop(rt);
  else PyException_SetContext(rt, current, pop(rt));
  restore(rt, current);
}

/** A JavaScript catch clause: the exception is made Python's. */
export function caught(rt: Runtime, fp: number, e: unknown): void {
  rt.i32[Cell.FRAME] = fp;
  if (e !== rt.pyerr) rt.convertError(e);
}

/** Where an exception is handled or leaves the function: native references are released, the traceback is extended. */
function arrive(rt: Runtime, fp: number, end: number): void {
  const i32 = rt.i32;
  i32[Cell.FRAME] = fp;
  i32[Cell.C_RECURSION_REMAINING] = i32[fp + 1];
  dropTo(rt, nativeMark(rt, fp, end));
  addTraceback(rt, fp);
}

/** The exception leaves the function: the evaluation stack is emptied. */
export function frameError(rt: Runtime, fp: number, end: number): void {
  arrive(rt, fp, end);
  const exc = fetch(rt);
  const n = rt.i32[rt.i32[fp] + 18];
  const first = fp + Frame.localsplus + 2 * n;
  clearSlots(rt, first, end);
  restore(rt, exc);
}

/** PUSH_EXC_INFO: slots at, at+2 take the exception handled so far and the one caught. */
export function enterHandler(rt: Runtime, fp: number, at: number, end: number): void {
  const i32 = rt.i32;
  arrive(rt, fp, end);
  withholdStale(rt);
  const exc = fetch(rt);
  push(rt, exc);
  clearSlots(rt, at, end);
  pop(rt);
  const info = i32[Cell.EXC_INFO];
  i32[at] = i32[info];
  i32[at + 2] = exc;
  incref(rt, exc);
  i32[info] = exc;
}

/** POP_EXCEPT: the exception handled before is the handled one again; the slots are emptied. */
export function popHandler(rt: Runtime, at: number): void {
  const i32 = rt.i32;
  const info = i32[Cell.EXC_INFO];
  const previous = i32[at];
  i32[at] = 0;
  setField(rt, info, previous);
  const exc = i32[at + 2];
  i32[at + 2] = 0;
  if (exc !== 0) decref(rt, exc);
}

/** RERAISE of the exception in a slot: it stays the handled one until its handler state is popped. */
export function rethrow(rt: Runtime, at: number): PyErr {
  const exc = newref(rt, rt.i32[at]);
  rt.noTraceback = true;
  return restore(rt, exc);
}

/** An exception leaves a handler: its state is popped. */
export function handlerFailed(rt: Runtime, fp: number, at: number, end: number): PyErr {
  arrive(rt, fp, end);
  const exc = fetch(rt);
  push(rt, exc);
  clearSlots(rt, at + 4, end);
  popHandler(rt, at);
  pop(rt);
  rt.noTraceback = true;
  return restore(rt, exc);
}

/** For cleanup code in a catch clause: the exception waits in a slot. */
export function saveError(rt: Runtime, fp: number, at: number, end: number): void {
  arrive(rt, fp, end);
  withholdStale(rt);
  const exc = fetch(rt);
  push(rt, exc);
  clearSlots(rt, at, end);
  pop(rt);
  rt.i32[at] = exc;
}

export function restoreError(rt: Runtime, at: number): PyErr {
  const exc = rt.i32[at];
  rt.i32[at] = 0;
  rt.noTraceback = true;
  return restore(rt, exc);
}

/** Does the exception match the class, or one of a tuple of classes? */
export function excMatch(rt: Runtime, exc: Ref, type: Ref): boolean {
  if (PyTuple_Check(rt, type)) {
    for (let i = 0; i < tupleSize(rt, type); i++) checkCatchable(rt, tupleItem(rt, type, i));
  } else checkCatchable(rt, type);
  return PyErr_GivenExceptionMatches(rt, exc, type);
}

/** Is the exception an instance of the class, or of one in a (nested) tuple of classes? */
export function PyErr_GivenExceptionMatches(rt: Runtime, exc: Ref, type: Ref): boolean {
  if (PyTuple_Check(rt, type)) {
    for (let i = 0; i < tupleSize(rt, type); i++)
      if (PyErr_GivenExceptionMatches(rt, exc, tupleItem(rt, type, i))) return true;
    return false;
  }
  return PyType_IsSubtype(rt, rt.i32[exc + Ob.type], type);
}

function checkCatchable(rt: Runtime, type: Ref): void {
  if (!PyExceptionClass_Check(rt, type)) {
    throw typeError(rt, "catching classes that do not inherit from BaseException is not allowed");
  }
}

export function raiseAssertion(rt: Runtime, message: OptRef): unknown {
  if (message === 0) return raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.AssertionError));
  return raiseWith(rt, rt.exc.AssertionError, message);
}

/** A call that finds its levels used up gets more; if there are none the frame goes again, without a traceback entry. */
export function recursionFull(rt: Runtime, fp: number): void {
  if (extendRecursion(rt)) return;
  const i32 = rt.i32;
  i32[Cell.FRAME] = i32[fp + Frame.previous];
  i32[Cell.RECURSION_REMAINING]++;
  releaseFrameLocals(rt, fp);
  const func = i32[fp + Frame.funcobj];
  const code = i32[fp + Frame.executable];
  i32[Cell.SP] = fp;
  decref(rt, func);
  decref(rt, code);
  throw recursionError(rt);
}

/** RecursionError, with some room to build it in. */
export function recursionError(rt: Runtime, where = ""): PyErr {
  const i32 = rt.i32;
  withholdRecursion(rt);
  i32[Cell.RECURSION_REMAINING] += 50;
  try {
    return raise(rt, rt.exc.RecursionError, `maximum recursion depth exceeded${where}`);
  } finally {
    i32[Cell.RECURSION_REMAINING] -= 50;
  }
}

/** No room on the data stack: the function and its arguments are released. */
export function stackFull(rt: Runtime, ...refs: Ref[]): never {
  for (const r of refs) if (r !== 0) decref(rt, r);
  throw recursionError(rt);
}

/** An async for's iterator raised: true if it was StopAsyncIteration, which ends the loop. */
export function stopAsync(rt: Runtime, fp: number, at: number): boolean {
  arrive(rt, fp, rt.i32[fp + 15] || at);
  const exc = rt.i32[Cell.CURRENT_EXC];
  if (!PyErr_GivenExceptionMatches(rt, exc, rt.exc.StopAsyncIteration)) {
    rt.noTraceback = true;
    return false;
  }
  const taken = fetch(rt);
  const n = frameSlots(rt, rt.i32[fp]);
  clearSlots(rt, at, fp + Frame.localsplus + 2 * n);
  decref(rt, taken);
  return true;
}
