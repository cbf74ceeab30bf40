/**
 * Why a module has no such attribute: circular imports, files that shadow other modules. Part of the object layer
 * (CPython's Objects/moduleobject.c).
 */
import { attributeError, PyObject_GetOptionalAttr, PyObject_IsTrue } from "./abstract.ts";
import { PyFrozenSet_Check, PySet_Check, PyUnicode_Check } from "./check.ts";
import { dict_getitem_str } from "./dict.ts";
import { ModuleOb } from "./layout.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { PySequence_Contains } from "./sequence.ts";
import { drop, push } from "./stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "./str.ts";
import type { Ref } from "./typeinfo.ts";

/** AttributeError for `m.name`: what to throw. */
export function missingModuleAttribute(rt: Runtime, m: Ref, name: Ref): PyErr {
  return attributeError(rt, explain(rt, m, jsString(rt, name)), m, name);
}

function explain(rt: Runtime, m: Ref, attr: string): string {
  const dict = rt.i32[m + ModuleOb.dict];
  const modName = dict_getitem_str(rt, dict, "__name__");
  if (modName === 0 || !PyUnicode_Check(rt, modName)) return `module has no attribute '${attr}'`;
  const name = jsString(rt, modName);
  const plain = `module '${name}' has no attribute '${attr}'`;
  const spec = dict_getitem_str(rt, dict, "__spec__");
  if (spec === 0) return plain;
  const origin = specOrigin(rt, spec);
  const shadowing = origin !== null && isPossiblyShadowing(rt, origin);
  if (shadowing && isStdlib(rt, name)) {
    const same = `it has the same name as the standard library module named '${name}'`;
    return `${plain} (consider renaming '${origin}' since ${same} and the import system gives it precedence)`;
  }
  if (isInitializing(rt, spec)) return explainCircular(name, attr, origin, shadowing);
  if (isUninitializedSubmodule(rt, spec, attr)) {
    return `cannot access submodule '${attr}' of module '${name}' (most likely due to a circular import)`;
  }
  return plain;
}

/**
 * The message of `from m import attr` when there is no such name. `name` is the module's as shown; `file` its `__file__`, which
 * stands in where the spec names no file (import_from).
 */
export function explainMissingName(
  rt: Runtime,
  m: Ref,
  name: string | null,
  attr: string,
  file: string | null,
): string {
  const shown = `'${name ?? "<unknown module name>"}'`;
  const spec = PyObject_GetOptionalAttr(rt, m, internStatic(rt, "__spec__"));
  push(rt, spec);
  const where = (spec === 0 ? null : specOrigin(rt, spec)) ?? file ?? "unknown location";
  const initializing = spec !== 0 && isInitializing(rt, spec);
  drop(rt);
  if (!initializing) return `cannot import name '${attr}' from ${shown} (${where})`;
  const why = "(most likely due to a circular import)";
  return `cannot import name '${attr}' from partially initialized module ${shown} ${why} (${where})`;
}

function explainCircular(name: string, attr: string, origin: string | null, shadowing: boolean): string {
  if (shadowing) {
    const advice = "if it has the same name as a third-party module you intended to import";
    return `module '${name}' has no attribute '${attr}' (consider renaming '${origin}' ${advice})`;
  }
  const from = origin === null ? "" : ` from '${origin}'`;
  const why = "(most likely due to a circular import)";
  return `partially initialized module '${name}'${from} has no attribute '${attr}' ${why}`;
}

/** spec.origin if the spec says that it is a file's path. */
function specOrigin(rt: Runtime, spec: Ref): string | null {
  const located = PyObject_GetOptionalAttr(rt, spec, internStatic(rt, "has_location"));
  push(rt, located);
  const has = located !== 0 && PyObject_IsTrue(rt, located);
  drop(rt);
  if (!has) return null;
  const origin = PyObject_GetOptionalAttr(rt, spec, internStatic(rt, "origin"));
  push(rt, origin);
  const text = origin !== 0 && PyUnicode_Check(rt, origin) ? jsString(rt, origin) : null;
  drop(rt);
  return text;
}

/** Does the file lie where the program's own modules are looked for first, so that it hides modules further down the path? */
function isPossiblyShadowing(rt: Runtime, origin: string): boolean {
  if (rt.sysDict === 0 || rt.sysPath0 === null || flagOf(rt, "safe_path")) return false;
  const slash = origin.lastIndexOf("/");
  let folder = slash < 0 ? "" : origin.slice(0, slash);
  if (origin.slice(slash + 1) === "__init__.py")
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
  return folder === rt.sysPath0;
}

function flagOf(rt: Runtime, name: string): boolean {
  const flags = dict_getitem_str(rt, rt.sysDict, "flags");
  if (flags === 0) return false;
  const flag = PyObject_GetOptionalAttr(rt, flags, internStatic(rt, name));
  push(rt, flag);
  const set = flag !== 0 && PyObject_IsTrue(rt, flag);
  drop(rt);
  return set;
}

/** Is the name in sys.stdlib_module_names? */
function isStdlib(rt: Runtime, name: string): boolean {
  const names = dict_getitem_str(rt, rt.sysDict, "stdlib_module_names");
  if (names === 0 || !(PyFrozenSet_Check(rt, names) || PySet_Check(rt, names))) return false;
  const slot = push(rt, PyUnicode_FromJS(rt, name));
  const found = PySequence_Contains(rt, names, rt.i32[slot]);
  drop(rt);
  return found;
}

/** spec._initializing */
function isInitializing(rt: Runtime, spec: Ref): boolean {
  const flag = PyObject_GetOptionalAttr(rt, spec, internStatic(rt, "_initializing"));
  push(rt, flag);
  const result = flag !== 0 && PyObject_IsTrue(rt, flag);
  drop(rt);
  return result;
}

/** Is `attr` among the submodules being imported (spec._uninitialized_submodules)? */
function isUninitializedSubmodule(rt: Runtime, spec: Ref, attr: string): boolean {
  const list = PyObject_GetOptionalAttr(rt, spec, internStatic(rt, "_uninitialized_submodules"));
  push(rt, list);
  let found = false;
  if (list !== 0) {
    const name = push(rt, PyUnicode_FromJS(rt, attr));
    found = PySequence_Contains(rt, list, rt.i32[name]);
    drop(rt);
  }
  drop(rt);
  return found;
}
