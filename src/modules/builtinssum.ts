/**
 * sum(), with CPython's fast paths: ints are added as machine integers until one does not fit, floats with Neumaier's
 * compensated summation. Part of the modules (CPython's Python/bltinmodule.c).
 */
import { PyObject_GetIter } from "../objects/abstract.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import {
  PyBool_Check,
  PyByteArray_Check,
  PyBytes_Check,
  PyFloat_CheckExact,
  PyLong_Check,
  PyLong_CheckExact,
  PyUnicode_Check,
} from "../objects/check.ts";
import { typeError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE, PyFloat_FromDouble } from "../objects/float.ts";
import { PyIter_Next } from "../objects/iterproto.ts";
import { digitCount, numberOrNaN, PyLong_AsDouble, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_Add } from "../objects/number.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { type FloatSum, sumListFloats, sumListInts } from "./scanlist.ts";

const SUM = kwSpec("sum", "iterable, /, start=");

export function builtin_sum(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [iterable, start] = parseFastKw(rt, SUM, args, nargs, kwnames);
  const it = pushed(rt, PyObject_GetIter(rt, iterable));
  if (start !== 0) refuseText(rt, start);
  const slot = push(rt, start === 0 ? PyLong_FromNumber(rt, 0) : newref(rt, start));
  let done = PyLong_CheckExact(rt, rt.i32[slot]) && sumInts(rt, it, slot);
  if (!done && PyFloat_CheckExact(rt, rt.i32[slot])) done = sumFloats(rt, it, slot);
  if (!done) sumObjects(rt, it, slot);
  const result = pop(rt);
  drop(rt);
  return result;
}

function refuseText(rt: Runtime, start: Ref): void {
  const [what, use] = PyUnicode_Check(rt, start)
    ? ["strings", "''"]
    : PyBytes_Check(rt, start)
      ? ["bytes", "b''"]
      : PyByteArray_Check(rt, start)
        ? ["bytearray", "b''"]
        : ["", ""];
  if (what !== "") throw typeError(rt, `sum() can't sum ${what} [use ${use}.join(seq) instead]`);
}

/** Puts a result in its slot in place of the old one; 0 while a fast path holds the sum. */
function setResult(rt: Runtime, slot: number, value: NewRef | 0): void {
  const old = rt.i32[slot];
  rt.i32[slot] = value;
  if (old !== 0) decref(rt, old);
}

/** slot += item, as objects; the item is released. */
function addObject(rt: Runtime, slot: number, item: NewRef): void {
  push(rt, item);
  const sum = PyNumber_Add(rt, rt.i32[slot], item);
  setResult(rt, slot, sum);
  drop(rt);
}

/** Adds ints while they and the sum are exact numbers. True when the iterator has ended. */
function sumInts(rt: Runtime, it: Ref, slot: number): boolean {
  let total = numberOrNaN(rt, rt.i32[slot]);
  if (Number.isNaN(total)) return false;
  setResult(rt, slot, 0);
  total = sumListInts(rt, it, total);
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    if (PyLong_CheckExact(rt, item) || PyBool_Check(rt, item)) {
      const sum = total + numberOrNaN(rt, item);
      if (Number.isSafeInteger(sum)) {
        total = sum;
        decref(rt, item);
        continue;
      }
    }
    push(rt, item);
    setResult(rt, slot, PyLong_FromNumber(rt, total));
    addObject(rt, slot, pop(rt));
    return false;
  }
  setResult(rt, slot, PyLong_FromNumber(rt, total));
  return true;
}

/** Adds floats and ints. True when the iterator has ended. */
function sumFloats(rt: Runtime, it: Ref, slot: number): boolean {
  let total = PyFloat_AS_DOUBLE(rt, rt.i32[slot]);
  setResult(rt, slot, 0);
  let c = 0;
  const sum: FloatSum = { total, c };
  sumListFloats(rt, it, sum);
  ({ total, c } = sum);
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) {
    if (PyFloat_CheckExact(rt, item)) {
      const x = PyFloat_AS_DOUBLE(rt, item);
      const t = total + x;
      c += Math.abs(total) >= Math.abs(x) ? total - t + x : x - t + total;
      total = t;
      decref(rt, item);
      continue;
    }
    const n = PyLong_Check(rt, item) ? asLong(rt, item) : Number.NaN;
    if (!Number.isNaN(n)) {
      total += n;
      decref(rt, item);
      continue;
    }
    push(rt, item);
    setResult(rt, slot, PyFloat_FromDouble(rt, compensated(total, c)));
    addObject(rt, slot, pop(rt));
    return false;
  }
  setResult(rt, slot, PyFloat_FromDouble(rt, compensated(total, c)));
  return true;
}

/** Not adding a zero keeps the sign of a negative zero; an infinite compensation would turn an overflow into a NaN. */
function compensated(total: number, c: number): number {
  return c !== 0 && Number.isFinite(c) ? total + c : total;
}

/** The value of an int that fits a C long, as a double; NaN if it does not. */
function asLong(rt: Runtime, p: Ref): number {
  const n = numberOrNaN(rt, p);
  if (!Number.isNaN(n)) return n;
  if (digitCount(rt, p) > 3) return Number.NaN;
  const d = PyLong_AsDouble(rt, p);
  return Math.abs(d) < 2 ** 63 ? d : Number.NaN;
}

function sumObjects(rt: Runtime, it: Ref, slot: number): void {
  for (let item = PyIter_Next(rt, it); item !== 0; item = PyIter_Next(rt, it)) addObject(rt, slot, item);
}
