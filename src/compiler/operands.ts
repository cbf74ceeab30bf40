/** Several operands of one operation: arguments of a call, items of a tuple. Part of the compiler. */
import { METH } from "../objects/typeinfo.ts";
import type { expr } from "./ast.ts";
import { compileExpr } from "./expr.ts";
import type { Gen, Val } from "./gen.ts";
import { mayRebind, mayThrow } from "./names.ts";

/** Evaluates expressions so that the value of each survives the evaluation of those after it. */
export function evaluateOperands(g: Gen, args: expr[]): Val[] {
  const values: Val[] = [];
  for (let i = 0; i < args.length; i++) {
    let v = compileExpr(g, args[i]);
    const later = args.slice(i + 1);
    if (v.kind !== "const" && later.some((a) => mayRebind(g, a))) v = g.pushOwned(v);
    else if (v.kind === "owned" && later.some((a) => mayThrow(g, a))) v = g.spillOwned(v);
    values.push(v);
  }
  return values;
}

/** Turns values into owned temporaries, taking their slots (last first) and adding references where they are borrowed. */
export function takeAll(g: Gen, values: Val[]): string[] {
  const names = new Array<string>(values.length);
  for (let i = values.length - 1; i >= 0; i--) {
    const v = values[i];
    names[i] = v.js;
    if (v.kind === "slot") g.take(v);
  }
  for (const v of values) if (v.kind === "borrowed" || v.kind === "const") g.emit(`incref(${v.js});`);
  for (const v of values) g.done(v);
  return names;
}

/**
 * The call of a native function `f` by its convention, with the arguments in slots from `at` on where it takes them from there;
 * null where they are not as many as it takes.
 */
export function nativeCallText(
  convention: number,
  f: string,
  self: string,
  args: string[],
  at: string,
): string | null {
  switch (convention) {
    case METH.NOARGS:
      return args.length === 0 ? `${f}(rt,${self})` : null;
    case METH.O:
      return args.length === 1 ? `${f}(rt,${self},${args[0]})` : null;
    case METH.FASTCALL:
      return `${f}(rt,${self},${at},${args.length})`;
    case METH.FASTCALL | METH.KEYWORDS:
      return `${f}(rt,${self},${at},${args.length},0)`;
    default:
      return null;
  }
}
