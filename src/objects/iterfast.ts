/**
 * The next item of any iterator, those of lists, tuples and ranges at once. Part of the object layer. A closure over one heap's
 * views, made once for each Runtime, so that V8 can treat the views as constants (as in tablefast.ts).
 */
import { Ob, Ty } from "./layout.ts";
import { PyLong_FromInt32 } from "./long.ts";
import type { Runtime } from "./runtime.ts";
import type { NewRef, Ref } from "./typeinfo.ts";

/** Fields of list_iterator and tuple_iterator, and of range_iterator (64 bits each). */
const enum It {
  index = 4,
  seq = 6,
  start = 4,
  step = 6,
  len = 8,
}

export type IterNext = (it: Ref) => NewRef | 0;

/** tp_iternext of an iterator: 0 at the end; StopIteration passes. */
export function makeIterNext(rt: Runtime): IterNext {
  const i32 = rt.i32;
  const infos = rt.typeInfos;
  const LIST_ITER = rt.types.list_iterator;
  const TUPLE_ITER = rt.types.tuple_iterator;
  const RANGE_ITER = rt.types.range_iterator;

  return function iterNext(it: Ref): NewRef | 0 {
    const t = i32[it + Ob.type];
    if (t === LIST_ITER || t === TUPLE_ITER) {
      const seq = i32[it + It.seq];
      const i = i32[it + It.index];
      if (seq !== 0 && i >= 0 && i < i32[seq + Ob.size]) {
        i32[it + It.index] = i + 1;
        const item = t === LIST_ITER ? i32[i32[seq + 6] + 2 * i] : i32[seq + 6 + 2 * i];
        const count = i32[item];
        if (count >= 0) i32[item] = count + 1;
        return item;
      }
    } else if (t === RANGE_ITER) {
      const n = i32[it + It.len];
      const v = i32[it + It.start];
      const step = i32[it + It.step];
      const after = v + step;
      const narrow = i32[it + It.start + 1] === v >> 31 && i32[it + It.step + 1] === step >> 31;
      if (n > 0 && i32[it + It.len + 1] === 0 && narrow && after === (after | 0)) {
        i32[it + It.start] = after;
        i32[it + It.start + 1] = after >> 31;
        i32[it + It.len] = n - 1;
        return PyLong_FromInt32(rt, v);
      }
    }
    return infos[i32[t + Ty.info]].tp_iternext!(rt, it);
  };
}
