/** Running a main program: `__main__`, uncaught exceptions, exit. Part of the runtime. */
import { Cell } from "../heap/cells.ts";
import { dict_getitem_str, dict_setitem_str } from "../objects/dict.ts";
import { ModuleOb } from "../objects/layout.ts";
import { PyList_New, listAppendSteal } from "../objects/list.ts";
import { PyModule_New } from "../objects/module.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, dropTo, mark, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { compileSource, PyEval_EvalCode } from "./evaluate.ts";
import { compileFile } from "./imports.ts";
import { LIBRARY_PATH } from "./library.ts";

export type MainProgram =
  | { kind: "script"; path: string; argv: string[] }
  | { kind: "command"; text: string; argv: string[] };

/** Runs the program as `__main__`; returns the exit status. */
export function runMain(rt: Runtime, program: MainProgram): number {
  setArgv(rt, program);
  const m = PyModule_New(rt, "__main__");
  dict_setitem_str(rt, rt.sysModules, "__main__", m);
  decref(rt, m);
  const dict = rt.i32[m + ModuleOb.dict];
  dict_setitem_str(rt, dict, "__builtins__", dict_getitem_str(rt, rt.sysModules, "builtins"));
  if (program.kind === "script") setText(rt, dict, "__file__", absolutePath(rt, program.path));
  return guarded(rt, () => {
    const code = program.kind === "script" ? compileFile(rt, absolutePath(rt, program.path)) : compileSource(rt, program.text, "<string>", "exec");
    push(rt, code);
    decref(rt, PyEval_EvalCode(rt, code, dict, dict));
    drop(rt);
  });
}

/** A script is known by its absolute path, in `__file__` and in tracebacks. */
function absolutePath(rt: Runtime, path: string): string {
  return path.startsWith("/") ? path : `${rt.host.cwd()}/${path}`;
}

function setText(rt: Runtime, dict: Ref, name: string, text: string): void {
  push(rt, PyUnicode_FromJS(rt, text));
  dict_setitem_str(rt, dict, name, rt.i32[mark(rt) - 2]);
  drop(rt);
}

function setArgv(rt: Runtime, program: MainProgram): void {
  setStrings(rt, "argv", program.argv);
  const dir = program.kind === "script" ? directoryOf(rt, program.path) : "";
  setStrings(rt, "path", [dir, LIBRARY_PATH]);
}

function directoryOf(rt: Runtime, path: string): string {
  let full = path;
  try {
    full = rt.host.realpath(path);
  } catch {
    // The error is reported when the file is opened.
  }
  const slash = full.lastIndexOf("/");
  return slash < 0 ? "" : full.slice(0, slash) || "/";
}

function setStrings(rt: Runtime, name: string, values: string[]): NewRef {
  const list = PyList_New(rt, 0);
  push(rt, list);
  for (const v of values) listAppendSteal(rt, list, PyUnicode_FromJS(rt, v));
  dict_setitem_str(rt, rt.sysDict, name, list);
  drop(rt);
  return 0;
}

/** Runs something; an uncaught exception is printed (SystemExit says the status). */
export function guarded(rt: Runtime, run: () => void): number {
  const m = mark(rt);
  try {
    run();
    return 0;
  } catch (e) {
    if (e !== rt.pyerr) rt.convertError(e);
    rt.i32[Cell.FRAME] = 0;
    dropTo(rt, m);
    return rt.reportUncaught();
  }
}
