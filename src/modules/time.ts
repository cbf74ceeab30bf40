/** The module `time`. Part of the modules (CPython's Modules/timemodule.c). */
import { getAttrString } from "../objects/abstract.ts";
import { checkArgs } from "../objects/argparse.ts";
import { PyObject_CallTwoArgs, PyObject_Vectorcall } from "../objects/call.ts";
import { PyFloat_Check, PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { overflowError, raise, raiseObject, typeError, valueError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE, PyFloat_FromDouble } from "../objects/float.ts";
import { PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { _PyNamespace_New } from "../objects/namespace.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { registerRoot } from "../objects/roots.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { defineStructSeq } from "../objects/structseq.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { secondsOf } from "./lock.ts";
import { createModule } from "./native.ts";
import { sleepMs } from "./signals.ts";
import { asctime, strftime } from "./strftime.ts";
import { getTm, newStructTime, STRUCT_TIME } from "./structtime.ts";
import { gmtime, localtime, MAX_SECONDS, mktime, zoneInfo } from "./timezone.ts";

interface State {
  structTime: Ref;
}

function stateOf(rt: Runtime): State {
  return rt.moduleState.get("time") as State;
}

/** The clocks by CPython's names. */
const enum Clock {
  REALTIME = 0,
  MONOTONIC = 1,
  PROCESS_CPUTIME_ID = 2,
  THREAD_CPUTIME_ID = 3,
}

function readClock(rt: Runtime, clock: number): bigint | null {
  switch (clock) {
    case Clock.REALTIME:
      return rt.host.timeNs();
    case Clock.MONOTONIC:
      return rt.host.monotonicNs();
    case Clock.PROCESS_CPUTIME_ID:
    case Clock.THREAD_CPUTIME_ID:
      return rt.host.processTimeNs();
    default:
      return null;
  }
}

const toSeconds = (rt: Runtime, ns: bigint): NewRef => PyFloat_FromDouble(rt, Number(ns) / 1e9);

/** The pair NAME and NAME_ns that read one clock. */
function clockFunctions(name: string, clock: Clock): MethodDef[] {
  return [
    { name, flags: METH.NOARGS, fn: (rt) => toSeconds(rt, readClock(rt, clock)!), sig: "($self, /)" },
    {
      name: `${name}_ns`,
      flags: METH.NOARGS,
      fn: (rt) => PyLong_FromBigInt(rt, readClock(rt, clock)!),
      sig: "($self, /)",
    },
  ];
}

function clockById(rt: Runtime, id: Ref): bigint {
  if (!PyLong_Check(rt, id)) throw typeError(rt, `clk_id should be integer, not ${typeNameOf(rt, id)}`);
  const ns = readClock(rt, PyNumber_AsSsize_t(rt, id, rt.exc.OverflowError));
  if (ns === null) throw invalidArgument(rt);
  return ns;
}

function invalidArgument(rt: Runtime): PyErr {
  const text = pushed(rt, PyUnicode_FromJS(rt, "Invalid argument"));
  const exc = PyObject_CallTwoArgs(rt, rt.exc.OSError, PyLong_FromNumber(rt, 22), text);
  drop(rt);
  return raiseObject(rt, exc);
}

const SYSTEM_CLOCKS: Record<string, { clock: string; monotonic: boolean }> = {
  time: { clock: "REALTIME", monotonic: false },
  monotonic: { clock: "MONOTONIC", monotonic: true },
  perf_counter: { clock: "MONOTONIC", monotonic: true },
  process_time: { clock: "PROCESS_CPUTIME_ID", monotonic: true },
  thread_time: { clock: "THREAD_CPUTIME_ID", monotonic: true },
};

function get_clock_info(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "get_clock_info", nargs, 1, 1);
  const arg = rt.i32[args];
  if (!PyUnicode_Check(rt, arg)) {
    throw typeError(rt, `get_clock_info() argument 1 must be str, not ${typeNameOf(rt, arg, 50)}`);
  }
  const info = SYSTEM_CLOCKS[jsString(rt, arg)];
  if (info === undefined) throw valueError(rt, "unknown clock");
  const items = pushed(rt, PyDict_New(rt));
  const set = (name: string, value: NewRef): void => {
    push(rt, value);
    dict_setitem_str(rt, items, name, value);
    drop(rt);
  };
  set("implementation", PyUnicode_FromJS(rt, `clock_gettime(CLOCK_${info.clock})`));
  set("monotonic", info.monotonic ? rt.True : rt.False);
  set("adjustable", info.monotonic ? rt.False : rt.True);
  set("resolution", PyFloat_FromDouble(rt, 1e-9));
  const result = _PyNamespace_New(rt, items);
  drop(rt);
  return result;
}

function time_sleep(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const seconds = secondsOf(rt, o);
  if (seconds < 0) throw valueError(rt, "sleep length must be non-negative");
  if (seconds > 9223372036) throw overflowError(rt, "timestamp out of range for platform time_t");
  if (seconds > 0) sleepMs(rt, seconds * 1000);
  return rt.None;
}

/** Whole seconds of an optional timestamp argument; the time now if there is none. */
function timestamp(rt: Runtime, name: string, args: number, nargs: number): number {
  if (nargs > 1) throw typeError(rt, `${name}() takes at most 1 argument (${nargs} given)`);
  if (nargs === 0 || rt.i32[args] === rt.None) return Number(rt.host.timeNs() / 1000000000n);
  const o = rt.i32[args];
  const seconds = PyFloat_Check(rt, o) ? Math.floor(floatSeconds(rt, o)) : secondsOf(rt, o);
  if (Math.abs(seconds) > MAX_SECONDS) {
    throw raise(rt, rt.exc.OverflowError, "timestamp out of range for platform time_t");
  }
  return seconds;
}

function floatSeconds(rt: Runtime, o: Ref): number {
  const d = PyFloat_AS_DOUBLE(rt, o);
  if (Number.isNaN(d)) throw valueError(rt, "Invalid value NaN (not a number)");
  return d;
}

function time_gmtime(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  return newStructTime(rt, stateOf(rt).structTime, gmtime(timestamp(rt, "gmtime", args, nargs)));
}

function time_localtime(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  return newStructTime(rt, stateOf(rt).structTime, localtime(timestamp(rt, "localtime", args, nargs)));
}

function now(rt: Runtime): number {
  return Number(rt.host.timeNs() / 1000000000n);
}

function time_asctime(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "asctime", nargs, 0, 1);
  const { structTime } = stateOf(rt);
  const tm = nargs === 0 ? localtime(now(rt)) : getTm(rt, rt.i32[args], structTime, "asctime", true);
  return PyUnicode_FromJS(rt, asctime(tm));
}

function time_ctime(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  return PyUnicode_FromJS(rt, asctime(localtime(timestamp(rt, "ctime", args, nargs))));
}

function time_mktime(rt: Runtime, _m: Ref, o: Ref): NewRef {
  return PyFloat_FromDouble(rt, mktime(getTm(rt, o, stateOf(rt).structTime, "mktime", false)));
}

function time_strftime(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "strftime", nargs, 1, 2);
  const format = rt.i32[args];
  if (!PyUnicode_Check(rt, format)) {
    throw typeError(rt, `strftime() argument 1 must be str, not ${typeNameOf(rt, format, 50)}`);
  }
  const { structTime } = stateOf(rt);
  const tm = nargs === 1 ? localtime(now(rt)) : getTm(rt, rt.i32[args + 2], structTime, "strftime", true);
  const text = jsString(rt, format);
  if (text.includes("\0")) throw valueError(rt, "embedded null character");
  return PyUnicode_FromJS(rt, strftime(text, tm, mktime));
}

/** strptime is Python code: `_strptime._strptime_time`. */
function time_strptime(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  const module = pushed(rt, rt.importHook(internStatic(rt, "_strptime"), 0, 0, 0, 0));
  const func = pushed(rt, getAttrString(rt, module, "_strptime_time"));
  const result = PyObject_Vectorcall(rt, func, args, nargs, 0);
  drop(rt, 2);
  return result;
}

const METHODS: MethodDef[] = [
  ...clockFunctions("time", Clock.REALTIME),
  ...clockFunctions("monotonic", Clock.MONOTONIC),
  ...clockFunctions("perf_counter", Clock.MONOTONIC),
  ...clockFunctions("process_time", Clock.PROCESS_CPUTIME_ID),
  ...clockFunctions("thread_time", Clock.THREAD_CPUTIME_ID),
  { name: "clock_gettime", flags: METH.O, fn: (rt, _m, id) => toSeconds(rt, clockById(rt, id)) },
  { name: "clock_gettime_ns", flags: METH.O, fn: (rt, _m, id) => PyLong_FromBigInt(rt, clockById(rt, id)) },
  {
    name: "clock_getres",
    flags: METH.O,
    fn: (rt, _m, id) => {
      clockById(rt, id);
      return PyFloat_FromDouble(rt, 1e-9);
    },
  },
  { name: "sleep", flags: METH.O, fn: time_sleep, sig: "($self, object, /)" },
  { name: "gmtime", flags: METH.FASTCALL, fn: time_gmtime },
  { name: "localtime", flags: METH.FASTCALL, fn: time_localtime },
  { name: "asctime", flags: METH.FASTCALL, fn: time_asctime },
  { name: "ctime", flags: METH.FASTCALL, fn: time_ctime },
  { name: "mktime", flags: METH.O, fn: time_mktime, sig: "($self, object, /)" },
  { name: "strftime", flags: METH.FASTCALL, fn: time_strftime },
  { name: "strptime", flags: METH.FASTCALL, fn: time_strptime },
  { name: "get_clock_info", flags: METH.FASTCALL, fn: get_clock_info },
];

function addZone(rt: Runtime, m: Ref): void {
  const zone = zoneInfo(new Date(now(rt) * 1000).getUTCFullYear());
  PyModule_AddObject(rt, m, "timezone", PyLong_FromNumber(rt, zone.timezone));
  PyModule_AddObject(rt, m, "altzone", PyLong_FromNumber(rt, zone.altzone));
  PyModule_AddObject(rt, m, "daylight", PyLong_FromNumber(rt, zone.daylight ? 1 : 0));
  const standard = pushed(rt, PyUnicode_FromJS(rt, zone.tzname[0]));
  const summer = pushed(rt, PyUnicode_FromJS(rt, zone.tzname[1]));
  PyModule_AddObject(rt, m, "tzname", PyTuple_Pack(rt, standard, summer));
  drop(rt, 2);
}

export function initModule_time(rt: Runtime): NewRef {
  const m = createModule(rt, "time", METHODS, "Clocks and calendar.");
  push(rt, m);
  addZone(rt, m);
  const clocks = { REALTIME: 0, MONOTONIC: 1, PROCESS_CPUTIME_ID: 2, THREAD_CPUTIME_ID: 3 };
  for (const [name, id] of Object.entries(clocks)) {
    PyModule_AddObject(rt, m, `CLOCK_${name}`, PyLong_FromNumber(rt, id));
  }
  const state: State = { structTime: 0 };
  rt.moduleState.set("time", state);
  registerRoot(rt, () => [state.structTime], "time");
  state.structTime = defineStructSeq(rt, STRUCT_TIME);
  PyModule_AddObjectRef(rt, m, "struct_time", state.structTime);
  PyModule_AddObject(rt, m, "_STRUCT_TM_ITEMS", PyLong_FromNumber(rt, 11));
  return pop(rt);
}
