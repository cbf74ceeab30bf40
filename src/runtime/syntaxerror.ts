/** SyntaxError objects from the compiler's errors. Part of the runtime. */
import type { PySyntaxError } from "../compiler/errors.ts";
import { PyObject_Vectorcall } from "../objects/call.ts";
import { Exc } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { setField } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_New, PyTuple_Pack, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import type { NewRef } from "../objects/typeinfo.ts";

/** An instance of SyntaxError (or IndentationError, TabError) with its position. */
export function makeSyntaxError(rt: Runtime, e: PySyntaxError): NewRef {
  const at = mark(rt);
  push(rt, PyUnicode_FromJS(rt, e.msg));
  const type = rt.exc[e.type as "SyntaxError"];
  if (e.lineno === null) {
    const bare = PyObject_Vectorcall(rt, type, at, 1, 0);
    drop(rt);
    return bare;
  }
  // What is wrong with the source as a whole has no end.
  const n = e.lineno !== null && e.end_lineno === null ? 4 : 6;
  const info = PyTuple_New(rt, n);
  push(rt, info);
  const values = [
    () => PyUnicode_FromJS(rt, e.filename),
    () => intOrNone(rt, e.lineno),
    () => intOrNone(rt, e.offset),
    () => (e.text === null || e.text === undefined ? rt.None : PyUnicode_FromJS(rt, e.text)),
    () => intOrNone(rt, e.end_lineno),
    () => intOrNone(rt, e.end_offset),
  ];
  values.slice(0, n).forEach((make, i) => {
    PyTuple_SET_ITEM(rt, info, i, make());
  });
  const exc = push(rt, PyObject_Vectorcall(rt, type, at, 2, 0));
  if (e.bare) setField(rt, rt.i32[exc] + Exc.args, PyTuple_Pack(rt, rt.i32[at]));
  const result = pop(rt);
  drop(rt, 2);
  return result;
}

function intOrNone(rt: Runtime, n: number | null): NewRef {
  return n === null ? rt.None : PyLong_FromNumber(rt, n);
}
