/**
 * The operations of compiled code that are worth inlining: counts, arithmetic on small ints and floats, comparisons, items,
 * attributes through inline caches. Part of the runtime. They are closures over one heap's views, made once for each Runtime,
 * so that V8 can treat the views as constants; everything uncommon goes to the shared functions of the other files.
 *
 * Operands: `f` says which are owned and so taken over (1: the first, 2: the second, 4: the third), also when an exception is
 * raised; `top` is the address of the first free slot of the caller's evaluation stack, where they wait meanwhile.
 */
import { AttrKind } from "../compiler/profile.ts";
import { Cell, USEDPOOLS } from "../heap/cells.ts";
import { PyDict_GetItemWithError, PyDict_SetItem } from "../objects/dict.ts";
import { dictiter_iternextitem } from "../objects/dictiter.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { cmpHolds } from "../objects/floatops.ts";
import { Free } from "../objects/freelists.ts";
import { gen_iternext } from "../objects/generator.ts";
import { Str } from "../objects/layout.ts";
import { list_dealloc, listAppendSteal } from "../objects/list.ts";
import { PyLong_FromInt32 } from "../objects/long.ts";
import { _Py_Dealloc } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { setContainsConverting } from "../objects/setmethods.ts";
import { _PyUnicode_EQ, charAt, StrState } from "../objects/str.ts";
import { PyUnicode_Append } from "../objects/strconcat.ts";
import { unicode_compare } from "../objects/stritems.ts";
import { asciiiter_next } from "../objects/striter.ts";
import { PyUnicode_Contains } from "../objects/strsearch.ts";
import { tupledealloc } from "../objects/tuple.ts";
import { PyObject_Free } from "../pymalloc/domains.ts";
import { Pool } from "../pymalloc/layout.ts";
import { pymalloc_pool_extend } from "../pymalloc/pools.ts";
import { attrSlow, methodSlow, setAttrSlow } from "./attributes.ts";
import { nextSlow } from "./iteration.ts";
import { globalSlow, nameSlow } from "./namespaces.ts";
import {
  Bin,
  binarySlow,
  compareSlow,
  containsSlow,
  getitemSlow,
  istrueSlow,
  setitemSlow,
} from "./operators.ts";

/** Str.state of a compact ASCII string that is neither interned nor static, and the longest that lies in a pool. */
const PLAIN_ASCII = 0x64;
const POOL_TEXT = 512 - Str.ASCII_HEAD_BYTES - 1;
/** 2**0 to 2**52 */
const POWERS = Array.from({ length: 53 }, (_, n) => 2 ** n);
/** The bits of a compact ASCII string. */
const ASCII = StrState.COMPACT_ASCII;

export function makeFast(rt: Runtime) {
  const i32 = rt.i32;
  const f64 = rt.f64;
  const T = rt.types;
  const INT = T.int;
  const FLOAT = T.float;
  const LIST = T.list;
  const TUPLE = T.tuple;
  const DICT = T.dict;
  const STR = T.str;
  const RANGE_ITER = T.range_iterator;
  const LIST_ITER = T.list_iterator;
  const TUPLE_ITER = T.tuple_iterator;
  const ASCII_ITER = T.str_ascii_iterator;
  const ITEMS_ITER = T.dict_itemiterator;
  const GENERATOR = T.generator;
  const SET = T.set;
  const FROZENSET = T.frozenset;
  const LATIN1 = rt.latin1;
  const u8 = rt.u8;
  const { dictFind, dictStore, setHas } = rt.tables;
  const { None, True, False } = rt;

  function incref(p: number): void {
    const r = i32[p];
    if (r >= 0) i32[p] = r + 1;
  }

  function decref(p: number): void {
    const r = i32[p] - 1;
    if (r > 0) i32[p] = r;
    else if (r === 0) dealloc(p);
  }

  // Ints of one digit and floats are blocks of the 32-byte class: taken from and given back to its first pool here; whatever is
  // not the plain case (a hook, a full or empty pool) is left to the allocator.
  const BLOCKS = USEDPOOLS + 4;
  const POOL_MASK = rt.poolMask;
  const ARENA_MAP = rt.arenaMap;
  const ARENA_SHIFT = rt.arenaShift;
  const SMALL_INTS = rt.smallInts;

  /** A block for an int or a float, or 0 when it must be asked of the allocator. */
  function takeBlock(): number {
    const pool = i32[BLOCKS];
    if (pool === BLOCKS - 4 || i32[Cell.HOOKS] !== 0) return 0;
    const bp = i32[pool + Pool.freeblock];
    const next = i32[bp];
    i32[pool + Pool.count]++;
    i32[pool + Pool.freeblock] = next;
    if (next === 0) pymalloc_pool_extend(rt, pool);
    return bp;
  }

  /** Not only for blocks of pools: a small int may stand in a large block, if it is what was left of large ones. */
  function giveBlock(p: number): void {
    if (i32[ARENA_MAP + (p >>> ARENA_SHIFT)] === 0) {
      PyObject_Free(rt, p);
      return;
    }
    const pool = p & POOL_MASK;
    const first = i32[pool + Pool.freeblock];
    if (first === 0 || i32[pool + Pool.count] === 1 || i32[Cell.HOOKS] !== 0) {
      PyObject_Free(rt, p);
      return;
    }
    i32[p] = first;
    i32[pool + Pool.freeblock] = p;
    i32[pool + Pool.count]--;
  }

  /** A new int of 30 bits, or 0 when it must be made the long way. */
  function intNew(v: number): number {
    if (v >= -5 && v <= 256) return SMALL_INTS + (v << 3);
    if (v > 0x3fffffff || v < -0x3fffffff) return 0;
    const p = takeBlock();
    if (p !== 0) {
      i32[p] = 1;
      i32[p + 2] = INT;
      if (v < 0) {
        i32[p + 4] = 10;
        i32[p + 6] = -v;
      } else {
        i32[p + 4] = 8;
        i32[p + 6] = v;
      }
    }
    return p;
  }

  /** The value of an int of at most two digits as an exact double; NaN beyond 2^52. */
  function wide(p: number): number {
    const tag = i32[p + 4];
    let v = i32[p + 6];
    if (tag >= 16) {
      if (tag >= 24 || i32[p + 7] >= 0x400000) return Number.NaN;
      v += i32[p + 7] * 0x40000000;
    }
    return tag === 1 ? 0 : (tag & 2) !== 0 ? -v : v;
  }

  /** A new int of an integral double, or 0 (also for what is not exact) when it must be made the long way. */
  function wideNew(v: number): number {
    if (v <= 0x3fffffff && v >= -0x3fffffff) return intNew(v | 0);
    if (!(v <= 0x10000000000000 && v >= -0x10000000000000)) return 0;
    const p = takeBlock();
    if (p !== 0) {
      const a = v < 0 ? -v : v;
      const high = Math.floor(a / 0x40000000);
      i32[p] = 1;
      i32[p + 2] = INT;
      i32[p + 4] = v < 0 ? 18 : 16;
      i32[p + 6] = a - high * 0x40000000;
      i32[p + 7] = high;
    }
    return p;
  }

  /** Both operands are ints: sums, differences, products and remainders that fit a double exactly; 0 where they do not. */
  function wideBinary(op: Bin, a: number, b: number): number {
    const x = wide(a);
    const y = wide(b);
    switch (op) {
      case Bin.Add:
        return wideNew(x + y);
      case Bin.Subtract:
        return wideNew(x - y);
      case Bin.Multiply:
        return wideNew(x * y);
      case Bin.Remainder:
      case Bin.FloorDivide: {
        if (y === 0 || !(x <= 0x10000000000000)) return 0;
        let q = Math.floor(x / y);
        let r = x - q * y;
        if (r !== 0 && r < 0 !== y < 0) {
          q--;
          r += y;
        } else if (Math.abs(r) >= Math.abs(y)) {
          q++;
          r -= y;
        }
        return wideNew(op === Bin.Remainder ? r : q);
      }
      case Bin.And: {
        if (!(x >= 0 && y >= 0)) return 0;
        const high = i32[a + 4] >= 16 && i32[b + 4] >= 16 ? i32[a + 7] & i32[b + 7] : 0;
        return wideNew(
          (i32[a + 4] === 1 || i32[b + 4] === 1 ? 0 : i32[a + 6] & i32[b + 6]) + high * 0x40000000,
        );
      }
      case Bin.Rshift:
        return y >= 0 && y < 53 ? wideNew(Math.floor(x / POWERS[y])) : 0;
      case Bin.Lshift:
        return y >= 0 && y < 53 ? wideNew(x * POWERS[y]) : 0;
      case Bin.TrueDivide:
        return y !== 0 && x === x && y === y ? floatNew(x / y) : 0;
      default:
        return 0;
    }
  }

  /** What the arithmetic below does not do itself. */
  function arithmetic(op: Bin, a: number, b: number, f: number, top: number): number {
    const r = i32[a + 2] === INT && i32[b + 2] === INT ? wideBinary(op, a, b) : floatBinary(op, a, b);
    if (r !== 0) {
      release(a, b, f);
      return r;
    }
    return binarySlow(rt, op, a, b, f, top);
  }

  /** A float, or an int that a double holds exactly, as a number; else NaN. */
  function number(p: number): number {
    const t = i32[p + 2];
    return t === FLOAT ? f64[(p + 4) >> 1] : t === INT ? wide(p) : Number.NaN;
  }

  /** Sums, differences, products and quotients of floats, or of floats and ints; 0 where it is not so plain. */
  function floatBinary(op: Bin, a: number, b: number): number {
    const x = number(a);
    const y = number(b);
    if (!(x - x === 0 && y - y === 0)) return 0;
    switch (op) {
      case Bin.Add:
        return floatNew(x + y);
      case Bin.Subtract:
        return floatNew(x - y);
      case Bin.Multiply:
        return floatNew(x * y);
      case Bin.TrueDivide:
        return y !== 0 ? floatNew(x / y) : 0;
      default:
        return 0;
    }
  }

  /** A new float, or 0 when it must be made the long way. */
  function floatNew(v: number): number {
    let p = i32[Free.floats];
    if (p !== 0) {
      if (i32[Cell.HOOKS] !== 0) return 0;
      i32[Free.floats] = i32[p + 2];
      i32[Free.floatCount]--;
    } else {
      p = takeBlock();
      if (p === 0) return 0;
    }
    i32[p] = 1;
    i32[p + 2] = FLOAT;
    f64[(p + 4) >> 1] = v;
    return p;
  }

  function dealloc(p: number): void {
    const t = i32[p + 2];
    if (t === INT && i32[p + 4] < 24) giveBlock(p);
    else if (t === FLOAT && i32[Free.floatCount] < Free.MAX_FLOATS) {
      i32[Free.floatCount]++;
      i32[p + 2] = i32[Free.floats];
      i32[Free.floats] = p;
    } else if (t === STR && i32[p + Str.state] === PLAIN_ASCII && i32[p + Str.length] <= POOL_TEXT)
      giveBlock(p);
    else if (t === TUPLE) {
      i32[p] = 0;
      tupledealloc(rt, p);
    } else if (t === LIST) {
      i32[p] = 0;
      list_dealloc(rt, p);
    } else _Py_Dealloc(rt, p);
  }

  function release(a: number, b: number, f: number): void {
    if ((f & 1) !== 0) decref(a);
    if ((f & 2) !== 0) decref(b);
  }

  /** Releases localsplus slots from..to at the end of a function with many locals. */
  function releaseRange(from: number, to: number): void {
    for (let at = from; at < to; at += 2) {
      const v = i32[at];
      if (v !== 0) decref(v);
    }
  }

  /** The value of an int of one digit. */
  const value = (p: number): number => (1 - (i32[p + 4] & 3)) * i32[p + 6];

  function floatResult(a: number, b: number, f: number, v: number): number {
    // A temporary float operand that nobody else holds becomes the result, as in CPython.
    if ((f & 1) !== 0 && i32[a] === 1 && i32[a + 2] === FLOAT) {
      f64[(a + 4) >> 1] = v;
      if ((f & 2) !== 0) decref(b);
      return a;
    }
    if ((f & 2) !== 0 && i32[b] === 1 && i32[b + 2] === FLOAT) {
      f64[(b + 4) >> 1] = v;
      if ((f & 1) !== 0) decref(a);
      return b;
    }
    const r = floatNew(v);
    if (r !== 0) release(a, b, f);
    return r;
  }

  function b_add(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT) {
      const plain = i32[a + 4] < 16 && i32[b + 4] < 16;
      const r = (plain ? intNew(value(a) + value(b)) : 0) || wideNew(wide(a) + wide(b));
      if (r === 0) return binarySlow(rt, Bin.Add, a, b, f, top);
      release(a, b, f);
      return r;
    }
    if (i32[a + 2] === FLOAT && i32[b + 2] === FLOAT) {
      const r = floatResult(a, b, f, f64[(a + 4) >> 1] + f64[(b + 4) >> 1]);
      if (r !== 0) return r;
    }
    return arithmetic(Bin.Add, a, b, f, top);
  }

  function b_subtract(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT) {
      const plain = i32[a + 4] < 16 && i32[b + 4] < 16;
      const r = (plain ? intNew(value(a) - value(b)) : 0) || wideNew(wide(a) - wide(b));
      if (r === 0) return binarySlow(rt, Bin.Subtract, a, b, f, top);
      release(a, b, f);
      return r;
    }
    if (i32[a + 2] === FLOAT && i32[b + 2] === FLOAT) {
      const r = floatResult(a, b, f, f64[(a + 4) >> 1] - f64[(b + 4) >> 1]);
      if (r !== 0) return r;
    }
    return arithmetic(Bin.Subtract, a, b, f, top);
  }

  function b_multiply(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const v = value(a) * value(b);
      if (v < 0x40000000 && v > -0x40000000) {
        const r = intNew(v | 0);
        if (r !== 0) {
          release(a, b, f);
          return r;
        }
      }
      return arithmetic(Bin.Multiply, a, b, f, top);
    }
    if (i32[a + 2] === FLOAT && i32[b + 2] === FLOAT) {
      const r = floatResult(a, b, f, f64[(a + 4) >> 1] * f64[(b + 4) >> 1]);
      if (r !== 0) return r;
    }
    return arithmetic(Bin.Multiply, a, b, f, top);
  }

  function b_truediv(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === FLOAT && i32[b + 2] === FLOAT) {
      const d = f64[(b + 4) >> 1];
      const r = d !== 0 ? floatResult(a, b, f, f64[(a + 4) >> 1] / d) : 0;
      if (r !== 0) return r;
    }
    return arithmetic(Bin.TrueDivide, a, b, f, top);
  }

  function b_modulo(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const d = value(b);
      if (d !== 0) {
        let m = (value(a) % d) | 0;
        if (m !== 0 && m < 0 !== d < 0) m += d;
        const r = intNew(m);
        if (r !== 0) {
          release(a, b, f);
          return r;
        }
      }
    }
    return arithmetic(Bin.Remainder, a, b, f, top);
  }

  function b_floordiv(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const d = value(b);
      if (d !== 0) {
        const r = intNew(Math.floor(value(a) / d));
        if (r !== 0) {
          release(a, b, f);
          return r;
        }
      }
    }
    return arithmetic(Bin.FloorDivide, a, b, f, top);
  }

  function b_and_(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const r = intNew(value(a) & value(b));
      if (r !== 0) {
        release(a, b, f);
        return r;
      }
    }
    return arithmetic(Bin.And, a, b, f, top);
  }

  function b_or_(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const r = intNew(value(a) | value(b));
      if (r !== 0) {
        release(a, b, f);
        return r;
      }
    }
    return arithmetic(Bin.Or, a, b, f, top);
  }

  function b_xor(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const r = intNew(value(a) ^ value(b));
      if (r !== 0) {
        release(a, b, f);
        return r;
      }
    }
    return arithmetic(Bin.Xor, a, b, f, top);
  }

  function b_rshift(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const n = value(b);
      if (n >= 0 && n < 32) {
        const r = intNew(value(a) >> n);
        if (r !== 0) {
          release(a, b, f);
          return r;
        }
      }
    }
    return arithmetic(Bin.Rshift, a, b, f, top);
  }

  function b_lshift(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const n = value(b);
      const v = value(a);
      if (n >= 0 && n < 30 && v < 1 << (30 - n) && v > -(1 << (30 - n))) {
        const r = intNew(v << n);
        if (r !== 0) {
          release(a, b, f);
          return r;
        }
      }
    }
    return arithmetic(Bin.Lshift, a, b, f, top);
  }

  function b_power(a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === FLOAT) {
      const x = f64[(a + 4) >> 1];
      const t = i32[b + 2];
      const y = t === INT && i32[b + 4] < 16 ? value(b) : t === FLOAT ? f64[(b + 4) >> 1] : 0;
      // Squares and square roots are exactly rounded, as the general way is.
      const v = y === 2 ? x * x : y === 0.5 && x >= 0 ? Math.sqrt(x) : Number.NaN;
      if (v - v === 0) {
        const r = floatResult(a, b, f, v);
        if (r !== 0) return r;
      }
    }
    return binarySlow(rt, Bin.Power, a, b, f, top);
  }

  const slow =
    (op: Bin) =>
    (a: number, b: number, f: number, top: number): number =>
      binarySlow(rt, op, a, b, f, top);

  // In-place operators of immutable operands are the plain ones; only other types have their own, and errors their words.
  const isNumber = (o: number): boolean => i32[o + 2] === INT || i32[o + 2] === FLOAT;
  const inplace =
    (plain: (a: number, b: number, f: number, top: number) => number, op: Bin) =>
    (a: number, b: number, f: number, top: number): number =>
      isNumber(a) && isNumber(b) ? plain(a, b, f, top) : binarySlow(rt, op, a, b, f, top);
  const inplaceInt =
    (plain: (a: number, b: number, f: number, top: number) => number, op: Bin) =>
    (a: number, b: number, f: number, top: number): number =>
      i32[a + 2] === INT && i32[b + 2] === INT ? plain(a, b, f, top) : binarySlow(rt, op, a, b, f, top);
  function i_add(a: number, b: number, f: number, top: number): number {
    return isNumber(a) && isNumber(b) ? b_add(a, b, f, top) : binarySlow(rt, Bin.InPlaceAdd, a, b, f, top);
  }
  function i_subtract(a: number, b: number, f: number, top: number): number {
    return isNumber(a) && isNumber(b)
      ? b_subtract(a, b, f, top)
      : binarySlow(rt, Bin.InPlaceSubtract, a, b, f, top);
  }
  function i_multiply(a: number, b: number, f: number, top: number): number {
    return isNumber(a) && isNumber(b)
      ? b_multiply(a, b, f, top)
      : binarySlow(rt, Bin.InPlaceMultiply, a, b, f, top);
  }

  /** Does the relation of a comparison operator (Py_LT ... Py_GE) hold? */
  function holds(op: number, x: number, y: number): boolean {
    if (op === 0) return x < y;
    if (op === 1) return x <= y;
    if (op === 2) return x === y;
    if (op === 3) return x !== y;
    return op === 4 ? x > y : x >= y;
  }

  /** Both exact one-digit ints, or both floats; else compareRest. */
  function compare(op: number, a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT && i32[a + 4] < 16 && i32[b + 4] < 16) {
      const x = value(a);
      const y = value(b);
      const r = holds(op, x, y);
      release(a, b, f);
      return r ? True : False;
    }
    if (i32[a + 2] === FLOAT && i32[b + 2] === FLOAT) {
      const x = f64[(a + 4) >> 1];
      const y = f64[(b + 4) >> 1];
      const r = holds(op, x, y);
      release(a, b, f);
      return r ? True : False;
    }
    return compareRest(op, a, b, f, top);
  }

  function compareRest(op: number, a: number, b: number, f: number, top: number): number {
    if (i32[a + 2] === INT && i32[b + 2] === INT) {
      const d = wide(a) - wide(b);
      if (d === d) {
        const r = holds(op, d, 0);
        release(a, b, f);
        return r ? True : False;
      }
    } else if (i32[a + 2] === STR && i32[b + 2] === STR) {
      const r =
        op === 2
          ? _PyUnicode_EQ(rt, a, b)
          : op === 3
            ? !_PyUnicode_EQ(rt, a, b)
            : cmpHolds(unicode_compare(rt, a, b), op);
      release(a, b, f);
      return r ? True : False;
    }
    return compareSlow(rt, op, a, b, f, top);
  }
  const c_lt = (a: number, b: number, f: number, top: number): number => compare(0, a, b, f, top);
  const c_le = (a: number, b: number, f: number, top: number): number => compare(1, a, b, f, top);
  const c_eq = (a: number, b: number, f: number, top: number): number => compare(2, a, b, f, top);
  const c_ne = (a: number, b: number, f: number, top: number): number => compare(3, a, b, f, top);
  const c_gt = (a: number, b: number, f: number, top: number): number => compare(4, a, b, f, top);
  const c_ge = (a: number, b: number, f: number, top: number): number => compare(5, a, b, f, top);
  const t_lt = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(0, a, b, f, top), 1, top);
  const t_le = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(1, a, b, f, top), 1, top);
  const t_eq = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(2, a, b, f, top), 1, top);
  const t_ne = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(3, a, b, f, top), 1, top);
  const t_gt = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(4, a, b, f, top), 1, top);
  const t_ge = (a: number, b: number, f: number, top: number): boolean =>
    truth(compare(5, a, b, f, top), 1, top);

  /** Truth of an operand, taken over when f is 1. */
  function truth(v: number, f: number, top: number): boolean {
    if (v === True) return true;
    if (v === False || v === None) return false;
    const t = i32[v + 2];
    let r: boolean;
    if (t === INT) r = i32[v + 4] !== 1;
    else if (t === STR || t === LIST || t === TUPLE || t === DICT) r = i32[v + 4] !== 0;
    else return istrueSlow(rt, v, f, top);
    if (f !== 0) decref(v);
    return r;
  }

  /** Truth of a value the caller keeps in a temporary: an exception releases it. */
  function istrue(_rt: Runtime, v: number, top: number): boolean {
    if (v === True) return true;
    if (v === False || v === None) return false;
    const t = i32[v + 2];
    if (t === INT) return i32[v + 4] !== 1;
    if (t === STR || t === LIST || t === TUPLE || t === DICT) return i32[v + 4] !== 0;
    i32[top] = v;
    const r = istrueSlow(rt, v, 0, top + 2);
    i32[top] = 0;
    return r;
  }

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

  /** LOAD_GLOBAL: [globals keys version, word offset of the value, builtins keys version or -1]. */
  function lg(fp: number, name: number, ic: Int32Array, c: number): number {
    const keys = i32[i32[fp + 6] + 8];
    if (i32[keys + 3] === ic[c]) {
      const bv = ic[c + 2];
      if (bv === -1) {
        const v = i32[keys + ic[c + 1]];
        if (v !== 0) {
          incref(v);
          return v;
        }
      } else {
        const bkeys = i32[i32[fp + 8] + 8];
        if (i32[bkeys + 3] === bv) {
          const v = i32[bkeys + ic[c + 1]];
          incref(v);
          return v;
        }
      }
    }
    return globalSlow(rt, fp, name, ic, c);
  }

  /** LOAD_NAME: module code whose locals are its globals goes the way of lg. */
  function ln(fp: number, name: number, ic: Int32Array, c: number): number {
    const ns = i32[fp + 10];
    if (ns === i32[fp + 6]) return lg(fp, name, ic, c);
    return nameSlow(rt, fp, name, ic, c);
  }

  /** What the cache at c (or the second one, behind it) says of an attribute of o: borrowed, or 0. */
  function cached(o: number, ic: Int32Array, c: number): number {
    const t = i32[o + 2];
    const v = i32[t + 96];
    let k = c;
    if (ic[k] !== v) {
      k += 4;
      if (ic[k] !== v) return 0;
    }
    const kind = ic[k + 1];
    if (kind === AttrKind.INLINE) return i32[o + 4] >> 24 !== 0 ? i32[o + ic[k + 2]] : 0;
    if (kind === AttrKind.SLOT) return i32[o + ic[k + 2]];
    if (kind === AttrKind.CLASS_KEYS)
      return i32[o + 4] >> 24 !== 0 && i32[i32[t + 220] + 3] === ic[k + 3] ? ic[k + 2] : 0;
    if (kind === AttrKind.CLASS) return ic[k + 2];
    if (kind === AttrKind.MODULE) {
      const keys = i32[i32[o + 4] + 8];
      return i32[keys + 3] === ic[k + 2] ? i32[keys + ic[k + 3]] : 0;
    }
    if (kind === AttrKind.PROPERTY) return 0;
    return i32[o + 96] === ic[k + 2] ? ic[k + 3] : 0;
  }

  /** LOAD_ATTR of an operand (f = 1: owned). */
  function ga(o: number, name: number, ic: Int32Array, c: number, f: number, top: number): number {
    const v = cached(o, ic, c);
    if (v === 0) return attrSlow(rt, o, name, ic, c, f, top);
    incref(v);
    if (f !== 0) decref(o);
    return v;
  }

  /** STORE_ATTR: o (f & 1) gets v (f & 2). */
  function sa(o: number, name: number, v: number, ic: Int32Array, c: number, f: number, top: number): void {
    const version = i32[i32[o + 2] + 96];
    let k = c;
    if (ic[k] !== version) k += 4;
    if (ic[k] === version) {
      const kind = ic[k + 1];
      const at = o + ic[k + 2];
      if (kind === AttrKind.INLINE) {
        const head = i32[o + 4];
        if (head >> 24 !== 0) {
          const old = i32[at];
          if (old !== 0) {
            if ((f & 2) === 0) incref(v);
            i32[at] = v;
            decref(old);
            if ((f & 1) !== 0) decref(o);
            return;
          }
          if (i32[o - 6] === 0) {
            // A new attribute: its index is appended to the order of insertion.
            if ((f & 2) === 0) incref(v);
            i32[at] = v;
            rt.u8[(o + 6 + 2 * (head & 255)) * 4 + ((head >> 8) & 255)] = ic[k + 3];
            i32[o + 4] = head + 0x100;
            if ((f & 1) !== 0) decref(o);
            return;
          }
        }
      } else if (kind === AttrKind.SLOT) {
        const old = i32[at];
        if ((f & 2) === 0) incref(v);
        i32[at] = v;
        if (old !== 0) decref(old);
        if ((f & 1) !== 0) decref(o);
        return;
      }
    }
    setAttrSlow(rt, o, name, v, ic, c, f, top);
  }

  /**
   * LOAD_ATTR for a call: takes over `self`; returns the callable (new), negated when it takes no self, which has then been
   * released. [type version, kind, callable or keys version ...] as for ga.
   */
  function lm(self: number, name: number, ic: Int32Array, c: number, top: number): number {
    const t = i32[self + 2];
    const v = i32[t + 96];
    let k = c;
    if (ic[k] !== v) {
      k += 4;
      if (ic[k] !== v) return methodSlow(rt, self, name, ic, c, top);
    }
    const kind = ic[k + 1];
    if (
      kind === AttrKind.CLASS_KEYS
        ? i32[self + 4] >> 24 !== 0 && i32[i32[t + 220] + 3] === ic[k + 3]
        : kind === AttrKind.CLASS
    ) {
      const m = ic[k + 2];
      incref(m);
      return m;
    }
    if (kind === AttrKind.MODULE) {
      const keys = i32[i32[self + 4] + 8];
      const m = i32[keys + 3] === ic[k + 2] ? i32[keys + ic[k + 3]] : 0;
      if (m !== 0) {
        incref(m);
        decref(self);
        return -m;
      }
    }
    return methodSlow(rt, self, name, ic, c, top);
  }

  /** s += x on a local: appends in place where that cannot be seen; 0 when the local has been updated already. */
  function addLocal(a: number, b: number, f: number, top: number, at: number): number {
    const t = i32[a + 2];
    if (isNumber(a) && isNumber(b)) return b_add(a, b, f, top);
    // Beside the evaluation stack (f & 1), which holds it no longer, the local is the only holder: it may grow where it stands.
    if (t === STR && i32[b + 2] === STR && i32[a] === 1 + (f & 1) && i32[at] === a) {
      i32[a] = 1;
      if ((f & 2) !== 0) i32[top] = b;
      PyUnicode_Append(rt, at, b);
      if ((f & 2) !== 0) {
        i32[top] = 0;
        decref(b);
      }
      return 0;
    }
    return binarySlow(rt, Bin.InPlaceAdd, a, b, f, top);
  }

  /** The object of a float that compiled code kept unboxed. */
  const boxFloat = (v: number): number => floatNew(v) || PyFloat_FromDouble(rt, v);

  /** The character of a str of length 1. */
  const charCode = (s: number): number => charAt(rt, s, 0);

  const strEqual = (a: number, b: number): boolean => _PyUnicode_EQ(rt, a, b);

  return {
    strEqual,
    dictFind,
    dictStore,
    u8,
    nextRange,
    nextList,
    nextTuple,
    setHas,
    wide,
    wideNew,
    charCode,
    FROZENSET,
    STR,
    DICT,
    SET,
    INT,
    FLOAT,
    LIST,
    TUPLE,
    f64,
    dealloc,
    intNew,
    boxFloat,
    incref,
    decref,
    releaseRange,
    b_add,
    b_subtract,
    b_multiply,
    b_truediv,
    b_modulo,
    b_floordiv,
    b_and_,
    b_or_,
    b_xor,
    b_rshift,
    b_lshift,
    b_matmul: slow(Bin.MatrixMultiply),
    b_power,
    i_add,
    i_subtract,
    i_multiply,
    i_truediv: inplace(b_truediv, Bin.InPlaceTrueDivide),
    i_modulo: inplace(b_modulo, Bin.InPlaceRemainder),
    i_floordiv: inplace(b_floordiv, Bin.InPlaceFloorDivide),
    i_and_: inplaceInt(b_and_, Bin.InPlaceAnd),
    i_or_: inplaceInt(b_or_, Bin.InPlaceOr),
    i_xor: inplaceInt(b_xor, Bin.InPlaceXor),
    i_rshift: inplaceInt(b_rshift, Bin.InPlaceRshift),
    i_lshift: inplaceInt(b_lshift, Bin.InPlaceLshift),
    i_matmul: slow(Bin.InPlaceMatrixMultiply),
    i_power: slow(Bin.InPlacePower),
    c_lt,
    c_le,
    c_eq,
    c_ne,
    c_gt,
    c_ge,
    t_lt,
    t_le,
    t_eq,
    t_ne,
    t_gt,
    t_ge,
    truth,
    istrue,
    contains,
    notContains,
    getitem,
    setitem,
    append,
    appendTo,
    next,
    lg,
    ln,
    ga,
    sa,
    lm,
    addLocal,
  };
}
