/**
 * What the first form of a function sees while it runs, for the second form: kinds of operands, contents of inline caches.
 * Part of the compiler; the notes are taken by the runtime (runtime/tiers.ts).
 */
import type { Located } from "./ast.ts";

/** Kinds of operands, bits of a word of the notes: the first operand in the lowest bits, the next ones KIND_BITS higher. */
export const enum Kind {
  /** An int of at most one digit. */
  DIGIT = 1,
  /** A longer int. */
  INT = 2,
  FLOAT = 4,
  STR = 8,
  LIST = 16,
  TUPLE = 32,
  DICT = 64,
  SET = 128,
  /** None, True, False. */
  SINGLETON = 256,
  OTHER = 512,
}

export const KIND_BITS = 10;
export const KIND_MASK = (1 << KIND_BITS) - 1;

/** Kinds of the iterator of a loop. */
export const enum IterKind {
  RANGE = 1,
  LIST = 2,
  TUPLE = 4,
  OTHER = 8,
}

/** What the caches of attribute sites say (word 1 of 4; word 0 is the type's version). */
export const enum AttrKind {
  /** [version, INLINE, word offset of the value] */
  INLINE = 1,
  /** A slot (member descriptor): [version, SLOT, word offset] */
  SLOT = 2,
  /** A module's global: [version, MODULE, keys version, word offset from the keys] */
  MODULE = 3,
  /** On the class, the instance cannot shadow it: [version, CLASS, value] */
  CLASS = 4,
  /** On the class, as long as the shared keys do not have the name: [version, CLASS_KEYS, value, keys version] */
  CLASS_KEYS = 5,
  /** An attribute of a type object: [metatype version, TYPE, type's version, value] */
  TYPE = 6,
  /** A property of the class: [version, PROPERTY, property] */
  PROPERTY = 7,
  /** An attribute that native code computes (a getset descriptor of the class): [version, GETTER, index of its definition] */
  GETTER = 8,
}

export interface Profile {
  kinds: Int32Array;
  /** The inline caches. */
  ic: Int32Array;
  /** The class whose calls a site's cache has known (as ~class), with n arguments; null where they take the general way. */
  instance(cached: number, n: number): KnownClass | null;
  /** The function that a builtin's name stands for unless a program has changed that. */
  builtin(name: string): number;
  /** The native function behind a note of a callee. */
  callee(note: number): KnownCallee | null;
}

/** What a native callee is: the two lowest bits of a note. */
export const enum CalleeKind {
  NATIVE = 1,
  METHOD = 2,
  TYPE = 3,
}

/** A class of plain instances whose `__init__` is a Python function that needs no binding. */
export interface KnownClass {
  type: number;
  /** The type's version: while it is this, `init` is its `__init__`. */
  version: number;
  init: number;
}

export interface KnownCallee {
  kind: CalleeKind;
  /** Index of the method definition or of the type's description. */
  number: number;
  fn: unknown;
  /** Flags of the calling convention. */
  convention: number;
  quick: KnownQuick | null;
}

/** What an argument of a native function may be that is called without counting: see KnownQuick. */
export type Plain = "" | "any" | "list";

/** A method of a built-in type that may be called without counting its object, itself and its arguments (runtime/quick.ts). */
export interface KnownQuick {
  /** The type, and its method's descriptor. */
  type: number;
  descriptor: number;
  /** By the number of arguments: functions of self and them that neither allocate nor raise; 0: nothing has been done. */
  short: Record<number, unknown> | null;
  /** Else what the native function's arguments must be: str, int or None; a list or tuple, too; anything. */
  args: Plain;
  /** A condition on the object `$`, or "". */
  guard: string;
}

/** Numbers given to operations, by the node and the role they have there: the same in both forms of a code. */
export class Numbering {
  private readonly numbers = new Map<Located, Map<string, number>>();

  get(node: Located, role: string): number | undefined {
    return this.numbers.get(node)?.get(role);
  }

  at(node: Located, role: string, make: () => number): number {
    let roles = this.numbers.get(node);
    if (roles === undefined) {
      roles = new Map();
      this.numbers.set(node, roles);
    }
    let n = roles.get(role);
    if (n === undefined) {
      n = make();
      roles.set(role, n);
    }
    return n;
  }
}
