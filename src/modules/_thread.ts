/**
 * The module `_thread`. Glassheap runs one thread: locks work, starting another thread raises RuntimeError. Part of the
 * modules (CPython's Modules/_threadmodule.c).
 */
import { PyCallable_Check } from "../objects/abstract.ts";
import { checkArgs } from "../objects/argparse.ts";
import { PyObject_CallNoArgs } from "../objects/call.ts";
import { PyDict_Check, PyTuple_Check } from "../objects/check.ts";
import { raise, raiseObject, typeError, valueError } from "../objects/errors.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { Ob, Tuple } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { registerRoot } from "../objects/roots.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { pop, push } from "../objects/stack.ts";
import { defineStructSeq } from "../objects/structseq.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { lockType, newLock, TIMEOUT_MAX } from "./lock.ts";
import { createModule } from "./native.ts";
import { rlockType } from "./rlock.ts";
import { MAIN_THREAD } from "./sysframes.ts";
import { PyErr_Display, writeStderr } from "./tbprint.ts";
import { handleType, newHandle } from "./threadhandle.ts";
import { localType } from "./threadlocal.ts";

interface State {
  lock: Ref;
  handle: Ref;
  excepthookArgs: Ref;
  local: Ref;
}

function stateOf(rt: Runtime): State {
  return rt.moduleState.get("_thread") as State;
}

function oneThread(rt: Runtime): PyErr {
  return raise(rt, rt.exc.RuntimeError, "can't start new thread: Glassheap runs one thread");
}

function start_new_thread(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "start_new_thread", nargs, 2, 3);
  const i32 = rt.i32;
  if (!PyCallable_Check(rt, i32[args])) throw typeError(rt, "first arg must be callable");
  if (!PyTuple_Check(rt, i32[args + 2])) throw typeError(rt, "2nd arg must be a tuple");
  if (nargs === 3 && !PyDict_Check(rt, i32[args + 4])) {
    throw typeError(rt, "optional 3rd arg must be a dictionary");
  }
  throw oneThread(rt);
}

function start_joinable_thread(rt: Runtime): NewRef {
  throw oneThread(rt);
}

function thread_exit(rt: Runtime): NewRef {
  throw raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.SystemExit));
}

function stack_size(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "stack_size", nargs, 0, 1);
  const size = nargs === 0 ? 0 : PyNumber_AsSsize_t(rt, rt.i32[args], rt.exc.OverflowError);
  if (size < 0) throw valueError(rt, "size must be 0 or a positive value");
  if (size > 0 && size < 32768) throw valueError(rt, `size not valid: ${size} bytes`);
  return PyLong_FromNumber(rt, 0);
}

function make_thread_handle(rt: Runtime, _m: Ref, ident: Ref): NewRef {
  return newHandle(rt, stateOf(rt).handle, PyNumber_AsSsize_t(rt, ident, rt.exc.OverflowError));
}

/** What threading does with an exception that ends a thread: prints it. */
function thread_excepthook(rt: Runtime, _m: Ref, args: Ref): NewRef {
  if (rt.i32[args + Ob.type] !== stateOf(rt).excepthookArgs) {
    throw typeError(rt, "_thread.excepthook argument type must be ExceptHookArgs");
  }
  if (rt.i32[args + Tuple.items] === rt.exc.SystemExit) return rt.None;
  writeStderr(rt, `Exception in thread ${MAIN_THREAD}:\n`);
  PyErr_Display(rt, rt.i32[args + Tuple.items + 2]);
  return rt.None;
}

function interrupt_main(rt: Runtime): NewRef {
  throw raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.KeyboardInterrupt));
}

const none = (rt: Runtime): NewRef => rt.None;
const yes = (rt: Runtime): NewRef => rt.True;
const ident = (rt: Runtime): NewRef => PyLong_FromNumber(rt, MAIN_THREAD);
const allocate = (rt: Runtime): NewRef => newLock(rt, stateOf(rt).lock);

function noArgs(name: string, fn: (rt: Runtime) => NewRef): MethodDef {
  return { name, flags: METH.NOARGS, fn, sig: "($module, /)" };
}

const METHODS: MethodDef[] = [
  { name: "start_new_thread", flags: METH.FASTCALL, fn: start_new_thread },
  { name: "start_new", flags: METH.FASTCALL, fn: start_new_thread },
  { name: "start_joinable_thread", flags: METH.FASTCALL | METH.KEYWORDS, fn: start_joinable_thread },
  noArgs("daemon_threads_allowed", yes),
  noArgs("allocate_lock", allocate),
  noArgs("allocate", allocate),
  noArgs("exit_thread", thread_exit),
  noArgs("exit", thread_exit),
  { name: "interrupt_main", flags: METH.FASTCALL, fn: interrupt_main },
  noArgs("get_ident", ident),
  noArgs("get_native_id", (rt) => PyLong_FromNumber(rt, rt.host.pid())),
  noArgs("_count", (rt) => PyLong_FromNumber(rt, 0)),
  { name: "stack_size", flags: METH.FASTCALL, fn: stack_size, sig: "($module, size=0, /)" },
  { name: "_excepthook", flags: METH.O, fn: thread_excepthook },
  noArgs("_is_main_interpreter", yes),
  noArgs("_shutdown", none),
  { name: "_make_thread_handle", flags: METH.O, fn: make_thread_handle, sig: "($module, ident, /)" },
  noArgs("_get_main_thread_ident", ident),
];

export function initModule__thread(rt: Runtime): NewRef {
  const m = createModule(rt, "_thread", METHODS, "Locks; threads there is one of.");
  push(rt, m);
  const state: State = { lock: 0, handle: 0, excepthookArgs: 0, local: 0 };
  rt.moduleState.set("_thread", state);
  registerRoot(rt, () => Object.values(state) as Ref[], "_thread");
  state.handle = handleType(rt);
  PyModule_AddObjectRef(rt, m, "_ThreadHandle", state.handle);
  state.lock = lockType(rt);
  PyModule_AddObjectRef(rt, m, "LockType", state.lock);
  PyModule_AddObjectRef(rt, m, "lock", state.lock);
  PyModule_AddObject(rt, m, "RLock", rlockType(rt));
  state.local = localType(rt);
  PyModule_AddObjectRef(rt, m, "_local", state.local);
  PyModule_AddObjectRef(rt, m, "error", rt.exc.RuntimeError);
  state.excepthookArgs = defineStructSeq(rt, {
    name: "_thread._ExceptHookArgs",
    doc: "What threading.excepthook is given.",
    fields: ["exc_type", "exc_value", "exc_traceback", "thread"],
    visible: 4,
    heap: true,
  });
  PyModule_AddObjectRef(rt, m, "_ExceptHookArgs", state.excepthookArgs);
  PyModule_AddObject(rt, m, "TIMEOUT_MAX", PyFloat_FromDouble(rt, TIMEOUT_MAX));
  return pop(rt);
}
