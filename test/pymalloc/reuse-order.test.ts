/** Which block comes next: 1,560 requests among 1,440 frees get the blocks that CPython 3.13.0 gives. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Heap } from "../../src/heap/heap.ts";
import { PyObject_Free, PyObject_Malloc } from "../../src/pymalloc/domains.ts";
import { NUMBLOCKS } from "../../src/pymalloc/layout.ts";

const SIZE = 490;
const BLOCK = 496;
/** md5 of the output of reuse-order.py under CPython 3.13.0. */
const RECORDED = "a1d16f57fe5533d1cfc7ea874160456b";

function lcg(state: number): (n: number) => number {
  return (n) => {
    state = Number((BigInt(state) * 1103515245n + 12345n) & 0x7fffffffn);
    return (state >> 8) % n;
  };
}

test("the order of reuse is CPython's", () => {
  const h = new Heap({ maxHeap: 64 * 1024 * 1024 });
  const random = lcg(12345);
  for (let i = NUMBLOCKS(h.poolSize, 30); i > 0; i--) PyObject_Malloc(h, SIZE);
  const pools = new Map<number, number>();
  const live: number[] = [];
  const steps: string[] = [];
  for (let i = 0; i < 3000; i++) {
    if (live.length === 0 || random(100) < (i < 1500 ? 56 : 46)) {
      const p = PyObject_Malloc(h, SIZE);
      const pool = p & h.poolMask;
      if (!pools.has(pool)) pools.set(pool, pools.size);
      steps.push(`${pools.get(pool)}:${((p - pool) * 4 - 48) / BLOCK}`);
      live.push(p);
    } else {
      const j = random(live.length);
      PyObject_Free(h, live[j]);
      live[j] = live[live.length - 1];
      live.pop();
    }
  }
  const digest = createHash("md5")
    .update(`${steps.join(" ")}\n`)
    .digest("hex");
  assert.equal(digest, RECORDED, `${steps.slice(0, 20).join(" ")} ...`);
});
