/**
 * The notation in which the rules are written.
 *
 *   'if' "match" NAME rule   a keyword or operator, a soft keyword, a token of a kind, another rule
 *   x? x* x+ x,+ x;+         optional, any number, at least one, at least one with separators between
 *   (x y | z)                a choice
 *   &x !x                    looks ahead, for and against
 *   &&':'                    an operator without which the source is wrong at once
 *   ~                        from here on no other alternative
 *   a=x                      gives what matched a name
 */
import { KEYWORDS, OPERATORS, T } from "../tokens.ts";

export type Operation =
  | "token"
  | "soft"
  | "rule"
  | "group"
  | "optional"
  | "star"
  | "plus"
  | "join"
  | "ahead"
  | "not"
  | "cut"
  | "forced";

export interface Element {
  op: Operation;
  /** Its capture, or "". */
  name: string;
  text: string;
  type: number;
  inner: Element | null;
  alternatives: { elements: Element[]; make: null }[] | null;
}

const KINDS: Readonly<Record<string, T>> = {
  ENDMARKER: T.ENDMARKER,
  NAME: T.NAME,
  NUMBER: T.NUMBER,
  STRING: T.STRING,
  NEWLINE: T.NEWLINE,
  INDENT: T.INDENT,
  DEDENT: T.DEDENT,
  FSTRING_START: T.FSTRING_START,
  FSTRING_MIDDLE: T.FSTRING_MIDDLE,
  FSTRING_END: T.FSTRING_END,
};

const LEXEME = /\s*(?:(\w+)=|('[^']*')|("[^"]*")|(\w+)|(&&|,\+|;\+|\|\+|[()|?*+&!~]))/y;

type Lexeme = { kind: "capture" | "token" | "soft" | "word" | "mark"; text: string };

function lex(text: string): Lexeme[] {
  const out: Lexeme[] = [];
  LEXEME.lastIndex = 0;
  while (LEXEME.lastIndex < text.trimEnd().length) {
    const m = LEXEME.exec(text);
    if (m === null) throw new Error(`bad notation: ${text}`);
    if (m[1] !== undefined) out.push({ kind: "capture", text: m[1] });
    else if (m[2] !== undefined) out.push({ kind: "token", text: m[2].slice(1, -1) });
    else if (m[3] !== undefined) out.push({ kind: "soft", text: m[3].slice(1, -1) });
    else if (m[4] !== undefined) out.push({ kind: "word", text: m[4] });
    else out.push({ kind: "mark", text: m[5] });
  }
  return out;
}

/** One alternative of a rule. */
export function readRule(text: string): Element[] {
  const reader = new Reader(lex(text));
  const choices = reader.choices();
  if (choices.length !== 1) throw new Error(`one alternative expected: ${text}`);
  return choices[0];
}

function element(op: Operation, fields: Partial<Element>): Element {
  return { op, name: "", text: "", type: -1, inner: null, alternatives: null, ...fields };
}

class Reader {
  private i = 0;

  constructor(private readonly lexemes: Lexeme[]) {}

  private isMark(text: string): boolean {
    const l = this.lexemes[this.i];
    return l !== undefined && l.kind === "mark" && l.text === text;
  }

  private eat(text: string): boolean {
    if (!this.isMark(text)) return false;
    this.i++;
    return true;
  }

  choices(): Element[][] {
    const out: Element[][] = [[]];
    while (this.i < this.lexemes.length && !this.isMark(")")) {
      if (this.eat("|")) out.push([]);
      else out[out.length - 1].push(this.item());
    }
    return out;
  }

  private item(): Element {
    const l = this.lexemes[this.i];
    if (l.kind === "capture") {
      this.i++;
      return { ...this.item(), name: l.text };
    }
    if (this.eat("~")) return element("cut", {});
    if (this.eat("&&")) {
      const text = this.lexemes[this.i++].text;
      return element("forced", { text, type: tokenType(text) });
    }
    if (this.eat("&")) return element("ahead", { inner: this.item() });
    if (this.eat("!")) return element("not", { inner: this.item() });
    return this.suffix(this.primary());
  }

  private suffix(inner: Element): Element {
    if (this.eat("?")) return element("optional", { inner });
    if (this.eat("*")) return element("star", { inner });
    if (this.eat("+")) return element("plus", { inner });
    if (this.eat(",+")) return element("join", { inner, type: T.COMMA });
    if (this.eat(";+")) return element("join", { inner, type: T.SEMI });
    if (this.eat("|+")) return element("join", { inner, type: T.VBAR });
    return inner;
  }

  private primary(): Element {
    const l = this.lexemes[this.i++];
    if (l.kind === "token") return element("token", { text: l.text, type: tokenType(l.text) });
    if (l.kind === "soft") return element("soft", { text: l.text });
    if (l.kind === "word") {
      if (l.text in KINDS) return element("token", { text: l.text, type: KINDS[l.text] });
      return element("rule", { text: l.text });
    }
    const alternatives = this.choices().map((elements) => ({ elements, make: null }));
    this.i++;
    return element("group", { alternatives });
  }
}

function tokenType(text: string): number {
  const type = KEYWORDS.get(text) ?? OPERATORS.get(text);
  if (type === undefined) throw new Error(`no token ${text}`);
  return type;
}
