// The command line's program in pieces: dist/core.cjs, which every run loads, and dist/parts/*.cjs, loaded when they are asked for. A piece is the
// text of one function (src/cli/scripts.ts runs it). What stands behind a file X.part.ts becomes a part: in place of that file, which imports its
// part at once as the library for browsers does, comes one that asks the launcher.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const MAIN = resolve("src/cli/main.ts");
/** What other parts share with this one is in it. */
const COMMON = "natives";
const ENTRY = "part-entry:";

/** Replaces X.part.ts, and makes the entry of each part: the main program and the common part, so that all they have is shared, and the part. */
const partsPlugin = (parts) => ({
  name: "parts",
  setup(b) {
    b.onLoad({ filter: /\.part\.ts$/ }, async ({ path }) => {
      const [, target] = /^import \* as part from "(.*)";$/m.exec(await readFile(path, "utf8"));
      const name = basename(path, ".part.ts");
      const file = join(dirname(path), target);
      if ((parts.get(name) ?? file) !== file) throw new Error(`two parts are called ${name}`);
      parts.set(name, file);
      return { contents: `let part; export const load = () => (part ??= __part(${JSON.stringify(name)}));` };
    });
    b.onResolve({ filter: /^part-entry:/ }, ({ path }) => ({
      path: path.slice(ENTRY.length),
      namespace: "entry",
    }));
    b.onLoad({ filter: /.*/, namespace: "entry" }, ({ path }) => ({
      contents: `import ${JSON.stringify(MAIN)}; import ${JSON.stringify(parts.get(COMMON))}; export * from ${JSON.stringify(parts.get(path))};`,
      resolveDir: ".",
    }));
  },
});

/** `{ a as b, c }` of an import or export, as [outer name, inner name]. */
const names = (list, outerFirst) =>
  list
    .split(",")
    .filter(Boolean)
    .map((item) => item.trim().split(/\s+as\s+/))
    .map(([a, b = a]) => (outerFirst ? [a, b] : [b, a]));

/** An import statement: * as X | X | X, {...} | {...} | nothing, and from where. */
const IMPORT =
  /(?<=^|[;}\n])import\s*(?:(?:\*\s*as\s+([\w$]+)|([\w$]+)?\s*,?\s*(?:\{([^}]*)\})?)\s*from\s*)?"((?:node:|\.\/)[^"]+)";/g;
const EXPORT = /(?<=[;}\s])export\s*\{([^}]*)\};?\s*$/;

/** The statement that gets an import's names as values. */
function imported([, star, only, list, from], pieceOf) {
  const piece = pieceOf(from);
  const source =
    piece === undefined ? `require(${JSON.stringify(from)})` : `__part(${JSON.stringify(piece)})`;
  const out = [star, only].filter(Boolean).map((name) => `${name}=${source}`);
  if (list) out.push(`{${names(list, true).map((pair) => pair.join(":"))}}=${source}`);
  return out.length > 0 ? `var ${out};` : "";
}

/** The piece's function of a module that esbuild wrote: imports become values of other pieces, exports what the function gives. */
export function pieceText(text, pieceOf, isCore) {
  let rest = text.replace(IMPORT, (...match) => imported(match, pieceOf));
  const exported = EXPORT.exec(rest);
  if (exported !== null) rest = rest.slice(0, exported.index);
  const object = `{${names(exported?.[1] ?? "", false).map((pair) => pair.join(":"))}}`;
  return `(function(require,__part,__dirname,__give){${rest}\n${isCore ? `__give(()=>(${object}));` : `return${object};`}})`;
}

/** Bundles for the wanted entries; output files by path. */
async function bundle(common, entryPoints, parts) {
  const { outputFiles } = await build({
    ...common,
    entryPoints,
    platform: "node",
    format: "esm",
    splitting: true,
    outdir: "dist/parts",
    entryNames: "[name]",
    chunkNames: "chunk-[hash]",
    write: false,
    plugins: [partsPlugin(parts), ...(common.plugins ?? [])],
  });
  return outputFiles;
}

export async function buildPieces(common) {
  const parts = new Map();
  // Once to find the parts, those of parts too, then with an entry for each.
  let files = [];
  for (let known = -1; known < parts.size; ) {
    known = parts.size;
    const entries = Object.fromEntries([...parts.keys()].map((name) => [name, ENTRY + name]));
    files = await bundle(common, { main: MAIN, ...entries }, parts);
  }
  rmSync("dist/parts", { recursive: true, force: true });
  mkdirSync("dist/parts", { recursive: true });
  const texts = new Map(files.map((f) => [basename(f.path, ".js"), f.text]));
  // All that several entries share stands in chunks; the main program is a chunk too, and its entry imports nothing else.
  const [, core] = /^import"\.\/(.*)\.js";\s*$/.exec(texts.get("main"));
  texts.delete("main");
  const pieceOf = (from) => {
    const name = /^\.\/(.*)\.js$/.exec(from)?.[1];
    return name === core ? "core" : name;
  };
  for (const [name, text] of texts) {
    const isCore = name === core;
    writeFileSync(isCore ? "dist/core.cjs" : `dist/parts/${name}.cjs`, pieceText(text, pieceOf, isCore));
  }
}
