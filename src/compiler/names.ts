/** Reading, binding and unbinding names by scope. Part of the compiler. */
import type { expr, Located } from "./ast.ts";
import { foldConstant } from "./fold.ts";
import type { Gen, Val } from "./gen.ts";
import { NameScope } from "./scope.ts";

export type NameKind = "fast" | "cell" | "global" | "name" | "classFree" | "classGlobal";

/** How a (mangled) name is reached from the code being generated (CPython's compiler_nameop). */
export function nameKind(g: Gen, name: string): NameKind {
  const functionLike = g.scope.functionLike;
  switch (g.scope.scopeOf(name)) {
    case NameScope.FREE:
      return g.scope.type === "Class" || g.scope.canSeeClassScope
        ? g.inInlinedComprehension
          ? "cell"
          : "classFree"
        : "cell";
    case NameScope.CELL:
      return "cell";
    case NameScope.LOCAL:
      return functionLike || g.fastHidden.has(name) ? "fast" : "name";
    case NameScope.GLOBAL_EXPLICIT:
      return "global";
    case NameScope.GLOBAL_IMPLICIT:
      if (functionLike) return g.scope.canSeeClassScope ? "classGlobal" : "global";
      return g.inInlinedComprehension && g.scope.type === "Class" ? "global" : "name";
    default:
      return functionLike ? "global" : "name";
  }
}

/** May evaluating this raise? */
export function mayThrow(g: Gen, node: expr): boolean {
  if (node.kind === "Constant" || foldConstant(node) !== null) return false;
  if (node.kind !== "Name") return true;
  const name = g.mangle(node.id);
  return nameKind(g, name) !== "fast" || !g.assigned.has(name);
}

/** May evaluating this run code that can rebind a fast local, or read reference counts? */
export function mayRebind(g: Gen, node: expr): boolean {
  if (node.kind === "Constant" || foldConstant(node) !== null) return false;
  return node.kind !== "Name" || nameKind(g, g.mangle(node.id)) === "name";
}

export function loadName(g: Gen, id: string, node: Located): Val {
  const name = g.mangle(id);
  if (id === "__debug__") return g.constant({ t: g.unit.optimize > 0 ? "False" : "True" });
  switch (nameKind(g, name)) {
    case "fast":
      return loadFast(g, name, node);
    case "cell":
      return loadCell(g, name, node);
    case "classFree":
      g.pos(node);
      return g.result(
        `loadClassFree(rt,${classNamespace(g)},${g.name(name)},i32[${g.local(localIndex(g, name))}])`,
      );
    case "classGlobal":
      g.pos(node);
      return g.result(`loadClassGlobal(rt,${classDictCell(g)},fp,${g.name(name)})`);
    case "global": {
      g.pos(node);
      const cache = g.cache(4, node, "name");
      return g.result(`lg(fp,${g.name(name)},ic,${cache})`);
    }
    case "name": {
      g.pos(node);
      const cache = g.cache(4, node, "name");
      return g.result(`ln(fp,${g.name(name)},ic,${cache})`);
    }
  }
}

/** Does the name stand for a global (or built-in), read with lg? */
export function loadsGlobal(g: Gen, id: string): boolean {
  return id !== "__debug__" && nameKind(g, g.mangle(id)) === "global";
}

/** JavaScript for the namespace (a borrowed mapping) in which a class-scope name is looked up first. */
function classNamespace(g: Gen): string {
  return g.scope.type === "Class" ? "i32[fp+10]" : classDictCell(g);
}

/** The namespace in the `__classdict__` cell of the enclosing class. */
function classDictCell(g: Gen): string {
  return `i32[i32[${g.local(localIndex(g, "__classdict__"))}]+4]`;
}

export function localIndex(g: Gen, name: string): number {
  const index = g.locals.get(name);
  if (index === undefined) throw new Error(`no local slot for ${name} in ${g.template.qualname}`);
  return index;
}

function loadFast(g: Gen, name: string, node: Located): Val {
  const t = g.out.temp();
  const known = g.assigned.has(name) && !g.unbindable.has(name);
  g.emit(`${t}=i32[${g.local(localIndex(g, name))}];`);
  if (!known) {
    g.pos(node);
    g.emit(`if(${t}===0)unboundLocal(rt,${g.name(name)});`);
    g.assigned.add(name);
  }
  return { kind: "borrowed", js: t, slot: -1 };
}

/** A cell's content may be replaced by any call, so it is read as an owned reference. */
function loadCell(g: Gen, name: string, node: Located): Val {
  const index = localIndex(g, name);
  const t = g.out.temp();
  g.pos(node);
  const free = (g.template.localspluskinds[index] & 0x80) !== 0;
  g.emit(`${t}=i32[i32[${g.local(index)}]+4];`);
  g.emit(`if(${t}===0)${free ? "unboundFree" : "unboundLocal"}(rt,${g.name(name)});incref(${t});`);
  return g.owned(t);
}

/** Binds a name; the value is consumed. */
export function storeName(g: Gen, id: string, v: Val, node: Located): void {
  const name = g.mangle(id);
  switch (nameKind(g, name)) {
    case "fast":
      storeFast(g, name, v);
      return;
    case "classFree":
    case "cell": {
      const t = g.take(v);
      const old = g.out.temp();
      const cell = `i32[${g.local(localIndex(g, name))}]+4`;
      g.emit(`${old}=i32[${cell}];i32[${cell}]=${t};if(${old}!==0)decref(${old});`);
      g.out.release(old);
      break;
    }
    case "classGlobal":
    case "global": {
      g.pos(node);
      const kept = g.spillOwned(v);
      g.emit(`storeGlobal(rt,fp,${g.name(name)},${kept.js});`);
      g.drop(kept);
      return;
    }
    case "name": {
      g.pos(node);
      const kept = g.spillOwned(v);
      g.emit(`storeName(rt,fp,${g.name(name)},${kept.js});`);
      g.drop(kept);
      return;
    }
  }
  g.done(v);
}

/** Stores to a fast local: the old value is released after the new one is in place. */
export function storeFast(g: Gen, name: string, v: Val): void {
  const at = g.local(localIndex(g, name));
  const t = g.take(v);
  {
    const old = g.out.temp();
    const test = g.assigned.has(name) && !g.unbindable.has(name) ? "" : `if(${old}!==0)`;
    g.emit(`${old}=i32[${at}];i32[${at}]=${t};${test}decref(${old});`);
    g.out.release(old);
  }
  g.assigned.add(name);
  g.done(v);
}

export function deleteName(g: Gen, id: string, node: Located): void {
  const name = g.mangle(id);
  g.pos(node);
  switch (nameKind(g, name)) {
    case "fast": {
      const at = g.local(localIndex(g, name));
      const t = g.out.temp();
      g.emit(`${t}=i32[${at}];if(${t}===0)unboundLocal(rt,${g.name(name)});i32[${at}]=0;decref(${t});`);
      g.out.release(t);
      g.assigned.delete(name);
      return;
    }
    case "classFree":
    case "cell":
      g.emit(`deleteDeref(rt,i32[${g.local(localIndex(g, name))}],${g.name(name)},${isFree(g, name)});`);
      return;
    case "classGlobal":
    case "global":
      g.emit(`deleteGlobal(rt,fp,${g.name(name)});`);
      return;
    case "name":
      g.emit(`deleteName(rt,fp,${g.name(name)});`);
  }
}

function isFree(g: Gen, name: string): boolean {
  return (g.template.localspluskinds[localIndex(g, name)] & 0x80) !== 0;
}
