/**
 * The layer check: a file of src/ imports only from its own layer and from earlier ones (see docs on the layers), and only the
 * command line and the host reach for Node's own modules. `import type` is exempt: types cost nothing at run time.
 * usage: node scripts/check-layers.mjs; prints each wrong import, exit status 1 if there are any.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const src = join(dirname(dirname(fileURLToPath(import.meta.url))), "src");

/** From the bottom up; folders of one row may import each other. */
const LAYERS = [
  ["heap"],
  ["pymalloc"],
  ["objects"],
  ["gc"],
  ["tracing"],
  ["compiler"],
  ["runtime"],
  ["modules"],
  ["insight"],
  ["export"],
  ["cli", "lab", "host", "index"],
];
const MAY_USE_NODE = new Set(["cli", "host"]);

const rankOf = (layer) => LAYERS.findIndex((row) => row.includes(layer));

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts")) yield path;
  }
}

/** The layer of a file: its first folder below src, or "index" for src's own files. */
function layerOf(path) {
  const parts = relative(src, path).split(/[/\\]/);
  return parts.length === 1 ? "index" : parts[0];
}

/** Specifiers of the imports that are there at run time, with their lines. */
function* runtimeImports(text) {
  const plain = text
    .replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, " "))
    .replace(/^[ \t]*\/\/.*$/gm, "");
  const statement =
    /^[ \t]*(?:import|export)\s+(?!type\b)(?:[\w*{}\s,$]*?\bfrom\s*)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;
  for (const match of plain.matchAll(statement)) {
    const clause = /\{([^}]*)\}/.exec(match[0]);
    const names = clause?.[1].split(",").filter((name) => name.trim());
    if (
      names?.length &&
      names.every((name) => /^\s*type\s/.test(name)) &&
      !/^[ \t]*import\s+\w+\s*,/.test(match[0])
    )
      continue;
    yield { specifier: match[1] ?? match[2], line: plain.slice(0, match.index).split("\n").length };
  }
}

function faultOf(path, specifier) {
  const own = layerOf(path);
  if (specifier.startsWith("node:")) {
    return MAY_USE_NODE.has(own) ? null : `${specifier} in the core, which runs in browsers too`;
  }
  if (!specifier.startsWith(".")) return null;
  const other = layerOf(resolve(dirname(path), specifier));
  if (rankOf(other) < 0) return `${specifier} lies in no known layer`;
  return rankOf(other) <= rankOf(own) ? null : `${specifier}: ${own} must not import from ${other}`;
}

const faults = [];
let files = 0;
for (const path of sources(src)) {
  files++;
  const where = relative(dirname(src), path);
  if (rankOf(layerOf(path)) < 0) faults.push(`${where}: ${layerOf(path)} is no known layer`);
  for (const { specifier, line } of runtimeImports(readFileSync(path, "utf8"))) {
    const fault = faultOf(path, specifier);
    if (fault) faults.push(`${where}:${line}: ${fault}`);
  }
}
for (const fault of faults) console.log(fault);
console.log(`layers: ${files} files, ${faults.length} wrong imports`);
process.exit(faults.length ? 1 : 0);
