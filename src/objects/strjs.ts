/**
 * Between JavaScript strings and str objects. Part of the object layer; stands beside str.ts, which re-exports it.
 * A pair of surrogates in a JavaScript string is one character of a str; a lone surrogate stays one.
 */
import { Str } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { PyUnicode_New, StrState, strData, strKind, unicode_char } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

const encoder = new TextEncoder();
const asciiDecoder = new TextDecoder("latin1");
/** From this length on, the platform's coders beat a loop. */
const LONG = 128;
/** Most characters given to one String.fromCharCode.apply. */
const CHUNK = 8192;

/** The one-character strings below 256, so that short texts are joined without making new ones. */
const CHARS: string[] = [];
for (let c = 0; c < 256; c++) CHARS.push(String.fromCharCode(c));

/** A new str with the text of a JavaScript string. */
export function PyUnicode_FromJS(rt: Runtime, s: string): NewRef {
  const n = s.length;
  if (n <= 1) return n === 0 ? rt.emptyStr : unicode_char(rt, s.charCodeAt(0));
  let bits = 0;
  for (let i = 0; i < n; i++) bits |= s.charCodeAt(i);
  if (bits < 128) return asciiFromJS(rt, s);
  return bits < 256 ? latin1FromJS(rt, s) : wideFromJS(rt, s);
}

function asciiFromJS(rt: Runtime, s: string): NewRef {
  const n = s.length;
  const p = PyUnicode_New(rt, n, 127);
  const u8 = rt.u8;
  const at = (p + Str.ASCII_DATA) * 4;
  if (n >= LONG) encoder.encodeInto(s, u8.subarray(at, at + n));
  else for (let i = 0; i < n; i++) u8[at + i] = s.charCodeAt(i);
  return p;
}

function latin1FromJS(rt: Runtime, s: string): NewRef {
  const n = s.length;
  const p = PyUnicode_New(rt, n, 255);
  const u8 = rt.u8;
  const at = (p + Str.DATA) * 4;
  for (let i = 0; i < n; i++) u8[at + i] = s.charCodeAt(i);
  return p;
}

function wideFromJS(rt: Runtime, s: string): NewRef {
  const pairs = countPairs(s);
  return pairs === 0 ? ucs2FromJS(rt, s) : ucs4FromJS(rt, s, s.length - pairs);
}

/** Number of surrogate pairs. */
function countPairs(s: string): number {
  let pairs = 0;
  for (let i = 0; i < s.length - 1; i++) {
    if ((s.charCodeAt(i) & 0xfc00) === 0xd800 && (s.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      pairs++;
      i++;
    }
  }
  return pairs;
}

function ucs2FromJS(rt: Runtime, s: string): NewRef {
  const n = s.length;
  const p = PyUnicode_New(rt, n, 0xffff);
  const u16 = rt.u16;
  const at = (p + Str.DATA) * 2;
  for (let i = 0; i < n; i++) u16[at + i] = s.charCodeAt(i);
  return p;
}

function ucs4FromJS(rt: Runtime, s: string, n: number): NewRef {
  if (n === 1) return unicode_char(rt, s.codePointAt(0)!);
  const p = PyUnicode_New(rt, n, 0x10ffff);
  const u32 = rt.u32;
  let to = p + Str.DATA;
  for (let i = 0; i < s.length; i++) {
    const c = s.codePointAt(i)!;
    u32[to++] = c;
    if (c > 0xffff) i++;
  }
  return p;
}

/** The text of a str as a JavaScript string. */
export function jsString(rt: Runtime, p: Ref): string {
  const n = rt.i32[p + Str.length];
  return jsSlice(rt, strKind(rt, p), strData(rt, p), 0, n, (rt.i32[p + Str.state] & StrState.ASCII) !== 0);
}

/** Characters `start` to `end` of a string's data as a JavaScript string. */
export function jsSlice(
  rt: Runtime,
  kind: number,
  w: number,
  start: number,
  end: number,
  ascii = false,
): string {
  if (kind === 1) return jsFromBytes(rt, w * 4 + start, end - start, ascii);
  if (kind === 2) return jsFromUnits(rt.u16, w * 2 + start, end - start, String.fromCharCode);
  return jsFromUnits(rt.u32, w + start, end - start, String.fromCodePoint);
}

/** n latin-1 bytes at a byte address as a JavaScript string. */
export function jsFromBytes(rt: Runtime, at: number, n: number, ascii = false): string {
  const u8 = rt.u8;
  if (n < 24) {
    let s = "";
    for (let i = 0; i < n; i++) s += CHARS[u8[at + i]];
    return s;
  }
  if (ascii && n >= LONG) return asciiDecoder.decode(u8.subarray(at, at + n));
  return jsFromUnits(u8, at, n, String.fromCharCode);
}

function jsFromUnits(
  units: Uint8Array | Uint16Array | Uint32Array,
  at: number,
  n: number,
  from: (...codes: number[]) => string,
): string {
  if (n <= CHUNK) return from.apply(null, units.subarray(at, at + n) as unknown as number[]);
  let s = "";
  for (let i = 0; i < n; i += CHUNK) {
    s += from.apply(null, units.subarray(at + i, at + Math.min(i + CHUNK, n)) as unknown as number[]);
  }
  return s;
}
