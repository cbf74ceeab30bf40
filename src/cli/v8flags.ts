/** Flags of V8 set while the program runs. Part of the command line. */

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
