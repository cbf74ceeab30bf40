/** A compilation unit: source tree to code templates and their JavaScript. Part of the compiler. */

import { assembleFunction, SPARE_SLOTS } from "./assemble.ts";
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
import { fitsMachine, fitsMachineExpression, Machine } from "./machine.ts";
import { localIndex, storeName } from "./names.ts";
import { Numbering, type Profile } from "./profile.ts";
import { NameScope, type Scope } from "./scope.ts";
import type { StatementContext } from "./stackdepth_stmts.ts";
import { type CodeNode, stackSize } from "./stacksize.ts";
import { compileBody } from "./stmts.ts";
import type { SymbolTable } from "./symtable.ts";
import type { CodeTemplate, SecondForm, SecondMaker, UnitTemplate } from "./template.ts";
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
  /** Functions begin in their first form (gen.ts), and the unit can make their second. */
  tiered?: boolean;
  /** CO_FUTURE_* flags that the code inherits. */
  features?: number;
}

/** Compiles a checked tree (see frontend.ts). */
export function compileUnit(front: FrontEnd, filename: string, options: UnitOptions = {}): UnitTemplate {
  return new Unit(front.tree, filename, front.table, {
    ...options,
    futureAnnotations: front.future.annotations,
  }).compile();
}

/** How the codes of the unit are made, for making them again. */
interface Maker {
  make: () => void;
  numbers: Numbering;
  /** The loop bodies of the first form: see bodyShapes. */
  bodies: string;
}

interface Again {
  mode: "full" | "second";
  /** Loop bodies that have not run are left out. */
  lazy: boolean;
  unseen: boolean[];
  index: number;
  template: CodeTemplate;
  profile: Profile | null;
  given: unknown[];
  js: string;
  bodies: string;
}

/** The first word of the notes that is none of the two counters. */
const FIRST_NOTE = 2;

function isGeneratorScope(scope: Scope): boolean {
  return scope.isGenerator || scope.isCoroutine || scope.isAsyncGen;
}

function isPlainGenerator(scope: Scope): boolean {
  return scope.isGenerator && !scope.isCoroutine && !scope.isAsyncGen;
}

/** What the loop bodies of two forms must have in common to take each other's place. */
function bodyShapes(g: Gen): string {
  return g.outlined.map((b) => [...b.params, ...b.jumps].join(",")).join(";");
}

/** Makes second forms of a unit that was compiled from this tree before, for what a build has stored. */
export function secondsOf(front: FrontEnd, filename: string): SecondMaker {
  return compileUnit(front, filename, { tiered: true }).second!;
}

export class Unit {
  readonly codes: CodeTemplate[] = [];
  private readonly texts: string[] = [];
  private inlined: Map<Scope, Scope[]> | null = null;
  readonly optimize: number;
  readonly interactive: boolean;
  readonly futureAnnotations: boolean;
  private readonly features: number;
  private readonly tiered: boolean;
  /** For each code: how it is made, the numbers of its operations, and the loop bodies of its first form. */
  private readonly makers: Maker[] = [];
  /** The code being made in its second form. */
  private again: Again | null = null;
  private readonly indices = new Map<Scope, number>();
  private readonly stackContext: StatementContext;

  constructor(
    private readonly tree: mod,
    readonly filename: string,
    private readonly table: SymbolTable,
    options: UnitOptions,
  ) {
    this.optimize = options.optimize ?? 0;
    this.interactive = options.interactive ?? false;
    this.tiered = options.tiered ?? false;
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
    const template: UnitTemplate = {
      filename: this.filename,
      codes: this.codes,
      main,
      js: (index) => this.texts[index],
    };
    if (this.tiered) template.second = (index, profile) => this.second(index, profile);
    return template;
  }

  /** The second form of a code, from what the first has seen. */
  private second(index: number, profile: Profile): SecondForm | null {
    const maker = this.makers[index];
    const first = this.codes[index];
    if (maker === undefined || first.kinds === 0) return null;
    const [consts, names] = [first.consts.length, first.names.length];
    const make = (lazy: boolean): SecondForm => {
      const template = { ...first };
      const { js, given, bodies, unseen } = this.makeAgain("second", index, template, profile, lazy);
      const fits = template.slots <= first.slots + SPARE_SLOTS;
      return { template, js, given, unseen, sameBodies: fits && bodies === maker.bodies };
    };
    let form = make(true);
    if (!form.sameBodies && form.unseen.includes(true)) form = make(false);
    if (first.consts.length !== consts || first.names.length !== names)
      throw new Error(`the forms of ${first.qualname} differ in their constants`);
    return form;
  }

  private makeAgain(
    mode: "full" | "second",
    index: number,
    template: CodeTemplate,
    profile: Profile | null,
    lazy = false,
  ): Again {
    const again = { mode, lazy, unseen: [], index, template, profile, given: [], js: "", bodies: "" };
    this.again = again;
    this.makers[index].make();
    this.again = null;
    return again;
  }

  /** Notes how the code about to be begun is made; the index it has already, when the second form of another is made. */
  private made(scope: Scope, make: () => void): number | null {
    const known = this.knownIndex(scope);
    if (known === null && this.again === null)
      this.makers[this.codes.length] = { make, numbers: new Numbering(), bodies: "" };
    return known;
  }

  /** While a code is made again: the index of another one, which need not be made; else null. */
  private knownIndex(scope: Scope): number | null {
    const index = this.indices.get(scope);
    return index === undefined || this.again === null || this.again.index === index ? null : index;
  }

  private compileModule(): number {
    const tree = this.tree;
    this.made(this.table.top, () => this.compileModule());
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
    if (this.again !== null) return this.beginAgain(scope, node, className, this.again);
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
      kinds: 0,
    };
    const index = this.codes.push(template) - 1;
    this.texts.push("");
    this.indices.set(scope, index);
    const isGenerator = isGeneratorScope(scope);
    const g = new Gen(this, scope, template, index, className, isGenerator);
    const maker = this.makers[index];
    if (this.tiered && !isGenerator && maker !== undefined) {
      g.mode = "first";
      g.numbers = maker.numbers;
      template.kinds = FIRST_NOTE;
    }
    if (node !== null) for (const n of bindableNames(node)) g.unbindable.add(n);
    g.pos({ lineno: firstlineno, end_lineno: firstlineno, col_offset: 0, end_col_offset: 0 });
    return g;
  }

  /** The second form of a code: constants, names and positions keep their numbers. */
  private beginAgain(scope: Scope, node: AnyNode | null, className: string | null, again: Again): Gen {
    const g = new Gen(this, scope, again.template, again.index, className, false);
    g.mode = again.mode;
    g.numbers = this.makers[again.index].numbers;
    g.profile = again.profile;
    g.lazy = again.lazy;
    if (node !== null) for (const n of bindableNames(node)) g.unbindable.add(n);
    return g;
  }

  /** `needs` is what CPython's bytecode needs; where our code needs more it gets that. */
  private finish(
    g: Gen,
    shape: { kind: "module" | "class" | "function"; params: number },
    node: CodeNode | null,
  ): number {
    const own = Math.max(g.maxDepth, 1);
    if (this.again !== null) {
      g.template.slots = Math.max(g.template.slots, own);
      this.again.js = assembleFunction(g, shape);
      this.again.bodies = bodyShapes(g);
      this.again.unseen = g.outlined.map((b) => b.unseen);
      this.again.given = g.given;
      return g.index;
    }
    g.template.stacksize = node === null ? own : stackSize(node, g.scope, this.stackContext);
    g.template.slots = Math.max(own, g.template.stacksize);
    if (g.mode === "first" && g.keptLoop) {
      // Such a loop would stay in its first form however long it runs.
      g.template.kinds = 0;
      this.texts[g.index] = this.makeAgain("full", g.index, g.template, null).js;
      return g.index;
    }
    this.texts[g.index] = assembleFunction(g, shape);
    if (g.mode === "first") this.makers[g.index].bodies = bodyShapes(g);
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
    const known = this.made(scope, () => this.compileFunctionBody(node, scope, outer));
    if (known !== null) return known;
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
      if (isPlainGenerator(scope) && fitsMachine(node.body)) g.machine = new Machine(g);
      const doc = docstringOf(node.body);
      if (this.optimize > 1) g.constantSlot({ t: "None" });
      else g.constantSlot(doc === null ? { t: "None" } : doc.value);
      compileBody(g, doc === null ? node.body : withoutDocstring(node.body));
      if (endsByItself(node.body)) g.constantSlot({ t: "None" });
    }
    return this.finish(g, { kind: "function", params }, node);
  }

  private compileComprehensionBody(node: ComprehensionNode, scope: Scope, outer: Gen): number {
    const known = this.made(scope, () => this.compileComprehensionBody(node, scope, outer));
    if (known !== null) return known;
    const names = {
      ListComp: "<listcomp>",
      SetComp: "<setcomp>",
      DictComp: "<dictcomp>",
      GeneratorExp: "<genexpr>",
    };
    const g = this.begin(scope, node, names[node.kind], node.lineno, outer.className);
    g.template.argcount = 1;
    if (node.kind === "GeneratorExp" && isPlainGenerator(scope) && fitsMachineExpression(node))
      g.machine = new Machine(g);
    const v = comprehensionBody(g, node);
    if (v === null) g.constantSlot({ t: "None" });
    else g.emit(`ret=${g.take(v)};break body;`);
    return this.finish(g, { kind: "function", params: 1 }, node);
  }

  private compileClassBody(node: ClassDef, scope: Scope): number {
    const known = this.made(scope, () => this.compileClassBody(node, scope));
    if (known !== null) return known;
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
    const known = this.knownIndex(scope);
    if (known !== null) return known;
    const className = node.kind === "ClassDef" ? node.name : outer.className;
    const g = this.begin(scope, null, `<generic parameters of ${name}>`, node.lineno, className);
    g.template.argcount = params;
    for (let i = 0; i < params; i++) g.assigned.add(g.template.localsplusnames[i]);
    g.emit(`ret=${body(g)};break body;`);
    return this.finish(g, { kind: "function", params }, null);
  }

  /** A function without parameters whose result is one expression (bounds, defaults, alias values). */
  compileLazy(scope: Scope, node: expr, name: string, outer: Gen): number {
    const known = this.knownIndex(scope);
    if (known !== null) return known;
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
