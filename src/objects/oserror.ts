/**
 * OSError, which becomes FileNotFoundError and the like by its errno. Part of the object layer (CPython's
 * Objects/exceptions.c).
 *
 *   byte   72      80         88         96          104       112
 *          | errno | strerror | filename | filename2 | written |
 */

import { reprOf, strOf } from "./abstract.ts";
import { noKeywords } from "./argparse.ts";
import { PyObject_CallArgs } from "./call.ts";
import { PyLong_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { raise, raiseObject } from "./errors.ts";
import { BaseException_str, EXC_DICTOFFSET, EXC_FLAGS, fieldSlots } from "./exceptions.ts";
import { Exc, Ob, Tuple } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { PyNumber_AsSsize_t, PyNumber_Check, ssizeValue } from "./number.ts";
import { newref, setField, xnewref } from "./refcount.ts";
import type { PyErr, Runtime } from "./runtime.ts";
import { infoOfType, tpName } from "./slots.ts";
import { drop, pop, push } from "./stack.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { PyTuple_GetSlice, PyTuple_Pack, tupleItem } from "./tuple.ts";
import { METH, type MemberDef, type NewRef, type OptRef, type Ref } from "./typeinfo.ts";

export const enum OSErr {
  errno = 18,
  strerror = 20,
  filename = 22,
  filename2 = 24,
  written = 26,
  BYTES = 112,
}

/** errno of 64-bit Linux to exception type. */
function typeOfErrno(rt: Runtime, errno: number): OptRef {
  const exc = rt.exc;
  switch (errno) {
    case 11:
    case 114:
    case 115:
      return exc.BlockingIOError;
    case 32:
    case 108:
      return exc.BrokenPipeError;
    case 10:
      return exc.ChildProcessError;
    case 103:
      return exc.ConnectionAbortedError;
    case 111:
      return exc.ConnectionRefusedError;
    case 104:
      return exc.ConnectionResetError;
    case 17:
      return exc.FileExistsError;
    case 2:
      return exc.FileNotFoundError;
    case 21:
      return exc.IsADirectoryError;
    case 20:
      return exc.NotADirectoryError;
    case 4:
      return exc.InterruptedError;
    case 1:
    case 13:
      return exc.PermissionError;
    case 3:
      return exc.ProcessLookupError;
    case 110:
      return exc.TimeoutError;
    default:
      return 0;
  }
}

/** Is the work done by `__init__`: a class that overrides `__init__` and not `__new__`? */
function oserror_use_init(rt: Runtime, type: Ref): boolean {
  const info = infoOfType(rt, type);
  return info.tp_init !== OSError_init && info.tp_new === OSError_new;
}

interface Parts {
  errno: OptRef;
  strerror: OptRef;
  filename: OptRef;
  filename2: OptRef;
}

/** With 2 to 5 arguments: errno, strerror, filename, (winerror,) filename2; borrowed. */
function parseParts(rt: Runtime, args: Ref): Parts {
  const n = rt.i32[args + Tuple.size];
  const item = (k: number) => (n >= 2 && n <= 5 && k < n ? tupleItem(rt, args, k) : 0);
  return { errno: item(0), strerror: item(1), filename: item(2), filename2: item(4) };
}

function OSError_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const useInit = oserror_use_init(rt, type);
  const parts = parseParts(rt, args);
  if (!useInit) {
    noKeywords(rt, tpName(rt, type), kwargs);
    if (type === rt.exc.OSError && parts.errno !== 0 && PyLong_Check(rt, parts.errno)) {
      type = typeOfErrno(rt, ssizeValue(rt, parts.errno)) || type;
    }
  }
  const p = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  push(rt, p);
  rt.i32[p + OSErr.written] = -1;
  if (useInit) rt.i32[p + Exc.args] = newref(rt, rt.emptyTuple);
  else oserror_init(rt, p, args, parts);
  return pop(rt);
}

function OSError_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  const type = rt.i32[p + Ob.type];
  if (!oserror_use_init(rt, type)) return;
  noKeywords(rt, tpName(rt, type), kwargs);
  oserror_init(rt, p, args, parseParts(rt, args));
}

/** Fills the fields; with a file name, args keeps only errno and text, for the sake of old code that unpacks it. */
function oserror_init(rt: Runtime, p: Ref, args: Ref, parts: Parts): void {
  const n = rt.i32[args + Tuple.size];
  let kept = 0;
  if (parts.filename !== 0 && parts.filename !== rt.None) {
    if (rt.i32[p + Ob.type] === rt.exc.BlockingIOError && PyNumber_Check(rt, parts.filename)) {
      rt.i32[p + OSErr.written] = PyNumber_AsSsize_t(rt, parts.filename, rt.exc.ValueError);
    } else {
      setField(rt, p + OSErr.filename, newref(rt, parts.filename));
      const second = parts.filename2;
      if (second !== 0 && second !== rt.None) setField(rt, p + OSErr.filename2, newref(rt, second));
      if (n >= 2 && n <= 5) kept = PyTuple_GetSlice(rt, args, 0, 2);
    }
  }
  setField(rt, p + OSErr.errno, xnewref(rt, parts.errno));
  setField(rt, p + OSErr.strerror, xnewref(rt, parts.strerror));
  setField(rt, p + Exc.args, kept || newref(rt, args));
}

function OSError_str(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const errno = i32[p + OSErr.errno];
  const strerror = i32[p + OSErr.strerror];
  const filename = i32[p + OSErr.filename];
  if (filename === 0 && (errno === 0 || strerror === 0)) return BaseException_str(rt, p);
  let text = `[Errno ${strOf(rt, errno || rt.None)}] ${strOf(rt, strerror || rt.None)}`;
  if (filename !== 0) text += `: ${reprOf(rt, filename)}`;
  const second = i32[p + OSErr.filename2];
  if (filename !== 0 && second !== 0) text += ` -> ${reprOf(rt, second)}`;
  return PyUnicode_FromJS(rt, text);
}

/** The argument tuple that would make the exception again. */
function reduceArgs(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const args = i32[p + Exc.args];
  const filename = i32[p + OSErr.filename];
  if (i32[args + Tuple.size] !== 2 || filename === 0) return newref(rt, args);
  const [a, b] = [tupleItem(rt, args, 0), tupleItem(rt, args, 1)];
  const second = i32[p + OSErr.filename2];
  return second === 0 ? PyTuple_Pack(rt, a, b, filename) : PyTuple_Pack(rt, a, b, filename, rt.None, second);
}

function OSError_reduce(rt: Runtime, p: Ref): NewRef {
  const args = push(rt, reduceArgs(rt, p));
  const i32 = rt.i32;
  const dict = i32[p + Exc.dict];
  const type = i32[p + Ob.type];
  const result = dict === 0 ? PyTuple_Pack(rt, type, i32[args]) : PyTuple_Pack(rt, type, i32[args], dict);
  drop(rt);
  return result;
}

function getWritten(rt: Runtime, p: Ref): NewRef {
  const n = rt.i32[p + OSErr.written];
  if (n === -1) throw raise(rt, rt.exc.AttributeError, "characters_written");
  return PyLong_FromNumber(rt, n);
}

function setWritten(rt: Runtime, p: Ref, value: OptRef): void {
  if (value !== 0) {
    rt.i32[p + OSErr.written] = PyNumber_AsSsize_t(rt, value, rt.exc.ValueError);
    return;
  }
  if (rt.i32[p + OSErr.written] === -1) throw raise(rt, rt.exc.AttributeError, "characters_written");
  rt.i32[p + OSErr.written] = -1;
}

function field(name: string, offset: number): MemberDef {
  return { name, type: "object", offset };
}

const SUBTYPES = {
  OSError: [
    "BlockingIOError",
    "ConnectionError",
    "ChildProcessError",
    "FileExistsError",
    "FileNotFoundError",
    "IsADirectoryError",
    "NotADirectoryError",
    "InterruptedError",
    "PermissionError",
    "ProcessLookupError",
    "TimeoutError",
  ],
  ConnectionError: [
    "BrokenPipeError",
    "ConnectionAbortedError",
    "ConnectionRefusedError",
    "ConnectionResetError",
  ],
} as const;

export function initOSError(rt: Runtime): void {
  const common = { basicsize: OSErr.BYTES, dictoffset: EXC_DICTOFFSET, flags: EXC_FLAGS };
  const storage = fieldSlots([OSErr.errno, OSErr.strerror, OSErr.filename, OSErr.filename2]);
  defineType(
    rt,
    {
      ...common,
      name: "OSError",
      base: rt.exc.Exception,
      doc: "An operation of the system failed.",
      slots: { ...storage, tp_new: OSError_new, tp_init: OSError_init, tp_str: OSError_str },
      methods: [{ name: "__reduce__", flags: METH.NOARGS, fn: OSError_reduce }],
      members: [
        field("errno", OSErr.errno),
        field("strerror", OSErr.strerror),
        field("filename", OSErr.filename),
        field("filename2", OSErr.filename2),
      ],
      getsets: [{ name: "characters_written", get: getWritten, set: setWritten }],
    },
    rt.exc.OSError,
  );
  for (const [base, names] of Object.entries(SUBTYPES) as [
    keyof typeof SUBTYPES,
    readonly (keyof Runtime["exc"])[],
  ][]) {
    for (const name of names) {
      const slots = { ...storage, tp_init: OSError_init };
      defineType(rt, { ...common, name, base: rt.exc[base], slots }, rt.exc[name]);
    }
  }
}

/** OSError for an errno and a text, with a file name (borrowed; 0: none): what to throw. */
export function osError(
  rt: Runtime,
  errno: number,
  text: string,
  filename: OptRef,
  filename2: OptRef = 0,
): PyErr {
  const n = push(rt, PyLong_FromNumber(rt, errno));
  const message = push(rt, PyUnicode_FromJS(rt, text));
  const i32 = rt.i32;
  const type = rt.exc.OSError;
  const exc =
    filename === 0
      ? PyObject_CallArgs(rt, type, i32[n], i32[message])
      : filename2 === 0
        ? PyObject_CallArgs(rt, type, i32[n], i32[message], filename)
        : PyObject_CallArgs(rt, type, i32[n], i32[message], filename, rt.None, filename2);
  drop(rt, 2);
  return raiseObject(rt, exc);
}
