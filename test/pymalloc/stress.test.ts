/** Random traffic through all three domains, with the checks of every layer on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Heap, type HeapOptions } from "../../src/heap/heap.ts";
import { checkHeap } from "../../src/pymalloc/check.ts";
import { heapLedger } from "../../src/pymalloc/ledger.ts";
import { getAllocatedBlocks } from "../../src/pymalloc/walk.ts";
import { random, Traffic } from "../heap/traffic.ts";

const MiB = 1024 * 1024;

function stress(options: HeapOptions, operations: number, live: number, checks: number): Traffic {
  const h = new Heap(options);
  const traffic = new Traffic(h, 20250113, live);
  traffic.run(operations, Math.floor(operations / checks), () => {
    checkHeap(h);
    traffic.checkDisjoint();
    assert.equal(heapLedger(h).unexplained, 0);
  });
  traffic.freeAll();
  checkHeap(h);
  assert.equal(getAllocatedBlocks(h), 0);
  assert.equal(heapLedger(h).blocksUsed, 0);
  return traffic;
}

test("1,000,000 operations on the default heap", () => {
  assert.equal(stress({}, 1_000_000, 3000, 20).failures, 0);
});

test("tiny arenas and pools", () => {
  assert.equal(
    stress({ maxHeap: 256 * MiB, arenaSize: 8192, poolSize: 2048 }, 150_000, 3000, 50).failures,
    0,
  );
});

test("an arena of one pool", () => {
  assert.equal(stress({ maxHeap: 256 * MiB, arenaSize: 4096, poolSize: 4096 }, 50_000, 1000, 50).failures, 0);
});

test("a heap that is always nearly full", () => {
  const traffic = stress({ maxHeap: 4 * MiB, arenaSize: 16384, poolSize: 4096 }, 150_000, 5000, 50);
  assert.ok(traffic.failures > 1000, `${traffic.failures} requests failed`);
});

for (const malloc of ["malloc", "debug", "malloc_debug"] as const) {
  test(`malloc = ${malloc}`, () => {
    assert.equal(
      stress({ malloc, maxHeap: 256 * MiB, arenaSize: 65536, poolSize: 4096 }, 50_000, 1000, 20).failures,
      0,
    );
  });
}

test("waves: arenas and pages go back when everything is freed", () => {
  const h = new Heap({ maxHeap: 256 * MiB });
  const rnd = random(7);
  const traffic = new Traffic(h, 99, 40_000, (r) => 1 + r(512));
  for (let wave = 0; wave < 4; wave++) {
    traffic.run(30_000 + rnd(60_000));
    checkHeap(h);
    traffic.freeAll();
    checkHeap(h);
  }
  const ledger = heapLedger(h);
  assert.equal(ledger.blocksUsed, 0);
  assert.ok(ledger.freePools <= MiB, "one arena is kept");
});
