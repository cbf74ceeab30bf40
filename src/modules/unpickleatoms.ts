/** Loading of numbers, text and bytes. Part of the modules, for _pickle.ts. */
import { bytearrayData, bytearrayNew } from "../objects/bytearray.ts";
import { MAX_BYTES, PyBytes_FromAddress, PyBytes_New } from "../objects/bytes.ts";
import { PyUnicode_FromEncodedObject } from "../objects/codecs.ts";
import { noMemory, overflowError, valueError } from "../objects/errors.ts";
import { decodeRawUnicodeEscape, escapeDecode } from "../objects/escapes.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { Bytes } from "../objects/layout.ts";
import { PyLong_FromBigInt, PyLong_FromInt32 } from "../objects/long.ts";
import { _PyLong_FromByteArray } from "../objects/longmethods.ts";
import { PyLong_FromUnicodeObject } from "../objects/longparse.ts";
import { catchingAny, pushed } from "../objects/nativecall.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { drop, pop } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { decodeUtf8 } from "../objects/utf8.ts";
import { Unpickler, unpicklingError } from "./picklestate.ts";
import {
  available,
  lineStart,
  lineText,
  read,
  readInto,
  readLine,
  readLineOf,
  truncated,
} from "./unpickleinput.ts";
import { pushObject } from "./unpicklestack.ts";

/** The largest Py_ssize_t, for messages. */
const MAX_SIZE = "9223372036854775807";

/** An unsigned number of `width` bytes, the lowest first. */
export function readSize(rt: Runtime, u: Ref, width: number): number {
  const at = read(rt, u, width);
  const u8 = rt.u8;
  let n = u8[at];
  for (let i = 1, scale = 256; i < width; i++, scale *= 256) n += u8[at + i] * scale;
  return n;
}

/** Byte address of the byte that was read last. */
const lastByte = (rt: Runtime, u: Ref): number =>
  rt.f64[(u + Unpickler.input_buffer) >> 1] + rt.i32[u + Unpickler.next_read_idx] - 1;

/** A size; `what` is too long if no memory could hold it. */
function sizeOrError(rt: Runtime, u: Ref, width: number, error: () => PyErr): number {
  const n = readSize(rt, u, width);
  // Rounding makes 2**63 of what is a little less.
  if (n >= 2 ** 63 && rt.u8[lastByte(rt, u)] >= 0x80) throw error();
  return n;
}

function exceeds(rt: Runtime, what: string): () => PyErr {
  return () => overflowError(rt, `${what} exceeds system's maximum size of ${MAX_SIZE} bytes`);
}

export function load_binint(rt: Runtime, u: Ref): void {
  const at = read(rt, u, 4);
  const u8 = rt.u8;
  const n = u8[at] | (u8[at + 1] << 8) | (u8[at + 2] << 16) | (u8[at + 3] << 24);
  pushObject(rt, u, PyLong_FromInt32(rt, n));
}

export function load_binint1(rt: Runtime, u: Ref): void {
  const at = read(rt, u, 1);
  pushObject(rt, u, PyLong_FromInt32(rt, rt.u8[at]));
}

export function load_binint2(rt: Runtime, u: Ref): void {
  const at = read(rt, u, 2);
  pushObject(rt, u, PyLong_FromInt32(rt, rt.u8[at] | (rt.u8[at + 1] << 8)));
}

/** What strtol() reads with base 0, if it reads all of the line and the number has 64 bits; else null. */
function strtol(text: string): bigint | null {
  const m = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)\n?$/.exec(text);
  if (m === null) return text === "\n" ? 0n : null;
  const octal = m[2].length > 1 && m[2][0] === "0" && !/[xX]/.test(m[2]);
  const magnitude = BigInt(octal ? `0o${m[2].slice(1)}` : m[2]);
  const n = m[1] === "-" ? -magnitude : magnitude;
  return BigInt.asIntN(64, n) === n ? n : null;
}

/** The base that base 0 stands for, 0 where zeros lead: the message of an error says it. */
function baseOf(text: string): number {
  const m = /^\s*[+-]?(?:0([xXoObB]?)|)/.exec(text)!;
  if (m[1] === undefined) return 10;
  return { x: 16, o: 8, b: 2 }[m[1].toLowerCase()] ?? 0;
}

/** An int from text as PyLong_FromString takes it. */
export function parseInteger(rt: Runtime, text: string, base: number): NewRef {
  if (base === 0) base = baseOf(text);
  const s = pushed(rt, PyUnicode_FromJS(rt, text));
  const n = PyLong_FromUnicodeObject(rt, s, base);
  drop(rt);
  return n;
}

export function load_int(rt: Runtime, u: Ref): void {
  const length = readLineOf(rt, u, 2);
  const text = lineText(rt, u);
  const n = strtol(text);
  if (n !== null && length === 3 && (n === 0n || n === 1n)) {
    pushObject(rt, u, n === 1n ? rt.True : rt.False);
    return;
  }
  if (n !== null) {
    pushObject(rt, u, PyLong_FromBigInt(rt, n));
    return;
  }
  const long = catchingAny(rt, 0, () => parseInteger(rt, text, 0));
  if (long === 0) throw valueError(rt, "could not convert string to int");
  pushObject(rt, u, long);
}

/** Decimal text, with the L of Python 2 at its end or not. */
export function load_long(rt: Runtime, u: Ref): void {
  readLineOf(rt, u, 2);
  const text = lineText(rt, u);
  pushObject(rt, u, parseInteger(rt, text.endsWith("L\n") ? text.slice(0, -2) : text, 0));
}

export function load_counted_long(rt: Runtime, u: Ref, width: number): void {
  const n = width === 1 ? readSize(rt, u, 1) : readSize(rt, u, 4) | 0;
  if (n < 0) throw unpicklingError(rt, "LONG pickle has negative byte count");
  const value = n === 0 ? PyLong_FromInt32(rt, 0) : _PyLong_FromByteArray(rt, read(rt, u, n), n, true, true);
  pushObject(rt, u, value);
}

const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)/i;

export function load_float(rt: Runtime, u: Ref): void {
  readLineOf(rt, u, 2);
  const text = lineText(rt, u);
  const m = FLOAT.exec(text);
  if (m === null) throw valueError(rt, `could not convert string to float: '${text.slice(0, 200)}'`);
  const word = /[iI]n|[nN]a/.test(m[0]);
  const sign = m[0][0] === "-" ? -1 : 1;
  const d = !word ? Number(m[0]) : /nan/i.test(m[0]) ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (!word && !Number.isFinite(d))
    throw overflowError(rt, `value too large to convert to float: '${text.slice(0, 200)}'`);
  if (m[0].length < text.length && text[m[0].length] !== "\n")
    throw valueError(rt, "could not convert string to float");
  pushObject(rt, u, PyFloat_FromDouble(rt, d));
}

const scratch = new DataView(new ArrayBuffer(8));

export function load_binfloat(rt: Runtime, u: Ref): void {
  const at = read(rt, u, 8);
  for (let i = 0; i < 8; i++) scratch.setUint8(i, rt.u8[at + i]);
  pushObject(rt, u, PyFloat_FromDouble(rt, scratch.getFloat64(0)));
}

/** A str of Python 2, whose bytes are an owned reference: bytes where the encoding is "bytes", else their text. */
function oldString(rt: Runtime, u: Ref, bytes: NewRef): NewRef {
  const encoding = cString(rt, rt.i32[u + Unpickler.encoding]);
  if (encoding === "bytes") return bytes;
  pushed(rt, bytes);
  const name = pushed(rt, PyUnicode_FromJS(rt, encoding));
  const errors = pushed(rt, PyUnicode_FromJS(rt, cString(rt, rt.i32[u + Unpickler.errors])));
  const text = PyUnicode_FromEncodedObject(rt, bytes, name, errors);
  drop(rt, 3);
  return text;
}

/** The text of a block of characters that ends with a zero. */
export function cString(rt: Runtime, block: number): string {
  let n = 0;
  while (rt.u8[4 * block + n] !== 0) n++;
  return new TextDecoder().decode(rt.u8.subarray(4 * block, 4 * block + n));
}

export function load_string(rt: Runtime, u: Ref): void {
  const n = readLine(rt, u) - 1;
  const at = lineStart(rt, u);
  const quote = rt.u8[at];
  if (n < 2 || quote !== rt.u8[at + n - 1] || (quote !== 39 && quote !== 34))
    throw unpicklingError(rt, "the STRING opcode argument must be quoted");
  pushObject(rt, u, oldString(rt, u, escapeDecode(rt, at + 1, n - 2, "strict")));
}

export function load_counted_binstring(rt: Runtime, u: Ref, width: number): void {
  const n = sizeOrError(rt, u, width, exceeds(rt, "BINSTRING"));
  const at = read(rt, u, n);
  pushObject(rt, u, oldString(rt, u, PyBytes_FromAddress(rt, at, n)));
}

/** Fails for a size beyond what is there, before memory is taken for it. */
function checkAvailable(rt: Runtime, u: Ref, n: number): void {
  if (n > available(rt, u) && n <= 0xffffffff && rt.i32[u + Unpickler.read] === 0) throw truncated(rt);
  if (n > MAX_BYTES) throw noMemory(rt);
}

export function load_counted_binbytes(rt: Runtime, u: Ref, width: number): void {
  const n = sizeOrError(rt, u, width, exceeds(rt, "BINBYTES"));
  checkAvailable(rt, u, n);
  if (n === 1 && available(rt, u) > 0) {
    pushObject(rt, u, PyBytes_FromAddress(rt, read(rt, u, 1), 1));
    return;
  }
  const bytes = pushed(rt, PyBytes_New(rt, n));
  readInto(rt, u, 4 * (bytes + Bytes.data), n);
  pushObject(rt, u, pop(rt));
}

export function load_counted_bytearray(rt: Runtime, u: Ref): void {
  const n = sizeOrError(rt, u, 8, exceeds(rt, "BYTEARRAY8"));
  checkAvailable(rt, u, n);
  const bytes = pushed(rt, bytearrayNew(rt, n));
  readInto(rt, u, bytearrayData(rt, bytes), n);
  pushObject(rt, u, pop(rt));
}

export function load_unicode(rt: Runtime, u: Ref): void {
  const n = readLineOf(rt, u, 1);
  pushObject(rt, u, decodeRawUnicodeEscape(rt, lineStart(rt, u), n - 1, "strict"));
}

export function load_counted_binunicode(rt: Runtime, u: Ref, width: number): void {
  const n = sizeOrError(rt, u, width, exceeds(rt, "BINUNICODE"));
  pushObject(rt, u, decodeUtf8(rt, read(rt, u, n), n, "surrogatepass"));
}
