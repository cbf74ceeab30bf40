/** The buffer, its division, options, and the static region. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CELLS_END, CELLS_START, Cell, USEDPOOLS } from "../../src/heap/cells.ts";
import { Heap } from "../../src/heap/heap.ts";
import { staticAlloc, staticUsed } from "../../src/heap/static.ts";
import { sysMalloc } from "../../src/heap/system.ts";

const MiB = 1024 * 1024;

test("regions follow each other without overlap", () => {
  for (const maxHeap of [256 * 1024, MiB, 64 * MiB, 2048 * MiB]) {
    const h = new Heap({ maxHeap, arenaSize: 65536 });
    const edges = [
      CELLS_START,
      CELLS_END,
      h.staticEnd,
      h.nfp2lasta,
      h.pageMap + h.firstPage,
      h.dirtyMap,
      h.stackBase,
    ];
    edges.push(h.stackEnd, h.firstPage * 1024 + 1, h.endPage * 1024 + 1);
    for (let i = 1; i < edges.length; i++)
      assert.ok(edges[i - 1] < edges[i], `${maxHeap}: edge ${i} of ${edges}`);
    assert.equal(h.buffer.byteLength, maxHeap);
    assert.ok((h.endPage - h.firstPage) * 4096 >= maxHeap * 0.6, "most of it is for blocks");
  }
});

test("cells that generated code knows are inside the cell pages", () => {
  assert.ok(Cell.SP >= CELLS_START && Cell.EndOfInterpreter <= USEDPOOLS && USEDPOOLS + 128 <= Cell.arenas);
  assert.ok(
    Cell.BIN_SL + 32 <= Cell.QUICK && Cell.QUICK + 128 <= Cell.BINS && Cell.BINS + 27 * 32 <= CELLS_END,
  );
});

test("bad options are refused", () => {
  const bad = [
    { maxHeap: 1000 },
    { maxHeap: 2 ** 40 },
    { poolSize: 3000 },
    { poolSize: 1024 },
    { arenaSize: 8192 },
  ];
  for (const options of bad) assert.throws(() => new Heap(options), RangeError);
  assert.throws(() => new Heap({ arenaSize: 2048, poolSize: 2048 }), RangeError);
});

test("the largest heap works or is refused with a reason", () => {
  let h: Heap;
  try {
    h = new Heap({ maxHeap: 8 * 1024 * MiB });
  } catch (e) {
    assert.match(String(e), /one by one|allocation failed/);
    return;
  }
  const p = sysMalloc(h, 6 * 1024 * MiB);
  assert.ok(p > 0);
  h.u8[p * 4 + 6 * 1024 * MiB - 1] = 3;
});

test("static blocks are zero, aligned, never given twice", () => {
  const h = new Heap({ maxHeap: 16 * MiB });
  const a = staticAlloc(h, 1);
  const b = staticAlloc(h, 40);
  const c = staticAlloc(h, 16);
  assert.deepEqual([b - a, c - b, a & 3], [4, 12, 0]);
  assert.equal(staticUsed(h), 80);
  assert.throws(() => staticAlloc(h, 2 * MiB), /static region of 2097152 bytes is full/);
  staticAlloc(h, 2_097_152 - 80);
  assert.throws(() => staticAlloc(h, 1), RangeError);
});
