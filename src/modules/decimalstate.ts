/**
 * What the parts of _decimal share: layouts of its objects, its types and exceptions. Part of the modules.
 *
 *   byte         0      16     24      32    40       48    56      64     72           104
 *   Decimal      | head | hash | flags | exp | digits | len | alloc | data | 4 words    |
 *   byte         0      16     24     32     40      44       48        52      56      60      64      72      80         88
 *   Context      | head | prec | emax | emin | traps | status | newtrap | round | clamp | allcr | traps | flags | capitals | - |
 *   SignalDict   | head | address of the context's traps or status |
 *   ContextManager | head | local | global |
 */
import { Ob } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { PyType_IsSubtype } from "../objects/typelookup.ts";
import type { Ctx } from "./decimalcontext.ts";

/** PyDecObject with its mpd_t: word offsets. */
export const enum Dec {
  hash = 4,
  flags = 6,
  exp = 8,
  digits = 10,
  len = 12,
  alloc = 14,
  data = 16,
  words = 18,
  BYTES = 104,
  /** Of flags, besides Kind: in an object of its own, and the coefficient in it. */
  STATIC = 16,
  STATIC_DATA = 32,
}

/** PyDecContextObject: word offsets. */
export const enum Con {
  prec = 4,
  emax = 6,
  emin = 8,
  traps = 10,
  status = 11,
  newtrap = 12,
  round = 13,
  clamp = 14,
  allcr = 15,
  trapsDict = 16,
  flagsDict = 18,
  capitals = 20,
  BYTES = 96,
}

export const enum Sig {
  flags = 4,
  BYTES = 24,
}

export const enum Man {
  local = 4,
  global = 6,
  BYTES = 32,
}

/** The exceptions that are signals or conditions, in the order of CPython's tables. */
export const SIGNALS = [
  "InvalidOperation",
  "FloatOperation",
  "DivisionByZero",
  "Overflow",
  "Underflow",
  "Subnormal",
  "Inexact",
  "Rounded",
  "Clamped",
] as const;

export const CONDITIONS = [
  "ConversionSyntax",
  "DivisionImpossible",
  "DivisionUndefined",
  "InvalidContext",
] as const;

export type ExceptionName = (typeof SIGNALS)[number] | (typeof CONDITIONS)[number] | "DecimalException";

/** All references are owned; 0 until made. */
export interface DecimalState {
  Decimal: Ref;
  Context: Ref;
  ContextManager: Ref;
  SignalDictMixin: Ref;
  SignalDict: Ref;
  DecimalTuple: Ref;
  Rational: Ref;
  /** The context variable of the current context. */
  current: Ref;
  DefaultContext: Ref;
  BasicContext: Ref;
  ExtendedContext: Ref;
  /** The classes of SIGNALS, a tuple. */
  signals: Ref;
  exceptions: Record<ExceptionName, Ref>;
  /** ROUNDING as interned strings. */
  roundings: Ref[];
  /** The context read last, by its address; 0: none. */
  readAt: Ref;
  read: Ctx;
  u64: BigUint64Array;
  i64: BigInt64Array;
}

let owner: Runtime | null = null;
let known: DecimalState;

export function stateOf(rt: Runtime): DecimalState {
  if (owner !== rt) {
    known = rt.moduleState.get("_decimal") as DecimalState;
    owner = rt;
  }
  return known;
}

/** The state is made anew. */
export function setState(rt: Runtime, state: DecimalState): void {
  rt.moduleState.set("_decimal", state);
  owner = rt;
  known = state;
}

export function PyDec_Check(rt: Runtime, o: Ref): boolean {
  const type = rt.i32[o + Ob.type];
  const { Decimal } = stateOf(rt);
  return type === Decimal || PyType_IsSubtype(rt, type, Decimal);
}

export function PyDecContext_Check(rt: Runtime, o: Ref): boolean {
  const type = rt.i32[o + Ob.type];
  const { Context } = stateOf(rt);
  return type === Context || PyType_IsSubtype(rt, type, Context);
}

export function PyDecSignalDict_Check(rt: Runtime, o: Ref): boolean {
  return rt.i32[o + Ob.type] === stateOf(rt).SignalDict;
}
