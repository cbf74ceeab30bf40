/** The errors of patterns. */
import type * as A from "./ast.ts";
import { ExpressionValidator } from "./validate_expr.ts";

/** What is known while the pattern of one case is gone through. */
interface PatternContext {
  stores: string[];
  /** A pattern that always matches may stand here. */
  irrefutable: boolean;
}

export abstract class PatternValidator extends ExpressionValidator {
  protected abstract body(list: A.stmt[]): void;

  protected match(s: A.Match): void {
    this.expr(s.subject);
    const last = s.cases.length - 1;
    s.cases.forEach((c, i) => {
      if (!(i === last && i > 0 && isWildcard(c.pattern))) {
        const context = { stores: [], irrefutable: c.guard !== null || i === last };
        this.pattern(c.pattern, context);
        for (const name of context.stores) this.nameOp(name, "Store", c.pattern);
      }
      this.maybe(c.guard);
      this.body(c.body);
    });
  }

  private pattern(p: A.pattern, c: PatternContext): void {
    switch (p.kind) {
      case "MatchValue":
        if (!isKey(p.value)) this.fail("patterns may only match literals and attribute lookups", p);
        this.expr(p.value);
        return;
      case "MatchSingleton":
        return;
      case "MatchSequence":
        this.sequence(p, c);
        return;
      case "MatchMapping":
        this.mapping(p, c);
        return;
      case "MatchClass":
        this.class(p, c);
        return;
      case "MatchStar":
        this.store(p.name, p, c);
        return;
      case "MatchAs":
        this.capture(p, c);
        return;
      case "MatchOr":
        this.or(p, c);
        return;
    }
  }

  private subpattern(p: A.pattern, c: PatternContext): void {
    const before = c.irrefutable;
    c.irrefutable = true;
    this.pattern(p, c);
    c.irrefutable = before;
  }

  private store(name: string | null, p: A.pattern, c: PatternContext): void {
    if (name === null) return;
    if (c.stores.includes(name)) this.fail(`multiple assignments to name '${name}' in pattern`, p);
    c.stores.push(name);
  }

  private sequence(p: A.MatchSequence, c: PatternContext): void {
    if (p.patterns.filter((x) => x.kind === "MatchStar").length > 1) {
      this.fail("multiple starred names in sequence pattern", p);
    }
    for (const x of p.patterns) this.subpattern(x, c);
  }

  private mapping(p: A.MatchMapping, c: PatternContext): void {
    const seen = new Set<string>();
    for (const key of p.keys) {
      if (!isKey(key)) this.fail("mapping pattern keys may only match literals and attribute lookups", p);
      if (key.kind !== "Attribute") {
        const [identity, text] = keyIdentity(key);
        if (seen.has(identity)) this.fail(`mapping pattern checks duplicate key (${text})`, p);
        seen.add(identity);
      }
      this.expr(key);
    }
    for (const x of p.patterns) this.subpattern(x, c);
    this.store(p.rest, p, c);
  }

  private class(p: A.MatchClass, c: PatternContext): void {
    p.kwd_attrs.forEach((attr, i) => {
      this.forbid(attr, "Store", p.kwd_patterns[i]);
      const again = p.kwd_attrs.indexOf(attr, i + 1);
      if (again >= 0) this.fail(`attribute name repeated in class pattern: ${attr}`, p.kwd_patterns[again]);
    });
    this.expr(p.cls);
    for (const x of p.patterns) this.subpattern(x, c);
    for (const x of p.kwd_patterns) this.subpattern(x, c);
  }

  private capture(p: A.MatchAs, c: PatternContext): void {
    if (p.pattern !== null) this.pattern(p.pattern, c);
    else if (!c.irrefutable) {
      const what = p.name === null ? "wildcard" : `name capture '${p.name}'`;
      this.fail(`${what} makes remaining patterns unreachable`, p);
    }
    this.store(p.name, p, c);
  }

  private or(p: A.MatchOr, c: PatternContext): void {
    let control: string[] | null = null;
    p.patterns.forEach((alternative, i) => {
      const inner = { stores: [], irrefutable: i === p.patterns.length - 1 && c.irrefutable };
      this.pattern(alternative, inner);
      if (control === null) control = inner.stores;
      else if (!sameNames(control, inner.stores)) this.fail("alternative patterns bind different names", p);
    });
    for (const name of control!) this.store(name, p, c);
  }
}

function sameNames(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function isWildcard(p: A.pattern): boolean {
  return p.kind === "MatchAs" && p.name === null && p.pattern === null;
}

/** Constants, those that CPython has folded by now, and attributes. */
function isKey(e: A.expr): boolean {
  return e.kind === "Constant" || e.kind === "Attribute" || e.kind === "UnaryOp" || e.kind === "BinOp";
}

/** Equal for keys that are equal in Python; and the key's repr. */
function keyIdentity(key: A.expr): [string, string] {
  if (key.kind === "Constant") {
    const v = key.value;
    switch (v.t) {
      case "str":
        return [`s${v.v}`, quoted(v.v)];
      case "bytes":
        return [`b${v.v.join()}`, `b${quoted(String.fromCharCode(...v.v))}`];
      case "True":
        return ["n1+0", "True"];
      case "False":
        return ["n0+0", "False"];
      case "None":
      case "Ellipsis":
        return [v.t, v.t];
    }
  }
  const { re, im, text } = numberOf(key);
  return [`n${re}+${im}`, text];
}

interface KeyNumber {
  re: bigint | number;
  im: number;
  text: string;
}

/** The value of a number, perhaps with a sign, or of a sum that makes a complex number. */
function numberOf(e: A.expr): KeyNumber {
  if (e.kind === "UnaryOp") {
    const { re, im, text } = numberOf(e.operand);
    return {
      re: zero(-re),
      im: zero(-im) as number,
      text: re === 0n ? text : text === "0j" ? "(-0-0j)" : `-${text}`,
    };
  }
  if (e.kind === "BinOp") {
    const left = numberOf(e.left);
    const right = numberOf(e.right).im;
    const im = e.op === "Sub" ? -right : right;
    const text = `(${left.text}${im < 0 || Object.is(im, -0) ? "-" : "+"}${Math.abs(im)}j)`;
    return { re: left.re, im: zero(im) as number, text };
  }
  const v = (e as A.Constant).value;
  if (v.t === "int") return { re: v.v, im: 0, text: String(v.v) };
  if (v.t === "float") return { re: integral(v.v), im: 0, text: floatText(v.v) };
  const im = (v as { im: number }).im;
  return { re: 0n, im, text: `${im}j` };
}

function zero(v: bigint | number): bigint | number {
  return typeof v === "number" && v === 0 ? 0 : v;
}

function integral(v: number): bigint | number {
  return Number.isInteger(v) ? BigInt(v) : v;
}

function floatText(v: number): string {
  return Number.isInteger(v) && Math.abs(v) < 1e16 ? `${v}.0` : String(v);
}

function quoted(s: string): string {
  const q = s.includes("'") && !s.includes('"') ? '"' : "'";
  return q + s.replaceAll("\\", "\\\\").replaceAll(q, `\\${q}`).replaceAll("\n", "\\n") + q;
}
