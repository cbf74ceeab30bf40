/** Source to tree: the front door of the parser. */
import type { mod } from "./ast.ts";
import { PyCompileLimit, PySyntaxError, type PyWarning } from "./errors.ts";
import { PARSE_FAIL } from "./parser_base.ts";
import { Parser } from "./parser_block.ts";
import { normalizeSource } from "./source.ts";
import { TF, Tokenizer } from "./tokenizer.ts";

export { decodeSource } from "./source.ts";

export type ParseMode = "exec" | "eval" | "single";

export interface ParseOptions {
  /** The character of a `\N{...}` name. */
  unicodeName?: (name: string) => string | null;
  /** Takes the warnings, in the order of CPython's. */
  warnings?: PyWarning[];
  /** sys.get_int_max_str_digits(); 0 is no limit. */
  maxStrDigits?: number;
  allowTopLevelAwait?: boolean;
}

const DEFAULT_MAX_STR_DIGITS = 4300;

/** Parses a whole source text. Throws PySyntaxError. */
export function parse(source: string, filename: string, mode: ParseMode, options: ParseOptions = {}): mod {
  if (source.includes("\0")) {
    const msg = "source code string cannot contain null bytes";
    throw new PySyntaxError("SyntaxError", msg, filename, null, null, null, null, null);
  }
  const tokenizer = new Tokenizer(normalizeSource(source)).run();
  const parser: Parser = new Parser(tokenizer, {
    unicodeName: options.unicodeName ?? null,
    maxStrDigits: options.maxStrDigits ?? DEFAULT_MAX_STR_DIGITS,
    warn: (msg) => tokenizer.warnings.push({ category: "SyntaxWarning", msg, lineno: parser.warnLine }),
  });
  try {
    const tree = start(parser, mode);
    options.warnings?.push(...tokenizer.warnings);
    return tree;
  } catch (e) {
    if (e instanceof RangeError) throw tooDeep();
    if (e !== PARSE_FAIL) throw e;
    throw syntaxError(parser, filename);
  }
}

function start(parser: Parser, mode: ParseMode): mod {
  if (mode === "eval") return parser.eval();
  return mode === "single" ? parser.interactive() : parser.file();
}

function tooDeep(): PyCompileLimit {
  return new PyCompileLimit("MemoryError", "Parser stack overflowed - Python source too complex to parse");
}

function syntaxError(parser: Parser, filename: string): PySyntaxError {
  const { tokenizer: t, tokens, at } = parser;
  const e = t.error;
  if (e !== null) {
    return new PySyntaxError(e.type, e.msg, filename, e.lineno, e.offset, e.endLineno, e.endOffset, e.text);
  }
  const line = tokens[at + TF.LINE];
  return new PySyntaxError(
    "SyntaxError",
    "invalid syntax",
    filename,
    line,
    tokens[at + TF.COL] + 1,
    tokens[at + TF.END_LINE],
    tokens[at + TF.END_COL] + 1,
    `${t.lineText(line)}\n`,
  );
}
