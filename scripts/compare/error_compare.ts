/**
 * Compares the errors of bad programs with CPython's. Usage: error_compare FILE [--ast] [--verbose], where each line of FILE is a JSON array
 * [source, mode, error of the parser alone or null, error of compile() or null], an error being
 * [type, msg, lineno, offset, end_lineno, end_offset, text].
 */
import { readFileSync } from "node:fs";
import { PyCompileLimit, PySyntaxError } from "../../src/compiler/errors.ts";
import { frontEnd } from "../../src/compiler/frontend.ts";
import { type ParseMode, parse } from "../../src/compiler/parse.ts";

const names: Record<string, string> = JSON.parse(readFileSync(process.env.UNICODE_NAMES ?? "", "utf8"));
const unicodeName = (name: string): string | null => names[name.toUpperCase()] ?? null;
const astOnly = process.argv.includes("--ast");
const withText = process.argv.includes("--text");
const limit = Number(process.argv[3] ?? 40);

function run(source: string, mode: ParseMode): unknown[] | null {
  try {
    if (astOnly) parse(source, "<s>", mode, { unicodeName });
    else frontEnd(source, "<s>", mode, { unicodeName });
    return null;
  } catch (e) {
    if (e instanceof PySyntaxError) {
      return [e.type, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text];
    }
    if (e instanceof PyCompileLimit) return [e.type];
    return ["CRASH", String((e as Error).stack).slice(0, 300)];
  }
}

let good = 0;
let messages = 0;
let total = 0;
let shown = 0;
for (const row of readFileSync(process.argv[2], "utf8").trim().split("\n")) {
  const [source, mode, ofParser, ofCompile] = JSON.parse(row);
  const want = (astOnly ? ofParser : ofCompile) as unknown[] | null;
  const have = run(source, mode);
  total++;
  const fields = withText ? 7 : 6;
  if (want?.[1] === have?.[1]) messages++;
  if (JSON.stringify(want?.slice(0, fields)) === JSON.stringify(have?.slice(0, fields))) good++;
  else if (++shown <= limit) {
    console.log(JSON.stringify(source).slice(0, 300), mode);
    console.log("   CPY", JSON.stringify(want));
    console.log("   OUR", JSON.stringify(have));
  }
}
console.log(`${total}: ${good} equal, ${messages} with the same message`);
