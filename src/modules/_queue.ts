/**
 * The module _queue: SimpleQueue, a queue without tasks to be done. Part of the modules. There is one thread, so an empty queue can
 * only be waited for with a time limit.
 *
 *   byte   0      16                    24        32        40      48          56          64
 *          | head | has_threads_waiting | put_idx | get_idx | items | num_items | items_cap | weak refs |
 *
 * The items stand in a ring of a power of two places, a block of the mem domain.
 */

import { PyObject_IsTrue } from "../objects/abstract.ts";
import { PyObject_GC_UnTrack } from "../objects/alloc.ts";
import { kwSpec, noKeywords, parseFastKw } from "../objects/argparse.ts";
import { PyObject_CallNoArgs } from "../objects/call.ts";
import { defineType } from "../objects/defineType.ts";
import { noMemory, raiseObject, typeError, valueError } from "../objects/errors.ts";
import { Py_GenericAlias } from "../objects/genericalias.ts";
import { Ob, TF } from "../objects/layout.ts";
import { PyLong_FromNumber } from "../objects/long.ts";
import { PyModule_AddObjectRef } from "../objects/module.ts";
import { decref, newref } from "../objects/refcount.ts";
import { registerRoot } from "../objects/roots.ts";
import type { PyErr, Runtime } from "../objects/runtime.ts";
import { infoOf, infoOfType } from "../objects/slots.ts";
import { pop, push } from "../objects/stack.ts";
import { tupleSize } from "../objects/tuple.ts";
import { METH, type MethodDef, type NewRef, type OptRef, type Ref, type Visit } from "../objects/typeinfo.ts";
import { PyObject_ClearWeakRefs } from "../objects/weakref.ts";
import { PyMem_Calloc, PyMem_Free } from "../pymalloc/domains.ts";
import { secondsOf, waitInVain } from "./lock.ts";
import { createModule, makeAll } from "./native.ts";
import { newException } from "./newexception.ts";

const enum Queue {
  put_idx = 6,
  get_idx = 8,
  items = 10,
  num_items = 12,
  items_cap = 14,
  weakreflist = 16,
  BYTES = 72,
}

const INITIAL_RING_BUF_CAPACITY = 8;

interface State {
  empty: Ref;
  type: Ref;
}

const stateOf = (rt: Runtime): State => rt.moduleState.get("_queue") as State;

function queue_new(rt: Runtime, type: Ref, args: Ref, kwargs: OptRef): NewRef {
  if (tupleSize(rt, args) !== 0) throw typeError(rt, "SimpleQueue() takes no positional arguments");
  noKeywords(rt, "SimpleQueue", kwargs);
  const q = infoOfType(rt, type).tp_alloc!(rt, type, 0);
  push(rt, q);
  const items = PyMem_Calloc(rt, INITIAL_RING_BUF_CAPACITY, 8);
  if (items === 0) throw noMemory(rt);
  pop(rt);
  rt.i32[q + Queue.items] = items;
  rt.i32[q + Queue.items_cap] = INITIAL_RING_BUF_CAPACITY;
  return q;
}

/** resize_ringbuf: false where there is no memory. */
function resize(rt: Runtime, q: Ref, capacity: number): boolean {
  const i32 = rt.i32;
  capacity = Math.max(INITIAL_RING_BUF_CAPACITY, capacity);
  const cap = i32[q + Queue.items_cap];
  if (capacity === cap) return true;
  const fresh = PyMem_Calloc(rt, capacity, 8);
  if (fresh === 0) return false;
  const old = i32[q + Queue.items];
  const n = i32[q + Queue.num_items];
  for (let k = 0, from = i32[q + Queue.get_idx]; k < n; k++, from = (from + 1) % cap) {
    i32[fresh + 2 * k] = i32[old + 2 * from];
  }
  PyMem_Free(rt, old);
  i32[q + Queue.items] = fresh;
  i32[q + Queue.items_cap] = capacity;
  i32[q + Queue.get_idx] = 0;
  i32[q + Queue.put_idx] = n;
  return true;
}

function putItem(rt: Runtime, q: Ref, item: Ref): void {
  const i32 = rt.i32;
  const cap = i32[q + Queue.items_cap];
  if (i32[q + Queue.num_items] >= cap && !resize(rt, q, 2 * cap)) throw noMemory(rt);
  const at = i32[q + Queue.put_idx];
  i32[i32[q + Queue.items] + 2 * at] = newref(rt, item);
  i32[q + Queue.put_idx] = (at + 1) % i32[q + Queue.items_cap];
  i32[q + Queue.num_items]++;
}

/** The first item of a queue that has one. A ring that is nearly empty shrinks, if it can. */
function takeItem(rt: Runtime, q: Ref): NewRef {
  const i32 = rt.i32;
  const cap = i32[q + Queue.items_cap];
  if (i32[q + Queue.num_items] < cap / 4) resize(rt, q, cap / 2);
  const at = i32[q + Queue.get_idx];
  const slot = i32[q + Queue.items] + 2 * at;
  const item = i32[slot];
  i32[slot] = 0;
  i32[q + Queue.get_idx] = (at + 1) % i32[q + Queue.items_cap];
  i32[q + Queue.num_items]--;
  return item;
}

function emptyError(rt: Runtime): PyErr {
  return raiseObject(rt, PyObject_CallNoArgs(rt, stateOf(rt).empty));
}

const PUT = kwSpec("put", "item, block=, timeout=");

function queue_put(rt: Runtime, q: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  putItem(rt, q, parseFastKw(rt, PUT, args, nargs, kwnames)[0]);
  return rt.None;
}

const PUT_NOWAIT = kwSpec("put_nowait", "item");

function queue_put_nowait(rt: Runtime, q: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  putItem(rt, q, parseFastKw(rt, PUT_NOWAIT, args, nargs, kwnames)[0]);
  return rt.None;
}

const GET = kwSpec("get", "block=, timeout=");

function queue_get(rt: Runtime, q: Ref, args: number, nargs: number, kwnames: OptRef): NewRef {
  const [block, timeout] = parseFastKw(rt, GET, args, nargs, kwnames);
  const waits = block === 0 || PyObject_IsTrue(rt, block);
  const limited = waits && timeout !== 0 && timeout !== rt.None;
  const seconds = limited ? secondsOf(rt, timeout) : -1;
  if (limited && seconds < 0) throw valueError(rt, "'timeout' must be a non-negative number");
  if (rt.i32[q + Queue.num_items] > 0) return takeItem(rt, q);
  if (waits) waitInVain(rt, seconds);
  throw emptyError(rt);
}

function queue_get_nowait(rt: Runtime, q: Ref): NewRef {
  if (rt.i32[q + Queue.num_items] === 0) throw emptyError(rt);
  return takeItem(rt, q);
}

function queue_clear(rt: Runtime, q: Ref): void {
  const i32 = rt.i32;
  while (i32[q + Queue.num_items] > 0) {
    const at = i32[q + Queue.get_idx];
    const item = i32[i32[q + Queue.items] + 2 * at];
    i32[i32[q + Queue.items] + 2 * at] = 0;
    i32[q + Queue.get_idx] = (at + 1) % i32[q + Queue.items_cap];
    i32[q + Queue.num_items]--;
    decref(rt, item);
  }
}

function queue_dealloc(rt: Runtime, q: Ref): void {
  const i32 = rt.i32;
  const type = i32[q + Ob.type];
  PyObject_GC_UnTrack(rt, q);
  if (i32[q + Queue.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, q);
  queue_clear(rt, q);
  if (i32[q + Queue.items] !== 0) PyMem_Free(rt, i32[q + Queue.items]);
  infoOf(rt, q).tp_free!(rt, q);
  decref(rt, type);
}

function queue_traverse(rt: Runtime, q: Ref, visit: Visit): void {
  const i32 = rt.i32;
  visit(i32[q + Ob.type]);
  const n = i32[q + Queue.num_items];
  const cap = i32[q + Queue.items_cap];
  for (let k = 0, at = i32[q + Queue.get_idx]; k < n; k++, at = (at + 1) % cap)
    visit(i32[i32[q + Queue.items] + 2 * at]);
}

const METHODS: MethodDef[] = [
  {
    name: "empty",
    flags: METH.NOARGS,
    fn: (rt, q) => (rt.i32[q + Queue.num_items] === 0 ? rt.True : rt.False),
    sig: "($self, /)",
  },
  {
    name: "get",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: queue_get,
    sig: "($self, /, block=True, timeout=None)",
  },
  { name: "get_nowait", flags: METH.NOARGS, fn: queue_get_nowait, sig: "($self, /)" },
  {
    name: "put",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: queue_put,
    sig: "($self, /, item, block=True, timeout=None)",
  },
  {
    name: "put_nowait",
    flags: METH.FASTCALL | METH.KEYWORDS,
    fn: queue_put_nowait,
    sig: "($self, /, item)",
  },
  {
    name: "qsize",
    flags: METH.NOARGS,
    fn: (rt, q) => PyLong_FromNumber(rt, rt.i32[q + Queue.num_items]),
    sig: "($self, /)",
  },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias, sig: "($type, object, /)" },
];

function simpleQueueType(rt: Runtime): NewRef {
  return defineType(rt, {
    name: "_queue.SimpleQueue",
    basicsize: Queue.BYTES,
    weaklistoffset: 4 * Queue.weakreflist,
    flags: TF.HAVE_GC | TF.BASETYPE | TF.IMMUTABLETYPE,
    heap: true,
    doc: "A simple, unbounded queue.",
    slots: {
      tp_new: queue_new,
      tp_dealloc: queue_dealloc,
      tp_traverse: queue_traverse,
      tp_clear: queue_clear,
    },
    methods: METHODS,
  });
}

export function initModule__queue(rt: Runtime): NewRef {
  const m = createModule(rt, "_queue", [], "What queue does natively.");
  push(rt, m);
  const state: State = makeAll(rt, {
    empty: () => newException(rt, "_queue", "Empty", rt.exc.Exception),
    type: () => simpleQueueType(rt),
  });
  rt.moduleState.set("_queue", state);
  registerRoot(rt, () => [state.empty, state.type], "_queue");
  PyModule_AddObjectRef(rt, m, "Empty", state.empty);
  PyModule_AddObjectRef(rt, m, "SimpleQueue", state.type);
  return pop(rt);
}
