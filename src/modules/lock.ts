/**
 * `_thread.lock`. There is one thread, so a lock that is held can only be waited for with a time limit. Part of the modules
 * (CPython's Modules/_threadmodule.c).
 *
 *   byte   0      16     24          32       40
 *          | head | lock | weak refs | locked |
 */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs, kwSpec, noKeywords, parseFastKw } from "../objects/argparse.ts";
import { PyFloat_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { overflowError, raise, valueError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE } from "../objects/float.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { decref } from "../objects/refcount.ts";
import { hexAddress } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";

const enum Lock {
  weakreflist = 6,
  locked = 8,
  BYTES = 40,
}

/** _thread.TIMEOUT_MAX, in seconds. */
export const TIMEOUT_MAX = 9223372036;

const ACQUIRE = kwSpec("acquire", "blocking=, timeout=");

/** Seconds to wait: 0 not at all, -1 for ever. */
export function acquireTimeout(rt: Runtime, args: number, nargs: number, kwnames: OptRef): number {
  const [blockingArg, timeoutArg] = parseFastKw(rt, ACQUIRE, args, nargs, kwnames);
  const blocking = blockingArg === 0 || PyObject_IsTrue(rt, blockingArg);
  if (timeoutArg === 0) return blocking ? -1 : 0;
  const timeout = secondsOf(rt, timeoutArg);
  if (!blocking && timeout !== -1) throw valueError(rt, "can't specify a timeout for a non-blocking call");
  if (timeout < 0 && timeout !== -1) throw valueError(rt, "timeout value must be a non-negative number");
  if (timeout > TIMEOUT_MAX) throw overflowError(rt, "timestamp out of range for platform time_t");
  return blocking ? timeout : 0;
}

/** A duration in seconds, from an int or a float (_PyTime_FromSecondsObject). */
export function secondsOf(rt: Runtime, o: Ref): number {
  if (!PyFloat_Check(rt, o)) {
    const n = PyNumber_AsSsize_t(rt, o, 0);
    if (Math.abs(n) >= 2 ** 53 - 1) throw overflowError(rt, "timestamp out of range for platform time_t");
    return n;
  }
  const d = PyFloat_AS_DOUBLE(rt, o);
  if (Number.isNaN(d)) throw valueError(rt, "Invalid value NaN (not a number)");
  if (Math.abs(d) >= 2 ** 63) throw overflowError(rt, "timestamp out of range for platform time_t");
  return d;
}

/** Waiting for a lock that nobody else can release. */
export function waitInVain(rt: Runtime, seconds: number): NewRef {
  if (seconds < 0) {
    throw raise(rt, rt.exc.RuntimeError, "deadlock: the lock is held, and Glassheap runs one thread");
  }
  if (seconds > 0) rt.host.sleepMs(seconds * 1000);
  return rt.False;
}

function lock_acquire(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const seconds = acquireTimeout(rt, args, nargs, kwnames);
  if (rt.i32[p + Lock.locked] !== 0) return waitInVain(rt, seconds);
  rt.i32[p + Lock.locked] = 1;
  return rt.True;
}

function lock_enter(rt: Runtime, p: Ref): NewRef {
  return lock_acquire(rt, p, 0, 0, 0);
}

function lock_release(rt: Runtime, p: Ref): NewRef {
  if (rt.i32[p + Lock.locked] === 0) throw raise(rt, rt.exc.RuntimeError, "release unlocked lock");
  rt.i32[p + Lock.locked] = 0;
  return rt.None;
}

function lock_locked(rt: Runtime, p: Ref): NewRef {
  return rt.i32[p + Lock.locked] !== 0 ? rt.True : rt.False;
}

function lock_repr(rt: Runtime, p: Ref): NewRef {
  const state = rt.i32[p + Lock.locked] !== 0 ? "locked" : "unlocked";
  return PyUnicode_FromJS(rt, `<${state} ${typeNameOf(rt, p)} object at ${hexAddress(p)}>`);
}

function lock_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "lock", kwargs);
  checkArgs(rt, "lock", tupleSize(rt, args), 0, 0);
  return newLock(rt, type);
}

export function newLock(rt: Runtime, type: Ref): NewRef {
  return infoOfType(rt, type).tp_alloc!(rt, type, 0);
}

function lock_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  if (rt.i32[p + Lock.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function lock_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
}

function at_fork_reinit(rt: Runtime, p: Ref): NewRef {
  rt.i32[p + Lock.locked] = 0;
  return rt.None;
}

const METHODS: MethodDef[] = [
  { name: "acquire_lock", flags: METH.FASTCALL | METH.KEYWORDS, fn: lock_acquire },
  {
    name: "acquire",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: lock_acquire,
    sig: "($self, /, blocking=True, timeout=-1)",
  },
  { name: "release_lock", flags: METH.NOARGS, fn: lock_release },
  { name: "release", flags: METH.NOARGS, fn: lock_release, sig: "($self, /)" },
  { name: "locked_lock", flags: METH.NOARGS, fn: lock_locked },
  { name: "locked", flags: METH.NOARGS, fn: lock_locked, sig: "($self, /)" },
  { name: "__enter__", flags: METH.NOARGS, fn: lock_enter },
  { name: "__exit__", flags: METH.VARARGS, fn: lock_release },
  { name: "_at_fork_reinit", flags: METH.NOARGS, fn: at_fork_reinit },
];

export function lockType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "_thread.lock",
    basicsize: Lock.BYTES,
    weaklistoffset: Lock.weakreflist * 4,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE,
    heap: true,
    doc: "A lock, held or not.",
    slots: { tp_new: lock_new, tp_dealloc: lock_dealloc, tp_traverse: lock_traverse, tp_repr: lock_repr },
    methods: METHODS,
  });
}
