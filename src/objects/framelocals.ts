/** frame.f_locals and locals(): a write-through proxy for functions (PEP 667), the namespace itself elsewhere. Part of the object layer. */
import { codeKinds } from "./code.ts";
import { PyDict_New, PyDict_SetItem } from "./dict.ts";
import { PyDict_Update } from "./dictmerge.ts";
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
    const v = localValue(rt, fp, kinds[i], i);
    if (v !== 0) PyDict_SetItem(rt, d, tupleItem(rt, names, i), v);
  }
  return pop(rt);
}

/** CO_FAST_HIDDEN: a variable of a comprehension that is compiled into a module's or class's body. */
const HIDDEN = 0x10;

/** Has the frame variables of its own: is it a function's, or in an inlined comprehension (_PyFrame_HasHiddenLocals)? */
function hasFastLocals(rt: Runtime, fp: number): boolean {
  const code = rt.i32[fp + Frame.executable];
  if ((rt.i32[code + Code.flags] & CO.OPTIMIZED) !== 0) return true;
  const kinds = codeKinds(rt, code);
  for (let i = 0; i < kinds.length; i++) {
    if ((kinds[i] & HIDDEN) !== 0 && localValue(rt, fp, kinds[i], i) !== 0) return true;
  }
  return false;
}

/** locals() of the current frame: a snapshot in a function or an inlined comprehension, else the namespace. */
export function currentLocals(rt: Runtime, fp: number): NewRef {
  if (!hasFastLocals(rt, fp)) return newref(rt, rt.i32[fp + Frame.locals]);
  const frame = rt.i32[fp + Frame.frame_obj];
  const extra = frame === 0 ? 0 : rt.i32[frame + FrameOb.extra_locals];
  if (extra === 0) return localsSnapshot(rt, fp);
  const d = push(rt, localsSnapshot(rt, fp));
  PyDict_Update(rt, rt.i32[d], extra);
  return pop(rt);
}

export function frame_locals(rt: Runtime, f: Ref): NewRef {
  const fp = rt.i32[f + FrameOb.frame];
  return hasFastLocals(rt, fp) ? rt.frameLocalsProxy(f) : newref(rt, rt.i32[fp + Frame.locals]);
}
