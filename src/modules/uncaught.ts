/**
 * What happens to an exception that nothing caught: SystemExit sets the exit status, all else is printed. Part of modules/
 * (CPython's Python/pythonrun.c). `initReporting` puts this and the warnings machinery into the Runtime.
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_Str } from "../objects/abstract.ts";
import { PyLong_Check } from "../objects/check.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { fetch, restore } from "../objects/errors.ts";
import { XF } from "../objects/excfields.ts";
import { Ob } from "../objects/layout.ts";
import { bigIntOf } from "../objects/long.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import { flushFile } from "./stdstream.ts";
import { PyErr_PrintEx, writeStderr } from "./tbprint.ts";
import { guarded } from "./tbreport.ts";
import { initWarnings } from "./warnings.ts";

/** Exit status of a program that an interrupt ended: 128 + SIGINT. */
export const INTERRUPTED = 130;

/** Takes the current exception and reports it; returns the exit status. */
export function reportUncaught(rt: Runtime): number {
  const exc = rt.i32[Cell.CURRENT_EXC];
  const type = rt.i32[exc + Ob.type];
  if (PyType_IsSubtype(rt, type, rt.exc.SystemExit)) return systemExit(rt, fetch(rt));
  const interrupted = type === rt.exc.KeyboardInterrupt;
  flushStdout(rt);
  const exit: OptRef = PyErr_PrintEx(rt, true);
  if (exit !== 0) return systemExit(rt, exit);
  rt.interrupted = interrupted;
  return interrupted ? INTERRUPTED : 1;
}

/** The status that a SystemExit (taken over) asks for; a code that is no int is printed. */
function systemExit(rt: Runtime, exc: Ref): number {
  push(rt, exc);
  flushStdout(rt);
  const code = rt.i32[exc + XF.f0];
  let status = 0;
  if (code !== 0 && code !== rt.None) {
    if (PyLong_Check(rt, code)) status = Number(BigInt.asUintN(8, bigIntOf(rt, code)));
    else {
      status = 1;
      writeStderr(rt, `${guarded(rt, () => textOf(rt, code), "")}\n`);
    }
  }
  drop(rt);
  return status;
}

function textOf(rt: Runtime, o: Ref): string {
  const slot = push(rt, PyObject_Str(rt, o));
  const text = jsString(rt, rt.i32[slot]);
  drop(rt);
  return text;
}

/** What was printed so far comes before the report. The current exception, if there is one, is it afterwards too. */
function flushStdout(rt: Runtime): void {
  const file = rt.sysDict === 0 ? 0 : dict_getitem_str(rt, rt.sysDict, "stdout");
  if (file === 0 || file === rt.None) return;
  push(rt, fetch(rt));
  guarded(rt, () => flushFile(rt, file), undefined);
  restore(rt, pop(rt));
}

/** Makes uncaught exceptions and warnings work; called once, when `sys` is there. */
export function initReporting(rt: Runtime): void {
  initWarnings(rt);
  rt.reportUncaught = () => reportUncaught(rt);
}
