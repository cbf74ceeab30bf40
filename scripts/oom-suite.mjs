/**
 * Out of memory: every program of test/oom runs with its n-th allocation failing, for n = 1, 2, 3 ... until it passes untouched.
 * Each time it must either print what CPython prints or end in a clean MemoryError, and the audit must find every count right.
 * usage: node scripts/oom-suite.mjs [--filter=TEXT] [--all] [--samples=40] [--from=N]
 * Each n is a process of its own; without --all a spread of them runs (the first ones, then ever wider steps).
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { programEnvironment, root } from "./diff-lib.mjs";
import { parseOptions, pool, run } from "./proc.mjs";

const options = parseOptions(process.argv.slice(2), ["filter", "samples", "from", "entry"]);
const entry = options.entry ?? join(root, "dist", "glassheap.cjs");
const folder = join(root, "test", "oom");
const NEVER = 1_000_000_000;

function launch(program, n) {
  return run(process.execPath, [entry, "--audit", `--fail-alloc=${n}`, program], {
    env: programEnvironment(),
    timeout: 60_000,
  });
}

/** What is wrong with one run, or null. `passed` tells whether the program printed its whole result. */
function judge(result, expected) {
  if (result.timedOut) return { fault: "timed out" };
  if (result.status === 0 && result.stdout === expected) return { fault: null, passed: true };
  const last = result.stderr.trimEnd().split("\n").pop() ?? "";
  const clean =
    result.status === 1 && /^MemoryError\b/.test(last) && !/\bat .*\.(ts|cjs|js):\d+/.test(result.stderr);
  if (clean) return { fault: null, passed: false };
  return {
    fault: `status ${result.status}: ${result.stderr.trimEnd().split("\n").slice(-3).join(" / ") || result.stdout.slice(-200)}`,
  };
}

/** The number of allocations at which the program no longer notices: by doubling, then halving. */
async function lastFailure(program, expected) {
  const survives = async (n) => judge(await launch(program, n), expected).passed === true;
  let high = 64;
  while (high < NEVER && !(await survives(high))) high *= 4;
  let low = high / 4;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await survives(middle)) high = middle;
    else low = middle;
  }
  return low;
}

function chosenNumbers(last) {
  const first = Number(options.from ?? 1);
  if (options.all) return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const samples = Number(options.samples ?? 40);
  const numbers = new Set();
  for (let i = 0; i < samples; i++) numbers.add(Math.max(first, Math.round(last * (i / samples) ** 1.5) + i));
  return [...numbers].filter((n) => n <= last).sort((a, b) => a - b);
}

async function checkProgram(file) {
  const program = join(folder, file);
  const expected = readFileSync(program.replace(/\.py$/, ".out"), "utf8");
  const plain = judge(await launch(program, NEVER), expected);
  if (!plain.passed)
    return [{ file, n: 0, fault: `does not pass without failures: ${plain.fault ?? "MemoryError"}` }];
  const last = await lastFailure(program, expected);
  const numbers = chosenNumbers(last);
  const faults = [];
  await pool(numbers, 2, async (n) => {
    const { fault } = judge(await launch(program, n), expected);
    if (fault) faults.push({ file, n, fault });
  });
  console.log(
    `${basename(file, ".py")}: ${numbers.length} of ${last} allocations failed in turn, ${faults.length} faults`,
  );
  return faults;
}

if (!existsSync(entry)) {
  console.error(`oom-suite: ${entry} is missing; run node scripts/build.mjs first`);
  process.exit(2);
}
const files = readdirSync(folder)
  .filter((file) => file.endsWith(".py") && (!options.filter || file.includes(options.filter)))
  .sort();
let bad = 0;
for (const file of files) {
  const faults = await checkProgram(file);
  for (const { n, fault } of faults) console.log(`FAIL ${file} --fail-alloc=${n}: ${fault}`);
  if (faults.length > 0) bad++;
}
console.log(`out of memory: ${files.length - bad} passed, ${bad} failed`);
process.exit(bad ? 1 : 0);
