/** Built-in functions on numbers and characters. Part of the modules (CPython's Python/bltinmodule.c). */
import { _PyObject_LookupSpecial } from "../objects/abstract.ts";
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { callAndDecref, PyObject_CallOneArg } from "../objects/call.ts";
import { PyByteArray_Check, PyBytes_Check, PyUnicode_Check } from "../objects/check.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { ByteArray, Bytes, Str } from "../objects/layout.ts";
import { PyLong_FromInt32 } from "../objects/long.ts";
import {
  PyNumber_Absolute,
  PyNumber_AsSsize_t,
  PyNumber_Divmod,
  PyNumber_Power,
  PyNumber_ToBase,
} from "../objects/number.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, push } from "../objects/stack.ts";
import { charAt, PyUnicode_FromOrdinal } from "../objects/str.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";

function builtin_divmod(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "divmod", nargs, 2, 2);
  return PyNumber_Divmod(rt, rt.i32[args], rt.i32[args + 2]);
}

const POW = kwSpec("pow", "base, exp, mod=");

function builtin_pow(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs === 2 && kwnames === 0) return PyNumber_Power(rt, rt.i32[args], rt.i32[args + 2], rt.None);
  const [base, exp, mod] = parseFastKw(rt, POW, args, nargs, kwnames);
  return PyNumber_Power(rt, base, exp, mod === 0 ? rt.None : mod);
}

const ROUND = kwSpec("round", "number, ndigits=");

function builtin_round(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [number, ndigits] = parseFastKw(rt, ROUND, args, nargs, kwnames);
  const round = _PyObject_LookupSpecial(rt, number, rt.names.__round__);
  if (round === 0) throw typeError(rt, `type ${typeNameOf(rt, number, 100)} doesn't define __round__ method`);
  if (ndigits === 0 || ndigits === rt.None) return callAndDecref(rt, round);
  push(rt, round);
  const result = PyObject_CallOneArg(rt, round, ndigits);
  drop(rt);
  return result;
}

function builtin_chr(rt: Runtime, _self: Ref, o: Ref): NewRef {
  const c = PyNumber_AsSsize_t(rt, o, 0);
  if (c < 0 || c > 0x10ffff) throw valueError(rt, "chr() arg not in range(0x110000)");
  return PyUnicode_FromOrdinal(rt, c);
}

function builtin_ord(rt: Runtime, _self: Ref, o: Ref): NewRef {
  const i32 = rt.i32;
  let size: number;
  if (PyUnicode_Check(rt, o)) {
    size = i32[o + Str.length];
    if (size === 1) return PyLong_FromInt32(rt, charAt(rt, o, 0));
  } else if (PyBytes_Check(rt, o)) {
    size = i32[o + Bytes.size];
    if (size === 1) return PyLong_FromInt32(rt, rt.u8[(o + Bytes.data) * 4]);
  } else if (PyByteArray_Check(rt, o)) {
    size = i32[o + ByteArray.size];
    if (size === 1)
      return PyLong_FromInt32(rt, rt.u8[i32[o + ByteArray.bytes] * 4 + i32[o + ByteArray.start]]);
  } else throw typeError(rt, `ord() expected string of length 1, but ${typeNameOf(rt, o)} found`);
  throw typeError(rt, `ord() expected a character, but string of length ${size} found`);
}

export const numberBuiltins: MethodDef[] = [
  { name: "abs", flags: METH.O, fn: (rt, _self, x) => PyNumber_Absolute(rt, x), sig: "($module, x, /)" },
  {
    name: "bin",
    flags: METH.O,
    fn: (rt, _self, x) => PyNumber_ToBase(rt, x, 2),
    sig: "($module, number, /)",
  },
  {
    name: "oct",
    flags: METH.O,
    fn: (rt, _self, x) => PyNumber_ToBase(rt, x, 8),
    sig: "($module, number, /)",
  },
  {
    name: "hex",
    flags: METH.O,
    fn: (rt, _self, x) => PyNumber_ToBase(rt, x, 16),
    sig: "($module, number, /)",
  },
  { name: "divmod", flags: METH.FASTCALL, fn: builtin_divmod, sig: "($module, x, y, /)" },
  {
    name: "pow",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_pow,
    sig: "($module, /, base, exp, mod=None)",
  },
  {
    name: "round",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_round,
    sig: "($module, /, number, ndigits=None)",
  },
  { name: "chr", flags: METH.O, fn: builtin_chr, sig: "($module, i, /)" },
  { name: "ord", flags: METH.O, fn: builtin_ord, sig: "($module, c, /)" },
];
