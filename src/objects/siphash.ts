/**
 * SipHash-1-3, CPython 3.13's hash of text and bytes, on 64-bit words kept as two 32-bit halves. Part of the object layer.
 */
import type { Runtime } from "./runtime.ts";

/**
 * The hash of `n` bytes of the heap from BYTE address `at`: low 32 bits returned, high ones left in `rt.hashHi`.
 *
 * One loop does all rounds: a round for each 8 bytes, one for the last block (length and tail), three to finish, which
 * mix in nothing.
 */
export function siphash13(rt: Runtime, at: number, n: number): number {
  const i32 = rt.i32;
  const key = rt.hashKey;
  let v0l = key[0] ^ 0x70736575;
  let v0h = key[1] ^ 0x736f6d65;
  let v1l = key[2] ^ 0x6e646f6d;
  let v1h = key[3] ^ 0x646f7261;
  let v2l = key[0] ^ 0x6e657261;
  let v2h = key[1] ^ 0x6c796765;
  let v3l = key[2] ^ 0x79746573;
  let v3h = key[3] ^ 0x74656462;
  const shift = (at & 3) << 3;
  let w = (at - (at & 3)) / 4;
  const blocks = n >>> 3;
  for (let k = 0; k < blocks + 4; k++) {
    let ml = 0;
    let mh = 0;
    if (k < blocks) {
      if (shift === 0) {
        ml = i32[w];
        mh = i32[w + 1];
      } else {
        ml = (i32[w] >>> shift) | (i32[w + 1] << (32 - shift));
        mh = (i32[w + 1] >>> shift) | (i32[w + 2] << (32 - shift));
      }
      w += 2;
    } else if (k === blocks) {
      const from = at + (n & ~7);
      const rest = n & 7;
      ml = tail(rt.u8, from, rest > 4 ? 4 : rest);
      mh = (n << 24) | (rest > 4 ? tail(rt.u8, from + 4, rest - 4) : 0);
    } else if (k === blocks + 1) v2l ^= 0xff;
    v3l ^= ml;
    v3h ^= mh;
    // v0 += v1; v2 += v3; v1 = rotl(v1, 13) ^ v0; v3 = rotl(v3, 16) ^ v2; v0 = rotl(v0, 32)
    let l = (v0l + v1l) | 0;
    let h = (v0h + v1h + (l >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
    v0l = h;
    v0h = l;
    let t = (v1l << 13) | (v1h >>> 19);
    v1h = ((v1h << 13) | (v1l >>> 19)) ^ h;
    v1l = t ^ l;
    l = (v2l + v3l) | 0;
    h = (v2h + v3h + (l >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
    v2l = l;
    v2h = h;
    t = (v3l << 16) | (v3h >>> 16);
    v3h = ((v3h << 16) | (v3l >>> 16)) ^ h;
    v3l = t ^ l;
    // v2 += v1; v0 += v3; v1 = rotl(v1, 17) ^ v2; v3 = rotl(v3, 21) ^ v0; v2 = rotl(v2, 32)
    l = (v2l + v1l) | 0;
    h = (v2h + v1h + (l >>> 0 < v2l >>> 0 ? 1 : 0)) | 0;
    v2l = h;
    v2h = l;
    t = (v1l << 17) | (v1h >>> 15);
    v1h = ((v1h << 17) | (v1l >>> 15)) ^ h;
    v1l = t ^ l;
    l = (v0l + v3l) | 0;
    h = (v0h + v3h + (l >>> 0 < v0l >>> 0 ? 1 : 0)) | 0;
    v0l = l;
    v0h = h;
    t = (v3l << 21) | (v3h >>> 11);
    v3h = ((v3h << 21) | (v3l >>> 11)) ^ h;
    v3l = t ^ l;
    v0l ^= ml;
    v0h ^= mh;
  }
  rt.hashHi = v0h ^ v1h ^ v2h ^ v3h;
  return v0l ^ v1l ^ v2l ^ v3l;
}

/** Up to four bytes, little endian. */
function tail(u8: Uint8Array, at: number, n: number): number {
  let v = 0;
  for (let i = 0; i < n; i++) v |= u8[at + i] << (8 * i);
  return v;
}

/**
 * Sets the key: all zero for seed 0, from the linear congruential generator that PYTHONHASHSEED selects for another seed,
 * at random without one.
 */
export function initHashSecret(rt: Runtime): void {
  const seed = rt.options.hashSeed;
  const bytes = new Uint8Array(rt.hashKey.buffer);
  if (seed === undefined) bytes.set(rt.host.random(16));
  else if (seed !== 0) lcg_urandom(seed, bytes);
}

function lcg_urandom(seed: number, out: Uint8Array): void {
  let x = seed | 0;
  for (let i = 0; i < out.length; i++) {
    x = (Math.imul(x, 214013) + 2531011) | 0;
    out[i] = x >>> 16;
  }
}
