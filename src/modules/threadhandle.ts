/**
 * `_thread._ThreadHandle`: stands for a thread. Part of the modules (CPython's Modules/_threadmodule.c).
 *
 *   byte   0      16      24
 *          | head | ident | (high word: 0 not started, 1 running, 2 done)
 */
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs } from "../objects/argparse.ts";
import { defineType } from "../objects/defineType.ts";
import { raise } from "../objects/errors.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { METH, type NewRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { secondsOf, waitInVain } from "./lock.ts";

const enum Handle {
  ident = 4,
  state = 5,
  BYTES = 24,
  NOT_STARTED = 0,
  RUNNING = 1,
  DONE = 2,
}

/** The handle of a running thread. */
export function newHandle(rt: Runtime, type: Ref, ident: number): NewRef {
  const p = handle_new(rt, type);
  rt.i32[p + Handle.ident] = ident;
  rt.i32[p + Handle.state] = Handle.RUNNING;
  return p;
}

function handle_new(rt: Runtime, type: Ref): NewRef {
  return infoOfType(rt, type).tp_alloc!(rt, type, 0);
}

function handle_join(rt: Runtime, p: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "join", nargs, 0, 1);
  const state = rt.i32[p + Handle.state];
  const limited = nargs === 1 && rt.i32[args] !== rt.None;
  const seconds = limited ? secondsOf(rt, rt.i32[args]) : -1;
  if (state === Handle.NOT_STARTED) throw raise(rt, rt.exc.RuntimeError, "thread not started");
  if (state === Handle.RUNNING) {
    if (seconds < 0) throw raise(rt, rt.exc.RuntimeError, "Cannot join current thread");
    waitInVain(rt, seconds);
  }
  return rt.None;
}

function handle_set_done(rt: Runtime, p: Ref): NewRef {
  if (rt.i32[p + Handle.state] === Handle.NOT_STARTED) {
    throw raise(rt, rt.exc.RuntimeError, "thread not started");
  }
  rt.i32[p + Handle.state] = Handle.DONE;
  return rt.None;
}

function handle_is_done(rt: Runtime, p: Ref): NewRef {
  return rt.i32[p + Handle.state] === Handle.DONE ? rt.True : rt.False;
}

function handle_repr(rt: Runtime, p: Ref): NewRef {
  return PyUnicode_FromJS(rt, `<${typeNameOf(rt, p)} object: ident=${rt.i32[p + Handle.ident]}>`);
}

function handle_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  PyObject_GC_UnTrack(rt, p);
  infoOf(rt, p).tp_free!(rt, p);
  decref(rt, type);
}

function handle_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  visit(rt.i32[p + Ob.type]);
}

export function handleType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "_thread._ThreadHandle",
    basicsize: Handle.BYTES,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE,
    heap: true,
    slots: {
      tp_new: handle_new,
      tp_dealloc: handle_dealloc,
      tp_traverse: handle_traverse,
      tp_repr: handle_repr,
    },
    methods: [
      { name: "join", flags: METH.FASTCALL, fn: handle_join },
      { name: "_set_done", flags: METH.NOARGS, fn: handle_set_done },
      { name: "is_done", flags: METH.NOARGS, fn: handle_is_done },
    ],
    getsets: [{ name: "ident", get: (rt, p) => PyLong_FromNumber(rt, rt.i32[p + Handle.ident]) }],
  });
}
