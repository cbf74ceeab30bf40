/** Iteration for compiled code: iterators, unpacking. Part of the runtime. */

import { typeError, valueError } from "../objects/errors.ts";
import { PyIter_Next, PyIter_NextOther, PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob, Ty } from "../objects/layout.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_List } from "../objects/sequence.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { truncateList } from "./slices.ts";

export function nextSlow(rt: Runtime, it: Ref): NewRef | 0 {
  return PyIter_NextOther(rt, it);
}

export function getIter(rt: Runtime, o: Ref): NewRef {
  return PyObject_GetIter(rt, o);
}

/** GET_AITER */
export function getAIter(rt: Runtime, o: Ref): NewRef {
  const aiter = infoOf(rt, o).am_aiter;
  if (aiter === null)
    throw typeError(rt, `'async for' requires an object with __aiter__ method, got ${typeNameOf(rt, o)}`);
  const it = aiter(rt, o);
  if (infoOf(rt, it).am_anext !== null) return it;
  push(rt, it);
  throw typeError(
    rt,
    `'async for' received an object from __aiter__ that does not implement __anext__: ${typeNameOf(rt, it)}`,
  );
}

/** UNPACK_SEQUENCE: exactly n items into the slots at `at` (owned). */
export function unpack(rt: Runtime, seq: Ref, at: number, n: number): void {
  const i32 = rt.i32;
  const t = i32[seq + Ob.type];
  if (t === rt.types.tuple || t === rt.types.list) {
    const size = i32[seq + 4];
    if (size !== n) throw unpackCount(rt, size, n);
    const items = t === rt.types.tuple ? seq + 6 : i32[seq + 6];
    for (let i = 0; i < n; i++) i32[at + 2 * i] = newref(rt, i32[items + 2 * i]);
    return;
  }
  unpackIterable(rt, seq, at, n, -1);
}

function unpackCount(rt: Runtime, have: number, want: number): unknown {
  if (have > want) return valueError(rt, `too many values to unpack (expected ${want})`);
  return valueError(rt, `not enough values to unpack (expected ${want}, got ${have})`);
}

/** UNPACK_EX: `before` items, a list of the rest, `after` items. */
export function unpackEx(rt: Runtime, seq: Ref, at: number, before: number, after: number): void {
  unpackIterable(rt, seq, at, before, after);
}

function notIterable(rt: Runtime, o: Ref): boolean {
  const info = infoOf(rt, o);
  return info.tp_iter === null && info.sq_item === null;
}

/** unpack_iterable: after < 0: no star. */
function unpackIterable(rt: Runtime, seq: Ref, at: number, before: number, after: number): void {
  const i32 = rt.i32;
  if (notIterable(rt, seq)) throw typeError(rt, `cannot unpack non-iterable ${typeNameOf(rt, seq)} object`);
  const it = PyObject_GetIter(rt, seq);
  push(rt, it);
  for (let i = 0; i < before; i++) {
    const item = PyIter_Next(rt, it);
    if (item === 0) {
      if (after < 0) throw valueError(rt, `not enough values to unpack (expected ${before}, got ${i})`);
      throw valueError(rt, `not enough values to unpack (expected at least ${before + after}, got ${i})`);
    }
    i32[at + 2 * i] = item;
  }
  if (after < 0) {
    const extra = PyIter_Next(rt, it);
    if (extra !== 0) {
      decref(rt, extra);
      throw valueError(rt, `too many values to unpack (expected ${before})`);
    }
    drop(rt);
    return;
  }
  const list = PySequence_List(rt, it);
  i32[at + 2 * before] = list;
  const n = i32[list + 4];
  if (n < after)
    throw valueError(
      rt,
      `not enough values to unpack (expected at least ${before + after}, got ${before + n})`,
    );
  for (let k = 0; k < after; k++)
    i32[at + 2 * (before + 1 + k)] = newref(rt, i32[i32[list + 6] + 2 * (n - after + k)]);
  truncateList(rt, list, n - after);
  drop(rt);
}

/** UNPACK_SEQUENCE 1 */
export function onlyItem(rt: Runtime, o: Ref): NewRef {
  unpack(rt, o, push(rt, 0), 1);
  return pop(rt);
}

/** GET_ANEXT: the awaitable of the next item. */
export function getANext(rt: Runtime, it: Ref): NewRef {
  const info = rt.typeInfos[rt.i32[rt.i32[it + Ob.type] + Ty.info]];
  if (info.am_anext === null) {
    throw typeError(rt, `'async for' requires an iterator with __anext__ method, got ${typeNameOf(rt, it)}`);
  }
  return info.am_anext(rt, it);
}
