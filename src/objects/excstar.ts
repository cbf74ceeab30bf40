/** What `except*` does with exception groups. Part of the object layer (CPython's ceval.c and exceptions.c). */
import { PyObject_CallMethodOneArg } from "./call.ts";
import { PyTuple_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { PyErr_GivenExceptionMatches } from "./exceptions.ts";
import { _PyExc_CreateExceptionGroup, Group, isExceptionGroup, splitRecursive } from "./excgroup.ts";
import { Exc, List, Tuple } from "./layout.ts";
import { listItem, PyList_Append, PyList_New } from "./list.ts";
import { newref, setField } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic } from "./str.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/**
 * Takes what matches `type` (a class or a tuple of classes) out of the exception in slot `restAt`: the match goes to slot
 * `matchAt`, the rest (or None) stays. False if nothing matches.
 */
export function exceptionGroupMatch(rt: Runtime, restAt: number, matchAt: number, type: Ref): boolean {
  const i32 = rt.i32;
  const exc = i32[restAt];
  if (exc === rt.None) return false;
  if (PyErr_GivenExceptionMatches(rt, exc, type)) {
    setField(rt, matchAt, isExceptionGroup(rt, exc) ? newref(rt, exc) : wrapped(rt, exc));
    setField(rt, restAt, rt.None);
    return true;
  }
  return isExceptionGroup(rt, exc) && splitSlots(rt, exc, restAt, matchAt, type);
}

/** A naked exception that an `except*` clause catches is put into a group. */
function wrapped(rt: Runtime, exc: Ref): NewRef {
  const excs = push(rt, PyTuple_Pack(rt, exc));
  const eg = _PyExc_CreateExceptionGroup(rt, "", rt.i32[excs]);
  drop(rt);
  return eg;
}

function splitSlots(rt: Runtime, exc: Ref, restAt: number, matchAt: number, type: Ref): boolean {
  const pair = PyObject_CallMethodOneArg(rt, exc, internStatic(rt, "split"), type);
  push(rt, pair);
  checkPair(rt, exc, pair);
  const match = tupleItem(rt, pair, 0);
  if (match !== rt.None) {
    setField(rt, matchAt, newref(rt, match));
    setField(rt, restAt, newref(rt, tupleItem(rt, pair, 1)));
  }
  drop(rt);
  return match !== rt.None;
}

function checkPair(rt: Runtime, exc: Ref, pair: Ref): void {
  const method = `${typeNameOf(rt, exc)}.split`;
  if (!PyTuple_Check(rt, pair)) {
    throw typeError(rt, `${method} must return a tuple, not ${typeNameOf(rt, pair)}`);
  }
  const n = rt.i32[pair + Tuple.size];
  if (n < 2) throw typeError(rt, `${method} must return a 2-tuple, got tuple of size ${n}`);
}

/**
 * What to raise after all clauses: `excs` is a list of what they raised or left (None among them), `orig` the exception
 * that they split. None if nothing is left (_PyExc_PrepReraiseStar).
 */
export function PyExc_PrepReraiseStar(rt: Runtime, orig: Ref, excs: Ref): NewRef {
  const n = rt.i32[excs + List.size];
  if (n === 0) return rt.None;
  // A naked exception runs one clause at most.
  if (!isExceptionGroup(rt, orig)) return newref(rt, listItem(rt, excs, 0));
  const raised = rt.i32[push(rt, PyList_New(rt, 0))];
  const reraised = rt.i32[push(rt, PyList_New(rt, 0))];
  for (let k = 0; k < n; k++) {
    const exc = listItem(rt, excs, k);
    if (exc !== rt.None) PyList_Append(rt, sameMetadata(rt, exc, orig) ? reraised : raised, exc);
  }
  const projection = projectionOf(rt, orig, reraised);
  push(rt, projection);
  const result = combine(rt, raised, projection);
  drop(rt, 3);
  return result;
}

function combine(rt: Runtime, raised: Ref, projection: OptRef): NewRef {
  if (rt.i32[raised + List.size] === 0) return projection === 0 ? rt.None : newref(rt, projection);
  if (projection !== 0) PyList_Append(rt, raised, projection);
  if (rt.i32[raised + List.size] === 1) return newref(rt, listItem(rt, raised, 0));
  return _PyExc_CreateExceptionGroup(rt, "", raised);
}

/** Is it a part of `orig` that was left or raised again as it was? */
function sameMetadata(rt: Runtime, exc: Ref, orig: Ref): boolean {
  const i32 = rt.i32;
  const fields = [Exc.notes, Exc.traceback, Exc.cause, Exc.context];
  return fields.every((field) => i32[exc + field] === i32[orig + field]);
}

/** The part of `orig` made of the leaves of the groups in a list, in the shape of `orig`; 0 if that is none. */
function projectionOf(rt: Runtime, orig: Ref, keep: Ref): NewRef | 0 {
  const leaves = new Set<Ref>();
  for (let k = 0; k < rt.i32[keep + List.size]; k++) collectLeaves(rt, listItem(rt, keep, k), leaves);
  splitRecursive(rt, orig, (exc) => leaves.has(exc), false);
  drop(rt);
  return pop(rt);
}

function collectLeaves(rt: Runtime, exc: Ref, leaves: Set<Ref>): void {
  if (!isExceptionGroup(rt, exc)) {
    leaves.add(exc);
    return;
  }
  const excs = rt.i32[exc + Group.excs];
  for (let k = 0; k < rt.i32[excs + Tuple.size]; k++) collectLeaves(rt, tupleItem(rt, excs, k), leaves);
}
