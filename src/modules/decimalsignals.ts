/** Context.flags and Context.traps: mappings of signals that show bits of a context. Part of the modules, for _decimal.ts. */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { PyDict_Check, PyList_Check } from "../objects/check.ts";
import { PyObject_HashNotImplemented } from "../objects/compare.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem, PyDict_Size } from "../objects/dict.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyObject_GetIter } from "../objects/iterproto.ts";
import { List, TF } from "../objects/layout.ts";
import { listItem, PyList_Append, PyList_New } from "../objects/list.ts";
import { pushed } from "../objects/nativecall.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { pop } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { Flag } from "./decimalcontext.ts";
import { SIGNAL_FLAGS } from "./decimalcurrent.ts";
import { PyDecSignalDict_Check, SIGNALS, Sig, stateOf } from "./decimalstate.ts";

const ALL = SIGNALS.map((name) => SIGNAL_FLAGS[name]);

function badSignal(rt: Runtime): PyErr {
  return raise(
    rt,
    rt.exc.KeyError,
    "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n" +
      "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]",
  );
}

const badDict = (rt: Runtime): PyErr => raise(rt, rt.exc.KeyError, "invalid signal dict");

/** Where the bits are: a word address. */
function bitsAt(rt: Runtime, d: Ref): number {
  const at = rt.i32[d + Sig.flags];
  if (at === 0) throw valueError(rt, "invalid signal dict");
  return at;
}

/** The bits of a signal's class. */
function flagOf(rt: Runtime, key: Ref): number {
  const { exceptions } = stateOf(rt);
  const name = SIGNALS.find((signal) => exceptions[signal] === key);
  if (name === undefined) throw badSignal(rt);
  return SIGNAL_FLAGS[name];
}

/** The bits of a list of signals. */
export function flagsOfList(rt: Runtime, list: Ref): number {
  let flags = 0;
  for (let i = 0; i < rt.i32[list + List.size]; i++) flags |= flagOf(rt, listItem(rt, list, i));
  return flags;
}

/** The bits of a dict that has all signals, and nothing else, as keys; null for another. */
function flagsOfDict(rt: Runtime, dict: Ref): number | null {
  const { exceptions } = stateOf(rt);
  if (PyDict_Size(rt, dict) !== SIGNALS.length) return null;
  let flags = 0;
  for (const name of SIGNALS) {
    const value = PyDict_GetItemWithError(rt, dict, exceptions[name]);
    if (value === 0) return null;
    if (PyObject_IsTrue(rt, value)) flags |= SIGNAL_FLAGS[name];
  }
  return flags;
}

/** What a context's traps or flags are set to: a SignalDict or a dict; `lists`: or a list. */
export function flagsOf(rt: Runtime, value: Ref, lists: boolean): number {
  if (lists && PyList_Check(rt, value)) return flagsOfList(rt, value);
  if (PyDecSignalDict_Check(rt, value)) return rt.i32[bitsAt(rt, value)];
  if (!PyDict_Check(rt, value)) throw typeError(rt, "argument must be a signal dict");
  const flags = flagsOfDict(rt, value);
  if (flags === null) throw badDict(rt);
  return flags;
}

/** The classes of the signals with these bits, in the order of SIGNALS. */
export function signalsAsList(rt: Runtime, flags: number): NewRef {
  const { exceptions } = stateOf(rt);
  const list = pushed(rt, PyList_New(rt, 0));
  for (const name of SIGNALS) {
    if ((flags & SIGNAL_FLAGS[name]) !== 0) PyList_Append(rt, list, exceptions[name]);
  }
  return pop(rt);
}

/** Names by bits, in their order; InvalidOperation once. */
const NAMES_BY_BIT: [number, string][] = [
  [Flag.Clamped, "Clamped"],
  [Flag.Conversion_syntax, "InvalidOperation"],
  [Flag.Division_by_zero, "DivisionByZero"],
  [Flag.Division_impossible, "InvalidOperation"],
  [Flag.Division_undefined, "InvalidOperation"],
  [Flag.Fpu_Error, "InvalidOperation"],
  [Flag.Inexact, "Inexact"],
  [Flag.Invalid_context, "InvalidOperation"],
  [Flag.Invalid_operation, "InvalidOperation"],
  [Flag.Malloc_error, "InvalidOperation"],
  [Flag.Float_operation, "FloatOperation"],
  [Flag.Overflow, "Overflow"],
  [Flag.Rounded, "Rounded"],
  [Flag.Subnormal, "Subnormal"],
  [Flag.Underflow, "Underflow"],
];

/** "[Inexact, Rounded]" */
export function flagNames(flags: number): string {
  const names = NAMES_BY_BIT.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  return `[${[...new Set(names)].join(", ")}]`;
}

function signaldict_repr(rt: Runtime, d: Ref): NewRef {
  const flags = rt.i32[bitsAt(rt, d)];
  const shown = SIGNALS.map(
    (name) => `<class 'decimal.${name}'>:${(flags & SIGNAL_FLAGS[name]) !== 0 ? "True" : "False"}`,
  );
  return PyUnicode_FromJS(rt, `{${shown.join(", ")}}`);
}

/** The flags that the other side of == stands for, or null. */
function comparable(rt: Runtime, w: Ref): number | null {
  if (PyDecSignalDict_Check(rt, w)) return rt.i32[bitsAt(rt, w)];
  if (!PyDict_Check(rt, w)) return null;
  if (PyDict_Size(rt, w) === 0) throw valueError(rt, "invalid signal dict");
  return flagsOfDict(rt, w);
}

function signaldict_richcompare(rt: Runtime, v: Ref, w: Ref, op: Cmp): NewRef {
  const mine = rt.i32[bitsAt(rt, v)];
  if (op !== Cmp.EQ && op !== Cmp.NE) return rt.NotImplemented;
  const other = comparable(rt, w);
  if (other === null) return rt.NotImplemented;
  return (mine === other) === (op === Cmp.EQ) ? rt.True : rt.False;
}

function signaldict_setitem(rt: Runtime, d: Ref, key: Ref, value: OptRef): void {
  const at = bitsAt(rt, d);
  if (value === 0) throw valueError(rt, "signal keys cannot be deleted");
  const flag = flagOf(rt, key);
  if (PyObject_IsTrue(rt, value)) rt.i32[at] |= flag;
  else rt.i32[at] &= ~flag;
}

function signaldict_copy(rt: Runtime, d: Ref): NewRef {
  const flags = rt.i32[bitsAt(rt, d)];
  const { exceptions } = stateOf(rt);
  const dict = pushed(rt, PyDict_New(rt));
  for (let i = 0; i < SIGNALS.length; i++) {
    PyDict_SetItem(rt, dict, exceptions[SIGNALS[i]], (flags & ALL[i]) !== 0 ? rt.True : rt.False);
  }
  return pop(rt);
}

/** A new reference to the base of SignalDict. */
export function signalDictMixin(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "decimal.SignalDictMixin",
    basicsize: Sig.BYTES,
    flags: TF.BASETYPE | TF.HAVE_GC | TF.IMMUTABLETYPE,
    heap: true,
    slots: {
      ...heapFieldSlots([]),
      tp_repr: signaldict_repr,
      tp_hash: PyObject_HashNotImplemented,
      tp_richcompare: signaldict_richcompare,
      tp_iter: (r, d) => {
        bitsAt(r, d);
        return PyObject_GetIter(r, stateOf(r).signals);
      },
      tp_init: (r, d) => {
        r.i32[d + Sig.flags] = 0;
      },
      mp_length: (r, d) => {
        bitsAt(r, d);
        return SIGNALS.length;
      },
      mp_subscript: (r, d, key) => {
        const at = bitsAt(r, d);
        return (r.i32[at] & flagOf(r, key)) !== 0 ? r.True : r.False;
      },
      mp_ass_subscript: signaldict_setitem,
    },
    methods: [{ name: "copy", flags: METH.NOARGS, fn: signaldict_copy }],
  });
}
