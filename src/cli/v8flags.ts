/** Flags of V8 set while the program runs. Part of the command line. */

/**
 * When V8 optimises. Code that runs once shall not be optimised: V8 spends more time on that, in threads of its own, than all of a
 * short program takes. The library's modules have some loops that are worth it.
 */
export const STARTING = [
  "--ticks-before-optimization=100000",
  "--max-bytecode-size-for-early-opt=0",
  "--interrupt-budget=20000",
];
/** The figures of V8 itself but for the budget, which says how soon. */
const optimising = (budget: number): string[] => [
  "--ticks-before-optimization=3",
  "--max-bytecode-size-for-early-opt=81",
  `--interrupt-budget=${budget}`,
];
const FLAGS = { starting: STARTING, importing: optimising(300_000), running: optimising(20_000) };
export type Phase = keyof typeof FLAGS;

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

/** The launcher and the core have each their own copy of this module, but there is one phase. */
const PHASE = Symbol.for("glassheap.phase");
const state = globalThis as { [PHASE]?: Phase };

/** Says what the code that runs from now on is like; the answer is what was said before (at first, by the launcher, "starting"). */
export function setPhase(to: Phase): Phase {
  const before = state[PHASE] ?? "starting";
  if (to !== before) setV8Flags(FLAGS[to]);
  state[PHASE] = to;
  return before;
}
