/**
 * match statements. Part of the compiler. The subject stays in a slot; a pattern's code breaks out of its case's label when
 * it does not match. Captured values wait in slots until the whole pattern has matched, and are bound then.
 */
import type { Match, pattern } from "./ast.ts";
import { compileCondition, compileExpr, stealingBinary } from "./expr.ts";
import type { Gen, Val } from "./gen.ts";
import { storeName } from "./names.ts";
import { compileBody, endsControl, meet } from "./stmts.ts";
import type { ConstSpec } from "./template.ts";

interface Capture {
  name: string;
  slot: number;
}

interface Context {
  fail: string;
  captures: Capture[];
}

export function compileMatch(g: Gen, node: Match): void {
  const subject = g.pushOwned(compileExpr(g, node.subject));
  const held = g.variable("subject");
  g.emit(`${held}=${subject.js};`);
  g.done(subject);
  const end = g.out.label("match");
  const saved = new Set(g.assigned);
  let after: Set<string> | null = saved;
  g.emit(`${end}:{`);
  node.cases.forEach((c) => {
    const fail = g.out.label("case");
    const base = g.depth;
    const ctx: Context = { fail, captures: [] };
    g.assigned = new Set(saved);
    g.emit(`${fail}:{`);
    // Captures take slots from here on; a failed case leaves them to be cleared below.
    const names = captureNames(c.pattern);
    for (const name of names) ctx.captures.push({ name, slot: g.pushSlot() });
    matchPattern(g, c.pattern, { kind: "borrowed", js: held, slot: -1 }, ctx);
    for (const cap of ctx.captures) {
      const t = g.out.temp();
      g.emit(`${t}=i32[${g.slotAt(cap.slot)}];i32[${g.slotAt(cap.slot)}]=0;`);
      g.pos(c.pattern);
      storeName(g, cap.name, g.owned(t), c.pattern);
    }
    if (c.guard !== null) g.emit(`if(!(${compileCondition(g, c.guard)}))break ${fail};`);
    g.depth = base;
    g.emit(`dropSlot(rt,${g.slotAt(subject.slot)});`);
    compileBody(g, c.body);
    after = meet(endsControl(c.body) ? null : g.assigned, after, saved);
    g.emit(`break ${end};}`);
    g.need(names.length + 1);
    for (let i = 0; i < names.length; i++) g.emit(`dropSlot(rt,${g.slotAt(base + i)});`);
    g.joined();
  });
  g.depth = subject.slot;
  g.emit(`dropSlot(rt,${g.slotAt(subject.slot)});}`);
  g.assigned = saved;
  g.joined();
}

/** Names that a pattern binds, each once, in order. */
function captureNames(p: pattern): string[] {
  const names: string[] = [];
  const add = (n: string | null): void => {
    if (n !== null && !names.includes(n)) names.push(n);
  };
  const visit = (q: pattern): void => {
    switch (q.kind) {
      case "MatchAs":
        if (q.pattern !== null) visit(q.pattern);
        add(q.name);
        break;
      case "MatchStar":
        add(q.name);
        break;
      case "MatchMapping":
        q.patterns.forEach(visit);
        add(q.rest);
        break;
      case "MatchClass":
        q.patterns.forEach(visit);
        q.kwd_patterns.forEach(visit);
        break;
      case "MatchSequence":
      case "MatchOr":
        q.patterns.forEach(visit);
        break;
    }
  };
  visit(p);
  return names;
}

/** Keeps a reference to the value for the name. */
function capture(g: Gen, name: string, js: string, ctx: Context): void {
  const slot = g.slotAt(ctx.captures.find((c) => c.name === name)!.slot);
  g.emit(`incref(${js});setSlot(rt,${slot},${js});`);
}

/** Tests a borrowed value (kept alive by somebody else) against a pattern. */
function matchPattern(g: Gen, p: pattern, v: Val, ctx: Context): void {
  g.pos(p);
  switch (p.kind) {
    case "MatchValue":
      matchValue(g, p, v, ctx);
      return;
    case "MatchSingleton":
      g.emit(`if(${v.js}!==${g.constantJs(p.value)})break ${ctx.fail};`);
      return;
    case "MatchAs":
      if (p.pattern !== null) matchPattern(g, p.pattern, v, ctx);
      if (p.name !== null) capture(g, p.name, v.js, ctx);
      return;
    case "MatchStar":
      return;
    case "MatchOr":
      matchOr(g, p, v, ctx);
      return;
    case "MatchSequence":
      matchSequence(g, p, v, ctx);
      return;
    case "MatchMapping":
      matchMapping(g, p, v, ctx);
      return;
    case "MatchClass":
      matchClass(g, p, v, ctx);
      return;
  }
}

function matchValue(g: Gen, p: Extract<pattern, { kind: "MatchValue" }>, v: Val, ctx: Context): void {
  const value = compileExpr(g, p.value);
  g.pos(p);
  const r = stealingBinary(g, "c_eq", { kind: "borrowed", js: v.js, slot: -1 }, value);
  const t = g.take(r);
  g.emit(`if(!truth(${t},1,${g.top(1)}))break ${ctx.fail};`);
  g.done(r);
}

function matchOr(g: Gen, p: Extract<pattern, { kind: "MatchOr" }>, v: Val, ctx: Context): void {
  const matched = g.out.label("or");
  g.emit(`${matched}:{`);
  for (const alternative of p.patterns) {
    const fail = g.out.label("alt");
    g.emit(`${fail}:{`);
    const base = g.depth;
    matchPattern(g, alternative, v, { fail, captures: ctx.captures });
    g.emit(`break ${matched};}`);
    clearAbove(g, base);
    g.joined();
  }
  g.emit(`break ${ctx.fail};}`);
  g.joined();
}

/** A failed alternative may leave values in slots above. */
function clearAbove(g: Gen, base: number): void {
  g.depth = base;
  g.emit(`clearSlots(rt,${g.slotAt(base)},END);`);
}

/** Takes the parts of the subject apart into n slots, tests them one by one, releases them. */
function matchParts(
  g: Gen,
  n: number,
  load: (slot: string) => void,
  patterns: (pattern | null)[],
  ctx: Context,
): void {
  const base = g.depth;
  g.need(n + 2);
  g.depth += n;
  load(g.slotAt(base));
  const fail = g.out.label("part");
  const ok = g.out.label("ok");
  g.emit(`${ok}:{${fail}:{`);
  patterns.forEach((p, i) => {
    if (p === null) return;
    const t = g.variable("part");
    g.emit(`${t}=i32[${g.slotAt(base + i)}];`);
    matchPattern(g, p, { kind: "borrowed", js: t, slot: -1 }, { fail, captures: ctx.captures });
  });
  g.emit(`clearSlots(rt,${g.slotAt(base)},END);break ${ok};}`);
  g.emit(`clearSlots(rt,${g.slotAt(base)},END);break ${ctx.fail};}`);
  g.depth = base;
  g.joined();
}

function matchSequence(g: Gen, p: Extract<pattern, { kind: "MatchSequence" }>, v: Val, ctx: Context): void {
  const n = p.patterns.length;
  const star = p.patterns.findIndex((q) => q.kind === "MatchStar");
  g.emit(`if(!matchSequence(rt,${v.js},${star < 0 ? n : n - 1},${star < 0}))break ${ctx.fail};`);
  if (n === 0) return;
  const starName = star < 0 ? null : (p.patterns[star] as Extract<pattern, { kind: "MatchStar" }>).name;
  if (star >= 0 && starName === null && p.patterns.every((q) => q.kind === "MatchStar" || isWildcard(q)))
    return;
  const load = (slot: string): void => {
    if (star < 0) g.emit(`unpack(rt,${v.js},${slot},${n});`);
    else g.emit(`unpackEx(rt,${v.js},${slot},${star},${n - star - 1});`);
  };
  const patterns = p.patterns.map((q): pattern | null => {
    if (q.kind !== "MatchStar") return isWildcard(q) ? null : q;
    return q.name === null ? null : ({ ...q, kind: "MatchAs", pattern: null } as pattern);
  });
  matchParts(g, n, load, patterns, ctx);
}

function isWildcard(p: pattern): boolean {
  return p.kind === "MatchAs" && p.pattern === null && p.name === null;
}

/** Slots: the keys' values, and the rest dict where it is asked for. */
function matchMapping(g: Gen, p: Extract<pattern, { kind: "MatchMapping" }>, v: Val, ctx: Context): void {
  const n = p.keys.length;
  g.emit(`if(!matchMapping(rt,${v.js},${n}))break ${ctx.fail};`);
  if (n === 0 && p.rest === null) return;
  const base = g.depth;
  for (const k of p.keys) g.pushOwned(compileExpr(g, k));
  const keys = g.out.temp();
  g.pos(p);
  g.emit(`${keys}=tupleFromStack(rt,${g.slotAt(base)},${n});`);
  g.depth = base;
  const kept = g.pushOwned(g.owned(keys));
  const rest = p.rest !== null;
  const found = g.variable("found");
  const patterns: (pattern | null)[] = [...p.patterns];
  if (rest) patterns.push({ ...p, kind: "MatchAs", pattern: null, name: p.rest } as unknown as pattern);
  const fail = g.out.label("map");
  const ok = g.out.label("ok");
  g.emit(`${ok}:{${fail}:{`);
  const load = (slot: string): void => {
    g.emit(`${found}=matchKeys(rt,${v.js},${kept.js},${slot},${rest});if(!${found})break ${fail};`);
  };
  matchParts(g, n + (rest ? 1 : 0), load, patterns, { fail, captures: ctx.captures });
  g.emit(
    `dropSlot(rt,${g.slotAt(kept.slot)});break ${ok};}dropSlot(rt,${g.slotAt(kept.slot)});break ${ctx.fail};}`,
  );
  g.depth = base;
  g.joined();
}

function matchClass(g: Gen, p: Extract<pattern, { kind: "MatchClass" }>, v: Val, ctx: Context): void {
  const cls = g.pushOwned(compileExpr(g, p.cls));
  const npos = p.patterns.length;
  const n = npos + p.kwd_attrs.length;
  const names: ConstSpec = { t: "tuple", items: p.kwd_attrs.map((a) => ({ t: "str", v: a })) };
  const found = g.variable("found");
  const fail = g.out.label("cls");
  const ok = g.out.label("ok");
  g.pos(p);
  g.emit(`${ok}:{${fail}:{`);
  const load = (slot: string): void => {
    g.emit(
      `${found}=matchClass(rt,${v.js},${cls.js},${npos},${g.constantJs(names)},${slot});if(!${found})break ${fail};`,
    );
  };
  const patterns = [...p.patterns, ...p.kwd_patterns].map((q) => (isWildcard(q) ? null : q));
  matchParts(g, n, load, patterns, { fail, captures: ctx.captures });
  g.emit(
    `dropSlot(rt,${g.slotAt(cls.slot)});break ${ok};}dropSlot(rt,${g.slotAt(cls.slot)});break ${ctx.fail};}`,
  );
  g.depth = cls.slot;
  g.joined();
}
