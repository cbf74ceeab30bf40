/** The module _struct: packing values into bytes and back. */

import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { ssizeArgument } from "../objects/argnumbers.ts";
import { kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { bytesLike, PyObject_CheckBuffer, withBuffer } from "../objects/buffer.ts";
import { bytesData, bytesView, PyBytes_New } from "../objects/bytes.ts";
import { PyBytes_Check, PyUnicode_Check } from "../objects/check.ts";
import { encodeAscii } from "../objects/codecsimple.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory, typeError } from "../objects/errors.ts";
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from "../objects/instance.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { decref, newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { jsString, PyUnicode_FromJS } from "../objects/str.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { createModule, makeAll } from "./native.ts";
import { newException } from "./newexception.ts";
import { type Format, packItem, parseFormat, structError, unpackItem } from "./structformat.ts";
import { newUnpackIterator, unpackIteratorType } from "./structiter.ts";

/** PyStructObject: word offsets. `codes` is a block of 32 bytes for each code and one more, as in CPython. */
const enum St {
  size = 4,
  len = 6,
  codes = 8,
  format = 10,
  weakreflist = 12,
  BYTES = 56,
}

const CODE_BYTES = 32;

interface Types {
  Struct: Ref;
  iterator: Ref;
  error: Ref;
}

function stateOf(rt: Runtime): Types {
  return rt.moduleState.get("_struct") as Types;
}

/** The format's text: str in ASCII, or bytes. */
function formatText(rt: Runtime, o: Ref): string {
  if (PyUnicode_Check(rt, o)) {
    decref(rt, encodeAscii(rt, o));
    return jsString(rt, o);
  }
  if (!PyBytes_Check(rt, o)) {
    throw typeError(rt, `Struct() argument 1 must be a str or bytes object, not ${typeNameOf(rt, o)}`);
  }
  return String.fromCharCode(...bytesView(rt, o));
}

/** Packs n values that stand in slots from `args` at a byte address; `what` names the function for messages. */
function packAll(rt: Runtime, f: Format, at: number, args: number): void {
  rt.u8.fill(0, at, at + f.size);
  for (const c of f.codes) {
    for (let k = 0; k < c.repeat; k++, args += 2)
      packItem(rt, f, c, at + c.offset + k * c.size, rt.i32[args]);
  }
}

function checkCount(rt: Runtime, f: Format, name: string, given: number): void {
  if (given === f.length) return;
  throw structError(rt, `${name} expected ${f.length} items for packing (got ${given})`);
}

function packFormat(rt: Runtime, f: Format, args: number, nargs: number): NewRef {
  checkCount(rt, f, "pack", nargs);
  const b = PyBytes_New(rt, f.size);
  push(rt, b);
  if (f.size > 0) packAll(rt, f, bytesData(rt, b), args);
  return pop(rt);
}

/** The values from a byte address as a tuple. */
export function unpackTuple(rt: Runtime, f: Format, at: number): NewRef {
  const t = PyTuple_New(rt, f.length);
  push(rt, t);
  let i = 0;
  for (const c of f.codes) {
    for (let k = 0; k < c.repeat; k++)
      PyTuple_SET_ITEM(rt, t, i++, unpackItem(rt, f, c, at + c.offset + k * c.size));
  }
  return pop(rt);
}

function unpackFormat(rt: Runtime, f: Format, buffer: Ref): NewRef {
  const { at, n } = bytesLike(rt, buffer);
  if (n !== f.size) throw structError(rt, `unpack requires a buffer of ${f.size} bytes`);
  return unpackTuple(rt, f, at);
}

/** An offset into n bytes, checked as unpack_from and pack_into do. */
function checkOffset(rt: Runtime, f: Format, offset: number, n: number, packing: boolean): number {
  const { size } = f;
  if (offset < 0) {
    if (offset + size > 0) {
      const message = packing
        ? `no space to pack ${size} bytes at offset ${offset}`
        : `not enough data to unpack ${size} bytes at offset ${offset}`;
      throw structError(rt, message);
    }
    if (offset + n < 0) throw structError(rt, `offset ${offset} out of range for ${n}-byte buffer`);
    offset += n;
  }
  if (n - offset < size) {
    const verb = packing ? "packing" : "unpacking";
    const name = packing ? "pack_into" : "unpack_from";
    const need = `${name} requires a buffer of at least ${size + offset} bytes for ${verb} ${size} bytes`;
    throw structError(rt, `${need} at offset ${offset} (actual buffer size is ${n})`);
  }
  return offset;
}

function unpackFrom(rt: Runtime, f: Format, buffer: Ref, offsetArg: OptRef): NewRef {
  const offset = offsetArg === 0 ? 0 : ssizeArgument(rt, offsetArg);
  const { at, n } = bytesLike(rt, buffer);
  return unpackTuple(rt, f, at + checkOffset(rt, f, offset, n, false));
}

/** pack_into: arguments are the buffer, the offset, and the values. */
function packInto(rt: Runtime, f: Format, args: number, nargs: number): NewRef {
  if (nargs < 2) {
    if (nargs === 0) throw structError(rt, "pack_into expected buffer argument");
    throw structError(rt, "pack_into expected offset argument");
  }
  checkCount(rt, f, "pack_into", nargs - 2);
  const buffer = rt.i32[args];
  const writable = PyObject_CheckBuffer(rt, buffer) && !PyBytes_Check(rt, buffer);
  if (!writable)
    throw typeError(rt, `argument must be read-write bytes-like object, not ${typeNameOf(rt, buffer)}`);
  return withBuffer(rt, buffer, true, (view) => {
    const offset = checkOffset(rt, f, ssizeArgument(rt, rt.i32[args + 2]), view.len, true);
    packAll(rt, f, view.buf + offset, args + 4);
    return rt.None;
  });
}

/** Functions of the module: the format comes first. */
function withFormat(
  name: string,
  use: (rt: Runtime, f: Format, args: number, nargs: number) => NewRef,
): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    if (nargs === 0) throw typeError(rt, "missing format argument");
    return use(rt, parseFormat(rt, formatText(rt, rt.i32[args])), args + 2, nargs - 1);
  };
  return { name, flags: METH.FASTCALL, fn };
}

const UNPACK_FROM = kwSpec("unpack_from", "format, /, buffer, offset=");
const METHOD_UNPACK_FROM = kwSpec("unpack_from", "buffer, offset=");

const functions: MethodDef[] = [
  { name: "_clearcache", flags: METH.NOARGS, fn: (rt) => rt.None },
  {
    name: "calcsize",
    flags: METH.O,
    fn: (rt, _m, o) => PyLong_FromNumber(rt, parseFormat(rt, formatText(rt, o)).size),
  },
  withFormat("pack", packFormat),
  withFormat("pack_into", packInto),
  withFormat("unpack", (rt, f, args) => unpackFormat(rt, f, rt.i32[args])),
  {
    name: "unpack_from",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (rt, _m, args, nargs, kwnames) => {
      const [format, buffer, offset] = parseFastKw(rt, UNPACK_FROM, args, nargs, kwnames);
      return unpackFrom(rt, parseFormat(rt, formatText(rt, format)), buffer, offset);
    },
  },
  withFormat("iter_unpack", (rt, f, args) => newUnpackIterator(rt, stateOf(rt).iterator, f, rt.i32[args])),
];

/** The parsed format of a Struct. */
function formatOf(rt: Runtime, self: Ref): Format {
  return parseFormat(rt, String.fromCharCode(...bytesView(rt, rt.i32[self + St.format])));
}

const INIT = kwSpec("Struct", "format");

function Struct_init(rt: Runtime, self: Ref, args: Ref, kwargs: OptRef): void {
  const [format] = parseTupleKw(rt, INIT, args, kwargs);
  const text = formatText(rt, format);
  const i32 = rt.i32;
  const bytes = PyBytes_Check(rt, format) ? newref(rt, format) : encodeAscii(rt, format);
  const old = i32[self + St.format];
  i32[self + St.format] = bytes;
  if (old !== 0) decref(rt, old);
  const f = parseFormat(rt, text);
  i32[self + St.size] = f.size;
  i32[self + St.len] = f.length;
  if (i32[self + St.codes] !== 0) PyMem_Free(rt, i32[self + St.codes]);
  i32[self + St.codes] = PyMem_Malloc(rt, CODE_BYTES * (f.codes.length + 1));
  if (i32[self + St.codes] === 0) throw noMemory(rt);
}

function Struct_dealloc(rt: Runtime, self: Ref): void {
  const i32 = rt.i32;
  const type = i32[self + Ob.type];
  PyObject_GC_UnTrack(rt, self);
  if (i32[self + St.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, self);
  if (i32[self + St.codes] !== 0) PyMem_Free(rt, i32[self + St.codes]);
  if (i32[self + St.format] !== 0) decref(rt, i32[self + St.format]);
  infoOf(rt, self).tp_free!(rt, self);
  decref(rt, type);
}

function Struct_traverse(rt: Runtime, self: Ref, visit: Visit): void {
  visit(rt.i32[self + Ob.type]);
}

function Struct_repr(rt: Runtime, self: Ref): NewRef {
  const text = String.fromCharCode(...bytesView(rt, rt.i32[self + St.format]));
  push(rt, PyUnicode_FromJS(rt, text));
  const shown = text.includes("'") ? `"${text}"` : `'${text}'`;
  drop(rt);
  const name = typeNameOf(rt, self);
  return PyUnicode_FromJS(rt, `${name.slice(name.lastIndexOf(".") + 1)}(${shown})`);
}

const structMethods: MethodDef[] = [
  {
    name: "iter_unpack",
    flags: METH.O,
    fn: (rt, self, b) => newUnpackIterator(rt, stateOf(rt).iterator, formatOf(rt, self), b),
  },
  {
    name: "pack",
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) => packFormat(rt, formatOf(rt, self), args, nargs),
  },
  {
    name: "pack_into",
    flags: METH.FASTCALL,
    fn: (rt, self, args, nargs) => packInto(rt, formatOf(rt, self), args, nargs),
  },
  { name: "unpack", flags: METH.O, fn: (rt, self, b) => unpackFormat(rt, formatOf(rt, self), b) },
  {
    name: "unpack_from",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: (rt, self, args, nargs, kwnames) => {
      const [buffer, offset] = parseFastKw(rt, METHOD_UNPACK_FROM, args, nargs, kwnames);
      return unpackFrom(rt, formatOf(rt, self), buffer, offset);
    },
  },
];

function structType(rt: Runtime): Ref {
  return defineType(rt, {
    name: "_struct.Struct",
    basicsize: St.BYTES,
    flags: TF.BASETYPE | TF.HAVE_GC | TF.IMMUTABLETYPE,
    weaklistoffset: St.weakreflist * 4,
    heap: true,
    slots: {
      tp_dealloc: Struct_dealloc,
      tp_traverse: Struct_traverse,
      tp_repr: Struct_repr,
      tp_init: Struct_init,
      tp_new: (rt1, type) => infoOfType(rt1, type).tp_alloc!(rt1, type, 0),
      tp_getattro: PyObject_GenericGetAttr,
      tp_setattro: PyObject_GenericSetAttr,
      tp_sizeof: (rt1, self) => St.BYTES + CODE_BYTES * (formatOf(rt1, self).codes.length + 1),
    },
    methods: structMethods,
    getsets: [
      {
        name: "format",
        get: (rt1, self) =>
          PyUnicode_FromJS(rt1, String.fromCharCode(...bytesView(rt1, rt1.i32[self + St.format]))),
      },
      { name: "size", get: (rt1, self) => PyLong_FromNumber(rt1, rt1.i32[self + St.size]) },
    ],
  });
}

/** The module object: a new reference. */
export function initModule__struct(rt: Runtime): NewRef {
  const m = createModule(rt, "_struct", functions);
  push(rt, m);
  let state = rt.moduleState.get("_struct") as Types | undefined;
  if (state === undefined) {
    state = makeAll(rt, {
      Struct: () => structType(rt),
      iterator: () => unpackIteratorType(rt),
      error: () => newException(rt, "struct", "error", rt.exc.Exception),
    });
    rt.moduleState.set("_struct", state);
    rt.moduleState.set("_struct.error", state.error);
    const kept = state;
    registerRoot(rt, () => [kept.Struct, kept.iterator, kept.error], "_struct");
  }
  PyModule_AddObjectRef(rt, m, "Struct", state.Struct);
  PyModule_AddObjectRef(rt, m, "error", state.error);
  return pop(rt);
}
