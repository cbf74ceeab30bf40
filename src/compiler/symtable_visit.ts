/** The symbol table's first pass over statements, patterns and type parameters: who mentions and binds what. */
import type * as A from "./ast.ts";
import { futureStatements } from "./future.ts";
import { Def, type Scope } from "./scope.ts";
import { SymtableExpressions } from "./symtable_expr.ts";

export class SymtableVisitor extends SymtableExpressions {
  module(tree: A.mod): Scope {
    this.futureAnnotations ||= futureStatements(tree).some((s) =>
      s.names.some((a) => a.name === "annotations"),
    );
    this.enter("Module", "top", tree, 0);
    const top = this.cur;
    if (tree.kind === "Expression") this.expr(tree.body);
    else this.body(tree.body);
    return top;
  }

  /** A module may do so with PyCF_ALLOW_TOP_LEVEL_AWAIT; elsewhere that was said before, or is an error. */
  private awaitsInModule(): void {
    if (this.cur.type === "Module") this.cur.isCoroutine = true;
  }

  private body(list: A.stmt[]): void {
    for (const s of list) this.stmt(s);
  }

  private stmt(s: A.stmt): void {
    switch (s.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.functionDef(s);
        return;
      case "ClassDef":
        this.classDef(s);
        return;
      case "TypeAlias":
        this.typeAlias(s);
        return;
      case "Return":
        if (s.value === null) return;
        this.expr(s.value);
        this.cur.returnsValue = true;
        return;
      case "Delete":
        this.exprs(s.targets);
        return;
      case "Assign":
        this.exprs(s.targets);
        this.expr(s.value);
        return;
      case "AnnAssign":
        this.annAssign(s);
        return;
      case "AugAssign":
        this.expr(s.target);
        this.expr(s.value);
        return;
      case "For":
      case "AsyncFor":
        if (s.kind === "AsyncFor") this.awaitsInModule();
        this.expr(s.target);
        this.expr(s.iter);
        this.body(s.body);
        this.body(s.orelse);
        return;
      case "While":
      case "If":
        this.expr(s.test);
        this.body(s.body);
        this.body(s.orelse);
        return;
      case "Match":
        this.expr(s.subject);
        for (const c of s.cases) this.matchCase(c);
        return;
      case "Raise":
        this.maybe(s.exc);
        this.maybe(s.cause);
        return;
      case "Try":
      case "TryStar":
        this.body(s.body);
        for (const h of s.handlers) this.handler(h);
        this.body(s.orelse);
        this.body(s.finalbody);
        return;
      case "Assert":
        this.expr(s.test);
        this.maybe(s.msg);
        return;
      case "Import":
      case "ImportFrom":
        for (const a of s.names) this.alias(a);
        return;
      case "Global":
      case "Nonlocal":
        this.globalOrNonlocal(s);
        return;
      case "Expr":
        this.expr(s.value);
        return;
      case "With":
      case "AsyncWith":
        if (s.kind === "AsyncWith") this.awaitsInModule();
        for (const item of s.items) {
          this.expr(item.context_expr);
          this.maybe(item.optional_vars);
        }
        this.body(s.body);
        return;
    }
  }

  private functionDef(s: A.FunctionDef | A.AsyncFunctionDef): void {
    this.define(s.name, Def.LOCAL, s);
    this.exprs(s.args.defaults);
    this.exprsOrNull(s.args.kw_defaults);
    this.exprs(s.decorator_list);
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(s.name, s.type_params, s);
      // CPython adds this one whether there are defaults or not.
      this.define(".defaults", Def.PARAM, s);
      if (s.args.kw_defaults.some((d) => d !== null)) this.define(".kwdefaults", Def.PARAM, s);
      this.typeParams(s.type_params);
    }
    this.signatureAnnotations(s.args, s.returns);
    this.enter("Function", s.name, s, s.lineno);
    if (s.kind === "AsyncFunctionDef") this.cur.isCoroutine = true;
    this.parameters(s.args);
    this.body(s.body);
    this.leave();
    if (generic) this.leave();
  }

  private signatureAnnotations(a: A.arguments, returns: A.expr | null): void {
    const args = [...a.posonlyargs, ...a.args];
    if (a.vararg !== null) args.push(a.vararg);
    if (a.kwarg !== null) args.push(a.kwarg);
    args.push(...a.kwonlyargs);
    for (const p of args) if (p.annotation !== null) this.annotation(p.annotation);
    if (returns !== null) this.annotation(returns);
  }

  private annotation(e: A.expr): void {
    if (!this.futureAnnotations) {
      this.expr(e);
      return;
    }
    this.enter("Annotation", "_annotation", e, e.lineno);
    this.expr(e);
    this.leave();
  }

  private classDef(s: A.ClassDef): void {
    this.define(s.name, Def.LOCAL, s);
    this.exprs(s.decorator_list);
    const generic = s.type_params.length > 0;
    const outer = this.privateName;
    if (generic) {
      this.enterTypeParams(s.name, s.type_params, s);
      this.cur.mangledNames = new Set();
      this.privateName = s.name;
      this.define(".type_params", Def.LOCAL | Def.USE, s);
      this.define(".generic_base", Def.LOCAL | Def.USE, s);
      this.typeParams(s.type_params);
    }
    this.exprs(s.bases);
    for (const k of s.keywords) this.expr(k.value);
    this.enter("Class", s.name, s, s.lineno);
    this.privateName = s.name;
    if (generic) {
      this.define("__type_params__", Def.LOCAL, s);
      this.define(".type_params", Def.USE, s);
    }
    this.body(s.body);
    this.leave();
    if (generic) this.leave();
    this.privateName = outer;
  }

  private typeAlias(s: A.TypeAlias): void {
    this.expr(s.name);
    const name = (s.name as A.Name).id;
    const inClass = this.cur.type === "Class";
    const generic = s.type_params.length > 0;
    if (generic) {
      this.enterTypeParams(name, s.type_params, s);
      this.typeParams(s.type_params);
    }
    this.enter("TypeAlias", name, s, s.lineno);
    this.cur.canSeeClassScope = inClass;
    if (inClass) this.define("__classdict__", Def.USE, s.value);
    this.expr(s.value);
    this.leave();
    if (generic) this.leave();
  }

  private enterTypeParams(name: string, params: A.type_param[], s: A.stmt): void {
    const inClass = this.cur.type === "Class";
    this.enter("TypeParameters", name, params, s.lineno);
    if (!inClass) return;
    this.cur.canSeeClassScope = true;
    this.define("__classdict__", Def.USE, s);
  }

  private typeParams(params: A.type_param[]): void {
    for (const p of params) {
      this.define(p.name, Def.TYPE_PARAM | Def.LOCAL, p);
      if (p.kind === "TypeVar" && p.bound !== null) {
        const what = p.bound.kind === "Tuple" ? "a TypeVar constraint" : "a TypeVar bound";
        this.typeVariable(p, p.bound, what, this.bounds);
      }
      if (p.default_value !== null) {
        this.typeVariable(p, p.default_value, `a ${p.kind} default`, this.defaults);
      }
    }
  }

  private typeVariable(p: A.type_param, e: A.expr, info: string, into: Map<A.type_param, Scope>): void {
    const inClass = this.cur.canSeeClassScope;
    this.enter("TypeVariable", p.name, null, e.lineno);
    into.set(p, this.cur);
    this.cur.info = info;
    this.cur.canSeeClassScope = inClass;
    if (inClass) this.define("__classdict__", Def.USE, e);
    this.expr(e);
    this.leave();
  }

  private annAssign(s: A.AnnAssign): void {
    if (s.target.kind === "Name") {
      const flags = this.lookup(s.target.id);
      if (flags & (Def.GLOBAL | Def.NONLOCAL) && this.cur !== this.top && s.simple !== 0) {
        const what = flags & Def.GLOBAL ? "global" : "nonlocal";
        this.fail(`annotated name '${s.target.id}' can't be ${what}`, s);
      }
      if (s.simple !== 0) this.define(s.target.id, Def.ANNOT | Def.LOCAL, s.target);
      else if (s.value !== null) this.define(s.target.id, Def.LOCAL, s.target);
    } else this.expr(s.target);
    this.annotation(s.annotation);
    this.maybe(s.value);
  }

  private globalOrNonlocal(s: A.Global | A.Nonlocal): void {
    const what = s.kind === "Global" ? "global" : "nonlocal";
    for (const name of s.names) {
      const flags = this.lookup(name);
      if (flags & Def.PARAM) this.fail(`name '${name}' is parameter and ${what}`, s);
      if (flags & Def.USE) this.fail(`name '${name}' is used prior to ${what} declaration`, s);
      if (flags & Def.ANNOT) this.fail(`annotated name '${name}' can't be ${what}`, s);
      if (flags & Def.LOCAL) this.fail(`name '${name}' is assigned to before ${what} declaration`, s);
      this.define(name, s.kind === "Global" ? Def.GLOBAL : Def.NONLOCAL, s);
      this.directive(name, s);
    }
  }

  private handler(h: A.excepthandler): void {
    this.maybe(h.type);
    if (h.name !== null) this.define(h.name, Def.LOCAL, h);
    this.body(h.body);
  }

  private alias(a: A.alias): void {
    if (a.name === "*") {
      if (this.cur.type !== "Module") this.fail("import * only allowed at module level", a);
      return;
    }
    const name = a.asname ?? a.name;
    const dot = name.indexOf(".");
    this.define(dot < 0 ? name : name.slice(0, dot), Def.IMPORT, a);
  }

  private matchCase(c: A.match_case): void {
    this.pattern(c.pattern);
    this.maybe(c.guard);
    this.body(c.body);
  }

  private patterns(list: A.pattern[]): void {
    for (const p of list) this.pattern(p);
  }

  private pattern(p: A.pattern): void {
    switch (p.kind) {
      case "MatchValue":
        this.expr(p.value);
        return;
      case "MatchSequence":
      case "MatchOr":
        this.patterns(p.patterns);
        return;
      case "MatchStar":
        if (p.name !== null) this.define(p.name, Def.LOCAL, p);
        return;
      case "MatchMapping":
        this.exprs(p.keys as A.expr[]);
        this.patterns(p.patterns);
        if (p.rest !== null) this.define(p.rest, Def.LOCAL, p);
        return;
      case "MatchClass":
        this.expr(p.cls);
        this.patterns(p.patterns);
        this.patterns(p.kwd_patterns);
        return;
      case "MatchAs":
        if (p.pattern !== null) this.pattern(p.pattern);
        if (p.name !== null) this.define(p.name, Def.LOCAL, p);
    }
  }
}
