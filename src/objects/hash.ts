/**
 * Hashes of 64 bits as pairs: a function returns the low 32 bits (signed) and leaves the high ones in `rt.hashHi`. Numbers
 * hash modulo the prime 2^61 - 1; text and bytes by siphash13; tuples by the mixing steps of xxHash. Part of the object layer.
 */
import { PyObject_Hash } from "./compare.ts";
import { Bytes, Str } from "./layout.ts";
import type { Runtime } from "./runtime.ts";
import { siphash13 } from "./siphash.ts";
import { strData, strKind } from "./str.ts";
import type { Ref } from "./typeinfo.ts";

/** Hash of infinity. */
const PyHASH_INF = 314159;

/** Makes a pair a valid hash: -1 becomes -2. */
export function setHash(rt: Runtime, lo: number, hi: number): number {
  rt.hashHi = hi;
  return (lo & hi) === -1 ? -2 : lo;
}

/** _Py_HashBytes: `n` bytes from BYTE address `at`; nothing hashes to 0. */
export function _Py_HashBytes(rt: Runtime, at: number, n: number): number {
  if (n === 0) {
    rt.hashHi = 0;
    return 0;
  }
  const lo = siphash13(rt, at, n);
  return (lo & rt.hashHi) === -1 ? -2 : lo;
}

/** unicode_hash: of a str or an instance of a subclass; computed once, kept in the object. */
export function unicode_hash(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  let lo = i32[p + Str.hash];
  const hi = i32[p + Str.hashHi];
  if ((lo & hi) !== -1) {
    rt.hashHi = hi;
    return lo;
  }
  lo = _Py_HashBytes(rt, strData(rt, p) * 4, i32[p + Str.length] * strKind(rt, p));
  i32[p + Str.hash] = lo;
  i32[p + Str.hashHi] = rt.hashHi;
  return lo;
}

/** bytes_hash, kept in the object. */
export function bytes_hash(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  let lo = i32[p + Bytes.hash];
  const hi = i32[p + Bytes.hashHi];
  if ((lo & hi) !== -1) {
    rt.hashHi = hi;
    return lo;
  }
  lo = _Py_HashBytes(rt, (p + Bytes.data) * 4, i32[p + Bytes.size]);
  i32[p + Bytes.hash] = lo;
  i32[p + Bytes.hashHi] = rt.hashHi;
  return lo;
}

/**
 * _Py_HashPointer: the byte address 4 * p (34 bits at most) rotated right by 4 of 64 bits, so that the low bits, always
 * zero, come last.
 */
export function _Py_HashPointer(rt: Runtime, p: Ref): number {
  rt.hashHi = (p & 3) << 30;
  return p >>> 2;
}

const scratch = new Float64Array(1);
const scratchWords = new Int32Array(scratch.buffer);

/**
 * _Py_HashDouble. A double is m * 2^e with a 53-bit m; modulo 2^61 - 1, multiplying by 2^e rotates the 61 bits of m left
 * by e mod 61. A NaN hashes as the object that holds it.
 */
export function _Py_HashDouble(rt: Runtime, inst: Ref, v: number): number {
  if ((v | 0) === v) return setHash(rt, v | 0, v < 0 ? -1 : 0);
  if (!Number.isFinite(v)) {
    if (v !== v) return _Py_HashPointer(rt, inst);
    return setHash(rt, v > 0 ? PyHASH_INF : -PyHASH_INF, v > 0 ? 0 : -1);
  }
  scratch[0] = v;
  const lo = scratchWords[0];
  const top = scratchWords[1];
  const exponent = (top >>> 20) & 0x7ff;
  const hi = exponent === 0 ? top & 0xfffff : (top & 0xfffff) | 0x100000;
  const e = (((exponent === 0 ? 1 : exponent) - 1075) % 61) + 61;
  return rotate61(rt, lo, hi, e % 61, v < 0);
}

/** (hi:lo) of at most 61 bits, rotated left by r within 61 bits, negated if asked for: as a hash. */
function rotate61(rt: Runtime, lo: number, hi: number, r: number, negative: boolean): number {
  const s = 61 - r;
  const ll = r < 32 ? lo << r : 0;
  const lh = r === 0 ? hi : r < 32 ? (hi << r) | (lo >>> (32 - r)) : lo << (r - 32);
  const rl = s < 32 ? (lo >>> s) | (hi << (32 - s)) : hi >>> (s - 32);
  const rh = s < 32 ? hi >>> s : 0;
  let l = ll | rl;
  let h = (lh & 0x1fffffff) | rh;
  if (negative) {
    l = -l | 0;
    h = l === 0 ? -h | 0 : ~h;
  }
  return setHash(rt, l, h);
}

/** High 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
export function mulHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = Math.imul(a0, b0);
  const mid = (Math.imul(a1, b0) + (low >>> 16)) | 0;
  const mid2 = (Math.imul(a0, b1) + (mid & 0xffff)) | 0;
  return (Math.imul(a1, b1) + (mid >>> 16) + (mid2 >>> 16)) | 0;
}

// The primes of xxHash's 64-bit variant, as halves.
const P1L = 0x85ebca87;
const P1H = 0x9e3779b1;
const P2L = 0x27d4eb4f;
const P2H = 0xc2b2ae3d;
const P5L = 0x165667c5;
const P5H = 0x27d4eb2f;

/** The hash of a tuple of the `n` items in the slots from word address `at` (2 words apart); hashes each. */
export function hashTupleItems(rt: Runtime, at: number, n: number): number {
  return hashItems(rt, at, n, n ^ P5L ^ 3527539, P5H);
}

/** The hash of a slice, which does not mix the number of items in. */
export function hashSliceItems(rt: Runtime, at: number): number {
  return hashItems(rt, at, 3, 0, 0);
}

function hashItems(rt: Runtime, at: number, n: number, lastL: number, lastH: number): number {
  let al = P5L;
  let ah = P5H;
  for (let i = 0; i < n; i++) {
    const l = PyObject_Hash(rt, rt.i32[at + 2 * i]);
    const h = rt.hashHi;
    // acc += lane * P2; acc = rotl(acc, 31); acc *= P1
    const pl = Math.imul(l, P2L);
    const ph = (mulHigh(l, P2L) + Math.imul(h, P2L) + Math.imul(l, P2H)) | 0;
    const sl = (al + pl) | 0;
    const sh = (ah + ph + (sl >>> 0 < al >>> 0 ? 1 : 0)) | 0;
    const rl = (sl << 31) | (sh >>> 1);
    const rh = (sh << 31) | (sl >>> 1);
    al = Math.imul(rl, P1L);
    ah = (mulHigh(rl, P1L) + Math.imul(rh, P1L) + Math.imul(rl, P1H)) | 0;
  }
  const l = (al + lastL) | 0;
  const h = (ah + lastH + (l >>> 0 < al >>> 0 ? 1 : 0)) | 0;
  rt.hashHi = h;
  if ((l & h) !== -1) return l;
  rt.hashHi = 0;
  return 1546275796;
}
