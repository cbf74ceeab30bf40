/** Comparison and hash of decimals, also with ints, floats, complex numbers and fractions. Part of the modules, for _decimal.ts. */
import { getAttrString } from "../objects/abstract.ts";
import { PyComplex_Check, PyFloat_Check, PyLong_Check } from "../objects/check.ts";
import { complexOf } from "../objects/complex.ts";
import { typeError } from "../objects/errors.ts";
import { PyFloat_AS_DOUBLE } from "../objects/float.ts";
import { cmpHolds } from "../objects/floatops.ts";
import { _Py_HashPointer } from "../objects/hash.ts";
import { PyObject_IsInstance } from "../objects/isinstance.ts";
import { Ob } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark, pop, push } from "../objects/stack.ts";
import { Cmp, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { compareNumbers } from "./decimalarith.ts";
import { Flag } from "./decimalcontext.ts";
import { fromLongExact, numOfDouble } from "./decimalconvert.ts";
import { addStatus, compute, currentContext } from "./decimalcurrent.ts";
import { compareShort, UNKNOWN } from "./decimalfast.ts";
import { finite, Kind, type Num } from "./decimalnum.ts";
import { fromNum, numOf } from "./decimalobject.ts";
import { Con, Dec, PyDec_Check, stateOf } from "./decimalstate.ts";

/** Both sides of a comparison on the native stack, v's below; false where w is no number of ours (convert_op_cmp). */
function pushOperands(rt: Runtime, v: Ref, w: Ref, op: Cmp, c: Ref): boolean {
  const equality = op === Cmp.EQ || op === Cmp.NE;
  if (PyDec_Check(rt, w)) return pushBoth(rt, v, newref(rt, w));
  if (PyLong_Check(rt, w)) return pushBoth(rt, v, fromLongExact(rt, stateOf(rt).Decimal, w, c));
  if (PyFloat_Check(rt, w)) return pushFloat(rt, v, PyFloat_AS_DOUBLE(rt, w), equality, c);
  if (PyComplex_Check(rt, w) && equality) {
    const { re, im } = complexOf(rt, w);
    return im === 0 && pushFloat(rt, v, re, equality, c);
  }
  return PyObject_IsInstance(rt, w, stateOf(rt).Rational) && pushRational(rt, v, w, c);
}

function pushBoth(rt: Runtime, v: Ref, w: NewRef): true {
  push(rt, newref(rt, v));
  push(rt, w);
  return true;
}

function pushFloat(rt: Runtime, v: Ref, d: number, equality: boolean, c: Ref): true {
  if (equality) rt.i32[c + Con.status] |= Flag.Float_operation;
  else addStatus(rt, c, Flag.Float_operation);
  return pushBoth(rt, v, fromNum(rt, stateOf(rt).Decimal, numOfDouble(d)));
}

/** v times the denominator, and the numerator. */
function pushRational(rt: Runtime, v: Ref, w: Ref, c: Ref): true {
  const numerator = integerAttribute(rt, w, "numerator", c);
  let x = numOf(rt, v);
  if (!x.special) {
    const denominator = numOf(rt, integerAttribute(rt, w, "denominator", c));
    drop(rt);
    x = finite(x.neg !== denominator.neg, x.coef * denominator.coef, x.exp);
  }
  const left = fromNum(rt, stateOf(rt).Decimal, x);
  pop(rt);
  push(rt, left);
  push(rt, numerator);
  return true;
}

/** An int attribute as a Decimal, pushed. */
function integerAttribute(rt: Runtime, w: Ref, name: string, c: Ref): Ref {
  const o = pushed(rt, getAttrString(rt, w, name));
  if (!PyLong_Check(rt, o))
    throw typeError(rt, `numerator and denominator must be ints, not ${typeNameOf(rt, o)}`);
  const d = fromLongExact(rt, stateOf(rt).Decimal, o, c);
  drop(rt);
  return pushed(rt, d);
}

export function dec_richcompare(rt: Runtime, v: Ref, w: Ref, op: Cmp): NewRef {
  const c = currentContext(rt);
  const { Decimal } = stateOf(rt);
  if (rt.i32[v + Ob.type] === Decimal && rt.i32[w + Ob.type] === Decimal) {
    const short = compareShort(rt, v, w);
    if (short !== UNKNOWN) return cmpHolds(short, op) ? rt.True : rt.False;
  }
  if (!pushOperands(rt, v, w, op, c)) return rt.NotImplemented;
  const at = mark(rt);
  const short = compareShort(rt, rt.i32[at - 4], rt.i32[at - 2]);
  if (short !== UNKNOWN) {
    drop(rt, 2);
    return cmpHolds(short, op) ? rt.True : rt.False;
  }
  const a = numOf(rt, rt.i32[at - 4]);
  const b = numOf(rt, rt.i32[at - 2]);
  drop(rt, 2);
  if (!a.isNan && !b.isNan) {
    return cmpHolds(
      compute(rt, c, () => compareNumbers(a, b)),
      op,
    )
      ? rt.True
      : rt.False;
  }
  const equality = op === Cmp.EQ || op === Cmp.NE;
  if (!equality || a.kind === Kind.SNAN || b.kind === Kind.SNAN) addStatus(rt, c, Flag.Invalid_operation);
  return op === Cmp.NE ? rt.True : rt.False;
}

const P = 2n ** 61n - 1n;
const INF_HASH = 314159n;

const NEAR = 40n;
const near = new Map<bigint, bigint>();

/** 10**n modulo P, for any n; small ones are remembered. */
function tenToThe(n: bigint): bigint {
  if (n > NEAR || n < -NEAR) return powerOfTen(n);
  let x = near.get(n);
  if (x === undefined) {
    x = powerOfTen(n);
    near.set(n, x);
  }
  return x;
}

function powerOfTen(n: bigint): bigint {
  let e = ((n % (P - 1n)) + (P - 1n)) % (P - 1n);
  let x = 1n;
  for (let b = 10n; e !== 0n; e >>= 1n) {
    if ((e & 1n) === 1n) x = (x * b) % P;
    b = (b * b) % P;
  }
  return x;
}

function hashOf(x: Num): bigint {
  if (x.isInf) return x.neg ? -INF_HASH : INF_HASH;
  const h = x.exp === 0n ? x.coef % P : ((x.coef % P) * tenToThe(x.exp)) % P;
  const signed = x.neg ? -h : h;
  return signed === -1n ? -2n : signed;
}

export function dec_hash(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  if (i32[p + Dec.hash] === -1 && i32[p + Dec.hash + 1] === -1) {
    const flags = i32[p + Dec.flags];
    if ((flags & Kind.SNAN) !== 0) throw typeError(rt, "Cannot hash a signaling NaN value");
    if ((flags & Kind.NAN) !== 0) return _Py_HashPointer(rt, p);
    stateOf(rt).i64[(p + Dec.hash) >> 1] = hashOf(numOf(rt, p));
  }
  rt.hashHi = i32[p + Dec.hash + 1];
  return i32[p + Dec.hash];
}
