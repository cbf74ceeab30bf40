/** with and async with. Part of the compiler. */

import { storeTarget } from "./assign.ts";
import type { AsyncWith, With, withitem } from "./ast.ts";
import { awaitValue } from "./awaiting.ts";
import { compileExpr } from "./expr.ts";
import type { Gen } from "./gen.ts";
import { compileBody } from "./stmts.ts";
import { dispatchPending, finallyBlock, popHandler, rethrowFrom, withHandler } from "./trys.ts";

/** The items from `index` on, then the body. The bound `__exit__` keeps a slot during the body. */
export function compileWith(g: Gen, items: withitem[], index: number, node: With | AsyncWith): void {
  if (index === items.length) {
    compileBody(g, node.body);
    return;
  }
  const item = items[index];
  const isAsync = node.kind === "AsyncWith";
  const manager = g.pushOwned(compileExpr(g, item.context_expr));
  g.pos(item.context_expr);
  const base = manager.slot;
  // The manager's slot becomes `__exit__`; the result of `__enter__` is returned.
  let entered = g.result(`${isAsync ? "beforeAsyncWith" : "beforeWith"}(rt,${g.slotAt(base)},${g.top(2)})`);
  if (isAsync) entered = awaitValue(g, g.pushOwned(entered), item.context_expr, 1);
  const exitSlot = base;
  const b = finallyBlock(g);
  const end = g.out.label("end");
  const saved = new Set(g.assigned);
  const kept = entered.kind === "owned" ? entered.js : g.take(entered);
  g.emit(`${b.pending.variable}=0;${end}:{${b.label}:{`);
  g.fblocks.push(b);
  g.guarded(() => {
    if (item.optional_vars !== null) storeTarget(g, item.optional_vars, g.owned(kept));
    else g.emit(`decref(${kept});`);
    compileWith(g, items, index + 1, node);
    g.emit(`break ${b.label};`);
  });
  g.fblocks.pop();
  const bound = g.assigned;
  g.assigned = new Set(saved);
  const raisedAt = g.variable("at");
  withHandler(g, (slot) => {
    g.emit(`${raisedAt}=i32[fp+14];`);
    g.pos(item.context_expr);
    const exc = `i32[${g.slotAt(slot + 1)}]`;
    let r = g.result(`callExit(rt,i32[${g.slotAt(exitSlot)}],${exc})`);
    if (isAsync) r = awaitValue(g, g.pushOwned(r), item.context_expr, 2);
    const t = g.take(r);
    g.pos(item.context_expr);
    // RERAISE 2: the frame is again where the exception was raised.
    g.emit(`if(!truth(${t},1,${g.top(1)})){i32[fp+14]=${raisedAt};`);
    rethrowFrom(g, slot);
    g.emit("}");
    popHandler(g, slot);
    g.emit(`dropSlot(rt,${g.slotAt(exitSlot)});break ${end};`);
  });
  g.emit("}");
  g.joined();
  g.assigned = bound;
  g.pos(item.context_expr);
  let r = g.result(`callExit(rt,i32[${g.slotAt(exitSlot)}],0)`);
  if (isAsync) r = awaitValue(g, g.pushOwned(r), item.context_expr, 2);
  g.emit(`decref(${g.take(r)});dropSlot(rt,${g.slotAt(exitSlot)});`);
  const depth = g.depth;
  dispatchPending(g, b);
  g.depth = depth;
  g.emit("}");
  g.assigned = new Set([...saved].filter((n) => bound.has(n)));
  g.depth = base;
  g.joined();
}
