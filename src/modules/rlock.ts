/**
 * `_thread.RLock`: a lock that its owner can take again. Part of the modules (CPython's Modules/_threadmodule.c).
 *
 *   byte   0      16     24      32      40          48
 *          | head | lock | owner | count | weak refs |
 */
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { PyLong_Check, PyTuple_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { raise, typeError } from "../objects/errors.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_AsLong, PyLong_FromNumber } from "../objects/long.ts";
import { decref } from "../objects/refcount.ts";
import { hexAddress } from "../objects/repr.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { pairSteal, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import { acquireTimeout, waitInVain } from "./lock.ts";
import { MAIN_THREAD } from "./sysframes.ts";

const enum RLock {
  owner = 6,
  count = 8,
  weakreflist = 10,
  BYTES = 48,
}

function rlock_acquire(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const seconds = acquireTimeout(rt, args, nargs, kwnames);
  const i32 = rt.i32;
  if (i32[p + RLock.count] > 0 && i32[p + RLock.owner] !== MAIN_THREAD) return waitInVain(rt, seconds);
  i32[p + RLock.owner] = MAIN_THREAD;
  i32[p + RLock.count]++;
  return rt.True;
}

function rlock_enter(rt: Runtime, p: Ref): NewRef {
  return rlock_acquire(rt, p, 0, 0, 0);
}

function notOwned(rt: Runtime): PyErr {
  return raise(rt, rt.exc.RuntimeError, "cannot release un-acquired lock");
}

function rlock_release(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  if (!isOwned(rt, p)) throw notOwned(rt);
  if (--i32[p + RLock.count] === 0) i32[p + RLock.owner] = 0;
  return rt.None;
}

function isOwned(rt: Runtime, p: Ref): boolean {
  return rt.i32[p + RLock.count] > 0 && rt.i32[p + RLock.owner] === MAIN_THREAD;
}

/** Releases all levels at once: (count, owner) for `_acquire_restore`. */
function rlock_release_save(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[p + RLock.count] === 0) throw notOwned(rt);
  const count = i32[p + RLock.count];
  const owner = i32[p + RLock.owner];
  i32[p + RLock.count] = 0;
  i32[p + RLock.owner] = 0;
  push(rt, PyLong_FromNumber(rt, count));
  const thread = PyLong_FromNumber(rt, owner);
  return pairSteal(rt, pop(rt), thread);
}

function rlock_acquire_restore(rt: Runtime, p: Ref, args: Ref): NewRef {
  const state = tupleSize(rt, args) === 1 ? tupleItem(rt, args, 0) : 0;
  if (state === 0 || !PyTuple_Check(rt, state) || tupleSize(rt, state) !== 2) {
    throw typeError(rt, "_acquire_restore() argument 1 must be 2-item tuple");
  }
  const [count, owner] = [0, 1].map((i) => {
    const item = tupleItem(rt, state, i);
    if (!PyLong_Check(rt, item)) throw typeError(rt, "an integer is required");
    return PyLong_AsLong(rt, item);
  });
  rt.i32[p + RLock.count] = count;
  rt.i32[p + RLock.owner] = owner;
  return rt.None;
}

function rlock_repr(rt: Runtime, p: Ref): NewRef {
  const count = rt.i32[p + RLock.count];
  const state = count > 0 ? "locked" : "unlocked";
  const figures = `owner=${rt.i32[p + RLock.owner]} count=${count}`;
  return PyUnicode_FromJS(rt, `<${state} ${typeNameOf(rt, p)} object ${figures} at ${hexAddress(p)}>`);
}

function rlock_new(rt: Runtime, type: Ref): NewRef {
  return infoOfType(rt, type).tp_alloc!(rt, type, 0);
}

function rlock_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  if (rt.i32[p + RLock.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function rlock_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
}

function at_fork_reinit(rt: Runtime, p: Ref): NewRef {
  rt.i32[p + RLock.count] = 0;
  rt.i32[p + RLock.owner] = 0;
  return rt.None;
}

const METHODS: MethodDef[] = [
  {
    name: "acquire",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: rlock_acquire,
    sig: "($self, /, blocking=True, timeout=-1)",
  },
  { name: "release", flags: METH.NOARGS, fn: rlock_release, sig: "($self, /)" },
  { name: "_is_owned", flags: METH.NOARGS, fn: (rt, p) => (isOwned(rt, p) ? rt.True : rt.False) },
  { name: "_acquire_restore", flags: METH.VARARGS, fn: rlock_acquire_restore },
  { name: "_release_save", flags: METH.NOARGS, fn: rlock_release_save },
  {
    name: "_recursion_count",
    flags: METH.NOARGS,
    fn: (rt, p) => PyLong_FromNumber(rt, isOwned(rt, p) ? rt.i32[p + RLock.count] : 0),
  },
  { name: "__enter__", flags: METH.NOARGS, fn: rlock_enter },
  { name: "__exit__", flags: METH.VARARGS, fn: rlock_release },
  { name: "_at_fork_reinit", flags: METH.NOARGS, fn: at_fork_reinit },
];

export function rlockType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "_thread.RLock",
    basicsize: RLock.BYTES,
    weaklistoffset: RLock.weakreflist * 4,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE,
    heap: true,
    slots: { tp_new: rlock_new, tp_dealloc: rlock_dealloc, tp_traverse: rlock_traverse, tp_repr: rlock_repr },
    methods: METHODS,
  });
}
