/**
 * Calls of methods of built-in types in second forms, where object and arguments are pure expressions (pure.ts): the method is
 * not looked up, and neither it nor the object nor the arguments are counted (runtime/quick.ts says for which methods that
 * cannot be seen). Part of the compiler.
 */
import { METH } from "../objects/typeinfo.ts";
import type { Attribute, Call, expr } from "./ast.ts";
import { foldConstant } from "./fold.ts";
import type { Gen, Val } from "./gen.ts";
import { decrefText } from "./inline.ts";
import { nativeCallText } from "./operands.ts";
import type { KnownCallee, KnownQuick, Plain } from "./profile.ts";
import { Pure } from "./pure.ts";
import { takeInto, twoWaysEnd } from "./pureforms.ts";

/** An evaluated argument; `made`: an int that was made for it. */
interface Argument {
  js: string;
  made: boolean;
}

/** obj.name(args), with `rest` in its ordinary way. */
export function quickMethodCall(g: Gen, node: Call, func: Attribute, rest: () => Val): Val {
  const known = knownMethod(g, node);
  if (known === null) return rest();
  const own = g.out.ownLabel();
  const slow = g.out.ownLabel();
  const p = new Pure(g, slow);
  const evaluated = evaluate(p, node, func, known.quick);
  if (evaluated === null) {
    p.release();
    return rest();
  }
  const r = g.out.temp();
  g.emit(`${own}:{${slow}:{${p.text}`);
  g.joined();
  if (known.quick.short !== null) shortCall(g, known.quick, evaluated, r, slow);
  else {
    g.pos(node);
    nativeCall(g, known, evaluated, r);
  }
  twoWaysEnd(g, p, own, () => takeInto(g, r, rest()));
  return g.owned(r);
}

/** The method of a built-in type that this call has known, if it has a quick form for so many arguments. */
function knownMethod(g: Gen, node: Call): (KnownCallee & { quick: KnownQuick }) | null {
  if (g.mode !== "second" || node.keywords.length > 0) return null;
  const note = g.seen(node, "callee");
  const known = note > 0 ? g.profile!.callee(note) : null;
  if (known === null || known.quick === null) return null;
  const { quick, convention } = known;
  const fits =
    quick.short !== null
      ? quick.short[node.args.length] !== undefined
      : nativeCallText(convention, "", "", node.args.map(String), "") !== null;
  return fits ? { ...known, quick } : null;
}

/** The object and the arguments; null where one is not pure. */
function evaluate(p: Pure, node: Call, func: Attribute, quick: KnownQuick): Argument[] | null {
  const self = p.ref(func.value);
  if (self === null) return null;
  p.require(`i32[${self}+2]===${quick.type}`);
  if (quick.guard !== "") p.require(quick.guard.replace("$", self));
  const items: Argument[] = [{ js: self, made: false }];
  // Made ints come last, so that nothing can be given up while there is one.
  const made = node.args.map((a) => a.kind === "BinOp");
  for (const late of [false, true])
    for (let i = 0; i < node.args.length; i++) {
      if (made[i] !== late) continue;
      const a = p.object(node.args[i]);
      if (a === null || (a.made && items.some((other) => other?.made))) return null;
      if (quick.short === null && !a.made) requirePlain(p, node.args[i], a.js, quick.args);
      items[i + 1] = a;
    }
  return items;
}

function requirePlain(p: Pure, node: expr, js: string, plain: Plain): void {
  if (plain === "any" || node.kind === "Constant" || foldConstant(node) !== null) return;
  const t = `i32[${js}+2]`;
  if (plain === "list") p.require(`${t}===LIST||${t}===TUPLE`);
  else p.require(`${t}===STR||${t}===INT||${js}===None`);
}

function shortCall(g: Gen, quick: KnownQuick, items: Argument[], r: string, slow: string): void {
  const f = g.give(quick.short![items.length - 1]);
  const release = items.map((a) => (a.made ? decrefText(a.js) : "")).join("");
  g.emit(`${r}=${f}(${items.map((a) => a.js).join(",")});${release}if(${r}===0)break ${slow};`);
}

/** The native function itself; arguments that it takes from slots, and ints made for it, are owned there. */
function nativeCall(g: Gen, known: KnownCallee, items: Argument[], r: string): void {
  const [self, ...args] = items;
  const top = g.top(args.length + 1);
  const inSlots = (known.convention & METH.FASTCALL) !== 0;
  const at = (i: number): string => `i32[${top}+${2 * i}]`;
  let text = "";
  let after = "";
  args.forEach((a, i) => {
    if (!inSlots && !a.made) return;
    text += `${a.made ? "" : `incref(${a.js});`}${at(i)}=${a.js};`;
    after += `${at(i)}=0;${decrefText(a.js)}`;
  });
  const list = args.map((a) => a.js);
  g.emit(`${text}${r}=${nativeCallText(known.convention, g.give(known.fn), self.js, list, top)};`);
  g.check(r);
  g.emit(after);
}
