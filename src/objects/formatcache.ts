/**
 * Format specifications that have been read before: f-strings give the same few again and again. Part of the object layer.
 * An entry is found by the characters of the specification themselves (up to eight, ASCII), so it can never be out of date.
 */
import { type FormatSpec, parseFormatSpec } from "./formatspec.ts";
import { Str } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { jsString, StrState } from "./str.ts";
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
    return parse(rt, text, use);
  }
  const first = i32[text + Str.ASCII_DATA];
  const w0 = n < 4 ? first & ((1 << (8 * n)) - 1) : first;
  let w1 = 0;
  if (n === 8) w1 = i32[text + Str.ASCII_DATA + 1];
  else if (n > 4) w1 = i32[text + Str.ASCII_DATA + 1] & ((1 << (8 * (n - 4))) - 1);
  const slot = ((w0 ^ (w0 >>> 7) ^ (w0 >>> 15) ^ w1 ^ (w1 >>> 8)) + n + use) & (ENTRIES - 1);
  const entry = entries[slot];
  if (entry !== null && entry.w0 === w0 && entry.w1 === w1 && entry.length === n && entry.use === use) {
    return entry.spec;
  }
  const spec = parse(rt, text, use);
  entries[slot] = new Entry(n, w0, w1, use, spec);
  return spec;
}

function parse(rt: Runtime, text: Ref, use: For): FormatSpec {
  return parseFormatSpec(rt, jsString(rt, text), NAMES[use], TYPES[use], ALIGNS[use]);
}
