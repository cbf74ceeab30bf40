/**
 * Code objects. Part of the object layer (CPython's Objects/codeobject.c). What CPython keeps as bytecode is here a compiled
 * JavaScript function, named by index in the object (`Code.js`); the position table stands beside it.
 */

import { zeroWords } from "../heap/words.ts";
import { PyObject_Free } from "../pymalloc/domains.ts";
import { PyObject_Hash, PyObject_RichCompareBool } from "./abstract.ts";
import { PyObject_New } from "./alloc.ts";
import { checkArgs, kwSpec, parseFastKw } from "./argparse.ts";
import { defineType } from "./defineType.ts";
import { raise, typeError } from "./errors.ts";
import { PyObject_GetIter } from "./iterproto.ts";
import { CO, Code, Ob } from "./layout.ts";
import { listAppendSteal, PyList_New } from "./list.ts";
import { PyLong_AsSsize_t, PyLong_FromNumber } from "./long.ts";
import { newref, setField, xdecref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { drop, pop, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { PyTuple_New, PyTuple_SET_ITEM, tupleItem, tupleSize } from "./tuple.ts";
import { Cmp, METH, type NewRef, type OptRef, type Ref, type StolenRef, type Visit } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** JavaScript of a function: takes the function object and one owned reference for each parameter; returns an owned one. */
// biome-ignore lint/suspicious/noExplicitAny: any number of parameters
export type CompiledFunction = (func: Ref, ...args: any[]) => NewRef;

/**
 * Goes on with a generator's frame: `sent` is owned, or 0 when the current exception is thrown in. The result is owned; 0: an
 * exception. The state left behind says whether it was yielded (generator.ts).
 */
export type GeneratorStep = (fp: number, sent: StolenRef | 0) => NewRef | 0;

/** What JavaScript keeps for one code object. */
export interface CompiledCode {
  /** null until first needed. */
  fn: CompiledFunction | null;
  /** One step of a generator that is a state machine (compiler/machine.ts), which is in `fn`'s text. */
  resume?: GeneratorStep | null;
  /** Makes `fn`. */
  instantiate: (() => CompiledFunction) | null;
  /** Makes the function of another code object with the same constants and names, as replace() gives. */
  instantiateFor?: ((code: Ref) => CompiledFunction) | null;
  /** Four numbers a position: line, end line, column, end column (UTF-8 bytes). */
  positions: ArrayLike<number>;
  /** Number of parameter slots: positional, keyword-only, *args, **kwargs. */
  params: number;
  /** True when a call with exactly argcount positional arguments needs no binding. */
  simple: boolean;
  /** It stands for a native function, which leaves no entries in tracebacks. */
  native?: boolean;
}

/** Words of a frame before localsplus. */
const FRAME_SPECIALS_SIZE = 10;

export interface Position {
  line: number;
  endLine: number;
  col: number;
  endCol: number;
}

/** The source position of an instruction of a code object. */
export function codePosition(rt: Runtime, code: Ref, instr: number): Position {
  const p = rt.codes[rt.i32[code + Code.js]].positions;
  const i = (instr >>> 0) * 4;
  if (i >= p.length) return { line: rt.i32[code + Code.firstlineno], endLine: -1, col: -1, endCol: -1 };
  if (lacksColumns(rt)) return { line: p[i], endLine: p[i], col: -1, endCol: -1 };
  return { line: p[i], endLine: p[i + 1], col: p[i + 2], endCol: p[i + 3] };
}

/** -X no_debug_ranges, PYTHONNODEBUGRANGES: code knows its lines only. */
function lacksColumns(rt: Runtime): boolean {
  const { xOptions, flags } = rt.options;
  if (xOptions?.has("no_debug_ranges")) return true;
  return !flags?.ignore_environment && Boolean(rt.host.env.PYTHONNODEBUGRANGES);
}

/** Slots of a frame of this code: localsplus and the evaluation stack. */
export function frameSlots(rt: Runtime, code: Ref): number {
  return rt.i32[code + Code.framesize] - FRAME_SPECIALS_SIZE;
}

/** Line of an instruction; of one before the first (-1) the function's own. */
export function codeLine(rt: Runtime, code: Ref, instr: number): number {
  const p = rt.codes[rt.i32[code + Code.js]].positions;
  return (instr >>> 0) * 4 < p.length ? p[instr * 4] : rt.i32[code + Code.firstlineno];
}

/** Takes a free place in rt.codes. */
function register(rt: Runtime, compiled: CompiledCode): number {
  const free = rt.freeCodes.pop();
  if (free === undefined) return rt.codes.push(compiled) - 1;
  rt.codes[free] = compiled;
  return free;
}

/** A code object with all object fields NULL; whoever makes it fills them with owned references. */
export function code_new(rt: Runtime, compiled: CompiledCode): NewRef {
  const code = PyObject_New(rt, rt.types.code, Code.HEAD_BYTES + 8);
  zeroWords(rt, code + 4, (Code.HEAD_BYTES + 8) / 4 - 4);
  rt.i32[code + Code.js] = register(rt, compiled);
  return code;
}

const OBJECT_FIELDS = [
  Code.consts,
  Code.names,
  Code.exceptiontable,
  Code.localsplusnames,
  Code.localspluskinds,
  Code.filename,
  Code.name,
  Code.qualname,
  Code.linetable,
] as const;

function code_dealloc(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  if (i32[p + Code.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, p);
  const js = i32[p + Code.js];
  rt.codes[js] = null as unknown as CompiledCode;
  rt.freeCodes.push(js);
  for (const f of OBJECT_FIELDS) xdecref(rt, i32[p + f]);
  PyObject_Free(rt, p);
}

/** Every reference a code object owns (it is no GC object; the audit and get_referents ask). */
export function visitCode(rt: Runtime, p: Ref, visit: Visit): void {
  for (const f of OBJECT_FIELDS) if (rt.i32[p + f] !== 0) visit(rt.i32[p + f]);
}

function code_repr(rt: Runtime, p: Ref): NewRef {
  const i32 = rt.i32;
  const name = jsString(rt, i32[p + Code.name]);
  const file = jsString(rt, i32[p + Code.filename]);
  return PyUnicode_FromJS(
    rt,
    `<code object ${name} at ${hexAddress(p)}, file "${file}", line ${i32[p + Code.firstlineno]}>`,
  );
}

/** Names of localsplus whose kind has one of the bits. */
function namesOfKind(rt: Runtime, p: Ref, bit: number): NewRef {
  const names = rt.i32[p + Code.localsplusnames];
  const kinds = codeKinds(rt, p);
  const chosen: Ref[] = [];
  for (let i = 0; i < kinds.length; i++) if ((kinds[i] & bit) !== 0) chosen.push(tupleItem(rt, names, i));
  const t = PyTuple_New(rt, chosen.length);
  chosen.forEach((n, i) => {
    PyTuple_SET_ITEM(rt, t, i, newref(rt, n));
  });
  return t;
}

/** The kind bytes of localsplus: 0x20 local, 0x40 cell, 0x80 free, 0x10 hidden. */
export function codeKinds(rt: Runtime, p: Ref): Uint8Array {
  const bytes = rt.i32[p + Code.localspluskinds];
  return rt.u8.subarray(bytes * 4 + 32, bytes * 4 + 32 + rt.i32[bytes + 4]);
}

function intField(name: string, at: number): { name: string; get: (rt: Runtime, self: Ref) => NewRef } {
  return { name, get: (rt, self) => PyLong_FromNumber(rt, rt.i32[self + at]) };
}

function objectField(name: string, at: number): { name: string; get: (rt: Runtime, self: Ref) => NewRef } {
  return { name, get: (rt, self) => newref(rt, rt.i32[self + at]) };
}

/** co_positions(): a list's iterator of (line, end line, column, end column). */
function code_positions(rt: Runtime, self: Ref): NewRef {
  const p = rt.codes[rt.i32[self + Code.js]].positions;
  const list = PyTuple_New(rt, p.length / 4);
  const lines = lacksColumns(rt);
  const number = (i: number, k: number): NewRef => {
    const n = lines && k === 1 ? p[i * 4] : p[i * 4 + k];
    return (lines && k > 1) || n < 0 ? rt.None : PyLong_FromNumber(rt, n);
  };
  push(rt, list);
  for (let i = 0; i < p.length / 4; i++) {
    const t = PyTuple_New(rt, 4);
    PyTuple_SET_ITEM(rt, list, i, t);
    for (let k = 0; k < 4; k++) PyTuple_SET_ITEM(rt, t, k, number(i, k));
  }
  const it = rt.typeInfos[rt.i32[rt.types.tuple + 13]].tp_iter!(rt, list);
  drop(rt);
  return it;
}

const REPLACE = kwSpec("replace", "*, co_flags=, co_firstlineno=, co_filename=, co_name=, co_qualname=");

/** replace(): a copy with other names, flags or first line. What the JavaScript follows from cannot be replaced. */
function code_replace(rt: Runtime, self: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const i32 = rt.i32;
  const [flags, line, filename, name, qualname] = parseFastKw(rt, REPLACE, args, nargs, kwnames);
  const numbers = [flags, line].map((o) => (o === 0 ? 0 : PyLong_AsSsize_t(rt, o)));
  const old = rt.codes[i32[self + Code.js]];
  const { params, simple, instantiateFor } = old;
  const compiled: CompiledCode = {
    fn: null,
    instantiate: null,
    positions: old.positions,
    params,
    simple,
    instantiateFor,
  };
  const code = code_new(rt, compiled);
  i32.copyWithin(code + Code.consts, self + Code.consts, self + Code.weakreflist);
  i32[code + Code.version] = rt.next_func_version++;
  for (const f of OBJECT_FIELDS) if (i32[code + f] !== 0) newref(rt, i32[code + f]);
  if (flags !== 0) i32[code + Code.flags] = numbers[0];
  if (line !== 0) i32[code + Code.firstlineno] = numbers[1];
  if (filename !== 0) setField(rt, code + Code.filename, newref(rt, filename));
  if (name !== 0) setField(rt, code + Code.name, newref(rt, name));
  if (qualname !== 0) setField(rt, code + Code.qualname, newref(rt, qualname));
  compiled.instantiate = () => instantiateFor!(code);
  return code;
}

function code_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  if ((op !== Cmp.EQ && op !== Cmp.NE) || rt.i32[b + Ob.type] !== rt.types.code) return rt.NotImplemented;
  return (a === b || sameCode(rt, a, b)) === (op === Cmp.EQ) ? rt.True : rt.False;
}

const EQUAL_NUMBERS = [
  Code.argcount,
  Code.posonlyargcount,
  Code.kwonlyargcount,
  Code.flags,
  Code.firstlineno,
  Code.stacksize,
] as const;
const EQUAL_OBJECTS = [
  Code.name,
  Code.consts,
  Code.names,
  Code.localsplusnames,
  Code.localspluskinds,
] as const;

/** Would CPython's bytecode and tables of both be equal? The places of the instructions stand for the instructions. */
function sameCode(rt: Runtime, a: Ref, b: Ref): boolean {
  const i32 = rt.i32;
  for (const f of EQUAL_NUMBERS) if (i32[a + f] !== i32[b + f]) return false;
  const [p, q] = [rt.codes[i32[a + Code.js]].positions, rt.codes[i32[b + Code.js]].positions];
  if (p.length !== q.length) return false;
  for (let i = 0; i < p.length; i++) if (p[i] !== q[i]) return false;
  return EQUAL_OBJECTS.every((f) => PyObject_RichCompareBool(rt, i32[a + f], i32[b + f], Cmp.EQ));
}

/** Equal codes have equal names, constants and counts. */
function code_hash(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  let h = PyObject_Hash(rt, i32[p + Code.name]) ^ PyObject_Hash(rt, i32[p + Code.consts]);
  for (const f of EQUAL_NUMBERS) h = Math.imul(h, 1000003) ^ i32[p + f];
  rt.hashHi = h >> 31;
  return h === -1 ? -2 : h;
}

/** code(...): bytecode cannot be given, since there is none; the numbers of arguments are CPython's. */
function code_new_from(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  if (kwargs !== 0) throw typeError(rt, "code() takes no keyword arguments");
  checkArgs(rt, "code", tupleSize(rt, args), 16, 18);
  throw raise(rt, rt.exc.NotImplementedError, "code objects cannot be made from bytecode");
}

/** co_lines(): for each run of instructions on one line its range (two bytes an instruction) and the line. */
function code_lines(rt: Runtime, self: Ref): NewRef {
  const p = rt.codes[rt.i32[self + Code.js]].positions;
  const n = p.length / 4;
  const list = push(rt, PyList_New(rt, 0));
  for (let i = 0, from = 0; i < n; i++) {
    if (i + 1 < n && p[4 * i + 4] === p[4 * i]) continue;
    const range = PyTuple_New(rt, 3);
    push(rt, range);
    [2 * from, 2 * i + 2, p[4 * i]].forEach((v, k) => {
      PyTuple_SET_ITEM(rt, range, k, PyLong_FromNumber(rt, v));
    });
    listAppendSteal(rt, rt.i32[list], pop(rt));
    from = i + 1;
  }
  const it = PyObject_GetIter(rt, rt.i32[list]);
  drop(rt);
  return it;
}

/** The name of local variable i. */
function varnameFromOparg(rt: Runtime, self: Ref, oparg: Ref): NewRef {
  const i = PyLong_AsSsize_t(rt, oparg);
  const names = rt.i32[self + Code.localsplusnames];
  if (i < 0 || i >= tupleSize(rt, names)) throw raise(rt, rt.exc.IndexError, "tuple index out of range");
  return newref(rt, tupleItem(rt, names, i));
}

export function initCode(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "code",
      basicsize: 200,
      itemsize: 2,
      weaklistoffset: 144,
      slots: {
        tp_dealloc: code_dealloc,
        tp_repr: code_repr,
        tp_richcompare: code_richcompare,
        tp_hash: code_hash,
        tp_new: code_new_from,
      },
      getsets: [
        objectField("co_name", Code.name),
        objectField("co_qualname", Code.qualname),
        objectField("co_filename", Code.filename),
        objectField("co_consts", Code.consts),
        objectField("co_names", Code.names),
        objectField("co_linetable", Code.linetable),
        objectField("co_exceptiontable", Code.exceptiontable),
        intField("co_argcount", Code.argcount),
        intField("co_posonlyargcount", Code.posonlyargcount),
        intField("co_kwonlyargcount", Code.kwonlyargcount),
        intField("co_nlocals", Code.nlocals),
        intField("co_stacksize", Code.stacksize),
        intField("co_flags", Code.flags),
        intField("co_firstlineno", Code.firstlineno),
        { name: "co_varnames", get: (rt, self) => namesOfKind(rt, self, 0x20) },
        { name: "co_cellvars", get: (rt, self) => namesOfKind(rt, self, 0x40) },
        { name: "co_freevars", get: (rt, self) => namesOfKind(rt, self, 0x80) },
      ],
      methods: [
        { name: "co_positions", flags: METH.NOARGS, fn: code_positions },
        { name: "co_lines", flags: METH.NOARGS, fn: code_lines },
        { name: "_varname_from_oparg", flags: METH.O, fn: varnameFromOparg },
        { name: "replace", flags: METH.FASTCALL | METH.KEYWORDS, fn: code_replace },
      ],
    },
    rt.types.code,
  );
}

/** Does a call of this code with exactly co_argcount positional arguments need no binding? */
export function isSimpleCode(flags: number, kwonly: number): boolean {
  return (flags & (CO.VARARGS | CO.VARKEYWORDS)) === 0 && kwonly === 0;
}

/** Number of parameter slots of a code object. */
export function paramCount(flags: number, argcount: number, kwonly: number): number {
  return argcount + kwonly + ((flags & CO.VARARGS) !== 0 ? 1 : 0) + ((flags & CO.VARKEYWORDS) !== 0 ? 1 : 0);
}
