/**
 * The memory summary: what a program's heap holds, by part, by type, by line; what the collector did. A pure reader; it costs
 * nothing while the program runs. Part of insight/. `takeBaseline` before the program lets the text leave out what the
 * interpreter itself is made of.
 */
import { usableBytes } from "../heap/chunk.ts";
import { isDebug } from "../heap/heap.ts";
import { ChunkState, forEachChunk } from "../heap/syswalk.ts";
import { ByteArray, Dict, Gc, List, Ob, SetOb, TF, Ty } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { jsString } from "../objects/str.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { INDEX2SIZE, Pool } from "../pymalloc/layout.ts";
import { type HeapLedger, heapLedger, heapPeaks, liveBytes } from "../pymalloc/ledger.ts";
import { getAllocatedBlocks } from "../pymalloc/walk.ts";
import type { Tracer } from "../tracing/tracemalloc.ts";
import { everyObject } from "./audit.ts";

/** Objects of one type, with the blocks that are theirs alone (tables, buffers). */
export interface TypeFigures {
  type: string;
  count: number;
  bytes: number;
}

export interface GenerationFigures {
  passes: number;
  collected: number;
  uncollectable: number;
  milliseconds: number;
}

/** Bytes allocated at one line and live, by tracemalloc. */
export interface LineFigures {
  where: string;
  bytes: number;
  blocks: number;
}

export interface MemorySummary {
  live: number;
  blocks: number;
  /** Bytes of arenas and of the system allocator's pages: now, and at most. */
  total: number;
  peak: number;
  limit: number;
  ledger: HeapLedger;
  /** Largest first. */
  types: TypeFigures[];
  generations: GenerationFigures[];
  /** Blocks over 512 bytes, which the system allocator serves. */
  large: { count: number; bytes: number; largest: number };
  /** Null when nothing was traced. */
  lines: LineFigures[] | null;
}

/** What there was before the program. */
export interface Baseline {
  live: number;
  blocks: number;
  types: Map<string, TypeFigures>;
}

/** The size of a block by its address: its size class, or what was asked for. */
function blockBytes(rt: Runtime, block: number): number {
  const i32 = rt.i32;
  if (block < rt.stackEnd) return 0;
  if (i32[rt.arenaMap + (block >>> rt.arenaShift)] !== 0) {
    return INDEX2SIZE(i32[(block & rt.poolMask) + Pool.szidx]);
  }
  const p = isDebug(rt) ? block - 4 : block;
  return usableBytes(rt, p) - i32[p - 1];
}

/** An object's own block and those that only it uses. Static objects take nothing from the allocators. */
function objectBytes(rt: Runtime, obj: Ref): number {
  const i32 = rt.i32;
  if (obj < rt.stackEnd) return 0;
  const flags = i32[i32[obj + Ob.type] + Ty.flags];
  const gc = (flags & TF.HAVE_GC) !== 0 ? Gc.HEAD_BYTES : 0;
  const managed = (flags & (TF.MANAGED_DICT | TF.MANAGED_WEAKREF)) !== 0 ? 16 : 0;
  return blockBytes(rt, obj - (gc + managed) / 4) + bodyBytes(rt, obj, flags);
}

function bodyBytes(rt: Runtime, obj: Ref, flags: number): number {
  const i32 = rt.i32;
  const at = (p: number): number => (p === 0 ? 0 : blockBytes(rt, p));
  if ((flags & TF.LIST_SUBCLASS) !== 0) return at(i32[obj + List.items]);
  if ((flags & TF.DICT_SUBCLASS) !== 0) return i32[obj + Dict.values] === 0 ? at(i32[obj + Dict.keys]) : 0;
  const type = i32[obj + Ob.type];
  const { set, frozenset, bytearray } = rt.types;
  if (type === set || type === frozenset) {
    return i32[obj + SetOb.table] === obj + SetOb.smalltable ? 0 : at(i32[obj + SetOb.table]);
  }
  return type === bytearray ? at(i32[obj + ByteArray.bytes]) : 0;
}

/** Every object by its type's name. */
function figuresByType(rt: Runtime): Map<string, TypeFigures> {
  const types = new Map<string, TypeFigures>();
  const add = (type: string, bytes: number): void => {
    const row = types.get(type) ?? { type, count: 0, bytes: 0 };
    row.count++;
    row.bytes += bytes;
    types.set(type, row);
  };
  const { objects, sharedKeys } = everyObject(rt);
  for (const obj of objects) {
    const bytes = objectBytes(rt, obj);
    if (bytes > 0) add(typeNameOf(rt, obj), bytes);
  }
  for (const keys of sharedKeys) add("(classes' shared keys)", blockBytes(rt, keys));
  return types;
}

export function takeBaseline(rt: Runtime): Baseline {
  return { live: liveBytes(rt), blocks: getAllocatedBlocks(rt), types: figuresByType(rt) };
}

/** The figures; with a baseline those by type and the live bytes are what was added to it. */
export function memorySummary(rt: Runtime, before: Baseline | null = null): MemorySummary {
  const ledger = heapLedger(rt);
  return {
    live: liveBytes(rt) - (before?.live ?? 0),
    blocks: getAllocatedBlocks(rt) - (before?.blocks ?? 0),
    total: ledger.total,
    peak: heapPeaks(rt).mapped,
    limit: rt.maxHeap,
    ledger,
    types: addedTypes(figuresByType(rt), before?.types ?? new Map()),
    generations: rt.gc.stats.map((s) => ({
      passes: s.collections,
      collected: s.collected,
      uncollectable: s.uncollectable,
      milliseconds: s.milliseconds,
    })),
    large: largeBlocks(rt),
    lines: tracedLines(rt),
  };
}

function addedTypes(now: Map<string, TypeFigures>, before: Map<string, TypeFigures>): TypeFigures[] {
  const rows: TypeFigures[] = [];
  for (const { type, count, bytes } of now.values()) {
    const old = before.get(type);
    const row = { type, count: count - (old?.count ?? 0), bytes: bytes - (old?.bytes ?? 0) };
    if (row.count !== 0 || row.bytes !== 0) rows.push(row);
  }
  return rows.sort((a, b) => b.bytes - a.bytes || b.count - a.count);
}

function largeBlocks(rt: Runtime): MemorySummary["large"] {
  const large = { count: 0, bytes: 0, largest: 0 };
  forEachChunk(rt, (p, _words, state) => {
    if (state !== ChunkState.Used && state !== ChunkState.Big) return;
    const bytes = usableBytes(rt, p) - rt.i32[p - 1];
    large.count++;
    large.bytes += bytes;
    if (bytes > large.largest) large.largest = bytes;
  });
  return large;
}

/** Live traced bytes by the line that allocated them. */
function tracedLines(rt: Runtime): LineFigures[] | null {
  const tracer = rt.moduleState.get("tracemalloc") as Tracer | undefined;
  if (tracer === undefined || !tracer.tracing) return null;
  const lines = new Map<string, LineFigures>();
  tracer.blocks.forEach((_p, bytes, id) => {
    const [frame] = tracer.tracebacks.framesOf(id);
    const known = frame !== undefined && frame.file !== 0;
    const where = known ? `${jsString(rt, tracer.files[frame.file - 1])}:${frame.line}` : "(unknown)";
    const row = lines.get(where) ?? { where, bytes: 0, blocks: 0 };
    row.bytes += bytes;
    row.blocks++;
    lines.set(where, row);
  });
  return [...lines.values()].sort((a, b) => b.bytes - a.bytes);
}
