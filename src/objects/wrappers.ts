/**
 * How a wrapper descriptor (`int.__add__`) calls the native slot it stands for: one adapter for each shape of slot.
 * Part of the object layer (the wrap_* functions of CPython's Objects/typeobject.c).
 *
 * An adapter takes the arguments after `self` as vectorcall does; `kwnames` is 0 except for `__init__` and `__call__`.
 */
import { PyNumber_AsSsize_t, PyObject_GetAttr } from "./abstract.ts";
import { _PyStack_AsDict, PyObject_CallMethod, PyObject_CallNoArgs } from "./call.ts";
import { PyMemoryView_Check, PyUnicode_Check } from "./check.ts";
import { raiseObject, typeError, valueError } from "./errors.ts";
import { Ob, Tuple, Ty } from "./layout.ts";
import { PyLong_FromHalves, PyLong_FromNumber } from "./long.ts";
import { PyMemoryView_FromObject } from "./memoryview.ts";
import type { Runtime } from "./runtime.ts";
import { slot_tp_setattro } from "./slotattr.ts";
import { drop, push } from "./stack.ts";
import { internStatic } from "./str.ts";
import { PyTuple_FromArray } from "./tuple.ts";
import {
  type binaryfunc,
  Cmp,
  type callfunc,
  type hashfunc,
  type initproc,
  type inquiry,
  type lenfunc,
  type NewRef,
  type OptRef,
  type objobjargproc,
  type objobjproc,
  type Ref,
  type richcmpfunc,
  type ssizeargfunc,
  type ssizeobjargproc,
  type ternaryfunc,
  type unaryfunc,
} from "./typeinfo.ts";

/** wrapperfunc: `wrapped` is the native slot function, of the shape that the adapter serves. */
type WrapperOf<Slot> = (
  rt: Runtime,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
  wrapped: Slot,
) => NewRef;

// biome-ignore lint/suspicious/noExplicitAny: whoever calls it has the slot's function from the same entry of the table
export type Wrapper = WrapperOf<any>;

function checkCount(rt: Runtime, nargs: number, n: number): void {
  if (nargs !== n) throw typeError(rt, `expected ${n} argument${n === 1 ? "" : "s"}, got ${nargs}`);
}

/** PyArg_UnpackTuple with an empty function name: hence the leading blank. */
function unpackCount(rt: Runtime, nargs: number, min: number, max: number): void {
  if (nargs >= min && nargs <= max) return;
  const n = nargs < min ? min : max;
  const bound = min === max ? "" : nargs < min ? "at least " : "at most ";
  throw typeError(rt, ` expected ${bound}${n} argument${n === 1 ? "" : "s"}, got ${nargs}`);
}

export const wrap_unaryfunc: WrapperOf<unaryfunc> = (rt, self, _a, n, _k, f) => {
  checkCount(rt, n, 0);
  return f(rt, self);
};

export const wrap_binaryfunc: WrapperOf<binaryfunc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  return f(rt, self, rt.i32[a]);
};

/** As wrap_binaryfunc, but another function: `__add__` of numbers is told from `__add__` of sequences by it. */
export const wrap_binaryfunc_l: WrapperOf<binaryfunc> = (rt, self, a, n, k, f) =>
  wrap_binaryfunc(rt, self, a, n, k, f);

export const wrap_binaryfunc_r: WrapperOf<binaryfunc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  return f(rt, rt.i32[a], self);
};

export const wrap_ternaryfunc: WrapperOf<ternaryfunc> = (rt, self, a, n, _k, f) => {
  unpackCount(rt, n, 1, 2);
  return f(rt, self, rt.i32[a], n === 2 ? rt.i32[a + 2] : rt.None);
};

export const wrap_ternaryfunc_r: WrapperOf<ternaryfunc> = (rt, self, a, n, _k, f) => {
  unpackCount(rt, n, 1, 2);
  return f(rt, rt.i32[a], self, n === 2 ? rt.i32[a + 2] : rt.None);
};

export const wrap_inquirypred: WrapperOf<inquiry> = (rt, self, _a, n, _k, f) => {
  checkCount(rt, n, 0);
  return f(rt, self) ? rt.True : rt.False;
};

export const wrap_lenfunc: WrapperOf<lenfunc> = (rt, self, _a, n, _k, f) => {
  checkCount(rt, n, 0);
  return PyLong_FromNumber(rt, f(rt, self));
};

export const wrap_hashfunc: WrapperOf<hashfunc> = (rt, self, _a, n, _k, f) => {
  checkCount(rt, n, 0);
  const lo = f(rt, self);
  return PyLong_FromHalves(rt, lo, rt.hashHi);
};

export const wrap_objobjproc: WrapperOf<objobjproc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  return f(rt, self, rt.i32[a]) ? rt.True : rt.False;
};

export const wrap_objobjargproc: WrapperOf<objobjargproc> = (rt, self, a, n, _k, f) => {
  unpackCount(rt, n, 2, 2);
  f(rt, self, rt.i32[a], rt.i32[a + 2]);
  return rt.None;
};

export const wrap_delitem: WrapperOf<objobjargproc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  f(rt, self, rt.i32[a], 0);
  return rt.None;
};

export const wrap_indexargfunc: WrapperOf<ssizeargfunc> = (rt, self, a, n, _k, f) => {
  unpackCount(rt, n, 1, 1);
  return f(rt, self, PyNumber_AsSsize_t(rt, rt.i32[a], rt.exc.OverflowError));
};

/** The index argument; a negative one counts from the end. */
function sequenceIndex(rt: Runtime, self: Ref, arg: Ref): number {
  const i = PyNumber_AsSsize_t(rt, arg, rt.exc.OverflowError);
  if (i >= 0) return i;
  const length = rt.typeInfos[rt.i32[rt.i32[self + Ob.type] + Ty.info]].sq_length;
  return length === null ? i : i + length(rt, self);
}

export const wrap_sq_item: WrapperOf<ssizeargfunc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  return f(rt, self, sequenceIndex(rt, self, rt.i32[a]));
};

export const wrap_sq_setitem: WrapperOf<ssizeobjargproc> = (rt, self, a, n, _k, f) => {
  unpackCount(rt, n, 2, 2);
  f(rt, self, sequenceIndex(rt, self, rt.i32[a]), rt.i32[a + 2]);
  return rt.None;
};

export const wrap_sq_delitem: WrapperOf<ssizeobjargproc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  f(rt, self, sequenceIndex(rt, self, rt.i32[a]), 0);
  return rt.None;
};

/**
 * Refuses `object.__setattr__(cls, ...)`: a call of a native setattr that jumps over an override of it in a native type
 * between (Carlo Verre's hack).
 */
function hackcheck(rt: Runtime, self: Ref, func: objobjargproc, what: string): void {
  const i32 = rt.i32;
  const type = i32[self + Ob.type];
  const setattroOf = (t: Ref) => rt.typeInfos[i32[t + Ty.info]].tp_setattro;
  let base = definingType(rt, type, setattroOf);
  for (; base !== 0; base = i32[base + Ty.base]) {
    const own = setattroOf(base);
    if (own === func) return;
    if (own !== slot_tp_setattro) {
      const name = rt.typeInfos[i32[type + Ty.info]].name;
      throw typeError(rt, `can't apply this ${what} to ${name} object`);
    }
  }
}

/** The type farthest up the MRO with the same native setattro as `type`; classes written in Python do not count. */
function definingType(rt: Runtime, type: Ref, setattroOf: (t: Ref) => objobjargproc | null): Ref {
  const i32 = rt.i32;
  const mro = i32[type + Ty.mro];
  if (mro === 0) return type;
  for (let i = i32[mro + Tuple.size] - 1; i >= 0; i--) {
    const base = i32[mro + Tuple.items + 2 * i];
    const f = setattroOf(base);
    if (f !== slot_tp_setattro && f === setattroOf(type)) return base;
  }
  return type;
}

/** `__getattribute__`: the native functions behind it are told names, so the argument is looked at here. */
export const wrap_getattro: WrapperOf<binaryfunc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  checkName(rt, rt.i32[a]);
  return f(rt, self, rt.i32[a]);
};

export const wrap_setattr: WrapperOf<objobjargproc> = (rt, self, a, n, _k, f) => {
  unpackCount(rt, n, 2, 2);
  hackcheck(rt, self, f, "__setattr__");
  checkName(rt, rt.i32[a]);
  f(rt, self, rt.i32[a], rt.i32[a + 2]);
  return rt.None;
};

export const wrap_delattr: WrapperOf<objobjargproc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  hackcheck(rt, self, f, "__delattr__");
  checkName(rt, rt.i32[a]);
  f(rt, self, rt.i32[a], 0);
  return rt.None;
};

function checkName(rt: Runtime, name: Ref): void {
  if (PyUnicode_Check(rt, name)) return;
  const got = rt.typeInfos[rt.i32[rt.i32[name + Ob.type] + Ty.info]].name;
  throw typeError(rt, `attribute name must be string, not '${got}'`);
}

/** Packs vectorcall arguments for a slot that wants a tuple and a dict; both stay on the native stack. */
function pack(rt: Runtime, args: number, nargs: number, kwnames: OptRef): { tuple: Ref; dict: OptRef } {
  const tuple = PyTuple_FromArray(rt, args, nargs, false);
  push(rt, tuple);
  const dict = kwnames === 0 ? 0 : _PyStack_AsDict(rt, args + 2 * nargs, kwnames);
  push(rt, dict);
  return { tuple, dict };
}

export const wrap_init: WrapperOf<initproc> = (rt, self, a, n, kwnames, f) => {
  const { tuple, dict } = pack(rt, a, n, kwnames);
  f(rt, self, tuple, dict);
  drop(rt, 2);
  return rt.None;
};

export const wrap_call: WrapperOf<callfunc> = (rt, self, a, n, kwnames, f) => {
  const { tuple, dict } = pack(rt, a, n, kwnames);
  const result = f(rt, self, tuple, dict);
  drop(rt, 2);
  return result;
};

export function wrap_del(
  rt: Runtime,
  self: Ref,
  _a: number,
  n: number,
  _k: OptRef,
  f: (rt: Runtime, self: Ref) => void,
): NewRef {
  checkCount(rt, n, 0);
  f(rt, self);
  return rt.None;
}

function richcmp(op: Cmp): Wrapper {
  return (rt: Runtime, self: Ref, a: number, n: number, _k: OptRef, f: richcmpfunc) => {
    checkCount(rt, n, 1);
    return f(rt, self, rt.i32[a], op);
  };
}

/** richcmp_lt ... richcmp_ge, by operator number. */
export const richcmpWrappers: readonly Wrapper[] = [
  richcmp(Cmp.LT),
  richcmp(Cmp.LE),
  richcmp(Cmp.EQ),
  richcmp(Cmp.NE),
  richcmp(Cmp.GT),
  richcmp(Cmp.GE),
];

export const wrap_next: WrapperOf<unaryfunc> = (rt, self, _a, n, _k, f) => {
  checkCount(rt, n, 0);
  const value = f(rt, self);
  if (value === 0) throw raiseObject(rt, PyObject_CallNoArgs(rt, rt.exc.StopIteration));
  return value;
};

export const wrap_descr_get: WrapperOf<ternaryfunc> = (rt, self, a, n, _k, f) => {
  unpackCount(rt, n, 1, 2);
  const obj = rt.i32[a] === rt.None ? 0 : rt.i32[a];
  const type = n < 2 || rt.i32[a + 2] === rt.None ? 0 : rt.i32[a + 2];
  if (obj === 0 && type === 0) throw typeError(rt, "__get__(None, None) is invalid");
  return f(rt, self, obj, type);
};

export const wrap_descr_set: WrapperOf<objobjargproc> = (rt, self, a, n, _k, f) => {
  unpackCount(rt, n, 2, 2);
  f(rt, self, rt.i32[a], rt.i32[a + 2]);
  return rt.None;
};

export const wrap_descr_delete: WrapperOf<objobjargproc> = (rt, self, a, n, _k, f) => {
  checkCount(rt, n, 1);
  f(rt, self, rt.i32[a], 0);
  return rt.None;
};

/** `__buffer__(flags)`: a memoryview of the object. */
export const wrap_buffer: WrapperOf<unknown> = (rt, self, a, n, _k, _f) => {
  checkCount(rt, n, 1);
  PyNumber_AsSsize_t(rt, rt.i32[a], rt.exc.OverflowError);
  return PyMemoryView_FromObject(rt, self);
};

/** `__release_buffer__(memoryview)` */
export const wrap_releasebuffer: WrapperOf<unknown> = (rt, self, a, n, _k, _f) => {
  checkCount(rt, n, 1);
  const view = rt.i32[a];
  if (!PyMemoryView_Check(rt, view)) throw typeError(rt, "expected a memoryview object");
  const owner = PyObject_GetAttr(rt, view, internStatic(rt, "obj"));
  push(rt, owner);
  if (owner !== self) throw valueError(rt, "memoryview's buffer is not this object");
  drop(rt);
  return PyObject_CallMethod(rt, view, internStatic(rt, "release"));
};
