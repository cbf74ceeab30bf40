/**
 * Signals on Node.js. The main thread runs Python without ever turning the event loop, so it hears no signal: a small worker
 * listens, notes each in shared memory, and has the main thread call `notify` through the inspector, which V8 serves in the
 * middle of running code. The worker is started late, when a program has run for a while or waits for something.
 */

import type { Worker } from "node:worker_threads";
import { clock } from "../heap/clock.ts";
import type { SignalHost } from "./host.ts";

const NSIG = 65;
/** Words of the shared memory: a count of all that arrived, the last order carried out, pending signals by number. */
const WAKE = 0;
const DONE = 1;
const PENDING = 2;
const NOTIFY = Symbol.for("glassheap.signal");

const LISTENER = `
process.noDeprecation = true;
const { workerData, parentPort } = require("node:worker_threads");
const { Session } = require("node:inspector");
const { Signal } = process.binding("signal_wrap");
const words = new Int32Array(workerData);
const watched = new Map();
let timer = null;
function arrived(n) {
  Atomics.add(words, ${PENDING} + n, 1);
  Atomics.add(words, ${WAKE}, 1);
  Atomics.notify(words, ${WAKE});
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.evaluate", { expression: 'globalThis[Symbol.for("glassheap.signal")]?.()' }, () => session.disconnect());
}
function watch(n) {
  if (watched.has(n)) return;
  const signal = new Signal();
  signal.onsignal = () => arrived(n);
  if (signal.start(n) === 0) watched.set(n, signal);
}
function unwatch(n) {
  watched.get(n)?.close();
  watched.delete(n);
}
function setTimer(first, interval) {
  clearTimeout(timer);
  timer = first > 0 ? setTimeout(() => { arrived(14); setTimer(interval, interval); }, first) : null;
}
parentPort.on("message", (m) => {
  if (m.watch) watch(m.watch);
  if (m.unwatch) unwatch(m.unwatch);
  if (m.timer) setTimer(...m.timer);
  Atomics.store(words, ${DONE}, m.order);
  Atomics.notify(words, ${DONE});
});
`;

export class NodeSignals implements SignalHost {
  private worker: Worker | null = null;
  private readonly words = new Int32Array(new SharedArrayBuffer(4 * (PENDING + NSIG)));
  private order = 0;
  private notify: () => void = () => {};
  check: () => void = () => {};

  get started(): boolean {
    return this.worker !== null;
  }

  onArrival(notify: () => void): void {
    this.notify = notify;
  }

  start(): void {
    if (this.worker !== null) return;
    (globalThis as Record<symbol, unknown>)[NOTIFY] = () => this.notify();
    // Most programs end before this: the module is loaded here only.
    const threads = require("node:worker_threads") as typeof import("node:worker_threads");
    this.worker = new threads.Worker(LISTENER, {
      eval: true,
      workerData: this.words.buffer,
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: 32, stackSizeMb: 1 },
    });
    this.worker.unref();
  }

  watch(signum: number): void {
    this.tell({ watch: signum }, true);
  }

  /** As `watch`, without waiting until the worker listens. */
  watchSoon(signum: number): void {
    this.tell({ watch: signum }, false);
  }

  unwatch(signum: number): void {
    if (this.worker !== null) this.tell({ unwatch: signum }, true);
  }

  setTimer(firstMs: number, intervalMs: number): void {
    this.tell({ timer: [firstMs, intervalMs] }, false);
  }

  private tell(message: Record<string, unknown>, wait: boolean): void {
    this.start();
    const order = ++this.order;
    this.worker!.postMessage({ ...message, order });
    const until = clock.now() + 1000;
    while (wait && Atomics.load(this.words, DONE) < order && clock.now() < until) {
      Atomics.wait(this.words, DONE, Atomics.load(this.words, DONE), 5);
    }
  }

  take(): number[] {
    const arrived: number[] = [];
    for (let n = 1; n < NSIG; n++) {
      if (Atomics.exchange(this.words, PENDING + n, 0) > 0) arrived.push(n);
    }
    return arrived;
  }

  pending(): boolean {
    for (let n = 1; n < NSIG; n++) if (Atomics.load(this.words, PENDING + n) > 0) return true;
    return false;
  }

  /** Waits until a signal arrives or the time is over. */
  wait(ms: number): void {
    const seen = Atomics.load(this.words, WAKE);
    if (!this.pending() && ms > 0) Atomics.wait(this.words, WAKE, seen, ms);
  }

  kill(pid: number, signum: number): void {
    process.kill(pid, signum);
  }

  die(signum: number): void {
    this.unwatch(signum);
    process.removeAllListeners("SIGINT");
    process.kill(process.pid, signum);
    // The signal is on its way.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}
