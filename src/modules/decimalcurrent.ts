/**
 * Contexts in the heap: reading one for an operation, the current one, and what an operation's flags lead to. Part of the modules,
 * for _decimal.ts.
 */
import { noMemory, raiseWith, typeError } from "../objects/errors.ts";
import { PyList_Append, PyList_New } from "../objects/list.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOfType } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { PyContextVar_Get, PyContextVar_Set } from "./_contextvars.ts";
import { Ctx, Flag } from "./decimalcontext.ts";
import { NoMemory, type Num } from "./decimalnum.ts";
import { fromNum } from "./decimalobject.ts";
import {
  CONDITIONS,
  Con,
  type DecimalState,
  type ExceptionName,
  PyDecContext_Check,
  SIGNALS,
  Sig,
  stateOf,
} from "./decimalstate.ts";

/** The flags of SIGNALS and CONDITIONS. */
export const SIGNAL_FLAGS: Record<ExceptionName, number> = {
  InvalidOperation: Flag.IEEE_Invalid_operation,
  FloatOperation: Flag.Float_operation,
  DivisionByZero: Flag.Division_by_zero,
  Overflow: Flag.Overflow,
  Underflow: Flag.Underflow,
  Subnormal: Flag.Subnormal,
  Inexact: Flag.Inexact,
  Rounded: Flag.Rounded,
  Clamped: Flag.Clamped,
  ConversionSyntax: Flag.Conversion_syntax,
  DivisionImpossible: Flag.Division_impossible,
  DivisionUndefined: Flag.Division_undefined,
  InvalidContext: Flag.Invalid_context,
  DecimalException: 0,
};

/** The context as operations see it, with no flags. */
export function readContext(rt: Runtime, c: Ref): Ctx {
  const state = stateOf(rt);
  if (state.readAt !== c) {
    const { i64 } = state;
    const i32 = rt.i32;
    const at = (field: number): bigint => i64[(c + field) >> 1];
    state.read = new Ctx(
      at(Con.prec),
      at(Con.emax),
      at(Con.emin),
      i32[c + Con.round],
      i32[c + Con.clamp] !== 0,
    );
    state.readAt = c;
  }
  state.read.status = 0;
  return state.read;
}

/** A context has changed or is no more. */
export function forgetContext(rt: Runtime): void {
  stateOf(rt).readAt = 0;
}

/** The current context, borrowed; made when it is first asked for. */
export function currentContext(rt: Runtime): Ref {
  const state = stateOf(rt);
  const c = PyContextVar_Get(rt, state.current);
  return c !== 0 ? c : initCurrentContext(rt, state);
}

function initCurrentContext(rt: Runtime, state: DecimalState): Ref {
  const c = pushed(rt, copyContext(rt, state.DefaultContext));
  rt.i32[c + Con.status] = 0;
  decref(rt, PyContextVar_Set(rt, state.current, c));
  drop(rt);
  return c;
}

/** PyDecContext_New: tp_new of contexts. */
export function newContext(rt: Runtime, type: Ref): NewRef {
  const i32 = rt.i32;
  const { DefaultContext, SignalDict } = stateOf(rt);
  const c = pushed(rt, infoOfType(rt, type).tp_alloc!(rt, type, 0));
  forgetContext(rt);
  for (const field of [Con.trapsDict, Con.flagsDict]) {
    const d = infoOfType(rt, SignalDict).tp_alloc!(rt, SignalDict, 0);
    i32[c + field] = d;
    i32[d + Sig.flags] = c + (field === Con.trapsDict ? Con.traps : Con.status);
  }
  if (DefaultContext !== 0) copyFields(rt, DefaultContext, c);
  i32[c + Con.capitals] = 1;
  return pop(rt);
}

/** All that a context says, without its objects. */
export function copyFields(rt: Runtime, from: Ref, to: Ref): void {
  rt.i32.copyWithin(to + Con.prec, from + Con.prec, from + Con.trapsDict);
  if (stateOf(rt).readAt === to) forgetContext(rt);
}

/** context_copy */
export function copyContext(rt: Runtime, c: Ref): NewRef {
  const copy = newContext(rt, stateOf(rt).Context);
  copyFields(rt, c, copy);
  rt.i32[copy + Con.newtrap] = 0;
  rt.i32[copy + Con.capitals] = rt.i32[c + Con.capitals];
  return copy;
}

/** An optional argument that is a context; None and nothing mean the current one. */
export function contextArgument(rt: Runtime, o: OptRef): Ref {
  if (o === 0 || o === rt.None) return currentContext(rt);
  if (!PyDecContext_Check(rt, o)) throw typeError(rt, "optional argument must be a context");
  return o;
}

/** "E" or "e" */
export const exponentLetter = (rt: Runtime, c: Ref): string => (rt.i32[c + Con.capitals] !== 0 ? "E" : "e");

/** The classes of these flags: conditions first (flags_as_list). */
export function flagsAsList(rt: Runtime, flags: number): NewRef {
  const { exceptions } = stateOf(rt);
  const list = pushed(rt, PyList_New(rt, 0));
  if ((flags & Flag.Invalid_operation) !== 0) PyList_Append(rt, list, exceptions.InvalidOperation);
  for (const name of CONDITIONS) {
    if ((flags & SIGNAL_FLAGS[name]) !== 0) PyList_Append(rt, list, exceptions[name]);
  }
  for (const name of SIGNALS) {
    if (name !== "InvalidOperation" && (flags & SIGNAL_FLAGS[name]) !== 0)
      PyList_Append(rt, list, exceptions[name]);
  }
  return pop(rt);
}

/** dec_addstatus: notes the flags in the context; raises what is trapped. */
export function addStatus(rt: Runtime, c: Ref, status: number): void {
  if (status === 0) return;
  const i32 = rt.i32;
  i32[c + Con.status] |= status;
  if ((status & (i32[c + Con.traps] | Flag.Malloc_error)) !== 0) throwTrapped(rt, c, status);
}

function throwTrapped(rt: Runtime, c: Ref, status: number): never {
  if ((status & Flag.Malloc_error) !== 0) throw noMemory(rt);
  const trapped = status & rt.i32[c + Con.traps];
  const name = SIGNALS.find((signal) => (trapped & SIGNAL_FLAGS[signal]) !== 0) as ExceptionName;
  const list = pushed(rt, flagsAsList(rt, trapped));
  throw raiseWith(rt, stateOf(rt).exceptions[name], list);
}

/** A result of an operation with this context. */
export function finish(rt: Runtime, c: Ref, ctx: Ctx, x: Num): NewRef {
  const p = pushed(rt, fromNum(rt, stateOf(rt).Decimal, x));
  if (ctx.status !== 0) addStatus(rt, c, ctx.status);
  pop(rt);
  return p;
}

/** What a computation gives; one too large for any memory is a MemoryError, which the context notes too. */
export function compute<T>(rt: Runtime, c: Ref, work: () => T): T {
  try {
    return work();
  } catch (e) {
    if (!(e instanceof NoMemory) && !(e instanceof RangeError && /BigInt/.test(e.message))) throw e;
    rt.i32[c + Con.status] |= Flag.Malloc_error;
    throw noMemory(rt);
  }
}

/** As an argument of a function that keeps it. */
export const heldContext = (rt: Runtime, o: OptRef): NewRef => newref(rt, contextArgument(rt, o));
