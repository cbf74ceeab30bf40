/** Short random histories of a small heap, every invariant checked after each step; fast-check shrinks what fails. */

import { test } from "node:test";
import fc from "fast-check";
import { Heap } from "../../src/heap/heap.ts";
import { checkHeap } from "../../src/pymalloc/check.ts";
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
