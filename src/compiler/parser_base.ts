/** The parser's cursor over the token array. A syntax error of any kind is `PARSE_FAIL`: the error pass words it. */
import { type LiteralContext, LiteralError } from "./constants.ts";
import { PyCompileLimit, type WarningSpot } from "./errors.ts";
import { Stride, TF, type Tokenizer } from "./tokenizer.ts";
import { T } from "./tokens.ts";

/** Thrown where the source leaves the grammar. */
export const PARSE_FAIL = { parseFail: true };

/** One token's stride in the token array. */
export const STEP = 1 << Stride.LOG2;

const MAX_DEPTH = 6000;

export abstract class Cursor {
  readonly tokens: Int32Array;
  readonly src: string;
  readonly names: (string | undefined)[];
  /** Offset of the current token in `tokens`, and its kind. */
  at = 0;
  type: number;
  depth = 0;

  constructor(
    readonly tokenizer: Tokenizer,
    readonly literals: LiteralContext,
  ) {
    this.tokens = tokenizer.tokens;
    this.src = tokenizer.src;
    this.names = tokenizer.names;
    this.type = this.tokens[0];
  }

  advance(): void {
    this.at += STEP;
    this.type = this.tokens[this.at];
  }

  seek(at: number): void {
    this.at = at;
    this.type = this.tokens[at];
  }

  /** The kind of the token after the current one. */
  peek(): number {
    return this.tokens[this.at + STEP];
  }

  fail(): never {
    throw PARSE_FAIL;
  }

  expect(type: T): void {
    if (this.type !== type) throw PARSE_FAIL;
    this.advance();
  }

  eat(type: T): boolean {
    if (this.type !== type) return false;
    this.advance();
    return true;
  }

  /** An identifier. */
  name(): string {
    if (this.type !== T.NAME) throw PARSE_FAIL;
    const name = this.names[this.at >> Stride.LOG2]!;
    this.advance();
    return name;
  }

  /** Whether the current token is the soft keyword `word`. */
  isSoft(word: string): boolean {
    return this.type === T.NAME && this.names[this.at >> Stride.LOG2] === word;
  }

  tokenText(): string {
    return this.src.slice(this.tokens[this.at + TF.START], this.tokens[this.at + TF.END]);
  }

  line(): number {
    return this.tokens[this.at + TF.LINE];
  }

  col(): number {
    return this.tokens[this.at + TF.COL];
  }

  lineOf(at: number): number {
    return this.tokens[at + TF.LINE];
  }

  colOf(at: number): number {
    return this.tokens[at + TF.COL];
  }

  /** End of the token before the current one. */
  endLine(): number {
    return this.tokens[this.at - STEP + TF.END_LINE];
  }

  endCol(): number {
    return this.tokens[this.at - STEP + TF.END_COL];
  }

  /** Offset of the last token before the current one that has a text: where a compound statement ends. */
  lastText(): number {
    let at = this.at - STEP;
    for (;;) {
      const t = this.tokens[at];
      if (t !== T.NEWLINE && t !== T.INDENT && t !== T.DEDENT && t !== T.ENDMARKER) return at;
      at -= STEP;
    }
  }

  /** Guards the JavaScript stack. Pairs with `depth--`. */
  enter(): void {
    if (++this.depth > MAX_DEPTH) {
      throw new PyCompileLimit("MemoryError", "Parser stack overflowed - Python source too complex to parse");
    }
  }

  /** Runs a literal's evaluation; whatever is wrong with it is for the error pass to say. */
  literal<R>(make: (text: string, ctx: LiteralContext) => R): R {
    const text = this.tokenText();
    try {
      return make(text, this.literals);
    } catch (e) {
      if (e instanceof LiteralError) throw PARSE_FAIL;
      throw e;
    }
  }

  /** The literal that is being evaluated, for its warnings. */
  literalSpot(): WarningSpot {
    const [line, end] = [this.line(), this.tokens[this.at + TF.END_LINE]];
    const text = this.tokenizer.lineText(line);
    return {
      offset: this.col() + 1,
      end_lineno: end,
      end_offset: this.tokens[this.at + TF.END_COL] + 1,
      text: line === end ? `${text}\n` : text,
    };
  }
}
