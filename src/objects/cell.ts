/** Cells: variables shared by closures. Part of the object layer (CPython's Objects/cellobject.c). */

import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import { noKeywords } from "./argparse.ts";
import { PyObject_RichCompare } from "./compare.ts";
import { defineType } from "./defineType.ts";
import { raise, typeError } from "./errors.ts";
import { CellOb, Ob, TF } from "./layout.ts";
import { clearField, newref, setField, xdecref, xnewref } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { PyUnicode_FromJS } from "./str.ts";
import { trashed } from "./trashcan.ts";
import { tupleItem, tupleSize } from "./tuple.ts";
import type { Cmp, NewRef, OptRef, Ref } from "./typeinfo.ts";

/** A new cell with its own reference to `value` (or empty). */
export function PyCell_New(rt: Runtime, value: OptRef): NewRef {
  const p = PyObject_GC_New(rt, rt.types.cell, CellOb.BYTES);
  rt.i32[p + CellOb.ref] = xnewref(rt, value);
  PyObject_GC_Track(rt, p);
  return p;
}

function cell_dealloc(rt: Runtime, p: Ref): void {
  PyObject_GC_UnTrack(rt, p);
  xdecref(rt, rt.i32[p + CellOb.ref]);
  PyObject_GC_Del(rt, p);
}

function cell_repr(rt: Runtime, p: Ref): NewRef {
  const value = rt.i32[p + CellOb.ref];
  const what = value === 0 ? "empty" : `${typeNameOf(rt, value)} object at ${hexAddress(value)}`;
  return PyUnicode_FromJS(rt, `<cell at ${hexAddress(p)}: ${what}>`);
}

/** Empty cells come before full ones. */
function cell_richcompare(rt: Runtime, a: Ref, b: Ref, op: Cmp): NewRef {
  const i32 = rt.i32;
  if (i32[a + Ob.type] !== rt.types.cell || i32[b + Ob.type] !== rt.types.cell) return rt.NotImplemented;
  const x = i32[a + CellOb.ref];
  const y = i32[b + CellOb.ref];
  if (x !== 0 && y !== 0) return PyObject_RichCompare(rt, x, y, op);
  const d = (x === 0 ? 0 : 1) - (y === 0 ? 0 : 1);
  const result = [d < 0, d <= 0, d === 0, d !== 0, d > 0, d >= 0][op];
  return result ? rt.True : rt.False;
}

function cell_new(rt: Runtime, _type: Ref, args: Ref, kwargs: OptRef): NewRef {
  noKeywords(rt, "cell", kwargs);
  const n = tupleSize(rt, args);
  if (n > 1) throw typeError(rt, `cell expected at most 1 argument, got ${n}`);
  return PyCell_New(rt, n === 1 ? tupleItem(rt, args, 0) : 0);
}

export function initCell(rt: Runtime): void {
  defineType(
    rt,
    {
      name: "cell",
      basicsize: CellOb.BYTES,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: trashed(cell_dealloc),
        tp_repr: cell_repr,
        tp_richcompare: cell_richcompare,
        tp_new: cell_new,
        tp_traverse: (rt, p, visit) => {
          if (rt.i32[p + CellOb.ref] !== 0) visit(rt.i32[p + CellOb.ref]);
        },
        tp_clear: (rt, p) => clearField(rt, p + CellOb.ref),
      },
      getsets: [
        {
          name: "cell_contents",
          get: (rt, p) => {
            const v = rt.i32[p + CellOb.ref];
            if (v === 0) throw raise(rt, rt.exc.ValueError, "Cell is empty");
            return newref(rt, v);
          },
          set: (rt, p, v) => setField(rt, p + CellOb.ref, xnewref(rt, v)),
        },
      ],
    },
    rt.types.cell,
  );
}

/** Stores a reference of its own in a cell (or empties it). */
export function PyCell_Set(rt: Runtime, cell: Ref, value: OptRef): void {
  setField(rt, cell + CellOb.ref, xnewref(rt, value));
}
