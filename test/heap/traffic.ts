/**
 * Random alloc/realloc/free traffic against an independent shadow: a plain Map of what is live, which knows each block's
 * domain, size and contents and nothing of how the allocator works. Seeded, so that a failure can be run again.
 */
import assert from "node:assert/strict";
import type { Heap } from "../../src/heap/heap.ts";
import {
  PyMem_Calloc,
  PyMem_Free,
  PyMem_Malloc,
  PyMem_RawCalloc,
  PyMem_RawFree,
  PyMem_RawMalloc,
  PyMem_RawRealloc,
  PyMem_Realloc,
  PyObject_Calloc,
  PyObject_Free,
  PyObject_Malloc,
  PyObject_Realloc,
} from "../../src/pymalloc/domains.ts";

export const domains = [
  { malloc: PyMem_RawMalloc, calloc: PyMem_RawCalloc, realloc: PyMem_RawRealloc, free: PyMem_RawFree },
  { malloc: PyMem_Malloc, calloc: PyMem_Calloc, realloc: PyMem_Realloc, free: PyMem_Free },
  { malloc: PyObject_Malloc, calloc: PyObject_Calloc, realloc: PyObject_Realloc, free: PyObject_Free },
];

export interface Block {
  p: number;
  nbytes: number;
  tag: number;
  domain: number;
}

/** xorshift32: numbers below n. */
export function random(seed: number): (n: number) => number {
  let x = seed | 1;
  return (n) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % n;
  };
}

/** Mostly small, some of a few KiB, a few with pages of their own. */
export function mixedSize(rnd: (n: number) => number): number {
  const k = rnd(1000);
  if (k < 800) return rnd(513);
  if (k < 985) return rnd(4096);
  return k < 998 ? rnd(60_000) : rnd(600_000);
}

export class Traffic {
  readonly live = new Map<number, Block>();
  private readonly order: Block[] = [];
  failures = 0;
  private readonly h: Heap;
  private readonly rnd: (n: number) => number;
  private readonly size: (rnd: (n: number) => number) => number;
  private readonly most: number;

  /** About `most` blocks stay live. */
  constructor(h: Heap, seed: number, most: number, size = mixedSize) {
    this.h = h;
    this.rnd = random(seed);
    this.size = size;
    this.most = most;
  }

  run(operations: number, every = 0, check: () => void = () => {}): void {
    for (let i = 1; i <= operations; i++) {
      this.step();
      if (every > 0 && i % every === 0) check();
    }
  }

  private step(): void {
    const { rnd, order } = this;
    const k = rnd(100);
    if (order.length === 0 || (k < 50 && order.length < this.most)) this.alloc(k < 40);
    else if (k < 70) this.realloc(order[rnd(order.length)]);
    else this.free(rnd(order.length));
  }

  private alloc(plain: boolean): void {
    const { h, rnd } = this;
    const domain = rnd(3);
    const nbytes = this.size(rnd);
    const p = plain ? domains[domain].malloc(h, nbytes) : domains[domain].calloc(h, 1, nbytes);
    if (p === 0) {
      this.failures++;
      return;
    }
    if (!plain) this.verify({ p, nbytes, tag: 0, domain }, nbytes);
    this.adopt({ p, nbytes, tag: rnd(256), domain });
  }

  private adopt(b: Block): void {
    assert.equal(b.p & 3, 0, "a block is 16-byte aligned");
    assert.ok(!this.live.has(b.p), "an address is given out once");
    this.live.set(b.p, b);
    this.order.push(b);
    this.h.u8.fill(b.tag, b.p * 4, b.p * 4 + b.nbytes);
  }

  private realloc(b: Block): void {
    const nbytes = this.size(this.rnd);
    const q = domains[b.domain].realloc(this.h, b.p, nbytes);
    if (q === 0) {
      this.failures++;
      this.verify(b, b.nbytes);
      return;
    }
    this.verify({ ...b, p: q }, Math.min(nbytes, b.nbytes));
    this.live.delete(b.p);
    assert.ok(!this.live.has(q), "realloc gives no live address");
    b.p = q;
    b.nbytes = nbytes;
    this.live.set(q, b);
    this.h.u8.fill(b.tag, q * 4, q * 4 + nbytes);
  }

  private free(index: number): void {
    const { order } = this;
    const b = order[index];
    this.verify(b, b.nbytes);
    order[index] = order[order.length - 1];
    order.pop();
    this.live.delete(b.p);
    domains[b.domain].free(this.h, b.p);
  }

  /** Every byte of a block up to 4 KiB; of a larger one its ends and each 61st between. */
  private verify(b: Block, nbytes: number): void {
    const u8 = this.h.u8;
    const at = b.p * 4;
    const stride = nbytes > 4096 ? 61 : 1;
    for (let i = 0; i < nbytes; i += stride) if (u8[at + i] !== b.tag) this.bad(b, i);
    if (nbytes > 0 && u8[at + nbytes - 1] !== b.tag) this.bad(b, nbytes - 1);
  }

  private bad(b: Block, i: number): never {
    return assert.fail(
      `block of ${b.nbytes} at ${b.p}: byte ${i} is ${this.h.u8[b.p * 4 + i]}, not ${b.tag}`,
    );
  }

  /** No two live blocks overlap. */
  checkDisjoint(): void {
    const blocks = [...this.live.values()].sort((a, b) => a.p - b.p);
    for (let i = 1; i < blocks.length; i++) {
      const before = blocks[i - 1];
      assert.ok(
        before.p * 4 + before.nbytes <= blocks[i].p * 4,
        `blocks at ${before.p} and ${blocks[i].p} overlap`,
      );
    }
  }

  freeAll(): void {
    while (this.order.length > 0) this.free(this.order.length - 1);
  }
}
