/** Settings of the interpreter in sys, each with a getter and a setter. Part of the modules (CPython's Python/sysmodule.c). */
import { PyCallable_Check } from "../objects/abstract.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { PyFloat_AsDouble, PyFloat_FromDouble } from "../objects/float.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { getIntMaxStrDigits, MAX_STR_DIGITS_THRESHOLD, setIntMaxStrDigits } from "../objects/longstr.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref, xdecref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { internStatic } from "../objects/str.ts";
import { structSeqOf } from "../objects/structseq.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyType_ClearCache } from "../objects/typelookup.ts";
import { stateOf } from "./sysstate.ts";

const MAXDIGITS = kwSpec("set_int_max_str_digits", "maxdigits");

function sys_set_int_max_str_digits(
  rt: Runtime,
  _m: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const [o] = parseFastKw(rt, MAXDIGITS, args, nargs, kwnames);
  const n = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
  if (n !== 0 && n < MAX_STR_DIGITS_THRESHOLD) {
    throw valueError(rt, `maxdigits must be 0 or larger than ${MAX_STR_DIGITS_THRESHOLD}`);
  }
  setIntMaxStrDigits(rt, n);
  return rt.None;
}

function sys_setswitchinterval(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const d = PyFloat_AsDouble(rt, o);
  if (!(d > 0)) throw valueError(rt, "switch interval must be strictly positive");
  stateOf(rt).switchInterval = d;
  return rt.None;
}

const ORIGIN = kwSpec("set_coroutine_origin_tracking_depth", "depth");

function sys_set_origin_depth(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [o] = parseFastKw(rt, ORIGIN, args, nargs, kwnames);
  const n = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
  if (n < 0) throw valueError(rt, "depth must be >= 0");
  stateOf(rt).originDepth = n;
  return rt.None;
}

const ASYNCGEN = kwSpec("set_asyncgen_hooks", "firstiter=, finalizer=");

function sys_set_asyncgen_hooks(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [firstiter, finalizer] = parseFastKw(rt, ASYNCGEN, args, nargs, kwnames);
  checkHook(rt, "finalizer", finalizer);
  checkHook(rt, "firstiter", firstiter);
  if (finalizer !== 0) setHook(rt, "finalizer", finalizer);
  if (firstiter !== 0) setHook(rt, "firstiter", firstiter);
  return rt.None;
}

/** PyType_ClearCache; there is no other cache that holds references. */
function clearTypeCache(rt: Runtime): NewRef {
  PyType_ClearCache(rt);
  return rt.None;
}

function checkHook(rt: Runtime, name: string, o: OptRef): void {
  if (o === 0 || o === rt.None || PyCallable_Check(rt, o)) return;
  throw typeError(rt, `callable ${name} expected, got ${typeNameOf(rt, o, 50)}`);
}

function setHook(rt: Runtime, name: "firstiter" | "finalizer", o: Ref): void {
  const state = stateOf(rt);
  const old = state[name];
  state[name] = o === rt.None ? 0 : newref(rt, o);
  xdecref(rt, old);
}

function sys_get_asyncgen_hooks(rt: Runtime): NewRef {
  const { types, firstiter, finalizer } = stateOf(rt);
  const values = [firstiter, finalizer].map((hook) => () => newref(rt, hook || rt.None));
  return structSeqOf(rt, types.asyncgenHooks, values);
}

/** Tracing is not built: only taking a trace function away is possible. */
function setNone(what: string): (rt: Runtime, _m: Ref, o: Ref) => NewRef {
  return (rt, _m, o) => {
    if (o === rt.None) return rt.None;
    throw raise(rt, rt.exc.NotImplementedError, `sys.${what} is not available in Glassheap`);
  };
}

function constant(name: string, make: (rt: Runtime) => NewRef): MethodDef {
  return { name, flags: METH.NOARGS, fn: make, sig: "($module, /)" };
}

export const settingFunctions: MethodDef[] = [
  constant("get_int_max_str_digits", (rt) => PyLong_FromNumber(rt, getIntMaxStrDigits(rt))),
  {
    name: "set_int_max_str_digits",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: sys_set_int_max_str_digits,
    sig: "($module, /, maxdigits)",
  },
  constant("getswitchinterval", (rt) => PyFloat_FromDouble(rt, stateOf(rt).switchInterval)),
  { name: "setswitchinterval", flags: METH.O, fn: sys_setswitchinterval, sig: "($module, interval, /)" },
  constant("get_coroutine_origin_tracking_depth", (rt) => PyLong_FromNumber(rt, stateOf(rt).originDepth)),
  {
    name: "set_coroutine_origin_tracking_depth",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: sys_set_origin_depth,
    sig: "($module, /, depth)",
  },
  constant("get_asyncgen_hooks", sys_get_asyncgen_hooks),
  { name: "set_asyncgen_hooks", flags: METH.FASTCALL | METH.KEYWORDS, fn: sys_set_asyncgen_hooks },
  constant("gettrace", (rt) => rt.None),
  constant("getprofile", (rt) => rt.None),
  { name: "settrace", flags: METH.O, fn: setNone("settrace"), sig: "($module, function, /)" },
  { name: "setprofile", flags: METH.O, fn: setNone("setprofile"), sig: "($module, function, /)" },
  constant("getdefaultencoding", (rt) => internStatic(rt, "utf-8")),
  constant("getfilesystemencoding", (rt) => internStatic(rt, "utf-8")),
  constant("getfilesystemencodeerrors", (rt) => internStatic(rt, "surrogateescape")),
  constant("is_finalizing", (rt) => (stateOf(rt).finalizing ? rt.True : rt.False)),
  constant("_is_gil_enabled", (rt) => rt.True),
  constant("_clear_type_cache", clearTypeCache),
  constant("_clear_internal_caches", clearTypeCache),
  constant("_get_cpu_count_config", (rt) => PyLong_FromNumber(rt, -1)),
];
