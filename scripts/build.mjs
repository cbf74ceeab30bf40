// Builds the program and the library with esbuild: dist/glassheap.cjs (the command line: a launcher of dist/core.cjs), dist/index.js (the library for
// Node and bundlers), dist/glassheap.browser.js (a global `glassheap`), and dist/stdlib.json (the precompiled library).

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
const { build } = await import("esbuild");
const dev = process.argv.includes("--dev");
mkdirSync("dist", { recursive: true });

const common = {
  bundle: true,
  target: "node20",
  minifySyntax: !dev,
  minifyWhitespace: !dev,
  minifyIdentifiers: false,
  define: { __GLASSHEAP_DEBUG__: String(dev) },
  legalComments: "none",
  logLevel: "warning",
};

if (!existsSync("src/objects/unicode/generated") && existsSync("scripts/gen-unicode.mjs")) {
  const r = spawnSync(process.execPath, ["scripts/gen-unicode.mjs"], { stdio: "inherit" });
  if (r.status !== 0) process.exit(r.status ?? 1);
}

await Promise.all([
  build({
    ...common,
    entryPoints: ["src/cli/main.ts"],
    platform: "node",
    format: "cjs",
    outfile: "dist/core.cjs",
  }),
  build({
    ...common,
    entryPoints: ["src/cli/launch.ts"],
    platform: "node",
    format: "cjs",
    outfile: "dist/glassheap.cjs",
    banner: { js: "#!/usr/bin/env -S node --stack-size=3900" },
  }),
  existsSync("src/index.ts")
    ? build({
        ...common,
        entryPoints: ["src/index.ts"],
        platform: "node",
        format: "esm",
        outfile: "dist/index.js",
      })
    : null,
  existsSync("src/browser.ts")
    ? build({
        ...common,
        target: "es2022",
        entryPoints: ["src/browser.ts"],
        platform: "browser",
        format: "iife",
        globalName: "glassheap",
        outfile: "dist/glassheap.browser.js",
      })
    : null,
]);
chmodSync("dist/glassheap.cjs", 0o755);

if (existsSync("scripts/build-stdlib.mjs")) {
  const r = spawnSync(process.execPath, ["scripts/build-stdlib.mjs"], { stdio: "inherit" });
  if (r.status !== 0) process.exit(r.status ?? 1);
}

// The compiled code of the core, made by a warm-up program: one for each set of flags that the launcher is started with.
for (const flags of [[], ["--stack-size=3900"], ["--stack-size=7000"]]) {
  spawnSync(process.execPath, [...flags, "dist/glassheap.cjs", "-I", "scripts/warmup.py"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, GLASSHEAP_MAKE_CACHE: "1" },
  });
}
