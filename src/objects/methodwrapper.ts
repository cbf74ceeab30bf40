/**
 * Bound slot wrappers, the type method-wrapper: `(1).__add__`. Part of the object layer (CPython's Objects/descrobject.c).
 *
 *   byte   0      16      24     32
 *          | head | descr | self |
 */
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyVectorcall_Call } from "./call.ts";
import { Py_HashPointer } from "./compare.ts";
import { defineType } from "./defineType.ts";
import {
  descr_qualname,
  descrName,
  getattrReduce,
  slotDefOf,
  strOrNone,
  wrapperdescr_raw_call,
} from "./descr.ts";
import { Descr, Ob, TF } from "./layout.ts";
import { docOf } from "./methdef.ts";
import { incref, newref, xdecref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import { PyTuple_FromArray } from "./tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

/** wrapperobject */
export const enum Wrap {
  descr = 4,
  self = 6,
  BYTES = 32,
}

export function PyWrapper_New(rt: Runtime, descr: Ref, self: Ref): NewRef {
  const i32 = rt.i32;
  const p = PyObject_GC_New(rt, rt.types.method_wrapper, Wrap.BYTES);
  incref(rt, descr);
  i32[p + Wrap.descr] = descr;
  incref(rt, self);
  i32[p + Wrap.self] = self;
  PyObject_GC_Track(rt, p);
  return p;
}

function wrapper_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  if (!trashBegin(rt, p, wrapper_dealloc)) return;
  xdecref(rt, rt.i32[p + Wrap.descr]);
  xdecref(rt, rt.i32[p + Wrap.self]);
  PyObject_GC_Del(rt, p);
  trashEnd(rt);
}

function wrapper_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Wrap.descr]);
  visit(rt.i32[p + Wrap.self]);
}

function wrapper_call(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [descr, self] = [rt.i32[p + Wrap.descr], rt.i32[p + Wrap.self]];
  const plain = !slotDefOf(rt, descr).keywords;
  if (plain) push(rt, PyTuple_FromArray(rt, args, nargs, false));
  const result = wrapperdescr_raw_call(rt, descr, self, args, nargs, kwnames);
  if (plain) drop(rt);
  return result;
}

function wrapper_repr(rt: Runtime, p: Ref): NewRef {
  const self = rt.i32[p + Wrap.self];
  const owner = `${typeNameOf(rt, self)} object at ${hexAddress(self)}`;
  return PyUnicode_FromJS(rt, `<method-wrapper '${descrName(rt, rt.i32[p + Wrap.descr])}' of ${owner}>`);
}

function wrapper_hash(rt: Runtime, p: Ref): number {
  const x = Py_HashPointer(rt, rt.i32[p + Wrap.self]);
  const hi = rt.hashHi;
  const y = Py_HashPointer(rt, rt.i32[p + Wrap.descr]);
  rt.hashHi ^= hi;
  return x ^ y;
}

function wrapper_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const i32 = rt.i32;
  const type = rt.types.method_wrapper;
  const comparable = i32[a + Ob.type] === type && i32[b + Ob.type] === type;
  if ((op !== Cmp.EQ && op !== Cmp.NE) || !comparable) return rt.NotImplemented;
  const same = i32[a + Wrap.descr] === i32[b + Wrap.descr] && i32[a + Wrap.self] === i32[b + Wrap.self];
  return same === (op === Cmp.EQ) ? rt.True : rt.False;
}

function wrapper_reduce(rt: Runtime, p: Ref): NewRef {
  const name = rt.i32[descrOf(rt, p) + Descr.name];
  return getattrReduce(rt, rt.i32[p + Wrap.self], newref(rt, name));
}

const descrOf = (rt: Runtime, p: Ref) => rt.i32[p + Wrap.descr];

export function initMethodWrapper(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "method-wrapper",
      basicsize: Wrap.BYTES,
      flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION,
      slots: {
        tp_dealloc: wrapper_dealloc,
        tp_traverse: wrapper_traverse,
        tp_repr: wrapper_repr,
        tp_hash: wrapper_hash,
        tp_call: PyVectorcall_Call,
        tp_vectorcall: wrapper_call,
        tp_richcompare: wrapper_richcompare,
      },
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: wrapper_reduce }],
      members: [{ name: "__self__", type: "object", offset: Wrap.self, readonly: true }],
      getsets: [
        { name: "__objclass__", get: (rt, p) => newref(rt, rt.i32[descrOf(rt, p) + Descr.type]) },
        { name: "__name__", get: (rt, p) => newref(rt, rt.i32[descrOf(rt, p) + Descr.name]) },
        { name: "__qualname__", get: (rt, p) => newref(rt, descr_qualname(rt, descrOf(rt, p))) },
        { name: "__doc__", get: (rt, p) => strOrNone(rt, docOf(slotDefOf(rt, descrOf(rt, p)))) },
        { name: "__text_signature__", get: (rt, p) => strOrNone(rt, slotDefOf(rt, descrOf(rt, p)).sig) },
      ],
    },
    rt.types.method_wrapper,
  );
}
