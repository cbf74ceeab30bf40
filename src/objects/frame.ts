/**
 * Frame objects: what Python code sees of a frame. Part of the object layer (CPython's Objects/frameobject.c and
 * Python/frame.c). A running frame lies on the data stack (or in its generator); its PyFrameObject is made on demand and
 * takes the frame's contents over when the frame ends while somebody still holds the object.
 */

import { Cell } from "../heap/cells.ts";
import { copyWords, zeroWords } from "../heap/words.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { codeLine } from "./code.ts";
import { defineType } from "./defineType.ts";
import { fetch, raise, restore } from "./errors.ts";
import { frame_locals } from "./framelocals.ts";
import { CellOb, Code, Frame, FrameOb, Gc, TF } from "./layout.ts";
import { PyLong_FromNumber } from "./long.ts";
import { clearField, decref, incref, newref, setField, xdecref, xnewref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

export const enum Owner {
  THREAD = 0,
  GENERATOR = 1,
  FRAME_OBJECT = 2,
}

/** _PyFrame_IsIncomplete: a frame whose function has not begun belongs to no traceback. */
export function isIncomplete(i32: Int32Array, fp: number): boolean {
  return i32[fp + Frame.owner] !== Owner.GENERATOR && i32[fp + Frame.instr] < 0;
}

/** The frame object of an interpreter frame, made if need be. Borrowed (the frame owns it). Not tracked before it owns its frame. */
export function frameObject(rt: Runtime, fp: number): Ref {
  const i32 = rt.i32;
  const have = i32[fp + Frame.frame_obj];
  if (have !== 0) return have;
  const code = i32[fp + Frame.executable];
  const slots = i32[code + Code.nlocalsplus] + i32[code + Code.stacksize];
  const bytes = FrameOb.HEAD_BYTES + Frame.HEAD_BYTES + 8 * slots;
  const f = PyObject_GC_New(rt, rt.types.frame, bytes);
  zeroWords(rt, f + 4, bytes / 4 - 4);
  rt.u8[f * 4 + FrameOb.trace_lines_byte] = 1;
  i32[f + FrameOb.frame] = fp;
  i32[fp + Frame.frame_obj] = f;
  return f;
}

/** The frame object's interpreter frame (on the stack, in a generator, or its own copy). */
export function framePointer(rt: Runtime, f: Ref): number {
  return rt.i32[f + FrameOb.frame];
}

/**
 * _PyFrame_ClearExceptCode for a frame that ends while its frame object exists: if somebody else holds the object, it takes
 * the locals over; otherwise they are released and the object goes too. The caller releases function and code afterwards.
 */
export function leaveFrame(rt: Runtime, fp: number): void {
  const i32 = rt.i32;
  const f = i32[fp + Frame.frame_obj];
  i32[fp + Frame.frame_obj] = 0;
  if (i32[f] > 1) {
    takeOwnership(rt, f, fp);
    decref(rt, f);
    return;
  }
  releaseFrameLocals(rt, fp);
  decref(rt, f);
}

/** Releases localsplus and f_locals, in order. */
export function releaseFrameLocals(rt: Runtime, fp: number): void {
  const i32 = rt.i32;
  const n = i32[fp + Frame.stacktop];
  i32[fp + Frame.stacktop] = 0;
  const locals = i32[fp + Frame.locals];
  i32[fp + Frame.locals] = 0;
  if (locals !== 0) decref(rt, locals);
  for (let i = 0; i < n; i++) {
    const at = fp + Frame.localsplus + 2 * i;
    const v = i32[at];
    i32[at] = 0;
    if (v !== 0) decref(rt, v);
  }
}

function takeOwnership(rt: Runtime, f: Ref, fp: number): void {
  const i32 = rt.i32;
  const code = i32[fp + Frame.executable];
  // The frame object has room for CPython's evaluation stack, which is empty by now.
  const n = i32[code + Code.nlocalsplus] + i32[code + Code.stacksize];
  const copy = f + FrameOb.frame_data;
  copyWords(rt, copy, fp, Frame.localsplus + 2 * n);
  i32[copy + Frame.stacktop] = n;
  incref(rt, i32[copy + Frame.executable]);
  if (i32[copy + Frame.funcobj] !== 0) incref(rt, i32[copy + Frame.funcobj]);
  i32[copy + Frame.owner] = Owner.FRAME_OBJECT;
  i32[copy + Frame.frame_obj] = 0;
  i32[f + FrameOb.frame] = copy;
  i32[fp + Frame.stacktop] = 0;
  i32[fp + Frame.locals] = 0;
  const previous = i32[fp + Frame.previous];
  i32[copy + Frame.previous] = 0;
  if (previous !== 0 && i32[f + FrameOb.back] === 0) i32[f + FrameOb.back] = frameObjectOr0(rt, previous);
  if (i32[f + Gc.next] === 0) PyObject_GC_Track(rt, f);
}

/** A new reference to the frame's object, or 0 where there is no memory for one: a frame is left without raising. */
function frameObjectOr0(rt: Runtime, fp: number): NewRef {
  const saved = fetch(rt);
  try {
    return newref(rt, frameObject(rt, fp));
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    return 0;
  } finally {
    restore(rt, saved);
  }
}

function ownsFrame(rt: Runtime, f: Ref): boolean {
  return rt.i32[f + FrameOb.frame] === f + FrameOb.frame_data;
}

function frame_dealloc(rt: Runtime, f: Ref): void {
  const i32 = rt.i32;
  if (i32[f - 4] !== 0) PyObject_GC_UnTrack(rt, f);
  if (!trashBegin(rt, f, frame_dealloc)) return;
  const fp = i32[f + FrameOb.frame];
  if (ownsFrame(rt, f)) {
    releaseFrameLocals(rt, fp);
    xdecref(rt, i32[fp + Frame.funcobj]);
    decref(rt, i32[fp + Frame.executable]);
  }
  clearField(rt, f + FrameOb.back);
  clearField(rt, f + FrameOb.trace);
  clearField(rt, f + FrameOb.extra_locals);
  PyObject_GC_Del(rt, f);
  trashEnd(rt);
}

function frame_traverse(rt: Runtime, f: Ref, visit: Visit): void {
  const i32 = rt.i32;
  for (const at of [FrameOb.back, FrameOb.trace, FrameOb.extra_locals])
    if (i32[f + at] !== 0) visit(i32[f + at]);
  if (ownsFrame(rt, f)) traverseFrame(rt, i32[f + FrameOb.frame], visit, false);
}

/**
 * References an interpreter frame owns: function, namespace, code, locals and stack. Of a frame that is running the collector
 * sees no locals, as CPython does not know there how much of the stack is in use.
 */
export function traverseFrame(rt: Runtime, fp: number, visit: Visit, executing: boolean): void {
  const i32 = rt.i32;
  if (i32[fp + Frame.locals] !== 0) visit(i32[fp + Frame.locals]);
  if (i32[fp + Frame.funcobj] !== 0) visit(i32[fp + Frame.funcobj]);
  visit(i32[fp + Frame.executable]);
  if (!executing) visitLocals(i32, fp, visit);
}

function visitLocals(i32: Int32Array, fp: number, visit: Visit): void {
  const n = i32[fp + Frame.stacktop];
  for (let i = 0; i < n; i++) {
    const v = i32[fp + Frame.localsplus + 2 * i];
    if (v !== 0) visit(v);
  }
}

function frame_tp_clear(rt: Runtime, f: Ref): void {
  clearField(rt, f + FrameOb.trace);
  clearField(rt, f + FrameOb.extra_locals);
  if (ownsFrame(rt, f)) releaseFrameLocals(rt, rt.i32[f + FrameOb.frame]);
}

/** frame.clear() */
function frame_clear(rt: Runtime, f: Ref): NewRef {
  const fp = rt.i32[f + FrameOb.frame];
  const owner = rt.i32[fp + Frame.owner];
  if (owner === Owner.GENERATOR) {
    if (!rt.clearGeneratorFrame(fp)) throw raise(rt, rt.exc.RuntimeError, "cannot clear an executing frame");
  } else if (owner === Owner.THREAD) throw raise(rt, rt.exc.RuntimeError, "cannot clear an executing frame");
  else frame_tp_clear(rt, f);
  return rt.None;
}

export function frameLine(rt: Runtime, fp: number): number {
  return codeLine(rt, rt.i32[fp + Frame.executable], rt.i32[fp + Frame.instr]);
}

function frame_repr(rt: Runtime, f: Ref): NewRef {
  const i32 = rt.i32;
  const fp = i32[f + FrameOb.frame];
  const code = i32[fp + Frame.executable];
  const file = jsString(rt, i32[code + Code.filename]);
  const name = jsString(rt, i32[code + Code.name]);
  return PyUnicode_FromJS(
    rt,
    `<frame at ${hexAddress(f)}, file '${file}', line ${frameLine(rt, fp)}, code ${name}>`,
  );
}

function frame_back(rt: Runtime, f: Ref): NewRef {
  const i32 = rt.i32;
  if (i32[f + FrameOb.back] !== 0) return newref(rt, i32[f + FrameOb.back]);
  const previous = i32[i32[f + FrameOb.frame] + Frame.previous];
  return newref(rt, previous === 0 ? rt.None : frameObject(rt, previous));
}

function frame_sizeof(rt: Runtime, f: Ref): number {
  const code = rt.i32[rt.i32[f + FrameOb.frame] + Frame.executable];
  return (
    FrameOb.HEAD_BYTES +
    Frame.HEAD_BYTES +
    8 * (rt.i32[code + Code.nlocalsplus] + rt.i32[code + Code.stacksize])
  );
}

export function initFrame(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "frame",
      basicsize: 136,
      itemsize: 8,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: frame_dealloc,
        tp_repr: frame_repr,
        tp_traverse: frame_traverse,
        tp_clear: frame_tp_clear,
        tp_sizeof: frame_sizeof,
      },
      methods: [{ name: "clear", flags: METH.NOARGS, fn: frame_clear }],
      getsets: [
        { name: "f_back", get: frame_back },
        { name: "f_locals", get: frame_locals },
        { name: "f_lineno", get: (rt, f) => PyLong_FromNumber(rt, frameLine(rt, framePointer(rt, f))) },
        {
          name: "f_lasti",
          get: (rt, f) => PyLong_FromNumber(rt, rt.i32[framePointer(rt, f) + Frame.instr] * 2),
        },
        { name: "f_code", get: (rt, f) => newref(rt, rt.i32[framePointer(rt, f) + Frame.executable]) },
        { name: "f_globals", get: (rt, f) => newref(rt, rt.i32[framePointer(rt, f) + Frame.globals]) },
        { name: "f_builtins", get: (rt, f) => newref(rt, rt.i32[framePointer(rt, f) + Frame.builtins]) },
        {
          name: "f_trace",
          get: (rt, f) => newref(rt, rt.i32[f + FrameOb.trace] === 0 ? rt.None : rt.i32[f + FrameOb.trace]),
          set: (rt, f, v) => setField(rt, f + FrameOb.trace, xnewref(rt, v === rt.None ? 0 : v)),
        },
      ],
    },
    rt.types.frame,
  );
}

/** The current frame, or 0 outside any. */
export function currentFrame(rt: Runtime): number {
  return rt.i32[Cell.FRAME];
}

/** super() without arguments: the first argument and the `__class__` cell's content of the current frame. */
export function superArguments(rt: Runtime): { type: OptRef; obj: OptRef; error: string | null } {
  const i32 = rt.i32;
  const fp = i32[Cell.FRAME];
  const none = (error: string): { type: OptRef; obj: OptRef; error: string } => ({ type: 0, obj: 0, error });
  if (fp === 0) return none("super(): no current frame");
  const code = i32[fp + Frame.executable];
  if (i32[code + Code.argcount] === 0) return none("super(): no arguments");
  let obj = i32[fp + Frame.localsplus];
  const kinds = i32[code + Code.localspluskinds];
  if (obj !== 0 && (rt.u8[kinds * 4 + 32] & 0x40) !== 0 && i32[obj + 2] === rt.types.cell)
    obj = i32[obj + CellOb.ref];
  if (obj === 0) return none("super(): arg[0] deleted");
  const names = i32[code + Code.localsplusnames];
  const n = i32[code + Code.nlocalsplus];
  for (let i = n - i32[code + Code.nfreevars]; i < n; i++) {
    if (i32[names + 6 + 2 * i] !== rt.names.__class__) continue;
    const cell = i32[fp + Frame.localsplus + 2 * i];
    const type = cell === 0 ? 0 : i32[cell + CellOb.ref];
    return type === 0 ? none("super(): empty __class__ cell") : { type, obj, error: null };
  }
  return none("super(): __class__ cell not found");
}
