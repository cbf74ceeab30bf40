/** Pickling of bytes, bytearrays and buffers. Part of the modules, for _pickle.ts. */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { bytearrayData } from "../objects/bytearray.ts";
import { PyBytes_FromAddress } from "../objects/bytes.ts";
import { PyObject_CallOneArg } from "../objects/call.ts";
import { ByteArray, Bytes } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { isContiguousAny, pickleBufferView } from "../objects/picklebuffer.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { strFromLatin1 } from "../objects/strnew.ts";
import { PyTuple_Pack } from "../objects/tuple.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { memo_put } from "./picklememorize.ts";
import { put, putData } from "./pickleoutput.ts";
import { save_reduce } from "./picklereduce.ts";
import { Op, Pickler, pickleState, picklingError } from "./picklestate.ts";

/** Saves `obj` as the call of `callable` with these arguments. */
export function saveCall(rt: Runtime, p: Ref, obj: Ref, callable: Ref, ...args: Ref[]): void {
  const argtup = pushed(rt, PyTuple_Pack(rt, ...args));
  const value = pushed(rt, PyTuple_Pack(rt, callable, argtup));
  save_reduce(rt, p, value, obj);
  drop(rt, 2);
}

export function save_bytes(rt: Runtime, p: Ref, obj: Ref): void {
  const n = rt.i32[obj + Bytes.size];
  const from = 4 * (obj + Bytes.data);
  if (rt.i32[p + Pickler.proto] >= 3) {
    saveData(rt, p, obj, from, n);
    return;
  }
  if (n === 0) {
    saveCall(rt, p, obj, rt.types.bytes);
    return;
  }
  // Before protocol 3: as text that is encoded again, so that Python 2 has a str and Python 3 bytes.
  const text = pushed(rt, strFromLatin1(rt, from, n));
  saveCall(rt, p, obj, pickleState(rt).codecs_encode, text, internStatic(rt, "latin1"));
  drop(rt);
}

function saveData(rt: Runtime, p: Ref, obj: Ref, from: number, n: number): void {
  putData(rt, p, n <= 0xff ? Op.SHORT_BINBYTES : Op.BINBYTES, n <= 0xff ? 1 : 4, from, n, obj);
  memo_put(rt, p, obj);
}

function saveMutableData(rt: Runtime, p: Ref, obj: Ref, from: number, n: number): void {
  putData(rt, p, Op.BYTEARRAY8, 8, from, n, obj);
  memo_put(rt, p, obj);
}

export function save_bytearray(rt: Runtime, p: Ref, obj: Ref): void {
  const n = rt.i32[obj + ByteArray.size];
  if (rt.i32[p + Pickler.proto] >= 5) {
    saveMutableData(rt, p, obj, bytearrayData(rt, obj), n);
    return;
  }
  if (n === 0) {
    saveCall(rt, p, obj, rt.types.bytearray);
    return;
  }
  const bytes = pushed(rt, PyBytes_FromAddress(rt, bytearrayData(rt, obj), n));
  saveCall(rt, p, obj, rt.types.bytearray, bytes);
  drop(rt);
}

/** In the stream, or, where the callback says so, beside it. */
export function save_picklebuffer(rt: Runtime, p: Ref, obj: Ref): void {
  if (rt.i32[p + Pickler.proto] < 5)
    throw picklingError(rt, "PickleBuffer can only be pickled with protocol >= 5");
  const view = pickleBufferView(rt, obj);
  if (!isContiguousAny(view)) {
    const what = "PickleBuffer can not be pickled when pointing to a non-contiguous buffer";
    throw picklingError(rt, what);
  }
  if (inBand(rt, p, obj)) {
    if (view.readonly) saveData(rt, p, obj, view.buf, view.len);
    else saveMutableData(rt, p, obj, view.buf, view.len);
    return;
  }
  put(rt, p, Op.NEXT_BUFFER);
  if (view.readonly) put(rt, p, Op.READONLY_BUFFER);
}

function inBand(rt: Runtime, p: Ref, obj: Ref): boolean {
  const callback = rt.i32[p + Pickler.buffer_callback];
  if (callback === 0) return true;
  const answer = pushed(rt, PyObject_CallOneArg(rt, callback, obj));
  const yes = PyObject_IsTrue(rt, answer);
  drop(rt);
  return yes;
}
