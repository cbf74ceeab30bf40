/** Running a main program: `__main__`, uncaught exceptions, exit. Part of the runtime. */

import { Cell } from "../heap/cells.ts";
import { dict_getitem_str, dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { ModuleOb } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyModule_New } from "../objects/module.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, dropTo, mark, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { compileSource, PyEval_EvalCode } from "./evaluate.ts";
import { compileFile, mainModule } from "./imports.ts";
import { LIBRARY_PATH } from "./library.ts";
import { readSource } from "./sourcecodec.ts";
import { registerSource } from "./sources.ts";
import { setSpec } from "./spec.ts";

interface MainBase {
  argv: string[];
  /** Folders between the program's own and the library. */
  pythonPath?: string[];
  /** -P: the program's own folder is not searched. */
  safePath?: boolean;
}

export type MainProgram = MainBase &
  (
    | { kind: "script"; path: string; skipFirstLine?: boolean }
    | { kind: "folder"; path: string }
    | { kind: "command"; text: string; filename?: string }
    | { kind: "stdin"; text: Uint8Array }
    | { kind: "module"; name: string }
  );

/** Runs the program as `__main__`; returns the exit status. */
export function runMain(rt: Runtime, program: MainProgram): number {
  return guarded(rt, () => {
    setArgv(rt, program);
    const dict = makeMain(rt);
    const code = mainCode(rt, program, dict);
    if (code === 0) return 1;
    push(rt, code);
    decref(rt, PyEval_EvalCode(rt, code, dict, dict));
    drop(rt, program.kind === "module" ? 1 : 2);
    return 0;
  });
}

/** sys.argv, sys.path and `__main__` of a session that has no program. */
export function startMain(rt: Runtime, program: MainProgram): void {
  setArgv(rt, program);
  makeMain(rt);
}

/** The module `__main__`, made if it is not there; its namespace (borrowed). */
export function makeMain(rt: Runtime): Ref {
  const have = dict_getitem_str(rt, rt.sysModules, "__main__");
  if (have !== 0) return rt.i32[have + ModuleOb.dict];
  const m = PyModule_New(rt, "__main__");
  push(rt, m);
  dict_setitem_str(rt, rt.sysModules, "__main__", m);
  const dict = rt.i32[m + ModuleOb.dict];
  dict_setitem_str(rt, dict, "__builtins__", dict_getitem_str(rt, rt.sysModules, "builtins"));
  dict_setitem_str(rt, dict, "__annotations__", rt.i32[push(rt, PyDict_New(rt))]);
  drop(rt, 2);
  return dict;
}

/** The code object of the program, or 0 after saying that there is none. */
function mainCode(rt: Runtime, program: MainProgram, dict: Ref): NewRef {
  switch (program.kind) {
    case "script":
      setText(rt, dict, "__file__", absolutePath(rt, program.path));
      dict_setitem_str(rt, dict, "__cached__", rt.None);
      return compileFile(rt, absolutePath(rt, program.path), true, program.skipFirstLine);
    case "command":
      if (program.filename === undefined) registerSource(rt, "<string>", program.text);
      return compileSource(rt, program.text, program.filename ?? "<string>", "exec", {
        optimize: rt.optimize,
        hold: true,
      });
    case "stdin":
      return compileSource(rt, readSource(rt, program.text, "<stdin>", true), "<stdin>", "exec", {
        optimize: rt.optimize,
        hold: true,
      });
    case "folder":
      return folderCode(rt, program.path, dict);
    case "module":
      return moduleCode(rt, program.name, dict);
  }
}

function folderCode(rt: Runtime, path: string, dict: Ref): NewRef {
  const folder = normalised(absolutePath(rt, path));
  const file = `${folder}/__main__.py`;
  if (!rt.host.access(file, 4)) return noProgram(rt, `can't find '__main__' module in '${folder}'`);
  setText(rt, dict, "__file__", file);
  setText(rt, dict, "__package__", "");
  setSpec(rt, dict_getitem_str(rt, rt.sysModules, "__main__"), "__main__", file, null);
  return compileFile(rt, file, true);
}

/** An absolute path without "." and trailing slashes. */
function normalised(path: string): string {
  return `/${path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")}`;
}

function moduleCode(rt: Runtime, name: string, dict: Ref): NewRef {
  const found = mainModule(rt, name);
  if (typeof found === "string") return noProgram(rt, found);
  push(rt, found.code);
  const dot = found.name.lastIndexOf(".");
  setText(rt, dict, "__file__", found.filename);
  setText(rt, dict, "__package__", dot < 0 ? "" : found.name.slice(0, dot));
  setSpec(rt, dict_getitem_str(rt, rt.sysModules, "__main__"), found.name, found.filename, null);
  const argv = dict_getitem_str(rt, rt.sysDict, "argv");
  setFirst(rt, argv, found.filename);
  rt.i32[mark(rt) - 2] = 0;
  drop(rt);
  return found.code;
}

/** sys.argv[0] of a module is its file. */
function setFirst(rt: Runtime, list: Ref, text: string): void {
  const items = rt.i32[list + 6];
  const old = rt.i32[items];
  rt.i32[items] = PyUnicode_FromJS(rt, text);
  decref(rt, old);
}

function noProgram(rt: Runtime, why: string): 0 {
  rt.flushStreams();
  rt.host.write(2, new TextEncoder().encode(`${rt.options.executable || "glassheap"}: ${why}\n`));
  return 0;
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
  const own = program.safePath ? [] : [ownFolder(rt, program)];
  rt.sysPath0 = own[0] ?? null;
  setStrings(rt, "path", [...own, ...(program.pythonPath ?? []), LIBRARY_PATH]);
}

function ownFolder(rt: Runtime, program: MainProgram): string {
  if (program.kind === "script") return directoryOf(rt, program.path);
  if (program.kind === "folder") return program.path;
  return program.kind === "module" ? rt.host.cwd() : "";
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

function setStrings(rt: Runtime, name: string, values: string[]): void {
  const list = PyList_New(rt, 0);
  push(rt, list);
  for (const v of values) listAppendSteal(rt, list, PyUnicode_FromJS(rt, v));
  dict_setitem_str(rt, rt.sysDict, name, list);
  drop(rt);
}

/** Runs something that answers a status; an uncaught exception is printed (SystemExit says the status). */
export function guarded(rt: Runtime, run: () => number | undefined): number {
  const m = mark(rt);
  try {
    return run() ?? 0;
  } catch (e) {
    if (e !== rt.pyerr) rt.convertError(e);
    rt.i32[Cell.FRAME] = 0;
    dropTo(rt, m);
    return rt.reportUncaught();
  }
}
