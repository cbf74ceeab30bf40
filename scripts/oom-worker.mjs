/**
 * One program of the out-of-memory suite, in this process, by the library: its n-th allocation fails, for n from 1 on. Each answer is
 * a line of JSON on stdout.
 * usage: node scripts/oom-worker.mjs PROGRAM --count | [--entry=dist/index.js] [--fresh=STRIDE] [--reused=STRIDE] [--from=N] [--to=N]
 *
 * *fresh*: an interpreter of its own for each n, audited after the program, taken apart, and nothing may be left.
 * *reused*: one interpreter runs the program again and again; what is not freed shows as a block more than before.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseOptions } from "./proc.mjs";

const options = parseOptions(process.argv.slice(3), [
  "entry",
  "fresh",
  "reused",
  "from",
  "to",
  "seconds",
  "audit",
  "tiers",
]);
const { Python, auditText, remainsText } = await import(pathToFileURL(options.entry).href);
const program = process.argv[2];
const source = readFileSync(program, "utf8");
const expected = readFileSync(program.replace(/\.py$/, ".out"), "utf8");
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const NEVER = 1_000_000_000;
const until = performance.now() + 1000 * Number(options.seconds ?? 3600);

const xOptions = options.tiers ? { tiers: options.tiers } : {};
const make = () => new Python({ maxHeap: 96 * 1024 * 1024, hashSeed: 0, xOptions });

/**
 * What is wrong with a run: null if it printed its whole result or ended in a clean MemoryError, or one that was reported where
 * nothing can be raised (a finalizer, a callback) and so has changed the result, or that the program caught itself and told of.
 */
function faultOf({ stdout, stderr, status }) {
  if (status === 0 && (stdout === expected || stdout.includes("MemoryError"))) return null;
  // Behind the last line there may be a note.
  const last = stderr.trimEnd().split("\n").slice(-2).join("\n");
  const ignored = status === 0 && stderr.startsWith("Exception ignored in");
  const clean = /^MemoryError\b/m.test(last) && !/\bat .*\.(ts|cjs|js):\d+/.test(stderr);
  if ((status === 1 || ignored) && clean) return null;
  return `status ${status}: ${stderr.trimEnd().split("\n").slice(-3).join(" / ") || stdout.slice(-200)}`;
}

/** What the audit, the allocators' checks and a comparison of counts find. */
function faultOfHeap(python) {
  const report = python.heap.audit();
  if (report.mismatches.length > 0) return auditText(report).split("\n").slice(0, 4).join(" / ");
  python.heap.check();
  return null;
}

const passed = (run) => run.status === 0 && run.stdout === expected;

function guarded(n, mode, work) {
  try {
    const fault = work();
    if (fault) say({ mode, n, fault });
    return fault === null;
  } catch (e) {
    say({
      mode,
      n,
      fault: `JavaScript: ${String(e?.stack ?? e)
        .split("\n")
        .slice(0, 24)
        .join(" / ")}`,
    });
    return false;
  }
}

/** A run of its own; true while the failing allocation is still one of the program's. */
function fresh(n) {
  const python = make();
  let reached = true;
  guarded(n, "fresh", () => {
    const run = python.run(source, { failAlloc: n });
    reached = !(passed(run) && n > 3 && python.allocationsLeft > 0);
    const fault = faultOf(run) ?? faultOfHeap(python);
    if (fault) return fault;
    const left = python.tearDown();
    return left.length === 0 ? null : remainsText(left).split("\n").slice(0, 4).join(" / ");
  });
  return reached;
}

const FORGET = `import gc, sys
sys.last_exc = sys.last_type = sys.last_value = sys.last_traceback = None
gc.collect()
gc.collect()
sys._clear_type_cache()
for name in [name for name in globals() if name[:2] != "__" and name not in ("gc", "sys", "name")]:
    del globals()[name]
name = None
gc.collect()`;

/** Blocks in use when the program's names and the last exception are forgotten, the free lists empty, and no name is cached. */
function blocksAtRest(python) {
  python.run(FORGET);
  return python.heap.allocatedBlocks;
}

/** How often a leak shows before it is one: a table that grows now and then does not grow in each of so many runs. */
const REPEATS = 3;

/** Blocks more than `rest` after each of some further runs like the last, or 0 if one of them left nothing. */
function leakOf(python, n, rest) {
  let more = 0;
  let before = rest;
  for (let i = 0; i < REPEATS; i++) {
    python.run(source, { failAlloc: n });
    const now = blocksAtRest(python);
    if (now <= before) return 0;
    more = now - before;
    before = now;
  }
  return more;
}

/** What a run leaves for good (a module that an error message needed) it leaves once: only what further ones leave too has leaked. */
function reused(state, n) {
  const { python } = state;
  let reached = true;
  const good = guarded(n, "reused", () => {
    const run = python.run(source, { failAlloc: n });
    reached = python.allocationsLeft === 0;
    const fault = faultOf(run);
    if (fault) return fault;
    const rest = blocksAtRest(python);
    const more = rest > state.rest ? leakOf(python, n, rest) : 0;
    if (more > 0) return `${more} blocks more each time ${faultOfHeap(python) ?? ""}`;
    const changed = rest !== state.rest;
    if (changed) state.rest = blocksAtRest(python);
    return changed || n % Number(options.audit ?? 16) === 0 ? faultOfHeap(python) : null;
  });
  return { reached, good };
}

function settled() {
  const python = make();
  for (let i = 0; i < 3; i++) {
    const run = python.run(source);
    if (!passed(run)) throw new Error(`does not pass without failures: ${run.stderr || run.stdout}`);
  }
  // What reports an uncaught exception has its modules and caches too.
  python.run("raise MemoryError");
  blocksAtRest(python);
  return { python, rest: blocksAtRest(python) };
}

function* numbers(stride) {
  const to = Number(options.to ?? NEVER);
  for (let n = Number(options.from ?? 1); n <= to; n += stride) yield n;
}

function tryFresh(stride) {
  let tried = 0;
  for (const n of numbers(stride)) {
    if (performance.now() > until) return say({ mode: "fresh", tried, last: n, cut: true });
    say({ mode: "fresh", at: n });
    if (!fresh(n)) return say({ mode: "fresh", tried, last: n });
    tried++;
  }
  say({ mode: "fresh", tried, last: Number(options.to) });
}

function tryReused(stride) {
  let state = settled();
  let tried = 0;
  for (const n of numbers(stride)) {
    if (performance.now() > until) return say({ mode: "reused", tried, last: n, cut: true });
    if (tried % 64 === 0) say({ mode: "reused", at: n });
    const { reached, good } = reused(state, n);
    if (good && !reached) return say({ mode: "reused", tried, last: n });
    // A heap with something wrong in it is not used again.
    if (!good) state = settled();
    tried++;
  }
  say({ mode: "reused", tried, last: Number(options.to) });
}

/** How many allocations a run makes: in an interpreter of its own, and in one that has run the program before. */
function count() {
  const allocations = (python) => {
    python.run(source, { failAlloc: NEVER });
    return NEVER - python.allocationsLeft;
  };
  say({ fresh: allocations(make()), reused: allocations(settled().python) });
}

if (options.count) count();
if (Number(options.fresh ?? 0) > 0) tryFresh(Number(options.fresh));
if (Number(options.reused ?? 0) > 0) tryReused(Number(options.reused));
