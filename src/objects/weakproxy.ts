/** Weak proxies: objects that pass everything on to their referent, while it lives. Part of the object layer. */

import {
  PyObject_DelAttr,
  PyObject_DelItem,
  PyObject_GetAttr,
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_HashNotImplemented,
  PyObject_IsTrue,
  PyObject_RichCompare,
  PyObject_SetAttr,
  PyObject_SetItem,
  PyObject_Size,
  PyObject_Str,
} from "./abstract.ts";
import { fullyQualifiedName } from "./baseobject.ts";
import { PyObject_Call, PyObject_CallMethodNoArgs } from "./call.ts";
import { defineType } from "./defineType.ts";
import { raise, typeError } from "./errors.ts";
import { internStatic } from "./intern.ts";
import { PyIter_Check, PyIter_Next } from "./iterproto.ts";
import { Ob, TF, WeakRef as Wr } from "./layout.ts";
import * as N from "./number.ts";
import { PyNumber_Float, PyNumber_Index, PyNumber_Long } from "./numconv.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_Contains } from "./sequence.ts";
import { typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import {
  type binaryfunc,
  type Cmp,
  METH,
  type NewRef,
  type OptRef,
  type Ref,
  type TypeInfo,
  type unaryfunc,
} from "./typeinfo.ts";
import { clear_weakref, PyWeakref_GetRef, weakref_dealloc } from "./weakref.ts";
import { weakref_traverse } from "./weakreftype.ts";

function isProxy(rt: Runtime, p: Ref): boolean {
  const type = rt.i32[p + Ob.type];
  return type === rt.types.weakproxy || type === rt.types.weakcallableproxy;
}

/** UNWRAP: the referent of a proxy, any other object itself; held on the native stack. ReferenceError if it is dead. */
function unwrap(rt: Runtime, p: Ref): Ref {
  if (!isProxy(rt, p)) {
    push(rt, 0);
    return p;
  }
  const ob = PyWeakref_GetRef(rt, p);
  if (ob === 0) throw raise(rt, rt.exc.ReferenceError, "weakly-referenced object no longer exists");
  push(rt, ob);
  return ob;
}

function unary(fn: unaryfunc): unaryfunc {
  return (rt, a) => {
    const result = fn(rt, unwrap(rt, a));
    drop(rt);
    return result;
  };
}

function binary(fn: binaryfunc): binaryfunc {
  return (rt, a, b) => {
    const x = unwrap(rt, a);
    const y = unwrap(rt, b);
    const result = fn(rt, x, y);
    drop(rt, 2);
    return result;
  };
}

/** ** and **= with the third argument as it is. */
function ternary(
  fn: (rt: Runtime, a: Ref, b: Ref, c: Ref) => NewRef,
): (rt: Runtime, a: Ref, b: Ref, c: Ref) => NewRef {
  return (rt, a, b, c) => {
    const x = unwrap(rt, a);
    const y = unwrap(rt, b);
    const z = unwrap(rt, c);
    const result = fn(rt, x, y, z);
    drop(rt, 3);
    return result;
  };
}

function proxy_call(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): NewRef {
  const result = PyObject_Call(rt, unwrap(rt, self), args, kwargs);
  drop(rt);
  return result;
}

function proxy_repr(rt: Runtime, self: Ref): NewRef {
  const ob = PyWeakref_GetRef(rt, self);
  if (ob === 0) return PyUnicode_FromJS(rt, `<weakproxy at ${hexAddress(self)}; dead>`);
  push(rt, ob);
  const text = `<weakproxy at ${hexAddress(self)}; to '${fullyQualifiedName(rt, rt.i32[ob + Ob.type])}' at ${hexAddress(ob)}>`;
  drop(rt);
  return PyUnicode_FromJS(rt, text);
}

function proxy_setattr(rt: Runtime, self: Ref, name: Ref, value: OptRef): void {
  const ob = unwrap(rt, self);
  if (value === 0) PyObject_DelAttr(rt, ob, name);
  else PyObject_SetAttr(rt, ob, name, value);
  drop(rt);
}

function proxy_setitem(rt: Runtime, self: Ref, key: Ref, value: OptRef): void {
  const ob = unwrap(rt, self);
  if (value === 0) PyObject_DelItem(rt, ob, key);
  else PyObject_SetItem(rt, ob, key, value);
  drop(rt);
}

function proxy_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const x = unwrap(rt, a);
  const y = unwrap(rt, b);
  const result = PyObject_RichCompare(rt, x, y, op);
  drop(rt, 2);
  return result;
}

function proxy_bool(rt: Runtime, self: Ref): boolean {
  const result = PyObject_IsTrue(rt, unwrap(rt, self));
  drop(rt);
  return result;
}

function proxy_contains(rt: Runtime, self: Ref, value: Ref): boolean {
  const result = PySequence_Contains(rt, unwrap(rt, self), value);
  drop(rt);
  return result;
}

function proxy_length(rt: Runtime, self: Ref): number {
  const n = PyObject_Size(rt, unwrap(rt, self));
  drop(rt);
  return n;
}

function proxy_iternext(rt: Runtime, self: Ref): NewRef {
  const ob = unwrap(rt, self);
  if (!PyIter_Check(rt, ob)) {
    throw typeError(rt, `Weakref proxy referenced a non-iterator '${typeNameOf(rt, ob)}' object`);
  }
  const item = PyIter_Next(rt, ob);
  drop(rt);
  return item;
}

const numberSlots: Partial<TypeInfo> = {
  nb_add: binary(N.PyNumber_Add),
  nb_subtract: binary(N.PyNumber_Subtract),
  nb_multiply: binary(N.PyNumber_Multiply),
  nb_remainder: binary(N.PyNumber_Remainder),
  nb_divmod: binary(N.PyNumber_Divmod),
  nb_power: ternary(N.PyNumber_Power),
  nb_negative: unary(N.PyNumber_Negative),
  nb_positive: unary(N.PyNumber_Positive),
  nb_absolute: unary(N.PyNumber_Absolute),
  nb_bool: proxy_bool,
  nb_invert: unary(N.PyNumber_Invert),
  nb_lshift: binary(N.PyNumber_Lshift),
  nb_rshift: binary(N.PyNumber_Rshift),
  nb_and: binary(N.PyNumber_And),
  nb_xor: binary(N.PyNumber_Xor),
  nb_or: binary(N.PyNumber_Or),
  nb_int: unary(PyNumber_Long),
  nb_float: unary(PyNumber_Float),
  nb_inplace_add: binary(N.PyNumber_InPlaceAdd),
  nb_inplace_subtract: binary(N.PyNumber_InPlaceSubtract),
  nb_inplace_multiply: binary(N.PyNumber_InPlaceMultiply),
  nb_inplace_remainder: binary(N.PyNumber_InPlaceRemainder),
  nb_inplace_power: ternary(N.PyNumber_InPlacePower),
  nb_inplace_lshift: binary(N.PyNumber_InPlaceLshift),
  nb_inplace_rshift: binary(N.PyNumber_InPlaceRshift),
  nb_inplace_and: binary(N.PyNumber_InPlaceAnd),
  nb_inplace_xor: binary(N.PyNumber_InPlaceXor),
  nb_inplace_or: binary(N.PyNumber_InPlaceOr),
  nb_floor_divide: binary(N.PyNumber_FloorDivide),
  nb_true_divide: binary(N.PyNumber_TrueDivide),
  nb_inplace_floor_divide: binary(N.PyNumber_InPlaceFloorDivide),
  nb_inplace_true_divide: binary(N.PyNumber_InPlaceTrueDivide),
  nb_index: unary(PyNumber_Index),
  nb_matrix_multiply: binary(N.PyNumber_MatrixMultiply),
  nb_inplace_matrix_multiply: binary(N.PyNumber_InPlaceMatrixMultiply),
};

const proxySlots: Partial<TypeInfo> = {
  tp_dealloc: weakref_dealloc,
  tp_repr: proxy_repr,
  tp_str: unary(PyObject_Str),
  tp_hash: PyObject_HashNotImplemented,
  tp_getattro: binary(PyObject_GetAttr),
  tp_setattro: proxy_setattr,
  tp_traverse: weakref_traverse,
  tp_clear: clear_weakref,
  tp_richcompare: proxy_richcompare,
  tp_iter: unary(PyObject_GetIter),
  tp_iternext: proxy_iternext,
  sq_length: proxy_length,
  sq_contains: proxy_contains,
  mp_length: proxy_length,
  mp_subscript: binary(PyObject_GetItem),
  mp_ass_subscript: proxy_setitem,
  ...numberSlots,
};

function proxy_bytes(rt: Runtime, self: Ref): NewRef {
  return unary((r, ob) => PyObject_CallMethodNoArgs(r, ob, internStatic(r, "__bytes__")))(rt, self);
}

function proxy_reversed(rt: Runtime, self: Ref): NewRef {
  return unary((r, ob) => PyObject_CallMethodNoArgs(r, ob, internStatic(r, "__reversed__")))(rt, self);
}

export function initWeakProxies(rt: Runtime): void {
  const common = { basicsize: Wr.BYTES, flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION };
  defineType(
    rt,
    {
      name: "weakref.ProxyType",
      ...common,
      slots: proxySlots,
      methods: [
        { name: "__bytes__", flags: METH.NOARGS, fn: proxy_bytes },
        { name: "__reversed__", flags: METH.NOARGS, fn: proxy_reversed },
      ],
    },
    rt.types.weakproxy,
  );
  defineType(
    rt,
    { name: "weakref.CallableProxyType", ...common, slots: { ...proxySlots, tp_call: proxy_call } },
    rt.types.weakcallableproxy,
  );
}
