/**
 * Records the differential suite with CPython 3.13: NAME.out, and NAME.err and NAME.status where they are not empty and zero.
 * usage: node scripts/record.mjs [--filter=TEXT] [--check]
 * Each program runs twice, the second time with `-S` from another folder: what differs then depends on the start-up or on
 * chance, belongs in no record, and is refused. `--check` writes nothing and fails if a record is not what CPython says.
 */
import { rmSync, writeFileSync } from "node:fs";
import { findCPython } from "./cpython.mjs";
import * as lib from "./diff-lib.mjs";
import { parseOptions, pool, run } from "./proc.mjs";
import { unifiedDiff } from "./unified-diff.mjs";

const options = parseOptions(process.argv.slice(2), ["filter"]);
const python = findCPython();
if (!python) {
  console.error("record: no CPython 3.13 found; set GLASSHEAP_CPYTHON");
  process.exit(2);
}

async function runOnce(program, extra, cwd) {
  const result = await run(python, [...extra, ...lib.flagsOf(program), program.path], {
    cwd,
    env: lib.programEnvironment(),
    input: lib.inputOf(program),
    timeout: 120_000,
  });
  return { ...lib.normalise(program, result), ms: result.ms };
}

function write(program, result) {
  const files = lib.companions(program);
  const put = (path, text) => (text ? writeFileSync(path, text) : rmSync(path, { force: true }));
  writeFileSync(files.out, result.stdout);
  put(files.err, result.stderr);
  put(files.status, result.status === 0 ? "" : `${result.status}\n`);
}

const text = (r) => `${r.stdout}--- stderr\n${r.stderr}--- status ${r.status}\n`;

async function record(program) {
  const [first, second] = await Promise.all([
    runOnce(program, [], program.folder),
    runOnce(program, ["-S"], "/"),
  ]);
  const problems = [];
  if (text(first) !== text(second))
    problems.push(`depends on start-up or chance\n${unifiedDiff(text(first), text(second))}`);
  if (first.ms > 5000) problems.push(`takes ${Math.round(first.ms)} ms`);
  if (/\/lib\/python3|\.pyenv|\/home\/|\/root\//.test(text(first)))
    problems.push("names a folder of this machine");
  const known = lib.readRecord(program);
  if (options.check) {
    if (!known || text(known) !== text(first))
      problems.push(`the record differs\n${unifiedDiff(known ? text(known) : "", text(first))}`);
  } else write(program, first);
  const unexpected = first.status !== 0 && (!known || known.status !== first.status);
  if (unexpected && !options.check)
    console.log(`note: ${program.name} ends with status ${first.status}\n${first.stderr}`);
  for (const problem of problems) console.log(`${program.name}: ${problem}`);
  return problems.length === 0;
}

const programs = lib.listPrograms(options.filter);
const fine = await pool(programs, 1, record);
const bad = fine.filter((ok) => !ok).length;
console.log(
  `${programs.length} programs ${options.check ? "checked" : "recorded"} with ${python}, ${bad} with problems`,
);
process.exit(bad ? 1 : 0);
