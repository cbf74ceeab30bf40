/**
 * Properties that only the module unicodedata asks for: bidirectional and combining classes, widths, mirroring,
 * decompositions. Part of the object layer; decoded at first use.
 */

import { base36, decodeRuns, eachRun } from "./db.ts";
import { BIDI_CODES, BIDI_RUNS, COMBINING, DECOMPOSITION, MIRRORED, WIDTH } from "./generated/database.ts";

const BIDI = BIDI_CODES.split(" ");

let bidi: Uint8Array | null = null;
let mirrored: Set<number> | null = null;
let decompositions: Map<number, string> | null = null;

/** Runs "gap count value", starts relative to the one before. */
class Runs {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly values: string[] = [];

  constructor(text: string) {
    const words = text.split(" ");
    let at = 0;
    for (let i = 0; i < words.length; i += 3) {
      at += base36(words[i]);
      this.starts.push(at);
      this.ends.push(at + base36(words[i + 1]));
      this.values.push(words[i + 2]);
    }
  }

  /** The value of the run that contains c. */
  get(c: number): string | undefined {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (c >= this.ends[mid]) low = mid + 1;
      else high = mid;
    }
    return low < this.starts.length && c >= this.starts[low] ? this.values[low] : undefined;
  }
}

let combining: Runs | null = null;
let widths: Runs | null = null;

/** "L", "AL", ...; "" for characters that are not assigned. */
export function bidiClass(c: number): string {
  return BIDI[(bidi ??= decodeRuns(BIDI_RUNS))[c]] ?? "";
}

export function combiningClass(c: number): number {
  const value = (combining ??= new Runs(COMBINING)).get(c);
  return value === undefined ? 0 : base36(value);
}

/** "N", "Na", "W", "F", "H", "A" */
export function widthOf(c: number): string {
  return (widths ??= new Runs(WIDTH)).get(c) ?? "N";
}

export function isMirrored(c: number): boolean {
  if (mirrored === null) {
    mirrored = new Set();
    const set = mirrored;
    eachRun(MIRRORED, (start, end) => {
      for (let i = start; i < end; i++) set.add(i);
    });
  }
  return mirrored.has(c);
}

function decodeDecompositions(): Map<number, string> {
  const map = new Map<number, string>();
  let c = 0;
  for (const entry of DECOMPOSITION.split(",")) {
    const [gap, ...words] = entry.split(" ");
    c += base36(gap);
    const shown = words.map((w) =>
      w[0] === "<" ? w : base36(w).toString(16).toUpperCase().padStart(4, "0"),
    );
    map.set(c, shown.join(" "));
  }
  return map;
}

/** As the database writes it: "<compat> 0020 0308", or "". */
export function decompositionOf(c: number): string {
  return (decompositions ??= decodeDecompositions()).get(c) ?? "";
}
