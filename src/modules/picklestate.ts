/** What pickling and unpickling share: opcodes, layouts, the module's state, its errors. Part of the modules, for _pickle.ts. */

import { raise } from "../objects/errors.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";

export const HIGHEST_PROTOCOL = 5;
export const DEFAULT_PROTOCOL = 4;
/** So many elements stand between two APPENDS, SETITEMS or ADDITEMS. */
export const BATCHSIZE = 1000;

/** The opcodes, by the names that pickletools gives them. */
export const enum Op {
  MARK = 0x28,
  STOP = 0x2e,
  POP = 0x30,
  POP_MARK = 0x31,
  DUP = 0x32,
  FLOAT = 0x46,
  INT = 0x49,
  BININT = 0x4a,
  BININT1 = 0x4b,
  LONG = 0x4c,
  BININT2 = 0x4d,
  NONE = 0x4e,
  PERSID = 0x50,
  BINPERSID = 0x51,
  REDUCE = 0x52,
  STRING = 0x53,
  BINSTRING = 0x54,
  SHORT_BINSTRING = 0x55,
  UNICODE = 0x56,
  BINUNICODE = 0x58,
  APPEND = 0x61,
  BUILD = 0x62,
  GLOBAL = 0x63,
  DICT = 0x64,
  EMPTY_DICT = 0x7d,
  APPENDS = 0x65,
  GET = 0x67,
  BINGET = 0x68,
  INST = 0x69,
  LONG_BINGET = 0x6a,
  LIST = 0x6c,
  EMPTY_LIST = 0x5d,
  OBJ = 0x6f,
  PUT = 0x70,
  BINPUT = 0x71,
  LONG_BINPUT = 0x72,
  SETITEM = 0x73,
  TUPLE = 0x74,
  EMPTY_TUPLE = 0x29,
  SETITEMS = 0x75,
  BINFLOAT = 0x47,
  PROTO = 0x80,
  NEWOBJ = 0x81,
  EXT1 = 0x82,
  EXT2 = 0x83,
  EXT4 = 0x84,
  TUPLE1 = 0x85,
  TUPLE2 = 0x86,
  TUPLE3 = 0x87,
  NEWTRUE = 0x88,
  NEWFALSE = 0x89,
  LONG1 = 0x8a,
  LONG4 = 0x8b,
  BINBYTES = 0x42,
  SHORT_BINBYTES = 0x43,
  SHORT_BINUNICODE = 0x8c,
  BINUNICODE8 = 0x8d,
  BINBYTES8 = 0x8e,
  EMPTY_SET = 0x8f,
  ADDITEMS = 0x90,
  FROZENSET = 0x91,
  NEWOBJ_EX = 0x92,
  STACK_GLOBAL = 0x93,
  MEMOIZE = 0x94,
  FRAME = 0x95,
  BYTEARRAY8 = 0x96,
  NEXT_BUFFER = 0x97,
  READONLY_BUFFER = 0x98,
}

/** PicklerObject */
export const enum Pickler {
  memo = 4,
  persistent_id = 6,
  dispatch_table = 8,
  reducer_override = 10,
  write = 12,
  output_buffer = 14,
  output_len = 16,
  max_output_len = 18,
  proto = 20,
  bin = 21,
  framing = 22,
  /** -1 where no frame is open. */
  frame_start = 24,
  fast = 28,
  fast_nesting = 29,
  fix_imports = 30,
  fast_memo = 32,
  buffer_callback = 34,
  BYTES = 144,
}

/** UnpicklerObject */
export const enum Unpickler {
  stack = 4,
  memo = 6,
  memo_size = 8,
  memo_len = 10,
  persistent_load = 12,
  /** A Py_buffer: `buf`, a byte address as float64, `obj`, `len`. */
  buffer_buf = 14,
  buffer_obj = 16,
  buffer_len = 18,
  /** A byte address as float64. */
  input_buffer = 34,
  input_line = 36,
  input_len = 38,
  next_read_idx = 40,
  prefetched_idx = 42,
  read = 44,
  readinto = 46,
  readline = 48,
  peek = 50,
  buffers = 52,
  encoding = 54,
  errors = 56,
  marks = 58,
  num_marks = 60,
  marks_size = 62,
  proto = 64,
  fix_imports = 65,
  BYTES = 264,
}

/** Pdata: the unpickler's stack. */
export const enum Pdata {
  size = 4,
  data = 6,
  mark_set = 8,
  /** Where the topmost mark stands, or 0. */
  fence = 10,
  allocated = 12,
  BYTES = 56,
}

/** A proxy of a memo: the pickler or unpickler whose it is. */
export const enum MemoProxy {
  owner = 4,
  BYTES = 24,
}

/** The module's own references, all owned. */
export interface PickleState {
  PickleError: Ref;
  PicklingError: Ref;
  UnpicklingError: Ref;
  /** copyreg.dispatch_table: a reduction function for each type. */
  dispatch_table: Ref;
  extension_registry: Ref;
  inverted_registry: Ref;
  extension_cache: Ref;
  name_mapping_2to3: Ref;
  import_mapping_2to3: Ref;
  name_mapping_3to2: Ref;
  import_mapping_3to2: Ref;
  codecs_encode: Ref;
  getattr: Ref;
  partial: Ref;
  Pickler: Ref;
  Unpickler: Ref;
  Pdata: Ref;
  PicklerMemoProxy: Ref;
  UnpicklerMemoProxy: Ref;
  /** A static type. */
  PickleBuffer: Ref;
}

export const pickleState = (rt: Runtime): PickleState => rt.moduleState.get("_pickle") as PickleState;

export function picklingError(rt: Runtime, message: string): PyErr {
  return raise(rt, pickleState(rt).PicklingError, message);
}

export function unpicklingError(rt: Runtime, message: string): PyErr {
  return raise(rt, pickleState(rt).UnpicklingError, message);
}
