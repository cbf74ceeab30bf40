/**
 * What is left in a heap that has been torn down: every block still in use, what it is by its looks, and who of the others holds
 * it. A pure reader. Part of insight/.
 *
 * Nothing tells a block's kind once the lists and tables are gone, so it is read off the block: an object has the address of a
 * known type in its header, behind a GC head and perhaps the two words that instances keep before it.
 */
import { Cell } from "../heap/cells.ts";
import { usableBytes } from "../heap/chunk.ts";
import { isDebug } from "../heap/heap.ts";
import { ChunkState, forEachChunk } from "../heap/syswalk.ts";
import { Gc, Ob, TF, Ty } from "../objects/layout.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { Ref } from "../objects/typeinfo.ts";
import { forEachPool, forEachUsedBlock } from "../pymalloc/walk.ts";
import { describe } from "./audit.ts";
import { ReferenceVisitor } from "./references.ts";

export interface Remain {
  /** Word address and size of the block. */
  block: number;
  bytes: number;
  /** The object in it, or 0: a table, a buffer. */
  object: Ref;
  text: string;
  count: number;
  /** References that other remains have to it. */
  held: number;
}

/** Every block in use, of pools and of the system allocator, with its size; not pymalloc's own table of arenas. */
function usedBlocks(rt: Runtime): [number, number][] {
  const blocks: [number, number][] = [];
  forEachPool(rt, (pool) => forEachUsedBlock(rt, pool, (p, bytes) => blocks.push([p, bytes])));
  forEachChunk(rt, (p, _words, state) => {
    const used = state === ChunkState.Used || state === ChunkState.Big;
    if (used && p !== rt.i32[Cell.arenas] - (isDebug(rt) ? 4 : 0))
      blocks.push([p, usableBytes(rt, p) - rt.i32[p - 1]]);
  });
  return blocks;
}

/** The object in a block, or 0. */
function objectIn(rt: Runtime, block: number, types: Set<Ref>): Ref {
  const start = block + (isDebug(rt) ? 4 : 0);
  for (const [head, needs] of [
    [0, 0],
    [Gc.HEAD_BYTES / 4, TF.HAVE_GC],
    [Gc.HEAD_BYTES / 4 + 4, TF.HAVE_GC],
  ]) {
    const type = rt.i32[start + head + Ob.type];
    if (types.has(type) && (rt.i32[type + Ty.flags] & TF.HAVE_GC) === needs) return start + head;
  }
  return 0;
}

/** All that remains, what nobody else among the remains holds first. */
export function remains(rt: Runtime): Remain[] {
  const types = new Set(rt.typeInfos.map((info) => info?.type ?? 0));
  types.delete(0);
  const found: Remain[] = [];
  const byObject = new Map<Ref, Remain>();
  for (const [block, bytes] of usedBlocks(rt)) {
    const object = objectIn(rt, block, types);
    const text = object === 0 ? `${bytes} bytes at 0x${(block * 4).toString(16)}` : describe(rt, object);
    const remain = { block, bytes, object, text, count: object === 0 ? 0 : rt.i32[object], held: 0 };
    found.push(remain);
    if (object !== 0) byObject.set(object, remain);
  }
  countHolders(rt, byObject);
  return found.sort((a, b) => b.count - b.held - (a.count - a.held));
}

function countHolders(rt: Runtime, byObject: Map<Ref, Remain>): void {
  const visitor = new ReferenceVisitor(rt);
  const hold = (ref: Ref): void => {
    const remain = byObject.get(ref);
    if (remain !== undefined) remain.held++;
  };
  for (const object of byObject.keys()) {
    try {
      visitor.visitAllReferences(object, hold, () => {});
    } catch {
      // A half-made object, or no object at all: it holds nothing.
    }
  }
}

/** The report as lines of text: objects that are lost themselves, then how much hangs on them. */
export function remainsText(all: readonly Remain[]): string {
  const lost = all.filter((r) => r.object !== 0 && r.count > r.held);
  const lines = [`teardown: ${all.length} blocks are left, ${lost.length} objects that nothing left holds`];
  const shown = lost.length > 0 ? lost : all.filter((r) => r.object !== 0);
  for (const r of shown.slice(0, 20))
    lines.push(`${r.text}: count ${r.count}, held by what is left ${r.held}`);
  if (lost.length > 20) lines.push(`and ${lost.length - 20} more`);
  const rest = all.filter((r) => r.object === 0);
  for (const r of rest.slice(0, 5)) lines.push(r.text);
  return lines.join("\n");
}
