/**
 * Plain text streams on a file descriptor, UTF-8: what sys.stdin, stdout and stderr are until the module `_io` is there.
 * Part of the modules. What was written and not flushed is in JavaScript; print() writes into it without calling `write`.
 */

import { PyObject_New } from "../objects/alloc.ts";
import { badArgument, checkArgs } from "../objects/argparse.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import { PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { raiseObject } from "../objects/errors.ts";
import { PyIter_Next, PyObject_GetIter, PyObject_SelfIter } from "../objects/iterproto.ts";
import { Ob, Str } from "../objects/layout.ts";
import { PyList_Append, PyList_New } from "../objects/list.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, isAscii, jsString, PyUnicode_FromJS, strData } from "../objects/str.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";

const enum StdStream {
  fd = 4,
  BYTES = 24,
}

const CAPACITY = 8192;
const MODULE = "stdstream";

/** The JavaScript side of one stream. */
export class TextSink {
  readonly bytes = new Uint8Array(2 * CAPACITY);
  used = 0;
  /** Input read and not yet given out. */
  input = "";
  readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  atEnd = false;
  readonly fd: number;
  readonly lineBuffered: boolean;
  readonly name: string;

  constructor(fd: number, name: string, lineBuffered: boolean) {
    this.fd = fd;
    this.name = name;
    this.lineBuffered = lineBuffered;
  }
}

interface State {
  type: Ref;
  sinks: Map<number, TextSink>;
}

function stateOf(rt: Runtime): State {
  return rt.moduleState.get(MODULE) as State;
}

/** The stream's JavaScript side if `file` is exactly such a stream, else null. */
export function textSink(rt: Runtime, file: Ref): TextSink | null {
  const state = stateOf(rt);
  if (rt.i32[file + Ob.type] !== state.type) return null;
  return state.sinks.get(rt.i32[file + StdStream.fd])!;
}

function sinkOf(rt: Runtime, self: Ref): TextSink {
  return stateOf(rt).sinks.get(rt.i32[self + StdStream.fd])!;
}

export function flushSink(rt: Runtime, sink: TextSink): void {
  const n = sink.used;
  sink.used = 0;
  for (let from = 0; from < n; ) from += rt.host.write(sink.fd, sink.bytes.subarray(from, n));
}

/** Writes out what the streams still hold. */
export function flushSinks(rt: Runtime): void {
  for (const sink of stateOf(rt).sinks.values()) flushSink(rt, sink);
}

/** Writes a str. */
export function writeText(rt: Runtime, sink: TextSink, s: Ref): void {
  const n = rt.i32[s + Str.length];
  if (isAscii(rt, s) && n <= CAPACITY) {
    if (sink.used + n > CAPACITY) flushSink(rt, sink);
    const at = strData(rt, s) * 4;
    sink.bytes.set(rt.u8.subarray(at, at + n), sink.used);
    sink.used += n;
    if (sink.lineBuffered && rt.u8.subarray(at, at + n).includes(10)) flushSink(rt, sink);
    return;
  }
  writeEncoded(rt, sink, encode(rt, sink, s));
}

function encode(rt: Runtime, sink: TextSink, s: Ref): Uint8Array {
  const text = jsString(rt, s);
  // Node 20 has it; the ES2023 library of the compiler does not declare it.
  const wellFormed = (text as unknown as { isWellFormed(): boolean }).isWellFormed();
  if (wellFormed) return new TextEncoder().encode(text);
  if (sink.fd === 2) return new TextEncoder().encode(backslashed(text));
  throw surrogateError(rt, s, text);
}

function backslashed(text: string): string {
  return [...text]
    .map((ch) => {
      const c = ch.codePointAt(0)!;
      return c >= 0xd800 && c < 0xe000 ? `\\u${c.toString(16)}` : ch;
    })
    .join("");
}

function surrogateError(rt: Runtime, s: Ref, text: string): PyErr {
  const isSurrogate = (ch: string): boolean => ch.length === 1 && ch >= "\ud800" && ch <= "\udfff";
  const chars = [...text];
  const start = chars.findIndex(isSurrogate);
  let end = start;
  while (end < chars.length && isSurrogate(chars[end])) end++;
  const codec = internStatic(rt, "utf-8");
  const from = pushed(rt, PyLong_FromNumber(rt, start));
  const to = pushed(rt, PyLong_FromNumber(rt, end));
  const reason = internStatic(rt, "surrogates not allowed");
  const exc = PyObject_CallArgs(rt, rt.exc.UnicodeEncodeError, codec, s, from, to, reason);
  drop(rt, 2);
  return raiseObject(rt, exc);
}

function writeEncoded(rt: Runtime, sink: TextSink, bytes: Uint8Array): void {
  if (sink.used + bytes.length > CAPACITY) flushSink(rt, sink);
  if (bytes.length > CAPACITY) {
    for (let from = 0; from < bytes.length; ) from += rt.host.write(sink.fd, bytes.subarray(from));
    return;
  }
  sink.bytes.set(bytes, sink.used);
  sink.used += bytes.length;
  if (sink.lineBuffered && bytes.includes(10)) flushSink(rt, sink);
}

/** Writes JavaScript text, as native code does on stderr. */
export function writeJS(rt: Runtime, sink: TextSink, text: string): void {
  writeEncoded(rt, sink, new TextEncoder().encode(backslashed(text)));
}

function stream_write(rt: Runtime, self: Ref, s: Ref): NewRef {
  if (!PyUnicode_Check(rt, s)) throw badArgument(rt, "write", "argument", "str", s);
  writeText(rt, sinkOf(rt, self), s);
  return PyLong_FromNumber(rt, rt.i32[s + Str.length]);
}

function stream_writelines(rt: Runtime, self: Ref, lines: Ref): NewRef {
  const it = pushed(rt, PyObject_GetIter(rt, lines));
  for (let line = PyIter_Next(rt, it); line !== 0; line = PyIter_Next(rt, it)) {
    push(rt, line);
    if (!PyUnicode_Check(rt, line)) throw badArgument(rt, "write", "argument", "str", line);
    writeText(rt, sinkOf(rt, self), line);
    drop(rt);
  }
  drop(rt);
  return rt.None;
}

function stream_flush(rt: Runtime, self: Ref): NewRef {
  flushSink(rt, sinkOf(rt, self));
  return rt.None;
}

/** Reads until `enough` characters or a line's end (`line`) are there, or the end of the file. */
function fill(rt: Runtime, sink: TextSink, enough: number, line: boolean): void {
  while (!sink.atEnd && sink.input.length < enough && !(line && sink.input.includes("\n"))) {
    const bytes = rt.host.read(sink.fd, CAPACITY);
    sink.atEnd = bytes.length === 0;
    const text = sink.decoder.decode(bytes, { stream: !sink.atEnd });
    sink.input = (sink.input + text).replace(/\r\n?/g, "\n");
  }
}

function take(rt: Runtime, sink: TextSink, n: number): NewRef {
  const text = sink.input.slice(0, n);
  sink.input = sink.input.slice(n);
  return PyUnicode_FromJS(rt, text);
}

/** One line with its end; empty at the end of the file. */
function readLine(rt: Runtime, sink: TextSink): NewRef {
  fill(rt, sink, Number.POSITIVE_INFINITY, true);
  const end = sink.input.indexOf("\n");
  return take(rt, sink, end < 0 ? sink.input.length : end + 1);
}

function stream_readline(rt: Runtime, self: Ref, _args: number, nargs: number): NewRef {
  checkArgs(rt, "readline", nargs, 0, 0);
  return readLine(rt, sinkOf(rt, self));
}

function stream_read(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "read", nargs, 0, 1);
  const size = nargs === 1 && PyLong_Check(rt, rt.i32[args]) ? PyLong_AsSsize_t(rt, rt.i32[args]) : -1;
  const n = size < 0 ? Number.POSITIVE_INFINITY : size;
  const sink = sinkOf(rt, self);
  fill(rt, sink, n, false);
  return take(rt, sink, n);
}

function stream_iternext(rt: Runtime, self: Ref): NewRef | 0 {
  const line = readLine(rt, sinkOf(rt, self));
  if (rt.i32[line + Str.length] !== 0) return line;
  push(rt, line);
  drop(rt);
  return 0;
}

function stream_readlines(rt: Runtime, self: Ref): NewRef {
  const list = pushed(rt, PyList_New(rt, 0));
  for (let line = stream_iternext(rt, self); line !== 0; line = stream_iternext(rt, self)) {
    push(rt, line);
    PyList_Append(rt, list, line);
    drop(rt);
  }
  return pop(rt);
}

function stream_repr(rt: Runtime, self: Ref): NewRef {
  const sink = sinkOf(rt, self);
  const mode = sink.fd === 0 ? "r" : "w";
  return PyUnicode_FromJS(rt, `<_io.TextIOWrapper name='${sink.name}' mode='${mode}' encoding='utf-8'>`);
}

const METHODS: MethodDef[] = [
  { name: "write", flags: METH.O, fn: stream_write },
  { name: "writelines", flags: METH.O, fn: stream_writelines },
  { name: "flush", flags: METH.NOARGS, fn: stream_flush },
  { name: "read", flags: METH.FASTCALL, fn: stream_read },
  { name: "readline", flags: METH.FASTCALL, fn: stream_readline },
  { name: "readlines", flags: METH.NOARGS, fn: stream_readlines },
  { name: "fileno", flags: METH.NOARGS, fn: (rt, self) => PyLong_FromNumber(rt, sinkOf(rt, self).fd) },
  {
    name: "isatty",
    flags: METH.NOARGS,
    fn: (rt, self) => (rt.host.isatty(sinkOf(rt, self).fd) ? rt.True : rt.False),
  },
  {
    name: "readable",
    flags: METH.NOARGS,
    fn: (rt, self) => (sinkOf(rt, self).fd === 0 ? rt.True : rt.False),
  },
  {
    name: "writable",
    flags: METH.NOARGS,
    fn: (rt, self) => (sinkOf(rt, self).fd === 0 ? rt.False : rt.True),
  },
  { name: "seekable", flags: METH.NOARGS, fn: (rt) => rt.False },
];

/** Defines the type; `stdStream` makes the three streams. */
export function initStdStreams(rt: Runtime): void {
  const type = defineType(rt, {
    name: "_io.TextIOWrapper",
    basicsize: StdStream.BYTES,
    doc: "A text stream on a file descriptor.",
    slots: { tp_repr: stream_repr, tp_iter: PyObject_SelfIter, tp_iternext: stream_iternext },
    methods: METHODS,
    getsets: [
      { name: "encoding", get: (rt) => internStatic(rt, "utf-8") },
      {
        name: "errors",
        get: (rt, self) => internStatic(rt, sinkOf(rt, self).fd === 2 ? "backslashreplace" : "strict"),
      },
      { name: "name", get: (rt, self) => PyUnicode_FromJS(rt, sinkOf(rt, self).name) },
      { name: "mode", get: (rt, self) => internStatic(rt, sinkOf(rt, self).fd === 0 ? "r" : "w") },
      { name: "closed", get: (rt) => rt.False },
      { name: "newlines", get: (rt) => rt.None },
      { name: "line_buffering", get: (rt, self) => (sinkOf(rt, self).lineBuffered ? rt.True : rt.False) },
    ],
  });
  rt.moduleState.set(MODULE, { type, sinks: new Map() } satisfies State);
}

/** A new stream object on descriptor 0, 1 or 2. */
export function stdStream(rt: Runtime, fd: number, name: string): NewRef {
  const state = stateOf(rt);
  const lineBuffered = fd === 2 || (fd === 1 && rt.host.isatty(1));
  if (!state.sinks.has(fd)) state.sinks.set(fd, new TextSink(fd, name, lineBuffered));
  const p = PyObject_New(rt, state.type, StdStream.BYTES);
  rt.i32[p + StdStream.fd] = fd;
  rt.i32[p + StdStream.fd + 1] = 0;
  return p;
}
