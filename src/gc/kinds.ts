/**
 * How the collector visits an object. For the types that most objects have, the passes read the fields themselves (a
 * closure called for each reference would take most of the time); for all others they call tp_traverse. Part of gc/.
 *
 * The way is kept in the type object, where CPython has the tp_traverse pointer. It must visit what tp_traverse visits, as
 * far as the collector is concerned (not what can never be a container).
 */
import { Func, Method, TF, Ty } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { subtype_traverse } from "../objects/subtype.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";

export const enum Way {
  UNKNOWN = 0,
  /** Call tp_traverse. */
  TRAVERSE = 1,
  LIST = 2,
  TUPLE = 3,
  DICT = 4,
  /** An instance with inline values: these (or the managed dict), the type. */
  INSTANCE = 5,
  /** Pointers at fixed places: bit k of the mask stands for the field at word 2 * k. */
  FIELDS = 6,
  NOTHING = 7,
}

/** The bit of a field at a word offset. */
const bit = (word: number): number => 1 << (word >> 1);

const FUNCTION_FIELDS =
  bit(Func.globals) |
  bit(Func.builtins) |
  bit(Func.code) |
  bit(Func.defaults) |
  bit(Func.kwdefaults) |
  bit(Func.closure) |
  bit(Func.doc) |
  bit(Func.dict) |
  bit(Func.module) |
  bit(Func.annotations) |
  bit(Func.typeparams);

/** Finds the way of a type that the collector meets for the first time. */
export function findWay(rt: Runtime, type: Ref): Way {
  const i32 = rt.i32;
  const [way, mask] = wayOf(rt, type);
  i32[type + Ty.traverse] = way;
  i32[type + Ty.traverse + 1] = mask;
  return way;
}

function wayOf(rt: Runtime, type: Ref): [Way, number] {
  const types = rt.types;
  switch (type) {
    case types.list:
      return [Way.LIST, 0];
    case types.tuple:
      return [Way.TUPLE, 0];
    case types.dict:
      return [Way.DICT, 0];
    case types.cell:
      return [Way.FIELDS, bit(4)];
    case types.function:
      return [Way.FIELDS, FUNCTION_FIELDS];
    case types.method:
      return [Way.FIELDS, bit(Method.func) | bit(Method.self)];
  }
  if (isWeakref(rt, type)) return [Way.TRAVERSE, WEAKREF];
  const traverse = infoOfType(rt, type).tp_traverse;
  if (traverse === null) return [Way.NOTHING, 0];
  const inline = (rt.i32[type + Ty.flags] & TF.INLINE_VALUES) !== 0;
  return inline && traverse === subtype_traverse ? [Way.INSTANCE, 0] : [Way.TRAVERSE, 0];
}

/** In the place of the mask: instances of the type are weak references. */
const WEAKREF = 1;

function isWeakref(rt: Runtime, type: Ref): boolean {
  const types = rt.types;
  if (type === types.weakproxy || type === types.weakcallableproxy) return true;
  return PyType_IsSubtype(rt, type, types.weakref);
}

/** Are instances of this type, which the collector has met, weak references or proxies? */
export function isWeakrefType(rt: Runtime, type: Ref): boolean {
  const i32 = rt.i32;
  return i32[type + Ty.traverse] === Way.TRAVERSE && i32[type + Ty.traverse + 1] === WEAKREF;
}
