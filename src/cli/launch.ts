/** The launcher: loads the core of the program, dist/core.cjs, and its parts when they are asked for. */
import { reserve } from "./reserve.ts";
import { runCore } from "./scripts.ts";
import { STARTING, setV8Flags } from "./v8flags.ts";

// Measured: the larger budget lets V8 inline the heap's small methods into compiled functions; the smaller one lets it compile
// functions sooner than its own (132 KB) does, which saves a tenth to a third of the main thread's time in programs of seconds.
const INLINING = "--max-inlined-bytecode-size-cumulative=3000";
// Started by its first line, the program has this flag.
setV8Flags(process.execArgv.includes(INLINING) ? STARTING : [INLINING, ...STARTING]);

reserve();
// The program runs in a microtask, after all this.
runCore();
