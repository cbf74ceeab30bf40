/** Sources that are in no file (`-c`, the prompt): tracebacks, linecache and inspect show their lines. Part of the runtime. */

import { PyDict_Check } from "../objects/check.ts";
import { dict_getitem_str, dict_setitem_str } from "../objects/dict.ts";
import { ModuleOb } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";

/** Lets tracebacks show the lines of a source. CPython imports linecache for it; here it gets the lines once it is imported. */
export function registerSource(rt: Runtime, filename: string, source: string): void {
  rt.sources.set(filename, source);
  if (dict_getitem_str(rt, rt.sysModules, "linecache") !== 0) cacheLines(rt, filename, source);
}

/** linecache has been imported: it is told of the sources so far. */
export function fillLinecache(rt: Runtime): void {
  for (const [filename, source] of rt.sources) cacheLines(rt, filename, source);
}

/** linecache._register_code */
function cacheLines(rt: Runtime, filename: string, source: string): void {
  const module = dict_getitem_str(rt, rt.sysModules, "linecache");
  const cache = dict_getitem_str(rt, rt.i32[module + ModuleOb.dict], "cache");
  if (cache === 0 || !PyDict_Check(rt, cache)) return;
  const m = mark(rt);
  push(rt, PyLong_FromNumber(rt, source.length));
  push(rt, PyList_New(rt, 0));
  const lines = source.replace(/\n$/, "").split("\n");
  for (const line of lines) listAppendSteal(rt, rt.i32[m + 2], PyUnicode_FromJS(rt, `${line}\n`));
  push(rt, PyUnicode_FromJS(rt, filename));
  push(rt, PyTuple_Pack(rt, rt.i32[m], rt.None, rt.i32[m + 2], rt.i32[m + 4]));
  dict_setitem_str(rt, cache, filename, rt.i32[m + 6]);
  drop(rt, 4);
}
