/**
 * Issuing warnings from natives. Part of the object layer (the C API of CPython's Python/_warnings.c): the filters and the
 * printing are the module `_warnings`' (src/modules/), which puts its entry point into `rt.warn`.
 */
import type { Runtime } from "./runtime.ts";
import { drop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import type { Ref } from "./typeinfo.ts";

/** Warns in the name of the Python function `stacklevel` frames up; raises if the filters say "error". */
export function PyErr_WarnEx(rt: Runtime, category: Ref, message: string, stacklevel: number): void {
  const slot = push(rt, PyUnicode_FromJS(rt, message));
  rt.warn(rt.i32[slot], category, stacklevel, 0);
  drop(rt);
}

/** A ResourceWarning about `source`, which is still alive (PyErr_ResourceWarning). */
export function PyErr_ResourceWarning(rt: Runtime, source: Ref, message: string, stacklevel: number): void {
  const slot = push(rt, PyUnicode_FromJS(rt, message));
  rt.warn(rt.i32[slot], rt.exc.ResourceWarning, stacklevel, source);
  drop(rt);
}

/** Warns about a place in a file, as the compiler does (PyErr_WarnExplicitObject without module and registry). */
export function PyErr_WarnExplicit(
  rt: Runtime,
  category: Ref,
  message: string,
  filename: string,
  lineno: number,
): void {
  const text = push(rt, PyUnicode_FromJS(rt, message));
  const file = push(rt, PyUnicode_FromJS(rt, filename));
  rt.warnExplicit(rt.i32[text], category, rt.i32[file], lineno);
  drop(rt, 2);
}
