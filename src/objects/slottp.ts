/**
 * The remaining type slots of classes written in Python: repr, hash, call, comparison, construction, finalization.
 * Part of the object layer (slot_tp_* of CPython's Objects/typeobject.c).
 */
import { PyObject_GetAttr } from "./abstract.ts";
import { _PyObject_Call_Prepend, lendArgs, PyObject_Call, PyObject_Vectorcall } from "./call.ts";
import { PyLong_Check } from "./check.ts";
import { PyObject_HashNotImplemented } from "./compare.ts";
import { caught, fetch, PyErr_WriteUnraisable, restore, typeError } from "./errors.ts";
import { Tuple, Ty } from "./layout.ts";
import { bigIntOf, numberOrNaN } from "./long.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { callSpecial0, callSpecial1, lookup_maybe_method, required } from "./slotcalls.ts";
import { typeNameOf } from "./slots.ts";
import { drop, dropTo, mark, pop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import type { Cmp, NewRef, OptRef, Ref } from "./typeinfo.ts";

/** "0x7f..." of an address, as %p prints it. */
export function addressText(p: Ref): string {
  return `0x${(p * 4).toString(16)}`;
}

export function slot_tp_repr(rt: Runtime, self: Ref): NewRef {
  const result = callSpecial0(rt, self, rt.names.__repr__);
  if (result !== 0) return result;
  return PyUnicode_FromJS(rt, `<${typeNameOf(rt, self)} object at ${addressText(self)}>`);
}

/** `__hash__`: an int of any size; the int's hash when it does not fit 64 bits. */
export function slot_tp_hash(rt: Runtime, self: Ref): number {
  const f = lookup_maybe_method(rt, self, rt.names.__hash__);
  if (f === 0) return PyObject_HashNotImplemented(rt, self);
  decref(rt, f);
  if (f === rt.None) return PyObject_HashNotImplemented(rt, self);
  const h = callSpecial0(rt, self, rt.names.__hash__);
  push(rt, h);
  if (!PyLong_Check(rt, h)) throw typeError(rt, "__hash__ method should return an integer");
  const lo = int64OrHash(rt, h);
  drop(rt);
  if (lo !== -1 || rt.hashHi !== -1) return lo;
  return -2;
}

/** The value as a 64-bit hash (low half returned, high half in rt.hashHi), or the int's own hash if it is larger. */
function int64OrHash(rt: Runtime, h: Ref): number {
  const n = numberOrNaN(rt, h);
  if (!Number.isNaN(n)) {
    rt.hashHi = Math.floor(n / 4294967296) | 0;
    return n | 0;
  }
  const v = bigIntOf(rt, h);
  if (BigInt.asIntN(64, v) !== v) return rt.typeInfos[rt.i32[rt.types.int + Ty.info]].tp_hash!(rt, h);
  rt.hashHi = Number(BigInt.asIntN(32, v >> 32n));
  return Number(BigInt.asIntN(32, v));
}

export function slot_tp_call(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): NewRef {
  const f = required(rt, lookup_maybe_method(rt, self, rt.names.__call__), rt.names.__call__);
  const unbound = rt.methodIsUnbound;
  push(rt, f);
  const result = unbound
    ? _PyObject_Call_Prepend(rt, f, self, args, kwargs)
    : PyObject_Call(rt, f, args, kwargs);
  drop(rt);
  return result;
}

/**
 * Calls an instance with `__call__` without packing the arguments. They are held once more meanwhile, as CPython's tuple
 * holds them, and once more if there are keywords, as its unpacked copies do.
 */
export function slot_tp_vectorcall(
  rt: Runtime,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const f = required(rt, lookup_maybe_method(rt, self, rt.names.__call__), rt.names.__call__);
  const unbound = rt.methodIsUnbound;
  push(rt, f);
  const m = mark(rt);
  const nkw = kwnames === 0 ? 0 : rt.i32[kwnames + Tuple.size];
  for (let times = kwnames === 0 ? 1 : 2; times > 0; times--) {
    for (let k = 0; k < nargs + nkw; k++) push(rt, newref(rt, rt.i32[args + 2 * k]));
  }
  if (unbound && kwnames !== 0) push(rt, newref(rt, self));
  const result = unbound
    ? PyObject_Vectorcall(rt, f, lendArgs(rt, self, args, nargs + nkw), nargs + 1, kwnames)
    : PyObject_Vectorcall(rt, f, args, nargs, kwnames);
  dropTo(rt, m);
  drop(rt);
  return result;
}

export function slot_tp_richcompare(rt: Runtime, self: Ref, other: Ref, op: Cmp): NewRef {
  const names = rt.names;
  // The order of Cmp: LT, LE, EQ, NE, GT, GE.
  const name =
    op === 2
      ? names.__eq__
      : op === 0
        ? names.__lt__
        : op === 1
          ? names.__le__
          : op === 3
            ? names.__ne__
            : op === 4
              ? names.__gt__
              : names.__ge__;
  const result = callSpecial1(rt, self, name, other);
  return result === 0 ? rt.NotImplemented : result;
}

export function slot_tp_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const n = rt.names.__init__;
  const f = required(rt, lookup_maybe_method(rt, self, n), n);
  const unbound = rt.methodIsUnbound;
  push(rt, f);
  const result = unbound
    ? _PyObject_Call_Prepend(rt, f, self, args, kwargs)
    : PyObject_Call(rt, f, args, kwargs);
  drop(rt);
  checkInitResult(rt, result);
}

/** Releases what `__init__` returned: it must be None. */
export function checkInitResult(rt: Runtime, result: NewRef): void {
  if (result === rt.None) return;
  const got = typeNameOf(rt, result).slice(0, 200);
  push(rt, result);
  throw typeError(rt, `__init__() should return None, not '${got}'`);
}

export function slot_tp_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const f = PyObject_GetAttr(rt, type, rt.names.__new__);
  push(rt, f);
  const result = _PyObject_Call_Prepend(rt, f, type, args, kwargs);
  drop(rt);
  return result;
}

/** `__del__`: errors are reported, never raised; a current exception is kept. */
export function slot_tp_finalize(rt: Runtime, self: Ref): void {
  push(rt, fetch(rt));
  const f = lookup_maybe_method(rt, self, rt.names.__del__);
  if (f !== 0) {
    decref(rt, f);
    callDel(rt, self);
  }
  const saved = pop(rt);
  if (saved !== 0) restore(rt, saved);
}

function callDel(rt: Runtime, self: Ref): void {
  const m = mark(rt);
  try {
    decref(rt, callSpecial0(rt, self, rt.names.__del__));
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    const f = lookup_maybe_method(rt, self, rt.names.__del__);
    push(rt, f);
    PyErr_WriteUnraisable(rt, f);
    drop(rt);
  }
}
