/**
 * Tracebacks, each kept once, as paths in a tree: from the root the most recent frame, then its caller, and so on; the last
 * step is the number of frames there were in all. A traceback is known by the number of its last node. Part of tracing/.
 */

/** A frame is a file (index into the names) and a line. */
export interface TraceFrame {
  file: number;
  line: number;
}

const ROOT = 0;

/** Interned pairs of integers: (a, b) to a small number, counted from 1. */
class PairTable {
  a = new Int32Array(1024);
  b = new Int32Array(1024);
  size = 1;
  private slots = new Int32Array(4096);

  intern(a: number, b: number): number {
    const mask = this.slots.length - 1;
    let i = hashPair(a, b) & mask;
    for (let n = this.slots[i]; n !== 0; n = this.slots[i]) {
      if (this.a[n] === a && this.b[n] === b) return n;
      i = (i + 1) & mask;
    }
    const n = this.append(a, b);
    this.slots[i] = n;
    if (2 * this.size > this.slots.length) this.rehash();
    return n;
  }

  private append(a: number, b: number): number {
    const n = this.size++;
    if (n === this.a.length) {
      this.a = doubled(this.a);
      this.b = doubled(this.b);
    }
    this.a[n] = a;
    this.b[n] = b;
    return n;
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    const mask = this.slots.length - 1;
    for (let n = 1; n < this.size; n++) {
      let i = hashPair(this.a[n], this.b[n]) & mask;
      while (this.slots[i] !== 0) i = (i + 1) & mask;
      this.slots[i] = n;
    }
  }
}

function hashPair(a: number, b: number): number {
  const h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return h ^ (h >>> 15);
}

function doubled(old: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(2 * old.length);
  grown.set(old);
  return grown;
}

export class Tracebacks {
  /** (file, line) */
  private readonly frames = new PairTable();
  /** (parent node, frame), or (parent node, -total frames) */
  private readonly nodes = new PairTable();
  /** How many tracebacks there are, and frames in them together. */
  count = 0;
  frameCount = 0;

  frame(file: number, line: number): number {
    return this.frames.intern(file, line);
  }

  /** The node after `node` (0 at the start) by one more frame. */
  step(node: number, frame: number): number {
    return this.nodes.intern(node, frame);
  }

  /** The traceback that ends at `node`, having `total` frames in all. */
  end(node: number, total: number): number {
    const before = this.nodes.size;
    const id = this.nodes.intern(node, -total);
    if (this.nodes.size !== before) {
      this.count++;
      this.frameCount += this.framesOf(id).length;
    }
    return id;
  }

  totalOf(id: number): number {
    return -this.nodes.b[id];
  }

  /** Most recent first. */
  framesOf(id: number): TraceFrame[] {
    const list: TraceFrame[] = [];
    for (let n = this.nodes.a[id]; n !== ROOT; n = this.nodes.a[n]) {
      const f = this.nodes.b[n];
      list.push({ file: this.frames.a[f], line: this.frames.b[f] });
    }
    return list.reverse();
  }
}
