/**
 * functools.KeyWrapper: what cmp_to_key() makes. Part of the modules (CPython's Modules/_functoolsmodule.c).
 *
 *   byte   0      16    24       32
 *          | head | cmp | object |
 */
import { PyObject_RichCompare } from "../objects/abstract.ts";
import {
  PyObject_GC_Del,
  PyObject_GC_New,
  PyObject_GC_Track,
  PyObject_GC_UnTrack,
} from "../objects/alloc.ts";
import { kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { PyObject_CallTwoArgs } from "../objects/call.ts";
import { PyObject_HashNotImplemented } from "../objects/compare.ts";
import { defineType } from "../objects/defineType.ts";
import { raise, typeError } from "../objects/errors.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, newref, xnewref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { trashed } from "../objects/trashcan.ts";
import type { Cmp, NewRef, OptRef, Ref, Visit } from "../objects/typeinfo.ts";

const enum Key {
  cmp = 4,
  object = 6,
  BYTES = 32,
}

/** Both arguments are borrowed; `object` may be 0. */
export function newKeyWrapper(rt: Runtime, type: Ref, cmp: Ref, object: OptRef): NewRef {
  const p = PyObject_GC_New(rt, type, Key.BYTES);
  rt.i32[p + Key.cmp] = newref(rt, cmp);
  rt.i32[p + Key.object] = xnewref(rt, object);
  PyObject_GC_Track(rt, p);
  return p;
}

const CALL = kwSpec("K", "obj");

function keyobject_call(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [object] = parseTupleKw(rt, CALL, args, kwargs);
  return newKeyWrapper(rt, rt.i32[p + Ob.type], rt.i32[p + Key.cmp], object);
}

function keyobject_richcompare(rt: Runtime, p: Ref, other: Ref, op: Cmp): NewRef {
  const i32 = rt.i32;
  if (i32[other + Ob.type] !== i32[p + Ob.type]) throw typeError(rt, "other argument must be K instance");
  const x = i32[p + Key.object];
  const y = i32[other + Key.object];
  if (x === 0 || y === 0) throw raise(rt, rt.exc.AttributeError, "object");
  const order = pushed(rt, PyObject_CallTwoArgs(rt, i32[p + Key.cmp], x, y));
  const result = PyObject_RichCompare(rt, order, PyLong_FromNumber(rt, 0), op);
  drop(rt);
  return result;
}

function keyobject_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  keyobject_clear(rt, p);
  PyObject_GC_Del(rt, p);
  decref(rt, type);
}

function keyobject_clear(rt: Runtime, p: Ref): void {
  clearField(rt, p + Key.cmp);
  clearField(rt, p + Key.object);
}

function keyobject_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  const i32 = rt.i32;
  visit(i32[p + Ob.type]);
  if (i32[p + Key.cmp] !== 0) visit(i32[p + Key.cmp]);
  if (i32[p + Key.object] !== 0) visit(i32[p + Key.object]);
}

export function keyWrapperType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "functools.KeyWrapper",
    basicsize: Key.BYTES,
    flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION | TF.IMMUTABLETYPE,
    heap: true,
    slots: {
      tp_dealloc: trashed(keyobject_dealloc),
      tp_traverse: keyobject_traverse,
      tp_clear: keyobject_clear,
      tp_call: keyobject_call,
      tp_richcompare: keyobject_richcompare,
      tp_hash: PyObject_HashNotImplemented,
    },
    members: [{ name: "obj", type: "object", offset: Key.object }],
  });
}
