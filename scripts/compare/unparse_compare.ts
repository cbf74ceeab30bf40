/** Compares our annotation texts with CPython's: each line of the file is a JSON array [source, its text]. */
import { readFileSync } from "node:fs";
import { parse } from "../../src/compiler/parse.ts";
import { unparse } from "../../src/compiler/unparse.ts";

let good = 0;
let bad = 0;
for (const row of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const [source, want] = JSON.parse(row);
  let have: string;
  try {
    const tree = parse(`x: ${source}`, "<s>", "exec") as { body: unknown[] };
    have = unparse((tree.body[0] as { annotation: never }).annotation);
  } catch (e) {
    have = String(e);
  }
  if (have === want) good++;
  else if (++bad < 30) console.log(JSON.stringify(source), "\n  CPY", want, "\n  OUR", have);
}
console.log(`${good} equal, ${bad} differ`);
