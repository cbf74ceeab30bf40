/** The type int: slots, construction, comparison, hash. Part of the object layer. */
import { checkArgs, kwSpec, parseFastKw, parseTupleKw } from "./argparse.ts";
import { PyByteArray_Check, PyBytes_Check, PyLong_Check, PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { raise, typeError } from "./errors.ts";
import { PyFloat_FromDouble } from "./floatcore.ts";
import { Long, TF } from "./layout.ts";
import { long_dealloc } from "./long.ts";
import {
  l_divmod,
  long_abs,
  long_add,
  long_compare,
  long_eq,
  long_floordiv,
  long_long,
  long_mod,
  long_mul,
  long_neg,
  long_sub,
} from "./longarith.ts";
import { long_and, long_invert, long_lshift, long_or, long_rshift, long_xor } from "./longbits.ts";
import { longGetSets, longMethods } from "./longmethods.ts";
import { PyLong_FromBytesObject, PyLong_FromUnicodeObject } from "./longparse.ts";
import { long_pow, long_pow_mod, long_true_divide, PyLong_AsDouble } from "./longpow.ts";
import { long_to_decimal_string } from "./longstr.ts";
import { PyNumber_AsSsize_t, PyNumber_Long } from "./number.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType } from "./slots.ts";
import { pop, push } from "./stack.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "./tuple.ts";
import { type binaryfunc, Cmp, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

/** The slot form of an operation on two ints: NotImplemented for anything else. */
function checked(op: binaryfunc): binaryfunc {
  return (rt, a, b) =>
    PyLong_Check(rt, a) && PyLong_Check(rt, b) ? op(rt, a, b) : newref(rt, rt.NotImplemented);
}

export function long_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyLong_Check(rt, a) || !PyLong_Check(rt, b)) return rt.NotImplemented;
  return longCompareOp(rt, a, b, op) ? rt.True : rt.False;
}

/** The truth of `a op b` for two ints. */
export function longCompareOp(rt: Runtime, a: Ref, b: Ref, op: Cmp): boolean {
  if (op === Cmp.EQ) return a === b || long_eq(rt, a, b);
  if (op === Cmp.NE) return a !== b && !long_eq(rt, a, b);
  const c = a === b ? 0 : long_compare(rt, a, b);
  switch (op) {
    case Cmp.LT:
      return c < 0;
    case Cmp.LE:
      return c <= 0;
    case Cmp.GT:
      return c > 0;
    default:
      return c >= 0;
  }
}

/** The value modulo 2**61 - 1 with the sign of the int; -1 becomes -2. */
export function long_hash(rt: Runtime, a: Ref): number {
  const i32 = rt.i32;
  const tag = i32[a + Long.tag];
  if (tag < 16) {
    const v = (1 - (tag & 3)) * i32[a + Long.digit];
    rt.hashHi = v >> 31;
    return v === -1 ? -2 : v;
  }
  return hashDigits(rt, a + Long.digit, tag >>> 3, (tag & 3) === 2);
}

/**
 * Horner's rule: times 2**30 is a rotation of 61 bits. x is kept as high (31 bits) and low (30 bits):
 * high = h * 2 + h0 turns into low' = h, high' = h0 * 2**30 + low.
 */
function hashDigits(rt: Runtime, at: number, n: number, negative: boolean): number {
  const i32 = rt.i32;
  let high = 0;
  let low = 0;
  for (let i = n - 1; i >= 0; i--) {
    const sum = (high >>> 1) + i32[at + i];
    high = (high & 1) * 0x40000000 + low + (sum >>> 30);
    low = sum & 0x3fffffff;
    if (high > 0x7fffffff || (high === 0x7fffffff && low === 0x3fffffff)) {
      // Minus 2**61 - 1.
      low++;
      high = (high + (low >>> 30)) % 0x80000000;
      low &= 0x3fffffff;
    }
  }
  return signedHash(rt, low | (high << 30), high >>> 2, negative);
}

function signedHash(rt: Runtime, lo: number, hi: number, negative: boolean): number {
  if (negative) {
    lo = -lo | 0;
    hi = lo === 0 ? -hi | 0 : ~hi;
  }
  if (lo === -1 && hi === -1) lo = -2;
  rt.hashHi = hi;
  return lo;
}

function long_bool(rt: Runtime, a: Ref): boolean {
  return rt.i32[a + Long.tag] !== 1;
}

function long_float(rt: Runtime, a: Ref): NewRef {
  return PyFloat_FromDouble(rt, PyLong_AsDouble(rt, a));
}

function long_divmod(rt: Runtime, a: Ref, b: Ref): NewRef {
  const [q, r] = l_divmod(rt, a, b);
  push(rt, q);
  push(rt, r);
  const t = PyTuple_New(rt, 2);
  PyTuple_SET_ITEM(rt, t, 1, pop(rt));
  PyTuple_SET_ITEM(rt, t, 0, pop(rt));
  return t;
}

function long_power(rt: Runtime, a: Ref, b: Ref, c: Ref): NewRef {
  if (!PyLong_Check(rt, a) || !PyLong_Check(rt, b)) return rt.NotImplemented;
  if (c === rt.None || c === 0) return long_pow(rt, a, b);
  return PyLong_Check(rt, c) ? long_pow_mod(rt, a, b, c) : rt.NotImplemented;
}

/** `__sizeof__`: 28, 32, 36 ... */
export function long_sizeof(rt: Runtime, a: Ref): number {
  const n = rt.i32[a + Long.tag] >>> 3;
  return Long.HEAD_BYTES + 4 * (n === 0 ? 1 : n);
}

const INT_NEW = kwSpec("int", "x=, /, base=");

export function long_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [x, base] = parseTupleKw(rt, INT_NEW, args, kwargs);
  return long_new_impl(rt, type, x, base);
}

function long_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (kwnames !== 0) {
    const [x, base] = parseFastKw(rt, INT_NEW, args, nargs, kwnames);
    return long_new_impl(rt, type, x, base);
  }
  checkArgs(rt, "int", nargs, 0, 2);
  return long_new_impl(rt, type, nargs > 0 ? rt.i32[args] : 0, nargs > 1 ? rt.i32[args + 2] : 0);
}

/** int(x), int(x, base): what type.__call__ comes down to. */
export function long_new_impl(rt: Runtime, type: Ref, x: OptRef, base: OptRef): NewRef {
  if (type !== rt.types.int) return long_subtype_new(rt, type, x, base);
  if (x === 0) {
    if (base !== 0) throw typeError(rt, "int() missing string argument");
    return rt.smallInts;
  }
  if (base === 0) return PyNumber_Long(rt, x);
  const b = PyNumber_AsSsize_t(rt, base, 0);
  if ((b !== 0 && b < 2) || b > 36)
    throw raise(rt, rt.exc.ValueError, "int() base must be >= 2 and <= 36, or 0");
  if (PyUnicode_Check(rt, x)) return PyLong_FromUnicodeObject(rt, x, b);
  if (PyBytes_Check(rt, x) || PyByteArray_Check(rt, x)) return PyLong_FromBytesObject(rt, x, b);
  throw typeError(rt, "int() can't convert non-string with explicit base");
}

/** An instance of a subclass, with the digits of the int that int(x, base) gives. */
function long_subtype_new(rt: Runtime, type: Ref, x: OptRef, base: OptRef): NewRef {
  const tmp = push(rt, long_new_impl(rt, rt.types.int, x, base));
  const n = rt.i32[rt.i32[tmp] + Long.tag] >>> 3;
  const p = infoOfType(rt, type).tp_alloc!(rt, type, n === 0 ? 1 : n);
  copyLongValue(rt, p, rt.i32[tmp]);
  decref(rt, pop(rt));
  return p;
}

function copyLongValue(rt: Runtime, to: Ref, from: Ref): void {
  const i32 = rt.i32;
  const n = i32[from + Long.tag] >>> 3;
  i32[to + Long.tag] = i32[from + Long.tag];
  i32[to + Long.digit] = 0;
  i32.copyWithin(to + Long.digit, from + Long.digit, from + Long.digit + n);
}

export function initLong(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "int",
      basicsize: Long.HEAD_BYTES,
      itemsize: 4,
      flags: TF.BASETYPE | TF.LONG_SUBCLASS | TF.MATCH_SELF,
      doc: "Whole numbers of any size. int(x) truncates a number; int(text, base=10) reads one.",
      slots: {
        tp_dealloc: long_dealloc,
        tp_repr: long_to_decimal_string,
        tp_hash: long_hash,
        tp_richcompare: long_richcompare,
        tp_new: long_new,
        type_vectorcall: long_vectorcall,
        tp_sizeof: long_sizeof,
        nb_add: checked(long_add),
        nb_subtract: checked(long_sub),
        nb_multiply: checked(long_mul),
        nb_remainder: checked(long_mod),
        nb_divmod: checked(long_divmod),
        nb_power: long_power,
        nb_negative: long_neg,
        nb_positive: long_long,
        nb_absolute: long_abs,
        nb_bool: long_bool,
        nb_invert: long_invert,
        nb_lshift: checked(long_lshift),
        nb_rshift: checked(long_rshift),
        nb_and: checked(long_and),
        nb_xor: checked(long_xor),
        nb_or: checked(long_or),
        nb_int: long_long,
        nb_float: long_float,
        nb_floor_divide: checked(long_floordiv),
        nb_true_divide: checked(long_true_divide),
        nb_index: long_long,
      },
      methods: longMethods,
      getsets: longGetSets,
    },
    rt.types.int,
  );
}
