/** Child processes for the scripts: one run with a timeout and captured output, and a small pool of workers. */
import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a program to its end. Resolves to {status, stdout, stderr, ms, timedOut}; never rejects.
 * A program killed by a signal has a status of 128 + the signal's number, as a shell says it.
 */
export function run(command, args, { cwd, env, input, timeout = 60_000, limit = 64 << 20 } = {}) {
  return new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
    const out = [];
    const err = [];
    let size = 0;
    let timedOut = false;
    const collect = (list) => (chunk) => {
      size += chunk.length;
      if (size > limit) child.kill("SIGKILL");
      else list.push(chunk);
    };
    child.stdout.on("data", collect(out));
    child.stderr.on("data", collect(err));
    child.stdin.on("error", () => {}); // the program may end without reading its input
    child.stdin.end(input ?? "");
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, timeout);
    const finish = (status) => {
      clearTimeout(timer);
      resolve({
        status,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8"),
        ms: performance.now() - began,
        timedOut,
      });
    };
    child.on("error", (error) => {
      err.push(Buffer.from(`${error.message}\n`));
      finish(127);
    });
    child.on("close", (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 15)));
  });
}

/** Runs a command with the terminal's own streams; resolves to its status. */
export function runVisibly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** Calls `work(item, index)` for every item, `width` at a time, and resolves to the results in order. */
export async function pool(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

/** `--name=value`, `--name value` (for the names in `valued`) and `--name` of a command line; the rest in `_`. */
export function parseOptions(argv, valued = []) {
  const options = { _: [] };
  for (let i = 0; i < argv.length; i++) {
    const match = /^--([\w-]+)(?:=(.*))?$/s.exec(argv[i]);
    if (!match) options._.push(argv[i]);
    else if (match[2] !== undefined) options[match[1]] = match[2];
    else if (valued.includes(match[1]) && i + 1 < argv.length) options[match[1]] = argv[++i];
    else options[match[1]] = true;
  }
  return options;
}
