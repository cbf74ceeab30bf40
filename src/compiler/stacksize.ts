/** co_stacksize of each kind of code, as CPython's compiler finds it; see `stackdepth.ts`. Part of the compiler. */
import type { AsyncFunctionDef, ClassDef, FunctionDef, Lambda, mod, stmt } from "./ast.ts";
import type { ComprehensionNode } from "./comprehensions.ts";
import type { Scope } from "./scope.ts";
import { type StatementContext, StatementDepth } from "./stackdepth_stmts.ts";

export type CodeNode = mod | FunctionDef | AsyncFunctionDef | Lambda | ClassDef | ComprehensionNode;

export function stackSize(node: CodeNode, scope: Scope, context: StatementContext): number {
  const d = new StatementDepth(scope, context);
  // A generator's code stands in a handler for StopIteration: the exception and where it was raised.
  const suspends = scope.isGenerator || scope.isCoroutine || scope.isAsyncGen;
  if (suspends && node.kind !== "Lambda") d.peak(2);
  walk(d, node);
  return Math.max(d.max, 1);
}

function walk(d: StatementDepth, node: CodeNode): void {
  switch (node.kind) {
    case "Module":
    case "Interactive":
      module(d, node.body);
      return;
    case "Expression":
      d.visit(node.body);
      return;
    case "FunctionDef":
    case "AsyncFunctionDef":
      if (!d.body(node.body)) d.peak(1);
      return;
    case "Lambda":
      d.visit(node.body);
      return;
    case "ClassDef":
      d.peak(d.scope.needsClassClosure ? 2 : 1);
      d.body(node.body);
      return;
    default:
      if (node.kind !== "GeneratorExp") d.op(1);
      d.generators(node, 0, false);
      d.peak(1);
  }
}

function module(d: StatementDepth, body: stmt[]): void {
  d.peak(1);
  d.body(body);
}
