/**
 * Bound methods: a function and its first argument. Part of the object layer (CPython's Objects/classobject.c).
 *
 *   byte   0      16       24       32          40           48
 *          | head | im_func | im_self | weak refs | vectorcall |
 */
import { Cell } from "../heap/cells.ts";
import {
  PyCallable_Check,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Hash,
  PyObject_RichCompareBool,
  reprOf,
} from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { checkArgs, noKeywords } from "./argparse.ts";
import { kwCount, lendArgs, PyObject_Vectorcall, PyVectorcall_Call } from "./call.ts";
import { PyMethod_Check, PyUnicode_Check } from "./check.ts";
import { Py_HashPointer } from "./compare.ts";
import { defineType } from "./defineType.ts";
import { getattrReduce } from "./descr.ts";
import { typeError } from "./errors.ts";
import { Method, TF, Tuple } from "./layout.ts";
import { decref, incref, newref, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { tupleItem } from "./tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";
import { _PyType_Lookup } from "./typelookup.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

export function PyMethod_New(rt: Runtime, func: Ref, self: Ref): NewRef {
  const i32 = rt.i32;
  const p = PyObject_GC_New(rt, rt.types.method, Method.BYTES);
  i32[p + Method.weakreflist] = 0;
  incref(rt, func);
  i32[p + Method.func] = func;
  incref(rt, self);
  i32[p + Method.self] = self;
  i32[p + Method.vectorcall] = 0;
  PyObject_GC_Track(rt, p);
  return p;
}

/** Calls the function with self put before the arguments, which are lent and not copied into a tuple. */
function method_vectorcall(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const i32 = rt.i32;
  const at = lendArgs(rt, i32[p + Method.self], args, nargs + kwCount(rt, kwnames));
  const result = PyObject_Vectorcall(rt, i32[p + Method.func], at, nargs + 1, kwnames);
  i32[Cell.SP] = at - 1;
  return result;
}

function method_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, p);
  if (i32[p + Method.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  decref(rt, i32[p + Method.func]);
  xdecref(rt, i32[p + Method.self]);
  PyObject_GC_Del(rt, p);
}

function method_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Method.func]);
  visit(rt.i32[p + Method.self]);
}

/** The method's own attributes first, then the function's. */
function method_getattro(rt: Runtime, p: Ref, name: Ref): NewRef {
  const descr = _PyType_Lookup(rt, rt.types.method, name);
  if (descr === 0) return PyObject_GetAttr(rt, rt.i32[p + Method.func], name);
  const get = infoOf(rt, descr).tp_descr_get;
  return get === null ? newref(rt, descr) : get(rt, descr, p, rt.types.method);
}

function method_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "method", kwargs);
  checkArgs(rt, "method", rt.i32[args + Tuple.size], 2, 2);
  const func = tupleItem(rt, args, 0);
  const self = tupleItem(rt, args, 1);
  if (!PyCallable_Check(rt, func)) throw typeError(rt, "first argument must be callable");
  if (self === rt.None) throw typeError(rt, "instance must not be None");
  return PyMethod_New(rt, func, self);
}

function method_repr(rt: Runtime, p: Ref): NewRef {
  const func = rt.i32[p + Method.func];
  let name = PyObject_GetOptionalAttr(rt, func, rt.names.__qualname__);
  if (name === 0) name = PyObject_GetOptionalAttr(rt, func, rt.names.__name__);
  push(rt, name);
  const text = name !== 0 && PyUnicode_Check(rt, name) ? jsString(rt, name) : "?";
  drop(rt);
  return PyUnicode_FromJS(rt, `<bound method ${text} of ${reprOf(rt, rt.i32[p + Method.self])}>`);
}

function method_hash(rt: Runtime, p: Ref): number {
  const y = PyObject_Hash(rt, rt.i32[p + Method.func]);
  const hi = rt.hashHi;
  const x = Py_HashPointer(rt, rt.i32[p + Method.self]) ^ y;
  rt.hashHi ^= hi;
  return x === -1 && rt.hashHi === -1 ? -2 : x;
}

function method_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const i32 = rt.i32;
  const comparable = PyMethod_Check(rt, a) && PyMethod_Check(rt, b);
  if ((op !== Cmp.EQ && op !== Cmp.NE) || !comparable) return rt.NotImplemented;
  const same =
    PyObject_RichCompareBool(rt, i32[a + Method.func], i32[b + Method.func], Cmp.EQ) &&
    i32[a + Method.self] === i32[b + Method.self];
  return same === (op === Cmp.EQ) ? rt.True : rt.False;
}

function method_reduce(rt: Runtime, p: Ref): NewRef {
  const name = PyObject_GetAttr(rt, rt.i32[p + Method.func], rt.names.__name__);
  return getattrReduce(rt, rt.i32[p + Method.self], name);
}

export function initMethod(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "method",
      basicsize: Method.BYTES,
      weaklistoffset: Method.weakreflist * 4,
      flags: TF.HAVE_GC | TF.HAVE_VECTORCALL,
      doc: "A function bound to its first argument.",
      slots: {
        tp_dealloc: trashed(method_dealloc),
        tp_traverse: method_traverse,
        tp_new: method_new,
        tp_repr: method_repr,
        tp_hash: method_hash,
        tp_call: PyVectorcall_Call,
        tp_vectorcall: method_vectorcall,
        tp_getattro: method_getattro,
        tp_richcompare: method_richcompare,
        tp_descr_get: (rt, p) => newref(rt, p),
      },
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: method_reduce }],
      members: [
        { name: "__func__", type: "object", offset: Method.func, readonly: true },
        { name: "__self__", type: "object", offset: Method.self, readonly: true },
      ],
      getsets: [
        { name: "__doc__", get: (rt, p) => PyObject_GetAttr(rt, rt.i32[p + Method.func], rt.names.__doc__) },
      ],
    },
    rt.types.method,
  );
}
