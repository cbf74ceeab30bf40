/** The symbol table's first pass over expressions, and the scopes it keeps. */
import type * as A from "./ast.ts";
import { PySyntaxError } from "./errors.ts";
import { type Comprehension, Def, maybeMangle, NameScope, Scope, type ScopeType } from "./scope.ts";

type Place = A.Located;

const SHORT_NAMES: Record<Comprehension, string> = {
  ListComp: "listcomp",
  SetComp: "setcomp",
  DictComp: "dictcomp",
  GeneratorExp: "genexpr",
};
const LONG_NAMES: Record<Comprehension, string> = {
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  GeneratorExp: "generator expression",
};

export abstract class SymtableExpressions {
  cur!: Scope;
  top!: Scope;
  /** The class whose private names are mangled. */
  privateName: string | null = null;
  futureAnnotations = false;
  readonly all: Scope[] = [];
  readonly scopes = new Map<A.AnyNode | A.type_param[], Scope>();
  readonly bounds = new Map<A.type_param, Scope>();
  readonly defaults = new Map<A.type_param, Scope>();

  constructor(
    private readonly filename: string,
    protected readonly allowTopLevelAwait: boolean,
  ) {}

  fail(msg: string, at: Place): never {
    throw new PySyntaxError(
      "SyntaxError",
      msg,
      this.filename,
      at.lineno,
      at.col_offset + 1,
      at.end_lineno,
      at.end_col_offset + 1,
      null,
      true,
    );
  }

  /** Begins a scope. `node` null: the caller registers it. */
  protected enter(
    type: ScopeType,
    name: string,
    node: A.AnyNode | A.type_param[] | null,
    lineno: number,
  ): void {
    const prev = (this.cur ?? null) as Scope | null;
    const scope = new Scope(type, name, prev, node ?? [], lineno);
    this.cur = scope;
    if (prev !== null) {
      scope.nested = prev.nested || prev.functionLike;
      scope.compIterExpr = prev.compIterExpr;
      if (type !== "Class") scope.mangledNames = prev.mangledNames;
    } else this.top = scope;
    if (type === "Annotation") return;
    prev?.children.push(scope);
    this.all.push(scope);
    if (node !== null) this.scopes.set(node, scope);
  }

  protected leave(): void {
    this.cur = this.cur.parent!;
  }

  lookup(name: string): number {
    return this.lookupIn(this.cur, name);
  }

  private lookupIn(scope: Scope, name: string): number {
    return scope.symbols.get(maybeMangle(this.privateName, scope, name))?.flags ?? 0;
  }

  protected define(name: string, flag: number, at: Place): void {
    if (flag & Def.TYPE_PARAM) this.cur.mangledNames?.add(name);
    this.defineIn(this.cur, name, flag, at);
  }

  private defineIn(scope: Scope, name: string, flag: number, at: Place): void {
    const mangled = maybeMangle(this.privateName, this.cur, name);
    let symbol = scope.symbols.get(mangled);
    if (symbol === undefined) {
      symbol = { name: mangled, flags: 0, scope: NameScope.UNKNOWN };
    } else {
      if (flag & symbol.flags & Def.PARAM)
        this.fail(`duplicate argument '${name}' in function definition`, at);
      if (flag & symbol.flags & Def.TYPE_PARAM) this.fail(`duplicate type parameter '${name}'`, at);
    }
    let flags = symbol.flags | flag;
    if (scope.compIterTarget) {
      // The other order of the conflict is found in extendNamedExpr.
      if (flags & (Def.GLOBAL | Def.NONLOCAL)) {
        this.fail(`comprehension inner loop cannot rebind assignment expression target '${name}'`, at);
      }
      flags |= Def.COMP_ITER;
    }
    symbol.flags = flags;
    scope.symbols.set(mangled, symbol);
    if (flag & Def.PARAM) scope.varnames.push(mangled);
    else if (flag & Def.GLOBAL) this.defineGlobal(mangled, flag);
  }

  private defineGlobal(mangled: string, flag: number): void {
    const symbol = this.top.symbols.get(mangled);
    if (symbol !== undefined) symbol.flags |= flag;
    else this.top.symbols.set(mangled, { name: mangled, flags: flag, scope: NameScope.UNKNOWN });
  }

  protected directive(name: string, at: Place): void {
    this.cur.directives.push({ name: maybeMangle(this.privateName, this.cur, name), at });
  }

  protected maybe(e: A.expr | null): void {
    if (e !== null) this.expr(e);
  }

  protected exprs(list: A.expr[]): void {
    for (const e of list) this.expr(e);
  }

  protected exprsOrNull(list: (A.expr | null)[]): void {
    for (const e of list) if (e !== null) this.expr(e);
  }

  protected expr(e: A.expr): void {
    switch (e.kind) {
      case "Name":
        this.nameExpr(e);
        return;
      case "Constant":
        return;
      case "Attribute":
      case "Starred":
        this.expr(e.value);
        return;
      case "Call":
        this.expr(e.func);
        this.exprs(e.args);
        for (const k of e.keywords) this.expr(k.value);
        return;
      case "BinOp":
        this.binOp(e);
        return;
      case "BoolOp":
      case "JoinedStr":
        this.exprs(e.values);
        return;
      case "UnaryOp":
        this.expr(e.operand);
        return;
      case "Compare":
        this.expr(e.left);
        this.exprs(e.comparators);
        return;
      case "Subscript":
        this.expr(e.value);
        this.expr(e.slice);
        return;
      case "Slice":
        this.maybe(e.lower);
        this.maybe(e.upper);
        this.maybe(e.step);
        return;
      case "List":
      case "Tuple":
      case "Set":
        this.exprs(e.elts);
        return;
      case "Dict":
        this.exprsOrNull(e.keys);
        this.exprs(e.values);
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
        this.namedExpr(e);
        return;
      case "Lambda":
        this.lambda(e);
        return;
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
        this.comprehension(e, e.elt, null);
        return;
      case "DictComp":
        this.comprehension(e, e.key, e.value);
        return;
      case "Yield":
      case "YieldFrom":
        this.yieldExpr(e);
        return;
      case "Await":
        this.forbidInAnnotation("await expression", e);
        this.expr(e.value);
        this.cur.isCoroutine = true;
    }
  }

  /** Long sums are deep on the left: that side is walked without recursion. */
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

  private nameExpr(e: A.Name): void {
    this.define(e.id, e.ctx === "Load" ? Def.USE : Def.LOCAL, e);
    // A mention of super counts as one of __class__.
    if (e.id === "super" && e.ctx === "Load" && this.cur.functionLike) this.define("__class__", Def.USE, e);
  }

  private lambda(e: A.Lambda): void {
    this.exprs(e.args.defaults);
    this.exprsOrNull(e.args.kw_defaults);
    this.enter("Function", "lambda", e, e.lineno);
    this.parameters(e.args);
    this.expr(e.body);
    this.leave();
  }

  protected parameters(a: A.arguments): void {
    for (const p of a.posonlyargs) this.define(p.arg, Def.PARAM, p);
    for (const p of a.args) this.define(p.arg, Def.PARAM, p);
    for (const p of a.kwonlyargs) this.define(p.arg, Def.PARAM, p);
    if (a.vararg !== null) {
      this.define(a.vararg.arg, Def.PARAM, a.vararg);
      this.cur.hasVarargs = true;
    }
    if (a.kwarg !== null) {
      this.define(a.kwarg.arg, Def.PARAM, a.kwarg);
      this.cur.hasVarkeywords = true;
    }
  }

  private yieldExpr(e: A.Yield | A.YieldFrom): void {
    this.forbidInAnnotation("yield expression", e);
    this.maybe(e.value);
    this.cur.isGenerator = true;
    this.cur.hasYield = true;
    const { comprehension } = this.cur;
    if (comprehension !== null) this.fail(`'yield' inside ${LONG_NAMES[comprehension]}`, e);
  }

  private forbidInAnnotation(what: string, at: Place): void {
    const { type, info } = this.cur;
    if (type === "Annotation") this.fail(`${what} cannot be used within an annotation`, at);
    if (type === "TypeVariable") this.fail(`${what} cannot be used within ${info}`, at);
    if (type === "TypeAlias") this.fail(`${what} cannot be used within a type alias`, at);
    if (type === "TypeParameters") this.fail(`${what} cannot be used within the definition of a generic`, at);
  }

  private namedExpr(e: A.NamedExpr): void {
    this.forbidInAnnotation("named expression", e);
    if (this.cur.compIterExpr > 0) {
      this.fail("assignment expression cannot be used in a comprehension iterable expression", e);
    }
    if (this.cur.comprehension !== null) this.extendNamedExpr(e.target as A.Name);
    this.expr(e.value);
    this.expr(e.target);
  }

  /** An assignment expression in a comprehension binds in the nearest scope round it that is none. */
  private extendNamedExpr(target: A.Name): void {
    const name = target.id;
    for (let scope: Scope | null = this.cur; scope !== null; scope = scope.parent) {
      const flags = this.lookupIn(scope, name);
      if (scope.comprehension !== null) {
        if (flags & Def.COMP_ITER && flags & (Def.LOCAL | Def.GLOBAL)) {
          this.fail(`assignment expression cannot rebind comprehension iteration variable '${name}'`, target);
        }
        continue;
      }
      if (scope.type === "Function") {
        this.define(name, flags & Def.GLOBAL ? Def.GLOBAL : Def.NONLOCAL, target);
        this.directive(name, target);
        this.defineIn(scope, name, Def.LOCAL, target);
        return;
      }
      if (scope.type === "Module") {
        this.define(name, Def.GLOBAL, target);
        this.directive(name, target);
        this.defineIn(scope, name, Def.GLOBAL, target);
        return;
      }
      this.fail(
        `assignment expression within a comprehension cannot be used ${NO_WALRUS[scope.type]}`,
        target,
      );
    }
  }

  private comprehension(e: ComprehensionNode, elt: A.expr, value: A.expr | null): void {
    const first = e.generators[0];
    // The outermost iterable belongs to the scope outside.
    this.cur.compIterExpr++;
    this.expr(first.iter);
    this.cur.compIterExpr--;
    this.enter("Function", SHORT_NAMES[e.kind], e, e.lineno);
    this.cur.comprehension = e.kind;
    if (first.is_async) this.cur.isCoroutine = true;
    this.define(".0", Def.PARAM, e);
    this.compTarget(first.target);
    this.exprs(first.ifs);
    for (let i = 1; i < e.generators.length; i++) this.compFor(e.generators[i]);
    if (value !== null) this.expr(value);
    this.expr(elt);
    const isGenerator = e.kind === "GeneratorExp";
    this.cur.isGenerator = isGenerator;
    const isAsync = this.cur.isCoroutine && !isGenerator;
    this.leave();
    if (isAsync) this.cur.isCoroutine = true;
  }

  private compTarget(target: A.expr): void {
    this.cur.compIterTarget = true;
    this.expr(target);
    this.cur.compIterTarget = false;
  }

  private compFor(c: A.comprehension): void {
    this.compTarget(c.target);
    this.cur.compIterExpr++;
    this.expr(c.iter);
    this.cur.compIterExpr--;
    this.exprs(c.ifs);
    if (c.is_async) this.cur.isCoroutine = true;
  }
}

type ComprehensionNode = A.ListComp | A.SetComp | A.DictComp | A.GeneratorExp;

const NO_WALRUS: Readonly<Record<string, string>> = {
  Class: "in a class body",
  TypeParameters: "within the definition of a generic",
  TypeAlias: "in a type alias",
  TypeVariable: "in a TypeVar bound",
};
