import { PyObject_GetOptionalAttr, PyObject_SetAttr, PyObject_Str, reprOf } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_UnTrack } from "./alloc.ts";
import { noKeywords } from "./argparse.ts";
import {
  PyDict_Check,
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyList_Check,
  PyTraceBack_Check,
  PyTuple_Check,
  PyUnicode_Check,
} from "./check.ts";
import { defineType } from "./defineType.ts";
import { PyDict_Next } from "./dict.ts";
import { fetch, typeError } from "./errors.ts";
import { PyObject_GenericGetAttr, PyObject_GenericGetDict, PyObject_GenericSetDict } from "./instance.ts";
import { Exc, Ob, TF, Tuple } from "./layout.ts";
import { PyList_Append, PyList_New } from "./list.ts";
import { clearField, newref, setField } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Tuple } from "./sequence.ts";
import { infoOf, infoOfType, tpName, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { PyType_GenericAlloc } from "./subtype.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import {
  METH,
  type NewRef,
  type OptRef,
  type Ref,
  type StolenRef,
  type TypeInfo,
  type Visit,
} from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

const FIELDS = [Exc.dict, Exc.args, Exc.notes, Exc.traceback, Exc.cause, Exc.context];

export function BaseException_new(rt: Runtime, type: Ref, args: Ref, _kwargs: OptRef): NewRef {
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + Exc.args] = newref(rt, args);
  return p;
}

export function BaseException_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  if (kwargs !== 0) noKeywords(rt, tpName(rt, rt.i32[p + Ob.type]), kwargs);
  setField(rt, p + Exc.args, newref(rt, args));
}

export function BaseException_clear(rt: Runtime, p: Ref): void {
  clearField(rt, p + Exc.dict);
  clearField(rt, p + Exc.args);
  clearField(rt, p + Exc.notes);
  clearField(rt, p + Exc.traceback);
  clearField(rt, p + Exc.cause);
  clearField(rt, p + Exc.context);
}

export function BaseException_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  for (const field of FIELDS) if (rt.i32[p + field] !== 0) visit(rt.i32[p + field]);
}

/** A chain of a million contexts goes away in constant stack. */
export function BaseException_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  if (!trashBegin(rt, p, BaseException_dealloc)) return;
  BaseException_clear(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  trashEnd(rt);
}

export function BaseException_str(rt: Runtime, p: Ref): NewRef {
  const args = rt.i32[p + Exc.args];
  switch (rt.i32[args + Tuple.size]) {
    case 0:
      return newref(rt, rt.emptyStr);
    case 1:
      return PyObject_Str(rt, tupleItem(rt, args, 0));
    default:
      return PyObject_Str(rt, args);
  }
}

export function BaseException_repr(rt: Runtime, p: Ref): NewRef {
  const name = tpName(rt, rt.i32[p + Ob.type]).replace(/^.*\./, "");
  const args = rt.i32[p + Exc.args];
  const one = rt.i32[args + Tuple.size] === 1;
  const text = one ? `${name}(${reprOf(rt, tupleItem(rt, args, 0))})` : `${name}${reprOf(rt, args)}`;
  return PyUnicode_FromJS(rt, text);
}

function BaseException_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const dict = i32[p + Exc.dict];
  const type = i32[p + Ob.type];
  if (dict !== 0) return PyTuple_Pack(rt, type, i32[p + Exc.args], dict);
  return PyTuple_Pack(rt, type, i32[p + Exc.args]);
}

function BaseException_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  if (state === rt.None) return rt.None;
  if (!PyDict_Check(rt, state)) throw typeError(rt, "state is not a dictionary");
  for (let pos = PyDict_Next(rt, state, 0); pos >= 0; pos = PyDict_Next(rt, state, pos)) {
    const key = push(rt, newref(rt, rt.dictKey));
    const value = push(rt, newref(rt, rt.dictValue));
    PyObject_SetAttr(rt, p, rt.i32[key], rt.i32[value]);
    drop(rt, 2);
  }
  return rt.None;
}

function BaseException_with_traceback(rt: Runtime, p: Ref, tb: Ref): NewRef {
  setTracebackAttribute(rt, p, tb);
  return newref(rt, p);
}

function BaseException_add_note(rt: Runtime, p: Ref, note: Ref): NewRef {
  if (!PyUnicode_Check(rt, note)) throw typeError(rt, `note must be a str, not '${typeNameOf(rt, note)}'`);
  let notes = PyObject_GetOptionalAttr(rt, p, rt.names.__notes__);
  const slot = push(rt, notes);
  if (notes === 0) {
    notes = PyList_New(rt, 0);
    rt.i32[slot] = notes;
    PyObject_SetAttr(rt, p, rt.names.__notes__, notes);
  }
  if (!PyList_Check(rt, notes)) throw typeError(rt, "Cannot add note: __notes__ is not a list");
  PyList_Append(rt, notes, note);
  drop(rt);
  return rt.None;
}

function orNone(rt: Runtime, p: OptRef): NewRef {
  return p === 0 ? rt.None : newref(rt, p);
}

function setArgs(rt: Runtime, p: Ref, value: OptRef): void {
  if (value === 0) throw typeError(rt, "args may not be deleted");
  setField(rt, p + Exc.args, PySequence_Tuple(rt, value));
}

function setTracebackAttribute(rt: Runtime, p: Ref, tb: OptRef): void {
  if (tb === 0) throw typeError(rt, "__traceback__ may not be deleted");
  PyException_SetTraceback(rt, p, tb);
}

/** tb: a traceback or None (borrowed). */
export function PyException_SetTraceback(rt: Runtime, p: Ref, tb: Ref): void {
  if (tb === rt.None) setField(rt, p + Exc.traceback, 0);
  else if (PyTraceBack_Check(rt, tb)) setField(rt, p + Exc.traceback, newref(rt, tb));
  else throw typeError(rt, "__traceback__ must be a traceback or None");
}

/** An exception or 0 for a value given to `__context__` or `__cause__`. */
function linkValue(rt: Runtime, value: OptRef, what: "context" | "cause"): OptRef {
  if (value === 0) throw typeError(rt, `__${what}__ may not be deleted`);
  if (value === rt.None) return 0;
  if (!PyExceptionInstance_Check(rt, value)) {
    throw typeError(rt, `exception ${what} must be None or derive from BaseException`);
  }
  return newref(rt, value);
}

export function PyException_SetContext(rt: Runtime, p: Ref, context: StolenRef | 0): void {
  setField(rt, p + Exc.context, context);
}

/** Also suppresses the context in tracebacks, as `raise ... from` does. */
export function PyException_SetCause(rt: Runtime, p: Ref, cause: StolenRef | 0): void {
  rt.u8[4 * p + Exc.suppress_context_byte] = 1;
  setField(rt, p + Exc.cause, cause);
}

export function suppressesContext(rt: Runtime, p: Ref): boolean {
  return rt.u8[4 * p + Exc.suppress_context_byte] !== 0;
}

/** Does an exception (instance or class) match a class or a tuple of classes (PyErr_GivenExceptionMatches)? */
export function PyErr_GivenExceptionMatches(rt: Runtime, err: Ref, exc: Ref): boolean {
  if (PyTuple_Check(rt, exc)) {
    const n = rt.i32[exc + Tuple.size];
    for (let k = 0; k < n; k++) if (PyErr_GivenExceptionMatches(rt, err, tupleItem(rt, exc, k))) return true;
    return false;
  }
  if (PyExceptionInstance_Check(rt, err)) err = rt.i32[err + Ob.type];
  if (PyExceptionClass_Check(rt, err) && PyExceptionClass_Check(rt, exc))
    return PyType_IsSubtype(rt, err, exc);
  return err === exc;
}

/** The value of the StopIteration that is set, which is forgotten (_PyGen_FetchStopIterationValue's second half). */
export function takeStopIterationValue(rt: Runtime): NewRef {
  const exc = fetch(rt);
  push(rt, exc);
  const value = orNone(rt, rt.i32[exc + Exc.extra]);
  drop(rt);
  return value;
}

/** tp_dealloc, tp_traverse and tp_clear of a type with own reference fields at these word offsets. */
export function fieldSlots(fields: number[]): Partial<Omit<TypeInfo, "type" | "name">> {
  const clear = (rt: Runtime, p: Ref) => {
    for (const field of fields) clearField(rt, p + field);
    BaseException_clear(rt, p);
  };
  return {
    tp_clear: clear,
    tp_dealloc: (rt, p) => {
      PyObject_GC_UnTrack(rt, p);
      clear(rt, p);
      infoOf(rt, p).tp_free!(rt, p);
    },
    tp_traverse: (rt, p, visit) => {
      for (const field of fields) if (rt.i32[p + field] !== 0) visit(rt.i32[p + field]);
      BaseException_traverse(rt, p, visit);
    },
  };
}

/** Flags and slots that every exception type states for itself. */
export const EXC_FLAGS = TF.HAVE_GC | TF.BASETYPE | TF.BASE_EXC_SUBCLASS;
export const EXC_DICTOFFSET = Exc.dict * 4;

export function initBaseException(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "BaseException",
      basicsize: Exc.BYTES,
      dictoffset: EXC_DICTOFFSET,
      flags: EXC_FLAGS,
      doc: "What all exceptions derive from.",
      slots: {
        tp_dealloc: BaseException_dealloc,
        tp_traverse: BaseException_traverse,
        tp_clear: BaseException_clear,
        tp_repr: BaseException_repr,
        tp_str: BaseException_str,
        tp_getattro: PyObject_GenericGetAttr,
        tp_init: BaseException_init,
        tp_new: BaseException_new,
        tp_alloc: PyType_GenericAlloc,
        tp_free: PyObject_GC_Del,
      },
      methods: [
        { name: "__reduce__", flags: METH.NOARGS, fn: BaseException_reduce },
        { name: "__setstate__", flags: METH.O, fn: BaseException_setstate },
        {
          name: "with_traceback",
          flags: METH.O,
          fn: BaseException_with_traceback,
          doc: "Sets the traceback and returns the exception.",
        },
        {
          name: "add_note",
          flags: METH.O,
          fn: BaseException_add_note,
          doc: "Adds a line to the printed exception.",
        },
      ],
      members: [{ name: "__suppress_context__", type: "bool", offset: Exc.suppress_context_byte }],
      getsets: [
        { name: "__dict__", get: PyObject_GenericGetDict, set: PyObject_GenericSetDict },
        { name: "args", get: (rt: Runtime, p: Ref) => orNone(rt, rt.i32[p + Exc.args]), set: setArgs },
        {
          name: "__traceback__",
          get: (rt: Runtime, p: Ref) => orNone(rt, rt.i32[p + Exc.traceback]),
          set: setTracebackAttribute,
        },
        {
          name: "__context__",
          get: (rt: Runtime, p: Ref) => orNone(rt, rt.i32[p + Exc.context]),
          set: (rt: Runtime, p: Ref, v: OptRef) => PyException_SetContext(rt, p, linkValue(rt, v, "context")),
        },
        {
          name: "__cause__",
          get: (rt: Runtime, p: Ref) => orNone(rt, rt.i32[p + Exc.cause]),
          set: (rt: Runtime, p: Ref, v: OptRef) => PyException_SetCause(rt, p, linkValue(rt, v, "cause")),
        },
      ],
    },
    rt.exc.BaseException,
  );
}
