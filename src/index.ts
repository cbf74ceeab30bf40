/** The package `glassheap`: for Node.js and for bundlers. */
import { Python } from "./python.ts";
import type { Library } from "./runtime/library.ts";
import { libraryFrom } from "./runtime/librarypack.ts";

export { MemoryHost } from "./host/memory.ts";
export { auditText } from "./insight/audit.ts";
export { type Remain, remainsText } from "./insight/remains.ts";
export { HeapView, Python, type PythonOptions, type RunOptions, type RunResult } from "./python.ts";
export { libraryFrom } from "./runtime/librarypack.ts";

interface NodeFs {
  openSync(path: URL, flags: string): number;
  readSync(fd: number, bytes: Uint8Array, at: number, n: number, position: number): number;
}

/** Node's file system, where there is one; no import, so that bundlers for browsers have nothing to resolve. */
function nodeFs(): NodeFs | null {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return (process?.getBuiltinModule?.("node:fs") as NodeFs | undefined) ?? null;
}

let shared: Library | null = null;

/** The standard library in the file beside this one. */
function packBesideUs(): Library | null {
  const fs = nodeFs();
  if (fs === null) return null;
  try {
    const fd = fs.openSync(new URL("./stdlib.pack", import.meta.url), "r");
    return libraryFrom((at, n) => {
      const bytes = new Uint8Array(n);
      for (let got = 0; got < n; ) got += fs.readSync(fd, bytes, got, n - got, at + got);
      return bytes;
    });
  } catch {
    // No such file, as in a bundle: the caller gives a library, or does without.
    return null;
  }
}

const none = Python.library;
Python.library = () => {
  shared ??= packBesideUs() ?? none();
  return shared;
};
