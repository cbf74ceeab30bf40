/** Expressions, by precedence climbing. */
import type * as A from "./ast.ts";
import { parseNumber } from "./constants.ts";
import * as N from "./nodes.ts";
import { ArgumentsParser } from "./parser_args.ts";
import { T } from "./tokens.ts";

const BINARY_FIRST = T.VBAR;
/** Precedence and node operator of each binary operator token from T.VBAR on. */
const PRECEDENCE = [1, 2, 3, 4, 4, 5, 5, 6, 6, 6, 6, 6];
// biome-ignore format: a row
const BINARY: A.operator[] = [
  "BitOr", "BitXor", "BitAnd", "LShift", "RShift", "Add", "Sub", "Mult", "MatMult", "Div", "Mod", "FloorDiv",
];
const COMPARISONS: A.cmpop[] = ["Eq", "NotEq", "LtE", "Lt", "GtE", "Gt"];

export abstract class ExpressionParser extends ArgumentsParser {
  /** `a, *b`: a tuple if there is a comma. */
  starExpressions(): A.expr {
    const at = this.at;
    const first = this.starExpression();
    if (this.type !== T.COMMA) return first;
    const elts = [first];
    while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.starExpression());
    return N.mkTuple(elts, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  /** Whether the current token can begin an expression or a starred one; tells a trailing comma. */
  startsExpression(): boolean {
    switch (this.type) {
      case T.NAME:
      case T.NUMBER:
      case T.STRING:
      case T.FSTRING_START:
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE:
      case T.ELLIPSIS:
      case T.TILDE:
      case T.PLUS:
      case T.MINUS:
      case T.STAR:
      case T.NONE:
      case T.TRUE:
      case T.FALSE:
      case T.NOT:
      case T.LAMBDA:
      case T.AWAIT:
        return true;
      default:
        return false;
    }
  }

  starExpression(): A.expr {
    return this.type === T.STAR ? this.starred() : this.expression();
  }

  private starred(): A.expr {
    const at = this.at;
    this.advance();
    const value = this.binary(1);
    return N.mkStarred(value, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  starNamedExpression(): A.expr {
    return this.type === T.STAR ? this.starred() : this.namedExpression();
  }

  /** `yield`, or starred expressions. */
  annotatedRhs(): A.expr {
    return this.type === T.YIELD ? this.yieldExpression() : this.starExpressions();
  }

  yieldExpression(): A.expr {
    const at = this.at;
    this.advance();
    if (this.eat(T.FROM)) {
      const value = this.expression();
      return N.mkYieldFrom(value, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
    }
    const value = this.startsExpression() ? this.starExpressions() : null;
    return N.mkYield(value, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  expression(): A.expr {
    this.enter();
    const at = this.at;
    let e: A.expr;
    if (this.type === T.LAMBDA) e = this.lambda();
    else {
      e = this.disjunction();
      if (this.type === T.IF) {
        this.advance();
        const test = this.disjunction();
        this.expect(T.ELSE);
        const orelse = this.expression();
        e = N.mkIfExp(test, e, orelse, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
      }
    }
    this.depth--;
    return e;
  }

  private lambda(): A.expr {
    const at = this.at;
    this.advance();
    const args = this.parameters(T.COLON, false);
    this.advance();
    const body = this.expression();
    return N.mkLambda(args, body, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  disjunction(): A.expr {
    const at = this.at;
    const first = this.conjunction();
    if (this.type !== T.OR) return first;
    const values = [first];
    while (this.eat(T.OR)) values.push(this.conjunction());
    return this.boolOp("Or", values, at);
  }

  private conjunction(): A.expr {
    const at = this.at;
    const first = this.inversion();
    if (this.type !== T.AND) return first;
    const values = [first];
    while (this.eat(T.AND)) values.push(this.inversion());
    return this.boolOp("And", values, at);
  }

  private boolOp(op: A.boolop, values: A.expr[], at: number): A.expr {
    return N.mkBoolOp(op, values, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private inversion(): A.expr {
    if (this.type !== T.NOT) return this.comparison();
    this.enter();
    const at = this.at;
    this.advance();
    const operand = this.inversion();
    this.depth--;
    return N.mkUnaryOp("Not", operand, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private comparison(): A.expr {
    const at = this.at;
    const left = this.binary(1);
    let op = this.comparisonOperator();
    if (op === null) return left;
    const ops: A.cmpop[] = [];
    const comparators: A.expr[] = [];
    while (op !== null) {
      ops.push(op);
      comparators.push(this.binary(1));
      op = this.comparisonOperator();
    }
    return N.mkCompare(
      left,
      ops,
      comparators,
      this.lineOf(at),
      this.colOf(at),
      this.endLine(),
      this.endCol(),
    );
  }

  private comparisonOperator(): A.cmpop | null {
    const type = this.type;
    if (type <= T.GREATER && type >= T.EQEQUAL) {
      this.advance();
      return COMPARISONS[type - T.EQEQUAL];
    }
    if (type === T.IN) {
      this.advance();
      return "In";
    }
    if (type === T.IS) {
      this.advance();
      return this.eat(T.NOT) ? "IsNot" : "Is";
    }
    if (type === T.NOT && this.peek() === T.IN) {
      this.advance();
      this.advance();
      return "NotIn";
    }
    return null;
  }

  /** Operators of precedence `min` and above: 1 is `|`. */
  binary(min: number): A.expr {
    const at = this.at;
    let left = this.factor();
    for (;;) {
      const type = this.type;
      if (type < BINARY_FIRST || type >= T.DOUBLESTAR) return left;
      const precedence = PRECEDENCE[type - BINARY_FIRST];
      if (precedence < min) return left;
      this.advance();
      const right = this.binary(precedence + 1);
      left = N.mkBinOp(
        left,
        BINARY[type - BINARY_FIRST],
        right,
        this.lineOf(at),
        this.colOf(at),
        this.endLine(),
        this.endCol(),
      );
    }
  }

  private factor(): A.expr {
    const type = this.type;
    if (type !== T.PLUS && type !== T.MINUS && type !== T.TILDE) return this.power();
    this.enter();
    const at = this.at;
    this.advance();
    const operand = this.factor();
    this.depth--;
    const op = type === T.PLUS ? "UAdd" : type === T.MINUS ? "USub" : "Invert";
    return N.mkUnaryOp(op, operand, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private power(): A.expr {
    const at = this.at;
    const left = this.type === T.AWAIT ? this.awaited() : this.primary();
    if (this.type !== T.DOUBLESTAR) return left;
    this.enter();
    this.advance();
    const right = this.factor();
    this.depth--;
    return N.mkBinOp(left, "Pow", right, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private awaited(): A.expr {
    const at = this.at;
    this.advance();
    const value = this.primary();
    return N.mkAwait(value, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  /** An atom with attributes, calls and subscripts. */
  primary(): A.expr {
    const at = this.at;
    let e = this.atom();
    for (;;) {
      switch (this.type) {
        case T.DOT: {
          this.advance();
          const name = this.name();
          e = N.mkAttribute(e, name, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
          break;
        }
        case T.LPAR: {
          const open = this.at;
          const args: A.expr[] = [];
          const keywords: A.keyword[] = [];
          this.advance();
          this.arguments(args, keywords, open, true);
          e = N.mkCall(e, args, keywords, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
          break;
        }
        case T.LSQB: {
          this.advance();
          const slice = this.slices();
          this.expect(T.RSQB);
          e = N.mkSubscript(e, slice, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
          break;
        }
        default:
          return e;
      }
    }
  }

  private slices(): A.expr {
    const at = this.at;
    const first = this.slice();
    if (this.type !== T.COMMA && first.kind !== "Starred") return first;
    const elts = [first];
    while (this.eat(T.COMMA) && this.type !== T.RSQB) elts.push(this.slice());
    return N.mkTuple(elts, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private slice(): A.expr {
    const at = this.at;
    let lower: A.expr | null = null;
    if (this.type === T.STAR) return this.starredArgument();
    if (this.type !== T.COLON) {
      const named = this.peek() === T.COLONEQUAL;
      const e = this.namedExpression();
      if (this.type !== T.COLON || named) return e;
      lower = e;
    }
    this.advance();
    const upper = this.sliceBound();
    const step = this.eat(T.COLON) ? this.sliceBound() : null;
    return N.mkSlice(lower, upper, step, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private sliceBound(): A.expr | null {
    return this.type === T.COLON || this.type === T.COMMA || this.type === T.RSQB ? null : this.expression();
  }

  private starredArgument(): A.expr {
    const at = this.at;
    this.advance();
    const value = this.expression();
    return N.mkStarred(value, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private atom(): A.expr {
    const at = this.at;
    switch (this.type) {
      case T.NAME: {
        const id = this.name();
        return N.mkName(id, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
      }
      case T.NUMBER:
        return this.constant(this.literal(parseNumber));
      case T.STRING:
      case T.FSTRING_START:
        return this.strings();
      case T.NONE:
        return this.constant({ t: "None" });
      case T.TRUE:
        return this.constant({ t: "True" });
      case T.FALSE:
        return this.constant({ t: "False" });
      case T.ELLIPSIS:
        return this.constant({ t: "Ellipsis" });
      case T.LPAR:
        return this.parenthesis();
      case T.LSQB:
        return this.bracket();
      case T.LBRACE:
        return this.brace();
      default:
        return this.fail();
    }
  }

  /** The current token as a constant. */
  constant(value: A.ConstantValue): A.Constant {
    const at = this.at;
    this.advance();
    return N.mkConstant(value, null, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  /** A tuple, a group or a generator expression. */
  private parenthesis(): A.expr {
    const at = this.at;
    this.advance();
    let elts: A.expr[] = [];
    if (this.type !== T.RPAR) {
      if (this.type === T.YIELD) {
        const e = this.yieldExpression();
        this.expect(T.RPAR);
        return e;
      }
      const first = this.starNamedExpression();
      if (this.type === T.RPAR && first.kind !== "Starred") {
        this.advance();
        return first;
      }
      if (this.type === T.FOR || this.type === T.ASYNC) {
        if (first.kind === "Starred") this.fail();
        const generators = this.forIfClauses();
        this.expect(T.RPAR);
        return N.mkGeneratorExp(
          first,
          generators,
          this.lineOf(at),
          this.colOf(at),
          this.endLine(),
          this.endCol(),
        );
      }
      if (this.type !== T.COMMA) this.fail();
      elts = this.elementsAfter(first, T.RPAR);
    }
    this.expect(T.RPAR);
    return N.mkTuple(elts, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private elementsAfter(first: A.expr, stop: T): A.expr[] {
    const elts = [first];
    while (this.eat(T.COMMA) && this.type !== stop) elts.push(this.starNamedExpression());
    return elts;
  }

  private bracket(): A.expr {
    const at = this.at;
    this.advance();
    let elts: A.expr[] = [];
    if (this.type !== T.RSQB) {
      const first = this.starNamedExpression();
      if (this.type === T.FOR || this.type === T.ASYNC) {
        if (first.kind === "Starred") this.fail();
        const generators = this.forIfClauses();
        this.expect(T.RSQB);
        return N.mkListComp(
          first,
          generators,
          this.lineOf(at),
          this.colOf(at),
          this.endLine(),
          this.endCol(),
        );
      }
      elts = this.elementsAfter(first, T.RSQB);
    }
    this.expect(T.RSQB);
    return N.mkList(elts, "Load", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private brace(): A.expr {
    const at = this.at;
    this.advance();
    if (this.type === T.RBRACE || this.type === T.DOUBLESTAR) return this.dict(at, null);
    if (this.type === T.STAR) return this.set(at, this.starNamedExpression());
    const named = this.peek() === T.COLONEQUAL;
    const first = this.namedExpression();
    if (this.type === T.COLON && !named) return this.dict(at, first);
    return this.set(at, first);
  }

  private set(at: number, first: A.expr): A.expr {
    if ((this.type === T.FOR || this.type === T.ASYNC) && first.kind !== "Starred") {
      const generators = this.forIfClauses();
      this.expect(T.RBRACE);
      return N.mkSetComp(first, generators, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
    }
    const elts = this.elementsAfter(first, T.RBRACE);
    this.expect(T.RBRACE);
    return N.mkSet(elts, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  /** From the first key's colon, or from `**`, or from the closing brace. */
  private dict(at: number, firstKey: A.expr | null): A.expr {
    const keys: (A.expr | null)[] = [];
    const values: A.expr[] = [];
    let key = firstKey;
    while (key !== null || this.type !== T.RBRACE) {
      if (key === null && this.eat(T.DOUBLESTAR)) {
        keys.push(null);
        values.push(this.binary(1));
      } else {
        key ??= this.expression();
        this.expect(T.COLON);
        keys.push(key);
        values.push(this.expression());
        if (keys.length === 1 && (this.type === T.FOR || this.type === T.ASYNC)) {
          return this.dictComp(at, key, values[0]);
        }
      }
      key = null;
      if (this.type !== T.RBRACE) this.expect(T.COMMA);
    }
    this.advance();
    return N.mkDict(keys, values, this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  private dictComp(at: number, key: A.expr, value: A.expr): A.expr {
    const generators = this.forIfClauses();
    this.expect(T.RBRACE);
    return N.mkDictComp(
      key,
      value,
      generators,
      this.lineOf(at),
      this.colOf(at),
      this.endLine(),
      this.endCol(),
    );
  }

  forIfClauses(): A.comprehension[] {
    const clauses: A.comprehension[] = [];
    do {
      const isAsync = this.eat(T.ASYNC) ? 1 : 0;
      this.expect(T.FOR);
      const target = this.starTargets();
      this.expect(T.IN);
      const iter = this.disjunction();
      const ifs: A.expr[] = [];
      while (this.eat(T.IF)) ifs.push(this.disjunction());
      clauses.push(N.mkcomprehension(target, iter, ifs, isAsync));
    } while (this.type === T.FOR || this.type === T.ASYNC);
    return clauses;
  }

  /** What a `for` assigns to. */
  starTargets(): A.expr {
    const at = this.at;
    const first = this.starTarget();
    if (this.type !== T.COMMA) return first;
    const elts = [first];
    while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.starTarget());
    return N.mkTuple(elts, "Store", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  starTarget(): A.expr {
    const at = this.at;
    if (this.type !== T.STAR) {
      const e = this.primary();
      this.storeTo(e);
      return e;
    }
    this.advance();
    const value = this.primary();
    this.storeTo(value);
    return N.mkStarred(value, "Store", this.lineOf(at), this.colOf(at), this.endLine(), this.endCol());
  }

  /** Makes an expression a target of assignment, or fails. */
  storeTo(e: A.expr): void {
    switch (e.kind) {
      case "Name":
      case "Attribute":
      case "Subscript":
        e.ctx = "Store";
        return;
      case "Starred":
        e.ctx = "Store";
        if (e.value.kind === "Starred") this.fail();
        this.storeTo(e.value);
        return;
      case "Tuple":
      case "List":
        e.ctx = "Store";
        for (const elt of e.elts) this.storeTo(elt);
        return;
      default:
        this.fail();
    }
  }
}
