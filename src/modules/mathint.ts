/** The functions of math on ints: gcd, lcm, factorial, comb, perm, isqrt. Part of the modules. */
import { checkArgs } from "../objects/argparse.ts";
import { overflowError, valueError } from "../objects/errors.ts";
import { bigIntOf, exactNumber, PyLong_FromBigInt, PyLong_FromNumber } from "../objects/long.ts";
import { bitLength } from "../objects/longpow.ts";
import { PyNumber_Index } from "../objects/number.ts";
import { decref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";

/** o.__index__() as a BigInt. */
function indexBig(rt: Runtime, o: Ref): bigint {
  const index = PyNumber_Index(rt, o);
  const v = bigIntOf(rt, index);
  decref(rt, index);
  return v;
}

function gcdNumbers(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function gcdBig(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a;
  if (b < 0n) b = -b;
  while (b > 9007199254740991n) [a, b] = [b, a % b];
  if (b === 0n) return a;
  return BigInt(gcdNumbers(Number(b), Number(a % b)));
}

function math_gcd(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  let r = 0n;
  for (let i = 0; i < nargs; i++) r = gcdBig(r, indexBig(rt, rt.i32[args + 2 * i]));
  return PyLong_FromBigInt(rt, r);
}

function math_lcm(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  let r = 1n;
  for (let i = 0; i < nargs; i++) {
    const v = indexBig(rt, rt.i32[args + 2 * i]);
    if (r === 0n) continue;
    r = v === 0n ? 0n : (r / gcdBig(r, v)) * v;
    if (r < 0n) r = -r;
  }
  return PyLong_FromBigInt(rt, r);
}

/** from * (from + 1) * ... * (to - 1) by halves. */
function productRange(from: bigint, to: bigint): bigint {
  const n = to - from;
  if (n <= 8n) {
    let r = 1n;
    for (let v = from; v < to; v++) r *= v;
    return r;
  }
  const mid = from + n / 2n;
  return productRange(from, mid) * productRange(mid, to);
}

const MAX_LONG = 9223372036854775807n;

function math_factorial(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  const n = indexBig(rt, arg);
  if (n > MAX_LONG) throw overflowError(rt, `factorial() argument should not exceed ${MAX_LONG}`);
  if (n < 0n) throw valueError(rt, "factorial() not defined for negative values");
  return PyLong_FromBigInt(rt, productRange(1n, n + 1n));
}

function math_perm(rt: Runtime, m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "perm", nargs, 1, 2);
  if (nargs === 1 || rt.i32[args + 2] === rt.None) return math_factorial(rt, m, rt.i32[args]);
  const n = indexBig(rt, rt.i32[args]);
  const k = indexBig(rt, rt.i32[args + 2]);
  if (n < 0n) throw valueError(rt, "n must be a non-negative integer");
  if (k < 0n) throw valueError(rt, "k must be a non-negative integer");
  if (k > n) return rt.smallInts;
  if (k > MAX_LONG) throw overflowError(rt, `k must not exceed ${MAX_LONG}`);
  return PyLong_FromBigInt(rt, productRange(n - k + 1n, n + 1n));
}

function math_comb(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "comb", nargs, 2, 2);
  const n = indexBig(rt, rt.i32[args]);
  let k = indexBig(rt, rt.i32[args + 2]);
  if (n < 0n) throw valueError(rt, "n must be a non-negative integer");
  if (k < 0n) throw valueError(rt, "k must be a non-negative integer");
  if (k > n) return rt.smallInts;
  if (n - k < k) k = n - k;
  if (k > MAX_LONG) throw overflowError(rt, `min(n - k, k) must not exceed ${MAX_LONG}`);
  return PyLong_FromBigInt(rt, combination(n, k));
}

/** Small ones step by step in exact numbers; others as a quotient of products. */
function combination(n: bigint, k: bigint): bigint {
  if (n < 1000000n && k < 60n) {
    let r = 1;
    const top = Number(n);
    for (let i = 1; i <= Number(k); i++) {
      const product = r * (top - i + 1);
      if (product > Number.MAX_SAFE_INTEGER)
        return productRange(n - k + 1n, n + 1n) / productRange(1n, k + 1n);
      r = product / i;
    }
    return BigInt(r);
  }
  return productRange(n - k + 1n, n + 1n) / productRange(1n, k + 1n);
}

/** floor(sqrt(n)) by Newton's method from a good start. */
function isqrtBig(n: bigint): bigint {
  const shift = BigInt(Math.max(0, (bitLength(n) - 100) >> 1));
  let r =
    shift === 0n
      ? BigInt(Math.floor(Math.sqrt(Number(n)))) + 1n
      : (isqrtBig(n >> (2n * shift)) + 1n) << shift;
  for (;;) {
    const next = (r + n / r) >> 1n;
    if (next >= r) return r;
    r = next;
  }
}

function math_isqrt(rt: Runtime, _m: Ref, arg: Ref): NewRef {
  const index = PyNumber_Index(rt, arg);
  const n = exactNumber(rt, index);
  const big = Number.isNaN(n) ? bigIntOf(rt, index) : 0n;
  decref(rt, index);
  if (n < 0 || big < 0n) throw valueError(rt, "isqrt() argument must be nonnegative");
  if (Number.isNaN(n)) return PyLong_FromBigInt(rt, isqrtBig(big));
  let r = Math.floor(Math.sqrt(n));
  if (r * r > n) r--;
  return PyLong_FromNumber(rt, r);
}

export const mathIntMethods: MethodDef[] = [
  {
    name: "gcd",
    flags: METH.FASTCALL,
    fn: math_gcd,
    sig: "($module, *integers)",
    doc: "Greatest common divisor.",
  },
  {
    name: "lcm",
    flags: METH.FASTCALL,
    fn: math_lcm,
    sig: "($module, *integers)",
    doc: "Least common multiple.",
  },
  { name: "factorial", flags: METH.O, fn: math_factorial, sig: "($module, n, /)", doc: "n!" },
  { name: "perm", flags: METH.FASTCALL, fn: math_perm, sig: "($module, n, k=None, /)", doc: "n! / (n - k)!" },
  { name: "comb", flags: METH.FASTCALL, fn: math_comb, sig: "($module, n, k, /)", doc: "n over k." },
  {
    name: "isqrt",
    flags: METH.O,
    fn: math_isqrt,
    sig: "($module, n, /)",
    doc: "The integer part of the square root.",
  },
];
