/** The type bytearray: its slots and table of methods. Part of the object layer. */

import { intArgument } from "./argnumbers.ts";
import { checkArgs } from "./argparse.ts";
import { bytesLike, PyObject_CheckBuffer } from "./buffer.ts";
import {
  bytearray_dealloc,
  bytearray_getbuffer,
  bytearray_releasebuffer,
  bytearrayClear,
  bytearrayData,
  bytearrayNew,
} from "./bytearray.ts";
import * as ba from "./bytearraymethods.ts";
import { PyBytes_FromAddress } from "./bytes.ts";
import { parseHex } from "./bytescase.ts";
import { sizeOf } from "./bytescommon.ts";
import { bytearray_mod } from "./bytesformat.ts";
import { bytearray_iter } from "./bytesiter.ts";
import { b_contains } from "./bytesmethods.ts";
import { b_concat, compareBytes, holds, sharedMethods } from "./bytesops.ts";
import { bytearray_repr } from "./bytesrepr.ts";
import { warnComparison, warnStr } from "./byteswarning.ts";
import { PyObject_CallMethodNoArgs, PyObject_CallOneArg } from "./call.ts";
import { defineType } from "./defineType.ts";
import { ByteArray, Ob, TF } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType } from "./slots.ts";
import { drop, mark, push } from "./stack.ts";
import { internStatic } from "./str.ts";
import { strFromLatin1 } from "./strnew.ts";
import { PyTuple_New, PyTuple_Pack } from "./tuple.ts";
import { type Cmp, METH, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

function bytearray_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if (!PyObject_CheckBuffer(rt, a) || !PyObject_CheckBuffer(rt, b)) {
    warnComparison(rt, "bytearray", a, b, op);
    return rt.NotImplemented;
  }
  const x = bytesLike(rt, a);
  const y = bytesLike(rt, b);
  return holds(compareBytes(rt, x.at, x.n, y.at, y.n), op) ? rt.True : rt.False;
}

function bytearray_str(rt: Runtime, self: Ref): NewRef {
  warnStr(rt, "bytearray");
  return bytearray_repr(rt, self);
}

/** PyType_GenericNew with the fields cleared. */
function bytearray_new(rt: Runtime, type: Ref, _args: Ref, _kwargs: OptRef): NewRef {
  if (type === rt.types.bytearray) return bytearrayNew(rt, 0);
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  bytearrayClear(rt, p);
  return p;
}

function fromhex(rt: Runtime, cls: Ref, text: Ref): NewRef {
  const bytes = parseHex(rt, text);
  const value = bytearrayNew(rt, bytes.length);
  if (bytes.length > 0) rt.u8.set(bytes, bytearrayData(rt, value));
  if (cls === rt.types.bytearray) return value;
  push(rt, value);
  const result = PyObject_CallOneArg(rt, cls, value);
  drop(rt);
  return result;
}

/** What pickle needs: (type, arguments, state); text in latin-1 for the old protocols. */
function reduced(rt: Runtime, self: Ref, protocol: number): NewRef {
  const at = bytearrayData(rt, self);
  const n = sizeOf(rt, self);
  const m = mark(rt);
  push(rt, PyObject_CallMethodNoArgs(rt, self, internStatic(rt, "__getstate__")));
  if (n === 0) push(rt, PyTuple_New(rt, 0));
  else if (protocol >= 3) {
    push(rt, PyBytes_FromAddress(rt, at, n));
    push(rt, PyTuple_Pack(rt, rt.i32[m + 2]));
  } else {
    push(rt, strFromLatin1(rt, at, n));
    push(rt, PyTuple_Pack(rt, rt.i32[m + 2], internStatic(rt, "latin-1")));
  }
  const args = rt.i32[mark(rt) - 2];
  const result = PyTuple_Pack(rt, rt.i32[self + Ob.type], args, rt.i32[m]);
  drop(rt, (mark(rt) - m) / 2);
  return result;
}

function reduce_ex(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "__reduce_ex__", nargs, 0, 1);
  return reduced(rt, self, nargs > 0 ? intArgument(rt, rt.i32[args]) : 0);
}

/** Defines bytearray. */
export function initByteArray(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "bytearray",
      basicsize: ByteArray.BYTES,
      flags: TF.BASETYPE | TF.MATCH_SELF,
      slots: {
        tp_dealloc: bytearray_dealloc,
        tp_repr: bytearray_repr,
        tp_str: bytearray_str,
        tp_richcompare: bytearray_richcompare,
        tp_iter: bytearray_iter,
        tp_new: bytearray_new,
        tp_init: ba.bytearray_init,
        tp_sizeof: ba.bytearray_sizeof,
        nb_remainder: bytearray_mod,
        sq_length: sizeOf,
        sq_concat: b_concat,
        sq_repeat: ba.bytearray_repeat,
        sq_item: ba.bytearray_getitem,
        sq_ass_item: ba.bytearray_setitem,
        sq_contains: b_contains,
        sq_inplace_concat: ba.bytearray_iconcat,
        sq_inplace_repeat: ba.bytearray_irepeat,
        mp_length: sizeOf,
        mp_subscript: ba.bytearray_subscript,
        mp_ass_subscript: ba.bytearray_ass_subscript,
        bf_getbuffer: bytearray_getbuffer,
        bf_releasebuffer: bytearray_releasebuffer,
      },
      methods: [
        { name: "__alloc__", flags: METH.NOARGS, fn: ba.bytearray_alloc },
        { name: "__reduce__", flags: METH.NOARGS, fn: (rt, self) => reduced(rt, self, 2), sig: "($self, /)" },
        { name: "__reduce_ex__", flags: METH.FASTCALL, fn: reduce_ex, sig: "($self, proto=0, /)" },
        { name: "append", flags: METH.O, fn: ba.bytearray_append, sig: "($self, item, /)" },
        { name: "clear", flags: METH.NOARGS, fn: ba.bytearray_clear, sig: "($self, /)" },
        { name: "copy", flags: METH.NOARGS, fn: ba.bytearray_copy, sig: "($self, /)" },
        { name: "extend", flags: METH.O, fn: ba.bytearray_extend, sig: "($self, iterable_of_ints, /)" },
        { name: "fromhex", flags: METH.O | METH.CLASS, fn: fromhex, sig: "($type, string, /)" },
        { name: "insert", flags: METH.FASTCALL, fn: ba.bytearray_insert, sig: "($self, index, item, /)" },
        { name: "pop", flags: METH.FASTCALL, fn: ba.bytearray_pop, sig: "($self, index=-1, /)" },
        { name: "remove", flags: METH.O, fn: ba.bytearray_remove, sig: "($self, value, /)" },
        { name: "reverse", flags: METH.NOARGS, fn: ba.bytearray_reverse, sig: "($self, /)" },
        ...sharedMethods,
      ],
    },
    rt.types.bytearray,
  );
}
