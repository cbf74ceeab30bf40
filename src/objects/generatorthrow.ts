/**
 * close() and throw() of generators and coroutines, into what they delegate to as well (gen_close, _gen_throw of CPython's
 * Objects/genobject.c). Part of the object layer.
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GetOptionalAttr } from "./abstract.ts";
import { warnThrowSignature } from "./asyncgen.ts";
import { PyObject_Call, PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_Vectorcall } from "./call.ts";
import {
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyTraceBack_Check,
  PyTuple_Check,
} from "./check.ts";
import {
  clearError,
  errorMatches,
  fetch,
  PyErr_WriteUnraisable,
  raise,
  raiseObject,
  restore,
  typeError,
} from "./errors.ts";
import { releaseFrameLocals } from "./frame.ts";
import {
  _PyGen_yf,
  FrameState,
  forgetState,
  gen_send_ex,
  genState,
  kindName,
  setState,
  stopIterationWith,
  yieldedOrStop,
} from "./generator.ts";
import { Exc, Frame, Gen, Ob } from "./layout.ts";
import { reprText } from "./numtext.ts";
import { decref, newref, setField } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, dropTo, mark, push } from "./stack.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

/** Closes the iterator a generator waits on. */
function gen_close_iter(rt: Runtime, yf: Ref): void {
  const t = rt.i32[yf + Ob.type];
  if (t === rt.types.generator || t === rt.types.coroutine) {
    decref(rt, gen_close(rt, yf));
    return;
  }
  const m = mark(rt);
  let close: OptRef;
  try {
    close = PyObject_GetOptionalAttr(rt, yf, rt.names.close);
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    dropTo(rt, m);
    PyErr_WriteUnraisable(rt, yf);
    return;
  }
  if (close === 0) return;
  push(rt, close);
  decref(rt, PyObject_CallNoArgs(rt, close));
  drop(rt);
}

/** The body will not run again; what its frame holds stays until the generator dies. */
function complete(rt: Runtime, gen: Ref): void {
  setState(rt, gen, FrameState.COMPLETED);
  forgetState(rt, gen);
}

/** generator.close(). Not started, nothing is released; suspended outside of all handlers, the locals are. */
export function gen_close(rt: Runtime, gen: Ref): NewRef {
  const s = genState(rt, gen);
  if (s === FrameState.CREATED) {
    complete(rt, gen);
    return rt.None;
  }
  if (s >= FrameState.COMPLETED) return rt.None;
  if (s === FrameState.SUSPENDED && rt.i32[gen + Gen.iframe + 11] === 2) {
    complete(rt, gen);
    releaseFrameLocals(rt, gen + Gen.iframe);
    return rt.None;
  }
  const m = mark(rt);
  const yf = _PyGen_yf(rt, gen);
  let failed = false;
  if (yf !== 0) {
    push(rt, newref(rt, yf));
    setState(rt, gen, FrameState.EXECUTING);
    try {
      gen_close_iter(rt, yf);
    } catch (e) {
      if (e !== rt.pyerr) throw e;
      failed = true;
    }
    setState(rt, gen, FrameState.SUSPENDED_YIELD_FROM);
    dropTo(rt, m);
  }
  if (!failed) raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.GeneratorExit));
  let r: NewRef;
  try {
    r = gen_send_ex(rt, gen, 0, true, true);
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    if (errorMatches(rt, rt.exc.StopIteration) || errorMatches(rt, rt.exc.GeneratorExit)) {
      dropTo(rt, m);
      clearError(rt);
      return rt.None;
    }
    throw e;
  }
  if (rt.sendResult === 0) return r;
  decref(rt, r);
  throw raise(rt, rt.exc.RuntimeError, `${kindName(rt, gen)} ignored GeneratorExit`);
}

/** generator.throw(type_or_exception[, value[, traceback]]) */
export function gen_throw(rt: Runtime, gen: Ref, args: number, nargs: number): NewRef {
  if (nargs < 1 || nargs > 3) {
    throw typeError(
      rt,
      `throw expected at ${nargs < 1 ? "least 1 argument" : "most 3 arguments"}, got ${nargs}`,
    );
  }
  if (nargs > 1) warnThrowSignature(rt, "throw");
  const i32 = rt.i32;
  const value = nargs > 1 ? i32[args + 2] : 0;
  const tb = nargs > 2 ? i32[args + 4] : 0;
  return yieldedOrStop(rt, gen, throwInto(rt, gen, i32[args], value, tb));
}

/** _gen_throw: through the iterator waited on, if there is one (GeneratorExit only without `closeOnExit`). The result is as gen_send_ex's. */
export function throwInto(
  rt: Runtime,
  gen: Ref,
  type: Ref,
  value: OptRef,
  tb: OptRef,
  closeOnExit = true,
): NewRef {
  const yf = _PyGen_yf(rt, gen);
  if (yf !== 0) {
    push(rt, newref(rt, yf));
    const r = throwDelegate(rt, gen, yf, type, value, tb, closeOnExit);
    if (r !== 0) return r;
  }
  raiseGiven(rt, type, value, tb);
  return gen_send_ex(rt, gen, 0, true);
}

/** Throws into the delegate (its reference lies on top of the native stack and is dropped); 0: throw into the generator itself. */
function throwDelegate(
  rt: Runtime,
  gen: Ref,
  yf: Ref,
  type: Ref,
  value: OptRef,
  tb: OptRef,
  closeOnExit: boolean,
): NewRef | 0 {
  const i32 = rt.i32;
  const m = mark(rt) - 2;
  try {
    if (closeOnExit && isGeneratorExit(rt, type)) {
      setState(rt, gen, FrameState.EXECUTING);
      try {
        gen_close_iter(rt, yf);
      } finally {
        setState(rt, gen, FrameState.SUSPENDED_YIELD_FROM);
      }
      dropTo(rt, m);
      return 0;
    }
    const t = i32[yf + Ob.type];
    if (t === rt.types.generator || t === rt.types.coroutine) {
      return delegated(rt, gen, m, () => {
        const r = throwInto(rt, yf, type, value, tb, closeOnExit);
        if (rt.sendResult === 1) return r;
        throw r === rt.None
          ? raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.StopIteration))
          : stopIterationWith(rt, r);
      });
    }
    const meth = PyObject_GetOptionalAttr(rt, yf, rt.names.throw);
    if (meth === 0) {
      dropTo(rt, m);
      return 0;
    }
    push(rt, meth);
    return delegated(rt, gen, m, () => {
      const at = mark(rt);
      const given = [type, value, tb].filter((x) => x !== 0);
      for (const x of given) push(rt, newref(rt, x));
      return PyObject_Vectorcall(rt, meth, at, given.length, 0);
    });
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    dropTo(rt, m);
    return gen_send_ex(rt, gen, 0, true);
  }
}

/** Runs a delegate's throw with the generator marked as running, its frame current; the value it gave was yielded. */
function delegated(rt: Runtime, gen: Ref, m: number, call: () => NewRef): NewRef {
  const i32 = rt.i32;
  const fp = gen + Gen.iframe;
  setState(rt, gen, FrameState.EXECUTING);
  i32[fp + Frame.previous] = i32[Cell.FRAME];
  i32[Cell.FRAME] = fp;
  let r: NewRef;
  try {
    r = call();
  } finally {
    i32[Cell.FRAME] = i32[fp + Frame.previous];
    i32[fp + Frame.previous] = 0;
    setState(rt, gen, FrameState.SUSPENDED_YIELD_FROM);
  }
  const keep = push(rt, r);
  i32[keep] = 0;
  i32[Cell.SP] = keep;
  dropTo(rt, m);
  rt.sendResult = 1;
  return r;
}

function isGeneratorExit(rt: Runtime, type: Ref): boolean {
  return type === rt.exc.GeneratorExit || rt.i32[type + Ob.type] === rt.exc.GeneratorExit;
}

/** Sets the exception described by throw()'s arguments. */
function raiseGiven(rt: Runtime, type: Ref, value: OptRef, tb: OptRef): void {
  const trace = tb === rt.None ? 0 : tb;
  if (trace !== 0 && !PyTraceBack_Check(rt, trace))
    throw typeError(rt, "throw() third argument must be a traceback object");
  let exc: NewRef;
  if (PyExceptionClass_Check(rt, type)) exc = normalized(rt, type, value);
  else if (PyExceptionInstance_Check(rt, type)) {
    if (value !== 0 && value !== rt.None)
      throw typeError(rt, "instance exception may not have a separate value");
    exc = newref(rt, type);
  } else {
    throw typeError(
      rt,
      `exceptions must be classes or instances deriving from BaseException, not ${typeNameOf(rt, type)}`,
    );
  }
  if (trace !== 0) setField(rt, exc + Exc.traceback, newref(rt, trace));
  restore(rt, exc);
}

/** PyErr_NormalizeException: an instance of the class; an exception while it is made takes its place. */
function normalized(rt: Runtime, type: Ref, value: OptRef): NewRef {
  if (value !== 0 && isInstanceOf(rt, value, type)) return newref(rt, value);
  const m = mark(rt);
  try {
    return instantiate(rt, type, value);
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    const exc = fetch(rt);
    dropTo(rt, m);
    return exc;
  }
}

function isInstanceOf(rt: Runtime, value: Ref, type: Ref): boolean {
  return PyExceptionInstance_Check(rt, value) && PyType_IsSubtype(rt, rt.i32[value + Ob.type], type);
}

function instantiate(rt: Runtime, type: Ref, value: OptRef): NewRef {
  let exc: NewRef;
  if (value === 0 || value === rt.None) exc = PyObject_CallNoArgs(rt, type);
  else if (PyTuple_Check(rt, value)) exc = PyObject_Call(rt, type, value, 0);
  else exc = PyObject_CallOneArg(rt, type, value);
  if (PyExceptionInstance_Check(rt, exc)) return exc;
  push(rt, exc);
  const what = `calling ${reprText(rt, type)} should have returned an instance of BaseException`;
  throw typeError(rt, `${what}, not ${typeNameOf(rt, exc)}`);
}
