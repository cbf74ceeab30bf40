/** _pickle.Pickler and the proxy of its memo. Part of the modules, for _pickle.ts; layouts are in picklestate.ts. */
import { PyNumber_Index, PyObject_GetOptionalAttr, PyObject_IsTrue } from "../objects/abstract.ts";
import { PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { PyBytes_New } from "../objects/bytes.ts";
import { cfunctionDef } from "../objects/cfunction.ts";
import { PyCFunction_CheckExact, PyDict_Check, PyLong_Check, PyTuple_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_Next } from "../objects/dict.ts";
import { fetch, restore, typeError, valueError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { Bytes, CFunc, Ob, TF, Ty } from "../objects/layout.ts";
import { PyLong_AsLong, PyLong_AsSsize_t } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, setField, xnewref } from "../objects/refcount.ts";
import { registerOwned } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { tupleItem, tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import {
  dropMemo,
  memoBytes,
  memoVisit,
  PyMemoTable_Clear,
  PyMemoTable_Copy,
  PyMemoTable_Del,
  PyMemoTable_New,
  PyMemoTable_Set,
} from "./picklememo.ts";
import { newMemoProxy } from "./picklememoproxy.ts";
import {
  clearBuffer,
  commitFrame,
  flushToFile,
  put,
  room,
  takeOutput,
  WRITE_BUF_SIZE,
} from "./pickleoutput.ts";
import { save } from "./picklesave.ts";
import {
  DEFAULT_PROTOCOL,
  HIGHEST_PROTOCOL,
  MemoProxy,
  Op,
  Pickler,
  pickleState,
  picklingError,
} from "./picklestate.ts";

/** _Pickler_New: a pickler that writes nowhere yet. It stands on the native stack. */
export function newPickler(rt: Runtime): Ref {
  const p = pushed(rt, PyObject_GC_New(rt, pickleState(rt).Pickler, Pickler.BYTES));
  const i32 = rt.i32;
  i32.fill(0, p + Pickler.memo, p + Pickler.BYTES / 4);
  i32[p + Pickler.memo] = PyMemoTable_New(rt);
  beginBuffer(rt, p);
  PyObject_GC_Track(rt, p);
  return p;
}

function beginBuffer(rt: Runtime, p: Ref): void {
  const i32 = rt.i32;
  i32[p + Pickler.max_output_len] = WRITE_BUF_SIZE;
  i32[p + Pickler.output_buffer] = PyBytes_New(rt, WRITE_BUF_SIZE);
  i32[p + Pickler.frame_start] = -1;
}

function protocolNumber(rt: Runtime, protocol: Ref): number {
  const index = pushed(rt, PyNumber_Index(rt, protocol));
  const n = PyLong_AsLong(rt, index);
  drop(rt);
  return n;
}

/** _Pickler_SetProtocol */
export function setProtocol(rt: Runtime, p: Ref, protocol: OptRef, fixImports: OptRef): void {
  const i32 = rt.i32;
  const fix = fixImports === 0 || PyObject_IsTrue(rt, fixImports);
  let proto = protocol === 0 || protocol === rt.None ? DEFAULT_PROTOCOL : protocolNumber(rt, protocol);
  if (proto < 0) proto = HIGHEST_PROTOCOL;
  if (proto > HIGHEST_PROTOCOL) throw valueError(rt, `pickle protocol must be <= ${HIGHEST_PROTOCOL}`);
  i32[p + Pickler.proto] = proto;
  i32[p + Pickler.bin] = proto > 0 ? 1 : 0;
  i32[p + Pickler.fix_imports] = fix && proto < 3 ? 1 : 0;
}

/** _Pickler_SetOutputStream */
export function setOutputStream(rt: Runtime, p: Ref, file: Ref): void {
  const write = PyObject_GetOptionalAttr(rt, file, internStatic(rt, "write"));
  if (write === 0) throw typeError(rt, "file must have a 'write' attribute");
  setField(rt, p + Pickler.write, write);
}

/** _Pickler_SetBufferCallback */
export function setBufferCallback(rt: Runtime, p: Ref, callback: OptRef): void {
  if (callback === rt.None) callback = 0;
  if (callback !== 0 && rt.i32[p + Pickler.proto] < 5)
    throw valueError(rt, "buffer_callback needs protocol >= 5");
  setField(rt, p + Pickler.buffer_callback, xnewref(rt, callback));
}

/** Is this Pickler.persistent_id itself, which does nothing? */
function isDefaultId(rt: Runtime, p: Ref, f: Ref): boolean {
  if (!PyCFunction_CheckExact(rt, f) || rt.i32[f + CFunc.self] !== p) return false;
  return cfunctionDef(rt, f).fn === persistent_id;
}

/** What the pickler is asked for at each object: looked up when dump() begins. */
function findHooks(rt: Runtime, p: Ref): void {
  let id = PyObject_GetOptionalAttr(rt, p, internStatic(rt, "persistent_id"));
  if (id !== 0 && isDefaultId(rt, p, id)) {
    decref(rt, id);
    id = 0;
  }
  setField(rt, p + Pickler.persistent_id, id);
  const override = PyObject_GetOptionalAttr(rt, p, internStatic(rt, "reducer_override"));
  setField(rt, p + Pickler.reducer_override, override);
}

/** They may be methods of the pickler, which would keep it alive. */
function dropHooks(rt: Runtime, p: Ref): void {
  rt.i32[p + Pickler.framing] = 0;
  clearField(rt, p + Pickler.persistent_id);
  clearField(rt, p + Pickler.reducer_override);
}

function afterFailure(rt: Runtime, p: Ref): void {
  const exc = fetch(rt);
  dropHooks(rt, p);
  rt.i32[p + Pickler.fast_nesting] = 0;
  clearField(rt, p + Pickler.fast_memo);
  restore(rt, exc);
}

/** dump: writes the pickle of an object to the buffer. */
export function dump(rt: Runtime, p: Ref, obj: Ref): void {
  const i32 = rt.i32;
  try {
    findHooks(rt, p);
    const proto = i32[p + Pickler.proto];
    if (proto >= 2) {
      const at = room(rt, p, 2);
      rt.u8[at] = Op.PROTO;
      rt.u8[at + 1] = proto;
      if (proto >= 4) i32[p + Pickler.framing] = 1;
    }
    save(rt, p, obj);
    put(rt, p, Op.STOP);
    commitFrame(rt, p);
  } catch (e) {
    const error = e === rt.pyerr ? e : rt.convertError(e);
    afterFailure(rt, p);
    throw error;
  }
  dropHooks(rt, p);
}

/** The pickle of an object as bytes. */
export function dumpToBytes(rt: Runtime, p: Ref, obj: Ref): NewRef {
  dump(rt, p, obj);
  return takeOutput(rt, p);
}

const INIT = kwSpec("Pickler", "file, protocol=, fix_imports=, buffer_callback=");

function pickler_init(rt: Runtime, p: Ref, args: Ref, kwargs: OptRef): void {
  const [file, protocol, fix, callback] = parseTupleKw(rt, INIT, args, kwargs);
  const i32 = rt.i32;
  if (i32[p + Pickler.write] !== 0) SLOTS.tp_clear(rt, p);
  setProtocol(rt, p, protocol, fix);
  setOutputStream(rt, p, file);
  setBufferCallback(rt, p, callback);
  if (i32[p + Pickler.memo] === 0) i32[p + Pickler.memo] = PyMemoTable_New(rt);
  i32[p + Pickler.output_len] = 0;
  if (i32[p + Pickler.output_buffer] === 0) beginBuffer(rt, p);
  i32[p + Pickler.fast] = 0;
  i32[p + Pickler.fast_nesting] = 0;
  clearField(rt, p + Pickler.fast_memo);
  if (i32[p + Pickler.dispatch_table] !== 0) return;
  const table = PyObject_GetOptionalAttr(rt, p, internStatic(rt, "dispatch_table"));
  setField(rt, p + Pickler.dispatch_table, table);
}

const DUMP = kwSpec("dump", "obj, /");

function pickler_dump(rt: Runtime, p: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [obj] = parseFastKw(rt, DUMP, args, nargs, kwnames);
  if (rt.i32[p + Pickler.write] === 0) {
    const name = typeNameOf(rt, p);
    throw picklingError(rt, `Pickler.__init__() was not called by ${name}.__init__()`);
  }
  clearBuffer(rt, p);
  dump(rt, p, obj);
  flushToFile(rt, p);
  return rt.None;
}

function clear_memo(rt: Runtime, p: Ref): NewRef {
  if (rt.i32[p + Pickler.memo] !== 0) PyMemoTable_Clear(rt, rt.i32[p + Pickler.memo]);
  return rt.None;
}

/** Pickler.persistent_id: no object has one. */
function persistent_id(rt: Runtime): NewRef {
  return rt.None;
}

function get_memo(rt: Runtime, p: Ref): NewRef {
  return newMemoProxy(rt, pickleState(rt).PicklerMemoProxy, p);
}

/** A memo with the numbers of a dict of pairs. */
function memoFromDict(rt: Runtime, d: Ref): number {
  const memo = PyMemoTable_New(rt);
  try {
    for (let pos = PyDict_Next(rt, d, 0); pos >= 0; pos = PyDict_Next(rt, d, pos)) {
      const pair = rt.dictValue;
      if (!PyTuple_Check(rt, pair) || tupleSize(rt, pair) !== 2)
        throw typeError(rt, "'memo' values must be 2-item tuples");
      const n = tupleItem(rt, pair, 0);
      if (!PyLong_Check(rt, n)) throw typeError(rt, "an integer is required");
      PyMemoTable_Set(rt, memo, tupleItem(rt, pair, 1), PyLong_AsSsize_t(rt, n));
    }
  } catch (e) {
    PyMemoTable_Del(rt, memo);
    throw e;
  }
  return memo;
}

function set_memo(rt: Runtime, p: Ref, value: OptRef): void {
  if (value === 0) throw typeError(rt, "attribute deletion is not supported");
  const i32 = rt.i32;
  let memo: number;
  if (i32[value + Ob.type] === pickleState(rt).PicklerMemoProxy)
    memo = PyMemoTable_Copy(rt, i32[i32[value + MemoProxy.owner] + Pickler.memo]);
  else if (PyDict_Check(rt, value)) memo = memoFromDict(rt, value);
  else {
    const what = "'memo' attribute must be a PicklerMemoProxy object or dict";
    throw typeError(rt, `${what}, not ${typeNameOf(rt, value)}`);
  }
  dropMemo(rt, p + Pickler.memo);
  i32[p + Pickler.memo] = memo;
}

function pickler_sizeof(rt: Runtime, p: Ref): number {
  const i32 = rt.i32;
  const memo = i32[p + Pickler.memo];
  const buffer = i32[p + Pickler.output_buffer];
  const own = i32[i32[p + Ob.type] + Ty.basicsize];
  return (
    own +
    (memo === 0 ? 0 : memoBytes(rt, memo)) +
    (buffer === 0 ? 0 : Bytes.HEAD_BYTES + i32[buffer + Bytes.size])
  );
}

const FIELDS = heapFieldSlots([
  Pickler.write,
  Pickler.persistent_id,
  Pickler.dispatch_table,
  Pickler.fast_memo,
  Pickler.reducer_override,
  Pickler.buffer_callback,
]);

const SLOTS = {
  tp_traverse: FIELDS.tp_traverse,
  tp_clear: (rt: Runtime, p: Ref): void => {
    clearField(rt, p + Pickler.output_buffer);
    FIELDS.tp_clear(rt, p);
    dropMemo(rt, p + Pickler.memo);
  },
  tp_dealloc: (rt: Runtime, p: Ref): void => {
    const type = rt.i32[p + Ob.type];
    PyObject_GC_UnTrack(rt, p);
    SLOTS.tp_clear(rt, p);
    infoOf(rt, p).tp_free!(rt, p);
    decref(rt, type);
  },
};

const METHODS: MethodDef[] = [
  {
    name: "persistent_id",
    flags: METH.O,
    fn: persistent_id,
    sig: "($self, obj, /)",
  },
  {
    name: "dump",
    flags: METH.METHOD | METH.FASTCALL | METH.KEYWORDS,
    fn: pickler_dump,
    sig: "($self, obj, /)",
    doc: "Writes the pickle of an object to the file.",
  },
  {
    name: "clear_memo",
    flags: METH.NOARGS,
    fn: clear_memo,
    sig: "($self, /)",
    doc: "Forgets which objects have been pickled.",
  },
];

/** The type, a new reference. */
export function picklerType(rt: Runtime): NewRef {
  const type = defineType(rt, {
    name: "_pickle.Pickler",
    basicsize: Pickler.BYTES,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE,
    heap: true,
    doc: "Writes pickles to a file.",
    sig: "(file, protocol=None, fix_imports=True, buffer_callback=None)",
    slots: { ...SLOTS, tp_new: PyType_GenericNew, tp_init: pickler_init, tp_sizeof: pickler_sizeof },
    methods: METHODS,
    members: [
      { name: "bin", type: "int", offset: Pickler.bin },
      { name: "fast", type: "int", offset: Pickler.fast },
      { name: "dispatch_table", type: "object_ex", offset: Pickler.dispatch_table },
    ],
    getsets: [{ name: "memo", get: get_memo, set: set_memo }],
  });
  registerOwned(rt, type, (_rt, p, visit) => {
    const [buffer, memo] = [rt.i32[p + Pickler.output_buffer], rt.i32[p + Pickler.memo]];
    if (buffer !== 0) visit(buffer);
    if (memo !== 0) memoVisit(rt, memo, visit);
  });
  return type;
}
