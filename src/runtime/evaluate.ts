/** Running code objects and source: PyEval_EvalCode, compile(), JavaScript errors. Part of the runtime. */

import type { mod } from "../compiler/ast.ts";
import { PyCompileLimit, PySyntaxError, type PyWarning } from "../compiler/errors.ts";
import { checkTree, type FrontEnd, frontEnd } from "../compiler/frontend.ts";
import { type ParseMode, type ParseOptions, parse } from "../compiler/parse.ts";
import { compileUnit } from "../compiler/unit.ts";
import { copyOfBytes } from "../objects/buffer.ts";
import { PyByteArray_Check, PyBytes_Check, PyUnicode_Check } from "../objects/check.ts";
import { codeFn } from "../objects/codefn.ts";
import { PyDict_GetItemWithError, PyDict_SetItem } from "../objects/dict.ts";
import { caught, clearError, noMemory, raise, raised, raiseObject, typeError } from "../objects/errors.ts";
import { PyFunction_New } from "../objects/function.ts";
import { CO, Code, Func } from "../objects/layout.ts";
import { getIntMaxStrDigits } from "../objects/longstr.ts";
import { newref, xnewref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { mark, pop, push } from "../objects/stack.ts";
import { jsString } from "../objects/str.ts";
import type { NewRef, OptRef, Ref } from "../objects/typeinfo.ts";
import { namedText } from "../objects/unicode/names.ts";
import { PyErr_WarnExplicit } from "../objects/warn.ts";
import { recursionError } from "./handlers.ts";
import { readFile } from "./imports.ts";
import { materialize } from "./materialize.ts";
import { readSource, sourceOf } from "./sourcecodec.ts";
import { makeSyntaxError } from "./syntaxerror.ts";

/** Runs a code object with namespaces (borrowed); returns its result. `closure`: a tuple of cells or 0. */
export function PyEval_EvalCode(
  rt: Runtime,
  code: Ref,
  globals: Ref,
  locals: Ref,
  closure: OptRef = 0,
): NewRef {
  if (PyDict_GetItemWithError(rt, globals, rt.names.__builtins__) === 0) {
    PyDict_SetItem(rt, globals, rt.names.__builtins__, rt.builtinsDict);
  }
  const func = PyFunction_New(rt, code, globals);
  rt.i32[func + Func.closure] = xnewref(rt, closure);
  return runFunctionBody(rt, func, locals);
}

/** Runs a function's code (taking over the function) with a namespace: module and class bodies. */
export function runFunctionBody(rt: Runtime, func: Ref, locals: Ref): NewRef {
  const code = rt.i32[func + Func.code];
  if ((rt.i32[code + Code.flags] & CO.OPTIMIZED) !== 0) {
    push(rt, func);
    const fn = codeFn(rt, code);
    pop(rt);
    return raised(rt, fn(func));
  }
  push(rt, func);
  const fn = codeFn(rt, code);
  pop(rt);
  return raised(rt, fn(func, newref(rt, locals)));
}

export interface CompileOptions {
  optimize?: number;
  /** CO_FUTURE_* flags that hold besides those of the source. */
  features?: number;
  /** The code's filename, if not that of the errors. */
  codeName?: string;
  /** What a flag of compile() asks of the parser. */
  parse?: ParseOptions;
  /** The program runs at once: its constants' holder is left on the native stack. */
  hold?: boolean;
}

/** Compiles source text; SyntaxErrors are raised as Python's. */
export function compileSource(
  rt: Runtime,
  source: string,
  filename: string,
  mode: ParseMode,
  options: CompileOptions = {},
): NewRef {
  return compileWith(rt, filename, mode, options, (parse) => frontEnd(source, filename, mode, parse));
}

/** Compiles a syntax tree. */
export function compileTree(
  rt: Runtime,
  tree: mod,
  filename: string,
  mode: ParseMode,
  options: CompileOptions = {},
): NewRef {
  return compileWith(rt, filename, mode, options, (parse) => checkTree(tree, filename, parse));
}

function compileWith(
  rt: Runtime,
  filename: string,
  mode: ParseMode,
  options: CompileOptions,
  front: (parse: ParseOptions) => FrontEnd,
): NewRef {
  const features = options.features ?? 0;
  try {
    const warnings: PyWarning[] = [];
    const checked = front({
      ...options.parse,
      futureAnnotations: (features & CO.FUTURE_ANNOTATIONS) !== 0,
      maxStrDigits: getIntMaxStrDigits(rt),
      warnings,
    });
    for (const w of warnings) emitWarning(rt, w, filename);
    const unit = {
      optimize: options.optimize ?? 0,
      interactive: mode === "single",
      features,
      tiered: rt.secondAfter > 0,
    };
    return materialize(rt, compileUnit(checked, options.codeName ?? filename, unit), options.hold ?? false);
  } catch (e) {
    throw compileError(rt, e);
  }
}

/** What the compiler throws, as a Python exception. */
function compileError(rt: Runtime, e: unknown): unknown {
  if (e instanceof PySyntaxError) return raiseObject(rt, makeSyntaxError(rt, withText(rt, e)));
  if (e instanceof PyCompileLimit) return raise(rt, rt.exc[e.type], e.msg);
  return e;
}

/** The tree of source text that is only parsed, not checked. */
export function parseSource(
  rt: Runtime,
  source: string,
  filename: string,
  mode: ParseMode,
  options: ParseOptions,
): mod {
  try {
    const warnings: PyWarning[] = [];
    const literals = { unicodeName: namedText, maxStrDigits: getIntMaxStrDigits(rt), warnings };
    const tree = parse(source, filename, mode, { ...options, ...literals });
    for (const w of warnings) emitWarning(rt, w, filename);
    return tree;
  } catch (e) {
    throw compileError(rt, e);
  }
}

/** A SyntaxWarning that the filters turn into an error becomes a SyntaxError. */
function emitWarning(rt: Runtime, w: PyWarning, filename: string): void {
  const m = mark(rt);
  try {
    PyErr_WarnExplicit(rt, rt.exc[w.category], w.msg, filename, w.lineno);
  } catch (e) {
    if (w.category !== "SyntaxWarning") throw e;
    caught(rt, e, m, rt.exc.SyntaxWarning);
    clearError(rt);
    const { offset, end_lineno, end_offset, text } = w.spot;
    throw new PySyntaxError("SyntaxError", w.msg, filename, w.lineno, offset, end_lineno, end_offset, text);
  }
}

/** Errors found after parsing do not carry their source line: it is read from the file, if there is one, as CPython does. */
function withText(rt: Runtime, e: PySyntaxError): PySyntaxError {
  if (e.text !== null || e.lineno === null || e.filename.startsWith("<")) return e;
  const line = fileLine(rt, e.filename, e.lineno);
  if (line === undefined) return e;
  return new PySyntaxError(
    e.type,
    e.msg,
    e.filename,
    e.lineno,
    e.offset,
    e.end_lineno,
    e.end_offset,
    `${line}\n`,
    e.bare,
  );
}

function fileLine(rt: Runtime, filename: string, lineno: number): string | undefined {
  try {
    return sourceOf(rt, readFile(rt, filename), filename, false).split(/\r\n|\r|\n/)[lineno - 1];
  } catch {
    // No such file, or no text: the error goes without its line.
    return undefined;
  }
}

/** compile()'s source argument as text: str, or bytes with their coding declaration. */
export function sourceText(rt: Runtime, source: Ref, filename: string, what: string): string {
  if (PyUnicode_Check(rt, source)) {
    const text = jsString(rt, source);
    if (text.includes("\0"))
      throw raise(rt, rt.exc.SyntaxError, "source code string cannot contain null bytes");
    return text;
  }
  if (PyBytes_Check(rt, source) || PyByteArray_Check(rt, source)) {
    return readSource(rt, copyOfBytes(rt, source), filename);
  }
  throw typeError(rt, `${what} must be a string, bytes or AST object`);
}

/** What `make` raises or, where there is no memory for that, what came instead. */
function raisedBy(rt: Runtime, make: () => unknown): unknown {
  try {
    return make();
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    return e;
  }
}

/** JavaScript's own errors: a full stack is a RecursionError, a refused allocation a MemoryError; others are bugs and go on. */
export function convertError(rt: Runtime, e: unknown): unknown {
  if (e === rt.pyerr) return e;
  if (e instanceof RangeError) {
    if (/call stack/i.test(e.message)) return raisedBy(rt, () => recursionError(rt));
    if (/array|allocation|string length|BigInt/i.test(e.message)) return noMemory(rt);
  }
  throw e;
}
