/** yield, yield from, await. Part of the compiler: generator code is a JavaScript generator over the same heap frame. */
import type { Await, expr, Located, Yield, YieldFrom } from "./ast.ts";
import { compileExpr } from "./expr.ts";
import type { Gen, Val } from "./gen.ts";
import { machineDelegate, machineYield } from "./machine.ts";

/** Gives a value out and takes the one sent in: both owned. `Frame.stacktop` says how much of the stack is in use. */
export function compileYield(g: Gen, node: Yield): Val {
  const v = node.value === null ? g.constant({ t: "None" }) : compileExpr(g, node.value);
  const t = g.take(v);
  g.pos(node);
  return compileYieldOf(g, t);
}

/** Yields the owned temporary t, wrapped in an asynchronous generator. */
export function compileYieldOf(g: Gen, t: string): Val {
  if (!g.scope.isAsyncGen && !(g.scope.isCoroutine && g.scope.isGenerator)) return yieldOwned(g, t);
  const r = g.out.temp();
  g.emit(`${r}=wrapAsyncValue(rt,${t});`);
  return yieldOwned(g, r);
}

function yieldOwned(g: Gen, t: string): Val {
  const count = g.template.localsplusnames.length + g.depth;
  // Outside of all handlers a close() here has nothing to run: see gen_close.
  const guarded = g.tryDepth > 0 || g.fblocks.some((b) => b.type !== "loop" && b.type !== "for");
  g.emit(`i32[fp+16]=${count};i32[fp+11]=${guarded ? 0 : 2};`);
  if (g.machine !== null) {
    const v = machineYield(g, g.machine, t);
    g.emit("if(i32[1030]!==0)evalBreaker(rt);");
    return v;
  }
  const r = g.out.temp();
  g.emit(`${r}=yield ${t};i32[fp+16]=NSLOTS;`);
  if (t !== r) g.out.release(t);
  g.emit("if(i32[1030]!==0)evalBreaker(rt);");
  return g.owned(r);
}

export function compileYieldFrom(g: Gen, node: YieldFrom): Val {
  const v = g.pushOwned(compileExpr(g, node.value));
  g.pos(node);
  g.emit(`yieldFromIter(rt,${g.slotAt(v.slot)},${g.scope.isCoroutine ? 1 : 0});`);
  return delegate(g, v, node);
}

export function compileAwait(g: Gen, node: Await): Val {
  const v = g.pushOwned(compileExpr(g, node.value));
  return awaitValue(g, v, node);
}

/** Awaits what is in the (topmost) slot. `from`: what `async with` (1: entering, 2: leaving) or `async for` (3) awaits. */
export function awaitValue(g: Gen, v: Val, node: expr | Located, from = 0): Val {
  g.pos(node as Located);
  const slot = g.slotAt(v.slot);
  g.emit(from === 0 ? `awaitIter(rt,${slot});` : `awaitIterFrom(rt,${slot},${from});`);
  return delegate(g, v, node as Located);
}

/** Sends values to the iterator in the topmost slot until it returns; its return value is the result. */
function delegate(g: Gen, v: Val, node: Located): Val {
  const slot = g.slotAt(v.slot);
  const count = g.template.localsplusnames.length + g.depth;
  if (g.machine !== null) {
    g.pos(node);
    const r = machineDelegate(g, g.machine, slot, `i32[fp+16]=${count};i32[fp+11]=1;`);
    g.emit(`dropSlot(rt,${slot});`);
    g.popSlot(v.slot);
    g.joined();
    return r;
  }
  const sent = g.variable("sent");
  const loop = g.out.label("d");
  g.emit(`${sent}=None;${loop}:for(;;){`);
  g.joined();
  g.pos(node);
  const r = g.variable("res");
  g.emit(`${r}=sendTo(rt,i32[${slot}],${sent});if(rt.sendResult===0)break ${loop};`);
  g.emit(
    `i32[fp+16]=${count};i32[fp+11]=1;try{${sent}=yield ${r};}catch(e){${r}=delegateThrew(rt,fp,e);break ${loop};}finally{i32[fp+11]=0;}i32[fp+16]=NSLOTS;`,
  );
  g.emit("if(i32[1030]!==0)evalBreaker(rt);");
  g.emit(`}i32[fp+16]=NSLOTS;dropSlot(rt,${slot});`);
  g.popSlot(v.slot);
  g.joined();
  return g.owned(r);
}
