/**
 * Out of memory: every program of test/oom runs with its n-th allocation failing, for n = 1, 2, 3 ... until none of its own fails.
 * Each time it must either print what CPython prints or end in a clean MemoryError, with every count right, every invariant of the
 * allocators kept and nothing leaked. oom-worker.mjs does the work, one process for each program.
 * usage: node scripts/oom-suite.mjs [--filter=TEXT] [--quick] [--fresh=STRIDE] [--reused=STRIDE] [--from=N] [--to=N] [--seconds=N] [--tiers=N] [--jobs=2]
 * The whole: every n in a reused interpreter, every 7th in one of its own. --quick, a part of `npm test`: the stride is chosen so
 * that a program takes some seconds, and small programs are run whole.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./diff-lib.mjs";
import { parseOptions, pool } from "./proc.mjs";

const options = parseOptions(process.argv.slice(2), [
  "filter",
  "entry",
  "fresh",
  "reused",
  "from",
  "to",
  "seconds",
  "tiers",
  "jobs",
]);
const entry = options.entry ?? join(root, "dist", "index.js");
const folder = join(root, "test", "oom");
/** Longer than any 64 runs take: whoever says nothing for so long hangs. */
const SILENCE = 120_000;

/** Runs of a --quick program, by mode. */
const QUICK = { reused: 100, fresh: 8 };

/** Runs the worker with these options; calls `hear` with each of its messages. Resolves to what is wrong with it, or null. */
function work(program, how, hear) {
  const pass = ["from", "to", "seconds", "tiers"].flatMap((name) =>
    options[name] ? [`--${name}=${options[name]}`] : [],
  );
  const words = ["--stack-size=3900", join(root, "scripts", "oom-worker.mjs"), program, `--entry=${entry}`];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...words, ...how, ...pass], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    let errors = "";
    let at = 0;
    let timer = null;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), SILENCE);
    };
    wait();
    child.stdout.on("data", (data) => {
      wait();
      text += data;
      const lines = text.split("\n");
      text = lines.pop();
      for (const message of lines.map((line) => JSON.parse(line))) {
        at = message.at ?? message.n ?? at;
        hear(message);
      }
    });
    child.stderr.on("data", (data) => {
      errors += data;
    });
    child.on("close", (status, signal) => {
      clearTimeout(timer);
      if (signal) resolve(`hangs after n = ${at}`);
      else resolve(status === 0 ? null : errors.trimEnd().split("\n").slice(-3).join(" / "));
    });
  });
}

async function tryMode(program, mode, stride) {
  const faults = [];
  let end = { tried: 0, last: 0 };
  const broken = await work(program, [`--${mode}=${stride}`], (message) => {
    if (message.fault) faults.push(message);
    else if (message.tried !== undefined) end = message;
  });
  if (broken) faults.push({ mode, n: 0, fault: broken });
  return { faults, end };
}

/** The strides: as asked, or of the whole run, or such that a quick one ends soon. */
async function plan(program) {
  if (options.fresh || options.reused)
    return { fresh: Number(options.fresh ?? 0), reused: Number(options.reused ?? 0) };
  if (!options.quick) return { fresh: 7, reused: 1 };
  const strides = { fresh: 1, reused: 1 };
  await work(program, ["--count"], (last) => {
    for (const mode of ["fresh", "reused"]) strides[mode] = Math.max(1, Math.ceil(last[mode] / QUICK[mode]));
  });
  return strides;
}

async function checkProgram(file) {
  const program = join(folder, file);
  const faults = [];
  const parts = [];
  const strides = await plan(program);
  for (const mode of ["reused", "fresh"]) {
    if (strides[mode] === 0) continue;
    const { faults: found, end } = await tryMode(program, mode, strides[mode]);
    faults.push(...found);
    parts.push(`${end.tried} of ${end.last} (${mode}${end.cut ? ", cut short" : ""})`);
  }
  console.log(`${basename(file, ".py")}: failed in turn ${parts.join(", ")}; ${faults.length} faults`);
  const kinds = new Map();
  for (const f of faults)
    kinds.set(`${f.mode}: ${f.fault}`, [...(kinds.get(`${f.mode}: ${f.fault}`) ?? []), f.n]);
  for (const [fault, ns] of [...kinds].slice(0, 20)) {
    console.log(
      `FAIL ${file} n=${ns.slice(0, 8).join(",")}${ns.length > 8 ? ` and ${ns.length - 8} more` : ""}: ${fault}`,
    );
  }
  return faults.length === 0;
}

if (!existsSync(entry)) {
  console.error(`oom-suite: ${entry} is missing; run node scripts/build.mjs first`);
  process.exit(2);
}
const files = readdirSync(folder)
  .filter((file) => file.endsWith(".py") && (!options.filter || file.includes(options.filter)))
  .sort();
const results = await pool(files, Number(options.jobs ?? 2), checkProgram);
const bad = results.filter((good) => !good).length;
console.log(`out of memory: ${files.length - bad} passed, ${bad} failed`);
process.exit(bad > 0 ? 1 : 0);
