/** match statements: what the compiled patterns ask. Part of the runtime. */
import {
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_IsInstance,
  PyObject_Size,
  reprOf,
} from "../objects/abstract.ts";
import { PyObject_New } from "../objects/alloc.ts";
import { PyObject_CallArgs } from "../objects/call.ts";
import { PyTuple_CheckExact, PyType_Check, PyUnicode_CheckExact } from "../objects/check.ts";
import { PyDict_DelItem, PyDict_New, PyDict_Update } from "../objects/dict.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { Ob, TF, Ty } from "../objects/layout.ts";
import { PyList_Append, PyList_AsTuple, PyList_New } from "../objects/list.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySet_Add, PySet_Contains, PySet_New } from "../objects/set.ts";
import { tpName, typeNameOf } from "../objects/slots.ts";
import { dropTo, mark, push } from "../objects/stack.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { clearSlots } from "./build.ts";

function flagsOf(rt: Runtime, o: Ref): number {
  return rt.i32[rt.i32[o + Ob.type] + Ty.flags];
}

/** Is the subject a sequence of n items (or at least n)? */
export function matchSequence(rt: Runtime, o: Ref, n: number, exact: boolean): boolean {
  if ((flagsOf(rt, o) & TF.SEQUENCE) === 0) return false;
  const size = PyObject_Size(rt, o);
  return exact ? size === n : size >= n;
}

export function matchMapping(rt: Runtime, o: Ref, n: number): boolean {
  if ((flagsOf(rt, o) & TF.MAPPING) === 0) return false;
  return n === 0 || PyObject_Size(rt, o) >= n;
}

/** MATCH_KEYS: values of the keys into slots, and the rest as a dict after them; false (slots empty) if a key is missing. */
export function matchKeys(rt: Runtime, o: Ref, keys: Ref, at: number, rest: boolean): boolean {
  const i32 = rt.i32;
  const n = tupleSize(rt, keys);
  const m = mark(rt);
  if (n > 0) {
    const get = PyObject_GetAttr(rt, o, rt.names.get);
    push(rt, get);
    const seen = PySet_New(rt, 0);
    push(rt, seen);
    const dummy = PyObject_New(rt, rt.types.object, 16);
    push(rt, dummy);
    for (let i = 0; i < n; i++) {
      const key = tupleItem(rt, keys, i);
      if (PySet_Contains(rt, seen, key))
        throw valueError(rt, `mapping pattern checks duplicate key (${reprOf(rt, key)})`);
      PySet_Add(rt, seen, key);
      const v = PyObject_CallArgs(rt, get, key, dummy);
      i32[at + 2 * i] = v;
      if (v === dummy) {
        clearSlots(rt, at, at + 2 * n);
        dropTo(rt, m);
        return false;
      }
    }
  }
  if (rest) {
    const d = PyDict_New(rt);
    i32[at + 2 * n] = d;
    PyDict_Update(rt, d, o);
    for (let i = 0; i < n; i++) PyDict_DelItem(rt, d, tupleItem(rt, keys, i));
  }
  dropTo(rt, m);
  return true;
}

/** MATCH_CLASS: attributes into slots; false (slots empty) if it is no instance or lacks one. */
export function matchClass(rt: Runtime, o: Ref, cls: Ref, npos: number, kwnames: Ref, at: number): boolean {
  if (!PyType_Check(rt, cls)) throw typeError(rt, `called match pattern must be a class`);
  if (!PyObject_IsInstance(rt, o, cls)) return false;
  const m = mark(rt);
  const seen = PySet_New(rt, 0);
  push(rt, seen);
  let k = 0;
  const fail = (): boolean => {
    clearSlots(rt, at, at + 2 * k);
    dropTo(rt, m);
    return false;
  };
  const attribute = (name: Ref): boolean => {
    if (PySet_Contains(rt, seen, name)) {
      throw typeError(rt, `${tpName(rt, cls)}() got multiple sub-patterns for attribute ${reprOf(rt, name)}`);
    }
    PySet_Add(rt, seen, name);
    const v = PyObject_GetOptionalAttr(rt, o, name);
    if (v === 0) return false;
    rt.i32[at + 2 * k++] = v;
    return true;
  };
  const attrs = PyList_New(rt, 0);
  push(rt, attrs);
  if (npos > 0 && !positional(rt, o, cls, npos, at, attribute, () => k++)) return fail();
  for (let i = 0; i < tupleSize(rt, kwnames); i++) if (!attribute(tupleItem(rt, kwnames, i))) return fail();
  // MATCH_CLASS collects in a list and gives a tuple.
  for (let i = 0; i < k; i++) PyList_Append(rt, attrs, rt.i32[at + 2 * i]);
  push(rt, PyList_AsTuple(rt, attrs));
  dropTo(rt, m);
  return true;
}

function positional(
  rt: Runtime,
  o: Ref,
  cls: Ref,
  npos: number,
  at: number,
  attribute: (name: Ref) => boolean,
  took: () => void,
): boolean {
  const args = PyObject_GetOptionalAttr(rt, cls, rt.names.__match_args__);
  const name = tpName(rt, cls);
  let allowed = 0;
  let self = false;
  if (args !== 0) {
    push(rt, args);
    if (!PyTuple_CheckExact(rt, args)) {
      throw typeError(rt, `${name}.__match_args__ must be a tuple (got ${typeNameOf(rt, args)})`);
    }
    allowed = tupleSize(rt, args);
  } else {
    self = (rt.i32[cls + Ty.flags] & TF.MATCH_SELF) !== 0;
    allowed = self ? 1 : 0;
  }
  if (allowed < npos) {
    const plural = allowed === 1 ? "" : "s";
    throw typeError(rt, `${name}() accepts ${allowed} positional sub-pattern${plural} (${npos} given)`);
  }
  if (self) {
    rt.i32[at] = newref(rt, o);
    took();
    return true;
  }
  for (let i = 0; i < npos; i++) {
    const a = tupleItem(rt, args, i);
    if (!PyUnicode_CheckExact(rt, a)) {
      throw typeError(rt, `__match_args__ elements must be strings (got ${typeNameOf(rt, a)})`);
    }
    if (!attribute(a)) return false;
  }
  return true;
}
