/**
 * What the iterators of itertools share: a heap type from a list of its reference fields, argument checks, the kept result
 * tuple. Part of the modules.
 */
import { PyObject_GC_Track } from "../objects/alloc.ts";
import { defineType } from "../objects/defineType.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { PyObject_SelfIter } from "../objects/iterproto.ts";
import { Gc, TF, Tuple } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { clearField, decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { trashed } from "../objects/trashcan.ts";
import { PyTuple_FromArray } from "../objects/tuple.ts";
import {
  type lenfunc,
  METH,
  type MethodDef,
  type NewRef,
  type Ref,
  type TypeInfo,
  type TypeSpec,
} from "../objects/typeinfo.ts";

/** A type of itertools. */
export interface IterSpec {
  /** Without the module. */
  name: string;
  bytes: number;
  /** Word offsets of the owned references, in the order in which a deallocator releases them. */
  refs: number[];
  doc: string;
  new?: TypeInfo["tp_new"];
  next: TypeInfo["tp_iternext"];
  repr?: TypeInfo["tp_repr"];
  sizeof?: lenfunc;
  methods?: TypeSpec["methods"];
  /** Frees what is not a reference. */
  free?: (rt: Runtime, p: Ref) => void;
  weaklistoffset?: number;
  /** Not to be subclassed. */
  final?: boolean;
}

/** Makes the heap type: a new reference. */
export function iterType(rt: Runtime, spec: IterSpec): NewRef {
  const { refs, free, sizeof, methods = [] } = spec;
  const own = heapFieldSlots(refs, free);
  const slots: TypeSpec["slots"] = {
    ...own,
    tp_dealloc: trashed(own.tp_dealloc),
    tp_getattro: PyObject_GenericGetAttr,
    tp_iter: PyObject_SelfIter,
    tp_iternext: spec.next,
  };
  if (spec.new !== undefined) slots.tp_new = spec.new;
  if (spec.repr !== undefined) slots.tp_repr = spec.repr;
  if (sizeof !== undefined) slots.tp_sizeof = sizeof;
  return defineType(rt, {
    name: `itertools.${spec.name}`,
    basicsize: spec.bytes,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE | (spec.final ? 0 : TF.BASETYPE),
    heap: true,
    weaklistoffset: spec.weaklistoffset,
    doc: spec.doc,
    slots,
    methods: sizeof === undefined ? methods : [...methods, sizeMethod(sizeof)],
  });
}

function sizeMethod(sizeof: lenfunc): MethodDef {
  return { name: "__sizeof__", flags: METH.NOARGS, fn: (rt, p) => PyLong_FromNumber(rt, sizeof(rt, p)) };
}

/** An object of the type, fields zero, tracked. */
export function allocIter(rt: Runtime, type: Ref): NewRef {
  return infoOfType(rt, type).tp_alloc!(rt, type, 0);
}

/** The next item of an iterator, 0 at the end; StopIteration may pass. */
export function nextOf(rt: Runtime, it: Ref): NewRef | 0 {
  return rt.iterNext(it);
}

/** As nextOf for the iterator in the field at `at`, which is cleared when the end is reached or an exception comes. */
export function nextOrClear(rt: Runtime, at: number): NewRef | 0 {
  const it = rt.i32[at];
  try {
    const item = rt.iterNext(it);
    if (item === 0) clearField(rt, at);
    return item;
  } catch (e) {
    clearField(rt, at);
    throw e;
  }
}

/** Makes the tuple in the field at `at` one that nobody else holds, and tracked: a copy of the last result if need be. */
export function ownResult(rt: Runtime, at: number): Ref {
  const i32 = rt.i32;
  const result = i32[at];
  if (i32[result] === 1) {
    // The collector may have found it to hold only atoms.
    if (i32[result + Gc.next] === 0) PyObject_GC_Track(rt, result);
    return result;
  }
  const fresh = PyTuple_FromArray(rt, result + Tuple.items, i32[result + Tuple.size], false);
  i32[at] = fresh;
  decref(rt, result);
  return fresh;
}

/** Stores an owned reference in place i of a tuple and releases what was there. */
export function replaceItem(rt: Runtime, tuple: Ref, i: number, value: NewRef): void {
  const at = tuple + Tuple.items + 2 * i;
  const old = rt.i32[at];
  rt.i32[at] = value;
  decref(rt, old);
}
