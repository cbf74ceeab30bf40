/** Frames, exceptions and recursion in sys. Part of the modules (CPython's Python/sysmodule.c). */
import { badArgument, checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_Call } from "../objects/call.ts";
import { PyTuple_Check } from "../objects/check.ts";
import { dict_getitem_str, PyDict_New, PyDict_SetItem } from "../objects/dict.ts";
import { raise, topmostHandled, valueError } from "../objects/errors.ts";
import { PyErr_SetObject } from "../objects/excraise.ts";
import { currentFrame, frameObject } from "../objects/frame.ts";
import { Exc, Frame, Func, Ob } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { recursionDepth, setRecursionLimit } from "../objects/recursion.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop } from "../objects/stack.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";

/** The one thread's identifier. */
export const MAIN_THREAD = 1;

function intArg(rt: Runtime, o: Ref): number {
  const n = PyNumber_AsSsize_t(rt, o, 0);
  if (n !== (n | 0)) throw raise(rt, rt.exc.OverflowError, "Python int too large to convert to C int");
  return n;
}

function sys_exit(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "exit", nargs, 0, 1);
  throw PyErr_SetObject(rt, rt.exc.SystemExit, nargs === 1 ? rt.i32[args] : rt.None);
}

function sys_exc_info(rt: Runtime): NewRef {
  const exc = topmostHandled(rt);
  if (exc === 0) return PyTuple_Pack(rt, rt.None, rt.None, rt.None);
  return PyTuple_Pack(rt, rt.i32[exc + Ob.type], exc, rt.i32[exc + Exc.traceback] || rt.None);
}

function sys_exception(rt: Runtime): NewRef {
  return newref(rt, topmostHandled(rt) || rt.None);
}

/** The interpreter frame `depth` levels up, or 0. */
function frameAt(rt: Runtime, depth: number): number {
  let fp = currentFrame(rt);
  for (; depth > 0 && fp !== 0; depth--) fp = rt.i32[fp + Frame.previous];
  return fp;
}

function sys__getframe(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "_getframe", nargs, 0, 1);
  const fp = frameAt(rt, nargs === 0 ? 0 : intArg(rt, rt.i32[args]));
  if (fp === 0) throw valueError(rt, "call stack is not deep enough");
  return newref(rt, frameObject(rt, fp));
}

const GETFRAMEMODULENAME = kwSpec("_getframemodulename", "depth=");

function sys__getframemodulename(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [depth] = parseFastKw(rt, GETFRAMEMODULENAME, args, nargs, kwnames);
  const fp = frameAt(rt, depth === 0 ? 0 : intArg(rt, depth));
  const func = fp === 0 ? 0 : rt.i32[fp + Frame.funcobj];
  if (func === 0) return rt.None;
  return newref(
    rt,
    rt.i32[func + Func.module] || dict_getitem_str(rt, rt.i32[fp + Frame.globals], "__name__") || rt.None,
  );
}

/** A dict with one entry: the main thread's identifier and a value (borrowed). */
function byThread(rt: Runtime, value: Ref): NewRef {
  const dict = pushed(rt, PyDict_New(rt));
  PyDict_SetItem(rt, dict, PyLong_FromNumber(rt, MAIN_THREAD), value);
  return pop(rt);
}

function sys__current_frames(rt: Runtime): NewRef {
  const fp = currentFrame(rt);
  return fp === 0 ? PyDict_New(rt) : byThread(rt, frameObject(rt, fp));
}

function sys_getrecursionlimit(rt: Runtime): NewRef {
  return PyLong_FromNumber(rt, rt.recursionLimit);
}

function sys_setrecursionlimit(rt: Runtime, _m: Ref, limit: Ref): NewRef {
  const n = intArg(rt, limit);
  if (n < 1) throw valueError(rt, "recursion limit must be greater or equal than 1");
  const depth = recursionDepth(rt);
  if (depth >= n) {
    const what = `cannot set the recursion limit to ${n} at the recursion depth ${depth}`;
    throw raise(rt, rt.exc.RecursionError, `${what}: the limit is too low`);
  }
  setRecursionLimit(rt, n);
  return rt.None;
}

/** Tracing is not built, so this is a plain call. */
function sys_call_tracing(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "call_tracing", nargs, 2, 2);
  const tuple = rt.i32[args + 2];
  if (!PyTuple_Check(rt, tuple)) throw badArgument(rt, "call_tracing", "argument 2", "tuple", tuple);
  return PyObject_Call(rt, rt.i32[args], tuple, 0);
}

export const frameFunctions: MethodDef[] = [
  { name: "exit", flags: METH.FASTCALL, fn: sys_exit, sig: "($module, status=None, /)" },
  { name: "exc_info", flags: METH.NOARGS, fn: sys_exc_info, sig: "($module, /)" },
  { name: "exception", flags: METH.NOARGS, fn: sys_exception, sig: "($module, /)" },
  { name: "_getframe", flags: METH.FASTCALL, fn: sys__getframe, sig: "($module, depth=0, /)" },
  {
    name: "_getframemodulename",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: sys__getframemodulename,
    sig: "($module, /, depth=0)",
  },
  { name: "_current_frames", flags: METH.NOARGS, fn: sys__current_frames, sig: "($module, /)" },
  {
    name: "_current_exceptions",
    flags: METH.NOARGS,
    fn: (rt) => byThread(rt, topmostHandled(rt) || rt.None),
    sig: "($module, /)",
  },
  { name: "call_tracing", flags: METH.FASTCALL, fn: sys_call_tracing, sig: "($module, func, args, /)" },
  { name: "getrecursionlimit", flags: METH.NOARGS, fn: sys_getrecursionlimit, sig: "($module, /)" },
  { name: "setrecursionlimit", flags: METH.O, fn: sys_setrecursionlimit, sig: "($module, limit, /)" },
];
