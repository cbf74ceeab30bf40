/** print, input, open, breakpoint. Part of the modules (CPython's Python/bltinmodule.c). */
import { PyObject_GetAttr, PyObject_IsTrue, PyObject_Str } from "../objects/abstract.ts";
import { checkArgs, kwSpec, parseFastKw } from "../objects/argparse.ts";
import {
  PyObject_CallMethodNoArgs,
  PyObject_CallMethodOneArg,
  PyObject_CallOneArg,
  PyObject_Vectorcall,
} from "../objects/call.ts";
import { PyUnicode_Check } from "../objects/check.ts";
import { dict_getitem_str } from "../objects/dict.ts";
import { raise, typeError } from "../objects/errors.ts";
import { Ob, Str } from "../objects/layout.ts";
import { catching, pushed } from "../objects/nativecall.ts";
import { decref, newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, push } from "../objects/stack.ts";
import { charAt, internStatic, jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_FromArray } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { io_open } from "./_io.ts";
import { flushFile, printText } from "./stdstream.ts";

const PRINT = kwSpec("print", "*, sep=, end=, file=, flush=");

function textOrNone(rt: Runtime, name: string, o: OptRef): OptRef {
  if (o === 0 || o === rt.None) return 0;
  if (PyUnicode_Check(rt, o)) return o;
  throw typeError(rt, `${name} must be None or a string, not ${typeNameOf(rt, o)}`);
}

function builtin_print(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  let sep = 0;
  let end = 0;
  let file = 0;
  let flush = 0;
  if (kwnames !== 0) {
    [sep, end, file, flush] = parseFastKw(rt, PRINT, args + 2 * nargs, 0, kwnames);
  }
  // Argument Clinic's `*args` is a tuple, which the free lists and the collector's counts tell of.
  push(rt, PyTuple_FromArray(rt, args, nargs, false));
  if (file === 0 || file === rt.None) {
    file = sysAttr(rt, "stdout");
    if (file === 0) throw raise(rt, rt.exc.RuntimeError, "lost sys.stdout");
    if (file === rt.None) {
      drop(rt);
      return rt.None;
    }
  }
  sep = textOrNone(rt, "sep", sep);
  end = textOrNone(rt, "end", end);
  push(rt, newref(rt, file));
  for (let i = 0; i < nargs; i++) {
    if (i > 0) writeObject(rt, file, sep === 0 ? internStatic(rt, " ") : sep);
    writeObject(rt, file, rt.i32[args + 2 * i]);
  }
  writeObject(rt, file, end === 0 ? internStatic(rt, "\n") : end);
  if (flush !== 0 && PyObject_IsTrue(rt, flush)) {
    flushFile(rt, file);
  }
  drop(rt, 2);
  return rt.None;
}

/** An entry of sys.__dict__, borrowed, or 0 (PySys_GetObject). */
export function sysAttr(rt: Runtime, name: string): OptRef {
  return dict_getitem_str(rt, rt.sysDict, name);
}

/** file.write(str(o)) (PyFile_WriteObject with Py_PRINT_RAW). */
export function writeObject(rt: Runtime, file: Ref, o: Ref): void {
  const type = rt.i32[file + Ob.type];
  const quick = type === rt.stdStreamType || type === rt.textIOType;
  const write = quick ? 0 : pushed(rt, PyObject_GetAttr(rt, file, rt.names.write));
  const text = pushed(rt, PyObject_Str(rt, o));
  if (!quick) decref(rt, PyObject_CallOneArg(rt, write, text));
  else if (!printText(rt, file, text)) decref(rt, PyObject_CallMethodOneArg(rt, file, rt.names.write, text));
  drop(rt, quick ? 1 : 2);
}

/** file.write of native code's own text (PyFile_WriteString). */
export function writeString(rt: Runtime, file: Ref, text: string): void {
  const s = pushed(rt, PyUnicode_FromJS(rt, text));
  writeObject(rt, file, s);
  drop(rt);
}

function stdFile(rt: Runtime, name: string): Ref {
  const file = sysAttr(rt, name);
  if (file === 0 || file === rt.None) throw raise(rt, rt.exc.RuntimeError, `input(): lost sys.${name}`);
  return file;
}

function builtin_input(rt: Runtime, _self: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "input", nargs, 0, 1);
  const fin = pushed(rt, newref(rt, stdFile(rt, "stdin")));
  const fout = pushed(rt, newref(rt, stdFile(rt, "stdout")));
  const ferr = pushed(rt, newref(rt, stdFile(rt, "stderr")));
  catching(rt, rt.exc.BaseException, undefined, () => flushFile(rt, ferr));
  if (nargs === 1) writeObject(rt, fout, rt.i32[args]);
  catching(rt, rt.exc.BaseException, undefined, () => flushFile(rt, fout));
  const line = PyFile_GetLine(rt, fin);
  drop(rt, 3);
  return line;
}

/** One line without its end; EOFError at the end of the file. */
function PyFile_GetLine(rt: Runtime, file: Ref): NewRef {
  const line = PyObject_CallMethodNoArgs(rt, file, rt.names.readline);
  push(rt, line);
  if (!PyUnicode_Check(rt, line)) throw typeError(rt, "object.readline() returned non-string");
  const n = rt.i32[line + Str.length];
  if (n === 0) throw raise(rt, rt.exc.EOFError, "EOF when reading a line");
  const ends = charAt(rt, line, n - 1) === 10;
  const result = ends ? PyUnicode_FromJS(rt, jsString(rt, line).slice(0, -1)) : newref(rt, line);
  drop(rt);
  return result;
}

/** open is `_io.open`, the same object; the module is imported when it is first called. */
function builtin_open(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  if (!rt.moduleState.has("_io")) decref(rt, rt.importHook(internStatic(rt, "_io"), 0, 0, 0, 0));
  return io_open(rt, 0, args, nargs, kwnames);
}

function builtin_breakpoint(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const hook = sysAttr(rt, "breakpointhook");
  if (hook === 0) throw raise(rt, rt.exc.RuntimeError, "lost sys.breakpointhook");
  push(rt, newref(rt, hook));
  const result = PyObject_Vectorcall(rt, hook, args, nargs, kwnames);
  drop(rt);
  return result;
}

export const ioBuiltins: MethodDef[] = [
  {
    name: "print",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_print,
    sig: "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)",
  },
  { name: "input", flags: METH.FASTCALL, fn: builtin_input, sig: "($module, prompt='', /)" },
  {
    name: "open",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_open,
    sig: "($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)",
  },
  {
    name: "breakpoint",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_breakpoint,
    sig: "($module, /, *args, **kws)",
  },
];
