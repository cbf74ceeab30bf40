/**
 * Text of objects: repr, str, ascii, format, bytes, and the guard that prints a container inside itself as dots.
 * Part of the object layer (CPython's Objects/object.c).
 */
import { Cell } from "../heap/cells.ts";
import { _PyObject_LookupSpecial } from "./abstract.ts";
import { _PyObject_GC_Link } from "./alloc.ts";
import { PyBytes_FromObject } from "./bytes.ts";
import { callAndDecref, enterRecursive, leaveRecursive, PyObject_CallOneArg } from "./call.ts";
import {
  PyBytes_Check,
  PyBytes_CheckExact,
  PyLong_CheckExact,
  PyUnicode_Check,
  PyUnicode_CheckExact,
} from "./check.ts";
import { dict_getitem_str, dict_setitem_str, PyDict_New } from "./dict.ts";
import { typeError } from "./errors.ts";
import { formatExactFloat } from "./formatfloat.ts";
import { formatExactInt } from "./formatint.ts";
import { formatExactStr } from "./formatstr.ts";
import { List, Ob, Str } from "./layout.ts";
import { list_resize, listItem, PyList_Append, PyList_New, PyList_SetSlice } from "./list.ts";
import { decref, newref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOf, typeNameOf } from "./slots.ts";
import { drop, push } from "./stack.ts";
import { isAscii, jsString, PyUnicode_FromJS } from "./str.ts";
import type { NewRef, OptRef, Ref } from "./typeinfo.ts";

export function PyObject_Repr(rt: Runtime, p: Ref): NewRef {
  const repr = infoOf(rt, p).tp_repr;
  if (repr === null) return PyUnicode_FromJS(rt, `<${typeNameOf(rt, p)} object at ${hexAddress(p)}>`);
  enterRecursive(rt, " while getting the repr of an object");
  const text = repr(rt, p);
  leaveRecursive(rt);
  if (!PyUnicode_Check(rt, text)) throw wrongResult(rt, text, "__repr__ returned non-string");
  return text;
}

/** An address as CPython prints it: id in hexadecimal. */
export function hexAddress(p: Ref): string {
  return `0x${(p * 4).toString(16)}`;
}

/** A TypeError about the type of an owned result, which is released. */
function wrongResult(rt: Runtime, result: NewRef, message: string): PyErr {
  push(rt, result);
  const err = typeError(rt, `${message} (type ${typeNameOf(rt, result)})`);
  drop(rt);
  return err;
}

export function PyObject_Str(rt: Runtime, p: Ref): NewRef {
  if (PyUnicode_CheckExact(rt, p)) return newref(rt, p);
  const str = infoOf(rt, p).tp_str;
  if (str === null) return PyObject_Repr(rt, p);
  enterRecursive(rt, " while getting the str of an object");
  const text = str(rt, p);
  leaveRecursive(rt);
  if (!PyUnicode_Check(rt, text)) throw wrongResult(rt, text, "__str__ returned non-string");
  return text;
}

/** ascii(p): the repr with all beyond ASCII escaped. */
export function PyObject_ASCII(rt: Runtime, p: Ref): NewRef {
  const repr = PyObject_Repr(rt, p);
  if (isAscii(rt, repr)) return repr;
  push(rt, repr);
  const ascii = PyUnicode_FromJS(rt, backslashReplace(jsString(rt, repr)));
  drop(rt);
  return ascii;
}

function backslashReplace(text: string): string {
  let out = "";
  for (const ch of text) {
    const c = ch.codePointAt(0)!;
    if (c < 0x80) out += ch;
    else if (c < 0x100) out += `\\x${c.toString(16).padStart(2, "0")}`;
    else if (c < 0x10000) out += `\\u${c.toString(16).padStart(4, "0")}`;
    else out += `\\U${c.toString(16).padStart(8, "0")}`;
  }
  return out;
}

export function PyObject_Bytes(rt: Runtime, p: Ref): NewRef {
  if (PyBytes_CheckExact(rt, p)) return newref(rt, p);
  const func = _PyObject_LookupSpecial(rt, p, rt.names.__bytes__);
  if (func === 0) return PyBytes_FromObject(rt, p);
  const result = callAndDecref(rt, func);
  if (!PyBytes_Check(rt, result)) throw wrongResult(rt, result, "__bytes__ returned non-bytes");
  return result;
}

/** format(p, spec); spec 0 is "". */
/**
 * format() of an exact int, float or str without the bound method that CPython makes for the call: the collector's count is
 * moved as it moves it. 0 for other types, and while somebody looks at allocations.
 */
function formatExact(rt: Runtime, p: Ref, spec: Ref): NewRef | 0 {
  const i32 = rt.i32;
  const type = i32[p + Ob.type];
  const types = rt.types;
  if (i32[Cell.HOOKS] !== 0 || (type !== types.int && type !== types.float && type !== types.str)) return 0;
  _PyObject_GC_Link(rt);
  if (i32[Cell.GC_COUNT0] > 0) i32[Cell.GC_COUNT0]--;
  if (type === types.int) return formatExactInt(rt, p, spec);
  return type === types.float ? formatExactFloat(rt, p, spec) : formatExactStr(rt, p, spec);
}

export function PyObject_Format(rt: Runtime, p: Ref, spec: OptRef): NewRef {
  if (spec !== 0 && !PyUnicode_Check(rt, spec)) {
    throw typeError(rt, `Format specifier must be a string, not ${typeNameOf(rt, spec)}`);
  }
  if (spec === 0 || rt.i32[spec + Str.length] === 0) {
    if (PyUnicode_CheckExact(rt, p)) return newref(rt, p);
    if (PyLong_CheckExact(rt, p)) return PyObject_Str(rt, p);
    if (rt.i32[p + Ob.type] === rt.types.float) {
      const quick = formatExact(rt, p, rt.emptyStr);
      if (quick !== 0) return quick;
    }
    spec = rt.emptyStr;
  } else {
    const quick = formatExact(rt, p, spec);
    if (quick !== 0) return quick;
  }
  const meth = _PyObject_LookupSpecial(rt, p, rt.names.__format__);
  if (meth === 0) throw typeError(rt, `Type ${typeNameOf(rt, p, 100)} doesn't define __format__`);
  push(rt, meth);
  const result = PyObject_CallOneArg(rt, meth, spec);
  drop(rt);
  if (!PyUnicode_Check(rt, result)) {
    push(rt, result);
    throw typeError(rt, `__format__ must return a str, not ${typeNameOf(rt, result)}`);
  }
  return result;
}

/**
 * Py_ReprEnter: false if `p` is being printed already (print dots then); else it is on the list of what is being
 * printed until Py_ReprLeave, which must be called in a `finally`.
 */
export function Py_ReprEnter(rt: Runtime, p: Ref): boolean {
  if (rt.threadDict === 0) rt.threadDict = PyDict_New(rt);
  let list = dict_getitem_str(rt, rt.threadDict, "Py_Repr");
  if (list === 0) {
    list = push(rt, PyList_New(rt, 0));
    list = rt.i32[list];
    dict_setitem_str(rt, rt.threadDict, "Py_Repr", list);
    drop(rt);
  }
  for (let k = rt.i32[list + List.size] - 1; k >= 0; k--) if (listItem(rt, list, k) === p) return false;
  PyList_Append(rt, list, p);
  return true;
}

export function Py_ReprLeave(rt: Runtime, p: Ref): void {
  if (rt.threadDict === 0) return;
  const list = dict_getitem_str(rt, rt.threadDict, "Py_Repr");
  if (list === 0) return;
  for (let k = rt.i32[list + List.size] - 1; k >= 0; k--) {
    if (listItem(rt, list, k) === p) {
      if (k === rt.i32[list + List.size] - 1) {
        // What is being printed is still held by others.
        list_resize(rt, list, k);
        decref(rt, p);
        return;
      }
      PyList_SetSlice(rt, list, k, k + 1, 0);
      return;
    }
  }
}
