/**
 * What the audit must know and cannot find by itself: references that live in JavaScript (roots), and references that
 * objects own beyond what their tp_traverse visits. Part of the object layer; read by insight/audit.ts.
 */
import type { Runtime } from "./runtime.ts";
import type { Ref, Visit } from "./typeinfo.ts";

/** Gives the owned references of one object that tp_traverse leaves out. */
export type OwnedRefs = (rt: Runtime, self: Ref, visit: Visit) => void;

interface Roots {
  name: string;
  refs: () => Ref[];
}

class AuditTables {
  readonly roots: Roots[] = [];
  readonly owned = new Map<Ref, OwnedRefs>();
}

const KEY = "audit";

function tables(rt: Runtime): AuditTables {
  let t = rt.moduleState.get(KEY) as AuditTables | undefined;
  if (t === undefined) {
    t = new AuditTables();
    rt.moduleState.set(KEY, t);
  }
  return t;
}

/** Declares owned references that JavaScript state holds; zeros are skipped. `name` is shown as the holder. */
export function registerRoot(rt: Runtime, refs: () => Ref[], name = "native state"): void {
  tables(rt).roots.push({ name, refs });
}

/**
 * Declares what objects of exactly this type own and tp_traverse does not visit (names, constants, numbers: what cannot be
 * part of a cycle). A type without tp_traverse declares all its references so.
 */
export function registerOwned(rt: Runtime, type: Ref, refs: OwnedRefs): void {
  tables(rt).owned.set(type, refs);
}

export function registeredRoots(rt: Runtime): readonly Roots[] {
  return tables(rt).roots;
}

export function registeredOwned(rt: Runtime): ReadonlyMap<Ref, OwnedRefs> {
  return tables(rt).owned;
}
