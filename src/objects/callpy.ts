/**
 * Calling Python functions: from the vectorcall convention, binding arguments to parameters. Part of the object layer
 * (CPython's initialize_locals in Python/ceval.c). Compiled call sites bypass this when a call needs no binding.
 */

import { Cell } from "../heap/cells.ts";
import { PyUnicode_Check } from "./check.ts";
import type { CompiledFunction } from "./code.ts";
import { codeFn } from "./codefn.ts";
import { PyDict_GetItemWithError, PyDict_New, PyDict_Next, PyDict_SetItem, PyDict_Size } from "./dict.ts";
import { raised, typeError } from "./errors.ts";
import { CO, Code, Func, Ob, Tuple } from "./layout.ts";
import { PyList_New } from "./list.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { dropTo, mark, push } from "./stack.ts";
import { _PyUnicode_EQ, jsString } from "./str.ts";
import { closestName } from "./suggest.ts";
import { PyTuple_FromArray, PyTuple_New, PyTuple_SET_ITEM, tupleItem, tupleSize } from "./tuple.ts";
import type { NewRef, OptRef, Ref, StolenRef } from "./typeinfo.ts";

/** Calls compiled code with n owned arguments at consecutive slots; takes them over and clears the slots. */
function callWithSlots(rt: Runtime, fn: CompiledFunction, func: Ref, at: number, n: number): NewRef {
  const i32 = rt.i32;
  switch (n) {
    case 0:
      return fn(func);
    case 1:
      return fn(func, i32[at]);
    case 2:
      return fn(func, i32[at], i32[at + 2]);
    case 3:
      return fn(func, i32[at], i32[at + 2], i32[at + 4]);
    case 4:
      return fn(func, i32[at], i32[at + 2], i32[at + 4], i32[at + 6]);
    default: {
      const args = new Array<number>(n);
      for (let i = 0; i < n; i++) args[i] = i32[at + 2 * i];
      return fn(func, ...args);
    }
  }
}

/** Is this a Python function of n parameters that needs no binding? */
export function takesPlainly(rt: Runtime, f: Ref, n: number): boolean {
  const i32 = rt.i32;
  if (i32[f + Ob.type] !== rt.types.function) return false;
  const code = i32[f + Func.code];
  return rt.codes[i32[code + Code.js]].simple && i32[code + Code.argcount] === n;
}

/** Calls such a function with one or two borrowed arguments. 0: an exception is set; nothing is thrown. */
export function callPlainly(rt: Runtime, f: Ref, a: Ref, b: OptRef = 0): NewRef {
  const code = rt.i32[f + Func.code];
  const fn = rt.codes[rt.i32[code + Code.js]].fn ?? codeFn(rt, code);
  newref(rt, f);
  newref(rt, a);
  return b === 0 ? fn(f, a) : fn(f, a, newref(rt, b));
}

/** tp_vectorcall of functions: arguments borrowed. */
export function function_vectorcall(
  rt: Runtime,
  func: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const i32 = rt.i32;
  const code = i32[func + Func.code];
  const compiled = rt.codes[i32[code + Code.js]];
  if (kwnames === 0 && compiled.simple && i32[code + Code.argcount] === nargs) {
    const fn = compiled.fn ?? codeFn(rt, code);
    newref(rt, func);
    for (let i = 0; i < nargs; i++) newref(rt, i32[args + 2 * i]);
    return raised(rt, callWithSlots(rt, fn, func, args, nargs));
  }
  const n = compiled.params;
  const base = bindArguments(rt, func, code, args, nargs, kwnames, n);
  const fn = compiled.fn ?? codeFn(rt, code);
  // The bound references move into the callee's frame, which starts where they stand.
  i32[Cell.SP] = base;
  return raised(rt, callWithSlots(rt, fn, newref(rt, func), base, n));
}

/**
 * Calls a function with owned arguments in slots (keyword values after the positional ones). Function and arguments are
 * taken over: while the function runs its frame alone holds them. The slots are empty afterwards. 0: an exception is set.
 */
export function callFunctionOwned(
  rt: Runtime,
  func: StolenRef,
  at: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const i32 = rt.i32;
  const code = i32[func + Func.code];
  const compiled = rt.codes[i32[code + Code.js]];
  if (kwnames === 0 && compiled.simple && i32[code + Code.argcount] === nargs) {
    const fn = compiled.fn ?? codeFn(rt, code);
    return takeSlots(rt, fn, func, at, nargs);
  }
  if (moveArguments(rt, func, code, at, nargs, kwnames))
    return callWithSlots(rt, compiled.fn ?? codeFn(rt, code), func, mark(rt), compiled.params);
  const sp = push(rt, func);
  const base = bindArguments(rt, func, code, at, nargs, kwnames, compiled.params, true);
  releaseSlots(rt, at, nargs + (kwnames === 0 ? 0 : tupleSize(rt, kwnames)));
  i32[sp] = 0;
  return callBound(rt, func, base, sp);
}

/**
 * func(*args, **kwargs) with a tuple and a dict (or 0) in slots, which are taken over: they go before the function runs.
 */
export function callFunctionEx(rt: Runtime, func: Ref, argsAt: number, kwAt: number): NewRef {
  const i32 = rt.i32;
  const bound = bindExact(rt, func, argsAt, kwAt);
  if (bound !== 0) return callBound(rt, newref(rt, func), bound, bound);
  const sp = i32[Cell.SP];
  const code = i32[func + Func.code];
  const compiled = rt.codes[i32[code + Code.js]];
  const nargs = tupleSize(rt, i32[argsAt]);
  const nkw = kwAt === 0 || i32[kwAt] === 0 ? 0 : PyDict_Size(rt, i32[kwAt]);
  let args = i32[argsAt] + Tuple.items;
  let kwnames = 0;
  if (nkw > 0) {
    kwnames = PyTuple_New(rt, nkw);
    args = push(rt, kwnames) + 2;
    unpack(rt, i32[argsAt], i32[kwAt], kwnames);
  }
  const base = bindArguments(rt, func, code, args, nargs, kwnames, compiled.params);
  if (nkw > 0) releaseSlots(rt, sp, 1 + nargs + nkw);
  releaseSlots(rt, argsAt, 1);
  if (kwAt !== 0) releaseSlots(rt, kwAt, 1);
  return callBound(rt, newref(rt, func), base, sp);
}

/**
 * callFunctionEx's usual case: no star parameters, keywords that are the parameters' own name objects. The references are pushed
 * on the native stack, and tuple and dict released; the address of the first, or 0, with nothing changed.
 */
function bindExact(rt: Runtime, func: Ref, argsAt: number, kwAt: number): number {
  const i32 = rt.i32;
  const code = i32[func + Func.code];
  const argcount = i32[code + Code.argcount];
  const args = i32[argsAt];
  const kwargs = kwAt === 0 ? 0 : i32[kwAt];
  const nargs = i32[args + Tuple.size];
  if ((i32[code + Code.flags] & (CO.VARARGS | CO.VARKEYWORDS)) !== 0 || nargs > argcount) return 0;
  const total = argcount + i32[code + Code.kwonlyargcount];
  const defaults = i32[func + Func.defaults];
  const first = defaults === 0 ? argcount : argcount - i32[defaults + Tuple.size];
  const nkw = kwargs === 0 ? 0 : PyDict_Size(rt, kwargs);
  if (nargs + nkw < first) return 0;
  const base = mark(rt);
  for (let i = 0; i < total; i++) push(rt, i < nargs ? newref(rt, i32[args + Tuple.items + 2 * i]) : 0);
  if (nkw > 0 && !bindNamed(rt, code, total, base, kwargs, nkw)) {
    dropTo(rt, base);
    return 0;
  }
  for (let i = nargs; i < total; i++) {
    if (i32[base + 2 * i] !== 0) continue;
    if (i < first || i >= argcount) {
      dropTo(rt, base);
      return 0;
    }
    i32[base + 2 * i] = newref(rt, tupleItem(rt, defaults, i - first));
  }
  i32[argsAt] = 0;
  decref(rt, args);
  if (kwargs !== 0) {
    i32[kwAt] = 0;
    decref(rt, kwargs);
  }
  return base;
}

/** Puts a dict's values in the slots of the parameters of these names; false: a name is none of them, or is given already. */
function bindNamed(rt: Runtime, code: Ref, total: number, base: number, kwargs: Ref, nkw: number): boolean {
  const i32 = rt.i32;
  // CPython has the names in a tuple meanwhile.
  const kwnames = PyTuple_New(rt, nkw);
  let fits = true;
  for (let pos = PyDict_Next(rt, kwargs, 0); fits && pos >= 0; pos = PyDict_Next(rt, kwargs, pos)) {
    const i = parameterOf(rt, code, rt.dictKey, total);
    fits = i >= 0 && i32[base + 2 * i] === 0;
    if (fits) i32[base + 2 * i] = newref(rt, rt.dictValue);
  }
  decref(rt, kwnames);
  return fits;
}

/** Pushes the items of the tuple and the values of the dict, whose keys go into `kwnames`. */
function unpack(rt: Runtime, args: Ref, kwargs: Ref, kwnames: Ref): void {
  for (let i = 0; i < tupleSize(rt, args); i++) push(rt, newref(rt, tupleItem(rt, args, i)));
  let i = 0;
  for (let pos = PyDict_Next(rt, kwargs, 0); pos >= 0; pos = PyDict_Next(rt, kwargs, pos)) {
    if (!PyUnicode_Check(rt, rt.dictKey)) throw typeError(rt, "keywords must be strings");
    PyTuple_SET_ITEM(rt, kwnames, i++, newref(rt, rt.dictKey));
    push(rt, newref(rt, rt.dictValue));
  }
}

function releaseSlots(rt: Runtime, at: number, n: number): void {
  const i32 = rt.i32;
  for (let i = 0; i < n; i++) {
    const v = i32[at + 2 * i];
    i32[at + 2 * i] = 0;
    if (v !== 0) decref(rt, v);
  }
}

/** Runs a function whose bound arguments stand at `base`; the native stack is at `sp` afterwards. */
function callBound(rt: Runtime, func: StolenRef, base: number, sp: number): NewRef {
  const code = rt.i32[func + Func.code];
  const compiled = rt.codes[rt.i32[code + Code.js]];
  const fn = compiled.fn ?? codeFn(rt, code);
  rt.i32[Cell.SP] = base;
  const result = callWithSlots(rt, fn, func, base, compiled.params);
  rt.i32[Cell.SP] = sp;
  return result;
}

/** Calls compiled code with n owned arguments out of slots of the caller, which are emptied first. */
function takeSlots(rt: Runtime, fn: CompiledFunction, func: Ref, at: number, n: number): NewRef {
  const i32 = rt.i32;
  if (n === 0) return fn(func);
  const a = i32[at];
  i32[at] = 0;
  if (n === 1) return fn(func, a);
  const b = i32[at + 2];
  i32[at + 2] = 0;
  if (n === 2) return fn(func, a, b);
  const c = i32[at + 4];
  i32[at + 4] = 0;
  if (n === 3) return fn(func, a, b, c);
  const args = new Array<number>(n);
  args[0] = a;
  args[1] = b;
  args[2] = c;
  for (let i = 3; i < n; i++) {
    args[i] = i32[at + 2 * i];
    i32[at + 2 * i] = 0;
  }
  return fn(func, ...args);
}

/**
 * The usual case of binding: no star parameters, keywords that are the parameters' own name objects, defaults for the rest.
 * The references move out of their slots to behind the native stack's top, where the callee reads them before its frame
 * begins there. False, with nothing changed, where the case is another.
 */
function moveArguments(
  rt: Runtime,
  func: Ref,
  code: Ref,
  at: number,
  nargs: number,
  kwnames: OptRef,
): boolean {
  const i32 = rt.i32;
  const argcount = i32[code + Code.argcount];
  if ((i32[code + Code.flags] & (CO.VARARGS | CO.VARKEYWORDS)) !== 0 || nargs > argcount) return false;
  if (rt.codes[i32[code + Code.js]].fn === null) return false;
  const total = argcount + i32[code + Code.kwonlyargcount];
  const base = mark(rt);
  if (base + 2 * total >= i32[Cell.STACK_LIMIT]) return false;
  for (let i = 0; i < total; i++) i32[base + 2 * i] = i < nargs ? i32[at + 2 * i] : 0;
  const nkw = kwnames === 0 ? 0 : tupleSize(rt, kwnames);
  for (let k = 0; k < nkw; k++) {
    const i = parameterOf(rt, code, tupleItem(rt, kwnames, k), total);
    if (i < 0 || i32[base + 2 * i] !== 0) return false;
    i32[base + 2 * i] = i32[at + 2 * (nargs + k)];
  }
  for (let i = argcount; i < total; i++) if (i32[base + 2 * i] === 0) return false;
  const defaults = i32[func + Func.defaults];
  const first = defaults === 0 ? argcount : argcount - tupleSize(rt, defaults);
  for (let i = nargs; i < first; i++) if (i32[base + 2 * i] === 0) return false;
  for (let i = Math.max(nargs, first); i < argcount; i++)
    if (i32[base + 2 * i] === 0) i32[base + 2 * i] = newref(rt, tupleItem(rt, defaults, i - first));
  for (let i = 0; i < nargs + nkw; i++) i32[at + 2 * i] = 0;
  return true;
}

/** The index of the parameter with this very name object that may be given by keyword, or -1. */
function parameterOf(rt: Runtime, code: Ref, name: Ref, total: number): number {
  const names = rt.i32[code + Code.localsplusnames];
  for (let i = rt.i32[code + Code.posonlyargcount]; i < total; i++)
    if (tupleItem(rt, names, i) === name) return i;
  return -1;
}

/**
 * Pushes one owned reference for each of the n parameter slots on the native stack; returns the first's address. `take`: the
 * positional arguments are moved out of their slots.
 */
function bindArguments(
  rt: Runtime,
  func: Ref,
  code: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
  n: number,
  take = false,
): number {
  const i32 = rt.i32;
  const base = mark(rt);
  for (let i = 0; i < n; i++) push(rt, 0);
  const argcount = i32[code + Code.argcount];
  const flags = i32[code + Code.flags];
  const given = Math.min(nargs, argcount);
  for (let i = 0; i < given; i++) {
    i32[base + 2 * i] = i32[args + 2 * i];
    if (take) i32[args + 2 * i] = 0;
    else newref(rt, i32[base + 2 * i]);
  }
  const total = argcount + i32[code + Code.kwonlyargcount];
  if ((flags & CO.VARARGS) !== 0) {
    const extra =
      nargs > argcount
        ? PyTuple_FromArray(rt, args + 2 * argcount, nargs - argcount, take)
        : newref(rt, rt.emptyTuple);
    i32[base + 2 * total] = extra;
  }
  const kwslot = (flags & CO.VARKEYWORDS) !== 0 ? base + 2 * (n - 1) : 0;
  if (kwslot !== 0) i32[kwslot] = PyDict_New(rt);
  if (kwnames !== 0) bindKeywords(rt, func, code, args + 2 * nargs, kwnames, base, kwslot);
  if (nargs > argcount && (flags & CO.VARARGS) === 0) throw tooManyPositional(rt, func, code, nargs, base);
  if (given < argcount) bindDefaults(rt, func, code, base, given, argcount);
  if (total > argcount) bindKwDefaults(rt, func, code, base, argcount, total);
  return base;
}

/** The index of a parameter by name, from `from` on; identity first, text after. -1 if there is none. */
function parameterIndex(rt: Runtime, code: Ref, name: Ref, from: number, to: number): number {
  const names = rt.i32[code + Code.localsplusnames];
  for (let i = from; i < to; i++) if (tupleItem(rt, names, i) === name) return i;
  for (let i = from; i < to; i++) if (_PyUnicode_EQ(rt, tupleItem(rt, names, i), name)) return i;
  return -1;
}

function bindKeywords(
  rt: Runtime,
  func: Ref,
  code: Ref,
  values: number,
  kwnames: Ref,
  base: number,
  kwslot: number,
): void {
  const i32 = rt.i32;
  const posonly = i32[code + Code.posonlyargcount];
  const total = i32[code + Code.argcount] + i32[code + Code.kwonlyargcount];
  for (let k = 0; k < tupleSize(rt, kwnames); k++) {
    const name = tupleItem(rt, kwnames, k);
    const value = i32[values + 2 * k];
    const i = parameterIndex(rt, code, name, posonly, total);
    if (i >= 0) {
      if (i32[base + 2 * i] !== 0)
        throw typeError(
          rt,
          `${qualname(rt, func)}() got multiple values for argument '${jsString(rt, name)}'`,
        );
      i32[base + 2 * i] = newref(rt, value);
    } else if (kwslot !== 0) PyDict_SetItem(rt, i32[kwslot], name, value);
    else throw unexpectedKeyword(rt, func, code, kwnames, name);
  }
}

function unexpectedKeyword(rt: Runtime, func: Ref, code: Ref, kwnames: Ref, name: Ref): unknown {
  const posonly = rt.i32[code + Code.posonlyargcount];
  const wrong: string[] = [];
  const names = rt.i32[code + Code.localsplusnames];
  for (let i = 0; i < posonly; i++) {
    const param = jsString(rt, tupleItem(rt, names, i));
    for (let k = 0; k < tupleSize(rt, kwnames); k++)
      if (jsString(rt, tupleItem(rt, kwnames, k)) === param) wrong.push(param);
  }
  const f = qualname(rt, func);
  if (wrong.length > 0) {
    return typeError(
      rt,
      `${f}() got some positional-only arguments passed as keyword arguments: '${wrong.join(", ")}'`,
    );
  }
  const text = jsString(rt, name);
  const candidates: string[] = [];
  for (let i = posonly; i < rt.i32[code + Code.argcount] + rt.i32[code + Code.kwonlyargcount]; i++) {
    candidates.push(jsString(rt, tupleItem(rt, names, i)));
  }
  listOfNames(rt, candidates.length);
  const near = closestName(candidates, text);
  const hint = near === null ? "" : `. Did you mean '${near}'?`;
  return typeError(rt, `${f}() got an unexpected keyword argument '${text}'${hint}`);
}

function qualname(rt: Runtime, func: Ref): string {
  return jsString(rt, rt.i32[func + Func.qualname]);
}

function bindDefaults(
  rt: Runtime,
  func: Ref,
  code: Ref,
  base: number,
  given: number,
  argcount: number,
): void {
  const i32 = rt.i32;
  const defaults = i32[func + Func.defaults];
  const ndef = defaults === 0 ? 0 : tupleSize(rt, defaults);
  const required = argcount - ndef;
  const missing: string[] = [];
  for (let i = given; i < required; i++) {
    if (i32[base + 2 * i] === 0) missing.push(paramName(rt, code, i));
  }
  if (missing.length > 0) throw missingArguments(rt, func, missing, "positional");
  for (let i = Math.max(given, required); i < argcount; i++) {
    if (i32[base + 2 * i] === 0) i32[base + 2 * i] = newref(rt, tupleItem(rt, defaults, i - required));
  }
}

function paramName(rt: Runtime, code: Ref, i: number): string {
  return jsString(rt, tupleItem(rt, rt.i32[code + Code.localsplusnames], i));
}

function bindKwDefaults(rt: Runtime, func: Ref, code: Ref, base: number, from: number, to: number): void {
  const i32 = rt.i32;
  const missing: string[] = [];
  for (let i = from; i < to; i++) {
    if (i32[base + 2 * i] !== 0) continue;
    const kwdefaults = i32[func + Func.kwdefaults];
    const name = tupleItem(rt, i32[code + Code.localsplusnames], i);
    const v = kwdefaults === 0 ? 0 : PyDict_GetItemWithError(rt, kwdefaults, name);
    if (v === 0) missing.push(jsString(rt, name));
    else i32[base + 2 * i] = newref(rt, v);
  }
  if (missing.length > 0) throw missingArguments(rt, func, missing, "keyword-only");
}

/** CPython puts names into a list before it words the message. */
function listOfNames(rt: Runtime, n: number): void {
  decref(rt, PyList_New(rt, n));
}

function missingArguments(rt: Runtime, func: Ref, missing: string[], kind: string): unknown {
  listOfNames(rt, missing.length);
  if (missing.length > 2) listOfNames(rt, missing.length - 2);
  const quoted = missing.map((m) => `'${m}'`);
  const n = missing.length;
  let list: string;
  if (n === 1) list = quoted[0];
  else if (n === 2) list = `${quoted[0]} and ${quoted[1]}`;
  else list = `${quoted.slice(0, -1).join(", ")}, and ${quoted[n - 1]}`;
  return typeError(
    rt,
    `${qualname(rt, func)}() missing ${n} required ${kind} argument${n === 1 ? "" : "s"}: ${list}`,
  );
}

function tooManyPositional(rt: Runtime, func: Ref, code: Ref, given: number, base: number): unknown {
  const i32 = rt.i32;
  const argcount = i32[code + Code.argcount];
  const kwonly = i32[code + Code.kwonlyargcount];
  let kwGiven = 0;
  for (let i = argcount; i < argcount + kwonly; i++) if (i32[base + 2 * i] !== 0) kwGiven++;
  const defaults = i32[func + Func.defaults];
  const ndef = defaults === 0 ? 0 : tupleSize(rt, defaults);
  const plural = ndef > 0 ? argcount !== 0 || true : argcount !== 1;
  const signature = ndef > 0 ? `from ${argcount - ndef} to ${argcount}` : `${argcount}`;
  const extra =
    kwGiven > 0
      ? ` positional argument${given !== 1 ? "s" : ""} (and ${kwGiven} keyword-only argument${kwGiven !== 1 ? "s" : ""})`
      : "";
  const verb = given === 1 && kwGiven === 0 ? "was" : "were";
  return typeError(
    rt,
    `${qualname(rt, func)}() takes ${signature} positional argument${plural ? "s" : ""} but ${given}${extra} ${verb} given`,
  );
}
