/** Copying and pickling of itertools' iterators: what their __reduce__ and __setstate__ are made of. Part of the modules. */
import { PyLong_Check, PyTuple_Check } from "../objects/check.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { Ob } from "../objects/layout.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { pop } from "../objects/stack.ts";
import { PyTuple_New, PyTuple_SET_ITEM, tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { PyErr_WarnEx } from "../objects/warn.ts";

/** Makes one item of a tuple. */
export type Maker = () => NewRef;

const MESSAGE = "Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.";

/** A tuple of what the makers give, made one by one. */
export function tupleBy(rt: Runtime, ...makers: Maker[]): NewRef {
  const t = pushed(rt, PyTuple_New(rt, makers.length));
  makers.forEach((make, i) => {
    PyTuple_SET_ITEM(rt, t, i, make());
  });
  return pop(rt);
}

export function refMaker(rt: Runtime, o: Ref): Maker {
  return () => newref(rt, o);
}

export function intMaker(rt: Runtime, n: number): Maker {
  return () => PyLong_FromNumber(rt, n);
}

export function typeMaker(rt: Runtime, p: Ref): Maker {
  return refMaker(rt, rt.i32[p + Ob.type]);
}

/** A tuple of n numbers of 8 bytes each. */
export function indicesMaker(rt: Runtime, at: number, n: number): Maker {
  return () => tupleBy(rt, ...Array.from({ length: n }, (_, i) => intMaker(rt, rt.i32[at + 2 * i])));
}

/** `__reduce__` of these parts: callable, arguments, perhaps a state. */
export function reduceMethod(parts: (rt: Runtime, p: Ref) => Maker[]): MethodDef {
  return {
    name: "__reduce__",
    flags: METH.NOARGS,
    fn: (rt, p) => {
      PyErr_WarnEx(rt, rt.exc.DeprecationWarning, MESSAGE, 1);
      return tupleBy(rt, ...parts(rt, p));
    },
  };
}

/** `__reduce__` of type and arguments that are references at these places of the object. */
export function reduceFields(...fields: number[]): MethodDef {
  return reduceMethod((rt, p) => [
    typeMaker(rt, p),
    () => tupleBy(rt, ...fields.map((at) => refMaker(rt, rt.i32[p + at]))),
  ]);
}

export function setstateMethod(set: (rt: Runtime, p: Ref, state: Ref) => void): MethodDef {
  return {
    name: "__setstate__",
    flags: METH.O,
    fn: (rt, p, state) => {
      PyErr_WarnEx(rt, rt.exc.DeprecationWarning, MESSAGE, 1);
      set(rt, p, state);
      return rt.None;
    },
  };
}

/** Throws for a state that is no tuple of `min` to `max` items. */
export function checkState(rt: Runtime, state: Ref, min: number, max: number): void {
  if (!PyTuple_Check(rt, state)) throw typeError(rt, "state is not a tuple");
  const n = tupleSize(rt, state);
  if (n >= min && n <= max) return;
  const how = min === max ? "exactly" : n < min ? "at least" : "at most";
  const count = n < min ? min : max;
  throw typeError(rt, `function takes ${how} ${count} argument${count === 1 ? "" : "s"} (${n} given)`);
}

/** Throws for a state that is no tuple of n items. */
export function checkIndices(rt: Runtime, state: Ref, n: number): void {
  if (!PyTuple_Check(rt, state) || tupleSize(rt, state) !== n) throw valueError(rt, "invalid arguments");
}

/** A number in a state. */
export function stateNumber(rt: Runtime, o: Ref): number {
  if (!PyLong_Check(rt, o)) throw typeError(rt, "an integer is required");
  return PyLong_AsSsize_t(rt, o);
}

/** Item i of a tuple as a number between `low` and `high`. */
export function indexBetween(rt: Runtime, state: Ref, i: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, stateNumber(rt, tupleItem(rt, state, i))));
}
