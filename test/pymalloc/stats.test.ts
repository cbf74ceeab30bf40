/** `_debugmallocstats` text and the ledger. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cell } from "../../src/heap/cells.ts";
import { Heap } from "../../src/heap/heap.ts";
import { staticAlloc } from "../../src/heap/static.ts";
import { PyMem_RawMalloc, PyObject_Malloc } from "../../src/pymalloc/domains.ts";
import { heapLedger, heapPeaks, liveBytes } from "../../src/pymalloc/ledger.ts";
import { debugMallocStats } from "../../src/pymalloc/stats.ts";

test("debugMallocStats has CPython's form", () => {
  const h = new Heap({ maxHeap: 1024 * 1024 * 1024 });
  for (let i = 0; i < 1000; i++) PyObject_Malloc(h, 40);
  PyObject_Malloc(h, 512);
  const expected = `Small block threshold = 512, in 32 size classes.

class   size   num pools   blocks in use  avail blocks
-----   ----   ---------   -------------  ------------
    2     48           3            1000            20
   31    512           1               1            30

# arenas allocated total           =                    1
# arenas reclaimed                 =                    0
# arenas highwater mark            =                    1
# arenas allocated current         =                    1
1 arenas * 1048576 bytes/arena     =            1,048,576

# bytes in allocated blocks        =               48,512
# bytes in available blocks        =               16,320
60 unused pools * 16384 bytes      =              983,040
# bytes lost to pool headers       =                  192
# bytes lost to quantization       =                  512
# bytes lost to arena alignment    =                    0
Total                              =            1,048,576

arena map counts
# arena map mid nodes              =                    0
# arena map bot nodes              =                    0

# bytes lost to arena map root     =                4,096
# bytes lost to arena map mid      =                    0
# bytes lost to arena map bot      =                    0
Total                              =                4,096
`;
  assert.equal(debugMallocStats(h), expected);
  assert.equal(debugMallocStats(new Heap({ malloc: "malloc" })), "");
});

test("the ledger explains every byte", () => {
  const h = new Heap({ maxHeap: 64 * 1024 * 1024 });
  const before = heapLedger(h);
  assert.equal(before.unexplained, 0);
  staticAlloc(h, 400);
  h.i32[Cell.SP] += 10;
  PyMem_RawMalloc(h, 1000);
  PyMem_RawMalloc(h, 200_000);
  PyObject_Malloc(h, 40);
  const l = heapLedger(h);
  assert.equal(l.unexplained, 0);
  assert.equal(l.total + l.reserved, h.maxHeap);
  assert.deepEqual([l.staticRegion, l.dataStack, l.blocksUsed], [400, 40, 48]);
  // 1000 + 200,000 asked for here, and 16 arena_objects of 48 bytes by pymalloc.
  assert.equal(l.systemRequested, 201_000 + 768);
  assert.equal(liveBytes(h), 201_768 + 48);
  assert.equal(heapPeaks(h).systemRequested, 201_768);
});
