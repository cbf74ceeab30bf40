/**
 * Showing a warning: by `warnings._showwarnmsg` if that module has been imported, else on stderr from here. Part of
 * modules/ (CPython's Python/_warnings.c).
 */

import { PyCallable_Check, PyObject_GetAttr, strOf } from "../objects/abstract.ts";
import { PyObject_CallArgs, PyObject_CallOneArg } from "../objects/call.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { caught, clearError, raise, typeError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { internStatic, jsString } from "../objects/str.ts";
import { writeStderr } from "./tbprint.ts";
import { SourceLines } from "./tbsource.ts";
import { type Warning, warningsAttr } from "./warnings.ts";

export function showWarning(rt: Runtime, w: Warning): void {
  if (w.source !== 0) importWarnings(rt);
  const show = warningsAttr(rt, "_showwarnmsg");
  if (show === 0) {
    writeStderr(rt, warningText(rt, w));
    return;
  }
  push(rt, show);
  if (!PyCallable_Check(rt, show)) throw typeError(rt, "warnings._showwarnmsg() must be set to a callable");
  const cls = push(rt, warningsAttr(rt, "WarningMessage"));
  if (rt.i32[cls] === 0) throw raise(rt, rt.exc.RuntimeError, "unable to get warnings.WarningMessage");
  const line = push(rt, PyLong_FromNumber(rt, w.lineno));
  const i32 = rt.i32;
  const none = rt.None;
  const message = PyObject_CallArgs(
    rt,
    i32[cls],
    w.message,
    w.category,
    w.filename,
    i32[line],
    none,
    none,
    w.source || none,
  );
  const slot = push(rt, message);
  push(rt, PyObject_CallOneArg(rt, show, i32[slot]));
  drop(rt, 5);
}

/** Only the module in Python tells where the source of a warning was allocated: it is imported for one that has a source. */
function importWarnings(rt: Runtime): void {
  const m = mark(rt);
  try {
    push(rt, rt.importHook(internStatic(rt, "warnings"), 0, 0, 0, 0));
    drop(rt);
  } catch (e) {
    caught(rt, e, m, rt.exc.ImportError);
    clearError(rt);
  }
}

/** Where CPython has the module warnings imported, linecache is asked for the line. */
function hasWarnings(rt: Runtime): boolean {
  if ((rt.options.warnOptions ?? []).length > 0) return true;
  return dict_getitem_str(rt, rt.sysModules, "warnings") !== 0;
}

/** "file:line: Category: text" and the source line. */
function warningText(rt: Runtime, w: Warning): string {
  const name = push(rt, PyObject_GetAttr(rt, w.category, rt.names.__name__));
  const filename = jsString(rt, w.filename);
  const head = `${filename}:${w.lineno}: ${strOf(rt, rt.i32[name])}: ${strOf(rt, w.text)}\n`;
  drop(rt);
  const line =
    w.sourceline !== 0
      ? jsString(rt, w.sourceline)
      : new SourceLines(rt, !hasWarnings(rt)).get(filename, w.lineno, w.lineno)[0];
  const stripped = line.replace(/^[ \t\f]+/, "").trimEnd();
  return stripped === "" ? head : `${head}  ${stripped}\n`;
}
