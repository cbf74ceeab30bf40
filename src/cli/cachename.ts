/** Files of V8's compiled code: one for each set of flags that the program is started with. Part of the command line. */
import { join } from "node:path";
import { setV8Flags } from "./v8flags.ts";

/** The file beside the program for `what` under the flags of this process. */
export function cacheName(what: "core" | "stdlib"): string {
  const stack = process.execArgv
    .filter((a) => a.startsWith("--stack-size"))
    .join("")
    .replace(/\D/g, "");
  return join(__dirname, `${what}.${stack || "0"}.cache`);
}

/**
 * V8 throws the code of functions away that have not run for some collections. While a cache is made it keeps all; the flag
 * must be back when the cache is written, since that belongs to one set of flags.
 */
export function keepCode(keep: boolean): void {
  setV8Flags([keep ? "--no-flush-bytecode" : "--flush-bytecode"]);
}

/** Is this the run that makes the file? */
export function makesCache(what: "core" | "stdlib"): boolean {
  return process.env.GLASSHEAP_MAKE_CACHE === what;
}
