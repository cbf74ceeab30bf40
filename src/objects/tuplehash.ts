/** The hash of tuples and slices: xxHash's 64-bit rounds over the items' hashes. Part of the object layer. */
import type { Runtime } from "./runtime.ts";

/** 64-bit products and sums, as two signed 32-bit halves: results in `lo` and `hi`. */
let lo = 0;
let hi = 0;

/** (aLo, aHi) * (bLo, bHi) mod 2**64 */
function multiply(aLo: number, aHi: number, bLo: number, bHi: number): void {
  const a0 = aLo & 0xffff;
  const a1 = aLo >>> 16;
  const b0 = bLo & 0xffff;
  const b1 = bLo >>> 16;
  const low = a0 * b0;
  const mid = a1 * b0 + Math.floor(low / 65536);
  const mid2 = a0 * b1 + (mid % 65536);
  const carry = a1 * b1 + Math.floor(mid / 65536) + Math.floor(mid2 / 65536);
  lo = Math.imul(aLo, bLo);
  hi = (carry + Math.imul(aLo, bHi) + Math.imul(aHi, bLo)) | 0;
}

function add(aLo: number, aHi: number, bLo: number, bHi: number): void {
  const sum = (aLo >>> 0) + (bLo >>> 0);
  lo = sum | 0;
  hi = (aHi + bHi + (sum > 0xffffffff ? 1 : 0)) | 0;
}

// The primes of xxHash: 11400714785074694791, 14029467366897019727, 2870177450012600261.
const P1_LO = 0x85ebca87 | 0;
const P1_HI = 0x9e3779b1 | 0;
const P2_LO = 0x27d4eb4f | 0;
const P2_HI = 0xc2b2ae3d | 0;
const P5_LO = 0x165667c5 | 0;
const P5_HI = 0x27d4eb2f | 0;

/**
 * The hash of n items, item i's by `hashOf(i)` (low half; high in rt.hashHi). A tuple mixes its length in; a slice does not.
 */
export function tupleHash(rt: Runtime, n: number, hashOf: (i: number) => number, isSlice: boolean): number {
  let accLo = P5_LO;
  let accHi = P5_HI;
  for (let i = 0; i < n; i++) {
    const h = hashOf(i);
    multiply(h, rt.hashHi, P2_LO, P2_HI);
    add(lo, hi, accLo, accHi);
    const rotLo = (lo << 31) | (hi >>> 1);
    const rotHi = (hi << 31) | (lo >>> 1);
    multiply(rotLo, rotHi, P1_LO, P1_HI);
    accLo = lo;
    accHi = hi;
  }
  if (!isSlice) {
    add(accLo, accHi, n ^ P5_LO ^ 3527539, P5_HI);
    accLo = lo;
    accHi = hi;
  }
  // -1 is the error value.
  if (accLo === -1 && accHi === -1) {
    accLo = 1546275796;
    accHi = 0;
  }
  rt.hashHi = accHi;
  return accLo;
}
