/**
 * The roots: what holds references and is no object. Frames on the data stack, native code's stack between them, cells,
 * tables of the runtime. Part of insight/.
 */

import { Cell } from "../heap/cells.ts";
import { frameSlots } from "../objects/code.ts";
import { Code, Frame, Ob, TF, Ty } from "../objects/layout.ts";
import { registeredRoots } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { jsString } from "../objects/str.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { typeCacheRoots } from "../objects/typelookup.ts";

/** Called with each owned reference of a root and the root's name. */
export type VisitRoot = (ref: Ref, holder: string) => void;

export function visitRoots(rt: Runtime, visit: VisitRoot): void {
  const i32 = rt.i32;
  const give = (ref: Ref, holder: string): void => {
    if (ref !== 0) visit(ref, holder);
  };
  give(i32[Cell.CURRENT_EXC], "the current exception");
  give(i32[Cell.GC_GARBAGE], "gc.garbage");
  give(i32[Cell.GC_CALLBACKS], "gc.callbacks");
  give(rt.interned, "the interned strings");
  for (const name of typeCacheRoots(rt)) give(name, "the method cache");
  for (const type of Object.values(rt.exc))
    if (!isStaticType(rt, type)) give(type, "the table of exceptions");
  for (const type of Object.values(rt.types)) if (!isStaticType(rt, type)) give(type, "the table of types");
  for (const root of registeredRoots(rt)) for (const ref of root.refs()) give(ref, root.name);
  baseExceptionInfo(rt, give);
  dataStack(rt, give);
}

/** The exception handled outside all generators: the last item of the chain that Cell.EXC_INFO starts. */
function baseExceptionInfo(rt: Runtime, visit: VisitRoot): void {
  const i32 = rt.i32;
  let info = i32[Cell.EXC_INFO];
  if (info === 0) return;
  while (i32[info + 2] !== 0) info = i32[info + 2];
  visit(i32[info], "the exception being handled");
}

/** The frames on the data stack, lowest first, as [address, end]. */
function frameRanges(rt: Runtime): [number, number][] {
  const i32 = rt.i32;
  const ranges: [number, number][] = [];
  for (let fp = i32[Cell.FRAME]; fp !== 0; fp = i32[fp + Frame.previous]) {
    if (fp < rt.stackBase || fp >= rt.stackEnd) continue;
    // A frame that is being left says 0 by now.
    const n = i32[fp + Frame.stacktop] || frameSlots(rt, i32[fp + Frame.executable]);
    ranges.push([fp, fp + Frame.localsplus + 2 * n]);
  }
  return ranges.reverse();
}

function dataStack(rt: Runtime, visit: VisitRoot): void {
  let at = rt.stackBase;
  for (const [fp, end] of frameRanges(rt)) {
    nativeSlots(rt, at, fp, visit);
    visitFrame(rt, fp, visit);
    at = end;
  }
  nativeSlots(rt, at, rt.i32[Cell.SP], visit);
}

/** Native code's slots: the low word is an owned reference or 0 (a lent one is in the high word). */
function nativeSlots(rt: Runtime, from: number, to: number, visit: VisitRoot): void {
  for (let at = from; at < to; at += 2) visit(rt.i32[at], `native stack slot 0x${(at * 4).toString(16)}`);
}

function visitFrame(rt: Runtime, fp: number, visit: VisitRoot): void {
  const i32 = rt.i32;
  const code = i32[fp + Frame.executable];
  const holder = `frame of ${jsString(rt, i32[code + Code.qualname])}`;
  visit(code, holder);
  visit(i32[fp + Frame.funcobj], holder);
  visit(i32[fp + Frame.locals], holder);
  visit(i32[fp + Frame.frame_obj], holder);
  const names = i32[code + Code.localsplusnames];
  const n = i32[fp + Frame.stacktop];
  for (let i = 0; i < n; i++) {
    const ref = i32[fp + Frame.localsplus + 2 * i];
    if (ref === 0) continue;
    const local = i < i32[code + Code.nlocalsplus];
    visit(
      ref,
      local
        ? `${holder}: ${jsString(rt, i32[names + 6 + 2 * i])}`
        : `${holder}: stack[${i - i32[code + Code.nlocalsplus]}]`,
    );
  }
}

/** Is this a static type object? Such are not counted, but what they hold is. */
export function isStaticType(rt: Runtime, type: Ref): boolean {
  return type !== 0 && rt.i32[type + Ob.type] !== 0 && (rt.i32[type + Ty.flags] & TF.HEAPTYPE) === 0;
}
