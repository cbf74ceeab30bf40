/** Built-in functions on attributes, types and text of objects. Part of the modules (CPython's Python/bltinmodule.c). */

import {
  PyCallable_Check,
  PyObject_ASCII,
  PyObject_Dir,
  PyObject_Format,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_HasAttr,
  PyObject_Hash,
  PyObject_IsInstance,
  PyObject_IsSubclass,
  PyObject_Repr,
  PyObject_SetAttr,
  PyObject_Size,
} from "../objects/abstract.ts";
import { badArgument, checkArgs } from "../objects/argparse.ts";
import { PyRange_Check, PyUnicode_Check } from "../objects/check.ts";
import { raise, typeError } from "../objects/errors.ts";
import { currentFrame } from "../objects/frame.ts";
import { currentLocals } from "../objects/framelocals.ts";
import { Frame } from "../objects/layout.ts";
import { PyList_Sort } from "../objects/listsort.ts";
import { PyLong_FromHalves, PyLong_FromNumber } from "../objects/long.ts";
import { PyMapping_Keys } from "../objects/mapping.ts";
import { tupled } from "../objects/methdef.ts";
import { pushed } from "../objects/nativecall.ts";
import { range_len } from "../objects/range.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop } from "../objects/stack.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";

function builtin_getattr(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "getattr", nargs, 2, 3);
  const i32 = rt.i32;
  if (nargs === 2) return PyObject_GetAttr(rt, i32[args], i32[args + 2]);
  return PyObject_GetOptionalAttr(rt, i32[args], i32[args + 2]) || newref(rt, i32[args + 4]);
}

function builtin_hasattr(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "hasattr", nargs, 2, 2);
  return PyObject_HasAttr(rt, rt.i32[args], rt.i32[args + 2]) ? rt.True : rt.False;
}

function builtin_setattr(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "setattr", nargs, 3, 3);
  PyObject_SetAttr(rt, rt.i32[args], rt.i32[args + 2], rt.i32[args + 4]);
  return rt.None;
}

function builtin_delattr(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "delattr", nargs, 2, 2);
  PyObject_SetAttr(rt, rt.i32[args], rt.i32[args + 2], 0);
  return rt.None;
}

function builtin_isinstance(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "isinstance", nargs, 2, 2);
  return PyObject_IsInstance(rt, rt.i32[args], rt.i32[args + 2]) ? rt.True : rt.False;
}

function builtin_issubclass(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "issubclass", nargs, 2, 2);
  return PyObject_IsSubclass(rt, rt.i32[args], rt.i32[args + 2]) ? rt.True : rt.False;
}

function builtin_callable(rt: Runtime, _self: Ref, o: Ref): NewRef {
  return PyCallable_Check(rt, o) ? rt.True : rt.False;
}

function builtin_format(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "format", nargs, 1, 2);
  const spec = nargs === 2 ? rt.i32[args + 2] : 0;
  if (spec !== 0 && !PyUnicode_Check(rt, spec)) throw badArgument(rt, "format", "argument 2", "str", spec);
  return PyObject_Format(rt, rt.i32[args], spec);
}

function builtin_hash(rt: Runtime, _self: Ref, o: Ref): NewRef {
  const lo = PyObject_Hash(rt, o);
  return PyLong_FromHalves(rt, lo, rt.hashHi);
}

function builtin_len(rt: Runtime, _self: Ref, o: Ref): NewRef {
  const n = PyObject_Size(rt, o);
  // A range can be longer than a double tells exactly.
  if (n > Number.MAX_SAFE_INTEGER && PyRange_Check(rt, o)) return range_len(rt, o);
  return PyLong_FromNumber(rt, n);
}

/** id(): the byte address. */
function builtin_id(rt: Runtime, _self: Ref, o: Ref): NewRef {
  return PyLong_FromNumber(rt, o * 4);
}

function builtin_dir(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "dir", nargs, 0, 1);
  if (nargs === 1) return PyObject_Dir(rt, rt.i32[args]);
  const locals = pushed(rt, frameLocals(rt));
  const names = PyMapping_Keys(rt, locals);
  drop(rt);
  pushed(rt, names);
  PyList_Sort(rt, names);
  return pop(rt);
}

function builtin_vars(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "vars", nargs, 0, 1);
  if (nargs === 0) return frameLocals(rt);
  const dict = PyObject_GetOptionalAttr(rt, rt.i32[args], rt.names.__dict__);
  if (dict === 0) throw typeError(rt, "vars() argument must have __dict__ attribute");
  return dict;
}

/** locals() of the frame that called: a new reference (_PyEval_GetFrameLocals). */
export function frameLocals(rt: Runtime): NewRef {
  const fp = currentFrame(rt);
  if (fp === 0) throw raise(rt, rt.exc.SystemError, "frame does not exist");
  return currentLocals(rt, fp);
}

/** globals() of the frame that called: borrowed (PyEval_GetGlobals). */
export function frameGlobals(rt: Runtime): Ref {
  const fp = currentFrame(rt);
  if (fp === 0) throw raise(rt, rt.exc.SystemError, "globals and locals cannot be NULL");
  return rt.i32[fp + Frame.globals];
}

export const attributeBuiltins: MethodDef[] = [
  { name: "getattr", flags: METH.FASTCALL, fn: builtin_getattr },
  { name: "hasattr", flags: METH.FASTCALL, fn: builtin_hasattr, sig: "($module, obj, name, /)" },
  { name: "setattr", flags: METH.FASTCALL, fn: builtin_setattr, sig: "($module, obj, name, value, /)" },
  { name: "delattr", flags: METH.FASTCALL, fn: builtin_delattr, sig: "($module, obj, name, /)" },
  {
    name: "isinstance",
    flags: METH.FASTCALL,
    fn: builtin_isinstance,
    sig: "($module, obj, class_or_tuple, /)",
  },
  {
    name: "issubclass",
    flags: METH.FASTCALL,
    fn: builtin_issubclass,
    sig: "($module, cls, class_or_tuple, /)",
  },
  { name: "callable", flags: METH.O, fn: builtin_callable, sig: "($module, obj, /)" },
  { name: "format", flags: METH.FASTCALL, fn: builtin_format, sig: "($module, value, format_spec='', /)" },
  { name: "hash", flags: METH.O, fn: builtin_hash, sig: "($module, obj, /)" },
  { name: "len", flags: METH.O, fn: builtin_len, sig: "($module, obj, /)" },
  { name: "id", flags: METH.O, fn: builtin_id, sig: "($module, obj, /)" },
  { name: "repr", flags: METH.O, fn: (rt, _self, o) => PyObject_Repr(rt, o), sig: "($module, obj, /)" },
  { name: "ascii", flags: METH.O, fn: (rt, _self, o) => PyObject_ASCII(rt, o), sig: "($module, obj, /)" },
  { name: "dir", flags: METH.FASTCALL, fn: tupled(builtin_dir) },
  { name: "vars", flags: METH.FASTCALL, fn: tupled(builtin_vars) },
];
