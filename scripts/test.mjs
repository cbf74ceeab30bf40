/**
 * `npm test`: everything that must hold, in one go, with a summary and an exit status.
 * usage: npm test -- [--only=STEP,...] [--skip=STEP,...] [--filter=TEXT] [--verify] [--no-build]
 * Steps: lint, types, layers, unit, diff, oom, stress, fuzz. On a fresh clone it installs the dependencies and builds first.
 * oom is whole when it is asked for by --only=oom, and a spread of the allocations otherwise.
 * --filter selects unit test files and programs by a part of their names; --verify re-checks the records with CPython.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";
import { parseOptions, runVisibly } from "./proc.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = parseOptions(process.argv.slice(2), ["only", "skip", "filter"]);
const filter = options.filter ? [`--filter=${options.filter}`] : [];
const node = process.execPath;

const script = (name, ...args) => runVisibly(node, [join(root, "scripts", name), ...args], { cwd: root });
const tool = (name, ...args) => runVisibly(join(root, "node_modules", ".bin", name), args, { cwd: root });

function* testFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* testFiles(path);
    else if (/\.test\.(ts|mjs)$/.test(entry.name)) yield path;
  }
}

/** Bundles each test/**\/*.test.{ts,mjs} into build/tests and runs them with Node's own runner, two at a time. */
async function unit() {
  const { build } = await import("esbuild");
  const outdir = join(root, "build", "tests");
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const entryPoints = [...testFiles(join(root, "test"))].filter(
    (path) => !options.filter || path.includes(options.filter),
  );
  if (entryPoints.length === 0) return 0;
  await build({
    entryPoints,
    outdir,
    outbase: join(root, "test"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    packages: "external",
    logLevel: "warning",
    define: { __GLASSHEAP_DEBUG__: "true" },
  });
  const bundles = entryPoints.map((path) =>
    join(outdir, relative(join(root, "test"), path).replace(/\.ts$/, ".mjs")),
  );
  return runVisibly(
    node,
    ["--test", "--test-concurrency=2", "--test-reporter=spec", "--enable-source-maps", ...bundles],
    {
      cwd: root,
    },
  );
}

const suite = (name) => async () => (existsSync(join(root, "scripts", name)) ? script(name, ...filter) : 0);

/** name → the step; each resolves to an exit status. The cheap ones come first. */
const STEPS = {
  lint: () => tool("biome", "check", "--max-diagnostics=15", "."),
  types: () => tool("tsc", "--noEmit"),
  layers: () => script("check-layers.mjs"),
  unit,
  diff: () => script("diff-suite.mjs", ...filter, ...(options.verify ? ["--verify"] : [])),
  oom: () => script("oom-suite.mjs", ...filter, ...(options.only ? [] : ["--quick"])),
  stress: suite("stress-suite.mjs"),
  fuzz: () => script("fuzz.mjs", "--seeds=60", "--seconds=15"),
};
const NEEDS_BUILD = new Set(["unit", "diff", "oom", "stress", "fuzz"]);

function chosenSteps() {
  const list = (text) =>
    String(text ?? "")
      .split(",")
      .filter(Boolean);
  const unknown = [...list(options.only), ...list(options.skip)].filter((name) => !STEPS[name]);
  if (unknown.length > 0)
    throw new Error(`no such step: ${unknown.join(", ")} (there are ${Object.keys(STEPS).join(", ")})`);
  const only = options.only ? list(options.only) : Object.keys(STEPS);
  return only.filter((name) => !list(options.skip).includes(name));
}

async function runStep(name, step) {
  const began = performance.now();
  console.log(`\n=== ${name}`);
  let status;
  try {
    status = await step();
  } catch (error) {
    console.error(error.message);
    status = 1;
  }
  return { name, status, seconds: (performance.now() - began) / 1000 };
}

function summarise(results) {
  console.log("\n=== summary");
  for (const r of results)
    console.log(`${r.status === 0 ? "ok  " : "FAIL"} ${r.name.padEnd(8)} ${r.seconds.toFixed(1)} s`);
  const failed = results.filter((r) => r.status !== 0).length;
  console.log(`steps: ${results.length - failed} passed, ${failed} failed`);
  return failed;
}

const steps = chosenSteps();
const results = [];
if (install() !== 0) {
  console.error("the dependencies could not be installed");
  process.exit(1);
}
if (!options["no-build"] && steps.some((name) => NEEDS_BUILD.has(name))) {
  results.push(await runStep("build", () => script("build.mjs")));
}
if (results.every((r) => r.status === 0)) {
  for (const name of steps) results.push(await runStep(name, STEPS[name]));
}
process.exit(summarise(results) > 0 ? 1 : 0);
