/** Calls: of functions and methods, with stars and keywords. Part of the compiler. */
import type { Attribute, Call, expr, keyword, Located } from "./ast.ts";
import { listFromElements, tupleDisplay } from "./displays.ts";
import { compileExpr, superParts } from "./expr.ts";
import { foldConstant } from "./fold.ts";
import type { Gen, Val } from "./gen.ts";
import { decrefText, methodText } from "./inline.ts";
import { mayRebind, mayThrow } from "./names.ts";
import { evaluateOperands, nativeCallText, takeAll } from "./operands.ts";
import { CalleeKind, type KnownCallee } from "./profile.ts";
import { pureBuiltin } from "./purecalls.ts";
import { quickMethodCall } from "./quickcalls.ts";

/** Calls with more positional arguments than this go through the stack. */
const MAX_DIRECT = 6;

export function compileCall(g: Gen, node: Call): Val {
  const starred = node.args.some((a) => a.kind === "Starred") || node.keywords.some((k) => k.arg === null);
  if (starred) return callEx(g, node);
  if (node.func.kind === "Attribute") {
    const s = superMethodCall(g, node);
    if (s !== null) return s;
    return quickMethodCall(g, node, node.func, () => methodCall(g, node, node.func as Attribute));
  }
  const callee = compileExpr(g, node.func);
  if (node.keywords.length > 0) {
    const f = g.pushOwned(callee);
    return callKeywords(g, f, -1, node.args, node.keywords, node);
  }
  return callPositional(g, callee, node.args, node);
}

/** The callee must live through the evaluation of the arguments. */
function calleeBefore(g: Gen, callee: Val, args: expr[]): Val {
  if (args.every((a) => foldConstant(a) !== null)) return callee;
  if (args.some((a) => mayRebind(g, a))) return g.pushOwned(callee);
  return args.some((a) => mayThrow(g, a)) ? g.spillOwned(callee) : callee;
}

/**
 * f(a, b): the site remembers the version and the JavaScript of the Python function last called, and calls it directly;
 * everything else goes through `call(...)`, which takes over the callee and the arguments.
 */
function callPositional(g: Gen, callee: Val, args: expr[], node: Located): Val {
  if (args.length > MAX_DIRECT) return callStack(g, callee, args, node);
  const f = calleeBefore(g, callee, args);
  const values = evaluateOperands(g, args);
  if (pureBuiltin(node as Call) !== null)
    values.forEach((v, i) => {
      g.noteAs(args[i], "argument", v);
    });
  const [fn, ...rest] = takeAll(g, [f, ...values]);
  g.pos(node);
  return emitCall(g, fn, null, rest, node);
}

/**
 * Calls with owned arguments in temporaries. `self`: a temporary with the first argument, or 0 where there is none (a loaded
 * method); null: a plain call. The callee and all arguments are taken over.
 */
function emitCall(g: Gen, fn: string, self: string | null, rest: string[], node: Located): Val {
  const site = g.site(node);
  const cache = g.cache(1, node, "call");
  const top = g.top(rest.length + 3);
  const r = g.out.temp();
  if (g.mode === "first") g.emit(`noteCall(FB,${g.notePlace(node, "callee")},${fn});`);
  const list = ["", ...(self === null ? [] : [self]), ...rest].join(",");
  const helper = self === null ? `call${rest.length}` : `callM${rest.length}`;
  const slow = `${r}=${helper}(${fn}${list},${top},ic,${cache},FN,${site});`;
  const method = self === null ? "" : `${self}!==0&&`;
  const native =
    nativeCall(g, fn, self, rest, node, r, top) ??
    (self === null ? instanceCall(g, fn, rest, node, r, top) : null);
  const version = g.profile === null ? -1 : g.profile.ic[cache];
  if (native !== null) g.emit(`${native}else{${slow}}`);
  else if (g.mode === "full" || g.mode === "first" || version > 0) {
    // Not the number itself: a function gets another version with its second form.
    g.emit(
      `${r}=${method}i32[${fn}+2]===FUNCTION&&i32[${fn}+34]===ic[${cache}]?FN[${site}](${fn}${list}):${slow.slice(r.length + 1)}`,
    );
  } else g.emit(slow);
  g.check(r);
  return g.owned(r);
}

/** A call of the native function that was called here before, by its convention; null where there is none. */
function nativeCall(
  g: Gen,
  fn: string,
  self: string | null,
  rest: string[],
  node: Located,
  r: string,
  top: string,
): string | null {
  if (g.mode !== "second") return null;
  const note = g.seen(node, "callee");
  const known = note > 0 ? g.profile!.callee(note) : null;
  if (known === null) return null;
  const isMethod = known.kind === CalleeKind.METHOD;
  if (isMethod && self === null) return null;
  // The slots: the callable, the self of a method, the other arguments.
  const items = isMethod ? [fn, self!, ...rest] : [fn, ...rest];
  const call = conventionCall(known, items, g.give(known.fn), top);
  if (call === null) return null;
  const slots = items.map((v, i) => `i32[${top}+${2 * i}]=${v};`).join("");
  const finish =
    items.length <= 3 ? `finish${items.length - 1}(${r},${top})` : `finish(${r},${top},${items.length - 1})`;
  return `if(${calleeTest(known, fn, self)}){${slots}${r}=${call};if(${r}!==0)${r}=${finish};}`;
}

/**
 * A call of the class that this site has known (CALL_ALLOC_AND_ENTER_INIT): the instance waits in the callable's slot while
 * its `__init__` runs.
 */
function instanceCall(
  g: Gen,
  fn: string,
  rest: string[],
  node: Located,
  r: string,
  top: string,
): string | null {
  if (g.mode !== "second" || rest.length + 1 > MAX_DIRECT) return null;
  const known = g.profile!.instance(g.profile!.ic[g.cache(1, node, "call")] ?? -1, rest.length);
  if (known === null) return null;
  const cache = g.cache(1, node, "init");
  const site = g.place(node, "init site");
  // A scratch variable: the temporaries that are free may be those of the arguments.
  const n = "Y";
  const list = [known.init, n, ...rest].join(",");
  const slots = rest.map((v, i) => `i32[${top}+${2 * i + 2}]=${v};`).join("");
  const clear = rest.map((_, i) => `i32[${top}+${2 * i + 2}]=0;`).join("");
  g.need(rest.length + 6);
  const above = g.slotAt(g.depth + 1);
  return `if(${fn}===${known.type}&&i32[${fn}+96]===${known.version}){i32[${top}]=${fn};${slots}${n}=newInstance(rt,${fn});i32[${n}]=2;i32[${top}]=${n};${clear}decref(${fn});if(i32[${known.init}]>=0)i32[${known.init}]++;${r}=i32[${known.init}+34]===ic[${cache}]?FN[${site}](${list}):call${rest.length + 1}(${list},${above},ic,${cache},FN,${site});if(${r}!==0){if(${r}!==None)checkInitResult(rt,${r});i32[${top}]=0;${r}=${n};}}`;
}

function calleeTest(known: KnownCallee, fn: string, self: string | null): string {
  const unbound = self === null || known.kind === CalleeKind.METHOD ? "" : `${self}===0&&`;
  switch (known.kind) {
    case CalleeKind.METHOD:
      return `${self}!==0&&i32[${fn}+2]===DESCRIPTOR&&i32[${fn}+10]===${known.number}&&i32[${self}+2]===i32[${fn}+4]`;
    case CalleeKind.NATIVE:
      return `${unbound}i32[${fn}+2]===NATIVE&&i32[${fn}+4]===${known.number}`;
    default:
      return `${unbound}i32[${fn}+2]===TYPE&&i32[${fn}+13]===${known.number}`;
  }
}

/** The text of the call; `items` are what lies in the slots from `top` on. */
function conventionCall(known: KnownCallee, items: string[], f: string, top: string): string | null {
  const fn = items[0];
  if (known.kind === CalleeKind.TYPE) return `${f}(rt,${fn},${top}+2,${items.length - 1},0)`;
  const isMethod = known.kind === CalleeKind.METHOD;
  const self = isMethod ? items[1] : `i32[${fn}+6]`;
  const args = items.slice(isMethod ? 2 : 1);
  return nativeCallText(known.convention, f, self, args, `${top}+${isMethod ? 4 : 2}`);
}

/** Many arguments: they are pushed on the stack and passed by vectorcall. */
function callStack(g: Gen, callee: Val, args: expr[], node: Located): Val {
  const f = g.pushOwned(callee);
  const base = g.depth;
  for (const a of args) g.pushOwned(compileExpr(g, a));
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=callStack(rt,${f.js},${g.slotAt(base)},${args.length},0);`);
  g.check(r);
  g.depth = base;
  g.drop(f);
  return g.owned(r);
}

/** obj.name(args): the attribute is looked up as a method, so that no bound method is made. */
function methodCall(g: Gen, node: Call, func: Attribute): Val {
  const owner = compileExpr(g, func.value);
  const self = g.take(owner);
  const keepSelf = g.owned(self);
  const appends = g.hot && func.attr === "append" && node.args.length === 1 && node.keywords.length === 0;
  const fn = loadMethod(g, self, g.mangle(func.attr), func, appends);
  if (node.keywords.length > 0 || node.args.length >= MAX_DIRECT) {
    const selfSlot = g.pushOwned(keepSelf).slot;
    return callKeywords(g, g.pushOwned(g.owned(fn)), selfSlot, node.args, node.keywords, node);
  }
  const simple = !node.args.some((a) => mayThrow(g, a) || mayRebind(g, a));
  const kept = simple ? [] : [g.pushOwned(keepSelf), g.pushOwned(g.owned(fn))];
  const rest = takeAll(g, evaluateOperands(g, node.args));
  for (const v of kept.reverse()) g.take(v);
  if (!appends) return callLoadedMethod(g, fn, self, rest, node);
  // CALL_LIST_APPEND: a list's own method is not looked up, nor called as an object.
  const r = g.out.temp();
  g.emit(`if(${fn}===0){appendTo(${self},${rest[0]},${g.top(2)});${decrefText(self)}${r}=None;}else{`);
  const called = callLoadedMethod(g, fn, self, rest, node);
  g.emit(`${r}=${called.js};}`);
  g.done(called);
  return g.owned(r);
}

/**
 * Loads a method: `lm` returns the callable, negated when it takes no self (then self has been released).
 * Afterwards `self` is 0 in that case. With `appends`, the callable is 0 where the object is a list.
 */
function loadMethod(g: Gen, self: string, attr: string, node: Located, appends: boolean): string {
  g.pos(node);
  const fn = g.out.temp();
  const cache = g.cache(9, node, "method");
  const slow = `${fn}=lm(${self},${g.name(attr)},ic,${cache},${g.top(2)});if(${fn}<0){${self}=0;${fn}=-${fn};}`;
  if (appends) g.emit(`if(i32[${self}+2]===LIST)${fn}=0;else{${slow}}`);
  else g.emit(methodText(g, self, cache, fn, slow));
  return fn;
}

/** Calls what loadMethod left, with owned arguments in temporaries. */
function callLoadedMethod(g: Gen, fn: string, self: string, rest: string[], node: Located): Val {
  g.pos(node);
  const v = emitCall(g, fn, self, rest, node);
  g.out.release(fn);
  g.out.release(self);
  return v;
}

/** f(a, k=b): positional arguments and keyword values on the stack, names in a constant tuple. */
function callKeywords(
  g: Gen,
  f: Val,
  selfSlot: number,
  args: expr[],
  keywords: keyword[],
  node: Located,
): Val {
  const base = g.depth;
  for (const a of args) g.pushOwned(compileExpr(g, a));
  for (const k of keywords) g.pushOwned(compileExpr(g, k.value));
  const names: Val =
    keywords.length === 0
      ? { kind: "const", js: "0", slot: -1 }
      : g.constant({ t: "tuple", items: keywords.map((k) => ({ t: "str", v: g.mangle(k.arg!) })) });
  g.pos(node);
  const r = g.out.temp();
  if (selfSlot < 0) g.emit(`${r}=callStack(rt,${f.js},${g.slotAt(base)},${args.length},${names.js});`);
  else
    g.emit(
      `${r}=callStackMethod(rt,${f.js},${g.slotAt(selfSlot)},${g.slotAt(base)},${args.length},${names.js});`,
    );
  g.check(r);
  g.depth = base;
  g.drop(f);
  if (selfSlot >= 0) g.depth = selfSlot;
  return g.owned(r);
}

/** super().method(args) without a super object and without a bound method. */
function superMethodCall(g: Gen, node: Call): Val | null {
  const func = node.func as Extract<expr, { kind: "Attribute" }>;
  const inner = func.value;
  if (inner.kind !== "Call" || inner.func.kind !== "Name" || inner.func.id !== "super") return null;
  if (inner.args.length !== 0 || inner.keywords.length !== 0) return null;
  const parts = superParts(g, inner);
  if (parts === null) return null;
  g.pos(func);
  const t = g.out.temp();
  const attr = g.name(g.mangle(func.attr));
  const slot = parts.globalSuper.kind === "slot" ? parts.globalSuper.slot : g.spill(parts.globalSuper).slot;
  // The slot of `super` becomes self's (or 0); the callable goes above it.
  g.emit(`${t}=superMethod(rt,${g.slotAt(slot)},${parts.cls},${parts.self},${attr});`);
  const f = g.pushOwned(g.owned(t));
  return callKeywords(g, f, slot, node.args, node.keywords, node);
}

/** f(*args, **kwargs): a tuple and a dict are built, then PyObject_Call. */
function callEx(g: Gen, node: Call): Val {
  const f = g.pushOwned(compileExpr(g, node.func));
  const only = node.args.length === 1 && node.args[0].kind === "Starred" ? node.args[0] : null;
  let args: Val;
  if (only !== null) {
    args = g.pushOwned(compileExpr(g, only.value));
    g.pos(node);
    g.emit(`starArgs(rt,${f.js},${g.slotAt(args.slot)});`);
  } else if (!node.args.some((a) => a.kind === "Starred")) {
    args = g.pushOwned(tupleDisplay(g, node.args, node));
  } else {
    args = listFromElements(g, node.args, node);
    g.pos(node);
    g.emit(`listToTupleSlot(rt,${g.slotAt(args.slot)});`);
  }
  const kwargs = node.keywords.length > 0 ? keywordDict(g, f, node) : null;
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=callEx(rt,${f.js},${g.slotAt(args.slot)},${kwargs === null ? "0" : g.slotAt(kwargs.slot)});`);
  g.check(r);
  g.depth = args.slot;
  g.drop(f);
  return g.owned(r);
}

/** Builds the dict of keyword arguments on the stack; a repeated name is an error that names the function. */
function keywordDict(g: Gen, f: Val, node: Call): Val {
  g.pos(node);
  const d = g.pushOwned(g.result("PyDict_New(rt)"));
  for (const k of node.keywords) {
    const v = g.pushOwned(compileExpr(g, k.value));
    g.pos(node);
    if (k.arg === null) g.emit(`dictMergeKw(rt,${f.js},${d.js},${v.js});`);
    else g.emit(`dictAddKw(rt,${f.js},${d.js},${g.str(g.mangle(k.arg)).js},${v.js});`);
    g.drop(v);
  }
  return d;
}
