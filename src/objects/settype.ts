/** The types set and frozenset and the iterator over both: slots. Part of the object layer; methods in setmethods.ts. */
import { Cell } from "../heap/cells.ts";
import { PyObject_HashNotImplemented } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs } from "./argparse.ts";
import { PyAnySet_Check, PyFrozenSet_CheckExact } from "./check.ts";
import { defineType } from "./defineType.ts";
import { raise, typeError } from "./errors.ts";
import { mulHigh } from "./hash.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import { Dict, Ob, SetOb, TF, Tuple, Ty } from "./layout.ts";
import { newref, xdecref } from "./refcount.ts";
import { Py_ReprEnter, Py_ReprLeave, PyObject_Repr } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_List } from "./sequence.ts";
import {
  _PySet_NextEntry,
  Entry,
  emptySet,
  make_new_set,
  PySet_GET_SIZE,
  set_clear_internal,
  set_dealloc,
} from "./set.ts";
import { frozensetMethods, setContainsConverting, setIterMethods, setMethods } from "./setmethods.ts";
import {
  set_copy,
  set_difference,
  set_difference_update_internal,
  set_intersection,
  set_intersection_update,
  set_issubset,
  set_issuperset,
  set_symmetric_difference,
  set_symmetric_difference_update_internal,
  set_update_internal,
} from "./setops.ts";
import { infoOfType, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { Cmp, type NewRef, type OptRef, type Ref, type TypeInfo, type Visit } from "./typeinfo.ts";

/** setiterobject: the set, its size at the start, the table position, how many are left. */
export const enum SetIter {
  set = 4,
  used = 6,
  pos = 8,
  len = 10,
  BYTES = 48,
}

function set_iter(rt: Runtime, so: Ref): NewRef {
  const it = PyObject_GC_New(rt, rt.types.set_iterator, SetIter.BYTES);
  const i32 = rt.i32;
  i32[it + SetIter.set] = newref(rt, so);
  i32[it + SetIter.used] = i32[so + SetOb.used];
  i32[it + SetIter.pos] = 0;
  i32[it + SetIter.len] = i32[so + SetOb.used];
  PyObject_GC_Track(rt, it);
  return it;
}

function setiter_dealloc(rt: Runtime, it: Ref): void {
  PyObject_GC_UnTrack(rt, it);
  xdecref(rt, rt.i32[it + SetIter.set]);
  PyObject_GC_Del(rt, it);
}

function setiter_traverse(rt: Runtime, it: Ref, visit: Visit): void {
  if (rt.i32[it + SetIter.set] !== 0) visit(rt.i32[it + SetIter.set]);
}

function setiter_iternext(rt: Runtime, it: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const so = i32[it + SetIter.set];
  if (so === 0) return 0;
  if (i32[it + SetIter.used] !== i32[so + SetOb.used]) {
    i32[it + SetIter.used] = -1;
    throw raise(rt, rt.exc.RuntimeError, "Set changed size during iteration");
  }
  const pos = _PySet_NextEntry(rt, so, i32[it + SetIter.pos]);
  if (pos < 0) {
    i32[it + SetIter.set] = 0;
    xdecref(rt, so);
    return 0;
  }
  i32[it + SetIter.pos] = pos;
  i32[it + SetIter.len]--;
  return newref(rt, rt.dictKey);
}

/** set_repr: "{1, 2}", "set()", "frozenset({1, 2})"; a subclass by its name. */
function set_repr(rt: Runtime, so: Ref): NewRef {
  const name = typeNameOf(rt, so);
  if (!Py_ReprEnter(rt, so)) return PyUnicode_FromJS(rt, `${name}(...)`);
  try {
    if (rt.i32[so + SetOb.used] === 0) return PyUnicode_FromJS(rt, `${name}()`);
    const list = push(rt, PySequence_List(rt, so));
    const text = push(rt, PyObject_Repr(rt, rt.i32[list]));
    const inner = `{${jsString(rt, rt.i32[text]).slice(1, -1)}}`;
    drop(rt, 2);
    return PyUnicode_FromJS(rt, rt.i32[so + Ob.type] === rt.types.set ? inner : `${name}(${inner})`);
  } finally {
    Py_ReprLeave(rt, so);
  }
}

const SHUFFLE = 3644798167 | 0;

/**
 * frozenset_hash: an exclusive or over the shuffled hashes of all table entries, so that order does not matter; then what
 * free and removed entries put in is taken out, and the result spread. `shuffle(h) = ((h ^ 89869747) ^ (h << 16)) * 3644798167`.
 */
function frozenset_hash(rt: Runtime, so: Ref): number {
  const i32 = rt.i32;
  if ((i32[so + SetOb.hash] & i32[so + SetOb.hashHi]) !== -1) {
    rt.hashHi = i32[so + SetOb.hashHi];
    return i32[so + SetOb.hash];
  }
  const n = i32[so + SetOb.mask] + 1;
  const table = i32[so + SetOb.table];
  let l = 0;
  let h = 0;
  for (let at = table; at < table + 4 * n; at += 4) {
    l ^= shuffle(rt, i32[at + Entry.hash], i32[at + Entry.hashHi]);
    h ^= rt.hashHi;
  }
  if (((n - i32[so + SetOb.fill]) & 1) !== 0) {
    l ^= shuffle(rt, 0, 0);
    h ^= rt.hashHi;
  }
  if (((i32[so + SetOb.fill] - i32[so + SetOb.used]) & 1) !== 0) {
    l ^= shuffle(rt, -1, -1);
    h ^= rt.hashHi;
  }
  l = spread(rt, l, h, i32[so + SetOb.used] + 1);
  i32[so + SetOb.hash] = l;
  i32[so + SetOb.hashHi] = rt.hashHi;
  return l;
}

function shuffle(rt: Runtime, lo: number, hi: number): number {
  const l = lo ^ 89869747 ^ (lo << 16);
  const h = hi ^ ((hi << 16) | (lo >>> 16));
  rt.hashHi = (mulHigh(l, SHUFFLE) + Math.imul(h, SHUFFLE)) | 0;
  return Math.imul(l, SHUFFLE);
}

/** hash ^= n * 1927868237; hash ^= (hash >> 11) ^ (hash >> 25); hash = hash * 69069 + 907133923; never -1. */
function spread(rt: Runtime, l: number, h: number, n: number): number {
  l ^= Math.imul(n, 1927868237);
  h ^= mulHigh(n, 1927868237);
  const sl = ((l >>> 11) | (h << 21)) ^ ((l >>> 25) | (h << 7));
  const sh = (h >>> 11) ^ (h >>> 25);
  l ^= sl;
  h ^= sh;
  const ml = Math.imul(l, 69069);
  const mh = (mulHigh(l, 69069) + Math.imul(h, 69069)) | 0;
  const rl = (ml + 907133923) | 0;
  const rh = (mh + (rl >>> 0 < ml >>> 0 ? 1 : 0)) | 0;
  rt.hashHi = rh;
  if ((rl & rh) !== -1) return rl;
  rt.hashHi = 0;
  return 590923713;
}

/** set_richcompare: subset order; sets only. */
function set_richcompare(rt: Runtime, v: Ref, w: Ref, op: Cmp): NewRef {
  if (!PyAnySet_Check(rt, w)) return rt.NotImplemented;
  return compareSets(rt, v, w, op) ? rt.True : rt.False;
}

function compareSets(rt: Runtime, v: Ref, w: Ref, op: Cmp): boolean {
  const n = rt.i32[v + SetOb.used];
  const m = rt.i32[w + SetOb.used];
  switch (op) {
    case Cmp.EQ:
      return n === m && !differentHashes(rt, v, w) && set_issubset(rt, v, w);
    case Cmp.NE:
      return !compareSets(rt, v, w, Cmp.EQ);
    case Cmp.LE:
      return set_issubset(rt, v, w);
    case Cmp.GE:
      return set_issuperset(rt, v, w);
    case Cmp.LT:
      return n < m && set_issubset(rt, v, w);
    default:
      return n > m && set_issuperset(rt, v, w);
  }
}

/** Do both have a known hash, and not the same? */
function differentHashes(rt: Runtime, v: Ref, w: Ref): boolean {
  const i32 = rt.i32;
  const [a, b] = [i32[v + SetOb.hash], i32[w + SetOb.hash]];
  const [c, d] = [i32[v + SetOb.hashHi], i32[w + SetOb.hashHi]];
  return (a & c) !== -1 && (b & d) !== -1 && (a !== b || c !== d);
}

/** An operator of two sets that copies `a` and updates the copy, or answers NotImplemented. */
function operator(fn: (rt: Runtime, a: Ref, b: Ref) => NewRef): (rt: Runtime, a: Ref, b: Ref) => NewRef {
  return (rt, a, b) => (PyAnySet_Check(rt, a) && PyAnySet_Check(rt, b) ? fn(rt, a, b) : rt.NotImplemented);
}

function inplace(fn: (rt: Runtime, a: Ref, b: Ref) => void): (rt: Runtime, a: Ref, b: Ref) => NewRef {
  return (rt, a, b) => {
    if (!PyAnySet_Check(rt, b)) return rt.NotImplemented;
    fn(rt, a, b);
    return newref(rt, a);
  };
}

function set_or(rt: Runtime, a: Ref, b: Ref): NewRef {
  push(rt, set_copy(rt, a));
  if (a !== b) set_update_internal(rt, rt.i32[rt.i32[Cell.SP] - 2], b);
  return pop(rt);
}

function set_traverse(rt: Runtime, so: Ref, visit: Visit): void {
  for (let pos = 0; ; ) {
    pos = _PySet_NextEntry(rt, so, pos);
    if (pos < 0) return;
    visit(rt.dictKey);
  }
}

/** set.__init__: replaces what is in the set. */
function set_init(rt: Runtime, so: Ref, args: Ref, kwargs: OptRef): void {
  rejectKeywords(rt, so, kwargs, rt.types.set);
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "set", n, 0, 1);
  set_clear_internal(rt, so);
  if (n === 1) set_update_internal(rt, so, rt.i32[args + Tuple.items]);
}

function rejectKeywords(rt: Runtime, _so: Ref, kwargs: OptRef, type: Ref): void {
  if (kwargs === 0 || rt.i32[kwargs + Dict.used] === 0) return;
  const name = type === rt.types.set ? "set" : "frozenset";
  throw typeError(rt, `${name}() takes no keyword arguments`);
}

function set_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (kwnames !== 0 && rt.i32[kwnames + Tuple.size] !== 0)
    throw typeError(rt, "set() takes no keyword arguments");
  checkArgs(rt, "set", nargs, 0, 1);
  return make_new_set(rt, type, nargs === 1 ? rt.i32[args] : 0);
}

/** make_new_frozenset: an exact frozenset is returned as it is. */
function make_new_frozenset(rt: Runtime, type: Ref, iterable: OptRef): NewRef {
  if (type === rt.types.frozenset && iterable !== 0 && PyFrozenSet_CheckExact(rt, iterable)) {
    return newref(rt, iterable);
  }
  return make_new_set(rt, type, iterable);
}

function frozenset_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const inits = infoOfType(rt, type).tp_init === infoOfType(rt, rt.types.frozenset).tp_init;
  if (type === rt.types.frozenset || inits) rejectKeywords(rt, 0, kwargs, rt.types.frozenset);
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "frozenset", n, 0, 1);
  return make_new_frozenset(rt, type, n === 1 ? rt.i32[args + Tuple.items] : 0);
}

function frozenset_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (kwnames !== 0 && rt.i32[kwnames + Tuple.size] !== 0) {
    throw typeError(rt, "frozenset() takes no keyword arguments");
  }
  checkArgs(rt, "frozenset", nargs, 0, 1);
  return make_new_frozenset(rt, type, nargs === 1 ? rt.i32[args] : 0);
}

/** Bytes with the table, if that is not inside the object. */
export function set_sizeof(rt: Runtime, so: Ref): number {
  const i32 = rt.i32;
  const size = i32[i32[so + Ob.type] + Ty.basicsize];
  return i32[so + SetOb.table] === so + SetOb.smalltable ? size : size + 16 * (i32[so + SetOb.mask] + 1);
}

function commonSlots(): Partial<TypeInfo> {
  return {
    tp_dealloc: set_dealloc,
    tp_repr: set_repr,
    tp_traverse: set_traverse,
    tp_clear: set_clear_internal,
    tp_richcompare: set_richcompare,
    tp_iter: set_iter,
    tp_sizeof: set_sizeof,
    sq_length: PySet_GET_SIZE,
    sq_contains: setContainsConverting,
    nb_subtract: operator(set_difference),
    nb_and: operator(set_intersection),
    nb_xor: operator(set_symmetric_difference),
    nb_or: operator(set_or),
  };
}

export function initSet(rt: Runtime): void {
  const flags = TF.HAVE_GC | TF.BASETYPE | TF.MATCH_SELF;
  const sizes = { basicsize: SetOb.BYTES, weaklistoffset: SetOb.weakreflist * 4, flags };
  defineType(
    rt,
    {
      name: "set",
      ...sizes,
      doc: "set(iterable=()): an unordered collection of different hashable items",
      slots: {
        ...commonSlots(),
        tp_hash: PyObject_HashNotImplemented,
        tp_init: set_init,
        tp_new: emptySet,
        type_vectorcall: set_vectorcall,
        nb_inplace_subtract: inplace(set_difference_update_internal),
        nb_inplace_and: inplace(set_intersection_update),
        nb_inplace_xor: inplace(set_symmetric_difference_update_internal),
        nb_inplace_or: inplace(set_update_internal),
      },
      methods: setMethods,
    },
    rt.types.set,
  );
  defineType(
    rt,
    {
      name: "frozenset",
      ...sizes,
      doc: "frozenset(iterable=()): an immutable set",
      slots: {
        ...commonSlots(),
        tp_hash: frozenset_hash,
        tp_new: frozenset_new,
        type_vectorcall: frozenset_vectorcall,
      },
      methods: frozensetMethods,
    },
    rt.types.frozenset,
  );
  defineType(
    rt,
    {
      name: "set_iterator",
      basicsize: SetIter.BYTES,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: setiter_dealloc,
        tp_traverse: setiter_traverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: setiter_iternext,
      },
      methods: setIterMethods,
    },
    rt.types.set_iterator,
  );
}
