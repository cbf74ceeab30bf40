// Builds the program and the library with esbuild: dist/glassheap.cjs (the command line: a launcher of dist/core.cjs and of its parts), dist/index.js (the library for
// Node and bundlers), dist/glassheap.browser.js (a global `glassheap`), and dist/stdlib.json (the precompiled library).

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { closuresWithoutChecks } from "./closures.mjs";
import { FLAGS } from "./flags.mjs";
import { buildPieces } from "./pieces.mjs";
import { brythonModules, ownModules, readZip } from "./zip.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
const { build } = await import("esbuild");
const dev = process.argv.includes("--dev");
mkdirSync("dist", { recursive: true });

/** Modules that the browser bundle carries as source; the programs that need others are given a library. */
const BROWSER_MODULES =
  /^(abc|_collections_abc|_weakrefset|weakref|types|operator|keyword|reprlib|heapq|bisect|functools|enum|dataclasses|copy|copyreg|random|string|textwrap|typing|contextlib|datetime|_pydatetime|statistics|fractions|decimal|_pydecimal|numbers|itertools|traceback|linecache|tokenize|token|codecs|io|os|posixpath|genericpath|stat|_sitebuiltins|warnings|inspect|ast|dis|opcode|_opcode_metadata|tracemalloc|pickle|_compat_pickle|struct|fnmatch|graphlib|pprint|queue|threading|_threading_local|base64|hashlib|calendar|locale|time|cmath|colorsys|shlex|string|timeit|__future__|contextvars|signal|gzip|zipfile\/(__init__|_path\/[a-z_]+)|_compression|csv|argparse|gettext|hmac|html\/[a-z_]+|tomllib\/[a-z_]+|configparser|secrets|uuid|bisect|importlib\/[a-z_]+|re\/[a-z_]+|json\/[a-z_]+|collections\/[a-z_]+|encodings\/(__init__|aliases|utf_8|ascii|latin_1))\.py$/;

/** Those of our own that these need. */
const BROWSER_OWN = /^(_ast|_opcode|_tokenize|_locale|_libraryimporter)\.py$/;

function browserLibrary() {
  const files = [...readZip(readFileSync("node_modules/pyodide/python_stdlib.zip"))]
    .filter(([name]) => BROWSER_MODULES.test(name))
    .map(([name, read]) => [name, read().toString("utf8")]);
  const own = ownModules().filter(({ path }) => BROWSER_OWN.test(path));
  for (const { path, bytes } of [...own, ...brythonModules()]) files.push([path, bytes.toString("utf8")]);
  return Object.fromEntries(files);
}

const common = {
  bundle: true,
  plugins: [closuresWithoutChecks],
  target: "node20",
  minifySyntax: !dev,
  minifyWhitespace: !dev,
  minifyIdentifiers: !dev,
  define: { __GLASSHEAP_DEBUG__: String(dev) },
  legalComments: "none",
  logLevel: "warning",
};

if (!existsSync("src/objects/unicode/generated") && existsSync("scripts/gen-unicode.mjs")) {
  const r = spawnSync(process.execPath, ["scripts/gen-unicode.mjs"], { stdio: "inherit" });
  if (r.status !== 0) process.exit(r.status ?? 1);
}

await Promise.all([
  buildPieces(common),
  build({
    ...common,
    entryPoints: ["src/cli/launch.ts"],
    platform: "node",
    format: "cjs",
    outfile: "dist/glassheap.cjs",
    banner: {
      js: `#!/usr/bin/env -S node ${FLAGS.join(" ")}`,
    },
  }),
  build({
    ...common,
    entryPoints: ["src/index.ts"],
    platform: "neutral",
    format: "esm",
    outfile: "dist/index.js",
  }),
  build({
    ...common,
    target: "es2022",
    entryPoints: ["src/browser.ts"],
    platform: "browser",
    format: "iife",
    globalName: "glassheap",
    outfile: "dist/glassheap.browser.js",
    define: { ...common.define, __GLASSHEAP_STDLIB__: JSON.stringify(browserLibrary()) },
  }),
]);
chmodSync("dist/glassheap.cjs", 0o755);

if (existsSync("scripts/build-stdlib.mjs")) {
  const r = spawnSync(process.execPath, ["scripts/build-stdlib.mjs"], { stdio: "inherit" });
  if (r.status !== 0) process.exit(r.status ?? 1);
}

// V8's compiled code of the core and of the library, made by warm-up programs: for each set of flags that the launcher is started with.
for (const flags of [[], FLAGS, ["--stack-size=7000"]]) {
  const run = (what, program) =>
    spawnSync(process.execPath, [...flags, "dist/glassheap.cjs", "-I", program], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, GLASSHEAP_MAKE_CACHE: what },
    });
  run("stdlib", "scripts/warmup_library.py");
  run("core", "scripts/warmup.py");
}
