/** `from __future__ import`: which features a module asks for, and the errors of asking. */
import type { ImportFrom, mod, stmt } from "./ast.ts";
import { PySyntaxError } from "./errors.ts";

const FEATURES = new Set([
  "nested_scopes",
  "generators",
  "division",
  "absolute_import",
  "with_statement",
  "print_function",
  "unicode_literals",
  "barry_as_FLUFL",
  "generator_stop",
  "annotations",
]);

export interface Future {
  annotations: boolean;
  /** The last of the future statements, or null. */
  last: ImportFrom | null;
}

export function isFutureImport(s: stmt): s is ImportFrom {
  return s.kind === "ImportFrom" && s.module === "__future__" && s.level === 0;
}

/** The statements of a module that may ask for features: after a docstring, one after the other. */
export function futureStatements(tree: mod): ImportFrom[] {
  if (tree.kind === "Expression") return [];
  const out: ImportFrom[] = [];
  for (let i = isDocstring(tree.body[0]) ? 1 : 0; i < tree.body.length; i++) {
    const s = tree.body[i];
    if (!isFutureImport(s)) break;
    out.push(s);
  }
  return out;
}

function isDocstring(s: stmt | undefined): boolean {
  return s?.kind === "Expr" && s.value.kind === "Constant" && s.value.value.t === "str";
}

/** Reads the future statements that a module begins with. */
export function futureFeatures(tree: mod, filename: string, inherited = false): Future {
  const future: Future = { annotations: inherited, last: null };
  for (const s of futureStatements(tree)) {
    for (const { name } of s.names) {
      if (name === "braces") fail("not a chance", s, filename);
      if (!FEATURES.has(name)) fail(`future feature ${name} is not defined`, s, filename);
      if (name === "annotations") future.annotations = true;
    }
    future.last = s;
  }
  return future;
}

/** Whether a future statement stands where it may not. */
export function isLate(s: ImportFrom, { last }: Future): boolean {
  return (
    last === null || s.lineno > last.lineno || (s.lineno === last.lineno && s.col_offset > last.col_offset)
  );
}

function fail(msg: string, s: ImportFrom, filename: string): never {
  throw new PySyntaxError("SyntaxError", msg, filename, s.lineno, s.col_offset + 1, s.lineno, null, null);
}
