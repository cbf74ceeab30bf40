/** The module gc: the collector as programs see it. */

import { gc_freeze, gc_unfreeze, gcCollect } from "../gc/collect.ts";
import { GcBit, gc_list_size, type Head, heads } from "../gc/lists.ts";
import { GcDebug, GEN_COUNTS, GEN_HEADS, GEN_THRESHOLDS, NUM_GENERATIONS } from "../gc/state.ts";
import { Cell } from "../heap/cells.ts";
import { PyObject_IS_GC } from "../objects/alloc.ts";
import { kwSpec, parseFastKw } from "../objects/argparse.ts";
import { dict_setitem_str, PyDict_New } from "../objects/dict.ts";
import { typeError, valueError } from "../objects/errors.ts";
import { Gc, Tuple } from "../objects/layout.ts";
import { PyList_Append, PyList_New } from "../objects/list.ts";
import { PyLong_AsInt, PyLong_FromNumber } from "../objects/long.ts";
import { tupled } from "../objects/methdef.ts";
import { PyModule_AddObject, PyModule_AddObjectRef } from "../objects/module.ts";
import { PyNumber_Index } from "../objects/numconv.ts";
import type { Runtime } from "../objects/runtime.ts";
import { infoOf, typeNameOf } from "../objects/slots.ts";
import { drop, pop, push } from "../objects/stack.ts";
import { PyTuple_FromArray, PyTuple_New, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref } from "../objects/typeinfo.ts";
import { createModule } from "./native.ts";

const GENERATION = {
  collect: kwSpec("collect", "generation="),
  get_objects: kwSpec("get_objects", "generation="),
};

/** An argument of C type int: anything with __index__. */
function intArgument(rt: Runtime, arg: Ref): number {
  const n = PyNumber_Index(rt, arg);
  push(rt, n);
  const value = PyLong_AsInt(rt, n);
  drop(rt);
  return value;
}

function enable(rt: Runtime): NewRef {
  rt.i32[Cell.GC_ENABLED] = 1;
  return rt.None;
}

function disable(rt: Runtime): NewRef {
  rt.i32[Cell.GC_ENABLED] = 0;
  return rt.None;
}

function isenabled(rt: Runtime): NewRef {
  return rt.i32[Cell.GC_ENABLED] !== 0 ? rt.True : rt.False;
}

function collect(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [arg] = parseFastKw(rt, GENERATION.collect, args, nargs, kwnames);
  const generation = arg === 0 ? NUM_GENERATIONS - 1 : intArgument(rt, arg);
  if (generation < 0 || generation >= NUM_GENERATIONS) throw valueError(rt, "invalid generation");
  return PyLong_FromNumber(rt, gcCollect(rt, generation));
}

function set_debug(rt: Runtime, _m: Ref, flags: Ref): NewRef {
  rt.i32[Cell.GC_DEBUG] = intArgument(rt, flags);
  return rt.None;
}

function get_debug(rt: Runtime): NewRef {
  return PyLong_FromNumber(rt, rt.i32[Cell.GC_DEBUG]);
}

function set_threshold(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  if (nargs < 1 || nargs > 3) throw typeError(rt, "gc.set_threshold requires 1 to 3 arguments");
  // CPython's function has its arguments in a tuple, which the collector counts.
  push(rt, PyTuple_FromArray(rt, args, nargs, false));
  const given: number[] = [];
  for (let i = 0; i < nargs; i++) given.push(intArgument(rt, rt.i32[args + 2 * i]));
  for (let i = 0; i < nargs; i++) rt.i32[GEN_THRESHOLDS[i]] = given[i];
  drop(rt);
  return rt.None;
}

/** A tuple of ints. */
function numbers(rt: Runtime, values: number[]): NewRef {
  const t = PyTuple_New(rt, values.length);
  push(rt, t);
  for (let i = 0; i < values.length; i++) PyTuple_SET_ITEM(rt, t, i, PyLong_FromNumber(rt, values[i]));
  return pop(rt);
}

function get_threshold(rt: Runtime): NewRef {
  return numbers(
    rt,
    GEN_THRESHOLDS.map((cell) => rt.i32[cell]),
  );
}

function get_count(rt: Runtime): NewRef {
  return numbers(
    rt,
    GEN_COUNTS.map((cell) => rt.i32[cell]),
  );
}

function appendObjects(rt: Runtime, result: Ref, list: Head): void {
  for (const gc of heads(rt, list)) if (gc + 4 !== result) PyList_Append(rt, result, gc + 4);
}

function get_objects(rt: Runtime, _m: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [arg] = parseFastKw(rt, GENERATION.get_objects, args, nargs, kwnames);
  const generation = generationOrNone(rt, arg);
  const result = PyList_New(rt, 0);
  push(rt, result);
  if (generation >= 0) appendObjects(rt, result, GEN_HEADS[generation]);
  else for (const head of GEN_HEADS) appendObjects(rt, result, head);
  return pop(rt);
}

/** -1 for None. */
function generationOrNone(rt: Runtime, arg: OptRef): number {
  if (arg === 0 || arg === rt.None) return -1;
  if (infoOf(rt, arg).nb_index === null) {
    throw typeError(rt, `argument should be integer or None, not '${typeNameOf(rt, arg)}'`);
  }
  const n = intArgument(rt, arg);
  if (n < -1) throw valueError(rt, "generation parameter cannot be negative");
  if (n < NUM_GENERATIONS) return n;
  throw valueError(rt, "generation parameter must be less than the number of available generations (3)");
}

/** Does `op` refer to one of the objects of a tuple? */
function refersToAny(rt: Runtime, op: Ref, objs: Ref): boolean {
  const n = rt.i32[objs + Tuple.size];
  let found = false;
  infoOf(rt, op).tp_traverse?.(rt, op, (ref) => {
    for (let i = 0; i < n && !found; i++) found = rt.i32[objs + Tuple.items + 2 * i] === ref;
  });
  return found;
}

function get_referrers(rt: Runtime, _m: Ref, objs: Ref): NewRef {
  const result = PyList_New(rt, 0);
  push(rt, result);
  for (const list of GEN_HEADS) {
    for (const gc of heads(rt, list)) {
      const op = gc + 4;
      if (op === objs || op === result) continue;
      if (refersToAny(rt, op, objs)) PyList_Append(rt, result, op);
    }
  }
  return pop(rt);
}

function get_referents(rt: Runtime, _m: Ref, objs: Ref): NewRef {
  const result = PyList_New(rt, 0);
  push(rt, result);
  const n = rt.i32[objs + Tuple.size];
  for (let i = 0; i < n; i++) {
    const op = rt.i32[objs + Tuple.items + 2 * i];
    if (!PyObject_IS_GC(rt, op)) continue;
    infoOf(rt, op).tp_traverse?.(rt, op, (ref) => PyList_Append(rt, result, ref));
  }
  return pop(rt);
}

function is_tracked(rt: Runtime, _m: Ref, op: Ref): NewRef {
  return PyObject_IS_GC(rt, op) && rt.i32[op + Gc.next] !== 0 ? rt.True : rt.False;
}

function is_finalized(rt: Runtime, _m: Ref, op: Ref): NewRef {
  const finalized = PyObject_IS_GC(rt, op) && (rt.i32[op + Gc.prev] & GcBit.FINALIZED) !== 0;
  return finalized ? rt.True : rt.False;
}

function freeze(rt: Runtime): NewRef {
  gc_freeze(rt);
  return rt.None;
}

function unfreeze(rt: Runtime): NewRef {
  gc_unfreeze(rt);
  return rt.None;
}

function get_freeze_count(rt: Runtime): NewRef {
  return PyLong_FromNumber(rt, gc_list_size(rt, Cell.GC_PERMANENT));
}

function get_stats(rt: Runtime): NewRef {
  const result = PyList_New(rt, 0);
  push(rt, result);
  for (const stats of rt.gc.stats) {
    const d = PyDict_New(rt);
    push(rt, d);
    setNumber(rt, d, "collections", stats.collections);
    setNumber(rt, d, "collected", stats.collected);
    setNumber(rt, d, "uncollectable", stats.uncollectable);
    PyList_Append(rt, result, d);
    drop(rt);
  }
  return pop(rt);
}

function setNumber(rt: Runtime, d: Ref, name: string, value: number): void {
  const v = PyLong_FromNumber(rt, value);
  push(rt, v);
  dict_setitem_str(rt, d, name, v);
  drop(rt);
}

const FASTKW = METH.FASTCALL | METH.KEYWORDS;

const methods: MethodDef[] = [
  {
    name: "enable",
    flags: METH.NOARGS,
    fn: enable,
    sig: "($module, /)",
    doc: "Switches automatic collection on.",
  },
  {
    name: "disable",
    flags: METH.NOARGS,
    fn: disable,
    sig: "($module, /)",
    doc: "Switches automatic collection off.",
  },
  {
    name: "isenabled",
    flags: METH.NOARGS,
    fn: isenabled,
    sig: "($module, /)",
    doc: "Is automatic collection on?",
  },
  {
    name: "set_debug",
    flags: METH.O,
    fn: set_debug,
    sig: "($module, flags, /)",
    doc: "Sets the DEBUG_ flags.",
  },
  { name: "get_debug", flags: METH.NOARGS, fn: get_debug, sig: "($module, /)", doc: "The DEBUG_ flags." },
  { name: "get_count", flags: METH.NOARGS, fn: get_count, sig: "($module, /)", doc: "The three counts." },
  {
    name: "set_threshold",
    flags: METH.FASTCALL,
    fn: tupled(set_threshold),
    doc: "set_threshold(threshold0[, threshold1[, threshold2]])",
  },
  {
    name: "get_threshold",
    flags: METH.NOARGS,
    fn: get_threshold,
    sig: "($module, /)",
    doc: "The three thresholds.",
  },
  {
    name: "collect",
    flags: FASTKW,
    fn: collect,
    sig: "($module, /, generation=2)",
    doc: "Collects a generation and the younger ones; returns how many objects were unreachable.",
  },
  {
    name: "get_objects",
    flags: FASTKW,
    fn: get_objects,
    sig: "($module, /, generation=None)",
    doc: "The tracked objects of one or all generations.",
  },
  {
    name: "get_stats",
    flags: METH.NOARGS,
    fn: get_stats,
    sig: "($module, /)",
    doc: "For each generation, what its collections did.",
  },
  {
    name: "is_tracked",
    flags: METH.O,
    fn: is_tracked,
    sig: "($module, obj, /)",
    doc: "Is the object on one of the collector's lists?",
  },
  {
    name: "is_finalized",
    flags: METH.O,
    fn: is_finalized,
    sig: "($module, obj, /)",
    doc: "Has the object's finalizer run?",
  },
  {
    name: "get_referrers",
    flags: METH.VARARGS,
    fn: get_referrers,
    doc: "get_referrers(*objs): the tracked objects that refer to any of them.",
  },
  {
    name: "get_referents",
    flags: METH.VARARGS,
    fn: get_referents,
    doc: "get_referents(*objs): what the objects refer to.",
  },
  {
    name: "freeze",
    flags: METH.NOARGS,
    fn: freeze,
    sig: "($module, /)",
    doc: "Leaves all objects tracked now out of later collections.",
  },
  {
    name: "unfreeze",
    flags: METH.NOARGS,
    fn: unfreeze,
    sig: "($module, /)",
    doc: "Puts frozen objects into the oldest generation.",
  },
  {
    name: "get_freeze_count",
    flags: METH.NOARGS,
    fn: get_freeze_count,
    sig: "($module, /)",
    doc: "How many objects are frozen.",
  },
];

/** The module object: a new reference. */
export function PyInit_gc(rt: Runtime): NewRef {
  const m = createModule(
    rt,
    "gc",
    methods,
    "The cyclic garbage collector: control, figures, and what it knows of objects.",
  );
  push(rt, m);
  PyModule_AddObjectRef(rt, m, "garbage", rt.i32[Cell.GC_GARBAGE]);
  PyModule_AddObjectRef(rt, m, "callbacks", rt.i32[Cell.GC_CALLBACKS]);
  const flags: [string, number][] = [
    ["DEBUG_STATS", GcDebug.STATS],
    ["DEBUG_COLLECTABLE", GcDebug.COLLECTABLE],
    ["DEBUG_UNCOLLECTABLE", GcDebug.UNCOLLECTABLE],
    ["DEBUG_SAVEALL", GcDebug.SAVEALL],
    ["DEBUG_LEAK", GcDebug.LEAK],
  ];
  for (const [name, value] of flags) PyModule_AddObject(rt, m, name, PyLong_FromNumber(rt, value));
  return pop(rt);
}
