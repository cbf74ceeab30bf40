/** enumerate (which hands out the same tuple again when nobody else holds it) and reversed. Part of the object layer. */

import { _PyObject_LookupSpecial, PyObject_Size } from "./abstract.ts";
import { PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs, noKwnames } from "./argparse.ts";
import { callAndDecref } from "./call.ts";
import { defineType } from "./defineType.ts";
import { PyDict_Next, PyDict_Size } from "./dict.ts";
import { caught, clearError, errorMatches, typeError } from "./errors.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { PyObject_GetIter, PyObject_SelfIter } from "./iterproto.ts";
import { Gc, Ob, TF, Tuple } from "./layout.ts";
import { exactNumber, PyLong_FromInt32, PyLong_FromNumber } from "./long.ts";
import { long_add } from "./longarith.ts";
import { newNoKeywords } from "./newkeywords.ts";
import { PyNumber_Index } from "./number.ts";
import { setWide, wide } from "./rangeiter.ts";
import { clearField, decref, incref, newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { exhaust, SeqIter, seqIterTraverse, stateIndex } from "./seqiters.ts";
import { PySequence_Check, PySequence_GetItem, PySequence_Size } from "./sequence.ts";
import { infoOfType, typeNameOf } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { jsString, strEqualsJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { PyTuple_Pack, pairSteal, tupleItem, tupleSize } from "./tuple.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

/**
 * enumobject: en_index counts while it is a machine word; en_longindex takes over beyond (2**53 here, where the next number
 * is no longer exact; CPython's limit is 2**63 - 1).
 */
const enum Enum {
  /** 64 bits in two words, as in a range iterator. */
  index = 4,
  sit = 6,
  result = 8,
  longindex = 10,
  one = 12,
  BYTES = 56,
}

/** enumerate's own way with its arguments, which knows only `iterable` and `start`. */
function enum_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = rt.i32[args + Tuple.size];
  const nkw = kwargs === 0 ? 0 : PyDict_Size(rt, kwargs);
  const given = [n > 0 ? tupleItem(rt, args, 0) : 0, n > 1 ? tupleItem(rt, args, 1) : 0];
  if (n + nkw > 2) throw typeError(rt, `enumerate() takes at most 2 arguments (${n + nkw} given)`);
  if (nkw > 0) takeKeywords(rt, kwargs, given, n);
  if (given[0] === 0) throw typeError(rt, "enumerate() missing required argument 'iterable'");
  return enum_new_impl(rt, type, given[0], given[1]);
}

function takeKeywords(rt: Runtime, kwargs: Ref, given: Ref[], n: number): void {
  let bad = 0;
  for (let pos = PyDict_Next(rt, kwargs, 0); pos >= 0; pos = PyDict_Next(rt, kwargs, pos)) {
    const at = strEqualsJS(rt, rt.dictKey, "iterable") ? 0 : strEqualsJS(rt, rt.dictKey, "start") ? 1 : -1;
    if (at < n) bad = bad || rt.dictKey;
    else given[at] = rt.dictValue;
  }
  // "start" alone is as wrong as an unknown name.
  if (bad === 0 && given[0] === 0) bad = rt.dictKey;
  if (bad !== 0) throw badKeyword(rt, bad);
}

const ENUMERATE_KEYS = ["iterable", "start"];

function enum_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const nkw = kwnames === 0 ? 0 : tupleSize(rt, kwnames);
  if (nargs + nkw > 2) throw typeError(rt, `enumerate() takes at most 2 arguments (${nargs + nkw} given)`);
  const given = [nargs > 0 ? rt.i32[args] : 0, nargs > 1 ? rt.i32[args + 2] : 0];
  for (let k = 0; k < nkw; k++) {
    const key = tupleItem(rt, kwnames, k);
    const at = ENUMERATE_KEYS.findIndex((name) => strEqualsJS(rt, key, name));
    if (at < nargs || (nargs + nkw === 1 && at === 1)) throw badKeyword(rt, key);
    given[at] = rt.i32[args + 2 * (nargs + k)];
  }
  if (given[0] === 0) throw typeError(rt, "enumerate() missing required argument 'iterable'");
  return enum_new_impl(rt, type, given[0], given[1]);
}

function badKeyword(rt: Runtime, key: Ref): PyErr {
  return typeError(rt, `'${jsString(rt, key)}' is an invalid keyword argument for enumerate()`);
}

function enum_new_impl(rt: Runtime, type: Ref, iterable: Ref, start: OptRef): NewRef {
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  push(rt, p);
  setStart(rt, p, start);
  rt.i32[p + Enum.sit] = PyObject_GetIter(rt, iterable);
  rt.i32[p + Enum.result] = PyTuple_Pack(rt, rt.None, rt.None);
  rt.i32[p + Enum.one] = rt.smallInts + 8;
  return newrefAndDrop(rt, p);
}

/** Takes the pushed object off the stack: the caller owns it. */
function newrefAndDrop(rt: Runtime, p: Ref): NewRef {
  incref(rt, p);
  drop(rt);
  return p;
}

function setStart(rt: Runtime, p: Ref, start: OptRef): void {
  if (start === 0) {
    setWide(rt, p + Enum.index, 0);
    return;
  }
  const index = PyNumber_Index(rt, start);
  const n = exactNumber(rt, index);
  if (Number.isNaN(n)) {
    rt.i32[p + Enum.longindex] = index;
    setWide(rt, p + Enum.index, Number.MAX_SAFE_INTEGER);
    return;
  }
  setWide(rt, p + Enum.index, n);
  decref(rt, index);
}

/** tp_iternext of enumerate. */
export function enum_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const it = i32[p + Enum.sit];
  const item = rt.iterNext(it);
  if (item === 0) return 0;
  push(rt, item);
  const index = nextIndex(rt, p);
  return resultPair(rt, p, index, pop(rt));
}

/** The index as an int, and one more for the next. */
function nextIndex(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const at = p + Enum.index;
  const low = i32[at];
  if (i32[at + 1] === 0 && low >= 0 && low < 0x7fffffff) {
    i32[at] = low + 1;
    return PyLong_FromInt32(rt, low);
  }
  return wideIndex(rt, p);
}

/** The same for an index that is not a positive int32. */
function wideIndex(rt: Runtime, p: Ref): NewRef {
  const n = wide(rt, p + Enum.index);
  if (n < Number.MAX_SAFE_INTEGER) {
    setWide(rt, p + Enum.index, n + 1);
    return PyLong_FromNumber(rt, n);
  }
  const i32 = rt.i32;
  if (i32[p + Enum.longindex] === 0) i32[p + Enum.longindex] = PyLong_FromNumber(rt, n);
  const current = i32[p + Enum.longindex];
  i32[p + Enum.longindex] = long_add(rt, current, i32[p + Enum.one]);
  return current;
}

/** (index, item) in the kept tuple if the iterator is its only holder; takes both references. */
function resultPair(rt: Runtime, p: Ref, index: NewRef, item: NewRef): NewRef {
  const i32 = rt.i32;
  const result = i32[p + Enum.result];
  if (i32[result] !== 1) return pairSteal(rt, index, item);
  i32[result] = 2;
  const oldIndex = i32[result + Tuple.items];
  const oldItem = i32[result + Tuple.items + 2];
  i32[result + Tuple.items] = index;
  i32[result + Tuple.items + 2] = item;
  decref(rt, oldIndex);
  decref(rt, oldItem);
  // The collector may have found it to hold only atoms.
  if (i32[result + Gc.next] === 0) PyObject_GC_Track(rt, result);
  return result;
}

function enum_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + Enum.sit);
  clearField(rt, p + Enum.result);
  clearField(rt, p + Enum.longindex);
  infoOfType(rt, i32[p + Ob.type]).tp_free!(rt, p);
}

function enum_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  for (const at of [Enum.sit, Enum.result, Enum.longindex]) if (rt.i32[p + at] !== 0) visit(rt.i32[p + at]);
}

function enum_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const long = i32[p + Enum.longindex];
  const index = push(rt, long !== 0 ? newref(rt, long) : PyLong_FromNumber(rt, wide(rt, p + Enum.index)));
  const args = push(rt, PyTuple_Pack(rt, i32[p + Enum.sit], i32[index]));
  const r = PyTuple_Pack(rt, i32[p + Ob.type], i32[args]);
  drop(rt, 2);
  return r;
}

/** reversed(sequence): calls `__reversed__` if there is one. */
function reversed_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "reversed", kwargs);
  checkArgs(rt, "reversed", rt.i32[args + Tuple.size], 1, 1);
  return reversed_new_impl(rt, type, tupleItem(rt, args, 0));
}

function reversed_new_impl(rt: Runtime, type: Ref, seq: Ref): NewRef {
  const method = _PyObject_LookupSpecial(rt, seq, rt.names.__reversed__);
  if (method === rt.None) throw typeError(rt, `'${typeNameOf(rt, seq)}' object is not reversible`);
  if (method !== 0) return callAndDecref(rt, method);
  if (!PySequence_Check(rt, seq)) throw typeError(rt, `'${typeNameOf(rt, seq)}' object is not reversible`);
  const n = PySequence_Size(rt, seq);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + SeqIter.index] = n - 1;
  rt.i32[p + SeqIter.seq] = newref(rt, seq);
  return p;
}

function reversed_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "reversed", kwnames);
  checkArgs(rt, "reversed", nargs, 1, 1);
  return reversed_new_impl(rt, type, rt.i32[args]);
}

function reversed_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const index = i32[p + SeqIter.index];
  const seq = i32[p + SeqIter.seq];
  if (seq === 0) return 0;
  if (index >= 0) {
    const m = mark(rt);
    try {
      const item = PySequence_GetItem(rt, seq, index);
      i32[p + SeqIter.index]--;
      return item;
    } catch (e) {
      caught(rt, e, m, rt.exc.Exception);
      if (!errorMatches(rt, rt.exc.IndexError) && !errorMatches(rt, rt.exc.StopIteration)) throw rt.pyerr;
      clearError(rt);
    }
  }
  i32[p + SeqIter.index] = -1;
  return exhaust(rt, p);
}

function reversed_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + SeqIter.seq);
  infoOfType(rt, rt.i32[p + Ob.type]).tp_free!(rt, p);
}

function reversed_len(rt: Runtime, p: Ref): NewRef {
  const seq = rt.i32[p + SeqIter.seq];
  if (seq === 0) return rt.smallInts;
  const n = rt.i32[p + SeqIter.index] + 1;
  return PyLong_FromNumber(rt, PyObject_Size(rt, seq) < n ? 0 : n);
}

function reversed_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const seq = i32[p + SeqIter.seq];
  const args = push(rt, PyTuple_Pack(rt, seq === 0 ? rt.emptyTuple : seq));
  if (seq === 0) {
    const r = PyTuple_Pack(rt, i32[p + Ob.type], i32[args]);
    drop(rt);
    return r;
  }
  const index = push(rt, PyLong_FromNumber(rt, i32[p + SeqIter.index]));
  const r = PyTuple_Pack(rt, i32[p + Ob.type], i32[args], i32[index]);
  drop(rt, 2);
  return r;
}

function reversed_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  const index = stateIndex(rt, state);
  const seq = rt.i32[p + SeqIter.seq];
  if (seq !== 0) rt.i32[p + SeqIter.index] = Math.min(Math.max(index, -1), PySequence_Size(rt, seq) - 1);
  return rt.None;
}

export function initEnum(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "enumerate",
      basicsize: Enum.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "Pairs (number, item) over an iterable, numbers from start.",
      slots: {
        tp_dealloc: trashed(enum_dealloc),
        tp_traverse: enum_traverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: enum_next,
        tp_new: enum_new,
        type_vectorcall: enum_vectorcall,
      },
      methods: [
        { name: "__reduce__", flags: METH.NOARGS, fn: enum_reduce },
        { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
      ],
    },
    rt.types.enumerate,
  );
  defineType(
    rt,
    {
      name: "reversed",
      basicsize: SeqIter.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "The items of a sequence from the last to the first.",
      slots: {
        tp_dealloc: trashed(reversed_dealloc),
        tp_traverse: seqIterTraverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: reversed_next,
        tp_new: reversed_new,
        type_vectorcall: reversed_vectorcall,
      },
      methods: [
        { name: "__length_hint__", flags: METH.NOARGS, fn: reversed_len },
        { name: "__reduce__", flags: METH.NOARGS, fn: reversed_reduce },
        { name: "__setstate__", flags: METH.O, fn: reversed_setstate },
      ],
    },
    rt.types.reversed,
  );
}
