/** Statements to JavaScript. Part of the compiler. */

import { compileAssign, compileAugAssign, compileDelete, storeTarget } from "./assign.ts";
import type {
  AnnAssign,
  Assert,
  expr,
  If,
  Import,
  ImportFrom,
  Located,
  Raise,
  Return,
  stmt,
  TypeAlias,
} from "./ast.ts";
import { compileCondition, compileExpr } from "./expr.ts";
import { foldConstant } from "./fold.ts";
import { compileClass, compileFunction, compileTypeAlias } from "./functions.ts";
import type { FBlock, Gen, Val } from "./gen.ts";
import { compileAsyncFor, compileFor, compileWhile } from "./loops.ts";
import { machineStmt } from "./machine.ts";
import { storeName } from "./names.ts";
import { compileMatch } from "./patterns.ts";
import { compileTry, compileTryStar } from "./trys.ts";
import { unparse } from "./unparse.ts";
import { compileWith } from "./withs.ts";

export function compileBody(g: Gen, body: stmt[]): void {
  for (const s of body) compileStmt(g, s);
}

export function compileStmt(g: Gen, node: stmt): void {
  if (g.machine !== null && machineStmt(g, g.machine, node)) return;
  switch (node.kind) {
    case "Expr":
      compileExprStatement(g, node.value);
      return;
    case "Assign":
      compileAssign(g, node);
      return;
    case "AugAssign":
      compileAugAssign(g, node);
      return;
    case "AnnAssign":
      compileAnnAssign(g, node);
      return;
    case "Return":
      compileReturn(g, node);
      return;
    case "If":
      compileIf(g, node);
      return;
    case "For":
      compileFor(g, node);
      return;
    case "AsyncFor":
      compileAsyncFor(g, node);
      return;
    case "While":
      compileWhile(g, node);
      return;
    case "Break":
      leaveLoop(g, "break", node);
      return;
    case "Continue":
      leaveLoop(g, "continue", node);
      return;
    case "FunctionDef":
    case "AsyncFunctionDef":
      compileFunction(g, node);
      return;
    case "ClassDef":
      compileClass(g, node);
      return;
    case "Delete":
      compileDelete(g, node);
      return;
    case "Raise":
      compileRaise(g, node);
      return;
    case "Try":
      compileTry(g, node);
      return;
    case "TryStar":
      compileTryStar(g, node);
      return;
    case "With":
    case "AsyncWith":
      compileWith(g, node.items, 0, node);
      return;
    case "Assert":
      compileAssert(g, node);
      return;
    case "Import":
      compileImport(g, node);
      return;
    case "ImportFrom":
      compileImportFrom(g, node);
      return;
    case "Match":
      compileMatch(g, node);
      return;
    case "TypeAlias":
      compileTypeAlias(g, node as TypeAlias);
      return;
    case "Global":
    case "Nonlocal":
      return;
    case "Pass":
      g.pos(node);
      return;
  }
}

function compileExprStatement(g: Gen, value: expr): void {
  if (foldConstant(value) !== null && !g.unit.interactive) return;
  const v = compileExpr(g, value);
  if (g.unit.interactive && g.scope.type === "Module") {
    const kept = g.spillOwned(v);
    g.pos(value);
    g.emit(`displayHook(rt,${kept.js});`);
    g.drop(kept);
    return;
  }
  g.drop(v);
}

function compileAnnAssign(g: Gen, node: AnnAssign): void {
  if (node.value !== null) storeTarget(g, node.target, compileExpr(g, node.value));
  const target = node.target;
  const inFunction = g.scope.functionLike;
  if (target.kind === "Name" && node.simple === 1) {
    if (inFunction) return;
    const value = annotationValue(g, node.annotation);
    const kept = g.spillOwned(value);
    g.pos(node);
    g.emit(`storeAnnotation(rt,fp,${g.str(g.mangle(target.id)).js},${kept.js});`);
    g.drop(kept);
    return;
  }
  if (target.kind === "Attribute" && node.value === null) g.drop(compileExpr(g, target.value));
  if (target.kind === "Subscript" && node.value === null) {
    g.drop(compileExpr(g, target.value));
    g.drop(compileExpr(g, target.slice));
  }
  if (!inFunction && !g.unit.futureAnnotations) g.drop(compileExpr(g, node.annotation));
}

/** An annotation's value: evaluated, or its source under `from __future__ import annotations`. */
export function annotationValue(g: Gen, node: expr): Val {
  if (g.unit.futureAnnotations) return g.str(unparse(node));
  if (node.kind === "Starred") {
    const v = g.pushOwned(compileExpr(g, node.value));
    const slot = g.top(1);
    g.need(2);
    const r = g.out.temp();
    g.emit(`unpack(rt,${v.js},${slot},1);${r}=i32[${slot}];i32[${slot}]=0;`);
    g.drop(v);
    return g.owned(r);
  }
  return compileExpr(g, node);
}

function compileIf(g: Gen, node: If): void {
  const folded = foldConstant(node.test);
  if (folded !== null && (folded.t === "True" || folded.t === "False" || folded.t === "None")) {
    compileBody(g, folded.t === "True" ? node.body : node.orelse);
    return;
  }
  const c = compileCondition(g, node.test);
  const saved = new Set(g.assigned);
  g.emit(`if(${c}){`);
  compileBody(g, node.body);
  const afterBody = endsControl(node.body) ? null : g.assigned;
  g.assigned = new Set(saved);
  g.joined();
  if (node.orelse.length > 0) {
    g.emit("}else{");
    compileBody(g, node.orelse);
  }
  const afterElse = endsControl(node.orelse) ? null : g.assigned;
  g.emit("}");
  g.assigned = meet(afterBody, afterElse, saved);
  g.joined();
}

/** Names bound on both ways to a join; a way that never gets there does not count. */
export function meet(a: Set<string> | null, b: Set<string> | null, none: Set<string>): Set<string> {
  if (a === null) return b ?? none;
  if (b === null) return a;
  return new Set([...a].filter((n) => b.has(n)));
}

/** Does a block certainly not reach its end? */
export function endsControl(body: stmt[]): boolean {
  if (body.length === 0) return false;
  const last = body[body.length - 1];
  if (last.kind === "If") return last.orelse.length > 0 && endsControl(last.body) && endsControl(last.orelse);
  return last.kind === "Return" || last.kind === "Raise" || last.kind === "Break" || last.kind === "Continue";
}

function compileReturn(g: Gen, node: Return): void {
  const v = node.value === null ? g.constant({ t: "None" }) : compileExpr(g, node.value);
  const t = g.take(v);
  g.pos(node);
  leaveWithValue(g, t, g.fblocks.length - 1, g.depth);
  g.done(v);
}

/**
 * Emits a return of the owned temporary `t` from inside the blocks up to index `from`: loops' iterators are released,
 * handlers popped; at a finally block the value is left in its slot, and the block goes on with the return afterwards.
 */
export function leaveWithValue(g: Gen, t: string, from: number, depth: number): void {
  const plain = g.fblocks.slice(0, from + 1).every((b) => b.type === "loop");
  if (plain) {
    g.emit(`ret=${t};break body;`);
    return;
  }
  const savedDepth = g.depth;
  g.depth = depth;
  const keep = g.pushSlot();
  g.emit(`i32[${g.slotAt(keep)}]=${t};`);
  for (let i = from; i >= 0; i--) {
    const b = g.fblocks[i];
    if (b.type === "finally") {
      const p = b.pending!;
      p.usesReturn = true;
      g.emit(`i32[${g.slotAt(keep)}]=0;i32[${g.slotAt(p.valueSlot)}]=${t};${p.variable}=1;break ${b.label};`);
      g.depth = savedDepth;
      return;
    }
    leaveBlock(g, b, i);
  }
  g.emit(`i32[${g.slotAt(keep)}]=0;ret=${t};break body;`);
  g.depth = savedDepth;
}

/** In-line cleanup of one block on the way out. */
function leaveBlock(g: Gen, b: FBlock, index: number): void {
  if (b.type === "for" || b.type === "pop") g.emit(`dropSlot(rt,${g.slotAt(b.slot)});`);
  else if (b.cleanup !== null) {
    const inner = g.fblocks.splice(index);
    b.cleanup();
    g.fblocks.push(...inner);
  }
}

/** break or continue of the innermost loop. */
export function leaveLoop(g: Gen, type: "break" | "continue", node: Located): void {
  for (let i = g.fblocks.length - 1; i >= 0; i--) {
    const b = g.fblocks[i];
    if (b.type === "loop" || b.type === "for") {
      // What is released on the way, and the iterator after a break, is released here.
      if (i < g.fblocks.length - 1 || (b.type === "for" && type === "break")) g.pos(node);
      jumpToLoop(g, b, type, g.fblocks.length - 1);
      return;
    }
  }
  throw new Error(`'${type}' outside loop`);
}

/** Jumps to a loop block from inside the blocks up to index `from`. */
export function jumpToLoop(g: Gen, target: FBlock, type: "break" | "continue", from: number): void {
  for (let i = from; i >= 0; i--) {
    const b = g.fblocks[i];
    if (b === target) break;
    if (b.type === "finally") {
      const p = b.pending!;
      let action = p.jumps.findIndex((j) => j.target === target && j.type === type);
      if (action < 0) action = p.jumps.push({ target, type }) - 1;
      g.emit(`${p.variable}=${action + 2};break ${b.label};`);
      return;
    }
    leaveBlock(g, b, i);
  }
  if (target.states !== undefined)
    g.emit(g.machine!.jump(type === "break" ? target.states.out : target.states.again));
  else if (type === "break") g.emit(`break ${target.label};`);
  else g.emit(`break ${target.continueLabel};`);
}

function compileRaise(g: Gen, node: Raise): void {
  if (node.exc === null) {
    g.pos(node);
    g.emit("do_raise(rt,0,0);");
    g.raise();
    return;
  }
  const exc = g.pushOwned(compileExpr(g, node.exc));
  const cause = node.cause === null ? null : g.pushOwned(compileExpr(g, node.cause));
  g.pos(node);
  g.emit(`do_raise(rt,${exc.js},${cause === null ? "0" : cause.js});`);
  g.raise();
  g.depth = exc.slot;
}

function compileAssert(g: Gen, node: Assert): void {
  if (g.unit.optimize > 0) return;
  const c = compileCondition(g, node.test);
  const saved = new Set(g.assigned);
  g.emit(`if(!(${c})){`);
  const msg = node.msg === null ? null : g.pushOwned(compileExpr(g, node.msg));
  g.pos(node.test);
  g.emit(`raiseAssertion(rt,${msg === null ? "0" : msg.js});`);
  g.raise();
  g.emit("}");
  if (msg !== null) g.depth = msg.slot;
  g.assigned = saved;
  g.joined();
}

function compileImport(g: Gen, node: Import): void {
  for (const a of node.names) {
    g.pos(node);
    const name = g.name(a.name);
    if (a.asname === null || a.name.indexOf(".") < 0) {
      const m = g.result(`importName(rt,fp,${name},None,0)`);
      storeName(g, a.asname ?? a.name.split(".")[0], m, node);
      continue;
    }
    // import a.b.c as d: the top package, then one attribute after the other.
    let m: Val = g.pushOwned(g.result(`importName(rt,fp,${name},None,0)`));
    for (const part of a.name.split(".").slice(1)) {
      const next = g.result(`importFrom(rt,${m.js},${g.name(part)})`);
      g.drop(m);
      m = g.pushOwned(next);
    }
    storeName(g, a.asname, g.owned(g.take(m)), node);
  }
}

function compileImportFrom(g: Gen, node: ImportFrom): void {
  g.pos(node);
  const fromlist = g.constantJs({ t: "tuple", items: node.names.map((a) => ({ t: "str", v: a.name })) });
  const m = g.pushOwned(g.result(`importName(rt,fp,${g.name(node.module ?? "")},${fromlist},${node.level})`));
  for (const a of node.names) {
    g.pos(node);
    if (a.name === "*") {
      g.emit(`importStar(rt,fp,${m.js});`);
      continue;
    }
    const v = g.result(`importFrom(rt,${m.js},${g.name(a.name)})`);
    storeName(g, a.asname ?? a.name, v, node);
  }
  g.drop(m);
}
