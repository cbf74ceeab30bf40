/** What the type system keeps beside the heap: the slot table by name, free numbers of TypeInfos. Part of the object layer. */
import type { Runtime } from "./runtime.ts";
import { type SlotDef, type SlotName, slotdefs } from "./slotdefs.ts";
import { internStatic } from "./str.ts";
import { type Ref, TypeInfo } from "./typeinfo.ts";

/** All table entries of one slot, and the slot's name. */
export interface SlotGroup {
  slot: SlotName;
  defs: SlotDef[];
  /** Interned names of `defs`. */
  names: Ref[];
}

export class TypeState {
  readonly groups: SlotGroup[] = [];
  /** Groups of slots that a special method's name touches. */
  readonly byName = new Map<Ref, SlotGroup[]>();
  /** Entries of slotdefs() that make a method of a slot. */
  readonly indicesOf = new Map<string, number[]>();
  /** Interned name of each entry of slotdefs(). */
  readonly names: Ref[] = [];
  /** `__doc__` of static types. */
  readonly docs = new Map<Ref, string>();
  /** `__text_signature__` of native types that say it. */
  readonly signatures = new Map<Ref, string>();
  readonly freeInfos: number[] = [];
  /** Pairs of base and subtype not yet linked; null once the built-in types are made. */
  pendingSubclasses: [Ref, Ref][] | null = [];
}

export function initTypeState(rt: Runtime): void {
  const state = new TypeState();
  const bySlot = new Map<SlotName, SlotGroup>();
  for (const def of slotdefs()) {
    const name = internStatic(rt, def.name);
    if (def.wrap !== null) {
      const indices = state.indicesOf.get(def.slot);
      if (indices === undefined) state.indicesOf.set(def.slot, [state.names.length]);
      else indices.push(state.names.length);
    }
    state.names.push(name);
    let group = bySlot.get(def.slot);
    if (group === undefined) {
      group = { slot: def.slot, defs: [], names: [] };
      bySlot.set(def.slot, group);
      state.groups.push(group);
    }
    group.defs.push(def);
    group.names.push(name);
    const touched = state.byName.get(name);
    if (touched === undefined) state.byName.set(name, [group]);
    else if (!touched.includes(group)) touched.push(group);
  }
  rt.typeState = state;
}

/** A new TypeInfo in the table; its number is for Ty.info. */
export function newTypeInfo(rt: Runtime, name: string, type: Ref): number {
  const info = new TypeInfo(name);
  info.type = type;
  const free = rt.typeState?.freeInfos.pop();
  if (free === undefined) return rt.typeInfos.push(info) - 1;
  rt.typeInfos[free] = info;
  return free;
}

/** The number of a dead type's TypeInfo may be used again. */
export function freeTypeInfo(rt: Runtime, index: number): void {
  rt.typeInfos[index] = deadInfo;
  rt.typeState.freeInfos.push(index);
}

const deadInfo = new TypeInfo("<deallocated type>");
