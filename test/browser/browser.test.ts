/**
 * The core in a current browser: a page loads dist/glassheap.browser.js, whose global `glassheap` has the class Python, runs
 * programs of the differential suite in headless Chromium and compares what they print with CPython's records.
 * Without a Chromium (CHROMIUM, or /usr/bin/chromium) or without the bundle it says so and is skipped.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";

const root = process.cwd();
const bundle = join(root, "dist", "glassheap.browser.js");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const missing = !existsSync(executablePath)
  ? `no Chromium at ${executablePath} (CHROMIUM names one): skipped`
  : !existsSync(bundle)
    ? `${bundle} is not built: skipped`
    : false;

/** Programs that need no file, no standard input, no option and no library module: the bundle carries native modules only. */
const PROGRAMS = [
  "jobs/calculator",
  "scripts/trie",
  "scripts/roman_numbers",
  "scripts/brainfuck",
  "scripts/sudoku",
  "sizes/scalars",
  "growth/dicts",
  "counts/basics",
  "dict/methods",
  "gcmod/generations",
  "finalizers/order",
  "list/slices",
  "classes/mro",
  "str/methods_search",
  "generators/yield_from",
  "unpacking/forms",
];

interface Outcome {
  stdout: string;
  stderr: string;
  status: number;
  live: number;
}

let browser: Browser | null = null;
let page: Page;

before(async () => {
  if (missing) return;
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  page = await browser.newPage();
  await page.setContent("<!doctype html><title>glassheap</title>");
  await page.addScriptTag({ path: bundle });
});

after(async () => {
  await browser?.close();
});

/** Runs one program in the page, in an interpreter of its own that is disposed of afterwards. */
function runInPage(source: string): Promise<Outcome> {
  return page.evaluate((text) => {
    // biome-ignore lint/suspicious/noExplicitAny: the page's global is the bundle's, which has no types here
    const { Python } = (globalThis as any).glassheap;
    const python = new Python({ maxHeap: 512 * 1024 * 1024, env: { PYTHONHASHSEED: "0" } });
    try {
      const { stdout, stderr, status } = python.run(text);
      return { stdout, stderr, status, live: python.heap.liveBytes };
    } finally {
      python[Symbol.dispose]?.();
    }
  }, source);
}

for (const name of PROGRAMS) {
  test(`in Chromium: ${name}`, { skip: missing }, async () => {
    const path = join(root, "test", "diff", name);
    const outcome = await runInPage(readFileSync(`${path}.py`, "utf8"));
    assert.equal(outcome.stdout, readFileSync(`${path}.out`, "utf8"));
    assert.equal(outcome.stderr, "");
    assert.equal(outcome.status, 0);
    assert.ok(outcome.live > 0);
  });
}

test("in Chromium: a hard limit is a MemoryError that the program survives", { skip: missing }, async () => {
  const source =
    "try:\n    x = bytes(10**9)\nexcept MemoryError:\n    print('caught')\nprint(len(bytes(1000)))\n";
  assert.equal((await runInPage(source)).stdout, "caught\n1000\n");
});
