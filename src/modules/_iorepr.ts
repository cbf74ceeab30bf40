/** What the reprs of streams share: the text of an attribute, and refusing to be entered again. Part of the modules. */
import { PyObject_GetOptionalAttr, reprOf } from "../objects/abstract.ts";
import { raise } from "../objects/errors.ts";
import { internStatic } from "../objects/intern.ts";
import { catching } from "../objects/nativecall.ts";
import { Py_ReprEnter, Py_ReprLeave } from "../objects/repr.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, push } from "../objects/stack.ts";
import type { Ref } from "../objects/typeinfo.ts";

/** " name=value"; empty where the attribute is absent or its stream closed or detached. */
export function attrText(rt: Runtime, self: Ref, name: string): string {
  const v = catching(rt, rt.exc.ValueError, 0, () =>
    PyObject_GetOptionalAttr(rt, self, internStatic(rt, name)),
  );
  if (v === 0) return "";
  push(rt, v);
  const text = ` ${name}=${reprOf(rt, v)}`;
  drop(rt);
  return text;
}

export function reprOnce(rt: Runtime, self: Ref, text: () => string): string {
  if (!Py_ReprEnter(rt, self))
    throw raise(rt, rt.exc.RuntimeError, `reentrant call inside ${typeNameOf(rt, self)}.__repr__`);
  try {
    return text();
  } finally {
    Py_ReprLeave(rt, self);
  }
}
