/**
 * Conversions to numbers: index, int, float, and to text in a base. Part of the object layer (CPython's
 * Objects/abstract.c).
 */
import { _PyObject_LookupSpecial } from "./abstract.ts";
import { callAndDecref } from "./call.ts";
import {
  PyByteArray_Check,
  PyBytes_Check,
  PyComplex_Check,
  PyFloat_Check,
  PyFloat_CheckExact,
  PyLong_Check,
  PyLong_CheckExact,
  PyUnicode_Check,
} from "./check.ts";
import { raise, typeError } from "./errors.ts";
import { PyFloat_AS_DOUBLE, PyFloat_FromDouble, PyFloat_FromString } from "./float.ts";
import { Long } from "./layout.ts";
import { _PyLong_Copy, _PyLong_Format, PyLong_AsDouble } from "./long.ts";
import { PyLong_FromBytesObject, PyLong_FromUnicodeObject } from "./longparse.ts";
import { newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";
import { PyErr_WarnEx } from "./warn.ts";

export function _PyIndex_Check(rt: Runtime, o: Ref): boolean {
  return infoOf(rt, o).nb_index !== null;
}
export const PyIndex_Check = _PyIndex_Check;

export function PyNumber_Check(rt: Runtime, o: Ref): boolean {
  const info = infoOf(rt, o);
  return info.nb_index !== null || info.nb_int !== null || info.nb_float !== null || PyComplex_Check(rt, o);
}

/** o.__index__() as an int or a subclass of it (_PyNumber_Index). */
export function _PyNumber_Index(rt: Runtime, o: Ref): NewRef {
  if (PyLong_Check(rt, o)) return newref(rt, o);
  const index = infoOf(rt, o).nb_index;
  if (index === null) {
    throw typeError(rt, `'${typeNameOf(rt, o)}' object cannot be interpreted as an integer`);
  }
  return checkedInt(rt, index(rt, o), "__index__");
}

/** o.__index__() as an exact int. */
export function PyNumber_Index(rt: Runtime, o: Ref): NewRef {
  return exactInt(rt, _PyNumber_Index(rt, o));
}

/** The result of `__int__` or `__index__` must be an int; a strict subclass is deprecated. */
function checkedInt(rt: Runtime, result: NewRef, method: string): NewRef {
  if (PyLong_CheckExact(rt, result)) return result;
  push(rt, result);
  const type = typeNameOf(rt, result);
  if (!PyLong_Check(rt, result)) throw typeError(rt, `${method} returned non-int (type ${type})`);
  deprecateSubclass(rt, `${method} returned non-int (type ${type})`, "int");
  return pop(rt);
}

function deprecateSubclass(rt: Runtime, what: string, type: string): void {
  const rule = `The ability to return an instance of a strict subclass of ${type} is deprecated`;
  const message = `${what}.  ${rule}, and may not be supported in a future version of Python.`;
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, message, 1);
}

function exactInt(rt: Runtime, result: NewRef): NewRef {
  if (PyLong_CheckExact(rt, result)) return result;
  push(rt, result);
  const copy = _PyLong_Copy(rt, result);
  drop(rt);
  return copy;
}

const DIGIT = 2 ** 30;

/** The value of an int as a JavaScript number if it fits 64 bits (rounded beyond 2^53); NaN if it does not. */
export function ssizeValue(rt: Runtime, p: Ref): number {
  const u32 = rt.u32;
  const tag = rt.i32[p + Long.tag];
  const n = tag >>> 3;
  if (n <= 1) return n === 0 ? 0 : (1 - (tag & 3)) * u32[p + Long.digit];
  if (n > 3) return Number.NaN;
  let value = u32[p + Long.digit] + u32[p + Long.digit + 1] * DIGIT;
  if (n === 3) {
    const top = u32[p + Long.digit + 2];
    const least = (tag & 3) === 2 && top === 8 && value === 0;
    if (top >= 8 && !least) return Number.NaN;
    value += top * DIGIT * DIGIT;
  }
  return (1 - (tag & 3)) * value;
}

/** o.__index__() as a Py_ssize_t; beyond that `excType`, or clipped if `excType` is 0. */
export function PyNumber_AsSsize_t(rt: Runtime, o: Ref, excType: OptRef): number {
  if (PyLong_CheckExact(rt, o)) {
    const value = ssizeValue(rt, o);
    return !Number.isNaN(value) ? value : clipSsize(rt, o, o, excType);
  }
  const index = _PyNumber_Index(rt, o);
  push(rt, index);
  const value = ssizeValue(rt, index);
  const result = !Number.isNaN(value) ? value : clipSsize(rt, o, index, excType);
  drop(rt);
  return result;
}

function clipSsize(rt: Runtime, o: Ref, index: Ref, excType: OptRef): number {
  if (excType !== 0) {
    throw raise(rt, excType, `cannot fit '${typeNameOf(rt, o)}' into an index-sized integer`);
  }
  const negative = (rt.i32[index + Long.tag] & 3) === 2;
  return negative ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

/** int(o) */
export function PyNumber_Long(rt: Runtime, o: Ref): NewRef {
  if (PyLong_CheckExact(rt, o)) return newref(rt, o);
  const info = infoOf(rt, o);
  if (info.nb_int !== null) return exactInt(rt, checkedInt(rt, info.nb_int(rt, o), "__int__"));
  if (info.nb_index !== null) return PyNumber_Index(rt, o);
  const trunc = _PyObject_LookupSpecial(rt, o, rt.names.__trunc__);
  if (trunc !== 0) return longFromTrunc(rt, trunc);
  if (PyUnicode_Check(rt, o)) return PyLong_FromUnicodeObject(rt, o, 10);
  if (PyBytes_Check(rt, o) || PyByteArray_Check(rt, o) || info.bf_getbuffer !== null) {
    return PyLong_FromBytesObject(rt, o, 10);
  }
  const expected = "int() argument must be a string, a bytes-like object or a real number";
  throw typeError(rt, `${expected}, not '${typeNameOf(rt, o)}'`);
}

function longFromTrunc(rt: Runtime, trunc: NewRef): NewRef {
  const slot = push(rt, trunc);
  PyErr_WarnEx(rt, rt.exc.DeprecationWarning, "The delegation of int() to __trunc__ is deprecated.", 1);
  const result = callAndDecref(rt, pop(rt));
  if (PyLong_CheckExact(rt, result)) return result;
  push(rt, result);
  if (PyLong_Check(rt, result)) {
    const copy = _PyLong_Copy(rt, result);
    drop(rt);
    return copy;
  }
  if (!_PyIndex_Check(rt, result)) throw notIntegral(rt, rt.i32[slot]);
  const index = PyNumber_Index(rt, result);
  drop(rt);
  return index;
}

function notIntegral(rt: Runtime, result: Ref): PyErr {
  return typeError(rt, `__trunc__ returned non-Integral (type ${typeNameOf(rt, result)})`);
}

/** float(o) */
export function PyNumber_Float(rt: Runtime, o: Ref): NewRef {
  if (PyFloat_CheckExact(rt, o)) return newref(rt, o);
  const info = infoOf(rt, o);
  if (info.nb_float !== null) return floatResult(rt, o, info.nb_float(rt, o));
  if (info.nb_index !== null) {
    const index = push(rt, _PyNumber_Index(rt, o));
    const value = PyLong_AsDouble(rt, rt.i32[index]);
    drop(rt);
    return PyFloat_FromDouble(rt, value);
  }
  if (PyFloat_Check(rt, o)) return PyFloat_FromDouble(rt, PyFloat_AS_DOUBLE(rt, o));
  return PyFloat_FromString(rt, o);
}

/** The result of `__float__` must be a float; a strict subclass is deprecated. */
function floatResult(rt: Runtime, o: Ref, result: NewRef): NewRef {
  if (PyFloat_CheckExact(rt, result)) return result;
  push(rt, result);
  const what = `${typeNameOf(rt, o, 50)}.__float__ returned non-float (type ${typeNameOf(rt, result, 50)})`;
  if (!PyFloat_Check(rt, result)) throw typeError(rt, what);
  deprecateSubclass(rt, what, "float");
  const value = PyFloat_AS_DOUBLE(rt, result);
  drop(rt);
  return PyFloat_FromDouble(rt, value);
}

/** bin, oct, hex: the digits of o.__index__() in base 2, 8, 10 or 16, with prefix. */
export function PyNumber_ToBase(rt: Runtime, o: Ref, base: number): NewRef {
  if (base !== 2 && base !== 8 && base !== 10 && base !== 16) {
    throw raise(rt, rt.exc.SystemError, "PyNumber_ToBase: base must be 2, 8, 10 or 16");
  }
  const index = push(rt, _PyNumber_Index(rt, o));
  const text = _PyLong_Format(rt, rt.i32[index], base);
  drop(rt);
  return text;
}
