/** frame.f_locals and locals(): a write-through proxy for functions (PEP 667), the namespace itself elsewhere. Part of the object layer. */
import { codeKinds } from "./code.ts";
import { PyDict_New, PyDict_SetItem } from "./dict.ts";
import { CellOb, CO, Code, Frame, FrameOb, Ob } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import { tupleItem } from "./tuple.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

/** The value of localsplus entry i as the program sees it: what a cell holds, not the cell. Borrowed, or 0. */
export function localValue(rt: Runtime, fp: number, kind: number, i: number): OptRef {
  const v = rt.i32[fp + Frame.localsplus + 2 * i];
  if (v === 0 || (kind & 0xc0) === 0 || rt.i32[v + Ob.type] !== rt.types.cell) return v;
  return rt.i32[v + CellOb.ref];
}

/** A fresh dict of the frame's local variables (what locals() gives in a function). */
export function localsSnapshot(rt: Runtime, fp: number): NewRef {
  const code = rt.i32[fp + Frame.executable];
  const kinds = codeKinds(rt, code);
  const names = rt.i32[code + Code.localsplusnames];
  const d = PyDict_New(rt);
  push(rt, d);
  for (let i = 0; i < kinds.length; i++) {
    if ((kinds[i] & 0x10) !== 0) continue;
    const v = localValue(rt, fp, kinds[i], i);
    if (v !== 0) PyDict_SetItem(rt, d, tupleItem(rt, names, i), v);
  }
  return pop(rt);
}

/** locals() of the current frame: a snapshot in a function, else the namespace. */
export function currentLocals(rt: Runtime, fp: number): NewRef {
  const code = rt.i32[fp + Frame.executable];
  if ((rt.i32[code + Code.flags] & CO.OPTIMIZED) !== 0) return localsSnapshot(rt, fp);
  return newref(rt, rt.i32[fp + Frame.locals]);
}

export function frame_locals(rt: Runtime, f: Ref): NewRef {
  const fp = rt.i32[f + FrameOb.frame];
  const code = rt.i32[fp + Frame.executable];
  if ((rt.i32[code + Code.flags] & CO.OPTIMIZED) === 0) return newref(rt, rt.i32[fp + Frame.locals]);
  return rt.frameLocalsProxy(f);
}
