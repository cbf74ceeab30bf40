/**
 * Generators as state machines: one JavaScript function, called for each step, that goes to the state in which the generator
 * was left; the state is a number in the heap. Part of the compiler.
 *
 * All that lives from one step to the next is in the heap frame, so the text of the function is the usual one, but that loops
 * and conditions around a `yield` are spelt out as states (`case` labels of one switch, `S` the state, `go` the loop around the
 * switch). A `yield` within a try or with statement, or within a larger expression, is left to a JavaScript generator.
 */
import { Gen as GenObject } from "../objects/layout.ts";
import { storeTarget } from "./assign.ts";
import type { expr, For, If, stmt, While } from "./ast.ts";
import { compileYieldOf } from "./awaiting.ts";
import { type ComprehensionNode, singleElement } from "./comprehensions.ts";
import { compileCondition, compileExpr } from "./expr.ts";
import { asIterated, foldConstant } from "./fold.ts";
import type { FBlock, Gen, LoopStates, Val } from "./gen.ts";
import { breakerCheck, nextHelper, pushIterator } from "./loops.ts";
import { compileBody, endsControl, meet } from "./stmts.ts";

/** The word, from the frame, in which the state is kept: as -2 - state. */
const STATE_WORD = GenObject.exc_value + 1 - GenObject.iframe;

/** What a generator without a state has there. */
const ENDED = -1;

// --- which generators

/** Statements with a `yield` outside of nested functions. */
const yielding = new WeakMap<object, boolean>();

function hasYield(node: unknown): boolean {
  if (node === null || typeof node !== "object") return false;
  const known = yielding.get(node);
  if (known !== undefined) return known;
  const found = Array.isArray(node) ? node.some(hasYield) : nodeHasYield(node as Record<string, unknown>);
  yielding.set(node, found);
  return found;
}

function nodeHasYield(node: Record<string, unknown>): boolean {
  switch (node.kind) {
    case "Yield":
    case "YieldFrom":
      return true;
    case "Lambda":
      return hasYield(node.args);
    case "FunctionDef":
    case "AsyncFunctionDef":
      return hasYield(node.decorator_list) || hasYield(node.args) || hasYield(node.returns);
    default:
      return Object.values(node).some((v) => typeof v === "object" && hasYield(v));
  }
}

/** May this statement with a `yield` in it be part of a state machine? */
function fits(node: stmt): boolean {
  switch (node.kind) {
    case "Expr":
      return plainYield(node.value);
    case "Assign":
      return node.targets.length === 1 && node.targets[0].kind === "Name" && plainYield(node.value);
    case "If":
      return !hasYield(node.test) && fitsMachine(node.body) && fitsMachine(node.orelse);
    case "While":
      return !hasYield(node.test) && fitsMachine(node.body) && fitsMachine(node.orelse);
    case "For":
      return (
        !hasYield(node.iter) && !hasYield(node.target) && fitsMachine(node.body) && fitsMachine(node.orelse)
      );
    default:
      return false;
  }
}

function plainYield(node: expr): boolean {
  return (node.kind === "Yield" || node.kind === "YieldFrom") && !hasYield(node.value);
}

/** Can the body of a generator function be a state machine? */
export function fitsMachine(body: stmt[]): boolean {
  return body.every((s) => !hasYield(s) || fits(s));
}

/** Can a generator expression? */
export function fitsMachineExpression(node: ComprehensionNode): boolean {
  return node.generators.every((c, i) => !c.is_async && (i === 0 || singleElement(c.iter) === null));
}

// --- states

/** The states of a generator being compiled. */
export class Machine {
  private states = 1;

  constructor(private readonly g: Gen) {}

  state(): number {
    return this.states++;
  }

  /** The place where a state begins; what stands before it goes over to it. */
  begin(state: number): void {
    this.g.emit(`case ${state}:`);
    this.g.joined();
  }

  jump(state: number): string {
    return `{S=${state};continue go;}`;
  }

  /** Leaves the function with a value (owned), to go on in a new state, whose beginning this emits. */
  leave(value: string): void {
    const state = this.state();
    this.g.emit(`i32[fp${STATE_WORD}]=${-2 - state};return ${value};`);
    this.begin(state);
  }
}

/** The function's text around its states. `sent` is the owned value sent in, or 0 when the current exception is thrown in. */
export function machineText(
  name: string,
  declarations: string,
  end: string,
  slots: number,
  text: string,
): string {
  return `B[0]=(function ${name}_body(fp,sent){const END=${end},NSLOTS=${slots};
let ret=0,S=-2-i32[fp${STATE_WORD}];${declarations}
body:{fail:{try{go:for(;;){switch(S){case 0:
if(sent===0)break fail;decref(sent);if(i32[1030]!==0)evalBreaker(rt);
${text}
}ret=None;break body;}}catch(e){caught(rt,fp,e);}}frameError(rt,fp,END);}
i32[fp${STATE_WORD}]=${ENDED};
return ret;});
`;
}

/** Yields an owned temporary; the result is what was sent, owned. */
export function machineYield(g: Gen, m: Machine, t: string): Val {
  m.leave(t);
  g.out.release(t);
  const r = g.out.temp();
  g.emit(`i32[fp+16]=NSLOTS;if(sent===0)break fail;${r}=sent;`);
  return g.owned(r);
}

/** Sends values to the iterator in the topmost slot until it returns; its return value is the result. */
export function machineDelegate(g: Gen, m: Machine, slot: string, leaving: string): Val {
  const state = m.state();
  const r = g.out.temp();
  g.emit("sent=None;");
  m.begin(state);
  g.emit(
    `i32[fp+11]=0;if(sent===0){${r}=delegateThrew(rt,fp,rt.pyerr);i32[fp+16]=NSLOTS;}else{i32[fp+16]=NSLOTS;if(i32[1030]!==0)evalBreaker(rt);${r}=sendTo(rt,i32[${slot}],sent);if(rt.sendResult!==0){${leaving}i32[fp${STATE_WORD}]=${-2 - state};return ${r};}}`,
  );
  return g.owned(r);
}

// --- statements around a yield

/** Compiles a statement of a state machine; false: it has no `yield`, and is compiled as everywhere. */
export function machineStmt(g: Gen, m: Machine, node: stmt): boolean {
  if (!hasYield(node)) return false;
  switch (node.kind) {
    case "If":
      machineIf(g, m, node);
      return true;
    case "While":
      machineWhile(g, m, node);
      return true;
    case "For":
      machineFor(g, m, node);
      return true;
    default:
      return false;
  }
}

function machineIf(g: Gen, m: Machine, node: If): void {
  const folded = foldConstant(node.test);
  if (folded !== null && (folded.t === "True" || folded.t === "False" || folded.t === "None")) {
    compileBody(g, folded.t === "True" ? node.body : node.orelse);
    return;
  }
  const otherwise = m.state();
  g.emit(`if(!(${compileCondition(g, node.test)}))${m.jump(otherwise)}`);
  const saved = new Set(g.assigned);
  compileBody(g, node.body);
  const afterBody = endsControl(node.body) ? null : g.assigned;
  g.assigned = new Set(saved);
  if (node.orelse.length === 0) {
    m.begin(otherwise);
    g.assigned = meet(afterBody, g.assigned, saved);
    return;
  }
  const end = m.state();
  g.emit(m.jump(end));
  m.begin(otherwise);
  compileBody(g, node.orelse);
  const afterElse = endsControl(node.orelse) ? null : g.assigned;
  m.begin(end);
  g.assigned = meet(afterBody, afterElse, saved);
}

type LoopBlock = FBlock & { states: LoopStates };

/** A loop's block, whose jumps go to states. */
function loopStates(m: Machine, type: "loop" | "for", slot: number): LoopBlock {
  const states = { again: m.state(), out: m.state() };
  return { type, label: "", continueLabel: "", slot, cleanup: null, pending: null, states };
}

/** One turn, up to the jump to the next. */
function machineTurn(g: Gen, m: Machine, b: LoopBlock, head: number, body: () => void): void {
  g.loops++;
  g.fblocks.push(b);
  body();
  g.fblocks.pop();
  g.loops--;
  m.begin(b.states.again);
  breakerCheck(g);
  g.emit(m.jump(head));
}

function machineWhile(g: Gen, m: Machine, node: While): void {
  const head = m.state();
  const ended = m.state();
  const b = loopStates(m, "loop", -1);
  const saved = new Set(g.assigned);
  m.begin(head);
  const folded = foldConstant(node.test);
  if (folded?.t !== "True" && !(folded?.t === "int" && folded.v !== 0n))
    g.emit(`if(!(${compileCondition(g, node.test)}))${m.jump(ended)}`);
  machineTurn(g, m, b, head, () => compileBody(g, node.body));
  g.assigned = new Set(saved);
  m.begin(ended);
  compileBody(g, node.orelse);
  g.assigned = saved;
  m.begin(b.states.out);
}

/** The iterator of a loop, which a state must look up in its slot. */
function iteratorInSlot(g: Gen, iter: expr): Val {
  const it = pushIterator(g, asIterated(iter));
  return { ...it, js: `i32[${g.slotAt(it.slot)}]` };
}

/** The next item is stored, or the loop is left for `ended`. */
function machineNext(g: Gen, m: Machine, it: string, iter: expr, target: expr, ended: number): void {
  g.pos(iter);
  const item = g.out.temp();
  g.emit(`${item}=${nextHelper(g, iter)}(${it});if(${item}===0)${m.jump(ended)}`);
  storeTarget(g, target, g.owned(item));
}

function machineFor(g: Gen, m: Machine, node: For): void {
  const it = iteratorInSlot(g, node.iter);
  const head = m.state();
  const ended = m.state();
  const b = loopStates(m, "for", it.slot);
  const saved = new Set(g.assigned);
  m.begin(head);
  machineTurn(g, m, b, head, () => {
    machineNext(g, m, it.js, node.iter, node.target, ended);
    compileBody(g, node.body);
  });
  g.assigned = new Set(saved);
  m.begin(ended);
  if (node.orelse.length > 0) {
    g.emit(`dropSlot(rt,${g.slotAt(it.slot)});`);
    g.depth = it.slot;
    compileBody(g, node.orelse);
    g.depth = it.slot + 1;
  }
  g.assigned = saved;
  m.begin(b.states.out);
  g.emit(`dropSlot(rt,${g.slotAt(it.slot)});`);
  g.depth = it.slot;
}

/** The clauses of a generator expression from `index` on, then the element. `given`: the iterator of the first. */
export function machineClauses(
  g: Gen,
  m: Machine,
  node: ComprehensionNode,
  index: number,
  given: string,
): void {
  const c = node.generators[index];
  const it = index === 0 ? null : iteratorInSlot(g, c.iter);
  const head = m.state();
  const b = loopStates(m, "for", -1);
  m.begin(head);
  machineTurn(g, m, b, head, () => {
    machineNext(g, m, it === null ? given : it.js, c.iter, c.target, b.states.out);
    const saved = new Set(g.assigned);
    for (const test of c.ifs) g.emit(`if(!(${compileCondition(g, test)}))${m.jump(b.states.again)}`);
    if (index + 1 < node.generators.length) machineClauses(g, m, node, index + 1, given);
    else yieldElement(g, node);
    g.assigned = saved;
  });
  m.begin(b.states.out);
  if (it === null) return;
  g.emit(`dropSlot(rt,${g.slotAt(it.slot)});`);
  g.depth = it.slot;
}

function yieldElement(g: Gen, node: ComprehensionNode): void {
  const { elt } = node as Extract<ComprehensionNode, { kind: "GeneratorExp" }>;
  const v = compileExpr(g, elt);
  g.pos(elt);
  g.drop(compileYieldOf(g, g.take(v)));
}
