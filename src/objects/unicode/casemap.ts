/**
 * Case mappings of characters, simple and full, and case folding. Part of the object layer; decoded from the generated
 * tables at first use.
 */

import { base36 } from "./db.ts";
import {
  FOLD_COMMON,
  FOLD_FULL,
  SIMPLE_LOWER,
  SIMPLE_TITLE,
  SIMPLE_UPPER,
  SPECIAL_LOWER,
  SPECIAL_TITLE,
  SPECIAL_UPPER,
} from "./generated/tables.ts";

/** One kind of mapping: most characters map to one character, a few to more. */
export class CaseMap {
  private simple: Map<number, number> | null = null;
  private full: Map<number, number[]> | null = null;

  constructor(
    private readonly runs: string,
    private readonly special: string,
  ) {}

  /** The one-character mapping. */
  one(c: number): number {
    return (this.simple ??= decodeRuns(this.runs)).get(c) ?? c;
  }

  /** The mapping to several characters, if there is one. */
  many(c: number): number[] | undefined {
    return (this.full ??= decodeSpecial(this.special)).get(c);
  }
}

function decodeRuns(text: string): Map<number, number> {
  const map = new Map<number, number>();
  const words = text.split(" ");
  let start = 0;
  for (let i = 0; i < words.length; i += 4) {
    start += base36(words[i]);
    const stride = base36(words[i + 2]);
    const delta = base36(words[i + 3]);
    for (let n = base36(words[i + 1]), c = start; n > 0; n--, c += stride) map.set(c, c + delta);
  }
  return map;
}

function decodeSpecial(text: string): Map<number, number[]> {
  const map = new Map<number, number[]>();
  for (const entry of text.split(",")) {
    const [from, ...to] = entry.split(" ").map(base36);
    map.set(from, to);
  }
  return map;
}

export const LOWER = new CaseMap(SIMPLE_LOWER, SPECIAL_LOWER);
export const UPPER = new CaseMap(SIMPLE_UPPER, SPECIAL_UPPER);
export const TITLE = new CaseMap(SIMPLE_TITLE, SPECIAL_TITLE);
export const FOLD = new CaseMap(FOLD_COMMON, FOLD_FULL);
