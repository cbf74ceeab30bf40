/**
 * Calling a native function by the flags of its definition, with CPython's words when the arguments do not fit.
 * Part of the object layer: built-in functions and method descriptors share it.
 */
import { _PyObject_FunctionStr } from "./abstract.ts";
import { _PyStack_AsDict, kwCount } from "./call.ts";
import { raised, typeError } from "./errors.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { PyTuple_FromArray } from "./tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

const CALL_FLAGS = METH.VARARGS | METH.KEYWORDS | METH.NOARGS | METH.O | METH.FASTCALL;

/** A registered definition: all of one shape, which calls depend on. */
export class NativeMethod implements MethodDef {
  readonly name: string;
  readonly flags: number;
  /** The calling convention: the flags without CLASS, STATIC and COEXIST, where the self of the caller is given; else -1. */
  readonly convention: number;
  readonly fn: MethodDef["fn"];
  readonly sig: string | undefined;
  readonly doc: string | undefined;

  constructor(def: MethodDef) {
    this.name = def.name;
    this.flags = def.flags;
    this.convention = (def.flags & METH.STATIC) !== 0 ? -1 : def.flags & CALL_FLAGS;
    this.fn = def.fn;
    this.sig = def.sig;
    this.doc = def.doc;
  }
}

const numbersOf = new WeakMap<Runtime, Map<MethodDef, number>>();

/** Numbers a definition: the number stands in the heap for CPython's pointer. */
export function registerMethodDef(rt: Runtime, def: MethodDef): number {
  let numbers = numbersOf.get(rt);
  if (numbers === undefined) numbersOf.set(rt, (numbers = new Map()));
  let n = numbers.get(def);
  if (n === undefined) numbers.set(def, (n = rt.methodDefs.push(new NativeMethod(def)) - 1));
  return n;
}

/** Calls `def` for `callable` (which messages name) with `self` and vectorcall arguments. */
export function callMethodDef(
  rt: Runtime,
  callable: Ref,
  def: MethodDef,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  switch (def.flags & CALL_FLAGS) {
    case METH.FASTCALL:
      if (kwnames !== 0) checkNoKeywords(rt, callable, kwnames);
      return raised(rt, def.fn(rt, self, args, nargs));
    case METH.O:
      if (kwnames !== 0) checkNoKeywords(rt, callable, kwnames);
      if (nargs !== 1) throw argumentCount(rt, callable, "exactly one argument", nargs);
      return raised(rt, def.fn(rt, self, rt.i32[args]));
    case METH.NOARGS:
      if (kwnames !== 0) checkNoKeywords(rt, callable, kwnames);
      if (nargs !== 0) throw argumentCount(rt, callable, "no arguments", nargs);
      return raised(rt, def.fn(rt, self));
    case METH.FASTCALL | METH.KEYWORDS:
      return raised(rt, def.fn(rt, self, args, nargs, kwnames));
    case METH.VARARGS:
      if (kwnames !== 0) checkNoKeywords(rt, callable, kwnames);
      return callWithTuple(rt, def, self, args, nargs);
    default:
      return callWithTupleAndDict(rt, def, self, args, nargs, kwnames);
  }
}

function checkNoKeywords(rt: Runtime, callable: Ref, kwnames: Ref): void {
  if (kwCount(rt, kwnames) === 0) return;
  throw typeError(rt, `${_PyObject_FunctionStr(rt, callable)} takes no keyword arguments`);
}

function argumentCount(rt: Runtime, callable: Ref, wanted: string, nargs: number): PyErr {
  return typeError(rt, `${_PyObject_FunctionStr(rt, callable)} takes ${wanted} (${nargs} given)`);
}

function callWithTuple(rt: Runtime, def: MethodDef, self: Ref, args: number, nargs: number): NewRef {
  const tuple = PyTuple_FromArray(rt, args, nargs, false);
  push(rt, tuple);
  const result = def.fn(rt, self, tuple);
  drop(rt);
  return result;
}

function callWithTupleAndDict(
  rt: Runtime,
  def: MethodDef,
  self: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const tuple = PyTuple_FromArray(rt, args, nargs, false);
  push(rt, tuple);
  const kwargs = kwnames === 0 ? 0 : _PyStack_AsDict(rt, args + 2 * nargs, kwnames);
  push(rt, kwargs);
  const result = def.fn(rt, self, tuple, kwargs);
  drop(rt, 2);
  return result;
}

type FastFunction = (rt: Runtime, self: Ref, args: number, nargs: number, kwnames: OptRef) => NewRef;

/** A function of CPython's METH_VARARGS that takes its arguments as they lie: the tuple and dict that it is given there are made. */
export function tupled(fn: FastFunction): FastFunction {
  return (rt, self, args, nargs, kwnames) => {
    push(rt, PyTuple_FromArray(rt, args, nargs, false));
    push(rt, kwnames === 0 || kwnames === undefined ? 0 : _PyStack_AsDict(rt, args + 2 * nargs, kwnames));
    const result = fn(rt, self, args, nargs, kwnames);
    drop(rt, 2);
    return result;
  };
}

/** `__doc__` of what a definition stands for. */
export function docOf(def: { doc?: string }): string | null {
  return def.doc === undefined || def.doc === "" ? null : def.doc;
}
