/**
 * io.BufferedReader, BufferedWriter, BufferedRandom and BufferedRWPair. Part of the modules (Modules/_io/bufferedio.c).
 * The buffer holds either bytes read ahead or bytes not yet written.
 *
 *   byte  0      16    24      32       40    48         56           64 ... 136    144
 *         | head | raw | flags | buffer | pos | read_end | write_end | size | dict | weakrefs |
 */
import { getAttrString, reprOf } from "../objects/abstract.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyObject_CallArgs, PyObject_CallOneArg } from "../objects/call.ts";
import { PyBytes_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory, raise, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { catching, pushed, runBoth } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import {
  type GetSetDef,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
} from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import {
  askAttr,
  askMethod,
  callAndForget,
  callMethod,
  concat,
  numberMethod,
  sizeArg,
  storeBytes,
  streamSpec,
  unsupported,
  writableBytes,
} from "./_iobase.ts";
import {
  fileRead,
  fileReadAll,
  fileSeek,
  fileWrite,
  isExactFile,
  notPickled,
  setFinalizing,
} from "./_iofile.ts";

export const DEFAULT_BUFFER_SIZE = 8192;

export const enum Buf {
  raw = 4,
  flags = 6,
  buffer = 8,
  pos = 10,
  read_end = 12,
  write_end = 14,
  size = 16,
  dict = 34,
  weakreflist = 36,
  BYTES = 152,
}

const enum BF {
  OK = 1,
  DETACHED = 2,
  FINALIZING = 4,
}

function rawOf(rt: Runtime, self: Ref): Ref {
  const flags = rt.i32[self + Buf.flags];
  if ((flags & BF.OK) !== 0) return rt.i32[self + Buf.raw];
  throw valueError(
    rt,
    (flags & BF.DETACHED) !== 0 ? "raw stream has been detached" : "I/O operation on uninitialized object",
  );
}

/** Is it over an exact FileIO that is open? */
export function isOpenFile(rt: Runtime, self: Ref): boolean {
  const raw = rt.i32[self + Buf.raw];
  return (rt.i32[self + Buf.flags] & BF.OK) !== 0 && isExactFile(rt, raw) && rt.i32[raw + 4] >= 0;
}

function isClosed(rt: Runtime, self: Ref): boolean {
  const raw = rawOf(rt, self);
  return isExactFile(rt, raw) ? rt.i32[raw + 4] < 0 : askAttr(rt, raw, "closed");
}

function open(rt: Runtime, self: Ref, what: string): void {
  if (isClosed(rt, self)) throw valueError(rt, `${what} of closed file`);
}

/** Bytes read ahead and not given out. */
function ahead(rt: Runtime, self: Ref): number {
  return rt.i32[self + Buf.read_end] - rt.i32[self + Buf.pos];
}

function resetRead(rt: Runtime, self: Ref): void {
  rt.i32[self + Buf.pos] = 0;
  rt.i32[self + Buf.read_end] = 0;
}

/** Up to n bytes of the raw stream; null if it would block. */
function rawRead(rt: Runtime, self: Ref, n: number): Uint8Array | null {
  const raw = rawOf(rt, self);
  if (isExactFile(rt, raw)) return fileRead(rt, raw, n);
  const size = pushed(rt, PyLong_FromNumber(rt, n));
  const b = pushed(rt, PyObject_CallOneArg(rt, rt.types.bytearray, size));
  const got = numberMethod(rt, raw, "readinto", b);
  if (got > n)
    throw raise(
      rt,
      rt.exc.OSError,
      `raw readinto() returned invalid length ${got} (should have been between 0 and ${n})`,
    );
  const bytes = got < 0 ? null : copyOfBytes(rt, b).subarray(0, got);
  drop(rt, 2);
  return bytes;
}

function rawWrite(rt: Runtime, self: Ref, bytes: Uint8Array): number {
  const raw = rawOf(rt, self);
  if (isExactFile(rt, raw)) return fileWrite(rt, raw, bytes);
  const b = pushed(rt, bytesFromJS(rt, bytes));
  const n = numberMethod(rt, raw, "write", b);
  drop(rt);
  if (n > bytes.length)
    throw raise(
      rt,
      rt.exc.OSError,
      `raw write() returned invalid length ${n} (should have been between 0 and ${bytes.length})`,
    );
  return n;
}

function rawSeek(rt: Runtime, self: Ref, offset: number, whence: number): number {
  const raw = rawOf(rt, self);
  if (isExactFile(rt, raw)) return fileSeek(rt, raw, offset, whence);
  const o = pushed(rt, PyLong_FromNumber(rt, offset));
  const n = numberMethod(rt, raw, "seek", o, PyLong_FromNumber(rt, whence));
  drop(rt);
  if (n < 0) throw raise(rt, rt.exc.OSError, `Raw stream returned invalid position ${n}`);
  return n;
}

function rawTell(rt: Runtime, self: Ref): number {
  const raw = rawOf(rt, self);
  return isExactFile(rt, raw) ? fileSeek(rt, raw, 0, 1) : numberMethod(rt, raw, "tell");
}

/** Writes out what waits in the buffer. */
function flushWrites(rt: Runtime, self: Ref): void {
  const i32 = rt.i32;
  const at = i32[self + Buf.buffer] * 4;
  let from = 0;
  const end = i32[self + Buf.write_end];
  while (from < end) {
    const n = rawWrite(rt, self, rt.u8.slice(at + from, at + end));
    if (n < 0) {
      rt.u8.copyWithin(at, at + from, at + end);
      i32[self + Buf.write_end] = end - from;
      throw raise(rt, rt.exc.BlockingIOError, "write could not complete without blocking");
    }
    from += n;
  }
  i32[self + Buf.write_end] = 0;
}

/** Gives up what was read ahead: the raw stream goes back to where the user is. */
function dropAhead(rt: Runtime, self: Ref): void {
  const n = ahead(rt, self);
  if (n > 0) rawSeek(rt, self, -n, 1);
  resetRead(rt, self);
}

/** Fills the empty read buffer; the number of bytes, -1 if it would block. */
function fillBuffer(rt: Runtime, self: Ref): number {
  flushWrites(rt, self);
  const bytes = rawRead(rt, self, rt.i32[self + Buf.size]);
  if (bytes === null) return -1;
  rt.u8.set(bytes, rt.i32[self + Buf.buffer] * 4);
  rt.i32[self + Buf.pos] = 0;
  rt.i32[self + Buf.read_end] = bytes.length;
  return bytes.length;
}

/** Takes n bytes that are in the buffer. */
function takeAhead(rt: Runtime, self: Ref, n: number): Uint8Array {
  const at = rt.i32[self + Buf.buffer] * 4 + rt.i32[self + Buf.pos];
  rt.i32[self + Buf.pos] += n;
  return rt.u8.slice(at, at + n);
}

function readAll(rt: Runtime, self: Ref): Uint8Array {
  const parts = [takeAhead(rt, self, ahead(rt, self))];
  flushWrites(rt, self);
  resetRead(rt, self);
  const raw = rawOf(rt, self);
  if (isExactFile(rt, raw)) parts.push(fileReadAll(rt, raw));
  else {
    const rest = pushed(rt, callMethod(rt, raw, "readall"));
    if (rest !== rt.None) {
      if (!PyBytes_Check(rt, rest)) throw raise(rt, rt.exc.TypeError, "readall() should return bytes");
      parts.push(copyOfBytes(rt, rest));
    }
    drop(rt);
  }
  return concat(parts);
}

/** n bytes, fewer at the end of the file. */
function readExactly(rt: Runtime, self: Ref, n: number): Uint8Array {
  const have = ahead(rt, self);
  if (n <= have) return takeAhead(rt, self, n);
  const parts = [takeAhead(rt, self, have)];
  for (let left = n - have; left > 0; ) {
    if (left >= rt.i32[self + Buf.size]) {
      flushWrites(rt, self);
      resetRead(rt, self);
      const bytes = rawRead(rt, self, left - (left % rt.i32[self + Buf.size]));
      if (bytes === null || bytes.length === 0) break;
      parts.push(bytes);
      left -= bytes.length;
      continue;
    }
    if (fillBuffer(rt, self) <= 0) break;
    const part = takeAhead(rt, self, Math.min(left, ahead(rt, self)));
    parts.push(part);
    left -= part.length;
  }
  return concat(parts);
}

function buffered_read(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "read", nargs, 0, 1);
  const n = sizeArg(rt, nargs === 0 ? 0 : rt.i32[args]);
  if (n < -1) throw valueError(rt, "read length must be non-negative or -1");
  open(rt, self, "read");
  return bytesFromJS(rt, n < 0 ? readAll(rt, self) : readExactly(rt, self, n));
}

/** At most one call of the raw stream; null would block. */
export function bufferedRead1(rt: Runtime, self: Ref, n: number): Uint8Array {
  open(rt, self, "read");
  const size = n < 0 ? rt.i32[self + Buf.size] : n;
  if (size === 0) return new Uint8Array(0);
  const have = ahead(rt, self);
  if (have > 0) return takeAhead(rt, self, Math.min(size, have));
  flushWrites(rt, self);
  resetRead(rt, self);
  return rawRead(rt, self, size) ?? new Uint8Array(0);
}

function buffered_readline(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "readline", nargs, 0, 1);
  const limit = sizeArg(rt, nargs === 0 ? 0 : rt.i32[args]);
  open(rt, self, "readline");
  return bytesFromJS(rt, readLine(rt, self, limit));
}

function readLine(rt: Runtime, self: Ref, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let left = limit < 0 ? Number.POSITIVE_INFINITY : limit; left > 0; ) {
    if (ahead(rt, self) === 0 && fillBuffer(rt, self) <= 0) break;
    const at = rt.i32[self + Buf.buffer] * 4;
    const nl = rt.u8.subarray(at + rt.i32[self + Buf.pos], at + rt.i32[self + Buf.read_end]).indexOf(10);
    const n = Math.min(left, nl < 0 ? ahead(rt, self) : nl + 1);
    parts.push(takeAhead(rt, self, n));
    left -= n;
    if (nl >= 0 && n === nl + 1) break;
  }
  return parts.length === 1 ? parts[0] : concat(parts);
}

function readinto(name: string, once: boolean): MethodDef {
  return {
    name,
    flags: METH.O,
    fn: (rt, self, target) => {
      open(rt, self, "readinto");
      const n = writableBytes(rt, target);
      const bytes = once ? bufferedRead1(rt, self, n) : readExactly(rt, self, n);
      storeBytes(rt, target, bytes);
      return PyLong_FromNumber(rt, bytes.length);
    },
  };
}

function buffered_peek(rt: Runtime, self: Ref): NewRef {
  open(rt, self, "peek");
  if (ahead(rt, self) === 0) fillBuffer(rt, self);
  const at = rt.i32[self + Buf.buffer] * 4;
  return bytesFromJS(rt, rt.u8.slice(at + rt.i32[self + Buf.pos], at + rt.i32[self + Buf.read_end]));
}

/** Puts bytes into the buffer, writing it out where it is full. */
export function bufferedWrite(rt: Runtime, self: Ref, bytes: Uint8Array): void {
  open(rt, self, "write to");
  dropAhead(rt, self);
  const i32 = rt.i32;
  const size = i32[self + Buf.size];
  if (i32[self + Buf.write_end] + bytes.length > size) flushWrites(rt, self);
  if (bytes.length > size) {
    for (let from = 0; from < bytes.length; ) {
      const n = rawWrite(rt, self, bytes.subarray(from));
      if (n < 0) throw raise(rt, rt.exc.BlockingIOError, "write could not complete without blocking");
      from += n;
    }
    return;
  }
  rt.u8.set(bytes, i32[self + Buf.buffer] * 4 + i32[self + Buf.write_end]);
  i32[self + Buf.write_end] += bytes.length;
}

function buffered_flush(rt: Runtime, self: Ref): NewRef {
  open(rt, self, "flush");
  flushWrites(rt, self);
  return rt.None;
}

/** flush of a stream that can be read: what was read ahead is given back too. */
function random_flush(rt: Runtime, self: Ref): NewRef {
  open(rt, self, "flush");
  flushWrites(rt, self);
  dropAhead(rt, self);
  return rt.None;
}

function buffered_seek(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "seek", nargs, 1, 2);
  const offset = PyNumber_AsSsize_t(rt, rt.i32[args], rt.exc.OverflowError);
  const whence = nargs === 2 ? PyNumber_AsSsize_t(rt, rt.i32[args + 2], 0) : 0;
  if (whence < 0 || whence > 2) throw valueError(rt, `whence value ${whence} unsupported`);
  open(rt, self, "seek");
  if (!askMethod(rt, rawOf(rt, self), "seekable")) throw unsupported(rt, "File or stream is not seekable.");
  flushWrites(rt, self);
  if (whence === 2) {
    resetRead(rt, self);
    return PyLong_FromNumber(rt, rawSeek(rt, self, offset, 2));
  }
  const current = rawTell(rt, self) - ahead(rt, self);
  const target = whence === 0 ? offset : current + offset;
  const move = target - current;
  // Within what is in the buffer the raw stream need not move.
  if (ahead(rt, self) > 0 && move >= -rt.i32[self + Buf.pos] && move <= ahead(rt, self)) {
    rt.i32[self + Buf.pos] += move;
    return PyLong_FromNumber(rt, target);
  }
  resetRead(rt, self);
  return PyLong_FromNumber(rt, rawSeek(rt, self, target, 0));
}

export function bufferedTell(rt: Runtime, self: Ref): number {
  return rawTell(rt, self) - ahead(rt, self) + rt.i32[self + Buf.write_end];
}

function buffered_truncate(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "truncate", nargs, 0, 1);
  open(rt, self, "truncate");
  if (!askMethod(rt, rawOf(rt, self), "writable")) throw unsupported(rt, "truncate");
  flushWrites(rt, self);
  dropAhead(rt, self);
  return nargs === 0
    ? callMethod(rt, rawOf(rt, self), "truncate")
    : callMethod(rt, rawOf(rt, self), "truncate", rt.i32[args]);
}

function buffered_close(rt: Runtime, self: Ref): NewRef {
  const raw = rawOf(rt, self);
  if (isClosed(rt, self)) return rt.None;
  if ((rt.i32[self + Buf.flags] & BF.FINALIZING) !== 0) {
    catching(rt, rt.exc.Exception, undefined, () => callAndForget(rt, raw, "_dealloc_warn", self));
  }
  const flush = () => callAndForget(rt, self, "flush");
  return runBoth(rt, flush, () => {
    try {
      return callMethod(rt, raw, "close");
    } finally {
      freeBuffer(rt, self);
    }
  });
}

function freeBuffer(rt: Runtime, self: Ref): void {
  const b = rt.i32[self + Buf.buffer];
  rt.i32[self + Buf.buffer] = 0;
  rt.i32[self + Buf.write_end] = 0;
  resetRead(rt, self);
  if (b !== 0) PyMem_Free(rt, b);
}

function buffered_detach(rt: Runtime, self: Ref): NewRef {
  rawOf(rt, self);
  callAndForget(rt, self, "flush");
  const raw = rt.i32[self + Buf.raw];
  rt.i32[self + Buf.raw] = 0;
  rt.i32[self + Buf.flags] = BF.DETACHED;
  return raw;
}

function delegate(name: string): MethodDef {
  return { name, flags: METH.NOARGS, fn: (rt, self) => callMethod(rt, rawOf(rt, self), name) };
}

const COMMON: MethodDef[] = [
  { name: "close", flags: METH.NOARGS, fn: buffered_close },
  { name: "detach", flags: METH.NOARGS, fn: buffered_detach },
  ...["seekable", "fileno", "isatty"].map(delegate),
  {
    name: "_dealloc_warn",
    flags: METH.O,
    fn: (rt, self, source) => {
      if ((rt.i32[self + Buf.flags] & BF.OK) !== 0)
        catching(rt, rt.exc.AttributeError, undefined, () =>
          callAndForget(rt, rawOf(rt, self), "_dealloc_warn", source),
        );
      return rt.None;
    },
  },
  { name: "seek", flags: METH.FASTCALL, fn: buffered_seek, sig: "($self, target, whence=0, /)" },
  { name: "tell", flags: METH.NOARGS, fn: (rt, self) => PyLong_FromNumber(rt, bufferedTell(rt, self)) },
  { name: "truncate", flags: METH.FASTCALL, fn: buffered_truncate, sig: "($self, pos=None, /)" },
  { name: "__reduce__", flags: METH.NOARGS, fn: notPickled },
  { name: "__reduce_ex__", flags: METH.O, fn: notPickled },
];

const READING: MethodDef[] = [
  delegate("readable"),
  { name: "read", flags: METH.FASTCALL, fn: buffered_read, sig: "($self, size=-1, /)" },
  {
    name: "read1",
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) =>
      bytesFromJS(rt, bufferedRead1(rt, self, nargs === 0 ? -1 : sizeArg(rt, rt.i32[args]))),
    sig: "($self, size=-1, /)",
  },
  { name: "readline", flags: METH.FASTCALL, fn: buffered_readline, sig: "($self, size=-1, /)" },
  { name: "peek", flags: METH.FASTCALL, fn: buffered_peek, sig: "($self, size=0, /)" },
  readinto("readinto", false),
  readinto("readinto1", true),
];

const WRITING: MethodDef[] = [
  delegate("writable"),
  {
    name: "write",
    flags: METH.O,
    fn: (rt, self, data) => {
      const bytes = copyOfBytes(rt, data);
      bufferedWrite(rt, self, bytes);
      return PyLong_FromNumber(rt, bytes.length);
    },
  },
];

const GETSETS: GetSetDef[] = [
  { name: "closed", get: (rt, self) => getAttrString(rt, rawOf(rt, self), "closed") },
  { name: "name", get: (rt, self) => getAttrString(rt, rawOf(rt, self), "name") },
  { name: "mode", get: (rt, self) => getAttrString(rt, rawOf(rt, self), "mode") },
  { name: "raw", get: (rt, self) => newref(rt, rawOf(rt, self)) },
  setFinalizing(Buf.flags, BF.FINALIZING),
];

const INIT = kwSpec("BufferedReader", "raw, buffer_size=");

function initializer(needs: string[]) {
  return (rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void => {
    const [raw, sizeGiven] = parseTupleKw(rt, INIT, args, kwargs);
    const size =
      sizeGiven === 0 ? DEFAULT_BUFFER_SIZE : PyNumber_AsSsize_t(rt, sizeGiven, rt.exc.OverflowError);
    for (const need of needs) {
      if (isExactFile(rt, raw) ? askMethod(rt, raw, need) : askMethod(rt, raw, need)) continue;
      throw unsupported(rt, `File or stream is not ${need}.`);
    }
    if (size <= 0) throw valueError(rt, "buffer size must be strictly positive");
    freeBuffer(rt, self);
    const buffer = PyMem_Malloc(rt, size);
    if (buffer === 0) throw noMemory(rt);
    rt.i32[self + Buf.buffer] = buffer;
    rt.i32[self + Buf.size] = size;
    setField(rt, self + Buf.raw, newref(rt, raw));
    rt.i32[self + Buf.flags] = BF.OK;
  };
}

function buffered_repr(rt: Runtime, self: Ref): NewRef {
  const type = typeNameOf(rt, self);
  return (
    catching(rt, rt.exc.Exception, 0, () => {
      const name = pushed(rt, getAttrString(rt, self, "name"));
      const text = PyUnicode_FromJS(rt, `<${type} name=${reprOf(rt, name)}>`);
      push(rt, text);
      pop(rt);
      drop(rt);
      return text;
    }) || PyUnicode_FromJS(rt, `<${type}>`)
  );
}

function buffered_iternext(rt: Runtime, self: Ref): NewRef | 0 {
  open(rt, self, "readline");
  const line = readLine(rt, self, -1);
  return line.length === 0 ? 0 : bytesFromJS(rt, line);
}

function make(
  rt: Runtime,
  name: string,
  base: Ref,
  needs: string[],
  methods: MethodDef[],
  reads: boolean,
): Ref {
  return defineType(
    rt,
    streamSpec(
      {
        name: `_io.${name}`,
        base,
        basicsize: Buf.BYTES,
        slots: {
          tp_new: PyType_GenericNew,
          tp_init: initializer(needs),
          tp_repr: buffered_repr,
          tp_sizeof: (r, self) => Buf.BYTES + (r.i32[self + Buf.buffer] !== 0 ? r.i32[self + Buf.size] : 0),
          ...(reads ? { tp_iternext: buffered_iternext } : {}),
        },
        methods: [...methods, ...COMMON],
        getsets: GETSETS,
      },
      Buf.dict,
      Buf.weakreflist,
      [Buf.raw],
      freeBuffer,
    ),
  );
}

const enum Pair {
  reader = 4,
  writer = 6,
  dict = 8,
  weakreflist = 10,
  BYTES = 48,
}

/** BufferedRWPair: two streams that look like one. */
function definePair(rt: Runtime, base: Ref, reader: Ref, writer: Ref): Ref {
  const to = (name: string, side: Pair): MethodDef => ({
    name,
    flags: METH.FASTCALL,
    fn: (r, self, args, nargs) =>
      callMethod(
        r,
        r.i32[self + side],
        name,
        ...Array.from({ length: nargs }, (_, i) => r.i32[args + 2 * i]),
      ),
  });
  return defineType(
    rt,
    streamSpec(
      {
        name: "_io.BufferedRWPair",
        base,
        basicsize: Pair.BYTES,
        slots: {
          tp_new: PyType_GenericNew,
          tp_init: (r, self, args, kwargs) => {
            const [a, b, size] = parseTupleKw(r, PAIR, args, kwargs);
            if (!askMethod(r, a, "readable")) throw unsupported(r, "File or stream is not readable.");
            if (!askMethod(r, b, "writable")) throw unsupported(r, "File or stream is not writable.");
            const n = pushed(r, size === 0 ? PyLong_FromNumber(r, DEFAULT_BUFFER_SIZE) : newref(r, size));
            setField(r, self + Pair.reader, callTwo(r, reader, a, n));
            setField(r, self + Pair.writer, callTwo(r, writer, b, n));
            drop(r);
          },
        },
        methods: [
          ...["read", "peek", "read1", "readinto", "readinto1", "readable"].map((name) =>
            to(name, Pair.reader),
          ),
          ...["write", "flush", "writable"].map((name) => to(name, Pair.writer)),
          {
            name: "close",
            flags: METH.NOARGS,
            fn: (r, self) => {
              callAndForget(r, r.i32[self + Pair.writer], "close");
              return callMethod(r, r.i32[self + Pair.reader], "close");
            },
          },
          {
            name: "isatty",
            flags: METH.NOARGS,
            fn: (r, self) =>
              askMethod(r, r.i32[self + Pair.writer], "isatty")
                ? r.True
                : callMethod(r, r.i32[self + Pair.reader], "isatty"),
          },
        ],
        getsets: [
          {
            name: "closed",
            get: (r, self) =>
              r.i32[self + Pair.writer] === 0
                ? r.True
                : getAttrString(r, r.i32[self + Pair.writer], "closed"),
          },
        ],
      },
      Pair.dict,
      Pair.weakreflist,
      [Pair.reader, Pair.writer],
    ),
  );
}

const PAIR = kwSpec("BufferedRWPair", "reader, writer, buffer_size=, /");

function callTwo(rt: Runtime, f: Ref, a: Ref, b: Ref): NewRef {
  return PyObject_CallArgs(rt, f, a, b);
}

export function defineBuffered(rt: Runtime, base: Ref): Record<string, Ref> {
  const flush = (fn: MethodDef["fn"]): MethodDef => ({ name: "flush", flags: METH.NOARGS, fn });
  const BufferedReader = make(
    rt,
    "BufferedReader",
    base,
    ["readable"],
    [...READING, flush(delegate("flush").fn)],
    true,
  );
  const BufferedWriter = make(
    rt,
    "BufferedWriter",
    base,
    ["writable"],
    [...WRITING, flush(buffered_flush)],
    false,
  );
  const BufferedRandom = make(
    rt,
    "BufferedRandom",
    base,
    ["seekable", "readable", "writable"],
    [...READING, ...WRITING, flush(random_flush)],
    true,
  );
  return {
    BufferedReader,
    BufferedWriter,
    BufferedRandom,
    BufferedRWPair: definePair(rt, base, BufferedReader, BufferedWriter),
  };
}
