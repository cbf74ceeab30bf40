/** Making a number fit its context: rounding, overflow, underflow, clamping. Part of the modules, for _decimal.ts. */
import { type Ctx, Flag, Round } from "./decimalcontext.ts";
import {
  bigShiftRight,
  finite,
  infinity,
  Kind,
  lengthOf,
  type Num,
  nan,
  passed,
  pow10,
  Rest,
  shiftedOut,
  shiftRight,
} from "./decimalnum.ts";

/** Is a coefficient of which `left` is shifted out to be made larger by one? */
export function roundsUp(coef: bigint, left: Rest, neg: boolean, mode: Round): boolean {
  if (left === Rest.NONE) return false;
  switch (mode) {
    case Round.HALF_EVEN:
      return left > Rest.HALF || (left === Rest.HALF && (coef & 1n) === 1n);
    case Round.HALF_UP:
      return left >= Rest.HALF;
    case Round.HALF_DOWN:
      return left > Rest.HALF;
    case Round.UP:
      return true;
    case Round.CEILING:
      return !neg;
    case Round.FLOOR:
      return neg;
    case Round.R_05UP:
      return coef % 5n === 0n;
    default:
      return false;
  }
}

/** mpd_seterror: the result of what is not defined. */
export function invalid(ctx: Ctx, flags: number): Num {
  ctx.status |= flags;
  return nan();
}

/** The largest finite number of a context. */
export function maxFinite(neg: boolean, ctx: Ctx): Num {
  return finite(neg, pow10(ctx.digits) - 1n, ctx.etop);
}

/** mpd_qfinalize */
export function finalize(x: Num, ctx: Ctx): Num {
  if (x.kind !== Kind.FINITE) return x.isNan ? fixNan(x, ctx) : x;
  const adjexp = x.adjexp;
  if (adjexp > ctx.emax) return tooLarge(x, ctx);
  if (ctx.clamp && x.exp > ctx.etop) return foldDown(x, adjexp, ctx);
  if (adjexp < ctx.emin) {
    const y = tooSmall(x, ctx);
    return y.digits > ctx.digits ? roundTo(y, ctx) : y;
  }
  return x.digits > ctx.digits ? roundTo(x, ctx) : x;
}

function tooLarge(x: Num, ctx: Ctx): Num {
  if (x.coef === 0n) {
    ctx.status |= Flag.Clamped;
    return finite(x.neg, 0n, ctx.clamp ? ctx.etop : ctx.emax);
  }
  ctx.status |= Flag.Overflow | Flag.Inexact | Flag.Rounded;
  const { round } = ctx;
  const stays =
    round === Round.DOWN ||
    round === Round.R_05UP ||
    (round === Round.CEILING && x.neg) ||
    (round === Round.FLOOR && !x.neg);
  return passed(stays ? maxFinite(x.neg, ctx) : infinity(x.neg), Math.max(x.peak, lengthOf(x)));
}

function foldDown(x: Num, adjexp: bigint, ctx: Ctx): Num {
  ctx.status |= Flag.Clamped;
  if (x.coef === 0n) return finite(x.neg, 0n, ctx.etop);
  if (adjexp < ctx.emin) ctx.status |= Flag.Subnormal;
  const y = finite(x.neg, x.coef * pow10(Number(x.exp - ctx.etop)), ctx.etop);
  return passed(y, x.peak);
}

function tooSmall(x: Num, ctx: Ctx): Num {
  const { etiny } = ctx;
  if (x.coef === 0n) {
    if (x.exp >= etiny) return x;
    ctx.status |= Flag.Clamped;
    return passed(finite(x.neg, 0n, etiny), x.peak);
  }
  ctx.status |= Flag.Subnormal;
  if (x.exp >= etiny) return x;
  let coef = bigShiftRight(x.coef, etiny - x.exp);
  const left = shiftedOut();
  if (roundsUp(coef, left, x.neg, ctx.round)) coef += 1n;
  ctx.status |= Flag.Rounded;
  if (left !== Rest.NONE) {
    ctx.status |= Flag.Inexact | Flag.Underflow;
    if (coef === 0n) ctx.status |= Flag.Clamped;
  }
  return passed(finite(x.neg, coef, etiny), Math.max(x.peak, lengthOf(x)));
}

/** Rounds to the precision; a digit more by that may be an overflow. */
function roundTo(x: Num, ctx: Ctx): Num {
  const shift = x.digits - ctx.digits;
  let coef = shiftRight(x.coef, shift);
  const left = shiftedOut();
  let exp = x.exp + BigInt(shift);
  ctx.status |= left === Rest.NONE ? Flag.Rounded : Flag.Rounded | Flag.Inexact;
  let over = false;
  if (roundsUp(coef, left, x.neg, ctx.round)) {
    coef += 1n;
    if (coef === pow10(ctx.digits)) {
      coef /= 10n;
      exp += 1n;
      over = exp > ctx.etop;
    }
  }
  const y = passed(finite(x.neg, coef, exp), Math.max(x.peak, lengthOf(x)));
  return over ? finalize(y, ctx) : y;
}

/** _mpd_fix_nan: a payload has no more digits than there is room for. */
function fixNan(x: Num, ctx: Ctx): Num {
  const room = ctx.digits - (ctx.clamp ? 1 : 0);
  if (x.coef === 0n || x.digits <= room) return x;
  const y = nan();
  y.neg = x.neg;
  y.kind = x.kind;
  y.coef = x.coef % pow10(room);
  return passed(y, lengthOf(x));
}

/** A NaN as the result of an operation: quiet, and the signal of one that is not. */
function quieted(x: Num, ctx: Ctx): Num {
  if (x.kind === Kind.SNAN) ctx.status |= Flag.Invalid_operation;
  const y = fixNan(x, ctx);
  const q = nan();
  q.neg = y.neg;
  q.coef = y.coef;
  return passed(q, Math.max(y.peak, lengthOf(x)));
}

/** mpd_qcheck_nan: the result if the operand is a NaN, else null. */
export function checkNan(a: Num, ctx: Ctx): Num | null {
  return a.isNan ? quieted(a, ctx) : null;
}

/** mpd_qcheck_nans: signaling ones first. */
export function checkNans(a: Num, b: Num, ctx: Ctx): Num | null {
  if (!a.isNan && !b.isNan) return null;
  const choice = b.kind === Kind.SNAN && a.kind !== Kind.SNAN ? b : a.isNan ? a : b;
  return quieted(choice, ctx);
}

/** mpd_qcheck_3nans */
export function checkThree(a: Num, b: Num, c: Num, ctx: Ctx): Num | null {
  const all = [a, b, c];
  const found = all.find((x) => x.kind === Kind.SNAN) ?? all.find((x) => x.isNan);
  return found === undefined ? null : checkNan(found, ctx);
}
