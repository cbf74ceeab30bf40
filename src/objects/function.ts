/** Function objects. Part of the object layer (CPython's Objects/funcobject.c). Calling them is in callpy.ts. */

import { zeroWords } from "../heap/words.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { badArgument, kwSpec, parseTupleKw } from "./argparse.ts";
import { PyVectorcall_Call } from "./call.ts";
import { function_vectorcall } from "./callpy.ts";
import { PyCode_Check, PyDict_Check, PyTuple_Check, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import {
  dictKeysVersion,
  dictLookupStr,
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_SetItem,
} from "./dict.ts";
import { typeError, valueError } from "./errors.ts";
import { Code, Dict, Func, Keys, Ob, TF } from "./layout.ts";
import { PyMethod_New } from "./method.ts";
import { clearField, decref, newref, setField, xdecref, xnewref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { pop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import type { NewRef, OptRef, Ref, Visit } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** The builtins of a namespace: its `__builtins__` (a dict, or a module's), else the interpreter's. Borrowed. */
export function builtinsOf(rt: Runtime, globals: Ref): Ref {
  const b = PyDict_GetItemWithError(rt, globals, rt.names.__builtins__);
  if (b === 0) return rt.builtinsDict;
  return rt.i32[b + Ob.type] === rt.types.module ? rt.i32[b + 4] : b;
}

/**
 * What the functions of one namespace share: where its `__builtins__` and `__name__` stand. Good while the keys' version is the
 * same. `rt` and `globals` only tell whether it is the namespace of last time.
 */
const lastSpace: { rt: Runtime | null; globals: Ref; version: number; builtinsAt: number; nameAt: number } = {
  rt: null,
  globals: 0,
  version: 0,
  builtinsAt: 0,
  nameAt: 0,
};

function knowSpace(rt: Runtime, globals: Ref): boolean {
  if (rt.i32[globals + Ob.type] !== rt.types.dict) return false;
  const version = dictKeysVersion(rt, globals);
  const builtinsAt = dictLookupStr(rt, globals, rt.names.__builtins__);
  const nameAt = dictLookupStr(rt, globals, rt.names.__name__);
  if (version === 0 || builtinsAt === 0 || nameAt === 0) return false;
  lastSpace.rt = rt;
  lastSpace.globals = globals;
  lastSpace.version = version;
  lastSpace.builtinsAt = builtinsAt;
  lastSpace.nameAt = nameAt;
  return true;
}

/** Sets a new function's builtins and module. */
function setSpace(rt: Runtime, p: Ref, globals: Ref): void {
  const i32 = rt.i32;
  const L = lastSpace;
  const known =
    L.globals === globals && L.rt === rt && i32[i32[globals + Dict.keys] + Keys.version] === L.version;
  if (known || knowSpace(rt, globals)) {
    const b = i32[L.builtinsAt];
    const name = i32[L.nameAt];
    if (b !== 0 && name !== 0) {
      i32[p + Func.builtins] = newref(rt, i32[b + Ob.type] === rt.types.module ? i32[b + 4] : b);
      i32[p + Func.module] = newref(rt, name);
      return;
    }
  }
  i32[p + Func.builtins] = newref(rt, builtinsOf(rt, globals));
  i32[p + Func.module] = xnewref(rt, PyDict_GetItemWithError(rt, globals, rt.names.__name__));
}

/** PyFunction_NewWithQualName: a function of a code object in a namespace, without defaults or closure. */
export function PyFunction_New(rt: Runtime, code: Ref, globals: Ref): NewRef {
  const i32 = rt.i32;
  const p = PyObject_GC_New(rt, rt.types.function, Func.BYTES);
  zeroWords(rt, p + 4, Func.BYTES / 4 - 4);
  i32[p + Func.globals] = newref(rt, globals);
  i32[p + Func.name] = newref(rt, i32[code + Code.name]);
  i32[p + Func.qualname] = newref(rt, i32[code + Code.qualname]);
  i32[p + Func.code] = newref(rt, code);
  i32[p + Func.doc] = newref(rt, docOf(rt, code));
  setSpace(rt, p, globals);
  i32[p + Func.version] = i32[code + Code.version];
  PyObject_GC_Track(rt, p);
  return p;
}

function docOf(rt: Runtime, code: Ref): Ref {
  const consts = rt.i32[code + Code.consts];
  if (tupleSize(rt, consts) === 0 || (rt.i32[code + Code.flags] & 1) === 0) return rt.None;
  const first = tupleItem(rt, consts, 0);
  return PyUnicode_Check(rt, first) ? first : rt.None;
}

const FIELDS = [
  Func.code,
  Func.globals,
  Func.builtins,
  Func.module,
  Func.defaults,
  Func.kwdefaults,
  Func.doc,
  Func.name,
  Func.dict,
  Func.closure,
  Func.annotations,
  Func.typeparams,
  Func.qualname,
] as const;

/** CPython's order: what func_clear clears, then code, name and qualname. */
const DEALLOC_ORDER = [
  Func.globals,
  Func.builtins,
  Func.module,
  Func.defaults,
  Func.kwdefaults,
  Func.doc,
  Func.dict,
  Func.closure,
  Func.annotations,
  Func.typeparams,
  Func.code,
  Func.name,
  Func.qualname,
] as const;

function func_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  if (i32[p + Func.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  xdecref(rt, i32[p + Func.globals]);
  xdecref(rt, i32[p + Func.builtins]);
  xdecref(rt, i32[p + Func.module]);
  if (i32[p + Func.defaults] !== 0) decref(rt, i32[p + Func.defaults]);
  if (i32[p + Func.kwdefaults] !== 0) decref(rt, i32[p + Func.kwdefaults]);
  xdecref(rt, i32[p + Func.doc]);
  if (i32[p + Func.dict] !== 0) decref(rt, i32[p + Func.dict]);
  if (i32[p + Func.closure] !== 0) decref(rt, i32[p + Func.closure]);
  if (i32[p + Func.annotations] !== 0) decref(rt, i32[p + Func.annotations]);
  if (i32[p + Func.typeparams] !== 0) decref(rt, i32[p + Func.typeparams]);
  decref(rt, i32[p + Func.code]);
  decref(rt, i32[p + Func.name]);
  decref(rt, i32[p + Func.qualname]);
  PyObject_GC_Del(rt, p);
}

function func_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  for (const f of FIELDS) if (rt.i32[p + f] !== 0) visit(rt.i32[p + f]);
}

/** Clears what may be part of a cycle. The code stays and the names become empty: a function can always be shown. */
function func_clear(rt: Runtime, p: Ref): void {
  rt.i32[p + Func.version] = 0;
  for (const f of DEALLOC_ORDER)
    if (f !== Func.code && f !== Func.name && f !== Func.qualname) clearField(rt, p + f);
  setField(rt, p + Func.name, rt.emptyStr);
  setField(rt, p + Func.qualname, rt.emptyStr);
}

function func_repr(rt: Runtime, p: Ref): NewRef {
  return PyUnicode_FromJS(rt, `<function ${jsString(rt, rt.i32[p + Func.qualname])} at ${hexAddress(p)}>`);
}

function func_descr_get(rt: Runtime, f: Ref, obj: OptRef): NewRef {
  if (obj === 0 || obj === rt.None) return newref(rt, f);
  return PyMethod_New(rt, f, obj);
}

/** The annotations as a dict: made from the compiler's tuple on first use. Borrowed, or 0 if there are none. */
export function func_annotations(rt: Runtime, p: Ref): OptRef {
  const a = rt.i32[p + Func.annotations];
  if (a === 0 || !PyTuple_Check(rt, a)) return a;
  const d = PyDict_New(rt);
  push(rt, d);
  for (let i = 0; i < tupleSize(rt, a); i += 2)
    PyDict_SetItem(rt, d, tupleItem(rt, a, i), tupleItem(rt, a, i + 1));
  setField(rt, p + Func.annotations, pop(rt));
  return d;
}

/** A function's version changes when what a call depends on changes, so that call sites look again. */
function changed(rt: Runtime, p: Ref): void {
  rt.i32[p + Func.version] = 0;
}

function setCode(rt: Runtime, p: Ref, v: OptRef): void {
  if (v === 0 || !PyCode_Check(rt, v)) throw typeError(rt, "__code__ must be set to a code object");
  const closure = rt.i32[p + Func.closure];
  const have = closure === 0 ? 0 : tupleSize(rt, closure);
  const need = rt.i32[v + Code.nfreevars];
  if (have !== need) {
    const name = jsString(rt, rt.i32[p + Func.name]);
    throw valueError(rt, `${name}() requires a code object with ${have} free vars, not ${need}`);
  }
  changed(rt, p);
  setField(rt, p + Func.code, newref(rt, v));
}

function setText(rt: Runtime, p: Ref, v: OptRef, at: number, what: string): void {
  if (v === 0 || !PyUnicode_Check(rt, v)) throw typeError(rt, `${what} must be set to a string object`);
  setField(rt, p + at, newref(rt, v));
}

function setOptional(
  rt: Runtime,
  p: Ref,
  v: OptRef,
  at: number,
  check: (rt: Runtime, o: Ref) => boolean,
  message: string,
): void {
  const value = v === rt.None ? 0 : v;
  if (value !== 0 && !check(rt, value)) throw typeError(rt, message);
  changed(rt, p);
  setField(rt, p + at, xnewref(rt, value));
}

function orNone(rt: Runtime, v: OptRef): NewRef {
  return newref(rt, v === 0 ? rt.None : v);
}

const NEW = kwSpec("function", "code, globals, name=, argdefs=, closure=, kwdefaults=");

/** function(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None) */
function func_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [code, globals, name, argdefs, closure, kwdefaults] = parseTupleKw(rt, NEW, args, kwargs);
  if (!PyCode_Check(rt, code)) throw badArgument(rt, "function", "argument 'code'", "code", code);
  if (!PyDict_Check(rt, globals)) throw badArgument(rt, "function", "argument 'globals'", "dict", globals);
  if (name !== 0 && name !== rt.None && !PyUnicode_Check(rt, name))
    throw typeError(rt, "arg 3 (name) must be None or string");
  if (argdefs !== 0 && argdefs !== rt.None && !PyTuple_Check(rt, argdefs))
    throw typeError(rt, "arg 4 (defaults) must be None or tuple");
  checkClosure(rt, code, closure);
  const f = PyFunction_New(rt, code, globals);
  if (name !== 0 && name !== rt.None) setField(rt, f + Func.name, newref(rt, name));
  if (argdefs !== 0 && argdefs !== rt.None) setField(rt, f + Func.defaults, newref(rt, argdefs));
  if (closure !== 0 && closure !== rt.None) setField(rt, f + Func.closure, newref(rt, closure));
  if (kwdefaults !== 0 && kwdefaults !== rt.None) setField(rt, f + Func.kwdefaults, newref(rt, kwdefaults));
  return f;
}

function checkClosure(rt: Runtime, code: Ref, closure: OptRef): void {
  const need = rt.i32[code + Code.nfreevars];
  if (closure === 0 || closure === rt.None) {
    if (need > 0) throw typeError(rt, "arg 5 (closure) must be tuple");
    return;
  }
  if (!PyTuple_Check(rt, closure)) throw typeError(rt, "arg 5 (closure) must be None or tuple");
  if (tupleSize(rt, closure) !== need) {
    const name = jsString(rt, rt.i32[code + Code.name]);
    throw valueError(rt, `${name} requires closure of length ${need}, not ${tupleSize(rt, closure)}`);
  }
  for (let i = 0; i < need; i++) {
    const c = tupleItem(rt, closure, i);
    if (rt.i32[c + Ob.type] !== rt.types.cell)
      throw typeError(rt, `arg 5 (closure) expected cell, found ${typeNameOf(rt, c)}`);
  }
}

export function initFunction(rt: Runtime): void {
  const getDict = (rt: Runtime, p: Ref): NewRef => {
    if (rt.i32[p + Func.dict] === 0) rt.i32[p + Func.dict] = PyDict_New(rt);
    return newref(rt, rt.i32[p + Func.dict]);
  };
  const { defaults, kwdefaults, doc, module, name, qualname, annotations, typeparams } = {
    defaults: Func.defaults,
    kwdefaults: Func.kwdefaults,
    doc: Func.doc,
    module: Func.module,
    name: Func.name,
    qualname: Func.qualname,
    annotations: Func.annotations,
    typeparams: Func.typeparams,
  };
  defineType(
    rt,
    {
      name: "function",
      basicsize: Func.BYTES,
      dictoffset: 88,
      weaklistoffset: 96,
      flags: TF.HAVE_GC | TF.HAVE_VECTORCALL | TF.METHOD_DESCRIPTOR,
      slots: {
        tp_dealloc: func_dealloc,
        tp_traverse: func_traverse,
        tp_clear: func_clear,
        tp_repr: func_repr,
        tp_call: PyVectorcall_Call,
        tp_vectorcall: function_vectorcall,
        tp_descr_get: func_descr_get,
        tp_new: func_new,
      },
      members: [
        { name: "__closure__", type: "object", offset: Func.closure, readonly: true },
        { name: "__doc__", type: "object", offset: doc },
        { name: "__globals__", type: "object", offset: Func.globals, readonly: true },
        { name: "__module__", type: "object", offset: module },
        { name: "__builtins__", type: "object", offset: Func.builtins, readonly: true },
      ],
      getsets: [
        { name: "__code__", get: (rt, p) => newref(rt, rt.i32[p + Func.code]), set: setCode },
        {
          name: "__defaults__",
          get: (rt, p) => orNone(rt, rt.i32[p + defaults]),
          set: (rt, p, v) =>
            setOptional(rt, p, v, defaults, PyTuple_Check, "__defaults__ must be set to a tuple object"),
        },
        {
          name: "__kwdefaults__",
          get: (rt, p) => orNone(rt, rt.i32[p + kwdefaults]),
          set: (rt, p, v) =>
            setOptional(rt, p, v, kwdefaults, PyDict_Check, "__kwdefaults__ must be set to a dict object"),
        },
        {
          name: "__annotations__",
          get: (rt, p) => {
            const a = func_annotations(rt, p);
            if (a !== 0) return newref(rt, a);
            rt.i32[p + annotations] = PyDict_New(rt);
            return newref(rt, rt.i32[p + annotations]);
          },
          set: (rt, p, v) =>
            setOptional(rt, p, v, annotations, PyDict_Check, "__annotations__ must be set to a dict object"),
        },
        { name: "__dict__", get: getDict, set: setDict },
        {
          name: "__name__",
          get: (rt, p) => newref(rt, rt.i32[p + name]),
          set: (rt, p, v) => setText(rt, p, v, name, "__name__"),
        },
        {
          name: "__qualname__",
          get: (rt, p) => newref(rt, rt.i32[p + qualname]),
          set: (rt, p, v) => setText(rt, p, v, qualname, "__qualname__"),
        },
        {
          name: "__type_params__",
          get: (rt, p) => newref(rt, rt.i32[p + typeparams] === 0 ? rt.emptyTuple : rt.i32[p + typeparams]),
          set: (rt, p, v) => {
            if (v === 0 || !PyTuple_Check(rt, v))
              throw typeError(rt, "__type_params__ must be set to a tuple");
            setField(rt, p + typeparams, newref(rt, v));
          },
        },
      ],
    },
    rt.types.function,
  );
}

function setDict(rt: Runtime, p: Ref, v: OptRef): void {
  if (v === 0) throw typeError(rt, "cannot delete __dict__");
  if (!PyDict_Check(rt, v))
    throw typeError(rt, `__dict__ must be set to a dictionary, not a '${typeNameOf(rt, v)}'`);
  setField(rt, p + Func.dict, newref(rt, v));
}
