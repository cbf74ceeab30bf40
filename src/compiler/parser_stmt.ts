/** Simple statements: those of one line. */
import type * as A from "./ast.ts";
import * as N from "./nodes.ts";
import { STEP } from "./parser_base.ts";
import { PatternParser } from "./parser_pattern.ts";
import { T } from "./tokens.ts";

/** Operators of the augmented assignments from T.PLUSEQUAL on. */
// biome-ignore format: a row
const AUGMENTED: A.operator[] = [
  "Add", "Sub", "Mult", "MatMult", "Div", "Mod", "BitAnd", "BitOr", "BitXor", "LShift", "RShift", "Pow", "FloorDiv",
];

export abstract class SimpleStatementParser extends PatternParser {
  /** Statements joined by semicolons, and the line end. */
  simpleStatements(out: A.stmt[]): void {
    do {
      out.push(this.simpleStatement());
    } while (this.eat(T.SEMI) && this.type !== T.NEWLINE);
    this.expect(T.NEWLINE);
  }

  private simpleStatement(): A.stmt {
    const at = this.at;
    switch (this.type) {
      case T.PASS:
        this.advance();
        return N.mkPass(this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
      case T.BREAK:
        this.advance();
        return N.mkBreak(this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
      case T.CONTINUE:
        this.advance();
        return N.mkContinue(this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
      case T.RETURN: {
        this.advance();
        const value = this.startsExpression() ? this.starExpressions() : null;
        return N.mkReturn(value, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
      }
      case T.RAISE:
        return this.raise();
      case T.GLOBAL:
      case T.NONLOCAL:
        return this.globalOrNonlocal();
      case T.DEL:
        return this.del();
      case T.ASSERT:
        return this.assert();
      case T.IMPORT:
        return this.import();
      case T.FROM:
        return this.importFrom();
      case T.NAME:
        if (this.peek() === T.NAME && this.isSoft("type")) return this.typeAlias();
        return this.expressionStatement();
      default:
        return this.expressionStatement();
    }
  }

  private raise(): A.stmt {
    const at = this.at;
    this.advance();
    let exc: A.expr | null = null;
    let cause: A.expr | null = null;
    if (this.type !== T.NEWLINE && this.type !== T.SEMI) {
      exc = this.expression();
      if (this.eat(T.FROM)) cause = this.expression();
    }
    return N.mkRaise(exc, cause, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private globalOrNonlocal(): A.stmt {
    const at = this.at;
    const make = this.type === T.GLOBAL ? N.mkGlobal : N.mkNonlocal;
    this.advance();
    const names: string[] = [];
    do {
      names.push(this.name());
    } while (this.eat(T.COMMA));
    return make(names, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private assert(): A.stmt {
    const at = this.at;
    this.advance();
    const test = this.expression();
    const msg = this.eat(T.COMMA) ? this.expression() : null;
    return N.mkAssert(test, msg, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private del(): A.stmt {
    const at = this.at;
    this.advance();
    const targets: A.expr[] = [];
    do {
      const target = this.primary();
      this.delTarget(target);
      targets.push(target);
    } while (this.eat(T.COMMA) && this.type !== T.SEMI && this.type !== T.NEWLINE);
    if (this.type !== T.SEMI && this.type !== T.NEWLINE) this.fail();
    return N.mkDelete(targets, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private delTarget(e: A.expr): void {
    switch (e.kind) {
      case "Name":
      case "Attribute":
      case "Subscript":
        e.ctx = "Del";
        return;
      case "Tuple":
      case "List":
        e.ctx = "Del";
        for (const elt of e.elts) this.delTarget(elt);
        return;
      default:
        this.fail();
    }
  }

  private import(): A.stmt {
    const at = this.at;
    this.advance();
    const names: A.alias[] = [];
    do {
      const start = this.at;
      const name = this.dottedName();
      names.push(this.alias(name, start));
    } while (this.eat(T.COMMA));
    return N.mkImport(names, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private dottedName(): string {
    let name = this.name();
    while (this.eat(T.DOT)) name += `.${this.name()}`;
    return name;
  }

  private alias(name: string, start: number): A.alias {
    const asname = this.eat(T.AS) ? this.name() : null;
    return N.mkalias(name, asname, this.lineOf(start), this.colOf(start), this.endLine(), this.endCol());
  }

  private importFrom(): A.stmt {
    const at = this.at;
    this.advance();
    let level = 0;
    while (this.type === T.DOT || this.type === T.ELLIPSIS) {
      level += this.type === T.DOT ? 1 : 3;
      this.advance();
    }
    const module = level > 0 && this.type === T.IMPORT ? null : this.dottedName();
    this.expect(T.IMPORT);
    const names = this.importedNames();
    return N.mkImportFrom(
      module,
      names,
      level,
      this.lineOf(at),
      this.colOf(at),
      this.endLine(),
      this.endCol(),
    );
  }

  private importedNames(): A.alias[] {
    const start = this.at;
    if (this.eat(T.STAR)) return [this.alias("*", start)];
    const parenthesis = this.eat(T.LPAR);
    const names: A.alias[] = [];
    do {
      const from = this.at;
      const name = this.name();
      names.push(this.alias(name, from));
    } while (this.eat(T.COMMA) && !(parenthesis && this.type === T.RPAR));
    if (parenthesis) this.expect(T.RPAR);
    return names;
  }

  private typeAlias(): A.stmt {
    const at = this.at;
    this.advance();
    const nameAt = this.at;
    const id = this.name();
    const name = N.mkName(
      id,
      "Store",
      this.lineOf(nameAt),
      this.colOf(nameAt),
      this.endLine(),
      this.endCol(),
    );
    const params = this.typeParams();
    this.expect(T.EQUAL);
    const value = this.expression();
    return N.mkTypeAlias(name, params, value, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  /** An expression, or the assignment that it turns out to begin. */
  private expressionStatement(): A.stmt {
    const at = this.at;
    const e = this.annotatedRhs();
    const type = this.type;
    if (type === T.EQUAL) return this.assignment(at, e);
    if (type === T.COLON) return this.annotatedAssignment(at, e);
    if (type >= T.PLUSEQUAL && type <= T.DOUBLESLASHEQUAL) return this.augmentedAssignment(at, e);
    return N.mkExpr(e, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private assignment(at: number, first: A.expr): A.stmt {
    const targets: A.expr[] = [];
    let e = first;
    while (this.eat(T.EQUAL)) {
      this.storeTo(e);
      targets.push(e);
      e = this.annotatedRhs();
    }
    return N.mkAssign(targets, e, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private augmentedAssignment(at: number, target: A.expr): A.stmt {
    if (target.kind !== "Name" && target.kind !== "Attribute" && target.kind !== "Subscript") this.fail();
    target.ctx = "Store";
    const op = AUGMENTED[this.type - T.PLUSEQUAL];
    this.advance();
    const value = this.annotatedRhs();
    return N.mkAugAssign(target, op, value, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private annotatedAssignment(at: number, target: A.expr): A.stmt {
    if (target.kind !== "Name" && target.kind !== "Attribute" && target.kind !== "Subscript") this.fail();
    target.ctx = "Store";
    const simple = target.kind === "Name" && this.at === at + STEP ? 1 : 0;
    this.advance();
    const annotation = this.expression();
    const value = this.eat(T.EQUAL) ? this.annotatedRhs() : null;
    return N.mkAnnAssign(
      target,
      annotation,
      value,
      simple,
      this.lineOf(at),
      this.colOf(at),
      this.endLine(),
      this.endCol(),
    );
  }
}
