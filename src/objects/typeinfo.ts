/**
 * The decoded slots of a type: what CPython keeps as function pointers inside PyTypeObject. The heap's type object names
 * its TypeInfo by index (`Ty.info`); the table is a cache that could be rebuilt from the heap. Part of the object layer.
 */
import type { Runtime } from "./runtime.ts";

/** A borrowed reference: a word index into the heap; the callee or callers' container keeps it alive. */
export type Ref = number;
/** A new (owned) reference: whoever receives it must release it or pass it on. */
export type NewRef = number;
/** A reference the callee takes over (CPython's "steals"). */
export type StolenRef = number;
/** A reference that may be NULL (0). */
export type OptRef = number;

/** rich comparison operators, as CPython numbers them */
export const enum Cmp {
  LT = 0,
  LE = 1,
  EQ = 2,
  NE = 3,
  GT = 4,
  GE = 5,
}

export type Visit = (ref: Ref) => void;
export type unaryfunc = (rt: Runtime, self: Ref) => NewRef;
export type binaryfunc = (rt: Runtime, a: Ref, b: Ref) => NewRef;
export type ternaryfunc = (rt: Runtime, a: Ref, b: Ref, c: Ref) => NewRef;
export type lenfunc = (rt: Runtime, self: Ref) => number;
export type inquiry = (rt: Runtime, self: Ref) => boolean;
export type ssizeargfunc = (rt: Runtime, self: Ref, i: number) => NewRef;
/** value 0 means delete */
export type ssizeobjargproc = (rt: Runtime, self: Ref, i: number, value: OptRef) => void;
export type objobjargproc = (rt: Runtime, self: Ref, key: Ref, value: OptRef) => void;
export type objobjproc = (rt: Runtime, self: Ref, value: Ref) => boolean;
export type richcmpfunc = (rt: Runtime, a: Ref, b: Ref, op: Cmp) => NewRef;
/** Returns the low 32 bits (signed); leaves the high 32 bits (signed) in `rt.hashHi`. Never -1 as a 64-bit value. */
export type hashfunc = (rt: Runtime, self: Ref) => number;
/** args: a tuple; kwargs: a dict or 0 */
export type initproc = (rt: Runtime, self: Ref, args: Ref, kwargs: OptRef) => void;
export type newfunc = (rt: Runtime, type: Ref, args: Ref, kwargs: OptRef) => NewRef;
export type callfunc = (rt: Runtime, callable: Ref, args: Ref, kwargs: OptRef) => NewRef;
/**
 * CPython's vectorcall. `args` is the word address of the first argument slot (arguments are 2 words apart, borrowed);
 * `nargs` counts the positional ones; `kwnames` is a tuple of names whose values follow them, or 0.
 */
export type vectorcallfunc = (
  rt: Runtime,
  callable: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
) => NewRef;
/** Sends a value into an iterator; result kind in rt.sendResult: 0 returned, 1 yielded. */
export type sendfunc = (rt: Runtime, self: Ref, value: Ref) => NewRef;
/** Returns a view into the heap: see buffer.ts. */
export type getbufferproc = (rt: Runtime, self: Ref, writable: boolean) => import("./buffer.ts").BufferView;
export type releasebufferproc = (rt: Runtime, self: Ref, view: import("./buffer.ts").BufferView) => void;

export class TypeInfo {
  /** The type object. */
  type: Ref = 0;
  /** tp_name, as `type.__name__` prints it (qualified with the module for static types that have a dot). */
  name: string;
  tp_dealloc: ((rt: Runtime, self: Ref) => void) | null = null;
  /** Non-null when the type's callables can be called by vectorcall without a tuple. */
  tp_vectorcall: vectorcallfunc | null = null;
  tp_call: callfunc | null = null;
  tp_repr: unaryfunc | null = null;
  tp_str: unaryfunc | null = null;
  tp_hash: hashfunc | null = null;
  tp_getattro: binaryfunc | null = null;
  tp_setattro: objobjargproc | null = null;
  tp_richcompare: richcmpfunc | null = null;
  tp_iter: unaryfunc | null = null;
  /** NULL (0) when exhausted, with no exception set; throws otherwise. */
  tp_iternext: unaryfunc | null = null;
  tp_descr_get: ternaryfunc | null = null;
  tp_descr_set: objobjargproc | null = null;
  tp_init: initproc | null = null;
  tp_new: newfunc | null = null;
  tp_alloc: ((rt: Runtime, type: Ref, nitems: number) => NewRef) | null = null;
  tp_free: ((rt: Runtime, self: Ref) => void) | null = null;
  tp_traverse: ((rt: Runtime, self: Ref, visit: Visit) => void) | null = null;
  tp_clear: ((rt: Runtime, self: Ref) => void) | null = null;
  tp_is_gc: inquiry | null = null;
  tp_finalize: ((rt: Runtime, self: Ref) => void) | null = null;
  tp_del: ((rt: Runtime, self: Ref) => void) | null = null;
  /** `__sizeof__`, in bytes without the GC head; null: basicsize + items * itemsize. */
  tp_sizeof: lenfunc | null = null;
  nb_add: binaryfunc | null = null;
  nb_subtract: binaryfunc | null = null;
  nb_multiply: binaryfunc | null = null;
  nb_remainder: binaryfunc | null = null;
  nb_divmod: binaryfunc | null = null;
  nb_power: ternaryfunc | null = null;
  nb_negative: unaryfunc | null = null;
  nb_positive: unaryfunc | null = null;
  nb_absolute: unaryfunc | null = null;
  nb_bool: inquiry | null = null;
  nb_invert: unaryfunc | null = null;
  nb_lshift: binaryfunc | null = null;
  nb_rshift: binaryfunc | null = null;
  nb_and: binaryfunc | null = null;
  nb_xor: binaryfunc | null = null;
  nb_or: binaryfunc | null = null;
  nb_int: unaryfunc | null = null;
  nb_float: unaryfunc | null = null;
  nb_inplace_add: binaryfunc | null = null;
  nb_inplace_subtract: binaryfunc | null = null;
  nb_inplace_multiply: binaryfunc | null = null;
  nb_inplace_remainder: binaryfunc | null = null;
  nb_inplace_power: ternaryfunc | null = null;
  nb_inplace_lshift: binaryfunc | null = null;
  nb_inplace_rshift: binaryfunc | null = null;
  nb_inplace_and: binaryfunc | null = null;
  nb_inplace_xor: binaryfunc | null = null;
  nb_inplace_or: binaryfunc | null = null;
  nb_floor_divide: binaryfunc | null = null;
  nb_true_divide: binaryfunc | null = null;
  nb_inplace_floor_divide: binaryfunc | null = null;
  nb_inplace_true_divide: binaryfunc | null = null;
  nb_index: unaryfunc | null = null;
  nb_matrix_multiply: binaryfunc | null = null;
  nb_inplace_matrix_multiply: binaryfunc | null = null;
  sq_length: lenfunc | null = null;
  sq_concat: binaryfunc | null = null;
  sq_repeat: ssizeargfunc | null = null;
  sq_item: ssizeargfunc | null = null;
  sq_ass_item: ssizeobjargproc | null = null;
  sq_contains: objobjproc | null = null;
  sq_inplace_concat: binaryfunc | null = null;
  sq_inplace_repeat: ssizeargfunc | null = null;
  mp_length: lenfunc | null = null;
  mp_subscript: binaryfunc | null = null;
  mp_ass_subscript: objobjargproc | null = null;
  am_await: unaryfunc | null = null;
  am_aiter: unaryfunc | null = null;
  am_anext: unaryfunc | null = null;
  am_send: sendfunc | null = null;
  bf_getbuffer: getbufferproc | null = null;
  bf_releasebuffer: releasebufferproc | null = null;
  /** Calls the type itself (CPython's tp_vectorcall): makes an instance without packing the arguments. Not inherited. */
  type_vectorcall: vectorcallfunc | null = null;

  constructor(name: string) {
    this.name = name;
  }
}

/** METH_* flags of a native function. */
export const enum METH {
  VARARGS = 0x1,
  KEYWORDS = 0x2,
  NOARGS = 0x4,
  O = 0x8,
  CLASS = 0x10,
  STATIC = 0x20,
  COEXIST = 0x40,
  FASTCALL = 0x80,
  METHOD = 0x200,
}

/** fn(rt, self): METH_NOARGS; fn(rt, self, arg): METH_O; see MethodDef for the others. */
export type MethNoArgs = (rt: Runtime, self: Ref) => NewRef;
export type MethO = (rt: Runtime, self: Ref, arg: Ref) => NewRef;
export type MethFast = (rt: Runtime, self: Ref, args: number, nargs: number) => NewRef;
export type MethFastKw = (rt: Runtime, self: Ref, args: number, nargs: number, kwnames: OptRef) => NewRef;
export type MethVarArgs = (rt: Runtime, self: Ref, args: Ref) => NewRef;
export type MethVarKw = (rt: Runtime, self: Ref, args: Ref, kwargs: OptRef) => NewRef;

/** PyMethodDef. `sig` is the text signature ("($self, object, /)") shown by inspect.signature; doc is our own words. */
export interface MethodDef {
  name: string;
  flags: METH | number;
  // biome-ignore lint/suspicious/noExplicitAny: six calling conventions, told apart by flags
  fn: (rt: Runtime, self: Ref, a?: any, b?: any, c?: any) => NewRef;
  sig?: string;
  doc?: string;
}

/** PyGetSetDef */
export interface GetSetDef {
  name: string;
  get: (rt: Runtime, self: Ref) => NewRef;
  /** value 0: delete */
  set?: (rt: Runtime, self: Ref, value: OptRef) => void;
  doc?: string;
}

/** PyMemberDef: offset is a WORD offset, except for "bool" and "byte" (byte offset). */
export interface MemberDef {
  name: string;
  /** object: NULL reads as None; object_ex: NULL raises AttributeError; ssize, int: numbers. */
  type: "object" | "object_ex" | "ssize" | "int" | "uint" | "bool" | "double";
  offset: number;
  readonly?: boolean;
  doc?: string;
}

/** Everything `defineType` needs to make a static built-in type. Sizes in bytes; offsets as CPython reports them. */
export interface TypeSpec {
  /** tp_name: "list", "collections.deque": what stands after the last dot is `__name__`, before it `__module__`. */
  name: string;
  basicsize: number;
  itemsize?: number;
  /** TF flags besides READY, IMMUTABLETYPE and STATIC_BUILTIN, which are set unless `mutable`. */
  flags?: number;
  /** default: object */
  base?: Ref;
  dictoffset?: number;
  weaklistoffset?: number;
  doc?: string;
  /** The text signature of calling the type: "(file, protocol=None)". */
  sig?: string;
  slots: Partial<Omit<TypeInfo, "type" | "name">>;
  methods?: MethodDef[];
  getsets?: GetSetDef[];
  members?: MemberDef[];
  /** A heap type in CPython (most types of extension modules): not immutable, mortal, HEAPTYPE flag. */
  heap?: boolean;
}
