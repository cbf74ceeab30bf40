/** Errors that CPython finds after parsing, while it makes code: over statements. */
import type * as A from "./ast.ts";
import type { PyWarning } from "./errors.ts";
import { type Future, isFutureImport, isLate } from "./future.ts";
import type { SymbolTable } from "./scope.ts";
import type { Block } from "./validate_expr.ts";
import { PatternValidator } from "./validate_pattern.ts";

/** How deep statements that need unwinding may nest in one function. */
const CO_MAXBLOCKS = 21;

export interface ValidateOptions {
  warnings?: PyWarning[];
  allowTopLevelAwait?: boolean;
}

/**
 * Throws the first error that CPython's compiler would find in `tree`. Completes `varnames` of all scopes in the order
 * in which its code generator meets the names.
 */
export function validate(
  tree: A.mod,
  table: SymbolTable,
  filename: string,
  future: Future,
  options: ValidateOptions = {},
): void {
  const { warnings = [], allowTopLevelAwait = false } = options;
  new Validator(table, filename, future, warnings, allowTopLevelAwait).module(tree);
}

const GROUP_ERROR = "'break', 'continue' and 'return' cannot appear in an except* block";

class Validator extends PatternValidator {
  module(tree: A.mod): void {
    this.enter("module", this.table.top);
    if (tree.kind === "Expression") this.expr(tree.body);
    else this.body(tree.body);
  }

  protected body(list: A.stmt[]): void {
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
        this.return(s);
        return;
      case "Delete":
        this.exprs(s.targets);
        return;
      case "Assign":
        this.expr(s.value);
        this.exprs(s.targets);
        return;
      case "AugAssign":
        this.augAssign(s);
        return;
      case "AnnAssign":
        this.annAssign(s);
        return;
      case "For":
      case "AsyncFor":
        this.for(s);
        return;
      case "While":
        this.block(
          "loop",
          s,
          () => {
            this.expr(s.test);
            this.body(s.body);
          },
          s.orelse,
        );
        return;
      case "If":
        this.expr(s.test);
        this.body(s.body);
        this.body(s.orelse);
        return;
      case "With":
      case "AsyncWith":
        if (s.kind === "AsyncWith") this.checkAsync("'async with'", s);
        this.with(s, 0);
        return;
      case "Match":
        this.match(s);
        return;
      case "Raise":
        this.maybe(s.exc);
        this.maybe(s.cause);
        return;
      case "Try":
      case "TryStar":
        this.try(s);
        return;
      case "Assert":
        this.assert(s);
        return;
      case "Import":
        for (const a of s.names) this.nameOp(a.asname ?? a.name.split(".")[0], "Store", s);
        return;
      case "ImportFrom":
        this.importFrom(s);
        return;
      case "Expr":
        this.expr(s.value);
        return;
      case "Break":
      case "Continue":
        this.loopExit(s);
        return;
    }
  }

  private push(kind: Block["kind"], at: A.Located, finalbody: A.stmt[] | null = null): void {
    if (this.unit.blocks.length >= CO_MAXBLOCKS) this.fail("too many statically nested blocks", at);
    this.unit.blocks.push({ kind, finalbody });
  }

  private block(kind: Block["kind"], at: A.Located, inside: () => void, after: A.stmt[]): void {
    this.push(kind, at);
    inside();
    this.unit.blocks.pop();
    this.body(after);
  }

  private checkAsync(what: string, at: A.Located): void {
    if (!this.mayAwaitHere() && this.unit.kind !== "async") this.fail(`${what} outside async function`, at);
  }

  private functionDef(s: A.FunctionDef | A.AsyncFunctionDef): void {
    this.checkParameters(s.args);
    this.exprs(s.decorator_list);
    this.exprs(s.args.defaults);
    this.exprs(s.args.kw_defaults);
    const generic = s.type_params.length > 0;
    if (generic) this.enterTypeParams(s.type_params);
    this.signature(s);
    const scope = this.table.scopes.get(s)!;
    this.enter(s.kind === "FunctionDef" ? "function" : "async", scope);
    // The block that turns a StopIteration into a RuntimeError.
    if (scope.isGenerator || scope.isCoroutine) this.unit.blocks.push({ kind: "try", finalbody: null });
    this.body(s.body);
    this.leave();
    if (generic) this.leave();
    this.nameOp(s.name, "Store", s);
  }

  private signature(s: A.FunctionDef | A.AsyncFunctionDef): void {
    if (this.future.annotations) return;
    const { posonlyargs, args, vararg, kwonlyargs, kwarg } = s.args;
    for (const p of [...args, ...posonlyargs, vararg, ...kwonlyargs, kwarg]) {
      const annotation = p?.annotation ?? null;
      // *args: *Ts is the one place where an annotation is starred.
      if (p === vararg && annotation?.kind === "Starred") this.expr(annotation.value);
      else this.maybe(annotation);
    }
    this.maybe(s.returns);
  }

  private enterTypeParams(params: A.type_param[]): void {
    this.enter("typeparams", this.table.scopes.get(params)!);
    let seenDefault = false;
    for (const p of params) {
      if (p.kind === "TypeVar" && p.bound !== null) {
        this.enter("typeparams", this.table.bounds.get(p)!);
        this.expr(p.bound);
        this.leave();
      }
      if (p.default_value !== null) {
        seenDefault = true;
        this.enter("typeparams", this.table.defaults.get(p)!);
        const value = p.default_value;
        this.expr(p.kind === "TypeVarTuple" && value.kind === "Starred" ? value.value : value);
        this.leave();
      } else if (seenDefault) {
        this.fail(`non-default type parameter '${p.name}' follows default type parameter`, p);
      }
      this.nameOp(p.name, "Store", p);
    }
  }

  private classDef(s: A.ClassDef): void {
    this.exprs(s.decorator_list);
    const generic = s.type_params.length > 0;
    const outer = this.privateName;
    this.privateName = s.name;
    if (generic) this.enterTypeParams(s.type_params);
    this.enter("class", this.table.scopes.get(s)!);
    this.body(s.body);
    this.leave();
    if (!generic) this.privateName = outer;
    this.checkKeywords(s.keywords);
    this.callArguments(s.bases, s.keywords);
    if (generic) this.leave();
    this.privateName = outer;
    this.nameOp(s.name, "Store", s);
  }

  private typeAlias(s: A.TypeAlias): void {
    const generic = s.type_params.length > 0;
    if (generic) this.enterTypeParams(s.type_params);
    this.enter("typeparams", this.table.scopes.get(s)!);
    this.expr(s.value);
    this.leave();
    if (generic) this.leave();
    this.nameOp((s.name as A.Name).id, "Store", s);
  }

  private return(s: A.Return): void {
    const { scope } = this.unit;
    if (!scope.functionLike) this.fail("'return' outside function", s);
    if (s.value !== null && scope.isCoroutine && scope.isGenerator) {
      this.fail("'return' with value in async generator", s);
    }
    this.maybe(s.value);
    const constant = s.value?.kind === "Constant" && s.value.lineno === s.lineno;
    this.unwind(constant ? s.value! : s, false);
  }

  private loopExit(s: A.Break | A.Continue): void {
    if (this.unwind(s, true)) return;
    this.fail(s.kind === "Break" ? "'break' outside loop" : "'continue' not properly in loop", s);
  }

  /** Leaves blocks, up to the innermost loop or all; final bodies are made into code at the jump. True at a loop. */
  private unwind(at: A.Located, toLoop: boolean): boolean {
    const { blocks } = this.unit;
    for (let i = blocks.length - 1; i >= 0; i--) {
      const { kind, finalbody } = blocks[i];
      if (kind === "loop" && toLoop) return true;
      if (kind === "group") this.fail(GROUP_ERROR, at);
      if (finalbody === null) continue;
      this.unit.blocks = blocks.slice(0, i);
      this.body(finalbody);
      this.unit.blocks = blocks;
    }
    return false;
  }

  private augAssign(s: A.AugAssign): void {
    const { target } = s;
    if (target.kind === "Name") this.nameOp(target.id, "Load", target);
    else if (target.kind === "Attribute") this.expr(target.value);
    else if (target.kind === "Subscript") {
      this.expr(target.value);
      this.expr(target.slice);
    }
    this.expr(s.value);
    if (target.kind === "Name") this.nameOp(target.id, "Store", target);
    else if (target.kind === "Attribute") this.forbid(target.attr, "Store", target);
  }

  private annAssign(s: A.AnnAssign): void {
    const { target } = s;
    if (s.value !== null) {
      this.expr(s.value);
      this.expr(target);
    }
    const { kind } = this.unit;
    const evaluated = (kind === "module" || kind === "class") && !this.future.annotations;
    if (target.kind === "Name") this.forbid(target.id, "Store", s);
    else if (target.kind === "Attribute") {
      this.forbid(target.attr, "Store", s);
      if (s.value === null) this.expr(target.value);
    } else if (target.kind === "Subscript" && s.value === null) {
      this.expr(target.value);
      this.expr(target.slice);
    }
    if (evaluated) this.expr(s.annotation);
  }

  private for(s: A.For | A.AsyncFor): void {
    if (s.kind === "AsyncFor") this.checkAsync("'async for'", s);
    this.block(
      "loop",
      s,
      () => {
        this.expr(s.iter);
        this.expr(s.target);
        this.body(s.body);
      },
      s.orelse,
    );
  }

  private with(s: A.With | A.AsyncWith, i: number): void {
    const { context_expr, optional_vars } = s.items[i];
    this.expr(context_expr);
    this.push("with", context_expr);
    this.maybe(optional_vars);
    if (i + 1 < s.items.length) this.with(s, i + 1);
    else this.body(s.body);
    this.unit.blocks.pop();
  }

  private try(s: A.Try | A.TryStar): void {
    if (s.finalbody.length === 0) {
      this.tryExcept(s);
      return;
    }
    this.push("try", s, s.finalbody);
    if (s.handlers.length > 0) this.tryExcept(s);
    else this.body(s.body);
    this.unit.blocks.pop();
    this.body(s.finalbody);
  }

  private tryExcept(s: A.Try | A.TryStar): void {
    this.block("try", s, () => this.body(s.body), s.kind === "Try" ? s.orelse : []);
    this.push(s.kind === "Try" ? "handler" : "group", s);
    s.handlers.forEach((h, i) => {
      if (h.type === null && i < s.handlers.length - 1) this.fail("default 'except:' must be last", h);
      this.maybe(h.type);
      if (h.name !== null) this.nameOp(h.name, "Store", h);
      this.push("handler", h);
      this.body(h.body);
      this.unit.blocks.pop();
    });
    this.unit.blocks.pop();
    if (s.kind === "TryStar") this.body(s.orelse);
  }

  private assert(s: A.Assert): void {
    if (s.test.kind === "Tuple" && s.test.elts.length > 0) {
      this.warn("assertion is always true, perhaps remove parentheses?", s);
    }
    this.expr(s.test);
    this.maybe(s.msg);
  }

  private importFrom(s: A.ImportFrom): void {
    if (isFutureImport(s) && isLate(s, this.future)) {
      this.fail("from __future__ imports must occur at the beginning of the file", s);
    }
    for (const a of s.names) if (a.name !== "*") this.nameOp(a.asname ?? a.name, "Store", s);
  }
}
