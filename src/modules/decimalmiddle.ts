/**
 * Arithmetic on decimals of up to three words, with exponents as JavaScript's numbers and results that are neither too large nor too
 * small. Part of the modules, for _decimal.ts. Like those of decimalfast.ts, the functions answer 0 where this is not the way; the
 * flags of rounding are in ctx.status.
 */
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { type Ctx, Flag, Round } from "./decimalcontext.ts";
import { digitsOf, Kind, pow10, RDIGITS, Rest, wordsOf } from "./decimalnum.ts";
import { newDecimal } from "./decimalobject.ts";
import { roundsUp } from "./decimalround.ts";
import { Dec, stateOf } from "./decimalstate.ts";

const BASE = 10n ** 19n;
/** Words of an operand, and digits between the last ones of two: sums of these stay within four words. */
const MAX_LEN = 3;
const MAX_GAP = 18;

/** Is it finite, of up to three words, with an exponent that is a small number? */
function isMiddle(i32: Int32Array, p: Ref): boolean {
  if ((i32[p + Dec.flags] & Kind.SPECIAL) !== 0 || i32[p + Dec.len] > MAX_LEN) return false;
  const exp = i32[p + Dec.exp];
  return exp >> 31 === i32[p + Dec.exp + 1] && exp <= 0xfffffff && exp >= -0xfffffff;
}

/**
 * Coefficients of two words that were made or read lately, by the address of their words, with the words themselves: putting one
 * together takes four operations on BigInts.
 */
const REMEMBERED = 256;
const keys = new Int32Array(4 * REMEMBERED);
const values: bigint[] = new Array(REMEMBERED).fill(0n);

function remember(i32: Int32Array, at: number, c: bigint): void {
  const slot = (at >> 5) & (REMEMBERED - 1);
  const k = 4 * slot;
  keys[k] = i32[at];
  keys[k + 1] = i32[at + 1];
  keys[k + 2] = i32[at + 2];
  keys[k + 3] = i32[at + 3];
  values[slot] = c;
}

function twoWords(rt: Runtime, at: number): bigint {
  const i32 = rt.i32;
  const slot = (at >> 5) & (REMEMBERED - 1);
  const k = 4 * slot;
  const same =
    keys[k] === i32[at] &&
    keys[k + 1] === i32[at + 1] &&
    keys[k + 2] === i32[at + 2] &&
    keys[k + 3] === i32[at + 3];
  if (same) return values[slot];
  const u64 = stateOf(rt).u64;
  const c = u64[(at >> 1) + 1] * BASE + u64[at >> 1];
  remember(i32, at, c);
  return c;
}

function coefficientOf(rt: Runtime, p: Ref): bigint {
  const i32 = rt.i32;
  const at = i32[p + Dec.data];
  const len = i32[p + Dec.len];
  if (len === 1) return stateOf(rt).u64[at >> 1];
  const two = twoWords(rt, at);
  return len === 2 ? two : stateOf(rt).u64[(at >> 1) + 2] * (BASE * BASE) + two;
}

/** A new Decimal of a coefficient of at most four words. */
function newMiddle(rt: Runtime, neg: number, coef: bigint, digits: number, exp: number): NewRef {
  const state = stateOf(rt);
  const p = newDecimal(rt, state.Decimal);
  const i32 = rt.i32;
  const len = wordsOf(digits);
  i32[p + Dec.flags] |= neg;
  i32[p + Dec.exp] = exp;
  i32[p + Dec.exp + 1] = exp >> 31;
  i32[p + Dec.digits] = digits;
  i32[p + Dec.len] = len;
  const { u64 } = state;
  let at = (p + Dec.words) >> 1;
  if (len === 1) {
    u64[at] = coef;
    return p;
  }
  if (len === 2) {
    const high = coef / BASE;
    u64[at] = coef - high * BASE;
    u64[at + 1] = high;
    remember(i32, p + Dec.words, coef);
    return p;
  }
  let c = coef;
  for (let i = 1; i < len; i++) {
    const q = c / BASE;
    u64[at++] = c - q * BASE;
    c = q;
  }
  u64[at] = c;
  return p;
}

/** Up to so many digits a rest is a safe integer. */
const NUMBER_DIGITS = 15;

/** What is left of a division by `unit`, 10**shift. */
function restOf(r: bigint, unit: bigint, shift: number): Rest {
  if (shift <= NUMBER_DIGITS) {
    const half = 2 * Number(r) - 10 ** shift;
    return r === 0n ? Rest.NONE : half < 0 ? Rest.LESS : half === 0 ? Rest.HALF : Rest.MORE;
  }
  if (r === 0n) return Rest.NONE;
  const twice = 2n * r;
  return twice < unit ? Rest.LESS : twice === unit ? Rest.HALF : Rest.MORE;
}

/** The number, of so many digits, rounded to the precision; 0 if it is not a normal one. `more`: something follows its digits. */
function rounded(
  rt: Runtime,
  neg: number,
  coef: bigint,
  digits: number,
  exp: number,
  ctx: Ctx,
  more = false,
): NewRef | 0 {
  const shift = digits - ctx.digits;
  if (shift <= 0) {
    return exp < ctx.low || exp > ctx.top ? 0 : newMiddle(rt, neg, coef, digits, exp);
  }
  const unit = pow10(shift);
  let c = coef / unit;
  let left = restOf(coef - c * unit, unit, shift);
  if (more) left = left === Rest.NONE ? Rest.LESS : left === Rest.HALF ? Rest.MORE : left;
  exp += shift;
  if (roundsUp(c, left, neg !== 0, ctx.round)) {
    c += 1n;
    if (c === pow10(ctx.digits)) {
      c /= 10n;
      exp++;
    }
  }
  if (exp < ctx.low || exp > ctx.top) return 0;
  ctx.status |= left === Rest.NONE ? Flag.Rounded : Flag.Rounded | Flag.Inexact;
  return newMiddle(rt, neg, c, ctx.digits, exp);
}

/** `most`, or one less if the number does not reach that. */
const digitsUpTo = (c: bigint, most: number): number => (c >= pow10(most - 1) ? most : most - 1);

/** a + b; `flip` is 1 to subtract. */
export function addMiddle(rt: Runtime, a: Ref, b: Ref, flip: number, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  if (!isMiddle(i32, a) || !isMiddle(i32, b)) return 0;
  const gap = i32[a + Dec.exp] - i32[b + Dec.exp];
  if (gap > MAX_GAP || gap < -MAX_GAP) return 0;
  let x = coefficientOf(rt, a);
  let y = coefficientOf(rt, b);
  if (gap > 0) x *= pow10(gap);
  else if (gap < 0) y *= pow10(-gap);
  const exp = gap > 0 ? i32[b + Dec.exp] : i32[a + Dec.exp];
  const m = i32[a + Dec.flags] & Kind.NEG;
  const n = (i32[b + Dec.flags] & Kind.NEG) ^ flip;
  if (m === n) {
    const most = Math.max(i32[a + Dec.digits] + Math.max(gap, 0), i32[b + Dec.digits] + Math.max(-gap, 0));
    const sum = x + y;
    return rounded(rt, m, sum, sum === 0n ? 1 : digitsUpTo(sum, most + 1), exp, ctx);
  }
  if (x === y) return rounded(rt, ctx.round === Round.FLOOR ? 1 : 0, 0n, 1, exp, ctx);
  const gapOf = x > y ? x - y : y - x;
  return rounded(rt, x > y ? m : n, gapOf, digitsOf(gapOf), exp, ctx);
}

export function multiplyMiddle(rt: Runtime, a: Ref, b: Ref, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  if (!isMiddle(i32, a) || !isMiddle(i32, b) || i32[a + Dec.len] + i32[b + Dec.len] > 4) return 0;
  const neg = (i32[a + Dec.flags] ^ i32[b + Dec.flags]) & Kind.NEG;
  const exp = i32[a + Dec.exp] + i32[b + Dec.exp];
  const c = coefficientOf(rt, a) * coefficientOf(rt, b);
  const most = i32[a + Dec.digits] + i32[b + Dec.digits];
  return rounded(rt, neg, c, c === 0n ? 1 : digitsUpTo(c, most), exp, ctx);
}

/** a / b where it is not exact. */
export function divideMiddle(rt: Runtime, a: Ref, b: Ref, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  if (!isMiddle(i32, a) || !isMiddle(i32, b)) return 0;
  const shift = i32[b + Dec.digits] - i32[a + Dec.digits] + ctx.digits + 1;
  const numDigits = i32[a + Dec.digits] + shift;
  if (shift < 0 || Math.ceil(numDigits / RDIGITS) - i32[b + Dec.len] >= 4) return 0;
  const num = coefficientOf(rt, a) * pow10(shift);
  const den = coefficientOf(rt, b);
  if (den === 0n || num === 0n) return 0;
  const q = num / den;
  if (q * den === num) return 0;
  const neg = (i32[a + Dec.flags] ^ i32[b + Dec.flags]) & Kind.NEG;
  const exp = i32[a + Dec.exp] - i32[b + Dec.exp] - shift;
  return rounded(rt, neg, q, digitsUpTo(q, ctx.digits + 2), exp, ctx, true);
}

/** Digits that fit into three words: factors of so long a product need no more than four together. */
const PRODUCT_DIGITS = 57;

/** a**b for a small whole b, where the exact power has no more digits than the general way computes with. */
export function powerMiddle(rt: Runtime, a: Ref, b: Ref, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  const at = i32[b + Dec.data];
  const positive = (i32[b + Dec.flags] & (Kind.SPECIAL | Kind.NEG)) === 0;
  if (!isMiddle(i32, a) || !isMiddle(i32, b) || !positive || i32[b + Dec.exp] !== 0) return 0;
  const n = i32[at];
  if (i32[b + Dec.len] !== 1 || i32[at + 1] !== 0 || n < 2 || n > PRODUCT_DIGITS) return 0;
  if (n * i32[a + Dec.digits] > PRODUCT_DIGITS) return 0;
  const c = coefficientOf(rt, a);
  if (c === 0n || c === pow10(i32[a + Dec.digits] - 1)) return 0;
  const neg = i32[a + Dec.flags] & Kind.NEG & n;
  const x = c ** BigInt(n);
  const digits = digitsOf(x);
  if (digits > ctx.digits + i32[b + Dec.digits] + 2) return 0;
  return rounded(rt, neg, x, digits, n * i32[a + Dec.exp], ctx);
}

/** a with fewer digits after the point, rounded. */
export function quantizeMiddle(rt: Runtime, a: Ref, exp: number, mode: Round, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  if (!isMiddle(i32, a)) return 0;
  const shift = exp - i32[a + Dec.exp];
  if (shift <= 0 || shift > 60 || i32[a + Dec.digits] - shift >= ctx.digits) return 0;
  if (exp < ctx.low || exp > ctx.top) return 0;
  const coef = coefficientOf(rt, a);
  if (coef === 0n) return 0;
  const neg = i32[a + Dec.flags] & Kind.NEG;
  const unit = pow10(shift);
  let c = coef / unit;
  const left = restOf(coef - c * unit, unit, shift);
  if (roundsUp(c, left, neg !== 0, mode)) c += 1n;
  ctx.status |= left === Rest.NONE ? Flag.Rounded : Flag.Rounded | Flag.Inexact;
  return newMiddle(rt, neg, c, digitsOf(c), exp);
}

/** The digits of a Decimal of up to three words. */
export function middleDigits(rt: Runtime, p: Ref): string {
  const i32 = rt.i32;
  const u64 = stateOf(rt).u64;
  const at = i32[p + Dec.data] >> 1;
  let text = "";
  for (let i = i32[p + Dec.len] - 1; i >= 0; i--) {
    const word = u64[at + i].toString();
    text += text === "" ? word : word.padStart(RDIGITS, "0");
  }
  return text;
}
