/** The type decimal.Decimal: making decimals, operators. Part of the modules, for _decimal.ts; the methods are in decimalmethods.ts. */
import { PyObject_GC_Del, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { defineType } from "../objects/defineType.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyObject_GenericGetAttr } from "../objects/instance.ts";
import { Ob, TF } from "../objects/layout.ts";
import { pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf } from "../objects/slots.ts";
import { drop, pop } from "../objects/stack.ts";
import type { binaryfunc, NewRef, OptRef, Ref, unaryfunc } from "../objects/typeinfo.ts";
import { dec_hash, dec_richcompare } from "./decimalcompare.ts";
import { type Ctx, Round } from "./decimalcontext.ts";
import { runDivmod } from "./decimalcontextmethods.ts";
import { convertOp, fromObjectExact } from "./decimalconvert.ts";
import { addStatus, contextArgument, currentContext, readContext } from "./decimalcurrent.ts";
import { addShort, copyShort, divideIntShort, divideShort, multiplyShort } from "./decimalfast.ts";
import { asFloat, asLong } from "./decimalinteger.ts";
import { dec_repr, dec_str, decimalMethods } from "./decimalmethods.ts";
import { addMiddle, divideMiddle, multiplyMiddle, powerMiddle } from "./decimalmiddle.ts";
import { finite } from "./decimalnum.ts";
import { freeCoefficient, fromNum } from "./decimalobject.ts";
import * as ops from "./decimalops.ts";
import { powerModulo } from "./decimalpower.ts";
import { Dec, stateOf } from "./decimalstate.ts";

const NEW = kwSpec("", "value=, context=");

function dec_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [value, context] = parseTupleKw(rt, NEW, args, kwargs);
  return fromObjectExact(rt, type, value, contextArgument(rt, context));
}

/** Decimal(...) without a tuple of the arguments. */
function dec_vectorcall(rt: Runtime, type: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs === 1 && kwnames === 0) return fromObjectExact(rt, type, rt.i32[args], currentContext(rt));
  const [value, context] = parseFastKw(rt, NEW, args, nargs, kwnames);
  return fromObjectExact(rt, type, value, contextArgument(rt, context));
}

type Run = (rt: Runtime, c: Ref, p: Ref, q: Ref) => NewRef;

/** Both operands on the native stack as Decimals, or NotImplemented. */
function withOperands(rt: Runtime, v: Ref, w: Ref, run: Run): NewRef {
  const c = currentContext(rt);
  const p = convertOp(rt, v, c);
  if (p === 0) return rt.NotImplemented;
  pushed(rt, p);
  const q = convertOp(rt, w, c);
  if (q === 0) {
    drop(rt);
    return rt.NotImplemented;
  }
  pushed(rt, q);
  const result = run(rt, c, p, q);
  drop(rt, 2);
  return result;
}

/** The way of short decimals, or of those that are not long: 0 where it does not go. */
type Quick = (rt: Runtime, p: Ref, q: Ref, ctx: Ctx) => NewRef | 0;

/** A result with the flags that are in ctx.status. */
function withFlags(rt: Runtime, c: Ref, ctx: Ctx, x: NewRef): NewRef {
  if (ctx.status === 0) return x;
  pushed(rt, x);
  addStatus(rt, c, ctx.status);
  return pop(rt);
}

/** An operator, by the first of three ways that goes. */
function binary(op: ops.Binary, short: Quick, middle: Quick): binaryfunc {
  const run: Run = (rt, c, p, q) => {
    const ctx = readContext(rt, c);
    const x = short(rt, p, q, ctx) || middle(rt, p, q, ctx);
    return x !== 0 ? withFlags(rt, c, ctx, x) : ops.runBinary(rt, c, op, p, q);
  };
  return (rt, v, w) => {
    const { Decimal } = stateOf(rt);
    const i32 = rt.i32;
    if (i32[v + Ob.type] !== Decimal || i32[w + Ob.type] !== Decimal) return withOperands(rt, v, w, run);
    return run(rt, currentContext(rt), v, w);
  };
}

const nowhere: Quick = () => 0;

const adding = (flip: number): [Quick, Quick] => [
  (rt, p, q, ctx) => addShort(rt, p, q, flip, ctx),
  (rt, p, q, ctx) => addMiddle(rt, p, q, flip, ctx),
];

/** `flip`: the sign changes; `keep`: it stays where it does not. */
function unary(op: ops.Unary, flip: number, keep: number): unaryfunc {
  return (rt, v) => {
    const c = currentContext(rt);
    const neg = ((rt.i32[v + Dec.flags] & keep) ^ flip) & 1;
    return copyShort(rt, v, neg, readContext(rt, c)) || ops.runUnary(rt, c, op, v);
  };
}

const runPower: Run = (rt, c, p, q) => {
  const ctx = readContext(rt, c);
  const x = powerMiddle(rt, p, q, ctx);
  return x !== 0 ? withFlags(rt, c, ctx, x) : ops.runBinary(rt, c, ops.power, p, q);
};

function dec_power(rt: Runtime, v: Ref, w: Ref, mod: Ref): NewRef {
  if (mod === rt.None) return withOperands(rt, v, w, runPower);
  return withOperands(rt, v, w, (r, c, p, q) => {
    const m = convertOp(r, mod, c);
    if (m === 0) return r.NotImplemented;
    pushed(r, m);
    const result = ops.runTernary(r, c, powerModulo, p, q, m);
    drop(r);
    return result;
  });
}

function dec_dealloc(rt: Runtime, p: Ref): void {
  const type = rt.i32[p + Ob.type];
  freeCoefficient(rt, p);
  if (type === stateOf(rt).Decimal) PyObject_GC_Del(rt, p);
  else {
    PyObject_GC_UnTrack(rt, p);
    infoOf(rt, p).tp_free!(rt, p);
  }
  decref(rt, type);
}

function dec_bool(rt: Runtime, p: Ref): boolean {
  const i32 = rt.i32;
  if (i32[p + Dec.digits] !== 1 || i32[p + Dec.len] !== 1) return true;
  const at = i32[p + Dec.data];
  return i32[at] !== 0 || i32[at + 1] !== 0 || (i32[p + Dec.flags] & 14) !== 0;
}

/** A new reference to the type Decimal. */
export function decimalType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "decimal.Decimal",
    basicsize: Dec.BYTES,
    flags: TF.BASETYPE | TF.HAVE_GC | TF.IMMUTABLETYPE,
    heap: true,
    doc: "A decimal floating-point number, from a string, an int, a float, a tuple or another one.",
    sig: '(value="0", context=None)',
    slots: {
      ...heapFieldSlots([]),
      tp_dealloc: dec_dealloc,
      tp_new: dec_new,
      tp_vectorcall: dec_vectorcall,
      tp_repr: dec_repr,
      tp_str: dec_str,
      tp_hash: dec_hash,
      tp_getattro: PyObject_GenericGetAttr,
      tp_richcompare: dec_richcompare,
      nb_add: binary(ops.add, ...adding(0)),
      nb_subtract: binary(ops.subtract, ...adding(1)),
      nb_multiply: binary(ops.multiply, multiplyShort, multiplyMiddle),
      nb_remainder: binary(ops.remainder, (r, p, q, ctx) => divideIntShort(r, p, q, true, ctx), nowhere),
      nb_divmod: (r, v, w) => withOperands(r, v, w, runDivmod),
      nb_power: dec_power,
      nb_negative: unary(ops.minus, 1, 1),
      nb_positive: unary(ops.plus, 0, 1),
      nb_absolute: unary(ops.abs, 0, 0),
      nb_bool: dec_bool,
      nb_int: (r, p) => asLong(r, p, Round.DOWN),
      nb_float: asFloat,
      nb_floor_divide: binary(ops.divideInt, (r, p, q, ctx) => divideIntShort(r, p, q, false, ctx), nowhere),
      nb_true_divide: binary(ops.divide, divideShort, divideMiddle),
    },
    methods: decimalMethods,
    getsets: [
      { name: "real", get: newref },
      { name: "imag", get: (r) => fromNum(r, stateOf(r).Decimal, finite(false, 0n, 0n)) },
    ],
  });
}
