/**
 * Where a pickler writes: a bytes object that grows by half, and the frames of protocol 4 in it. Part of the modules, for
 * _pickle.ts.
 *
 *   output_buffer   | ... | 0x95, length (8) | opcodes of the open frame ... | unused
 *                         ^ frame_start                                      ^ output_len      ^ max_output_len
 */
import { _PyBytes_Resize, PyBytes_FromAddress, PyBytes_New } from "../objects/bytes.ts";
import { PyObject_CallOneArg } from "../objects/call.ts";
import { Bytes } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { copyBytes } from "../objects/str.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { Op, Pickler } from "./picklestate.ts";

export const WRITE_BUF_SIZE = 4096;
const FRAME_SIZE_MIN = 4;
const FRAME_SIZE_TARGET = 64 * 1024;
const FRAME_HEADER_SIZE = 9;

/** Byte address of the buffer's first byte. */
const bufferStart = (rt: Runtime, p: Ref): number => 4 * (rt.i32[p + Pickler.output_buffer] + Bytes.data);

/** _Pickler_ClearBuffer: an empty buffer of the present size. */
export function clearBuffer(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  setField(rt, p + Pickler.output_buffer, PyBytes_New(rt, i32[p + Pickler.max_output_len]));
  i32[p + Pickler.output_len] = 0;
  i32[p + Pickler.frame_start] = -1;
}

/** A size as 8 bytes, the lowest first. */
export function putSize64(rt: Runtime, at: number, size: number): void {
  for (let i = 0; i < 8; i++, size = Math.floor(size / 256)) rt.u8[at + i] = size % 256;
}

/** A size as 4 bytes, the lowest first. */
export function putSize32(rt: Runtime, at: number, size: number): void {
  for (let i = 0; i < 4; i++) rt.u8[at + i] = size >>> (8 * i);
}

/** _Pickler_CommitFrame: ends the open frame; a tiny one loses its header. */
export function commitFrame(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const start = i32[p + Pickler.frame_start];
  if (i32[p + Pickler.framing] === 0 || start === -1) return;
  const n = i32[p + Pickler.output_len] - start - FRAME_HEADER_SIZE;
  const at = bufferStart(rt, p) + start;
  if (n >= FRAME_SIZE_MIN) {
    rt.u8[at] = Op.FRAME;
    putSize64(rt, at + 1, n);
  } else {
    copyBytes(rt, at, at + FRAME_HEADER_SIZE, n);
    i32[p + Pickler.output_len] -= FRAME_HEADER_SIZE;
  }
  i32[p + Pickler.frame_start] = -1;
}

/** _Pickler_GetString: what has been written; the pickler has no buffer then. */
export function takeOutput(rt: Runtime, p: Ref): NewRef {
  commitFrame(rt, p);
  const i32 = rt.i32;
  const buffer = i32[p + Pickler.output_buffer];
  i32[p + Pickler.output_buffer] = 0;
  return _PyBytes_Resize(rt, buffer, i32[p + Pickler.output_len]);
}

/** _Pickler_FlushToFile */
export function flushToFile(rt: Runtime, p: Ref): void {
  const output = pushed(rt, takeOutput(rt, p));
  const result = PyObject_CallOneArg(rt, rt.i32[p + Pickler.write], output);
  drop(rt);
  decref(rt, result);
}

/** Is the open frame as large as one gets? */
export function frameIsFull(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  const start = i32[p + Pickler.frame_start];
  return start !== -1 && i32[p + Pickler.output_len] - start >= FRAME_SIZE_TARGET + FRAME_HEADER_SIZE;
}

/** _Pickler_OpcodeBoundary: between two opcodes a frame that is large enough ends. */
export function opcodeBoundary(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  if (!frameIsFull(rt, p) || i32[p + Pickler.framing] === 0) return;
  commitFrame(rt, p);
  if (i32[p + Pickler.write] === 0) return;
  flushToFile(rt, p);
  clearBuffer(rt, p);
}

function growBuffer(rt: Runtime, p: Ref, need: number): void {
  const i32 = rt.i32;
  const size = (need >> 1) * 3;
  i32[p + Pickler.max_output_len] = size;
  const old = i32[p + Pickler.output_buffer];
  i32[p + Pickler.output_buffer] = 0;
  i32[p + Pickler.output_buffer] = _PyBytes_Resize(rt, old, size);
}

/** _Pickler_Write: makes room for n more bytes, in a new frame if none is open, and says at which byte address. */
export function room(rt: Runtime, p: Ref, n: number): number {
  const i32 = rt.i32;
  let len = i32[p + Pickler.output_len];
  const begin = i32[p + Pickler.framing] !== 0 && i32[p + Pickler.frame_start] === -1;
  const end = len + n + (begin ? FRAME_HEADER_SIZE : 0);
  if (end > i32[p + Pickler.max_output_len]) growBuffer(rt, p, end);
  if (begin) {
    i32[p + Pickler.frame_start] = len;
    const at = bufferStart(rt, p) + len;
    rt.u8.fill(0xfe, at, at + FRAME_HEADER_SIZE);
    len += FRAME_HEADER_SIZE;
  }
  i32[p + Pickler.output_len] = end;
  return bufferStart(rt, p) + len;
}

/** Where n more bytes go, if the open frame and the buffer take them as they are; else -1. */
export function quickRoom(rt: Runtime, p: Ref, n: number): number {
  const i32 = rt.i32;
  const len = i32[p + Pickler.output_len];
  const end = len + n;
  if (end > i32[p + Pickler.max_output_len]) return -1;
  if (i32[p + Pickler.frame_start] === -1 && i32[p + Pickler.framing] !== 0) return -1;
  i32[p + Pickler.output_len] = end;
  return 4 * (i32[p + Pickler.output_buffer] + Bytes.data) + len;
}

/** One byte. */
export function put(rt: Runtime, p: Ref, byte: number): void {
  const at = room(rt, p, 1);
  rt.u8[at] = byte;
}

/** Bytes from a byte address outside of the buffer. */
export function putBytes(rt: Runtime, p: Ref, from: number, n: number): void {
  const at = room(rt, p, n);
  copyBytes(rt, at, from, n);
}

/** ASCII text. */
export function putText(rt: Runtime, p: Ref, text: string): void {
  const at = room(rt, p, text.length);
  for (let i = 0; i < text.length; i++) rt.u8[at + i] = text.charCodeAt(i);
}

/** An opcode with a size in one, four or eight bytes. */
function putHeader(rt: Runtime, p: Ref, op: number, width: number, size: number): void {
  const at = room(rt, p, 1 + width);
  rt.u8[at] = op;
  if (width === 1) rt.u8[at + 1] = size;
  else if (width === 4) putSize32(rt, at + 1, size);
  else putSize64(rt, at + 1, size);
}

/**
 * _Pickler_write_bytes: an opcode, a size of `width` bytes, and n bytes from address `from`. What is longer than a frame
 * stands outside of frames and goes to a file at once: `payload`, or a copy of the bytes where that is 0.
 */
export function putData(
  rt: Runtime,
  p: Ref,
  op: number,
  width: number,
  from: number,
  n: number,
  payload: OptRef,
): void {
  const i32 = rt.i32;
  if (n < FRAME_SIZE_TARGET) {
    putHeader(rt, p, op, width, n);
    putBytes(rt, p, from, n);
    return;
  }
  const framing = i32[p + Pickler.framing];
  commitFrame(rt, p);
  i32[p + Pickler.framing] = 0;
  putHeader(rt, p, op, width, n);
  if (i32[p + Pickler.write] === 0) putBytes(rt, p, from, n);
  else writeThrough(rt, p, from, n, payload);
  i32[p + Pickler.framing] = framing;
}

function writeThrough(rt: Runtime, p: Ref, from: number, n: number, payload: OptRef): void {
  flushToFile(rt, p);
  const data = pushed(rt, payload === 0 ? PyBytes_FromAddress(rt, from, n) : newref(rt, payload));
  decref(rt, PyObject_CallOneArg(rt, rt.i32[p + Pickler.write], data));
  drop(rt);
  clearBuffer(rt, p);
}
