/** The table of functions that compiled code calls by name. Part of the runtime. */

import {
  PyObject_ASCII,
  PyObject_DelItem,
  PyObject_Format,
  PyObject_Repr,
  PyObject_SetAttr,
  PyObject_Str,
} from "../objects/abstract.ts";
import { PyObject_Call } from "../objects/call.ts";
import { PyCell_New } from "../objects/cell.ts";
import { PyDict_New, PyDict_SetItem, setItemTake2 } from "../objects/dict.ts";
import { raise } from "../objects/errors.ts";
import { do_raise } from "../objects/excraise.ts";
import { leaveFrame } from "../objects/frame.ts";
import { newGenerator, startGenerator } from "../objects/generator.ts";
import { PyList_Append, PyList_New } from "../objects/list.ts";
import { newInstance } from "../objects/managed.ts";
import { PyNumber_Invert, PyNumber_Negative, PyNumber_Positive } from "../objects/number.ts";
import { clearField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySet_Add, PySet_New } from "../objects/set.ts";
import { set_update_internal } from "../objects/setops.ts";
import { PySlice_New } from "../objects/slice.ts";
import { checkInitResult } from "../objects/slottp.ts";
import * as awaitables from "./awaitables.ts";
import { evalBreaker } from "./breaker.ts";
import * as build from "./build.ts";
import * as calls from "./calls.ts";
import { displayHook } from "./display.ts";
import { makeFast } from "./fast.ts";
import * as groups from "./groups.ts";
import * as handlers from "./handlers.ts";
import * as imports from "./imports.ts";
import * as iteration from "./iteration.ts";
import * as namespaces from "./namespaces.ts";
import * as patterns from "./patterns.ts";
import * as slices from "./slices.ts";
import { makeNotes, tierUp } from "./tiers.ts";
import { makeTuples } from "./tuples.ts";
import * as typeparams from "./typeparams.ts";

export interface Helpers {
  names: string[];
  values: unknown[];
  /** Place of a name. */
  index: Map<string, number>;
}

const tables = new WeakMap<Runtime, Helpers>();

/** The helpers bound to one runtime; made on first use. */
export function helpersOf(rt: Runtime): Helpers {
  let h = tables.get(rt);
  if (h === undefined) {
    const table = makeTable(rt);
    const names = Object.keys(table);
    h = { names, values: Object.values(table), index: new Map(names.map((n, i) => [n, i])) };
    tables.set(rt, h);
  }
  return h;
}

function makeTable(rt: Runtime): Record<string, unknown> {
  return {
    None: rt.None,
    True: rt.True,
    False: rt.False,
    Ellipsis: rt.Ellipsis,
    FUNCTION: rt.types.function,
    ...makeFast(rt),
    ...calls.makeCalls(rt),
    ...makeNotes(rt),
    ...makeTuples(rt),
    tierUp,
    callEx: calls.callEx,
    callStack: calls.callStack,
    callStackMethod: calls.callStackMethod,
    makeFunction: calls.makeFunction,
    superAttr: calls.superAttr,
    superMethod: calls.superMethod,
    beforeWith: calls.beforeWith,
    beforeAsyncWith: calls.beforeAsyncWith,
    callExit: calls.callExit,
    ...awaitables,
    ...build,
    ...groups,
    ...handlers,
    ...imports,
    ...iteration,
    ...namespaces,
    ...patterns,
    ...slices,
    ...typeparams,
    displayHook,
    do_raise,
    evalBreaker,
    leaveFrame,
    newInstance,
    checkInitResult,
    newGenerator,
    startGenerator,
    releaseLocalsDict: (_rt: Runtime, fp: number) => clearField(rt, fp + 10),
    superNoClass: () => {
      throw raise(rt, rt.exc.RuntimeError, "super(): empty __class__ cell");
    },
    superNoSelf: () => {
      throw raise(rt, rt.exc.RuntimeError, "super(): arg[0] deleted");
    },
    PyCell_New,
    PyDict_New,
    PyDict_SetItem,
    setItemTake2,
    PyList_Append,
    PyList_New,
    PyObject_ASCII,
    PyObject_Call,
    PyObject_DelItem,
    PyObject_Format,
    PyObject_Repr,
    PyObject_SetAttr,
    PyObject_Str,
    PySet_Add,
    PySet_New,
    _PySet_Update: set_update_internal,
    PySlice_New,
    u_negative: PyNumber_Negative,
    u_positive: PyNumber_Positive,
    u_invert: PyNumber_Invert,
  };
}
