/** Division of decimals, whole and with remainder. Part of the modules, for _decimal.ts. */
import { type Ctx, Flag } from "./decimalcontext.ts";
import {
  bigPow10,
  bigShiftRight,
  finite,
  infinity,
  lengthOf,
  MAX_DIGITS,
  type Num,
  nan,
  passed,
  pow10,
  shiftedOut,
  trailingZeros,
  wordsOf,
} from "./decimalnum.ts";
import { checkNans, finalize, invalid, roundsUp } from "./decimalround.ts";

/** Without trailing zeros, as far as the exponent stays below `most`. */
export function stripped(coef: bigint, exp: bigint, most: bigint): [bigint, bigint] {
  if (exp >= most || coef === 0n || coef % 10n !== 0n) return [coef, exp];
  let n = trailingZeros(coef);
  if (BigInt(n) > most - exp) n = Number(most - exp);
  return [coef / pow10(n), exp + BigInt(n)];
}

export function divide(a: Num, b: Num, ctx: Ctx): Num {
  const neg = a.neg !== b.neg;
  if (a.special || b.special) {
    const found = checkNans(a, b, ctx);
    if (found !== null) return found;
    if (a.isInf) return b.isInf ? invalid(ctx, Flag.Invalid_operation) : infinity(neg);
    ctx.status |= Flag.Clamped;
    return finite(neg, 0n, ctx.etiny);
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(ctx, Flag.Division_undefined);
    ctx.status |= Flag.Division_by_zero;
    return infinity(neg);
  }
  if (a.coef === 0n) return finalize(finite(neg, 0n, a.exp - b.exp), ctx);
  return finalize(quotient(a, b, neg, ctx), ctx);
}

/** The quotient with a digit more than the context wants; one that is not exact does not end in 0 or 5. */
function quotient(a: Num, b: Num, neg: boolean, ctx: Ctx): Num {
  // No exact quotient has more digits: what fills a precision beyond all memory is not exact.
  const exact = a.digits + 4 * b.digits;
  const prec = ctx.digits > MAX_DIGITS / 2 ? exact : ctx.digits;
  const shift = b.digits - a.digits + prec + 1;
  const num = shift > 0 ? a.coef * pow10(shift) : a.coef;
  const den = shift < 0 ? b.coef * pow10(-shift) : b.coef;
  let q = num / den;
  const ideal = a.exp - b.exp;
  let exp = ideal - BigInt(shift);
  const numDigits = shift > 0 ? a.digits + shift : a.digits;
  const denDigits = shift < 0 ? b.digits - shift : b.digits;
  const words = wordsOf(numDigits) - wordsOf(denDigits) + 1;
  if (q * den === num) [q, exp] = stripped(q, exp, ideal);
  else if (prec !== ctx.digits) pow10(MAX_DIGITS + 1);
  else if (q % 5n === 0n) q += 1n;
  return passed(finite(neg, q, exp), words);
}

/** The quotient and remainder of finite numbers, b not zero; null if the quotient has too many digits. */
function wholeQuotient(a: Num, b: Num, ctx: Ctx): [Num, Num] | null {
  const neg = a.neg !== b.neg;
  const ideal = a.exp < b.exp ? a.exp : b.exp;
  if (a.coef === 0n) return [finite(neg, 0n, 0n), finite(a.neg, 0n, ideal)];
  const gap = a.adjexp - b.adjexp;
  if (gap < 0n) {
    const coef = a.exp === ideal ? a.coef : a.coef * bigPow10(a.exp - ideal);
    return [finite(neg, 0n, 0n), passed(finite(a.neg, coef, ideal), lengthOf(a))];
  }
  if (gap > ctx.prec) return null;
  const num = a.exp > ideal ? a.coef * bigPow10(a.exp - ideal) : a.coef;
  const den = b.exp > ideal ? b.coef * bigPow10(b.exp - ideal) : b.coef;
  const q = num / den;
  const whole = finite(neg, q, 0n);
  if (whole.digits > ctx.digits) return null;
  const left = finite(a.neg, num - q * den, ideal);
  const words = wordsOf(a.digits + Number(a.exp - ideal));
  return [
    passed(whole, words - wordsOf(b.digits + Number(b.exp - ideal)) + 1),
    passed(left, wordsOf(b.digits + Number(b.exp - ideal))),
  ];
}

export function divideInt(a: Num, b: Num, ctx: Ctx): Num {
  const neg = a.neg !== b.neg;
  if (a.special || b.special) {
    const found = checkNans(a, b, ctx);
    if (found !== null) return found;
    if (a.isInf) return b.isInf ? invalid(ctx, Flag.Invalid_operation) : infinity(neg);
    return finite(neg, 0n, 0n);
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return invalid(ctx, Flag.Division_undefined);
    ctx.status |= Flag.Division_by_zero;
    return infinity(neg);
  }
  const both = wholeQuotient(a, b, ctx);
  return both === null ? invalid(ctx, Flag.Division_impossible) : finalize(both[0], ctx);
}

export function remainder(a: Num, b: Num, ctx: Ctx): Num {
  if (a.special || b.special) {
    const found = checkNans(a, b, ctx);
    if (found !== null) return found;
    return a.isInf ? invalid(ctx, Flag.Invalid_operation) : finalize(passed(a, lengthOf(a)), ctx);
  }
  if (b.coef === 0n) return invalid(ctx, a.coef === 0n ? Flag.Division_undefined : Flag.Invalid_operation);
  const both = wholeQuotient(a, b, ctx);
  return both === null ? invalid(ctx, Flag.Division_impossible) : finalize(both[1], ctx);
}

export function divmod(a: Num, b: Num, ctx: Ctx): [Num, Num] {
  const neg = a.neg !== b.neg;
  if (a.special || b.special) {
    const found = checkNans(a, b, ctx);
    if (found !== null) return [found, found];
    if (a.isInf) return [b.isInf ? nan() : infinity(neg), invalid(ctx, Flag.Invalid_operation)];
    return [finite(neg, 0n, 0n), finalize(passed(a, lengthOf(a)), ctx)];
  }
  if (b.coef === 0n) {
    if (a.coef === 0n) return [nan(), invalid(ctx, Flag.Division_undefined)];
    return [infinity(neg), invalid(ctx, Flag.Division_by_zero | Flag.Invalid_operation)];
  }
  const both = wholeQuotient(a, b, ctx);
  if (both === null) return [nan(), invalid(ctx, Flag.Division_impossible)];
  return [finalize(both[0], ctx), finalize(both[1], ctx)];
}

/** What is left when the quotient is rounded to the nearest integer, to the even one of two. */
export function remainderNear(a: Num, b: Num, ctx: Ctx): Num {
  if (a.special || b.special) {
    const found = checkNans(a, b, ctx);
    if (found !== null) return found;
    return a.isInf ? invalid(ctx, Flag.Invalid_operation) : finalize(passed(a, lengthOf(a)), ctx);
  }
  if (b.coef === 0n) return invalid(ctx, a.coef === 0n ? Flag.Division_undefined : Flag.Invalid_operation);
  if (a.coef === 0n) return finalize(finite(a.neg, 0n, a.exp < b.exp ? a.exp : b.exp), ctx);
  const gap = a.adjexp - b.adjexp;
  if (gap > ctx.prec) return invalid(ctx, Flag.Division_impossible);
  const near = gap <= -2n ? { q: 0n, r: small(a, b) } : nearest(a, b);
  if (finite(false, near.q, 0n).digits > ctx.digits) return invalid(ctx, Flag.Division_impossible);
  return finalize(near.r, ctx);
}

/** a itself, with the smaller exponent of both. */
function small(a: Num, b: Num): Num {
  return a.exp <= b.exp ? a : finite(a.neg, a.coef * bigPow10(a.exp - b.exp), b.exp);
}

function nearest(a: Num, b: Num): { q: bigint; r: Num } {
  const ideal = a.exp < b.exp ? a.exp : b.exp;
  const num = a.coef * bigPow10(a.exp - ideal);
  const den = b.coef * bigPow10(b.exp - ideal);
  let q = num / den;
  let r = num - q * den;
  const twice = 2n * r;
  const up = twice > den || (twice === den && (q & 1n) === 1n);
  if (up) {
    q += 1n;
    r = den - r;
  }
  return { q, r: finite(a.neg !== up, r, ideal) };
}

/** The number with this exponent, rounded; not made to fit. What was cut off is in `shiftedOut()`. */
export function rescaled(a: Num, exp: bigint, ctx: Ctx): Num {
  if (a.exp >= exp) return finite(a.neg, a.coef === 0n ? 0n : a.coef * bigPow10(a.exp - exp), exp);
  const coef = bigShiftRight(a.coef, exp - a.exp);
  return finite(a.neg, roundsUp(coef, shiftedOut(), a.neg, ctx.round) ? coef + 1n : coef, exp);
}
