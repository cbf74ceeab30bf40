/** Words the error of a source that the parser refused: what the rules' actions call. */
import { decodeEscapes, type LiteralContext, LiteralError, parseNumber, parseString } from "../constants.ts";
import { PySyntaxError, type SyntaxErrorType } from "../errors.ts";
import { Stride, TF, type TokenError, type Tokenizer } from "../tokenizer.ts";
import { T } from "../tokens.ts";
import { Machine, PNode } from "./engine.ts";
import { ARGUMENT_RULES } from "./rules_args.ts";
import { EXPRESSION_RULES } from "./rules_expr.ts";
import { MATCH_RULES } from "./rules_match.ts";
import { STATEMENT_RULES } from "./rules_stmt.ts";

/** The rules whose results CPython's parser remembers. What it remembers decides which error it finds first. */
const MEMO = new Set(
  (
    "simple_stmt block expression star_expression disjunction conjunction inversion factor await_primary arguments " +
    "strings invalid_named_expression bitwise_or bitwise_xor bitwise_and shift_expr sum term primary t_primary " +
    "dotted_name attr name_or_attr star_target target_with_star_atom del_target closed_pattern star_pattern type_param"
  ).split(" "),
);

const EXPRESSION_NAMES: Readonly<Record<string, string>> = {
  Attribute: "attribute",
  Subscript: "subscript",
  Starred: "starred",
  Name: "name",
  List: "list",
  Tuple: "tuple",
  Lambda: "lambda",
  Call: "function call",
  BoolOp: "expression",
  BinOp: "expression",
  UnaryOp: "expression",
  GeneratorExp: "generator expression",
  Yield: "yield expression",
  YieldFrom: "yield expression",
  Await: "await expression",
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  Dict: "dict literal",
  Set: "set display",
  JoinedStr: "f-string expression",
  Compare: "comparison",
  IfExp: "conditional expression",
  NamedExpr: "named expression",
  True: "True",
  False: "False",
  None: "None",
  ellipsis: "ellipsis",
};

/** Operators after which nothing longer can come. */
const THREE_CHARACTERS = new Set(["**=", "//=", ">>=", "<<=", "..."]);

export class Diagnosis {
  private readonly tokens: Int32Array;
  private readonly machine: Machine;
  /** The furthest token looked at. */
  private furthest = 0;
  private levels: Int32Array | null = null;

  constructor(
    private readonly t: Tokenizer,
    private readonly filename: string,
    private readonly literals: LiteralContext,
  ) {
    this.tokens = t.tokens;
    const grammar = { ...STATEMENT_RULES, ...MATCH_RULES, ...EXPRESSION_RULES, ...ARGUMENT_RULES };
    this.machine = new Machine(this, grammar, MEMO);
  }

  /** The error, read from token `from` on by the rule `start`. `incomplete`: more source may be to come. */
  explain(start: string, from: number, incomplete: boolean): PySyntaxError {
    try {
      if (incomplete) this.checkIncomplete(start, from);
      this.attempt(start, from, false);
      const last = this.furthest;
      this.attempt(start, from, true);
      return this.generic(last);
    } catch (e) {
      if (e instanceof Found) return e.final ? e.error : this.overrule(e.error);
      if (e instanceof RangeError) return this.generic(this.furthest);
      throw e;
    }
  }

  /** Whatever the first reading finds counts for nothing if it has come to the end of the source. */
  private checkIncomplete(start: string, from: number): void {
    try {
      this.attempt(start, from, false);
    } catch (e) {
      if (!(e instanceof Found)) throw e;
    }
    if (!this.hasSeenEnd()) return;
    const at = this.furthest;
    const type = this.field(at, TF.TYPE);
    const place = type === T.ERROR ? this.stopped() : this.startOrHere(at);
    const error = this.error("_IncompleteInputError", "incomplete input", place, this.endOrNone(at));
    throw new Found(error, true);
  }

  /** Had the tokenizer to look beyond the last character for the last token read? */
  private hasSeenEnd(): boolean {
    const at = this.furthest;
    const type = this.field(at, TF.TYPE);
    if (type === T.ERROR) return this.t.error!.atEnd;
    const start = this.field(at, TF.START);
    const end = this.field(at, TF.END);
    if (end < this.t.src.length) return false;
    if (type === T.STRING || type === T.NEWLINE) return end === start;
    return end === start || !THREE_CHARACTERS.has(this.t.src.slice(start, end));
  }

  private attempt(start: string, from: number, invalidRules: boolean): void {
    this.machine.reset(from, invalidRules);
    this.machine.run(start);
  }

  private generic(last: number): PySyntaxError {
    const type = this.field(last, TF.TYPE);
    if (type === T.INDENT) return this.indentation(this.furthest, "unexpected indent");
    if (type === T.DEDENT) return this.indentation(this.furthest, "unexpected unindent");
    return this.overrule(this.error("SyntaxError", "invalid syntax", this.start(last), this.end(last)));
  }

  private indentation(at: number, msg: string): PySyntaxError {
    return this.error("IndentationError", msg, this.startOrHere(at), this.endOrNone(at));
  }

  /** An error of the tokenizer further on counts more, and so does a bracket left open on an earlier line. */
  private overrule(found: PySyntaxError): PySyntaxError {
    const e = this.t.error;
    if (e === null) return found;
    if (e.immediate) return e.inFString ? found : tokenError(e, this.filename);
    const open = this.t.parenLines.at(-1);
    if (open === undefined || this.field(this.furthest, TF.LINE) <= open) return found;
    return tokenError(this.t.unclosed(), this.filename);
  }

  // --- what the machine asks

  type(at: number): number {
    if (at > this.furthest) this.furthest = at;
    const type = this.tokens[at << Stride.LOG2];
    if (type === T.ERROR) throw new Found(tokenError(this.t.error!, this.filename), true);
    return type;
  }

  isSoft(at: number, text: string): boolean {
    return this.type(at) === T.NAME && this.t.names[at] === text;
  }

  forced(at: number, text: string): never {
    throw new Found(this.error("SyntaxError", `expected '${text}'`, this.start(at), this.end(at)));
  }

  // --- what the actions ask

  text(n: PNode): string {
    return this.t.src.slice(this.field(n.start, TF.START), this.field(n.end - 1, TF.END));
  }

  /** What CPython calls an expression in its messages. */
  name(n: PNode): string {
    return EXPRESSION_NAMES[this.kind(n)] ?? "literal";
  }

  private kind(n: PNode): string {
    return n.kind === "primary" ? n.items.at(-1)!.kind : n.kind;
  }

  isLegacyStatement(n: PNode): boolean {
    const text = this.text(n);
    return n.kind === "Name" && (text === "print" || text === "exec");
  }

  tuple(a: PNode): PNode {
    const end = this.machine.pos;
    const items = a.kind === "none" ? [] : [a.items[0], ...a.items[2].items];
    return new PNode("Tuple", a.start - 1, end, items);
  }

  number(n: PNode): PNode {
    this.literal(n, () => parseNumber(this.text(n), this.literals));
    return new PNode("number", n.start, n.end, []);
  }

  string(n: PNode): PNode {
    const parsed = this.literal(n, () => parseString(this.text(n), this.literals));
    return new PNode(parsed.value.t === "bytes" ? "bytes" : "string", n.start, n.end, []);
  }

  /** An f-string whose text parts are `parts`: they are evaluated when the whole has been read. */
  fstring(start: PNode, parts: PNode): PNode {
    for (const n of parts.items) if (n.kind === "token") this.fstringText(start, n);
    return new PNode("fstring", start.start, this.machine.pos, []);
  }

  /** Text in a format specifier is evaluated at once. */
  formatText(n: PNode): PNode {
    let at = n.start;
    for (let depth = 1; depth > 0; ) {
      const type = this.field(--at, TF.TYPE);
      if (type === T.FSTRING_END) depth++;
      else if (type === T.FSTRING_START) depth--;
    }
    this.fstringText(new PNode("token", at, at + 1, []), n);
    return n;
  }

  private fstringText(start: PNode, n: PNode): void {
    const text = this.text(n);
    if (/r/i.test(this.text(start)) || !text.includes("\\")) return;
    this.literal(n, () => decodeEscapes(text, this.literals, true));
  }

  private literal<R>(n: PNode, make: () => R): R {
    try {
      return make();
    } catch (e) {
      if (!(e instanceof LiteralError)) throw e;
      if (e.atToken) this.raiseAt(n, e.msg);
      return this.raiseLast(e.msg);
    }
  }

  strings(a: PNode): PNode {
    const bytes = a.items.filter((n) => n.kind === "bytes").length;
    if (bytes > 0 && bytes < a.items.length) {
      this.raiseLast("cannot mix bytes and nonbytes literals");
    }
    const kind = a.items.some((n) => n.kind === "fstring") ? "JoinedStr" : "string";
    return new PNode(kind, a.start, a.end, []);
  }

  conversion(bang: PNode, name: PNode): PNode {
    if (this.field(bang.start, TF.END) !== this.field(name.start, TF.START)) {
      this.raiseRange(bang, name, "f-string: conversion type must come right after the exclamanation mark");
    }
    const letter = this.text(name);
    if (letter !== "s" && letter !== "r" && letter !== "a") {
      this.raiseAt(name, `f-string: invalid conversion character '${letter}': expected 's', 'r', or 'a'`);
    }
    return bang;
  }

  ensureImaginary(n: PNode, imaginary: boolean): PNode {
    if (/j$/i.test(this.text(n)) !== imaginary) {
      this.raiseAt(n, `${imaginary ? "imaginary" : "real"} number required in complex literal`);
    }
    return n;
  }

  /** The arguments of a call: positional ones are the items of its first item, keyword ones of its second. */
  callArguments(positional: PNode | null, keyword: PNode): PNode {
    const kw = keywordNodes(keyword);
    const args = [...(positional?.items ?? []), ...kw.filter((n) => n.kind === "Starred")];
    const keywords = kw.filter((n) => n.kind === "keyword" || n.kind === "unpacking");
    const start = positional?.start ?? keyword.start;
    const end = this.machine.pos;
    return new PNode("args", start, end, [
      new PNode("seq", start, end, args),
      new PNode("seq", start, end, keywords),
    ]);
  }

  lastOfComprehension(clauses: PNode): PNode {
    return clauses.items.at(-1)!.items.at(-1)!;
  }

  // --- raising

  raiseRange(a: PNode, b: PNode, msg: string): never {
    throw new Found(this.error("SyntaxError", msg, this.start(a.start), this.end(b.end - 1)));
  }

  raiseAt(a: PNode, msg: string): never {
    this.raiseRange(a, a, msg);
  }

  /** From `a` to where the tokenizer is. */
  raiseFrom(a: PNode, msg: string): never {
    const here = this.here();
    throw new Found(this.error("SyntaxError", msg, this.start(a.start), { ...here, col: here.col }));
  }

  /** At the last token read. */
  raiseLast(msg: string): never {
    this.raiseToken("SyntaxError", this.furthest, msg);
  }

  raiseNext(msg: string): never {
    this.type(this.machine.pos);
    this.raiseToken("SyntaxError", this.machine.pos, msg);
  }

  raiseIndent(msg: string): never {
    this.raiseToken("IndentationError", this.furthest, msg);
  }

  /** No indented block after the statement that begins at `a`. */
  raiseBlock(a: PNode, what: string): never {
    this.raiseIndent(`expected an indented block after ${what} on line ${this.field(a.start, TF.LINE)}`);
  }

  raiseTarget(use: "assign" | "delete" | "for", e: PNode): null {
    const bad = this.invalidTarget(e, use);
    if (bad === null) return null;
    return this.raiseAt(bad, `cannot ${use === "delete" ? "delete" : "assign to"} ${this.name(bad)}`);
  }

  private invalidTarget(e: PNode, use: "assign" | "delete" | "for"): PNode | null {
    switch (this.kind(e)) {
      case "Name":
      case "Attribute":
      case "Subscript":
        return null;
      case "List":
      case "Tuple":
        for (const item of e.items) {
          const bad = this.invalidTarget(item, use);
          if (bad !== null) return bad;
        }
        return null;
      case "Starred":
        return use === "delete" ? e : this.invalidTarget(e.items[0], use);
      case "Compare":
        // In "for a in b" without a target the whole is read as a comparison.
        if (use !== "for") return e;
        return this.field(e.items[1].start, TF.TYPE) === T.IN ? this.invalidTarget(e.items[0], use) : null;
      default:
        return e;
    }
  }

  raiseMissingComma(a: PNode, b: PNode): null {
    if (this.isLegacyStatement(a) || this.levelAfter(this.machine.pos - 1) === 0) return null;
    return this.raiseRange(a, b, "invalid syntax. Perhaps you forgot a comma?");
  }

  raiseAfterKey(a: PNode): never {
    const end = this.end(a.end - 1);
    const start = { line: this.field(a.start, TF.LINE), col: end.col - 1 };
    const none = { line: end.line, col: 0 };
    throw new Found(this.error("SyntaxError", "':' expected after dictionary key", start, none));
  }

  raiseBareGenerator(args: PNode, clauses: PNode): null {
    const [positional] = args.items;
    if (positional.items.length <= 1) return null;
    const last = positional.items.at(-1)!;
    return this.raiseRange(
      last,
      this.lastOfComprehension(clauses),
      "Generator expression must be parenthesized",
    );
  }

  raisePositional(args: PNode): never {
    const unpacking = args.items[1].items.some((n) => n.kind === "unpacking");
    this.raiseLast(`positional argument follows keyword argument${unpacking ? " unpacking" : ""}`);
  }

  private raiseToken(type: SyntaxErrorType, at: number, msg: string): never {
    throw new Found(this.error(type, msg, this.startOrHere(at), this.endOrNone(at)));
  }

  // --- places

  private field(at: number, field: TF): number {
    return this.tokens[(at << Stride.LOG2) + field];
  }

  private start(at: number): Place {
    return { line: this.field(at, TF.LINE), col: this.field(at, TF.COL) + 1 };
  }

  private end(at: number): Place {
    return { line: this.field(at, TF.END_LINE), col: this.field(at, TF.END_COL) + 1 };
  }

  /** Where the tokenizer stands after the last token read. */
  private here(): Place {
    const at = this.furthest;
    const line = this.field(at, TF.END_LINE);
    const lineStart = this.t.lineStarts[line];
    const text = this.t.src.slice(lineStart, this.field(at, TF.END));
    return { line, col: new TextEncoder().encode(text).length };
  }

  /** Where the tokenizer gave up. A line end that is the last character has not begun another line. */
  private stopped(): Place {
    const { t } = this;
    const line = t.line > 1 && t.lineStart >= t.src.length ? t.line - 1 : t.line;
    const text = t.src.slice(t.lineStarts[line], t.i);
    return { line, col: new TextEncoder().encode(text).length };
  }

  private startOrHere(at: number): Place {
    if (this.field(at, TF.COL) >= 0) return this.start(at);
    return { line: this.field(at, TF.LINE), col: this.here().col };
  }

  private endOrNone(at: number): Place {
    return this.field(at, TF.END_COL) >= 0 ? this.end(at) : { line: this.field(at, TF.END_LINE), col: -1 };
  }

  /** How many brackets are open after a token. */
  private levelAfter(at: number): number {
    this.levels ??= this.countLevels();
    return this.levels[at];
  }

  private countLevels(): Int32Array {
    const out = new Int32Array(this.t.count);
    let level = 0;
    for (let i = 0; i < out.length; i++) {
      const type = this.field(i, TF.TYPE);
      if (type === T.LPAR || type === T.LSQB || type === T.LBRACE) level++;
      else if (type === T.RPAR || type === T.RSQB || type === T.RBRACE) level--;
      out[i] = level;
    }
    return out;
  }

  private error(type: SyntaxErrorType, msg: string, start: Place, end: Place): PySyntaxError {
    const text = this.errorText(start.line);
    const endOffset = end.col > 0 ? characters(text, end.col) : end.col;
    return new PySyntaxError(
      type,
      msg,
      this.filename,
      start.line,
      characters(text, start.col),
      end.line,
      endOffset,
      text,
    );
  }

  /** The line as CPython has it at hand: what its tokenizer is still reading, or one line of the source. */
  private errorText(line: number): string {
    const now = this.field(this.furthest, TF.END_LINE);
    if (now > line) return this.t.lineText(line);
    return this.t.bufferText(now);
  }
}

/** A column of `text`, from 1, in bytes, as one in characters. CPython takes the first line's text for the end, too. */
export function characters(text: string, col: number): number {
  if (col <= 0) return col;
  let bytes = 0;
  let count = 0;
  for (const ch of text) {
    if (bytes >= col) break;
    const c = ch.codePointAt(0)!;
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    count++;
  }
  return count + (bytes < col ? 1 : 0);
}

interface Place {
  line: number;
  col: number;
}

/** Thrown by the first action that finds something. `final`: no other error can take its place. */
class Found extends Error {
  constructor(
    readonly error: PySyntaxError,
    readonly final = false,
  ) {
    super(error.msg);
  }
}

export function tokenError(e: TokenError, filename: string): PySyntaxError {
  return new PySyntaxError(e.type, e.msg, filename, e.lineno, e.offset, e.endLineno, e.endOffset, e.text);
}

function keywordNodes(n: PNode): PNode[] {
  if (n.kind === "keyword" || n.kind === "unpacking" || n.kind === "Starred") return [n];
  return n.items.flatMap(keywordNodes);
}
