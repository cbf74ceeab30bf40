/** Expressions to JavaScript. Part of the compiler: see gen.ts for values and ownership. */
import type {
  Attribute,
  BinOp,
  BoolOp,
  Compare,
  expr,
  IfExp,
  JoinedStr,
  Located,
  Subscript,
  UnaryOp,
} from "./ast.ts";
import { compileAwait, compileYield, compileYieldFrom } from "./awaiting.ts";
import { compileCall } from "./calls.ts";
import { compileComprehension } from "./comprehensions.ts";
import { dictDisplay, listDisplay, setDisplay, tupleDisplay } from "./displays.ts";
import { asIterated, foldConstant } from "./fold.ts";
import { compileLambda } from "./functions.ts";
import type { Gen, Val } from "./gen.ts";
import {
  arithmetic,
  attributeText,
  box,
  comparison,
  digit,
  digitCondition,
  hasFastForm,
  itemText,
  membershipText,
  releaseText,
} from "./inline.ts";
import { intOperand, intTree, isIntOperand, isSafeTree, releaseTree, treeCondition } from "./inttree.ts";
import { loadName, loadsGlobal, mayRebind, mayThrow, storeName } from "./names.ts";
import { formattedText } from "./percent.ts";
import { pureCondition, pureValue } from "./pureforms.ts";
import { COMPARE, RELATION } from "./relations.ts";
import { NameScope } from "./scope.ts";

/** Evaluates an expression. */
export function compileExpr(g: Gen, node: expr): Val {
  const folded = foldConstant(node);
  if (folded !== null) return g.constant(folded);
  if (g.mode === "second" && PURE.has(node.kind)) {
    const v = pureValue(g, node, () => compileInFull(g, node));
    if (v !== null) return box(g, v);
  }
  return compileInFull(g, node);
}

/** Kinds of expressions that may be pure: see pure.ts. */
const PURE: ReadonlySet<string> = new Set(["Compare", "Attribute", "Subscript", "Call"]);

function compileInFull(g: Gen, node: expr): Val {
  switch (node.kind) {
    case "Constant":
      return g.constant(node.value);
    case "Name":
      return globalName(g, node) ?? loadName(g, node.id, node);
    case "BinOp":
      return box(g, compileBinOp(g, node));
    case "Compare":
      return compileCompare(g, node);
    case "Call":
      return compileCall(g, node);
    case "Attribute":
      return compileAttribute(g, node);
    case "Subscript":
      return compileSubscript(g, node);
    case "UnaryOp":
      return compileUnary(g, node);
    case "BoolOp":
      return compileBoolOp(g, node);
    case "IfExp":
      return compileIfExp(g, node);
    case "NamedExpr":
      return compileNamed(g, node);
    case "Lambda":
      return compileLambda(g, node);
    case "Tuple":
      return tupleDisplay(g, node.elts, node);
    case "List":
      return listDisplay(g, node.elts, node);
    case "Set":
      return setDisplay(g, node.elts, node);
    case "Dict":
      return dictDisplay(g, node);
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return compileComprehension(g, node);
    case "JoinedStr":
      return compileJoinedStr(g, node);
    case "FormattedValue":
      return compileFormatted(g, node);
    case "Slice":
      return compileSlice(g, node);
    case "Yield":
      return compileYield(g, node);
    case "YieldFrom":
      return compileYieldFrom(g, node);
    case "Await":
      return compileAwait(g, node);
    case "Starred":
      return compileOnlyItem(g, node);
  }
}

/** `*x` by itself, as the annotation of *args or the default of a TypeVarTuple may be: the only item of x. */
function compileOnlyItem(g: Gen, node: Extract<expr, { kind: "Starred" }>): Val {
  const v = g.pushOwned(compileExpr(g, node.value));
  g.pos(node);
  const item = g.result(`onlyItem(rt,${v.js})`);
  g.drop(v);
  return item;
}

/** A global whose place is known. */
function globalName(g: Gen, node: Extract<expr, { kind: "Name" }>): Val | null {
  if (g.mode !== "second" || !loadsGlobal(g, node.id)) return null;
  return pureValue(g, node, () => loadName(g, node.id, node));
}

/** Evaluates an operand of arithmetic or a comparison: the result of arithmetic may be an unboxed float. */
export function compileNumber(g: Gen, node: expr): Val {
  return node.kind === "BinOp" && foldConstant(node) === null ? compileBinOp(g, node) : compileExpr(g, node);
}

/** Evaluates the operand that stands before `next`, so that it survives the evaluation of `next`. */
export function operandBefore(g: Gen, v: Val, next: expr): Val {
  if (mayRebind(g, next)) return g.spill(v);
  if (mayThrow(g, next)) return g.spillOwned(v);
  return v;
}

/** Evaluates two operands, the first kept safe during the second. */
export function twoOperands(g: Gen, a: expr, b: expr): [Val, Val] {
  const left = operandBefore(g, compileExpr(g, a), b);
  return [left, compileExpr(g, b)];
}

function twoNumbers(g: Gen, a: expr, b: expr): [Val, Val] {
  const left = operandBefore(g, compileNumber(g, a), b);
  return [left, compileNumber(g, b)];
}

/**
 * Calls a helper that takes over owned operands: `helper(a, b, flags, top)`. The operands' slots are emptied first; the
 * helper spills what it must keep at `top`.
 */
export function stealingBinary(g: Gen, helper: string, a: Val, b: Val, extra = ""): Val {
  const flags = g.ownFlag(a, 1) | g.ownFlag(b, 2);
  g.steal(b);
  g.steal(a);
  const top = g.top(2);
  g.done(a);
  g.done(b);
  return g.result(`${helper}(${a.js},${b.js},${flags},${top}${extra})`);
}

export const BINARY: Record<string, string> = {
  Add: "add",
  Sub: "subtract",
  Mult: "multiply",
  MatMult: "matmul",
  Div: "truediv",
  Mod: "modulo",
  Pow: "power",
  LShift: "lshift",
  RShift: "rshift",
  BitOr: "or_",
  BitXor: "xor",
  BitAnd: "and_",
  FloorDiv: "floordiv",
};

export function binaryHelper(op: string, inplace: boolean): string {
  return (inplace ? "i_" : "b_") + BINARY[op];
}

/** The result may be an unboxed float. */
function compileBinOp(g: Gen, node: BinOp): Val {
  const text = formattedText(node);
  if (text !== null) return compileJoinedStr(g, text);
  if (g.mode === "second") {
    const v = pureValue(g, node, () => compileBinOp(g, node));
    if (v !== null) return v;
  }
  const helper = binaryHelper(node.op, false);
  if (!g.hot || !FAST_OPERATORS.has(node.op)) {
    const [a, b] = twoOperands(g, node.left, node.right);
    g.pos(node);
    return binaryOf(g, node, BINARY[node.op], helper, a, b);
  }
  const [a, b] = twoNumbers(g, node.left, node.right);
  g.pos(node);
  return binaryOf(g, node, BINARY[node.op], helper, a, b);
}

const FAST_OPERATORS = new Set(["Add", "Sub", "Mult", "Div"]);

/** A binary operator on evaluated operands, in its fast form where there is one; the result may be an unboxed float. */
export function binaryOf(g: Gen, node: Located, name: string, helper: string, a: Val, b: Val): Val {
  g.note(node, a, b);
  if (g.hot && hasFastForm(g, node, name, a, b))
    return arithmetic(g, node, name, a, b, (flags, top) => `${helper}(${a.js},${b.js},${flags},${top})`);
  return stealingBinary(g, helper, a, b);
}

function compileUnary(g: Gen, node: UnaryOp): Val {
  if (node.op === "Not") {
    const c = compileCondition(g, node.operand, node);
    return g.constExpr(`(${c}?False:True)`);
  }
  const v = compileExpr(g, node.operand);
  g.pos(node);
  const helper = node.op === "USub" ? "u_negative" : node.op === "UAdd" ? "u_positive" : "u_invert";
  return unaryOp(g, helper, v);
}

/** Calls a helper on one borrowed operand that may raise: the operand is held meanwhile, in a slot if it is owned. */
export function unaryOp(g: Gen, helper: string, v: Val): Val {
  const kept = g.spillOwned(v);
  const r = g.out.temp();
  const held = v.kind === "borrowed" ? `holding(rt,${helper},${v.js})` : `${helper}(rt,${kept.js})`;
  g.emit(`${r}=${held};`);
  g.drop(kept);
  return g.owned(r);
}

/** One comparison giving an object. */
function compareValue(g: Gen, node: Located, op: string, a: Val, b: Val): Val {
  if (COMPARE[op] !== undefined) g.note(node, a, b);
  if (COMPARE[op] !== undefined && g.hot) {
    const r = g.out.temp();
    comparison(g, node, COMPARE[op], a, b, r, true);
    return g.owned(r);
  }
  if (COMPARE[op] !== undefined) return stealingBinary(g, `c_${COMPARE[op]}`, a, b);
  const c = compareBool(g, node, op, a, b);
  return g.constExpr(`(${c}?True:False)`);
}

/** Releases two operands, the left one first. */
function dropBoth(g: Gen, a: Val, b: Val): void {
  const owned = [a, b].filter((v) => v.kind === "owned" || v.kind === "slot");
  g.steal(b);
  g.steal(a);
  for (const v of owned) g.emit(`decref(${v.js});`);
  g.done(b);
  g.done(a);
}

/** One comparison giving a JavaScript condition (already evaluated into a temporary where it has effects). */
function compareBool(g: Gen, node: Located, op: string, a: Val, b: Val): string {
  if (op !== "Is" && op !== "IsNot") g.note(node, a, b);
  const flags = g.ownFlag(a, 1) | g.ownFlag(b, 2);
  if (op === "Is" || op === "IsNot") {
    const r = g.out.temp();
    g.emit(`${r}=${a.js}${op === "Is" ? "===" : "!=="}${b.js}?1:0;`);
    dropBoth(g, a, b);
    g.out.release(r);
    return `${r}!==0`;
  }
  if (COMPARE[op] !== undefined && g.hot) {
    const r = g.out.temp();
    comparison(g, node, COMPARE[op], a, b, r);
    g.out.release(r);
    return `${r}!==0`;
  }
  g.steal(b);
  g.steal(a);
  const top = g.top(2);
  g.done(a);
  g.done(b);
  const helper = op === "In" ? "contains" : op === "NotIn" ? "notContains" : `t_${COMPARE[op]}`;
  const r = g.out.temp();
  const slow = `${r}=${helper}(${a.js},${b.js},${flags},${top})?1:0;`;
  g.emit(op === "In" || op === "NotIn" ? membershipText(g, node, op === "In", a, b, r, slow) : slow);
  g.out.release(r);
  return `${r}!==0`;
}

/** The last operand, when it is searched, is not changed: a list display may be a tuple. */
function lastComparator(node: Compare): expr {
  const last = node.ops.length - 1;
  const op = node.ops[last];
  return op === "In" || op === "NotIn" ? asIterated(node.comparators[last]) : node.comparators[last];
}

function compileCompare(g: Gen, node: Compare): Val {
  if (node.ops.length === 1) {
    const [a, b] = comparisonOperands(g, node);
    g.pos(node);
    return compareValue(g, node, node.ops[0], a, b);
  }
  return chainedCompare(g, node);
}

/** The operands of a single comparison; a relation takes unboxed floats. */
function comparisonOperands(g: Gen, node: Compare): [Val, Val] {
  const last = lastComparator(node);
  return COMPARE[node.ops[0]] !== undefined
    ? twoNumbers(g, node.left, last)
    : twoOperands(g, node.left, last);
}

/**
 * A comparison in which arithmetic on locals and constants stands: where these are ints of one digit no object is made for
 * it. Null where it is not of this kind.
 */
function intComparison(g: Gen, node: Compare): string | null {
  const op = COMPARE[node.ops[0]];
  const right = node.comparators[0];
  if (!g.hot || node.ops.length !== 1 || op === undefined) return null;
  if (foldConstant(node.left) !== null || (node.left.kind !== "BinOp" && right.kind !== "BinOp")) return null;
  if (!isIntOperand(g, node.left) || !isIntOperand(g, right)) return null;
  const a = intOperand(g, node.left);
  const b = intOperand(g, right);
  if (a === null || b === null || a.leaves.length + b.leaves.length === 0) return null;
  const r = g.out.temp();
  const test = [...new Set([treeCondition(a), treeCondition(b)])].filter((t) => t !== "").join("&&");
  g.emit(`if(${test}){${r}=${a.js}${RELATION[op]}${b.js}?1:0;}else{`);
  releaseTree(g, a);
  releaseTree(g, b);
  const [x, y] = twoNumbers(g, node.left, right);
  g.pos(node);
  comparison(g, node, op, x, y, r);
  g.emit("}");
  g.joined();
  g.out.release(r);
  return `${r}!==0`;
}

/** a < b < c: each middle operand is evaluated once and kept in a slot. The node's kinds are those of the last comparison. */
function chainedCompare(g: Gen, node: Compare): Val {
  const result = g.out.temp();
  const label = g.out.label("c");
  g.emit(`${label}:{`);
  const base = g.depth;
  let left = operandBefore(g, compileExpr(g, node.left), node.comparators[0]);
  const last = node.ops.length - 1;
  for (let i = 0; i <= last; i++) {
    let right = compileExpr(g, i === last ? lastComparator(node) : node.comparators[i]);
    if (i === last) {
      g.pos(node);
      const v = compareValue(g, node, node.ops[i], left, right);
      g.emit(`${result}=${g.take(v)};`);
      g.done(v);
      break;
    }
    [left, right] = keepRight(g, left, right);
    g.pos(node);
    const copy: Val = { kind: "borrowed", js: right.js, slot: -1 };
    g.noteAs(node.comparators[i], "chain", left, right);
    const r = compareWithSlotBelow(g, node.ops[i], left, copy, right);
    g.emit(
      `if(!istrue(rt,${r.js},${g.top()})){${result}=${r.js};${clearSlot(g, right)}break ${label};}decref(${r.js});`,
    );
    g.done(r);
    left = operandBefore(g, right, node.comparators[i + 1]);
  }
  g.depth = base;
  g.emit("}");
  g.joined();
  return g.owned(result);
}

/** Both operands in slots, so that the right one survives the comparison in its own slot. */
function keepRight(g: Gen, left: Val, right: Val): [Val, Val] {
  if (left.kind === "slot") return [left, g.spill(right)];
  if (left.kind === "owned" && right.kind === "slot") throw new Error("stack discipline: chained comparison");
  const l = left.kind === "owned" ? g.spill(left) : left;
  return [l, g.spill(right)];
}

/** Compares left with right where right's slot stays: afterwards right is moved down over left's slot. */
function compareWithSlotBelow(g: Gen, op: string, left: Val, copy: Val, right: Val): Val {
  const flags = 0;
  const r = g.out.temp();
  const top = g.top(2);
  if (COMPARE[op] !== undefined) g.emit(`${r}=c_${COMPARE[op]}(${left.js},${copy.js},${flags},${top});`);
  else if (op === "Is" || op === "IsNot")
    g.emit(`${r}=${left.js}${op === "Is" ? "===" : "!=="}${copy.js}?True:False;`);
  else
    g.emit(
      `${r}=${op === "In" ? "contains" : "notContains"}(${left.js},${copy.js},${flags},${top})?True:False;`,
    );
  if (left.kind === "slot" && right.kind === "slot") {
    const saved = right.js;
    g.emit(`i32[${g.slotAt(right.slot)}]=0;i32[${g.slotAt(left.slot)}]=${saved};decref(${left.js});`);
    g.popSlot(right.slot);
    right.slot = left.slot;
    g.done(left);
  } else g.drop(left);
  return g.owned(r);
}

function clearSlot(g: Gen, v: Val): string {
  return v.kind === "slot" ? `i32[${g.slotAt(v.slot)}]=0;decref(${v.js});` : "";
}

/**
 * Evaluates an expression for its truth; returns a JavaScript condition. What raises while its truth is found, or while it is
 * ordered, is at `at`: the operand of a `not` is at the `not`.
 */
export function compileCondition(g: Gen, node: expr, at: Located = node): string {
  if (g.mode === "second" && node.kind !== "BoolOp") {
    const c = pureCondition(g, node, () => compileCondition(g, node, at));
    if (c !== null) return c;
  }
  if (node.kind === "UnaryOp" && node.op === "Not") return `!(${compileCondition(g, node.operand)})`;
  if (node.kind === "Compare" && node.ops.length === 1) {
    const quick = intComparison(g, node);
    if (quick !== null) return quick;
    const [a, b] = comparisonOperands(g, node);
    g.pos(COMPARE[node.ops[0]] === undefined ? node : at);
    return compareBool(g, node, node.ops[0], a, b);
  }
  if (node.kind === "BoolOp") return conditionBoolOp(g, node);
  const folded = foldConstant(node);
  if (folded !== null && (folded.t === "True" || folded.t === "False" || folded.t === "None"))
    return folded.t === "True" ? "true" : "false";
  const v = compileExpr(g, node);
  g.noteAs(node, "truth", v);
  g.pos(at);
  return truth(g, v);
}

/** Truth of a value, which is consumed; returns a condition on a temporary. */
export function truth(g: Gen, v: Val): string {
  const flags = g.ownFlag(v, 1);
  g.steal(v);
  const top = g.top(1);
  g.done(v);
  const r = g.out.temp();
  const known = g.hot ? `${v.js}===True?1:${v.js}===False||${v.js}===None?0:` : "";
  g.emit(`${r}=${known}truth(${v.js},${flags},${top})?1:0;`);
  g.out.release(r);
  return `${r}!==0`;
}

function conditionBoolOp(g: Gen, node: BoolOp): string {
  const r = g.variable("b");
  const label = g.out.label("c");
  g.emit(`${label}:{`);
  const saved = new Set(g.assigned);
  node.values.forEach((value, i) => {
    const c = compileCondition(g, value);
    g.emit(`${r}=${c}?1:0;`);
    if (i < node.values.length - 1) g.emit(`if(${r}===${node.op === "And" ? 0 : 1})break ${label};`);
  });
  g.emit("}");
  g.assigned = saved;
  g.joined();
  return `${r}!==0`;
}

function compileBoolOp(g: Gen, node: BoolOp): Val {
  const result = g.out.temp();
  const label = g.out.label("c");
  g.emit(`${label}:{`);
  const saved = new Set(g.assigned);
  node.values.forEach((value, i) => {
    const v = compileExpr(g, value);
    g.emit(`${result}=${g.take(v)};`);
    if (v.js !== result) g.done(v);
    if (i === node.values.length - 1) return;
    const test = `istrue(rt,${result},${g.top()})`;
    g.pos(node);
    g.emit(`if(${node.op === "And" ? "!" : ""}${test})break ${label};decref(${result});`);
  });
  g.emit("}");
  g.assigned = saved;
  g.joined();
  return g.owned(result);
}

function compileIfExp(g: Gen, node: IfExp): Val {
  const result = g.out.temp();
  const c = compileCondition(g, node.test);
  const saved = new Set(g.assigned);
  g.emit(`if(${c}){`);
  branchInto(g, node.body, result);
  g.emit("}else{");
  g.assigned = new Set(saved);
  g.joined();
  branchInto(g, node.orelse, result);
  g.emit("}");
  g.assigned = saved;
  g.joined();
  return g.owned(result);
}

function branchInto(g: Gen, node: expr, result: string): void {
  const v = compileExpr(g, node);
  g.emit(`${result}=${g.take(v)};`);
  if (v.js !== result) g.done(v);
}

function compileNamed(g: Gen, node: Extract<expr, { kind: "NamedExpr" }>): Val {
  const v = compileExpr(g, node.value);
  const t = g.take(v);
  const kept = g.spill(g.owned(t));
  g.emit(`incref(${kept.js});`);
  if (node.target.kind !== "Name") throw new Error("walrus target");
  storeName(g, node.target.id, g.owned(kept.js), node.target);
  // The store has recycled the temporary: the value is read from its slot again.
  const r = g.out.temp();
  g.emit(`${r}=i32[${g.slotAt(kept.slot)}];`);
  g.take({ ...kept, js: r });
  return g.owned(r);
}

function compileAttribute(g: Gen, node: Attribute): Val {
  const superValue = superAttribute(g, node);
  if (superValue !== null) return superValue;
  const v = compileExpr(g, node.value);
  g.pos(node);
  return loadAttribute(g, v, g.mangle(node.attr), node);
}

/** Loads an attribute through an inline cache; consumes the owner. */
export function loadAttribute(g: Gen, v: Val, attr: string, node: Located): Val {
  const flags = g.ownFlag(v, 1);
  g.steal(v);
  const top = g.top(1);
  const cache = g.cache(9, node, "load");
  const r = g.out.temp();
  const slow = `${r}=ga(${v.js},${g.name(attr)},ic,${cache},${flags},${top});${g.checkText(r)}`;
  g.emit(attributeText(g, v, cache, r, slow));
  g.done(v);
  return g.owned(r);
}

/** super().x in a function whose `super` is the built-in: no super object is made (LOAD_SUPER_ATTR). */
function superAttribute(g: Gen, node: Attribute): Val | null {
  const call = node.value;
  if (call.kind !== "Call" || call.func.kind !== "Name" || call.func.id !== "super") return null;
  if (call.args.length !== 0 || call.keywords.length !== 0) return null;
  const parts = superParts(g, call);
  if (parts === null) return null;
  g.pos(node);
  const r = g.out.temp();
  g.emit(
    `${r}=superAttr(rt,${parts.globalSuper.js},${parts.cls},${parts.self},${g.name(g.mangle(node.attr))});`,
  );
  g.drop(parts.globalSuper);
  return g.owned(r);
}

/** The operands of a zero-argument super() call, or null where it cannot be resolved at compile time. */
export function superParts(
  g: Gen,
  call: Extract<expr, { kind: "Call" }>,
): { globalSuper: Val; cls: string; self: string } | null {
  const classIndex = g.locals.get("__class__");
  if (
    classIndex === undefined ||
    g.template.argcount === 0 ||
    !g.scope.functionLike ||
    g.inInlinedComprehension
  )
    return null;
  if (g.scope.scopeOf("super") !== NameScope.GLOBAL_IMPLICIT) return null;
  const selfIsCell = (g.template.localspluskinds[0] & 0x40) !== 0;
  const superVal = g.spillOwned(loadName(g, "super", call.func));
  const self = g.out.temp();
  g.emit(selfIsCell ? `${self}=i32[i32[${g.local(0)}]+4];` : `${self}=i32[${g.local(0)}];`);
  g.emit(`if(${self}===0)superNoSelf(rt);`);
  const cls = g.out.temp();
  g.emit(`${cls}=i32[i32[${g.local(classIndex)}]+4];if(${cls}===0)superNoClass(rt);`);
  return { globalSuper: superVal, cls, self };
}

function compileSubscript(g: Gen, node: Subscript): Val {
  if (node.slice.kind === "Slice" && node.slice.step === null && foldConstant(node.slice) === null)
    return compileSliceSubscript(g, node);
  if (isSafeTree(g, node.slice)) return treeSubscript(g, node);
  const [a, b] = twoOperands(g, node.value, node.slice);
  g.pos(node);
  return loadItem(g, a, b, node);
}

/** a[b] of evaluated operands, which are consumed. */
export function loadItem(g: Gen, a: Val, b: Val, node: Located): Val {
  g.note(node, a, b);
  if (!g.hot || (b.kind === "const" && b.int === undefined)) {
    const v = stealingBinary(g, "getitem", a, b);
    g.check(v.js);
    return v;
  }
  const flags = g.ownFlag(a, 1) | g.ownFlag(b, 2);
  g.steal(b);
  g.steal(a);
  const r = g.out.temp();
  const slow = `${r}=getitem(${a.js},${b.js},${flags},${g.top(2)});${g.checkText(r)}`;
  g.emit(itemText(a, digitCondition(b), digit(b), r, releaseText(a, b), slow));
  g.done(a);
  g.done(b);
  return g.owned(r);
}

/** a[i - 1] and its like: the index is not made an object where a is a list or tuple. */
function treeSubscript(g: Gen, node: Subscript): Val {
  const a = compileExpr(g, node.value);
  const tree = intTree(g, node.slice)!;
  const r = g.out.temp();
  const release = a.kind === "slot" ? `i32[${g.slotAt(a.slot)}]=0;${releaseText(a)}` : releaseText(a);
  const [fast, rest] = itemText(a, treeCondition(tree), tree.js, r, release, "\n").split("\n");
  g.emit(fast);
  releaseTree(g, tree);
  const kept = g.spill({ ...a });
  const key = compileExpr(g, node.slice);
  g.pos(node);
  const v = stealingBinary(g, "getitem", kept, key);
  g.check(v.js);
  g.emit(`${r}=${v.js};${rest}`);
  g.done(v);
  g.joined();
  return g.owned(r);
}

/** x[a:b]: the slice object is made and dropped by the helper (BINARY_SLICE). */
function compileSliceSubscript(g: Gen, node: Subscript): Val {
  const slice = node.slice as Extract<expr, { kind: "Slice" }>;
  const container = g.pushOwned(compileExpr(g, node.value));
  const lower = pushOperand(g, slice.lower);
  const upper = pushOperand(g, slice.upper);
  g.pos(node);
  const r = g.out.temp();
  g.steal(upper);
  g.steal(lower);
  g.emit(`${r}=getslice(rt,${container.js},${lower.js},${upper.js});`);
  g.done(upper);
  g.done(lower);
  g.drop(container);
  return g.owned(r);
}

/** Evaluates to an owned stack slot; an absent expression is None. */
export function pushOperand(g: Gen, node: expr | null): Val {
  return g.pushOwned(node === null ? g.constant({ t: "None" }) : compileExpr(g, node));
}

function compileSlice(g: Gen, node: Extract<expr, { kind: "Slice" }>): Val {
  const lower = pushOperand(g, node.lower);
  const upper = pushOperand(g, node.upper);
  const step = pushOperand(g, node.step);
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=PySlice_New(rt,${lower.js},${upper.js},${step.js});`);
  g.drop(step);
  g.drop(upper);
  g.drop(lower);
  return g.owned(r);
}

function compileFormatted(g: Gen, node: Extract<expr, { kind: "FormattedValue" }>): Val {
  let v: Val = compileExpr(g, node.value);
  if (node.conversion >= 0) {
    g.pos(node);
    const helper =
      node.conversion === 115 ? "PyObject_Str" : node.conversion === 114 ? "PyObject_Repr" : "PyObject_ASCII";
    v = unaryOp(g, helper, v);
  }
  if (node.format_spec === null) {
    g.pos(node);
    return unaryOp(g, "formatSimple", v);
  }
  const value = g.pushOwned(v);
  const spec = g.pushOwned(compileExpr(g, node.format_spec));
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=PyObject_Format(rt,${value.js},${spec.js});`);
  g.drop(spec);
  g.drop(value);
  return g.owned(r);
}

function compileJoinedStr(g: Gen, node: JoinedStr): Val {
  if (node.values.length === 0) return g.str("");
  if (node.values.length === 1 && node.values[0].kind !== "Constant") return compileExpr(g, node.values[0]);
  const base = g.depth;
  for (const value of node.values) g.pushOwned(compileExpr(g, value));
  const n = g.depth - base;
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=joinStack(rt,${g.slotAt(base)},${n});`);
  g.depth = base;
  return g.owned(r);
}
