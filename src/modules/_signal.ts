/** The module _signal: handlers of signals, alarms. Part of the modules (CPython's Modules/signalmodule.c). */
import { clock } from "../heap/clock.ts";
import { PyCallable_Check } from "../objects/abstract.ts";
import { checkArgs } from "../objects/argparse.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { PyErr_SetObject } from "../objects/excraise.ts";
import { PyFloat_AsDouble, PyFloat_FromDouble } from "../objects/float.ts";
import { ModuleOb } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySet_Add, PySet_New } from "../objects/set.ts";
import { infoOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { errnoError } from "./hosterror.ts";
import { createModule } from "./native.ts";
import { Action, checkSignals, raiseSignal, SIGINT, signalState } from "./signals.ts";

const NSIG = 65;
const EINVAL = 22;
const NUMBERS =
  "SIG_DFL=0 SIG_IGN=1 SIG_BLOCK=0 SIG_UNBLOCK=1 SIG_SETMASK=2 NSIG=65 SIGHUP=1 SIGINT=2 SIGQUIT=3 SIGILL=4 SIGTRAP=5 " +
  "SIGIOT=6 SIGABRT=6 SIGFPE=8 SIGKILL=9 SIGBUS=7 SIGSEGV=11 SIGSYS=31 SIGPIPE=13 SIGALRM=14 SIGTERM=15 SIGUSR1=10 " +
  "SIGUSR2=12 SIGCLD=17 SIGCHLD=17 SIGPWR=30 SIGIO=29 SIGURG=23 SIGWINCH=28 SIGPOLL=29 SIGSTOP=19 SIGTSTP=20 SIGCONT=18 " +
  "SIGTTIN=21 SIGTTOU=22 SIGVTALRM=26 SIGPROF=27 SIGXCPU=24 SIGXFSZ=25 SIGRTMIN=34 SIGRTMAX=64 SIGSTKFLT=16 " +
  "ITIMER_REAL=0 ITIMER_VIRTUAL=1 ITIMER_PROF=2";
const TEXTS = (
  "|Hangup|Interrupt|Quit|Illegal instruction|Trace/breakpoint trap|Aborted|Bus error|Floating point exception|Killed|" +
  "User defined signal 1|Segmentation fault|User defined signal 2|Broken pipe|Alarm clock|Terminated|Stack fault|" +
  "Child exited|Continued|Stopped (signal)|Stopped|Stopped (tty input)|Stopped (tty output)|Urgent I/O condition|" +
  "CPU time limit exceeded|File size limit exceeded|Virtual timer expired|Profiling timer expired|Window changed|" +
  "I/O possible|Power failure|Bad system call"
).split("|");

interface Alarm {
  /** When it rings, in ms of clock.now(); 0: not at all. */
  at: number;
  interval: number;
}

function alarmOf(rt: Runtime): Alarm {
  return rt.moduleState.get("_signal") as Alarm;
}

function signalNumber(rt: Runtime, o: Ref): number {
  const n = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
  if (n < 1 || n >= NSIG) throw valueError(rt, "signal number out of range");
  return n;
}

function actionOf(rt: Runtime, handler: Ref): Action {
  if (PyCallable_Check(rt, handler)) return Action.CALL;
  // SIG_DFL and SIG_IGN are small ints, or members of an IntEnum with these values.
  const n = infoOf(rt, handler).nb_index === null ? -1 : PyNumber_AsSsize_t(rt, handler, 0);
  if (n === Action.DEFAULT || n === Action.IGNORE) return n;
  throw typeError(rt, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
}

/** What signal() and getsignal() answer (new reference). */
function currentHandler(rt: Runtime, n: number): NewRef {
  const { action, handler } = signalState(rt);
  return action[n] === Action.CALL ? newref(rt, handler[n]) : PyLong_FromNumber(rt, action[n]);
}

function signal_signal(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "signal", nargs, 2, 2);
  const n = signalNumber(rt, rt.i32[args]);
  const handler = rt.i32[args + 2];
  const action = actionOf(rt, handler);
  if (n === 9 || n === 19 || n === 32 || n === 33) throw errnoError(rt, EINVAL);
  checkSignals(rt);
  const old = pushed(rt, currentHandler(rt, n));
  const state = signalState(rt);
  const had = state.handler[n];
  state.action[n] = action;
  state.handler[n] = action === Action.CALL ? newref(rt, handler) : 0;
  if (had !== 0) push(rt, had);
  listen(rt, n, action);
  if (had !== 0) drop(rt);
  pop(rt);
  return old;
}

/** Has the host note the signal, or no more. Ctrl-C is heard in any case when a program has run for a while. */
function listen(rt: Runtime, n: number, action: Action): void {
  const { signals } = rt.host;
  if (signals === undefined) return;
  if (action === Action.DEFAULT) signals.unwatch(n);
  else if (n !== SIGINT || signals.started || action === Action.IGNORE) signals.watch(n);
}

function raise_signal(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const n = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
  if (n < 0 || n >= NSIG) throw errnoError(rt, EINVAL);
  raiseSignal(rt, n);
  return rt.None;
}

/** Seconds until the alarm rings and its interval, which are then replaced. */
function setAlarm(rt: Runtime, firstMs: number, intervalMs: number): [left: number, interval: number] {
  const alarm = alarmOf(rt);
  const old: [number, number] = [timeLeft(alarm), alarm.interval / 1000];
  alarm.at = firstMs > 0 ? clock.now() + firstMs : 0;
  alarm.interval = intervalMs;
  rt.host.signals?.setTimer(firstMs, intervalMs);
  return old;
}

function timeLeft(alarm: Alarm): number {
  if (alarm.at === 0) return 0;
  let left = alarm.at - clock.now();
  if (left < 0) left = alarm.interval > 0 ? alarm.interval + (left % alarm.interval) : 0;
  return left / 1000;
}

function signal_alarm(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const seconds = PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
  return PyLong_FromNumber(rt, Math.ceil(setAlarm(rt, seconds * 1000, 0)[0]));
}

function pair(rt: Runtime, a: number, b: number): NewRef {
  const first = pushed(rt, PyFloat_FromDouble(rt, a));
  const second = pushed(rt, PyFloat_FromDouble(rt, b));
  const t = PyTuple_Pack(rt, first, second);
  drop(rt, 2);
  return t;
}

function realTimer(rt: Runtime, m: Ref, which: Ref): void {
  if (PyNumber_AsSsize_t(rt, which, 0) === 0) return;
  const error = dict_getitem_str(rt, rt.i32[m + ModuleOb.dict], "ItimerError");
  throw raise(rt, error, "only ITIMER_REAL is there");
}

function signal_setitimer(rt: Runtime, m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "setitimer", nargs, 2, 3);
  realTimer(rt, m, rt.i32[args]);
  const first = PyFloat_AsDouble(rt, rt.i32[args + 2]);
  const interval = nargs === 3 ? PyFloat_AsDouble(rt, rt.i32[args + 4]) : 0;
  return pair(rt, ...setAlarm(rt, first * 1000, interval * 1000));
}

function signal_getitimer(rt: Runtime, m: Ref, which: Ref): NewRef {
  realTimer(rt, m, which);
  const alarm = alarmOf(rt);
  return pair(rt, timeLeft(alarm), alarm.interval / 1000);
}

/** Waits until a signal has been handled. */
function signal_pause(rt: Runtime): NewRef {
  const { signals } = rt.host;
  if (signals === undefined) throw raise(rt, rt.exc.RuntimeError, "there are no signals to wait for");
  if (!signals.started) signals.watch(SIGINT);
  while (!signals.pending()) signals.wait(1000);
  checkSignals(rt);
  return rt.None;
}

function valid_signals(rt: Runtime): NewRef {
  const set = pushed(rt, PySet_New(rt, 0));
  for (let n = 1; n < NSIG; n++) {
    if (n === 32 || n === 33) continue;
    PySet_Add(rt, set, pushed(rt, PyLong_FromNumber(rt, n)));
    drop(rt);
  }
  return pop(rt);
}

function strsignal(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const n = signalNumber(rt, o);
  if (n < TEXTS.length) return PyUnicode_FromJS(rt, TEXTS[n]);
  if (n >= 34) return PyUnicode_FromJS(rt, `Real-time signal ${n - 34}`);
  return rt.None;
}

const METHODS: MethodDef[] = [
  {
    name: "default_int_handler",
    flags: METH.FASTCALL,
    fn: (rt) => {
      throw PyErr_SetObject(rt, rt.exc.KeyboardInterrupt, rt.None);
    },
    sig: "($module, signalnum, frame, /)",
  },
  { name: "signal", flags: METH.FASTCALL, fn: signal_signal, sig: "($module, signalnum, handler, /)" },
  {
    name: "getsignal",
    flags: METH.O,
    fn: (rt, _m, o) => currentHandler(rt, signalNumber(rt, o)),
    sig: "($module, signalnum, /)",
  },
  { name: "raise_signal", flags: METH.O, fn: raise_signal, sig: "($module, signalnum, /)" },
  { name: "alarm", flags: METH.O, fn: signal_alarm, sig: "($module, seconds, /)" },
  { name: "setitimer", flags: METH.FASTCALL, fn: signal_setitimer },
  { name: "getitimer", flags: METH.O, fn: signal_getitimer, sig: "($module, which, /)" },
  { name: "pause", flags: METH.NOARGS, fn: signal_pause, sig: "($module, /)" },
  { name: "strsignal", flags: METH.O, fn: strsignal, sig: "($module, signalnum, /)" },
  { name: "valid_signals", flags: METH.NOARGS, fn: valid_signals, sig: "($module, /)" },
  {
    name: "siginterrupt",
    flags: METH.FASTCALL,
    fn: (rt, _m, args) => {
      signalNumber(rt, rt.i32[args]);
      return rt.None;
    },
    sig: "($module, signalnum, flag, /)",
  },
  {
    name: "set_wakeup_fd",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (rt) => PyLong_FromNumber(rt, -1),
  },
];

export function initModule__signal(rt: Runtime): NewRef {
  const m = createModule(rt, "_signal", METHODS, "Handlers of the operating system's signals.");
  push(rt, m);
  rt.moduleState.set("_signal", { at: 0, interval: 0 } satisfies Alarm);
  for (const entry of NUMBERS.split(" ")) {
    const [name, value] = entry.split("=");
    PyModule_AddObject(rt, m, name, PyLong_FromNumber(rt, Number(value)));
  }
  PyModule_AddObjectRef(rt, m, "ItimerError", rt.exc.OSError);
  const state = signalState(rt);
  registerRoot(rt, () => state.handler.filter((h) => h !== 0), "handlers of signals");
  const handler = dict_getitem_str(rt, rt.i32[m + ModuleOb.dict], "default_int_handler");
  if (state.action[SIGINT] === Action.CALL) state.handler[SIGINT] = newref(rt, handler);
  return pop(rt);
}
