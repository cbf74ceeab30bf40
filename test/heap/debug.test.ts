/** The debug hooks: what they fill in, what they find, and how they say it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { FatalError, Heap, type MallocName } from "../../src/heap/heap.ts";
import { checkHeap } from "../../src/pymalloc/check.ts";
import {
  PyMem_Free,
  PyMem_Malloc,
  PyMem_RawFree,
  PyMem_RawMalloc,
  PyMem_RawRealloc,
  PyObject_Calloc,
  PyObject_Free,
  PyObject_Malloc,
  PyObject_Realloc,
} from "../../src/pymalloc/domains.ts";

const debugHeap = (malloc: MallocName = "debug"): Heap => new Heap({ malloc, maxHeap: 16 * 1024 * 1024 });
const bytes = (h: Heap, p: number, from: number, to: number): number[] => [
  ...h.u8.subarray(p * 4 + from, p * 4 + to),
];
const times = (n: number, b: number): number[] => new Array(n).fill(b);

function fatalText(f: () => void): string {
  try {
    f();
  } catch (e) {
    if (e instanceof FatalError) return e.message;
    throw e;
  }
  return assert.fail("nothing was found");
}

test("layout of a debug block", () => {
  const h = debugHeap();
  const p = PyObject_Malloc(h, 300);
  assert.deepEqual(bytes(h, p, -16, 0), [0, 0, 0, 0, 0, 0, 1, 44, "o".charCodeAt(0), ...times(7, 0xfd)]);
  assert.deepEqual(bytes(h, p, 0, 308), [...times(300, 0xcd), ...times(8, 0xfd)]);
  PyObject_Free(h, p);
  // pymalloc's free list has the first bytes of the block by now.
  assert.deepEqual(bytes(h, p, -8, 308), times(316, 0xdd));
});

test("calloc gives zeros, realloc keeps contents and marks what is new", () => {
  const h = debugHeap();
  const p = PyObject_Calloc(h, 10, 4);
  assert.deepEqual(bytes(h, p, 0, 40), times(40, 0));
  const q = PyObject_Realloc(h, p, 100);
  assert.deepEqual(bytes(h, q, 0, 108), [...times(40, 0), ...times(60, 0xcd), ...times(8, 0xfd)]);
  assert.notEqual(p, q);
  assert.deepEqual(bytes(h, p, -8, 48), times(56, 0xdd));
  checkHeap(h);
});

test("a write behind the block is found when it is freed", () => {
  const h = debugHeap();
  const p = PyMem_Malloc(h, 16);
  h.u8[p * 4 + 16] = 0x78;
  const at = (p * 4).toString(16);
  const tail = (p * 4 + 16).toString(16);
  const pad = [1, 2, 3, 4, 5, 6, 7].map((i) => `        at tail+${i}: 0xfd`);
  const expected = [
    `Debug memory block at address p=0x${at}: API 'm'`,
    "    16 bytes originally requested",
    "    The 7 pad bytes at p-7 are FORBIDDENBYTE, as expected.",
    `    The 8 pad bytes at tail=0x${tail} are not all FORBIDDENBYTE (0xfd):`,
    "        at tail+0: 0x78 *** OUCH",
    ...pad,
    `    Data at p: ${times(16, 0)
      .fill(0xcd)
      .map((b) => b.toString(16))
      .join(" ")}`,
    "",
    "Enable tracemalloc to get the memory block allocation traceback",
    "",
    "Fatal Python error: _PyMem_DebugRawFree: bad trailing pad byte",
  ];
  assert.equal(
    fatalText(() => PyMem_Free(h, p)),
    expected.join("\n"),
  );
});

test("a write before the block is found, also by realloc", () => {
  const h = debugHeap();
  const p = PyObject_Malloc(h, 40);
  h.u8[p * 4 - 3] = 1;
  const text = fatalText(() => PyObject_Realloc(h, p, 50));
  assert.match(text, /The 7 pad bytes at p-7 are not all FORBIDDENBYTE \(0xfd\):\n {8}at p-7: 0xfd\n/);
  assert.match(text, / {8}at p-3: 0x01 \*\*\* OUCH\n/);
  assert.match(text, /Data at p: cd cd cd cd cd cd cd cd \.\.\. cd cd cd cd cd cd cd cd\n/);
  assert.match(text, /_PyMem_DebugRawRealloc: bad leading pad byte$/);
});

test("a free through the wrong domain names both, and where the block was allocated", () => {
  const h = debugHeap();
  const p = PyMem_Malloc(h, 16);
  h.traceLookup = (q) => (q === p ? ['  File "<string>", line 3'] : null);
  const text = fatalText(() => PyMem_RawFree(h, p));
  assert.match(
    text,
    /\n\nMemory block allocated at \(most recent call first\):\n {2}File "<string>", line 3\n\n/,
  );
  assert.match(text, /_PyMem_DebugRawFree: bad ID: Allocated using API 'm', verified using API 'r'$/);
});

for (const malloc of ["pymalloc_debug", "malloc_debug"] as const) {
  test(`a second free is found (${malloc})`, () => {
    const h = debugHeap(malloc);
    const p = PyObject_Malloc(h, 40);
    PyObject_Free(h, p);
    const text = fatalText(() => PyObject_Free(h, p));
    assert.match(text, /bad ID: Allocated using API '\u00dd', verified using API 'o'$/);
  });
}

test("a write after free is found by the next request for the block, and by the check", () => {
  const h = debugHeap();
  const p = PyObject_Malloc(h, 40);
  PyObject_Free(h, p);
  h.u8[p * 4 + 5] = 0x41;
  assert.throws(() => checkHeap(h), FatalError);
  const text = fatalText(() => PyObject_Malloc(h, 33));
  assert.match(text, /: freed\n {4}The byte at p\+5 was written after the block was freed: 0x41/);
});

test("large blocks: inner raw block, damage and contents", () => {
  const h = debugHeap();
  const p = PyObject_Malloc(h, 5000);
  assert.equal(String.fromCharCode(h.u8[p * 4 - 16 - 8]), "r", "a raw debug block is around it");
  h.u8.fill(7, p * 4, p * 4 + 5000);
  const q = PyObject_Realloc(h, p, 300_000);
  assert.deepEqual(bytes(h, q, 0, 5000), times(5000, 7));
  PyObject_Free(h, q);
  const r = PyMem_RawRealloc(h, PyMem_RawMalloc(h, 100), 20);
  h.u8[r * 4 + 27] = 0;
  assert.match(
    fatalText(() => PyMem_RawFree(h, r)),
    /at tail\+7: 0x00 \*\*\* OUCH/,
  );
});
