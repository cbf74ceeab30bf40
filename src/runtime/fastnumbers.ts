/**
 * Counts, and arithmetic on ints and floats, for compiled code (see fast.ts). Part of the runtime.
 */
import { Cell, USEDPOOLS } from "../heap/cells.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { Free } from "../objects/freelists.ts";
import { Str } from "../objects/layout.ts";
import { list_dealloc } from "../objects/list.ts";
import { _Py_Dealloc } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PyUnicode_Append } from "../objects/strconcat.ts";
import { tupledealloc } from "../objects/tuple.ts";
import { PyObject_Free } from "../pymalloc/domains.ts";
import { Pool } from "../pymalloc/layout.ts";
import { pymalloc_pool_extend } from "../pymalloc/pools.ts";
import { Bin, binarySlow } from "./operators.ts";

/** 2**0 to 2**52 */
const POWERS = Array.from({ length: 53 }, (_, n) => 2 ** n);
/** Str.state of a compact ASCII string that is neither interned nor static, and the longest that lies in a pool. */
const PLAIN_ASCII = 0x64;
const POOL_TEXT = 512 - Str.ASCII_HEAD_BYTES - 1;

export function makeNumbers(rt: Runtime) {
  const i32 = rt.i32;
  const f64 = rt.f64;
  const INT = rt.types.int;
  const FLOAT = rt.types.float;
  const LIST = rt.types.list;
  const TUPLE = rt.types.tuple;
  const STR = rt.types.str;

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

  return {
    incref,
    decref,
    dealloc,
    release,
    releaseRange,
    value,
    wide,
    wideNew,
    intNew,
    boxFloat,
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
    b_power,
    i_add,
    i_subtract,
    i_multiply,
    addLocal,
    b_matmul: slow(Bin.MatrixMultiply),
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
  };
}

export type Numbers = ReturnType<typeof makeNumbers>;
