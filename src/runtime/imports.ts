/**
 * import: sys.modules, native modules, the standard library, the user's files and packages. Part of the runtime. The rules
 * are those of CPython's importlib, carried out natively, so that nothing need be imported before the first import.
 */

import { Cell } from "../heap/cells.ts";
import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_SetAttr } from "../objects/abstract.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import {
  PyDict_Check,
  PyDict_CheckExact,
  PyList_Check,
  PyTuple_Check,
  PyUnicode_Check,
} from "../objects/check.ts";
import { dict_delitem_str, dict_getitem_str, dict_setitem_str, PyDict_SetItem } from "../objects/dict.ts";
import { caught, clearError, fetch, raise, restore, typeError } from "../objects/errors.ts";
import { internStatic } from "../objects/intern.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { Exc, Frame, ModuleOb } from "../objects/layout.ts";
import { listAppendSteal, listItem, listSize, PyList_New } from "../objects/list.ts";
import { PyModule_New } from "../objects/module.ts";
import { explainMissingName } from "../objects/moduleerror.ts";
import { decref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { fillFreeLists } from "../objects/startlists.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { tupleItem } from "../objects/tuple.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { compileSource, PyEval_EvalCode } from "./evaluate.ts";
import { hasOwnHooks, loadByFinders, pathFinder, programFinders } from "./finders.ts";
import { isBuiltinName, LIBRARY_PATH, type Library, type NativeInit } from "./library.ts";
import { materialize } from "./materialize.ts";
import { lookupMapping } from "./namespaces.ts";
import { isStartupModule, quietly } from "./quietimport.ts";
import { readSource } from "./sourcecodec.ts";
import { fillLinecache } from "./sources.ts";
import { setSpec } from "./spec.ts";

export interface ImportState {
  native: Record<string, NativeInit>;
  library: Library;
  /** importlib's standard finders and path hooks, borrowed from its modules; empty until it is imported. */
  finders: Ref[];
  hooks: Ref[];
}

export function importState(rt: Runtime): ImportState {
  return rt.moduleState.get("import") as ImportState;
}

/** IMPORT_NAME: calls `__import__`, unless it is the original, which is done directly. */
export function importName(rt: Runtime, fp: number, name: Ref, fromlist: Ref, level: number): NewRef {
  const i32 = rt.i32;
  const f = lookupMapping(rt, i32[fp + Frame.builtins], rt.names.__import__);
  if (f === 0) throw raise(rt, rt.exc.ImportError, "__import__ not found");
  const globals = i32[fp + Frame.globals];
  if (f === rt.originalImport) {
    decref(rt, f);
    return PyImport_ImportModuleLevel(rt, jsString(rt, name), globals, fromlist, level);
  }
  const locals = i32[fp + Frame.locals] || rt.None;
  push(rt, f);
  const r = PyObject_CallArgs(rt, f, name, globals, locals, fromlist, rt.smallInts + 8 * level);
  drop(rt);
  return r;
}

/** PyImport_ImportModuleLevelObject: the module that the statement binds. */
export function PyImport_ImportModuleLevel(
  rt: Runtime,
  name: string,
  globals: OptRef,
  fromlist: OptRef,
  level: number,
): NewRef {
  let full = name;
  if (level > 0) full = resolveName(rt, name, globals, level);
  else if (name === "") throw raise(rt, rt.exc.ValueError, "Empty module name");
  const m = importModule(rt, full);
  push(rt, m);
  if (fromlist !== 0 && fromlist !== rt.None && hasItems(rt, fromlist)) {
    if (hasAttr(rt, m, "__path__")) handleFromlist(rt, m, full, fromlist);
    return pop(rt);
  }
  const dot = name.indexOf(".");
  if (level === 0 && dot < 0) return pop(rt);
  if (level > 0 && name === "") return pop(rt);
  drop(rt);
  const cut = dot < 0 ? name.length : dot;
  const top = full.slice(0, full.length - (name.length - cut));
  return newref(rt, modulesGet(rt, top));
}

function hasItems(rt: Runtime, o: Ref): boolean {
  return (PyTuple_Check(rt, o) || PyList_Check(rt, o)) && rt.i32[o + 4] > 0;
}

function hasAttr(rt: Runtime, o: Ref, name: string): boolean {
  const v = PyObject_GetOptionalAttr(rt, o, internStatic(rt, name));
  if (v !== 0) decref(rt, v);
  return v !== 0;
}

function globalString(rt: Runtime, globals: Ref, name: string): string | null {
  const v = dict_getitem_str(rt, globals, name);
  return v !== 0 && PyUnicode_Check(rt, v) ? jsString(rt, v) : null;
}

/** The absolute name of a relative import. */
function resolveName(rt: Runtime, name: string, globals: OptRef, level: number): string {
  if (globals === 0 || !PyDict_Check(rt, globals))
    throw raise(rt, rt.exc.KeyError, "'__name__' not in globals");
  let pkg = globalString(rt, globals, "__package__");
  if (pkg === null) {
    pkg = globalString(rt, globals, "__name__") ?? "";
    if (dict_getitem_str(rt, globals, "__path__") === 0)
      pkg = pkg.includes(".") ? pkg.slice(0, pkg.lastIndexOf(".")) : "";
  }
  if (pkg === "")
    throw raise(rt, rt.exc.ImportError, "attempted relative import with no known parent package");
  let base = pkg;
  for (let i = 1; i < level; i++) {
    const dot = base.lastIndexOf(".");
    if (dot < 0) throw raise(rt, rt.exc.ImportError, "attempted relative import beyond top-level package");
    base = base.slice(0, dot);
  }
  return name === "" ? base : `${base}.${name}`;
}

/** sys.modules[name], borrowed, or 0. */
export function modulesGet(rt: Runtime, name: string): OptRef {
  return dict_getitem_str(rt, rt.sysModules, name);
}

/** Imports a module by absolute name (new reference), parents first. */
export function importModule(rt: Runtime, name: string): NewRef {
  const have = modulesGet(rt, name);
  if (have === rt.None) throw notFound(rt, name, `import of ${name} halted; None in sys.modules`);
  if (have !== 0) return newref(rt, have);
  const dot = name.lastIndexOf(".");
  if (dot < 0) return loadModule(rt, name, 0);
  const parentName = name.slice(0, dot);
  const parent = importModule(rt, parentName);
  push(rt, parent);
  // The parent's code may have imported the child.
  const again = modulesGet(rt, name);
  if (again !== 0) {
    drop(rt);
    return newref(rt, again);
  }
  const path = PyObject_GetOptionalAttr(rt, parent, rt.names.__path__);
  if (path === 0) throw notFound(rt, name, `No module named '${name}'; '${parentName}' is not a package`);
  push(rt, path);
  const m = loadModule(rt, name, path);
  push(rt, m);
  PyObject_SetAttr(rt, parent, internStatic(rt, name.slice(dot + 1)), m);
  pop(rt);
  drop(rt, 2);
  return m;
}

function notFound(rt: Runtime, name: string, message: string): unknown {
  const err = raise(rt, rt.exc.ModuleNotFoundError, message);
  const exc = rt.i32[Cell.CURRENT_EXC];
  setField(rt, exc + ImportErrorField.name, PyUnicode_FromJS(rt, name));
  return err;
}

/** Word offsets of ImportError's own fields: msg, name, path, name_from. */
const enum ImportErrorField {
  msg = Exc.extra,
  name = Exc.extra + 2,
  path = Exc.extra + 4,
}

interface Found {
  kind: "native" | "library" | "source" | "namespace";
  filename: string;
  isPackage: boolean;
  paths: string[];
}

function loadModule(rt: Runtime, name: string, path: OptRef): NewRef {
  const { before, standard, after } = programFinders(rt);
  const own = before.length > 0 ? askFinders(rt, before, name, path) : 0;
  if (own !== 0) return own;
  let found = standard ? find(rt, name, path) : null;
  if (found === "delegate") {
    const m = askFinders(rt, [pathFinder(rt)], name, path);
    if (m !== 0) return m;
    found = null;
  }
  if (found !== null) return loadFound(rt, name, found);
  const last = after.length > 0 ? askFinders(rt, after, name, path) : 0;
  if (last !== 0) return last;
  throw notFound(rt, name, `No module named '${name}'`);
}

function askFinders(rt: Runtime, finders: Ref[], name: string, path: OptRef): NewRef | 0 {
  push(rt, PyUnicode_FromJS(rt, name));
  const m = loadByFinders(rt, finders, rt.i32[mark(rt) - 2], path);
  push(rt, m);
  pop(rt);
  drop(rt);
  return m;
}

function loadFound(rt: Runtime, name: string, found: Found): NewRef {
  const own = found.kind === "library" || found.kind === "native";
  return own && isStartupModule(name)
    ? quietly(rt, () => loadUnheard(rt, name, found))
    : loadUnheard(rt, name, found);
}

function loadUnheard(rt: Runtime, name: string, found: Found): NewRef {
  const state = importState(rt);
  if (found.kind === "native") return loadNative(rt, name, state.native[name]);
  const m = PyModule_New(rt, name);
  push(rt, m);
  setAttributes(rt, m, name, found);
  dict_setitem_str(rt, rt.sysModules, name, m);
  if (found.kind !== "namespace") {
    try {
      importing(state, found.kind === "library", () => runModule(rt, m, name, found));
    } catch (e) {
      removeFailed(rt, name);
      throw e;
    }
  }
  // importlib's finders are set up when somebody uses importlib.
  if (name === "importlib" && found.kind === "library") decref(rt, importModule(rt, "_libraryimporter"));
  if (name === "linecache" && found.kind === "library") fillLinecache(rt);
  fillFreeLists(rt);
  // A module may have replaced itself in sys.modules.
  const now = modulesGet(rt, name);
  if (now === 0) throw raise(rt, rt.exc.KeyError, name);
  newref(rt, now);
  drop(rt);
  return now;
}

function removeFailed(rt: Runtime, name: string): void {
  const exc = fetch(rt);
  if (exc !== 0) push(rt, exc);
  dict_delitem_str(rt, rt.sysModules, name);
  if (exc !== 0) restore(rt, pop(rt));
}

function loadNative(rt: Runtime, name: string, init: NativeInit): NewRef {
  const m = init(rt);
  push(rt, m);
  dict_setitem_str(rt, rt.sysModules, name, m);
  setSpec(rt, m, name, "built-in", null);
  return pop(rt);
}

/** The library's modules run their code once; what the program imports may be the program. */
function importing(state: ImportState, yes: boolean, run: () => void): void {
  const before = state.library.importing?.(yes) ?? yes;
  try {
    run();
  } finally {
    if (before !== yes) state.library.importing?.(before);
  }
}

function runModule(rt: Runtime, m: Ref, name: string, found: Found): void {
  const state = importState(rt);
  let code: NewRef;
  if (found.kind === "library") code = materialize(rt, state.library.find(name)!.load());
  else code = compileFile(rt, found.filename);
  push(rt, code);
  const dict = rt.i32[m + ModuleOb.dict];
  const spec = push(rt, newref(rt, dict_getitem_str(rt, dict, "__spec__")));
  const flag = internStatic(rt, "_initializing");
  PyObject_SetAttr(rt, rt.i32[spec], flag, rt.True);
  decref(rt, PyEval_EvalCode(rt, code, dict, dict));
  PyObject_SetAttr(rt, rt.i32[spec], flag, rt.False);
  drop(rt, 2);
}

/** Compiles a source file of the user's. `hold`: it is the program, which runs at once. */
export function compileFile(rt: Runtime, filename: string, hold = false, skipFirstLine = false): NewRef {
  let text = readSource(rt, readFile(rt, filename), filename, hold);
  if (skipFirstLine) text = text.replace(/^[^\r\n]*/, "");
  return compileSource(rt, text, filename, "exec", { optimize: rt.optimize, hold });
}

/** All bytes of a file; host errors are thrown as they are. */
export function readFile(rt: Runtime, filename: string): Uint8Array {
  const { host } = rt;
  const fd = host.open(filename, 0, 0);
  try {
    const parts: Uint8Array[] = [];
    for (let chunk = host.read(fd, 1 << 20); chunk.length > 0; chunk = host.read(fd, 1 << 20))
      parts.push(chunk);
    const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    let at = 0;
    for (const p of parts) {
      all.set(p, at);
      at += p.length;
    }
    return all;
  } finally {
    host.close(fd);
  }
}

/** Modules of the library that CPython has within it, which say so. */
const FROZEN = new Set(
  "abc codecs io _collections_abc _sitebuiltins genericpath ntpath posixpath os site stat importlib.util importlib.machinery runpy zipimport".split(
    " ",
  ),
);

function originOf(name: string, found: Found): string | null {
  if (found.kind === "namespace") return null;
  return found.kind === "library" && FROZEN.has(name) ? "frozen" : found.filename;
}

function setAttributes(rt: Runtime, m: Ref, name: string, found: Found): void {
  const dict = rt.i32[m + ModuleOb.dict];
  const pkg = found.isPackage ? name : name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
  setString(rt, dict, "__package__", pkg);
  if (found.kind !== "namespace") setString(rt, dict, "__file__", found.filename);
  if (found.isPackage) {
    const list = PyList_New(rt, 0);
    push(rt, list);
    for (const p of found.paths) listAppendSteal(rt, list, PyUnicode_FromJS(rt, p));
    dict_setitem_str(rt, dict, "__path__", list);
    drop(rt);
  }
  setSpec(rt, m, name, originOf(name, found), found.isPackage ? found.paths : null);
}

function setString(rt: Runtime, dict: Ref, name: string, value: string): void {
  push(rt, PyUnicode_FromJS(rt, value));
  dict_setitem_str(rt, dict, name, rt.i32[mark(rt) - 2]);
  drop(rt);
}

/**
 * Finds a module: built-in names first, then along the path (sys.path, or the parent's `__path__`). "delegate": importlib's
 * PathFinder must look.
 */
function find(rt: Runtime, name: string, path: OptRef): Found | "delegate" | null {
  const state = importState(rt);
  if (path === 0 && Object.hasOwn(state.native, name) && isBuiltinName(name)) return native();
  if (hasOwnHooks(rt)) return "delegate";
  const tail = name.slice(name.lastIndexOf(".") + 1);
  const namespace: string[] = [];
  for (const entry of pathEntries(rt, path)) {
    if (entry === LIBRARY_PATH || entry.startsWith(`${LIBRARY_PATH}/`)) {
      if (Object.hasOwn(state.native, name)) return native();
      const lib = state.library.find(name);
      if (lib !== null)
        return {
          kind: "library",
          filename: lib.filename,
          isPackage: lib.isPackage,
          paths: [lib.filename.replace(/\/__init__\.py$/, "")],
        };
      continue;
    }
    // An archive: importlib's machinery deals with it and all that follows. That machinery needs the library, which goes first.
    if (/\.(zip|pyz|egg|whl)(\/|$)/.test(entry)) {
      if (Object.hasOwn(state.native, name) || state.library.find(name) !== null) continue;
      return "delegate";
    }
    const base = entry === "" ? tail : `${entry.replace(/\/$/, "")}/${tail}`;
    const kind = kindOf(rt, base);
    if (kind === "directory") {
      if (kindOf(rt, `${base}/__init__.py`) === "file")
        return { kind: "source", filename: `${base}/__init__.py`, isPackage: true, paths: [base] };
      namespace.push(base);
    }
    if (kindOf(rt, `${base}.py`) === "file")
      return { kind: "source", filename: `${base}.py`, isPackage: false, paths: [] };
  }
  return namespace.length > 0 ? { kind: "namespace", filename: "", isPackage: true, paths: namespace } : null;
}

/** What `-m name` runs: the file or library module, a package's `__main__`. Null: there is none. */
export interface MainModule {
  /** The full name; its parents are imported. */
  name: string;
  filename: string;
  code: NewRef;
}

/** Finds and compiles a module to be run as a script; the answer is a text where there is none. */
export function mainModule(rt: Runtime, name: string): MainModule | string {
  const dot = name.lastIndexOf(".");
  let path: OptRef = 0;
  if (dot >= 0) {
    const parent = importModule(rt, name.slice(0, dot));
    push(rt, parent);
    path = PyObject_GetOptionalAttr(rt, parent, rt.names.__path__);
    drop(rt);
    if (path === 0)
      return `Error while finding module specification for '${name}' (ModuleNotFoundError: __path__ attribute not found on '${name.slice(0, dot)}' while trying to find '${name}')`;
  }
  push(rt, path);
  const found = find(rt, name, path);
  drop(rt);
  if (found === null || found === "delegate") return `No module named ${name}`;
  if (found.isPackage) {
    if (name.endsWith(".__main__")) return `No module named ${name}`;
    const inner = mainModule(rt, `${name}.__main__`);
    return typeof inner === "string"
      ? `${inner}; '${name}' is a package and cannot be directly executed`
      : inner;
  }
  if (found.kind === "native") return `No code object available for ${name}`;
  const code =
    found.kind === "library"
      ? materialize(rt, importState(rt).library.find(name)!.load())
      : compileFile(rt, found.filename);
  return { name, filename: found.filename, code };
}

function native(): Found {
  return { kind: "native", filename: "built-in", isPackage: false, paths: [] };
}

function kindOf(rt: Runtime, path: string): "file" | "directory" | null {
  try {
    const mode = rt.host.stat(path, true).mode & 0o170000;
    return mode === 0o040000 ? "directory" : mode === 0o100000 ? "file" : null;
  } catch {
    // Not there, or not readable: not a candidate.
    return null;
  }
}

function pathEntries(rt: Runtime, path: OptRef): string[] {
  const list = path !== 0 ? path : dict_getitem_str(rt, rt.sysDict, "path");
  const entries: string[] = [];
  if (list === 0) return entries;
  if (PyList_Check(rt, list)) {
    for (let i = 0; i < listSize(rt, list); i++) {
      const e = listItem(rt, list, i);
      if (PyUnicode_Check(rt, e)) entries.push(jsString(rt, e));
    }
    return entries;
  }
  const it = PyObject_GetIter(rt, list);
  push(rt, it);
  for (let e = PyIter_Next(rt, it); e !== 0; e = PyIter_Next(rt, it)) {
    if (PyUnicode_Check(rt, e)) entries.push(jsString(rt, e));
    decref(rt, e);
  }
  drop(rt);
  return entries;
}

/** from package import name: a name that is no attribute may be a submodule. */
function handleFromlist(rt: Runtime, m: Ref, full: string, fromlist: Ref): void {
  const n = rt.i32[fromlist + 4];
  for (let i = 0; i < n; i++) {
    const item = PyTuple_Check(rt, fromlist) ? tupleItem(rt, fromlist, i) : listItem(rt, fromlist, i);
    if (!PyUnicode_Check(rt, item)) throw typeError(rt, "Item in ``from list'' must be str");
    const name = jsString(rt, item);
    if (name === "*") {
      const all = PyObject_GetOptionalAttr(rt, m, rt.names.__all__);
      if (all === 0) continue;
      push(rt, all);
      if (PyTuple_Check(rt, all) || PyList_Check(rt, all)) handleFromlist(rt, m, full, all);
      drop(rt);
    } else if (!hasAttr(rt, m, name)) importSubmodule(rt, `${full}.${name}`);
  }
}

/** A submodule named in a from list; that there is none is for the attribute access to say. */
function importSubmodule(rt: Runtime, name: string): void {
  const m = mark(rt);
  try {
    decref(rt, importModule(rt, name));
  } catch (e) {
    caught(rt, e, m, rt.exc.ModuleNotFoundError);
    const exc = rt.i32[Cell.CURRENT_EXC];
    const missing = rt.i32[exc + ImportErrorField.name];
    if (missing === 0 || !PyUnicode_Check(rt, missing) || jsString(rt, missing) !== name) throw e;
    clearError(rt);
  }
}

/** IMPORT_FROM */
export function importFrom(rt: Runtime, m: Ref, name: Ref): NewRef {
  const v = PyObject_GetOptionalAttr(rt, m, name);
  if (v !== 0) return v;
  const pkg = PyObject_GetOptionalAttr(rt, m, rt.names.__name__);
  const text = jsString(rt, name);
  let pkgName: string | null = null;
  if (pkg !== 0) {
    if (PyUnicode_Check(rt, pkg)) {
      pkgName = jsString(rt, pkg);
      const sub = modulesGet(rt, `${pkgName}.${text}`);
      decref(rt, pkg);
      if (sub !== 0) return newref(rt, sub);
    } else decref(rt, pkg);
  }
  const file = PyObject_GetOptionalAttr(rt, m, rt.names.__file__);
  const where = file !== 0 && PyUnicode_Check(rt, file) ? jsString(rt, file) : null;
  if (file !== 0) decref(rt, file);
  const err = raise(rt, rt.exc.ImportError, explainMissingName(rt, m, pkgName, text, where));
  const exc = rt.i32[Cell.CURRENT_EXC];
  setField(rt, exc + ImportErrorField.name, PyUnicode_FromJS(rt, pkgName ?? "<unknown module name>"));
  if (where !== null) setField(rt, exc + ImportErrorField.path, PyUnicode_FromJS(rt, where));
  setField(rt, exc + ImportErrorField.path + 2, newref(rt, name));
  throw err;
}

/** from m import *: binds the names of `__all__`, or all that do not start with an underscore. */
export function importStar(rt: Runtime, fp: number, m: Ref): void {
  const ns = rt.i32[fp + Frame.locals];
  const all = PyObject_GetOptionalAttr(rt, m, rt.names.__all__);
  let skip = false;
  let names = all;
  if (all === 0) {
    skip = true;
    const dict = PyObject_GetAttr(rt, m, rt.names.__dict__);
    push(rt, dict);
    names = PyObject_CallArgs(rt, rt.types.list, dict);
    drop(rt);
  }
  push(rt, names);
  const it = PyObject_GetIter(rt, names);
  push(rt, it);
  for (let name = PyIter_Next(rt, it); name !== 0; name = PyIter_Next(rt, it)) {
    push(rt, name);
    if (!PyUnicode_Check(rt, name)) throw typeError(rt, "Item in module namespace must be str");
    if (!skip || !jsString(rt, name).startsWith("_")) {
      const v = PyObject_GetAttr(rt, m, name);
      push(rt, v);
      if (PyDict_CheckExact(rt, ns)) PyDict_SetItem(rt, ns, name, v);
      else rt.typeInfos[rt.i32[rt.i32[ns + 2] + 13]].mp_ass_subscript!(rt, ns, name, v);
      drop(rt);
    }
    drop(rt);
  }
  drop(rt, 2);
}
