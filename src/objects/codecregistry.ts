/**
 * The registry of codecs and error handlers (CPython's Python/codecs.c). Part of the object layer. It keeps three owned
 * objects: the search functions, the cache of found codecs, the error handlers.
 */
import { PyCallable_Check, PyObject_GetOptionalAttr, PyObject_IsTrue } from "./abstract.ts";
import { PyObject_CallMethodOneArg, PyObject_CallOneArg, PyObject_CallTwoArgs } from "./call.ts";
import { PyCFunction_New } from "./cfunction.ts";
import { PyTuple_Check, PyTuple_CheckExact } from "./check.ts";
import { builtinHandlers } from "./codechandlers.ts";
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem } from "./dict.ts";
import { fetch, raise, restore, typeError } from "./errors.ts";
import { listItem, listSize, PyList_Append, PyList_New } from "./list.ts";
import { decref, newref } from "./refcount.ts";
import { registerRoot } from "./roots.ts";
import type { Runtime } from "./runtime.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { internStatic, PyUnicode_FromJS, PyUnicode_InternInPlace } from "./str.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

interface CodecState {
  searchPath: Ref;
  cache: Ref;
  errors: Ref;
  /** The package `encodings` has been imported. */
  ready: boolean;
}

const KEY = "codecs";

function stateOf(rt: Runtime): CodecState {
  return (rt.moduleState.get(KEY) as CodecState | undefined) ?? makeState(rt);
}

function makeState(rt: Runtime): CodecState {
  const state = {
    searchPath: PyList_New(rt, 0),
    cache: PyDict_New(rt),
    errors: PyDict_New(rt),
    ready: false,
  };
  rt.moduleState.set(KEY, state);
  registerRoot(rt, () => [state.searchPath, state.cache, state.errors]);
  for (const def of builtinHandlers) {
    const f = PyCFunction_New(rt, def, 0, 0);
    PyDict_SetItem(rt, state.errors, internStatic(rt, handlerName(def.name)), f);
    decref(rt, f);
  }
  return state;
}

/** "strict_errors" is registered as "strict". */
function handlerName(name: string): string {
  return name.replace(/_errors$/, "");
}

/** Imports the package `encodings`, which registers the standard search function. */
function ensureReady(rt: Runtime): CodecState {
  const state = stateOf(rt);
  if (!state.ready) {
    state.ready = true;
    decref(rt, rt.importHook(internStatic(rt, "encodings"), 0, 0, 0, 0));
  }
  return state;
}

/** codecs.register(search_function) */
export function PyCodec_Register(rt: Runtime, search: Ref): void {
  const state = ensureReady(rt);
  if (!PyCallable_Check(rt, search)) throw typeError(rt, "argument must be callable");
  PyList_Append(rt, state.searchPath, search);
}

/** codecs.unregister(search_function): forgets the function and all cached codecs. */
export function PyCodec_Unregister(rt: Runtime, search: Ref): void {
  const state = stateOf(rt);
  for (let i = 0; i < listSize(rt, state.searchPath); i++) {
    if (listItem(rt, state.searchPath, i) !== search) continue;
    const rest = PyList_New(rt, 0);
    push(rt, rest);
    for (let j = 0; j < listSize(rt, state.searchPath); j++) {
      if (j !== i) PyList_Append(rt, rest, listItem(rt, state.searchPath, j));
    }
    const old = state.searchPath;
    state.searchPath = pop(rt);
    decref(rt, old);
    const oldCache = state.cache;
    state.cache = PyDict_New(rt);
    decref(rt, oldCache);
    return;
  }
}

/** _Py_normalize_encoding: runs of other than letters, digits and dots become one underscore. */
export function normalizeEncoding(name: string, lower = true): string {
  let out = "";
  let gap = false;
  for (const c of name) {
    if (/[a-zA-Z0-9.]/.test(c)) {
      if (gap && out !== "") out += "_";
      gap = false;
      out += lower ? c.toLowerCase() : c;
    } else gap = true;
  }
  return out;
}

/** _PyCodec_Lookup: the codec's tuple, a new reference. */
export function PyCodec_Lookup(rt: Runtime, encoding: string): NewRef {
  const state = ensureReady(rt);
  const key = PyUnicode_InternInPlace(rt, PyUnicode_FromJS(rt, normalizeEncoding(encoding)));
  push(rt, key);
  const known = PyDict_GetItemWithError(rt, state.cache, key);
  const codec = known !== 0 ? newref(rt, known) : search(rt, state, key, encoding);
  drop(rt);
  return codec;
}

function search(rt: Runtime, state: CodecState, key: Ref, encoding: string): NewRef {
  if (listSize(rt, state.searchPath) === 0) {
    throw raise(rt, rt.exc.LookupError, "no codec search functions registered: can't find encoding");
  }
  for (let i = 0; i < listSize(rt, state.searchPath); i++) {
    const result = PyObject_CallOneArg(rt, listItem(rt, state.searchPath, i), key);
    if (result === rt.None) continue;
    push(rt, result);
    if (!PyTuple_Check(rt, result) || tupleSize(rt, result) !== 4) {
      throw typeError(rt, "codec search functions must return 4-tuples");
    }
    PyDict_SetItem(rt, state.cache, key, result);
    return pop(rt);
  }
  throw raise(rt, rt.exc.LookupError, `unknown encoding: ${encoding}`);
}

/** The codec, if it is one between str and bytes. */
export function PyCodec_LookupTextEncoding(rt: Runtime, encoding: string, alternative: string): NewRef {
  const codec = PyCodec_Lookup(rt, encoding);
  if (PyTuple_CheckExact(rt, codec)) return codec;
  push(rt, codec);
  const flag = PyObject_GetOptionalAttr(rt, codec, internStatic(rt, "_is_text_encoding"));
  if (flag !== 0) {
    push(rt, flag);
    if (!PyObject_IsTrue(rt, flag)) {
      const message = `'${encoding}' is not a text encoding; use ${alternative} to handle arbitrary codecs`;
      throw raise(rt, rt.exc.LookupError, message);
    }
    drop(rt);
  }
  return pop(rt);
}

/** Adds a note to the exception being raised (_PyErr_FormatNote). */
function addNote(rt: Runtime, text: string): void {
  const exc = fetch(rt);
  push(rt, exc);
  push(rt, PyUnicode_FromJS(rt, text));
  const note = rt.i32[mark(rt) - 2];
  decref(rt, PyObject_CallMethodOneArg(rt, exc, internStatic(rt, "add_note"), note));
  drop(rt);
  restore(rt, pop(rt));
}

/** Calls function `which` (0 encoder, 1 decoder) of a codec (taken over) on an object; its first result. */
function run(
  rt: Runtime,
  codec: NewRef,
  which: 0 | 1,
  object: Ref,
  errors: OptRef,
  encoding: string,
): NewRef {
  push(rt, codec);
  const f = tupleItem(rt, codec, which);
  let result: NewRef;
  try {
    result = errors === 0 ? PyObject_CallOneArg(rt, f, object) : PyObject_CallTwoArgs(rt, f, object, errors);
  } catch (e) {
    if (e === rt.pyerr)
      addNote(rt, `${which === 0 ? "encoding" : "decoding"} with '${encoding}' codec failed`);
    throw e;
  }
  push(rt, result);
  if (!PyTuple_Check(rt, result) || tupleSize(rt, result) !== 2) {
    const who = which === 0 ? "encoder" : "decoder";
    throw typeError(rt, `${who} must return a tuple (object, integer)`);
  }
  const value = newref(rt, tupleItem(rt, result, 0));
  drop(rt, 2);
  return value;
}

export function PyCodec_Encode(rt: Runtime, object: Ref, encoding: string, errors: OptRef): NewRef {
  return run(rt, PyCodec_Lookup(rt, encoding), 0, object, errors, encoding);
}

export function PyCodec_Decode(rt: Runtime, object: Ref, encoding: string, errors: OptRef): NewRef {
  return run(rt, PyCodec_Lookup(rt, encoding), 1, object, errors, encoding);
}

export function encodeText(rt: Runtime, object: Ref, encoding: string, errors: OptRef): NewRef {
  return run(rt, PyCodec_LookupTextEncoding(rt, encoding, "codecs.encode()"), 0, object, errors, encoding);
}

export function decodeText(rt: Runtime, object: Ref, encoding: string, errors: OptRef): NewRef {
  return run(rt, PyCodec_LookupTextEncoding(rt, encoding, "codecs.decode()"), 1, object, errors, encoding);
}

/** codecs.register_error(name, handler) */
export function PyCodec_RegisterError(rt: Runtime, name: Ref, handler: Ref): void {
  if (!PyCallable_Check(rt, handler)) throw typeError(rt, "handler must be callable");
  PyDict_SetItem(rt, stateOf(rt).errors, name, handler);
}

/** The handler of a name: a new reference. */
export function PyCodec_LookupError(rt: Runtime, name: string): NewRef {
  const key = PyUnicode_FromJS(rt, name);
  push(rt, key);
  const handler = PyDict_GetItemWithError(rt, stateOf(rt).errors, key);
  drop(rt);
  if (handler === 0) throw raise(rt, rt.exc.LookupError, `unknown error handler name '${name}'`);
  return newref(rt, handler);
}
