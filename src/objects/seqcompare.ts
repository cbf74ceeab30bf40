/** Comparison and repr of lists and tuples: item by item, the first that differ decide. Part of the object layer. */
import { PyObject_RichCompare, PyObject_RichCompareBool } from "./abstract.ts";
import { enterRecursive, leaveRecursive } from "./call.ts";
import { cmpHolds } from "./floatops.ts";
import { List, Ob, TF, Tuple, Ty } from "./layout.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { writeRepr, writeShortRepr } from "./shortrepr.ts";
import { drop, push } from "./stack.ts";
import type { StrBuilder } from "./strbuilder.ts";
import { Cmp, type NewRef, type Ref } from "./typeinfo.ts";

/** a op b for two tuples, which keep their items. */
export function compareTuples(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const i32 = rt.i32;
  const na = i32[a + Tuple.size];
  const nb = i32[b + Tuple.size];
  const n = 2 * (na < nb ? na : nb);
  for (let i = 0; i < n; i += 2) {
    const x = i32[a + Tuple.items + i];
    const y = i32[b + Tuple.items + i];
    if (x !== y && !PyObject_RichCompareBool(rt, x, y, Cmp.EQ)) return differ(rt, x, y, op);
  }
  return cmpHolds(na - nb, op) ? rt.True : rt.False;
}

const sizeOf = (rt: Runtime, p: Ref, isTuple: boolean): number =>
  rt.i32[p + (isTuple ? Tuple.size : List.size)];

function itemOf(rt: Runtime, p: Ref, i: number, isTuple: boolean): Ref {
  return isTuple ? rt.i32[p + Tuple.items + 2 * i] : rt.i32[rt.i32[p + List.items] + 2 * i];
}

/** a op b for two lists, which may change while their items are compared. */
export function compareLists(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if ((op === Cmp.EQ || op === Cmp.NE) && sizeOf(rt, a, false) !== sizeOf(rt, b, false)) {
    return op === Cmp.NE ? rt.True : rt.False;
  }
  let i = 0;
  for (; i < sizeOf(rt, a, false) && i < sizeOf(rt, b, false); i++) {
    const x = itemOf(rt, a, i, false);
    const y = itemOf(rt, b, i, false);
    if (x === y) continue;
    push(rt, newref(rt, x));
    push(rt, newref(rt, y));
    const same = PyObject_RichCompareBool(rt, x, y, Cmp.EQ);
    drop(rt, 2);
    if (!same) break;
  }
  // The comparison may have changed the lists: what stands there now decides.
  if (i < sizeOf(rt, a, false) && i < sizeOf(rt, b, false)) {
    const x = push(rt, newref(rt, itemOf(rt, a, i, false)));
    const y = push(rt, newref(rt, itemOf(rt, b, i, false)));
    const r = differ(rt, rt.i32[x], rt.i32[y], op);
    drop(rt, 2);
    return r;
  }
  return cmpHolds(sizeOf(rt, a, false) - sizeOf(rt, b, false), op) ? rt.True : rt.False;
}

/** The outcome for the first pair that differs. */
function differ(rt: Runtime, x: Ref, y: Ref, op: Cmp): NewRef {
  if (op === Cmp.EQ) return rt.False;
  return op === Cmp.NE ? rt.True : PyObject_RichCompare(rt, x, y, op);
}

/** Writes the reprs of a list's or tuple's items with commas between. */
export function writeReprs(rt: Runtime, out: StrBuilder, p: Ref, isTuple: boolean): void {
  enterRecursive(rt, " while getting the repr of an object");
  for (let i = 0; i < sizeOf(rt, p, isTuple); i++) {
    if (i > 0) out.writeCommaSpace();
    const item = itemOf(rt, p, i, isTuple);
    if (writeShortRepr(rt, out, item)) continue;
    // The frame of a `__repr__` written in Python holds the item; natives need a holder.
    push(rt, (rt.i32[rt.i32[item + Ob.type] + Ty.flags] & TF.HEAPTYPE) !== 0 ? 0 : newref(rt, item));
    writeRepr(rt, out, item);
    drop(rt);
  }
  leaveRecursive(rt);
}
