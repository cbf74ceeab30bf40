/**
 * Compares our trees with CPython's. Usage: ast_compare DIGESTS, where DIGESTS is what ast_reference.py printed.
 * With `--show FILE` prints the tree of one file.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decodeSource, parse } from "../../src/compiler/parse.ts";
import { treeText } from "./ast_text.ts";

const names: Record<string, string> = JSON.parse(readFileSync(process.env.UNICODE_NAMES ?? "", "utf8"));
const unicodeName = (name: string): string | null => names[name.toUpperCase()] ?? null;

if (process.argv[2] === "--show") {
  console.log(
    treeText(parse(decodeSource(readFileSync(process.argv[3])), process.argv[3], "exec", { unicodeName })),
  );
  process.exit();
}
let good = 0;
let bad = 0;
let bytes = 0;
let time = 0;
for (const row of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const [path, digest] = row.split(" ");
  const data = readFileSync(path);
  let mine: string;
  const t0 = performance.now();
  try {
    const tree = parse(decodeSource(data), path, "exec", { unicodeName });
    time += performance.now() - t0;
    bytes += data.length;
    mine = createHash("md5").update(treeText(tree)).digest("hex");
  } catch (e) {
    mine = "error";
    if (digest !== "error") console.log(String(e).slice(0, 200), (e as Error).stack?.split("\n")[1]);
  }
  if (mine === digest) good++;
  else if (++bad <= 40)
    console.log("DIFFERS", path, mine === "error" ? "" : mine.slice(0, 6), digest.slice(0, 6));
}
console.log(`${good} equal, ${bad} differ; ${(bytes / 1e3 / time).toFixed(1)} MB/s`);
