/** The module _decimal: decimal arithmetic. Part of the modules; the parts are in decimal*.ts, of which decimalstate.ts is the first. */
import { getAttrString, PyObject_SetAttr } from "../objects/abstract.ts";
import { PyObject_CallArgs, PyObject_CallMethod } from "../objects/call.ts";
import { PyDict_New } from "../objects/dict.ts";
import { PyLong_FromBigInt } from "../objects/long.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop } from "../objects/stack.ts";
import { internStatic, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { importModule } from "../runtime/imports.ts";
import { PyContextVar_New } from "./_contextvars.ts";
import {
  Flag,
  MAX_EMAX,
  MAX_PREC,
  MIN_EMIN,
  MIN_ETINY,
  maxContext,
  ROUNDING,
  Round,
} from "./decimalcontext.ts";
import { contextType, getcontext, localcontext, managerType, setcontext } from "./decimalcontexttype.ts";
import { newContext } from "./decimalcurrent.ts";
import { signalDictMixin } from "./decimalsignals.ts";
import { Con, type DecimalState, type ExceptionName, SIGNALS, setState } from "./decimalstate.ts";
import { decimalType } from "./decimaltype.ts";
import { createModule } from "./native.ts";
import { newException } from "./newexception.ts";

const METHODS: MethodDef[] = [
  {
    name: "getcontext",
    flags: METH.NOARGS,
    fn: getcontext,
    sig: "($module, /)",
    doc: "The current context.",
  },
  {
    name: "setcontext",
    flags: METH.O,
    fn: setcontext,
    sig: "($module, context, /)",
    doc: "Makes a context the current one.",
  },
  {
    name: "localcontext",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: localcontext,
    sig: "($module, /, ctx=None, **kwargs)",
    doc: "A context manager: a copy of a context is the current one in its body.",
  },
];

/** The exceptions in the order of the module's dict, with the names of their bases here and in builtins. */
const EXCEPTIONS: [
  ExceptionName,
  ExceptionName[],
  ("ArithmeticError" | "ZeroDivisionError" | "TypeError")[],
][] = [
  ["DecimalException", [], ["ArithmeticError"]],
  ["Clamped", ["DecimalException"], []],
  ["Rounded", ["DecimalException"], []],
  ["Inexact", ["DecimalException"], []],
  ["Subnormal", ["DecimalException"], []],
  ["Underflow", ["Inexact", "Rounded", "Subnormal"], []],
  ["Overflow", ["Inexact", "Rounded"], []],
  ["DivisionByZero", ["DecimalException"], ["ZeroDivisionError"]],
  ["FloatOperation", ["DecimalException"], ["TypeError"]],
  ["InvalidOperation", ["DecimalException"], []],
  ["ConversionSyntax", ["InvalidOperation"], []],
  ["DivisionImpossible", ["InvalidOperation"], []],
  ["DivisionUndefined", ["InvalidOperation"], ["ZeroDivisionError"]],
  ["InvalidContext", ["InvalidOperation"], []],
];

function makeExceptions(rt: Runtime, state: DecimalState): void {
  const made = state.exceptions;
  for (const [name, own, builtin] of EXCEPTIONS) {
    if (made[name] !== 0) continue;
    const bases = pushed(rt, PyTuple_Pack(rt, ...own.map((n) => made[n]), ...builtin.map((n) => rt.exc[n])));
    made[name] = newException(rt, "decimal", name, bases);
    drop(rt);
  }
  state.signals ||= PyTuple_Pack(rt, ...SIGNALS.map((name) => made[name]));
}

/** SignalDict: the mixin and MutableMapping. */
function signalDict(rt: Runtime, state: DecimalState): NewRef {
  const abc = pushed(rt, importModule(rt, "collections.abc"));
  const mapping = pushed(rt, getAttrString(rt, abc, "MutableMapping"));
  const name = pushed(rt, PyUnicode_FromJS(rt, "SignalDict"));
  const bases = pushed(rt, PyTuple_Pack(rt, state.SignalDictMixin, mapping));
  const namespace = pushed(rt, PyDict_New(rt));
  const type = PyObject_CallArgs(rt, rt.types.type, name, bases, namespace);
  drop(rt, 5);
  return type;
}

/** Decimal is a number; Rational is what it can be compared with. */
function registerNumbers(rt: Runtime, state: DecimalState): void {
  const numbers = pushed(rt, importModule(rt, "numbers"));
  const number = pushed(rt, getAttrString(rt, numbers, "Number"));
  decref(rt, PyObject_CallMethod(rt, number, internStatic(rt, "register"), state.Decimal));
  state.Rational = getAttrString(rt, numbers, "Rational");
  drop(rt, 2);
}

function decimalTuple(rt: Runtime): NewRef {
  const collections = pushed(rt, importModule(rt, "collections"));
  const name = pushed(rt, PyUnicode_FromJS(rt, "DecimalTuple"));
  const fields = pushed(rt, PyUnicode_FromJS(rt, "sign digits exponent"));
  const module = pushed(rt, PyUnicode_FromJS(rt, "decimal"));
  const type = PyObject_CallMethod(rt, collections, internStatic(rt, "namedtuple"), name, fields);
  pushed(rt, type);
  PyObject_SetAttr(rt, type, rt.names.__module__, module);
  pop(rt);
  drop(rt, 4);
  return type;
}

const TRAPS = Flag.IEEE_Invalid_operation | Flag.Division_by_zero | Flag.Overflow;

/** A context of these settings, a new reference. */
function makeContext(rt: Runtime, state: DecimalState, prec: number, round: Round, traps: number): NewRef {
  const c = newContext(rt, state.Context);
  const i32 = rt.i32;
  i32.fill(0, c + Con.prec, c + Con.trapsDict);
  state.i64[(c + Con.prec) >> 1] = BigInt(prec);
  state.i64[(c + Con.emax) >> 1] = 999999n;
  state.i64[(c + Con.emin) >> 1] = -999999n;
  i32[c + Con.traps] = traps;
  i32[c + Con.round] = round;
  i32[c + Con.allcr] = 1;
  return c;
}

function emptyState(rt: Runtime): DecimalState {
  const exceptions = Object.fromEntries(EXCEPTIONS.map(([name]) => [name, 0]));
  return {
    Decimal: 0,
    Context: 0,
    ContextManager: 0,
    SignalDictMixin: 0,
    SignalDict: 0,
    DecimalTuple: 0,
    Rational: 0,
    current: 0,
    DefaultContext: 0,
    BasicContext: 0,
    ExtendedContext: 0,
    signals: 0,
    exceptions: exceptions as Record<ExceptionName, Ref>,
    roundings: [],
    readAt: 0,
    read: maxContext(),
    u64: new BigUint64Array(rt.i32.buffer),
    i64: new BigInt64Array(rt.i32.buffer),
  };
}

/** Everything the module consists of; made once, also when the module is imported again. What is missing is made now. */
function completeState(rt: Runtime): DecimalState {
  let s = rt.moduleState.get("_decimal") as DecimalState | undefined;
  if (s === undefined) {
    const state = emptyState(rt);
    setState(rt, state);
    registerRoot(rt, () => ownedBy(state), "_decimal");
    s = state;
  }
  if (s.roundings.length === 0) s.roundings = ROUNDING.map((name) => internStatic(rt, name));
  s.Decimal ||= decimalType(rt);
  s.Context ||= contextType(rt);
  s.ContextManager ||= managerType(rt);
  if (s.Rational === 0) registerNumbers(rt, s);
  s.SignalDictMixin ||= signalDictMixin(rt);
  s.SignalDict ||= signalDict(rt, s);
  s.DecimalTuple ||= decimalTuple(rt);
  makeExceptions(rt, s);
  const basic = TRAPS | Flag.Underflow | Flag.Clamped;
  s.DefaultContext ||= makeContext(rt, s, 28, Round.HALF_EVEN, TRAPS);
  s.current ||= PyContextVar_New(rt, "decimal_context");
  s.BasicContext ||= makeContext(rt, s, 9, Round.HALF_UP, basic);
  s.ExtendedContext ||= makeContext(rt, s, 9, Round.HALF_EVEN, 0);
  return s;
}

function ownedBy(s: DecimalState): Ref[] {
  const types = [s.Decimal, s.Context, s.ContextManager, s.SignalDictMixin, s.SignalDict];
  const others = [s.DecimalTuple, s.Rational, s.current, s.DefaultContext, s.BasicContext, s.ExtendedContext];
  return [...types, ...others, s.signals, ...Object.values(s.exceptions)];
}

export function initModule__decimal(rt: Runtime): NewRef {
  const m = pushed(rt, createModule(rt, "_decimal", METHODS, "Decimal arithmetic, natively."));
  const s = completeState(rt);
  const add = (name: string, o: Ref): void => PyModule_AddObjectRef(rt, m, name, o);
  for (const name of ["Decimal", "Context", "DecimalTuple"] as const) add(name, s[name]);
  for (const [name] of EXCEPTIONS) add(name, s.exceptions[name]);
  add("DefaultContext", s.DefaultContext);
  add("HAVE_CONTEXTVAR", rt.True);
  add("HAVE_THREADS", rt.True);
  add("BasicContext", s.BasicContext);
  add("ExtendedContext", s.ExtendedContext);
  const limits = { MAX_PREC, MAX_EMAX, MIN_EMIN, MIN_ETINY };
  for (const [name, value] of Object.entries(limits))
    PyModule_AddObject(rt, m, name, PyLong_FromBigInt(rt, value));
  ROUNDING.forEach((name, i) => {
    add(name, s.roundings[i]);
  });
  PyModule_AddObject(rt, m, "__version__", PyUnicode_FromJS(rt, "1.70"));
  PyModule_AddObject(rt, m, "__libmpdec_version__", PyUnicode_FromJS(rt, "2.5.1"));
  return pop(rt);
}
