/** The warnings that -b asks for: bytes treated as if they were text. Part of the object layer. */
import { PyLong_Check, PyUnicode_Check } from "./check.ts";
import type { Runtime } from "./runtime.ts";
import { Cmp, type Ref } from "./typeinfo.ts";
import { PyErr_WarnEx } from "./warn.ts";

const isOn = (rt: Runtime): boolean => Boolean(rt.options.flags?.bytes_warning);

/** A comparison of `kind` ("bytes" or "bytearray") with something else, which is never equal. */
export function warnComparison(rt: Runtime, kind: string, a: Ref, b: Ref, op: Cmp): void {
  if (!isOn(rt) || (op !== Cmp.EQ && op !== Cmp.NE)) return;
  const text = PyUnicode_Check(rt, a) || PyUnicode_Check(rt, b);
  const int = kind === "bytes" && (PyLong_Check(rt, a) || PyLong_Check(rt, b));
  if (!text && !int) return;
  PyErr_WarnEx(rt, rt.exc.BytesWarning, `Comparison between ${kind} and ${text ? "string" : "int"}`, 1);
}

/** str() of an object of `kind`. */
export function warnStr(rt: Runtime, kind: string): void {
  if (isOn(rt)) PyErr_WarnEx(rt, rt.exc.BytesWarning, `str() on a ${kind} instance`, 1);
}
