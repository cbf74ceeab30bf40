/**
 * Random programs (fuzz-program.mjs) under CPython and here, in every form that functions have: what they print, reference counts
 * and the collector's counts among it, must be the same, the audit green and nothing left. Without CPython 3.13 it is skipped.
 * usage: node scripts/fuzz.mjs [--from=SEED] [--seeds=N] [--seconds=N] [--tiers=1,3,400] [--jobs=2] [--show] [--reduce=SEED] [--print=SEED]
 * --reduce takes statements out of a seed's program as long as it still differs, and prints what is left.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findCPython } from "./cpython.mjs";
import { root } from "./diff-lib.mjs";
import { generate } from "./fuzz-program.mjs";
import { parseOptions, pool } from "./proc.mjs";
import { unifiedDiff } from "./unified-diff.mjs";

const NAMES = ["from", "seeds", "seconds", "tiers", "jobs", "reduce", "print", "entry", "with"];
const options = parseOptions(process.argv.slice(2), NAMES);
const entry = options.entry ?? join(root, "dist", "index.js");
const forms = String(options.tiers ?? "1,3,400").split(",");
const SECONDS = 120;

/** A process that answers lines with lines; started again when it has died or hangs. */
class Server {
  constructor(command, args, env) {
    Object.assign(this, { command, args, env, child: null, answer: null, id: 0 });
  }

  start() {
    const child = spawn(this.command, this.args, {
      env: { ...process.env, ...this.env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    createInterface({ input: child.stdout }).on("line", (line) => this.answer?.(JSON.parse(line)));
    child.stdin.on("error", () => {});
    child.on("close", () => {
      if (this.child !== child) return;
      this.child = null;
      this.answer?.({ stdout: "", status: -1, fault: "the interpreter died" });
    });
    this.child = child;
  }

  ask(task) {
    if (this.child === null) this.start();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.stop();
        resolve({ stdout: "", status: -1, fault: "hangs" });
      }, SECONDS * 1000);
      this.answer = (answer) => {
        clearTimeout(timer);
        this.answer = null;
        resolve(answer);
      };
      this.child.stdin.write(`${JSON.stringify({ id: ++this.id, ...task })}\n`);
    });
  }

  stop() {
    const child = this.child;
    this.child = null;
    this.answer = null;
    child?.kill("SIGKILL");
  }
}

class Pair {
  constructor(cpython) {
    this.theirs = new Server(cpython, ["-W", "ignore", join(root, "scripts", "fuzz-cpython.py")], {
      PYTHONHASHSEED: "0",
    });
    this.ours = new Server(
      process.execPath,
      ["--stack-size=3900", join(root, "scripts", "fuzz-worker.mjs"), entry],
      {},
    );
  }

  /** What differs: null, or the form and what is wrong with it; undefined for a program that CPython does not end. */
  async difference(source, tiers = forms, whole = false) {
    const expected = await this.theirs.ask({ source });
    if (expected.status < 0 || (whole && expected.status > 0) || expected.stdout.includes("MemoryError"))
      return undefined;
    for (const form of tiers) {
      const got = await this.ours.ask({
        source,
        tiers: form,
        options: options.with ? JSON.parse(options.with) : {},
      });
      if (got.stdout !== expected.stdout)
        return { form, what: unifiedDiff(expected.stdout, got.stdout, { most: 12 }) + (got.fault ?? "") };
      if (got.status !== expected.status || got.fault)
        return { form, what: got.fault ?? `status ${got.status}, not ${expected.status}` };
    }
    return null;
  }

  stop() {
    this.theirs.stop();
    this.ours.stop();
  }
}

// --- reduction

/** A line and what is indented below it, which can be taken out together; null for what makes counts comparable. */
function piece(lines, i) {
  const depth = (line) => line.length - line.trimStart().length;
  if (lines[i].includes("gc.collect()")) return null;
  let end = i + 1;
  while (end < lines.length && depth(lines[end]) > depth(lines[i])) end++;
  return [i, end];
}

/** The lines without a piece; its body may stay in its place. */
function* without(lines, [from, end]) {
  yield [...lines.slice(0, from), ...lines.slice(end)];
  if (end === from + 1) return;
  const body = lines.slice(from + 1, end).map((line) => line.replace(/^ {4}/, ""));
  yield [...lines.slice(0, from), ...body, ...lines.slice(end)];
}

const sortOf = (difference) =>
  (
    /^(JavaScript: [^\n]*|hangs|audit|\d+ blocks|the interpreter died)/.exec(difference.what)?.[1] ?? "output"
  ).slice(0, 60);

async function reduce(pair, source) {
  const first = await pair.difference(source);
  if (!first) return console.log("the same as under CPython");
  const sort = sortOf(first);
  let lines = source.trimEnd().split("\n");
  const differs = async (rest) => {
    const d = await pair.difference(`${rest.join("\n")}\n`, [first.form], true);
    return d && sortOf(d) === sort;
  };
  // Whole functions first, then statements within them.
  for (const depth of [0, 1, 99, 99]) {
    for (let i = lines.length - 1; i >= 0; i--) {
      if (i >= lines.length || /^ */.exec(lines[i])[0].length > 4 * depth) continue;
      const at = piece(lines, i);
      for (const rest of at ? without(lines, at) : [])
        if (await differs(rest)) {
          lines = rest;
          break;
        }
    }
  }
  const text = `${lines.join("\n")}\n`;
  const last = await pair.difference(text, [first.form]);
  console.log(`${text}# tiers=${last.form}\n${last.what}`);
}

// --- the seeds

async function main() {
  const cpython = findCPython();
  if (!cpython) {
    console.log("fuzz: skipped, no CPython 3.13 here");
    return 0;
  }
  if (options.reduce) {
    const pair = new Pair(cpython);
    await reduce(pair, generate(Number(options.reduce)));
    pair.stop();
    return 0;
  }
  const from = Number(options.from ?? 0);
  const until = performance.now() + 1000 * Number(options.seconds ?? 1e6);
  let failed = 0;
  let tried = 0;
  let skipped = 0;
  const seeds = Array.from({ length: Number(options.seeds ?? 100) }, (_, i) => from + i);
  const pairs = Array.from({ length: Number(options.jobs ?? 2) }, () => new Pair(cpython));
  await pool(seeds, pairs.length, async (seed) => {
    if (performance.now() > until) return;
    const pair = pairs.pop();
    const d = await pair.difference(generate(seed));
    pairs.push(pair);
    tried++;
    if (d === undefined) skipped++;
    if (!d) return;
    failed++;
    console.log(`FAIL seed ${seed}, tiers=${d.form}\n${d.what.replace(/^/gm, "    ")}`);
  });
  for (const pair of pairs) pair.stop();
  console.log(
    `fuzz: ${tried - failed} of ${tried} programs as under CPython${skipped ? `, ${skipped} without end there` : ""}`,
  );
  return failed > 0 ? 1 : 0;
}

if (options.print) console.log(generate(Number(options.print)));
else process.exitCode = await main();
