/**
 * The abstract bases of io: _IOBase, _RawIOBase, _BufferedIOBase, _TextIOBase, and what all streams share. Part of the
 * modules (CPython's Modules/_io/iobase.c).
 *
 *   byte  0      16     24
 *         | head | dict | weakrefs |
 */
import { Cell } from "../heap/cells.ts";
import {
  getAttrString,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_SetAttr,
  PyObject_Size,
} from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyObject_CallArgs, PyObject_CallNoArgs } from "../objects/call.ts";
import { PyBytes_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { fetch, raise, typeError, valueError } from "../objects/errors.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob, TF } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyObject_GenericGetDict, PyObject_GenericSetDict } from "../objects/managed.ts";
import { catching, pushed, runBoth } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { clearField, decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { PyObject_CallFinalizerFromDealloc, PyType_GenericNew } from "../objects/subtype.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type TypeSpec,
  type Visit,
} from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";

export interface IoState {
  types: Record<string, Ref>;
  unsupported: Ref;
}

export function ioState(rt: Runtime): IoState {
  return rt.moduleState.get("_io") as IoState;
}

/** Calls a method by name (new reference). */
export function callMethod(rt: Runtime, o: Ref, name: string, ...args: Ref[]): NewRef {
  const f = pushed(rt, getAttrString(rt, o, name));
  const result = args.length === 0 ? PyObject_CallNoArgs(rt, f) : PyObject_CallArgs(rt, f, ...args);
  decref(rt, pop(rt));
  return result;
}

export function callAndForget(rt: Runtime, o: Ref, name: string, ...args: Ref[]): void {
  decref(rt, callMethod(rt, o, name, ...args));
}

/** A method whose result is a truth value. */
export function askMethod(rt: Runtime, o: Ref, name: string): boolean {
  const r = pushed(rt, callMethod(rt, o, name));
  const yes = PyObject_IsTrue(rt, r);
  drop(rt);
  return yes;
}

/** A method whose result is a number; None is -1. */
export function numberMethod(rt: Runtime, o: Ref, name: string, ...args: Ref[]): number {
  const r = pushed(rt, callMethod(rt, o, name, ...args));
  const n = r === rt.None ? -1 : PyNumber_AsSsize_t(rt, r, rt.exc.ValueError);
  drop(rt);
  return n;
}

export function askAttr(rt: Runtime, o: Ref, name: string): boolean {
  const r = pushed(rt, getAttrString(rt, o, name));
  const yes = PyObject_IsTrue(rt, r);
  drop(rt);
  return yes;
}

export function unsupported(rt: Runtime, message: string): unknown {
  return raise(rt, ioState(rt).unsupported, message);
}

export function closedError(rt: Runtime): unknown {
  return valueError(rt, "I/O operation on closed file.");
}

/** An optional size argument: None or absent is -1. */
export function sizeArg(rt: Runtime, o: OptRef): number {
  if (o === 0 || o === rt.None) return -1;
  if (infoOf(rt, o).nb_index === null)
    throw typeError(rt, `argument should be integer or None, not '${typeNameOf(rt, o)}'`);
  return PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
}

const bool = (rt: Runtime, b: boolean): NewRef => (b ? rt.True : rt.False);

function checkClosed(rt: Runtime, self: Ref): void {
  if (askAttr(rt, self, "closed")) throw closedError(rt);
}

function check(name: string, method: string, message: string): MethodDef {
  const fn = (rt: Runtime, self: Ref): NewRef => {
    if (!askMethod(rt, self, method)) throw unsupported(rt, message);
    return rt.True;
  };
  return { name, flags: METH.NOARGS, fn };
}

function notThere(name: string, what: string, flags = METH.VARARGS): MethodDef {
  return {
    name,
    flags,
    fn: (rt) => {
      throw unsupported(rt, what);
    },
  };
}

function iobase_close(rt: Runtime, self: Ref): NewRef {
  if (hasClosedMark(rt, self)) return rt.None;
  const flush = () => callAndForget(rt, self, "flush");
  return runBoth(rt, flush, () => {
    PyObject_SetAttr(rt, self, internStatic(rt, "__IOBase_closed"), rt.True);
    return rt.None;
  });
}

function hasClosedMark(rt: Runtime, self: Ref): boolean {
  const v = PyObject_GetOptionalAttr(rt, self, internStatic(rt, "__IOBase_closed"));
  if (v === 0) return false;
  decref(rt, v);
  return true;
}

function iobase_flush(rt: Runtime, self: Ref): NewRef {
  if (hasClosedMark(rt, self)) throw closedError(rt);
  return rt.None;
}

/** tp_finalize: closes what is open still (iobase_finalize). */
export function iobase_finalize(rt: Runtime, self: Ref): void {
  const saved = fetch(rt);
  if (saved !== 0) push(rt, saved);
  const closed = catching(rt, rt.exc.Exception, true, () => {
    const v = PyObject_GetOptionalAttr(rt, self, internStatic(rt, "closed"));
    if (v === 0) return false;
    const yes = PyObject_IsTrue(rt, pushed(rt, v));
    drop(rt);
    return yes;
  });
  if (!closed) {
    catching(rt, rt.exc.Exception, undefined, () =>
      PyObject_SetAttr(rt, self, internStatic(rt, "_finalizing"), rt.True),
    );
    catching(rt, rt.exc.Exception, undefined, () => callAndForget(rt, self, "close"));
  }
  if (saved !== 0) rt.i32[Cell.CURRENT_EXC] = pop(rt);
}

function iobase_readline(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "readline", nargs, 0, 1);
  const limit = sizeArg(rt, nargs === 0 ? 0 : rt.i32[args]);
  const one = PyLong_FromNumber(rt, 1);
  const bytes: number[] = [];
  while (limit < 0 || bytes.length < limit) {
    const b = pushed(rt, callMethod(rt, self, "read", one));
    if (!PyBytes_Check(rt, b))
      throw raise(
        rt,
        rt.exc.OSError,
        `read() should have returned a bytes object, not '${typeNameOf(rt, b)}'`,
      );
    const got = copyOfBytes(rt, b);
    drop(rt);
    if (got.length === 0) break;
    bytes.push(...got);
    if (got[got.length - 1] === 10) break;
  }
  return bytesFromJS(rt, Uint8Array.from(bytes));
}

export function iobase_iternext(rt: Runtime, self: Ref): NewRef | 0 {
  const line = callMethod(rt, self, "readline");
  push(rt, line);
  const empty = PyObject_Size(rt, line) === 0;
  if (!empty) return pop(rt);
  drop(rt);
  return 0;
}

function iobase_iter(rt: Runtime, self: Ref): NewRef {
  checkClosed(rt, self);
  return newref(rt, self);
}

function iobase_readlines(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "readlines", nargs, 0, 1);
  const hint = sizeArg(rt, nargs === 0 ? 0 : rt.i32[args]);
  const list = pushed(rt, PyList_New(rt, 0));
  const it = pushed(rt, PyObject_GetIter(rt, self));
  let size = 0;
  for (let line = PyIter_Next(rt, it); line !== 0; line = PyIter_Next(rt, it)) {
    size += PyObject_Size(rt, line);
    listAppendSteal(rt, list, line);
    if (hint > 0 && size > hint) break;
  }
  drop(rt);
  return pop(rt);
}

function iobase_writelines(rt: Runtime, self: Ref, lines: Ref): NewRef {
  checkClosed(rt, self);
  const it = pushed(rt, PyObject_GetIter(rt, lines));
  for (let line = PyIter_Next(rt, it); line !== 0; line = PyIter_Next(rt, it)) {
    push(rt, line);
    callAndForget(rt, self, "write", line);
    drop(rt);
  }
  drop(rt);
  return rt.None;
}

export function iobase_enter(rt: Runtime, self: Ref): NewRef {
  checkClosed(rt, self);
  return newref(rt, self);
}

const IOBASE_METHODS: MethodDef[] = [
  notThere("seek", "seek"),
  {
    name: "tell",
    flags: METH.NOARGS,
    fn: (rt, self) => callMethod(rt, self, "seek", rt.smallInts, PyLong_FromNumber(rt, 1)),
  },
  notThere("truncate", "truncate"),
  { name: "flush", flags: METH.NOARGS, fn: iobase_flush },
  { name: "close", flags: METH.NOARGS, fn: iobase_close },
  { name: "seekable", flags: METH.NOARGS, fn: (rt) => rt.False },
  { name: "readable", flags: METH.NOARGS, fn: (rt) => rt.False },
  { name: "writable", flags: METH.NOARGS, fn: (rt) => rt.False },
  { name: "_checkClosed", flags: METH.VARARGS, fn: (rt, self) => (checkClosed(rt, self), rt.None) },
  check("_checkSeekable", "seekable", "File or stream is not seekable."),
  check("_checkReadable", "readable", "File or stream is not readable."),
  check("_checkWritable", "writable", "File or stream is not writable."),
  notThere("fileno", "fileno"),
  { name: "isatty", flags: METH.NOARGS, fn: (rt, self) => (checkClosed(rt, self), rt.False) },
  { name: "__enter__", flags: METH.NOARGS, fn: iobase_enter },
  { name: "__exit__", flags: METH.VARARGS, fn: (rt, self) => callMethod(rt, self, "close") },
  { name: "readline", flags: METH.FASTCALL, fn: iobase_readline },
  { name: "readlines", flags: METH.FASTCALL, fn: iobase_readlines },
  { name: "writelines", flags: METH.O, fn: iobase_writelines },
];

/** `__dict__` of streams. */
export const DICT_GETSET: GetSetDef = {
  name: "__dict__",
  get: PyObject_GenericGetDict,
  set: PyObject_GenericSetDict,
};

function raw_read(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "read", nargs, 0, 1);
  const n = sizeArg(rt, nargs === 0 ? 0 : rt.i32[args]);
  if (n < 0) return callMethod(rt, self, "readall");
  const size = pushed(rt, PyLong_FromNumber(rt, n));
  const b = pushed(rt, PyObject_CallArgs(rt, rt.types.bytearray, size));
  const got = numberMethod(rt, self, "readinto", b);
  const result = got < 0 ? rt.None : bytesFromJS(rt, copyOfBytes(rt, b).subarray(0, got));
  drop(rt, 2);
  return result;
}

function raw_readall(rt: Runtime, self: Ref): NewRef {
  const parts: Uint8Array[] = [];
  const size = pushed(rt, PyLong_FromNumber(rt, 8192));
  for (;;) {
    const b = pushed(rt, callMethod(rt, self, "read", size));
    if (b === rt.None) {
      drop(rt, 2);
      return parts.length === 0 ? rt.None : bytesFromJS(rt, concat(parts));
    }
    if (!PyBytes_Check(rt, b)) throw typeError(rt, "read() should return bytes");
    const got = copyOfBytes(rt, b);
    drop(rt);
    if (got.length === 0) break;
    parts.push(got);
  }
  drop(rt);
  return bytesFromJS(rt, concat(parts));
}

export function concat(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return all;
}

/** readinto of streams that only read: copies what read(n) gives. */
function readintoBy(method: string) {
  return (rt: Runtime, self: Ref, target: Ref): NewRef => {
    const n = pushed(rt, PyLong_FromNumber(rt, writableBytes(rt, target)));
    const data = pushed(rt, callMethod(rt, self, method, n));
    if (!PyBytes_Check(rt, data)) throw typeError(rt, "read() should return bytes");
    const bytes = copyOfBytes(rt, data);
    storeBytes(rt, target, bytes);
    drop(rt, 2);
    return PyLong_FromNumber(rt, bytes.length);
  };
}

/** Length of a writable bytes-like object. */
export function writableBytes(rt: Runtime, target: Ref): number {
  const get = infoOf(rt, target).bf_getbuffer;
  const view = get && catching(rt, rt.exc.BufferError, null, () => get(rt, target, true));
  if (view === null)
    throw typeError(
      rt,
      `readinto() argument must be read-write bytes-like object, not ${typeNameOf(rt, target)}`,
    );
  const n = view.len;
  releaseView(rt, view);
  return n;
}

function releaseView(rt: Runtime, view: { obj: Ref }): void {
  const obj = view.obj;
  if (obj === 0) return;
  view.obj = 0;
  infoOf(rt, obj).bf_releasebuffer?.(rt, obj, view as never);
  decref(rt, obj);
}

/** Writes bytes at the beginning of a writable bytes-like object. */
export function storeBytes(rt: Runtime, target: Ref, bytes: Uint8Array): void {
  const view = infoOf(rt, target).bf_getbuffer!(rt, target, true);
  rt.u8.set(bytes.subarray(0, view.len), view.buf);
  releaseView(rt, view);
}

/** A deallocator: finalizes, then releases fields (word offsets), dict and weak references. */
export function streamDealloc(
  dict: number,
  weak: number,
  fields: number[],
  free?: (rt: Runtime, p: Ref) => void,
) {
  return (rt: Runtime, p: Ref): void => {
    const i32 = rt.i32;
    if (PyObject_CallFinalizerFromDealloc(rt, p)) return;
    const type = i32[p + Ob.type];
    PyObject_GC_UnTrack(rt, p);
    if (i32[p + weak] !== 0) PyObject_ClearWeakRefs(rt, p);
    free?.(rt, p);
    for (const f of fields) clearField(rt, p + f);
    clearField(rt, p + dict);
    infoOf(rt, p).tp_free!(rt, p);
    decref(rt, type);
  };
}

export function streamTraverse(fields: number[]) {
  return (rt: Runtime, p: Ref, visit: Visit): void => {
    visit(rt.i32[p + Ob.type]);
    for (const f of fields) if (rt.i32[p + f] !== 0) visit(rt.i32[p + f]);
  };
}

export function streamClear(fields: number[]) {
  return (rt: Runtime, p: Ref): void => {
    for (const f of fields) clearField(rt, p + f);
  };
}

export const STREAM_FLAGS = TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE;

/** Fields common to the specifications of stream types. */
export function streamSpec(
  spec: Omit<TypeSpec, "flags" | "heap">,
  dict: number,
  weak: number,
  fields: number[],
  free?: (rt: Runtime, p: Ref) => void,
): TypeSpec {
  return {
    ...spec,
    flags: STREAM_FLAGS,
    heap: true,
    dictoffset: dict * 4,
    weaklistoffset: weak * 4,
    getsets: [...(spec.getsets ?? []), DICT_GETSET],
    slots: {
      tp_dealloc: streamDealloc(dict, weak, fields, free),
      tp_traverse: streamTraverse([...fields, dict]),
      tp_clear: streamClear([...fields, dict]),
      tp_finalize: iobase_finalize,
      ...spec.slots,
    },
  };
}

const closedGet: GetSetDef = { name: "closed", get: (rt, self) => bool(rt, hasClosedMark(rt, self)) };

export function defineBases(rt: Runtime): Record<string, Ref> {
  const make = (
    name: string,
    base: Ref | undefined,
    methods: MethodDef[],
    getsets: GetSetDef[],
    slots: TypeSpec["slots"] = {},
  ): Ref =>
    defineType(
      rt,
      streamSpec(
        {
          name: `_io.${name}`,
          base,
          basicsize: 32,
          slots: { tp_new: PyType_GenericNew, ...slots },
          methods,
          getsets,
        },
        4,
        6,
        [],
      ),
    );
  const _IOBase = make("_IOBase", undefined, IOBASE_METHODS, [closedGet], {
    tp_iter: iobase_iter,
    tp_iternext: iobase_iternext,
  });
  const _RawIOBase = make(
    "_RawIOBase",
    _IOBase,
    [
      { name: "read", flags: METH.FASTCALL, fn: raw_read },
      { name: "readall", flags: METH.NOARGS, fn: raw_readall },
      notThere("readinto", "readinto"),
      notThere("write", "write"),
    ],
    [],
  );
  const _BufferedIOBase = make(
    "_BufferedIOBase",
    _IOBase,
    [
      notThere("detach", "detach"),
      notThere("read", "read"),
      notThere("read1", "read1"),
      { name: "readinto", flags: METH.O, fn: readintoBy("read") },
      { name: "readinto1", flags: METH.O, fn: readintoBy("read1") },
      notThere("write", "write"),
    ],
    [],
  );
  const _TextIOBase = make(
    "_TextIOBase",
    _IOBase,
    [
      notThere("detach", "detach"),
      notThere("read", "read"),
      notThere("readline", "readline"),
      notThere("write", "write"),
    ],
    [
      { name: "encoding", get: (rt) => rt.None },
      { name: "newlines", get: (rt) => rt.None },
      { name: "errors", get: (rt) => rt.None },
    ],
  );
  return { _IOBase, _RawIOBase, _BufferedIOBase, _TextIOBase };
}
