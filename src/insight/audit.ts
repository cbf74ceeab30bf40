/**
 * The audit: recounts every reference in the heap and compares with every ob_refcnt. They must be equal, object by object.
 * Part of insight/.
 *
 * It starts from the roots, the static types and the collector's lists, follows every owned reference, and counts. An
 * object on the collector's lists that nothing holds is found with 0 references. Immortal objects are followed but not
 * compared. Key tables shared by instances are compared as well (dk_refcnt).
 */

import { heads } from "../gc/lists.ts";
import { GEN_HEADS } from "../gc/state.ts";
import { Cell } from "../heap/cells.ts";
import type { KeysPtr } from "../objects/dictkeys.ts";
import { Code, Func, Ob, Str } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { jsString } from "../objects/str.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { isStaticType, visitRoots } from "./holders.ts";
import { ReferenceVisitor, visitKeysOf } from "./references.ts";

export interface AuditMismatch {
  /** Word address. */
  object: Ref;
  type: string;
  text: string;
  /** References found. */
  found: number;
  /** ob_refcnt (or dk_refcnt). */
  expected: number;
  /** Who holds the references found, one entry each. */
  holders: string[];
}

export interface AuditReport {
  /** Objects reached. */
  objects: number;
  /** References counted. */
  references: number;
  mismatches: AuditMismatch[];
}

/** References of the interned strings' table to a mortal string, which are not counted. */
const UNCOUNTED = 2;

class Audit {
  readonly counts = new Map<Ref, number>();
  readonly keyCounts = new Map<KeysPtr, number>();
  readonly visitor: ReferenceVisitor;
  references = 0;
  /** Objects whose holders are wanted (second run). */
  wanted: Map<Ref, string[]> | null = null;
  private readonly rt: Runtime;
  private readonly todo: Ref[] = [];

  constructor(rt: Runtime) {
    this.rt = rt;
    this.visitor = new ReferenceVisitor(rt);
  }

  run(): void {
    const rt = this.rt;
    visitRoots(rt, (ref, holder) => this.count(ref, holder));
    for (const info of rt.typeInfos) {
      if (info !== undefined && info !== null && isStaticType(rt, info.type)) this.meet(info.type);
    }
    for (const list of [...GEN_HEADS, Cell.GC_PERMANENT]) for (const gc of heads(rt, list)) this.meet(gc + 4);
    for (let obj = this.todo.pop(); obj !== undefined; obj = this.todo.pop()) this.follow(obj);
  }

  /** An object exists: its references will be counted. */
  private meet(obj: Ref): void {
    if (this.counts.has(obj)) return;
    this.counts.set(obj, 0);
    this.todo.push(obj);
  }

  private count(ref: Ref, holder: string | null): void {
    this.meet(ref);
    this.references++;
    this.counts.set(ref, this.counts.get(ref)! + 1);
    if (holder !== null) this.wanted?.get(ref)?.push(holder);
  }

  private follow(obj: Ref): void {
    const holder = this.wanted === null ? null : describe(this.rt, obj);
    const visit = (ref: Ref): void => this.count(ref, holder);
    this.visitor.visitAllReferences(obj, visit, (keys) => this.countKeys(keys, holder));
  }

  /** A shared table: its keys are counted once, for the table. */
  private countKeys(keys: KeysPtr, holder: string | null): void {
    const n = this.keyCounts.get(keys);
    this.keyCounts.set(keys, (n ?? 0) + 1);
    if (holder !== null) this.wanted?.get(keys)?.push(holder);
    if (n === undefined) visitKeysOf(this.rt, keys, (ref) => this.count(ref, "a class's shared keys"));
  }
}

/** The count that an object should have: ob_refcnt, and for mortal interned strings the table's two as well. */
function expectedCount(rt: Runtime, obj: Ref): number {
  const refs = rt.i32[obj];
  const mortal = rt.i32[obj + Ob.type] === rt.types.str && (rt.i32[obj + Str.state] & 3) === 1;
  return mortal ? refs + UNCOUNTED : refs;
}

/** A short text for an object, made without running Python code. */
export function describe(rt: Runtime, obj: Ref): string {
  const i32 = rt.i32;
  const type = i32[obj + Ob.type];
  const where = `0x${(obj * 4).toString(16)}`;
  if (type === rt.types.str) return `str ${JSON.stringify(jsString(rt, obj).slice(0, 40))} at ${where}`;
  if (type === rt.types.int && i32[obj + 4] < 16)
    return `int ${(i32[obj + 4] & 3) === 2 ? "-" : ""}${i32[obj + 6]} at ${where}`;
  if (type === rt.types.type) return `type ${rt.typeInfos[i32[obj + 13]].name} at ${where}`;
  if (type === rt.types.function) return `function ${jsString(rt, i32[obj + Func.qualname])} at ${where}`;
  if (type === rt.types.code) return `code ${jsString(rt, i32[obj + Code.qualname])} at ${where}`;
  return `${typeNameOf(rt, obj)} at ${where}`;
}

/** Every object that is reachable or on a list of the collector, and every shared key table. Runs no code, changes nothing. */
export function everyObject(rt: Runtime): { objects: Iterable<Ref>; sharedKeys: Iterable<KeysPtr> } {
  const audit = new Audit(rt);
  audit.run();
  return { objects: audit.counts.keys(), sharedKeys: audit.keyCounts.keys() };
}

/** Recounts the whole heap. Runs no Python code and changes nothing. */
export function auditHeap(rt: Runtime): AuditReport {
  const audit = new Audit(rt);
  audit.run();
  const wrong: AuditMismatch[] = [];
  for (const [obj, found] of audit.counts) {
    const expected = expectedCount(rt, obj);
    if (rt.i32[obj] < 0 || expected === found) continue;
    wrong.push({
      object: obj,
      type: typeNameOf(rt, obj),
      text: describe(rt, obj),
      found,
      expected,
      holders: [],
    });
  }
  for (const [keys, found] of audit.keyCounts) {
    const expected = rt.i32[keys];
    if (expected === found) continue;
    const text = `shared keys at 0x${(keys * 4).toString(16)}`;
    wrong.push({ object: keys, type: "PyDictKeysObject", text, found, expected, holders: [] });
  }
  if (wrong.length > 0) nameHolders(rt, wrong);
  return { objects: audit.counts.size, references: audit.references, mismatches: wrong };
}

/** Goes over the heap again to say who holds the objects that are wrong. */
function nameHolders(rt: Runtime, wrong: AuditMismatch[]): void {
  const audit = new Audit(rt);
  audit.wanted = new Map(wrong.map((m) => [m.object, m.holders]));
  audit.run();
}

/** The report as lines of text. */
export function auditText(report: AuditReport): string {
  const lines = [
    `audit: ${report.objects} objects, ${report.references} references, ${report.mismatches.length} wrong`,
  ];
  for (const m of report.mismatches) {
    lines.push(`${m.text}: count ${m.expected}, found ${m.found}`);
    for (const holder of m.holders.slice(0, 12)) lines.push(`    held by ${holder}`);
    if (m.holders.length > 12) lines.push(`    and ${m.holders.length - 12} more`);
  }
  return lines.join("\n");
}
