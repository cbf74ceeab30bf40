/**
 * What the compiler makes: code templates, a serialisable description of code objects with their JavaScript. The runtime
 * turns a template into a code object in the heap (runtime/materialize.ts); the build stores templates of the library.
 */
import type { ConstantValue } from "./ast.ts";
import type { Profile } from "./profile.ts";

export type ConstSpec =
  | ConstantValue
  /** `ofSet`: the items stand in the order in which a set of them gives them out. */
  | { t: "tuple"; items: ConstSpec[]; ofSet?: boolean }
  | { t: "frozenset"; items: ConstSpec[] }
  | { t: "code"; index: number };

/** One code object. Indices of nested code refer to the unit's `codes`. */
export interface CodeTemplate {
  name: string;
  qualname: string;
  firstlineno: number;
  flags: number;
  argcount: number;
  posonlyargcount: number;
  kwonlyargcount: number;
  /** co_stacksize of CPython's bytecode. */
  stacksize: number;
  /** Slots for the evaluation stack in frames: those, or as many more as our code takes. */
  slots: number;
  /** varnames (parameters first), then cell variables that are no parameters, then free variables. */
  localsplusnames: string[];
  /** CPython's kinds: CO_FAST_LOCAL 0x20, CO_FAST_CELL 0x40, CO_FAST_FREE 0x80, CO_FAST_HIDDEN 0x10. */
  localspluskinds: number[];
  nlocals: number;
  ncellvars: number;
  nfreevars: number;
  /** Constants used by the code, in order of first use. */
  consts: ConstSpec[];
  names: string[];
  /** Four numbers for each position: line, end line, column, end column (UTF-8 bytes). */
  positions: number[];
  /** The same as text, in packed templates (runtime/librarypack.ts); `positions` is empty then. */
  packedPositions?: string;
  /** Number of inline cache words this code needs. */
  cacheSize: number;
  /** Number of call sites that remember a callee. */
  sites: number;
  /** Words of notes of a first form (the first counts its calls, the second turns of its loops), 0 of other forms. */
  kinds: number;
}

/** The second form of a code: its template (constants, names and positions are those of the first) and factory. */
export interface SecondForm {
  template: CodeTemplate;
  js: string;
  given: unknown[];
  /** Loop bodies can take the place of the first form's. */
  sameBodies: boolean;
  /** By their numbers: which loop bodies are not in it, since the first form has not run them. */
  unseen: boolean[];
}

/** Makes the second form of code number `index`, or null where the code has none. */
export type SecondMaker = (index: number, profile: Profile) => SecondForm | null;

/** A compiled source: all its code objects and the JavaScript that defines their functions. */
export interface UnitTemplate {
  filename: string;
  codes: CodeTemplate[];
  /** Index of the module's (or expression's) own code. */
  main: number;
  /** The factory of a code's function, an expression over the helpers: (K, N, ic, FN, CODE, FB, B, T, G) => fn. */
  js: (index: number) => string;
  /** A function (rt, i32, ...helpers) that returns all factories, where one has been compiled beforehand; else null. */
  script?: (helpers: string[]) => unknown;
  /** Makes second forms; absent in templates that were stored. */
  second?: SecondMaker;
  /** A module of the library: its second forms cost more, since its source must be read first. */
  library?: boolean;
}
