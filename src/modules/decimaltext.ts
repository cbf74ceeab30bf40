/** Decimals as text: scientific and engineering notation, and numbers read from text. Part of the modules, for _decimal.ts. */
import { type Ctx, EXP_INF, Flag } from "./decimalcontext.ts";
import { finite, infinity, Kind, Num, passed, wordsOf } from "./decimalnum.ts";
import { finalize, invalid } from "./decimalround.ts";

const ZEROS = 6;

/** Digits with a point after `place` of them, and zeros where there are none. */
export function pointed(digits: string, place: number): string {
  if (place <= 0) return `0.${"0".repeat(-place)}${digits}`;
  if (place >= digits.length) return digits + "0".repeat(place - digits.length);
  return `${digits.slice(0, place)}.${digits.slice(place)}`;
}

/** "E+5" */
export function exponentText(exp: bigint, letter: string): string {
  return `${letter}${exp < 0n ? "-" : "+"}${exp < 0n ? -exp : exp}`;
}

function specialText(x: Num): string {
  if (x.isInf) return "Infinity";
  return (x.kind === Kind.SNAN ? "sNaN" : "NaN") + (x.coef === 0n ? "" : x.coef.toString());
}

/** to-scientific-string, or to-engineering-string: exponents are then multiples of 3. */
export function numText(x: Num, letter: string, engineering = false): string {
  const sign = x.neg ? "-" : "";
  if (x.special) return sign + specialText(x);
  const digits = x.coef.toString();
  const left = x.exp + BigInt(digits.length);
  if (x.exp <= 0n && left > -ZEROS) return sign + pointed(digits, Number(left));
  let place = 1;
  if (engineering) {
    const third = Number(x.coef === 0n ? (left + 1n) % 3n : (left - 1n) % 3n);
    place = ((third + 3) % 3) + (x.coef === 0n ? -1 : 1);
  }
  const exp = left - BigInt(place);
  return sign + pointed(digits, place) + (exp === 0n ? "" : exponentText(exp, letter));
}

const NUMBER = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d+))?$/i;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|(s?)nan(\d*))$/i;

/** The number a text stands for, made to fit (mpd_qset_string). */
export function parseNum(text: string, ctx: Ctx): Num {
  const found = NUMBER.exec(text);
  if (found === null) return parseSpecial(text, ctx);
  const [, sign, whole = "", fraction = "", only = "", power = "0"] = found;
  const decimals = fraction || only;
  const digits = (whole + decimals).replace(/^0+(?=.)/, "");
  const exp = exponentOf(power) - BigInt(decimals.length);
  const x = finite(sign === "-", BigInt(digits), exp);
  return finalize(passed(x, wordsOf(digits.length)), ctx);
}

/** Beyond all limits, it is only known on which side. */
function exponentOf(text: string): bigint {
  const n = BigInt(text.startsWith("+") ? text.slice(1) : text);
  const most = 4n * EXP_INF;
  return n > most ? most : n < -most ? -most : n;
}

function parseSpecial(text: string, ctx: Ctx): Num {
  const found = SPECIAL.exec(text);
  if (found === null) return invalid(ctx, Flag.Conversion_syntax);
  const neg = found[1] === "-";
  if (found[2] !== undefined) return infinity(neg);
  const payload = found[4].replace(/^0+/, "");
  if (payload.length > ctx.digits - (ctx.clamp ? 1 : 0)) return invalid(ctx, Flag.Conversion_syntax);
  const x = new Num(neg, found[3] === "" ? Kind.NAN : Kind.SNAN, BigInt(payload || "0"), 0n);
  return payload === "" ? x : passed(x, wordsOf(payload.length));
}
