/** Slots of instances of native heap types that own references in fixed fields. Part of the object layer. */
import { PyObject_GC_UnTrack } from "./alloc.ts";
import { Ob } from "./layout.ts";
import { clearField, decref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf } from "./slots.ts";
import type { Ref, Visit } from "./typeinfo.ts";

/** `fields`: word offsets, in the order in which a deallocator releases them. `free` frees what is not a reference. */
export function heapFieldSlots(fields: readonly number[], free?: (rt: Runtime, p: Ref) => void) {
  const clear = (rt: Runtime, p: Ref): void => {
    for (let k = 0; k < fields.length; k++) clearField(rt, p + fields[k]);
  };
  return {
    tp_dealloc: (rt: Runtime, p: Ref): void => {
      const type = rt.i32[p + Ob.type];
      PyObject_GC_UnTrack(rt, p);
      clear(rt, p);
      if (free !== undefined) free(rt, p);
      infoOf(rt, p).tp_free!(rt, p);
      decref(rt, type);
    },
    tp_traverse: (rt: Runtime, p: Ref, visit: Visit): void => {
      visit(rt.i32[p + Ob.type]);
      for (const at of fields) if (rt.i32[p + at] !== 0) visit(rt.i32[p + at]);
    },
    tp_clear: clear,
  };
}
