/**
 * The module _random: the Mersenne Twister MT19937, seeded and read as CPython does. Part of the modules. The 624 words of
 * state stand in the object, in the heap, after the index.
 *
 *   byte  0           8         16      20             2516
 *         | ob_refcnt | ob_type | index | state[624] ...
 */
import { checkArgs, noKeywords } from "../objects/argparse.ts";
import { PyLong_Check, PyLong_CheckExact, PyTuple_Check } from "../objects/check.ts";
import { PyObject_Hash } from "../objects/compare.ts";
import { defineType } from "../objects/defineType.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { PyFloat_FromDouble } from "../objects/float.ts";
import { TF, Tuple } from "../objects/layout.ts";
import {
  bigIntOf,
  PyLong_AsInt,
  PyLong_AsLong,
  PyLong_FromBigInt,
  PyLong_FromNumber,
} from "../objects/long.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import { _PyNumber_Index } from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { PyTuple_New, PyTuple_SET_ITEM, tupleItem } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { createModule } from "./native.ts";

const N = 624;
const M = 397;

const enum Rand {
  index = 4,
  state = 5,
  BYTES = 2520,
}

/** One step of the recurrence for word k. */
function twist(state: Int32Array, at: number, k: number, k1: number, km: number): void {
  const y = (state[at + k] & 0x80000000) | (state[at + k1] & 0x7fffffff);
  state[at + k] = state[at + km] ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : 0x9908b0df);
}

/** The next 32 random bits, not negative. */
function genrand_uint32(rt: Runtime, self: Ref): number {
  const i32 = rt.i32;
  const at = self + Rand.state;
  let index = i32[self + Rand.index];
  if (index >= N) {
    let k = 0;
    for (; k < N - M; k++) twist(i32, at, k, k + 1, k + M);
    for (; k < N - 1; k++) twist(i32, at, k, k + 1, k + M - N);
    twist(i32, at, N - 1, 0, M - 1);
    index = 0;
  }
  let y = i32[at + index];
  i32[self + Rand.index] = index + 1;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}

function init_genrand(rt: Runtime, self: Ref, s: number): void {
  const i32 = rt.i32;
  const at = self + Rand.state;
  i32[at] = s;
  for (let i = 1; i < N; i++) {
    const prev = i32[at + i - 1];
    i32[at + i] = (Math.imul(1812433253, prev ^ (prev >>> 30)) + i) | 0;
  }
  i32[self + Rand.index] = N;
}

/** Mixes a key of 32-bit words into the state. */
function init_by_array(rt: Runtime, self: Ref, key: Uint32Array): void {
  init_genrand(rt, self, 19650218);
  const i32 = rt.i32;
  const at = self + Rand.state;
  let i = 1;
  let j = 0;
  for (let k = Math.max(N, key.length); k > 0; k--) {
    const prev = i32[at + i - 1];
    i32[at + i] = ((i32[at + i] ^ Math.imul(prev ^ (prev >>> 30), 1664525)) + key[j] + j) | 0;
    if (++i >= N) {
      i32[at] = i32[at + N - 1];
      i = 1;
    }
    if (++j >= key.length) j = 0;
  }
  for (let k = N - 1; k > 0; k--) {
    const prev = i32[at + i - 1];
    i32[at + i] = ((i32[at + i] ^ Math.imul(prev ^ (prev >>> 30), 1566083941)) - i) | 0;
    if (++i >= N) {
      i32[at] = i32[at + N - 1];
      i = 1;
    }
  }
  i32[at] = 0x80000000;
}

/** The words of a non-negative number, at least one. */
function keyOf(v: bigint): Uint32Array {
  const hex = v.toString(16);
  const key = new Uint32Array(Math.max(1, Math.ceil(hex.length / 8)));
  for (let i = 0, end = hex.length; end > 0; i++, end -= 8) {
    key[i] = Number.parseInt(hex.slice(Math.max(0, end - 8), end), 16);
  }
  return key;
}

function seedFrom(rt: Runtime, self: Ref, arg: OptRef): void {
  if (arg === 0 || arg === rt.None) {
    const key = new Uint32Array(N);
    globalThis.crypto.getRandomValues(key);
    init_by_array(rt, self, key);
    return;
  }
  let v: bigint;
  if (PyLong_CheckExact(rt, arg) || PyLong_Check(rt, arg)) v = bigIntOf(rt, arg);
  else {
    const lo = PyObject_Hash(rt, arg);
    v = (BigInt(rt.hashHi >>> 0) << 32n) | BigInt(lo >>> 0);
  }
  init_by_array(rt, self, keyOf(v < 0n ? -v : v));
}

function random_seed(rt: Runtime, self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "seed", nargs, 0, 1);
  seedFrom(rt, self, nargs === 0 ? 0 : rt.i32[args]);
  return rt.None;
}

/** 53 random bits as a fraction. */
function random_random(rt: Runtime, self: Ref): NewRef {
  const a = genrand_uint32(rt, self) >>> 5;
  const b = genrand_uint32(rt, self) >>> 6;
  return PyFloat_FromDouble(rt, (a * 67108864 + b) * (1 / 9007199254740992));
}

function random_getrandbits(rt: Runtime, self: Ref, arg: Ref): NewRef {
  const index = push(rt, _PyNumber_Index(rt, arg));
  let k = PyLong_AsLong(rt, rt.i32[index]);
  drop(rt);
  if (k < 0) throw valueError(rt, "number of bits must be non-negative");
  if (k === 0) return rt.smallInts;
  if (k <= 32) return PyLong_FromNumber(rt, genrand_uint32(rt, self) >>> (32 - k));
  const words: string[] = [];
  for (; k > 0; k -= 32) {
    const r = genrand_uint32(rt, self);
    words.push((k < 32 ? r >>> (32 - k) : r).toString(16).padStart(8, "0"));
  }
  return PyLong_FromBigInt(rt, BigInt(`0x${words.reverse().join("")}`));
}

function random_getstate(rt: Runtime, self: Ref): NewRef {
  const t = push(rt, PyTuple_New(rt, N + 1));
  for (let i = 0; i < N; i++)
    PyTuple_SET_ITEM(rt, rt.i32[t], i, PyLong_FromNumber(rt, rt.u32[self + Rand.state + i]));
  PyTuple_SET_ITEM(rt, rt.i32[t], N, PyLong_FromNumber(rt, rt.i32[self + Rand.index]));
  return pop(rt);
}

function random_setstate(rt: Runtime, self: Ref, state: Ref): NewRef {
  if (!PyTuple_Check(rt, state)) throw typeError(rt, "state vector must be a tuple");
  if (rt.i32[state + Tuple.size] !== N + 1) throw valueError(rt, "state vector is the wrong size");
  const words: number[] = [];
  for (let i = 0; i < N; i++) {
    const item = tupleItem(rt, state, i);
    if (!PyLong_Check(rt, item)) throw typeError(rt, "an integer is required");
    words.push(Number(BigInt.asIntN(32, bigIntOf(rt, item))));
  }
  const index = PyLong_AsInt(rt, tupleItem(rt, state, N));
  if (index < 0 || index > N) throw valueError(rt, "invalid state");
  for (let i = 0; i < N; i++) rt.i32[self + Rand.state + i] = words[i];
  rt.i32[self + Rand.index] = index;
  return rt.None;
}

function random_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  noKeywords(rt, "Random", kwargs);
  const n = rt.i32[args + Tuple.size];
  checkArgs(rt, "Random", n, 0, 1);
  seedFrom(rt, self, n === 0 ? 0 : tupleItem(rt, args, 0));
}

const methods: MethodDef[] = [
  {
    name: "random",
    flags: METH.NOARGS,
    fn: random_random,
    sig: "($self, /)",
    doc: "A float from 0 to before 1.",
  },
  {
    name: "seed",
    flags: METH.FASTCALL,
    fn: random_seed,
    sig: "($self, n=None, /)",
    doc: "Starts a sequence.",
  },
  {
    name: "getstate",
    flags: METH.NOARGS,
    fn: random_getstate,
    sig: "($self, /)",
    doc: "The state as a tuple.",
  },
  {
    name: "setstate",
    flags: METH.O,
    fn: random_setstate,
    sig: "($self, state, /)",
    doc: "Goes back to a state.",
  },
  {
    name: "getrandbits",
    flags: METH.O,
    fn: random_getrandbits,
    sig: "($self, k, /)",
    doc: "An int of k random bits.",
  },
];

export function initModule__random(rt: Runtime): NewRef {
  const m = push(rt, createModule(rt, "_random", [], "The Mersenne Twister."));
  const type = defineType(rt, {
    name: "_random.Random",
    basicsize: Rand.BYTES,
    flags: TF.BASETYPE,
    heap: true,
    doc: "A generator with its own state; Random(seed).",
    slots: { tp_new: PyType_GenericNew, tp_init: random_init },
    methods,
  });
  PyModule_AddObject(rt, rt.i32[m], "Random", type);
  return pop(rt);
}
