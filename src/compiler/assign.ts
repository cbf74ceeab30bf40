/** Assignment targets, augmented assignment, deletion. Part of the compiler. */
import type { Assign, AugAssign, Delete, expr, Located } from "./ast.ts";
import {
  binaryHelper,
  compileExpr,
  loadAttribute,
  operandBefore,
  pushOperand,
  stealingBinary,
} from "./expr.ts";
import { foldConstant } from "./fold.ts";
import type { Gen, Val } from "./gen.ts";
import { deleteName, loadName, localIndex, mayRebind, nameKind, storeFast, storeName } from "./names.ts";

export function compileAssign(g: Gen, node: Assign): void {
  if (node.targets.length === 1 && swapTuple(g, node.targets[0], node.value)) return;
  const v = compileExpr(g, node.value);
  if (node.targets.length === 1) {
    storeTarget(g, node.targets[0], v);
    return;
  }
  const kept = g.pushOwned(v);
  node.targets.forEach((target, i) => {
    if (i < node.targets.length - 1)
      storeTarget(g, target, { kind: "borrowed", js: keepJs(g, kept), slot: -1 });
  });
  const t = g.take(kept);
  storeTarget(g, node.targets[node.targets.length - 1], g.owned(t));
}

/** A copy of a slot's value that target code may release as a temporary of its own. */
function keepJs(g: Gen, v: Val): string {
  const t = g.out.temp();
  g.emit(`${t}=${v.js};`);
  return t;
}

/** a, b = c, d: no tuple is made (as CPython's SWAP). Both sides without stars, two or three elements. */
function swapTuple(g: Gen, target: expr, value: expr): boolean {
  if (target.kind !== "Tuple" || value.kind !== "Tuple") return false;
  if (target.elts.length !== value.elts.length || foldConstant(value) !== null) return false;
  if (target.elts.length < 2 || target.elts.length > 3) return false;
  if ([...target.elts, ...value.elts].some((e) => e.kind === "Starred")) return false;
  const values = value.elts.map((e) => g.pushOwned(compileExpr(g, e)));
  const base = values[0].slot;
  target.elts.forEach((e, i) => {
    g.emit(`i32[${g.slotAt(base + i)}]=0;`);
    storeTarget(g, e, g.owned(values[i].js));
  });
  g.depth = base;
  return true;
}

/** Stores a value, which is consumed, to a target. */
export function storeTarget(g: Gen, target: expr, v: Val): void {
  switch (target.kind) {
    case "Name":
      storeName(g, target.id, v, target);
      return;
    case "Attribute": {
      const kept = operandBefore(g, v, target.value);
      const owner = compileExpr(g, target.value);
      g.pos(target);
      storeAttribute(g, owner, g.mangle(target.attr), kept);
      return;
    }
    case "Subscript":
      storeSubscript(g, target, v);
      return;
    case "Tuple":
    case "List":
      unpackTargets(g, target.elts, v, target);
      return;
    case "Starred":
      storeTarget(g, target.value, v);
      return;
    default:
      throw new Error(`cannot assign to ${target.kind}`);
  }
}

/** owner.attr = value; both are consumed. The value is in a slot or borrowed, the owner above it. */
function storeAttribute(g: Gen, owner: Val, attr: string, value: Val): void {
  const flags = g.ownFlag(owner, 1) | g.ownFlag(value, 2);
  g.steal(owner);
  g.steal(value);
  const cache = g.cache(9);
  g.emit(`sa(${owner.js},${g.name(attr)},${value.js},ic,${cache},${flags},${g.top(2)});`);
  g.done(owner);
  g.done(value);
}

function storeSubscript(g: Gen, target: Extract<expr, { kind: "Subscript" }>, v: Val): void {
  const value = mayRebind(g, target.value) || mayRebind(g, target.slice) ? g.spill(v) : g.spillOwned(v);
  const container = compileExpr(g, target.value);
  const kept = mayRebind(g, target.slice) ? g.spill(container) : g.spillOwned(container);
  if (target.slice.kind === "Slice" && target.slice.step === null) {
    const lower = pushOperand(g, target.slice.lower);
    const upper = pushOperand(g, target.slice.upper);
    g.pos(target);
    g.emit(`setslice(rt,${kept.js},${lower.js},${upper.js},${value.js});`);
    g.drop(upper);
    g.drop(lower);
    g.drop(kept);
    g.drop(value);
    return;
  }
  const key = compileExpr(g, target.slice);
  g.pos(target);
  const flags = g.ownFlag(kept, 1) | g.ownFlag(key, 2) | g.ownFlag(value, 4);
  g.steal(key);
  g.steal(kept);
  g.steal(value);
  g.emit(`setitem(${kept.js},${key.js},${value.js},${flags},${g.top(3)});`);
  for (const x of [key, kept, value]) g.done(x);
}

/** a, *b, c = value: the items are put in slots, last first, and stored first to last. */
function unpackTargets(g: Gen, elts: expr[], v: Val, node: Located): void {
  const star = elts.findIndex((e) => e.kind === "Starred");
  const seq = g.spillOwned(v);
  const reserved = seq.kind === "slot";
  const base = reserved ? seq.slot : g.depth;
  g.need(elts.length + 2);
  g.pos(node);
  const items = reserved ? base + 1 : base;
  g.depth = items + elts.length;
  g.need(2);
  if (star < 0) g.emit(`unpack(rt,${seq.js},${g.slotAt(items)},${elts.length});`);
  else g.emit(`unpackEx(rt,${seq.js},${g.slotAt(items)},${star},${elts.length - star - 1});`);
  if (reserved) {
    g.emit(`i32[${g.slotAt(seq.slot)}]=0;decref(${seq.js});`);
  }
  g.done(seq);
  elts.forEach((e, i) => {
    const t = g.out.temp();
    const slot = g.slotAt(items + i);
    g.emit(`${t}=i32[${slot}];i32[${slot}]=0;`);
    storeTarget(g, e, g.owned(t));
  });
  g.depth = base;
}

export function compileAugAssign(g: Gen, node: AugAssign): void {
  const target = node.target;
  const helper = binaryHelper(node.op, true);
  switch (target.kind) {
    case "Name":
      augName(g, target, node, helper);
      return;
    case "Attribute": {
      const owner = g.pushOwned(compileExpr(g, target.value));
      const copy: Val = { kind: "borrowed", js: keepJs(g, owner), slot: -1 };
      g.pos(target);
      const attr = g.mangle(target.attr);
      const current = g.spillOwned(loadAttribute(g, copy, attr));
      const operand = compileExpr(g, node.value);
      g.pos(node);
      const value = g.spillOwned(stealingBinary(g, helper, current, operand));
      g.pos(target);
      const cache = g.cache(9);
      g.steal(value);
      g.emit(`sa(${owner.js},${g.name(attr)},${value.js},ic,${cache},2,${g.top(2)});`);
      g.done(value);
      g.drop(owner);
      return;
    }
    case "Subscript":
      augSubscript(g, target, node, helper);
      return;
    default:
      throw new Error(`augmented assignment to ${target.kind}`);
  }
}

function augName(g: Gen, target: Extract<expr, { kind: "Name" }>, node: AugAssign, helper: string): void {
  const name = g.mangle(target.id);
  const current = loadName(g, target.id, target);
  const left = mayRebind(g, node.value) ? g.spill(current) : g.spillOwned(current);
  const right = compileExpr(g, node.value);
  g.pos(node);
  if (
    node.op === "Add" &&
    (left.kind === "borrowed" || left.kind === "slot") &&
    nameKind(g, name) === "fast"
  ) {
    // s += x on a local string appends in place when nothing else holds it (CPython's unicode_concatenate).
    const flags = g.ownFlag(right, 2) | g.ownFlag(left, 1);
    g.steal(right);
    g.steal(left);
    const r = g.out.temp();
    const at = g.local(localIndex(g, name));
    g.emit(`${r}=addLocal(${left.js},${right.js},${flags},${g.top(2)},${at});`);
    g.done(left);
    g.done(right);
    g.emit(`if(${r}!==0){`);
    storeFast(g, name, g.owned(r));
    g.emit("}");
    return;
  }
  storeName(g, target.id, stealingBinary(g, helper, left, right), target);
}

function augSubscript(
  g: Gen,
  target: Extract<expr, { kind: "Subscript" }>,
  node: AugAssign,
  helper: string,
): void {
  const container = g.pushOwned(compileExpr(g, target.value));
  const key = g.pushOwned(compileExpr(g, target.slice));
  g.pos(target);
  const t = g.out.temp();
  g.emit(`${t}=getitem(${container.js},${key.js},0,${g.top(2)});`);
  const current = g.spillOwned(g.owned(t));
  const operand = compileExpr(g, node.value);
  g.pos(node);
  const value = g.spillOwned(stealingBinary(g, helper, current, operand));
  g.pos(target);
  g.steal(value);
  g.emit(`setitem(${container.js},${key.js},${value.js},4,${g.top(3)});`);
  g.done(value);
  g.drop(key);
  g.drop(container);
}

export function compileDelete(g: Gen, node: Delete): void {
  for (const t of node.targets) deleteTarget(g, t);
}

function deleteTarget(g: Gen, target: expr): void {
  switch (target.kind) {
    case "Name":
      deleteName(g, target.id, target);
      return;
    case "Attribute": {
      const owner = compileExpr(g, target.value);
      g.pos(target);
      const kept = g.spillOwned(owner);
      g.emit(`PyObject_SetAttr(rt,${kept.js},${g.name(g.mangle(target.attr))},0);`);
      g.drop(kept);
      return;
    }
    case "Subscript": {
      const container = g.pushOwned(compileExpr(g, target.value));
      const key = g.pushOwned(compileExpr(g, target.slice));
      g.pos(target);
      g.emit(`PyObject_DelItem(rt,${container.js},${key.js});`);
      g.drop(key);
      g.drop(container);
      return;
    }
    case "Tuple":
    case "List":
      target.elts.forEach((e) => deleteTarget(g, e));
      return;
    default:
      throw new Error(`cannot delete ${target.kind}`);
  }
}
