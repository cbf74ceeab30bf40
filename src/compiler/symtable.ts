/** The symbol table: CPython's two passes. This file has the ends; `symtable_visit.ts` is the first pass. */
import type { AnyNode, mod } from "./ast.ts";
import { PySyntaxError } from "./errors.ts";
import { Def, NameScope, type Scope, type SymbolTable } from "./scope.ts";
import { analyze } from "./symtable_analyze.ts";
import { SymtableVisitor } from "./symtable_visit.ts";

export { Def, mangle, maybeMangle, NameScope, Scope, type Symbol, type SymbolTable } from "./scope.ts";

export interface SymtableOptions {
  allowTopLevelAwait?: boolean;
  /** Annotations are not evaluated, by a flag and not by the source. */
  futureAnnotations?: boolean;
}

/** Builds the symbol table of a tree. Throws PySyntaxError as CPython's symtable does. */
export function buildSymtable(tree: mod, filename: string, options: SymtableOptions = {}): SymbolTable {
  const visitor = new SymtableVisitor(filename, options.allowTopLevelAwait ?? false);
  visitor.futureAnnotations = options.futureAnnotations ?? false;
  const top = visitor.module(tree);
  analyze(top, (scope, name, msg) => {
    const at = scope.directives.find((d) => d.name === name)?.at;
    throw new PySyntaxError(
      "SyntaxError",
      msg,
      filename,
      at?.lineno ?? null,
      at === undefined ? null : at.col_offset + 1,
      at?.end_lineno ?? null,
      at === undefined ? null : at.end_col_offset + 1,
      null,
      true,
    );
  });
  for (const scope of visitor.all) finish(scope);
  const { scopes, bounds, defaults, futureAnnotations } = visitor;
  return { top, scopes, bounds, defaults, futureAnnotations };
}

/** The scope that a name's owner is named after: the nearest one that is not a type-parameter scope. */
function finish(scope: Scope): void {
  scope.isAsyncGen = scope.isGenerator && scope.isCoroutine;
  scope.qualname = qualname(scope);
  const cells: string[] = [];
  const free: string[] = [];
  for (const { name, flags, scope: where } of scope.symbols.values()) {
    if (where === NameScope.CELL || flags & Def.COMP_CELL) cells.push(name);
    if (where === NameScope.FREE || flags & Def.FREE_CLASS) free.push(name);
  }
  cells.sort();
  free.sort();
  if (scope.needsClassDict) cells.unshift("__classdict__");
  if (scope.needsClassClosure) cells.unshift("__class__");
  scope.cellvars = cells;
  scope.freevars = free;
}

function qualname(scope: Scope): string {
  const name = SCOPE_NAMES[(scope.node as AnyNode).kind] ?? scope.name;
  let parent = scope.parent;
  while (parent !== null && (parent.type === "TypeParameters" || parent.inlined)) parent = parent.parent;
  if (parent === null || parent.type === "Module") return name;
  if (scope.type === "Function" || scope.type === "Class") {
    const declared = parent.symbols.get(scope.name)?.scope;
    if (declared === NameScope.GLOBAL_EXPLICIT) return name;
  }
  if (parent.qualname === "") parent.qualname = qualname(parent);
  return `${parent.qualname}${parent.type === "Function" && parent.comprehension === null ? ".<locals>" : ""}.${name}`;
}

const SCOPE_NAMES: Readonly<Record<string, string>> = {
  Lambda: "<lambda>",
  ListComp: "<listcomp>",
  SetComp: "<setcomp>",
  DictComp: "<dictcomp>",
  GeneratorExp: "<genexpr>",
  Module: "<module>",
  Interactive: "<module>",
  Expression: "<module>",
};
