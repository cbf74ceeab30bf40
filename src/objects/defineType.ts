/**
 * Making native types: `defineType` fills a type object in the heap, decodes its slots, inherits, and gives it its dict of
 * wrappers, methods, members and computed attributes. Part of the object layer (CPython's PyType_Ready, PyType_FromSpec).
 */
import { staticAlloc } from "../heap/static.ts";
import { PyObject_Free } from "../pymalloc/domains.ts";
import { PyCFunction_New } from "./cfunction.ts";
import { PyStaticMethod_New } from "./classmethod.ts";
import { PyObject_HashNotImplemented } from "./compare.ts";
import { PyDescr_NewClassMethod, PyDescr_NewGetSet, PyDescr_NewMember, PyDescr_NewMethod } from "./descr.ts";
import { PyDict_Contains, PyDict_New, PyDict_SetItem } from "./dict.ts";
import { _PyDict_NewKeysForClass } from "./dictvalues.ts";
import { inherit_patma_flags, inherit_special, inheritNative } from "./inherit.ts";
import { IMMORTAL_REFCNT, Ob, TF, Tuple, Ty } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { freeManaged, PyType_GenericAlloc } from "./managed.ts";
import { incref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOfType } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic, PyUnicode_FromJS } from "./str.ts";
import { add_subclass } from "./subclasses.ts";
import { subtype_dealloc } from "./subtype.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "./tuple.ts";
import { NEW_METHOD } from "./typecall.ts";
import {
  type lenfunc,
  METH,
  type MethodDef,
  type NewRef,
  type Ref,
  type TypeInfo,
  type TypeSpec,
} from "./typeinfo.ts";
import { add_operators } from "./typeslots.ts";
import { newTypeInfo } from "./typestate.ts";

/** Reserves the address of a static type, so that objects of the type can be made before it is defined. */
export function reserveStaticType(rt: Runtime, name: string): Ref {
  const i32 = rt.i32;
  const type = staticAlloc(rt, Ty.STATIC_BYTES);
  i32[type] = IMMORTAL_REFCNT;
  i32[type + Ob.type] = rt.types.type;
  i32[type + Ty.info] = newTypeInfo(rt, name, type);
  return type;
}

/**
 * Makes a built-in type: at the reserved address `at`, at a new static one, or, for `spec.heap`, as a mortal heap type (a
 * new reference).
 */
export function defineType(rt: Runtime, spec: TypeSpec, at?: Ref): Ref {
  const base = spec.base ?? (at === rt.types.object ? 0 : rt.types.object);
  if (spec.heap) return defineHeapType(rt, spec, base);
  const type = at ?? reserveStaticType(rt, spec.name);
  fillFields(rt, type, spec, base, (spec.flags ?? 0) | TF.STATIC_BUILTIN | TF.IMMUTABLETYPE);
  readyType(rt, type, spec, base);
  return type;
}

/** PyType_FromSpec */
function defineHeapType(rt: Runtime, given: TypeSpec, base: Ref): NewRef {
  const i32 = rt.i32;
  const spec = { ...given, slots: { tp_dealloc: subtype_dealloc, ...given.slots } };
  const type = PyType_GenericAlloc(rt, rt.types.type, 0);
  push(rt, type);
  i32[type + Ty.info] = newTypeInfo(rt, spec.name, type);
  incref(rt, base);
  fillFields(rt, type, spec, base, (spec.flags ?? 0) | TF.HEAPTYPE);
  const dot = spec.name.lastIndexOf(".");
  i32[type + Ty.ht_name] = internStatic(rt, spec.name.slice(dot + 1));
  i32[type + Ty.ht_qualname] = i32[type + Ty.ht_name];
  if (((spec.flags ?? 0) & TF.MANAGED_DICT) !== 0)
    i32[type + Ty.ht_cached_keys] = _PyDict_NewKeysForClass(rt, 0);
  readyType(rt, type, spec, base);
  // Not the base's: that one knows nothing of the reference that an instance holds to its heap type.
  if (spec.slots.tp_dealloc == null) infoOfType(rt, type).tp_dealloc = subtype_dealloc;
  if (dot >= 0) {
    PyDict_SetItem(rt, i32[type + Ty.dict], rt.names.__module__, internStatic(rt, spec.name.slice(0, dot)));
  }
  return pop(rt);
}

function fillFields(rt: Runtime, type: Ref, spec: TypeSpec, base: Ref, flags: number): void {
  const i32 = rt.i32;
  i32[type + Ty.basicsize] = spec.basicsize;
  i32[type + Ty.itemsize] = spec.itemsize ?? 0;
  i32[type + Ty.flags] = flags;
  i32[type + Ty.dictoffset] = spec.dictoffset ?? 0;
  i32[type + Ty.weaklistoffset] = spec.weaklistoffset ?? 0;
  i32[type + Ty.base] = base;
  const info = rt.typeInfos[i32[type + Ty.info]];
  info.name = spec.name;
  info.type = type;
  Object.assign(info, spec.slots);
  // Without tp_call it is what CPython calls tp_vectorcall: it makes an instance.
  if (info.tp_call === null && info.tp_vectorcall !== null) {
    info.type_vectorcall = info.tp_vectorcall;
    info.tp_vectorcall = null;
  }
}

/** Bases, order, dict and inherited slots (type_ready). */
function readyType(rt: Runtime, type: Ref, spec: TypeSpec, base: Ref): void {
  const i32 = rt.i32;
  const info = rt.typeInfos[i32[type + Ty.info]];
  i32[type + Ty.bases] = base === 0 ? rt.emptyTuple : PyTuple_Pack(rt, base);
  i32[type + Ty.mro] = nativeMro(rt, type, base);
  i32[type + Ty.dict] = PyDict_New(rt);
  if (base !== 0) inherit_special(rt, type, base);
  readyNew(rt, type, info, base);
  fillDict(rt, type, spec);
  if (base !== 0) inheritFromBase(rt, type, spec, base);
  readySlots(rt, type, info, spec);
  i32[type + Ty.flags] |= TF.READY;
  if (base !== 0) add_subclass(rt, base, type);
}

/** Slots and match-statement flags of the base, where the type has none of its own. */
function inheritFromBase(rt: Runtime, type: Ref, spec: TypeSpec, base: Ref): void {
  const i32 = rt.i32;
  const info = infoOfType(rt, type);
  const maker = info.type_vectorcall;
  const ownCall = info.tp_call !== null;
  inheritNative(info, spec.slots, infoOfType(rt, base));
  info.type_vectorcall = maker;
  if (maker !== null) info.tp_vectorcall = infoOfType(rt, base).tp_vectorcall;
  if (!ownCall) i32[type + Ty.flags] |= i32[base + Ty.flags] & TF.HAVE_VECTORCALL;
  inherit_patma_flags(rt, type, base);
}

function nativeMro(rt: Runtime, type: Ref, base: Ref): NewRef {
  const i32 = rt.i32;
  const above = base === 0 ? 0 : i32[base + Ty.mro];
  const n = above === 0 ? 0 : i32[above + Tuple.size];
  const mro = PyTuple_New(rt, n + 1);
  incref(rt, type);
  PyTuple_SET_ITEM(rt, mro, 0, type);
  for (let k = 0; k < n; k++) {
    const cls = i32[above + Tuple.items + 2 * k];
    incref(rt, cls);
    PyTuple_SET_ITEM(rt, mro, k + 1, cls);
  }
  return mro;
}

/**
 * tp_new and `__new__` (type_ready_set_new): a static type right under object that has no tp_new of its own cannot be
 * instantiated; one that has shows it as `__new__`; others inherit it.
 */
function readyNew(rt: Runtime, type: Ref, info: TypeInfo, base: Ref): void {
  const i32 = rt.i32;
  const direct = base === rt.types.object && (i32[type + Ty.flags] & TF.HEAPTYPE) === 0;
  if (info.tp_new === null && direct) i32[type + Ty.flags] |= TF.DISALLOW_INSTANTIATION;
  if ((i32[type + Ty.flags] & TF.DISALLOW_INSTANTIATION) !== 0) info.tp_new = null;
  else if (info.tp_new === null) info.tp_new = rt.typeInfos[i32[base + Ty.info]].tp_new;
  else put(rt, i32[type + Ty.dict], rt.names.__new__, PyCFunction_New(rt, NEW_METHOD, type, 0));
}

/** Slots that every type has (type_ready_set_hash and the defaults for memory). */
function readySlots(rt: Runtime, type: Ref, info: TypeInfo, spec: TypeSpec): void {
  const i32 = rt.i32;
  const gc = (i32[type + Ty.flags] & TF.HAVE_GC) !== 0;
  info.tp_alloc ??= PyType_GenericAlloc;
  if (spec.slots.tp_free == null) info.tp_free = gc ? freeManaged : PyObject_Free;
  if (info.tp_hash !== null) return;
  info.tp_hash = PyObject_HashNotImplemented;
  const dict = i32[type + Ty.dict];
  if (!PyDict_Contains(rt, dict, rt.names.__hash__)) PyDict_SetItem(rt, dict, rt.names.__hash__, rt.None);
}

/** Stores a new reference. */
function put(rt: Runtime, dict: Ref, name: Ref, value: NewRef): void {
  push(rt, value);
  PyDict_SetItem(rt, dict, name, value);
  drop(rt);
}

/** `__sizeof__` of a type that measures its objects itself. */
function sizeofMethod(sizeof: lenfunc): MethodDef {
  const fn = (rt: Runtime, self: Ref): NewRef => PyLong_FromNumber(rt, sizeof(rt, self));
  return { name: "__sizeof__", flags: METH.NOARGS, fn, sig: "($self, /)", doc: "The size in bytes." };
}

/** Wrappers of the slots, methods, members, computed attributes, `__doc__`; what came first stays. */
function fillDict(rt: Runtime, type: Ref, spec: TypeSpec): void {
  const dict = rt.i32[type + Ty.dict];
  if (spec.doc !== undefined && !spec.heap) rt.typeState.docs.set(type, spec.doc);
  if (spec.sig !== undefined) rt.typeState.signatures.set(type, spec.sig);
  add_operators(rt, type, spec.slots);
  const sizeof = spec.slots.tp_sizeof;
  for (const def of sizeof ? [sizeofMethod(sizeof), ...(spec.methods ?? [])] : (spec.methods ?? [])) {
    const name = internStatic(rt, def.name);
    if ((def.flags & METH.COEXIST) !== 0 || !PyDict_Contains(rt, dict, name)) {
      put(rt, dict, name, methodDescriptor(rt, type, def));
    }
  }
  for (const def of spec.members ?? []) {
    const name = internStatic(rt, def.name);
    if (!PyDict_Contains(rt, dict, name)) put(rt, dict, name, PyDescr_NewMember(rt, type, def));
  }
  for (const def of spec.getsets ?? []) {
    const name = internStatic(rt, def.name);
    if (!PyDict_Contains(rt, dict, name)) put(rt, dict, name, PyDescr_NewGetSet(rt, type, def));
  }
  if (PyDict_Contains(rt, dict, rt.names.__doc__)) return;
  put(rt, dict, rt.names.__doc__, spec.doc === undefined ? rt.None : PyUnicode_FromJS(rt, spec.doc));
}

function methodDescriptor(rt: Runtime, type: Ref, def: MethodDef): NewRef {
  if ((def.flags & METH.CLASS) !== 0) return PyDescr_NewClassMethod(rt, type, def);
  if ((def.flags & METH.STATIC) === 0) return PyDescr_NewMethod(rt, type, def);
  const f = PyCFunction_New(rt, def, type, 0);
  push(rt, f);
  const method = PyStaticMethod_New(rt, f);
  drop(rt);
  return method;
}
