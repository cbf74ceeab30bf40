/**
 * A deeper JavaScript stack for programs that ask for deep recursion. Node fixes the stack when it starts, so such a program
 * is started again with the option that gives it more; all others run where they are. Part of the command line.
 */
import { readFileSync } from "node:fs";

const WANTS_DEPTH = "setrecursionlimit";
/** KiB that are left of the system's stack for native code. */
const RESERVE = 1192;
const MOST = 60_000;

/** KiB to ask for: what the system's limit allows; 0 where that is not known. */
function stackKiB(): number {
  if (process.platform === "darwin") return 8192 - RESERVE;
  if (process.platform !== "linux") return 0;
  try {
    const soft = /^Max stack size\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    const limit = soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft) / 1024;
    return Math.max(0, Math.min(MOST, Math.floor(limit) - RESERVE)) || 0;
  } catch {
    // No such file: the limit is not known.
    return 0;
  }
}

/** Runs the command again with a big stack if the program's text asks for deep recursion; its status, or null. */
export function runWithBigStack(text: string | Uint8Array, words: string[]): number | null {
  if (process.execArgv.some((arg) => /^--stack[-_]size/.test(arg))) return null;
  if (!Buffer.from(text).includes(WANTS_DEPTH)) return null;
  const size = stackKiB();
  if (size < 2000) return null;
  const args = [`--stack-size=${size}`, ...process.execArgv, process.argv[1], ...words];
  // Ctrl-C reaches both; the program decides.
  process.on("SIGINT", () => {});
  const { spawnSync } = require("node:child_process") as typeof import("node:child_process");
  const r = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (r.error) return null;
  if (r.signal !== null) {
    process.removeAllListeners("SIGINT");
    process.kill(process.pid, r.signal);
  }
  const { constants } = require("node:os") as typeof import("node:os");
  return r.status ?? 128 + constants.signals[r.signal ?? "SIGTERM"];
}
