/**
 * Handlers of signals and their running. Part of the modules (trip_signal, _PyErr_CheckSignalsTstate of CPython's
 * Modules/signalmodule.c). The module `_signal` is built on it; Ctrl-C works without that module.
 */

import { Cell } from "../heap/cells.ts";
import { clock } from "../heap/clock.ts";
import type { SignalHost } from "../host/host.ts";
import { EvalBreaker } from "../objects/alloc.ts";
import { PyObject_CallTwoArgs } from "../objects/call.ts";
import { PyErr_SetObject } from "../objects/excraise.ts";
import { currentFrame, frameObject } from "../objects/frame.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import type { OptRef } from "../objects/typeinfo.ts";

export const SIGINT = 2;

/** What a signal does: its default, nothing, or a call of a handler. */
export const enum Action {
  DEFAULT,
  IGNORE,
  CALL,
}

export interface SignalState {
  readonly action: Action[];
  /** Owned, by number; 0 where nothing is called, and for SIGINT until the module `_signal` is there. */
  readonly handler: OptRef[];
  /** Arrived and not yet handled. */
  readonly queue: number[];
}

/** A program is listened for when it waits or has run as long as this; before, Ctrl-C simply ends it. */
const LATE_MS = 1000;
/**
 * At a terminal a program is listened for, too, when it has passed so many safepoints. Not more of them: V8 should not take
 * what happens at a safepoint for something frequent when it compiles the first loops.
 */
const LOOKS = 2000;
/** Signals that do nothing by default. */
const HARMLESS = new Set([17, 18, 23, 28]);

export function signalState(rt: Runtime): SignalState {
  return rt.moduleState.get("signals") as SignalState;
}

export function initSignals(rt: Runtime): void {
  const action: Action[] = new Array(65).fill(Action.DEFAULT);
  action[SIGINT] = Action.CALL;
  action[13] = Action.IGNORE;
  action[25] = Action.IGNORE;
  rt.moduleState.set("signals", { action, handler: new Array(65).fill(0), queue: [] } satisfies SignalState);
  rt.checkSignals = () => checkSignals(rt);
  const { signals } = rt.host;
  if (signals === undefined) return;
  signals.check = rt.checkSignals;
  signals.onArrival(() => {
    rt.i32[Cell.EVAL_BREAKER] |= EvalBreaker.SIGNALS;
  });
}

/** Runs the handlers of what has arrived; what they raise passes (PyErr_CheckSignals). */
export function checkSignals(rt: Runtime): void {
  const { queue } = signalState(rt);
  rt.i32[Cell.EVAL_BREAKER] &= ~EvalBreaker.SIGNALS;
  if (rt.host.signals?.pending()) queue.push(...rt.host.signals.take());
  while (queue.length > 0) {
    const signum = queue.shift()!;
    if (queue.length > 0) rt.i32[Cell.EVAL_BREAKER] |= EvalBreaker.SIGNALS;
    handle(rt, signum);
  }
}

function handle(rt: Runtime, signum: number): void {
  const { action, handler } = signalState(rt);
  if (action[signum] === Action.CALL) callHandler(rt, signum, handler[signum]);
  else if (action[signum] === Action.DEFAULT && !HARMLESS.has(signum)) {
    rt.flushStreams();
    rt.host.signals?.die(signum);
  }
}

function callHandler(rt: Runtime, signum: number, handler: OptRef): void {
  if (handler === 0) throw PyErr_SetObject(rt, rt.exc.KeyboardInterrupt, rt.None);
  const f = pushed(rt, newref(rt, handler));
  const number = pushed(rt, PyLong_FromNumber(rt, signum));
  const fp = currentFrame(rt);
  const frame = pushed(rt, fp === 0 ? rt.None : newref(rt, frameObject(rt, fp)));
  decref(rt, PyObject_CallTwoArgs(rt, f, number, frame));
  drop(rt, 3);
}

/** A signal that the program sends itself. */
export function raiseSignal(rt: Runtime, signum: number): void {
  const { action, queue } = signalState(rt);
  if (action[signum] === Action.CALL) {
    queue.push(signum);
    checkSignals(rt);
  } else if (action[signum] === Action.DEFAULT) rt.host.signals?.kill(rt.host.pid(), signum);
}

/** Puts the program under watch: before long, Ctrl-C is a KeyboardInterrupt. */
export function armInterrupts(rt: Runtime): void {
  const { signals } = rt.host;
  if (signals === undefined) return;
  let looks = LOOKS;
  rt.considerSignals = (at) => {
    if (at === "safepoint") {
      if (--looks > 0) return;
      rt.i32[Cell.EVAL_BREAKER] &= ~EvalBreaker.WATCH;
      if (!rt.host.isatty(0)) return;
    } else if (at === "collection" && clock.now() <= LATE_MS) return;
    if (!signals.started) listen(rt, signals);
  };
  rt.i32[Cell.EVAL_BREAKER] |= EvalBreaker.WATCH;
}

function listen(rt: Runtime, signals: SignalHost): void {
  rt.i32[Cell.EVAL_BREAKER] &= ~EvalBreaker.WATCH;
  if (signalState(rt).action[SIGINT] !== Action.DEFAULT) signals.watchSoon(SIGINT);
}

/** Waits; handlers run meanwhile. */
export function sleepMs(rt: Runtime, ms: number): void {
  const until = clock.now() + ms;
  if (ms >= 50) rt.considerSignals("wait");
  for (let left = ms; left > 0; left = until - clock.now()) {
    rt.host.sleepMs(left);
    if (rt.host.signals?.pending()) checkSignals(rt);
  }
}
