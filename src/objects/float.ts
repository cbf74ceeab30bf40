/** float: the number slots, comparison, hash, conversion from objects and text. Part of the object layer. */
import {
  PyByteArray_Check,
  PyBytes_Check,
  PyFloat_Check,
  PyFloat_CheckExact,
  PyLong_Check,
  PyUnicode_Check,
} from "./check.ts";
import { raise, typeError } from "./errors.ts";
import { float_dealloc, PyFloat_AS_DOUBLE, PyFloat_FromDouble } from "./floatcore.ts";
import {
  cmpHolds,
  compareDoubleLong,
  compareDoubles,
  float_pow_doubles,
  floorDivide,
  floorModulo,
  zeroDivision,
} from "./floatops.ts";
import { floatReprObject } from "./formatfloat.ts";
import { _Py_HashDouble } from "./hash.ts";
import { Float, Ob } from "./layout.ts";
import { PyLong_AsDouble } from "./longpow.ts";
import { _PyNumber_Index, PyNumber_Float } from "./number.ts";
import { bytesAsLatin1, reprText, transformDecimalAndSpace } from "./numtext.ts";
import { decref, newref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { jsString } from "./str.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "./tuple.ts";
import type { Cmp, NewRef, Ref } from "./typeinfo.ts";

export { float_free, float_new, PyFloat_AS_DOUBLE, PyFloat_FromDouble } from "./floatcore.ts";
export { float_dealloc };

/** PyFloat_AsDouble: of a float, or by __float__ or __index__. */
export function PyFloat_AsDouble(rt: Runtime, o: Ref): number {
  if (rt.i32[o + Ob.type] === rt.types.float) return rt.f64[(o + Float.fval) >> 1];
  if (PyFloat_Check(rt, o)) return PyFloat_AS_DOUBLE(rt, o);
  const info = infoOf(rt, o);
  if (info.nb_float === null) {
    if (info.nb_index === null) throw typeError(rt, `must be real number, not ${typeNameOf(rt, o, 50)}`);
    const index = push(rt, _PyNumber_Index(rt, o));
    const d = PyLong_AsDouble(rt, rt.i32[index]);
    drop(rt);
    return d;
  }
  if (PyLong_Check(rt, o) && rt.i32[o + Ob.type] === rt.types.int) return PyLong_AsDouble(rt, o);
  const f = PyNumber_Float(rt, o);
  const d = PyFloat_AS_DOUBLE(rt, f);
  decref(rt, f);
  return d;
}

/** An operand that convertOperand refused. A NaN that no arithmetic makes could not be told from others, so it is a flag. */
let refused = false;

/** CONVERT_TO_DOUBLE: a float or an int; sets `refused` for anything else. */
function operand(rt: Runtime, o: Ref): number {
  if (PyFloat_Check(rt, o)) return PyFloat_AS_DOUBLE(rt, o);
  if (PyLong_Check(rt, o)) return PyLong_AsDouble(rt, o);
  refused = true;
  return 0;
}

type DoubleOp = (rt: Runtime, a: number, b: number) => number;

/** The slot of an operation on two numbers that gives a float. */
function slot(op: DoubleOp): (rt: Runtime, a: Ref, b: Ref) => NewRef {
  return (rt, a, b) => {
    refused = false;
    const x = operand(rt, a);
    if (refused) return rt.NotImplemented;
    const y = operand(rt, b);
    if (refused) {
      refused = false;
      return rt.NotImplemented;
    }
    return PyFloat_FromDouble(rt, op(rt, x, y));
  };
}

export function divideDoubles(rt: Runtime, a: number, b: number): number {
  if (b === 0) throw zeroDivision(rt, "float division by zero");
  return a / b;
}

export function floorDivideDoubles(rt: Runtime, a: number, b: number): number {
  if (b === 0) throw zeroDivision(rt, "float floor division by zero");
  return floorDivide(a, b);
}

export function moduloDoubles(rt: Runtime, a: number, b: number): number {
  if (b === 0) throw zeroDivision(rt, "float modulo by zero");
  return floorModulo(a, b);
}

function float_divmod(rt: Runtime, a: Ref, b: Ref): NewRef {
  refused = false;
  const x = operand(rt, a);
  const y = refused ? 0 : operand(rt, b);
  if (refused) return rt.NotImplemented;
  if (y === 0) throw zeroDivision(rt, "float divmod()");
  const t = push(rt, PyTuple_New(rt, 2));
  PyTuple_SET_ITEM(rt, rt.i32[t], 0, PyFloat_FromDouble(rt, floorDivide(x, y)));
  PyTuple_SET_ITEM(rt, rt.i32[t], 1, PyFloat_FromDouble(rt, floorModulo(x, y)));
  return pop(rt);
}

function float_pow(rt: Runtime, a: Ref, b: Ref, c: Ref): NewRef {
  if (c !== rt.None && c !== 0) {
    throw typeError(rt, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  refused = false;
  const x = operand(rt, a);
  const y = refused ? 0 : operand(rt, b);
  return refused ? rt.NotImplemented : float_pow_doubles(rt, x, y);
}

function float_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const x = PyFloat_AS_DOUBLE(rt, a);
  if (PyFloat_Check(rt, b)) return compareDoubles(x, PyFloat_AS_DOUBLE(rt, b), op) ? rt.True : rt.False;
  if (!PyLong_Check(rt, b)) return rt.NotImplemented;
  if (Number.isNaN(x)) return compareDoubles(x, 0, op) ? rt.True : rt.False;
  return cmpHolds(compareDoubleLong(rt, x, b), op) ? rt.True : rt.False;
}

function float_hash(rt: Runtime, self: Ref): number {
  return _Py_HashDouble(rt, self, PyFloat_AS_DOUBLE(rt, self));
}

function float_repr(rt: Runtime, self: Ref): NewRef {
  return floatReprObject(rt, PyFloat_AS_DOUBLE(rt, self));
}

/** The float itself if exact, else an exact one of its value. */
export function float_float(rt: Runtime, self: Ref): NewRef {
  if (PyFloat_CheckExact(rt, self)) return newref(rt, self);
  return PyFloat_FromDouble(rt, PyFloat_AS_DOUBLE(rt, self));
}

/** What JavaScript's Number() accepts of a Python float literal, spaces taken off and underscores checked. */
const FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;
/** An underscore that does not stand between digits. */
export const BAD_UNDERSCORE = /(?:^|[^0-9])_|_(?:$|[^0-9])/;
const OUTER_SPACE = /^[\t-\r ]+|[\t-\r ]+$/g;

/** The double that a text stands for; null when it is none. */
export function parseFloatText(text: string): number | null {
  let t = text.replace(OUTER_SPACE, "");
  if (t.includes("_")) {
    if (BAD_UNDERSCORE.test(t)) return null;
    t = t.replaceAll("_", "");
  }
  if (FLOAT_TEXT.test(t)) return Number(t);
  const special = SPECIAL.exec(t);
  if (special === null) return null;
  if (special[2].toLowerCase() === "nan") return Number.NaN;
  return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** PyFloat_FromString: float(str), float(bytes). */
export function PyFloat_FromString(rt: Runtime, o: Ref): NewRef {
  let text: string;
  if (PyUnicode_Check(rt, o)) text = transformDecimalAndSpace(jsString(rt, o));
  else if (PyBytes_Check(rt, o) || PyByteArray_Check(rt, o) || infoOf(rt, o).bf_getbuffer !== null) {
    text = bytesAsLatin1(rt, o);
  } else {
    throw typeError(rt, `float() argument must be a string or a real number, not '${typeNameOf(rt, o)}'`);
  }
  const d = parseFloatText(text);
  if (d === null) throw raise(rt, rt.exc.ValueError, `could not convert string to float: ${reprText(rt, o)}`);
  return PyFloat_FromDouble(rt, d);
}

/** The number slots and the rest that floattype.ts puts into the type. */
export const floatSlots = {
  tp_dealloc: float_dealloc,
  tp_repr: float_repr,
  tp_hash: float_hash,
  tp_richcompare: float_richcompare,
  nb_add: slot((_rt, a, b) => a + b),
  nb_subtract: slot((_rt, a, b) => a - b),
  nb_multiply: slot((_rt, a, b) => a * b),
  nb_remainder: slot(moduloDoubles),
  nb_divmod: float_divmod,
  nb_power: float_pow,
  nb_negative: (rt: Runtime, a: Ref): NewRef => PyFloat_FromDouble(rt, -PyFloat_AS_DOUBLE(rt, a)),
  nb_positive: float_float,
  nb_absolute: (rt: Runtime, a: Ref): NewRef => PyFloat_FromDouble(rt, Math.abs(PyFloat_AS_DOUBLE(rt, a))),
  nb_bool: (rt: Runtime, a: Ref): boolean => PyFloat_AS_DOUBLE(rt, a) !== 0,
  nb_float: float_float,
  nb_floor_divide: slot(floorDivideDoubles),
  nb_true_divide: slot(divideDoubles),
};
