/** The unpickler's loop: one function for each opcode. Part of the modules, for _pickle.ts. */

import { PyObject_GetOptionalAttr } from "../objects/abstract.ts";
import { PyDict_New } from "../objects/dict.ts";
import { caught, clearError, fetch, overflowError, raise, restore, valueError } from "../objects/errors.ts";
import { PyIter_Next } from "../objects/iterproto.ts";
import { PyList_New } from "../objects/list.ts";
import { PyLong_AsSsize_t } from "../objects/long.ts";
import { MemView, PyMemoryView_FromObject } from "../objects/memoryview.ts";
import { pushed } from "../objects/nativecall.ts";
import { clearField, decref, setField } from "../objects/refcount.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { PySet_New } from "../objects/set.ts";
import { drop, mark, pop } from "../objects/stack.ts";
import { internStatic } from "../objects/str.ts";
import type { NewRef, Ref } from "../objects/typeinfo.ts";
import { HIGHEST_PROTOCOL, Op, Pdata, pickleState, Unpickler, unpicklingError } from "./picklestate.ts";
import * as atoms from "./unpickleatoms.ts";
import * as globals from "./unpickleglobal.ts";
import { lineText, read, readLineOf, skipConsumed } from "./unpickleinput.ts";
import { memoGet, memoPut } from "./unpicklememo.ts";
import * as objects from "./unpickleobjects.ts";
import {
  appendObject,
  clearStack,
  needObjects,
  popMark,
  popObject,
  pushMark,
  pushObject,
  slotAt,
  stackOf,
  stackSize,
  topMark,
  topObject,
} from "./unpicklestack.ts";

/** load: reads one pickle; what it stands for. persistent_load is looked up for the time that this takes. */
export function load(rt: Runtime, u: Ref): NewRef {
  const at = u + Unpickler.persistent_load;
  let result: NewRef;
  try {
    setField(rt, at, PyObject_GetOptionalAttr(rt, u, internStatic(rt, "persistent_load")));
    result = loadOne(rt, u);
  } catch (e) {
    const error = e === rt.pyerr ? e : rt.convertError(e);
    const exc = fetch(rt);
    clearField(rt, at);
    restore(rt, exc);
    throw error;
  }
  pushed(rt, result);
  clearField(rt, at);
  return pop(rt);
}

function loadOne(rt: Runtime, u: Ref): NewRef {
  const i32 = rt.i32;
  const s = stackOf(rt, u);
  i32[u + Unpickler.num_marks] = 0;
  i32[s + Pdata.mark_set] = 0;
  i32[s + Pdata.fence] = 0;
  i32[u + Unpickler.proto] = 0;
  clearStack(rt, u, 0);
  for (let op = nextOpcode(rt, u); op !== Op.STOP; op = nextOpcode(rt, u)) {
    if (loadFrequent(rt, u, op)) continue;
    const loader = LOADER[op];
    if (loader === null) throw invalidKey(rt, op);
    loader(rt, u);
  }
  skipConsumed(rt, u);
  return popObject(rt, u);
}

/** The next opcode; EOFError where there is none. */
function nextOpcode(rt: Runtime, u: Ref): number {
  const i32 = rt.i32;
  const at = i32[u + Unpickler.next_read_idx];
  if (at < i32[u + Unpickler.input_len]) {
    i32[u + Unpickler.next_read_idx] = at + 1;
    return rt.u8[rt.f64[(u + Unpickler.input_buffer) >> 1] + at];
  }
  const m = mark(rt);
  try {
    return rt.u8[read(rt, u, 1)];
  } catch (e) {
    caught(rt, e, m, pickleState(rt).UnpicklingError);
    clearError(rt);
    throw raise(rt, rt.exc.EOFError, "Ran out of input");
  }
}

function invalidKey(rt: Runtime, op: number): PyErr {
  const shown =
    op >= 0x20 && op <= 0x7e && op !== 0x27 && op !== 0x5c
      ? String.fromCharCode(op)
      : `\\x${op.toString(16).padStart(2, "0")}`;
  return unpicklingError(rt, `invalid load key, '${shown}'.`);
}

/** What is frequent: numbers, text, the memo, small containers. False: another opcode. */
function loadFrequent(rt: Runtime, u: Ref, op: number): boolean {
  switch (op) {
    case Op.BININT1:
      atoms.load_binint1(rt, u);
      return true;
    case Op.BININT2:
      atoms.load_binint2(rt, u);
      return true;
    case Op.BININT:
      atoms.load_binint(rt, u);
      return true;
    case Op.SHORT_BINUNICODE:
      atoms.load_counted_binunicode(rt, u, 1);
      return true;
    case Op.MEMOIZE:
      memoPut(rt, u, rt.i32[u + Unpickler.memo_len], topObject(rt, u));
      return true;
    case Op.BINGET:
      load_get(rt, u, rt.u8[read(rt, u, 1)]);
      return true;
    case Op.NONE:
      appendObject(rt, u, rt.None);
      return true;
    case Op.MARK:
      pushMark(rt, u);
      return true;
    case Op.BINFLOAT:
      atoms.load_binfloat(rt, u);
      return true;
    default:
      return false;
  }
}

type Loader = (rt: Runtime, u: Ref) => void;

/** What the other opcodes do. */
const LOADERS: [Op, Loader][] = [
  [Op.NEWTRUE, (rt, u) => pushObject(rt, u, rt.True)],
  [Op.NEWFALSE, (rt, u) => pushObject(rt, u, rt.False)],
  [Op.LONG1, (rt, u) => atoms.load_counted_long(rt, u, 1)],
  [Op.LONG4, (rt, u) => atoms.load_counted_long(rt, u, 4)],
  [Op.BINUNICODE, (rt, u) => atoms.load_counted_binunicode(rt, u, 4)],
  [Op.BINUNICODE8, (rt, u) => atoms.load_counted_binunicode(rt, u, 8)],
  [Op.SHORT_BINBYTES, (rt, u) => atoms.load_counted_binbytes(rt, u, 1)],
  [Op.BINBYTES, (rt, u) => atoms.load_counted_binbytes(rt, u, 4)],
  [Op.BINBYTES8, (rt, u) => atoms.load_counted_binbytes(rt, u, 8)],
  [Op.BYTEARRAY8, atoms.load_counted_bytearray],
  [Op.NEXT_BUFFER, load_next_buffer],
  [Op.READONLY_BUFFER, load_readonly_buffer],
  [Op.EMPTY_TUPLE, (rt, u) => pushObject(rt, u, rt.emptyTuple)],
  [Op.TUPLE1, (rt, u) => objects.load_counted_tuple(rt, u, 1)],
  [Op.TUPLE2, (rt, u) => objects.load_counted_tuple(rt, u, 2)],
  [Op.TUPLE3, (rt, u) => objects.load_counted_tuple(rt, u, 3)],
  [Op.TUPLE, objects.load_tuple],
  [Op.EMPTY_LIST, (rt, u) => pushObject(rt, u, PyList_New(rt, 0))],
  [Op.EMPTY_DICT, (rt, u) => pushObject(rt, u, PyDict_New(rt))],
  [Op.EMPTY_SET, (rt, u) => pushObject(rt, u, PySet_New(rt, 0))],
  [Op.APPEND, load_append],
  [Op.APPENDS, (rt, u) => objects.appendItems(rt, u, popMark(rt, u))],
  [Op.SETITEM, (rt, u) => objects.setItems(rt, u, stackSize(rt, u) - 2)],
  [Op.SETITEMS, (rt, u) => objects.setItems(rt, u, popMark(rt, u))],
  [Op.ADDITEMS, objects.load_additems],
  [Op.FROZENSET, objects.load_frozenset],
  [Op.PROTO, load_proto],
  [Op.FRAME, load_frame],
  [Op.STACK_GLOBAL, globals.load_stack_global],
  [Op.GLOBAL, globals.load_global],
  [Op.NEWOBJ, (rt, u) => objects.load_newobj(rt, u, false)],
  [Op.NEWOBJ_EX, (rt, u) => objects.load_newobj(rt, u, true)],
  [Op.REDUCE, objects.load_reduce],
  [Op.BUILD, objects.load_build],
  [Op.BINPERSID, globals.load_binpersid],
  [Op.LONG_BINGET, (rt, u) => load_get(rt, u, atoms.readSize(rt, u, 4))],
  [Op.BINPUT, (rt, u) => load_put(rt, u, atoms.readSize(rt, u, 1))],
  [Op.LONG_BINPUT, (rt, u) => load_put(rt, u, atoms.readSize(rt, u, 4))],
  [Op.POP, load_pop],
  [Op.POP_MARK, (rt, u) => clearStack(rt, u, popMark(rt, u))],
  [Op.DUP, (rt, u) => appendObject(rt, u, topObject(rt, u))],
  [Op.EXT1, (rt, u) => globals.load_extension(rt, u, 1)],
  [Op.EXT2, (rt, u) => globals.load_extension(rt, u, 2)],
  [Op.EXT4, (rt, u) => globals.load_extension(rt, u, 4)],
  // The lines of text of protocol 0, and what Python 2 wrote.
  [Op.INT, atoms.load_int],
  [Op.LONG, atoms.load_long],
  [Op.FLOAT, atoms.load_float],
  [Op.STRING, atoms.load_string],
  [Op.UNICODE, atoms.load_unicode],
  [Op.BINSTRING, (rt, u) => atoms.load_counted_binstring(rt, u, 4)],
  [Op.SHORT_BINSTRING, (rt, u) => atoms.load_counted_binstring(rt, u, 1)],
  [Op.LIST, objects.load_list],
  [Op.DICT, objects.load_dict],
  [Op.OBJ, objects.load_obj],
  [Op.INST, objects.load_inst],
  [Op.PERSID, globals.load_persid],
  [Op.GET, (rt, u) => load_get(rt, u, lineNumber(rt, u))],
  [Op.PUT, load_textput],
];

/** The same by opcode. */
const LOADER: (Loader | null)[] = new Array(256).fill(null);
for (const [op, loader] of LOADERS) LOADER[op] = loader;

function load_append(rt: Runtime, u: Ref): void {
  needObjects(rt, u, 2);
  objects.appendItems(rt, u, stackSize(rt, u) - 1);
}

/** The number in a line of text. */
function lineNumber(rt: Runtime, u: Ref): number {
  readLineOf(rt, u, 2);
  const n = pushed(rt, atoms.parseInteger(rt, lineText(rt, u), 10));
  const value = PyLong_AsSsize_t(rt, n);
  drop(rt);
  return value;
}

function load_get(rt: Runtime, u: Ref, n: number): void {
  const obj = memoGet(rt, u, n);
  if (obj === 0) throw unpicklingError(rt, `Memo value not found at index ${n}`);
  appendObject(rt, u, obj);
}

function load_put(rt: Runtime, u: Ref, n: number): void {
  memoPut(rt, u, n, topObject(rt, u));
}

function load_textput(rt: Runtime, u: Ref): void {
  const n = lineNumber(rt, u);
  const obj = topObject(rt, u);
  if (n < 0) throw valueError(rt, "negative PUT argument");
  memoPut(rt, u, n, obj);
}

/** POP takes a mark off that stands on top. */
function load_pop(rt: Runtime, u: Ref): void {
  if (topMark(rt, u) === stackSize(rt, u)) popMark(rt, u);
  else decref(rt, popObject(rt, u));
}

function load_proto(rt: Runtime, u: Ref): void {
  const n = rt.u8[read(rt, u, 1)];
  if (n > HIGHEST_PROTOCOL) throw valueError(rt, `unsupported pickle protocol: ${n}`);
  rt.i32[u + Unpickler.proto] = n;
}

/** A frame is read as a whole, and then its opcodes. */
function load_frame(rt: Runtime, u: Ref): void {
  const n = atoms.readSize(rt, u, 8);
  if (n >= 2 ** 63)
    throw overflowError(rt, "FRAME length exceeds system's maximum of 9223372036854775807 bytes");
  read(rt, u, n);
  rt.i32[u + Unpickler.next_read_idx] -= n;
}

/** The next of the buffers that travel beside the pickle. */
function load_next_buffer(rt: Runtime, u: Ref): void {
  const buffers = rt.i32[u + Unpickler.buffers];
  if (buffers === 0) {
    const what = "pickle stream refers to out-of-band data but no *buffers* argument was given";
    throw unpicklingError(rt, what);
  }
  const buffer = PyIter_Next(rt, buffers);
  if (buffer === 0) throw unpicklingError(rt, "not enough out-of-band buffers");
  pushObject(rt, u, buffer);
}

/** What is on top becomes a read-only memoryview of it, unless it is read-only itself. */
function load_readonly_buffer(rt: Runtime, u: Ref): void {
  const obj = topObject(rt, u);
  const view = pushed(rt, PyMemoryView_FromObject(rt, obj));
  const i32 = rt.i32;
  if (i32[view + MemView.readonly] === 0) {
    i32[view + MemView.readonly] = 1;
    const at = slotAt(rt, u, stackSize(rt, u) - 1);
    i32[view]++;
    i32[at] = view;
    decref(rt, obj);
  }
  drop(rt);
}
