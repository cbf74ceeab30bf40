/** `bytes % args` and `bytearray % args`. Part of the object layer; what it shares with str stands in percent.ts. */
import { PyObject_ASCII } from "./abstract.ts";
import { bytesLike, PyObject_CheckBuffer } from "./buffer.ts";
import { PyBytes_FromAddress } from "./bytes.ts";
import { dataOf, likeNew, sizeOf } from "./bytescommon.ts";
import { callBytesMethod } from "./bytesnew.ts";
import { PyByteArray_Check, PyBytes_Check, PyUnicode_Check } from "./check.ts";
import { overflowError, typeError } from "./errors.ts";
import { findUnit } from "./fastsearch.ts";
import { numberOrNaN } from "./long.ts";
import { PyIndex_Check, PyNumber_Index } from "./number.ts";
import {
  formatFloat,
  formatInt,
  isFloatConversion,
  isIntConversion,
  Percent,
  PF,
  padNumber,
  unsupported,
} from "./percent.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { strData, strLength } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Bytes being put together. */
class ByteText {
  readonly out: number[] = [];

  add(u8: Uint8Array, at: number, n: number): void {
    for (let i = 0; i < n; i++) this.out.push(u8[at + i]);
  }

  text(s: string): void {
    for (let i = 0; i < s.length; i++) this.out.push(s.charCodeAt(i));
  }

  spaces(n: number): void {
    for (let i = 0; i < n; i++) this.out.push(32);
  }
}

/** nb_remainder of bytes */
export function bytes_mod(rt: Runtime, format: Ref, args: Ref): NewRef {
  return PyBytes_Check(rt, format) ? _PyBytes_FormatEx(rt, format, args) : rt.NotImplemented;
}

/** nb_remainder of bytearray */
export function bytearray_mod(rt: Runtime, format: Ref, args: Ref): NewRef {
  return PyByteArray_Check(rt, format) ? _PyBytes_FormatEx(rt, format, args) : rt.NotImplemented;
}

function isText(rt: Runtime, o: Ref): boolean {
  return PyBytes_Check(rt, o) || PyUnicode_Check(rt, o) || PyByteArray_Check(rt, o);
}

function _PyBytes_FormatEx(rt: Runtime, format: Ref, args: Ref): NewRef {
  const p = new Percent(rt, format, args, isText(rt, args), rt.u8, dataOf(rt, format), sizeOf(rt, format));
  const text = new ByteText();
  while (p.pos < p.n) {
    p.base = dataOf(rt, format);
    const found = findUnit(rt.u8, p.base + p.pos, p.base + p.n, 37);
    const end = found < 0 ? p.n : found - p.base;
    text.add(rt.u8, p.base + p.pos, end - p.pos);
    if (end === p.n) break;
    p.pos = end + 1;
    if (p.isPercent()) {
      text.out.push(37);
      continue;
    }
    p.parse(makeKey);
    convert(rt, p, text);
  }
  p.finish("bytes");
  p.release();
  const result = likeNew(rt, format, text.out.length);
  if (text.out.length > 0) rt.u8.set(text.out, dataOf(rt, result));
  return result;
}

function makeKey(rt: Runtime, format: Ref, start: number, end: number): NewRef {
  return PyBytes_FromAddress(rt, dataOf(rt, format) + start, end - start);
}

function convert(rt: Runtime, p: Percent, text: ByteText): void {
  if (p.conv === 105) p.conv = 100;
  const c = p.conv;
  const v = p.next();
  if (isIntConversion(c)) text.text(padNumber(formatInt(rt, v, p), p));
  else if (isFloatConversion(c)) {
    const { nb_float, nb_index } = infoOf(rt, v);
    if (nb_float === null && nb_index === null)
      throw typeError(rt, `float argument required, not ${typeNameOf(rt, v, 200)}`);
    text.text(padNumber(formatFloat(rt, v, p), p));
  } else if (c === 99) padded(p, text, 1, () => text.out.push(byteOf(rt, v)));
  else if (c === 115 || c === 98) addBytes(rt, p, text, v);
  else if (c === 97 || c === 114) addAscii(rt, p, text, v);
  else throw unsupported(p);
}

function padded(p: Percent, text: ByteText, n: number, write: () => void): void {
  const room = p.width - n;
  if ((p.flags & PF.LJUST) === 0) text.spaces(room);
  write();
  if ((p.flags & PF.LJUST) !== 0) text.spaces(room);
}

const limited = (p: Percent, n: number): number => (p.prec >= 0 && p.prec < n ? p.prec : n);

function addAscii(rt: Runtime, p: Percent, text: ByteText, v: Ref): void {
  const s = PyObject_ASCII(rt, v);
  push(rt, s);
  const n = limited(p, strLength(rt, s));
  padded(p, text, n, () => text.add(rt.u8, strData(rt, s) * 4, n));
  drop(rt);
}

/** format_obj: something bytes-like, or with `__bytes__`. */
function addBytes(rt: Runtime, p: Percent, text: ByteText, v: Ref): void {
  let source = v;
  let owned = 0;
  if (!PyBytes_Check(rt, v) && !PyByteArray_Check(rt, v)) {
    owned = callBytesMethod(rt, v);
    if (owned !== 0) source = owned;
    else if (!PyObject_CheckBuffer(rt, v)) {
      const found = typeNameOf(rt, v, 100);
      throw typeError(
        rt,
        `%b requires a bytes-like object, or an object that implements __bytes__, not '${found}'`,
      );
    }
  }
  push(rt, owned);
  const span = bytesLike(rt, source);
  const n = limited(p, span.n);
  padded(p, text, n, () => text.add(rt.u8, span.at, n));
  drop(rt);
}

/** byte_converter: the byte of a %c conversion. */
function byteOf(rt: Runtime, v: Ref): number {
  if ((PyBytes_Check(rt, v) || PyByteArray_Check(rt, v)) && sizeOf(rt, v) === 1) return rt.u8[dataOf(rt, v)];
  if (!PyIndex_Check(rt, v)) {
    throw typeError(rt, "%c requires an integer in range(256) or a single byte");
  }
  const n = PyNumber_Index(rt, v);
  push(rt, n);
  const c = numberOrNaN(rt, n);
  if (!(c >= 0 && c <= 255)) throw overflowError(rt, "%c arg not in range(256)");
  drop(rt);
  return c;
}
