/**
 * Generators and coroutines. Part of the object layer (CPython's Objects/genobject.c). The frame lies in the object, at
 * CPython's offset. Which instruction comes next says the word `GEN_STATE` of the object: the state of a state machine
 * (compiler/machine.ts), or the index of a JavaScript generator, the one thing that is not in the heap.
 */

import { Cell } from "../heap/cells.ts";
import { zeroWords } from "../heap/words.ts";
import { PyObject_GC_New, PyObject_GC_Track } from "./alloc.ts";
import { PyObject_CallNoArgs, PyObject_Vectorcall } from "./call.ts";
import { frameSlots } from "./code.ts";
import { chainContext, errorMatches, raise, raiseObject, typeError, valueError } from "./errors.ts";
import { raiseFromCause } from "./excraise.ts";
import { leaveFrame, releaseFrameLocals } from "./frame.ts";
import { CO, Code, Frame, Func, Gen, Ob } from "./layout.ts";
import { mayResume } from "./recursion.ts";
import { clearField, decref, incref, newref, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, mark, push } from "./stack.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";

/**
 * Word offset of the index into rt.generators, or of -2 - state of a state machine; -1 of what has ended. It is the high word
 * of gi_exc_state.exc_value.
 */
const GEN_STATE = Gen.exc_value + 1;

const FIRST_STATE = -2;

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

export function setState(rt: Runtime, gen: Ref, s: FrameState): void {
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
  zeroWords(rt, gen + 4, bytes / 4 - 4);
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
  rt.liveGenerators++;
  return gen;
}

/**
 * Attaches the JavaScript generator (run to its first, silent yield), or for null sets the first state, and makes the cells;
 * then the object is tracked.
 */
export function startGenerator(
  rt: Runtime,
  gen: Ref,
  body: Generator<number, number, number> | null,
  cells: (() => void) | null,
): void {
  const i32 = rt.i32;
  if (body === null) i32[gen + GEN_STATE] = FIRST_STATE;
  else {
    body.next(0);
    const free = rt.freeGenerators.pop();
    const index = free ?? rt.generators.length;
    rt.generators[index] = body;
    i32[gen + GEN_STATE] = index;
  }
  if (cells !== null) {
    const m = push(rt, gen);
    cells();
    i32[m] = 0;
    i32[Cell.SP] = m;
  }
  PyObject_GC_Track(rt, gen);
}

export function forgetState(rt: Runtime, gen: Ref): void {
  const index = rt.i32[gen + GEN_STATE];
  rt.i32[gen + GEN_STATE] = -1;
  if (index < 0) return;
  rt.generators[index] = null;
  rt.freeGenerators.push(index);
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
  const value = step(rt, gen, fp, arg, throwing);
  if (value === 0) throw resumeFailed(rt, gen, fp, rt.pyerr);
  leave(rt, gen, fp);
  if (i32[gen + GEN_STATE] === -1) {
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
    return value;
  }
  const m = push(rt, value);
  i32[m] = 0;
  i32[Cell.SP] = m;
  releaseRunning(rt);
  rt.sendResult = kind;
  return value;
}

/** One step of the body: an owned value, or 0 for an exception. Of an ended generator the state is forgotten. */
function step(rt: Runtime, gen: Ref, fp: number, arg: StolenRef | 0, throwing: boolean): NewRef | 0 {
  const index = rt.i32[gen + GEN_STATE];
  if (index < 0) return rt.codes[rt.i32[rt.i32[fp + Frame.executable] + Code.js]].resume!(fp, arg);
  const state = rt.generators[index]!;
  try {
    const r = throwing ? state.throw(rt.pyerr) : state.next(arg);
    if (r.done) forgetState(rt, gen);
    return r.value;
  } catch (e) {
    throw resumeFailed(rt, gen, fp, e);
  }
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
export function finish(rt: Runtime, gen: Ref): void {
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
  raiseFromCause(rt, rt.exc.RuntimeError, `${kind} raised ${name}`);
}

export function kindName(rt: Runtime, gen: Ref): string {
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
