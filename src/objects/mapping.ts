/** The mapping protocol. Part of the object layer (CPython's Objects/abstract.c). */
import { Cell } from "../heap/cells.ts";
import { PyObject_CallMethodNoArgs } from "./call.ts";
import { PyDict_CheckExact } from "./check.ts";
import { PyDict_GetItemWithError, PyDict_Items, PyDict_Keys } from "./dict.ts";
import { caught, clearError, typeError } from "./errors.ts";
import { PyObject_GetItem } from "./itemaccess.ts";
import { PyObject_GetIter } from "./iterproto.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { PySequence_List } from "./sequence.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, mark, push } from "./stack.ts";
import { jsString } from "./str.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

export function PyMapping_Check(rt: Runtime, o: Ref): boolean {
  return infoOf(rt, o).mp_subscript !== null;
}

/** o[key], or 0 if that raises KeyError. */
export function PyMapping_GetOptionalItem(rt: Runtime, o: Ref, key: Ref): NewRef | 0 {
  if (PyDict_CheckExact(rt, o)) {
    const value = PyDict_GetItemWithError(rt, o, key);
    return value === 0 ? 0 : newref(rt, value);
  }
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  try {
    return PyObject_GetItem(rt, o, key);
  } catch (e) {
    caught(rt, e, m, rt.exc.KeyError);
    clearError(rt);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    return 0;
  }
}

/** A list of what method `name` of a mapping gives. */
function method_output_as_list(rt: Runtime, o: Ref, name: Ref): NewRef {
  const output = PyObject_CallMethodNoArgs(rt, o, name);
  push(rt, output);
  const m = mark(rt);
  const depth = rt.i32[Cell.C_RECURSION_REMAINING];
  let it: Ref;
  try {
    it = PyObject_GetIter(rt, output);
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    rt.i32[Cell.C_RECURSION_REMAINING] = depth;
    const call = `${typeNameOf(rt, o)}.${jsString(rt, name)}()`;
    throw typeError(rt, `${call} returned a non-iterable (type ${typeNameOf(rt, output)})`);
  }
  push(rt, it);
  const list = PySequence_List(rt, it);
  drop(rt, 2);
  return list;
}

export function PyMapping_Keys(rt: Runtime, o: Ref): NewRef {
  return PyDict_CheckExact(rt, o) ? PyDict_Keys(rt, o) : method_output_as_list(rt, o, rt.names.keys);
}

export function PyMapping_Items(rt: Runtime, o: Ref): NewRef {
  return PyDict_CheckExact(rt, o) ? PyDict_Items(rt, o) : method_output_as_list(rt, o, rt.names.items);
}
