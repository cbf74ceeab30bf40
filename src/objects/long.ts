/**
 * int: PyLongObject, its creation and reading. 30-bit digits, least significant first; lv_tag = ndigits << 3 | sign, where
 * sign is 0 positive, 1 zero, 2 negative. -5 to 256 are static and immortal. Part of the object layer.
 *
 *   byte  0           8         16       24        28
 *         | ob_refcnt | ob_type | lv_tag | digit 0 | digit 1 ...
 *
 * Blocks are as large as in CPython, which sometimes asks for a digit more than the result needs (`_PyLong_New` before the
 * value is known, as in x_add): the size class of such a result is seen by tracemalloc and the pools.
 */
import { staticAlloc } from "../heap/static.ts";
import { PyObject_Free, PyObject_Malloc } from "../pymalloc/domains.ts";
import { noMemory, overflowError } from "./errors.ts";
import { IMMORTAL_REFCNT, Long, Ob, Ty } from "./layout.ts";
import { bigIntFromHeap, heapFromBigInt } from "./longbig.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

export { _PyLong_Copy } from "./longarith.ts";
export { PyLong_FromUnicodeObject } from "./longparse.ts";
export { PyLong_AsDouble } from "./longpow.ts";
export { _PyLong_Format } from "./longstr.ts";

export const PyLong_SHIFT = 30;
export const PyLong_BASE = 0x40000000;
export const PyLong_MASK = 0x3fffffff;
const NSMALLNEGINTS = 5;
const NSMALLPOSINTS = 257;

/** Creates the static ints -5 to 256, 32 bytes apart. Part of the first steps of start-up. */
export function initSmallInts(rt: Runtime): void {
  const i32 = rt.i32;
  const at = staticAlloc(rt, 32 * (NSMALLNEGINTS + NSMALLPOSINTS));
  rt.smallInts = at + 8 * NSMALLNEGINTS;
  for (let v = -NSMALLNEGINTS; v < NSMALLPOSINTS; v++) {
    const p = rt.smallInts + 8 * v;
    i32[p] = IMMORTAL_REFCNT;
    i32[p + Ob.type] = rt.types.int;
    i32[p + Long.tag] = v === 0 ? 1 : v < 0 ? 10 : 8;
    i32[p + Long.digit] = Math.abs(v);
  }
}

/** A positive int of n digits, not filled in (the first is 0). The caller normalises. */
export function _PyLong_New(rt: Runtime, n: number): NewRef {
  const p = PyObject_Malloc(rt, Long.HEAD_BYTES + 4 * (n === 0 ? 1 : n));
  if (p === 0) throw noMemory(rt);
  const i32 = rt.i32;
  i32[p] = 1;
  i32[p + Ob.type] = rt.types.int;
  i32[p + Long.tag] = n === 0 ? 1 : n << 3;
  i32[p + Long.digit] = 0;
  return p;
}

/** The int of an int32: a small int, or a whole PyLongObject (32 bytes, as _PyLong_FromMedium asks for). */
export function PyLong_FromInt32(rt: Runtime, v: number): NewRef {
  if (v >= -5 && v <= 256) return rt.smallInts + (v << 3);
  const a = v < 0 ? -v : v;
  const p = PyObject_Malloc(rt, 32);
  if (p === 0) throw noMemory(rt);
  const i32 = rt.i32;
  i32[p] = 1;
  i32[p + Ob.type] = rt.types.int;
  if (a < PyLong_BASE) {
    i32[p + Long.tag] = v < 0 ? 10 : 8;
    i32[p + Long.digit] = a;
  } else {
    i32[p + Long.tag] = v < 0 ? 18 : 16;
    i32[p + Long.digit] = a & PyLong_MASK;
    i32[p + Long.digit + 1] = a >>> PyLong_SHIFT;
  }
  return p;
}

/** The int of any integral number (exact for every finite double). */
export function PyLong_FromNumber(rt: Runtime, n: number): NewRef {
  if (n === (n | 0)) return PyLong_FromInt32(rt, n | 0);
  const a = n < 0 ? -n : n;
  if (a >= 2 ** 60) return heapFromBigInt(rt, BigInt(n));
  return longFromParts(rt, n < 0, a, 2);
}

/** An int of a magnitude below 2**60 in a block of `ndigits` digits, of which it may need fewer; not for small ints. */
export function longFromParts(rt: Runtime, negative: boolean, a: number, ndigits: number): NewRef {
  const p = PyObject_Malloc(rt, Long.HEAD_BYTES + 4 * ndigits);
  if (p === 0) throw noMemory(rt);
  const i32 = rt.i32;
  i32[p] = 1;
  i32[p + Ob.type] = rt.types.int;
  const sign = negative ? 2 : 0;
  if (a < PyLong_BASE) {
    i32[p + Long.tag] = 8 | sign;
    i32[p + Long.digit] = a;
  } else {
    const hi = Math.floor(a / PyLong_BASE);
    i32[p + Long.tag] = 16 | sign;
    i32[p + Long.digit] = a - hi * PyLong_BASE;
    i32[p + Long.digit + 1] = hi;
  }
  return p;
}

/** The int of a JavaScript BigInt. */
export function PyLong_FromBigInt(rt: Runtime, v: bigint): NewRef {
  if (v >= -9007199254740991n && v <= 9007199254740991n) return PyLong_FromNumber(rt, Number(v));
  return heapFromBigInt(rt, v);
}

/** The int of a 64-bit value given as two 32-bit halves. */
export function PyLong_FromHalves(rt: Runtime, lo: number, hi: number, signed = true): NewRef {
  const h = signed ? hi | 0 : hi >>> 0;
  const n = h * 4294967296 + (lo >>> 0);
  if (n > -9007199254740992 && n < 9007199254740992) return PyLong_FromNumber(rt, n);
  return h < 0 ? threeDigits(rt, -lo | 0, (lo === 0 ? -h : ~h) | 0, 2) : threeDigits(rt, lo, h, 0);
}

/** The int of a magnitude of 54 to 64 bits, given as halves. */
function threeDigits(rt: Runtime, lo: number, hi: number, sign: number): NewRef {
  const last = hi >>> 28;
  const p = _PyLong_New(rt, last === 0 ? 2 : 3);
  const i32 = rt.i32;
  i32[p + Long.tag] |= sign;
  i32[p + Long.digit] = lo & 0x3fffffff;
  i32[p + Long.digit + 1] = ((lo >>> 30) | (hi << 2)) & 0x3fffffff;
  if (last !== 0) i32[p + Long.digit + 2] = last;
  return p;
}

/** Has at most one digit (_PyLong_IsCompact). */
export function isCompact(rt: Runtime, p: Ref): boolean {
  return rt.i32[p + Long.tag] < 16;
}

/** The value of a compact int (_PyLong_CompactValue). */
export function compactValue(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  return (1 - (i32[p + Long.tag] & 3)) * i32[p + Long.digit];
}

export function digitCount(rt: Runtime, p: Ref): number {
  return rt.i32[p + Long.tag] >>> 3;
}

/** -1, 0, 1 (_PyLong_Sign) */
export function _PyLong_Sign(rt: Runtime, p: Ref): number {
  return 1 - (rt.i32[p + Long.tag] & 3);
}

/** The value of an int of magnitude below 2**53, else NaN. */
export function exactNumber(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  const tag = i32[p + Long.tag];
  if (tag < 16) return (1 - (tag & 3)) * i32[p + Long.digit];
  if (tag >= 24 || i32[p + Long.digit + 1] >= 0x800000) return Number.NaN;
  return (1 - (tag & 3)) * (i32[p + Long.digit] + i32[p + Long.digit + 1] * PyLong_BASE);
}

/** The value of an int as a BigInt. */
export function bigIntOf(rt: Runtime, p: Ref): bigint {
  const n = exactNumber(rt, p);
  return Number.isNaN(n) ? bigIntFromHeap(rt, p) : BigInt(n);
}

/**
 * The value as a number; OverflowError beyond 64 bits, in CPython's words. Values from 2**53 on come rounded: they are larger
 * than any length or index can be.
 */
export function PyLong_AsSsize_t(rt: Runtime, p: Ref): number {
  return asWord(rt, p, "Python int too large to convert to C ssize_t");
}

/** PyLong_AsLong (64 bits), rounded beyond 2**53. The argument must be an int. */
export function PyLong_AsLong(rt: Runtime, p: Ref): number {
  return asWord(rt, p, "Python int too large to convert to C long");
}

function asWord(rt: Runtime, p: Ref, message: string): number {
  const n = exactNumber(rt, p);
  if (!Number.isNaN(n)) return n;
  const v = bigIntFromHeap(rt, p);
  if (v >= -9223372036854775808n && v <= 9223372036854775807n) return Number(v);
  throw overflowError(rt, message);
}

/** PyLong_AsInt: 32 bits. The argument must be an int. */
export function PyLong_AsInt(rt: Runtime, p: Ref): number {
  const message = "Python int too large to convert to C int";
  const n = asWord(rt, p, message);
  if (n === (n | 0)) return n | 0;
  throw overflowError(rt, message);
}

/** As PyLong_AsLongAndOverflow: NaN beyond 2**53. */
export function numberOrNaN(rt: Runtime, p: Ref): number {
  return exactNumber(rt, p);
}

/** Frees an exact int whose count has reached zero: what compiled code calls when it knows the type. */
export function long_free(rt: Runtime, p: Ref): void {
  PyObject_Free(rt, p);
}

/** tp_dealloc of int and its subclasses. */
export function long_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  if (type === rt.types.int) PyObject_Free(rt, p);
  else rt.typeInfos[rt.i32[type + Ty.info]].tp_free!(rt, p);
}
