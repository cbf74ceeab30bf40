/** Snapshots of tracemalloc, dumped by one Python and loaded by the other: the same statistics. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { findCPython } from "../../scripts/cpython.mjs";

const folder = join(process.cwd(), "test", "tracing");
const glassheap = [process.execPath, join(process.cwd(), "dist", "glassheap.cjs")];

function run(python: string[], script: string, file: string): string {
  const [command, ...words] = python;
  const env = { ...process.env, PYTHONHASHSEED: "0" };
  const r = spawnSync(command, [...words, join(folder, script), file], { encoding: "utf8", env });
  assert.equal(r.stderr, "");
  assert.equal(r.status, 0);
  return r.stdout;
}

const cpython = findCPython();
const skip = cpython === null ? "CPython 3.13 is not installed" : false;

for (const [name, dumper, loader] of [
  ["Glassheap's snapshot in CPython", glassheap, [String(cpython)]],
  ["CPython's snapshot in Glassheap", [String(cpython)], glassheap],
] as const) {
  test(name, { skip }, () => {
    const temporary = mkdtempSync(join(tmpdir(), "glassheap-"));
    try {
      const file = join(temporary, "snapshot");
      run([...dumper], "dump.py", file);
      const statistics = run([...loader], "load.py", file);
      assert.equal(statistics, run([...dumper], "load.py", file));
      assert.match(statistics, /^3 1\d\d\n/);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });
}
