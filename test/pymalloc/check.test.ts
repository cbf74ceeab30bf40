/** The checks find damage to pools, arenas and their lists, and say where. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cell } from "../../src/heap/cells.ts";
import { HeapCheckError } from "../../src/heap/check.ts";
import { Heap } from "../../src/heap/heap.ts";
import { checkHeap } from "../../src/pymalloc/check.ts";
import { PyObject_Free, PyObject_Malloc } from "../../src/pymalloc/domains.ts";
import { Arena, Pool, usedHead } from "../../src/pymalloc/layout.ts";

type Damage = [what: string, hurt: (h: Heap, pool: number, p: number) => void, message: RegExp];

const damages: Damage[] = [
  ["count", (h, pool) => h.i32[pool + Pool.count]++, /used \+ .* free \+ .* virgin of 255/],
  ["a block freed twice", (h, _pool, p) => PyObject_Free(h, p), /twice|virgin of/],
  ["free list", (h, pool) => (h.i32[pool + Pool.freeblock] += 4), /not one of its blocks/],
  ["szidx", (h, pool) => (h.i32[pool + Pool.szidx] = 4), /maxnextoffset/],
  ["nextoffset", (h, pool) => (h.i32[pool + Pool.nextoffset] += 16), /nextoffset/],
  ["usedpools", (h) => (h.i32[usedHead(3) + Pool.nextpool] = usedHead(3)), /usedpools\[3\]: wrong back link/],
  ["nfreepools", (h) => h.i32[h.i32[Cell.usable_arenas] + Arena.nfreepools]--, /nfreepools 62, found 63/],
  ["usable_arenas", (h) => (h.i32[Cell.usable_arenas] = 0), /usable_arenas: 1 arenas/],
  ["nfp2lasta", (h) => (h.i32[h.nfp2lasta + 2 * 10] = 1000), /nfp2lasta\[10\]/],
  [
    "arena map",
    (h, pool) => (h.i32[h.arenaMap + (pool >>> h.arenaShift)] = 9),
    /wrong entry in the arena map/,
  ],
  ["unused_arena_objects", (h) => (h.i32[Cell.unused_arena_objects] = 0), /arena_objects/],
];

for (const [what, hurt, message] of damages) {
  test(`damage is found: ${what}`, () => {
    const h = new Heap({ maxHeap: 64 * 1024 * 1024 });
    const blocks = [1, 2, 3].map(() => PyObject_Malloc(h, 64));
    PyObject_Free(h, blocks[1]);
    checkHeap(h);
    hurt(h, blocks[0] & h.poolMask, blocks[1]);
    assert.throws(
      () => checkHeap(h),
      (e) => e instanceof HeapCheckError && message.test(e.message),
    );
  });
}
