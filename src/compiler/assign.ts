/** Assignment targets, augmented assignment, deletion. Part of the compiler. */
import type { Assign, AugAssign, Delete, expr, Located } from "./ast.ts";
import {
  BINARY,
  binaryHelper,
  binaryOf,
  compileExpr,
  compileNumber,
  loadAttribute,
  loadItem,
  operandBefore,
  pushOperand,
} from "./expr.ts";
import { foldConstant } from "./fold.ts";
import type { Gen, Val } from "./gen.ts";
import {
  arithmetic,
  box,
  digit,
  digitCondition,
  hasFastForm,
  releaseText,
  storeAttributeText,
  storeDictText,
  storeItemText,
} from "./inline.ts";
import { intTree, isSafeTree, releaseTree, treeCondition } from "./inttree.ts";
import { deleteName, loadName, localIndex, mayRebind, nameKind, storeFast, storeName } from "./names.ts";
import { KIND_MASK, Kind } from "./profile.ts";
import { pureAugmented } from "./pureforms.ts";

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

/** a, b = c, d: no tuple is made (as CPython's SWAP). Both sides without stars, one to three elements. */
function swapTuple(g: Gen, target: expr, value: expr): boolean {
  if ((target.kind !== "Tuple" && target.kind !== "List") || value.kind !== "Tuple") return false;
  if (target.elts.length !== value.elts.length || foldConstant(value) !== null) return false;
  if (target.elts.length < 1 || target.elts.length > 3) return false;
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
      storeAttribute(g, owner, g.mangle(target.attr), kept, target);
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
function storeAttribute(g: Gen, owner: Val, attr: string, value: Val, node: Located): void {
  const flags = g.ownFlag(owner, 1) | g.ownFlag(value, 2);
  g.steal(owner);
  g.steal(value);
  const cache = g.cache(9, node, "store");
  const slow = `sa(${owner.js},${g.name(attr)},${value.js},ic,${cache},${flags},${g.top(2)});`;
  g.emit(storeAttributeText(g, owner, cache, value, slow));
  g.done(owner);
  g.done(value);
}

function storeSubscript(g: Gen, target: Extract<expr, { kind: "Subscript" }>, v: Val): void {
  if (isSafeTree(g, target.slice)) {
    storeTreeSubscript(g, target, v);
    return;
  }
  const value = mayRebind(g, target.value) || mayRebind(g, target.slice) ? g.spill(v) : g.spillOwned(v);
  const container = compileExpr(g, target.value);
  const kept = mayRebind(g, target.slice) ? g.spill(container) : g.spillOwned(container);
  if (target.slice.kind === "Slice" && target.slice.step === null) {
    const lower = pushOperand(g, target.slice.lower);
    const upper = pushOperand(g, target.slice.upper);
    g.pos(target);
    g.steal(upper);
    g.steal(lower);
    g.emit(`setslice(rt,${kept.js},${lower.js},${upper.js},${value.js});`);
    g.done(upper);
    g.done(lower);
    g.drop(kept);
    g.drop(value);
    return;
  }
  const key = compileExpr(g, target.slice);
  g.pos(target);
  storeItem(g, kept, key, value, target);
}

/** container[key] = value of evaluated operands, which are consumed: their slots lie as value, container, key. */
function storeItem(g: Gen, container: Val, key: Val, value: Val, node: Located): void {
  g.noteAs(node, "store", container, key);
  const flags = g.ownFlag(container, 1) | g.ownFlag(key, 2) | g.ownFlag(value, 4);
  g.steal(key);
  g.steal(container);
  g.steal(value);
  const slow = `setitem(${container.js},${key.js},${value.js},${flags},${g.top(3)});`;
  const seen = g.seen(node, "store");
  const inline = g.hot && (seen & Kind.LIST) !== 0 && (key.kind !== "const" || key.int !== undefined);
  const release = releaseText(container, key);
  const isDict = g.profile !== null && (seen & KIND_MASK) === Kind.DICT;
  if (isDict) g.emit(storeDictText(container, key, value, release, slow));
  else if (inline) g.emit(storeItemText(container, digitCondition(key), digit(key), value, release, slow));
  else g.emit(slow);
  for (const x of [key, container, value]) g.done(x);
}

/** a[i - 1] = v: the index is not made an object where a is a list. */
function storeTreeSubscript(g: Gen, target: Extract<expr, { kind: "Subscript" }>, v: Val): void {
  const value = mayRebind(g, target.value) ? g.spill(v) : g.spillOwned(v);
  const a = compileExpr(g, target.value);
  const tree = intTree(g, target.slice)!;
  const clear = [a, value].map((x) => (x.kind === "slot" ? `i32[${g.slotAt(x.slot)}]=0;` : "")).join("");
  const text = storeItemText(a, treeCondition(tree), tree.js, value, releaseText(a), "\n");
  const [fast, rest] = text.split("\n");
  // The slots are emptied before what they held is moved or released.
  g.emit(fast.replace(/\{Y=/, `{${clear}Y=`));
  releaseTree(g, tree);
  const keptValue = g.spill({ ...value });
  const kept = g.spill({ ...a });
  const key = compileExpr(g, target.slice);
  g.pos(target);
  const flags = g.ownFlag(kept, 1) | g.ownFlag(key, 2) | g.ownFlag(keptValue, 4);
  g.steal(key);
  g.steal(kept);
  g.steal(keptValue);
  g.emit(`setitem(${kept.js},${key.js},${keptValue.js},${flags},${g.top(3)});${rest}`);
  for (const x of [key, a, value]) g.done(x);
  g.joined();
}

/** a, *b, c = value: the items are put in slots, last first, and stored first to last. */
function unpackTargets(g: Gen, elts: expr[], v: Val, node: Located): void {
  const star = elts.findIndex((e) => e.kind === "Starred");
  if (star < 0 && elts.length > 0 && (v.kind === "owned" || v.kind === "slot")) {
    const seq = g.take(v);
    g.pos(node);
    const items = g.depth;
    g.need(elts.length + 1);
    g.emit(`spread(${seq},${g.slotAt(items)},${elts.length});`);
    g.out.release(seq);
    storeItems(g, elts, items);
    return;
  }
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
  storeItems(g, elts, items);
  g.depth = base;
}

/** Stores the owned items in slots from `base` on, which are free afterwards. */
function storeItems(g: Gen, elts: expr[], base: number): void {
  const depth = g.depth;
  g.depth = base + elts.length;
  elts.forEach((e, i) => {
    const t = g.out.temp();
    const slot = g.slotAt(base + i);
    g.emit(`${t}=i32[${slot}];i32[${slot}]=0;`);
    storeTarget(g, e, g.owned(t));
  });
  g.depth = depth;
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
      const current = g.spillOwned(loadAttribute(g, copy, attr, target));
      const operand = compileNumber(g, node.value);
      g.pos(node);
      const value = box(g, binaryOf(g, node, BINARY[node.op], helper, current, operand));
      g.pos(target);
      storeAttribute(g, { kind: "borrowed", js: keepJs(g, owner), slot: -1 }, attr, value, target);
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
  if (g.mode === "second" && nameKind(g, name) === "fast") {
    const store = (v: Val): void => storeFast(g, name, v);
    if (pureAugmented(g, node, target, store, () => augName(g, target, node, helper))) return;
  }
  const current = loadName(g, target.id, target);
  const left = mayRebind(g, node.value) ? g.spill(current) : g.spillOwned(current);
  const right = g.hot ? compileNumber(g, node.value) : compileExpr(g, node.value);
  g.pos(node);
  if (
    node.op === "Add" &&
    (left.kind === "borrowed" || left.kind === "slot") &&
    nameKind(g, name) === "fast"
  ) {
    // s += x on a local string appends in place when nothing else holds it (CPython's unicode_concatenate).
    const at = g.local(localIndex(g, name));
    const call = (flags: number, top: string): string =>
      `addLocal(${left.js},${right.js},${flags},${top},${at})`;
    g.note(node, left, right);
    if (g.hot && hasFastForm(g, node, "add", left, right)) {
      addToLocal(g, node, name, left, right, call);
      return;
    }
    const flags = g.ownFlag(right, 2) | g.ownFlag(left, 1);
    g.steal(right);
    g.steal(left);
    const r = g.out.temp();
    g.emit(`${r}=${call(flags, g.top(2))};`);
    g.done(left);
    g.done(right);
    g.emit(`if(${r}!==0){`);
    storeFast(g, name, g.owned(r));
    g.emit("}");
    return;
  }
  storeName(g, target.id, box(g, binaryOf(g, node, BINARY[node.op], helper, left, right)), target);
}

/** The helper's result 0 says that the local has been updated; a number (fast form) is stored here. */
function addToLocal(
  g: Gen,
  node: Located,
  name: string,
  left: Val,
  right: Val,
  call: (flags: number, top: string) => string,
): void {
  const label = g.out.ownLabel();
  g.emit(`${label}:{`);
  const r = arithmetic(
    g,
    node,
    "add",
    left,
    right,
    (flags, top) => `${call(flags, top)};if(T===0)break ${label}`,
  );
  g.out.replaceLast("if(T===0)", `if(${r.js}===0)`);
  storeFast(g, name, box(g, r));
  g.emit("}");
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
  const borrowed = (v: Val): Val => ({ kind: "borrowed", js: keepJs(g, v), slot: -1, int: v.int });
  const current = g.spillOwned(loadItem(g, borrowed(container), borrowed(key), target));
  const operand = compileNumber(g, node.value);
  g.pos(node);
  const value = box(g, binaryOf(g, node, BINARY[node.op], helper, current, operand));
  g.pos(target);
  storeItem(g, borrowed(container), borrowed(key), value, target);
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
