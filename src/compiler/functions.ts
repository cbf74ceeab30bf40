/** def, lambda, class, type parameters: making function objects. Part of the compiler. */
import type {
  AsyncFunctionDef,
  ClassDef,
  expr,
  FunctionDef,
  Lambda,
  Located,
  TypeAlias,
  type_param,
} from "./ast.ts";
import { listFromElements } from "./displays.ts";
import { compileExpr } from "./expr.ts";
import { foldConstant } from "./fold.ts";
import type { Gen, Val } from "./gen.ts";
import { localIndex, storeName } from "./names.ts";
import type { Scope } from "./scope.ts";
import { annotationValue } from "./stmts.ts";
import type { ConstSpec } from "./template.ts";

type Def = FunctionDef | AsyncFunctionDef;

export function compileFunction(g: Gen, node: Def): void {
  const decorators = node.decorator_list.map((d) => g.pushOwned(compileExpr(g, d)));
  const f =
    node.type_params.length > 0 ? genericFunction(g, node) : plainFunction(g, node, defaultsOf(g, node));
  storeName(g, node.name, applyDecorators(g, f, decorators, node.decorator_list), node);
}

/** Positions of defaults already evaluated: slots of the tuple and of the dict, or -1. */
interface Defaults {
  positional: Val | null;
  keyword: Val | null;
}

function plainFunction(g: Gen, node: Def, d: Defaults): Val {
  const annotations = pushAnnotations(g, node);
  const code = g.unit.compileScope(node, g.unit.scopeOf(node), g);
  return functionObject(g, code, d, annotations, node);
}

function applyDecorators(g: Gen, f: Val, decorators: Val[], nodes: expr[]): Val {
  let v = f;
  for (let i = decorators.length - 1; i >= 0; i--) {
    const arg = g.pushOwned(v);
    g.pos(nodes[i]);
    const r = g.out.temp();
    g.emit(`${r}=callStack(rt,${decorators[i].js},${g.slotAt(arg.slot)},1,0);`);
    g.check(r);
    g.depth = arg.slot;
    g.drop(decorators[i]);
    v = g.owned(r);
  }
  return v;
}

/** Evaluates default values: a tuple and a dict, made where the function is, on the stack where there are any. */
function defaultsOf(g: Gen, node: Def | Lambda): Defaults {
  const { args } = node;
  let positional: Val | null = null;
  if (args.defaults.length > 0) {
    const folded = args.defaults.map((d) => foldConstant(d));
    if (folded.every((c) => c !== null))
      positional = g.pushOwned(g.constant({ t: "tuple", items: folded as ConstSpec[] }));
    else {
      const base = g.depth;
      for (const d of args.defaults) g.pushOwned(compileExpr(g, d));
      const n = g.depth - base;
      g.pos(node);
      const t = g.out.temp();
      g.emit(`${t}=tupleFromStack(rt,${g.slotAt(base)},${n});`);
      g.depth = base;
      positional = g.pushOwned(g.owned(t));
    }
  }
  return { positional, keyword: keywordDefaults(g, node) };
}

function keywordDefaults(g: Gen, node: Def | Lambda): Val | null {
  const { args } = node;
  if (args.kw_defaults.every((d) => d === null)) return null;
  const base = g.depth;
  args.kwonlyargs.forEach((a, i) => {
    const d = args.kw_defaults[i];
    if (d === null) return;
    g.pushOwned(g.str(g.mangle(a.arg)));
    g.pushOwned(compileExpr(g, d));
  });
  const n = (g.depth - base) / 2;
  g.pos(node);
  const t = g.out.temp();
  g.emit(`${t}=dictFromStack(rt,${g.slotAt(base)},${n});`);
  g.depth = base;
  return g.pushOwned(g.owned(t));
}

/** Annotations as a tuple of names and values, which becomes a dict when somebody asks. */
function pushAnnotations(g: Gen, node: Def): Val | null {
  const a = node.args;
  const all = [
    ...a.posonlyargs,
    ...a.args,
    ...(a.vararg ? [a.vararg] : []),
    ...a.kwonlyargs,
    ...(a.kwarg ? [a.kwarg] : []),
  ];
  const annotated = all.filter((x) => x.annotation !== null);
  if (annotated.length === 0 && node.returns === null) return null;
  const base = g.depth;
  for (const x of annotated) {
    g.pushOwned(g.str(g.mangle(x.arg)));
    g.pushOwned(annotationValue(g, x.annotation!));
  }
  if (node.returns !== null) {
    g.pushOwned(g.str("return"));
    g.pushOwned(annotationValue(g, node.returns));
  }
  const n = g.depth - base;
  g.pos(node);
  const t = g.out.temp();
  g.emit(`${t}=tupleFromStack(rt,${g.slotAt(base)},${n});`);
  g.depth = base;
  return g.pushOwned(g.owned(t));
}

/** A function object without defaults: for comprehensions, lambdas' bodies, type parameter scopes. */
export function makeFunction(g: Gen, code: number, node: Located): Val {
  return functionObject(g, code, { positional: null, keyword: null }, null, node);
}

/** MAKE_FUNCTION: takes defaults, annotations and the closure from the stack. */
function functionObject(g: Gen, code: number, d: Defaults, annotations: Val | null, node: Located): Val {
  g.pos(node);
  const closure = pushClosure(g, code);
  const parts = [d.positional, d.keyword, annotations, closure].map((v) => (v === null ? "0" : v.js));
  const r = g.out.temp();
  g.emit(`${r}=makeFunction(rt,fp,${g.constantJs({ t: "code", index: code })},${parts.join(",")});`);
  // The helper has its own references; the stack's are released here (they are new, so this only clears).
  for (const v of [closure, annotations, d.keyword, d.positional]) if (v !== null) g.drop(v);
  return g.owned(r);
}

/** The tuple of cells that the code's free variables need. */
function pushClosure(g: Gen, code: number): Val | null {
  const free = g.unit.codes[code].localsplusnames.slice(
    -g.unit.codes[code].nfreevars || Number.POSITIVE_INFINITY,
  );
  if (free.length === 0) return null;
  const base = g.depth;
  for (const name of free) {
    const t = g.out.temp();
    g.emit(`${t}=i32[${g.local(localIndex(g, name))}];incref(${t});`);
    g.pushOwned(g.owned(t));
  }
  const t = g.out.temp();
  g.emit(`${t}=tupleFromStack(rt,${g.slotAt(base)},${free.length});`);
  g.depth = base;
  return g.pushOwned(g.owned(t));
}

export function compileLambda(g: Gen, node: Lambda): Val {
  const d = defaultsOf(g, node);
  return functionObject(g, g.unit.compileScope(node, g.unit.scopeOf(node), g), d, null, node);
}

export function compileClass(g: Gen, node: ClassDef): void {
  const decorators = node.decorator_list.map((d) => g.pushOwned(compileExpr(g, d)));
  const c = node.type_params.length > 0 ? genericClass(g, node) : classObject(g, node, null);
  storeName(g, node.name, applyDecorators(g, c, decorators, node.decorator_list), node);
}

/** Calls __build_class__(function, name, *bases, **keywords). `generic` is a slot with the Generic base, if any. */
export function classObject(g: Gen, node: ClassDef, generic: string | null): Val {
  g.pos(node);
  const build = g.pushOwned(g.result("loadBuildClass(rt,fp)"));
  const f = makeFunction(g, g.unit.compileScope(node, g.unit.scopeOf(node), g), node);
  const base = g.depth;
  g.pushOwned(f);
  g.pushOwned(g.str(node.name));
  const plain = node.bases.every((b) => b.kind !== "Starred") && node.keywords.every((k) => k.arg !== null);
  return plain ? classCall(g, node, build, base, generic) : classCallEx(g, node, build, base, generic);
}

function classCall(g: Gen, node: ClassDef, build: Val, base: number, generic: string | null): Val {
  for (const b of node.bases) g.pushOwned(compileExpr(g, b));
  if (generic !== null) pushBorrowed(g, generic);
  const npos = g.depth - base;
  for (const k of node.keywords) g.pushOwned(compileExpr(g, k.value));
  const names =
    node.keywords.length === 0
      ? "0"
      : g.constantJs({ t: "tuple", items: node.keywords.map((k) => ({ t: "str", v: g.mangle(k.arg!) })) });
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=callStack(rt,${build.js},${g.slotAt(base)},${npos},${names});`);
  g.check(r);
  g.depth = base;
  g.drop(build);
  return g.owned(r);
}

function pushBorrowed(g: Gen, js: string): void {
  const t = g.out.temp();
  g.emit(`${t}=${js};incref(${t});`);
  g.pushOwned(g.owned(t));
}

function classCallEx(g: Gen, node: ClassDef, build: Val, base: number, generic: string | null): Val {
  const first = g.out.temp();
  g.emit(`${first}=listFromStack(rt,${g.slotAt(base)},2);`);
  g.depth = base;
  const list = g.pushOwned(g.owned(first));
  const bases = listFromElements(g, node.bases, node);
  if (generic !== null) g.emit(`PyList_Append(rt,${bases.js},${generic});`);
  g.emit(`listExtendStar(rt,${list.js},${bases.js});`);
  g.drop(bases);
  g.emit(`listToTupleSlot(rt,${g.slotAt(list.slot)});`);
  const kw = g.pushOwned(g.result("PyDict_New(rt)"));
  for (const k of node.keywords) {
    const v = g.pushOwned(compileExpr(g, k.value));
    if (k.arg === null) g.emit(`dictMergeKw(rt,${build.js},${kw.js},${v.js});`);
    else g.emit(`dictAddKw(rt,${build.js},${kw.js},${g.str(g.mangle(k.arg)).js},${v.js});`);
    g.drop(v);
  }
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=PyObject_Call(rt,${build.js},i32[${g.slotAt(list.slot)}],${kw.js});`);
  g.drop(kw);
  g.emit(`dropSlot(rt,${g.slotAt(list.slot)});`);
  g.depth = list.slot;
  g.drop(build);
  return g.owned(r);
}

// --- type parameters (PEP 695): a hidden function evaluates the parameters and makes the generic object.

/** def f[T](...): defaults are evaluated outside and passed in: those there are, in the first locals. */
function genericFunction(g: Gen, node: Def): Val {
  const d = defaultsOf(g, node);
  const scope = g.unit.scopeOf(node.type_params);
  const given = [d.positional, d.keyword].filter((v) => v !== null).length;
  const code = g.unit.compileTypeParams(node, scope, g, given, (inner) => {
    const params = pushTypeParams(inner, node.type_params);
    const get = (value: Val | null, index: number): Val | null => {
      if (value === null) return null;
      const t = inner.out.temp();
      inner.emit(`${t}=i32[${inner.local(index)}];incref(${t});`);
      return inner.pushOwned(inner.owned(t));
    };
    const f = plainFunction(inner, node, {
      positional: get(d.positional, 0),
      keyword: get(d.keyword, given - 1),
    });
    inner.emit(`setTypeParams(rt,${f.js},${params.js});`);
    const kept = inner.out.temp();
    inner.emit(`${kept}=${f.js};`);
    inner.drop(params);
    return kept;
  });
  return callHidden(g, code, [d.positional, d.keyword], node);
}

/** Calls the hidden function at once with what defaults there are. */
function callHidden(g: Gen, code: number, given: (Val | null)[], node: Located): Val {
  const args = given.filter((v): v is Val => v !== null);
  const f = g.pushOwned(makeFunction(g, code, node));
  const base = g.depth;
  for (const a of args) pushBorrowed(g, a.js);
  g.pos(node);
  const r = g.out.temp();
  g.emit(`${r}=callStack(rt,${f.js},${g.slotAt(base)},${args.length},0);`);
  g.check(r);
  g.depth = base;
  g.drop(f);
  for (const a of args.reverse()) g.drop(a);
  return g.owned(r);
}

/** Makes the TypeVars, binds their names, leaves their tuple in a slot. */
function pushTypeParams(g: Gen, params: type_param[]): Val {
  const base = g.depth;
  for (const p of params) {
    g.pos(p);
    const bound =
      p.kind === "TypeVar" && p.bound !== null ? lazyValue(g, g.unit.boundScope(p), p.bound, p.name) : null;
    const fallback =
      p.default_value !== null ? lazyValue(g, g.unit.defaultScope(p), p.default_value, p.name) : null;
    const tuple = p.kind === "TypeVar" && p.bound?.kind === "Tuple" ? 1 : 0;
    const kind = p.kind === "TypeVar" ? 0 : p.kind === "ParamSpec" ? 1 : 2;
    const t = g.out.temp();
    g.emit(
      `${t}=makeTypeParam(rt,${kind},${g.name(p.name)},${bound?.js ?? 0},${fallback?.js ?? 0},${tuple});`,
    );
    if (fallback !== null) g.drop(fallback);
    if (bound !== null) g.drop(bound);
    const v = g.pushOwned(g.owned(t));
    g.emit(`incref(${v.js});`);
    const copy = g.out.temp();
    g.emit(`${copy}=${v.js};`);
    storeName(g, p.name, g.owned(copy), p);
  }
  const n = g.depth - base;
  const t = g.out.temp();
  g.emit(`${t}=tupleFromStack(rt,${g.slotAt(base)},${n});`);
  g.depth = base;
  return g.pushOwned(g.owned(t));
}

/** A function without parameters that evaluates an expression when it is first needed. */
function lazyValue(g: Gen, scope: Scope, node: expr, name: string): Val {
  const code = g.unit.compileLazy(scope, node, name, g);
  return g.pushOwned(makeFunction(g, code, node));
}

function genericClass(g: Gen, node: ClassDef): Val {
  const scope = g.unit.scopeOf(node.type_params);
  const code = g.unit.compileTypeParams(node, scope, g, 0, (inner) => {
    const params = pushTypeParams(inner, node.type_params);
    inner.emit(`incref(${params.js});`);
    const copy = inner.out.temp();
    inner.emit(`${copy}=${params.js};`);
    storeName(inner, ".type_params", inner.owned(copy), node);
    const generic = inner.pushOwned(inner.result(`genericBase(rt,${params.js})`));
    const c = classObject(inner, node, generic.js);
    const kept = inner.take(c);
    inner.drop(generic);
    inner.drop(params);
    return kept;
  });
  return callHidden(g, code, [], node);
}

/** type X[T] = ...: the value is evaluated lazily. */
export function compileTypeAlias(g: Gen, node: TypeAlias): void {
  const name = (node.name as Extract<expr, { kind: "Name" }>).id;
  const make = (inner: Gen, params: Val | null): string => {
    const value = lazyValue(inner, inner.unit.scopeOf(node), node.value, name);
    inner.pos(node);
    const r = inner.out.temp();
    inner.emit(`${r}=makeTypeAlias(rt,fp,${inner.name(name)},${params?.js ?? 0},${value.js});`);
    inner.drop(value);
    if (params !== null) inner.drop(params);
    return r;
  };
  if (node.type_params.length === 0) {
    storeName(g, name, g.owned(make(g, null)), node);
    return;
  }
  const scope = g.unit.scopeOf(node.type_params);
  const code = g.unit.compileTypeParams(node, scope, g, 0, (inner) =>
    make(inner, pushTypeParams(inner, node.type_params)),
  );
  storeName(g, name, callHidden(g, code, [], node), node);
}
