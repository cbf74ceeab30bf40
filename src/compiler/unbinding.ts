/** Which fast locals a function may unbind: by del, or at the end of an except clause. Part of the compiler. */
import type { AnyNode } from "./ast.ts";

export function bindableNames(node: AnyNode): Set<string> {
  const names = new Set<string>();
  const visit = (n: unknown, top: boolean): void => {
    if (Array.isArray(n)) {
      for (const x of n) visit(x, false);
      return;
    }
    if (n === null || typeof n !== "object") return;
    const x = n as Record<string, unknown> & { kind?: string };
    if (
      !top &&
      (x.kind === "FunctionDef" ||
        x.kind === "AsyncFunctionDef" ||
        x.kind === "Lambda" ||
        x.kind === "ClassDef")
    )
      return;
    if (x.kind === "Name" && x.ctx === "Del") names.add(x.id as string);
    if (x.kind === "ExceptHandler" && x.name !== null) names.add(x.name as string);
    for (const key in x) if (typeof x[key] === "object") visit(x[key], false);
  };
  visit(node, true);
  return names;
}
