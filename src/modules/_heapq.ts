/** The module _heapq: heaps in lists. Part of the modules (CPython's Modules/_heapqmodule.c). */
import { PyObject_RichCompareBool } from "../objects/abstract.ts";
import { badArgument, checkArgs } from "../objects/argparse.ts";
import { PyList_Check } from "../objects/check.ts";
import { raise } from "../objects/errors.ts";
import { List, Ob } from "../objects/layout.ts";
import { list_resize, PyList_Append } from "../objects/list.ts";
import { compactValue, isCompact } from "../objects/long.ts";
import { PyModule_AddObject } from "../objects/module.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyUnicode_FromJS } from "../objects/str.ts";
import { Cmp, METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { createModule } from "./native.ts";

function heapArg(rt: Runtime, name: string, o: Ref, which = "argument 1"): Ref {
  if (!PyList_Check(rt, o)) throw badArgument(rt, name, which, "list", o);
  return o;
}

function outOfRange(rt: Runtime): unknown {
  return raise(rt, rt.exc.IndexError, "index out of range");
}

const sizeOf = (rt: Runtime, heap: Ref): number => rt.i32[heap + List.size];

/** Is item `a` less than item `b`? The comparison may run Python code; the list must keep its size. */
function less(rt: Runtime, heap: Ref, a: number, b: number): boolean {
  const i32 = rt.i32;
  const items = i32[heap + List.items];
  const x = i32[items + 2 * a];
  const y = i32[items + 2 * b];
  const { int } = rt.types;
  if (i32[x + Ob.type] === int && i32[y + Ob.type] === int && isCompact(rt, x) && isCompact(rt, y)) {
    return compactValue(rt, x) < compactValue(rt, y);
  }
  const n = sizeOf(rt, heap);
  push(rt, newref(rt, x));
  push(rt, newref(rt, y));
  const is = PyObject_RichCompareBool(rt, x, y, Cmp.LT);
  drop(rt, 2);
  if (sizeOf(rt, heap) !== n) throw raise(rt, rt.exc.RuntimeError, "list changed size during iteration");
  return is;
}

function swap(rt: Runtime, heap: Ref, a: number, b: number): void {
  const i32 = rt.i32;
  const items = i32[heap + List.items];
  const x = i32[items + 2 * a];
  i32[items + 2 * a] = i32[items + 2 * b];
  i32[items + 2 * b] = x;
}

/** Moves the item at `pos` towards `start` until its parent belongs above it. */
function siftdown(rt: Runtime, heap: Ref, start: number, from: number, max: boolean): void {
  if (from >= sizeOf(rt, heap)) throw outOfRange(rt);
  for (let pos = from; pos > start; ) {
    const parent = (pos - 1) >> 1;
    if (!(max ? less(rt, heap, parent, pos) : less(rt, heap, pos, parent))) return;
    swap(rt, heap, parent, pos);
    pos = parent;
  }
}

/** Moves the item at `start` down along the path of better children to a leaf, then up to its place. */
function siftup(rt: Runtime, heap: Ref, start: number, max: boolean): void {
  const end = sizeOf(rt, heap);
  if (start >= end) throw outOfRange(rt);
  let pos = start;
  for (const limit = end >> 1; pos < limit; ) {
    let child = 2 * pos + 1;
    if (child + 1 < end && !(max ? less(rt, heap, child + 1, child) : less(rt, heap, child, child + 1)))
      child++;
    swap(rt, heap, pos, child);
    pos = child;
  }
  siftdown(rt, heap, start, pos, max);
}

function heappush(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "heappush", nargs, 2, 2);
  const heap = heapArg(rt, "heappush", rt.i32[args]);
  PyList_Append(rt, heap, rt.i32[args + 2]);
  siftdown(rt, heap, 0, sizeOf(rt, heap) - 1, false);
  return rt.None;
}

/** Takes the last item off (new reference). */
function takeLast(rt: Runtime, heap: Ref): NewRef {
  const n = sizeOf(rt, heap);
  if (n === 0) throw outOfRange(rt);
  const i32 = rt.i32;
  const at = i32[heap + List.items] + 2 * (n - 1);
  const last = i32[at];
  i32[at] = 0;
  push(rt, last);
  list_resize(rt, heap, n - 1);
  return pop(rt);
}

/** Puts an item (taken over) in the first place; what stood there is the result, once the heap is in order. */
function replaceFirst(rt: Runtime, heap: Ref, item: NewRef, max: boolean): NewRef {
  const i32 = rt.i32;
  const items = i32[heap + List.items];
  push(rt, i32[items]);
  i32[items] = item;
  siftup(rt, heap, 0, max);
  return pop(rt);
}

function popper(name: string, max: boolean): MethodDef {
  const fn = (rt: Runtime, _m: Ref, o: Ref): NewRef => {
    const heap = heapArg(rt, name, o, "argument");
    const last = takeLast(rt, heap);
    return sizeOf(rt, heap) === 0 ? last : replaceFirst(rt, heap, last, max);
  };
  return { name, flags: METH.O, fn, sig: "($module, heap, /)" };
}

function replacer(name: string, max: boolean): MethodDef {
  const fn = (rt: Runtime, _m: Ref, args: number, nargs: number): NewRef => {
    checkArgs(rt, name, nargs, 2, 2);
    const heap = heapArg(rt, name, rt.i32[args]);
    if (sizeOf(rt, heap) === 0) throw outOfRange(rt);
    return replaceFirst(rt, heap, newref(rt, rt.i32[args + 2]), max);
  };
  return { name, flags: METH.FASTCALL, fn, sig: "($module, heap, item, /)" };
}

function heappushpop(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "heappushpop", nargs, 2, 2);
  const heap = heapArg(rt, "heappushpop", rt.i32[args]);
  const item = rt.i32[args + 2];
  if (sizeOf(rt, heap) === 0) return newref(rt, item);
  const top = newref(rt, rt.i32[rt.i32[heap + List.items]]);
  push(rt, top);
  const smaller = PyObject_RichCompareBool(rt, top, item, Cmp.LT);
  drop(rt);
  if (!smaller) return newref(rt, item);
  if (sizeOf(rt, heap) === 0) throw outOfRange(rt);
  return replaceFirst(rt, heap, newref(rt, item), false);
}

function heapifier(name: string, max: boolean): MethodDef {
  const fn = (rt: Runtime, _m: Ref, o: Ref): NewRef => {
    const heap = heapArg(rt, name, o, "argument");
    for (let i = (sizeOf(rt, heap) >> 1) - 1; i >= 0; i--) siftup(rt, heap, i, max);
    return rt.None;
  };
  return { name, flags: METH.O, fn, sig: "($module, heap, /)" };
}

const METHODS: MethodDef[] = [
  { name: "heappush", flags: METH.FASTCALL, fn: heappush, sig: "($module, heap, item, /)" },
  { name: "heappushpop", flags: METH.FASTCALL, fn: heappushpop, sig: "($module, heap, item, /)" },
  popper("heappop", false),
  replacer("heapreplace", false),
  heapifier("heapify", false),
  popper("_heappop_max", true),
  heapifier("_heapify_max", true),
  replacer("_heapreplace_max", true),
];

export function initModule__heapq(rt: Runtime): NewRef {
  const m = createModule(rt, "_heapq", METHODS, "Heaps in lists.");
  push(rt, m);
  PyModule_AddObject(
    rt,
    m,
    "__about__",
    PyUnicode_FromJS(rt, "Heaps: a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for all k."),
  );
  return pop(rt);
}
