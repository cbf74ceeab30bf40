/** None, NotImplemented and Ellipsis: their types. Part of the object layer (CPython's Objects/object.c). */
import { defineType } from "./defineType.ts";
import { PyDict_Size } from "./dict.ts";
import { typeError } from "./errors.ts";
import { Tuple } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { internStatic } from "./str.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";
import { PyErr_WarnEx } from "./warn.ts";

const HEAD_BYTES = 16;

/** tp_new of a type with one instance. */
function singletonNew(name: string, instance: (rt: Runtime) => Ref) {
  return (rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef => {
    if (rt.i32[args + Tuple.size] > 0 || (kwargs !== 0 && PyDict_Size(rt, kwargs) > 0)) {
      throw typeError(rt, `${name} takes no arguments`);
    }
    return instance(rt);
  };
}

/** Singletons never go away: their counts do not change. */
function immortalDealloc(_rt: Runtime, _p: Ref): void {}

function notImplementedTruth(rt: Runtime): boolean {
  const message = "NotImplemented should not be used in a boolean context";
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, message, 1);
  return true;
}

/** `__reduce__` of a singleton: its global name. */
function reduceTo(name: string): MethodDef {
  return { name: "__reduce__", flags: METH.NOARGS, fn: (rt) => internStatic(rt, name) };
}

/** None hashes to a fixed value since 3.12. */
function none_hash(rt: Runtime): number {
  rt.hashHi = 0;
  return 0xfca86420 | 0;
}

/** None is ordered against nothing and equal to itself. */
function none_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (a !== b || (op !== Cmp.EQ && op !== Cmp.NE)) return rt.NotImplemented;
  return op === Cmp.EQ ? rt.True : rt.False;
}

export function initNone(rt: Runtime): void {
  const common = { basicsize: HEAD_BYTES };
  defineType(
    rt,
    {
      ...common,
      name: "NoneType",
      doc: "The type of None, which stands for nothing.",
      slots: {
        tp_dealloc: immortalDealloc,
        tp_repr: (rt) => internStatic(rt, "None"),
        tp_hash: none_hash,
        tp_richcompare: none_richcompare,
        nb_bool: () => false,
        tp_new: singletonNew("NoneType", (rt) => rt.None),
      },
    },
    rt.types.NoneType,
  );
  defineType(
    rt,
    {
      ...common,
      name: "NotImplementedType",
      slots: {
        tp_dealloc: immortalDealloc,
        tp_repr: (rt) => internStatic(rt, "NotImplemented"),
        nb_bool: notImplementedTruth,
        tp_new: singletonNew("NotImplementedType", (rt) => rt.NotImplemented),
      },
      methods: [reduceTo("NotImplemented")],
    },
    rt.types.NotImplementedType,
  );
  defineType(
    rt,
    {
      ...common,
      name: "ellipsis",
      slots: {
        tp_dealloc: immortalDealloc,
        tp_repr: (rt) => internStatic(rt, "Ellipsis"),
        tp_new: singletonNew("EllipsisType", (rt) => rt.Ellipsis),
      },
      methods: [reduceTo("Ellipsis")],
    },
    rt.types.ellipsis,
  );
}
