/**
 * tracemalloc: which line allocated which block. Hooks on the three domains enter every block with its size as requested
 * and the traceback of the current frames. Part of tracing/ (CPython's Python/tracemalloc.c).
 *
 * While it is off nothing of it is reached: the hooks stand behind Cell.HOOKS.
 */
import { type Allocator, Domain } from "../heap/allocator.ts";
import { Cell, HookBit } from "../heap/cells.ts";
import type { Heap } from "../heap/heap.ts";
import type { CompiledCode } from "../objects/code.ts";
import { codeLine } from "../objects/code.ts";
import { isIncomplete } from "../objects/frame.ts";
import { Code, Frame } from "../objects/layout.ts";
import { decref, newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { jsString } from "../objects/str.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { PyMem_GetAllocator, PyMem_SetAllocator } from "../pymalloc/domains.ts";
import { BlockTable } from "./blocks.ts";
import { Tracebacks } from "./tracebacks.ts";

export const MAX_NFRAME = 65535;

/** What a hook needs: the tracer and the allocator beneath. */
interface Hooked {
  tracer: Tracer;
  inner: Allocator;
}

/** The frames of one code object's instructions, found before. */
interface LineCache {
  compiled: CompiledCode;
  filename: Ref;
  /** By instruction; 0: not known yet. */
  frames: Int32Array;
}

export class Tracer {
  maxNframe = 1;
  tracing = false;
  readonly blocks: BlockTable;
  tracebacks = new Tracebacks();
  /** Files of the tracebacks, owned. */
  readonly files: Ref[] = [];
  private readonly fileOfRef = new Map<Ref, number>();
  private readonly fileOfText = new Map<string, number>();
  private lines: (LineCache | undefined)[] = [];
  /** Inside a hook: what the allocator beneath requests for itself is not traced. */
  busy = false;
  private inner: Allocator[] = [];
  private readonly rt: Runtime;

  constructor(rt: Runtime) {
    this.rt = rt;
    this.blocks = new BlockTable(rt.maxHeap);
    registerRoot(rt, () => this.files, "tracemalloc's file names");
  }

  start(nframe: number): void {
    if (this.tracing) return;
    const rt = this.rt;
    this.maxNframe = nframe;
    this.inner = DOMAINS.map((d) => PyMem_GetAllocator(rt, d));
    DOMAINS.forEach((d, i) => {
      PyMem_SetAllocator(rt, d, hooked(this, this.inner[i]) as Allocator);
    });
    rt.i32[Cell.HOOKS] |= HookBit.Trace;
    rt.newReference = (p) => this.newReference(p);
    rt.traceLookup = (p) => this.linesOf(p);
    this.tracing = true;
  }

  stop(): void {
    if (!this.tracing) return;
    const rt = this.rt;
    this.tracing = false;
    DOMAINS.forEach((d, i) => {
      PyMem_SetAllocator(rt, d, this.inner[i]);
    });
    rt.i32[Cell.HOOKS] &= ~HookBit.Trace;
    rt.newReference = null;
    rt.traceLookup = null;
    this.clear();
  }

  /** Forgets all traces. */
  clear(): void {
    this.blocks.clear();
    this.tracebacks = new Tracebacks();
    this.lines = [];
    this.fileOfRef.clear();
    this.fileOfText.clear();
    for (const f of this.files.splice(0)) decref(this.rt, f);
  }

  add(p: number, size: number): void {
    this.blocks.add(p, size, this.currentTraceback());
  }

  /** A block is used again without having been freed (from a free list): its traceback is a new one. */
  private newReference(p: number): void {
    if (this.blocks.traceback(p) !== 0) this.blocks.setTraceback(p, this.currentTraceback());
  }

  private currentTraceback(): number {
    const { rt, tracebacks, maxNframe } = this;
    const i32 = rt.i32;
    let node = 0;
    let total = 0;
    for (let fp = i32[Cell.FRAME]; fp !== 0; fp = i32[fp + Frame.previous]) {
      if (isIncomplete(i32, fp)) continue;
      if (total < maxNframe) node = tracebacks.step(node, this.frameId(fp));
      total++;
    }
    if (total === 0) {
      node = tracebacks.step(0, tracebacks.frame(UNKNOWN_FILE, 0));
      total = 1;
    }
    return tracebacks.end(node, Math.min(total, MAX_NFRAME));
  }

  private frameId(fp: number): number {
    const { rt } = this;
    const i32 = rt.i32;
    const code = i32[fp + Frame.executable];
    const js = i32[code + Code.js];
    const instr = i32[fp + Frame.instr];
    const filename = i32[code + Code.filename];
    let cache = this.lines[js];
    if (cache === undefined || cache.compiled !== rt.codes[js] || cache.filename !== filename) {
      const compiled = rt.codes[js];
      cache = { compiled, filename, frames: new Int32Array(compiled.positions.length / 4 + 1) };
      this.lines[js] = cache;
    }
    const have = cache.frames[instr];
    if (have !== 0 && instr < cache.frames.length) return have;
    const id = this.tracebacks.frame(this.fileId(filename), Math.max(0, codeLine(rt, code, instr)));
    if (instr < cache.frames.length) cache.frames[instr] = id;
    return id;
  }

  private fileId(filename: Ref): number {
    const byRef = this.fileOfRef.get(filename);
    if (byRef !== undefined) return byRef;
    const text = jsString(this.rt, filename);
    const byText = this.fileOfText.get(text);
    if (byText !== undefined) return byText;
    const id = this.files.push(newref(this.rt, filename));
    this.fileOfRef.set(filename, id);
    this.fileOfText.set(text, id);
    return id;
  }

  /** For the debug hooks' report. */
  private linesOf(p: number): string[] | null {
    const id = this.blocks.traceback(p);
    if (id === 0) return null;
    return this.tracebacks.framesOf(id).map((f) => `  File "${this.fileText(f.file)}", line ${f.line}`);
  }

  private fileText(file: number): string {
    return file === UNKNOWN_FILE ? "<unknown>" : jsString(this.rt, this.files[file - 1]);
  }
}

/** The file of a block that was allocated outside all frames; others count from 1. */
export const UNKNOWN_FILE = 0;

const DOMAINS = [Domain.RAW, Domain.MEM, Domain.OBJ] as const;

function hooked(tracer: Tracer, inner: Allocator): Allocator<Hooked> {
  return { ctx: { tracer, inner }, malloc, calloc, realloc, free };
}

function malloc(h: Heap, { tracer, inner }: Hooked, nbytes: number): number {
  if (tracer.busy) return inner.malloc(h, inner.ctx, nbytes);
  tracer.busy = true;
  const p = inner.malloc(h, inner.ctx, nbytes);
  tracer.busy = false;
  if (p !== 0) tracer.add(p, nbytes);
  return p;
}

function calloc(h: Heap, { tracer, inner }: Hooked, nelem: number, elsize: number): number {
  if (tracer.busy) return inner.calloc(h, inner.ctx, nelem, elsize);
  tracer.busy = true;
  const p = inner.calloc(h, inner.ctx, nelem, elsize);
  tracer.busy = false;
  if (p !== 0) tracer.add(p, nelem * elsize);
  return p;
}

/** A block that is resized counts as allocated here, with its new size. */
function realloc(h: Heap, { tracer, inner }: Hooked, p: number, nbytes: number): number {
  const outer = !tracer.busy;
  tracer.busy = true;
  const q = inner.realloc(h, inner.ctx, p, nbytes);
  tracer.busy = !outer;
  if (q === 0) return 0;
  if (p !== 0 && (q !== p || !outer)) tracer.blocks.remove(p);
  if (outer) tracer.add(q, nbytes);
  return q;
}

/** The trace goes last: the debug hooks beneath tell with it where a damaged block came from. */
function free(h: Heap, { tracer, inner }: Hooked, p: number): void {
  if (p === 0) return;
  inner.free(h, inner.ctx, p);
  tracer.blocks.remove(p);
}

/** The runtime's tracer, made at first need. */
export function tracerOf(rt: Runtime): Tracer {
  let tracer = rt.moduleState.get("tracemalloc") as Tracer | undefined;
  if (tracer === undefined) {
    tracer = new Tracer(rt);
    rt.moduleState.set("tracemalloc", tracer);
  }
  return tracer;
}

/** Starts tracing with `nframe` frames a traceback (1 to MAX_NFRAME): -X tracemalloc and PYTHONTRACEMALLOC. */
export function startTracing(rt: Runtime, nframe: number): void {
  tracerOf(rt).start(nframe);
}
