/** yield from and await in compiled code. Part of the runtime. */

import { Cell } from "../heap/cells.ts";
import { PyObject_CallMethodOneArg } from "../objects/call.ts";
import { frameSlots } from "../objects/code.ts";
import { errorMatches, fetch, raise, typeError } from "../objects/errors.ts";
import { raiseFromCause } from "../objects/excraise.ts";
import { _PyGen_yf, gen_send_ex } from "../objects/generator.ts";
import { _PyCoro_GetAwaitableIter, isIterableCoroutine } from "../objects/generatortype.ts";
import { PyObject_GetIter } from "../objects/iterproto.ts";
import { CO, Code, Exc, Frame, Ob } from "../objects/layout.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { dropTo, mark, push } from "../objects/stack.ts";
import type { NewRef, Ref, StolenRef } from "../objects/typeinfo.ts";
import { clearSlots } from "./build.ts";

/** GET_YIELD_FROM_ITER: the slot's value becomes an iterator. */
export function yieldFromIter(rt: Runtime, at: number, inCoroutine: number): void {
  const i32 = rt.i32;
  const o = i32[at];
  const t = i32[o + Ob.type];
  if (t === rt.types.coroutine) {
    // The flag may also have come later, by types.coroutine.
    if (
      inCoroutine === 0 &&
      (i32[i32[i32[Cell.FRAME] + Frame.executable] + Code.flags] & CO.ITERABLE_COROUTINE) === 0
    )
      throw typeError(rt, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    return;
  }
  if (t === rt.types.generator) return;
  i32[at] = PyObject_GetIter(rt, o);
  decref(rt, o);
}

/** GET_AWAITABLE: the slot's value becomes the iterator to drive. */
export function awaitIter(rt: Runtime, at: number): void {
  const i32 = rt.i32;
  const o = i32[at];
  const it = _PyCoro_GetAwaitableIter(rt, o);
  if (i32[it + Ob.type] === rt.types.coroutine && _PyGen_yf(rt, it) !== 0) {
    push(rt, it);
    throw raise(rt, rt.exc.RuntimeError, "coroutine is being awaited already");
  }
  i32[at] = it;
  decref(rt, o);
}

/** Where an awaitable came from that no `await` of the program names. */
export const FROM_AENTER = 1;
export const FROM_AEXIT = 2;
export const FROM_ANEXT = 3;

/** As awaitIter, for what `async with` and `async for` await: other words when it cannot be awaited. */
export function awaitIterFrom(rt: Runtime, at: number, from: number): void {
  if (from === FROM_ANEXT) {
    nextAwaitable(rt, at);
    return;
  }
  const o = rt.i32[at];
  if (
    rt.i32[o + Ob.type] !== rt.types.coroutine &&
    !isIterableCoroutine(rt, o) &&
    infoOf(rt, o).am_await === null
  ) {
    const method = from === FROM_AENTER ? "__aenter__" : "__aexit__";
    const what = `'async with' received an object from ${method} that does not implement __await__`;
    throw typeError(rt, `${what}: ${typeNameOf(rt, o)}`);
  }
  awaitIter(rt, at);
}

/** The second half of GET_ANEXT: whatever goes wrong is the cause of a TypeError. */
function nextAwaitable(rt: Runtime, at: number): void {
  const i32 = rt.i32;
  const o = i32[at];
  const m = mark(rt);
  try {
    i32[at] = _PyCoro_GetAwaitableIter(rt, o);
    decref(rt, o);
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    dropTo(rt, m);
    throw raiseFromCause(
      rt,
      rt.exc.TypeError,
      `'async for' received an invalid object from __anext__: ${typeNameOf(rt, o)}`,
    );
  }
}

export { wrapAsyncValue } from "../objects/asyncgen.ts";

/** SEND: passes an owned value to the delegate. rt.sendResult: 1 it yielded, 0 it returned. */
export function sendTo(rt: Runtime, it: Ref, value: StolenRef): NewRef {
  push(rt, value);
  const r = send(rt, it, value);
  const kind = rt.sendResult;
  rt.i32[Cell.SP] -= 2;
  rt.i32[rt.i32[Cell.SP]] = 0;
  if (value !== rt.None) {
    const keep = push(rt, r);
    decref(rt, value);
    rt.i32[keep] = 0;
    rt.i32[Cell.SP] = keep;
  }
  rt.sendResult = kind;
  return r;
}

function send(rt: Runtime, it: Ref, value: Ref): NewRef {
  const t = rt.i32[it + Ob.type];
  if (t === rt.types.generator || t === rt.types.coroutine) return gen_send_ex(rt, it, value, false);
  const info = infoOf(rt, it);
  if (info.am_send !== null) return info.am_send(rt, it, value);
  let r: NewRef | 0;
  const m = mark(rt);
  try {
    r =
      value === rt.None ? info.tp_iternext!(rt, it) : PyObject_CallMethodOneArg(rt, it, rt.names.send, value);
  } catch (e) {
    if (e !== rt.pyerr || !errorMatches(rt, rt.exc.StopIteration)) throw e;
    dropTo(rt, m);
    r = takeStopValue(rt);
    rt.sendResult = 0;
    return r;
  }
  if (r === 0) {
    rt.sendResult = 0;
    return rt.None;
  }
  rt.sendResult = 1;
  return r;
}

/** The value of the StopIteration that is set; clears it. */
function takeStopValue(rt: Runtime): NewRef {
  const exc = fetch(rt);
  const value = rt.i32[exc + Exc.extra];
  const r = newref(rt, value === 0 ? rt.None : value);
  push(rt, r);
  decref(rt, exc);
  rt.i32[Cell.SP] -= 2;
  rt.i32[rt.i32[Cell.SP]] = 0;
  return r;
}

/** CLEANUP_THROW: something was thrown in while delegating. A StopIteration is the delegate's return value. */
export function delegateThrew(rt: Runtime, fp: number, e: unknown): NewRef {
  if (e !== rt.pyerr || !errorMatches(rt, rt.exc.StopIteration)) throw e;
  const i32 = rt.i32;
  const code = i32[fp + Frame.executable];
  clearSlots(
    rt,
    fp + Frame.localsplus + 2 * i32[fp + Frame.stacktop],
    fp + Frame.localsplus + 2 * frameSlots(rt, code),
  );
  return takeStopValue(rt);
}
