/** The module `sys`. Part of the modules (CPython's Python/sysmodule.c). */
import { dict_getitem_str, dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { PyDict_Copy } from "../objects/dictmerge.ts";
import { ModuleOb } from "../objects/layout.ts";
import { PyList_Append, PyList_New } from "../objects/list.ts";
import { PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { setIntMaxStrDigits } from "../objects/longstr.ts";
import { _PyNamespace_New } from "../objects/namespace.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PyFrozenSet_New } from "../objects/set.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS, PyUnicode_InternFromJS } from "../objects/str.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { createModule } from "./native.ts";
import { nativeModules } from "./registry.ts";
import { STDLIB_MODULE_NAMES } from "./stdlibnames.ts";
import { flushFile, initStdStreams, stdStream } from "./stdstream.ts";
import { frameFunctions } from "./sysframes.ts";
import { hookFunctions } from "./syshooks.ts";
import * as info from "./sysinfo.ts";
import { memoryFunctions } from "./sysmem.ts";
import { settingFunctions } from "./syssettings.ts";
import { type SysState, stateOf } from "./sysstate.ts";
import { unraisableFunctions, writeUnraisable } from "./sysunraisable.ts";

const METHODS = [
  ...frameFunctions,
  ...hookFunctions,
  ...memoryFunctions,
  ...settingFunctions,
  ...unraisableFunctions,
];

export function initModule_sys(rt: Runtime): NewRef {
  const hooks = newState(rt);
  rt.moduleState.set("sys", hooks);
  rt.asyncgenHooks = hooks;
  const m = createModule(rt, "sys", METHODS, "What the interpreter uses and tells about itself.");
  push(rt, m);
  const dict = rt.i32[m + ModuleOb.dict];
  if (rt.sysModules === 0) rt.sysModules = PyDict_New(rt);
  registerRoot(rt, () => [rt.sysModules, rt.sysDict, rt.builtinsDict, rt.threadDict], "the interpreter");
  const state = stateOf(rt);
  if (rt.options.intMaxStrDigits !== undefined) setIntMaxStrDigits(rt, rt.options.intMaxStrDigits);
  registerRoot(rt, () => [...state.auditHooks, state.firstiter, state.finalizer], "sys");
  keepCopy(rt, dict);
  dict_setitem_str(rt, dict, "modules", rt.sysModules);
  addFacts(rt, dict);
  addPaths(rt, dict);
  addHooks(rt, dict);
  addStreams(rt, dict);
  return pop(rt);
}

/** The interpreter keeps a copy of what sys has as a module: its functions (sysdict_copy). */
function keepCopy(rt: Runtime, dict: Ref): void {
  const copy = PyDict_Copy(rt, dict);
  registerRoot(rt, () => [copy], "the interpreter's copy of sys");
}

function newState(rt: Runtime): SysState {
  return {
    types: info.sysTypes(rt),
    unraisablehook: 0,
    auditHooks: [],
    firstiter: 0,
    finalizer: 0,
    switchInterval: 0.005,
    originDepth: 0,
    finalizing: false,
  };
}

/** dict[name] = value, taking the value over. */
function set(rt: Runtime, dict: Ref, name: string, value: NewRef): void {
  push(rt, value);
  dict_setitem_str(rt, dict, name, value);
  drop(rt);
}

function setStr(rt: Runtime, dict: Ref, name: string, text: string): void {
  set(rt, dict, name, PyUnicode_FromJS(rt, text));
}

function listOf(rt: Runtime, texts: string[]): NewRef {
  const list = pushed(rt, PyList_New(rt, 0));
  for (const text of texts) {
    PyList_Append(rt, list, pushed(rt, PyUnicode_FromJS(rt, text)));
    drop(rt);
  }
  return pop(rt);
}

function tupleOf(rt: Runtime, texts: string[]): NewRef {
  const tuple = pushed(rt, PyTuple_New(rt, texts.length));
  texts.forEach((text, i) => {
    PyTuple_SET_ITEM(rt, tuple, i, PyUnicode_InternFromJS(rt, text));
  });
  return pop(rt);
}

function addFacts(rt: Runtime, dict: Ref): void {
  setStr(rt, dict, "version", info.VERSION);
  set(rt, dict, "hexversion", PyLong_FromNumber(rt, info.HEXVERSION));
  set(rt, dict, "_git", tupleOf(rt, ["Glassheap", "", ""]));
  setStr(rt, dict, "_framework", "");
  set(rt, dict, "api_version", PyLong_FromNumber(rt, 1013));
  setStr(rt, dict, "copyright", "Copyright (c) 2026 The Glassheap authors.");
  setStr(rt, dict, "platform", rt.host.platform);
  set(rt, dict, "maxsize", PyLong_FromBigInt(rt, 9223372036854775807n));
  set(rt, dict, "float_info", info.float_info(rt));
  set(rt, dict, "int_info", info.int_info(rt));
  set(rt, dict, "hash_info", info.hash_info(rt));
  set(rt, dict, "maxunicode", PyLong_FromNumber(rt, 0x10ffff));
  set(rt, dict, "builtin_module_names", tupleOf(rt, Object.keys(nativeModules).sort()));
  set(rt, dict, "stdlib_module_names", stdlibNames(rt));
  setStr(rt, dict, "byteorder", "little");
  setStr(rt, dict, "abiflags", "");
  set(rt, dict, "version_info", info.version_info(rt));
  addImplementation(rt, dict);
  set(rt, dict, "flags", info.flags(rt));
  setStr(rt, dict, "float_repr_style", "short");
  set(rt, dict, "thread_info", info.thread_info(rt));
}

function stdlibNames(rt: Runtime): NewRef {
  const names = pushed(rt, tupleOf(rt, STDLIB_MODULE_NAMES.split(" ")));
  const result = PyFrozenSet_New(rt, names);
  drop(rt);
  return result;
}

function addImplementation(rt: Runtime, dict: Ref): void {
  const items = pushed(rt, PyDict_New(rt));
  setStr(rt, items, "name", "glassheap");
  setStr(rt, items, "cache_tag", "glassheap-313");
  dict_setitem_str(rt, items, "version", dict_getitem_str(rt, dict, "version_info"));
  set(rt, items, "hexversion", PyLong_FromNumber(rt, info.HEXVERSION));
  setStr(rt, items, "_multiarch", "x86_64-linux-gnu");
  set(rt, dict, "implementation", _PyNamespace_New(rt, items));
  drop(rt);
}

function addPaths(rt: Runtime, dict: Ref): void {
  const { argv, origArgv, path, executable, prefix } = rt.options;
  for (const name of ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"]) {
    setStr(rt, dict, name, prefix ?? "");
  }
  setStr(rt, dict, "executable", executable ?? "");
  setStr(rt, dict, "_base_executable", executable ?? "");
  setStr(rt, dict, "platlibdir", "lib");
  dict_setitem_str(rt, dict, "pycache_prefix", rt.None);
  set(rt, dict, "argv", listOf(rt, argv ?? [""]));
  set(rt, dict, "orig_argv", listOf(rt, origArgv ?? argv ?? []));
  set(rt, dict, "path", listOf(rt, path ?? []));
  set(rt, dict, "warnoptions", listOf(rt, rt.options.warnOptions ?? []));
  for (const name of ["meta_path", "path_hooks"]) set(rt, dict, name, PyList_New(rt, 0));
  set(rt, dict, "path_importer_cache", PyDict_New(rt));
  set(rt, dict, "_xoptions", xOptions(rt));
  dict_setitem_str(rt, dict, "dont_write_bytecode", rt.True);
}

function xOptions(rt: Runtime): NewRef {
  const dict = pushed(rt, PyDict_New(rt));
  for (const [name, value] of rt.options.xOptions ?? []) {
    if (value === true) dict_setitem_str(rt, dict, name, rt.True);
    else setStr(rt, dict, name, value);
  }
  return pop(rt);
}

/** The dunder copies of the hooks. */
function addHooks(rt: Runtime, dict: Ref): void {
  for (const name of ["displayhook", "excepthook", "breakpointhook", "unraisablehook"]) {
    dict_setitem_str(rt, dict, `__${name}__`, dict_getitem_str(rt, dict, name));
  }
  stateOf(rt).unraisablehook = dict_getitem_str(rt, dict, "__unraisablehook__");
  rt.writeUnraisable = (where, message) => writeUnraisable(rt, where, message);
}

function addStreams(rt: Runtime, dict: Ref): void {
  initStdStreams(rt);
  rt.flushStreams = () => flushStreams(rt);
  ["stdin", "stdout", "stderr"].forEach((name, fd) => {
    set(rt, dict, name, stdStream(rt, fd, `<${name}>`));
    dict_setitem_str(rt, dict, `__${name}__`, dict_getitem_str(rt, dict, name));
  });
}

/** At the end: whatever sys.stdout and sys.stderr are now writes out what it holds. */
function flushStreams(rt: Runtime): void {
  for (const name of ["stdout", "stderr"]) {
    const file = dict_getitem_str(rt, rt.sysDict, name);
    if (file === 0 || file === rt.None) continue;
    push(rt, newref(rt, file));
    catching(rt, rt.exc.BaseException, undefined, () => flushFile(rt, file));
    drop(rt);
  }
}
