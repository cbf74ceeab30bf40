/** The interpreters that the benchmarks compare, and one timed run of a program in one of them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findCPython } from "../scripts/cpython.mjs";
import { root } from "../scripts/diff-lib.mjs";
import { run } from "../scripts/proc.mjs";

const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  PYTHONHASHSEED: "0",
  PYTHONDONTWRITEBYTECODE: "1",
  LANG: "C.UTF-8",
};

/** Glassheap, CPython 3.13 and Pyodide, each {name, command, args} or {name, missing: why}. */
export function findPeers({ entry, pyodide = true }) {
  const python = findCPython();
  const runner = join(root, "bench", "pyodide-runner.mjs");
  const peers = [
    existsSync(entry)
      ? { name: "glassheap", command: process.execPath, args: [entry] }
      : { name: "glassheap", missing: `${entry} is not built` },
    python
      ? { name: "cpython", command: python, args: [] }
      : { name: "cpython", missing: "no CPython 3.13 here (GLASSHEAP_CPYTHON names one)" },
  ];
  if (!pyodide) return peers;
  const there = existsSync(join(root, "node_modules", "pyodide", "package.json"));
  peers.push(
    there
      ? { name: "pyodide", command: process.execPath, args: [runner] }
      : { name: "pyodide", missing: "the npm package pyodide is not installed" },
  );
  return peers;
}

/** Runs `program` once: {seconds of its best turn, first: of its first, output}, or {error} with the end of what it said. */
export async function timeOnce(peer, program, extra = []) {
  const result = await run(peer.command, [...peer.args, ...extra, program], {
    env: environment,
    timeout: 180_000,
  });
  const time = /^TIME ([\d.]+) ([\d.]+)$/m.exec(result.stderr);
  if (result.status !== 0 || !time) {
    const why = result.timedOut
      ? "timed out"
      : result.stderr.trim().split("\n").pop() || `status ${result.status}`;
    return { error: why };
  }
  return { seconds: Number(time[2]), first: Number(time[1]), output: result.stdout };
}

/** A whole process: wall-clock seconds and the largest resident set in bytes (null where /usr/bin/time is missing). */
export async function measureProcess(command, args) {
  const timed = existsSync("/usr/bin/time");
  const call = timed ? ["/usr/bin/time", ["-f", "RSS %M", command, ...args]] : [command, args];
  const result = await run(call[0], call[1], { env: environment, timeout: 180_000 });
  const rss = /^RSS (\d+)$/m.exec(result.stderr);
  return {
    seconds: result.ms / 1000,
    bytes: rss ? Number(rss[1]) * 1024 : null,
    status: result.status,
    result,
  };
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

export const geometricMean = (values) =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
