/** Loading of classes and functions by name, of extension codes and of persistent objects. Part of the modules, for _pickle.ts. */
import { PyObject_CallMethod, PyObject_CallOneArg } from "../objects/call.ts";
import { PyTuple_Check, PyUnicode_Check, PyUnicode_CheckExact } from "../objects/check.ts";
import { decodeFrom } from "../objects/codecs.ts";
import { PyDict_GetItemWithError, PyDict_SetItem } from "../objects/dict.ts";
import { valueError } from "../objects/errors.ts";
import { Ob } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop, pop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { PyTuple_Pack2, tupleItem, tupleSize } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { decodeUtf8 } from "../objects/utf8.ts";
import { globalOf, importByName, mappedModule, mappedPair } from "./pickleglobal.ts";
import { pickleState, Unpickler, unpicklingError } from "./picklestate.ts";
import { readSize } from "./unpickleatoms.ts";
import { lineStart, readLineOf } from "./unpickleinput.ts";
import { appendObject, popObject, pushObject } from "./unpicklestack.ts";

/** A line of ASCII, without its newline. */
export function decodeAsciiLine(rt: Runtime, u: Ref, min = 2): NewRef {
  const n = readLineOf(rt, u, min);
  return n === 1 ? rt.emptyStr : decodeFrom(rt, lineStart(rt, u), n - 1, "ascii", "strict");
}

function decodeUtf8Line(rt: Runtime, u: Ref): NewRef {
  const n = readLineOf(rt, u, 2);
  return decodeUtf8(rt, lineStart(rt, u), n - 1);
}

/** Calls find_class(), which a subclass may have its own of. */
export function findClass(rt: Runtime, u: Ref, module: Ref, name: Ref): NewRef {
  if (rt.i32[u + Ob.type] === pickleState(rt).Unpickler) return find_class(rt, u, module, name);
  return PyObject_CallMethod(rt, u, internStatic(rt, "find_class"), module, name);
}

/** Unpickler.find_class: imports the module; Python 2's names are replaced by those of today. */
export function find_class(rt: Runtime, u: Ref, module: Ref, name: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[u + Unpickler.proto] < 3 && i32[u + Unpickler.fix_imports] !== 0)
    [module, name] = newNames(rt, module, name);
  const m = pushed(rt, importByName(rt, module));
  const global = globalOf(rt, m, name, i32[u + Unpickler.proto] >= 4);
  drop(rt);
  return global;
}

function newNames(rt: Runtime, module: Ref, name: Ref): [Ref, Ref] {
  const st = pickleState(rt);
  const key = pushed(rt, PyTuple_Pack2(rt, module, name));
  const pair = PyDict_GetItemWithError(rt, st.name_mapping_2to3, key);
  drop(rt);
  if (pair !== 0) return mappedPair(rt, pair, "NAME_MAPPING");
  const renamed = PyDict_GetItemWithError(rt, st.import_mapping_2to3, module);
  return [renamed === 0 ? module : mappedModule(rt, renamed, "IMPORT_MAPPING"), name];
}

export function load_global(rt: Runtime, u: Ref): void {
  const module = pushed(rt, decodeUtf8Line(rt, u));
  const name = pushed(rt, decodeUtf8Line(rt, u));
  const global = findClass(rt, u, module, name);
  drop(rt, 2);
  pushObject(rt, u, global);
}

export function load_stack_global(rt: Runtime, u: Ref): void {
  const name = pushed(rt, popObject(rt, u));
  const module = pushed(rt, popObject(rt, u));
  if (!PyUnicode_CheckExact(rt, module) || !PyUnicode_CheckExact(rt, name))
    throw unpicklingError(rt, "STACK_GLOBAL requires str");
  const global = findClass(rt, u, module, name);
  drop(rt, 2);
  pushObject(rt, u, global);
}

/** Loads the object of an extension code, which the registry names and the cache keeps. */
export function load_extension(rt: Runtime, u: Ref, width: number): void {
  const code = width === 4 ? readSize(rt, u, 4) | 0 : readSize(rt, u, width);
  if (code <= 0) throw unpicklingError(rt, "EXT specifies code <= 0");
  const st = pickleState(rt);
  const key = pushed(rt, PyLong_FromNumber(rt, code));
  const cached = PyDict_GetItemWithError(rt, st.extension_cache, key);
  if (cached !== 0) {
    appendObject(rt, u, cached);
    drop(rt);
    return;
  }
  const pair = PyDict_GetItemWithError(rt, st.inverted_registry, key);
  if (pair === 0) throw valueError(rt, `unregistered extension code ${code}`);
  const [module, name] = extensionNames(rt, pair, code);
  const obj = pushed(rt, findClass(rt, u, module, name));
  PyDict_SetItem(rt, st.extension_cache, key, obj);
  pushObject(rt, u, pop(rt));
  drop(rt);
}

function extensionNames(rt: Runtime, pair: Ref, code: number): [Ref, Ref] {
  const wrong = (): PyErr => valueError(rt, `_inverted_registry[${code}] isn't a 2-tuple of strings`);
  if (!PyTuple_Check(rt, pair) || tupleSize(rt, pair) !== 2) throw wrong();
  const [module, name] = [tupleItem(rt, pair, 0), tupleItem(rt, pair, 1)];
  if (!PyUnicode_Check(rt, module) || !PyUnicode_Check(rt, name)) throw wrong();
  return [module, name];
}

export const NO_PERSISTENT_LOAD =
  "A load persistent id instruction was encountered, but no persistent_load function was specified.";

/** Puts what persistent_load gives for an owned id on the stack. */
function loadPersistent(rt: Runtime, u: Ref, id: NewRef): void {
  pushed(rt, id);
  if (rt.i32[u + Unpickler.persistent_load] === 0) throw unpicklingError(rt, NO_PERSISTENT_LOAD);
  const obj = PyObject_CallOneArg(rt, rt.i32[u + Unpickler.persistent_load], id);
  drop(rt);
  pushObject(rt, u, obj);
}

export function load_persid(rt: Runtime, u: Ref): void {
  const id = catching(rt, rt.exc.UnicodeDecodeError, 0, () => decodeAsciiLine(rt, u, 1));
  if (id === 0) throw unpicklingError(rt, "persistent IDs in protocol 0 must be ASCII strings");
  loadPersistent(rt, u, id);
}

export function load_binpersid(rt: Runtime, u: Ref): void {
  loadPersistent(rt, u, popObject(rt, u));
}
