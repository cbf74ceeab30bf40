/** The type tuple: slots, methods, iterator. Part of the object layer. */

import { PyObject_GC_Track } from "./alloc.ts";
import { checkArgs, noKwnames } from "./argparse.ts";
import { PySlice_Check, PyTuple_Check, PyTuple_CheckExact } from "./check.ts";
import { PyObject_RichCompareBool } from "./compare.ts";
import { defineType } from "./defineType.ts";
import { noMemory, raise, typeError, valueError } from "./errors.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { hashTupleItems } from "./hash.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import { TF, Tuple } from "./layout.ts";
import { MAX_ITEMS } from "./list.ts";
import { repeatItems } from "./listslice.ts";
import { PyLong_FromNumber } from "./long.ts";
import { newNoKeywords } from "./newkeywords.ts";
import { _PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import { incref, newref } from "./refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { compareTuples, writeReprs } from "./seqcompare.ts";
import {
  exhaust,
  newSeqIter,
  reduceSeqIter,
  SeqIter,
  seqIterDealloc,
  seqIterTraverse,
  stateIndex,
} from "./seqiters.ts";
import { PySequence_Tuple } from "./sequence.ts";
import { _PyEval_SliceIndexNotNone, PySlice_AdjustIndices, PySlice_Unpack, sliceOut } from "./slice.ts";
import { infoOfType, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { StrBuilder } from "./strbuilder.ts";
import {
  PyTuple_FromArray,
  PyTuple_GetSlice,
  PyTuple_Pack,
  tuple_alloc,
  tupledealloc,
  tupleItem,
} from "./tuple.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

function tuple_length(rt: Runtime, self: Ref): number {
  return rt.i32[self + Tuple.size];
}

export function tuple_item(rt: Runtime, self: Ref, i: number): NewRef {
  if (i < 0 || i >= rt.i32[self + Tuple.size]) throw raise(rt, rt.exc.IndexError, "tuple index out of range");
  return newref(rt, tupleItem(rt, self, i));
}

/** self[key] */
export function tuple_subscript(rt: Runtime, self: Ref, key: Ref): NewRef {
  if (_PyIndex_Check(rt, key)) {
    const i = PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
    return tuple_item(rt, self, i < 0 ? i + rt.i32[self + Tuple.size] : i);
  }
  if (PySlice_Check(rt, key)) return tupleSlice(rt, self, key);
  throw typeError(rt, `tuple indices must be integers or slices, not ${typeNameOf(rt, key)}`);
}

function tupleSlice(rt: Runtime, self: Ref, key: Ref): NewRef {
  PySlice_Unpack(rt, key);
  const n = PySlice_AdjustIndices(rt.i32[self + Tuple.size]);
  const { start, step } = sliceOut;
  if (n <= 0) return rt.emptyTuple;
  if (step === 1) return PyTuple_GetSlice(rt, self, start, start + n);
  const p = tuple_alloc(rt, n);
  for (let i = 0, at = start; i < n; i++, at += step) {
    rt.i32[p + Tuple.items + 2 * i] = newref(rt, tupleItem(rt, self, at));
  }
  PyObject_GC_Track(rt, p);
  return p;
}

/** Is the item equal to the value? The tuple keeps it alive. */
function sameItem(rt: Runtime, item: Ref, value: Ref): boolean {
  return item === value || PyObject_RichCompareBool(rt, item, value, Cmp.EQ);
}

function tuple_contains(rt: Runtime, self: Ref, value: Ref): boolean {
  const n = rt.i32[self + Tuple.size];
  for (let i = 0; i < n; i++) if (sameItem(rt, tupleItem(rt, self, i), value)) return true;
  return false;
}

/** self + other; the other one itself when one of them is empty. */
export function tuple_concat(rt: Runtime, self: Ref, other: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[self + Tuple.size] === 0 && PyTuple_CheckExact(rt, other)) return newref(rt, other);
  if (!PyTuple_Check(rt, other)) {
    throw typeError(rt, `can only concatenate tuple (not "${typeNameOf(rt, other)}") to tuple`);
  }
  const n = i32[self + Tuple.size];
  const m = i32[other + Tuple.size];
  if (m === 0 && PyTuple_CheckExact(rt, self)) return newref(rt, self);
  if (n + m === 0) return rt.emptyTuple;
  const p = tuple_alloc(rt, n + m);
  copyNew(rt, p + Tuple.items, self + Tuple.items, n);
  copyNew(rt, p + Tuple.items + 2 * n, other + Tuple.items, m);
  PyObject_GC_Track(rt, p);
  return p;
}

function copyNew(rt: Runtime, to: number, from: number, n: number): void {
  const i32 = rt.i32;
  for (let i = 0; i < 2 * n; i += 2) {
    const item = i32[from + i];
    incref(rt, item);
    i32[to + i] = item;
  }
}

/** self * n */
export function tuple_repeat(rt: Runtime, self: Ref, n: number): NewRef {
  const size = rt.i32[self + Tuple.size];
  if ((size === 0 || n === 1) && PyTuple_CheckExact(rt, self)) return newref(rt, self);
  if (size === 0 || n <= 0) return rt.emptyTuple;
  if (size * n > MAX_ITEMS) throw noMemory(rt);
  const p = tuple_alloc(rt, size * n);
  repeatItems(rt, self + Tuple.items, p + Tuple.items, size, n);
  PyObject_GC_Track(rt, p);
  return p;
}

function tuple_repr(rt: Runtime, self: Ref): NewRef {
  const n = rt.i32[self + Tuple.size];
  if (n === 0) return PyUnicode_FromJS(rt, "()");
  if (!Py_ReprEnter(rt, self)) return PyUnicode_FromJS(rt, "(...)");
  try {
    const out = new StrBuilder(rt, n > 1 ? 3 * n : 4);
    out.writeChar(40);
    writeReprs(rt, out, self, true);
    out.overallocate = false;
    if (n === 1) out.writeChar(44);
    out.writeChar(41);
    return out.finish();
  } finally {
    Py_ReprLeave(rt, self);
  }
}

export function tuple_hash(rt: Runtime, self: Ref): number {
  return hashTupleItems(rt, self + Tuple.items, rt.i32[self + Tuple.size]);
}

export function tuple_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyTuple_Check(rt, a) || !PyTuple_Check(rt, b)) return rt.NotImplemented;
  return compareTuples(rt, a, b, op);
}

export function tuple_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "tuple", kwargs);
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "tuple", n, 0, 1);
  const t = n === 0 ? rt.emptyTuple : PySequence_Tuple(rt, tupleItem(rt, args, 0));
  return type === rt.types.tuple ? t : tuple_subtype_new(rt, type, t);
}

function tuple_vectorcall(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "tuple", kwnames);
  checkArgs(rt, "tuple", nargs, 0, 1);
  return nargs === 0 ? rt.emptyTuple : PySequence_Tuple(rt, rt.i32[args]);
}

/** An instance of a subclass with the items of a tuple, whose reference is taken. */
function tuple_subtype_new(rt: Runtime, type: Ref, t: NewRef): NewRef {
  const slot = push(rt, t);
  const n = rt.i32[t + Tuple.size];
  const p = infoOfType(rt, type).tp_alloc!(rt, type, n);
  copyNew(rt, p + Tuple.items, rt.i32[slot] + Tuple.items, n);
  drop(rt);
  return p;
}

function tuple_index(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "index", nargs, 1, 3);
  const n = rt.i32[self + Tuple.size];
  let start = nargs > 1 ? _PyEval_SliceIndexNotNone(rt, rt.i32[args + 2]) : 0;
  let stop = nargs > 2 ? _PyEval_SliceIndexNotNone(rt, rt.i32[args + 4]) : n;
  if (start < 0) start = Math.max(0, start + n);
  if (stop < 0) stop += n;
  else if (stop > n) stop = n;
  for (let i = start; i < stop; i++) {
    if (sameItem(rt, tupleItem(rt, self, i), rt.i32[args])) return PyLong_FromNumber(rt, i);
  }
  throw valueError(rt, "tuple.index(x): x not in tuple");
}

function tuple_count(rt: Runtime, self: Ref, value: Ref): NewRef {
  let count = 0;
  const n = rt.i32[self + Tuple.size];
  for (let i = 0; i < n; i++) if (sameItem(rt, tupleItem(rt, self, i), value)) count++;
  return PyLong_FromNumber(rt, count);
}

function tuple_getnewargs(rt: Runtime, self: Ref): NewRef {
  const slot = push(rt, PyTuple_FromArray(rt, self + Tuple.items, rt.i32[self + Tuple.size], false));
  const r = PyTuple_Pack(rt, rt.i32[slot]);
  drop(rt);
  return r;
}

function tuple_traverse(rt: Runtime, self: Ref, visit: Visit): void {
  const i32 = rt.i32;
  for (let i = i32[self + Tuple.size] - 1; i >= 0; i--) {
    const item: OptRef = i32[self + Tuple.items + 2 * i];
    if (item !== 0) visit(item);
  }
}

export function tuple_iter(rt: Runtime, self: Ref): NewRef {
  return newSeqIter(rt, rt.types.tuple_iterator, self, 0);
}

/** tp_iternext of tuple_iterator: also called directly by compiled loops. */
export function tupleiter_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const seq = i32[p + SeqIter.seq];
  if (seq === 0) return 0;
  const index = i32[p + SeqIter.index];
  if (index >= i32[seq + Tuple.size]) return exhaust(rt, p);
  i32[p + SeqIter.index] = index + 1;
  const item = i32[seq + Tuple.items + 2 * index];
  const count = i32[item];
  if (count >= 0) i32[item] = count + 1;
  return item;
}

function tupleiter_len(rt: Runtime, p: Ref): NewRef {
  const seq = rt.i32[p + SeqIter.seq];
  return PyLong_FromNumber(rt, seq === 0 ? 0 : rt.i32[seq + Tuple.size] - rt.i32[p + SeqIter.index]);
}

function tupleiter_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  const index = stateIndex(rt, state);
  const seq = rt.i32[p + SeqIter.seq];
  if (seq !== 0) rt.i32[p + SeqIter.index] = Math.min(Math.max(index, 0), rt.i32[seq + Tuple.size]);
  return rt.None;
}

const methods: MethodDef[] = [
  { name: "__getnewargs__", flags: METH.NOARGS, fn: tuple_getnewargs, sig: "($self, /)" },
  {
    name: "index",
    flags: METH.FASTCALL,
    fn: tuple_index,
    sig: "($self, value, start=0, stop=sys.maxsize, /)",
    doc: "The position of the first item equal to value.",
  },
  {
    name: "count",
    flags: METH.O,
    fn: tuple_count,
    sig: "($self, value, /)",
    doc: "How many items equal value.",
  },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
];

export function initTuple(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "tuple",
      basicsize: Tuple.HEAD_BYTES,
      itemsize: 8,
      flags: TF.HAVE_GC | TF.BASETYPE | TF.TUPLE_SUBCLASS | TF.MATCH_SELF | TF.SEQUENCE,
      doc: "A sequence that cannot change. tuple(iterable) holds its items, tuple() none.",
      slots: {
        tp_dealloc: tupledealloc,
        tp_repr: tuple_repr,
        tp_hash: tuple_hash,
        tp_richcompare: tuple_richcompare,
        tp_iter: tuple_iter,
        tp_new: tuple_new,
        type_vectorcall: tuple_vectorcall,
        tp_traverse: tuple_traverse,
        sq_length: tuple_length,
        sq_concat: tuple_concat,
        sq_repeat: tuple_repeat,
        sq_item: tuple_item,
        sq_contains: tuple_contains,
        mp_length: tuple_length,
        mp_subscript: tuple_subscript,
      },
      methods,
    },
    rt.types.tuple,
  );
  initTupleIter(rt);
}

function initTupleIter(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "tuple_iterator",
      basicsize: SeqIter.BYTES,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: seqIterDealloc,
        tp_traverse: seqIterTraverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: tupleiter_next,
      },
      methods: [
        { name: "__length_hint__", flags: METH.NOARGS, fn: tupleiter_len },
        {
          name: "__reduce__",
          flags: METH.NOARGS,
          fn: (rt, p) => reduceSeqIter(rt, p, "iter", rt.i32[p + SeqIter.index], rt.emptyTuple),
        },
        { name: "__setstate__", flags: METH.O, fn: tupleiter_setstate },
      ],
    },
    rt.types.tuple_iterator,
  );
}
