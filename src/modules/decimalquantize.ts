/** Operations that move digits or exponents of decimals. Part of the modules, for _decimal.ts. */

import { addsub, compareNumbers } from "./decimalarith.ts";
import { type Ctx, Flag, Round } from "./decimalcontext.ts";
import { rescaled, stripped } from "./decimaldivide.ts";
import {
  finite,
  infinity,
  integerOf,
  lengthOf,
  type Num,
  passed,
  pow10,
  Rest,
  shiftedOut,
} from "./decimalnum.ts";
import { checkNan, checkNans, finalize, invalid, maxFinite } from "./decimalround.ts";

/** Operations on the number copied: its coefficient may have had a block of its own. */
const copied = (a: Num): Num => passed(a, lengthOf(a));

export function quantize(a: Num, b: Num, ctx: Ctx): Num {
  if (a.special || b.special) {
    const found = checkNans(a, b, ctx);
    if (found !== null) return found;
    return a.isInf && b.isInf ? a : invalid(ctx, Flag.Invalid_operation);
  }
  return toExponent(a, b.exp, ctx);
}

/** The value with this exponent, within the precision or not at all. */
export function toExponent(a: Num, exp: bigint, ctx: Ctx): Num {
  if (exp > ctx.emax || exp < ctx.etiny) return invalid(ctx, Flag.Invalid_operation);
  if (a.coef === 0n) return finalize(finite(a.neg, 0n, exp), ctx);
  const gap = a.exp - exp;
  if (BigInt(a.digits) + gap > ctx.prec) return invalid(ctx, Flag.Invalid_operation);
  const x = rescaled(a, exp, ctx);
  let status = 0;
  if (gap < 0n) {
    if (x.digits > ctx.digits) return invalid(ctx, Flag.Invalid_operation);
    status = shiftedOut() === Rest.NONE ? Flag.Rounded : Flag.Rounded | Flag.Inexact;
  }
  if (x.adjexp > ctx.emax) return invalid(ctx, Flag.Invalid_operation);
  ctx.status |= status;
  return finalize(x, ctx);
}

/** An integer; `exact`: rounding is told of. */
export function toIntegral(a: Num, exact: boolean, ctx: Ctx): Num {
  if (a.special) return checkNan(a, ctx) ?? a;
  if (a.exp >= 0n) return copied(a);
  if (a.coef === 0n) return finite(a.neg, 0n, 0n);
  const x = rescaled(a, 0n, ctx);
  if (exact) ctx.status |= shiftedOut() === Rest.NONE ? Flag.Rounded : Flag.Rounded | Flag.Inexact;
  return x;
}

/** normalize (mpd_qreduce): no trailing zeros. */
export function reduce(a: Num, ctx: Ctx): Num {
  if (a.special) return checkNan(a, ctx) ?? a;
  const x = finalize(copied(a), ctx);
  if (x.special) return x;
  if (x.coef === 0n) return passed(finite(x.neg, 0n, 0n), x.peak);
  const [coef, exp] = stripped(x.coef, x.exp, ctx.clamp ? ctx.etop : ctx.emax);
  return passed(finite(x.neg, coef, exp), Math.max(x.peak, lengthOf(x)));
}

/** b as a whole number of at most `limit` either way, else null. */
function countOf(b: Num, limit: bigint): bigint | null {
  if (b.special || b.exp !== 0n) return null;
  const n = integerOf(b);
  return n > limit || n < -limit ? null : n;
}

export function scaleb(a: Num, b: Num, ctx: Ctx): Num {
  const found = checkNans(a, b, ctx);
  if (found !== null) return found;
  const n = b.isInf ? null : countOf(b, 2n * (ctx.emax + ctx.prec));
  if (n === null) return invalid(ctx, Flag.Invalid_operation);
  if (a.isInf) return a;
  return finalize(copied(finite(a.neg, a.coef, a.exp + n)), ctx);
}

/** By how many places shift and rotate move; where they do not, their result. */
function placesToMove(a: Num, b: Num, ctx: Ctx): bigint | Num {
  if (a.special || b.special) {
    const found = checkNans(a, b, ctx);
    if (found !== null) return found;
  }
  const n = countOf(b, ctx.prec);
  if (n === null) return invalid(ctx, Flag.Invalid_operation);
  return a.isInf ? a : n;
}

/** The digits that there is room for, moved; zeros come in. */
export function shift(a: Num, b: Num, ctx: Ctx): Num {
  const n = placesToMove(a, b, ctx);
  if (typeof n !== "bigint") return n;
  let coef = within(a.coef, a, ctx);
  if (n >= 0n) coef = coef === 0n ? 0n : within(coef * pow10(Number(n)), null, ctx);
  else coef = n < -BigInt(a.digits) ? 0n : coef / pow10(Number(-n));
  const words = n >= 0n ? Math.ceil((a.digits + Number(n)) / 19) : lengthOf(a);
  return passed(finite(a.neg, coef, a.exp), words);
}

/** The last digits of c, as many as the precision allows. */
function within(c: bigint, of: Num | null, ctx: Ctx): bigint {
  const digits = (of ?? finite(false, c, 0n)).digits;
  return digits > ctx.digits ? c % pow10(ctx.digits) : c;
}

/** The digits that there is room for, going round. */
export function rotate(a: Num, b: Num, ctx: Ctx): Num {
  const n = placesToMove(a, b, ctx);
  if (typeof n !== "bigint") return n;
  const coef = within(a.coef, a, ctx);
  const left = Number(n < 0n ? n + ctx.prec : n);
  if (coef === 0n || left === 0 || left === ctx.digits) return finite(a.neg, coef, a.exp);
  const unit = pow10(ctx.digits - left);
  return finite(a.neg, (coef % unit) * pow10(left) + coef / unit, a.exp);
}

/** The exponent of the first digit, as a number. */
export function logb(a: Num, ctx: Ctx): Num {
  if (a.special) return checkNan(a, ctx) ?? infinity(false);
  if (a.coef === 0n) {
    ctx.status |= Flag.Division_by_zero;
    return infinity(true);
  }
  const n = a.adjexp;
  return finalize(finite(n < 0n, n < 0n ? -n : n, 0n), ctx);
}

/** The largest number below a. */
export function nextMinus(a: Num, ctx: Ctx): Num {
  if (a.special) {
    const found = checkNan(a, ctx);
    if (found !== null) return found;
    return a.neg ? a : maxFinite(false, ctx);
  }
  return neighbour(a, ctx.with({ round: Round.FLOOR }), true);
}

/** The smallest number above a. */
export function nextPlus(a: Num, ctx: Ctx): Num {
  if (a.special) {
    const found = checkNan(a, ctx);
    if (found !== null) return found;
    return a.neg ? maxFinite(true, ctx) : a;
  }
  return neighbour(a, ctx.with({ round: Round.CEILING }), false);
}

/** What a rounds to in the direction of `work`, or the next number there. */
function neighbour(a: Num, work: Ctx, down: boolean): Num {
  const x = finalize(copied(a), work);
  if ((work.status & Flag.Inexact) !== 0) return x;
  const tiny = finite(false, 1n, work.etiny - 1n);
  return addsub(a, tiny, down, work);
}

export function nextToward(a: Num, b: Num, ctx: Ctx): Num {
  const found = checkNans(a, b, ctx);
  if (found !== null) return found;
  const c = compareNumbers(a, b);
  if (c === 0) return copied(a).withSign(b.neg);
  const quiet = ctx.with({});
  const x = c < 0 ? nextPlus(a, quiet) : nextMinus(a, quiet);
  if (x.isInf) {
    ctx.status |= Flag.Overflow | Flag.Rounded | Flag.Inexact;
  } else if (x.adjexp < ctx.emin) {
    ctx.status |= Flag.Underflow | Flag.Subnormal | Flag.Rounded | Flag.Inexact;
    if (x.coef === 0n) ctx.status |= Flag.Clamped;
  }
  return x;
}
