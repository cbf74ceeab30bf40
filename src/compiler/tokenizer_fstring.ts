/** f-strings: the tokenizer's part. It goes to and fro between the text of an f-string and the expressions in it. */
import { Stride, TF, type Tokenizer } from "./tokenizer.ts";
import { T } from "./tokens.ts";

const MAXFSTRINGLEVEL = 150;
const MAX_EXPR_NESTING = 3;

/** The state of one f-string that is being read. */
export interface FStringMode {
  quote: number;
  quoteSize: number;
  raw: boolean;
  /** The text is next, not an expression. */
  inText: boolean;
  inFormatSpec: boolean;
  /** A debug specifier `=` has been seen in the expression that is being read. */
  inDebug: boolean;
  /** Open brackets in the expression part, the braces of the replacement fields too. */
  depth: number;
  /** `depth` before the innermost replacement field's brace; -1 outside of any. */
  exprDepth: number;
  start: number;
  line: number;
  lineStart: number;
}

/** At the opening quote; `start` is where the prefix starts. */
export function enterFString(t: Tokenizer, start: number, raw: boolean): void {
  const { src, i } = t;
  const quote = src.charCodeAt(i);
  const quoteSize = src.charCodeAt(i + 1) === quote && src.charCodeAt(i + 2) === quote ? 3 : 1;
  t.i = i + quoteSize;
  if (t.modes.length + 1 >= MAXFSTRINGLEVEL) t.fail("too many nested f-strings");
  const { line, lineStart } = t;
  t.mode = {
    quote,
    quoteSize,
    raw,
    inText: true,
    inFormatSpec: false,
    inDebug: false,
    depth: 0,
    exprDepth: -1,
    start,
    line,
    lineStart,
  };
  t.modes.push(t.mode);
  t.push(T.FSTRING_START, start, t.i, line, lineStart);
}

/** One token in f-string text: FSTRING_MIDDLE, FSTRING_END, or the brace that opens a replacement field. */
export function scanFStringMiddle(t: Tokenizer, mode: FStringMode): void {
  const { src, i } = t;
  const c = src.charCodeAt(i);
  if (c === 123 && src.charCodeAt(i + 1) !== 123) {
    openField(t, mode);
    mode.inText = false;
    return;
  }
  if (atEndQuote(t, mode, i)) {
    t.i = i + mode.quoteSize;
    t.push(T.FSTRING_END, i, t.i, t.line, t.lineStart);
    t.modes.pop();
    t.mode = t.modes.length > 0 ? t.modes[t.modes.length - 1] : null;
    return;
  }
  middle(t, mode);
}

function openField(t: Tokenizer, mode: FStringMode): void {
  mode.exprDepth++;
  mode.inDebug = false;
  if (mode.exprDepth >= MAX_EXPR_NESTING) t.fail("f-string: expressions nested too deeply");
}

function atEndQuote(t: Tokenizer, mode: FStringMode, i: number): boolean {
  const { src } = t;
  if (src.charCodeAt(i) !== mode.quote) return false;
  return (
    mode.quoteSize === 1 || (src.charCodeAt(i + 1) === mode.quote && src.charCodeAt(i + 2) === mode.quote)
  );
}

function middle(t: Tokenizer, mode: FStringMode): void {
  const src = t.src;
  const start = t.i;
  const { line, lineStart } = t;
  let i = start;
  let end = -1;
  let named = false;
  while (end < 0) {
    const c = src.charCodeAt(i);
    if (Number.isNaN(c) || (c === 10 && mode.quoteSize === 1)) {
      if (mode.inFormatSpec && c === 10) {
        mode.inText = false;
        end = i;
        break;
      }
      t.i = i;
      t.atEnd = mode.quoteSize === 3;
      t.unterminated(mode.start, mode.line, mode.lineStart, mode.quote, mode.quoteSize, "f-string");
    }
    if (c === mode.quote && atEndQuote(t, mode, i)) {
      end = i;
      break;
    }
    i++;
    if (c === 10) {
      t.i = i;
      t.newLine(true);
    } else if (c === 123) {
      if (src.charCodeAt(i) !== 123 || mode.inFormatSpec) {
        t.i = i;
        openField(t, mode);
        mode.inText = false;
        end = --i;
      } else end = i++;
    } else if (c === 125) {
      if (named) end = i;
      else if (src.charCodeAt(i) === 125 && !mode.inFormatSpec && mode.depth === 0) end = i++;
      else {
        mode.inText = false;
        end = --i;
      }
    } else if (c === 92) {
      const next = src.charCodeAt(i);
      if (next === 123 || next === 125) {
        t.i = i;
        if (!mode.raw) t.warn("SyntaxWarning", `invalid escape sequence '\\${String.fromCharCode(next)}'`);
        continue;
      }
      if (Number.isNaN(next)) continue;
      i++;
      if (next === 10) {
        t.i = i;
        t.newLine(true);
      } else if (next === 78 && !mode.raw && src.charCodeAt(i) === 123) {
        i++;
        named = true;
      }
    }
  }
  t.i = end;
  t.push(T.FSTRING_MIDDLE, start, end, line, lineStart);
  // Of a doubled brace the text has one, the token's place both.
  t.tokens[((t.count - 1) << Stride.LOG2) + TF.END_COL] += i - end;
  t.i = i;
}

/**
 * One of `: } ! {` inside an f-string's expression. True if it was the colon that begins a format specifier
 * (then its token has been pushed).
 */
export function fstringPunctuation(t: Tokenizer, mode: FStringMode, c: number): boolean {
  if (mode.exprDepth < 0 || c !== 58 || mode.depth - 1 !== mode.exprDepth) return false;
  mode.inText = true;
  mode.inFormatSpec = true;
  t.push(T.COLON, t.i, ++t.i, t.line, t.lineStart);
  return true;
}
