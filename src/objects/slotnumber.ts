/**
 * The number slots of classes written in Python: each calls the dunder, with the reflected one where Python asks for it.
 * Part of the object layer (SLOT1BINFULL and friends of CPython's Objects/typeobject.c).
 */
import { PyObject_IsTrue, PyObject_RichCompareBool } from "./abstract.ts";
import { typeError } from "./errors.ts";
import { Ob, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { callSpecial0, callSpecial1, callSpecial2, required } from "./slotcalls.ts";
import { drop, push } from "./stack.ts";
import type { Names } from "./tables.ts";
import {
  type binaryfunc,
  Cmp,
  type NewRef,
  type Ref,
  type TypeInfo,
  type ternaryfunc,
  type unaryfunc,
} from "./typeinfo.ts";
import { _PyType_Lookup, PyType_IsSubtype } from "./typelookup.ts";

type NameOf = (names: Names) => Ref;

function infoOfType(rt: Runtime, type: Ref): TypeInfo {
  return rt.typeInfos[rt.i32[type + Ty.info]];
}

/** type(self).name(self, other), NotImplemented when the method is missing (vectorcall_maybe). */
function callMaybe(rt: Runtime, self: Ref, name: Ref, other: Ref): NewRef {
  const result = callSpecial1(rt, self, name, other);
  return result === 0 ? rt.NotImplemented : result;
}

/** Does `right`'s type have its own version of the reflected method (method_is_overloaded)? */
function method_is_overloaded(rt: Runtime, left: Ref, right: Ref, name: Ref): boolean {
  const b = _PyType_Lookup(rt, rt.i32[right + Ob.type], name);
  if (b === 0) return false;
  const a = _PyType_Lookup(rt, rt.i32[left + Ob.type], name);
  return a === 0 || (a !== b && PyObject_RichCompareBool(rt, a, b, Cmp.NE));
}

/** A binary slot: `name` for the left operand, `rname` for the right one. */
export function binarySlot(
  get: (info: TypeInfo) => binaryfunc | null,
  name: NameOf,
  rname: NameOf,
): binaryfunc {
  const slot = (rt: Runtime, self: Ref, other: Ref): NewRef => {
    const i32 = rt.i32;
    const left = i32[self + Ob.type];
    const right = i32[other + Ob.type];
    let doOther = left !== right && get(infoOfType(rt, right)) === slot;
    if (get(infoOfType(rt, left)) === slot) {
      if (
        doOther &&
        PyType_IsSubtype(rt, right, left) &&
        method_is_overloaded(rt, self, other, rname(rt.names))
      ) {
        const r = callMaybe(rt, other, rname(rt.names), self);
        if (r !== rt.NotImplemented) return r;
        doOther = false;
      }
      const r = callMaybe(rt, self, name(rt.names), other);
      if (r !== rt.NotImplemented || left === right) return r;
    }
    return doOther ? callMaybe(rt, other, rname(rt.names), self) : rt.NotImplemented;
  };
  return slot;
}

/** An in-place slot or any other that calls one method of self with one argument. */
export function selfSlot1(name: NameOf): binaryfunc {
  return (rt, self, arg) => {
    const n = name(rt.names);
    return required(rt, callSpecial1(rt, self, n, arg), n);
  };
}

/** A slot that calls one method of self without arguments. */
export function selfSlot0(name: NameOf): unaryfunc {
  return (rt, self) => {
    const n = name(rt.names);
    return required(rt, callSpecial0(rt, self, n), n);
  };
}

/** nb_power: with two operands as any binary slot; with a modulus only the left operand is asked. */
export function powerSlot(): ternaryfunc {
  const slot: ternaryfunc = (rt, self, other, modulus) => {
    if (modulus === rt.None) return binary(rt, self, other);
    if (infoOfType(rt, rt.i32[self + Ob.type]).nb_power !== slot) return rt.NotImplemented;
    const n = rt.names.__pow__;
    return required(rt, callSpecial2(rt, self, n, other, modulus), n);
  };
  // The two-operand case looks for its own identity in nb_power, so it is written for this slot.
  const binary = (rt: Runtime, self: Ref, other: Ref): NewRef => {
    const left = rt.i32[self + Ob.type];
    const right = rt.i32[other + Ob.type];
    const names = rt.names;
    let doOther = left !== right && infoOfType(rt, right).nb_power === slot;
    if (infoOfType(rt, left).nb_power === slot) {
      if (
        doOther &&
        PyType_IsSubtype(rt, right, left) &&
        method_is_overloaded(rt, self, other, names.__rpow__)
      ) {
        const r = callMaybe(rt, other, names.__rpow__, self);
        if (r !== rt.NotImplemented) return r;
        doOther = false;
      }
      const r = callMaybe(rt, self, names.__pow__, other);
      if (r !== rt.NotImplemented || left === right) return r;
    }
    return doOther ? callMaybe(rt, other, names.__rpow__, self) : rt.NotImplemented;
  };
  return slot;
}

export function slot_nb_inplace_power(rt: Runtime, self: Ref, other: Ref, _modulus: Ref): NewRef {
  const n = rt.names.__ipow__;
  return required(rt, callSpecial1(rt, self, n, other), n);
}

/** `__bool__`, else `__len__`, else true. */
export function slot_nb_bool(rt: Runtime, self: Ref): boolean {
  const names = rt.names;
  const direct = callSpecial0(rt, self, names.__bool__);
  if (direct === rt.True) return true;
  if (direct === rt.False) return false;
  if (direct !== 0) {
    const got = infoOfType(rt, rt.i32[direct + Ob.type]).name;
    push(rt, direct);
    throw typeError(rt, `__bool__ should return bool, returned ${got}`);
  }
  const length = callSpecial0(rt, self, names.__len__);
  if (length === 0) return true;
  push(rt, length);
  const result = PyObject_IsTrue(rt, length);
  drop(rt);
  return result;
}

/** `__index__` */
export function slot_nb_index(rt: Runtime, self: Ref): NewRef {
  const n = rt.names.__index__;
  return required(rt, callSpecial0(rt, self, n), n);
}
