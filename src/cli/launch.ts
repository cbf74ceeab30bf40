/**
 * The launcher: loads dist/core.cjs through V8's code cache, so that nothing need be compiled at start-up. A cache belongs to
 * one set of V8 flags; without a fitting one the core is compiled as usual. The core is the text of a function, which the build makes of it.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { cacheName, keepCode, makesCache } from "./cachename.ts";
import { giveBack, readWhole } from "./reading.ts";
import { STARTING, setV8Flags } from "./v8flags.ts";

// Measured: the larger budget lets V8 inline the heap's small methods into compiled functions; the smaller one lets it compile
// functions sooner than its own (132 KB) does, which saves a tenth to a third of the main thread's time in programs of seconds.
const INLINING = "--max-inlined-bytecode-size-cumulative=3000";
// Started by its first line, the program has this flag.
setV8Flags(process.execArgv.includes(INLINING) ? STARTING : [INLINING, ...STARTING]);

const core = join(__dirname, "core.cjs");
const cacheFile = cacheName("core");

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readWhole(path);
  } catch {
    // There is no cache for these flags.
    return undefined;
  }
}

const making = makesCache("core");
if (making) keepCode(true);
const source = readWhole(core).toString("latin1");
const cachedData = making ? undefined : readOrNothing(cacheFile);
const script = new Script(source, { filename: core, cachedData });
giveBack();
const load = script.runInThisContext() as (...args: unknown[]) => void;
const module_ = { exports: {} };
load(module_.exports, require, module_, core, __dirname);
// The program runs in a microtask, after all this.
if (making)
  process.on("exit", () => {
    keepCode(false);
    setV8Flags(STARTING);
    writeFileSync(cacheFile, script.createCachedData());
  });
if (process.env.GLASSHEAP_DEBUG === "1" && script.cachedDataRejected)
  console.error("glassheap: the code cache does not fit");
