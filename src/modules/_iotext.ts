/**
 * io.TextIOWrapper: text over a buffered stream. Part of the modules (CPython's Modules/_io/textio.c). UTF-8, ASCII and
 * latin-1 are decoded directly, other encodings by their incremental decoders.
 *
 *   byte  0      16       24         32       40        48        56        64     72      80       ... 176      184
 *         | head | buffer | encoding | errors | decoder | pending | decoded | used | flags | tail | ... | weakrefs | dict |
 */
import { getAttrString, PyObject_IsTrue } from "../objects/abstract.ts";
import { checkArgs, kwSpec, parseTupleKw } from "../objects/argparse.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { bytesFromJS } from "../objects/bytesnew.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import { PyBytes_Check, PyUnicode_Check } from "../objects/check.ts";
import { normalizeEncoding, PyCodec_LookupTextEncoding } from "../objects/codecregistry.ts";
import { PyUnicode_AsEncodedString } from "../objects/codecs.ts";
import { decodeAscii, decodeLatin1 } from "../objects/codecsimple.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { Bytes, Ob } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { catching, pushed, runBoth } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { clearField, decref, newref, setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { internStatic, isAscii, jsString, PyUnicode_FromJS, strLength } from "../objects/str.ts";
import { PyUnicode_Concat } from "../objects/strconcat.ts";
import { PyUnicode_Substring } from "../objects/strnew.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { consumedBytes, decodeUtf8 } from "../objects/utf8.ts";
import {
  askAttr,
  askMethod,
  callAndForget,
  callMethod,
  concat,
  ioState,
  numberMethod,
  sizeArg,
  unsupported,
} from "./_iobase.ts";
import { bufferedRead1, bufferedWrite, isOpenFile } from "./_iobuffered.ts";
import { lineEnd, type NewlineState, translateNewlines } from "./_ionewlines.ts";
import { addPending, hasLineEnd, mustFlushBefore, takePending } from "./_iopending.ts";
import { Codec, T, TF_ } from "./_iotextfields.ts";

export const has = (rt: Runtime, self: Ref, bit: TF_): boolean => (rt.i32[self + T.flags] & bit) !== 0;
export const put = (rt: Runtime, self: Ref, bit: TF_, on: boolean): void => {
  if (on) rt.i32[self + T.flags] |= bit;
  else rt.i32[self + T.flags] &= ~bit;
};
export const bool = (rt: Runtime, b: boolean): NewRef => (b ? rt.True : rt.False);

export function bufferOf(rt: Runtime, self: Ref): Ref {
  if (has(rt, self, TF_.OK)) return rt.i32[self + T.buffer];
  throw valueError(
    rt,
    has(rt, self, TF_.DETACHED)
      ? "underlying buffer has been detached"
      : "I/O operation on uninitialized object",
  );
}

function isExact(rt: Runtime, o: Ref, name: string): boolean {
  return rt.i32[o + 2] === ioState(rt).types[name];
}

function open(rt: Runtime, self: Ref): Ref {
  const buffer = bufferOf(rt, self);
  if (askAttr(rt, buffer, "closed")) throw valueError(rt, "I/O operation on closed file.");
  return buffer;
}

function codecOf(encoding: string): Codec {
  switch (normalizeEncoding(encoding)) {
    case "utf_8":
    case "utf8":
      return Codec.UTF8;
    case "ascii":
    case "us_ascii":
      return Codec.ASCII;
    case "latin1":
    case "latin_1":
    case "iso_8859_1":
    case "iso8859_1":
      return Codec.LATIN1;
    default:
      return Codec.OTHER;
  }
}

const INIT = kwSpec("TextIOWrapper", "buffer, encoding=, errors=, newline=, line_buffering=, write_through=");

export function newlineFlags(rt: Runtime, newline: OptRef): number {
  if (newline === 0 || newline === rt.None) return TF_.UNIVERSAL | TF_.TRANSLATE;
  if (!PyUnicode_Check(rt, newline))
    throw typeError(
      rt,
      `TextIOWrapper() argument 'newline' must be str or None, not ${typeNameOf(rt, newline)}`,
    );
  switch (jsString(rt, newline)) {
    case "":
      return TF_.UNIVERSAL;
    case "\n":
      return 0;
    case "\r":
      return TF_.WRITE_CR | TF_.READ_CR;
    case "\r\n":
      return TF_.WRITE_CRLF | TF_.READ_CRLF;
    default:
      throw valueError(rt, `illegal newline value: ${jsString(rt, newline)}`);
  }
}

export function text_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const [buffer, encoding, errors, newline, lineBuffering, writeThrough] = parseTupleKw(
    rt,
    INIT,
    args,
    kwargs,
  );
  let flags = newlineFlags(rt, newline) | TF_.OK;
  if (lineBuffering !== 0 && PyObject_IsTrue(rt, lineBuffering)) flags |= TF_.LINE_BUFFERING;
  if (writeThrough !== 0 && PyObject_IsTrue(rt, writeThrough)) flags |= TF_.WRITE_THROUGH;
  initText(rt, self, buffer, encoding, errors, flags);
}

/** The rest of `__init__`, with the flags made. */
export function initText(
  rt: Runtime,
  self: Ref,
  buffer: Ref,
  encoding: OptRef,
  errors: OptRef,
  flags: number,
): void {
  const name = encoding === 0 || encoding === rt.None ? "UTF-8" : textArg(rt, "encoding", encoding);
  const finalName = name === "locale" ? "UTF-8" : name;
  rt.i32[self + T.flags] = 0;
  setCodec(
    rt,
    self,
    finalName,
    errors === 0 || errors === rt.None ? "strict" : textArg(rt, "errors", errors),
  );
  setField(rt, self + T.buffer, newref(rt, buffer));
  forget(rt, self);
  rt.i32[self + T.flags] = flags;
  rt.i32[self + T.seen] = 0;
  rt.i32[self + T.chunk] = 8192;
}

export function textArg(rt: Runtime, name: string, o: Ref): string {
  if (!PyUnicode_Check(rt, o))
    throw typeError(rt, `TextIOWrapper() argument '${name}' must be str or None, not ${typeNameOf(rt, o)}`);
  return jsString(rt, o);
}

export function setCodec(rt: Runtime, self: Ref, encoding: string, errors: string): void {
  const codec = codecOf(encoding);
  if (codec === Codec.OTHER) decref(rt, PyCodec_LookupTextEncoding(rt, encoding, "codecs.open()"));
  rt.i32[self + T.codec] = codec;
  setField(rt, self + T.encoding, PyUnicode_FromJS(rt, encoding));
  setField(rt, self + T.errors, PyUnicode_FromJS(rt, errors));
  clearField(rt, self + T.decoder);
}

/** Forgets what was read ahead. */
function forget(rt: Runtime, self: Ref): void {
  for (const f of [T.decoded, T.tail, T.snapshot]) clearField(rt, self + f);
  rt.i32[self + T.used] = 0;
  rt.i32[self + T.flags] &= ~(TF_.PENDING_CR | TF_.AT_EOF);
}

/** The incremental decoder of an encoding that is not decoded directly. */
function decoderOf(rt: Runtime, self: Ref): Ref {
  const have = rt.i32[self + T.decoder];
  if (have !== 0) return have;
  const codecs = pushed(rt, rt.importHook(internStatic(rt, "codecs"), 0, 0, 0, 0));
  const make = pushed(rt, callMethod(rt, codecs, "getincrementaldecoder", rt.i32[self + T.encoding]));
  rt.i32[self + T.decoder] = PyObject_CallArgs(rt, make, rt.i32[self + T.errors]);
  drop(rt, 2);
  return rt.i32[self + T.decoder];
}

/** Bytes as text; an unfinished character at the end is kept for the next time. */
function decode(rt: Runtime, self: Ref, bytes: Uint8Array, final: boolean): NewRef {
  const codec = rt.i32[self + T.codec] as Codec;
  if (codec === Codec.OTHER) {
    const b = pushed(rt, bytesFromJS(rt, bytes));
    const text = callMethod(rt, decoderOf(rt, self), "decode", b, bool(rt, final));
    drop(rt);
    return text;
  }
  const tail = rt.i32[self + T.tail];
  const data = tail === 0 ? bytes : concat([copyOfBytes(rt, tail), bytes]);
  const chunk = pushed(rt, bytesFromJS(rt, data));
  const text = decodeChunk(rt, self, chunk, final);
  drop(rt);
  const rest = codec !== Codec.UTF8 || final ? 0 : data.length - consumedBytes.n;
  if (rest === 0 && tail === 0) return text;
  push(rt, text);
  setField(rt, self + T.tail, rest === 0 ? 0 : bytesFromJS(rt, data.subarray(data.length - rest)));
  return pop(rt);
}

/** The bytes where they stand, by a codec that needs no decoder object. */
function decodeChunk(rt: Runtime, self: Ref, chunk: Ref, final: boolean): NewRef {
  const codec = rt.i32[self + T.codec] as Codec;
  const errors = jsString(rt, rt.i32[self + T.errors]);
  const at = (chunk + Bytes.data) * 4;
  const size = rt.i32[chunk + Ob.size];
  if (codec === Codec.LATIN1) return decodeLatin1(rt, at, size);
  if (codec === Codec.ASCII) return decodeAscii(rt, at, size, errors);
  return decodeUtf8(rt, at, size, errors, final);
}

/** Reads and decodes one chunk more, behind what is decoded and not given out; false at the end of the file. */
function readChunk(rt: Runtime, self: Ref, hint = 0): boolean {
  const buffer = bufferOf(rt, self);
  const size = Math.max(rt.i32[self + T.chunk], hint);
  const bytes = isExact(rt, buffer, "BufferedReader")
    ? bufferedRead1(rt, buffer, size)
    : genericRead(rt, buffer, size);
  const eof = bytes.length === 0;
  let text = pushed(rt, decode(rt, self, bytes, eof));
  if (has(rt, self, TF_.UNIVERSAL)) text = universal(rt, self, text, eof);
  const i32 = rt.i32;
  const old = i32[self + T.decoded];
  const used = i32[self + T.used];
  if (old !== 0 && used < strLength(rt, old)) {
    const rest = pushed(rt, PyUnicode_Substring(rt, old, used, strLength(rt, old)));
    const all = PyUnicode_Concat(rt, rest, text);
    setField(rt, self + T.decoded, all);
    drop(rt, 2);
    const before = consumedOf(rt, self, used);
    const snapshot = rt.i32[self + T.snapshot];
    const kept = snapshot === 0 ? bytes : concat([copyOfBytes(rt, snapshot).subarray(before), bytes]);
    setField(rt, self + T.snapshot, bytesFromJS(rt, kept));
  } else {
    setField(rt, self + T.decoded, pop(rt));
    setField(rt, self + T.snapshot, bytesFromJS(rt, bytes));
  }
  rt.i32[self + T.used] = 0;
  return !eof;
}

/** Translates the line ends of the str on the native stack, which is replaced. */
function universal(rt: Runtime, self: Ref, text: Ref, final: boolean): Ref {
  const state: NewlineState = {
    translate: has(rt, self, TF_.TRANSLATE),
    pendingcr: has(rt, self, TF_.PENDING_CR),
    seen: rt.i32[self + T.seen],
  };
  const out = translateNewlines(rt, state, text, final);
  drop(rt);
  put(rt, self, TF_.PENDING_CR, state.pendingcr);
  rt.i32[self + T.seen] = state.seen;
  return pushed(rt, out);
}

function genericRead(rt: Runtime, buffer: Ref, size: number): Uint8Array {
  const n = pushed(rt, PyLong_FromNumber(rt, size));
  const has1 = catching(rt, rt.exc.AttributeError, false, () => {
    decref(rt, getAttrString(rt, buffer, "read1"));
    return true;
  });
  const b = pushed(rt, callMethod(rt, buffer, has1 ? "read1" : "read", n));
  if (!PyBytes_Check(rt, b))
    throw typeError(
      rt,
      `underlying ${has1 ? "read1" : "read"}() should have returned a bytes-like object, not '${typeNameOf(rt, b)}'`,
    );
  const bytes = copyOfBytes(rt, b);
  drop(rt, 2);
  return bytes;
}

/** Gives out decoded text up to index `end`. */
function takeTo(rt: Runtime, self: Ref, end: number): NewRef {
  const decoded = rt.i32[self + T.decoded];
  const from = rt.i32[self + T.used];
  rt.i32[self + T.used] = end;
  return PyUnicode_Substring(rt, decoded, from, end);
}

const left = (rt: Runtime, self: Ref): number =>
  rt.i32[self + T.decoded] === 0 ? 0 : strLength(rt, rt.i32[self + T.decoded]) - rt.i32[self + T.used];

export function text_read(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "read", nargs, 0, 1);
  const n = sizeArg(rt, nargs === 0 ? 0 : rt.i32[args]);
  const buffer = open(rt, self);
  mustRead(rt, buffer);
  flushPending(rt, self);
  if (n < 0) return readEverything(rt, self, buffer);
  while (left(rt, self) < n && readChunk(rt, self, n - left(rt, self)));
  const have = Math.min(n, left(rt, self));
  return have === 0 ? rt.emptyStr : takeTo(rt, self, rt.i32[self + T.used] + have);
}

function mustRead(rt: Runtime, buffer: Ref): void {
  if (isExact(rt, buffer, "BufferedReader")) return;
  if (!askMethod(rt, buffer, "readable")) throw unsupported(rt, "not readable");
}

function readEverything(rt: Runtime, self: Ref, buffer: Ref): NewRef {
  const b = pushed(rt, callMethod(rt, buffer, "read"));
  let text = pushed(rt, decode(rt, self, copyOfBytes(rt, b), true));
  if (has(rt, self, TF_.UNIVERSAL)) text = universal(rt, self, text, true);
  if (left(rt, self) > 0) {
    const rest = pushed(rt, takeTo(rt, self, strLength(rt, rt.i32[self + T.decoded])));
    const all = PyUnicode_Concat(rt, rest, text);
    drop(rt, 3);
    forgetText(rt, self);
    return all;
  }
  forgetText(rt, self);
  const result = pop(rt);
  drop(rt);
  return result;
}

function forgetText(rt: Runtime, self: Ref): void {
  clearField(rt, self + T.decoded);
  clearField(rt, self + T.snapshot);
  rt.i32[self + T.used] = 0;
}

function lineMode(rt: Runtime, self: Ref): string | null {
  if (has(rt, self, TF_.UNIVERSAL)) return has(rt, self, TF_.TRANSLATE) ? "\n" : null;
  return has(rt, self, TF_.READ_CR) ? "\r" : has(rt, self, TF_.READ_CRLF) ? "\r\n" : "\n";
}

/** One line, empty at the end of the file. */
function readLine(rt: Runtime, self: Ref, limit: number): NewRef {
  const mode = lineMode(rt, self);
  for (let scanned = 0; ; ) {
    const have = left(rt, self);
    if (have > 0) {
      const i32 = rt.i32;
      const used = i32[self + T.used];
      // A line end of two characters may straddle what was scanned.
      let end = lineEnd(rt, i32[self + T.decoded], used + Math.max(0, scanned - 1), mode);
      if (
        mode === null &&
        end === used + have &&
        end > 0 &&
        jsString(rt, i32[self + T.decoded]).endsWith("\r") &&
        !has(rt, self, TF_.PENDING_CR)
      )
        end = -1;
      if (end >= 0 && (limit < 0 || end - used <= limit)) return takeTo(rt, self, end);
      if (limit >= 0 && have >= limit) return takeTo(rt, self, used + limit);
    }
    scanned = have;
    if (!readChunk(rt, self)) break;
  }
  const n = left(rt, self);
  return n === 0
    ? rt.emptyStr
    : takeTo(rt, self, rt.i32[self + T.used] + (limit >= 0 ? Math.min(n, limit) : n));
}

export function text_readline(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "readline", nargs, 0, 1);
  const limit = sizeArg(rt, nargs === 0 ? 0 : rt.i32[args]);
  mustRead(rt, open(rt, self));
  flushPending(rt, self);
  return readLine(rt, self, limit);
}

export function text_iternext(rt: Runtime, self: Ref): NewRef | 0 {
  mustRead(rt, open(rt, self));
  flushPending(rt, self);
  put(rt, self, TF_.ITERATING, true);
  const line = readLine(rt, self, -1);
  if (strLength(rt, line) > 0) return line;
  decref(rt, line);
  put(rt, self, TF_.ITERATING, false);
  return 0;
}

/** Number of bytes of the snapshot that the first `used` decoded characters come from. */
function consumedOf(rt: Runtime, self: Ref, used: number): number {
  const snapshot = rt.i32[self + T.snapshot];
  if (snapshot === 0 || used === 0) return 0;
  const bytes = copyOfBytes(rt, snapshot);
  const codec = rt.i32[self + T.codec] as Codec;
  const translate = has(rt, self, TF_.TRANSLATE);
  const width = (c: number): number =>
    codec === Codec.UTF8 && c >= 0xc0 ? (c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2) : 1;
  let at = 0;
  for (let n = 0; n < used && at < bytes.length; n++) {
    if (translate && bytes[at] === 13 && bytes[at + 1] === 10) at += 2;
    else at += width(bytes[at]);
  }
  return Math.min(at, bytes.length);
}

export function text_tell(rt: Runtime, self: Ref): NewRef {
  const buffer = open(rt, self);
  if (!askMethod(rt, buffer, "seekable")) throw unsupported(rt, "underlying stream is not seekable");
  if (has(rt, self, TF_.ITERATING))
    throw raise(rt, rt.exc.OSError, "telling position disabled by next() call");
  flushPending(rt, self);
  callAndForget(rt, buffer, "flush");
  const position = numberMethod(rt, buffer, "tell");
  const snapshot = rt.i32[self + T.snapshot];
  if (snapshot === 0) return PyLong_FromNumber(rt, position);
  const length = copyOfBytes(rt, snapshot).length;
  return PyLong_FromNumber(rt, position - length + consumedOf(rt, self, rt.i32[self + T.used]));
}

export function text_seek(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "seek", nargs, 1, 2);
  const cookie = PyNumber_AsSsize_t(rt, rt.i32[args], rt.exc.OverflowError);
  const whence = nargs === 2 ? PyNumber_AsSsize_t(rt, rt.i32[args + 2], 0) : 0;
  const buffer = open(rt, self);
  if (!askMethod(rt, buffer, "seekable")) throw unsupported(rt, "underlying stream is not seekable");
  if (whence === 1 && cookie !== 0) throw unsupported(rt, "can't do nonzero cur-relative seeks");
  if (whence === 2 && cookie !== 0) throw unsupported(rt, "can't do nonzero end-relative seeks");
  if (whence < 0 || whence > 2) throw valueError(rt, `invalid whence (${whence}, should be 0, 1 or 2)`);
  if (whence === 0 && cookie < 0) throw valueError(rt, `negative seek position ${cookie}`);
  put(rt, self, TF_.ITERATING, false);
  let target: NewRef;
  if (whence === 1) target = pushed(rt, text_tell(rt, self));
  else target = pushed(rt, PyLong_FromNumber(rt, cookie));
  flushPending(rt, self);
  callAndForget(rt, buffer, "flush");
  const result = callMethod(rt, buffer, "seek", target, PyLong_FromNumber(rt, whence === 2 ? 2 : 0));
  decref(rt, pop(rt));
  forget(rt, self);
  if (rt.i32[self + T.decoder] !== 0) callAndForget(rt, rt.i32[self + T.decoder], "reset");
  return result;
}

/** Hands the encoded text that waits to the buffer below. */
function flushPending(rt: Runtime, self: Ref): void {
  if (rt.i32[self + T.pendingBytes] === 0) return;
  const buffer = bufferOf(rt, self);
  const bytes = takePending(rt, self);
  if (isExact(rt, buffer, "BufferedWriter")) bufferedWrite(rt, buffer, bytes);
  else {
    callAndForget(rt, buffer, "write", pushed(rt, bytesFromJS(rt, bytes)));
    drop(rt);
  }
}

/** A text as the stream writes it: ASCII text is its own bytes, all else a bytes object. */
function encoded(rt: Runtime, self: Ref, s: Ref): NewRef {
  const cr = rt.i32[self + T.flags] & (TF_.WRITE_CR | TF_.WRITE_CRLF);
  const asIs = cr === 0 && isAscii(rt, s) && rt.i32[self + T.codec] !== Codec.OTHER;
  if (asIs && strLength(rt, s) <= rt.i32[self + T.chunk]) return newref(rt, s);
  const text =
    cr === 0
      ? newref(rt, s)
      : PyUnicode_FromJS(rt, jsString(rt, s).replaceAll("\n", (cr & TF_.WRITE_CR) !== 0 ? "\r" : "\r\n"));
  push(rt, text);
  const b = encodeOther(rt, self, text);
  drop(rt);
  put(rt, self, TF_.WRITTEN, true);
  return b;
}

/** UTF-16 and UTF-32 begin with a byte order mark, once. */
function encodeOther(rt: Runtime, self: Ref, text: Ref): NewRef {
  const name = normalizeEncoding(jsString(rt, rt.i32[self + T.encoding]));
  let encoding = newref(rt, rt.i32[self + T.encoding]);
  if (has(rt, self, TF_.WRITTEN) && /^(utf_?16|utf_?32|utf_8_sig)$/.test(name)) {
    decref(rt, encoding);
    encoding = PyUnicode_FromJS(
      rt,
      name === "utf_8_sig" ? "utf-8" : `${name.replace("_", "")}-le`.replace("utf", "utf-"),
    );
  }
  push(rt, encoding);
  const bytes = PyUnicode_AsEncodedString(rt, text, encoding, rt.i32[self + T.errors]);
  push(rt, bytes);
  pop(rt);
  drop(rt);
  return bytes;
}

export function text_write(rt: Runtime, self: Ref, s: Ref): NewRef {
  const buffer = bufferOf(rt, self);
  if (!PyUnicode_Check(rt, s)) throw typeError(rt, `write() argument must be str, not ${typeNameOf(rt, s)}`);
  open(rt, self);
  textWrite(rt, self, buffer, s);
  return PyLong_FromNumber(rt, strLength(rt, s));
}

/** write of an open stream without the number of characters (_io_TextIOWrapper_write_impl). */
export function textWrite(rt: Runtime, self: Ref, buffer: Ref, s: Ref): void {
  if (isExact(rt, buffer, "BufferedReader")) throw unsupported(rt, "not writable");
  const lineBuffered = has(rt, self, TF_.LINE_BUFFERING) && hasLineEnd(rt, s);
  const piece = encoded(rt, self, s);
  if (mustFlushBefore(rt, self, piece)) {
    push(rt, piece);
    flushPending(rt, self);
    pop(rt);
  }
  const full = addPending(rt, self, piece);
  if (full || lineBuffered || has(rt, self, TF_.WRITE_THROUGH)) flushPending(rt, self);
  if (lineBuffered) callAndForget(rt, buffer, "flush");
  if (rt.i32[self + T.decoded] !== 0) forget(rt, self);
}

/** print's write to an exact, open TextIOWrapper; false if the stream is anything else. */
export function textPrint(rt: Runtime, self: Ref, s: Ref): boolean {
  if (rt.i32[self + 2] !== rt.textIOType || !has(rt, self, TF_.OK)) return false;
  const buffer = rt.i32[self + T.buffer];
  if (!isExact(rt, buffer, "BufferedWriter") || !isOpenFile(rt, buffer)) return false;
  textWrite(rt, self, buffer, s);
  return true;
}

export function text_flush(rt: Runtime, self: Ref): NewRef {
  const buffer = open(rt, self);
  put(rt, self, TF_.ITERATING, false);
  flushPending(rt, self);
  return callMethod(rt, buffer, "flush");
}

export function text_close(rt: Runtime, self: Ref): NewRef {
  const buffer = bufferOf(rt, self);
  if (askAttr(rt, buffer, "closed")) return rt.None;
  if (has(rt, self, TF_.FINALIZING))
    catching(rt, rt.exc.Exception, undefined, () => callAndForget(rt, buffer, "_dealloc_warn", self));
  const flush = () => callAndForget(rt, self, "flush");
  return runBoth(rt, flush, () => callMethod(rt, buffer, "close"));
}

export function text_detach(rt: Runtime, self: Ref): NewRef {
  bufferOf(rt, self);
  callAndForget(rt, self, "flush");
  const buffer = rt.i32[self + T.buffer];
  rt.i32[self + T.buffer] = 0;
  rt.i32[self + T.flags] = TF_.DETACHED;
  return buffer;
}

export function text_truncate(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  const buffer = open(rt, self);
  callAndForget(rt, self, "flush");
  return nargs === 0 ? callMethod(rt, buffer, "truncate") : callMethod(rt, buffer, "truncate", rt.i32[args]);
}
