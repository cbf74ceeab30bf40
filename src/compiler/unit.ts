/** A compilation unit: source tree to code templates and one JavaScript text. Part of the compiler. */

import { assembleFunction } from "./assemble.ts";
import type {
  AnyNode,
  AsyncFunctionDef,
  ClassDef,
  expr,
  FunctionDef,
  Lambda,
  Located,
  mod,
  stmt,
  TypeAlias,
  type_param,
} from "./ast.ts";
import { collectStaticAttributes } from "./classattrs.ts";
import { type ComprehensionNode, comprehensionBody, ownNames } from "./comprehensions.ts";
import { compileExpr } from "./expr.ts";
import type { FrontEnd } from "./frontend.ts";
import { Gen } from "./gen.ts";
import { localIndex, storeName } from "./names.ts";
import { NameScope, type Scope } from "./scope.ts";
import type { StatementContext } from "./stackdepth_stmts.ts";
import { type CodeNode, stackSize } from "./stacksize.ts";
import { compileBody } from "./stmts.ts";
import type { SymbolTable } from "./symtable.ts";
import type { CodeTemplate, UnitTemplate } from "./template.ts";
import { bindableNames } from "./unbinding.ts";

const enum Kind {
  LOCAL = 0x20,
  CELL = 0x40,
  FREE = 0x80,
  HIDDEN = 0x10,
}

export interface UnitOptions {
  optimize?: number;
  /** Expression statements of the module are displayed. */
  interactive?: boolean;
  futureAnnotations?: boolean;
  /** CO_FUTURE_* flags that the code inherits. */
  features?: number;
  /** Small text rather than fast code. */
  compact?: boolean;
}

/** Compiles a checked tree (see frontend.ts). */
export function compileUnit(front: FrontEnd, filename: string, options: UnitOptions = {}): UnitTemplate {
  return new Unit(front.tree, filename, front.table, {
    ...options,
    futureAnnotations: front.future.annotations,
  }).compile();
}

export class Unit {
  readonly codes: CodeTemplate[] = [];
  private readonly texts: string[] = [];
  private inlined: Map<Scope, Scope[]> | null = null;
  readonly optimize: number;
  readonly interactive: boolean;
  readonly futureAnnotations: boolean;
  private readonly features: number;
  readonly compact: boolean;
  private readonly stackContext: StatementContext;

  constructor(
    private readonly tree: mod,
    readonly filename: string,
    private readonly table: SymbolTable,
    options: UnitOptions,
  ) {
    this.optimize = options.optimize ?? 0;
    this.interactive = options.interactive ?? false;
    this.compact = options.compact ?? false;
    this.futureAnnotations = options.futureAnnotations ?? false;
    this.features = (options.features ?? 0) | (this.futureAnnotations ? 0x1000000 : 0);
    this.stackContext = {
      scopeOf: (node) => this.scopeOf(node),
      scopeOfDefinition: (node) => this.scopeOf(node.type_params.length > 0 ? node.type_params : node),
      optimize: this.optimize,
      futureAnnotations: this.futureAnnotations,
      interactive: this.interactive,
    };
  }

  scopeOf(node: AnyNode | type_param[]): Scope {
    const scope = this.table.scopes.get(node);
    if (scope === undefined) throw new Error("no scope for node");
    return scope;
  }

  /** The comprehensions whose code is part of this scope's, outermost first. */
  private inlinedIn(scope: Scope): Scope[] {
    if (this.inlined === null) {
      this.inlined = new Map();
      for (const s of this.table.scopes.values()) {
        if (!s.inlined) continue;
        let owner = s.parent!;
        while (owner.inlined) owner = owner.parent!;
        const list = this.inlined.get(owner);
        if (list === undefined) this.inlined.set(owner, [s]);
        else list.push(s);
      }
    }
    return this.inlined.get(scope) ?? [];
  }

  boundScope(p: type_param): Scope {
    return this.table.bounds.get(p)!;
  }

  defaultScope(p: type_param): Scope {
    return this.table.defaults.get(p)!;
  }

  compile(): UnitTemplate {
    const main = this.compileModule();
    return { filename: this.filename, codes: this.codes, main, js: `return [${this.texts.join(",\n")}];` };
  }

  private compileModule(): number {
    const tree = this.tree;
    const g = this.begin(this.table.top, tree, "<module>", 1, null);
    if (tree.kind === "Expression") {
      const v = compileExpr(g, tree.body);
      g.emit(`ret=${g.take(v)};break body;`);
    } else if (tree.kind === "Module" || tree.kind === "Interactive") {
      const body = tree.body;
      if (hasAnnotations(body)) g.emit("setupAnnotations(rt,fp);");
      this.docstring(g, tree.kind === "Module" ? body : [], true);
      compileBody(g, tree.kind === "Module" ? withoutDocstring(body) : body);
    }
    if (tree.kind !== "Expression") g.constantSlot({ t: "None" });
    return this.finish(g, { kind: "module", params: 0 }, tree);
  }

  /** Stores `__doc__` in a module or class namespace. */
  private docstring(g: Gen, body: stmt[], store: boolean): void {
    const doc = docstringOf(body);
    if (doc === null || this.optimize > 1) return;
    if (store) {
      g.pos(doc);
      storeName(g, "__doc__", g.constant(doc.value), doc);
    }
  }

  /** Starts a code object: its localsplus layout follows from the scope. */
  private begin(
    scope: Scope,
    node: AnyNode | null,
    name: string,
    firstlineno: number,
    className: string | null,
  ): Gen {
    const layout = layoutOf(scope, this.inlinedIn(scope));
    const template: CodeTemplate = {
      name,
      qualname: scope.type === "Module" ? "<module>" : scope.qualname || name,
      firstlineno,
      flags: flagsOf(scope) | this.features,
      argcount: 0,
      posonlyargcount: 0,
      kwonlyargcount: 0,
      stacksize: 0,
      slots: 0,
      ...layout,
      consts: [],
      names: [],
      positions: [],
      cacheSize: 0,
      sites: 0,
    };
    const index = this.codes.push(template) - 1;
    this.texts.push("");
    const isGenerator = scope.isGenerator || scope.isCoroutine || scope.isAsyncGen;
    const g = new Gen(this, scope, template, index, className, isGenerator);
    if (node !== null) for (const n of bindableNames(node)) g.unbindable.add(n);
    g.pos({ lineno: firstlineno, end_lineno: firstlineno, col_offset: 0, end_col_offset: 0 });
    return g;
  }

  /** `needs` is what CPython's bytecode needs; where our code needs more it gets that. */
  private finish(
    g: Gen,
    shape: { kind: "module" | "class" | "function"; params: number },
    node: CodeNode | null,
  ): number {
    const own = Math.max(g.maxDepth, 1);
    g.template.stacksize = node === null ? own : stackSize(node, g.scope, this.stackContext);
    g.template.slots = Math.max(own, g.template.stacksize);
    this.texts[g.index] = assembleFunction(g, shape);
    return g.index;
  }

  /** Compiles the code of a function, lambda, class or comprehension; returns its index. */
  compileScope(
    node: FunctionDef | AsyncFunctionDef | Lambda | ClassDef | ComprehensionNode,
    scope: Scope,
    outer: Gen,
  ): number {
    switch (node.kind) {
      case "ClassDef":
        return this.compileClassBody(node, scope);
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "Lambda":
        return this.compileFunctionBody(node, scope, outer);
      default:
        return this.compileComprehensionBody(node, scope, outer);
    }
  }

  private compileFunctionBody(
    node: FunctionDef | AsyncFunctionDef | Lambda,
    scope: Scope,
    outer: Gen,
  ): number {
    const lambda = node.kind === "Lambda";
    const first = lambda || node.decorator_list.length === 0 ? node.lineno : node.decorator_list[0].lineno;
    const g = this.begin(scope, node, lambda ? "<lambda>" : node.name, first, outer.className);
    const a = node.args;
    const t = g.template;
    t.posonlyargcount = a.posonlyargs.length;
    t.argcount = a.posonlyargs.length + a.args.length;
    t.kwonlyargcount = a.kwonlyargs.length;
    if (a.vararg !== null) t.flags |= 4;
    if (a.kwarg !== null) t.flags |= 8;
    const params = t.argcount + t.kwonlyargcount + (a.vararg ? 1 : 0) + (a.kwarg ? 1 : 0);
    for (let i = 0; i < params; i++) g.assigned.add(t.localsplusnames[i]);
    if (lambda) {
      g.constantSlot({ t: "None" });
      const v = compileExpr(g, node.body);
      g.emit(`ret=${g.take(v)};break body;`);
    } else {
      const doc = docstringOf(node.body);
      if (this.optimize > 1) g.constantSlot({ t: "None" });
      else g.constantSlot(doc === null ? { t: "None" } : doc.value);
      compileBody(g, doc === null ? node.body : withoutDocstring(node.body));
      if (endsByItself(node.body)) g.constantSlot({ t: "None" });
    }
    return this.finish(g, { kind: "function", params }, node);
  }

  private compileComprehensionBody(node: ComprehensionNode, scope: Scope, outer: Gen): number {
    const names = {
      ListComp: "<listcomp>",
      SetComp: "<setcomp>",
      DictComp: "<dictcomp>",
      GeneratorExp: "<genexpr>",
    };
    const g = this.begin(scope, node, names[node.kind], node.lineno, outer.className);
    g.template.argcount = 1;
    const v = comprehensionBody(g, node);
    if (v === null) g.constantSlot({ t: "None" });
    else g.emit(`ret=${g.take(v)};break body;`);
    return this.finish(g, { kind: "function", params: 1 }, node);
  }

  private compileClassBody(node: ClassDef, scope: Scope): number {
    const first = node.decorator_list.length === 0 ? node.lineno : node.decorator_list[0].lineno;
    const g = this.begin(scope, node, node.name, first, node.name);
    g.emit(`storeName(rt,fp,${g.name("__module__")},classModule(rt,fp));`);
    const at = { ...pointOf(node), lineno: first };
    storeName(g, "__qualname__", g.str(scope.qualname || node.name), at);
    if (node.type_params.length > 0) {
      const t = g.out.temp();
      g.emit(`${t}=i32[i32[${g.local(localIndex(g, ".type_params"))}]+4];incref(${t});`);
      storeName(g, "__type_params__", g.owned(t), at);
    }
    if (scope.needsClassDict)
      g.emit(`setCell(rt,i32[${g.local(localIndex(g, "__classdict__"))}],i32[fp+10]);`);
    storeName(g, "__firstlineno__", g.constant({ t: "int", v: BigInt(first) }), at);
    if (hasAnnotations(node.body)) g.emit("setupAnnotations(rt,fp);");
    this.docstring(g, node.body, true);
    compileBody(g, withoutDocstring(node.body));
    const attributes = collectStaticAttributes(node).map((v) => ({ t: "str" as const, v }));
    storeName(g, "__static_attributes__", g.constant({ t: "tuple", items: attributes, ofSet: true }), at);
    if (scope.needsClassDict)
      g.emit(
        `storeName(rt,fp,${g.name("__classdictcell__")},i32[${g.local(localIndex(g, "__classdict__"))}]);`,
      );
    if (scope.needsClassClosure) {
      const cell = `i32[${g.local(localIndex(g, "__class__"))}]`;
      g.emit(`storeName(rt,fp,${g.name("__classcell__")},${cell});ret=${cell};incref(ret);break body;`);
    } else g.constantSlot({ t: "None" });
    return this.finish(g, { kind: "class", params: 0 }, node);
  }

  /** The hidden function of a type parameter list, with `params` defaults as its arguments; `body` returns an owned temporary. */
  compileTypeParams(
    node: FunctionDef | AsyncFunctionDef | ClassDef | TypeAlias,
    scope: Scope,
    outer: Gen,
    params: number,
    body: (g: Gen) => string,
  ): number {
    const name = node.kind === "TypeAlias" ? (node.name as Extract<expr, { kind: "Name" }>).id : node.name;
    const className = node.kind === "ClassDef" ? node.name : outer.className;
    const g = this.begin(scope, null, `<generic parameters of ${name}>`, node.lineno, className);
    g.template.argcount = params;
    for (let i = 0; i < params; i++) g.assigned.add(g.template.localsplusnames[i]);
    g.emit(`ret=${body(g)};break body;`);
    return this.finish(g, { kind: "function", params }, null);
  }

  /** A function without parameters whose result is one expression (bounds, defaults, alias values). */
  compileLazy(scope: Scope, node: expr, name: string, outer: Gen): number {
    const g = this.begin(scope, null, name, node.lineno, outer.className);
    const v = compileExpr(g, node);
    g.emit(`ret=${g.take(v)};break body;`);
    return this.finish(g, { kind: "function", params: 0 }, null);
  }
}

function pointOf(n: Located): Located {
  return { lineno: n.lineno, end_lineno: n.lineno, col_offset: 0, end_col_offset: 0 };
}

type DocNode = Extract<expr, { kind: "Constant" }>;

function docstringOf(body: stmt[]): DocNode | null {
  const first = body[0];
  if (
    first === undefined ||
    first.kind !== "Expr" ||
    first.value.kind !== "Constant" ||
    first.value.value.t !== "str"
  )
    return null;
  return first.value;
}

function withoutDocstring(body: stmt[]): stmt[] {
  return docstringOf(body) === null ? body : body.slice(1);
}

/** Can control reach the end of the body, where None is returned? */
function endsByItself(body: stmt[]): boolean {
  const last = body[body.length - 1];
  switch (last?.kind) {
    case "Return":
    case "Raise":
      return false;
    case "If":
      return last.orelse.length === 0 || endsByItself(last.body) || endsByItself(last.orelse);
    default:
      return true;
  }
}

/** Is there an annotated assignment in this body (not in nested functions or classes)? */
function hasAnnotations(body: stmt[]): boolean {
  return body.some((s) => {
    if (s.kind === "AnnAssign") return true;
    const parts: stmt[][] = [];
    for (const key of ["body", "orelse", "finalbody"] as const) {
      const part = (s as unknown as Record<string, unknown>)[key];
      if (
        Array.isArray(part) &&
        s.kind !== "FunctionDef" &&
        s.kind !== "AsyncFunctionDef" &&
        s.kind !== "ClassDef"
      )
        parts.push(part as stmt[]);
    }
    if (s.kind === "Try" || s.kind === "TryStar") for (const h of s.handlers) parts.push(h.body);
    if (s.kind === "Match") for (const c of s.cases) parts.push(c.body);
    return parts.some(hasAnnotations);
  });
}

function flagsOf(scope: Scope): number {
  let flags = 0;
  if (scope.functionLike) flags |= 3;
  if (scope.functionLike && scope.nested) flags |= 0x10;
  const isAsyncGen = scope.isAsyncGen || (scope.isGenerator && scope.isCoroutine);
  if (isAsyncGen) flags |= 0x200;
  else if (scope.isGenerator) flags |= 0x20;
  else if (scope.isCoroutine) flags |= 0x80;
  return flags;
}

/** localsplus: fast locals, cells that are no parameters, free variables; with those of inlined comprehensions. */
function layoutOf(
  scope: Scope,
  inlined: Scope[],
): Pick<CodeTemplate, "localsplusnames" | "localspluskinds" | "nlocals" | "ncellvars" | "nfreevars"> {
  const varnames = scope.functionLike ? [...scope.varnames] : [];
  const cells = new Set(scope.cellvars);
  const hidden = new Set<string>();
  for (const child of inlined) {
    for (const name of ownNames(child)) {
      if (child.scopeOf(name) === NameScope.CELL) cells.add(name);
      if (varnames.includes(name)) continue;
      varnames.push(name);
      if (!scope.functionLike) hidden.add(name);
    }
  }
  const extraCells = [...cells].filter((c) => !varnames.includes(c));
  const localsplusnames = [...varnames, ...extraCells, ...scope.freevars];
  const localspluskinds = [
    ...varnames.map((n) => Kind.LOCAL | (cells.has(n) ? Kind.CELL : 0) | (hidden.has(n) ? Kind.HIDDEN : 0)),
    ...extraCells.map(() => Kind.CELL),
    ...scope.freevars.map(() => Kind.FREE),
  ];
  return {
    localsplusnames,
    localspluskinds,
    nlocals: varnames.length,
    ncellvars: cells.size,
    nfreevars: scope.freevars.length,
  };
}
