/** Short random histories of a small heap, every invariant checked after each step; fast-check shrinks what fails. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Heap } from "../../src/heap/heap.ts";
import { checkHeap } from "../../src/pymalloc/check.ts";
import { PyMem_RawFree, PyMem_RawMalloc } from "../../src/pymalloc/domains.ts";
import { domains } from "./traffic.ts";

const size = fc.oneof(fc.nat(520), fc.nat(5000), fc.nat(200_000));
const step = fc.record({ kind: fc.nat(3), domain: fc.nat(2), nbytes: size, pick: fc.nat(1000) });

function play(h: Heap, steps: { kind: number; domain: number; nbytes: number; pick: number }[]): void {
  const live: { p: number; domain: number }[] = [];
  for (const { kind, domain, nbytes, pick } of steps) {
    const b = live[pick % (live.length || 1)];
    if (kind < 2 || b === undefined) {
      const p = kind === 0 ? domains[domain].calloc(h, nbytes, 1) : domains[domain].malloc(h, nbytes);
      if (p !== 0) live.push({ p, domain });
    } else if (kind === 2) {
      b.p = domains[b.domain].realloc(h, b.p, nbytes) || b.p;
    } else {
      domains[b.domain].free(h, b.p);
      live.splice(live.indexOf(b), 1);
    }
    checkHeap(h);
  }
}

for (const malloc of ["pymalloc", "debug"] as const) {
  test(`histories of a small heap (${malloc})`, () => {
    const newHeap = (): Heap => new Heap({ malloc, maxHeap: 1024 * 1024, arenaSize: 8192, poolSize: 2048 });
    const history = fc.array(step, { maxLength: 60 });
    fc.assert(
      fc.property(history, (steps) => play(newHeap(), steps)),
      { numRuns: 60, seed: 3 },
    );
  });
}

test("what lies free between blocks in use serves large requests when pages run out", () => {
  const h = new Heap({ maxHeap: 8 * 1024 * 1024 });
  for (const spare of [1, 7, 40]) {
    const blocks: number[] = [];
    for (let p = PyMem_RawMalloc(h, 10_000); p !== 0; p = PyMem_RawMalloc(h, 10_000)) blocks.push(p);
    const kept = blocks.filter(
      (_, i) => i % Math.ceil(blocks.length / spare) === 0 || i === blocks.length - 1,
    );
    for (const p of blocks) if (!kept.includes(p)) PyMem_RawFree(h, p);
    checkHeap(h);
    const want = Math.floor((blocks.length * 10_000 * 0.8) / spare);
    const big = PyMem_RawMalloc(h, Math.max(want, 130_000));
    checkHeap(h);
    assert.notEqual(big, 0, `${want} bytes, with ${kept.length} blocks in use`);
    const small = PyMem_RawMalloc(h, 3000);
    assert.notEqual(small, 0);
    for (const p of [big, small, ...kept]) PyMem_RawFree(h, p);
    checkHeap(h);
  }
});
