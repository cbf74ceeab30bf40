/** Shifts and bitwise operations of int, as if on infinite two's complement. Part of the object layer. */
import { noMemory, overflowError, raise } from "./errors.ts";
import { Long } from "./layout.ts";
import {
  _PyLong_New,
  bigIntOf,
  compactValue,
  exactNumber,
  PyLong_FromInt32,
  PyLong_FromNumber,
  PyLong_MASK,
} from "./long.ts";
import { long_long, normalize } from "./longarith.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** What _PyLong_New takes at most. */
const MAX_LONG_DIGITS = (2n ** 63n - 1n - 24n) / 4n;

/** More bits than any heap holds: such a left shift is a MemoryError at once. */
const MAX_SHIFT = 2 ** 37;

export function long_lshift(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const tb = i32[b + Long.tag];
  const ta = i32[a + Long.tag];
  if (tb < 16 && (tb & 2) === 0 && ta < 16) {
    const s = i32[b + Long.digit];
    if (s < 30) {
      const v = (1 - (ta & 3)) * i32[a + Long.digit] * (1 << s);
      if (v <= 9007199254740992 && v >= -9007199254740992) return PyLong_FromNumber(rt, v);
    }
  }
  return lshiftSlow(rt, a, b);
}

function lshiftSlow(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  if ((i32[b + Long.tag] & 3) === 2) throw raise(rt, rt.exc.ValueError, "negative shift count");
  if (i32[a + Long.tag] === 1) return rt.smallInts;
  const s = exactNumber(rt, b);
  if (!(s < MAX_SHIFT)) {
    if (bigIntOf(rt, b) / 30n >= MAX_LONG_DIGITS) throw overflowError(rt, "too many digits in integer");
    throw noMemory(rt);
  }
  return _PyLong_Lshift(rt, a, s);
}

/** a << bits, for a non-zero a. */
export function _PyLong_Lshift(rt: Runtime, a: Ref, bits: number): NewRef {
  const i32 = rt.i32;
  const wordshift = Math.floor(bits / 30);
  const remshift = bits - 30 * wordshift;
  const n = i32[a + Long.tag] >>> 3;
  const p = _PyLong_New(rt, n + wordshift + (remshift === 0 ? 0 : 1));
  const to = p + Long.digit;
  i32.fill(0, to, to + wordshift);
  let carry = 0;
  for (let i = 0; i < n; i++) {
    const d = i32[a + Long.digit + i];
    i32[to + wordshift + i] = (carry | (d << remshift)) & PyLong_MASK;
    carry = remshift === 0 ? 0 : d >>> (30 - remshift);
  }
  if (remshift !== 0) i32[to + wordshift + n] = carry;
  return normalize(rt, p, (i32[a + Long.tag] & 3) === 2);
}

export function long_rshift(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  const tb = i32[b + Long.tag];
  if (tb < 16 && (tb & 2) === 0 && i32[a + Long.tag] < 16) {
    const s = i32[b + Long.digit];
    return PyLong_FromInt32(rt, compactValue(rt, a) >> (s > 30 ? 30 : s));
  }
  if ((tb & 3) === 2) throw raise(rt, rt.exc.ValueError, "negative shift count");
  if (i32[a + Long.tag] === 1) return rt.smallInts;
  const s = exactNumber(rt, b);
  if (Number.isNaN(s)) return PyLong_FromInt32(rt, (i32[a + Long.tag] & 3) === 2 ? -1 : 0);
  return _PyLong_Rshift(rt, a, s);
}

/** a >> bits (floor), for a non-zero a. */
export function _PyLong_Rshift(rt: Runtime, a: Ref, bits: number): NewRef {
  const i32 = rt.i32;
  const negative = (i32[a + Long.tag] & 3) === 2;
  if (bits === 0) return long_long(rt, a);
  const wordshift = Math.floor(bits / 30);
  const remshift = bits - 30 * wordshift;
  const n = i32[a + Long.tag] >>> 3;
  if (n <= wordshift) return PyLong_FromInt32(rt, negative ? -1 : 0);
  const size = n - wordshift;
  const p = _PyLong_New(rt, size + (negative && remshift === 0 ? 1 : 0));
  const from = a + Long.digit + wordshift;
  const to = p + Long.digit;
  for (let i = 0; i < size; i++) {
    const high = i + 1 < size && remshift !== 0 ? i32[from + i + 1] << (30 - remshift) : 0;
    i32[to + i] = ((i32[from + i] >>> remshift) | high) & PyLong_MASK;
  }
  if (negative) roundDown(i32, a + Long.digit, wordshift, remshift, p, size);
  return normalize(rt, p, negative);
}

/** Adds one to the magnitude when bits that were set have been shifted out. */
function roundDown(
  i32: Int32Array,
  from: number,
  wordshift: number,
  remshift: number,
  p: Ref,
  size: number,
): void {
  const to = p + Long.digit;
  if (i32[p + Long.tag] >>> 3 > size) i32[to + size] = 0;
  let lost = (i32[from + wordshift] & ((1 << remshift) - 1)) !== 0;
  for (let i = 0; i < wordshift && !lost; i++) lost = i32[from + i] !== 0;
  if (!lost) return;
  for (let i = 0; ; i++) {
    const v = i32[to + i] + 1;
    i32[to + i] = v & PyLong_MASK;
    if (v <= PyLong_MASK) return;
  }
}

export function long_and(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  if ((i32[a + Long.tag] | i32[b + Long.tag]) < 16)
    return PyLong_FromInt32(rt, compactValue(rt, a) & compactValue(rt, b));
  return long_bitwise(rt, a, b, Op.AND);
}

export function long_or(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  if ((i32[a + Long.tag] | i32[b + Long.tag]) < 16)
    return PyLong_FromInt32(rt, compactValue(rt, a) | compactValue(rt, b));
  return long_bitwise(rt, a, b, Op.OR);
}

export function long_xor(rt: Runtime, a: Ref, b: Ref): NewRef {
  const i32 = rt.i32;
  if ((i32[a + Long.tag] | i32[b + Long.tag]) < 16)
    return PyLong_FromInt32(rt, compactValue(rt, a) ^ compactValue(rt, b));
  return long_bitwise(rt, a, b, Op.XOR);
}

const enum Op {
  AND,
  OR,
  XOR,
}

/** Digit by digit; a negative operand is complemented on the way (magnitude - 1, inverted), and so is a negative result. */
function long_bitwise(rt: Runtime, a: Ref, b: Ref, op: Op): NewRef {
  const i32 = rt.i32;
  if (i32[a + Long.tag] >>> 3 < i32[b + Long.tag] >>> 3) [a, b] = [b, a];
  const nega = (i32[a + Long.tag] & 3) === 2;
  const negb = (i32[b + Long.tag] & 3) === 2;
  const na = i32[a + Long.tag] >>> 3;
  const nb = i32[b + Long.tag] >>> 3;
  const negz = op === Op.XOR ? nega !== negb : op === Op.AND ? nega && negb : nega || negb;
  const size = op === Op.XOR ? na : op === Op.AND ? (negb ? na : nb) : negb ? nb : na;
  const p = _PyLong_New(rt, size + (negz ? 1 : 0));
  const to = p + Long.digit;
  let borrowA = nega ? 1 : 0;
  let borrowB = negb ? 1 : 0;
  for (let i = 0; i < size; i++) {
    let da = i32[a + Long.digit + i] - borrowA;
    borrowA = da < 0 ? 1 : 0;
    da = (nega ? ~da : da) & PyLong_MASK;
    let db = (i < nb ? i32[b + Long.digit + i] : 0) - borrowB;
    borrowB = db < 0 ? 1 : 0;
    db = (negb ? ~db : db) & PyLong_MASK;
    i32[to + i] = op === Op.AND ? da & db : op === Op.OR ? da | db : da ^ db;
  }
  if (negz) negateDigits(i32, to, size);
  return normalize(rt, p, negz);
}

/** Two's complement of n digits and an implied all-ones digit above, as a magnitude of n + 1 digits. */
function negateDigits(i32: Int32Array, at: number, n: number): void {
  let carry = 1;
  for (let i = 0; i < n; i++) {
    const v = (~i32[at + i] & PyLong_MASK) + carry;
    i32[at + i] = v & PyLong_MASK;
    carry = v >>> 30;
  }
  i32[at + n] = carry;
}

/** ~a */
export function long_invert(rt: Runtime, a: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[a + Long.tag] < 16) return PyLong_FromInt32(rt, ~compactValue(rt, a));
  const negative = (i32[a + Long.tag] & 3) === 2;
  const n = i32[a + Long.tag] >>> 3;
  const p = _PyLong_New(rt, n + 1);
  addOne(i32, a + Long.digit, p + Long.digit, n, negative ? -1 : 1);
  return normalize(rt, p, !negative);
}

/** n digits plus or minus one, into n + 1 digits. */
function addOne(i32: Int32Array, from: number, to: number, n: number, delta: number): void {
  let carry = delta;
  for (let i = 0; i < n; i++) {
    const v = i32[from + i] + carry;
    i32[to + i] = v & PyLong_MASK;
    carry = v >> 30;
  }
  i32[to + n] = carry;
}

/** _PyLong_NumBits: bits of the magnitude. */
export function _PyLong_NumBits(rt: Runtime, a: Ref): number {
  const n = rt.i32[a + Long.tag] >>> 3;
  return n === 0 ? 0 : 30 * n - (Math.clz32(rt.i32[a + Long.digit + n - 1]) - 2);
}

/** Ones in the magnitude. */
export function bitCount(rt: Runtime, a: Ref): number {
  const i32 = rt.i32;
  let count = 0;
  for (let i = (i32[a + Long.tag] >>> 3) - 1; i >= 0; i--) {
    let v = i32[a + Long.digit + i];
    v -= (v >>> 1) & 0x55555555;
    v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
    count += Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
