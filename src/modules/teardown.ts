/**
 * The end after the end: what an interpreter itself is made of is given back, so that a heap with nothing lost has no block in
 * use. Part of the modules (finalize_interp_types, _PyUnicode_ClearInterned and the rest of CPython's finalize_interp_clear).
 *
 * An ordinary run does not come here: its heap goes as a whole. The audit does, because then each block that is left is a leak,
 * with no baseline to compare with.
 */
import { collectAtEnd } from "../gc/collect.ts";
import { gc_list_merge } from "../gc/lists.ts";
import { GEN_COUNTS } from "../gc/state.ts";
import { Cell } from "../heap/cells.ts";
import { dict_setitem_str, PyDict_Clear, PyDict_Next } from "../objects/dict.ts";
import { clearMemoryErrors } from "../objects/excfields.ts";
import { Ob, Str, TF, Ty } from "../objects/layout.ts";
import { PyList_New } from "../objects/list.ts";
import { clearField, decref, setField } from "../objects/refcount.ts";
import { registeredRoots } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { clearSliceCache } from "../objects/slice.ts";
import { closePools } from "../objects/startlists.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { PyType_ClearCache } from "../objects/typelookup.ts";

/** After `finish`. Nothing can run on the heap any more. */
export function tearDown(rt: Runtime): void {
  const i32 = rt.i32;
  // The streams are closed by their methods, while their types are whole.
  for (const name of ["stdin", "stdout", "stderr"]) {
    for (const key of [name, `__${name}__`]) dict_setitem_str(rt, rt.sysDict, key, rt.None);
  }
  const heapTypes = [...Object.values(rt.exc), ...Object.values(rt.types)].filter((t) => !isStatic(rt, t));
  PyType_ClearCache(rt);
  for (const ref of registeredRoots(rt).flatMap((root) => root.refs())) if (ref !== 0) decref(rt, ref);
  for (const type of heapTypes) decref(rt, type);
  // Finalizers run while the types are whole.
  collectAtEnd(rt);
  clearStaticTypes(rt);
  // Garbage that was kept for the program to see goes too.
  i32[Cell.GC_DEBUG] = 0;
  clearField(rt, Cell.GC_CALLBACKS);
  setField(rt, Cell.GC_GARBAGE, PyList_New(rt, 0));
  gc_list_merge(rt, Cell.GC_PERMANENT, Cell.GC_GEN2);
  collectAtEnd(rt);
  // Again: what only untracked objects held, such as the type of a cache's links, shows when these are gone.
  collectAtEnd(rt);
  clearField(rt, Cell.GC_GARBAGE);
  clearMemoryErrors(rt);
  clearInterned(rt);
  for (const clear of rt.gc.freeListClearers) clear(rt);
  clearSliceCache(rt);
  closePools(rt);
  for (const count of GEN_COUNTS) i32[count] = 0;
}

const isStatic = (rt: Runtime, type: Ref): boolean => (rt.i32[type + Ty.flags] & TF.HEAPTYPE) === 0;

/** fini_static_type: what static types hold, derived ones first. */
function clearStaticTypes(rt: Runtime): void {
  const types = rt.typeInfos.map((info) => info?.type ?? 0).filter((t) => t !== 0 && isStatic(rt, t));
  for (const type of types.reverse()) {
    for (const field of [Ty.dict, Ty.bases, Ty.mro, Ty.cache, Ty.subclasses]) clearField(rt, type + field);
  }
}

/** _PyUnicode_ClearInterned: the table gets its references back, the immortal ones a count, and all of them go. */
function clearInterned(rt: Runtime): void {
  const i32 = rt.i32;
  const table = rt.interned;
  for (let pos = PyDict_Next(rt, table, 0); pos >= 0; pos = PyDict_Next(rt, table, pos)) {
    const s = rt.dictKey;
    if (i32[s + Ob.type] !== rt.types.str || (i32[s + Str.state] & 0x80) !== 0) continue;
    i32[s] = i32[s] < 0 ? 2 : i32[s] + 2;
    i32[s + Str.state] &= ~3;
  }
  PyDict_Clear(rt, table);
  rt.interned = 0;
  decref(rt, table);
}
