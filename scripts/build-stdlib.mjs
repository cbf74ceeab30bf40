// Makes dist/stdlib.pack: the pure-Python standard library, taken unchanged from the archive that the package pyodide
// brings, compiled by this project's own compiler. Nothing is done while neither compiler nor archive has changed. The format is that
// of src/runtime/librarypack.ts.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brythonModules, ownModules, readZip } from "./zip.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
const ARCHIVE = "node_modules/pyodide/python_stdlib.zip";
const CACHE = "dist/.stdlib";
const PACK = "dist/stdlib.pack";

/** Not in the pack: what belongs to another runtime, to C libraries, processes or windows that are not here. */
const LEFT_OUT = [
  /^(test|idlelib|tkinter|turtledemo|ensurepip|lib2to3|pydoc_data|distutils|site-packages)\//,
  /^(ctypes|multiprocessing|sqlite3|curses|dbm|venv|_pyrepl(?!\/(__init__|pager|types)\.py)|__phello__|_pyodide|pyodide)\//,
  /^(turtle|webbrowser|antigravity|_android_support|_apple_support|_ios_support|__hello__|pty|tty)\.py$/,
  /^(cProfile|nturl2path)\.py$/,
  /^_sysconfigdata/,
  /^concurrent\/futures\/process\.py$/,
];

/** The compiler as one file, and the hash of its text. */
async function bundleCompiler() {
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: ["scripts/stdlib-compiler.ts"],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minifySyntax: true,
    minifyWhitespace: true,
    define: { __GLASSHEAP_DEBUG__: "false" },
    write: false,
    logLevel: "warning",
  });
  return result.outputFiles[0].text;
}

function wanted(name) {
  return name.endsWith(".py") && !LEFT_OUT.some((p) => p.test(name));
}

/** Takes back the words about itself that pyodide puts into messages. */
function asCPythonHasIt(path, bytes) {
  if (path !== "zoneinfo/_common.py") return bytes;
  const added = /\. \\n"\s*" On Pyodide you must do [^"]*"\s*"[^"]*"/;
  return Buffer.from(bytes.toString("utf8").replace(added, '"'));
}

function moduleName(path) {
  return path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
}

function compileAll(text, sources) {
  const file = join(root, CACHE, "compiler.cjs");
  writeFileSync(file, text);
  const { compileLibraryFile } = createRequire(import.meta.url)(file);
  return sources.map(({ path, bytes }) => {
    try {
      const [template, js] = compileLibraryFile(path, bytes);
      return { path, source: bytes, template: Buffer.from(template), js: Buffer.from(js) };
    } catch (e) {
      console.error(`stdlib: ${path}: ${e.stack ?? e}`);
      process.exitCode = 1;
      return null;
    }
  });
}

function writePack(modules) {
  const index = {};
  const parts = [];
  let size = 0;
  const add = (bytes) => {
    parts.push(bytes);
    size += bytes.length;
    return [size - bytes.length, bytes.length];
  };
  const prefix = "/usr/lib/glassheap/python3.13/";
  for (const m of modules) {
    const [at, n] = add(m.template);
    const [, jsBytes] = add(m.js);
    index[moduleName(m.path)] = [at, n, jsBytes, prefix + m.path, m.path.endsWith("__init__.py")];
  }
  // Sources are read rarely: they stand behind all templates.
  for (const m of modules) index[moduleName(m.path)].push(...add(m.source));
  const head = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  writeFileSync(PACK, Buffer.concat([length, head, ...parts]));
  return size;
}

const started = performance.now();
mkdirSync(CACHE, { recursive: true });
const compiler = await bundleCompiler();
const archive = readFileSync(ARCHIVE);
const own = ownModules();
const more = brythonModules();
const hash = createHash("sha256").update(compiler).update(archive);
hash.update(readFileSync(fileURLToPath(import.meta.url)));
for (const { path, bytes } of [...more, ...own]) hash.update(path).update(bytes);
const stamp = hash.digest("hex");
const stampFile = join(CACHE, "stamp");
if (!existsSync(PACK) || !existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
  const sources = [...readZip(archive)]
    .filter(([name]) => wanted(name))
    .map(([path, read]) => ({ path, bytes: asCPythonHasIt(path, read()) }));
  sources.push(...more, ...own);
  const modules = compileAll(compiler, sources).filter((m) => m !== null);
  const size = writePack(modules);
  writeFileSync(stampFile, process.exitCode ? "" : stamp);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`stdlib: ${modules.length} modules, ${(size / 2 ** 20).toFixed(1)} MiB, ${seconds} s`);
}
