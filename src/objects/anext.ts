/**
 * What `anext(iterator, default)` gives: awaits the iterator's next item and turns its StopAsyncIteration into the default.
 * Part of the object layer (CPython's Objects/iterobject.c).
 *
 *   byte   0      16        24        32
 *          | head | wrapped | default |
 */

import { PyObject_GetAttr } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { PyObject_CallArgs } from "./call.ts";
import { PyCoro_CheckExact } from "./check.ts";
import { defineType } from "./defineType.ts";
import { caught, clearError } from "./errors.ts";
import { stopIterationWith } from "./generator.ts";
import { _PyCoro_GetAwaitableIter } from "./generatortype.ts";
import { PyObject_SelfIter } from "./iterproto.ts";
import { TF } from "./layout.ts";
import { pushed } from "./nativecall.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import { drop, mark, push } from "./stack.ts";
import { internStatic } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { METH, type NewRef, type Ref, type Visit } from "./typeinfo.ts";

const enum Anext {
  wrapped = 4,
  fallback = 6,
  BYTES = 32,
}

/** Both arguments are borrowed. */
export function PyAnextAwaitable_New(rt: Runtime, awaitable: Ref, fallback: Ref): NewRef {
  const p = PyObject_GC_New(rt, rt.types.anext_awaitable, Anext.BYTES);
  rt.i32[p + Anext.wrapped] = newref(rt, awaitable);
  rt.i32[p + Anext.fallback] = newref(rt, fallback);
  PyObject_GC_Track(rt, p);
  return p;
}

function anextawaitable_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  decref(rt, rt.i32[p + Anext.wrapped]);
  decref(rt, rt.i32[p + Anext.fallback]);
  PyObject_GC_Del(rt, p);
}

function anextawaitable_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Anext.wrapped]);
  visit(rt.i32[p + Anext.fallback]);
}

/** The iterator that drives the wrapped awaitable. */
function getiter(rt: Runtime, p: Ref): NewRef {
  const awaitable = _PyCoro_GetAwaitableIter(rt, rt.i32[p + Anext.wrapped]);
  if (!PyCoro_CheckExact(rt, awaitable)) return awaitable;
  push(rt, awaitable);
  const it = infoOf(rt, awaitable).am_await!(rt, awaitable);
  drop(rt);
  return it;
}

/** Runs a step; StopAsyncIteration becomes StopIteration with the default. */
function guarded(rt: Runtime, p: Ref, step: (it: Ref) => NewRef | 0): NewRef | 0 {
  const m = mark(rt);
  const it = pushed(rt, getiter(rt, p));
  let result: NewRef | 0;
  try {
    result = step(it);
  } catch (e) {
    caught(rt, e, m, rt.exc.StopAsyncIteration);
    clearError(rt);
    throw stopIterationWith(rt, newref(rt, rt.i32[p + Anext.fallback]));
  }
  drop(rt);
  return result;
}

function anextawaitable_iternext(rt: Runtime, p: Ref): NewRef | 0 {
  return guarded(rt, p, (it) => infoOf(rt, it).tp_iternext!(rt, it));
}

/** send, throw and close go to the driving iterator. */
function proxy(name: string) {
  return (rt: Runtime, p: Ref, args: number, nargs: number): NewRef =>
    guarded(rt, p, (it) => {
      const method = pushed(rt, PyObject_GetAttr(rt, it, internStatic(rt, name)));
      const given: Ref[] = [];
      for (let i = 0; i < nargs; i++) given.push(rt.i32[args + 2 * i]);
      const result = PyObject_CallArgs(rt, method, ...given);
      drop(rt);
      return result;
    });
}

export function initAnextAwaitable(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "anext_awaitable",
      basicsize: Anext.BYTES,
      flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION,
      slots: {
        tp_dealloc: trashed(anextawaitable_dealloc),
        tp_traverse: anextawaitable_traverse,
        tp_iter: PyObject_SelfIter,
        tp_iternext: anextawaitable_iternext,
        am_await: PyObject_SelfIter,
      },
      methods: [
        { name: "send", flags: METH.FASTCALL, fn: proxy("send") },
        { name: "throw", flags: METH.FASTCALL, fn: proxy("throw") },
        { name: "close", flags: METH.FASTCALL, fn: proxy("close") },
      ],
    },
    rt.types.anext_awaitable,
  );
}
