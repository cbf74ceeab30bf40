/**
 * The class statement's work: `type.__new__`. Part of the object layer (type_new of CPython's Objects/typeobject.c).
 *
 * Steps: metaclass and best base; plan of slots; the type object; attributes from the namespace; order and inherited slots;
 * `__set_name__` of the attributes; `__init_subclass__` of the bases.
 */

import { Cell } from "../heap/cells.ts";
import { PyMem_Malloc } from "../pymalloc/domains.ts";
import { PyObject_GetOptionalAttr } from "./abstract.ts";
import { PyCell_Set } from "./cell.ts";
import {
  PyCell_Check,
  PyDict_Check,
  PyFunction_Check,
  PyTuple_Check,
  PyType_Check,
  PyUnicode_Check,
} from "./check.ts";
import { PyClassMethod_New, PyStaticMethod_New } from "./classmethod.ts";
import { PyDescr_NewGetSet, PyDescr_NewMember } from "./descr.ts";
import {
  PyDict_Contains,
  PyDict_Copy,
  PyDict_DelItem,
  PyDict_GetItemWithError,
  PyDict_Next,
  PyDict_SetItem,
} from "./dict.ts";
import { DK_IS_UNICODE } from "./dictkeys.ts";
import { _PyDict_NewKeysForClass } from "./dictvalues.ts";
import { noMemory, typeError, valueError } from "./errors.ts";
import { copyAllSlots, inherit_patma_flags, inherit_special, inheritFromMro } from "./inherit.ts";
import { Dict, Frame, Ob, TF, Tuple, Ty } from "./layout.ts";
import { freeManaged, PyType_GenericAlloc } from "./managed.ts";
import { mro_internal } from "./mro.ts";
import { incref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { callInitSubclass, callSetNames } from "./setname.ts";
import { planSlots, type SlotPlan } from "./slotnames.ts";
import { infoOfType, tpName, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { internStatic, jsString } from "./str.ts";
import { add_all_subclasses } from "./subclasses.ts";
import {
  heapTypeMembers,
  MemberDefWord,
  subtype_clear,
  subtype_dealloc,
  subtype_traverse,
} from "./subtype.ts";
import { subtypeDictGetset, subtypeWeakrefGetset } from "./subtypegetset.ts";
import { PyTuple_Pack } from "./tuple.ts";
import type { NewRef, OptRef, Ref, TypeInfo } from "./typeinfo.ts";
import { best_base } from "./typelayout.ts";
import { PyType_IsSubtype } from "./typelookup.ts";
import { fixup_slot_dispatchers, fixupOwnSlots } from "./typeslots.ts";
import { newTypeInfo } from "./typestate.ts";
import { PyErr_WarnEx } from "./warn.ts";

const MANAGED_WEAKREF_OFFSET = -32;

/** The most derived of the bases' metaclasses and `metatype` (_PyType_CalculateMetaclass). */
export function _PyType_CalculateMetaclass(rt: Runtime, metatype: Ref, bases: Ref): Ref {
  const i32 = rt.i32;
  let winner = metatype;
  const n = i32[bases + Tuple.size];
  for (let k = 0; k < n; k++) {
    const candidate = i32[i32[bases + Tuple.items + 2 * k] + Ob.type];
    if (PyType_IsSubtype(rt, winner, candidate)) continue;
    if (!PyType_IsSubtype(rt, candidate, winner)) {
      throw typeError(
        rt,
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
      );
    }
    winner = candidate;
  }
  return winner;
}

/** tp_new of type: `type(name, bases, namespace, **kwargs)`. */
export function type_new(rt: Runtime, metatype: Ref, args: Ref, kwargs: OptRef): NewRef {
  const i32 = rt.i32;
  checkArguments(rt, args);
  const name = i32[args + Tuple.items];
  let bases = i32[args + Tuple.items + 2];
  const namespace = i32[args + Tuple.items + 4];
  let base = rt.types.object;
  if (i32[bases + Tuple.size] === 0) bases = PyTuple_Pack(rt, base);
  else {
    checkBases(rt, bases);
    const winner = _PyType_CalculateMetaclass(rt, metatype, bases);
    if (winner !== metatype) {
      const winnerNew = infoOfType(rt, winner).tp_new!;
      if (winnerNew !== type_new) return winnerNew(rt, winner, args, kwargs);
      metatype = winner;
    }
    base = best_base(rt, bases);
    incref(rt, bases);
  }
  push(rt, bases);
  const type = newType(rt, metatype, name, bases, base, namespace);
  push(rt, type);
  warnOddKeys(rt, type);
  callSetNames(rt, type);
  callInitSubclass(rt, type, kwargs);
  pop(rt);
  drop(rt);
  return type;
}

/** Attributes whose names are no strings cannot be reached. */
function warnOddKeys(rt: Runtime, type: Ref): void {
  const dict = rt.i32[type + Ty.dict];
  if (DK_IS_UNICODE(rt, rt.i32[dict + Dict.keys])) return;
  for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
    if (PyUnicode_Check(rt, rt.dictKey)) continue;
    const what = `non-string key in the __dict__ of class ${tpName(rt, type, 200)}`;
    PyErr_WarnEx(rt, rt.exc.RuntimeWarning, what, 1);
    return;
  }
}

function checkArguments(rt: Runtime, args: Ref): void {
  const i32 = rt.i32;
  const n = i32[args + Tuple.size];
  if (n !== 3) throw typeError(rt, `type.__new__() takes exactly 3 arguments (${n} given)`);
  const wanted = ["str", "tuple", "dict"];
  const checks = [PyUnicode_Check, PyTuple_Check, PyDict_Check];
  for (let k = 0; k < 3; k++) {
    const arg = i32[args + Tuple.items + 2 * k];
    if (checks[k](rt, arg)) continue;
    const got = arg === rt.None ? "None" : typeNameOf(rt, arg);
    throw typeError(rt, `type.__new__() argument ${k + 1} must be ${wanted[k]}, not ${got}`);
  }
}

function checkBases(rt: Runtime, bases: Ref): void {
  const n = rt.i32[bases + Tuple.size];
  for (let k = 0; k < n; k++) {
    const base = rt.i32[bases + Tuple.items + 2 * k];
    if (PyType_Check(rt, base)) continue;
    const entries = PyObject_GetOptionalAttr(rt, base, rt.names.__mro_entries__);
    if (entries === 0) continue;
    push(rt, entries);
    throw typeError(rt, "type() doesn't support MRO entry resolution; use types.new_class()");
  }
}

/** The new class, ready but for `__set_name__` and `__init_subclass__`. */
function newType(rt: Runtime, metatype: Ref, name: Ref, bases: Ref, base: Ref, namespace: Ref): NewRef {
  const dict = PyDict_Copy(rt, namespace);
  push(rt, dict);
  const className = jsString(rt, name);
  const plan = planSlots(rt, dict, base, bases, className);
  push(rt, plan.names);
  const nslots = plan.names === 0 ? 0 : rt.i32[plan.names + Tuple.size];
  const type = infoOfType(rt, metatype).tp_alloc!(rt, metatype, nslots);
  fillType(rt, type, className, name, bases, base, plan.names);
  // The type owns the slots' names and the dict from here on.
  rt.i32[type + Ty.dict] = dict;
  pop(rt);
  pop(rt);
  push(rt, type);
  setAttributes(rt, type, className, dict);
  addStorage(rt, type, base, plan);
  readyClass(rt, type, plan);
  return pop(rt);
}

function fillType(
  rt: Runtime,
  type: Ref,
  className: string,
  name: Ref,
  bases: Ref,
  base: Ref,
  slots: OptRef,
): void {
  const i32 = rt.i32;
  i32[type + Ty.info] = newTypeInfo(rt, className, type);
  i32[type + Ty.flags] = TF.HEAPTYPE | TF.BASETYPE | TF.HAVE_GC;
  i32[type + Ty.ht_name] = newref(rt, name);
  i32[type + Ty.ht_qualname] = newref(rt, name);
  i32[type + Ty.ht_slots] = slots;
  i32[type + Ty.bases] = newref(rt, bases);
  i32[type + Ty.base] = newref(rt, base);
}

/** What the namespace says of the class itself: name, module, doc, implicit static and class methods, cells. */
function setAttributes(rt: Runtime, type: Ref, className: string, dict: Ref): void {
  if (className.includes("\0")) throw valueError(rt, "type name must not contain null characters");
  setModule(rt, dict);
  setQualname(rt, type, dict);
  setDoc(rt, type, dict);
  wrapFunction(rt, dict, rt.names.__new__, PyStaticMethod_New);
  wrapFunction(rt, dict, rt.names.__init_subclass__, PyClassMethod_New);
  wrapFunction(rt, dict, rt.names.__class_getitem__, PyClassMethod_New);
  setCell(rt, dict, rt.names.__classcell__, "__classcell__", type);
  setCell(rt, dict, rt.names.__classdictcell__, "__classdictcell__", dict);
}

/** `__module__` from the globals of the code that makes the class. */
function setModule(rt: Runtime, dict: Ref): void {
  const i32 = rt.i32;
  const frame = i32[Cell.FRAME];
  if (PyDict_Contains(rt, dict, rt.names.__module__) || frame === 0) return;
  const module = PyDict_GetItemWithError(rt, i32[frame + Frame.globals], rt.names.__name__);
  if (module !== 0) PyDict_SetItem(rt, dict, rt.names.__module__, module);
}

function setQualname(rt: Runtime, type: Ref, dict: Ref): void {
  const qualname = PyDict_GetItemWithError(rt, dict, rt.names.__qualname__);
  if (qualname === 0) return;
  if (!PyUnicode_Check(rt, qualname)) {
    throw typeError(rt, `type __qualname__ must be a str, not ${typeNameOf(rt, qualname)}`);
  }
  const i32 = rt.i32;
  push(rt, i32[type + Ty.ht_qualname]);
  i32[type + Ty.ht_qualname] = newref(rt, qualname);
  drop(rt);
  PyDict_DelItem(rt, dict, rt.names.__qualname__);
}

/** tp_doc: the text of `__doc__` in a block of its own, as CPython keeps it. */
function setDoc(rt: Runtime, type: Ref, dict: Ref): void {
  const doc = PyDict_GetItemWithError(rt, dict, rt.names.__doc__);
  if (doc === 0 || !PyUnicode_Check(rt, doc)) return;
  const bytes = new TextEncoder().encode(jsString(rt, doc));
  const block = PyMem_Malloc(rt, bytes.length + 1);
  if (block === 0) throw noMemory(rt);
  rt.u8.set(bytes, block * 4);
  rt.u8[block * 4 + bytes.length] = 0;
  rt.i32[type + Ty.doc] = block;
}

function wrapFunction(rt: Runtime, dict: Ref, name: Ref, wrap: (rt: Runtime, f: Ref) => NewRef): void {
  const f = PyDict_GetItemWithError(rt, dict, name);
  if (f === 0 || !PyFunction_Check(rt, f)) return;
  const wrapped = wrap(rt, f);
  push(rt, wrapped);
  PyDict_SetItem(rt, dict, name, wrapped);
  drop(rt);
}

/** Gives the compiler's cell (`__class__` of zero-argument super) its content and takes it out of the namespace. */
function setCell(rt: Runtime, dict: Ref, name: Ref, text: string, value: Ref): void {
  const cell = PyDict_GetItemWithError(rt, dict, name);
  if (cell === 0) return;
  if (!PyCell_Check(rt, cell)) {
    throw typeError(rt, `${text} must be a nonlocal cell, not <class '${typeNameOf(rt, cell, 200)}'>`);
  }
  PyCell_Set(rt, cell, value);
  PyDict_DelItem(rt, dict, name);
}

/** Sizes and offsets: slots behind the base's fields, managed dict and weak list before the object. */
function addStorage(rt: Runtime, type: Ref, base: Ref, plan: SlotPlan): void {
  const i32 = rt.i32;
  let offset = i32[base + Ty.basicsize];
  if (plan.names !== 0) {
    const members = heapTypeMembers(rt, type);
    const n = i32[plan.names + Tuple.size];
    for (let k = 0; k < n; k++, offset += 8) {
      const m = members + k * MemberDefWord.WORDS;
      i32[m + MemberDefWord.name] = i32[plan.names + Tuple.items + 2 * k];
      i32[m + MemberDefWord.type] = 16;
      i32[m + MemberDefWord.offset] = offset;
    }
  }
  if (plan.addWeak) {
    i32[type + Ty.flags] |= TF.MANAGED_WEAKREF;
    setSigned(i32, type + Ty.weaklistoffset, MANAGED_WEAKREF_OFFSET);
  }
  if (plan.addDict) {
    i32[type + Ty.flags] |= TF.MANAGED_DICT;
    setSigned(i32, type + Ty.dictoffset, -1);
  }
  i32[type + Ty.basicsize] = offset;
  i32[type + Ty.itemsize] = i32[base + Ty.itemsize];
}

function setSigned(i32: Int32Array, at: number, v: number): void {
  i32[at] = v;
  i32[at + 1] = v >> 31;
}

/** PyType_Ready and fixup_slot_dispatchers for a class. */
function readyClass(rt: Runtime, type: Ref, plan: SlotPlan): void {
  const i32 = rt.i32;
  const info = infoOfType(rt, type);
  fillClassDict(rt, type, plan);
  setLifeSlots(info);
  mro_internal(rt, type);
  // A metaclass's mro() may have given the class other bases.
  const base = i32[type + Ty.base];
  const bases = i32[type + Ty.bases];
  const baseInfo = infoOfType(rt, base);
  const simple = hasOneLine(rt, type, base, bases);
  inherit_special(rt, type, base);
  if (simple) {
    copyAllSlots(info, baseInfo);
    inherit_patma_flags(rt, type, base);
  }
  setLifeSlots(info);
  info.tp_new ??= baseInfo.tp_new;
  const hashes = setHash(rt, type);
  if (!simple) inheritFromMro(rt, type, hashes);
  readyManagedDict(rt, type);
  i32[type + Ty.flags] |= TF.READY;
  add_all_subclasses(rt, type, bases);
  if (simple) fixupOwnSlots(rt, type);
  else fixup_slot_dispatchers(rt, type);
}

/** The slots of every class: how its instances come to be and cease to be. */
function setLifeSlots(info: TypeInfo): void {
  info.tp_dealloc = subtype_dealloc;
  info.tp_alloc = PyType_GenericAlloc;
  info.tp_free = freeManaged;
  info.tp_traverse = subtype_traverse;
  info.tp_clear = subtype_clear;
}

/** Is the order simply the class and then its only base's order, and that base's slots follow from its methods? */
function hasOneLine(rt: Runtime, type: Ref, base: Ref, bases: Ref): boolean {
  const i32 = rt.i32;
  if (base !== rt.types.object && !isPlainClass(rt, base)) return false;
  if (i32[bases + Tuple.size] !== 1) return false;
  const mro = i32[type + Ty.mro];
  const above = i32[base + Ty.mro];
  const n = i32[above + Tuple.size];
  if (i32[mro + Tuple.size] !== n + 1 || i32[mro + Tuple.items] !== type) return false;
  for (let k = 0; k < n; k++) {
    if (i32[mro + Tuple.items + 2 * k + 2] !== i32[above + Tuple.items + 2 * k]) return false;
  }
  return true;
}

/** Was the type made by a class statement? */
function isPlainClass(rt: Runtime, type: Ref): boolean {
  const flags = rt.i32[type + Ty.flags];
  const heap = (flags & (TF.HEAPTYPE | TF.IMMUTABLETYPE)) === TF.HEAPTYPE;
  return heap && infoOfType(rt, type).tp_dealloc === subtype_dealloc;
}

/** A class with `__eq__` but no `__hash__` is unhashable. Returns whether it has either. */
function setHash(rt: Runtime, type: Ref): boolean {
  const dict = rt.i32[type + Ty.dict];
  if (PyDict_Contains(rt, dict, rt.names.__hash__)) return true;
  if (!PyDict_Contains(rt, dict, rt.names.__eq__)) return false;
  PyDict_SetItem(rt, dict, rt.names.__hash__, rt.None);
  return true;
}

/** Descriptors of slots, `__dict__` and `__weakref__`, and a `__doc__`. */
function fillClassDict(rt: Runtime, type: Ref, plan: SlotPlan): void {
  const i32 = rt.i32;
  const dict = i32[type + Ty.dict];
  const n = plan.names === 0 ? 0 : i32[plan.names + Tuple.size];
  for (let k = 0; k < n; k++) {
    const name = i32[plan.names + Tuple.items + 2 * k];
    const offset = i32[heapTypeMembers(rt, type) + k * MemberDefWord.WORDS + MemberDefWord.offset] >> 2;
    putIfAbsent(rt, dict, name, () =>
      PyDescr_NewMember(rt, type, { name: jsString(rt, name), type: "object_ex", offset }),
    );
  }
  if (plan.addDict)
    putIfAbsent(rt, dict, rt.names.__dict__, () => PyDescr_NewGetSet(rt, type, subtypeDictGetset));
  if (plan.addWeak) {
    putIfAbsent(rt, dict, internStatic(rt, "__weakref__"), () =>
      PyDescr_NewGetSet(rt, type, subtypeWeakrefGetset),
    );
  }
  if (!PyDict_Contains(rt, dict, rt.names.__doc__)) PyDict_SetItem(rt, dict, rt.names.__doc__, rt.None);
}

function putIfAbsent(rt: Runtime, dict: Ref, name: Ref, make: () => NewRef): void {
  if (PyDict_Contains(rt, dict, name)) return;
  const value = make();
  push(rt, value);
  PyDict_SetItem(rt, dict, name, value);
  drop(rt);
}

/** A class whose instances have a managed dict gets keys for them to share; with nothing else in them, inline values. */
function readyManagedDict(rt: Runtime, type: Ref): void {
  const i32 = rt.i32;
  if ((i32[type + Ty.flags] & TF.MANAGED_DICT) === 0) return;
  i32[type + Ty.ht_cached_keys] = _PyDict_NewKeysForClass(rt, 0);
  if (i32[type + Ty.itemsize] === 0 && i32[type + Ty.basicsize] === Ob.HEAD_BYTES) {
    i32[type + Ty.flags] |= TF.INLINE_VALUES;
  }
}

export { PyType_GenericNew } from "./subtype.ts";
