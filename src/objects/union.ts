/**
 * types.UnionType: `int | str`. Part of the object layer (CPython's Objects/unionobject.c).
 *
 *   byte   0      16     24           32
 *          | head | args | parameters |
 */

import {
  PyObject_GetAttr,
  PyObject_Hash,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
} from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyType_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { _Py_make_parameters, _Py_subs_parameters, typeRepr } from "./genericsubst.ts";
import { PyObject_GenericGetAttr } from "./instance.ts";
import { Ob, TF, Tuple } from "./layout.ts";
import { PyNumber_Or } from "./number.ts";
import { newref, xdecref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PyFrozenSet_New } from "./set.ts";
import { drop, pop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { PyTuple_Pack, tupleItem } from "./tuple.ts";
import { Cmp, type NewRef, type Ref, type Visit } from "./typeinfo.ts";

const enum Union {
  args = 4,
  parameters = 6,
  BYTES = 32,
}

/** The members of a union, a tuple (borrowed). */
export function unionArgs(rt: Runtime, p: Ref): Ref {
  return rt.i32[p + Union.args];
}

function isUnion(rt: Runtime, o: Ref): boolean {
  return rt.i32[o + Ob.type] === rt.types.UnionType;
}

function isUnionable(rt: Runtime, o: Ref): boolean {
  const type = rt.i32[o + Ob.type];
  return (
    o === rt.None ||
    type === rt.types.UnionType ||
    type === rt.types.GenericAlias ||
    type === rt.types.TypeAliasType ||
    PyType_Check(rt, o)
  );
}

/** a | b of two types; NotImplemented for what is none. */
export function _Py_union_type_or(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (!isUnionable(rt, a) || !isUnionable(rt, b)) return rt.NotImplemented;
  const members: Ref[] = [];
  for (const side of [a, b]) {
    if (!isUnion(rt, side)) addMember(rt, members, side === rt.None ? rt.types.NoneType : side);
    else {
      const args = unionArgs(rt, side);
      for (let k = 0; k < rt.i32[args + Tuple.size]; k++) addMember(rt, members, tupleItem(rt, args, k));
    }
  }
  if (members.length === 1) return newref(rt, members[0]);
  return make_union(rt, PyTuple_Pack(rt, ...members));
}

function addMember(rt: Runtime, members: Ref[], item: Ref): void {
  for (const have of members) {
    if (have === item) return;
    const aliases =
      rt.i32[have + Ob.type] === rt.types.GenericAlias && rt.i32[item + Ob.type] === rt.types.GenericAlias;
    if (aliases && PyObject_RichCompareBool(rt, have, item, Cmp.EQ)) return;
  }
  members.push(item);
}

/** Takes the tuple over. */
function make_union(rt: Runtime, args: NewRef): NewRef {
  push(rt, args);
  const p = PyObject_GC_New(rt, rt.types.UnionType, Union.BYTES);
  rt.i32[p + Union.args] = pop(rt);
  rt.i32[p + Union.parameters] = 0;
  PyObject_GC_Track(rt, p);
  return p;
}

function union_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  xdecref(rt, rt.i32[p + Union.args]);
  xdecref(rt, rt.i32[p + Union.parameters]);
  PyObject_GC_Del(rt, p);
}

function union_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Union.args]);
  if (rt.i32[p + Union.parameters] !== 0) visit(rt.i32[p + Union.parameters]);
}

function union_hash(rt: Runtime, p: Ref): number {
  const set = PyFrozenSet_New(rt, unionArgs(rt, p));
  push(rt, set);
  const hash = PyObject_Hash(rt, set);
  const hi = rt.hashHi;
  drop(rt);
  rt.hashHi = hi;
  return hash;
}

function union_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if ((op !== Cmp.EQ && op !== Cmp.NE) || !isUnion(rt, a) || !isUnion(rt, b)) return rt.NotImplemented;
  const left = push(rt, PyFrozenSet_New(rt, unionArgs(rt, a)));
  const right = push(rt, PyFrozenSet_New(rt, unionArgs(rt, b)));
  const result = PyObject_RichCompare(rt, rt.i32[left], rt.i32[right], op);
  drop(rt, 2);
  return result;
}

function union_repr(rt: Runtime, p: Ref): NewRef {
  const args = unionArgs(rt, p);
  const parts: string[] = [];
  for (let k = 0; k < rt.i32[args + Tuple.size]; k++) {
    const item = tupleItem(rt, args, k);
    parts.push(item === rt.types.NoneType ? "None" : typeRepr(rt, item));
  }
  return PyUnicode_FromJS(rt, parts.join(" | "));
}

/** The type variables of the members, found when first asked for (borrowed). */
function parametersOf(rt: Runtime, p: Ref): Ref {
  if (rt.i32[p + Union.parameters] === 0) {
    rt.i32[p + Union.parameters] = _Py_make_parameters(rt, unionArgs(rt, p));
  }
  return rt.i32[p + Union.parameters];
}

function union_getitem(rt: Runtime, p: Ref, item: Ref): NewRef {
  const args = _Py_subs_parameters(rt, p, unionArgs(rt, p), parametersOf(rt, p), item);
  push(rt, args);
  const slot = push(rt, newref(rt, tupleItem(rt, args, 0)));
  for (let k = 1; k < rt.i32[args + Tuple.size]; k++) {
    const sum = PyNumber_Or(rt, rt.i32[slot], tupleItem(rt, args, k));
    drop(rt);
    push(rt, sum);
  }
  const result = pop(rt);
  drop(rt);
  return result;
}

function union_getattro(rt: Runtime, p: Ref, name: Ref): NewRef {
  if (jsString(rt, name) === "__module__") return PyObject_GetAttr(rt, rt.types.UnionType, name);
  return PyObject_GenericGetAttr(rt, p, name);
}

export function initUnion(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "types.UnionType",
      basicsize: Union.BYTES,
      flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION,
      doc: "One of several types: what `int | str` makes.",
      slots: {
        tp_dealloc: union_dealloc,
        tp_traverse: union_traverse,
        tp_repr: union_repr,
        tp_hash: union_hash,
        tp_getattro: union_getattro,
        tp_richcompare: union_richcompare,
        nb_or: _Py_union_type_or,
        mp_subscript: union_getitem,
      },
      members: [{ name: "__args__", type: "object", offset: Union.args, readonly: true }],
      getsets: [{ name: "__parameters__", get: (rt: Runtime, p: Ref) => newref(rt, parametersOf(rt, p)) }],
    },
    rt.types.UnionType,
  );
}
