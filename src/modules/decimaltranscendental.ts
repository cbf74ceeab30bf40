/**
 * exp, ln and log10 of decimals, correctly rounded (ties cannot occur; half-even). Part of the modules, for _decimal.ts.
 * The functions are computed in binary fixed point with some guard bits; when the error's two ends do not round to the same
 * number, again with more.
 */
import { compareNumbers } from "./decimalarith.ts";
import { type Ctx, EXP_INF, Flag, Round } from "./decimalcontext.ts";
import {
  bigPow10,
  finite,
  infinity,
  lengthOf,
  MAX_DIGITS,
  NoMemory,
  type Num,
  ONE,
  passed,
  pow10,
  wordsOf,
} from "./decimalnum.ts";
import { checkNan, finalize, invalid } from "./decimalround.ts";

const LOG2_10 = Math.log2(10);

/** An approximation coef * 10**exp; the true value lies within `error` units of coef. */
interface Approx {
  neg: boolean;
  coef: bigint;
  exp: bigint;
  error: bigint;
}

/** The series x + x**3/3 + x**5/5 ... of a fixed-point x, |x| < 1/2: atanh(x). */
function atanhFixed(x: bigint, bits: bigint): bigint {
  const square = (x * x) >> bits;
  let sum = x;
  let power = x;
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = (power * square) >> bits;
    sum += power / k;
  }
  return sum;
}

/** The series of atanh(1/n). */
function atanhInverse(n: bigint, bits: bigint): bigint {
  let power = (1n << bits) / n;
  const square = n * n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= square;
    sum += power / k;
  }
  return sum;
}

let ln10Bits = 0n;
let ln10Value = 0n;

/** ln(10) * 2**bits, but for some units. */
function ln10(bits: bigint): bigint {
  if (bits > ln10Bits) {
    const wide = bits + 64n;
    ln10Value =
      46n * atanhInverse(31n, wide) + 34n * atanhInverse(49n, wide) + 20n * atanhInverse(161n, wide);
    ln10Bits = wide;
  }
  return ln10Value >> (ln10Bits - bits);
}

/** e**x of a fixed-point x, |x| < 4, with an error far below 2**(-bits/2). */
function expFixed(x: bigint, bits: bigint): bigint {
  const halvings = BigInt(Math.floor(Math.sqrt(Number(bits)) / 1.5) + 4);
  const wide = bits + 2n * halvings + 16n;
  const r = (x << (wide - bits)) >> halvings;
  const one = 1n << wide;
  let sum = one;
  let term = one;
  for (let k = 1n; ; k++) {
    term = ((term * r) >> wide) / k;
    if (term === 0n || term === -1n) break;
    sum += term;
  }
  for (let i = 0n; i < halvings; i++) sum = (sum * sum) >> wide;
  return sum >> (wide - bits);
}

/** floor(coef * 10**exp * 2**bits) */
function toFixed(coef: bigint, exp: bigint, bits: bigint): bigint {
  return exp >= 0n ? (coef * bigPow10(exp)) << bits : (coef << bits) / bigPow10(-exp);
}

/** A fixed-point number as an approximation with `digits` digits after the point. */
function approximate(v: bigint, bits: bigint, digits: number, exp: bigint): Approx {
  const neg = v < 0n;
  const coef = ((neg ? -v : v) * pow10(digits)) >> bits;
  return { neg, coef, exp: exp - BigInt(digits), error: 2n };
}

/** e**x to some `digits` digits. */
function expApprox(x: Num, digits: number): Approx {
  const bits = BigInt(Math.ceil(digits * LOG2_10) + 80);
  const v = toFixed(x.neg ? -x.coef : x.coef, x.exp, bits + 70n);
  const ten = ln10(bits + 70n);
  const k = v / ten;
  const r = (v - k * ten) >> 70n;
  return approximate(expFixed(r, bits), bits, digits, k);
}

/** ln of a finite positive number other than 1, to some `digits` digits. */
function lnApprox(x: Num, digits: number): Approx {
  const k = x.adjexp;
  const m = finite(false, x.coef, x.exp - k);
  // Between 1 and 10; when it begins with more than 3.16, it is taken for a tenth.
  const scaled = m.coef * m.coef > bigPow10(-2n * m.exp + 1n) ? finite(false, m.coef, m.exp - 1n) : m;
  const tens = k + (scaled === m ? 0n : 1n);
  const lost = tens === 0n ? cancelled(scaled) : 0;
  const bits = BigInt(Math.ceil((digits + 2 * lost) * LOG2_10) + 96 + 70);
  const v = lnFixed(toFixed(scaled.coef, scaled.exp, bits), bits) + tens * ln10(bits);
  return approximate(v, bits, digits + lost, 0n);
}

/** Zeros after the point of |m - 1|. */
function cancelled(m: Num): number {
  const unit = bigPow10(-m.exp);
  const gap = m.coef > unit ? m.coef - unit : unit - m.coef;
  return gap === 0n ? 0 : Math.max(0, Number(-m.exp) - finite(false, gap, 0n).digits + 1);
}

/** ln of a fixed-point number between 0.3 and 3.2. */
function lnFixed(m: bigint, bits: bigint): bigint {
  const one = 1n << bits;
  const gap = m > one ? m - one : one - m;
  if (gap < one >> 20n) return 2n * atanhFixed(((m - one) << bits) / (m + one), bits);
  const guess = Math.log(Number(m >> (bits - 52n)) / 2 ** 52);
  const y = BigInt(Math.round(guess * 2 ** 52)) << (bits - 52n);
  const e = expFixed(y, bits);
  return y + 2n * atanhFixed(((m - e) << bits) / (m + e), bits);
}

/** ln(x) / ln(10) */
function log10Approx(x: Num, digits: number): Approx {
  const v = lnApprox(x, digits + 20);
  const bits = BigInt(Math.ceil((digits + 40 + v.coef.toString(16).length) * LOG2_10));
  const coef = (v.coef << bits) / ln10(bits);
  return { neg: v.neg, coef, exp: v.exp, error: 8n };
}

/** Rounds what `approx` gives for more and more digits, until the error does not matter. */
function correctly(approx: (digits: number) => Approx, ctx: Ctx): Num {
  for (let digits = ctx.digits + 8; ; digits += digits >> 1) {
    const { neg, coef, exp, error } = approx(digits);
    const low = ctx.with({});
    const high = ctx.with({});
    // A digit behind the last that is not 0: these are no exact numbers.
    const x = finalize(finite(neg, 10n * (coef - error) + 1n, exp - 1n), low);
    const y = finalize(finite(neg, 10n * (coef + error) + 1n, exp - 1n), high);
    if (coef > 2n * error && low.status === high.status && same(x, y)) {
      // CPython's library rounds to three digits more first, which leaves its flags.
      const first = ctx.with({ prec: ctx.prec + 3n, clamp: false });
      finalize(finite(neg, 10n * coef + 1n, exp - 1n), first);
      ctx.status |= low.status | first.status;
      x.peak = 0;
      return x;
    }
  }
}

const same = (x: Num, y: Num): boolean => x.kind === y.kind && x.coef === y.coef && x.exp === y.exp;

/** A precision beyond all memory can only give exact results. */
function mustBePossible(ctx: Ctx): void {
  if (ctx.digits > MAX_DIGITS / 8) throw new NoMemory();
}

export function exp(a: Num, ctx: Ctx): Num {
  if (a.special) return checkNan(a, ctx) ?? (a.neg ? finite(false, 0n, 0n) : infinity(false));
  if (a.coef === 0n) return finite(false, 1n, 0n);
  const work = ctx.with({ round: Round.HALF_EVEN });
  const x = expFinite(a, work);
  ctx.status |= work.status;
  return x;
}

function expFinite(a: Num, work: Ctx): Num {
  if (a.adjexp > 18n) return finalize(finite(false, 1n, a.neg ? -2n * EXP_INF : EXP_INF), work);
  mustBePossible(work);
  if (isTiny(a, work.prec + 3n)) {
    work.status |= Flag.Inexact | Flag.Rounded;
    return finalize(finite(false, pow10(work.digits - 1), 1n - work.prec), work);
  }
  const x = correctly((digits) => expApprox(a, digits), work);
  // CPython's library divides the argument by 10**tens, and raises what it gets to that power.
  const tens = a.adjexp < 0n ? 0 : Number(a.adjexp) + 1;
  const words = wordsOf(work.digits + tens + 5);
  return passed(x, tens === 0 ? Math.max(words, lengthOf(a)) : 2 * words);
}

/** Is |a| at most 9 * 10**(-prec - 1)? Then e**a is 1 to so many digits. */
function isTiny(a: Num, prec: bigint): boolean {
  if (a.adjexp !== -prec - 1n) return a.adjexp < -prec - 1n;
  return a.coef <= 9n * pow10(a.digits - 1);
}

/** What ln and log10 do with a number that they need not compute; null for others. */
function logSpecial(a: Num, ctx: Ctx): Num | null {
  if (a.isNan) return checkNan(a, ctx);
  if (a.isZero) return infinity(true);
  if (a.neg) return invalid(ctx, Flag.Invalid_operation);
  if (a.isInf) return infinity(false);
  return compareNumbers(a, ONE) === 0 ? finite(false, 0n, 0n) : null;
}

export function ln(a: Num, ctx: Ctx): Num {
  const known = logSpecial(a, ctx);
  if (known !== null) return known;
  mustBePossible(ctx);
  const work = ctx.with({ round: Round.HALF_EVEN });
  const x = passed(
    correctly((digits) => lnApprox(a, digits), work),
    wordsOf(ctx.digits + 10),
  );
  ctx.status |= work.status;
  return x;
}

export function log10(a: Num, ctx: Ctx): Num {
  const known = logSpecial(a, ctx);
  if (known !== null) return known;
  const work = ctx.with({ round: Round.HALF_EVEN });
  const x = isPowerOfTen(a) ? powerOfTen(a, work) : irrational(a, work);
  ctx.status |= work.status;
  return x;
}

const isPowerOfTen = (a: Num): boolean => a.coef === pow10(a.digits - 1);

function powerOfTen(a: Num, work: Ctx): Num {
  const n = a.adjexp;
  return finalize(finite(n < 0n, n < 0n ? -n : n, 0n), work);
}

function irrational(a: Num, work: Ctx): Num {
  mustBePossible(work);
  return passed(
    correctly((digits) => log10Approx(a, digits), work),
    wordsOf(work.digits + 16),
  );
}

/** The square root, correctly rounded; an exact one has half the exponent where it can. */
export function sqrt(a: Num, ctx: Ctx): Num {
  if (a.special) {
    const found = checkNan(a, ctx);
    if (found !== null) return found;
    return a.neg ? invalid(ctx, Flag.Invalid_operation) : a;
  }
  const ideal = (a.exp - (a.exp & 1n)) / 2n;
  const work = ctx.with({ round: Round.HALF_EVEN });
  if (a.coef !== 0n && a.neg) return invalid(ctx, Flag.Invalid_operation);
  const x = finalize(a.coef === 0n ? finite(a.neg, 0n, ideal) : root(a, ideal, work), work);
  ctx.status |= work.status;
  return x;
}

/** A root of one digit more than the precision has, or exact. */
function root(a: Num, ideal: bigint, ctx: Ctx): Num {
  const odd = (a.exp & 1n) !== 0n;
  const huge = ctx.digits > MAX_DIGITS / 2;
  const prec = huge ? a.digits + 1 : ctx.digits + 1;
  const c = odd ? a.coef * 10n : a.coef;
  const have = (finite(false, c, 0n).digits + 1) >> 1;
  const shift = prec - have;
  const n = shift >= 0 ? c * pow10(2 * shift) : c / pow10(-2 * shift);
  let r = isqrt(n);
  const exact = r * r === n && (shift >= 0 || c % pow10(-2 * shift) === 0n);
  if (!exact) {
    if (huge) throw new NoMemory();
    if (r % 5n === 0n) r += 1n;
    return passed(finite(false, r, ideal - BigInt(shift)), wordsOf(prec + 1));
  }
  const back = shift >= 0 ? r / pow10(shift) : r * pow10(-shift);
  const whole = shift < 0 || back * pow10(shift) === r;
  const words = huge ? 0 : wordsOf(prec + 1);
  return passed(whole ? finite(false, back, ideal) : exactRoot(r, ideal - BigInt(shift), ideal), words);
}

/** Towards the ideal exponent as far as there are zeros. */
function exactRoot(r: bigint, exp: bigint, ideal: bigint): Num {
  while (exp < ideal && r % 10n === 0n) {
    r /= 10n;
    exp += 1n;
  }
  return finite(false, r, exp);
}

/** The integer part of the square root. */
export function isqrt(n: bigint): bigint {
  if (n < 4503599627370496n) return BigInt(Math.floor(Math.sqrt(Number(n))));
  const bits = n.toString(16).length * 4;
  if (bits <= 1000) {
    let x = BigInt(Math.floor(Math.sqrt(Number(n))));
    for (;;) {
      const y = (x + n / x) >> 1n;
      const d = y > x ? y - x : x - y;
      x = y;
      if (d <= 1n) break;
    }
    while (x * x > n) x -= 1n;
    while ((x + 1n) * (x + 1n) <= n) x += 1n;
    return x;
  }
  const k = BigInt((bits >> 2) & ~1);
  const x = isqrt(n >> k) << (k >> 1n);
  let y = (x + n / x) >> 1n;
  while (y * y > n) y = (y + n / y) >> 1n;
  while ((y + 1n) * (y + 1n) <= n) y += 1n;
  return y;
}
