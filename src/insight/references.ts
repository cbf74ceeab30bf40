/**
 * Every owned reference of an object: what its tp_traverse visits and what that leaves out because it cannot be part of a
 * cycle (keys that are str, names, constants). Part of insight/.
 */
import { visitCode } from "../objects/code.ts";
import { DK_ENTRIES, type KeysPtr } from "../objects/dictkeys.ts";
import { Descr, Dict, Frame, Gc, Gen, Keys, ModuleOb, Ob, TF, Ty } from "../objects/layout.ts";
import { inlineValuesValid } from "../objects/managed.ts";
import { type OwnedRefs, registeredOwned } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref, Visit } from "../objects/typeinfo.ts";

/** Called with each shared key table that an object or class holds. */
export type VisitKeys = (keys: KeysPtr) => void;

export class ReferenceVisitor {
  private readonly rt: Runtime;
  private readonly builtin = new Map<Ref, OwnedRefs>();
  private readonly byType = new Map<Ref, OwnedRefs | null>();

  constructor(rt: Runtime) {
    this.rt = rt;
    for (const [type, refs] of builtinOwned(rt)) this.builtin.set(type, refs);
  }

  /** Visits every reference that `obj` owns, once for each unit of a count; key tables that it shares go to `keys`. */
  visitAllReferences(obj: Ref, visit: Visit, keys: VisitKeys): void {
    const rt = this.rt;
    const i32 = rt.i32;
    const type = i32[obj + Ob.type];
    if ((i32[type + Ty.flags] & TF.TYPE_SUBCLASS) !== 0 && (i32[obj + Ty.flags] & TF.HEAPTYPE) === 0) {
      visitStaticType(rt, obj, visit);
      return;
    }
    const heapType = (i32[type + Ty.flags] & TF.HEAPTYPE) !== 0;
    let typeSeen = false;
    rt.typeInfos[i32[type + Ty.info]].tp_traverse?.(rt, obj, (ref) => {
      if (ref === type) typeSeen = true;
      visit(ref);
    });
    if (heapType && !typeSeen) visit(type);
    visitHiddenDict(rt, obj, type, visit);
    this.ownedOf(type)?.(rt, obj, visit);
    if ((i32[type + Ty.flags] & TF.DICT_SUBCLASS) !== 0) visitDictKeys(rt, obj, visit, keys);
    if ((i32[type + Ty.flags] & TF.TYPE_SUBCLASS) !== 0) visitTypeRest(rt, obj, visit, keys);
  }

  /** The extra visitor of a type or the nearest of its bases that has one. */
  private ownedOf(type: Ref): OwnedRefs | null {
    let found = this.byType.get(type);
    if (found !== undefined) return found;
    const declared = registeredOwned(this.rt);
    found = null;
    for (let t = type; t !== 0 && found === null; t = this.rt.i32[t + Ty.base]) {
      found = declared.get(t) ?? this.builtin.get(t) ?? null;
    }
    this.byType.set(type, found);
    return found;
  }
}

/** The dict over an instance's own inline values, which the traversal leaves out. */
function visitHiddenDict(rt: Runtime, obj: Ref, type: Ref, visit: Visit): void {
  const { i32 } = rt;
  if ((i32[type + Ty.flags] & TF.INLINE_VALUES) === 0 || !inlineValuesValid(rt, obj)) return;
  if (i32[obj + Gc.dict] !== 0) visit(i32[obj + Gc.dict]);
}

/** The pointer fields at these word offsets. */
function fields(...offsets: number[]): OwnedRefs {
  return (rt, self, visit) => {
    for (const at of offsets) if (rt.i32[self + at] !== 0) visit(rt.i32[self + at]);
  };
}

/** What tp_traverse leaves out, for the built-in types. */
function builtinOwned(rt: Runtime): [Ref, OwnedRefs][] {
  const t = rt.types;
  const descriptor = fields(Descr.name, Descr.qualname);
  const generator = fields(Gen.iframe + Frame.frame_obj);
  return [
    [t.code, visitCode],
    [t.method_descriptor, descriptor],
    [t.classmethod_descriptor, descriptor],
    [t.member_descriptor, descriptor],
    [t.getset_descriptor, descriptor],
    [t.wrapper_descriptor, descriptor],
    [t.module, fields(ModuleOb.name)],
    [t.range, fields(4, 6, 8, 10)],
    [t.generator, generator],
    [t.coroutine, generator],
    [t.async_generator, generator],
  ];
}

/** The keys of a dict whose keys are all str: in its own table, or in a shared one. */
function visitDictKeys(rt: Runtime, d: Ref, visit: Visit, keys: VisitKeys): void {
  const i32 = rt.i32;
  const table = i32[d + Dict.keys];
  if (table === 0 || i32[table] < 0) return;
  if (i32[d + Dict.values] !== 0) keys(table);
  else if (i32[table + Keys.log2] >> 16 !== 0) visitKeysOf(rt, table, visit);
}

/** The keys of a table of str keys. */
export function visitKeysOf(rt: Runtime, table: KeysPtr, visit: Visit): void {
  const i32 = rt.i32;
  const n = i32[table + Keys.nentries];
  for (let i = 0, at = DK_ENTRIES(rt, table); i < n; i++, at += 4) if (i32[at] !== 0) visit(i32[at]);
}

/** A static type is no container for the collector; what it holds is counted all the same. */
const visitStaticType = fields(Ty.dict, Ty.cache, Ty.mro, Ty.bases, Ty.base, Ty.subclasses);

/** What type_traverse leaves out. */
function visitTypeRest(rt: Runtime, type: Ref, visit: Visit, keys: VisitKeys): void {
  const i32 = rt.i32;
  if (i32[type + Ty.subclasses] !== 0) visit(i32[type + Ty.subclasses]);
  for (const at of [Ty.ht_name, Ty.ht_qualname, Ty.ht_slots]) if (i32[type + at] !== 0) visit(i32[type + at]);
  if (i32[type + Ty.ht_cached_keys] !== 0) keys(i32[type + Ty.ht_cached_keys]);
}
