/** Constant folding, as far as CPython 3.13's AST optimizer goes. Part of the compiler. */
import type { ConstantValue, expr } from "./ast.ts";
import type { ConstSpec } from "./template.ts";

const cache = new WeakMap<expr, ConstSpec | { t: "no" }>();

/** The constant that an expression folds to, or null. Plain constants fold to themselves. */
export function foldConstant(node: expr): ConstSpec | null {
  if (node.kind === "Constant") return node.value;
  if (
    node.kind !== "BinOp" &&
    node.kind !== "UnaryOp" &&
    node.kind !== "Tuple" &&
    node.kind !== "Subscript" &&
    node.kind !== "Slice"
  )
    return null;
  let r = cache.get(node);
  if (r === undefined) {
    r = fold(node) ?? { t: "no" };
    cache.set(node, r);
  }
  return r.t === "no" ? null : (r as ConstSpec);
}

/**
 * What is iterated or searched: a list display without stars is a tuple instead, a set display of constants a frozenset.
 */
export function asIterated(node: expr): expr {
  if (node.kind === "List" && !node.elts.some((e) => e.kind === "Starred")) return { ...node, kind: "Tuple" };
  if (node.kind !== "Set") return node;
  const items = node.elts.map((e) => (e.kind === "Starred" ? null : foldConstant(e)));
  if (items.includes(null)) return node;
  const frozen: expr = { ...node, kind: "Tuple", ctx: "Load" };
  cache.set(frozen, { t: "frozenset", items: items as ConstSpec[] });
  return frozen;
}

function fold(node: expr): ConstSpec | null {
  switch (node.kind) {
    case "UnaryOp": {
      const v = foldConstant(node.operand);
      return v === null ? null : foldUnary(node.op, v);
    }
    case "BinOp": {
      const a = foldConstant(node.left);
      const b = a === null ? null : foldConstant(node.right);
      return a === null || b === null ? null : foldBinary(node.op, a, b);
    }
    case "Tuple": {
      if (node.ctx !== "Load") return null;
      const items: ConstSpec[] = [];
      for (const e of node.elts) {
        const v = e.kind === "Starred" ? null : foldConstant(e);
        if (v === null) return null;
        items.push(v);
      }
      return { t: "tuple", items };
    }
    case "Subscript":
      return node.ctx === "Load" ? foldSubscript(node.value, node.slice) : null;
    default:
      return null;
  }
}

function foldUnary(op: string, v: ConstSpec): ConstantValue | null {
  if (op === "Not") {
    const truth = constTruth(v);
    return truth === null ? null : { t: truth ? "False" : "True" };
  }
  const n: ConstSpec = v.t === "True" || v.t === "False" ? { t: "int", v: v.t === "True" ? 1n : 0n } : v;
  if (op === "USub") {
    if (n.t === "int") return { t: "int", v: -n.v };
    if (n.t === "float") return { t: "float", v: -n.v };
    if (n.t === "complex") return { t: "complex", re: -(n.re ?? 0), im: -n.im };
    return null;
  }
  if (op === "UAdd") return n.t === "int" || n.t === "float" || n.t === "complex" ? n : null;
  return op === "Invert" && n.t === "int" ? { t: "int", v: ~n.v } : null;
}

function constTruth(v: ConstSpec): boolean | null {
  switch (v.t) {
    case "None":
    case "False":
      return false;
    case "True":
    case "Ellipsis":
      return true;
    case "int":
      return v.v !== 0n;
    case "float":
      return v.v !== 0;
    case "str":
      return v.v !== "";
    case "bytes":
      return v.v.length > 0;
    case "tuple":
      return v.items.length > 0;
    default:
      return null;
  }
}

/** Limits on what is folded, as CPython's: results of at most 128 bits, strings of 4096, tuples of 256. */
function foldBinary(op: string, a: ConstSpec, b: ConstSpec): ConstSpec | null {
  if (a.t === "int" && b.t === "int") return foldInts(op, a.v, b.v);
  if ((a.t === "float" || a.t === "int") && (b.t === "float" || b.t === "int"))
    return foldFloats(op, Number(a.v), Number(b.v));
  const x = complexOf(a);
  const y = complexOf(b);
  if (x !== null && y !== null) return foldComplex(op, x, y);
  if (a.t === "str" && b.t === "str" && op === "Add" && !a.cps && !b.cps) return { t: "str", v: a.v + b.v };
  if (a.t === "bytes" && b.t === "bytes" && op === "Add")
    return { t: "bytes", v: Uint8Array.from([...a.v, ...b.v]) };
  if (a.t === "tuple" && b.t === "tuple" && op === "Add")
    return { t: "tuple", items: [...a.items, ...b.items] };
  if (op === "Mult") return foldRepeat(a, b) ?? foldRepeat(b, a);
  return null;
}

function foldRepeat(a: ConstSpec, n: ConstSpec): ConstSpec | null {
  if (n.t !== "int" || n.v < 0n) return null;
  if (a.t === "str" && !a.cps && BigInt(a.v.length) * n.v <= 4096n)
    return { t: "str", v: a.v.repeat(Number(n.v)) };
  if (a.t === "bytes" && BigInt(a.v.length) * n.v <= 4096n) {
    const times = a.v.length === 0 ? 0 : Number(n.v);
    return { t: "bytes", v: Uint8Array.from(Array.from({ length: times }, () => [...a.v]).flat()) };
  }
  if (a.t === "tuple" && n.v * BigInt(a.items.length) <= 256n) {
    return { t: "tuple", items: Array.from({ length: Number(n.v) }, () => a.items).flat() };
  }
  return null;
}

const MAX_INT_BITS = 128;

function bits(v: bigint): number {
  return v === 0n ? 0 : (v < 0n ? -v : v).toString(2).length;
}

function foldInts(op: string, a: bigint, b: bigint): ConstSpec | null {
  const int = (v: bigint): ConstSpec => ({ t: "int", v });
  switch (op) {
    case "Add":
      return int(a + b);
    case "Sub":
      return int(a - b);
    case "Mult":
      return bits(a) + bits(b) > MAX_INT_BITS ? null : int(a * b);
    case "FloorDiv":
      return b === 0n ? null : int(floorDiv(a, b));
    case "Mod":
      return b === 0n ? null : int(a - floorDiv(a, b) * b);
    case "Div":
      return b === 0n || bits(a) > 53 || bits(b) > 53 ? null : { t: "float", v: Number(a) / Number(b) };
    case "Pow":
      return b < 0n || (b > 0n && BigInt(bits(a)) * b > BigInt(MAX_INT_BITS)) ? null : int(a ** b);
    case "LShift":
      return b < 0n || BigInt(bits(a)) + b > BigInt(MAX_INT_BITS) ? null : int(a << b);
    case "RShift":
      return b < 0n ? null : int(a >> b);
    case "BitOr":
      return int(a | b);
    case "BitXor":
      return int(a ^ b);
    case "BitAnd":
      return int(a & b);
    default:
      return null;
  }
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

function foldFloats(op: string, a: number, b: number): ConstSpec | null {
  const float = (v: number): ConstSpec => ({ t: "float", v });
  switch (op) {
    case "Add":
      return float(a + b);
    case "Sub":
      return float(a - b);
    case "Mult":
      return float(a * b);
    case "Div":
      return b === 0 ? null : float(a / b);
    default:
      return null;
  }
}

function complexOf(c: ConstSpec): { re: number; im: number } | null {
  if (c.t === "complex") return { re: c.re ?? 0, im: c.im };
  return c.t === "float" || c.t === "int" ? { re: Number(c.v), im: 0 } : null;
}

function foldComplex(
  op: string,
  a: { re: number; im: number },
  b: { re: number; im: number },
): ConstSpec | null {
  switch (op) {
    case "Add":
      return { t: "complex", re: a.re + b.re, im: a.im + b.im };
    case "Sub":
      return { t: "complex", re: a.re - b.re, im: a.im - b.im };
    case "Mult":
      return { t: "complex", re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
    default:
      return null;
  }
}

function foldSubscript(value: expr, slice: expr): ConstSpec | null {
  const v = foldConstant(value);
  const i = v === null ? null : foldConstant(slice);
  if (v === null || i === null || i.t !== "int") return null;
  const at = (length: number): number => (i.v < 0n ? Number(i.v) + length : Number(i.v));
  if (v.t === "tuple") return v.items[at(v.items.length)] ?? null;
  if (v.t === "bytes") {
    const byte = v.v[at(v.v.length)];
    return byte === undefined ? null : { t: "int", v: BigInt(byte) };
  }
  if (v.t !== "str" || v.cps) return null;
  const points = [...v.v];
  const c = points[at(points.length)];
  return c === undefined ? null : { t: "str", v: c };
}
