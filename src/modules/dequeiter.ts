/** The iterators of deques, forward and backward. Part of the modules. */
import { PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { defineType } from "../objects/defineType.ts";
import { raise } from "../objects/errors.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { PyObject_SelfIter } from "../objects/iterproto.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf } from "../objects/slots.ts";
import { trashed } from "../objects/trashcan.ts";
import { METH, type NewRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { Block, Deque } from "./dequeobject.ts";

const enum DequeIter {
  b = 4,
  index = 6,
  deque = 8,
  state = 10,
  counter = 12,
  BYTES = 56,
}

/** An iterator of the type, from one end of the deque. */
export function newDequeIter(rt: Runtime, type: Ref, d: Ref, backward: boolean): NewRef {
  const i32 = rt.i32;
  const it = PyObject_GC_New(rt, type, DequeIter.BYTES);
  i32[it + DequeIter.b] = i32[d + (backward ? Deque.rightblock : Deque.leftblock)];
  i32[it + DequeIter.index] = i32[d + (backward ? Deque.rightindex : Deque.leftindex)];
  i32[it + DequeIter.deque] = newref(rt, d);
  i32[it + DequeIter.state] = i32[d + Deque.state];
  i32[it + DequeIter.counter] = i32[d + Deque.size];
  PyObject_GC_Track(rt, it);
  return it;
}

function checkState(rt: Runtime, it: Ref): void {
  const i32 = rt.i32;
  if (i32[i32[it + DequeIter.deque] + Deque.state] === i32[it + DequeIter.state]) return;
  i32[it + DequeIter.counter] = 0;
  throw raise(rt, rt.exc.RuntimeError, "deque mutated during iteration");
}

function dequeiter_next(rt: Runtime, it: Ref): NewRef | 0 {
  const i32 = rt.i32;
  checkState(rt, it);
  if (i32[it + DequeIter.counter] === 0) return 0;
  const b = i32[it + DequeIter.b];
  const index = i32[it + DequeIter.index];
  const item = i32[b + Block.data + 2 * index];
  i32[it + DequeIter.index] = index + 1;
  if (--i32[it + DequeIter.counter] > 0 && index === Block.LAST) {
    i32[it + DequeIter.b] = i32[b + Block.rightlink];
    i32[it + DequeIter.index] = 0;
  }
  return newref(rt, item);
}

function dequereviter_next(rt: Runtime, it: Ref): NewRef | 0 {
  const i32 = rt.i32;
  if (i32[it + DequeIter.counter] === 0) return 0;
  checkState(rt, it);
  const b = i32[it + DequeIter.b];
  const index = i32[it + DequeIter.index];
  const item = i32[b + Block.data + 2 * index];
  i32[it + DequeIter.index] = index - 1;
  if (--i32[it + DequeIter.counter] > 0 && index === 0) {
    i32[it + DequeIter.b] = i32[b + Block.leftlink];
    i32[it + DequeIter.index] = Block.LAST;
  }
  return newref(rt, item);
}

function dequeiter_dealloc(rt: Runtime, it: Ref): void {
  const type = rt.i32[it + Ob.type];
  PyObject_GC_UnTrack(rt, it);
  clearField(rt, it + DequeIter.deque);
  infoOf(rt, it).tp_free!(rt, it);
  decref(rt, type);
}

function dequeiter_traverse(rt: Runtime, it: Ref, visit: Visit): void {
  visit(rt.i32[it + Ob.type]);
  if (rt.i32[it + DequeIter.deque] !== 0) visit(rt.i32[it + DequeIter.deque]);
}

/** The type, a new reference. */
export function dequeIterType(rt: Runtime, backward: boolean): NewRef {
  return defineType(rt, {
    name: backward ? "collections._deque_reverse_iterator" : "collections._deque_iterator",
    basicsize: DequeIter.BYTES,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE | TF.DISALLOW_INSTANTIATION,
    heap: true,
    slots: {
      tp_dealloc: trashed(dequeiter_dealloc),
      tp_traverse: dequeiter_traverse,
      tp_clear: (rt, it) => clearField(rt, it + DequeIter.deque),
      tp_getattro: PyObject_GenericGetAttr,
      tp_iter: PyObject_SelfIter,
      tp_iternext: backward ? dequereviter_next : dequeiter_next,
    },
    methods: [
      {
        name: "__length_hint__",
        flags: METH.NOARGS,
        fn: (rt, it) => PyLong_FromNumber(rt, rt.i32[it + DequeIter.counter]),
      },
    ],
  });
}
