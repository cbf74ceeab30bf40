/**
 * Text written and not yet handed on, as CPython's textio.c keeps it: nothing, one str or bytes, or a list of them. ASCII
 * text waits as the str itself, which so lives until the stream is flushed. Part of the modules.
 */
import { Bytes, List, Ob, Str } from "../objects/layout.ts";
import { listAppendSteal, PyList_New, PyList_SET_ITEM } from "../objects/list.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop, push } from "../objects/stack.ts";
import { charAt, strData, strLength } from "../objects/str.ts";
import type { Ref, StolenRef } from "../objects/typeinfo.ts";
import { T } from "./_iotextfields.ts";

const CHUNK = 8192;
/** str and bytes have their length in the same place. */
const STR_OR_BYTES_SIZE = Str.length;

/** Bytes of a piece: ASCII str or bytes. */
function byteCount(rt: Runtime, piece: Ref): number {
  return rt.i32[piece + STR_OR_BYTES_SIZE];
}

/** Must what waits be flushed before this piece is added? */
export function mustFlushBefore(rt: Runtime, self: Ref, piece: Ref): boolean {
  return rt.i32[self + T.pendingBytes] !== 0 && rt.i32[self + T.pendingUsed] + byteCount(rt, piece) > CHUNK;
}

/** Adds a piece (taken over) to what waits. True if what waits must be flushed now. */
export function addPending(rt: Runtime, self: Ref, piece: StolenRef): boolean {
  const i32 = rt.i32;
  const n = byteCount(rt, piece);
  const have = i32[self + T.pendingBytes];
  if (have === 0) {
    i32[self + T.pendingUsed] = 0;
    i32[self + T.pendingBytes] = piece;
  } else if (i32[have + Ob.type] !== rt.types.list) {
    push(rt, piece);
    const list = PyList_New(rt, 2);
    pop(rt);
    PyList_SET_ITEM(rt, list, 0, have);
    PyList_SET_ITEM(rt, list, 1, piece);
    i32[self + T.pendingBytes] = list;
  } else listAppendSteal(rt, have, piece);
  i32[self + T.pendingUsed] += n;
  return i32[self + T.pendingUsed] >= CHUNK;
}

function copyPiece(rt: Runtime, piece: Ref, into: Uint8Array, at: number): number {
  const u8 = rt.u8;
  const isStr = rt.i32[piece + Ob.type] !== rt.types.bytes;
  const data = (isStr ? strData(rt, piece) : piece + Bytes.data) * 4;
  const n = byteCount(rt, piece);
  // A view costs more than copying a short text by hand.
  if (n > 48) into.set(u8.subarray(data, data + n), at);
  else for (let k = 0; k < n; k++) into[at + k] = u8[data + k];
  return at + n;
}

/** The bytes of all that waits, which is let go. */
export function takePending(rt: Runtime, self: Ref): Uint8Array {
  const i32 = rt.i32;
  const pending = i32[self + T.pendingBytes];
  const bytes = new Uint8Array(i32[self + T.pendingUsed]);
  i32[self + T.pendingBytes] = 0;
  i32[self + T.pendingUsed] = 0;
  if (i32[pending + Ob.type] === rt.types.list) {
    const items = i32[pending + List.items];
    const n = i32[pending + List.size];
    for (let i = 0, at = 0; i < n; i++) at = copyPiece(rt, i32[items + 2 * i], bytes, at);
  } else copyPiece(rt, pending, bytes, 0);
  decref(rt, pending);
  return bytes;
}

/** Does the text hold a line feed or a carriage return? */
export function hasLineEnd(rt: Runtime, s: Ref): boolean {
  const n = strLength(rt, s);
  for (let i = 0; i < n; i++) {
    const c = charAt(rt, s, i);
    if (c === 10 || c === 13) return true;
  }
  return false;
}
