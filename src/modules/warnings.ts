/**
 * The module `_warnings`: filters, registries, printing. Part of modules/ (CPython's Python/_warnings.c). Natives reach it
 * by `rt.warn`; when Python's own module `warnings` has been imported, its filters and its display take over.
 */
import { Cell } from "../heap/cells.ts";
import {
  PyObject_GetOptionalAttr,
  PyObject_IsSubclass,
  PyObject_IsTrue,
  strOf,
} from "../objects/abstract.ts";
import { badArgument, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_CallMethodOneArg, PyObject_CallOneArg } from "../objects/call.ts";
import { PyCFunction_New } from "../objects/cfunction.ts";
import {
  PyDict_Check,
  PyList_Check,
  PyObject_TypeCheck,
  PyTuple_Check,
  PyType_Check,
  PyUnicode_Check,
  PyUnicode_CheckExact,
} from "../objects/check.ts";
import { dict_getitem_str, dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { raise, raiseObject, typeError, valueError } from "../objects/errors.ts";
import { frameLine } from "../objects/frame.ts";
import { Code, Frame, List, Ob, Tuple } from "../objects/layout.ts";
import { listItem, PyList_Append, PyList_New } from "../objects/list.ts";
import { PyLong_AsInt, PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObjectRef, PyModule_New } from "../objects/module.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { _PyUnicode_EQ, internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack, tupleItem } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { alreadyWarned, markWarned } from "./warnregistry.ts";
import { showWarning } from "./warnshow.ts";

export interface WarningsState {
  filters: Ref;
  onceRegistry: Ref;
  defaultAction: Ref;
  filtersVersion: number;
}

const KEY = "_warnings";

function stateOf(rt: Runtime): WarningsState {
  return rt.moduleState.get(KEY) as WarningsState;
}

/** One warning on its way. All references are borrowed. */
export interface Warning {
  /** An instance of the category. */
  message: Ref;
  /** str(message) */
  text: Ref;
  category: Ref;
  filename: Ref;
  lineno: number;
  module: Ref;
  /** A dict, or 0. */
  registry: OptRef;
  sourceline: OptRef;
  source: OptRef;
}

/** The class of a warning: the message's own if it is a warning, else the given one, else UserWarning. */
function get_category(rt: Runtime, message: Ref, category: OptRef): Ref {
  if (PyObject_TypeCheck(rt, message, rt.exc.Warning)) return rt.i32[message + Ob.type];
  if (category === 0 || category === rt.None) return rt.exc.UserWarning;
  if (!PyType_Check(rt, category) || !PyObject_IsSubclass(rt, category, rt.exc.Warning)) {
    throw typeError(rt, `category must be a Warning subclass, not '${typeNameOf(rt, category)}'`);
  }
  return category;
}

function filenameOf(rt: Runtime, fp: number): Ref {
  return rt.i32[rt.i32[fp + Frame.executable] + Code.filename];
}

/** Frames of the import system do not count as callers. */
function isInternal(rt: Runtime, fp: number): boolean {
  const name = jsString(rt, filenameOf(rt, fp));
  return name.includes("importlib") && name.includes("_bootstrap");
}

function nextExternal(rt: Runtime, fp: number, prefixes: string[]): number {
  do {
    fp = rt.i32[fp + Frame.previous];
  } while (fp !== 0 && (isInternal(rt, fp) || hasPrefix(rt, fp, prefixes)));
  return fp;
}

function hasPrefix(rt: Runtime, fp: number, prefixes: string[]): boolean {
  if (prefixes.length === 0) return false;
  const name = jsString(rt, filenameOf(rt, fp));
  return prefixes.some((prefix) => name.startsWith(prefix));
}

/** The frame that a warning is about, or 0 beyond the outermost. */
function frameAtLevel(rt: Runtime, level: number, prefixes: string[]): number {
  const i32 = rt.i32;
  let fp = i32[Cell.FRAME];
  if (fp === 0) return 0;
  if (prefixes.length > 0 && level < 2) level = 2;
  const internal = level <= 0 || isInternal(rt, fp);
  while (--level > 0 && fp !== 0) fp = internal ? i32[fp + Frame.previous] : nextExternal(rt, fp, prefixes);
  return fp;
}

/** globals["__warningregistry__"], made if need be (borrowed). */
function registryOf(rt: Runtime, globals: Ref): Ref {
  const have = dict_getitem_str(rt, globals, "__warningregistry__");
  if (have !== 0) return have;
  const made = push(rt, PyDict_New(rt));
  const registry = rt.i32[made];
  dict_setitem_str(rt, globals, "__warningregistry__", registry);
  drop(rt);
  return registry;
}

/** Warns in the name of the function `level` frames up. */
function do_warn(
  rt: Runtime,
  message: Ref,
  category: Ref,
  level: number,
  source: OptRef,
  prefixes: string[],
): void {
  const fp = frameAtLevel(rt, level, prefixes);
  const globals = fp === 0 ? rt.sysDict : rt.i32[fp + Frame.globals];
  const lineno = fp === 0 ? 0 : frameLine(rt, fp);
  const filename = push(rt, fp === 0 ? PyUnicode_FromJS(rt, "<sys>") : newref(rt, filenameOf(rt, fp)));
  const registry = push(rt, newref(rt, registryOf(rt, globals)));
  const name = dict_getitem_str(rt, globals, "__name__");
  const usable = name !== 0 && (name === rt.None || PyUnicode_Check(rt, name));
  const module = push(rt, usable ? newref(rt, name) : PyUnicode_FromJS(rt, "<string>"));
  const i32 = rt.i32;
  warn_explicit(rt, category, message, i32[filename], lineno, i32[module], i32[registry], 0, source);
  drop(rt, 3);
}

/** The name of a module that is known only by its file. */
function normalize_module(rt: Runtime, filename: Ref): NewRef {
  const text = jsString(rt, filename);
  if (text === "") return PyUnicode_FromJS(rt, "<unknown>");
  return PyUnicode_FromJS(rt, text.endsWith(".py") ? text.slice(0, -3) : text);
}

function warn_explicit(
  rt: Runtime,
  category: Ref,
  message: Ref,
  filename: Ref,
  lineno: number,
  module: OptRef,
  registry: OptRef,
  sourceline: OptRef,
  source: OptRef,
): void {
  if (module === rt.None) return;
  if (registry !== 0 && registry !== rt.None && !PyDict_Check(rt, registry)) {
    throw typeError(rt, "'registry' must be a dict or None");
  }
  const i32 = rt.i32;
  const moduleAt = push(rt, module === 0 ? normalize_module(rt, filename) : newref(rt, module));
  const isWarning = PyObject_TypeCheck(rt, message, rt.exc.Warning);
  const textAt = push(rt, isWarning ? PyUnicode_FromJS(rt, strOf(rt, message)) : newref(rt, message));
  if (isWarning) category = i32[message + Ob.type];
  const messageAt = push(rt, isWarning ? newref(rt, message) : PyObject_CallOneArg(rt, category, message));
  process(rt, {
    message: i32[messageAt],
    text: i32[textAt],
    category,
    filename,
    lineno,
    module: i32[moduleAt],
    registry: registry === rt.None ? 0 : registry,
    sourceline,
    source,
  });
  drop(rt, 3);
}

/** Shows, raises or swallows a warning, as the registry and the filters say. */
function process(rt: Runtime, w: Warning): void {
  const line = push(rt, PyLong_FromNumber(rt, w.lineno));
  const keyAt = push(rt, PyTuple_Pack(rt, w.text, w.category, rt.i32[line]));
  const key = rt.i32[keyAt];
  const version = stateOf(rt).filtersVersion;
  const known = w.registry !== 0 && alreadyWarned(rt, w.registry, key, version, false);
  if (!known && act(rt, w, key)) showWarning(rt, w);
  drop(rt, 2);
}

/** Applies the first filter that matches; true if the warning is to be shown. */
function act(rt: Runtime, w: Warning, key: Ref): boolean {
  const action = push(rt, get_filter(rt, w));
  const name = jsString(rt, rt.i32[action]);
  drop(rt);
  if (name === "error") throw raiseObject(rt, newref(rt, w.message));
  if (name === "ignore") return false;
  if (name === "always") return true;
  if (w.registry !== 0) markWarned(rt, w.registry, key);
  const version = stateOf(rt).filtersVersion;
  switch (name) {
    case "once":
      return !updateRegistry(rt, w, w.registry || onceRegistry(rt), version);
    case "module":
      return w.registry === 0 || !updateRegistry(rt, w, w.registry, version);
    case "default":
      return true;
    default:
      throw raise(rt, rt.exc.RuntimeError, `Unrecognized action ('${name}') in warnings.filters:\n ${name}`);
  }
}

/** Was the text seen in this registry on whatever line? Remembers it. */
function updateRegistry(rt: Runtime, w: Warning, registry: Ref, version: number): boolean {
  const key = push(rt, PyTuple_Pack(rt, w.text, w.category));
  const seen = alreadyWarned(rt, registry, rt.i32[key], version, true);
  drop(rt);
  return seen;
}

/** Attribute of Python's module `warnings` if that has been imported: a new reference, or 0. */
export function warningsAttr(rt: Runtime, name: string): NewRef | 0 {
  const module = rt.sysModules === 0 ? 0 : dict_getitem_str(rt, rt.sysModules, "warnings");
  if (module === 0) return 0;
  return PyObject_GetOptionalAttr(rt, module, internStatic(rt, name));
}

function onceRegistry(rt: Runtime): Ref {
  const registry = warningsAttr(rt, "onceregistry");
  if (registry === 0) return stateOf(rt).onceRegistry;
  push(rt, registry);
  if (!PyDict_Check(rt, registry)) {
    throw typeError(rt, `_warnings.onceregistry must be a dict, not '${typeNameOf(rt, registry)}'`);
  }
  drop(rt);
  return registry;
}

/** The filters in force: a new reference. */
function currentFilters(rt: Runtime): NewRef {
  const filters = warningsAttr(rt, "filters");
  if (filters === 0) return newref(rt, stateOf(rt).filters);
  push(rt, filters);
  if (!PyList_Check(rt, filters)) throw valueError(rt, "_warnings.filters must be a list");
  return pop(rt);
}

/** The action (a str, new reference) of the first filter that matches, else the default one. */
function get_filter(rt: Runtime, w: Warning): NewRef {
  const filters = currentFilters(rt);
  push(rt, filters);
  for (let k = 0; k < rt.i32[filters + List.size]; k++) {
    const item = push(rt, newref(rt, listItem(rt, filters, k)));
    const filter = rt.i32[item];
    if (!PyTuple_Check(rt, filter) || rt.i32[filter + Tuple.size] !== 5) {
      throw valueError(rt, `_warnings.filters item ${k} isn't a 5-tuple`);
    }
    if (filterMatches(rt, w, filter)) {
      const action = actionText(rt, tupleItem(rt, filter, 0));
      drop(rt, 2);
      return newref(rt, action);
    }
    drop(rt);
  }
  drop(rt);
  return defaultAction(rt);
}

function actionText(rt: Runtime, action: Ref): Ref {
  if (PyUnicode_Check(rt, action)) return action;
  throw typeError(rt, `action must be a string, not '${typeNameOf(rt, action)}'`);
}

function defaultAction(rt: Runtime): NewRef {
  const action = warningsAttr(rt, "defaultaction");
  if (action === 0) return newref(rt, stateOf(rt).defaultAction);
  push(rt, action);
  if (!PyUnicode_Check(rt, action)) {
    throw typeError(rt, `_warnings.defaultaction must be a string, not '${typeNameOf(rt, action)}'`);
  }
  return pop(rt);
}

/** (action, message, category, module, lineno): None, 0 and matching patterns fit. */
function filterMatches(rt: Runtime, w: Warning, filter: Ref): boolean {
  const line = PyNumber_AsSsize_t(rt, tupleItem(rt, filter, 4), rt.exc.OverflowError);
  return (
    check_matched(rt, tupleItem(rt, filter, 1), w.text) &&
    PyObject_IsSubclass(rt, w.category, tupleItem(rt, filter, 2)) &&
    check_matched(rt, tupleItem(rt, filter, 3), w.module) &&
    (line === 0 || line === w.lineno)
  );
}

/** None fits all, a str its equal, a pattern what its method `match` accepts. */
function check_matched(rt: Runtime, pattern: Ref, text: Ref): boolean {
  if (pattern === rt.None) return true;
  if (PyUnicode_CheckExact(rt, pattern) && PyUnicode_CheckExact(rt, text))
    return _PyUnicode_EQ(rt, pattern, text);
  const result = push(rt, PyObject_CallMethodOneArg(rt, pattern, internStatic(rt, "match"), text));
  const truth = PyObject_IsTrue(rt, rt.i32[result]);
  drop(rt);
  return truth;
}

const WARN = kwSpec("warn", "message, category=, stacklevel=, source=, *, skip_file_prefixes=");

function warnings_warn(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [message, category, level, source, skip] = parseFastKw(rt, WARN, args, nargs, kwnames);
  const stacklevel = level === 0 ? 1 : PyNumber_AsSsize_t(rt, level, rt.exc.OverflowError);
  const prefixes = skip === 0 ? [] : prefixList(rt, skip);
  const type = get_category(rt, message, category);
  do_warn(rt, message, type, stacklevel, source === rt.None ? 0 : source, prefixes);
  return rt.None;
}

function prefixList(rt: Runtime, skip: Ref): string[] {
  if (!PyTuple_Check(rt, skip)) throw badArgument(rt, "warn", "argument 'skip_file_prefixes'", "tuple", skip);
  const out: string[] = [];
  for (let k = 0; k < rt.i32[skip + Tuple.size]; k++) {
    const prefix = tupleItem(rt, skip, k);
    if (!PyUnicode_Check(rt, prefix)) {
      throw typeError(rt, `Found non-str '${typeNameOf(rt, prefix)}' in skip_file_prefixes.`);
    }
    out.push(jsString(rt, prefix));
  }
  return out;
}

const WARN_EXPLICIT = kwSpec(
  "warn_explicit",
  "message, category, filename, lineno, module=, registry=, module_globals=, source=",
);

function warnings_warn_explicit(
  rt: Runtime,
  _self: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const parsed = parseFastKw(rt, WARN_EXPLICIT, args, nargs, kwnames);
  const [message, category, filename, line, module, registry, globals, source] = parsed;
  if (!PyUnicode_Check(rt, filename))
    throw badArgument(rt, "warn_explicit", "argument 'filename'", "str", filename);
  const lineno = PyLong_AsInt(rt, line);
  const where = push(rt, sourceLine(rt, globals, lineno));
  const given = source === rt.None ? 0 : source;
  warn_explicit(rt, category, message, filename, lineno, module, registry, rt.i32[where], given);
  drop(rt);
  return rt.None;
}

/** The source line by the loader of `module_globals`: a new reference, or 0. */
function sourceLine(rt: Runtime, globals: OptRef, lineno: number): NewRef | 0 {
  if (globals === 0 || globals === rt.None) return 0;
  if (!PyDict_Check(rt, globals)) {
    throw typeError(rt, `module_globals must be a dict, not '${typeNameOf(rt, globals)}'`);
  }
  const loader = dict_getitem_str(rt, globals, "__loader__");
  const name = dict_getitem_str(rt, globals, "__name__");
  if (loader === 0 || name === 0) return 0;
  const getSource = PyObject_GetOptionalAttr(rt, loader, internStatic(rt, "get_source"));
  if (getSource === 0) return 0;
  push(rt, getSource);
  const source = push(rt, PyObject_CallOneArg(rt, getSource, name));
  const text = PyUnicode_Check(rt, rt.i32[source]) ? jsString(rt, rt.i32[source]) : null;
  drop(rt, 2);
  const line = text?.split(/\r\n|\r|\n/)[lineno - 1];
  return line === undefined ? 0 : PyUnicode_FromJS(rt, line);
}

function filters_mutated(rt: Runtime): NewRef {
  stateOf(rt).filtersVersion++;
  return rt.None;
}

const METHODS: MethodDef[] = [
  {
    name: "warn",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: warnings_warn,
    sig: "($module, /, message, category=None, stacklevel=1, source=None, *,\n     skip_file_prefixes=<unrepresentable>)",
    doc: "Issues a warning, ignores it, or raises it, as the filters say.",
  },
  {
    name: "warn_explicit",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: warnings_warn_explicit,
    sig: "($module, /, message, category, filename, lineno,\n              module=<unrepresentable>, registry=None,\n              module_globals=None, source=None)",
    doc: "As warn, with the place given.",
  },
  { name: "_filters_mutated", flags: METH.NOARGS, fn: filters_mutated, sig: "($module, /)" },
];

/** One filter of the initial list. */
function addFilter(rt: Runtime, filters: Ref, action: string, category: Ref, module: string | null): void {
  const name = module === null ? rt.None : internStatic(rt, module);
  const line = push(rt, PyLong_FromNumber(rt, 0));
  const item = push(rt, PyTuple_Pack(rt, internStatic(rt, action), rt.None, category, name, rt.i32[line]));
  PyList_Append(rt, filters, rt.i32[item]);
  drop(rt, 2);
}

/** What a release build of CPython hides: deprecations outside of `__main__`, import and resource warnings. */
function initFilters(rt: Runtime): NewRef {
  const filters = PyList_New(rt, 0);
  push(rt, filters);
  const exc = rt.exc;
  addFilter(rt, filters, "default", exc.DeprecationWarning, "__main__");
  addFilter(rt, filters, "ignore", exc.DeprecationWarning, null);
  addFilter(rt, filters, "ignore", exc.PendingDeprecationWarning, null);
  addFilter(rt, filters, "ignore", exc.ImportWarning, null);
  addFilter(rt, filters, "ignore", exc.ResourceWarning, null);
  return pop(rt);
}

/** Sets the machinery up: from here on `rt.warn` works. Called once at start-up, before the first warning. */
export function initWarnings(rt: Runtime): void {
  const state: WarningsState = { filters: 0, onceRegistry: 0, defaultAction: 0, filtersVersion: 0 };
  rt.moduleState.set(KEY, state);
  registerRoot(rt, () => [state.filters, state.onceRegistry]);
  state.filters = initFilters(rt);
  state.onceRegistry = PyDict_New(rt);
  state.defaultAction = internStatic(rt, "default");
  rt.warnExplicit = (message, category, filename, lineno) => {
    warn_explicit(rt, category, message, filename, lineno, 0, 0, 0, 0);
  };
  rt.warn = (message, category, stacklevel, source) => {
    do_warn(rt, message, get_category(rt, message, category), stacklevel, source, []);
  };
}

/** Makes the module object. */
export function initModule__warnings(rt: Runtime): NewRef {
  const m = PyModule_New(rt, "_warnings");
  push(rt, m);
  const name = internStatic(rt, "_warnings");
  for (const def of METHODS) {
    const f = push(rt, PyCFunction_New(rt, def, m, name));
    PyModule_AddObjectRef(rt, m, def.name, rt.i32[f]);
    drop(rt);
  }
  const state = stateOf(rt);
  PyModule_AddObjectRef(rt, m, "filters", state.filters);
  PyModule_AddObjectRef(rt, m, "_onceregistry", state.onceRegistry);
  PyModule_AddObjectRef(rt, m, "_defaultaction", state.defaultAction);
  return pop(rt);
}
