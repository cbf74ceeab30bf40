/** Finds CPython 3.13, which the recorder, the verifier and the benchmarks compare with. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

function tryOut(command) {
  try {
    const probe =
      "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2], sys.executable)";
    const answer = execFileSync(command, ["-I", "-c", probe], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const match = /^cpython 3\.13 (.+)$/m.exec(answer);
    return match ? match[1] : null;
  } catch {
    return null; // not there, or not runnable: the next candidate
  }
}

function pyenvCandidate() {
  try {
    const prefix = execFileSync("pyenv", ["prefix", "3.13.0"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return join(prefix.trim(), "bin", "python3");
  } catch {
    return null; // no pyenv here
  }
}

/** The path of a CPython 3.13 interpreter (GLASSHEAP_CPYTHON, pyenv's 3.13.0, python3.13 on PATH), or null. */
export function findCPython() {
  const named = process.env.GLASSHEAP_CPYTHON;
  if (named) return tryOut(named);
  const own = pyenvCandidate();
  return (own && existsSync(own) && tryOut(own)) || tryOut("python3.13");
}
