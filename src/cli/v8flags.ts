/** Flags of V8 set while the program runs. Part of the command line. */

/** While the interpreter starts, V8 shall not spend time on optimising what soon is over: that is half of what a short program takes. */
export const WHILE_STARTING = ["--ticks-before-optimization=100000", "--max-bytecode-size-for-early-opt=0"];
/** V8's own figures. */
export const WHILE_RUNNING = ["--ticks-before-optimization=3", "--max-bytecode-size-for-early-opt=81"];

type SetFlags = (flags: string) => void;

/** Node's own way to V8, which costs a quarter of loading node:v8 with all that it brings; not every Node gives it. */
function binding(): SetFlags | undefined {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    const get = (process as unknown as { binding(name: string): { setFlagsFromString?: SetFlags } }).binding;
    return get("v8").setFlagsFromString;
  } catch {
    return undefined;
  } finally {
    process.noDeprecation = noDeprecation;
  }
}

export function setV8Flags(flags: string[]): void {
  if (flags.length === 0) return;
  const set = binding() ?? (require("node:v8") as typeof import("node:v8")).setFlagsFromString;
  for (const flag of flags) set(flag);
}
