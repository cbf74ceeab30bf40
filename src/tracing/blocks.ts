/**
 * The table of traced blocks: address to size and traceback. It lies in JavaScript, so that tracing takes nothing from the
 * heap it watches. Part of tracing/.
 *
 * One page of the table covers 16 KiB of heap (1,024 possible blocks, two words each: size, traceback id; id 0: none).
 */
const PAGE_SHIFT = 12;
const PAGE_MASK = 4095;
const PAGE_SLOTS = 1024;

export class BlockTable {
  count = 0;
  /** Bytes of the traced blocks, now and at most. */
  traced = 0;
  peak = 0;
  private pages: (Int32Array | undefined)[] = [];

  constructor(heapBytes: number) {
    this.pages = new Array<Int32Array | undefined>(Math.ceil(heapBytes / (4 << PAGE_SHIFT))).fill(undefined);
  }

  /** Enters a block; one that stands at this address already is replaced. */
  add(p: number, size: number, id: number): void {
    const page = this.pages[p >>> PAGE_SHIFT] ?? this.newPage(p >>> PAGE_SHIFT);
    const at = (p & PAGE_MASK) >>> 1;
    if (page[at + 1] !== 0) this.traced -= page[at] >>> 0;
    else this.count++;
    page[at] = size;
    page[at + 1] = id;
    this.traced += size;
    if (this.traced > this.peak) this.peak = this.traced;
  }

  remove(p: number): void {
    const page = this.pages[p >>> PAGE_SHIFT];
    if (page === undefined) return;
    const at = (p & PAGE_MASK) >>> 1;
    if (page[at + 1] === 0) return;
    this.traced -= page[at] >>> 0;
    page[at + 1] = 0;
    this.count--;
  }

  /** The block's traceback, 0 if it is not traced. */
  traceback(p: number): number {
    const page = this.pages[p >>> PAGE_SHIFT];
    return page === undefined ? 0 : page[((p & PAGE_MASK) >>> 1) + 1];
  }

  /** The block, which is traced, now belongs to another traceback. */
  setTraceback(p: number, id: number): void {
    this.pages[p >>> PAGE_SHIFT]![((p & PAGE_MASK) >>> 1) + 1] = id;
  }

  clear(): void {
    this.pages.fill(undefined);
    this.count = 0;
    this.traced = 0;
    this.peak = 0;
  }

  /** Calls with every block, by ascending address. */
  forEach(visit: (p: number, size: number, id: number) => void): void {
    this.pages.forEach((page, n) => {
      if (page === undefined) return;
      for (let i = 0; i < 2 * PAGE_SLOTS; i += 2) {
        if (page[i + 1] !== 0) visit((n << PAGE_SHIFT) + 2 * i, page[i] >>> 0, page[i + 1]);
      }
    });
  }

  private newPage(n: number): Int32Array {
    const page = new Int32Array(2 * PAGE_SLOTS);
    this.pages[n] = page;
    return page;
  }
}
