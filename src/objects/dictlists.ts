/** Lists of a dict's keys, values and items: PyDict_Keys, PyDict_Values, PyDict_Items. Part of the object layer. */
import { PyDict_Next } from "./dict.ts";
import { Dict } from "./layout.ts";
import { listAppendSteal, listPrealloc } from "./list.ts";
import { newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { pop, push } from "./stack.ts";
import { PyTuple_Pack2 } from "./tuple.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** A list with room for all, on the native stack. Nothing below runs Python code, so the dict keeps its size. */
function roomFor(rt: Runtime, d: Ref): NewRef {
  const list = listPrealloc(rt, rt.i32[d + Dict.used]);
  push(rt, list);
  return list;
}

export function PyDict_Keys(rt: Runtime, d: Ref): NewRef {
  const list = roomFor(rt, d);
  for (let pos = PyDict_Next(rt, d, 0); pos >= 0; pos = PyDict_Next(rt, d, pos)) {
    listAppendSteal(rt, list, newref(rt, rt.dictKey));
  }
  return pop(rt);
}

export function PyDict_Values(rt: Runtime, d: Ref): NewRef {
  const list = roomFor(rt, d);
  for (let pos = PyDict_Next(rt, d, 0); pos >= 0; pos = PyDict_Next(rt, d, pos)) {
    listAppendSteal(rt, list, newref(rt, rt.dictValue));
  }
  return pop(rt);
}

export function PyDict_Items(rt: Runtime, d: Ref): NewRef {
  const list = roomFor(rt, d);
  for (let pos = PyDict_Next(rt, d, 0); pos >= 0; pos = PyDict_Next(rt, d, pos)) {
    listAppendSteal(rt, list, PyTuple_Pack2(rt, rt.dictKey, rt.dictValue));
  }
  return pop(rt);
}
