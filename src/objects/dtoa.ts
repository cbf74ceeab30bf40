/**
 * Doubles to decimal text, correctly rounded (half to even on the exact binary value) for any precision; what CPython does with
 * David Gay's dtoa. V8's own conversions are used where they are exact and no tie is possible. Part of the object layer;
 * pure functions.
 */

/** d = 0.DIGITS * 10**decpt; digits has no trailing zeros unless it was asked for a number of digits. */
export interface Decimal {
  digits: string;
  decpt: number;
}

/** The shortest digits that read back as d (finite, not negative). */
export function shortestDigits(d: number): Decimal {
  if (d === 0) return { digits: "0", decpt: 1 };
  return fromExponential(d.toExponential());
}

function fromExponential(text: string): Decimal {
  const e = text.indexOf("e");
  const digits = text[0] + text.slice(2, e);
  return { digits, decpt: Number(text.slice(e + 1)) + 1 };
}

/** Exactly n significant digits (n > 0) of d (finite, not negative). */
export function significantDigits(d: number, n: number): Decimal {
  if (d === 0) return { digits: "0".repeat(n), decpt: 1 };
  if (n <= 100) {
    // A tie shows as a 5 in the place after the last.
    const probe = d.toExponential(n);
    const c = probe.charCodeAt(probe.indexOf("e") - 1);
    if (c !== 53) return fromExponential(d.toExponential(n - 1));
  }
  return exactSignificant(d, n);
}

/** The digits of d rounded to `prec` places after the point: digits are those of the integer d * 10**prec. */
export function fixedDigits(d: number, prec: number): Decimal {
  if (prec <= 100 && d < 1e21 && !isTie(d, prec)) {
    const text = d.toFixed(prec);
    const dot = prec === 0 ? text.length : text.indexOf(".");
    const digits = prec === 0 ? text : text.slice(0, dot) + text.slice(dot + 1);
    return { digits, decpt: dot };
  }
  const text = exactScaled(d, prec)
    .toString()
    .padStart(prec + 1, "0");
  return { digits: text, decpt: text.length - prec };
}

/** 2**(n + 1) */
const POWERS: number[] = [];
for (let n = 0; n <= 100; n++) POWERS.push(2 ** (n + 1));

/** d * 10**prec lies halfway between integers: only if d * 2**(prec + 1) is an odd integer. */
function isTie(d: number, prec: number): boolean {
  const y = d * POWERS[prec];
  return y === Math.floor(y) && y / 2 !== Math.floor(y / 2);
}

/** d = m * 2**e exactly, with an integer m. */
export function decompose(d: number): { m: bigint; e: number } {
  if (Number.isInteger(d)) return { m: BigInt(d), e: 0 };
  let e = Math.max(-1074, Math.floor(Math.log2(Math.abs(d))) - 53);
  // log2 may be off by one: step until the scaled value is an integer.
  let scaled = scaleUp(d, -e);
  while (!Number.isInteger(scaled)) {
    e--;
    scaled = scaleUp(d, -e);
  }
  return { m: BigInt(scaled), e };
}

/** d * 2**n for n >= 0 where the factor itself may overflow. */
function scaleUp(d: number, n: number): number {
  return n > 1000 ? d * 2 ** 1000 * 2 ** (n - 1000) : d * 2 ** n;
}

/** The integer nearest to d * 10**prec (prec may be negative), ties to even. */
export function exactScaled(d: number, prec: number): bigint {
  const { m, e } = decompose(d);
  let num = m;
  let den = 1n;
  if (prec >= 0) num *= 10n ** BigInt(prec);
  else den *= 10n ** BigInt(-prec);
  if (e >= 0) num <<= BigInt(e);
  else den <<= BigInt(-e);
  return divideHalfEven(num, den);
}

/** num / den rounded to the nearest integer, ties to even; den > 0. */
export function divideHalfEven(num: bigint, den: bigint): bigint {
  let q = num / den;
  let r = num - q * den;
  if (r < 0n) {
    r += den;
    q -= 1n;
  }
  const twice = r * 2n;
  return twice > den || (twice === den && (q & 1n) !== 0n) ? q + 1n : q;
}

function exactSignificant(d: number, n: number): Decimal {
  // The decimal exponent, from the shortest digits; rounding may raise it by one.
  const decpt = shortestLowerDecpt(d);
  let text = exactScaled(d, n - decpt).toString();
  let point = decpt;
  if (text.length > n) {
    text = text.slice(0, n);
    point++;
  }
  return { digits: text, decpt: point };
}

/** floor(log10(d)) + 1, exactly. */
function shortestLowerDecpt(d: number): number {
  const guess = fromExponential(d.toExponential(20)).decpt;
  // 21 digits may have rounded up to the next power of ten: then d is below it.
  const { m, e } = decompose(d);
  const p = guess - 1;
  const left = (p < 0 ? m * 10n ** BigInt(-p) : m) << BigInt(Math.max(e, 0));
  const right = (p > 0 ? 10n ** BigInt(p) : 1n) << BigInt(Math.max(-e, 0));
  return left < right ? guess - 1 : guess;
}

/** Flags of doubleToString. */
export const enum DtsF {
  ADD_DOT_0 = 1,
  ALT = 2,
}

/**
 * PyOS_double_to_string: d in the style of code e, f, g, r or E, F, G with `prec`; a leading minus for negative values and -0.
 */
export function doubleToString(d: number, code: string, prec: number, flags: number): string {
  const lower = code.toLowerCase();
  const text = Number.isFinite(d)
    ? finiteText(d, lower, prec, flags)
    : Number.isNaN(d)
      ? "nan"
      : d < 0
        ? "-inf"
        : "inf";
  return code === lower ? text : text.toUpperCase();
}

function finiteText(d: number, code: string, prec: number, flags: number): string {
  const sign = d < 0 || Object.is(d, -0) ? "-" : "";
  const a = Math.abs(d);
  const alt = (flags & DtsF.ALT) !== 0;
  const dot0 = (flags & DtsF.ADD_DOT_0) !== 0;
  if (code === "f" && prec <= 100 && a < 1e21 && !isTie(a, prec)) {
    const text = a.toFixed(prec);
    return sign + (alt && prec === 0 ? `${text}.` : text);
  }
  if (code === "f") return sign + fixedText(fixedDigits(a, prec), prec, alt);
  if (code === "e") return sign + exponentText(significantDigits(a, prec + 1), alt);
  if (code === "r") {
    const dec = shortestDigits(a);
    const exp = dec.decpt <= -4 || dec.decpt > 16;
    return sign + (exp ? exponentText(dec, alt) : generalText(dec, dot0, alt));
  }
  const p = prec === 0 ? 1 : prec;
  const dec = significantDigits(a, p);
  if (!alt) dec.digits = stripZeros(dec.digits);
  if (dec.decpt <= -4 || dec.decpt > p - (dot0 ? 1 : 0)) return sign + exponentText(dec, alt);
  return sign + generalText(dec, dot0, alt);
}

function stripZeros(digits: string): string {
  let n = digits.length;
  while (n > 1 && digits.charCodeAt(n - 1) === 48) n--;
  return digits.slice(0, n);
}

function fixedText({ digits, decpt }: Decimal, prec: number, alt: boolean): string {
  if (prec === 0) return alt ? `${digits}.` : digits;
  return `${digits.slice(0, decpt)}.${digits.slice(decpt)}`;
}

function exponentText({ digits, decpt }: Decimal, alt: boolean): string {
  const e = decpt - 1;
  const a = Math.abs(e);
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : alt ? `${digits}.` : digits;
  return `${mantissa}e${e < 0 ? "-" : "+"}${a < 10 ? "0" : ""}${a}`;
}

/** Without exponent: 0.00012, 1200, 12.5; `dot0` adds ".0" to integers, `alt` a point. */
function generalText({ digits, decpt }: Decimal, dot0: boolean, alt: boolean): string {
  if (decpt <= 0) return `0.${"0".repeat(-decpt)}${digits}`;
  if (decpt < digits.length) return `${digits.slice(0, decpt)}.${digits.slice(decpt)}`;
  const whole = digits + "0".repeat(decpt - digits.length);
  return dot0 ? `${whole}.0` : alt ? `${whole}.` : whole;
}

/** repr(float) */
export function floatRepr(d: number): string {
  const a = Math.abs(d);
  if (a >= 1e-4 && a < 1e16) {
    const text = String(d);
    return Number.isInteger(d) ? `${text}.0` : text;
  }
  return doubleToString(d, "r", 0, DtsF.ADD_DOT_0);
}
