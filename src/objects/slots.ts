/** From an object to its type's decoded slots, and names of types for messages. Part of the object layer. */
import { Ob, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { Ref, TypeInfo } from "./typeinfo.ts";

/** The decoded slots of an object's type. */
export function infoOf(rt: Runtime, p: Ref): TypeInfo {
  const i32 = rt.i32;
  return rt.typeInfos[i32[i32[p + Ob.type] + Ty.info]];
}

/** The decoded slots of a type object. */
export function infoOfType(rt: Runtime, type: Ref): TypeInfo {
  return rt.typeInfos[rt.i32[type + Ty.info]];
}

/** tp_name of a type, cut as CPython's messages cut it. */
export function tpName(rt: Runtime, type: Ref, max = 200): string {
  const name = infoOfType(rt, type).name;
  return name.length > max ? name.slice(0, max) : name;
}

/** tp_name of an object's type, cut as CPython's messages cut it. */
export function typeNameOf(rt: Runtime, p: Ref, max = 200): string {
  return tpName(rt, rt.i32[p + Ob.type], max);
}
