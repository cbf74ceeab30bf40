/** Where modules come from that are not files of the user's: native ones and the precompiled standard library. Part of the runtime. */
import type { UnitTemplate } from "../compiler/template.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { NewRef } from "../objects/typeinfo.ts";

export type NativeInit = (rt: Runtime) => NewRef;

export interface LibraryModule {
  /** Shown in tracebacks and as `__file__`. */
  filename: string;
  isPackage: boolean;
  load(): UnitTemplate;
}

export interface Library {
  /** A module of the standard library by full name, or null. */
  find(name: string): LibraryModule | null;
  /** Source text for tracebacks and linecache, or null. */
  source(filename: string): string | null;
  /** Full names of all modules. */
  names(): string[];
  /** Told when the library's modules run their code, which they do once, so that little of it need be optimised; what was so before. */
  importing?(yes: boolean): boolean;
}

/** The directory name under which the standard library's files appear in sys.path and in tracebacks. */
export const LIBRARY_PATH = "/usr/lib/glassheap/python3.13";

/** Modules that are in C in CPython and of ours in Python. */
const NATIVE_IN_PYTHON = new Set(
  (
    "_ast _asyncio _locale _opcode _posixsubprocess _socket _tokenize faulthandler fcntl grp marshal pwd pyexpat " +
    "resource select"
  )
    .split(" ")
    .map((name) => `${LIBRARY_PATH}/${name}.py`),
);

/** Do calls of this file's functions leave no entries in tracebacks, as those of natives do? */
export function standsForNative(filename: string): boolean {
  return NATIVE_IN_PYTHON.has(filename);
}

/** Native modules that are found before the path is searched, as CPython's built-in ones are. */
export function isBuiltinName(name: string): boolean {
  return name.startsWith("_") || BUILTIN.has(name);
}

const BUILTIN = new Set([
  "sys",
  "builtins",
  "gc",
  "itertools",
  "time",
  "errno",
  "atexit",
  "marshal",
  "posix",
  "faulthandler",
]);
