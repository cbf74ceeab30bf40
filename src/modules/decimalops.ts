/** The operations of decimals by name, and calling them on objects. Part of the modules, for _decimal.ts. */
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import {
  abs,
  add,
  choose,
  compare,
  compareSignal,
  fma,
  minus,
  multiply,
  plus,
  subtract,
} from "./decimalarith.ts";
import type { Ctx, Round } from "./decimalcontext.ts";
import { compute, finish, readContext } from "./decimalcurrent.ts";
import { divide, divideInt, remainder, remainderNear } from "./decimaldivide.ts";
import { isNormal, isSubnormal, logical, logicalInvert } from "./decimallogical.ts";
import { Kind, type Num } from "./decimalnum.ts";
import { numOf } from "./decimalobject.ts";
import { power } from "./decimalpower.ts";
import {
  logb,
  nextMinus,
  nextPlus,
  nextToward,
  quantize,
  reduce,
  rotate,
  scaleb,
  shift,
  toIntegral,
} from "./decimalquantize.ts";
import { exp, ln, log10, sqrt } from "./decimaltranscendental.ts";

export type Unary = (a: Num, ctx: Ctx) => Num;
export type Binary = (a: Num, b: Num, ctx: Ctx) => Num;
export type Ternary = (a: Num, b: Num, c: Num, ctx: Ctx) => Num;

/** Operations that a Decimal and a Context have alike. */
export const UNARY: Record<string, Unary> = {
  exp,
  ln,
  log10,
  next_minus: nextMinus,
  next_plus: nextPlus,
  normalize: reduce,
  sqrt,
  logb,
  logical_invert: logicalInvert,
};

export const BINARY: Record<string, Binary> = {
  compare,
  compare_signal: compareSignal,
  max: (a, b, ctx) => choose(a, b, 1, false, ctx),
  max_mag: (a, b, ctx) => choose(a, b, 1, true, ctx),
  min: (a, b, ctx) => choose(a, b, -1, false, ctx),
  min_mag: (a, b, ctx) => choose(a, b, -1, true, ctx),
  next_toward: nextToward,
  remainder_near: remainderNear,
  logical_and: (a, b, ctx) => logical(a, b, (x, y) => x & y, ctx),
  logical_or: (a, b, ctx) => logical(a, b, (x, y) => x | y, ctx),
  logical_xor: (a, b, ctx) => logical(a, b, (x, y) => x ^ y, ctx),
  rotate,
  scaleb,
  shift,
};

export { abs, add, divide, divideInt, fma, minus, multiply, plus, power, quantize, remainder, subtract };

export const toIntegralExact: Unary = (a, ctx) => toIntegral(a, true, ctx);
export const toIntegralValue: Unary = (a, ctx) => toIntegral(a, false, ctx);

/** Questions about the flags of a number. */
export const QUESTIONS: Record<string, (a: Num) => boolean> = {
  is_finite: (a) => !a.special,
  is_infinite: (a) => a.isInf,
  is_nan: (a) => a.isNan,
  is_qnan: (a) => a.kind === Kind.NAN,
  is_snan: (a) => a.kind === Kind.SNAN,
  is_signed: (a) => a.neg,
  is_zero: (a) => a.isZero,
};

/** Questions that need a context. */
export const CONTEXT_QUESTIONS: Record<string, (a: Num, ctx: Ctx) => boolean> = {
  is_normal: isNormal,
  is_subnormal: isSubnormal,
};

export function runUnary(rt: Runtime, c: Ref, op: Unary, p: Ref): NewRef {
  const ctx = readContext(rt, c);
  const x = compute(rt, c, () => op(numOf(rt, p), ctx));
  return finish(rt, c, ctx, x);
}

export function runBinary(rt: Runtime, c: Ref, op: Binary, p: Ref, q: Ref): NewRef {
  const ctx = readContext(rt, c);
  const x = compute(rt, c, () => op(numOf(rt, p), numOf(rt, q), ctx));
  return finish(rt, c, ctx, x);
}

export function runTernary(rt: Runtime, c: Ref, op: Ternary, p: Ref, q: Ref, r: Ref): NewRef {
  const ctx = readContext(rt, c);
  const x = compute(rt, c, () => op(numOf(rt, p), numOf(rt, q), numOf(rt, r), ctx));
  return finish(rt, c, ctx, x);
}

/** With a rounding mode of its own. */
export function runRounded(rt: Runtime, c: Ref, mode: Round, op: Unary, p: Ref): NewRef {
  const ctx = readContext(rt, c).with({ round: mode });
  const x = compute(rt, c, () => op(numOf(rt, p), ctx));
  return finish(rt, c, ctx, x);
}
