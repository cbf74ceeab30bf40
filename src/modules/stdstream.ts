/**
 * sys.stdin, stdout and stderr. Part of the modules (create_stdio of CPython's Python/pylifecycle.c). Most programs only print,
 * and the module `_io` costs some of the start-up: so the three objects begin with a type of their own, which can be printed to,
 * and become what they are, TextIOWrappers over buffered files, when anything else is asked of them. Both have the same
 * fields, and what was written waits in the same form.
 */
import { PyObject_GetAttr, PyObject_SetAttr } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyObject_CallArgs, PyObject_CallMethodNoArgs } from "../objects/call.ts";
import { defineType } from "../objects/defineType.ts";
import { raise } from "../objects/errors.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyType_GenericAlloc } from "../objects/managed.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, incref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, isAscii, jsString, PyUnicode_FromJS, strLength } from "../objects/str.ts";
import type { MethodDef, NewRef, Ref, TypeInfo } from "../objects/typeinfo.ts";
import { METH } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import { ioState } from "./_iobase.ts";
import { bufferedWrite } from "./_iobuffered.ts";
import { FileIO } from "./_iofile.ts";
import { addPending, hasLineEnd, mustFlushBefore, takePending } from "./_iopending.ts";
import { initText, textPrint } from "./_iotext.ts";
import { T, TF_ } from "./_iotextfields.ts";
import { hostCall } from "./hosterror.ts";

const CAPACITY = 8192;
const MODULE = "stdstream";

/** What a standard stream is made of, and what JavaScript holds of it while it is only printed to. */
interface StdStream {
  object: Ref;
  readonly fd: number;
  readonly name: string;
  readonly encoding: string;
  readonly errors: string;
  readonly lineBuffered: boolean;
  /** Stands for the BufferedWriter's buffer. */
  readonly bytes: Uint8Array;
  used: number;
}

function streamsOf(rt: Runtime): StdStream[] {
  return rt.moduleState.get(MODULE) as StdStream[];
}

function streamOf(rt: Runtime, file: Ref): StdStream {
  const streams = streamsOf(rt);
  for (let i = 0; i < streams.length; i++) if (streams[i].object === file) return streams[i];
  throw new Error("not a standard stream");
}

// ---- printing to a stream that is not made yet

/** print's write, and that of native code: to a stream that is not made yet, or to an ordinary one; false if it is neither. */
export function printText(rt: Runtime, file: Ref, s: Ref): boolean {
  if (rt.i32[file + Ob.type] !== rt.stdStreamType) return textPrint(rt, file, s);
  const stream = streamOf(rt, file);
  const piece = stream.fd === 0 ? 0 : pieceOf(rt, stream, s);
  if (piece === 0) {
    rt.makeStdStreams();
    return textPrint(rt, file, s);
  }
  const ends = stream.lineBuffered && hasLineEnd(rt, s);
  if (mustFlushBefore(rt, file, piece)) {
    push(rt, piece);
    flushPending(rt, stream);
    pop(rt);
  }
  const full = addPending(rt, file, piece);
  if (full || ends || rt.options.unbuffered) flushPending(rt, stream);
  if (ends || rt.options.unbuffered) flushBytes(rt, stream);
  return true;
}

/** ASCII text itself, other text as UTF-8; 0 where the codecs' ways are needed. */
function pieceOf(rt: Runtime, stream: StdStream, s: Ref): NewRef | 0 {
  if (stream.encoding !== "utf-8") return 0;
  if (isAscii(rt, s) && strLength(rt, s) <= CAPACITY) return newref(rt, s);
  const text = jsString(rt, s);
  // Node 20 has it; the ES2023 library of the compiler does not declare it.
  if (!(text as unknown as { isWellFormed(): boolean }).isWellFormed()) return 0;
  return bytesFromJS(rt, new TextEncoder().encode(text));
}

function flushPending(rt: Runtime, stream: StdStream): void {
  if (rt.i32[stream.object + T.pendingBytes] === 0) return;
  const bytes = takePending(rt, stream.object);
  if (stream.used + bytes.length > CAPACITY) flushBytes(rt, stream);
  if (bytes.length > CAPACITY) writeOut(rt, stream.fd, bytes);
  else {
    stream.bytes.set(bytes, stream.used);
    stream.used += bytes.length;
  }
}

function flushBytes(rt: Runtime, stream: StdStream): void {
  const n = stream.used;
  stream.used = 0;
  if (n > 0) writeOut(rt, stream.fd, stream.bytes.subarray(0, n));
}

function writeOut(rt: Runtime, fd: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) {
    from += hostCall(rt, 0, () => rt.host.write(fd, bytes.subarray(from)));
  }
}

/** file.flush() */
export function flushFile(rt: Runtime, file: Ref): void {
  if (rt.i32[file + Ob.type] !== rt.stdStreamType) {
    decref(rt, PyObject_CallMethodNoArgs(rt, file, rt.names.flush));
    return;
  }
  const stream = streamOf(rt, file);
  flushPending(rt, stream);
  flushBytes(rt, stream);
}

// ---- making the streams

/** Makes those that are not made yet. Where memory runs out meanwhile, they stay what they are, to be made another time. */
function makeStdStreams(rt: Runtime): void {
  const type = rt.stdStreamType;
  if (type === 0) return;
  rt.stdStreamType = 0;
  try {
    push(rt, rt.importHook(internStatic(rt, "_io"), 0, 0, 0, 0));
    for (const stream of streamsOf(rt)) {
      if (stream.object !== 0 && rt.i32[stream.object + Ob.type] === type) makeStream(rt, stream);
    }
    drop(rt);
  } catch (e) {
    rt.stdStreamType = type;
    throw e;
  }
}

/** Puts file and buffer under the object and, when all is there, gives it its type. */
function makeStream(rt: Runtime, stream: StdStream): void {
  const self = stream.object;
  const reads = stream.fd === 0;
  const raw = pushed(rt, makeFile(rt, stream));
  const through = rt.options.unbuffered === true;
  const buffer = pushed(rt, through && !reads ? newref(rt, raw) : makeBuffer(rt, raw, reads));
  const i32 = rt.i32;
  const [pending, used] = [i32[self + T.pendingBytes], i32[self + T.pendingUsed]];
  const encoding = pushed(rt, PyUnicode_FromJS(rt, stream.encoding));
  const errors = pushed(rt, PyUnicode_FromJS(rt, stream.errors));
  const flags = TF_.OK | (stream.lineBuffered ? TF_.LINE_BUFFERING : 0) | (through ? TF_.WRITE_THROUGH : 0);
  initText(rt, self, buffer, encoding, errors, flags);
  if (stream.used > 0) handOver(rt, stream, buffer, through);
  incref(rt, ioState(rt).types.TextIOWrapper);
  i32[self + Ob.type] = rt.textIOType;
  i32[self + T.pendingBytes] = pending;
  i32[self + T.pendingUsed] = used;
  PyObject_SetAttr(rt, self, internStatic(rt, "mode"), internStatic(rt, reads ? "r" : "w"));
  drop(rt, 4);
}

function handOver(rt: Runtime, stream: StdStream, buffer: Ref, through: boolean): void {
  if (through) flushBytes(rt, stream);
  else bufferedWrite(rt, buffer, stream.bytes.subarray(0, stream.used));
  stream.used = 0;
}

function makeFile(rt: Runtime, stream: StdStream): NewRef {
  const fd = pushed(rt, PyLong_FromNumber(rt, stream.fd));
  const mode = internStatic(rt, stream.fd === 0 ? "rb" : "wb");
  const raw = PyObject_CallArgs(rt, ioState(rt).types.FileIO, fd, mode, rt.False);
  push(rt, raw);
  const name = pushed(rt, PyUnicode_FromJS(rt, stream.name));
  PyObject_SetAttr(rt, raw, rt.names.name, name);
  drop(rt);
  incref(rt, raw);
  drop(rt, 2);
  return raw;
}

function makeBuffer(rt: Runtime, raw: Ref, reads: boolean): NewRef {
  const { types } = ioState(rt);
  const size = pushed(rt, PyLong_FromNumber(rt, Math.max(rt.i32[raw + FileIO.blksize], 1)));
  const buffer = PyObject_CallArgs(rt, reads ? types.BufferedReader : types.BufferedWriter, raw, size);
  drop(rt);
  return buffer;
}

// ---- the type of a stream that is not made yet: whatever is asked makes it

function real(rt: Runtime, self: Ref): TypeInfo {
  const before = infoOf(rt, self);
  rt.makeStdStreams();
  const made = infoOf(rt, self);
  if (made === before) throw raise(rt, rt.exc.RuntimeError, "the standard streams are being made");
  return made;
}

/** Special methods that are looked up in the type. */
function special(name: string): MethodDef {
  return {
    name,
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) => {
      rt.makeStdStreams();
      const f = pushed(rt, PyObject_GetAttr(rt, self, internStatic(rt, name)));
      const given = Array.from({ length: nargs }, (_, i) => rt.i32[args + 2 * i]);
      const result = PyObject_CallArgs(rt, f, ...given);
      drop(rt);
      return result;
    },
  };
}

/** Fields with references: what is pending, and what an attempt to make the stream has left. */
const HELD = [T.pendingBytes, T.encoding, T.errors, T.buffer];

function dealloc(rt: Runtime, p: Ref): void {
  const stream = streamOf(rt, p);
  flushFile(rt, p);
  stream.object = 0;
  PyObject_GC_UnTrack(rt, p);
  if (rt.i32[p + T.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  for (const f of HELD) clearField(rt, p + f);
  infoOf(rt, p).tp_free!(rt, p);
}

/** Defines the type; `stdStream` makes the three streams. */
export function initStdStreams(rt: Runtime): void {
  rt.moduleState.set(MODULE, [] satisfies StdStream[]);
  rt.makeStdStreams = () => makeStdStreams(rt);
  rt.stdStreamType = defineType(rt, {
    name: "_io.TextIOWrapper",
    basicsize: T.BYTES,
    flags: TF.HAVE_GC,
    weaklistoffset: T.weakreflist * 4,
    slots: {
      tp_dealloc: dealloc,
      tp_traverse: (r, p, visit) => {
        for (const f of HELD) if (r.i32[p + f] !== 0) visit(r.i32[p + f]);
      },
      tp_getattro: (r, p, name) => real(r, p).tp_getattro!(r, p, name),
      tp_setattro: (r, p, name, value) => real(r, p).tp_setattro!(r, p, name, value),
      tp_repr: (r, p) => real(r, p).tp_repr!(r, p),
      tp_iter: (r, p) => real(r, p).tp_iter!(r, p),
      tp_iternext: (r, p) => real(r, p).tp_iternext!(r, p),
    },
    methods: [special("__enter__"), special("__exit__")],
  });
}

/** In these locales what cannot be decoded passes through (get_stdio_encoding and errors of CPython's initconfig.c). */
function lenient(rt: Runtime): boolean {
  const { LC_ALL, LC_CTYPE, LANG, PYTHONUTF8 } = rt.host.env;
  if (rt.options.flags?.utf8_mode === 1 || PYTHONUTF8 === "1") return true;
  return /^(C|POSIX|C\.UTF-?8)$/i.test(LC_ALL || LC_CTYPE || LANG || "C");
}

function codecOf(rt: Runtime, fd: number): { encoding: string; errors: string } {
  const [encoding, errors] = (
    rt.options.flags?.ignore_environment ? "" : (rt.host.env.PYTHONIOENCODING ?? "")
  ).split(":");
  const usual = encoding || !lenient(rt) ? "strict" : "surrogateescape";
  return { encoding: codecName(encoding), errors: fd === 2 ? "backslashreplace" : errors || usual };
}

/** What codecs.lookup() calls the encodings that streams are given most; others keep the name they were given. */
function codecName(encoding: string): string {
  const key = encoding.toLowerCase().replaceAll("_", "-");
  if (key === "" || key === "utf8" || key === "utf-8") return "utf-8";
  if (/^(latin-?1|iso-?8859-1|l1)$/.test(key)) return "iso8859-1";
  return key === "us-ascii" || key === "646" ? "ascii" : encoding;
}

/** A new stream object on descriptor 0, 1 or 2; None where there is no such descriptor. */
export function stdStream(rt: Runtime, fd: number, name: string): NewRef {
  if (!isOpen(rt, fd)) return rt.None;
  const lineBuffered = !(rt.options.unbuffered && fd > 0) && (fd === 2 || rt.host.isatty(fd));
  const object = PyType_GenericAlloc(rt, rt.stdStreamType, 0);
  const bytes = new Uint8Array(fd === 0 ? 0 : CAPACITY);
  streamsOf(rt).push({ object, fd, name, ...codecOf(rt, fd), lineBuffered, bytes, used: 0 });
  return object;
}

function isOpen(rt: Runtime, fd: number): boolean {
  try {
    rt.host.fstat(fd);
    return true;
  } catch (e) {
    return (e as { code?: string }).code !== "EBADF";
  }
}
