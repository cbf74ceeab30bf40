/** What the collector says at the interpreter's end of objects that it could not free (_PyGC_DumpShutdownStats). Part of gc/. */
import { Cell } from "../heap/cells.ts";
import { PyObject_Repr } from "../objects/abstract.ts";
import { List } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, dropTo, mark, push } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { GcDebug } from "./state.ts";

/** A ResourceWarning if gc.garbage is not empty; under DEBUG_UNCOLLECTABLE the list itself goes to `write`. */
export function dumpShutdownStats(rt: Runtime, write: (text: string) => void): void {
  const garbage = rt.i32[Cell.GC_GARBAGE];
  const n = garbage === 0 ? 0 : rt.i32[garbage + List.size];
  const debug = rt.i32[Cell.GC_DEBUG];
  if (n === 0 || (debug & GcDebug.SAVEALL) === GcDebug.SAVEALL) return;
  const listed = (debug & GcDebug.UNCOLLECTABLE) !== 0;
  const m = mark(rt);
  try {
    warn(rt, `gc: ${n} uncollectable objects at shutdown`, listed);
    if (listed) write(`      ${jsString(rt, rt.i32[push(rt, PyObject_Repr(rt, garbage))])}\n`);
    drop(rt, listed ? 1 : 0);
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    dropTo(rt, m);
    rt.writeUnraisable(0, null);
  }
}

function warn(rt: Runtime, text: string, listed: boolean): void {
  const how = "; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them";
  const message = rt.i32[push(rt, PyUnicode_FromJS(rt, listed ? text : text + how))];
  rt.warnExplicit(message, rt.exc.ResourceWarning, rt.i32[push(rt, PyUnicode_FromJS(rt, "gc"))], 0);
  drop(rt, 2);
}
