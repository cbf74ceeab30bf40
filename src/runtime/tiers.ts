/**
 * Two forms of compiled functions. Part of the runtime.
 *
 * The source's functions begin in a first form: short text, which V8 reads and compiles quickly, with calls of helpers; it notes
 * the kinds of operands it meets, and its inline caches fill. After some hundred calls and turns of loops the compiler makes the
 * second form, with the fast forms of what was seen written into it. Calls go over to it at once, loops that are running with
 * their next turn: their bodies are functions called through a table (compiler/outline.ts), which work on the same frame.
 * Functions of the library, and generators, have one form only ("full", with all fast forms).
 */
import {
  CalleeKind,
  IterKind,
  KIND_BITS,
  Kind,
  type KnownCallee,
  type KnownClass,
} from "../compiler/profile.ts";
import type { SecondMaker } from "../compiler/template.ts";
import type { CompiledFunction } from "../objects/code.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { CFunc, Code, Descr, Func, Ob, TF, Ty } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import { initOf } from "../objects/typecall.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";
import { quickMethod } from "./quick.ts";

/** What the text of a form is given: constants, names, caches, callees, the code object, notes, loop bodies, tiers. */
export type Factory = (
  K: number[],
  N: number[],
  ic: Int32Array,
  FN: (CompiledFunction | null)[],
  CODE: Ref,
  FB: Int32Array,
  B: unknown[],
  T: Tiers | null,
  G: unknown[],
) => CompiledFunction;

/** Counters far enough from their end that they do not end again. */
const NEVER = 0x3fffffff;

/** Counters of a first form, at the beginning of its notes: each of them ends it. */
const enum Count {
  CALLS = 0,
  TURNS = 1,
}

/** Sets the counters of a first form. */
export function startCounters(notes: Int32Array, n: number): void {
  notes.fill(n, 0, Count.TURNS + 1);
}

/** Arrays of up to 64 bytes lie in V8's own heap, where its compiler cannot take their address for a constant. */
const CONSTANT_ADDRESS_WORDS = 20;

export function cacheArray(words: number, from?: Int32Array): Int32Array {
  const ic = new Int32Array(Math.max(words, CONSTANT_ADDRESS_WORDS)).fill(-1);
  if (from !== undefined) ic.set(from);
  return ic;
}

/** The forms of the function of one code object. */
export class Tiers {
  /** The second form's function. */
  fn: CompiledFunction | null = null;
  /** Loop bodies that are still those of the first form, since they had not run when the second was made. */
  private unseen: boolean[] = [];
  private patience = 0;

  constructor(
    readonly rt: Runtime,
    readonly index: number,
    readonly second: SecondMaker,
    readonly evaluate: (js: string) => Factory,
    readonly code: Ref,
    readonly K: number[],
    readonly N: number[],
    readonly ic: Int32Array,
    readonly FN: (CompiledFunction | null)[],
    readonly FB: Int32Array,
    readonly B: unknown[],
  ) {}

  /** Makes the second form, or those loop bodies of it that were left out. */
  make(): void {
    const { rt, code, FB } = this;
    const form = this.second(this.index, {
      kinds: FB,
      ic: this.ic,
      builtin: (name) => knownBuiltin(rt, name),
      callee: (code) => knownCallee(rt, code),
      instance: (c, n) => knownClass(rt, c, n),
    });
    if (form === null) {
      startCounters(FB, NEVER);
      return;
    }
    const { cacheSize, sites } = form.template;
    const FN = [...this.FN, ...new Array(sites - this.FN.length).fill(null)];
    const before = [...this.B];
    const make = this.evaluate(form.js);
    const ic = cacheArray(cacheSize, this.ic);
    const fn = make(this.K, this.N, ic, FN, code, FB, form.sameBodies ? this.B : [], null, form.given);
    if (this.fn === null) this.take(fn);
    // What runs already goes on as it is.
    else
      before.forEach((body, i) => {
        if (!this.unseen[i]) this.B[i] = body;
      });
    this.unseen = form.unseen;
    this.patience = this.patience * 2 || rt.secondAfter;
    FB[Count.TURNS] = form.unseen.includes(true) ? this.patience : NEVER;
  }

  private take(fn: CompiledFunction): void {
    const { rt, code } = this;
    this.fn = fn;
    rt.codes[rt.i32[code + Code.js]].fn = fn;
    // Call sites know functions by their versions, and look again at one with another.
    rt.i32[code + Code.version] = rt.next_func_version++;
  }

  /** A counter has ended. */
  ended(): void {
    if (this.fn === null || (this.FB[Count.TURNS] < 0 && this.unseen.includes(true))) this.make();
  }
}

/** See Profile.instance. The class may be gone by now, and something else in its place. */
function knownClass(rt: Runtime, cached: number, n: number): KnownClass | null {
  if (cached >= -2) return null;
  const type = ~cached;
  const i32 = rt.i32;
  if (rt.typeInfos[i32[type + Ty.info]]?.type !== type || i32[type + Ob.type] !== rt.types.type) return null;
  if ((i32[type + Ty.flags] & TF.INLINE_VALUES) === 0) return null;
  const init = initOf(rt, type, n);
  const version = i32[type + Ty.version_tag];
  return init === 0 || version === 0 ? null : { type, version, init };
}

/** See Profile.builtin; 0 where another function is there. */
function knownBuiltin(rt: Runtime, name: string): OptRef {
  const f = dict_getitem_str(rt, rt.builtinsDict, name);
  if (f === 0 || rt.i32[f + Ob.type] !== rt.types.builtin_function_or_method) return 0;
  return rt.methodDefs[rt.i32[f + CFunc.ml]].name === name ? f : 0;
}

/** What a note of a callee (see noteCall) says of it. */
function knownCallee(rt: Runtime, code: number): KnownCallee | null {
  const n = code >> 2;
  switch (code & 3) {
    case CalleeKind.NATIVE:
    case CalleeKind.METHOD: {
      const { fn, convention } = rt.methodDefs[n];
      const quick = (code & 3) === CalleeKind.METHOD ? quickMethod(rt, n) : null;
      return { kind: code & 3, number: n, fn, convention, quick };
    }
    case CalleeKind.TYPE: {
      const fn = rt.typeInfos[n].type_vectorcall;
      return fn === null ? null : { kind: CalleeKind.TYPE, number: n, fn, convention: 0, quick: null };
    }
    default:
      return null;
  }
}

/** A first form's notes are full: makes the second form, or finds it made; `func` is the function called, if one is. */
export function tierUp(t: Tiers, func: OptRef): CompiledFunction | null {
  t.ended();
  const i32 = t.rt.i32;
  if (t.fn !== null && func !== 0 && i32[func + Func.version] !== 0)
    i32[func + Func.version] = i32[t.code + Code.version];
  return t.fn;
}

/** The helpers by which first forms note the kinds of operands: word `at` of the notes. */
export function makeNotes(rt: Runtime) {
  const i32 = rt.i32;
  const T = rt.types;

  function kind(p: number): number {
    const t = i32[p + 2];
    if (t === T.int) return i32[p + 4] < 16 ? Kind.DIGIT : Kind.INT;
    if (t === T.float) return Kind.FLOAT;
    if (t === T.str) return Kind.STR;
    if (t === T.list) return Kind.LIST;
    if (t === T.tuple) return Kind.TUPLE;
    if (t === T.dict) return Kind.DICT;
    if (t === T.set || t === T.frozenset) return Kind.SET;
    return p === rt.None || p === rt.True || p === rt.False ? Kind.SINGLETON : Kind.OTHER;
  }

  return {
    note1: (FB: Int32Array, at: number, a: number): void => {
      FB[at] |= kind(a);
    },
    /** What is called at a site: the number of its native function and a CalleeKind; -1 once there have been several. */
    noteCall: (FB: Int32Array, at: number, f: number): void => {
      const t = i32[f + 2];
      const code =
        t === T.builtin_function_or_method
          ? (i32[f + CFunc.ml] << 2) | CalleeKind.NATIVE
          : t === T.method_descriptor
            ? (i32[f + Descr.def] << 2) | CalleeKind.METHOD
            : t === T.type && (i32[f + Ty.flags] & TF.HEAPTYPE) === 0
              ? (i32[f + Ty.info] << 2) | CalleeKind.TYPE
              : -1;
      FB[at] = FB[at] === 0 || FB[at] === code ? code : -1;
    },
    noteIter: (FB: Int32Array, at: number, it: number): void => {
      const t = i32[it + 2];
      FB[at] |=
        t === T.range_iterator
          ? IterKind.RANGE
          : t === T.list_iterator
            ? IterKind.LIST
            : t === T.tuple_iterator
              ? IterKind.TUPLE
              : IterKind.OTHER;
    },
    note2: (FB: Int32Array, at: number, a: number, b: number): void => {
      FB[at] |= kind(a) | (kind(b) << KIND_BITS);
    },
  };
}
