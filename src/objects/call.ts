/**
 * Calling: vectorcall dispatch, packing for tp_call, method calls, and the guard against runaway recursion of natives.
 * Part of the object layer (CPython's Objects/call.c).
 *
 * Arguments stand in slots two words apart. Arguments that the caller only lends are laid out on the native stack in the
 * HIGH words of the slots, the low words being 0: the stack owns nothing, unwinding has nothing to release, and `args`
 * is simply the address of the first high word.
 *
 *   word   SP    SP+1      SP+2   SP+3      SP+4
 *          0     arg 0     0      arg 1     ...
 *                ^ args
 */
import { Cell } from "../heap/cells.ts";
import { PyCallable_Check, PyObject_GetAttr, PyObject_GetOptionalAttr } from "./abstract.ts";
import { callPlainly, takesPlainly } from "./callpy.ts";
import { PyUnicode_Check } from "./check.ts";
import { PyDict_New, PyDict_Next, PyDict_SetItem, PyDict_Size } from "./dict.ts";
import { caught, clearError, raise, raised, typeError } from "./errors.ts";
import { _PyObject_GetMethod } from "./instance.ts";
import { Ob, Tuple, Ty } from "./layout.ts";
import { hasNativeRoom } from "./recursion.ts";
import { decref, incref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { slot_tp_vectorcall } from "./slottp.ts";
import { drop, mark, pop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import { PyTuple_FromArray, PyTuple_New, PyTuple_SET_ITEM, tupleItem } from "./tuple.ts";
import { typeVectorcall } from "./typecall.ts";
import type { NewRef, OptRef, Ref, TypeInfo, vectorcallfunc } from "./typeinfo.ts";

/** Py_C_RECURSION_LIMIT of a release build. */
export const C_RECURSION_LIMIT = 10000;
/** From here on the room on the stack is looked at. */
const DEEP = C_RECURSION_LIMIT - 100;

/** Counts one level of native recursion; RecursionError "maximum recursion depth exceeded" + where. */
export function enterRecursive(rt: Runtime, where: string): void {
  const left = --rt.i32[Cell.C_RECURSION_REMAINING];
  if (left < DEEP && (left < 0 || !hasNativeRoom(left, C_RECURSION_LIMIT))) tooDeep(rt, where);
}

export function leaveRecursive(rt: Runtime): void {
  rt.i32[Cell.C_RECURSION_REMAINING]++;
}

function tooDeep(rt: Runtime, where: string): void {
  if (rt.recursion_headroom > 0) return;
  rt.recursion_headroom++;
  const err = raise(rt, rt.exc.RecursionError, `maximum recursion depth exceeded${where}`);
  rt.recursion_headroom--;
  rt.i32[Cell.C_RECURSION_REMAINING]++;
  throw err;
}

/** Lends a reference through a native stack slot; returns the address to use as `args` if it is the first. */
export function lend(rt: Runtime, ref: Ref): number {
  const i32 = rt.i32;
  const sp = i32[Cell.SP];
  i32[sp] = 0;
  i32[sp + 1] = ref;
  i32[Cell.SP] = sp + 2;
  return sp + 1;
}

/** Takes back n lent slots. */
export function unlend(rt: Runtime, n: number): void {
  rt.i32[Cell.SP] -= 2 * n;
}

/** Lends `first` and then the n references at `args`. */
export function lendArgs(rt: Runtime, first: Ref, args: number, n: number): number {
  const i32 = rt.i32;
  const sp = i32[Cell.SP];
  i32[sp] = 0;
  i32[sp + 1] = first;
  for (let k = 0, to = sp + 2; k < n; k++, to += 2) {
    i32[to] = 0;
    i32[to + 1] = i32[args + 2 * k];
  }
  i32[Cell.SP] = sp + 2 * (n + 1);
  return sp + 1;
}

/** Number of keyword values that follow the positional arguments. */
export function kwCount(rt: Runtime, kwnames: OptRef): number {
  return kwnames === 0 ? 0 : rt.i32[kwnames + Tuple.size];
}

export function PyObject_Vectorcall(
  rt: Runtime,
  callable: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const info = infoOf(rt, callable);
  const vectorcall = info.tp_vectorcall;
  if (vectorcall !== null) return vectorcall(rt, callable, args, nargs, kwnames);
  return makeTpCall(rt, info, callable, args, nargs, kwnames);
}

/** _PyObject_MakeTpCall: packs the arguments into a tuple and a dict for a type that has only tp_call. */
export function _PyObject_MakeTpCall(
  rt: Runtime,
  callable: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  return makeTpCall(rt, infoOf(rt, callable), callable, args, nargs, kwnames);
}

function makeTpCall(
  rt: Runtime,
  info: TypeInfo,
  callable: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  if (info.tp_call === null) throw notCallable(rt, callable);
  const tuple = PyTuple_FromArray(rt, args, nargs, false);
  push(rt, tuple);
  let kwargs = 0;
  if (kwnames !== 0) {
    kwargs = _PyStack_AsDict(rt, args + 2 * nargs, kwnames);
    push(rt, kwargs);
  }
  enterRecursive(rt, " while calling a Python object");
  const result = info.tp_call(rt, callable, tuple, kwargs);
  leaveRecursive(rt);
  drop(rt, kwnames === 0 ? 1 : 2);
  return result;
}

/** A dict of the keyword values at `values` under the names of the tuple `kwnames`. */
export function _PyStack_AsDict(rt: Runtime, values: number, kwnames: Ref): NewRef {
  const i32 = rt.i32;
  push(rt, PyDict_New(rt));
  const dict = i32[i32[Cell.SP] - 2];
  const n = i32[kwnames + Tuple.size];
  for (let k = 0; k < n; k++) PyDict_SetItem(rt, dict, tupleItem(rt, kwnames, k), i32[values + 2 * k]);
  return pop(rt);
}

function notCallable(rt: Runtime, callable: Ref): PyErr {
  let message = `'${typeNameOf(rt, callable)}' object is not callable`;
  if (rt.i32[callable + Ob.type] === rt.types.module) message += moduleHint(rt, callable);
  return typeError(rt, message);
}

/** ". Did you mean: 'pprint.pprint(...)'?" for a module that holds a callable of its own name. */
function moduleHint(rt: Runtime, module: Ref): string {
  const m = mark(rt);
  let hint = "";
  try {
    const name = PyObject_GetAttr(rt, module, rt.names.__name__);
    push(rt, name);
    if (PyUnicode_Check(rt, name)) {
      const attr = PyObject_GetOptionalAttr(rt, module, name);
      push(rt, attr);
      const text = jsString(rt, name);
      if (attr !== 0 && PyCallable_Check(rt, attr)) hint = `. Did you mean: '${text}.${text}(...)'?`;
      drop(rt);
    }
    drop(rt);
  } catch (e) {
    caught(rt, e, m, rt.exc.BaseException);
    clearError(rt);
  }
  return hint;
}

/** callable(*args, **kwargs) with a tuple and a dict (or 0). */
export function PyObject_Call(rt: Runtime, callable: Ref, args: Ref, kwargs: OptRef): NewRef {
  const info = infoOf(rt, callable);
  const vectorcall = info.tp_vectorcall;
  if (vectorcall !== null && !isShortCut(rt, callable, vectorcall)) {
    if (kwargs === 0 || PyDict_Size(rt, kwargs) === 0) {
      return vectorcall(rt, callable, args + Tuple.items, rt.i32[args + Tuple.size], 0);
    }
    return callUnpacked(rt, callable, args, kwargs);
  }
  if (info.tp_call === null) throw notCallable(rt, callable);
  enterRecursive(rt, " while calling a Python object");
  const result = info.tp_call(rt, callable, args, kwargs);
  leaveRecursive(rt);
  return result;
}

/** A vectorcall that CPython does not have: it packs the tuple that tp_call takes, and here the tuple is given. */
function isShortCut(rt: Runtime, callable: Ref, vectorcall: vectorcallfunc): boolean {
  if (vectorcall === slot_tp_vectorcall) return true;
  if (vectorcall !== typeVectorcall || callable === rt.types.type) return false;
  return callable === rt.types.bytes || rt.typeInfos[rt.i32[callable + Ty.info]].type_vectorcall === null;
}

/** tp_call of types that have a vectorcall (PyVectorcall_Call). */
export function PyVectorcall_Call(rt: Runtime, callable: Ref, args: Ref, kwargs: OptRef): NewRef {
  return PyObject_Call(rt, callable, args, kwargs);
}

/** Lays the tuple and the dict's values out on the native stack (owned, as CPython does) for a vectorcall. */
function callUnpacked(rt: Runtime, callable: Ref, args: Ref, kwargs: Ref): NewRef {
  return callUnpackedAt(rt, callable, args + Tuple.items, rt.i32[args + Tuple.size], kwargs);
}

function callUnpackedAt(rt: Runtime, callable: Ref, args: number, nargs: number, kwargs: Ref): NewRef {
  const i32 = rt.i32;
  const nkw = PyDict_Size(rt, kwargs);
  const kwnames = PyTuple_New(rt, nkw);
  const base = push(rt, kwnames) + 2;
  for (let k = 0; k < nargs; k++) pushNew(rt, i32[args + 2 * k]);
  let pos = 0;
  for (let k = 0; k < nkw && (pos = PyDict_Next(rt, kwargs, pos)) >= 0; k++) {
    const key = rt.dictKey;
    if (!PyUnicode_Check(rt, key)) throw typeError(rt, "keywords must be strings");
    incref(rt, key);
    PyTuple_SET_ITEM(rt, kwnames, k, key);
    pushNew(rt, rt.dictValue);
  }
  const result = PyObject_Vectorcall(rt, callable, base, nargs, kwnames);
  drop(rt, nargs + nkw + 1);
  return result;
}

function pushNew(rt: Runtime, ref: Ref): void {
  incref(rt, ref);
  push(rt, ref);
}

export function PyObject_CallNoArgs(rt: Runtime, callable: Ref): NewRef {
  return PyObject_Vectorcall(rt, callable, rt.i32[Cell.SP], 0, 0);
}

export function PyObject_CallOneArg(rt: Runtime, callable: Ref, arg: Ref): NewRef {
  if (takesPlainly(rt, callable, 1)) return raised(rt, callPlainly(rt, callable, arg));
  const args = lend(rt, arg);
  const result = PyObject_Vectorcall(rt, callable, args, 1, 0);
  rt.i32[Cell.SP] = args - 1;
  return result;
}

export function PyObject_CallTwoArgs(rt: Runtime, callable: Ref, a: Ref, b: Ref): NewRef {
  if (takesPlainly(rt, callable, 2)) return raised(rt, callPlainly(rt, callable, a, b));
  const args = lend(rt, a);
  lend(rt, b);
  const result = PyObject_Vectorcall(rt, callable, args, 2, 0);
  rt.i32[Cell.SP] = args - 1;
  return result;
}

export function PyObject_CallThreeArgs(rt: Runtime, callable: Ref, a: Ref, b: Ref, c: Ref): NewRef {
  const args = lend(rt, a);
  lend(rt, b);
  lend(rt, c);
  const result = PyObject_Vectorcall(rt, callable, args, 3, 0);
  rt.i32[Cell.SP] = args - 1;
  return result;
}

/** Any number of borrowed arguments. */
export function PyObject_CallArgs(rt: Runtime, callable: Ref, ...refs: Ref[]): NewRef {
  const base = rt.i32[Cell.SP];
  for (const ref of refs) lend(rt, ref);
  const result = PyObject_Vectorcall(rt, callable, base + 1, refs.length, 0);
  rt.i32[Cell.SP] = base;
  return result;
}

/** func(obj, *args, **kwargs): calls with `obj` put before the arguments of a tuple (_PyObject_Call_Prepend). */
export function _PyObject_Call_Prepend(
  rt: Runtime,
  callable: Ref,
  obj: Ref,
  args: Ref,
  kwargs: OptRef,
): NewRef {
  const i32 = rt.i32;
  const nargs = i32[args + Tuple.size];
  const at = lendArgs(rt, obj, args + Tuple.items, nargs);
  const result =
    kwargs === 0 || PyDict_Size(rt, kwargs) === 0
      ? PyObject_Vectorcall(rt, callable, at, nargs + 1, 0)
      : callUnpackedAt(rt, callable, at, nargs + 1, kwargs);
  i32[Cell.SP] = at - 1;
  return result;
}

/** Calls method `name` of args[0] with the other arguments, without making a bound method (PyObject_VectorcallMethod). */
export function PyObject_VectorcallMethod(
  rt: Runtime,
  name: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const func = _PyObject_GetMethod(rt, rt.i32[args], name);
  const unbound = rt.methodIsUnbound;
  push(rt, func);
  const result = unbound
    ? PyObject_Vectorcall(rt, func, args, nargs, kwnames)
    : PyObject_Vectorcall(rt, func, args + 2, nargs - 1, kwnames);
  drop(rt);
  return result;
}

export function PyObject_CallMethodNoArgs(rt: Runtime, o: Ref, name: Ref): NewRef {
  const args = lend(rt, o);
  const result = PyObject_VectorcallMethod(rt, name, args, 1, 0);
  rt.i32[Cell.SP] = args - 1;
  return result;
}

export function PyObject_CallMethodOneArg(rt: Runtime, o: Ref, name: Ref, arg: Ref): NewRef {
  const args = lend(rt, o);
  lend(rt, arg);
  const result = PyObject_VectorcallMethod(rt, name, args, 2, 0);
  rt.i32[Cell.SP] = args - 1;
  return result;
}

export function PyObject_CallMethod(rt: Runtime, o: Ref, name: Ref, ...refs: Ref[]): NewRef {
  const args = lend(rt, o);
  for (const ref of refs) lend(rt, ref);
  const result = PyObject_VectorcallMethod(rt, name, args, refs.length + 1, 0);
  rt.i32[Cell.SP] = args - 1;
  return result;
}

/** Calls and releases the callable: for a method just looked up. */
export function callAndDecref(rt: Runtime, callable: NewRef): NewRef {
  push(rt, callable);
  const result = PyObject_CallNoArgs(rt, callable);
  decref(rt, pop(rt));
  return result;
}
