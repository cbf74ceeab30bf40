/** Compound statements and blocks: the whole grammar's top. */
import type * as A from "./ast.ts";
import * as N from "./nodes.ts";
import { PARSE_FAIL } from "./parser_base.ts";
import { SimpleStatementParser } from "./parser_stmt.ts";
import { TF } from "./tokenizer.ts";
import { T } from "./tokens.ts";

export class Parser extends SimpleStatementParser {
  /** Offset of the first token of the statement of the module that is being read. */
  statementAt = 0;

  file(): A.Module {
    const body: A.stmt[] = [];
    while (this.type !== T.ENDMARKER) {
      this.statementAt = this.at;
      this.statement(body);
    }
    return N.mkModule(body);
  }

  eval(): A.Expression {
    const at = this.at;
    let body = this.expression();
    if (this.type === T.COMMA) {
      const elts = [body];
      while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.expression());
      body = N.mkTuple(elts, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
    }
    while (this.eat(T.NEWLINE));
    if (this.type !== T.ENDMARKER) this.fail();
    return N.mkExpression(body);
  }

  /** One statement, as typed at a prompt. */
  interactive(): A.Interactive {
    const body: A.stmt[] = [];
    const at = this.at;
    if (this.type === T.ENDMARKER) this.fail();
    if (this.eat(T.NEWLINE))
      body.push(N.mkPass(this.lineOf(at), this.colOf(at), this.endLine(), this.endCol()));
    else {
      const compound = this.compound();
      if (compound === null) this.simpleStatements(body);
      else {
        body.push(compound);
        this.expect(T.NEWLINE);
      }
    }
    return N.mkInteractive(body);
  }

  private statement(out: A.stmt[]): void {
    const compound = this.compound();
    if (compound !== null) out.push(compound);
    else this.simpleStatements(out);
  }

  /** A compound statement, or null if a simple one is next. */
  private compound(): A.stmt | null {
    switch (this.type) {
      case T.IF:
        return this.if();
      case T.DEF:
        return this.functionDef(this.at, [], false);
      case T.CLASS:
        return this.classDef([]);
      case T.FOR:
        return this.for(this.at, false);
      case T.WHILE:
        return this.while();
      case T.TRY:
        return this.try();
      case T.WITH:
        return this.with(this.at, false);
      case T.AT:
        return this.decorated();
      case T.ASYNC:
        return this.async([]);
      case T.NAME:
        return this.isSoft("match") ? this.matchOrNot() : null;
      default:
        return null;
    }
  }

  private async(decorators: A.expr[]): A.stmt {
    const at = this.at;
    this.advance();
    if (this.type === T.DEF) return this.functionDef(at, decorators, true);
    if (decorators.length > 0) this.fail();
    if (this.type === T.FOR) return this.for(at, true);
    if (this.type === T.WITH) return this.with(at, true);
    this.fail();
  }

  private decorated(): A.stmt {
    const decorators: A.expr[] = [];
    while (this.eat(T.AT)) {
      decorators.push(this.namedExpression());
      this.expect(T.NEWLINE);
    }
    if (this.type === T.DEF) return this.functionDef(this.at, decorators, false);
    if (this.type === T.CLASS) return this.classDef(decorators);
    if (this.type === T.ASYNC) return this.async(decorators);
    this.fail();
  }

  /** The block after a colon. */
  private block(): A.stmt[] {
    this.expect(T.COLON);
    const body: A.stmt[] = [];
    if (!this.eat(T.NEWLINE)) {
      this.simpleStatements(body);
      return body;
    }
    this.expect(T.INDENT);
    while (this.type !== T.DEDENT) this.statement(body);
    this.advance();
    return body;
  }

  private functionDef(at: number, decorators: A.expr[], isAsync: boolean): A.stmt {
    this.advance();
    const name = this.name();
    const typeParams = this.typeParams();
    this.expect(T.LPAR);
    const args = this.parameters(T.RPAR, true);
    this.expect(T.RPAR);
    const returns = this.eat(T.RARROW) ? this.expression() : null;
    const body = this.block();
    const end = this.lastText();
    const make = isAsync ? N.mkAsyncFunctionDef : N.mkFunctionDef;
    return make(
      name,
      args,
      body,
      decorators,
      returns,
      typeParams,
      this.lineOf(at),
      this.colOf(at),
      this.endLineOf(end),
      this.endColOf(end),
    );
  }

  private classDef(decorators: A.expr[]): A.stmt {
    const at = this.at;
    this.advance();
    const name = this.name();
    const typeParams = this.typeParams();
    const bases: A.expr[] = [];
    const keywords: A.keyword[] = [];
    const open = this.at;
    if (this.eat(T.LPAR)) this.arguments(bases, keywords, open, false);
    const body = this.block();
    const end = this.lastText();
    return N.mkClassDef(
      name,
      bases,
      keywords,
      body,
      decorators,
      typeParams,
      this.lineOf(at),
      this.colOf(at),
      this.endLineOf(end),
      this.endColOf(end),
    );
  }

  /** From `if` or `elif`. */
  private if(): A.stmt {
    this.enter();
    const at = this.at;
    this.advance();
    const test = this.namedExpression();
    const body = this.block();
    const orelse = this.type === T.ELIF ? [this.if()] : this.elseBlock();
    const end = this.lastText();
    this.depth--;
    return N.mkIf(
      test,
      body,
      orelse,
      this.lineOf(at),
      this.colOf(at),
      this.endLineOf(end),
      this.endColOf(end),
    );
  }

  private elseBlock(): A.stmt[] {
    return this.eat(T.ELSE) ? this.block() : [];
  }

  private while(): A.stmt {
    const at = this.at;
    this.advance();
    const test = this.namedExpression();
    const body = this.block();
    const orelse = this.elseBlock();
    const end = this.lastText();
    return N.mkWhile(
      test,
      body,
      orelse,
      this.lineOf(at),
      this.colOf(at),
      this.endLineOf(end),
      this.endColOf(end),
    );
  }

  private for(at: number, isAsync: boolean): A.stmt {
    this.advance();
    const target = this.starTargets();
    this.expect(T.IN);
    const iter = this.starExpressions();
    const body = this.block();
    const orelse = this.elseBlock();
    const end = this.lastText();
    const make = isAsync ? N.mkAsyncFor : N.mkFor;
    return make(
      target,
      iter,
      body,
      orelse,
      this.lineOf(at),
      this.colOf(at),
      this.endLineOf(end),
      this.endColOf(end),
    );
  }

  private with(at: number, isAsync: boolean): A.stmt {
    this.advance();
    const items = this.withItems();
    const body = this.block();
    const end = this.lastText();
    const make = isAsync ? N.mkAsyncWith : N.mkWith;
    return make(items, body, this.lineOf(at), this.colOf(at), this.endLineOf(end), this.endColOf(end));
  }

  /** Parenthesised items if that reading goes up to the colon; else the parenthesis belongs to an expression. */
  private withItems(): A.withitem[] {
    if (this.type === T.LPAR) {
      const at = this.at;
      const items = this.attempt(() => this.parenthesisedItems());
      if (items !== null) return items;
      this.seek(at);
    }
    const items: A.withitem[] = [];
    do {
      items.push(this.withItem());
    } while (this.eat(T.COMMA));
    return items;
  }

  private parenthesisedItems(): A.withitem[] {
    const items: A.withitem[] = [];
    this.advance();
    do {
      items.push(this.withItem());
    } while (this.eat(T.COMMA) && this.type !== T.RPAR);
    this.expect(T.RPAR);
    if (this.type !== T.COLON) this.fail();
    return items;
  }

  private withItem(): A.withitem {
    const context = this.expression();
    let vars: A.expr | null = null;
    if (this.eat(T.AS)) {
      vars = this.starTarget();
      if (this.type !== T.COMMA && this.type !== T.RPAR && this.type !== T.COLON) this.fail();
    }
    return N.mkwithitem(context, vars);
  }

  /** Runs `parse`; null if it leaves the grammar. Warnings of the failed reading are forgotten. */
  private attempt<R>(parse: () => R): R | null {
    const { depth } = this;
    const { warnings } = this.tokenizer;
    const count = warnings.length;
    try {
      return parse();
    } catch (e) {
      if (e !== PARSE_FAIL) throw e;
      this.depth = depth;
      warnings.length = count;
      return null;
    }
  }

  private try(): A.stmt {
    const at = this.at;
    this.advance();
    const body = this.block();
    const handlers: A.excepthandler[] = [];
    const star = this.type === T.EXCEPT && this.peek() === T.STAR;
    while (this.type === T.EXCEPT) handlers.push(this.handler(star));
    const orelse = handlers.length > 0 ? this.elseBlock() : [];
    const finalbody = this.eat(T.FINALLY) ? this.block() : [];
    if (handlers.length === 0 && finalbody.length === 0) this.fail();
    const end = this.lastText();
    const make = star ? N.mkTryStar : N.mkTry;
    return make(
      body,
      handlers,
      orelse,
      finalbody,
      this.lineOf(at),
      this.colOf(at),
      this.endLineOf(end),
      this.endColOf(end),
    );
  }

  private handler(star: boolean): A.excepthandler {
    const at = this.at;
    this.advance();
    if (star) this.expect(T.STAR);
    let type: A.expr | null = null;
    let name: string | null = null;
    if (star || this.type !== T.COLON) {
      type = this.expression();
      if (this.eat(T.AS)) name = this.name();
    }
    const body = this.block();
    const end = this.lastText();
    return N.mkExceptHandler(
      type,
      name,
      body,
      this.lineOf(at),
      this.colOf(at),
      this.endLineOf(end),
      this.endColOf(end),
    );
  }

  /** `match` begins a statement only if a subject, a colon and an indented `case` follow. */
  private matchOrNot(): A.stmt | null {
    const next = this.peek();
    if (next === T.DOT || next === T.EQUAL || next === T.COMMA || next === T.COLON || next === T.RPAR)
      return null;
    const at = this.at;
    const subject = this.attempt(() => this.matchHead());
    if (subject !== null) return this.match(at, subject);
    this.seek(at);
    return null;
  }

  private matchHead(): A.expr {
    this.advance();
    const subject = this.subject();
    this.expect(T.COLON);
    this.expect(T.NEWLINE);
    this.expect(T.INDENT);
    if (!this.isSoft("case")) this.fail();
    return subject;
  }

  private subject(): A.expr {
    const at = this.at;
    const first = this.starNamedExpression();
    if (this.type !== T.COMMA) return first.kind === "Starred" ? this.fail() : first;
    const elts = [first];
    while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.starNamedExpression());
    return N.mkTuple(elts, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private match(at: number, subject: A.expr): A.stmt {
    const cases: A.match_case[] = [];
    while (this.isSoft("case")) {
      this.advance();
      const pattern = this.patterns();
      const guard = this.eat(T.IF) ? this.namedExpression() : null;
      cases.push(N.mkmatch_case(pattern, guard, this.block()));
    }
    this.expect(T.DEDENT);
    const end = this.lastText();
    return N.mkMatch(
      subject,
      cases,
      this.lineOf(at),
      this.colOf(at),
      this.endLineOf(end),
      this.endColOf(end),
    );
  }

  private endLineOf(at: number): number {
    return this.tokens[at + TF.END_LINE];
  }

  private endColOf(at: number): number {
    return this.tokens[at + TF.END_COL];
  }
}
