/**
 * The module _imp, on which Lib/importlib stands: what is built in, and what the precompiled library has. Part of the
 * modules (CPython's Python/import.c).
 */
import { getAttrString } from "../objects/abstract.ts";
import { badArgument } from "../objects/argparse.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { raise } from "../objects/errors.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { importModule, importState } from "../runtime/imports.ts";
import { materialize } from "../runtime/materialize.ts";
import { createModule } from "./native.ts";

function name(rt: Runtime, fname: string, o: Ref): string {
  if (!PyUnicode_Check(rt, o)) throw badArgument(rt, fname, "argument", "str", o);
  return jsString(rt, o);
}

function isNative(rt: Runtime, n: string): boolean {
  return Object.hasOwn(importState(rt).native, n);
}

function create_builtin(rt: Runtime, _m: Ref, spec: Ref): NewRef {
  const n = pushed(rt, getAttrString(rt, spec, "name"));
  const text = name(rt, "create_builtin", n);
  const m = isNative(rt, text) ? importModule(rt, text) : rt.None;
  push(rt, m);
  pop(rt);
  drop(rt);
  return m;
}

function notFrozen(rt: Runtime, _m: Ref, o: Ref): never {
  throw raise(rt, rt.exc.ImportError, `No such frozen object named ${name(rt, "get_frozen_object", o)}`);
}

/** (filename, is a package) of a library module, or None. */
function library_find(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const found = importState(rt).library.find(name(rt, "_library_find", o));
  if (found === null) return rt.None;
  const filename = pushed(rt, PyUnicode_FromJS(rt, found.filename));
  const t = PyTuple_Pack(rt, filename, found.isPackage ? rt.True : rt.False);
  drop(rt);
  return t;
}

function library_code(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const n = name(rt, "_library_code", o);
  const found = importState(rt).library.find(n);
  if (found === null) throw raise(rt, rt.exc.ImportError, `no library module ${n}`);
  return materialize(rt, found.load());
}

function library_source(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const text = importState(rt).library.source(name(rt, "_library_source", o));
  return text === null ? rt.None : PyUnicode_FromJS(rt, text);
}

function library_names(rt: Runtime): NewRef {
  const list = pushed(rt, PyList_New(rt, 0));
  for (const n of importState(rt).library.names()) listAppendSteal(rt, list, PyUnicode_FromJS(rt, n));
  return pop(rt);
}

/** _library_installed(finders, hooks): these stand for what is done natively. */
function library_installed(rt: Runtime, _m: Ref, args: number): NewRef {
  const state = importState(rt);
  const items = (t: Ref): Ref[] => Array.from({ length: tupleSize(rt, t) }, (_, i) => tupleItem(rt, t, i));
  state.finders = items(rt.i32[args]);
  state.hooks = items(rt.i32[args + 2]);
  return rt.None;
}

const METHODS: MethodDef[] = [
  // For test.support: there are no frozen modules, nor other interpreters.
  { name: "_override_frozen_modules_for_tests", flags: METH.O, fn: (rt) => rt.None },
  { name: "_override_multi_interp_extensions_check", flags: METH.O, fn: (rt) => PyLong_FromNumber(rt, 0) },
  { name: "_library_installed", flags: METH.FASTCALL, fn: library_installed },
  { name: "acquire_lock", flags: METH.NOARGS, fn: (rt) => rt.None },
  { name: "release_lock", flags: METH.NOARGS, fn: (rt) => rt.None },
  { name: "lock_held", flags: METH.NOARGS, fn: (rt) => rt.False },
  { name: "extension_suffixes", flags: METH.NOARGS, fn: (rt) => PyList_New(rt, 0) },
  {
    name: "is_builtin",
    flags: METH.O,
    fn: (rt, _m, o) => PyLong_FromNumber(rt, isNative(rt, name(rt, "is_builtin", o)) ? 1 : 0),
  },
  { name: "create_builtin", flags: METH.O, fn: create_builtin },
  { name: "exec_builtin", flags: METH.O, fn: (rt) => PyLong_FromNumber(rt, 0) },
  { name: "is_frozen", flags: METH.O, fn: (rt) => rt.False },
  { name: "is_frozen_package", flags: METH.O, fn: notFrozen },
  { name: "find_frozen", flags: METH.FASTCALL | METH.KEYWORDS, fn: (rt) => rt.None },
  { name: "get_frozen_object", flags: METH.O, fn: notFrozen },
  { name: "init_frozen", flags: METH.O, fn: (rt) => rt.None },
  { name: "_library_find", flags: METH.O, fn: library_find },
  { name: "_library_code", flags: METH.O, fn: library_code },
  { name: "_library_source", flags: METH.O, fn: library_source },
  { name: "_library_names", flags: METH.NOARGS, fn: library_names },
];

export function initModule__imp(rt: Runtime): NewRef {
  const m = createModule(rt, "_imp", METHODS);
  push(rt, m);
  PyModule_AddObject(rt, m, "check_hash_based_pycs", PyUnicode_FromJS(rt, "never"));
  PyModule_AddObject(rt, m, "pyc_magic_number_token", PyLong_FromNumber(rt, 168627187));
  return pop(rt);
}
