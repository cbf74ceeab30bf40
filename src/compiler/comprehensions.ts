/** Comprehensions and generator expressions. Part of the compiler. */

import { storeTarget } from "./assign.ts";
import type { expr } from "./ast.ts";
import { awaitValue, compileYieldOf } from "./awaiting.ts";
import { compileCondition, compileExpr } from "./expr.ts";
import { asIterated, foldConstant } from "./fold.ts";
import { makeFunction } from "./functions.ts";
import type { Gen, Val } from "./gen.ts";
import {
  asyncNext,
  breakerCheck,
  nextHelper,
  noteIterator,
  pushAsyncIterator,
  pushIterator,
} from "./loops.ts";
import { machineClauses } from "./machine.ts";
import { localIndex } from "./names.ts";
import { outlined } from "./outline.ts";
import { Def, NameScope, type Scope } from "./scope.ts";

export type ComprehensionNode = Extract<expr, { kind: "ListComp" | "SetComp" | "DictComp" | "GeneratorExp" }>;

export function compileComprehension(g: Gen, node: ComprehensionNode): Val {
  const scope = g.unit.scopeOf(node);
  return scope.inlined ? inlineComprehension(g, node, scope) : callComprehension(g, node, scope);
}

/** The comprehension is a function of its own, called with the first iterator. */
function callComprehension(g: Gen, node: ComprehensionNode, scope: Scope): Val {
  const f = g.pushOwned(makeFunction(g, g.unit.compileScope(node, scope, g), node));
  const first = node.generators[0];
  const it = first.is_async
    ? pushAsyncIterator(g, asIterated(first.iter))
    : pushIterator(g, asIterated(first.iter));
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=callStack(rt,${f.js},${g.slotAt(it.slot)},1,0);`);
  g.check(r);
  g.depth = it.slot;
  g.drop(f);
  if (scope.isCoroutine && node.kind !== "GeneratorExp") return awaitValue(g, g.pushOwned(g.owned(r)), node);
  return g.owned(r);
}

/** The body of a comprehension's own function: the iterator is its only parameter. */
export function comprehensionBody(g: Gen, node: ComprehensionNode): Val | null {
  if (g.machine !== null) {
    g.pos(node);
    machineClauses(g, g.machine, node, 0, `i32[${g.local(0)}]`);
    return null;
  }
  const result = emptyResult(g, node);
  const first = g.variable("it");
  g.emit(`${first}=i32[${g.local(0)}];`);
  generators(g, node, 0, result, { kind: "borrowed", js: first, slot: -1 });
  return result === null ? null : g.owned(g.take(result));
}

function emptyResult(g: Gen, node: ComprehensionNode): Val | null {
  g.pos(node);
  switch (node.kind) {
    case "ListComp":
      return keepInVariable(g, "PyList_New(rt,0)");
    case "SetComp":
      return keepInVariable(g, "PySet_New(rt,0)");
    case "DictComp":
      return keepInVariable(g, "PyDict_New(rt)");
    default:
      return null;
  }
}

function keepInVariable(g: Gen, js: string): Val {
  const name = g.variable("acc");
  g.emit(`${name}=${js};`);
  const slot = g.pushSlot();
  g.emit(`i32[${g.slotAt(slot)}]=${name};`);
  return { kind: "slot", js: name, slot };
}

/** The for and if clauses from `index` on, then the element. `given` is the iterator already made, for the first clause. */
function generators(
  g: Gen,
  node: ComprehensionNode,
  index: number,
  result: Val | null,
  given: Val | null,
): void {
  const c = node.generators[index];
  const single = given === null && !c.is_async ? singleElement(c.iter) : null;
  if (single !== null) {
    bindSingle(g, node, index, result, single);
    return;
  }
  const it =
    given ?? (c.is_async ? pushAsyncIterator(g, asIterated(c.iter)) : pushIterator(g, asIterated(c.iter)));
  const done = g.out.label("loop");
  const again = g.out.label("next");
  g.emit(`${done}:for(;;){`);
  g.loops++;
  outlined(g, () => {
    g.emit(`${again}:{`);
    g.joined();
    g.pos(c.iter);
    if (c.is_async) storeTarget(g, c.target, asyncNext(g, it, c.iter, done));
    else {
      const item = g.out.temp();
      noteIterator(g, c.iter, it);
      g.emit(`${item}=${nextHelper(g, c.iter)}(${it.js});if(${item}===0)break ${done};`);
      storeTarget(g, c.target, g.owned(item));
    }
    clauseBody(g, node, index, result, again);
    g.emit("}");
    breakerCheck(g);
  });
  g.loops--;
  g.emit("}");
  g.joined();
  if (given === null) g.drop(it);
}

/** What stands inside one for clause: its conditions, then the next clause or the element. */
function clauseBody(g: Gen, node: ComprehensionNode, index: number, result: Val | null, again: string): void {
  const saved = new Set(g.assigned);
  for (const test of node.generators[index].ifs) g.emit(`if(!(${compileCondition(g, test)}))break ${again};`);
  if (index + 1 < node.generators.length) generators(g, node, index + 1, result, null);
  else addElement(g, node, result);
  g.assigned = saved;
}

/** The element of a display of one, over which an inner clause does not iterate: `for y in [f(x)]` binds y. */
export function singleElement(iter: expr): expr | null {
  if (
    (iter.kind !== "List" && iter.kind !== "Tuple") ||
    iter.elts.length !== 1 ||
    iter.elts[0].kind === "Starred"
  )
    return null;
  return foldConstant(asIterated(iter)) === null ? iter.elts[0] : null;
}

function bindSingle(g: Gen, node: ComprehensionNode, index: number, result: Val | null, element: expr): void {
  const again = g.out.label("next");
  g.emit(`${again}:{`);
  const v = compileExpr(g, element);
  const item = g.result(g.take(v));
  g.done(v);
  storeTarget(g, node.generators[index].target, item);
  clauseBody(g, node, index, result, again);
  g.emit("}");
  g.joined();
}

function addElement(g: Gen, node: ComprehensionNode, result: Val | null): void {
  if (node.kind === "DictComp") {
    const k = g.pushOwned(compileExpr(g, node.key));
    const v = g.pushOwned(compileExpr(g, node.value));
    g.pos(node);
    g.steal(v);
    g.steal(k);
    g.emit(`setItemTake2(rt,${result!.js},${k.js},${v.js});`);
    g.done(v);
    g.done(k);
    return;
  }
  const v = compileExpr(g, node.elt);
  if (node.kind === "GeneratorExp") {
    g.pos(node.elt);
    g.drop(compileYieldOf(g, g.take(v)));
    return;
  }
  g.pos(node);
  if (node.kind === "ListComp") {
    const t = g.take(v);
    g.emit(`append(${result!.js},${t},${g.top(1)});`);
    g.done(v);
    return;
  }
  const kept = g.pushOwned(v);
  g.emit(`PySet_Add(rt,${result!.js},${kept.js});`);
  g.drop(kept);
}

/**
 * PEP 709: the loops stand in the function itself. The comprehension's own names are fast locals of it; a local of the same
 * name is set aside on the stack and put back, also when an exception leaves the comprehension.
 */
function inlineComprehension(g: Gen, node: ComprehensionNode, scope: Scope): Val {
  const first = node.generators[0];
  const it = first.is_async
    ? pushAsyncIterator(g, asIterated(first.iter))
    : pushIterator(g, asIterated(first.iter));
  const own = ownNames(scope);
  const restore = overrideScopes(g, scope);
  const wasInlined = g.inInlinedComprehension;
  g.inInlinedComprehension = true;
  const hidden = own.filter((n) => !g.scope.functionLike && !g.fastHidden.has(n));
  for (const n of hidden) g.fastHidden.add(n);
  const savedAssigned = new Set(g.assigned);
  const base = g.depth;
  for (const n of own) setAside(g, n, scope);
  const done = g.out.label("done");
  const r = g.variable("comp");
  g.emit(`${done}:{`);
  g.guarded(() => {
    const result = emptyResult(g, node);
    generators(g, node, 0, result, it);
    g.emit(result === null ? "" : `${r}=${result.js};i32[${g.slotAt(result.slot)}]=0;`);
    if (result !== null) g.popSlot(result.slot);
    g.emit(`break ${done};`);
  });
  g.emit(`saveError(rt,fp,${g.slotAt(g.depth)},END);`);
  const err = g.pushSlot();
  putBack(g, own, base);
  g.emit(`restoreError(rt,${g.slotAt(err)});`);
  g.raise();
  g.emit("}");
  g.popSlot(err);
  putBack(g, own, base);
  g.depth = base;
  g.assigned = savedAssigned;
  for (const n of hidden) g.fastHidden.delete(n);
  g.inInlinedComprehension = wasInlined;
  restore();
  // Below the result lies the first iterator.
  g.emit(`i32[${g.slotAt(it.slot)}]=0;decref(${it.js});`);
  g.depth = it.slot;
  g.joined();
  return g.owned(r);
}

/** Names bound in the comprehension itself (targets), in order. */
export function ownNames(scope: Scope): string[] {
  const names: string[] = [];
  for (const s of scope.symbols.values()) {
    if ((s.flags & Def.LOCAL) !== 0 && (s.flags & Def.NONLOCAL) === 0 && (s.flags & Def.PARAM) === 0)
      names.push(s.name);
  }
  return names;
}

/** While the comprehension's code is made, its names resolve as it sees them. */
function overrideScopes(g: Gen, scope: Scope): () => void {
  const saved: { name: string; scope: NameScope }[] = [];
  for (const s of scope.symbols.values()) {
    const outer = g.scope.symbols.get(s.name);
    if (outer === undefined || outer.scope === s.scope) continue;
    const bound = (s.flags & Def.LOCAL) !== 0 && (s.flags & Def.NONLOCAL) === 0;
    // Inside another comprehension that was inlined, its names are as that one sees them.
    if (!bound && (g.scope.type !== "Class" || g.inInlinedComprehension)) continue;
    saved.push({ name: s.name, scope: outer.scope });
    outer.scope = s.scope;
  }
  return () => {
    for (const o of saved) g.scope.symbols.get(o.name)!.scope = o.scope;
  };
}

/** LOAD_FAST_AND_CLEAR (and MAKE_CELL where a closure in the comprehension captures the name). */
function setAside(g: Gen, name: string, scope: Scope): void {
  const at = g.local(localIndex(g, name));
  const slot = g.pushSlot();
  g.emit(`i32[${g.slotAt(slot)}]=i32[${at}];i32[${at}]=0;`);
  if (scope.scopeOf(name) === NameScope.CELL) g.emit(`i32[${at}]=PyCell_New(rt,0);`);
  g.assigned.delete(name);
}

function putBack(g: Gen, own: string[], base: number): void {
  own.forEach((name, i) => {
    const at = g.local(localIndex(g, name));
    const t = g.out.temp();
    const slot = g.slotAt(base + i);
    g.emit(`${t}=i32[${at}];i32[${at}]=i32[${slot}];i32[${slot}]=0;if(${t}!==0)decref(${t});`);
    g.out.release(t);
  });
}
