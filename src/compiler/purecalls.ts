/**
 * Calls of builtins as pure expressions (pure.ts): len of the built-in types, abs, min, max and ord of what was seen. The name
 * must still be the builtin's. Part of the compiler.
 */
import type { Call, expr } from "./ast.ts";
import { KIND_MASK, Kind } from "./profile.ts";
import { LENGTH_TYPES, type Num, type Pure } from "./pure.ts";

/** The builtins whose arguments' kinds are worth noting, and how many they may have here. */
const BUILTINS: Record<string, [least: number, most: number]> = {
  len: [1, 1],
  abs: [1, 1],
  ord: [1, 1],
  min: [2, 3],
  max: [2, 3],
};

/** The builtin that a call names, if it is of the form dealt with here; else null. */
export function pureBuiltin(node: Call): string | null {
  if (node.func.kind !== "Name" || !Object.hasOwn(BUILTINS, node.func.id)) return null;
  const [least, most] = BUILTINS[node.func.id];
  if (node.args.length < least || node.args.length > most || node.keywords.length > 0) return null;
  return node.args.some((a) => a.kind === "Starred") ? null : node.func.id;
}

/** What the first form has noted of an argument (noteArguments in calls.ts). */
function kindOf(p: Pure, arg: expr): number {
  const seen = p.g.seen(arg, "argument");
  return seen === -1 ? 0 : seen & KIND_MASK;
}

/** The builtin of a call whose name has been found to be it. */
function called(p: Pure, node: Call): string | null {
  const name = pureBuiltin(node);
  if (name === null) return null;
  const builtin = p.g.profile?.builtin(name) ?? 0;
  const f = builtin === 0 ? null : p.ref(node.func);
  if (f === null) return null;
  p.require(`${f}===${builtin}`);
  return name;
}

/** The number that a call gives, or null where it is not pure. */
export function callNumber(p: Pure, node: Call): Num | null {
  const name = called(p, node);
  switch (name) {
    case "len":
      return length(p, node.args[0]);
    case "ord":
      return code(p, node.args[0]);
    case "abs": {
      const n = p.number(node.args[0], kindOf(p, node.args[0]));
      return n === null ? null : { ...n, js: `Math.abs(${n.js})` };
    }
    case "min":
    case "max":
      return extreme(p, node.args, name === "min" ? "<" : ">");
    default:
      return null;
  }
}

function length(p: Pure, arg: expr): Num | null {
  const type = LENGTH_TYPES[kindOf(p, arg)];
  const o = type === undefined ? null : p.ref(arg);
  if (o === null) return null;
  p.require(`i32[${o}+2]===${type}`);
  return { kind: "int", js: p.temp(`i32[${o}+4]`), bits: 31 };
}

/** ord(s) */
function code(p: Pure, arg: expr): Num | null {
  const o = kindOf(p, arg) === Kind.STR ? p.ref(arg) : null;
  if (o === null) return null;
  p.require(`i32[${o}+2]===STR&&i32[${o}+4]===1`);
  return { kind: "int", js: p.temp(`charCode(${o})`), bits: 21 };
}

/** min, max: the first of those that are least or greatest. */
function extreme(p: Pure, args: expr[], sign: string): Num | null {
  let best: Num | null = null;
  for (const arg of args) {
    const n = p.number(arg, kindOf(p, arg));
    if (n === null || (best !== null && n.kind !== best.kind)) return null;
    const next: Num = p.once(n);
    best =
      best === null
        ? next
        : p.once({
            ...next,
            js: `(${next.js}${sign}${best.js}?${next.js}:${best.js})`,
            bits: Math.max(next.bits, best.bits),
          });
  }
  return best;
}

interface Candidate {
  ref: string;
  n: Num;
}

/** min and max of objects that are numbers of one kind: the object itself. Null where it is not pure. */
export function callObject(p: Pure, node: Call): string | null {
  const name = pureBuiltin(node);
  if ((name !== "min" && name !== "max") || called(p, node) === null) return null;
  let best: Candidate | null = null;
  for (const arg of node.args) {
    const ref = p.ref(arg);
    const n = ref === null ? null : p.numberOf(ref, kindOf(p, arg));
    if (ref === null || n === null || (best !== null && n.kind !== best.n.kind)) return null;
    if (best === null) {
      best = { ref, n };
      continue;
    }
    const wins: string = `${n.js}${name === "min" ? "<" : ">"}${best.n.js}`;
    const chosen: string = p.temp(`${wins}?${ref}:${best.ref}`);
    const last = arg === node.args[node.args.length - 1];
    best = { ref: chosen, n: last ? n : p.once({ ...n, js: `(${wins}?${n.js}:${best.n.js})` }) };
  }
  return best === null ? null : best.ref;
}
