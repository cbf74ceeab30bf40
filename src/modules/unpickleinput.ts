/**
 * What an unpickler reads: a buffer, or a file through a buffer of what was read last. Part of the modules, for _pickle.ts.
 *
 *   input_buffer   | ... | next_read_idx ->  ... | input_len        prefetched_idx: from here on only peeked at
 */

import { reprOf } from "../objects/abstract.ts";
import { type BufferView, isContiguous, PyBuffer_Release, PyObject_GetBuffer } from "../objects/buffer.ts";
import { PyObject_CallNoArgs, PyObject_CallOneArg } from "../objects/call.ts";
import { PyBytes_Check } from "../objects/check.ts";
import { noMemory, raise, valueError } from "../objects/errors.ts";
import { Bytes, Ob } from "../objects/layout.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "../objects/long.ts";
import { PyMemoryView_FromMemory } from "../objects/memoryview.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { clearField, decref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop, push } from "../objects/stack.ts";
import { copyBytes } from "../objects/str.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { PyMem_Malloc, PyMem_Realloc } from "../pymalloc/domains.ts";
import { Unpickler, unpicklingError } from "./picklestate.ts";

/** So much is peeked at at once. */
const PREFETCH = 8192 * 16;

/** Gives the buffer back that is being read. */
export function releaseInput(rt: Runtime, u: Ref): void {
  const i32 = rt.i32;
  const obj = i32[u + Unpickler.buffer_obj];
  if (obj === 0) return;
  i32[u + Unpickler.buffer_obj] = 0;
  const n = i32[u + Unpickler.buffer_len];
  const buf = rt.f64[(u + Unpickler.buffer_buf) >> 1];
  const view = { obj, buf, len: n, readonly: true, itemsize: 1, format: "B", shape: [n], strides: [1] };
  PyBuffer_Release(rt, view);
}

/** _Unpickler_SetStringInput: reads from a bytes-like object; its size. */
export function setInput(rt: Runtime, u: Ref, input: Ref): number {
  releaseInput(rt, u);
  const view: BufferView = PyObject_GetBuffer(rt, input);
  if (!isContiguous(view)) {
    PyBuffer_Release(rt, view);
    throw raise(rt, rt.exc.BufferError, "memoryview: underlying buffer is not C-contiguous");
  }
  const i32 = rt.i32;
  i32[u + Unpickler.buffer_obj] = view.obj;
  i32[u + Unpickler.buffer_len] = view.len;
  rt.f64[(u + Unpickler.buffer_buf) >> 1] = view.buf;
  rt.f64[(u + Unpickler.input_buffer) >> 1] = view.buf;
  i32[u + Unpickler.input_len] = view.len;
  i32[u + Unpickler.next_read_idx] = 0;
  i32[u + Unpickler.prefetched_idx] = view.len;
  return view.len;
}

const inputStart = (rt: Runtime, u: Ref): number => rt.f64[(u + Unpickler.input_buffer) >> 1];

export function truncated(rt: Runtime): PyErr {
  return unpicklingError(rt, "pickle data was truncated");
}

/** Calls a method of the file with a number. */
function callWith(rt: Runtime, method: Ref, n: number): NewRef {
  const size = pushed(rt, PyLong_FromNumber(rt, n));
  const result = PyObject_CallOneArg(rt, method, size);
  drop(rt);
  return result;
}

/** _Unpickler_SkipConsumed: reads over what was only peeked at and has been used. */
export function skipConsumed(rt: Runtime, u: Ref): void {
  const i32 = rt.i32;
  const n = i32[u + Unpickler.next_read_idx] - i32[u + Unpickler.prefetched_idx];
  if (n <= 0) return;
  decref(rt, callWith(rt, i32[u + Unpickler.read], n));
  i32[u + Unpickler.prefetched_idx] = i32[u + Unpickler.next_read_idx];
}

/** Reads from what a call of the file gave, which is released: its size. */
function takeData(rt: Runtime, u: Ref, data: NewRef): number {
  push(rt, data);
  const n = setInput(rt, u, data);
  drop(rt);
  return n;
}

/** Peeks at what follows; 0 where the file cannot. */
function peek(rt: Runtime, u: Ref): NewRef | 0 {
  const at = u + Unpickler.peek;
  const data = catching(rt, rt.exc.NotImplementedError, 0, () => callWith(rt, rt.i32[at], PREFETCH));
  if (data === 0) clearField(rt, at);
  return data;
}

/** _Unpickler_ReadFromFile: n bytes or fewer; how many. */
function readFromFile(rt: Runtime, u: Ref, n: number): number {
  const i32 = rt.i32;
  skipConsumed(rt, u);
  if (i32[u + Unpickler.peek] !== 0 && n < PREFETCH) {
    const data = peek(rt, u);
    if (data !== 0) {
      const have = takeData(rt, u, data);
      i32[u + Unpickler.prefetched_idx] = 0;
      if (n <= have) return n;
    }
  }
  return takeData(rt, u, callWith(rt, i32[u + Unpickler.read], n));
}

/** _Unpickler_ReadImpl */
function readMore(rt: Runtime, u: Ref, n: number): number {
  const i32 = rt.i32;
  if (i32[u + Unpickler.next_read_idx] > 2 ** 63 - n)
    throw unpicklingError(rt, "read would overflow (invalid bytecode)");
  if (i32[u + Unpickler.read] === 0 || readFromFile(rt, u, n) < n) throw truncated(rt);
  i32[u + Unpickler.next_read_idx] = n;
  return inputStart(rt, u);
}

/** _Unpickler_Read: the byte address of the next n bytes, good until more is read. */
export function read(rt: Runtime, u: Ref, n: number): number {
  const i32 = rt.i32;
  const at = i32[u + Unpickler.next_read_idx];
  if (n > i32[u + Unpickler.input_len] - at) return readMore(rt, u, n);
  i32[u + Unpickler.next_read_idx] = at + n;
  return inputStart(rt, u) + at;
}

/** How many bytes are there without reading from a file. */
export const available = (rt: Runtime, u: Ref): number =>
  rt.i32[u + Unpickler.input_len] - rt.i32[u + Unpickler.next_read_idx];

/** _Unpickler_ReadInto: n bytes to byte address `to`, past the buffer if they are not in it. */
export function readInto(rt: Runtime, u: Ref, to: number, n: number): void {
  const i32 = rt.i32;
  if (available(rt, u) > 0) {
    const have = Math.min(available(rt, u), n);
    copyBytes(rt, to, inputStart(rt, u) + i32[u + Unpickler.next_read_idx], have);
    i32[u + Unpickler.next_read_idx] += have;
    to += have;
    n -= have;
    if (n === 0) return;
  }
  if (i32[u + Unpickler.read] === 0) throw truncated(rt);
  skipConsumed(rt, u);
  if (i32[u + Unpickler.readinto] === 0) {
    copyRead(rt, u, to, n);
    return;
  }
  const view = pushed(rt, PyMemoryView_FromMemory(rt, to, n, false));
  const result = pushed(rt, PyObject_CallOneArg(rt, i32[u + Unpickler.readinto], view));
  const size = PyLong_AsSsize_t(rt, result);
  drop(rt, 2);
  if (size < 0) throw valueError(rt, "readinto() returned negative size");
  if (size < n) throw truncated(rt);
}

/** For a file without readinto(). */
function copyRead(rt: Runtime, u: Ref, to: number, n: number): void {
  const data = pushed(rt, callWith(rt, rt.i32[u + Unpickler.read], n));
  if (!PyBytes_Check(rt, data))
    throw valueError(rt, `read() returned non-bytes object (${reprOf(rt, rt.i32[data + Ob.type])})`);
  if (rt.i32[data + Bytes.size] < n) throw truncated(rt);
  copyBytes(rt, to, 4 * (data + Bytes.data), n);
  drop(rt);
}

/** _Unpickler_Readline: the next line, copied to `input_line`; its length with the newline. */
export function readLine(rt: Runtime, u: Ref): number {
  const i32 = rt.i32;
  const from = i32[u + Unpickler.next_read_idx];
  const start = inputStart(rt, u);
  for (let i = from; i < i32[u + Unpickler.input_len]; i++) {
    if (rt.u8[start + i] !== 10) continue;
    i32[u + Unpickler.next_read_idx] = i + 1;
    return copyLine(rt, u, start + from, i + 1 - from);
  }
  if (i32[u + Unpickler.read] === 0) throw truncated(rt);
  skipConsumed(rt, u);
  const n = takeData(rt, u, PyObject_CallNoArgs(rt, i32[u + Unpickler.readline]));
  const at = inputStart(rt, u);
  if (n === 0 || rt.u8[at + n - 1] !== 10) throw truncated(rt);
  i32[u + Unpickler.next_read_idx] = n;
  return copyLine(rt, u, at, n);
}

function copyLine(rt: Runtime, u: Ref, from: number, n: number): number {
  const i32 = rt.i32;
  const old = i32[u + Unpickler.input_line];
  const line: OptRef = old === 0 ? PyMem_Malloc(rt, n + 1) : PyMem_Realloc(rt, old, n + 1);
  if (line === 0) throw noMemory(rt);
  i32[u + Unpickler.input_line] = line;
  copyBytes(rt, 4 * line, from, n);
  rt.u8[4 * line + n] = 0;
  return n;
}

/** A line of at least `min` bytes with its newline; its length. */
export function readLineOf(rt: Runtime, u: Ref, min: number): number {
  const n = readLine(rt, u);
  if (n < min) throw truncated(rt);
  return n;
}

/** The line that was read last, each byte a character, up to the first zero. */
export function lineText(rt: Runtime, u: Ref): string {
  let text = "";
  for (let at = 4 * rt.i32[u + Unpickler.input_line]; rt.u8[at] !== 0; at++)
    text += String.fromCharCode(rt.u8[at]);
  return text;
}

/** Byte address of that line. */
export const lineStart = (rt: Runtime, u: Ref): number => 4 * rt.i32[u + Unpickler.input_line];
