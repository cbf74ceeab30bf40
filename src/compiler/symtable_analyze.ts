/** The symbol table's second pass: which scope each name of each scope belongs to. */
import { Def, NameScope, type Scope, type Symbol } from "./scope.ts";

export type AnalyzeError = (scope: Scope, name: string, msg: string) => never;

/** Resolves all names from the module down. */
export function analyze(top: Scope, fail: AnalyzeError): void {
  new Analyzer(fail).block(top, null, new Set(), new Set(), new Set(), null);
}

type Names = Set<string>;

class Analyzer {
  constructor(private readonly fail: AnalyzeError) {}

  /**
   * Analyzes `scope` and those in it. `bound`: what enclosing functions bind (null for the module);
   * `free` gets what the scope needs from outside.
   */
  block(
    scope: Scope,
    bound: Names | null,
    free: Names,
    global: Names,
    typeParams: Names,
    classEntry: Scope | null,
  ): void {
    const local: Names = new Set();
    const found = new Map<string, NameScope>();
    const isClass = scope.type === "Class";
    // A class's own names are not seen by the functions in it, so what these see is taken before the visit.
    const newGlobal: Names = isClass ? new Set(global) : new Set();
    const newBound: Names = isClass && bound !== null ? new Set(bound) : new Set();
    for (const symbol of scope.symbols.values()) {
      const s = this.name(scope, symbol, bound, local, free, global, typeParams, classEntry);
      found.set(symbol.name, s);
    }
    if (isClass) {
      newBound.add("__class__");
      newBound.add("__classdict__");
    } else {
      if (scope.functionLike) addAll(newBound, local);
      if (bound !== null) addAll(newBound, bound);
      addAll(newGlobal, global);
    }
    const newFree: Names = new Set();
    const inlinedCells: Names = new Set();
    for (const child of scope.children) {
      const childFree = this.child(scope, child, newBound, newGlobal, typeParams, classEntry);
      if (inlines(scope, child)) {
        inlineComprehension(scope, child, found, childFree, inlinedCells);
        child.inlined = true;
      }
      addAll(newFree, childFree);
      if (child.hasFree || child.hasChildFree) scope.hasChildFree = true;
    }
    if (scope.children.some((c) => c.inlined)) {
      scope.children = scope.children.flatMap((c) => (c.inlined ? c.children : [c]));
    }
    if (scope.functionLike) markCells(found, newFree, inlinedCells);
    else if (isClass) dropClassFree(scope, newFree);
    update(scope, found, bound, newFree, inlinedCells, isClass || scope.canSeeClassScope);
    addAll(free, newFree);
  }

  private child(
    scope: Scope,
    child: Scope,
    bound: Names,
    global: Names,
    typeParams: Names,
    classEntry: Scope | null,
  ): Names {
    let entry: Scope | null = null;
    if (child.canSeeClassScope) entry = scope.type === "Class" ? scope : classEntry;
    const free: Names = new Set();
    this.block(child, new Set(bound), free, new Set(global), new Set(typeParams), entry);
    return free;
  }

  /** One name; the sets are brought up to date with what it says. */
  private name(
    scope: Scope,
    { name, flags }: Symbol,
    bound: Names | null,
    local: Names,
    free: Names,
    global: Names,
    typeParams: Names,
    classEntry: Scope | null,
  ): NameScope {
    if (flags & Def.GLOBAL) {
      if (flags & Def.NONLOCAL) this.fail(scope, name, `name '${name}' is nonlocal and global`);
      global.add(name);
      bound?.delete(name);
      return NameScope.GLOBAL_EXPLICIT;
    }
    if (flags & Def.NONLOCAL) {
      if (bound === null) this.fail(scope, name, "nonlocal declaration not allowed at module level");
      if (!bound.has(name)) this.fail(scope, name, `no binding for nonlocal '${name}' found`);
      if (typeParams.has(name)) {
        this.fail(scope, name, `nonlocal binding not allowed for type parameter '${name}'`);
      }
      scope.hasFree = true;
      free.add(name);
      return NameScope.FREE;
    }
    if (flags & Def.BOUND) {
      local.add(name);
      global.delete(name);
      if (flags & Def.TYPE_PARAM) typeParams.add(name);
      else typeParams.delete(name);
      return NameScope.LOCAL;
    }
    const flagsInClass = classEntry?.symbols.get(name)?.flags ?? 0;
    if (flagsInClass & Def.GLOBAL) return NameScope.GLOBAL_EXPLICIT;
    if (flagsInClass & Def.BOUND && !(flagsInClass & Def.NONLOCAL)) return NameScope.GLOBAL_IMPLICIT;
    if (bound?.has(name)) {
      scope.hasFree = true;
      free.add(name);
      return NameScope.FREE;
    }
    if (!global.has(name) && scope.nested) scope.hasFree = true;
    return NameScope.GLOBAL_IMPLICIT;
  }
}

function addAll(to: Names, from: Iterable<string>): void {
  for (const name of from) to.add(name);
}

function inlines(scope: Scope, child: Scope): boolean {
  return child.comprehension !== null && child.comprehension !== "GeneratorExp" && !scope.canSeeClassScope;
}

/** Merges the names of a comprehension that becomes part of `scope`'s code. */
function inlineComprehension(
  scope: Scope,
  comp: Scope,
  found: Map<string, NameScope>,
  compFree: Names,
  inlinedCells: Names,
): void {
  let removeDunderClass = false;
  for (const symbol of comp.symbols.values()) {
    if (symbol.flags & Def.PARAM) continue;
    const { name, flags } = symbol;
    let where = symbol.scope;
    if (where === NameScope.CELL || flags & Def.COMP_CELL) inlinedCells.add(name);
    const existing = scope.symbols.get(name);
    if (existing === undefined) {
      if (where === NameScope.FREE && scope.type === "Class" && name === "__class__") {
        where = NameScope.GLOBAL_IMPLICIT;
        compFree.delete(name);
        removeDunderClass = true;
      }
      scope.symbols.set(name, { name, flags, scope: NameScope.UNKNOWN });
      found.set(name, where);
    } else if (existing.flags & Def.BOUND && scope.type !== "Class" && !freeInChildren(comp, name)) {
      // Free in the comprehension, local here: now one and the same local.
      compFree.delete(name);
    }
  }
  if (removeDunderClass) comp.symbols.delete("__class__");
}

function freeInChildren(scope: Scope, name: string): boolean {
  return scope.children.some((c) => c.scopeOf(name) === NameScope.FREE);
}

function markCells(found: Map<string, NameScope>, free: Names, inlinedCells: Names): void {
  for (const [name, where] of found) {
    if (where !== NameScope.LOCAL || !(free.has(name) || inlinedCells.has(name))) continue;
    found.set(name, NameScope.CELL);
    free.delete(name);
  }
}

function dropClassFree(scope: Scope, free: Names): void {
  if (free.delete("__class__")) scope.needsClassClosure = true;
  if (free.delete("__classdict__")) scope.needsClassDict = true;
}

function update(
  scope: Scope,
  found: Map<string, NameScope>,
  bound: Names | null,
  free: Names,
  inlinedCells: Names,
  classFlag: boolean,
): void {
  for (const symbol of scope.symbols.values()) {
    if (inlinedCells.has(symbol.name)) symbol.flags |= Def.COMP_CELL;
    symbol.scope = found.get(symbol.name)!;
  }
  for (const name of free) {
    const symbol = scope.symbols.get(name);
    if (symbol !== undefined) {
      if (classFlag) symbol.flags |= Def.FREE_CLASS;
    } else if (bound === null || bound.has(name)) {
      scope.symbols.set(name, { name, flags: 0, scope: NameScope.FREE });
    }
  }
}
