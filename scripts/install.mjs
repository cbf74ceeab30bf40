/**
 * Installs the dependencies that package-lock.json pins, where a clone has none yet. `npm ci` refuses a lock file from which
 * optional packages of other platforms are missing; then `npm install` does it, from the same lock file.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const FLAGS = ["--no-audit", "--no-fund", "--ignore-scripts"];

/** Returns npm's exit status; its output goes to stderr. */
export function install() {
  if (existsSync(join(root, "node_modules", "esbuild"))) return 0;
  const ci = spawnSync(npm, ["ci", ...FLAGS], { cwd: root, stdio: "ignore" });
  if (ci.status === 0) return 0;
  return spawnSync(npm, ["install", ...FLAGS], { cwd: root, stdio: ["ignore", 2, 2] }).status ?? 1;
}
