/**
 * Debug hooks: an allocator around another that finds writes outside a block, writes after free, frees of what is not a
 * block, and frees through the wrong domain. The bytes and the report are CPython's, without serial numbers.
 *
 *   byte  0               8    9              16 = p         p+n            p+n+8
 *         | n, big-endian | id | FORBIDDENBYTE | n user bytes | FORBIDDENBYTE |
 *
 * New user bytes are CLEANBYTE (or zero for calloc), a freed block is DEADBYTE all over. Beyond what CPython does: the rest
 * of a pymalloc block behind the tail is filled with FORBIDDENBYTE, and on free with DEADBYTE like the block, so that a
 * block coming out of a free list can be seen to have been written to since.
 */
import type { Allocator } from "./allocator.ts";
import { dumpBlock, report, reportWriteAfterFree } from "./debugreport.ts";
import type { Heap } from "./heap.ts";

export const CLEANBYTE = 0xcd;
export const DEADBYTE = 0xdd;
export const FORBIDDENBYTE = 0xfd;
export const DEBUG_EXTRA_BYTES = 24;
const ERASED_SIZE = 64;

export type ApiId = "r" | "m" | "o";

interface DebugCtx {
  readonly id: ApiId;
  readonly inner: Allocator;
}

/** `inner` with debug hooks around it, for the domain named by `id`. */
export function debugAllocator(inner: Allocator, id: ApiId): Allocator<DebugCtx> {
  return {
    ctx: { id, inner },
    malloc: debugMalloc,
    calloc: debugCalloc,
    realloc: debugRealloc,
    free: debugFree,
  };
}

function debugMalloc(h: Heap, { inner, id }: DebugCtx, nbytes: number): number {
  const block = inner.malloc(h, inner.ctx, nbytes + DEBUG_EXTRA_BYTES);
  if (block === 0) return 0;
  const usable = inner.usable?.(h, block) ?? 0;
  if (usable > 0) checkStillDead(h, block, usable);
  const at = block * 4 + 16;
  h.u8.fill(CLEANBYTE, at, at + nbytes);
  return frame(h, block, nbytes, id, usable);
}

function debugCalloc(h: Heap, { inner, id }: DebugCtx, nelem: number, elsize: number): number {
  const nbytes = nelem * elsize;
  const block = inner.calloc(h, inner.ctx, 1, nbytes + DEBUG_EXTRA_BYTES);
  return block === 0 ? 0 : frame(h, block, nbytes, id, inner.usable?.(h, block) ?? 0);
}

function debugFree(h: Heap, { inner, id }: DebugCtx, p: number): void {
  if (p === 0) return;
  _PyMem_DebugCheckAddress(h, "_PyMem_DebugRawFree", id, p);
  const block = p - 4;
  const total = Math.max(readSize(h, block) + DEBUG_EXTRA_BYTES, inner.usable?.(h, block) ?? 0);
  h.u8.fill(DEADBYTE, block * 4, block * 4 + total);
  inner.free(h, inner.ctx, block);
}

function debugRealloc(h: Heap, ctx: DebugCtx, p: number, nbytes: number): number {
  if (p === 0) return debugMalloc(h, ctx, nbytes);
  const { inner, id } = ctx;
  _PyMem_DebugCheckAddress(h, "_PyMem_DebugRawRealloc", id, p);
  const old = readSize(h, p - 4);
  const usable = inner.usable?.(h, p - 4) ?? 0;
  const q =
    usable > 0 ? reallocPooled(h, inner, p - 4, nbytes, usable) : reallocErased(h, inner, p - 4, old, nbytes);
  if (q === 0) return 0;
  const at = q * 4 + 16;
  if (nbytes > old) h.u8.fill(CLEANBYTE, at + old, at + nbytes);
  return frame(h, q, nbytes, id, inner.usable?.(h, q) ?? 0);
}

/** A pymalloc block keeps its bytes when it is freed, so what it was moved from can be filled afterwards. */
function reallocPooled(h: Heap, inner: Allocator, block: number, nbytes: number, usable: number): number {
  const q = inner.realloc(h, inner.ctx, block, nbytes + DEBUG_EXTRA_BYTES);
  // The first 8 bytes are the free list's by now.
  if (q !== 0 && q !== block) h.u8.fill(DEADBYTE, block * 4 + 8, block * 4 + usable);
  return q;
}

/**
 * Any other block: both ends are filled with DEADBYTE before it may be freed, as CPython does (the whole would cost too
 * much), and put back afterwards wherever the block is then.
 */
function reallocErased(h: Heap, inner: Allocator, block: number, old: number, nbytes: number): number {
  const u8 = h.u8;
  const at = block * 4;
  const total = old + DEBUG_EXTRA_BYTES;
  const ends =
    total <= 2 * ERASED_SIZE
      ? [[0, total]]
      : [
          [0, ERASED_SIZE],
          [total - ERASED_SIZE, total],
        ];
  const saved = ends.map(([from, to]) => u8.slice(at + from, at + to));
  for (const [from, to] of ends) u8.fill(DEADBYTE, at + from, at + to);
  const q = inner.realloc(h, inner.ctx, block, nbytes + DEBUG_EXTRA_BYTES);
  const to = (q === 0 ? block : q) * 4;
  const room = q === 0 ? total : nbytes + DEBUG_EXTRA_BYTES;
  ends.forEach(([from], i) => {
    const part = saved[i];
    if (from < room) u8.set(part.subarray(0, Math.min(part.length, room - from)), to + from);
  });
  return q;
}

/** Writes the header and the tail round the user's bytes; `usable` is the block's size when it is pymalloc's, else 0. */
function frame(h: Heap, block: number, nbytes: number, id: ApiId, usable: number): number {
  const u8 = h.u8;
  const at = block * 4;
  writeSize(h, block, nbytes);
  u8[at + 8] = id.charCodeAt(0);
  u8.fill(FORBIDDENBYTE, at + 9, at + 16);
  u8.fill(FORBIDDENBYTE, at + 16 + nbytes, at + Math.max(nbytes + DEBUG_EXTRA_BYTES, usable));
  return block + 4;
}

function writeSize(h: Heap, block: number, nbytes: number): void {
  const at = block * 4;
  let rest = nbytes;
  for (let i = 7; i >= 0; i--) {
    h.u8[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** The size in a block's header: exact up to 2^53, enough for every block that is not corrupt. */
export function readSize(h: Heap, block: number): number {
  const at = block * 4;
  let size = 0;
  for (let i = 0; i < 8; i++) size = size * 256 + h.u8[at + i];
  return size;
}

/** Ends the program with a report unless p is a live block of domain `id` with nothing written over its edges. */
export function _PyMem_DebugCheckAddress(h: Heap, func: string, id: ApiId, p: number): void {
  const problem = findProblem(h, id, p);
  if (problem !== null) report(h, func, problem, dumpBlock(h, p), p);
}

function findProblem(h: Heap, id: ApiId, p: number): string | null {
  const u8 = h.u8;
  const at = p * 4;
  const found = String.fromCharCode(u8[at - 8]);
  if (found !== id) return `bad ID: Allocated using API '${found}', verified using API '${id}'`;
  for (let i = at - 7; i < at; i++) if (u8[i] !== FORBIDDENBYTE) return "bad leading pad byte";
  const tail = at + readSize(h, p - 4);
  for (let i = tail; i < tail + 8; i++) if (u8[i] !== FORBIDDENBYTE) return "bad trailing pad byte";
  return null;
}

/** A pymalloc block whose second 8 bytes are dead was freed through these hooks, so the rest must still be dead too. */
export function checkStillDead(h: Heap, block: number, usable: number): void {
  const u8 = h.u8;
  const at = block * 4;
  for (let i = 8; i < 16; i++) if (u8[at + i] !== DEADBYTE) return;
  for (let i = 16; i < usable; i++)
    if (u8[at + i] !== DEADBYTE) reportWriteAfterFree(h, block, i - 16, usable - 16);
}
