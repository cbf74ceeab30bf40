/** Text helpers of the traceback printer: dedenting, indenting, display width. Part of modules/. */

/** First code point and length (both as hexadecimal steps from the last) of the ranges that take two columns. */
const WIDE_RANGES =
  "1100 5f 11bb 1 e 1 bf 3 4 0 3 0 20a 1 16 1 33 b 2c 0 14 0 e 0 9 1 12 1 6 1 9 0 6 0 16 0 8 1 2 0 5 0 3 0 8 0 5 1 1d 0 24 0 2 0 5 2 2 0 3e 2 19 0 f 0 35c 1 34 0 5 0 32b 19 2 58 d d5 1b 4e 3 55 3 66 6 2a 2 5d 2 53 c 2f 2 27 9 1b6f 41 568c 4 36 49a 1c 284 2ba3 215d 1ff 311 9 17 22 2 12 2 3 96 5f 80 6 6ffa 4 c 1 f 17f7 9 4d5 2b 8 22e8 3 2 6 2 1 2 122 10 0 1e 2 3 0 f 3 9 18b 3d09 0 cb 0 bf 0 3 9 66 2 e 2b 5 8 8 1 f 5 9b 20 d 8 2 45 2 15 d 2a 5 4 d 10 4 0 4 46 2 0 2 ba 3 3e e 3 2 17 13 0 1b 1 e 0 57 54 31 45 7 0 4 2 3 2 5 3 c 1 8 8 e4 b 5 0 11c 2e 2 9 2 b8 71 c 4 8 8 2d 2 6 9 d 5 8 8 8 508 fffd 3 fffd";

let wide: number[] | null = null;

/** [first, last, first, last ...] of the wide ranges, ascending. */
function wideRanges(): number[] {
  if (wide !== null) return wide;
  wide = [];
  const steps = WIDE_RANGES.split(" ").map((s) => Number.parseInt(s, 16));
  for (let k = 0, at = 0; k < steps.length; k += 2) {
    const first = at + steps[k];
    at = first + steps[k + 1];
    wide.push(first, at);
  }
  return wide;
}

function isWide(c: number): boolean {
  if (c < 0x1100) return false;
  const ranges = wideRanges();
  for (let k = 0; k < ranges.length && ranges[k] <= c; k += 2) if (c <= ranges[k + 1]) return true;
  return false;
}

/** A line as its characters (code points). */
export type Chars = string[];

/** Columns that the first `n` characters take on a terminal. */
export function displayWidth(line: Chars, n = line.length): number {
  let width = 0;
  const end = Math.min(n, line.length);
  for (let k = 0; k < end; k++) width += isWide(line[k].codePointAt(0)!) ? 2 : 1;
  // An offset beyond an ASCII line counts as it is.
  return n > end && line.every((ch) => ch < "\x80") ? n : width;
}

/** Number of characters in the first `bytes` bytes of the line's UTF-8; a character cut in two counts. */
export function charOffset(line: Chars, bytes: number): number {
  let at = 0;
  let n = 0;
  while (at < bytes && n < line.length) {
    const c = line[n].codePointAt(0)!;
    at += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    n++;
  }
  return n;
}

function leadingBlanks(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

function commonPrefix(a: string, b: string): string {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return a.slice(0, n);
}

/** Takes away the blanks that all lines begin with; lines of blanks alone become empty (textwrap.dedent). */
export function dedent(lines: string[]): string[] {
  const clean = lines.map((line) => (/^[ \t]+$/.test(line) ? "" : line));
  let margin: string | null = null;
  for (const line of clean) {
    if (line === "") continue;
    const indent = leadingBlanks(line);
    margin = margin === null ? indent : commonPrefix(margin, indent);
  }
  const n = margin === null ? 0 : margin.length;
  return n === 0 ? clean : clean.map((line) => line.slice(n));
}

/** Puts `prefix` before every line of a text that ends in a newline. */
export function indentAll(text: string, prefix: string): string {
  if (prefix === "" || text === "") return text;
  const ends = text.endsWith("\n");
  const lines = (ends ? text.slice(0, -1) : text).split("\n");
  return lines.map((line) => prefix + line).join("\n") + (ends ? "\n" : "");
}
