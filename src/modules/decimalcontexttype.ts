/** The type decimal.Context: its settings, and the functions around the current context. Part of the modules, for _decimal.ts. */

import { PyObject_GC_New, PyObject_GC_Track } from "../objects/alloc.ts";
import { kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from "../objects/instance.ts";
import { Ob, TF } from "../objects/layout.ts";
import { bigIntOf, PyLong_AsSsize_t, PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS, strEqualsJS } from "../objects/str.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
} from "../objects/typeinfo.ts";
import { PyContextVar_Set } from "./_contextvars.ts";
import { MAX_EMAX, MAX_PREC, MIN_EMIN, ROUNDING } from "./decimalcontext.ts";
import { contextMethods, creators } from "./decimalcontextmethods.ts";
import { contextArgument, copyContext, currentContext, forgetContext, newContext } from "./decimalcurrent.ts";
import { roundingOf } from "./decimalrounding.ts";
import { flagNames, flagsOf, signalsAsList } from "./decimalsignals.ts";
import { Con, Man, PyDecContext_Check, stateOf } from "./decimalstate.ts";

/** An int argument as a C ssize_t. */
function numberOf(rt: Runtime, o: Ref): bigint {
  if (!PyLong_Check(rt, o)) throw typeError(rt, "an integer is required");
  const v = bigIntOf(rt, o);
  if (v >= 2n ** 63n || v < -(2n ** 63n)) PyLong_AsSsize_t(rt, o);
  return v;
}

type Set = (rt: Runtime, c: Ref, value: Ref) => void;

function limit(field: number, min: bigint, max: bigint, message: string): Set {
  return (rt, c, value) => {
    const v = numberOf(rt, value);
    if (v < min || v > max) throw valueError(rt, message);
    stateOf(rt).i64[(c + field) >> 1] = v;
    forgetContext(rt);
  };
}

function choice(field: number, name: string): Set {
  return (rt, c, value) => {
    const v = numberOf(rt, value);
    if (v !== 0n && v !== 1n) throw valueError(rt, `valid values for ${name} are 0 or 1`);
    rt.i32[c + field] = Number(v);
    forgetContext(rt);
  };
}

const SETTERS: Record<string, Set> = {
  prec: limit(Con.prec, 1n, MAX_PREC, "valid range for prec is [1, MAX_PREC]"),
  rounding: (rt, c, value) => {
    rt.i32[c + Con.round] = roundingOf(rt, value);
    forgetContext(rt);
  },
  Emin: limit(Con.emin, MIN_EMIN, 0n, "valid range for Emin is [MIN_EMIN, 0]"),
  Emax: limit(Con.emax, 0n, MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]"),
  capitals: choice(Con.capitals, "capitals"),
  clamp: choice(Con.clamp, "clamp"),
  flags: (rt, c, value) => {
    rt.i32[c + Con.status] = flagsOf(rt, value, true);
  },
  traps: (rt, c, value) => {
    rt.i32[c + Con.traps] = flagsOf(rt, value, true);
  },
};

const NAMES = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"];
const INIT = kwSpec("", NAMES.map((n) => `${n}=`).join(", "));

/** Sets what is given, in the order of NAMES; None is nothing. */
function setAll(rt: Runtime, c: Ref, values: Ref[]): void {
  for (let i = 0; i < NAMES.length; i++) {
    if (values[i] !== 0 && values[i] !== rt.None) SETTERS[NAMES[i]](rt, c, values[i]);
  }
}

function context_init(rt: Runtime, c: Ref, args: Ref, kwargs: OptRef): void {
  setAll(rt, c, parseTupleKw(rt, INIT, args, kwargs));
}

function context_getattr(rt: Runtime, c: Ref, name: Ref): NewRef {
  if (PyUnicode_Check(rt, name)) {
    if (strEqualsJS(rt, name, "traps")) return newref(rt, rt.i32[c + Con.trapsDict]);
    if (strEqualsJS(rt, name, "flags")) return newref(rt, rt.i32[c + Con.flagsDict]);
  }
  return PyObject_GenericGetAttr(rt, c, name);
}

const undeletable = (rt: Runtime): PyErr =>
  raise(rt, rt.exc.AttributeError, "context attributes cannot be deleted");

function context_setattr(rt: Runtime, c: Ref, name: Ref, value: OptRef): void {
  if (value === 0) throw undeletable(rt);
  if (PyUnicode_Check(rt, name)) {
    const field = strEqualsJS(rt, name, "traps")
      ? Con.traps
      : strEqualsJS(rt, name, "flags")
        ? Con.status
        : 0;
    if (field !== 0) {
      rt.i32[c + field] = flagsOf(rt, value, false);
      return;
    }
  }
  PyObject_GenericSetAttr(rt, c, name, value);
}

function context_repr(rt: Runtime, c: Ref): NewRef {
  const i32 = rt.i32;
  const { i64 } = stateOf(rt);
  const at = (field: number): bigint => i64[(c + field) >> 1];
  const limits = `Emin=${at(Con.emin)}, Emax=${at(Con.emax)}, capitals=${i32[c + Con.capitals]}`;
  const flags = `flags=${flagNames(i32[c + Con.status])}, traps=${flagNames(i32[c + Con.traps])}`;
  const head = `prec=${at(Con.prec)}, rounding=${ROUNDING[i32[c + Con.round]]}`;
  return PyUnicode_FromJS(rt, `Context(${head}, ${limits}, clamp=${i32[c + Con.clamp]}, ${flags})`);
}

function context_reduce(rt: Runtime, c: Ref): NewRef {
  const i32 = rt.i32;
  const state = stateOf(rt);
  const big = (field: number): Ref => pushed(rt, PyLong_FromBigInt(rt, state.i64[(c + field) >> 1]));
  const flags = pushed(rt, signalsAsList(rt, i32[c + Con.status]));
  const traps = pushed(rt, signalsAsList(rt, i32[c + Con.traps]));
  const prec = big(Con.prec);
  const emin = big(Con.emin);
  const emax = big(Con.emax);
  const capitals = pushed(rt, PyLong_FromNumber(rt, i32[c + Con.capitals]));
  const clamp = pushed(rt, PyLong_FromNumber(rt, i32[c + Con.clamp]));
  const rounding = state.roundings[i32[c + Con.round]];
  const args = pushed(rt, PyTuple_Pack(rt, prec, rounding, emin, emax, capitals, clamp, flags, traps));
  const result = PyTuple_Pack(rt, i32[c + Ob.type], args);
  drop(rt, 8);
  return result;
}

const clearer =
  (field: number) =>
  (rt: Runtime, c: Ref): NewRef => {
    rt.i32[c + field] = 0;
    return rt.None;
  };

const METHODS: MethodDef[] = [
  { name: "clear_flags", flags: METH.NOARGS, fn: clearer(Con.status), sig: "($self, /)" },
  { name: "clear_traps", flags: METH.NOARGS, fn: clearer(Con.traps), sig: "($self, /)" },
  { name: "__copy__", flags: METH.NOARGS, fn: copyContext, sig: "($self, /)" },
  { name: "__reduce__", flags: METH.NOARGS, fn: context_reduce, sig: "($self, /)" },
  { name: "copy", flags: METH.NOARGS, fn: copyContext, sig: "($self, /)" },
];

/** A setting that reads as a number. */
function setting(name: string, get: (rt: Runtime, c: Ref) => NewRef): GetSetDef {
  return {
    name,
    get,
    set: (rt, c, value) => {
      if (value === 0) throw undeletable(rt);
      SETTERS[name](rt, c, value);
    },
  };
}

const big =
  (field: number) =>
  (rt: Runtime, c: Ref): NewRef =>
    PyLong_FromBigInt(rt, stateOf(rt).i64[(c + field) >> 1]);

const GETSETS: GetSetDef[] = [
  setting("prec", big(Con.prec)),
  setting("Emax", big(Con.emax)),
  setting("Emin", big(Con.emin)),
  setting("rounding", (rt, c) => newref(rt, stateOf(rt).roundings[rt.i32[c + Con.round]])),
  setting("capitals", (rt, c) => PyLong_FromNumber(rt, rt.i32[c + Con.capitals])),
  setting("clamp", (rt, c) => PyLong_FromNumber(rt, rt.i32[c + Con.clamp])),
];

/** A new reference to the type Context. */
export function contextType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "decimal.Context",
    basicsize: Con.BYTES,
    flags: TF.BASETYPE | TF.HAVE_GC | TF.IMMUTABLETYPE,
    heap: true,
    doc: "What arithmetic on decimals goes by: precision, rounding, limits of exponents, signals that are raised.",
    sig: "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)",
    slots: {
      ...heapFieldSlots([Con.trapsDict, Con.flagsDict], (r, c) => {
        if (stateOf(r).readAt === c) forgetContext(r);
      }),
      tp_new: (r, type) => newContext(r, type),
      tp_init: context_init,
      tp_repr: context_repr,
      tp_getattro: context_getattr,
      tp_setattro: context_setattr,
    },
    methods: [...contextMethods, ...METHODS, ...creators],
    getsets: GETSETS,
  });
}

/** Makes a context the current one; a template is copied. */
function setCurrent(rt: Runtime, value: Ref): void {
  const state = stateOf(rt);
  if (!PyDecContext_Check(rt, value)) throw typeError(rt, "argument must be a context");
  const template =
    value === state.DefaultContext || value === state.BasicContext || value === state.ExtendedContext;
  const c = pushed(rt, template ? copyContext(rt, value) : newref(rt, value));
  if (template) rt.i32[c + Con.status] = 0;
  decref(rt, PyContextVar_Set(rt, state.current, c));
  drop(rt);
}

export const getcontext = (rt: Runtime): NewRef => newref(rt, currentContext(rt));

export function setcontext(rt: Runtime, _m: Ref, value: Ref): NewRef {
  setCurrent(rt, value);
  return rt.None;
}

const LOCAL = kwSpec("", `ctx=, ${NAMES.map((n) => `${n}=`).join(", ")}`);

/** localcontext(ctx=None, **kwargs) */
export function localcontext(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const { ContextManager } = stateOf(rt);
  const [given, ...values] = parseFastKw(rt, LOCAL, args, nargs, kwnames);
  push(rt, newref(rt, currentContext(rt)));
  const local = pushed(rt, copyContext(rt, contextArgument(rt, given)));
  setAll(rt, local, values);
  const m = PyObject_GC_New(rt, ContextManager, Man.BYTES);
  rt.i32[m + Man.local] = pop(rt);
  rt.i32[m + Man.global] = pop(rt);
  PyObject_GC_Track(rt, m);
  return m;
}

function manager_enter(rt: Runtime, m: Ref): NewRef {
  setCurrent(rt, rt.i32[m + Man.local]);
  return newref(rt, rt.i32[m + Man.local]);
}

function manager_exit(rt: Runtime, m: Ref): NewRef {
  setCurrent(rt, rt.i32[m + Man.global]);
  return rt.None;
}

/** A new reference to the type of what localcontext() gives. */
export function managerType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "decimal.ContextManager",
    basicsize: Man.BYTES,
    flags: TF.HAVE_GC | TF.IMMUTABLETYPE | TF.DISALLOW_INSTANTIATION,
    heap: true,
    slots: { ...heapFieldSlots([Man.local, Man.global]), tp_getattro: PyObject_GenericGetAttr },
    methods: [
      { name: "__enter__", flags: METH.NOARGS, fn: manager_enter, sig: "($self, /)" },
      { name: "__exit__", flags: METH.VARARGS, fn: manager_exit },
    ],
  });
}
