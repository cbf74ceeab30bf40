/**
 * A parsing-expression machine that reads a failed source again, in CPython's order of attempts, to say what is wrong.
 *
 * The fast parser only finds that a source is wrong. What CPython says of it, and where, follows from the order in
 * which its packrat parser tries rules, what it remembers, and how far it has looked ahead; so here the same is done.
 * First without the rules named `invalid_...`, then with them.
 */
import { T } from "../tokens.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type Element, readRule } from "./notation.ts";

/** What a rule has matched: tokens `start` to before `end`. */
export class PNode {
  constructor(
    readonly kind: string,
    readonly start: number,
    readonly end: number,
    readonly items: PNode[],
  ) {}
}

export type Captures = Record<string, PNode>;
/** What to do when an alternative has matched. Null: the rule fails, its other alternatives are not tried. */
export type Action = (d: Diagnosis, c: Captures) => PNode | null;
/** An alternative: its notation; with the kind of node it makes or with an action. */
export type Alternative = string | [string, string | Action];
export type Rules = Record<string, Alternative[]>;

interface CompiledAlternative {
  elements: Element[];
  make: string | Action | null;
}

interface Rule {
  name: string;
  alternatives: CompiledAlternative[];
  invalid: boolean;
  memo: Map<number, Memo> | null;
}

interface Memo {
  node: PNode | null;
  pos: number;
}

const NO_ITEMS: PNode[] = [];
const MAX_LEVEL = 6000;

export class Machine {
  private readonly rules = new Map<string, Rule>();
  private level = 0;
  invalidRules = false;
  pos = 0;

  constructor(
    private readonly d: Diagnosis,
    grammar: Rules,
    memo: ReadonlySet<string>,
  ) {
    for (const name in grammar) {
      this.rules.set(name, {
        name,
        alternatives: grammar[name].map(compileAlternative),
        invalid: name.startsWith("invalid_"),
        memo: memo.has(name) ? new Map() : null,
      });
    }
  }

  /** Forgets what has been matched. */
  reset(pos: number, invalidRules: boolean): void {
    this.pos = pos;
    this.invalidRules = invalidRules;
    for (const rule of this.rules.values()) rule.memo?.clear();
  }

  run(name: string): PNode | null {
    const rule = this.rules.get(name);
    if (rule === undefined) throw new Error(`no rule ${name}`);
    if (rule.invalid && !this.invalidRules) return null;
    if (rule.memo === null) return this.apply(rule);
    this.d.type(this.pos);
    const start = this.pos;
    const known = rule.memo.get(start);
    if (known !== undefined) {
      this.pos = known.pos;
      return known.node;
    }
    const node = this.apply(rule);
    rule.memo.set(start, { node, pos: this.pos });
    return node;
  }

  private apply(rule: Rule): PNode | null {
    if (++this.level > MAX_LEVEL) throw new RangeError("too deep");
    let node: PNode | null;
    if (rule.name === "expression_without_invalid") {
      const before = this.invalidRules;
      this.invalidRules = false;
      node = this.choose(rule.alternatives);
      this.invalidRules = before;
    } else node = this.choose(rule.alternatives);
    this.level--;
    return node;
  }

  /** The first alternative that matches. */
  private choose(alternatives: CompiledAlternative[]): PNode | null {
    const start = this.pos;
    for (const alternative of alternatives) {
      const captures: Captures = {};
      const matched = this.sequence(alternative.elements, captures);
      if (typeof matched === "boolean") {
        this.pos = start;
        if (matched) return null;
        continue;
      }
      const node = this.make(alternative, start, matched, captures);
      if (node === null) this.pos = start;
      return node;
    }
    return null;
  }

  /** What the elements have matched; or, if they do not match, whether a cut has been passed. */
  private sequence(elements: Element[], captures: Captures): PNode[] | boolean {
    const matched: PNode[] = [];
    let cut = false;
    for (const element of elements) {
      if (element.op === "cut") {
        cut = true;
        continue;
      }
      const node = this.match(element);
      if (node === null) return cut;
      if (element.name !== "") captures[element.name] = node;
      if (element.op !== "ahead" && element.op !== "not") matched.push(node);
    }
    return matched;
  }

  private make(a: CompiledAlternative, start: number, matched: PNode[], captures: Captures): PNode | null {
    if (typeof a.make === "function") return a.make(this.d, captures);
    const named = Object.values(captures);
    if (a.make !== null) return new PNode(a.make, start, this.pos, flatten(named));
    if (matched.length === 1) return matched[0];
    if (named.length === 1) return named[0];
    return new PNode("seq", start, this.pos, matched);
  }

  private match(e: Element): PNode | null {
    const start = this.pos;
    switch (e.op) {
      case "token":
        return this.token(e.type);
      case "soft":
        return this.d.isSoft(start, e.text) ? this.token(T.NAME) : null;
      case "rule":
        return this.run(e.text);
      case "group":
        return this.choose(e.alternatives!);
      case "optional":
        return this.match(e.inner!) ?? new PNode("none", start, start, NO_ITEMS);
      case "star":
      case "plus":
        return this.repeat(e.inner!, e.op === "plus" ? 1 : 0);
      case "join":
        return this.join(e.inner!, e.type);
      case "ahead":
      case "not": {
        const node = this.match(e.inner!);
        this.pos = start;
        return (node !== null) === (e.op === "ahead") ? new PNode("none", start, start, NO_ITEMS) : null;
      }
      default:
        return this.token(e.type) ?? this.d.forced(start, e.text);
    }
  }

  private token(type: number): PNode | null {
    const at = this.pos;
    if (this.d.type(at) !== type) return null;
    this.pos++;
    return new PNode("token", at, at + 1, NO_ITEMS);
  }

  private repeat(inner: Element, min: number): PNode | null {
    const start = this.pos;
    const items: PNode[] = [];
    for (;;) {
      const node = this.match(inner);
      if (node === null) break;
      items.push(node);
    }
    return items.length < min ? null : new PNode("seq", start, this.pos, items);
  }

  private join(inner: Element, separator: number): PNode | null {
    const start = this.pos;
    const items: PNode[] = [];
    for (;;) {
      const before = this.pos;
      if (items.length > 0 && this.token(separator) === null) break;
      const node = this.match(inner);
      if (node === null) {
        this.pos = before;
        break;
      }
      items.push(node);
    }
    return items.length === 0 ? null : new PNode("seq", start, this.pos, items);
  }
}

function flatten(nodes: PNode[]): PNode[] {
  return nodes.flatMap((n) => (n.kind === "seq" || n.kind === "none" ? n.items : [n]));
}

function compileAlternative(a: Alternative): CompiledAlternative {
  if (typeof a === "string") return { elements: readRule(a), make: null };
  return { elements: readRule(a[0]), make: a[1] };
}
