/**
 * The differential suite: runs test/diff/AREA/NAME.py under Glassheap, with --audit, and compares stdout, stderr and status
 * with what CPython 3.13 printed (see record.mjs).
 * usage: node scripts/diff-suite.mjs [--filter=TEXT] [--jobs=2] [--timeout=60] [--verify] [--quiet] [--no-audit]
 * --with="--gc-stress" adds options of glassheap to every run: a collection at every chance, other arenas and pools.
 * --env="PYTHONMALLOC=debug" adds variables to its environment.
 * --verify re-checks the records first, if CPython 3.13 is here.
 * Programs named in test/diff/known-differences.txt are run and reported, but do not fail the suite: each is a defect that
 * waits for its cure. --write-known writes that file anew from this run.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findCPython } from "./cpython.mjs";
import * as lib from "./diff-lib.mjs";
import { parseOptions, pool, run, runVisibly } from "./proc.mjs";
import { unifiedDiff } from "./unified-diff.mjs";

const options = parseOptions(process.argv.slice(2), ["filter", "jobs", "timeout", "entry", "with", "env"]);
const entry = options.entry ?? join(lib.root, "dist", "glassheap.cjs");
const AUDIT_STATUS = 97;
const variables = Object.fromEntries((options.env ?? "").split(" ").filter(Boolean).map(splitVariable));
const knownFile = join(lib.root, "test", "diff", "known-differences.txt");
const known = new Set(
  existsSync(knownFile)
    ? readFileSync(knownFile, "utf8")
        .split("\n")
        .filter((l) => l && !l.startsWith("#"))
    : [],
);

function splitVariable(text) {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}

function failureOf(program, result) {
  const record = lib.readRecord(program);
  if (!record) return "no record: run node scripts/record.mjs";
  if (result.timedOut)
    return `timed out; the last it said: ${(result.stderr || result.stdout).trimEnd().slice(-200)}`;
  const got = lib.normalise(program, result);
  const parts = [];
  if (got.status !== record.status) {
    const meaning = got.status === AUDIT_STATUS ? " (the audit found a wrong count)" : "";
    parts.push(`status ${got.status}${meaning}, expected ${record.status}`);
  }
  if (got.stdout !== record.stdout) parts.push(`stdout:\n${unifiedDiff(record.stdout, got.stdout)}`);
  if (got.stderr !== record.stderr) parts.push(`stderr:\n${unifiedDiff(record.stderr, got.stderr)}`);
  return parts.join("\n");
}

async function runProgram(program) {
  const audit = options["no-audit"] ? [] : ["--audit"];
  if (options.with) audit.push(...options.with.split(" "));
  const result = await run(process.execPath, [entry, ...audit, ...lib.flagsOf(program), program.path], {
    cwd: program.folder,
    env: { ...lib.programEnvironment(), ...variables },
    input: lib.inputOf(program),
    timeout: 1000 * Number(options.timeout ?? 60),
  });
  const failure = failureOf(program, result);
  if (failure && known.has(program.name)) console.log(`known difference: ${program.name}`);
  else if (failure && options.quiet) console.log(`FAIL ${program.name}`);
  else if (failure) console.log(`FAIL ${program.name}\n${failure.replace(/^/gm, "    ")}`);
  return { program, failure, ms: result.ms };
}

function summarise(results) {
  const failed = results.filter((r) => r.failure && !known.has(r.program.name));
  const differ = results.filter((r) => r.failure && known.has(r.program.name));
  const cured = results.filter((r) => !r.failure && known.has(r.program.name));
  for (const r of cured) console.log(`no longer different, take it off the list: ${r.program.name}`);
  const areas = new Map();
  for (const { program, failure } of results) {
    const area = program.name.split("/")[0];
    const row = areas.get(area) ?? { passed: 0, failed: 0 };
    row[failure ? "failed" : "passed"]++;
    areas.set(area, row);
  }
  if (failed.length > 0) {
    for (const [area, row] of areas)
      if (row.failed) console.log(`  ${area}: ${row.passed} passed, ${row.failed} failed`);
  }
  console.log(`differential suite: ${results.length} programs in ${areas.size} areas`);
  if (differ.length > 0) console.log(`known differences: ${differ.length} (test/diff/known-differences.txt)`);
  console.log(
    `${results.length - failed.length - differ.length} passed, ${failed.length} failed, ${differ.length} skipped`,
  );
  return failed.length;
}

if (!existsSync(entry)) {
  console.error(`diff-suite: ${entry} is missing; run node scripts/build.mjs first`);
  process.exit(2);
}
if (options.verify) {
  if (findCPython()) {
    const args = [join(lib.root, "scripts", "record.mjs"), "--check", `--filter=${options.filter ?? ""}`];
    if ((await runVisibly(process.execPath, args)) !== 0) process.exit(1);
  } else console.log("diff-suite: no CPython 3.13 here: the records are taken as they are");
}
const programs = lib.listPrograms(options.filter);
if (options["write-known"]) known.clear();
const results = await pool(programs, Number(options.jobs ?? 2), runProgram);
if (options["write-known"]) {
  const head =
    "# Programs whose output, status or audit still differs from CPython's. See scripts/diff-suite.mjs.\n";
  const names = results
    .filter((r) => r.failure)
    .map((r) => r.program.name)
    .sort();
  writeFileSync(knownFile, `${head}${names.join("\n")}\n`);
}
process.exit(summarise(results) > 0 ? 1 : 0);
