/**
 * Integer expressions of fast locals and constants, such as `i - 1`, `i * n + j` or `x % 2`, as JavaScript arithmetic: where
 * every local holds an int of one digit, their value is known without a Python object. Used where the result is not kept: an
 * index, an operand of a comparison. Part of the compiler.
 */
import type { expr } from "./ast.ts";
import { foldConstant } from "./fold.ts";
import type { Gen } from "./gen.ts";
import { loadName, nameKind } from "./names.ts";

export interface IntTree {
  /** Temporaries with the values of the locals (borrowed). */
  leaves: string[];
  /** The JavaScript expression of the result, exact where every leaf is an int of one digit. */
  js: string;
  /** Bound of the result: |result| < 2 ** bits. */
  bits: number;
}

/** More than this is not exact in a double. */
const MAX_BITS = 53;

/** Reads the value of an int of one digit in the variable or temporary `v`. */
export function digitValue(v: string): string {
  return `((1-(i32[${v}+4]&3))*i32[${v}+6]|0)`;
}

export function isDigit(v: string): string {
  return `i32[${v}+2]===INT&&i32[${v}+4]<16`;
}

function smallConstant(node: expr): number | null {
  const c = foldConstant(node) ?? (node.kind === "Constant" ? node.value : null);
  if (c === null || c.t !== "int") return null;
  const v = c.v as bigint;
  return v < 0x40000000n && v > -0x40000000n ? Number(v) : null;
}

function isLeaf(g: Gen, node: expr): boolean {
  return node.kind === "Name" && nameKind(g, g.mangle(node.id)) === "fast";
}

/** Bits of the result, or 0 where the expression is not of the kind described. Nothing is emitted. */
function treeBits(g: Gen, node: expr): number {
  const c = smallConstant(node);
  if (c !== null) return 32 - Math.clz32(Math.abs(c)) || 1;
  if (node.kind === "Name") return isLeaf(g, node) ? 30 : 0;
  if (node.kind !== "BinOp") return 0;
  const a = treeBits(g, node.left);
  const b = treeBits(g, node.right);
  if (a === 0 || b === 0) return 0;
  const k = smallConstant(node.right);
  const bits = resultBits(node.op, a, b, k);
  return bits <= MAX_BITS ? bits : 0;
}

function resultBits(op: string, a: number, b: number, k: number | null): number {
  switch (op) {
    case "Add":
    case "Sub":
      return Math.max(a, b) + 1;
    case "Mult":
      return a + b;
    case "Mod":
      return k !== null && k > 0 && a <= 45 ? b : 0;
    case "FloorDiv":
      return k !== null && k > 0 && a <= 45 ? a : 0;
    case "BitAnd":
    case "BitOr":
    case "BitXor":
      return a <= 31 && b <= 31 ? 31 : 0;
    case "RShift":
      return k !== null && k >= 0 && k < 31 && a <= 31 ? a : 0;
    case "LShift":
      return k !== null && k >= 0 && k < 24 ? a + k : 0;
    default:
      return 0;
  }
}

/** The tree of a binary operation, its locals read into temporaries; null where it is not of this kind. */
export function intTree(g: Gen, node: expr): IntTree | null {
  if (!g.hot || node.kind !== "BinOp" || smallConstant(node) !== null || treeBits(g, node) === 0) return null;
  const leaves = new Map<string, string>();
  const js = emitTree(g, node, leaves);
  return { leaves: [...leaves.values()], js, bits: treeBits(g, node) };
}

function emitTree(g: Gen, node: expr, leaves: Map<string, string>): string {
  const c = smallConstant(node);
  if (c !== null) return c < 0 ? `(${c})` : `${c}`;
  if (node.kind === "Name") {
    let t = leaves.get(node.id);
    if (t === undefined) {
      t = loadName(g, node.id, node).js;
      leaves.set(node.id, t);
    }
    return digitValue(t);
  }
  if (node.kind !== "BinOp") throw new Error("not an integer tree");
  const a = emitTree(g, node.left, leaves);
  const b = emitTree(g, node.right, leaves);
  return operation(node.op, a, b, treeBits(g, node.left), smallConstant(node.right));
}

function operation(op: string, a: string, b: string, bits: number, k: number | null): string {
  const power = k !== null && k > 0 && (k & (k - 1)) === 0 && bits <= 31;
  switch (op) {
    case "Add":
      return `(${a}+${b})`;
    case "Sub":
      return `(${a}-${b})`;
    case "Mult":
      return `(${a}*${b})`;
    case "Mod":
      return power ? `(${a}&${k! - 1})` : `((${a}%${k}+${k})%${k})`;
    case "FloorDiv":
      return power ? `(${a}>>${31 - Math.clz32(k!)})` : `Math.floor(${a}/${k})`;
    case "BitAnd":
      return `(${a}&${b})`;
    case "BitOr":
      return `(${a}|${b})`;
    case "BitXor":
      return `(${a}^${b})`;
    case "RShift":
      return `(${a}>>${k})`;
    default:
      return `(${a}*${2 ** k!})`;
  }
}

/** Is it such an expression, whose evaluation cannot raise either: all its locals are bound? */
export function isSafeTree(g: Gen, node: expr): boolean {
  if (!g.hot || node.kind !== "BinOp" || smallConstant(node) !== null || treeBits(g, node) === 0)
    return false;
  const bound = (n: expr): boolean =>
    n.kind === "Name"
      ? g.assigned.has(g.mangle(n.id)) && !g.unbindable.has(g.mangle(n.id))
      : n.kind !== "BinOp" || (bound(n.left) && bound(n.right));
  return bound(node);
}

/** A tree, a constant or a local: an operand that can be read as a JavaScript number. */
export function intOperand(g: Gen, node: expr): IntTree | null {
  const c = smallConstant(node);
  if (c !== null) return { leaves: [], js: c < 0 ? `(${c})` : `${c}`, bits: 30 };
  if (isLeaf(g, node)) {
    const leaves = new Map<string, string>();
    const js = emitTree(g, node, leaves);
    return { leaves: [...leaves.values()], js, bits: 30 };
  }
  return intTree(g, node);
}

/** Can intOperand read it? */
export function isIntOperand(g: Gen, node: expr): boolean {
  return treeBits(g, node) > 0;
}

/** The condition under which the tree's value is what Python computes. */
export function treeCondition(t: IntTree): string {
  return t.leaves.map(isDigit).join("&&");
}

export function releaseTree(g: Gen, t: IntTree): void {
  for (const v of t.leaves) g.out.release(v);
}
