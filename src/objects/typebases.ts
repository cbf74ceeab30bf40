/** Assignment to `cls.__bases__`. Part of the object layer (type_set_bases of CPython's Objects/typeobject.c). */
import { PyTuple_Check, PyType_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { TF, Tuple, Ty } from "./layout.ts";
import { mro_internal } from "./mro.ts";
import { decref, incref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { checkCompatible } from "./setclass.ts";
import { tpName, typeNameOf } from "./slots.ts";
import { drop, dropTo, mark, push } from "./stack.ts";
import { add_all_subclasses, remove_all_subclasses } from "./subclasses.ts";
import type { OptRef, Ref } from "./typeinfo.ts";
import { best_base } from "./typelayout.ts";
import { forEachSubclass, PyType_IsSubtype, PyType_Modified } from "./typelookup.ts";
import { update_all_slots } from "./typeslots.ts";

export function type_set_bases(rt: Runtime, type: Ref, value: OptRef): void {
  const i32 = rt.i32;
  const name = tpName(rt, type);
  if ((i32[type + Ty.flags] & TF.IMMUTABLETYPE) !== 0) {
    throw typeError(rt, `cannot set '__bases__' attribute of immutable type '${name}'`);
  }
  if (value === 0) throw typeError(rt, `cannot delete '__bases__' attribute of immutable type '${name}'`);
  checkNewBases(rt, type, value, name);
  const base = best_base(rt, value);
  checkCompatible(rt, i32[type + Ty.base], base, "__bases__");
  replaceBases(rt, type, value, base);
}

function checkNewBases(rt: Runtime, type: Ref, bases: Ref, name: string): void {
  const i32 = rt.i32;
  if (!PyTuple_Check(rt, bases)) {
    throw typeError(rt, `can only assign tuple to ${name}.__bases__, not ${typeNameOf(rt, bases)}`);
  }
  const n = i32[bases + Tuple.size];
  if (n === 0) throw typeError(rt, `can only assign non-empty tuple to ${name}.__bases__, not ()`);
  for (let k = 0; k < n; k++) {
    const base = i32[bases + Tuple.items + 2 * k];
    if (!PyType_Check(rt, base)) {
      throw typeError(rt, `${name}.__bases__ must be tuple of classes, not '${typeNameOf(rt, base)}'`);
    }
    if (PyType_IsSubtype(rt, base, type)) {
      throw typeError(rt, "a __bases__ item causes an inheritance cycle");
    }
  }
}

/** Sets the new bases and orders; when an order cannot be made, all is as it was and the error goes on. */
function replaceBases(rt: Runtime, type: Ref, bases: Ref, base: Ref): void {
  const i32 = rt.i32;
  const m = mark(rt);
  const oldBases = i32[type + Ty.bases];
  const oldBase = i32[type + Ty.base];
  // The old ones stay on the native stack until the end.
  push(rt, oldBases);
  push(rt, oldBase);
  i32[type + Ty.bases] = newref(rt, bases);
  i32[type + Ty.base] = newref(rt, base);
  const changed: [Ref, OptRef][] = [];
  try {
    mro_hierarchy(rt, type, changed);
  } catch (e) {
    for (const [cls, mro] of changed) restoreMro(rt, cls, mro);
    decref(rt, i32[type + Ty.bases]);
    decref(rt, i32[type + Ty.base]);
    i32[type + Ty.bases] = newref(rt, oldBases);
    i32[type + Ty.base] = newref(rt, oldBase);
    throw e;
  }
  remove_all_subclasses(rt, type, oldBases);
  add_all_subclasses(rt, type, bases);
  update_all_slots(rt, type);
  for (const [, mro] of changed) if (mro !== 0) decref(rt, mro);
  drop(rt, 2);
  dropTo(rt, m);
}

/** New orders for the class and all its subclasses; the old ones are kept in `changed` (owned). */
function mro_hierarchy(rt: Runtime, type: Ref, changed: [Ref, OptRef][]): void {
  const old = rt.i32[type + Ty.mro];
  // A class whose `mro()` sets its bases has no order yet.
  if (old !== 0) incref(rt, old);
  changed.push([type, old]);
  if (!mro_internal(rt, type)) return;
  const subclasses: Ref[] = [];
  forEachSubclass(rt, type, (_rt, sub) => subclasses.push(sub));
  for (const sub of subclasses) mro_hierarchy(rt, sub, changed);
}

function restoreMro(rt: Runtime, type: Ref, mro: OptRef): void {
  const now = rt.i32[type + Ty.mro];
  rt.i32[type + Ty.mro] = mro;
  if (now !== 0) decref(rt, now);
  PyType_Modified(rt, type);
}
