/** The system allocator: sizes, overhead, reuse, joining, growing in place, giving pages back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cell } from "../../src/heap/cells.ts";
import { checkPages, checkSystem, HeapCheckError } from "../../src/heap/check.ts";
import { usableBytes } from "../../src/heap/chunk.ts";
import { FatalError, Heap, PAGE } from "../../src/heap/heap.ts";
import { PageKind, rangeKind } from "../../src/heap/pages.ts";
import { sysCalloc, sysFree, sysMalloc, sysRealloc } from "../../src/heap/system.ts";
import { forEachRange, systemLedger } from "../../src/heap/syswalk.ts";

const MiB = 1024 * 1024;
const newHeap = (maxHeap = 64 * MiB): Heap => new Heap({ maxHeap });

function check(h: Heap): void {
  checkPages(h);
  checkSystem(h);
}

test("usable sizes are glibc's: 24, 40, 56, ... with 8 bytes of header", () => {
  const h = newHeap();
  const facts = [
    [0, 24],
    [1, 24],
    [24, 24],
    [25, 40],
    [40, 40],
    [41, 56],
    [1000, 1000],
    [1001, 1016],
    [4096, 4104],
  ];
  for (const [asked, usable] of facts) assert.equal(usableBytes(h, sysMalloc(h, asked)), usable);
  const l = systemLedger(h);
  assert.equal(
    l.requested,
    facts.reduce((sum, [asked]) => sum + asked, 0),
  );
  assert.equal(l.headers, 8 * facts.length + 16);
  check(h);
});

test("a block just freed is the next of its size, last in first out", () => {
  const h = newHeap();
  const [a, b, c] = [1, 2, 3].map(() => sysMalloc(h, 600));
  for (const p of [b, c, a]) sysFree(h, p);
  assert.deepEqual(
    [1, 2, 3].map(() => sysMalloc(h, 600)),
    [a, c, b],
  );
  check(h);
});

test("neighbours join: freed pieces make one block again", () => {
  const h = newHeap();
  const pieces = Array.from({ length: 20 }, () => sysMalloc(h, 2000));
  const guard = sysMalloc(h, 2000);
  for (const i of [3, 1, 2, 0, 19, 17, 18, 10, 4, 5, 6, 7, 9, 8, 16, 15, 14, 13, 12, 11]) {
    sysFree(h, pieces[i]);
    check(h);
  }
  assert.equal(sysMalloc(h, 20 * 2008 - 8), pieces[0]);
  sysFree(h, guard);
  check(h);
});

test("realloc grows into what is free behind the block, and cuts its tail off", () => {
  const h = newHeap();
  const a = sysMalloc(h, 3000);
  const b = sysMalloc(h, 3000);
  const c = sysMalloc(h, 3000);
  sysFree(h, b);
  assert.equal(sysRealloc(h, a, 5000), a);
  check(h);
  assert.equal(sysRealloc(h, a, 1500), a);
  check(h);
  assert.equal(sysMalloc(h, 4000), a + 1520 / 4, "the tail went back to what was free behind it");
  assert.equal(sysRealloc(h, c, 100_000), c, "into the top chunk");
  assert.notEqual(sysRealloc(h, a, 9000), a);
  check(h);
});

test("a list that grows by an eighth to 40 MB moves seldom", () => {
  const h = new Heap({ maxHeap: 512 * MiB });
  let p = sysMalloc(h, 64);
  let moved = 0;
  for (let n = 64; n < 40 * MiB; n += (n >> 3) + 48) {
    const q = sysRealloc(h, p, n);
    if (q !== p && q !== 0 && n > 128 * 1024) moved += n;
    p = q;
  }
  assert.ok(moved < 16 * MiB, `${moved} bytes were copied`);
  sysFree(h, p);
  check(h);
});

test("big blocks: whole pages, zero when asked for, back to the address space", () => {
  const h = newHeap();
  const a = sysMalloc(h, 200_000);
  assert.equal(rangeKind(h, (a - 4) / 1024), PageKind.Big);
  assert.equal(usableBytes(h, a), Math.ceil(200_016 / PAGE) * PAGE - 16);
  h.u8.fill(0xff, a * 4, a * 4 + 200_000);
  sysFree(h, a);
  const b = sysCalloc(h, 300_000);
  assert.ok(h.u8.subarray(b * 4, b * 4 + 300_000).every((x) => x === 0));
  check(h);
  const c = sysRealloc(h, b, 200);
  assert.equal(rangeKind(h, (b - 4) / 1024), PageKind.Free);
  sysFree(h, c);
  check(h);
});

test("segments and big blocks share the address space to the last page", () => {
  for (const size of [1000, 130_000]) {
    const h = newHeap(4 * MiB);
    const blocks: number[] = [];
    for (let p = sysMalloc(h, size); p !== 0; p = sysMalloc(h, size)) blocks.push(p);
    const space = (h.endPage - h.firstPage) * PAGE;
    assert.ok(space - blocks.length * size < 150_000, `${blocks.length} blocks of ${size} in ${space}`);
    check(h);
    for (const p of blocks) sysFree(h, p);
    check(h);
  }
});

test("a segment in another place when the first cannot grow, given back when it is empty", () => {
  const h = newHeap(4 * MiB);
  const small = sysMalloc(h, 1000);
  const big: number[] = [];
  for (let p = sysMalloc(h, 131_072); p !== 0; p = sysMalloc(h, 131_072)) big.push(p);
  sysFree(h, big[3]);
  const before = systemLedger(h);
  const more: number[] = [];
  for (let p = sysMalloc(h, 1100); p !== 0; p = sysMalloc(h, 1100)) more.push(p);
  assert.equal(systemLedger(h).segments, before.segments + 1);
  check(h);
  for (const p of more) sysFree(h, p);
  check(h);
  for (const p of big) if (p !== big[3]) sysFree(h, p);
  sysFree(h, small);
  check(h);
});

test("the top is trimmed", () => {
  const h = newHeap();
  const blocks = Array.from({ length: 100 }, () => sysMalloc(h, 50_000));
  const peak = h.i32[Cell.MAPPED_PAGES];
  for (const p of blocks) sysFree(h, p);
  assert.ok(h.i32[Cell.MAPPED_PAGES] < peak / 10);
  assert.equal(h.i32[Cell.PEAK_MAPPED_PAGES], peak);
  check(h);
});

test("a second free is noticed", () => {
  const h = newHeap();
  const p = sysMalloc(h, 100);
  sysFree(h, p);
  assert.throws(() => sysFree(h, p), FatalError);
  const q = sysMalloc(h, 5000);
  sysMalloc(h, 10);
  sysFree(h, q);
  assert.throws(() => sysFree(h, q), FatalError);
});

test("checks find damage", () => {
  const damage: [string, (h: Heap, p: number, q: number) => void, RegExp][] = [
    ["size", (h, p) => (h.i32[p - 2] += 4), /chunk|bytes found|SYS_IN_USE/],
    ["slack", (h, p) => (h.i32[p - 1] += 8), /SYS_REQUESTED/],
    ["in-use bit of the next", (h, p) => (h.i32[p + 1004 / 4 + 1 - 2] &= ~2), /says it is not/],
    ["footer", (h, _p, q) => (h.i32[q + 3008 / 4 - 4] ^= 8), /footer/],
    ["bin link", (h, _p, q) => (h.i32[q + 2] = 44), /wrong link/],
    ["page map", (h) => (h.i32[h.pageMap + h.firstPage + 1] = 9), /has an entry/],
    ["count", (h) => h.i32[Cell.SYS_BLOCKS]++, /SYS_BLOCKS/],
  ];
  for (const [what, hurt, message] of damage) {
    const h = newHeap();
    const p = sysMalloc(h, 1000);
    const q = sysMalloc(h, 3000);
    sysMalloc(h, 1000);
    sysFree(h, q);
    check(h);
    hurt(h, p, q);
    assert.throws(
      () => check(h),
      (e) => e instanceof Error && message.test(e.message),
      what,
    );
  }
  assert.ok(new HeapCheckError("x") instanceof Error);
});

test("ranges cover the whole address space in order", () => {
  const h = newHeap();
  sysMalloc(h, 10);
  sysMalloc(h, 10 * MiB);
  const kinds: PageKind[] = [];
  forEachRange(h, (_page, _pages, kind) => kinds.push(kind));
  assert.deepEqual(kinds, [PageKind.Segment, PageKind.Free, PageKind.Big]);
});
