/**
 * co_stacksize as CPython 3.13's compiler finds it: the deepest evaluation stack of the bytecode it would make. Frames and
 * generators are as large as that says. Part of the compiler; this file has the expressions, `stackdepth_stmts.ts` the
 * statements. Each visit leaves `now` where the bytecode leaves its stack, and `max` where it has been at most.
 */
import type { arguments as Arguments, Attribute, Call, cmpop, comprehension, expr, keyword } from "./ast.ts";
import type { ComprehensionNode } from "./comprehensions.ts";
import { ownNames } from "./comprehensions.ts";
import { asIterated, foldConstant } from "./fold.ts";
import { formattedText } from "./percent.ts";
import { NameScope, type Scope } from "./scope.ts";

/** More operands than this are not all put on the stack. */
const STACK_USE_GUIDELINE = 30;

export type ScopeOf = (node: ComprehensionNode | Extract<expr, { kind: "Lambda" }>) => Scope;

export const isConstant = (e: expr): boolean => foldConstant(e) !== null;

/**
 * `"..." % (a, b)` is made an f-string where it can be: the number of literal parts before each operand and at the end (0 or
 * 1), and whether the operand has a format, or null.
 */
function formatParts(left: expr, right: expr): { literals: number[]; formats: boolean[] } | null {
  if (left.kind !== "Constant" || left.value.t !== "str" || right.kind !== "Tuple") return null;
  if (right.elts.some((e) => e.kind === "Starred")) return null;
  const literals: number[] = [];
  const formats: boolean[] = [];
  let from = 0;
  const text = left.value.v;
  let literal = 0;
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", from)) {
    if (at > from) literal = 1;
    if (text[at + 1] === "%") {
      literal = 1;
      from = at + 2;
      continue;
    }
    const spec = /^%([-+ #0]*)(\d{0,3})(?:\.(\d{0,3}))?([sra])/.exec(text.slice(at));
    if (spec === null || /[+ #0]/.test(spec[1])) return null;
    if (formats.length === right.elts.length) return null;
    literals.push(literal);
    literal = 0;
    formats.push(spec[0].length > 2);
    from = at + spec[0].length;
  }
  if (formats.length !== right.elts.length) return null;
  literals.push(literal === 1 || from < text.length ? 1 : 0);
  return { literals, formats };
}

export class StackDepth {
  now = 0;
  max = 0;

  constructor(
    readonly scope: Scope,
    readonly scopeOf: ScopeOf,
  ) {}

  /** An instruction with this net effect. */
  op(effect: number): void {
    this.now += effect;
    if (this.now > this.max) this.max = this.now;
  }

  /** What the stack is at most above here for a moment. */
  peak(above: number): void {
    if (this.now + above > this.max) this.max = this.now + above;
  }

  visit(e: expr): void {
    if (isConstant(e)) this.op(1);
    else this.visitCode(e);
  }

  private visitCode(e: expr): void {
    switch (e.kind) {
      case "BoolOp":
        for (const v of e.values.slice(0, -1)) {
          this.visit(v);
          this.peak(1);
          this.op(-1);
        }
        this.visit(e.values[e.values.length - 1]);
        return;
      case "NamedExpr":
        this.visit(e.value);
        this.peak(1);
        return;
      case "BinOp": {
        const text = formattedText(e);
        if (text === null) this.binary(e);
        else this.joined(text.values);
        return;
      }
      case "UnaryOp":
      case "Yield":
        if (e.kind === "UnaryOp") this.visit(e.operand);
        else if (e.value === null) this.op(1);
        else this.visit(e.value);
        return;
      case "Lambda":
        this.lambda(e.args, this.scopeOf(e));
        return;
      case "IfExp":
        this.jumpIf(e.test);
        this.visit(e.body);
        this.op(-1);
        this.visit(e.orelse);
        return;
      case "Dict":
        this.dict(e.keys, e.values);
        return;
      case "Set":
      case "List":
      case "Tuple":
        this.sequence(e.elts, 0, e.kind === "Tuple");
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.comprehension(e);
        return;
      case "Await":
        this.visit(e.value);
        this.awaiting();
        return;
      case "YieldFrom":
        this.visit(e.value);
        this.awaiting();
        return;
      case "Compare":
        this.compare(e.left, e.ops, e.comparators);
        return;
      case "Call":
        this.call(e);
        return;
      case "FormattedValue":
        this.visit(e.value);
        if (e.format_spec !== null) {
          this.visit(e.format_spec);
          this.op(-1);
        }
        return;
      case "JoinedStr":
        this.joined(e.values);
        return;
      case "Attribute":
        if (this.isSuperAttribute(e)) {
          this.superArguments(e.value as Call);
          this.op(-2);
        } else this.visit(e.value);
        return;
      case "Subscript":
        this.visit(e.value);
        this.sliceOperand(e.slice);
        return;
      case "Slice":
        this.slice(e);
        return;
      case "Starred":
        this.visit(e.value);
        return;
      default:
        this.op(1);
    }
  }

  private binary(e: Extract<expr, { kind: "BinOp" }>): void {
    const parts = e.op === "Mod" ? formatParts(e.left, e.right) : null;
    if (parts === null) {
      this.all([e.left, e.right], 1);
      return;
    }
    const base = this.now;
    parts.literals.forEach((n, i) => {
      this.op(n);
      if (i === parts.formats.length) return;
      this.visit((e.right as { elts: expr[] }).elts[i]);
      if (parts.formats[i]) this.peak(1);
    });
    this.now = base;
    this.op(1);
  }

  /** Visits all, which become `results` values. */
  all(list: expr[], results: number): void {
    for (const e of list) this.visit(e);
    this.op(results - list.length);
  }

  // --- conditions

  /** Jumps on the truth of an expression, which leaves nothing. */
  jumpIf(e: expr): void {
    if (e.kind === "UnaryOp" && e.op === "Not") this.jumpIf(e.operand);
    else if (e.kind === "BoolOp") for (const v of e.values) this.jumpIf(v);
    else if (e.kind === "IfExp") for (const v of [e.test, e.body, e.orelse]) this.jumpIf(v);
    else {
      // A test for None needs no None on the stack.
      this.visit(testsNone(e) ? e.left : e);
      this.op(-1);
    }
  }

  private compare(left: expr, ops: cmpop[], comparators: expr[]): void {
    this.visit(left);
    comparators.forEach((c, i) => {
      const op = ops[i];
      this.visit(op === "In" || op === "NotIn" ? asIterated(c) : c);
      if (i < comparators.length - 1) this.peak(1);
      this.op(-1);
    });
  }

  // --- displays

  private dict(keys: (expr | null)[], values: expr[]): void {
    let have = false;
    let from = 0;
    const flush = (to: number): void => {
      if (from === to) return;
      this.subdict(keys.slice(from, to) as expr[], values.slice(from, to));
      if (have) this.op(-1);
      have = true;
    };
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === null) {
        flush(i);
        if (!have) this.op(1);
        have = true;
        this.visit(values[i]);
        this.op(-1);
        from = i + 1;
      } else if ((i - from) * 2 > STACK_USE_GUIDELINE) {
        flush(i + 1);
        from = i + 1;
      }
    }
    flush(keys.length);
    if (!have) this.op(1);
  }

  private subdict(keys: expr[], values: expr[]): void {
    const n = keys.length;
    if (n * 2 > STACK_USE_GUIDELINE) {
      this.op(1);
      for (let i = 0; i < n; i++) this.all([keys[i], values[i]], 0);
    } else if (n > 1 && keys.every(isConstant)) {
      for (const v of values) this.visit(v);
      this.op(1);
      this.op(-n);
    } else {
      for (let i = 0; i < n; i++) {
        this.visit(keys[i]);
        this.visit(values[i]);
      }
      this.op(1 - 2 * n);
    }
  }

  /** The items of a list, set or tuple, or arguments; `pushed` operands lie there already. One value remains for all. */
  sequence(elts: expr[], pushed: number, tuple: boolean): void {
    const n = elts.length;
    if (n > 2 && elts.every(isConstant)) {
      if (tuple) this.op(1 - pushed);
      else {
        this.op(1 - pushed);
        this.peak(1);
      }
      return;
    }
    if (tuple && n > 0 && pushed === 0 && elts.every(isConstant)) {
      this.op(1);
      return;
    }
    const big = n + pushed > STACK_USE_GUIDELINE;
    if (!big && !elts.some((e) => e.kind === "Starred")) {
      for (const e of elts) this.visit(e);
      this.op(1 - pushed - n);
      return;
    }
    let built = big;
    if (big) this.op(1 - pushed);
    elts.forEach((e, i) => {
      if (e.kind === "Starred" && !built) {
        this.op(1 - i - pushed);
        built = true;
      }
      this.visit(e);
      if (built) this.op(-1);
    });
  }

  private joined(values: expr[]): void {
    if (values.length > STACK_USE_GUIDELINE) {
      this.op(3);
      for (const v of values) {
        this.visit(v);
        this.op(-1);
      }
      this.op(-2);
    } else this.all(values, 1);
  }

  // --- subscripts

  /** What lies in the brackets of a load, after the container: one value is left of both. */
  private sliceOperand(s: expr): void {
    if (s.kind === "Slice" && s.step === null) {
      this.bounds(s);
      this.op(-2);
    } else {
      this.visit(s);
      this.op(-1);
    }
  }

  bounds(s: Extract<expr, { kind: "Slice" }>): void {
    for (const b of [s.lower, s.upper]) {
      if (b === null) this.op(1);
      else this.visit(b);
    }
  }

  private slice(s: Extract<expr, { kind: "Slice" }>): void {
    this.bounds(s);
    if (s.step !== null) this.visit(s.step);
    this.op(s.step === null ? -1 : -2);
  }

  // --- calls

  private call(e: Call): void {
    const f = e.func;
    const simple = !hasStars(e) && e.args.length + e.keywords.length + (e.keywords.length > 0 ? 1 : 0) < 30;
    if (f.kind === "Attribute" && simple) {
      if (this.isSuperAttribute(f)) {
        this.superArguments(f.value as Call);
        this.op(-1);
      } else {
        this.visit(f.value);
        this.op(1);
      }
    } else {
      this.visit(f);
      this.op(1);
    }
    this.arguments(0, e.args, e.keywords);
    this.op(-1);
  }

  /** The arguments of a call, `pushed` of which lie there already: one value stands for all of it, the callable's slots apart. */
  arguments(pushed: number, args: expr[], keywords: keyword[]): void {
    const n = args.length;
    const k = keywords.length;
    if (!hasStars({ args, keywords }) && n + 2 * k <= STACK_USE_GUIDELINE) {
      for (const a of args) this.visit(a);
      for (const w of keywords) this.visit(w.value);
      if (k > 0) this.op(1);
      this.op(-n - k - (k > 0 ? 1 : 0) - pushed);
      return;
    }
    if (pushed === 0 && n === 1 && args[0].kind === "Starred") this.visit(args[0]);
    else this.sequence(args, pushed, true);
    if (k > 0) this.keywordDict(keywords);
    this.op(k > 0 ? -2 : -1);
  }

  private keywordDict(keywords: keyword[]): void {
    let have = false;
    let seen: keyword[] = [];
    const flush = (): void => {
      if (seen.length === 0) return;
      this.subkeywords(seen);
      if (have) this.op(-1);
      have = true;
      seen = [];
    };
    for (const w of keywords) {
      if (w.arg !== null) {
        seen.push(w);
        continue;
      }
      flush();
      if (!have) this.op(1);
      have = true;
      this.visit(w.value);
      this.op(-1);
    }
    flush();
  }

  private subkeywords(list: keyword[]): void {
    const n = list.length;
    if (n * 2 > STACK_USE_GUIDELINE) {
      this.op(1);
      for (const w of list) {
        this.op(1);
        this.visit(w.value);
        this.op(-2);
      }
      return;
    }
    if (n > 1) {
      for (const w of list) this.visit(w.value);
      this.op(1);
      this.op(-n);
      return;
    }
    this.op(1);
    this.visit(list[0].value);
    this.op(-1);
  }

  /** super().name and super(a, b).name are one instruction. */
  private isSuperAttribute(e: Attribute): boolean {
    const c = e.value;
    if (e.ctx !== "Load" || c.kind !== "Call" || c.func.kind !== "Name" || c.func.id !== "super")
      return false;
    if (c.keywords.length > 0 || this.scope.type === "Module") return false;
    if (this.isBound("super")) return false;
    if (c.args.some((a) => a.kind === "Starred")) return false;
    if (c.args.length === 2) return true;
    return c.args.length === 0 && this.scope.functionLike && this.scope.freevars.includes("__class__");
  }

  private isBound(name: string): boolean {
    const scope = this.scope.symbols.get(name)?.scope;
    return scope !== NameScope.GLOBAL_IMPLICIT;
  }

  private superArguments(c: Call): void {
    this.op(1);
    for (const a of c.args) this.visit(a);
    if (c.args.length === 0) this.op(2);
  }

  // --- functions

  private lambda(args: Arguments, scope: Scope): void {
    const base = this.now;
    this.defaults(args);
    this.closure(scope);
    this.now = base;
    this.op(1);
  }

  /** Default values: a tuple and a dict, where there are any. */
  defaults(args: Arguments): void {
    if (args.defaults.length > 0) this.sequenceOf(args.defaults);
    const given = args.kw_defaults.filter((d) => d !== null);
    if (given.length > 0) {
      for (const d of given) this.visit(d);
      this.op(1);
      this.op(-given.length);
    }
  }

  /** A tuple made of all, or one constant. */
  private sequenceOf(list: expr[]): void {
    if (list.every(isConstant)) this.op(1);
    else this.all(list, 1);
  }

  /** Makes a function: its cells, its code. */
  closure(scope: Scope): void {
    const n = scope.freevars.length;
    if (n > 0) {
      this.op(n);
      this.op(1 - n);
    }
    this.op(1);
    if (n > 0) this.op(-1);
  }

  // --- comprehensions and awaiting

  /** yield from, await: the iterator, what was sent, and for a moment an exception. One value remains. */
  awaiting(): void {
    this.op(1);
    this.peak(1);
    this.op(-1);
  }

  private comprehension(e: ComprehensionNode): void {
    const scope = this.scopeOf(e);
    const first = e.generators[0];
    if (!scope.inlined) {
      const base = this.now;
      this.closure(scope);
      this.iterable(first);
      if (e.kind !== "GeneratorExp" && scope.isCoroutine) this.awaiting();
      this.now = base;
      this.op(1);
      if (e.kind !== "GeneratorExp" && scope.isCoroutine) this.awaiting();
      return;
    }
    const base = this.now;
    this.iterable(first);
    const kept = ownNames(scope).length;
    this.op(kept);
    this.op(1);
    this.generators(e, 0, true);
    // Left by an exception: it lies above the unfinished result.
    if (kept > 0) this.peak(1);
    this.now = base;
    this.op(1);
  }

  private iterable(c: comprehension): void {
    this.iterated(c.iter);
  }

  /** What a loop goes over: a list of constants is one constant. */
  iterated(e: expr): void {
    this.visit(asIterated(e));
  }

  /** The loops of a comprehension from `index` on; the first iterator is on the stack if `there`. */
  generators(e: ComprehensionNode, index: number, there: boolean): void {
    if (index === e.generators.length) {
      this.element(e);
      return;
    }
    const c = e.generators[index];
    const base = this.now;
    if (!there) {
      const single = (c.iter.kind === "List" || c.iter.kind === "Tuple") && c.iter.elts.length === 1;
      if (
        single &&
        index > 0 &&
        c.is_async === 0 &&
        (c.iter as { elts: expr[] }).elts[0].kind !== "Starred"
      ) {
        this.visit((c.iter as { elts: expr[] }).elts[0]);
        this.store(c.target);
        for (const test of c.ifs) this.jumpIf(test);
        this.generators(e, index + 1, false);
        this.now = base;
        return;
      }
      if (index === 0) this.op(1);
      else this.iterated(c.iter);
    }
    if (c.is_async !== 0) {
      this.op(1);
      this.awaiting();
    } else this.op(1);
    this.store(c.target);
    for (const test of c.ifs) this.jumpIf(test);
    this.generators(e, index + 1, false);
    this.now = base;
  }

  private element(e: ComprehensionNode): void {
    if (e.kind === "DictComp") this.all([e.key, e.value], 0);
    else {
      this.visit(e.elt);
      this.op(-1);
    }
  }

  /** Stores the value on top. */
  store(target: expr): void {
    switch (target.kind) {
      case "Attribute":
        this.visit(target.value);
        this.op(-2);
        return;
      case "Subscript":
        this.visit(target.value);
        if (target.slice.kind === "Slice" && target.slice.step === null) {
          this.bounds(target.slice);
          this.op(-4);
        } else {
          this.visit(target.slice);
          this.op(-3);
        }
        return;
      case "Tuple":
      case "List":
        this.op(target.elts.length - 1);
        for (const t of target.elts) this.store(t.kind === "Starred" ? t.value : t);
        return;
      default:
        this.op(-1);
    }
  }
}

function testsNone(e: expr): e is Extract<expr, { kind: "Compare" }> {
  if (e.kind !== "Compare" || e.ops.length !== 1 || (e.ops[0] !== "Is" && e.ops[0] !== "IsNot")) return false;
  return foldConstant(e.comparators[0])?.t === "None";
}

function hasStars(c: { args: expr[]; keywords: keyword[] }): boolean {
  return c.args.some((a) => a.kind === "Starred") || c.keywords.some((k) => k.arg === null);
}
