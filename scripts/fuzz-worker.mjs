/**
 * Runs programs for fuzz.mjs, each in an interpreter of its own, by the library. Each line of stdin is JSON {id, source, tiers},
 * each answer a line {id, stdout, status, fault}: what the audit, the allocators' checks and the teardown found, or null.
 * usage: node scripts/fuzz-worker.mjs ENTRY
 */
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { Python, auditText, remainsText } = await import(pathToFileURL(process.argv[2]).href);

/** What is wrong with the heap after a program. */
function faultOfHeap(python) {
  const report = python.heap.audit();
  if (report.mismatches.length > 0) return auditText(report);
  python.heap.check();
  const left = python.tearDown();
  return left.length > 0 ? remainsText(left) : null;
}

function guarded(work) {
  try {
    return work();
  } catch (e) {
    return `JavaScript: ${e?.stack ?? e}`;
  }
}

function runProgram({ source, tiers, options }) {
  const answer = { stdout: "", status: -1, fault: null };
  answer.fault = guarded(() => {
    const python = new Python({
      maxHeap: 256 << 20,
      hashSeed: 0,
      xOptions: { tiers: `${tiers}` },
      ...options,
    });
    const { stdout, status } = python.run(source);
    Object.assign(answer, { stdout, status });
    return faultOfHeap(python);
  });
  return answer;
}

for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id: task.id, ...runProgram(task) })}\n`);
}
