/** Assignment to `__class__` and `__bases__`: which types may take each other's place. Part of the object layer. */
import { PyObject_RichCompareBool } from "./abstract.ts";
import { PyType_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { Ob, TF, Tuple, Ty } from "./layout.ts";
import { _PyDict_DetachFromObject, _PyObject_MaterializeManagedDict } from "./managed.ts";
import { decref, incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { tpName, typeNameOf } from "./slots.ts";
import { subtype_clear } from "./subtype.ts";
import { Cmp, type OptRef, type Ref, type TypeInfo } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

const PREHEADER = TF.MANAGED_DICT | TF.MANAGED_WEAKREF;

function infoOfType(rt: Runtime, type: Ref): TypeInfo {
  return rt.typeInfos[rt.i32[type + Ty.info]];
}

/** Setter of `__class__`. */
export function object_set_class(rt: Runtime, self: Ref, value: OptRef): void {
  const i32 = rt.i32;
  if (value === 0) throw typeError(rt, "can't delete __class__ attribute");
  if (!PyType_Check(rt, value)) {
    throw typeError(rt, `__class__ must be set to a class, not '${typeNameOf(rt, value)}' object`);
  }
  const old = i32[self + Ob.type];
  const module = rt.types.module;
  const modules = PyType_IsSubtype(rt, value, module) && PyType_IsSubtype(rt, old, module);
  if (!modules && ((i32[value + Ty.flags] | i32[old + Ty.flags]) & TF.IMMUTABLETYPE) !== 0) {
    throw typeError(rt, "__class__ assignment only supported for mutable types or ModuleType subclasses");
  }
  checkCompatible(rt, old, value, "__class__");
  // The inline values go by the old class's keys: they become an ordinary dict first.
  if ((i32[old + Ty.flags] & TF.INLINE_VALUES) !== 0) {
    _PyDict_DetachFromObject(rt, _PyObject_MaterializeManagedDict(rt, self), self);
  }
  if ((i32[value + Ty.flags] & TF.HEAPTYPE) !== 0) incref(rt, value);
  i32[self + Ob.type] = value;
  if ((i32[old + Ty.flags] & TF.HEAPTYPE) !== 0) decref(rt, old);
}

/** TypeError unless instances of the two types look the same in memory (compatible_for_assignment). */
export function checkCompatible(rt: Runtime, old: Ref, next: Ref, attr: string): void {
  const i32 = rt.i32;
  if (infoOfType(rt, next).tp_free !== infoOfType(rt, old).tp_free) {
    throw typeError(
      rt,
      `${attr} assignment: '${tpName(rt, next)}' deallocator differs from '${tpName(rt, old)}'`,
    );
  }
  const a = compatibleAncestor(rt, next);
  const b = compatibleAncestor(rt, old);
  const sameFields = a === b || (i32[a + Ty.base] === i32[b + Ty.base] && same_slots_added(rt, a, b));
  const flags = i32[next + Ty.flags] ^ i32[old + Ty.flags];
  if (sameFields && (flags & (PREHEADER | TF.INLINE_VALUES)) === 0) return;
  throw typeError(
    rt,
    `${attr} assignment: '${tpName(rt, next)}' object layout differs from '${tpName(rt, old)}'`,
  );
}

/** The highest supertype with which the type shares its layout. */
function compatibleAncestor(rt: Runtime, type: Ref): Ref {
  while (compatible_with_tp_base(rt, type)) type = rt.i32[type + Ty.base];
  return type;
}

function compatible_with_tp_base(rt: Runtime, child: Ref): boolean {
  const i32 = rt.i32;
  const parent = i32[child + Ty.base];
  if (parent === 0) return false;
  for (const field of [Ty.basicsize, Ty.itemsize, Ty.dictoffset, Ty.weaklistoffset]) {
    if (i32[child + field] !== i32[parent + field]) return false;
  }
  if (((i32[child + Ty.flags] ^ i32[parent + Ty.flags]) & TF.HAVE_GC) !== 0) return false;
  const clear = infoOfType(rt, child).tp_clear;
  return clear === subtype_clear || clear === infoOfType(rt, parent).tp_clear;
}

/** Did both classes add the same slots, and nothing else, to their common base? */
function same_slots_added(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  if ((i32[a + Ty.flags] & i32[b + Ty.flags] & TF.HEAPTYPE) === 0) return false;
  let size = i32[i32[a + Ty.base] + Ty.basicsize];
  if (i32[a + Ty.dictoffset] === size && i32[b + Ty.dictoffset] === size) size += 8;
  if (i32[a + Ty.weaklistoffset] === size && i32[b + Ty.weaklistoffset] === size) size += 8;
  const slotsA = i32[a + Ty.ht_slots];
  const slotsB = i32[b + Ty.ht_slots];
  if (slotsA !== 0 && slotsB !== 0) {
    if (!PyObject_RichCompareBool(rt, slotsA, slotsB, Cmp.EQ)) return false;
    size += 8 * i32[slotsA + Tuple.size];
  }
  return size === i32[a + Ty.basicsize] && size === i32[b + Ty.basicsize];
}
