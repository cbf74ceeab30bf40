/** Digit-wise operations on decimals, and what kind of number one is. Part of the modules, for _decimal.ts. */
import { type Ctx, Flag } from "./decimalcontext.ts";
import { finite, Kind, lengthOf, type Num, passed, pow10, wordsOf } from "./decimalnum.ts";
import { invalid } from "./decimalround.ts";

/** The last digits of a number of zeros and ones, as binary digits; null for any other. */
function bitsOf(a: Num, ctx: Ctx): bigint | null {
  if (a.special || a.neg || a.exp !== 0n) return null;
  const text = a.coef.toString();
  if (!/^[01]+$/.test(text)) return null;
  return BigInt(`0b${text.length > ctx.digits ? text.slice(text.length - ctx.digits) : text}`);
}

const fromBits = (bits: bigint): Num => finite(false, BigInt(bits.toString(2)), 0n);

export type BitOp = (a: bigint, b: bigint) => bigint;

export function logical(a: Num, b: Num, op: BitOp, ctx: Ctx): Num {
  const x = bitsOf(a, ctx);
  const y = bitsOf(b, ctx);
  if (x === null || y === null) return invalid(ctx, Flag.Invalid_operation);
  return passed(fromBits(op(x, y)), Math.max(lengthOf(a), lengthOf(b)));
}

export function logicalInvert(a: Num, ctx: Ctx): Num {
  const x = bitsOf(a, ctx);
  if (x === null) return invalid(ctx, Flag.Invalid_operation);
  // As many ones as the precision has digits.
  const inverted = finite(false, (pow10(ctx.digits) - 1n) / 9n - fromBits(x).coef, 0n);
  return passed(inverted, Math.max(lengthOf(a), wordsOf(ctx.digits)));
}

export const isNormal = (a: Num, ctx: Ctx): boolean => !a.special && a.coef !== 0n && a.adjexp >= ctx.emin;

export const isSubnormal = (a: Num, ctx: Ctx): boolean => !a.special && a.coef !== 0n && a.adjexp < ctx.emin;

export function numberClass(a: Num, ctx: Ctx): string {
  if (a.kind === Kind.NAN) return "NaN";
  if (a.kind === Kind.SNAN) return "sNaN";
  const sign = a.neg ? "-" : "+";
  if (a.isInf) return `${sign}Infinity`;
  if (a.coef === 0n) return `${sign}Zero`;
  return sign + (a.adjexp < ctx.emin ? "Subnormal" : "Normal");
}
