/**
 * io.FileIO: a file descriptor as a raw stream. Part of the modules (CPython's Modules/_io/fileio.c).
 *
 *   byte  0      16   20      24        28    32         40
 *         | head | fd | flags | blksize | -   | weakrefs | dict |
 */
import { getAttrString, PyObject_SetAttr, reprOf } from "../objects/abstract.ts";
import { kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyObject_CallOneArg, PyObject_CallTwoArgs } from "../objects/call.ts";
import { PyLong_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { decref } from "../objects/refcount.ts";
import { Py_ReprEnter, Py_ReprLeave } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyErr_ResourceWarning } from "../objects/warn.ts";
import {
  closedError,
  concat,
  ioState,
  sizeArg,
  storeBytes,
  streamSpec,
  unsupported,
  writableBytes,
} from "./_iobase.ts";
import { errnoError, hostCall } from "./hosterror.ts";
import { pathArg } from "./posixpathargs.ts";

export const enum FileIO {
  fd = 4,
  flags = 5,
  blksize = 6,
  weakreflist = 8,
  dict = 10,
  BYTES = 48,
}

export const enum FF {
  CREATED = 1,
  READABLE = 2,
  WRITABLE = 4,
  APPENDING = 8,
  CLOSEFD = 16,
  FINALIZING = 32,
}

const O = { CREAT: 64, EXCL: 128, TRUNC: 512, APPEND: 1024, CLOEXEC: 524288 };

export function fdOf(rt: Runtime, self: Ref): number {
  const fd = rt.i32[self + FileIO.fd];
  if (fd < 0) throw closedError(rt);
  return fd;
}

const has = (rt: Runtime, self: Ref, bit: FF): boolean => (rt.i32[self + FileIO.flags] & bit) !== 0;

function parseMode(rt: Runtime, mode: string): { bits: number; flags: number } {
  let bits = 0;
  let flags = 0;
  let plus = false;
  for (const c of mode) {
    if ("xrwa".includes(c)) {
      if (bits !== 0)
        throw valueError(rt, "Must have exactly one of create/read/write/append mode and at most one plus");
      if (c === "x") [bits, flags] = [FF.CREATED | FF.WRITABLE, O.EXCL | O.CREAT];
      else if (c === "r") bits = FF.READABLE;
      else if (c === "w") [bits, flags] = [FF.WRITABLE, O.CREAT | O.TRUNC];
      else [bits, flags] = [FF.WRITABLE | FF.APPENDING, O.APPEND | O.CREAT];
    } else if (c === "+" && !plus) plus = true;
    else if (c !== "b")
      throw c === "+"
        ? valueError(rt, "Must have exactly one of create/read/write/append mode and at most one plus")
        : valueError(rt, `invalid mode: ${mode.slice(0, 200)}`);
  }
  if (bits === 0)
    throw valueError(rt, "Must have exactly one of create/read/write/append mode and at most one plus");
  if (plus) bits |= FF.READABLE | FF.WRITABLE;
  const both = FF.READABLE | FF.WRITABLE;
  flags |= (bits & both) === both ? 2 : (bits & FF.READABLE) !== 0 ? 0 : 1;
  return { bits, flags: flags | O.CLOEXEC };
}

const INIT = kwSpec("FileIO", "file, mode=, closefd=, opener=");

function fileio_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const p = PyType_GenericNew(rt, type, args, kwargs);
  rt.i32[p + FileIO.fd] = -1;
  rt.i32[p + FileIO.flags] = FF.CLOSEFD;
  return p;
}

function fileio_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const [name, modeArg, closefdArg, opener] = parseTupleKw(rt, INIT, args, kwargs);
  const i32 = rt.i32;
  if (i32[self + FileIO.fd] >= 0) {
    if (has(rt, self, FF.CLOSEFD)) internalClose(rt, self);
    else i32[self + FileIO.fd] = -1;
  }
  const { bits, flags } = parseMode(rt, modeArg === 0 ? "r" : jsString(rt, modeArg));
  const closefd =
    closefdArg === 0 ||
    closefdArg === rt.True ||
    (closefdArg !== rt.False && closefdArg !== rt.None && PyNumber_AsSsize_t(rt, closefdArg, 0) !== 0);
  i32[self + FileIO.flags] = bits | (closefd ? FF.CLOSEFD : 0);
  if (PyLong_Check(rt, name)) {
    const fd = PyNumber_AsSsize_t(rt, name, rt.exc.OverflowError);
    if (fd < 0) throw valueError(rt, "negative file descriptor");
    i32[self + FileIO.fd] = fd;
  } else openNamed(rt, self, name, flags, closefd, opener);
  checkFile(rt, self, name);
  PyObject_SetAttr(rt, self, internStatic(rt, "name"), name);
  if ((bits & FF.APPENDING) !== 0)
    catching(rt, rt.exc.OSError, undefined, () => hostCall(rt, 0, () => rt.host.seek(fdOf(rt, self), 0, 2)));
}

function openNamed(rt: Runtime, self: Ref, name: Ref, flags: number, closefd: boolean, opener: OptRef): void {
  if (!closefd) throw valueError(rt, "Cannot use closefd=False with file name");
  if (opener !== 0 && opener !== rt.None) {
    const f = pushed(rt, PyLong_FromNumber(rt, flags));
    const r = pushed(rt, PyObject_CallTwoArgs(rt, opener, name, f));
    if (!PyLong_Check(rt, r)) throw typeError(rt, "expected integer from opener");
    const fd = PyNumber_AsSsize_t(rt, r, 0);
    drop(rt, 2);
    if (fd < 0) throw valueError(rt, `opener returned ${fd}`);
    rt.i32[self + FileIO.fd] = fd;
    return;
  }
  const path = pathArg(rt, "open", "path", name);
  rt.i32[self + FileIO.fd] = hostCall(rt, name, () => rt.host.open(path.text, flags, 0o666));
  drop(rt);
}

/** Directories cannot be read; what is no descriptor is an error now. */
function checkFile(rt: Runtime, self: Ref, name: Ref): void {
  const fd = rt.i32[self + FileIO.fd];
  const stat = hostCall(rt, PyLong_Check(rt, name) ? 0 : name, () => rt.host.fstat(fd));
  rt.i32[self + FileIO.blksize] = stat.blksize !== undefined && stat.blksize > 1 ? stat.blksize : 8192;
  if ((stat.mode & 0o170000) !== 0o040000) return;
  if (has(rt, self, FF.CLOSEFD) && !PyLong_Check(rt, name)) internalClose(rt, self);
  rt.i32[self + FileIO.fd] = -1;
  throw errnoError(rt, 21, name);
}

function internalClose(rt: Runtime, self: Ref): void {
  const fd = rt.i32[self + FileIO.fd];
  rt.i32[self + FileIO.fd] = -1;
  if (fd >= 0) hostCall(rt, 0, () => rt.host.close(fd));
}

function deallocWarn(rt: Runtime, self: Ref, source: Ref): void {
  if (rt.i32[self + FileIO.fd] < 0 || !has(rt, self, FF.CLOSEFD)) return;
  catching(rt, rt.exc.Warning, undefined, () =>
    PyErr_ResourceWarning(rt, source, `unclosed file ${reprOf(rt, source)}`, 1),
  );
}

function fileio_close(rt: Runtime, self: Ref): NewRef {
  const base = pushed(rt, getAttrString(rt, ioState(rt).types._RawIOBase, "close"));
  let failed = true;
  try {
    decref(rt, PyObject_CallOneArg(rt, base, self));
    failed = false;
  } finally {
    if (failed && has(rt, self, FF.CLOSEFD) && rt.i32[self + FileIO.fd] >= 0) {
      try {
        rt.host.close(rt.i32[self + FileIO.fd]);
      } catch {
        // The flush's own error is the one that is reported.
      }
      rt.i32[self + FileIO.fd] = -1;
    }
  }
  drop(rt);
  if (!has(rt, self, FF.CLOSEFD)) {
    rt.i32[self + FileIO.fd] = -1;
    return rt.None;
  }
  if (has(rt, self, FF.FINALIZING)) deallocWarn(rt, self, self);
  internalClose(rt, self);
  return rt.None;
}

/** Reads up to n bytes of the descriptor, as JavaScript bytes. */
export function fileRead(rt: Runtime, self: Ref, n: number): Uint8Array {
  const fd = fdOf(rt, self);
  if (!has(rt, self, FF.READABLE)) throw unsupported(rt, "File not open for reading");
  return hostCall(rt, 0, () => rt.host.read(fd, n));
}

/** Writes bytes; how many. */
export function fileWrite(rt: Runtime, self: Ref, bytes: Uint8Array): number {
  const fd = fdOf(rt, self);
  if (!has(rt, self, FF.WRITABLE)) throw unsupported(rt, "File not open for writing");
  return hostCall(rt, 0, () => rt.host.write(fd, bytes));
}

export function fileSeek(rt: Runtime, self: Ref, offset: number, whence: number): number {
  const fd = fdOf(rt, self);
  return hostCall(rt, 0, () => rt.host.seek(fd, offset, whence));
}

export function fileReadAll(rt: Runtime, self: Ref): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let n = 65536; ; n = Math.min(2 * n, 1 << 22)) {
    const part = fileRead(rt, self, n);
    if (part.length === 0) return concat(parts);
    parts.push(part);
  }
}

export function fileSeekable(rt: Runtime, self: Ref): boolean {
  fdOf(rt, self);
  return catching(rt, rt.exc.OSError, false, () => fileSeek(rt, self, 0, 1) >= 0);
}

export function isExactFile(rt: Runtime, o: Ref): boolean {
  return rt.i32[o + 2] === ioState(rt).types.FileIO;
}

const READ = kwSpec("read", "size=, /");
const SEEK = kwSpec("seek", "pos, whence=, /");
const TRUNCATE = kwSpec("truncate", "size=, /");
const bool = (rt: Runtime, b: boolean): NewRef => (b ? rt.True : rt.False);
const KW = METH.FASTCALL | METH.KEYWORDS;

function flagMethod(name: string, bit: FF): MethodDef {
  return { name, flags: METH.NOARGS, fn: (rt, self) => (fdOf(rt, self), bool(rt, has(rt, self, bit))) };
}

const METHODS: MethodDef[] = [
  {
    name: "read",
    flags: KW,
    fn: (rt, self, args, nargs, kw) => {
      const n = sizeArg(rt, parseFastKw(rt, READ, args, nargs, kw)[0]);
      return bytesFromJS(rt, n < 0 ? fileReadAll(rt, self) : fileRead(rt, self, n));
    },
  },
  { name: "readall", flags: METH.NOARGS, fn: (rt, self) => bytesFromJS(rt, fileReadAll(rt, self)) },
  {
    name: "readinto",
    flags: METH.O,
    fn: (rt, self, target) => {
      fdOf(rt, self);
      const bytes = fileRead(rt, self, writableBytes(rt, target));
      storeBytes(rt, target, bytes);
      return PyLong_FromNumber(rt, bytes.length);
    },
  },
  {
    name: "write",
    flags: METH.O,
    fn: (rt, self, data) => PyLong_FromNumber(rt, fileWrite(rt, self, copyOfBytes(rt, data))),
  },
  {
    name: "seek",
    flags: KW,
    fn: (rt, self, args, nargs, kw) => {
      const [pos, whence] = parseFastKw(rt, SEEK, args, nargs, kw);
      return PyLong_FromNumber(
        rt,
        fileSeek(
          rt,
          self,
          PyNumber_AsSsize_t(rt, pos, rt.exc.OverflowError),
          whence === 0 ? 0 : PyNumber_AsSsize_t(rt, whence, 0),
        ),
      );
    },
  },
  { name: "tell", flags: METH.NOARGS, fn: (rt, self) => PyLong_FromNumber(rt, fileSeek(rt, self, 0, 1)) },
  {
    name: "truncate",
    flags: KW,
    fn: (rt, self, args, nargs, kw) => {
      const n = sizeArg(rt, parseFastKw(rt, TRUNCATE, args, nargs, kw)[0]);
      const fd = fdOf(rt, self);
      if (!has(rt, self, FF.WRITABLE)) throw unsupported(rt, "File not open for writing");
      const size = n < 0 ? fileSeek(rt, self, 0, 1) : n;
      hostCall(rt, 0, () => rt.host.truncate(fd, size));
      return PyLong_FromNumber(rt, size);
    },
  },
  { name: "close", flags: METH.NOARGS, fn: fileio_close },
  { name: "seekable", flags: METH.NOARGS, fn: (rt, self) => bool(rt, fileSeekable(rt, self)) },
  flagMethod("readable", FF.READABLE),
  flagMethod("writable", FF.WRITABLE),
  { name: "fileno", flags: METH.NOARGS, fn: (rt, self) => PyLong_FromNumber(rt, fdOf(rt, self)) },
  { name: "isatty", flags: METH.NOARGS, fn: (rt, self) => bool(rt, rt.host.isatty(fdOf(rt, self))) },
  {
    name: "_isatty_open_only",
    flags: METH.NOARGS,
    fn: (rt, self) => bool(rt, rt.host.isatty(fdOf(rt, self))),
  },
  {
    name: "_dealloc_warn",
    flags: METH.O,
    fn: (rt, self, source) => (deallocWarn(rt, self, source), rt.None),
  },
  { name: "__reduce__", flags: METH.NOARGS, fn: notPickled },
  { name: "__reduce_ex__", flags: METH.O, fn: notPickled },
];

export function notPickled(rt: Runtime, self: Ref): NewRef {
  throw typeError(rt, `cannot pickle '${typeNameOf(rt, self)}' instances`);
}

function modeString(rt: Runtime, self: Ref): string {
  const f = rt.i32[self + FileIO.flags];
  const plus = (f & FF.READABLE) !== 0 && (f & FF.WRITABLE) !== 0;
  if ((f & FF.CREATED) !== 0) return plus ? "xb+" : "xb";
  if ((f & FF.APPENDING) !== 0) return plus ? "ab+" : "ab";
  return plus ? "rb+" : (f & FF.READABLE) !== 0 ? "rb" : "wb";
}

function fileio_repr(rt: Runtime, self: Ref): NewRef {
  const type = typeNameOf(rt, self);
  if (rt.i32[self + FileIO.fd] < 0) return PyUnicode_FromJS(rt, `<${type} [closed]>`);
  const closefd = has(rt, self, FF.CLOSEFD) ? "True" : "False";
  if (!Py_ReprEnter(rt, self)) return PyUnicode_FromJS(rt, `<${type} ...>`);
  const name = catching(rt, rt.exc.AttributeError, `fd=${rt.i32[self + FileIO.fd]}`, () => {
    const n = pushed(rt, getAttrString(rt, self, "name"));
    const text = `name=${reprOf(rt, n)}`;
    drop(rt);
    return text;
  });
  Py_ReprLeave(rt, self);
  return PyUnicode_FromJS(rt, `<${type} ${name} mode='${modeString(rt, self)}' closefd=${closefd}>`);
}

export function setFinalizing(at: number, bit: number) {
  return {
    name: "_finalizing",
    get: (rt: Runtime, self: Ref): NewRef => bool(rt, (rt.i32[self + at] & bit) !== 0),
    set: (rt: Runtime, self: Ref, value: OptRef): void => {
      if (value === rt.True) rt.i32[self + at] |= bit;
      else rt.i32[self + at] &= ~bit;
    },
  };
}

export function defineFileIO(rt: Runtime, base: Ref): Ref {
  return defineType(
    rt,
    streamSpec(
      {
        name: "_io.FileIO",
        base,
        basicsize: FileIO.BYTES,
        doc: "A raw stream on a file descriptor.",
        slots: { tp_new: fileio_new, tp_init: fileio_init, tp_repr: fileio_repr },
        methods: METHODS,
        getsets: [
          { name: "closed", get: (rt, self) => bool(rt, rt.i32[self + FileIO.fd] < 0) },
          { name: "closefd", get: (rt, self) => bool(rt, has(rt, self, FF.CLOSEFD)) },
          { name: "mode", get: (rt, self) => PyUnicode_FromJS(rt, modeString(rt, self)) },
          setFinalizing(FileIO.flags, FF.FINALIZING),
        ],
        members: [{ name: "_blksize", type: "uint", offset: FileIO.blksize }],
      },
      FileIO.dict,
      FileIO.weakreflist,
      [],
    ),
  );
}
