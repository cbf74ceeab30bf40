/** repr() of the values that literals have. */
import type { StrValue } from "./ast.ts";
import { isPrintable } from "./chars.ts";

/** repr of a float: the shortest digits that give it back, with an exponent from 1e16 on and below 1e-4. */
export function reprFloat(v: number): string {
  if (Number.isNaN(v)) return "nan";
  if (!Number.isFinite(v)) return v < 0 ? "-inf" : "inf";
  if (v === 0) return Object.is(v, -0) ? "-0.0" : "0.0";
  const [mantissa, exponent] = v.toExponential().split("e");
  const exp = Number(exponent);
  if (exp < -4 || exp >= 16) {
    const digits = String(Math.abs(exp)).padStart(2, "0");
    return `${mantissa}e${exp < 0 ? "-" : "+"}${digits}`;
  }
  const plain = v.toString();
  if (!plain.includes("e")) return plain.includes(".") ? plain : `${plain}.0`;
  return v.toFixed(mantissa.replace(/[-.]/g, "").length - 1 - exp);
}

function quoteFor(text: string): string {
  return text.includes("'") && !text.includes('"') ? '"' : "'";
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

export function reprStr(value: StrValue): string {
  const q = quoteFor(value.v);
  const chars = value.cps ? value.cps.map((c) => String.fromCodePoint(c)) : Array.from(value.v);
  return q + chars.map((ch) => reprChar(ch, q)).join("") + q;
}

function reprChar(ch: string, quote: string): string {
  if (ch === quote) return `\\${ch}`;
  const escape = ESCAPES[ch];
  if (escape !== undefined) return escape;
  if (isPrintable(ch)) return ch;
  const c = ch.codePointAt(0)!;
  const hex = c.toString(16);
  if (c < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return c < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

export function reprBytes(v: Uint8Array): string {
  const text = String.fromCharCode(...v);
  const q = quoteFor(text);
  const body = Array.from(text, (ch) => {
    if (ch === q) return `\\${ch}`;
    const c = ch.charCodeAt(0);
    return ESCAPES[ch] ?? (c >= 32 && c < 127 ? ch : `\\x${c.toString(16).padStart(2, "0")}`);
  });
  return `b${q}${body.join("")}${q}`;
}
