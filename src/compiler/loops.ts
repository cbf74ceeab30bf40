/** while, for, async for. Part of the compiler. */

import { storeTarget } from "./assign.ts";
import type { AsyncFor, expr, For, stmt, While } from "./ast.ts";
import { awaitValue } from "./awaiting.ts";
import { compileCondition, compileExpr } from "./expr.ts";
import { asIterated, foldConstant } from "./fold.ts";
import type { FBlock, Gen, Val } from "./gen.ts";
import { outlined } from "./outline.ts";
import { IterKind } from "./profile.ts";
import { compileBody } from "./stmts.ts";

export function loopBlock(g: Gen, type: "loop" | "for", slot: number): FBlock {
  return {
    type,
    label: g.out.label("loop"),
    continueLabel: g.out.label("next"),
    slot,
    cleanup: null,
    pending: null,
  };
}

export function compileWhile(g: Gen, node: While): void {
  const b = loopBlock(g, "loop", -1);
  const saved = new Set(g.assigned);
  const endLabel = node.orelse.length > 0 ? g.out.label("else") : "";
  if (endLabel) g.emit(`${b.label}:{${endLabel}:for(;;){`);
  else g.emit(`${b.label}:for(;;){`);
  g.joined();
  const folded = foldConstant(node.test);
  g.loops++;
  outlined(g, () => {
    if (folded?.t !== "True" && !(folded?.t === "int" && folded.v !== 0n)) {
      const c = compileCondition(g, node.test);
      g.emit(`if(!(${c}))break ${endLabel || b.label};`);
    }
    loopBody(g, b, node.body);
  });
  g.loops--;
  g.emit("}");
  finishLoop(g, b, node.orelse, saved, endLabel !== "");
}

/** Notes over what a loop goes. */
export function noteIterator(g: Gen, iter: expr, it: Val): void {
  if (g.mode === "first") g.emit(`noteIter(FB,${g.notePlace(iter, "iterator")},${it.js});`);
}

/** The helper that gives the next item of a loop. */
export function nextHelper(g: Gen, iter: expr): string {
  switch (g.seen(iter, "iterator")) {
    case IterKind.RANGE:
      return "nextRange";
    case IterKind.LIST:
      return "nextList";
    case IterKind.TUPLE:
      return "nextTuple";
    default:
      return "next";
  }
}

/** One turn of a loop, and the check at its end. */
function loopBody(g: Gen, b: FBlock, body: stmt[]): void {
  g.fblocks.push(b);
  g.emit(`${b.continueLabel}:{`);
  compileBody(g, body);
  g.emit("}");
  g.fblocks.pop();
  breakerCheck(g);
}

/** A backward jump: the place where signals are handled and a scheduled collection runs. */
export function breakerCheck(g: Gen): void {
  g.emit(`if(i32[1030]!==0)evalBreaker(rt);${g.mode === "first" ? "if(--FB[1]<0)tierUp(T,0);" : ""}`);
}

function finishLoop(g: Gen, _b: FBlock, orelse: For["orelse"], saved: Set<string>, open: boolean): void {
  g.assigned = new Set(saved);
  g.joined();
  if (open) {
    compileBody(g, orelse);
    g.emit("}");
  }
  g.assigned = saved;
  g.joined();
}

export function compileFor(g: Gen, node: For): void {
  const it = pushIterator(g, asIterated(node.iter));
  const b = loopBlock(g, "for", it.slot);
  const saved = new Set(g.assigned);
  const open = node.orelse.length > 0;
  const done = open ? g.out.label("else") : b.label;
  g.emit(open ? `${b.label}:{${done}:for(;;){` : `${b.label}:for(;;){`);
  g.loops++;
  outlined(g, () => {
    g.joined();
    noteIterator(g, node.iter, it);
    g.pos(node.iter);
    const item = g.out.temp();
    g.emit(`${item}=${nextHelper(g, node.iter)}(${it.js});if(${item}===0)break ${done};`);
    storeTarget(g, node.target, g.owned(item));
    loopBody(g, b, node.body);
  });
  g.loops--;
  g.emit("}");
  if (open) {
    // Exhausted: the iterator goes before the else clause; a break releases it by itself.
    g.emit(`i32[${g.slotAt(it.slot)}]=0;decref(${it.js});`);
    g.depth = it.slot;
    finishLoop(g, b, node.orelse, saved, true);
    g.emit(`dropSlot(rt,${g.slotAt(it.slot)});`);
  } else {
    finishLoop(g, b, node.orelse, saved, false);
    g.emit(`i32[${g.slotAt(it.slot)}]=0;decref(${it.js});`);
    g.depth = it.slot;
  }
  g.done(it);
}

/** Evaluates an iterable and leaves its iterator in a slot, in a variable that is not recycled. */
export function pushIterator(g: Gen, iter: For["iter"]): Val {
  const v = compileExpr(g, iter);
  g.pos(iter);
  const kept = g.spillOwned(v);
  const name = g.variable("it");
  g.emit(`${name}=getIter(rt,${kept.js});`);
  g.drop(kept);
  const slot = g.pushSlot();
  g.emit(`i32[${g.slotAt(slot)}]=${name};`);
  return { kind: "slot", js: name, slot };
}

export function compileAsyncFor(g: Gen, node: AsyncFor): void {
  const it = pushAsyncIterator(g, node.iter);
  const b = loopBlock(g, "for", it.slot);
  const saved = new Set(g.assigned);
  const open = node.orelse.length > 0;
  const done = open ? g.out.label("else") : b.label;
  g.emit(open ? `${b.label}:{${done}:for(;;){` : `${b.label}:for(;;){`);
  g.joined();
  const item = asyncNext(g, it, node.iter, done);
  storeTarget(g, node.target, item);
  g.loops++;
  loopBody(g, b, node.body);
  g.loops--;
  g.emit("}");
  finishLoop(g, b, node.orelse, saved, open);
  g.emit(`dropSlot(rt,${g.slotAt(it.slot)});`);
  g.depth = it.slot;
}

export function pushAsyncIterator(g: Gen, iter: AsyncFor["iter"]): Val {
  const v = g.pushOwned(compileExpr(g, iter));
  g.pos(iter);
  const name = g.variable("it");
  g.emit(`${name}=getAIter(rt,${v.js});`);
  g.drop(v);
  const slot = g.pushSlot();
  g.emit(`i32[${g.slotAt(slot)}]=${name};`);
  return { kind: "slot", js: name, slot };
}

/** Awaits the next item; StopAsyncIteration leaves the loop by breaking to `done`. */
export function asyncNext(g: Gen, it: Val, node: AsyncFor["iter"], done: string): Val {
  const item = g.variable("an");
  const flag = g.variable("stop");
  // What lies above the iterator (an inlined comprehension's result, names set aside) stays.
  const kept = g.slotAt(g.depth);
  const got = g.out.label("got");
  g.emit(`${flag}=0;${got}:{`);
  g.guarded(() => {
    g.pos(node);
    const aw = g.pushOwned(g.result(`getANext(rt,${it.js})`));
    const v = awaitValue(g, aw, node, 3);
    g.emit(`${item}=${g.take(v)};break ${got};`);
    g.done(v);
  });
  g.emit(`if(!stopAsync(rt,fp,${kept}))`);
  g.raise();
  g.emit(`${flag}=1;}`);
  g.joined();
  g.emit(`if(${flag}===1)break ${done};`);
  return g.owned(item);
}
