/**
 * The sequence, mapping, iterator and awaitable slots of classes written in Python. Part of the object layer
 * (slot_sq_*, slot_mp_*, slot_am_*, slot_tp_iter* of CPython's Objects/typeobject.c).
 */
import { PyNumber_AsSsize_t, PyNumber_Index, PyObject_IsTrue } from "./abstract.ts";
import { callPlainly, takesPlainly } from "./callpy.ts";
import { clearError, errorMatches, raise, typeError, valueError } from "./errors.ts";
import { PySeqIter_New } from "./iter.ts";
import { Ob } from "./layout.ts";
import { _PyLong_Sign, PyLong_FromNumber } from "./long.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { _PySequence_IterContains } from "./sequence.ts";
import { callSpecial0, callSpecial1, callSpecial2, required } from "./slotcalls.ts";
import { typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";
import { _PyType_Lookup } from "./typelookup.ts";

/** `__len__`: sq_length and mp_length. */
export function slot_sq_length(rt: Runtime, self: Ref): number {
  const n = rt.names.__len__;
  const value = required(rt, callSpecial0(rt, self, n), n);
  push(rt, value);
  const length = PyNumber_Index(rt, value);
  push(rt, length);
  if (_PyLong_Sign(rt, length) < 0) throw valueError(rt, "__len__() should return >= 0");
  const result = PyNumber_AsSsize_t(rt, length, rt.exc.OverflowError);
  drop(rt, 2);
  return result;
}

export function slot_sq_item(rt: Runtime, self: Ref, i: number): NewRef {
  const index = PyLong_FromNumber(rt, i);
  push(rt, index);
  const n = rt.names.__getitem__;
  const result = required(rt, callSpecial1(rt, self, n, index), n);
  drop(rt);
  return result;
}

export function slot_sq_ass_item(rt: Runtime, self: Ref, i: number, value: OptRef): void {
  const index = PyLong_FromNumber(rt, i);
  push(rt, index);
  slot_mp_ass_subscript(rt, self, index, value);
  drop(rt);
}

/** `__setitem__`, or `__delitem__` when value is 0. */
export function slot_mp_ass_subscript(rt: Runtime, self: Ref, key: Ref, value: OptRef): void {
  const n = value === 0 ? rt.names.__delitem__ : rt.names.__setitem__;
  const result = value === 0 ? callSpecial1(rt, self, n, key) : callSpecial2(rt, self, n, key, value);
  decref(rt, required(rt, result, n));
}

/** `__contains__`; without it, a search through the iterator. */
export function slot_sq_contains(rt: Runtime, self: Ref, value: Ref): boolean {
  const n = rt.names.__contains__;
  const method = _PyType_Lookup(rt, rt.i32[self + Ob.type], n);
  if (method === rt.None) throw typeError(rt, `'${typeNameOf(rt, self)}' object is not a container`);
  if (method === 0) return _PySequence_IterContains(rt, self, value);
  const result = callSpecial1(rt, self, n, value);
  push(rt, result);
  const truth = PyObject_IsTrue(rt, result);
  drop(rt);
  return truth;
}

/** `__iter__`, else an iterator by `__getitem__`. */
export function slot_tp_iter(rt: Runtime, self: Ref): NewRef {
  const type = rt.i32[self + Ob.type];
  const method = _PyType_Lookup(rt, type, rt.names.__iter__);
  if (method !== rt.None) {
    if (method !== 0) return callSpecial0(rt, self, rt.names.__iter__);
    if (_PyType_Lookup(rt, type, rt.names.__getitem__) !== 0) return PySeqIter_New(rt, self);
  }
  throw typeError(rt, `'${typeNameOf(rt, self)}' object is not iterable`);
}

/** `__next__`. At the end it throws StopIteration, as the method did: the exception's value is not lost. */
export function slot_tp_iternext(rt: Runtime, self: Ref): NewRef {
  const n = rt.names.__next__;
  return required(rt, callSpecial0(rt, self, n), n);
}

/** As slot_tp_iternext, but 0 at the end, which a plain `__next__` tells without a throw. */
export function nextOrEnd(rt: Runtime, self: Ref): NewRef | 0 {
  return plainlyOr0(rt, self, rt.names.__next__, 0, endsIteration) ?? slot_tp_iternext(rt, self);
}

function endsIteration(rt: Runtime): boolean {
  return errorMatches(rt, rt.exc.StopIteration);
}

/** As slot_sq_item, but 0 at the end of an iteration: a plain `__getitem__` that has raised IndexError or StopIteration. */
export function itemOrEnd(rt: Runtime, self: Ref, i: number): NewRef | 0 {
  const index = PyLong_FromNumber(rt, i);
  push(rt, index);
  const item = plainlyOr0(rt, self, rt.names.__getitem__, index, endsSequence) ?? slot_sq_item(rt, self, i);
  drop(rt);
  return item;
}

function endsSequence(rt: Runtime): boolean {
  return errorMatches(rt, rt.exc.IndexError) || errorMatches(rt, rt.exc.StopIteration);
}

/**
 * Calls a method that is a Python function of self and, if there is one, `arg`: 0 if it has raised what `isEnd` says, which is
 * forgotten; null if the method is of another kind, and nothing has happened.
 */
function plainlyOr0(
  rt: Runtime,
  self: Ref,
  name: Ref,
  arg: OptRef,
  isEnd: (rt: Runtime) => boolean,
): NewRef | 0 | null {
  const f = _PyType_Lookup(rt, rt.i32[self + Ob.type], name);
  if (f === 0 || !takesPlainly(rt, f, arg === 0 ? 1 : 2)) return null;
  push(rt, newref(rt, f));
  const result = callPlainly(rt, f, self, arg);
  if (result === 0) {
    if (!isEnd(rt)) throw rt.pyerr;
    clearError(rt);
  }
  drop(rt);
  return result;
}

function asyncSlot(rt: Runtime, self: Ref, name: Ref, text: string): NewRef {
  const result = callSpecial0(rt, self, name);
  if (result !== 0) return result;
  const message = `object ${typeNameOf(rt, self).slice(0, 50)} does not have ${text} method`;
  throw raise(rt, rt.exc.AttributeError, message);
}

export function slot_am_await(rt: Runtime, self: Ref): NewRef {
  return asyncSlot(rt, self, rt.names.__await__, "__await__");
}

export function slot_am_aiter(rt: Runtime, self: Ref): NewRef {
  return asyncSlot(rt, self, rt.names.__aiter__, "__aiter__");
}

export function slot_am_anext(rt: Runtime, self: Ref): NewRef {
  return asyncSlot(rt, self, rt.names.__anext__, "__anext__");
}
