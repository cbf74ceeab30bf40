/**
 * The library: an interpreter as an object, on a host of its own in memory. Runs wherever JavaScript does.
 *
 *     const python = new Python({ maxHeap: 64 * 1024 * 1024 });
 *     const { stdout, status } = python.run("print(sum(range(10)))");
 */

import { startStress } from "./gc/collect.ts";
import type { MallocName } from "./heap/heap.ts";
import { MemoryHost, type MemoryHostOptions } from "./host/memory.ts";
import { type AuditReport, auditHeap } from "./insight/audit.ts";
import { type Remain, remains } from "./insight/remains.ts";
import { type MemorySummary, memorySummary } from "./insight/summary.ts";
import { summaryText } from "./insight/summarytext.ts";
import { finish, start } from "./modules/lifecycle.ts";
import { tearDown } from "./modules/teardown.ts";
import type { Runtime } from "./objects/runtime.ts";
import { checkHeap } from "./pymalloc/check.ts";
import { type HeapLedger, heapLedger, heapPeaks, liveBytes } from "./pymalloc/ledger.ts";
import { getAllocatedBlocks } from "./pymalloc/walk.ts";
import type { Library } from "./runtime/library.ts";
import { runMain } from "./runtime/main.ts";

export interface PythonOptions extends MemoryHostOptions {
  /** Bytes that the program may use; beyond it MemoryError. Default 2 GiB (reserved, not resident). */
  maxHeap?: number;
  /** sys.argv; default [""] */
  argv?: string[];
  /** PYTHONHASHSEED in `env` says it as well; without either it is random. */
  hashSeed?: number;
  /** The n-th allocation of the first run fails, once. */
  failAlloc?: number;
  /** Options as `-X name=value` gives them. */
  xOptions?: Record<string, string>;
  /** Collect at every opportunity. */
  gcStress?: boolean;
  malloc?: MallocName;
  arenaSize?: number;
  poolSize?: number;
  /** Where the standard library's modules come from; `glassheap` brings its own where it can. */
  library?: Library;
}

export interface RunOptions {
  filename?: string;
  /** The n-th allocation of this run fails, once. */
  failAlloc?: number;
}

export interface RunResult {
  /** What this run wrote. */
  stdout: string;
  stderr: string;
  /** As a process would have it: 0, 1 after an uncaught exception, what sys.exit() said. */
  status: number;
}

/** Figures of an interpreter's heap; each is read when it is asked for. */
export class HeapView {
  private readonly rt: Runtime;

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  /** Bytes in blocks that are in use. */
  get liveBytes(): number {
    return liveBytes(this.rt);
  }

  /** Bytes of arenas and pages mapped at once, at most. */
  get peakBytes(): number {
    return heapPeaks(this.rt).mapped;
  }

  /** sys.getallocatedblocks() */
  get allocatedBlocks(): number {
    return getAllocatedBlocks(this.rt);
  }

  /** The heap itself. What is written to it is the program's ruin. */
  get buffer(): ArrayBuffer {
    return this.rt.buffer;
  }

  /** Every byte by its use. */
  ledger(): HeapLedger {
    return heapLedger(this.rt);
  }

  /** Counts all references again and compares. */
  audit(): AuditReport {
    return auditHeap(this.rt);
  }

  /** Verifies every invariant of arenas, pools, blocks and chunks; throws at the first thing that is wrong. */
  check(): void {
    checkHeap(this.rt);
  }

  summary(): MemorySummary {
    return memorySummary(this.rt);
  }

  /** The summary as text, as `--memory` prints it. */
  summaryText(): string {
    return summaryText(this.summary());
  }
}

const NO_LIBRARY: Library = { find: () => null, source: () => null, names: () => [] };

/** An interpreter. Runs share one `__main__`, as lines typed one after another do. */
export class Python implements Disposable {
  /** What `new Python()` takes where its options name no library. */
  static library: () => Library = () => NO_LIBRARY;
  readonly heap: HeapView;
  readonly host: MemoryHost;
  private readonly rt: Runtime;
  private readonly argv: string[];
  private disposed = false;
  private failuresLeft = 0;

  constructor(options: PythonOptions = {}) {
    const { maxHeap, malloc, arenaSize, poolSize, argv = [""] } = options;
    const xOptions = new Map(Object.entries(options.xOptions ?? {}));
    this.host = new MemoryHost(options);
    this.argv = argv;
    const library = options.library ?? Python.library();
    const hashSeed = options.hashSeed ?? seedOf(options.env?.PYTHONHASHSEED);
    this.rt = start(
      { library, argv, hashSeed, prefix: "/usr", maxHeap, malloc, arenaSize, poolSize, xOptions },
      this.host,
    );
    this.heap = new HeapView(this.rt);
    if (options.gcStress) startStress(this.rt);
    this.rt.failAt = options.failAlloc ?? 0;
  }

  /** Runs source text as the main program; with `failAlloc` its n-th allocation fails, once. */
  run(source: string, { filename = "<string>", failAlloc = 0 }: RunOptions = {}): RunResult {
    if (this.disposed) throw new Error("this Python has been disposed of");
    if (failAlloc > 0) this.rt.failAt = failAlloc;
    const status = runMain(this.rt, { kind: "command", text: source, filename, argv: this.argv });
    this.failuresLeft = this.rt.failAt;
    this.rt.failAt = 0;
    this.rt.flushStreams();
    return { stdout: this.host.takeOutput(1), stderr: this.host.takeOutput(2), status };
  }

  /** After a run with `failAlloc`: how many allocations were still to go when it ended; 0 if the one came that failed. */
  get allocationsLeft(): number {
    return this.failuresLeft;
  }

  /**
   * Disposes of the interpreter and takes the interpreter itself apart too: types, tables, free lists. What is still in use
   * then has leaked; it is returned, block by block.
   */
  tearDown(): Remain[] {
    this.dispose();
    tearDown(this.rt);
    return remains(this.rt);
  }

  /** Ends the interpreter as CPython ends: exit functions, finalizers. What they print is returned. */
  dispose(): { stdout: string; stderr: string } {
    if (!this.disposed) finish(this.rt);
    this.disposed = true;
    return { stdout: this.host.takeOutput(1), stderr: this.host.takeOutput(2) };
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function seedOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
