/** displayhook, excepthook, breakpointhook and audit hooks of sys. Part of the modules (CPython's Python/sysmodule.c). */
import { PyObject_GetAttr, PyObject_Repr } from "../objects/abstract.ts";
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyObject_CallTwoArgs, PyObject_Vectorcall } from "../objects/call.ts";
import { PyExceptionInstance_Check, PyTraceBack_Check, PyUnicode_Check } from "../objects/check.ts";
import { dict_setitem_str } from "../objects/dict.ts";
import { caught, clearError, raise, typeError } from "../objects/errors.ts";
import { Exc } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_FromArray } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyErr_WarnEx } from "../objects/warn.ts";
import { sysAttr, writeObject, writeString } from "./builtinsio.ts";
import { stateOf } from "./sysstate.ts";
import { PyErr_Display } from "./tbprint.ts";

/** Prints the repr of what an interactive statement gave, and keeps it as builtins._ */
function sys_displayhook(rt: Runtime, _m: Ref, o: Ref): NewRef {
  if (o === rt.None) return rt.None;
  dict_setitem_str(rt, rt.builtinsDict, "_", rt.None);
  const out = sysAttr(rt, "stdout");
  if (out === 0 || out === rt.None) throw raise(rt, rt.exc.RuntimeError, "lost sys.stdout");
  push(rt, newref(rt, out));
  const text = pushed(rt, PyObject_Repr(rt, o));
  writeObject(rt, out, text);
  writeString(rt, out, "\n");
  dict_setitem_str(rt, rt.builtinsDict, "_", o);
  drop(rt, 2);
  return rt.None;
}

function sys_excepthook(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "excepthook", nargs, 3, 3);
  const value = rt.i32[args + 2];
  const tb = rt.i32[args + 4];
  const lacks = PyExceptionInstance_Check(rt, value) && rt.i32[value + Exc.traceback] === 0;
  if (lacks && PyTraceBack_Check(rt, tb)) setField(rt, value + Exc.traceback, newref(rt, tb));
  PyErr_Display(rt, value);
  return rt.None;
}

/** Calls what PYTHONBREAKPOINT names, by default pdb.set_trace; "0" switches it off. */
function sys_breakpointhook(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const name = rt.host.env.PYTHONBREAKPOINT || "pdb.set_trace";
  if (name === "0") return rt.None;
  const hook = findBreakpoint(rt, name);
  if (hook === 0) {
    const message = `Ignoring unimportable $PYTHONBREAKPOINT: "${name}"`;
    PyErr_WarnEx(rt, rt.exc.RuntimeWarning, message, 0);
    return rt.None;
  }
  push(rt, hook);
  const result = PyObject_Vectorcall(rt, hook, args, nargs, kwnames);
  drop(rt);
  return result;
}

function findBreakpoint(rt: Runtime, name: string): NewRef | 0 {
  const dot = name.lastIndexOf(".");
  const m = mark(rt);
  try {
    const moduleName = pushed(rt, PyUnicode_FromJS(rt, dot < 0 ? "builtins" : name.slice(0, dot)));
    const attr = pushed(rt, PyUnicode_FromJS(rt, name.slice(dot + 1)));
    const fromlist = pushed(rt, PyTuple_FromArray(rt, m + 2, 1, false));
    const module = pushed(rt, rt.importHook(moduleName, 0, 0, fromlist, 0));
    const hook = PyObject_GetAttr(rt, module, attr);
    drop(rt, 4);
    return hook;
  } catch (e) {
    caught(rt, e, m, rt.exc.Exception);
    clearError(rt);
    return 0;
  }
}

const ADDAUDITHOOK = kwSpec("addaudithook", "hook");

function sys_addaudithook(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [hook] = parseFastKw(rt, ADDAUDITHOOK, args, nargs, kwnames);
  stateOf(rt).auditHooks.push(newref(rt, hook));
  return rt.None;
}

function sys_audit(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  if (nargs === 0) throw typeError(rt, "audit() missing 1 required positional argument: 'event'");
  const hooks = stateOf(rt).auditHooks;
  if (hooks.length === 0) return rt.None;
  const event = rt.i32[args];
  if (!PyUnicode_Check(rt, event)) {
    throw typeError(rt, `expected str for argument 'event', not ${typeNameOf(rt, event)}`);
  }
  const rest = pushed(rt, PyTuple_FromArray(rt, args + 2, nargs - 1, false));
  for (const hook of hooks) decref(rt, PyObject_CallTwoArgs(rt, hook, event, rest));
  drop(rt);
  return rt.None;
}

export const hookFunctions: MethodDef[] = [
  { name: "displayhook", flags: METH.O, fn: sys_displayhook, sig: "($module, object, /)" },
  {
    name: "excepthook",
    flags: METH.FASTCALL,
    fn: sys_excepthook,
    sig: "($module, exctype, value, traceback, /)",
  },
  {
    name: "breakpointhook",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: sys_breakpointhook,
    sig: "($module, /, *args, **kwargs)",
  },
  {
    name: "addaudithook",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: sys_addaudithook,
    sig: "($module, /, hook)",
  },
  { name: "audit", flags: METH.FASTCALL, fn: sys_audit, sig: "($module, event, /, *args)" },
];
