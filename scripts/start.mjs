// `npm start [-- script.py args]`: installs and builds what is missing, then runs the script, or the example with --memory.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FLAGS } from "./flags.mjs";
import { install } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

function must(command, args) {
  const r = spawnSync(command, args, { cwd: root, stdio: ["inherit", 2, 2] });
  if (r.status !== 0) process.exit(r.status ?? 1);
}

if (install() !== 0) process.exit(1);
if (!existsSync(join(root, "dist", "glassheap.cjs"))) must(process.execPath, ["scripts/build.mjs"]);
const args = process.argv.slice(2);
const program = args.length > 0 ? args : ["--memory", join(root, "examples", "tour.py")];
const r = spawnSync(process.execPath, [...FLAGS, join(root, "dist", "glassheap.cjs"), ...program], {
  stdio: "inherit",
});
process.exit(r.status ?? 1);
