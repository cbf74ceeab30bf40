/** Parameters of functions and lambdas, arguments of calls and classes, type parameters. */
import type * as A from "./ast.ts";
import {
  mkarg,
  mkarguments,
  mkGeneratorExp,
  mkkeyword,
  mkName,
  mkNamedExpr,
  mkParamSpec,
  mkStarred,
  mkTypeVar,
  mkTypeVarTuple,
} from "./nodes.ts";
import { FStringParser } from "./parser_fstring.ts";
import { T } from "./tokens.ts";

export abstract class ArgumentsParser extends FStringParser {
  abstract expression(): A.expr;
  abstract starExpression(): A.expr;
  abstract forIfClauses(): A.comprehension[];

  /** Parameters up to `stop`, which is left. */
  parameters(stop: T, annotated: boolean): A.arguments {
    const p = mkarguments([], [], null, [], [], null, []);
    let slash = false;
    while (this.type !== stop) {
      if (this.type === T.STAR) {
        this.starParameters(p, stop, annotated);
        break;
      }
      if (this.type === T.DOUBLESTAR) {
        this.kwargParameter(p, stop, annotated);
        break;
      }
      if (this.type === T.SLASH) {
        if (slash || p.args.length === 0) this.fail();
        slash = true;
        p.posonlyargs = p.args;
        p.args = [];
        this.advance();
      } else {
        p.args.push(this.parameter(annotated));
        if (this.eat(T.EQUAL)) p.defaults.push(this.expression());
        else if (p.defaults.length > 0) this.fail();
      }
      if (this.type !== stop) this.expect(T.COMMA);
    }
    return p;
  }

  private starParameters(p: A.arguments, stop: T, annotated: boolean): void {
    this.advance();
    if (this.type !== T.COMMA) p.vararg = this.parameter(annotated, annotated);
    const bare = p.vararg === null;
    while (this.type !== stop) {
      this.expect(T.COMMA);
      if (this.type === stop || this.type === T.DOUBLESTAR) break;
      p.kwonlyargs.push(this.parameter(annotated));
      p.kw_defaults.push(this.eat(T.EQUAL) ? this.expression() : null);
    }
    if (bare && p.kwonlyargs.length === 0) this.fail();
    if (this.type === T.DOUBLESTAR) this.kwargParameter(p, stop, annotated);
  }

  private kwargParameter(p: A.arguments, stop: T, annotated: boolean): void {
    this.advance();
    p.kwarg = this.parameter(annotated);
    this.eat(T.COMMA);
    if (this.type !== stop) this.fail();
  }

  private parameter(annotated: boolean, starAnnotation = false): A.arg {
    const line = this.line();
    const col = this.col();
    const name = this.name();
    let annotation: A.expr | null = null;
    if (annotated && this.eat(T.COLON))
      annotation = starAnnotation ? this.starExpression() : this.expression();
    return mkarg(name, annotation, line, col, this.endLine(), this.endCol());
  }

  /** After an opening parenthesis; takes the closing one. `generator`: a lone bare comprehension may be the argument. */
  arguments(args: A.expr[], keywords: A.keyword[], open: number, generator: boolean): void {
    while (this.type !== T.RPAR) {
      this.argument(args, keywords);
      if (this.type === T.FOR || this.type === T.ASYNC) {
        if (!generator || args.length !== 1 || keywords.length > 0 || args[0].kind === "Starred") this.fail();
        this.generatorArgument(args, open);
        return;
      }
      if (this.type !== T.RPAR) this.expect(T.COMMA);
    }
    this.advance();
  }

  private generatorArgument(args: A.expr[], open: number): void {
    const generators = this.forIfClauses();
    this.expect(T.RPAR);
    args[0] = mkGeneratorExp(
      args[0],
      generators,
      this.lineOf(open),
      this.colOf(open),
      this.endLine(),
      this.endCol(),
    );
  }

  private argument(args: A.expr[], keywords: A.keyword[]): void {
    const line = this.line();
    const col = this.col();
    if (this.type === T.NAME && this.peek() === T.EQUAL) {
      const name = this.name();
      this.advance();
      const value = this.expression();
      keywords.push(mkkeyword(name, value, line, col, this.endLine(), this.endCol()));
    } else if (this.type === T.DOUBLESTAR) {
      this.advance();
      const value = this.expression();
      keywords.push(mkkeyword(null, value, line, col, this.endLine(), this.endCol()));
    } else if (this.type === T.STAR) {
      // After a ** argument only keywords may follow.
      if (keywords.length > 0 && keywords[keywords.length - 1].arg === null) this.fail();
      if (keywords.some((k) => k.arg === null)) this.fail();
      this.advance();
      const value = this.expression();
      args.push(mkStarred(value, "Load", line, col, this.endLine(), this.endCol()));
    } else {
      if (keywords.length > 0) this.fail();
      args.push(this.namedExpression());
    }
  }

  /** `name := expression`, or an expression. */
  namedExpression(): A.expr {
    if (this.type !== T.NAME || this.peek() !== T.COLONEQUAL) return this.expression();
    const line = this.line();
    const col = this.col();
    const id = this.name();
    const target = mkName(id, "Store", line, col, this.endLine(), this.endCol());
    this.advance();
    const value = this.expression();
    return mkNamedExpr(target, value, line, col, this.endLine(), this.endCol());
  }

  /** `[T, *Ts, **P]` if there is one. */
  typeParams(): A.type_param[] {
    const params: A.type_param[] = [];
    if (!this.eat(T.LSQB)) return params;
    do {
      params.push(this.typeParam());
    } while (this.eat(T.COMMA) && this.type !== T.RSQB);
    this.expect(T.RSQB);
    return params;
  }

  private typeParam(): A.type_param {
    const line = this.line();
    const col = this.col();
    if (this.eat(T.STAR)) {
      const name = this.name();
      const value = this.eat(T.EQUAL) ? this.starExpression() : null;
      return mkTypeVarTuple(name, value, line, col, this.endLine(), this.endCol());
    }
    if (this.eat(T.DOUBLESTAR)) {
      const name = this.name();
      const value = this.eat(T.EQUAL) ? this.expression() : null;
      return mkParamSpec(name, value, line, col, this.endLine(), this.endCol());
    }
    const name = this.name();
    const bound = this.eat(T.COLON) ? this.expression() : null;
    const value = this.eat(T.EQUAL) ? this.expression() : null;
    return mkTypeVar(name, bound, value, line, col, this.endLine(), this.endCol());
  }
}
