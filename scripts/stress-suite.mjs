/**
 * Stress: the programs of test/stress under settings that make rare moments common: a collection at every allocation of a
 * container, tiny arenas and pools, the debug allocator, a heap that is nearly full. Same output each time, audit green.
 * usage: node scripts/stress-suite.mjs [--filter=TEXT] [--mode=NAME]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { programEnvironment, root } from "./diff-lib.mjs";
import { parseOptions, pool, run } from "./proc.mjs";
import { unifiedDiff } from "./unified-diff.mjs";

const options = parseOptions(process.argv.slice(2), ["filter", "mode", "entry"]);
const entry = options.entry ?? join(root, "dist", "glassheap.cjs");
const folder = join(root, "test", "stress");

/** Each mode: command-line options, environment, and the size that keeps it to some seconds. */
const MODES = [
  { name: "plain", args: [], size: [] },
  { name: "collect at every allocation", args: ["--gc-stress"], size: ["40"] },
  { name: "tiny arenas and pools", args: ["--arena-size=16K", "--pool-size=4K"], size: [] },
  { name: "debug allocator", args: [], env: { PYTHONMALLOC: "debug" }, size: [] },
  { name: "system allocator", args: [], env: { PYTHONMALLOC: "malloc" }, size: [] },
];

async function supportedModes() {
  const help = (await run(process.execPath, [entry, "--help"], { env: programEnvironment() })).stdout;
  return MODES.filter((mode) => {
    if (options.mode && !mode.name.includes(options.mode)) return false;
    const missing = mode.args.map((arg) => arg.split("=")[0]).filter((arg) => !help.includes(arg));
    if (missing.length > 0) console.log(`skipped: ${mode.name} (this build has no ${missing.join(", ")})`);
    return missing.length === 0;
  });
}

async function expectedOutput(program, size) {
  if (size.length === 0) return readFileSync(program.replace(/\.py$/, ".out"), "utf8");
  const small = program.replace(/\.py$/, `.${size[0]}.out`);
  return existsSync(small) ? readFileSync(small, "utf8") : null;
}

async function check({ mode, file }) {
  const program = join(folder, file);
  const env = { ...programEnvironment(), ...mode.env };
  const args = [entry, "--audit", ...mode.args, program, ...mode.size];
  const result = await run(process.execPath, args, { env, timeout: 180_000 });
  const expected = await expectedOutput(program, mode.size);
  const label = `${basename(file, ".py")}, ${mode.name}`;
  if (result.status === 0 && result.stdout === expected && !result.stderr) return true;
  const why = result.timedOut ? "timed out" : `status ${result.status}\n${result.stderr.slice(-600)}`;
  console.log(`FAIL ${label}: ${why}\n${unifiedDiff(expected ?? "", result.stdout, { most: 12 })}`);
  return false;
}

if (!existsSync(entry)) {
  console.error(`stress-suite: ${entry} is missing; run node scripts/build.mjs first`);
  process.exit(2);
}
const files = readdirSync(folder)
  .filter((file) => file.endsWith(".py") && (!options.filter || file.includes(options.filter)))
  .sort();
const modes = await supportedModes();
const cases = modes.flatMap((mode) => files.map((file) => ({ mode, file })));
const passed = (await pool(cases, 2, check)).filter(Boolean).length;
console.log(`stress: ${passed} passed, ${cases.length - passed} failed`);
process.exit(passed < cases.length ? 1 : 0);
