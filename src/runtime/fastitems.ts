/**
 * Membership, items and iteration of the built-in containers for compiled code (see fast.ts). Part of the runtime.
 */
import { PyDict_GetItemWithError, PyDict_SetItem } from "../objects/dict.ts";
import { dictiter_iternextitem } from "../objects/dictiter.ts";
import { gen_iternext } from "../objects/generator.ts";
import { Str } from "../objects/layout.ts";
import { listAppendSteal } from "../objects/list.ts";
import { PyLong_FromInt32 } from "../objects/long.ts";
import type { Runtime } from "../objects/runtime.ts";
import { setContainsConverting } from "../objects/setmethods.ts";
import { StrState } from "../objects/str.ts";
import { asciiiter_next } from "../objects/striter.ts";
import { PyUnicode_Contains } from "../objects/strsearch.ts";
import type { Numbers } from "./fastnumbers.ts";
import { nextSlow } from "./iteration.ts";
import { containsSlow, getitemSlow, setitemSlow } from "./operators.ts";

/** The bits of a compact ASCII string. */
const ASCII = StrState.COMPACT_ASCII;

export function makeItems(
  rt: Runtime,
  incref: Numbers["incref"],
  decref: Numbers["decref"],
  release: Numbers["release"],
  value: Numbers["value"],
  intNew: Numbers["intNew"],
) {
  const i32 = rt.i32;
  const u8 = rt.u8;
  const INT = rt.types.int;
  const LIST = rt.types.list;
  const TUPLE = rt.types.tuple;
  const DICT = rt.types.dict;
  const STR = rt.types.str;
  const RANGE_ITER = rt.types.range_iterator;
  const LIST_ITER = rt.types.list_iterator;
  const TUPLE_ITER = rt.types.tuple_iterator;
  const ASCII_ITER = rt.types.str_ascii_iterator;
  const ITEMS_ITER = rt.types.dict_itemiterator;
  const GENERATOR = rt.types.generator;
  const SET = rt.types.set;
  const FROZENSET = rt.types.frozenset;
  const LATIN1 = rt.latin1;
  const { dictFind, dictStore, setHas } = rt.tables;

  /** a in b */
  function contains(a: number, b: number, f: number, top: number): boolean {
    const t = i32[b + 2];
    if (t === STR && i32[a + 2] === STR) {
      const r = strHas(b, a);
      release(a, b, f);
      return r;
    }
    if (t === DICT || t === SET || t === FROZENSET) {
      const quick = t === DICT ? dictFind(b, a) : setHas(b, a);
      if (quick >= 0) {
        release(a, b, f);
        return quick !== 0;
      }
      // Keys of other classes may compare in Python, which must find both held.
      if ((f & 1) === 0) incref(a);
      if ((f & 2) === 0) incref(b);
      i32[top] = a;
      i32[top + 2] = b;
      const r = t === DICT ? PyDict_GetItemWithError(rt, b, a) !== 0 : setContainsConverting(rt, b, a);
      i32[top] = 0;
      i32[top + 2] = 0;
      decref(a);
      decref(b);
      return r;
    }
    return containsSlow(rt, a, b, f, top);
  }

  /** One ASCII character in an ASCII string at once; else the general search. */
  function strHas(s: number, sub: number): boolean {
    if (i32[sub + Str.length] === 1 && (i32[s + Str.state] & i32[sub + Str.state] & ASCII) === ASCII) {
      const c = u8[(sub + Str.ASCII_DATA) << 2];
      const n = i32[s + Str.length];
      if (n <= 64) {
        for (let at = (s + Str.ASCII_DATA) * 4, end = at + n; at < end; at++) if (u8[at] === c) return true;
        return false;
      }
    }
    return PyUnicode_Contains(rt, s, sub);
  }

  function notContains(a: number, b: number, f: number, top: number): boolean {
    return !contains(a, b, f, top);
  }

  function getitem(a: number, b: number, f: number, top: number): number {
    if (i32[b + 2] === INT && i32[b + 4] < 16) {
      const t = i32[a + 2];
      if (t === LIST || t === TUPLE) {
        const n = i32[a + 4];
        let i = value(b);
        if (i < 0) i += n;
        if (i >= 0 && i < n) {
          const r = t === LIST ? i32[i32[a + 6] + 2 * i] : i32[a + 6 + 2 * i];
          incref(r);
          release(a, b, f);
          return r;
        }
      } else if (t === STR && (i32[a + Str.state] & ASCII) === ASCII) {
        const n = i32[a + Str.length];
        let i = value(b);
        if (i < 0) i += n;
        if (i >= 0 && i < n) {
          const r = LATIN1 + 16 * u8[(a + Str.ASCII_DATA) * 4 + i];
          release(a, b, f);
          return r;
        }
      }
    }
    if (i32[a + 2] === DICT) {
      const at = dictFind(a, b);
      if (at > 0) {
        const r = i32[at];
        incref(r);
        release(a, b, f);
        return r;
      }
    }
    return getitemSlow(rt, a, b, f, top);
  }

  function setitem(a: number, k: number, v: number, f: number, top: number): void {
    if (i32[a + 2] === LIST && i32[k + 2] === INT && i32[k + 4] < 16) {
      const n = i32[a + 4];
      let i = value(k);
      if (i < 0) i += n;
      if (i >= 0 && i < n) {
        if ((f & 4) === 0) incref(v);
        const at = i32[a + 6] + 2 * i;
        const old = i32[at];
        i32[at] = v;
        decref(old);
        release(a, k, f);
        return;
      }
    }
    if (i32[a + 2] === DICT && (i32[k + 2] === STR || i32[k + 2] === INT)) {
      if (dictStore(a, k, v)) {
        if ((f & 4) !== 0) decref(v);
        release(a, k, f);
        return;
      }
      // What locals or constants hold needs no slot meanwhile.
      if ((f & 1) !== 0) i32[top] = a;
      if ((f & 2) !== 0) i32[top + 2] = k;
      if ((f & 4) !== 0) i32[top + 4] = v;
      PyDict_SetItem(rt, a, k, v);
      if (f !== 0) {
        if ((f & 1) !== 0) i32[top] = 0;
        if ((f & 2) !== 0) i32[top + 2] = 0;
        if ((f & 4) !== 0) {
          i32[top + 4] = 0;
          decref(v);
        }
        release(a, k, f);
      }
      return;
    }
    setitemSlow(rt, a, k, v, f, top);
  }

  /** list.append of an owned item, in a comprehension. */
  function append(list: number, v: number, _top: number): void {
    const n = i32[list + 4];
    if (n < i32[list + 8]) {
      i32[i32[list + 6] + 2 * n] = v;
      i32[list + 4] = n + 1;
    } else listAppendSteal(rt, list, v);
  }

  /** As append, for a list that is owned by nothing but the expression: a slot holds it while it grows. */
  function appendTo(list: number, v: number, top: number): void {
    const n = i32[list + 4];
    if (n < i32[list + 8]) {
      i32[i32[list + 6] + 2 * n] = v;
      i32[list + 4] = n + 1;
      return;
    }
    i32[top] = list;
    listAppendSteal(rt, list, v);
    i32[top] = 0;
  }

  /** The next item of an iterator in a slot (borrowed), or 0 at the end. */
  function next(it: number): number {
    const t = i32[it + 2];
    if (t === RANGE_ITER) {
      // _PyRangeIterObject: start, step, len as words 4, 6, 8 (see objects/range.ts); long ranges have their own type.
      const n = i32[it + 8];
      if (n <= 0 || i32[it + 9] !== 0) return nextSlow(rt, it);
      const v = i32[it + 4];
      const step = i32[it + 6];
      if (i32[it + 5] !== v >> 31 || i32[it + 7] !== step >> 31) return nextSlow(rt, it);
      const after = v + step;
      if (after !== (after | 0)) return nextSlow(rt, it);
      i32[it + 4] = after;
      i32[it + 5] = after >> 31;
      i32[it + 8] = n - 1;
      return intNew(v) || PyLong_FromInt32(rt, v);
    }
    if (t === LIST_ITER) {
      const seq = i32[it + 6];
      if (seq !== 0) {
        const i = i32[it + 4];
        if (i >= 0 && i < i32[seq + 4]) {
          i32[it + 4] = i + 1;
          const r = i32[i32[seq + 6] + 2 * i];
          incref(r);
          return r;
        }
      }
      return nextSlow(rt, it);
    }
    if (t === TUPLE_ITER) {
      const seq = i32[it + 6];
      if (seq !== 0) {
        const i = i32[it + 4];
        if (i >= 0 && i < i32[seq + 4]) {
          i32[it + 4] = i + 1;
          const r = i32[seq + 6 + 2 * i];
          incref(r);
          return r;
        }
      }
    } else if (t === GENERATOR) return gen_iternext(rt, it);
    else if (t === ASCII_ITER) return asciiiter_next(rt, it);
    else if (t === ITEMS_ITER) return dictiter_iternextitem(rt, it);
    return nextSlow(rt, it);
  }

  /** As next, for a loop that has gone over a range, a list, a tuple before. */
  function nextRange(it: number): number {
    const v = i32[it + 4];
    const step = i32[it + 6];
    const left = i32[it + 8];
    // Start and length in their low words, the step positive and small.
    if (i32[it + 2] !== RANGE_ITER || v < 0 || step <= 0 || step > 0xffff || v > 0x3fff0000) return next(it);
    if ((i32[it + 5] | i32[it + 7] | i32[it + 9]) !== 0 || left <= 0) return next(it);
    i32[it + 4] = v + step;
    i32[it + 8] = left - 1;
    return intNew(v) || PyLong_FromInt32(rt, v);
  }

  function nextList(it: number): number {
    if (i32[it + 2] !== LIST_ITER) return next(it);
    const seq = i32[it + 6];
    const i = i32[it + 4];
    if (seq === 0 || i < 0 || i >= i32[seq + 4]) return nextSlow(rt, it);
    i32[it + 4] = i + 1;
    const r = i32[i32[seq + 6] + 2 * i];
    incref(r);
    return r;
  }

  function nextTuple(it: number): number {
    if (i32[it + 2] !== TUPLE_ITER) return next(it);
    const seq = i32[it + 6];
    const i = i32[it + 4];
    if (seq === 0 || i < 0 || i >= i32[seq + 4]) return nextSlow(rt, it);
    i32[it + 4] = i + 1;
    const r = i32[seq + 6 + 2 * i];
    incref(r);
    return r;
  }

  return { contains, notContains, getitem, setitem, append, appendTo, next, nextRange, nextList, nextTuple };
}
