/** Blocks, pools and arenas: the figures and the order of reuse that CPython 3.13 has. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cell } from "../../src/heap/cells.ts";
import { Heap } from "../../src/heap/heap.ts";
import { address_in_range } from "../../src/pymalloc/arenas.ts";
import { checkHeap } from "../../src/pymalloc/check.ts";
import {
  allocSmall,
  freeSmall,
  PyMem_Malloc,
  PyObject_Calloc,
  PyObject_Free,
  PyObject_Malloc,
  PyObject_Realloc,
} from "../../src/pymalloc/domains.ts";
import { INDEX2SIZE, NUMBLOCKS, Pool } from "../../src/pymalloc/layout.ts";
import { pymallocFigures } from "../../src/pymalloc/stats.ts";
import { forEachPool, forEachUsedBlock, getAllocatedBlocks } from "../../src/pymalloc/walk.ts";

const MiB = 1024 * 1024;
const newHeap = (): Heap => new Heap({ maxHeap: 64 * MiB });
const many = (n: number, f: () => number): number[] => Array.from({ length: n }, f);

test("blocks in a pool of each size class", () => {
  // From `sys._debugmallocstats()` of CPython 3.13.0: blocks in use + available, divided by pools.
  const facts: Record<number, number> = {
    16: 1021,
    32: 510,
    48: 340,
    64: 255,
    80: 204,
    96: 170,
    256: 63,
    400: 40,
    512: 31,
  };
  for (let i = 0; i < 32; i++) {
    const h = newHeap();
    const size = INDEX2SIZE(i);
    const n = NUMBLOCKS(h.poolSize, i);
    if (size in facts) assert.equal(n, facts[size]);
    const pool = PyObject_Malloc(h, size) & h.poolMask;
    for (let k = 1; k < n; k++) assert.equal(PyObject_Malloc(h, size - 15) & h.poolMask, pool);
    assert.notEqual(PyObject_Malloc(h, size) & h.poolMask, pool);
    checkHeap(h);
  }
});

test("a fresh pool gives its blocks in address order, 48 bytes in", () => {
  const h = newHeap();
  const blocks = many(4, () => PyObject_Malloc(h, 33));
  const pool = blocks[0] & h.poolMask;
  assert.deepEqual(blocks, [pool + 12, pool + 24, pool + 36, pool + 48]);
});

test("freed blocks come back last in first out, before virgin ones", () => {
  const h = newHeap();
  const [a, b, c] = many(3, () => PyObject_Malloc(h, 64));
  for (const p of [b, a, c]) PyObject_Free(h, p);
  const again = many(4, () => PyObject_Malloc(h, 50));
  assert.deepEqual(again, [c, a, b, c + 16]);
});

test("a block freed in a full pool is the next to go out", () => {
  const h = newHeap();
  const n = NUMBLOCKS(h.poolSize, 31);
  const first = many(n, () => PyObject_Malloc(h, 512));
  const second = PyObject_Malloc(h, 512);
  PyObject_Free(h, first[7]);
  assert.equal(PyObject_Malloc(h, 512), first[7]);
  assert.equal(PyObject_Malloc(h, 512), second + 128);
});

test("an empty pool goes back to its arena and may change its class", () => {
  const h = newHeap();
  const p = PyObject_Malloc(h, 32);
  PyObject_Free(h, p);
  assert.equal(PyObject_Malloc(h, 500), p, "the first block starts at the same place");
  assert.equal(h.i32[(p & h.poolMask) + Pool.szidx], 31);
  checkHeap(h);
});

test("requests of 0 bytes and over 512 are the raw domain's, and counted", () => {
  const h = newHeap();
  const blocks = [
    PyObject_Malloc(h, 0),
    PyObject_Malloc(h, 513),
    PyMem_Malloc(h, 100_000),
    PyObject_Calloc(h, 0, 8),
  ];
  for (const p of blocks) assert.ok(p !== 0 && !address_in_range(h, p));
  assert.equal(new Set(blocks).size, 4);
  assert.equal(getAllocatedBlocks(h), 4);
  const small = PyObject_Malloc(h, 1);
  assert.ok(address_in_range(h, small));
  assert.equal(getAllocatedBlocks(h), 5);
  for (const p of [...blocks, small]) PyObject_Free(h, p);
  assert.equal(getAllocatedBlocks(h), 0);
});

test("realloc stays unless the request is too large or at most 3/4", () => {
  const h = newHeap();
  const p = PyObject_Malloc(h, 64);
  h.u8.fill(9, p * 4, p * 4 + 64);
  assert.equal(PyObject_Realloc(h, p, 49), p);
  assert.equal(PyObject_Realloc(h, p, 64), p);
  const q = PyObject_Realloc(h, p, 48);
  assert.notEqual(q, p);
  const r = PyObject_Realloc(h, q, 1000);
  assert.ok(!address_in_range(h, r));
  assert.deepEqual([...h.u8.subarray(r * 4, r * 4 + 48)], new Array(48).fill(9));
  const s = PyObject_Realloc(h, r, 10);
  assert.ok(!address_in_range(h, s), "a raw block is never moved into a pool");
  assert.equal(getAllocatedBlocks(h), 1);
  PyObject_Free(h, s);
  assert.equal(PyObject_Realloc(h, 0, 24) & 3, 0);
  checkHeap(h);
});

test("pools come from the fullest arena, and empty arenas go back but the last", () => {
  const h = new Heap({ maxHeap: 16 * MiB, arenaSize: 16384, poolSize: 2048 });
  const arenas = (): number => h.i32[Cell.narenas_currently_allocated];
  const blocks = many(3 * 8 * 3, () => PyObject_Malloc(h, 512));
  assert.equal(arenas(), 3);
  const free = (from: number, to: number): void => {
    for (const p of blocks.slice(from, to)) PyObject_Free(h, p);
  };
  free(0, 3 * 2); // two pools of the first arena
  free(24, 27); // one of the second
  checkHeap(h);
  const p = PyObject_Malloc(h, 16);
  assert.equal(p & h.poolMask, blocks[24] & h.poolMask, "the second arena is fuller");
  PyObject_Free(h, p);
  free(27, 48);
  assert.equal(arenas(), 3, "the second arena is empty, but last in usable_arenas");
  free(6, 24);
  assert.equal(arenas(), 2, "the first has the second behind it");
  free(48, 72);
  checkHeap(h);
  assert.equal(arenas(), 1);
  assert.equal(h.i32[Cell.narenas_highwater], 3);
});

test("more than 16 arenas: the vector of arena_objects grows", () => {
  const h = new Heap({ maxHeap: 16 * MiB, arenaSize: 4096, poolSize: 2048 });
  const blocks = many(600, () => PyObject_Malloc(h, 500));
  assert.equal(h.i32[Cell.maxarenas], 128);
  checkHeap(h);
  for (const p of blocks) PyObject_Free(h, p);
  checkHeap(h);
  assert.equal(h.i32[Cell.narenas_currently_allocated], 1);
});

test("allocSmall and freeSmall are PyObject_Malloc and PyObject_Free of a known class", () => {
  const h = newHeap();
  const p = allocSmall(h, 24);
  freeSmall(h, p);
  assert.equal(PyObject_Malloc(h, 24), p);
  PyObject_Free(h, p);
  assert.equal(allocSmall(h, 24), p);
  const more = many(2000, () => allocSmall(h, 24));
  checkHeap(h);
  for (const q of more) freeSmall(h, q);
  freeSmall(h, p);
  checkHeap(h);
  assert.equal(getAllocatedBlocks(h), 0);
});

test("the walk over used blocks finds exactly the live ones", () => {
  const h = newHeap();
  const blocks = many(400, () => PyObject_Malloc(h, 100));
  const live = new Set(blocks);
  for (let i = 0; i < 400; i += 3) {
    PyObject_Free(h, blocks[i]);
    live.delete(blocks[i]);
  }
  forEachPool(h, (pool) =>
    forEachUsedBlock(h, pool, (p, nbytes) => assert.ok(nbytes === 112 && live.delete(p))),
  );
  assert.equal(live.size, 0);
});

test("figures count each class", () => {
  const h = newHeap();
  many(1000, () => PyObject_Malloc(h, 40));
  const c = pymallocFigures(h).classes[2];
  assert.deepEqual([c.pools, c.usedBlocks, c.freeBlocks], [3, 1000, 20]);
});
