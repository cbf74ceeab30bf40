/**
 * Runtime: one interpreter on one heap. It is the heap (views and allocators) plus what JavaScript keeps beside it:
 * decoded types, tables of native definitions, compiled functions. Part of the object layer; the layers above hang their
 * own state here by field, so that every function takes the one `rt`.
 */

import type { GcState } from "../gc/state.ts";
import { Heap, type HeapOptions } from "../heap/heap.ts";
import type { Host } from "../host/host.ts";
import type { CompiledCode } from "./code.ts";
import type { IterNext } from "./iterfast.ts";
import type { NativeMethod } from "./methdef.ts";
import type { SetFast } from "./setfast.ts";
import type { TableFast } from "./tablefast.ts";
import { ExcTypes, newNames, Types } from "./tables.ts";
import type { GetSetDef, MemberDef, OptRef, Ref, TypeInfo } from "./typeinfo.ts";
import type { TypeState } from "./typestate.ts";

/** What JavaScript throws when a Python exception is set: one object, preallocated; the exception is in the heap (Cell.CURRENT_EXC). */
export class PyErr {
  readonly pythonError = true;
}

/** The fields of sys.flags that the outside sets. */
export type FlagName =
  | "debug"
  | "inspect"
  | "interactive"
  | "optimize"
  | "dont_write_bytecode"
  | "no_user_site"
  | "no_site"
  | "ignore_environment"
  | "verbose"
  | "bytes_warning"
  | "quiet"
  | "isolated"
  | "dev_mode"
  | "utf8_mode"
  | "warn_default_encoding"
  | "safe_path";

export interface RuntimeOptions extends HeapOptions {
  /** PYTHONHASHSEED: 0 switches randomisation off. */
  hashSeed?: number;
  /** sys.argv */
  argv?: string[];
  /** sys.orig_argv, sys.path, sys.executable, sys.prefix */
  origArgv?: string[];
  path?: string[];
  executable?: string;
  prefix?: string;
  /** sys.flags, where they are not 0. */
  flags?: Partial<Record<FlagName, number | boolean>>;
  /** sys.warnoptions, sys._xoptions */
  warnOptions?: string[];
  xOptions?: Map<string, string | true>;
  /** -O: 0, 1 or 2. */
  optimize?: number;
  /** sys.set_int_max_str_digits() at start-up. */
  intMaxStrDigits?: number;
  /** Standard output is written at once. */
  unbuffered?: boolean;
}

const SECOND_AFTER = 400;

export class Runtime extends Heap {
  readonly types = new Types();
  readonly exc = new ExcTypes();
  readonly names = newNames();
  /** Singletons, all immortal. */
  None: Ref = 0;
  True: Ref = 0;
  False: Ref = 0;
  NotImplemented: Ref = 0;
  Ellipsis: Ref = 0;
  emptyTuple: Ref = 0;
  emptyStr: Ref = 0;
  emptyBytes: Ref = 0;
  /** Address of the one-byte bytes objects: byte c stands at byteChars + 12 * c words. */
  byteChars: Ref = 0;
  /** Address of the int 0; the small int v (-5 to 256) stands at smallInts + 8 * v words. */
  smallInts: Ref = 0;
  /** Address of latin1 character strings: character c stands at latin1 + 16 * c words. */
  latin1: Ref = 0;
  /** High 32 bits of the hash that a hashfunc just returned. */
  hashHi = 0;
  /** What PyDict_Next (with hash: _PyDict_Next) and _PySet_NextEntry found, borrowed. */
  dictKey: Ref = 0;
  dictValue: Ref = 0;
  dictHashLo = 0;
  dictHashHi = 0;
  /** 0: the value returned by am_send is the return value; 1: it was yielded. */
  sendResult = 0;
  /** Set by methods that look up an attribute for a call (see PyObject_GetMethod). */
  methodIsUnbound = false;
  /** The short cuts through the tables of dict and set. */
  tables!: TableFast;
  sets!: SetFast;
  /** tp_iternext of any iterator. */
  iterNext!: IterNext;
  /** Decoded slots, by Ty.info. */
  readonly typeInfos: TypeInfo[] = [];
  /** What the type system keeps beside the heap. */
  typeState!: TypeState;
  /** Word address of the method cache. */
  typeCache: Ref = 0;
  readonly methodDefs: NativeMethod[] = [];
  readonly getsetDefs: GetSetDef[] = [];
  readonly memberDefs: MemberDef[] = [];
  /** Compiled code, by Code.js. */
  readonly codes: CompiledCode[] = [];
  /** Text of static interned strings. */
  readonly staticStrings = new Map<string, Ref>();
  /** Thrown for every Python exception. */
  readonly pyerr = new PyErr();
  /** interp->modules (sys.modules), builtins.__dict__, sys.__dict__: owned. */
  sysModules: Ref = 0;
  builtinsDict: Ref = 0;
  sysDict: Ref = 0;
  /** What sys.path began with for the program's own modules; null where nothing was put there. */
  sysPath0: string | null = null;
  /** tstate->dict: what natives keep by name for the thread (objects being printed); owned, 0 until needed. */
  threadDict: Ref = 0;
  /** sys.getrecursionlimit(); what is left of it is in Cell.RECURSION_REMAINING. */
  recursionLimit = 1000;
  /** What is left of the limit beyond the cell (recursion.ts). */
  recursionWithheld = 0;
  /** Non-zero while a RecursionError is being made. */
  recursion_headroom = 0;
  /** The interned strings' dict. */
  interned: Ref = 0;
  readonly host: Host;
  gc!: GcState;
  readonly options: RuntimeOptions;
  /** siphash13 key: two 64-bit words as four 32-bit ones, low first. */
  readonly hashKey = new Int32Array(4);
  readonly freeCodes: number[] = [];
  next_version_tag = 1;
  next_keys_version = 1;
  next_func_version = 1;
  /**
   * Calls and turns after which a function's second form is made (`-X tiers=N`); 0: functions have the full form at once. See
   * runtime/tiers.ts.
   */
  readonly secondAfter: number;
  /** Turns a JavaScript error (stack overflow, out of memory) into a Python exception or rethrows it; set by runtime/. */
  convertError: (e: unknown) => unknown = (e) => {
    throw e;
  };
  /** Issues a warning about a line of a file (message, category, filename, line): set by the module _warnings. */
  warnExplicit: (message: Ref, category: Ref, filename: Ref, lineno: number) => void = () => {
    throw new Error("a warning before the warnings machinery is ready");
  };
  /** Issues a warning (message, category, stacklevel, source or 0): set by the module _warnings. */
  warn: (message: Ref, category: Ref, stacklevel: number, source: Ref) => void = () => {
    throw new Error("a warning before the warnings machinery is ready");
  };
  /** A MemoryError instance from the reserve (new reference); set by exceptions.ts. */
  takeMemoryError: () => Ref = () => {
    throw new Error("MemoryError before the exception types are ready");
  };
  /** Gives the current exception, still set, to sys.unraisablehook; set by modules/sysunraisable.ts. */
  writeUnraisable: (where: Ref, message: string | null) => void = () => {};
  /** The nearest of some names to a mistyped one, as CPython suggests, or null; set by modules/. */
  suggest: (name: string, candidates: string[]) => string | null = () => null;
  /** frame.clear() of a generator's frame: false if it is executing; set by generator.ts. */
  clearGeneratorFrame: (fp: number) => boolean = () => false;
  /** Runs a class body's function with a namespace; returns what it returned (the __class__ cell or None). Set by runtime/. */
  runClassBody: (func: Ref, ns: Ref) => Ref = () => 0;
  /** compile(): a code object from source text or bytes. Set by runtime/. */
  compileHook: (
    source: Ref,
    filename: string,
    mode: string,
    flags: number,
    dontInherit: boolean,
    optimize: number,
    hold?: boolean,
  ) => Ref = () => 0;
  /** PyEval_EvalCode: runs a code object in namespaces (borrowed); closure is a tuple or 0. Set by runtime/. */
  evalCode: (code: Ref, globals: Ref, locals: Ref, closure: Ref) => Ref = () => 0;
  /** __import__ of builtins: (name, globals|0, locals|0, fromlist|0, level). Set by runtime/. */
  importHook: (name: Ref, globals: Ref, locals: Ref, fromlist: Ref, level: number) => Ref = () => 0;
  /** Makers of type parameters, aliases and generic bases; set by modules/_typing. */
  typing: {
    typeParam(kind: number, name: Ref, bound: OptRef, fallback: OptRef, constraints: boolean): Ref;
    typeAlias(fp: number, name: Ref, params: OptRef, value: Ref): Ref;
    genericBase(params: Ref): Ref;
  } = {
    typeParam: () => {
      throw new Error("type parameters are not built yet");
    },
    typeAlias: () => {
      throw new Error("type aliases are not built yet");
    },
    genericBase: () => {
      throw new Error("generic classes are not built yet");
    },
  };
  /** builtins.__import__ as it was made: while nobody replaces it, imports need not call it. */
  originalImport: Ref = 0;
  /** -O: 0, 1 or 2. */
  optimize = 0;
  /** Prints the current exception as uncaught (sys.excepthook) and clears it; returns the exit status. Set by modules/. */
  reportUncaught: () => number = () => 1;
  /** atexit functions; set by modules/atexit. */
  runExitFunctions: () => void = () => {};
  /** Writes out what sys.stdout and sys.stderr hold back; set by modules/. */
  flushStreams: () => void = () => {};
  /** Generators, coroutines and asynchronous generators that are alive. */
  liveGenerators = 0;
  /** There has been a class with `__del__`, or a program's weak reference with a callback: the end of objects may run code. */
  finalizersRun = false;
  /** At the end: sys.modules has been cleared. */
  modulesGone = false;
  /** Warns that a coroutine was never awaited; set by modules/. */
  /** The hooks of asynchronous generators (borrowed; 0 where absent), kept by sys. */
  asyncgenHooks: { firstiter: Ref; finalizer: Ref } | null = null;
  /** frame.f_locals of a function frame: a FrameLocalsProxy; set by framelocalsproxy.ts. */
  frameLocalsProxy: (frame: Ref) => Ref = () => {
    throw new Error("FrameLocalsProxy is not set up");
  };
  /** JavaScript states of live generators, by the index in the generator's header. */
  readonly generators: (Generator<number, number, number> | null)[] = [];
  readonly freeGenerators: number[] = [];
  /** The exception being unwound has been given a traceback entry for the current frame already (a re-raise). */
  noTraceback = false;
  /** Runs the handlers of signals that have arrived; set by modules/. */
  checkSignals: () => void = () => {};
  /** Begins to listen for signals if it is time for it: at a safepoint, after a collection, before a wait. Set by modules/. */
  considerSignals: (at: "safepoint" | "collection" | "wait") => void = () => {};
  /** The program ended by a KeyboardInterrupt that nothing caught. */
  interrupted = false;
  /** io.TextIOWrapper once `_io` is there, and what stands for the standard streams until then; set by modules/. */
  textIOType: Ref = 0;
  stdStreamType: Ref = 0;
  /** Gives the standard streams their real type; set by modules/. */
  makeStdStreams: () => void = () => {};
  /** State of upper layers, by module name (itertools, tracemalloc ...). */
  readonly moduleState = new Map<string, unknown>();
  /** Sources that are in no file, by the name of their code (runtime/sources.ts). */
  readonly sources = new Map<string, string>();

  constructor(options: RuntimeOptions, host: Host) {
    super(options);
    this.options = options;
    this.host = host;
    this.secondAfter = Math.max(0, Number(options.xOptions?.get("tiers") ?? SECOND_AFTER) || 0);
  }
}
