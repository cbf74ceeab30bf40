/** Addition, multiplication, comparison of decimals. Part of the modules, for _decimal.ts; division is in decimaldivide.ts. */
import { type Ctx, Flag, Round } from "./decimalcontext.ts";
import { bigPow10, finite, infinity, Kind, lengthOf, type Num, passed } from "./decimalnum.ts";
import { checkNan, checkNans, checkThree, finalize, invalid } from "./decimalround.ts";

/** a + b, or a - b */
export function addsub(a: Num, b: Num, subtract: boolean, ctx: Ctx): Num {
  if (a.special || b.special) return addSpecial(a, b, subtract, ctx);
  return finalize(sum(a, b, b.neg !== subtract, ctx), ctx);
}

export const add = (a: Num, b: Num, ctx: Ctx): Num => addsub(a, b, false, ctx);
export const subtract = (a: Num, b: Num, ctx: Ctx): Num => addsub(a, b, true, ctx);

function addSpecial(a: Num, b: Num, subtract: boolean, ctx: Ctx): Num {
  const found = checkNans(a, b, ctx);
  if (found !== null) return found;
  const bneg = b.neg !== subtract;
  if (!a.isInf) return infinity(bneg);
  if (b.isInf && a.neg !== bneg) return invalid(ctx, Flag.Invalid_operation);
  return infinity(a.neg);
}

/** The sum as exactly as the context needs it; b has the sign `bneg`. */
function sum(a: Num, b: Num, bneg: boolean, ctx: Ctx): Num {
  let [big, small, bigNeg, smallNeg] = a.exp >= b.exp ? [a, b, a.neg, bneg] : [b, a, bneg, a.neg];
  const gap = big.exp - small.exp;
  if (gap > 0n && big.coef !== 0n) {
    const first = big.exp - 1n + (big.digits > ctx.digits ? 0n : BigInt(big.digits) - ctx.prec - 1n);
    if (small.adjexp < first) small = finite(smallNeg, small.coef === 0n ? 0n : 1n, first);
  }
  const shift = big.exp - small.exp;
  const x = big.coef === 0n ? 0n : big.coef * bigPow10(shift);
  const total = (bigNeg ? -x : x) + (smallNeg ? -small.coef : small.coef);
  const neg = total === 0n ? zeroSign(bigNeg, smallNeg, ctx) : total < 0n;
  const result = finite(neg, total < 0n ? -total : total, small.exp);
  const aligned = big.coef === 0n ? 1 : lengthOf(finite(false, x, 0n));
  return passed(result, Math.max(aligned, lengthOf(small), lengthOf(result)));
}

function zeroSign(a: boolean, b: boolean, ctx: Ctx): boolean {
  return a === b ? a : ctx.round === Round.FLOOR;
}

/** a * b, not rounded */
export function product(a: Num, b: Num, ctx: Ctx): Num {
  const neg = a.neg !== b.neg;
  if (a.special || b.special) {
    const found = checkNans(a, b, ctx);
    if (found !== null) return found;
    return a.isZero || b.isZero ? invalid(ctx, Flag.Invalid_operation) : infinity(neg);
  }
  return passed(finite(neg, a.coef * b.coef, a.exp + b.exp), lengthOf(a) + lengthOf(b));
}

export const multiply = (a: Num, b: Num, ctx: Ctx): Num => finalize(product(a, b, ctx), ctx);

/** a * b + c, rounded once */
export function fma(a: Num, b: Num, c: Num, ctx: Ctx): Num {
  const found = a.isNan || b.isNan ? checkThree(a, b, c, ctx) : null;
  if (found !== null) return found;
  const p = product(a, b, ctx);
  if (p.isNan) return p;
  return passed(add(p, c, ctx), p.peak);
}

/** Passed on, with the sign, to what makes it fit. */
const copied = (a: Num, neg: boolean): Num => passed(finite(neg, a.coef, a.exp), lengthOf(a));

/** +a: a zero loses its sign but when rounding down. */
export function plus(a: Num, ctx: Ctx): Num {
  if (a.special) return checkNan(a, ctx) ?? a;
  return finalize(copied(a, a.neg && (a.coef !== 0n || ctx.round === Round.FLOOR)), ctx);
}

export function minus(a: Num, ctx: Ctx): Num {
  if (a.special) return checkNan(a, ctx) ?? infinity(!a.neg);
  return finalize(copied(a, !a.neg && (a.coef !== 0n || ctx.round === Round.FLOOR)), ctx);
}

export function abs(a: Num, ctx: Ctx): Num {
  if (a.special) return checkNan(a, ctx) ?? infinity(false);
  return finalize(copied(a, false), ctx);
}

/** The coefficients of two finite numbers of the same sign: negative, 0 or positive (_mpd_basecmp and more). */
export function compareAbs(a: Num, b: Num): number {
  if (a.coef === 0n || b.coef === 0n) return (a.coef === 0n ? 0 : 1) - (b.coef === 0n ? 0 : 1);
  const x = a.adjexp;
  const y = b.adjexp;
  if (x !== y) return x < y ? -1 : 1;
  const gap = a.exp - b.exp;
  const c = gap > 0n ? a.coef * bigPow10(gap) : a.coef;
  const d = gap < 0n ? b.coef * bigPow10(-gap) : b.coef;
  return c < d ? -1 : c > d ? 1 : 0;
}

/** _mpd_cmp: of numbers that are not NaN. */
export function compareNumbers(a: Num, b: Num): number {
  if (a.isInf || b.isInf) {
    const order = (x: Num): number => (x.isInf ? (x.neg ? -1 : 1) : 0);
    return order(a) - order(b);
  }
  if (a.coef === 0n && b.coef === 0n) return 0;
  const signs = (a.coef === 0n ? 0 : a.neg ? -1 : 1) - (b.coef === 0n ? 0 : b.neg ? -1 : 1);
  if (signs !== 0) return Math.sign(signs);
  return a.neg ? -compareAbs(a, b) : compareAbs(a, b);
}

export const small = (n: number): Num => finite(n < 0, BigInt(Math.abs(n)), 0n);

export function compare(a: Num, b: Num, ctx: Ctx): Num {
  return checkNans(a, b, ctx) ?? small(Math.sign(compareNumbers(a, b)));
}

export function compareSignal(a: Num, b: Num, ctx: Ctx): Num {
  const found = checkNans(a, b, ctx);
  if (found === null) return small(Math.sign(compareNumbers(a, b)));
  ctx.status |= Flag.Invalid_operation;
  return found;
}

const rank = (a: Num): number => (a.kind === Kind.SNAN ? 2 : a.kind === Kind.NAN ? 3 : a.isInf ? 1 : 0);

/** mpd_cmp_total_mag */
export function totalMagnitude(a: Num, b: Num): number {
  const r = rank(a);
  const s = rank(b);
  if (r > 1 || s > 1) {
    if (r !== s) return r < s ? -1 : 1;
    return a.coef < b.coef ? -1 : a.coef > b.coef ? 1 : 0;
  }
  if (r === 1 || s === 1) return r - s;
  const c = compareAbs(a, b);
  if (c !== 0) return c;
  return a.exp < b.exp ? -1 : a.exp > b.exp ? 1 : 0;
}

/** mpd_cmp_total */
export function total(a: Num, b: Num): number {
  if (a.neg !== b.neg) return a.neg ? -1 : 1;
  return a.neg ? -totalMagnitude(a, b) : totalMagnitude(a, b);
}

/** Which of two numbers is the larger (`sign` 1) or smaller (-1), by value or magnitude. A NaN that is quiet gives way. */
export function choose(a: Num, b: Num, sign: number, magnitude: boolean, ctx: Ctx): Num {
  if (a.kind === Kind.NAN && !b.isNan) return finalize(b, ctx);
  if (b.kind === Kind.NAN && !a.isNan) return finalize(a, ctx);
  const found = checkNans(a, b, ctx);
  if (found !== null) return found;
  let c = magnitude ? compareNumbers(a.withSign(false), b.withSign(false)) : compareNumbers(a, b);
  if (c === 0) c = equalOrder(a, b);
  const chosen = c * sign < 0 ? b : a;
  return finalize(passed(chosen, lengthOf(chosen)), ctx);
}

/** _mpd_cmp_numequal: the order of numbers of the same value. */
function equalOrder(a: Num, b: Num): number {
  if (a.neg !== b.neg) return a.neg ? -1 : 1;
  const c = a.exp < b.exp ? -1 : a.exp > b.exp ? 1 : 0;
  return a.neg ? -c : c;
}

export function sameQuantum(a: Num, b: Num): boolean {
  if (a.special || b.special) return (a.isNan && b.isNan) || (a.isInf && b.isInf);
  return a.exp === b.exp;
}
