/**
 * Where each field of CPython 3.13's 64-bit structures stands. Part of the object layer; the collector, the inspectors
 * and the generated code read these enums and no other statement of a layout.
 *
 * All values are WORD offsets (4 bytes) from the object's address, unless a name ends in `_BYTES` (a size in bytes),
 * `BYTES` or `_byte` (a byte offset). A field of 8 bytes is two words: a pointer keeps a word index in its low word; the
 * high word is free. A Py_ssize_t is read from its low word.
 *
 *   byte  0               8               16
 *         +---------------+---------------+------------
 *         | ob_refcnt     | ob_type       | ob_size or first field
 *         +---------------+---------------+------------
 *   word  0       1       2       3       4
 */

/** PyObject, PyVarObject. */
export const enum Ob {
  refcnt = 0,
  type = 2,
  size = 4,
  HEAD_BYTES = 16,
  VAR_HEAD_BYTES = 24,
}

/** PyGC_Head stands 16 bytes before the object: offsets from the OBJECT's address. */
export const enum Gc {
  next = -4,
  prev = -2,
  /** Managed dict pointer (MANAGED_DICT or INLINE_VALUES types), 24 bytes before the object. */
  dict = -6,
  /** Managed weak reference list (MANAGED_WEAKREF types), 32 bytes before the object. */
  weakref = -8,
  HEAD_BYTES = 16,
}

/** The reference count of an immortal object (PEP 683): UINT_MAX, which reads as -1. */
export const IMMORTAL_REFCNT = -1;

/** PyTypeObject and, from `as_async` on, PyHeapTypeObject. */
export const enum Ty {
  name = 6,
  basicsize = 8,
  itemsize = 10,
  dealloc = 12,
  /** High word of tp_dealloc's slot: index into `rt.typeInfos`, the decoded slots. Ours. */
  info = 13,
  vectorcall_offset = 14,
  flags = 42,
  doc = 44,
  /** tp_traverse: the number of a way to visit (gc/kinds.ts), 0 before the collector has met the type. Ours; its mask in the high word. */
  traverse = 46,
  weaklistoffset = 52,
  methods = 58,
  base = 64,
  dict = 66,
  dictoffset = 72,
  bases = 84,
  mro = 86,
  cache = 88,
  subclasses = 90,
  weaklist = 92,
  version_tag = 96,
  watched_byte = 408,
  versions_used_byte = 410,
  STATIC_BYTES = 416,
  ht_name = 214,
  ht_slots = 216,
  ht_qualname = 218,
  ht_cached_keys = 220,
  ht_module = 222,
  ht_tpname = 224,
  ht_spec_cache = 226,
  HEAP_BYTES = 928,
}

/** Py_TPFLAGS_*: bit values of tp_flags. */
export const enum TF {
  STATIC_BUILTIN = 1 << 1,
  INLINE_VALUES = 1 << 2,
  MANAGED_WEAKREF = 1 << 3,
  MANAGED_DICT = 1 << 4,
  SEQUENCE = 1 << 5,
  MAPPING = 1 << 6,
  DISALLOW_INSTANTIATION = 1 << 7,
  IMMUTABLETYPE = 1 << 8,
  HEAPTYPE = 1 << 9,
  BASETYPE = 1 << 10,
  HAVE_VECTORCALL = 1 << 11,
  READY = 1 << 12,
  READYING = 1 << 13,
  HAVE_GC = 1 << 14,
  METHOD_DESCRIPTOR = 1 << 17,
  VALID_VERSION_TAG = 1 << 19,
  IS_ABSTRACT = 1 << 20,
  MATCH_SELF = 1 << 22,
  ITEMS_AT_END = 1 << 23,
  LONG_SUBCLASS = 1 << 24,
  LIST_SUBCLASS = 1 << 25,
  TUPLE_SUBCLASS = 1 << 26,
  BYTES_SUBCLASS = 1 << 27,
  UNICODE_SUBCLASS = 1 << 28,
  DICT_SUBCLASS = 1 << 29,
  BASE_EXC_SUBCLASS = 1 << 30,
  TYPE_SUBCLASS = 1 << 31,
}

/** PyLongObject: lv_tag = ndigits << 3 | (0 positive, 1 zero, 2 negative); 30-bit digits of 4 bytes follow. */
export const enum Long {
  tag = 4,
  digit = 6,
  HEAD_BYTES = 24,
}

export const enum Float {
  /** Word offset; the index into `rt.f64` is (p + 4) >> 1. */
  fval = 4,
  BYTES = 24,
}

export const enum Complex {
  real = 4,
  imag = 6,
  BYTES = 32,
}

/**
 * PyASCIIObject; a compact non-ASCII string continues as PyCompactUnicodeObject.
 * state (u32): interned 2 bits at 0, kind 3 bits at 2 (1, 2 or 4 bytes a character), compact at 5, ascii at 6, statically_allocated at 7.
 */
export const enum Str {
  length = 4,
  hash = 6,
  hashHi = 7,
  state = 8,
  ASCII_DATA = 10,
  utf8_length = 10,
  utf8 = 12,
  DATA = 14,
  ASCII_HEAD_BYTES = 40,
  HEAD_BYTES = 56,
}

/** PyBytesObject: the data start at byte 32; one zero byte follows them. */
export const enum Bytes {
  size = 4,
  hash = 6,
  hashHi = 7,
  data = 8,
  HEAD_BYTES = 33,
}

export const enum ByteArray {
  size = 4,
  alloc = 6,
  bytes = 8,
  /** A byte offset within ob_bytes (CPython keeps a pointer). */
  start = 10,
  exports = 12,
  BYTES = 56,
}

export const enum Tuple {
  size = 4,
  items = 6,
  HEAD_BYTES = 24,
}

export const enum List {
  size = 4,
  items = 6,
  allocated = 8,
  BYTES = 40,
}

export const enum Dict {
  used = 4,
  version = 6,
  keys = 8,
  values = 10,
  BYTES = 48,
}

/** PyDictKeysObject, a block of the object domain that is no object: indices from word 8 on, then entries. */
export const enum Keys {
  refcnt = 0,
  /** Bytes 8, 9, 10 of the structure: dk_log2_size, dk_log2_index_bytes, dk_kind (0 general, 1 unicode, 2 split). */
  log2 = 2,
  version = 3,
  usable = 4,
  nentries = 6,
  indices = 8,
  HEAD_BYTES = 32,
}

/** PyDictValues: bytes capacity, size, embedded, valid; then one pointer for each key. */
export const enum Values {
  header = 0,
  values = 2,
}

export const enum SetOb {
  fill = 4,
  used = 6,
  mask = 8,
  table = 10,
  hash = 12,
  hashHi = 13,
  finger = 14,
  smalltable = 16,
  weakreflist = 48,
  BYTES = 200,
}

export const enum Func {
  globals = 4,
  builtins = 6,
  name = 8,
  qualname = 10,
  code = 12,
  defaults = 14,
  kwdefaults = 16,
  closure = 18,
  doc = 20,
  dict = 22,
  weakreflist = 24,
  module = 26,
  annotations = 28,
  typeparams = 30,
  vectorcall = 32,
  version = 34,
  BYTES = 144,
}

export const enum Code {
  /** High word of ob_size: index into `rt.codes`, the compiled JavaScript of this code. Ours. */
  js = 5,
  consts = 6,
  names = 8,
  exceptiontable = 10,
  flags = 12,
  argcount = 13,
  posonlyargcount = 14,
  kwonlyargcount = 15,
  stacksize = 16,
  firstlineno = 17,
  nlocalsplus = 18,
  /** Words of 8 bytes of a frame: co_framesize. Our code's evaluation stack may be deeper than CPython's co_stacksize. */
  framesize = 19,
  nlocals = 20,
  ncellvars = 21,
  nfreevars = 22,
  version = 23,
  localsplusnames = 24,
  localspluskinds = 26,
  filename = 28,
  name = 30,
  qualname = 32,
  linetable = 34,
  weakreflist = 36,
  executors = 38,
  extra = 48,
  code_adaptive = 50,
  HEAD_BYTES = 200,
}

/** co_flags */
export const enum CO {
  OPTIMIZED = 0x1,
  NEWLOCALS = 0x2,
  VARARGS = 0x4,
  VARKEYWORDS = 0x8,
  NESTED = 0x10,
  GENERATOR = 0x20,
  COROUTINE = 0x80,
  ITERABLE_COROUTINE = 0x100,
  ASYNC_GENERATOR = 0x200,
  FUTURE_ANNOTATIONS = 0x1000000,
}

/** _PyInterpreterFrame: on the data stack, or inside a generator. */
export const enum Frame {
  executable = 0,
  previous = 2,
  funcobj = 4,
  globals = 6,
  builtins = 8,
  locals = 10,
  frame_obj = 12,
  /** Index into the code's position table (CPython: a pointer to the instruction). */
  instr = 14,
  /** Number of localsplus slots, evaluation stack included, that may hold something. */
  stacktop = 16,
  /** FRAME_OWNED_BY_THREAD 0, BY_GENERATOR 1, BY_FRAME_OBJECT 2 (a word of its own; CPython packs it). */
  owner = 17,
  localsplus = 18,
  HEAD_BYTES = 72,
}

/** PyFrameObject; a finished frame's _PyInterpreterFrame is copied to frame_data. */
export const enum FrameOb {
  back = 4,
  frame = 6,
  trace = 8,
  lineno = 10,
  trace_lines_byte = 44,
  extra_locals = 12,
  frame_data = 16,
  HEAD_BYTES = 64,
}

/** PyGenObject, PyCoroObject, PyAsyncGenObject. */
export const enum Gen {
  weakreflist = 4,
  name = 6,
  qualname = 8,
  exc_value = 10,
  exc_previous = 12,
  origin_or_finalizer = 14,
  flags_byte = 64,
  /** gi_frame_state, signed: -3 created, -2 suspended, -1 suspended in yield from, 0 executing, 1 completed, 4 cleared. */
  frame_state_byte = 67,
  iframe = 18,
}

export const enum CellOb {
  ref = 4,
  BYTES = 24,
}

export const enum Method {
  func = 4,
  self = 6,
  weakreflist = 8,
  vectorcall = 10,
  BYTES = 48,
}

/** PyCFunctionObject, PyCMethodObject: ml is an index into `rt.methodDefs`. */
export const enum CFunc {
  ml = 4,
  self = 6,
  module = 8,
  weakreflist = 10,
  vectorcall = 12,
  /** Of builtin_method alone. */
  mclass = 14,
  BYTES = 56,
  METHOD_BYTES = 64,
}

export const enum Exc {
  dict = 4,
  args = 6,
  notes = 8,
  traceback = 10,
  context = 12,
  cause = 14,
  suppress_context_byte = 64,
  /** First field of subclasses with more (StopIteration.value, SystemExit.code, OSError.errno ...). */
  extra = 18,
  BYTES = 72,
}

export const enum Tb {
  next = 4,
  frame = 6,
  /** Index into the code's position table. */
  lasti = 8,
  lineno = 9,
  BYTES = 40,
}

/** PyDescrObject and its kinds: `def` is an index of the method, member, getset or wrapper definition. */
export const enum Descr {
  type = 4,
  name = 6,
  qualname = 8,
  def = 10,
  vectorcall = 12,
  wrapped = 12,
}

export const enum ModuleOb {
  dict = 4,
  def = 6,
  state = 8,
  weaklist = 10,
  name = 12,
  BYTES = 56,
}

export const enum Slice {
  start = 4,
  stop = 6,
  step = 8,
  BYTES = 40,
}

export const enum WeakRef {
  object = 4,
  callback = 6,
  hash = 8,
  hashHi = 9,
  prev = 10,
  next = 12,
  vectorcall = 14,
  BYTES = 64,
}
