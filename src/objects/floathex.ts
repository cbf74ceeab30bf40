/** float.hex and float.fromhex on doubles. Part of the object layer; pure functions. */
import { decompose } from "./dtoa.ts";
import { divideToDouble } from "./longpow.ts";

/** "0x1.8000000000000p+1", thirteen hexadecimal digits. */
export function doubleToHex(d: number): string {
  if (Number.isNaN(d)) return "nan";
  if (!Number.isFinite(d)) return d < 0 ? "-inf" : "inf";
  const sign = d < 0 || Object.is(d, -0) ? "-" : "";
  if (d === 0) return `${sign}0x0.0p+0`;
  const { m, e } = decompose(Math.abs(d));
  const bits = m.toString(2).length;
  let exp = bits - 1 + e;
  let lead = "1";
  if (exp < -1022) {
    exp = -1022;
    lead = "0";
  }
  // The fraction's 52 bits below 2**exp.
  const shift = 52 - exp + e;
  const scaled = shift >= 0 ? m << BigInt(shift) : m >> BigInt(-shift);
  const fraction = (scaled & 0xfffffffffffffn).toString(16).padStart(13, "0");
  return `${sign}0x${lead}.${fraction}p${exp < 0 ? "-" : "+"}${Math.abs(exp)}`;
}

const HEX = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** The double of a hexadecimal text, null when it is none, "overflow" when it is too large. */
export function hexToDouble(text: string): number | null | "overflow" {
  const t = text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, "");
  const special = SPECIAL.exec(t);
  if (special !== null) {
    const v = special[2].toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return special[1] === "-" ? -v : v;
  }
  const match = HEX.exec(t);
  if (match === null) return null;
  const digits = match[2] + (match[3] ?? "");
  if (digits === "") return null;
  const m = BigInt(`0x${digits}`);
  const negative = match[1] === "-";
  if (m === 0n) return negative ? -0 : 0;
  const exp = Number(match[4] ?? "0") - 4 * (match[3] ?? "").length;
  const top = exp + m.toString(2).length;
  if (top < -1100) return negative ? -0 : 0;
  if (top > 1030) return "overflow";
  const d = exp >= 0 ? divideToDouble(m << BigInt(exp), 1n) : divideToDouble(m, 1n << BigInt(-exp));
  if (Number.isNaN(d)) return "overflow";
  return negative ? -d : d;
}
