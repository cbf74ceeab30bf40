/**
 * Which part of a line the carets of a traceback mark, and whether they are shown at all: CPython 3.13's rules (its
 * Lib/traceback.py). Part of modules/; reads the source with the compiler's parser.
 */
import type { expr, Located, mod, stmt } from "../compiler/ast.ts";
import { parse } from "../compiler/parse.ts";
import { type Chars, charOffset } from "./tbtext.ts";

/** Between the two places stand `^`, around them `~`. Lines count from 0, offsets in characters. */
export interface Anchors {
  leftLine: number;
  leftOffset: number;
  rightLine: number;
  rightOffset: number;
}

interface Place {
  line: number;
  col: number;
}

function tryParse(source: string): stmt[] | null {
  try {
    const tree: mod = parse(source, "<unknown>", "exec");
    return tree.kind === "Module" ? tree.body : null;
  } catch {
    // Not a whole statement, or nested too deep: no anchors then.
    return null;
  }
}

/** The anchors of an expression that is a binary operation, a subscription or a call; else null. */
export function findAnchors(segment: Chars[]): Anchors | null {
  const text = segment.map((line) => line.join("")).join("\n");
  // In parentheses a line break is no end of statement.
  const body = tryParse(`(\n${text}\n)`);
  if (body === null || body.length !== 1 || body[0].kind !== "Expr") return null;
  return anchorsOf(body[0].value, segment);
}

function anchorsOf(value: expr, lines: Chars[]): Anchors | null {
  switch (value.kind) {
    case "BinOp":
      return operatorAnchors(value.left, value.right, lines);
    case "Subscript":
      return bracketAnchors(value.value, value, "[", lines);
    case "Call":
      return bracketAnchors(value.func, value, "(", lines);
    default:
      return null;
  }
}

/** Where a node ends, in the lines of the segment (the added line and the count from 1 taken off). */
function endOf(node: Located, lines: Chars[]): Place {
  const line = node.end_lineno - 2;
  return { line, col: charOffset(lines[line], node.end_col_offset) };
}

/** The place itself, or the next character on a later line if the line ends before it; null past the end. */
function nextValid(lines: Chars[], at: Place): Place | null {
  let { line, col } = at;
  while (line < lines.length && col >= lines[line].length) {
    col = 0;
    line++;
  }
  return line < lines.length ? { line, col } : null;
}

/** The first character from `at` on that `wanted` accepts, comments and line continuations left out. */
function scan(lines: Chars[], at: Place | null, wanted: (ch: string) => boolean): Place | null {
  while (at !== null) {
    const ch = lines[at.line][at.col];
    if (ch === "\\" || ch === "#") at = nextValid(lines, { line: at.line + 1, col: 0 });
    else if (wanted(ch)) return at;
    else at = nextValid(lines, { line: at.line, col: at.col + 1 });
  }
  return null;
}

const isBlank = (ch: string): boolean => /\s/.test(ch);

/** The operator's one or two characters. */
function operatorAnchors(left: Located, right: Located, lines: Chars[]): Anchors | null {
  const at = scan(lines, nextValid(lines, endOf(left, lines)), (ch) => !isBlank(ch) && ch !== ")");
  if (at === null) return null;
  let end = at.col + 1;
  const line = lines[at.line];
  const rightLine = right.lineno - 2;
  if (end < line.length) {
    const before = rightLine > at.line || end < charOffset(lines[rightLine], right.col_offset);
    const ch = line[end];
    if (before && !isBlank(ch) && ch !== "\\" && ch !== "#") end++;
  }
  return { leftLine: at.line, leftOffset: at.col, rightLine: at.line, rightOffset: end };
}

/** From the opening bracket behind `head` to the end of the whole expression. */
function bracketAnchors(head: Located, whole: Located, bracket: string, lines: Chars[]): Anchors | null {
  const open = scan(lines, nextValid(lines, endOf(head, lines)), (ch) => ch === bracket);
  if (open === null) return null;
  const end = endOf(whole, lines);
  return { leftLine: open.line, leftOffset: open.col, rightLine: end.line, rightOffset: end.col };
}

/** Are carets worth showing? Not when they would mark the whole line and say nothing more. */
export function shouldShowCarets(
  start: number,
  end: number,
  lines: Chars[],
  anchors: Anchors | null,
): boolean {
  const body = tryParse(lines.map((line) => line.join("")).join("\n"));
  if (body !== null) {
    if (body.length === 0) return false;
    const call = plainCall(body[0]);
    if (call !== null && spansAll(call, start, end, lines.length)) return false;
  }
  if (anchors !== null) return true;
  const before = lines[0].slice(0, start).join("");
  const after = lines[lines.length - 1].slice(end).join("");
  return before.trim() !== "" || after.trim() !== "";
}

/** The call of `return f(...)` or `x = f(...)`, else null. */
function plainCall(statement: stmt): Located | null {
  if (statement.kind === "Return" && statement.value?.kind === "Call") {
    return statement.value.func.kind === "Name" ? statement.value : null;
  }
  if (statement.kind === "Assign" && statement.value.kind === "Call") {
    const one = statement.targets.length === 1 && statement.targets[0].kind === "Name";
    return one ? statement.value : null;
  }
  return null;
}

function spansAll(node: Located, start: number, end: number, lineCount: number): boolean {
  const lines = node.lineno === 1 && node.end_lineno === lineCount;
  return lines && node.col_offset === start && node.end_col_offset === end;
}
