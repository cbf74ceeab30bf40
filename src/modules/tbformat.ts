/** A report as text: chains, exception groups, syntax errors, as CPython 3.13 prints them. Part of modules/. */
import { formatFrames } from "./tbframe.ts";
import type { Report, SyntaxDetails } from "./tbreport.ts";
import { indentAll } from "./tbtext.ts";

const CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n";
const MAX_GROUP_WIDTH = 15;
const MAX_GROUP_DEPTH = 10;

export function formatReport(report: Report): string {
  const printer = new Printer();
  printer.chain(report);
  return printer.out;
}

class Printer {
  out = "";
  private depth = 0;
  /** The last member of a group has yet to draw the line that ends it. */
  private needClose = false;

  private emit(text: string, margin = "|"): void {
    const indent = this.indent();
    this.out += indentAll(text, this.depth > 0 ? `${indent}${margin} ` : indent);
  }

  private indent(): string {
    return " ".repeat(2 * this.depth);
  }

  /** The exception after those that it came from. */
  chain(report: Report): void {
    const links: [string | null, Report][] = [];
    for (let r: Report | null = report; r !== null; ) {
      if (r.cause !== null) {
        links.push([CAUSE, r]);
        r = r.cause;
      } else if (r.context !== null && !r.suppressContext) {
        links.push([CONTEXT, r]);
        r = r.context;
      } else {
        links.push([null, r]);
        r = null;
      }
    }
    for (const [words, r] of links.reverse()) {
      if (words !== null) this.emit(words);
      this.one(r);
    }
  }

  private one(r: Report): void {
    if (r.members === null) {
      this.body(r, "Traceback (most recent call last):\n");
    } else if (this.depth > MAX_GROUP_DEPTH) {
      this.emit(`... (max_group_depth is ${MAX_GROUP_DEPTH})\n`);
    } else {
      this.group(r, r.members);
    }
  }

  private body(r: Report, title: string, margin?: string): void {
    if (r.frames.length > 0) {
      this.emit(title, margin);
      for (const frame of formatFrames(r.frames)) this.emit(frame);
    }
    for (const line of formatExceptionOnly(r)) this.emit(line);
  }

  private group(r: Report, members: Report[]): void {
    const top = this.depth === 0;
    if (top) this.depth = 1;
    this.body(r, "Exception Group Traceback (most recent call last):\n", top ? "+" : undefined);
    const shown = members.length <= MAX_GROUP_WIDTH ? members.length : MAX_GROUP_WIDTH + 1;
    this.needClose = false;
    for (let k = 0; k < shown; k++) this.member(members, k, k === shown - 1);
    if (top) this.depth = 0;
  }

  private member(members: Report[], k: number, last: boolean): void {
    // A nested group that comes last draws the closing line itself.
    if (last) this.needClose = true;
    const truncated = k >= MAX_GROUP_WIDTH;
    const title = truncated ? "..." : `${k + 1}`;
    this.out += `${this.indent()}${k === 0 ? "+-" : "  "}+---------------- ${title} ----------------\n`;
    this.depth++;
    if (truncated) {
      const more = members.length - MAX_GROUP_WIDTH;
      this.emit(`and ${more} more exception${more > 1 ? "s" : ""}\n`);
    } else {
      this.chain(members[k]);
    }
    if (last && this.needClose) {
      this.out += `${this.indent()}+------------------------------------\n`;
      this.needClose = false;
    }
    this.depth--;
  }
}

/** The exception's type, text and notes, line by line. */
export function formatExceptionOnly(r: Report): string[] {
  const lines =
    r.syntax === null
      ? [r.text === "" ? `${r.type}\n` : `${r.type}: ${r.text}\n`]
      : formatSyntaxError(r.type, r.syntax);
  return [...lines, ...r.notes.map((note) => `${note}\n`)];
}

function formatSyntaxError(type: string, s: SyntaxDetails): string[] {
  const out: string[] = [];
  let suffix = "";
  if (s.line !== null) out.push(`  File "${s.filename || "<string>"}", line ${s.line}\n`);
  else if (s.filename !== null) suffix = ` (${s.filename})`;
  if (s.text !== null) out.push(...syntaxSource(s, s.text));
  out.push(`${type}: ${s.message || "<no detail available>"}${suffix}\n`);
  return out;
}

/** The source line, and below it carets from the offset to the end offset (both from 1, in characters). */
function syntaxSource(s: SyntaxDetails, text: string): string[] {
  const right = [...text.replace(/\n+$/, "")];
  const stripped = [...right.join("").replace(/^[ \n\f]+/, "")];
  const spaces = right.length - stripped.length;
  const shown = `    ${stripped.join("")}\n`;
  if (s.offset === null) return [shown];
  const [offset, end] = syntaxRange(s, s.offset, [...text].length, right.length);
  const from = offset - 1 - spaces;
  const to = end - 1 - spaces;
  if (from < 0) return [shown];
  // Tabs are kept, so that the carets stand below what they mark.
  const space = stripped
    .slice(0, from)
    .map((ch) => (/\s/.test(ch) ? ch : " "))
    .join("");
  return [shown, `    ${space}${"^".repeat(Math.max(0, to - from))}\n`];
}

function syntaxRange(
  s: SyntaxDetails,
  offset: number,
  textLength: number,
  rightLength: number,
): [number, number] {
  const sameLine = s.line === s.endLine;
  let end = sameLine ? s.endOffset || offset : rightLength + 1;
  if (textLength > 0 && offset > textLength) offset = rightLength + 1;
  if (textLength > 0 && end > textLength) end = rightLength + 1;
  if (offset >= end || end < 0) end = offset + 1;
  return [offset, end];
}
