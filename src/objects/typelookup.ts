/**
 * Finding attributes in a type's MRO: `_PyType_Lookup` through the method cache, version tags, and their invalidation.
 * Part of the object layer (the cache of CPython's Objects/typeobject.c).
 *
 * An entry of the cache, 4 words:  | version | name | value | - |
 * It is found by hash of (type's version tag, name's address). A version tag names one state of one type and all its
 * bases, so an entry never has to be invalidated: the tag changes. The entry owns its name (else a new string could take
 * the address); the value is borrowed from the dict in the MRO.
 */
import { staticAlloc } from "../heap/static.ts";
import { PyUnicode_CheckExact } from "./check.ts";
import { PyDict_GetItemWithError, PyDict_Next } from "./dict.ts";
import { caught, clearError } from "./errors.ts";
import { Str, TF, Tuple, Ty, WeakRef as Wr } from "./layout.ts";
import { incref, setField } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { mark } from "./stack.ts";
import type { OptRef, Ref } from "./typeinfo.ts";

const CACHE_ENTRIES = 4096;
const MCACHE_MAX_ATTR_SIZE = 100;
/** After so many versions a class gets no new tag and is no longer cached (CPython's MAX_VERSIONS_PER_CLASS). */
const MAX_VERSIONS_PER_CLASS = 1000;

const enum Entry {
  version = 0,
  name = 1,
  value = 2,
  WORDS = 4,
}

export function initTypeCache(rt: Runtime): void {
  rt.typeCache = staticAlloc(rt, CACHE_ENTRIES * Entry.WORDS * 4);
}

/** The references that the method cache owns: names (for the audit). */
export function typeCacheRoots(rt: Runtime): Ref[] {
  const roots: Ref[] = [];
  for (let i = 0; i < CACHE_ENTRIES; i++) {
    const name = rt.i32[rt.typeCache + i * Entry.WORDS + Entry.name];
    if (name !== 0) roots.push(name);
  }
  return roots;
}

/** PyType_ClearCache: forgets all entries. */
export function PyType_ClearCache(rt: Runtime): void {
  for (let i = 0; i < CACHE_ENTRIES; i++) {
    const e = rt.typeCache + i * Entry.WORDS;
    rt.i32[e + Entry.version] = 0;
    rt.i32[e + Entry.value] = 0;
    setField(rt, e + Entry.name, 0);
  }
}

/** The attribute `name` in the dicts of the type's MRO: borrowed, or 0. Never raises. */
export function _PyType_Lookup(rt: Runtime, type: Ref, name: Ref): OptRef {
  const i32 = rt.i32;
  const version = i32[type + Ty.version_tag];
  const e = rt.typeCache + (((version ^ (name >> 2)) & (CACHE_ENTRIES - 1)) << 2);
  if (i32[e + Entry.version] === version && i32[e + Entry.name] === name) return i32[e + Entry.value];
  return lookupAndCache(rt, type, name);
}

function lookupAndCache(rt: Runtime, type: Ref, name: Ref): OptRef {
  const value = find_name_in_mro(rt, type, name);
  const i32 = rt.i32;
  // Only interned names: others would fill the cache with texts that no lookup will ask for again.
  if (!PyUnicode_CheckExact(rt, name) || (i32[name + Str.state] & 3) === 0) return value;
  if (i32[name + Str.length] > MCACHE_MAX_ATTR_SIZE) return value;
  const version = assignVersionTag(rt, type);
  if (version === 0) return value;
  const e = rt.typeCache + (((version ^ (name >> 2)) & (CACHE_ENTRIES - 1)) << 2);
  i32[e + Entry.version] = version;
  i32[e + Entry.value] = value;
  if (i32[e + Entry.name] !== name) {
    incref(rt, name);
    setField(rt, e + Entry.name, name);
  }
  return value;
}

/** The walk through the MRO, without the cache: borrowed or 0. An error in a comparison of keys is swallowed. */
export function find_name_in_mro(rt: Runtime, type: Ref, name: Ref): OptRef {
  const i32 = rt.i32;
  const mro = i32[type + Ty.mro];
  if (mro === 0) return 0;
  const n = i32[mro + Tuple.size];
  if (PyUnicode_CheckExact(rt, name)) {
    for (let i = 0; i < n; i++) {
      const value = PyDict_GetItemWithError(rt, i32[i32[mro + Tuple.items + 2 * i] + Ty.dict], name);
      if (value !== 0) return value;
    }
    return 0;
  }
  return findSlowly(rt, mro, n, name);
}

function findSlowly(rt: Runtime, mro: Ref, n: number, name: Ref): OptRef {
  const i32 = rt.i32;
  const m = mark(rt);
  try {
    for (let i = 0; i < n; i++) {
      const value = PyDict_GetItemWithError(rt, i32[i32[mro + Tuple.items + 2 * i] + Ty.dict], name);
      if (value !== 0) return value;
    }
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    clearError(rt);
  }
  return 0;
}

/** Gives the type (and first its bases) a version tag, if it has none: the tag, or 0 if it may not have one. */
export function assignVersionTag(rt: Runtime, type: Ref): number {
  const i32 = rt.i32;
  const old = i32[type + Ty.version_tag];
  if (old !== 0) return old;
  if ((i32[type + Ty.flags] & TF.READY) === 0) return 0;
  const used = (type << 1) + Ty.versions_used_byte / 2;
  if (rt.u16[used] >= MAX_VERSIONS_PER_CLASS) return 0;
  const bases = i32[type + Ty.bases];
  for (let i = 0; i < i32[bases + Tuple.size]; i++) {
    if (assignVersionTag(rt, i32[bases + Tuple.items + 2 * i]) === 0) return 0;
  }
  if (rt.next_version_tag >= 0x7fffffff) return 0;
  rt.u16[used]++;
  return (i32[type + Ty.version_tag] = rt.next_version_tag++);
}

/** PyType_Modified: the type and all its subclasses lose their version tags. */
export function PyType_Modified(rt: Runtime, type: Ref): void {
  const i32 = rt.i32;
  if (i32[type + Ty.version_tag] === 0) return;
  forEachSubclass(rt, type, PyType_Modified);
  i32[type + Ty.version_tag] = 0;
  if ((i32[type + Ty.flags] & TF.HEAPTYPE) !== 0) i32[type + Ty.ht_spec_cache] = 0;
}

/** Calls `fn` for each living direct subclass; `fn` must not run Python code. */
export function forEachSubclass(rt: Runtime, type: Ref, fn: (rt: Runtime, sub: Ref) => void): void {
  const subclasses = rt.i32[type + Ty.subclasses];
  if (subclasses === 0) return;
  for (let pos = PyDict_Next(rt, subclasses, 0); pos >= 0; pos = PyDict_Next(rt, subclasses, pos)) {
    const sub = liveReferent(rt, rt.dictValue);
    if (sub !== 0) fn(rt, sub);
  }
}

/** The object of a weak reference (borrowed), or 0 when it is dead or dying. */
export function liveReferent(rt: Runtime, weakref: Ref): OptRef {
  const o = rt.i32[weakref + Wr.object];
  return o !== 0 && o !== rt.None && rt.i32[o] !== 0 ? o : 0;
}

/** Is `a` the type `b` or derived from it? */
export function PyType_IsSubtype(rt: Runtime, a: Ref, b: Ref): boolean {
  if (a === b) return true;
  const i32 = rt.i32;
  const mro = i32[a + Ty.mro];
  if (mro === 0) return isSubtypeByBases(rt, a, b);
  const end = mro + Tuple.items + 2 * i32[mro + Tuple.size];
  for (let at = mro + Tuple.items; at < end; at += 2) if (i32[at] === b) return true;
  return false;
}

/** For a type that has no MRO yet: by the chain of first bases. */
function isSubtypeByBases(rt: Runtime, a: Ref, b: Ref): boolean {
  for (; a !== 0; a = rt.i32[a + Ty.base]) if (a === b) return true;
  return b === rt.types.object;
}
