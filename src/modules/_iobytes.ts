/**
 * io.BytesIO: a stream in memory. Part of the modules (CPython's Modules/_io/bytesio.c). Its bytes are in a bytes object
 * that is longer than what is in use while it grows.
 *
 *   byte  0      16    24    32            40     48         56
 *         | head | buf | pos | string_size | dict | weakrefs | exports |
 */

import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { type BufferView, bytesLike, plainView } from "../objects/buffer.ts";
import { _PyBytes_Resize, bytesData, bytesSize, PyBytes_FromAddress, PyBytes_New } from "../objects/bytes.ts";
import { PyBytes_CheckExact } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { raise, valueError } from "../objects/errors.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob, TF } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyMemoryView_FromObject } from "../objects/memoryview.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { clearField, decref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { closedError, ioState, sizeArg, storeBytes, streamSpec, writableBytes } from "./_iobase.ts";

const enum B {
  buf = 4,
  pos = 6,
  size = 8,
  dict = 10,
  weakreflist = 12,
  exports = 14,
  BYTES = 64,
}

const bool = (rt: Runtime, b: boolean): NewRef => (b ? rt.True : rt.False);

function open(rt: Runtime, self: Ref): void {
  if (rt.i32[self + B.buf] === 0) throw closedError(rt);
}

function resizable(rt: Runtime, self: Ref): void {
  open(rt, self);
  if (rt.i32[self + B.exports] > 0)
    throw raise(rt, rt.exc.BufferError, "Existing exports of data: object cannot be re-sized");
}

/** Makes the buffer the stream's own and at least n bytes long. */
function reserve(rt: Runtime, self: Ref, n: number): void {
  const i32 = rt.i32;
  const buf = i32[self + B.buf];
  const have = bytesSize(rt, buf);
  const shared = i32[buf] !== 1;
  if (n <= have && !shared) return;
  let want = n;
  if (n > have) want = n < have * 1.125 ? n + (n >> 3) + (n < 9 ? 3 : 6) : n + 1;
  else want = have;
  if (shared || have === 0) {
    const fresh = PyBytes_New(rt, want);
    rt.u8.copyWithin(bytesData(rt, fresh), bytesData(rt, buf), bytesData(rt, buf) + Math.min(have, want));
    setField(rt, self + B.buf, fresh);
  } else {
    i32[self + B.buf] = 0;
    i32[self + B.buf] = _PyBytes_Resize(rt, buf, want);
  }
}

function writeBytes(rt: Runtime, self: Ref, data: Ref): number {
  resizable(rt, self);
  const n = bytesLike(rt, data).n;
  if (n === 0) return 0;
  const i32 = rt.i32;
  const pos = i32[self + B.pos];
  push(rt, newref(rt, data));
  reserve(rt, self, pos + n);
  const to = bytesData(rt, i32[self + B.buf]);
  const size = i32[self + B.size];
  if (pos > size) rt.u8.fill(0, to + size, to + pos);
  const { at } = bytesLike(rt, data);
  rt.u8.copyWithin(to + pos, at, at + n);
  i32[self + B.pos] = pos + n;
  if (pos + n > size) i32[self + B.size] = pos + n;
  drop(rt);
  return n;
}

function readN(rt: Runtime, self: Ref, n: number): NewRef {
  const i32 = rt.i32;
  const pos = i32[self + B.pos];
  const size = i32[self + B.size];
  const buf = i32[self + B.buf];
  const left = Math.max(0, size - pos);
  const take = n < 0 ? left : Math.min(n, left);
  i32[self + B.pos] = pos + take;
  if (take > 1 && pos === 0 && take === bytesSize(rt, buf) && i32[self + B.exports] === 0)
    return newref(rt, buf);
  return PyBytes_FromAddress(rt, bytesData(rt, buf) + Math.min(pos, size), take);
}

function lineLength(rt: Runtime, self: Ref, limit: number): number {
  const i32 = rt.i32;
  const at = bytesData(rt, i32[self + B.buf]);
  const pos = i32[self + B.pos];
  const size = i32[self + B.size];
  if (pos >= size) return 0;
  const nl = rt.u8.subarray(at + pos, at + size).indexOf(10);
  const n = nl < 0 ? size - pos : nl + 1;
  return limit >= 0 && limit < n ? limit : n;
}

const arg = (rt: Runtime, args: number, nargs: number): OptRef => (nargs === 0 ? 0 : rt.i32[args]);

function read(name: string): MethodDef {
  return {
    name,
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) => {
      checkArgs(rt, name, nargs, 0, 1);
      const n = sizeArg(rt, arg(rt, args, nargs));
      open(rt, self);
      return readN(rt, self, n);
    },
    sig: "($self, size=-1, /)",
  };
}

function bytesio_readlines(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  const hint = sizeArg(rt, arg(rt, args, nargs));
  open(rt, self);
  const list = pushed(rt, PyList_New(rt, 0));
  let total = 0;
  for (let n = lineLength(rt, self, -1); n > 0; n = lineLength(rt, self, -1)) {
    listAppendSteal(rt, list, readN(rt, self, n));
    total += n;
    if (hint > 0 && total >= hint) break;
  }
  return pop(rt);
}

function bytesio_seek(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "seek", nargs, 1, 2);
  const offset = PyNumber_AsSsize_t(rt, rt.i32[args], rt.exc.OverflowError);
  const whence = nargs === 2 ? PyNumber_AsSsize_t(rt, rt.i32[args + 2], 0) : 0;
  open(rt, self);
  if (offset < 0 && whence === 0) throw valueError(rt, `negative seek value ${offset}`);
  if (whence < 0 || whence > 2) throw valueError(rt, `invalid whence (${whence}, should be 0, 1 or 2)`);
  const base = whence === 0 ? 0 : whence === 1 ? rt.i32[self + B.pos] : rt.i32[self + B.size];
  rt.i32[self + B.pos] = Math.max(0, base + offset);
  return PyLong_FromNumber(rt, rt.i32[self + B.pos]);
}

function bytesio_truncate(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  resizable(rt, self);
  const given = arg(rt, args, nargs);
  const n = given === 0 || given === rt.None ? rt.i32[self + B.pos] : sizeArg(rt, given);
  if (n < 0) throw valueError(rt, `negative size value ${n}`);
  if (n < rt.i32[self + B.size]) {
    setField(rt, self + B.buf, PyBytes_FromAddress(rt, bytesData(rt, rt.i32[self + B.buf]), n));
    rt.i32[self + B.size] = n;
  }
  return PyLong_FromNumber(rt, n);
}

function bytesio_getvalue(rt: Runtime, self: Ref): NewRef {
  open(rt, self);
  const i32 = rt.i32;
  const buf = i32[self + B.buf];
  const size = i32[self + B.size];
  if (size !== bytesSize(rt, buf) && i32[self + B.exports] === 0 && size > 1) {
    setField(rt, self + B.buf, PyBytes_FromAddress(rt, bytesData(rt, buf), size));
  } else if (size !== bytesSize(rt, buf) || i32[self + B.exports] > 0)
    return PyBytes_FromAddress(rt, bytesData(rt, buf), size);
  return newref(rt, i32[self + B.buf]);
}

function bytesio_close(rt: Runtime, self: Ref): NewRef {
  if (rt.i32[self + B.exports] > 0)
    throw raise(rt, rt.exc.BufferError, "Existing exports of data: object cannot be re-sized");
  clearField(rt, self + B.buf);
  return rt.None;
}

function bytesio_getbuffer(rt: Runtime, self: Ref): NewRef {
  open(rt, self);
  const type = ioState(rt).types._BytesIOBuffer;
  const b = pushed(rt, infoOfType(rt, type).tp_alloc!(rt, type, 0));
  rt.i32[b + 4] = newref(rt, self);
  const view = PyMemoryView_FromObject(rt, b);
  drop(rt);
  return view;
}

function lend(rt: Runtime, b: Ref): BufferView {
  const self = rt.i32[b + 4];
  if (rt.i32[self + B.exports] === 0 && rt.i32[rt.i32[self + B.buf]] !== 1)
    reserve(rt, self, rt.i32[self + B.size]);
  rt.i32[self + B.exports]++;
  return plainView(rt, b, bytesData(rt, rt.i32[self + B.buf]), rt.i32[self + B.size], false);
}

const METHODS: MethodDef[] = [
  ...["readable", "writable", "seekable"].map(
    (name): MethodDef => ({ name, flags: METH.NOARGS, fn: (rt, self) => (open(rt, self), rt.True) }),
  ),
  { name: "isatty", flags: METH.NOARGS, fn: (rt, self) => (open(rt, self), rt.False) },
  { name: "flush", flags: METH.NOARGS, fn: (rt, self) => (open(rt, self), rt.None) },
  {
    name: "tell",
    flags: METH.NOARGS,
    fn: (rt, self) => (open(rt, self), PyLong_FromNumber(rt, rt.i32[self + B.pos])),
  },
  { name: "write", flags: METH.O, fn: (rt, self, data) => PyLong_FromNumber(rt, writeBytes(rt, self, data)) },
  {
    name: "writelines",
    flags: METH.O,
    fn: (rt, self, lines) => {
      open(rt, self);
      const it = pushed(rt, PyObject_GetIter(rt, lines));
      for (let line = PyIter_Next(rt, it); line !== 0; line = PyIter_Next(rt, it)) {
        push(rt, line);
        writeBytes(rt, self, line);
        drop(rt);
      }
      drop(rt);
      return rt.None;
    },
  },
  read("read"),
  read("read1"),
  {
    name: "readinto",
    flags: METH.O,
    fn: (rt, self, target) => {
      open(rt, self);
      const data = pushed(rt, readN(rt, self, writableBytes(rt, target)));
      const { at, n } = bytesLike(rt, data);
      storeBytes(rt, target, rt.u8.slice(at, at + n));
      drop(rt);
      return PyLong_FromNumber(rt, n);
    },
  },
  {
    name: "readline",
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) => {
      const limit = sizeArg(rt, arg(rt, args, nargs));
      open(rt, self);
      return readN(rt, self, lineLength(rt, self, limit));
    },
    sig: "($self, size=-1, /)",
  },
  { name: "readlines", flags: METH.FASTCALL, fn: bytesio_readlines, sig: "($self, size=None, /)" },
  { name: "seek", flags: METH.FASTCALL, fn: bytesio_seek, sig: "($self, pos, whence=0, /)" },
  { name: "truncate", flags: METH.FASTCALL, fn: bytesio_truncate, sig: "($self, size=None, /)" },
  { name: "close", flags: METH.NOARGS, fn: bytesio_close },
  { name: "getvalue", flags: METH.NOARGS, fn: bytesio_getvalue },
  { name: "getbuffer", flags: METH.NOARGS, fn: bytesio_getbuffer },
];

const INIT = kwSpec("BytesIO", "initial_bytes=");

function bytesio_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const [initial] = parseTupleKw(rt, INIT, args, kwargs);
  resizable(rt, self);
  rt.i32[self + B.size] = 0;
  rt.i32[self + B.pos] = 0;
  if (initial === 0 || initial === rt.None) return;
  if (PyBytes_CheckExact(rt, initial)) {
    setField(rt, self + B.buf, newref(rt, initial));
    rt.i32[self + B.size] = bytesSize(rt, initial);
    return;
  }
  writeBytes(rt, self, initial);
  rt.i32[self + B.pos] = 0;
}

export function defineBytesIO(rt: Runtime, base: Ref): Record<string, Ref> {
  const BytesIO = defineType(
    rt,
    streamSpec(
      {
        name: "_io.BytesIO",
        base,
        basicsize: B.BYTES,
        doc: "A stream of bytes in memory.",
        slots: {
          tp_new: (r, type, args, kwargs) => {
            const p = PyType_GenericNew(r, type, args, kwargs);
            r.i32[p + B.buf] = newref(r, r.emptyBytes);
            return p;
          },
          tp_init: bytesio_init,
          tp_iternext: (r, self) => {
            open(r, self);
            const n = lineLength(r, self, -1);
            return n === 0 ? 0 : readN(r, self, n);
          },
          tp_sizeof: (r, self) => {
            const buf = r.i32[self + B.buf];
            return B.BYTES + (buf !== 0 && r.i32[buf] === 1 ? 33 + bytesSize(r, buf) : 0);
          },
        },
        methods: METHODS,
        getsets: [{ name: "closed", get: (r, self) => bool(r, r.i32[self + B.buf] === 0) }],
      },
      B.dict,
      B.weakreflist,
      [B.buf],
    ),
  );
  const _BytesIOBuffer = defineType(rt, {
    name: "_io._BytesIOBuffer",
    basicsize: 24,
    flags: TF.HAVE_GC | TF.DISALLOW_INSTANTIATION | TF.IMMUTABLETYPE,
    heap: true,
    slots: {
      tp_dealloc: (r, b) => {
        const type = r.i32[b + Ob.type];
        PyObject_GC_UnTrack(r, b);
        clearField(r, b + 4);
        infoOf(r, b).tp_free!(r, b);
        decref(r, type);
      },
      tp_traverse: (r, b, visit) => {
        visit(r.i32[b + Ob.type]);
        if (r.i32[b + 4] !== 0) visit(r.i32[b + 4]);
      },
      bf_getbuffer: (r, b) => lend(r, b),
      bf_releasebuffer: (r, b) => {
        r.i32[r.i32[b + 4] + B.exports]--;
      },
    },
  });
  return { BytesIO, _BytesIOBuffer };
}
