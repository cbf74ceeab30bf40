/** The stack that CPython's bytecode of match statements needs; see `stackdepth.ts`. Part of the compiler. */
import type { Match, pattern } from "./ast.ts";
import type { StatementDepth } from "./stackdepth_stmts.ts";

const isWildcard = (p: pattern): boolean => p.kind === "MatchAs" && p.pattern === null && p.name === null;

/** True if control does not go on behind the statement. */
export function matchCases(d: StatementDepth, s: Match): boolean {
  const base = d.now;
  d.visit(s.subject);
  const last = s.cases[s.cases.length - 1];
  const hasDefault = s.cases.length > 1 && isWildcard(last.pattern);
  const tested = s.cases.length - (hasDefault ? 1 : 0);
  let ends = hasDefault && last.guard === null;
  s.cases.forEach((c, i) => {
    d.now = base;
    if (i < tested) {
      d.op(i === tested - 1 ? 1 : 2);
      compilePattern(d, c.pattern);
      // The captured values are stored.
      d.now = base + (i === tested - 1 ? 0 : 1);
    }
    if (c.guard !== null) d.jumpIf(c.guard);
    d.now = base;
    if (!d.body(c.body)) ends = false;
  });
  return ends;
}

/** Tests the subject on top, which goes; the values of captured names stay below. */
function compilePattern(d: StatementDepth, p: pattern): void {
  switch (p.kind) {
    case "MatchValue":
      d.visit(p.value);
      d.op(-2);
      return;
    case "MatchSingleton":
      if (p.value.t !== "None") d.peak(1);
      d.op(-1);
      return;
    case "MatchSequence":
      sequence(d, p.patterns);
      return;
    case "MatchMapping":
      mapping(d, p);
      return;
    case "MatchClass": {
      d.visit(p.cls);
      d.op(1);
      d.op(-2);
      d.peak(1);
      const all = [...p.patterns, ...p.kwd_patterns];
      d.op(all.length - 1);
      for (const q of all) compilePattern(d, q);
      return;
    }
    case "MatchStar":
      if (p.name === null) d.op(-1);
      return;
    case "MatchAs":
      if (p.pattern !== null) {
        d.op(1);
        compilePattern(d, p.pattern);
      }
      if (p.name === null) d.op(-1);
      return;
    default: {
      const base = d.now;
      let after = base;
      for (const q of p.patterns) {
        d.now = base;
        d.op(1);
        compilePattern(d, q);
        after = d.now;
      }
      d.now = after - 1;
    }
  }
}

function sequence(d: StatementDepth, patterns: pattern[]): void {
  d.peak(2);
  const star = patterns.findIndex((p) => p.kind === "MatchStar");
  const plain = patterns.filter((p) => p.kind !== "MatchStar" && !isWildcard(p));
  const starWild = star >= 0 && (patterns[star] as Extract<pattern, { kind: "MatchStar" }>).name === null;
  if (plain.length === 0 && (star < 0 || starWild)) {
    d.op(-1);
    return;
  }
  if (starWild) {
    patterns.forEach((p, i) => {
      if (i === star || isWildcard(p)) return;
      d.op(1);
      d.peak(i < star ? 1 : 2);
      compilePattern(d, p);
    });
    d.op(-1);
    return;
  }
  d.op(patterns.length - 1);
  for (const p of patterns) compilePattern(d, p);
}

function mapping(d: StatementDepth, p: Extract<pattern, { kind: "MatchMapping" }>): void {
  const size = p.keys.length;
  d.peak(1);
  if (size === 0 && p.rest === null) {
    d.op(-1);
    return;
  }
  if (size > 0) d.peak(2);
  for (const k of p.keys) d.visit(k);
  d.op(1 - size);
  d.op(1);
  d.peak(1);
  d.op(size - 1);
  for (const q of p.patterns) compilePattern(d, q);
  if (p.rest === null) {
    d.op(-2);
    return;
  }
  d.peak(1);
  d.peak(size);
  d.op(-1);
}
