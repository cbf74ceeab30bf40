/**
 * What a type takes over from its bases: slots, sizes, flags (inherit_special, inherit_slots of CPython's typeobject.c).
 * Part of the object layer.
 */
import { TF, Tuple, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { type Ref, TypeInfo } from "./typeinfo.ts";

// biome-ignore lint/suspicious/noExplicitAny: a TypeInfo seen as a table of slots by name
type Slots = any;

/** Slots with rules of their own; all others are copied one by one. */
const SPECIAL = new Set([
  "type",
  "name",
  "tp_hash",
  "tp_richcompare",
  "tp_traverse",
  "tp_clear",
  "tp_free",
  "tp_new",
  "tp_vectorcall",
  "type_vectorcall",
]);

const PLAIN = Object.keys(new TypeInfo("")).filter((key) => !SPECIAL.has(key));
const ALL = Object.keys(new TypeInfo("")).filter(
  (key) => key !== "type" && key !== "name" && key !== "type_vectorcall",
);

/** Bits that a subtype has when its base has them. */
const SUBCLASS_BITS =
  TF.LONG_SUBCLASS |
  TF.LIST_SUBCLASS |
  TF.TUPLE_SUBCLASS |
  TF.BYTES_SUBCLASS |
  TF.UNICODE_SUBCLASS |
  TF.DICT_SUBCLASS |
  TF.BASE_EXC_SUBCLASS |
  TF.TYPE_SUBCLASS |
  TF.MATCH_SELF |
  TF.ITEMS_AT_END;

function infoOfType(rt: Runtime, type: Ref): TypeInfo {
  return rt.typeInfos[rt.i32[type + Ty.info]];
}

/** Sizes, offsets, collector support and kind bits from the first base. */
export function inherit_special(rt: Runtime, type: Ref, base: Ref): void {
  const i32 = rt.i32;
  const info = infoOfType(rt, type);
  const from = infoOfType(rt, base);
  const baseFlags = i32[base + Ty.flags];
  const noOwnGc =
    (i32[type + Ty.flags] & TF.HAVE_GC) === 0 && info.tp_traverse === null && info.tp_clear === null;
  if ((baseFlags & TF.HAVE_GC) !== 0 && noOwnGc) {
    i32[type + Ty.flags] |= TF.HAVE_GC;
    info.tp_traverse = from.tp_traverse;
    info.tp_clear = from.tp_clear;
  }
  i32[type + Ty.flags] |= baseFlags & (TF.MANAGED_DICT | TF.MANAGED_WEAKREF | SUBCLASS_BITS);
  for (const field of [Ty.basicsize, Ty.itemsize, Ty.weaklistoffset, Ty.dictoffset]) {
    if (i32[type + field] === 0) copyWide(i32, type + field, base + field);
  }
}

function copyWide(i32: Int32Array, to: number, from: number): void {
  i32[to] = i32[from];
  i32[to + 1] = i32[from + 1];
}

/** SEQUENCE and MAPPING, which match statements ask for, go down together. */
export function inherit_patma_flags(rt: Runtime, type: Ref, base: Ref): void {
  const PATMA = TF.SEQUENCE | TF.MAPPING;
  if ((rt.i32[type + Ty.flags] & PATMA) === 0) rt.i32[type + Ty.flags] |= rt.i32[base + Ty.flags] & PATMA;
}

/**
 * The slots that the type leaves open, from one class of its MRO: those that this class defines or overrides itself.
 * `hashes`: the type's own dict has `__eq__` or `__hash__`, so comparison and hash stay as they are.
 */
export function inherit_slots(rt: Runtime, type: Ref, base: Ref, hashes: boolean): void {
  const i32 = rt.i32;
  const info: Slots = infoOfType(rt, type);
  const from: Slots = infoOfType(rt, base);
  const basebase = i32[base + Ty.base];
  const above: Slots | null = basebase === 0 ? null : infoOfType(rt, basebase);
  const hadCall = info.tp_call !== null;
  for (const key of PLAIN) {
    if (info[key] === null && from[key] !== null && (above === null || above[key] !== from[key]))
      info[key] = from[key];
  }
  if (!hadCall && info.tp_call !== null && info.tp_call === from.tp_call) {
    info.tp_vectorcall ??= from.tp_vectorcall;
    i32[type + Ty.flags] |= i32[base + Ty.flags] & TF.HAVE_VECTORCALL;
  }
  if (info.tp_richcompare === null && info.tp_hash === null && !hashes) {
    info.tp_richcompare = from.tp_richcompare;
    info.tp_hash = from.tp_hash;
  }
  const immutable = (i32[type + Ty.flags] & TF.IMMUTABLETYPE) !== 0;
  if (immutable)
    i32[type + Ty.flags] |= i32[base + Ty.flags] & TF.METHOD_DESCRIPTOR & descriptorBit(info, from);
}

/** A native subtype of a function-like descriptor is one too if it binds in the same way. */
function descriptorBit(info: TypeInfo, from: TypeInfo): number {
  return info.tp_descr_get === from.tp_descr_get ? -1 : 0;
}

/** inherit_slots over the whole MRO. */
export function inheritFromMro(rt: Runtime, type: Ref, hashes: boolean): void {
  const i32 = rt.i32;
  const mro = i32[type + Ty.mro];
  const n = i32[mro + Tuple.size];
  for (let k = 1; k < n; k++) {
    const base = i32[mro + Tuple.items + 2 * k];
    inherit_slots(rt, type, base, hashes);
    inherit_patma_flags(rt, type, base);
  }
}

/** Makes `info` a copy of `from`: for a class that starts out just like its only base. One store after the other, compiled. */
export const copyAllSlots = new Function(
  "info",
  "from",
  ALL.map((key) => `info.${key}=from.${key};`).join(""),
) as (info: TypeInfo, from: TypeInfo) => void;

/**
 * The slots of a native type: its base's, with its own over them. Its own hash or comparison alone keeps the other from
 * being inherited.
 */
export function inheritNative(info: TypeInfo, own: Partial<TypeInfo>, from: TypeInfo): void {
  const slots: Slots = info;
  const { tp_new, tp_traverse, tp_clear, tp_vectorcall } = info;
  const ownCall = info.tp_call !== null;
  copyAllSlots(info, from);
  if (own.tp_hash != null || own.tp_richcompare != null) {
    info.tp_hash = null;
    info.tp_richcompare = null;
  }
  const source: Slots = own;
  for (const key in source) if (source[key] != null) slots[key] = source[key];
  info.tp_new = tp_new;
  info.tp_traverse = tp_traverse;
  info.tp_clear = tp_clear;
  if (ownCall) info.tp_vectorcall = tp_vectorcall;
}
