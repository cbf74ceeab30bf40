/**
 * Source text to tokens, all at once, into one Int32Array. Strict as CPython 3.13's tokenizer.
 *
 * The first error ends the run with a T.ERROR token and is kept in `error`; the parser throws it when it gets there.
 */
import { C, CHAR_CLASS, isDigit, isPrintable, scanIdentifier, utf8Length } from "./chars.ts";
import type { PyWarning, SyntaxErrorType } from "./errors.ts";
import {
  enterFString,
  type FStringMode,
  fstringPunctuation,
  scanFStringMiddle,
} from "./tokenizer_fstring.ts";
import { scanNumber } from "./tokenizer_number.ts";
import { KEYWORDS, OPERATOR_TRIE, T } from "./tokens.ts";

/** Fields of one token in the token array: `tokens[(index << Stride.LOG2) + field]`. */
export const enum TF {
  TYPE,
  /** Offsets into the source, in UTF-16 units. */
  START,
  END,
  /** Lines from 1; columns in UTF-8 bytes, -1 for tokens without a text (INDENT, DEDENT, ENDMARKER). */
  LINE,
  COL,
  END_LINE,
  END_COL,
}

/** A token takes eight places in the token array. */
export const enum Stride {
  LOG2 = 3,
}

const MAXINDENT = 100;
const MAXLEVEL = 200;
const TABSIZE = 8;

/** What stopped the tokenizer. `offset` and `endOffset` are Python's: characters, from 1. */
export interface TokenError {
  type: SyntaxErrorType;
  msg: string;
  lineno: number;
  offset: number;
  endLineno: number;
  endOffset: number;
  text: string;
  /** Raised by the tokenizer itself, so that it overrides what the parser has found earlier in the source. */
  immediate: boolean;
  /** Raised inside an f-string: what the parser has found in an expression there stands. */
  inFString: boolean;
  /** The source ended too early: more of it could mend this. */
  atEnd: boolean;
}

/** Thrown inside the tokenizer only, after `error` is set. */
const STOP = { stop: true };

export class Tokenizer {
  readonly src: string;
  /** Where the next character is. */
  i = 0;
  line = 1;
  lineStart = 0;
  tokens: Int32Array;
  count = 0;
  /** Text of each NAME and keyword token, normalised; of other tokens undefined. */
  readonly names: (string | undefined)[] = [];
  readonly lineStarts: number[] = [0, 0];
  /** Where the line begins that each line continues, in a token or after a backslash. CPython shows text from there. */
  readonly bufferStarts: number[] = [0, 0];
  error: TokenError | null = null;
  readonly warnings: PyWarning[] = [];
  /** Open brackets: the character, its line, its source offset. */
  readonly parens: number[] = [];
  readonly parenLines: number[] = [];
  readonly parenAt: number[] = [];
  readonly modes: FStringMode[] = [];
  /** The innermost f-string being read, if its text and not an expression in it is next. */
  mode: FStringMode | null = null;
  private readonly ascii: boolean;
  private readonly indents: number[] = [0];
  private readonly altIndents: number[] = [0];
  private atLineStart = true;
  /** The error to come is that the source has ended. */
  atEnd = false;
  private blankLine = false;
  // The last byte column computed, to go on from.
  private colLine = 0;
  private colAt = 0;
  private colBytes = 0;

  /**
   * `src` has "\n" line ends only. `single`: one more line end after the last statement. `implyDedent`: the end of a single
   * statement without a line end closes its blocks, too.
   */
  constructor(
    src: string,
    private readonly single = false,
    private readonly implyDedent = true,
  ) {
    this.src = src;
    this.ascii = isAscii(src);
    this.tokens = new Int32Array(((src.length >> 2) + 32) << Stride.LOG2);
  }

  run(): this {
    try {
      while (this.step());
    } catch (e) {
      if (e !== STOP) throw e;
      this.push(T.ERROR, this.i, this.i, this.line, this.lineStart);
    }
    return this;
  }

  /** One token; false after the last. */
  private step(): boolean {
    if (this.mode?.inText) {
      scanFStringMiddle(this, this.mode);
      return true;
    }
    if (this.atLineStart) this.indentation();
    return this.normal();
  }

  /** Measures the indentation at a line's start and emits INDENT and DEDENT tokens. */
  private indentation(): void {
    const src = this.src;
    this.atLineStart = false;
    let col = 0;
    let altcol = 0;
    let contCol = 0;
    let c: number;
    for (;;) {
      c = src.charCodeAt(this.i++);
      if (c === 32) {
        col++;
        altcol++;
      } else if (c === 9) {
        col = (Math.floor(col / TABSIZE) + 1) * TABSIZE;
        altcol++;
      } else if (c === 12) {
        col = altcol = 0;
      } else if (c === 92) {
        // The first line's indentation counts for lines joined by a backslash.
        contCol = contCol !== 0 ? contCol : col;
        this.continuationLine(false);
      } else break;
    }
    this.i--;
    this.blankLine = c === 35 || c === 10;
    if (this.blankLine || this.i >= this.src.length) return;
    if (this.parens.length > 0) return;
    this.dent(contCol !== 0 ? contCol : col, contCol !== 0 ? contCol : altcol);
  }

  private dent(col: number, altcol: number): void {
    const { indents, altIndents } = this;
    let top = indents.length - 1;
    if (col === indents[top]) {
      if (altcol !== altIndents[top]) this.failTabs();
    } else if (col > indents[top]) {
      if (top + 1 >= MAXINDENT) {
        this.failSpot("IndentationError", "too many levels of indentation", 1, 0, false);
      }
      if (altcol <= altIndents[top]) this.failTabs();
      indents.push(col);
      altIndents.push(altcol);
      this.pushBare(T.INDENT);
    } else {
      while (top > 0 && col < indents[top]) {
        top--;
        indents.pop();
        altIndents.pop();
      }
      const dedents = this.indentsBefore - indents.length;
      if (col !== indents[top]) this.failDedent();
      if (altcol !== altIndents[top]) this.failTabs();
      for (let k = 0; k < dedents; k++) this.pushBare(T.DEDENT);
    }
    this.indentsBefore = indents.length;
  }
  private indentsBefore = 1;

  /** One token outside f-string text; skips blanks, comments and line ends that mean nothing. */
  private normal(): boolean {
    const src = this.src;
    for (;;) {
      let c = src.charCodeAt(this.i);
      while (c === 32 || c === 9 || c === 12) c = src.charCodeAt(++this.i);
      // A line end after a comment is a token that begins with the comment.
      const start = this.i;
      if (c === 35) {
        const nl = src.indexOf("\n", this.i);
        this.i = nl < 0 ? src.length : nl;
        c = src.charCodeAt(this.i);
      }
      if (Number.isNaN(c)) return this.endOfInput();
      if (c === 10) {
        const quiet = this.blankLine || this.parens.length > 0;
        if (!quiet) this.push(T.NEWLINE, start, this.i + 1, this.line, this.lineStart);
        this.i++;
        this.newLine(false);
        this.blankLine = false;
        this.atLineStart = true;
        if (!quiet) return true;
        this.indentation();
        continue;
      }
      if (c === 92) {
        this.i++;
        this.continuationLine(true);
        continue;
      }
      this.token(c);
      return true;
    }
  }

  private token(c: number): void {
    if (c >= 128 || (CHAR_CLASS[c] & C.IDENT) !== 0) {
      if (isDigit(c)) this.number();
      else this.nameOrString(c);
    } else if (c === 34 || c === 39) this.string(this.i);
    else if (c === 46) this.dot();
    else this.operator(c);
  }

  private number(): void {
    const start = this.i;
    scanNumber(this, start);
    this.push(T.NUMBER, start, this.i, this.line, this.lineStart);
  }

  private dot(): void {
    const { src, i } = this;
    if (isDigit(src.charCodeAt(i + 1))) {
      this.number();
      return;
    }
    const three = src.charCodeAt(i + 1) === 46 && src.charCodeAt(i + 2) === 46;
    this.i = i + (three ? 3 : 1);
    this.push(three ? T.ELLIPSIS : T.DOT, i, this.i, this.line, this.lineStart);
  }

  private nameOrString(c: number): void {
    const src = this.src;
    const start = this.i;
    let i = start;
    let nonAscii = 0;
    do {
      nonAscii |= c;
      c = src.charCodeAt(++i);
    } while (c >= 128 || (CHAR_CLASS[c] & C.IDENT) !== 0);
    this.i = i;
    if ((c === 34 || c === 39) && i - start <= 2) {
      const prefix = src.slice(start, i).toLowerCase();
      if (prefix === "f" || prefix === "rf" || prefix === "fr") {
        enterFString(this, start, prefix.length === 2);
        return;
      }
      if (prefix === "b" || prefix === "r" || prefix === "u" || prefix === "br" || prefix === "rb") {
        this.string(start);
        return;
      }
    }
    let name = src.slice(start, i);
    if (nonAscii >= 128) name = this.verifyIdentifier(name, start);
    this.names[this.count] = name;
    const keyword = nonAscii < 128 ? KEYWORDS.get(name) : undefined;
    this.push(keyword === undefined ? T.NAME : keyword, start, i, this.line, this.lineStart);
  }

  /** Checks against XID and normalises; complains at the first character that does not belong. */
  private verifyIdentifier(name: string, start: number): string {
    const good = scanIdentifier(name);
    if (good === name.length) return name.normalize("NFKC");
    const ch = String.fromCodePoint(name.codePointAt(good)!);
    this.i = start + good + ch.length;
    const hex = ch.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    if (isPrintable(ch)) this.fail(`invalid character '${ch}' (U+${hex})`);
    this.fail(`invalid non-printable character U+${hex}`);
  }

  /** A plain string whose quote is at `i` and whose prefix starts at `start`. */
  private string(start: number): void {
    const src = this.src;
    const quote = src.charCodeAt(this.i);
    const line = this.line;
    const lineStart = this.lineStart;
    let i = this.i + 1;
    let size = 1;
    if (src.charCodeAt(i) === quote) {
      if (src.charCodeAt(i + 1) !== quote) {
        this.i = i + 1;
        this.push(T.STRING, start, this.i, line, lineStart);
        return;
      }
      size = 3;
      i += 2;
    }
    const length = src.length;
    this.escapedQuote = false;
    for (;;) {
      let c = src.charCodeAt(i++);
      if (c === quote) {
        if (size === 1) break;
        if (src.charCodeAt(i) === quote && src.charCodeAt(i + 1) === quote) {
          i += 2;
          break;
        }
        continue;
      }
      if (c === 92) {
        c = src.charCodeAt(i++);
        if (c === quote) this.escapedQuote = true;
      } else if (c === 10 && size === 1) this.unterminated(start, line, lineStart, quote, size, "string");
      this.atEnd = i > length;
      if (this.atEnd) this.unterminated(start, line, lineStart, quote, size, "string");
      if (c === 10) {
        this.i = i;
        this.newLine(true);
      }
    }
    this.i = i;
    this.push(T.STRING, start, i, line, lineStart);
  }

  unterminated(
    start: number,
    line: number,
    lineStart: number,
    quote: number,
    size: number,
    what: "string" | "f-string",
  ): never {
    // A line end that is the last character has not begun another line.
    const detected = this.line > 1 && this.lineStart >= this.src.length ? this.line - 1 : this.line;
    this.i = start + 1;
    this.line = line;
    this.lineStart = lineStart;
    const mode = this.mode;
    if (what === "string" && mode !== null && mode.quote === quote && mode.quoteSize === size) {
      this.fail("f-string: expecting '}'");
    }
    const triple = size === 3 ? "triple-quoted " : "";
    const escaped = what === "string" && size === 1 && this.escapedQuote;
    const hint = escaped ? "; perhaps you escaped the end quote?" : "";
    this.fail(`unterminated ${triple}${what} literal (detected at line ${detected})${hint}`);
  }
  private escapedQuote = false;

  private operator(c: number): void {
    const src = this.src;
    const start = this.i;
    const mode = this.mode;
    if (
      mode !== null &&
      (c === 58 || c === 125 || c === 33 || c === 123) &&
      fstringPunctuation(this, mode, c)
    )
      return;
    let kind = OPERATOR_TRIE[c];
    if (kind === 0) {
      this.i++;
      if (c < 32 || c === 127) {
        this.fail(`invalid non-printable character U+${c.toString(16).toUpperCase().padStart(4, "0")}`);
      }
      this.push(c === 33 ? T.EXCLAMATION : T.OP, start, start + 1, this.line, this.lineStart);
      return;
    }
    let i = start + 1;
    for (;;) {
      const next = src.charCodeAt(i);
      const longer = next < 128 ? OPERATOR_TRIE[kind * 128 + next] : 0;
      if (longer === 0) break;
      kind = longer;
      i++;
    }
    this.i = i;
    if (kind <= T.RBRACE && kind >= T.LPAR) this.bracket(c, kind, mode);
    this.push(kind, start, i, this.line, this.lineStart);
  }

  private bracket(c: number, kind: T, mode: FStringMode | null): void {
    if (kind === T.LPAR || kind === T.LSQB || kind === T.LBRACE) {
      if (this.parens.length >= MAXLEVEL) this.fail("too many nested parentheses");
      this.parens.push(c);
      this.parenLines.push(this.line);
      this.parenAt.push(this.i - 1);
      if (mode !== null) mode.depth++;
    } else this.closeBracket(c, mode);
  }

  private closeBracket(c: number, mode: FStringMode | null): void {
    const ch = String.fromCharCode(c);
    if (mode !== null && mode.depth === 0 && c === 125) this.fail("f-string: single '}' is not allowed");
    const opening = this.parens.pop();
    const line = this.parenLines.pop();
    this.parenAt.pop();
    if (opening === undefined) this.fail(`unmatched '${ch}'`);
    if (c !== (opening === 40 ? 41 : opening + 2)) {
      if (mode !== null && opening === 123 && mode.depth - 1 === mode.exprDepth) {
        this.fail(`f-string: unmatched '${ch}'`);
      }
      const where = line === this.line ? "" : ` on line ${line}`;
      const open = String.fromCharCode(opening);
      this.fail(`closing parenthesis '${ch}' does not match opening parenthesis '${open}'${where}`);
    }
    if (mode === null) return;
    mode.depth--;
    if (mode.depth < 0) this.fail(`f-string: unmatched '${ch}'`);
    if (c === 125 && mode.depth === mode.exprDepth) {
      mode.exprDepth--;
      mode.inText = true;
      mode.inFormatSpec = false;
    }
  }

  /** After a backslash: the line end must follow, and then more input. */
  private continuationLine(inToken: boolean): void {
    if (this.src.charCodeAt(this.i) !== 10) {
      if (this.i < this.src.length) this.i++;
      this.failAfter("SyntaxError", "unexpected character after line continuation character");
    }
    this.i++;
    if (this.i >= this.src.length) {
      if (this.parens.length > 0) this.failUnclosed();
      this.atEnd = true;
      this.failSpot("SyntaxError", "unexpected EOF while parsing", this.i - this.lineStart, -1, false);
    }
    this.newLine(inToken);
  }

  private endOfInput(): boolean {
    if (this.parens.length > 0) this.failUnclosed();
    if (this.src === "") this.line = 0;
    const unended = this.single && this.count > 0 && !this.src.endsWith("\n");
    if (unended) this.pushBare(T.NEWLINE);
    const blocks = this.indents.length - 1;
    if (unended && !this.implyDedent) this.indents.length = 1;
    this.i = this.src.length;
    // The last line is the one that its line end closed.
    if (this.line > 1 && this.lineStart >= this.src.length) {
      this.line--;
      this.lineStart = this.lineStarts[this.line];
    }
    while (this.indents.length > 1) {
      this.indents.pop();
      this.pushBare(T.DEDENT);
    }
    const closed = unended ? blocks > 0 && this.implyDedent : this.single && this.count > 0;
    if (closed) this.pushBare(T.NEWLINE);
    this.pushBare(T.ENDMARKER);
    return false;
  }

  /** `i` is at the first character of a new line. */
  newLine(continues: boolean): void {
    this.line++;
    this.lineStart = this.i;
    this.lineStarts.push(this.i);
    this.bufferStarts.push(continues ? this.bufferStarts[this.line - 1] : this.i);
  }

  push(type: T, start: number, end: number, line: number, lineStart: number): void {
    let b = this.count << Stride.LOG2;
    if (b + 8 > this.tokens.length) this.grow();
    const t = this.tokens;
    this.count++;
    t[b++] = type;
    t[b++] = start;
    t[b++] = end;
    t[b++] = line;
    t[b++] = this.ascii ? start - lineStart : this.byteColumn(line, lineStart, start);
    t[b++] = this.line;
    t[b] = this.ascii ? end - this.lineStart : this.byteColumn(this.line, this.lineStart, end);
  }

  /** A token without a text of its own. */
  private pushBare(type: T): void {
    this.push(type, this.i, this.i, this.line, this.lineStart);
    const b = (this.count - 1) << Stride.LOG2;
    this.tokens[b + TF.COL] = this.tokens[b + TF.END_COL] = -1;
  }

  private grow(): void {
    const bigger = new Int32Array(this.tokens.length * 2);
    bigger.set(this.tokens);
    this.tokens = bigger;
  }

  private byteColumn(line: number, lineStart: number, at: number): number {
    if (line !== this.colLine || at < this.colAt) {
      this.colLine = line;
      this.colAt = lineStart;
      this.colBytes = 0;
    }
    this.colBytes += utf8Length(this.src, this.colAt, at);
    this.colAt = at;
    return this.colBytes;
  }

  /** The text of line `line`, without its end. */
  lineText(line: number): string {
    const from = this.lineStarts[line];
    const nl = this.src.indexOf("\n", from);
    return this.src.slice(from, nl < 0 ? this.src.length : nl);
  }

  /** Line `line` with those that it continues. */
  bufferText(line: number): string {
    const nl = this.src.indexOf("\n", this.lineStarts[line]);
    return this.src.slice(this.bufferStarts[line], nl < 0 ? this.src.length : nl + 1);
  }

  warn(category: PyWarning["category"], msg: string): void {
    const { line } = this;
    const offset = [...this.src.slice(this.lineStart, this.i)].length;
    const spot = { offset, end_lineno: line, end_offset: offset, text: this.lineText(line) };
    this.warnings.push({ category, msg, lineno: line, spot });
  }

  /** An error just before `i`, as CPython's `syntaxerror` places it. */
  fail(msg: string): never {
    const col = [...this.src.slice(this.lineStart, this.i)].length;
    this.failSpot("SyntaxError", msg, col, col, true);
  }

  failAt(msg: string, offset: number, endOffset: number): never {
    this.failSpot("SyntaxError", msg, offset, endOffset, true);
  }

  private failSpot(
    type: SyntaxErrorType,
    msg: string,
    offset: number,
    endOffset: number,
    immediate: boolean,
  ): never {
    const text = immediate ? this.lineText(this.line) : this.bufferText(this.line);
    const { line } = this;
    const inFString = this.modes.length > 0;
    const { atEnd } = this;
    this.error = {
      type,
      msg,
      lineno: line,
      offset,
      endLineno: line,
      endOffset,
      text,
      immediate,
      inFString,
      atEnd,
    };
    throw STOP;
  }

  /** The errors that CPython's parser words for the tokenizer: placed at the reading position. */
  private failAfter(type: SyntaxErrorType, msg: string): never {
    this.failSpot(type, msg, this.i - this.bufferStarts[this.line], type === "SyntaxError" ? 0 : -1, false);
  }

  private failTabs(): never {
    const nl = this.src.indexOf("\n", this.i);
    this.i = nl;
    this.failSpot("TabError", "inconsistent use of tabs and spaces in indentation", 1, 0, false);
  }

  private failDedent(): never {
    const nl = this.src.indexOf("\n", this.i);
    this.i = nl < 0 ? this.src.length : nl + 1;
    const msg = "unindent does not match any outer indentation level";
    this.failSpot("IndentationError", msg, this.i - this.lineStart, -1, false);
  }

  private failUnclosed(): never {
    this.error = this.unclosed();
    throw STOP;
  }

  /** The error of the innermost bracket that is still open. */
  unclosed(): TokenError {
    const at = this.parenAt.at(-1)!;
    const line = this.parenLines.at(-1)!;
    const offset = [...this.src.slice(this.lineStarts[line], at)].length + 1;
    const last = this.line > 1 && this.lineStart >= this.src.length ? this.line - 1 : this.line;
    const text = last > line ? this.lineText(line) : this.bufferText(line);
    const msg = `'${this.src[at]}' was never closed`;
    return {
      type: "SyntaxError",
      msg,
      lineno: line,
      offset,
      endLineno: line,
      endOffset: 0,
      text,
      immediate: false,
      inFString: false,
      atEnd: true,
    };
  }
}

function isAscii(src: string): boolean {
  for (let i = 0; i < src.length; i++) if (src.charCodeAt(i) >= 128) return false;
  return true;
}
