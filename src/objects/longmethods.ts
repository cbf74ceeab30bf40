/** int: its methods beyond arithmetic. Part of the object layer. */

import { PyObject_Bytes, PyObject_IsTrue } from "./abstract.ts";
import { badArgument, checkArgs, kwSpec, parseFastKw } from "./argparse.ts";
import { PyBytes_New } from "./bytes.ts";
import { PyObject_CallOneArg } from "./call.ts";
import { PyUnicode_Check } from "./check.ts";
import { overflowError, valueError } from "./errors.ts";
import { formatInt } from "./formatint.ts";
import { Bytes, Long } from "./layout.ts";
import { _PyLong_New, bigIntOf, exactNumber, PyLong_FromBigInt, PyLong_FromNumber } from "./long.ts";
import { long_long, normalize } from "./longarith.ts";
import { _PyLong_NumBits, bitCount } from "./longbits.ts";
import { PyNumber_AsSsize_t, PyNumber_Index } from "./number.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import { jsString, strEqualsJS } from "./str.ts";
import { PyTuple_Pack } from "./tuple.ts";
import { type GetSetDef, METH, type MethodDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

function int_bit_length(rt: Runtime, self: Ref): NewRef {
  return PyLong_FromNumber(rt, _PyLong_NumBits(rt, self));
}

function int_bit_count(rt: Runtime, self: Ref): NewRef {
  return PyLong_FromNumber(rt, bitCount(rt, self));
}

function int_as_integer_ratio(rt: Runtime, self: Ref): NewRef {
  const copy = push(rt, long_long(rt, self));
  const t = PyTuple_Pack(rt, rt.i32[copy], rt.smallInts + 8);
  decref(rt, pop(rt));
  return t;
}

function int_getnewargs(rt: Runtime, self: Ref): NewRef {
  const copy = push(rt, long_long(rt, self));
  const t = PyTuple_Pack(rt, rt.i32[copy]);
  decref(rt, pop(rt));
  return t;
}

/** round(self, ndigits): half to even on a power of ten. */
function int_round(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "__round__", nargs, 0, 1);
  if (nargs === 0) return long_long(rt, self);
  const nd = PyNumber_Index(rt, rt.i32[args]);
  const n = exactNumber(rt, nd);
  const negative = (rt.i32[nd + Long.tag] & 3) === 2;
  decref(rt, nd);
  if (!negative) return long_long(rt, self);
  return roundToTens(rt, self, Number.isNaN(n) ? Number.POSITIVE_INFINITY : -n);
}

function roundToTens(rt: Runtime, self: Ref, places: number): NewRef {
  if (places > _PyLong_NumBits(rt, self)) return rt.smallInts;
  const unit = 10n ** BigInt(places);
  const v = bigIntOf(rt, self);
  let r = v % unit;
  if (r < 0n) r += unit;
  let q = v - r;
  const twice = r * 2n;
  if (twice > unit || (twice === unit && ((q / unit) & 1n) !== 0n)) q += unit;
  return PyLong_FromBigInt(rt, q);
}

function int_format(rt: Runtime, self: Ref, spec: Ref): NewRef {
  if (!PyUnicode_Check(rt, spec)) throw badArgument(rt, "__format__", "argument", "str", spec);
  return formatInt(rt, self, jsString(rt, spec));
}

function int_is_integer(rt: Runtime): NewRef {
  return rt.True;
}

const TO_BYTES = kwSpec("to_bytes", "length=, byteorder=, *, signed=");

function isLittle(rt: Runtime, order: OptRef, fname: string): boolean {
  if (order === 0) return false;
  if (!PyUnicode_Check(rt, order)) throw badArgument(rt, fname, "argument 'byteorder'", "str", order);
  if (strEqualsJS(rt, order, "little")) return true;
  if (strEqualsJS(rt, order, "big")) return false;
  throw valueError(rt, "byteorder must be either 'little' or 'big'");
}

function int_to_bytes(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [length, order, signedArg] = parseFastKw(rt, TO_BYTES, args, nargs, kwnames);
  const n = length === 0 ? 1 : PyNumber_AsSsize_t(rt, length, rt.exc.OverflowError);
  const little = isLittle(rt, order, "to_bytes");
  const signed = signedArg !== 0 && PyObject_IsTrue(rt, signedArg);
  if (n < 0) throw valueError(rt, "length argument must be non-negative");
  const b = PyBytes_New(rt, n);
  push(rt, b);
  _PyLong_AsByteArray(rt, self, (b + Bytes.data) * 4, n, little, signed);
  return pop(rt);
}

/** Writes the two's complement of an int to n bytes at byte address `at`; OverflowError when it does not fit. */
export function _PyLong_AsByteArray(
  rt: Runtime,
  a: Ref,
  at: number,
  n: number,
  little: boolean,
  signed: boolean,
): void {
  const i32 = rt.i32;
  const negative = (i32[a + Long.tag] & 3) === 2;
  if (negative && !signed) throw overflowError(rt, "can't convert negative int to unsigned");
  checkFits(rt, a, n, negative, signed);
  const ndigits = i32[a + Long.tag] >>> 3;
  let acc = 0;
  let bits = 0;
  let next = 0;
  let carry = 1;
  for (let i = 0; i < n; i++) {
    if (bits < 8 && next < ndigits) {
      const d = i32[a + Long.digit + next++];
      const byte = (acc | (d << bits)) & 0xff;
      acc = d >>> (8 - bits);
      bits += 22;
      carry = putByte(rt.u8, little ? at + i : at + n - 1 - i, byte, negative, carry);
      continue;
    }
    carry = putByte(rt.u8, little ? at + i : at + n - 1 - i, acc & 0xff, negative, carry);
    acc >>>= 8;
    bits = Math.max(0, bits - 8);
  }
}

function putByte(u8: Uint8Array, at: number, byte: number, negative: boolean, carry: number): number {
  if (!negative) {
    u8[at] = byte;
    return 0;
  }
  const v = (byte ^ 0xff) + carry;
  u8[at] = v;
  return v >> 8;
}

function checkFits(rt: Runtime, a: Ref, n: number, negative: boolean, signed: boolean): void {
  let need = _PyLong_NumBits(rt, a);
  if (signed && need > 0) {
    // -2**(8n-1) itself fits.
    if (!negative || !isPowerOfTwo(rt, a)) need++;
    // -1 fits into no bytes at all.
    else if (need === 1) need = 0;
  }
  if (need > 8 * n) throw overflowError(rt, "int too big to convert");
}

function isPowerOfTwo(rt: Runtime, a: Ref): boolean {
  return bitCount(rt, a) === 1;
}

const FROM_BYTES = kwSpec("from_bytes", "bytes, byteorder=, *, signed=");

function int_from_bytes(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [source, order, signedArg] = parseFastKw(rt, FROM_BYTES, args, nargs, kwnames);
  const little = order !== 0 && isLittle(rt, order, "from_bytes");
  const signed = signedArg !== 0 && PyObject_IsTrue(rt, signedArg);
  const bytes = push(rt, PyObject_Bytes(rt, source));
  const b = rt.i32[bytes];
  const v = _PyLong_FromByteArray(rt, (b + Bytes.data) * 4, rt.i32[b + Bytes.size], little, signed);
  decref(rt, pop(rt));
  if (type === rt.types.int) return v;
  push(rt, v);
  const r = PyObject_CallOneArg(rt, type, v);
  decref(rt, pop(rt));
  return r;
}

/** The int of n bytes at byte address `at`. */
export function _PyLong_FromByteArray(
  rt: Runtime,
  at: number,
  n: number,
  little: boolean,
  signed: boolean,
): NewRef {
  const u8 = rt.u8;
  const byteAt = (i: number): number => u8[little ? at + i : at + n - 1 - i];
  let top = n;
  const negative = signed && n > 0 && byteAt(n - 1) >= 0x80;
  const pad = negative ? 0xff : 0;
  while (top > 0 && byteAt(top - 1) === pad) top--;
  const p = _PyLong_New(rt, Math.max(1, Math.ceil((8 * (top + (negative ? 1 : 0))) / 30)));
  const i32 = rt.i32;
  const ndigits = i32[p + Long.tag] >>> 3;
  let carry = 1;
  for (let k = 0, bit = 0; k < ndigits; k++, bit += 30) {
    let d = 0;
    for (let have = 0, i = bit >> 3, skip = bit & 7; have < 30; i++) {
      const byte = i < top ? byteAt(i) : pad;
      d |= ((byte >> skip) << have) & 0x3fffffff;
      have += 8 - skip;
      skip = 0;
    }
    if (negative) {
      d = (~d & 0x3fffffff) + carry;
      carry = d >>> 30;
      d &= 0x3fffffff;
    }
    i32[p + Long.digit + k] = d;
  }
  return normalize(rt, p, negative);
}

function selfLong(rt: Runtime, self: Ref): NewRef {
  return long_long(rt, self);
}

export const longMethods: MethodDef[] = [
  { name: "conjugate", flags: METH.NOARGS, fn: selfLong, sig: "($self, /)", doc: "The int itself." },
  {
    name: "bit_length",
    flags: METH.NOARGS,
    fn: int_bit_length,
    sig: "($self, /)",
    doc: "Bits of the magnitude.",
  },
  {
    name: "bit_count",
    flags: METH.NOARGS,
    fn: int_bit_count,
    sig: "($self, /)",
    doc: "Ones among the bits of the magnitude.",
  },
  {
    name: "to_bytes",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: int_to_bytes,
    sig: "($self, /, length=1, byteorder='big', *, signed=False)",
    doc: "The value as bytes.",
  },
  {
    name: "from_bytes",
    flags: METH.FASTCALL | METH.KEYWORDS | METH.CLASS,
    fn: int_from_bytes,
    sig: "($type, /, bytes, byteorder='big', *, signed=False)",
    doc: "The int that bytes stand for.",
  },
  {
    name: "as_integer_ratio",
    flags: METH.NOARGS,
    fn: int_as_integer_ratio,
    sig: "($self, /)",
    doc: "The pair (self, 1).",
  },
  { name: "__trunc__", flags: METH.NOARGS, fn: selfLong },
  { name: "__floor__", flags: METH.NOARGS, fn: selfLong },
  { name: "__ceil__", flags: METH.NOARGS, fn: selfLong },
  { name: "__round__", flags: METH.FASTCALL, fn: int_round, sig: "($self, ndigits=<unrepresentable>, /)" },
  { name: "__getnewargs__", flags: METH.NOARGS, fn: int_getnewargs, sig: "($self, /)" },
  { name: "__format__", flags: METH.O, fn: int_format, sig: "($self, format_spec, /)" },
  { name: "is_integer", flags: METH.NOARGS, fn: int_is_integer, sig: "($self, /)", doc: "True." },
];

export const longGetSets: GetSetDef[] = [
  { name: "real", get: selfLong, doc: "The real part." },
  { name: "imag", get: (rt) => newref(rt, rt.smallInts), doc: "The imaginary part: 0." },
  { name: "numerator", get: selfLong, doc: "The numerator in lowest terms." },
  {
    name: "denominator",
    get: (rt) => newref(rt, rt.smallInts + 8),
    doc: "The denominator in lowest terms: 1.",
  },
];
