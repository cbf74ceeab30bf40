/** The eval breaker: what is looked at at function entries, backward jumps and after calls of natives. Part of the runtime. */
import { collectIfScheduled } from "../gc/collect.ts";
import { Cell } from "../heap/cells.ts";
import { EvalBreaker } from "../objects/alloc.ts";
import type { Runtime } from "../objects/runtime.ts";

/** What stands at function entries and backward jumps: signals, and a scheduled collection. */
export function evalBreaker(rt: Runtime): void {
  const i32 = rt.i32;
  const bits = i32[Cell.EVAL_BREAKER];
  if ((bits & EvalBreaker.WATCH) !== 0) rt.considerSignals("safepoint");
  if ((bits & EvalBreaker.SIGNALS) !== 0) rt.checkSignals();
  if ((bits & EvalBreaker.GC_SCHEDULED) !== 0) {
    i32[Cell.EVAL_BREAKER] &= ~EvalBreaker.GC_SCHEDULED;
    collectIfScheduled(rt);
    rt.considerSignals("collection");
  }
}
