/** The lines of `sys._debugmallocstats()` about the objects' free lists. Part of the modules (_PyObject_DebugTypeStats). */
import { Cell } from "../heap/cells.ts";
import { numSeqFreeListStats } from "../objects/freelists.ts";
import type { Runtime } from "../objects/runtime.ts";

/** One line for each free list, in CPython's order and columns. */
export function freeListStats(rt: Runtime): string {
  const dicts = [
    { name: "PyDictObject", count: rt.i32[Cell.DICT_NUMFREE], bytes: 48 },
    { name: "PyDictKeysObject", count: rt.i32[Cell.KEYS_NUMFREE], bytes: 32 },
  ];
  return [...dicts, ...numSeqFreeListStats(rt)].map(line).join("");
}

/** _PyDebugAllocatorStats: the text right-aligned to 48 columns, then "=" and the product in 21. */
function line({ name, count, bytes }: { name: string; count: number; bytes: number }): string {
  const text = `${count} free ${name}s * ${bytes} bytes each`;
  const total = (count * bytes).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${text.padStart(48)} =${total.padStart(21)}\n`;
}
