/** Tuple, list, set and dict displays. Part of the compiler. */
import type { Dict, expr, Located } from "./ast.ts";
import { compileExpr } from "./expr.ts";
import { foldConstant } from "./fold.ts";
import type { Gen, Val } from "./gen.ts";
import { evaluateOperands, takeAll } from "./operands.ts";
import type { ConstSpec } from "./template.ts";

/** Pushes every element; returns the slot of the first. */
function pushElements(g: Gen, elts: expr[]): number {
  const base = g.depth;
  for (const e of elts) g.pushOwned(compileExpr(g, e));
  return base;
}

/** Builds a container from the top n slots with a helper that moves the references out of them. */
function fromStack(g: Gen, helper: string, base: number, node: Located, n = g.depth - base): Val {
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=${helper}(rt,${g.slotAt(base)},${n});`);
  g.depth = base;
  return g.owned(r);
}

export function tupleDisplay(g: Gen, elts: expr[], node: Located): Val {
  if (elts.some((e) => e.kind === "Starred")) {
    const list = listFromElements(g, elts, node);
    g.emit(`listToTupleSlot(rt,${g.slotAt(list.slot)});`);
    const t = g.out.temp();
    g.emit(`${t}=i32[${g.slotAt(list.slot)}];i32[${g.slotAt(list.slot)}]=0;`);
    g.popSlot(list.slot);
    return g.owned(t);
  }
  if (elts.length === 2 || elts.length === 3) return smallTuple(g, elts, node);
  return fromStack(g, "tupleFromStack", pushElements(g, elts), node);
}

function smallTuple(g: Gen, elts: expr[], node: Located): Val {
  const items = takeAll(g, evaluateOperands(g, elts));
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=tuple${elts.length}(${items.join(",")},${g.top(elts.length)});`);
  return g.owned(r);
}

/** Three or more constants are copied from a constant tuple, as CPython does. */
function constantElements(elts: expr[]): ConstSpec[] | null {
  if (elts.length < 3) return null;
  const items: ConstSpec[] = [];
  for (const e of elts) {
    const c = foldConstant(e);
    if (c === null) return null;
    items.push(c);
  }
  return items;
}

export function listDisplay(g: Gen, elts: expr[], node: Located): Val {
  const constants = constantElements(elts);
  if (constants !== null) {
    g.pos(node);
    return g.result(`listFromConstants(rt,${g.constantJs({ t: "tuple", items: constants })})`);
  }
  if (elts.some((e) => e.kind === "Starred")) {
    const list = listFromElements(g, elts, node);
    return g.owned(g.take(list));
  }
  return fromStack(g, "listFromStack", pushElements(g, elts), node);
}

/** A list of elements with stars, left in a slot. */
export function listFromElements(g: Gen, elts: expr[], node: Located): Val {
  let first = 0;
  while (first < elts.length && elts[first].kind !== "Starred") first++;
  const list = g.pushOwned(fromStack(g, "listFromStack", pushElements(g, elts.slice(0, first)), node));
  for (const e of elts.slice(first)) {
    if (e.kind === "Starred") {
      const v = g.pushOwned(compileExpr(g, e.value));
      g.pos(node);
      g.emit(`listExtendStar(rt,${list.js},${v.js});`);
      g.drop(v);
    } else {
      const v = compileExpr(g, e);
      const kept = g.spillOwned(v);
      g.emit(`PyList_Append(rt,${list.js},${kept.js});`);
      g.drop(kept);
    }
  }
  return list;
}

export function setDisplay(g: Gen, elts: expr[], node: Located): Val {
  const constants = constantElements(elts);
  g.pos(node);
  if (constants !== null)
    return g.result(`setFromConstants(rt,${g.constantJs({ t: "frozenset", items: constants })})`);
  if (!elts.some((e) => e.kind === "Starred"))
    return fromStack(g, "setFromStack", pushElements(g, elts), node);
  const set = g.pushOwned(g.result("PySet_New(rt,0)"));
  for (const e of elts) {
    const v = g.pushOwned(compileExpr(g, e.kind === "Starred" ? e.value : e));
    g.pos(node);
    g.emit(`${e.kind === "Starred" ? "_PySet_Update" : "PySet_Add"}(rt,${set.js},${v.js});`);
    g.drop(v);
  }
  return g.owned(g.take(set));
}

/** Key and value together take two places on the stack; more than this is added item by item. */
const STACK_USE_GUIDELINE = 30;

/** Items `from` to `to`, none of them unpacked, as a dict of their own (compiler_subdict). */
function subdict(g: Gen, node: Dict, from: number, to: number): Val {
  if (2 * (to - from) <= STACK_USE_GUIDELINE) {
    const base = g.depth;
    for (let i = from; i < to; i++) {
      g.pushOwned(compileExpr(g, node.keys[i]!));
      g.pushOwned(compileExpr(g, node.values[i]));
    }
    return fromStack(g, "dictFromStack", base, node, to - from);
  }
  const d = g.pushOwned(g.result("PyDict_New(rt)"));
  for (let i = from; i < to; i++) {
    const key = g.pushOwned(compileExpr(g, node.keys[i]!));
    const value = g.pushOwned(compileExpr(g, node.values[i]));
    g.pos(node);
    g.steal(value);
    g.steal(key);
    g.emit(`setItemTake2(rt,${d.js},${key.js},${value.js});`);
    g.done(value);
    g.done(key);
  }
  return g.owned(g.take(d));
}

export function dictDisplay(g: Gen, node: Dict): Val {
  g.pos(node);
  let d: Val | null = null;
  const add = (v: Val): void => {
    const part = g.pushOwned(v);
    if (d === null) {
      d = part;
      return;
    }
    g.pos(node);
    g.emit(`dictUpdateStar(rt,${d.js},${part.js});`);
    g.drop(part);
  };
  let elements = 0;
  node.keys.forEach((k, i) => {
    if (k !== null) {
      if (2 * elements > STACK_USE_GUIDELINE) {
        add(subdict(g, node, i - elements, i + 1));
        elements = 0;
      } else elements++;
      return;
    }
    if (elements > 0) add(subdict(g, node, i - elements, i));
    elements = 0;
    if (d === null) add(g.result("PyDict_New(rt)"));
    add(compileExpr(g, node.values[i]));
  });
  const n = node.keys.length;
  if (elements > 0) add(subdict(g, node, n - elements, n));
  if (d === null) return g.result("PyDict_New(rt)");
  return g.owned(g.take(d));
}
