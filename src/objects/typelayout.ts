/**
 * Which bases may be combined: the solid base of a type is the one that last added fields to its instances; all bases must
 * lie on one line of solid bases. Part of the object layer (CPython's Objects/typeobject.c).
 */
import { PyType_Check } from "./check.ts";
import { typeError } from "./errors.ts";
import { TF, Tuple, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { Ref } from "./typeinfo.ts";
import { PyType_IsSubtype } from "./typelookup.ts";

/** Does an instance of `type` have fields that one of `base` has not? */
export function shape_differs(rt: Runtime, type: Ref, base: Ref): boolean {
  const i32 = rt.i32;
  return (
    i32[type + Ty.basicsize] !== i32[base + Ty.basicsize] ||
    i32[type + Ty.itemsize] !== i32[base + Ty.itemsize]
  );
}

/** The type in the chain of first bases that determines the layout of instances. */
export function solid_base(rt: Runtime, type: Ref): Ref {
  const base = rt.i32[type + Ty.base];
  const solid = base !== 0 ? solid_base(rt, base) : rt.types.object;
  return shape_differs(rt, type, solid) ? type : solid;
}

/** The base that a new class is built on: the one with the most derived layout (best_base). */
export function best_base(rt: Runtime, bases: Ref): Ref {
  const i32 = rt.i32;
  const n = i32[bases + Tuple.size];
  let base = 0;
  let winner = 0;
  for (let k = 0; k < n; k++) {
    const candidateBase = i32[bases + Tuple.items + 2 * k];
    if (!PyType_Check(rt, candidateBase)) throw typeError(rt, "bases must be types");
    if ((i32[candidateBase + Ty.flags] & TF.BASETYPE) === 0) {
      const name = rt.typeInfos[i32[candidateBase + Ty.info]].name;
      throw typeError(rt, `type '${name.slice(0, 100)}' is not an acceptable base type`);
    }
    const candidate = solid_base(rt, candidateBase);
    if (
      winner === 0 ||
      (!PyType_IsSubtype(rt, winner, candidate) && PyType_IsSubtype(rt, candidate, winner))
    ) {
      winner = candidate;
      base = candidateBase;
    } else if (!PyType_IsSubtype(rt, winner, candidate)) {
      throw typeError(rt, "multiple bases have instance lay-out conflict");
    }
  }
  return base;
}
