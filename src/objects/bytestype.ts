/** The type bytes: slots and methods of its own. Part of the object layer; what it shares with bytearray is in bytesops.ts. */

import { type BufferView, plainView } from "./buffer.ts";
import {
  allocBytes,
  byteChar,
  bytes_dealloc,
  bytesData,
  bytesSize,
  MAX_BYTES,
  PyBytes_FromAddress,
  PyBytes_FromArray,
  PyBytes_New,
} from "./bytes.ts";
import { parseHex } from "./bytescase.ts";
import { bytes_mod } from "./bytesformat.ts";
import { bytes_iter, initBytesIterators } from "./bytesiter.ts";
import { b_contains } from "./bytesmethods.ts";
import { bytes_new, bytes_vectorcall } from "./bytesnew.ts";
import { b_concat, compareBytes, holds, sharedMethods } from "./bytesops.ts";
import { bytes_repr } from "./bytesrepr.ts";
import { warnComparison, warnStr } from "./byteswarning.ts";
import { PyObject_CallOneArg } from "./call.ts";
import { PyBytes_Check, PyBytes_CheckExact, PySlice_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { noMemory, overflowError, raise, typeError } from "./errors.ts";
import { bytes_hash } from "./hash.ts";
import { TF } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { PyIndex_Check, PyNumber_AsSsize_t } from "./number.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySlice_AdjustIndices, PySlice_Unpack, sliceOut } from "./slice.ts";
import { typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { repeatBytes } from "./strconcat.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { Cmp, METH, type NewRef, type Ref } from "./typeinfo.ts";

function bytes_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyBytes_Check(rt, a) || !PyBytes_Check(rt, b)) {
    warnComparison(rt, "bytes", a, b, op);
    return rt.NotImplemented;
  }
  const na = bytesSize(rt, a);
  const nb = bytesSize(rt, b);
  if (na !== nb && (op === Cmp.EQ || op === Cmp.NE)) return op === Cmp.NE ? rt.True : rt.False;
  return holds(compareBytes(rt, bytesData(rt, a), na, bytesData(rt, b), nb), op) ? rt.True : rt.False;
}

function bytes_str(rt: Runtime, self: Ref): NewRef {
  warnStr(rt, "bytes");
  return bytes_repr(rt, self);
}

function bytes_repeat(rt: Runtime, a: Ref, times: number): NewRef {
  const n = bytesSize(rt, a);
  if (times < 0) times = 0;
  if (n > 0 && times * n >= 2 ** 63) throw overflowError(rt, "repeated bytes are too long");
  if (n * times === n && PyBytes_CheckExact(rt, a)) return newref(rt, a);
  if (n * times > MAX_BYTES) throw noMemory(rt);
  const p = allocBytes(rt, n * times);
  if (n * times > 0) repeatBytes(rt, bytesData(rt, p), bytesData(rt, a), n, n * times);
  return p;
}

function bytes_item(rt: Runtime, a: Ref, i: number): NewRef {
  if (i < 0 || i >= bytesSize(rt, a)) throw raise(rt, rt.exc.IndexError, "index out of range");
  return PyLong_FromNumber(rt, rt.u8[bytesData(rt, a) + i]);
}

function bytes_subscript(rt: Runtime, self: Ref, key: Ref): NewRef {
  if (PyIndex_Check(rt, key)) {
    const i = PyNumber_AsSsize_t(rt, key, rt.exc.IndexError);
    return bytes_item(rt, self, i < 0 ? i + bytesSize(rt, self) : i);
  }
  if (!PySlice_Check(rt, key)) {
    throw typeError(rt, `byte indices must be integers or slices, not ${typeNameOf(rt, key)}`);
  }
  PySlice_Unpack(rt, key);
  PySlice_AdjustIndices(bytesSize(rt, self));
  const { start, step, length } = sliceOut;
  if (length <= 0) return rt.emptyBytes;
  if (step === 1) {
    if (length === bytesSize(rt, self) && PyBytes_CheckExact(rt, self)) return newref(rt, self);
    return PyBytes_FromAddress(rt, bytesData(rt, self) + start, length);
  }
  const from = bytesData(rt, self);
  if (length === 1) return byteChar(rt, rt.u8[from + start]);
  const p = PyBytes_New(rt, length);
  const to = bytesData(rt, p);
  for (let i = 0, at = start; i < length; i++, at += step) rt.u8[to + i] = rt.u8[from + at];
  return p;
}

function bytes_getbuffer(rt: Runtime, p: Ref, writable: boolean): BufferView {
  if (writable) throw raise(rt, rt.exc.BufferError, "Object is not writable.");
  return plainView(rt, p, bytesData(rt, p), bytesSize(rt, p), true);
}

function bytes_bytes(rt: Runtime, self: Ref): NewRef {
  if (PyBytes_CheckExact(rt, self)) return newref(rt, self);
  return PyBytes_FromAddress(rt, bytesData(rt, self), bytesSize(rt, self));
}

function bytes_getnewargs(rt: Runtime, self: Ref): NewRef {
  const copy = PyBytes_FromAddress(rt, bytesData(rt, self), bytesSize(rt, self));
  push(rt, copy);
  const t = PyTuple_Pack(rt, copy);
  drop(rt);
  return t;
}

/** `bytes.fromhex(string)` */
function fromhex(rt: Runtime, cls: Ref, text: Ref): NewRef {
  const value = PyBytes_FromArray(rt, parseHex(rt, text));
  if (cls === rt.types.bytes) return value;
  push(rt, value);
  const result = PyObject_CallOneArg(rt, cls, value);
  drop(rt);
  return result;
}

/** Defines bytes and its iterator. */
export function initBytes(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "bytes",
      basicsize: 33,
      itemsize: 1,
      flags: TF.BASETYPE | TF.BYTES_SUBCLASS | TF.MATCH_SELF,
      slots: {
        tp_dealloc: bytes_dealloc,
        tp_repr: bytes_repr,
        tp_str: bytes_str,
        tp_hash: bytes_hash,
        tp_richcompare: bytes_richcompare,
        tp_iter: bytes_iter,
        tp_new: bytes_new,
        type_vectorcall: bytes_vectorcall,
        nb_remainder: bytes_mod,
        sq_length: bytesSize,
        sq_concat: b_concat,
        sq_repeat: bytes_repeat,
        sq_item: bytes_item,
        sq_contains: b_contains,
        mp_length: bytesSize,
        mp_subscript: bytes_subscript,
        bf_getbuffer: bytes_getbuffer,
      },
      methods: [
        { name: "__getnewargs__", flags: METH.NOARGS, fn: bytes_getnewargs },
        { name: "__bytes__", flags: METH.NOARGS, fn: bytes_bytes, sig: "($self, /)" },
        { name: "fromhex", flags: METH.O | METH.CLASS, fn: fromhex, sig: "($type, string, /)" },
        ...sharedMethods,
      ],
    },
    rt.types.bytes,
  );
  initBytesIterators(rt);
}
