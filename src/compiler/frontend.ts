/** Source to checked tree and symbol table: all of the front end, with errors in the order of CPython's. */
import { namedText } from "../objects/unicode/names.ts";
import type { mod } from "./ast.ts";
import { type Future, futureFeatures } from "./future.ts";
import { type ParseMode, type ParseOptions, parse } from "./parse.ts";
import { buildSymtable, type SymbolTable } from "./symtable.ts";
import { validate } from "./validate.ts";

export interface FrontEnd {
  tree: mod;
  table: SymbolTable;
  future: Future;
}

/** Parses and checks. Throws PySyntaxError, or PyCompileLimit for programs that nest too deeply. */
export function frontEnd(
  source: string,
  filename: string,
  mode: ParseMode,
  options: ParseOptions = {},
): FrontEnd {
  return checkTree(parse(source, filename, mode, { unicodeName: namedText, ...options }), filename, options);
}

/** The same from a tree on. */
export function checkTree(tree: mod, filename: string, options: ParseOptions = {}): FrontEnd {
  const future = futureFeatures(tree, filename, options.futureAnnotations);
  const table = buildSymtable(tree, filename, options);
  validate(tree, table, filename, future, options);
  return { tree, table, future };
}
