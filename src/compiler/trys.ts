/**
 * try statements. Part of the compiler.
 *
 * A handler occupies two stack slots while it runs: the previously handled exception, and its own (PUSH_EXC_INFO). A
 * finally body is emitted twice, for the normal and the exceptional way, as CPython does; return, break and continue leave
 * a try-finally by recording what is pending and going on after the normal copy.
 */
import type { excepthandler, Try, TryStar } from "./ast.ts";
import { compileExpr } from "./expr.ts";
import type { FBlock, Gen, PendingJumps } from "./gen.ts";
import { localIndex, nameKind, storeName } from "./names.ts";
import { compileBody, jumpToLoop, leaveWithValue } from "./stmts.ts";

export function compileTry(g: Gen, node: Try): void {
  if (node.finalbody.length === 0) {
    tryExcept(g, node);
    return;
  }
  tryFinally(
    g,
    () => (node.handlers.length > 0 ? tryExcept(g, node) : compileBody(g, node.body)),
    () => compileBody(g, node.finalbody),
  );
}

export function compileTryStar(g: Gen, node: TryStar): void {
  if (node.finalbody.length === 0) {
    tryStar(g, node);
    return;
  }
  tryFinally(
    g,
    () => tryStar(g, node),
    () => compileBody(g, node.finalbody),
  );
}

export function finallyBlock(g: Gen): FBlock & { pending: PendingJumps } {
  const pending: PendingJumps = {
    variable: g.variable("act"),
    valueSlot: g.pushSlot(),
    usesReturn: false,
    jumps: [],
  };
  return { type: "finally", label: g.out.label("fin"), continueLabel: "", slot: -1, cleanup: null, pending };
}

/** After the normal copy of a finally body: goes on with what is pending. */
export function dispatchPending(g: Gen, b: FBlock): void {
  const p = b.pending!;
  const from = g.fblocks.length - 1;
  if (p.usesReturn) {
    const t = g.out.temp();
    g.emit(`if(${p.variable}===1){${t}=i32[${g.slotAt(p.valueSlot)}];i32[${g.slotAt(p.valueSlot)}]=0;`);
    leaveWithValue(g, t, from, p.valueSlot);
    g.emit("}");
    g.out.release(t);
  }
  p.jumps.forEach((j, i) => {
    g.emit(`if(${p.variable}===${i + 2}){`);
    jumpToLoop(g, j.target, j.type, from);
    g.emit("}");
  });
}

function tryFinally(g: Gen, body: () => void, final: () => void): void {
  const b = finallyBlock(g);
  const saved = new Set(g.assigned);
  g.emit(`${b.pending.variable}=0;${b.label}:{`);
  g.fblocks.push(b);
  g.guarded(() => {
    body();
    g.emit(`break ${b.label};`);
  });
  g.fblocks.pop();
  g.assigned = new Set(saved);
  withHandler(g, () => {
    final();
    rethrowFrom(g, g.depth - 2);
  });
  g.emit("}");
  g.assigned = new Set(saved);
  g.joined();
  final();
  dispatchPending(g, b);
  g.depth = b.pending.valueSlot;
  g.joined();
}

/**
 * Where an exception arrives: enters the handler state in two slots, runs `body`, which must leave by a jump after
 * `popHandler`; an exception out of it restores the state and goes on. The slots are free again afterwards.
 */
export function withHandler(g: Gen, body: (slot: number) => void): void {
  const slot = g.depth;
  g.pushSlot();
  g.pushSlot();
  g.emit(`enterHandler(rt,fp,${g.slotAt(slot)},END);`);
  g.joined();
  g.fblocks.push({
    type: "handler",
    label: "",
    continueLabel: "",
    slot,
    cleanup: () => popHandler(g, slot),
    pending: null,
  });
  g.guarded(() => body(slot));
  g.fblocks.pop();
  g.emit(`handlerFailed(rt,fp,${g.slotAt(slot)},END);`);
  g.raise();
  g.depth = slot;
}

/** Raises the handler's exception again. */
export function rethrowFrom(g: Gen, slot: number): void {
  g.emit(`rethrow(rt,${g.slotAt(slot + 1)});`);
  g.raise();
}

export function popHandler(g: Gen, slot: number): void {
  g.emit(`popHandler(rt,${g.slotAt(slot)});`);
}

function tryExcept(g: Gen, node: Try): void {
  const end = g.out.label("end");
  const ok = g.out.label("ok");
  const saved = new Set(g.assigned);
  g.emit(`${end}:{${ok}:{`);
  // The body's own jumps out are plain: nothing is held by an except block.
  g.guarded(() => {
    compileBody(g, node.body);
    g.emit(`break ${ok};`);
  });
  const bound = new Set(g.assigned);
  withHandler(g, (slot) => {
    for (const h of node.handlers) {
      g.assigned = new Set(saved);
      handlerClause(g, h, slot, end);
    }
    rethrowFrom(g, slot);
  });
  g.emit("}");
  g.joined();
  g.assigned = bound;
  compileBody(g, node.orelse);
  g.emit("}");
  g.assigned = saved;
  g.joined();
}

function handlerClause(g: Gen, h: excepthandler, slot: number, end: string): void {
  if (h.type !== null) {
    const type = g.spillOwned(compileExpr(g, h.type));
    const m = g.variable("m");
    g.pos(h);
    g.emit(`${m}=excMatch(rt,i32[${g.slotAt(slot + 1)}],${type.js});`);
    g.drop(type);
    g.emit(`if(${m}){`);
  } else g.emit("{");
  const saved = new Set(g.assigned);
  if (h.name === null) {
    const t = g.out.temp();
    g.emit(`${t}=i32[${g.slotAt(slot + 1)}];i32[${g.slotAt(slot + 1)}]=0;decref(${t});`);
    g.out.release(t);
    compileBody(g, h.body);
  } else namedHandler(g, h, slot);
  popHandler(g, slot);
  g.emit(`break ${end};}`);
  g.assigned = saved;
  g.joined();
}

/** except E as name: the name is unbound however the clause is left. */
function namedHandler(g: Gen, h: excepthandler, slot: number): void {
  const name = h.name!;
  const t = g.out.temp();
  // The name takes the handler's own reference over; the exception stays the handled one.
  g.emit(`${t}=i32[${g.slotAt(slot + 1)}];i32[${g.slotAt(slot + 1)}]=0;`);
  storeName(g, name, g.owned(t), h);
  const left = g.out.label("left");
  g.emit(`${left}:{`);
  g.fblocks.push({
    type: "namedHandler",
    label: "",
    continueLabel: "",
    slot,
    cleanup: () => unbind(g, name, h),
    pending: null,
  });
  g.guarded(() => {
    compileBody(g, h.body);
    g.emit(`break ${left};`);
  });
  g.fblocks.pop();
  const raisedAt = g.variable("at");
  g.emit(`${raisedAt}=i32[fp+14];saveError(rt,fp,${g.slotAt(g.depth)},END);`);
  const keep = g.pushSlot();
  unbind(g, name, h);
  // RERAISE 1: the frame is again where the exception was raised.
  g.emit(`i32[fp+14]=${raisedAt};restoreError(rt,${g.slotAt(keep)});`);
  g.raise();
  g.emit("}");
  g.popSlot(keep);
  g.joined();
  unbind(g, name, h);
}

function unbind(g: Gen, id: string, h: excepthandler): void {
  const name = g.mangle(id);
  const kind = nameKind(g, name);
  if (kind === "fast" || kind === "cell" || kind === "classFree") {
    const at = kind === "fast" ? g.local(localIndex(g, name)) : `i32[${g.local(localIndex(g, name))}]+4`;
    const t = g.out.temp();
    g.emit(`${t}=i32[${at}];i32[${at}]=0;if(${t}!==0)decref(${t});`);
    g.out.release(t);
  } else g.emit(`unbindName(rt,fp,${g.name(name)},${kind === "global"});`);
  g.assigned.delete(name);
  g.pos(h);
}

/**
 * except*: slots [previous, exception] as for except, then [list of raised, rest, match]. Each clause takes its part of what
 * is left; what the clauses raise, and the rest, become a new group in the end.
 */
function tryStar(g: Gen, node: TryStar): void {
  const end = g.out.label("end");
  const ok = g.out.label("ok");
  const saved = new Set(g.assigned);
  g.emit(`${end}:{${ok}:{`);
  g.guarded(() => {
    compileBody(g, node.body);
    g.emit(`break ${ok};`);
  });
  const bound = new Set(g.assigned);
  withHandler(g, (slot) => {
    const state = g.depth;
    g.need(4);
    g.emit(`starBegin(rt,${g.slotAt(slot + 1)},${g.slotAt(state)});`);
    g.depth += 3;
    for (const h of node.handlers) {
      g.assigned = new Set(saved);
      starClause(g, h, slot, state);
    }
    g.emit(`if(starEnd(rt,${g.slotAt(slot + 1)},${g.slotAt(state)})){`);
    rethrowFrom(g, slot);
    g.emit("}");
    g.depth = state;
    popHandler(g, slot);
    g.emit(`break ${end};`);
  });
  g.emit("}");
  g.joined();
  g.assigned = bound;
  compileBody(g, node.orelse);
  g.emit("}");
  g.assigned = saved;
  g.joined();
}

function starClause(g: Gen, h: excepthandler, _slot: number, state: number): void {
  const type = g.spillOwned(compileExpr(g, h.type!));
  const m = g.variable("m");
  g.pos(h);
  g.emit(`${m}=starMatch(rt,${g.slotAt(state)},${type.js});`);
  g.drop(type);
  const left = g.out.label("left");
  g.emit(`if(${m}){${left}:{`);
  g.joined();
  g.guarded(() => {
    if (h.name !== null) {
      const t = g.out.temp();
      g.emit(`${t}=i32[${g.slotAt(state + 2)}];incref(${t});`);
      storeName(g, h.name, g.owned(t), h);
    }
    compileBody(g, h.body);
    g.emit(`break ${left};`);
  });
  g.emit(`starCatch(rt,fp,${g.slotAt(state)},${g.slotAt(state + 3)},END);}`);
  g.joined();
  if (h.name !== null) unbind(g, h.name, h);
  g.emit(`starDone(rt,${g.slotAt(state)});}`);
  g.joined();
}
