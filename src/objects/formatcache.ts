/**
 * Format specifications that have been read before: f-strings give the same few again and again. Part of the object layer.
 * An entry is found by the characters of the specification themselves (up to eight, ASCII), so it can never be out of date.
 */
import { type FormatSpec, parseFormatSpec } from "./formatspec.ts";
import { Str } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { jsString, StrState } from "./str.ts";
import { jsFromBytes } from "./strjs.ts";
import type { Ref } from "./typeinfo.ts";

/** For whom a specification is read: what it leaves out depends on it. */
export const enum For {
  INT = 0,
  FLOAT = 1,
  STR = 2,
}

const NAMES = ["int", "float", "str"];
const TYPES = ["d", "", "s"];
const ALIGNS = [">", ">", "<"];

class Entry {
  constructor(
    readonly length: number,
    readonly w0: number,
    readonly w1: number,
    readonly use: For,
    readonly spec: FormatSpec,
  ) {}
}

const ENTRIES = 64;
const entries: (Entry | null)[] = new Array(ENTRIES).fill(null);

/** The specification `text` (a str) for an exact int, float or str. It is shared: not to be changed. */
export function specFor(rt: Runtime, text: Ref, use: For): FormatSpec {
  const i32 = rt.i32;
  const n = i32[text + Str.length];
  if (n > 8 || (i32[text + Str.state] & StrState.COMPACT_ASCII) !== StrState.COMPACT_ASCII) {
    return read(rt, jsString(rt, text), use);
  }
  const first = i32[text + Str.ASCII_DATA];
  const w0 = n < 4 ? first & ((1 << (8 * n)) - 1) : first;
  let w1 = 0;
  if (n === 8) w1 = i32[text + Str.ASCII_DATA + 1];
  else if (n > 4) w1 = i32[text + Str.ASCII_DATA + 1] & ((1 << (8 * (n - 4))) - 1);
  return found(n, w0, w1, use) ?? keep(n, w0, w1, use, read(rt, jsString(rt, text), use));
}

/** The same for n bytes of ASCII text. */
export function specForBytes(rt: Runtime, at: number, n: number, use: For): FormatSpec {
  const u8 = rt.u8;
  if (n > 8) return read(rt, jsFromBytes(rt, at, n), use);
  let w0 = 0;
  let w1 = 0;
  for (let i = 0; i < n; i++) {
    if (i < 4) w0 |= u8[at + i] << (8 * i);
    else w1 |= u8[at + i] << (8 * (i - 4));
  }
  return found(n, w0, w1, use) ?? keep(n, w0, w1, use, read(rt, jsFromBytes(rt, at, n), use));
}

function slotOf(n: number, w0: number, w1: number, use: For): number {
  return ((w0 ^ (w0 >>> 7) ^ (w0 >>> 15) ^ w1 ^ (w1 >>> 8)) + n + use) & (ENTRIES - 1);
}

function found(n: number, w0: number, w1: number, use: For): FormatSpec | null {
  const entry = entries[slotOf(n, w0, w1, use)];
  return entry !== null && entry.w0 === w0 && entry.w1 === w1 && entry.length === n && entry.use === use
    ? entry.spec
    : null;
}

function keep(n: number, w0: number, w1: number, use: For, spec: FormatSpec): FormatSpec {
  entries[slotOf(n, w0, w1, use)] = new Entry(n, w0, w1, use, spec);
  return spec;
}

function read(rt: Runtime, text: string, use: For): FormatSpec {
  return parseFormatSpec(rt, text, NAMES[use], TYPES[use], ALIGNS[use]);
}
