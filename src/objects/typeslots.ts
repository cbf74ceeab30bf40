/**
 * Keeping a type's slots in step with its special methods: wrapper descriptors for native slots (add_operators), slot
 * functions for methods written in Python (update_one_slot), inheritance of slots. Part of the object layer.
 */

import { PyObject_HashNotImplemented } from "./compare.ts";
import { PyDescr_NewWrapper } from "./descr.ts";
import { PyDict_Contains, PyDict_Next, PyDict_SetItem } from "./dict.ts";
import { _PyObject_NextNotImplemented } from "./iterproto.ts";
import { CFunc, Descr, Ob, TF, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { type SlotDef, slotdefs } from "./slotdefs.ts";
import { slot_tp_call, slot_tp_finalize, slot_tp_vectorcall } from "./slottp.ts";
import { drop, push } from "./stack.ts";
import { METH, type OptRef, type Ref, type TypeInfo } from "./typeinfo.ts";
import { find_name_in_mro, forEachSubclass, PyType_IsSubtype } from "./typelookup.ts";
import type { SlotGroup } from "./typestate.ts";
import { wrappedFunction } from "./wrapped.ts";

// biome-ignore lint/suspicious/noExplicitAny: a TypeInfo seen as a table of slots by name
type Slots = any;

function infoOfType(rt: Runtime, type: Ref): TypeInfo {
  return rt.typeInfos[rt.i32[type + Ty.info]];
}

/**
 * Gives a built-in type's dict a wrapper for each native slot of its own that has none yet; `__hash__` None where hashing is
 * refused. In the order of the table.
 */
export function add_operators(rt: Runtime, type: Ref, own: Partial<TypeInfo>): void {
  const { indicesOf, names } = rt.typeState;
  const info: Slots = infoOfType(rt, type);
  const dict = rt.i32[type + Ty.dict];
  const found: number[] = [];
  for (const slot in own) {
    const indices = info[slot] === null ? undefined : indicesOf.get(slot);
    if (indices !== undefined) found.push(...indices);
  }
  for (const k of found.sort((a, b) => a - b)) {
    const fn = info[slotdefs()[k].slot];
    if (PyDict_Contains(rt, dict, names[k])) continue;
    if (fn === PyObject_HashNotImplemented) PyDict_SetItem(rt, dict, names[k], rt.None);
    else addWrapper(rt, type, dict, names[k], k, fn);
  }
}

function addWrapper(rt: Runtime, type: Ref, dict: Ref, name: Ref, k: number, fn: Slots): void {
  const descr = PyDescr_NewWrapper(rt, type, k, fn);
  push(rt, descr);
  PyDict_SetItem(rt, dict, name, descr);
  drop(rt);
}

/** Sets each slot of a new class from what its MRO says (fixup_slot_dispatchers). */
export function fixup_slot_dispatchers(rt: Runtime, type: Ref): void {
  for (const group of rt.typeState.groups) update_one_slot(rt, type, group);
}

/**
 * The same for a class with one line of descent from a class whose slots are already right: only slots that a name in the
 * class's own dict touches can differ.
 */
export function fixupOwnSlots(rt: Runtime, type: Ref): void {
  const { byName } = rt.typeState;
  const dict = rt.i32[type + Ty.dict];
  const touched = new Set<SlotGroup>();
  for (let pos = PyDict_Next(rt, dict, 0); pos >= 0; pos = PyDict_Next(rt, dict, pos)) {
    const groups = byName.get(rt.dictKey);
    if (groups !== undefined) for (const g of groups) touched.add(g);
  }
  for (const group of touched) update_one_slot(rt, type, group);
}

/** What the entries of one slot found so far. */
interface Choice {
  specific: Slots;
  generic: Slots;
  useGeneric: boolean;
}

/** Decides one slot of a class: the native function if all names lead to wrappers of one, else the dispatching one. */
function update_one_slot(rt: Runtime, type: Ref, group: SlotGroup): void {
  const info: Slots = infoOfType(rt, type);
  const choice: Choice = { specific: null, generic: null, useGeneric: false };
  for (let k = 0; k < group.defs.length; k++) {
    const descr = find_name_in_mro(rt, type, group.names[k]);
    if (descr !== 0) considerEntry(rt, type, group.defs[k], group.names[k], descr, choice);
  }
  // An iterator that loses its `__next__` while it is iterated over.
  if (group.slot === "tp_iternext" && info.tp_iternext !== null && choice.generic === null)
    choice.specific ??= _PyObject_NextNotImplemented;
  const fn = choice.specific !== null && !choice.useGeneric ? choice.specific : choice.generic;
  info[group.slot] = fn;
  if (group.slot === "tp_call") updateVectorcall(rt, type, info);
  else if (fn === slot_tp_finalize) rt.finalizersRun = true;
}

function considerEntry(rt: Runtime, type: Ref, def: SlotDef, name: Ref, descr: Ref, choice: Choice): void {
  const i32 = rt.i32;
  const kind = i32[descr + Ob.type];
  if (kind === rt.types.wrapper_descriptor && slotdefs()[i32[descr + Descr.def]].name === def.name) {
    const only = resolve_slotdups(rt, type, name);
    if (only === null || only === def.slot) choice.generic = def.fn;
    considerWrapper(rt, type, def, descr, choice);
  } else if (def.slot === "tp_new" && isNewWrapper(rt, descr)) {
    // The class has the __new__ of a built-in base: the inherited slot stays.
    choice.specific = infoOfType(rt, type).tp_new;
  } else if (descr === rt.None && def.slot === "tp_hash") {
    choice.specific = PyObject_HashNotImplemented;
  } else if (!considerCoexisting(rt, type, def, descr, choice)) {
    choice.useGeneric = true;
    choice.generic = def.fn;
  }
}

/**
 * A native method beside a slot that does the same (`list.__getitem__`): the slot can stay as it is. CPython goes through
 * the method; nothing but the time tells.
 */
function considerCoexisting(rt: Runtime, type: Ref, def: SlotDef, descr: Ref, choice: Choice): boolean {
  const i32 = rt.i32;
  if (i32[descr + Ob.type] !== rt.types.method_descriptor) return false;
  if ((rt.methodDefs[i32[descr + Descr.def]].flags & METH.COEXIST) === 0) return false;
  const owner = i32[descr + Descr.type];
  const fn = (infoOfType(rt, owner) as Slots)[def.slot];
  if (fn === null || !PyType_IsSubtype(rt, type, owner)) return false;
  if (choice.specific !== null && choice.specific !== fn) return false;
  choice.specific = fn;
  return true;
}

function considerWrapper(rt: Runtime, type: Ref, def: SlotDef, descr: Ref, choice: Choice): void {
  const i32 = rt.i32;
  const fn = wrappedFunction(i32[descr + Descr.wrapped]);
  const fits =
    (choice.specific === null || choice.specific === fn) &&
    slotdefs()[i32[descr + Descr.def]].wrap === def.wrap &&
    PyType_IsSubtype(rt, type, i32[descr + Descr.type]);
  if (fits) choice.specific = fn;
  else choice.useGeneric = true;
}

/** Is this the built-in function `__new__` that a native type shows? */
function isNewWrapper(rt: Runtime, descr: Ref): boolean {
  const i32 = rt.i32;
  return (
    i32[descr + Ob.type] === rt.types.builtin_function_or_method &&
    rt.methodDefs[i32[descr + CFunc.ml]].name === "__new__"
  );
}

/** Of the slots that share a method name (`__len__`), the only one that the type fills; null if not exactly one. */
function resolve_slotdups(rt: Runtime, type: Ref, name: Ref): string | null {
  const info: Slots = infoOfType(rt, type);
  let found: string | null = null;
  for (const group of rt.typeState.byName.get(name)!) {
    if (info[group.slot] === null) continue;
    if (found !== null) return null;
    found = group.slot;
  }
  return found;
}

/** A class with a `__call__` of its own is called through it; else as its base is. */
function updateVectorcall(rt: Runtime, type: Ref, info: TypeInfo): void {
  const i32 = rt.i32;
  if (info.tp_call === slot_tp_call) {
    info.tp_vectorcall = slot_tp_vectorcall;
    i32[type + Ty.flags] &= ~TF.HAVE_VECTORCALL;
    return;
  }
  info.tp_vectorcall = null;
  for (let base: OptRef = i32[type + Ty.base]; base !== 0; base = i32[base + Ty.base]) {
    const b = infoOfType(rt, base);
    if (b.tp_call !== info.tp_call) continue;
    info.tp_vectorcall = b.tp_vectorcall;
    return;
  }
}

/** A special method was set or deleted on a class: it and the subclasses that do not override it get their slots anew. */
export function update_slot(rt: Runtime, type: Ref, name: Ref): void {
  const groups = rt.typeState.byName.get(name);
  if (groups !== undefined) updateSubclassSlots(rt, type, name, groups);
}

function updateSubclassSlots(rt: Runtime, type: Ref, name: Ref, groups: SlotGroup[]): void {
  for (const group of groups) update_one_slot(rt, type, group);
  forEachSubclass(rt, type, (_rt, sub) => {
    const dict = rt.i32[sub + Ty.dict];
    if (dict !== 0 && PyDict_Contains(rt, dict, name)) return;
    updateSubclassSlots(rt, sub, name, groups);
  });
}

/** After a change of bases: every slot of the class and of all its subclasses. */
export function update_all_slots(rt: Runtime, type: Ref): void {
  fixup_slot_dispatchers(rt, type);
  forEachSubclass(rt, type, update_all_slots);
}
