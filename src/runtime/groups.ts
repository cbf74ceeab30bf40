/** except*: taking exception groups apart and putting the rest together. Part of the runtime. */

import { Cell } from "../heap/cells.ts";
import { PyExceptionClass_Check, PyTuple_Check } from "../objects/check.ts";
import { typeError } from "../objects/errors.ts";
import { exceptionGroupMatch, PyExc_PrepReraiseStar } from "../objects/excstar.ts";
import { PyList_Append, PyList_New } from "../objects/list.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { dropSlot } from "./build.ts";
import { saveError } from "./handlers.ts";

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
export function starCatch(rt: Runtime, fp: number, state: number, keep: number, end: number): void {
  saveError(rt, fp, keep, end);
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
