/** Trees, syntax errors and annotation texts against what CPython 3.13 says of the same programs (record.py). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { treeText } from "../../scripts/compare/ast_text.ts";
import { PySyntaxError } from "../../src/compiler/errors.ts";
import { frontEnd } from "../../src/compiler/frontend.ts";
import { parse } from "../../src/compiler/parse.ts";
import { unparse } from "../../src/compiler/unparse.ts";
import recorded from "./frontend.json" with { type: "json" };

function errorOf(source: string): unknown {
  try {
    frontEnd(source, "<s>", "exec");
    return null;
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    return [e.type, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text];
  }
}

test("syntax errors have CPython's words and places", () => {
  for (const [source, want] of recorded.errors)
    assert.deepEqual(errorOf(source as string), want, source as string);
});

test("trees are CPython's, with all positions", () => {
  for (const [source, want] of recorded.trees)
    assert.equal(treeText(parse(source, "<s>", "exec")), want, source);
});

test("annotations are unparsed as CPython does", () => {
  for (const [source, want] of recorded.texts) {
    const tree = parse(`x: ${source}`, "<s>", "exec");
    assert.ok(tree.kind === "Module" && tree.body[0].kind === "AnnAssign");
    assert.equal(unparse(tree.body[0].annotation), want);
  }
});
