/** Compares names and kinds of our scopes with CPython's code objects (names_reference.py). Usage as ast_compare.ts. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { frontEnd } from "../../src/compiler/frontend.ts";
import { decodeSource } from "../../src/compiler/parse.ts";
import type { Scope } from "../../src/compiler/symtable.ts";

const KINDS = new Set(["Module", "Function", "Class"]);

function dump(scope: Scope): string {
  return JSON.stringify([
    scope.qualname,
    scope.varnames,
    [...scope.cellvars].sort(),
    scope.freevars,
    scope.isGenerator && !scope.isCoroutine,
    scope.isCoroutine && !scope.isGenerator,
    scope.isAsyncGen,
    scope.nested && scope.type === "Function",
  ]).replace(/[\x7f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function textOf(path: string): string {
  const { table } = frontEnd(decodeSource(readFileSync(path)), path, "exec", { unicodeName });
  const scopes = [...table.scopes.values()].filter((s) => !s.inlined && KINDS.has(s.type));
  return scopes.map(dump).sort().join("\n");
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
