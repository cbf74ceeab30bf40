/**
 * functools.partial: a callable with some of its arguments given. Part of the modules (CPython's Modules/_functoolsmodule.c).
 *
 *   byte   0      16   24     32   40     48          56
 *          | head | fn | args | kw | dict | weak refs | vectorcall |
 */

import { Cell } from "../heap/cells.ts";
import { PyCallable_Check, reprOf, strOf } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { qualifiedName } from "../objects/baseobject.ts";
import {
  _PyStack_AsDict,
  enterRecursive,
  kwCount,
  leaveRecursive,
  PyObject_Call,
  PyObject_Vectorcall,
} from "../objects/call.ts";
import { PyDict_Check, PyDict_CheckExact, PyTuple_Check, PyTuple_CheckExact } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_Copy, PyDict_Merge, PyDict_New, PyDict_Next, PyDict_Size } from "../objects/dict.ts";
import { typeError } from "../objects/errors.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import {
  PyObject_GenericGetAttr,
  PyObject_GenericGetDict,
  PyObject_GenericSetAttr,
  PyObject_GenericSetDict,
} from "../objects/instance.ts";
import { Ob, TF, Tuple } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref, setField, xnewref } from "../objects/refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Concat, PySequence_Tuple } from "../objects/sequence.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { slot_tp_vectorcall } from "../objects/slottp.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { trashed } from "../objects/trashcan.ts";
import { PyTuple_FromArray, PyTuple_GetSlice, PyTuple_Pack, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyErr_WarnEx } from "../objects/warn.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";

const enum Partial {
  fn = 4,
  args = 6,
  kw = 8,
  dict = 10,
  weakreflist = 12,
  vectorcall = 14,
  BYTES = 64,
}

function partial_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  if (tupleSize(rt, args) < 1) throw typeError(rt, "type 'partial' takes at least one argument");
  let func = tupleItem(rt, args, 0);
  if (!PyCallable_Check(rt, func)) throw typeError(rt, "the first argument must be callable");
  let pargs = 0;
  let pkw = 0;
  if (infoOf(rt, func).tp_call === partial_call && rt.i32[func + Partial.dict] === 0) {
    pargs = rt.i32[func + Partial.args];
    pkw = rt.i32[func + Partial.kw];
    func = rt.i32[func + Partial.fn];
  }
  const p = pushed(rt, infoOfType(rt, type).tp_alloc!(rt, type, 0));
  rt.i32[p + Partial.fn] = newref(rt, func);
  const rest = pushed(rt, PyTuple_GetSlice(rt, args, 1, tupleSize(rt, args)));
  rt.i32[p + Partial.args] = pargs === 0 ? newref(rt, rest) : PySequence_Concat(rt, pargs, rest);
  drop(rt);
  rt.i32[p + Partial.kw] = keywordsFor(rt, pkw, kwargs);
  return pop(rt);
}

/** The keywords of an inner partial with those given now over them. */
function keywordsFor(rt: Runtime, pkw: OptRef, kwargs: OptRef): NewRef {
  if (pkw === 0 || PyDict_Size(rt, pkw) === 0) {
    if (kwargs === 0) return PyDict_New(rt);
    return rt.i32[kwargs] === 1 ? newref(rt, kwargs) : PyDict_Copy(rt, kwargs);
  }
  const kw = PyDict_Copy(rt, pkw);
  push(rt, kw);
  if (kwargs !== 0) PyDict_Merge(rt, kw, kwargs, 1);
  return pop(rt);
}

function partial_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  if (i32[p + Partial.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  partial_clear(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function partial_clear(rt: Runtime, p: Ref): void {
  for (const field of [Partial.fn, Partial.args, Partial.kw, Partial.dict]) clearField(rt, p + field);
}

function partial_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  const i32 = rt.i32;
  visit(i32[p + Ob.type]);
  for (const field of [Partial.fn, Partial.args, Partial.kw, Partial.dict]) {
    if (i32[p + field] !== 0) visit(i32[p + field]);
  }
}

/** Calls with the stored arguments lent before the given ones; keywords of its own need a dict. */
function partial_vectorcall(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const i32 = rt.i32;
  const kw = i32[p + Partial.kw];
  const { tp_vectorcall } = infoOf(rt, i32[p + Partial.fn]);
  // What has only tp_call in CPython is called with the tuple itself.
  const packed = tp_vectorcall === null || tp_vectorcall === slot_tp_vectorcall;
  if (packed || PyDict_Size(rt, kw) !== 0) return callWithOwnKeywords(rt, p, args, nargs, kwnames);
  const own = i32[p + Partial.args];
  const nown = i32[own + Tuple.size];
  const fn = i32[p + Partial.fn];
  if (nown === 0) return PyObject_Vectorcall(rt, fn, args, nargs, kwnames);
  const sp = i32[Cell.SP];
  let at = lendSlots(rt, sp, own + Tuple.items, nown);
  at = lendSlots(rt, at, args, nargs + kwCount(rt, kwnames));
  i32[Cell.SP] = at;
  const result = PyObject_Vectorcall(rt, fn, sp + 1, nown + nargs, kwnames);
  i32[Cell.SP] = sp;
  return result;
}

/** Copies n borrowed references into the high words of native stack slots (see objects/call.ts). */
function lendSlots(rt: Runtime, at: number, from: number, n: number): number {
  const i32 = rt.i32;
  for (let k = 0; k < n; k++, at += 2) {
    i32[at] = 0;
    i32[at + 1] = i32[from + 2 * k];
  }
  return at;
}

function callWithOwnKeywords(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const tuple = pushed(rt, PyTuple_FromArray(rt, args, nargs, false));
  const kwargs = kwnames === 0 ? 0 : _PyStack_AsDict(rt, args + 2 * nargs, kwnames);
  push(rt, kwargs);
  enterRecursive(rt, " while calling a Python object");
  const result = partial_call(rt, p, tuple, kwargs);
  leaveRecursive(rt);
  drop(rt, 2);
  return result;
}

function partial_call(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  const i32 = rt.i32;
  const own = i32[p + Partial.kw];
  let kw: Ref;
  if (PyDict_Size(rt, own) === 0) kw = push(rt, xnewref(rt, kwargs));
  else {
    kw = push(rt, PyDict_Copy(rt, own));
    if (kwargs !== 0) PyDict_Merge(rt, i32[kw], kwargs, 1);
  }
  const all = pushed(rt, PySequence_Concat(rt, i32[p + Partial.args], args));
  const result = PyObject_Call(rt, i32[p + Partial.fn], all, i32[kw]);
  drop(rt, 2);
  return result;
}

/** A partial is no method: in a class it stays as it is, which is to change. */
function partial_descr_get(rt: Runtime, p: Ref, obj: Ref): NewRef {
  if (obj === 0 || obj === rt.None) return newref(rt, p);
  const hint = "wrap it in staticmethod() if you want to preserve the old behavior";
  const what = "functools.partial will be a method descriptor in future Python versions";
  PyErr_WarnEx(rt, rt.exc.FutureWarning, `${what}; ${hint}`, 2);
  return newref(rt, p);
}

function partial_repr(rt: Runtime, p: Ref): NewRef {
  if (!Py_ReprEnter(rt, p)) return PyUnicode_FromJS(rt, "...");
  try {
    return PyUnicode_FromJS(rt, reprText(rt, p));
  } finally {
    Py_ReprLeave(rt, p);
  }
}

function reprText(rt: Runtime, p: Ref): string {
  const i32 = rt.i32;
  const fn = pushed(rt, newref(rt, i32[p + Partial.fn]));
  const args = pushed(rt, newref(rt, i32[p + Partial.args]));
  const kw = pushed(rt, newref(rt, i32[p + Partial.kw]));
  const parts = [reprOf(rt, fn)];
  for (let i = 0; i < tupleSize(rt, args); i++) parts.push(reprOf(rt, tupleItem(rt, args, i)));
  for (let pos = PyDict_Next(rt, kw, 0); pos >= 0; pos = PyDict_Next(rt, kw, pos)) {
    const key = pushed(rt, newref(rt, rt.dictKey));
    const value = pushed(rt, newref(rt, rt.dictValue));
    parts.push(`${strOf(rt, key)}=${reprOf(rt, value)}`);
    drop(rt, 2);
  }
  drop(rt, 3);
  const type = i32[p + Ob.type];
  const name = qualifiedName(rt, type);
  return `${name}(${parts.join(", ")})`;
}

function partial_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const fn = i32[p + Partial.fn];
  const ctor = pushed(rt, PyTuple_Pack(rt, fn));
  const dict = i32[p + Partial.dict] || rt.None;
  const state = pushed(rt, PyTuple_Pack(rt, fn, i32[p + Partial.args], i32[p + Partial.kw], dict));
  const result = PyTuple_Pack(rt, i32[p + Ob.type], ctor, state);
  drop(rt, 2);
  return result;
}

function partial_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  const invalid = (): unknown => typeError(rt, "invalid partial state");
  if (!PyTuple_Check(rt, state) || tupleSize(rt, state) !== 4) throw invalid();
  const [fn, args, kw, dict] = [0, 1, 2, 3].map((i) => tupleItem(rt, state, i));
  if (!PyCallable_Check(rt, fn) || !PyTuple_Check(rt, args)) throw invalid();
  if (kw !== rt.None && !PyDict_Check(rt, kw)) throw invalid();
  push(rt, PyTuple_CheckExact(rt, args) ? newref(rt, args) : PySequence_Tuple(rt, args));
  let keywords: Ref;
  if (kw === rt.None) keywords = PyDict_New(rt);
  else keywords = PyDict_CheckExact(rt, kw) ? newref(rt, kw) : PyDict_Copy(rt, kw);
  const own = pop(rt);
  setField(rt, p + Partial.fn, newref(rt, fn));
  setField(rt, p + Partial.args, own);
  setField(rt, p + Partial.kw, keywords);
  setField(rt, p + Partial.dict, dict === rt.None ? 0 : newref(rt, dict));
  return rt.None;
}

/** The type, a heap type: a new reference. */
export function partialType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "functools.partial",
    basicsize: Partial.BYTES,
    dictoffset: Partial.dict * 4,
    weaklistoffset: Partial.weakreflist * 4,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.HAVE_VECTORCALL | TF.IMMUTABLETYPE,
    heap: true,
    doc: "A function with some of its arguments given already.",
    slots: {
      tp_new: partial_new,
      tp_dealloc: trashed(partial_dealloc),
      tp_traverse: partial_traverse,
      tp_clear: partial_clear,
      tp_call: partial_call,
      tp_vectorcall: partial_vectorcall,
      tp_repr: partial_repr,
      tp_descr_get: partial_descr_get,
      tp_getattro: PyObject_GenericGetAttr,
      tp_setattro: PyObject_GenericSetAttr,
    },
    methods: [
      { name: "__reduce__", flags: METH.NOARGS, fn: partial_reduce },
      { name: "__setstate__", flags: METH.O, fn: partial_setstate },
      { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
    ],
    members: [
      { name: "func", type: "object", offset: Partial.fn, readonly: true },
      { name: "args", type: "object", offset: Partial.args, readonly: true },
      { name: "keywords", type: "object", offset: Partial.kw, readonly: true },
      { name: "__vectorcalloffset__", type: "ssize", offset: Partial.vectorcall, readonly: true },
    ],
    getsets: [{ name: "__dict__", get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }],
  });
}
