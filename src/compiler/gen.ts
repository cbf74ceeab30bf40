/**
 * State and primitives of generating one code object's JavaScript: values and who owns them, evaluation stack slots,
 * positions, constants, names. Part of the compiler; `expr.ts`, `stmts.ts` and the others build on it.
 *
 * A `Val` is the result of an expression:
 *   const     a constant of the code (`k3`), or a singleton: alive as long as the code is; nothing to release
 *   borrowed  read from a fast local: valid while that local is not rebound
 *   owned     an owned reference in a JavaScript temporary; must be spilled before anything that can raise
 *   slot      an owned reference in an evaluation stack slot of the heap frame (and in a temporary, for reading)
 */
import type { ConstantValue, expr, Located } from "./ast.ts";
import { Emitter } from "./emitter.ts";
import type { Machine } from "./machine.ts";
import type { OutlinedBody } from "./outline.ts";
import { placeOf } from "./places.ts";
import { Numbering, type Profile } from "./profile.ts";
import { maybeMangle, type Scope } from "./scope.ts";
import type { CodeTemplate, ConstSpec } from "./template.ts";
import type { Unit } from "./unit.ts";

export type ValKind = "const" | "borrowed" | "owned" | "slot";

export interface Val {
  kind: ValKind;
  /** JavaScript expression without side effects: a temporary or constant. */
  js: string;
  /** Stack slot index when kind is "slot". */
  slot: number;
  /** The value of a constant that is an int of one digit. */
  int?: number;
  /** The JavaScript literal of a constant that is a float. */
  float?: string;
  /** An arithmetic result that may not be boxed: where `js` is 0, the value is the float in this variable. See inline.ts. */
  num?: string;
}

/** A block that a return, break or continue must leave properly, innermost last. */
export interface FBlock {
  type: "loop" | "for" | "handler" | "namedHandler" | "finally" | "pop";
  /** JavaScript label to break to. */
  label: string;
  continueLabel: string;
  /** Stack slot the block occupies (iterator, saved exception), or -1. */
  slot: number;
  /** Emits the in-line cleanup on the way out (handler blocks). */
  cleanup: (() => void) | null;
  /** finally blocks: pending actions recorded by jumps out of it. */
  pending: PendingJumps | null;
  /** A loop in a state machine (machine.ts): where its jumps go instead of the labels. */
  states?: LoopStates;
}

export interface LoopStates {
  /** The end of a turn. */
  again: number;
  out: number;
}

export interface PendingJumps {
  /** JavaScript variable that says which action is pending. */
  variable: string;
  /** Stack slot that keeps a return value meanwhile. */
  valueSlot: number;
  usesReturn: boolean;
  /** The loop blocks jumped to, as `break` or `continue`; action number is index + 2. */
  jumps: { target: FBlock; type: "break" | "continue" }[];
}

export const FRAME_LOCALS = 18;

/** Stands for the node in the numbering of what belongs to loop bodies. */
const BODIES: Located = { lineno: 0, end_lineno: 0, col_offset: 0, end_col_offset: 0 };

/**
 * How the code is written. "full": with every fast form; "first": small, with calls of helpers, noting what it sees;
 * "second": with the fast forms of what the first has seen; "rest": in a second form, what is seldom needed, small. See
 * runtime/tiers.ts.
 */
export type Mode = "full" | "first" | "second" | "rest";

export class Gen {
  readonly unit: Unit;
  readonly scope: Scope;
  readonly template: CodeTemplate;
  readonly index: number;
  out = new Emitter();
  /** Loop bodies taken out of the function: see outline.ts. */
  readonly outlined: OutlinedBody[] = [];
  readonly fblocks: FBlock[] = [];
  /** Fast local names to localsplus index. */
  readonly locals = new Map<string, number>();
  /** Names of inlined comprehensions that are fast locals in module or class code (CO_FAST_HIDDEN). */
  readonly fastHidden = new Set<string>();
  inInlinedComprehension = false;
  /** Python try statements (and what works like one) around what is being generated. */
  tryDepth = 0;
  /** JavaScript label where an exception goes on: the handler around what is being generated, or the function's end. */
  fail = "fail";
  /** Fast locals known to be bound here. */
  assigned = new Set<string>();
  /** Fast locals that a `del` (or an except clause) may unbind. */
  readonly unbindable = new Set<string>();
  readonly isGenerator: boolean;
  /** Loops around what is being generated. */
  loops = 0;
  depth = 0;
  maxDepth = 0;
  /** Class whose private names are mangled, or null. */
  readonly className: string | null;
  private readonly constIndex = new Map<string, number>();
  private readonly nameIndex = new Map<string, number>();
  private readonly positionIndex = new Map<string, number>();
  private lastPosition = -1;
  private variables = 0;
  extraDeclarations: string[] = [];
  mode: Mode = "full";
  /** The states of a generator that is a state machine. */
  machine: Machine | null = null;
  /** A loop of this code could not be taken out of the function: see outline.ts. */
  keptLoop = false;
  /** What the first form of the code has seen, when the second is made. */
  profile: Profile | null = null;
  numbers = new Numbering();
  /** In a second form: loop bodies that have not run yet stay in their first form. */
  lazy = false;
  /** JavaScript values that the text of a second form names G0, G1 ... */
  readonly given: unknown[] = [];

  constructor(
    unit: Unit,
    scope: Scope,
    template: CodeTemplate,
    index: number,
    className: string | null,
    isGenerator: boolean,
  ) {
    this.unit = unit;
    this.scope = scope;
    this.template = template;
    this.index = index;
    this.className = className;
    this.isGenerator = isGenerator;
    template.localsplusnames.forEach((name, i) => this.locals.set(name, i));
    template.consts.forEach((c, i) => this.constIndex.set(constKey(c), i));
    template.names.forEach((name, i) => this.nameIndex.set(name, i));
    const p = template.positions;
    for (let i = 0; i < p.length; i += 4)
      this.positionIndex.set(`${p[i]},${p[i + 1]},${p[i + 2]},${p[i + 3]}`, i / 4);
  }

  emit(text: string): void {
    this.out.emit(text);
  }

  /** A JavaScript variable of the function, never recycled. */
  variable(prefix: string, init = "0"): string {
    const name = `${prefix}_${this.variables++}`;
    this.extraDeclarations.push(`${name}=${init}`);
    return name;
  }

  /** Records in the frame where execution is, before something that can raise or allocate. */
  pos(node: Located): void {
    const { lineno, end_lineno, col_offset, end_col_offset } = placeOf(node);
    const key = `${lineno},${end_lineno},${col_offset},${end_col_offset}`;
    let index = this.positionIndex.get(key);
    if (index === undefined) {
      index = this.template.positions.length / 4;
      this.template.positions.push(lineno, end_lineno, col_offset, end_col_offset);
      this.positionIndex.set(key, index);
    }
    if (index === this.lastPosition) return;
    this.lastPosition = index;
    this.emit(`i32[fp+14]=${index};`);
  }

  /** Control flow joins here: what was last stored is not known. */
  joined(): void {
    this.lastPosition = -1;
  }

  /**
   * Goes on with the exception that is set. A JavaScript throw costs as much as a dozen calls, so exceptions move within a
   * function by jumps, and from function to function by the result 0.
   */
  raise(): void {
    this.emit(`break ${this.fail};`);
  }

  /** Emits the check of a helper's result that is 0 when an exception is set. */
  check(js: string): void {
    this.emit(this.checkText(js));
  }

  checkText(js: string): string {
    return `if(${js}===0)break ${this.fail};`;
  }

  /** A stretch of code whose exceptions, thrown or jumped, go on after it; it must not reach its own end. */
  guarded(body: () => void): void {
    const outer = this.fail;
    this.fail = this.out.label("x");
    this.emit(`${this.fail}:{try{`);
    this.tryDepth++;
    body();
    this.tryDepth--;
    this.emit("}catch(e){caught(rt,fp,e);}}");
    this.fail = outer;
    this.joined();
  }

  // --- constants and names

  constant(value: ConstSpec): Val {
    const v: Val = { kind: "const", js: this.constantJs(value), slot: -1 };
    if (value.t === "int" && value.v < 0x40000000n && value.v > -0x40000000n) v.int = Number(value.v);
    if (value.t === "float" && Number.isFinite(value.v))
      v.float = Object.is(value.v, -0) ? "-0" : `${value.v}`;
    return v;
  }

  constantJs(value: ConstSpec): string {
    switch (value.t) {
      case "None":
        this.constantSlot(value);
        return "None";
      case "True":
        this.constantSlot(value);
        return "True";
      case "False":
        this.constantSlot(value);
        return "False";
      case "Ellipsis":
        this.constantSlot(value);
        return "Ellipsis";
    }
    return `k${this.constantSlot(value)}`;
  }

  constantSlot(value: ConstSpec): number {
    const key = constKey(value);
    let index = this.constIndex.get(key);
    if (index === undefined) {
      index = this.template.consts.length;
      this.template.consts.push(value);
      this.constIndex.set(key, index);
    }
    return index;
  }

  str(v: string): Val {
    return this.constant({ t: "str", v });
  }

  /** The JavaScript constant that holds the interned name. */
  name(text: string): string {
    let index = this.nameIndex.get(text);
    if (index === undefined) {
      index = this.template.names.length;
      this.template.names.push(text);
      this.nameIndex.set(text, index);
    }
    return `n${index}`;
  }

  /** The inline cache, of so many words, of an operation at a node: index of the first. `role` tells several of a node apart. */
  cache(words: number, node: Located, role: string): number {
    return this.numbers.at(node, role, () => {
      const at = this.template.cacheSize;
      this.template.cacheSize += words;
      return at;
    });
  }

  /** The entry of the code's table of directly called JavaScript functions for the call at a node. */
  site(node: Located): number {
    return this.place(node, "site");
  }

  place(node: Located, role: string): number {
    return this.numbers.at(node, role, () => this.template.sites++);
  }

  /** In the first form: notes the kinds of the operands of the operation at a node. */
  note(node: Located, ...operands: Val[]): void {
    this.noteAs(node, "kinds", ...operands);
  }

  /** The name by which the text knows a JavaScript value. */
  give(value: unknown): string {
    let i = this.given.indexOf(value);
    if (i < 0) i = this.given.push(value) - 1;
    return `G${i}`;
  }

  /** The word of the notes for a role of a node. */
  notePlace(node: Located, role: string): number {
    return this.numbers.at(node, role, () => this.template.kinds++);
  }

  /** The word of the notes that counts the turns of a loop body. */
  turnsPlace(body: number): number {
    return this.notePlace(BODIES, `turns ${body}`);
  }

  /** How many turns of a loop body the first form has run; as many as you like where it may not stay in that form. */
  turnsSeen(body: number): number {
    const at = this.numbers.get(BODIES, `turns ${body}`);
    return this.profile === null || at === undefined || !this.lazy
      ? Number.POSITIVE_INFINITY
      : this.profile.kinds[at];
  }

  noteAs(node: Located, role: string, ...operands: Val[]): void {
    if (this.mode !== "first") return;
    const at = this.notePlace(node, role);
    this.emit(`note${operands.length}(FB,${at},${operands.map((v) => v.js).join(",")});`);
  }

  /** What note has seen at a node; -1 (everything) where it is not known. */
  seen(node: Located, role = "kinds"): number {
    if (this.profile === null) return -1;
    const at = this.numbers.get(node, role);
    return at === undefined ? 0 : this.profile.kinds[at];
  }

  mangle(name: string): string {
    return maybeMangle(this.className, this.scope, name);
  }

  // --- evaluation stack

  local(index: number): string {
    return `fp+${FRAME_LOCALS + 2 * index}`;
  }

  /** Word address expression of stack slot s. */
  slotAt(s: number): string {
    return `fp+${FRAME_LOCALS + 2 * (this.template.localsplusnames.length + s)}`;
  }

  /** Address of the first free slot (where helpers may spill up to `n` values). */
  top(n = 2): string {
    this.need(n);
    return this.slotAt(this.depth);
  }

  need(n: number): void {
    if (this.depth + n > this.maxDepth) this.maxDepth = this.depth + n;
  }

  pushSlot(): number {
    const s = this.depth++;
    if (this.depth > this.maxDepth) this.maxDepth = this.depth;
    return s;
  }

  owned(js: string): Val {
    return { kind: "owned", js, slot: -1 };
  }

  /** Assigns a helper's new reference to a temporary. */
  result(js: string): Val {
    const t = this.out.temp();
    this.emit(`${t}=${js};`);
    return this.owned(t);
  }

  /** An immortal singleton chosen at run time: put in a temporary, nothing to release. */
  constExpr(js: string): Val {
    const t = this.out.temp();
    this.emit(`${t}=${js};`);
    return { kind: "const", js: t, slot: -1 };
  }

  /** Is the code worth its room in the fast form: not run once only? */
  get hot(): boolean {
    return this.mode === "second" || (this.mode === "full" && (this.scope.functionLike || this.loops > 0));
  }

  /** Makes sure the value survives calls and exceptions: an owned one goes to a slot; a borrowed one too, as its own reference. */
  spill(v: Val): Val {
    if (v.kind === "const" || v.kind === "slot") return v;
    if (v.kind === "borrowed") this.emit(`incref(${v.js});`);
    return this.toSlot(v);
  }

  /** Spills an owned temporary only; borrowed and constant ones stay as they are. */
  spillOwned(v: Val): Val {
    return v.kind === "owned" ? this.toSlot(v) : v;
  }

  private toSlot(v: Val): Val {
    const slot = this.pushSlot();
    this.emit(`i32[${this.slotAt(slot)}]=${v.js};`);
    return { kind: "slot", js: v.js, slot, num: v.num };
  }

  /** Puts an owned copy of the value in the next slot, whatever it was (a call's argument). */
  pushOwned(v: Val): Val {
    if (v.kind === "slot") {
      if (v.slot !== this.depth - 1) throw new Error("stack discipline: value is not on top");
      return v;
    }
    if (v.kind !== "owned") this.emit(`incref(${v.js});`);
    return this.toSlot(v);
  }

  /** Turns the value into an owned temporary (to store it, return it or pass it on). Slots must be taken in reverse order. */
  take(v: Val): string {
    switch (v.kind) {
      case "owned":
        return v.js;
      case "slot":
        this.emit(`i32[${this.slotAt(v.slot)}]=0;`);
        this.popSlot(v.slot);
        return v.js;
      default:
        this.emit(`incref(${v.js});`);
        return v.js;
    }
  }

  /** Releases what the value owns; recycles its temporary. */
  drop(v: Val): void {
    if (v.kind === "slot") {
      this.emit(`i32[${this.slotAt(v.slot)}]=0;decref(${v.js});`);
      this.popSlot(v.slot);
    } else if (v.kind === "owned") this.emit(`decref(${v.js});`);
    this.done(v);
  }

  /** The value was consumed: its temporary may be reused. */
  done(v: Val): void {
    if (v.kind !== "const") this.out.release(v.js);
  }

  popSlot(slot: number): void {
    if (slot !== this.depth - 1)
      throw new Error(`stack discipline: slot ${slot} freed at depth ${this.depth}`);
    this.depth--;
  }

  /** Ownership flag of an operand for helpers that take over owned operands. */
  ownFlag(v: Val, bit: number): number {
    return v.kind === "owned" || v.kind === "slot" ? bit : 0;
  }

  /** Takes an operand's slot away for a helper that steals it (after the slot is cleared, the helper is responsible). */
  steal(v: Val): void {
    if (v.kind === "slot") {
      this.emit(`i32[${this.slotAt(v.slot)}]=0;`);
      this.popSlot(v.slot);
    }
  }
}

const signedKey = (v: number): string => (Object.is(v, -0) ? "-0" : String(v));

/** Constants that CPython keeps apart must have different keys: 1, 1.0, True, -0.0, nested tuples. */
export function constKey(c: ConstSpec): string {
  switch (c.t) {
    case "int":
      return `i${c.v}`;
    case "float":
      return `f${signedKey(c.v)}`;
    case "complex":
      return `c${signedKey(c.re ?? 0)},${signedKey(c.im)}`;
    case "str":
      return c.cps ? `S${c.cps.join(",")}` : `s${c.v}`;
    case "bytes":
      return `b${Array.from(c.v).join(",")}`;
    case "tuple":
      return `${c.ofSet ? "o" : ""}(${c.items.map(constKey).join("|")})`;
    case "frozenset":
      return `{${c.items.map(constKey).join("|")}}`;
    case "code":
      return `code${c.index}`;
    default:
      return c.t;
  }
}

/** Evaluating this expression neither runs code nor changes a variable: operands before it may stay borrowed. */
export function isSimple(node: expr): boolean {
  return node.kind === "Constant" || node.kind === "Name";
}

export function isConstant(node: expr): node is Extract<expr, { kind: "Constant" }> {
  return node.kind === "Constant";
}

export type { ConstantValue };
