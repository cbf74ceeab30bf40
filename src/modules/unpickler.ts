/** _pickle.Unpickler. Part of the modules, for _pickle.ts; layouts are in picklestate.ts. */
import { PyObject_GetOptionalAttr, PyObject_IsTrue } from "../objects/abstract.ts";
import { PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { badArgument, kwSpec, parseFastKw, parseTupleKw } from "../objects/argparse.ts";
import { PyDict_Check, PyLong_Check, PyUnicode_Check } from "../objects/check.ts";
import { defineType } from "../objects/defineType.ts";
import { PyDict_Next, PyDict_Size } from "../objects/dict.ts";
import { noMemory, typeError, valueError } from "../objects/errors.ts";
import { heapFieldSlots } from "../objects/fieldslots.ts";
import { PyObject_GetIter } from "../objects/iterproto.ts";
import { Ob, TF, Ty } from "../objects/layout.ts";
import { PyLong_AsSsize_t } from "../objects/long.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, setField, xincref } from "../objects/refcount.ts";
import { registerOwned } from "../objects/roots.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { internStatic, jsString } from "../objects/str.ts";
import { PyType_GenericNew } from "../objects/subtype.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { PyMem_Free, PyMem_Malloc } from "../pymalloc/domains.ts";
import { newMemoProxy } from "./picklememoproxy.ts";
import { MemoProxy, pickleState, Unpickler, unpicklingError } from "./picklestate.ts";
import { cString } from "./unpickleatoms.ts";
import { find_class, NO_PERSISTENT_LOAD } from "./unpickleglobal.ts";
import { releaseInput } from "./unpickleinput.ts";
import { load } from "./unpickleload.ts";
import { freeMemoList, MEMO_SIZE, memoPut, newMemoList } from "./unpicklememo.ts";
import { Pdata_New } from "./unpicklestack.ts";

/** _Unpickler_New: an unpickler without input. It stands on the native stack. */
export function newUnpickler(rt: Runtime): Ref {
  const u = pushed(rt, PyObject_GC_New(rt, pickleState(rt).Unpickler, Unpickler.BYTES));
  const i32 = rt.i32;
  i32.fill(0, u + Unpickler.stack, u + Unpickler.BYTES / 4);
  begin(rt, u);
  PyObject_GC_Track(rt, u);
  return u;
}

/** An empty memo and an empty stack. */
function begin(rt: Runtime, u: Ref): void {
  const i32 = rt.i32;
  freeMemoList(rt, u);
  i32[u + Unpickler.memo] = newMemoList(rt, MEMO_SIZE);
  i32[u + Unpickler.memo_size] = MEMO_SIZE;
  setField(rt, u + Unpickler.stack, Pdata_New(rt));
}

/** What is called of a file, and where it is kept. */
const FILE_METHODS = [
  ["peek", Unpickler.peek],
  ["readinto", Unpickler.readinto],
  ["read", Unpickler.read],
  ["readline", Unpickler.readline],
] as const;

/** _Unpickler_SetInputStream */
export function setInputStream(rt: Runtime, u: Ref, file: Ref): void {
  const i32 = rt.i32;
  for (const [name, at] of FILE_METHODS)
    setField(rt, u + at, PyObject_GetOptionalAttr(rt, file, internStatic(rt, name)));
  if (i32[u + Unpickler.read] !== 0 && i32[u + Unpickler.readline] !== 0) return;
  for (const [, at] of FILE_METHODS) clearField(rt, u + at);
  throw typeError(rt, "file must have 'read' and 'readline' attributes");
}

const textEncoder = new TextEncoder();

function isAsciiText(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** A block with the text and a zero. */
function newCString(rt: Runtime, text: string): number {
  const bytes = isAsciiText(text) ? null : textEncoder.encode(text);
  const n = bytes === null ? text.length : bytes.length;
  const block = PyMem_Malloc(rt, n + 1);
  if (block === 0) throw noMemory(rt);
  const at = 4 * block;
  for (let i = 0; i < n; i++) rt.u8[at + i] = bytes === null ? text.charCodeAt(i) : bytes[i];
  rt.u8[at + n] = 0;
  return block;
}

/** The text of an argument that must be a str without zeros. */
function textArgument(rt: Runtime, fname: string, which: string, o: OptRef, otherwise: string): string {
  if (o === 0) return otherwise;
  if (!PyUnicode_Check(rt, o)) throw badArgument(rt, fname, `argument '${which}'`, "str", o);
  const text = jsString(rt, o);
  if (text.includes("\0")) throw valueError(rt, "embedded null character");
  return text;
}

/** What load(), loads() and Unpickler() take besides their input: fix_imports, encoding, errors, buffers. */
export function setOptions(rt: Runtime, u: Ref, fname: string, options: OptRef[]): void {
  const [fixImports, encodingArg, errorsArg, buffers] = options;
  const i32 = rt.i32;
  const fix = fixImports === 0 || PyObject_IsTrue(rt, fixImports);
  const encoding = textArgument(rt, fname, "encoding", encodingArg, "ASCII");
  const errors = textArgument(rt, fname, "errors", errorsArg, "strict");
  freeBlock(rt, u + Unpickler.encoding);
  freeBlock(rt, u + Unpickler.errors);
  i32[u + Unpickler.encoding] = newCString(rt, encoding);
  i32[u + Unpickler.errors] = newCString(rt, errors);
  if (buffers !== 0 && buffers !== rt.None)
    setField(rt, u + Unpickler.buffers, PyObject_GetIter(rt, buffers));
  i32[u + Unpickler.fix_imports] = fix ? 1 : 0;
}

const INIT = kwSpec("Unpickler", "file, *, fix_imports=, encoding=, errors=, buffers=");

function unpickler_init(rt: Runtime, u: Ref, args: Ref, kwargs: OptRef): void {
  const [file, ...options] = parseTupleKw(rt, INIT, args, kwargs);
  if (rt.i32[u + Unpickler.read] !== 0) SLOTS.tp_clear(rt, u);
  setInputStream(rt, u, file);
  setOptions(rt, u, "Unpickler", options);
  begin(rt, u);
  rt.i32[u + Unpickler.proto] = 0;
}

function unpickler_load(rt: Runtime, u: Ref, _args: number, nargs: number, kwnames: OptRef): NewRef {
  if (nargs !== 0 || kwnames !== 0) throw typeError(rt, "load() takes no arguments");
  if (rt.i32[u + Unpickler.read] === 0) {
    const name = typeNameOf(rt, u);
    throw unpicklingError(rt, `Unpickler.__init__() was not called by ${name}.__init__()`);
  }
  return load(rt, u);
}

const FIND_CLASS = kwSpec("find_class", "module_name, global_name, /");

function unpickler_find_class(rt: Runtime, u: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [module, name] = parseFastKw(rt, FIND_CLASS, args, nargs, kwnames);
  return find_class(rt, u, module, name);
}

/** Unpickler.persistent_load: there are no persistent objects. */
const PERSISTENT_LOAD = kwSpec("persistent_load", "pid, /");

function persistent_load(rt: Runtime, _u: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  parseFastKw(rt, PERSISTENT_LOAD, args, nargs, kwnames);
  throw unpicklingError(rt, NO_PERSISTENT_LOAD);
}

function get_memo(rt: Runtime, u: Ref): NewRef {
  return newMemoProxy(rt, pickleState(rt).UnpicklerMemoProxy, u);
}

/** A copy of another unpickler's memo. */
function copyMemo(rt: Runtime, u: Ref, from: Ref): void {
  const i32 = rt.i32;
  const n = i32[from + Unpickler.memo_size];
  const memo = newMemoList(rt, n);
  for (let i = 0; i < 2 * n; i += 2) {
    const obj = i32[i32[from + Unpickler.memo] + i];
    xincref(rt, obj);
    i32[memo + i] = obj;
  }
  freeMemoList(rt, u);
  i32[u + Unpickler.memo_size] = n;
  i32[u + Unpickler.memo] = memo;
}

/** A memo with the objects of a dict by number. */
function memoFromDict(rt: Runtime, u: Ref, d: Ref): void {
  const i32 = rt.i32;
  const n = PyDict_Size(rt, d);
  const memo = newMemoList(rt, n);
  freeMemoList(rt, u);
  i32[u + Unpickler.memo_size] = n;
  i32[u + Unpickler.memo] = memo;
  for (let pos = PyDict_Next(rt, d, 0); pos >= 0; pos = PyDict_Next(rt, d, pos)) {
    const value = rt.dictValue;
    if (!PyLong_Check(rt, rt.dictKey)) throw typeError(rt, "memo key must be integers");
    const i = PyLong_AsSsize_t(rt, rt.dictKey);
    if (i < 0) throw valueError(rt, "memo key must be positive integers.");
    memoPut(rt, u, i, value);
  }
}

function set_memo(rt: Runtime, u: Ref, value: OptRef): void {
  if (value === 0) throw typeError(rt, "attribute deletion is not supported");
  const i32 = rt.i32;
  if (i32[value + Ob.type] === pickleState(rt).UnpicklerMemoProxy) {
    copyMemo(rt, u, i32[value + MemoProxy.owner]);
    return;
  }
  if (PyDict_Check(rt, value)) {
    memoFromDict(rt, u, value);
    return;
  }
  const what = "'memo' attribute must be an UnpicklerMemoProxy object or dict";
  throw typeError(rt, `${what}, not ${typeNameOf(rt, value)}`);
}

/** Bytes of a text and its zero in the block whose field is at `at`. */
function cStringBytes(rt: Runtime, at: number): number {
  const block = rt.i32[at];
  return block === 0 ? 0 : textEncoder.encode(cString(rt, block)).length + 1;
}

function unpickler_sizeof(rt: Runtime, u: Ref): number {
  const i32 = rt.i32;
  const own = i32[i32[u + Ob.type] + Ty.basicsize];
  const memo = i32[u + Unpickler.memo] === 0 ? 0 : 8 * i32[u + Unpickler.memo_size];
  const texts = [Unpickler.input_line, Unpickler.encoding, Unpickler.errors] as const;
  return texts.reduce(
    (n, at) => n + cStringBytes(rt, u + at),
    own + memo + 8 * i32[u + Unpickler.marks_size],
  );
}

const FIELDS = heapFieldSlots([
  Unpickler.readline,
  Unpickler.readinto,
  Unpickler.read,
  Unpickler.peek,
  Unpickler.stack,
  Unpickler.persistent_load,
  Unpickler.buffers,
]);

/** Frees the block whose field is at `at`. */
function freeBlock(rt: Runtime, at: number): void {
  const block = rt.i32[at];
  if (block === 0) return;
  rt.i32[at] = 0;
  PyMem_Free(rt, block);
}

const BLOCKS = [Unpickler.marks, Unpickler.input_line, Unpickler.encoding, Unpickler.errors] as const;

const SLOTS = {
  tp_traverse: FIELDS.tp_traverse,
  tp_clear: (rt: Runtime, u: Ref): void => {
    FIELDS.tp_clear(rt, u);
    releaseInput(rt, u);
    freeMemoList(rt, u);
    for (const at of BLOCKS) freeBlock(rt, u + at);
    rt.i32[u + Unpickler.marks_size] = 0;
  },
  tp_dealloc: (rt: Runtime, u: Ref): void => {
    const type = rt.i32[u + Ob.type];
    PyObject_GC_UnTrack(rt, u);
    SLOTS.tp_clear(rt, u);
    infoOf(rt, u).tp_free!(rt, u);
    decref(rt, type);
  },
};

const BY_CLASS = METH.METHOD | METH.FASTCALL | METH.KEYWORDS;

const METHODS: MethodDef[] = [
  { name: "persistent_load", flags: BY_CLASS, fn: persistent_load, sig: "($self, pid, /)" },
  {
    name: "load",
    flags: BY_CLASS,
    fn: unpickler_load,
    sig: "($self, /)",
    doc: "The object of the next pickle in the file.",
  },
  {
    name: "find_class",
    flags: BY_CLASS,
    fn: unpickler_find_class,
    sig: "($self, module_name, global_name, /)",
    doc: "The class or function of that name; a subclass may refuse it.",
  },
];

/** The type, a new reference. */
export function unpicklerType(rt: Runtime): NewRef {
  const type = defineType(rt, {
    name: "_pickle.Unpickler",
    basicsize: Unpickler.BYTES,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE,
    heap: true,
    doc: "Reads pickles from a file.",
    sig: "(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())",
    slots: { ...SLOTS, tp_new: PyType_GenericNew, tp_init: unpickler_init, tp_sizeof: unpickler_sizeof },
    methods: METHODS,
    getsets: [{ name: "memo", get: get_memo, set: set_memo }],
  });
  registerOwned(rt, type, (_rt, u, visit) => {
    const i32 = rt.i32;
    if (i32[u + Unpickler.buffer_obj] !== 0) visit(i32[u + Unpickler.buffer_obj]);
    if (i32[u + Unpickler.memo] === 0) return;
    for (let i = 0; i < i32[u + Unpickler.memo_size]; i++) {
      const obj = i32[i32[u + Unpickler.memo] + 2 * i];
      if (obj !== 0) visit(obj);
    }
  });
  return type;
}
