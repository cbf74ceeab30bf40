/** Powers of decimals, by the steps that CPython's library takes. Part of the modules, for _decimal.ts. */
import { compareAbs, compareNumbers, multiply } from "./decimalarith.ts";
import { type Ctx, EXP_INF, Flag, maxContext, Round } from "./decimalcontext.ts";
import { divide } from "./decimaldivide.ts";
import {
  finite,
  infinity,
  integerOf,
  isInteger,
  lengthOf,
  MAX_DIGITS,
  type Num,
  ONE,
  passed,
  pow10,
} from "./decimalnum.ts";
import { checkNans, checkThree, finalize, invalid } from "./decimalround.ts";
import { exp, ln } from "./decimaltranscendental.ts";

const isOdd = (x: Num): boolean => !x.special && x.exp <= 0n && (integerOf(x) & 1n) === 1n;

export function power(base: Num, y: Num, ctx: Ctx): Num {
  if (base.special || y.special) {
    const found = checkNans(base, y, ctx);
    if (found !== null) return found;
  }
  const whole = !y.special && isInteger(y);
  const neg = whole && base.neg && isOdd(y);
  if (base.isZero) {
    if (y.isZero) return invalid(ctx, Flag.Invalid_operation);
    return y.neg ? infinity(neg) : finite(neg, 0n, 0n);
  }
  if (base.neg && (!whole || y.isInf)) return invalid(ctx, Flag.Invalid_operation);
  if (y.isInf) return powerInfinite(base, y, neg, ctx);
  if (base.isInf) {
    if (y.isZero) return finite(neg, 1n, 0n);
    return y.neg ? finite(neg, 0n, 0n) : infinity(neg);
  }
  if (y.coef === 0n) return finite(neg, 1n, 0n);
  return (
    powerOfOne(base, y, whole, neg, ctx) ??
    bounded(base, y, neg, ctx) ??
    powerFinite(base, y, whole, neg, ctx)
  );
}

/** 1 with all the digits there are. */
function paddedOne(neg: boolean, shift: bigint): Num {
  return finite(neg, pow10(shift > BigInt(MAX_DIGITS) ? MAX_DIGITS + 1 : Number(shift)), -shift);
}

function powerInfinite(base: Num, y: Num, neg: boolean, ctx: Ctx): Num {
  const c = compareNumbers(base, ONE);
  if (c === 0) {
    ctx.status |= Flag.Inexact | Flag.Rounded;
    return paddedOne(neg, ctx.prec - 1n);
  }
  return c > 0 === y.neg ? finite(neg, 0n, 0n) : infinity(neg);
}

/** Powers of 1 and -1; null for others. */
function powerOfOne(base: Num, y: Num, whole: boolean, neg: boolean, ctx: Ctx): Num | null {
  if (compareAbs(base, ONE) !== 0) return null;
  if (!whole) {
    ctx.status |= Flag.Inexact | Flag.Rounded;
    return paddedOne(neg, ctx.prec - 1n);
  }
  if (y.neg) return finite(neg, 1n, 0n);
  const digits = base.exp === 0n ? 0n : integerOf(y) * -base.exp;
  if (digits <= ctx.prec - 1n) return paddedOne(neg, digits);
  ctx.status |= Flag.Rounded;
  return paddedOne(neg, ctx.prec - 1n);
}

const digitsIn = (n: bigint): bigint => BigInt(finite(false, n < 0n ? -n : n, 0n).digits);

/** A lower bound of the exponent of |log10(x)|. */
function lowerBoundZeta(x: Num): bigint {
  const t = x.adjexp;
  if (t > 0n) return digitsIn(t) - 1n;
  if (t < -1n) return digitsIn(t + 1n) - 1n;
  const unit = pow10(Number(-x.exp > 0n ? -x.exp : 0n));
  const gap = x.coef > unit ? x.coef - unit : unit - x.coef;
  const u = x.exp + BigInt(finite(false, gap, 0n).digits - 1);
  return t === 0n ? u - 1n : u;
}

/** A power that is certainly too large or too small; null for others. */
function bounded(base: Num, y: Num, neg: boolean, ctx: Ctx): Num | null {
  const least = lowerBoundZeta(base) + y.adjexp;
  if (base.adjexp < 0n === y.neg) {
    return digitsIn(ctx.emax) < least ? finalize(finite(neg, 1n, EXP_INF), ctx) : null;
  }
  return digitsIn(ctx.etiny) < least ? finalize(finite(neg, 1n, ctx.etiny - 1n), ctx) : null;
}

function powerFinite(base: Num, y: Num, whole: boolean, neg: boolean, ctx: Ctx): Num {
  if (whole) {
    const x = powerInt(base, y, neg, ctx);
    if (x.isNan) return x;
    return finalize(x.isInf ? finite(neg, 1n, EXP_INF) : x, ctx);
  }
  let x = powerReal(base, y, ctx);
  if (!x.special && compareNumbers(x, ONE) === 0) x = paddedOne(false, ctx.prec - 1n);
  return finalize(x.isInf ? finite(false, 1n, EXP_INF) : x, ctx);
}

/** By repeated multiplication, with some digits more. */
function powerInt(base: Num, y: Num, neg: boolean, ctx: Ctx): Num {
  const more = BigInt(y.digits) + y.exp + 2n + (y.neg ? 1n : 0n);
  const work = ctx.with({ prec: ctx.prec + more, round: Round.HALF_EVEN, clamp: false });
  const n = integerOf(y.withSign(false));
  let b = base;
  if (y.neg) {
    b = divide(ONE, base, work);
    ctx.status |= work.status;
    if ((work.status & Flag.Errors) !== 0) return b;
    work.status = 0;
  }
  const x = n < 1n << 64n ? leftToRight(b, n, work) : rightToLeft(b, n, work);
  ctx.status |= work.status;
  return x.withSign(neg);
}

const ended = (x: Num, work: Ctx): boolean =>
  x.special || (x.coef === 0n && (work.status & Flag.Clamped) !== 0);

function leftToRight(base: Num, n: bigint, work: Ctx): Num {
  let x = base.special ? base : finite(base.neg, base.coef, base.exp);
  let peak = lengthOf(base);
  const bits = n.toString(2);
  for (let i = 1; i < bits.length && (i === 1 || !ended(x, work)); i++) {
    x = multiply(x, x, work);
    peak = Math.max(peak, x.peak);
    if (bits[i] === "1") x = multiply(x, base, work);
    peak = Math.max(peak, x.peak);
  }
  return passed(x, peak);
}

function rightToLeft(base: Num, n: bigint, work: Ctx): Num {
  let x = ONE;
  let square = base;
  for (; n !== 0n; n >>= 1n) {
    if ((n & 1n) === 1n) {
      x = passed(multiply(x, square, work), x.peak);
      if (ended(x, work)) break;
    }
    square = multiply(square, square, work);
  }
  return x;
}

const EXPDIGITS = 19n;

/** e**(y * ln(base)) */
function powerReal(base: Num, y: Num, ctx: Ctx): Num {
  const prec = base.digits > ctx.digits ? BigInt(base.digits) : ctx.prec;
  const most = maxContext();
  const work = most.with({ prec: prec + 4n + EXPDIGITS });
  const product = multiply(ln(base, work), y, work);
  const errors = work.status & Flag.Errors;
  work.status = 0;
  const x = passed(exp(product, work), product.peak);
  ctx.status |= work.status | errors | Flag.Inexact | Flag.Rounded;
  return x;
}

/** base**y % mod of integers. */
export function powerModulo(base: Num, y: Num, mod: Num, ctx: Ctx): Num {
  if (base.special || y.special || mod.special) {
    const found = checkThree(base, y, mod, ctx);
    return found ?? invalid(ctx, Flag.Invalid_operation);
  }
  const wrong =
    !isInteger(base) ||
    !isInteger(y) ||
    !isInteger(mod) ||
    mod.coef === 0n ||
    BigInt(mod.digits) + mod.exp > ctx.prec ||
    (base.coef === 0n && y.coef === 0n) ||
    (y.neg && y.coef !== 0n);
  if (wrong) return invalid(ctx, Flag.Invalid_operation);
  const m = integerOf(mod.withSign(false));
  const neg = base.neg && isOdd(y);
  const b =
    base.exp > 0n ? (base.coef % m) * modularPower(10n, base.exp, m) : integerOf(base.withSign(false));
  let x = modularPower(b, y.exp > 0n ? y.coef : integerOf(y.withSign(false)), m);
  for (let e = y.exp; e > 0n; e--) x = modularPower(x, 10n, m);
  return finite(neg, x, 0n);
}

function modularPower(b: bigint, n: bigint, m: bigint): bigint {
  let x = 1n % m;
  for (b %= m; n !== 0n; n >>= 1n) {
    if ((n & 1n) === 1n) x = (x * b) % m;
    b = (b * b) % m;
  }
  return x;
}
