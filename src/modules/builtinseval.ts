/** compile, eval, exec, globals, locals, __import__. Part of the modules (CPython's Python/bltinmodule.c). */
import { PyObject_IsTrue } from "../objects/abstract.ts";
import { badArgument, kwSpec, parseFastKw } from "../objects/argparse.ts";
import {
  PyByteArray_Check,
  PyBytes_Check,
  PyCode_Check,
  PyDict_Check,
  PyMemoryView_Check,
  PyTuple_CheckExact,
  PyUnicode_Check,
} from "../objects/check.ts";
import { PyDict_SetDefault } from "../objects/dict.ts";
import { raise, typeError, valueError } from "../objects/errors.ts";
import { currentFrame } from "../objects/frame.ts";
import { fsPath } from "../objects/fspath.ts";
import { Code, Frame, Ob } from "../objects/layout.ts";
import { PyMapping_Check } from "../objects/mapping.ts";
import { pushed } from "../objects/nativecall.ts";
import { PyNumber_AsSsize_t } from "../objects/number.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { typeNameOf } from "../objects/slots.ts";
import { drop, push } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { isTree } from "../runtime/astfromobjects.ts";
import { frameGlobals, frameLocals } from "./builtinsattr.ts";

/** Flags of compile() besides the __future__ features. */
const enum PyCF {
  SOURCE_IS_UTF8 = 0x0100,
  DONT_IMPLY_DEDENT = 0x0200,
  ONLY_AST = 0x0400,
  IGNORE_COOKIE = 0x0800,
  TYPE_COMMENTS = 0x1000,
  ALLOW_TOP_LEVEL_AWAIT = 0x2000,
  ALLOW_INCOMPLETE_INPUT = 0x4000,
  OPTIMIZED_AST = 0x8000 | ONLY_AST,
}
/** CO_FUTURE_* of division, absolute import, with, print, unicode, barry_as_FLUFL, generator stop, annotations; nested scopes is 0x10. */
const FUTURE_MASK = 0x1fe0000 | 0x10;
const COMPILE_MASK =
  FUTURE_MASK |
  PyCF.DONT_IMPLY_DEDENT |
  PyCF.OPTIMIZED_AST |
  PyCF.TYPE_COMMENTS |
  PyCF.ALLOW_TOP_LEVEL_AWAIT |
  PyCF.ALLOW_INCOMPLETE_INPUT;

const COMPILE = kwSpec(
  "compile",
  "source, filename, mode, flags=, dont_inherit=, optimize=, *, _feature_version=",
);

function intArg(rt: Runtime, o: OptRef, fallback: number): number {
  return o === 0 ? fallback : PyNumber_AsSsize_t(rt, o, rt.exc.OverflowError);
}

function builtin_compile(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const given = parseFastKw(rt, COMPILE, args, nargs, kwnames);
  const [source, filenameArg, modeArg] = given;
  const filename = fsPath(rt, filenameArg);
  if (!PyUnicode_Check(rt, modeArg)) throw badArgument(rt, "compile", "argument 'mode'", "str", modeArg);
  const flags = intArg(rt, given[3], 0);
  const dontInherit = given[4] !== 0 && PyObject_IsTrue(rt, given[4]);
  const optimize = intArg(rt, given[5], -1);
  if ((flags & ~COMPILE_MASK) !== 0) throw valueError(rt, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) throw valueError(rt, "compile(): invalid optimize value");
  const mode = jsString(rt, modeArg);
  checkMode(rt, mode, (flags & PyCF.ONLY_AST) !== 0);
  if (!isTree(rt, source)) checkSource(rt, source, "compile", "string, bytes or AST");
  return rt.compileHook(source, filename, mode, flags, dontInherit, optimize);
}

function checkMode(rt: Runtime, mode: string, ast: boolean): void {
  if (mode === "exec" || mode === "eval" || mode === "single") return;
  if (ast && mode === "func_type") return;
  const modes = ast ? "'exec', 'eval', 'single' or 'func_type'" : "'exec', 'eval' or 'single'";
  throw valueError(rt, `compile() mode must be ${modes}`);
}

/** Source text is a str or something with bytes, without null characters. */
function checkSource(rt: Runtime, source: Ref, fname: string, what: string): void {
  if (PyUnicode_Check(rt, source)) {
    if (jsString(rt, source).includes("\0")) throw nullBytes(rt);
    return;
  }
  if (PyBytes_Check(rt, source) || PyByteArray_Check(rt, source) || PyMemoryView_Check(rt, source)) return;
  throw typeError(rt, `${fname}() arg 1 must be a ${what} object`);
}

function nullBytes(rt: Runtime): unknown {
  return raise(rt, rt.exc.SyntaxError, "source code string cannot contain null bytes");
}

const EVAL = kwSpec("eval", "source, /, globals=, locals=");

function builtin_eval(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [source, globalsArg, localsArg] = parseFastKw(rt, EVAL, args, nargs, kwnames);
  if (given(rt, localsArg) && !PyMapping_Check(rt, localsArg))
    throw typeError(rt, "locals must be a mapping");
  if (given(rt, globalsArg) && !PyDict_Check(rt, globalsArg)) throw evalGlobals(rt, globalsArg);
  const [globals, locals] = namespaces(rt, globalsArg, localsArg);
  PyDict_SetDefault(rt, globals, rt.names.__builtins__, currentBuiltins(rt));
  let result: Ref;
  if (PyCode_Check(rt, source)) {
    if (rt.i32[source + Code.nfreevars] > 0) {
      throw typeError(rt, "code object passed to eval() may not contain free variables");
    }
    result = rt.evalCode(source, globals, locals, 0);
  } else {
    checkSource(rt, source, "eval", "string, bytes or code");
    result = runSource(rt, pushed(rt, withoutIndent(rt, source)), "eval", globals, locals);
    drop(rt);
  }
  drop(rt);
  return result;
}

function given(rt: Runtime, o: OptRef): boolean {
  return o !== 0 && o !== rt.None;
}

function evalGlobals(rt: Runtime, o: Ref): unknown {
  const mapping = PyMapping_Check(rt, o);
  return typeError(
    rt,
    mapping ? "globals must be a real dict; try eval(expr, {}, mapping)" : "globals must be a dict",
  );
}

/** The namespaces to run in; the locals are held in one native stack slot. */
function namespaces(rt: Runtime, globals: OptRef, locals: OptRef): [Ref, Ref] {
  if (given(rt, globals)) {
    const l = given(rt, locals) ? locals : globals;
    return [globals, pushed(rt, newref(rt, l))];
  }
  const g = frameGlobals(rt);
  return [g, pushed(rt, given(rt, locals) ? newref(rt, locals) : frameLocals(rt))];
}

/** PyEval_GetBuiltins: borrowed. */
function currentBuiltins(rt: Runtime): Ref {
  const fp = currentFrame(rt);
  return fp === 0 ? rt.builtinsDict : rt.i32[fp + Frame.builtins];
}

/** eval() skips leading blanks of its source: a new reference. */
function withoutIndent(rt: Runtime, source: Ref): NewRef {
  if (!PyUnicode_Check(rt, source)) return newref(rt, source);
  const text = jsString(rt, source);
  if (text[0] !== " " && text[0] !== "\t") return newref(rt, source);
  return PyUnicode_FromJS(rt, text.replace(/^[ \t]+/, ""));
}

/** Compiles and runs; the flags of the calling code are inherited. */
function runSource(rt: Runtime, source: Ref, mode: string, globals: Ref, locals: Ref): NewRef {
  const code = pushed(rt, rt.compileHook(source, "<string>", mode, 0, false, -1, true));
  const result = rt.evalCode(code, globals, locals, 0);
  drop(rt, 2);
  return result;
}

const EXEC = kwSpec("exec", "source, /, globals=, locals=, *, closure=");

function builtin_exec(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [source, globalsArg, localsArg, closureArg] = parseFastKw(rt, EXEC, args, nargs, kwnames);
  const [globals, locals] = namespaces(rt, globalsArg, localsArg);
  if (!PyDict_Check(rt, globals)) {
    throw typeError(rt, `exec() globals must be a dict, not ${typeNameOf(rt, globals, 100)}`);
  }
  if (!PyMapping_Check(rt, locals)) {
    throw typeError(rt, `locals must be a mapping or None, not ${typeNameOf(rt, locals, 100)}`);
  }
  PyDict_SetDefault(rt, globals, rt.names.__builtins__, currentBuiltins(rt));
  const closure = closureArg === rt.None ? 0 : closureArg;
  if (PyCode_Check(rt, source)) {
    checkClosure(rt, source, closure);
    push(rt, rt.evalCode(source, globals, locals, closure));
  } else {
    if (closure !== 0) throw typeError(rt, "closure can only be used when source is a code object");
    checkSource(rt, source, "exec", "string, bytes or code");
    push(rt, runSource(rt, source, "exec", globals, locals));
  }
  drop(rt, 2);
  return rt.None;
}

function checkClosure(rt: Runtime, code: Ref, closure: OptRef): void {
  const n = rt.i32[code + Code.nfreevars];
  if (n === 0) {
    if (closure !== 0) throw typeError(rt, "cannot use a closure with this code object");
    return;
  }
  let fits = closure !== 0 && PyTuple_CheckExact(rt, closure) && tupleSize(rt, closure) === n;
  for (let i = 0; fits && i < n; i++) fits = rt.i32[tupleItem(rt, closure, i) + Ob.type] === rt.types.cell;
  if (!fits) throw typeError(rt, `code object requires a closure of exactly length ${n}`);
}

const IMPORT = kwSpec("__import__", "name, globals=, locals=, fromlist=, level=");

function builtin___import__(rt: Runtime, _self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [name, globals, locals, fromlist, level] = parseFastKw(rt, IMPORT, args, nargs, kwnames);
  if (!PyUnicode_Check(rt, name)) throw typeError(rt, "module name must be a string");
  const n = intArg(rt, level, 0);
  if (n < 0) throw valueError(rt, "level must be >= 0");
  return rt.importHook(name, globals, locals, fromlist || rt.emptyTuple, n);
}

export const evaluationBuiltins: MethodDef[] = [
  {
    name: "compile",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_compile,
    sig: "($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1)",
  },
  {
    name: "eval",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_eval,
    sig: "($module, source, /, globals=None, locals=None)",
  },
  {
    name: "exec",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin_exec,
    sig: "($module, source, /, globals=None, locals=None, *, closure=None)",
  },
  { name: "globals", flags: METH.NOARGS, fn: (rt) => newref(rt, frameGlobals(rt)), sig: "($module, /)" },
  { name: "locals", flags: METH.NOARGS, fn: (rt) => frameLocals(rt), sig: "($module, /)" },
  {
    name: "__import__",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: builtin___import__,
    sig: "($module, /, name, globals=None, locals=None, fromlist=(),\n           level=0)",
  },
];
