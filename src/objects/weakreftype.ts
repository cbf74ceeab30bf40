/** The type of weak references. Part of the object layer; proxies in weakproxy.ts. */

import { _PyObject_LookupSpecial } from "./abstract.ts";
import { checkArgs } from "./argparse.ts";
import { fullyQualifiedName } from "./baseobject.ts";
import { PyUnicode_Check, PyWeakref_Check } from "./check.ts";
import { PyObject_Hash, PyObject_RichCompare } from "./compare.ts";
import { defineType } from "./defineType.ts";
import { typeError } from "./errors.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { Dict, Ob, TF, Tuple, WeakRef as Wr } from "./layout.ts";
import { newref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";
import { initWeakProxies } from "./weakproxy.ts";
import {
  _PyWeakref_GET_REF,
  clear_weakref,
  get_or_create_weakref,
  PyWeakref_GetRef,
  weakref_dealloc,
} from "./weakref.ts";

/** The arguments of `__new__` and `__init__`: object and callback (0 if absent). */
function referent(rt: Runtime, args: Ref, name: string): { ob: Ref; callback: OptRef } {
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, name, n, 1, 2);
  return { ob: rt.i32[args + Tuple.items], callback: n > 1 ? rt.i32[args + Tuple.items + 2] : 0 };
}

function weakref___new__(rt: Runtime, type: Ref, args: Ref): NewRef {
  const { ob, callback } = referent(rt, args, "__new__");
  if (callback !== 0 && callback !== rt.None) rt.finalizersRun = true;
  return get_or_create_weakref(rt, type, ob, callback);
}

function weakref___init__(rt: Runtime, _self: Ref, args: Ref, kwargs: OptRef): void {
  if (kwargs !== 0 && rt.i32[kwargs + Dict.used] !== 0)
    throw typeError(rt, "ref() takes no keyword arguments");
  referent(rt, args, "__init__");
}

/** r(): the referent, or None when it is dead. */
function weakref_vectorcall(rt: Runtime, self: Ref, _args: number, nargs: number, kwnames: OptRef): NewRef {
  if (kwnames !== 0 && rt.i32[kwnames + Tuple.size] !== 0)
    throw typeError(rt, "weakref() takes no keyword arguments");
  checkArgs(rt, "weakref", nargs, 0, 0);
  return PyWeakref_GetRef(rt, self) || rt.None;
}

function weakref_call(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): NewRef {
  if (kwargs !== 0 && rt.i32[kwargs + Dict.used] !== 0)
    throw typeError(rt, "weakref() takes no keyword arguments");
  checkArgs(rt, "weakref", rt.i32[args + Tuple.size], 0, 0);
  return PyWeakref_GetRef(rt, self) || rt.None;
}

/** The hash of the referent, kept; so it must be asked for while that lives. */
function weakref_hash(rt: Runtime, self: Ref): number {
  const i32 = rt.i32;
  if ((i32[self + Wr.hash] & i32[self + Wr.hashHi]) !== -1) {
    rt.hashHi = i32[self + Wr.hashHi];
    return i32[self + Wr.hash];
  }
  const ob = PyWeakref_GetRef(rt, self);
  if (ob === 0) throw typeError(rt, "weak object has gone away");
  push(rt, ob);
  const lo = PyObject_Hash(rt, ob);
  i32[self + Wr.hash] = lo;
  i32[self + Wr.hashHi] = rt.hashHi;
  drop(rt);
  rt.hashHi = i32[self + Wr.hashHi];
  return lo;
}

/** Two live references compare as their referents, dead ones by identity. */
function weakref_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const comparable = (op === Cmp.EQ || op === Cmp.NE) && PyWeakref_Check(rt, a) && PyWeakref_Check(rt, b);
  if (!comparable) return rt.NotImplemented;
  const left = _PyWeakref_GET_REF(rt, a);
  const right = _PyWeakref_GET_REF(rt, b);
  if (left === 0 || right === 0) return (a === b) === (op === Cmp.EQ) ? rt.True : rt.False;
  push(rt, newref(rt, left));
  push(rt, newref(rt, right));
  const result = PyObject_RichCompare(rt, left, right, op);
  drop(rt, 2);
  return result;
}

function weakref_repr(rt: Runtime, self: Ref): NewRef {
  const ob = PyWeakref_GetRef(rt, self);
  if (ob === 0) return PyUnicode_FromJS(rt, `<weakref at ${hexAddress(self)}; dead>`);
  push(rt, ob);
  const name = _PyObject_LookupSpecial(rt, ob, rt.names.__name__);
  push(rt, name);
  const suffix = name !== 0 && PyUnicode_Check(rt, name) ? ` (${jsString(rt, name)})` : "";
  const text = `<weakref at ${hexAddress(self)}; to '${fullyQualifiedName(rt, rt.i32[ob + Ob.type])}' at ${hexAddress(ob)}${suffix}>`;
  drop(rt, 2);
  return PyUnicode_FromJS(rt, text);
}

/** Shared with the proxies: what a reference owns is its callback. */
export function weakref_traverse(rt: Runtime, self: Ref, visit: Visit): void {
  if (rt.i32[self + Wr.callback] !== 0) visit(rt.i32[self + Wr.callback]);
}

export function initWeakref(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "weakref.ReferenceType",
      basicsize: Wr.BYTES,
      flags: TF.HAVE_GC | TF.BASETYPE | TF.HAVE_VECTORCALL,
      slots: {
        tp_dealloc: trashed(weakref_dealloc),
        tp_vectorcall: weakref_vectorcall,
        tp_call: weakref_call,
        tp_repr: weakref_repr,
        tp_hash: weakref_hash,
        tp_richcompare: weakref_richcompare,
        tp_traverse: weakref_traverse,
        tp_clear: clear_weakref,
        tp_new: weakref___new__,
        tp_init: weakref___init__,
      },
      members: [{ name: "__callback__", type: "object", offset: Wr.callback, readonly: true }],
      methods: [
        { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias, doc: "See PEP 585" },
      ],
    },
    rt.types.weakref,
  );
  initWeakProxies(rt);
}
