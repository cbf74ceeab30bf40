/**
 * Printing an unhandled exception on stderr as CPython 3.13 does, without importing the module traceback. Part of
 * modules/ (CPython's Python/pythonrun.c and Lib/traceback.py).
 */
import {
  PyObject_CallMethodNoArgs,
  PyObject_CallMethodOneArg,
  PyObject_CallThreeArgs,
} from "../objects/call.ts";
import { PyExceptionInstance_Check } from "../objects/check.ts";
import { dict_getitem_str, dict_setitem_str } from "../objects/dict.ts";
import { caught, fetch } from "../objects/errors.ts";
import { Exc, Ob } from "../objects/layout.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { formatReport } from "./tbformat.ts";
import { formatFrames, plainFrame } from "./tbframe.ts";
import { guarded, makeReport } from "./tbreport.ts";
import { SourceLines } from "./tbsource.ts";

/** What CPython prints for the exception (borrowed), chain and groups included. */
export function formatException(rt: Runtime, exc: Ref): string {
  return formatReport(makeReport(rt, exc, new SourceLines(rt)));
}

/** What CPython prints for an exception nobody can catch: no carets, no chain, no notes. */
export function formatUnraisable(rt: Runtime, exc: Ref): string {
  const report = makeReport(rt, exc, new SourceLines(rt, true));
  const frames = formatFrames(report.frames.map(plainFrame));
  const title = frames.length === 0 ? "" : "Traceback (most recent call last):\n";
  return `${title}${frames.join("")}${report.type}${report.plainText === "" ? "" : `: ${report.plainText}`}\n`;
}

/** Writes text to sys.stderr; to file descriptor 2 if there is no such file or it fails. */
export function writeStderr(rt: Runtime, text: string): void {
  const file = rt.sysDict === 0 ? 0 : dict_getitem_str(rt, rt.sysDict, "stderr");
  if (file === rt.None) return;
  const done = file !== 0 && guarded(rt, () => writeFile(rt, file, text), false);
  if (!done) rt.host.write(2, new TextEncoder().encode(text));
}

function writeFile(rt: Runtime, file: Ref, text: string): boolean {
  push(rt, newref(rt, file));
  const slot = push(rt, PyUnicode_FromJS(rt, text));
  push(rt, PyObject_CallMethodOneArg(rt, file, rt.names.write, rt.i32[slot]));
  drop(rt);
  push(rt, PyObject_CallMethodNoArgs(rt, file, rt.names.flush));
  drop(rt, 3);
  return true;
}

/** sys.__excepthook__: prints the exception (borrowed). */
export function PyErr_Display(rt: Runtime, exc: Ref): void {
  if (!PyExceptionInstance_Check(rt, exc)) {
    const found = typeNameOf(rt, exc);
    writeStderr(rt, `TypeError: print_exception(): Exception expected for value, ${found} found\n`);
    return;
  }
  writeStderr(rt, formatException(rt, exc));
}

/** Sets sys.last_exc and its three older fellows. */
function setSysLast(rt: Runtime, exc: Ref): void {
  if (rt.sysDict === 0) return;
  const i32 = rt.i32;
  dict_setitem_str(rt, rt.sysDict, "last_exc", exc);
  dict_setitem_str(rt, rt.sysDict, "last_type", i32[exc + Ob.type]);
  dict_setitem_str(rt, rt.sysDict, "last_value", exc);
  dict_setitem_str(rt, rt.sysDict, "last_traceback", i32[exc + Exc.traceback] || rt.None);
}

/**
 * Takes the current exception and prints it by sys.excepthook (PyErr_PrintEx). SystemExit is the caller's affair: it must
 * be looked for before, and again in the result, which is a SystemExit (owned) that the hook raised, or 0.
 */
export function PyErr_PrintEx(rt: Runtime, setLast: boolean): NewRef | 0 {
  const exc = fetch(rt);
  push(rt, exc);
  if (setLast) setSysLast(rt, exc);
  const hook = rt.sysDict === 0 ? 0 : dict_getitem_str(rt, rt.sysDict, "excepthook");
  let exit: OptRef = 0;
  if (hook === 0) {
    writeStderr(rt, "sys.excepthook is missing\n");
    PyErr_Display(rt, exc);
  } else {
    exit = callHook(rt, hook, exc);
  }
  push(rt, exit);
  const result = pop(rt);
  drop(rt);
  return result;
}

function callHook(rt: Runtime, hook: Ref, exc: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const m = mark(rt);
  push(rt, newref(rt, hook));
  try {
    const tb = i32[exc + Exc.traceback] || rt.None;
    push(rt, PyObject_CallThreeArgs(rt, hook, i32[exc + Ob.type], exc, tb));
    drop(rt, 2);
    return 0;
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
  }
  const failure = fetch(rt);
  if (i32[failure + Ob.type] === rt.exc.SystemExit) return failure;
  push(rt, failure);
  writeStderr(rt, "Error in sys.excepthook:\n");
  PyErr_Display(rt, failure);
  writeStderr(rt, "\nOriginal exception was:\n");
  PyErr_Display(rt, exc);
  drop(rt);
  return 0;
}
