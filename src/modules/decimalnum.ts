/**
 * Decimal numbers as JavaScript values: sign, coefficient, exponent, both of any size. Part of the modules, for _decimal.ts; the
 * objects in the heap are in decimalobject.ts.
 */

/** What a number is: the flags of an mpd_t. */
export const enum Kind {
  FINITE = 0,
  NEG = 1,
  INF = 2,
  NAN = 4,
  SNAN = 8,
  SPECIAL = 14,
}

/** Decimal digits of one word of a coefficient, and words that lie within the object. */
export const RDIGITS = 19;
export const MINALLOC = 4;

/** No operation makes coefficients of more digits: there is no memory for them. */
export const MAX_DIGITS = 100_000_000;

/** A number too large for any memory. */
export class NoMemory extends Error {}

/** Finite: (-1)**neg * coef * 10**exp. A NaN's payload is its coef; its exp is 0, as an infinity's. */
export class Num {
  neg: boolean;
  /** Kind without NEG. */
  kind: number;
  coef: bigint;
  exp: bigint;
  /** As many words the coefficient has had on its way: beyond MINALLOC they have a block of their own. */
  peak = 0;
  /** Of the coefficient, 0 until asked for. */
  private ndigits = 0;

  constructor(neg: boolean, kind: number, coef: bigint, exp: bigint) {
    this.neg = neg;
    this.kind = kind;
    this.coef = coef;
    this.exp = exp;
  }

  get digits(): number {
    if (this.ndigits === 0) this.ndigits = digitsOf(this.coef);
    return this.ndigits;
  }

  /** The exponent of the first digit (mpd_adjexp). */
  get adjexp(): bigint {
    return this.exp + BigInt(this.digits - 1);
  }

  get special(): boolean {
    return this.kind !== 0;
  }

  get isNan(): boolean {
    return (this.kind & (Kind.NAN | Kind.SNAN)) !== 0;
  }

  get isInf(): boolean {
    return this.kind === Kind.INF;
  }

  /** A finite zero. */
  get isZero(): boolean {
    return this.kind === 0 && this.coef === 0n;
  }

  withSign(neg: boolean): Num {
    return passed(new Num(neg, this.kind, this.coef, this.exp), this.peak);
  }

  withExp(exp: bigint): Num {
    return passed(new Num(this.neg, this.kind, this.coef, exp), this.peak);
  }
}

export const finite = (neg: boolean, coef: bigint, exp: bigint): Num => new Num(neg, Kind.FINITE, coef, exp);
export const infinity = (neg: boolean): Num => new Num(neg, Kind.INF, 0n, 0n);
export const nan = (): Num => new Num(false, Kind.NAN, 0n, 0n);
export const ONE = finite(false, 1n, 0n);

/** The number, whose coefficient has once had so many words. */
export function passed(x: Num, words: number): Num {
  if (words > x.peak) x.peak = words;
  return x;
}

export const wordsOf = (digits: number): number => Math.ceil(digits / RDIGITS);

/** Words of the number's coefficient. */
export const lengthOf = (x: Num): number => wordsOf(x.digits);

const KNOWN = 1024;
const powers: bigint[] = [];
for (let k = 0, p = 1n; k < KNOWN; k++, p *= 10n) powers.push(p);
let lastPower = 0n;
let lastExponent = -1;

/** 10**k */
export function pow10(k: number): bigint {
  if (k < KNOWN) return powers[k];
  if (k > MAX_DIGITS) throw new NoMemory();
  if (k !== lastExponent) {
    lastPower = 10n ** BigInt(k);
    lastExponent = k;
  }
  return lastPower;
}

/** 10**k for an exponent of any size. */
export function bigPow10(k: bigint): bigint {
  return pow10(k > BigInt(MAX_DIGITS) ? MAX_DIGITS + 1 : Number(k));
}

/** Decimal digits of c; 1 for 0. */
export function digitsOf(c: bigint): number {
  const d = Number(c);
  if (d < 1e15) return smallDigits(d);
  const guess = d < 1e300 ? Math.floor(Math.log10(d)) + 1 : longDigits(c);
  if (c >= pow10(guess)) return guess + 1;
  return c < pow10(guess - 1) ? guess - 1 : guess;
}

function smallDigits(d: number): number {
  let n = 1;
  for (let limit = 10; d >= limit; limit *= 10) n++;
  return n;
}

/** Too large by one at most. */
function longDigits(c: bigint): number {
  const bits = 4 * (c.toString(16).length - 1);
  return Math.floor(bits * Math.LOG10E * Math.LN2) + 1;
}

/** What a division by a power of ten leaves over: nothing, less than half, half, more than half. */
export const enum Rest {
  NONE = 0,
  LESS = 1,
  HALF = 5,
  MORE = 9,
}

let rest: Rest = Rest.NONE;

/** What was shifted out by the last shiftRight. */
export function shiftedOut(): Rest {
  return rest;
}

/** c without its last n digits; `shiftedOut()` tells of them. */
export function shiftRight(c: bigint, n: number): bigint {
  if (n === 0 || c === 0n) {
    rest = Rest.NONE;
    return c;
  }
  if (n > digitsOf(c)) {
    rest = Rest.LESS;
    return 0n;
  }
  const unit = pow10(n);
  const q = c / unit;
  const r = c - q * unit;
  const half = r * 2n;
  rest = r === 0n ? Rest.NONE : half < unit ? Rest.LESS : half === unit ? Rest.HALF : Rest.MORE;
  return q;
}

/** As shiftRight, by a number of digits of any size. */
export function bigShiftRight(c: bigint, n: bigint): bigint {
  const most = BigInt(MAX_DIGITS);
  return shiftRight(c, n > most ? MAX_DIGITS + 1 : Number(n));
}

/** Zeros at the end of c, which is not 0. */
export function trailingZeros(c: bigint): number {
  let n = 0;
  for (let step = 1; c % pow10(step) === 0n; step *= 2) {
    c /= pow10(step);
    n += step;
  }
  return n === 0 ? 0 : n + (c % 10n === 0n ? trailingZeros(c) : 0);
}

/** Is the finite number an integer? */
export function isInteger(x: Num): boolean {
  if (x.exp >= 0n || x.coef === 0n) return true;
  return -x.exp < BigInt(x.digits) && x.coef % bigPow10(-x.exp) === 0n;
}

/** The value of a finite integer. */
export function integerOf(x: Num): bigint {
  const c = x.exp >= 0n ? x.coef * (x.coef === 0n ? 1n : bigPow10(x.exp)) : bigShiftRight(x.coef, -x.exp);
  return x.neg ? -c : c;
}
