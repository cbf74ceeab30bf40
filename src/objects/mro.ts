/**
 * The method resolution order: C3 linearisation, or what a metaclass's `mro()` says. Part of the object layer (CPython's
 * Objects/typeobject.c: mro_implementation, pmerge, mro_check).
 */

import { PyObject_GetOptionalAttr } from "./abstract.ts";
import { PyObject_CallMethodNoArgs } from "./call.ts";
import { PyType_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { Ob, Tuple, Ty } from "./layout.ts";
import { incref, setField } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { PySequence_Tuple } from "./sequence.ts";
import { typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";
import { solid_base } from "./typelayout.ts";
import { PyType_IsSubtype, PyType_Modified } from "./typelookup.ts";

function tupleRefs(rt: Runtime, tuple: Ref): Ref[] {
  const n = rt.i32[tuple + Tuple.size];
  const refs: Ref[] = [];
  for (let k = 0; k < n; k++) refs.push(rt.i32[tuple + Tuple.items + 2 * k]);
  return refs;
}

function tupleOf(rt: Runtime, refs: Ref[]): NewRef {
  const tuple = PyTuple_New(rt, refs.length);
  refs.forEach((ref, k) => {
    incref(rt, ref);
    PyTuple_SET_ITEM(rt, tuple, k, ref);
  });
  return tuple;
}

/** The C3 order of a type from its bases' orders: a new tuple. */
export function mro_implementation(rt: Runtime, type: Ref): NewRef {
  const i32 = rt.i32;
  const bases = tupleRefs(rt, i32[type + Ty.bases]);
  for (const base of bases) {
    if (i32[base + Ty.mro] === 0) {
      throw typeError(rt, `Cannot extend an incomplete type '${rt.typeInfos[i32[base + Ty.info]].name}'`);
    }
  }
  if (bases.length === 1) return tupleOf(rt, [type, ...tupleRefs(rt, i32[bases[0] + Ty.mro])]);
  checkDuplicates(rt, bases);
  return tupleOf(rt, [type, ...pmerge(rt, [...bases.map((b) => tupleRefs(rt, i32[b + Ty.mro])), bases])]);
}

function checkDuplicates(rt: Runtime, bases: Ref[]): void {
  bases.forEach((base, k) => {
    if (bases.indexOf(base) !== k) throw typeError(rt, `duplicate base class ${className(rt, base)}`);
  });
}

/** `__name__` of a class as a message shows it. */
function className(rt: Runtime, cls: Ref): string {
  const name = PyObject_GetOptionalAttr(rt, cls, rt.names.__name__);
  if (name === 0) return "?";
  push(rt, name);
  const text = rt.i32[name + Ob.type] === rt.types.str ? jsString(rt, name) : "?";
  drop(rt);
  return text;
}

/** Merges the lists: each next class is the first head that stands in no other list's tail. */
function pmerge(rt: Runtime, lists: Ref[][]): Ref[] {
  const heads = lists.map(() => 0);
  const result: Ref[] = [];
  for (;;) {
    if (lists.every((list, k) => heads[k] >= list.length)) return result;
    const next = lists.findIndex(
      (list, k) => heads[k] < list.length && !inSomeTail(lists, heads, list[heads[k]]),
    );
    if (next < 0) throw mroError(rt, lists, heads);
    const candidate = lists[next][heads[next]];
    result.push(candidate);
    lists.forEach((list, k) => {
      if (heads[k] < list.length && list[heads[k]] === candidate) heads[k]++;
    });
  }
}

function inSomeTail(lists: Ref[][], heads: number[], cls: Ref): boolean {
  return lists.some((list, k) => list.indexOf(cls, heads[k] + 1) >= 0);
}

function mroError(rt: Runtime, lists: Ref[][], heads: number[]): PyErr {
  const left = new Set<Ref>();
  lists.forEach((list, k) => {
    if (heads[k] < list.length) left.add(list[heads[k]]);
  });
  const names = [...left].map((cls) => className(rt, cls));
  return typeError(
    rt,
    `Cannot create a consistent method resolution order (MRO) for bases ${names.join(", ")}`,
  );
}

/** The order a type shall have: by `mro()` of its metaclass if that overrides it (mro_invoke). */
function mro_invoke(rt: Runtime, type: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[type + Ob.type] === rt.types.type) return mro_implementation(rt, type);
  const custom = PyObject_CallMethodNoArgs(rt, type, rt.names.mro);
  push(rt, custom);
  const order = PySequence_Tuple(rt, custom);
  push(rt, order);
  mro_check(rt, type, order);
  pop(rt);
  drop(rt);
  return order;
}

/** A custom order may hold only classes whose instances have the same layout. */
function mro_check(rt: Runtime, type: Ref, order: Ref): void {
  if (rt.i32[order + Tuple.size] === 0) throw typeError(rt, "type MRO must not be empty");
  const solid = solid_base(rt, type);
  for (const cls of tupleRefs(rt, order)) {
    if (!PyType_Check(rt, cls)) {
      throw typeError(rt, `mro() returned a non-class ('${typeNameOf(rt, cls, 500)}')`);
    }
    if (!PyType_IsSubtype(rt, solid, solid_base(rt, cls))) {
      const name = rt.typeInfos[rt.i32[cls + Ty.info]].name;
      throw typeError(rt, `mro() returned base with unsuitable layout ('${name.slice(0, 500)}')`);
    }
  }
}

/**
 * Gives the type its order (mro_internal): a new reference to the old one, or 0 if there was none; false when the type got
 * another order while `mro()` ran, which then stays.
 */
export function mro_internal(rt: Runtime, type: Ref): boolean {
  const i32 = rt.i32;
  const old = i32[type + Ty.mro];
  if (old !== 0) {
    incref(rt, old);
    push(rt, old);
  }
  const order = mro_invoke(rt, type);
  const reentered = i32[type + Ty.mro] !== old;
  if (old !== 0) drop(rt);
  if (reentered) {
    push(rt, order);
    drop(rt);
    return false;
  }
  setField(rt, type + Ty.mro, order);
  PyType_Modified(rt, type);
  return true;
}
