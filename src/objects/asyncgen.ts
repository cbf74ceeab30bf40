/**
 * What asynchronous generators add to generators: the awaitables of `asend`, `athrow` and `aclose`, and the wrapper that tells
 * a yielded value from one that an `await` inside passes on. Part of the object layer (CPython's Objects/genobject.c).
 *
 *   async_generator_asend           | head | gen | value sent | state |
 *   async_generator_athrow          | head | gen | arguments, 0: aclose | state |
 *   async_generator_wrapped_value   | head | value |
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyObject_CallNoArgs, PyObject_CallOneArg } from "./call.ts";
import { defineType } from "./defineType.ts";
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
import { gen_send, isFinished, stopIterationWith, yieldedOrStop } from "./generator.ts";
import { gen_throw, throwInto } from "./generatorthrow.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import { Gc, Gen, Ob, TF } from "./layout.ts";
import { reprText } from "./numtext.ts";
import { clearField, decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { drop, mark, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { PyTuple_FromArray } from "./tuple.ts";
import {
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type StolenRef,
  type Visit,
} from "./typeinfo.ts";
import { PyErr_WarnEx } from "./warn.ts";

/** Bytes of the generator object beside its frame state, from `Gen.flags_byte` on. */
const enum Flag {
  hooks_inited = 64,
  closed = 65,
  running_async = 66,
}

/** asend and athrow objects; the wrapped value has its value where these have `gen`. */
const enum Step {
  gen = 4,
  arg = 6,
  state = 8,
  BYTES = 40,
  WRAPPED_BYTES = 24,
}

const enum State {
  INIT,
  ITER,
  CLOSED,
}

function flag(rt: Runtime, gen: Ref, f: Flag): boolean {
  return rt.u8[gen * 4 + f] !== 0;
}

function setFlag(rt: Runtime, gen: Ref, f: Flag, on: boolean): void {
  rt.u8[gen * 4 + f] = on ? 1 : 0;
}

/** _PyAsyncGen_MAXFREELIST */
const MAXFREELIST = 80;

/** An object of a free list (linked through its first field; the length stands two words after the head), or a new one. */
function allocate(rt: Runtime, list: Cell, type: Ref, bytes: number): NewRef {
  const i32 = rt.i32;
  const p = i32[list];
  if (p === 0) return PyObject_GC_New(rt, type, bytes);
  i32[list] = i32[p + Step.gen];
  i32[list + 2]--;
  i32[p] = 1;
  i32[p + Ob.type] = type;
  return p;
}

function release(rt: Runtime, list: Cell, p: Ref): void {
  const i32 = rt.i32;
  if (i32[list + 2] >= MAXFREELIST) {
    PyObject_GC_Del(rt, p);
    return;
  }
  i32[p + Gc.prev] = 0;
  i32[p + Step.gen] = i32[list];
  i32[list] = p;
  i32[list + 2]++;
}

/** What a full collection does. */
function clearFreeLists(rt: Runtime): void {
  const i32 = rt.i32;
  for (const list of [Cell.ASENDS_FREE, Cell.AGVALUES_FREE]) {
    let p = i32[list];
    i32[list] = 0;
    i32[list + 2] = 0;
    while (p !== 0) {
      const next = i32[p + Step.gen];
      PyObject_GC_Del(rt, p);
      p = next;
    }
  }
}

/** What a `yield` in an asynchronous generator gives to its driver. */
export function wrapAsyncValue(rt: Runtime, value: StolenRef): NewRef {
  const m = push(rt, value);
  const p = allocate(rt, Cell.AGVALUES_FREE, rt.types.async_generator_wrapped_value, Step.WRAPPED_BYTES);
  rt.i32[m] = 0;
  drop(rt);
  rt.i32[p + Step.gen] = value;
  PyObject_GC_Track(rt, p);
  return p;
}

function isWrapped(rt: Runtime, o: Ref): boolean {
  return rt.i32[o + Ob.type] === rt.types.async_generator_wrapped_value;
}

/** Before the first step: the finalizer is remembered, the first-iteration hook called. */
function initHooks(rt: Runtime, gen: Ref): void {
  if (flag(rt, gen, Flag.hooks_inited)) return;
  setFlag(rt, gen, Flag.hooks_inited, true);
  const hooks = rt.asyncgenHooks;
  if (hooks === null) return;
  if (hooks.finalizer !== 0) rt.i32[gen + Gen.origin_or_finalizer] = newref(rt, hooks.finalizer);
  if (hooks.firstiter === 0) return;
  push(rt, newref(rt, hooks.firstiter));
  decref(rt, PyObject_CallOneArg(rt, hooks.firstiter, gen));
  drop(rt);
}

function newStep(rt: Runtime, type: Ref, gen: Ref, arg: OptRef): NewRef {
  const asend = type === rt.types.async_generator_asend;
  const p = asend ? allocate(rt, Cell.ASENDS_FREE, type, Step.BYTES) : PyObject_GC_New(rt, type, Step.BYTES);
  rt.i32[p + Step.gen] = newref(rt, gen);
  rt.i32[p + Step.arg] = arg === 0 ? 0 : newref(rt, arg);
  rt.i32[p + Step.arg + 1] = 0;
  rt.i32[p + Step.state] = State.INIT;
  rt.i32[p + Step.state + 1] = 0;
  PyObject_GC_Track(rt, p);
  return p;
}

function async_gen_anext(rt: Runtime, gen: Ref): NewRef {
  initHooks(rt, gen);
  return newStep(rt, rt.types.async_generator_asend, gen, 0);
}

function async_gen_asend(rt: Runtime, gen: Ref, value: Ref): NewRef {
  initHooks(rt, gen);
  return newStep(rt, rt.types.async_generator_asend, gen, value);
}

function async_gen_aclose(rt: Runtime, gen: Ref): NewRef {
  initHooks(rt, gen);
  return newStep(rt, rt.types.async_generator_athrow, gen, 0);
}

/** The three-argument forms of throw() and athrow() are on their way out. */
export function warnThrowSignature(rt: Runtime, name: string): void {
  const words = `the (type, exc, tb) signature of ${name}() is deprecated, use the single-arg signature instead.`;
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, words, 1);
}

function async_gen_athrow(rt: Runtime, gen: Ref, args: number, nargs: number): NewRef {
  if (nargs > 1) warnThrowSignature(rt, "athrow");
  initHooks(rt, gen);
  const given = PyTuple_FromArray(rt, args, nargs, false);
  push(rt, given);
  const p = newStep(rt, rt.types.async_generator_athrow, gen, given);
  drop(rt);
  return p;
}

// --- one step of the generator

/** The generator's step for asend: what it awaits is passed on; a yielded value, or the end, comes as an exception. */
function unwrapped(rt: Runtime, gen: Ref, step: () => NewRef): NewRef {
  let r: NewRef;
  try {
    r = step();
  } catch (e) {
    if (e === rt.pyerr && endsGenerator(rt)) setFlag(rt, gen, Flag.closed, true);
    setFlag(rt, gen, Flag.running_async, false);
    throw e;
  }
  if (!isWrapped(rt, r)) return r;
  push(rt, r);
  stopIterationWith(rt, newref(rt, rt.i32[r + Step.gen]));
  drop(rt);
  setFlag(rt, gen, Flag.running_async, false);
  throw rt.pyerr;
}

function endsGenerator(rt: Runtime): boolean {
  return errorMatches(rt, rt.exc.StopAsyncIteration) || errorMatches(rt, rt.exc.GeneratorExit);
}

function close(rt: Runtime, p: Ref): void {
  rt.i32[p + Step.state] = State.CLOSED;
}

/** The state goes to ITER and the generator is marked as running; it must not run already. */
function begin(rt: Runtime, p: Ref, what: string): void {
  const gen = rt.i32[p + Step.gen];
  if (flag(rt, gen, Flag.running_async)) {
    close(rt, p);
    throw raise(rt, rt.exc.RuntimeError, `${what}(): asynchronous generator is already running`);
  }
}

function enter(rt: Runtime, p: Ref): void {
  rt.i32[p + Step.state] = State.ITER;
  setFlag(rt, rt.i32[p + Step.gen], Flag.running_async, true);
}

function notClosed(rt: Runtime, p: Ref, what: string): void {
  if (rt.i32[p + Step.state] !== State.CLOSED) return;
  throw raise(rt, rt.exc.RuntimeError, `cannot reuse already awaited ${what}`);
}

/** Runs a step of the awaitable; it is used up when the step raises. */
function stepOf(rt: Runtime, p: Ref, step: (gen: Ref) => NewRef): NewRef {
  const gen = rt.i32[p + Step.gen];
  push(rt, newref(rt, p));
  const m = mark(rt) - 2;
  try {
    const r = unwrapped(rt, gen, () => step(gen));
    push(rt, r);
    rt.i32[m + 2] = 0;
    drop(rt, 2);
    return r;
  } catch (e) {
    close(rt, p);
    throw e;
  }
}

// --- asend

const ASEND = "__anext__()/asend()";

function asend_send(rt: Runtime, p: Ref, given: OptRef): NewRef {
  notClosed(rt, p, ASEND);
  let arg = given;
  if (rt.i32[p + Step.state] === State.INIT) {
    begin(rt, p, "anext");
    if (arg === 0 || arg === rt.None) arg = rt.i32[p + Step.arg];
    rt.i32[p + Step.state] = State.ITER;
  }
  setFlag(rt, rt.i32[p + Step.gen], Flag.running_async, true);
  return stepOf(rt, p, (gen) => gen_send(rt, gen, arg));
}

function asend_throw(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  notClosed(rt, p, ASEND);
  if (rt.i32[p + Step.state] === State.INIT) {
    begin(rt, p, "anext");
    enter(rt, p);
  }
  return stepOf(rt, p, (gen) => gen_throw(rt, gen, args, nargs));
}

/** close() of both: GeneratorExit is thrown in and must come out. */
function closeBy(throwing: (rt: Runtime, p: Ref, args: number, nargs: number) => NewRef) {
  return (rt: Runtime, p: Ref): NewRef => {
    if (rt.i32[p + Step.state] === State.CLOSED) return rt.None;
    const at = push(rt, newref(rt, rt.exc.GeneratorExit));
    let r: NewRef;
    try {
      r = throwing(rt, p, at, 1);
    } catch (e) {
      if (e !== rt.pyerr || !(endsGenerator(rt) || errorMatches(rt, rt.exc.StopIteration))) throw e;
      clearError(rt);
      unwindTo(rt, at);
      return rt.None;
    }
    drop(rt);
    decref(rt, r);
    throw raise(rt, rt.exc.RuntimeError, "coroutine ignored GeneratorExit");
  };
}

function unwindTo(rt: Runtime, m: number): void {
  while (mark(rt) > m) drop(rt);
}

// --- athrow and aclose

const ATHROW = "aclose()/athrow()";

function isClose(rt: Runtime, p: Ref): boolean {
  return rt.i32[p + Step.arg] === 0;
}

function athrow_send(rt: Runtime, p: Ref, arg: Ref): NewRef {
  const i32 = rt.i32;
  const gen = i32[p + Step.gen];
  notClosed(rt, p, ATHROW);
  if (isFinished(rt, gen)) {
    close(rt, p);
    throw raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.StopIteration));
  }
  if (i32[p + Step.state] === State.ITER) return driven(rt, p, () => gen_send(rt, gen, arg));
  begin(rt, p, isClose(rt, p) ? "aclose" : "athrow");
  if (flag(rt, gen, Flag.closed)) {
    close(rt, p);
    throw raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.StopAsyncIteration));
  }
  if (arg !== rt.None)
    throw raise(rt, rt.exc.RuntimeError, "can't send non-None value to a just-started coroutine");
  enter(rt, p);
  if (isClose(rt, p)) {
    setFlag(rt, gen, Flag.closed, true);
    return driven(rt, p, () => yieldedOrStop(rt, gen, throwInto(rt, gen, rt.exc.GeneratorExit, 0, 0, false)));
  }
  return driven(rt, p, () => throwArguments(rt, gen, i32[p + Step.arg]));
}

/** athrow's arguments, kept as a tuple, are thrown in. */
function throwArguments(rt: Runtime, gen: Ref, args: Ref): NewRef {
  const i32 = rt.i32;
  const n = i32[args + 4];
  if (n < 1 || n > 3) {
    throw typeError(rt, `athrow expected at ${n < 1 ? "least 1 argument" : "most 3 arguments"}, got ${n}`);
  }
  const item = (i: number): OptRef => (i < n ? i32[args + 6 + 2 * i] : 0);
  return yieldedOrStop(rt, gen, throwInto(rt, gen, item(0), item(1), item(2), false));
}

/** A step of athrow (as asend's), or of aclose, in which the generator must not yield and whose end is StopIteration. */
function driven(rt: Runtime, p: Ref, step: () => NewRef): NewRef {
  if (!isClose(rt, p)) return stepOf(rt, p, step);
  const gen = rt.i32[p + Step.gen];
  const m = push(rt, newref(rt, p));
  let r: NewRef;
  try {
    r = step();
  } catch (e) {
    setFlag(rt, gen, Flag.running_async, false);
    close(rt, p);
    if (e !== rt.pyerr || !endsGenerator(rt)) throw e;
    clearError(rt);
    unwindTo(rt, m);
    throw raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.StopIteration));
  }
  const yielded = isWrapped(rt, r);
  push(rt, r);
  if (yielded) {
    setFlag(rt, gen, Flag.running_async, false);
    close(rt, p);
    unwindTo(rt, m);
    throw raise(rt, rt.exc.RuntimeError, "async generator ignored GeneratorExit");
  }
  rt.i32[m + 2] = 0;
  unwindTo(rt, m);
  return r;
}

function athrow_throw(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  notClosed(rt, p, ATHROW);
  if (rt.i32[p + Step.state] === State.INIT) {
    begin(rt, p, isClose(rt, p) ? "aclose" : "athrow");
    enter(rt, p);
  }
  const gen = rt.i32[p + Step.gen];
  return driven(rt, p, () => gen_throw(rt, gen, args, nargs));
}

// --- the end

/** With a finalizer hook, that decides what becomes of a generator that dies suspended. True: it did. */
export function finalizeByHook(rt: Runtime, gen: Ref): boolean {
  if (rt.i32[gen + Ob.type] !== rt.types.async_generator) return false;
  const finalizer = rt.i32[gen + Gen.origin_or_finalizer];
  if (finalizer === 0 || flag(rt, gen, Flag.closed)) return false;
  const saved = fetch(rt);
  const m = mark(rt);
  if (saved !== 0) push(rt, saved);
  try {
    decref(rt, PyObject_CallOneArg(rt, finalizer, gen));
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    PyErr_WriteUnraisable(rt, gen);
  }
  if (saved !== 0) {
    unwindTo(rt, m + 2);
    rt.i32[m] = 0;
    drop(rt);
    restore(rt, saved);
  } else unwindTo(rt, m);
  return true;
}

/** The warning about `what`, which dies without having been awaited (_PyErr_WarnUnawaitedCoroutine). */
export function warnNeverAwaited(rt: Runtime, source: Ref, what: string): void {
  const text = push(rt, PyUnicode_FromJS(rt, `${what} was never awaited`));
  rt.warn(rt.i32[text], rt.exc.RuntimeWarning, 1, source);
  drop(rt);
}

/** A warning for an awaitable that was never awaited. */
function step_finalize(method: (rt: Runtime, p: Ref) => string) {
  return (rt: Runtime, p: Ref): void => {
    if (rt.i32[p + Step.state] !== State.INIT) return;
    const saved = fetch(rt);
    const m = mark(rt);
    if (saved !== 0) push(rt, saved);
    try {
      const qualname = reprText(rt, rt.i32[rt.i32[p + Step.gen] + Gen.qualname]);
      warnNeverAwaited(rt, p, `coroutine method '${method(rt, p)}' of ${qualname}`);
    } catch (e) {
      if (e !== rt.pyerr) throw e;
      PyErr_WriteUnraisable(rt, p);
    }
    if (saved === 0) return;
    unwindTo(rt, m + 2);
    rt.i32[m] = 0;
    drop(rt);
    restore(rt, saved);
  };
}

function step_dealloc(finalize: (rt: Runtime, p: Ref) => void) {
  return (rt: Runtime, p: Ref): void => {
    const i32 = rt.i32;
    if (i32[p + Step.state] === State.INIT) {
      i32[p] = 1;
      finalize(rt, p);
      if (--i32[p] > 0) return;
    }
    PyObject_GC_UnTrack(rt, p);
    clearField(rt, p + Step.gen);
    clearField(rt, p + Step.arg);
    if (i32[p + Ob.type] === rt.types.async_generator_asend) release(rt, Cell.ASENDS_FREE, p);
    else PyObject_GC_Del(rt, p);
  };
}

function step_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + Step.gen] !== 0) visit(rt.i32[p + Step.gen]);
  if (rt.i32[p + Step.arg] !== 0) visit(rt.i32[p + Step.arg]);
}

function wrapped_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + Step.gen);
  release(rt, Cell.AGVALUES_FREE, p);
}

/** The methods of an asynchronous generator; the type itself is made in generator.ts. */
export const asyncGenMethods: MethodDef[] = [
  { name: "asend", flags: METH.O, fn: async_gen_asend },
  { name: "athrow", flags: METH.FASTCALL, fn: async_gen_athrow },
  { name: "aclose", flags: METH.NOARGS, fn: async_gen_aclose },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
];

export const asyncGenSlots = { am_aiter: PyObject_SelfIter, am_anext: async_gen_anext };

type Thrower = (rt: Runtime, p: Ref, args: number, nargs: number) => NewRef;

function defineStep(
  rt: Runtime,
  name: string,
  type: Ref,
  sender: (rt: Runtime, p: Ref, arg: Ref) => NewRef,
  thrower: Thrower,
  method: (rt: Runtime, p: Ref) => string,
): void {
  const finalize = step_finalize(method);
  defineType(
    rt,
    {
      name,
      basicsize: Step.BYTES,
      flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION,
      slots: {
        tp_dealloc: step_dealloc(finalize),
        tp_traverse: step_traverse,
        tp_finalize: finalize,
        tp_iter: PyObject_SelfIter,
        tp_iternext: (rt, p) => sender(rt, p, rt.None),
        am_await: PyObject_SelfIter,
      },
      methods: [
        { name: "send", flags: METH.O, fn: sender },
        { name: "throw", flags: METH.FASTCALL, fn: thrower },
        { name: "close", flags: METH.NOARGS, fn: closeBy(thrower) },
      ],
    },
    type,
  );
}

export function initAsyncGenerator(rt: Runtime): void {
  rt.gc.freeListClearers.push(clearFreeLists);
  const t = rt.types;
  defineStep(rt, "async_generator_asend", t.async_generator_asend, asend_send, asend_throw, () => "asend");
  defineStep(rt, "async_generator_athrow", t.async_generator_athrow, athrow_send, athrow_throw, (rt, p) =>
    isClose(rt, p) ? "aclose" : "athrow",
  );
  defineType(
    rt,
    {
      name: "async_generator_wrapped_value",
      basicsize: Step.WRAPPED_BYTES,
      flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION,
      slots: {
        tp_dealloc: wrapped_dealloc,
        tp_traverse: (rt, p, visit) => {
          if (rt.i32[p + Step.gen] !== 0) visit(rt.i32[p + Step.gen]);
        },
      },
    },
    t.async_generator_wrapped_value,
  );
}
