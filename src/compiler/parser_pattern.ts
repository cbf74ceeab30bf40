/** The patterns of `case`. */
import type * as A from "./ast.ts";
import { parseNumber } from "./constants.ts";
import * as N from "./nodes.ts";
import { ExpressionParser } from "./parser_expr.ts";
import { T } from "./tokens.ts";

export abstract class PatternParser extends ExpressionParser {
  /** A pattern, or several without brackets round them. */
  patterns(): A.pattern {
    const at = this.at;
    const first = this.maybeStarPattern();
    if (this.type !== T.COMMA) {
      if (first.kind === "MatchStar") this.fail();
      return first;
    }
    const list = this.sequenceAfter(first, T.COLON, T.IF);
    return N.mkMatchSequence(list, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private sequenceAfter(first: A.pattern, stop: T, stop2: T): A.pattern[] {
    const list = [first];
    while (this.eat(T.COMMA) && this.type !== stop && this.type !== stop2) list.push(this.maybeStarPattern());
    return list;
  }

  private maybeStarPattern(): A.pattern {
    if (this.type !== T.STAR) return this.asPattern();
    const at = this.at;
    this.advance();
    const name = this.name();
    const target = name === "_" ? null : name;
    return N.mkMatchStar(target, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private asPattern(): A.pattern {
    const at = this.at;
    const pattern = this.orPattern();
    if (!this.eat(T.AS)) return pattern;
    const name = this.captureName();
    return N.mkMatchAs(pattern, name, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private captureName(): string {
    if (this.isSoft("_")) this.fail();
    const name = this.name();
    if (this.type === T.DOT || this.type === T.LPAR || this.type === T.EQUAL) this.fail();
    return name;
  }

  private orPattern(): A.pattern {
    const at = this.at;
    const first = this.closedPattern();
    if (this.type !== T.VBAR) return first;
    const list = [first];
    while (this.eat(T.VBAR)) list.push(this.closedPattern());
    return N.mkMatchOr(list, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private closedPattern(): A.pattern {
    const at = this.at;
    switch (this.type) {
      case T.NAME:
        return this.namePattern();
      case T.NONE:
      case T.TRUE:
      case T.FALSE: {
        const { value } = this.constant(SINGLETONS[this.type]);
        return N.mkMatchSingleton(value, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
      }
      case T.NUMBER:
      case T.MINUS:
        return this.valuePattern(this.complexNumber(), at);
      case T.STRING:
      case T.FSTRING_START: {
        const value = this.strings();
        return this.valuePattern(value, at);
      }
      case T.LPAR:
        return this.groupPattern();
      case T.LSQB:
        return this.bracketPattern();
      case T.LBRACE:
        return this.mappingPattern();
      default:
        return this.fail();
    }
  }

  private valuePattern(value: A.expr, at: number): A.pattern {
    return N.mkMatchValue(value, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  /** A capture, the wildcard, a dotted value or a class pattern. */
  private namePattern(): A.pattern {
    const at = this.at;
    const name = this.name();
    if (this.type !== T.DOT && this.type !== T.LPAR) {
      const capture = name === "_" ? null : name;
      return N.mkMatchAs(null, capture, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
    }
    const value = this.dotted(at, name);
    return this.type === T.LPAR ? this.classPattern(at, value) : this.valuePattern(value, at);
  }

  private dotted(at: number, name: string): A.expr {
    let e: A.expr = N.mkName(name, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
    while (this.eat(T.DOT)) {
      const attr = this.name();
      e = N.mkAttribute(e, attr, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
    }
    return e;
  }

  private classPattern(at: number, cls: A.expr): A.pattern {
    const patterns: A.pattern[] = [];
    const names: string[] = [];
    const values: A.pattern[] = [];
    this.advance();
    while (this.type !== T.RPAR) {
      if (this.type === T.NAME && this.peek() === T.EQUAL) {
        names.push(this.name());
        this.advance();
        values.push(this.asPattern());
      } else {
        if (names.length > 0) this.fail();
        patterns.push(this.asPattern());
      }
      if (this.type !== T.RPAR) this.expect(T.COMMA);
    }
    this.advance();
    const line = this.lineOf(at);
    return N.mkMatchClass(cls, patterns, names, values, line, this.colOf(at), this.endLine(), this.endCol());
  }

  private groupPattern(): A.pattern {
    const at = this.at;
    this.advance();
    let list: A.pattern[] = [];
    if (this.type !== T.RPAR) {
      const first = this.maybeStarPattern();
      if (this.type === T.RPAR && first.kind !== "MatchStar") {
        this.advance();
        return first;
      }
      if (this.type !== T.COMMA) this.fail();
      list = this.sequenceAfter(first, T.RPAR, T.RPAR);
    }
    this.expect(T.RPAR);
    return N.mkMatchSequence(list, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private bracketPattern(): A.pattern {
    const at = this.at;
    this.advance();
    const list = this.type === T.RSQB ? [] : this.sequenceAfter(this.maybeStarPattern(), T.RSQB, T.RSQB);
    this.expect(T.RSQB);
    return N.mkMatchSequence(list, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private mappingPattern(): A.pattern {
    const at = this.at;
    const keys: A.expr[] = [];
    const patterns: A.pattern[] = [];
    let rest: string | null = null;
    this.advance();
    while (this.type !== T.RBRACE) {
      if (rest !== null) this.fail();
      if (this.eat(T.DOUBLESTAR)) rest = this.captureName();
      else {
        keys.push(this.mappingKey());
        this.expect(T.COLON);
        patterns.push(this.asPattern());
      }
      if (this.type !== T.RBRACE) this.expect(T.COMMA);
    }
    this.advance();
    const line = this.lineOf(at);
    return N.mkMatchMapping(keys, patterns, rest, line, this.colOf(at), this.endLine(), this.endCol());
  }

  private mappingKey(): A.expr {
    switch (this.type) {
      case T.NUMBER:
      case T.MINUS:
        return this.complexNumber();
      case T.STRING:
      case T.FSTRING_START:
        return this.strings();
      case T.NONE:
      case T.TRUE:
      case T.FALSE:
        return this.constant(SINGLETONS[this.type]);
      default: {
        const at = this.at;
        const e = this.dotted(at, this.name());
        return e.kind === "Name" ? this.fail() : e;
      }
    }
  }

  /** A number with a sign, or the sum of a real and an imaginary one. */
  private complexNumber(): A.expr {
    const at = this.at;
    const left = this.signedNumber();
    if (this.type !== T.PLUS && this.type !== T.MINUS) return left;
    const op = this.type === T.PLUS ? "Add" : "Sub";
    this.advance();
    if (isImaginary(left)) this.fail();
    const right = this.unsignedNumber();
    if (!isImaginary(right)) this.fail();
    return N.mkBinOp(left, op, right, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private signedNumber(): A.expr {
    if (this.type !== T.MINUS) return this.unsignedNumber();
    const at = this.at;
    this.advance();
    const operand = this.unsignedNumber();
    return N.mkUnaryOp("USub", operand, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private unsignedNumber(): A.expr {
    if (this.type !== T.NUMBER) this.fail();
    return this.constant(this.literal(parseNumber));
  }
}

function isImaginary(e: A.expr): boolean {
  const n = e.kind === "UnaryOp" ? e.operand : e;
  return n.kind === "Constant" && n.value.t === "complex";
}

const SINGLETONS: Readonly<Record<number, A.ConstantValue>> = {
  [T.NONE]: { t: "None" },
  [T.TRUE]: { t: "True" },
  [T.FALSE]: { t: "False" },
};
