/** What the build makes of a bundler's modules: functions that get imports from other pieces and give their exports. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pieceText } from "../../scripts/pieces.mjs";

const pieceOf = (from) => (from === "./chunk-core.js" ? "core" : /^\.\/(.*)\.js$/.exec(from)?.[1]);

/** Runs a piece; asked is the list of pieces that it takes something from. */
function run(text, isCore, exports = {}) {
  const asked = [];
  const given = [];
  const part = (name) => {
    asked.push(name);
    return exports[name];
  };
  const piece = new Function(`return ${pieceText(text, pieceOf, isCore)}`)();
  const result = piece(
    (name) => ({ name }),
    part,
    "/folder",
    (f) => given.push(f),
  );
  return { asked, given, result };
}

test("imports of all kinds become values", () => {
  const text =
    'import*as fs from"node:fs";import os,{a as b}from"node:os";import"./chunk-core.js";import{x as y,z}from"./chunk-core.js";var r=[fs.name,os.name,b,y,z];export{r as result};';
  const { asked, result } = run(text, false, { core: { x: 1, z: 2 } });
  assert.deepEqual(result, { result: ["node:fs", "node:os", undefined, 1, 2] });
  assert.deepEqual(asked, ["core"]);
});

test("imports between a module's statements, and text that looks like one", () => {
  const text = 'var t=`import{a}from "x";`;import{x}from"./other.js";var u=t+x;export{u};';
  const { result } = run(text, false, { other: { x: "!" } });
  assert.equal(result.u, 'import{a}from "x";!');
});

test("the core gives its exports when they are asked for", () => {
  const { given, result } = run("var n=0;function next(){return ++n}export{next as a,n};", true);
  assert.equal(result, undefined);
  assert.deepEqual(Object.keys(given[0]()), ["a", "n"]);
});
