/** From code templates to code objects in the heap. Part of the runtime. */

import { constKey } from "../compiler/gen.ts";
import type { CodeTemplate, ConstSpec, UnitTemplate } from "../compiler/template.ts";
import { PyBytes_FromArray } from "../objects/bytes.ts";
import {
  type CompiledCode,
  type CompiledFunction,
  code_new,
  type GeneratorStep,
  isSimpleCode,
  paramCount,
} from "../objects/code.ts";
import { PyComplex_FromDoubles } from "../objects/complex.ts";
import { PyFloat_FromDouble } from "../objects/floatcore.ts";
import { _PyUnicode_InternImmortal, PyUnicode_InternFromJS } from "../objects/intern.ts";
import { CO, Code } from "../objects/layout.ts";
import { PyList_Append, PyList_New } from "../objects/list.ts";
import { PyLong_FromBigInt } from "../objects/long.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Tuple } from "../objects/sequence.ts";
import { PyFrozenSet_New } from "../objects/set.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { strFromCodes } from "../objects/strnew.ts";
import { PyTuple_New, PyTuple_SET_ITEM, tupleItem } from "../objects/tuple.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { helpersOf } from "./helpers.ts";
import { standsForNative } from "./library.ts";
import { unpackPositions } from "./librarypack.ts";
import { cacheArray, type Factory, startCounters, Tiers } from "./tiers.ts";

/** A unit being materialised. */
class LoadedUnit {
  private factories: Factory[] | null = null;
  /** Constants of this unit that are equal are one object; `keep`, a list, holds them while the unit is made. */
  readonly merged = new Map<string, Ref>();
  readonly native: boolean;

  constructor(
    readonly rt: Runtime,
    readonly template: UnitTemplate,
    readonly filename: Ref,
    readonly keep: Ref,
  ) {
    this.native = standsForNative(template.filename);
    if (template.script === undefined) return;
    const { names, values } = helpersOf(rt);
    const make = template.script(names) as ((...values: unknown[]) => Factory[]) | null;
    if (make !== null) this.factories = make(rt, rt.i32, ...values);
  }

  factory(index: number): Factory {
    return this.factories === null ? evaluate(this.rt, this.template.js(index)) : this.factories[index];
  }
}

/**
 * Evaluates the text of one factory. The helpers that it names are parameters: declared names would be checked for
 * initialisation at every use. Each function is a text of its own, that nothing be parsed which never runs.
 */
function evaluate(rt: Runtime, js: string): Factory {
  const { values, index } = helpersOf(rt);
  const names = [...new Set(js.match(/\b[A-Za-z_]\w*/g))].filter((n) => index.has(n));
  const make = new Function("rt", "i32", ...names, `"use strict";return (${js});`);
  return make(rt, rt.i32, ...names.map((n) => values[index.get(n)!]));
}

/** What JavaScript keeps for a code object of a template. Packed positions are decoded when they are asked for. */
class TemplateCode implements CompiledCode {
  fn: CompiledFunction | null = null;
  instantiate: (() => CompiledFunction) | null = null;
  instantiateFor: ((code: Ref) => CompiledFunction) | null = null;
  resume: GeneratorStep | null = null;
  readonly params: number;
  readonly simple: boolean;

  constructor(
    private readonly template: CodeTemplate,
    readonly native: boolean,
  ) {
    this.params = paramCount(template.flags, template.argcount, template.kwonlyargcount);
    this.simple = isSimpleCode(template.flags, template.kwonlyargcount);
  }

  get positions(): number[] {
    const t = this.template;
    if (t.packedPositions !== undefined) {
      t.positions = unpackPositions(t.packedPositions);
      t.packedPositions = undefined;
    }
    return t.positions;
  }
}

/**
 * The code object of a unit's main code (new reference). With `hold` the list of its constants is left on the native stack,
 * as CPython's arena of the syntax tree keeps them while the program runs.
 */
export function materialize(rt: Runtime, unit: UnitTemplate, hold = false): NewRef {
  const filename = PyUnicode_InternFromJS(rt, unit.filename);
  push(rt, filename);
  const keep = PyList_New(rt, 0);
  push(rt, keep);
  const loaded = new LoadedUnit(rt, unit, filename, keep);
  const code = codeObject(loaded, unit.main);
  loaded.merged.clear();
  if (!hold) drop(rt);
  else rt.i32[mark(rt) - 4] = keep;
  if (hold) rt.i32[mark(rt) - 2] = filename;
  drop(rt);
  return code;
}

function codeObject(u: LoadedUnit, index: number): NewRef {
  const { rt } = u;
  const t = u.template.codes[index];
  const code = code_new(rt, new TemplateCode(t, u.native));
  push(rt, code);
  fillNumbers(rt, code, t);
  const i32 = rt.i32;
  i32[code + Code.filename] = newref(rt, u.filename);
  i32[code + Code.name] = nameString(rt, t.name);
  i32[code + Code.qualname] = nameString(rt, t.qualname);
  i32[code + Code.localsplusnames] = nameTuple(rt, t.localsplusnames);
  i32[code + Code.localspluskinds] = PyBytes_FromArray(rt, t.localspluskinds);
  i32[code + Code.linetable] = newref(rt, rt.emptyBytes);
  i32[code + Code.exceptiontable] = newref(rt, rt.emptyBytes);
  i32[code + Code.names] = nameTuple(rt, t.names);
  const consts = PyTuple_New(rt, t.consts.length);
  i32[code + Code.consts] = consts;
  t.consts.forEach((c, k) => {
    PyTuple_SET_ITEM(rt, consts, k, constant(u, c));
  });
  const compiled = rt.codes[i32[code + Code.js]];
  compiled.instantiateFor = (code) => {
    const K = t.consts.map((_, k) => tupleItem(rt, rt.i32[code + Code.consts], k));
    const N = t.names.map((_, k) => tupleItem(rt, rt.i32[code + Code.names], k));
    return instantiate(u, index, K, N, code);
  };
  compiled.instantiate = () => compiled.instantiateFor!(code);
  return pop(rt);
}

/** How much later second forms are made of the library's functions. */
const LIBRARY_PATIENCE = 8;

function instantiate(u: LoadedUnit, index: number, K: number[], N: number[], code: Ref): CompiledFunction {
  const { rt, template } = u;
  const t = template.codes[index];
  const ic = cacheArray(t.cacheSize);
  const FN: (CompiledFunction | null)[] = new Array(t.sites).fill(null);
  const FB = new Int32Array(t.kinds);
  const B: unknown[] = [];
  let tiers: Tiers | null = null;
  if (t.kinds > 0 && template.second !== undefined) {
    startCounters(FB, template.library ? LIBRARY_PATIENCE * rt.secondAfter : rt.secondAfter);
    tiers = new Tiers(rt, index, template.second, (js) => evaluate(rt, js), code, K, N, ic, FN, FB, B);
  }
  const fn = u.factory(index)(K, N, ic, FN, code, FB, B, tiers, []);
  if ((t.flags & CO.GENERATOR) !== 0)
    rt.codes[rt.i32[code + Code.js]].resume = (B[0] as GeneratorStep | undefined) ?? null;
  return fn;
}

function fillNumbers(rt: Runtime, code: Ref, t: CodeTemplate): void {
  const i32 = rt.i32;
  i32[code + Code.flags] = t.flags;
  i32[code + Code.argcount] = t.argcount;
  i32[code + Code.posonlyargcount] = t.posonlyargcount;
  i32[code + Code.kwonlyargcount] = t.kwonlyargcount;
  i32[code + Code.stacksize] = t.stacksize;
  i32[code + Code.firstlineno] = t.firstlineno;
  i32[code + Code.nlocalsplus] = t.localsplusnames.length;
  i32[code + Code.framesize] = 10 + t.localsplusnames.length + t.slots;
  i32[code + Code.nlocals] = t.nlocals;
  i32[code + Code.ncellvars] = t.ncellvars;
  i32[code + Code.nfreevars] = t.nfreevars;
  i32[code + Code.version] = rt.next_func_version++;
}

/** A name in a code object: interned for ever. */
function nameString(rt: Runtime, name: string): NewRef {
  return _PyUnicode_InternImmortal(rt, PyUnicode_FromJS(rt, name));
}

function nameTuple(rt: Runtime, names: string[]): NewRef {
  const t = PyTuple_New(rt, names.length);
  push(rt, t);
  names.forEach((n, i) => {
    PyTuple_SET_ITEM(rt, t, i, nameString(rt, n));
  });
  return pop(rt);
}

/** Strings that look like names are interned, as CPython interns them. */
const NAME_CHARS = /^[A-Za-z0-9_]*$/;

function constant(u: LoadedUnit, c: ConstSpec): NewRef {
  const { rt } = u;
  switch (c.t) {
    case "None":
      return rt.None;
    case "True":
      return rt.True;
    case "False":
      return rt.False;
    case "Ellipsis":
      return rt.Ellipsis;
    case "code":
      return codeObject(u, c.index);
    case "str":
      if (c.cps !== undefined) return strFromCodes(rt, c.cps);
      return merged(u, `s${c.v}`, () =>
        NAME_CHARS.test(c.v) ? PyUnicode_InternFromJS(rt, c.v) : PyUnicode_FromJS(rt, c.v),
      );
    case "int":
      return merged(u, `i${c.v}`, () => PyLong_FromBigInt(rt, c.v));
    case "float":
      return merged(u, Object.is(c.v, -0) ? "f-0" : `f${c.v}`, () => PyFloat_FromDouble(rt, c.v));
    case "complex":
      return merged(u, constKey(c), () => PyComplex_FromDoubles(rt, c.re ?? 0, c.im));
    case "bytes":
      return merged(u, `b${c.v.join(",")}`, () => PyBytes_FromArray(rt, c.v));
    case "tuple":
      return merged(u, constKey(c), () => (c.ofSet ? setOrdered(u, c.items) : tupleConstant(u, c.items)));
    case "frozenset":
      return merged(u, constKey(c), () => frozensetConstant(u, c.items));
  }
}

/** A tuple in the order of a set of the items. */
function setOrdered(u: LoadedUnit, items: ConstSpec[]): NewRef {
  const { rt } = u;
  const slot = push(rt, tupleConstant(u, items));
  push(rt, PyFrozenSet_New(rt, rt.i32[slot]));
  const t = PySequence_Tuple(rt, rt.i32[slot + 2]);
  drop(rt, 2);
  return t;
}

/** Made twice, the second time from the order of the first, as CPython does when it merges constants. */
function frozensetConstant(u: LoadedUnit, items: ConstSpec[]): NewRef {
  const { rt } = u;
  const slot = push(rt, tupleConstant(u, items));
  push(rt, PyFrozenSet_New(rt, rt.i32[slot]));
  push(rt, PySequence_Tuple(rt, rt.i32[slot + 2]));
  const set = PyFrozenSet_New(rt, rt.i32[slot + 4]);
  drop(rt, 3);
  return set;
}

/** Equal constants of one unit are one object. */
function merged(u: LoadedUnit, key: string, make: () => NewRef): NewRef {
  const have = u.merged.get(key);
  if (have !== undefined) return newref(u.rt, have);
  const made = make();
  push(u.rt, made);
  PyList_Append(u.rt, u.keep, made);
  // The tokens of a bytes literal and the literal joined of them are two holders of one object.
  if (key[0] === "b") PyList_Append(u.rt, u.keep, made);
  u.merged.set(key, made);
  return pop(u.rt);
}

function tupleConstant(u: LoadedUnit, items: ConstSpec[]): NewRef {
  const { rt } = u;
  if (items.length === 0) return rt.emptyTuple;
  const t = PyTuple_New(rt, items.length);
  push(rt, t);
  items.forEach((c, i) => {
    PyTuple_SET_ITEM(rt, t, i, constant(u, c));
  });
  return pop(rt);
}
