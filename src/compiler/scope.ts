/** What the symbol table says of each scope. */
import type { AnyNode, type_param } from "./ast.ts";

/** How a name is used in one scope; CPython's flags. */
export const enum Def {
  GLOBAL = 1,
  LOCAL = 2,
  PARAM = 4,
  NONLOCAL = 8,
  USE = 16,
  FREE_CLASS = 64,
  IMPORT = 128,
  ANNOT = 256,
  COMP_ITER = 512,
  TYPE_PARAM = 1024,
  COMP_CELL = 2048,
  BOUND = LOCAL | PARAM | IMPORT | TYPE_PARAM,
}

/** Where a name of a scope is to be found; CPython's numbers. */
export const enum NameScope {
  UNKNOWN = 0,
  LOCAL = 1,
  GLOBAL_EXPLICIT = 2,
  GLOBAL_IMPLICIT = 3,
  FREE = 4,
  CELL = 5,
}

export interface Symbol {
  readonly name: string;
  flags: number;
  scope: NameScope;
}

export type ScopeType =
  | "Module"
  | "Function"
  | "Class"
  | "Annotation"
  | "TypeParameters"
  | "TypeAlias"
  | "TypeVariable";

export type Comprehension = "ListComp" | "SetComp" | "DictComp" | "GeneratorExp";

/** Source positions as in the tree: byte columns from 0. */
export interface Directive {
  name: string;
  at: { lineno: number; col_offset: number; end_lineno: number; end_col_offset: number };
}

export class Scope {
  /** By mangled name, in the order of first mention. */
  readonly symbols = new Map<string, Symbol>();
  children: Scope[] = [];
  /** Parameters; after validate() also the other fast locals, in the order in which code meets them. */
  readonly varnames: string[] = [];
  /** Sorted; a class's `__class__` and `__classdict__` cells come first. */
  cellvars: string[] = [];
  freevars: string[] = [];
  /** The name with those of the scopes round it, as `__qualname__` has it. */
  qualname = "";
  nested = false;
  hasFree = false;
  hasChildFree = false;
  isGenerator = false;
  isCoroutine = false;
  isAsyncGen = false;
  hasYield = false;
  returnsValue = false;
  hasVarargs = false;
  hasVarkeywords = false;
  /** A method uses `__class__` or `super`. */
  needsClassClosure = false;
  /** An annotation scope inside looks names up in the class's namespace. */
  needsClassDict = false;
  canSeeClassScope = false;
  comprehension: Comprehension | null = null;
  /** PEP 709: the comprehension is part of its parent's code. */
  inlined = false;
  /** The scope's annotations are strings (from __future__ import annotations): it has no part in the tables. */
  compIterTarget = false;
  compIterExpr = 0;
  /** In a generic class's type parameters only these names are mangled. */
  mangledNames: Set<string> | null = null;
  readonly directives: Directive[] = [];
  /** Of a TypeVariable scope: what it is of, as its errors say. */
  info: string | null = null;

  constructor(
    readonly type: ScopeType,
    readonly name: string,
    readonly parent: Scope | null,
    readonly node: AnyNode | type_param[],
    readonly lineno: number,
  ) {}

  get functionLike(): boolean {
    return this.type !== "Module" && this.type !== "Class" && this.type !== "Annotation";
  }

  scopeOf(mangled: string): NameScope {
    return this.symbols.get(mangled)?.scope ?? NameScope.UNKNOWN;
  }
}

export interface SymbolTable {
  readonly top: Scope;
  /**
   * By the node that owns the scope: modules, functions, lambdas, classes, comprehensions, type aliases;
   * a type-parameter scope by its `type_params` array.
   */
  readonly scopes: ReadonlyMap<AnyNode | type_param[], Scope>;
  /** The scopes in which a type parameter's bound and default are evaluated. */
  readonly bounds: ReadonlyMap<type_param, Scope>;
  readonly defaults: ReadonlyMap<type_param, Scope>;
  readonly futureAnnotations: boolean;
}

/** A private name as a class named `klass` stores it. */
export function mangle(klass: string | null, name: string): string {
  if (klass === null || !name.startsWith("__") || name.endsWith("__") || name.includes(".")) return name;
  let i = 0;
  while (klass[i] === "_") i++;
  return i === klass.length ? name : `_${klass.slice(i)}${name}`;
}

/** mangle(), where a scope may limit which names it is for. */
export function maybeMangle(klass: string | null, scope: Scope, name: string): string {
  if (scope.mangledNames !== null && !scope.mangledNames.has(name)) return name;
  return mangle(klass, name);
}
