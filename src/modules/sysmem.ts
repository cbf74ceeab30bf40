/** What sys tells about memory and objects. Part of the modules (CPython's Python/sysmodule.c). */

import { Cell } from "../heap/cells.ts";
import { _PyObject_LookupSpecial, PyObject_IsTrue } from "../objects/abstract.ts";
import { badArgument, kwSpec, parseFastKw } from "../objects/argparse.ts";
import { callAndDecref } from "../objects/call.ts";
import { PyLong_Check, PyType_Check, PyUnicode_Check, PyUnicode_CheckExact } from "../objects/check.ts";
import { PyDict_Size } from "../objects/dict.ts";
import { caught, clearError, typeError, valueError } from "../objects/errors.ts";
import { Gc, Ob, Str, TF, Ty } from "../objects/layout.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "../objects/long.ts";
import { tupled } from "../objects/methdef.ts";
import { pushed } from "../objects/nativecall.ts";
import { newref } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, mark } from "../objects/stack.ts";
import { PyUnicode_InternInPlace } from "../objects/str.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { debugMallocStats, pymallocFigures } from "../pymalloc/stats.ts";
import { freeListStats } from "./sysfreelists.ts";
import { writeStderr } from "./tbprint.ts";

/** The caller's own reference to the argument counts, as in CPython. */
function sys_getrefcount(rt: Runtime, _m: Ref, o: Ref): NewRef {
  return PyLong_FromNumber(rt, rt.i32[o] >>> 0);
}

const GETSIZEOF = kwSpec("getsizeof", "object, default=");

function sys_getsizeof(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [o, fallback] = parseFastKw(rt, GETSIZEOF, args, nargs, kwnames);
  if (fallback === 0) return PyLong_FromNumber(rt, _PySys_GetSizeOf(rt, o));
  const m = mark(rt);
  try {
    return PyLong_FromNumber(rt, _PySys_GetSizeOf(rt, o));
  } catch (e) {
    caught(rt, e, m, rt.exc.TypeError);
    clearError(rt);
    return newref(rt, fallback);
  }
}

/** `__sizeof__` plus what stands before the object. */
export function _PySys_GetSizeOf(rt: Runtime, o: Ref): number {
  const method = _PyObject_LookupSpecial(rt, o, rt.names.__sizeof__);
  if (method === 0) throw typeError(rt, `Type ${typeNameOf(rt, o, 100)} doesn't define __sizeof__`);
  const size = pushed(rt, callAndDecref(rt, method));
  if (!PyLong_Check(rt, size)) throw typeError(rt, "an integer is required");
  const n = PyLong_AsSsize_t(rt, size);
  drop(rt);
  if (n < 0) throw valueError(rt, "__sizeof__() should return >= 0");
  return n + preHeader(rt, o);
}

/** Bytes before an object: GC head, and managed dict and weak reference pointers. A static type has none. */
function preHeader(rt: Runtime, o: Ref): number {
  const i32 = rt.i32;
  if (PyType_Check(rt, o) && (i32[o + Ty.flags] & TF.HEAPTYPE) === 0) return 0;
  const flags = i32[i32[o + Ob.type] + Ty.flags];
  const gc = (flags & TF.HAVE_GC) !== 0 ? Gc.HEAD_BYTES : 0;
  return gc + ((flags & (TF.MANAGED_DICT | TF.MANAGED_WEAKREF)) !== 0 ? 16 : 0);
}

function sys_getallocatedblocks(rt: Runtime): NewRef {
  let blocks = rt.i32[Cell.raw_allocated_blocks];
  for (const c of pymallocFigures(rt).classes) blocks += c.usedBlocks;
  return PyLong_FromNumber(rt, blocks);
}

const INTERNED = kwSpec("getunicodeinternedsize", "*, _only_immortal=");

function sys_getunicodeinternedsize(
  rt: Runtime,
  _m: Ref,
  args: number,
  nargs: number,
  kwnames: OptRef,
): NewRef {
  const [only] = parseFastKw(rt, INTERNED, args, nargs, kwnames);
  const fixed = rt.staticStrings.size;
  if (only !== 0 && PyObject_IsTrue(rt, only)) return PyLong_FromNumber(rt, fixed);
  return PyLong_FromNumber(rt, fixed + PyDict_Size(rt, rt.interned));
}

function sys_intern(rt: Runtime, _m: Ref, s: Ref): NewRef {
  if (!PyUnicode_Check(rt, s)) throw notStr(rt, "intern", s);
  if (!PyUnicode_CheckExact(rt, s)) throw typeError(rt, `can't intern ${typeNameOf(rt, s, 400)}`);
  return PyUnicode_InternInPlace(rt, newref(rt, s));
}

function notStr(rt: Runtime, name: string, o: Ref): PyErr {
  return badArgument(rt, name, "argument", "str", o);
}

function sys__is_interned(rt: Runtime, _m: Ref, s: Ref): NewRef {
  if (!PyUnicode_Check(rt, s)) throw notStr(rt, "_is_interned", s);
  return (rt.i32[s + Str.state] & 3) !== 0 ? rt.True : rt.False;
}

/** What sys._debugmallocstats() prints. */
export function debugMallocStatsText(rt: Runtime): string {
  const text = debugMallocStats(rt);
  return (text === "" ? "" : `${text}\n`) + freeListStats(rt);
}

function sys__debugmallocstats(rt: Runtime): NewRef {
  writeStderr(rt, debugMallocStatsText(rt));
  return rt.None;
}

export const memoryFunctions: MethodDef[] = [
  { name: "getrefcount", flags: METH.O, fn: sys_getrefcount, sig: "($module, object, /)" },
  { name: "getsizeof", flags: METH.FASTCALL | METH.KEYWORDS, fn: tupled(sys_getsizeof) },
  { name: "getallocatedblocks", flags: METH.NOARGS, fn: sys_getallocatedblocks, sig: "($module, /)" },
  {
    name: "getunicodeinternedsize",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: sys_getunicodeinternedsize,
    sig: "($module, /, *, _only_immortal=False)",
  },
  { name: "intern", flags: METH.O, fn: sys_intern, sig: "($module, string, /)" },
  { name: "_is_interned", flags: METH.O, fn: sys__is_interned, sig: "($module, string, /)" },
  { name: "_debugmallocstats", flags: METH.NOARGS, fn: sys__debugmallocstats, sig: "($module, /)" },
];
