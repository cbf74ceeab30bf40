/**
 * The walk in the order in which CPython makes code: over expressions. It finds the errors that CPython's compiler
 * finds, the first one first, gives its warnings, and notes in which order fast locals are met.
 */
import type * as A from "./ast.ts";
import { PySyntaxError, type PyWarning } from "./errors.ts";
import type { Future } from "./future.ts";
import { Def, maybeMangle, NameScope, type Scope, type SymbolTable } from "./scope.ts";
import { badIndex, inferType, isNotCallable, isNotSubscriptable, isPlainLiteral } from "./validate_types.ts";

type UnitKind = "module" | "class" | "function" | "async" | "lambda" | "comprehension" | "typeparams";
/** Something that a jump out of it has to unwind. */
export interface Block {
  kind: "loop" | "with" | "try" | "handler" | "group";
  finalbody: A.stmt[] | null;
}

/** One code object in the making. */
export interface Unit {
  kind: UnitKind;
  scope: Scope;
  blocks: Block[];
  outer: Unit | null;
}

type Comprehension = A.ListComp | A.SetComp | A.DictComp | A.GeneratorExp;

export abstract class ExpressionValidator {
  protected unit!: Unit;
  protected privateName: string | null = null;

  constructor(
    protected readonly table: SymbolTable,
    protected readonly filename: string,
    protected readonly future: Future,
    private readonly warnings: PyWarning[],
    private readonly topLevelAwait: boolean,
  ) {}

  protected fail(msg: string, at: A.Located): never {
    throw new PySyntaxError(
      "SyntaxError",
      msg,
      this.filename,
      at.lineno,
      at.col_offset + 1,
      at.end_lineno,
      at.end_col_offset + 1,
      null,
    );
  }

  protected warn(msg: string, at: A.Located): void {
    const { lineno, end_lineno } = at;
    const spot = { offset: at.col_offset + 1, end_lineno, end_offset: at.end_col_offset + 1, text: null };
    this.warnings.push({ category: "SyntaxWarning", msg, lineno, spot });
  }

  protected enter(kind: UnitKind, scope: Scope): void {
    this.unit = { kind, scope, blocks: [], outer: this.unit ?? null };
  }

  protected leave(): void {
    this.unit = this.unit.outer!;
  }

  /** A name is loaded, stored or deleted. */
  protected nameOp(name: string, ctx: A.expr_context, at: A.Located): void {
    this.forbid(name, ctx, at);
    const { scope } = this.unit;
    const mangled = maybeMangle(this.privateName, scope, name);
    if (scope.functionLike && scope.scopeOf(mangled) === NameScope.LOCAL) addName(scope, mangled);
  }

  protected forbid(name: string, ctx: A.expr_context, at: A.Located): void {
    if (name !== "__debug__" || ctx === "Load") return;
    this.fail(ctx === "Store" ? "cannot assign to __debug__" : "cannot delete __debug__", at);
  }

  protected maybe(e: A.expr | null): void {
    if (e !== null) this.expr(e);
  }

  protected exprs(list: (A.expr | null)[]): void {
    for (const e of list) if (e !== null) this.expr(e);
  }

  protected expr(e: A.expr): void {
    switch (e.kind) {
      case "Constant":
        return;
      case "Name":
        this.nameOp(e.id, e.ctx, e);
        return;
      case "Attribute":
        this.expr(e.value);
        this.forbid(e.attr, e.ctx, e);
        return;
      case "Call":
        this.call(e);
        return;
      case "BinOp":
        this.binOp(e);
        return;
      case "BoolOp":
      case "JoinedStr":
        this.joined(e.values);
        return;
      case "UnaryOp":
        this.expr(e.operand);
        return;
      case "Compare":
        this.compare(e);
        return;
      case "Subscript":
        this.subscript(e);
        return;
      case "Slice":
        this.maybe(e.lower);
        this.maybe(e.upper);
        this.maybe(e.step);
        return;
      case "List":
      case "Tuple":
        e.ctx === "Store" ? this.unpack(e) : this.elements(e.elts);
        return;
      case "Set":
        this.elements(e.elts);
        return;
      case "Dict":
        for (let i = 0; i < e.values.length; i++) {
          this.maybe(e.keys[i]);
          this.expr(e.values[i]);
        }
        return;
      case "IfExp":
        this.expr(e.test);
        this.expr(e.body);
        this.expr(e.orelse);
        return;
      case "FormattedValue":
        this.expr(e.value);
        this.maybe(e.format_spec);
        return;
      case "NamedExpr":
        this.expr(e.value);
        this.expr(e.target);
        return;
      case "Starred":
        if (e.ctx === "Store") this.fail("starred assignment target must be in a list or tuple", e);
        this.fail("can't use starred expression here", e);
        return;
      case "Lambda":
        this.lambda(e);
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.comprehension(e);
        return;
      default:
        this.suspending(e);
    }
  }

  private joined(values: A.expr[]): void {
    for (const v of values) this.expr(v);
  }

  private binOp(e: A.BinOp): void {
    const rights: A.expr[] = [];
    let left: A.expr = e;
    while (left.kind === "BinOp") {
      rights.push(left.right);
      left = left.left;
    }
    this.expr(left);
    for (let i = rights.length - 1; i >= 0; i--) this.expr(rights[i]);
  }

  /** Elements of a display, or arguments: stars are in place here. */
  private elements(elts: A.expr[]): void {
    for (const e of elts) this.expr(e.kind === "Starred" ? e.value : e);
  }

  private unpack(e: A.List | A.Tuple): void {
    let star = -1;
    e.elts.forEach((elt, i) => {
      if (elt.kind !== "Starred") return;
      if (star >= 0) this.fail("multiple starred expressions in assignment", e);
      if (i >= 256 || e.elts.length - i - 1 >= 1 << 23) {
        this.fail("too many expressions in star-unpacking assignment", e);
      }
      star = i;
    });
    this.elements(e.elts);
  }

  private compare(e: A.Compare): void {
    let left = e.left;
    e.ops.forEach((op, i) => {
      const right = e.comparators[i];
      const literal = isPlainLiteral(left) ? left : isPlainLiteral(right) ? right : null;
      if ((op === "Is" || op === "IsNot") && literal !== null) {
        const [word, instead] = op === "Is" ? ["is", "=="] : ["is not", "!="];
        this.warn(`"${word}" with '${inferType(literal)}' literal. Did you mean "${instead}"?`, e);
      }
      left = right;
    });
    this.expr(e.left);
    this.exprs(e.comparators);
  }

  private subscript(e: A.Subscript): void {
    if (e.ctx === "Load") {
      if (isNotSubscriptable(e.value)) {
        this.warn(
          `'${inferType(e.value)}' object is not subscriptable; perhaps you missed a comma?`,
          e.value,
        );
      }
      const bad = badIndex(e.value, e.slice);
      if (bad !== null) {
        const type = inferType(e.value);
        this.warn(
          `${type} indices must be integers or slices, not ${bad}; perhaps you missed a comma?`,
          e.value,
        );
      }
    }
    this.expr(e.value);
    this.expr(e.slice);
  }

  private call(e: A.Call): void {
    this.checkKeywords(e.keywords);
    if (isNotCallable(e.func)) {
      this.warn(`'${inferType(e.func)}' object is not callable; perhaps you missed a comma?`, e.func);
    }
    this.expr(e.func);
    this.callArguments(e.args, e.keywords);
  }

  protected callArguments(args: A.expr[], keywords: A.keyword[]): void {
    this.elements(args);
    for (const k of keywords) this.expr(k.value);
  }

  protected checkKeywords(keywords: A.keyword[]): void {
    for (let i = 0; i < keywords.length; i++) {
      const { arg } = keywords[i];
      if (arg === null) continue;
      this.forbid(arg, "Store", keywords[i]);
      for (let j = i + 1; j < keywords.length; j++) {
        if (keywords[j].arg === arg) this.fail(`keyword argument repeated: ${arg}`, keywords[j]);
      }
    }
  }

  protected checkParameters(a: A.arguments): void {
    const list = [...a.posonlyargs, ...a.args, a.vararg, ...a.kwonlyargs, a.kwarg];
    for (const p of list) if (p !== null) this.forbid(p.arg, "Store", p);
  }

  private lambda(e: A.Lambda): void {
    this.checkParameters(e.args);
    this.exprs(e.args.defaults);
    this.exprs(e.args.kw_defaults);
    this.enter("lambda", this.table.scopes.get(e)!);
    this.expr(e.body);
    this.leave();
  }

  /** Is this a module, and may modules await? */
  protected mayAwaitHere(): boolean {
    return this.topLevelAwait && this.unit.kind === "module";
  }

  private suspending(e: A.Yield | A.YieldFrom | A.Await): void {
    const { kind, scope } = this.unit;
    if (e.kind === "Await") {
      if (!this.mayAwaitHere()) {
        if (!scope.functionLike) this.fail("'await' outside function", e);
        if (kind !== "async" && kind !== "comprehension") this.fail("'await' outside async function", e);
      }
    } else {
      const word = e.kind === "Yield" ? "yield" : "yield from";
      if (!scope.functionLike) this.fail(`'${word}' outside function`, e);
      if (e.kind === "YieldFrom" && kind === "async") this.fail("'yield from' inside async function", e);
    }
    this.maybe(e.value);
  }

  private comprehension(e: Comprehension): void {
    const scope = this.table.scopes.get(e)!;
    const { kind, scope: host } = this.unit;
    if (scope.inlined) {
      this.expr(e.generators[0].iter);
      for (const s of scope.symbols.values()) {
        // In a class CPython makes room for every name that the comprehension mentions.
        const local = s.flags & Def.LOCAL && !(s.flags & Def.NONLOCAL);
        if (local || host.type === "Class") addName(host, s.name);
      }
    } else this.enter("comprehension", scope);
    const awaitable = kind === "async" || kind === "comprehension" || this.mayAwaitHere();
    if (scope.isCoroutine && e.kind !== "GeneratorExp" && !awaitable) {
      this.fail("asynchronous comprehension outside of an asynchronous function", e);
    }
    this.generators(e);
    if (scope.inlined) return;
    this.leave();
    this.expr(e.generators[0].iter);
  }

  private generators(e: Comprehension): void {
    e.generators.forEach((g, i) => {
      if (i > 0) this.expr(g.iter);
      this.expr(g.target);
      this.exprs(g.ifs);
    });
    if (e.kind === "DictComp") {
      this.expr(e.key);
      this.expr(e.value);
    } else this.expr(e.elt);
  }
}

function addName(scope: Scope, name: string): void {
  if (!scope.varnames.includes(name)) scope.varnames.push(name);
}
