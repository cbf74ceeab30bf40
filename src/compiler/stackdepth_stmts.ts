/** The stack that CPython's bytecode of statements needs; see `stackdepth.ts`. Part of the compiler. */
import type {
  AsyncFunctionDef,
  AsyncWith,
  ClassDef,
  excepthandler,
  expr,
  FunctionDef,
  ImportFrom,
  Match,
  stmt,
  Try,
  TryStar,
  With,
} from "./ast.ts";
import { foldConstant } from "./fold.ts";
import type { Scope } from "./scope.ts";
import { isConstant, type ScopeOf, StackDepth } from "./stackdepth.ts";
import { matchCases } from "./stackdepth_match.ts";

/** What a return, break or continue unwinds, innermost last. */
type Block =
  | { kind: "loop" | "for" | "try" | "with" | "asyncwith" | "finallyEnd" | "value" }
  | { kind: "finally"; body: stmt[] }
  | { kind: "handler"; named: boolean };

export interface StatementContext {
  scopeOf: ScopeOf;
  scopeOfDefinition: (node: FunctionDef | AsyncFunctionDef | ClassDef) => Scope;
  optimize: number;
  futureAnnotations: boolean;
  interactive: boolean;
}

export class StatementDepth extends StackDepth {
  private blocks: Block[] = [];

  constructor(
    scope: Scope,
    readonly context: StatementContext,
  ) {
    super(scope, context.scopeOf);
  }

  /** Statements in order; what stands behind one that never ends is no code. True if control does not reach the end. */
  body(list: stmt[]): boolean {
    for (const s of list) if (this.statement(s)) return true;
    return false;
  }

  /** One statement; afterwards the stack is as before. True if control does not go on behind it. */
  statement(s: stmt): boolean {
    const base = this.now;
    const ends = this.compile(s);
    this.now = base;
    return ends;
  }

  private compile(s: stmt): boolean {
    switch (s.kind) {
      case "Expr":
        if (!isConstant(s.value) || this.context.interactive) this.visit(s.value);
        return false;
      case "Assign":
        this.visit(s.value);
        s.targets.forEach((t, i) => {
          if (i < s.targets.length - 1) this.op(1);
          this.store(t);
        });
        return false;
      case "AugAssign":
        this.augmented(s.target, s.value);
        return false;
      case "AnnAssign":
        this.annotated(s.target, s.annotation, s.value, s.simple !== 0);
        return false;
      case "Return":
        this.returning(s.value);
        return true;
      case "Raise":
        for (const e of [s.exc, s.cause]) if (e !== null) this.visit(e);
        return true;
      case "Delete":
        for (const t of s.targets) this.remove(t);
        return false;
      case "If":
        return this.conditional(s.test, s.body, s.orelse);
      case "While":
        return this.whileLoop(s.test, s.body, s.orelse);
      case "For":
      case "AsyncFor":
        this.forLoop(s.target, s.iter, s.body, s.orelse, s.kind === "AsyncFor");
        return false;
      case "With":
      case "AsyncWith":
        return this.withItem(s, 0);
      case "Try":
        return this.tryStatement(s, () => this.tryExcept(s));
      case "TryStar":
        return this.tryStatement(s, () => this.tryStar(s));
      case "Match":
        return this.match(s);
      case "FunctionDef":
      case "AsyncFunctionDef":
        this.functionDef(s);
        return false;
      case "ClassDef":
        this.classDef(s);
        return false;
      case "Assert":
        if (this.context.optimize > 0) return false;
        this.jumpIf(s.test);
        this.op(1);
        if (s.msg !== null) this.visit(s.msg);
        return false;
      case "Import":
      case "ImportFrom":
        this.importing(s.kind === "ImportFrom" ? s : null);
        return false;
      case "TypeAlias":
        this.peak(4);
        return false;
      case "Break":
      case "Continue":
        this.unwind((b) => b.kind === "loop" || b.kind === "for");
        return true;
      default:
        return false;
    }
  }

  private importing(from: ImportFrom | null): void {
    this.op(2);
    this.op(-1);
    if (from !== null) this.peak(1);
  }

  private augmented(target: expr, value: expr): void {
    if (target.kind === "Attribute") {
      this.visit(target.value);
      this.op(1);
    } else if (target.kind === "Subscript") {
      this.visit(target.value);
      if (target.slice.kind === "Slice" && target.slice.step === null) {
        this.bounds(target.slice);
        this.op(3);
        this.op(-2);
      } else {
        this.visit(target.slice);
        this.op(2);
        this.op(-1);
      }
    } else this.op(1);
    this.visit(value);
  }

  private annotated(target: expr, annotation: expr, value: expr | null, simple: boolean): void {
    const base = this.now;
    if (value !== null) {
      this.visit(value);
      this.store(target);
    }
    this.now = base;
    const evaluated = this.scope.type === "Module" || this.scope.type === "Class";
    if (target.kind === "Name" && simple && evaluated) {
      this.annotation(annotation);
      this.op(2);
    } else if (target.kind !== "Name") {
      if (value === null) this.checkTarget(target);
      this.now = base;
      if (!simple && evaluated && !this.context.futureAnnotations) this.visit(annotation);
    } else if (!simple && evaluated && !this.context.futureAnnotations) this.visit(annotation);
  }

  private checkTarget(target: expr): void {
    const base = this.now;
    if (target.kind === "Attribute" || target.kind === "Subscript") this.visit(target.value);
    this.now = base;
    if (target.kind === "Subscript" && target.slice.kind !== "Slice") this.visit(target.slice);
  }

  private annotation(e: expr): void {
    if (this.context.futureAnnotations) this.op(1);
    else this.visit(e);
  }

  private remove(t: expr): void {
    const base = this.now;
    if (t.kind === "Attribute") this.visit(t.value);
    else if (t.kind === "Subscript") {
      this.visit(t.value);
      this.visit(t.slice);
    } else if (t.kind === "Tuple" || t.kind === "List") for (const e of t.elts) this.remove(e);
    this.now = base;
  }

  // --- jumps out

  private returning(value: expr | null): void {
    const keep = value !== null && !isConstant(value);
    if (keep) this.visit(value);
    this.unwind(() => false);
    if (!keep) this.op(1);
  }

  /** The code that leaves blocks up to and without the first that `stop` says. */
  private unwind(stop: (b: Block) => boolean): void {
    const saved = this.blocks;
    for (let i = saved.length - 1; i >= 0 && !stop(saved[i]); i--) {
      this.blocks = saved.slice(0, i);
      this.leave(saved[i]);
    }
    this.blocks = saved;
  }

  private leave(b: Block): void {
    switch (b.kind) {
      case "for":
      case "value":
        this.op(-1);
        return;
      case "with":
      case "asyncwith":
        this.exitCall(b.kind === "asyncwith");
        this.op(-1);
        return;
      case "finally":
        this.body(b.body);
        return;
      case "finallyEnd":
        this.op(-2);
        return;
      case "handler":
        this.op(-1);
        if (b.named) this.peak(1);
        return;
      default:
        return;
    }
  }

  /** exit(None, None, None): its result takes the place of exit. */
  private exitCall(isAsync: boolean): void {
    this.op(3);
    this.op(-3);
    if (isAsync) this.awaiting();
  }

  private within(b: Block, code: () => boolean): boolean {
    this.blocks.push(b);
    const ends = code();
    this.blocks.pop();
    return ends;
  }

  // --- conditions and loops

  private conditional(test: expr, body: stmt[], orelse: stmt[]): boolean {
    const known = constantTruth(test);
    if (known === null) this.jumpIf(test);
    const a = known === false || this.body(body);
    const b = known === true || this.body(orelse);
    return a && b;
  }

  private whileLoop(test: expr, body: stmt[], orelse: stmt[]): boolean {
    const known = constantTruth(test);
    if (known === null) this.jumpIf(test);
    if (known !== false) this.within({ kind: "loop" }, () => this.body(body));
    if (known !== true) this.body(orelse);
    return known === true && !hasBreak(body);
  }

  private forLoop(target: expr, iter: expr, body: stmt[], orelse: stmt[], isAsync: boolean): void {
    const base = this.now;
    this.iterated(iter);
    this.op(1);
    if (isAsync) this.awaiting();
    this.store(target);
    this.within({ kind: "for" }, () => this.body(body));
    this.now = base;
    this.body(orelse);
  }

  // --- with and try

  private withItem(s: With | AsyncWith, index: number): boolean {
    if (index === s.items.length) return this.body(s.body);
    const isAsync = s.kind === "AsyncWith";
    const item = s.items[index];
    const base = this.now;
    this.visit(item.context_expr);
    this.op(1);
    if (isAsync) this.awaiting();
    if (item.optional_vars !== null) this.store(item.optional_vars);
    else this.op(-1);
    this.within({ kind: isAsync ? "asyncwith" : "with" }, () => this.withItem(s, index + 1));
    this.now = base + 1;
    this.exitCall(isAsync);
    // Left by an exception: exit, where it was, the exception handled before and this one, the call's result; a failing
    // exit once more where it was, the exception, and the one handled before.
    this.now = base + 1;
    this.peak(5);
    this.op(4);
    if (isAsync) this.awaiting();
    return false;
  }

  private tryStatement(s: Try | TryStar, inner: () => boolean): boolean {
    if (s.finalbody.length === 0) return inner();
    const base = this.now;
    const hasHandlers = s.handlers.length > 0;
    const ends = this.within({ kind: "finally", body: s.finalbody }, () =>
      hasHandlers ? inner() : this.within({ kind: "try" }, () => this.body(s.body)),
    );
    this.now = base;
    const finalEnds = ends ? false : this.body(s.finalbody);
    this.now = base;
    this.peak(4);
    this.op(2);
    this.within({ kind: "finallyEnd" }, () => this.body(s.finalbody));
    return ends || finalEnds;
  }

  private tryExcept(s: Try): boolean {
    const base = this.now;
    let ends = this.within({ kind: "try" }, () => this.body(s.body));
    this.now = base;
    if (!ends) ends = this.body(s.orelse);
    this.now = base;
    this.peak(4);
    for (const h of s.handlers) if (!this.handler(h, base)) ends = false;
    return ends;
  }

  private handler(h: excepthandler, base: number): boolean {
    this.now = base + 2;
    if (h.type !== null) this.visit(h.type);
    this.now = base + 1;
    return this.within({ kind: "handler", named: h.name !== null }, () => this.body(h.body));
  }

  /** The stack in a handler: exception handled before, the original group, what was raised, the rest. */
  private tryStar(s: TryStar): boolean {
    const base = this.now;
    this.within({ kind: "try" }, () => this.body(s.body));
    this.now = base;
    this.body(s.orelse);
    this.now = base;
    this.peak(4);
    for (const h of s.handlers) {
      this.now = base + 4;
      this.visit(h.type!);
      this.peak(1);
      this.now = base + 4;
      this.peak(h.name === null ? 2 : 3);
      this.within({ kind: "handler", named: h.name !== null }, () => this.body(h.body));
    }
    return false;
  }

  private match(s: Match): boolean {
    return matchCases(this, s);
  }

  // --- definitions

  private functionDef(s: FunctionDef | AsyncFunctionDef): void {
    for (const d of s.decorator_list) this.visit(d);
    if (s.type_params.length > 0) this.op(1);
    this.defaults(s.args);
    if (s.type_params.length === 0) this.annotations(s);
    this.closure(this.context.scopeOfDefinition(s));
  }

  private annotations(s: FunctionDef | AsyncFunctionDef): void {
    const a = s.args;
    const base = this.now;
    const args = [...a.posonlyargs, ...a.args, a.vararg, ...a.kwonlyargs, a.kwarg];
    let any = false;
    const one = (e: expr): void => {
      any = true;
      this.op(1);
      this.annotation(e);
    };
    for (const arg of args) {
      const e = arg?.annotation ?? null;
      if (e === null) continue;
      one(e);
    }
    if (s.returns !== null) one(s.returns);
    this.now = base;
    if (any) this.op(1);
  }

  private classDef(s: ClassDef): void {
    for (const d of s.decorator_list) this.visit(d);
    const base = this.now;
    this.op(2);
    this.closure(this.context.scopeOfDefinition(s));
    this.now = base + 2;
    this.op(2);
    this.arguments(2, s.bases, s.keywords);
  }
}

/** The truth of a test that is a constant, else null. */
export function constantTruth(e: expr): boolean | null {
  const v = foldConstant(e);
  if (v === null) return null;
  switch (v.t) {
    case "None":
    case "False":
      return false;
    case "int":
      return v.v !== 0n;
    case "float":
      return v.v !== 0;
    case "str":
    case "bytes":
      return v.v.length > 0;
    case "tuple":
    case "frozenset":
      return v.items.length > 0;
    default:
      return true;
  }
}

function hasBreak(body: stmt[]): boolean {
  return body.some((s) => {
    if (s.kind === "Break") return true;
    if (s.kind === "If") return hasBreak(s.body) || hasBreak(s.orelse);
    if (s.kind === "With" || s.kind === "AsyncWith") return hasBreak(s.body);
    if (s.kind === "For" || s.kind === "AsyncFor" || s.kind === "While") return hasBreak(s.orelse);
    if (s.kind === "Match") return s.cases.some((c) => hasBreak(c.body));
    if (s.kind !== "Try" && s.kind !== "TryStar") return false;
    return [s.body, s.orelse, s.finalbody, ...s.handlers.map((h) => h.body)].some(hasBreak);
  });
}
