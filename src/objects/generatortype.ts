/**
 * The types generator, coroutine and coroutine_wrapper: their attributes and methods, and how they end. Part of the object
 * layer. See generator.ts for how a generator runs.
 */
import { PyObject_SelfIter } from "./abstract.ts";
import { PyObject_GC_Del, PyObject_GC_New, PyObject_GC_Track, PyObject_GC_UnTrack } from "./alloc.ts";
import {
  asyncGenMethods,
  asyncGenSlots,
  finalizeByHook,
  initAsyncGenerator,
  warnNeverAwaited,
} from "./asyncgen.ts";
import { PyUnicode_Check } from "./check.ts";
import { defineType } from "./defineType.ts";
import { fetch, PyErr_WriteUnraisable, restore, typeError } from "./errors.ts";
import { frameObject, traverseFrame } from "./frame.ts";
import {
  _PyGen_yf,
  FrameState,
  finish,
  gen_am_send,
  gen_iternext,
  gen_send,
  genState,
  isFinished,
  kindName,
} from "./generator.ts";
import { gen_close, gen_throw } from "./generatorthrow.ts";
import { Py_GenericAlias } from "./genericalias.ts";
import { PyIter_Check } from "./iterproto.ts";
import { CO, Code, Frame, Gen, Ob, TF } from "./layout.ts";
import { clearField, decref, newref, setField } from "./refcount.ts";
import { hexAddress } from "./repr.ts";
import type { Runtime } from "./runtime.ts";
import { typeNameOf } from "./slots.ts";
import { dropTo, mark, push } from "./stack.ts";
import { jsString, PyUnicode_FromJS } from "./str.ts";
import { PyObject_CallFinalizerFromDealloc } from "./subtype.ts";
import { trashed } from "./trashcan.ts";
import { METH, type NewRef, type OptRef, type Ref, type Visit } from "./typeinfo.ts";
import { PyObject_ClearWeakRefs } from "./weakref.ts";

/** _PyGen_Finalize: a suspended generator is closed when it dies; an unawaited coroutine is warned about. */
export function _PyGen_Finalize(rt: Runtime, gen: Ref): void {
  if (isFinished(rt, gen) || finalizeByHook(rt, gen)) return;
  const m = mark(rt);
  const saved = fetch(rt);
  if (saved !== 0) push(rt, saved);
  try {
    if (rt.i32[gen + Ob.type] === rt.types.coroutine && genState(rt, gen) === FrameState.CREATED) {
      warnNeverAwaited(rt, gen, `coroutine '${jsString(rt, rt.i32[gen + Gen.qualname])}'`);
    } else decref(rt, gen_close(rt, gen));
  } catch (e) {
    if (e !== rt.pyerr) throw e;
    PyErr_WriteUnraisable(rt, gen);
  }
  if (saved !== 0) {
    rt.i32[m] = 0;
    dropTo(rt, m);
    restore(rt, saved);
  }
}

export function gen_dealloc(rt: Runtime, gen: Ref): void {
  const i32 = rt.i32;
  PyObject_GC_UnTrack(rt, gen);
  if (i32[gen + Gen.weakreflist] !== 0) PyObject_ClearWeakRefs(rt, gen);
  if (!isFinished(rt, gen)) {
    PyObject_GC_Track(rt, gen);
    if (PyObject_CallFinalizerFromDealloc(rt, gen)) return;
    PyObject_GC_UnTrack(rt, gen);
  }
  if (genState(rt, gen) !== FrameState.CLEARED) finish(rt, gen);
  clearField(rt, gen + Gen.exc_value);
  decref(rt, i32[gen + Gen.iframe + Frame.executable]);
  clearField(rt, gen + Gen.origin_or_finalizer);
  decref(rt, i32[gen + Gen.name]);
  decref(rt, i32[gen + Gen.qualname]);
  rt.liveGenerators--;
  PyObject_GC_Del(rt, gen);
}

export function gen_traverse(rt: Runtime, gen: Ref, visit: Visit): void {
  const i32 = rt.i32;
  for (const at of [Gen.name, Gen.qualname, Gen.exc_value, Gen.origin_or_finalizer])
    if (i32[gen + at] !== 0) visit(i32[gen + at]);
  const fp = gen + Gen.iframe;
  const state = genState(rt, gen);
  if (state === FrameState.CLEARED) visit(i32[fp + Frame.executable]);
  else traverseFrame(rt, fp, visit, state === FrameState.EXECUTING);
}

function setName(rt: Runtime, gen: Ref, v: OptRef, at: number, what: string): void {
  if (v === 0 || !PyUnicode_Check(rt, v)) throw typeError(rt, `${what} must be set to a string object`);
  setField(rt, gen + at, newref(rt, v));
}

function gen_frame(rt: Runtime, gen: Ref): NewRef {
  return isFinished(rt, gen) ? rt.None : newref(rt, frameObject(rt, gen + Gen.iframe));
}

function gen_repr(rt: Runtime, gen: Ref): NewRef {
  const kind = kindName(rt, gen).replace("async generator", "async_generator");
  return PyUnicode_FromJS(
    rt,
    `<${kind} object ${jsString(rt, rt.i32[gen + Gen.qualname])} at ${hexAddress(gen)}>`,
  );
}

/** What generators, coroutines and asynchronous generators share; `p` is the attributes' prefix (gi, cr, ag). */
export function generatorAttributes(p: string, awaitName: string): import("./typeinfo.ts").GetSetDef[] {
  return [
    {
      name: "__name__",
      get: (rt, g) => newref(rt, rt.i32[g + Gen.name]),
      set: (rt, g, v) => setName(rt, g, v, Gen.name, "__name__"),
    },
    {
      name: "__qualname__",
      get: (rt, g) => newref(rt, rt.i32[g + Gen.qualname]),
      set: (rt, g, v) => setName(rt, g, v, Gen.qualname, "__qualname__"),
    },
    { name: awaitName, get: (rt, g) => newref(rt, _PyGen_yf(rt, g) || rt.None) },
    { name: `${p}_running`, get: (rt, g) => (genState(rt, g) === FrameState.EXECUTING ? rt.True : rt.False) },
    { name: `${p}_frame`, get: gen_frame },
    {
      name: `${p}_suspended`,
      get: (rt, g) =>
        genState(rt, g) === FrameState.SUSPENDED || genState(rt, g) === FrameState.SUSPENDED_YIELD_FROM
          ? rt.True
          : rt.False,
    },
    { name: `${p}_code`, get: (rt, g) => newref(rt, rt.i32[g + Gen.iframe + Frame.executable]) },
  ];
}

/** sizeof of an object with an embedded frame. */
export function gen_sizeof(rt: Runtime, gen: Ref): number {
  const code = rt.i32[gen + Gen.iframe + Frame.executable];
  return (
    Gen.iframe * 4 + Frame.HEAD_BYTES + 8 * (rt.i32[code + Code.nlocalsplus] + rt.i32[code + Code.stacksize])
  );
}

/** ag_running_async */
const AG_RUNNING_BYTE = 66;

const METHODS = [
  { name: "send", flags: METH.O, fn: gen_send },
  { name: "throw", flags: METH.FASTCALL, fn: gen_throw },
  { name: "close", flags: METH.NOARGS, fn: gen_close },
  { name: "__class_getitem__", flags: METH.O | METH.CLASS, fn: Py_GenericAlias },
];

const SLOTS = {
  tp_dealloc: trashed(gen_dealloc),
  tp_traverse: gen_traverse,
  tp_repr: gen_repr,
  tp_finalize: _PyGen_Finalize,
  tp_sizeof: gen_sizeof,
  am_send: gen_am_send,
};

/** `__await__` of a coroutine: a wrapper with an iterator's methods. Layout: head, cw_coroutine. */
function coro_await(rt: Runtime, coro: Ref): NewRef {
  const w = PyObject_GC_New(rt, rt.types.coroutine_wrapper, 24);
  rt.i32[w + 4] = newref(rt, coro);
  PyObject_GC_Track(rt, w);
  return w;
}

export function initGenerator(rt: Runtime): void {
  rt.clearGeneratorFrame = (fp) => {
    const gen = fp - Gen.iframe;
    if (genState(rt, gen) === FrameState.EXECUTING) return false;
    if (isFinished(rt, gen)) return true;
    finish(rt, gen);
    return true;
  };
  const base = { basicsize: 144, itemsize: 8, weaklistoffset: 16, flags: TF.HAVE_GC };
  defineType(
    rt,
    {
      ...base,
      name: "generator",
      slots: { ...SLOTS, tp_iter: PyObject_SelfIter, tp_iternext: gen_iternext },
      methods: METHODS,
      getsets: generatorAttributes("gi", "gi_yieldfrom"),
    },
    rt.types.generator,
  );
  defineType(
    rt,
    {
      ...base,
      name: "coroutine",
      slots: { ...SLOTS, am_await: coro_await },
      methods: METHODS,
      getsets: generatorAttributes("cr", "cr_await"),
      members: [{ name: "cr_origin", type: "object", offset: Gen.origin_or_finalizer, readonly: true }],
    },
    rt.types.coroutine,
  );
  const { am_send: _, ...unsendable } = SLOTS;
  defineType(
    rt,
    {
      ...base,
      name: "async_generator",
      slots: { ...unsendable, ...asyncGenSlots },
      methods: asyncGenMethods,
      getsets: generatorAttributes("ag", "ag_await").filter((def) => def.name !== "ag_running"),
      members: [{ name: "ag_running", type: "bool", offset: AG_RUNNING_BYTE, readonly: true }],
    },
    rt.types.async_generator,
  );
  initAsyncGenerator(rt);
  initCoroutineWrapper(rt);
}

function initCoroutineWrapper(rt: Runtime): void {
  const inner = (rt: Runtime, w: Ref): Ref => rt.i32[w + 4];
  defineType(
    rt,
    {
      name: "coroutine_wrapper",
      basicsize: 24,
      flags: TF.HAVE_GC,
      slots: {
        tp_dealloc: (rt, w) => {
          PyObject_GC_UnTrack(rt, w);
          clearField(rt, w + 4);
          PyObject_GC_Del(rt, w);
        },
        tp_traverse: (rt, w, visit) => {
          if (rt.i32[w + 4] !== 0) visit(rt.i32[w + 4]);
        },
        tp_iter: PyObject_SelfIter,
        tp_iternext: (rt, w) => gen_iternext(rt, inner(rt, w)),
        am_send: (rt, w, arg) => gen_am_send(rt, inner(rt, w), arg),
      },
      methods: [
        { name: "send", flags: METH.O, fn: (rt, w, arg) => gen_send(rt, inner(rt, w), arg) },
        { name: "throw", flags: METH.FASTCALL, fn: (rt, w, args, n) => gen_throw(rt, inner(rt, w), args, n) },
        { name: "close", flags: METH.NOARGS, fn: (rt, w) => gen_close(rt, inner(rt, w)) },
      ],
    },
    rt.types.coroutine_wrapper,
  );
}

/** Is this object awaitable without `__await__`: a generator made by types.coroutine? */
export function isIterableCoroutine(rt: Runtime, o: Ref): boolean {
  if (rt.i32[o + Ob.type] !== rt.types.generator) return false;
  const code = rt.i32[o + Gen.iframe + Frame.executable];
  return (rt.i32[code + Code.flags] & CO.ITERABLE_COROUTINE) !== 0;
}

/** _PyCoro_GetAwaitableIter: the iterator that `await o` drives. */
export function _PyCoro_GetAwaitableIter(rt: Runtime, o: Ref): NewRef {
  if (rt.i32[o + Ob.type] === rt.types.coroutine || isIterableCoroutine(rt, o)) return newref(rt, o);
  const info = rt.typeInfos[rt.i32[rt.i32[o + Ob.type] + 13]];
  if (info.am_await === null)
    throw typeError(rt, `object ${typeNameOf(rt, o)} can't be used in 'await' expression`);
  const it = info.am_await(rt, o);
  if (rt.i32[it + Ob.type] === rt.types.coroutine || isIterableCoroutine(rt, it)) {
    push(rt, it);
    throw typeError(rt, "__await__() returned a coroutine");
  }
  if (!PyIter_Check(rt, it)) {
    push(rt, it);
    throw typeError(rt, `__await__() returned non-iterator of type '${typeNameOf(rt, it)}'`);
  }
  return it;
}
