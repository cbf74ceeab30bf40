/** Source to tree: the front door of the parser. */
import type { mod } from "./ast.ts";
import { load as diagnosing } from "./diagnose/diagnosis.part.ts";
import { PyCompileLimit, PySyntaxError, type PyWarning } from "./errors.ts";
import { PARSE_FAIL, STEP } from "./parser_base.ts";
import { Parser } from "./parser_block.ts";
import { encodingError, normalizeSource } from "./source.ts";
import { Stride, TF, Tokenizer } from "./tokenizer.ts";

export { decodeSource, encodingError, foreignCodec, type SourceReading } from "./source.ts";

export type ParseMode = "exec" | "eval" | "single";

export interface ParseOptions {
  /** The character of a `\N{...}` name. */
  unicodeName?: (name: string) => string | null;
  /** Takes the warnings, in the order of CPython's. */
  warnings?: PyWarning[];
  /** sys.get_int_max_str_digits(); 0 is no limit. */
  maxStrDigits?: number;
  allowTopLevelAwait?: boolean;
  /** `from __future__ import annotations` holds by a flag of compile(). */
  futureAnnotations?: boolean;
  /** PyCF_DONT_IMPLY_DEDENT: a single statement's last block must be closed by a line end. */
  dontImplyDedent?: boolean;
  /** PyCF_ALLOW_INCOMPLETE_INPUT: a source that ends too early raises an error of its own. */
  allowIncompleteInput?: boolean;
}

const DEFAULT_MAX_STR_DIGITS = 4300;

/** Parses a whole source text. Throws PySyntaxError. */
export function parse(source: string, filename: string, mode: ParseMode, options: ParseOptions = {}): mod {
  if (source.includes("\0")) {
    throw encodingError("source code string cannot contain null bytes", "");
  }
  const text = normalizeSource(source, mode === "exec");
  const tokenizer = new Tokenizer(text, mode === "single", options.dontImplyDedent !== true).run();
  const literals = {
    unicodeName: options.unicodeName ?? null,
    maxStrDigits: options.maxStrDigits ?? DEFAULT_MAX_STR_DIGITS,
    warn: (msg: string) => {
      const lineno = parser.line();
      tokenizer.warnings.push({ category: "SyntaxWarning", msg, lineno, spot: parser.literalSpot() });
    },
  };
  const parser: Parser = new Parser(tokenizer, literals);
  try {
    const tree = start(parser, mode);
    if (mode === "single") checkSingle(parser, filename);
    // The tokenizer has run ahead of the literals: by line is the order in which CPython meets them.
    options.warnings?.push(...tokenizer.warnings.sort((a, b) => a.lineno - b.lineno));
    return tree;
  } catch (e) {
    if (e instanceof RangeError) throw tooDeep();
    if (e !== PARSE_FAIL) throw e;
    const from = parser.statementAt >> Stride.LOG2;
    const { Diagnosis } = diagnosing();
    throw new Diagnosis(tokenizer, filename, { ...literals, warn: () => {} }).explain(
      START_RULES[mode],
      from,
      options.allowIncompleteInput ?? false,
    );
  }
}

const START_RULES = { exec: "file", eval: "eval", single: "interactive" };

function start(parser: Parser, mode: ParseMode): mod {
  if (mode === "eval") return parser.eval();
  return mode === "single" ? parser.interactive() : parser.file();
}

/** At a prompt only blank lines and comments may follow the statement. */
function checkSingle(parser: Parser, filename: string): void {
  const { tokenizer: t, tokens, at } = parser;
  const last = at - STEP;
  const end = tokens[last + TF.END];
  if (!/[^\s#]/.test(t.src.slice(end).replace(/#[^\n]*/g, ""))) return;
  const line = tokens[last + TF.LINE];
  throw new PySyntaxError(
    "SyntaxError",
    "multiple statements found while compiling a single statement",
    filename,
    line,
    tokens[last + TF.COL] + 1,
    tokens[last + TF.END_LINE],
    tokens[last + TF.END_COL] + 1,
    t.bufferText(tokens[last + TF.END_LINE]),
  );
}

function tooDeep(): PyCompileLimit {
  return new PyCompileLimit("MemoryError", "Parser stack overflowed - Python source too complex to parse");
}
