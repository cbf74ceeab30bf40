/** Compares our symbol tables with those of symtable_reference.py. Usage as ast_compare.ts. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decodeSource, parse } from "../../src/compiler/parse.ts";
import { buildSymtable, type Scope } from "../../src/compiler/symtable.ts";

const TYPES = ["Function", "Class", "Module", "Annotation", "TypeAlias", "TypeParameters", "TypeVariable"];

function dump(scope: Scope): unknown {
  const symbols = [...scope.symbols.values()].map((s) => [s.name, s.flags, s.scope]);
  symbols.sort((a, b) => compare([...String(a[0])], [...String(b[0])]));
  return [
    TYPES.indexOf(scope.type),
    scope.name,
    scope.lineno,
    scope.nested ? 1 : 0,
    symbols,
    scope.children.map(dump),
  ];
}

function compare(a: string[], b: string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const d = a[i].codePointAt(0)! - b[i].codePointAt(0)!;
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

function textOf(path: string): string {
  const tree = parse(decodeSource(readFileSync(path)), path, "exec", { unicodeName });
  return JSON.stringify(dump(buildSymtable(tree, path).top)).replace(
    /[\x7f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const names: Record<string, string> = JSON.parse(readFileSync(process.env.UNICODE_NAMES ?? "", "utf8"));
const unicodeName = (name: string): string | null => names[name.toUpperCase()] ?? null;

if (process.argv[2] === "--show") {
  console.log(textOf(process.argv[3]));
  process.exit();
}
let good = 0;
let bad = 0;
for (const row of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const [path, digest] = row.split(" ");
  let mine: string;
  try {
    mine = createHash("md5").update(textOf(path)).digest("hex");
  } catch (e) {
    mine = "error";
    if (digest !== "error") console.log(String(e).slice(0, 200), (e as Error).stack?.split("\n")[1]);
  }
  if (mine === digest) good++;
  else if (++bad <= 40) console.log("DIFFERS", path, mine.slice(0, 6), digest.slice(0, 6));
}
console.log(`${good} equal, ${bad} differ`);
