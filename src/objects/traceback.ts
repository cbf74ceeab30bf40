/**
 * Traceback objects. Part of the object layer (CPython's Python/traceback.c); printing is in modules/tbprint.ts.
 *
 *   byte   0      16     24      32      36       40
 *          | head | next | frame | lasti | lineno |
 */
import { Cell } from "../heap/cells.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { badArgument, kwSpec, parseTupleKw } from "./argparse.ts";
import { PyFrame_Check, PyTraceBack_Check } from "./check.ts";
import { codePosition } from "./code.ts";
import { defineType } from "./defineType.ts";
import { typeError, valueError } from "./errors.ts";
import { Exc, Frame, FrameOb, Tb, TF } from "./layout.ts";
import { PyList_Append, PyList_New } from "./list.ts";
import { PyLong_AsInt, PyLong_FromNumber } from "./long.ts";
import { newref, setField, xdecref, xnewref } from "./refcount.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { pop, push } from "./stack.ts";
import { internStatic } from "./str.ts";
import { trashBegin, trashEnd } from "./trashcan.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";

/** A traceback entry for a frame object; `lineno` -1: found from `lasti` when asked for. All borrowed. */
export function tb_new(rt: Runtime, next: OptRef, frame: Ref, lasti: number, lineno: number): NewRef {
  const i32 = rt.i32;
  const p = PyObject_GC_New(rt, rt.types.traceback, Tb.BYTES);
  i32[p + Tb.next] = xnewref(rt, next);
  i32[p + Tb.frame] = newref(rt, frame);
  i32[p + Tb.lasti] = lasti;
  i32[p + Tb.lineno] = lineno;
  PyObject_GC_Track(rt, p);
  return p;
}

/** Puts an entry for the frame object in front of the current exception's traceback. */
export function PyTraceBack_Here(rt: Runtime, frame: Ref): void {
  const i32 = rt.i32;
  const exc = i32[Cell.CURRENT_EXC];
  const lasti = i32[i32[frame + FrameOb.frame] + Frame.instr];
  const tb = tb_new(rt, i32[exc + Exc.traceback], frame, lasti, -1);
  setField(rt, exc + Exc.traceback, tb);
}

/** The code object of a traceback entry (borrowed). */
export function tbCode(rt: Runtime, tb: Ref): Ref {
  return rt.i32[rt.i32[rt.i32[tb + Tb.frame] + FrameOb.frame] + Frame.executable];
}

/** The line of a traceback entry, -1 if it has none. */
export function tbLine(rt: Runtime, tb: Ref): number {
  const lineno = rt.i32[tb + Tb.lineno];
  return lineno !== -1 ? lineno : (codePosition(rt, tbCode(rt, tb), rt.i32[tb + Tb.lasti]).line ?? -1);
}

function tb_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  if (!trashBegin(rt, p, tb_dealloc)) return;
  xdecref(rt, rt.i32[p + Tb.next]);
  xdecref(rt, rt.i32[p + Tb.frame]);
  PyObject_GC_Del(rt, p);
  trashEnd(rt);
}

function tb_traverse(rt: Runtime, p: Ref, visit: Visit): void {
  if (rt.i32[p + Tb.next] !== 0) visit(rt.i32[p + Tb.next]);
  if (rt.i32[p + Tb.frame] !== 0) visit(rt.i32[p + Tb.frame]);
}

function tb_clear(rt: Runtime, p: Ref): void {
  setField(rt, p + Tb.next, 0);
  setField(rt, p + Tb.frame, 0);
}

const NEW = kwSpec("traceback", "tb_next, tb_frame, tb_lasti, tb_lineno");

function tb_new_impl(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  const [next, frame, lasti, lineno] = parseTupleKw(rt, NEW, args, kwargs);
  if (!PyFrame_Check(rt, frame)) throw badArgument(rt, "traceback", "argument 'tb_frame'", "frame", frame);
  const last = PyLong_AsInt(rt, lasti);
  const line = PyLong_AsInt(rt, lineno);
  return tb_new(rt, checkedNext(rt, next), frame, last >> 1, line);
}

function checkedNext(rt: Runtime, next: Ref): OptRef {
  if (next === rt.None) return 0;
  if (PyTraceBack_Check(rt, next)) return next;
  throw typeError(rt, `expected traceback object, got '${typeNameOf(rt, next)}'`);
}

function tb_set_next(rt: Runtime, p: Ref, value: OptRef): void {
  if (value === 0) throw typeError(rt, "can't delete tb_next attribute");
  const next = checkedNext(rt, value);
  for (let t = next; t !== 0; t = rt.i32[t + Tb.next]) {
    if (t === p) throw valueError(rt, "traceback loop detected");
  }
  setField(rt, p + Tb.next, xnewref(rt, next));
}

function tb_get_lineno(rt: Runtime, p: Ref): NewRef {
  const line = tbLine(rt, p);
  return line < 0 ? rt.None : PyLong_FromNumber(rt, line);
}

function tb_dir(rt: Runtime): NewRef {
  const list = PyList_New(rt, 0);
  push(rt, list);
  for (const name of ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"]) {
    PyList_Append(rt, list, internStatic(rt, name));
  }
  return pop(rt);
}

/** CPython counts positions in bytes, two to an instruction. */
function tb_get_lasti(rt: Runtime, p: Ref): NewRef {
  return PyLong_FromNumber(rt, 2 * rt.i32[p + Tb.lasti]);
}

export function initTraceback(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "traceback",
      basicsize: Tb.BYTES,
      flags: TF.HAVE_GC,
      doc: "Where an exception passed.",
      slots: { tp_dealloc: tb_dealloc, tp_traverse: tb_traverse, tp_clear: tb_clear, tp_new: tb_new_impl },
      methods: [
        {
          name: "__dir__",
          flags: METH.NOARGS,
          fn: tb_dir,
        },
      ],
      members: [{ name: "tb_frame", type: "object_ex", offset: Tb.frame, readonly: true }],
      getsets: [
        { name: "tb_lasti", get: tb_get_lasti },
        {
          name: "tb_next",
          get: (rt: Runtime, p: Ref) => xnewref(rt, rt.i32[p + Tb.next]) || rt.None,
          set: tb_set_next,
        },
        { name: "tb_lineno", get: tb_get_lineno },
      ],
    },
    rt.types.traceback,
  );
}
