/**
 * collections.deque's structure: items in a list of blocks of 64, doubly linked. Part of the modules (CPython's
 * Modules/_collectionsmodule.c).
 *
 *   leftblock                                   rightblock
 *   | leftlink | ...... items 64 | rightlink |  ...
 *                  ^ leftindex                   ^ rightindex (of the last item)
 *
 * An empty deque has one block, leftindex = rightindex + 1, in the middle. Up to 16 free blocks are kept by each deque.
 */
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { failed, noMemory, raise } from "../objects/errors.ts";
import { Ob } from "../objects/layout.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import type { NewRef, Ref, StolenRef, Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";

export const enum Deque {
  size = 4,
  leftblock = 6,
  rightblock = 8,
  leftindex = 10,
  rightindex = 12,
  /** Changes with every change of the deque: iterators look at it. */
  state = 14,
  maxlen = 16,
  numfreeblocks = 18,
  freeblocks = 20,
  weakreflist = 52,
  BYTES = 216,
}

export const enum Block {
  leftlink = 0,
  data = 2,
  rightlink = 130,
  LEN = 64,
  LAST = 63,
  CENTER = 31,
  BYTES = 528,
}

const MAXFREEBLOCKS = 16;

/** A block, or 0 where there is no memory. */
function takeBlock(rt: Runtime, d: Ref): number {
  const i32 = rt.i32;
  const n = i32[d + Deque.numfreeblocks];
  if (n > 0) {
    i32[d + Deque.numfreeblocks] = n - 1;
    return i32[d + Deque.freeblocks + 2 * n - 2];
  }
  return PyMem_Malloc(rt, Block.BYTES);
}

export function newblock(rt: Runtime, d: Ref): number {
  const b = takeBlock(rt, d);
  if (b === 0) throw noMemory(rt);
  return b;
}

export function freeblock(rt: Runtime, d: Ref, b: number): void {
  const i32 = rt.i32;
  const n = i32[d + Deque.numfreeblocks];
  if (n < MAXFREEBLOCKS) {
    i32[d + Deque.freeblocks + 2 * n] = b;
    i32[d + Deque.numfreeblocks] = n + 1;
  } else PyMem_Free(rt, b);
}

/** An empty deque of the type. */
export function deque_new(rt: Runtime, type: Ref): NewRef {
  const d = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  const i32 = rt.i32;
  push(rt, d);
  const b = newblock(rt, d);
  pop(rt);
  i32[d + Deque.leftblock] = b;
  i32[d + Deque.rightblock] = b;
  recenter(rt, d);
  i32[d + Deque.maxlen] = -1;
  return d;
}

function recenter(rt: Runtime, d: Ref): void {
  rt.i32[d + Deque.leftindex] = Block.CENTER + 1;
  rt.i32[d + Deque.rightindex] = Block.CENTER;
}

/** A new block at the right end. */
export function growRight(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  const b = newblock(rt, d);
  const last = i32[d + Deque.rightblock];
  i32[b + Block.leftlink] = last;
  i32[last + Block.rightlink] = b;
  i32[d + Deque.rightblock] = b;
  i32[d + Deque.rightindex] = -1;
}

/** A new block at the left end. */
export function growLeft(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  const b = newblock(rt, d);
  const first = i32[d + Deque.leftblock];
  i32[b + Block.rightlink] = first;
  i32[first + Block.leftlink] = b;
  i32[d + Deque.leftblock] = b;
  i32[d + Deque.leftindex] = Block.LEN;
}

/** deque_append_internal: takes the reference; with a maximum length the leftmost item may go. */
export function appendSteal(rt: Runtime, d: Ref, item: StolenRef): void {
  const i32 = rt.i32;
  if (i32[d + Deque.rightindex] === Block.LAST) {
    push(rt, item);
    growRight(rt, d);
    pop(rt);
  }
  const size = ++i32[d + Deque.size];
  const at = ++i32[d + Deque.rightindex];
  i32[i32[d + Deque.rightblock] + Block.data + 2 * at] = item;
  const maxlen = i32[d + Deque.maxlen];
  if (maxlen >= 0 && size > maxlen) decref(rt, takeLeft(rt, d));
  else i32[d + Deque.state]++;
}

/** deque_appendleft_internal */
export function appendleftSteal(rt: Runtime, d: Ref, item: StolenRef): void {
  const i32 = rt.i32;
  if (i32[d + Deque.leftindex] === 0) {
    push(rt, item);
    growLeft(rt, d);
    pop(rt);
  }
  const size = ++i32[d + Deque.size];
  const at = --i32[d + Deque.leftindex];
  i32[i32[d + Deque.leftblock] + Block.data + 2 * at] = item;
  const maxlen = i32[d + Deque.maxlen];
  if (maxlen >= 0 && size > maxlen) decref(rt, takeRight(rt, d));
  else i32[d + Deque.state]++;
}

/** The rightmost item of a deque that is not empty. */
export function takeRight(rt: Runtime, d: Ref): NewRef {
  const i32 = rt.i32;
  const last = i32[d + Deque.rightblock];
  const at = i32[d + Deque.rightindex]--;
  const item = i32[last + Block.data + 2 * at];
  const size = --i32[d + Deque.size];
  i32[d + Deque.state]++;
  if (at !== 0) return item;
  if (size === 0) recenter(rt, d);
  else {
    i32[d + Deque.rightblock] = i32[last + Block.leftlink];
    freeblock(rt, d, last);
    i32[d + Deque.rightindex] = Block.LAST;
  }
  return item;
}

/** The leftmost item of a deque that is not empty. */
export function takeLeft(rt: Runtime, d: Ref): NewRef {
  const i32 = rt.i32;
  const first = i32[d + Deque.leftblock];
  const at = i32[d + Deque.leftindex]++;
  const item = i32[first + Block.data + 2 * at];
  const size = --i32[d + Deque.size];
  i32[d + Deque.state]++;
  if (at !== Block.LAST) return item;
  if (size === 0) recenter(rt, d);
  else {
    i32[d + Deque.leftblock] = i32[first + Block.rightlink];
    freeblock(rt, d, first);
    i32[d + Deque.leftindex] = 0;
  }
  return item;
}

export function deque_pop(rt: Runtime, d: Ref): NewRef {
  if (rt.i32[d + Deque.size] === 0) return failed(raise(rt, rt.exc.IndexError, "pop from an empty deque"));
  return takeRight(rt, d);
}

export function deque_popleft(rt: Runtime, d: Ref): NewRef {
  if (rt.i32[d + Deque.size] === 0) return failed(raise(rt, rt.exc.IndexError, "pop from an empty deque"));
  return takeLeft(rt, d);
}

/**
 * deque_clear: the items are released when the deque is empty already. Never raises: where there is no memory for the block of
 * an empty deque the items go one by one.
 */
export function deque_clear(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  let n = i32[d + Deque.size];
  if (n === 0) return;
  let b = i32[d + Deque.leftblock];
  let index = i32[d + Deque.leftindex];
  const fresh = takeBlock(rt, d);
  if (fresh === 0) {
    while (i32[d + Deque.size] > 0) decref(rt, takeRight(rt, d));
    return;
  }
  i32[d + Deque.size] = 0;
  i32[d + Deque.leftblock] = fresh;
  i32[d + Deque.rightblock] = fresh;
  recenter(rt, d);
  i32[d + Deque.state]++;
  for (;;) {
    const end = Math.min(Block.LEN, index + n);
    n -= end - index;
    for (; index < end; index++) decref(rt, i32[b + Block.data + 2 * index]);
    if (n === 0) break;
    const done = b;
    b = i32[b + Block.rightlink];
    index = 0;
    freeblock(rt, d, done);
  }
  freeblock(rt, d, b);
}

export function deque_dealloc(rt: Runtime, d: Ref): void {
  const i32 = rt.i32;
  const type = i32[d + Ob.type];
  PyObject_GC_UnTrack(rt, d);
  if (i32[d + Deque.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, d);
  if (i32[d + Deque.leftblock] !== 0) {
    deque_clear(rt, d);
    freeblock(rt, d, i32[d + Deque.leftblock]);
  }
  const n = i32[d + Deque.numfreeblocks];
  for (let k = 0; k < n; k++) PyMem_Free(rt, i32[d + Deque.freeblocks + 2 * k]);
  infoOf(rt, d).tp_free!(rt, d);
  decref(rt, type);
}

export function deque_traverse(rt: Runtime, d: Ref, visit: Visit): void {
  const i32 = rt.i32;
  visit(i32[d + Ob.type]);
  let b = i32[d + Deque.leftblock];
  let index = i32[d + Deque.leftindex];
  for (let n = i32[d + Deque.size]; n > 0; n--) {
    visit(i32[b + Block.data + 2 * index]);
    if (++index === Block.LEN) {
      b = i32[b + Block.rightlink];
      index = 0;
    }
  }
}

/** Word address of item i. */
export function itemSlot(rt: Runtime, d: Ref, i: number): number {
  const i32 = rt.i32;
  const size = i32[d + Deque.size];
  const left = i32[d + Deque.leftindex];
  const place = i + left;
  let steps = place >> 6;
  let b: number;
  if (i < size >> 1) {
    b = i32[d + Deque.leftblock];
    for (; steps > 0; steps--) b = i32[b + Block.rightlink];
  } else {
    steps = ((left + size - 1) >> 6) - steps;
    b = i32[d + Deque.rightblock];
    for (; steps > 0; steps--) b = i32[b + Block.leftlink];
  }
  return b + Block.data + 2 * (place & Block.LAST);
}

/** _deque_rotate: to the right for positive n. Moves items block by block. */
export function rotate(rt: Runtime, d: Ref, n: number): void {
  const i32 = rt.i32;
  const size = i32[d + Deque.size];
  const half = size >> 1;
  if (size <= 1) return;
  if (n > half || n < -half) {
    n %= size;
    if (n > half) n -= size;
    else if (n < -half) n += size;
  }
  i32[d + Deque.state]++;
  while (n > 0) n -= moveToLeft(rt, d, n);
  while (n < 0) n += moveToRight(rt, d, -n);
}

/** Moves up to n items from the right end to the left one; says how many. */
function moveToLeft(rt: Runtime, d: Ref, n: number): number {
  const i32 = rt.i32;
  if (i32[d + Deque.leftindex] === 0) growLeft(rt, d);
  const right = i32[d + Deque.rightindex];
  const left = i32[d + Deque.leftindex];
  const m = Math.min(n, right + 1, left);
  const from = i32[d + Deque.rightblock] + Block.data + 2 * right;
  const to = i32[d + Deque.leftblock] + Block.data + 2 * left - 2;
  for (let k = 0; k < 2 * m; k += 2) i32[to - k] = i32[from - k];
  i32[d + Deque.leftindex] = left - m;
  i32[d + Deque.rightindex] = right - m;
  if (right - m < 0) {
    const last = i32[d + Deque.rightblock];
    i32[d + Deque.rightblock] = i32[last + Block.leftlink];
    i32[d + Deque.rightindex] = Block.LAST;
    freeblock(rt, d, last);
  }
  return m;
}

/** Moves up to n items from the left end to the right one; says how many. */
function moveToRight(rt: Runtime, d: Ref, n: number): number {
  const i32 = rt.i32;
  if (i32[d + Deque.rightindex] === Block.LAST) growRight(rt, d);
  const right = i32[d + Deque.rightindex];
  const left = i32[d + Deque.leftindex];
  const m = Math.min(n, Block.LEN - left, Block.LAST - right);
  const from = i32[d + Deque.leftblock] + Block.data + 2 * left;
  const to = i32[d + Deque.rightblock] + Block.data + 2 * right + 2;
  for (let k = 0; k < 2 * m; k += 2) i32[to + k] = i32[from + k];
  i32[d + Deque.leftindex] = left + m;
  i32[d + Deque.rightindex] = right + m;
  if (left + m === Block.LEN) {
    const first = i32[d + Deque.leftblock];
    i32[d + Deque.leftblock] = i32[first + Block.rightlink];
    i32[d + Deque.leftindex] = 0;
    freeblock(rt, d, first);
  }
  return m;
}
