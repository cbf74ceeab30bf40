/**
 * float: PyFloatObject, its creation, reading and free list (100, linked through ob_type, last in first out). Part of the
 * object layer; arithmetic is in float.ts.
 */

import { PyObject_Free, PyObject_Malloc } from "../pymalloc/domains.ts";
import { traceReuse } from "./alloc.ts";
import { noMemory } from "./errors.ts";
import { Free } from "./freelists.ts";
import { Float, Ob, Ty } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** A new exact float. */
export function PyFloat_FromDouble(rt: Runtime, d: number): NewRef {
  const i32 = rt.i32;
  let p = i32[Free.floats];
  if (p !== 0) {
    i32[Free.floats] = i32[p + Ob.type];
    i32[Free.floatCount]--;
    traceReuse(rt, p);
  } else {
    p = PyObject_Malloc(rt, Float.BYTES);
    if (p === 0) throw noMemory(rt);
  }
  i32[p] = 1;
  i32[p + Ob.type] = rt.types.float;
  rt.f64[(p + Float.fval) >> 1] = d;
  return p;
}

/** The compiler's name for PyFloat_FromDouble. */
export const float_new = PyFloat_FromDouble;

/** The value of a float (or an instance of a subclass). */
export function PyFloat_AS_DOUBLE(rt: Runtime, p: Ref): number {
  return rt.f64[(p + Float.fval) >> 1];
}

/** Frees an exact float whose count has reached zero. */
export function float_free(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  const n = i32[Free.floatCount];
  if (n >= Free.MAX_FLOATS) {
    PyObject_Free(rt, p);
    return;
  }
  i32[Free.floatCount] = n + 1;
  i32[p + Ob.type] = i32[Free.floats];
  i32[Free.floats] = p;
}

export function float_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  if (type === rt.types.float) float_free(rt, p);
  else rt.typeInfos[rt.i32[type + Ty.info]].tp_free!(rt, p);
}
