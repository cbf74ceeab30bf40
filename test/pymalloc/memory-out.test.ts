/** Requests that fail: on purpose, by the heap's end, and what is left behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Domain } from "../../src/heap/allocator.ts";
import { Cell } from "../../src/heap/cells.ts";
import { Heap } from "../../src/heap/heap.ts";
import { checkHeap } from "../../src/pymalloc/check.ts";
import {
  allocSmall,
  PyMem_GetAllocator,
  PyMem_Malloc,
  PyMem_RawCalloc,
  PyMem_RawFree,
  PyMem_RawMalloc,
  PyMem_RawRealloc,
  PyMem_SetAllocator,
  PyObject_Calloc,
  PyObject_Free,
  PyObject_Malloc,
  PyObject_Realloc,
} from "../../src/pymalloc/domains.ts";
import { heapLedger } from "../../src/pymalloc/ledger.ts";
import { getAllocatedBlocks } from "../../src/pymalloc/walk.ts";

const MiB = 1024 * 1024;

test("failAlloc: the n-th request fails, once, in whichever domain it falls", () => {
  const requests: ((h: Heap) => number)[] = [
    (h) => PyObject_Malloc(h, 32),
    (h) => PyObject_Malloc(h, 5000),
    (h) => allocSmall(h, 32),
    (h) => PyMem_Malloc(h, 32),
    (h) => PyMem_RawMalloc(h, 32),
    (h) => PyMem_RawCalloc(h, 2, 32),
    (h) => PyObject_Calloc(h, 2, 32),
    (h) => PyObject_Realloc(h, 0, 32),
    (h) => PyMem_RawRealloc(h, 0, 32),
  ];
  for (let n = 1; n <= requests.length; n++) {
    const h = new Heap({ maxHeap: 16 * MiB, failAlloc: n });
    const failed = requests.map((f) => f(h) === 0);
    assert.deepEqual(
      failed,
      requests.map((_, i) => i + 1 === n),
    );
    assert.equal(h.i32[Cell.HOOKS], 0, "the fast path is back");
    h.failAt = 2;
    assert.deepEqual(
      [PyObject_Malloc(h, 1) === 0, h.failAt, PyObject_Malloc(h, 1) === 0, h.failAt],
      [false, 1, true, 0],
    );
    checkHeap(h);
  }
});

test("a realloc that fails leaves the block as it was", () => {
  const h = new Heap({ maxHeap: MiB, arenaSize: 16384, poolSize: 4096 });
  for (const nbytes of [100, 3000, 200_000]) {
    const p = PyObject_Malloc(h, nbytes);
    h.u8.fill(5, p * 4, p * 4 + nbytes);
    assert.equal(PyObject_Realloc(h, p, 900_000), 0);
    assert.ok(h.u8.subarray(p * 4, p * 4 + nbytes).every((b) => b === 5));
    PyObject_Free(h, p);
    checkHeap(h);
  }
});

for (const nbytes of [16, 512, 700, 5000, 150_000]) {
  test(`a heap filled with blocks of ${nbytes}, emptied, and filled again`, () => {
    const h = new Heap({ maxHeap: 8 * MiB, arenaSize: 65536, poolSize: 4096 });
    const fill = (): number[] => {
      const blocks: number[] = [];
      for (let p = PyObject_Malloc(h, nbytes); p !== 0; p = PyObject_Malloc(h, nbytes)) blocks.push(p);
      return blocks;
    };
    const first = fill();
    checkHeap(h);
    assert.ok(first.length * nbytes > 0.75 * (h.endPage - h.firstPage) * 4096, `${first.length} blocks`);
    for (const p of first) PyObject_Free(h, p);
    checkHeap(h);
    assert.equal(getAllocatedBlocks(h), 0);
    const large = PyMem_RawMalloc(h, 4 * MiB);
    assert.notEqual(large, 0, "the freed space is one again");
    PyMem_RawFree(h, large);
    const second = fill();
    assert.ok(second.length >= first.length * 0.98, `${second.length} of ${first.length} blocks fit again`);
    checkHeap(h);
    assert.equal(heapLedger(h).unexplained, 0);
  });
}

test("pages that the system allocator holds in reserve go to an arena that needs them", () => {
  const h = new Heap({ maxHeap: 2 * MiB, arenaSize: 16384, poolSize: 4096 });
  const blocks: number[] = [];
  for (let p = PyMem_RawMalloc(h, 1000); p !== 0; p = PyMem_RawMalloc(h, 1000)) blocks.push(p);
  assert.equal(PyObject_Malloc(h, 16), 0);
  // Too little for the top chunk to be trimmed by itself.
  for (const p of blocks.slice(-48)) PyMem_RawFree(h, p);
  assert.notEqual(PyObject_Malloc(h, 16), 0);
  checkHeap(h);
});

test("absurd sizes fail", () => {
  const h = new Heap({ maxHeap: 16 * MiB });
  for (const n of [16 * MiB, 2 ** 31, 2 ** 40, 2 ** 62, Number.MAX_VALUE, Number.POSITIVE_INFINITY]) {
    assert.equal(PyObject_Malloc(h, n), 0);
    assert.equal(PyMem_RawCalloc(h, n, 8), 0);
    assert.equal(PyObject_Realloc(h, 0, n), 0);
  }
  checkHeap(h);
});

test("hooks see every request of their domain, and setting the plain allocator brings the fast path back", () => {
  const h = new Heap({ maxHeap: 16 * MiB });
  const plain = PyMem_GetAllocator(h, Domain.OBJ);
  const log: string[] = [];
  const logged = <T>(line: string, result: T): T => {
    log.push(line);
    return result;
  };
  PyMem_SetAllocator(h, Domain.OBJ, {
    ctx: "ctx",
    malloc: (g, ctx, n) => logged(`${ctx} malloc ${n}`, plain.malloc(g, plain.ctx, n)),
    calloc: (g, _ctx, n, size) => logged(`calloc ${n} ${size}`, plain.calloc(g, plain.ctx, n, size)),
    realloc: (g, _ctx, p, n) => logged(`realloc ${n}`, plain.realloc(g, plain.ctx, p, n)),
    free: (g, _ctx, p) => logged("free", plain.free(g, plain.ctx, p)),
  });
  const p = PyObject_Malloc(h, 24);
  const q = PyObject_Realloc(h, p, 600);
  PyMem_Malloc(h, 10);
  PyObject_Free(h, q);
  PyObject_Calloc(h, 3, 8);
  allocSmall(h, 32);
  assert.deepEqual(log, ["ctx malloc 24", "realloc 600", "free", "calloc 3 8", "ctx malloc 32"]);
  PyMem_SetAllocator(h, Domain.OBJ, plain);
  assert.equal(h.i32[Cell.HOOKS], 0);
  PyObject_Malloc(h, 24);
  assert.equal(log.length, 5);
  checkHeap(h);
});
