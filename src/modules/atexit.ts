/** The module `atexit`: functions to call when the interpreter ends. Part of the modules (CPython's Modules/atexitmodule.c). */
import { PyCallable_Check, PyObject_RichCompareBool, reprOf } from "../objects/abstract.ts";
import { PyObject_Call } from "../objects/call.ts";
import { caught, PyErr_WriteUnraisable, typeError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { decref, newref, xdecref, xnewref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { mark } from "../objects/stack.ts";
import { PyTuple_GetSlice, tupleItem, tupleSize } from "../objects/tuple.ts";
import { Cmp, METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { createModule } from "./native.ts";
import { guarded } from "./tbreport.ts";

/** Owned references; null where the callback was unregistered. */
type Callback = { func: Ref; args: Ref; kwargs: OptRef };
type State = { callbacks: (Callback | null)[] };

function stateOf(rt: Runtime): State | undefined {
  return rt.moduleState.get("atexit") as State | undefined;
}

function register(rt: Runtime, _m: Ref, args: Ref, kwargs: OptRef): NewRef {
  const n = tupleSize(rt, args);
  if (n === 0) throw typeError(rt, "register() takes at least 1 argument (0 given)");
  const func = tupleItem(rt, args, 0);
  if (!PyCallable_Check(rt, func)) throw typeError(rt, "the first argument must be callable");
  const rest = PyTuple_GetSlice(rt, args, 1, n);
  stateOf(rt)!.callbacks.push({ func: newref(rt, func), args: rest, kwargs: xnewref(rt, kwargs) });
  return newref(rt, func);
}

function release(rt: Runtime, callback: Callback): void {
  decref(rt, callback.func);
  decref(rt, callback.args);
  xdecref(rt, callback.kwargs);
}

/** Takes out every callback of a function that is equal to `func`. */
function unregister(rt: Runtime, _m: Ref, func: Ref): NewRef {
  const { callbacks } = stateOf(rt)!;
  for (let i = 0; i < callbacks.length; i++) {
    const callback = callbacks[i];
    if (callback === null || !PyObject_RichCompareBool(rt, callback.func, func, Cmp.EQ)) continue;
    callbacks[i] = null;
    release(rt, callback);
  }
  return rt.None;
}

function clear(rt: Runtime): NewRef {
  const { callbacks } = stateOf(rt)!;
  const old = callbacks.splice(0);
  for (const callback of old.reverse()) if (callback !== null) release(rt, callback);
  return rt.None;
}

/** Calls all of them, the last registered first; what they raise is reported. Called when the interpreter ends, too. */
function atexit_callfuncs(rt: Runtime): void {
  const state = stateOf(rt);
  if (state === undefined) return;
  for (let i = state.callbacks.length - 1; i >= 0; i--) {
    const callback = state.callbacks[i];
    if (callback !== null) callOne(rt, callback);
  }
  clear(rt);
}

function callOne(rt: Runtime, callback: Callback): void {
  const m = mark(rt);
  const func = newref(rt, callback.func);
  try {
    decref(rt, PyObject_Call(rt, func, callback.args, callback.kwargs));
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    const repr = guarded(rt, () => reprOf(rt, func), "?");
    PyErr_WriteUnraisable(rt, 0, `Exception ignored in atexit callback ${repr}`);
  }
  decref(rt, func);
}

function run_exitfuncs(rt: Runtime): NewRef {
  atexit_callfuncs(rt);
  return rt.None;
}

const METHODS: MethodDef[] = [
  {
    name: "register",
    flags: METH.VARARGS | METH.KEYWORDS,
    fn: register,
    sig: "($module, func, /, *args, **kwargs)",
  },
  { name: "unregister", flags: METH.O, fn: unregister, sig: "($module, func, /)" },
  { name: "_clear", flags: METH.NOARGS, fn: clear, sig: "($module, /)" },
  { name: "_run_exitfuncs", flags: METH.NOARGS, fn: run_exitfuncs, sig: "($module, /)" },
  {
    name: "_ncallbacks",
    flags: METH.NOARGS,
    fn: (rt) => PyLong_FromNumber(rt, stateOf(rt)!.callbacks.length),
    sig: "($module, /)",
  },
];

export function initModule_atexit(rt: Runtime): NewRef {
  const state: State = { callbacks: [] };
  rt.moduleState.set("atexit", state);
  rt.runExitFunctions = () => atexit_callfuncs(rt);
  registerRoot(
    rt,
    () => state.callbacks.flatMap((c) => (c === null ? [] : [c.func, c.args, c.kwargs])),
    "atexit",
  );
  return createModule(rt, "atexit", METHODS, "Functions to call when the interpreter ends.");
}
