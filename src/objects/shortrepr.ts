/**
 * What the reprs of containers write for their items: an item's repr as a str of its own, or, for what is plain, straight into the
 * text where that str would come and go without a trace. Part of the object layer.
 */
import { Cell } from "../heap/cells.ts";
import { leavesNoTrace } from "../pymalloc/domains.ts";
import { PyObject_Repr } from "./abstract.ts";
import { PyFloat_AS_DOUBLE } from "./float.ts";
import { Ob, Str } from "./layout.ts";
import { compactValue, isCompact } from "./long.ts";
import { decimalBefore, dot, END, planNumber, reprDigits } from "./numberbytes.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { StrState } from "./str.ts";
import type { StrBuilder } from "./strbuilder.ts";
import type { Ref } from "./typeinfo.ts";

/** Writes repr(item), which is made first. */
export function writeRepr(rt: Runtime, out: StrBuilder, item: Ref): void {
  const text = push(rt, PyObject_Repr(rt, item));
  out.writeStr(rt.i32[text]);
  drop(rt);
}

const MOST = 400;

/** Writes the repr of a small int, a float or ASCII text without escapes; false, with nothing written, for others. */
export function writeShortRepr(rt: Runtime, out: StrBuilder, item: Ref): boolean {
  const i32 = rt.i32;
  const type = i32[item + Ob.type];
  const types = rt.types;
  if (i32[Cell.HOOKS] !== 0) return false;
  if (type === types.str) return writeQuoted(rt, out, item);
  let n = 0;
  if (type === types.int && isCompact(rt, item)) {
    const v = compactValue(rt, item);
    n = planNumber(decimalBefore(v < 0 ? -v : v, END, 1), END, v < 0 ? 45 : 0, 0, 0, 0, 0, 62, 32);
  } else if (type === types.float) {
    const d = PyFloat_AS_DOUBLE(rt, item);
    const start = reprDigits(d < 0 ? -d : d);
    if (start < 0) return false;
    n = planNumber(start, dot, d < 0 ? 45 : 0, 0, 0, 0, 0, 62, 32);
  } else return false;
  if (!out.hasRoom(n) || !leavesNoTrace(rt, Str.ASCII_HEAD_BYTES + n + 1)) return false;
  out.writePlanned(n);
  return true;
}

function writeQuoted(rt: Runtime, out: StrBuilder, s: Ref): boolean {
  const i32 = rt.i32;
  const n = i32[s + Str.length];
  if ((i32[s + Str.state] & StrState.COMPACT_ASCII) !== StrState.COMPACT_ASCII || n > MOST) return false;
  if (!out.hasRoom(n + 2) || !leavesNoTrace(rt, Str.ASCII_HEAD_BYTES + n + 3)) return false;
  const u8 = rt.u8;
  const at = (s + Str.ASCII_DATA) * 4;
  for (let i = at; i < at + n; i++) {
    const c = u8[i];
    if (c < 32 || c > 126 || c === 39 || c === 92) return false;
  }
  out.writeChar(39);
  out.writeStr(s);
  out.writeChar(39);
  return true;
}
