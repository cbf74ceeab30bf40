/** The opcodes that number an object and fetch it again. Part of the modules, for _pickle.ts. */
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { memoSize, PyMemoTable_Get, PyMemoTable_Set } from "./picklememo.ts";
import { put, putSize32, putText, room } from "./pickleoutput.ts";
import { Op, Pickler } from "./picklestate.ts";

/** An opcode with a number: one byte for small ones, four for others, text in protocol 0. */
function putNumbered(rt: Runtime, p: Ref, text: string, short: Op, long: Op, n: number): void {
  if (rt.i32[p + Pickler.bin] === 0) {
    putText(rt, p, `${text}${n}\n`);
    return;
  }
  const at = room(rt, p, n < 256 ? 2 : 5);
  rt.u8[at] = n < 256 ? short : long;
  if (n < 256) rt.u8[at + 1] = n;
  else putSize32(rt, at + 1, n);
}

/** Fetches object n from the memo. */
export function memo_get(rt: Runtime, p: Ref, n: number): void {
  putNumbered(rt, p, "g", Op.BINGET, Op.LONG_BINGET, n);
}

/** Gives the object the next number in the memo alone. */
export function memo_number(rt: Runtime, p: Ref, obj: Ref): void {
  const memo = rt.i32[p + Pickler.memo];
  PyMemoTable_Set(rt, memo, obj, memoSize(rt, memo));
}

/** Gives the object the next number. */
export function memo_put(rt: Runtime, p: Ref, obj: Ref): void {
  const i32 = rt.i32;
  if (i32[p + Pickler.fast] !== 0) return;
  const memo = i32[p + Pickler.memo];
  const n = memoSize(rt, memo);
  PyMemoTable_Set(rt, memo, obj, n);
  if (i32[p + Pickler.proto] >= 4) put(rt, p, Op.MEMOIZE);
  else putNumbered(rt, p, "p", Op.BINPUT, Op.LONG_BINPUT, n);
}

/** The number of an object that turned out to be part of itself, or -1. */
export const numberOf = (rt: Runtime, p: Ref, obj: Ref): number =>
  PyMemoTable_Get(rt, rt.i32[p + Pickler.memo], obj);
