/**
 * Loads the pieces of the program, each the text of one function, through V8's code cache, so that nothing need be compiled. A
 * cache belongs to one set of V8 flags; without a fitting one a piece is compiled as usual. Part of the launcher.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { cacheName, keepCode, type Making, makesCache } from "./cachename.ts";
import { giveBack, readWhole } from "./reading.ts";
import { setPhase } from "./v8flags.ts";

/** Gives what other pieces export. */
type Part = (name: string) => unknown;
type Piece = (
  require: NodeJS.Require,
  part: Part,
  folder: string,
  give: (exported: () => unknown) => void,
) => unknown;

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readWhole(path);
  } catch {
    // There is no cache for these flags.
    return undefined;
  }
}

function compile(name: string, makes: boolean): Script {
  const filename = join(__dirname, `${name}.cjs`);
  const source = readWhole(filename).toString("latin1");
  const cachedData = makes ? undefined : readOrNothing(cacheName(name));
  const script = new Script(source, { filename, cachedData });
  giveBack();
  if (script.cachedDataRejected && process.env.GLASSHEAP_DEBUG === "1")
    console.error(`glassheap: the code cache of ${name} does not fit`);
  return script;
}

/** The function of a piece; its cache is made at the end of the run for `when`. */
function loadPiece(name: string, when: Making): Piece {
  const makes = makesCache(when);
  if (makes) keepCode(true);
  const before = setPhase("starting");
  const script = compile(name, makes);
  setPhase(before);
  if (makes) process.on("exit", () => writeCache(name, script));
  return script.runInThisContext() as Piece;
}

function writeCache(name: string, script: Script): void {
  keepCode(false);
  setPhase("starting");
  writeFileSync(cacheName(name), script.createCachedData());
}

let coreExports: () => unknown;
const parts = new Map<string, unknown>();

function part(name: string): unknown {
  let found = parts.get(name);
  if (found === undefined) {
    found = name === "core" ? coreExports() : run(`parts/${name}`, "stdlib");
    parts.set(name, found);
  }
  return found;
}

function run(name: string, when: Making): unknown {
  return loadPiece(name, when)(require, part, __dirname, (exported) => {
    coreExports = exported;
  });
}

/** Runs the core. What it exports to the parts is not put together before the first of them is loaded. */
export function runCore(): void {
  run("core", "core");
}
