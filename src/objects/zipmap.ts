/** zip, map and filter. Part of the object layer (CPython's Python/bltinmodule.c). */

import { PyObject_IsTrue } from "./abstract.ts";
import { PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs, noKwnames } from "./argparse.ts";
import { PyObject_CallOneArg, PyObject_Vectorcall } from "./call.ts";
import { callPlainly, takesPlainly } from "./callpy.ts";
import { defineType } from "./defineType.ts";
import { PyDict_Next, PyDict_Size } from "./dict.ts";
import { raised, typeError, valueError } from "./errors.ts";
import { PyObject_GetIter, PyObject_SelfIter } from "./iterproto.ts";
import { Gc, Ob, TF, Tuple } from "./layout.ts";
import { newNoKeywords } from "./newkeywords.ts";
import { clearField, decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType } from "./slots.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { jsString, strEqualsJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import {
  PyTuple_FromArray,
  PyTuple_New,
  PyTuple_Pack,
  PyTuple_SET_ITEM,
  tupleItem,
  tupleSize,
} from "./tuple.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

/** zipobject */
const enum Zip {
  tuplesize = 4,
  ittuple = 6,
  result = 8,
  strict = 10,
  BYTES = 48,
}

function next(rt: Runtime, it: Ref): NewRef | 0 {
  return rt.iterNext(it);
}

/** The tuple of iter(args[k]) for k from `first` on, pushed. */
function iteratorsOf(rt: Runtime, args: Ref, first: number): number {
  const n = tupleSize(rt, args) - first;
  const slot = push(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) {
    PyTuple_SET_ITEM(rt, rt.i32[slot], i, PyObject_GetIter(rt, tupleItem(rt, args, first + i)));
  }
  return slot;
}

/** The `strict` keyword of zip. */
function strictKeyword(rt: Runtime, kwargs: OptRef): boolean {
  if (kwargs === 0) return false;
  const n = PyDict_Size(rt, kwargs);
  if (n > 1) throw typeError(rt, `zip() takes at most 1 keyword argument (${n} given)`);
  if (PyDict_Next(rt, kwargs, 0) < 0) return false;
  if (strEqualsJS(rt, rt.dictKey, "strict")) return PyObject_IsTrue(rt, rt.dictValue);
  throw typeError(rt, `zip() got an unexpected keyword argument '${jsString(rt, rt.dictKey)}'`);
}

function zip_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const strict = strictKeyword(rt, kwargs);
  const n = tupleSize(rt, args);
  const its = iteratorsOf(rt, args, 0);
  const result = push(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) PyTuple_SET_ITEM(rt, rt.i32[result], i, rt.None);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  const i32 = rt.i32;
  i32[p + Zip.tuplesize] = n;
  i32[p + Zip.strict] = strict ? 1 : 0;
  i32[p + Zip.result] = pop(rt);
  i32[p + Zip.ittuple] = i32[its];
  pop(rt);
  return p;
}

/** tp_iternext of zip. */
export function zip_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const n = i32[p + Zip.tuplesize];
  if (n === 0) return 0;
  const result = i32[p + Zip.result];
  if (i32[result] !== 1) return zipFresh(rt, p, n);
  const kept = push(rt, newref(rt, result));
  for (let i = 0; i < n; i++) {
    const item = next(rt, tupleItem(rt, i32[p + Zip.ittuple], i));
    if (item === 0) {
      drop(rt);
      return zipEnd(rt, p, i);
    }
    const at = result + Tuple.items + 2 * i;
    const old = i32[at];
    i32[at] = item;
    decref(rt, old);
  }
  // The collector may have found it to hold only atoms.
  if (i32[i32[kept] + Gc.next] === 0) PyObject_GC_Track(rt, result);
  return pop(rt);
}

/** Somebody kept the last tuple: a new one. */
function zipFresh(rt: Runtime, p: Ref, n: number): NewRef | 0 {
  const slot = push(rt, PyTuple_New(rt, n));
  for (let i = 0; i < n; i++) {
    const item = next(rt, tupleItem(rt, rt.i32[p + Zip.ittuple], i));
    if (item === 0) {
      drop(rt);
      return zipEnd(rt, p, i);
    }
    PyTuple_SET_ITEM(rt, rt.i32[slot], i, item);
  }
  return pop(rt);
}

/** Iterator i has ended. With strict=True, all must end together. */
function zipEnd(rt: Runtime, p: Ref, i: number): 0 {
  if (rt.i32[p + Zip.strict] === 0) return 0;
  if (i > 0)
    throw valueError(rt, `zip() argument ${i + 1} is shorter than argument${i === 1 ? " 1" : `s 1-${i}`}`);
  for (let k = 1; k < rt.i32[p + Zip.tuplesize]; k++) {
    const item = next(rt, tupleItem(rt, rt.i32[p + Zip.ittuple], k));
    if (item === 0) continue;
    decref(rt, item);
    throw valueError(rt, `zip() argument ${k + 1} is longer than argument${k === 1 ? " 1" : `s 1-${k}`}`);
  }
  return 0;
}

function zip_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + Zip.ittuple);
  clearField(rt, p + Zip.result);
  infoOfType(rt, rt.i32[p + Ob.type]).tp_free!(rt, p);
}

function zip_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + Zip.ittuple] !== 0) visit(rt.i32[p + Zip.ittuple]);
  if (rt.i32[p + Zip.result] !== 0) visit(rt.i32[p + Zip.result]);
}

function zip_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const its = i32[p + Zip.ittuple] === 0 ? rt.emptyTuple : i32[p + Zip.ittuple];
  const type = i32[p + Ob.type];
  return i32[p + Zip.strict] !== 0 ? PyTuple_Pack(rt, type, its, rt.True) : PyTuple_Pack(rt, type, its);
}

function zip_setstate(rt: Runtime, p: Ref, state: Ref): NewRef {
  rt.i32[p + Zip.strict] = PyObject_IsTrue(rt, state) ? 1 : 0;
  return rt.None;
}

/** mapobject and filterobject have the same fields: for map the tuple of iterators and the function. */
const enum MapOb {
  iters = 4,
  func = 6,
  BYTES = 32,
}

function map_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "map", kwargs);
  if (tupleSize(rt, args) < 2) throw typeError(rt, "map() must have at least two arguments.");
  iteratorsOf(rt, args, 1);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + MapOb.iters] = pop(rt);
  rt.i32[p + MapOb.func] = newref(rt, tupleItem(rt, args, 0));
  return p;
}

function map_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "map", kwnames);
  if (nargs < 2) throw typeError(rt, "map() must have at least two arguments.");
  const slot = push(rt, PyTuple_New(rt, nargs - 1));
  for (let i = 1; i < nargs; i++) {
    PyTuple_SET_ITEM(rt, rt.i32[slot], i - 1, PyObject_GetIter(rt, rt.i32[args + 2 * i]));
  }
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + MapOb.iters] = pop(rt);
  rt.i32[p + MapOb.func] = newref(rt, rt.i32[args]);
  return p;
}

/** tp_iternext of map. */
export function map_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const iters = i32[p + MapOb.iters];
  const n = i32[iters + Tuple.size];
  const base = mark(rt);
  if (n === 1) return mapOne(rt, i32[p + MapOb.func], next(rt, tupleItem(rt, iters, 0)));
  for (let i = 0; i < n; i++) {
    const item = next(rt, tupleItem(rt, iters, i));
    if (item === 0) {
      drop(rt, i);
      return 0;
    }
    push(rt, item);
  }
  const result = PyObject_Vectorcall(rt, i32[p + MapOb.func], base, n, 0);
  dropInOrder(rt, base, n);
  return result;
}

/** func(item), which is released. */
function mapOne(rt: Runtime, func: Ref, item: NewRef | 0): NewRef | 0 {
  if (item === 0) return 0;
  const at = push(rt, item);
  const result = takesPlainly(rt, func, 1)
    ? raised(rt, callPlainly(rt, func, item))
    : PyObject_Vectorcall(rt, func, at, 1, 0);
  drop(rt);
  return result;
}

/** Releases n pushed references, the first first. */
function dropInOrder(rt: Runtime, base: number, n: number): void {
  const i32 = rt.i32;
  for (let at = base; at < base + 2 * n; at += 2) {
    const ref = i32[at];
    i32[at] = 0;
    decref(rt, ref);
  }
  for (let i = 0; i < n; i++) pop(rt);
}

function mapDealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  clearField(rt, p + MapOb.iters);
  clearField(rt, p + MapOb.func);
  infoOfType(rt, rt.i32[p + Ob.type]).tp_free!(rt, p);
}

function mapTraverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + MapOb.iters] !== 0) visit(rt.i32[p + MapOb.iters]);
  if (rt.i32[p + MapOb.func] !== 0) visit(rt.i32[p + MapOb.func]);
}

/** (map, (function, *iterators)) */
function map_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const iters = i32[p + MapOb.iters];
  const n = tupleSize(rt, iters);
  const base = push(rt, newref(rt, i32[p + MapOb.func]));
  for (let i = 0; i < n; i++) push(rt, newref(rt, tupleItem(rt, iters, i)));
  const args = PyTuple_FromArray(rt, base, n + 1, true);
  for (let i = 0; i <= n; i++) pop(rt);
  const slot = push(rt, args);
  const r = PyTuple_Pack(rt, i32[p + Ob.type], i32[slot]);
  drop(rt);
  return r;
}

/** filterobject: the function, then the iterator. */
const enum FilterOb {
  func = 4,
  it = 6,
  BYTES = 32,
}

function filter_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  newNoKeywords(rt, type, "filter", kwargs);
  checkArgs(rt, "filter", tupleSize(rt, args), 2, 2);
  push(rt, PyObject_GetIter(rt, tupleItem(rt, args, 1)));
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + FilterOb.it] = pop(rt);
  rt.i32[p + FilterOb.func] = newref(rt, tupleItem(rt, args, 0));
  return p;
}

function filter_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "filter", kwnames);
  checkArgs(rt, "filter", nargs, 2, 2);
  push(rt, PyObject_GetIter(rt, rt.i32[args + 2]));
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  rt.i32[p + FilterOb.it] = pop(rt);
  rt.i32[p + FilterOb.func] = newref(rt, rt.i32[args]);
  return p;
}

/** tp_iternext of filter. */
export function filter_next(rt: Runtime, p: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const it = i32[p + FilterOb.it];
  const func = i32[p + FilterOb.func];
  const plain = func === rt.None || func === rt.types.bool;
  for (;;) {
    const item = next(rt, it);
    if (item === 0) return 0;
    push(rt, item);
    const good = plain ? PyObject_IsTrue(rt, item) : callTruth(rt, func, item);
    if (good) return pop(rt);
    drop(rt);
  }
}

function callTruth(rt: Runtime, func: Ref, item: Ref): boolean {
  const r = PyObject_CallOneArg(rt, func, item);
  if (r === rt.True || r === rt.False) return r === rt.True;
  push(rt, r);
  const truth = PyObject_IsTrue(rt, r);
  drop(rt);
  return truth;
}

function filter_reduce(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const args = push(rt, PyTuple_Pack(rt, i32[p + FilterOb.func], i32[p + FilterOb.it]));
  const r = PyTuple_Pack(rt, i32[p + Ob.type], i32[args]);
  drop(rt);
  return r;
}

export function initZipMap(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "zip",
      basicsize: Zip.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "Tuples of the first, the second ... items of several iterables.",
      slots: {
        tp_dealloc: trashed(zip_dealloc),
        tp_traverse: zip_traverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: zip_next,
        tp_new: zip_new,
      },
      methods: [
        { name: "__reduce__", flags: METH.NOARGS, fn: zip_reduce },
        { name: "__setstate__", flags: METH.O, fn: zip_setstate },
      ],
    },
    rt.types.zip,
  );
  initMapFilter(rt);
}

function initMapFilter(rt: Runtime): void {
  const shared = { tp_dealloc: trashed(mapDealloc), tp_traverse: mapTraverse, tp_iter: PyObject_SelfIter };
  defineType(
    rt,
    {
      name: "map",
      basicsize: MapOb.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "What a function makes of the items of one or more iterables.",
      slots: { ...shared, tp_iternext: map_next, tp_new: map_new, type_vectorcall: map_vectorcall },
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: map_reduce }],
    },
    rt.types.map,
  );
  defineType(
    rt,
    {
      name: "filter",
      basicsize: FilterOb.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE,
      doc: "The items for which a function is true (None: the true items).",
      slots: { ...shared, tp_iternext: filter_next, tp_new: filter_new, type_vectorcall: filter_vectorcall },
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: filter_reduce }],
    },
    rt.types.filter,
  );
}
