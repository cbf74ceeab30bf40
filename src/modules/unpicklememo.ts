/** The memo of an unpickler: a plain array of objects. Part of the modules, for _pickle.ts. */
import { noMemory } from "../objects/errors.ts";
import { decref, incref, xdecref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import type { OptRef, Ref } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc, PyMem_Realloc } from "../pymalloc/domains.ts";
import { Unpickler } from "./picklestate.ts";

export const MEMO_SIZE = 32;

/** _Unpickler_NewMemo: n empty places. */
export function newMemoList(rt: Runtime, n: number): number {
  const memo = PyMem_Malloc(rt, 8 * n);
  if (memo === 0) throw noMemory(rt);
  rt.i32.fill(0, memo, memo + 2 * n);
  return memo;
}

/** _Unpickler_MemoCleanup */
export function freeMemoList(rt: Runtime, u: Ref): void {
  const i32 = rt.i32;
  const memo = i32[u + Unpickler.memo];
  if (memo === 0) return;
  i32[u + Unpickler.memo] = 0;
  for (let at = memo + 2 * i32[u + Unpickler.memo_size] - 2; at >= memo; at -= 2) xdecref(rt, i32[at]);
  PyMem_Free(rt, memo);
}

function growMemo(rt: Runtime, u: Ref, size: number): void {
  const i32 = rt.i32;
  const memo = size > 0x0fff_ffff ? 0 : PyMem_Realloc(rt, i32[u + Unpickler.memo], 8 * size);
  if (memo === 0) throw noMemory(rt);
  i32.fill(0, memo + 2 * i32[u + Unpickler.memo_size], memo + 2 * size);
  i32[u + Unpickler.memo] = memo;
  i32[u + Unpickler.memo_size] = size;
}

/** Object n, borrowed, or 0. */
export function memoGet(rt: Runtime, u: Ref, n: number): OptRef {
  const i32 = rt.i32;
  return n < 0 || n >= i32[u + Unpickler.memo_size] ? 0 : i32[i32[u + Unpickler.memo] + 2 * n];
}

/** _Unpickler_MemoPut: takes a reference of its own. */
export function memoPut(rt: Runtime, u: Ref, n: number, value: Ref): void {
  const i32 = rt.i32;
  if (n >= i32[u + Unpickler.memo_size]) growMemo(rt, u, 2 * n);
  const at = i32[u + Unpickler.memo] + 2 * n;
  const old = i32[at];
  incref(rt, value);
  i32[at] = value;
  if (old !== 0) decref(rt, old);
  else i32[u + Unpickler.memo_len]++;
}
