/** Files of V8's compiled code: one for each set of flags that the program is started with. Part of the command line. */
import { join } from "node:path";
import { setV8Flags } from "./v8flags.ts";

/** The run that makes the caches of the core, and the one that makes those of the library and of the program's parts. */
export type Making = "core" | "stdlib";

/** The file beside the program for a piece of it under the flags of this process. */
export function cacheName(piece: string): string {
  const stack = process.execArgv
    .filter((a) => a.startsWith("--stack-size"))
    .join("")
    .replace(/\D/g, "");
  return join(__dirname, `${piece}.${stack || "0"}.cache`);
}

/**
 * V8 throws the code of functions away that have not run for some collections. While a cache is made it keeps all; the flag
 * must be back when the cache is written, since that belongs to one set of flags.
 */
export function keepCode(keep: boolean): void {
  setV8Flags([keep ? "--no-flush-bytecode" : "--flush-bytecode"]);
}

/** Is this the run that makes these caches? */
export function makesCache(what: Making): boolean {
  return process.env.GLASSHEAP_MAKE_CACHE === what;
}
