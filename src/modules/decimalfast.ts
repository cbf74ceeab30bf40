/**
 * Arithmetic on short decimals, of up to 15 or 16 digits, with JavaScript's numbers. Part of the modules, for _decimal.ts. Whatever is
 * not short, not finite, or could need rounding, is left to the general operations: these functions answer 0 then.
 */
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { type Ctx, Flag, Round } from "./decimalcontext.ts";
import { middleDigits } from "./decimalmiddle.ts";
import { Kind } from "./decimalnum.ts";
import { newDecimal } from "./decimalobject.ts";
import { Dec, stateOf } from "./decimalstate.ts";

const MAX = Number.MAX_SAFE_INTEGER;

/** 10**k, exact as far as there are numbers for it. */
const POW10: number[] = [];
for (let k = 0; k <= 22; k++) POW10.push(10 ** k);

/** The coefficient of a finite Decimal if it is a safe integer, and the exponent a small one; else -1. */
export function shortCoefficient(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  if ((i32[p + Dec.flags] & Kind.SPECIAL) !== 0 || i32[p + Dec.len] !== 1) return -1;
  const exp = i32[p + Dec.exp];
  if (exp >> 31 !== i32[p + Dec.exp + 1] || exp > 0xfffffff || exp < -0xfffffff) return -1;
  const at = i32[p + Dec.data];
  const hi = i32[at + 1];
  if (hi < 0 || hi >= 0x200000) return -1;
  return hi * 4294967296 + (i32[at] >>> 0);
}

/** Digits of a safe integer. */
export function shortDigits(c: number): number {
  if (c < 1e8) {
    if (c < 1e4) return c < 100 ? (c < 10 ? 1 : 2) : c < 1000 ? 3 : 4;
    return c < 1e6 ? (c < 1e5 ? 5 : 6) : c < 1e7 ? 7 : 8;
  }
  if (c < 1e12) return c < 1e10 ? (c < 1e9 ? 9 : 10) : c < 1e11 ? 11 : 12;
  if (c < 1e14) return c < 1e13 ? 13 : 14;
  return c < 1e15 ? 15 : 16;
}

/** A new Decimal (-1)**neg * c * 10**exp, c a safe integer. */
export function newShort(rt: Runtime, neg: number, c: number, exp: number): NewRef {
  const p = newDecimal(rt, stateOf(rt).Decimal);
  const i32 = rt.i32;
  i32[p + Dec.flags] |= neg;
  i32[p + Dec.exp] = exp;
  i32[p + Dec.exp + 1] = exp >> 31;
  i32[p + Dec.digits] = shortDigits(c);
  i32[p + Dec.len] = 1;
  i32[p + Dec.words] = c | 0;
  i32[p + Dec.words + 1] = Math.floor(c / 4294967296);
  return p;
}

const fits = (ctx: Ctx, exp: number): boolean => exp >= ctx.low && exp <= ctx.high;

/** a + b; `flip` is 1 to subtract. */
export function addShort(rt: Runtime, a: Ref, b: Ref, flip: number, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  let x = shortCoefficient(rt, a);
  let y = shortCoefficient(rt, b);
  if (x < 0 || y < 0) return 0;
  const gap = i32[a + Dec.exp] - i32[b + Dec.exp];
  if (gap > 15 || gap < -15) return 0;
  if (gap > 0) x *= POW10[gap];
  else if (gap < 0) y *= POW10[-gap];
  if (x > MAX || y > MAX) return 0;
  const exp = gap > 0 ? i32[b + Dec.exp] : i32[a + Dec.exp];
  if (!fits(ctx, exp)) return 0;
  const m = i32[a + Dec.flags] & Kind.NEG;
  const n = (i32[b + Dec.flags] & Kind.NEG) ^ flip;
  if (m === n) return x + y > MAX ? 0 : newShort(rt, m, x + y, exp);
  if (x === y) return newShort(rt, ctx.round === Round.FLOOR ? 1 : 0, 0, exp);
  return x > y ? newShort(rt, m, x - y, exp) : newShort(rt, n, y - x, exp);
}

export function multiplyShort(rt: Runtime, a: Ref, b: Ref, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  const x = shortCoefficient(rt, a);
  const y = shortCoefficient(rt, b);
  if (x < 0 || y < 0) return 0;
  const exp = i32[a + Dec.exp] + i32[b + Dec.exp];
  const c = x * y;
  if (c > MAX || !fits(ctx, exp)) return 0;
  return newShort(rt, (i32[a + Dec.flags] ^ i32[b + Dec.flags]) & Kind.NEG, c, exp);
}

/** a / b where it is exact in a few digits. */
export function divideShort(rt: Runtime, a: Ref, b: Ref, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  const x = shortCoefficient(rt, a);
  const y = shortCoefficient(rt, b);
  if (x <= 0 || y <= 0 || y > 9e14) return 0;
  let exp = i32[a + Dec.exp] - i32[b + Dec.exp];
  let q = Math.floor(x / y);
  let r = x % y;
  while (r !== 0) {
    if (q > 9e14) return 0;
    r *= 10;
    const digit = Math.floor(r / y);
    q = 10 * q + digit;
    r -= digit * y;
    exp--;
  }
  if (!fits(ctx, exp)) return 0;
  return newShort(rt, (i32[a + Dec.flags] ^ i32[b + Dec.flags]) & Kind.NEG, q, exp);
}

/** The whole quotient, or the remainder. */
export function divideIntShort(rt: Runtime, a: Ref, b: Ref, remainder: boolean, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  let x = shortCoefficient(rt, a);
  let y = shortCoefficient(rt, b);
  if (x < 0 || y <= 0) return 0;
  const gap = i32[a + Dec.exp] - i32[b + Dec.exp];
  if (gap > 15 || gap < -15) return 0;
  if (gap > 0) x *= POW10[gap];
  else if (gap < 0) y *= POW10[-gap];
  if (x > MAX || y > MAX) return 0;
  const exp = remainder ? (gap > 0 ? i32[b + Dec.exp] : i32[a + Dec.exp]) : 0;
  if (!fits(ctx, exp)) return 0;
  const m = i32[a + Dec.flags] & Kind.NEG;
  if (remainder) return newShort(rt, m, x % y, exp);
  return newShort(rt, m ^ (i32[b + Dec.flags] & Kind.NEG), Math.floor((x - (x % y)) / y), 0);
}

/** The number itself, with this sign; a zero has none but when rounding down. */
export function copyShort(rt: Runtime, a: Ref, neg: number, ctx: Ctx): NewRef | 0 {
  const c = shortCoefficient(rt, a);
  const exp = rt.i32[a + Dec.exp];
  if (c < 0 || !fits(ctx, exp)) return 0;
  return newShort(rt, c === 0 && ctx.round !== Round.FLOOR ? 0 : neg, c, exp);
}

/** No answer of compareShort. */
export const UNKNOWN = 2;

/** -1, 0, 1, or UNKNOWN. */
export function compareShort(rt: Runtime, a: Ref, b: Ref): number {
  const i32 = rt.i32;
  let x = shortCoefficient(rt, a);
  let y = shortCoefficient(rt, b);
  if (x < 0 || y < 0) return UNKNOWN;
  const gap = i32[a + Dec.exp] - i32[b + Dec.exp];
  if (gap > 15 || gap < -15) return UNKNOWN;
  if (gap > 0) x *= POW10[gap];
  else if (gap < 0) y *= POW10[-gap];
  if (x > MAX || y > MAX) return UNKNOWN;
  if ((i32[a + Dec.flags] & Kind.NEG) !== 0) x = -x;
  if ((i32[b + Dec.flags] & Kind.NEG) !== 0) y = -y;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Is a quotient with a rest of `twice` / (2 * unit) to be made larger? */
function up(q: number, rest: number, unit: number, neg: number, mode: Round): boolean {
  const half = 2 * rest - unit;
  switch (mode) {
    case Round.HALF_EVEN:
      return half > 0 || (half === 0 && q % 2 === 1);
    case Round.HALF_UP:
      return half >= 0;
    case Round.HALF_DOWN:
      return half > 0;
    case Round.UP:
      return true;
    case Round.CEILING:
      return neg === 0;
    case Round.FLOOR:
      return neg !== 0;
    case Round.R_05UP:
      return q % 5 === 0;
    default:
      return false;
  }
}

/** a with the exponent `exp`, rounded; the flags are in ctx.status. */
export function quantizeShort(rt: Runtime, a: Ref, exp: number, mode: Round, ctx: Ctx): NewRef | 0 {
  const i32 = rt.i32;
  const c = shortCoefficient(rt, a);
  const gap = i32[a + Dec.exp] - exp;
  if (c < 0 || gap > 15 || gap < -15 || !fits(ctx, exp)) return 0;
  const neg = i32[a + Dec.flags] & Kind.NEG;
  if (gap >= 0) {
    const x = c * POW10[gap];
    return x > MAX ? 0 : newShort(rt, neg, x, exp);
  }
  const unit = POW10[-gap];
  const rest = c % unit;
  const q = (c - rest) / unit;
  if (c !== 0) ctx.status |= rest === 0 ? Flag.Rounded : Flag.Rounded | Flag.Inexact;
  return newShort(rt, neg, rest !== 0 && up(q, rest, unit, neg, mode) ? q + 1 : q, exp);
}

/** The integral part of a short Decimal, towards zero; NaN if there is none. */
export function truncatedShort(rt: Runtime, a: Ref): number {
  const c = shortCoefficient(rt, a);
  const exp = rt.i32[a + Dec.exp];
  if (c < 0 || exp > 15 || exp < -15) return Number.NaN;
  const n = exp >= 0 ? c * POW10[exp] : Math.floor(c / POW10[-exp]);
  if (n > MAX) return Number.NaN;
  return (rt.i32[a + Dec.flags] & Kind.NEG) !== 0 && n !== 0 ? -n : n;
}

/** A short Decimal as a double, correctly rounded; NaN if it takes more than one operation. */
export function doubleShort(rt: Runtime, a: Ref): number {
  const c = shortCoefficient(rt, a);
  const exp = rt.i32[a + Dec.exp];
  if (c < 0 || exp > 0 || exp < -22) return Number.NaN;
  const d = c / POW10[-exp];
  return (rt.i32[a + Dec.flags] & Kind.NEG) !== 0 ? -d : d;
}

/** "12.34" for a Decimal of few words without an exponent in its text, else null. */
export function textShort(rt: Runtime, a: Ref): string | null {
  const i32 = rt.i32;
  const c = shortCoefficient(rt, a);
  const exp = i32[a + Dec.exp];
  const special = (i32[a + Dec.flags] & Kind.SPECIAL) !== 0;
  if (special || exp > 0 || exp < -100 || i32[a + Dec.exp + 1] !== exp >> 31 || i32[a + Dec.len] > 3)
    return null;
  const digits = c >= 0 ? `${c}` : middleDigits(rt, a);
  const sign = (i32[a + Dec.flags] & Kind.NEG) !== 0 ? "-" : "";
  if (exp === 0) return sign + digits;
  const place = digits.length + exp;
  if (place > 0) return `${sign}${digits.slice(0, place)}.${digits.slice(place)}`;
  return place <= -6 ? null : `${sign}0.${"000000".slice(0, -place)}${digits}`;
}

/** Digits with at most one point, at most 15 of them, from the bytes of an ASCII string; 0 for any other text. */
export function parseShort(rt: Runtime, type: Ref, at: number, n: number): NewRef | 0 {
  const u8 = rt.u8;
  if (n > 17 || type !== stateOf(rt).Decimal) return 0;
  let i = at;
  const end = at + n;
  const sign = u8[i] === 45 ? 1 : 0;
  if (sign !== 0 || u8[i] === 43) i++;
  let c = 0;
  let digits = 0;
  let point = -1;
  for (; i < end; i++) {
    const d = u8[i] - 48;
    if (d >= 0 && d <= 9) {
      c = 10 * c + d;
      digits++;
    } else if (d === -2 && point < 0) point = i;
    else return 0;
  }
  if (digits === 0 || digits > 15) return 0;
  return newShort(rt, sign, c, point < 0 ? 0 : point + 1 - end);
}
