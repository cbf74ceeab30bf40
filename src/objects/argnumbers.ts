/** Numbers as arguments of natives, converted and refused as Argument Clinic's converters do. Part of the object layer. */
import { PyLong_Check } from "./check.ts";
import { PyLong_AsInt, PyLong_AsSsize_t } from "./long.ts";
import { PyNumber_Index } from "./number.ts";
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import type { Ref } from "./typeinfo.ts";

/** Py_ssize_t */
export function ssizeArgument(rt: Runtime, o: Ref): number {
  if (PyLong_Check(rt, o)) return PyLong_AsSsize_t(rt, o);
  const index = PyNumber_Index(rt, o);
  push(rt, index);
  const n = PyLong_AsSsize_t(rt, index);
  drop(rt);
  return n;
}

/** int */
export function intArgument(rt: Runtime, o: Ref): number {
  if (PyLong_Check(rt, o)) return PyLong_AsInt(rt, o);
  const index = PyNumber_Index(rt, o);
  push(rt, index);
  const n = PyLong_AsInt(rt, index);
  drop(rt);
  return n;
}
