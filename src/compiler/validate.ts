/** Errors that CPython finds after parsing and before or while it makes code. */
import type { mod } from "./ast.ts";
import type { SymbolTable } from "./scope.ts";

export function validate(_tree: mod, _table: SymbolTable, _filename: string): void {}
