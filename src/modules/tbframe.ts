/**
 * One entry of a traceback as text: file, line, function, source and carets, as CPython 3.13 prints them. Part of modules/.
 */
import { type Anchors, findAnchors, shouldShowCarets } from "./tbanchors.ts";
import { type Chars, charOffset, dedent, displayWidth, indentAll } from "./tbtext.ts";

/** A traceback entry without the heap: lines count from 1, columns in UTF-8 bytes; -1 is unknown. */
export interface FrameSummary {
  filename: string;
  name: string;
  line: number;
  endLine: number;
  col: number;
  endCol: number;
  /** The source of lines `line` to `endLine`, each without its line break; "" where it is not known. */
  source: string[];
}

/** Beyond so many equal entries in a row only their number is printed. */
const RECURSIVE_CUTOFF = 3;

export function formatFrame(f: FrameSummary): string {
  const filename = f.filename.startsWith("<stdin>-") ? "<stdin>" : f.filename;
  const head = `  File "${filename}", line ${f.line === -1 ? "None" : f.line}, in ${f.name}\n`;
  const lines = dedent(f.source);
  if (lines.every((line) => line.trim() === "")) return head;
  if (f.col < 0 || f.endCol < 0) return `${head}    ${f.source[0].trim()}\n`;
  return head + formatSource(f, lines);
}

/** What is marked in the dedented lines: offsets in characters, and the same in columns of a terminal. */
interface Marked {
  lines: Chars[];
  start: number;
  end: number;
  startColumn: number;
  endColumn: number;
  anchors: Anchors | null;
  carets: boolean;
}

function formatSource(f: FrameSummary, dedented: string[]): string {
  const m = markedPart(f, dedented);
  const out: string[] = [];
  const shown = significantLines(m);
  shown.forEach((line, k) => {
    const gap = k === 0 ? 1 : line - shown[k - 1];
    if (gap === 2) outputLine(out, m, line - 1);
    else if (gap > 2) out.push(`...<${gap - 1} lines>...`);
    outputLine(out, m, line);
  });
  return indentAll(`${dedent(out).join("\n")}\n`, "    ");
}

function markedPart(f: FrameSummary, dedented: string[]): Marked {
  const first = [...f.source[0]];
  const last = [...f.source[f.source.length - 1]];
  const lines = dedented.map((line) => [...line]);
  const removed = first.length - lines[0].length;
  const start = Math.max(0, charOffset(first, f.col) - removed);
  const end = Math.max(0, charOffset(last, f.endCol) - removed);
  const anchors = anchorsOrNull(segmentOf(lines, start, end));
  return {
    lines,
    start,
    end,
    startColumn: displayWidth(lines[0], start),
    endColumn: displayWidth(lines[lines.length - 1], end),
    anchors,
    carets: shouldShowCarets(start, end, lines, anchors),
  };
}

/** The code of the instruction alone. */
function segmentOf(lines: Chars[], start: number, end: number): Chars[] {
  const segment = lines.map((line) => line.slice());
  const last = segment.length - 1;
  segment[last] = segment[last].slice(0, end);
  segment[0] = segment[0].slice(start);
  return segment;
}

function anchorsOrNull(segment: Chars[]): Anchors | null {
  try {
    return findAnchors(segment);
  } catch {
    // Positions that do not fit the text (the file has changed since): print without anchors.
    return null;
  }
}

/** The first, the last, and those around the anchors, ascending. */
function significantLines(m: Marked): number[] {
  const count = m.lines.length;
  const lines = new Set([0, count - 1]);
  if (m.anchors !== null) {
    for (const at of [m.anchors.leftLine, m.anchors.rightLine])
      for (let d = -1; d <= 1; d++) lines.add(at + d);
  }
  return [...lines].filter((line) => line >= 0 && line < count).sort((a, b) => a - b);
}

function outputLine(out: string[], m: Marked, k: number): void {
  const line = m.lines[k];
  out.push(line.join(""));
  if (m.carets) out.push(caretLine(m, k));
}

function caretLine(m: Marked, k: number): string {
  const line = m.lines[k];
  const blanks = line.length - line.join("").replace(/^\s+/, "").length;
  const width = k === m.lines.length - 1 ? m.endColumn : displayWidth(line);
  const inner = innerRange(m);
  let carets = "";
  for (let col = 0; col < width; col++) {
    if (col < blanks || (k === 0 && col < m.startColumn)) carets += " ";
    else carets += inner === null || inner(k, col) ? "^" : "~";
  }
  return carets;
}

/** Does a column of a line lie between the anchors? null without anchors. */
function innerRange(m: Marked): ((line: number, col: number) => boolean) | null {
  const a = m.anchors;
  if (a === null) return null;
  const column = (line: number, offset: number) =>
    displayWidth(m.lines[line], line === 0 ? offset + m.start : offset);
  const left = column(a.leftLine, a.leftOffset);
  const right = column(a.rightLine, a.rightOffset);
  return (line, col) =>
    (line > a.leftLine || (line === a.leftLine && col >= left)) &&
    (line < a.rightLine || (line === a.rightLine && col < right));
}

/** An entry as the C code of CPython prints it (for errors nobody can catch): the stripped line, no carets. */
export function plainFrame(f: FrameSummary): FrameSummary {
  return { ...f, endLine: f.line, col: -1, endCol: -1, source: f.source.slice(0, 1) };
}

/** All entries; equal ones in a row are folded. Each element of the result is a block of lines. */
export function formatFrames(frames: FrameSummary[]): string[] {
  const out: string[] = [];
  let last: FrameSummary | null = null;
  let count = 0;
  for (const f of frames) {
    if (last === null || last.filename !== f.filename || last.line !== f.line || last.name !== f.name) {
      folded(out, count);
      last = f;
      count = 0;
    }
    if (++count <= RECURSIVE_CUTOFF) out.push(formatFrame(f));
  }
  folded(out, count);
  return out;
}

function folded(out: string[], count: number): void {
  const more = count - RECURSIVE_CUTOFF;
  if (more > 0) out.push(`  [Previous line repeated ${more} more time${more > 1 ? "s" : ""}]\n`);
}
