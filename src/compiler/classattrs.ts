/** `__static_attributes__`: names that a class's methods assign on `self`. Part of the compiler. */
import type { ClassDef } from "./ast.ts";

/** In order of first assignment; nested classes have their own. */
export function collectStaticAttributes(node: ClassDef): string[] {
  const names = new Set<string>();
  const visit = (n: unknown, inFunction: boolean): void => {
    if (Array.isArray(n)) {
      for (const x of n) visit(x, inFunction);
      return;
    }
    if (n === null || typeof n !== "object") return;
    const node = n as Record<string, unknown> & { kind?: string };
    if (node.kind === "ClassDef") return;
    if (node.kind === "Attribute" && node.ctx === "Store" && inFunction) {
      const v = node.value as { kind: string; id?: string };
      if (v.kind === "Name" && v.id === "self") names.add(node.attr as string);
    }
    const inner =
      inFunction || node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "Lambda";
    for (const key in node) if (typeof node[key] === "object") visit(node[key], inner);
  };
  visit(node.body, false);
  return [...names];
}
