/**
 * Where pure expressions (pure.ts) stand in a function: as a value, as a condition, as an augmented assignment, each with its
 * ordinary way behind it. Part of the compiler.
 */
import type { AugAssign, expr } from "./ast.ts";
import type { Gen, Val } from "./gen.ts";
import { box } from "./inline.ts";
import { type Num, Pure } from "./pure.ts";

/** Emits the steps in front of `fast`, and after them `rest` for where they were given up. */
function twoWays(g: Gen, p: Pure, own: string, slow: string, fast: string, rest: () => void): void {
  g.emit(`${own}:{${slow}:{${p.text}${fast}`);
  twoWaysEnd(g, p, own, rest);
}

export function twoWaysEnd(g: Gen, p: Pure, own: string, rest: () => void): void {
  g.emit(`break ${own};}`);
  p.release();
  g.joined();
  const mode = g.mode;
  g.mode = "rest";
  rest();
  g.mode = mode;
  g.emit("}");
  g.joined();
}

/** Takes a value, as an owned one, into the temporary r. */
export function takeInto(g: Gen, r: string, v: Val): void {
  g.emit(`${r}=${g.take(v)};`);
  if (v.js !== r) g.done(v);
}

/** Evaluates a pure expression, in its ordinary way with `rest`; null where it is not pure. The result may be an unboxed float. */
export function pureValue(g: Gen, node: expr, rest: () => Val): Val | null {
  const own = g.out.ownLabel();
  const slow = g.out.ownLabel();
  const p = new Pure(g, slow);
  const r = g.out.temp();
  const made = resultText(g, p, node, r, slow);
  if (made === null) {
    p.release();
    g.out.release(r);
    return null;
  }
  twoWays(g, p, own, slow, made.text, () => takeInto(g, r, rest()));
  return { kind: "owned", js: r, slot: -1, num: made.num };
}

/** The text that makes the result's object, or leaves it unboxed. */
function resultText(
  g: Gen,
  p: Pure,
  node: expr,
  r: string,
  slow: string,
): { text: string; num?: string } | null {
  if (node.kind === "Compare") {
    const c = p.comparison(node);
    return c === null ? null : { text: `${r}=${c}?True:False;` };
  }
  if (node.kind !== "BinOp") {
    const ref = p.ref(node);
    return ref === null ? null : { text: `${r}=${ref};if((X=i32[${r}])>=0)i32[${r}]=X+1;` };
  }
  const n = p.number(node, 0);
  return n === null ? null : numberText(g, n, r, slow);
}

function numberText(g: Gen, n: Num, r: string, slow: string): { text: string; num?: string } {
  if (n.kind === "float") {
    const num = g.out.double();
    return { text: `${num}=${n.js};${r}=0;`, num };
  }
  const made =
    n.bits <= 31
      ? `${r}=intNew(${n.js}|0);`
      : `M=${n.js};${r}=M<1073741824&&M>-1073741824?intNew(M|0):wideNew(M);`;
  return { text: `${made}if(${r}===0)break ${slow};` };
}

/** A pure condition as a JavaScript condition on a temporary; null where it is not pure. */
export function pureCondition(g: Gen, node: expr, rest: () => string): string | null {
  const own = g.out.ownLabel();
  const slow = g.out.ownLabel();
  const p = new Pure(g, slow);
  const c = p.condition(node);
  if (c === null) {
    p.release();
    return null;
  }
  const r = g.out.temp();
  twoWays(g, p, own, slow, `${r}=${c}?1:0;`, () => {
    g.emit(`${r}=${rest()}?1:0;`);
  });
  g.out.release(r);
  return `${r}!==0`;
}

/**
 * x op= value for a fast local: `store` stores the result, `rest` is the whole statement in its ordinary way. False where it is
 * not pure.
 */
export function pureAugmented(
  g: Gen,
  node: AugAssign,
  target: expr,
  store: (v: Val) => void,
  rest: () => void,
): boolean {
  const own = g.out.ownLabel();
  const slow = g.out.ownLabel();
  const p = new Pure(g, slow);
  const n = p.operation(node.op, target, node.value, node);
  if (n === null) {
    p.release();
    return false;
  }
  const r = g.out.temp();
  const { text, num } = numberText(g, n, r, slow);
  g.emit(`${own}:{${slow}:{${p.text}${text}`);
  store(box(g, { kind: "owned", js: r, slot: -1, num }));
  twoWaysEnd(g, p, own, rest);
  return true;
}
