/** bool: the two static instances True and False, and their operations. Part of the object layer. */
import { staticAlloc } from "../heap/static.ts";
import { PyObject_IsTrue } from "./abstract.ts";
import { checkArgs, noKeywords, noKwnames } from "./argparse.ts";
import { PyBool_Check, PyLong_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { IMMORTAL_REFCNT, Long, Ob, Tuple } from "./layout.ts";
import { long_and, long_invert, long_or, long_xor } from "./longbits.ts";
import type { Runtime } from "./runtime.ts";
import { internStatic } from "./str.ts";
import { tupleItem } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";
import { PyErr_WarnEx } from "./warn.ts";

/** Creates False and True. Part of the first steps of start-up. */
export function initBoolSingletons(rt: Runtime): void {
  rt.False = staticBool(rt, 0);
  rt.True = staticBool(rt, 1);
}

function staticBool(rt: Runtime, v: number): Ref {
  const p = staticAlloc(rt, 32);
  rt.i32[p] = IMMORTAL_REFCNT;
  rt.i32[p + Ob.type] = rt.types.bool;
  rt.i32[p + Long.tag] = v === 0 ? 1 : 8;
  rt.i32[p + Long.digit] = v;
  return p;
}

function bool_repr(rt: Runtime, self: Ref): NewRef {
  return internStatic(rt, self === rt.True ? "True" : "False");
}

function bool_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "bool", kwargs);
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "bool", n, 0, 1);
  return n !== 0 && PyObject_IsTrue(rt, tupleItem(rt, args, 0)) ? rt.True : rt.False;
}

function bool_vectorcall(rt: Runtime, _type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  noKwnames(rt, "bool", kwnames);
  checkArgs(rt, "bool", nargs, 0, 1);
  return nargs !== 0 && PyObject_IsTrue(rt, rt.i32[args]) ? rt.True : rt.False;
}

/** Two bools give a bool; a bool and an int are ints. */
function boolean(rt: Runtime, a: Ref, b: Ref, op: (x: boolean, y: boolean) => boolean): NewRef {
  return op(a === rt.True, b === rt.True) ? rt.True : rt.False;
}

function bool_and(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (PyBool_Check(rt, a) && PyBool_Check(rt, b)) return boolean(rt, a, b, (x, y) => x && y);
  return PyLong_Check(rt, a) && PyLong_Check(rt, b) ? long_and(rt, a, b) : rt.NotImplemented;
}

function bool_or(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (PyBool_Check(rt, a) && PyBool_Check(rt, b)) return boolean(rt, a, b, (x, y) => x || y);
  return PyLong_Check(rt, a) && PyLong_Check(rt, b) ? long_or(rt, a, b) : rt.NotImplemented;
}

function bool_xor(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (PyBool_Check(rt, a) && PyBool_Check(rt, b)) return boolean(rt, a, b, (x, y) => x !== y);
  return PyLong_Check(rt, a) && PyLong_Check(rt, b) ? long_xor(rt, a, b) : rt.NotImplemented;
}

const INVERT_WARNING =
  "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of " +
  "the underlying int object and is usually not what you expect from negating a bool. Use the 'not' operator " +
  "for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.";

function bool_invert(rt: Runtime, a: Ref): NewRef {
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, INVERT_WARNING, 1);
  return long_invert(rt, a);
}

export function initBool(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "bool",
      basicsize: Long.HEAD_BYTES,
      itemsize: 4,
      base: rt.types.int,
      doc: "The truth values True and False, the only two instances; ints 1 and 0 in arithmetic.",
      slots: {
        tp_dealloc: (rt, self) => {
          rt.i32[self] = IMMORTAL_REFCNT;
        },
        tp_repr: bool_repr,
        tp_new: bool_new,
        type_vectorcall: bool_vectorcall,
        nb_and: bool_and,
        nb_or: bool_or,
        nb_xor: bool_xor,
        nb_invert: bool_invert,
      },
    },
    rt.types.bool,
  );
}
