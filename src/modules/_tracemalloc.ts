/** The module _tracemalloc, on which the library's tracemalloc.py stands. Part of the modules. */

import { intArgument } from "../objects/argnumbers.ts";
import { checkArgs } from "../objects/argparse.ts";
import { valueError } from "../objects/errors.ts";
import { internStatic } from "../objects/intern.ts";
import { Gc, Ob, TF, Ty } from "../objects/layout.ts";
import { listAppendSteal, PyList_New } from "../objects/list.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { newref } from "../objects/refcount.ts";
import type { Runtime } from "../objects/runtime.ts";
import { drop, dropTo, mark, pop, push } from "../objects/stack.ts";
import { PyTuple_New, PyTuple_SET_ITEM } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { MAX_NFRAME, type Tracer, tracerOf, UNKNOWN_FILE } from "../tracing/tracemalloc.ts";
import { createModule } from "./native.ts";

function start(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "start", nargs, 0, 1);
  const nframe = nargs === 0 ? 1 : intArgument(rt, rt.i32[args]);
  if (nframe < 1 || nframe > MAX_NFRAME) {
    throw valueError(rt, `the number of frames must be in range [1; ${MAX_NFRAME}]`);
  }
  tracerOf(rt).start(nframe);
  return rt.None;
}

function stop(rt: Runtime): NewRef {
  tracerOf(rt).stop();
  return rt.None;
}

function is_tracing(rt: Runtime): NewRef {
  return tracerOf(rt).tracing ? rt.True : rt.False;
}

function clear_traces(rt: Runtime): NewRef {
  const tracer = tracerOf(rt);
  if (tracer.tracing) tracer.clear();
  return rt.None;
}

function reset_peak(rt: Runtime): NewRef {
  const { blocks } = tracerOf(rt);
  blocks.peak = blocks.traced;
  return rt.None;
}

function get_traceback_limit(rt: Runtime): NewRef {
  return PyLong_FromNumber(rt, tracerOf(rt).maxNframe);
}

function get_traced_memory(rt: Runtime): NewRef {
  const { traced, peak } = tracerOf(rt).blocks;
  return tupleOf(rt, [() => PyLong_FromNumber(rt, traced), () => PyLong_FromNumber(rt, peak)]);
}

function get_tracemalloc_memory(rt: Runtime): NewRef {
  const { blocks, tracebacks, files } = tracerOf(rt);
  const structs = 12 * (tracebacks.count + tracebacks.frameCount);
  return PyLong_FromNumber(
    rt,
    structs + tableBytes(blocks.count) + tableBytes(tracebacks.count) + tableBytes(files.length),
  );
}

/**
 * Bytes of CPython's hash table (_Py_hashtable_t) with n entries: 80 of its own, 8 a bucket, 32 an entry. At half full it
 * grows to a power of two of at least 10/3 buckets an entry. The figure is CPython's for the same traces; what is kept here
 * lies outside the heap.
 */
function tableBytes(n: number): number {
  let buckets = 16;
  while (n > buckets / 2) {
    const wanted = ((buckets / 2 + 1) * 10) / 3;
    while (buckets < wanted) buckets *= 2;
  }
  return 80 + 8 * buckets + 32 * n;
}

/** A tuple of new references, each made while the tuple holds the others. */
function tupleOf(rt: Runtime, items: (() => NewRef)[]): NewRef {
  const t = PyTuple_New(rt, items.length);
  push(rt, t);
  items.forEach((make, i) => {
    PyTuple_SET_ITEM(rt, t, i, make());
  });
  return pop(rt);
}

function fileName(rt: Runtime, tracer: Tracer, file: number): NewRef {
  return newref(rt, file === UNKNOWN_FILE ? internStatic(rt, "<unknown>") : tracer.files[file - 1]);
}

/** traceback_to_pyobject */
function tracebackTuple(rt: Runtime, tracer: Tracer, id: number): NewRef {
  const frames = tracer.tracebacks.framesOf(id);
  return tupleOf(
    rt,
    frames.map((f) => () => {
      return tupleOf(rt, [() => fileName(rt, tracer, f.file), () => PyLong_FromNumber(rt, f.line)]);
    }),
  );
}

/** The list does not count itself: CPython does not trace while it is filled. */
function _get_traces(rt: Runtime): NewRef {
  const tracer = tracerOf(rt);
  const list = PyList_New(rt, 0);
  if (!tracer.tracing) return list;
  push(rt, list);
  tracer.busy = true;
  try {
    fillTraces(rt, tracer, list);
  } finally {
    tracer.busy = false;
  }
  return pop(rt);
}

/** Each traceback becomes one tuple; the native stack holds them while the list is made. */
function fillTraces(rt: Runtime, tracer: Tracer, list: Ref): void {
  const m = mark(rt);
  const sizes: number[] = [];
  const ids: number[] = [];
  tracer.blocks.forEach((_p, size, id) => {
    sizes.push(size);
    ids.push(id);
  });
  const tuples = new Map<number, Ref>();
  const shared = (id: number): NewRef => {
    let t = tuples.get(id);
    if (t === undefined) {
      t = tracebackTuple(rt, tracer, id);
      push(rt, t);
      tuples.set(id, t);
    }
    return newref(rt, t);
  };
  ids.forEach((id, i) => {
    listAppendSteal(rt, list, traceTuple(rt, tracer, sizes[i], id, shared));
  });
  dropTo(rt, m);
}

/** (domain, size, traceback, total frames). `shared` leaves what it makes on the native stack, so it comes first. */
function traceTuple(
  rt: Runtime,
  tracer: Tracer,
  size: number,
  id: number,
  shared: (id: number) => NewRef,
): NewRef {
  const frames = shared(id);
  push(rt, frames);
  const t = tupleOf(rt, [
    () => PyLong_FromNumber(rt, 0),
    () => PyLong_FromNumber(rt, size),
    () => newref(rt, frames),
    () => PyLong_FromNumber(rt, tracer.tracebacks.totalOf(id)),
  ]);
  drop(rt);
  return t;
}

/** _PyType_PreHeaderSize, in words. */
function preHeaderWords(rt: Runtime, o: Ref): number {
  const flags = rt.i32[rt.i32[o + Ob.type] + Ty.flags];
  const gc = (flags & TF.HAVE_GC) !== 0 ? Gc.HEAD_BYTES : 0;
  return (gc + ((flags & (TF.MANAGED_DICT | TF.MANAGED_WEAKREF)) !== 0 ? 16 : 0)) / 4;
}

function _get_object_traceback(rt: Runtime, _m: Ref, o: Ref): NewRef {
  const tracer = tracerOf(rt);
  const id = tracer.blocks.traceback(o - preHeaderWords(rt, o));
  return id === 0 ? rt.None : tracebackTuple(rt, tracer, id);
}

const noArgs = (name: string, fn: MethodDef["fn"], doc: string): MethodDef => ({
  name,
  flags: METH.NOARGS,
  fn,
  sig: "($module, /)",
  doc,
});

const methods: MethodDef[] = [
  noArgs("is_tracing", is_tracing, "Whether allocations are traced now."),
  noArgs("clear_traces", clear_traces, "Forgets the traces made so far."),
  noArgs("_get_traces", _get_traces, "All traces, as (domain, size, traceback, total frames)."),
  {
    name: "_get_object_traceback",
    flags: METH.O,
    fn: _get_object_traceback,
    sig: "($module, obj, /)",
    doc: "Where the object was allocated, as ((file, line), ...), or None.",
  },
  {
    name: "start",
    flags: METH.FASTCALL,
    fn: start,
    sig: "($module, nframe=1, /)",
    doc: "Starts tracing, with at most nframe frames a trace.",
  },
  noArgs("stop", stop, "Stops tracing and forgets the traces."),
  noArgs("get_traceback_limit", get_traceback_limit, "The most frames that a trace has."),
  noArgs("get_tracemalloc_memory", get_tracemalloc_memory, "Bytes that the tables of traces take."),
  noArgs("get_traced_memory", get_traced_memory, "Bytes of the traced blocks: (now, at most)."),
  noArgs("reset_peak", reset_peak, "Makes the bytes traced now the new maximum."),
];

/** The module object: a new reference. */
export function initModule__tracemalloc(rt: Runtime): NewRef {
  return createModule(rt, "_tracemalloc", methods, "Traces of allocated memory blocks.");
}
