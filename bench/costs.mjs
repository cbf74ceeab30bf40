/** What does not belong to one program: cold start, resident memory, the cost of --memory and of tracemalloc. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureProcess, median, timeOnce } from "./peers.mjs";

const HOLD = `
class Record:
    __slots__ = ("number", "name")
    def __init__(self, number):
        self.number = number
        self.name = str(number)
held = [Record(i) for i in range(500_000 // 3)]
print(len(held))
`;

async function medianOf(runs, measure) {
  const results = [];
  for (let i = 0; i < runs; i++) results.push(await measure());
  const failed = results.find((r) => r.status !== 0);
  if (failed) return { error: failed.result.stderr.trim().split("\n").pop() };
  return {
    seconds: median(results.map((r) => r.seconds)),
    bytes: results[0].bytes && median(results.map((r) => r.bytes)),
  };
}

const milliseconds = (r) => (r.error ? `fails: ${r.error}` : `${(r.seconds * 1000).toFixed(0)} ms`);
const megabytes = (bytes) => (bytes == null ? "unknown" : `${(bytes / 1048576).toFixed(1)} MiB`);

async function coldStart(peers, runs, report) {
  const node = await medianOf(runs, () => measureProcess(process.execPath, ["-e", "0"]));
  report.node = node;
  console.log(`cold start: node -e 0 ${milliseconds(node)}`);
  for (const peer of peers.filter((p) => !p.missing && p.name !== "pyodide")) {
    const result = await medianOf(runs, () => measureProcess(peer.command, [...peer.args, "-c", "print(1)"]));
    report.coldStart[peer.name] = result;
    const ratio = result.error ? "" : `, ${(result.seconds / node.seconds).toFixed(2)} x node`;
    console.log(`  print(1) in ${peer.name}: ${milliseconds(result)}${ratio}`);
  }
}

async function resident(peers, folder, runs, report) {
  const path = join(folder, "hold.py");
  writeFileSync(path, HOLD);
  console.log("resident memory of a program that holds 500,000 objects");
  for (const peer of peers.filter((p) => !p.missing)) {
    const result = await medianOf(Math.min(runs, 3), () =>
      measureProcess(peer.command, [...peer.args, path]),
    );
    report.resident[peer.name] = result;
    console.log(`  ${peer.name}: ${result.error ? `fails: ${result.error}` : megabytes(result.bytes)}`);
  }
  const { glassheap, cpython } = report.resident;
  if (glassheap?.bytes && cpython?.bytes && report.node.bytes) {
    const ratio = (glassheap.bytes - report.node.bytes) / cpython.bytes;
    console.log(
      `  glassheap less node's own ${megabytes(report.node.bytes)}: ${ratio.toFixed(2)} x CPython's`,
    );
  }
}

async function slowdown(peer, program, runs, extra) {
  const plain = [];
  const with_ = [];
  for (let i = 0; i < runs; i++) {
    plain.push(await timeOnce(peer, program));
    with_.push(await timeOnce(peer, program, extra));
  }
  const failed = [...plain, ...with_].find((r) => r.error);
  if (failed) return { error: failed.error };
  return { ratio: median(with_.map((r) => r.seconds)) / median(plain.map((r) => r.seconds)) };
}

async function optionCosts(peers, programs, runs, report) {
  const chosen = programs.filter((p) => /(object_churn|dict_ops|binary_trees)\.py$/.test(p));
  const cases = [
    ["--memory", "glassheap", ["--memory"]],
    ["-X tracemalloc", "glassheap", ["-X", "tracemalloc"]],
    ["-X tracemalloc", "cpython", ["-X", "tracemalloc"]],
  ];
  for (const [label, name, extra] of cases) {
    const peer = peers.find((p) => p.name === name && !p.missing);
    if (!peer) continue;
    const parts = [];
    for (const program of chosen) {
      const result = await slowdown(peer, program, runs, extra);
      report.options.push({ label, peer: name, program, ...result });
      const figure = result.error ? `fails: ${result.error}` : `${result.ratio.toFixed(2)} x`;
      parts.push(`${program.split("/").pop().replace(".py", "")} ${figure}`);
    }
    console.log(`${label} in ${name}: ${parts.join(", ")}`);
  }
}

/** Prints the section and returns its figures. */
export async function measureCosts(peers, programs, runs) {
  const report = { node: null, coldStart: {}, resident: {}, options: [] };
  const folder = mkdtempSync(join(tmpdir(), "glassheap-bench-"));
  try {
    await coldStart(peers, Math.max(runs, 5), report);
    await resident(peers, folder, runs, report);
    await optionCosts(peers, programs, runs, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return report;
}
