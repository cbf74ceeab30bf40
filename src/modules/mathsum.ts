/** Sums, products and norms of math: fsum, prod, sumprod, dist, hypot. Part of the modules. */
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { PyFloat_CheckExact, PyLong_CheckExact } from "../objects/check.ts";
import { ddAdd, ddSqrt, R, twoProd } from "../objects/dd.ts";
import { overflowError, valueError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE, PyFloat_AsDouble, PyFloat_FromDouble } from "../objects/float.ts";
import { PyIter_Next, PyObject_GetIter } from "../objects/iterproto.ts";
import { PyLong_AsDouble } from "../objects/longpow.ts";
import { PyNumber_Add, PyNumber_Multiply } from "../objects/number.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { PySequence_Tuple } from "../objects/sequence.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";

/** Shewchuk's exact sum: partials that do not overlap, smallest first. */
class ExactSum {
  private readonly partials: number[] = [];
  private special = 0;
  private infinite = 0;
  overflowed = false;

  add(x: number): void {
    if (!Number.isFinite(x)) {
      if (!Number.isNaN(x)) this.infinite += x;
      this.special += x;
      return;
    }
    const p = this.partials;
    let n = 0;
    let sum = x;
    for (let j = 0; j < p.length; j++) {
      let a = sum;
      let b = p[j];
      if (Math.abs(a) < Math.abs(b)) [a, b] = [b, a];
      sum = a + b;
      const rest = b - (sum - a);
      if (rest !== 0) p[n++] = rest;
    }
    p.length = n;
    if (!Number.isFinite(sum)) this.overflowed = true;
    else if (sum !== 0 || n === 0) p.push(sum);
  }

  isEmpty(): boolean {
    return this.partials.length === 0;
  }

  hasSpecial(): boolean {
    return this.special !== 0;
  }

  /** NaN from inf - inf? */
  clash(): boolean {
    return Number.isNaN(this.infinite);
  }

  specialSum(): number {
    return this.special;
  }

  /** The sum, rounded once, half to even. */
  result(): number {
    const p = this.partials;
    let n = p.length;
    if (n === 0) return 0;
    let hi = p[--n];
    let lo = 0;
    while (n > 0) {
      const x = hi;
      const y = p[--n];
      hi = x + y;
      lo = y - (hi - x);
      if (lo !== 0) break;
    }
    // A tie is decided by the sign of what follows.
    if (n > 0 && ((lo < 0 && p[n - 1] < 0) || (lo > 0 && p[n - 1] > 0))) {
      const y = lo * 2;
      const x = hi + y;
      if (y === x - hi) hi = x;
    }
    return hi;
  }
}

function math_fsum(rt: Runtime, _m: Ref, iterable: Ref): NewRef {
  const it = push(rt, PyObject_GetIter(rt, iterable));
  const sum = new ExactSum();
  for (let item = PyIter_Next(rt, rt.i32[it]); item !== 0; item = PyIter_Next(rt, rt.i32[it])) {
    push(rt, item);
    const x = PyFloat_AsDouble(rt, item);
    drop(rt);
    sum.add(x);
    if (sum.overflowed) throw overflowError(rt, "intermediate overflow in fsum");
  }
  drop(rt);
  if (sum.hasSpecial()) {
    if (sum.clash()) throw valueError(rt, "-inf + inf in fsum");
    return PyFloat_FromDouble(rt, sum.specialSum());
  }
  return PyFloat_FromDouble(rt, sum.result());
}

const PROD = kwSpec("prod", "iterable, /, *, start=");

function math_prod(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [iterable, start] = parseFastKw(rt, PROD, args, nargs, kwnames);
  const it = push(rt, PyObject_GetIter(rt, iterable));
  const result = push(rt, newref(rt, start === 0 ? rt.smallInts + 8 : start));
  const i32 = rt.i32;
  for (let item = PyIter_Next(rt, i32[it]); item !== 0; item = PyIter_Next(rt, i32[it])) {
    push(rt, item);
    const product = PyNumber_Multiply(rt, i32[result], item);
    const old = i32[result];
    i32[result] = product;
    decref(rt, old);
    drop(rt);
  }
  const r = pop(rt);
  drop(rt);
  return r;
}

/** A float or int as a double; NaN for anything else or for an int out of range. */
function finiteDouble(rt: Runtime, o: Ref): number {
  if (PyFloat_CheckExact(rt, o)) return PyFloat_AS_DOUBLE(rt, o);
  return Number.NaN;
}

const enum Path {
  INTS,
  FLOATS,
  ANY,
}

/** Ints while they last, then floats exactly while they last, everything after by + and *. */
function math_sumprod(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "sumprod", nargs, 2, 2);
  const p = push(rt, PyObject_GetIter(rt, rt.i32[args]));
  const q = push(rt, PyObject_GetIter(rt, rt.i32[args + 2]));
  const total = push(rt, rt.smallInts);
  const i32 = rt.i32;
  const floats = new ExactSum();
  let path = Path.INTS;
  for (;;) {
    const a = PyIter_Next(rt, i32[p]);
    push(rt, a);
    const b = PyIter_Next(rt, i32[q]);
    push(rt, b);
    if ((a === 0) !== (b === 0)) throw valueError(rt, "Inputs are not the same length");
    if (a === 0) break;
    if (path === Path.INTS && !(PyLong_CheckExact(rt, a) && PyLong_CheckExact(rt, b))) path = Path.FLOATS;
    if (path === Path.FLOATS && !addFloatProduct(rt, a, b, floats)) {
      path = Path.ANY;
      addFloats(rt, total, floats);
    }
    if (path !== Path.FLOATS) addProduct(rt, total, a, b);
    drop(rt, 2);
  }
  drop(rt, 2);
  if (path === Path.FLOATS) addFloats(rt, total, floats);
  const r = pop(rt);
  drop(rt, 2);
  return r;
}

function addFloats(rt: Runtime, total: number, floats: ExactSum): void {
  if (floats.isEmpty()) return;
  const sum = push(rt, PyFloat_FromDouble(rt, floats.result()));
  const all = PyNumber_Add(rt, rt.i32[total], rt.i32[sum]);
  decref(rt, rt.i32[total]);
  rt.i32[total] = all;
  drop(rt);
}

/** Adds the product of two finite doubles (one may be an int) exactly; false when this is not the way. */
function addFloatProduct(rt: Runtime, a: Ref, b: Ref, sum: ExactSum): boolean {
  const aFloat = PyFloat_CheckExact(rt, a);
  const bFloat = PyFloat_CheckExact(rt, b);
  if (!aFloat && !bFloat) return false;
  const x = aFloat ? finiteDouble(rt, a) : PyLong_CheckExact(rt, a) ? PyLong_AsDouble(rt, a) : Number.NaN;
  const y = bFloat ? finiteDouble(rt, b) : PyLong_CheckExact(rt, b) ? PyLong_AsDouble(rt, b) : Number.NaN;
  const product = x * y;
  const size = Math.abs(product);
  if (!Number.isFinite(product) || size > 2 ** 960 || (size < 2 ** -900 && size !== 0)) return false;
  if (Math.max(Math.abs(x), Math.abs(y)) > 2 ** 990) return false;
  twoProd(x, y);
  sum.add(R[0]);
  sum.add(R[1]);
  return true;
}

function addProduct(rt: Runtime, total: number, a: Ref, b: Ref): void {
  const product = push(rt, PyNumber_Multiply(rt, a, b));
  const sum = PyNumber_Add(rt, rt.i32[total], rt.i32[product]);
  decref(rt, rt.i32[total]);
  rt.i32[total] = sum;
  drop(rt);
}

/** The length of a vector: squares and their sum in double-doubles. */
function vectorNorm(v: number[]): number {
  let max = 0;
  let nan = false;
  for (const x of v) {
    const a = Math.abs(x);
    if (Number.isNaN(a)) nan = true;
    else if (a > max) max = a;
  }
  if (max === Number.POSITIVE_INFINITY) return max;
  if (nan) return Number.NaN;
  if (max === 0 || v.length <= 1) return max;
  const scale = 2 ** -Math.floor(Math.log2(max));
  // A subnormal maximum would make the scale infinite.
  const f = Number.isFinite(scale) ? scale : 2 ** 1000;
  let h = 0;
  let l = 0;
  for (const x of v) {
    twoProd(x * f, x * f);
    ddAdd(h, l, R[0], R[1]);
    h = R[0];
    l = R[1];
  }
  ddSqrt(h, l);
  return R[0] / f;
}

function math_hypot(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  const v: number[] = [];
  for (let i = 0; i < nargs; i++) v.push(PyFloat_AsDouble(rt, rt.i32[args + 2 * i]));
  return PyFloat_FromDouble(rt, vectorNorm(v));
}

function math_dist(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "dist", nargs, 2, 2);
  const p = push(rt, PySequence_Tuple(rt, rt.i32[args]));
  const q = push(rt, PySequence_Tuple(rt, rt.i32[args + 2]));
  const n = tupleSize(rt, rt.i32[p]);
  if (n !== tupleSize(rt, rt.i32[q]))
    throw valueError(rt, "both points must have the same number of dimensions");
  const v: number[] = [];
  for (let i = 0; i < n; i++) {
    const x = PyFloat_AsDouble(rt, tupleItem(rt, rt.i32[p], i));
    v.push(x - PyFloat_AsDouble(rt, tupleItem(rt, rt.i32[q], i)));
  }
  drop(rt, 2);
  return PyFloat_FromDouble(rt, vectorNorm(v));
}

export const mathSumMethods: MethodDef[] = [
  {
    name: "fsum",
    flags: METH.O,
    fn: math_fsum,
    sig: "($module, seq, /)",
    doc: "The sum of floats, rounded once.",
  },
  {
    name: "prod",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: math_prod,
    sig: "($module, iterable, /, *, start=1)",
    doc: "The product of the items.",
  },
  {
    name: "sumprod",
    flags: METH.FASTCALL,
    fn: math_sumprod,
    sig: "($module, p, q, /)",
    doc: "The sum of products.",
  },
  {
    name: "hypot",
    flags: METH.FASTCALL,
    fn: math_hypot,
    sig: "(*coordinates)",
    doc: "The length of a vector.",
  },
  {
    name: "dist",
    flags: METH.FASTCALL,
    fn: math_dist,
    sig: "($module, p, q, /)",
    doc: "The distance of two points.",
  },
];
