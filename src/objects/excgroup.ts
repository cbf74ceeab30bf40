/**
 * BaseExceptionGroup and ExceptionGroup. Part of the object layer (CPython's Objects/exceptions.c).
 *
 *   byte   72    80     88
 *          | msg | excs |
 */
import {
  PyCallable_Check,
  PyObject_GetOptionalAttr,
  PyObject_IsSubclass,
  PyObject_IsTrue,
  PyObject_SetAttr,
  strOf,
} from "./abstract.ts";
import { noKeywords } from "./argparse.ts";
import {
  enterRecursive,
  leaveRecursive,
  PyObject_Call,
  PyObject_CallMethodOneArg,
  PyObject_CallOneArg,
  PyObject_CallTwoArgs,
} from "./call.ts";
import {
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyFunction_Check,
  PyObject_TypeCheck,
  PyTuple_Check,
  PyType_Check,
  PyUnicode_Check,
} from "./check.ts";
import { defineType } from "./defineType.ts";
import { dict_setitem_str, PyDict_New } from "./dict.ts";
import { typeError, valueError } from "./errors.ts";
import {
  BaseException_init,
  BaseException_new,
  EXC_DICTOFFSET,
  EXC_FLAGS,
  fieldSlots,
  PyErr_GivenExceptionMatches,
  PyException_SetCause,
  PyException_SetContext,
} from "./exceptions.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { Exc, List, Ob, Tuple } from "./layout.ts";
import { PyList_Append, PyList_New } from "./list.ts";
import { newref, setField, xnewref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Check, PySequence_List, PySequence_Tuple } from "./sequence.ts";
import { tpName, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic, PyUnicode_FromJS } from "./str.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import { METH, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

export { exceptionGroupMatch, PyExc_PrepReraiseStar } from "./excstar.ts";

export const enum Group {
  msg = 18,
  excs = 20,
  BYTES = 88,
}

/** Is it an exception group (_PyBaseExceptionGroup_Check)? */
export function isExceptionGroup(rt: Runtime, p: Ref): boolean {
  return PyObject_TypeCheck(rt, p, rt.exc.BaseExceptionGroup);
}

const NEW = "BaseExceptionGroup.__new__()";

function BaseExceptionGroup_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = rt.i32[args + Tuple.size];
  if (n !== 2) throw typeError(rt, `${NEW} takes exactly 2 arguments (${n} given)`);
  const message = tupleItem(rt, args, 0);
  if (!PyUnicode_Check(rt, message)) {
    const given = message === rt.None ? "None" : typeNameOf(rt, message);
    throw typeError(rt, `${NEW} argument 1 must be str, not ${given}`);
  }
  const excs = checkedExceptions(rt, tupleItem(rt, args, 1));
  push(rt, excs);
  const p = BaseException_new(rt, groupType(rt, type, excs), args, kwargs);
  rt.i32[p + Group.msg] = newref(rt, message);
  rt.i32[p + Group.excs] = pop(rt);
  return p;
}

/** The exceptions as a tuple, not empty, each an exception. */
function checkedExceptions(rt: Runtime, sequence: Ref): NewRef {
  const what = "second argument (exceptions)";
  if (!PySequence_Check(rt, sequence)) throw typeError(rt, `${what} must be a sequence`);
  const excs = PySequence_Tuple(rt, sequence);
  push(rt, excs);
  const n = rt.i32[excs + Tuple.size];
  if (n === 0) throw valueError(rt, `${what} must be a non-empty sequence`);
  for (let k = 0; k < n; k++) {
    if (!PyExceptionInstance_Check(rt, tupleItem(rt, excs, k))) {
      throw valueError(rt, `Item ${k} of ${what} is not an exception`);
    }
  }
  return pop(rt);
}

/** BaseExceptionGroup of nothing but Exceptions is an ExceptionGroup; an ExceptionGroup takes nothing else. */
function groupType(rt: Runtime, type: Ref, excs: Ref): Ref {
  const bases = hasBaseException(rt, excs);
  if (type === rt.exc.BaseExceptionGroup) return bases ? type : rt.exc.ExceptionGroup;
  if (!bases) return type;
  if (type === rt.exc.ExceptionGroup) throw typeError(rt, "Cannot nest BaseExceptions in an ExceptionGroup");
  if (PyObject_IsSubclass(rt, type, rt.exc.Exception)) {
    throw typeError(rt, `Cannot nest BaseExceptions in '${tpName(rt, type)}'`);
  }
  return type;
}

function hasBaseException(rt: Runtime, excs: Ref): boolean {
  for (let k = 0; k < rt.i32[excs + Tuple.size]; k++) {
    if (!PyObject_TypeCheck(rt, tupleItem(rt, excs, k), rt.exc.Exception)) return true;
  }
  return false;
}

function BaseExceptionGroup_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  noKeywords(rt, tpName(rt, rt.i32[p + Ob.type]), kwargs);
  BaseException_init(rt, p, args, 0);
}

function BaseExceptionGroup_str(rt: Runtime, p: Ref): NewRef {
  const n = rt.i32[rt.i32[p + Group.excs] + Tuple.size];
  const message = strOf(rt, rt.i32[p + Group.msg]);
  return PyUnicode_FromJS(rt, `${message} (${n} sub-exception${n > 1 ? "s" : ""})`);
}

function BaseExceptionGroup_derive(rt: Runtime, p: Ref, excs: Ref): NewRef {
  return PyObject_CallTwoArgs(rt, rt.exc.BaseExceptionGroup, rt.i32[p + Group.msg], excs);
}

/** A group like `orig` of the exceptions in a list; 0 for none of them. */
function exceptiongroup_subset(rt: Runtime, orig: Ref, excs: Ref): NewRef | 0 {
  if (rt.i32[excs + List.size] === 0) return 0;
  const eg = PyObject_CallMethodOneArg(rt, orig, internStatic(rt, "derive"), excs);
  push(rt, eg);
  if (!isExceptionGroup(rt, eg)) throw typeError(rt, "derive must return an instance of BaseExceptionGroup");
  const i32 = rt.i32;
  if (i32[orig + Exc.traceback] !== 0)
    setField(rt, eg + Exc.traceback, newref(rt, i32[orig + Exc.traceback]));
  PyException_SetContext(rt, eg, xnewref(rt, i32[orig + Exc.context]));
  PyException_SetCause(rt, eg, xnewref(rt, i32[orig + Exc.cause]));
  copyNotes(rt, orig, eg);
  return pop(rt);
}

function copyNotes(rt: Runtime, orig: Ref, eg: Ref): void {
  const notes = PyObject_GetOptionalAttr(rt, orig, rt.names.__notes__);
  if (notes === 0) return;
  push(rt, notes);
  if (PySequence_Check(rt, notes)) {
    const copy = push(rt, PySequence_List(rt, notes));
    PyObject_SetAttr(rt, eg, rt.names.__notes__, rt.i32[copy]);
    drop(rt);
  }
  drop(rt);
}

/** Which exceptions of a group are wanted. */
export type Matcher = (exc: Ref) => boolean;

/** A matcher by exception class, tuple of classes, or predicate. */
function matcherFor(rt: Runtime, value: Ref): Matcher {
  if (isTypeMatcher(rt, value)) return (exc) => PyErr_GivenExceptionMatches(rt, exc, value);
  return (exc) => {
    const answer = push(rt, PyObject_CallOneArg(rt, value, exc));
    const truth = PyObject_IsTrue(rt, rt.i32[answer]);
    drop(rt);
    return truth;
  };
}

function isTypeMatcher(rt: Runtime, value: Ref): boolean {
  if (PyFunction_Check(rt, value)) return false;
  if (PyExceptionClass_Check(rt, value)) return true;
  if (PyTuple_Check(rt, value)) {
    let all = true;
    for (let k = 0; k < rt.i32[value + Tuple.size] && all; k++) {
      all = PyExceptionClass_Check(rt, tupleItem(rt, value, k));
    }
    if (all) return true;
  }
  if (PyCallable_Check(rt, value) && !PyType_Check(rt, value)) return false;
  const wanted = "an exception type, a tuple of exception types, or a callable (other than a class)";
  throw typeError(rt, `expected ${wanted}`);
}

/** A pair of owned references, on top of the native stack: [match or 0][rest or 0]. */
export function splitRecursive(rt: Runtime, exc: Ref, matcher: Matcher, wantRest: boolean): void {
  if (matcher(exc)) {
    push(rt, newref(rt, exc));
    push(rt, 0);
    return;
  }
  if (!isExceptionGroup(rt, exc)) {
    push(rt, 0);
    push(rt, wantRest ? newref(rt, exc) : 0);
    return;
  }
  enterRecursive(rt, " in exceptiongroup_split_recursive");
  splitMembers(rt, exc, matcher, wantRest);
  leaveRecursive(rt);
}

function splitMembers(rt: Runtime, eg: Ref, matcher: Matcher, wantRest: boolean): void {
  const i32 = rt.i32;
  const matchSlot = push(rt, PyList_New(rt, 0));
  const restSlot = push(rt, wantRest ? PyList_New(rt, 0) : 0);
  const excs = i32[eg + Group.excs];
  for (let k = 0; k < i32[excs + Tuple.size]; k++) {
    splitRecursive(rt, tupleItem(rt, excs, k), matcher, wantRest);
    const rest = push(rt, pop(rt));
    if (i32[rest - 2] !== 0) PyList_Append(rt, i32[matchSlot], i32[rest - 2]);
    if (i32[rest] !== 0 && wantRest) PyList_Append(rt, i32[restSlot], i32[rest]);
    drop(rt, 2);
  }
  listToSubset(rt, eg, matchSlot);
  if (wantRest) listToSubset(rt, eg, restSlot);
}

/** Replaces the list in a stack slot by the group of its exceptions (0 if it is empty). */
function listToSubset(rt: Runtime, eg: Ref, slot: number): void {
  setField(rt, slot, exceptiongroup_subset(rt, eg, rt.i32[slot]));
}

function BaseExceptionGroup_split(rt: Runtime, p: Ref, matcher: Ref): NewRef {
  splitRecursive(rt, p, matcherFor(rt, matcher), true);
  const rest = push(rt, pop(rt));
  const pair = PyTuple_Pack(rt, rt.i32[rest - 2] || rt.None, rt.i32[rest] || rt.None);
  drop(rt, 2);
  return pair;
}

function BaseExceptionGroup_subgroup(rt: Runtime, p: Ref, matcher: Ref): NewRef {
  splitRecursive(rt, p, matcherFor(rt, matcher), false);
  drop(rt);
  return pop(rt) || rt.None;
}

/** ExceptionGroup(message, excs) for `except*` (_PyExc_CreateExceptionGroup); `excs` is a sequence, borrowed. */
export function _PyExc_CreateExceptionGroup(rt: Runtime, message: string, excs: Ref): NewRef {
  const slot = push(rt, PyUnicode_FromJS(rt, message));
  const eg = PyObject_CallTwoArgs(rt, rt.exc.ExceptionGroup, rt.i32[slot], excs);
  drop(rt);
  return eg;
}

export function initExceptionGroup(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "BaseExceptionGroup",
      basicsize: Group.BYTES,
      base: rt.exc.BaseException,
      dictoffset: EXC_DICTOFFSET,
      flags: EXC_FLAGS,
      doc: "Several exceptions raised together.",
      slots: {
        ...fieldSlots([Group.msg, Group.excs]),
        tp_new: BaseExceptionGroup_new,
        tp_init: BaseExceptionGroup_init,
        tp_str: BaseExceptionGroup_str,
      },
      methods: [
        {
          name: "__class_getitem__",
          flags: METH.O | METH.CLASS,
          fn: (rt: Runtime, cls: Ref, item: Ref) => Py_GenericAlias(rt, cls, item),
        },
        { name: "derive", flags: METH.O, fn: BaseExceptionGroup_derive },
        { name: "split", flags: METH.O, fn: BaseExceptionGroup_split },
        { name: "subgroup", flags: METH.O, fn: BaseExceptionGroup_subgroup },
      ],
      members: [
        { name: "message", type: "object", offset: Group.msg, readonly: true },
        { name: "exceptions", type: "object", offset: Group.excs, readonly: true },
      ],
    },
    rt.exc.BaseExceptionGroup,
  );
}

/** Makes ExceptionGroup, a class of two bases, by calling `type` as CPython does; the Runtime owns it. */
export function initExceptionGroupType(rt: Runtime): void {
  const i32 = rt.i32;
  const name = internStatic(rt, "ExceptionGroup");
  const bases = push(rt, PyTuple_Pack(rt, rt.exc.BaseExceptionGroup, rt.exc.Exception));
  const dict = push(rt, PyDict_New(rt));
  dict_setitem_str(rt, i32[dict], "__module__", internStatic(rt, "builtins"));
  const args = push(rt, PyTuple_Pack(rt, name, i32[bases], i32[dict]));
  rt.exc.ExceptionGroup = PyObject_Call(rt, rt.types.type, i32[args], 0);
  drop(rt, 3);
}
