/**
 * Cells: fixed word addresses in the first pages of the heap, for state that generated code and the allocators reach by a
 * constant address. Lowest layer: imports nothing.
 *
 * A cell is 8 bytes (2 words); a pointer or 32-bit integer lives in its low word, a counter of bytes is one float64.
 *
 *   byte   0        4096        6144         6656     7168        8192                     16384
 *          | null   | interpreter | usedpools | pymalloc | system allocator, bins, quick lists | static region ...
 *   word   0        1024        1536         1664     1792        2048                     4096
 */

/** Word address of the first page that is not the null page. */
export const CELLS_START = 1024;
/** Word address of the first word after the cells. */
export const CELLS_END = 4096;

/** `usedpools`: 2 * 32 pointers, the list heads of the partially used pools by size class (see pymalloc/layout.ts). */
export const USEDPOOLS = 1536;
/** Small requests: up to 512 bytes in 32 classes, 16 bytes apart. */
export const NB_SMALL_SIZE_CLASSES = 32;

export const enum Cell {
  // The interpreter's own (words 1024-1535). Append before EndOfInterpreter.
  SP = 1024, // data stack top
  STACK_LIMIT = 1026,
  FRAME = 1028, // current frame
  EVAL_BREAKER = 1030,
  RECURSION_REMAINING = 1032,
  C_RECURSION_REMAINING = 1034,
  CURRENT_EXC = 1036,
  EXC_INFO = 1038,
  NATIVE_FRAME = 1040,
  GC_COUNT0 = 1042,
  GC_THRESHOLD0 = 1044,
  TRACING = 1046,
  /** Bits of HookBit: non-zero when an allocation must leave the fast path. */
  HOOKS = 1048,
  /** Allocations left until one fails on purpose; counted only while HookBit.Fail is set. */
  FAIL_AT = 1050,
  /** The youngest generation while a module is loaded quietly (runtime/quietimport.ts): the head of a list. */
  GC_ASIDE = 1052,
  // The collector (gc/state.ts). Heads of lists are PyGC_Heads of 4 words.
  GC_GEN0 = 1104,
  GC_GEN1 = 1108,
  GC_GEN2 = 1112,
  GC_PERMANENT = 1116,
  GC_UNREACHABLE = 1120, // the lists of one collection
  GC_FINALIZERS = 1124,
  GC_FINAL_UNREACHABLE = 1128,
  GC_WRCB_TO_CALL = 1132,
  GC_SEEN = 1136,
  GC_COUNT1 = 1140,
  GC_COUNT2 = 1142,
  GC_THRESHOLD1 = 1144,
  GC_THRESHOLD2 = 1146,
  GC_ENABLED = 1148,
  GC_COLLECTING = 1150,
  GC_DEBUG = 1152,
  GC_LONG_LIVED_TOTAL = 1154,
  GC_LONG_LIVED_PENDING = 1156,
  GC_GARBAGE = 1158, // gc.garbage, owned
  GC_CALLBACKS = 1160, // gc.callbacks, owned
  // dict and set (objects/dictkeys.ts, objects/set.ts).
  DICT_FREE = 1164, // free list of dict objects, linked through ma_used, and its length
  DICT_NUMFREE = 1166,
  KEYS_FREE = 1168, // free list of key tables of size 8, linked through dk_refcnt, and its length
  KEYS_NUMFREE = 1170,
  SET_DUMMY = 1172, // the key of a removed set entry: an address that is no object
  EMPTY_KEYS = 1176, // Py_EMPTY_KEYS, 10 words
  // Words 1280-1375: free lists and trashcan, named in objects/freelists.ts and objects/trashcan.ts.
  /** The bottom of the exception state stack: an _PyErr_StackItem (exc_value, previous_item). */
  BASE_EXC_ITEM = 1376,

  // The reserve of MemoryError instances (objects/excfields.ts): blocks linked through their dict field, and their number.
  MEMERRORS_FREE = 1400,
  MEMERRORS_NUMFREE = 1402,
  // Free lists of asynchronous generators' asends and wrapped values (objects/asyncgen.ts), each with its length after it.
  ASENDS_FREE = 1404,
  AGVALUES_FREE = 1408,
  // The instance that is handed out when the reserve is used up: immortal.
  MEMERRORS_LAST = 1412,
  EndOfInterpreter = 1536,

  // pymalloc's management block (words 1664-1791), CPython's names.
  arenas = 1664,
  maxarenas = 1666,
  unused_arena_objects = 1668,
  usable_arenas = 1670,
  narenas_currently_allocated = 1672,
  ntimes_arena_allocated = 1674,
  narenas_highwater = 1676,
  raw_allocated_blocks = 1678,

  // The address space manager (words 1792-1855).
  MAPPED_PAGES = 1792,
  PEAK_MAPPED_PAGES = 1794,
  /** Every page from this one up belongs to a mapped range (a hint for the search from the top). */
  FREE_CEILING = 1796,
  STATIC_NEXT = 1798,

  // The system allocator (words 1856-3583).
  TOP = 1856, // user pointer of the top chunk, 0 before the first segment
  TOP_SEGMENT = 1858, // page of the segment that holds the top chunk
  SYS_BLOCKS = 1860,
  SYS_REQUESTED = 1862, // float64: bytes asked for in live blocks
  SYS_PEAK_REQUESTED = 1864, // float64
  SYS_IN_USE = 1866, // float64: bytes of live blocks with headers and rounding
  SYS_MALLOCS = 1868, // float64: blocks ever handed out
  BIN_FL = 1870, // bit f set: some bin of row f is not empty
  BIN_SL = 1872, // 32 words, one for each row: bit s set: bin (f, s) is not empty
  QUICK = 2048, // 64 quick lists, two words each: first block, number of blocks
  BINS = 2304, // 27 rows of 32 bin heads, one word each
}

/** Bits of Cell.HOOKS. The low three are `1 << Domain`. */
export const enum HookBit {
  Raw = 1,
  Mem = 2,
  Object = 4,
  Fail = 8,
  /** tracemalloc is on: objects from free lists are reported to `h.newReference`. */
  Trace = 16,
}
