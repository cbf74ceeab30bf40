/**
 * How buffered streams read, write and seek; their types are in _iobufferedtypes.ts. Part of the modules (Modules/_io/bufferedio.c).
 * The buffer holds either bytes read ahead or bytes not yet written.
 *
 *   byte  0      16    24      32       40    48         56           64 ... 136    144
 *         | head | raw | flags | buffer | pos | read_end | write_end | size | dict | weakrefs |
 */
import { checkArgs } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyObject_CallOneArg } from "../objects/call.ts";
import { PyBytes_Check } from "../objects/check.ts";
import { raise, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { catching, pushed, runBoth } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop } from "../objects/stack.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { PyMem_Free } from "../pymalloc/domains.ts";
import {
  askAttr,
  askMethod,
  callAndForget,
  callMethod,
  concat,
  numberMethod,
  sizeArg,
  storeBytes,
  unsupported,
  writableBytes,
} from "./_iobase.ts";
import { fileRead, fileReadAll, fileSeek, fileWrite, isExactFile } from "./_iofile.ts";

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

export const enum BF {
  OK = 1,
  DETACHED = 2,
  FINALIZING = 4,
}

export function rawOf(rt: Runtime, self: Ref): Ref {
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

export function open(rt: Runtime, self: Ref, what: string): void {
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

export function buffered_read(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
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

export function buffered_readline(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "readline", nargs, 0, 1);
  const limit = sizeArg(rt, nargs === 0 ? 0 : rt.i32[args]);
  open(rt, self, "readline");
  return bytesFromJS(rt, readLine(rt, self, limit));
}

export function readLine(rt: Runtime, self: Ref, limit: number): Uint8Array {
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

export function readinto(name: string, once: boolean): MethodDef {
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

export function buffered_peek(rt: Runtime, self: Ref): NewRef {
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

export function buffered_flush(rt: Runtime, self: Ref): NewRef {
  open(rt, self, "flush");
  flushWrites(rt, self);
  return rt.None;
}

/** flush of a stream that can be read: what was read ahead is given back too. */
export function random_flush(rt: Runtime, self: Ref): NewRef {
  open(rt, self, "flush");
  flushWrites(rt, self);
  dropAhead(rt, self);
  return rt.None;
}

export function buffered_seek(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
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

export function buffered_truncate(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "truncate", nargs, 0, 1);
  open(rt, self, "truncate");
  if (!askMethod(rt, rawOf(rt, self), "writable")) throw unsupported(rt, "truncate");
  flushWrites(rt, self);
  dropAhead(rt, self);
  return nargs === 0
    ? callMethod(rt, rawOf(rt, self), "truncate")
    : callMethod(rt, rawOf(rt, self), "truncate", rt.i32[args]);
}

export function buffered_close(rt: Runtime, self: Ref): NewRef {
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

export function freeBuffer(rt: Runtime, self: Ref): void {
  const b = rt.i32[self + Buf.buffer];
  rt.i32[self + Buf.buffer] = 0;
  rt.i32[self + Buf.write_end] = 0;
  resetRead(rt, self);
  if (b !== 0) PyMem_Free(rt, b);
}

export function buffered_detach(rt: Runtime, self: Ref): NewRef {
  rawOf(rt, self);
  callAndForget(rt, self, "flush");
  const raw = rt.i32[self + Buf.raw];
  rt.i32[self + Buf.raw] = 0;
  rt.i32[self + Buf.flags] = BF.DETACHED;
  return raw;
}
