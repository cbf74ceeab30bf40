/**
 * Generators and coroutines. Part of the object layer (CPython's Objects/genobject.c). The frame lies in the object, at
 * CPython's offset; which instruction comes next is in a JavaScript generator, named by index in the object
 * (`GEN_STATE`), the one thing that is not in the heap.
 */

import { Cell } from "../heap/cells.ts";
import { PyObject_GetOptionalAttr, PyObject_SelfIter } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import {
  asyncGenMethods,
  asyncGenSlots,
  finalizeByHook,
  initAsyncGenerator,
  warnNeverAwaited,
  warnThrowSignature,
} from "./asyncgen.ts";
import { PyObject_Call, PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_Vectorcall } from "./call.ts";
import {
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyTraceBack_Check,
  PyTuple_Check,
  PyUnicode_Check,
} from "./check.ts";
import { frameSlots } from "./code.ts";
import { defineType } from "./defineType.ts";
import {
  chainContext,
  clearError,
  errorMatches,
  fetch,
  PyErr_WriteUnraisable,
  raise,
  raiseObject,
  restore,
  typeError,
  valueError,
} from "./errors.ts";
import { frameObject, leaveFrame, releaseFrameLocals, traverseFrame } from "./frame.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { PyIter_Check } from "./iterproto.ts";
import { CO, Code, Exc, Frame, Func, Gen, Ob, TF } from "./layout.ts";
import { reprText } from "./numtext.ts";
import { mayResume } from "./recursion.ts";
import { clearField, decref, incref, newref, setField, xdecref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, dropTo, mark, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { PyObject_CallFinalizerFromDealloc } from "./subtype.ts";
import { trashed } from "./trashcan.ts";
import { METH, type NewRef, type OptRef, type Ref, type StolenRef, type Visit } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** Word offset of the index into rt.generators: the high word of gi_exc_state.exc_value. */
const GEN_STATE = Gen.exc_value + 1;

export const enum FrameState {
  CREATED = -3,
  SUSPENDED = -2,
  SUSPENDED_YIELD_FROM = -1,
  EXECUTING = 0,
  COMPLETED = 1,
  CLEARED = 4,
}

export function genState(rt: Runtime, gen: Ref): FrameState {
  return (rt.u8[gen * 4 + Gen.frame_state_byte] << 24) >> 24;
}

function setState(rt: Runtime, gen: Ref, s: FrameState): void {
  rt.u8[gen * 4 + Gen.frame_state_byte] = s & 255;
}

export function isFinished(rt: Runtime, gen: Ref): boolean {
  return genState(rt, gen) >= FrameState.COMPLETED;
}

/** A generator, coroutine or asynchronous generator for a call of `func` (taken over), with its frame laid out and `args` (owned) in it. */
export function newGenerator(rt: Runtime, func: StolenRef, code: Ref, slots: number, args: number[]): NewRef {
  const i32 = rt.i32;
  const flags = i32[code + Code.flags];
  const type =
    (flags & CO.GENERATOR) !== 0
      ? rt.types.generator
      : (flags & CO.COROUTINE) !== 0
        ? rt.types.coroutine
        : rt.types.async_generator;
  const bytes = Gen.iframe * 4 + Frame.HEAD_BYTES + 8 * slots;
  const m = mark(rt);
  for (const a of args) push(rt, a);
  push(rt, func);
  const gen = PyObject_GC_New(rt, type, bytes);
  i32[Cell.SP] = m;
  i32.fill(0, gen + 4, gen + bytes / 4);
  const fp = gen + Gen.iframe;
  i32[gen + Gen.name] = newref(rt, i32[func + Func.name]);
  i32[gen + Gen.qualname] = newref(rt, i32[func + Func.qualname]);
  i32[gen + GEN_STATE] = -1;
  i32[fp + Frame.executable] = newref(rt, code);
  i32[fp + Frame.funcobj] = func;
  i32[fp + Frame.globals] = i32[func + Func.globals];
  i32[fp + Frame.builtins] = i32[func + Func.builtins];
  i32[fp + Frame.stacktop] = slots;
  i32[fp + Frame.owner] = 1;
  args.forEach((a, i) => {
    i32[fp + Frame.localsplus + 2 * i] = a;
  });
  setState(rt, gen, FrameState.CREATED);
  return gen;
}

/** Attaches the JavaScript generator (run to its first, silent yield) and makes the cells; then the object is tracked. */
export function startGenerator(
  rt: Runtime,
  gen: Ref,
  body: Generator<number, number, number>,
  cells: () => void,
): void {
  body.next(0);
  const free = rt.freeGenerators.pop();
  const index = free ?? rt.generators.length;
  rt.generators[index] = body;
  rt.i32[gen + GEN_STATE] = index;
  const m = push(rt, gen);
  cells();
  rt.i32[m] = 0;
  rt.i32[Cell.SP] = m;
  PyObject_GC_Track(rt, gen);
}

function forgetState(rt: Runtime, gen: Ref): void {
  const index = rt.i32[gen + GEN_STATE];
  if (index < 0) return;
  rt.generators[index] = null;
  rt.freeGenerators.push(index);
  rt.i32[gen + GEN_STATE] = -1;
}

/** What a generator waits on in `yield from` or `await`: borrowed, or 0. */
export function _PyGen_yf(rt: Runtime, gen: Ref): OptRef {
  if (genState(rt, gen) !== FrameState.SUSPENDED_YIELD_FROM) return 0;
  const fp = gen + Gen.iframe;
  return rt.i32[fp + Frame.localsplus + 2 * (rt.i32[fp + Frame.stacktop] - 1)];
}

/** What is thrown into a generator gets as context what the generator itself handles (_PyErr_ChainStackItem). */
function chainHandled(rt: Runtime, handled: OptRef): void {
  const exc = rt.i32[Cell.CURRENT_EXC];
  if (handled !== 0 && handled !== rt.None && handled !== exc) chainContext(rt, exc, handled);
}

/**
 * Runs the generator until it yields or ends. `arg` is owned (0 with `throwing`, when the current exception is thrown in).
 * Leaves 1 in rt.sendResult for a yielded value, 0 for a returned one.
 */
function resume(rt: Runtime, gen: Ref, arg: StolenRef | 0, throwing: boolean): NewRef {
  const i32 = rt.i32;
  const fp = gen + Gen.iframe;
  const state = rt.generators[i32[gen + GEN_STATE]]!;
  i32[fp + Frame.previous] = i32[Cell.FRAME];
  i32[fp + 1] = i32[Cell.C_RECURSION_REMAINING];
  i32[gen + Gen.exc_previous] = i32[Cell.EXC_INFO];
  if (!mayResume(rt)) {
    if (arg !== 0) decref(rt, arg);
    throw raise(rt, rt.exc.RecursionError, "maximum recursion depth exceeded");
  }
  i32[Cell.RECURSION_REMAINING]--;
  i32[Cell.EXC_INFO] = gen + Gen.exc_value;
  if (throwing) chainHandled(rt, i32[gen + Gen.exc_value]);
  i32[Cell.FRAME] = fp;
  // The generator is held while it runs, whoever lets go of it meanwhile.
  incref(rt, gen);
  i32[fp + 15] = push(rt, gen) + 2;
  setState(rt, gen, FrameState.EXECUTING);
  let r: IteratorResult<number, number>;
  try {
    r = throwing ? state.throw(rt.pyerr) : state.next(arg);
  } catch (e) {
    throw resumeFailed(rt, gen, fp, e);
  }
  if (r.value === 0) throw resumeFailed(rt, gen, fp, rt.pyerr);
  leave(rt, gen, fp);
  if (r.done) {
    finish(rt, gen);
    rt.sendResult = 0;
  } else {
    setState(rt, gen, i32[fp + 11] === 1 ? FrameState.SUSPENDED_YIELD_FROM : FrameState.SUSPENDED);
    rt.sendResult = 1;
  }
  const kind = rt.sendResult;
  if (i32[gen] > 1) {
    // The usual case: somebody else holds the generator, so letting go of it runs no code.
    i32[gen]--;
    i32[Cell.SP] -= 2;
    i32[i32[Cell.SP]] = 0;
    return r.value;
  }
  const m = push(rt, r.value);
  i32[m] = 0;
  i32[Cell.SP] = m;
  releaseRunning(rt);
  rt.sendResult = kind;
  return r.value;
}

/** The body ended with an exception. */
function resumeFailed(rt: Runtime, gen: Ref, fp: number, e: unknown): unknown {
  leave(rt, gen, fp);
  finish(rt, gen);
  stopToRuntimeError(rt, gen);
  releaseRunning(rt);
  return e === rt.pyerr ? e : rt.convertError(e);
}

function releaseRunning(rt: Runtime): void {
  drop(rt);
}

function leave(rt: Runtime, gen: Ref, fp: number): void {
  const i32 = rt.i32;
  i32[Cell.EXC_INFO] = i32[gen + Gen.exc_previous];
  i32[gen + Gen.exc_previous] = 0;
  i32[Cell.FRAME] = i32[fp + Frame.previous];
  i32[fp + Frame.previous] = 0;
  i32[Cell.RECURSION_REMAINING]++;
}

/** The generator has ended: its frame's contents go (to the frame object, if somebody holds it). */
function finish(rt: Runtime, gen: Ref): void {
  const i32 = rt.i32;
  const fp = gen + Gen.iframe;
  setState(rt, gen, FrameState.CLEARED);
  forgetState(rt, gen);
  const code = i32[fp + Frame.executable];
  i32[fp + Frame.stacktop] = frameSlots(rt, code);
  clearField(rt, gen + Gen.exc_value);
  i32[gen + GEN_STATE] = -1;
  if (i32[fp + Frame.frame_obj] !== 0) leaveFrame(rt, fp);
  else releaseFrameLocals(rt, fp);
  const func = i32[fp + Frame.funcobj];
  i32[fp + Frame.funcobj] = 0;
  xdecref(rt, func);
}

/** PEP 479: a StopIteration that leaves a generator's body becomes a RuntimeError. */
function stopToRuntimeError(rt: Runtime, gen: Ref): void {
  const type = rt.i32[gen + Ob.type];
  const kind =
    type === rt.types.generator ? "generator" : type === rt.types.coroutine ? "coroutine" : "async generator";
  let name = "";
  if (errorMatches(rt, rt.exc.StopIteration)) name = "StopIteration";
  else if (kind === "async generator" && errorMatches(rt, rt.exc.StopAsyncIteration))
    name = "StopAsyncIteration";
  if (name === "") return;
  const cause = fetch(rt);
  push(rt, cause);
  raise(rt, rt.exc.RuntimeError, `${kind} raised ${name}`);
  const exc = rt.i32[Cell.CURRENT_EXC];
  setField(rt, exc + Exc.cause, newref(rt, cause));
  setField(rt, exc + Exc.context, newref(rt, cause));
  rt.u8[exc * 4 + Exc.suppress_context_byte] = 1;
  drop(rt);
}

function kindName(rt: Runtime, gen: Ref): string {
  const type = rt.i32[gen + Ob.type];
  return type === rt.types.coroutine
    ? "coroutine"
    : type === rt.types.async_generator
      ? "async generator"
      : "generator";
}

/**
 * gen_send_ex2: sends `arg` (borrowed; 0: None) or throws the current exception in. 0 in rt.sendResult with a value: the
 * generator returned it. A finished generator returns None again, or raises for a coroutine.
 */
export function gen_send_ex(rt: Runtime, gen: Ref, arg: OptRef, throwing: boolean, closing = false): NewRef {
  const s = genState(rt, gen);
  if (s === FrameState.CREATED && arg !== 0 && arg !== rt.None) {
    throw typeError(rt, `can't send non-None value to a just-started ${kindName(rt, gen)}`);
  }
  if (s === FrameState.EXECUTING) throw valueError(rt, `${kindName(rt, gen)} already executing`);
  if (s >= FrameState.COMPLETED) {
    if (rt.i32[gen + Ob.type] === rt.types.coroutine && !closing) {
      throw raise(rt, rt.exc.RuntimeError, "cannot reuse already awaited coroutine");
    }
    if (throwing) throw rt.pyerr;
    rt.sendResult = 0;
    return rt.None;
  }
  return resume(rt, gen, throwing ? 0 : newref(rt, arg === 0 ? rt.None : arg), throwing);
}

/** tp_iternext: 0 at the end; StopIteration is raised only to carry a value. */
export function gen_iternext(rt: Runtime, gen: Ref): NewRef | 0 {
  const r = gen_send_ex(rt, gen, 0, false);
  if (rt.sendResult === 1) return r;
  if (r === rt.None) return 0;
  throw stopIterationWith(rt, r);
}

/** StopIteration carrying a return value (taken over), as _PyGen_SetStopIterationValue. */
export function stopIterationWith(rt: Runtime, value: StolenRef): unknown {
  push(rt, value);
  const exc = PyObject_CallOneArgExc(rt, value);
  drop(rt);
  return raiseObject(rt, exc);
}

function PyObject_CallOneArgExc(rt: Runtime, value: Ref): NewRef {
  const at = push(rt, newref(rt, value));
  const exc = PyObject_Vectorcall(rt, rt.exc.StopIteration, at, 1, 0);
  drop(rt);
  return exc;
}

/** generator.send(value): the yielded value; StopIteration at the end. */
export function gen_send(rt: Runtime, gen: Ref, arg: Ref): NewRef {
  const r = gen_send_ex(rt, gen, arg, false);
  return yieldedOrStop(rt, gen, r);
}

/** The value a send gave, or StopIteration (with the return value) when the generator ended. */
export function yieldedOrStop(rt: Runtime, gen: Ref, r: NewRef): NewRef {
  if (rt.sendResult === 1) return r;
  const async = rt.i32[gen + Ob.type] === rt.types.async_generator;
  const type = async ? rt.exc.StopAsyncIteration : rt.exc.StopIteration;
  if (r === rt.None) throw raiseObject(rt, PyObject_CallNoArgs(rt, type));
  throw stopIterationWith(rt, r);
}

/** am_send */
export function gen_am_send(rt: Runtime, gen: Ref, arg: Ref): NewRef {
  return gen_send_ex(rt, gen, arg, false);
}

/** Closes the iterator a generator waits on. */
function gen_close_iter(rt: Runtime, yf: Ref): void {
  const t = rt.i32[yf + Ob.type];
  if (t === rt.types.generator || t === rt.types.coroutine) {
    decref(rt, gen_close(rt, yf));
    return;
  }
  const close = PyObject_GetOptionalAttr(rt, yf, rt.names.close);
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

/** _PyGen_Finalize: a suspended generator is closed when it dies; an unawaited coroutine is warned about. */
export function _PyGen_Finalize(rt: Runtime, gen: Ref): void {
  if (isFinished(rt, gen) || finalizeByHook(rt, gen)) return;
  const m = mark(rt);
  const saved = fetch(rt);
  if (saved !== 0) push(rt, saved);
  try {
    if (rt.i32[gen + Ob.type] === rt.types.coroutine && genState(rt, gen) === FrameState.CREATED) {
      warnNeverAwaited(rt, gen, `coroutine '${jsString(rt, rt.i32[gen + Gen.qualname])}'`);
    } else decref(rt, gen_close(rt, gen));
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    PyErr_WriteUnraisable(rt, gen);
  }
  if (saved !== 0) {
    rt.i32[m] = 0;
    dropTo(rt, m);
    restore(rt, saved);
  }
}

export function gen_dealloc(rt: Runtime, gen: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, gen);
  if (i32[gen + Gen.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, gen);
  if (!isFinished(rt, gen)) {
    PyObject_GC_Track(rt, gen);
    if (PyObject_CallFinalizerFromDealloc(rt, gen)) return;
    PyObject_GC_UnTrack(rt, gen);
  }
  if (genState(rt, gen) !== FrameState.CLEARED) finish(rt, gen);
  clearField(rt, gen + Gen.exc_value);
  decref(rt, i32[gen + Gen.iframe + Frame.executable]);
  clearField(rt, gen + Gen.origin_or_finalizer);
  decref(rt, i32[gen + Gen.name]);
  decref(rt, i32[gen + Gen.qualname]);
  PyObject_GC_Del(rt, gen);
}

export function gen_traverse(rt: Runtime, gen: Ref, visit: Visit): void {
  const i32 = rt.i32;
  for (const at of [Gen.name, Gen.qualname, Gen.exc_value, Gen.origin_or_finalizer])
    if (i32[gen + at] !== 0) visit(i32[gen + at]);
  const fp = gen + Gen.iframe;
  if (genState(rt, gen) === FrameState.CLEARED) visit(i32[fp + Frame.executable]);
  else traverseFrame(rt, fp, visit);
}

function setName(rt: Runtime, gen: Ref, v: OptRef, at: number, what: string): void {
  if (v === 0 || !PyUnicode_Check(rt, v)) throw typeError(rt, `${what} must be set to a string object`);
  setField(rt, gen + at, newref(rt, v));
}

function gen_frame(rt: Runtime, gen: Ref): NewRef {
  return isFinished(rt, gen) ? rt.None : newref(rt, frameObject(rt, gen + Gen.iframe));
}

function gen_repr(rt: Runtime, gen: Ref): NewRef {
  const kind = kindName(rt, gen).replace("async generator", "async_generator");
  return PyUnicode_FromJS(
    rt,
    `<${kind} object ${jsString(rt, rt.i32[gen + Gen.qualname])} at ${hexAddress(gen)}>`,
  );
}

/** What generators, coroutines and asynchronous generators share; `p` is the attributes' prefix (gi, cr, ag). */
export function generatorAttributes(p: string, awaitName: string): import("./typeinfo.ts").GetSetDef[] {
  return [
    {
      name: "__name__",
      get: (rt, g) => newref(rt, rt.i32[g + Gen.name]),
      set: (rt, g, v) => setName(rt, g, v, Gen.name, "__name__"),
    },
    {
      name: "__qualname__",
      get: (rt, g) => newref(rt, rt.i32[g + Gen.qualname]),
      set: (rt, g, v) => setName(rt, g, v, Gen.qualname, "__qualname__"),
    },
    { name: awaitName, get: (rt, g) => newref(rt, _PyGen_yf(rt, g) || rt.None) },
    { name: `${p}_running`, get: (rt, g) => (genState(rt, g) === FrameState.EXECUTING ? rt.True : rt.False) },
    { name: `${p}_frame`, get: gen_frame },
    {
      name: `${p}_suspended`,
      get: (rt, g) =>
        genState(rt, g) === FrameState.SUSPENDED || genState(rt, g) === FrameState.SUSPENDED_YIELD_FROM
          ? rt.True
          : rt.False,
    },
    { name: `${p}_code`, get: (rt, g) => newref(rt, rt.i32[g + Gen.iframe + Frame.executable]) },
  ];
}

/** sizeof of an object with an embedded frame. */
export function gen_sizeof(rt: Runtime, gen: Ref): number {
  const code = rt.i32[gen + Gen.iframe + Frame.executable];
  return (
    Gen.iframe * 4 + Frame.HEAD_BYTES + 8 * (rt.i32[code + Code.nlocalsplus] + rt.i32[code + Code.stacksize])
  );
}

/** ag_running_async */
const AG_RUNNING_BYTE = 66;

const METHODS = [
  { name: "send", flags: METH.O, fn: gen_send },
  { name: "throw", flags: METH.FASTCALL, fn: gen_throw },
  { name: "close", flags: METH.NOARGS, fn: gen_close },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
];

const SLOTS = {
  tp_dealloc: trashed(gen_dealloc),
  tp_traverse: gen_traverse,
  tp_repr: gen_repr,
  tp_finalize: _PyGen_Finalize,
  tp_sizeof: gen_sizeof,
  am_send: gen_am_send,
};

export const generatorSlots = SLOTS;

/** `__await__` of a coroutine: a wrapper with an iterator's methods. Layout: head, cw_coroutine. */
function coro_await(rt: Runtime, coro: Ref): NewRef {
  const w = PyObject_GC_New(rt, rt.types.coroutine_wrapper, 24);
  rt.i32[w + 4] = newref(rt, coro);
  PyObject_GC_Track(rt, w);
  return w;
}

export function initGenerator(rt: Runtime): void {
  rt.clearGeneratorFrame = (fp) => {
    const gen = fp - Gen.iframe;
    if (genState(rt, gen) === FrameState.EXECUTING) return false;
    if (isFinished(rt, gen)) return true;
    finish(rt, gen);
    return true;
  };
  const base = { basicsize: 144, itemsize: 8, weaklistoffset: 16, flags: TF.HAVE_GC };
  defineType(
    rt,
    {
      ...base,
      name: "generator",
      slots: { ...SLOTS, tp_iter: PyObject_SelfIter, tp_iternext: gen_iternext },
      methods: METHODS,
      getsets: generatorAttributes("gi", "gi_yieldfrom"),
    },
    rt.types.generator,
  );
  defineType(
    rt,
    {
      ...base,
      name: "coroutine",
      slots: { ...SLOTS, am_await: coro_await },
      methods: METHODS,
      getsets: generatorAttributes("cr", "cr_await"),
      members: [{ name: "cr_origin", type: "object", offset: Gen.origin_or_finalizer, readonly: true }],
    },
    rt.types.coroutine,
  );
  const { am_send: _, ...unsendable } = SLOTS;
  defineType(
    rt,
    {
      ...base,
      name: "async_generator",
      slots: { ...unsendable, ...asyncGenSlots },
      methods: asyncGenMethods,
      getsets: generatorAttributes("ag", "ag_await").filter((def) => def.name !== "ag_running"),
      members: [{ name: "ag_running", type: "bool", offset: AG_RUNNING_BYTE, readonly: true }],
    },
    rt.types.async_generator,
  );
  initAsyncGenerator(rt);
  initCoroutineWrapper(rt);
}

function initCoroutineWrapper(rt: Runtime): void {
  const inner = (rt: Runtime, w: Ref): Ref => rt.i32[w + 4];
  defineType(
    rt,
    {
      name: "coroutine_wrapper",
      basicsize: 24,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: (rt, w) => {
          PyObject_GC_UnTrack(rt, w);
          clearField(rt, w + 4);
          PyObject_GC_Del(rt, w);
        },
        tp_traverse: (rt, w, visit) => {
          if (rt.i32[w + 4] !== 0) visit(rt.i32[w + 4]);
        },
        tp_iter: PyObject_SelfIter,
        tp_iternext: (rt, w) => gen_iternext(rt, inner(rt, w)),
        am_send: (rt, w, arg) => gen_am_send(rt, inner(rt, w), arg),
      },
      methods: [
        { name: "send", flags: METH.O, fn: (rt, w, arg) => gen_send(rt, inner(rt, w), arg) },
        { name: "throw", flags: METH.FASTCALL, fn: (rt, w, args, n) => gen_throw(rt, inner(rt, w), args, n) },
        { name: "close", flags: METH.NOARGS, fn: (rt, w) => gen_close(rt, inner(rt, w)) },
      ],
    },
    rt.types.coroutine_wrapper,
  );
}

/** Is this object awaitable without `__await__`: a generator made by types.coroutine? */
export function isIterableCoroutine(rt: Runtime, o: Ref): boolean {
  if (rt.i32[o + Ob.type] !== rt.types.generator) return false;
  const code = rt.i32[o + Gen.iframe + Frame.executable];
  return (rt.i32[code + Code.flags] & CO.ITERABLE_COROUTINE) !== 0;
}

/** _PyCoro_GetAwaitableIter: the iterator that `await o` drives. */
export function _PyCoro_GetAwaitableIter(rt: Runtime, o: Ref): NewRef {
  if (rt.i32[o + Ob.type] === rt.types.coroutine || isIterableCoroutine(rt, o)) return newref(rt, o);
  const info = rt.typeInfos[rt.i32[rt.i32[o + Ob.type] + 13]];
  if (info.am_await === null)
    throw typeError(rt, `object ${typeNameOf(rt, o)} can't be used in 'await' expression`);
  const it = info.am_await(rt, o);
  if (!PyIter_Check(rt, it)) {
    push(rt, it);
    throw typeError(rt, `__await__() returned non-iterator of type '${typeNameOf(rt, it)}'`);
  }
  if (rt.i32[it + Ob.type] === rt.types.coroutine || isIterableCoroutine(rt, it)) {
    push(rt, it);
    throw typeError(rt, "__await__() returned a coroutine");
  }
  return it;
}
