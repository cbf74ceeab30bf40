/** Decimals in the heap: making and reading them. Part of the modules, for _decimal.ts; the layout is in decimalstate.ts. */
import { PyObject_GC_New, PyObject_GC_Track } from "../objects/alloc.ts";
import { noMemory } from "../objects/errors.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { Kind, MINALLOC, Num, RDIGITS } from "./decimalnum.ts";
import { Dec, stateOf } from "./decimalstate.ts";

/** PyDecType_New: a Decimal, or of a class derived from it, without a value. */
export function newDecimal(rt: Runtime, type: Ref): NewRef {
  const i32 = rt.i32;
  const exact = type === stateOf(rt).Decimal;
  const p = exact ? PyObject_GC_New(rt, type, Dec.BYTES) : infoOfType(rt, type).tp_alloc!(rt, type, 0);
  i32[p + Dec.hash] = -1;
  i32[p + Dec.hash + 1] = -1;
  i32[p + Dec.flags] = Dec.STATIC | Dec.STATIC_DATA;
  i32[p + Dec.flags + 1] = 0;
  i32[p + Dec.exp] = 0;
  i32[p + Dec.exp + 1] = 0;
  i32[p + Dec.digits] = 0;
  i32[p + Dec.digits + 1] = 0;
  i32[p + Dec.len] = 0;
  i32[p + Dec.len + 1] = 0;
  i32[p + Dec.alloc] = MINALLOC;
  i32[p + Dec.alloc + 1] = 0;
  i32[p + Dec.data] = p + Dec.words;
  i32[p + Dec.data + 1] = 0;
  if (exact) PyObject_GC_Track(rt, p);
  return p;
}

/** What a Decimal has besides itself. */
export function freeCoefficient(rt: Runtime, p: Ref): void {
  if ((rt.i32[p + Dec.flags] & Dec.STATIC_DATA) === 0) PyMem_Free(rt, rt.i32[p + Dec.data]);
}

/** Room for the words of a coefficient: in the object, or in a block if it has ever needed one. */
function makeRoom(rt: Runtime, p: Ref, words: number, peak: number): void {
  if (words <= MINALLOC && peak <= MINALLOC) return;
  const i32 = rt.i32;
  const alloc = Math.max(words, MINALLOC);
  const data = PyMem_Malloc(rt, 8 * alloc);
  if (data === 0) throw noMemory(rt);
  i32[p + Dec.data] = data;
  i32[p + Dec.alloc] = alloc;
  i32[p + Dec.flags] &= ~Dec.STATIC_DATA;
}

/** Gives a new Decimal its value. */
export function storeNum(rt: Runtime, p: Ref, x: Num): void {
  const i32 = rt.i32;
  const bare = x.kind !== Kind.FINITE && x.coef === 0n;
  const digits = bare ? 0 : x.digits;
  const len = Math.ceil(digits / RDIGITS);
  makeRoom(rt, p, len, x.peak);
  i32[p + Dec.flags] |= x.kind | (x.neg ? Kind.NEG : 0);
  i32[p + Dec.digits] = digits;
  i32[p + Dec.len] = len;
  stateOf(rt).i64[(p + Dec.exp) >> 1] = x.exp;
  if (len > 0) storeWords(stateOf(rt).u64, i32[p + Dec.data] >> 1, x.coef, len);
}

const BASE = 10n ** 19n;
/** From this many words on, text is the shorter way between coefficients and BigInts. */
const MANY = 12;

function storeWords(u64: BigUint64Array, at: number, c: bigint, len: number): void {
  if (len > MANY) {
    storeText(u64, at, c.toString(), len);
    return;
  }
  for (let i = 0; i < len - 1; i++) {
    const q = c / BASE;
    u64[at + i] = c - q * BASE;
    c = q;
  }
  u64[at + len - 1] = c;
}

function storeText(u64: BigUint64Array, at: number, text: string, len: number): void {
  let end = text.length;
  for (let i = 0; i < len; i++, end -= RDIGITS) {
    u64[at + i] = BigInt(text.slice(Math.max(0, end - RDIGITS), end));
  }
}

/** The coefficient of a Decimal. */
export function coefficient(rt: Runtime, p: Ref): bigint {
  const i32 = rt.i32;
  const len = i32[p + Dec.len];
  if (len === 0) return 0n;
  const u64 = stateOf(rt).u64;
  const at = i32[p + Dec.data] >> 1;
  if (len > MANY) return readText(u64, at, len);
  let c = u64[at + len - 1];
  for (let i = len - 2; i >= 0; i--) c = c * BASE + u64[at + i];
  return c;
}

function readText(u64: BigUint64Array, at: number, len: number): bigint {
  const parts: string[] = [];
  for (let i = len - 1; i >= 0; i--) parts.push(u64[at + i].toString().padStart(RDIGITS, "0"));
  return BigInt(parts.join(""));
}

/** The value of a Decimal. */
export function numOf(rt: Runtime, p: Ref): Num {
  const flags = rt.i32[p + Dec.flags];
  const exp = stateOf(rt).i64[(p + Dec.exp) >> 1];
  return new Num((flags & Kind.NEG) !== 0, flags & Kind.SPECIAL, coefficient(rt, p), exp);
}

/** A new object of `type` with this value. */
export function fromNum(rt: Runtime, type: Ref, x: Num): NewRef {
  const p = newDecimal(rt, type);
  push(rt, p);
  storeNum(rt, p, x);
  return pop(rt);
}

/** dec_sizeof */
export function sizeOfDecimal(rt: Runtime, p: Ref, basicsize: number): number {
  const inside = (rt.i32[p + Dec.flags] & Dec.STATIC_DATA) !== 0;
  return basicsize + (inside ? 0 : 8 * rt.i32[p + Dec.alloc]);
}
