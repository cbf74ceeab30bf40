/** except*: taking exception groups apart and putting the rest together. Part of the runtime. */
import { PyExceptionClass_Check } from "../objects/check.ts";
import { _PyExc_CreateExceptionGroup, isExceptionGroup } from "../objects/excgroup.ts";
import { Cell } from "../heap/cells.ts";
import { PyCFunction_New } from "../objects/cfunction.ts";
import { PyObject_CallMethod } from "../objects/call.ts";
import { frameLine, frameObject } from "../objects/frame.ts";
import { internStatic } from "../objects/intern.ts";
import { Exc, Frame } from "../objects/layout.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { tb_new } from "../objects/traceback.ts";
import { typeError } from "../objects/errors.ts";
import { listAppendSteal, listItem, listSize, PyList_Append, PyList_New } from "../objects/list.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { PyTuple_Check } from "../objects/check.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { dropSlot } from "./build.ts";
import { PyErr_GivenExceptionMatches, saveError } from "./handlers.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";

/** Slots: state = list of what the clauses raised, state+2 = what is still unhandled (or None), state+4 = the current match. */
export function starBegin(rt: Runtime, excAt: number, state: number): void {
  const i32 = rt.i32;
  i32[state] = PyList_New(rt, 0);
  i32[state + 2] = newref(rt, i32[excAt]);
  i32[state + 4] = 0;
}

function checkStarType(rt: Runtime, type: Ref): void {
  const one = (t: Ref): void => {
    if (!PyExceptionClass_Check(rt, t)) {
      throw typeError(rt, "catching classes that do not inherit from BaseException is not allowed");
    }
    if (PyType_IsSubtype(rt, t, rt.exc.BaseExceptionGroup)) {
      throw typeError(rt, "catching ExceptionGroup with except* is not allowed. Use except instead.");
    }
  };
  if (!PyTuple_Check(rt, type)) one(type);
  else for (let i = 0; i < tupleSize(rt, type); i++) one(tupleItem(rt, type, i));
}

/** CHECK_EG_MATCH: splits the rest; true when something matched, which is then the handled exception. */
export function starMatch(rt: Runtime, state: number, type: Ref): boolean {
  const i32 = rt.i32;
  checkStarType(rt, type);
  const rest = i32[state + 2];
  if (rest === rt.None) return false;
  if (!exceptionGroupMatch(rt, state + 2, state + 4, type)) return false;
  setField(rt, i32[Cell.EXC_INFO], newref(rt, i32[state + 4]));
  return true;
}

/** A clause raised: the exception is collected. */
export function starCatch(rt: Runtime, fp: number, e: unknown, state: number, keep: number, end: number): void {
  saveError(rt, fp, e, keep, end);
  PyList_Append(rt, rt.i32[state], rt.i32[keep]);
  dropSlot(rt, keep);
}

export function starDone(rt: Runtime, state: number): void {
  dropSlot(rt, state + 4);
}

/** Puts together what is to be raised in the handler's slot; false when everything was handled. */
export function starEnd(rt: Runtime, excAt: number, state: number): boolean {
  const i32 = rt.i32;
  if (i32[state + 2] !== rt.None) PyList_Append(rt, i32[state], i32[state + 2]);
  const r = PyExc_PrepReraiseStar(rt, i32[excAt], i32[state]);
  for (let k = 4; k >= 0; k -= 2) dropSlot(rt, state + k);
  const done = r === rt.None;
  if (!done) setField(rt, excAt, r);
  return !done;
}


/**
 * exception_group_match: the slot `restAt` holds the exception (or what is left of it). A match is put in `matchAt` and the
 * remainder (or None) in `restAt`; false when nothing matches. A plain exception that matches is wrapped in a group.
 */
function exceptionGroupMatch(rt: Runtime, restAt: number, matchAt: number, type: Ref): boolean {
  const i32 = rt.i32;
  const exc = i32[restAt];
  if (PyErr_GivenExceptionMatches(rt, exc, type)) {
    i32[matchAt] = isExceptionGroup(rt, exc) ? newref(rt, exc) : wrapped(rt, exc);
    setField(rt, restAt, rt.None);
    return true;
  }
  if (!isExceptionGroup(rt, exc)) return false;
  const pair = PyObject_CallMethod(rt, exc, internStatic(rt, "split"), type);
  push(rt, pair);
  if (!PyTuple_Check(rt, pair) || tupleSize(rt, pair) < 2) {
    throw typeError(rt, `${typeNameOf(rt, exc)}.split must return a 2-tuple, got ${PyTuple_Check(rt, pair) ? `tuple of size ${tupleSize(rt, pair)}` : typeNameOf(rt, pair)}`);
  }
  const match = tupleItem(rt, pair, 0);
  if (match !== rt.None) {
    i32[matchAt] = newref(rt, match);
    setField(rt, restAt, newref(rt, tupleItem(rt, pair, 1)));
  }
  drop(rt);
  return match !== rt.None;
}

/** A group around one plain exception, with the traceback entry of the current frame. */
function wrapped(rt: Runtime, exc: Ref): NewRef {
  const list = PyList_New(rt, 0);
  push(rt, list);
  PyList_Append(rt, list, exc);
  const eg = _PyExc_CreateExceptionGroup(rt, "", list);
  push(rt, eg);
  const fp = i32At(rt, Cell.FRAME);
  const tb = tb_new(rt, 0, frameObject(rt, fp), i32At(rt, fp + Frame.instr), frameLine(rt, fp));
  setField(rt, eg + Exc.traceback, tb);
  pop(rt);
  drop(rt);
  return eg;
}

function i32At(rt: Runtime, at: number): number {
  return rt.i32[at];
}

/**
 * PREP_RERAISE_STAR: what an except* statement raises in the end, or None. `excs` lists what the clauses raised and the
 * unhandled rest. What comes unchanged from the original keeps its structure; the rest stands beside it in a new group.
 */
function PyExc_PrepReraiseStar(rt: Runtime, orig: Ref, excs: Ref): NewRef {
  const n = listSize(rt, excs);
  if (n === 0) return rt.None;
  if (!isExceptionGroup(rt, orig)) return newref(rt, listItem(rt, excs, 0));
  const raised = PyList_New(rt, 0);
  push(rt, raised);
  const kept: Ref[] = [];
  for (let i = 0; i < n; i++) {
    const e = listItem(rt, excs, i);
    if (sameMetadata(rt, e, orig)) kept.push(e);
    else PyList_Append(rt, raised, e);
  }
  const reraised = kept.length === 0 ? rt.None : projection(rt, orig, kept);
  if (listSize(rt, raised) === 0) {
    drop(rt);
    return reraised;
  }
  if (reraised !== rt.None) listAppendSteal(rt, raised, reraised);
  const r = listSize(rt, raised) === 1 ? newref(rt, listItem(rt, raised, 0)) : _PyExc_CreateExceptionGroup(rt, "", raised);
  push(rt, r);
  pop(rt);
  drop(rt);
  return r;
}

/** is_same_exception_metadata: a part of the original, not something raised anew. */
function sameMetadata(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  const same = (at: number): boolean => i32[a + at] === i32[b + at];
  return same(Exc.notes) && same(Exc.traceback) && same(Exc.cause) && same(Exc.context);
}

/** exception_group_projection: the part of `eg` whose leaves are those of the given groups. */
function projection(rt: Runtime, eg: Ref, keep: Ref[]): NewRef {
  const ids = new Set<Ref>();
  const leaves = (e: Ref): void => {
    if (!isExceptionGroup(rt, e)) {
      ids.add(e);
      return;
    }
    const members = rt.i32[e + Exc.extra + 2];
    for (let i = 0; i < tupleSize(rt, members); i++) leaves(tupleItem(rt, members, i));
  };
  keep.forEach(leaves);
  const def: MethodDef = { name: "keep", flags: METH.O, fn: (rt, _self, e) => (ids.has(e) ? rt.True : rt.False) };
  push(rt, PyCFunction_New(rt, def, 0, 0));
  const f = rt.i32[rt.i32[Cell.SP] - 2];
  const r = PyObject_CallMethod(rt, eg, internStatic(rt, "subgroup"), f);
  push(rt, r);
  pop(rt);
  drop(rt);
  return r;
}
