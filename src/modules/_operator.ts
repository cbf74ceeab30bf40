/** The module `_operator`: Python's operators as functions. Part of the modules (CPython's Modules/_operator.c). */
import {
  PyObject_DelItem,
  PyObject_GetItem,
  PyObject_IsTrue,
  PyObject_LengthHint,
  PyObject_RichCompare,
  PyObject_SetItem,
} from "../objects/abstract.ts";
import { checkArgs } from "../objects/argparse.ts";
import { PyObject_Vectorcall } from "../objects/call.ts";
import { PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { typeError } from "../objects/errors.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import * as N from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import {
  PySequence_Concat,
  PySequence_Contains,
  PySequence_Count,
  PySequence_Index,
  PySequence_InPlaceConcat,
} from "../objects/sequence.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { isAscii, jsString, strEqualsJS } from "../objects/str.ts";
import {
  type binaryfunc,
  Cmp,
  METH,
  type MethodDef,
  type NewRef,
  type OptRef,
  type Ref,
  type unaryfunc,
} from "../objects/typeinfo.ts";
import { attrgetterType } from "./attrgetter.ts";
import { itemgetterType } from "./itemgetter.ts";
import { methodcallerType } from "./methodcaller.ts";
import { createModule } from "./native.ts";

function unary(name: string, f: unaryfunc): MethodDef {
  return { name, flags: METH.O, fn: (rt, _m, a) => f(rt, a), sig: "($module, a, /)" };
}

function binary(name: string, f: binaryfunc): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    checkArgs(rt, name, nargs, 2, 2);
    return f(rt, rt.i32[args], rt.i32[args + 2]);
  };
  return { name, flags: METH.FASTCALL, fn, sig: "($module, a, b, /)" };
}

const compare =
  (op: Cmp): binaryfunc =>
  (rt, a, b) =>
    PyObject_RichCompare(rt, a, b, op);

const bool = (rt: Runtime, value: boolean): NewRef => (value ? rt.True : rt.False);

const UNARY: MethodDef[] = [
  unary("truth", (rt, a) => bool(rt, PyObject_IsTrue(rt, a))),
  unary("not_", (rt, a) => bool(rt, !PyObject_IsTrue(rt, a))),
  unary("neg", N.PyNumber_Negative),
  unary("pos", N.PyNumber_Positive),
  unary("inv", N.PyNumber_Invert),
  unary("invert", N.PyNumber_Invert),
  unary("abs", N.PyNumber_Absolute),
  unary("index", N.PyNumber_Index),
];

const ARITHMETIC: MethodDef[] = [
  binary("add", N.PyNumber_Add),
  binary("sub", N.PyNumber_Subtract),
  binary("mul", N.PyNumber_Multiply),
  binary("matmul", N.PyNumber_MatrixMultiply),
  binary("floordiv", N.PyNumber_FloorDivide),
  binary("truediv", N.PyNumber_TrueDivide),
  binary("mod", N.PyNumber_Remainder),
  binary("lshift", N.PyNumber_Lshift),
  binary("rshift", N.PyNumber_Rshift),
  binary("and_", N.PyNumber_And),
  binary("xor", N.PyNumber_Xor),
  binary("or_", N.PyNumber_Or),
  binary("pow", (rt, a, b) => N.PyNumber_Power(rt, a, b, rt.None)),
];

const INPLACE: MethodDef[] = [
  binary("iadd", N.PyNumber_InPlaceAdd),
  binary("isub", N.PyNumber_InPlaceSubtract),
  binary("imul", N.PyNumber_InPlaceMultiply),
  binary("imatmul", N.PyNumber_InPlaceMatrixMultiply),
  binary("ifloordiv", N.PyNumber_InPlaceFloorDivide),
  binary("itruediv", N.PyNumber_InPlaceTrueDivide),
  binary("imod", N.PyNumber_InPlaceRemainder),
  binary("ilshift", N.PyNumber_InPlaceLshift),
  binary("irshift", N.PyNumber_InPlaceRshift),
  binary("iand", N.PyNumber_InPlaceAnd),
  binary("ixor", N.PyNumber_InPlaceXor),
  binary("ior", N.PyNumber_InPlaceOr),
  binary("ipow", (rt, a, b) => N.PyNumber_InPlacePower(rt, a, b, rt.None)),
  binary("iconcat", PySequence_InPlaceConcat),
];

function delitem(rt: Runtime, a: Ref, b: Ref): NewRef {
  PyObject_DelItem(rt, a, b);
  return rt.None;
}

const CONTAINERS: MethodDef[] = [
  binary("concat", PySequence_Concat),
  binary("contains", (rt, a, b) => bool(rt, PySequence_Contains(rt, a, b))),
  binary("indexOf", (rt, a, b) => PyLong_FromNumber(rt, PySequence_Index(rt, a, b))),
  binary("countOf", (rt, a, b) => PyLong_FromNumber(rt, PySequence_Count(rt, a, b))),
  binary("getitem", PyObject_GetItem),
  binary("delitem", delitem),
  { name: "setitem", flags: METH.FASTCALL, fn: setitem, sig: "($module, a, b, c, /)" },
  { name: "length_hint", flags: METH.FASTCALL, fn: length_hint, sig: "($module, obj, default=0, /)" },
];

function setitem(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "setitem", nargs, 3, 3);
  PyObject_SetItem(rt, rt.i32[args], rt.i32[args + 2], rt.i32[args + 4]);
  return rt.None;
}

function length_hint(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "length_hint", nargs, 1, 2);
  const given = nargs === 2 ? rt.i32[args + 2] : 0;
  if (given !== 0 && !PyLong_Check(rt, given)) {
    throw typeError(rt, `'${typeNameOf(rt, given)}' object cannot be interpreted as an integer`);
  }
  const fallback = given === 0 ? 0 : PyLong_AsSsize_t(rt, given);
  return PyLong_FromNumber(rt, PyObject_LengthHint(rt, rt.i32[args], fallback));
}

const COMPARISONS: MethodDef[] = [
  binary("is_", (rt, a, b) => bool(rt, a === b)),
  binary("is_not", (rt, a, b) => bool(rt, a !== b)),
  binary("lt", compare(Cmp.LT)),
  binary("le", compare(Cmp.LE)),
  binary("eq", compare(Cmp.EQ)),
  binary("ne", compare(Cmp.NE)),
  binary("ge", compare(Cmp.GE)),
  binary("gt", compare(Cmp.GT)),
  binary("_compare_digest", compare_digest),
];

/** Equality of two ASCII strings or two bytes-like objects. */
function compare_digest(rt: Runtime, a: Ref, b: Ref): NewRef {
  if (PyUnicode_Check(rt, a) && PyUnicode_Check(rt, b)) {
    if (!isAscii(rt, a) || !isAscii(rt, b)) {
      throw typeError(rt, "comparing strings with non-ASCII characters is not supported");
    }
    return bool(rt, strEqualsJS(rt, a, jsString(rt, b)));
  }
  for (const o of [a, b]) {
    if (infoOf(rt, o).bf_getbuffer === null) {
      throw typeError(rt, `a bytes-like object is required, not '${typeNameOf(rt, o)}'`);
    }
  }
  return PyObject_RichCompare(rt, a, b, Cmp.EQ);
}

function call(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs < 1) throw typeError(rt, "call expected at least 1 argument, got 0");
  return PyObject_Vectorcall(rt, rt.i32[args], args + 2, nargs - 1, kwnames);
}

const METHODS: MethodDef[] = [
  ...UNARY,
  ...ARITHMETIC,
  ...INPLACE,
  ...CONTAINERS,
  ...COMPARISONS,
  {
    name: "call",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: call,
    sig: "($module, obj, /, *args, **kwargs)",
  },
];

export function initModule__operator(rt: Runtime): NewRef {
  const m = createModule(rt, "_operator", METHODS, "Operators as functions.");
  push(rt, m);
  PyModule_AddObject(rt, m, "itemgetter", itemgetterType(rt));
  PyModule_AddObject(rt, m, "attrgetter", attrgetterType(rt));
  PyModule_AddObject(rt, m, "methodcaller", methodcallerType(rt));
  return pop(rt);
}
